//! Chunks: the files that hold the groups, of about the same size, and how a key is found in one of them.
//!
//! A chunk is the number of its groups as a gamma code, then the groups. Of each group: how many numbers lie between it and the group before
//! it (0 for the first group of the entry), as a gamma code; a bit that says whether the unit by itself follows, and if so its list, its
//! places, and a bit that says whether the lists of other keys hold places in this list; the rests of these keys as two lists of
//! [`Writer::uneven`], one for each of [`STRETCHES`], less where it begins; then for each rest its list and its places. `postings` in
//! `themes/default/script/search/1-codec.js` reads this.

use super::bits::Writer;
use super::directory::{Directory, DirectoryEntry, STRETCHES, Units, part};
use super::postings::Group;

/// Divides groups into at most `most` chunks of about the same size, and of at least `least` bytes each, if there is that much.
pub fn directory(groups: &[Group], frequent: Units, most: usize, least: usize) -> Directory {
    let total: usize = groups.iter().map(Group::size).sum();
    let mut directory = Directory { frequent, entries: Vec::new() };
    let mut target = (total / most.max(1)).max(least * 8);
    loop {
        directory.entries = entries(groups, target);
        if directory.chunks() as usize <= most.max(1) || target > total {
            return directory;
        }
        target += target / 32 + 1;
    }
}

/// The entries if a chunk has up to about `target` bits.
fn entries(groups: &[Group], target: usize) -> Vec<DirectoryEntry> {
    let mut entries: Vec<DirectoryEntry> = Vec::new();
    let mut open = 0;
    for group in groups {
        let size = group.size();
        if size > target {
            let own = size - group.repeated();
            let room = target.saturating_sub(group.repeated()).max(target / 4);
            let parts = u32::try_from(own.div_ceil(room)).unwrap_or(u32::MAX).max(2);
            entries.push(DirectoryEntry { group: group.number, parts });
            open = 0;
        } else if open == 0 || open + size > target {
            entries.push(DirectoryEntry { group: group.number, parts: 1 });
            open = size;
        } else {
            open += size;
        }
    }
    entries
}

/// The chunk of part `number` of the entry `at`, as base64.
pub fn write(directory: &Directory, at: usize, number: u32, groups: &[Group]) -> String {
    let DirectoryEntry { group: first, parts } = directory.entries[at];
    let from = groups.partition_point(|group| group.number < first);
    let to = match directory.entries.get(at + 1) {
        Some(next) => groups.partition_point(|group| group.number < next.group),
        None => groups.len(),
    };
    let mut writer = Writer::default();
    writer.gamma(u32::try_from(to - from).unwrap_or(u32::MAX));
    let mut next = first;
    for group in &groups[from..to] {
        writer.gamma(group.number - next);
        next = group.number + 1;
        self::group(&mut writer, group, number, parts);
    }
    writer.base64()
}

