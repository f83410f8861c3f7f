//! The schedule: all sessions of the portal, sorted by time. Whatever shows, sorts or exports time reads it.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use rayon::prelude::*;

use super::edges::Part;
use super::today::Today;
use super::{Item, ItemId};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::rules::last_day;
use crate::content::shared::{Session, Status};
use crate::content::slot::{Slot, Written};
use crate::content::walk::{Path, Step};

/// All sessions, in order of time.
#[derive(Debug, Default)]
pub struct Schedule {
    sessions: Vec<Dated>,
    /// The places of sessions among all, entry by entry.
    places: Vec<usize>,
    /// For each entry, where its places are, and its next session.
    owned: Vec<Owned>,
}

/// The sessions of one entry.
#[derive(Clone, Debug, Default)]
struct Owned {
    /// Where their places are.
    places: Range<usize>,
    /// The first that is not over and takes place, by its place among all.
    next: Option<usize>,
}

/// A session with its day, in the site's time zone.
#[derive(Clone, Debug)]
pub struct Dated {
    /// The entry that it belongs to.
    pub owner: ItemId,
    /// Which class run of a course it belongs to, from 0.
    pub run: usize,
    /// Beginning.
    pub start: DateTime,
    /// End; midnight is the end of the day before it.
    pub end: DateTime,
    /// The beginning that was published first.
    pub announced: DateTime,
    /// Its number among the sessions of its run that were announced for the same moment, from 0.
    pub nth: usize,
    /// The venue, if the session, its run or its entry names one.
    pub venue: Option<ItemId>,
    /// The venue where it was to be.
    pub venue_from: Option<ItemId>,
    /// Whether it takes place.
    pub status: Status,
    /// Whether it takes place on each day from the first to the last, at the same time.
    pub is_daily: bool,
    /// Where it was written.
    written: Written,
}

/// Identifies a session: its owner, its run, the beginning that was published first, and a number among those that share all of these. It
/// stays the same when the session is moved.
pub type SessionId = (ItemId, usize, DateTime, usize);

impl Dated {
    /// Its identity.
    pub fn id(&self) -> SessionId {
        (self.owner, self.run, self.announced, self.nth)
    }

    /// Its last day. A session until 24:00 ends on that day.
    pub fn last_day(&self) -> Date {
        last_day(self.end)
    }

    /// Whether it ends at 24:00.
    pub fn is_until_midnight(&self) -> bool {
        self.end.time() == Time::midnight()
    }

    /// Whether it takes whole days.
    pub fn is_all_day(&self) -> bool {
        self.start.time() == Time::midnight() && self.is_until_midnight()
    }

    /// Whether it is one of a weekly pattern.
    pub fn is_weekly(&self) -> bool {
        self.written == Written::Weekly
    }

    /// How long it is, in minutes.
    pub fn minutes(&self) -> i64 {
        self.start.duration_until(self.end).as_mins()
    }

    /// Whether it was not called off.
    pub fn takes_place(&self) -> bool {
        self.status != Status::Cancelled
    }

    /// Whether it begins at another moment than was published first.
    pub fn is_moved(&self) -> bool {
        self.announced != self.start
    }

    /// What it is about; `owner` is its entry.
    pub fn title<'a>(&self, owner: &'a Item) -> Option<&'a str> {
        self.alone(owner)?.title.as_deref()
    }

    /// Why it was moved or cancelled; `owner` is its entry.
    pub fn reason<'a>(&self, owner: &'a Item) -> Option<&'a str> {
        let alone = self.alone(owner).and_then(|session| session.reason.as_deref());
        alone.or_else(|| owner.entry.own.schedules().get(self.run)?.reason)
    }

    /// What is written of it alone.
    fn alone<'a>(&self, owner: &'a Item) -> Option<&'a Session> {
        if self.written == Written::Weekly {
            return None;
        }
        let schedule = *owner.entry.own.schedules().get(self.run)?;
        match self.written {
            Written::Sessions(nth) => schedule.sessions.get(nth),
            Written::Extra(nth) => schedule.weekly?.extra.get(nth),
            Written::Weekly => None,
        }
    }

    /// Whether both are of one run, which has a list of sessions and a weekly pattern. That was reported.
    pub(super) fn is_in_other_notation(&self, other: &Self) -> bool {
        let listed = |session: &Self| matches!(session.written, Written::Sessions(_));
        (self.owner, self.run) == (other.owner, other.run) && listed(self) != listed(other)
    }

    /// Whether it was added to a weekly pattern.
    pub(super) fn is_extra(&self) -> bool {
        matches!(self.written, Written::Extra(_))
    }

    /// The path to it in its entry.
    pub(super) fn path(&self, owner: &Item) -> Path {
        let run = matches!(owner.entry.own, Own::Course(_)).then_some([Field::Runs.into(), Step::Index(self.run)]);
        let rest: &[Step] = match self.written {
            Written::Sessions(nth) => &[Field::Sessions.into(), Step::Index(nth)],
            Written::Extra(nth) => &[Field::Weekly.into(), Field::Extra.into(), Step::Index(nth)],
            Written::Weekly => &[Field::Weekly.into()],
        };
        run.iter().flatten().chain(rest).copied().collect()
    }

    /// Whether it is over. A session is over from the day after its last day; until then it is to come.
    pub fn is_past(&self, today: &Today) -> bool {
        today.passed(self.last_day())
    }
}

