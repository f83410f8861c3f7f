//! Understands a query that is found nowhere, or seldom, as it is typed: what its words mean, and what holds that.
//!
//! 1. It is parted into words of the lexicon ([`super::parts`]). Where it is found nowhere, letters are first read as pinyin or as a slip
//!    (excle), and a piece that stands nowhere is parted into words of the vocabulary.
//! 2. Filters must all hold (of the days of the week one), of each group of words one must stand on the page, and plain pieces must stand on it.
//!    Where nothing does, kinds do not count. Of a question that finds only pages that are about something else, looser readings that find pages
//!    about what it names come instead (老人噎住了怎么救, 孩子沉迷手机). What is for offices is behind what is for residents, unless an office is named.
//! 3. Where that finds nothing: the pages with most words of the table, then with most parts, those with the rarest first. What has nothing but a kind is no answer.
//! 4. Where it was found nowhere as typed: words of titles that were probably meant ([`super::slip`]), in the query or alone.
//!
//! What is found exactly always comes before all this. `themes/default/script/search-meaning.js` has the same rules; a test asks both.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::document::Ranked;
use super::facet::{FacetChoice, KIND};
use super::lexicon::{Filter, Lexicon, bare, folded};
use super::parts::{Parting, Parts};
use super::pinyin::Pinyin;
use super::scan::{About, Answer, Role, Scan};
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
    /// How many words of the table stand in its title.
    titled: usize,
}

