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
        let weights = super::weights(self.weights);
        let found = self.ordered(&|passages| Some(weights[stands(passages, &terms)? as usize]), &|_| true);
        Answer {
            terms: terms.iter().map(|term| String::from_utf16_lossy(term)).collect(),
            found: found.into_iter().map(|number| &self.documents[number]).collect(),
        }
    }

    /// The documents that hold one word of each group, and of whose numbers `keep` says so, the most fitting first. Words are folded. What is
    /// `asked` about something need not stand where another group stands in the title.
    pub fn meant(&self, groups: &[Vec<String>], asked: &[bool], keep: &dyn Fn(usize) -> bool) -> Vec<&Ranked> {
        let (groups, weights) = (units(groups), super::weights(self.weights));
        let found = self.ordered(&|passages| weighed(passages, &groups, asked, weights), keep);
        found.into_iter().map(|number| &self.documents[number]).collect()
    }

    /// The numbers of the documents that hold one word of a group, each with its weight there.
    pub fn weights(&self, group: &[String]) -> Vec<(usize, u32)> {
        let (groups, weights) = (units(&[group.to_vec()]), super::weights(self.weights));
        let weigh = |ranked: &Ranked| weighed(&ranked.document.passages, &groups, &[false], weights);
        self.documents.iter().enumerate().filter_map(|(number, ranked)| Some((number, weigh(ranked)?))).collect()
    }

    /// The numbers of the documents that `weigh` gives a weight, the heaviest first, then in order.
    fn ordered(&self, weigh: &dyn Fn(&[Passage]) -> Option<u32>, keep: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let upcoming = document::upcoming(&self.documents);
        let holds = |(number, ranked): (usize, &'_ Ranked)| {
            let weight = weigh(&ranked.document.passages).filter(|_| keep(number))?;
            Some((weight + if number < upcoming { u32::from(self.weights.upcoming) } else { 0 }, number))
        };
        let mut found: Vec<(u32, usize)> = self.documents.iter().enumerate().filter_map(holds).collect();
        found.sort_by_key(|(weight, number)| (Reverse(*weight), *number));
        found.into_iter().map(|(_, number)| number).collect()
    }
}

/// The words of groups in units.
fn units(groups: &[Vec<String>]) -> Vec<Vec<Vec<u16>>> {
    groups.iter().map(|group| group.iter().map(|word| word.encode_utf16().collect()).collect()).collect()
}

/// What a document weighs for the best places of all groups, on average; `None` if it holds no word of a group that must stand there.
fn weighed(passages: &[Passage], groups: &[Vec<Vec<u16>>], asked: &[bool], weights: [u32; 4]) -> Option<u32> {
    let word = |word: &Vec<u16>| passages.iter().filter_map(|passage| stands_in(passage, word)).max();
    let places = groups.iter().map(|group| group.iter().filter_map(word).max());
    let places: Vec<(Option<Stands>, bool)> = places.zip(asked.iter().copied()).collect();
    let named = places.iter().any(|(place, asked)| !asked && *place >= Some(Stands::InTitle));
    let weigh = |(place, asked): &(Option<Stands>, bool)| match place {
        Some(place) => Some(weights[*place as usize]),
        None => (*asked && named).then_some(0),
    };
    let all: Option<u32> = places.iter().map(weigh).sum();
    all.map(|all| all / u32::try_from(groups.len().max(1)).unwrap_or(1))
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
