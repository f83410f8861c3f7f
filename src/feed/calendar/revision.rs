//! When an entry was last changed, and how often, as calendars say it. It comes from the content or its history, never from the clock.

use jiff::Timestamp;

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
    /// That of an entry, by the days that are written in it, and by the commits of its file if the build was asked to heed them.
    pub fn of(portal: &Portal, id: ItemId) -> Self {
        let zone = &portal.settings.zone;
        let begin = portal.beginning();
        let written = portal.changed(id).map_or(begin, |day| day.max(begin));
        let midnight = zone.to_timestamp(written.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
        let commits = portal.commits(id);
        // Whoever wrote when it was updated knows what counts as an update.
        let committed = commits.filter(|_| !is_dated(portal, id)).map(|commits| commits.last);
        let last = committed.map_or(midnight, |committed| committed.max(midnight));
        let days = begin.until(last.to_zoned(zone.clone()).date()).map_or(0, |span| i64::from(span.get_days()));
        let changes = i64::try_from(portal.changes(id).len()).unwrap_or(i64::MAX);
        // Days count as well, so that the number does not fall when commits begin to be heeded.
        let commits = commits.map_or(0, |commits| i64::from(commits.count));
        let sequence = days + changes + states(&portal.item(id).entry.own) + commits;
        Self { stamp: last.strftime("%Y%m%dT%H%M%SZ").to_string(), sequence }
    }
}

/// Whether the entry says when it was updated.
fn is_dated(portal: &Portal, id: ItemId) -> bool {
    portal.item(id).entry.common.updated.is_some_and(|day| portal.today.reached(day.0))
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
