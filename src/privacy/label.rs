//! What a text says of a number directly before it.

/// Characters that are looked at before a number.
const REACH: usize = 14;

/// Words before a telephone number, an identity number or a card.
const PRIVATE: [&str; 20] = [
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
    "TEL",
    "PHONE",
];

/// Words before a number that is nobody's: of an order, a thing, a paper, a sum.
const OTHER: [&str; 43] = [
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
    "ISBN",
    "ISSN",
    "IMEI",
    "SN",
    "SHA",
];

/// Words before the number of an organisation, or of an account that is no bank's.
const ORGANISATION: [&str; 11] = [
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
];

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

/// The label before `at`: the word that stands nearest.
pub(super) fn before(text: &str, at: usize) -> Label {
    let words = clause(text, at, REACH).to_uppercase();
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
    best.1
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
        check("| Tel | ", Label::Private);
    }
}
