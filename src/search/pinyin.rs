//! Pinyin: the characters of titles, their readings, and the characters that follow them in titles.
//!
//! The browser suggests strings of these characters for Latin letters. Characters are in files by the first letter of a reading, and the browser
//! loads the files of the letters that it meets (`spelled` in `themes/default/script/search-more.js`).

use std::collections::{BTreeMap, BTreeSet};

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// The most followers of a character that are kept; the most frequent ones are.
const FOLLOWERS: usize = 40;

/// A character; its readings, with spaces between them, the usual one first; its followers in titles (see `graded`).
pub type Spelling = (char, String, String);

/// The characters of titles: how often each stands in them, and how often each other character follows it.
#[derive(Debug, Default)]
pub struct Titles {
    characters: BTreeMap<char, (usize, BTreeMap<char, usize>)>,
}

impl Titles {
    /// Counts the characters of a title.
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

    /// The contents of `files` files, the most frequent characters first. A character is in the file of the first letter of each of its
    /// readings: the number of the letter, from 0, modulo `files`.
    pub fn entries(&self, files: usize) -> Vec<Vec<Spelling>> {
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

/// The followers of a character, the most frequent first, and how often each follows it. The grade of a follower is the binary logarithm of its
/// count, rounded down; as many spaces stand behind it as its grade is above that of the next one, and so the number of spaces behind it in
/// the whole string is its grade: `行华  号函` for counts of 7, 4, 1 and 1.
fn graded(followers: &[(char, usize)]) -> String {
    let grade = |at: usize| followers.get(at).map_or(0, |(_, count)| count.ilog2() as usize);
    let step = |(at, (c, _)): (usize, &(char, usize))| format!("{c}{}", " ".repeat(grade(at) - grade(at + 1)));
    followers.iter().enumerate().map(step).collect()
}

/// The number of the first letter of a reading, from 0.
fn letter(reading: &str) -> Option<usize> {
    reading.bytes().next().filter(u8::is_ascii_lowercase).map(|first| usize::from(first - b'a'))
}

/// The readings of a character without tones, the usual one first, with `v` for `ü`, as it is typed; none if it is no Han.
pub fn readings(c: char) -> Vec<String> {
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
        let le: Vec<&Spelling> = entries[usize::from(b'l' - b'a')].iter().filter(|entry| entry.0 == '乐').collect();
        let yue: Vec<&Spelling> = entries[usize::from(b'y' - b'a')].iter().filter(|entry| entry.0 == '乐').collect();
        assert_eq!(le, yue);
        assert!(le[0].1.split(' ').any(|reading| reading == "yue"), "{}", le[0].1);
        assert_eq!(le[0].2, "班");
        assert_eq!(graded(&[('行', 7), ('华', 4), ('号', 1), ('函', 1)]), "行华  号函");
        assert_eq!(graded(&[('行', 2)]), "行 ");
    }
}
