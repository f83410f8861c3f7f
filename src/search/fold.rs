//! Folding: texts and queries are compared in NFKC, lower case, half width and simplified Han, without accents, and without what eyes do not
//! see or do not mind between words.
//!
//! Each character is folded by itself. What is no part of a word follows from the code of a character by short rules ([`RULES`]),
//! which the browser's script receives with the index; all other characters are folded by tables in the index, because browsers
//! differ in the version of Unicode that they know. What then stands between two words is a gap: beside Han it is dropped, so that
//! `《论语》 诵读`, `论语诵读` and `8 月` beside `8月` are the same; between words of Latin letters a space stays (see `between`).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};

use unicode_normalization::UnicodeNormalization as _;

use super::key::is_word;
use crate::source::is_forbidden;

/// In [`TABLE`]: the character was not met yet.
const UNKNOWN: u16 = 0;
/// In [`TABLE`]: the character is folded by [`arithmetic`].
const PLAIN: u16 = 1;
/// In [`TABLE`]: the character becomes several units, or none, and is folded when it is met.
const MANY: u16 = 0xFFFF;

/// The folded unit of every character of the basic multilingual plane that was met, or [`PLAIN`] or [`MANY`]. A portal has a few thousand
/// different characters; to fold all of them takes longer than the search index of a small one.
static TABLE: [AtomicU16; 0x1_0000] = [const { AtomicU16::new(UNKNOWN) }; 0x1_0000];

/// What [`TABLE`] says of a character; `None` outside the basic multilingual plane.
fn tabled(c: char) -> Option<u16> {
    let place = TABLE.get(c as usize)?;
    let known = place.load(Ordering::Relaxed);
    if known != UNKNOWN {
        return Some(known);
    }
    let folded = folded(c);
    let mut units = folded.encode_utf16();
    let unit = match (units.next(), units.next()) {
        _ if folded == arithmetic(c).map_or_else(String::new, String::from) => PLAIN,
        (Some(one), None) => one,
        _ => MANY,
    };
    place.store(unit, Ordering::Relaxed);
    Some(unit)
}

/// What always parts words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parted {
    /// The end of a line, as in texts.
    Lines,
    /// A space as well, as in queries: who types one means two words.
    Spaces,
}

/// Appends the folded UTF-16 units of a text to `units`, and its characters that are folded by a table to `seen`.
pub fn fold(text: &str, units: &mut Vec<u16>, seen: &mut BTreeSet<char>) {
    units.reserve(text.len() / 3);
    folding(text, Parted::Lines, units, seen);
}

/// The folded UTF-16 units of a text.
pub fn folded_units(text: &str) -> Vec<u16> {
    let mut units = Vec::new();
    fold(text, &mut units, &mut BTreeSet::new());
    units
}

/// The folded units of a query: its terms, with a space between them.
pub fn folded_query(query: &str) -> Vec<u16> {
    let mut units = Vec::new();
    folding(query, Parted::Spaces, &mut units, &mut BTreeSet::new());
    units
}

fn folding(text: &str, parted: Parted, units: &mut Vec<u16>, seen: &mut BTreeSet<char>) {
    let start = units.len();
    // Spaces, `LINE`, `DASH`, `MARK` and further signs between two words.
    let mut gap: Vec<u16> = Vec::new();
    for (at, c) in text.char_indices() {
        // Most characters are Han that stand beside others.
        if gap.is_empty() && matches!(c, '\u{4e00}'..='\u{9fff}') && tabled(c) == Some(PLAIN) {
            units.push(c as u16);
            continue;
        }
        let ahead = &text[at + c.len_utf8()..];
        let mut add = |unit: u16| {
            let folded = &units[start..];
            if is_word(unit) || (gap.is_empty() && sticks(unit, folded.last().copied())) {
                if !gap.is_empty() && !folded.is_empty() {
                    units.extend(between(folded, &gap, unit, ahead, parted));
                }
                gap.clear();
                units.push(unit);
            } else {
                gap.push(unit);
            }
        };
        match tabled(c) {
            Some(PLAIN) => arithmetic(c).into_iter().flat_map(units_of).for_each(&mut add),
            Some(MANY) | None => {
                let folded = folded(c);
                folded.encode_utf16().for_each(&mut add);
                if !is_plain(c, &folded) {
                    seen.insert(c);
                }
            }
            Some(one) => {
                add(one);
                seen.insert(c);
            }
        }
    }
}

