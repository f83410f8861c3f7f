//! Entries on pages other than their own: as lines, as cards, and as records in place.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::context::Context;
use super::facts::{self, Wanted};
use super::kind;
use super::link;
use super::session;
use super::shown::{PagePart, section};
use super::view::{Card, DayView, Fact, RecordView, Row, Section, SectionContent, Text};
use crate::address::Href;
use crate::content::spot::Spot;
use crate::content::{Kind, Own};
use crate::portal::schedule::Dated;
use crate::portal::{ItemId, Portal, has_page, location};

/// An entry as a line of a list.
pub fn row(context: &Context<'_>, id: ItemId) -> Row {
    let (portal, format) = (context.portal, &context.format);
    let item = portal.item(id);
    let next = portal.next_session(id);
    let day = next.map(|session| session.start.date()).or_else(|| portal.day(id));
    // What a fee is for stands on the page of the course.
    let fee = match &item.entry.own {
        Own::Course(course) => Some(format.fee(course.fee, None)),
        _ => None,
    };
    Row {
        kind: item.kind().folder(),
        address: Some(item.address.clone()),
        anchor: None,
        title: item.title().to_owned(),
        summary: None,
        badges: kind::badges(context, item),
        day: day.map(|day| near(context, day)),
        time: next.map(|session| format.time(session)),
        later: next.map(|next| later(context, id, next)).unwrap_or_default(),
        last: next.and_then(|_| portal.sessions(id).map(Dated::last_day).max()).map(|day| day.to_string()),
        state: None,
        past: is_over(portal, id),
        notes: facts::notes(format, kind::row_facts(context, id)).into_iter().chain(fee).collect(),
    }
}

/// What follows the next session of an entry, and that itself if it takes several days.
fn later(context: &Context<'_>, id: ItemId, next: &Dated) -> String {
    let shown = Some(next).filter(|next| next.last_day() != next.start.date());
    let after = session::after(context.portal.sessions(id), next.start);
    session::later(context, shown.into_iter().chain(after), |date| short(context, date))
}

/// Whether an entry had sessions, and all are over.
pub fn is_over(portal: &Portal, id: ItemId) -> bool {
    portal.sessions(id).next_back().is_some_and(|last| last.is_past(&portal.today))
}

/// A day whose short form has its year if that has not come.
fn near(context: &Context<'_>, date: Date) -> DayView {
    DayView { short: short(context, date), ..context.format.day(date) }
}

/// A day as short as it can be understood: with its year if that is to come.
fn short(context: &Context<'_>, date: Date) -> String {
    let key = if context.portal.today.reached(date.first_of_year()) { "date.day-of-year" } else { "date.day" };
    context.format.month_day(key, date)
}

/// An entry as a line of the list of its kind. The line of an entry without a page is its place: it links on only to its owner's page.
pub fn listed(context: &Context<'_>, id: ItemId) -> Row {
    let item = context.portal.item(id);
    let mut row = row(context, id);
    if !has_page(item.kind()) {
        row.anchor = Some(item.id().to_owned());
        if item.is_in_list() {
            row.address = None;
            row.summary = Some(item.summary()).filter(|summary| !summary.is_empty());
        }
    }
    row
}

/// Whether entries of a kind are shown as cards, since their pictures say more than a line.
pub fn in_pictures(kind: Kind) -> bool {
    kind == Kind::Star
}

/// How many entries of a kind stand on a page of something else.
pub fn few(kind: Kind) -> usize {
    if in_pictures(kind) { 4 } else { 5 }
}

/// Entries of a kind, as cards or lines.
pub fn entries(context: &Context<'_>, kind: Kind, ids: &[ItemId]) -> SectionContent {
    if in_pictures(kind) {
        SectionContent::Cards { cards: ids.iter().map(|id| card(context, *id)).collect() }
    } else {
        SectionContent::Rows { rows: ids.iter().map(|id| row(context, *id)).collect() }
    }
}

