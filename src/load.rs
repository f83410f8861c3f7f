//! Finds the project's files. Text files are read and their encoding is checked; of other files only the size is read.

pub mod fingerprint;
pub mod history;
pub mod junk;
pub mod regular;
mod walk;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::content::Kind;
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::{Findings, Mistake};
use crate::source::{Place, Source, is_forbidden, seen};
use fingerprint::Fingerprint;
use history::History;
use junk::Junk;
use regular::read_regular;
use walk::Walk;

/// Maximum size of a text that is read at all, in bytes. The limit for editors is in `site.yaml`.
const TEXT_CAP: u64 = 64 << 20;

/// Forbidden characters of a text that are reported one by one.
const FORBIDDEN_CAP: usize = 5;

/// The folders under the project's root that a build reads.
pub const TOPS: [&str; 2] = ["content", "themes"];

/// The project's files, ordered by path from the project's root, with `/` as separator, in NFC.
#[derive(Debug, Default)]
pub struct Inputs {
    files: BTreeMap<String, Known>,
    /// Their paths in lower case, with those as they are; made when they are first asked for.
    folded: OnceLock<HashMap<String, String>>,
    /// Their history, if it counts.
    history: Option<Arc<History>>,
    /// Of the files' names and metadata on the disk.
    fingerprint: Option<Fingerprint>,
    /// Of the folders on the disk.
    folders: Option<Fingerprint>,
}

/// A file, and what is known of it.
#[derive(Clone, Debug)]
struct Known {
    input: Input,
    /// The stamp of a text on the disk that will not have to be read again while it is the same.
    settled: Option<Stamp>,
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
    /// That of a file.
    #[cfg(unix)]
    pub fn of(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            len: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    /// That of a file.
    #[cfg(not(unix))]
    pub fn of(metadata: &fs::Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(i64::MAX);
        Self { len: metadata.len(), modified, changed: modified, inode: 0 }
    }
}

/// How long a file must have been left alone before it is read, so that its stamp tells whether it changed afterwards: longer than
/// the resolution of any file system's clock (FAT: 2 s), in nanoseconds.
const SETTLED: i64 = 3_000_000_000;

impl Stamp {
    /// The present, in nanoseconds since 1970.
    fn now() -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok();
        since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
    }

    /// Whether a file that is read at this moment will have another stamp if it changes.
    fn is_settled(&self, now: i64) -> bool {
        self.modified.max(self.changed) < now - SETTLED
    }
}

