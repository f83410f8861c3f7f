//! `events.json` and `courses.json`: what they say, that names last, and that nothing private gets into them.

use serde_json::{Value, json};

use crate::site::{self, Files, TODAY};

const ENTRIES: &str = r#"-- content/teachers/all.yaml --
- {id: li, title: 李老师, sort: part, speciality: 书法}
- {id: zhao, title: 赵老师, sort: part, speciality: 书法, withdrawn: 本人要求}
- {id: qian, title: 钱老师, sort: part, speciality: 书法, publish: 2027-01-01}
-- content/courses/shufa.md --
---
title: 书法
summary: 写字。
topics: [music]
institution: xueyuan
venue: dating
teachers: [li, zhao, qian]
fee: 12.5
enrol: {phone: "办公室 0373-3012345，139****1234", person: 孙秘书, note: 带身份证}
runs:
  - title: 秋季班
    capacity: 20
    weekly: {days: [tue], from: 2026-10-20, to: 2026-11-10, time: {start: "09:00", end: "10:30"}, except: [2026-11-03]}
---

正文
-- content/events/list.yaml --
- id: a
  title: 读书会
  venue: dating
  unit: jiaoyuju
  status: moved
  reason: 让路
  sessions:
    - {start: 2026-10-10 09:00, end: 2026-10-10 11:00, title: 第一讲}
    - {start: 2026-11-10 09:00, end: 2026-11-10 11:00, moved_from: 2026-11-09 09:00}
"#;

/// The base of fixtures, with these files.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(files));
    all
}

fn data(files: &Files, path: &str) -> Value {
    serde_json::from_str(&site::published(files, TODAY)[path]).unwrap()
}

#[test]
fn events_have_all_sessions_with_place_and_state() {
    let data = data(&with(ENTRIES), "events.json");
    assert_eq!(data["version"], 1);
    assert_eq!(data["site"]["url"], "https://example.org/");
    let event = &data["events"][0];
    assert_eq!(
        (&event["title"], &event["state"], &event["reason"]),
        (&json!("读书会"), &json!("moved"), &json!("让路"))
    );
    assert_eq!((&event["url"], &event["fee"]), (&json!("https://example.org/events/a.html"), &Value::Null));
    assert_eq!(event["unit"], json!({"id": "jiaoyuju", "title": "某市教育局"}));
    let sessions = event["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2, "what is over is told too");
    assert_eq!((&sessions[0]["title"], &sessions[0]["place"]), (&json!("第一讲"), &json!("dating")));
    assert_eq!(sessions[1]["start"], "2026-11-10T09:00:00+08:00");
    assert_eq!(sessions[1]["moved_from"], "2026-11-09T09:00:00+08:00");
    let place = json!({
        "title": "学院大厅", "address": "文化路 1 号", "path": "venues/dating.html",
        "regions": [{"id": "mou-shi", "title": "某市"}, {"id": "mou-zhen", "title": "某镇"}],
    });
    assert_eq!(data["places"], json!({"dating": place}));
}

#[test]
fn courses_have_their_pattern_and_the_sessions_to_come() {
    let data = data(&with(ENTRIES), "courses.json");
    let course = &data["courses"][0];
    assert_eq!(course["fee"], 12.5);
    let run = &course["runs"][0];
    let weekly = json!({"days": ["tue"], "from": "2026-10-20", "to": "2026-11-10", "start": "09:00", "end": "10:30", "except": ["2026-11-03"]});
    assert_eq!(run["weekly"], weekly);
    let starts: Vec<&Value> = run["sessions"].as_array().unwrap().iter().map(|session| &session["start"]).collect();
    assert_eq!(starts, ["2026-11-10T09:00:00+08:00"]);
}

#[test]
fn only_public_telephones_and_published_persons_are_told() {
    let files = with(ENTRIES);
    let data = data(&files, "courses.json");
    let course = &data["courses"][0];
    assert_eq!(course["teachers"], json!([{"id": "li", "title": "李老师"}]));
    assert_eq!(course["booking"], json!({"phones": ["03733012345"], "place": null, "url": null, "note": "带身份证"}));
    for path in ["events.json", "courses.json"] {
        let text = &site::published(&files, TODAY)[path];
        for private in ["赵老师", "钱老师", "孙秘书", "139"] {
            assert!(!text.contains(private), "{path} says {private}");
        }
    }
}

#[test]
fn the_names_of_entries_and_sessions_last_when_these_are_renamed_and_moved() {
    let guids = |text: &str| {
        let event = data(&with(text), "events.json")["events"][0].clone();
        let sessions = event["sessions"].as_array().unwrap().iter().map(|session| session["guid"].clone());
        (event["guid"].clone(), sessions.collect::<Vec<_>>())
    };
    let before = guids(ENTRIES);
    let renamed = ENTRIES.replace("- id: a\n", "- id: b\n  formerly: [a]\n");
    assert_eq!(guids(&renamed), before);
    let moved = ENTRIES.replace(
        "start: 2026-10-10 09:00, end: 2026-10-10 11:00",
        "start: 2026-10-11 09:00, end: 2026-10-11 11:00, moved_from: 2026-10-10 09:00",
    );
    assert_eq!(guids(&moved), before);
    let other = guids(&ENTRIES.replace("2026-10-10", "2026-10-11"));
    assert_eq!(other.0, before.0);
    assert_ne!(other.1[0], before.1[0]);
}

#[test]
fn any_title_comes_back_as_it_was_written() {
    let title = format!("“读”\\\"书'会</script>🎓{}", "长".repeat(500));
    let data = data(&with(&ENTRIES.replace("读书会", &serde_json::to_string(&title).unwrap())), "events.json");
    assert_eq!(data["events"][0]["title"], title.as_str());
}
