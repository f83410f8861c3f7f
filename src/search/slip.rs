//! Slips of the hand and of the ear: words of titles that were probably meant where what was typed is found nowhere.
//!
//! Fetched (`search/<generation>/s.js`) only for such a query. A word is offered if what was typed sounds like it, character by character, by
//! ears that do not tell n from l, zh from z or in from ing; or if one character is wrong, missing or too many.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::document::Ranked;
use super::lexicon::Lexicon;
use crate::reading;

/// Words at most, the most frequent.
const WORDS: usize = 3000;
/// Characters of a word.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;
/// How a word differs by one character.
const WRONG: u8 = 1;
/// Words that are offered.
const OFFERED: usize = 3;
/// Characters that may stand around what is taken for a word.
const AROUND: usize = 2;

/// Words of titles, and what sounds alike.
#[derive(Debug, Default, Serialize)]
pub struct Slips {
    /// The words, the most frequent first.
    words: Vec<String>,
    /// Characters that sound alike, a text for each sound.
    sounds: Vec<String>,
    /// The numbers of the sounds of each character.
    #[serde(skip)]
    of: HashMap<char, Vec<usize>>,
}

impl Slips {
    /// The words of the titles of documents, and words of the same meaning that stand in these.
    pub fn new(documents: &[Ranked], lexicon: &Lexicon) -> Self {
        let titles: Vec<&str> = documents.iter().map(|ranked| ranked.document.title.as_str()).collect();
        let words = words(&titles, standing(documents, lexicon));
        let heard = |c: char| reading::of_character(c).map(blurred).collect::<BTreeSet<String>>();
        let here: BTreeSet<char> = words.iter().flat_map(|word| word.chars()).collect();
        let needed: BTreeSet<String> = here.iter().flat_map(|c| heard(*c)).collect();
        let mut sounds: BTreeMap<String, String> = BTreeMap::new();
        for c in here.into_iter().chain(characters()).collect::<BTreeSet<char>>() {
            for sound in heard(c).into_iter().filter(|sound| needed.contains(sound)) {
                sounds.entry(sound).or_default().push(c);
            }
        }
        let sounds: Vec<String> = sounds.into_values().filter(|alike| alike.chars().count() > 1).collect();
        let mut of: HashMap<char, Vec<usize>> = HashMap::new();
        for (at, alike) in sounds.iter().enumerate() {
            for c in alike.chars() {
                of.entry(c).or_default().push(at);
            }
        }
        Self { words, sounds, of }
    }

    /// The words that a piece of a query was probably meant to be, each with what it stands for. A piece of which a part is `known` has no wrong
    /// character in the rest: that would be any word with that part.
    pub fn of(&self, piece: &str, known: bool) -> Vec<(String, &str)> {
        let typed: Vec<char> = piece.chars().collect();
        let mut likely = Vec::new();
        for (rank, word) in self.words.iter().enumerate() {
            let meant: Vec<char> = word.chars().collect();
            let slip = self.slip(&typed, &meant).filter(|(_, how, _)| !known || *how != WRONG);
            likely.extend(slip.map(|(around, how, part)| (around, how, rank, part)));
        }
        likely.sort_by_key(|(around, how, rank, _)| (*around, *how, *rank));
        likely.into_iter().take(OFFERED).map(|(_, _, rank, part)| (part, self.words[rank].as_str())).collect()
    }

    /// Where a word is meant in what was typed: how many characters stand around that place, how it differs, and the place; `None` if it is
    /// meant nowhere, or stands there.
    fn slip(&self, typed: &[char], meant: &[char]) -> Option<(usize, u8, String)> {
        let length = meant.len();
        if typed.len() + 1 < length || typed.len() > length + AROUND || typed.windows(length).any(|part| part == meant)
        {
            return None;
        }
        let mut best: Option<(usize, u8, &[char])> = None;
        for size in [length, length + 1, length.saturating_sub(1).max(1)] {
            for part in typed.windows(size) {
                let how = self.how(part, meant);
                let found = how.map(|how| (typed.len() - size, how, part));
                if let Some(found) = found
                    && best.is_none_or(|best| (found.0, found.1) < (best.0, best.1))
                {
                    best = Some(found);
                }
            }
        }
        best.map(|(around, how, part)| (around, how, part.iter().collect()))
    }

    /// How a part of what was typed differs from a word: 0 by sound, 1 by one character, 2 by one too many, 3 by one too few.
    fn how(&self, part: &[char], meant: &[char]) -> Option<u8> {
        let wrong = || part.iter().zip(meant).filter(|(one, other)| one != other).count();
        let without = |longer: &[char], shorter: &[char]| {
            let cut = |at: usize| longer[..at].iter().chain(&longer[at + 1..]).eq(shorter);
            (0..longer.len()).any(cut)
        };
        let doubled = || part.windows(2).any(|pair| pair[0] == pair[1]);
        match part.len().cmp(&meant.len()) {
            std::cmp::Ordering::Equal => {
                if part.iter().zip(meant).all(|(one, other)| one == other || self.alike(*one, *other)) {
                    Some(0)
                } else {
                    (meant.len() > 2 && wrong() == 1).then_some(WRONG)
                }
            }
            std::cmp::Ordering::Greater => ((meant.len() > 2 || doubled()) && without(part, meant)).then_some(2),
            std::cmp::Ordering::Less => (meant.len() > 3 && without(meant, part)).then_some(3),
        }
    }

