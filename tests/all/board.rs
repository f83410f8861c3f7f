//! Boards of what units hand up in turn: each state on both sides of its threshold, pages, tables, and the ways to them.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::site::{TODAY, files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, base_url: https://a.example/}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/documents.yaml --
- {id: wen, title: 方案, issuers: [某区], region: qu}
- {id: bie, title: 别的方案, issuers: [某区], region: qu}
-- content/units.yaml --
- {id: xiangzhen, title: 各乡镇, sort: class, region: qu, members: [dong, xi]}
- {id: dong, title: 东镇, sort: town, region: qu}
- {id: xi, title: 西镇, sort: town, region: qu}
- {id: ju, title: 教育局, sort: government, region: qu}
-- content/duties.yaml --
- {id: xinxi, title: 报送信息, unit: xiangzhen, sources: [{document: wen}]}
- {id: zongjie, title: 写总结, unit: ju, sources: [{document: wen}]}
-- content/phases.yaml --
- {id: nian, title: 年终总结, sort: recurring, every: year, month: 11, day: 20, document: wen, duties: [zongjie]}
- {id: yue, title: 每月信息, sort: recurring, every: month, day: 20, document: wen, from: 2026-03, duties: [xinxi], news: true}
- {id: wu, title: 不用报的事, sort: recurring, every: month, document: bie}
";

fn pages(more: &str, today: Date) -> BTreeMap<String, String> {
    published(&files(&format!("{SITE}{more}")), today)
}

/// The cells of a unit in the table of a task, from January on, without links.
fn cells(page: &str, task: &str, unit: &str) -> Vec<String> {
    let table = page.split_once(&format!("id=\"task-{task}\"")).unwrap().1.split_once("</table>").unwrap().0;
    let row = table.split("<tr>").find(|row| row.contains(&format!("units/{unit}.html"))).unwrap();
    let text = |cell: &str| {
        let mut text = cell.split_once('>').unwrap().1.split_once("</td>").unwrap().0.to_owned();
        while let (Some(from), Some(to)) = (text.find('<'), text.find('>')) {
            text.replace_range(from..=to, "");
        }
        text
    };
    row.split("<td").skip(1).map(text).collect()
}

fn reported(id: &str, unit: &str, period: &str, day: &str) -> String {
    let day = if day.is_empty() { String::new() } else { format!(", date: {day}") };
    format!(
        "- {{id: {id}, title: 材料{id}, unit: {unit}, state: reported, period: {period}, duties: [xinxi], kept: 柜子{day}}}\n"
    )
}

const BOARD: &str = "phases/board/wen/2026.html";

#[test]
fn a_month_is_submitted_late_missing_not_yet_due_or_not_asked_for() {
    let list = [
        reported("jishi", "dong", "2026-04", "2026-04-20"),
        reported("chi", "dong", "2026-05", "2026-05-21"),
        reported("wuri", "dong", "2026-06", ""),
        reported("kuayue", "dong", "2026-H2", "2026-07-01"),
        reported("jia", "dong", "2026-08", "2026-08-03"),
        reported("yi", "dong", "2026-08-05", "2026-08-22"),
    ];
    let more = format!("-- content/evidence.yaml --\n{}", list.concat());
    let page = pages(&more, date(2026, 9, 20)).remove(BOARD).unwrap();
    let states =
        ["", "", "未报", "已报", "迟报", "未记日期", "未报", "已报 2 条", "未到期", "未到期", "未到期", "未到期"];
    let expected: Vec<&str> = states.into_iter().chain(["4/6"]).collect();
    assert_eq!(cells(&page, "yue", "dong"), expected, "from March on; the half year is no month");
    assert!(cells(&page, "yue", "xi")[2..8].iter().all(|state| state == "未报"));
    assert!(
        page.contains("evidence/index.html#jishi") || page.contains("#jishi"),
        "the state leads to what was submitted"
    );
    let next = pages(&more, date(2026, 9, 21)).remove(BOARD).unwrap();
    assert_eq!(cells(&next, "yue", "dong")[8], "未报", "the day after it was due");
}

#[test]
fn what_is_only_filed_or_owed_or_of_another_duty_or_unit_is_not_submitted() {
    let more = "-- content/evidence.yaml --
- {id: a, title: 甲, unit: dong, state: filed, period: 2026-04, duties: [xinxi], kept: 柜子}
- {id: b, title: 乙, unit: dong, state: owed, period: 2026-04, duties: [xinxi]}
- {id: c, title: 丙, unit: dong, state: reported, period: 2026-04, duties: [zongjie], kept: 柜子}
- {id: d, title: 丁, unit: xi, state: reported, period: 2026-04, duties: [xinxi], kept: 柜子}
";
    let page = pages(more, TODAY).remove(BOARD).unwrap();
    assert_eq!(cells(&page, "yue", "dong")[3], "未报");
    assert_eq!(cells(&page, "yue", "xi")[3], "未记日期");
}

