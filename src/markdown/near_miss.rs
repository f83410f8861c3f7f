//! Marks that an editor wrote and Markdown does not know: full-width marks, a heading without a space, a link with Chinese
//! brackets. The parser leaves them as text, so they are looked for in text alone.

use std::collections::BTreeSet;
use std::ops::Range;

use super::block::NAMES;
use super::day;
use super::emphasis::is_masked_name;
use super::foreign;
use super::{is_han, is_wide};
use crate::content::pasted;
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::source::{boundary_before, boundary_behind};

/// Where a piece of text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// At the beginning of a paragraph or an item, where a number is shown as it is meant.
    First,
    /// At the beginning of a later line, which the page shows behind the line above it.
    Line,
    /// After something else.
    Inside,
}

/// Bytes in which the end of a link is looked for.
const NEAR: usize = 2_000;

/// Bytes in which the end of a target is looked for that no bracket closes.
const NEAR_TARGET: usize = 300;

type Found = Vec<(Range<usize>, Mistake)>;

/// What did not become a mark in a piece of text as it stands in the source; the places are those in the piece. `notes` are the labels of
/// footnotes whose own line is said.
pub(super) fn near_misses(source: &str, position: Position, notes: &BTreeSet<String>) -> Found {
    let mut found = Found::new();
    let mut at = 0;
    let mut is_tabbed = false;
    for (nth, line) in source.split_inclusive('\n').enumerate() {
        // The source of later lines holds the marks of a quote.
        let text = if nth == 0 { line } else { line.trim_start_matches([' ', '\t', '>']) };
        let start = at + line.len() - text.len();
        at += line.len();
        let text = text.trim_end();
        let mut here = Vec::new();
        let is_later = nth > 0 || position == Position::Line;
        if is_later || position == Position::First {
            here.extend(line_start(text, is_later));
        }
        let signs = Signs::of(text);
        if signs.tab && here.is_empty() && !is_tabbed {
            is_tabbed = cells(text, &mut here);
        }
        if here.is_empty() {
            if signs.brackets {
                links(text, notes, &mut here);
                unbracketed(text, &mut here);
            }
            if signs.marks {
                wide_marks(text, &mut here);
                stars(text, &mut here);
            }
            if signs.colons {
                wide_addresses(text, &mut here);
            }
            if signs.foreign {
                foreign::marks(text, &mut here);
            }
            if signs.slashes {
                foreign::paths(text, &mut here);
            }
        }
        if signs.days {
            day::days(text, &mut here);
        }
        if signs.unfinished {
            day::unfinished(text, &mut here);
        }
        if signs.odd {
            invisible(text, &mut here);
        }
        found.extend(here.into_iter().map(|(range, mistake)| (start + range.start..start + range.end, mistake)));
    }
    found
}

/// Which characters of near misses a text holds. Most texts hold none, so one look spares the others.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one of them, and all may be there")]
struct Signs {
    brackets: bool,
    colons: bool,
    foreign: bool,
    marks: bool,
    odd: bool,
    slashes: bool,
    tab: bool,
    days: bool,
    unfinished: bool,
}

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = Self::default();
        for c in text.chars() {
            match c {
                ']' => (signs.brackets, signs.foreign) = (true, true),
                '[' | '】' | '］' => signs.brackets = true,
                '：' | '／' => signs.colons = true,
                '_' | '＿' | '=' | '+' | '}' | ':' | '!' | '^' | '$' | '\\' => signs.foreign = true,
                '/' => signs.slashes = true,
                '~' => (signs.marks, signs.foreign) = (true, true),
                '*' | '＊' | '～' | '｀' => signs.marks = true,
                '\t' => signs.tab = true,
                '月' => signs.days = true,
                'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | 'T' | 'L' | '待' | '此' => signs.unfinished = true,
                _ => signs.odd |= is_odd(c) || is_joiner(c) || pasted::OF_WRONG_ENCODING.contains(&c),
            }
        }
        signs
    }
}

