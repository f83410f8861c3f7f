//! Finds the project's files. Text files are read and their encoding is checked; of other files only the size is read.

pub mod junk;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::{Findings, Mistake};
use crate::source::{Place, Source, is_forbidden};
use junk::Junk;

/// Maximum size of a text that is read at all, in bytes. The limit for editors is in `site.yaml`.
const TEXT_CAP: u64 = 64 << 20;

/// Forbidden characters of a text that are reported one by one.
const FORBIDDEN_CAP: usize = 5;

/// The folders under the project's root that a build reads.
pub const TOPS: [&str; 2] = ["content", "themes"];

/// The project's files, ordered by path from the project's root, with `/` as separator, in NFC.
#[derive(Debug, Default)]
pub struct Inputs {
    files: BTreeMap<String, Input>,
}

/// One file.
#[derive(Clone, Debug)]
pub enum Input {
    /// A text.
    Text(Arc<Source>),
    /// A text that was reported: not UTF-8, or with a merge conflict. Its source is only for excerpts.
    Unreadable(Arc<Source>),
    /// Any other file.
    Blob(Blob),
}

/// A file whose bytes are read on demand.
#[derive(Clone, Debug)]
pub struct Blob {
    /// Its path from the project's root, as shown to editors.
    pub path: String,
    /// Its size in bytes.
    pub len: u64,
    bytes: Bytes,
}

#[derive(Clone, Debug)]
enum Bytes {
    Disk(Utf8PathBuf, Stamp),
    Memory(Arc<[u8]>),
}

/// Metadata that identifies the content of a file without reading it. Equal stamps mean equal bytes, unless they
/// changed within the resolution of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub len: u64,
    /// When the content changed, in nanoseconds since 1970.
    pub modified: i64,
    /// When the file's status changed (`ctime`), in nanoseconds since 1970.
    pub changed: i64,
    /// Inode number.
    pub inode: u64,
}

impl Stamp {
    #[cfg(unix)]
    fn of(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            len: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    fn of(metadata: &fs::Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(i64::MAX);
        Self { len: metadata.len(), modified, changed: modified, inode: 0 }
    }
}

impl Blob {
    /// Reads the bytes.
    ///
    /// # Errors
    /// A fault of the disk, with the path.
    pub fn read(&self) -> Result<Arc<[u8]>, Fault> {
        match &self.bytes {
            Bytes::Disk(path, _) => fs::read(path).map(Arc::from).map_err(|error| Fault::read(path, error)),
            Bytes::Memory(bytes) => Ok(Arc::clone(bytes)),
        }
    }

    /// Its stamp; `None` for a file in memory.
    pub fn stamp(&self) -> Option<Stamp> {
        match &self.bytes {
            Bytes::Disk(_, stamp) => Some(*stamp),
            Bytes::Memory(_) => None,
        }
    }
}

impl Inputs {
    /// Walks `content/` and `themes/` under `root`.
    ///
    /// # Errors
    /// A fault of the disk. Mistakes in files are reported to `findings`.
    pub fn from_disk(root: &Utf8Path, findings: &mut Findings) -> Result<Self, Fault> {
        let mut inputs = Self::default();
        for top in TOPS {
            let folder = root.join(top);
            match fs::symlink_metadata(&folder) {
                Ok(metadata) if metadata.is_symlink() => symlink(top, findings),
                Ok(_) => inputs.walk(&folder, top, findings)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Fault::read(&folder, error)),
            }
        }
        Ok(inputs)
    }

