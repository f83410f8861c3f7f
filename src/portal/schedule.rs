//! The schedule: all sessions of the portal, sorted by time. Whatever shows, sorts or exports time reads it.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};

use super::edges::Part;
use super::today::Today;
use super::{Item, ItemId};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::rules::{SESSION_LIMIT, Schedule as Written, last_day};
use crate::content::shared::{Session, Status};
use crate::content::walk::{Path, Step};

/// All sessions, in order of time.
#[derive(Debug, Default)]
pub struct Schedule {
    sessions: Vec<Dated>,
    by_owner: BTreeMap<ItemId, Owned>,
}

/// The sessions of one entry, by their places among all.
#[derive(Debug, Default)]
struct Owned {
    all: Vec<usize>,
    /// The first that is not over and takes place.
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
    /// What it is about.
    pub title: Option<String>,
    /// Whether it takes place.
    pub status: Status,
    /// Why it was moved or cancelled, if that is not told of the whole.
    reason: Option<String>,
    /// Whether it takes place on each day from the first to the last, at the same time.
    pub is_daily: bool,
    /// Where it was written.
    written: WrittenIn,
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
        matches!(self.written, WrittenIn::Weekly)
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

    /// Why it was moved or cancelled; `owner` is its entry.
    pub fn reason<'a>(&'a self, owner: &'a Item) -> Option<&'a str> {
        self.reason.as_deref().or_else(|| owner.entry.own.schedules().get(self.run)?.reason)
    }

    /// Whether both are of one run, which has a list of sessions and a weekly pattern. That was reported.
    pub(super) fn is_in_other_notation(&self, other: &Self) -> bool {
        let listed = |session: &Self| matches!(session.written, WrittenIn::Sessions(_));
        (self.owner, self.run) == (other.owner, other.run) && listed(self) != listed(other)
    }

    /// Whether it was added to a weekly pattern.
    pub(super) fn is_extra(&self) -> bool {
        matches!(self.written, WrittenIn::Extra(_))
    }

    /// The path to it in its entry.
    pub(super) fn path(&self, owner: &Item) -> Path {
        let run = matches!(owner.entry.own, Own::Course(_)).then_some([Field::Runs.into(), Step::Index(self.run)]);
        let rest: &[Step] = match self.written {
            WrittenIn::Sessions(nth) => &[Field::Sessions.into(), Step::Index(nth)],
            WrittenIn::Extra(nth) => &[Field::Weekly.into(), Field::Extra.into(), Step::Index(nth)],
            WrittenIn::Weekly => &[Field::Weekly.into()],
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
        let each = items.iter().enumerate();
        let mut sessions: Vec<Dated> = each.flat_map(|(at, item)| sessions(ItemId::at(at), item)).collect();
        sessions.sort_by_key(|session| (session.start, session.end, session.owner, session.run));
        let mut by_owner: BTreeMap<ItemId, Owned> = BTreeMap::new();
        for (at, session) in sessions.iter().enumerate() {
            let owned = by_owner.entry(session.owner).or_default();
            owned.all.push(at);
            if owned.next.is_none() && session.takes_place() && !session.is_past(today) {
                owned.next = Some(at);
            }
        }
        Self { sessions, by_owner }
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
        self.by_owner.get(&owner).into_iter().flat_map(|owned| &owned.all).copied()
    }

    /// The next session of an entry that takes place and is not over.
    pub fn next(&self, owner: ItemId) -> Option<&Dated> {
        self.by_owner.get(&owner)?.next.map(|at| &self.sessions[at])
    }
}

/// Beginning and end of each session of an entry, sorted. Entries are ranked by these before they have ids.
pub(super) fn times(own: &Own) -> Vec<(DateTime, DateTime)> {
    let schedules = own.schedules();
    let all: Vec<One<'_>> = schedules.iter().flat_map(each).collect();
    // What was called off counts only where nothing else takes place.
    let takes_place = |one: &One<'_>| one.status != Status::Cancelled;
    let any = all.iter().any(takes_place);
    let counted = all.iter().filter(|one| !any || takes_place(one));
    let mut times: Vec<_> = counted.map(|one| (one.start, one.end)).collect();
    times.sort();
    times
}

/// Whether sessions that end at `end` are over.
pub(super) fn is_over(end: DateTime, today: &Today) -> bool {
    today.passed(last_day(end))
}

fn sessions(owner: ItemId, item: &Item) -> Vec<Dated> {
    let own = item.edges.all();
    let mut all = Vec::new();
    for (run, written) in item.entry.own.schedules().iter().enumerate() {
        let here = written.run.map_or(own, |nth| own.nth(Field::Runs, nth));
        let usual = here.one(Field::Venue).or_else(|| own.one(Field::Venue));
        let mut known: BTreeMap<DateTime, usize> = BTreeMap::new();
        let mut number = |announced| {
            let count = known.entry(announced).or_default();
            std::mem::replace(count, *count + 1)
        };
        all.extend(each(written).map(|one| Dated {
            owner,
            run,
            start: one.start,
            end: one.end,
            announced: one.announced,
            nth: number(one.announced),
            venue: one.venue(here, Field::Venue).or(usual),
            venue_from: one.venue(here, Field::VenueFrom),
            title: one.title.map(str::to_owned),
            status: one.status,
            reason: one.reason.map(str::to_owned),
            is_daily: one.is_daily,
            written: one.from,
        }));
    }
    all
}

/// A session before its references are resolved.
struct One<'a> {
    start: DateTime,
    end: DateTime,
    announced: DateTime,
    title: Option<&'a str>,
    status: Status,
    reason: Option<&'a str>,
    is_daily: bool,
    from: WrittenIn,
}

