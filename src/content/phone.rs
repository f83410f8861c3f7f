//! Telephones: what editors write, and the numbers in it that can be called.
//!
//! A field may hold several numbers, extensions and words around them. Nothing here decides whether a number is in use.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Deserializer;
use serde::{Deserialize, Serialize, Serializer};

use super::value::{Malformed, parsed};

/// One or more telephone numbers as written, at least one of which can be called or is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(Box<str>);

/// A part of a [`Phone`] with one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number with the words around it, in half-width digits.
    pub text: String,
    /// A `tel:` URI (RFC 3966); none if the number is masked.
    pub tel: Option<String>,
}

impl Phone {
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its numbers, in order.
    pub fn lines(&self) -> Vec<Line> {
        lines(&self.0)
    }
}

impl FromStr for Phone {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let read = scan(text);
        match read.stray {
            Some(stray) => Err(Malformed::Phone(Some(text[stray].to_owned()))),
            None if read.found.is_empty() => Err(Malformed::Phone(None)),
            None => Ok(Self(text.into())),
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for Phone {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "phone".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "phone"})
    }
}

/// The `tel:` URI for a link's address after `tel:`; none if it is not exactly one number that can be called.
pub fn link(address: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    let text = decoded.replacen(";ext=", "转", 1);
    let read = scan(text.trim());
    match (read.found.as_slice(), read.stray) {
        ([only], None) if only.range == (0..text.trim().len()) => only.tel.clone(),
        _ => None,
    }
}

/// A number of at least this many digits is recognised in running text.
const LONG: usize = 7;
/// Characters of a masked number, at most.
const MASKED: usize = 24;
/// Words before a number that is no telephone.
const OTHERS: [&str; 4] = ["QQ", "qq", "微信", "账号"];

/// The telephone numbers in running text, each with its `tel:` URI. Short numbers are left alone: in running text they may mean anything.
pub fn in_text(text: &str) -> Vec<(Range<usize>, String)> {
    let is_long = |tel: &str| tel.bytes().take_while(|b| *b != b';').filter(u8::is_ascii_digit).count() >= LONG;
    let found = scan(text).found.into_iter();
    found.filter_map(|one| Some((one.range, one.tel?))).filter(|(_, tel)| is_long(tel)).collect()
}

/// A number in a text.
#[derive(Debug)]
struct Found {
    /// Where, in bytes, with its extension.
    range: Range<usize>,
    /// How it is shown.
    shown: String,
    tel: Option<String>,
}

#[derive(Debug, Default)]
struct Read {
    found: Vec<Found>,
    /// The first piece that looks like a number and is none.
    stray: Option<Range<usize>>,
}

fn lines(text: &str) -> Vec<Line> {
    let found = scan(text).found;
    let mut lines = Vec::new();
    let mut start = 0;
    for (nth, one) in found.iter().enumerate() {
        let (end, next) = match found.get(nth + 1) {
            Some(next) => cut(text, one.range.end..next.range.start),
            None => (text.len(), text.len()),
        };
        let text = format!("{}{}{}", &text[start..one.range.start], one.shown, &text[one.range.end..end]);
        lines.push(Line { text: text.trim().to_owned(), tel: one.tel.clone() });
        start = next;
    }
    lines
}

/// Where the text between two numbers is divided: the end of the first part, and the beginning of the second.
fn cut(text: &str, between: Range<usize>) -> (usize, usize) {
    let mut depth = 0_usize;
    for (at, c) in text[between.clone()].char_indices() {
        let here = between.start + at;
        match fold(c) {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '、' | ',' | ';' | '/' | '|' | '\n' | '或' | '和' | '及' if depth == 0 => {
                return (here, here + c.len_utf8());
            }
            _ => {}
        }
    }
    if text[between.clone()].trim().is_empty() { (between.start, between.end) } else { (between.end, between.end) }
}

/// A character as it counts: full-width forms become ASCII, all dashes a hyphen, all spaces a space, and signs of multiplication,
/// which mask digits, an asterisk.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' => '-',
        '×' | '●' | '•' => '*',
        c if c.is_whitespace() && c != '\n' => ' ',
        c => c,
    }
}

/// Finds the numbers in a text.
fn scan(text: &str) -> Read {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, fold(c))).collect();
    let mut scanner = Scanner { chars, end: text.len(), read: Read::default() };
    let mut at = 0;
    while at < scanner.chars.len() {
        at = scanner.step(at);
    }
    scanner.read
}

