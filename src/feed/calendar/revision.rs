//! When an entry was last changed, and how often, as calendars say it. It comes from the content, never from the clock.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::content::Own;
use crate::content::shared::Status;
use crate::portal::{ItemId, Portal};

/// The state of an entry among those that were published.
pub struct Revision {
    /// When it was last changed, in UTC.
    pub stamp: String,
    /// A number that grows with every change (RFC 5545, 3.8.7.4).
    pub sequence: i64,
}

impl Revision {
    /// That of an entry, by the days that are written in it.
    pub fn of(portal: &Portal, id: ItemId) -> Self {
        let begin = portal.beginning();
        let day = portal.changed(id).map_or(begin, |day| day.max(begin));
        let days = begin.until(day).map_or(0, |span| i64::from(span.get_days()));
        Self { stamp: stamp(portal, day), sequence: days + states(portal, id) }
    }
}

fn stamp(portal: &Portal, day: Date) -> String {
    let at = portal.settings.zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// How much of an entry is not as it was announced: what is moved or called off is a change, even where no day is written for it.
fn states(portal: &Portal, id: ItemId) -> i64 {
    let weight = |status| match status {
        Status::Scheduled | Status::Full => 0,
        Status::Moved => 1,
        Status::Cancelled => 2,
    };
    let own = &portal.item(id).entry.own;
    let of_runs: i64 = match own {
        Own::Course(course) => course.runs.iter().map(|run| weight(run.status)).sum(),
        Own::Event(event) => weight(event.status),
        _ => 0,
    };
    let moved = portal.sessions(id).filter(|session| session.announced != session.start).count();
    of_runs + i64::try_from(moved).unwrap_or(i64::MAX)
}