const SPACE: u16 = b' ' as u16;
/// Folded end of a line.
const LINE: u16 = b'\n' as u16;
/// Folded dashes and apostrophes of all shapes.
const DASH: u16 = b'-' as u16;
/// Folded other punctuation.
const MARK: u16 = b',' as u16;

/// Whether a sign belongs to the word before it: `C++`, `C#`, `50%`.
fn sticks(unit: u16, last: Option<u16>) -> bool {
    let is_sign = [b'+', b'#', b'%'].map(u16::from).contains(&unit);
    is_sign && last.is_some_and(|last| (0x21..=0x7e).contains(&last))
}

/// What stays of a gap between the text before it and the unit after it, with the text behind that. `between` in the browser's script does the
/// same.
///
/// Nothing stays beside Han, at dashes and apostrophes between letters (`Wi-Fi`), at a space between letters and digits, and inside a
/// telephone number, which has three digits on both sides. A space stays between words of letters; of signs the first one stays
/// (`9:30`, `a.b`, `2026-11-21`).
fn between(before: &[u16], gap: &[u16], next: u16, ahead: &str, parted: Parted) -> Option<u16> {
    let last = before.last().copied().unwrap_or(0);
    if gap.contains(&LINE) || (parted == Parted::Spaces && gap.contains(&SPACE)) {
        return Some(SPACE);
    }
    if last >= WIDE || next >= WIDE {
        return None;
    }
    let digits = usize::from(is_digit(last)) + usize::from(is_digit(next));
    if digits == 2 && gap.len() <= 3 && gap.iter().all(|unit| matches!(*unit, SPACE | DASH | MARK)) {
        let many_before = before.len() > 2 && before[before.len() - 3..].iter().all(|unit| is_digit(*unit));
        let many_after = ahead.chars().take(2).filter(|c| matches!(c, '0'..='9' | '０'..='９')).count() == 2;
        if many_before && many_after {
            return None;
        }
    }
    let sign = if gap.contains(&SPACE) { SPACE } else { gap[0] };
    match (sign, digits) {
        (DASH, 0 | 1) | (SPACE, 1) => None,
        _ => Some(sign),
    }
}

/// The first unit of scripts that are written without spaces.
const WIDE: u16 = 0x2e80;

fn is_digit(unit: u16) -> bool {
    (0x30..=0x39).contains(&unit)
}

/// The folded form of a character that is folded by a table; `None` for one that is folded by arithmetic.
pub fn by_table(c: char) -> Option<String> {
    match tabled(c) {
        Some(PLAIN) => None,
        Some(MANY) | None => Some(folded(c)).filter(|folded| !is_plain(c, folded)),
        Some(one) => Some(String::from_utf16_lossy(&[one])),
    }
}

fn is_plain(c: char, folded: &str) -> bool {
    let mut chars = folded.chars();
    chars.next() == arithmetic(c) && chars.next().is_none()
}

fn units_of(c: char) -> impl Iterator<Item = u16> {
    let mut buffer = [0; 2];
    let len = c.encode_utf16(&mut buffer).len();
    buffer.into_iter().take(len)
}

/// Folding without a table: letters of ASCII become lower case, and what is no part of a word becomes one of the units that a gap is made of; an
/// accent by itself and a character without width are dropped (`None`).
fn arithmetic(c: char) -> Option<char> {
    let code = c as u32;
    let half = if (0xff01..=0xff5e).contains(&code) { char::from_u32(code - 0xfee0).unwrap_or(c) } else { c };
    Some(match half {
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => return None,
        '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '。' | '!' | '?' | ';' => '\n',
        '\t' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        // Apostrophes too: both stand inside words.
        '-'
        | '~'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{301c}'
        | '\''
        | '`'
        | '\u{b4}'
        | '\u{2018}'..='\u{201b}'
        | '\u{2032}' => '-',
        '+' | '#' | '%' | '&' | '.' | '/' | ':' | '@' | '_' | '=' => c,
        _ => {
            // Half-width kana and the like are words once they are composed.
            let is_mark = |c: char| u16::try_from(u32::from(c)).is_ok_and(|unit| !is_word(unit));
            let lower = half.to_ascii_lowercase();
            let mark = c < '\u{ff65}' && is_mark(lower) && lower.nfkc().all(is_mark);
            if mark { ',' } else { c.to_ascii_lowercase() }
        }
    })
}

