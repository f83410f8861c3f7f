//! What units hand in every year: who did not, who was late, last year's plan beside this year's list, and the same rows in all exports.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::sync::Mutex;

use jiff::civil::{Date, date};
use shuyuan::diag::{Code, Findings};
use shuyuan::pipeline::{self, Timings};

use super::site::{Depth, check, files, prepare, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, base_url: https://a.example/}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/documents.yaml --
- {id: wen, title: 方案, issuers: [某区], region: qu}
-- content/units.yaml --
- {id: lei, title: 成员单位, sort: class, region: qu, members: [jia, yi, bing, ding, wu]}
- {id: kong, title: 各学校, sort: class, region: qu}
- {id: jia, title: 甲局, sort: government, region: qu}
- {id: yi, title: 乙局, sort: government, region: qu}
- {id: bing, title: 丙局, sort: government, region: qu}
- {id: ding, title: 丁局, sort: government, region: qu}
- {id: wu, title: 戊局, sort: government, region: qu}
- {id: wai, title: 外会, sort: other, region: qu}
- {id: ke, title: 过客, sort: other, region: qu}
-- content/duties.yaml --
- {id: bao, title: 报送, unit: lei, sources: [{document: wen}]}
-- content/phases.yaml --
- {id: jiao, title: 报送, sort: recurring, every: year, month: 12, day: 20, document: wen, from: 2025-12, sources: [{document: wen}], COLLECTS}
-- content/resources.yaml --
- id: jia-26
  title: 甲局清单
  unit: jia
  region: qu
  year: 2026
  date: 2025-12-20
  lines:
    - {sort: venue, title: 一楼 教室, fulfils: 修教室}
    - {sort: equipment, title: 扩音器, detail: \"=cmd|' /C calc'!A0\"}
    - {sort: course, title: \"+新课\"}
- {id: yi-26, title: 乙局清单, unit: yi, region: qu, year: 2026, date: 2025-12-21, lines: [{sort: venue, title: 院子}]}
- {id: ding-26, title: 丁局清单, unit: ding, region: qu, year: 2026, date: 2025-12-01, lines: [{sort: venue, title: 会议室}]}
- {id: wu-26, title: 戊局清单, unit: wu, region: qu, year: 2026, lines: [{sort: venue, title: 走廊}]}
- {id: wai-26, title: 外会清单, unit: wai, region: qu, year: 2026, date: 2025-12-01, lines: [{sort: venue, title: 帐篷}], sources: [{document: wen}]}
- {id: ke-26, title: 过客清单, unit: ke, region: qu, year: 2026, date: 2025-12-01, lines: [{sort: venue, title: 行囊}]}
-- content/plans.yaml --
- id: jia-plan-25
  title: 甲局去年计划
  unit: jia
  region: qu
  year: 2025
  lines:
    - {sort: building, title: 修教室}
    - {sort: building, title: 扩 音器}
    - {sort: activity, title: 读书日}
    - {sort: rule, title: 登记办法}
- {id: jia-plan-26, title: 甲局计划, unit: jia, region: qu, year: 2026, date: 2025-12-20, lines: [{sort: activity, title: 读书日}]}
- {id: yi-plan-26, title: 乙局计划, unit: yi, region: qu, year: 2026, date: 2025-12-20, lines: [{sort: activity, title: 赛歌}]}
- {id: wu-plan-26, title: 戊局计划, unit: wu, region: qu, year: 2026, lines: [{sort: activity, title: 散步}]}
";

const ASKED: &str = "collects: [resources, plans], units: [lei, kong]";
const DAY: Date = date(2026, 11, 21);
const PAGE: &str = "bundles/wen/2026.html";
const PRINT: &str = "bundles/wen/2026/print.html";

fn site(collects: &str) -> String {
    SITE.replace(", COLLECTS", &if collects.is_empty() { String::new() } else { format!(", {collects}") })
}

fn made(text: &str, day: Date) -> BTreeMap<String, Vec<u8>> {
    let mut findings = Findings::default();
    let site = prepare(&files(text), day, &mut findings).unwrap();
    let made = Mutex::new(BTreeMap::new());
    let put = |artifact: shuyuan::artifact::Artifact| {
        made.lock().unwrap().insert(artifact.path, artifact.bytes.to_vec());
        Ok(())
    };
    pipeline::pages(&site, &put, &mut findings, &mut Timings::new()).unwrap();
    made.into_inner().unwrap()
}

/// What stands between two texts of a page.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html.find(from).unwrap_or_else(|| panic!("{from} in {html}"));
    let end = html[start..].find(to).map_or(html.len(), |end| start + end);
    &html[start..end]
}

/// The part of a unit on the page that is to be printed.
fn unit<'a>(html: &'a str, id: &str) -> &'a str {
    between(html, &format!("<h2 id=\"unit-{id}\">"), "</section>")
}

