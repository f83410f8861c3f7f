//! Understands a query that is found nowhere, or seldom, as it is typed: what its words mean, and what holds that.
//!
//! 1. Each piece between spaces is parted into words of the lexicon, from left to right, the longest first. What is left between them is a
//!    plain piece; particles part it, unless they would leave a single character, and idle characters that stand alone are dropped.
//! 2. Filters must all hold (of the days of the week one), of each group of words one must stand on the page, and plain pieces must stand on it.
//!    Where nothing does, kinds do not count.
//! 3. Where that finds nothing: the pages with most of these, those with the rarest first. What has nothing but a kind is no answer.
//! 4. Where it was found nowhere as typed: words of titles that were probably meant ([`super::slip`]).
//!
//! What is found exactly always comes before all this. `themes/default/script/search-meaning.js` has the same rules; a test asks both.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::document::Ranked;
use super::facet::{FacetChoice, HIDDEN};
use super::lexicon::{Filter, Lexicon, Meaning, Unit, is_joined};
use super::scan::{Answer, Scan};
use super::slip::Slips;
use super::vocabulary::Vocabulary;
use super::when::When;
use crate::content::rules::each_day;
use crate::page::context::Context;

/// With so many exact results a query was surely meant as it was typed.
pub const ENOUGH: usize = 10;
/// The facet of kinds.
const KIND: &str = "kind";
/// Queries that are offered, at most.
const OFFERED: usize = 3;
/// Pages that have a part of a query, at most.
const PARTLY: usize = 10;

/// What queries mean on a portal.
#[derive(Debug)]
pub struct Understanding {
    lexicon: Lexicon,
    slips: Slips,
    /// The numbers of pages, by facet and key.
    pages: HashMap<(String, String), Vec<u32>>,
    today: Date,
}

/// A query in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The choices that its words name, each with the word as typed.
    pub filters: Vec<(String, Filter)>,
    /// What must stand on a page: of each group one; the first is as typed.
    pub groups: Vec<Vec<String>>,
    /// What was typed and does not count.
    pub dropped: Vec<String>,
    /// Whether the groups are other than the terms as typed.
    pub is_other: bool,
}

/// All that a query finds.
pub struct Understood<'s> {
    /// What holds its terms as they are.
    pub exact: Answer<'s>,
    /// Its parts.
    pub parts: Parts,
    /// What holds all of its parts, without what is exact.
    pub meant: Vec<&'s Ranked>,
    /// What holds most of its parts, if nothing holds all.
    pub partly: Vec<&'s Ranked>,
    /// What was probably meant to be typed.
    pub slips: Vec<String>,
}

impl Understanding {
    /// What queries mean on the portal of these documents.
    pub fn new(context: &Context<'_>, documents: &[Ranked]) -> Self {
        let choices = super::facet::choices(context, documents);
        let lexicon = Lexicon::new(context, &choices);
        let slips = Slips::new(&Vocabulary::new(documents, &lexicon));
        let mut pages = HashMap::new();
        for (facet, choices) in choices {
            for FacetChoice { key, pages: some, .. } in choices {
                pages.insert((facet.to_owned(), key), some);
            }
        }
        Self { lexicon, slips, pages, today: context.portal.today.date() }
    }

    /// Answers a query.
    pub fn ask<'s>(&self, scan: &'s Scan<'_>, query: &str) -> Understood<'s> {
        let exact = scan.ask(query);
        let parts = self.parts(&exact.terms);
        let mut answer = Understood { exact, parts, meant: Vec::new(), partly: Vec::new(), slips: Vec::new() };
        if answer.exact.found.len() >= ENOUGH {
            return answer;
        }
        let is_new = |one: &&Ranked| !answer.exact.found.iter().any(|known| std::ptr::eq(*known, *one));
        if answer.parts.is_other && answer.parts.count() > 0 {
            answer.meant = self.holding(scan, &answer.parts).into_iter().filter(is_new).collect();
            if let Some(loose) = answer.parts.of_any_kind().filter(|_| answer.meant.is_empty()) {
                answer.meant = self.holding(scan, &loose).into_iter().filter(is_new).collect();
                if !answer.meant.is_empty() {
                    answer.parts = loose;
                }
            }
        }
        if answer.exact.found.is_empty() {
            if answer.meant.is_empty() {
                answer.partly = self.partly(scan, &answer.parts);
            }
            answer.slips = self.slipped(scan, &answer.exact.terms, &answer.parts);
        }
        answer
    }