struct Scanner {
    /// Each character folded, with its byte offset.
    chars: Vec<(usize, char)>,
    end: usize,
    read: Read,
}

/// Digits that belong together, and the index after each group of them.
struct Digits {
    plus: bool,
    groups: Vec<(String, usize)>,
}

impl Scanner {
    fn get(&self, at: usize) -> char {
        self.chars.get(at).map_or('\0', |(_, c)| *c)
    }

    fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let byte = |at: usize| self.chars.get(at).map_or(self.end, |(byte, _)| *byte);
        byte(from)..byte(to)
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.chars[from..to].iter().map(|(_, c)| c).collect()
    }

    fn push(&mut self, from: usize, to: usize, shown: String, tel: Option<String>) {
        self.read.found.push(Found { range: self.bytes(from, to), shown, tel });
    }

    /// Reads what begins at `at`, and returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let c = self.get(at);
        let opens = c == '+' || c == '(' || c == '*';
        let first = if opens { self.get(at + 1) } else { c };
        let begins = first.is_ascii_digit() || (c == '(' && first == '+') || (c == '*' && first == '*');
        let inside = at > 0 && (self.get(at - 1).is_ascii_alphanumeric() || self.get(at - 1) == '.');
        if !begins || inside {
            return at + 1;
        }
        if self.is_other(at) {
            return at + self.chars[at..].iter().take_while(|(_, c)| c.is_ascii_digit()).count().max(1);
        }
        if let Some(end) = self.masked(at) {
            self.push(at, end, self.text(at, end), None);
            return end;
        }
        let digits = self.digits(at);
        for n in (1..=digits.groups.len()).rev() {
            let end = digits.groups[n - 1].1;
            let Some(number) = number(&digits.groups[..n], digits.plus) else { continue };
            if !"室楼层栋路元年月日人".contains(self.get(end)) {
                return self.number(at, end, &number);
            }
        }
        let Some((_, first)) = digits.groups.first() else { return at + 1 };
        let (first, last) = (*first, digits.groups.last().map_or(at, |(_, end)| *end));
        let all: String = digits.groups.iter().map(|(group, _)| group.as_str()).collect();
        let alone = digits.groups.len() == 1 && all.len() >= 7;
        if self.read.stray.is_none() && (alone || (all.len() >= 9 && (digits.plus || all.starts_with(['0', '1'])))) {
            self.read.stray = Some(self.bytes(at, last));
        }
        first.max(at + 1)
    }

    /// Whether the words before `at` say that what follows is no telephone.
    fn is_other(&self, at: usize) -> bool {
        let start = (0..at).rev().find(|at| self.get(*at).is_alphanumeric()).map_or(0, |last| last + 1);
        OTHERS.iter().any(|word| {
            let length = word.chars().count();
            start >= length && word.chars().enumerate().all(|(nth, c)| self.get(start - length + nth) == c)
        })
    }

    /// The end of a number of which digits are masked, such as `138****1234`.
    fn masked(&self, at: usize) -> Option<usize> {
        let mut end = at;
        let (mut stars, mut digits) = (0, 0);
        while end < at + MASKED {
            match self.get(end) {
                '*' => stars += 1,
                'x' | 'X' if digits > 0 => stars += 1,
                c if c.is_ascii_digit() => digits += 1,
                '-' | ' ' if self.get(end + 1).is_ascii_digit() || self.get(end + 1) == '*' => {}
                _ => break,
            }
            end += 1;
        }
        (stars >= 2 && digits >= 2).then_some(end)
    }

    /// The groups of digits from `at` on that single separators or parentheses join.
    fn digits(&self, at: usize) -> Digits {
        let mut here = at;
        while matches!(self.get(here), '(' | '+') {
            here += 1;
        }
        let plus = (at..here).any(|at| self.get(at) == '+');
        let mut groups = Vec::new();
        loop {
            let start = here;
            while self.get(here).is_ascii_digit() {
                here += 1;
            }
            groups.push((self.text(start, here), here));
            let joint = (here..here + 3).take_while(|at| matches!(self.get(*at), ' ' | '-' | '.' | '(' | ')')).count();
            if joint == 0 || !self.get(here + joint).is_ascii_digit() || groups.len() > 5 {
                return Digits { plus, groups };
            }
            here += joint;
        }
    }

    /// Adds a number, with its extension, and others of which only the last digits are written: `85321234/5`.
    fn number(&mut self, from: usize, end: usize, number: &str) -> usize {
        if let Some((digits, end)) = self.extension(end) {
            self.push(from, end, self.text(from, end), Some(format!("tel:{number};ext={digits}")));
            return end;
        }
        let shown = self.text(from, end);
        self.push(from, end, shown.clone(), Some(format!("tel:{number}")));
        let mut at = end;
        while self.get(at) == '/' && self.get(at + 1).is_ascii_digit() {
            let tail = (at + 1..at + 4).take_while(|at| self.get(*at).is_ascii_digit()).count();
            if tail > 2 {
                break;
            }
            let digits = self.text(at + 1, at + 1 + tail);
            let other = |text: &str| format!("{}{digits}", &text[..text.len() - tail]);
            self.push(at + 1, at + 1 + tail, other(&shown), Some(format!("tel:{}", other(number))));
            at += 1 + tail;
        }
        at
    }

    /// The digits of an extension that begins at `at`, and its end.
    fn extension(&self, at: usize) -> Option<(String, usize)> {
        let spaces = |from: usize| from + (from..from + 3).take_while(|at| self.get(*at) == ' ').count();
        let bracket = self.get(spaces(at)) == '(';
        let here = spaces(at) + usize::from(bracket);
        let mark = ["转分机", "转", "分机号", "分机", "ext.", "ext", "Ext.", "Ext", "EXT", "#"]
            .iter()
            .find(|mark| mark.chars().enumerate().all(|(nth, c)| self.get(here + nth) == c));
        let here = match mark {
            Some(mark) => {
                let after = spaces(here + mark.chars().count());
                spaces(after + usize::from(self.get(after) == ':'))
            }
            None if !bracket && self.get(at) == '-' => at + 1,
            None => return None,
        };
        let count = (here..here + 7).take_while(|at| self.get(*at).is_ascii_digit()).count();
        let end = here + count;
        let ends = (1..=6).contains(&count) && (mark.is_some() || self.get(end) != '-');
        let close = usize::from(bracket && self.get(end) == ')');
        ends.then(|| (self.text(here, end), end + close))
    }
}

