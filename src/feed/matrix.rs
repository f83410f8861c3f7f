//! The duties of a document and the units that they bind as a table: a row for each duty, a column for each unit.

use super::sheet::Sheet;
use crate::page::context::Context;
use crate::page::kind::{bond, seat_of};
use crate::page::link;
use crate::portal::matrix::{self, Bond, Columns};
use crate::portal::{ItemId, Portal, location};

/// The addresses of all tables.
pub(super) fn addresses(portal: &Portal) -> impl Iterator<Item = String> {
    matrix::documents(portal).map(|id| location::of_matrix_sheet(portal.item(id).id()))
}

/// All tables, by address.
pub(super) fn files<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    let portal = context.portal;
    matrix::documents(portal).map(|id| (location::of_matrix_sheet(portal.item(id).id()), sheet(context, id).csv()))
}

fn sheet(context: &Context<'_>, document: ItemId) -> Sheet {
    let (portal, format) = (context.portal, &context.format);
    let rows = matrix::rows(portal, &matrix::duties(portal, document), Columns::Expanded);
    let units = matrix::units(&rows);
    let title = |id: ItemId| portal.item(id).title().to_owned();
    let seats = matrix::seats(portal, document);
    let seat = |unit: &ItemId| {
        let seat = seats.get(unit).and_then(|seat| seat_of(context, seat.committee, seat.nth));
        seat.map(|seat| seat.text).unwrap_or_default()
    };
    let first = [format.word("matrix.seat"), String::new()].into_iter().chain(units.iter().map(seat)).collect();
    let all = rows.iter().map(|row| {
        let duty = portal.item(row.duty);
        let clauses: Vec<String> = link::clauses(context, duty).into_iter().map(|text| text.text).collect();
        let cell = |unit: &ItemId| {
            let Some(known) = row.bonds.get(unit) else { return String::new() };
            let mark = link::inferred(context, duty, bond(context, *known));
            match known {
                Bond::Through(class) => format!("{mark}（{}）", title(*class)),
                Bond::Role(_) | Bond::Own | Bond::Shared => mark,
            }
        };
        let begin = [title(row.duty), clauses.join(format.words.get("text.joiner"))];
        begin.into_iter().chain(units.iter().map(cell)).collect()
    });
    let head = format.heads(["duties", "clause"]).into_iter().chain(units.iter().map(|unit| title(*unit))).collect();
    Sheet { head, rows: std::iter::once(first).chain(all).collect() }
}