#[test]
fn who_handed_in_nothing_is_named_first_and_whoever_was_late_is_marked() {
    let made = published(&files(&site(ASKED)), DAY);
    let page = &made[PAGE];
    let missing = between(page, "id=\"sec-missing\"", "</section>");
    assert!(missing.contains("没有交的单位") && missing.contains("1 家") && missing.contains("丙局"), "{missing}");
    for other in ["甲局", "乙局", "丁局", "戊局", "外会"] {
        assert!(!missing.contains(other), "{other}");
    }
    assert!(page.find("id=\"sec-missing\"").unwrap() < page.find("id=\"sec-entries\"").unwrap());
    assert!(page.contains("要交的 5 家：按时交 1、晚交 1、没有写日期 1、只交了一部分 1、没有交 1。"), "{page}");
    assert!(page.contains("资源清单、行动计划：2025年12月20日截止，已经截止。"), "{page}");
    assert!(page.contains("名单不清楚，没有算进来的：各学校。"));
    let print = &made[PRINT];
    // The last day is in time; the next is not.
    assert!(unit(print, "jia").contains("按时交") && !unit(print, "jia").contains("晚交"));
    assert!(unit(print, "yi").contains("2025年12月21日（晚交）"));
    assert!(unit(print, "ding").contains("只交了一部分") && unit(print, "ding").contains("没有交行动计划"));
    assert!(unit(print, "wu").contains("没有写日期"));
    // Who was not asked stands in it only if the list says for which document it is.
    assert!(unit(print, "wai").contains("不在名单上") && !print.contains("过客"));
}

#[test]
fn until_the_last_day_is_over_nobody_is_said_to_have_failed() {
    let open = published(&files(&site(ASKED)), date(2025, 12, 20));
    assert!(
        open[PAGE].contains("还没有交的单位")
            && open[PAGE].contains("还没有截止")
            && open[PAGE].contains("还没有交 1。")
    );
    assert!(open[PRINT].contains("还没有交行动计划"));
    let over = published(&files(&site(ASKED)), date(2025, 12, 21));
    assert!(!over[PAGE].contains("还没有交") && !over[PRINT].contains("还没有交行动计划"));
}

#[test]
fn last_years_plan_stands_beside_this_years_list() {
    let made = published(&files(&site(ASKED)), DAY);
    let print = &made[PRINT];
    let compared = between(unit(print, "jia"), "对照上一年：甲局去年计划", "</table>");
    let rows: Vec<Vec<String>> = compared
        .split("<tr>")
        .skip(2)
        .map(|row| {
            let cells = row.split("</t").map(|cell| cell.rsplit('>').next().unwrap_or_default().trim().to_owned());
            cells.take(3).collect()
        })
        .collect();
    let expected = [
        ["清单里有", "建设 修教室", "场地 一楼 教室"],
        ["清单里有", "建设 扩 音器", "设备 扩音器"],
        ["清单里没有，又列入计划", "活动 读书日", "活动 读书日"],
        ["没有看到", "制度 登记办法", ""],
        ["新增", "", "课程 +新课"],
    ];
    assert_eq!(rows, expected);
    // Without one of both nothing is compared, and nothing is new.
    assert!(unit(print, "yi").contains("本站没有收录它上一年的行动计划，不能对照。"));
    assert!(!unit(print, "yi").contains("新增"));
}

#[test]
fn a_page_leads_to_the_bundle_from_wherever_one_asks_for_it() {
    let made = published(&files(&site(ASKED)), DAY);
    for from in ["units/jia/worksheet.html", "units/bing/worksheet.html", "documents/wen.html", "bundles/index.html"] {
        assert!(made[from].contains("bundles/wen/2026.html"), "{from}");
    }
    for from in ["plans/index.html", "resources/index.html"] {
        assert!(made[from].contains("bundles/index.html"), "{from}");
    }
    assert!(made[PAGE].contains("wen/2026.csv") && made[PAGE].contains("wen/2026.xlsx"));
    let print = &made[PRINT];
    assert!(print.find("id=\"sec-contents\"").unwrap() < print.find("id=\"sec-missing\"").unwrap());
    assert!(print.contains("#unit-jia"));
}

#[test]
fn there_is_no_bundle_where_nobody_is_asked_or_nobody_handed_in_anything() {
    let none = |text: &str| published(&files(text), DAY).keys().all(|path| !path.starts_with("bundles/"));
    assert!(none(&site("")));
    assert!(none(&site(ASKED).replace("from: 2025-12", "from: 2026-12")));
    let made = published(&files(&site(ASKED)), DAY);
    // What was handed in before anybody asked for it is none either.
    let years = made.keys().filter(|path| path.starts_with("bundles/wen/")).map(|path| &path[12..16]);
    assert!(made.contains_key("bundles/index.html"));
    assert_eq!(years.collect::<BTreeSet<_>>(), BTreeSet::from(["2026"]));
}

