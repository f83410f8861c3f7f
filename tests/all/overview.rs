//! Where a region stands: each line on both sides of its threshold, and which regions have such a page at all.

use jiff::civil::date;

use super::site::{TODAY, files, published};

const SITE: &str = "\
-- content/site.yaml --
{title: 门户, description: 一句话, id: menhu, since: 2026, home: [{block: standing}]}
-- content/regions.yaml --
- {id: qu, title: 某区, level: district}
- {id: dong-zhen, title: 东镇, level: town, parent: qu}
- {id: xi-zhen, title: 西镇, level: town, parent: qu}
- {id: dong-cun, title: 东村, level: village, parent: dong-zhen}
- {id: bie-qu, title: 别区, level: district}
-- content/documents.yaml --
- id: wen
  title: 方案
  issuers: [某区]
  region: qu
  network: [school, point]
  clauses: [{id: c1, label: 一, summary: 总则}]
-- content/units.yaml --
- {id: ju, title: 教育局, sort: government, region: qu}
-- content/duties.yaml --
- {id: kai, title: 开会, unit: ju, sources: [{document: wen, clause: c1}]}
- {id: ban, title: 办班, unit: ju, sources: [{document: wen, clause: c1}]}
-- content/indicators.yaml --
- id: lv
  title: 参与率
  region: qu
  target: {comparator: at-least, value: 50, measure: percent}
  holders: [ju]
  sources: [{document: wen, clause: c1}]
  measured: [{year: 2025, value: 60, evidence: 年报}]
