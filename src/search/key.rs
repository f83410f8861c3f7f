//! Keys: what pages are found by. One or two UTF-16 units, or three of ASCII.
//!
//! Han stand alone and in overlapping pairs, so that no dictionary is needed and index and query can never disagree. Runs of ASCII have
//! their threes as well, for pairs of digits are on every page.

use std::sync::LazyLock;

/// A key: its units, 0 for those it has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The first unit.
    pub first: u16,
    /// The second, unless it has but one.
    pub second: u16,
    /// The third, if all are ASCII.
    pub third: u16,
}

/// Whether a unit is of a word: a letter, a digit, a Han, and whatever else is no punctuation.
pub fn is_word(unit: u16) -> bool {
    match unit {
        0x30..=0x39 | 0x61..=0x7a => true,
        0..=0xbf | 0x2000..=0x206f | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x3030 | 0xfe10..=0xfe6f | 0xff00..=0xffef => {
            false
        }
        _ => true,
    }
}

fn is_ascii(unit: u16) -> bool {
    (0x21..=0x7e).contains(&unit)
}

fn is_surrogate(unit: u16) -> bool {
    (0xd800..=0xdfff).contains(&unit)
}

/// How many of one to three units make a key together, from the first on.
fn makes(units: &[u16]) -> bool {
    match *units {
        [one] => is_word(one),
        [a, b] => (is_word(a) && is_word(b)) || (is_ascii(a) && is_ascii(b) && (is_word(a) || is_word(b))),
        [a, b, c] => units.iter().all(|unit| is_ascii(*unit)) && (is_word(a) || is_word(b) || is_word(c)),
        _ => false,
    }
}

impl Key {
    /// The key of one to three units that make one; a unit that is not there is 0, which no text holds.
    fn new(units: &[u16]) -> Self {
        let unit = |at: usize| units.get(at).copied().unwrap_or(0);
        Self { first: unit(0), second: unit(1), third: unit(2) }
    }
}

/// A unit of a word.
const WORD: u8 = 1;
/// A visible unit of ASCII.
const ASCII: u8 = 2;
/// A unit that is a key alone.
const ALONE: u8 = 4;

/// What every unit is: texts are gone through several times.
static CLASSES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let class = |unit: u16| {
        let alone = is_word(unit) && !is_surrogate(unit);
        [(is_word(unit), WORD), (is_ascii(unit), ASCII), (alone, ALONE)]
            .iter()
            .map(|(is, bit)| u8::from(*is) * bit)
            .sum::<u8>()
    };
    (0..=u16::MAX).map(class).collect()
});

/// Calls `each` with every key of a folded text, repeated ones too.
pub fn keys(units: &[u16], mut each: impl FnMut(Key)) {
    let classes = &CLASSES[..];
    let at = |at: usize| units.get(at).map_or((0, 0), |unit| (*unit, classes[usize::from(*unit)]));
    let (mut second, mut third) = (at(0), at(1));
    for next in 2..units.len() + 2 {
        let first = std::mem::replace(&mut second, std::mem::replace(&mut third, at(next)));
        let (all, any) = (first.1 & second.1, first.1 | second.1);
        if first.1 & ALONE != 0 {
            each(Key { first: first.0, second: 0, third: 0 });
        }
        if all & WORD != 0 || all & ASCII & any << 1 != 0 {
            each(Key { first: first.0, second: second.0, third: 0 });
        }
        if all & third.1 & ASCII & (any | third.1) << 1 != 0 {
            each(Key { first: first.0, second: second.0, third: third.0 });
        }
    }
}

/// The keys that cover a folded term, with the least overlap; and whether they say all that the term says.
pub fn cover(term: &[u16]) -> (Vec<Key>, bool) {
    let mut keys = Vec::new();
    let mut whole = false;
    let mut at = 0;
    while at < term.len() {
        let Some(len) = (1..=3).rev().find(|len| term.get(at..at + len).is_some_and(makes)) else {
            at += 1;
            continue;
        };
        let end = at + len;
        let longest = (1..=3).rev().find(|len| *len <= end && makes(&term[end - len..end])).unwrap_or(len);
        keys.push(Key::new(&term[end - longest.max(len)..end]));
        whole |= longest.max(len) == term.len();
        at = end;
    }
    (keys, whole)
}

