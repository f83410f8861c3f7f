//! YAML is read in two ways: `serde_yaml` produces the values, a tree with marks locates them.
//!
//! The tree is made only for texts with something to report, so that correct content has no extra cost.

mod advice;
pub mod check;
mod doubt;
pub mod escape;
mod fold;
pub mod repair;
mod slip;
pub mod syntax;
pub mod tree;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value as Json;

use crate::content::Kind;
use crate::content::value::{MixedRef, check_format};
use crate::diag::catalogue as say;
use crate::diag::{Code, Mistake};
use repair::Repaired;
use slip::Keys;
use tree::{Failure, Node};

/// Maximum nesting depth of YAML.
const DEPTH_LIMIT: usize = 32;

/// Mistakes, with their place in the text.
pub type Mistakes = Vec<(Range<usize>, Mistake)>;

/// What can be told of a text that cannot be used.
#[derive(Debug, Default)]
pub struct Refused {
    /// All mistakes but those in references. If there are none, a reference is malformed.
    pub mistakes: Mistakes,
    /// The references that could be read.
    pub references: Vec<Reference>,
    /// Its id, if it could be read.
    pub id: Option<String>,
    /// Its title, if it could be read.
    pub title: Option<String>,
    /// The body of a record, if it could be read as it is.
    pub body: Option<String>,
    /// What was made of it, if that is surely what was meant.
    pub repaired: Option<Box<Repaired>>,
}

/// A reference as written, which may be malformed.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its place.
    pub range: Range<usize>,
    /// The kind that the field refers to; none where any kind may stand, as `kind/id`.
    pub kind: Option<Kind>,
    /// What is written.
    pub text: String,
    /// The field.
    pub key: String,
    /// Whether it stands where a list of references should.
    pub is_list: bool,
}

impl Reference {
    /// What it refers to; none if it is malformed.
    pub fn target(&self) -> Option<(Kind, String)> {
        match self.kind {
            Some(kind) => check_format(kind.reference(), &self.text).is_ok().then(|| (kind, self.text.clone())),
            None => self.text.parse().ok().map(|mixed: MixedRef| (mixed.kind, mixed.id.to_string())),
        }
    }

    /// The mistake in its form, for those who do not know the entries.
    pub fn mistake(&self) -> Option<Mistake> {
        let format = self.kind.map_or("mixed-ref", Kind::reference);
        let cause = check_format(format, &self.text).err()?;
        let place = advice::Place { key: &self.key, owner: "", map: None };
        Some(advice::malformed(&cause, &self.text, format, &place))
    }
}

impl Refused {
    fn new(mistakes: Mistakes) -> Self {
        Self { mistakes, ..Self::default() }
    }

    fn of(found: check::Found, node: &Node) -> Self {
        let check::Found { mut mistakes, doubts, references } = found;
        mistakes.extend(doubts);
        let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        Self { mistakes, references, id: text("id"), title: text("title"), body: text("body"), repaired: None }
    }

    /// All mistakes, with those in the form of references.
    pub fn all(self) -> Mistakes {
        let Self { mut mistakes, references, .. } = self;
        mistakes.extend(
            references.into_iter().filter_map(|reference| Some((reference.range.clone(), reference.mistake()?))),
        );
        mistakes
    }
}

