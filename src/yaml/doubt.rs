//! Finds out quickly whether a text that both parsers accept may say something else than its editor means.
//!
//! It looks at bytes only, so that correct content pays next to nothing: whether there is a mistake, the tree shows.

use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

/// Whether `text` may hold an empty field, a text cut by a comment, a value in quotation marks of a word processor, or a number in a
/// notation of programs.
pub fn possible(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b'#', bytes).any(|at| cuts(bytes, at))
        || memchr_iter(b':', bytes).any(|at| is_strange(&bytes[at + 1..]) || is_empty(text, at + 1))
        || memchr3_iter(0xe2, 0xee, 0xef, bytes).any(|at| is_odd(&bytes[at..]))
        || memchr2_iter(b'[', b',', bytes).any(|at| is_strange(&bytes[at + 1..]))
        || memchr_iter(b'-', bytes).any(|at| is_strange(&bytes[at + 1..]) || is_empty_item(text, at))
}

/// Whether a `#` begins a comment, but does not look like one.
fn cuts(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| bytes[before]);
    let after = bytes.get(at + 1);
    matches!(before, Some(b' ' | b'\t')) && after.is_some_and(|after| !after.is_ascii_whitespace() && *after != b'#')
}

/// Quotation marks of word processors.
const QUOTES: [&str; 10] = ["“", "”", "‘", "’", "„", "‟", "＂", "＇", "「", "『"];
/// And those that end what they begin.
const CLOSING: [&str; 10] = ["”", "“", "’", "‘", "＂", "＇", "」", "』", "\"", "'"];

/// Whether the character that begins here is one of those that [`super::syntax::is_odd`] names.
fn is_odd(rest: &[u8]) -> bool {
    matches!(
        rest,
        [0xee, ..]
            | [0xef, 0x80..=0xa3, ..]
            | [0xef, 0xbf, 0xbd, ..]
            | [0xe2, 0x80, 0x8b | 0xaa..=0xae, ..]
            | [0xe2, 0x81, 0xa6..=0xa9, ..]
    )
}

/// Whether the value that begins here may be another than it seems.
fn is_strange(rest: &[u8]) -> bool {
    wide_quoted(rest) || is_unusual_number(rest)
}

/// Whether the value that begins here may be a number such as `0x10` or `1e3`.
fn is_unusual_number(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"-").or_else(|| rest.strip_prefix(b"+")).unwrap_or(rest);
    let [first, second, ..] = rest else { return false };
    if !matches!(first, b'0'..=b'9' | b'.') {
        return false;
    }
    if *first == b'0' && second.is_ascii_alphabetic() {
        return true;
    }
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    matches!(rest[digits..], [b'e' | b'E', b'0'..=b'9' | b'+' | b'-', ..])
}

/// Whether the value that begins here may stand in quotation marks of a word processor.
fn wide_quoted(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    if !QUOTES.iter().any(|mark| rest.starts_with(mark.as_bytes())) {
        return false;
    }
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let item = line.split(|byte| matches!(byte, b',' | b']' | b'}')).next().unwrap_or_default();
    let closes = |text: &[u8]| CLOSING.iter().any(|mark| text.trim_ascii_end().ends_with(mark.as_bytes()));
    closes(item) || closes(line) || memchr::memmem::find(line, b" #").is_some()
}

/// Whether nothing may follow a colon that ends at `at`.
fn is_empty(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches([' ', '\t']);
    match rest.bytes().next() {
        None | Some(b',' | b'}' | b']' | b'~') => true,
        Some(b'\n' | b'#') => {
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            !goes_on(key_column(&text[start..at]), rest)
        }
        Some(b'n' | b'N') => rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("null")),
        Some(_) => false,
    }
}

/// Whether a dash at `at` may be an item of a list that has no value.
fn is_empty_item(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[start..at];
    let item = before.bytes().all(|byte| matches!(byte, b' ' | b'-')) && !before.ends_with('-');
    item && text[at + 1..].starts_with('\n') && !goes_on(at + 1 - start, &text[at + 1..])
}

/// The column at which the key on a line begins, behind its dashes.
fn key_column(line: &str) -> usize {
    let mut rest = line.trim_start_matches(' ');
    while let Some(inner) = rest.strip_prefix("- ") {
        rest = inner.trim_start_matches(' ');
    }
    line.len() - rest.len()
}

/// Whether the lines after the one that ends in `rest` belong to a key at `column`.
fn goes_on(column: usize, rest: &str) -> bool {
    let mut lines = rest.lines().skip(1);
    let next = lines.find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    next.is_some_and(|next| {
        let bare = next.trim_start_matches(' ');
        let indent = next.len() - bare.len();
        indent > column || (indent == column && bare.starts_with("- "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_mislead_is_seen_and_usual_content_is_not() {
        let doubtful = [
            "title: 剪纸 #1 班\n",
            "phone: “0000-0000000”\n",
            "notes: [“甲”]\n",
            "notes:\n  - “甲”\n",
            "picture:\ntitle: a\n",
            "picture:",
            "- teachers:\n- id: b\n",
            "list:\n  - a:\n    b: 1\n",
            "picture: # 以后再放\n",
            "x: {file: a.jpg, alt: }\n",
            "summary: ~\n",
            "summary: null\n",
            "notes:\n  - 甲\n  -\n",
            "fee: 0x10\n",
            "title: 剪\u{200b}纸\n",
            "title: 剪\u{202e}纸\n",
            "title: 剪\u{e000}纸\n",
            "fee: -1.5e3\n",
            "x: {capacity: 0o17}\n",
        ];
        for text in doubtful {
            assert!(possible(text), "{text}");
        }
        let usual = [
            "title: “一把手”负总责\nnotes: [“甲”说, 乙]\n",
            "title: 说“你好”的人 # 说明\nruns:\n  - title: 秋\n    weekly:\n      # 说明\n\n      days: [mon]\n",
            "topics:\n- a\n- b\n",
            "- id: a\n  list:\n  - b\n",
            "# 说明\ntitle: C# 和 A#1\nbody: |\n  正文\n",
            "time: {start: \"09:00\", end: \"10:30\"}\n---\n",
        ];
        for text in usual {
            assert!(!possible(text), "{text}");
        }
    }
}
