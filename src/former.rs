//! The pages of the former build: a page whose view, template and words are the same has the same bytes, and says the same.
//!
//! The bytes stay where they were published. A record beside them holds for each page the hash of what it was made from, the hash of its
//! bytes, and the words that search read from it. The record may be deleted, cut or spoilt at any time, and so may the published files:
//! what does not hold is made anew.
//!
//! The record is a line with its version and the program, a line for each page, and the hash of all these lines:
//!
//! ```text
//! shuyuan-pages 2 <program>
//! <hash of what it was made from> <hash of its bytes> <address>⇥<words as JSON>
//! end <hash>
//! ```

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use blake3::{Hash, Hasher};
use camino::{Utf8Path, Utf8PathBuf};

use crate::artifact::Artifact;
use crate::diag::fault::Fault;
use crate::load::regular::read_regular;
use crate::search::text::Text;

/// What a page says of entries, each text with its anchor.
pub type Texts = Vec<(String, Text)>;

/// The name of the record.
const NAME: &str = "pages";
const VERSION: &str = "shuyuan-pages 2";

/// What publishes once more what stands at an address if its bytes have this hash, and says whether it did.
pub type Again<'a> = &'a (dyn Fn(&str, Hash) -> Result<bool, Fault> + Sync);

/// What the former build left of its pages, and what this one will leave. The default knows nothing and leaves nothing.
#[derive(Default)]
pub struct Former<'a> {
    again: Option<Again<'a>>,
    record: String,
    /// Where the line of each page stands in the record.
    lines: HashMap<String, Range<usize>>,
    next: Mutex<Option<Next>>,
}

/// The record of this build, which the next one may read once this one is published.
#[derive(Debug)]
pub struct Left(Option<Next>);

/// The record of this build.
#[derive(Debug)]
struct Next {
    part: Utf8PathBuf,
    path: Utf8PathBuf,
    file: BufWriter<File>,
    hasher: Hasher,
}

