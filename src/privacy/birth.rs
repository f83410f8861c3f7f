//! Birth dates: a full date that a text calls somebody's.

use super::digits::{self, Group, Scan};
use super::label;
use super::{Found, Sort};
use crate::reading::numeral;

/// Words directly before a birth date.
const LABELS: [&str; 12] = [
    "出生日期",
    "出生年月日",
    "出生年月",
    "出生时间",
    "出生",
    "生日",
    "生辰",
    "生年月日",
    "BIRTHDAY",
    "BIRTH",
    "DOB",
    "BDAY",
];
/// What comes before 生于 where nobody is born, as in 学生于, 发生于.
const NOT_BORN_BEFORE: &str = "学师考医先新招养花女男究民卫业习门书余一人发产诞派滋衍寄孳再野终众永共陌救";
/// Who 生于 a later year did something else: the portal's own years.
const BORN_UNTIL: u16 = 2020;
/// What follows 生 where nobody is born.
const NOT_BORN_AFTER: [char; 18] =
    ['效', '产', '活', '成', '态', '物', '长', '机', '意', '命', '动', '前', '后', '源', '育', '病', '变', '日'];
/// What follows 出生 where it is not one person's.
const NOT_BIRTH_AFTER: [&str; 6] = ["人口", "率", "缺陷", "证", "医学", "登记"];
/// Words that say that the person is dead.
const DEATH: [&str; 7] = ["逝世", "去世", "病逝", "牺牲", "就义", "辞世", "卒"];

/// What follows a date that bounds the birth dates of many.
const BOUND_AFTER: [&str; 9] = ["前", "后", "以前", "以后", "以来", "之前", "之后", "（含", "(含"];
/// Who has a birth date behind the name was born before the things of which notices give the date.
const NAMED_UNTIL: u16 = 2010;

/// What stands between the parts of a date.
const MARKS: [char; 9] = ['年', '月', '-', '/', '.', '－', '．', '—', '–'];

/// A date in a text.
struct Dated {
    start: usize,
    end: usize,
    /// Year, month and day.
    day: (u16, u16, u16),
}

/// Whether a living person can be born on this day.
pub(super) fn is_birth(year: u16, month: u16, day: u16) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u16::from(leap),
        _ => return false,
    };
    (1900..=2035).contains(&year) && (1..=days).contains(&day)
}

/// Whether a text names a birth date.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.to_uppercase();
    LABELS.iter().any(|label| text.ends_with(label))
}

/// Adds the birth dates of a text.
pub(super) fn find(text: &str, scan: &Scan, found: &mut Vec<Found>) {
    let is_year = |group: &&Group| match group.count {
        4 | 8 => true,
        2 => {
            text[group.end..].starts_with('年')
                || (text[group.end..].starts_with(MARKS) && is_called(text, group.start))
        }
        _ => false,
    };
    for group in scan.groups.iter().filter(is_year) {
        if let Some(date) = in_digits(text, group) {
            judge(text, &date, found);
        }
    }
    // Dates in numerals are looked for only where the text speaks of a birth.
    for (at, _) in scan.marks.iter().filter(|(at, mark)| *mark == '生' && is_birth_word(text, *at)) {
        let line = text[..*at].char_indices().rev().take(16).take_while(|(_, c)| *c != '\n');
        let from = line.last().map_or(*at, |(from, _)| from);
        let near = label::after(text, from, 44);
        let starts = near.char_indices().filter(|(_, c)| numeral::is_below_hundred(*c));
        if let Some(date) = starts.into_iter().find_map(|(start, _)| in_numerals(text, from + start)) {
            judge(text, &date, found);
        }
    }
}

/// Whether the 生 at `at` is one of 出生, 日生, 生于, 生日, 生辰.
fn is_birth_word(text: &str, at: usize) -> bool {
    text[..at].ends_with(['出', '日']) || text[at + '生'.len_utf8()..].starts_with(['于', '日', '辰'])
}

