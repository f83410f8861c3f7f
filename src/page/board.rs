//! What units handed up in turn, in tables: unit by month for a document and a year, and in one line for a worksheet.

use super::context::Context;
use super::link;
use super::shown::section;
use super::view::{Cell, Section, SectionContent, Text};
use crate::content::phase::Every;
use crate::portal::board::{self, Submission, Task, Turn};
use crate::portal::deadline::turns;
use crate::portal::{ItemId, Portal, location, worksheet};

/// Rows of a page: what fits on twelve screens of a phone.
pub const LENGTH: usize = 20;

/// In which order states are counted.
const COUNTED: [Submission; 5] =
    [Submission::Submitted, Submission::Undated, Submission::Late, Submission::Missing, Submission::Coming];

/// The table of a task for some of the units.
pub fn of_task(context: &Context<'_>, task: &Task<'_>, units: &[ItemId], year: i16) -> Option<Section> {
    let (portal, format) = (context.portal, &context.format);
    let row = |unit: &ItemId| {
        let all = board::of_unit(portal, task, *unit, year);
        let unit = link::text(portal.item(*unit));
        let turns = all.iter().map(|turn| told(context, turn).into_iter().collect());
        let cells = std::iter::once(vec![unit]).chain(turns).chain([vec![Text::plain(count(context, &all))]]);
        cells.map(|texts| Cell { texts }).collect()
    };
    let months = turns(task.phase, year).into_iter().map(|day| format.month(day.month()));
    let [unit, handed] = ["unit", "handed-of"].map(|key| format.words.in_group("fact", key).to_owned());
    let head = std::iter::once(unit).chain(months).chain([handed]).collect();
    let rows = units.iter().map(row).collect();
    let mut section = section(format, "board", SectionContent::Table { head, rows })?;
    section.title = format!("{}（{}）", portal.item(task.id).title(), due(context, task));
    section.anchor = format!("task-{}", portal.item(task.id).id());
    Some(section)
}

/// How a unit stands with each task that it has to submit this year.
pub fn of_unit(context: &Context<'_>, unit: ItemId) -> Option<Section> {
    let (portal, format) = (context.portal, &context.format);
    let year = portal.today.date().year();
    let mut rows = Vec::new();
    for document in worksheet::documents(portal, unit) {
        let board = board::rows(portal, document, year);
        for (nth, (task, units)) in board.iter().enumerate().filter(|(_, (task, _))| task.units.contains(&unit)) {
            let before: usize = board[..nth].iter().map(|(_, units)| units.len()).sum();
            let row = before + units.iter().position(|of| *of == unit).unwrap_or(0);
            let address = location::of_board(portal.item(document).id(), year, row / LENGTH + 1);
            let text = Text { address: context.made(&address), ..Text::plain(portal.item(task.id).title()) };
            let all = board::of_unit(portal, task, unit, year);
            let cells = [vec![text], vec![Text::plain(due(context, task))], counts(context, &all)];
            rows.push(cells.map(|texts| Cell { texts }).into());
        }
    }
    let head = format.heads(["task", "when", "handed-up"]);
    let mut section = section(format, "board", SectionContent::Table { head, rows })?;
    section.title = format.words.fill("board.of-year", "year", &format.year(year));
    Some(section)
}

/// How many turns of a year a board has to show; `None` if it has no page.
pub fn pages(portal: &Portal, document: ItemId, year: i16) -> usize {
    let rows: usize = board::rows(portal, document, year).iter().map(|(_, units)| units.len()).sum();
    rows.div_ceil(LENGTH)
}

/// A state as a word.
pub fn state(context: &Context<'_>, state: Submission) -> String {
    context.format.words.in_group("submission", state.key()).to_owned()
}

/// A turn in a table: a link to the first of what was submitted; nothing where nothing has to be.
fn told(context: &Context<'_>, turn: &Turn) -> Option<Text> {
    if turn.state == Submission::Unbound {
        return None;
    }
    let word = state(context, turn.state);
    let text = match turn.items.len() {
        0 | 1 => word,
        many => context.format.words.fill("board.several", "n", &many.to_string()).replace("{state}", &word),
    };
    let address = turn.items.first().map(|(_, id)| context.portal.item(*id).address.clone());
    Some(Text { text, address, url: None })
}

/// How many of the turns so far something was submitted for.
fn count(context: &Context<'_>, turns: &[Turn]) -> String {
    let of = |wanted: &dyn Fn(Submission) -> bool| turns.iter().filter(|turn| wanted(turn.state)).count();
    if of(&|state| state != Submission::Unbound) == 0 {
        return state(context, Submission::Unbound);
    }
    let there = of(&Submission::is_there);
    let asked = there + of(&|state| state == Submission::Missing);
    let text = context.format.words.fill("board.count", "n", &there.to_string());
    text.replace("{m}", &asked.to_string())
}

/// How many turns stand how.
fn counts(context: &Context<'_>, turns: &[Turn]) -> Vec<Text> {
    let of = |state: Submission| turns.iter().filter(|turn| turn.state == state).count();
    let told = COUNTED.into_iter().filter(|state| of(*state) > 0);
    told.map(|known| Text::plain(format!("{} {}", state(context, known), of(known)))).collect()
}

/// When a task is due, without the year in which it began.
fn due(context: &Context<'_>, task: &Task<'_>) -> String {
    let format = &context.format;
    let month = task.phase.month.filter(|_| task.phase.every == Some(Every::Year));
    let month = month.map_or_else(String::new, |month| format.month(month));
    let day = task.phase.day.map(|day| format.words.fill("text.day-of-month", "d", &day.to_string()));
    format!(
        "{}{month}{}",
        task.phase.every.map_or_else(String::new, |every| format.choice(every)),
        day.unwrap_or_default()
    )
}