#[test]
fn news_that_name_a_unit_are_submitted_where_the_task_says_so() {
    let news = |units: &str, day: &str| {
        format!("-- content/news/xin.md --\n---\ntitle: 东镇开班\ndate: {day}\nsource: 东镇\n{units}---\n开班了。\n")
    };
    let state = |units: &str, day: &str| {
        let page = pages(&news(units, day), TODAY).remove(BOARD).unwrap();
        cells(&page, "yue", "dong")[3].clone()
    };
    assert_eq!(state("units: [dong]\n", "2026-04-20"), "已报");
    assert_eq!(state("units: [dong]\n", "2026-04-21"), "迟报");
    assert_eq!(state("units: [dong]\n", "2026-05-01"), "未报");
    assert_eq!(state("units: [xi]\n", "2026-04-20"), "未报");
    assert_eq!(state("about: [units/dong]\n", "2026-04-20"), "未报", "it is about the unit, not from it");
    let without = SITE.replace(", news: true", "");
    let files = files(&format!("{without}{}", news("units: [dong]\n", "2026-04-20")));
    assert_eq!(cells(&published(&files, TODAY)[BOARD], "yue", "dong")[3], "未报");
}

#[test]
fn who_need_not_submit_a_task_is_told_so_beside_those_who_must() {
    let page = pages("", date(2026, 11, 21)).remove(BOARD).unwrap();
    assert_eq!(cells(&page, "nian", "ju"), ["未报", "0/1"]);
    assert_eq!(cells(&page, "nian", "dong"), ["", "不用报"]);
    assert_eq!(cells(&page, "yue", "ju").last().unwrap(), "不用报");
    let before = pages("", date(2026, 11, 20)).remove(BOARD).unwrap();
    assert_eq!(cells(&before, "nian", "ju"), ["未到期", "0/0"]);
}

#[test]
fn there_is_a_board_for_each_year_in_which_something_could_be_submitted() {
    let made = |today| -> Vec<String> {
        pages("", today)
            .into_keys()
            .filter(|path| path.starts_with("phases/board/") && path.ends_with("html"))
            .collect()
    };
    assert_eq!(made(TODAY), [BOARD]);
    assert_eq!(made(date(2027, 1, 1)), [BOARD, "phases/board/wen/2027.html"]);
    let page = pages("", date(2027, 1, 1)).remove("phases/board/wen/2027.html").unwrap();
    assert!(page.contains("2026.html") && page.contains("2027.csv"));
    let earlier = reported("jiu", "ju", "2025", "2025-11-01").replace("xinxi", "zongjie");
    let made = pages(&format!("-- content/evidence.yaml --\n{earlier}"), TODAY);
    assert_eq!(cells(&made["phases/board/wen/2025.html"], "nian", "ju"), ["已报", "1/1"]);
    assert!(!made["phases/board/wen/2025.html"].contains("每月信息"), "it had not begun");
}

#[test]
fn many_units_are_on_several_pages_and_the_worksheet_leads_to_the_right_one() {
    let units: Vec<String> =
        (0..30).map(|n| format!("- {{id: zhen-{n:02}, title: 镇{n:02}, sort: town, region: qu}}\n")).collect();
    let all: Vec<String> = (0..30).map(|n| format!("zhen-{n:02}")).collect();
    let site = SITE.replace("members: [dong, xi]", &format!("members: [{}]", all.join(", ")));
    let site = site.replace("- {id: ju,", &format!("{}- {{id: ju,", units.concat()));
    let site = site.replace("- {id: nian", "- {id: nian, draft: true");
    let made = published(&files(&site), TODAY);
    let rows = |path: &str| made[path].matches("<th scope=\"row\">").count();
    assert_eq!(rows(BOARD), 20);
    assert_eq!(rows("phases/board/wen/2026/page-2.html"), 10);
    assert!(made["units/zhen-19/worksheet.html"].contains("phases/board/wen/2026.html"));
    assert!(made["units/zhen-20/worksheet.html"].contains("phases/board/wen/2026/page-2.html"));
    assert!(!made["units/ju/worksheet.html"].contains("phases/board/"));
}

#[test]
fn the_table_has_a_row_for_each_unit_and_turn_and_runs_nothing() {
    let more = format!(
        "-- content/evidence.yaml --\n{}",
        reported("jishi", "dong", "2026-04", "2026-04-20").replace("材料jishi", "'=1+1'")
    );
    let made = pages(&more, TODAY);
    let table = &made["phases/board/wen/2026.csv"];
    let rows: Vec<&str> = table.trim_start_matches('\u{feff}').split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 1 + 3 + 3 * 12);
    assert_eq!(rows[0], "任务,单位,最迟,状态,日期,条数,材料,地址");
    assert!(rows.contains(&"每月信息,东镇,2026-02-20,不用报,,0,,"));
    assert!(
        rows.iter().any(|row| row.starts_with("每月信息,东镇,2026-04-20,已报,2026-04-20,1,'=1+1,https://a.example/"))
    );
    assert!(rows.contains(&"每月信息,东镇,2026-12-20,未到期,,0,,"));
}

#[test]
fn document_year_and_worksheet_lead_to_the_board() {
    let made = pages("", TODAY);
    for path in ["phases/year.html", "documents/wen.html", "units/dong/worksheet.html"] {
        assert!(made[path].contains("phases/board/wen/2026.html"), "{path}");
    }
    assert!(!made["documents/bie.html"].contains("phases/board"));
    assert!(
        made["units/dong/worksheet.html"].contains("未报 9") || made["units/dong/worksheet.html"].contains("未报 ")
    );
}
