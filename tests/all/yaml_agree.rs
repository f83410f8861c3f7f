//! The two YAML parsers agree on every value, or the text is refused; and every text that the types refuse has a named
//! mistake.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use shuyuan::content::{Kind, schema};
use shuyuan::diag::Code;
use shuyuan::yaml::tree::{self, Node, Style, Value};
use shuyuan::yaml::{self, check};

use crate::site;

/// Number of mutated records.
const ROUNDS: usize = 10_000;

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        usize::try_from((self.0 >> 33) % limit as u64).unwrap()
    }
}

/// The real records and front matters, each with its kind.
pub fn records() -> Vec<(Kind, String)> {
    let mut records = Vec::new();
    for (path, bytes) in site::real() {
        let inner = path.strip_prefix("content/").unwrap();
        let Some(kind) = Kind::from_folder(inner.split(['/', '.']).next().unwrap()) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let extension = path.rsplit('.').next();
        if extension == Some("md") {
            let split = yaml::split_front_matter(&text).unwrap();
            records.push((kind, text[split.front].to_owned()));
        } else if extension == Some("yaml") {
            let ranges = yaml::split_records(&text).unwrap().ranges;
            records.extend(ranges.into_iter().map(|range| (kind, yaml::record_text(&text[range]))));
        }
    }
    records
}

/// Mistakes inserted into texts.
const SLIPS: &[&str] = &[
    ":", ": ", "：", "-", "- ", "\"", "'", "[", "]", "{", "}", ",", "，", "#", " #", "&a ", "*a ", "!", "|", ">", "%",
    "@", "\t", "  ", " ", "\n", "\n\n", "~", "null", "true", "1e3", "0x1f", ".inf", "-0", "+1", "1_000", "012",
    "\u{a0}", "\u{2028}", "\u{feff}", "\0", "---\n", "...\n", "? ", "<<: ", "太极", "𠀀", "\\", "\r",
];

fn spoil(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = places[random.below(places.len())];
        let to = places[random.below(places.len())].clamp(at, (at + 12).min(text.len()));
        let to = places.iter().copied().find(|place| *place >= to).unwrap();
        let slip = SLIPS[random.below(SLIPS.len())];
        match random.below(3) {
            0 => text.insert_str(at, slip),
            1 => text.replace_range(at..to, ""),
            _ => text.replace_range(at..to, slip),
        }
    }
    text
}

/// Whether the tree and `serde_yaml` have the same value.
fn same(node: &Node, value: &serde_yaml::Value) -> bool {
    use serde_yaml::Value as Yaml;
    match (&node.value, value) {
        // At the end of a text the last newline of a block is optional.
        (Value::Scalar(text, Style::Literal | Style::Folded), Yaml::String(other)) => {
            text.trim_end() == other.trim_end()
        }
        (Value::Scalar(text, _), Yaml::String(other)) => text == other,
        (Value::Scalar(text, Style::Plain), Yaml::Null) => matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"),
        (Value::Scalar(text, Style::Plain), Yaml::Bool(other)) => text.to_lowercase() == other.to_string(),
        (Value::Scalar(text, Style::Plain), Yaml::Number(other)) => {
            // NaN is not equal to itself.
            serde_yaml::from_str::<serde_yaml::Number>(text).is_ok_and(|number| number == *other || number.is_nan())
        }
        (Value::List(items), Yaml::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| same(item, other))
        }
        (Value::Map(fields), Yaml::Mapping(others)) => {
            fields.len() == others.len()
                && fields.iter().zip(others).all(|((key, value), (name, other))| same(key, name) && same(value, other))
        }
        _ => false,
    }
}

fn agree(text: &str) -> Result<(), String> {
    if text.contains(yaml::syntax::is_invisible) {
        return Ok(());
    }
    let (Ok(value), Ok(node)) = (serde_yaml::from_str::<serde_yaml::Value>(text), tree::parse(text)) else {
        return Ok(());
    };
    let agreed = match &node {
        Some(node) => same(node, &value),
        None => value.is_null(),
    };
    if agreed { Ok(()) } else { Err(format!("{text:?}\n  {value:?}\n  {node:?}\n")) }
}

