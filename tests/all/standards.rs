//! Building standards: every item for every institution, met, missed or unknown, as data and on pages.

use super::site::{TODAY, files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
- id: dong
  title: 东镇
  level: town
  parent: qu
  population:
    - {year: 2024, value: 90000, source: 公报}
    - {year: 2025, value: 100000, source: 公报}
    - {year: 2030, value: 1, source: 预计}
- {id: xi, title: 西镇, level: town, parent: qu}
- {id: wai, title: 外区, level: district}
-- content/documents.yaml --
- {id: wen, title: 标准, issuers: [某区], region: qu, clauses: [{id: c1, label: 一, summary: 标准}]}
-- content/standards.yaml --
- {id: mianji, title: 面积, order: 1, document: wen, tier: school, group: 场地, target: {comparator: at-least, value: 500, measure: square-metre}, sources: [{document: wen, clause: c1}]}
- {id: diannao-20, title: 电脑, order: 2, document: wen, tier: school, group: 设备, conflicts: [diannao-30], target: {comparator: at-least, value: 20, measure: computer}}
- {id: diannao-30, title: 电脑室, order: 3, document: wen, tier: school, group: 设备, target: {comparator: at-least, value: 30, measure: computer}}
- {id: guapai, title: 挂牌, order: 4, document: wen, tier: school, target: {comparator: 'yes'}}
- {id: jiaoshi, title: 教师, order: 5, document: wen, tier: school, target: {comparator: at-least, value: 1, measure: person, per: 10000}}
-- content/institutions.yaml --
- id: dongxiao
  title: 东镇学校
  tier: school
  tier_name: 社区教育学校
  region: dong
  facts:
    - {standard: mianji, value: 499, year: 2025}
    - {standard: diannao-20, value: 20}
    - {standard: diannao-30, value: 20}
    - {standard: guapai, has: true}
    - {standard: jiaoshi, value: 10, evidence: 花名册}
- {id: xixiao, title: 西镇学校, tier: school, tier_name: 社区教育学校, region: xi, facts: [{standard: jiaoshi, value: 10}, {standard: guapai, has: false}]}
- {id: waixiao, title: 外区学校, tier: school, region: wai}
- {id: dian, title: 学习点, tier: point, region: dong}
";

#[test]
fn every_item_is_listed_for_every_institution_and_unknown_is_not_met() {
    let made = published(&files(SITE), TODAY);
    let table = made["standards/wen.csv"].trim_end().lines().skip(1).map(str::trim_end);
    assert_eq!(
        table.collect::<Vec<_>>(),
        [
            "东镇学校,东镇,社区学校,面积,不少于 500平方米,499平方米,2025,未达到,一,",
            "东镇学校,东镇,社区学校,电脑,不少于 20台,20台,,达到,,",
            "东镇学校,东镇,社区学校,电脑室,不少于 30台,20台,,未达到,,",
            "东镇学校,东镇,社区学校,挂牌,要有,有,,达到,,",
            "东镇学校,东镇,社区学校,教师,每万人不少于 1人,10人,,达到,,花名册",
            "西镇学校,西镇,社区学校,面积,不少于 500平方米,,,未报,一,",
            "西镇学校,西镇,社区学校,电脑,不少于 20台,,,未报,,",
            "西镇学校,西镇,社区学校,电脑室,不少于 30台,,,未报,,",
            "西镇学校,西镇,社区学校,挂牌,要有,没有,,未达到,,",
            "西镇学校,西镇,社区学校,教师,每万人不少于 1人,10人,,无法比较,,",
        ]
    );
    let page = &made["institutions/xixiao.html"];
    assert!(page.contains("面积") && page.contains("未报"), "items without a value are shown too");
    assert!(!made["institutions/waixiao.html"].contains("面积"), "a standard ends where its document does");
    assert!(!made["institutions/dian.html"].contains("面积"), "a standard is for its tier");
}

#[test]
fn sheets_sum_up_by_item_town_and_network_and_show_what_contradicts() {
    let made = published(&files(SITE), TODAY);
    let sheet = &made["standards/wen/school.html"];
    assert!(sheet.contains("<title>社区教育学校的建设标准"), "a tier has the name that its institutions give it");
    assert!(sheet.contains("公文另一处写的是：不少于 30台"));
    assert!(sheet.contains("达到 3、未达到 3、未报 3、无法比较 1"), "{sheet}");
    let whole = &made["standards/wen.html"];
    assert!(whole.contains("达到 3、未达到 2</td>") && whole.contains("未达到 1、未报 3、无法比较 1</td>"), "{whole}");
    assert!(made["documents/wen.html"].contains("standards/wen.html"));
    assert!(!made["institutions/dongxiao.html"].contains("社区学校（"), "a tier is named once");
}
