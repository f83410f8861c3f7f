//! Reads files into entries: each is one record or one Markdown file, as plain typed structs with their origin.
//!
//! Entries are read independently. An entry that cannot be read is reported once and keeps its id, so that references
//! to it are not reported as well.

pub mod synonyms;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use serde::de::Deserialize as _;

use crate::content::sample::Placeholders;
use crate::content::site::{Limits, Site};
use crate::content::slot::{self, Slot};
use crate::content::value::{Malformed, check_id, propose_id_for};
use crate::content::walk::{Step, Use, uses};
use crate::content::{Common, Kind, Own, everyday, for_own, rules, schema};
use crate::diag::catalogue as say;
use crate::diag::{Findings, Mistake, nearest};
use crate::load::{Input, Inputs, misnamed};
use crate::markdown;
use crate::source::{Place, Source};
use crate::yaml::tree::{Style, Value};
use crate::yaml::{self, Mistakes, Reference, Refused};

/// Path of the settings.
pub const SITE_PATH: &str = "content/site.yaml";

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// The settings and their origin; `None` if they had errors, which were reported.
    pub site: Option<(Site, Origin)>,
    /// The entries, by path and position.
    pub entries: Vec<Arc<Entry>>,
    /// Entries that could not be read.
    pub broken: Vec<BrokenEntry>,
    /// Kinds with a file so damaged that its ids are unknown.
    pub poisoned: BTreeSet<Kind>,
    /// The words of the same meaning; `None` without a table of the portal's own.
    pub synonyms: Option<synonyms::Groups>,
    /// Texts that could not be read completely. Files they mention may be in use.
    pub unread: Vec<Arc<Source>>,
}

/// One record or file.
#[derive(Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The fields that every kind has.
    pub common: Common,
    /// The fields of its kind.
    pub own: Own,
    /// What its fields refer to, as written.
    pub uses: Vec<Use>,
    /// Headings, links and pictures of its body.
    pub scan: markdown::Body,
    /// All its sessions, in order of time.
    pub slots: Vec<Slot>,
    /// The order of its title among others.
    pub pinyin: Arc<str>,
    /// Texts that are there to be replaced.
    pub placeholders: Placeholders,
    /// Where it was written.
    pub origin: Origin,
    /// See [`fields`](Self::fields).
    fields: OnceLock<Option<Hash>>,
}

/// An entry with errors in its fields: keeps its id, and the body, which is checked all the same.
#[derive(Clone, Debug)]
pub struct BrokenEntry {
    /// The kind.
    pub kind: Kind,
    /// The id, if it is known.
    pub id: Option<String>,
    /// Its title, if it is known.
    pub title: Option<String>,
    /// The body of a record, if it is known.
    record_body: Option<String>,
    /// Where it was written.
    pub origin: Origin,
    /// References that could be read, with their place in the file.
    pub references: Vec<Reference>,
}

impl BrokenEntry {
    /// An entry of which nothing but its id could be read.
    fn new(kind: Kind, id: Option<String>, origin: Origin) -> Self {
        Self { kind, id, title: None, record_body: None, origin, references: Vec::new() }
    }

    /// An entry whose fields hold, but which has no id.
    fn nameless(kind: Kind, origin: Origin) -> Self {
        let (text, _) = origin.yaml();
        Self::refused(kind, None, origin, yaml::inspect(&text, &schema::of_kind(kind)))
    }

    /// An entry whose fields were refused.
    fn refused(kind: Kind, id: Option<String>, origin: Origin, refused: Refused) -> Self {
        let offset = origin.yaml_start();
        let moved = |reference: Reference| Reference {
            range: offset + reference.range.start..offset + reference.range.end,
            ..reference
        };
        let references = refused.references.into_iter().map(moved).collect();
        Self { kind, id, title: refused.title, record_body: refused.body, origin, references }
    }

    /// Its body in Markdown, if it could be found.
    pub fn body(&self) -> Option<&str> {
        match &self.origin.form {
            Form::Markdown { body, .. } => Some(&self.origin.source.text[body.clone()]),
            Form::Record { .. } => self.record_body.as_deref(),
        }
    }
}

impl Entry {
    fn new(id: String, common: Common, own: Own, origin: Origin) -> Self {
        let mut uses = uses(&common);
        uses.extend(own.uses());
        let pinyin = own.kind().pinyin_key(&common.title).into();
        let slots = slot::slots(&own);
        let (scan, placeholders) = (markdown::Body::default(), Placeholders::default());
        let fields = OnceLock::new();
        let mut entry = Self { id, common, own, uses, scan, slots, pinyin, placeholders, origin, fields };
        entry.scan = markdown::read(entry.body());
        entry.placeholders = Placeholders::of(&entry.common, &entry.own, entry.body());
        entry
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.own.kind()
    }

