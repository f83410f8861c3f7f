//! Reads files into entries: each is one record or one Markdown file, as plain typed structs with their origin.
//!
//! Entries are read independently. An entry that cannot be read is reported once and keeps its id, so that references
//! to it are not reported as well.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::Deserialize as _;

use crate::content::site::{Limits, Site};
use crate::content::value::{Malformed, check_id, propose_id_for};
use crate::content::walk::Step;
use crate::content::{Common, Kind, Own, rules, schema};
use crate::diag::catalogue as say;
use crate::diag::{Findings, Mistake, nearest};
use crate::load::{Input, Inputs};
use crate::source::{Place, Source};
use crate::yaml::tree::{Node, Style, Value};
use crate::yaml::{self, Mistakes};

/// Path of the settings.
pub const SITE_PATH: &str = "content/site.yaml";

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// The settings and their origin; `None` if they had errors, which were reported.
    pub site: Option<(Site, Origin)>,
    /// The entries, by path and position.
    pub entries: Vec<Entry>,
    /// Entries that could not be read.
    pub broken: Vec<BrokenEntry>,
    /// Kinds with a file so damaged that its ids are unknown.
    pub poisoned: BTreeSet<Kind>,
    /// Texts that could not be read completely. Files they mention may be in use.
    pub unread: Vec<Arc<Source>>,
}

/// One record or file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The fields that every kind has.
    pub common: Common,
    /// The fields of its kind.
    pub own: Own,
    /// Where it was written.
    pub origin: Origin,
}

/// An entry with errors in its fields: keeps its id, and the body, which is checked all the same.
#[derive(Clone, Debug)]
pub struct BrokenEntry {
    /// The kind.
    pub kind: Kind,
    /// The id, if it is known.
    pub id: Option<String>,
    /// Where it was written.
    pub origin: Origin,
    /// References that could be read, with their place in the file.
    pub references: Vec<(Range<usize>, Kind, String)>,
}

impl BrokenEntry {
    fn new(kind: Kind, id: Option<String>, origin: Origin) -> Self {
        let (text, offset) = origin.yaml();
        let found = yaml::references(&text, &schema::of_kind(kind)).into_iter();
        let references = found.map(|(range, kind, id)| (offset + range.start..offset + range.end, kind, id)).collect();
        Self { kind, id, origin, references }
    }
}

impl Entry {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.own.kind()
    }

    /// Its body in Markdown; empty if it has none.
    pub fn body(&self) -> &str {
        match &self.origin.form {
            Form::Markdown { body, .. } => &self.origin.source.text[body.clone()],
            Form::Record { .. } => self.common.body.as_deref().unwrap_or_default(),
        }
    }
}

/// Where an entry was written.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The file.
    pub source: Arc<Source>,
    form: Form,
}

#[derive(Clone, Debug)]
enum Form {
    Markdown { front: Range<usize>, body: Range<usize> },
    Record { range: Range<usize> },
}

impl Origin {
    /// The place of the value at the end of `path`, or of its deepest ancestor that exists.
    pub fn place(&self, path: &[Step]) -> Place {
        let (text, offset) = self.yaml();
        let range = match yaml::tree::parse(&text) {
            Ok(Some(root)) if path.is_empty() => head(&root),
            Ok(Some(root)) => root.place(path, &text),
            _ => 0..0,
        };
        Place::new(&self.source, offset + range.start..offset + range.end)
    }

    /// The place of the first field's name.
    pub fn start(&self) -> Place {
        self.place(&[])
    }

    /// The place of the id: the field in a record, the beginning of a Markdown file.
    pub fn id_place(&self) -> Place {
        match &self.form {
            Form::Markdown { .. } => Place::file(&self.source),
            Form::Record { .. } => self.place(&["id".into()]),
        }
    }

    /// The place of a range of the body.
    pub fn body_place(&self, range: &Range<usize>) -> Place {
        match &self.form {
            Form::Markdown { body, .. } => Place::new(&self.source, body.start + range.start..body.start + range.end),
            Form::Record { range: record } => {
                let (text, _) = self.yaml();
                let found = body_in_record(&text, range).unwrap_or(0..0);
                Place::new(&self.source, record.start + found.start..record.start + found.end)
            }
        }
    }

    /// The body of a Markdown file, whether or not its front matter is valid.
    pub fn markdown_body(&self) -> Option<&str> {
        match &self.form {
            Form::Markdown { body, .. } => Some(&self.source.text[body.clone()]),
            Form::Record { .. } => None,
        }
    }

    /// Whether byte `at` of the file belongs to the entry.
    pub fn holds(&self, at: usize) -> bool {
        match &self.form {
            Form::Markdown { front, body } => front.contains(&at) || body.contains(&at),
            Form::Record { range } => range.contains(&at),
        }
    }

