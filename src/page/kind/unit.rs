//! Units with their duties and seats, and committees with their rosters.

use std::collections::BTreeSet;

use super::indicator;
use crate::content::committee::{Committee, Seat};
use crate::content::duty::DutyScope;
use crate::content::field::Field;
use crate::content::unit::{Unit, UnitSort};
use crate::content::{Kind, Own};
use crate::page::card;
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Cell, RecordView, Section, SectionContent, Text};
use crate::portal::{ItemId, Portal, location};

impl Shown for Unit {
    const CARD: Keys = &["sort", "region"];
    const ROW: Keys = &["region"];
    const RELATED: &'static [Kind] = &[
        Kind::ResourceList,
        Kind::ActionPlan,
        Kind::Selection,
        Kind::Funding,
        Kind::Survey,
        Kind::Pool,
        Kind::Star,
        Kind::Brand,
        Kind::Award,
        Kind::Organisation,
        Kind::News,
    ];
    const LISTED: &'static [Kind] = &[Kind::Event, Kind::Institution, Kind::Facility, Kind::Platform];

    fn facts(unit: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.choices("sort", &[unit.sort]);
        facts.to("region", Field::Region);
        facts.texts("aliases", &unit.aliases);
        facts.contact("contact", unit.contact.as_ref());
        facts.to("includes", Field::Members);
        facts.with("ledger", |context| {
            let way = context.made(&location::of_unit_ledger(unit.item.id(), 1));
            let text = |address| Text { text: context.format.word("ledger.link"), address: Some(address), url: None };
            way.map(text).into_iter().collect()
        });
        facts.with("worksheet", |context| {
            let way = context.made(&location::of_worksheet(unit.item.id(), "html"));
            let text =
                |address| Text { text: context.format.word("worksheet.link"), address: Some(address), url: None };
            way.map(text).into_iter().collect()
        });
    }

    /// What it offers to residents; then its own duties, those of the classes that it belongs to, and its seats.
    fn parts(unit: &Subject<'_, Self>) -> Vec<PagePart> {
        let portal = unit.context.portal;
        let own = [("shared-duties", DutyScope::Shared), ("duties", DutyScope::Unit)];
        let own = own.map(|(key, scope)| PagePart::Records(key, duties(portal, unit.id, scope).collect(), "unit"));
        let classes = portal.charges.classes(unit.id).iter();
        let classes = classes.filter_map(|class| class_duties(unit, *class));
        let rest = indicator::of_unit(unit.context, unit.id).into_iter().chain(seats(unit));
        let mut offers = offers(unit);
        if offers.is_empty() {
            offers.extend(nothing(unit));
        }
        let offers = offers.into_iter().map(PagePart::Section);
        offers.chain(own).chain(classes.chain(rest).map(PagePart::Section)).collect()
    }
}

/// What a resident can make use of, in the order in which residents ask for it.
const OFFERS: [Kind; 6] = [Kind::Course, Kind::Event, Kind::Facility, Kind::Venue, Kind::Institution, Kind::Platform];
/// Entries of a kind that several run together, at most: there is no page of all of them.
const TOGETHER: usize = 10;

/// What the unit and its institutions run, kind by kind.
fn offers(unit: &Subject<'_, Unit>) -> Vec<Section> {
    let portal = unit.context.portal;
    let institutions = portal.referrers(unit.id, Kind::Institution);
    let runners: Vec<ItemId> = std::iter::once(unit.id).chain(institutions.iter().copied()).collect();
    OFFERS.iter().filter_map(|kind| offered(unit.context, &runners, *kind)).collect()
}

/// That nothing of it is known, and the way to what there is in its region. A class of units offers nothing itself.
fn nothing(unit: &Subject<'_, Unit>) -> Option<Section> {
    let context = unit.context;
    let mut facts = Facts::inside(context, unit.item.edges.all());
    if unit.sort != UnitSort::Class {
        facts.with("offers", |context| {
            let region = unit.item.edges.one(Field::Region).map(|id| context.portal.item(id));
            let way = region.filter(|region| region.is_public()).map(|region| Text {
                text: context.format.words.fill("text.offers-near", "region", region.title()),
                address: Some(region.address.clone()),
                url: None,
            });
            std::iter::once(Text::plain(context.format.word("text.no-offers"))).chain(way).collect()
        });
    }
    section(&context.format, "offers", SectionContent::Facts { facts: facts.finish() })
}