/// The number that groups of digits make, as it is called; none if they make none. The forms are those of China's numbering plan, and any
/// international number.
fn number(groups: &[(String, usize)], plus: bool) -> Option<String> {
    let digits: String = groups.iter().map(|(group, _)| group.as_str()).collect();
    let is_mobile = |digits: &str| digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]);
    let abroad = |national: &str| {
        let national = national.strip_prefix('0').unwrap_or(national);
        let fits = is_mobile(national) || ((9..=11).contains(&national.len()) && !national.starts_with(['0', '1']));
        let capital = national.len() == 10 && national.starts_with("10");
        (fits || capital).then(|| format!("+86{national}"))
    };
    let outside = match digits.as_str() {
        digits if plus => digits.strip_prefix("86").map_or_else(|| foreign(digits), abroad),
        digits => digits.strip_prefix("0086").and_then(abroad),
    };
    if plus || outside.is_some() {
        return outside;
    }
    let area = if matches!(digits.as_bytes(), [b'0', b'1' | b'2', ..]) { 3 } else { 4 };
    let fits = match digits.as_bytes() {
        [b'0', ..] if digits.len() > area => match digits.len() - area {
            7 => area == 4,
            8 => true,
            5 => is_short(&digits[area..]),
            _ => false,
        },
        [b'4' | b'8', b'0', b'0', ..] if digits.len() == 10 => true,
        [b'2'..=b'9', ..] if matches!(digits.len(), 7 | 8) => match groups {
            [_] => true,
            [_, (last, _)] => last.len() == 4,
            _ => false,
        },
        _ => is_mobile(&digits) || (groups.len() == 1 && is_short(&digits)),
    };
    if fits {
        return Some(digits);
    }
    digits.strip_prefix("86").filter(|national| national.len() > 9).and_then(abroad)
}

fn foreign(digits: &str) -> Option<String> {
    (8..=15).contains(&digits.len()).then(|| format!("+{digits}"))
}

