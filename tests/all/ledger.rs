//! Ledgers: how duties stand, what each page shows, and what spreadsheets hold.

use std::collections::BTreeMap;

use crate::site::{self, Files, TODAY};

/// The base of fixtures, with a class of two towns, a notice and some evidence.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all = site::files(&base);
    all.extend(site::files(
        "-- content/units/more.yaml --
- {id: jia-zhen, title: 甲镇, sort: town, region: mou-zhen}
- {id: yi-zhen, title: 乙镇, sort: town, region: mou-zhen}
- {id: zhenjie, title: 各镇, sort: class, region: mou-shi, members: [jia-zhen, yi-zhen]}
-- content/duties/base.yaml --
- {id: baosong, title: 报送信息, unit: jiaoyuju, sources: [{document: tongzhi-2026, clause: c1}]}
- {id: kaihui, title: 开会, unit: zhenjie, sources: [{document: tongzhi-2026, clause: c2}]}
- {id: bokuan, title: 拨款, unit: jiaoyuju, sources: [{document: tongzhi-2026}]}
-- content/indicators/base.yaml --
- id: canyu
  title: 参与比例
  target: {comparator: at-least, value: 20, measure: percent}
  holders: [zhenjie]
  region: mou-shi
  sources: [{document: tongzhi-2026, clause: c2}]
",
    ));
    all.extend(site::files(files));
    all
}

const SOME: &str = "-- content/evidence/list.yaml --
- {id: qiandao, title: 签到表, unit: jia-zhen, state: filed, period: 2026-03, duties: [kaihui], kept: 甲镇 1 号柜, pages: 3}
- {id: jianbao, title: '=1+1', unit: jiaoyuju, state: owed, period: 2026, duties: [baosong], url: \"https://example.org/\"}
";

fn pages(files: &str) -> BTreeMap<String, String> {
    site::published(&with(files), TODAY)
}

/// The badges after a title, up to the next entry.
fn badges<'a>(page: &'a str, title: &str) -> Vec<&'a str> {
    let entry = page.split("<li class=\"record\"").skip(1).find(|entry| entry.contains(title)).unwrap();
    let list = entry.split_once("</ul>").unwrap().0;
    list.split("<li class=\"badge").skip(1).map(|b| b.split_once('>').unwrap().1.split_once('<').unwrap().0).collect()
}

#[test]
fn without_evidence_there_is_no_ledger() {
    let made = pages("");
    assert!(made.keys().all(|path| !path.starts_with("ledger")));
}

#[test]
fn a_class_is_filed_only_if_each_of_its_units_has_something() {
    let page = |files: &str| pages(files).remove("ledger/tongzhi-2026.html").unwrap();
    let one = page(SOME);
    assert_eq!(badges(&one, "开会")[0], "不全");
    assert!(one.contains("2 个单位中 1 个有材料"));
    assert_eq!(badges(&one, "报送信息")[0], "待补");
    assert_eq!(badges(&one, "参与比例")[0], "缺材料");
    assert_eq!(badges(&one, "拨款")[0], "缺材料");
    let second =
        "- {id: jiyao, title: 纪要, unit: yi-zhen, state: filed, period: 2026, duties: [kaihui], kept: 乙镇}\n";
    assert_eq!(badges(&page(&format!("{SOME}{second}")), "开会")[0], "已归档");
    let whole =
        "- {id: huizong, title: 汇总表, unit: jiaoyuju, state: filed, period: 2026, indicators: [canyu], kept: 局里}\n";
    assert_eq!(badges(&page(&format!("{SOME}{whole}")), "参与比例")[0], "已归档", "the office counts for all");
}

#[test]
fn what_is_missing_stands_on_top_and_leads_to_its_place() {
    let made = pages(SOME);
    let page = made["ledger/tongzhi-2026.html"].clone();
    let top = page.split_once("sec-missing").unwrap().1.split_once("</section>").unwrap().0;
    assert!(top.contains("#indicators.canyu") && top.contains("#duties.bokuan"));
    assert!(!top.contains("kaihui") && !top.contains("baosong"));
    for anchor in ["indicators.canyu", "duties.bokuan"] {
        assert!(page.contains(&format!("id=\"{anchor}\"")));
    }
    let order = ["报送信息", "开会", "参与比例", "没有写明条款", "拨款"].map(|text| page.rfind(text).unwrap());
    assert!(order.is_sorted(), "clause by clause, what cites none last");
    let unit = made["ledger/units/yi-zhen.html"].clone();
    assert_eq!(badges(&unit, "开会")[0], "缺材料", "what the neighbour filed is not its own");
    let unit = made["ledger/units/jia-zhen.html"].clone();
    assert_eq!(badges(&unit, "开会")[0], "已归档");
}

