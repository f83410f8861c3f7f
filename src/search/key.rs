//! Keys: the pieces of folded text that the index lists. A key is one UTF-16 unit, two, or three of ASCII.
//!
//! Every unit of a word is a key, and so is every pair of neighbours, overlapping. No dictionary decides where words end, so the index and a
//! query never disagree about it. Triples of ASCII are keys as well, because pairs of digits are on almost every page.
//! Folded text has no punctuation but ASCII, so that a browser tells words by what is ASCII.
//! `themes/default/script/search/1-codec.js` has the same rules (`isKey`, `cover`, `nameOf`).

use std::sync::LazyLock;

/// A key. A unit that it does not have is 0, which is in no folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The first unit.
    pub first: u16,
    /// The second unit, or 0.
    pub second: u16,
    /// The third unit, or 0. Only a key of ASCII has one.
    pub third: u16,
}

/// Whether a unit belongs to words: letters, digits, Han, halves of surrogate pairs, and everything else that is not punctuation.
pub fn is_word(unit: u16) -> bool {
    match unit {
        0x30..=0x39 | 0x61..=0x7a => true,
        0..=0xbf | 0x2000..=0x206f | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x3030 | 0xfe10..=0xfe6f | 0xff00..=0xffef => {
            false
        }
        _ => true,
    }
}

/// Whether a unit is a visible character of ASCII.
fn is_ascii(unit: u16) -> bool {
    (0x21..=0x7e).contains(&unit)
}

fn is_surrogate(unit: u16) -> bool {
    (0xd800..=0xdfff).contains(&unit)
}

/// Whether units are a key: one or two units of words; or two or three visible units of ASCII, at least one of them of a word.
fn makes(units: &[u16]) -> bool {
    match *units {
        [one] => is_word(one),
        [a, b] => (is_word(a) && is_word(b)) || (is_ascii(a) && is_ascii(b) && (is_word(a) || is_word(b))),
        [a, b, c] => units.iter().all(|unit| is_ascii(*unit)) && (is_word(a) || is_word(b) || is_word(c)),
        _ => false,
    }
}

impl Key {
    /// The key of one to three units.
    fn new(units: &[u16]) -> Self {
        let unit = |at: usize| units.get(at).copied().unwrap_or(0);
        Self { first: unit(0), second: unit(1), third: unit(2) }
    }
}

/// Class of a unit: it belongs to words.
const WORD: u8 = 1;
/// Class of a unit: it is visible ASCII.
const ASCII: u8 = 2;
/// Class of a unit: it is a key by itself. That is every unit of words but halves of surrogate pairs.
const ALONE: u8 = 4;

/// The classes of every unit. [`keys`] goes through all texts several times and looks them up here.
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

/// Calls `each` with every key of a folded text, in order of place and length; a key that stands in it twice is passed twice.
///
/// `all & ASCII & any << 1` is `makes` for a pair: both are ASCII, and the bit of `WORD` in either, moved to that of `ASCII`, is set.
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

/// The keys that cover a folded term, and whether one of them is the whole term.
///
/// From left to right the longest key is taken; where it is shorter than the longest key that ends at the same place, the latter is used: `太极拳`
/// is covered by `太极` and `极拳`.
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

/// The terms of a folded text: its pieces between spaces that have a key, without repetition, in order.
pub fn terms(folded: &[u16]) -> Vec<&[u16]> {
    let mut terms: Vec<&[u16]> = Vec::new();
    for term in folded.split(|unit| *unit == u16::from(b' ')) {
        if !cover(term).0.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// The number of bits of a [`name`].
pub const NAME: u32 = 12;

/// The name of a title: [`NAME`] bits of a hash of its terms, which the index stores for each title. A page whose title holds all terms of a
/// query and has the query's name ranks as if its title were the query. Another title may have the same name by chance, one in 4096; then
/// its page ranks too high, and nothing else is wrong.
pub fn name(terms: &[&[u16]]) -> u32 {
    let units = terms.join(&u16::from(b' ')).into_iter();
    units.fold(0, |hash: u32, unit| (hash ^ u32::from(unit)).wrapping_mul(0x9e37_79b1)) >> (32 - NAME)
}

/// The further keys of a folded term: the pairs that overlap those of its cover. They are fetched when the cover leaves many candidates. Keys that
/// begin with two units of ASCII are left out: a passage that holds all triples of a cover nearly always holds the term.
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
