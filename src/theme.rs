//! The theme's files. Each is read from `themes/<name>/` if it exists there, else from the default theme embedded in
//! the binary.

pub mod settings;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Deserialize as _;

use crate::content::site::Site;
use crate::diag::Findings;
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::entry::Origin;
use crate::load::{Input, Inputs, THEME_TEXTS};
use crate::source::{Place, Source};
use crate::yaml::tree::{Node, Value};
use crate::yaml::{self, syntax};
use settings::Settings;

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Embedded;

/// The files of one theme.
#[derive(Debug)]
pub struct Theme {
    /// Its name.
    pub name: String,
    texts: BTreeMap<String, Arc<Source>>,
    blobs: BTreeMap<String, Arc<[u8]>>,
    /// The words of the interface.
    pub words: Words,
    /// Its settings, from `theme.yaml`.
    pub settings: Settings,
}

/// The words of the interface in one language, by `group.key`.
#[derive(Debug, Default, Clone)]
pub struct Words {
    words: BTreeMap<String, String>,
}

impl Words {
    /// The word for a key. A missing word, which loading reports, is shown as its key.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The word of an enumeration's value.
    pub fn choice<C: crate::content::choice::Choice>(&self, value: C) -> &str {
        let key = format!("{}.{}", C::GROUP, value.key());
        self.words.get(&key).map_or(value.key(), String::as_str)
    }

    /// The word for a key, with `{name}` replaced by `value`.
    pub fn fill(&self, key: &str, name: &str, value: &str) -> String {
        self.get(key).replace(&format!("{{{name}}}"), value)
    }

    /// The words nested by group, for templates.
    pub fn nested(&self) -> BTreeMap<&str, BTreeMap<&str, &str>> {
        let mut nested: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for (key, word) in &self.words {
            let (group, key) = key.split_once('.').unwrap_or(("", key));
            nested.entry(group).or_default().insert(key, word);
        }
        nested
    }
}

/// The names of the files of the default theme.
pub fn default_files() -> impl Iterator<Item = Cow<'static, str>> {
    Embedded::iter()
}

/// A file of the default theme.
pub fn default_file(name: &str) -> Option<Cow<'static, [u8]>> {
    Embedded::get(name).map(|file| file.data)
}

impl Theme {
    /// Loads the theme that the settings name, and its words in the site's language.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn load(inputs: &Inputs, site: &Site, origin: &Origin, findings: &mut Findings) -> Result<Self, Fault> {
        let name = site.theme.as_str();
        let folder = format!("themes/{name}");
        let mut texts = BTreeMap::new();
        let mut blobs: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for file in Embedded::iter() {
            let Some(data) = default_file(&file) else { continue };
            match std::str::from_utf8(&data) {
                Ok(text) if is_text(&file) => {
                    texts.insert(file.to_string(), Source::new(format!("themes/default/{file}"), text));
                }
                _ => {
                    blobs.insert(file.into_owned(), data.into());
                }
            }
        }
        let mut found = false;
        for (path, input) in inputs.below(&folder) {
            found = true;
            match input {
                Input::Text(source) => {
                    texts.insert(path.to_owned(), Arc::clone(source));
                }
                Input::Blob(blob) => {
                    blobs.insert(path.to_owned(), blob.read()?);
                }
                Input::Unreadable(_) => {}
            }
        }
        if !found && name != "default" {
            findings.at(origin.place(&["theme".into()]), say::unknown_theme(name));
        }
        let words = words(&texts, &site.language, origin, findings);
        let settings = settings(&texts, findings);
        Ok(Self { name: name.to_owned(), texts, blobs, words, settings })
    }

    /// A text file of the theme, by its path in the theme's folder.
    pub fn text(&self, path: &str) -> Option<&Arc<Source>> {
        self.texts.get(path)
    }

    /// The bytes of any other file of the theme.
    pub fn blob(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.blobs.get(path)
    }

    /// The scripts directly under `script/`, by stem.
    pub fn scripts(&self) -> impl Iterator<Item = (&str, &Arc<Source>)> {
        let all = self
            .texts
            .iter()
            .filter_map(|(path, source)| Some((path.strip_prefix("script/")?.strip_suffix(".js")?, source)));
        all.filter(|(stem, _)| !stem.contains('/'))
    }

    /// The templates, by their path below `templates/`.
    pub fn templates(&self) -> impl Iterator<Item = (&str, &Arc<Source>)> {
        self.texts.iter().filter_map(|(path, source)| Some((path.strip_prefix("templates/")?, source)))
    }
}

