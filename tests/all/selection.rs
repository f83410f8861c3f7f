//! Selections and honours: what is shown on which day, and how honours answer indicators.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::site::{self, Files};

fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(files));
    all
}

fn pages(files: &str, today: Date) -> BTreeMap<String, String> {
    site::published(&with(files), today)
}

const SELECTION: &str = "-- content/awards/list.yaml --
- {id: xianjin, title: 先进社区学校, class: unit, year: 2026, level: district, holder: 某镇学校, region: mou-zhen}
-- content/selections/list.yaml --
- id: pingxuan
  title: 先进单位评选
  sort: awards
  year: 2026
  level: district
  region: mou-zhen
  apply: {from: 2026-09-01, to: 2026-09-30}
  contact: {phone: 0000-0000001}
  notice: {from: 2026-11-02, to: 2026-11-08, objections: {phone: 0000-0000002, place: 二楼监察室}}
  announced: 2026-11-20
  list: [{name: 某镇学校（候选）, from: 某镇, entry: awards/xianjin}]
";

#[test]
fn a_notice_closes_by_itself_and_names_are_shown_only_while_they_matter() {
    let page = |day| pages(SELECTION, day).remove("selections/pingxuan.html").unwrap();
    for (day, stage, names, objections) in [
        (date(2026, 10, 20), "正在评审", false, false),
        (date(2026, 11, 2), "正在公示", true, true),
        (date(2026, 11, 8), "正在公示", true, true),
        (date(2026, 11, 9), "公示已经结束", false, false),
        (date(2026, 11, 20), "名单已经公布", true, false),
    ] {
        let page = site::unkept(&page(day));
        assert!(page.contains(stage), "{day}");
        assert_eq!(page.contains("某镇学校（候选）"), names, "{day}");
        assert_eq!(page.contains("二楼监察室"), objections, "{day}");
    }
    assert!(page(date(2026, 11, 5)).contains("正在公示，到 2026年11月8日为止"));
}

#[test]
fn an_honour_has_a_page_that_leads_to_its_selection_once_that_is_announced() {
    let award = |day| pages(SELECTION, day).remove("awards/xianjin.html").unwrap();
    assert!(award(date(2026, 11, 20)).contains("selections/pingxuan.html"));
    assert!(!award(date(2026, 11, 19)).contains("selections/pingxuan.html"));
}

/// What the page of an indicator says of recorded honours.
fn recorded(indicator: &str, honours: &str) -> String {
    let files = format!(
        "-- content/indicators/list.yaml --\n- {{id: mubiao, title: 目标, region: mou-shi, {indicator}}}\n-- content/regions/more.yaml --
- {{id: jia-cun, title: 甲社区, level: village, parent: mou-zhen}}
- {{id: yi-cun, title: 乙社区, level: village, parent: mou-zhen}}
- {{id: bie-shi, title: 别市, level: city}}
{honours}"
    );
    let page = pages(&files, date(2026, 11, 21)).remove("indicators/mubiao.html").unwrap();
    let fact = page.split_once("fact-recorded").unwrap().1.split_once("<dd>").unwrap().1;
    fact.split_once("</dd>").unwrap().0.to_owned()
}

#[test]
fn awards_are_counted_by_class_level_and_year() {
    let target = "target: {comparator: at-least, value: 2, measure: piece, by: '2025'}, answered: {award: pilot, level: province}";
    let award = |id: &str, class: &str, level: &str, year: i16, region: &str| {
        format!("- {{id: {id}, title: 实验区{id}, class: {class}, year: {year}, level: {level}, region: {region}}}\n")
    };
    let first = award("a", "pilot", "province", 2024, "mou-zhen");
    let told = |more: &str| recorded(target, &format!("-- content/awards/list.yaml --\n{first}{more}"));
    assert_eq!(told(""), "本站收录 1 个：未达到");
    assert_eq!(told(&award("b", "pilot", "province", 2025, "mou-shi")), "本站收录 2 个：达到");
    for other in [
        award("b", "zone", "province", 2025, "mou-shi"),
        award("b", "pilot", "city", 2025, "mou-shi"),
        award("b", "pilot", "province", 2026, "mou-shi"),
        award("b", "pilot", "province", 2025, "bie-shi"),
    ] {
        assert_eq!(told(&other), "本站收录 1 个：未达到", "{other}");
    }
    assert_eq!(recorded(target, ""), "本站收录 0 个：未报", "nothing recorded is not known, and never met");
}

