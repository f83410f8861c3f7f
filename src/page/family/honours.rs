//! Honours by year and level: one page that leads to all, with how far they answer indicators, and the list of each year and level. Where no
//! honour is recorded there is none.

use super::pager::pager;
use crate::address::Href;
use crate::content::field::Field;
use crate::content::shared::Level;
use crate::content::value::Year;
use crate::content::{Kind, Own};
use crate::page::card;
use crate::page::context::Context;
use crate::page::kind;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::shown::section;
use crate::page::view::{Cell, Group, HonoursView, Link, ListView, Section, SectionContent, Text};
use crate::portal::location::{self, page_count, page_range};
use crate::portal::{ItemId, Portal};

/// The page that leads to all honours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Honours;

/// A page of the honours of a year and a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HonourList {
    year: Year,
    level: Level,
    /// From 1.
    number: usize,
}

impl Pages for Honours {
    type View = HonoursView;

    fn plan(portal: &Portal) -> Vec<Self> {
        portal.honours.all().next().map(|_| Self).into_iter().collect()
    }

    fn address(&self, _: &Portal) -> String {
        location::HONOURS.to_owned()
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<HonoursView> {
        let head = Head {
            heading: context.format.word("honours.title"),
            description: context.format.word("honours.lead"),
            crumbs: Vec::new(),
            role: PageRole::Column,
        };
        let sections = [years(context), rates(context)].into_iter().flatten().collect();
        Content { template: "honours.html", head, view: HonoursView { sections } }
    }
}

/// How many honours there are of each year and level.
fn years(context: &Context<'_>) -> Option<Section> {
    let (portal, format) = (context.portal, &context.format);
    let mut years: Vec<Year> = portal.honours.all().map(|(year, ..)| year).collect();
    years.dedup();
    let mut levels: Vec<Level> = portal.honours.all().map(|(_, level, _)| level).collect();
    levels.sort_unstable();
    levels.dedup();
    let row = |year: &Year| {
        let cell = |level: &Level| {
            let count = portal.honours.of(*year, *level).len();
            let address = Some(Href::new(&location::of_honours(year.0, *level, 1)));
            let text = Text { text: format.words.fill("honours.count", "n", &count.to_string()), address, url: None };
            Cell { texts: (count > 0).then_some(text).into_iter().collect() }
        };
        let title = Cell { texts: vec![Text::plain(format.year(year.0))] };
        std::iter::once(title).chain(levels.iter().map(cell)).collect()
    };
    let rows = years.iter().map(row).collect();
    let year = format.words.in_group("fact", "year").to_owned();
    let head = std::iter::once(year).chain(levels.iter().map(|level| format.choice(*level))).collect();
    section(format, "honours", SectionContent::Table { head, rows })
}

/// How far honours answer indicators.
fn rates(context: &Context<'_>) -> Option<Section> {
    let (portal, format) = (context.portal, &context.format);
    let row = |id: &ItemId| {
        let item = portal.item(*id);
        let Own::Indicator(indicator) = &item.entry.own else { return None };
        let recorded = kind::indicator::recorded(context, *id)?;
        let region = item.edges.one(Field::Region);
        let region = region.map(|region| link::text(portal.item(region)));
        let target = Text::plain(format.target(&indicator.target));
        let cells = [Some(link::text(item)), region, Some(target), Some(Text::plain(recorded))];
        Some(cells.map(|text| Cell { texts: text.into_iter().collect() }).into())
    };
    let rows = portal.of_kind(Kind::Indicator).iter().filter_map(row).collect();
    let head = format.heads(["indicators", "region", "target", "recorded"]);
    section(format, "honour-rates", SectionContent::Table { head, rows })
}

impl Pages for HonourList {
    type View = ListView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let pages = |(year, level, ids): (Year, Level, &[ItemId])| {
            (1..=page_count(Kind::Award, ids.len())).map(move |number| Self { year, level, number })
        };
        portal.honours.all().flat_map(pages).collect()
    }

    fn address(&self, _: &Portal) -> String {
        location::of_honours(self.year.0, self.level, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<ListView> {
        let Self { year, level, number } = *self;
        let format = &context.format;
        let all = context.portal.honours.of(year, level);
        let title = kind::honours_title(context, year, level);
        let above = Link { title: format.word("honours.title"), address: Some(Href::new(location::HONOURS)) };
        let head = Head {
            heading: format.numbered(&title, number),
            description: String::new(),
            crumbs: vec![above.clone()],
            role: PageRole::Column,
        };
        let view = ListView {
            kind: "honours",
            title,
            context: Some(above),
            ways: Vec::new(),
            total: all.len(),
            groups: groups(context, &all[page_range(Kind::Award, all.len(), number)]),
            pager: pager(number, page_count(Kind::Award, all.len()), |page| location::of_honours(year.0, level, page)),
        };
        Content { template: "list.html", head, view }
    }
}

/// Honours kind by kind, a line each.
fn groups(context: &Context<'_>, ids: &[ItemId]) -> Vec<Group> {
    let kind = |id: &ItemId| context.portal.item(*id).kind();
    let of_kind = |ids: &[ItemId]| Group {
        title: ids.first().map(|id| context.format.kind(kind(id))),
        anchor: ids.first().map(|id| kind(id).folder().to_owned()).unwrap_or_default(),
        cards: Vec::new(),
        rows: ids.iter().map(|id| card::row(context, *id)).collect(),
    };
    ids.chunk_by(|one, other| kind(one) == kind(other)).map(of_kind).collect()
}
