//! Regions: what is on there this week, what can be booked, and where to go; then the rest.

use crate::address::Href;
use crate::content::institution::Tier;
use crate::content::region::Region;
use crate::content::{Kind, Own};
use crate::page::agenda;
use crate::page::card::{self, few};
use crate::page::context::Context;
use crate::page::enrol;
use crate::page::facts::{Facts, Keys, Wanted};
use crate::page::format::{Format, phones};
use crate::page::kind;
use crate::page::link;
use crate::page::participation;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, CountedLink, PlaceView, Row, Section, SectionContent, Text};
use crate::portal::facet::Value;
use crate::portal::{Item, ItemId, Portal, location};

/// Sessions of the week on the page of a region.
const SESSIONS: usize = 7;
/// Regions right below, up to which they are open: two rows of a wide screen, and a screen of a phone.
const OPEN: usize = 12;
/// Places to go to on the page of a region.
const PLACES: usize = 3;
/// What a resident wants to know of such a place.
const PLACE: Keys = &["address", "hours", "access", "organiser", "parent"];

impl Shown for Region {
    const CARD: Keys = &[];
    const RELATED: &'static [Kind] = &[
        Kind::Facility,
        Kind::Platform,
        Kind::Venue,
        Kind::Team,
        Kind::Star,
        Kind::Teacher,
        Kind::Brand,
        Kind::Selection,
        Kind::News,
        Kind::Document,
        Kind::Committee,
        Kind::Unit,
        Kind::Duty,
        Kind::Indicator,
        Kind::Award,
        Kind::Organisation,
        Kind::ResourceList,
        Kind::ActionPlan,
        Kind::Funding,
        Kind::Survey,
        Kind::Pool,
    ];
    const LISTED: &'static [Kind] = &[Kind::Course, Kind::Event, Kind::Institution];

    fn facts(_: &Subject<'_, Self>, _: &mut Facts<'_>) {}

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: format.choice(self.level) }]
    }

    fn parts(region: &Subject<'_, Self>) -> Vec<PagePart> {
        let (context, id) = (region.context, region.id);
        let portal = context.portal;
        let first = [children(context, id), agenda(context, id), bookable(context, id), places(context, id)];
        let rest = [(Kind::Course, 0), (Kind::Event, 0), (Kind::Institution, 1)].into_iter();
        let rest = rest.filter(|(kind, shown)| portal.members(id, *kind).len() > *shown);
        let rest = rest.map(|(kind, _)| PagePart::Folded(kind));
        let came = participation::of_region(context, id).into_iter().chain(standing(context, id));
        first.into_iter().flatten().map(PagePart::Section).chain(rest).chain(came.map(PagePart::Section)).collect()
    }
}

/// The regions right below, in the order of the tree.
fn children(context: &Context<'_>, id: ItemId) -> Option<Section> {
    let children = context.portal.referrers(id, Kind::Region);
    let links: Vec<CountedLink> = children.iter().map(|child| this_week(context, *child)).collect();
    let built = counted_on(context, &links);
    let mut section = section(&context.format, "children", SectionContent::Links { links, built })?;
    section.folded = children.len() > OPEN;
    section.total = section.folded.then_some(children.len());
    Some(section)
}

/// A link to a region, with how many courses and events are on there within a week.
pub fn this_week(context: &Context<'_>, id: ItemId) -> CountedLink {
    let item = context.portal.item(id);
    CountedLink {
        title: item.title().to_owned(),
        address: item.address.clone(),
        count: context.portal.facets.of_all(&[Value::Item(id), Value::Soon]).len(),
        picture: None,
    }
}

/// The day to which the counts of `this_week` belong; none if nothing is counted.
pub fn counted_on<'l>(context: &Context<'_>, links: impl IntoIterator<Item = &'l CountedLink>) -> Option<String> {
    links.into_iter().any(|link| link.count > 0).then(|| context.portal.today.told())
}

/// What is on within a week; if there is nothing, what comes next.
fn agenda(context: &Context<'_>, id: ItemId) -> Option<Section> {
    let week = agenda::week(context, Some(id), SESSIONS, |_| true);
    let (key, shown) = match week.total {
        0 => ("next", agenda::next(context, Some(id), few(Kind::Event))),
        _ => ("week", week),
    };
    let mut section = section(&context.format, key, SectionContent::Agenda { days: shown.days })?;
    section.total = Some(shown.total);
    section.more = agenda::way(context, Some(id), "week").or_else(|| all(context, id, Kind::Event));
    Some(section)
}

