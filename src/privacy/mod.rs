//! Finds private data in a text: identity numbers, bank cards, mobile numbers, home addresses, birth dates.
//!
//! Pure: it knows texts, not files, fields or editors. It reads digits as a reader sees them: full-width or not, with spaces,
//! hyphens, marks of Markdown or unseen characters between them. A text without digits costs one pass.

mod birth;
mod digits;
mod home;
mod label;
mod name;
mod number;
mod spelled;
mod table;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::reading::numeral;

/// What private data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sort {
    /// The number of an identity card, of 18 places (GB 11643) or 15.
    Identity,
    /// The number of a bank card.
    Card,
    /// A mobile telephone number.
    Mobile,
    /// A home address below the street.
    Home,
    /// A full birth date.
    Birth,
}

/// Private data in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub sort: Sort,
    /// The value, written in one way: digits of a number, `1950-03-02`, an address without spaces.
    pub value: String,
}

/// All private data in a text, in order.
pub fn find(text: &str) -> Vec<Found> {
    let mut found = as_written(text);
    if let Some(plain) = spelled::read(text) {
        let seen = as_written(&plain.text).into_iter();
        found.extend(seen.map(|one| Found { range: plain.written(one.range.clone()), ..one }));
        found.sort_by_key(|one| (one.range.start, one.range.end));
        found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    }
    found
}

fn as_written(text: &str) -> Vec<Found> {
    let mut found = of_text(text);
    table::find(text, &mut found);
    found.sort_by_key(|one| (one.range.start, one.range.end));
    found
}

/// All private data that a text tells without its tables.
fn of_text(text: &str) -> Vec<Found> {
    let scan = digits::scan(text);
    let mut found = Vec::new();
    number::find(text, &scan.groups, &mut found);
    home::find(text, &scan, &mut found);
    birth::find(text, &scan, &mut found);
    found.sort_by_key(|one| (one.range.start, one.range.end));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    found
}

/// Whether a text heads a column of a table whose cells it explains: `出生日期`, `住址`, `订单号`.
pub fn is_heading(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().count() <= 12
        && !text.contains(|c: char| c.is_ascii_digit())
        && (label::before(text, text.len()) != label::Label::None || birth::is_label(text) || home::is_label(text))
}

/// Whether a text heads a column of birth dates.
pub fn is_birth_heading(text: &str) -> bool {
    is_heading(text) && birth::is_label(text.trim())
}

impl Found {
    /// The value with its private part as asterisks, as a message may show it.
    pub fn shown(&self) -> String {
        hide(&self.value, self.sort).replace('＊', "*")
    }

    /// Whether `written` names this value: as it is, however spaced, or with asterisks for hidden places.
    pub fn is(&self, written: &str) -> bool {
        let mut wanted = folded(written);
        match self.sort {
            Sort::Identity | Sort::Card | Sort::Mobile => {
                wanted.retain(|c| c.is_ascii_digit() || matches!(c, 'X' | '*'));
            }
            Sort::Birth => {
                if let Some(day) = birth::day(&wanted) {
                    return day == self.value;
                }
            }
            Sort::Home => {}
        }
        if self.sort == Sort::Mobile && wanted.len() > 11 {
            let bare = wanted.trim_start_matches('0');
            wanted = bare.strip_prefix("86").unwrap_or(bare).to_owned();
        }
        let same = |(wanted, there): (char, char)| wanted == there || wanted == '*';
        wanted.chars().count() == self.value.chars().count() && wanted.chars().zip(self.value.chars()).all(same)
    }
}

/// The text with all private data in it hidden. Bytes, characters and columns stay where they are.
pub fn masked(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(hidden(text, &found))
}

/// The text with these values hidden. Bytes, characters and columns stay where they are.
pub fn hidden(text: &str, found: &[Found]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for one in found {
        masked.push_str(&text[at..one.range.start]);
        masked.push_str(&hide(&text[one.range.clone()], one.sort));
        at = one.range.end;
    }
    masked.push_str(&text[at..]);
    masked
}