/// The terms of a folded text: those that have a key, each once.
pub fn terms(folded: &[u16]) -> Vec<&[u16]> {
    let mut terms: Vec<&[u16]> = Vec::new();
    for term in folded.split(|unit| *unit == u16::from(b' ')) {
        if !cover(term).0.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// Bits of a name.
pub const NAME: u32 = 12;

/// By what a title is known to be a query: few bits of its terms.
pub fn name(terms: &[&[u16]]) -> u32 {
    let units = terms.join(&u16::from(b' ')).into_iter();
    units.fold(0, |hash: u32, unit| (hash ^ u32::from(unit)).wrapping_mul(0x9e37_79b1)) >> (32 - NAME)
}

/// The keys of a folded term beyond its cover: where pairs side by side leave many candidates, those across them leave few. Threes of ASCII
/// that stand side by side in a passage are nearly always what was asked for.
pub fn across(term: &[u16]) -> Vec<Key> {
    let covered = cover(term).0;
    let mut more = Vec::new();
    for at in 0..term.len() {
        let len = (2..=3).rev().find(|len| term.get(at..at + len).is_some_and(makes));
        if let Some(key) = len.map(|len| Key::new(&term[at..at + len]))
            && !(is_ascii(key.first) && is_ascii(key.second))
            && !covered.contains(&key)
            && !more.contains(&key)
        {
            more.push(key);
        }
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Key> {
        let mut found = Vec::new();
        keys(&text.encode_utf16().collect::<Vec<_>>(), |key| found.push(key));
        found
    }

    fn covers(text: &str, pieces: &[&str], whole: bool) {
        let expected = pieces.iter().map(|piece| Key::new(&piece.encode_utf16().collect::<Vec<_>>())).collect();
        assert_eq!(cover(&text.encode_utf16().collect::<Vec<_>>()), (expected, whole), "{text}");
    }

    #[test]
    fn a_term_is_covered_by_keys_that_the_text_has() {
        covers("太", &["太"], true);
        covers("太极", &["太极"], true);
        covers("太极拳", &["太极", "极拳"], false);
        covers("太极拳班", &["太极", "拳班"], false);
        covers("6年", &["6年"], true);
        covers("2024", &["202", "024"], false);
        covers("97.5%", &["97.", ".5%"], false);
        covers("你好，世界", &["你好", "世界"], false);
        covers("abc班", &["abc", "c班"], false);
        covers("，", &[], false);
    }

    #[test]
    fn the_keys_of_a_text_are_the_pieces_that_make_one() {
        let text = "在2024年，97.5%的 excel课(a班)有😀人：ab-cd、x。";
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut expected = Vec::new();
        for at in 0..units.len() {
            for len in 1..=3.min(units.len() - at) {
                let piece = &units[at..at + len];
                if makes(piece) && !(len == 1 && is_surrogate(piece[0])) {
                    expected.push(Key::new(piece));
                }
            }
        }
        assert_eq!(all(text), expected);
    }

    #[test]
    fn every_cover_of_a_piece_is_among_the_keys_of_the_text() {
        let text = "在2024年，97.5%的 Excel课(A班)有😀人：ab-cd、x。";
        let units: Vec<u16> = text.to_lowercase().encode_utf16().collect();
        let known = all(&text.to_lowercase());
        for start in 0..units.len() {
            for end in start + 1..=units.len() {
                let term = &units[start..end];
                if !term.contains(&0x20) && !is_surrogate(term[0]) && !is_surrogate(term[term.len() - 1]) {
                    assert!(cover(term).0.iter().all(|key| known.contains(key)), "{}", String::from_utf16_lossy(term));
                }
            }
        }
    }
}
