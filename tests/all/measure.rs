//! How far indicators are: for each holder, in words, on the pages of indicators and units.

use super::site::{TODAY, files, published};

/// Two towns of a class and an office that is named itself, with values of which one is missing.
const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/units.yaml --
- {id: xiangzhen, title: 各乡镇, sort: class, region: qu, members: [dong, xi]}
- {id: dong, title: 东镇, sort: town, region: qu}
- {id: xi, title: 西镇, sort: town, region: qu}
- {id: ju, title: 教育局, sort: government, region: qu}
-- content/indicators.yaml --
- id: canyu
  title: 参与比例
  region: qu
  target: {comparator: at-least, value: 50, measure: percent}
  holders: [xiangzhen, ju]
  measured:
    - {year: 2024, value: 49, unit: dong, evidence: 年报}
    - {year: 2025, value: 30, of: 60, unit: dong, evidence: 名册}
    - {year: 2025, value: 49.9, unit: ju, evidence: 年报}
- id: tigao
  title: 经费
  region: qu
  target: {comparator: increasing, measure: yuan, by: \"2027\"}
  holders: [ju]
  measured:
    - {year: 2024, value: 2, unit: ju, evidence: 预算}
    - {year: 2025, value: 2, unit: ju, evidence: 预算}
";

/// The cells of each row of the table under a heading.
fn table(html: &str, heading: &str) -> Vec<Vec<String>> {
    let part = html.split("<section ").find(|part| part.contains(&format!("id=\"{heading}\""))).unwrap_or_default();
    let body =
        part.split_once("<tbody>").and_then(|(_, rest)| rest.split_once("</tbody>")).map_or("", |(body, _)| body);
    let text = |cell: &str| {
        let pieces = cell.split('<').enumerate();
        let texts = pieces
            .map(|(nth, piece)| if nth == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
        texts.collect::<Vec<_>>().concat()
    };
    let row = |row: &str| {
        let cells = row.replace("<th scope=\"row\">", "<td>").replace("</th>", "</td>");
        let inner = |cell: &str| {
            cell.split_once('>').map_or(String::new(), |(_, rest)| text(rest.split("</td>").next().unwrap_or_default()))
        };
        cells.split("<td").skip(1).map(inner).collect()
    };
    body.split("<tr>").skip(1).map(row).collect()
}

#[test]
fn every_holder_is_listed_and_none_without_a_value_has_met_anything() {
    let made = published(&files(SITE), TODAY);
    let rows = table(&made["indicators/canyu.html"], "sec-holders");
    let told: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(told, ["教育局|49.9%（2025年）|未达到|年报", "东镇|30（共 60）（2025年）|达到|名册", "西镇||未报|",]);
    assert!(made["indicators/canyu.html"].contains("未达到（达到 1，未达到 1，未报 1）"));
    let earlier = table(&made["indicators/canyu.html"], "sec-measured");
    assert_eq!(earlier, [["东镇", "49%（2024年）", "未达到", "年报"]]);
}

#[test]
fn a_year_that_has_not_begun_has_no_value() {
    let cell = |year: &str| {
        let site =
            SITE.replace("{year: 2025, value: 49.9, unit: ju,", &format!("{{year: {year}, value: 60, unit: ju,"));
        let made = published(&files(&site), TODAY);
        table(&made["indicators/canyu.html"], "sec-holders")[0].join("|")
    };
    assert_eq!(cell("2026"), "教育局|60%（2026年）|达到|年报");
    assert_eq!(cell("2027"), "教育局||未报|");
}

#[test]
fn what_grows_is_compared_with_the_year_before_and_not_missed_before_it_is_due() {
    let made = published(&files(SITE), TODAY);
    let rows = table(&made["indicators/tigao.html"], "sec-holders");
    assert_eq!(rows, [["教育局", "2元（2025年）", "未到期限，还没有达到", "预算"]]);
    let earlier = table(&made["indicators/tigao.html"], "sec-measured");
    assert_eq!(earlier, [["教育局", "2元（2024年）", "无法比较", "预算"]]);
    let made = published(&files(SITE), jiff::civil::date(2028, 1, 1));
    let rows = table(&made["indicators/tigao.html"], "sec-holders");
    assert_eq!(rows[0][2], "未达到");
}

#[test]
fn a_town_shows_the_indicators_that_bind_its_class() {
    let made = published(&files(SITE), TODAY);
    let rows = table(&made["units/xi.html"], "sec-indicators");
    assert_eq!(rows, [["参与比例", "不少于 50%", "", "未报", "各乡镇"]]);
    let rows = table(&made["units/dong.html"], "sec-indicators");
    assert_eq!(rows, [["参与比例", "不少于 50%", "30（共 60）（2025年）", "达到", "各乡镇"]]);
}

#[test]
fn a_chart_has_a_bar_for_each_value_and_says_them_in_words() {
    let made = published(&files(SITE), TODAY);
    let html = &made["indicators/canyu.html"];
    assert_eq!(html.matches("<rect class=\"chart-bar").count(), 2);
    assert_eq!(html.matches("chart-met").count(), 1);
    assert!(html.contains("<desc id=\"sec-chart-desc\">不少于 50%。达到 1，未达到 1，未报 1</desc>"), "{html}");
    assert!(!made["units/ju.html"].contains("<svg class=\"chart"), "a unit's page has a table");
}
