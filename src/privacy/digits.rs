//! Groups of digits in a text, and what stands between them. Everything in this module is one pass.

use std::ops::Range;

/// Most bytes between two groups of one number.
const GAP_LIMIT: usize = 32;
/// Most visible characters between two groups of one number.
const VISIBLE_LIMIT: usize = 3;

/// Digits that follow each other. Characters that no reader sees, and marks of Markdown or HTML, may stand between them.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// First byte.
    pub start: usize,
    /// Byte after the last digit.
    pub end: usize,
    /// Number of digits.
    pub count: usize,
    /// What stands between the group and the one before it.
    pub gap: Gap,
}

/// What separates two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing that a reader sees.
    None,
    /// Space, one line break.
    Space,
    /// A hyphen or dash.
    Hyphen,
    /// A full stop or middle dot.
    Dot,
    /// A slash.
    Slash,
    /// A comma: it parts numbers, unless the text calls them one.
    Comma,
    /// Anything else: the groups do not belong together.
    Break,
}

/// Where something may begin, found in one pass.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// All groups of digits, in order.
    pub groups: Vec<Group>,
    /// Places of 元, 栋, 幢, 座, 楼, 组 and 生, beside which Chinese numerals or a letter may stand.
    pub marks: Vec<(usize, char)>,
}

/// Looks at every character of a text once.
pub(super) fn scan(text: &str) -> Scan {
    let bytes = text.as_bytes();
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'0'..=b'9' => scan.group(text, at),
            0xef if digit(bytes, at).is_some() => scan.group(text, at),
            0xe5..=0xe7 => {
                if let Some(mark) = mark(&bytes[at..]) {
                    scan.marks.push((at, mark));
                }
                3
            }
            0..=0x7f => 1,
            0x80..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0.. => 4,
        };
    }
    scan
}

impl Scan {
    /// Adds the digits at `start`, and returns their length.
    fn group(&mut self, text: &str, start: usize) -> usize {
        let (mut end, mut count) = (start, 0);
        while let Some(length) = digit(text.as_bytes(), end) {
            end += length;
            count += 1;
        }
        let gap = self.groups.last().map_or(Gap::Break, |last| gap(&text[last.end..start]));
        match self.groups.last_mut() {
            Some(last) if gap == Gap::None => {
                last.end = end;
                last.count += count;
            }
            _ => self.groups.push(Group { start, end, count, gap }),
        }
        end - start
    }
}

fn mark(bytes: &[u8]) -> Option<char> {
    match bytes {
        [0xe5, 0x85, 0x83, ..] => Some('元'),
        [0xe5, 0xb9, 0xa2, ..] => Some('幢'),
        [0xe5, 0xba, 0xa7, ..] => Some('座'),
        [0xe6, 0xa0, 0x8b, ..] => Some('栋'),
        [0xe6, 0xa5, 0xbc, ..] => Some('楼'),
        [0xe7, 0x94, 0x9f, ..] => Some('生'),
        [0xe7, 0xbb, 0x84, ..] => Some('组'),
        _ => None,
    }
}

/// The digits in a range of a text, in ASCII.
pub(super) fn ascii(text: &str, range: Range<usize>) -> String {
    let mut bare = String::new();
    let mut at = range.start;
    while at < range.end {
        match digit(text.as_bytes(), at) {
            Some(1) => bare.push(char::from(text.as_bytes()[at])),
            // The last byte of a full-width digit is 0x90 to 0x99.
            Some(_) => bare.push(char::from(text.as_bytes()[at + 2] - 0x90 + b'0')),
            None => {}
        }
        at += 1;
    }
    bare
}

/// The length of the digit at `at`, ASCII or full-width, in bytes.
pub(super) fn digit(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b'0'..=b'9', ..] => Some(1),
        [0xef, 0xbc, 0x90..=0x99, ..] => Some(3),
        _ => None,
    }
}

/// Whether no reader sees a character: it has no width, or turns the direction of writing.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether a character is a mark of Markdown that a page does not show.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '*' | '`' | '~' | '\\')
}

/// Whether a character looks like the X that stands for ten at the end of an identity number: the letter in Latin, Greek and Cyrillic, the
/// Roman numeral, and signs of multiplication.
pub(super) fn is_check_mark(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ' | '×' | 'х' | 'Х' | 'χ' | 'Χ' | 'ⅹ' | 'Ⅹ' | '✕' | '✖' | '╳' | '⨯')
}

/// Whether a character is a space that keeps the words on one line.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether a character is a hyphen or dash.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{fe63}' | '\u{30fc}')
}

