//! Folding: texts and queries are compared in NFKC, lower case, half width and simplified Han.
//!
//! Each character is folded by itself, so that folding a piece of a text gives a piece of the folded text. Width, case of ASCII and spaces
//! follow from the code of a character, and the browser's script computes them as well. All other characters are folded by tables in the
//! index, because browsers differ in the version of Unicode that they know.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

/// In [`TABLE`]: the character is folded by [`arithmetic`].
const PLAIN: u16 = 0;
/// In [`TABLE`]: the character becomes several units, or none, and is folded when it is met.
const MANY: u16 = 0xFFFF;

/// The folded unit of every character of the basic multilingual plane, or [`PLAIN`] or [`MANY`].
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let unit = |code: u32| {
        let Some(c) = char::from_u32(code) else { return PLAIN };
        let folded = folded(c);
        if folded == arithmetic(c).map_or_else(String::new, String::from) {
            return PLAIN;
        }
        let mut units = folded.encode_utf16();
        match (units.next(), units.next()) {
            (Some(one), None) => one,
            _ => MANY,
        }
    };
    (0..=0xFFFF).map(unit).collect()
});

/// Appends the folded UTF-16 units of a text to `units`, and its characters that are folded by a table to `seen`.
pub fn fold(text: &str, units: &mut Vec<u16>, seen: &mut BTreeSet<char>) {
    units.reserve(text.len() / 2);
    for c in text.chars() {
        let code = c as usize;
        if code < 0x80 {
            units.push(u16::from(ascii(c)));
            continue;
        }
        let by_table = TABLE.get(code).copied();
        match by_table {
            Some(PLAIN) => units.extend(arithmetic(c).into_iter().flat_map(units_of)),
            Some(MANY) | None => {
                let folded = folded(c);
                if !is_plain(c, &folded) {
                    seen.insert(c);
                }
                units.extend(folded.encode_utf16());
            }
            Some(one) => {
                seen.insert(c);
                units.push(one);
            }
        }
    }
}

/// The folded UTF-16 units of a text.
pub fn folded_units(text: &str) -> Vec<u16> {
    let mut units = Vec::new();
    fold(text, &mut units, &mut BTreeSet::new());
    units
}

/// The folded form of a character that is folded by a table; `None` for one that is folded by arithmetic.
pub fn by_table(c: char) -> Option<String> {
    match TABLE.get(c as usize).copied() {
        Some(PLAIN) => None,
        Some(MANY) | None => Some(folded(c)).filter(|folded| !is_plain(c, folded)),
        Some(one) => Some(String::from_utf16_lossy(&[one])),
    }
}

fn is_plain(c: char, folded: &str) -> bool {
    let mut chars = folded.chars();
    chars.next() == arithmetic(c) && chars.next().is_none()
}

fn units_of(c: char) -> impl Iterator<Item = u16> {
    let mut buffer = [0; 2];
    let len = c.encode_utf16(&mut buffer).len();
    buffer.into_iter().take(len)
}

fn ascii(c: char) -> u8 {
    let byte = c.to_ascii_lowercase() as u8;
    if byte.is_ascii_whitespace() || byte == 0x0b { b' ' } else { byte }
}

/// Folding without a table: full-width ASCII becomes half-width, letters of ASCII become lower case, every space becomes U+0020, and a
/// character without width is dropped (`None`). `foldByArithmetic` in the browser's script does the same.
fn arithmetic(c: char) -> Option<char> {
    let code = c as u32;
    let half = if (0xff01..=0xff5e).contains(&code) { char::from_u32(code - 0xfee0).unwrap_or(c) } else { c };
    match half as u32 {
        0x09..=0x0d | 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => Some(' '),
        0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfe00..=0xfe0f | 0xfeff => None,
        _ => Some(half.to_ascii_lowercase()),
    }
}

/// The folded form of a character, by whatever way.
fn folded(c: char) -> String {
    let plain = arithmetic(c);
    if plain != Some(c) {
        return plain.into_iter().collect();
    }
    std::iter::once(c)
        .nfkc()
        .flat_map(char::to_lowercase)
        .nfkc()
        .filter_map(|c| arithmetic(c).map(simplified))
        .collect()
}

/// The simplified form of a traditional character. A character of GB 2312 is returned as it is: 著 (as in 著名) must not become 着.
fn simplified(c: char) -> char {
    if !matches!(c as u32, 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..) || is_gb2312(c) {
        return c;
    }
    let one = fast2s::convert(c.encode_utf8(&mut [0; 4]));
    let mut chars = one.chars();
    match (chars.next(), chars.next()) {
        (Some(simple), None) => simple,
        _ => c,
    }
}

/// Whether a character is a Han of GB 2312 (1980), the set of simplified Chinese. In GBK these have both bytes in the range of GB 2312.
fn is_gb2312(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, broken) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !broken && matches!(bytes.as_ref(), [0xb0..=0xf7, 0xa1..=0xfe])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, folded: &str) {
        assert_eq!(String::from_utf16_lossy(&folded_units(text)), folded, "{text}");
    }

    #[test]
    fn width_case_and_compatibility_are_folded() {
        check("ＡＢＣ１２％", "abc12%");
        check("㎡ ℃ Ⅳ ①", "m2 °c iv 1");
        check("a\u{3000}b\u{a0}c\u{200b}d", "a b cd");
        check("ÉÀ", "éà");
    }

    #[test]
    fn traditional_characters_become_simplified_unless_they_are_both() {
        check("臺北學習", "台北学习");
        check("乾坤 著名", "乾坤 著名");
        check("太极拳", "太极拳");
    }

    #[test]
    fn only_what_arithmetic_cannot_do_is_in_the_table() {
        assert_eq!(by_table('Ａ'), None);
        assert_eq!(by_table('学'), None);
        assert_eq!(by_table('學').as_deref(), Some("学"));
        assert_eq!(by_table('㎡').as_deref(), Some("m2"));
        assert_eq!(by_table('\u{200b}'), None);
    }
}
