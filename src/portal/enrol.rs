//! Enrolment: whether a resident can still join a class run.

use jiff::civil::Date;

use super::schedule::Dated;
use super::today::Today;
use crate::content::course::Course;
use crate::content::shared::{Run, Status};

/// What decides whether one can join a class run, whatever day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The day on which enrolment opens, if one is written.
    pub opens: Option<Date>,
    /// The last day of enrolment: as written, or the day of the first session.
    pub closes: Option<Date>,
    /// The day of the first session that takes place.
    pub first: Option<Date>,
    /// The last day of the last of them.
    pub last: Option<Date>,
    /// Why nobody can join, if there is a reason beside the calendar.
    pub bar: Option<Bar>,
}

/// Why nobody can join a class run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// No places left.
    Full,
    /// Called off.
    Cancelled,
}

/// The state of a class run. In the order in which a page shows the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Enrolment {
    /// One can join.
    Open,
    /// Enrolment opens on a day to come.
    Soon,
    /// No day is known.
    Undated,
    /// No places left; it has not begun.
    Full,
    /// Enrolment is closed; it has not begun.
    Closed,
    /// It has begun, and nobody can join.
    Running,
    /// Called off.
    Cancelled,
    /// Over.
    Over,
}

impl Terms {
    /// The terms of a run, given all sessions of its course.
    fn new<'s>(run: &Run, nth: usize, sessions: impl Iterator<Item = &'s Dated>) -> Self {
        let bar = match run.status {
            Status::Cancelled => Some(Bar::Cancelled),
            Status::Full => Some(Bar::Full),
            Status::Scheduled | Status::Moved => run.places.is_some_and(|places| places.left == 0).then_some(Bar::Full),
        };
        // A run that was called off keeps its days.
        let counted = sessions
            .filter(|session| session.run == nth && (session.takes_place() || bar == Some(Bar::Cancelled)))
            .map(|session| (session.start.date(), session.last_day()));
        let (mut first, mut last) = (None, None);
        for (start, end) in counted {
            first = Some(first.map_or(start, |first: Date| first.min(start)));
            last = Some(last.map_or(end, |last: Date| last.max(end)));
        }
        let day = |day: Option<crate::content::value::Day>| day.map(|day| day.0);
        let opens = day(run.enrol.and_then(|window| window.from));
        let closes = day(run.enrol.and_then(|window| window.to)).or(first);
        Self { opens, closes, first, last, bar }
    }

    /// The state today.
    pub fn today(&self, today: &Today) -> Enrolment {
        let begun = || self.first.is_some_and(|first| today.reached(first));
        if self.last.is_some_and(|last| today.passed(last)) {
            return Enrolment::Over;
        }
        match self.bar {
            Some(Bar::Cancelled) => return Enrolment::Cancelled,
            Some(Bar::Full) if begun() => return Enrolment::Running,
            Some(Bar::Full) => return Enrolment::Full,
            None => {}
        }
        if self.opens.is_some_and(|opens| !today.reached(opens)) {
            return Enrolment::Soon;
        }
        match self.closes {
            Some(closes) if !today.passed(closes) => Enrolment::Open,
            _ if begun() => Enrolment::Running,
            Some(_) => Enrolment::Closed,
            // Enrolment that was opened and has no end goes on.
            None if self.opens.is_some() => Enrolment::Open,
            None => Enrolment::Undated,
        }
    }
}

/// The state of a course: that of the run that a resident asks for first. Without runs it has no day.
pub fn best(runs: &[Terms], today: &Today) -> Enrolment {
    runs.iter().map(|run| run.today(today)).min().unwrap_or(Enrolment::Undated)
}

/// The terms of each run of a course, given the course's sessions.
pub fn terms<'s, I>(course: &Course, sessions: impl Fn() -> I) -> Vec<Terms>
where
    I: Iterator<Item = &'s Dated>,
{
    course.runs.iter().enumerate().map(|(nth, run)| Terms::new(run, nth, sessions())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn terms() -> Terms {
        let day = |month, day| Some(date(2026, month, day));
        Terms { opens: day(10, 12), closes: day(10, 30), first: day(11, 3), last: day(12, 15), bar: None }
    }

    fn check(terms: Terms, month: i8, day: i8, expected: Enrolment) {
        assert_eq!(terms.today(&Today::new(date(2026, month, day))), expected, "{month}-{day}");
    }

    #[test]
    fn enrolment_opens_and_closes_with_its_days() {
        check(terms(), 10, 11, Enrolment::Soon);
        check(terms(), 10, 12, Enrolment::Open);
        check(terms(), 10, 30, Enrolment::Open);
        check(terms(), 10, 31, Enrolment::Closed);
        check(terms(), 11, 3, Enrolment::Running);
        check(terms(), 12, 15, Enrolment::Running);
        check(terms(), 12, 16, Enrolment::Over);
    }

    #[test]
    fn without_a_last_day_one_can_join_until_the_first_session() {
        let terms = Terms { opens: None, closes: terms().first, ..terms() };
        check(terms, 11, 3, Enrolment::Open);
        check(terms, 11, 4, Enrolment::Running);
    }

    #[test]
    fn one_can_join_late_where_enrolment_stays_open() {
        check(Terms { closes: Some(date(2026, 11, 20)), ..terms() }, 11, 20, Enrolment::Open);
    }

    #[test]
    fn nobody_joins_what_is_full_or_called_off() {
        let full = Terms { bar: Some(Bar::Full), ..terms() };
        check(full, 10, 20, Enrolment::Full);
        check(full, 11, 10, Enrolment::Running);
        let cancelled = Terms { bar: Some(Bar::Cancelled), ..terms() };
        check(cancelled, 10, 20, Enrolment::Cancelled);
        check(cancelled, 12, 16, Enrolment::Over);
    }

    #[test]
    fn without_any_day_nothing_is_promised() {
        let undated = Terms { opens: None, closes: None, first: None, last: None, bar: None };
        check(undated, 10, 20, Enrolment::Undated);
        check(Terms { opens: Some(date(2026, 10, 12)), ..undated }, 10, 20, Enrolment::Open);
    }
}
