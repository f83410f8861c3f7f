//! The wording of an inspection's report. That of each rule is in `src/inspect/rules.yaml`.

use std::collections::BTreeMap;
use std::fmt::Debug;

/// What messages name.
pub struct Words {
    /// A number that is not there.
    pub no_number: &'static str,
    /// A number that leads nowhere.
    pub no_link: &'static str,
    /// A number that is not written as such numbers are.
    pub odd_number: fn(&str) -> String,
    /// Who answers for the site.
    pub organiser: &'static str,
    /// How to reach them.
    pub contact: &'static str,
}

/// The words.
pub static WORDS: Words = Words {
    no_number: "页脚没有写",
    no_link: "写了号码，但没有链接到查询它的网站",
    odd_number: |number| format!("“{number}”不像一个号码，请照批准的写"),
    organiser: "主办单位",
    contact: "联系电话或地址",
};

/// Names of gravities.
pub const ERROR: &str = "必须改";
/// See [`ERROR`].
pub const WARNING: &str = "应当改";
/// See [`ERROR`].
pub const NOTE: &str = "请知悉";

/// What stands above the findings of a rule.
pub fn heading(title: &str, id: &str, severity: &str, count: usize) -> String {
    format!("{severity}：{title}（{id}），{count} 处")
}

/// Where a rule comes from.
pub fn basis(basis: &str, verified: bool) -> String {
    if verified { format!("依据：{basis}") } else { format!("依据：{basis}（数值未核对原文）") }
}

/// How many more findings there are.
pub fn more(count: usize) -> String {
    format!("还有 {count} 处，用 --format json 或 --format html 列出全部")
}

/// A rule that was not checked.
pub fn unchecked(title: &str, id: &str, outside: usize) -> String {
    let why = match id {
        "outside-link" => format!("有 {outside} 个链接通往别的网站，没有上网去试"),
        "forged-date" | "untouched" => "没有 git 的提交记录".to_owned(),
        _ => "从文件里看不出来".to_owned(),
    };
    format!("未检查：{title}（{id}）：{why}")
}

/// How much passed.
pub fn passed(count: usize, pages: usize, day: &str) -> String {
    format!("通过 {count} 项；共读了 {pages} 页，按 {day} 这一天判断")
}

/// The title of the report as a page.
pub fn title(site: &str, day: &str) -> String {
    format!("{site}自查报告（{day}）")
}

/// How much was found.
pub fn summary<S: Debug + Ord>(counts: &BTreeMap<S, usize>, pages: usize) -> String {
    let all: usize = counts.values().sum();
    format!("读了 {pages} 页，发现 {all} 处。未检查的项目不算通过。")
}

/// The state of a rule.
pub fn state(key: &str) -> String {
    match key {
        "passed" => "通过",
        "found" => "有问题",
        _ => "未检查",
    }
    .to_owned()
}
