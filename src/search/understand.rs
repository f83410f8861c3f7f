//! Understands a query that is found nowhere, or seldom, as it is typed: what its words mean, and what holds that.
//!
//! 1. It is parted into words of the lexicon ([`super::parts`]). Where it is found nowhere, letters are first read as pinyin, and a piece that
//!    stands nowhere is parted into words of the vocabulary.
//! 2. Filters must all hold (of the days of the week one), of each group of words one must stand on the page, and plain pieces must stand on it.
//!    Where nothing does, kinds do not count.
//! 3. Where that finds nothing: the pages with most words of the table, then with most parts, those with the rarest first. What has nothing but a kind is no answer.
//! 4. Where it was found nowhere as typed: words of titles that were probably meant ([`super::slip`]).
//!
//! What is found exactly always comes before all this. `themes/default/script/search-meaning.js` has the same rules; a test asks both.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::document::Ranked;
use super::facet::FacetChoice;
use super::lexicon::{Filter, Lexicon};
use super::parts::{KIND, Parting, Parts};
use super::pinyin::Pinyin;
use super::scan::{Answer, Role, Scan};
use super::slip::Slips;
use super::vocabulary::{Vocabulary, is_han};
use crate::page::context::Context;

/// With so many exact results a query was surely meant as it was typed.
pub const ENOUGH: usize = 10;
/// Queries that are offered, at most.
const OFFERED: usize = 3;
/// Pages that have a part of a query, at most.
const PARTLY: usize = 10;

/// What queries mean on a portal.
#[derive(Debug)]
pub struct Understanding {
    lexicon: Lexicon,
    slips: Slips,
    pinyin: Pinyin,
    /// The numbers of pages, by facet and key.
    pages: HashMap<(String, String), Vec<u32>>,
    today: Date,
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
    /// What its letters were read as.
    pub spelt: Vec<String>,
}

/// What a page holds of the parts of a query.
#[derive(Default)]
struct Held {
    /// The numbers of the parts, ascending.
    lists: Vec<usize>,
    weight: u32,
    /// Whether a word of the table stands in its title.
    is_titled: bool,
}

impl Understanding {
    /// What queries mean on the portal of these documents.
    pub fn new(context: &Context<'_>, documents: &[Ranked]) -> Self {
        let choices = super::facet::choices(context, documents);
        let lexicon = Lexicon::new(context, &choices);
        let vocabulary = Vocabulary::new(documents, &lexicon);
        let (slips, pinyin) = (Slips::new(&vocabulary), Pinyin::new(&vocabulary));
        let mut pages = HashMap::new();
        for (facet, choices) in choices {
            for FacetChoice { key, pages: some, .. } in choices {
                pages.insert((facet.to_owned(), key), some);
            }
        }
        Self { lexicon, slips, pinyin, pages, today: context.portal.today.date() }
    }

    /// Answers a query.
    pub fn ask<'s>(&self, scan: &'s Scan<'_>, query: &str) -> Understood<'s> {
        let exact = scan.ask(query);
        let stands = |word: &str| !scan.weights(&[word.to_owned()]).is_empty();
        let parting = Parting { lexicon: &self.lexicon, today: self.today, stands: &stands };
        let (mut parts, mut spelt) = (parting.parts(&exact.terms), Vec::new());
        let is_nowhere = exact.found.is_empty();
        if let Some(words) = self.pinyin.read(&exact.terms).filter(|_| is_nowhere && !parts.is_other) {
            parts = Parts { is_other: true, ..parting.parts(&words) };
            spelt = words;
        }
        let typed = parts.clone();
        if is_nowhere {
            parts = self.known(scan, &parting, &parts);
        }
        let mut answer = Understood { exact, parts, meant: Vec::new(), partly: Vec::new(), slips: Vec::new(), spelt };
        if answer.exact.found.len() >= ENOUGH {
            return answer;
        }
        self.mean(scan, &mut answer);
        if is_nowhere {
            if answer.meant.is_empty() {
                answer.partly = self.partly(scan, &answer.parts);
            }
            if answer.spelt.is_empty() {
                answer.slips = self.slipped(scan, &answer.exact.terms, &typed);
            }
        }
        answer
    }

