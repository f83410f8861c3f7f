//! Expands schedules once into dated sessions, which every page and feed uses.

use jiff::civil::DateTime;

use super::today::Today;
use crate::content::Own;
use crate::content::rules::Schedule;
use crate::content::shared::{Session, Status};
use crate::content::value::Ref;
use crate::content::venue::Venue;

/// A session with its day, in the site's time zone.
#[derive(Clone, Debug)]
pub struct Dated {
    /// Beginning.
    pub start: DateTime,
    /// End.
    pub end: DateTime,
    /// Where, if not at the usual venue.
    pub venue: Option<Ref<Venue>>,
    /// What it is about.
    pub title: Option<String>,
    /// Which class run of a course it belongs to.
    pub run: usize,
    /// Whether it takes place.
    pub status: Status,
}

impl Dated {
    /// Whether its last day is over.
    pub fn is_past(&self, today: &Today) -> bool {
        today.passed(self.end.date())
    }
}

/// The sessions of an entry, in order of time; none of what has no schedule.
pub fn sessions(own: &Own) -> Vec<Dated> {
    let schedules = own.schedules();
    let mut all: Vec<Dated> = schedules.iter().enumerate().flat_map(|(run, schedule)| expand(run, schedule)).collect();
    all.sort_by_key(|session| (session.start, session.end, session.run));
    all
}

fn expand(run: usize, schedule: &Schedule<'_>) -> Vec<Dated> {
    let Schedule { status, venue, sessions, weekly } = *schedule;
    let dated = |session: &Session| Dated {
        start: session.start.0,
        end: session.end.0,
        venue: session.venue.as_ref().or(venue).cloned(),
        title: session.title.clone(),
        run,
        status,
    };
    let mut all: Vec<Dated> = sessions.iter().map(dated).collect();
    let Some(weekly) = weekly else { return all };
    all.extend(weekly.extra.iter().map(dated));
    all.extend(weekly.dates().map(|day| Dated {
        start: day.to_datetime(weekly.time.start.0),
        end: day.to_datetime(weekly.time.end.0),
        venue: venue.cloned(),
        title: None,
        run,
        status,
    }));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Kind;

    #[test]
    fn a_weekly_pattern_becomes_sessions_without_its_exceptions() {
        let yaml = "title: t\ntopics: [a]\ninstitution: i\nfee: 0\nruns:\n  - title: 秋\n    weekly:\n      days: [tue]\n      from: 2026-09-01\n      to: 2026-09-30\n      time: {start: \"09:00\", end: \"10:30\"}\n      except: [2026-09-15]\n      extra:\n        - {start: 2026-09-05 14:00, end: 2026-09-05 15:00, title: 补课}\n";
        let (_, own) = Kind::Course.read(serde_yaml::Deserializer::from_str(yaml)).expect("course");
        let starts: Vec<String> = sessions(&own).iter().map(|session| session.start.to_string()).collect();
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
    }
}
