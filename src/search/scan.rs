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
type Weigh<'a> = &'a dyn Fn(usize, &[Passage]) -> Option<(u32, Stands)>;

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
        let weigh = |_, passages: &[Passage]| {
            let (weakest, best) = stands(passages, &terms)?;
            Some((weights[weakest as usize], best))
        };
        let found = self.ordered(&weigh, 1, &|_| true);
        Answer {
            terms: terms.iter().map(|term| String::from_utf16_lossy(term)).collect(),
            found: found.into_iter().map(|number| &self.documents[number]).collect(),
        }
    }

    /// The documents that hold one word of each group, and of whose numbers `keep` says so, the most fitting first. Words are folded. Those
    /// behind the first `residents` weigh less, those with one of the `places` in their title more.
    pub fn meant(
        &self,
        groups: &[Vec<String>],
        roles: &[Role],
        residents: usize,
        places: &[String],
        keep: &dyn Fn(usize) -> bool,
    ) -> Vec<&Ranked> {
        let (words, weights) = (units(groups), super::weights(self.weights));
        let named = groups.iter().zip(0..).filter(|(_, at)| roles[*at] == Role::Named);
        let size = |group| self.weights(group, residents).len();
        let rarest = named.map(|(group, at)| (size(group), at)).min().map_or(usize::MAX, |(_, at)| at);
        let asked = Groups { words, roles, rarest, residents, typed: self.typed() };
        let places: Vec<Vec<u16>> = places.iter().map(|place| place.encode_utf16().collect()).collect();
        let near = |passages: &[Passage]| {
            let is_titled =
                |place: &Vec<u16>| passages.iter().any(|one| stands_in(one, place) == Some(Stands::InTitle));
            if places.iter().any(is_titled) { weights[Stands::InHeading as usize] * STEPS } else { 0 }
        };
        let weigh = |number, passages: &[Passage]| {
            Some((asked.weigh(number, passages, weights)? + near(passages), Stands::Anywhere))
        };
        let found = self.ordered(&weigh, STEPS, keep);
        found.into_iter().map(|number| &self.documents[number]).collect()
    }

    /// The numbers of the documents that hold one word of a group, each with its weight there; those behind the first `residents` weigh less.
    pub fn weights(&self, group: &[String], residents: usize) -> Vec<(usize, u32)> {
        let weights = super::weights(self.weights);
        let asked = Groups {
            words: units(&[group.to_vec()]),
            roles: &[Role::Named],
            rarest: usize::MAX,
            residents,
            typed: self.typed(),
        };
        let weigh = |number, ranked: &Ranked| asked.weigh(number, &ranked.document.passages, weights);
        self.documents
            .iter()
            .enumerate()
            .filter_map(|(number, ranked)| Some((number, weigh(number, ranked)?)))
            .collect()
    }

    /// Whether a word stands on a document.
    pub fn stands(&self, word: &str) -> bool {
        !self.weights(&[word.to_owned()], usize::MAX).is_empty()
    }

    /// How much of what is looked for stands where a document says what it is about. What is for offices is about something else.
    pub fn about(&self, ranked: &Ranked, groups: &[Vec<String>], roles: &[Role], residents: usize) -> About {
        let number = self.documents.iter().position(|one| std::ptr::eq(one, ranked)).unwrap_or(0);
        let asked = Groups { words: units(groups), roles, rarest: usize::MAX, residents, typed: self.typed() };
        let (passages, weights) = (&ranked.document.passages, super::weights(self.weights));
        let only_asked = !roles.contains(&Role::Named);
        let counted = (0..groups.len()).filter(|at| only_asked || roles[*at] == Role::Named);
        let places = counted.map(|at| asked.best(at, number, passages, weights).map(|(_, place)| place));
        let places: Vec<Option<Stands>> = places.collect();
        if number >= residents && !groups.is_empty() {
            About::Nothing
        } else if places.is_empty() || places.iter().any(|place| place.is_some_and(|place| place >= Stands::InTitle)) {
            About::Titled
        } else if places.iter().all(|place| place.is_some_and(|place| place >= Stands::InHeading)) {
            About::Headed
        } else {
            About::Nothing
        }
    }

    /// Whether a document has a word of each group in its title.
    pub fn are_titled(&self, ranked: &Ranked, groups: &[Vec<String>]) -> bool {
        let is_titled = |word: &Vec<u16>| {
            ranked.document.passages.iter().any(|passage| stands_in(passage, word) == Some(Stands::InTitle))
        };
        units(groups).iter().all(|group| group.iter().any(is_titled))
    }

    /// Steps that what was typed weighs more in a title: as much as what is still to come.
    fn typed(&self) -> u32 {
        u32::from(self.weights.upcoming) * STEPS
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
            let (weight, best) = weigh(number, &ranked.document.passages).filter(|_| keep(number))?;
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

/// Steps that a document for offices weighs less.
const BEHIND: u32 = RAREST;

/// How much of what is looked for stands where a document says what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Something stands in the text alone.
    Nothing,
    /// All stands in headings.
    Headed,
    /// Something stands in the title, or nothing is looked for.
    Titled,
}

/// What a group of words says about the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is looked for.
    Named,
    /// What is asked about it: where that is named in a title, it need not stand there.
    Asked,
    /// What is said of most pages.
    Light,
    /// Whom it is for.
    Whom,
}

/// Groups of words of which a document holds one each.
struct Groups<'a> {
    words: Vec<Vec<Vec<u16>>>,
    roles: &'a [Role],
    /// The group that the fewest documents hold.
    rarest: usize,
    /// The documents behind these many are for offices.
    residents: usize,
    /// Steps that what was typed weighs more in a title than what means the same, which may be about something beside it.
    typed: u32,
}

impl Groups<'_> {
    /// What a document weighs for the best places of all groups, on average; `None` if it holds no word of a group that must stand there.
    fn weigh(&self, number: usize, passages: &[Passage], weights: [u32; 4]) -> Option<u32> {
        let bests: Vec<Option<(u32, Stands)>> =
            (0..self.words.len()).map(|at| self.best(at, number, passages, weights)).collect();
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

    /// The weight of a group, which is that of its heaviest word, and the best place of any. What is for offices is about what was typed, not
    /// about what means the same.
    fn best(&self, at: usize, number: usize, passages: &[Passage], weights: [u32; 4]) -> Option<(u32, Stands)> {
        let place = |(nth, word): (usize, &Vec<u16>)| {
            let is_behind = number >= self.residents;
            let place = passages.iter().filter_map(|passage| stands_in(passage, word)).max()?;
            let is_typed = contains(&self.words[at][0], word);
            let place = if is_behind && !is_typed { Stands::Anywhere } else { place };
            let is_titled = place >= Stands::InTitle;
            let rarest = if at == self.rarest && is_titled { RAREST } else { 0 };
            let typed = if is_typed && is_titled && !is_behind { self.typed + 1 } else { u32::from(nth == 0) };
            let weight = weights[place as usize] * STEPS + typed + rarest;
            Some((weight.saturating_sub(if is_behind { BEHIND } else { 0 }), place))
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

fn contains(units: &[u16], term: &[u16]) -> bool {
    units.windows(term.len()).any(|window| window == term)
}

fn stands_in(passage: &Passage, term: &[u16]) -> Option<Stands> {
    let in_part = |wanted| passage.parts().any(|(units, flags)| flags == wanted && contains(units, term));
    if in_part(TITLE) {
        Some(Stands::InTitle)
    } else if in_part(HEADING) {
        Some(Stands::InHeading)
    } else {
        contains(passage.lines(), term).then_some(Stands::Anywhere)
    }
}
