//! Words of the same meaning, `content/synonyms.yaml`: search asks for all words of a group where one of them is typed.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::yaml;
use crate::yaml::tree::{Node, Value};

/// Path of the file.
pub const PATH: &str = "content/synonyms.yaml";

/// The table that a new portal begins with, and that one without a file has.
const STARTER: &str = include_str!("../starter/content/synonyms.yaml");

/// Groups at most: the table is fetched whole by browsers.
const GROUPS: usize = 1000;
/// Words of a group at most: each is looked up.
const WORDS: usize = 12;
/// Characters of a word at most.
const LENGTH: usize = 20;

/// Groups of words, as written.
pub type Groups = Vec<Vec<String>>;

/// A word of the table, as it is compared: in half width and lower case.
fn compared(word: &str) -> String {
    word.trim().nfkc().collect::<String>().to_lowercase()
}

/// The groups of a portal that has no file of its own.
pub fn usual() -> Groups {
    read(STARTER).0
}

/// The groups of a text, and what is wrong with it. A group or a word with a mistake is left out.
pub fn read(text: &str) -> (Groups, yaml::Mistakes) {
    let root = match yaml::tree::parse(text) {
        Ok(Some(root)) => root,
        Ok(None) => return Default::default(),
        Err(failure) => return (Groups::new(), yaml::syntax_mistakes(text, failure)),
    };
    let mut mistakes = yaml::escape::forbidden(text);
    let Value::List(rows) = &root.value else {
        mistakes.push((root.range, say::synonym_row()));
        return (Groups::new(), mistakes);
    };
    if let Some(first) = rows.get(GROUPS) {
        mistakes.push((first.range.clone(), say::many_synonyms(rows.len(), GROUPS)));
        return (Groups::new(), mistakes);
    }
    let mut known = HashMap::new();
    let mut groups = Groups::new();
    for row in rows {
        groups.extend(group(row, &mut known, &mut mistakes));
    }
    (groups, mistakes)
}

/// The words of a row, if these are two at least. `known` has all words so far, each with the first of its group.
fn group(row: &Node, known: &mut HashMap<String, String>, mistakes: &mut yaml::Mistakes) -> Option<Vec<String>> {
    let Value::List(nodes) = &row.value else {
        mistakes.push((row.range.clone(), say::synonym_row()));
        return None;
    };
    let before = mistakes.len();
    let mut words = Vec::new();
    for node in nodes.iter().take(WORDS) {
        match word(node, known) {
            Ok(word) => {
                known.insert(compared(&word), words.first().unwrap_or(&word).clone());
                words.push(word);
            }
            Err((range, mistake)) => mistakes.push((range, mistake)),
        }
    }
    if nodes.len() > WORDS || (nodes.len() < 2 && mistakes.len() == before) {
        mistakes.push((row.range.clone(), say::synonym_row()));
    }
    (words.len() > 1).then_some(words)
}

fn word(node: &Node, known: &HashMap<String, String>) -> Result<String, (Range<usize>, Mistake)> {
    let range = || node.range.clone();
    let Some(text) = node.text() else { return Err((range(), say::synonym_row())) };
    let folded = compared(text);
    let length = folded.chars().count();
    if !(2..=LENGTH).contains(&length) || folded.contains(char::is_whitespace) {
        return Err((range(), say::synonym_length(text, LENGTH)));
    }
    match known.get(&folded) {
        Some(group) => Err((range(), say::synonym_twice(text, group))),
        None => Ok(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_table_has_no_mistakes() {
        let (groups, mistakes) = read(STARTER);
        assert!(mistakes.is_empty(), "{mistakes:?}");
        assert!(groups.len() >= 150, "{}", groups.len());
    }

    #[test]
    fn a_table_of_ten_thousand_rows_is_refused() {
        let text = (0..10_000).map(|n| format!("- [甲{n}, 乙{n}]")).collect::<Vec<_>>().join("\n");
        let (groups, mistakes) = read(&text);
        assert_eq!((groups.len(), mistakes.len()), (0, 1));
    }
}
