//! The worksheet of a unit: duties of its own and of its classes, indicators, deadlines and evidence, on paper and for programs.

use super::site::{TODAY, files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, base_url: https://a.example/}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/documents.yaml --
- id: wen
  title: 方案
  issuers: [某区]
  region: qu
  clauses: [{id: c1, label: 一, summary: 总则}]
-- content/units.yaml --
- {id: xiangzhen, title: 各乡镇, sort: class, region: qu, members: [dong]}
- {id: dong, title: 东镇, sort: town, region: qu}
- {id: wang, title: 无事局, sort: government, region: qu}
-- content/duties.yaml --
- {id: kai, title: =开会, unit: xiangzhen, sources: [{document: wen, clause: c1}]}
- {id: ban, title: 办班, unit: dong, sources: [{document: wen, clause: c1}]}
-- content/indicators.yaml --
- id: lv
  title: 参与率
  region: qu
  target: {comparator: at-least, value: 50, measure: percent}
  holders: [xiangzhen]
  measured: [{year: 2025, value: 60, unit: dong, evidence: 年报}]
-- content/phases.yaml --
- {id: jie, title: 总结, sort: deadline, document: wen, to: 2026-10, sources: [{document: wen}]}
- {id: qi, title: 推进, sort: phase, document: wen, from: \"2026\", sources: [{document: wen}]}
- {id: bao, title: 报送, sort: recurring, every: year, month: 12, document: wen, sources: [{document: wen}]}
- {id: yue, title: 月报, sort: recurring, every: month, day: 25, document: wen, from: 2026-03, sources: [{document: wen}]}
-- content/evidence.yaml --
- {id: biao, title: 签到表, unit: dong, state: owed, period: \"2026\", duties: [ban]}
- {id: bao, title: 半年报, unit: dong, state: reported, period: 2026-H1, duties: [kai], kept: 柜子}
";

#[test]
fn a_town_has_one_sheet_of_all_that_it_owes_and_who_owes_nothing_has_none() {
    let made = published(&files(SITE), TODAY);
    assert!(!made.contains_key("units/wang/worksheet.html"));
    let html = &made["units/dong/worksheet.html"];
    for text in [
        "=开会",
        "办班",
        "各乡镇",
        "参与率",
        "60%（2025年）",
        "总结",
        "已过期限",
        "推进",
        "正在进行",
        "签到表",
        "半年报",
    ] {
        assert!(html.contains(text), "{text}");
    }
    assert!(html.contains("职责 2 项") && html.contains("指标 1 项") && html.contains("缺材料 1 项"), "{html}");
    assert!(made["units/dong.html"].contains("units/dong/worksheet.html"));
    let place = |id: &str| html.find(&format!("id=\"sec-{id}\"")).unwrap();
    assert!(place("phases") < place("owed") && place("owed") < place("duties"));
}

/// The same site with so many more duties of the town.
fn with_duties(count: usize) -> std::collections::BTreeMap<String, String> {
    let more =
        (0..count).map(|n| format!("- {{id: d{n:02}, title: 职责{n:02}, unit: dong, sources: [{{document: wen}}]}}\n"));
    let more: String = std::iter::once("-- content/duties/more.yaml --\n".to_owned()).chain(more).collect();
    published(&files(&format!("{SITE}{more}")), TODAY)
}

#[test]
fn a_long_list_begins_with_its_first_records_on_a_phone_and_leads_to_the_rest() {
    // With the one of its own and that of its class.
    let (few, many) = (with_duties(18), with_duties(20));
    for page in ["units/dong/worksheet.html", "units/dong.html"] {
        assert!(!few[page].contains("rest-link"), "{page}");
    }
    let sheet = &many["units/dong/worksheet.html"];
    assert_eq!(sheet.matches("<tr class=\"rest\"").count(), 10, "{sheet}");
    assert!(sheet.contains("<tr class=\"rest\" id=\"sec-duties-rest\">"));
    assert!(sheet.contains("<a href=\"#sec-duties-rest\">展开其余 10 条<span"));
    let unit = &many["units/dong.html"];
    let (_, rest) = unit.split_once("<li class=\"record rest\" id=\"").unwrap();
    let anchor = rest.split_once('"').unwrap().0;
    assert!(
        unit.contains(&format!("<p class=\"rest-link\" data-search=\"none\"><a href=\"#{anchor}\">展开其余 ")),
        "{unit}"
    );
}

#[test]
fn the_table_runs_nothing_and_the_calendar_has_what_is_due() {
    let made = published(&files(SITE), TODAY);
    let table = &made["units/dong/worksheet.csv"];
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(
        rows[1..],
        [
            "部门职责,办班,方案 一,,,,,,待补",
            "部门职责,'=开会,方案 一,各乡镇,,,,,已归档",
            "指标,参与率,,各乡镇,不少于 50%,60%,2025,达到,缺材料",
            "阶段与时限,推进,方案,,2026年起,,,,",
            "阶段与时限,月报,方案,,每月25日以前（2026年3月起）,,,,",
            "阶段与时限,总结,方案,,2026年10月截止,,,,",
            "阶段与时限,报送,方案,,每年12月,,,,",
            "",
        ]
    );
    let calendar = &made["units/dong/worksheet.ics"];
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
    assert!(calendar.contains("DTSTART;VALUE=DATE:20261031\r\nDTEND;VALUE=DATE:20261101\r\nSUMMARY:总结\r\n"));
    assert!(calendar.contains("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1\r\nSUMMARY:报送"), "{calendar}");
    assert!(calendar.contains("RRULE:FREQ=MONTHLY;BYMONTHDAY=25\r\nSUMMARY:月报"), "{calendar}");
}

#[test]
fn what_is_due_next_is_said_first() {
    let said = |today: &str| {
        let html = published(&files(SITE), today.parse().unwrap())["units/dong/worksheet.html"].clone();
        let (_, rest) = html.split_once("最近的期限：").unwrap();
        rest.split(['　', '<']).next().unwrap().to_owned()
    };
    assert_eq!(said("2026-10-25"), "2026年10月25日，月报");
    assert_eq!(said("2026-10-26"), "2026年10月31日，总结");
    assert_eq!(said("2026-11-01"), "2026年11月25日，月报");
}

#[test]
fn a_unit_sees_what_it_is_asked_to_hand_in_by_a_document_that_gives_it_no_duty() {
    let asks = |units: &str| {
        let more = format!(
            "-- content/documents/more.yaml --\n- {{id: tong, title: 通知, issuers: [某区], region: qu}}\n\
             -- content/phases/more.yaml --\n- {{id: nian, title: 报送清单, sort: recurring, every: year, month: 12, document: tong, \
             collects: [resources], units: [{units}]}}\n"
        );
        let mut all = files(SITE);
        all.extend(files(&more));
        published(&all, TODAY)["units/dong/worksheet.html"].contains("报送清单")
    };
    assert!(asks("dong") && asks("xiangzhen"));
    assert!(!asks("wang"));
}

#[test]
fn the_working_year_has_what_is_due_month_by_month() {
    let made = published(&files(SITE), TODAY);
    let page = &made["phases/year.html"];
    let months: Vec<&str> = page.split("<section ").skip(1).filter(|part| part.contains("id=\"month-")).collect();
    // The monthly report begins in March.
    assert_eq!(months.len(), 10);
    assert!(months[7].contains("总结") && months[7].contains("2026年10月31日") && !months[7].contains("报送"));
    assert!(months[9].contains("报送") && months[9].contains("2026年12月25日") && months[9].contains("2026年12月31日"));
    assert_eq!(made["phases/year.ics"].matches("BEGIN:VEVENT").count(), 3);
}