    /// The query with one piece of it replaced by a word of titles, if that finds something.
    fn slipped(&self, scan: &Scan<'_>, terms: &[String], parts: &Parts) -> Vec<String> {
        let plain = || parts.groups.iter().filter(|group| group.len() == 1).map(|group| &group[0]);
        let whole = terms.iter().filter(|term| plain().any(|piece| term.contains(piece)));
        let mut queries: Vec<String> = Vec::new();
        for piece in whole.chain(plain()) {
            for (typed, meant) in self.slips.of(piece, !plain().any(|plain| plain == piece)) {
                let query = terms.join(" ").replacen(&typed, meant, 1);
                // Nobody meant to write a word twice.
                let is_new = !queries.contains(&query) && !terms.iter().any(|term| term.contains(meant));
                if queries.len() < OFFERED && is_new {
                    queries.push(query);
                }
            }
        }
        queries.retain(|query| !scan.ask(query).found.is_empty());
        queries
    }

    /// The parts of the terms of a query.
    pub fn parts(&self, terms: &[String]) -> Parts {
        let words = self.lexicon.words();
        let longest = words.keys().map(|word| word.chars().count()).max().unwrap_or(0);
        let mut parts = Parts::default();
        for term in terms {
            let full = self.lexicon.instead.iter().fold(term.clone(), |text, (word, means)| text.replace(word, means));
            let chars: Vec<char> = full.chars().collect();
            let before = parts.groups.len();
            let (mut at, mut plain) = (0, 0);
            while at < chars.len() {
                let found = self.written(&words, &chars, at).or_else(|| self.word(&words, longest, &chars, at));
                let Some((len, meaning)) = found else {
                    at += 1;
                    continue;
                };
                self.plain(&chars[plain..at], &mut parts);
                parts.add(chars[at..at + len].iter().collect(), meaning);
                at += len;
                plain = at;
            }
            self.plain(&chars[plain..], &mut parts);
            if parts.count() > 1 {
                parts.drop_single(before);
            }
            parts.is_other |= parts.groups.get(before).is_none_or(|group| group[0] != *term || group.len() > 1);
        }
        parts
    }

    /// What is written in numbers at a place: days, or an age, which means those who are of it.
    fn written(&self, words: &HashMap<&str, Meaning<'_>>, chars: &[char], at: usize) -> Option<(usize, Part)> {
        let when = self.when();
        if let Some((len, (from, to))) = when.days(chars, at) {
            return Some((len, Self::day(from, to)));
        }
        let (len, years) = when.age(chars, at)?;
        let of_age = self.lexicon.ages.iter().find(|(from, to, _)| (*from..=*to).contains(&years));
        let part = of_age.and_then(|(.., word)| Some(self.meaning(words.get(word.as_str())?)));
        Some((len, part.unwrap_or(Part::Stop)))
    }