/// Whether what is shown as code because of its indentation is a paragraph.
pub(super) fn is_indented_text(source: &str) -> bool {
    source.chars().any(is_han)
}

/// A mark at the beginning of a line; numbers only on a later line of a paragraph.
fn line_start(text: &str, is_later: bool) -> Option<(Range<usize>, Mistake)> {
    let first = text.chars().next()?;
    if is_wide_space(first) {
        return indented_mark(text);
    }
    let run: usize = text.chars().take_while(|c| *c == first).map(char::len_utf8).sum();
    let count = run / first.len_utf8();
    let rest = text[run..].trim_start();
    let next = text[run..].chars().next();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mistake = match first {
        // One # before and one after a word is a topic of social media.
        '#' if count > 6 => (!rest.is_empty()).then(|| say::heading_depth(rest)),
        '#' if next.is_some_and(|c| !matches!(c, ' ' | '\t'))
            && !rest.is_empty()
            && (count > 1 || !text[run..].contains('#')) =>
        {
            let is_number = count == 1 && next.is_some_and(|c| c.is_ascii_digit());
            (!is_number).then(|| say::heading_space(count.max(2), rest.trim_end_matches('#').trim_end()))
        }
        '＃' => Some(say::wide_mark("＃", &format!("{} {rest}", "#".repeat(count.clamp(2, 6))))),
        '-' | '+' | '*' if count == 1 && !rest.is_empty() && next.is_some_and(|c| is_han(c) || is_wide_space(c)) => {
            Some(say::list_space(&format!("- {rest}")))
        }
        '－' | '–' if count == 1 && !rest.is_empty() && next.is_some_and(|c| is_han(c) || c.is_whitespace()) => {
            Some(say::wide_mark(&text[..run], &format!("- {rest}")))
        }
        '＋' | '＊' if count == 1 && !rest.is_empty() && next.is_some_and(char::is_whitespace) => {
            Some(say::wide_mark(&text[..run], &format!("- {rest}")))
        }
        '-' | '=' | '*' if count >= 3 && (first != '*' || next.is_some_and(char::is_whitespace)) => {
            let words = rest.trim_end_matches(first).trim();
            words.starts_with(char::is_alphanumeric).then(|| say::rule_with_text(&text[..run], words))
        }
        '[' | '［' | '【' => return foreign::box_of_a_list(text),
        _ if is_bullet(first) && !rest.is_empty() => {
            Some(say::list_bullet(&format!("- {}", rest.trim_start_matches(is_bullet).trim_start())))
        }
        '：' | ':' if text.chars().take_while(|c| is_colon(*c)).count() >= 3 => {
            let rest = text.trim_start_matches(is_colon).trim();
            let colons = &text[..text.len() - text.trim_start_matches(is_colon).len()];
            Some(say::wide_mark(colons, format!("::: {rest}").trim_end()))
        }
        ':' if count == 2 && NAMES.iter().any(|name| rest.starts_with(name)) => {
            Some(say::wide_mark("::", &format!("::: {rest}")))
        }
        '｜' if rest.contains('｜') => Some(say::wide_mark("｜", &text.replace('｜', "|"))),
        '|' if text.len() > 1 && text.ends_with('|') => Some(match foreign::rule_of_a_table(text) {
            Some(rule) => say::table_rule(&rule),
            None => say::no_table(),
        }),
        '│' | '┃' | '║' | '┌' | '┏' | '╔' => Some(say::no_table()),
        '＞' => Some(say::wide_mark("＞", &format!("> {rest}"))),
        '｀' if count >= 3 => Some(say::wide_mark("｀｀｀", "```")),
        _ if is_later && digits > 0 => {
            return number(text).map(|(_, end)| (0..end, say::run_together()));
        }
        _ => None,
    };
    mistake.map(|mistake| (0..run, mistake))
}