/// Reads `text` with serde; if that fails, or if it may mean something else than it says, finds all mistakes in it.
///
/// Returns the value, and what is said in the text although it cannot be meant.
///
/// # Errors
/// What can be told of a text that cannot be read.
pub fn read<T>(
    text: &str,
    schema: impl FnOnce() -> Json,
    serde: impl Fn(serde_yaml::Deserializer<'_>) -> Result<T, serde_yaml::Error>,
) -> Result<(T, Mistakes), Box<Refused>> {
    if let Some(at) = syntax::too_deep(text, DEPTH_LIMIT) {
        return Err(Box::new(Refused::new(vec![(at..at + 1, say::too_deep(DEPTH_LIMIT))])));
    }
    if text.contains(syntax::is_invisible) {
        return Err(Box::new(invisible(text, &schema())));
    }
    let escapes = escape::forbidden(text);
    let read = || match fold::joined(text) {
        // Mistakes are told of the text as it is written.
        Cow::Owned(joined) => serde(serde_yaml::Deserializer::from_str(&joined))
            .or_else(|_| serde(serde_yaml::Deserializer::from_str(text))),
        Cow::Borrowed(text) => serde(serde_yaml::Deserializer::from_str(text)),
    };
    let value = match read() {
        Ok(_) if !escapes.is_empty() => {
            return Err(Box::new(Refused { mistakes: escapes, ..inspect(text, &schema()) }));
        }
        Ok(value) => value,
        Err(error) => {
            let mut refused = explain(text, &schema(), &error);
            refused.mistakes.extend(escapes);
            return Err(Box::new(refused));
        }
    };
    let doubtful = doubt::possible(text);
    if !doubtful && !may_use_features(text) {
        return Ok((value, Mistakes::new()));
    }
    match tree::parse(text) {
        Ok(Some(node)) if doubtful => {
            let mut doubts = check::check(&schema(), &node, text).doubts;
            // The rules of an entry that can be read say it themselves.
            doubts.retain(|(_, mistake)| mistake.code != Code::MissingAlt);
            Ok((value, doubts))
        }
        Ok(_) => Ok((value, Mistakes::new())),
        Err(failure) => Err(Box::new(repaired(text, failure, &schema()))),
    }
}

/// What can be told of a text without reading it into values: its references and its title.
pub fn inspect(text: &str, schema: &Json) -> Refused {
    match tree::parse(text) {
        Ok(Some(node)) => Refused::of(check::check(schema, &node, text), &node),
        Ok(None) | Err(_) => Refused::default(),
    }
}

/// The mistakes in a text without a schema that is no YAML.
pub fn syntax_mistakes(text: &str, failure: Failure) -> Mistakes {
    repair::repair(text, failure, &Keys::default()).mistakes
}

/// Maximum number of invisible characters that are reported in one text.
const INVISIBLE_LIMIT: usize = 8;

/// Invisible characters, and all that can be told of the text without them.
fn invisible(text: &str, schema: &Json) -> Refused {
    let strange = text.char_indices().filter(|(_, c)| syntax::is_invisible(*c));
    let found = strange.take(INVISIBLE_LIMIT).map(|(at, c)| (at..at + c.len_utf8(), say::yaml_invisible()));
    let mut mistakes: Mistakes = found.collect();
    // As many spaces as the character has bytes: every place stays as it is.
    let visible: String = text
        .chars()
        .flat_map(|c| {
            let strange = syntax::is_invisible(c);
            std::iter::repeat_n(if strange { ' ' } else { c }, if strange { c.len_utf8() } else { 1 })
        })
        .collect();
    let mut refused = match tree::parse(&visible) {
        Ok(_) => inspect(&visible, schema),
        Err(failure) => repaired(&visible, failure, schema),
    };
    mistakes.append(&mut refused.mistakes);
    let references = refused.references.iter_mut().map(|reference| &mut reference.range);
    for range in mistakes.iter_mut().map(|(range, _)| range).chain(references) {
        *range = widened(text, range);
    }
    Refused { mistakes, ..refused }
}

/// The least range of whole characters that holds `range`.
fn widened(text: &str, range: &Range<usize>) -> Range<usize> {
    let is_edge = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=range.start).rfind(is_edge).unwrap_or(0);
    start..(range.end..text.len()).find(is_edge).unwrap_or(text.len())
}

