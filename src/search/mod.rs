//! Search: static files with which a browser finds exact matches without a dictionary.
//!
//! Documents are read from rendered pages; keys are characters and pairs of them, folded. `src/README.md` draws the files.

mod batch;
pub mod bits;
pub mod fold;
pub mod key;

pub mod directory;

pub mod text;

pub mod passage;

pub mod document;

pub mod row;

pub mod postings;

pub mod chunk;

pub mod facet;
pub mod judge;
pub mod lexicon;
mod office;
pub mod parts;
pub mod pinyin;
pub mod scan;
pub mod slip;
pub mod understand;
pub mod vocabulary;
mod when;

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use crate::artifact::{Artifact, Put, Role};
use crate::content::{Kind, site};
use crate::diag::fault::Fault;
use crate::page::context::Context;
use crate::portal::ItemId;
use bits::Writer;
use directory::{Directory, Units};
use document::Ranked;
use facet::Facet;
use lexicon::Lexicon;
use passage::Passage;
use slip::Slips;
use vocabulary::Vocabulary;

/// The address of what every search begins with.
pub const HEAD: &str = "search/head.js";
/// Records in a bundle, unless that makes more files than a third of all.
const RECORDS: usize = 6;
/// Bytes of a chunk at least, if there is as much.
const CHUNK: usize = 600;
/// Minimum file budget: an index of fewer files is not made smaller at the cost of larger files.
const FILES_AT_LEAST: usize = 400;
/// Maximum file budget.
const FILES_AT_MOST: usize = 4000;
/// How files are written: another number makes another generation of the same content, which older scripts refuse.
const FORMAT: u8 = 7;

/// What every search begins with.
#[derive(Debug, Serialize)]
struct IndexHead<'a> {
    /// The generation: all files of one index have the same.
    generation: String,
    /// How many documents.
    pages: usize,
    /// The documents of several passages, and how many each has: [`long`].
    long: String,
    /// Passages in a file of texts; 0 if there are none, and the pages themselves are read.
    texts: usize,
    /// Which chunk holds which key.
    directory: String,
    /// Records in a bundle.
    records: usize,
    /// Files of the table for characters that only queries hold.
    tables: usize,
    /// Files of pinyin.
    pinyin: usize,
    /// Kinds, by their number in records.
    kinds: Vec<String>,
    /// What a result weighs for where it holds the query: [`weights`].
    weights: [u32; 4],
    /// How many documents are still to come, and what each of them weighs more.
    upcoming: (usize, u16),
    /// The day of the build: a clock that is behind it is wrong.
    today: String,
    /// The portal's time zone.
    zone: &'a str,
    /// The names of facets, with their labels.
    facets: Vec<(&'static str, String)>,
    /// Characters of the portal that only a table can fold, each with what it becomes.
    fold: String,
    /// What characters become that are no part of a word: [`fold::RULES`].
    rules: &'static [(String, &'static str)],
    /// Selector of elements that do not end a line of a page's words.
    inline: String,
    /// Selector of elements whose words are none of a page's.
    outside: &'static str,
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
        Artifact::new(path, text.into_bytes(), Role::Fingerprinted)
    }
}