/// The number of an item and the length of number and sign: `1.报名`, `2. 缴费`, which no page shows as an item in the middle of a
/// paragraph.
fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok().filter(|number| *number < 100)?;
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    let is_item = rest.starts_with(|c| is_han(c) || c == ' ' || is_wide_space(c)) && rest.contains(is_han);
    is_item.then_some((number, digits + 1))
}

/// The same of an item without a space behind its number, with the item as it is written.
pub(super) fn numbered(text: &str) -> Option<(u32, usize, String)> {
    let (number, end) = number(text).filter(|(_, end)| !text[*end..].starts_with(' '))?;
    Some((number, end, format!("{number}. {}", text[end..].trim())))
}

/// A paragraph that begins with the closing bracket of a title, which stands on the key of `>`.
pub(super) fn quote(paragraph: &str) -> Option<(Range<usize>, Mistake)> {
    let first = paragraph.chars().next().filter(|c| matches!(c, '》' | '〉' | '»' | '›'))?;
    let line = paragraph.lines().next().unwrap_or_default();
    let rest = line.trim_start_matches(first).trim();
    let is_quote = rest.starts_with(|c: char| c.is_alphanumeric() || "“‘「『（《".contains(c));
    is_quote.then(|| (0..first.len_utf8(), say::wide_mark(&first.to_string(), &format!("> {rest}"))))
}

/// A mark behind spaces that are no spaces to Markdown, as in a paragraph that begins with two of them.
fn indented_mark(text: &str) -> Option<(Range<usize>, Mistake)> {
    let rest = text.trim_start();
    let first = rest.chars().next()?;
    let sign = rest.len() - rest.trim_start_matches(first).len();
    let behind = rest[sign..].starts_with([' ', '\t']);
    let is_mark = match first {
        '#' => sign <= 6 && behind,
        '-' | '*' | '+' => sign == 1 && behind,
        '>' => rest.len() > sign,
        '|' => rest.len() > 1 && rest.ends_with('|'),
        ':' | '`' => sign >= 3,
        '0'..='9' => {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() - after.len() <= 2 && (after.starts_with(". ") || after.starts_with(") "))
        }
        _ => false,
    };
    is_mark.then(|| (0..text.len() - rest.len(), say::indented_mark(rest)))
}

/// Spaces that look like spaces and are none to Markdown: the full-width one, and those that keep words together.
fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}')
}

fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':')
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '●' | '•' | '∙' | '‧' | '⁃' | '◆' | '■' | '▪' | '◦' | '➢' | '➤' | '►' | '▸' | '·' | '\u{e000}'..='\u{f8ff}'
    )
}

/// Cells of a spreadsheet, which a page shows with a space between them. Returns whether there are some.
fn cells(text: &str, found: &mut Found) -> bool {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let is_row =
        cells.iter().filter(|cell| !cell.is_empty()).count() > 1 && cells.iter().any(|cell| cell.contains(is_han));
    let first = text.trim_start().find('\t').map(|tab| text.len() - text.trim_start().len() + tab);
    if let Some(tab) = first.filter(|_| is_row) {
        found.push((tab..tab + 1, say::pasted_cells(&format!("| {} |", cells.join(" | ")), cells.len())));
    }
    is_row
}