/// How its figures stand, and the way to the page of that.
fn standing(context: &Context<'_>, id: ItemId) -> Option<Section> {
    let overview = context.portal.overviews().of(id)?;
    let item = context.portal.item(id);
    let mut facts = Facts::inside(context, item.edges.all());
    facts.with("indicators", |context| {
        let text = context.format.figures(overview);
        vec![Text { text, address: Some(Href::new(&location::of_overview(item.id()))), url: None }]
    });
    section(&context.format, "standing", SectionContent::Facts { facts: facts.finish() })
}

/// The first courses that one can join.
fn bookable(context: &Context<'_>, id: ItemId) -> Option<Section> {
    let ids = context.portal.facets.of_all(&[Value::Item(id), Value::Bookable]);
    let state = |id| enrol::view(&context.format, &context.portal.terms(id), &context.portal.today);
    let row = |id: &ItemId| Row { state: Some(state(*id)), ..card::row(context, *id) };
    let rows = ids.iter().take(few(Kind::Course)).map(row).collect();
    let mut section = section(&context.format, "bookable", SectionContent::Rows { rows })?;
    section.total = Some(ids.len());
    section.more = all(context, id, Kind::Course);
    Some(section)
}

/// The way to all entries of a kind at a region, if there is a list of them.
fn all(context: &Context<'_>, id: ItemId, kind: Kind) -> Option<Href> {
    let portal = context.portal;
    let region = portal.item(id);
    let is_listed = portal.members(id, kind).len() > few(kind);
    is_listed.then(|| Href::new(&location::of_members((Kind::Region, region.id()), kind, 1)))
}

/// Where to go: the first learning points; those of the nearest region above that has any if there are none here.
pub fn places(context: &Context<'_>, id: ItemId) -> Option<Section> {
    let portal = context.portal;
    let around = std::iter::once(id).chain(portal.above(id));
    let (of, found) = around.map(|region| (region, points(portal, region))).find(|(_, found)| !found.is_empty())?;
    // Where there are smaller regions, the place to go to is in one of them.
    let shown = if portal.referrers(id, Kind::Region).is_empty() { PLACES } else { PLACES - 1 };
    let places = found.iter().take(shown).map(|id| place(context, *id)).collect();
    let elsewhere = (of != id).then(|| portal.item(of).title());
    let note = elsewhere.map(|title| context.format.words.fill("text.points-above", "region", title));
    let mut section = section(&context.format, "points", SectionContent::Places { note, places })?;
    section.more = all(context, of, Kind::Institution);
    Some(section)
}

/// The institutions of a region on whose doors one knocks: of the lowest tier that has any, those with a telephone first.
fn points(portal: &Portal, region: ItemId) -> Vec<ItemId> {
    let all = portal.members(region, Kind::Institution);
    let tier = |id: &ItemId| match &portal.item(*id).entry.own {
        Own::Institution(own) => own.tier,
        _ => Tier::University,
    };
    let Some(lowest) = all.iter().map(tier).max() else { return Vec::new() };
    let mut points: Vec<ItemId> = all.iter().copied().filter(|id| tier(id) == lowest).collect();
    points.sort_by_key(|id| !has_phone(portal.item(*id)));
    // If nobody there can be called, who can be is the next.
    if points.first().is_some_and(|id| !has_phone(portal.item(*id))) {
        points.truncate(1);
        points.extend(all.iter().rev().copied().find(|id| has_phone(portal.item(*id))));
    }
    points
}

fn has_phone(item: &Item) -> bool {
    matches!(&item.entry.own, Own::Institution(own) if own.contact.as_ref().is_some_and(|contact| contact.phone.is_some()))
}

fn place(context: &Context<'_>, id: ItemId) -> PlaceView {
    let item = context.portal.item(id);
    let contact = match &item.entry.own {
        Own::Institution(own) => own.contact.as_ref(),
        _ => None,
    };
    PlaceView {
        link: link::link(item),
        badges: kind::badges(context, item),
        phones: contact.and_then(|contact| contact.phone.as_ref()).map(phones).unwrap_or_default(),
        facts: kind::facts(context, id, Wanted::Only(PLACE)),
    }
}