/// The entries of a kind that some units and institutions run. If one of them runs all, its list is the way to the rest.
fn offered(context: &Context<'_>, runners: &[ItemId], kind: Kind) -> Option<Section> {
    let portal = context.portal;
    // An institution is run by a unit; those below it are not.
    let runners = if kind == Kind::Institution { &runners[..1] } else { runners };
    let all: BTreeSet<ItemId> = runners.iter().flat_map(|runner| portal.referrers(*runner, kind)).copied().collect();
    let whole = runners.iter().find(|runner| portal.referrers(**runner, kind).len() == all.len());
    let more = whole.filter(|_| all.len() > card::few(kind)).and_then(|runner| {
        let runner = portal.item(*runner);
        context.made(&location::of_members((runner.kind(), runner.id()), kind, 1))
    });
    let shown: Vec<ItemId> =
        all.iter().copied().take(if more.is_some() { card::few(kind) } else { TOGETHER }).collect();
    let mut section = section(&context.format, kind.folder(), card::entries(context, kind, &shown))?;
    section.title = context.format.kind(kind);
    section.total = Some(all.len());
    section.more = more;
    Some(section)
}

fn duties(portal: &Portal, unit: ItemId, scope: DutyScope) -> impl Iterator<Item = ItemId> {
    let is_of = move |duty: &ItemId| matches!(&portal.item(*duty).entry.own, Own::Duty(duty) if duty.scope == scope);
    portal.referrers(unit, Kind::Duty).iter().copied().filter(is_of)
}

/// The duties of a class to which the unit belongs.
fn class_duties(unit: &Subject<'_, Unit>, class: ItemId) -> Option<Section> {
    let context = unit.context;
    let scopes = [DutyScope::Shared, DutyScope::Unit].into_iter();
    let mut facts = Facts::inside(context, unit.item.edges.all());
    facts.with("duties", |context| link::texts(context, scopes.flat_map(|scope| duties(context.portal, class, scope))));
    let mut section = section(&context.format, "class-duties", SectionContent::Facts { facts: facts.finish() })?;
    let class = context.portal.item(class);
    section.title = context.format.words.fill("section.class-duties", "class", class.title());
    section.anchor = format!("sec-class-{}", class.id());
    Some(section)
}

/// The seats of a unit on every committee.
fn seats(unit: &Subject<'_, Unit>) -> Option<Section> {
    let (portal, format) = (unit.context.portal, &unit.context.format);
    let mut rows = Vec::new();
    for committee in portal.referrers(unit.id, Kind::Committee).iter().map(|committee| portal.item(*committee)) {
        let Own::Committee(own) = &committee.entry.own else { continue };
        for (at, seat) in own.seats.iter().enumerate() {
            if committee.edges.all().nth(Field::Seats, at).to(Field::Units).any(|holder| holder == unit.id) {
                let mut link = link::text(committee);
                link.address = link.address.map(|address| address.at(&anchor(at)));
                let texts =
                    [link, Text::plain(label(format, seat)), Text::plain(&seat.person), Text::plain(&seat.post)];
                rows.push(texts.map(|text| Cell { texts: vec![text] }).into());
            }
        }
    }
    section(
        format,
        "seats",
        SectionContent::Table { head: format.heads(["committee", "role", "person", "post"]), rows },
    )
}

/// A seat by its label, with the way to it.
pub fn seat_of(context: &Context<'_>, committee: ItemId, nth: usize) -> Option<Text> {
    let item = context.portal.item(committee);
    let Own::Committee(own) = &item.entry.own else { return None };
    let address = item.is_public().then(|| item.address.at(&anchor(nth)));
    Some(Text { text: label(&context.format, own.seats.get(nth)?), address, url: None })
}

/// The anchor of a seat on the page of its committee.
fn anchor(at: usize) -> String {
    format!("seat-{}", at + 1)
}

fn label(format: &Format<'_>, seat: &Seat) -> String {
    seat.label.clone().unwrap_or_else(|| format.choice(seat.role))
}

impl Shown for Committee {
    const CARD: Keys = &["host", "region"];
    const ROW: Keys = &["region"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(committee: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.to("host", Field::Host);
        facts.maybe("office", committee.office.as_deref());
        facts.to("region", Field::Region);
    }

    /// The roster, in official order.
    fn parts(committee: &Subject<'_, Self>) -> Vec<PagePart> {
        let context = committee.context;
        let record = |(at, seat): (usize, &Seat)| {
            let mut facts = Facts::inside(context, committee.item.edges.all().nth(Field::Seats, at));
            facts.text("post", &seat.post);
            facts.to("units", Field::Units);
            RecordView {
                anchor: Some(anchor(at)),
                label: Some(label(&context.format, seat)),
                title: Text::plain(&seat.person),
                html: String::new(),
                badges: Vec::new(),
                facts: facts.finish(),
            }
        };
        let records = committee.seats.iter().enumerate().map(record).collect();
        let roster = section(&context.format, "roster", SectionContent::Records { records });
        roster.map(PagePart::Section).into_iter().collect()
    }
}