/// Links and pictures, footnotes and references that stayed text.
fn links(text: &str, notes: &BTreeSet<String>, found: &mut Found) {
    // Behind the last closing bracket no target ends.
    let last = text.rfind([')', '）']).unwrap_or_default();
    for (close, bracket) in text.match_indices([']', '】', '］']) {
        if is_escaped(text, close) {
            continue;
        }
        let opening = match bracket {
            "】" => '【',
            "］" => '［',
            _ => '[',
        };
        let after = &text[close + bracket.len()..];
        let from = boundary_behind(text, close.saturating_sub(NEAR));
        let Some(open) =
            text[from..close].rfind(opening).map(|open| from + open).filter(|open| !is_escaped(text, *open))
        else {
            continue;
        };
        let label = &text[open + opening.len_utf8()..close];
        let start = match text[..open].chars().next_back() {
            Some(c @ ('!' | '！')) => open - c.len_utf8(),
            _ => open,
        };
        let picture = if start < open { "!" } else { "" };
        if let Some((target, len)) = Some(after).filter(|_| close < last).and_then(target) {
            let range = start..close + bracket.len() + len;
            if is_path(target) || is_titled(target) {
                found.push((range, say::unread_link(&link(picture, label, target))));
            }
        } else if let Some(target) = unclosed(after) {
            let end = close + bracket.len() + after.len() - after.trim_start_matches(['(', '（']).len() + target.len();
            found.push((start..end, say::unread_link(&link(picture, label, target))));
        } else if bracket == "]" && label.starts_with('^') && label.len() > 1 {
            let note = after.trim_start_matches([':', '：', ' ', '\u{3000}']);
            // A note at the beginning of a line, whose sign did not take, is said once, not at its references too.
            if open == 0 && is_note(after) {
                found.push((open..close + 1, say::unread_footnote(label, note)));
            } else if !notes.contains(label) {
                found.push((open..close + 1, say::missing_footnote(label)));
            }
        } else if bracket == "]" && after.starts_with('[') {
            let Some(end) = near(after).find(']') else { continue };
            let reference = if end == 1 { label.trim() } else { &after[1..end] };
            if !reference.is_empty() && !reference.bytes().all(|byte| byte.is_ascii_digit()) {
                found.push((open..close + 1 + end + 1, say::missing_reference(reference)));
            }
        }
    }
}

/// Whether what stands behind the label of a footnote is its text.
fn is_note(after: &str) -> bool {
    let note = after.trim_start_matches([':', '：', ' ', '\u{3000}']);
    after.starts_with(['：', ' ', '\u{3000}']) && !note.is_empty()
}

/// The labels of footnotes whose own line did not take: `[^1]：…`.
pub(super) fn unread_notes(text: &str) -> BTreeSet<String> {
    if !text.contains("[^") {
        return BTreeSet::new();
    }
    let lines = text.lines().filter_map(|line| line.trim_start_matches([' ', '>']).strip_prefix('[')?.split_once(']'));
    lines.filter(|(label, after)| label.starts_with('^') && is_note(after)).map(|(label, _)| label.to_owned()).collect()
}

/// A link as it is written. What follows the address is its title; a size is left out.
pub(super) fn link(picture: &str, label: &str, target: &str) -> String {
    let quotes = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」');
    let target = match target.split_once(char::is_whitespace) {
        Some((scheme, rest)) if scheme.ends_with("://") => [scheme, rest.trim_start()].concat(),
        Some((path, rest)) if is_path(path) && (path.contains("://") || has_extension(path)) => {
            let title = rest.trim().trim_matches(quotes);
            match title {
                _ if !picture.is_empty() || title.is_empty() || title.starts_with('=') => path.to_owned(),
                _ if title.is_ascii() && path.contains("://") => format!("<{target}>"),
                title => format!("{path} \"{title}\""),
            }
        }
        Some(_) => format!("<{target}>"),
        None => target.to_owned(),
    };
    format!("{picture}[{label}]({target})")
}

/// The beginning of a text, in which the end of a link is looked for.
fn near(text: &str) -> &str {
    &text[..boundary_before(text, NEAR)]
}

/// The address behind a bracket that does not close.
fn unclosed(text: &str) -> Option<&str> {
    let inside = text[..boundary_before(text, NEAR_TARGET)].strip_prefix(['(', '（'])?;
    let end = inside.find(|c: char| c.is_whitespace() || is_wide(c)).unwrap_or(inside.len());
    let target = &inside[..end];
    (is_path(target) && (has_extension(target) || target.contains("://"))).then_some(target)
}

