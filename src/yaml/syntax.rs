//! What can be told of YAML from its characters alone.

use std::ops::Range;

use super::escape;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// `text` as a quoted scalar: in double quotes, or in single ones where that needs no escapes.
pub fn quote(text: &str) -> String {
    let escaped = text.contains(['"', '\\']);
    if escaped && !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `text` as a scalar in a flow list, in quotes only if YAML would read something else without them.
pub fn quote_if_needed(text: &str) -> String {
    let same = |value: serde_yaml::Value| value.get(0).and_then(serde_yaml::Value::as_str) == Some(text);
    let plain = serde_yaml::from_str(&format!("[{text}]")).is_ok_and(same);
    if plain { text.to_owned() } else { quote(text) }
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

/// Where fields end in a text of fields and then something else, such as a body: before the first line that can be neither
/// a field nor a part of one.
pub(super) fn end_of_fields(text: &str) -> usize {
    let part = |line: &str, blank: bool| {
        let key = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let ascii = key.len() < line.len() && key.starts_with([':', '：']);
        let short = |name: &str| !name.contains(' ') && (1..=12).contains(&name.chars().count());
        let han = !blank && line.split_once([':', '：']).is_some_and(|(name, _)| short(name));
        ascii || han || line.starts_with([' ', '\t', '\u{3000}']) || (line.starts_with('#') && !line.starts_with("##"))
    };
    let (mut end, mut blank) = (0, false);
    for (start, line) in lines(text) {
        if line.trim().is_empty() {
            blank = true;
        } else if part(line, blank) || (!blank && line.starts_with("- ")) {
            (end, blank) = ((start + line.len() + 1).min(text.len()), false);
        } else {
            break;
        }
    }
    end
}

/// Whether a character is invisible and interpreted differently by parsers: controls, line separators, byte order
/// marks.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether nobody sees a character, or sees it turn the text around, or as a box. Joiners of emoji are none of them.
pub fn is_odd(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}')
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
pub(super) fn unnamed(text: &str, gave_up: usize) -> (Range<usize>, Mistake) {
    if let Some(found) = no_character(text, gave_up) {
        return found;
    }
    if let Some((at, open)) = left_open(&text[..gave_up.min(text.len())]) {
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        return match open {
            '[' | '{' => (at..at + 1, say::yaml_bracket(open, "")),
            _ => (at..end, say::yaml_quote("")),
        };
    }
    let at = gave_up.min(text.trim_end().len());
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line = &text[start..end];
    let indent = line.len() - line.trim_start().len();
    let key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let word = line.trim_start().trim_start_matches("- ").trim_start_matches(key);
    let misplaced = word.starts_with(": ") && word.len() < line.trim_start().len();
    let mistake = if misplaced { say::yaml_indent() } else { say::yaml_syntax() };
    (start + indent..start + line.trim_end().len().max(indent), mistake)
}

/// The quotation mark, or else the outermost bracket, that is still open at the end of `text`. Brackets inside a plain
/// scalar do not count.
pub(super) fn left_open(text: &str) -> Option<(usize, char)> {
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

    #[test]
    fn a_quoted_text_is_read_as_it_was() {
        for text in ["剪纸 #1 班", "他说“好”", "他说\"好\"", "it's", "\"a\" and 'b'", "C:\\a", "[秋季]剪纸"]
        {
            let read: String = serde_yaml::from_str(&quote(text)).expect("a scalar");
            assert_eq!(read, text);
        }
        assert_eq!(quote("他说\"好\""), "'他说\"好\"'");
    }

    #[test]
    fn depth_is_capped() {
        assert!(too_deep(&"[".repeat(100), 32).is_some());
        assert!(too_deep("a: [1, {b: 2}]\n", 32).is_none());
    }
}