/// Numbers that are dialled without an area code: 110, 12345, 95588.
fn is_short(digits: &str) -> bool {
    match digits.len() {
        3 => ["110", "112", "114", "119", "120", "122"].contains(&digits),
        5 | 6 => ["10", "11", "12", "95", "96"].iter().any(|start| digits.starts_with(start)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let each = |line: Line| format!("{} <{}>", line.text, line.tel.unwrap_or_default());
        match text.parse::<Phone>() {
            Ok(phone) => phone.lines().into_iter().map(each).collect::<Vec<_>>().join(" | "),
            Err(cause) => format!("{cause:?}"),
        }
    }

    #[test]
    fn a_number_becomes_a_link_however_it_is_written() {
        for (text, tel) in [
            ("0373-3054321", "03733054321"),
            ("（0373）305 4321", "03733054321"),
            ("０３７３－３０５４３２１", "03733054321"),
            ("0373—3054321", "03733054321"),
            ("010 6505 1234", "01065051234"),
            ("3054321", "3054321"),
            ("6505-1234", "65051234"),
            ("13912345678", "13912345678"),
            ("139-1234-5678", "13912345678"),
            ("+86 373 3054321", "+863733054321"),
            ("+86-0373-3054321", "+863733054321"),
            ("0086 139 1234 5678", "+8613912345678"),
            ("86-10-65051234", "+861065051234"),
            ("+852 2345 6789", "+85223456789"),
            ("400-123-4567", "4001234567"),
            ("800 820 8820", "8008208820"),
            ("95588", "95588"),
            ("12345", "12345"),
            ("0373-12345", "037312345"),
            ("110", "110"),
            ("0000-0000000", "00000000000"),
        ] {
            let line = text.parse::<Phone>().map(|phone| phone.lines().remove(0).tel);
            assert_eq!(line, Ok(Some(format!("tel:{tel}"))), "{text}");
        }
    }

    #[test]
    fn an_extension_is_part_of_the_link() {
        for text in [
            "0373-3054321转802",
            "0373-3054321 转 802",
            "0373-3054321-802",
            "0373-3054321（转802）",
            "0373-3054321 分机：802",
            "0373-3054321 ext. 802",
            "0373-3054321#802",
        ] {
            let line = text.parse::<Phone>().map(|phone| phone.lines().remove(0).tel);
            assert_eq!(line, Ok(Some("tel:03733054321;ext=802".to_owned())), "{text}");
        }
    }

    #[test]
    fn several_numbers_are_several_lines_with_their_words() {
        assert_eq!(told("3054321、3054322"), "3054321 <tel:3054321> | 3054322 <tel:3054322>");
        assert_eq!(told("3054321 3054322"), "3054321 <tel:3054321> | 3054322 <tel:3054322>");
        assert_eq!(told("3054321/2"), "3054321 <tel:3054321> | 3054322 <tel:3054322>");
        assert_eq!(
            told("教务处 0373-3054321（周一、周五 9:00-17:00）；夜间：13912345678"),
            "教务处 0373-3054321（周一、周五 9:00-17:00） <tel:03733054321> | 夜间：13912345678 <tel:13912345678>"
        );
        assert_eq!(told("0373-3054321转8或9"), "0373-3054321转8或9 <tel:03733054321;ext=8>");
    }

    #[test]
    fn a_masked_number_is_shown_and_not_linked() {
        assert_eq!(told("138****1234"), "138****1234 <>");
        assert_eq!(told("王老师 138＊＊＊＊1234"), "王老师 138****1234 <>");
        assert_eq!(told("0373-30×××××"), "0373-30***** <>");
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for text in ["见公告", "QQ：30543210", "一楼服务台", "2026", "", "0373", "9:00-17:00", "教务处118室"]
        {
            assert_eq!(told(text), "Phone(None)", "{text}");
        }
        for (text, stray) in
            [("1391234567", "1391234567"), ("0373-305432", "0373-305432"), ("0373-3054321、1391234567", "1391234567")]
        {
            assert_eq!(told(text), format!("Phone(Some({stray:?}))"), "{text}");
        }
    }

    #[test]
    fn a_link_names_one_number() {
        assert_eq!(link("0373-3054321").as_deref(), Some("tel:03733054321"));
        assert_eq!(link("03733054321;ext=802").as_deref(), Some("tel:03733054321;ext=802"));
        assert_eq!(link("%EF%BC%90373-3054321").as_deref(), Some("tel:03733054321"));
        for bad in ["", "xxx", "1", "138****1234", "3054321,3054322", "教务处"] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_are_found_in_running_text() {
        let told =
            |text: &str| in_text(text).into_iter().map(|(at, tel)| (text[at].to_owned(), tel)).collect::<Vec<_>>();
        assert_eq!(
            told("电话：0373-3054321，工作日 9:00—17:00，邮编 453000。"),
            [("0373-3054321".to_owned(), "tel:03733054321".to_owned())]
        );
        assert_eq!(told("QQ：30543210，微信 3054321"), []);
    }
}
