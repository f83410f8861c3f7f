//! Feeds say what residents need in words, in an order and with dates that hold; and a character that would break them is an error at its
//! place, wherever it comes from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::{Date, date};
use shuyuan::diag::Code;

use crate::site::{self, Depth, Files, TODAY};

/// The base of fixtures, with these files.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(files));
    all
}

/// An entry of a feed: title, day of the last change, summary, content.
type Said = (String, String, String, Option<String>);

fn feed(files: &Files, path: &str, today: Date) -> (String, Vec<Said>) {
    let text = &site::published(files, today)[path];
    let document = roxmltree::Document::parse(text).unwrap();
    let said = |node: roxmltree::Node<'_, '_>, name: &str| {
        let child = node.children().find(|child| child.tag_name().name() == name);
        child.map(|child| child.text().unwrap_or_default().to_owned())
    };
    let day = |node| said(node, "updated").unwrap()[..10].to_owned();
    let entries = document.root_element().children().filter(|child| child.tag_name().name() == "entry");
    let entries = entries.map(|entry| {
        (said(entry, "title").unwrap(), day(entry), said(entry, "summary").unwrap_or_default(), said(entry, "content"))
    });
    (day(document.root_element()), entries.collect())
}

fn event(id: &str, title: &str, fields: &str, start: &str) -> String {
    format!(
        "- id: {id}\n  title: {title}\n  venue: dating\n{fields}  sessions:\n    - {{start: {start} 09:00, end: {start} 11:00}}\n"
    )
}

#[test]
fn what_is_current_is_in_the_feed_and_comes_first() {
    let mut text = "-- content/events/list.yaml --\n".to_owned();
    for n in 0..60 {
        let day = date(2027, 5, 1).checked_add(jiff::Span::new().days(n)).unwrap();
        text += &event(&format!("yuan-{n}"), &format!("来年的第 {n} 场"), "", &day.to_string());
    }
    text += &event("mingtian", "明天的讲座", "", "2026-11-02");
    text += &event("zuotian", "昨天的讲座", "", "2026-10-31");
    text += "-- content/courses/xuezhe.md --\n---\ntitle: 正在上的课\ntopics: [music]\ninstitution: xueyuan\nvenue: dating\nfee: 0\nruns:\n  - title: 长班\n    sessions:\n      - {start: 2026-09-01 09:00, end: 2026-09-01 10:00}\n      - {start: 2027-12-01 09:00, end: 2027-12-01 10:00}\n---\n正文\n";
    let (updated, entries) = feed(&with(&text), "programme.xml", TODAY);
    let titles: Vec<&str> = entries.iter().map(|entry| entry.0.as_str()).collect();
    assert_eq!(titles[..3], ["明天的讲座", "正在上的课", "来年的第 0 场"]);
    assert_eq!(titles.len(), 50);
    assert!(!titles.contains(&"昨天的讲座"), "{titles:?}");
    assert!(entries.iter().all(|entry| entry.1 == "2026-01-01"), "no session's day is that of a change");
    assert_eq!(updated, "2026-01-01");
}

#[test]
fn more_than_a_feed_holds_are_in_it_if_they_are_current() {
    let mut text = "-- content/events/list.yaml --\n".to_owned();
    for n in 0..70 {
        text += &event(&format!("chang-{n:02}"), &format!("第 {n} 场"), "", &format!("2026-11-{:02}", 2 + n / 3));
    }
    text += &event("yihou", "很久以后", "", "2027-11-01");
    let (_, entries) = feed(&with(&text), "programme.xml", TODAY);
    assert_eq!(entries.len(), 70);
    assert_eq!(entries.iter().filter(|entry| entry.3.is_some()).count(), 50, "the rest is told by its summary");
    assert!(entries[69].2.contains("时间：2026年11月25日 星期三"), "{}", entries[69].2);
}

