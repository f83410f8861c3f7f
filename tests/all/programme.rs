//! Programmes of learning weeks and what is on day by day: what each page holds, in which order, and how large it gets.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::{Date, date};

use crate::site::{self, Files};

/// The base of fixtures, with a week in two towns.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(
        "-- content/regions/more.yaml --
- {id: bie-zhen, title: 别镇, level: town, parent: mou-shi}
-- content/venues/more.yaml --
- {id: guan, title: 文化馆, region: bie-zhen, address: 体育路 2 号}
-- content/editions/zhou.yaml --
- {id: zhou, title: 学习周, year: 2026, from: 2026-11-09, to: 2026-11-15, regions: [mou-shi]}
",
    ));
    all.extend(site::files(files));
    all
}

/// A page without tags, each element's text on a line of its own.
fn lines(page: &str) -> Vec<String> {
    let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).unwrap().0;
    let mut text = String::new();
    let mut inside = true;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\n');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The titles of the rows, in order.
fn titles(page: &str) -> Vec<&str> {
    let rows = page.split("<p class=\"pr-title\">").skip(1);
    rows.map(|row| row.split_once("</a>").unwrap().0.rsplit_once('>').unwrap().1).collect()
}

const WEEK: &str = "-- content/events/list.yaml --
- id: shufa
  title: 书法展
  edition: zhou
  venue: guan
  fee: 0
  booking: {phone: 0000-0000001}
  sessions: [{start: 2026-11-09 09:00, end: 2026-11-09 17:00, until: 2026-11-10}]
- id: chaxi
  title: 茶席
  edition: zhou
  venue: dating
  fee: 5
  status: cancelled
  reason: 停水
  changes:
    - {date: 2026-10-20, text: 添了十个名额}
    - {date: 2026-10-30, text: 停水，不办了}
  sessions: [{start: 2026-11-09 09:00, end: 2026-11-09 10:00}]
- id: taiji
  title: 太极
  edition: zhou
  venue: guan
  sessions:
    - {start: 2026-11-10 08:00, end: 2026-11-10 09:00, moved_from: 2026-11-09 08:00, venue_from: dating, reason: 下雨}
    - {start: 2026-11-11 08:00, end: 2026-11-11 09:00}
- id: zaoshang
  title: 早读
  edition: zhou
  venue: dating
  sessions: [{start: 2026-11-09 07:00, end: 2026-11-09 08:00}]
";

#[test]
fn a_day_is_sorted_by_time_and_title_and_tells_what_was_changed() {
    let site = site::published(&with(WEEK), date(2026, 11, 1));
    let first = &site["editions/zhou/day/2026-11-09.html"];
    assert_eq!(titles(first), ["早读", "茶席", "书法展"], "by time, then by pinyin");
    assert!(
        first.contains("<span aria-current=\"page\">2026年11月9日 星期一</span>"),
        "the crumb before names the week"
    );
    assert!(first.contains("<del><a href=\"../../../events/chaxi.html\">茶席</a></del>"));
    let told = lines(first);
    let row = told.iter().position(|line| line == "茶席").unwrap();
    assert_eq!(told[row + 1..row + 6], ["已取消", "原因：停水", "学院大厅，某镇", "人人可学", "5 元"]);
    assert!(!told[row..].iter().take(7).any(|line| line.starts_with("0000")), "nobody books what was called off");
    let second = &site["editions/zhou/day/2026-11-10.html"];
    assert_eq!(titles(second), ["太极", "书法展"], "what takes several days is on each of them");
    let told = lines(second);
    let row = told.iter().position(|line| line == "太极").unwrap();
    let was = ["改期或地点有变", "原定", "11月9日 星期一 08:00 学院大厅，某镇", "原因：下雨", "文化馆，别镇"];
    let said: Vec<&str> = told[row + 1..row + 6].iter().map(|line| line.trim_start_matches('　')).collect();
    assert_eq!(said, was);
    let third = lines(&site["editions/zhou/day/2026-11-11.html"]);
    assert!(!third.iter().any(|line| line == "改期或地点有变"), "its other session is as announced: {third:?}");
    assert_eq!(titles(&site["editions/zhou/all.html"]).len(), 5, "each session once");
}

#[test]
fn a_week_is_parted_by_what_not_all_of_it_has_in_common() {
    let site = site::published(&with(WEEK), date(2026, 11, 1));
    assert_eq!(titles(&site["editions/zhou/region/bie-zhen.html"]), ["书法展", "太极", "太极"]);
    assert_eq!(titles(&site["editions/zhou/venue/dating.html"]), ["早读", "茶席"]);
    assert!(!site.contains_key("editions/zhou/region/mou-shi.html"), "all of it is there");
    let grid = lines(&site["editions/zhou/grid/2026-11-09.html"]);
    assert_eq!(grid.iter().filter(|line| line.ends_with(":00") && line.len() < 6).count(), 2, "{grid:?}");
}

