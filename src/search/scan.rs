//! Answers queries by a plain scan of what pages say. The engine in the browser must give the same answers; a test asks both.

use std::cmp::Reverse;

use super::document::{self, Ranked};
use super::fold::folded_query;
use super::key;
use super::passage::{HEADING, Passage, TITLE};
use crate::content::site::Search as Weights;

/// Characters of a query that are looked at.
const LONGEST: usize = 100;

/// The documents of a portal, in the order of all results.
pub struct Scan<'a> {
    weights: &'a Weights,
    documents: Vec<Ranked>,
}

/// What a query finds.
pub struct Answer<'s> {
    /// Its terms, folded.
    pub terms: Vec<String>,
    /// The documents that hold all of them, the most fitting first.
    pub found: Vec<&'s Ranked>,
}

/// Where a document holds a term, the better the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Anywhere,
    InHeading,
    InTitle,
    IsTitle,
}

impl<'a> Scan<'a> {
    /// A scan of sorted documents.
    pub fn new(weights: &'a Weights, documents: Vec<Ranked>) -> Self {
        Self { weights, documents }
    }

    /// All documents, in the order of all results.
    pub fn documents(&self) -> &[Ranked] {
        &self.documents
    }

    /// The documents that hold every term of a query.
    pub fn ask(&self, query: &str) -> Answer<'_> {
        let cut: String = query.chars().take(LONGEST).collect();
        let folded = folded_query(&cut);
        let terms = key::terms(&folded);
        let (weights, upcoming) = (super::weights(self.weights), document::upcoming(&self.documents));
        let holds = |(number, ranked): (usize, &'_ Ranked)| {
            let weight = weights[stands(&ranked.document.passages, &terms)? as usize];
            Some((weight + if number < upcoming { u32::from(self.weights.upcoming) } else { 0 }, number))
        };
        let mut found: Vec<(u32, usize)> = self.documents.iter().enumerate().filter_map(holds).collect();
        found.sort_by_key(|(weight, number)| (Reverse(*weight), *number));
        Answer {
            terms: terms.iter().map(|term| String::from_utf16_lossy(term)).collect(),
            found: found.into_iter().map(|(_, number)| &self.documents[number]).collect(),
        }
    }
}

/// The weakest of the best places of all terms; `None` if a term is missing or there are no terms.
fn stands(passages: &[Passage], terms: &[&[u16]]) -> Option<Stands> {
    let title = passages.first().map(|passage| key::terms(&passage.asked)).unwrap_or_default();
    if !terms.is_empty() && title == terms {
        return Some(Stands::IsTitle);
    }
    let best = |term: &&[u16]| passages.iter().filter_map(|passage| stands_in(passage, term)).max();
    terms.iter().map(best).min().flatten()
}

fn stands_in(passage: &Passage, term: &[u16]) -> Option<Stands> {
    let contains = |units: &[u16]| units.windows(term.len()).any(|window| window == term);
    let in_part = |wanted| passage.parts().any(|(units, flags)| flags == wanted && contains(units));
    if in_part(TITLE) {
        Some(Stands::InTitle)
    } else if in_part(HEADING) {
        Some(Stands::InHeading)
    } else {
        contains(passage.lines()).then_some(Stands::Anywhere)
    }
}