impl Blob {
    /// Reads the bytes.
    ///
    /// # Errors
    /// A fault of the disk, with the path.
    pub fn read(&self) -> Result<Arc<[u8]>, Fault> {
        match &self.bytes {
            Bytes::Disk(path, _) => {
                read_regular(path.as_std_path()).map(Arc::from).map_err(|error| Fault::read(path, error))
            }
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
    /// Faults of the disk, one for each file and folder that cannot be read. Mistakes in files are reported to
    /// `findings`.
    pub fn from_disk(root: &Utf8Path, findings: &mut Findings) -> Result<Self, Fault> {
        Self::default().again(root, findings)
    }

    /// The files as they are now. Texts that did not change since they were read are the same values.
    ///
    /// # Errors
    /// Those of [`from_disk`](Self::from_disk).
    pub fn again(&self, root: &Utf8Path, findings: &mut Findings) -> Result<Self, Fault> {
        self.at(Stamp::now(), root, findings)
    }

    /// The files as they are at a moment, in nanoseconds since 1970.
    fn at(&self, since: i64, root: &Utf8Path, findings: &mut Findings) -> Result<Self, Fault> {
        let mut walk = Walk::new(self, since, findings);
        for top in TOPS {
            walk.top(&root.join(top), top);
        }
        walk.finish()
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

    /// The same files, of which one asks when they were committed.
    #[must_use]
    pub fn with_history(self, history: History) -> Self {
        Self { history: Some(Arc::new(history)), ..self }
    }

    /// The history of the files, if it counts.
    pub fn history(&self) -> Option<&Arc<History>> {
        self.history.as_ref()
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&Input> {
        self.files.get(path).map(|known| &known.input)
    }

    /// Tells whether files changed, without comparing them; `None` for files in memory.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.fingerprint
    }

    /// Tells whether folders were made, removed or replaced; `None` for files in memory.
    pub fn folders(&self) -> Option<Fingerprint> {
        self.folders
    }

    /// The file at a path, if it is the same as when it was read.
    fn unchanged(&self, path: &str, stamp: Stamp) -> Option<&Known> {
        self.files.get(path).filter(|known| known.settled == Some(stamp))
    }

    /// A hash of the bytes of all texts, of their history if it counts, and of what tells whether other files changed; `None` while one of
    /// these changed so recently that its stamp does not tell.
    pub fn hash(&self) -> Option<blake3::Hash> {
        let now = Stamp::now();
        let mut hasher = blake3::Hasher::new();
        for (path, Known { input, .. }) in &self.files {
            hasher.update(&path.len().to_le_bytes()).update(path.as_bytes());
            match input {
                Input::Text(source) | Input::Unreadable(source) => {
                    hasher.update(b"t").update(&source.text.len().to_le_bytes()).update(source.text.as_bytes());
                }
                Input::Blob(Blob { bytes: Bytes::Disk(_, stamp), .. }) => {
                    let Stamp { len, modified, changed, inode } = stamp;
                    hasher.update(b"d").update(&len.to_le_bytes()).update(&modified.to_le_bytes());
                    hasher.update(&changed.to_le_bytes()).update(&inode.to_le_bytes());
                    if !stamp.is_settled(now) {
                        return None;
                    }
                }
                Input::Blob(Blob { bytes: Bytes::Memory(bytes), .. }) => {
                    hasher.update(b"m").update(&bytes.len().to_le_bytes()).update(bytes);
                }
            }
        }
        if let Some(history) = &self.history {
            hasher.update(b"history");
            history.feed(&mut hasher);
        }
        Some(hasher.finalize())
    }

    /// The path of a file that differs from this one only in upper and lower case.
    pub fn in_other_case(&self, path: &str) -> Option<&str> {
        let folded = || self.files.keys().map(|path| (path.to_lowercase(), path.clone())).collect();
        self.folded.get_or_init(folded).get(&path.to_lowercase()).map(String::as_str)
    }

    /// The text at a path.
    pub fn text(&self, path: &str) -> Option<&Arc<Source>> {
        match self.get(path)? {
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
            .map_while(move |(path, known)| inside(path).map(|rest| (rest, &known.input)))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn add(&mut self, path: String, len: u64, bytes: Bytes, findings: &mut Findings) {
        if let Some(c) = path.chars().find(|c| c.is_control() || is_forbidden(*c)) {
            let shown: String =
                path.chars().map(|c| if c.is_control() || is_forbidden(c) { seen(c) } else { c }).collect();
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
        self.files.insert(path, Known { input, settled: None });
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

/// The extension that a file under `content/` should have, if it is one of content with another: `a.MD`, `a.md.txt`, `site.yml`.
pub fn misnamed(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next()?.to_lowercase();
    let (stem, _) = name.split_once('.')?;
    let top = path.split_once('/').map_or(stem, |(folder, _)| folder);
    let is_content = Kind::from_folder(top).is_some() || (top == stem && stem == "site");
    let name = name.trim_end_matches(".txt");
    let ending = match name.rsplit_once('.')?.1 {
        "md" | "markdown" | "mdown" | "mkd" => ".md",
        "yaml" | "yml" => ".yaml",
        _ => return None,
    };
    (is_content && !path.ends_with(ending)).then_some(ending)
}

fn decode(path: &str, bytes: &[u8], findings: &mut Findings) -> Input {
    let text = if is_wide(bytes) { None } else { std::str::from_utf8(bytes).ok() };
    let Some(text) = text else {
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
        let range = *at..at + seen(*c).len_utf8();
        findings.at(Place::new(&clean, range), say::forbidden_character(*c, seen(*c)));
    }
    if let Some((at, c)) = found.get(FORBIDDEN_CAP) {
        let range = *at..at + seen(*c).len_utf8();
        findings.at(Place::new(&clean, range), say::more_forbidden(found.len() - FORBIDDEN_CAP));
    }
    clean
}

/// Byte order marks of UTF-16, little and big end first.
const WIDE_MARKS: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// Whether the bytes may be UTF-16. Han in it may by chance be valid UTF-8, but its line ends hold a zero.
fn is_wide(bytes: &[u8]) -> bool {
    WIDE_MARKS.iter().any(|mark| bytes.starts_with(mark))
        || (memchr::memchr(0, bytes).is_some() && utf16(bytes).is_some())
}

/// The encoding of a text in UTF-16: by its mark, or by the side on which the zeros of its ASCII characters are.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(&WIDE_MARKS[0]) {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(&WIDE_MARKS[1]) {
        return Some(UTF_16BE);
    }
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = |zeros: usize| zeros * 20 >= head.len() && zeros >= 2;
    // Every text begins with an ASCII character: a fence, a dash, a field or a comment.
    let begins = |side: usize| head.get(side) == Some(&0);
    let guess = match (many(even), many(odd)) {
        (false, true) if even * 8 < odd && begins(1) => UTF_16LE,
        (true, false) if odd * 8 < even && begins(0) => UTF_16BE,
        _ => return None,
    };
    // Zeros in a text of another encoding make no lines.
    let (text, _, wrong) = guess.decode(bytes);
    (!wrong && text.contains('\n')).then_some(guess)
}

/// The first bytes of ZIP (new office files) and of the old office files.
const OFFICE: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// The mistake for a text that is not UTF-8, placed at its first non-ASCII character and shown in the encoding that
/// fits. A text with valid UTF-8 Han before the first invalid byte counts as damaged UTF-8, placed at that byte.
fn not_utf8(path: &str, bytes: &[u8]) -> (Place, Mistake) {
    if OFFICE.iter().any(|start| bytes.starts_with(start)) {
        return (Place::file(&Source::new(path, "")), say::not_text());
    }
    if let Some(wide) = utf16(bytes) {
        let (text, _, _) = wide.decode(bytes);
        return (first_han(path, &text), say::not_utf8(Some(wide.name())));
    }
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
    (first_han(path, &text), say::not_utf8((!wrong).then(|| guess.name())))
}

/// The place of the first character in a text that is not ASCII.
fn first_han(path: &str, text: &str) -> Place {
    let source = Source::new(path, text);
    let at = source.text.find(|c: char| !c.is_ascii()).unwrap_or(0);
    let end = source.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    Place::new(&source, at..end)
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

    /// A folder, and its files as they would be read long after they were written.
    fn later(former: &Inputs, folder: &tempfile::TempDir) -> (Inputs, usize) {
        let mut findings = Findings::default();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        (former.at(i64::MAX, root, &mut findings).unwrap(), findings.len())
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/pages")).unwrap();
        for (path, text) in files {
            fs::write(folder.path().join("content/pages").join(path), text).unwrap();
        }
        folder
    }

    fn text<'a>(inputs: &'a Inputs, path: &str) -> &'a Arc<Source> {
        inputs.text(&format!("content/pages/{path}")).unwrap()
    }

    #[test]
    fn a_text_that_was_left_alone_is_the_same_value() {
        let folder = folder(&[("a.md", "a"), ("b.md", "b"), ("c.md", "c\u{0}"), ("d.md", "d")]);
        let (first, said) = later(&Inputs::default(), &folder);
        fs::write(folder.path().join("content/pages/b.md"), "bb").unwrap();
        fs::remove_file(folder.path().join("content/pages/d.md")).unwrap();
        let (second, again) = later(&first, &folder);
        assert!(Arc::ptr_eq(text(&first, "a.md"), text(&second, "a.md")));
        assert_eq!(text(&second, "b.md").text, "bb");
        assert_eq!((said, again), (1, 1), "what is wrong with a text is said each time");
        assert!(second.get("content/pages/d.md").is_none());
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let now = Inputs::from_disk(root, &mut Findings::default()).unwrap();
        let soon = now.again(root, &mut Findings::default()).unwrap();
        assert!(!Arc::ptr_eq(text(&now, "a.md"), text(&soon, "a.md")), "it was written just now");
    }

    #[test]
    fn of_two_files_of_one_name_the_one_that_stays_is_read() {
        let (composed, decomposed) = ("\u{e9}.md", "e\u{301}.md");
        for (goes, stays) in [(decomposed, "one"), (composed, "two two")] {
            let folder = folder(&[(composed, "one"), (decomposed, "two two")]);
            if fs::read_dir(folder.path().join("content/pages")).unwrap().count() == 1 {
                return; // This file system has one name for both.
            }
            let (first, said) = later(&Inputs::default(), &folder);
            assert_eq!(said, 1);
            let (second, said) = later(&first, &folder);
            assert_eq!(said, 1);
            fs::remove_file(folder.path().join("content/pages").join(goes)).unwrap();
            let (third, said) = later(&second, &folder);
            assert_eq!((said, text(&third, composed).text.as_str()), (0, stays));
        }
    }

    #[test]
    fn gbk_is_named_at_its_first_character() {
        let (bytes, _, _) = encoding_rs::GBK.encode("title: ok\nsummary: 太极拳的课程介绍\n");
        let (inputs, said) = load(&[("content/courses/a.md", &bytes)]);
        assert!(matches!(inputs.get("content/courses/a.md"), Some(Input::Unreadable(_))));
        assert_eq!(said, ["Some((2, 10)) not-utf8"]);
    }

    #[test]
    fn utf16_is_named_with_and_without_its_mark() {
        let text = "---\ntitle: 剪纸\nsummary: 八次课剪出一套十二生肖\n---\n正文写在这里，一行很长的汉字。\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: [u8; 2], bytes: &[u8]| [&mark, bytes].concat();
        for bytes in [marked(WIDE_MARKS[0], &little), marked(WIDE_MARKS[1], &big), little, big] {
            let mut findings = Findings::default();
            Inputs::from_memory([("content/courses/a.md", bytes.as_slice())], &mut findings);
            let said = findings.sorted();
            assert_eq!(said.len(), 1);
            assert_eq!(said[0].place.as_ref().map(Place::line_column), Some((2, 8)));
            assert!(said[0].mistake.hint.as_ref().is_some_and(|hint| hint.contains("UTF-16")));
        }
        let (_, said) = load(&[("content/courses/a.md", "title: a\0b\n太极\n".as_bytes())]);
        assert_eq!(said, ["Some((1, 9)) forbidden-character"], "a zero alone is not UTF-16");
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