    /// The longest word at a place. Letters are not parted, and a word of a question gives way to a word that begins within it and ends
    /// behind it.
    fn word(
        &self,
        words: &HashMap<&str, Meaning<'_>>,
        longest: usize,
        chars: &[char],
        at: usize,
    ) -> Option<(usize, Part)> {
        let joins = |at: usize| {
            at > 0 && chars.get(at).is_some_and(|c| c.is_ascii_alphanumeric() && chars[at - 1].is_ascii_alphanumeric())
        };
        let found = |at: usize, to: usize| {
            let ends = (at + 2..=to.min(at + longest)).rev();
            let word = |end: usize| words.get(chars[at..end].iter().collect::<String>().as_str());
            ends.filter(|end| !joins(at) && !joins(*end)).find_map(|end| Some((end, *word(end)?)))
        };
        let (mut end, mut meaning) = found(at, chars.len())?;
        while meaning == Meaning::Stop {
            let later = |at: usize| {
                found(at, chars.len()).is_some_and(|(other, meaning)| other > end && meaning != Meaning::Stop)
            };
            if !(at + 1..end).any(later) {
                break;
            }
            (end, meaning) = found(at, end - 1)?;
        }
        if let Meaning::Days { from, unit: Unit::Month, .. } = meaning {
            let first = self.today.first_of_month().saturating_add(i32::from(from).months());
            let (len, part) = self.when().part(chars, end);
            let (from, to) = self.when().month_of(first, part);
            return Some((end + len - at, Self::day(from, to)));
        }
        Some((end - at, self.meaning(&meaning)))
    }

    fn when(&self) -> When<'_> {
        When { lexicon: &self.lexicon, today: self.today }
    }

    /// Adds what is left between words.
    fn plain(&self, chars: &[char], parts: &mut Parts) {
        let particle = |c: &char| self.lexicon.particles.contains(*c);
        let pieces: Vec<&[char]> = chars.split(particle).collect();
        let whole = pieces.iter().any(|piece| piece.len() == 1);
        for piece in if whole { vec![chars] } else { pieces } {
            let text: String = piece.iter().collect();
            if piece.iter().all(|c| particle(c) || self.lexicon.idle.contains(*c)) {
                parts.dropped.extend((!text.is_empty()).then_some(text));
            } else {
                parts.groups.push(vec![text]);
            }
        }
    }

    fn meaning(&self, meaning: &Meaning<'_>) -> Part {
        match *meaning {
            Meaning::Filter(filter) => Part::Filter(filter.clone()),
            Meaning::Alike(group) => Part::Alike(group.iter().map(|(word, _)| word.clone()).collect()),
            Meaning::Stop => Part::Stop,
            Meaning::Before(to) => Self::day(self.today, to),
            Meaning::Days { from, to, unit } => {
                let monday = i64::from(self.today.weekday().to_monday_zero_offset());
                let back = if unit == Unit::Week { monday } else { 0 };
                let day = |ahead: i8| self.today.saturating_add((i64::from(ahead) - back).days());
                Self::day(day(from), day(to))
            }
        }
    }

    /// The filter of the days from one to another.
    fn day(from: Date, to: Date) -> Part {
        let keys: Vec<String> = each_day(from, to).map(|day| day.to_string()).collect();
        let label = if from == to { from.to_string() } else { format!("{from}–{to}") };
        Part::Filter(Filter { facet: HIDDEN.to_owned(), keys, label, ..Filter::default() })
    }

    /// Whether the page of a number has a filter.
    fn has(&self, filter: &Filter, number: usize) -> bool {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        filter.keys.iter().any(|key| {
            let pages = self.pages.get(&(filter.facet.clone(), key.clone()));
            pages.is_some_and(|pages| pages.binary_search(&number).is_ok())
        })
    }

    /// What holds all parts, the most fitting first.
    fn holding<'s>(&self, scan: &'s Scan<'_>, parts: &Parts) -> Vec<&'s Ranked> {
        let filters = parts.joined();
        let asked: Vec<bool> = parts.groups.iter().map(|group| self.lexicon.asked.contains(&group[0])).collect();
        scan.meant(&parts.groups, &asked, &|number| filters.iter().all(|filter| self.has(filter, number)))
    }

    /// What holds most parts, those with the rarest first; nothing if these are fewer than two.
    fn partly<'s>(&self, scan: &'s Scan<'_>, parts: &Parts) -> Vec<&'s Ranked> {
        let filters = parts.joined();
        let known = !filters.is_empty() || parts.groups.iter().any(|group| group.len() > 1);
        if parts.count() < 2 || !(known || parts.groups.iter().filter(|group| group[0].chars().count() > 1).count() > 1)
        {
            return Vec::new();
        }
        // Of each part, the numbers of pages that have it, each with its weight there; a piece of one character is on too many.
        let words = parts.groups.iter().filter(|group| group[0].chars().count() > 1);
        let mut lists: Vec<(bool, Vec<(usize, u32)>)> = words.map(|group| (false, scan.weights(group))).collect();
        let all = 0..scan.documents().len();
        for filter in filters.iter().filter(|filter| filter.facet != KIND) {
            lists.push((
                true,
                all.clone().filter(|number| self.has(filter, *number)).map(|number| (number, 0)).collect(),
            ));
        }
        lists.retain(|(_, list)| !list.is_empty());
        // What was asked for before where and when.
        lists.sort_by_key(|(is_filter, list)| (*is_filter, list.len()));
        let mut held: BTreeMap<usize, (Vec<usize>, u32)> = BTreeMap::new();
        for (at, (_, list)) in lists.iter().enumerate() {
            for (number, weight) in list {
                let own = held.entry(*number).or_default();
                own.0.push(at);
                own.1 += weight;
            }
        }
        let most = held.values().map(|(lists, _)| lists.len()).max().unwrap_or(0);
        let best = held.into_iter().filter(|(_, (lists, _))| lists.len() == most);
        let mut best: Vec<_> = best.map(|(number, (lists, weight))| (lists, Reverse(weight), number)).collect();
        best.sort();
        best.into_iter().take(PARTLY).map(|(.., number)| &scan.documents()[number]).collect()
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

impl<'s> Understood<'s> {
    /// The first result that a reader sees.
    pub fn first(&self) -> Option<&'s Ranked> {
        self.exact.found.iter().chain(&self.meant).chain(&self.partly).next().copied()
    }
}