#[test]
fn changes_stand_on_the_page_of_the_week_the_newest_first_and_in_the_feed() {
    let site = site::published(&with(WEEK), date(2026, 11, 1));
    let told = lines(&site["editions/zhou.html"]);
    let at =
        |text: &str| told.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text}: {told:?}"));
    assert!(at("停水，不办了") < at("添了十个名额") && at("添了十个名额") < at("按天看日程"));
    let feed = &site["programme.xml"];
    assert!(feed.contains("最近变动：2026年10月30日：停水，不办了、2026年10月20日：添了十个名额"), "{feed}");
    assert!(feed.contains("<updated>2026-10-30T00:00:00+08:00</updated>"));
}

#[test]
fn a_week_names_its_own_regions_and_leads_to_them_first() {
    let (mut regions, mut venues, mut events) = (String::new(), String::new(), String::new());
    for nth in 1..=6 {
        _ = writeln!(regions, "- {{id: cun-{nth}, title: 村{nth}, level: village, parent: bie-zhen}}");
        _ = writeln!(venues, "- {{id: wu-{nth}, title: 屋{nth}, region: cun-{nth}, address: 路 {nth} 号}}");
        let session = "sessions: [{start: 2026-11-12 09:00, end: 2026-11-12 10:00}]";
        _ = writeln!(events, "- {{id: hui-{nth}, title: 会{nth}, edition: lia, venue: wu-{nth}, {session}}}");
    }
    let more = format!(
        "-- content/regions/cun.yaml --
{regions}-- content/venues/wu.yaml --
{venues}-- content/editions/lia.yaml --
- {{id: lia, title: 两镇学习周, year: 2026, from: 2026-11-09, to: 2026-11-15, regions: [bie-zhen, mou-zhen]}}
-- content/events/hui.yaml --
{events}- {{id: ting, title: 厅里, edition: lia, venue: dating, sessions: [{{start: 2026-11-12 12:00, end: 2026-11-12 13:00}}]}}
"
    );
    let site = site::published(&with(&more), date(2026, 11, 1));
    let page = &site["editions/lia.html"];
    let told = lines(page);
    let region = told.iter().position(|line| line == "区域").unwrap();
    let mut own = told[region + 1..region + 3].to_vec();
    own.sort();
    assert_eq!(own, ["别镇", "某镇"], "and not what is above them: {told:?}");
    let links: Vec<&str> =
        page.split("href=\"../editions/lia/region/").skip(1).map(|rest| rest.split_once(".html").unwrap().0).collect();
    let mut first = links[..2].to_vec();
    first.sort_unstable();
    assert_eq!(first, ["bie-zhen", "mou-zhen"], "{links:?}");
    assert_eq!(links[2], "cun-1", "{links:?}");
}

#[test]
fn an_event_is_booked_until_it_is_over_or_called_off() {
    let booked = |day| site::published(&with(WEEK), day)["events/shufa.html"].contains("sec-enrol");
    assert!(booked(date(2026, 11, 10)) && !booked(date(2026, 11, 11)));
    let off = WEEK.replace("  status: cancelled\n", "  status: cancelled\n  booking: {phone: 0000-0000002}\n");
    assert!(!site::published(&with(&off), date(2026, 11, 1))["events/chaxi.html"].contains("sec-enrol"));
}

#[test]
fn a_week_holds_those_of_its_parts() {
    let more = "-- content/editions/xiao.yaml --
- {id: xiao, title: 别镇学习周, year: 2026, from: 2026-11-09, to: 2026-11-15, regions: [bie-zhen], parent: zhou}
-- content/events/xiao.yaml --
- {id: gushi, title: 故事会, edition: xiao, venue: guan, sessions: [{start: 2026-11-12 09:00, end: 2026-11-12 10:00}]}
";
    let site = site::published(&with(&format!("{WEEK}{more}")), date(2026, 11, 1));
    assert_eq!(titles(&site["editions/xiao/all.html"]), ["故事会"]);
    assert_eq!(titles(&site["editions/zhou/day/2026-11-12.html"]), ["故事会"]);
    assert!(site["editions/zhou.html"].contains("href=\"../editions/xiao.html\""));
}

fn on(day: Date, path: &str) -> Vec<String> {
    let more = "-- content/courses/wan.md --
---
title: 晚课
topics: [music]
institution: xueyuan
venue: guan
fee: 0
runs:
  - title: 冬季班
    sessions:
      - {start: 2026-12-31 19:00, end: 2026-12-31 20:00}
      - {start: 2027-01-02 19:00, end: 2027-01-02 20:00, status: cancelled, reason: 停电}
      - {start: 2027-01-20 19:00, end: 2027-01-20 20:00}
---
晚上学。
";
    let site = site::published(&with(&format!("{WEEK}{more}")), day);
    lines(&site[path])
}