    /// A hash of its fields, without the texts that only its own page and its lines in lists show: title, summary and body. What takes place
    /// is sorted by its title too. `None` if it cannot be told. Made when it is first asked for.
    pub fn fields(&self) -> Option<Hash> {
        *self.fields.get_or_init(|| {
            let (title, summary, body) = (String::new(), None, None);
            let common = Common { title, summary, body, ..self.common.clone() };
            let sorted = if self.slots.is_empty() { "" } else { &*self.pinyin };
            let common = rmp_serde::to_vec(&(self.kind().folder(), common, sorted)).ok()?;
            let own = for_own!(&self.own, own => rmp_serde::to_vec(own)).ok()?;
            Some(Hasher::new().update(&common).update(&own).finalize())
        })
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

    /// Whether byte `at` of the file belongs to the entry.
    pub fn holds(&self, at: usize) -> bool {
        match &self.form {
            Form::Markdown { front, body } => front.contains(&at) || body.contains(&at),
            Form::Record { range } => range.contains(&at),
        }
    }

    /// The keys of its values, for questions about many places.
    pub fn keys(&self) -> Keys<'_> {
        Keys { origin: self, root: OnceCell::new() }
    }

    fn yaml(&self) -> (String, usize) {
        match &self.form {
            Form::Markdown { front, .. } => (self.source.text[front.clone()].to_owned(), front.start),
            Form::Record { range } => (yaml::record_text(&self.source.text[range.clone()]), range.start),
        }
    }

    fn yaml_start(&self) -> usize {
        match &self.form {
            Form::Markdown { front: range, .. } | Form::Record { range } => range.start,
        }
    }
}

/// The keys of an entry's values. Its YAML is parsed once, when something in it is asked for.
#[derive(Debug)]
pub struct Keys<'a> {
    origin: &'a Origin,
    root: OnceCell<Option<yaml::tree::Node>>,
}

impl Keys<'_> {
    /// The keys above the value that holds byte `at` of the file, such as `enrol`, `phone`; none in the body of a Markdown
    /// file. `None` where nothing is published: in a comment, or outside of the entry.
    pub fn at(&self, at: usize) -> Option<Vec<String>> {
        let yaml = match &self.origin.form {
            Form::Markdown { front, body } if !front.contains(&at) => return body.contains(&at).then(Vec::new),
            Form::Markdown { front, .. } => front,
            Form::Record { range } => range,
        };
        if !yaml.contains(&at) {
            return None;
        }
        let root = self.root.get_or_init(|| yaml::tree::parse(&self.origin.yaml().0).ok().flatten());
        root.as_ref().map_or_else(|| Some(Vec::new()), |root| root.keys_at(at - yaml.start))
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

/// What the files said that were read last. A file whose text is the same value says the same again.
#[derive(Debug, Default)]
pub struct Memory {
    files: HashMap<String, (Arc<Source>, Arc<FileRead>)>,
}

impl Memory {
    fn get(&self, input: &Input) -> Option<Arc<FileRead>> {
        let Input::Text(source) = input else { return None };
        let (known, read) = self.files.get(&source.path)?;
        Arc::ptr_eq(known, source).then(|| Arc::clone(read))
    }

    fn keep<'a>(&mut self, read: impl Iterator<Item = (&'a Input, &'a Arc<FileRead>)>) {
        let texts = read.filter_map(|(input, read)| match input {
            Input::Text(source) => Some((source.path.clone(), (Arc::clone(source), Arc::clone(read)))),
            Input::Unreadable(_) | Input::Blob(_) => None,
        });
        self.files = texts.collect();
    }
}

/// Reads all content.
pub fn read(inputs: &Inputs, findings: &mut Findings) -> Entries {
    read_again(inputs, None, findings)
}

