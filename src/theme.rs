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
use crate::source::{self, Place, Source};
use crate::yaml;
use crate::yaml::tree::{Node, Value};
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

/// The files of a script.
#[derive(Debug)]
pub enum Script<'a> {
    /// `script/<name>.js`.
    File(&'a Arc<Source>),
    /// `script/<name>/*.js`, in the order of their names; at least one.
    Parts(Vec<&'a Arc<Source>>),
}

/// The words of the interface in one language, by group and key.
#[derive(Debug, Default, Clone)]
pub struct Words {
    groups: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    fn new(words: Flat) -> Self {
        let mut groups: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (name, word) in words {
            let (group, key) = name.split_once('.').unwrap_or(("", &name));
            groups.entry(group.to_owned()).or_default().insert(key.to_owned(), word);
        }
        Self { groups }
    }

    /// The word of a `group.key`; the name itself where it is missing, which loading reports.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        name.split_once('.').map_or(name, |(group, key)| self.find(group, key).unwrap_or(name))
    }

    /// The word of a key in a group; the key itself where it is missing.
    pub fn in_group<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.find(group, key).unwrap_or(key)
    }

    /// The word of an enumeration's value.
    pub fn choice<C: crate::content::choice::Choice>(&self, value: C) -> &str {
        self.in_group(C::GROUP, value.key())
    }

    /// The word for a key, with `{name}` replaced by `value`.
    pub fn fill(&self, key: &str, name: &str, value: &str) -> String {
        self.get(key).replace(&format!("{{{name}}}"), value)
    }

    /// The words by group, for templates.
    pub fn groups(&self) -> &BTreeMap<String, BTreeMap<String, String>> {
        &self.groups
    }

    fn find(&self, group: &str, key: &str) -> Option<&str> {
        self.groups.get(group)?.get(key).map(String::as_str)
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
                    let deep = source::nested_deeper(&source.text, DEPTH_LIMIT).filter(|_| is_parsed(path));
                    let source = match deep {
                        Some(at) => {
                            findings.at(Place::new(source, at..at + 1), say::too_deep(DEPTH_LIMIT));
                            // No parser comes back from it.
                            Source::new(source.path.clone(), "")
                        }
                        None => Arc::clone(source),
                    };
                    texts.insert(path.to_owned(), source);
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

    /// The scripts, by name. A file replaces the folder of the same name, so that a script which a project has written as one file
    /// stays what it is when the default theme divides its own into parts.
    pub fn scripts(&self) -> BTreeMap<&str, Script<'_>> {
        let mut scripts = BTreeMap::new();
        for (path, source) in &self.texts {
            let Some(path) = path.strip_prefix("script/").and_then(|path| path.strip_suffix(".js")) else { continue };
            match path.split_once('/') {
                None => {
                    scripts.insert(path, Script::File(source));
                }
                Some((_, part)) if part.contains('/') => {}
                Some((name, _)) => {
                    if let Script::Parts(parts) = scripts.entry(name).or_insert_with(|| Script::Parts(Vec::new())) {
                        parts.push(source);
                    }
                }
            }
        }
        scripts
    }

    /// A hash of what decides whether pages can be rendered: templates and words.
    pub fn fingerprint(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let words = self.words.groups.iter().flat_map(|(group, words)| words.iter().map(move |word| (group, word)));
        let words = words.flat_map(|(group, (key, word))| [group, key, word]).map(String::as_str);
        let templates = self.templates().flat_map(|(name, source)| [name, source.text.as_str()]);
        for text in words.chain(templates) {
            hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
        }
        hasher.finalize()
    }

    /// A hash of what the stylesheet and the scripts are made of: every file that is no template and no word.
    pub fn code_hash(&self) -> blake3::Hash {
        let is_code = |path: &&String| !path.starts_with("templates/") && !path.starts_with("words/");
        let texts = self.texts.iter().map(|(path, source)| (path, source.text.as_bytes()));
        let blobs = self.blobs.iter().map(|(path, bytes)| (path, &bytes[..]));
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in texts.chain(blobs).filter(|(path, _)| is_code(path)) {
            hasher.update(&path.len().to_le_bytes()).update(path.as_bytes());
            hasher.update(&bytes.len().to_le_bytes()).update(bytes);
        }
        hasher.finalize()
    }

    /// The templates, by their path below `templates/`.
    pub fn templates(&self) -> impl Iterator<Item = (&str, &Arc<Source>)> {
        self.texts.iter().filter_map(|(path, source)| Some((path.strip_prefix("templates/")?, source)))
    }
}

/// Nesting of brackets in a theme's file, at most. Stylesheets, scripts and templates of people have less than thirty.
const DEPTH_LIMIT: usize = 500;

/// Whether a file of a theme is a stylesheet, a script or a template.
fn is_parsed(path: &str) -> bool {
    [".css", ".js", ".html", ".xml"].iter().any(|end| path.ends_with(end))
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
        Ok((settings, doubts)) if doubts.is_empty() => settings,
        refused => {
            let mistakes = match refused {
                Ok((_, doubts)) => doubts,
                Err(refused) => refused.all(),
            };
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
        return Words::new(reference);
    };
    let mut own = parse_words(source, findings);
    let missing: Vec<&str> = reference.keys().filter(|key| !own.contains_key(*key)).map(String::as_str).collect();
    if language != "zh-CN" && !missing.is_empty() {
        findings.at(Place::file(source), say::missing_words(&missing));
    }
    // A word that is missing must not be missed by every template as well.
    for (key, word) in reference {
        own.entry(key).or_insert(word);
    }
    Words::new(own)
}

/// Words by `group.key`.
type Flat = BTreeMap<String, String>;

fn parse_words(source: &Arc<Source>, findings: &mut Findings) -> Flat {
    let mut words = Flat::new();
    match yaml::tree::parse(&source.text) {
        Ok(Some(root)) => {
            for (range, mistake) in yaml::escape::forbidden(&source.text) {
                findings.at(Place::new(source, range), mistake);
            }
            collect(&root, "", source, &mut words, findings);
        }
        Ok(None) => {}
        Err(failure) => {
            for (range, mistake) in yaml::syntax_mistakes(&source.text, failure) {
                findings.at(Place::new(source, range), mistake);
            }
        }
    }
    words
}

fn collect(node: &Node, prefix: &str, source: &Arc<Source>, words: &mut Flat, findings: &mut Findings) {
    let Value::Map(fields) = &node.value else {
        findings.at(Place::new(source, node.range.clone()), say::not_a_map());
        return;
    };
    for (key, value) in fields {
        let name = format!("{prefix}{}", key.text().unwrap_or_default());
        match &value.value {
            Value::Scalar(word, _) if !prefix.is_empty() => {
                if words.insert(name, word.clone()).is_some() {
                    let written = key.text().unwrap_or_default();
                    findings.at(Place::new(source, key.range.clone()), say::duplicate_key(written));
                }
            }
            Value::Map(_) if prefix.is_empty() => collect(value, &format!("{name}."), source, words, findings),
            Value::Scalar(..) | Value::List(_) | Value::Map(_) => {
                findings.at(Place::new(source, value.range.clone()), say::structure_for_text(None));
            }
        }
    }
}
