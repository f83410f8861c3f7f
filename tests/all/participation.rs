//! Participation: what is counted, where it is summed up, and what it says of indicators.

use jiff::civil::date;

use crate::site::{self, Files};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, base_url: https://a.example/}
-- content/regions.yaml --
- {id: shi, title: 某市, level: city}
- {id: dong, title: 东镇, level: town, parent: shi}
- {id: xi, title: 西镇, level: town, parent: shi}
- {id: cun, title: 东村, level: village, parent: dong}
-- content/topics.yaml --
- {id: yinyue, title: 音乐}
-- content/audiences.yaml --
- {id: lao, title: 老年人}
- {id: shao, title: 青少年}
-- content/institutions.yaml --
- {id: xuexiao, title: 社区学校, tier: school, region: xi}
-- content/venues.yaml --
- {id: tang, title: 村礼堂, region: cun, address: 文化路 1 号}
- {id: guan, title: 西馆, region: xi, address: 体育路 1 号}
-- content/courses.yaml --
- id: hechang
  title: 合唱
  topics: [yinyue]
  institution: xuexiao
  venue: tang
  fee: 0
  runs:
    - title: 春季班
      sessions:
        - {start: 2026-03-01 09:00, end: 2026-03-01 10:00}
        - {start: 2026-03-08 09:00, end: 2026-03-08 10:00}
        - {start: 2026-03-15 09:00, end: 2026-03-15 10:00, venue: guan}
        - {start: 2026-12-01 09:00, end: 2026-12-01 10:00}
      attendance:
        - {date: 2026-03-01, total: 30, groups: [{audience: lao, people: 20}, {audience: shao, people: 4}]}
        - {date: 2026-03-15, total: 10, groups: [{audience: lao, people: 5}]}
        - {date: 2026-12-01, total: 99}
-- content/events.yaml --
- id: bi
  title: 歌会
  venue: guan
  sessions:
    - {start: 2025-10-01 09:00, end: 2025-10-01 10:00}
    - {start: 2025-10-01 14:00, end: 2025-10-01 15:00}
  attendance: [{date: 2025-10-01, total: 50}, {date: 2025-10-01, total: 60}]
-- content/units.yaml --
- {id: ge-zhen, title: 各镇, sort: class, region: shi, members: [dong-zhen, xi-zhen]}
- {id: dong-zhen, title: 东镇政府, sort: town, region: dong}
- {id: xi-zhen, title: 西镇政府, sort: town, region: xi}
";

fn with(files: &str) -> Files {
    let mut all = site::files(SITE);
    all.extend(site::files(files));
    all
}