#[test]
fn a_table_has_a_row_for_each_item_and_for_each_gap() {
    let made = pages(SOME);
    let text = made["ledger/tongzhi-2026.csv"].clone();
    let rows: Vec<&str> = text.trim_start_matches('\u{feff}').split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 1 + 4);
    assert_eq!(rows[1], "一,部门职责,报送信息,某市教育局,待补,'=1+1,2026,某市教育局,https://example.org/,,");
    assert_eq!(rows[2], "二,部门职责,开会,各镇,已归档,签到表,2026-03,甲镇,甲镇 1 号柜,,3");
    assert_eq!(rows[3], "二,指标,参与比例,各镇,缺材料,,,,,,");
    assert!(rows.iter().all(|row| row.split(',').count() == 11));
}

#[test]
fn a_file_that_is_not_offered_is_named_and_not_published() {
    let hash = "12d860d5c60f9788c6d8c588d7fcc1807225ba60b46e7a6e8af41c5562f18d78";
    let file = |download: &str| {
        let list = format!(
            "-- content/files/tongji.csv --\n年份,人数\n2026,52\n-- content/evidence/list.yaml --\n- {{id: biao, title: 统计表, unit: jiaoyuju, state: filed, period: 2026, duties: [baosong], file: /files/tongji.csv, sha256: {hash}{download}}}\n"
        );
        pages(&list)
    };
    let inside = file("");
    assert!(inside.keys().all(|path| !path.contains("tongji")));
    let page = inside["ledger/tongzhi-2026.html"].clone();
    assert!(page.contains("tongji.csv（SHA-256 12d860d5c60f…）"));
    assert!(file(", download: true").keys().any(|path| path.ends_with("tongji.csv")));
}

#[test]
fn a_volume_of_a_year_holds_what_is_of_that_year_alone() {
    let files = format!(
        "{SOME}- {{id: jiu, title: 去年的纪要, unit: jia-zhen, state: filed, period: 2025-H2, duties: [kaihui], kept: 甲镇}}
- {{id: er, title: 乙镇签到, unit: yi-zhen, state: filed, period: 2026-12, duties: [kaihui], kept: 乙镇}}
"
    );
    let made = pages(&files);
    let [last, this] = ["2025", "2026"].map(|year| made[&format!("ledger/tongzhi-2026/binder/{year}.html")].clone());
    assert!(last.contains("去年的纪要") && !last.contains("乙镇签到"));
    assert_eq!(badges(&last, "开会")[0], "不全", "the other town has nothing of that year");
    assert_eq!(badges(&last, "报送信息")[0], "缺材料", "what is owed is owed for another year");
    assert!(!this.contains("去年的纪要") && this.contains("乙镇签到"));
    assert_eq!(badges(&this, "开会")[0], "已归档");
    assert!(made["ledger/tongzhi-2026/binder.html"].contains("去年的纪要"));
    for (page, way) in [
        ("ledger/tongzhi-2026.html", "ledger/tongzhi-2026/binder/2025.html"),
        ("ledger/units/jia-zhen.html", "ledger/units/jia-zhen/binder/2025.html"),
        ("ledger/units/jia-zhen.html", "ledger/units/jia-zhen/binder.html"),
    ] {
        assert!(made[page].contains(way) && made.contains_key(way), "{way}");
    }
    let town = &made["ledger/units/jia-zhen/binder/2026.html"];
    assert!(town.contains("签到表") && !town.contains("去年的纪要") && !town.contains("乙镇签到"));
    assert!(!made.contains_key("ledger/units/yi-zhen/binder/2025.html"), "it has nothing of that year");
    assert!(!made["sitemap.xml"].contains("binder"));
}