/// Reads all content; what the memory knows is not read again.
pub fn read_again(inputs: &Inputs, memory: Option<&mut Memory>, findings: &mut Findings) -> Entries {
    let mut entries =
        Entries { site: read_site(inputs, findings), synonyms: read_synonyms(inputs, findings), ..Entries::default() };
    if let Some((site, origin)) = &entries.site {
        limits(inputs, &site.limits, origin, findings);
    }
    let mut files = Vec::new();
    let mut strange = BTreeSet::new();
    for (path, input) in inputs.below("content") {
        if let (Input::Blob(blob), Some(ending)) = (input, misnamed(path)) {
            let source = Source::new(blob.path.clone(), "");
            findings.at(Place::file(&source), say::wrong_extension(path.rsplit('/').next().unwrap_or(path), ending));
            entries.misnamed(path, ending, source);
        }
        let Input::Blob(_) = input else {
            match kind_of(path) {
                Belongs::Kind(kind) => files.push((kind, path, input)),
                Belongs::Strange(folder) => {
                    if strange.insert(folder) {
                        let source = inputs.text(&format!("content/{path}")).cloned();
                        let source = source.unwrap_or_else(|| Source::new(format!("content/{path}"), ""));
                        let near = nearest(folder, Kind::ALL.iter().map(|kind| kind.folder()));
                        let near = everyday::kind(folder).map(Kind::folder).or(near);
                        let mistake = match misnamed(path) {
                            Some(ending) => say::wrong_extension(path, ending),
                            None => say::unknown_folder(folder, near),
                        };
                        findings.at(Place::file(&source), mistake);
                    }
                }
                Belongs::Own => {}
            }
            continue;
        };
    }
    let known = |input: &Input| memory.as_ref().and_then(|memory| memory.get(input));
    let read = files
        .par_iter()
        .map(|(kind, path, input)| known(input).unwrap_or_else(|| Arc::new(read_file(*kind, path, input))));
    let read: Vec<Arc<FileRead>> = read.collect();
    for file in &read {
        entries.unread.extend(file.unread.iter().cloned());
        entries.entries.extend(file.entries.iter().cloned());
        entries.broken.extend(file.broken.iter().cloned());
        entries.poisoned.extend(file.poisoned);
        findings.extend(file.findings.clone());
    }
    if let Some(memory) = memory {
        memory.keep(files.iter().map(|(_, _, input)| *input).zip(&read));
    }
    entries
}

impl Entries {
    /// Keeps the id of an entry in a file with a wrong extension, so that references to it are not reported as well.
    fn misnamed(&mut self, path: &str, ending: &str, source: Arc<Source>) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name);
        let top = path.split_once('/').map_or(stem, |(folder, _)| folder);
        let Some(kind) = Kind::from_folder(top) else { return };
        if ending == ".md" {
            let origin = Origin { source, form: Form::Markdown { front: 0..0, body: 0..0 } };
            self.broken.push(BrokenEntry::new(kind, Some(stem.to_owned()), origin));
        } else {
            self.poisoned.insert(kind);
        }
    }
}

/// The role of a text under `content/`.
enum Belongs<'a> {
    Kind(Kind),
    /// In a folder that belongs to no kind.
    Strange(&'a str),
    /// The settings, or the words of the same meaning.
    Own,
}