#[test]
fn learning_organisations_are_a_share_of_all_such_bodies() {
    let target = |class: &str, of: &str| {
        format!(
            "target: {{comparator: at-least, value: 70, measure: percent}}, answered: {{organisation: {class}, level: district{of}}}"
        )
    };
    let honour = |id: &str, class: &str, level: &str| {
        format!("- {{id: {id}, title: 组织{id}, class: {class}, year: 2026, level: {level}, region: mou-zhen}}\n")
    };
    let list = |text: &str| format!("-- content/organisations/list.yaml --\n{text}");
    let one = honour("a", "community", "district");
    // The portal knows two communities.
    assert_eq!(recorded(&target("community", ""), &list(&one)), "本站收录 1 个，共 2 个，占 50%：未达到");
    let two = format!("{one}{}", honour("b", "community", "city"));
    assert_eq!(recorded(&target("community", ""), &list(&two)), "本站收录 2 个，共 2 个，占 100%：达到");
    let low = format!("{one}{}", honour("b", "community", "town"));
    assert_eq!(recorded(&target("community", ""), &list(&low)), "本站收录 1 个，共 2 个，占 50%：未达到");
    assert_eq!(recorded(&target("community", ", of: 3"), &list(&two)), "本站收录 2 个，共 3 个，占 66.7%：未达到");
    let firm = honour("a", "enterprise", "district");
    assert_eq!(
        recorded(&target("enterprise", ""), &list(&firm)),
        "本站收录 1 个：无法比较",
        "nobody knows of how many"
    );
}

#[test]
fn honours_stand_by_year_and_level_and_each_leads_to_its_list() {
    let award = |n: usize, year: i16, level: &str| {
        format!(
            "- {{id: jiang-{n}, title: 先进单位{n:02}, class: unit, year: {year}, level: {level}, region: mou-zhen}}\n"
        )
    };
    let list = |count: usize| -> String {
        let same: String = (0..count).map(|n| award(n, 2026, "city")).collect();
        let brand = "-- content/brands/list.yaml --\n- {id: pinpai, title: 大讲堂, year: 2026, level: city, region: mou-zhen}\n";
        format!("-- content/awards/list.yaml --\n{same}{}{}{brand}", award(90, 2025, "city"), award(91, 2026, "town"))
    };
    let made = pages(&list(49), date(2026, 11, 21));
    let index = &made["honours/index.html"];
    for (way, count) in [("2026/city", ">50 项<"), ("2026/town", ">1 项<"), ("2025/city", ">1 项<")] {
        assert!(index.contains(&format!("honours/{way}.html\"{count}")), "{way}");
    }
    assert!(!index.contains("honours/2025/town.html") && !made.contains_key("honours/2025/town.html"));
    let city = &made["honours/2026/city.html"];
    assert!(city.contains("2026年市级荣誉") && city.contains("大讲堂") && city.contains("先进单位48"));
    assert!(!city.contains("先进单位90") && !city.contains("先进单位91"));
    assert!(!made.contains_key("honours/2026/city/page-2.html"), "fifty are one page");
    assert!(made["awards/jiang-91.html"].contains("honours/2026/town.html"));
    for page in ["index.html", "awards/index.html", "brands/index.html"] {
        assert!(made[page].contains("honours/index.html"), "{page}");
    }
    assert!(pages(&list(50), date(2026, 11, 21)).contains_key("honours/2026/city/page-2.html"));
}

#[test]
fn without_any_honour_there_is_no_page_of_honours() {
    let made = pages("", date(2026, 11, 21));
    assert!(made.keys().all(|path| !path.starts_with("honours/")));
    assert!(!made["index.html"].contains("honours/"));
}

#[test]
fn the_page_of_honours_tells_how_far_they_answer_indicators() {
    let files = "-- content/indicators/list.yaml --
- {id: mubiao, title: 学习型社区创建率, region: mou-shi, target: {comparator: at-least, value: 70, measure: percent}, answered: {organisation: community, level: district, of: 10}}
-- content/organisations/list.yaml --
";
    let honour = |n: usize| {
        format!("- {{id: zu-{n}, title: 组织{n}, class: community, year: 2026, level: district, region: mou-zhen}}\n")
    };
    let told = |count| {
        let honours: String = (0..count).map(honour).collect();
        pages(&format!("{files}{honours}"), date(2026, 11, 21)).remove("honours/index.html").unwrap()
    };
    assert!(told(6).contains("本站收录 6 个，共 10 个，占 60%：未达到"));
    assert!(told(7).contains("本站收录 7 个，共 10 个，占 70%：达到"));
}

#[test]
fn more_names_than_a_page_holds_are_on_pages_of_their_own_on_the_same_days() {
    let selection = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("{{name: 候选{n:03}}}")).collect();
        let from = SELECTION.find("  list: ").unwrap();
        format!("{}  list: [{}]\n", &SELECTION[..from], names.join(", "))
    };
    let made = |count, day| pages(&selection(count), day);
    let hundred = made(100, date(2026, 11, 5));
    assert!(hundred["selections/pingxuan.html"].contains("候选099"));
    assert!(hundred.keys().all(|path| !path.contains("names")));
    let more = made(201, date(2026, 11, 5));
    assert!(more["selections/pingxuan.html"].contains("selections/pingxuan/names.html"));
    assert!(!more["selections/pingxuan.html"].contains("候选100"));
    assert!(more["selections/pingxuan/names.html"].contains("候选099"));
    assert!(more["selections/pingxuan/names/page-2.html"].contains("候选100"));
    assert!(more["selections/pingxuan/names/page-3.html"].contains("候选200"));
    assert!(!more.contains_key("selections/pingxuan/names/page-4.html"));
    assert!(made(201, date(2026, 11, 9)).keys().all(|path| !path.contains("names")), "the notice has closed");
}