fn gap(between: &str) -> Gap {
    if between.len() > GAP_LIMIT {
        return Gap::Break;
    }
    let (mut kind, mut visible, mut line, mut spaced) = (Gap::None, 0, false, false);
    let mut rest = between;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        let seen = if is_unseen(c) || is_mark(c) {
            Gap::None
        } else if is_space(c) {
            visible += usize::from(!line);
            spaced = true;
            Gap::Space
        } else if matches!(c, ')' | '）') && !line {
            // The first digits of a telephone in brackets.
            visible += 1;
            Gap::Space
        } else if c == '\n' && !line {
            line = true;
            Gap::Space
        } else if c == '>' && line {
            // The mark of a quotation.
            Gap::Space
        } else if c == '/' && !line {
            visible += 1;
            Gap::Slash
        } else if is_hyphen(c) && !line {
            visible += 1;
            Gap::Hyphen
        } else if matches!(c, '.' | '·' | '•' | '．') {
            visible += 1;
            Gap::Dot
        } else if matches!(c, ',' | '，' | '、') && !line {
            visible += 1;
            Gap::Comma
        } else if let Some((of_tag, tag)) = tag(rest).or_else(|| entity(rest)) {
            length = of_tag;
            tag
        } else {
            return Gap::Break;
        };
        kind = match (kind, seen) {
            (Gap::Hyphen | Gap::Dot | Gap::Slash | Gap::Comma, Gap::Hyphen | Gap::Dot | Gap::Slash | Gap::Comma)
                if kind != seen || seen == Gap::Comma =>
            {
                return Gap::Break;
            }
            (Gap::None, seen) | (Gap::Space, seen @ (Gap::Hyphen | Gap::Dot | Gap::Slash | Gap::Comma)) => seen,
            (kind, _) => kind,
        };
        rest = &rest[length..];
    }
    // A full stop with a space ends a sentence, or the number of an item.
    let apart =
        visible > VISIBLE_LIMIT || (line && kind != Gap::Space) || (spaced && matches!(kind, Gap::Dot | Gap::Slash));
    if apart { Gap::Break } else { kind }
}

/// The length of an HTML tag at the beginning, and what it puts between two groups.
fn tag(text: &str) -> Option<(usize, Gap)> {
    let inner = text.strip_prefix('<')?;
    let name = inner.trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inner.find('>')?;
    let gap = if name.len() >= 2 && name[..2].eq_ignore_ascii_case("br") { Gap::Space } else { Gap::None };
    Some((end + 2, gap))
}

/// The length of an HTML reference to a space at the beginning, and what it puts between two groups.
fn entity(text: &str) -> Option<(usize, Gap)> {
    const SPACES: [&str; 6] = ["&nbsp;", "&ensp;", "&emsp;", "&thinsp;", "&#160;", "&#xa0;"];
    const UNSEEN: [&str; 4] = ["&#8203;", "&ZeroWidthSpace;", "&zwnj;", "&shy;"];
    let of = |known: &[&str]| known.iter().find(|known| text.starts_with(**known)).map(|known| known.len());
    of(&SPACES).map(|length| (length, Gap::Space)).or_else(|| of(&UNSEEN).map(|length| (length, Gap::None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_know_what_stands_between_them() {
        let check = |text: &str, said: &[(usize, Gap)]| {
            let found: Vec<(usize, Gap)> =
                scan(text).groups.into_iter().map(|group| (group.count, group.gap)).collect();
            assert_eq!(found, said, "{text}");
        };
        check("１３８ 1234-5678", &[(3, Gap::Break), (4, Gap::Space), (4, Gap::Hyphen)]);
        check("138\u{200b}**1234**<b>5678</b>", &[(11, Gap::Break)]);
        check("138&nbsp;1234\n    5678", &[(3, Gap::Break), (4, Gap::Space), (4, Gap::Space)]);
        check("- 138\n- 1234", &[(3, Gap::Break), (4, Gap::Break)]);
        check("0.1381，2", &[(1, Gap::Break), (4, Gap::Dot), (1, Gap::Comma)]);
        check("138****1234、", &[(7, Gap::Break)]);
        check("1、2，，3\n，4", &[(1, Gap::Break), (1, Gap::Comma), (1, Gap::Break), (1, Gap::Break)]);
        assert_eq!(ascii("１３８ 12", 0..12), "13812");
        assert!(scan("没有数字，：（）").groups.is_empty());
        assert_eq!(scan("é三单元，生😀").marks, [(8, '元'), (14, '生')]);
    }
}
