//! The sessions of an entry, one by one: what its lists and weekly patterns say, before references are resolved.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::Own;
use super::rules::{SESSION_LIMIT, Schedule};
use super::shared::{Session, Status};

/// A session, in the site's time zone.
#[derive(Clone, Debug)]
pub struct Slot {
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
    /// Whether it takes place.
    pub status: Status,
    /// Whether it takes place on each day from the first to the last, at the same time.
    pub is_daily: bool,
    /// Where it was written.
    pub written: Written,
}

/// Where a session was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// In the list of sessions, at this place.
    Sessions(usize),
    /// In the list of further sessions of a weekly pattern, at this place.
    Extra(usize),
    /// In a weekly pattern itself.
    Weekly,
}

/// All sessions of an entry, in order of time.
pub fn slots(own: &Own) -> Vec<Slot> {
    let mut all = Vec::new();
    for (run, schedule) in own.schedules().iter().enumerate() {
        let first = all.len();
        let listed = schedule.sessions.iter().enumerate();
        all.extend(listed.map(|(nth, session)| dated(schedule, run, session, Written::Sessions(nth))));
        let Some(weekly) = schedule.weekly else { continue };
        let extra = weekly.extra.iter().enumerate();
        all.extend(extra.map(|(nth, session)| dated(schedule, run, session, Written::Extra(nth))));
        // A longer pattern was reported.
        all.extend(weekly.dates().take(SESSION_LIMIT).map(|day| {
            let (start, end) = (weekly.time.start.on(day), weekly.time.end.on(day));
            let (status, is_daily, written) = (schedule.status, false, Written::Weekly);
            Slot { run, start, end, announced: start, nth: 0, status, is_daily, written }
        }));
        number(&mut all[first..]);
    }
    all.sort_by_key(|slot| (slot.start, slot.end, slot.run));
    all
}

fn dated(schedule: &Schedule<'_>, run: usize, session: &Session, written: Written) -> Slot {
    let (start, end) = session.times();
    Slot {
        run,
        start,
        end,
        announced: session.moved_from.unwrap_or(session.start).0,
        nth: 0,
        status: schedule.status_of(session),
        is_daily: session.until.is_some_and(|until| until.0 > session.start.0.date()),
        written,
    }
}

/// Numbers the sessions of a run that were announced for the same moment.
fn number(run: &mut [Slot]) {
    let mut known: BTreeMap<DateTime, usize> = BTreeMap::new();
    for slot in run {
        let count = known.entry(slot.announced).or_default();
        slot.nth = *count;
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Kind;

    #[test]
    fn a_weekly_pattern_becomes_sessions_without_its_exceptions() {
        let runs = "  - title: 秋\n    weekly:\n      days: [tue]\n      from: 2026-09-01\n      to: 2026-09-30\n      time: {start: \"09:00\", end: \"10:30\"}\n      except: [2026-09-15]\n      extra:\n        - {start: 2026-09-05 14:00, end: 2026-09-05 15:00, title: 补课, moved_from: 2026-09-15 09:00}\n";
        let yaml = format!("title: t\ntopics: [a]\ninstitution: i\nfee: 0\nruns:\n{runs}");
        let own = Kind::Course.read(serde_yaml::Deserializer::from_str(&yaml)).expect("course").1;
        let slots = slots(&own);
        let starts: Vec<String> = slots.iter().map(|slot| slot.start.to_string()).collect();
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
        assert_eq!(slots[1].announced.to_string(), "2026-09-15T09:00:00", "the moment that was published first");
        assert_eq!(slots[1].written, Written::Extra(0));
    }
}
