//! The reconciliation: each finding on both sides of its threshold, and what the first two notices of the project's own content yield.

use std::collections::BTreeMap;

use jiff::civil::date;
use shuyuan::diag::Findings;
use shuyuan::portal::reconcile::GapSort;

use crate::site::{self, Files, TODAY};

/// A notice with two annexes, a roster and an evidence for all duties, so that only what a test adds does not fit.
fn with(files: &str) -> Files {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let mut all: Files = site::files(&base).into_iter().filter(|(path, _)| !path.contains("documents")).collect();
    all.extend(site::files(
        "-- content/documents/base.yaml --
- id: tongzhi-2026
  title: 关于推进社区教育的通知
  issuers: [某市教育局]
  region: mou-shi
  annexes: [{label: 附件1, title: 名单, sort: roster}, {label: 附件2, title: 分工, sort: duties}]
  clauses:
    - {id: c1, label: 一, summary: 总体要求}
    - {id: a1, label: 附件1 名单, summary: 组长 1 人、成员 3 人}
    - {id: a2, label: 附件2 教育局, summary: 统筹社区教育}
-- content/units/more.yaml --
- {id: zhengfu, title: 某市政府, sort: government, region: mou-shi}
- {id: minzheng, title: 民政局, sort: government, region: mou-shi}
- {id: caizheng, title: 财政局, sort: government, region: mou-shi}
- {id: dudao, title: 督导室, sort: government, region: mou-shi}
- {id: jia-zhen, title: 甲镇, sort: town, region: mou-zhen}
- {id: zhenjie, title: 各镇, sort: class, region: mou-shi, members: [jia-zhen]}
- {id: quanti, title: 各单位, sort: class, region: mou-shi, members: [jiaoyuju, minzheng, caizheng, zhenjie]}
-- content/committees/base.yaml --
- id: zu
  title: 领导小组
  region: mou-shi
  sources: [{document: tongzhi-2026, clause: a1}]
  seats:
    - {person: 甲, post: 副市长, role: head, units: [zhengfu]}
    - {person: 乙, post: 教育局局长兼财政局局长, role: member, units: [jiaoyuju, caizheng]}
    - {person: 丙, post: 镇长, role: member, units: [jia-zhen]}
-- content/duties/base.yaml --
- {id: tongchou, title: 统筹, unit: jiaoyuju, sources: [{document: tongzhi-2026, clause: a2}]}
- {id: bokuan, title: 拨款, unit: caizheng, sources: [{document: tongzhi-2026, clause: a2}]}
- {id: jianxiao, title: 建校, unit: zhenjie, sources: [{document: tongzhi-2026, clause: a2}]}
- {id: gongtong, title: 配合, unit: quanti, scope: shared, sources: [{document: tongzhi-2026, clause: a2}]}
- {id: dudao, title: 督导, unit: dudao, sources: [{document: tongzhi-2026, clause: c1}]}
-- content/evidence/base.yaml --
- {id: cailiao, title: 材料, unit: jiaoyuju, state: owed, period: 2026, duties: [tongchou, bokuan, jianxiao, gongtong, dudao]}
",
    ));
    all.extend(site::files(files));
    all
}

/// The ids of what does not fit, by sort and document.
fn gaps(files: &Files) -> BTreeMap<(GapSort, Option<String>), Vec<String>> {
    let mut findings = Findings::default();
    let site = site::prepare(files, date(2026, 11, 21), &mut findings).unwrap();
    assert!(!findings.has_errors(), "{:?}", findings.sorted());
    let portal = &site.portal;
    let mut by: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for gap in portal.gaps().all() {
        let document = gap.document.map(|id| portal.item(id).id().to_owned());
        by.entry((gap.sort, document)).or_default().push(portal.item(gap.item).id().to_owned());
    }
    for ids in by.values_mut() {
        ids.sort();
    }
    by
}

/// What a portal with some files has beside the base: sort and id.
fn found(files: &str) -> Vec<(GapSort, String)> {
    let all = gaps(&with(files));
    all.into_iter().flat_map(|((sort, _), ids)| ids.into_iter().map(move |id| (sort, id))).collect()
}

#[test]
fn where_everything_fits_there_is_nothing() {
    assert_eq!(found(""), []);
    let pages = site::published(&with(""), TODAY);
    assert!(pages.keys().all(|path| !path.starts_with("reconcile")));
}

#[test]
fn who_divides_the_work_has_a_seat_and_who_sits_has_work() {
    let more = "-- content/duties/more.yaml --
- {id: huamin, title: 惠民, unit: minzheng, sources: [{document: tongzhi-2026, clause: a2}]}
-- content/evidence/more.yaml --
- {id: cailiao-2, title: 材料, unit: minzheng, state: owed, period: 2026, duties: [huamin]}
";
    // Outside the annex that divides the work nobody needs a seat, as the base's office of inspection shows.
    assert_eq!(found(more), [(GapSort::NoSeat, "minzheng".to_owned())]);
    let roster = "-- content/committees/more.yaml --
- id: er
  title: 工作专班
  region: mou-shi
  sources: [{document: tongzhi-2026}]
  seats: [{person: 丁, post: 民政局局长, role: member, units: [minzheng]}]
";
    assert_eq!(found(roster), [(GapSort::NoDuty, "minzheng".to_owned())], "what all share is no duty of its own");
    assert_eq!(found(&format!("{more}{roster}")), []);
    let elsewhere = roster.replace("document: tongzhi-2026", "document: bie-wen");
    let document =
        "-- content/documents/bie.yaml --\n- {id: bie-wen, title: 别的通知, issuers: [某市], region: mou-shi}\n";
    assert_eq!(
        found(&format!("{more}{elsewhere}{document}")),
        [(GapSort::NoSeat, "minzheng".to_owned()), (GapSort::NoDuty, "minzheng".to_owned()),]
    );
}

