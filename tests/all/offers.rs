//! The page of a unit: what it offers to residents comes before what it is charged with.

use super::site::{TODAY, files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
-- content/topics.yaml --
- {id: yishu, title: 艺术}
-- content/documents.yaml --
- {id: wen, title: 方案, issuers: [某区], region: qu}
-- content/units.yaml --
- {id: ju, title: 文化局, sort: government, region: qu}
- {id: cai, title: 财政局, sort: government, region: qu}
-- content/duties.yaml --
- {id: ban, title: 办好文化馆, unit: ju, sources: [{document: wen}]}
- {id: qian, title: 安排经费, unit: cai, sources: [{document: wen}]}
-- content/institutions.yaml --
- {id: guan, title: 文化馆, tier: college, region: qu, unit: ju}
- {id: bie, title: 别的馆, tier: college, region: qu}
-- content/venues.yaml --
- {id: ting, title: 大厅, region: qu, institution: guan, address: 文化路 1 号}
-- content/facilities.yaml --
- {id: shi, title: 阅览室, sort: library, region: qu, unit: ju, address: 文化路 1 号}
-- content/events.yaml --
- {id: zhan, title: 画展, unit: ju, mode: online, sessions: [{start: 2026-11-05 09:00, end: 2026-11-05 10:00}]}
-- content/courses/jian.md --
---
{title: 剪纸, topics: [yishu], institution: guan, mode: online, fee: 0, runs: [{title: 秋, sessions: [{start: 2026-11-06 09:00, end: 2026-11-06 10:00}]}]}
---
-- content/courses/bie.md --
---
{title: 别课, topics: [yishu], institution: bie, mode: online, fee: 0, runs: [{title: 秋, sessions: [{start: 2026-11-06 09:00, end: 2026-11-06 10:00}]}]}
---
";

#[test]
fn a_unit_shows_first_what_residents_can_use() {
    let made = published(&files(SITE), TODAY);
    let html = &made["units/ju.html"];
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}"));
    let order = ["剪纸", "画展", "阅览室", "大厅", "文化馆</a>", "id=\"sec-duties\""].map(at);
    assert!(order.is_sorted(), "{order:?}");
    assert!(!html.contains("别课") && !html.contains("别的馆"));
    let none = &made["units/cai.html"];
    assert!(none.contains("安排经费") && none.contains("没有登记它办的课程") && none.contains("regions/qu.html"));
    assert!(!html.contains("没有登记它办的课程"));
    for kind in ["courses", "events", "facilities", "venues", "institutions"] {
        assert!(!none.contains(&format!("id=\"sec-{kind}\"")), "{kind}");
    }
}

#[test]
fn what_one_institution_runs_alone_has_a_list_and_what_several_run_stands_there() {
    let courses = |of: &dyn Fn(usize) -> &'static str, count: usize| {
        let one = |nth: usize| {
            format!(
                "-- content/courses/k{nth}.md --\n---\n{{title: 课{nth}, topics: [yishu], institution: {}, mode: online, fee: 0, runs: [{{title: 秋, sessions: [{{start: 2026-11-07 09:00, end: 2026-11-07 10:00}}]}}]}}\n---\n",
                of(nth)
            )
        };
        let all: String = (0..count).map(one).collect();
        let second =
            "-- content/institutions/er.yaml --\n- {id: er, title: 二馆, tier: school, region: qu, unit: ju}\n";
        published(&files(&format!("{SITE}{second}{all}")), TODAY)["units/ju.html"].clone()
    };
    let shown = |html: &str| html.matches("row row-courses").count();
    let alone = courses(&|_| "guan", 6);
    assert_eq!(shown(&alone), 5);
    assert!(alone.contains("href=\"../institutions/guan/courses.html\"") && alone.contains("7 条"));
    let together = courses(&|nth| if nth % 2 == 0 { "guan" } else { "er" }, 6);
    assert_eq!(shown(&together), 7);
    assert_eq!(shown(&courses(&|nth| if nth % 2 == 0 { "guan" } else { "er" }, 12)), 10);
}
