//! Answers queries in the program as the theme's script answers them in a browser: the same keys from the same chunks, the same order.
//!
//! A test asks both the same and wants the same answers: who changes one changes the other.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::bits::Reader;
use super::document::{self, Document, Place};
use super::fold::folded_units;
use super::key::{self, Key};
use super::postings::{Postings, Sorted, chunk_of, start};
use crate::page::context::Context;

/// Characters of a query that are looked at.
const LONGEST: usize = 100;
/// Keys that are fetched at a time, and the candidates at which no more are needed.
const ROUND: usize = 4;
const FEW: usize = 10;
/// Chunks of an index in memory: any number does.
const CHUNKS: u32 = 256;

/// An index in memory.
pub struct Index<'a> {
    context: Context<'a>,
    places: Vec<Place>,
    documents: Vec<(Document, Vec<u16>)>,
    postings: Sorted,
}

/// What a query finds.
pub struct Answer<'i> {
    /// Its terms, folded.
    pub terms: Vec<String>,
    /// How many pages could hold it.
    pub candidates: usize,
    /// The pages that do, in order.
    pub found: Vec<&'i Document>,
}

impl<'a> Index<'a> {
    /// The index of a portal.
    pub fn new(context: Context<'a>) -> Self {
        let places = document::places(context.portal);
        let postings = Postings::default();
        let document = |(at, place): (usize, &Place)| {
            let document = document::document(&context, place);
            postings.add(u32::try_from(at).unwrap_or(u32::MAX), &document);
            let folded = folded_units(&format!("{}\n{}", document.title, document.text));
            (document, folded)
        };
        let documents = places.par_iter().enumerate().map(document).collect();
        Self { context, places, documents, postings: postings.sorted() }
    }

    /// The pages that hold every term of a query.
    pub fn ask(&self, query: &str) -> Answer<'_> {
        let terms = parse(query);
        let ids = self.candidates(&terms);
        let candidates = ids.iter().filter_map(|id| self.documents.get(*id as usize));
        let holds = candidates.filter(|(_, text)| terms.iter().all(|term| contains(text, term)));
        let found = holds.map(|(document, _)| document).collect();
        let terms = terms.iter().map(|term| String::from_utf16_lossy(term)).collect();
        Answer { terms, candidates: ids.len(), found }
    }

    fn candidates(&self, terms: &[Vec<u16>]) -> Vec<u32> {
        let covers: Vec<Vec<Key>> = terms.iter().map(|term| key::cover(term).0).collect();
        let more: Vec<Vec<Key>> = terms.iter().map(|term| key::across(term)).collect();
        let (covers, more) = (in_turn(&covers), in_turn(&more));
        let mut found: Option<BTreeMap<u32, u8>> = None;
        for round in covers.chunks(ROUND).chain(more.chunks(ROUND)) {
            if found.as_ref().is_some_and(|found| found.len() <= FEW) {
                break;
            }
            for key in round {
                let list = self.pages(*key);
                found = Some(match found {
                    None => list,
                    Some(before) => {
                        let both = before.into_iter().filter_map(|(id, place)| Some((id, place.min(*list.get(&id)?))));
                        both.collect()
                    }
                });
            }
        }
        let mut ranked: Vec<(u32, u8)> = found.unwrap_or_default().into_iter().collect();
        let (upcoming, weights) = (document::upcoming(&self.places), super::weights(&self.context));
        let more = self.context.portal.settings.site.search.upcoming;
        let weight = |id: u32, place: u8| {
            u32::from(weights[usize::from(place)]) + if (id as usize) < upcoming { u32::from(more) } else { 0 }
        };
        ranked.sort_by_key(|(id, place)| (std::cmp::Reverse(weight(*id, *place)), *id));
        ranked.into_iter().map(|(id, _)| id).collect()
    }

    /// The pages of a key, each with 2 if it stands in the title, 1 if in a heading, as a browser reads them from its chunk.
    fn pages(&self, key: Key) -> BTreeMap<u32, u8> {
        let of = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let number = chunk_of(key, CHUNKS);
        let Some(mut reader) = Reader::new(&self.postings.chunk(number, CHUNKS, of)) else {
            return BTreeMap::new();
        };
        let (from, to) = (start(number, CHUNKS), start(number + 1, CHUNKS));
        let count = reader.gamma();
        let keys = reader.gaps(count, u32::try_from(to - from).unwrap_or(u32::MAX));
        for held in keys {
            let pages = reader.list(of);
            let length = u32::try_from(pages.len()).unwrap_or(u32::MAX);
            let (titles, headings) = (reader.list(length), reader.list(length));
            if u64::from(held) + from != u64::from(key) {
                continue;
            }
            let mut found: BTreeMap<u32, u8> = pages.iter().map(|page| (*page, 0)).collect();
            for (places, place) in [(headings, 1), (titles, 2)] {
                found.extend(places.iter().filter_map(|at| Some((*pages.get(*at as usize)?, place))));
            }
            return found;
        }
        BTreeMap::new()
    }
}

/// The keys of all terms, the first of each first.
fn in_turn(terms: &[Vec<Key>]) -> Vec<Key> {
    let mut keys = Vec::new();
    for at in 0..terms.iter().map(Vec::len).max().unwrap_or(0) {
        for key in terms.iter().filter_map(|term| term.get(at)) {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
    }
    keys
}

/// The terms of a query that hold a letter, a digit or a Han.
fn parse(query: &str) -> Vec<Vec<u16>> {
    let cut: String = query.chars().take(LONGEST).collect();
    let mut terms: Vec<Vec<u16>> = Vec::new();
    for term in folded_units(&cut).split(|unit| *unit == u16::from(b' ')) {
        if !key::cover(term).0.is_empty() && !terms.iter().any(|known| known == term) {
            terms.push(term.to_vec());
        }
    }
    terms
}

fn contains(text: &[u16], term: &[u16]) -> bool {
    text.windows(term.len()).any(|window| window == term)
}
