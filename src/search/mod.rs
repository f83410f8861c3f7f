//! Search: what a browser needs to find exactly what was asked, from static files and without a dictionary.
//!
//! Documents come from the views of pages; keys are characters and pairs of them, folded. `README` in `src/` draws the files.

pub mod bits;
pub mod document;
pub mod fold;
pub mod key;
pub mod postings;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::artifact::{Artifact, Role};
use crate::content::Kind;
use crate::diag::fault::Fault;
use crate::page::context::Context;
use document::{Document, Place};
use postings::Postings;

/// The address of what every search begins with.
pub const HEAD: &str = "search/head.js";
/// Records in a bundle.
const RECORDS: usize = 32;
/// Bytes of a chunk, if there may be as many as that makes.
const CHUNK: usize = 4200;
/// Files of the table for characters that only queries hold.
const TABLES: usize = 8;

/// What every search begins with.
#[derive(Debug, Serialize)]
struct Head {
    /// The generation: all files of one index have the same.
    generation: String,
    /// How many documents.
    pages: usize,
    /// How many chunks.
    chunks: u32,
    /// Records in a bundle.
    records: usize,
    /// Texts in a bundle.
    texts: usize,
    /// Files of the table for characters that only queries hold.
    tables: usize,
    /// Kinds, by their number in records.
    kinds: Vec<String>,
    /// Characters of the portal that only a table can fold, each with what it becomes.
    fold: String,
}

/// A file before its generation is known: its name and what it says.
struct File {
    name: String,
    payload: String,
}

impl File {
    fn new(name: impl Into<String>, payload: &impl Serialize) -> Self {
        // A text or a list of texts always becomes JSON.
        Self { name: name.into(), payload: serde_json::to_string(payload).unwrap_or_default() }
    }

    fn artifact(self, generation: &str) -> Artifact {
        let text = format!("shuyuan(\"{}\",\"{generation}\",{});\n", self.name, self.payload);
        let path = format!("search/{generation}/{}.js", self.name);
        Artifact { path, bytes: text.into_bytes().into(), role: Role::Fingerprinted }
    }
}

/// Makes all files of the index and hands them on.
///
/// # Errors
/// A fault of what takes them.
pub fn make(context: &Context<'_>, put: &(dyn Fn(Artifact) -> Result<(), Fault> + Sync)) -> Result<(), Fault> {
    let places = document::places(context.portal);
    let sizes = Sizes::new(places.len());
    let postings = Postings::default();
    let mut files = bundles(context, &places, &sizes, &postings);
    let sorted = postings.sorted();
    let count = sizes.chunks(sorted.estimate(), files.len());
    let pages = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let chunks =
        (0..count).into_par_iter().map(|number| File::new(format!("k{number}"), &sorted.chunk(number, count, pages)));
    files.par_extend(chunks);
    files.extend(tables(&sorted.units, sizes.tables));
    let mut hasher = blake3::Hasher::new();
    for file in &files {
        hasher.update(file.name.as_bytes()).update(b"\0").update(file.payload.as_bytes()).update(b"\0");
    }
    let head = Head {
        generation: hasher.finalize().to_hex()[..12].to_owned(),
        pages: places.len(),
        chunks: count,
        records: RECORDS,
        texts: sizes.texts,
        tables: sizes.tables,
        kinds: Kind::ALL.iter().map(|kind| context.kind_name(*kind)).collect(),
        fold: tokens(sorted.seen.iter().copied()),
    };
    files.into_par_iter().try_for_each(|file| put(file.artifact(&head.generation)))?;
    let text =
        format!("shuyuan(\"head\",\"{}\",{});\n", head.generation, serde_json::to_string(&head).unwrap_or_default());
    put(Artifact { path: HEAD.to_owned(), bytes: text.into_bytes().into(), role: Role::Plain })
}

/// How files are cut: all of them together are at most a quarter of the pages.
struct Sizes {
    budget: usize,
    texts: usize,
    tables: usize,
}

impl Sizes {
    fn new(pages: usize) -> Self {
        let budget = (pages / 4).clamp(16, 4000);
        // Texts serve portals opened from a disk, where a large file costs nothing.
        let texts = pages.div_ceil((budget / 12).max(1)).div_ceil(RECORDS).max(1) * RECORDS;
        Self { budget, texts, tables: (budget / 16).clamp(1, TABLES) }
    }

    fn chunks(&self, bytes: usize, bundles: usize) -> u32 {
        let free = self.budget.saturating_sub(bundles + self.tables + self.budget / 8).max(4);
        u32::try_from(bytes.div_ceil(CHUNK).clamp(1, free)).unwrap_or(1)
    }
}

/// Records and texts in bundles; their keys go to `postings`.
fn bundles(context: &Context<'_>, places: &[Place], sizes: &Sizes, postings: &Postings) -> Vec<File> {
    let numbered: Vec<(usize, &[Place])> = places.chunks(sizes.texts).enumerate().collect();
    let made = numbered.into_par_iter().flat_map_iter(|(number, some)| {
        let documents: Vec<Document> = some.iter().map(|place| document::document(context, place)).collect();
        for (at, document) in documents.iter().enumerate() {
            postings.add(u32::try_from(number * sizes.texts + at).unwrap_or(u32::MAX), document);
        }
        let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
        let first = number * sizes.texts / RECORDS;
        let records = documents
            .chunks(RECORDS)
            .enumerate()
            .map(|(at, some)| File::new(format!("r{}", first + at), &some.iter().map(record).collect::<Vec<_>>()));
        records.chain([File::new(format!("t{number}"), &texts)]).collect::<Vec<_>>()
    });
    made.collect()
}

/// Title, address, kind, day, summary, whether it is over.
fn record(document: &Document) -> Value {
    let kind = document.kind.and_then(|kind| Kind::ALL.iter().position(|known| *known == kind)).unwrap_or(0);
    let day = document.day.map(|day| day.to_string()).unwrap_or_default();
    serde_json::json!([document.title, document.address, kind, day, document.summary, u8::from(document.over)])
}

/// The tables for characters that only queries hold, and whose folded form is in the portal.
fn tables(units: &[bool], count: usize) -> Vec<File> {
    let known = |c: &char| fold::by_table(*c).is_some_and(|to| to.encode_utf16().all(|unit| units[usize::from(unit)]));
    let all: Vec<char> = (0..=0xFFFF_u32).into_par_iter().filter_map(char::from_u32).filter(known).collect();
    let table = |number: usize| {
        let mine = all.iter().copied().filter(|c| *c as usize % count == number);
        File::new(format!("z{number}"), &tokens(mine))
    };
    (0..count).map(table).collect()
}

/// Characters, each with what it becomes, apart by spaces.
fn tokens(chars: impl Iterator<Item = char>) -> String {
    let token = |c: char| Some(format!("{c}{}", fold::by_table(c)?));
    chars.filter_map(token).collect::<Vec<_>>().join(" ")
}