/// A link whose square bracket does not close: `[报名(../courses/a.md)`.
fn unbracketed(text: &str, found: &mut Found) {
    for (at, _) in text.match_indices(['(', '（']) {
        let from = boundary_behind(text, at.saturating_sub(NEAR));
        let Some(open) = text[from..at].rfind(['[', ']', '】', '］']).map(|open| from + open) else { continue };
        let Some(label) = text[open..at].strip_prefix('[').filter(|label| !label.trim().is_empty()) else { continue };
        let Some((target, length)) = target(&text[at..]) else { continue };
        let is_inner = target.starts_with(['.', '/']) || target.contains(".md");
        if is_inner && is_path(target) && !is_escaped(text, open) {
            found.push((open..at + length, say::unread_link(&link("", label, target))));
        }
    }
}

/// The target in the brackets with which `text` begins, ASCII or full-width, and the length of all of it.
fn target(text: &str) -> Option<(&str, usize)> {
    let inside = near(text).strip_prefix(['(', '（'])?;
    let (at, end) = inside.char_indices().find(|(_, c)| matches!(c, ')' | '）'))?;
    let open = near(text).len() - inside.len();
    Some((inside[..at].trim(), open + at + end.len_utf8()))
}

/// Whether a text in brackets is an address and no remark.
fn is_path(target: &str) -> bool {
    !target.is_empty() && (target.contains('/') && target.is_ascii() || has_extension(target) || target.contains("://"))
        || target.starts_with(['/', '.', '#']) && target.len() > 1
        || target.starts_with("mailto:")
        || target.starts_with("tel:")
}

/// Whether a file's name and a title follow each other: `a.md “标题”`.
fn is_titled(target: &str) -> bool {
    let quotes = ['"', '\'', '“', '”', '‘', '’', '「'];
    target
        .split_once(char::is_whitespace)
        .is_some_and(|(path, title)| is_path(path) && has_extension(path) && title.trim_start().starts_with(quotes))
}

