//! Checks a tree against the schema of its type and reports every mistake, not only the first.
//!
//! The schema is derived from the structs that serde fills, so that they cannot diverge; a property test checks that.

use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::tree::{Node, Style, Value};
use crate::content::Kind;
use crate::content::schema::{has_type, resolve};
use crate::content::value::{Fee, Malformed, NoFee, Number, YEARS, check_format};
use crate::diag::catalogue::{self as say, Expected};
use crate::diag::{Mistake, nearest};

/// All mistakes of `node` against `schema`, each with its place in the tree's text.
pub fn check(schema: &Json, node: &Node) -> Vec<(Range<usize>, Mistake)> {
    run(schema, node).found
}

/// The well-formed references in `node`, each with its place. They can be checked even if the rest cannot be read.
pub fn references(schema: &Json, node: &Node) -> Vec<(Range<usize>, Kind, String)> {
    run(schema, node).references
}

fn run<'a>(schema: &'a Json, node: &Node) -> Check<'a> {
    let mut check = Check { root: schema, found: Vec::new(), references: Vec::new() };
    check.value(schema, node, "");
    check
}

struct Check<'a> {
    root: &'a Json,
    found: Vec<(Range<usize>, Mistake)>,
    references: Vec<(Range<usize>, Kind, String)>,
}

impl<'a> Check<'a> {
    fn report(&mut self, range: &Range<usize>, mistake: Mistake) {
        self.found.push((range.clone(), mistake));
    }

