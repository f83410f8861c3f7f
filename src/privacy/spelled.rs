//! Digits that a reader sees and that are written in another way: as references of HTML, escapes of YAML, percent-encoded, in Chinese
//! numerals, in circles, or as letters that look like them. A text with any of them is read a second time, as it is seen.

use std::ops::Range;

use super::digits;
use crate::source::boundary_before;

/// Fewest signs in a row that are read as a number: the digits of a mobile telephone.
const RUN: usize = 11;
/// A text as it is seen.
pub(super) struct Plain {
    pub text: String,
    replaced: Vec<Replaced>,
}

/// A piece that is written in another way than it is seen.
struct Replaced {
    seen: Range<usize>,
    written: Range<usize>,
}

impl Plain {
    /// The range in the text as it is written.
    pub fn written(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let before = self.replaced.partition_point(|one| one.seen.start < at);
            let last = before.checked_sub(1).map(|last| &self.replaced[last]);
            last.map_or(at, |last| last.written.end + at - last.seen.end)
        };
        place(range.start)..place(range.end)
    }
}

/// The text as it is seen; `None` if it is written so.
pub(super) fn read(text: &str) -> Option<Plain> {
    let mut pieces = escapes(text);
    pieces.extend(rows(text));
    pieces.extend(letters(text));
    if pieces.is_empty() {
        return None;
    }
    pieces.sort_by_key(|(written, _)| written.start);
    let mut plain = Plain { text: String::with_capacity(text.len()), replaced: Vec::with_capacity(pieces.len()) };
    let mut at = 0;
    for (written, c) in pieces {
        plain.text.push_str(&text[at..written.start]);
        let start = plain.text.len();
        plain.text.push(c);
        at = written.end;
        plain.replaced.push(Replaced { seen: start..plain.text.len(), written });
    }
    plain.text.push_str(&text[at..]);
    Some(plain)
}

/// Characters that are written as references, escapes or percent-encoded, with their places.
fn escapes(text: &str) -> Vec<(Range<usize>, char)> {
    let mut pieces = Vec::new();
    let mut end = 0;
    for at in memchr::memchr3_iter(b'&', b'\\', b'%', text.as_bytes()) {
        if at >= end
            && let Some((length, c)) = escape(&text[at..])
        {
            end = at + length;
            pieces.push((at..end, c));
        }
    }
    pieces
}

/// The length of the escape at the beginning, and the character that it stands for.
fn escape(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let (from, radix, most) = match bytes {
        [b'&', b'#', b'x' | b'X', ..] => (3, 16, 10),
        [b'&', b'#', ..] => (2, 10, 10),
        [b'\\', b'x', ..] => (2, 16, 2),
        [b'\\', b'u', ..] => (2, 16, 4),
        [b'%', ..] => (1, 16, 2),
        _ => return None,
    };
    let length = text[from..].chars().take(most).take_while(|c| c.is_digit(radix)).count();
    let is_reference = bytes[0] == b'&';
    if length == 0 || (!is_reference && length != most) {
        return None;
    }
    let end = from + length;
    let c = u32::from_str_radix(&text[from..end], radix).ok().and_then(char::from_u32)?;
    let is_shown = !c.is_control() && (bytes[0] != b'%' || c.is_ascii());
    is_shown.then_some((end + usize::from(is_reference && bytes.get(end) == Some(&b';')), c))
}

/// The signs of long rows of them, as digits. Plain digits may stand among them: 13812345六七八.
fn rows(text: &str) -> Vec<(Range<usize>, char)> {
    let mut pieces = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while at < text.len() {
        let start = boundary_before(text, at);
        // The shortest row takes as many bytes as it has digits.
        at = start + RUN;
        let is_part = |c: &char| digit(*c).is_some() || is_plain(*c) || is_between(*c);
        if !text[start..].chars().next().is_some_and(|c| is_part(&c)) {
            continue;
        }
        let from =
            start - text[floor.min(start)..start].chars().rev().take_while(is_part).map(char::len_utf8).sum::<usize>();
        let to = start + text[start..].chars().take_while(is_part).map(char::len_utf8).sum::<usize>();
        let signs = text[from..to]
            .char_indices()
            .filter_map(|(nth, c)| Some((from + nth..from + nth + c.len_utf8(), digit(c)?)));
        let signs: Vec<(Range<usize>, char)> = signs.collect();
        if !signs.is_empty() && signs.len() + text[from..to].chars().filter(|c| is_plain(*c)).count() >= RUN {
            pieces.extend(signs);
        }
        floor = to;
        at = at.max(to);
    }
    pieces
}

