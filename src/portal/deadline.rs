//! How phases, deadlines and recurring tasks stand on the day of the build, and when they are due next.

use jiff::civil::Date;

use super::today::Today;
use super::{ItemId, Portal};
use crate::content::phase::{Every, Phase, PhaseSort};
use crate::content::value::Span;
use crate::content::{Kind, Own};

/// How a phase, a deadline or a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has not begun.
    Coming,
    /// It is under way, or still in time.
    Running,
    /// Its time is over, and nobody wrote that it was done.
    Overdue,
    /// A phase that is over.
    Over,
    /// It was done.
    Done,
    /// It comes again, and is due on this day next.
    Again(Date),
}

impl Progress {
    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::Running => "running",
            Self::Overdue => "overdue",
            Self::Over => "over",
            Self::Done => "done",
            Self::Again(_) => "again",
        }
    }
}

/// How one stands.
pub fn progress(phase: &Phase, today: &Today) -> Progress {
    // Every day is asked for, so that `today` learns of all.
    let has_begun = phase.from.is_none_or(|from| today.reached(from.first()));
    let is_over = phase.to.is_some_and(|to| today.passed(to.last()));
    let is_done = phase.done.is_some_and(|day| today.reached(day.0));
    match (phase.sort, next(phase, today)) {
        (PhaseSort::Recurring, Some(day)) => Progress::Again(day),
        _ if is_done => Progress::Done,
        _ if !has_begun => Progress::Coming,
        (PhaseSort::Deadline, _) if is_over => Progress::Overdue,
        _ if is_over => Progress::Over,
        _ => Progress::Running,
    }
}

/// The day on which a recurring task is due next, the last on which it is in time; `None` if it has ended, or never comes again.
fn next(phase: &Phase, today: &Today) -> Option<Date> {
    let from = phase.from.map_or(today.date(), |from| from.first().max(today.date()));
    let day = in_turn(phase, from).find(|day| *day >= from && !today.passed(*day))?;
    phase.to.is_none_or(|to| day <= to.last()).then_some(day)
}

/// The days on which a recurring task is due, from the year or month of a day on.
fn in_turn(phase: &Phase, from: Date) -> impl Iterator<Item = Date> {
    let (every, wanted, day) = (phase.every, phase.month, phase.day);
    let months = (0..26).filter_map(move |nth| {
        let at = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + nth;
        let first = Date::new(i16::try_from(at / 12).ok()?, i8::try_from(at % 12 + 1).ok()?, 1).ok()?;
        let is_turn = match every? {
            Every::Month => true,
            Every::Year => first.month() == wanted.unwrap_or(12),
        };
        is_turn.then_some(first)
    });
    months.map(move |first| {
        let last = first.last_of_month();
        day.and_then(|day| Date::new(first.year(), first.month(), day).ok()).map_or(last, |day| day.min(last))
    })
}

/// The days of a year on which a recurring task is due, whether it has begun or not.
pub fn turns(phase: &Phase, year: i16) -> Vec<Date> {
    let Ok(first) = Date::new(year, 1, 1) else { return Vec::new() };
    in_turn(phase, first).take_while(|day| day.year() == year).collect()
}

/// Whether a recurring task, which may begin and end, is due on a day of its turn.
pub fn is_bound(phase: &Phase, day: Date) -> bool {
    phase.from.is_none_or(|from| from.first() <= day) && phase.to.is_none_or(|to| day <= to.last())
}

/// The days of a year on which a recurring task is due while it lasts.
pub fn days_in(phase: &Phase, year: i16) -> Vec<Date> {
    turns(phase, year).into_iter().filter(|day| is_bound(phase, *day)).collect()
}

/// What is due in a year, in order: each entry with its days. A task that comes every month has twelve.
pub fn due_in(portal: &Portal, year: i16) -> Vec<(Date, ItemId)> {
    let mut all = Vec::new();
    for id in portal.of_kind(Kind::Phase) {
        let Own::Phase(phase) = &portal.item(*id).entry.own else { continue };
        if phase.sort == PhaseSort::Recurring {
            all.extend(days_in(phase, year).into_iter().map(|day| (day, *id)));
        } else if let Some(day) = phase.to.map(Span::last).filter(|day| day.year() == year) {
            all.push((day, *id));
        }
    }
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn phase(sort: PhaseSort, yaml: &str) -> Phase {
        let document = "document: wen\n";
        let sort = match sort {
            PhaseSort::Phase => "phase",
            PhaseSort::Deadline => "deadline",
            PhaseSort::Recurring => "recurring",
        };
        serde_yaml::from_str(&format!("sort: {sort}\n{document}{yaml}")).expect("a phase")
    }

    #[test]
    fn a_day_decides_how_it_stands() {
        let deadline = phase(PhaseSort::Deadline, "to: 2026-10\n");
        let done = phase(PhaseSort::Deadline, "to: 2026-10\ndone: 2026-10-30\n");
        let stage = phase(PhaseSort::Phase, "from: 2026-09\nto: 2026-10\n");
        let open = phase(PhaseSort::Phase, "from: 2026-09\n");
        for (day, expected) in [
            (date(2026, 8, 31), [Progress::Running, Progress::Running, Progress::Coming, Progress::Coming]),
            (date(2026, 10, 31), [Progress::Running, Progress::Done, Progress::Running, Progress::Running]),
            (date(2026, 11, 1), [Progress::Overdue, Progress::Done, Progress::Over, Progress::Running]),
        ] {
            let today = Today::new(day);
            assert_eq!([&deadline, &done, &stage, &open].map(|phase| progress(phase, &today)), expected, "{day}");
        }
    }

    #[test]
    fn what_recurs_is_due_again_after_its_day() {
        let yearly = phase(PhaseSort::Recurring, "every: year\nmonth: 12\nfrom: 2022-12\n");
        let monthly = phase(PhaseSort::Recurring, "every: month\nday: 31\n");
        let ended = phase(PhaseSort::Recurring, "every: year\nmonth: 3\nto: \"2026\"\n");
        for (day, expected) in [
            (date(2021, 5, 1), [Some(date(2022, 12, 31)), Some(date(2021, 5, 31)), Some(date(2022, 3, 31))]),
            (date(2026, 2, 28), [Some(date(2026, 12, 31)), Some(date(2026, 2, 28)), Some(date(2026, 3, 31))]),
            (date(2026, 12, 31), [Some(date(2026, 12, 31)), Some(date(2026, 12, 31)), None]),
            (date(2027, 1, 1), [Some(date(2027, 12, 31)), Some(date(2027, 1, 31)), None]),
        ] {
            let today = Today::new(day);
            assert_eq!([&yearly, &monthly, &ended].map(|phase| next(phase, &today)), expected, "{day}");
        }
    }
}