fn explain(text: &str, schema: &Json, error: &serde_yaml::Error) -> Refused {
    let gave_up = error.location().map_or(0, |location| location.index()).min(text.len());
    let refused = match tree::parse(text) {
        Ok(Some(node)) if matches!(node.value, tree::Value::Map(_)) => {
            // A field behind foreign spaces is not where it seems to be.
            match slip::field_behind_wide_space(text, schema) {
                Some(at) => return repaired(text, Failure::Syntax(at), schema),
                None => Refused::of(check::check(schema, &node, text), &node),
            }
        }
        // Lines without ASCII colons make one long text.
        Ok(Some(_)) => match repaired(text, Failure::Syntax(0), schema) {
            refused if refused.mistakes.iter().any(|(_, mistake)| mistake.code == Code::FullWidthColon) => {
                return refused;
            }
            _ => inspect(text, schema),
        },
        Ok(None) => Refused::new(vec![(0..0, say::not_a_map())]),
        Err(failure) => return repaired(text, failure, schema),
    };
    let told = !refused.mistakes.is_empty() || refused.references.iter().any(|reference| reference.target().is_none());
    if told {
        return refused;
    }
    // The two parsers disagree: report where `serde_yaml`, whose result counts, stopped.
    Refused { mistakes: vec![syntax::unnamed(text, gave_up)], ..refused }
}

/// The slips in a text that no parser reads, and all that can be told of the text when they are repaired.
fn repaired(text: &str, failure: Failure, schema: &Json) -> Refused {
    let mut repaired = repair::repair(text, failure, &Keys::new(schema));
    let mut mistakes = std::mem::take(&mut repaired.mistakes);
    let Some((readable, node)) = &repaired.tree else { return Refused::new(mistakes) };
    let mut refused = Refused::of(check::check(schema, node, readable), node);
    let sound = refused.mistakes.is_empty();
    let placed = std::mem::take(&mut refused.mistakes).into_iter();
    mistakes.extend(placed.filter_map(|(range, mistake)| Some((repaired.original(&range)?, mistake))));
    let placed = std::mem::take(&mut refused.references).into_iter();
    let placed =
        placed.filter_map(|reference| Some(Reference { range: repaired.original(&reference.range)?, ..reference }));
    let references = placed.collect();
    let repaired = (sound && repaired.certain).then(|| Box::new(repaired));
    Refused { mistakes, references, body: None, repaired, ..refused }
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
    /// What is wrong with the fences, although it is clear what they part.
    pub mistakes: Mistakes,
}

/// Splits a Markdown file into front matter and body.
///
/// # Errors
/// The first line, if no front matter begins there.
pub fn split_front_matter(text: &str) -> Result<Split, (Range<usize>, Mistake)> {
    let first_end = text.find('\n').unwrap_or(text.len());
    let first = text[..first_end].trim_end();
    let mut mistakes = Mistakes::new();
    let begin = text.len() - text.trim_start().len();
    let line = text[begin..].lines().next().unwrap_or_default().trim_end();
    let dashes = |line: &str| line.len() > 1 && line.bytes().all(|byte| byte == b'-');
    let (mut start, mut is_odd) = (first_end + 1, false);
    if syntax::is_wide_fence(first) {
        mistakes.push((0..first.len(), say::full_width_fence()));
    } else if first != "---" && dashes(line) {
        mistakes.push((begin..begin + line.len(), say::near_front_matter(!text[..begin].contains('\n'))));
        (start, is_odd) = (begin + line.len() + 1, true);
    } else if first != "---" {
        return Err((0..first_end.min(60), say::no_front_matter()));
    }
    let start = start.min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let is_wide = syntax::is_wide_fence(line);
        if is_wide {
            mistakes.push((at..at + line.trim_end().len(), say::full_width_fence()));
        }
        if is_wide || line.trim_end() == "---" || (is_odd && dashes(line.trim())) {
            return Ok(Split { front: start..at, body: at + line.len()..text.len(), mistakes });
        }
        at += line.len();
    }
    if mistakes.is_empty() {
        mistakes.push((0..first_end, say::open_front_matter()));
    }
    let end = start + syntax::end_of_fields(&text[start..]);
    Ok(Split { front: start..end, body: end..text.len(), mistakes })
}

/// The records of a list file.
#[derive(Debug, Default, PartialEq)]
pub struct Records {
    /// Each from its dash to the next one.
    pub ranges: Vec<Range<usize>>,
    /// The first lines of those that lack their dash.
    pub undashed: Vec<Range<usize>>,
}

