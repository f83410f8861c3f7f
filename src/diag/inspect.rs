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
pub fn unchecked(title: &str, id: &str, outside: usize, unsure: usize) -> String {
    format!("未检查：{title}（{id}）：{}", why_unchecked(id, outside, unsure))
}

/// Why a rule was not checked: how many links lead to other sites, and how many of them could not be confirmed, if they were tried.
pub fn why_unchecked(id: &str, outside: usize, unsure: usize) -> String {
    match id {
        "outside-link" if unsure > 0 => format!("试过 {outside} 个通往别的网站的链接，有 {unsure} 处未能确认"),
        "outside-link" => format!("有 {outside} 个链接通往别的网站，没有上网去试；加 --online 才试"),
        "forged-date" | "untouched" => "没有 git 的提交记录".to_owned(),
        _ => "从文件里看不出来".to_owned(),
    }
}

/// A link to another site where there is nothing.
pub fn outside(href: &str, why: &str) -> String {
    format!("{href}（{why}）")
}

/// A link to another site of which nobody knows.
pub fn unsure(href: &str, why: &str) -> String {
    format!("未能确认：{href}（{why}）")
}

/// A host that says there is nothing.
pub fn gone(status: u16) -> String {
    format!("对方答复 {status}，没有这一页")
}

/// A host that says neither yes nor no.
pub fn refused(status: u16) -> String {
    let why = match status {
        401 | 407 => "要登录才能看",
        403 => "不让程序看",
        429 => "嫌问得太多",
        500.. => "对方的服务器出错",
        _ => "看不出有没有这一页",
    };
    format!("对方答复 {status}，{why}")
}

/// A host whose name nobody knows.
pub const NO_SUCH_HOST: &str = "没有这个网站，域名查不到";
/// A link that is no address.
pub const NO_ADDRESS: &str = "不是一个网址";
/// No answer in time.
pub const SLOW: &str = "等了很久没有答复";
/// No connection.
pub const UNREACHED: &str = "连不上，或者连上就断了";
/// A certificate of another time.
pub const CERTIFICATE_LAPSED: &str = "对方的证书过期了或还没有生效";
/// A certificate of another host.
pub const CERTIFICATE_FOREIGN: &str = "对方的证书不是给这个网站的";
/// A certificate of unknown signers.
pub const CERTIFICATE_UNKNOWN: &str = "对方的证书不知道是谁签发的";
/// Another fault of TLS.
pub const INSECURE: &str = "建立不了加密的连接";
/// An answer that is none.
pub const GARBLED: &str = "对方的答复不合网页的规矩";
/// A link that leads on and on.
pub const ENDLESS: &str = "一次又一次转到别的地址，没有尽头";
/// A link that leads on to another protocol.
pub const ELSEWHERE: &str = "转到的地方不是网页";
/// A link that leads on into an inner network.
pub const INNER: &str = "转到了内部网络的地址，没有跟过去";
/// No network.
pub const OFFLINE: &str = "一个域名也查不到，这台电脑可能没有上网";
/// No time left.
pub const UNTRIED: &str = "总的时间用完了，没有试到";

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
