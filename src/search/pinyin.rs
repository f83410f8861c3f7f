//! Pinyin: the words of the vocabulary with how they are read.
//!
//! The browser suggests words for Latin letters: in full, by initials, or partly typed. Words are in files by the first letter of their
//! reading (`spelled` in `themes/default/script/search-more.js`).

use std::cmp::Reverse;

use super::vocabulary::Vocabulary;
use crate::reading;

/// A word, and how its characters are read: syllables without tones, with spaces between them and `v` for `ü`, as it is typed.
pub type Spelling = (String, String);

/// The contents of `files` files, the most frequent words first: the number of the first letter, from 0, modulo `files`, is that of the file.
pub fn entries(vocabulary: &Vocabulary, files: usize) -> Vec<Vec<Spelling>> {
    let mut made = vec![Vec::new(); files];
    for word in vocabulary.words() {
        if let Some(reading) = spelling(word)
            && let Some(letter) = reading.bytes().next().filter(u8::is_ascii_lowercase)
        {
            made[usize::from(letter - b'a') % files].push((word.clone(), reading));
        }
    }
    made
}

/// Letters that are looked at.
const LONGEST: usize = 32;

/// The words of a vocabulary by how they are read, for queries in letters. The rules are those of `spelled` in `search-more.js`.
#[derive(Debug, Default)]
pub struct Pinyin {
    /// Words with their syllables, the most frequent first.
    words: Vec<(String, Vec<String>)>,
    /// What letters spell beside words.
    spoken: Vec<String>,
}

/// How far letters spell a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Spelt {
    letters: usize,
    /// Syllables in full.
    full: usize,
    /// Syllables, in full, begun, or by their initial.
    syllables: usize,
}

impl Pinyin {
    /// The words of a vocabulary; `spoken` is what letters spell beside them.
    pub fn new(vocabulary: &Vocabulary, spoken: &[String]) -> Self {
        let parted = |reading: String| reading.split(' ').map(str::to_owned).collect();
        let read = |word: &String| Some((word.clone(), parted(spelling(word)?)));
        Self { words: vocabulary.words().iter().filter_map(read).collect(), spoken: spoken.to_vec() }
    }

    /// What terms of letters are read as, if they are read as anything: one word, words in full with what is spoken between them, a word
    /// that is spelt in part, or one for each of them.
    pub fn read(&self, terms: &[String]) -> Option<Vec<String>> {
        let is_spelling = |term: &String| term.bytes().all(|b| b.is_ascii_lowercase());
        let typed = terms.concat();
        if typed.len() < 2 || typed.len() > LONGEST || !terms.iter().all(is_spelling) {
            return None;
        }
        if let Some(words) = self.parted(&typed) {
            return Some(words);
        }
        let (word, all) = self.spelled(&typed);
        if all || terms.len() < 2 {
            return word.map(|word| vec![word.to_owned()]);
        }
        let each: Option<Vec<String>> = terms.iter().map(|term| self.spelled(term).0.map(str::to_owned)).collect();
        each.or_else(|| word.map(|word| vec![word.to_owned()]))
    }

    /// The fewest words that letters spell in full, with the least of what is spoken between them; `None` if something is left.
    fn parted(&self, typed: &str) -> Option<Vec<String>> {
        // The best way to each place: pieces, letters of what is spoken, and the words.
        let mut ways: Vec<Option<(usize, usize, Vec<&str>)>> = vec![None; typed.len() + 1];
        ways[0] = Some((0, 0, Vec::new()));
        for at in 0..typed.len() {
            let Some((pieces, spoken, words)) = ways[at].clone() else { continue };
            let rest = &typed[at..];
            let full = self.words.iter().filter_map(|(word, syllables)| {
                let left = syllables.iter().try_fold(rest, |rest, syllable| rest.strip_prefix(syllable.as_str()))?;
                (syllables.len() > 1).then(|| (rest.len() - left.len(), Some(word.as_str())))
            });
            let beside = self.spoken.iter().filter(|one| rest.starts_with(one.as_str())).map(|one| (one.len(), None));
            for (length, word) in full.chain(beside) {
                let spoken = spoken + if word.is_none() { length } else { 0 };
                let way = &mut ways[at + length];
                if way.as_ref().is_none_or(|way| (pieces + 1, spoken) < (way.0, way.1)) {
                    *way = Some((pieces + 1, spoken, words.iter().copied().chain(word).collect()));
                }
            }
        }
        let (_, _, words) = ways.pop()??;
        (!words.is_empty()).then(|| words.into_iter().map(str::to_owned).collect())
    }

