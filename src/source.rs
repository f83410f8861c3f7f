//! Source texts and places in them.
//!
//! Texts are kept without byte order mark and with `\n` line ends, so that lines and columns match those in an editor.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text as an editor wrote it.
#[derive(Debug)]
pub struct Source {
    /// Its path from the project's root, with `/` between parts, in NFC.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Where its lines begin, found when the first place is asked for.
    lines: OnceLock<Vec<usize>>,
}

/// Whether a character may stand in no text: XML 1.0 (§2.2) and HTML (§13.2.3.5) forbid control characters other than tab and line
/// ends, and noncharacters such as U+FFFE. One of them makes a whole feed unreadable.
pub fn is_forbidden(c: char) -> bool {
    let code = c as u32;
    let noncharacter = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
    noncharacter || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// The sign of a forbidden character (Unicode's control pictures).
pub fn seen(forbidden: char) -> char {
    let code = match forbidden {
        '\0'..='\u{1f}' => 0x2400 + forbidden as u32,
        '\u{7f}' => 0x2421,
        _ => 0x2426,
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The last boundary of characters of a text at or before a byte.
pub fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The first boundary of characters of a text at or behind a byte.
pub fn boundary_behind(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Where brackets, or tags of templates such as `{% if %}`, stand one in another deeper than `limit`. Parsers that call themselves for each
/// would need more stack than there is. Brackets in strings and comments count too, so that a limit must be far above what people write.
pub fn nested_deeper(text: &str, limit: usize) -> Option<usize> {
    const OPENING: [&str; 6] = ["if", "for", "block", "filter", "macro", "component"];
    let bytes = text.as_bytes();
    let (mut brackets, mut tags) = (0_usize, 0_usize);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' if bytes.get(at + 1) == Some(&b'%') => {
                let tag = text[at + 2..].trim_start_matches(['-', ' ', '\n']);
                let word = tag.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
                if word.starts_with("end") {
                    tags = tags.saturating_sub(1);
                } else if OPENING.contains(&word) {
                    tags += 1;
                }
                brackets += 1;
            }
            b'{' | b'(' | b'[' => brackets += 1,
            b'}' | b')' | b']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        if brackets.max(tags) > limit {
            return Some(at);
        }
    }
    None
}

impl Source {
    /// Normalises a file's text: removes a byte order mark, converts CRLF and CR to LF.
    pub fn new(path: impl Into<String>, text: &str) -> Arc<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
        Arc::new(Self::of(path.into(), text))
    }

    /// A text in which line ends are `\n` and no byte order mark stands.
    pub fn of(path: String, text: String) -> Self {
        Self { path, text, lines: OnceLock::new() }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    fn line_column(&self, at: usize) -> (usize, usize) {
        let newlines = || memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|newline| newline + 1);
        let lines = self.lines.get_or_init(|| std::iter::once(0).chain(newlines()).collect());
        let line = lines.partition_point(|start| *start <= at);
        (line, self.text[lines[line - 1]..at].chars().count() + 1)
    }

    /// The source with a sign that people can see for every forbidden character; and these with their offsets in the new text.
    pub fn without_forbidden(self: Arc<Self>) -> (Arc<Self>, Vec<(usize, char)>) {
        if !self.text.chars().any(is_forbidden) {
            return (self, Vec::new());
        }
        let (mut text, mut found) = (String::with_capacity(self.text.len()), Vec::new());
        for c in self.text.chars() {
            if is_forbidden(c) {
                found.push((text.len(), c));
                text.push(seen(c));
            } else {
                text.push(c);
            }
        }
        (Arc::new(Self::of(self.path.clone(), text)), found)
    }
}

/// A range of bytes in a source text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// Byte offsets; on character boundaries, within the text.
    pub range: Range<usize>,
}

impl Place {
    /// A place. The range is clamped to character boundaries within the text.
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Self {
        let text = &source.text;
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(range.start);
        let end = floor(range.end.max(start));
        Self { source: Arc::clone(source), range: start..end }
    }

    /// The beginning of a file.
    pub fn file(source: &Arc<Source>) -> Self {
        Self::new(source, 0..0)
    }

    /// Line and column of the start, both from 1; columns count characters.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.start)
    }

    /// Line and column directly after the end.
    pub fn end_line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.end)
    }

    /// The sort key of places: file, then position.
    pub fn key(&self) -> (&str, usize, usize) {
        (&self.source.path, self.range.start, self.range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_whatever_the_line_ends_and_the_mark() {
        let source = Source::new("a.md", "\u{feff}第一行\r\n标题：x\r\n");
        let at = source.text.find('x').expect("x");
        assert_eq!(Place::new(&source, at..at + 1).line_column(), (2, 4));
    }

    #[test]
    fn a_forbidden_character_is_replaced_where_it_stands() {
        let source = Source::new("a.md", "甲\u{b}乙\u{ffff}\r\n\t丙\0");
        let (clean, found) = source.without_forbidden();
        assert_eq!(clean.text, "甲␋乙␦\n\t丙␀");
        assert_eq!(found, [(3, '\u{b}'), (9, '\u{ffff}'), (17, '\0')]);
        assert_eq!(Source::new("a.md", "甲\t乙\r\n\u{200b}\u{e000}😀").without_forbidden().1, []);
    }

    #[test]
    fn a_place_never_splits_a_character() {
        let source = Source::new("a.md", "书院");
        let place = Place::new(&source, 1..99);
        assert_eq!(place.range, 0..6);
    }

    #[test]
    fn what_is_nested_too_deeply_is_found_and_what_stands_side_by_side_is_not() {
        for (open, close) in
            [("(", ")"), ("a{", "}"), ("[", "]"), ("{% if a %}", "{% endif %}"), ("{%- for a in b %}", "{%- endfor %}")]
        {
            let nested = |depth: usize| open.repeat(depth) + &close.repeat(depth);
            assert!(nested_deeper(&nested(11), 10).is_some_and(|at| at > open.len() * 9), "{open}");
            assert_eq!(nested_deeper(&nested(10).repeat(3), 10), None, "{open}");
        }
        assert_eq!(nested_deeper(&"{% set a = b %}{{ a }}".repeat(20), 10), None);
    }
}