    /// The keys above the value that holds byte `at` of the file, such as `enrol`, `phone`; none in the body of a Markdown
    /// file. `None` where nothing is published: in a comment, or outside of the entry.
    pub fn keys_at(&self, at: usize) -> Option<Vec<String>> {
        let yaml = match &self.form {
            Form::Markdown { front, body } if !front.contains(&at) => return body.contains(&at).then(Vec::new),
            Form::Markdown { front, .. } => front,
            Form::Record { range } => range,
        };
        if !yaml.contains(&at) {
            return None;
        }
        let (text, offset) = self.yaml();
        match yaml::tree::parse(&text) {
            Ok(Some(root)) => root.keys_at(at - offset),
            _ => Some(Vec::new()),
        }
    }

    fn yaml(&self) -> (String, usize) {
        match &self.form {
            Form::Markdown { front, .. } => (self.source.text[front.clone()].to_owned(), front.start),
            Form::Record { range } => (yaml::record_text(&self.source.text[range.clone()]), range.start),
        }
    }
}

fn head(node: &Node) -> Range<usize> {
    match &node.value {
        Value::Map(fields) => fields.first().map_or(node.range.clone(), |(key, _)| key.range.clone()),
        Value::Scalar(..) | Value::List(_) => node.range.clone(),
    }
}

/// Converts a range of a record's body to a range of the record's text. In a literal block every line has the same
/// indentation; in other notations only the beginning can be located.
fn body_in_record(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let root = yaml::tree::parse(text).ok()??;
    let (key, node) = root.entry("body")?;
    let Value::Scalar(body, Style::Literal) = &node.value else { return Some(node.range.clone()) };
    let first_line = text[key.range.end..].find('\n').map(|newline| key.range.end + newline + 1)?;
    let indent = text[first_line..]
        .lines()
        .find(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())?;
    let place = |at: usize| {
        let before = &body[..at.min(body.len())];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
        let start: usize = text[first_line..].split_inclusive('\n').take(line).map(str::len).sum();
        let here = text[first_line + start..].lines().next().unwrap_or_default();
        first_line + start + (indent.min(here.len()) + column).min(here.len())
    };
    Some(place(range.start)..place(range.end))
}

/// Reads all content.
pub fn read(inputs: &Inputs, findings: &mut Findings) -> Entries {
    let mut entries = Entries { site: read_site(inputs, findings), ..Entries::default() };
    if let Some((site, origin)) = &entries.site {
        limits(inputs, &site.limits, origin, findings);
    }
    let mut files = Vec::new();
    let mut strange = BTreeSet::new();
    for (path, input) in inputs.below("content") {
        let Input::Blob(_) = input else {
            match kind_of(path) {
                Belongs::Kind(kind) => files.push((kind, path, input)),
                Belongs::Strange(folder) => {
                    if strange.insert(folder) {
                        let source = inputs.text(&format!("content/{path}")).cloned();
                        let source = source.unwrap_or_else(|| Source::new(format!("content/{path}"), ""));
                        let near = nearest(folder, Kind::ALL.iter().map(|kind| kind.folder()));
                        findings.at(Place::file(&source), say::unknown_folder(folder, near));
                    }
                }
                Belongs::Own => {}
            }
            continue;
        };
    }
    let read: Vec<FileRead> = files.into_par_iter().map(|(kind, path, input)| read_file(kind, path, input)).collect();
    for file in read {
        entries.unread.extend(file.unread);
        entries.entries.extend(file.entries);
        entries.broken.extend(file.broken);
        entries.poisoned.extend(file.poisoned);
        findings.extend(file.findings);
    }
    entries
}

/// The role of a text under `content/`.
enum Belongs<'a> {
    Kind(Kind),
    /// In a folder that belongs to no kind.
    Strange(&'a str),
    /// The settings.
    Own,
}

fn kind_of(path: &str) -> Belongs<'_> {
    if path == "site.yaml" {
        return Belongs::Own;
    }
    let top = path.split_once('/').map_or(path, |(folder, _)| folder);
    let stem = top.strip_suffix(".yaml").or_else(|| top.strip_suffix(".yml")).unwrap_or(top);
    let is_file = top == path;
    match Kind::from_folder(stem).filter(|_| !is_file || stem != top) {
        Some(kind) => Belongs::Kind(kind),
        None => Belongs::Strange(top),
    }
}