/// Makes all files of the index of sorted documents and hands them on.
///
/// # Errors
/// A fault of what takes them.
pub fn make(context: &Context<'_>, documents: Vec<Ranked>, put: Put<'_>) -> Result<(), Fault> {
    let (pages, upcoming) = (documents.len(), document::upcoming(&documents));
    let plan = Plan::new(pages);
    let choices = facet::choices(context, &documents);
    let facets = facet::facets(&choices, pages);
    let lexicon = Lexicon::new(context, &choices, &documents);
    let vocabulary = Vocabulary::new(&documents, &lexicon);
    let meanings = [File::new("w", &lexicon), File::new("s", &Slips::new(&vocabulary))];
    let mut shelf = shelve(context, documents, plan.records);
    let together = texts(&shelf, plan.texts);
    let mut files = std::mem::take(&mut shelf.records);
    files.extend(facets.iter().map(|facet| File::new(format!("f-{}", facet.name), facet)));
    files.extend(meanings);
    files.extend(small(&vocabulary, &shelf, &plan, together));
    let generation = generation(&files, &shelf.passages);
    let free = plan.files.saturating_sub(files.len() + 1).max(4);
    files.into_par_iter().try_for_each(|file| put(file.artifact(&generation)))?;
    let directory = chunks(&std::mem::take(&mut shelf.passages), free, &generation, put)?;
    let label = |facet: &Facet| (facet.name, context.format.words.in_group("facet", facet.name).to_owned());
    let search = &context.portal.settings.site.search;
    let head = IndexHead {
        generation,
        pages,
        long: long(&shelf.counts),
        texts: together.unwrap_or(0),
        directory: directory.base64(),
        records: plan.records,
        tables: plan.tables,
        pinyin: plan.letters,
        kinds: Kind::ALL.iter().map(|kind| context.format.kind(*kind)).collect(),
        weights: weights(search),
        upcoming: (upcoming, search.upcoming),
        today: context.portal.today.date().to_string(),
        zone: &context.portal.settings.site.time_zone,
        facets: facets.iter().filter(|facet| facet.name != facet::HIDDEN).map(label).collect(),
        fold: tokens(shelf.unfolded.iter().copied()),
        rules: &fold::RULES,
        inline: text::INLINE.join(","),
        outside: text::OUTSIDE,
    };
    let payload = serde_json::to_string(&head).unwrap_or_default();
    // It may come before the script that takes it.
    let taker = "(window.shuyuan||(window.shuyuan=function(){shuyuan.head=arguments}))";
    // A script that reads another format takes nothing, and says that it could not search.
    let text = format!("{taker}(\"head{FORMAT}\",\"{}\",{payload});\n", head.generation);
    put(Artifact::new(HEAD, text.into_bytes(), Role::Plain))
}

/// How files are shared out.
struct Plan {
    /// All files: under a quarter of the documents, with the scripts and the head. More for a small portal, since small files make a first
    /// query cheap.
    files: usize,
    /// Records in a bundle.
    records: usize,
    /// Files of texts, at most.
    texts: usize,
    /// Files of the table for characters that only queries hold.
    tables: usize,
    /// Files of pinyin.
    letters: usize,
}

impl Plan {
    fn new(documents: usize) -> Self {
        let files = (documents * 6 / 25).max(FILES_AT_LEAST.min(documents * 3 / 4)).clamp(24, FILES_AT_MOST - 10);
        Self {
            files,
            records: documents.div_ceil(files / 3).max(RECORDS),
            texts: files / 6,
            tables: (files / 40).clamp(1, 8),
            letters: (files / 16).clamp(1, 26),
        }
    }
}

/// What a search needs only now and then: texts of long pages, tables for queries, pinyin.
fn small(vocabulary: &Vocabulary, shelf: &Shelf, plan: &Plan, together: Option<usize>) -> impl Iterator<Item = File> {
    let texts = together.map(|together| shelf.texts.chunks(together).enumerate());
    let known: Units = shelf.passages.iter().flat_map(|passage| passage.units.iter().copied()).collect();
    let spelled = pinyin::entries(vocabulary, plan.letters).into_iter().enumerate();
    let texts = texts.into_iter().flatten().map(|(number, texts)| File::new(format!("t{number}"), &texts));
    let spelled = spelled.map(|(number, entries)| File::new(format!("p{number}"), &entries));
    texts.chain(tables(&known, plan.tables)).chain(spelled)
}

/// Hands on the chunks of these passages, at most `most`, and tells which holds what.
fn chunks(passages: &[Passage], most: usize, generation: &str, put: Put<'_>) -> Result<Directory, Fault> {
    let (groups, frequent) = postings::groups(passages);
    let directory = chunk::directory(&groups, frequent, most, CHUNK);
    let all: Vec<_> = directory.each().collect();
    all.into_par_iter().try_for_each(|(number, at, part)| {
        let chunk = chunk::write(&directory, at, part, &groups);
        put(File::new(format!("k{number}"), &chunk).artifact(generation))
    })?;
    Ok(directory)
}

/// What the index is made of.
#[derive(Default)]
struct Shelf {
    /// Records, in bundles.
    records: Vec<File>,
    /// All passages, in order.
    passages: Vec<Passage>,
    /// How many passages each document has.
    counts: Vec<usize>,
    /// The texts of passages of documents that have several.
    texts: Vec<String>,
    /// Characters that only a table can fold.
    unfolded: BTreeSet<char>,
}

