//! What the portal relates: sessions with their identity, and entries by what they have in common.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;

use jiff::civil::date;
use shuyuan::artifact::Artifact;
use shuyuan::content::Kind;
use shuyuan::content::field::Field;
use shuyuan::diag::Findings;
use shuyuan::pipeline::{self, Site, Timings};
use shuyuan::portal::facet::{DayPart, Fee, Value};

use super::site::{TODAY, files, prepare, root};

/// An evening until midnight, two whole days, and a talk that was moved.
const EVENTS: &str = "\
-- content/editions.yaml --
- {id: week, title: 活动周, year: 2026, from: 2026-11-09, to: 2026-11-15, region: mou-shi}
-- content/events/a.yaml --
- id: evening
  title: 晚会
  venue: dating
  fee: 0
  edition: week
  topics: [music]
  sessions: [{start: 2026-11-09 19:00, end: 2026-11-10 00:00}]
- id: fair
  title: 展览
  venue: dating
  topics: [sports]
  sessions: [{start: 2026-11-10 00:00, end: 2026-11-12 00:00}]
- id: talk
  title: 讲座
  venue: dating
  fee: 5
  topics: [sports]
  sessions:
    - {start: 2026-11-14 09:00, end: 2026-11-14 10:00, moved_from: 2026-11-13 09:00}
    - {start: 2026-11-15 09:00, end: 2026-11-15 10:00}
";

fn site() -> Site {
    let base = fs::read_to_string(root().join("tests/fixtures/base.site")).unwrap();
    let mut findings = Findings::default();
    let site = prepare(&files(&(base + EVENTS)), TODAY, &mut findings).unwrap();
    assert!(!findings.has_errors(), "{:?}", findings.sorted());
    site
}

fn pages(site: &Site) -> BTreeMap<String, String> {
    let pages = Mutex::new(BTreeMap::new());
    let put = |artifact: Artifact| {
        pages.lock().unwrap().insert(artifact.path, String::from_utf8_lossy(&artifact.bytes).into_owned());
        Ok(())
    };
    pipeline::pages(site, &put, &mut Findings::default(), &mut Timings::new()).unwrap();
    pages.into_inner().unwrap()
}

#[test]
fn a_session_until_midnight_and_one_of_whole_days_are_written_as_such() {
    let pages = pages(&site());
    let evening = &pages["events/evening.html"];
    assert!(evening.contains("19:00–24:00") && !evening.contains("00:00–"), "{evening}");
    let fair = &pages["events/fair.html"];
    assert!(fair.contains("全天–11月11日") && !fair.contains("00:00–"), "{fair}");
}

#[test]
fn a_moved_session_stays_the_same_one() {
    let site = site();
    let talk = site.portal.find(Kind::Event, "talk").unwrap();
    let ids: Vec<_> = site.portal.sessions(talk).map(shuyuan::portal::schedule::Dated::id).collect();
    assert_eq!(ids[0], (talk, 0, date(2026, 11, 13).at(9, 0, 0, 0), 0));
    assert_ne!(ids[0], ids[1]);
    assert_eq!(site.portal.sessions(talk).next().unwrap().minutes(), 60);
}

#[test]
fn facets_say_what_entries_have_in_common() {
    let site = site();
    let portal = &site.portal;
    let titles = |values: &[Value]| {
        let found = portal.facets.of_all(values);
        found.iter().map(|id| portal.item(*id).title()).collect::<Vec<_>>().join(" ")
    };
    let item = |kind, id| Value::Item(portal.find(kind, id).unwrap());
    let events = Value::Kind(Kind::Event);
    assert_eq!(titles(&[events, item(Kind::Region, "mou-shi")]), "晚会 展览 讲座", "its venue's town lies in the city");
    assert_eq!(titles(&[item(Kind::Venue, "dating"), Value::Fee(Fee::Free)]), "晚会");
    assert_eq!(titles(&[item(Kind::Topic, "sports"), Value::Day(date(2026, 11, 11))]), "展览", "on its second day");
    assert_eq!(titles(&[Value::DayPart(DayPart::Evening)]), "晚会");
    let evening = portal.item(portal.find(Kind::Event, "evening").unwrap());
    assert_eq!(evening.edges.one(Field::Edition), portal.find(Kind::Edition, "week"));
}