    fn value(&mut self, schema: &'a Json, node: &Node, key: &str) {
        let nullable = schema.get("anyOf").is_some() || has_type(schema, "null");
        let schema = resolve(self.root, schema);
        if is_null(node) {
            if !nullable {
                self.report(&node.range, say::empty_value(key));
            }
        } else if let Some(words) = choices(schema) {
            self.choice(&words, node);
        } else if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
            self.map(schema, properties, node);
        } else if has_type(schema, "array") {
            self.list(schema, node, key);
        } else if has_type(schema, "string") {
            self.text(schema, node);
        } else {
            self.scalar(schema, node);
        }
    }

    fn map(&mut self, schema: &'a Json, properties: &'a Map<String, Json>, node: &Node) {
        let Value::Map(fields) = &node.value else {
            return self.report(&node.range, say::not_a_map());
        };
        let known: Vec<&str> = properties.keys().map(String::as_str).collect();
        for (at, (name, value)) in fields.iter().enumerate() {
            let Some(key) = name.text() else {
                self.report(&name.range, say::not_a_map());
                continue;
            };
            if fields[..at].iter().any(|(earlier, _)| earlier.text() == Some(key)) {
                self.report(&name.range, say::duplicate_key(key));
                continue;
            }
            match properties.get(key) {
                Some(property) => self.value(property, value, key),
                None if let Some((named, _)) = key.split_once('：').filter(|(named, _)| known.contains(named)) => {
                    let at = name.range.start + named.len();
                    self.report(&(at..at + '：'.len_utf8()), say::full_width_colon(named));
                }
                None => {
                    // A field that already exists is not suggested.
                    let free = known.iter().copied().filter(|name| node.get(name).is_none());
                    self.report(&name.range, say::unknown_key(key, nearest(key, free), &known));
                }
            }
        }
        for key in schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
            let misspelt = || {
                fields
                    .iter()
                    .filter_map(|(name, _)| name.text())
                    .filter(|written| !known.contains(written))
                    .any(|written| nearest(written.split('：').next().unwrap_or_default(), [key]).is_some())
            };
            if node.get(key).is_none() && !misspelt() {
                let title = properties.get(key).and_then(|property| property.get("title")).and_then(Json::as_str);
                self.report(&first_line(node), say::missing_field(key, title.unwrap_or_default()));
            }
        }
    }

    fn list(&mut self, schema: &'a Json, node: &Node, key: &str) {
        let Value::List(items) = &node.value else {
            return self.report(&node.range, say::text_for_structure(Expected::List));
        };
        if let Some(least) = schema.get("minItems").and_then(Json::as_u64)
            && (items.len() as u64) < least
        {
            self.report(&node.range, say::too_few(least));
        }
        if let Some(item_schema) = schema.get("items") {
            for item in items {
                self.value(item_schema, item, key);
            }
        }
    }

    fn text(&mut self, schema: &'a Json, node: &Node) {
        let Value::Scalar(text, style) = &node.value else {
            return self.report(&node.range, say::structure_for_text());
        };
        if *style == Style::Plain && !is_plain_text(text) {
            return self.report(&node.range, say::wrong_type(Expected::Text, text));
        }
        let format = schema.get("format").and_then(Json::as_str).unwrap_or_default();
        if let Err(cause) = check_format(format, text) {
            self.report(&node.range, malformed(&cause, text));
        } else if let Some(kind) = format.strip_prefix("ref:").and_then(Kind::from_folder) {
            self.references.push((node.range.clone(), kind, text.clone()));
        }
    }

    fn choice(&mut self, words: &[&str], node: &Node) {
        match &node.value {
            Value::Scalar(word, _) if words.contains(&word.as_str()) => {}
            Value::Scalar(word, _) => {
                self.report(&node.range, say::not_a_choice(word, words, nearest(word, words.iter().copied())));
            }
            Value::List(_) | Value::Map(_) => self.report(&node.range, say::structure_for_text()),
        }
    }

    fn scalar(&mut self, schema: &'a Json, node: &Node) {
        let expected = if has_type(schema, "integer") {
            Expected::Whole
        } else if has_type(schema, "number") {
            Expected::Number
        } else if has_type(schema, "boolean") {
            Expected::Bool
        } else {
            return;
        };
        let Value::Scalar(text, style) = &node.value else {
            return self.report(&node.range, say::wrong_type(expected, ""));
        };
        let plain = *style == Style::Plain;
        match expected {
            Expected::Bool => {
                if !plain || !matches!(text.as_str(), "true" | "True" | "TRUE" | "false" | "False" | "FALSE") {
                    self.report(&node.range, say::wrong_type(expected, text));
                }
            }
            Expected::Whole => self.whole(schema, node, text, plain),
            Expected::Number => {
                let is_fee = schema.get("format").and_then(Json::as_str) == Some("fee");
                match serde_yaml::from_str::<Number>(text).ok().filter(|_| plain) {
                    None => self.report(&node.range, say::bad_number(text)),
                    Some(number) if is_fee => {
                        if let Err(cause) = Fee::try_from(number) {
                            self.report(&node.range, malformed(&Malformed::Fee(cause), text));
                        }
                    }
                    Some(_) => {}
                }
            }
            Expected::Text | Expected::List | Expected::Map => {}
        }
    }

    fn whole(&mut self, schema: &'a Json, node: &Node, text: &str, plain: bool) {
        let bound = |key: &str| schema.get(key).and_then(|bound| bound.as_i64().or_else(|| bound.as_f64().map(round)));
        let is_year = schema.get("format").and_then(Json::as_str) == Some("year");
        let (smallest, largest) = match schema.get("format").and_then(Json::as_str) {
            Some("int16") => (i64::from(i16::MIN), i64::from(i16::MAX)),
            Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
            Some("uint32") => (0, i64::from(u32::MAX)),
            _ => (0, i64::MAX),
        };
        // The minimum of the Rust type is not a rule for editors.
        let least = bound("minimum").filter(|least| *least != smallest);
        let most = bound("maximum").filter(|most| *most != largest);
        match serde_yaml::from_str::<i64>(text).ok().filter(|_| plain) {
            None => self.report(&node.range, say::wrong_type(Expected::Whole, text)),
            Some(year) if is_year => {
                if !(i64::from(*YEARS.start())..=i64::from(*YEARS.end())).contains(&year) {
                    self.report(&node.range, malformed(&Malformed::Year, text));
                }
            }
            Some(value) if value < 0 && smallest == 0 => self.report(&node.range, say::negative()),
            Some(value) if least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most) => {
                self.report(&node.range, say::out_of_range(least, most));
            }
            Some(value) if value < smallest || value > largest => {
                self.report(&node.range, say::out_of_range(None, None));
            }
            Some(_) => {}
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "bounds in our schemas are small whole numbers")]
fn round(value: f64) -> i64 {
    value.round() as i64
}

