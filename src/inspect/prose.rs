//! Punctuation and dates of Chinese prose, in the texts that editors wrote.

use super::Inspection;
use crate::content::shared::Common;
use crate::content::walk::{self, Step};

pub(super) fn check(inspection: &mut Inspection<'_>) {
    let portal = inspection.portal;
    for (_, item) in portal.items().filter(|(_, item)| item.is_public()) {
        let entry = &item.entry;
        let mut said: Vec<(&'static str, String, String)> = Vec::new();
        let mut field = |path: &[Step], text: &str| {
            // The body is read below, with places inside it.
            if path == [Step::Key("body")] {
                return;
            }
            faults(text, |fault| said.push((fault.rule, told(&entry.origin.place(path)), fault.what.to_owned())));
        };
        walk::texts::<Common>(&entry.common, &mut field);
        entry.own.texts(&mut field);
        faults(entry.body(), |fault| {
            let range = fault.at..fault.at + fault.what.len();
            said.push((fault.rule, told(&entry.origin.body_place(&range)), fault.what.to_owned()));
        });
        for (rule, place, what) in said {
            inspection.found(rule, place, &what, 0);
        }
    }
}

fn told(place: &crate::source::Place) -> String {
    let (line, column) = place.line_column();
    format!("{}:{line}:{column}", place.source.path)
}

struct Fault<'a> {
    rule: &'static str,
    at: usize,
    what: &'a str,
}

/// Calls `each` with every fault of a text, in order. Code and addresses are left out.
fn faults<'a>(text: &'a str, mut each: impl FnMut(Fault<'a>)) {
    if text.is_ascii() {
        return;
    }
    let mut at = 0;
    let mut fence = false;
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fence = !fence;
            continue;
        }
        let is_rule = trimmed.trim_end().chars().all(|c| matches!(c, '-' | '|' | ':' | ' '));
        if !fence && !is_rule {
            in_line(line, |rule, from, what| each(Fault { rule, at: begin + from, what }));
        }
    }
}

fn in_line<'a>(line: &'a str, mut each: impl FnMut(&'static str, usize, &'a str)) {
    let mut code = false;
    let mut skip_to = 0;
    let mut last = None;
    for (at, c) in line.char_indices() {
        let before = last.replace(c);
        // Most of Chinese prose is Han, and none of it is at fault.
        if is_han(c) || at < skip_to {
            continue;
        }
        if c == '`' {
            code = !code;
        }
        if code {
            continue;
        }
        let rest = &line[at..];
        if rest.starts_with("http:") || rest.starts_with("https:") || rest.starts_with("](") || rest.starts_with('<') {
            skip_to = at + rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>')).unwrap_or(rest.len());
            continue;
        }
        let is_after_han = before.is_some_and(is_han);
        let run = |mark: char| rest.len() - rest.trim_start_matches(mark).len();
        match c {
            ',' | ';' | ':' | '!' | '?' if is_after_han && rest.chars().nth(1).is_some_and(is_han) => {
                each("half-comma", at, &line[at..=at]);
            }
            '.' if run('.') >= 3 && is_after_han => {
                each("ellipsis", at, &line[at..at + run('.')]);
                skip_to = at + run('.');
            }
            '。' if rest.starts_with("。。") => {
                let length = rest.len() - rest.trim_start_matches('。').len();
                each("ellipsis", at, &line[at..at + length]);
                skip_to = at + length;
            }
            '-' if run('-') >= 2 && is_after_han => {
                each("dash", at, &line[at..at + run('-')]);
                skip_to = at + run('-');
            }
            '1' | '2' if !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-')) => {
                if let Some(length) = dotted_date(rest) {
                    each("date-style", at, &line[at..at + length]);
                    skip_to = at + length;
                }
            }
            _ => {}
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The length of a date such as 2022.3.11 or 2022/3/11 at the beginning of a text; the way of ISO 8601 is for data and tables.
fn dotted_date(text: &str) -> Option<usize> {
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let year = number(text);
    let mark = *text.as_bytes().get(year).filter(|mark| matches!(mark, b'.' | b'/'))?;
    let month = number(&text[year + 1..]);
    let second = year + 1 + month;
    if year != 4 || !(1..=2).contains(&month) || text.as_bytes().get(second) != Some(&mark) {
        return None;
    }
    let day = number(&text[second + 1..]);
    let end = second + 1 + day;
    let is_whole = !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/'));
    let fits = |from: usize, most: u32| {
        text[from..].bytes().take_while(u8::is_ascii_digit).fold(0, |n, d| n * 10 + u32::from(d - b'0')) <= most
    };
    ((1..=2).contains(&day) && is_whole && fits(year + 1, 12) && fits(second + 1, 31)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&'static str, &str)> {
        let mut all = Vec::new();
        faults(text, |fault| all.push((fault.rule, fault.what)));
        all
    }

    #[test]
    fn each_fault_is_told_from_what_looks_like_it() {
        for (text, expected) in [
            ("甲,乙", vec![("half-comma", ",")]),
            ("甲, 乙", vec![]),
            ("甲，乙", vec![]),
            ("共1,200人", vec![]),
            ("上午9:30到", vec![]),
            ("比:值", vec![("half-comma", ":")]),
            ("等等...", vec![("ellipsis", "...")]),
            ("等等。。。", vec![("ellipsis", "。。。")]),
            ("等等……", vec![]),
            ("1...3 的数", vec![]),
            ("甲--乙", vec![("dash", "--")]),
            ("甲——乙", vec![]),
            ("甲-乙", vec![]),
            ("| 甲 | 乙 |\n| --- | --- |\n", vec![]),
            ("于2022.3.11日", vec![("date-style", "2022.3.11")]),
            ("于 2022/03/11 开", vec![("date-style", "2022/03/11")]),
            ("于 2022-03-11 开", vec![]),
            ("版本 2022.3.11.4 的", vec![]),
            ("编号 A2022.3.11 的", vec![]),
            ("共 2022.35 元", vec![]),
            ("见 https://a.example/2022/3/11 说", vec![]),
            ("[甲](a,b/2022.3.11)，乙", vec![]),
            ("写作 `甲,乙` 的", vec![]),
            ("```\n甲,乙\n```\n", vec![]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
