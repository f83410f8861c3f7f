//! Worksheets of units for office programs: a table of what each owes, and its deadlines as a calendar.

use super::calendar::{Due, dues};
use super::sheet::Sheet;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::link;
use crate::portal::verdict::Verdict;
use crate::portal::{ItemId, Portal, location, worksheet};

/// The addresses of all files.
pub(super) fn addresses(portal: &Portal) -> impl Iterator<Item = String> {
    let year = (!portal.of_kind(Kind::Phase).is_empty()).then(|| location::WORK_CALENDAR.to_owned());
    let of_units = worksheet::units(portal).flat_map(move |unit| {
        let id = portal.item(unit).id();
        let calendar = has_dues(portal, unit).then(|| location::of_worksheet(id, "ics"));
        std::iter::once(location::of_worksheet(id, "csv")).chain(calendar)
    });
    year.into_iter().chain(of_units)
}

/// All files, by address.
pub(super) fn files<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    let portal = context.portal;
    let year = (!portal.of_kind(Kind::Phase).is_empty()).then(|| (location::WORK_CALENDAR.to_owned(), whole(context)));
    let of_units = worksheet::units(portal).flat_map(move |unit| {
        let id = portal.item(unit).id();
        let sheet = (location::of_worksheet(id, "csv"), sheet(context, unit).csv());
        let calendar = has_dues(portal, unit).then(|| (location::of_worksheet(id, "ics"), calendar(context, unit)));
        std::iter::once(sheet).chain(calendar)
    });
    year.into_iter().chain(of_units)
}

fn has_dues(portal: &Portal, unit: ItemId) -> bool {
    worksheet::phases(portal, unit).iter().any(|(_, phase)| phase.to.is_some() || phase.every.is_some())
}

/// A row for each duty, indicator and deadline.
fn sheet(context: &Context<'_>, unit: ItemId) -> Sheet {
    let (portal, format) = (context.portal, &context.format);
    let joiner = format.words.get("text.joiner");
    let sources = |id: ItemId| {
        let sources = link::sources(context, portal.item(id));
        sources.into_iter().map(|text| text.text).collect::<Vec<_>>().join(joiner)
    };
    let material = |id: ItemId| {
        let standing = portal.ledger.standing_of(portal, id, unit);
        format.words.in_group("standing", standing.key()).to_owned()
    };
    let through = |class: Option<ItemId>| class.map(|class| portal.item(class).title().to_owned()).unwrap_or_default();
    let row = |id: ItemId, class: Option<ItemId>, rest: [String; 5]| {
        let item = portal.item(id);
        let begin = [
            format.kind(item.kind()),
            link::inferred(context, item, item.title().to_owned()),
            sources(id),
            through(class),
        ];
        begin.into_iter().chain(rest).collect()
    };
    let none = String::new;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for charge in portal.charges.duties(unit) {
        rows.push(row(charge.item, charge.through, [none(), none(), none(), none(), material(charge.item)]));
    }
    for charge in portal.charges.indicators(unit) {
        let Own::Indicator(indicator) = &portal.item(charge.item).entry.own else { continue };
        let holding = portal.measures.of_holder(charge.item, unit);
        let latest = holding.and_then(|holding| holding.values.first());
        let value = latest.map(|value| format.measured(value, indicator.target.measure));
        let year = latest.map(|value| value.year.to_string());
        let verdict = format.verdict(holding.map_or(Verdict::Unknown, crate::portal::measure::Holding::verdict));
        let rest = [
            format.target(&indicator.target),
            value.unwrap_or_default(),
            year.unwrap_or_default(),
            verdict,
            material(charge.item),
        ];
        rows.push(row(charge.item, charge.through, rest));
    }
    for (id, phase) in worksheet::phases(portal, unit) {
        rows.push(row(id, None, [format.phase(phase), none(), none(), none(), none()]));
    }
    let head = format.heads(["sort", "title", "source", "through", "target", "value", "year", "result", "material"]);
    Sheet { head, rows }
}

fn calendar(context: &Context<'_>, unit: ItemId) -> String {
    let portal = context.portal;
    let item = portal.item(unit);
    let all = worksheet::phases(portal, unit).into_iter();
    let all: Vec<Due> = all.filter_map(|(id, phase)| Due::of(id, phase, &portal.today)).collect();
    let title = context.format.words.fill("worksheet.title", "unit", item.title());
    dues(context, &location::of_worksheet(item.id(), "ics"), &title, &location::of_worksheet(item.id(), "html"), &all)
}

/// The deadlines and recurring tasks of all documents.
fn whole(context: &Context<'_>) -> String {
    let portal = context.portal;
    let due = portal.of_kind(Kind::Phase).iter().filter_map(|id| match &portal.item(*id).entry.own {
        Own::Phase(phase) => Due::of(*id, phase, &portal.today),
        _ => None,
    });
    let title = context.format.word("year.calendar");
    dues(context, location::WORK_CALENDAR, &title, location::WORK_YEAR, &due.collect::<Vec<_>>())
}
