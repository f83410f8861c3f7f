//! YAML is read in two ways: `serde_yaml` produces the values, a tree with marks locates them.
//!
//! The tree is made only for texts with something to report, so that correct content has no extra cost.

pub mod check;
pub mod escape;
pub mod syntax;
pub mod tree;

use std::ops::Range;

use serde_json::Value as Json;

use crate::content::Kind;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// Maximum nesting depth of YAML.
const DEPTH_LIMIT: usize = 32;

/// Mistakes, with their place in the text.
pub type Mistakes = Vec<(Range<usize>, Mistake)>;

/// Reads `text` with serde; if that fails, finds all mistakes in it.
///
/// # Errors
/// All mistakes; never empty.
pub fn read<T>(
    text: &str,
    schema: impl FnOnce() -> Json,
    serde: impl FnOnce(serde_yaml::Deserializer<'_>) -> Result<T, serde_yaml::Error>,
) -> Result<T, Mistakes> {
    if let Some(at) = syntax::too_deep(text, DEPTH_LIMIT) {
        return Err(vec![(at..at + 1, say::too_deep(DEPTH_LIMIT))]);
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| syntax::is_invisible(*c)) {
        return Err(vec![(at..at + c.len_utf8(), say::yaml_invisible())]);
    }
    let escapes = escape::forbidden(text);
    let error = match serde(serde_yaml::Deserializer::from_str(text)) {
        Ok(_) if !escapes.is_empty() => return Err(escapes),
        Ok(value) if !may_use_features(text) => return Ok(value),
        Ok(value) => match tree::parse(text) {
            Ok(_) => return Ok(value),
            Err(failure) => return Err(syntax::explain(text, &failure)),
        },
        Err(error) => error,
    };
    let found = explain(text, &schema(), &error);
    Err(found.into_iter().chain(escapes).collect())
}

/// The well-formed references in a text that cannot be read as a whole, each with its place; empty if it is not valid
/// YAML.
pub fn references(text: &str, schema: &Json) -> Vec<(Range<usize>, Kind, String)> {
    match tree::parse(text) {
        Ok(Some(node)) => check::references(schema, &node),
        Ok(None) | Err(_) => Vec::new(),
    }
}

fn explain(text: &str, schema: &Json, error: &serde_yaml::Error) -> Mistakes {
    let gave_up = error.location().map_or(0, |location| location.index());
    let found = match tree::parse(text) {
        Ok(Some(node)) => check::check(schema, &node),
        Ok(None) => vec![(0..0, say::not_a_map())],
        Err(failure) => return syntax::explain(text, &failure),
    };
    if !found.is_empty() {
        return found;
    }
    // The two parsers disagree: report where `serde_yaml`, whose result counts, stopped.
    syntax::explain(text, &tree::Failure::Syntax(gave_up.min(text.len())))
}

/// Whether `text` may contain an anchor, an alias, a tag or a merge key. Only the tree shows whether it does.
fn may_use_features(text: &str) -> bool {
    let bytes = text.as_bytes();
    let opens = |at: usize| at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'[' | b',' | b'{');
    memchr::memchr3_iter(b'&', b'*', b'!', bytes).any(opens) || text.contains("<<")
}

/// Front matter and body of a Markdown file, as ranges of its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Split {
    /// The front matter, without its fences.
    pub front: Range<usize>,
    /// The body.
    pub body: Range<usize>,
}

/// Splits a Markdown file into front matter and body.
///
/// # Errors
/// The mistake at the fence, and the range of the body as far as it is known.
pub fn split_front_matter(text: &str) -> Result<Split, (Range<usize>, Mistake, Range<usize>)> {
    let first_end = text.find('\n').unwrap_or(text.len());
    let first = &text[..first_end];
    if first.trim_end() != "---" {
        let mistake = if syntax::is_wide_fence(first) { say::full_width_fence() } else { say::no_front_matter() };
        return Err((0..first_end.min(60), mistake, 0..text.len()));
    }
    let start = (first_end + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Split { front: start..at, body: at + line.len()..text.len() });
        }
        if syntax::is_wide_fence(line) {
            return Err((at..at + line.trim_end().len(), say::full_width_fence(), at + line.len()..text.len()));
        }
        at += line.len();
    }
    Err((0..first_end, say::open_front_matter(), text.len()..text.len()))
}

/// The records of a list file; each range extends from its dash to the next one.
///
/// # Errors
/// The first line that is not part of a record.
pub fn split_records(text: &str) -> Result<Vec<Range<usize>>, Range<usize>> {
    let mut records: Vec<Range<usize>> = Vec::new();
    let mut indent = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(' ');
        let column = line.len() - bare.len();
        let is_dash = bare.starts_with("- ") || bare.trim_end() == "-";
        let silent =
            bare.trim().is_empty() || bare.starts_with('#') || (records.is_empty() && line.trim_end() == "---");
        if is_dash && indent.is_none_or(|indent| indent == column) {
            indent = Some(column);
            records.push(at..at);
        } else if !silent && indent.is_none_or(|indent| column <= indent) {
            return Err(at + column..at + line.trim_end().len());
        }
        at += line.len();
        if let Some(last) = records.last_mut() {
            last.end = at;
        }
    }
    Ok(records)
}

/// A record as a map: the dash is replaced by a space, so that columns stay the same.
pub fn record_text(record: &str) -> String {
    record.replacen('-', " ", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_between_two_fences() {
        let split = split_front_matter("---\ntitle: a\n---\n正文\n").expect("split");
        assert_eq!(split, Split { front: 4..13, body: 17..24 });
        let (at, mistake, _) = split_front_matter("———\ntitle: a\n———\n").expect_err("wide");
        assert_eq!((at, mistake), (0..9, say::full_width_fence()));
    }

    #[test]
    fn records_are_split_at_their_dashes_alone() {
        let text = "# 说明\n- id: a\n  list:\n    - x\n- id: b\n  body: |\n    - 不是记录\n";
        let records = split_records(text).expect("records");
        let ids: Vec<&str> = records.into_iter().map(|r| text[r].lines().next().expect("line")).collect();
        assert_eq!(ids, ["- id: a", "- id: b"]);
        assert!(split_records("id: a\n").is_err());
    }
}