fn has_extension(target: &str) -> bool {
    let extension =
        target.rsplit_once('.').map(|(stem, extension)| (stem, extension.split('#').next().unwrap_or_default()));
    extension.is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (2..=5).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// A web address with a full-width colon or slashes, as phones write it.
fn wide_addresses(text: &str, found: &mut Found) {
    for sign in ["：//", ":／／", "：／／"] {
        for (at, _) in text.match_indices(sign) {
            let scheme = ["https", "http"].iter().find(|known| {
                at.checked_sub(known.len())
                    .and_then(|from| text.get(from..at))
                    .is_some_and(|there| known.eq_ignore_ascii_case(there))
            });
            if let Some(scheme) = scheme {
                let end = at + sign.len();
                let rest =
                    text[end..].find(|c: char| !c.is_ascii_graphic()).map_or(&text[end..], |to| &text[end..end + to]);
                found.push((at..end, say::wide_mark(sign, &format!("{scheme}://{rest}"))));
            }
        }
    }
}

/// Full-width marks inside a line.
fn wide_marks(text: &str, found: &mut Found) {
    for (wide, plain) in [("＊＊", "**"), ("～～", "~~"), ("｀", "`")] {
        let places: Vec<usize> = text.match_indices(wide).map(|(at, _)| at).collect();
        for pair in places.chunks_exact(2) {
            let inside = text[pair[0] + wide.len()..pair[1]].trim();
            if !inside.is_empty() {
                found.push((pair[0]..pair[1] + wide.len(), say::wide_mark(wide, &format!("{plain}{inside}{plain}"))));
            }
        }
    }
}

/// Stars and tildes that found no partner. Masks, products and ranges are meant as they stand.
fn stars(text: &str, found: &mut Found) {
    let mut at = 0;
    // A single star between two words, and two marks, which the next may belong to.
    let mut single: Option<Range<usize>> = None;
    let mut double: Option<Range<usize>> = None;
    while let Some(next) = text[at..].find(['*', '~']) {
        let start = at + next;
        let mark = text.as_bytes()[start];
        at = start + text.as_bytes()[start..].iter().take_while(|byte| **byte == mark).count();
        let range = start..at;
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let is_digits = [before, after].iter().any(|side| side.is_some_and(|c| c.is_ascii_digit()));
        if is_escaped(text, start) || is_digits || is_masked_name(text, &range) {
            continue;
        }
        let is_space = |side: Option<char>| side.is_some_and(char::is_whitespace);
        match (mark, range.len()) {
            (_, 2) if is_space(before) && is_space(after) => {}
            (_, 2) => {
                let opens = double.take().filter(|open| text[open.clone()] == text[range.clone()]);
                let is_loose = |open: &Range<usize>| {
                    let inside = &text[open.end..start];
                    let has_gap = inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
                    has_gap && !inside.trim().is_empty()
                };
                if let Some(open) = opens.filter(is_loose) {
                    found.pop();
                    let write = [&text[start..at], text[open.end..start].trim(), &text[start..at]].concat();
                    found.push((open.start..at, say::loose_span(&write)));
                } else {
                    found.push((range.clone(), say::loose_marks(&text[start..at])));
                    double = Some(range);
                }
            }
            (b'*', 1) if before.is_some_and(is_han) && after.is_some_and(is_han) => {
                if let Some(first) = single.take().filter(|first| is_phrase(&text[first.end..start])) {
                    let phrase = &text[first.end..start];
                    found.push((first.start..at, say::single_stars(phrase)));
                } else {
                    single = Some(range);
                }
            }
            _ => {}
        }
    }
}

/// Han of at least two characters without a gap.
fn is_phrase(text: &str) -> bool {
    text.chars().all(is_han) && text.chars().count() >= 2
}

/// Characters that nobody sees, or sees as a box.
fn invisible(text: &str, found: &mut Found) {
    if let Some((at, c)) = text.char_indices().find(|(_, c)| pasted::OF_WRONG_ENCODING.contains(c)) {
        found.push((at..at + c.len_utf8(), say::wrong_encoding()));
    }
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let is_between_wide = || {
            let sides = [text[..at].chars().next_back(), text[end..].chars().next()];
            sides.into_iter().any(|side| side.is_some_and(is_wide))
        };
        if is_odd(c) || (is_joiner(c) && is_between_wide()) {
            found.push((at..end, say::odd_character(c)));
        }
    }
}

/// Characters without a shape, marks of direction, and those that only some fonts have.
fn is_odd(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fffd}' | '\u{f0000}'..='\u{10fffd}'
    )
}

