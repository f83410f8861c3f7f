//! The pages of the former build: a page whose view, template and words are the same has the same bytes, and says the same.
//!
//! The bytes stay where they were published. A record beside them holds for each page the hash of what it was made from, the hash of its
//! bytes, and the words that search read from it. The record may be deleted, cut or spoilt at any time, and so may the published files:
//! what does not hold is made anew.
//!
//! The record is a line with its version and the program, a line for each page, and the hash of all these lines:
//!
//! ```text
//! shuyuan-pages 1 <program>
//! <hash of what it was made from> <hash of its bytes> <address>⇥<words as JSON, or null>
//! end <hash>
//! ```

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use blake3::{Hash, Hasher};
use camino::{Utf8Path, Utf8PathBuf};

use crate::load::regular::read_regular;
use crate::search::text::Text;

/// The name of the record.
const NAME: &str = "pages";
const VERSION: &str = "shuyuan-pages 1";

/// What the former build left of its pages, and what this one will leave. The default knows nothing and leaves nothing.
#[derive(Debug, Default)]
pub struct Former {
    /// The folder in which the pages were published.
    live: Utf8PathBuf,
    record: String,
    /// Where the line of each page stands in the record.
    lines: HashMap<String, Range<usize>>,
    next: Mutex<Option<Next>>,
}

/// A page of the former build.
#[derive(Debug)]
pub struct Made {
    /// Its HTML.
    pub html: String,
    /// The words that search read from it, if they were kept.
    pub text: Option<Text>,
}

/// The record of this build.
#[derive(Debug)]
struct Next {
    part: Utf8PathBuf,
    path: Utf8PathBuf,
    file: BufWriter<File>,
    hasher: Hasher,
}

impl Former {
    /// What the build before left in the folder of what the program remembers, `memory`, and in the folder of published pages, `live`.
    /// Another `program` makes other pages.
    pub fn open(memory: &Utf8Path, live: &Utf8Path, program: &str) -> Self {
        let head = format!("{VERSION} {program}\n");
        let path = memory.join(NAME);
        let record = read_regular(path.as_std_path()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let record = record.filter(|record| is_whole(record, &head)).unwrap_or_default();
        let next = Next::create(path, &head).ok();
        Self { live: live.to_owned(), lines: lines(&record), record, next: Mutex::new(next) }
    }

    /// Whether pages are kept for the next build.
    pub fn is_kept(&self) -> bool {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The page at an address, if it was made from the same and is as it was. It stays in the record.
    pub fn page(&self, address: &str, from: Hash) -> Option<Made> {
        let line = &self.record[self.lines.get(address)?.clone()];
        let (hashes, words) = line.split_once('\t')?;
        let mut hashes = hashes.splitn(3, ' ').map(Hash::from_hex);
        let (made_from, bytes) = (hashes.next()?.ok()?, hashes.next()?.ok()?);
        if made_from != from {
            return None;
        }
        let html = read_regular(self.live.join(address).as_std_path()).ok()?;
        if blake3::hash(&html) != bytes {
            return None;
        }
        let made = Made { html: String::from_utf8(html).ok()?, text: serde_json::from_str(words).ok()? };
        self.add(line);
        Some(made)
    }

    /// Keeps a page for the next build, with the words that search read from it.
    pub fn keep(&self, address: &str, from: Hash, html: &str, text: Option<&Text>) {
        let bytes = blake3::hash(html.as_bytes());
        if let Ok(words) = serde_json::to_string(&text) {
            self.add(&format!("{} {} {address}\t{words}\n", from.to_hex(), bytes.to_hex()));
        }
    }

    /// Lets go of what is not needed once all pages are made.
    pub fn forget(&mut self) {
        self.record = String::new();
        self.lines = HashMap::new();
    }

    /// Leaves the record of a build that was published. That it cannot be written costs only time.
    pub fn leave(self) {
        if let Some(next) = self.next.into_inner().unwrap_or_else(PoisonError::into_inner) {
            let _ = next.finish();
        }
    }

    fn add(&self, line: &str) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if next.as_mut().is_some_and(|next| next.add(line).is_err()) {
            *next = None;
        }
    }
}

impl Next {
    fn create(path: Utf8PathBuf, head: &str) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // One name for all builds, so that what a killed one left is removed. Two builds at once may spoil the record, which then is not whole.
        let part = path.with_extension("part");
        let _ = fs::remove_file(&part);
        let file = BufWriter::with_capacity(1 << 16, File::create_new(&part)?);
        let mut next = Self { part, path, file, hasher: Hasher::new() };
        next.add(head)?;
        Ok(next)
    }