impl<'a> Former<'a> {
    /// What the build before left in the folder of what the program remembers, `memory`. Another `program` makes other pages.
    pub fn open(memory: &Utf8Path, program: &str, again: Again<'a>) -> Self {
        let head = format!("{VERSION} {program}\n");
        let path = memory.join(NAME);
        let record = read_regular(path.as_std_path()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let record = record.filter(|record| is_whole(record, &head)).unwrap_or_default();
        let next = Next::create(path, &head).ok();
        Self { again: Some(again), lines: lines(&record), record, next: Mutex::new(next) }
    }

    /// Whether pages are kept for the next build.
    pub fn is_kept(&self) -> bool {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Publishes the page at an address once more, if it was made from the same and is as it was. It stays in the record. Returns the words
    /// that search read from it.
    ///
    /// # Errors
    /// A fault of what publishes it.
    pub fn publish(&self, address: &str, from: Hash) -> Result<Option<Texts>, Fault> {
        let Some((line, bytes, texts)) = self.known(address, from) else { return Ok(None) };
        match self.again {
            Some(again) if again(address, bytes)? => {
                self.add(line);
                Ok(Some(texts))
            }
            _ => Ok(None),
        }
    }

    /// Of the page at an address, if it was made from the same: its line, the hash of its bytes, and its words.
    fn known(&self, address: &str, from: Hash) -> Option<(&str, Hash, Texts)> {
        let line = &self.record[self.lines.get(address)?.clone()];
        let (hashes, texts) = line.split_once('\t')?;
        let mut hashes = hashes.splitn(3, ' ').map(Hash::from_hex);
        let (made_from, bytes) = (hashes.next()?.ok()?, hashes.next()?.ok()?);
        if made_from == from { Some((line, bytes, serde_json::from_str(texts).ok()?)) } else { None }
    }

    /// Keeps a page for the next build, with the words that search read from it. Its hash is known from then on.
    pub fn keep(&self, page: &mut Artifact, from: Hash, texts: &Texts) {
        let bytes = *page.hash.get_or_insert_with(|| blake3::hash(&page.bytes));
        if let Ok(texts) = serde_json::to_string(texts) {
            self.add(&format!("{} {} {}\t{texts}\n", from.to_hex(), bytes.to_hex(), page.path));
        }
    }

    /// What is left for the next build, once all pages are made.
    pub fn rest(self) -> Left {
        Left(self.next.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, line: &str) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if next.as_mut().is_some_and(|next| next.add(line).is_err()) {
            *next = None;
        }
    }
}

impl Left {
    /// Leaves it, of a build that was published. That it cannot be written costs only time.
    pub fn leave(self) {
        if let Some(next) = self.0 {
            let _ = next.finish();
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
    use crate::artifact::Role;

    const PROGRAM: &str = "0.1.0 test";

    struct Folder(tempfile::TempDir);

    impl Folder {
        /// A folder with one page and its record.
        fn new() -> Self {
            let folder = Self(tempfile::tempdir().unwrap());
            let former = Former::open(&folder.memory(), PROGRAM, &|_, _| Ok(false));
            former.keep(&mut page("news/a b.html", "<p>甲"), hash("one"), &texts());
            former.keep(&mut page("news/list.html", "<ul>"), hash("two"), &Texts::new());
            former.rest().leave();
            folder
        }

        fn memory(&self) -> Utf8PathBuf {
            self.path().join("memory")
        }

        fn path(&self) -> &Utf8Path {
            Utf8Path::from_path(self.0.path()).unwrap()
        }

        fn record(&self) -> Utf8PathBuf {
            self.memory().join(NAME)
        }

        /// What is published of a page that was made from `from`, while only one file is there.
        fn published(&self, program: &str, address: &str, from: &str) -> Option<Texts> {
            let again = |address: &str, bytes| Ok((address, bytes) == ("news/a b.html", hash("<p>甲")));
            let former = Former::open(&self.memory(), program, &again);
            let texts = former.publish(address, hash(from)).unwrap();
            former.rest().leave();
            texts
        }

        fn is_known(&self) -> bool {
            let whole = fs::read(self.record()).unwrap();
            let is_known = self.published(PROGRAM, "news/a b.html", "one").is_some();
            fs::write(self.record(), whole).unwrap();
            is_known
        }
    }

    fn hash(from: &str) -> Hash {
        blake3::hash(from.as_bytes())
    }

    fn page(address: &str, html: &str) -> Artifact {
        Artifact::new(address, html.as_bytes(), Role::Plain)
    }

    fn texts() -> Texts {
        let (title, lines) = ("甲\n\"乙\"".to_owned(), "丙\n丁".to_owned());
        vec![("丙".to_owned(), Text { title, lines, headings: vec![0..3, 4..7], body: Vec::new() })]
    }

    #[test]
    fn a_page_of_the_same_is_published_again_with_its_words() {
        let folder = Folder::new();
        assert_eq!(folder.published(PROGRAM, "news/list.html", "two"), None, "it is not there any more");
        let folder = Folder::new();
        assert_eq!(folder.published(PROGRAM, "news/a b.html", "other"), None);
        let folder = Folder::new();
        assert_eq!(folder.published(PROGRAM, "news/a b.html", "one"), Some(texts()));
        // What was taken stays, what was not asked for goes.
        assert_eq!(fs::read_to_string(folder.record()).unwrap().lines().count(), 3);
        assert!(folder.is_known());
    }

    #[test]
    fn what_does_not_hold_is_not_taken() {
        let folder = Folder::new();
        let whole = fs::read(folder.record()).unwrap();
        assert_eq!(folder.published("0.2.0 test", "news/a b.html", "one"), None);
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
    }

    #[test]
    fn a_build_that_is_not_published_leaves_the_record() {
        let folder = Folder::new();
        let former = Former::open(&folder.memory(), PROGRAM, &|_, _| Ok(true));
        former.keep(&mut page("news/c.html", ""), hash("three"), &Texts::new());
        drop(former);
        assert!(folder.is_known());
        assert_eq!(fs::read_dir(folder.path().join("memory")).unwrap().count(), 1);
        assert!(!Former::default().is_kept());
    }
}