fn read_site(inputs: &Inputs, findings: &mut Findings) -> Option<(Site, Origin)> {
    let source = match inputs.get(SITE_PATH) {
        Some(Input::Text(source)) => source,
        Some(Input::Unreadable(_) | Input::Blob(_)) => return None,
        None => {
            findings.report(crate::diag::Diagnostic::global(say::missing_site()));
            return None;
        }
    };
    let front = 0..source.text.len();
    let origin = Origin { source: Arc::clone(source), form: Form::Markdown { front, body: 0..0 } };
    match yaml::read(&source.text, schema::of_site, |deserializer| Site::deserialize(deserializer)) {
        Ok(site) => {
            let mut broken = Vec::new();
            rules::blanks(&site, &mut broken);
            for (path, mistake) in broken {
                findings.at(origin.place(&path), mistake);
            }
            Some((site, origin))
        }
        Err(mistakes) => {
            report(findings, source, 0, mistakes);
            None
        }
    }
}

/// Reports texts that are too large, and too many files. They are still read, so that references to them are not
/// reported.
fn limits(inputs: &Inputs, limits: &Limits, origin: &Origin, findings: &mut Findings) {
    let mut count = 0;
    for (_, input) in inputs.below("content") {
        count += 1;
        let Input::Text(source) = input else { continue };
        let len = source.text.len() as u64;
        if len > limits.text_kib << 10 {
            findings.at(Place::file(source), say::too_large(&source.path, len.div_ceil(1 << 10), limits.text_kib));
        }
    }
    if count > limits.files {
        findings.at(origin.place(&["limits".into(), "files".into()]), say::too_many(count, limits.files));
    }
}

fn report(findings: &mut Findings, source: &Arc<Source>, offset: usize, mistakes: Mistakes) {
    for (range, mistake) in mistakes {
        findings.at(Place::new(source, offset + range.start..offset + range.end), mistake);
    }
}

#[derive(Default)]
struct FileRead {
    entries: Vec<Entry>,
    broken: Vec<BrokenEntry>,
    poisoned: Option<Kind>,
    unread: Option<Arc<Source>>,
    findings: Findings,
}

fn read_file(kind: Kind, path: &str, input: &Input) -> FileRead {
    let mut read = FileRead::default();
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md"));
    match (input, stem) {
        (Input::Text(source), Some(stem)) => read.markdown(kind, stem, source),
        (Input::Text(source), None) => read.list(kind, source),
        // The error was reported. A Markdown file still has its name as id.
        (Input::Unreadable(source), Some(stem)) => {
            let origin = Origin { source: Arc::clone(source), form: Form::Markdown { front: 0..0, body: 0..0 } };
            read.broken.push(BrokenEntry::new(kind, Some(stem.to_owned()), origin));
        }
        (Input::Unreadable(_), None) => read.poisoned = Some(kind),
        (Input::Blob(_), _) => {}
    }
    if let Input::Text(source) | Input::Unreadable(source) = input
        && (!read.broken.is_empty() || read.poisoned.is_some())
    {
        read.unread = Some(Arc::clone(source));
    }
    read
}

impl FileRead {
    fn markdown(&mut self, kind: Kind, stem: &str, source: &Arc<Source>) {
        let text = &source.text;
        let mistake = match check_id(stem) {
            Ok(()) => None,
            Err(Malformed::Reserved) => Some(say::reserved_id(stem)),
            Err(_) => Some(say::bad_file_name(stem, propose_id_for(kind, stem).as_deref())),
        };
        let id = if mistake.is_none() { Some(stem.to_owned()) } else { None };
        if let Some(mistake) = mistake {
            self.findings.at(Place::file(source), mistake);
        }
        let (front, body) = match yaml::split_front_matter(text) {
            Ok(split) => (split.front, split.body),
            Err((at, mistake, body)) => {
                self.findings.at(Place::new(source, at), mistake);
                let origin = Origin { source: Arc::clone(source), form: Form::Markdown { front: 0..0, body } };
                return self.broken.push(BrokenEntry::new(kind, id, origin));
            }
        };
        let origin = Origin { source: Arc::clone(source), form: Form::Markdown { front: front.clone(), body } };
        let read = yaml::read(&text[front.clone()], || schema::of_kind(kind), |deserializer| kind.read(deserializer));
        match read {
            Ok((common, own)) => {
                if let (Some(written), Some(id)) = (&common.id, &id)
                    && written.as_str() != id
                {
                    self.findings.at(origin.place(&["id".into()]), say::id_mismatch(written.as_str(), id));
                }
                match id {
                    Some(id) => self.entry(Entry { id, common, own, origin }),
                    None => self.broken.push(BrokenEntry::new(kind, id, origin)),
                }
            }
            Err(mistakes) => {
                report(&mut self.findings, source, front.start, mistakes);
                self.broken.push(BrokenEntry::new(kind, id, origin));
            }
        }
    }

