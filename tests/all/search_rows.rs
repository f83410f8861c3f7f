//! What a row of results says: what decides, and the days from which the browser tells what is next on the day on which it is read.

use std::sync::Mutex;

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use shuyuan::diag::Findings;
use shuyuan::pipeline::{self, Site, Timings};
use shuyuan::search::document::Reader;

use crate::site::{self, files, prepare};

const COURSE: &str = "-- content/courses/hechang.md --
---
title: 合唱课
topics: [music]
institution: xueyuan
venue: dating
fee: 30
runs:
  - title: 秋季班
    enrol: {from: 2026-08-01, to: 2026-08-31}
    weekly:
      days: [tue]
      from: 2026-10-20
      to: 2026-11-24
      time: {start: \"09:00\", end: \"10:30\"}
---

来唱歌。
";

fn portal(more: &str, today: Date) -> Site {
    let mut all = files(&std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap());
    all.extend(files(more));
    let mut findings = Findings::default();
    let site = prepare(&all, today, &mut findings);
    site.unwrap_or_else(|| panic!("{:?}", findings.sorted()))
}

/// The records of the index, and what the program says of each entry.
fn records(site: &Site) -> Vec<Value> {
    let made = Mutex::new(Vec::new());
    let put = |artifact: shuyuan::artifact::Artifact| {
        let name = artifact.path.rsplit('/').next().unwrap();
        if name.starts_with('r') {
            let text = String::from_utf8(artifact.bytes.to_vec()).unwrap();
            let data = &text[text.find('[').unwrap()..text.rfind(')').unwrap()];
            made.lock().unwrap().extend(serde_json::from_str::<Vec<Value>>(data).unwrap());
        }
        Ok(())
    };
    let documents = pipeline::pages(site, &|_| Ok(()), &mut Findings::default(), &mut Timings::new()).unwrap();
    pipeline::index(site, documents, &put, &mut Timings::new()).unwrap();
    made.into_inner().unwrap()
}

fn record(site: &Site, title: &str) -> Value {
    records(site).into_iter().find(|record| record[0] == title).unwrap()
}

fn said(site: &Site, title: &str) -> String {
    let documents = pipeline::pages(site, &|_| Ok(()), &mut Findings::default(), &mut Timings::new()).unwrap();
    let documents = Reader::new(&site.portal).sorted(documents);
    let ranked = documents.iter().find(|ranked| ranked.document.title == title).unwrap();
    pipeline::says(site, ranked)
}

#[test]
fn a_record_holds_the_sessions_to_come_with_place_fee_audience_and_enrolment() {
    let site = portal(COURSE, date(2026, 11, 1));
    let record = record(&site, "合唱课");
    let place = "某镇 学院大厅";
    let times = json!(["2026-11-24", ["09:00–10:30", "", 0, "2026-11-03", 7, 7, 7]]);
    assert_eq!([&record[5], &record[6], &record[7]], [&json!(place), &json!("30 元　人人可学"), &times]);
    let marks = json!([["plain", "已开班", "2026-08-01,2026-08-31,2026-10-20,2026-11-24,", "2026-10-20"]]);
    assert_eq!(record[8], marks);
    let row = "课程　2026年11月3日 星期二 09:00–10:30　某镇 学院大厅　30 元　人人可学　已开班";
    assert_eq!(said(&site, "合唱课"), row);
}

#[test]
fn what_is_over_holds_its_last_day_alone() {
    let today = portal(COURSE, date(2026, 11, 24));
    assert_eq!(record(&today, "合唱课")[7], json!(["2026-11-24", ["09:00–10:30", "", 0, "2026-11-24"]]));
    let later = portal(COURSE, date(2026, 11, 25));
    assert_eq!(record(&later, "合唱课")[7], json!(["2026-11-24"]));
    let row = "课程　2026年11月24日　某镇 学院大厅　30 元　人人可学　已结束";
    assert_eq!(said(&later, "合唱课"), row);
}

#[test]
fn a_session_elsewhere_tells_its_place() {
    let more = "-- content/venues/more.yaml --\n- {id: guangchang, title: 河边广场, region: mou-shi, address: 河边路 1 号}\n\
                -- content/events/list.yaml --\n- id: yanchu\n  title: 演出\n  venue: dating\n  fee: 0\n  sessions:\n    - {start: 2026-11-09 09:00, end: 2026-11-09 10:00, venue: guangchang}\n    - {start: 2026-11-16 09:00, end: 2026-11-17 10:00}\n";
    let site = portal(more, date(2026, 11, 1));
    let times = record(&site, "演出")[7].clone();
    assert_eq!(times[1], json!(["09:00–10:00", "某市 河边广场", 0, "2026-11-09"]));
    assert_eq!([&times[0], &times[2][2]], [&json!("2026-11-17"), &json!(1)], "{times}");
    assert!(said(&site, "演出").contains("某市 河边广场　免费"), "{}", said(&site, "演出"));
}

#[test]
fn a_record_of_news_is_no_longer_than_what_it_says() {
    let news = "-- content/news/a.md --\n---\ntitle: 开学\ndate: 2026-10-01\nsource: 某社\n---\n正文\n";
    assert_eq!(record(&portal(news, date(2026, 11, 1)), "开学").as_array().unwrap().len(), 5);
}

#[test]
fn regions_and_what_is_made_every_year_are_of_one_thing_if_they_are_several() {
    let plan = |id: &str, title: &str, year: i32| {
        format!(
            "- {{id: {id}, title: {title}, unit: jiaoyuju, region: mou-shi, year: {year}, lines: [{{sort: activity, title: 夜读}}]}}\n"
        )
    };
    let plans =
        [plan("a", "2025 年夜读计划", 2025), plan("b", "2026 年夜读计划", 2026), plan("c", "2026 年晨读计划", 2026)];
    let site = portal(&format!("-- content/plans/all.yaml --\n{}", plans.concat()), date(2026, 11, 1));
    let thing = |title: &str| record(&site, title)[9].as_u64().unwrap_or(0);
    assert!(thing("某市") > 0 && thing("某市") == thing("某镇"));
    assert!(thing("2025 年夜读计划") > 0 && thing("2025 年夜读计划") == thing("2026 年夜读计划"));
    assert_ne!(thing("某市"), thing("2026 年夜读计划"));
    assert_eq!([thing("2026 年晨读计划"), thing("关于推进社区教育的通知")], [0, 0]);
}