/// What a word of a query is.
enum Part {
    Filter(Filter),
    Alike(Vec<String>),
    Stop,
}

impl Parts {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.filters.len() + self.groups.len()
    }

    fn add(&mut self, typed: String, part: Part) {
        match part {
            Part::Filter(filter) => self.filters.push((typed, filter)),
            Part::Alike(mut words) => {
                words.retain(|word| *word != typed);
                words.insert(0, typed);
                self.groups.push(words);
            }
            Part::Stop => self.dropped.push(typed),
        }
    }

    /// The parts without kinds, if there are others: who asks for activities of tomorrow is served with a course.
    fn of_any_kind(&self) -> Option<Self> {
        let (kinds, filters) = self.filters.iter().cloned().partition::<Vec<_>, _>(|(_, filter)| filter.facet == KIND);
        let dropped = self.dropped.iter().cloned().chain(kinds.iter().map(|(typed, _)| typed.clone())).collect();
        let loose = Self { filters, dropped, ..self.clone() };
        (!kinds.is_empty() && loose.count() > 0).then_some(loose)
    }

    /// Drops plain pieces of one Han, from a group on: beside other parts they say too little.
    fn drop_single(&mut self, from: usize) {
        let is_single = |group: &Vec<String>| {
            let mut chars = group[0].chars();
            group.len() == 1 && chars.next().is_some_and(|c| !c.is_ascii()) && chars.next().is_none()
        };
        let (single, kept) = self.groups.split_off(from).into_iter().partition::<Vec<_>, _>(is_single);
        self.groups.extend(kept);
        self.dropped.extend(single.into_iter().flatten());
    }

    /// The filters; those of a facet of which a page has one are one.
    fn joined(&self) -> Vec<Filter> {
        let mut joined: Vec<Filter> = Vec::new();
        for (_, filter) in &self.filters {
            match joined.iter_mut().find(|other| other.facet == filter.facet && is_joined(&filter.facet)) {
                Some(other) => other.keys.extend(filter.keys.iter().cloned()),
                None => joined.push(filter.clone()),
            }
        }
        joined
    }
}
