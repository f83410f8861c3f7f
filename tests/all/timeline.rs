//! The phases of a document over time, drawn and as a table.

use jiff::civil::{Date, date};

use super::site::{files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, base_url: https://a.example/}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/documents.yaml --
- {id: wen, title: 方案, issuers: [某区], region: qu}
-- content/phases.yaml --
- {id: qi, title: 宣传发动, sort: phase, document: wen, from: 2026-H1, to: 2026-H1}
";

const MORE: &str = "\
- {id: jiao, title: 交齐资料, sort: deadline, document: wen, to: 2026-09}
- {id: kai, title: 全面运行, sort: phase, document: wen, from: 2026-07}
- {id: bao, title: 年年报送, sort: recurring, every: year, document: wen, from: \"2024\"}
";

fn page(phases: &str, today: Date) -> String {
    published(&files(&format!("{SITE}{phases}")), today).remove("documents/wen.html").unwrap()
}

#[test]
fn several_phases_are_drawn_with_today_and_told_in_a_table() {
    let page = page(MORE, date(2026, 9, 30));
    let drawing = page.split_once("<figure class=\"chart timeline\">").unwrap().1.split_once("</figure>").unwrap().0;
    for text in ["role=\"img\"", "方案：各阶段的时间", "从2024年1月到2026年9月，共 4 项", "今天 2026年9月30日"]
    {
        assert!(drawing.contains(text), "{text}");
    }
    for label in ["宣传发动 已结束", "交齐资料 正在进行", "全面运行 正在进行", "年年报送 每年"]
    {
        assert!(drawing.contains(label), "{label}: {drawing}");
    }
    assert_eq!(drawing.matches("timeline-today").count(), 1);
    assert_eq!(drawing.matches("timeline-deadline").count(), 1);
    assert_eq!(drawing.matches("timeline-open").count(), 2, "two have no end");
    assert_eq!(drawing.matches("timeline-mark").count(), 2, "the task was due twice");
    assert!(!drawing.contains("style="));
    let table = page.split_once("id=\"sec-timetable\"").unwrap().1.split_once("</table>").unwrap().0;
    for text in ["宣传发动", "2026年上半年", "交齐资料", "2026年9月截止", "2026年7月起", "每年（2024年起）"]
    {
        assert!(table.contains(text), "{text}: {table}");
    }
}

#[test]
fn a_deadline_is_overdue_on_the_day_after() {
    assert!(page(MORE, date(2026, 9, 30)).contains("交齐资料 正在进行"));
    assert!(page(MORE, date(2026, 10, 1)).contains("交齐资料 已过期限"));
}

#[test]
fn one_phase_needs_no_drawing_and_no_table() {
    let page = page("", date(2026, 9, 30));
    assert!(page.contains("宣传发动") && !page.contains("timeline") && !page.contains("sec-timetable"));
}