    /// Takes files from memory: a site in a test, or the starter embedded in the binary.
    pub fn from_memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>, findings: &mut Findings) -> Self {
        let mut inputs = Self::default();
        for (path, bytes) in files {
            if let Some((shown, junk)) = junk_in(path) {
                left_out(shown, junk, findings);
                continue;
            }
            inputs.add(path.nfc().collect(), bytes.len() as u64, Bytes::Memory(bytes.into()), findings);
        }
        inputs
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&Input> {
        self.files.get(path)
    }

    /// The text at a path.
    pub fn text(&self, path: &str) -> Option<&Arc<Source>> {
        match self.files.get(path)? {
            Input::Text(source) => Some(source),
            Input::Unreadable(_) | Input::Blob(_) => None,
        }
    }

    /// The files below a folder, in order, with their paths relative to it.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Input)> {
        let inside = move |path: &'a str| path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        self.files
            .range::<str, _>((std::ops::Bound::Included(folder), std::ops::Bound::Unbounded))
            .skip_while(move |(path, _)| inside(path).is_none() && path.starts_with(folder))
            .map_while(move |(path, input)| inside(path).map(|rest| (rest, input)))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn walk(&mut self, folder: &Utf8Path, shown: &str, findings: &mut Findings) -> Result<(), Fault> {
        let fault = |error| Fault::read(folder, error);
        let mut entries: Vec<_> = fs::read_dir(folder).map_err(fault)?.collect::<Result<_, _>>().map_err(fault)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                let shown = format!("{shown}/{}", entry.file_name().to_string_lossy());
                findings.at(Place::file(&Source::new(shown.clone(), "")), say::bad_path(&shown));
                continue;
            };
            let is_verbatim = shown == STATIC || shown.starts_with(&format!("{STATIC}/"));
            if is_verbatim && let Some(junk) = junk::of(&name) {
                left_out(&format!("{shown}/{}", name.nfc()), junk, findings);
                continue;
            }
            if is_ignored(&name, is_verbatim) {
                continue;
            }
            let path = folder.join(&name);
            let shown = format!("{shown}/{}", name.nfc());
            let kind = entry.file_type().map_err(|error| Fault::read(&path, error))?;
            if kind.is_symlink() {
                symlink(&shown, findings);
            } else if kind.is_dir() {
                self.walk(&path, &shown, findings)?;
            } else if kind.is_file() {
                let metadata = entry.metadata().map_err(|error| Fault::read(&path, error))?;
                self.load(shown, &metadata, path, findings)?;
            }
        }
        Ok(())
    }

    fn load(
        &mut self,
        shown: String,
        metadata: &fs::Metadata,
        path: Utf8PathBuf,
        findings: &mut Findings,
    ) -> Result<(), Fault> {
        let len = metadata.len();
        let bytes = if is_text(&shown) && len <= TEXT_CAP {
            Bytes::Memory(fs::read(&path).map_err(|error| Fault::read(&path, error))?.into())
        } else {
            Bytes::Disk(path, Stamp::of(metadata))
        };
        self.add(shown, len, bytes, findings);
        Ok(())
    }

    fn add(&mut self, path: String, len: u64, bytes: Bytes, findings: &mut Findings) {
        if let Some(c) = path.chars().find(|c| c.is_control() || is_forbidden(*c)) {
            let shown = path.replace(|c: char| c.is_control() || is_forbidden(c), "\u{fffd}");
            findings.at(Place::file(&Source::new(shown.clone(), "")), say::forbidden_in_name(&shown, c));
            return;
        }
        let input = match bytes {
            Bytes::Memory(bytes) if is_text(&path) => decode(&path, &bytes, findings),
            Bytes::Disk(..) if is_text(&path) => {
                let source = Source::new(path.clone(), "");
                findings.at(Place::file(&source), say::too_large(&path, len >> 10, TEXT_CAP >> 10));
                Input::Unreadable(source)
            }
            bytes => Input::Blob(Blob { path: path.clone(), len, bytes }),
        };
        if self.files.contains_key(&path) {
            // Two files whose names are the same in NFC would have one address.
            findings.at(Place::file(&Source::new(path.clone(), "")), say::file_twice(&path));
        }
        self.files.insert(path, input);
    }
}

/// The folder of files that are copied verbatim.
const STATIC: &str = "content/static";

/// The first file or folder on a path that is not published, among those copied verbatim.
fn junk_in(path: &str) -> Option<(&str, Junk)> {
    let rest = path.strip_prefix(STATIC)?.strip_prefix('/')?;
    let mut end = path.len() - rest.len();
    rest.split('/').find_map(|name| {
        end += name.len();
        let junk = junk::of(name).map(|junk| (&path[..end], junk));
        end += 1;
        junk
    })
}

fn left_out(shown: &str, junk: Junk, findings: &mut Findings) {
    let mistake = match junk {
        Junk::Secret => say::secret_file(shown),
        Junk::Leftover => say::left_out(shown),
    };
    findings.at(Place::file(&Source::new(shown, "")), mistake);
}

fn symlink(shown: &str, findings: &mut Findings) {
    findings.at(Place::file(&Source::new(shown, "")), say::symlink(shown));
}

/// Whether a file is ignored: hidden files and temporary files of editors. Hidden files among those copied verbatim
/// (`verbatim`) are published, such as `.well-known`.
pub fn is_ignored(name: &str, verbatim: bool) -> bool {
    let left_behind = matches!(name, "Thumbs.db" | "desktop.ini" | ".DS_Store" | ".gitkeep" | ".gitignore" | ".git");
    let temporary = name.starts_with('~')
        || name.starts_with(".#")
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || name.ends_with('~')
        || name.rsplit_once('.').is_some_and(|(_, end)| end == "swp");
    left_behind || temporary || (name.starts_with('.') && !verbatim)
}

