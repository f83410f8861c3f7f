//! What cannot take place at once is told once; what can is not.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use shuyuan::diag::{Code, Diagnostic, Findings};
use shuyuan::portal::clash;

use crate::site::{self, Depth, Files, TODAY};

const CLASHES: [Code; 5] =
    [Code::VenueTwice, Code::TeacherTwice, Code::OutsideHours, Code::OverCapacity, Code::LateEnrolment];

/// A hall that is open until noon, a room, an evening school without hours, and two teachers.
const TOWN: &str = "\
-- content/venues/more.yaml --
- {id: li-tang, title: 礼堂, region: mou-zhen, address: 文化路 2 号, seats: 30, hours: [{days: [tue, wed], time: {start: \"09:00\", end: \"10:30\"}}, {days: [tue], time: {start: \"10:30\", end: \"12:00\"}}]}
- {id: hua-shi, title: 画室, region: mou-zhen, address: 文化路 3 号, rooms: 2}
- {id: ye-xiao, title: 夜校, region: mou-zhen, address: 文化路 4 号}
-- content/teachers.yaml --
- {id: wang, title: 王老师, sort: part, speciality: 太极拳}
- {id: zhang, title: 张老师, sort: part, speciality: 太极拳}
";

/// The fixtures' portal with the town and what a test adds.
fn with(more: &str) -> Files {
    let mut files = site::files(&std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap());
    files.extend(site::files(TOWN));
    let more = site::files(more);
    files.retain(|(path, _)| more.iter().all(|(own, _)| own != path));
    files.extend(more);
    files
}

fn said(files: &Files, today: Date) -> Vec<Diagnostic> {
    let mut diagnostics = site::check(files, today, Depth::Prepare);
    diagnostics.retain(|diagnostic| diagnostic.mistake.code != Code::NoBaseUrl);
    diagnostics
}

fn codes(files: &Files, today: Date) -> Vec<Code> {
    said(files, today).iter().map(|diagnostic| diagnostic.mistake.code).collect()
}

/// An event of one line; 8 December 2026 is a Tuesday.
fn event(id: &str, fields: &str, sessions: &str) -> String {
    format!("-- content/events/{id}.yaml --\n- {{id: {id}, title: {id}, {fields}, sessions: [{sessions}]}}\n")
}

/// A course of one line.
fn course(id: &str, fields: &str, runs: &str) -> String {
    let head = format!("id: {id}, title: {id}, topics: [sports], institution: xueyuan, fee: 0");
    format!("-- content/courses/{id}.yaml --\n- {{{head}, {fields}, runs: [{runs}]}}\n")
}

const NINE: &str = "{start: 2026-12-08 09:00, end: 2026-12-08 10:00}";
const TEN: &str = "{start: 2026-12-08 10:00, end: 2026-12-08 11:00}";

#[test]
fn events_that_can_take_place_are_not_told() {
    let off = "status: cancelled, reason: 大雨";
    let show = "{start: 2026-12-07 09:00, end: 2026-12-07 10:00, until: 2026-12-20}";
    let cases = [
        ("back to back", event("a", "venue: dating", NINE) + &event("b", "venue: dating", TEN)),
        ("two venues", event("a", "venue: dating", NINE) + &event("b", "venue: ye-xiao", NINE)),
        ("two rooms", event("a", "venue: hua-shi", NINE) + &event("b", "venue: hua-shi", NINE)),
        ("called off", event("a", "venue: dating", NINE) + &event("b", &format!("venue: dating, {off}"), NINE)),
        (
            "called off, closed and too big",
            event(
                "a",
                &format!("venue: li-tang, capacity: 90, {off}"),
                "{start: 2026-12-06 19:00, end: 2026-12-06 20:00}",
            ),
        ),
        ("online", event("a", "venue: dating", NINE) + &event("b", "venue: dating, mode: online", NINE)),
        (
            "online has no hours and no seats",
            event(
                "a",
                "venue: li-tang, mode: online, capacity: 90",
                "{start: 2026-12-08 19:00, end: 2026-12-08 20:00}",
            ),
        ),
        ("an exhibition", event("a", "venue: dating", NINE) + &event("b", "venue: dating", show)),
        ("an exhibition on open and closed days", event("a", "venue: li-tang", show)),
        (
            "whole days of an exhibition",
            event("a", "venue: li-tang", "{start: 2026-12-07 00:00, end: 2026-12-07 24:00, until: 2026-12-20}"),
        ),
        ("a whole day", event("a", "venue: li-tang", "{start: 2026-12-08 00:00, end: 2026-12-08 24:00}")),
        ("two openings that meet", event("a", "venue: li-tang", "{start: 2026-12-08 09:00, end: 2026-12-08 12:00}")),
        ("no hours", event("a", "venue: ye-xiao", "{start: 2026-12-08 22:00, end: 2026-12-09 02:00}")),
        ("as many places as seats", event("a", "venue: li-tang, capacity: 30", NINE)),
        (
            "moved to another day",
            event("a", "venue: dating", NINE)
                + &event(
                    "b",
                    "venue: dating, status: moved, reason: 大雨",
                    "{start: 2026-12-09 09:00, end: 2026-12-09 10:00, moved_from: 2026-12-08 09:00}",
                ),
        ),
        (
            "moved to another venue",
            event("a", "venue: dating", NINE)
                + &event(
                    "b",
                    "venue: dating, status: moved, reason: 大雨",
                    "{start: 2026-12-08 09:00, end: 2026-12-08 10:00, venue: ye-xiao}",
                ),
        ),
        ("a draft", event("a", "venue: dating", NINE) + &event("b", "venue: dating, draft: true", NINE)),
        ("withdrawn", event("a", "venue: dating", NINE) + &event("b", "venue: dating, withdrawn: 不办了", NINE)),
        (
            "over",
            event("a", "venue: li-tang, capacity: 90", "{start: 2026-10-04 19:00, end: 2026-10-04 20:00}")
                + &event("b", "venue: li-tang", "{start: 2026-10-04 19:00, end: 2026-10-04 20:00}"),
        ),
    ];
    for (name, more) in cases {
        assert_eq!(codes(&with(&more), TODAY), [], "{name}");
    }
}

#[test]
fn classes_that_can_take_place_are_not_told() {
    let run = |fields: &str, sessions: &str| format!("{{title: 班, {fields}, sessions: [{sessions}]}}");
    let off = "status: cancelled, reason: 大雨";
    let cases = [
        (
            "a teacher back to back at one venue",
            course("a", "teachers: [wang], venue: dating", &run("capacity: 9", NINE))
                + &course("b", "teachers: [wang], venue: dating", &run("capacity: 9", TEN)),
        ),
        (
            "a way that nobody measured",
            course("a", "teachers: [wang], venue: dating", &run("capacity: 9", NINE))
                + &course("b", "teachers: [wang], venue: ye-xiao", &run("capacity: 9", TEN)),
        ),
        (
            "two teachers for two runs",
            course(
                "a",
                "teachers: [wang, zhang], venue: hua-shi",
                &[run("capacity: 9", NINE), run("capacity: 9", NINE)].join(", "),
            ),
        ),
        (
            "runs with teachers of their own",
            course(
                "a",
                "teachers: [wang], venue: hua-shi",
                &[run("teachers: [zhang]", NINE), run("capacity: 9", NINE)].join(", "),
            ),
        ),
        ("enrolment until the first day", course("a", "venue: dating", &run("enrol: {to: 2026-12-08}", NINE))),
        ("enrolment of a run without sessions", course("a", "venue: dating", "{title: 班, enrol: {to: 2026-12-08}}")),
        (
            "enrolment that is over",
            course(
                "a",
                "venue: dating",
                &run(
                    "enrol: {to: 2026-10-20}",
                    "{start: 2026-10-13 09:00, end: 2026-10-13 10:00}, {start: 2026-12-08 09:00, end: 2026-12-08 10:00}",
                ),
            ),
        ),
        (
            "enrolment of what was called off",
            course("a", "venue: dating", &run(&format!("enrol: {{to: 2026-12-20}}, {off}"), NINE)),
        ),
    ];
    for (name, more) in cases {
        assert_eq!(codes(&with(&more), TODAY), [], "{name}");
    }
}

#[test]
fn what_cannot_is_told_once() {
    let weekly = "weekly: {days: [tue], from: 2026-12-01, to: 2027-06-01, time: {start: \"18:00\", end: \"19:00\"}}";
    let cases: [(&str, String, &[Code]); 12] = [
        (
            "two runs of many sessions",
            course("a", "venue: dating", &format!("{{title: 一, {weekly}}}, {{title: 二, {weekly}}}")),
            &[Code::VenueTwice],
        ),
        (
            "three pairs in one room",
            event("a", "venue: dating", NINE) + &event("b", "venue: dating", NINE) + &event("c", "venue: dating", NINE),
            &[Code::VenueTwice, Code::VenueTwice],
        ),
        (
            "three in two rooms",
            event("a", "venue: hua-shi", NINE)
                + &event("b", "venue: hua-shi", NINE)
                + &event("c", "venue: hua-shi", NINE),
            &[Code::VenueTwice],
        ),
        (
            "half online",
            event("a", "venue: dating", NINE) + &event("b", "venue: dating, mode: mixed", NINE),
            &[Code::VenueTwice],
        ),
        (
            "moved into another",
            event("a", "venue: dating", NINE)
                + &event(
                    "b",
                    "venue: ye-xiao, status: moved, reason: 大雨",
                    "{start: 2026-12-08 09:30, end: 2026-12-08 10:00, venue: dating}",
                ),
            &[Code::VenueTwice],
        ),
        (
            "many sessions in the evening",
            course("a", "venue: li-tang", &format!("{{title: 一, {weekly}}}")),
            &[Code::OutsideHours],
        ),
        (
            "over midnight",
            event("a", "venue: li-tang", "{start: 2026-12-08 09:00, end: 2026-12-09 08:00}"),
            &[Code::OutsideHours],
        ),
        (
            "an exhibition that is never open",
            event("a", "venue: li-tang", "{start: 2026-12-10 09:00, end: 2026-12-10 10:00, until: 2026-12-14}"),
            &[Code::OutsideHours],
        ),
        (
            "an exhibition until the evening",
            event("a", "venue: li-tang", "{start: 2026-12-10 09:00, end: 2026-12-10 18:00, until: 2026-12-24}"),
            &[Code::OutsideHours],
        ),
        (
            "a whole day of rest",
            event("a", "venue: li-tang", "{start: 2026-12-07 00:00, end: 2026-12-07 24:00}"),
            &[Code::OutsideHours],
        ),
        ("a run without sessions", course("a", "venue: li-tang", "{title: 班, capacity: 31}"), &[Code::OverCapacity]),
        (
            "soon, after one that is over",
            event(
                "a",
                "venue: dating",
                "{start: 2026-10-20 09:00, end: 2026-10-20 10:00}, {start: 2026-12-08 09:00, end: 2026-12-08 10:00}",
            ) + &event(
                "b",
                "venue: dating",
                "{start: 2026-10-20 09:00, end: 2026-10-20 10:00}, {start: 2026-12-08 09:00, end: 2026-12-08 10:00}",
            ),
            &[Code::VenueTwice],
        ),
    ];
    for (name, more, expected) in cases {
        let said = said(&with(&more), TODAY);
        let codes: Vec<Code> = said.iter().map(|diagnostic| diagnostic.mistake.code).collect();
        assert_eq!(codes, expected, "{name}");
        for diagnostic in said {
            assert!(!diagnostic.related.is_empty(), "{name} has no second place");
            assert!(!diagnostic.mistake.message.contains("2026-10-20"), "{name}: {}", diagnostic.mistake.message);
        }
    }
}

const EXCEPTION: &str = "by: 教务处, date: 2026-10-01, reason: 说好了";

#[test]
fn an_exception_of_either_entry_silences_their_clash_and_no_other() {
    let allow = |what: &str| format!("venue: dating, allow: [{{what: {what}, {EXCEPTION}}}]");
    let b = event("b", "venue: dating", NINE);
    let own = event("a", &allow("venue-twice events/b"), NINE) + &b;
    assert_eq!(codes(&with(&own), TODAY), [Code::ExceptionInForce]);
    let other = event("a", "venue: dating", NINE) + &event("b", &allow("venue-twice  events/a"), NINE);
    assert_eq!(codes(&with(&other), TODAY), [Code::ExceptionInForce]);
    let third = own.clone() + &event("c", "venue: dating", NINE);
    assert_eq!(codes(&with(&third), TODAY), [Code::ExceptionInForce, Code::VenueTwice]);
    let wrong = event("a", &allow("venue-twice events/c"), NINE) + &b;
    let mut said = codes(&with(&wrong), TODAY);
    said.sort();
    assert_eq!(said, [Code::VenueTwice, Code::UnusedException]);
    assert_eq!(codes(&with(&own), date(2026, 12, 9)), [], "what is over needs no exception and no change");
}

#[test]
fn what_the_message_says_silences_each_sort() {
    let run = "{title: 班, capacity: 40, enrol: {to: 2026-12-10}, sessions: [{start: 2026-12-08 11:30, end: 2026-12-08 12:30}]}";
    let fields = |allow: &str| format!("venue: li-tang, teachers: [wang]{allow}");
    let more = |allow: &str| {
        course("a", &fields(allow), run)
            + &course(
                "b",
                "venue: dating, teachers: [wang]",
                "{title: 班, sessions: [{start: 2026-12-08 12:00, end: 2026-12-08 13:00}]}",
            )
    };
    let said = said(&with(&more("")), TODAY);
    let mut found: Vec<Code> = said.iter().map(|diagnostic| diagnostic.mistake.code).collect();
    found.sort();
    let mut wanted = vec![Code::TeacherTwice, Code::OutsideHours, Code::OverCapacity, Code::LateEnrolment];
    wanted.sort();
    assert_eq!(found, wanted);
    // The message of two courses names the other one, here from the side of the course that comes later.
    let names = said.iter().map(|one| {
        one.mistake.hint.as_deref().unwrap().rsplit_once("what: ").unwrap().1.replace("courses/a", "courses/b")
    });
    let allow: Vec<String> = names.map(|what| format!("{{what: {what}, {EXCEPTION}}}")).collect();
    let codes = codes(&with(&more(&format!(", allow: [{}]", allow.join(", ")))), TODAY);
    assert_eq!(codes, [Code::ExceptionInForce; 4]);
}

#[test]
fn nothing_of_the_projects_own_clashes() {
    for day in [date(2026, 9, 1), date(2026, 11, 1), date(2026, 11, 21)] {
        let mut findings = Findings::default();
        let files = [site::real(), crate::town::base()].into_iter();
        for files in files {
            let _ = site::prepare(&files, day, &mut findings);
        }
        let said: Vec<Diagnostic> =
            findings.sorted().into_iter().filter(|one| CLASHES.contains(&one.mistake.code)).collect();
        let text = shuyuan::diag::format::render(&said, shuyuan::diag::format::Format::Text);
        assert_eq!(text, "", "{day}");
    }
}

/// A portal with so many events, all at a few venues and half of them at the same hours.
fn crowded(events: usize) -> Files {
    let mut list = String::new();
    for nth in 0..events {
        let (day, hour) = (nth % 28 + 1, nth / 28 % 12 + 8);
        let venue = ["dating", "li-tang", "hua-shi", "ye-xiao"][nth % 4];
        let session = format!("{{start: 2026-12-{day:02} {hour:02}:00, end: 2026-12-{day:02} {:02}:00}}", hour + 2);
        let _ =
            writeln!(list, "- {{id: e-{nth}, title: 活动 {nth}, venue: {venue}, capacity: 40, sessions: [{session}]}}");
    }
    with(&format!("-- content/events/crowd.yaml --\n{list}"))
}

/// Sixteen times as long would be quadratic. A machine that was busy is asked again; what is quadratic stays so.
#[test]
fn ten_thousand_events_take_a_moment() {
    let cost = |events: usize| {
        let site = site::prepare(&crowded(events), TODAY, &mut Findings::default()).unwrap();
        let once = || {
            let start = Instant::now();
            let found = clash::all(&site.portal).len();
            assert!(found >= events / 2, "{found} of {events}");
            start.elapsed()
        };
        (0..3).map(|_| once()).min().unwrap()
    };
    let mut tries = (0..5).map(|_| (cost(2_500), cost(10_000)));
    let is_moment = |(small, large): &(Duration, Duration)| *large < *small * 8 + Duration::from_millis(100);
    assert!(tries.any(|costs| is_moment(&costs)), "ten thousand take more than eight times as long as 2,500");
}