/// The mistake for a malformed value.
pub fn malformed(cause: &Malformed, text: &str) -> Mistake {
    match cause {
        Malformed::Id(proposal) => say::bad_id(text, proposal.as_deref()),
        Malformed::Reserved => say::reserved_id(text),
        Malformed::MixedRef => say::bad_mixed_ref(text),
        Malformed::Date => say::bad_date(text),
        Malformed::NoSuchDay => say::no_such_day(text),
        // If a date precedes it, only the time is malformed.
        Malformed::Time => say::bad_time(text.rsplit(' ').next().unwrap_or(text)),
        Malformed::Moment => say::bad_moment(text),
        Malformed::Span => say::bad_span(text),
        Malformed::Number => say::bad_number(text),
        Malformed::Year => say::bad_year(text),
        Malformed::Fee(NoFee::Negative) => say::negative_fee(),
        Malformed::Fee(NoFee::Huge) => say::huge_fee(),
        Malformed::Fee(NoFee::Fraction) => say::fraction_of_a_fen(),
        Malformed::Phone(stray) => say::bad_phone(stray.as_deref()),
        Malformed::Path => say::bad_path(text),
        Malformed::Url => say::bad_url(text),
        Malformed::Focus => say::bad_focus(text),
        Malformed::Aspect => say::bad_aspect(text),
    }
}

/// The words of an enumeration, in either form that the schema has for it.
fn choices(schema: &Json) -> Option<Vec<&str>> {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Some(words.iter().filter_map(Json::as_str).collect());
    }
    let variants = schema.get("oneOf").and_then(Json::as_array)?;
    variants.iter().map(|variant| variant.get("const").and_then(Json::as_str)).collect()
}

fn is_null(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(text, Style::Plain) if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
}

/// Whether `serde_yaml` reads a plain scalar as text, not as a number or boolean.
fn is_plain_text(text: &str) -> bool {
    matches!(serde_yaml::from_str::<serde_yaml::Value>(text), Ok(serde_yaml::Value::String(_)) | Err(_))
}

/// The first line of a node, where missing fields are reported.
fn first_line(node: &Node) -> Range<usize> {
    match &node.value {
        Value::Map(fields) => fields.first().map_or(node.range.clone(), |(key, _)| key.range.clone()),
        Value::Scalar(..) | Value::List(_) => node.range.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::schema::of_kind;

    fn messages(kind: Kind, yaml: &str) -> Vec<(String, String)> {
        let node = super::super::tree::parse(yaml).expect("yaml").expect("node");
        let found = check(&of_kind(kind), &node);
        found.into_iter().map(|(range, mistake)| (yaml[range].to_owned(), mistake.code.name().to_owned())).collect()
    }

    fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
        found.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect()
    }

    #[test]
    fn every_mistake_of_a_record_is_found_at_its_place() {
        let yaml = "title: 12\nlevel: twon\nparent: 牧野\nlevl: x\ndate: 2026-13-45\ndraft: yes\norder: 一\nupdated:\n";
        assert_eq!(
            pairs(&messages(Kind::Region, yaml)),
            [
                ("12", "wrong-type"),
                ("twon", "not-a-choice"),
                ("牧野", "bad-id"),
                ("levl", "unknown-key"),
                ("2026-13-45", "no-such-day"),
                ("yes", "wrong-type"),
                ("一", "wrong-type"),
            ]
        );
    }

    #[test]
    fn a_missing_field_is_said_once_and_a_misspelt_one_not_twice() {
        assert_eq!(pairs(&messages(Kind::Region, "title: a\n")), [("title", "missing-field")]);
        assert_eq!(pairs(&messages(Kind::Region, "titel: a\nlevel: town\n")), [("titel", "unknown-key")]);
    }

    #[test]
    fn nested_records_are_checked_too() {
        let yaml = "title: a\ntopics: []\ninstitution: x\nfee: 免费\nruns:\n  - title: 秋\n    sessions:\n      - {start: 2026-11-02 9点, end: 2026-11-02 11:00}\n";
        assert_eq!(
            pairs(&messages(Kind::Course, yaml)),
            [("[]", "out-of-range"), ("免费", "bad-number"), ("2026-11-02 9点", "bad-time")]
        );
    }
}
