//! Sign-in sheets: for what is not over, with empty rows, known to no search engine.

use jiff::civil::{Date, date};

use super::site::{files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, base_url: https://a.example/}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/topics.yaml --
- {id: yishu, title: 艺术}
-- content/venues.yaml --
- {id: tang, title: 礼堂, region: qu, address: 某路 1 号}
-- content/events.yaml --
- {id: jiang, title: 讲座, venue: tang, fee: 0, capacity: 8, booking: {phone: 0000-0000001}, sessions: [{start: 2026-11-10 09:00, end: 2026-11-10 10:00}]}
- {id: ting, title: 停办的讲座, venue: tang, fee: 0, status: cancelled, reason: 停电, booking: {phone: 0000-0000001}, sessions: [{start: 2026-11-10 14:00, end: 2026-11-10 15:00}]}
-- content/institutions.yaml --
- {id: xuexiao, title: 学校, tier: school, region: qu}
-- content/courses/hua.md --
---
title: 国画
topics: [yishu]
venue: tang
institution: xuexiao
fee: 0
enrol: {phone: 0000-0000001}
runs:
  - {title: 春季班, sessions: [{start: 2026-03-02 09:00, end: 2026-03-02 10:00}]}
  - {title: 秋季班, sessions: [{start: 2026-11-09 09:00, end: 2026-11-09 10:00}, {start: 2026-11-16 09:00, end: 2026-11-16 10:00}]}
---
画画。
";

fn made(today: Date) -> std::collections::BTreeMap<String, String> {
    published(&files(SITE), today)
}

fn rows(page: &str) -> usize {
    page.matches("<th scope=\"row\">").count()
}

#[test]
fn a_sheet_has_title_place_time_and_empty_numbered_rows() {
    let made = made(date(2026, 11, 1));
    let sheet = &made["events/jiang/sign-in.html"];
    for text in ["签到表：讲座", "礼堂", "2026年11月10日", "09:00–10:00", "序号", "姓名", "签名"] {
        assert!(sheet.contains(text), "{text}");
    }
    assert_eq!(rows(sheet), 8, "as many as there are places");
    assert_eq!(sheet.matches("<td></td><td></td>").count(), 8);
    assert!(!sheet.contains("sign-in-box"), "there is one session");
    let run = &made["courses/hua/sign-in-2.html"];
    assert!(run.contains("签到表：国画 秋季班"));
    assert_eq!(run.matches("sign-in-box").count(), 2);
    assert_eq!(rows(run), 30);
    assert_eq!(
        run.matches("<tr><th scope=\"row\">").count(),
        15,
        "two stand beside each other where one sheet is not enough"
    );
    assert!(
        !sheet.contains("<td></td><th")
            && run.contains("<th scope=\"row\">29</th><td></td><td></td><th scope=\"row\">30</th>")
    );
}

#[test]
fn there_is_a_sheet_until_it_is_over_and_none_of_what_is_called_off() {
    let before = made(date(2026, 11, 10));
    assert!(before.contains_key("events/jiang/sign-in.html"));
    assert!(before["events/jiang.html"].contains("events/jiang/sign-in.html"));
    assert!(before["courses/hua.html"].contains("courses/hua/sign-in-2.html"));
    assert!(!before.contains_key("events/ting/sign-in.html"));
    assert!(!before.contains_key("courses/hua/sign-in-1.html"));
    let last = &before["courses/hua/sign-in-2.html"];
    assert!(!last.contains("sign-in-box") && last.contains("2026年11月16日"), "one session is left");
    let after = made(date(2026, 11, 11));
    assert!(!after.contains_key("events/jiang/sign-in.html"));
    assert!(!after["events/jiang.html"].contains("sign-in"));
    assert!(after.contains_key("courses/hua/sign-in-2.html"));
}

#[test]
fn search_engines_and_the_search_know_no_sheet() {
    let made = made(date(2026, 11, 1));
    let sheet = &made["events/jiang/sign-in.html"];
    assert!(sheet.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(sheet.contains("<link rel=\"canonical\" href=\"https://a.example/events/jiang.html\">"));
    assert!(!made["sitemap.xml"].contains("sign-in"));
    assert!(made["events/jiang.html"].contains("fact-sign-in\" data-search=\"none\""));
    let index = made.iter().filter(|(path, _)| path.starts_with("search/"));
    assert!(index.into_iter().all(|(_, text)| !text.contains("sign-in") && !text.contains("签到")));
}