    fn alike(&self, one: char, other: char) -> bool {
        let sounds = |c: char| self.of.get(&c).map(Vec::as_slice).unwrap_or_default();
        sounds(one).iter().any(|sound| sounds(other).contains(sound))
    }
}

/// A reading as ears hear it that do not tell some sounds apart.
fn blurred(reading: &str) -> String {
    let heard = match reading.get(..2) {
        Some("zh" | "ch" | "sh") => format!("{}{}", &reading[..1], &reading[2..]),
        _ => reading
            .strip_prefix('n')
            .filter(|_| reading.len() > 1)
            .map_or_else(|| reading.to_owned(), |rest| format!("l{rest}")),
    };
    heard
        .strip_suffix('g')
        .filter(|rest| rest.ends_with("in") || rest.ends_with("en"))
        .map_or(heard.clone(), str::to_owned)
}

/// The characters that people type: those of GB 2312, since rare ones take the place of others that sound alike (瑜珈).
fn characters() -> impl Iterator<Item = char> {
    let bytes = (0xb0_u8..=0xf7).flat_map(|row| (0xa1_u8..=0xfe).map(move |cell| [row, cell]));
    let decoded =
        |bytes: [u8; 2]| encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes)?.chars().next();
    bytes.filter_map(decoded).filter(|c| matches!(u32::from(*c), 0x4e00..=0x9fff))
}

/// The words of the same meaning, and those of filters, that stand on pages, each with the number of pages.
fn standing<'a>(documents: &[Ranked], lexicon: &'a Lexicon) -> BTreeMap<&'a str, usize> {
    let mut by_first: HashMap<u16, Vec<(&str, Vec<u16>)>> = HashMap::new();
    for (folded, word) in lexicon.synonyms() {
        let units: Vec<u16> = folded.encode_utf16().collect();
        let is_han = word.chars().all(|c| matches!(u32::from(c), 0x4e00..=0x9fff));
        if let Some(first) = units.first().filter(|_| is_han) {
            by_first.entry(*first).or_default().push((word, units));
        }
    }
    let mut counts = BTreeMap::new();
    for ranked in documents {
        let mut here = BTreeSet::new();
        for passage in &ranked.document.passages {
            for (at, unit) in passage.units.iter().enumerate() {
                let some = by_first.get(unit).into_iter().flatten();
                here.extend(some.filter(|(_, word)| passage.units[at..].starts_with(word)).map(|(word, _)| *word));
            }
        }
        for word in here {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

/// Words of titles, the most frequent first: runs of Han that are short, and parts of titles that recur and are not always parts of the same
/// longer part.
fn words(titles: &[&str], known: BTreeMap<&str, usize>) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut whole: BTreeSet<String> = BTreeSet::new();
    for title in titles {
        let mut here: BTreeSet<String> = BTreeSet::new();
        for run in title.split(|c: char| !matches!(u32::from(c), 0x4e00..=0x9fff)).filter(|run| !run.is_empty()) {
            let chars: Vec<char> = run.chars().collect();
            for length in 2..=LENGTHS.end() + 1 {
                here.extend(chars.windows(length).map(|part| part.iter().collect::<String>()));
            }
            if LENGTHS.contains(&chars.len()) {
                whole.insert(run.to_owned());
            }
        }
        for part in here {
            *counts.entry(part).or_default() += 1;
        }
    }
    let mut inside: HashMap<String, usize> = HashMap::new();
    for (part, count) in &counts {
        let mut chars = part.chars();
        let tail = (chars.next(), chars.as_str()).1;
        let mut chars = part.chars();
        let head = (chars.next_back(), chars.as_str()).1;
        for shorter in [head, tail] {
            let most = inside.entry(shorter.to_owned()).or_default();
            *most = (*most).max(*count);
        }
    }
    let own = |word: &str| counts.get(word).copied().unwrap_or(0);
    let recurs = |(word, count): &(&String, &usize)| {
        **count > 1 && LENGTHS.contains(&word.chars().count()) && inside.get(*word).is_none_or(|most| *most < **count)
    };
    let mut words: BTreeMap<String, usize> =
        counts.iter().filter(recurs).map(|(word, count)| (word.clone(), *count)).collect();
    words.extend(whole.into_iter().map(|word| (own(&word), word)).map(|(count, word)| (word, count)));
    words.extend(known.into_iter().map(|(word, count)| (word.to_owned(), count)));
    let mut sorted: Vec<(String, usize)> = words.into_iter().collect();
    sorted.sort_by(|(one, often), (other, seldom)| (seldom, one).cmp(&(often, other)));
    sorted.into_iter().take(WORDS).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_sounds_are_one() {
        for (one, other) in [("niang", "liang"), ("zhang", "zang"), ("jing", "jin"), ("sheng", "sen")] {
            assert_eq!(blurred(one), blurred(other));
        }
        assert_ne!(blurred("tai"), blurred("dai"));
    }
}
