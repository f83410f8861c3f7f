//! Checks a tree against the schema of its type and reports every mistake, not only the first.
//!
//! The schema is derived from the structs that serde fills, so that they cannot diverge; a property test checks that.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::advice;
use super::tree::{Node, Style, Value};
use super::{Reference, syntax};
use crate::content::everyday;
use crate::content::meant::{is_usual_number, parts, unquoted};
use crate::content::schema::{self, has_type, resolve};
use crate::content::value::{Fee, Number, YEARS, check_format, check_id};
use crate::content::{COMMON_FIELDS, Kind};
use crate::diag::catalogue::{self as say, Expected};
use crate::diag::{Mistake, nearest};

/// What was found in a tree, each with its place in the tree's text.
#[derive(Debug, Default)]
pub struct Found {
    /// Values that the types refuse.
    pub mistakes: Vec<(Range<usize>, Mistake)>,
    /// Values that the types accept although they cannot be meant.
    pub doubts: Vec<(Range<usize>, Mistake)>,
    /// References, well-formed or not. They can be checked even if the rest cannot be read.
    pub references: Vec<Reference>,
}

/// Checks `node`, the tree of `text`.
pub fn check(schema: &Json, node: &Node, text: &str) -> Found {
    let mut check = Check { root: schema, text, common: false, found: Found::default() };
    check.value(schema, node, &Here::default());
    check.found
}

/// What is known of the place of a value.
#[derive(Clone, Copy, Default)]
struct Here<'a> {
    /// The name of its field; that of the list for an item.
    key: &'a str,
    /// The explanation of its field.
    title: &'a str,
    /// Whether it is an item of a list.
    item: bool,
    /// Whether that list is in brackets.
    flow: bool,
    /// The field that holds the map it is in.
    owner: &'a str,
    /// The map it is in.
    map: Option<&'a Node>,
    /// The fields that the map may have.
    known: Option<&'a Map<String, Json>>,
}

struct Check<'a> {
    root: &'a Json,
    text: &'a str,
    /// Whether the value belongs to a common field, which is read more strictly: `title: 12` is not a text.
    common: bool,
    found: Found,
}

impl<'a> Check<'a> {
    fn report(&mut self, range: &Range<usize>, mistake: Mistake) {
        self.found.mistakes.push((range.clone(), mistake));
    }

    fn doubt(&mut self, range: &Range<usize>, mistake: Mistake) {
        self.found.doubts.push((range.clone(), mistake));
    }