fn judge(text: &str, date: &Dated, found: &mut Vec<Found>) {
    let (year, month, day) = date.day;
    let is_born = || born_before(text, date) || born_after(text, date) || born_in_brackets(text, date);
    if !is_birth(year, month, day) || is_bound(text, date) || !is_born() {
        return;
    }
    let around = [label::clause(text, date.start, 30), label::after(text, date.end, 30)];
    if around.iter().any(|words| DEATH.iter().any(|word| words.contains(word))) {
        return;
    }
    let value = format!("{year:04}-{month:02}-{day:02}");
    found.push(Found { range: date.start..date.end, sort: Sort::Birth, value });
}

/// Whether a date bounds those of many: `1966年11月1日前出生`, `至2020年8月31日出生`.
fn is_bound(text: &str, date: &Dated) -> bool {
    let rest = text[date.end..].trim_start_matches(digits::is_space);
    BOUND_AFTER.iter().any(|word| rest.starts_with(word))
        || text[..date.start].trim_end_matches(digits::is_space).ends_with(['至', '到'])
}

/// Whether a date stands behind somebody's name, `李秀英（1950-03-02）`, or begins a life that goes on, `（1950年3月2日—）`.
fn born_in_brackets(text: &str, date: &Dated) -> bool {
    let Some(before) = text[..date.start].strip_suffix(['（', '(']) else { return false };
    let rest = &text[date.end..];
    let goes_on = rest.trim_start_matches(digits::is_hyphen).trim_start_matches(['今', '至']);
    if goes_on.len() < rest.len() && goes_on.starts_with(['）', ')']) {
        return true;
    }
    rest.starts_with(['）', ')']) && date.day.0 <= NAMED_UNTIL && label::ends_in_name(before)
}

/// Whether the words before a date make it a birth date.
fn born_before(text: &str, date: &Dated) -> bool {
    let is_joint = |c: char| {
        digits::is_space(c)
            || digits::is_mark(c)
            || digits::is_unseen(c)
            || matches!(
                c,
                '：' | ':' | '是' | '为' | '在' | '于' | '（' | '(' | '|' | '，' | ',' | '"' | '“' | '\t' | '\n' | '_'
            )
    };
    let before = &text[..date.start];
    let words = before.trim_end_matches(is_joint);
    let joints = &before[words.len()..];
    // In a form, the date may stand on the line below what it is.
    let lines = joints.matches('\n').count();
    if joints.chars().count() > 8 || lines > 1 || (lines == 1 && date.day.0 > BORN_UNTIL) {
        return false;
    }
    let near = label::tight(label::clause(before, words.len(), 20), 10).to_uppercase();
    if LABELS.iter().any(|label| near.ends_with(label)) {
        return true;
    }
    let born = near.strip_suffix('生').is_some_and(|near| !near.ends_with(|c| NOT_BORN_BEFORE.contains(c)));
    if born && joints.starts_with('于') && date.day.0 <= BORN_UNTIL {
        return true;
    }
    // `女，汉族，1950年3月2日，`: a row of personal details.
    let row = label::sentence(before, words.len(), 8);
    let sexed = row.ends_with(['男', '女']) || (row.ends_with('族') && row.contains(['男', '女']));
    let (rest, spaced) = (&text[date.end..], joints.chars().all(digits::is_space));
    let next = rest.trim_start_matches(digits::is_space).chars().next();
    let is_ended =
        next.is_none_or(|c| "，,、；;。|\n）)".contains(c)) || (spaced && rest.starts_with(digits::is_space));
    sexed && date.day.0 <= BORN_UNTIL && joints.starts_with(['，', ',', '、', ' ', '\u{3000}', '|']) && is_ended
}

/// Whether the words after a date make it a birth date.
fn born_after(text: &str, date: &Dated) -> bool {
    let is_gap = |c| digits::is_space(c) || digits::is_mark(c);
    let rest = text[date.end..].trim_start_matches(is_gap);
    let born = rest.strip_prefix('出').and_then(|rest| rest.trim_start_matches(is_gap).strip_prefix('生'));
    if let Some(rest) = born {
        return !NOT_BIRTH_AFTER.iter().any(|word| rest.starts_with(word));
    }
    if let Some(rest) = rest.strip_prefix(['，', ',']) {
        // `1950年3月2日，李秀英出生在一个农民家庭`
        let name = label::after(rest, 0, 6).find("出生").map_or("", |at| &rest[..at]);
        let next = &rest[name.len()..];
        return name.chars().count() >= 2
            && name.chars().all(char::is_alphabetic)
            && !NOT_BIRTH_AFTER.iter().any(|word| next.trim_start_matches("出生").starts_with(word));
    }
    let said = text[date.start..date.end].ends_with(['日', '号']);
    rest.strip_prefix('生').is_some_and(|rest| {
        if said { !rest.starts_with(NOT_BORN_AFTER) } else { !rest.starts_with(char::is_alphanumeric) }
    })
}