/// Extensions of a theme's text files.
pub const THEME_TEXTS: [&str; 5] = [".html", ".css", ".js", ".yaml", ".xml"];

/// Whether a file is read as text. Files that are published verbatim are not.
fn is_text(path: &str) -> bool {
    let text = |suffix: &str| path.len() > suffix.len() && path.ends_with(suffix);
    match path.split_once('/') {
        Some(("content", rest)) => {
            !rest.starts_with("static/") && (text(".md") || text(".yaml") || text(".yml")) && rest != "README.md"
        }
        Some(("themes", _)) => THEME_TEXTS.into_iter().any(text),
        _ => false,
    }
}

fn decode(path: &str, bytes: &[u8], findings: &mut Findings) -> Input {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let (place, mistake) = not_utf8(path, bytes);
        let source = Arc::clone(&place.source);
        findings.at(place, mistake);
        return Input::Unreadable(source);
    };
    let source = Source::new(path, text);
    match conflict(&source.text) {
        Some(range) => {
            findings.at(Place::new(&source, range), say::conflict_marker());
            Input::Unreadable(source)
        }
        None => Input::Text(visible(source, findings)),
    }
}

/// A text without forbidden characters, each of which is reported. All texts of the project come through here, so that none of them reaches
/// what is published.
fn visible(source: Arc<Source>, findings: &mut Findings) -> Arc<Source> {
    let (clean, found) = source.without_forbidden();
    for (at, c) in found.iter().take(FORBIDDEN_CAP) {
        let range = *at..at + char::REPLACEMENT_CHARACTER.len_utf8();
        findings.at(Place::new(&clean, range), say::forbidden_character(*c));
    }
    if let Some((at, _)) = found.get(FORBIDDEN_CAP) {
        let range = *at..at + char::REPLACEMENT_CHARACTER.len_utf8();
        findings.at(Place::new(&clean, range), say::more_forbidden(found.len() - FORBIDDEN_CAP));
    }
    clean
}

/// The mistake for a text that is not UTF-8, placed at its first non-ASCII character and shown in the encoding that
/// fits. A text with valid UTF-8 Han before the first invalid byte counts as damaged UTF-8, placed at that byte.
fn not_utf8(path: &str, bytes: &[u8]) -> (Place, Mistake) {
    let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    let head = String::from_utf8_lossy(&bytes[..good]);
    if head.chars().any(|c| matches!(c, '\u{3000}'..='\u{9fff}')) {
        let at = head.trim_start_matches('\u{feff}').replace("\r\n", "\n").len();
        let source = Source::new(path, &String::from_utf8_lossy(bytes));
        let end = source.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        return (Place::new(&source, at..end), say::not_utf8(None));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    let (text, _, wrong) = guess.decode(bytes);
    let source = Source::new(path, &text);
    let at = source.text.find(|c: char| !c.is_ascii()).unwrap_or(0);
    let end = source.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    (Place::new(&source, at..end), say::not_utf8((!wrong).then(|| guess.name())))
}

/// The first marker of a merge conflict. A line of `=` counts only after `<`, since it is also a heading in Markdown.
fn conflict(text: &str) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            return Some(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(files: &[(&str, &[u8])]) -> (Inputs, Vec<String>) {
        let mut findings = Findings::default();
        let inputs = Inputs::from_memory(files.iter().copied(), &mut findings);
        let said = findings
            .sorted()
            .into_iter()
            .map(|d| format!("{:?} {}", d.place.map(|p| p.line_column()), d.mistake.code.name()));
        (inputs, said.collect())
    }

    #[test]
    fn gbk_is_named_at_its_first_character() {
        let (bytes, _, _) = encoding_rs::GBK.encode("title: ok\nsummary: 太极拳的课程介绍\n");
        let (inputs, said) = load(&[("content/courses/a.md", &bytes)]);
        assert!(matches!(inputs.get("content/courses/a.md"), Some(Input::Unreadable(_))));
        assert_eq!(said, ["Some((2, 10)) not-utf8"]);
    }

    #[test]
    fn files_below_a_folder_come_without_those_that_only_share_its_name() {
        let (inputs, _) = load(&[("content/a/x.md", b""), ("content/a-b/y.md", b""), ("content/a/z/w.md", b"")]);
        let below: Vec<&str> = inputs.below("content/a").map(|(path, _)| path).collect();
        assert_eq!(below, ["x.md", "z/w.md"]);
    }

    #[test]
    fn a_conflict_is_no_content() {
        let (_, said) = load(&[("content/a.md", b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n")]);
        assert_eq!(said, ["Some((2, 1)) conflict-marker"]);
    }
}