/// The records of a list file; each range extends from its dash to the next one. A line that is not indented as it should
/// be belongs to the record above it, in which it is a mistake.
///
/// # Errors
/// A line before the first record, or one that begins another document.
pub fn split_records(text: &str) -> Result<Records, Range<usize>> {
    let mut records: Vec<Range<usize>> = Vec::new();
    let mut undashed = Vec::new();
    let mut indent = None;
    let (mut has_id, mut has_title) = (false, false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(' ');
        let column = line.len() - bare.len();
        let is_dash = bare.starts_with("- ") || bare.trim_end() == "-";
        let silent =
            bare.trim().is_empty() || bare.starts_with('#') || (records.is_empty() && line.trim_end() == "---");
        // A record begins with its id, or has one only once.
        let key = if is_dash { bare[1..].trim_start_matches(' ') } else { bare };
        let key_column = line.len() - key.len();
        let is_undashed = !is_dash
            && key.starts_with("id:")
            && indent.is_some_and(|indent| indent == column || (column == indent + 2 && has_id && has_title));
        if is_dash && indent.is_none_or(|indent| indent == column) {
            indent = Some(column);
            records.push(at..at);
            (has_id, has_title) = (false, false);
        } else if is_undashed {
            undashed.push(at + column..at + line.trim_end().len());
            records.push(at..at);
            (has_id, has_title) = (false, false);
        } else if !silent && (records.is_empty() || (is_fence(line) && column == 0)) {
            return Err(at + column..at + line.trim_end().len());
        }
        if indent.is_some_and(|indent| key_column == indent + 2 || is_undashed) {
            has_id |= key.starts_with("id:");
            has_title |= key.starts_with("title:");
        }
        at += line.len();
        if let Some(last) = records.last_mut() {
            last.end = at;
        }
    }
    Ok(Records { ranges: records, undashed })
}

fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...") || syntax::is_wide_fence(line)
}

/// A record as a map: the dash is replaced by a space, so that columns stay the same.
pub fn record_text(record: &str) -> String {
    if record.trim_start().starts_with('-') { record.replacen('-', " ", 1) } else { record.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_between_two_fences() {
        let split = split_front_matter("---\ntitle: a\n---\n正文\n").expect("split");
        assert_eq!(split, Split { front: 4..13, body: 17..24, mistakes: Mistakes::new() });
        let split = split_front_matter("———\ntitle: a\n———\n").expect("split");
        let wide = |range| (range, say::full_width_fence());
        assert_eq!(split, Split { front: 10..19, body: 29..29, mistakes: vec![wide(0..9), wide(19..28)] });
        let open = "---\ntitle: a\nruns:\n  - title: b\n\n# 说明\nfee: 0\n\n正文\n";
        let split = split_front_matter(open).expect("split");
        assert_eq!((&open[split.front], &open[split.body]), (&open[4..49], "\n正文\n"));
    }

    #[test]
    fn records_are_split_at_their_dashes_alone() {
        let text = "# 说明\n- id: a\n  list:\n    - x\n- id: b\n  body: |\n    - 不是记录\n";
        let records = split_records(text).expect("records").ranges;
        let ids: Vec<&str> = records.into_iter().map(|r| text[r].lines().next().expect("line")).collect();
        assert_eq!(ids, ["- id: a", "- id: b"]);
        assert!(split_records("id: a\n").is_err());
        let undashed = |text: &str| {
            let records = split_records(text).expect("records");
            let lines: Vec<&str> = records.undashed.into_iter().map(|range| &text[range]).collect();
            (records.ranges.len(), lines.join("|"))
        };
        assert_eq!(undashed("- id: a\n  title: A\nid: b\ntitle: B\n"), (2, "id: b".to_owned()));
        assert_eq!(undashed("- id: a\n  title: A\n  id: b\n  title: B\n"), (2, "id: b".to_owned()));
        assert_eq!(undashed("- id: a\n  id: b\n  list:\n    id: c\n"), (1, String::new()));
    }
}
