//! Pinyin: the words of the vocabulary with how they are read.
//!
//! The browser suggests words for Latin letters: in full, by initials, or partly typed. Words are in files by the first letter of their
//! reading (`spelled` in `themes/default/script/search-more.js`).

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
}