/// What `arithmetic` makes of characters that are no part of a word, beside case: classes of characters as in a regular
/// expression, each with what they become. They are applied one after the other, so that a later list may hold what is in an earlier one, and is
/// short; characters that no text holds may be in any.
pub static RULES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let mut listed: Vec<bool> = (0..=0xFFFF).map(|unit| char::from_u32(unit).is_some_and(is_forbidden)).collect();
    let becoming: Vec<Option<String>> = (0..=0xFFFF).map(becomes).collect();
    let mut rules = Vec::new();
    for to in ["", "\n", " ", "-", ","] {
        let mine: Vec<bool> = becoming.iter().map(|folded| folded.as_deref() == Some(to)).collect();
        let mut list = String::new();
        let mut unit = 0;
        while unit <= 0xFFFF {
            if !mine[unit] {
                unit += 1;
                continue;
            }
            let first = unit;
            while unit <= 0xFFFF && (mine[unit] || listed[unit]) {
                unit += 1;
            }
            let last = (first..unit).rev().find(|unit| mine[*unit]).unwrap_or(first);
            let _ = write!(list, "\\u{first:04x}");
            if last > first {
                let _ = write!(list, "-\\u{last:04x}");
            }
        }
        listed.iter_mut().zip(&mine).for_each(|(listed, mine)| *listed |= mine);
        rules.push((format!("[{list}]"), to));
    }
    rules
});

/// What [`arithmetic`] makes of a character, if it is another; `None` also where case alone makes it another.
fn becomes(unit: u32) -> Option<String> {
    let c = char::from_u32(unit).filter(|c| !c.is_ascii_uppercase())?;
    let folded = arithmetic(c);
    (folded != Some(c)).then(|| folded.map_or_else(String::new, String::from))
}

/// The folded form of a character, by whatever way.
fn folded(c: char) -> String {
    let plain = arithmetic(c);
    if plain != Some(c) {
        return plain.into_iter().collect();
    }
    std::iter::once(c)
        .nfkd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .nfc()
        .flat_map(char::to_lowercase)
        .nfkc()
        .filter_map(|c| arithmetic(c).map(simplified))
        .collect()
}
/// U+8457, which where traditional characters are written is also the particle U+7740.
const ZHU: char = '\u{8457}';
const ZHE: char = '\u{7740}';

/// The simplified form of a traditional character. A character of GB 2312 is returned as it is, since it is one of two meanings; except
/// [`ZHU`], since no two words differ in it.
fn simplified(c: char) -> char {
    if c == ZHU {
        return ZHE;
    }
    if !matches!(c as u32, 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..) {
        return c;
    }
    let one = fast2s::convert(c.encode_utf8(&mut [0; 4]));
    let mut chars = one.chars();
    match (chars.next(), chars.next()) {
        (Some(simple), None) if simple != c && !is_gb2312(c) => simple,
        _ => c,
    }
}

