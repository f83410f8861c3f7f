//! Texts that go on in the next line. YAML makes a space of the line break, which between two Han nobody means: a space that is meant
//! stands within a line.

use std::borrow::Cow;

/// The text with lines joined where one value goes on from Han to Han. Literal blocks stay as they are.
pub fn joined(text: &str) -> Cow<'_, str> {
    // Of ordinary content, no line begins so.
    if !memchr::memchr_iter(b'\n', text.as_bytes()).any(|at| may_join(text, at)) {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    let mut block = None;
    // How far in the lines of the value must at least be that is at hand.
    let mut least = 0;
    let mut before = "";
    for (nth, line) in text.split('\n').enumerate() {
        let (indent, bare) = indented(line);
        let inside = block.filter(|block: &Block| bare.is_empty() || indent >= block.least);
        if inside.is_none() {
            block = None;
        }
        let goes_on = match &inside {
            // A line that is further in keeps its breaks.
            Some(block) => {
                let is_plain = block.indent == Some(indent) && indented(before).0 == indent;
                block.is_folded && is_plain && is_wide_pair(before, bare)
            }
            None => {
                indent >= least
                    && !before.contains(" #")
                    && !before.trim_start().starts_with('#')
                    && is_wide_pair(before.trim_end_matches(' '), bare)
            }
        };
        if goes_on {
            made.truncate(made.trim_end_matches(' ').len());
            made.push_str(bare);
        } else {
            if nth > 0 {
                made.push('\n');
            }
            made.push_str(line);
        }
        match &mut block {
            Some(block) if block.indent.is_none() && !bare.is_empty() => block.indent = Some(indent),
            None if !goes_on => {
                least = least_of(indent, bare);
                block = Block::of(bare, least);
            }
            Some(_) | None => {}
        }
        before = line;
    }
    Cow::Owned(made)
}

/// A block of text, `|` or `>`.
#[derive(Clone, Copy)]
struct Block {
    is_folded: bool,
    /// How far in its lines are at least.
    least: usize,
    /// How far in its first line is.
    indent: Option<usize>,
}

impl Block {
    /// The block that begins at the end of a line.
    fn of(line: &str, least: usize) -> Option<Self> {
        let (before, mark) = line.trim_end_matches(' ').rsplit_once(' ')?;
        let rest = mark.strip_prefix(['|', '>'])?;
        let is_block = before.ends_with([':', '-']) && rest.bytes().all(|byte| b"+-123456789".contains(&byte));
        is_block.then_some(Self { is_folded: mark.starts_with('>'), least, indent: None })
    }
}

/// How far in the following lines must be to belong to the value on a line.
fn least_of(indent: usize, bare: &str) -> usize {
    let (mut column, mut rest, mut dash) = (indent, bare, None);
    while let Some(inner) = rest.strip_prefix("- ") {
        dash = Some(column);
        let (spaces, inner) = indented(inner);
        column += 2 + spaces;
        rest = inner;
    }
    let is_key = rest.split_once(':').is_some_and(|(key, value)| {
        (value.is_empty() || value.starts_with(' '))
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    match dash {
        _ if is_key => column + 1,
        Some(dash) => dash + 1,
        None => column,
    }
}

fn indented(line: &str) -> (usize, &str) {
    let bare = line.trim_start_matches(' ');
    (line.len() - bare.len(), bare)
}

/// Whether the line break at `at` may be between two characters that are not ASCII.
fn may_join(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = bytes[..at].iter().rfind(|byte| **byte != b' ');
    let after = bytes[at + 1..].iter().find(|byte| **byte != b' ');
    !before.is_none_or(u8::is_ascii) && !after.is_none_or(u8::is_ascii)
}

fn is_wide_pair(before: &str, after: &str) -> bool {
    before.ends_with(is_wide) && after.starts_with(is_wide)
}

/// Han and the marks beside them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(text: &str) -> Value {
        serde_yaml::from_str(&joined(text)).expect("YAML")
    }

    #[test]
    fn a_line_break_between_han_is_no_space() {
        let cases = [
            ("a: 甲乙\n  丙丁\n", "甲乙丙丁"),
            ("a: 甲乙，  \n   “丙丁”\n   戊\n", "甲乙，“丙丁”戊"),
            ("a: \"甲乙\n  丙丁\"\n", "甲乙丙丁"),
            ("a: '甲\n  乙'\n", "甲乙"),
            ("a: >\n  甲乙\n  丙丁\n\n  戊\n  己\nb: 庚\n", "甲乙丙丁\n戊己\n"),
            ("a: >-\n  甲\n    乙\n  丙\n", "甲\n  乙\n丙"),
            ("a:\n  甲乙\n  丙丁\n", "甲乙丙丁"),
            ("a: 甲 乙\n  c丙\n  丁\n", "甲 乙 c丙丁"),
            ("a: |\n  甲\n  乙\n", "甲\n乙\n"),
            ("a: |\n  甲：\n\n  乙\nb: 丙\n  丁\n", "甲：\n\n乙\n"),
            ("# 说明\na: 甲\n  # 说明\nb: 乙\n", "甲"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text)["a"], expected, "{text}");
        }
        assert_eq!(read("- 甲\n  乙\n- a: 丙\n- 丁\n"), serde_json::json!(["甲乙", {"a": "丙"}, "丁"]));
        assert_eq!(read("a: [甲,\n  乙丙\n  丁]\n"), serde_json::json!({"a": ["甲", "乙丙丁"]}));
    }

    #[test]
    fn lines_that_are_no_value_stay_apart() {
        for text in ["a: 甲\n乙：丙\n", "a: 甲\nb: 乙\n", "a: 甲 # 说明\n  乙\n", "# 甲\n乙: 丙\n", "- a: 甲\n乙\n"]
        {
            assert_eq!(joined(text), text);
        }
    }
}
