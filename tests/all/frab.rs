//! The programme of an edition for apps: both files say the same, names last, and nothing in content can break them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::site::{self, Files, TODAY};

/// The base of fixtures, with an edition and these events.
fn with(events: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let edition = "-- content/editions/week-2026.md --\n---\ntitle: 活动周\nyear: 2026\nfrom: 2026-11-09\nto: 2026-11-11\nregions: [mou-shi]\n---\n正文\n-- content/events/list.yaml --\n";
    let mut all = site::files(&base);
    all.extend(site::files(&format!("{edition}{events}")));
    all
}

const EVENTS: &str = "- id: a\n  title: 读书会\n  edition: week-2026\n  venue: dating\n  unit: jiaoyuju\n  topics: [music]\n  fee: 0\n  sessions:\n    - {start: 2026-11-09 22:00, end: 2026-11-09 24:00, title: 夜读}\n    - {start: 2026-11-10 09:00, end: 2026-11-10 11:00}\n- id: b\n  title: 展览\n  edition: week-2026\n  venue: dating\n  status: cancelled\n  reason: 停电\n  sessions:\n    - {start: 2026-11-09 10:00, end: 2026-11-09 16:00, until: 2026-11-11}\n";

fn json(files: &Files) -> Value {
    serde_json::from_str(&site::published(files, TODAY)["editions/week-2026/schedule.json"]).unwrap()
}

/// The events of all days, with their day.
fn events(schedule: &Value) -> Vec<(String, Value)> {
    let days = schedule["schedule"]["conference"]["days"].as_array().unwrap();
    let rooms = |day: &Value| {
        day["rooms"].as_object().unwrap().values().flat_map(|room| room.as_array().unwrap().clone()).collect::<Vec<_>>()
    };
    days.iter()
        .flat_map(|day| rooms(day).into_iter().map(|event| (day["date"].as_str().unwrap().to_owned(), event)))
        .collect()
}

#[test]
fn both_files_tell_each_session_once_a_day() {
    let files = with(EVENTS);
    let schedule = json(&files);
    let all = events(&schedule);
    let told: Vec<String> = all
        .iter()
        .map(|(day, event)| {
            format!(
                "{day} {} {} {}",
                event["start"].as_str().unwrap(),
                event["duration"].as_str().unwrap(),
                event["title"].as_str().unwrap()
            )
        })
        .collect();
    let expected = [
        "2026-11-09 10:00 06:00 【已取消】展览",
        "2026-11-09 22:00 02:00 读书会",
        "2026-11-10 09:00 02:00 读书会",
        "2026-11-10 10:00 06:00 【已取消】展览",
        "2026-11-11 10:00 06:00 【已取消】展览",
    ];
    assert_eq!(told, expected);
    let night = &all[1].1;
    assert_eq!(
        (&night["subtitle"], &night["track"], &night["room"]),
        (&"夜读".into(), &"音乐".into(), &"学院大厅".into())
    );
    assert_eq!(night["persons"][0]["name"], "某市教育局");
    for key in ["id", "guid", "slug"] {
        let values: BTreeSet<String> = all.iter().map(|(_, event)| event[key].to_string()).collect();
        assert_eq!(values.len(), all.len(), "{key}");
    }
    let xml = &site::published(&files, TODAY)["editions/week-2026/schedule.xml"];
    let document = roxmltree::Document::parse(xml).unwrap();
    let from_xml: Vec<&str> = document.descendants().filter_map(|node| node.attribute("guid")).collect();
    let from_json: Vec<&str> = all.iter().map(|(_, event)| event["guid"].as_str().unwrap()).collect();
    assert_eq!(from_xml, from_json);
}

#[test]
fn names_last_when_an_event_is_renamed_and_its_session_moved() {
    let guids = |text: &str| {
        events(&json(&with(text))).into_iter().map(|(_, event)| event["guid"].to_string()).collect::<BTreeSet<_>>()
    };
    assert_eq!(guids(EVENTS).len(), 5);
    let changed = EVENTS.replace("- id: a\n", "- id: c\n  formerly: [a]\n").replace(
        "2026-11-10 09:00, end: 2026-11-10 11:00",
        "2026-11-11 15:00, end: 2026-11-11 17:00, moved_from: 2026-11-10 09:00",
    );
    assert_eq!(guids(&changed), guids(EVENTS));
    let version = |text: &str| json(&with(text))["schedule"]["version"].clone();
    assert_eq!(version(EVENTS), version(EVENTS));
    assert_ne!(version(&changed), version(EVENTS));
}

#[test]
fn any_title_comes_back_as_it_was_written() {
    let title = format!("“读”\\\"书'会]]></title><!--&amp;🎓{}", "长".repeat(500));
    let files = with(&EVENTS.replace("读书会", &serde_json::to_string(&title).unwrap()));
    let xml = &site::published(&files, TODAY)["editions/week-2026/schedule.xml"];
    let document = roxmltree::Document::parse(xml).unwrap();
    let titles: Vec<&str> =
        document.descendants().filter(|node| node.has_tag_name("title")).filter_map(|node| node.text()).collect();
    assert!(titles.contains(&title.as_str()), "{titles:?}");
    assert!(events(&json(&files)).iter().any(|(_, event)| event["title"] == title.as_str()));
}

#[test]
fn venues_of_the_same_name_are_two_rooms_and_an_edition_without_events_has_no_files() {
    let mut text = EVENTS.replace(
        "- id: b\n  title: 展览\n  edition: week-2026\n  venue: dating",
        "- id: b\n  title: 展览\n  edition: week-2026\n  venue: dating-2",
    );
    text +=
        "-- content/venues/more.yaml --\n- {id: dating-2, title: 学院大厅, region: mou-zhen, address: 文化路 2 号}\n";
    let all = events(&json(&with(&text)));
    let rooms: BTreeSet<&str> = all.iter().map(|(_, event)| event["room"].as_str().unwrap()).collect();
    assert_eq!(rooms, BTreeSet::from(["学院大厅 (dating)", "学院大厅 (dating-2)"]));
    assert!(!site::published(&with(""), TODAY).contains_key("editions/week-2026/schedule.xml"));
}