/// Writes part `number` of `parts` of a group.
fn group(writer: &mut Writer, group: &Group, number: u32, parts: u32) {
    let alone = group.alone.as_ref().filter(|_| number == 0 || group.relative);
    writer.flag(alone.is_some());
    if let Some((list, places)) = alone {
        writer.append(list);
        // The places of the unit are in the first part only: a key is looked up in one part.
        if number == 0 {
            writer.append(places);
        } else {
            writer.flag(false);
        }
        writer.flag(group.relative);
    }
    let mine: Vec<usize> = (0..group.rests.len()).filter(|at| part(group.rests[*at], parts) == number).collect();
    for (stretch, from) in STRETCHES.iter().enumerate() {
        let to = STRETCHES.get(stretch + 1).copied().unwrap_or(u32::MAX);
        let inside = mine.iter().map(|at| group.rests[*at]).filter(|rest| (*from..to).contains(rest));
        writer.uneven(&inside.map(|rest| rest - from).collect::<Vec<_>>());
    }
    for at in mine {
        let (lists, range) = group.list(at);
        writer.copy(lists, range);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::search::bits::{Reader, length};
    use crate::search::directory::{Home, turns};
    use crate::search::key::{Key, NAME};
    use crate::search::passage::Passage;
    use crate::search::text::Text;
    use crate::search::{key, passage, postings};

    /// What a chunk holds for a key.
    #[derive(Debug, Default)]
    struct Found {
        /// The passages that hold the key, each with 2 if the title holds it, 1 if a heading does, 0 otherwise.
        passages: Vec<(u32, u8)>,
        /// The passages of the titles whose names are stored at this key, and the names.
        named: Vec<(u32, u32)>,
    }

    /// Reads the key at `home` from a chunk of `entry`; `None` if no passage holds the key. `passages` is the number of all passages.
    fn find(chunk: &str, entry: DirectoryEntry, home: Home, passages: u32) -> Option<Found> {
        let mut reader = Reader::new(chunk)?;
        let mut number = entry.group;
        for _ in 0..reader.gamma() {
            number += reader.gamma();
            let alone = reader.flag().then(|| list(&mut reader, passages));
            let own: Option<Vec<u32>> = match &alone {
                Some(alone) if reader.flag() => Some(alone.passages.iter().map(|(passage, _)| *passage).collect()),
                _ => None,
            };
            let of = own.as_ref().map_or(passages, |own| u32::try_from(own.len()).unwrap_or(u32::MAX));
            let mut rests = Vec::new();
            for from in STRETCHES {
                rests.extend(reader.uneven().into_iter().map(|rest| rest + from));
            }
            let is_here = number == home.group;
            if is_here && home.rest == crate::search::directory::ALONE {
                return alone;
            }
            for rest in rests {
                let mut found = list(&mut reader, of);
                if is_here && rest == home.rest {
                    if let Some(own) = own {
                        let passages = found.passages.iter_mut().map(|(passage, _)| passage);
                        for passage in passages.chain(found.named.iter_mut().map(|(passage, _)| passage)) {
                            *passage = own.get(*passage as usize).copied()?;
                        }
                    }
                    return Some(found);
                }
            }
            number += 1;
        }
        None
    }

    /// Reads a list and its places; `of` is above all numbers of the list.
    fn list(reader: &mut Reader, of: u32) -> Found {
        let count = reader.gamma() + 1;
        let all = reader.members(count, of);
        let mut found = Found { passages: all.iter().map(|passage| (*passage, 0)).collect(), named: Vec::new() };
        if reader.flag() {
            let (titles, headings) = (reader.list(length(&all)), reader.list(length(&all)));
            for at in reader.list(length(&titles)) {
                let passage = titles.get(at as usize).and_then(|title| all.get(*title as usize)).copied();
                found.named.extend(passage.map(|passage| (passage, reader.bits(NAME))));
            }
            for (places, place) in [(headings, 1), (titles, 2)] {
                for at in places {
                    if let Some((_, known)) = found.passages.get_mut(at as usize) {
                        *known = place;
                    }
                }
            }
        }
        found
    }

    fn every(passage: &Passage, each: &mut dyn FnMut(Key)) {
        passage.parts().for_each(|(units, _)| key::keys(units, &mut *each));
    }

    /// Packs texts, a passage each, and reads every key back.
    fn check(texts: &[&str], most: usize, least: usize) {
        let page = |text: &&str| Text { title: (*text).to_owned(), lines: (*text).to_owned(), ..Text::default() };
        let passages: Vec<_> = texts.iter().flat_map(|text| passage::fold(&page(text), &mut BTreeSet::new())).collect();
        let (groups, frequent) = postings::groups(&passages);
        let directory = directory(&groups, frequent, most, least);
        assert!(directory.chunks() as usize <= most, "{} chunks", directory.chunks());
        let of = u32::try_from(passages.len()).expect("few");
        let find = |key| {
            let home = Home::of(key, &directory.frequent);
            let (at, part) = directory.find(home).expect("a chunk");
            let chunk = write(&directory, at, part, &groups);
            find(&chunk, directory.entries[at], home, of).expect("the key")
        };
        for (number, passage) in (0_u32..).zip(&passages) {
            let terms = key::terms(&passage.asked);
            if let Some((_, first)) = turns(&terms, &directory.frequent).first() {
                assert!(find(*first).named.contains(&(number, key::name(&terms))), "{first:?}");
            }
            every(passage, &mut |key| {
                let found = find(key);
                assert!(found.passages.iter().any(|(passage, _)| *passage == number), "{key:?}");
                let holds = |passage: u32| {
                    let mut holds = false;
                    every(&passages[passage as usize], &mut |other| holds |= other == key);
                    holds
                };
                assert!(found.passages.iter().all(|(passage, _)| holds(*passage)), "{key:?}");
            });
        }
    }

    #[test]
    fn every_key_comes_back_from_its_chunk() {
        let texts = ["太极拳班在2024年，97.5%", "的太极的书法😀 a班 abc", "书法的年", "", "年年有的 20241"];
        check(&texts, 1000, 1);
        check(&texts, 5, 1);
        check(&texts, 1, 900);
        check(&[], 10, 1);
    }

    #[test]
    fn a_small_portal_is_spread_in_the_end() {
        let text: String = (0x4e00_u32..0x4f00).filter_map(char::from_u32).collect();
        check(&[&text], 40, 1);
    }
}
