//! Calendars: what each holds, and that an occasion keeps its identity while it is renamed, moved or called off.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::site::{self, Files, TODAY};

/// A component: the values of its properties by their names, with parameters before them.
type Event = BTreeMap<String, Vec<String>>;

/// The base of fixtures, with these files; one of the same path is replaced.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all: BTreeMap<String, Vec<u8>> = site::files(&base).into_iter().collect();
    all.extend(site::files(files));
    all.into_iter().collect()
}

/// The content lines of a calendar, unfolded.
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// The events of a calendar.
fn events(text: &str) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut inside = false;
    for line in unfolded(text) {
        match line.as_str() {
            "BEGIN:VEVENT" => events.push(Event::new()),
            "END:VEVENT" => {}
            line if inside => {
                let end = line.find([';', ':']).unwrap();
                let value = line[end..].trim_start_matches(':').trim_start_matches(';').to_owned();
                events.last_mut().unwrap().entry(line[..end].to_owned()).or_default().push(value);
            }
            _ => {}
        }
        inside = (inside || line == "BEGIN:VEVENT") && line != "END:VEVENT";
    }
    events
}

fn made(files: &str, path: &str, today: Date) -> Vec<Event> {
    events(&site::published(&with(files), today)[path])
}

fn all(files: &str) -> Vec<Event> {
    made(files, "calendars/all.ics", TODAY)
}

/// The values of a property in each event.
fn each(events: &[Event], name: &str) -> Vec<String> {
    events.iter().map(|event| event.get(name).map_or_else(String::new, |values| values.join(" "))).collect()
}

fn number(event: &Event) -> i64 {
    event["SEQUENCE"][0].parse().unwrap()
}

fn event(id: &str, fields: &str, sessions: &str) -> String {
    format!("-- content/events/{id}.md --\n---\ntitle: 读书会\nvenue: dating\n{fields}sessions:\n{sessions}---\n正文\n")
}

fn course(runs: &str) -> String {
    format!(
        "-- content/courses/taiji.md --\n---\ntitle: 太极\ntopics: [sports]\ninstitution: xueyuan\nvenue: dating\nfee: 0\nruns:\n{runs}---\n正文\n"
    )
}

const TIME: &str = "  - {start: 2026-11-09 09:00, end: 2026-11-09 11:00}\n";

#[test]
fn an_occasion_keeps_its_identity_and_its_number_grows() {
    let steps = [
        event("dushu", "", TIME),
        event("dushu", "updated: 2026-10-01\n", TIME),
        event("huodong", "formerly: [dushu]\nupdated: 2026-10-02\n", TIME),
        event(
            "huodong",
            "formerly: [dushu]\nupdated: 2026-10-03\nstatus: moved\nreason: 改到次日\n",
            "  - {start: 2026-11-10 14:00, end: 2026-11-10 16:00, moved_from: 2026-11-09 09:00}\n",
        ),
        event(
            "huodong",
            "formerly: [dushu]\nupdated: 2026-10-03\nstatus: cancelled\nreason: 场地检修\n",
            "  - {start: 2026-11-10 14:00, end: 2026-11-10 16:00, moved_from: 2026-11-09 09:00}\n",
        ),
    ];
    let told: Vec<Event> = steps.iter().map(|files| all(files).remove(0)).collect();
    assert_eq!(each(&told, "UID"), ["events.dushu.20261109T0900@mou-qu.2026"; 5]);
    assert!(told.windows(2).all(|two| number(&two[0]) < number(&two[1])), "{told:?}");
    assert_eq!(
        each(&told[2..], "DTSTART")[..2],
        ["TZID=Asia/Shanghai:20261109T090000", "TZID=Asia/Shanghai:20261110T140000"]
    );
    assert_eq!(each(&told, "STATUS"), ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]);
    assert_eq!(told[3]["SUMMARY"], ["【改期或地点有变】读书会"]);
    assert!(
        told[3]["DESCRIPTION"][0].contains("状态：改期或地点有变（改到次日）\\n原定时间：2026年11月9日 星期一 09:00")
    );
    assert_eq!(told[0]["DTSTAMP"], ["20251231T160000Z"], "without a day, that of the portal");
    assert_eq!(told[1]["DTSTAMP"], ["20260930T160000Z"]);
    assert_eq!(each(&told, "DTSTAMP"), each(&told, "LAST-MODIFIED"));
    let later = made(&steps[4], "calendars/all.ics", date(2027, 5, 1));
    assert_eq!(later[0], told[4], "nothing comes from the day of the build");
    let files = site::published(&with(&steps[4]), TODAY);
    assert_eq!(files["calendars/events/dushu.ics"], files["calendars/events/huodong.ics"]);
}