#[test]
fn the_feed_of_events_says_state_time_and_place_in_words() {
    let mut text = "-- content/events/list.yaml --\n".to_owned();
    text += &event("a", "读书会", "  status: cancelled\n  reason: 场地检修\n", "2026-11-07");
    text += &event("b", "音乐会", "  status: moved\n  reason: 换到大厅\n", "2026-11-08");
    text += &event("c", "故事会", "", "2026-11-09");
    let (_, entries) = feed(&with(&text), "programme.xml", TODAY);
    let titles: Vec<&str> = entries.iter().map(|entry| entry.0.as_str()).collect();
    assert_eq!(titles, ["【已取消】读书会", "【改期或地点有变】音乐会", "故事会"]);
    for (title, _, summary, content) in &entries {
        let content = content.as_ref().unwrap();
        assert!(summary.contains("场地：学院大厅") && content.contains("场地：学院大厅"), "{title} {summary}");
        assert!(summary.contains("09:00–11:00") && content.contains("09:00–11:00"), "{title} {content}");
        assert!(!summary.contains("下一次"), "{summary}");
    }
    assert!(entries[0].2.contains("状态：已取消（场地检修）"), "{}", entries[0].2);
    assert!(entries[2].2.contains("状态：正常"), "{}", entries[2].2);
}