/// Letters that stand for digits in a word as long as a mobile number: `l38O0001234`.
fn letters(text: &str) -> Vec<(Range<usize>, char)> {
    let bytes = text.as_bytes();
    let digit = |byte: u8| match byte {
        b'O' | b'o' => Some('0'),
        b'l' | b'I' => Some('1'),
        _ => None,
    };
    let is_part = |byte: &u8| byte.is_ascii_digit() || digit(*byte).is_some();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut pieces = Vec::new();
    let mut end = 0;
    let all = memchr::memchr3_iter(b'O', b'l', b'I', bytes).chain(memchr::memchr_iter(b'o', bytes));
    for at in all {
        if at < end || !(is_digit(at + 1) || at.checked_sub(1).is_some_and(is_digit)) {
            continue;
        }
        let from = at - bytes[..at].iter().rev().take(RUN).take_while(|byte| is_part(byte)).count();
        let to = at + bytes[at..].iter().take(RUN + 1).take_while(|byte| is_part(byte)).count();
        let word = &bytes[from..to];
        let goes_on = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/'))
        };
        let plain = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_first = matches!(word.first(), Some(b'1' | b'l' | b'I')) && matches!(word.get(1), Some(b'3'..=b'9'));
        let before = from.checked_sub(1).map(|before| &bytes[before]);
        if word.len() == RUN && plain + 3 >= RUN && is_first && !goes_on(before) && !goes_on(bytes.get(to)) {
            let signs = (from..to).filter_map(|at| Some((at..at + 1, digit(bytes[at])?)));
            pieces.extend(signs);
            end = to;
        }
    }
    pieces.sort_by_key(|(written, _)| written.start);
    pieces.dedup_by_key(|(written, _)| written.start);
    pieces
}

fn is_plain(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// What may stand between the signs of a row.
fn is_between(c: char) -> bool {
    digits::is_space(c) || digits::is_hyphen(c) || digits::is_unseen(c)
}

/// The digit that a sign stands for: a Chinese numeral, a digit in a circle, in brackets, raised, lowered, of mathematics, Arabic.
pub(super) fn digit(c: char) -> Option<char> {
    let nth = |first: u32, zero: u32| (c as u32 - first + zero) % 10;
    let value = match c {
        '〇' | '○' | '零' | '⓪' | '⁰' => 0,
        '一' | '壹' | '幺' | '¹' => 1,
        '二' | '贰' | '²' => 2,
        '三' | '叁' | '³' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '①'..='⑨' => nth(0x2460, 1),
        '⑴'..='⑼' => nth(0x2474, 1),
        '⒈'..='⒐' => nth(0x2488, 1),
        '❶'..='❾' => nth(0x2776, 1),
        '➀'..='➈' => nth(0x2780, 1),
        '⁴'..='⁹' => nth(0x2074, 4),
        '₀'..='₉' => nth(0x2080, 0),
        '٠'..='٩' => nth(0x660, 0),
        '۰'..='۹' => nth(0x6f0, 0),
        '\u{1d7ce}'..='\u{1d7ff}' => nth(0x1d7ce, 0),
        _ => return None,
    };
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_is_seen() {
        let check =
            |text: &str, seen: &str| assert_eq!(read(text).map(|plain| plain.text).as_deref(), Some(seen), "{text}");
        check("号&#49;&#x32;&#0051;。", "号123。");
        check(r#""\x31\u0032""#, "\"12\"");
        check("?a=%31%32", "?a=12");
        check("手机幺五九三七三一 二四六八，", "手机1593731 2468，");
        check("①⑤⑨③⑦③①②④⑥⑧", "15937312468");
        check("1593731二四六八", "15937312468");
        check("电话 l59373l246o。", "电话 15937312460。");
        for text in [
            "一二三四五六七八九十",
            "增长 20%，50% 以上",
            "&amp;&nbsp;&#;",
            "C:\\users\\x",
            "二〇二六年十一月二十八日",
            "%e4%b8%ad",
            "IOl0 SO159373l246o 1593731246O8 159373l246o-1",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_place_in_the_text_that_is_seen_leads_back() {
        let text = "甲&#49;乙&#50;丙";
        let plain = read(text).expect("plain");
        assert_eq!(plain.text, "甲1乙2丙");
        let check = |seen: &str, written: &str| {
            let at = plain.text.find(seen).expect("seen");
            assert_eq!(&text[plain.written(at..at + seen.len())], written);
        };
        check("1", "&#49;");
        check("乙2", "乙&#50;");
        check("甲1乙2丙", text);
        check("丙", "丙");
    }
}