impl Schedule {
    /// The sessions of `items`.
    pub(super) fn new(items: &[Item], today: &Today) -> Self {
        let each = items.par_iter().enumerate();
        let mut sessions: Vec<Dated> = each.flat_map_iter(|(at, item)| sessions(ItemId::at(at), item)).collect();
        sessions.par_sort_by_key(|session| (session.start, session.end, session.owner, session.run));
        let mut owned = vec![Owned::default(); items.len()];
        let mut end = 0;
        for (item, owned) in items.iter().zip(&mut owned) {
            owned.places = end..end;
            end += item.entry.slots.len();
        }
        let mut places = vec![0; sessions.len()];
        for (at, session) in sessions.iter().enumerate() {
            let Owned { places: own, next } = &mut owned[session.owner.index()];
            places[own.end] = at;
            own.end += 1;
            if next.is_none() && session.takes_place() && !session.is_past(today) {
                *next = Some(at);
            }
        }
        Self { sessions, places, owned }
    }

    /// All sessions, in order of time.
    pub fn all(&self) -> &[Dated] {
        &self.sessions
    }

    /// The sessions of an entry, in order of time.
    pub fn of(&self, owner: ItemId) -> impl DoubleEndedIterator<Item = &Dated> {
        self.places(owner).map(|at| &self.sessions[at])
    }

    /// The places of an entry's sessions among all, in order of time.
    pub(super) fn places(&self, owner: ItemId) -> impl DoubleEndedIterator<Item = usize> {
        let own = self.owned.get(owner.index()).map(|owned| &self.places[owned.places.clone()]);
        own.unwrap_or_default().iter().copied()
    }

    /// The next session of an entry that takes place and is not over.
    pub fn next(&self, owner: ItemId) -> Option<&Dated> {
        self.owned.get(owner.index())?.next.map(|at| &self.sessions[at])
    }
}

/// Those that count for when an entry takes place: what was called off counts only where nothing else is.
pub(super) fn counted(slots: &[Slot]) -> impl DoubleEndedIterator<Item = &Slot> {
    let takes_place = |slot: &Slot| slot.status != Status::Cancelled;
    let any = slots.iter().any(takes_place);
    slots.iter().filter(move |slot| !any || takes_place(slot))
}

/// Whether sessions that end at `end` are over.
pub(super) fn is_over(end: DateTime, today: &Today) -> bool {
    today.passed(last_day(end))
}

fn sessions(owner: ItemId, item: &Item) -> impl Iterator<Item = Dated> {
    let own = item.edges.all();
    let schedules = if item.entry.slots.is_empty() { Vec::new() } else { item.entry.own.schedules() };
    let runs = schedules.iter().map(|written| {
        let here = written.run.map_or(own, |nth| own.nth(Field::Runs, nth));
        (here, here.one(Field::Venue).or_else(|| own.one(Field::Venue)))
    });
    let runs: Vec<(Part<'_>, Option<ItemId>)> = runs.collect();
    item.entry.slots.iter().map(move |slot| {
        let (here, usual) = runs[slot.run];
        Dated {
            owner,
            run: slot.run,
            start: slot.start,
            end: slot.end,
            announced: slot.announced,
            nth: slot.nth,
            venue: venue(slot, here, Field::Venue).or(usual),
            venue_from: venue(slot, here, Field::VenueFrom),
            status: slot.status,
            is_daily: slot.is_daily,
            written: slot.written,
        }
    })
}

/// The venue that a field of this session alone names.
fn venue(slot: &Slot, here: Part<'_>, field: Field) -> Option<ItemId> {
    match slot.written {
        Written::Sessions(nth) => here.nth(Field::Sessions, nth).one(field),
        Written::Extra(nth) => here.inside(Field::Weekly).nth(Field::Extra, nth).one(field),
        Written::Weekly => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    fn dated(start: DateTime, end: DateTime) -> Dated {
        let (owner, status) = (ItemId::at(0), Status::Scheduled);
        let (is_daily, written) = (false, Written::Weekly);
        Dated {
            owner,
            run: 0,
            start,
            end,
            announced: start,
            nth: 0,
            venue: None,
            venue_from: None,
            status,
            is_daily,
            written,
        }
    }

    #[test]
    fn a_session_until_midnight_is_over_with_its_day() {
        let late = dated(datetime(2026, 11, 9, 19, 0, 0, 0), datetime(2026, 11, 10, 0, 0, 0, 0));
        assert_eq!((late.last_day(), late.minutes()), (jiff::civil::date(2026, 11, 9), 300));
        assert!(late.is_until_midnight() && !late.is_all_day());
        assert!(late.is_past(&Today::new(jiff::civil::date(2026, 11, 10))));
        let day = dated(datetime(2026, 11, 9, 0, 0, 0, 0), datetime(2026, 11, 11, 0, 0, 0, 0));
        assert!(day.is_all_day());
        assert!(!day.is_past(&Today::new(jiff::civil::date(2026, 11, 10))));
    }
}