impl Understanding {
    /// What queries mean on the portal of these documents.
    pub fn new(context: &Context<'_>, documents: &[Ranked]) -> Self {
        let choices = super::facet::choices(context, documents);
        let lexicon = Lexicon::new(context, &choices, documents);
        let vocabulary = Vocabulary::new(documents, &lexicon);
        let (slips, pinyin) = (Slips::new(&vocabulary), Pinyin::new(&vocabulary, &lexicon.spoken));
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
        let stands = |word: &str| scan.stands(word);
        let parting = Parting { lexicon: &self.lexicon, today: self.today, stands: &stands };
        let (mut parts, mut spelt) = (parting.parts(&exact.terms), Vec::new());
        let is_nowhere = exact.found.is_empty();
        if is_nowhere {
            let read = self.pinyin.read(&exact.terms).filter(|_| !parts.is_other);
            spelt = read.or_else(|| self.lexicon.corrected(&exact.terms)).unwrap_or_default();
        }
        if !spelt.is_empty() {
            parts = Parts { is_other: true, ..parting.parts(&spelt) };
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

    /// Finds what holds all parts, or all of a looser reading: where nothing does, and of a question where what was found is about nothing that
    /// it names.
    fn mean<'s>(&self, scan: &'s Scan<'_>, answer: &mut Understood<'s>) {
        let parts = answer.parts.clone();
        if !parts.is_other || parts.is_torn || parts.count() == 0 {
            return;
        }
        let known = answer.exact.found.clone();
        let is_new = |one: &&Ranked| !known.iter().any(|known| std::ptr::eq(*known, *one));
        // Who names something wants it to be of the kind that is named.
        let is_bare = !parts.groups.iter().any(|group| group.len() > 1 && self.role(group) == Role::Named);
        let mut best: Option<About> = None;
        for (reading, step) in self.readings(&parts) {
            let is_more = best.is_some();
            if is_more && (!parts.is_question || best == Some(About::Titled)) {
                break;
            }
            if (step == Step::Looser && !is_more) || (step == Step::Any && is_more && !is_bare) {
                continue;
            }
            let mut found = self.holding(scan, &reading);
            found.retain(is_new);
            let (own, said) = reading.groups.split_at(parts.groups.len().min(reading.groups.len()));
            if step == Step::Said && !is_more {
                found.retain(|ranked| scan.are_titled(ranked, said));
            }
            let Some(first) = found.first() else { continue };
            let about = scan.about(first, own, &self.roles(&reading)[..own.len()], self.residents(&reading));
            let is_enough = match step {
                Step::Looser => about >= About::Headed,
                Step::Said => !is_more || about >= About::Headed,
                Step::First | Step::Any => true,
            };
            if is_enough && best.is_none_or(|best| about > best) {
                (best, answer.meant, answer.parts) = (Some(about), found, reading);
                if step != Step::First && !is_more {
                    break;
                }
            }
        }
    }

    /// The readings of a query, the closest first.
    fn readings(&self, parts: &Parts) -> Vec<(Parts, Step)> {
        let looser = parts.looser(&self.lexicon).into_iter().map(|looser| (looser, Step::Looser));
        let kinds = parts.without_kinds().into_iter().zip([Step::Said, Step::Any]);
        std::iter::once((parts.clone(), Step::First)).chain(looser).chain(kinds).collect()
    }

    /// The query with one piece of it replaced by a word of titles, if that finds something.
    fn slipped(&self, scan: &Scan<'_>, terms: &[String], parts: &Parts) -> Vec<String> {
        let plain = || parts.groups.iter().filter(|group| group.len() == 1).map(|group| &group[0]);
        let is_whole = |term: &&String| plain().any(|piece| term.contains(piece));
        let left = |term: &&String| parts.dropped.iter().any(|one| one.chars().count() == 1 && term.contains(one));
        let mut queries: Vec<(String, &str)> = Vec::new();
        // A query that is on no page is offered as the word alone, which is, unless more was typed around it.
        let alone = |piece: &String, typed: &str| piece.chars().count() <= typed.chars().count() + 1;
        let mut offer = |typed: &str, meant, is_alone: bool| {
            let query = terms.join(" ").replacen(typed, meant, 1);
            // Nobody meant to write a word twice.
            let is_new = !queries.iter().any(|(other, _)| *other == query);
            if queries.len() < OFFERED && is_new && !terms.iter().any(|term| term.contains(meant)) {
                queries.push((query, if is_alone { meant } else { "" }));
            }
        };
        // A character that was dropped beside a word may be heard as part of another one (房诈骗).
        for piece in terms.iter().filter(|term| !is_whole(term) && left(term)) {
            let same = |meant: &str| meant.chars().count() == piece.chars().count();
            let heard = self.slips.of(piece, true).into_iter().filter(|(typed, meant)| typed == piece && same(meant));
            heard.for_each(|(typed, meant)| offer(&typed, meant, true));
        }
        for piece in terms.iter().filter(is_whole).chain(plain()) {
            for (typed, meant) in self.slips.of(piece, !plain().any(|plain| plain == piece)) {
                offer(&typed, meant, alone(piece, &typed));
            }
        }
        let there = |(query, meant): (String, &str)| {
            [query, meant.to_owned()].into_iter().find(|query| !scan.ask(query).found.is_empty())
        };
        let mut offered: Vec<String> = Vec::new();
        for query in queries.into_iter().filter_map(there) {
            if !offered.contains(&query) {
                offered.push(query);
            }
        }
        offered
    }

    /// The parts, with words in place of pieces of several Han that stand nowhere.
    fn known(&self, scan: &Scan<'_>, parting: &Parting<'_>, parts: &Parts) -> Parts {
        let mut known = Parts { groups: Vec::new(), ..parts.clone() };
        for group in &parts.groups {
            let chars: Vec<char> = group[0].chars().collect();
            let is_unknown =
                group.len() == 1 && chars.len() > 2 && chars.iter().all(|c| is_han(*c)) && !scan.stands(&group[0]);
            let words = if is_unknown { self.slips.words_in(&chars, parting) } else { numbered(scan, group) };
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
        let keep = |number| filters.iter().all(|filter| self.has(filter, number));
        let residents = self.residents(parts);
        scan.meant(&parts.groups, &self.roles(parts), residents, &places(parts, residents), &keep)
    }

    /// What each group says about the others.
    fn roles(&self, parts: &Parts) -> Vec<Role> {
        let is_known = parts.groups.iter().any(|group| group.len() > 1 && self.role(group) == Role::Named);
        let role = |group: &Vec<String>| match self.role(group) {
            Role::Light | Role::Whom if !is_known => Role::Named,
            role => role,
        };
        parts.groups.iter().map(role).collect()
    }

    /// Behind how many documents those are that weigh less; none if an office is named, or what is for offices.
    fn residents(&self, parts: &Parts) -> usize {
        let kinds =
            parts.filters.iter().filter(|(_, filter)| filter.facet == KIND).flat_map(|(_, filter)| &filter.keys);
        let mut named = kinds.chain(parts.groups.iter().flatten());
        if named.any(|name| self.lexicon.is_office(name)) { usize::MAX } else { self.lexicon.residents() }
    }

    /// What holds most parts, of these most that the table of words knows, those with the rarest first; nothing if these are fewer than two.
    fn partly<'s>(&self, scan: &'s Scan<'_>, parts: &Parts) -> Vec<&'s Ranked> {
        let (filters, residents) = (parts.joined(), self.residents(parts));
        let known = !filters.is_empty() || parts.groups.iter().any(|group| group.len() > 1);
        if parts.count() < 2 || !(known || parts.groups.iter().filter(|group| group[0].chars().count() > 1).count() > 1)
        {
            return Vec::new();
        }
        // Of each part, the numbers of pages that have it, each with its weight there; a piece of one character is on too many.
        let is_asked = |group: &&Vec<String>| matches!(self.role(group), Role::Asked | Role::Light);
        let only_asked = parts.groups.iter().all(|group| is_asked(&group));
        let words = parts.groups.iter().filter(|group| group[0].chars().count() > 1);
        let words = words.filter(|group| only_asked || !is_asked(group));
        let is_known = parts.groups.iter().any(|group| group.len() > 1 && self.role(group) == Role::Named);
        let rank = |group: &Vec<String>| u8::from(group.len() == 1 || (is_known && self.role(group) == Role::Whom));
        let mut lists: Vec<(u8, Vec<(usize, u32)>)> =
            words.map(|group| (rank(group), scan.weights(group, residents))).collect();
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
                own.titled += usize::from(*rank == 0 && *weight >= scan.titled());
            }
        }
        // Of a long question the words of the table say what it is about; most of these come before most of all. A page that has them in its
        // title is about them, while a further piece may stand anywhere by chance.
        let ranks: Vec<u8> = lists.iter().map(|(rank, _)| *rank).collect();
        let known = |held: &[usize]| held.iter().filter(|at| ranks[**at] == 0).count();
        let fits = |held: &Held| (known(&held.lists), held.titled, held.lists.len());
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
            _ if group.len() > 1 && self.lexicon.is_whom(group) => Role::Whom,
            _ => Role::Named,
        }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

/// How a query is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// As it was typed.
    First,
    /// Without a part of it: counts if what is left stands in the title or in headings, where the first reading only names that.
    Looser,
    /// With words of kinds as they were typed: counts if these stand in the title, or all else in headings where the first reading found less.
    Said,
    /// Without words of kinds.
    Any,
}