/// Where a session was written.
#[derive(Clone, Copy, Debug)]
enum WrittenIn {
    /// In the list of sessions.
    Sessions(usize),
    /// In the list of further sessions of a weekly pattern.
    Extra(usize),
    /// In a weekly pattern itself.
    Weekly,
}

impl One<'_> {
    /// The venue that a field of this session alone names.
    fn venue(&self, here: Part<'_>, field: Field) -> Option<ItemId> {
        match self.from {
            WrittenIn::Sessions(nth) => here.nth(Field::Sessions, nth).one(field),
            WrittenIn::Extra(nth) => here.inside(Field::Weekly).nth(Field::Extra, nth).one(field),
            WrittenIn::Weekly => None,
        }
    }
}

fn each<'a>(written: &Written<'a>) -> impl Iterator<Item = One<'a>> {
    let written = *written;
    let dated = move |session: &'a Session, from| One {
        start: session.times().0,
        end: session.times().1,
        is_daily: session.until.is_some_and(|until| until.0 > session.start.0.date()),
        announced: session.moved_from.unwrap_or(session.start).0,
        title: session.title.as_deref(),
        status: written.status_of(session),
        reason: session.reason.as_deref(),
        from,
    };
    let weekly = written.weekly.into_iter();
    let pattern = weekly.clone().flat_map(move |weekly| {
        // A longer pattern was reported.
        weekly.dates().take(SESSION_LIMIT).map(move |day| {
            let (start, end) = (weekly.time.start.on(day), weekly.time.end.on(day));
            One {
                start,
                end,
                announced: start,
                title: None,
                status: written.status,
                reason: None,
                is_daily: false,
                from: WrittenIn::Weekly,
            }
        })
    });
    let listed =
        written.sessions.iter().enumerate().map(move |(nth, session)| dated(session, WrittenIn::Sessions(nth)));
    let extra = weekly.flat_map(|weekly| weekly.extra.iter().enumerate());
    listed.chain(extra.map(move |(nth, session)| dated(session, WrittenIn::Extra(nth)))).chain(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Kind;
    use jiff::civil::datetime;

    fn course(runs: &str) -> Own {
        let yaml = format!("title: t\ntopics: [a]\ninstitution: i\nfee: 0\nruns:\n{runs}");
        Kind::Course.read(serde_yaml::Deserializer::from_str(&yaml)).expect("course").1
    }

    #[test]
    fn a_weekly_pattern_becomes_sessions_without_its_exceptions() {
        let own = course(
            "  - title: 秋\n    weekly:\n      days: [tue]\n      from: 2026-09-01\n      to: 2026-09-30\n      time: {start: \"09:00\", end: \"10:30\"}\n      except: [2026-09-15]\n      extra:\n        - {start: 2026-09-05 14:00, end: 2026-09-05 15:00, title: 补课, moved_from: 2026-09-15 09:00}\n",
        );
        let starts: Vec<String> = times(&own).iter().map(|(start, _)| start.to_string()).collect();
        assert_eq!(
            starts,
            [
                "2026-09-01T09:00:00",
                "2026-09-05T14:00:00",
                "2026-09-08T09:00:00",
                "2026-09-22T09:00:00",
                "2026-09-29T09:00:00"
            ]
        );
        let moved: Vec<String> = own.schedules().iter().flat_map(each).map(|one| one.announced.to_string()).collect();
        assert_eq!(moved[0], "2026-09-15T09:00:00", "a moved session keeps the moment that was published first");
    }

    fn dated(start: DateTime, end: DateTime) -> Dated {
        let (owner, status) = (ItemId::at(0), Status::Scheduled);
        let (is_daily, written) = (false, WrittenIn::Weekly);
        Dated {
            owner,
            run: 0,
            start,
            end,
            announced: start,
            nth: 0,
            venue: None,
            venue_from: None,
            title: None,
            status,
            reason: None,
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
