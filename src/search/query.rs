//! Answers queries in the program as the theme's script answers them in a browser: the same keys from the same chunks, the same order.
//!
//! A test asks both the same and wants the same answers: who changes one changes the other.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::chunk::{self, Found};
use super::directory::{self, Directory, Home};
use super::document::{self, Document, Place};
use super::fold::folded_units;
use super::key::{self, Key};
use super::passage;
use super::postings::{self, Group};
use crate::page::context::Context;

/// Characters of a query that are looked at.
const LONGEST: usize = 100;
/// Keys that are fetched at a time, and the candidates at which no more are needed.
const ROUND: usize = 3;
const FEW: usize = 10;
/// Chunks of an index in memory: any number does.
const CHUNKS: usize = 300;

/// An index in memory.
pub struct Index<'a> {
    context: Context<'a>,
    places: Vec<Place>,
    documents: Vec<(Document, Vec<u16>)>,
    /// The document of every passage.
    pages: Vec<u32>,
    groups: Vec<Group>,
    directory: Directory,
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

/// The passages that could hold a term, each with 2 if it stands in the title, 1 if in a heading, 0 elsewhere.
type Passages = BTreeMap<u32, u8>;

impl<'a> Index<'a> {
    /// The index of a portal.
    pub fn new(context: Context<'a>) -> Self {
        let places = document::places(context.portal);
        let document = |place: &Place| {
            let document = document::document(&context, place);
            let passages = passage::fold(&document, &mut BTreeSet::new());
            let folded = folded_units(&format!("{}\n{}", document.title, document.text));
            ((document, folded), passages)
        };
        let made: Vec<_> = places.par_iter().map(document).collect();
        let (mut documents, mut passages, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        for (page, (document, some)) in (0_u32..).zip(made) {
            documents.push(document);
            pages.extend(some.iter().map(|_| page));
            passages.extend(some);
        }
        let (groups, frequent) = postings::groups(&passages);
        let directory = chunk::directory(&groups, frequent, CHUNKS, 1);
        Self { context, places, documents, pages, groups, directory }
    }

    /// The pages that hold every term of a query.
    pub fn ask(&self, query: &str) -> Answer<'_> {
        let cut: String = query.chars().take(LONGEST).collect();
        let folded = folded_units(&cut);
        let terms = key::terms(&folded);
        let ids = self.candidates(&terms);
        let candidates = ids.iter().filter_map(|id| self.documents.get(*id as usize));
        let holds = candidates.filter(|(_, text)| terms.iter().all(|term| contains(text, term)));
        let found = holds.map(|(document, _)| document).collect();
        let terms = terms.iter().map(|term| String::from_utf16_lossy(term)).collect();
        Answer { terms, candidates: ids.len(), found }
    }

    fn candidates(&self, terms: &[&[u16]]) -> Vec<u32> {
        let turns = directory::turns(terms, &self.directory.frequent);
        let name = key::name(terms);
        let told = turns.first().map(|(_, first)| self.find(*first).named).unwrap_or_default();
        let same = told.into_iter().filter(|(_, other)| *other == name);
        let named: BTreeSet<u32> = same.map(|(passage, _)| self.pages[passage as usize]).collect();
        let mut held: Vec<Option<Passages>> = vec![None; terms.len()];
        let mut found = BTreeMap::new();
        for (number, round) in turns.chunks(ROUND).enumerate() {
            if number > 0 && found.len() <= FEW {
                break;
            }
            for (term, key) in round {
                let list: Passages = self.find(*key).passages.into_iter().collect();
                held[*term] = Some(match held[*term].take() {
                    None => list,
                    Some(before) => both(before, &list),
                });
            }
            found = self.pages(&held);
        }
        let mut ranked: Vec<(u32, u8)> = found.into_iter().collect();
        let (upcoming, weights) = (document::upcoming(&self.places), super::weights(&self.context));
        let more = self.context.portal.settings.site.search.upcoming;
        let weight = |id: u32, place: u8| {
            let place = usize::from(place) + usize::from(place == 2 && named.contains(&id));
            weights[place] + if (id as usize) < upcoming { u32::from(more) } else { 0 }
        };
        ranked.sort_by_key(|(id, place)| (std::cmp::Reverse(weight(*id, *place)), *id));
        ranked.into_iter().map(|(id, _)| id).collect()
    }

    /// The pages on which all terms could stand, each with the least of the best places of each.
    fn pages(&self, held: &[Option<Passages>]) -> BTreeMap<u32, u8> {
        let mut found: Option<BTreeMap<u32, u8>> = None;
        for passages in held.iter().flatten() {
            let mut pages = BTreeMap::new();
            for (passage, place) in passages {
                let best = pages.entry(self.pages[*passage as usize]).or_insert(0);
                *best = (*place).max(*best);
            }
            found = Some(match found {
                None => pages,
                Some(before) => both(before, &pages),
            });
        }
        found.unwrap_or_default()
    }

    /// What is known of a key, as a browser reads it from its chunk.
    fn find(&self, key: Key) -> Found {
        let home = Home::of(key, &self.directory.frequent);
        let Some((at, part)) = self.directory.find(home) else { return Found::default() };
        let chunk = chunk::write(&self.directory, at, part, &self.groups);
        let of = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        chunk::find(&chunk, self.directory.entries[at], home, of).unwrap_or_default()
    }
}

/// What is in both, each with the lesser place.
fn both(before: BTreeMap<u32, u8>, other: &BTreeMap<u32, u8>) -> BTreeMap<u32, u8> {
    before.into_iter().filter_map(|(id, place)| Some((id, place.min(*other.get(&id)?)))).collect()
}

fn contains(text: &[u16], term: &[u16]) -> bool {
    text.windows(term.len()).any(|window| window == term)
}
