//! The catalogue of courses: all of them, and those that have one value of a facet or several.

use super::list;
use super::pager::pager;
use crate::address::Href;
use crate::content::Kind;
use crate::content::choice::Choice as _;
use crate::content::site::CatalogueFacet;
use crate::page::context::Context;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::row::row;
use crate::page::view::{CatalogueView, ChosenView, CourseGroup, FacetChoice, FacetView, Link};
use crate::portal::catalogue::{Catalogue, Choice, Number};
use crate::portal::enrol::Enrolment;
use crate::portal::facet::{Fee, Value};
use crate::portal::location;
use crate::portal::{ItemId, Portal};

/// Rows on a page: fewer than cards on other lists, since facets stand above them.
const LENGTH: usize = 36;
/// Pages of a facet that is not the way to all courses, at most: whoever looks further adds a condition. Each course has a dozen such values, and
/// would be on as many pages.
const PAGES: usize = 3;

/// A page of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CataloguePage {
    /// What its courses have in common.
    chosen: Vec<Number>,
    /// From 1.
    number: usize,
}

impl Pages for CataloguePage {
    type View = CatalogueView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let pages = |chosen: &[Number]| {
            let count = page_count(&portal.catalogue, chosen);
            (1..=count).map(|number| Self { chosen: chosen.to_vec(), number }).collect::<Vec<_>>()
        };
        let whole = list::kinds(portal).contains(&Kind::Course).then(|| pages(&[]));
        whole.into_iter().flatten().chain(portal.catalogue.pages().flat_map(pages)).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        address(&portal.catalogue, &self.chosen, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<CatalogueView> {
        let Self { chosen, number } = self;
        let catalogue = &context.portal.catalogue;
        let title = title(context, chosen);
        let view = self.view(context);
        let crumbs = match chosen.split_last() {
            None => Vec::new(),
            Some((_, before)) => {
                let list = Link { title: context.format.kind(Kind::Course), address: Some(view.all.clone()) };
                let above = (!before.is_empty()).then(|| Link {
                    title: self::title(context, before),
                    address: Some(Href::new(&address(catalogue, &catalogue.page(before), 1))),
                });
                std::iter::once(list).chain(above).collect()
            }
        };
        let heading = context.format.numbered(&title, *number);
        let head = Head { heading, description: String::new(), crumbs, role: PageRole::Column };
        Content { template: "catalogue.html", head, view }
    }
}

impl CataloguePage {
    fn view(&self, context: &Context<'_>) -> CatalogueView {
        let Self { chosen, number } = self;
        let catalogue = &context.portal.catalogue;
        let members = catalogue.members(chosen);
        let total = members.len();
        let pages = page_count(catalogue, chosen);
        let is_first = *number == 1;
        CatalogueView {
            kind: Kind::Course.folder(),
            total,
            chosen: chosen.iter().map(|number| without(context, chosen, *number)).collect(),
            facets: if is_first { facets(context, chosen) } else { Vec::new() },
            groups: groups(context, members.chunks(LENGTH).nth(number - 1).unwrap_or_default()),
            pager: pager(*number, pages, |number| address(catalogue, chosen, number)),
            rest: if *number == pages { total.saturating_sub(pages * LENGTH) } else { 0 },
            data: Href::new(location::CATALOGUE),
            all: location::list(Kind::Course),
        }
    }
}

/// How many pages a combination has; one even if it has no courses. All courses, and those of a topic, are listed to the end.
fn page_count(catalogue: &Catalogue, chosen: &[Number]) -> usize {
    let most = match chosen {
        [] => usize::MAX,
        [one] if catalogue.choice(*one).facet == CatalogueFacet::Topic => usize::MAX,
        [_] => PAGES,
        _ => 1,
    };
    catalogue.count(chosen).div_ceil(LENGTH).clamp(1, most)
}

/// The root address of a page.
fn address(catalogue: &Catalogue, chosen: &[Number], number: usize) -> String {
    if chosen.is_empty() {
        return location::of_list(Kind::Course, number);
    }
    let by = chosen.iter().map(|number| catalogue.choice(*number)).map(|choice| (choice.facet.key(), &*choice.key));
    location::of_catalogue(by, number)
}

/// What the courses with these values are called: 书画课程·牧野区.
fn title(context: &Context<'_>, chosen: &[Number]) -> String {
    let label = |number: &Number| label(context, context.portal.catalogue.choice(*number));
    let Some((first, rest)) = chosen.split_first() else { return context.format.kind(Kind::Course) };
    let title = context.format.words.fill("catalogue.title", "what", &label(first));
    rest.iter().map(label).fold(title, |title, more| format!("{title}·{more}"))
}

/// A choice in words.
pub fn label(context: &Context<'_>, choice: &Choice) -> String {
    let format = &context.format;
    match choice.value {
        Value::Item(id) => context.portal.item(id).title().to_owned(),
        Value::Mode(mode) => format.choice(mode),
        Value::Fee(Fee::Free) => format.word("fact.free"),
        Value::Weekday(day) => format.choice(day),
        Value::DayPart(part) => format.words.in_group("facet", part.key()).to_owned(),
        Value::Bookable => format.word("catalogue.bookable"),
        // By these the catalogue is not narrowed down.
        Value::Fee(Fee::Paid) | Value::Kind(_) | Value::Day(_) | Value::Soon => String::new(),
    }
}

fn without(context: &Context<'_>, chosen: &[Number], number: Number) -> ChosenView {
    let catalogue = &context.portal.catalogue;
    let choice = catalogue.choice(number);
    let mut rest: Vec<Number> = chosen.iter().copied().filter(|other| *other != number).collect();
    if catalogue.count(&rest) == 0 {
        // Longer combinations begin with a topic.
        rest.clear();
    }
    ChosenView {
        facet: choice.facet.key(),
        key: choice.key.clone(),
        label: context.format.choice(choice.facet),
        title: label(context, choice),
        without: Href::new(&address(catalogue, &catalogue.page(&rest), 1)),
    }
}

/// The facets by which the courses can be narrowed down further, without the values that none or all of them have.
fn facets(context: &Context<'_>, chosen: &[Number]) -> Vec<FacetView> {
    let catalogue = &context.portal.catalogue;
    let count = catalogue.count(chosen);
    let choice = |(number, choice): (Number, &Choice)| {
        let more = Catalogue::with(chosen, number);
        let with = catalogue.count(&more);
        (0 < with && with < count).then(|| FacetChoice {
            key: choice.key.clone(),
            title: label(context, choice),
            count: with,
            address: Href::new(&address(catalogue, &catalogue.page(&more), 1)),
        })
    };
    let facet = |facet: &CatalogueFacet| {
        let choices: Vec<FacetChoice> = catalogue.of_facet(*facet).filter_map(choice).collect();
        let view = || FacetView { name: facet.key(), label: context.format.choice(*facet), choices };
        let taken = chosen.iter().any(|number| catalogue.choice(*number).facet == *facet);
        (!taken).then(view).filter(|view| !view.choices.is_empty())
    };
    catalogue.facets().iter().filter_map(facet).collect()
}

/// The rows of a page, under the heading of their state.
fn groups(context: &Context<'_>, ids: &[ItemId]) -> Vec<CourseGroup> {
    let mut groups: Vec<CourseGroup> = Vec::new();
    for (state, row) in ids.iter().filter_map(|id| row(context, *id)) {
        let key = match state {
            Enrolment::Open => "open",
            Enrolment::Soon | Enrolment::Undated | Enrolment::Full | Enrolment::Closed => "coming",
            Enrolment::Running => "running",
            Enrolment::Cancelled | Enrolment::Over => "over",
        };
        match groups.last_mut().filter(|group| group.key == key) {
            Some(group) => group.rows.push(row),
            None => {
                let title = context.format.words.in_group("catalogue", key).to_owned();
                groups.push(CourseGroup { key, title, rows: vec![row] });
            }
        }
    }
    groups
}