- {id: fei, title: 人均经费, region: qu, target: {comparator: at-least, value: 2, measure: yuan}, holders: [ju], sources: [{document: wen}]}
-- content/phases.yaml --
- {id: jie, title: 总结, sort: deadline, document: wen, to: 2026-10, sources: [{document: wen}]}
- {id: nian, title: 年终报送, sort: recurring, every: year, month: 12, document: wen, sources: [{document: wen}]}
-- content/evidence.yaml --
- {id: biao, title: 签到表, unit: ju, state: owed, period: \"2026\", duties: [kai]}
-- content/institutions.yaml --
- {id: xiao, title: 东镇学校, tier: school, region: dong-zhen}
-- content/selections.yaml --
- {id: ping, title: 评星, sort: stars, year: 2026, level: district, region: qu, apply: {from: 2026-10-01, to: 2026-11-05}, announced: 2026-11-20}
";

/// What the line of something says, without tags; empty if there is no such line.
fn line(html: &str, of: &str) -> String {
    let Some(line) = html.split("<li").find(|line| line.contains("standing-of") && line.contains(of)) else {
        return String::new();
    };
    let line = line.split("</li>").next().unwrap();
    let mut text = String::new();
    let mut inside = true;
    for char in line.chars() {
        match char {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(char),
            _ => {}
        }
    }
    text.trim().to_owned()
}

#[test]
fn a_region_tells_on_one_page_where_it_stands() {
    let made = published(&files(SITE), TODAY);
    let html = &made["overview/qu.html"];
    assert_eq!(line(html, "指标"), "指标 2 项 达到 1、未报 1");
    assert_eq!(line(html, "职责"), "职责 2 项 落在 1 个单位");
    assert_eq!(line(html, "材料"), "材料 4 项 缺材料 3、待补 1");
    assert_eq!(line(html, "核对"), "核对 对不上的有 6 处");
    assert_eq!(line(html, "总结"), "总结 ! 2026年10月截止，已过期限，没有写完成");
    assert_eq!(line(html, "年终报送"), "年终报送 最迟 2026年12月31日");
    assert_eq!(line(html, "社区学校"), "社区学校 ! 1 个；2 个镇街中 1 个还没有");
    assert_eq!(line(html, "学习点"), "学习点 ! 0 个；3 个镇街、村社区中 3 个还没有");
    assert_eq!(line(html, "评星"), "评星 正在申报");
    for address in
        ["indicators/index.html#sec-of-wen", "matrix/wen.html", "ledger/wen.html", "reconcile/documents/wen.html"]
    {
        assert!(html.contains(&format!("href=\"../{address}\"")), "{address}");
    }
    assert!(made["regions/qu.html"].contains("overview/qu.html"));
    // A town has no page of its own, nor has a district of which nothing is known.
    let pages: Vec<&String> = made.keys().filter(|path| path.starts_with("overview")).collect();
    assert_eq!(pages, ["overview/qu.html"]);
    assert!(
        made["index.html"].contains("href=\"overview/qu.html\"")
            && made["index.html"].contains("href=\"indicators/index.html\"")
    );
}

#[test]
fn the_day_decides_what_is_late_and_what_is_under_way() {
    let on = |day| published(&files(SITE), day)["overview/qu.html"].clone();
    assert_eq!(line(&on(date(2026, 10, 31)), "总结"), "总结 最迟 2026年10月31日");
    assert_eq!(line(&on(date(2026, 11, 19)), "评星"), "评星 正在评审");
    assert_eq!(line(&on(date(2026, 11, 20)), "评星"), "");
    let done = SITE.replace("to: 2026-10,", "to: 2026-10, done: 2026-10-30,");
    assert_eq!(line(&published(&files(&done), TODAY)["overview/qu.html"], "总结"), "");
}

#[test]
fn a_network_is_complete_when_no_town_lacks_a_school() {
    let more = "-- content/institutions/more.yaml --\n- {id: xi-xiao, title: 西镇学校, tier: school, region: xi-zhen, sample: true}\n";
    let html = &published(&files(&format!("{SITE}{more}")), TODAY)["overview/qu.html"];
    assert_eq!(line(html, "社区学校"), "社区学校 2 个（含示例）；2 个镇街都有");
    let unasked = SITE.replace("  network: [school, point]\n", "");
    let html = &published(&files(&unasked), TODAY)["overview/qu.html"];
    assert_eq!(line(html, "社区学校"), "社区学校 1 个");
    assert_eq!(line(html, "学习点"), "");
}

#[test]
fn several_regions_have_a_page_that_leads_to_all_and_none_has_none() {
    let more = "-- content/documents/more.yaml --\n- {id: er, title: 意见, issuers: [别区], region: bie-qu}\n-- content/duties/more.yaml --\n- {id: xue, title: 学习, unit: ju, sources: [{document: er}]}\n";
    let made = published(&files(&format!("{SITE}{more}")), TODAY);
    let all = &made["overview/index.html"];
    assert_eq!(line(all, "某区"), "某区 ! 达到 1、未报 1 过期没有完成的 1 项");
    assert_eq!(line(all, "别区"), "别区 没有要达到的数字");
    assert!(made.contains_key("overview/bie-qu.html"));
    assert_eq!(line(&made["index.html"], "别区"), "", "the home page names regions with figures");
    let bare = SITE.split("-- content/documents.yaml").next().unwrap();
    let made = published(&files(bare), TODAY);
    assert!(made.keys().all(|path| !path.starts_with("overview")));
    assert!(!made["index.html"].contains("走到哪一步"));
}

#[test]
fn several_documents_have_a_line_each_and_one_that_asks_for_nothing_makes_no_page() {
    let more = |count: usize| {
        let one = |nth: usize| format!("- {{id: wen-{nth}, title: 第{nth}号文, issuers: [某区], region: qu}}\n");
        let all: String = (0..count).map(one).collect();
        published(&files(&format!("{SITE}-- content/documents/more.yaml --\n{all}")), TODAY)["overview/qu.html"].clone()
    };
    let html = more(2);
    assert_eq!(line(&html, ">方案<"), "方案 达到 1、未报 1；缺材料 3；对不上的有 6 处");
    assert_eq!(line(&html, "第0号文"), "第0号文 没有要达到的数字");
    assert!(html.contains("indicators/index.html#sec-of-wen") && html.contains("documents/wen-0.html"));
    assert_eq!(line(&html, "指标"), "");
    assert_eq!(line(&more(4), ">公文<"), "");
    assert_eq!(line(&more(5), ">公文<"), "公文 还有 1 项");
    let idle = "-- content/documents/more.yaml --\n- {id: er, title: 意见, issuers: [别区], region: bie-qu}\n";
    assert!(!published(&files(&format!("{SITE}{idle}")), TODAY).contains_key("overview/bie-qu.html"));
}