/// Whether a label of birth dates stands before `at`, as before a year of two digits: `出生日期：62.8.15`.
fn is_called(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c| digits::is_space(c) || matches!(c, '：' | ':' | '|' | '\t'));
    is_label(&label::tight(label::clause(before, before.len(), 20), 10))
}

/// The date whose year, or all of whose digits, are a group.
fn in_digits(text: &str, group: &Group) -> Option<Dated> {
    let is_joined =
        text[group.end..].starts_with(|c| !digits::is_space(c) && !digits::is_unseen(c) && !MARKS.contains(&c));
    if group.count == 4 && is_joined {
        return None;
    }
    let mut written = digits::ascii(text, group.start..group.end);
    if group.count == 2 {
        written.insert_str(0, if written.as_str() < "25" { "20" } else { "19" });
    }
    if !matches!(&written.as_bytes()[..2], b"19" | b"20") {
        return None;
    }
    if group.count == 8 {
        let day = (written[..4].parse().ok()?, written[4..6].parse().ok()?, written[6..].parse().ok()?);
        return Some(Dated { start: group.start, end: group.end, day });
    }
    let mut at = skip(text, group.end);
    let (month, next) = after_mark(text, at, &MARKS)?;
    at = skip(text, next);
    let (day, next) = after_mark(text, at, &MARKS)?;
    let end = skip(text, next);
    let end = text[end..].chars().next().filter(|c| matches!(c, '日' | '号')).map_or(next, |c| end + c.len_utf8());
    Some(Dated { start: group.start, end, day: (written.parse().ok()?, month, day) })
}

/// One or two digits after one of the marks, and where they end.
fn after_mark(text: &str, at: usize, marks: &[char]) -> Option<(u16, usize)> {
    let mark = text[at..].chars().next().filter(|c| marks.contains(c))?;
    let start = skip(text, at + mark.len_utf8());
    let mut end = start;
    while let Some(length) = digits::digit(text.as_bytes(), end) {
        end += length;
    }
    let number = digits::ascii(text, start..end);
    if number.len() > 2 { None } else { Some((number.parse().ok()?, end)) }
}

fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches(|c| digits::is_space(c) || digits::is_unseen(c)).len()
}

/// A date in Chinese numerals, such as 一九五〇年三月二日.
fn in_numerals(text: &str, start: usize) -> Option<Dated> {
    let (year, at) = numerals(text, start, '年')?;
    let (month, at) = numerals(text, at, '月')?;
    let (day, end) = numerals(text, at, '日')?;
    let year = if year < 100 { 1900 + year } else { year };
    Some(Dated { start, end, day: (year, month, day) })
}

/// A number in Chinese numerals before a mark, and where the mark ends.
fn numerals(text: &str, start: usize, mark: char) -> Option<(u16, usize)> {
    let rest = &text[start..];
    let length = rest.char_indices().take(5).find(|(_, c)| !numeral::is_below_hundred(*c)).map(|(at, _)| at)?;
    let number = u16::try_from(numeral::value(&rest[..length])?).ok()?;
    let after = rest[length..].strip_prefix(mark)?;
    Some((number, text.len() - after.len()))
}

/// The date that `text` begins with or contains, as `1950-03-02`.
pub(super) fn day(text: &str) -> Option<String> {
    let scan = digits::scan(text);
    let dates =
        scan.groups.iter().filter(|group| matches!(group.count, 4 | 8)).find_map(|group| in_digits(text, group));
    let numerals = || text.char_indices().find_map(|(at, _)| in_numerals(text, at));
    let (year, month, day) = dates.or_else(numerals)?.day;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}
