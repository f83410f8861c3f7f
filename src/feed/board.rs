//! Boards of what units hand up in turn, for spreadsheets: a row for each task, unit and turn of a document and a year.

use super::sheet::Sheet;
use crate::page::board::state;
use crate::page::context::Context;
use crate::portal::{ItemId, Portal, board, location};

/// The addresses of all tables.
pub(super) fn addresses(portal: &Portal) -> Vec<String> {
    all(portal).into_iter().map(|(id, year)| location::of_board_sheet(portal.item(id).id(), year)).collect()
}

/// All tables, by address.
pub(super) fn files(context: &Context<'_>) -> Vec<(String, String)> {
    let portal = context.portal;
    let file = |(id, year): (ItemId, i16)| {
        (location::of_board_sheet(portal.item(id).id(), year), sheet(context, id, year).csv())
    };
    all(portal).into_iter().map(file).collect()
}

/// The documents and years that have a board.
fn all(portal: &Portal) -> Vec<(ItemId, i16)> {
    let years = |id: ItemId| board::years(portal, id).into_iter().flatten().map(move |year| (id, year));
    let has_rows = |(id, year): &(ItemId, i16)| !board::rows(portal, *id, *year).is_empty();
    board::documents(portal).into_iter().flat_map(years).filter(has_rows).collect()
}

fn sheet(context: &Context<'_>, document: ItemId, year: i16) -> Sheet {
    let (portal, format) = (context.portal, &context.format);
    let title = |id: ItemId| portal.item(id).title().to_owned();
    let base = portal.base_url();
    let mut rows = Vec::new();
    for (task, units) in board::rows(portal, document, year) {
        for unit in units {
            for turn in board::of_unit(portal, &task, unit, year) {
                let first = turn.items.first();
                let day = first.and_then(|(day, _)| *day).map_or_else(String::new, |day| day.to_string());
                let address = first.map(|(_, id)| &portal.item(*id).address);
                let address = address.map(|address| match base {
                    Some(base) => address.absolute(base),
                    None => address.as_str().to_owned(),
                });
                rows.push(vec![
                    title(task.id),
                    title(unit),
                    turn.due.to_string(),
                    state(context, turn.state),
                    day,
                    turn.items.len().to_string(),
                    first.map(|(_, id)| title(*id)).unwrap_or_default(),
                    address.unwrap_or_default(),
                ]);
            }
        }
    }
    let head = format.heads(["task", "unit", "due", "status", "date", "items", "material", "address"]);
    Sheet { head, rows }
}