/// An entry in a list.
pub fn card(context: &Context<'_>, id: ItemId) -> Card {
    let item = context.portal.item(id);
    let mut facts = kind::card_facts(context, id);
    facts.extend(next_session(context, id));
    Card {
        kind: item.kind().folder(),
        address: Some(item.address.clone()),
        title: item.title().to_owned(),
        summary: item.summary(),
        picture: context.resources.picture(item, Spot::Card(item.kind())),
        badges: kind::badges(context, item),
        facts,
        day: context.portal.day(id).map(|day| context.format.day(day)),
    }
}

fn next_session(context: &Context<'_>, id: ItemId) -> Option<Fact> {
    let format = context.format;
    let next = context.portal.next_session(id)?;
    let day = format.day(next.start.date());
    let text = Text::plain(format!("{} {} {}", day.text, day.weekday, format.time(next)));
    let label = format.words.in_group("fact", "next").to_owned();
    Some(Fact { key: "next", label, values: vec![text], prominent: false })
}

/// An entry shown in place on a page whose way to the root is `root`, without the fact of the key `without`.
fn record(context: &Context<'_>, id: ItemId, root: &str, without: &'static str) -> RecordView {
    let item = context.portal.item(id);
    RecordView {
        anchor: Some(item.id().to_owned()),
        label: None,
        title: Text::plain(item.title()),
        html: context.resources.body_among(id, root),
        badges: kind::badges(context, item),
        facts: kind::facts(context, id, Wanted::Without(without)),
    }
}

/// The section for a part of an entry's page; `None` if it would be empty.
pub fn part(context: &Context<'_>, of: ItemId, root: &str, part: PagePart) -> Option<Section> {
    match part {
        PagePart::Section(section) => Some(section),
        PagePart::Members(kind, word) => {
            let mut section = members(context, of, kind)?;
            if let Some(word) = word {
                section.title = context.format.word(word);
            }
            Some(section)
        }
        PagePart::Folded(kind) => Some(Section { folded: true, ..members(context, of, kind)? }),
        PagePart::Records(key, ids, without) => {
            let mut records: Vec<_> = ids.iter().map(|id| record(context, *id, root, without)).collect();
            // What cites the document that all the others cite names the clause alone: the page says which document it is.
            let cited: BTreeSet<ItemId> = ids.iter().flat_map(|id| link::cited_documents(context, *id)).collect();
            if cited.len() == 1 && records.len() > 1 {
                for (record, id) in records.iter_mut().zip(&ids) {
                    if let Some(source) = record.facts.iter_mut().find(|fact| fact.key == "source") {
                        source.values = link::clauses(context, context.portal.item(*id));
                    }
                }
            }
            section(&context.format, key, SectionContent::Records { records })
        }
    }
}

/// The first entries of a kind that belong to `of`, and the way to all.
pub fn members(context: &Context<'_>, of: ItemId, kind: Kind) -> Option<Section> {
    let all = context.portal.members(of, kind);
    let few = few(kind);
    let mut section = section(&context.format, kind.folder(), entries(context, kind, &all[..all.len().min(few)]))?;
    let owner = context.portal.item(of);
    section.folded = owner.kind().gathers() && is_filed(kind);
    section.title = context.format.kind(kind);
    section.total = Some(all.len());
    section.more = (all.len() > few).then(|| Href::new(&location::of_members((owner.kind(), owner.id()), kind, 1)));
    Some(section)
}

/// What few residents look for on the page of a region, topic or audience.
fn is_filed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Teacher
            | Kind::Brand
            | Kind::Document
            | Kind::Committee
            | Kind::Unit
            | Kind::Duty
            | Kind::Indicator
            | Kind::Award
            | Kind::Organisation
            | Kind::ResourceList
            | Kind::ActionPlan
            | Kind::Funding
            | Kind::Survey
            | Kind::Pool
    )
}
