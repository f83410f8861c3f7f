//! When an entry was last changed, and how often, as calendars say it. It comes from the content, never from the clock.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::content::Own;
use crate::content::shared::{Session, Status};
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
        let changes = i64::try_from(portal.changes(id).len()).unwrap_or(i64::MAX);
        Self { stamp: stamp(portal, day), sequence: days + changes + states(&portal.item(id).entry.own) }
    }
}

fn stamp(portal: &Portal, day: Date) -> String {
    let at = portal.settings.zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// How much of an entry is not as it was announced: what is moved or called off is a change, even where no day is written for it.
fn states(own: &Own) -> i64 {
    let weight = |status| match status {
        Status::Scheduled | Status::Full => 0,
        Status::Moved => 1,
        Status::Cancelled => 2,
    };
    let of_session = |session: &Session| {
        let moved = i64::from(session.moved_from.is_some()) + i64::from(session.venue_from.is_some());
        moved + session.status.map_or(0, weight)
    };
    let of_each = own.schedules().into_iter().map(|written| {
        let extra = written.weekly.into_iter().flat_map(|weekly| &weekly.extra);
        weight(written.status) + written.sessions.iter().chain(extra).map(of_session).sum::<i64>()
    });
    of_each.sum()
}