#[test]
fn the_pages_of_days_say_for_which_day_they_are_and_what_is_on() {
    let has = |page: &[String], text: &str| page.iter().any(|line| line.contains(text));
    let sunday = on(date(2026, 11, 8), "days/weekend.html");
    assert!(has(&sunday, "这是 2026年11月8日（星期日） 的安排"), "{sunday:?}");
    assert!(has(&sunday, "接下来有安排的日子") && has(&sunday, "早读"), "an empty day says what comes next");
    let tomorrow = on(date(2026, 11, 8), "regions/bie-zhen/tomorrow.html");
    assert!(has(&tomorrow, "书法展") && !has(&tomorrow, "早读"));
    let week = on(date(2026, 12, 30), "days/week.html");
    assert!(has(&week, "这是 2026年12月30日（星期三）—2027年1月5日（星期二） 的安排"), "{week:?}");
    assert_eq!(week.iter().filter(|line| *line == "晚课").count(), 2);
    assert!(has(&week, "课程") && has(&week, "原因：停电"));
    let later = on(date(2027, 1, 2), "days/tomorrow.html");
    assert!(has(&later, "2027年1月20日"), "{later:?}");
    let site = site::published(&with(WEEK), date(2026, 11, 10));
    assert!(!site.keys().any(|path| path.starts_with("regions/mou-zhen/to")), "nothing is to come there");
    assert!(site.contains_key("regions/bie-zhen/today.html") && site.contains_key("days/2026-11-11.html"));
}

#[test]
fn no_page_of_a_large_week_is_over_200_kb() {
    let mut text = "-- content/events/list.yaml --\n".to_owned();
    for n in 0..1200 {
        let (day, hour) = (9 + n % 3, 8 + n % 10);
        let _ = writeln!(
            text,
            "- {{id: e{n}, title: 一场名字不短的活动第 {n} 场, edition: zhou, venue: guan, mode: mixed, fee: 12, audiences: [elders], reason: 因场地检修, status: moved, booking: {{phone: 0000-0000001}}, sessions: [{{start: 2026-11-{day:02} {hour:02}:00, end: 2026-11-{day:02} {hour:02}:50, venue_from: dating}}]}}"
        );
    }
    text += "-- content/audiences.yaml --\n- {id: elders, title: 老年人}\n";
    let site: BTreeMap<String, String> = site::published(&with(&text), date(2026, 11, 9));
    let is_page = |text: &str| text.starts_with("<!doctype html>");
    let dated = site
        .iter()
        .filter(|(path, text)| (path.starts_with("editions/") || path.starts_with("days/")) && is_page(text));
    let large: Vec<_> = dated.clone().filter(|(_, page)| page.len() > 200_000).map(|(path, _)| path).collect();
    assert!(large.is_empty(), "{large:?}");
    let rows = |folder: &str| -> usize {
        let pages =
            dated.clone().filter(|(path, page)| path.starts_with(folder) && page.starts_with("<!doctype html>"));
        pages.map(|(_, page)| titles(page).len()).sum()
    };
    assert_eq!(rows("editions/zhou/day/"), 1200);
    assert_eq!(rows("editions/zhou/all"), 1200);
    let row = site["editions/zhou/all.html"].split("<li class=\"pr").nth(1).unwrap().split_once("</li>").unwrap().0;
    assert!(row.len() < 1024, "{}", row.len());
}

/// A week with so many events, ten a day at most.
fn week_of(count: usize) -> BTreeMap<String, String> {
    let mut text = "-- content/events/list.yaml --\n".to_owned();
    for n in 0..count {
        let (day, hour) = (9 + n / 10, 8 + n % 10);
        let _ = writeln!(
            text,
            "- {{id: e{n}, title: 活动{n}, edition: zhou, venue: guan, sessions: [{{start: 2026-11-{day:02} {hour:02}:00, end: 2026-11-{day:02} {hour:02}:50}}]}}"
        );
    }
    site::published(&with(&text), date(2026, 11, 9))
}

#[test]
fn days_are_folded_where_all_of_a_week_is_longer_than_a_phone_should_scroll_through() {
    let all = |count| week_of(count)["editions/zhou/all.html"].clone();
    let few = all(45);
    assert!(!few.contains("<summary>\n<h2 id=\"d-") && few.contains("#d-2026-11-09\""));
    let many = all(60);
    assert!(many.contains("#d-2026-11-09-in\"") && many.contains("<span id=\"d-2026-11-09-in\"></span>"));
    assert_eq!(many.matches("<details>").count(), many.matches("<section class=\"day-group\"").count());
    assert_eq!(titles(&many).len(), titles(&few).len() + 15);
}
