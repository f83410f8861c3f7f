//! The words of a portal: what is suggested for pinyin and offered for slips. All of them stand on pages.
//!
//! They are the words of titles and headings as a dictionary parts these, what recurs of several of them, short runs of Han as a whole (names,
//! mostly), and what the lexicon names; behind these, words of the dictionary that recur in a sample of the texts. So no suggestion begins or
//! ends inside a word.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use rayon::prelude::*;

use super::document::Ranked;
use super::lexicon::Lexicon;
use super::passage::{HEADING, Passage};

/// Words at most, the most frequent.
const WORDS: usize = 12_000;
/// Characters of a word.
pub(super) const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;
/// Characters of a run that is a word as a whole, such as a short title.
const WHOLE: std::ops::RangeInclusive<usize> = 2..=10;
/// UTF-16 units of texts that are looked at for further words: all texts would take longer than the rest of the index.
const SAMPLE: usize = 300_000;
/// Texts of the sample that a further word stands in, at least.
const OFTEN: usize = 2;
/// Words of the dictionary that make one word at most.
const JOINED: usize = 3;

/// The words, the most frequent first.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<String>,
}

impl Vocabulary {
    /// The words of documents.
    pub fn new(documents: &[Ranked], lexicon: &Lexicon) -> Self {
        let standing = standing(documents, lexicon).into_iter();
        let mut words: BTreeMap<String, usize> = standing.map(|(word, count)| (word.to_owned(), count)).collect();
        let mut found = Found::new(lexicon);
        for ranked in documents {
            let passages = ranked.document.passages.iter();
            let headings = passages.flat_map(|passage| passage.parts().filter(|(_, flags)| *flags == HEADING));
            let headings = headings.map(|(units, _)| String::from_utf16_lossy(units));
            found.add(std::iter::once(ranked.document.title.clone()).chain(headings));
        }
        for (word, count) in found.words() {
            let known = words.entry(word).or_default();
            *known = count.max(*known);
        }
        let mut sorted: Vec<(String, usize)> = words.into_iter().collect();
        sorted.sort_by(|(one, often), (other, seldom)| (seldom, one).cmp(&(often, other)));
        let known: HashSet<&str> = sorted.iter().map(|(word, _)| word.as_str()).collect();
        let mut more = frequent(documents, lexicon);
        more.retain(|word| !known.contains(word.as_str()));
        Self { words: sorted.into_iter().map(|(word, _)| word).chain(more).take(WORDS).collect() }
    }

    /// The words, the most frequent first.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// What titles and headings hold.
struct Found<'a> {
    segmenter: icu_segmenter::WordSegmenterBorrowed<'static>,
    lexicon: &'a Lexicon,
    /// On how many pages each stands.
    counts: HashMap<String, usize>,
    /// Words of the dictionary and whole runs, which need not recur.
    known: BTreeSet<String>,
}

impl<'a> Found<'a> {
    fn new(lexicon: &'a Lexicon) -> Self {
        let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        Self { segmenter, lexicon, counts: HashMap::new(), known: BTreeSet::new() }
    }

    /// Adds the title and the headings of a page.
    fn add(&mut self, texts: impl Iterator<Item = String>) {
        let mut here: BTreeSet<String> = BTreeSet::new();
        for text in texts {
            for run in text.split(|c| !is_han(c)).filter(|run| !run.is_empty()) {
                self.run(run, &mut here);
            }
        }
        for word in here {
            *self.counts.entry(word).or_default() += 1;
        }
    }

