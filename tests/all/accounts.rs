//! Open facilities, platforms, funding, surveys, and pools of people who help: what they say, and where they are shown.

use crate::site::{self, TODAY, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, base_url: https://a.example/}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
- {id: zhen, title: 某镇, level: town, parent: qu}
-- content/units.yaml --
- {id: ju, title: 某局, sort: government, region: qu}
";

/// The page at an address of the site with further files, without tags.
fn text(files: &str, address: &str) -> String {
    let mut all = site::files(SITE);
    all.extend(site::files(files));
    let made = published(&all, TODAY);
    let main = made[address].split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let mut inside = true;
    let shown = main.chars().map(|c| {
        inside = c == '<' || inside && c != '>';
        if inside || c == '>' { ' ' } else { c }
    });
    shown.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn funding_is_population_times_standard_against_what_was_allocated() {
    let page = |allocated: &str| {
        let files = format!(
            "-- content/funding.yaml --\n- {{id: jf, title: 经费, year: 2026, region: qu, unit: ju, population: {{people: 1000, source: 年鉴}}, standard: 2{allocated}}}\n"
        );
        text(&files, "funding/index.html")
    };
    assert!(page(", allocated: 2000").contains("2元 达到"), "{}", page(", allocated: 2000"));
    assert!(page(", allocated: 1990").contains("1.99元 未达到"), "{}", page(", allocated: 1990"));
    let unknown = page("");
    assert!(unknown.contains("未报") && !unknown.contains("达到"), "{unknown}");
}

#[test]
fn a_population_is_written_once_for_a_region() {
    let page = |population: &str| {
        let files = format!(
            "-- content/regions/more.yaml --\n- {{id: xian, title: 某县, level: district{population}}}\n\
             -- content/funding.yaml --\n- {{id: jf, title: 经费, year: 2026, region: xian, standard: 2, allocated: 2000}}\n\
             -- content/pools.yaml --\n- {{id: dw, title: 队伍, sort: volunteers, year: 2026, region: xian, people: 9, per_ten_thousand: 1}}\n"
        );
        format!("{} {}", text(&files, "funding/index.html"), text(&files, "pools/index.html"))
    };
    let known = page(
        ", population: [{year: 2024, value: 900, source: 年鉴}, {year: 2025, value: 1000, source: 公报}, {year: 2027, value: 1, source: 预测}]",
    );
    assert!(known.contains("2元 达到") && known.contains("90人"), "{known}");
    // A sum without a population says nothing of what each had.
    let unknown = page("");
    assert!(unknown.contains("无法比较") && unknown.contains("未报") && !unknown.contains("达到"), "{unknown}");
    // Only a later year is known.
    let later = page(", population: [{year: 2027, value: 1000, source: 预测}]");
    assert!(later.contains("无法比较") && !later.contains("达到"), "{later}");
}

#[test]
fn a_survey_is_compared_only_with_what_was_wanted() {
    let page = |rest: &str| {
        let files = format!(
            "-- content/surveys.yaml --\n- {{id: cp, title: 测评, year: 2026, region: qu, answers: 200, method: 抽样{rest}}}\n"
        );
        text(&files, "surveys/index.html")
    };
    assert!(page(", score: 80, standard: 80").contains("80% 达到"));
    assert!(page(", score: 79.9, standard: 80").contains("79.9% 未达到"));
    let plain = page(", score: 79.9");
    assert!(plain.contains("79.9%") && !plain.contains("达到"), "{plain}");
}

#[test]
fn people_who_help_are_counted_for_ten_thousand_residents_and_by_their_hours() {
    let page = |rest: &str| {
        let files = format!(
            "-- content/pools.yaml --\n- {{id: zyz, title: 队伍, sort: volunteers, year: 2026, region: qu, per_ten_thousand: 1, hours_each: 10, {rest}}}\n"
        );
        text(&files, "pools/index.html")
    };
    let met = page("people: 12, hours: 120, population: {people: 120000, source: 年鉴}");
    assert!(met.contains("1人（要求 1人，达到）") && met.contains("10小时（要求 10小时，达到）"), "{met}");
    let missed = page("people: 11, hours: 109, population: {people: 120000, source: 年鉴}");
    assert!(missed.contains("0.92人（要求 1人，未达到）"), "{missed}");
    assert!(missed.contains("9.9小时（要求 10小时，未达到）"), "{missed}");
    let unknown = page("people: 11");
    assert!(unknown.contains("要求 1人，未报") && unknown.contains("要求 10小时，未报"), "{unknown}");
}

const OPEN: &str = "\
-- content/facilities.yaml --
- id: tsg
  title: 图书馆
  sort: library
  region: zhen
  unit: ju
  address: 文化路 2 号
  hours: [{days: [tue, wed], time: {start: \"09:00\", end: \"17:00\"}}]
  holidays: 初一闭馆
  seats: 80
  access: [step-free]
-- content/platforms.yaml --
- {id: pt, title: 学习平台, url: \"https://b.example/\", offers: 视频课, region: qu, unit: ju}
-- content/funding.yaml --
- {id: jf, title: 本区经费, year: 2026, region: qu, unit: ju, population: {people: 1000, source: 年鉴}, standard: 2}
";

#[test]
fn an_open_facility_says_when_it_is_open_and_stands_on_the_pages_of_region_and_unit() {
    let page = text(OPEN, "facilities/tsg.html");
    for said in ["星期二、星期三 09:00–17:00", "节假日", "初一闭馆", "80 座", "无台阶入口", "文化路 2 号"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    for address in ["regions/qu.html", "regions/zhen.html", "units/ju.html"] {
        assert!(text(OPEN, address).contains("图书馆"), "{address}");
    }
    assert!(text(OPEN, "platforms/pt.html").contains("https://b.example/"));
    for address in ["regions/qu.html", "units/ju.html"] {
        let page = text(OPEN, address);
        assert!(page.contains("学习平台") && page.contains("本区经费"), "{address}: {page}");
    }
}