    fn value(&mut self, schema: &'a Json, node: &'a Node, here: &Here<'a>) {
        let schema = resolve(self.root, schema);
        if is_null(node) {
            match self.cut(schema, node, here) {
                Some(mistake) => self.doubt(&node.range, mistake),
                None if here.key == "alt" && !is_decorative(here.map) => self.doubt(&node.range, say::picture_alt()),
                None => self.doubt(&node.range, say::empty_value(here.key)),
            }
        } else if let Some(choices) = everyday::choices(schema, here.title) {
            self.choice(&choices, node);
        } else if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
            self.map(schema, properties, node, here);
        } else if has_type(schema, "array") {
            self.list(schema, node, here);
        } else if has_type(schema, "string") {
            self.text(schema, node, here);
        } else {
            self.scalar(schema, node, here);
        }
    }

    fn map(&mut self, schema: &'a Json, properties: &'a Map<String, Json>, node: &'a Node, here: &Here<'a>) {
        let Value::Map(fields) = &node.value else {
            let mistake = advice::for_fields(properties, node, here.key, here.item);
            return self.report(&node.range, mistake);
        };
        let written: BTreeSet<&str> = fields.iter().filter_map(|(name, _)| name.text()).collect();
        let mut seen = BTreeSet::new();
        for (at, (name, value)) in fields.iter().enumerate() {
            let Some(key) = name.text() else {
                self.report(&name.range, say::not_a_map());
                continue;
            };
            if !seen.insert(key) {
                self.report(&name.range, say::duplicate_key(key));
                continue;
            }
            let Some(property) = properties.get(key) else {
                if !self.comma(properties, &fields[..=at]) {
                    self.unknown(properties, &written, name, key);
                }
                continue;
            };
            if here.map.is_none() {
                self.common = self.root.pointer("/properties/formerly").is_some() && COMMON_FIELDS.contains(&key);
            }
            let title = property.get("title").and_then(Json::as_str).unwrap_or_default();
            let inner = Here {
                key,
                title,
                item: false,
                flow: false,
                owner: here.key,
                map: Some(node),
                known: Some(properties),
            };
            self.value(property, value, &inner);
        }
        self.missing(schema, properties, node, fields);
    }

    /// Says that the last of `fields` is a piece of a text with commas, in braces; returns whether it is one. All pieces are said at the first.
    fn comma(&mut self, properties: &Map<String, Json>, fields: &[(Node, Node)]) -> bool {
        let is_piece = |(name, value): &(Node, Node)| {
            let before = self.text[..name.range.start].trim_end();
            let is_known = name.text().is_some_and(|name| properties.contains_key(name) || name.contains([':', '：']));
            before.ends_with(',')
                && !is_known
                && is_null(value)
                && !self.text[name.range.end..].trim_start().starts_with(':')
        };
        let pieces = fields.iter().rev().take_while(|field| is_piece(field)).count();
        let Some((rest, [.., (key, value)])) =
            (pieces > 0).then(|| (&fields[fields.len() - 1], &fields[..fields.len() - pieces]))
        else {
            return false;
        };
        let (Some(key), Some(text), Some(rest)) = (key.text(), value.text(), rest.0.text()) else { return false };
        if pieces == 1 && !text.is_empty() {
            let from = value.range.start;
            let end = self.text[from..].find(['}', '\n']).map_or(self.text.len(), |at| from + at);
            // Up to the next field.
            let all = &self.text[from..end];
            let next = all.match_indices(',').find(|(at, _)| {
                let name = all[at + 1..].split(':').next().unwrap_or_default().trim();
                properties.contains_key(name)
            });
            let all = next.map_or(all, |(at, _)| &all[..at]).trim().trim_matches('"');
            let range = fields[fields.len() - 1].0.range.clone();
            self.report(&range, say::comma_in_text(rest, &format!("{key}: {}", syntax::quote(all))));
        }
        true
    }

    /// A key that is no field.
    fn unknown(&mut self, properties: &'a Map<String, Json>, written: &BTreeSet<&str>, name: &Node, key: &str) {
        if let Some(at) = key.find(['：', ':']).filter(|at| properties.contains_key(key[..*at].trim_end())) {
            return self.joined(properties, name, key, at);
        }
        if key.len() > 1 && key.starts_with('-') {
            let at = name.range.start;
            let line = self.text[at..].lines().next().unwrap_or_default().trim_end();
            return self.report(&(at..at + 1), say::yaml_item(&format!("- {}", &line[1..])));
        }
        let strange = key.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum::<usize>();
        if strange > 0 {
            return self.report(&(name.range.start..name.range.start + strange), say::wide_space());
        }
        let place = name.range.clone();
        // A field that already exists is not suggested.
        let title = |property: &'a Json| property.get("title").and_then(Json::as_str).unwrap_or_default();
        let free: Vec<(&str, &str)> = properties
            .iter()
            .filter(|(name, _)| !written.contains(name.as_str()))
            .map(|(name, property)| (name.as_str(), title(property)))
            .collect();
        let all: Vec<(&str, &str)> =
            properties.iter().map(|(name, property)| (name.as_str(), title(property))).collect();
        let taken = everyday::field(key, &all).filter(|name| written.contains(name));
        let taken = taken.or_else(|| everyday::meanings(key).iter().find(|name| written.contains(**name)).copied());
        if let Some(name) = taken {
            return self.report(&place, say::written_key(key, name));
        }
        // What other kinds have is no slip.
        let kinds = schema::kinds_with(key);
        let slip = || nearest(key, free.iter().map(|(name, _)| *name)).filter(|_| kinds.is_empty());
        let near = everyday::field(key, &free).or_else(slip);
        let inside = |property: &'a Json, key: &str| {
            let inner = resolve(self.root, property);
            let inner = inner.get("items").map_or(inner, |items| resolve(self.root, items));
            inner.get("properties").and_then(Json::as_object).is_some_and(|inner| inner.contains_key(key))
        };
        let names = || std::iter::once(key).chain(everyday::meanings(key).iter().copied());
        let elsewhere = || names().find_map(|name| Some((name, properties.iter().find(|(_, p)| inside(p, name))?.0)));
        let mistake = match near.map_or_else(elsewhere, |_| None) {
            Some((name, holder)) => say::misplaced_key(key, name, holder),
            None => {
                let known: Vec<&str> = properties.keys().map(String::as_str).collect();
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
                say::unknown_key(key, near, &kinds, &known)
            }
        };
        self.report(&name.range, mistake);
    }

    /// A field whose colon YAML does not take for one, and fields behind full-width commas in the same key.
    fn joined(&mut self, properties: &Map<String, Json>, name: &Node, key: &str, colon: usize) {
        let at = name.range.start + colon;
        let named = key[..colon].trim_end();
        if key[colon..].starts_with(':') {
            let line = self.text[name.range.start..].lines().next().unwrap_or_default();
            let value = line.get(colon + 1..).unwrap_or_default().trim();
            // Within braces the value ends before the next field.
            let is_flow = self.text[..name.range.start].trim_end().ends_with(['{', ',']);
            let value = if is_flow { value.split([',', '}']).next().unwrap_or_default().trim() } else { value };
            let is_quoted =
                value.len() > 1 && ['"', '\''].iter().any(|mark| value.starts_with(*mark) && value.ends_with(*mark));
            let value = if is_quoted { value.to_owned() } else { syntax::quote_if_needed(value) };
            return self.report(&(at..at + 1), say::yaml_colon(&format!("{named}: {value}")));
        }
        self.report(&(at..at + '：'.len_utf8()), say::full_width_colon(named));
        for (comma, _) in key.match_indices(['，', '、', '；']) {
            let next = key[comma..].trim_start_matches(['，', '、', '；', ' ']);
            let next = next.split(['：', ':']).next().unwrap_or_default().trim_end();
            let at = name.range.start + comma;
            if properties.contains_key(next) {
                self.report(&(at..at + '，'.len_utf8()), say::wide_comma());
            }
        }
    }

    /// Required fields that are not there, unless one seems to be misspelt.
    fn missing(&mut self, schema: &Json, properties: &Map<String, Json>, node: &Node, fields: &[(Node, Node)]) {
        for key in schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
            let title = properties.get(key).and_then(|property| property.get("title")).and_then(Json::as_str);
            let title = title.unwrap_or_default();
            let misspelt = || {
                let written = fields.iter().filter_map(|(name, _)| name.text());
                let written = written.filter(|written| !properties.contains_key(*written));
                let mut names =
                    written.flat_map(|written| written.split(['：', ':', '，', ',', '、', '；'])).map(str::trim);
                names.any(|name| nearest(name, [key]).is_some() || everyday::field(name, &[(key, title)]).is_some())
            };
            if node.get(key).is_none() && !misspelt() {
                self.report(&first_line(node), say::missing_field(key, title));
            }
        }
    }

    fn list(&mut self, schema: &'a Json, node: &'a Node, here: &Here<'a>) {
        let items_schema = schema.get("items").map(|items| resolve(self.root, items));
        let Value::List(items) = &node.value else {
            let choices = items_schema.and_then(|items| everyday::choices(items, here.title));
            let mistake = advice::for_list(items_schema, choices.as_deref(), node, here.key);
            let format = items_schema.and_then(|items| items.get("format")).and_then(Json::as_str).unwrap_or_default();
            if let Some(kind) = format.strip_prefix("ref:").and_then(Kind::from_folder) {
                let text = node.text().unwrap_or_default();
                let reference = |text: &str, is_list| Reference {
                    range: node.range.clone(),
                    kind: Some(kind),
                    text: text.to_owned(),
                    key: here.key.to_owned(),
                    is_list,
                };
                let parts = parts(text);
                // Who knows the titles says both: that it is a list, and which ids are meant.
                if !parts.iter().all(|part| check_id(part).is_ok()) {
                    return self.found.references.push(reference(text, true));
                }
                self.found.references.extend(parts.into_iter().map(|part| reference(part, false)));
            }
            return self.report(&node.range, mistake);
        };
        if let Some(least) = schema.get("minItems").and_then(Json::as_u64)
            && (items.len() as u64) < least
        {
            self.report(&node.range, say::too_few(least));
        }
        if let Some(schema) = items_schema {
            let flow = self.text[node.range.start..].starts_with('[');
            for item in items {
                self.value(schema, item, &Here { item: true, flow, ..*here });
            }
        }
    }

    fn text(&mut self, schema: &Json, node: &Node, here: &Here<'_>) {
        let format = schema.get("format").and_then(Json::as_str).unwrap_or_default();
        let Value::Scalar(text, style) = &node.value else {
            let written = advice::as_text(self.text, node).filter(|_| matches!(format, "" | "file" | "url" | "phone"));
            let line = numbers(node).filter(|_| format == "phone").or_else(|| written.map(str::to_owned));
            let line = line.map(|text| self::line(here, &text));
            if here.key == "body" {
                return self.report(&node.range, say::body_as_structure());
            }
            return match advice::only_item(node).filter(|_| line.is_none()) {
                Some(item) => self.report(&node.range, say::list_for_one(&format!("{}{item}", lead(here)))),
                None => self.report(&node.range, say::structure_for_text(line.as_deref())),
            };
        };
        if let Some(mistake) = self.cut(schema, node, here) {
            return self.doubt(&node.range, mistake);
        }
        if let (Style::Plain, "" | "phone", Some(inner)) = (style, format, wide_quoted(text)) {
            let shown = format!("{}'{text}'", lead(here));
            let mistake = say::wide_quotes(&line(here, inner), (!inner.is_ascii()).then_some(shown.as_str()));
            return self.doubt(&node.range, mistake);
        }
        if format.is_empty() && here.key != "body" {
            let written = self.text.get(node.range.clone()).unwrap_or_default();
            let is_seen = text.chars().any(|c| !syntax::is_odd(c) && !c.is_whitespace());
            if let Some((at, c)) = written.char_indices().find(|(_, c)| is_seen && syntax::is_odd(*c)) {
                let at = node.range.start + at;
                self.doubt(&(at..at + c.len_utf8()), say::odd_character(c));
            }
        }
        let kind = format.strip_prefix("ref:").and_then(Kind::from_folder);
        if kind.is_some() || format == "mixed-ref" {
            let (text, key) = (text.clone(), here.key.to_owned());
            self.found.references.push(Reference { range: node.range.clone(), kind, text, key, is_list: false });
        } else if let Err(cause) = check_format(format, text) {
            let place = advice::Place { key: here.key, owner: here.owner, map: here.map };
            return self.report(&node.range, advice::malformed(&cause, text, format, &place));
        }
        if *style == Style::Plain && self.common && !is_plain_text(text) {
            self.report(&node.range, say::wrong_type(Expected::Text, text));
        }
    }

    /// The mistake in a text behind which YAML sees a comment that is none: `剪纸 #1 班`.
    fn cut(&self, schema: &Json, node: &Node, here: &Here<'_>) -> Option<Mistake> {
        let format = schema.get("format").and_then(Json::as_str).unwrap_or_default();
        let Value::Scalar(_, Style::Plain | Style::Quoted) = &node.value else { return None };
        if !has_type(schema, "string") || !matches!(format, "" | "file" | "url" | "phone") {
            return None;
        }
        // The place of an empty value is at its colon.
        let empty = is_null(node);
        let start = if empty { node.range.start } else { node.range.end };
        let rest = self.text.get(start..)?.lines().next()?;
        let rest = rest.strip_prefix(':').filter(|_| empty).unwrap_or(rest);
        let after = rest.trim_start_matches([' ', '\t']);
        let begins =
            after.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace() && c != '#'));
        if !begins || after.len() == rest.len() {
            return None;
        }
        let written = if empty { "" } else { self.text[node.range.clone()].trim().trim_matches(['"', '\'']) };
        Some(say::text_cut(&line(here, format!("{written} {after}").trim())))
    }

    fn choice(&mut self, choices: &[everyday::Choice<'_>], node: &Node) {
        match &node.value {
            Value::Scalar(word, _) if choices.iter().any(|(known, _)| known == word) => {}
            Value::Scalar(word, _) => self.report(&node.range, advice::choice(word, choices)),
            Value::List(_) | Value::Map(_) => self.report(&node.range, say::structure_for_text(None)),
        }
    }

    fn scalar(&mut self, schema: &Json, node: &Node, here: &Here<'_>) {
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
                    self.report(&node.range, advice::truth(text));
                }
            }
            Expected::Whole => self.whole(schema, node, text, plain, here),
            Expected::Number => {
                let is_fee = schema.get("format").and_then(Json::as_str) == Some("fee");
                match serde_yaml::from_str::<Number>(text).ok().filter(|_| plain) {
                    None => {
                        let note = here.known.is_some_and(|known| known.contains_key("fee_note"));
                        self.report(&node.range, advice::number(text, here.key, note));
                    }
                    Some(number) if !is_usual_number(text) => {
                        self.doubt(&node.range, say::unusual_number(text, &number.to_string()));
                    }
                    Some(number) if is_fee => {
                        if let Err(cause) = Fee::try_from(number) {
                            self.report(&node.range, advice::fee(cause));
                        }
                    }
                    Some(_) => {}
                }
            }
            Expected::Text | Expected::List | Expected::Map => {}
        }
    }

    fn whole(&mut self, schema: &Json, node: &Node, text: &str, plain: bool, here: &Here<'_>) {
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
            None => self.report(&node.range, advice::whole(text, here.key)),
            Some(value) if !is_usual_number(text) => {
                self.doubt(&node.range, say::unusual_number(text, &value.to_string()));
            }
            Some(year) if is_year => {
                if !(i64::from(*YEARS.start())..=i64::from(*YEARS.end())).contains(&year) {
                    self.report(&node.range, say::bad_year(text));
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

/// The line to write for a text.
fn line(here: &Here<'_>, text: &str) -> String {
    format!("{}{}", lead(here), syntax::quote(text))
}

/// What stands before a value on its line.
fn lead(here: &Here<'_>) -> String {
    match (here.item, here.flow) {
        (true, true) => String::new(),
        (true, false) => "- ".to_owned(),
        (false, _) => format!("{}: ", here.key),
    }
}

/// The text between quotation marks of a word processor, if they stand around all of it.
fn wide_quoted(text: &str) -> Option<&str> {
    let wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
    unquoted(text).filter(|_| wide(text.chars().next()) || wide(text.chars().next_back()))
}

/// Several telephone numbers that were written as a list, as the text that was meant.
fn numbers(node: &Node) -> Option<String> {
    let Value::List(items) = &node.value else { return None };
    let numbers: Option<Vec<&str>> = items.iter().map(Node::text).collect();
    numbers.filter(|numbers| numbers.len() > 1).map(|numbers| numbers.join("、"))
}

fn is_null(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(text, Style::Plain) if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
}

/// Whether a picture needs no description.
fn is_decorative(picture: Option<&Node>) -> bool {
    picture.and_then(|picture| picture.get("decorative")).and_then(Node::text) == Some("true")
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
        let Found { mut mistakes, doubts, references } = check(&of_kind(kind), &node, yaml);
        mistakes.extend(doubts);
        mistakes.extend(
            references.into_iter().filter_map(|reference| Some((reference.range.clone(), reference.mistake()?))),
        );
        mistakes.sort_by_key(|(range, _)| range.start);
        mistakes.into_iter().map(|(range, mistake)| (yaml[range].to_owned(), mistake.code.name().to_owned())).collect()
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
                ("", "wrong-type"),
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