    /// The words of the dictionary in a run of Han that may be one.
    fn parted<'r>(&self, run: &'r str) -> impl Iterator<Item = &'r str> {
        let ends: Vec<usize> = self.segmenter.segment_str(run).collect();
        let words: Vec<&str> = ends.windows(2).map(|ends| &run[ends[0]..ends[1]]).collect();
        words.into_iter().filter(|word| LENGTHS.contains(&word.chars().count()))
    }

    fn run(&mut self, run: &str, here: &mut BTreeSet<String>) {
        let ends: Vec<usize> = self.segmenter.segment_str(run).collect();
        let length = |text: &str| text.chars().count();
        for (nth, from) in ends.iter().enumerate() {
            for (joined, to) in ends[nth + 1..].iter().take(JOINED).enumerate() {
                let word = &run[*from..*to];
                let (first, last) = (&run[*from..ends[nth + 1]], &run[ends[nth + joined]..*to]);
                if !LENGTHS.contains(&length(word)) || (joined > 0 && !self.holds(first, last)) {
                    continue;
                }
                if joined == 0 && !self.known.contains(word) {
                    self.known.insert(word.to_owned());
                }
                here.insert(word.to_owned());
            }
        }
        if WHOLE.contains(&length(run)) {
            self.known.insert(run.to_owned());
            here.insert(run.to_owned());
        }
    }

    /// Whether what begins and ends with these words may be one.
    fn holds(&self, first: &str, last: &str) -> bool {
        let single = |word: &str, characters: &str| word.chars().count() == 1 && characters.contains(word);
        let (particles, idle) = (&self.lexicon.particles, &self.lexicon.idle);
        !single(first, particles) && !single(first, idle) && !single(last, particles)
    }

    /// The words, each with the number of pages: what recurs is one if it is not always part of the same longer one.
    fn words(self) -> Vec<(String, usize)> {
        let mut inside: HashMap<&str, usize> = HashMap::new();
        for (word, count) in &self.counts {
            let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
            for (nth, from) in starts.iter().enumerate() {
                for to in &starts[nth + 1..] {
                    if to - from < word.len() {
                        let most = inside.entry(&word[*from..*to]).or_default();
                        *most = (*most).max(*count);
                    }
                }
            }
        }
        let is_word = |(word, count): &(&String, &usize)| {
            self.known.contains(*word)
                || (**count > 1 && inside.get(word.as_str()).is_none_or(|longer| *longer < **count))
        };
        let words = self.counts.iter().filter(is_word);
        words.map(|(word, count)| (word.clone(), *count)).collect()
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Words of the dictionary that recur in a sample of the texts, the most frequent first.
fn frequent(documents: &[Ranked], lexicon: &Lexicon) -> Vec<String> {
    let size = |ranked: &Ranked| ranked.document.passages.iter().map(|passage| passage.lines().len()).sum::<usize>();
    let step = documents.iter().map(size).sum::<usize>().div_ceil(SAMPLE).max(1);
    let found = Found::new(lexicon);
    let words = documents.par_iter().step_by(step).map(|ranked| {
        let mut here = Vec::new();
        for passage in &ranked.document.passages {
            let text = String::from_utf16_lossy(passage.lines());
            let runs = text.split(|c| !is_han(c)).filter(|run| run.chars().nth(1).is_some());
            runs.for_each(|run| here.extend(found.parted(run).map(str::to_owned)));
        }
        here.sort_unstable();
        here.dedup();
        here
    });
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in words.collect::<Vec<_>>().into_iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut sorted: Vec<(String, usize)> = counts.into_iter().filter(|(_, count)| *count >= OFTEN).collect();
    sorted.sort_by(|(one, often), (other, seldom)| (seldom, one).cmp(&(often, other)));
    sorted.into_iter().map(|(word, _)| word).collect()
}

/// The words of the same meaning, and those of filters, that stand on pages, each with the number of pages.
fn standing<'a>(documents: &[Ranked], lexicon: &'a Lexicon) -> BTreeMap<&'a str, usize> {
    let words = Words::new(lexicon.synonyms().filter(|(_, word)| word.chars().all(is_han)));
    let here: Vec<Vec<&str>> = documents.par_iter().map(|ranked| words.on(&ranked.document.passages)).collect();
    let mut counts = BTreeMap::new();
    for word in here.into_iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// Words that are looked for in all texts.