fn shelve(context: &Context<'_>, documents: Vec<Ranked>, bundle: usize) -> Shelf {
    let mut shelf = Shelf::default();
    let things = row::things(context, &documents);
    for (number, some) in documents.chunks(bundle).enumerate() {
        let records: Vec<Value> = some.iter().map(|ranked| record(context, ranked, &things)).collect();
        shelf.records.push(File::new(format!("r{number}"), &records));
    }
    for Ranked { document, .. } in documents {
        shelf.counts.push(document.passages.len());
        shelf.passages.extend(document.passages);
        shelf.texts.extend(document.texts);
        shelf.unfolded.extend(document.unfolded);
    }
    shelf
}

/// How many passages make a file of texts, if these come to at most `most` files smaller than the pages that they spare a reader.
fn texts(shelf: &Shelf, most: usize) -> Option<usize> {
    let long = shelf.counts.iter().filter(|count| **count > 1).count();
    let together = shelf.texts.len().div_ceil(most.max(1)).max(1);
    (together * long < shelf.texts.len()).then_some(together)
}

/// Documents of several passages: their numbers, then how many passages each has, less two.
fn long(counts: &[usize]) -> String {
    let mut writer = Writer::default();
    let several = || (0_u32..).zip(counts).filter(|(_, count)| **count > 1);
    writer.uneven(&several().map(|(number, _)| number).collect::<Vec<_>>());
    several().for_each(|(_, count)| writer.gamma(u32::try_from(count - 2).unwrap_or(0)));
    writer.base64()
}

/// A name for all that the index is made of.
fn generation(files: &[File], passages: &[Passage]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[FORMAT]);
    for file in files {
        hasher.update(file.name.as_bytes()).update(b"\0").update(file.payload.as_bytes()).update(b"\0");
    }
    let mut bytes = Vec::new();
    for passage in passages {
        bytes.clear();
        for (units, flags) in passage.parts() {
            bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
            bytes.extend([0, 0, u8::try_from(flags).unwrap_or(0)]);
        }
        hasher.update(&bytes);
    }
    hasher.finalize().to_hex()[..12].to_owned()
}

/// What a result weighs for where it holds the query: anywhere, in headings, in its title, as its title.
fn weights(search: &site::Search) -> [u32; 4] {
    let title = u32::from(search.title);
    [0, search.heading.into(), title, title + u32::from(search.whole)]
}

/// Title, address, kind, day, summary, what its row says, and the number of the thing that it is of; without what is empty at the end.
fn record(context: &Context<'_>, ranked: &Ranked, things: &HashMap<ItemId, usize>) -> Value {
    let document = &ranked.document;
    let item = context.portal.item(document.id);
    let kind = Kind::ALL.iter().position(|known| *known == item.kind()).unwrap_or(0);
    let day = ranked.day().map(|day| day.to_string()).unwrap_or_default();
    let [title, address, kind, day, summary] =
        [json!(document.title), json!(item.address), json!(kind), json!(day), json!(document.summary)];
    let [place, facts, times, marks] = row::of(context, document.id).packed();
    let thing = json!(things.get(&document.id).copied().unwrap_or(0));
    let mut record = vec![title, address, kind, day, summary, place, facts, times, marks, thing];
    let is_empty = |value: &Value| [json!(""), json!([]), json!(0)].contains(value);
    while record.last().is_some_and(is_empty) {
        record.pop();
    }
    Value::Array(record)
}

/// The tables for characters that only queries hold, and whose folded form is in the portal.
fn tables(known: &Units, count: usize) -> Vec<File> {
    let useful = |c: &char| {
        fold::by_table(*c).is_some_and(|to| to.encode_utf16().all(|unit| known.contains(unit) || !key::is_word(unit)))
    };
    let all: Vec<char> = (0..=0xFFFF_u32).into_par_iter().filter_map(char::from_u32).filter(useful).collect();
    let table = |number: usize| {
        let mine = all.iter().copied().filter(|c| *c as usize % count == number);
        File::new(format!("z{number}"), &tokens(mine))
    };
    (0..count).map(table).collect()
}

/// Characters, each with what it becomes, a line each.
fn tokens(chars: impl Iterator<Item = char>) -> String {
    let token = |c: char| Some(format!("{c}{}", fold::by_table(c)?));
    chars.filter_map(token).collect::<Vec<_>>().join("\n")
}
