//! Selections: the stage of the day, how to apply, how to object, and the list.

use std::ops::Range;

use crate::content::field::Field;
use crate::content::sample::marked_name;
use crate::content::selection::{Candidate, Selection};
use crate::content::value::Day;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Cell, Section, SectionContent, Text};
use crate::portal::selection::{Stage, stage};
use crate::portal::{ItemId, Portal, location};

impl Shown for Selection {
    const CARD: Keys = &["stage", "level", "region"];
    const PROMINENT: Keys = &["stage"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(selection: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        let stage = stage(selection, &selection.context.portal.today);
        facts.told("stage", |format| told(format, selection, stage));
        facts.told("year", |format| format.year(selection.year.0));
        facts.choices("sort", &[selection.sort]);
        facts.choices("level", &[selection.level]);
        facts.to("unit", Field::Unit);
        facts.to("region", Field::Region);
        facts.sources(selection.item);
    }

    fn parts(selection: &Subject<'_, Self>) -> Vec<PagePart> {
        let parts = [applying(selection), objecting(selection), list(selection)];
        parts.into_iter().flatten().map(PagePart::Section).collect()
    }
}

/// The stage of a selection, in words.
pub fn stage_told(context: &Context<'_>, id: ItemId, stage: Stage) -> String {
    match &context.portal.item(id).entry.own {
        Own::Selection(selection) => told(&context.format, selection, stage),
        _ => String::new(),
    }
}

/// The stage in words; of an open notice until when.
fn told(format: &Format<'_>, selection: &Selection, stage: Stage) -> String {
    let word = format.words.in_group("stage", stage.key());
    match (&selection.notice, stage) {
        (Some(notice), Stage::Notice) => word.replace("{day}", &format.day(notice.to.0).text),
        _ => word.replace("{day}", ""),
    }
}

/// From when to when one can apply, and how.
fn applying(selection: &Subject<'_, Selection>) -> Option<Section> {
    let context = selection.context;
    let mut facts = Facts::inside(context, selection.item.edges.all());
    facts.told("apply-days", |format| {
        let day = |day: Option<Day>| day.map(|day| format.day(day.0).text).unwrap_or_default();
        selection.apply.map(|window| format!("{}—{}", day(window.from), day(window.to))).unwrap_or_default()
    });
    facts.contact("apply", selection.contact.as_ref());
    section(&context.format, "apply", SectionContent::Facts { facts: facts.finish() })
}

/// From when to when one can object, and where. When that is over, only the days are told.
fn objecting(selection: &Subject<'_, Selection>) -> Option<Section> {
    let context = selection.context;
    let notice = selection.notice.as_ref()?;
    let open = stage(selection, &context.portal.today) == Stage::Notice;
    let mut facts = Facts::inside(context, selection.item.edges.all());
    facts.told("notice-days", |format| format!("{}—{}", format.day(notice.from.0).text, format.day(notice.to.0).text));
    facts.contact("objections", open.then_some(&notice.objections));
    section(&context.format, "notice", SectionContent::Facts { facts: facts.finish() })
}

/// Names on the page of a selection, and on each further page: what fits on twelve screens of a phone together with what else it says.
pub const NAMES: usize = 100;

/// The names that are shown today: while they may be objected to, and when they are announced.
pub fn names(portal: &Portal, id: ItemId) -> &[Candidate] {
    match &portal.item(id).entry.own {
        Own::Selection(own) if stage(own, &portal.today).shows_names() => &own.list,
        _ => &[],
    }
}

/// A stretch of the names that are shown today.
pub fn name_list(context: &Context<'_>, id: ItemId, part: Range<usize>) -> Option<Section> {
    let (portal, format) = (context.portal, &context.format);
    let item = portal.item(id);
    let Own::Selection(selection) = &item.entry.own else { return None };
    let row = |(nth, candidate): (usize, &Candidate)| {
        let entry = item.edges.all().nth(Field::List, nth).one(Field::Entry);
        let entry = entry.map(|id| link::text(portal.item(id)));
        let name = if item.is_sample() { marked_name(&candidate.name) } else { candidate.name.clone() };
        let name = Text { text: name, ..entry.unwrap_or_else(|| Text::plain("")) };
        let from = candidate.from.iter().map(Text::plain).collect();
        [vec![name], from].map(|texts| Cell { texts }).into()
    };
    let rows = names(portal, id).iter().enumerate().skip(part.start).take(part.len()).map(row).collect();
    let key = if stage(selection, &portal.today) == Stage::Notice { "candidates" } else { "selected" };
    section(format, key, SectionContent::Table { head: format.heads(["title", "from"]), rows })
}

/// The first names, with the way to all.
fn list(selection: &Subject<'_, Selection>) -> Option<Section> {
    let context = selection.context;
    let count = names(context.portal, selection.id).len();
    let mut section = name_list(context, selection.id, 0..count.min(NAMES))?;
    if count > NAMES {
        section.total = Some(count);
        section.more = context.made(&location::of_names(selection.item.id(), 1));
    }
    Some(section)
}

/// The selections in which an entry was selected.
pub fn selected_in(context: &Context<'_>, id: ItemId) -> Vec<Text> {
    let selections = context.portal.referrers(id, Kind::Selection).iter().copied();
    // Before the list is announced nobody is selected.
    let is_announced = |selection: &ItemId| match &context.portal.item(*selection).entry.own {
        Own::Selection(own) => stage(own, &context.portal.today) == Stage::Announced,
        _ => false,
    };
    link::texts(context, selections.filter(is_announced))
}
