//! Slips of the hand and of the ear: words of titles that were probably meant where what was typed is found nowhere.
//!
//! Fetched (`search/<generation>/s.js`) only for such a query. A word is offered if what was typed sounds like it, character by character, by
//! ears that do not tell n from l, zh from z or in from ing; or if one character is wrong, missing or too many.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::parts::Parting;
use super::vocabulary::{LENGTHS, Vocabulary};
use crate::reading;

/// Words at most, the most frequent.
const WORDS: usize = 3000;
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
    /// The words once more, to look them up.
    #[serde(skip)]
    known: HashSet<String>,
}

impl Slips {
    /// Slips of the most frequent words of a vocabulary.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let short = vocabulary.words().iter().filter(|word| LENGTHS.contains(&word.chars().count()));
        let words: Vec<String> = short.take(WORDS).cloned().collect();
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
        let known = words.iter().cloned().collect();
        Self { words, sounds, of, known }
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

    /// The words in a piece that stands nowhere, the longest first from left to right, with what is left between them; none if it holds no
    /// word. What is left is without its idle ends; one character counts only if it is not idle.
    pub(super) fn words_in(&self, piece: &[char], parting: &Parting<'_>) -> Vec<String> {
        let known = |part: &[char]| self.known.contains(part.iter().collect::<String>().as_str());
        let (mut words, mut at, mut plain) = (Vec::new(), 0, 0);
        let left = |part: &[char], words: &mut Vec<String>| match part {
            [one] if !parting.says_nothing(*one) => words.push(one.to_string()),
            _ => words.extend(parting.without_ends(part)),
        };
        let mut is_any = false;
        while at < piece.len() {
            let longest = (at + 2..=piece.len().min(at + LENGTHS.end())).rev().find(|to| known(&piece[at..*to]));
            let Some(to) = longest else {
                at += 1;
                continue;
            };
            left(&piece[plain..at], &mut words);
            words.push(piece[at..to].iter().collect());
            (at, plain, is_any) = (to, to, true);
        }
        left(&piece[plain..], &mut words);
        if is_any { words } else { Vec::new() }
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
