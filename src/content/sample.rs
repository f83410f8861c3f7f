//! The mark of samples, and texts that `new` and `init` write only to be replaced: what they write is read here, so that what is checked cannot
//! differ from it.

use std::collections::HashSet;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use super::archetype::{Field, Form, fields};
use super::walk::{Path, Step, texts};
use super::{Common, Kind, Own};

/// The files of a new portal.
#[derive(RustEmbed)]
#[folder = "src/starter"]
pub struct Starter;

/// What stands behind the title of a sample.
const MARK: &str = "（示例）";

/// The title of a sample as it is shown, if that is not as it is written.
pub fn marked_title(common: &Common) -> Option<String> {
    (common.sample && !says_sample(&common.title)).then(|| marked(&common.title))
}

/// A name in a sample as it is shown.
pub fn marked_name(name: &str) -> String {
    if says_sample(name) { name.to_owned() } else { format!("{name}{MARK}") }
}

/// A text with the mark of samples behind it.
pub fn marked(text: &str) -> String {
    format!("{text}{MARK}")
}

/// Whether a title says of itself that it is a sample's.
pub fn says_sample(title: &str) -> bool {
    title.contains(MARK) || title.contains("(示例)")
}

/// A title without the mark of samples behind it: what people ask for.
pub fn without_mark(title: &str) -> &str {
    title.strip_suffix(MARK).unwrap_or(title)
}

/// The body that `new` writes.
pub const BODY: &str = "正文从这里开始，用 Markdown 写；小标题用 ##。";

/// The title that `new` writes for a kind, if none was given.
pub fn title(kind: Kind) -> String {
    format!("新的{}（请改名称）", kind.label())
}

/// Whether a text of an entry, or of the settings, is one that `new` or `init` writes at this place and that nobody can mean.
pub fn is_sample(kind: Option<Kind>, path: &[Step], text: &str) -> bool {
    is_marked(text) && SAMPLES.marked.contains(&(kind, key(path, text)))
}

/// Texts of an entry that are there to be replaced.
#[derive(Clone, Debug, Default)]
pub struct Placeholders {
    /// Whether the entry is what `new` wrote.
    pub is_template: bool,
    /// The texts, each with the way to its field; none for a Markdown body.
    pub found: Vec<(Option<Path>, String)>,
}

impl Placeholders {
    /// Those of an entry with this body.
    pub fn of(common: &Common, own: &Own, body: &str) -> Self {
        let (kind, body) = (own.kind(), body.trim());
        let title = title(kind);
        let is_template = body.starts_with(BODY) || common.title == title;
        let mut found = Vec::new();
        let mut look = |path: &[Step], text: &str| {
            let is_title = path == [Step::Key("title")] && text == title;
            let is_new = is_template && (is_title || is_example(kind, path, text));
            if is_new || is_sample(Some(kind), path, text) {
                found.push((Some(path.to_vec()), text.to_owned()));
            }
        };
        texts(common, &mut look);
        own.texts(&mut look);
        if common.body.is_none() && (body.starts_with(BODY) || is_sample(Some(kind), &[Step::Key("body")], body)) {
            found.push((None, body.lines().next().unwrap_or_default().to_owned()));
        }
        Self { is_template, found }
    }
}

/// Whether a text is the example that `new` writes at this place, though it could be meant.
fn is_example(kind: Kind, path: &[Step], text: &str) -> bool {
    SAMPLES.examples.contains(&(Some(kind), key(path, text)))
}

/// The texts, each with its kind and place.
#[derive(Default)]
struct Samples {
    marked: HashSet<(Option<Kind>, String)>,
    examples: HashSet<(Option<Kind>, String)>,
}

static SAMPLES: LazyLock<Samples> = LazyLock::new(|| {
    let mut samples = Samples::default();
    for kind in Kind::ALL {
        for field in fields(*kind) {
            samples.example(*kind, "", &field);
        }
    }
    for name in Starter::iter() {
        let Some(path) = name.strip_prefix("content/") else { continue };
        let top = path.split('/').next().unwrap_or_default().trim_end_matches(".yaml");
        let text = Starter::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
        let kind = Kind::from_folder(top);
        let parts = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        if let Some((_, body)) = parts {
            samples.text(kind, "body", body.trim());
        }
        if let Ok(value) = serde_yaml::from_str(parts.map_or(text.as_str(), |(front, _)| front)) {
            samples.value(kind, "", &value);
        }
    }
    samples
});

impl Samples {
    fn text(&mut self, kind: Option<Kind>, at: &str, text: &str) {
        if is_marked(text) {
            self.marked.insert((kind, format!("{at}\0{text}")));
        }
    }

    fn value(&mut self, kind: Option<Kind>, at: &str, value: &Yaml) {
        match value {
            Yaml::String(text) => self.text(kind, at, text.trim()),
            Yaml::Sequence(items) => items.iter().for_each(|item| self.value(kind, at, item)),
            Yaml::Mapping(fields) => {
                for (name, value) in fields {
                    self.value(kind, &below(at, name.as_str().unwrap_or_default()), value);
                }
            }
            _ => {}
        }
    }

    fn example(&mut self, kind: Kind, at: &str, field: &Field) {
        let at = below(at, &field.name);
        let form = match &field.form {
            Form::List(item) => item.as_ref(),
            form => form,
        };
        if let Form::Fields(inner) = form {
            return inner.iter().for_each(|field| self.example(kind, &at, field));
        }
        let texts: Vec<&str> = match &field.example {
            Some(Json::String(text)) => vec![text],
            Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        };
        for text in texts {
            self.text(Some(kind), &at, text);
            self.examples.insert((Some(kind), format!("{at}\0{text}")));
        }
    }
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

/// Whether a text says of itself that it stands for another. All that is there to be replaced does.
fn is_marked(text: &str) -> bool {
    text.starts_with('某') || text.starts_with("0000-") || text.contains("示例")
}

fn key(path: &[Step], text: &str) -> String {
    let names = path.iter().filter_map(|step| match step {
        Step::Key(name) => Some(*name),
        Step::Index(_) => None,
    });
    format!("{}\0{}", names.collect::<Vec<_>>().join("."), text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_marked_once() {
        let common = |yaml: &str| serde_yaml::from_str::<Common>(yaml).expect("common fields");
        assert_eq!(marked_title(&common("title: 太极拳\nsample: true")).as_deref(), Some("太极拳（示例）"));
        for as_written in ["title: 太极拳", "title: 太极拳（示例）\nsample: true", "title: 太极拳(示例)\nsample: true"]
        {
            assert_eq!(marked_title(&common(as_written)), None, "{as_written}");
        }
        assert_eq!(without_mark("太极拳（示例）"), "太极拳");
    }

    #[test]
    fn what_is_written_to_be_replaced_is_known_at_its_place() {
        let course = Some(Kind::Course);
        let phone = [Step::Key("enrol"), Step::Key("phone")];
        assert!(is_sample(course, &phone, "0000-0000003"), "of init");
        assert!(is_sample(course, &phone, "0000-0000000"), "of new");
        assert!(!is_sample(course, &phone, "0373-3054321"));
        assert!(is_sample(None, &[Step::Key("footer"), Step::Key("phone")], "0000-0000000"));
        assert!(is_sample(
            Some(Kind::Committee),
            &[Step::Key("seats"), Step::Index(1), Step::Key("person")],
            "钱某（示例）"
        ));
        assert!(!is_sample(Some(Kind::Topic), &[Step::Key("title")], "文化艺术"), "an editor may keep it");
        assert!(is_example(Kind::Teacher, &[Step::Key("speciality")], "书法"));
    }
}