fn is_clean(schema: &Json, node: &Node, text: &str) -> bool {
    let found = check::check(schema, node, text);
    let malformed = found.references.iter().any(|reference| reference.target().is_none());
    found.mistakes.is_empty() && found.doubts.is_empty() && !malformed
}

/// Reads a record as the program does: places are inside the text, and every refusal has a named mistake.
fn named(kind: Kind, schema: &Json, text: &str) -> Result<(), String> {
    let Err(refused) = yaml::read(text, || schema.clone(), |deserializer| kind.read(deserializer)) else {
        return Ok(());
    };
    let mistakes = refused.all();
    let inside = mistakes.iter().all(|(range, _)| range.start <= range.end && range.end <= text.len());
    if mistakes.is_empty() || !inside {
        return Err(format!("{kind}: {text:?}\n  {mistakes:?}\n"));
    }
    let syntax = mistakes.iter().any(|(_, mistake)| mistake.code == Code::YamlSyntax);
    // A text that no parser accepts may have an unnamed syntax error; a text that the types refuse must have a named
    // mistake.
    let syntax = syntax && !text.contains(yaml::syntax::is_invisible);
    if !syntax || serde_yaml::from_str::<serde_yaml::Value>(text).is_err() {
        return Ok(());
    }
    match tree::parse(text) {
        Ok(Some(node)) if is_clean(schema, &node, text) => {
            let error = kind.read(serde_yaml::Deserializer::from_str(text)).err();
            Err(format!("{kind}: no name for {error:?} in\n{text}\n"))
        }
        _ => Ok(()),
    }
}

#[test]
fn the_two_readings_agree_and_every_refusal_has_a_name() {
    let records = records();
    let schemas: BTreeMap<Kind, Json> = Kind::ALL.iter().map(|kind| (*kind, schema::of_kind(*kind))).collect();
    for (kind, text) in &records {
        assert!(agree(text).is_ok() && is_clean(&schemas[kind], &tree::parse(text).unwrap().unwrap(), text), "{text}");
    }
    let mut random = Random(7);
    let mut wrong = Vec::new();
    for _ in 0..ROUNDS {
        let (kind, text) = &records[random.below(records.len())];
        let text = spoil(text, &mut random);
        wrong.extend(agree(&text).err());
        wrong.extend(named(*kind, &schemas[kind], &text).err());
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.concat());
}

#[test]
fn texts_that_were_hard_once_are_read_alike() {
    let folder = site::root().join("tests/corpus/yaml");
    let schema = schema::of_kind(Kind::Region);
    for file in folder.read_dir_utf8().unwrap().map(Result::unwrap) {
        let text = std::fs::read_to_string(file.path()).unwrap();
        assert_eq!(agree(&text), Ok(()), "{}", file.path());
        assert_eq!(named(Kind::Region, &schema, &text), Ok(()), "{}", file.path());
    }
}

#[test]
fn hostile_texts_end_quickly() {
    let schema = schema::of_kind(Kind::Page);
    let texts = [
        "[".repeat(100_000),
        "{a: ".repeat(50_000),
        "- ".repeat(50_000),
        (0..2_000).map(|depth| " ".repeat(depth)).collect::<Vec<_>>().join("a:\n"),
        format!("title: {}\n", "长".repeat(1_000_000)),
        format!("title: \"{}\n", "\\\"".repeat(200_000)),
        format!("title: |\n{}", "  行\n".repeat(100_000)),
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n".to_owned(),
        "? ".repeat(10_000),
        "\u{feff}".repeat(1000),
        "\0\u{1}\u{7f}".to_owned(),
    ];
    for text in texts {
        assert_eq!(named(Kind::Page, &schema, &text), Ok(()));
    }
}