/// Whether a character is a Han of GB 2312 (1980), the set of simplified Chinese. In GBK these have both bytes in the range of GB 2312.
fn is_gb2312(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, broken) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !broken && matches!(bytes.as_ref(), [0xb0..=0xf7, 0xa1..=0xfe])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, folded: &str) {
        assert_eq!(String::from_utf16_lossy(&folded_units(text)), folded, "{text}");
    }

    #[test]
    fn width_case_accents_and_compatibility_are_folded() {
        check("ＡＢＣ１２％", "abc12%");
        check("25㎡ 25℃ Ⅳ ①", "25m2 25,c iv1");
        check("a\u{3000}b\u{a0}c\u{200b}d", "a b cd");
        check("ÉÀ e\u{301} が한 nǚ", "ea eが한nu");
    }

    #[test]
    fn what_stands_beside_han_is_dropped() {
        check("8 月 24 日，第 3 期", "8月24日第3期");
        check("《论语》诵读", "论语诵读");
        check("养老、托育（“一老一小”）——服务", "养老托育一老一小服务");
        check("活到老，学到老", "活到老学到老");
        check("C++ 编程，C# 入门", "c++编程c#入门");
        check("Excel 表格、Word 文档", "excel表格word文档");
        check("一句。两句！三句\n四行", "一句 两句 三句 四行");
        check(" “，太极。\n", "太极");
    }

    #[test]
    fn words_of_letters_stay_apart_and_one_word_stays_whole() {
        check("New York", "new york");
        check("new, york", "new york");
        check("Wi-Fi wi‑fi Wi–Fi don’t don't", "wifi wifi wifi dont dont");
        check("Windows 10, 24 h", "windows10 24h");
        check("R&D www.example.com a_b x@y.cn", "r&d www.example.com a_b x@y.cn");
    }

    #[test]
    fn numbers_are_compared_without_the_shapes_of_their_dashes() {
        for phone in
            ["0532-85321234", "053285321234", "0532 8532 1234", "（0532）8532–1234", "０５３２—８５３２１２３４"]
        {
            check(phone, "053285321234");
        }
        check("138 0013 8000；400-820-8820", "13800138000 4008208820");
        check("9:00—11:00 9：00～11：00", "9:00-11:00 9:00-11:00");
        check("2026-11-21 20–30 97.5% 1,000 1/2", "2026-11-21 20-30 97.5%1,000 1/2");
        check("138****1234", "138,1234");
    }

    #[test]
    fn a_query_is_parted_at_its_spaces() {
        let query = |query: &str| String::from_utf16_lossy(&folded_query(query));
        assert_eq!(query("太极 拳，8 月"), "太极 拳8 月");
        assert_eq!(query("《论语》　诵读"), "论语 诵读");
        assert_eq!(query("0532-85321234"), "053285321234");
        assert_eq!(query("c++ c#"), "c++ c#");
    }

    #[test]
    fn the_rules_for_browsers_say_what_arithmetic_does() {
        let expand = |list: &str| {
            let mut all = BTreeSet::new();
            let codes: Vec<(u32, bool)> = list
                .split("\\u")
                .skip(1)
                .map(|one| (u32::from_str_radix(&one[..4], 16).expect("a code"), one.ends_with('-')))
                .collect();
            for (at, (code, _)) in codes.iter().enumerate() {
                let before = at.checked_sub(1).map(|before| codes[before]);
                all.extend(before.filter(|(_, to)| *to).map_or(*code, |(from, _)| from)..=*code);
            }
            all
        };
        let lists: Vec<(BTreeSet<u32>, &str)> = RULES.iter().map(|(list, to)| (expand(list), *to)).collect();
        for c in (0..=0xFFFF).filter_map(char::from_u32).filter(|c| !is_forbidden(*c)) {
            let ruled = lists.iter().find(|(list, _)| list.contains(&(c as u32))).map(|(_, to)| (*to).to_owned());
            let by_rule = ruled.unwrap_or_else(|| c.to_ascii_lowercase().to_string());
            assert_eq!(by_rule, arithmetic(c).map_or_else(String::new, String::from), "{:04X}", c as u32);
        }
    }

    #[test]
    fn traditional_characters_become_simplified_unless_they_are_both() {
        check("臺北學習", "台北学习");
        check("乾坤 著名", "乾坤着名");
        check("沿著", "沿着");
        check("太极拳", "太极拳");
    }

    #[test]
    fn only_what_arithmetic_cannot_do_is_in_the_table() {
        assert_eq!(by_table('A'), None);
        assert_eq!(by_table('Ａ').as_deref(), Some("a"));
        assert_eq!(by_table('，'), None);
        assert_eq!(by_table('学'), None);
        assert_eq!(by_table('學').as_deref(), Some("学"));
        assert_eq!(by_table('㎡').as_deref(), Some("m2"));
        assert_eq!(by_table('\u{200b}'), None);
    }
}
