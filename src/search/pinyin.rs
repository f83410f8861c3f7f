//! Pinyin of titles: which characters stand in titles, how they may be read, and which follow them there.
//!
//! What was typed is walked along these, a letter's file at a time: nobody loads a table of all characters.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// Characters that follow one, at most; the most frequent first.
const FOLLOWERS: usize = 40;

/// A character, its readings apart by spaces, and what follows it in titles: as many spaces stand behind a follower as its count has binary
/// digits less one.
pub type Entry = (char, String, String);

/// How often each character stands in titles, and each behind it.
#[derive(Debug, Default)]
pub struct Titles {
    characters: BTreeMap<char, (usize, BTreeMap<char, usize>)>,
}

impl Titles {
    /// Takes the characters of a title.
    pub fn add(&mut self, title: &str) {
        let mut chars = title.chars().peekable();
        while let Some(c) = chars.next() {
            let (count, followers) = self.characters.entry(c).or_default();
            *count += 1;
            if let Some(next) = chars.peek() {
                *followers.entry(*next).or_default() += 1;
            }
        }
    }

    /// The entries of `files` files by the letter that a reading begins with, the most frequent characters first.
    pub fn entries(&self, files: usize) -> Vec<Vec<Entry>> {
        let mut made = vec![Vec::new(); files];
        let mut characters: Vec<_> = self.characters.iter().collect();
        characters.sort_by_key(|(c, (count, _))| (std::cmp::Reverse(*count), **c));
        for (c, (_, followers)) in characters {
            let readings = readings(*c);
            if readings.is_empty() {
                continue;
            }
            let mut followers: Vec<(char, usize)> = followers.iter().map(|(c, count)| (*c, *count)).collect();
            followers.retain(|(c, _)| !self::readings(*c).is_empty());
            followers.sort_by_key(|(c, count)| (std::cmp::Reverse(*count), *c));
            followers.truncate(FOLLOWERS);
            let after = graded(&followers);
            let letters: BTreeSet<usize> =
                readings.iter().filter_map(|reading| letter(reading)).map(|at| at % files).collect();
            let all = readings.join(" ");
            for file in letters {
                made[file].push((*c, all.clone(), after.clone()));
            }
        }
        made
    }
}

/// Followers, the most frequent first, with a space where the binary logarithm of their count goes down by one, to the end.
fn graded(followers: &[(char, usize)]) -> String {
    let grade = |at: usize| followers.get(at).map_or(0, |(_, count)| count.ilog2() as usize);
    let step = |(at, (c, _)): (usize, &(char, usize))| format!("{c}{}", " ".repeat(grade(at) - grade(at + 1)));
    followers.iter().enumerate().map(step).collect()
}

fn letter(reading: &str) -> Option<usize> {
    reading.bytes().next().filter(u8::is_ascii_lowercase).map(|first| usize::from(first - b'a'))
}

/// The readings of a character, the usual one first, without tones, `ü` as it is typed.
fn readings(c: char) -> Vec<String> {
    let usual = c.to_pinyin();
    let others = c.to_pinyin_multi().into_iter().flatten();
    let mut readings = Vec::new();
    for reading in usual.into_iter().chain(others).map(|reading| reading.plain().replace('ü', "v")) {
        if reading.is_ascii() && !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_under_each_of_its_readings_with_what_follows_it() {
        let mut titles = Titles::default();
        titles.add("音乐班");
        titles.add("快乐");
        let entries = titles.entries(26);
        let le: Vec<&Entry> = entries[usize::from(b'l' - b'a')].iter().filter(|entry| entry.0 == '乐').collect();
        let yue: Vec<&Entry> = entries[usize::from(b'y' - b'a')].iter().filter(|entry| entry.0 == '乐').collect();
        assert_eq!(le, yue);
        assert!(le[0].1.split(' ').any(|reading| reading == "yue"), "{}", le[0].1);
        assert_eq!(le[0].2, "班");
        assert_eq!(graded(&[('行', 7), ('华', 4), ('号', 1), ('函', 1)]), "行华  号函");
        assert_eq!(graded(&[('行', 2)]), "行 ");
    }
}