#[test]
fn a_feed_is_dated_by_written_changes_that_have_come() {
    let mut text = "-- content/events/list.yaml --\n".to_owned();
    let mut add = |id: &str, fields: &str| text += &event(id, id, fields, "2026-11-20");
    add("e-updated", "  date: 2026-09-01\n  updated: 2026-10-05\n");
    add("e-publish", "  publish: 2026-10-06\n");
    add("e-date", "  date: 2026-10-07\n");
    add("e-day", "  date: 2026-11-20\n");
    add("e-future", "  date: 2026-10-08\n  updated: 2026-11-02\n");
    add("e-none", "");
    let _ = write!(
        text,
        "-- content/news/a.md --\n---\ntitle: 新闻\ndate: 2026-10-09\nsource: 某社\n---\n正文\n-- content/news/b.md --\n---\ntitle: 预告\ndate: 2027-01-09\nsource: 某社\n---\n正文\n"
    );
    let files = with(&text);
    let (updated, entries) = feed(&files, "programme.xml", TODAY);
    let days: BTreeMap<&str, &str> = entries.iter().map(|entry| (entry.0.as_str(), entry.1.as_str())).collect();
    let expected = [
        ("e-date", "2026-10-07"),
        ("e-day", "2026-01-01"),
        ("e-future", "2026-10-08"),
        ("e-none", "2026-01-01"),
        ("e-publish", "2026-10-06"),
        ("e-updated", "2026-10-05"),
    ];
    assert_eq!(days, BTreeMap::from(expected));
    assert_eq!(updated, "2026-10-08");
    let (updated, news) = feed(&files, "news.xml", TODAY);
    let days: Vec<(&str, &str)> = news.iter().map(|entry| (entry.0.as_str(), entry.1.as_str())).collect();
    assert_eq!(days, [("新闻", "2026-10-09"), ("预告", "2026-01-01")]);
    assert_eq!(updated, "2026-10-09");
    let sitemap = &site::published(&files, TODAY)["sitemap.xml"];
    assert!(sitemap.contains("events/e-updated.html</loc><lastmod>2026-10-05</lastmod>"), "{sitemap}");
    let later = |day: &str| day > "2026-11-01";
    let wrong: Vec<&str> =
        sitemap.split("<lastmod>").skip(1).map(|rest| &rest[..10]).filter(|day| later(day)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Places of a site in which a text stands; `@` is that text.
const PLACES: [(&str, &str); 9] = [
    ("a body", "-- content/news/a.md --\n---\ntitle: 新闻\ndate: 2026-10-09\nsource: 某社\n---\n正@文\n"),
    ("front matter", "-- content/news/a.md --\n---\ntitle: 新@闻\ndate: 2026-10-09\nsource: 某社\n---\n正文\n"),
    (
        "an address in a body",
        "-- content/news/a.md --\n---\ntitle: 新闻\ndate: 2026-10-09\nsource: 某社\n---\n[文](https://example.org/a@b)\n",
    ),
    ("code in a body", "-- content/news/a.md --\n---\ntitle: 新闻\ndate: 2026-10-09\nsource: 某社\n---\n`a@b`\n"),
    (
        "HTML in a body",
        "-- content/news/a.md --\n---\ntitle: 新闻\ndate: 2026-10-09\nsource: 某社\n---\n<b title=\"甲@\">文</b>\n",
    ),
    ("a list", "-- content/teachers/a.yaml --\n- id: a\n  title: 某@教师\n"),
    ("a body in a list", "-- content/teachers/a.yaml --\n- id: a\n  title: 某教师\n  body: |\n    正@文\n"),
    ("a template", "-- themes/default/templates/404.html --\n<p>没@有</p>\n"),
    ("a style", "-- themes/default/style/more.css --\n/* 说@明 */\n"),
];

#[test]
fn a_character_that_breaks_feeds_is_an_error_at_its_place() {
    let forbidden = [
        '\0',
        '\u{1}',
        '\u{8}',
        '\u{b}',
        '\u{c}',
        '\u{1b}',
        '\u{7f}',
        '\u{86}',
        '\u{fdd0}',
        '\u{fffe}',
        '\u{ffff}',
        '\u{1fffe}',
    ];
    for (place, text) in PLACES {
        let at = text.find('@').unwrap();
        let line = text[..at].matches('\n').count();
        let column = text[..at].rsplit('\n').next().unwrap().chars().count() + 1;
        for c in forbidden {
            let said = site::check(&with(&text.replace('@', &c.to_string())), TODAY, Depth::Prepare);
            let here = said.iter().filter(|said| said.mistake.code == Code::ForbiddenCharacter);
            let here: Vec<_> = here.map(|said| said.place.as_ref().unwrap().line_column()).collect();
            assert_eq!(here, [(line, column)], "{place} {:04X}: {said:?}", c as u32);
            let named = format!("U+{:04X}", c as u32);
            assert!(said.iter().any(|said| said.mistake.message.contains(&named)), "{place} {said:?}");
        }
    }
}

#[test]
fn what_stands_for_such_a_character_is_one() {
    let body = |text: &str| {
        format!("-- content/news/a.md --\n---\ntitle: 新闻\ndate: 2026-10-09\nsource: 某社\n---\n{text}\n")
    };
    let title = |text: &str| {
        format!("-- content/news/a.md --\n---\ntitle: \"新{text}闻\"\ndate: 2026-10-09\nsource: 某社\n---\n正文\n")
    };
    let cases = [
        (body("甲&#11;乙"), 6, 2),
        (body("甲乙&#xFFFF;"), 6, 3),
        (body("<span lang=\"zh\">甲</span>&#8;"), 6, 25),
        (title("\\x0b"), 2, 10),
        (title("\\uFFFE"), 2, 10),
        (title("\\ud800"), 2, 10),
        (title("\\e"), 2, 10),
        ("-- content/teachers/a.yaml --\n- {id: a, title: \"甲\\0\"}\n".to_owned(), 1, 20),
        (
            "-- content/site.yaml --\ntitle: \"某\\x01区\"\ndescription: 门户\nid: mou-qu\nsince: 2026\n".to_owned(),
            1,
            10,
        ),
    ];
    for (text, line, column) in cases {
        let said = site::check(&with(&text), TODAY, Depth::Prepare);
        let here = said.iter().filter(|said| said.mistake.code == Code::ForbiddenCharacter);
        let here: Vec<_> = here.map(|said| said.place.as_ref().unwrap().line_column()).collect();
        assert_eq!(here, [(line, column)], "{text} {said:?}");
    }
}

#[test]
fn a_district_a_town_and_an_audience_have_feeds_of_what_is_new_there() {
    let mut text = "-- content/audiences.yaml --\n- {id: laoren, title: 老年人}\n- {id: ertong, title: 儿童}\n-- content/events/list.yaml --\n".to_owned();
    text += &event("a", "读书会", "  audiences: [laoren]\n", "2026-11-07");
    let published = site::published(&with(&text), TODAY);
    for path in ["feeds/regions/mou-zhen", "feeds/audiences/laoren"] {
        let atom = &published[&format!("{path}.xml")];
        assert!(atom.contains("<title>读书会</title>"), "{atom}");
        let json: serde_json::Value = serde_json::from_str(&published[&format!("{path}.json")]).unwrap();
        assert_eq!(json["items"][0]["title"], "读书会");
        assert_eq!(json["items"][0]["content_text"], json["items"][0]["summary"]);
        assert_eq!(json["feed_url"], format!("https://example.org/{path}.json"));
    }
    // An audience without anything, and a city, have none.
    assert!(!published.keys().any(|path| path.starts_with("feeds/audiences/ertong") || path.contains("mou-shi.xml")));
    let page = &published["regions/mou-zhen.html"];
    assert!(
        page.contains("type=\"application/feed+json\" title=\"某镇\" href=\"../feeds/regions/mou-zhen.json\""),
        "{page}"
    );
    assert!(published["index.html"].contains("href=\"news.json\""));
}