fn kind_of(path: &str) -> Belongs<'_> {
    if path == "site.yaml" || path == "synonyms.yaml" {
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

fn read_synonyms(inputs: &Inputs, findings: &mut Findings) -> Option<synonyms::Groups> {
    let Some(Input::Text(source)) = inputs.get(synonyms::PATH) else { return None };
    let (groups, mistakes) = synonyms::read(&source.text);
    report(findings, source, 0, mistakes);
    Some(groups)
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
        Ok((site, doubts)) => {
            report(findings, source, 0, doubts);
            let mut broken = Vec::new();
            rules::blanks(&site, &mut broken);
            for (path, mistake) in broken {
                findings.at(origin.place(&path), mistake);
            }
            Some((site, origin))
        }
        Err(refused) => {
            report(findings, source, 0, refused.all());
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

#[derive(Debug, Default)]
struct FileRead {
    entries: Vec<Arc<Entry>>,
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
            Err(_) => {
                // `a.md.md`, as it is written where extensions are hidden.
                let bare = stem.trim_end_matches(".md").trim_end_matches(".MD");
                Some(say::bad_file_name(stem, propose_id_for(kind, bare).as_deref()))
            }
        };
        let id = if mistake.is_none() { Some(stem.to_owned()) } else { None };
        if let Some(mistake) = mistake {
            self.findings.at(Place::file(source), mistake);
        }
        let (front, body) = match yaml::split_front_matter(text) {
            Ok(split) => {
                report(&mut self.findings, source, 0, split.mistakes);
                (split.front, split.body)
            }
            Err((at, mistake)) => {
                self.findings.at(Place::new(source, at), mistake);
                let body = 0..text.len();
                let origin = Origin { source: Arc::clone(source), form: Form::Markdown { front: 0..0, body } };
                return self.broken.push(BrokenEntry::new(kind, id, origin));
            }
        };
        let origin = Origin { source: Arc::clone(source), form: Form::Markdown { front: front.clone(), body } };
        let read = yaml::read(&text[front.clone()], || schema::of_kind(kind), |deserializer| kind.read(deserializer));
        match read {
            Ok(((common, own), doubts)) => {
                report(&mut self.findings, source, front.start, doubts);
                if let (Some(written), Some(id)) = (&common.id, &id)
                    && written.as_str() != id
                {
                    self.findings.at(origin.place(&["id".into()]), say::id_mismatch(written.as_str(), id));
                }
                match id {
                    Some(id) => self.entry(Entry::new(id, common, own, origin)),
                    None => self.broken.push(BrokenEntry::nameless(kind, origin)),
                }
            }
            Err(refused) => self.refused(kind, id, origin, *refused),
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
                    _ if line.starts_with('-') && !line.starts_with("--") => say::yaml_dash(),
                    _ if matches!(line, "---" | "...") => say::second_list(line),
                    _ => say::not_a_list(),
                };
                self.findings.at(Place::new(source, at), mistake);
                self.poisoned = Some(kind);
                return;
            }
        };
        for at in records.undashed {
            let mistake = say::missing_dash(&text[at.clone()]);
            self.findings.at(Place::new(source, at), mistake);
        }
        for range in records.ranges {
            let record = yaml::record_text(&text[range.clone()]);
            let origin = Origin { source: Arc::clone(source), form: Form::Record { range: range.clone() } };
            let read = yaml::read(&record, || schema::of_kind(kind), |deserializer| kind.read(deserializer));
            match read {
                Ok(((common, own), doubts)) => {
                    report(&mut self.findings, source, range.start, doubts);
                    match common.id.clone() {
                        Some(id) => self.entry(Entry::new(id.to_string(), common, own, origin)),
                        None => {
                            self.findings
                                .at(origin.start(), say::missing_id(propose_id_for(kind, &common.title).as_deref()));
                            self.broken.push(BrokenEntry::nameless(kind, origin));
                        }
                    }
                }
                Err(refused) => {
                    let id = refused.id.clone().or_else(|| written_id(&record)).filter(|id| check_id(id).is_ok());
                    if id.is_none() {
                        self.poisoned = Some(kind);
                    }
                    self.refused(kind, id, origin, *refused);
                }
            }
        }
    }

    /// Reports what can be told of an entry that cannot be used.
    fn refused(&mut self, kind: Kind, id: Option<String>, origin: Origin, mut refused: Refused) {
        let offset = origin.yaml_start();
        report(&mut self.findings, &origin.source, offset, std::mem::take(&mut refused.mistakes));
        let repaired = refused.repaired.as_ref().and_then(|repaired| Some((repaired, &repaired.tree.as_ref()?.0)));
        if let Some((repaired, text)) = repaired
            && let Ok((common, own)) = kind.read(serde_yaml::Deserializer::from_str(text))
        {
            let broken = own.rules(&common).into_iter();
            let placed = broken.filter_map(|(path, mistake)| Some((repaired.place(&path)?, mistake)));
            report(&mut self.findings, &origin.source, offset, placed.collect());
        }
        self.broken.push(BrokenEntry::refused(kind, id, origin, refused));
    }

    fn entry(&mut self, entry: Entry) {
        for (path, mistake) in entry.own.rules(&entry.common) {
            self.say(&entry.origin, &path, mistake);
        }
        self.entries.push(Arc::new(entry));
    }

    fn say(&mut self, origin: &Origin, path: &[Step], mistake: Mistake) {
        self.findings.at(origin.place(path), mistake);
    }
}

/// The id of a record that could not be made readable either.
fn written_id(record: &str) -> Option<String> {
    let line = record.lines().find_map(|line| line.trim_start_matches([' ', '{']).strip_prefix("id:"))?;
    Some(line.split([',', '}']).next()?.trim().trim_matches(['"', '\'']).to_owned())
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
                ("content/courses/a.MD", "---\ntitle: a\n---\n"),
                ("content/courses/b.md.txt", "---\ntitle: a\n---\n"),
                ("content/venues.YAML", "- {id: a}\n"),
                ("content/files/c.md.txt", "x"),
                ("content/topics/太极.md", "---\ntitle: a\n---\n"),
                ("content/topics/ok.md", "---\nid: ko\ntitle: a\n---\n"),
            ],
            &[
                "content/courses/a.MD:1:1 bad-file-name",
                "content/courses/b.md.txt:1:1 bad-file-name",
                "content/cuorses/a.md:1:1 unknown-folder",
                "content/topics/ok.md:2:5 id-mismatch",
                "content/topics/太极.md:1:1 bad-file-name",
                "content/venues.YAML:1:1 bad-file-name",
            ],
        );
    }
}