    fn list(&mut self, kind: Kind, source: &Arc<Source>) {
        let text = &source.text;
        let records = match yaml::split_records(text) {
            Ok(records) => records,
            Err(at) => {
                let line = &text[at.clone()];
                let mistake = match line.split_once('：') {
                    Some((key, _)) if key.is_ascii() => say::full_width_colon(key),
                    _ if yaml::syntax::is_wide_fence(line) => say::full_width_fence(),
                    _ => say::not_a_list(),
                };
                self.findings.at(Place::new(source, at), mistake);
                self.poisoned = Some(kind);
                return;
            }
        };
        for range in records {
            let record = yaml::record_text(&text[range.clone()]);
            let origin = Origin { source: Arc::clone(source), form: Form::Record { range: range.clone() } };
            let read = yaml::read(&record, || schema::of_kind(kind), |deserializer| kind.read(deserializer));
            match read {
                Ok((common, own)) => match common.id.clone() {
                    Some(id) => self.entry(Entry { id: id.to_string(), common, own, origin }),
                    None => {
                        self.findings
                            .at(origin.start(), say::missing_id(propose_id_for(kind, &common.title).as_deref()));
                        self.broken.push(BrokenEntry::new(kind, None, origin));
                    }
                },
                Err(mistakes) => {
                    report(&mut self.findings, source, range.start, mistakes);
                    let id = written_id(&record);
                    if id.is_none() {
                        self.poisoned = Some(kind);
                    }
                    self.broken.push(BrokenEntry::new(kind, id, origin));
                }
            }
        }
    }

    fn entry(&mut self, entry: Entry) {
        for (path, mistake) in entry.own.rules(&entry.common) {
            self.say(&entry.origin, &path, mistake);
        }
        self.entries.push(entry);
    }

    fn say(&mut self, origin: &Origin, path: &[Step], mistake: Mistake) {
        self.findings.at(origin.place(path), mistake);
    }
}

/// The id of a record that cannot be parsed as a whole.
fn written_id(record: &str) -> Option<String> {
    let id = if let Ok(root) = yaml::tree::parse(record) {
        root?.get("id")?.text()?.to_owned()
    } else {
        let line = record.lines().find_map(|line| line.trim_start_matches([' ', '{']).strip_prefix("id:"))?;
        line.split([',', '}']).next()?.trim().trim_matches(['"', '\'']).to_owned()
    };
    check_id(&id).is_ok().then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "title: 站\ndescription: 说明\nid: zhan\nsince: 2026\n";

    fn check(files: &[(&str, &str)], said: &[&str]) -> Entries {
        let mut findings = Findings::default();
        let all = files.iter().copied().chain([(SITE_PATH, SITE)]).map(|(path, text)| (path, text.as_bytes()));
        let inputs = Inputs::from_memory(all, &mut findings);
        let entries = read(&inputs, &mut findings);
        let found: Vec<String> = findings
            .sorted()
            .into_iter()
            .map(|d| {
                let place = d.place.map(|p| format!("{}:{}:{}", p.source.path, p.line_column().0, p.line_column().1));
                format!("{} {}", place.unwrap_or_default(), d.mistake.code.name())
            })
            .collect();
        assert_eq!(found, said);
        entries
    }

    #[test]
    fn a_list_is_read_record_by_record() {
        let text = "- id: a\n  title: 甲\n  level: town\n- id: b\n  title：乙\n  level: town\n- id: c\n  title: 丙\n  level: twon\n";
        let entries = check(
            &[("content/regions/x.yaml", text)],
            &["content/regions/x.yaml:5:8 full-width-colon", "content/regions/x.yaml:9:10 not-a-choice"],
        );
        assert_eq!(entries.entries.len(), 1);
        let broken: Vec<Option<String>> = entries.broken.into_iter().map(|broken| broken.id).collect();
        assert_eq!(broken, [Some("b".to_owned()), Some("c".to_owned())]);
        assert!(entries.poisoned.is_empty());
    }

    #[test]
    fn a_place_in_a_records_body_is_true() {
        let text = "- id: a\n  title: 甲\n  level: town\n  body: |\n    第一行\n    第二行有字\n";
        let entries = check(&[("content/regions.yaml", text)], &[]);
        let entry = &entries.entries[0];
        let at = entry.body().find("有字").expect("in the body");
        assert_eq!(entry.origin.body_place(&(at..at + 3)).line_column(), (6, 8));
    }

    #[test]
    fn folders_and_names_are_checked() {
        check(
            &[
                ("content/cuorses/a.md", "---\ntitle: a\n---\n"),
                ("content/topics/太极.md", "---\ntitle: a\n---\n"),
                ("content/topics/ok.md", "---\nid: ko\ntitle: a\n---\n"),
            ],
            &[
                "content/cuorses/a.md:1:1 unknown-folder",
                "content/topics/ok.md:2:5 id-mismatch",
                "content/topics/太极.md:1:1 bad-file-name",
            ],
        );
    }
}
