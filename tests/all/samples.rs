//! What is made up says so wherever it is named, and what a notice does not say is labelled.

use std::fmt::Write as _;

use crate::site::{self, Files, TODAY};
use crate::town::town;

const MARK: &str = "（示例）";

/// The town with a title of its own for each entry, all of them samples.
fn all_samples() -> Files {
    let mut count = 0;
    let mut rename = |record: &str| {
        let Some((before, rest)) = record.split_once("title: ") else { return record.to_owned() };
        let end = rest.find(if before.contains('{') { [',', '}'] } else { ['\n', '\n'] }).unwrap();
        let between = if before.contains('{') {
            ", ".to_owned()
        } else if before.starts_with("- ") || before.contains("\n- ") {
            "\n  ".to_owned()
        } else {
            "\n".to_owned()
        };
        count += 1;
        format!("{before}title: 甲乙{count:04}号{between}sample: true{}", &rest[end..])
    };
    let renamed = town(9).into_iter().map(|(path, bytes)| {
        if !path.starts_with("content/") || path == "content/site.yaml" {
            return (path, bytes);
        }
        let Ok(text) = String::from_utf8(bytes.clone()) else { return (path, bytes) };
        let text = if path.rsplit('.').next() == Some("yaml") {
            let mut records = text.split("\n- ");
            let mut all = rename(records.next().unwrap());
            records.for_each(|record| {
                let _ = write!(all, "\n{}", rename(&format!("- {record}")));
            });
            all
        } else if path.rsplit('.').next() == Some("md") {
            rename(&text)
        } else {
            return (path, bytes);
        };
        (path, text.into_bytes())
    });
    renamed.collect()
}

#[test]
fn the_mark_of_a_sample_follows_its_title_wherever_it_is_shown() {
    let published = site::published(&all_samples(), TODAY);
    let (mut named, mut files) = (0, 0);
    for (path, text) in &published {
        // The index holds folded text; its records are what results show.
        if path.starts_with("search/") && !path.rsplit('/').next().unwrap().starts_with('r') {
            continue;
        }
        let text = site::unkept(text).replace("<wbr>", "").replace('\u{200b}', "").replace("\r\n ", "");
        let found: Vec<&str> = text.split("甲乙").skip(1).collect();
        for rest in &found {
            let shown = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('号').unwrap_or("");
            assert!(shown.starts_with(MARK), "{path}: 甲乙{}", rest.chars().take(60).collect::<String>());
            assert!(!shown[MARK.len()..].starts_with(MARK), "{path}: marked twice");
        }
        named += found.len();
        files += usize::from(!found.is_empty());
    }
    assert!(named > 1000 && files > 50, "{named} titles in {files} files");
    for kind in [".html", ".ics", ".json", ".xml"] {
        assert!(published.iter().any(|(path, text)| path.ends_with(kind) && text.contains("甲乙")), "none in {kind}");
    }
    assert!(published["courses.json"].contains("\"sample\":true"));
}

/// The base of fixtures, with these files.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(files));
    all
}

const NOTICE: &str = r#"-- content/documents/own.yaml --
- id: ben-wen
  title: 本局通知
  issuers: [某市教育局]
  region: mou-shi
  url: https://example.org/yuanwen
  clauses:
    - {id: c1, label: 一, summary: 概要一, quote: "坚持<b>政府</b>主导。\n\n*各单位*配合。"}
    - {id: c2, label: 二, summary: 概要二}
-- content/duties.yaml --
- {id: tui, title: 推定的职责, unit: jiaoyuju, inferred: 没有写由谁负责, sources: [{document: ben-wen, clause: c1}]}
- {id: ming, title: 写明的职责, unit: jiaoyuju, sources: [{document: ben-wen, clause: c2}]}
-- content/indicators.yaml --
- {id: tui, title: 推定的指标, holders: [jiaoyuju], inferred: 没有写谁来办, region: mou-shi, target: {comparator: all}}
- {id: ming, title: 写明的指标, holders: [jiaoyuju], region: mou-shi, target: {comparator: all}}
"#;

#[test]
fn an_inference_is_labelled_with_its_reason_and_nothing_else_is() {
    let published = site::published(&with(NOTICE), TODAY);
    let inferred = site::unkept(&published["indicators/tui.html"]);
    assert!(inferred.contains("某市教育局（推定）") && inferred.contains("没有写谁来办"));
    assert!(!published["indicators/ming.html"].contains("推定"));
    let unit = &published["units/jiaoyuju.html"];
    assert_eq!(unit.matches("没有写由谁负责").count(), 1);
    assert_eq!(unit.matches(">推定<").count(), 1, "a mark beside the one duty");
}

#[test]
fn the_wording_of_a_clause_is_a_quotation_in_which_nothing_is_a_mark() {
    let page = &site::published(&with(NOTICE), TODAY)["documents/ben-wen.html"];
    assert!(page.contains("<blockquote><p>坚持&lt;b&gt;政府&lt;/b&gt;主导。</p><p>*各单位*配合。</p></blockquote>"));
    assert_eq!(page.matches("<blockquote>").count(), 1, "a clause without wording has none");
    assert!(page.contains("href=\"https://example.org/yuanwen\""));
}

#[test]
fn a_value_that_is_made_up_says_so_on_pages_and_sheets() {
    let values = |sample: &str| {
        with(&format!(
            "-- content/indicators.yaml --\n- {{id: hui, title: 会议, holders: [jiaoyuju], region: mou-shi, \
             target: {{comparator: at-least, value: 2, measure: times, period: year}}, \
             measured: [{{year: 2025, value: 3, unit: jiaoyuju, evidence: 纪要{sample}}}]}}\n"
        ))
    };
    let marked = site::published(&values(", sample: true"), TODAY);
    let plain = site::published(&values(""), TODAY);
    for page in ["indicators/hui.html", "units/jiaoyuju.html"] {
        assert!(marked[page].contains(MARK), "{page}");
        assert!(!plain[page].contains(MARK), "{page}");
    }
    let sheet = marked
        .iter()
        .find(|(path, _)| path.contains("jiaoyuju") && camino::Utf8Path::new(path).extension() == Some("csv"))
        .unwrap();
    assert!(sheet.1.contains(MARK), "{}", sheet.1);
}