/// Joiners of scripts and of emoji.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of each find and what its hint says to write.
    fn check(line: &str, expected: &[(&str, &str)]) {
        let found = near_misses(line, Position::Line, &BTreeSet::new());
        let said: Vec<(&str, String)> = found
            .iter()
            .map(|(range, mistake)| (&line[range.clone()], mistake.hint.clone().unwrap_or_default()))
            .collect();
        assert_eq!(said.len(), expected.len(), "{line}: {said:?}");
        for ((place, hint), (at, write)) in said.iter().zip(expected) {
            assert_eq!(place, at, "{line}");
            assert!(hint.contains(write), "{line}: {hint}");
        }
    }

    #[test]
    fn a_mark_at_the_beginning_of_a_line_is_completed() {
        check("##标题", &[("##", "## 标题")]);
        check("##标题##", &[("##", "## 标题")]);
        check("#标题", &[("#", "## 标题")]);
        check("####### 标题", &[("#######", "###### 标题")]);
        check("::note 提示", &[("::", "::: note 提示")]);
        check("＃＃ 标题", &[("＃＃", "## 标题")]);
        check("-报名", &[("-", "- 报名")]);
        check("1.报名", &[("1.", "空一行")]);
        check("2. 报名", &[("2.", "空一行")]);
        check("● 报名", &[("●", "- 报名")]);
        check("\u{f06c}报名", &[("\u{f06c}", "- 报名"), ("\u{f06c}", "删掉")]);
        check("：：： note 提示", &[("：：：", "::: note 提示")]);
        check("｜ 甲 ｜ 乙 ｜", &[("｜", "| 甲 | 乙 |")]);
        check("| 甲 | 乙 |", &[("|", "| --- |")]);
        check("＞ 引文", &[("＞", "> 引文")]);
        check("---标题", &[("---", "## 标题")]);
        check("--- 标题 ---", &[("---", "## 标题")]);
        check("=== 标题 ===", &[("===", "## 标题")]);
        check("*** 重要", &[("***", "**重要**")]);
        check("│姓名│电话│", &[("│", "| --- |")]);
        for text in [
            "---",
            "***",
            "*** ***",
            "--鲁迅",
            "***公司",
            "#剪纸打卡#",
            "#1 教室",
            "-5℃",
            "3.5 公里",
            "2026.9.1",
            "—— 鲁迅",
            "· ",
            "：见下",
            "|",
            "1. ",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_number_is_said_where_its_line_is_shown_behind_another() {
        assert_eq!(near_misses("1.报名", Position::First, &BTreeSet::new()), []);
        assert_eq!(near_misses("须知\n1.报名", Position::First, &BTreeSet::new()).len(), 1);
    }

    #[test]
    fn a_link_that_stayed_text_is_completed() {
        check("见[报名]（../courses/a.md）。", &[("[报名]（../courses/a.md）", "[报名](../courses/a.md)")]);
        check("【报名】(../courses/a.md)", &[("【报名】(../courses/a.md)", "[报名](../courses/a.md)")]);
        check("！[图](a.jpg)", &[("！[图](a.jpg)", "![图](a.jpg)")]);
        check("![图]（/pictures/a.jpg）", &[("![图]（/pictures/a.jpg）", "![图](/pictures/a.jpg)")]);
        check("[课](../courses/shu fa.md)", &[("[课](../courses/shu fa.md)", "[课](<../courses/shu fa.md>)")]);
        check("[课](../courses/a.md “剪纸”)", &[("[课](../courses/a.md “剪纸”)", "[课](../courses/a.md \"剪纸\")")]);
        check("![图](/pictures/a.jpg =300x200)", &[("![图](/pictures/a.jpg =300x200)", "![图](/pictures/a.jpg)")]);
        check("[课](../courses/a.md，欢迎", &[("[课](../courses/a.md", "[课](../courses/a.md)")]);
        check("[课(../courses/a.md)", &[("[课(../courses/a.md)", "[课](../courses/a.md)")]);
        check("[课][]", &[("[课][]", "[文字](网址)")]);
        check("https：//example.org/a，", &[("：//", "https://example.org/a")]);
        check("http:／／example.org", &[(":／／", "http://example.org")]);
        check("[文字][未定义]", &[("[文字][未定义]", "[文字](网址)")]);
        check("文字[^1]", &[("[^1]", "[^1]: ")]);
        check("[课](https:// example.org/a)", &[("[课](https:// example.org/a)", "[课](https://example.org/a)")]);
        assert_eq!(near_misses("文字[^1]", Position::Inside, &unread_notes("文字[^1]\n\n[^1]：注")), []);
        for text in [
            "【通知】（试行）",
            "见[1][2]",
            "[甲]（见附件）",
            "[甲](乙/丙)",
            "\\[甲](a.md)",
            "【8/24】（周一）",
            "[x]",
            "（[2026] 3 号）",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn loose_marks_are_told_from_masks() {
        check("＊＊重点＊＊", &[("＊＊重点＊＊", "**重点**")]);
        check("前** 重点 **，** 又一 **", &[("** 重点 **", "**重点**"), ("** 又一 **", "**又一**")]);
        check("甲**乙", &[("**", "**文字**")]);
        check("是*重点*内容", &[("*重点*", "**重点**")]);
        for text in ["138****1234、张*明、李**", "3*4*5 米", "长*宽*高", "20~~30 人", "\\*\\*甲", "5 ** 6"] {
            check(text, &[]);
        }
    }
}