#[test]
fn where_no_unit_is_named_the_roster_of_the_committee_is_asked() {
    let committee = "\
-- content/committees.yaml --
- id: zu
  title: 领导小组
  region: qu
  seats:
    - {person: 赵某, post: 区长, role: head, units: [wai]}
    - {person: 钱某, post: 局长, role: member, units: [jia]}
    - {person: 孙某, post: 局长, role: member, units: [bing]}
";
    let made = published(&files(&(site("collects: [resources, plans]") + committee)), DAY);
    assert!(made[PAGE].contains("要交的 2 家：按时交 1、没有交 1。"), "{}", made[PAGE]);
}

#[test]
fn a_large_bundle_has_pages_and_its_contents_lead_to_every_unit() {
    let made = published(&files(&site(ASKED)), DAY);
    for unit in ["jia", "yi", "ding", "wu", "wai"] {
        let way = made[PAGE].split("href=\"").find(|way| way.contains(&format!("#unit-{unit}\""))).unwrap();
        let path = way.split('#').next().unwrap().trim_start_matches("../");
        assert!(path.starts_with("bundles/wen/2026/page-"), "{path}");
        assert!(made[path].contains(&format!("id=\"unit-{unit}\"")), "{unit} is not on {path}");
    }
    // One that fits on a page has one.
    let small = published(
        &files(
            &site("collects: [plans], units: [yi]").replace(", sources: [{document: wen}]}\n- {id: ke", "}\n- {id: ke"),
        ),
        DAY,
    );
    assert!(small[PAGE].contains("id=\"unit-yi\"") && !small.contains_key("bundles/wen/2026/page-2.html"));
}

/// The rows of a CSV file, as an office program reads them.
fn csv(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(c),
        }
    }
    rows
}

/// The rows of the first sheet of a workbook; every cell must be a text.
fn xlsx(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    assert!(!text.contains("<f>") && !text.contains("<f "), "a formula");
    let tree = roxmltree::Document::parse(&text).unwrap();
    let rows = tree.descendants().filter(|node| node.has_tag_name("row") || node.tag_name().name() == "row");
    let row = |node: roxmltree::Node<'_, '_>| {
        let mut cells: Vec<String> = Vec::new();
        for cell in node.children().filter(|cell| cell.tag_name().name() == "c") {
            assert_eq!(cell.attribute("t"), Some("inlineStr"));
            let place = cell.attribute("r").unwrap();
            let column = place.bytes().take_while(u8::is_ascii_uppercase);
            let column = column.fold(0, |at, letter| at * 26 + usize::from(letter - b'A') + 1);
            cells.resize(column - 1, String::new());
            cells.push(cell.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect());
        }
        cells
    };
    rows.map(row).collect()
}

#[test]
fn both_exports_hold_the_same_rows_in_which_nothing_runs() {
    let made = made(&site(ASKED), DAY);
    let table = csv(std::str::from_utf8(&made["bundles/wen/2026.csv"]).unwrap());
    let mut sheet = xlsx(&made["bundles/wen/2026.xlsx"]);
    let width = table[0].len();
    for row in &mut sheet {
        row.resize(width, String::new());
    }
    assert_eq!(table[0][..3], ["单位", "状态", "材料"]);
    assert!(table.iter().all(|row| row.len() == width));
    assert_eq!(table[1][..3], ["丙局", "没有交", "没有交资源清单"], "who handed in nothing is first");
    // In CSV a formula begins with an apostrophe; in XLSX a text is one whatever it begins with.
    let is_formula = |cell: &String| cell.starts_with(['=', '+', '-', '@']);
    assert!(!table.iter().flatten().any(is_formula));
    let found: Vec<&String> = sheet.iter().flatten().filter(|cell| is_formula(cell)).collect();
    assert_eq!(found, ["=cmd|' /C calc'!A0", "+新课"]);
    let plain = table.iter().map(|row| {
        let cell = |cell: &String| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        row.iter().map(cell).collect::<Vec<_>>()
    });
    assert_eq!(plain.collect::<Vec<_>>(), sheet);
    assert!(table.iter().any(|row| row[10] == "新增" && row[11] == "课程 +新课"));
}

#[test]
fn the_same_content_is_the_same_bytes_on_any_day() {
    let (first, later) = (made(&site(ASKED), DAY), made(&site(ASKED), date(2026, 11, 30)));
    for path in ["bundles/wen/2026.csv", "bundles/wen/2026.xlsx"] {
        assert_eq!(first[path], later[path], "{path}");
    }
}

#[test]
fn a_line_that_answers_none_is_said() {
    let codes = |text: &str| {
        let found = check(&files(text), DAY, Depth::Prepare);
        found.iter().filter(|one| one.mistake.code == Code::UnknownLine).count()
    };
    assert_eq!(codes(&site(ASKED)), 0);
    assert_eq!(codes(&site(ASKED).replace("fulfils: 修教室", "fulfils: 修大门")), 1);
    // A plan that is not published yet is a plan.
    let hidden = "unit: jia\n  region: qu\n  year: 2025\n";
    assert_eq!(codes(&site(ASKED).replace(hidden, &format!("{hidden}  publish: 2027-01-01\n"))), 0);
}
