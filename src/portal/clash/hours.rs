//! Whether a venue is open for a session.

use jiff::civil::{Date, DateTime, Time};

use super::super::Item;
use super::super::schedule::Dated;
use crate::content::Own;
use crate::content::rules::{at, each_day};
use crate::content::shared::{Opening, Weekday};
use crate::content::value::Clock;
use crate::content::walk::Path;

/// The first day on which a session is outside of the opening hours of a venue. A venue without hours holds any. Of what takes place on several
/// days in a row, such as an exhibition, only the days count on which the venue opens; what takes whole days needs it to open at all.
pub(super) fn outside(venue: &Item, session: &Dated) -> Option<Date> {
    first_outside(openings(venue), session)
}

/// When a venue is open on a day, and where that is written.
pub(super) fn on(venue: &Item, day: Date) -> (String, Path) {
    let weekday = Weekday::of(day);
    let there = openings(venue).iter().enumerate().filter(|(_, one)| one.days.contains(&weekday));
    let mut there: Vec<(usize, &Opening)> = there.collect();
    let path = there.first().map_or_else(|| at!["hours"], |(nth, _)| at!["hours", *nth]);
    there.sort_by_key(|(_, one)| one.time.start);
    let times: Vec<String> = there.iter().map(|(_, one)| format!("{}—{}", one.time.start, one.time.end)).collect();
    (times.join("、"), path)
}

fn openings(venue: &Item) -> &[Opening] {
    match &venue.entry.own {
        Own::Venue(venue) => &venue.hours,
        _ => &[],
    }
}

fn first_outside(openings: &[Opening], session: &Dated) -> Option<Date> {
    if openings.is_empty() {
        return None;
    }
    let (first, last) = (session.start.date(), session.last_day());
    // After a week, the days recur.
    let days = || each_day(first, last).take(7);
    let is_open = |day: &Date| openings.iter().any(|one| one.days.contains(&Weekday::of(*day)));
    if session.is_daily {
        let mut open = days().filter(is_open).peekable();
        return match open.peek() {
            None => Some(first),
            Some(_) if session.is_all_day() => None,
            Some(_) => open.find(|day| !covers(openings, *day, daily(session, *day))),
        };
    }
    if session.is_all_day() {
        return days().find(|day| !is_open(day));
    }
    days().find(|day| {
        let (from, to) = (Clock::from(Time::midnight()).on(*day), Clock::MIDNIGHT.on(*day));
        !covers(openings, *day, (session.start.max(from), session.end.min(to)))
    })
}

/// Beginning and end on a day, of a session that is the same each day.
fn daily(session: &Dated, day: Date) -> (DateTime, DateTime) {
    let (from, to) = (day.to_datetime(session.start.time()), day.to_datetime(session.end.time()));
    (from, if to <= from { Clock::MIDNIGHT.on(day) } else { to })
}

/// Whether a venue is open on a day from one moment to another.
fn covers(openings: &[Opening], day: Date, (from, to): (DateTime, DateTime)) -> bool {
    let weekday = Weekday::of(day);
    let there = openings.iter().filter(|one| one.days.contains(&weekday));
    let mut times: Vec<(DateTime, DateTime)> =
        there.map(|one| (one.time.start.on(day), one.time.end.on(day))).collect();
    times.sort_unstable();
    let until = times.iter().fold(from, |until, (start, end)| if *start <= until { until.max(*end) } else { until });
    until >= to
}