/// The cells of each row of the first table after `mark`, without tags.
fn rows(page: &str, mark: &str) -> Vec<Vec<String>> {
    let table = page.split_once(mark).unwrap().1.split_once("<tbody").unwrap().1.split_once("</tbody>").unwrap().0;
    let text = |cell: &str| {
        let mut inside = false;
        let shown = cell.chars().filter(|c| {
            inside = *c == '<' || inside && *c != '>';
            !inside && *c != '>'
        });
        shown.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let cells = |row: &str| {
        let parts = row.split("</td>").flat_map(|part| part.split("</th>"));
        parts.map(text).filter(|cell| !cell.is_empty()).collect()
    };
    table.split("</tr>").map(cells).filter(|cells: &Vec<String>| !cells.is_empty()).collect()
}

#[test]
fn visits_are_summed_up_by_year_to_each_region_where_the_session_was() {
    let made = site::published(&with(""), date(2026, 11, 1));
    let all = &made["participation/index.html"];
    // The session of 8 March was not counted, that of December has not come.
    assert_eq!(rows(all, "sec-participation\""), [["2026年", "2", "40", "1"], ["2025年", "2", "110", "0"]]);
    assert_eq!(rows(all, "sec-participation-groups\""), [["老年人", "25", "62.5%"], ["青少年", "4", "10%"]]);
    let city = &made["participation/shi.html"];
    assert_eq!(rows(city, "sec-participation-regions\""), [["东镇", "1", "30", "1"], ["西镇", "1", "10", "0"]]);
    let west = &made["participation/xi.html"];
    assert_eq!(rows(west, "sec-participation\""), [["2026年", "1", "10", "0"], ["2025年", "2", "110", "0"]]);
    assert!(!made.contains_key("participation/cun.html"), "a village stands on the page of its town");
    assert!(made["participation/dong.html"].contains("东村"));
    assert!(made["regions/dong.html"].contains("participation/dong.html"));
    assert!(all.contains("同一个人来几次就算几次"));
}

#[test]
fn a_count_takes_effect_on_its_day() {
    for (day, total) in [(date(2026, 11, 30), "40"), (date(2026, 12, 1), "139")] {
        let made = site::published(&with(""), day);
        assert_eq!(rows(&made["participation/index.html"], "sec-participation\"")[0][2], total, "{day}");
    }
}

#[test]
fn courses_and_audiences_say_who_came_and_those_who_came_are_not_those_it_is_for() {
    let made = site::published(&with(""), date(2026, 11, 1));
    let course = rows(&made["courses/hechang.html"], "sec-participation\"");
    assert_eq!(course[0][..3], ["春季班", "2", "40"]);
    assert!(course[0][3].contains("老年人 25") && course[0][3].contains("青少年 4"), "{course:?}");
    assert_eq!(rows(&made["events/bi.html"], "sec-participation\"")[0][..2], ["2", "110"]);
    let audience = &made["audiences/lao.html"];
    assert_eq!(rows(audience, "sec-participation\""), [["2026年", "25", "62.5%"]]);
    assert!(!audience.contains("合唱"), "the course is for everybody");
}

#[test]
fn without_counts_there_is_no_such_page() {
    let mut files = with("");
    for (_, bytes) in &mut files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let lines = text.lines().filter(|line| !line.contains("attendance") && !line.contains("total:"));
        *bytes = lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes();
    }
    let made = site::published(&files, date(2026, 11, 1));
    assert!(made.contains_key("courses/hechang.html"));
    assert!(!made.keys().any(|address| address.starts_with("participation/")));
    assert!(!made["index.html"].contains("participation/"));
}

/// The page of an indicator of 20 %, computed as `computed` says.
fn indicator(computed: &str, measured: &str) -> String {
    let files = with(&format!(
        "-- content/indicators.yaml --\n- id: lv\n  title: 参与比例\n  region: shi\n  holders: [ge-zhen]\n  target: {{comparator: at-least, value: 20, measure: percent}}\n  measured: [{measured}]\n  computed:\n    {computed}\n"
    ));
    site::published(&files, date(2026, 11, 1))["indicators/lv.html"].clone()
}

#[test]
fn an_indicator_is_computed_from_visits_and_population_and_says_so() {
    for (people, verdict) in [(125, "达到"), (126, "未达到")] {
        let population = format!("population: [{{year: 2026, people: {people}, source: 年鉴}}]");
        let page = indicator(&format!("{{audience: lao, by_visits: true, {population}}}"), "");
        let row = rows(&page, "sec-holders\"").pop().unwrap();
        assert!(row[1].contains("25") && row[1].contains(&people.to_string()), "{row:?}");
        assert_eq!(row[2], verdict);
        assert!(row[3].contains("登记的到场人次") && row[3].contains("年鉴"), "{row:?}");
        assert!(page.contains("participation/index.html"));
    }
}

#[test]
fn visits_are_not_persons_unless_the_office_counts_so() {
    let page = indicator("{audience: lao, population: [{year: 2026, people: 30, source: 年鉴}]}", "");
    assert_eq!(rows(&page, "sec-holders\"").pop().unwrap()[2], "无法比较");
}

#[test]
fn a_town_is_measured_by_its_own_counts_and_what_is_written_stands() {
    let east = "{year: 2026, people: 100, source: 年鉴, unit: dong-zhen}";
    let west = "{year: 2024, people: 100, source: 年鉴, unit: xi-zhen}";
    let computed = format!("{{by_visits: true, population: [{east}, {west}]}}");
    let page = indicator(&computed, "");
    let found = rows(&page, "sec-holders\"");
    assert_eq!(found[0][2], "达到", "30 of 100: {found:?}");
    assert!(found[1].contains(&"未报".to_owned()), "nobody was counted in 2024: {found:?}");
    let page = indicator(&computed, "{year: 2026, value: 12, unit: dong-zhen, evidence: 年报}");
    let row = &rows(&page, "sec-holders\"")[0];
    assert!(row[1].contains("12%") && row[2] == "未达到" && row[3] == "年报", "{row:?}");
}