    /// The word that letters spell best, and whether they spell it to their end; otherwise one that their beginning spells in full.
    fn spelled(&self, typed: &str) -> (Option<&str>, bool) {
        let found = self.words.iter().enumerate().map(|(rank, (word, syllables))| {
            let spelt = spells(typed, syllables);
            let left = syllables.len() - spelt.syllables;
            (Reverse(spelt.letters), left > 0, Reverse(spelt.full), left, rank, word.as_str(), syllables.len())
        });
        let found: Vec<_> = found.collect();
        let all = found.iter().any(|one| one.0.0 == typed.len());
        let fits = |one: &&(Reverse<usize>, bool, Reverse<usize>, usize, usize, &str, usize)| {
            let (Reverse(letters), _, Reverse(full), _, _, _, length) = **one;
            if all { letters == typed.len() } else { full == length && letters * 2 > typed.len() }
        };
        (found.iter().filter(fits).min().map(|one| one.5), all)
    }
}

/// How far letters spell syllables, each in full, by its initial, or the last one begun: the most letters, then the most in full.
fn spells(typed: &str, syllables: &[String]) -> Spelt {
    fn go(typed: &[u8], syllables: &[String], so_far: Spelt, best: &mut Spelt) {
        if (so_far.letters, so_far.full) > (best.letters, best.full) {
            *best = so_far;
        }
        let rest = &typed[so_far.letters..];
        let Some(syllable) = syllables.get(so_far.syllables).map(String::as_bytes).filter(|_| !rest.is_empty()) else {
            return;
        };
        let same = syllable.iter().zip(rest).take_while(|(one, other)| one == other).count();
        let mut on = |letters: usize, full: usize| {
            let next =
                Spelt { letters: so_far.letters + letters, full: so_far.full + full, syllables: so_far.syllables + 1 };
            go(typed, syllables, next, best);
        };
        if same == syllable.len() {
            on(same, 1);
        } else if same > 0 && same == rest.len() {
            on(same, 0);
        }
        if same > 1 && syllable[1] == b'h' {
            on(2, 0);
        }
        if same > 0 && syllable.len() > 1 {
            on(1, 0);
        }
    }
    let mut best = Spelt::default();
    go(typed.as_bytes(), syllables, Spelt::default(), &mut best);
    best
}

/// How a word is read; `None` if that is not known of a character.
fn spelling(word: &str) -> Option<String> {
    let syllables: Option<Vec<String>> =
        reading::of_text(word).into_iter().map(|(_, read)| read.map(|read| read.replace('ü', "v"))).collect();
    syllables.map(|syllables| syllables.join(" ")).filter(|reading| reading.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_spelt_as_it_is_typed() {
        assert_eq!(spelling("太极拳").as_deref(), Some("tai ji quan"));
        assert_eq!(spelling("音乐").as_deref(), Some("yin yue"));
        assert_eq!(spelling("女性").as_deref(), Some("nv xing"));
        assert_eq!(spelling("CAD"), None);
    }

    #[test]
    fn letters_are_read_in_full_by_initials_or_partly() {
        let words = ["太极", "太极拳", "广场舞", "剪纸", "书法"];
        let words = words.iter().map(|word| {
            let reading = spelling(word).expect("Han are read");
            ((*word).to_owned(), reading.split(' ').map(str::to_owned).collect())
        });
        let spoken = ["woxiangxue", "wo", "xue", "ban"].map(str::to_owned).to_vec();
        let pinyin = Pinyin { words: words.collect(), spoken };
        let read = |typed: &str| {
            let terms: Vec<String> = typed.split(' ').map(str::to_owned).collect();
            pinyin.read(&terms).map(|words| words.join(" "))
        };
        for (typed, word) in [
            ("taiji", Some("太极")),
            ("taijiq", Some("太极拳")),
            ("tjq", Some("太极拳")),
            ("gcw", Some("广场舞")),
            ("guangchwu", Some("广场舞")),
            ("jian zhi", Some("剪纸")),
            ("taiji shufa", Some("太极 书法")),
            ("wo xiang xue shufa", Some("书法")),
            ("shufa ban", Some("书法")),
            ("taijishufa", Some("太极 书法")),
            ("woxue", None),
            ("xyz", None),
            ("t", None),
            ("cad2026", None),
        ] {
            assert_eq!(read(typed).as_deref(), word, "{typed}");
        }
    }
}