#[test]
fn a_session_alone_may_be_called_off_and_a_log_of_changes_counts() {
    let sessions =
        "  - {start: 2026-11-09 09:00, end: 2026-11-09 11:00, venue: dating, venue_from: guan, reason: 换到大厅}
  - {start: 2026-11-10 09:00, end: 2026-11-10 11:00, status: cancelled, reason: 停电}
  - {start: 2026-11-11 09:00, end: 2026-11-11 11:00}
";
    let venue = "-- content/venues/more.yaml --\n- {id: guan, title: 文化馆, region: mou-zhen, address: 体育路 2 号}\n";
    let before = all(&format!("{venue}{}", event("dushu", "updated: 2026-10-01\n", sessions)));
    assert_eq!(each(&before, "STATUS"), ["CONFIRMED", "CANCELLED", "CONFIRMED"]);
    assert!(
        before[0]["DESCRIPTION"][0].starts_with("状态：改期或地点有变（换到大厅）\\n原定场地：文化馆"),
        "{before:?}"
    );
    assert!(before[1]["DESCRIPTION"][0].starts_with("状态：已取消（停电）"), "{before:?}");
    let changes =
        "updated: 2026-10-01\nchanges: [{date: 2026-10-01, text: 第二场取消}, {date: 2027-01-01, text: 还没到}]\n";
    let after = all(&format!("{venue}{}", event("dushu", changes, sessions)));
    assert_eq!(number(&after[0]), number(&before[0]) + 1, "one change of the same day, and none of a day to come");
}

#[test]
fn another_run_before_it_changes_no_identity() {
    let autumn = "  - title: 秋季班\n    sessions:\n      - {start: 2026-09-01 09:00, end: 2026-09-01 10:00}\n";
    let weekly = "  - title: 周二班\n    weekly: {days: [tue], from: 2026-09-02, to: 2026-09-30, time: {start: \"14:00\", end: \"15:00\"}}\n";
    let spring = "  - title: 春季班\n    sessions:\n      - {start: 2026-03-01 09:00, end: 2026-03-01 10:00}\n";
    let uids = |runs: &str| each(&all(&course(runs)), "UID");
    let before = uids(&format!("{autumn}{weekly}"));
    assert_eq!(before, ["courses.taiji.20260901T0900@mou-qu.2026", "courses.taiji.weekly-20260902@mou-qu.2026"]);
    let after = uids(&format!("{spring}{weekly}{autumn}"));
    assert!(before.iter().all(|uid| after.contains(uid)), "{after:?}");
}