/// Hides the private part of a written value: what is left tells an editor which one is meant, and nobody else who it is.
fn hide(written: &str, sort: Sort) -> String {
    let is_check = |c: char| sort == Sort::Identity && digits::is_check_mark(c);
    let is_place = |c: char| {
        c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || numeral::is_below_hundred(c)
            || spelled::digit(c).is_some()
            || is_check(c)
    };
    let count = written.chars().filter(|c| is_place(*c)).count();
    let (head, tail) = match sort {
        Sort::Identity | Sort::Card => (4, 4),
        Sort::Mobile => (count.saturating_sub(8), 4),
        Sort::Home => (0, 0),
        Sort::Birth => (4, 0),
    };
    let mut nth = 0;
    let mask = |c: char| {
        if !is_place(c) {
            return c;
        }
        nth += 1;
        match (nth <= head || nth + tail > count, c.len_utf8()) {
            (true, _) => c,
            (false, 1) => '*',
            // As many bytes as what it stands for.
            (false, 2) => '·',
            (false, 3) => '＊',
            (false, _) => '\u{1f7b6}',
        }
    };
    written.chars().map(mask).collect()
}

/// A text in half width and upper case, without spaces and unseen characters.
fn folded(text: &str) -> String {
    let seen = text.chars().filter(|c| !c.is_whitespace() && !digits::is_unseen(*c));
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if digits::is_check_mark(c) => 'X',
        c => c,
    };
    seen.map(|c| narrow(c).to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found, as editors see it.
    fn shown(text: &str) -> Vec<String> {
        find(text).iter().map(Found::shown).collect()
    }

    fn all_found(sort: Sort, texts: &[&str]) {
        for text in texts {
            let found = find(text);
            assert!(found.len() == 1 && found[0].sort == sort, "{text}: {found:?}");
        }
    }

    fn none_found(texts: &[&str]) {
        for text in texts {
            assert_eq!(shown(text), <[String; 0]>::default(), "{text}");
        }
    }

    #[test]
    fn identity_numbers_are_found_however_they_are_written() {
        all_found(
            Sort::Identity,
            &[
                "身份证 370102199003074519。",
                "37010219500302402X",
                "37010219500302402x，女",
                "37010219500302402х",
                "37010219500302402Х，男",
                "37010219500302402Χ",
                "3701021950030 2402 Ⅹ",
                "３７０１０２１９５００３０２４０２ｘ",
                "370102 19900307 4519",
                "370102-19900307-4519",
                "３７０１０２１９９００３０７４５１９",
                "3701\u{a0}0219\u{200b}9003\u{2009}0745 19",
                "| 张三 | 370102199003074519 |",
                "370102**19900307**4519",
                "身份证号：370102500302411",
                "370102500302411",
                "370102199003074519@example.com",
                "https://example.org/?sfz=370102199003074519",
                "&#51;&#x37;0102199003074519",
                "\"\\x3370102199003074519\"",
                "https://example.org/?q=%33%37%30102199003074519",
                "三七〇一〇二一九九〇〇三〇七四五一九",
                "叁柒零壹零贰壹玖玖零零叁零柒肆伍壹玖",
                "③⑦⓪①⓪②①⑨⑨⓪⓪③⓪⑦④⑤①⑨",
                "> 370102199\n> 003074519",
                "370102/19900307/4519",
                "370102,19900307,4519",
                "身份证 370102，19900307，4519",
                "370102199003074519zhang.jpg",
                "证号：370102199003074000",
            ],
        );
        none_found(&[
            // A wrong check digit, a day that does not exist, no such province.
            "370102199003074515",
            "370102199013074519",
            "990102199003074519",
            "3701**********4519",
            "订单号 370102500302411",
            "统一社会信用代码 370102199003074519",
            "91370102MA3C123456",
            "a370102199003074519f0",
            "编号 370102199003074000",
            "370102202603074000",
            "370102/1990/03074519",
            "-0.370102199003074519",
        ]);
    }

    #[test]
    fn bank_cards_are_found_however_they_are_written() {
        all_found(
            Sort::Card,
            &[
                "6222021234567890128",
                "6222 0212 3456 7890 128",
                "卡号：4111111111111111",
                "5555-5555-5555-4444",
                "6222021234567890128（张三）",
                "编号001 6222021234567890128",
                "收款账户：9558801234567890128",
                "６２２２０２１２３４５６７８９０１２８",
            ],
        );
        none_found(&[
            "6222021234567890129",
            "终身学习账号 4107110000123456",
            "学分银行账号：6222021234567890128",
            "财政专户 账号：6222021234567890128",
            "订单号：4111111111111111",
            "6222 **** **** 0128",
            "DD4111111111111111",
            "https://mp.weixin.qq.com/s/4111111111111111",
            "2026110209304511111",
        ]);
    }

    #[test]
    fn mobile_numbers_are_found_however_they_are_written() {
        all_found(
            Sort::Mobile,
            &[
                "13812345678",
                "电话13812345678。",
                "138 1234 5678",
                "138-1234-5678",
                "138.1234.5678",
                "(138)12345678",
                "（138）1234-5678",
                "（2026）13812345678",
                "（2）13812345678",
                "1381234 5678",
                "+86 13812345678",
                "+8613812345678",
                "0086-138-1234-5678",
                "（+86）138 1234 5678",
                "１３８１２３４５６７８",
                "138\u{200b}1234\u{feff}5678",
                "1 3 8 1 2 3 4 5 6 7 8",
                "138**1234**5678",
                "tel:13812345678",
                "wx13812345678",
                "张三-13812345678.docx",
                "2026-11-02 13812345678",
                "1. 13812345678",
                "01-13812345678",
                "13812345678@163.com",
                "https://example.org/?phone=13812345678",
                "手机：154 1234 5678",
                "[13812345678](/a.pdf)",
                "手机幺三八一二三四五六七八",
                "电话：一三八 一二三四 五六七八",
                "[打](tel:%31%33%38%31%32%33%34%35%36%37%38)",
                "&#49;&#51;&#56;&#49;&#50;&#51;&#52;&#53;&#54;&#55;&#56;",
                "①13812345678",
                "手机 138/1234/5678",
                "手机138/12345678",
                "电话：139，1234，5678",
                "联系人张三 139、1234、5678",
                "手机13812345六七八",
                "13８1234五六七八",
                "编号：001 13812345678",
                "工号 103 张三 13812345678",
                "备案：张三13812345678",
                "电　　话：154 1234 5678",
            ],
        );
        assert_eq!(shown("13812345678/13912345678、15012345678"), ["138****5678", "139****5678", "150****5678"]);
        none_found(&[
            "138****1234",
            "138****1234 5678 5678",
            "订单号 13812345678",
            "2026110213812345678",
            "DD-13812345678",
            "DD-2026-138-1234-5678",
            "0.13812345678",
            "113.13812345678, 35.2",
            "¥13812345678",
            "13812345678 元",
            "https://mp.weixin.qq.com/s?id=13812345678",
            "IMG_13812345678.jpg",
            "mmexport1381234567890.jpg",
            "0373-13812345",
            "010-13812345 678",
            "400-138-1234",
            "12345678901",
            "978-7-138-12345-6",
            "1762051200000",
            "公安备案 37010202001381号",
            "名额 138 2026-11-02",
            "13812345678900",
            "| 2026 | 1381 | 2345678 |",
            "sha256 13812345678",
            "版本 138/1234/5678",
            "人次分别为139，1234，5678",
            "139,1234,5678",
            "豫ICP备13812345678号-1",
            "文号 教职成〔2026〕13812345678号",
            "腾讯会议：138 1234 5678",
            "直播间号13812345678",
            "办学许可证 13812345678",
            "编号 2026 1381 2345 678",
            "1604\n2824\n320",
            "一二三四 二二三四 三二三四 四二三四",
        ]);
    }

    #[test]
    fn mobile_numbers_are_found_in_pairs_beside_names_and_in_letters() {
        all_found(
            Sort::Mobile,
            &[
                "138 12 34 56 78",
                "（138-12-34-56-78）",
                "138 1234 56 78",
                "zhang-san-13812345678.jpg",
                "lisi13812345678.png",
                "13812345678wangxiaoming.jpg",
                "13812345678wx",
                "l38O0001234",
                "手机：I381234567o",
            ],
        );
        none_found(&[
            "photo-13812345678.jpg",
            "ding-dan-13812345678",
            "13812345678cm",
            "138 12 34 56 78 90",
            "人数 138 12 34 56 78",
            "138 12-34 56 78",
            "编号 l38O0001234",
        ]);
    }

    #[test]
    fn home_addresses_are_told_from_offices() {
        all_found(
            Sort::Home,
            &[
                "3号楼2单元501室",
                "阳光小区3号楼2单元501",
                "阳光小区 3 号楼 501 室",
                "幸福家园12栋1203室",
                "三号楼二单元五〇一室",
                "阳光花园A座1203室",
                "3-2-501室",
                "阳光小区3-2-501",
                "2单元501室",
                "家住文化路12号",
                "张三，住李家村3组15号",
                "家庭住址：文化路 12 号院 3 号楼 501 室",
                "李家村三组15号，张三",
                "户籍：东干道123号",
                "5号楼一单元十二层东户",
                "文化街12号楼3单元4层",
                "家住解放大道与平原路口向东50米路北66号",
                "幸福里7#2-301",
                "幸福里7#-2-301",
                "中心花园3号楼2单元301室",
                "7号楼2-301室",
                "和平里7号楼2门301室",
                "3#2单元502",
                "王庄村四组25号王大爷",
                "刘庄村15号张某家",
                "家住南锣鼓巷胡同甲15号",
                "送教上门地点：阳光小区3号楼2单元101室",
                "住址：党群服务中心旁3号楼2单元101室",
            ],
        );
        none_found(&[
            "文化路 2 号 3 楼 301 室",
            "某大厦 5 号楼 201 室",
            "科技大厦A座1203室",
            "学院3号楼501教室",
            "活动地点：阳光小区5号楼101室",
            "阳光小区5号楼101室（社区活动室）",
            "第2单元 501 页",
            "活动室在文化街3号楼2单元1层",
            "3号楼2单元1层会议室",
            "2单元 12 课时",
            "家住2号线附近",
            "住院部3号楼502室",
            "住宿：3号楼501室",
            "花园路 3 号楼 201 室",
            "李家村3组15号大棚",
            "阳光小区活动室",
            "2026-11-02",
            "家住阳光小区",
            "综合楼2单元302室",
            "阳光小区党群服务中心3号楼2单元101室",
            "阳光小区3号楼2单元101室（社区图书室）",
            "上课地点：阳光小区3号楼2单元101",
            "报名点：阳光花园3号楼101室",
            "行政楼302室",
            "1号楼2-301会议室",
            "3栋2-4层",
            "2号楼2门课程",
            "1#教室 2#教室",
            "刘庄村15号王牌农庄",
            "A座2-301展位",
            "小区共 12 栋 36 单元",
        ]);
        assert_eq!(shown("住址：阳光小区３号楼2单元501室"), ["*号楼*单元***室"]);
    }

    #[test]
    fn birth_dates_are_told_from_other_days() {
        all_found(
            Sort::Birth,
            &[
                "张三，1950年3月2日生",
                "出生日期：1950-03-02",
                "张三生于1950年3月2日",
                "李四出生于 1950 年 3 月 2 日",
                "生日 1950.3.2",
                "出生年月日：19500302",
                "1950年3月2日出生于新乡",
                "一九五〇年三月二日生",
                "李某，女，汉族，1950年3月2日，",
                "姓名：张三\n\n生于一九五〇年三月二日",
                "王五 1950/3/2 生",
                "赵六，女，50年3月2日出生",
                "生于五〇年三月二日",
                "1950年3月2日，李秀英出生在一个农民家庭",
                "李秀英（1950年3月2日—）",
                "李秀英（1950-03-02）",
                "DOB: 1950-03-02",
                "出生日期：\n1950-03-02",
                "出生日期：50.3.2",
                "张三，1950 年 3 月 2 日 出 生",
                "出　生　日　期：1950年3月2日",
                "张三 男 汉族 1950年3月2日 党员",
            ],
        );
        none_found(&[
            "1950年3月生",
            "本办法自2026年3月2日生效",
            "学生于2019年3月2日参观",
            "事故发生于2019年3月2日",
            "2026年3月2日生日会",
            "出生人口统计到2025年12月31日",
            "鲁迅生于1881年9月25日",
            "雷锋生于1940年12月18日，1962年牺牲",
            "2026年3月2日，女，",
            "女，1972年5月10日参加工作",
            "出生日期在1966年11月1日前",
            "1966年11月1日以前出生",
            "2019年9月1日至2020年8月31日出生的儿童",
            "公告（2008-05-12）",
            "2008年5月12日，全市出生人口",
            "58年3月4日参加工作",
            "孙中山（1866年11月12日—1925年3月12日）",
            "王丽（2026-09-01）开班",
            "登记出生\n\n1950-03-02 建校",
            "王丽，女，2026年9月1日，开班",
            "版本 50.3.2",
        ]);
        assert_eq!(shown("生日：1950年3月2日"), ["1950-**-**"]);
    }

    #[test]
    fn headings_explain_the_cells_of_a_table() {
        let head = "| 姓名 | 出生日期 | 住址 | 订单号 |\n|---|---|---|---|\n";
        let table = format!("{head}| 张三 | 1950-03-02 | 文化路12号 | 13812345678 |\n");
        assert_eq!(shown(&table), ["1950-**-**", "**号"]);
        let found = find(&table);
        assert_eq!(&table[found[0].range.clone()], "1950-03-02");
        assert_eq!(&table[found[1].range.clone()], "12号");
        none_found(&["| 名称 | 日期 |\n|---|---|\n| 开班 | 2026-03-02 |\n"]);
    }

    #[test]
    fn what_is_hidden_keeps_its_place() {
        let text = "电话１３８１２３４５６７８，身份证 370102199003074519，生日1950年12月2日。";
        let hidden = masked(text);
        assert_eq!(hidden, "电话１３８＊＊＊＊５６７８，身份证 3701**********4519，生日1950年**月*日。");
        assert_eq!(hidden.len(), text.len());
        assert!(matches!(masked("没有"), Cow::Borrowed(_)));
    }

    #[test]
    fn an_exception_may_be_written_in_any_form() {
        let check = |text: &str, written: &str, fits: bool| {
            let found = find(text);
            assert_eq!(found[0].is(written), fits, "{text} {written}");
        };
        check("138 1234 5678", "138-1234-5678", true);
        check("13812345678", "138****5678", true);
        check("13812345678", "+86 13812345678", true);
        check("13812345678", "139****5678", false);
        check("13812345678", "*", false);
        check("37010219500302402x", "37010219500302402X", true);
        check("生日：1950年3月2日", "1950-03-02", true);
        check("生日：1950年3月2日", "1950年3月2日", true);
        check("生日：1950年3月2日", "1950-**-**", true);
        check("3号楼 2单元501室", "3号楼2单元501室", true);
        check("3号楼2单元501室", "*号楼*单元***室", true);
    }
}
