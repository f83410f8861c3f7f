//! Search: what a browser needs to find exactly what was asked, from static files and without a dictionary.
//!
//! Documents come from the views of pages; keys are characters and pairs of them, folded. `README` in `src/` draws the files.

pub mod bits;
pub mod document;
pub mod facet;
pub mod fold;
pub mod key;
pub mod pinyin;
pub mod postings;
pub mod query;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::artifact::{Artifact, Role};
use crate::content::Kind;
use crate::diag::fault::Fault;
use crate::page::context::Context;
use document::{Document, Place};
use pinyin::Titles;
use postings::Postings;

/// The address of what every search begins with.
pub const HEAD: &str = "search/head.js";
/// Records in a bundle, unless that makes more files than two fifths of all.
const RECORDS: usize = 16;
/// Bytes of a chunk, if there may be as many as that makes.
const CHUNK: usize = 4200;
/// Most files of an index, however many pages there are.
const MOST: usize = 4000;

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
    /// Files of the table for characters that only queries hold.
    tables: usize,
    /// Files of pinyin.
    pinyin: usize,
    /// Kinds, by their number in records.
    kinds: Vec<String>,
    /// What a result weighs for where it holds the query: anywhere, in headings, in its title.
    weights: [u16; 3],
    /// How many documents are still to come, and what each of them weighs more.
    upcoming: (usize, u16),
    /// The names of facets, with their labels.
    facets: Vec<(&'static str, String)>,
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
    let postings = Postings::default();
    // Under a quarter of the pages, with the scripts and the head.
    let budget = (places.len() * 6 / 25).clamp(24, MOST);
    let bundle = places.len().div_ceil(budget * 2 / 5).max(RECORDS);
    let mut files = records(context, &places, bundle, &postings);
    let sorted = postings.sorted();
    files.extend(facet::facets(context, &places).iter().map(|facet| File::new(format!("f-{}", facet.name), facet)));
    let mut titles = Titles::default();
    for place in &places {
        titles.add(context.portal.item(place.id).title());
    }
    let tables = (budget / 40).clamp(1, 8);
    files.extend(self::tables(&sorted.units, tables));
    let letters = (budget / 16).clamp(1, 26);
    let spelled = titles.entries(letters).into_iter().enumerate();
    files.extend(spelled.map(|(number, entries)| File::new(format!("p{number}"), &entries)));
    let free = budget.saturating_sub(files.len() + 1).max(4);
    let count = u32::try_from(sorted.estimate().div_ceil(CHUNK).clamp(1, free)).unwrap_or(1);
    let pages = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let chunk = |number| File::new(format!("k{number}"), &sorted.chunk(number, count, pages));
    files.par_extend((0..count).into_par_iter().map(chunk));
    let mut hasher = blake3::Hasher::new();
    for file in &files {
        hasher.update(file.name.as_bytes()).update(b"\0").update(file.payload.as_bytes()).update(b"\0");
    }
    let label = |name| (name, context.words.get(&format!("facet.{name}")).to_owned());
    let head = Head {
        generation: hasher.finalize().to_hex()[..12].to_owned(),
        pages: places.len(),
        chunks: count,
        records: bundle,
        tables,
        pinyin: letters,
        kinds: Kind::ALL.iter().map(|kind| context.kind_name(*kind)).collect(),
        weights: weights(context),
        upcoming: (document::upcoming(&places), context.portal.settings.site.search.upcoming),
        facets: facet::FACETS.into_iter().map(label).collect(),
        fold: tokens(sorted.seen.iter().copied()),
    };
    files.into_par_iter().try_for_each(|file| put(file.artifact(&head.generation)))?;
    let payload = serde_json::to_string(&head).unwrap_or_default();
    let text = format!("shuyuan(\"head\",\"{}\",{payload});\n", head.generation);
    put(Artifact { path: HEAD.to_owned(), bytes: text.into_bytes().into(), role: Role::Plain })
}

/// What a result weighs for where it holds the query: anywhere, in headings, in its title.
fn weights(context: &Context<'_>) -> [u16; 3] {
    let search = &context.portal.settings.site.search;
    [0, search.heading, search.title]
}

/// Records in bundles; the keys of their documents go to `postings`.
fn records(context: &Context<'_>, places: &[Place], size: usize, postings: &Postings) -> Vec<File> {
    let bundle = |(number, some): (usize, &[Place])| {
        let record = |(at, place): (usize, &Place)| {
            let document = document::document(context, place);
            postings.add(u32::try_from(number * size + at).unwrap_or(u32::MAX), &document);
            record(&document)
        };
        let records: Vec<Value> = some.iter().enumerate().map(record).collect();
        File::new(format!("r{number}"), &records)
    };
    places.par_chunks(size).enumerate().map(bundle).collect()
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
