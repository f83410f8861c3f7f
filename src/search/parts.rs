//! Parts a query into words of the lexicon and what is left between them.
//!
//! Each piece between spaces is parted from left to right, the longest word first. What is left between them is a plain piece; particles part
//! it, unless they would leave a single character, and idle characters that stand alone are dropped. A single character that is left behind
//! a word makes a longer word with it (养老|金), if that stands on a page; if it does not, the query is torn: its parts are not what was typed.
//! `themes/default/script/search-meaning.js` has the same rules.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::facet::{HIDDEN, KIND};
use super::lexicon::{Filter, Lexicon, Meaning, Unit, is_joined};
use super::vocabulary::is_han;
use super::when::When;
use crate::content::rules::each_day;

/// Facets whose words are often the beginning of others.
const BROAD: [&str; 3] = [KIND, "topic", "audience"];

/// Words of a choice that a question is about, at most.
const ABOUT: usize = 12;

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
    /// Whether a word of the lexicon is only the greater part of what was typed, so that nothing holds all.
    pub is_torn: bool,
    /// Whether it is a sentence: words of a question were among what was typed, or a word of the lexicon in one piece with others.
    pub is_question: bool,
}

/// What a word of a query is.
enum Part {
    Filter(Filter),
    Alike(Vec<String>),
    Stop,
}

/// A stretch of a term: a word of the lexicon, or what is left.
struct Piece {
    from: usize,
    to: usize,
    part: Option<Part>,
}

/// Parts queries on a day.
pub(super) struct Parting<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) today: Date,
    /// Whether a word stands on a page.
    pub(super) stands: &'a dyn Fn(&str) -> bool,
}

