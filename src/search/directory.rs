//! The directory: which group a key belongs to, and which chunk holds the group.
//!
//! A group is a unit with all keys that belong to it: the unit by itself, its pairs with the unit after it, and its pairs with the unit before
//! it. The passages of a pair are written as places in the list of the unit's passages, which is short. A pair belongs to its first unit,
//! unless the first is frequent and the second is not. Two units of ASCII are a group of their own, to which the triples that begin with
//! them belong. `themes/default/script/search/1-codec.js` has the same rules (`homeOf`).

use super::bits::Writer;
use super::key::{self, Key};

/// A unit is frequent if more than a third of all passages hold it.
pub const FREQUENT: usize = 3;

/// The rest of the unit by itself.
pub const ALONE: u32 = 0;
/// The lowest rest of a pair of the group's unit and the unit after it; for a group of two units, of a triple.
const AFTER: u32 = 1;
/// The lowest rest of a pair of the group's unit and the unit before it.
const BEFORE: u32 = 0x2_0000;
/// The lowest rests of both kinds. Rests of one kind lie close together, and are written as one list.
pub const STRETCHES: [u32; 2] = [AFTER, BEFORE];
/// The lowest number of a group of two units of ASCII. Below it the number of a group is its unit.
const TWO: u32 = 0x1_0000;
/// All numbers of groups are below this.
pub const GROUPS: usize = 0x1_4000;

/// A set of UTF-16 units.
#[derive(Clone, Debug)]
pub struct Units(Vec<bool>);

impl Default for Units {
    fn default() -> Self {
        Self(vec![false; 1 << 16])
    }
}

impl Units {
    /// Whether the set has a unit.
    pub fn contains(&self, unit: u16) -> bool {
        self.0[usize::from(unit)]
    }

    /// Adds a unit.
    pub fn insert(&mut self, unit: u16) {
        self.0[usize::from(unit)] = true;
    }

    /// The units, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        (0..=u16::MAX).filter(|unit| self.contains(*unit))
    }
}

impl FromIterator<u16> for Units {
    fn from_iter<I: IntoIterator<Item = u16>>(units: I) -> Self {
        let mut set = Self::default();
        units.into_iter().for_each(|unit| set.insert(unit));
        set
    }
}

/// Where a key belongs: its group, and which key of the group it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// The group: its unit, or 2^16 plus seven bits for each of its two units of ASCII.
    pub group: u32,
    /// The key in the group: 0 for the unit by itself, 1 and up with the unit after it, 2^17 and up with the unit before it; in each case
    /// by the `order` of the other unit. Below 2^18.
    pub rest: u32,
}

impl Home {
    /// Where a key belongs, given the units that are frequent.
    pub fn of(key: Key, frequent: &Units) -> Self {
        let Key { first, second, third } = key;
        let rest = |unit: u16, from: u32| if unit == 0 { ALONE } else { from + order(unit) };
        if first < 0x80 && second != 0 && second < 0x80 {
            Self { group: TWO + (u32::from(first) << 7 | u32::from(second)), rest: rest(third, AFTER) }
        } else if second != 0 && frequent.contains(first) && !frequent.contains(second) {
            Self { group: u32::from(second), rest: rest(first, BEFORE) }
        } else {
            Self { group: u32::from(first), rest: rest(second, AFTER) }
        }
    }
}

/// The keys of terms in the order in which they are fetched, each with the number of its term: the first key of each term, then the second of
/// each, and so on. Keys in groups of frequent units come last, because they are on many pages.
pub fn turns(terms: &[&[u16]], frequent: &Units) -> Vec<(usize, Key)> {
    let all: Vec<Vec<Key>> = terms.iter().map(|term| [key::cover(term).0, key::across(term)].concat()).collect();
    let mut turns = Vec::new();
    for at in 0..all.iter().map(Vec::len).max().unwrap_or(0) {
        turns.extend(all.iter().enumerate().filter_map(|(term, keys)| Some((term, *keys.get(at)?))));
    }
    turns.sort_by_key(|(_, key)| {
        u16::try_from(Home::of(*key, frequent).group).is_ok_and(|unit| frequent.contains(unit))
    });
    turns
}

