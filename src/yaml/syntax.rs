//! Recognises common mistakes of editors in texts that are not valid YAML, line by line.

use std::ops::Range;

use super::escape;
use super::tree::Failure;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// All mistakes recognised in `text`; if there are none, the place where the parser stopped.
pub fn explain(text: &str, failure: &Failure) -> Vec<(Range<usize>, Mistake)> {
    if let Failure::Feature(mark, range) = failure {
        return vec![(range.clone(), say::yaml_feature(mark))];
    }
    let Failure::Syntax(gave_up) = failure else { return Vec::new() };
    let mut slips = Vec::new();
    let mut block = None;
    for (start, line) in lines(text) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        if block.is_some_and(|owner| indent > owner) {
            continue;
        }
        block = opens_block(line).then_some(indent);
        slips.extend(slip(line, indent).map(|(range, mistake)| (start + range.start..start + range.end, mistake)));
    }
    if slips.is_empty() {
        slips.push(no_character(text, *gave_up).unwrap_or_else(|| unnamed(text, *gave_up)));
    }
    slips
}

/// The place of the first node nested deeper than `limit` levels.
pub fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (start, line) in lines(text) {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        if indent == 0 {
            depth = 0;
        }
        let dashes = trimmed.split(' ').take_while(|part| matches!(*part, "-" | "?")).count();
        if indent > limit * 4 || dashes > limit {
            return Some(start + indent);
        }
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > limit {
                return Some(start + at);
            }
        }
    }
    None
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches('\n'))
    })
}

fn opens_block(line: &str) -> bool {
    let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
    matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+")
}

/// The ASCII word at the start of a line, after any dashes, and its position.
fn key(line: &str) -> Option<(usize, &str)> {
    let mut start = line.len() - line.trim_start().len();
    while line[start..].starts_with("- ") {
        start += 2 + line[start + 2..].len() - line[start + 2..].trim_start_matches(' ').len();
    }
    let rest = &line[start..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
    (end > 0).then(|| (start, &rest[..end]))
}

fn slip(line: &str, indent: usize) -> Option<(Range<usize>, Mistake)> {
    if line.as_bytes().get(indent) == Some(&b'\t') {
        return Some((indent..indent + 1, say::tab_indent()));
    }
    let bare = line.trim();
    if is_wide_fence(bare) {
        return Some((indent..indent + bare.len(), say::full_width_fence()));
    }
    let (start, word) = key(line)?;
    let after = start + word.len();
    let rest = &line[after..];
    if rest.starts_with('：') {
        return Some((after..after + '：'.len_utf8(), say::full_width_colon(word)));
    }
    let value_start = after + 1 + rest.get(1..).map_or(0, |r| r.len() - r.trim_start().len());
    let value = rest.strip_prefix(':').map(str::trim)?;
    if !rest[1..].is_empty() && !rest[1..].starts_with([' ', '\t']) {
        return Some((after..after + 1, say::yaml_colon()));
    }
    let range = value_start..value_start + value.len();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let value = value.split(" #").next().unwrap_or_default().trim_end();
        let odd = value.matches(quote).count() % 2 == 1;
        let mistake = if odd { say::yaml_quote() } else { say::yaml_part_quoted() };
        let escaped = value.contains("\\\"");
        return ((odd || !value.ends_with(quote)) && !escaped).then_some((range, mistake));
    }
    let special = value.starts_with(['@', '`', '%', ',', ']', '}', '*', '&', '!']) || value.contains(": ");
    (special && !value.starts_with(['[', '{'])).then(|| (range, say::yaml_needs_quotes()))
}

/// Whether a character is invisible and interpreted differently by parsers: controls, line separators, byte order
/// marks.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether a line is a front matter fence of dashes that are not ASCII.
pub fn is_wide_fence(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= 2
        && line.chars().all(|c| matches!(c, '—' | '–' | '－' | '―' | '─' | '-'))
        && !line.is_ascii()
}

/// An escape that stands for no character, such as `\ud800`, in the line in which the parser stopped.
fn no_character(text: &str, gave_up: usize) -> Option<(Range<usize>, Mistake)> {
    let line = text[..gave_up.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
    let mut at = line;
    while let Some(next) = text[at..].lines().next()?.find('\\') {
        let start = at + next;
        let (end, code) = escape::at(text, start)?;
        if let Some(code) = code.filter(|code| char::from_u32(*code).is_none()) {
            return Some((start..end, say::forbidden_escape(&text[start..end], code)));
        }
        at = end;
    }
    None
}

/// An unrecognised mistake: the line where the parser stopped, from its first character.
fn unnamed(text: &str, gave_up: usize) -> (Range<usize>, Mistake) {
    if let Some((at, open)) = left_open(&text[..gave_up.min(text.len())]) {
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        return match open {
            '[' | '{' => (at..at + 1, say::yaml_bracket(open)),
            _ => (at..end, say::yaml_quote()),
        };
    }
    let at = gave_up.min(text.trim_end().len());
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line = &text[start..end];
    let indent = line.len() - line.trim_start().len();
    let misplaced = key(line).is_some_and(|(_, word)| line[indent + word.len()..].starts_with(": "));
    let mistake = if misplaced { say::yaml_indent() } else { say::yaml_syntax() };
    (start + indent..start + line.trim_end().len().max(indent), mistake)
}

/// The quotation mark, or else the outermost bracket, that is still open at the end of `text`. Brackets inside a plain
/// scalar do not count.
fn left_open(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    let mut before = '\n';
    let mut spaced = true;
    for (at, c) in text.char_indices() {
        let begins = match before {
            '\n' | '[' | '{' | ',' => true,
            ':' | '-' => spaced,
            _ => false,
        };
        match (quote, c) {
            (Some((_, mark)), c) => quote = quote.filter(|_| mark != c),
            (None, '"' | '\'') if begins => quote = Some((at, c)),
            (None, '[' | '{') if begins => open.push((at, c)),
            (None, ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
        spaced = matches!(c, ' ' | '\n');
        if c == '\n' && open.is_empty() || !c.is_whitespace() {
            before = c;
        }
    }
    quote.or(open.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(usize, String)> {
        let failure = super::super::tree::parse(text).expect_err("no YAML");
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        explain(text, &failure).into_iter().map(|(range, m)| (line(range.start), m.message)).collect()
    }

    #[test]
    fn common_slips_have_names() {
        assert_eq!(codes("title：太极\nfee: 0\n"), [(1, say::full_width_colon("title").message)]);
        assert_eq!(codes("title: \"太极\nfee: 0\n"), [(1, say::yaml_quote().message)]);
        assert_eq!(codes("title: 注意: 带水\nfee: 0\n"), [(1, say::yaml_needs_quotes().message)]);
        assert_eq!(codes("a:\n\tb: 1\n"), [(2, say::tab_indent().message)]);
    }

    #[test]
    fn depth_is_capped() {
        assert!(too_deep(&"[".repeat(100), 32).is_some());
        assert!(too_deep("a: [1, {b: 2}]\n", 32).is_none());
    }
}