impl Parting<'_> {
    /// The parts of the terms of a query.
    pub(super) fn parts(&self, terms: &[String]) -> Parts {
        let words = self.lexicon.words();
        let longest = words.keys().map(|word| word.chars().count()).max().unwrap_or(0);
        let mut parts = Parts::default();
        for term in terms {
            let full =
                self.lexicon.instead.iter().fold(term.clone(), |text, (word, means)| self.instead(&text, word, means));
            let chars: Vec<char> = full.chars().collect();
            let before = parts.groups.len();
            let pieces = self.glued(&chars, self.pieces(&words, longest, &chars), &mut parts);
            let is_known = pieces.iter().any(|piece| matches!(piece.part, Some(Part::Filter(_) | Part::Alike(_))));
            for Piece { from, to, part } in pieces {
                match part {
                    Some(part) => parts.add(chars[from..to].iter().collect(), part),
                    None => self.plain(&chars[from..to], &mut parts),
                }
            }
            if parts.count() > 1 && !parts.is_torn {
                parts.drop_single(before);
            }
            let is_left = |group: &Vec<String>| group.len() == 1 && group[0].chars().count() > 1;
            parts.is_question |= is_known && parts.groups[before..].iter().any(is_left);
            parts.is_other |= parts.groups.get(before).is_none_or(|group| group[0] != *term || group.len() > 1);
        }
        parts.ask();
        parts
    }

    /// A text with other words in place of one; a number that is part of another one is none (七十多岁).
    fn instead(&self, text: &str, word: &str, means: &str) -> String {
        let is_number = |c: char| c.is_ascii_digit() || self.lexicon.numerals.contains(c);
        let mut pieces = text.split(word);
        let mut full = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let goes_on = word.starts_with(is_number) && full.ends_with(is_number);
            full.push_str(if goes_on { word } else { means });
            full.push_str(piece);
        }
        full
    }

    /// The stretches of a term.
    fn pieces(&self, words: &HashMap<&str, Meaning<'_>>, longest: usize, chars: &[char]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let (mut at, mut plain) = (0, 0);
        while at < chars.len() {
            let found = self.written(words, chars, at).or_else(|| self.word(words, longest, chars, at));
            let Some((len, part)) = found else {
                at += 1;
                continue;
            };
            if plain < at {
                pieces.push(Piece { from: plain, to: at, part: None });
            }
            pieces.push(Piece { from: at, to: at + len, part: Some(part) });
            at += len;
            plain = at;
        }
        if plain < chars.len() {
            pieces.push(Piece { from: plain, to: chars.len(), part: None });
        }
        pieces
    }

    /// Puts single characters to the word beside them, where that makes a word of pages, which is then meant as well. One that makes none with the
    /// word before it tears the parts.
    fn glued(&self, chars: &[char], pieces: Vec<Piece>, parts: &mut Parts) -> Vec<Piece> {
        let is_broad = |piece: &Piece| match &piece.part {
            Some(Part::Filter(filter)) => BROAD.contains(&filter.facet.as_str()),
            Some(Part::Alike(_)) => true,
            Some(Part::Stop) | None => false,
        };
        let is_single = |piece: &Piece| {
            let c = chars[piece.from];
            piece.part.is_none() && piece.to == piece.from + 1 && is_han(c) && !self.says_nothing(c)
        };
        let mut all: Vec<Piece> = Vec::new();
        for mut piece in pieces {
            let Some(last) = all.last_mut() else {
                all.push(piece);
                continue;
            };
            let (before, behind) = (is_single(last) && is_broad(&piece), is_single(&piece) && is_broad(last));
            let stands = (before || behind) && (self.stands)(&chars[last.from..piece.to].iter().collect::<String>());
            parts.is_torn |= behind && !stands;
            let word = if before { &mut piece } else { &mut *last };
            let typed = chars[word.from..word.to].iter().collect();
            if let (true, Some(Part::Alike(words))) = (stands, &mut word.part) {
                words.insert(0, typed);
                last.part = last.part.take().or(piece.part);
                last.to = piece.to;
            } else {
                all.push(piece);
            }
        }
        all
    }

    /// Whether a character means nothing where it stands alone.
    pub(super) fn says_nothing(&self, c: char) -> bool {
        self.lexicon.particles.contains(c) || self.lexicon.idle.contains(c)
    }

    /// A stretch of at least two characters without those at its ends that mean nothing there.
    pub(super) fn without_ends(&self, chars: &[char]) -> Option<String> {
        let first = chars.iter().position(|c| !self.says_nothing(*c))?;
        let last = chars.iter().rposition(|c| !self.says_nothing(*c))?;
        (first < last).then(|| chars[first..=last].iter().collect())
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
        When { lexicon: self.lexicon, today: self.today }
    }

    /// Adds what is left between words.
    fn plain(&self, chars: &[char], parts: &mut Parts) {
        let particle = |c: &char| self.lexicon.particles.contains(*c);
        parts.is_question |= chars.iter().any(|c| self.lexicon.question.contains(*c));
        let pieces: Vec<&[char]> = chars.split(particle).collect();
        let whole = pieces.iter().any(|piece| piece.len() == 1);
        for piece in if whole { vec![chars] } else { pieces } {
            let text: String = piece.iter().collect();
            if piece.iter().all(|c| self.says_nothing(*c)) {
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
                words.insert(0, typed);
                let mut known = HashSet::new();
                words.retain(|word| known.insert(word.clone()));
                self.groups.push(words);
            }
            Part::Stop => {
                self.dropped.push(typed);
                self.is_question = true;
            }
        }
    }

    /// Where pages of a kind are asked for, makes words of what else is named: an office has no audience, but is in charge of one.
    fn ask(&mut self) {
        if !self.filters.iter().any(|(_, filter)| filter.asks) {
            return;
        }
        let is_about = |(_, filter): &(String, Filter)| BROAD.contains(&filter.facet.as_str()) && !filter.asks;
        let (about, kept) = std::mem::take(&mut self.filters).into_iter().partition::<Vec<_>, _>(is_about);
        self.filters = kept;
        for (typed, filter) in about {
            self.add(typed, Part::Alike(filter.words.into_iter().take(ABOUT).collect()));
        }
    }

    /// Looser readings of a question, the closest first: without what no table knows, then without whom or which topic it names, then without
    /// both. What it is about stays, and so does an age.
    pub(super) fn looser(&self, lexicon: &Lexicon) -> Vec<Self> {
        let is_tabled = |parts: &Self| parts.groups.iter().any(|group| group.len() > 1);
        if !self.is_question {
            return Vec::new();
        }
        let plain = |parts: &Self| {
            let (groups, left) = parts.groups.iter().cloned().partition::<Vec<_>, _>(|group| group.len() > 1);
            let dropped = parts.dropped.iter().cloned().chain(left.into_iter().flatten()).collect();
            Self { groups, dropped, ..parts.clone() }
        };
        let is_whom = |(typed, filter): &(String, Filter)| {
            let is_number = |c: char| c.is_ascii_digit() || lexicon.numerals.contains(c);
            let is_age = typed.starts_with(is_number) || typed.chars().any(|c| lexicon.age.contains(c));
            !is_age && filter.facet != KIND && BROAD.contains(&filter.facet.as_str())
        };
        let (whom, filters) = self.filters.iter().cloned().partition::<Vec<_>, _>(is_whom);
        let (persons, groups) =
            self.groups.iter().cloned().partition::<Vec<_>, _>(|group| group.len() > 1 && lexicon.is_whom(group));
        let persons = persons.into_iter().map(|mut group| group.swap_remove(0));
        let whom = whom.into_iter().map(|(typed, _)| typed).chain(persons);
        let dropped = self.dropped.iter().cloned().chain(whom).collect();
        let anybody = Self { filters, groups, dropped, ..self.clone() };
        let mut all: Vec<Self> = [self, &anybody].into_iter().filter(|parts| is_tabled(parts)).map(plain).collect();
        all.insert(all.len().min(1), anybody);
        all.retain(|parts| parts.count() < self.count() && !parts.groups.is_empty());
        all.dedup();
        all
    }

    /// The parts with the words of kinds as they were typed, behind the other groups, then without them, if there are others: who asks when the
    /// learning week begins finds news of it, and who asks for activities of tomorrow is served with a course.
    pub(super) fn without_kinds(&self) -> Vec<Self> {
        let (kinds, filters) = self.filters.iter().cloned().partition::<Vec<_>, _>(|(_, filter)| filter.facet == KIND);
        if kinds.is_empty() || self.count() == kinds.len() {
            return Vec::new();
        }
        let typed = || kinds.iter().map(|(typed, _)| typed.clone());
        let groups = self.groups.iter().cloned().chain(typed().map(|typed| vec![typed])).collect();
        let dropped = self.dropped.iter().cloned().chain(typed()).collect();
        let said = Self { filters: filters.clone(), groups, ..self.clone() };
        vec![said, Self { filters, dropped, ..self.clone() }]
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
    pub(super) fn joined(&self) -> Vec<Filter> {
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