fn is_text(file: &str) -> bool {
    THEME_TEXTS.iter().any(|suffix| file.ends_with(suffix))
}

/// The settings file of a theme.
const SETTINGS: &str = "theme.yaml";

/// Reads `theme.yaml`. If it has mistakes, they are reported and the default settings are used.
fn settings(texts: &BTreeMap<String, Arc<Source>>, findings: &mut Findings) -> Settings {
    let default = || {
        let data = default_file(SETTINGS).unwrap_or_default();
        serde_yaml::from_slice(&data).unwrap_or_else(|_| unreachable!("a test reads the default theme's settings"))
    };
    let Some(source) = texts.get(SETTINGS) else { return default() };
    let schema = || schemars::schema_for!(Settings).to_value();
    let settings: Settings = match yaml::read(&source.text, schema, |deserializer| Settings::deserialize(deserializer))
    {
        Ok(settings) => settings,
        Err(mistakes) => {
            for (range, mistake) in mistakes {
                findings.at(Place::new(source, range), mistake);
            }
            return default();
        }
    };
    let mistakes = settings.mistakes();
    if mistakes.is_empty() {
        return settings;
    }
    let tree = yaml::tree::parse(&source.text).ok().flatten();
    for (path, mistake) in mistakes {
        let range = tree.as_ref().map_or(0..0, |root| place(root, &path));
        findings.at(Place::new(source, range), mistake);
    }
    default()
}

/// The place of the value at `path` below `node`, or of its deepest ancestor that exists.
fn place(node: &Node, path: &[&str]) -> std::ops::Range<usize> {
    let Some((name, rest)) = path.split_first() else { return node.range.clone() };
    let Value::Map(fields) = &node.value else { return node.range.clone() };
    let below = fields.iter().find(|(key, _)| key.text() == Some(*name));
    below.map_or_else(|| node.range.clone(), |(_, value)| place(value, rest))
}

/// Reads the word list of `language`, and checks that it has every word of the default list.
fn words(texts: &BTreeMap<String, Arc<Source>>, language: &str, origin: &Origin, findings: &mut Findings) -> Words {
    let path = format!("words/{language}.yaml");
    let default = default_file("words/zh-CN.yaml").map(|data| String::from_utf8_lossy(&data).into_owned());
    let reference = parse_words(
        &Source::new("themes/default/words/zh-CN.yaml", &default.unwrap_or_default()),
        &mut Findings::default(),
    );
    let Some(source) = texts.get(&path) else {
        findings.at(origin.place(&["language".into()]), say::missing_language(language));
        return reference;
    };
    let mut own = parse_words(source, findings);
    let missing: Vec<&str> =
        reference.words.keys().filter(|key| !own.words.contains_key(*key)).map(String::as_str).collect();
    if language != "zh-CN" && !missing.is_empty() {
        findings.at(Place::file(source), say::missing_words(&missing));
    }
    // Fill in the default for missing words, so that templates do not report them again.
    for (key, word) in reference.words {
        own.words.entry(key).or_insert(word);
    }
    own
}

fn parse_words(source: &Arc<Source>, findings: &mut Findings) -> Words {
    let mut words = Words::default();
    match yaml::tree::parse(&source.text) {
        Ok(Some(root)) => collect(&root, "", source, &mut words, findings),
        Ok(None) => {}
        Err(failure) => {
            for (range, mistake) in syntax::explain(&source.text, &failure) {
                findings.at(Place::new(source, range), mistake);
            }
        }
    }
    words
}

fn collect(node: &Node, prefix: &str, source: &Arc<Source>, words: &mut Words, findings: &mut Findings) {
    let Value::Map(fields) = &node.value else {
        findings.at(Place::new(source, node.range.clone()), say::not_a_map());
        return;
    };
    for (key, value) in fields {
        let name = format!("{prefix}{}", key.text().unwrap_or_default());
        match &value.value {
            Value::Scalar(word, _) if !prefix.is_empty() => {
                words.words.insert(name, word.clone());
            }
            Value::Map(_) if prefix.is_empty() => collect(value, &format!("{name}."), source, words, findings),
            Value::Scalar(..) | Value::List(_) | Value::Map(_) => {
                findings.at(Place::new(source, value.range.clone()), say::structure_for_text());
            }
        }
    }
}
