//! The catalogue of courses: what one can join stands first, facets lead to pages of their own, and no course is far from home.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

use jiff::civil::{Date, date};

use crate::site::{self, Files, TODAY};

const COURSES: &str = "-- content/audiences.yaml --
- {id: elders, title: 老年人}
-- content/courses/kai.md --
---
title: 正在报名的课
topics: [music]
audiences: [elders]
institution: xueyuan
venue: dating
fee: 0
runs:
  - title: 春季班
    enrol: {from: 2026-10-20, to: 2026-11-20}
    places: {left: 5, on: 2026-10-30}
    capacity: 20
    weekly: {days: [tue], from: 2026-12-01, to: 2026-12-31, time: {start: \"19:00\", end: \"20:00\"}}
  - title: 上一期
    sessions: [{start: 2026-03-01 09:00, end: 2026-03-01 10:00}]
---
正文
-- content/courses/shang.md --
---
title: 正在上的课
topics: [music]
institution: xueyuan
venue: dating
fee: 20
runs:
  - title: 秋季班
    weekly: {days: [mon], from: 2026-10-26, to: 2026-11-30, time: {start: \"09:00\", end: \"10:00\"}}
---
正文
-- content/courses/wan.md --
---
title: 已经结束的课
topics: [sports]
institution: xueyuan
venue: dating
fee: 0
runs:
  - title: 春季班
    sessions: [{start: 2026-03-01 09:00, end: 2026-03-01 10:00}]
---
正文
";

fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(files));
    all
}

fn pages(today: Date) -> BTreeMap<String, String> {
    site::published(&with(COURSES), today)
}

/// The places of texts in a page, in order.
fn stand_so(page: &str, texts: &[&str]) {
    let at: Vec<usize> =
        texts.iter().map(|text| page.find(text).unwrap_or_else(|| panic!("no {text} in {page}"))).collect();
    assert!(at.is_sorted(), "{texts:?}: {at:?}");
}

#[test]
fn what_one_can_join_stands_first_and_what_is_over_last() {
    let pages = pages(TODAY);
    stand_so(
        &pages["courses/index.html"],
        &["<h2>现在能报名", "正在报名的课", "<h2>正在上课", "正在上的课", "<h2>已经结束", "已经结束的课"],
    );
}

#[test]
fn the_state_of_a_run_is_that_of_the_day() {
    for (day, said) in [
        (date(2026, 10, 10), "10月20日起报名"),
        (TODAY, "报名中，11月20日截止"),
        (date(2026, 11, 21), "报名已截止"),
        (date(2026, 12, 2), "已开班"),
        (date(2027, 1, 10), "已结束"),
    ] {
        for page in ["courses/index.html", "courses/kai.html"] {
            assert!(pages(day)[page].contains(said), "{day} {page}: {said}");
        }
    }
    let pages = pages(date(2026, 12, 2));
    assert!(pages["courses/kai.html"].contains("还剩 4 次"), "of five sessions one is over");
}

#[test]
fn a_run_that_is_over_is_folded_behind_the_others() {
    let page = &pages(TODAY)["courses/kai.html"];
    stand_so(page, &["id=\"sec-run-1\"", "还剩名额", "5 人（10月30日统计）", "<details>", "id=\"sec-run-2\""]);
}

#[test]
fn facets_have_pages_where_they_narrow_something_down() {
    let pages = pages(TODAY);
    let made: BTreeSet<&str> = pages
        .keys()
        .filter(|path| path.starts_with("courses/by/") && path.contains(".html"))
        .map(String::as_str)
        .collect();
    // All are in one street, so that streets and districts narrow nothing down; nor does a topic with the only audience that it has, which shows
    // the same as the audience alone.
    let expected = [
        "courses/by/audience/elders.html",
        "courses/by/bookable/now.html",
        "courses/by/free/free.html",
        "courses/by/time/evening.html",
        "courses/by/time/morning.html",
        "courses/by/topic/music.html",
        "courses/by/topic/music/free/free.html",
        "courses/by/topic/sports.html",
        "courses/by/weekday/mon.html",
        "courses/by/weekday/tue.html",
    ];
    assert_eq!(made, BTreeSet::from(expected));
    let music = &pages["courses/by/topic/music.html"];
    assert!(music.contains("正在报名的课") && music.contains("正在上的课") && !music.contains("已经结束的课"));
    assert!(music.contains("href=\"../../../courses/by/audience/elders.html\""), "{music}");
}

#[test]
fn facets_of_many_values_are_folded_and_say_how_many_there_are() {
    let wednesday = "-- content/courses/san.md --\n---\ntitle: 星期三的课\ntopics: [music]\ninstitution: xueyuan\nvenue: dating\nfee: 0\nruns:\n  - {title: 秋季班, weekly: {days: [wed], from: 2026-10-26, to: 2026-11-30, time: {start: \"09:00\", end: \"10:00\"}}}\n---\n";
    let pages = site::published(&with(&format!("{COURSES}{wednesday}")), TODAY);
    let list = &pages["courses/index.html"];
    let group = "<details class=\"facet-group facet-weekday\">\n<summary>星期 <span class=\"count\">3</span></summary>";
    assert!(list.contains(group), "{list}");
}

#[test]
fn settings_say_which_facets_there_are_and_how_deep() {
    let site = "-- content/site.yaml --\ntitle: 某区社区教育\ndescription: 门户\nid: mou-qu\nsince: 2026\nbase_url: https://example.org/\n";
    let made = |settings: &str| -> BTreeSet<String> {
        let mut files = with(COURSES);
        files.retain(|(path, _)| path != "content/site.yaml");
        files.extend(site::files(&format!("{site}{settings}")));
        let pages = site::published(&files, TODAY);
        pages.into_keys().filter(|path| path.starts_with("courses/by/")).collect()
    };
    assert!(made("catalogue: {depth: 0}\n").iter().all(|path| !path.contains(".html")));
    assert_eq!(
        made("catalogue: {facets: [free]}\n"),
        BTreeSet::from(["courses/by/data.js", "courses/by/free/free.html", "courses/by/rows-0.js"].map(str::to_owned))
    );
}

#[test]
fn a_long_list_is_paged_and_its_pages_are_short() {
    let mut text = String::new();
    for n in 0..120 {
        let topic = if n % 3 == 0 { "sports" } else { "music" };
        let _ = write!(
            text,
            "-- content/courses/c{n}.md --\n---\ntitle: 第 {n} 门课\ntopics: [{topic}]\ninstitution: xueyuan\nvenue: dating\nfee: {}\n---\n正文\n",
            n % 2
        );
    }
    let pages = site::published(&with(&text), TODAY);
    let rows = |path: &str| pages[path].matches("<li class=\"course\">").count();
    assert_eq!(["courses/index.html", "courses/page-2.html", "courses/page-4.html"].map(rows), [36, 36, 12]);
    assert_eq!(["courses/by/topic/music.html", "courses/by/topic/music/page-3.html"].map(rows), [36, 8]);
    let both = "courses/by/topic/music/free/free";
    assert_eq!(rows(&format!("{both}.html")), 36);
    assert!(
        pages[&format!("{both}.html")].contains("还有 4 门没有列在这里"),
        "a page of two conditions has no second one"
    );
    assert!(!pages.contains_key(&format!("{both}/page-2.html")));
    assert!(pages["courses/page-2.html"].contains("aria-current=\"page\">2<"));
}

#[test]
fn every_course_is_at_most_three_taps_from_home() {
    let files = site::real();
    let pages = site::published(&files, date(2026, 11, 21));
    let mut taps: BTreeMap<String, usize> = [("index.html".to_owned(), 0)].into();
    let mut waiting: VecDeque<String> = ["index.html".to_owned()].into();
    while let Some(path) = waiting.pop_front() {
        let next = taps[&path] + 1;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for href in pages[&path].split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let target = resolve(folder, href.split(['#', '?']).next().unwrap());
            let is_page = pages.get(&target).is_some_and(|page| page.starts_with("<!doctype"));
            if is_page && !taps.contains_key(&target) {
                taps.insert(target.clone(), next);
                waiting.push_back(target);
            }
        }
    }
    let courses: Vec<&String> = pages
        .keys()
        .filter(|path| path.starts_with("courses/") && pages[*path].contains("class=\"item item-courses\""))
        .collect();
    assert!(!courses.is_empty());
    let far: Vec<_> = courses.iter().filter(|path| taps.get(**path).is_none_or(|taps| *taps > 3)).collect();
    assert!(far.is_empty(), "{far:?}");
}

/// The root address that a relative one means in a folder.
fn resolve(folder: &str, href: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn what_has_no_picture_has_a_drawing_of_its_own() {
    let site = site::prepare(&with(COURSES), TODAY, &mut shuyuan::diag::Findings::default()).unwrap();
    let drawing = |id: &str| {
        let course = site.portal.find(shuyuan::content::Kind::Course, id).unwrap();
        site.assets.drawing(course).unwrap().to_owned()
    };
    assert_ne!(drawing("kai"), drawing("shang"));
    let pages = pages(TODAY);
    assert!(
        pages["courses/kai.html"].contains(&drawing("kai")) && pages["courses/shang.html"].contains(&drawing("shang"))
    );
    assert!(site.assets.addresses().iter().any(|(address, _)| *address == drawing("kai")));
}