    fn add(&mut self, line: &str) -> io::Result<()> {
        self.hasher.update(line.as_bytes());
        self.file.write_all(line.as_bytes())
    }

    fn finish(mut self) -> io::Result<()> {
        let end = end(&self.hasher.finalize());
        self.file.write_all(end.as_bytes())?;
        self.file.flush()?;
        fs::rename(&self.part, &self.path)
    }
}

/// A record that is not finished is removed.
impl Drop for Next {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.part);
    }
}

fn end(hash: &Hash) -> String {
    format!("end {}\n", hash.to_hex())
}

/// Whether a record is of this version and program, and as it was written.
fn is_whole(record: &str, head: &str) -> bool {
    let Some((lines, _)) = record.rsplit_once("end ") else { return false };
    record.starts_with(head) && record[lines.len()..] == end(&blake3::hash(lines.as_bytes()))
}

/// Where the line of each page stands, by its address.
fn lines(record: &str) -> HashMap<String, Range<usize>> {
    let mut lines = HashMap::new();
    let mut from = 0;
    for line in record.split_inclusive('\n') {
        let address = line.split_once('\t').and_then(|(hashes, _)| hashes.splitn(3, ' ').nth(2));
        if let Some(address) = address {
            lines.insert(address.to_owned(), from..from + line.len());
        }
        from += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "0.1.0 test";

    struct Folder(tempfile::TempDir);

    impl Folder {
        /// A folder with one page and its record.
        fn new() -> Self {
            let folder = Self(tempfile::tempdir().unwrap());
            fs::create_dir_all(folder.path().join("site/news")).unwrap();
            fs::write(folder.page(), "<p>甲").unwrap();
            let former = folder.former(PROGRAM);
            former.keep("news/a b.html", hash("one"), "<p>甲", Some(&text()));
            former.keep("news/list.html", hash("two"), "<ul>", None);
            former.leave();
            folder
        }

        fn path(&self) -> &Utf8Path {
            Utf8Path::from_path(self.0.path()).unwrap()
        }

        fn page(&self) -> Utf8PathBuf {
            self.path().join("site/news/a b.html")
        }

        fn record(&self) -> Utf8PathBuf {
            self.path().join("memory").join(NAME)
        }

        fn former(&self, program: &str) -> Former {
            Former::open(&self.path().join("memory"), &self.path().join("site"), program)
        }

        fn is_known(&self) -> bool {
            self.former(PROGRAM).page("news/a b.html", hash("one")).is_some()
        }
    }

    fn hash(from: &str) -> Hash {
        blake3::hash(from.as_bytes())
    }

    fn text() -> Text {
        Text {
            title: "甲\n\"乙\"".to_owned(),
            lines: "丙\n丁".to_owned(),
            headings: vec![0..3, 4..7],
            body: Vec::new(),
        }
    }

    #[test]
    fn a_page_of_the_same_is_taken_with_its_words() {
        let folder = Folder::new();
        let former = folder.former(PROGRAM);
        let made = former.page("news/a b.html", hash("one")).unwrap();
        assert_eq!((made.html.as_str(), made.text), ("<p>甲", Some(text())));
        assert!(former.page("news/a b.html", hash("other")).is_none());
        assert!(former.page("news/list.html", hash("two")).is_none(), "it was not published");
        former.leave();
        // What was taken stays, what was not asked for goes.
        assert_eq!(fs::read_to_string(folder.record()).unwrap().lines().count(), 3);
        assert!(folder.is_known());
    }

    #[test]
    fn what_does_not_hold_is_not_taken() {
        let folder = Folder::new();
        assert!(folder.former("0.2.0 test").page("news/a b.html", hash("one")).is_none());
        let whole = fs::read(folder.record()).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            fs::write(folder.record(), flipped).unwrap();
            assert!(!folder.is_known(), "byte {at}");
            fs::write(folder.record(), &whole[..at]).unwrap();
            assert!(!folder.is_known(), "cut at {at}");
        }
        fs::write(folder.record(), &whole).unwrap();
        assert!(folder.is_known());
        fs::write(folder.page(), "<p>乙").unwrap();
        assert!(!folder.is_known());
    }

    #[test]
    fn a_build_that_is_not_published_leaves_the_record() {
        let folder = Folder::new();
        let former = folder.former(PROGRAM);
        former.keep("news/c.html", hash("three"), "", None);
        drop(former);
        assert!(folder.is_known());
        assert_eq!(fs::read_dir(folder.path().join("memory")).unwrap().count(), 1);
        assert!(!Former::default().is_kept());
    }
}
