//! The index of figures, and the figures for programs: every indicator with its holders, values, clause and evidence.

use serde_json::Value;

use super::site::{TODAY, files, published, unkept};

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
  clauses: [{id: c1, label: 二（一）, summary: 参与}]
-- content/units.yaml --
- {id: xiangzhen, title: 各乡镇, sort: class, region: qu, members: [dong, xi]}
- {id: dong, title: 东镇, sort: town, region: qu}
- {id: xi, title: =西镇, sort: town, region: qu}
-- content/indicators.yaml --
- id: lv
  title: 参与率
  region: qu
  target: {comparator: at-least, value: 50, measure: percent}
  holders: [xiangzhen]
  sources: [{document: wen, clause: c1}]
  measured:
    - {year: 2024, value: 40, unit: dong, evidence: 年报}
    - {year: 2025, value: 33, of: 60, unit: dong, evidence: \"年报, 第 \\\"3\\\" 页\", items: [biao], sample: true}
- id: xiao
  title: 示范校
  region: qu
  target: {comparator: at-least, value: 1, measure: piece, by: \"2026\"}
  holders: [dong]
  answered: {award: school, level: province}
-- content/awards.yaml --
- {id: jiang, title: 东镇学校, class: school, level: province, year: 2025, region: qu, holder: 东镇}
-- content/evidence.yaml --
- {id: biao, title: 统计表, unit: dong, state: filed, period: \"2025\", indicators: [lv], kept: 柜子}
";

/// The rows of a table, read as a spreadsheet reads them.
pub fn read(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = csv.strip_prefix('\u{feff}').expect("a byte order mark").chars().peekable();
    while let Some(char) = chars.next() {
        match (quoted, char) {
            (true, '"') if chars.peek() == Some(&'"') => cell.extend(chars.next()),
            (true, '"') => quoted = false,
            (false, '"') => quoted = true,
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => {}
            (false, '\n') => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (_, char) => cell.push(char),
        }
    }
    rows
}

#[test]
fn the_index_tells_of_every_figure_what_an_inspector_asks() {
    let made = published(&files(SITE), TODAY);
    let html = &unkept(&made["indicators/index.html"]);
    let row = html.split("<tr>").find(|row| row.contains("参与率")).unwrap();
    for text in [
        "indicators/lv.html",
        "不少于 50%",
        "2 个单位",
        "1 个有数值",
        "达到 1，未报 1",
        "documents/wen.html#c1",
        "二（一）",
        "indicators/lv.html#sec-materials",
    ] {
        assert!(row.contains(text), "{text}: {row}");
    }
    let row = html.split("<tr>").find(|row| row.contains("示范校")).unwrap();
    assert!(row.contains("本站收录 1 个") && row.contains("达到") && row.contains("units/dong.html"), "{row}");
    assert!(html.contains("达到 1、未报 1"), "{html}");
    assert!(
        made["indicators/lv.html"].contains("id=\"sec-materials\"") && made["indicators/lv.html"].contains("统计表")
    );
    assert!(!made["indicators/xiao.html"].contains("id=\"sec-materials\""));
    // Home leads to the index, and the index to the figure.
    assert!(made["index.html"].contains("href=\"indicators/index.html\""));
}

#[test]
fn up_to_what_a_phone_can_show_all_figures_stand_open_on_one_page() {
    let more = |count: usize| {
        let one = |nth: usize| {
            format!("- {{id: z{nth}, title: 指标{nth}, region: qu, target: {{comparator: at-least, value: 1}}}}\n")
        };
        let all: String = (0..count).map(one).collect();
        published(&files(&format!("{SITE}-- content/indicators/z.yaml --\n{all}")), TODAY)
    };
    let open = more(48);
    assert!(!open["indicators/index.html"].contains("section-folded"));
    let folded = more(49);
    assert!(folded["indicators/index.html"].contains("section-folded"));
    assert!(folded["indicators/index.html"].contains("指标48") && !folded.contains_key("indicators/page-2.html"));
    let two = more(160);
    assert!(two.contains_key("indicators/page-2.html") && !two.contains_key("indicators/page-3.html"));
    assert_eq!(two["indicators/page-2.html"].matches("<th scope=\"row\">").count(), 2);
    assert!(two["indicators/index.html"].len() < 200_000);
}

#[test]
fn what_programs_read_is_what_pages_say() {
    let made = published(&files(SITE), TODAY);
    let data: Value = serde_json::from_str(&made["indicators.json"]).unwrap();
    assert_eq!((&data["version"], &data["day"]), (&Value::from(1), &Value::from("2026-11-01")));
    let of = |id: &str| {
        let all = data["indicators"].as_array().unwrap();
        all.iter().find(|one| one["id"] == id).unwrap().clone()
    };
    let rate = of("lv");
    assert_eq!(rate["url"], "https://a.example/indicators/lv.html");
    assert_eq!(rate["target"]["comparator"], "at-least");
    assert_eq!(rate["target"]["value"], 50.0);
    assert_eq!((&rate["verdict"], &rate["basis"]), (&Value::from("unknown"), &Value::from("values")));
    assert_eq!(rate["sources"][0]["label"], "二（一）");
    let holder = |unit: &str| {
        let all = rate["holders"].as_array().unwrap();
        all.iter().find(|one| one["unit"]["id"] == unit).unwrap().clone()
    };
    assert_eq!(holder("dong")["through"]["id"], "xiangzhen");
    let latest = &holder("dong")["values"][0];
    assert_eq!((&latest["year"], &latest["comparable"]), (&Value::from(2025), &Value::from(55.0)));
    assert_eq!((&latest["verdict"], &latest["sample"]), (&Value::from("met"), &Value::from(true)));
    assert_eq!(latest["items"][0]["id"], "biao");
    assert_eq!(holder("dong")["values"][1]["verdict"], "missed");
    assert_eq!((&holder("xi")["verdict"], &holder("xi")["values"]), (&Value::from("unknown"), &Value::Array(vec![])));
    assert_eq!(rate["evidence"]["items"][0]["state"], "filed");
    let school = of("xiao");
    assert_eq!((&school["verdict"], &school["basis"]), (&Value::from("met"), &Value::from("honours")));
    assert_eq!(school["honours"]["items"][0]["id"], "jiang");
}

#[test]
fn the_table_reads_back_to_the_same_values() {
    let made = published(&files(SITE), TODAY);
    let data: Value = serde_json::from_str(&made["indicators.json"]).unwrap();
    let rows = read(&made["indicators.csv"]);
    let column = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    let (id, unit, year, value, shown) =
        (column("编号"), column("责任单位"), column("年份"), column("数值"), column("依据材料"));
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let mut told = Vec::new();
    for one in data["indicators"].as_array().unwrap() {
        for holder in one["holders"].as_array().unwrap() {
            let begin = [one["id"].as_str().unwrap(), holder["unit"]["title"].as_str().unwrap()].map(str::to_owned);
            let values = holder["values"].as_array().unwrap();
            for known in values {
                told.push((begin.clone(), known["year"].to_string(), known["value"].as_f64()));
            }
            if values.is_empty() {
                told.push((begin, String::new(), None));
            }
        }
    }
    let mut read: Vec<_> = rows[1..]
        .iter()
        .filter(|row| row[unit] != "按名单统计")
        // What could run as a formula begins with an apostrophe.
        .map(|row| [row[id].clone(), row[unit].trim_start_matches('\'').to_owned()])
        .zip(rows[1..].iter().filter(|row| row[unit] != "按名单统计"))
        .map(|(begin, row)| (begin, row[year].clone(), row[value].parse::<f64>().ok()))
        .collect();
    told.sort_by(|a, b| a.partial_cmp(b).unwrap());
    read.sort_by(|a, b| a.partial_cmp(b).unwrap());
    assert_eq!(read, told);
    assert!(rows.iter().any(|row| row[shown] == "年报, 第 \"3\" 页、统计表"), "{rows:?}");
    assert!(rows.iter().any(|row| row[unit] == "'=西镇"));
}

#[test]
fn a_portal_without_figures_has_neither_index_nor_data() {
    let bare = SITE.split("-- content/indicators.yaml").next().unwrap();
    let made = published(&files(bare), TODAY);
    assert!(made.keys().all(|path| !path.starts_with("indicators")), "{:?}", made.keys());
}

/// The pages that a page leads to, by root address.
fn ways(made: &std::collections::BTreeMap<String, String>, page: &str) -> Vec<String> {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let hrefs =
        made[page].split("<a ").skip(1).filter_map(|link| link.split("href=\"").nth(1)?.split(['"', '#']).next());
    let full = hrefs.map(|href| match href.strip_prefix("../") {
        Some(rest) => rest.to_owned(),
        None if folder.is_empty() => href.to_owned(),
        None => format!("{folder}/{href}"),
    });
    full.filter(|address| made.contains_key(address)).collect()
}

#[test]
fn every_figure_is_two_ways_from_home_however_many_there_are() {
    let document = |nth: usize| {
        format!(
            "- {{id: d{nth}, title: 通知{nth}, issuers: [某区], region: qu, clauses: [{{id: c, label: 一, summary: 参与}}]}}\n"
        )
    };
    let figure = |nth: usize| {
        format!(
            "- {{id: z{nth}, title: 指标{nth}, region: qu, holders: [dong], target: {{comparator: at-least, value: 1}}, sources: [{{document: d{}, clause: c}}]}}\n",
            nth / 40
        )
    };
    let documents: String = (0..5).map(document).collect();
    let figures: String = (0..200).map(figure).collect();
    let more = format!("-- content/documents/d.yaml --\n{documents}-- content/indicators/z.yaml --\n{figures}");
    let site = SITE.replace("base_url:", "home: [{block: standing}], base_url:");
    let made = published(&files(&format!("{site}{more}")), TODAY);
    let reached: std::collections::BTreeSet<String> =
        ways(&made, "index.html").iter().flat_map(|page| ways(&made, page)).collect();
    let missing: Vec<String> =
        (0..200).map(|nth| format!("indicators/z{nth}.html")).filter(|page| !reached.contains(page)).collect();
    assert!(missing.is_empty(), "{missing:?}");

    // The line of its region leads into the fold of its first document, which opens by that.
    assert!(made["index.html"].contains("href=\"indicators/index.html#sec-of-"));
    let index = &made["indicators/index.html"];
    let way = made["index.html"].split("indicators/index.html#").nth(1).unwrap().split('"').next().unwrap();
    let fold = index.split(&format!("<span id=\"{way}\"></span>")).next().unwrap();
    assert!(way.ends_with("-in") && fold.trim_end().ends_with("</summary>"), "{way}");
    assert!(index.contains("indicators/page-2.html#sec-of-d"), "the rest is named on the first page");
}
