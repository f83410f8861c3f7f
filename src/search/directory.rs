//! The directory: which group a key belongs to, and which chunk holds it.
//!
//! A group is a unit with all keys at home in it: the unit alone, and it with the unit after it or before it. So the passages of a pair can
//! be told among the passages of its unit, which are few. A pair is at home in its first unit, unless that one is frequent and the second
//! is not. Two units of ASCII are a group like one of others, for threes begin with them.

use super::bits::Writer;
use super::key::{self, Key};

/// A unit is frequent if more than one of so many passages holds it.
pub const FREQUENT: usize = 3;

/// The unit alone.
pub const ALONE: u32 = 0;
/// From here on: the unit and the one after it.
const AFTER: u32 = 1;
/// From here on: the unit and the one before it.
const BEFORE: u32 = 0x2_0000;
/// The beginnings of the stretches in which rests lie close together.
pub const STRETCHES: [u32; 2] = [AFTER, BEFORE];
/// From here on: groups of two units of ASCII.
const TWO: u32 = 0x1_0000;
/// Groups are numbered below this.
pub const GROUPS: usize = 0x1_4000;

/// A set of units.
#[derive(Clone, Debug)]
pub struct Units(Vec<bool>);

impl Default for Units {
    fn default() -> Self {
        Self(vec![false; 1 << 16])
    }
}

impl Units {
    /// Whether a unit is among them.
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

/// Where a key is at home: its group, and what it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// The group: its unit, or 2^16 and seven bits for each of its two.
    pub group: u32,
    /// The rest: below 2^18.
    pub rest: u32,
}

impl Home {
    /// Where a key is at home, if these units are frequent.
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

/// The keys of terms as they are fetched, each with the number of its term: the first of each first, but those of frequent units last, for
/// they are on many pages.
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

/// Which of `parts` parts of a group holds a rest; the first holds the unit alone.
pub fn part(rest: u32, parts: u32) -> u32 {
    ((rest.wrapping_mul(0x9e37_79b1) >> 16) * parts) >> 16
}

/// Han first, for they are most and lie close together; then what is below them.
fn order(unit: u16) -> u32 {
    let unit = u32::from(unit);
    match unit {
        0x4e00..=0x9fff => unit - 0x4e00,
        0..0x4e00 => unit + 0x5200,
        _ => unit,
    }
}

/// What one chunk holds, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The first group here.
    pub group: u32,
    /// How many chunks share that group; if it is one, groups up to the next entry are here as well.
    pub parts: u32,
}

/// Which chunk holds which key.
#[derive(Debug, Default)]
pub struct Directory {
    /// Units that are frequent.
    pub frequent: Units,
    /// The entries, by group.
    pub entries: Vec<Entry>,
}

impl Directory {
    /// How many chunks there are.
    pub fn chunks(&self) -> u32 {
        self.entries.iter().map(|entry| entry.parts).sum()
    }

    /// Every chunk: its number, the place of its entry, and which part of it.
    pub fn each(&self) -> impl Iterator<Item = (u32, usize, u32)> {
        let parts =
            self.entries.iter().enumerate().flat_map(|(at, entry)| (0..entry.parts).map(move |part| (at, part)));
        (0..).zip(parts).map(|(number, (at, part))| (number, at, part))
    }

    /// The place of the entry whose chunks hold a key, if any do, and which part of it.
    pub fn find(&self, home: Home) -> Option<(usize, u32)> {
        let at = self.entries.partition_point(|entry| entry.group <= home.group).checked_sub(1)?;
        let entry = self.entries[at];
        (entry.parts == 1 || entry.group == home.group).then(|| (at, part(home.rest, entry.parts)))
    }

    /// The frequent units and the first groups of entries as uneven lists, then the parts of each entry, less one.
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
