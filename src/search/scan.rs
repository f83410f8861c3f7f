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

/// What a document weighs, with the best place of what was asked for; `None` if it does not hold that.
type Weigh<'a> = &'a dyn Fn(&[Passage]) -> Option<(u32, Stands)>;

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
        let weigh = |passages: &[Passage]| {
            let (weakest, best) = stands(passages, &terms)?;
            Some((weights[weakest as usize], best))
        };
        let found = self.ordered(&weigh, 1, &|_| true);
        Answer {
            terms: terms.iter().map(|term| String::from_utf16_lossy(term)).collect(),
            found: found.into_iter().map(|number| &self.documents[number]).collect(),
        }
    }

    /// The documents that hold one word of each group, and of whose numbers `keep` says so, the most fitting first. Words are folded.
    pub fn meant(&self, groups: &[Vec<String>], roles: &[Role], keep: &dyn Fn(usize) -> bool) -> Vec<&Ranked> {
        let (words, weights) = (units(groups), super::weights(self.weights));
        let named = groups.iter().zip(0..).filter(|(_, at)| roles[*at] == Role::Named);
        let rarest = named.map(|(group, at)| (self.weights(group).len(), at)).min().map_or(usize::MAX, |(_, at)| at);
        let asked = Groups { words, roles, rarest };
        let found = self.ordered(&|passages| Some((asked.weigh(passages, weights)?, Stands::Anywhere)), STEPS, keep);
        found.into_iter().map(|number| &self.documents[number]).collect()
    }

    /// The numbers of the documents that hold one word of a group, each with its weight there.
    pub fn weights(&self, group: &[String]) -> Vec<(usize, u32)> {
        let weights = super::weights(self.weights);
        let asked = Groups { words: units(&[group.to_vec()]), roles: &[Role::Named], rarest: usize::MAX };
        let weigh = |ranked: &Ranked| asked.weigh(&ranked.document.passages, weights);
        self.documents.iter().enumerate().filter_map(|(number, ranked)| Some((number, weigh(ranked)?))).collect()
    }

    /// Whether a document has a word of each group in its title.
    pub fn are_titled(&self, ranked: &Ranked, groups: &[Vec<String>]) -> bool {
        let is_titled = |word: &Vec<u16>| {
            ranked.document.passages.iter().any(|passage| stands_in(passage, word) == Some(Stands::InTitle))
        };
        units(groups).iter().all(|group| group.iter().any(is_titled))
    }

    /// What a group weighs at least on a page that has it in its title.
    pub fn titled(&self) -> u32 {
        super::weights(self.weights)[Stands::InTitle as usize] * STEPS
    }

    /// The numbers of the documents that `weigh` gives a weight, in so many `steps`, the heaviest first, of these those with the best place, then in
    /// order.
    fn ordered(&self, weigh: Weigh<'_>, steps: u32, keep: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let (upcoming, more) = (document::upcoming(&self.documents), u32::from(self.weights.upcoming) * steps);
        let holds = |(number, ranked): (usize, &'_ Ranked)| {
            let (weight, best) = weigh(&ranked.document.passages).filter(|_| keep(number))?;
            Some((Reverse((weight + if number < upcoming { more } else { 0 }, best)), number))
        };
        let mut found: Vec<(Reverse<(u32, Stands)>, usize)> =
            self.documents.iter().enumerate().filter_map(holds).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, number)| number).collect()
    }
}

/// The words of groups in units.
fn units(groups: &[Vec<String>]) -> Vec<Vec<Vec<u16>>> {
    groups.iter().map(|group| group.iter().map(|word| word.encode_utf16().collect()).collect()).collect()
}

/// Steps in which weights of groups differ that are otherwise alike.
const STEPS: u32 = 16;
/// Steps of the rarest group in a title, since that is what was looked for; what was typed weighs one step more than what means the same.
const RAREST: u32 = 8;

/// What a group of words says about the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is looked for.
    Named,
    /// What is asked about it: where that is named in a title, it need not stand there.
    Asked,
    /// What is said of most pages.
    Light,
}

/// Groups of words of which a document holds one each.
struct Groups<'a> {
    words: Vec<Vec<Vec<u16>>>,
    roles: &'a [Role],
    /// The group that the fewest documents hold.
    rarest: usize,
}

impl Groups<'_> {
    /// What a document weighs for the best places of all groups, on average; `None` if it holds no word of a group that must stand there.
    fn weigh(&self, passages: &[Passage], weights: [u32; 4]) -> Option<u32> {
        let bests: Vec<Option<(u32, Stands)>> =
            (0..self.words.len()).map(|at| self.best(at, passages, weights)).collect();
        let all = || bests.iter().zip(self.roles);
        let is_named =
            all().any(|(best, role)| *role == Role::Named && best.is_some_and(|(_, place)| place >= Stands::InTitle));
        let counted = self.roles.iter().filter(|role| **role == Role::Named).count();
        let weigh = |(best, role): (&Option<(u32, Stands)>, &Role)| match best {
            Some((weight, _)) => Some(if counted == 0 || *role == Role::Named { *weight } else { 0 }),
            None => (*role == Role::Asked && is_named).then_some(0),
        };
        let sum: Option<u32> = all().map(weigh).sum();
        let divisor = if counted == 0 { self.words.len() } else { counted };
        sum.map(|sum| sum / u32::try_from(divisor.max(1)).unwrap_or(1))
    }

    /// The weight of a group, which is that of its heaviest word, and the best place of any.
    fn best(&self, at: usize, passages: &[Passage], weights: [u32; 4]) -> Option<(u32, Stands)> {
        let place = |(nth, word): (usize, &Vec<u16>)| {
            let place = passages.iter().filter_map(|passage| stands_in(passage, word)).max()?;
            let rarest = if at == self.rarest && place >= Stands::InTitle { RAREST } else { 0 };
            Some((weights[place as usize] * STEPS + u32::from(nth == 0) + rarest, place))
        };
        let all: Vec<(u32, Stands)> = self.words[at].iter().enumerate().filter_map(place).collect();
        Some((all.iter().map(|(weight, _)| *weight).max()?, all.iter().map(|(_, place)| *place).max()?))
    }
}

/// The weakest and the best of the best places of all terms; `None` if a term is missing or there are no terms.
fn stands(passages: &[Passage], terms: &[&[u16]]) -> Option<(Stands, Stands)> {
    let title = passages.first().map(|passage| key::terms(&passage.asked)).unwrap_or_default();
    if !terms.is_empty() && title == terms {
        return Some((Stands::IsTitle, Stands::IsTitle));
    }
    let best = |term: &&[u16]| passages.iter().filter_map(|passage| stands_in(passage, term)).max();
    let places: Option<Vec<Stands>> = terms.iter().map(best).collect();
    let places = places?;
    Some((*places.iter().min()?, *places.iter().max()?))
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
