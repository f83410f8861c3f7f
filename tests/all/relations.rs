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
- {id: week, title: 活动周, year: 2026, from: 2026-11-09, to: 2026-11-15, regions: [mou-shi]}
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
  sessions: [{start: 2026-11-10 00:00, end: 2026-11-10 24:00, until: 2026-11-11}]
- id: talk
  title: 讲座
  venue: dating
  fee: 5
  topics: [sports]
  sessions:
    - {start: 2026-11-14 09:00, end: 2026-11-14 10:00, moved_from: 2026-11-13 09:00}
    - {start: 2026-11-15 09:00, end: 2026-11-15 10:00}
";

/// An exhibition, a night over the end of a year, and an event and a class that were called off.
const MORE: &str = "\
-- content/events/b.yaml --
- id: show
  title: 画展
  venue: dating
  sessions: [{start: 2026-11-09 09:30, end: 2026-11-09 17:00, until: 2026-11-15}]
- id: night
  title: 守岁
  venue: dating
  sessions: [{start: 2026-12-31 20:00, end: 2027-01-01 00:30}]
- id: off
  title: 登山
  venue: dating
  status: cancelled
  reason: 大风
  sessions: [{start: 2026-11-14 08:00, end: 2026-11-14 10:00}]
-- content/courses/ke.md --
---
title: 二胡
topics: [music]
institution: xueyuan
venue: dating
fee: 0
runs:
  - title: 甲班
    status: cancelled
    reason: 老师出差
    sessions: [{start: 2026-11-16 08:00, end: 2026-11-16 10:00}]
  - title: 乙班
    sessions: [{start: 2026-11-18 08:00, end: 2026-11-18 10:00}]
---
正文
";

fn site() -> Site {
    site_of(EVENTS)
}

fn site_of(events: &str) -> Site {
    let base = fs::read_to_string(root().join("tests/fixtures/base.site")).unwrap();
    let mut findings = Findings::default();
    let site = prepare(&files(&(base + events)), TODAY, &mut findings).unwrap();
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
fn what_takes_several_days_says_so_and_a_new_year_is_named() {
    let pages = pages(&site_of(MORE));
    assert!(pages["events/show.html"].contains("每天 09:30–17:00，11月15日截止"), "{}", pages["events/show.html"]);
    assert!(pages["events/night.html"].contains("20:00–2027年1月1日 00:30"), "{}", pages["events/night.html"]);
}

#[test]
fn what_was_called_off_is_never_the_next() {
    let site = site_of(MORE);
    let portal = &site.portal;
    assert!(portal.next_session(portal.find(Kind::Event, "off").unwrap()).is_none());
    let course = portal.find(Kind::Course, "ke").unwrap();
    assert_eq!(portal.next_session(course).unwrap().start.date(), date(2026, 11, 18));
    let pages = pages(&site);
    let card = |page: &str, title: &str| {
        let (_, rest) = pages[page].split_once(title).unwrap_or_else(|| panic!("{title} on {page}"));
        rest.split("</li>\n<li class=\"row").next().unwrap().to_owned()
    };
    let off = card("events/index.html", "登山");
    assert!(off.contains("取消") && !off.contains("row-when"), "{off}");
    assert!(card("courses/index.html", "二胡").contains("11月18日"));
    let day = Value::Day(date(2026, 11, 14));
    assert!(!portal.facets.of(day).contains(&portal.find(Kind::Event, "off").unwrap()));
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