struct Words<'a> {
    /// Folded, ascending, each with the word as it is written.
    sorted: Vec<(Vec<u16>, &'a str)>,
    /// Where the words that begin with each unit are among them.
    begins: HashMap<u16, Range<usize>>,
    /// Beginnings of words, one bit each for all that [`Words::slot`] does not tell apart: most places in a text begin none, and one look
    /// tells.
    seen: Vec<u64>,
}

impl<'a> Words<'a> {
    fn new(words: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let folded = words.map(|(folded, word)| (folded.encode_utf16().collect(), word));
        let mut words: Vec<(Vec<u16>, &str)> = folded.filter(|(units, _): &(Vec<u16>, _)| !units.is_empty()).collect();
        words.sort_unstable();
        let mut begins: HashMap<u16, Range<usize>> = HashMap::new();
        let mut seen = vec![0; 1 << 10];
        for (number, (units, _)) in words.iter().enumerate() {
            begins.entry(units[0]).or_insert(number..number).end = number + 1;
            match units.get(1) {
                Some(second) => Self::note(&mut seen, Self::slot(units[0], *second)),
                // Whatever follows.
                None => (0..=u16::MAX).for_each(|second| Self::note(&mut seen, Self::slot(units[0], second))),
            }
        }
        Self { sorted: words, begins, seen }
    }

    fn slot(first: u16, second: u16) -> usize {
        usize::from(first.rotate_left(7) ^ second)
    }

    fn note(seen: &mut [u64], slot: usize) {
        seen[slot / 64] |= 1 << (slot % 64);
    }

    /// The words that stand in passages, each once.
    fn on(&self, passages: &[Passage]) -> Vec<&'a str> {
        let mut here = Vec::new();
        for units in passages.iter().map(|passage| &passage.units) {
            for (at, first) in units.iter().enumerate() {
                let slot = Self::slot(*first, units.get(at + 1).copied().unwrap_or(0));
                if self.seen[slot / 64] >> (slot % 64) & 1 == 0 {
                    continue;
                }
                let some = self.begins.get(first).map_or(&[][..], |range| &self.sorted[range.clone()]);
                here.extend(some.iter().filter(|(word, _)| units[at..].starts_with(word)).map(|(_, word)| *word));
            }
        }
        here.sort_unstable();
        here.dedup();
        here
    }
}

#[cfg(test)]
mod tests {
    use super::super::passage;
    use super::super::text::Text;
    use super::*;

    #[test]
    fn a_word_of_the_dictionary_is_known_and_what_joins_words_must_recur() {
        let lexicon = Lexicon::default();
        let mut found = Found::new(&lexicon);
        for title in ["社区技能集市开张", "技能集市再来一回", "手机课"] {
            found.add(std::iter::once(title.to_owned()));
        }
        let words: BTreeMap<String, usize> = found.words().into_iter().collect();
        assert_eq!(words.get("技能集市"), Some(&2));
        assert!(words.contains_key("技能") && words.contains_key("手机") && words.contains_key("手机课"));
        assert!(!words.contains_key("能集") && !words.contains_key("集市开张"), "{words:?}");
    }

    #[test]
    fn words_are_found_wherever_they_stand_each_once() {
        let listed = ["书法", "书", "太极", "太极拳", "班", "书法", "合唱", "法班"];
        let words = Words::new(listed.into_iter().map(|word| (word, word)));
        let on = |lines: &str| {
            let text = Text { lines: lines.to_owned(), ..Text::default() };
            words.on(&passage::fold(&text, &mut BTreeSet::new()))
        };
        assert_eq!(on("太极拳和书法班，书法"), ["书", "书法", "太极", "太极拳", "法班", "班"]);
        assert_eq!(on("书"), ["书"], "at the end of a text");
        assert_eq!(on("太和极，拳"), Vec::<&str>::new());
        assert_eq!(Words::new(std::iter::empty()).on(&[]), Vec::<&str>::new());
    }
}