/// Which of `parts` parts of a group holds a rest: a multiplicative hash, by which 0, the unit by itself, is in the first part.
pub fn part(rest: u32, parts: u32) -> u32 {
    ((rest.wrapping_mul(0x9e37_79b1) >> 16) * parts) >> 16
}

/// A number for a unit that brings Han to the front, so that their rests are small: 4E00–9FFF, then the units below, then those above.
fn order(unit: u16) -> u32 {
    let unit = u32::from(unit);
    match unit {
        0x4e00..=0x9fff => unit - 0x4e00,
        0..0x4e00 => unit + 0x5200,
        _ => unit,
    }
}

/// One entry of the directory: a chunk of one or more whole groups, or several chunks that share one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// The number of the first group.
    pub group: u32,
    /// How many chunks share that group. If it is one, the chunk also holds the groups up to the next entry.
    pub parts: u32,
}

/// Which chunk holds which key. Chunks are numbered through all entries, from 0.
#[derive(Debug, Default)]
pub struct Directory {
    /// The frequent units.
    pub frequent: Units,
    /// The entries, by group.
    pub entries: Vec<DirectoryEntry>,
}

impl Directory {
    /// How many chunks there are.
    pub fn chunks(&self) -> u32 {
        self.entries.iter().map(|entry| entry.parts).sum()
    }

    /// Every chunk: its number, the index of its entry, and its part of that entry.
    pub fn each(&self) -> impl Iterator<Item = (u32, usize, u32)> {
        let parts =
            self.entries.iter().enumerate().flat_map(|(at, entry)| (0..entry.parts).map(move |part| (at, part)));
        (0..).zip(parts).map(|(number, (at, part))| (number, at, part))
    }

    /// The index of the entry of a key, and the part that holds the key; `None` if no chunk can hold it.
    #[cfg(test)]
    pub fn find(&self, home: Home) -> Option<(usize, u32)> {
        let at = self.entries.partition_point(|entry| entry.group <= home.group).checked_sub(1)?;
        let entry = self.entries[at];
        (entry.parts == 1 || entry.group == home.group).then(|| (at, part(home.rest, entry.parts)))
    }

    /// The directory as it is in the head: the frequent units and the first groups of all entries, as lists of [`Writer::uneven`]; then for each
    /// entry its number of parts, less one, as a gamma code.
    pub fn base64(&self) -> String {
        let mut writer = Writer::default();
        let frequent: Vec<u32> = self.frequent.iter().map(u32::from).collect();
        writer.uneven(&frequent);
        let groups: Vec<u32> = self.entries.iter().map(|entry| entry.group).collect();
        writer.uneven(&groups);
        self.entries.iter().for_each(|entry| writer.gamma(entry.parts - 1));
        writer.base64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        let units: Vec<u16> = text.encode_utf16().chain([0; 2]).collect();
        Key { first: units[0], second: units[1], third: units[2] }
    }

    #[test]
    fn a_pair_is_at_home_in_the_unit_that_is_not_frequent() {
        let unit = |text: &str| text.encode_utf16().next().unwrap_or(0);
        let frequent = Units::from_iter([unit("的")]);
        let home = |text: &str| Home::of(key(text), &frequent);
        assert_eq!(home("的").rest, ALONE);
        assert_eq!(home("太极").group, u32::from(unit("太")));
        assert_eq!(home("的太").group, u32::from(unit("太")));
        assert_eq!(home("太的").group, u32::from(unit("太")));
        assert_ne!(home("的太"), home("太的"));
        assert_eq!(home("97.").group, home("97").group);
        assert_ne!(home("97.").group, home("9班").group);
    }

    #[test]
    fn a_unit_alone_is_in_the_first_part() {
        assert_eq!(part(ALONE, 1), 0);
        assert_eq!(part(ALONE, 77), 0);
        assert!((1..1000).map(|rest| part(rest, 5)).collect::<std::collections::BTreeSet<_>>().len() == 5);
    }
}