#[test]
fn a_weekly_run_is_one_event_with_its_exceptions() {
    let runs = "  - title: 秋季班
    weekly:
      days: [thu, tue]
      from: 2026-12-01
      to: 2027-01-08
      time: {start: \"09:00\", end: \"10:30\"}
      except: [2026-12-01, 2026-12-24, 2026-12-31]
      extra:
        - {start: 2027-01-02 14:00, end: 2027-01-02 15:00, title: 补课, moved_from: 2026-12-31 09:00}
        - {start: 2027-01-03 09:00, end: 2027-01-03 10:30, title: 展示}
";
    let all = all(&course(runs));
    assert_eq!(all.len(), 3, "{all:?}");
    let zone = |at: &str| format!("TZID=Asia/Shanghai:{at}");
    assert_eq!(all[0]["DTSTART"], [zone("20261203T090000")], "the first that takes place");
    assert_eq!(all[0]["DTEND"], [zone("20261203T103000")]);
    assert_eq!(all[0]["RRULE"], ["FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270107T010000Z"]);
    assert_eq!(all[0]["EXDATE"], [zone("20261224T090000")], "what was moved is no exception");
    assert_eq!(all[1]["UID"], all[0]["UID"]);
    assert_eq!(all[1]["RECURRENCE-ID"], [zone("20261231T090000")]);
    assert_eq!(all[1]["DTSTART"], [zone("20270102T140000")]);
    assert_eq!(all[1]["SUMMARY"], ["【改期或地点有变】太极：补课"]);
    assert_eq!(all[2]["UID"], ["courses.taiji.20270103T0900@mou-qu.2026"], "a further session is one by itself");
    let cancelled = runs.replace("    weekly:", "    status: cancelled\n    reason: 教师生病\n    weekly:");
    let cancelled = self::all(&course(&cancelled));
    assert_eq!(each(&cancelled, "STATUS"), ["CANCELLED"; 3]);
    assert_eq!(each(&cancelled, "UID"), each(&all, "UID"));
}

#[test]
fn a_run_of_one_session_has_no_rule() {
    let once = "  - title: 班\n    weekly: {days: [tue], from: 2026-09-01, to: 2026-09-05, time: {start: \"09:00\", end: \"24:00\"}}\n";
    let all = all(&course(once));
    assert_eq!(all[0]["DTEND"], ["TZID=Asia/Shanghai:20260902T000000"]);
    assert!(!all[0].contains_key("RRULE") && !all[0].contains_key("EXDATE"), "{all:?}");
}

#[test]
fn whole_days_and_exhibitions_are_told_as_such() {
    let sessions = "  - {start: 2026-11-09 00:00, end: 2026-11-09 24:00}
  - {start: 2026-11-10 00:00, end: 2026-11-10 24:00, until: 2026-11-12}
  - {start: 2026-12-30 09:00, end: 2026-12-30 17:00, until: 2027-01-02}
  - {start: 2027-02-01 18:00, end: 2027-02-01 24:00, until: 2027-02-03}
  - {start: 2027-03-01 20:00, end: 2027-03-02 08:00}
";
    let all = all(&event("zhan", "", sessions));
    let zone = |at: &str| format!("TZID=Asia/Shanghai:{at}");
    assert_eq!(
        each(&all, "DTSTART"),
        [
            "VALUE=DATE:20261109".to_owned(),
            "VALUE=DATE:20261110".to_owned(),
            zone("20261230T090000"),
            zone("20270201T180000"),
            zone("20270301T200000"),
        ]
    );
    assert_eq!(
        each(&all, "DTEND"),
        [
            "VALUE=DATE:20261110".to_owned(),
            "VALUE=DATE:20261113".to_owned(),
            zone("20261230T170000"),
            zone("20270202T000000"),
            zone("20270302T080000"),
        ]
    );
    assert_eq!(
        each(&all, "RRULE"),
        ["", "", "FREQ=DAILY;UNTIL=20270102T010000Z", "FREQ=DAILY;UNTIL=20270203T100000Z", ""]
    );
}

#[test]
fn a_zone_with_summer_time_keeps_local_times() {
    let settings = "-- content/site.yaml --\ntitle: 某区社区教育\ndescription: 门户\nid: mou-qu\nsince: 2026\ntime_zone: Europe/Berlin\n";
    let weekly = "  - title: 班\n    weekly: {days: [sun], from: 2026-10-18, to: 2026-11-01, time: {start: \"09:00\", end: \"10:00\"}}\n";
    let files = site::published(&with(&format!("{settings}{}", course(weekly))), TODAY);
    let text = &files["calendars/all.ics"];
    let all = events(text);
    assert_eq!(all[0]["DTSTART"], ["TZID=Europe/Berlin:20261018T090000"]);
    assert_eq!(all[0]["RRULE"], ["FREQ=WEEKLY;BYDAY=SU;UNTIL=20261101T080000Z"], "09:00 in winter");
    let zone = text.split("BEGIN:VTIMEZONE\r\n").nth(1).unwrap().split("END:VTIMEZONE").next().unwrap();
    assert!(zone.contains("TZID:Europe/Berlin") && zone.contains("DTSTART:20261025T030000"), "{zone}");
    assert!(!text.contains("SOURCE") && !text.contains("URL"), "without an address of the portal");
}

/// A district with two streets, a course of two runs in both, and an exhibition.
const DISTRICT: &str = "-- content/regions/more.yaml --
- {id: bie-zhen, title: 别镇, level: town, parent: mou-shi}
-- content/venues/more.yaml --
- {id: guan, title: 文化馆, region: bie-zhen, address: 体育路 2 号, geo: {lat: 35.30, lon: 113.925}}
-- content/teachers/list.yaml --
- {id: jia, title: 甲, sort: part, speciality: 太极}
- {id: yi, title: 乙, sort: part, speciality: 太极}
-- content/editions/zhou.md --
---
title: 活动周
year: 2026
from: 2026-11-09
to: 2026-11-15
regions: [mou-shi]
---
-- content/audiences.yaml --
- {id: laoren, title: 老年人}
- {id: ertong, title: 儿童}
-- content/courses/taiji.md --
---
title: 太极
topics: [sports]
audiences: [laoren]
institution: xueyuan
venue: dating
teachers: [jia]
fee: 0
enrol: {phone: 0373-1234567, note: 带身份证}
runs:
  - title: 一班
    sessions:
      - {start: 2026-09-01 09:00, end: 2026-09-01 10:00}
  - title: 二班
    venue: guan
    teachers: [yi]
    sessions:
      - {start: 2026-09-02 09:00, end: 2026-09-02 10:00}
---
正文
-- content/events/zhan.md --
---
title: 书画展
venue: guan
edition: zhou
topics: [music]
booking: {phone: 0373-1234567}
sessions:
  - {start: 2026-11-10 09:00, end: 2026-11-10 17:00, until: 2026-11-12}
---
正文
";

#[test]
fn each_calendar_holds_what_belongs_to_it() {
    let made = site::published(&with(DISTRICT), TODAY);
    let held = |name: &str| {
        let events = events(&made[&format!("calendars/{name}.ics")]);
        events
            .iter()
            .map(|event| format!("{} {}", event["SUMMARY"][0], &event["DTSTART"][0][19..27]))
            .collect::<Vec<_>>()
    };
    assert_eq!(held("all"), ["太极 20260901", "太极 20260902", "书画展 20261110"]);
    assert_eq!(held("courses/taiji"), ["太极 20260901", "太极 20260902"]);
    assert_eq!(held("teachers/jia"), ["太极 20260901"]);
    assert_eq!(held("teachers/yi"), ["太极 20260902"]);
    assert_eq!(held("venues/guan"), ["太极 20260902", "书画展 20261110"]);
    assert_eq!(held("regions/mou-zhen"), ["太极 20260901"]);
    assert_eq!(held("regions/bie-zhen"), ["太极 20260902", "书画展 20261110"]);
    assert_eq!(held("regions/mou-shi").len(), 3);
    assert_eq!(held("topics/sports").len(), 2);
    assert_eq!(held("audiences/laoren").len(), 2);
    assert_eq!(held("institutions/xueyuan").len(), 2);
    assert_eq!(held("editions/zhou"), ["书画展 20261110"]);
    assert_eq!(held("editions/zhou/2026-11-11"), ["书画展 20261111"]);
    let days: Vec<&String> = made.keys().filter(|path| path.starts_with("calendars/editions/zhou/")).collect();
    assert_eq!(days.len(), 3, "{days:?}");
    assert!(!made.contains_key("calendars/audiences/ertong.ics"), "not where it would be empty");
    let day = events(&made["calendars/editions/zhou/2026-11-11.ics"]);
    assert_eq!(day[0]["RECURRENCE-ID"], ["TZID=Asia/Shanghai:20261111T090000"]);
    assert_eq!(day[0]["GEO"], ["35.3;113.925"]);
    let first = &events(&made["calendars/teachers/jia.ics"])[0];
    assert!(!first.contains_key("GEO"), "{first:?}");
    assert_eq!(first["LOCATION"], ["学院大厅，文化路 1 号"]);
    assert_eq!(first["CATEGORIES"], ["体育健身"]);
    assert_eq!(first["URL"], ["https://example.org/courses/taiji.html"]);
    assert!(first["DESCRIPTION"][0].starts_with("报名：0373-1234567，带身份证\\n费用：免费"), "{first:?}");
    let head = unfolded(&made["calendars/teachers/jia.ics"]);
    for line in [
        "NAME:甲 - 某区社区教育",
        "X-WR-CALNAME:甲 - 某区社区教育",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "SOURCE;VALUE=URI:https://example.org/calendars/teachers/jia.ics",
    ] {
        assert!(head.iter().any(|known| known == line), "{line} {head:?}");
    }
}

#[test]
fn pages_offer_their_calendars_with_the_time_as_text() {
    let made = site::published(&with(DISTRICT), TODAY);
    let page =
        |path: &str| made[path].split("class=\"calendar\"").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
    let course = page("courses/taiji.html");
    assert!(course.contains("../calendars/courses/taiji.ics") && course.contains("加入日历"), "{course}");
    assert!(course.contains("已结束：2026年9月2日 星期三 09:00–10:00"), "{course}");
    assert!(
        page("events/zhan.html").contains("下一次：2026年11月10日 星期二 每天 09:00–17:00"),
        "{}",
        page("events/zhan.html")
    );
    assert!(page("regions/bie-zhen.html").contains("订阅日历"));
    assert!(!made["audiences/ertong.html"].contains("class=\"calendar\""));
    let how = &made["calendars/index.html"];
    for said in [
        "calendars/all.ics",
        "webcal://example.org/calendars/regions/bie-zhen.ics",
        "微信",
        "https://example.org/calendars/index.html",
    ] {
        assert!(how.contains(said), "{said} {how}");
    }
    let settings = "-- content/site.yaml --\ntitle: 某区社区教育\ndescription: 门户\nid: mou-qu\nsince: 2026\n";
    let made = site::published(&with(&format!("{DISTRICT}{settings}")), TODAY);
    let how = &made["calendars/index.html"];
    assert!(how.contains("all.ics") && how.contains("本站还没有写明自己的网址") && !how.contains("webcal"), "{how}");
}

#[test]
fn a_title_of_any_length_and_with_any_mark_is_one_value() {
    let title = format!("{}；a,b;c\\\\d", "学".repeat(500));
    let files = event("chang", "", TIME).replace("title: 读书会", &format!("title: \"{title}\""));
    let said = &all(&files)[0]["SUMMARY"][0];
    assert_eq!(*said, format!("{}；a\\,b\\;c\\\\d", "学".repeat(500)));
}

#[test]
fn what_is_not_published_is_in_no_calendar() {
    let files = format!("{}{}", event("a", "draft: true\n", TIME), event("b", "withdrawn: 应主办要求撤下\n", TIME));
    let made = site::published(&with(&files), TODAY);
    assert!(!made.keys().any(|path| path.starts_with("calendars/")), "{:?}", made.keys());
}
