//! What files to download say: people in their properties, and private data in their text. Office formats old and new,
//! `OpenDocument`, PDF, plain text, and archives of these.
//!
//! Foreign bytes are hostile: everything is linear in the size of a file and bounded in what it unpacks. What cannot be read is
//! said, so that somebody looks at the file.

mod compound;
mod mail;
mod package;
mod pdf;
mod plain;
mod rich;
mod sheet;
mod table;
mod xml;

use serde::{Deserialize, Serialize};

use crate::diag::catalogue::{Part, Person, Unread};
use crate::privacy::{self, Found, Sort};

/// Most bytes that are unpacked of one part of a file.
const PART_LIMIT: u64 = 32 << 20;
/// Most bytes that are unpacked of one file, in all.
const FILE_LIMIT: u64 = 128 << 20;
/// Deepest file within files that is opened: a document in an archive, and what is embedded in it.
const DEPTH: usize = 3;
/// Most values and names that are kept of one file.
const KEPT: usize = 100;
/// Longest name that is shown, in characters.
const NAME_LIMIT: usize = 40;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// People in its properties, comments and changes.
    pub people: Vec<(Person, String)>,
    /// Names that were looked for and stand in its text.
    pub named: Vec<(Part, String)>,
    /// Private data in its text. Ranges are of no use outside of the file.
    pub found: Vec<(Part, Found)>,
    /// Why text could not be read.
    pub unread: Option<Unread>,
}

/// Reads a file; its `extension` is in lower case.
pub fn read(extension: &str, bytes: &[u8]) -> Reading {
    read_for(&[], extension, bytes)
}

/// Reads a file, and looks for these names in it.
pub fn read_for(names: &[String], extension: &str, bytes: &[u8]) -> Reading {
    let mut reader = Reader { names: names.to_vec(), ..Reader::aside() };
    reader.file(extension, bytes);
    reader.reading
}

/// Whether bytes are packed in a way that nothing here unpacks: RAR, 7-Zip, gzip, xz, bzip2, Zstandard, tar.
fn is_packed(bytes: &[u8]) -> bool {
    const HEADS: [&[u8]; 6] = [b"Rar!", b"7z\xbc\xaf", &[0x1f, 0x8b], b"\xfd7zXZ", b"BZh", &[0x28, 0xb5, 0x2f, 0xfd]];
    HEADS.iter().any(|head| bytes.starts_with(head)) || bytes.get(257..262).is_some_and(|magic| magic == b"ustar")
}

/// A reading in progress.
struct Reader {
    reading: Reading,
    /// Names to look for.
    names: Vec<String>,
    /// Bytes that may still be unpacked.
    left: u64,
    /// How many archives are open.
    depth: usize,
    /// The entry of an archive that is being read.
    inside: Option<String>,
}

impl Reader {
    /// A reader whose findings nobody asks for.
    fn aside() -> Self {
        Self { reading: Reading::default(), names: Vec::new(), left: FILE_LIMIT, depth: 0, inside: None }
    }

    /// Reads a file by what it is, not by its name.
    fn file(&mut self, extension: &str, bytes: &[u8]) {
        let head = &bytes[..bytes.len().min(1024)];
        if memchr::memmem::find(head, b"%PDF-").is_some() {
            pdf::read(bytes, self);
        } else if bytes.starts_with(b"PK") {
            package::read(bytes, self);
        } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            compound::read(bytes, self);
        } else if is_packed(bytes) {
            self.unread(Unread::Unknown);
        } else if bytes.starts_with(b"{\\rtf") {
            rich::read(bytes, self);
        } else if plain::is_text(bytes) {
            plain::read(extension, bytes, self);
        }
    }

    /// Reads a file that lies within another, if not too deep.
    fn inner(&mut self, extension: &str, bytes: &[u8]) {
        if self.depth == DEPTH {
            return self.unread(Unread::Unknown);
        }
        self.depth += 1;
        self.file(extension, bytes);
        self.depth -= 1;
    }

    /// Notes the private data of a text.
    fn text(&mut self, part: &Part, text: &str) {
        self.look_for_names(part, text);
        let found = privacy::find(text);
        self.keep(part, found);
    }

    /// Notes identity numbers and cards that begin in one paragraph and end in the next.
    fn across(&mut self, part: &Part, before: &str, text: &str) {
        let joined = format!("{before}\n{text}");
        let is_across = |one: &Found| {
            matches!(one.sort, Sort::Identity | Sort::Card)
                && one.range.start < before.len()
                && one.range.end > before.len() + 1
        };
        let found = privacy::find(&joined).into_iter().filter(is_across).collect();
        self.keep(part, found);
    }

    /// Notes which of the names a text holds, each once.
    fn look_for_names(&mut self, part: &Part, text: &str) {
        for name in self.names.iter().filter(|name| text.contains(name.as_str())) {
            let named = &mut self.reading.named;
            if !named.iter().any(|(_, known)| known == name) {
                named.push((part.clone(), name.clone()));
            }
        }
    }

    fn keep(&mut self, part: &Part, found: Vec<Found>) {
        for found in found {
            let part = match &self.inside {
                Some(name) => Part::Entry(name.clone(), Box::new(part.clone())),
                None => part.clone(),
            };
            let known =
                |(there, one): &(Part, Found)| *there == part && one.sort == found.sort && one.value == found.value;
            if self.reading.found.len() < KEPT && !self.reading.found.iter().any(known) {
                self.reading.found.push((part, found));
            }
        }
    }

    /// Notes a person.
    fn person(&mut self, person: Person, name: &str) {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect();
        let people = &mut self.reading.people;
        if !name.is_empty() && people.len() < KEPT && !people.iter().any(|known| known.0 == person && known.1 == name) {
            people.push((person, name));
        }
    }

    /// Notes that something could not be read; the first reason counts.
    fn unread(&mut self, why: Unread) {
        self.reading.unread.get_or_insert(why);
    }

    /// Reads at most what may be unpacked. More than that is noted.
    fn unpack(&mut self, source: impl std::io::Read) -> Option<Vec<u8>> {
        use std::io::Read as _;
        let limit = PART_LIMIT.min(self.left);
        let mut bytes = Vec::new();
        let read = source.take(limit + 1).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if bytes.len() as u64 > limit {
            self.unread(Unread::TooLarge);
            bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        } else if read.is_err() {
            self.unread(Unread::Broken);
        }
        // What comes before a damage is as good as the rest.
        (!bytes.is_empty()).then_some(bytes)
    }
}
