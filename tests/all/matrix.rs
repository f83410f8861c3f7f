//! Duties × units: how each unit is bound, on the page, on paper and in the table.

use super::figures::read;
use super::site::{TODAY, files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/documents.yaml --
- id: wen
  title: 方案
  issuers: [某区]
  region: qu
  clauses: [{id: c1, label: 一, summary: 总则}, {id: c2, label: 二, summary: 分工}]
- {id: kong, title: 空文, issuers: [某区], region: qu}
-- content/units.yaml --
- {id: ju, title: 教育局, sort: government, region: qu}
- {id: cai, title: 财政局, sort: government, region: qu}
- {id: dong, title: 东镇, sort: town, region: qu}
- {id: xi, title: 西镇, sort: town, region: qu}
- {id: zhen, title: 各镇, sort: class, region: qu, members: [dong, xi]}
- {id: quanti, title: 各单位, sort: class, region: qu, members: [ju, zhen]}
-- content/duties.yaml --
- {id: qian, title: 牵头抓总, unit: ju, role: lead, sources: [{document: wen, clause: c2}]}
- {id: qian-cai, title: 安排经费, unit: cai, sources: [{document: wen, clause: c2}], inferred: 公文没有点名}
- {id: kai, title: 开会, unit: quanti, scope: shared, sources: [{document: wen, clause: c1}]}
- {id: jian, title: 建校, unit: zhen, sources: [{document: wen, clause: c2}]}
- {id: dong-ban, title: 东镇办班, unit: dong, sources: [{document: wen, clause: c2}]}
-- content/committees.yaml --
- id: zu
  title: 领导小组
  region: qu
  sources: [{document: wen}]
  seats: [{person: 甲, post: 局长, role: head, units: [ju]}]
";

/// The units that a row of the page names, each with its mark and whether it is so through a class.
fn bound(html: &str, title: &str) -> Vec<(String, String, bool)> {
    // What keeps a mark on one line says nothing.
    let html = html.replace("<span class=\"kept\">", "").replace("</span>", "");
    let row = html.split("<tr>").find(|row| row.contains("scope=\"row\"") && row.contains(title)).unwrap();
    let cells =
        row.split("<td").skip(1).filter(|cell| cell.contains("data-head=\"") && !cell.contains("data-head=\"条款\""));
    let text = |cell: &str| {
        let inner = cell.split_once('>').unwrap().1.split("</td>").next().unwrap();
        inner.split_once('>').map_or(inner, |(_, rest)| rest).split('<').next().unwrap().to_owned()
    };
    let unit = |cell: &str| cell.split("data-head=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    cells.map(|cell| (unit(cell), text(cell), cell.contains("class=\"through\""))).collect()
}

fn of(unit: &str, mark: &str, through: bool) -> (String, String, bool) {
    (unit.to_owned(), mark.to_owned(), through)
}

#[test]
fn each_duty_names_its_units_and_how_they_are_bound() {
    let made = published(&files(SITE), TODAY);
    let html = &made["matrix/wen.html"];
    let sorted = |title: &str| {
        let mut all = bound(html, title);
        all.sort();
        all
    };
    assert_eq!(sorted("牵头抓总"), [of("教育局", "牵头", false)]);
    assert_eq!(sorted("安排经费"), [of("财政局", "承担（推定）", false)]);
    assert_eq!(sorted("东镇办班"), [of("东镇", "承担", false)]);
    // Who has a column of its own is bound through its class; 西镇 has none, it stands in the column of the class.
    assert_eq!(sorted("建校"), [of("东镇", "随类", true), of("各镇（2 个单位）", "承担", false)]);
    assert_eq!(
        sorted("开会"),
        [
            of("东镇", "随类", true),
            of("各单位（3 个单位）", "共同", false),
            of("各镇（2 个单位）", "随类", true),
            of("教育局", "随类", true),
        ]
    );
    assert_eq!(sorted("领导小组席位"), [of("教育局", "组长", false)]);
    assert!(!html.contains("units/xi.html"));
    // The clauses of the notice come in their order.
    assert!(html.find("开会").unwrap() < html.find("牵头抓总").unwrap());
    for page in ["documents/wen.html", "reconcile/documents/wen.html"] {
        assert!(made[page].contains("matrix/wen.html"), "{page}");
    }
    assert!(!made.contains_key("matrix/kong.html") && !made["documents/kong.html"].contains("matrix/"));
}

#[test]
fn the_table_has_a_column_for_every_unit() {
    let made = published(&files(SITE), TODAY);
    let rows = read(&made["matrix/wen.csv"]);
    let mut head = rows[0].clone();
    head[2..].sort();
    assert_eq!(head, ["职责", "条款", "东镇", "教育局", "西镇", "财政局"]);
    let cell = |title: &str, unit: &str| {
        let row = rows.iter().find(|row| row[0] == title).unwrap();
        row[rows[0].iter().position(|head| head == unit).unwrap()].clone()
    };
    assert_eq!(cell("建校", "西镇"), "随类（各镇）");
    assert_eq!(cell("建校", "教育局"), "");
    assert_eq!(cell("开会", "教育局"), "随类（各单位）");
    assert_eq!(cell("安排经费", "财政局"), "承担（推定）");
    assert_eq!(cell("领导小组席位", "教育局"), "组长");
    assert_eq!(cell("领导小组席位", "财政局"), "");
}

#[test]
fn a_page_has_as_many_duties_as_a_phone_can_show() {
    let more = |count: usize| {
        let one =
            |nth: usize| format!("- {{id: z{nth}, title: 杂事{nth}, unit: cai, sources: [{{document: kong}}]}}\n");
        let all: String = (0..count).map(one).collect();
        published(&files(&format!("{SITE}-- content/duties/z.yaml --\n{all}")), TODAY)
    };
    assert!(!more(40).contains_key("matrix/kong/page-2.html"));
    let two = more(41);
    assert_eq!(two["matrix/kong/page-2.html"].matches("scope=\"row\"").count(), 1);
}
