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

#[test]
fn an_item_lives_on_the_sheet_of_its_tier() {
    let made = published(&files(SITE), TODAY);
    let sheet = &made["standards/wen/school.html"];
    assert!(sheet.contains("<tr id=\"mianji\"") && sheet.contains("id=\"sec-standards-2\">设备"), "{sheet}");
    assert!(sheet.contains("href=\"../../standards/wen/school.html#diannao-30\">公文另一处"), "{sheet}");
    for page in ["institutions/dongxiao.html", "documents/wen.html", "standards/index.html"] {
        assert!(made[page].contains("standards/wen/school.html#mianji"), "{page}: {}", made[page]);
    }
    assert!(!made["documents/wen.html"].contains("id=\"mianji\""), "a document is not as long as its standards");
    let folded = |page: &str| made[page].split_once("<details>").map(|(_, folded)| folded.contains("建筑面积"));
    assert_eq!(folded("institutions/dongxiao.html"), None, "everything was reported");
    let page = &made["institutions/xixiao.html"];
    let (told, untold) = page.split_once("建设标准里还没有报的").unwrap();
    assert!(told.contains("#jiaoshi") && !told.contains("#mianji") && untold.contains("#mianji"), "{page}");
}

#[test]
fn a_standard_of_a_document_that_is_not_out_yet_has_no_sheet() {
    let hidden = SITE.replace("issuers: [某区],", "issuers: [某区], publish: 2099-01-01,");
    let made = published(&files(&hidden), TODAY);
    assert!(!made.keys().any(|path| path.starts_with("standards/wen")));
    assert!(made["standards/index.html"].contains("id=\"mianji\""));
    assert!(!made["institutions/dongxiao.html"].contains("对照建设标准"));
}

#[test]
fn a_long_sheet_takes_several_pages_and_its_items_know_theirs() {
    const SECOND: &str = "standards/wen/school/page-2.html";
    let with = |schools: usize, items: usize| {
        let schools = (3..=schools).map(|n| format!("- {{id: x{n}, title: 学校{n:02}, tier: school, region: dong}}\n"));
        let items = (6..=items).map(|n| {
            format!("- {{id: y{n}, title: 要求{n}, order: {n}, document: wen, tier: school, group: 设备, target: {{comparator: 'yes'}}}}\n")
        });
        let more = format!("-- content/standards/more.yaml --\n{}", items.collect::<String>());
        published(&files(&format!("{SITE}{}{more}", schools.collect::<String>())), TODAY)
    };
    assert!(!with(18, 36).contains_key(SECOND));
    let made = with(19, 36);
    assert!(made["standards/wen/school.html"].contains("school/page-2.html\" rel=\"next\""));
    let second = &made[SECOND];
    assert!(second.contains("institutions/x19.html") && !second.contains("institutions/x18.html"), "{second}");
    assert!(!second.contains("<tr id="), "all items are on the first page");
    let made = with(2, 37);
    assert!(made["standards/wen/school.html"].contains("<tr id=\"y36\"") && made[SECOND].contains("<tr id=\"y37\""));
    let page = &made["institutions/xixiao.html"];
    assert!(page.contains("wen/school.html#y36") && page.contains("wen/school/page-2.html#y37"), "{page}");
}

#[test]
fn what_is_to_grow_is_compared_with_the_year_before() {
    let site = |facts: &str| {
        let site = SITE
            .replace("target: {comparator: at-least, value: 500,", "target: {comparator: increasing, period: year,");
        published(&files(&site.replace("    - {standard: mianji, value: 499, year: 2025}\n", facts)), TODAY)
    };
    let facts = |years: &[(u32, u32)]| {
        let fact = |(year, value): &(u32, u32)| format!("    - {{standard: mianji, value: {value}, year: {year}}}\n");
        years.iter().map(fact).collect::<String>()
    };
    for (years, told) in [
        (&[(2025, 500), (2024, 499)][..], "500平方米,2025,达到"),
        (&[(2024, 499), (2025, 499)][..], "499平方米,2025,未达到"),
        (&[(2025, 500), (2023, 499)][..], "500平方米,2025,无法比较"),
        (&[(2025, 500), (2030, 499)][..], "500平方米,2025,无法比较"),
        (&[(2030, 499)][..], ",,未报"),
    ] {
        let table = &site(&facts(years))["standards/wen.csv"];
        assert!(table.contains(&format!("东镇学校,东镇,社区学校,面积,逐年提高,{told},")), "{table}");
    }
}