#[test]
fn a_figure_needs_an_indicator_and_an_indicator_holders_and_values() {
    let clause = "-- content/documents/more.yaml --
- id: er-hao
  title: 二号通知
  issuers: [某市]
  region: mou-shi
  clauses: [{id: s1, label: 一, summary: 参与率不低于五成}, {id: s2, label: 二, summary: 2026 年全面铺开}]
";
    assert_eq!(found(clause), [(GapSort::NoIndicator, "er-hao".to_owned())]);
    let indicator = |rest: &str| {
        let head = "-- content/indicators/more.yaml --
- id: canyu
  title: 参与率
  target: {comparator: at-least, value: 50, measure: percent}
  region: mou-shi
  sources: [{document: er-hao, clause: s1}]
";
        format!("{clause}{head}{rest}")
    };
    assert_eq!(
        found(&indicator("")),
        [(GapSort::NoHolder, "canyu".to_owned()), (GapSort::NoValue, "canyu".to_owned())]
    );
    assert_eq!(found(&indicator("  holders: [jiaoyuju]\n")), [(GapSort::NoValue, "canyu".to_owned())]);
    assert_eq!(
        found(&indicator("  holders: [jiaoyuju]\n  measured: [{year: 2025, value: 40, evidence: 统计表}]\n")),
        []
    );
}

#[test]
fn only_what_the_notice_asks_for_is_missed() {
    let notice = |network: &str| {
        format!(
            "-- content/regions/more.yaml --
- {{id: mou-cun, title: 某村, level: village, parent: mou-zhen}}
- {{id: bie-shi, title: 别市, level: city}}
- {{id: bie-zhen, title: 别镇, level: town, parent: bie-shi}}
-- content/documents/more.yaml --
- {{id: wangluo, title: 建网通知, issuers: [某市], region: mou-shi, network: [{network}]}}
"
        )
    };
    assert_eq!(found(&notice("")), []);
    assert_eq!(found(&notice("school")), [(GapSort::NoSchool, "mou-zhen".to_owned())]);
    assert_eq!(
        found(&notice("point")),
        [(GapSort::NoPoint, "mou-cun".to_owned()), (GapSort::NoPoint, "mou-zhen".to_owned())]
    );
    let place = |tier: &str, region: &str| {
        format!(
            "{}-- content/institutions/more.yaml --\n- {{id: dian, title: 学堂, tier: {tier}, region: {region}}}\n",
            notice("school, point")
        )
    };
    assert_eq!(
        found(&place("point", "mou-cun")),
        [(GapSort::NoSchool, "mou-zhen".to_owned())],
        "a point of a village is one of its town"
    );
    assert_eq!(
        found(&place("point", "mou-zhen")),
        [(GapSort::NoSchool, "mou-zhen".to_owned()), (GapSort::NoPoint, "mou-cun".to_owned())]
    );
}

#[test]
fn a_duty_without_evidence_is_named_on_the_page_and_in_the_data() {
    let more = "-- content/duties/more.yaml --
- {id: baosong, title: 报送信息, unit: jiaoyuju, sources: [{document: tongzhi-2026, clause: a2}]}
";
    assert_eq!(found(more), [(GapSort::NoEvidence, "baosong".to_owned())]);
    let pages = site::published(&with(more), TODAY);
    assert!(pages["reconcile/documents/tongzhi-2026.html"].contains("报送信息"));
    assert!(pages["reconcile/index.html"].contains("共 1 处"));
    let data: serde_json::Value = serde_json::from_str(&pages["reconcile/report.json"]).unwrap();
    assert_eq!(data["gaps"][0]["sort"], "no-evidence");
    assert_eq!(data["gaps"][0]["path"], "units/jiaoyuju.html#baosong");
}

#[test]
fn the_first_two_notices_yield_what_a_reader_finds() {
    let all = gaps(&site::real());
    let of = |sort, document: &str| all.get(&(sort, Some(document.to_owned()))).cloned().unwrap_or_default();
    let sorted = |mut ids: Vec<&str>| {
        ids.sort_unstable();
        ids.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let eleven = vec![
        "muye-quweiban",
        "muye-xuanchuanbu",
        "muye-zuzhibu",
        "muye-minzhengju",
        "muye-sifaju",
        "muye-weijianwei",
        "muye-tuiyi",
        "muye-tuanquwei",
        "muye-fulian",
        "muye-canlian",
        "muye-gongan",
    ];
    assert_eq!(of(GapSort::NoSeat, "muye-2022"), sorted(eleven));
    assert_eq!(of(GapSort::NoDuty, "muye-2022"), Vec::<String>::new());
    assert_eq!(of(GapSort::NoSeat, "mengjin-2022"), ["mengjin-dianda-fenxiao"]);
    let seven = vec![
        "mengjin-bianban",
        "mengjin-weijianwei",
        "mengjin-laoganju",
        "mengjin-fulian",
        "mengjin-wenlian",
        "mengjin-jinxiu-xuexiao",
        "mengjin-zhengfuban",
    ];
    assert_eq!(of(GapSort::NoDuty, "mengjin-2022"), sorted(seven));
    // Every figure of the five notices has its indicator or standard.
    assert!(all.keys().all(|(sort, _)| *sort != GapSort::NoIndicator));
}