    /// Finds what holds all parts.
    fn mean<'s>(&self, scan: &'s Scan<'_>, answer: &mut Understood<'s>) {
        if !answer.parts.is_other || answer.parts.is_torn || answer.parts.count() == 0 {
            return;
        }
        let known = answer.exact.found.clone();
        let is_new = |one: &&Ranked| !known.iter().any(|known| std::ptr::eq(*known, *one));
        answer.meant = self.holding(scan, &answer.parts).into_iter().filter(is_new).collect();
        for loose in answer.parts.without_kinds() {
            if answer.meant.is_empty() {
                let said = &loose.groups[answer.parts.groups.len()..];
                let held = self.holding(scan, &loose).into_iter().filter(is_new);
                answer.meant = held.filter(|ranked| scan.are_titled(ranked, said)).collect();
                if !answer.meant.is_empty() {
                    answer.parts = loose;
                }
            }
        }
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

    /// The parts, with words in place of pieces of several Han that stand nowhere.
    fn known(&self, scan: &Scan<'_>, parting: &Parting<'_>, parts: &Parts) -> Parts {
        let mut known = Parts { groups: Vec::new(), ..parts.clone() };
        for group in &parts.groups {
            let chars: Vec<char> = group[0].chars().collect();
            let is_unknown = group.len() == 1
                && chars.len() > 2
                && chars.iter().all(|c| is_han(*c))
                && scan.weights(group).is_empty();
            let words = if is_unknown { self.slips.words_in(&chars, parting) } else { Vec::new() };
            if words.is_empty() {
                known.groups.push(group.clone());
                continue;
            }
            known.is_other = true;
            // Beside words a character that is left over stands on a page by chance.
            let (words, left) = words.into_iter().partition::<Vec<_>, _>(|word| word.chars().nth(1).is_some());
            known.groups.extend(words.into_iter().map(|word| vec![word]));
            known.dropped.extend(left);
        }
        known
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
        let is_known = parts.groups.iter().any(|group| group.len() > 1 && self.role(group) == Role::Named);
        let role = |group: &Vec<String>| match self.role(group) {
            Role::Light if !is_known => Role::Named,
            role => role,
        };
        let roles: Vec<Role> = parts.groups.iter().map(role).collect();
        scan.meant(&parts.groups, &roles, &|number| filters.iter().all(|filter| self.has(filter, number)))
    }

    /// What holds most parts, of these most that the table of words knows, those with the rarest first; nothing if these are fewer than two.
    fn partly<'s>(&self, scan: &'s Scan<'_>, parts: &Parts) -> Vec<&'s Ranked> {
        let filters = parts.joined();
        let known = !filters.is_empty() || parts.groups.iter().any(|group| group.len() > 1);
        if parts.count() < 2 || !(known || parts.groups.iter().filter(|group| group[0].chars().count() > 1).count() > 1)
        {
            return Vec::new();
        }
        // Of each part, the numbers of pages that have it, each with its weight there; a piece of one character is on too many.
        let is_asked = |group: &&Vec<String>| self.role(group) != Role::Named;
        let only_asked = parts.groups.iter().all(|group| is_asked(&group));
        let words = parts.groups.iter().filter(|group| group[0].chars().count() > 1);
        let words = words.filter(|group| only_asked || !is_asked(group));
        let rank = |group: &Vec<String>| u8::from(group.len() == 1);
        let mut lists: Vec<(u8, Vec<(usize, u32)>)> = words.map(|group| (rank(group), scan.weights(group))).collect();
        let all = 0..scan.documents().len();
        for filter in filters.iter().filter(|filter| filter.facet != KIND) {
            lists.push((2, all.clone().filter(|number| self.has(filter, *number)).map(|number| (number, 0)).collect()));
        }
        lists.retain(|(_, list)| !list.is_empty());
        // What was asked for before where and when; of that first what the table of words knows.
        lists.sort_by_key(|(rank, list)| (*rank, list.len()));
        let mut held: BTreeMap<usize, Held> = BTreeMap::new();
        for (at, (rank, list)) in lists.iter().enumerate() {
            for (number, weight) in list {
                let own = held.entry(*number).or_default();
                own.lists.push(at);
                own.weight += weight;
                own.is_titled |= *rank == 0 && *weight >= scan.titled();
            }
        }
        // Of a long question the words of the table say what it is about; most of these come before most of all. A page that has one in its
        // title is about it, while a further piece may stand anywhere by chance.
        let ranks: Vec<u8> = lists.iter().map(|(rank, _)| *rank).collect();
        let known = |held: &[usize]| held.iter().filter(|at| ranks[**at] == 0).count();
        let fits = |held: &Held| (known(&held.lists), held.is_titled, held.lists.len());
        let most = held.values().map(fits).max().unwrap_or_default();
        let best = held.into_iter().filter(|(_, held)| fits(held) == most);
        let mut best: Vec<_> = best.map(|(number, held)| (held.lists, Reverse(held.weight), number)).collect();
        best.sort();
        best.into_iter().take(PARTLY).map(|(.., number)| &scan.documents()[number]).collect()
    }

    /// What a group says about the others.
    fn role(&self, group: &[String]) -> Role {
        match &group[0] {
            word if self.lexicon.asked.contains(word) => Role::Asked,
            word if self.lexicon.light.contains(word) => Role::Light,
            _ => Role::Named,
        }
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