/// The names of the places in which an office is looked for: one that has its place in its title is that of this place, not one below.
fn places(parts: &Parts, residents: usize) -> Vec<String> {
    let regions = parts.filters.iter().filter(|(_, filter)| filter.facet == "region" && residents == usize::MAX);
    regions.map(|(_, filter)| folded(bare(&filter.label))).collect()
}

/// The stretches of a piece of Han and numbers that stands nowhere (郑政办文13号), parted before each number, if each stands on a page.
fn numbered(scan: &Scan<'_>, group: &[String]) -> Vec<String> {
    let [piece] = group else { return Vec::new() };
    let mut parts: Vec<String> = Vec::new();
    for c in piece.chars() {
        match parts.last_mut() {
            Some(part) if !(c.is_ascii_digit() && part.ends_with(is_han)) => part.push(c),
            _ => parts.push(c.to_string()),
        }
    }
    let are_known = parts.len() > 1 && !scan.stands(piece) && parts.iter().all(|part| scan.stands(part));
    if are_known { parts } else { Vec::new() }
}

impl<'s> Understood<'s> {
    /// The first result that a reader sees.
    pub fn first(&self) -> Option<&'s Ranked> {
        self.exact.found.iter().chain(&self.meant).chain(&self.partly).next().copied()
    }
}
