//! What a text says of a number directly before it.

use super::digits;

/// Characters that are looked at before a number, spaces aside.
const REACH: usize = 14;
/// Characters that are looked at, with spaces: `身  份  证  号`.
const WIDE_REACH: usize = 28;

/// Words before a telephone number, an identity number or a card.
const PRIVATE: [&str; 24] = [
    "手机",
    "电话",
    "联系",
    "微信",
    "热线",
    "咨询",
    "拨打",
    "致电",
    "号码",
    "本人",
    "家长",
    "监护人",
    "身份证",
    "证件",
    "卡号",
    "银行",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "收款",
    "持卡",
    "TEL",
    "PHONE",
];

/// Words before a number that is nobody's: of an order, a thing, a paper, a sum.
const OTHER: [&str; 57] = [
    "订单",
    "单号",
    "流水",
    "运单",
    "快递",
    "条码",
    "条形码",
    "书号",
    "发票",
    "票号",
    "凭证",
    "交易号",
    "序列号",
    "批次",
    "货号",
    "登记号",
    "备案",
    "编号",
    "编码",
    "代码",
    "文号",
    "档号",
    "档案",
    "索书",
    "学号",
    "准考证",
    "证书",
    "工号",
    "型号",
    "版本",
    "人数",
    "总数",
    "合计",
    "总额",
    "金额",
    "坐标",
    "邮编",
    "条目",
    "会议号",
    "会议ID",
    "腾讯会议",
    "直播间",
    "课程码",
    "邀请码",
    "许可证",
    "案卷",
    "工单",
    "受理",
    "资产",
    "ICP备",
    "网安备",
    "公安备",
    "ISBN",
    "ISSN",
    "IMEI",
    "SN",
    "SHA",
];

/// Words before the number of an organisation, or of an account that is no bank's.
const ORGANISATION: [&str; 17] = [
    "信用代码",
    "机构代码",
    "组织代码",
    "纳税人",
    "税号",
    "登记证号",
    "对公账号",
    "对公账户",
    "单位账号",
    "单位账户",
    "学习账号",
    "学习账户",
    "学分银行账号",
    "学分银行账户",
    "专户账号",
    "基本户账号",
    "单位帐号",
];

/// Surnames with which nothing begins that a notice may be called.
pub(super) const SURNAMES: &str = "王李张刘陈杨赵吴徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭曾萧田袁叶蒋杜苏魏吕丁沈姚卢傅姜崔谭廖范汪陆贾韦邱侯邹熊孟秦\
                                   薛尹史陶贺顾龚郝邵钱严覃莫孔";

/// What the words before a number say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// It is a person's.
    Private,
    /// It is an organisation's.
    Organisation,
    /// It is a thing's.
    Other,
    /// Nothing.
    None,
}

/// A label, and what stands between it and the number.
pub(super) struct Said {
    pub label: Label,
    /// In upper case, without spaces.
    pub between: String,
}

/// The label before `at`: the word that stands nearest.
pub(super) fn before(text: &str, at: usize) -> Label {
    said(text, at).label
}

/// The label before `at` with what follows it. Spaces count for nothing: forms have `电　　话`.
pub(super) fn said(text: &str, at: usize) -> Said {
    let words = tight(clause(text, at, WIDE_REACH), REACH).to_uppercase();
    let last = |known: &[&str]| known.iter().filter_map(|word| words.rfind(word).map(|at| at + word.len())).max();
    let found =
        [(last(&ORGANISATION), Label::Organisation), (last(&PRIVATE), Label::Private), (last(&OTHER), Label::Other)];
    // The first of equals: `信用代码` before `代码`.
    let mut best = (None, Label::None);
    for (end, label) in found {
        if end > best.0 {
            best = (end, label);
        }
    }
    let (word, between) = words.split_at(best.0.unwrap_or(words.len()));
    // SHA256 is one word.
    let is_latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
    let between = if is_latin { between.trim_start_matches(|c: char| c.is_ascii_digit()) } else { between };
    Said { label: best.1, between: between.to_owned() }
}

/// The last `reach` characters of a text without its spaces.
pub(super) fn tight(text: &str, reach: usize) -> String {
    let last: Vec<char> = text.chars().rev().filter(|c| !digits::is_space(*c)).take(reach).collect();
    last.into_iter().rev().collect()
}

/// Whether a text ends with the name of a person, which nothing but a sign precedes: `：张三`.
pub(super) fn ends_in_name(text: &str) -> bool {
    let name: Vec<char> = text.chars().rev().take(4).take_while(|c| is_han(*c)).collect();
    (2..=3).contains(&name.len()) && name.last().is_some_and(|surname| SURNAMES.contains(*surname))
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// At most `reach` characters before `at`, back to the beginning of the clause.
pub(super) fn clause(text: &str, at: usize, reach: usize) -> &str {
    back(text, at, reach, |c| matches!(c, '\n' | '。' | '；' | ';' | '，' | ',' | '！' | '？'))
}

/// At most `reach` characters before `at`, back to the beginning of the sentence.
pub(super) fn sentence(text: &str, at: usize, reach: usize) -> &str {
    back(text, at, reach, |c| matches!(c, '\n' | '。' | '；' | ';'))
}

fn back(text: &str, at: usize, reach: usize, ends: fn(char) -> bool) -> &str {
    let before = text[..at].char_indices().rev().take(reach).take_while(|(_, c)| !ends(*c));
    &text[before.last().map_or(at, |(start, _)| start)..at]
}

/// At most `reach` characters after `at`, up to the end of the line.
pub(super) fn after(text: &str, at: usize, reach: usize) -> &str {
    let rest = &text[at..];
    let end = rest.char_indices().take(reach).find(|(_, c)| *c == '\n').map(|(at, _)| at);
    let end = end.or_else(|| rest.char_indices().nth(reach).map(|(at, _)| at));
    &rest[..end.unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_counts() {
        let check = |text: &str, said: Label| assert_eq!(before(text, text.len()), said, "{text}");
        check("订单号：", Label::Other);
        check("订单联系人手机 ", Label::Private);
        check("手机订单编号 ", Label::Other);
        check("统一社会信用代码 ", Label::Organisation);
        check("订单三份，", Label::None);
        for (text, is_name) in
            [("：张三", true), ("张三丰", true), ("备案", false), ("号", false), ("备案号张三", false)]
        {
            assert_eq!(ends_in_name(text), is_name, "{text}");
        }
        check("| Tel | ", Label::Private);
        check("身　份　证　号　码：", Label::Private);
    }
}
