//! The lexicon: what words of a query mean. A word is a filter, one of several words of the same meaning, a day, or part of the question.
//!
//! Browsers fetch it (`search/<generation>/w.js`) only for a query that finds little. `themes/default/script/search-meaning.js` reads it by
//! the rules of [`super::understand`].

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::Serialize;

use super::document::{self, Ranked};
use super::facet::{FacetChoice, KIND};
use super::fold::folded_query;
use super::office;
use crate::content::choice::Choice as _;
use crate::content::shared::{Mode, Weekday};
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::theme::Words;

/// Filters at most: a portal of a province has more streets than a phone should fetch.
const FILTERS: usize = 4000;

/// A choice of a facet that words name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// The facet.
    pub facet: String,
    /// The keys of its choices; a page has one of them.
    pub keys: Vec<String>,
    /// What readers call it.
    pub label: String,
    /// The words that name it, folded.
    pub(super) words: Vec<String>,
    /// Whether these words ask for pages of a kind, so that what else is named is what they are asked about.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) asks: bool,
}

/// What days are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Days from today.
    Day,
    /// Days from the Monday of this week.
    Week,
    /// Months from this one.
    Month,
}

/// Words for days.
#[derive(Debug, Serialize)]
struct Days {
    /// The first and the last.
    from: i8,
    to: i8,
    unit: Unit,
    words: Vec<String>,
}

/// Words for the days before a holiday.
#[derive(Debug, Serialize)]
struct Before {
    /// The last of them.
    to: Date,
    words: Vec<String>,
}

/// What words mean.
#[derive(Debug, Default, Serialize)]
pub struct Lexicon {
    /// The choices of facets.
    pub filters: Vec<Filter>,
    /// Groups of words of the same meaning: folded, and as written.
    alike: Vec<Vec<(String, String)>>,
    /// How many of these are of the table; those behind them are names of units.
    tabled: usize,
    /// How many of the first documents are for residents, and the kinds of those behind them.
    residents: (usize, Vec<&'static str>),
    days: Vec<Days>,
    before: Vec<Before>,
    /// Words that stand for several, each with these.
    pub instead: Vec<(String, String)>,
    /// Words for what is asked about something: where that is named in a title, they need not stand there.
    pub asked: Vec<String>,
    /// Words that stand on most pages: beside a word of the table they say nothing of what is looked for.
    pub light: Vec<String>,
    /// Words for persons: beside a word of the table they say who it is for, not what is looked for.
    pub whom: Vec<String>,
    /// The numerals from one to ten.
    pub numerals: String,
    /// Parts of a month: words, the first day and the last.
    pub parts: Vec<(String, i8, i8)>,
    /// What stands after an age.
    pub age: String,
    /// What may stand before that.
    pub age_about: String,
    /// What stands after the age of somebody old in its place.
    pub age_reached: String,
    /// What may stand behind that.
    pub age_ends: Vec<String>,
    /// What stands between two ages.
    pub to: String,
    /// Ages, the first and the last, each with a word for those who are of it.
    pub ages: Vec<(u16, u16, String)>,
    /// What stands after a month, and after a day.
    pub month: String,
    /// The signs of which one may stand after a day.
    pub day: String,
    /// Particles of a question.
    pub question: String,
    /// Words of a question.
    stops: Vec<String>,
    /// What letters that are read as pinyin spell beside words, such as questions.
    pub spoken: Vec<String>,
    /// Characters that part what is before and behind them.
    pub particles: String,
    /// Characters that mean nothing where they stand alone.
    pub idle: String,
    /// The day of the build: a clock that is behind it is wrong.
    pub today: String,
    /// The portal's time zone.
    zone: String,
}

/// What one word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// A choice of a facet.
    Filter(&'a Filter),
    /// Any of these, folded and as written.
    Alike(&'a [(String, String)]),
    /// Days, the first and the last.
    Days {
        /// The first.
        from: i8,
        /// The last.
        to: i8,
        /// What they are counted from.
        unit: Unit,
    },
    /// The days from today to one.
    Before(Date),
    /// Nothing.
    Stop,
}

/// A word as queries have it: folded, in one piece.
pub(super) fn folded(word: &str) -> String {
    String::from_utf16_lossy(&folded_query(word)).replace(' ', "")
}

fn list(words: &Words, key: &str) -> Vec<String> {
    words.in_group("meaning", key).split_whitespace().map(folded).collect()
}

/// Words with what stands behind their `=`.
pub(super) fn pairs<'a>(words: &'a Words, key: &'a str) -> impl Iterator<Item = (String, &'a str)> {
    let list = words.in_group("meaning", key).split_whitespace();
    list.filter_map(|pair| pair.split_once('=')).map(|(word, means)| (folded(word), means))
}

/// Words with a range of numbers.
fn ranges<N: std::str::FromStr>(words: &Words, key: &str) -> Vec<(String, N, N)> {
    let range = |(word, range): (String, &str)| {
        let (from, to) = range.split_once('-')?;
        Some((word, from.parse().ok()?, to.parse().ok()?))
    };
    pairs(words, key).filter_map(range).collect()
}

/// A title without what stands in brackets at its end, such as the mark of a sample.
pub(super) fn bare(title: &str) -> &str {
    title.split(['（', '(']).next().unwrap_or(title).trim()
}

impl Lexicon {
    /// What words mean on a portal with these choices.
    pub fn new(context: &Context<'_>, choices: &[(&'static str, Vec<FacetChoice>)], documents: &[Ranked]) -> Self {
        let words = context.format.words;
        let mut filters = Vec::new();
        for (facet, choices) in choices {
            let named = |choice: &FacetChoice| Filter {
                facet: (*facet).to_owned(),
                keys: vec![choice.key.clone()],
                label: choice.label.clone(),
                words: names(words, facet, choice),
                asks: false,
            };
            if !matches!(*facet, "date" | super::facet::HIDDEN) {
                filters.extend(choices.iter().map(named));
            }
        }
        let online = |filter: &&mut Filter| filter.facet == "mode" && filter.keys == [Mode::Online.key()];
        if let Some(filter) = filters.iter_mut().find(online) {
            filter.keys.push(Mode::Mixed.key().to_owned());
        }
        filters.truncate(FILTERS);
        filters.push(week(words, "weekend", 5..7));
        filters.push(week(words, "workdays", 0..5));
        let synonyms = &context.portal.settings.synonyms;
        let (before, over) = holidays(context, synonyms);
        let mut lexicon = Self {
            filters: Vec::new(),
            alike: Vec::new(),
            tabled: 0,
            residents: (document::residents(documents), document::OFFICES.map(Kind::folder).to_vec()),
            days: days(words),
            before,
            instead: pairs(words, "instead").map(|(word, means)| (word, folded(means))).collect(),
            asked: list(words, "asked"),
            light: list(words, "light"),
            whom: list(words, "whom"),
            numerals: words.in_group("meaning", "numerals").to_owned(),
            parts: ranges(words, "month-parts"),
            age: words.in_group("meaning", "age-sign").to_owned(),
            age_about: words.in_group("meaning", "age-about").to_owned(),
            age_reached: words.in_group("meaning", "age-reached").to_owned(),
            age_ends: list(words, "age-ends"),
            to: words.in_group("meaning", "to-signs").to_owned(),
            ages: ranges(words, "ages").into_iter().map(|(word, from, to)| (from, to, word)).collect(),
            month: folded(words.in_group("meaning", "month-sign")),
            day: folded(words.in_group("meaning", "day-signs")),
            question: words.in_group("meaning", "question-signs").to_owned(),
            stops: list(words, "stops").into_iter().chain(over).collect(),
            spoken: list(words, "spoken"),
            particles: words.in_group("meaning", "particles").to_owned(),
            idle: words.in_group("meaning", "idle").to_owned(),
            today: context.portal.today.date().to_string(),
            zone: context.portal.settings.site.time_zone.clone(),
        };
        lexicon.name(filters);
        lexicon.liken(synonyms);
        lexicon.filters.extend(asking(words, choices));
        lexicon.tabled = lexicon.alike.len();
        lexicon.alike.extend(office::names(context));
        lexicon
    }

    /// Takes over filters. A word that names two choices of one facet means either; of two facets, the former.
    fn name(&mut self, filters: Vec<Filter>) {
        let mut named: Vec<(String, Filter)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for filter in filters {
            for word in &filter.words {
                let Some(at) = known.get(word) else {
                    known.insert(word.clone(), named.len());
                    named.push((word.clone(), Filter { words: Vec::new(), ..filter.clone() }));
                    continue;
                };
                let other = &mut named[*at].1;
                if other.facet == filter.facet && other.keys != filter.keys {
                    other.label.clone_from(word);
                    other.keys.extend(filter.keys.iter().cloned());
                }
            }
        }
        for (word, filter) in named {
            match self.filters.last_mut().filter(|last| last.facet == filter.facet && last.keys == filter.keys) {
                Some(last) => last.words.push(word),
                None => self.filters.push(Filter { words: vec![word], ..filter }),
            }
        }
    }

    /// Takes over groups of words. Where one of them names a filter, all do.
    fn liken(&mut self, groups: &[Vec<String>]) {
        for group in groups {
            let words: Vec<(String, String)> = group.iter().map(|word| (folded(word), word.clone())).collect();
            let names = |filter: &&mut Filter| words.iter().any(|(word, _)| *word == folded(&filter.label));
            match self.filters.iter_mut().find(names) {
                Some(filter) => {
                    let more = words.into_iter().map(|(word, _)| word);
                    let more: Vec<String> = more.filter(|word| !filter.words.contains(word)).collect();
                    filter.words.extend(more);
                }
                None => self.alike.push(words),
            }
        }
    }

    /// How many of the first documents are for residents.
    pub(super) fn residents(&self) -> usize {
        self.residents.0
    }

    /// Whether a group of words names persons.
    pub(super) fn is_whom(&self, group: &[String]) -> bool {
        group.iter().any(|word| self.whom.contains(word))
    }

    /// Whether a word is a name of a unit, or a kind is for offices.
    pub(super) fn is_office(&self, word: &str) -> bool {
        self.alike[self.tabled..].iter().flatten().any(|(name, _)| name == word) || self.residents.1.contains(&word)
    }

    /// The terms with slips in words of letters taken back (`excle`), if there are any; only words that the table knows.
    pub(super) fn corrected(&self, terms: &[String]) -> Option<Vec<String>> {
        let words: Vec<&str> = self.alike[..self.tabled].iter().flatten().map(|(word, _)| word.as_str()).collect();
        let near = |run: &str| words.iter().find(|word| is_slip(run.as_bytes(), word.as_bytes()));
        let corrected = |term: &String| {
            let (mut text, mut run) = (String::new(), String::new());
            for c in term.chars().map(Some).chain([None]) {
                match c {
                    Some(c) if c.is_ascii_alphanumeric() => run.push(c),
                    c => {
                        text.push_str(near(&run).copied().unwrap_or(&run));
                        text.extend(c);
                        run.clear();
                    }
                }
            }
            text
        };
        Some(terms.iter().map(corrected).collect::<Vec<_>>()).filter(|corrected| corrected != terms)
    }

    /// All words and what they mean; of a word that means several things, the first.
    pub fn words(&self) -> HashMap<&str, Meaning<'_>> {
        let mut all = HashMap::new();
        let mut put = |word, meaning| {
            all.entry(word).or_insert(meaning);
        };
        for days in &self.days {
            let Days { from, to, unit, words } = days;
            for word in words {
                put(word.as_str(), Meaning::Days { from: *from, to: *to, unit: *unit });
            }
        }
        for Before { to, words } in &self.before {
            for word in words {
                put(word.as_str(), Meaning::Before(*to));
            }
        }
        for filter in &self.filters {
            for word in &filter.words {
                put(word.as_str(), Meaning::Filter(filter));
            }
        }
        for group in &self.alike {
            for (word, _) in group {
                put(word.as_str(), Meaning::Alike(group));
            }
        }
        for word in &self.stops {
            put(word.as_str(), Meaning::Stop);
        }
        all
    }

    /// The words of the table of synonyms and of filters, folded and as written.
    pub fn synonyms(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = self.filters.iter().flat_map(|filter| &filter.words).map(|word| (word.as_str(), word.as_str()));
        self.alike.iter().flatten().map(|(folded, word)| (folded.as_str(), word.as_str())).chain(named)
    }
}

/// What a choice is called: its label, of a region also without what kind of region it is, of a weekday also in other ways.
fn names(words: &Words, facet: &str, choice: &FacetChoice) -> Vec<String> {
    let label = bare(&choice.label);
    let mut names = vec![folded(label)];
    match facet {
        "region" => {
            let endings = words.in_group("meaning", "region-endings").split_whitespace();
            names.extend(endings.filter_map(|ending| label.strip_suffix(ending)).take(1).map(folded));
        }
        "weekday" => {
            let day = Weekday::ALL.get(choice.key.parse::<usize>().unwrap_or(usize::MAX)).copied();
            let short = |day| words.choice::<Weekday>(day).chars().next_back();
            let names_of_week = words.in_group("meaning", "week-names").split_whitespace();
            names.extend(
                day.and_then(short)
                    .into_iter()
                    .flat_map(|last| names_of_week.clone().map(move |week| folded(&format!("{week}{last}")))),
            );
        }
        _ => {}
    }
    names.retain(|name| name.chars().count() > 1);
    names.dedup();
    names
}

/// Letters of a word at least in which a slip is known as one.
const SLIP: usize = 4;

/// Whether letters are a word with one wrong, one missing or one too many, or with two in each other's place; the first is right.
fn is_slip(typed: &[u8], word: &[u8]) -> bool {
    let (short, long) = if typed.len() < word.len() { (typed, word) } else { (word, typed) };
    let is_word = |letters: &[u8]| letters.len() >= SLIP && letters.iter().all(u8::is_ascii_lowercase);
    if !is_word(typed) || !is_word(word) || typed[0] != word[0] || long.len() > short.len() + 1 {
        return false;
    }
    if short.len() < long.len() {
        return (1..long.len()).any(|at| long[..at].iter().chain(&long[at + 1..]).eq(short));
    }
    let wrong: Vec<usize> = (0..typed.len()).filter(|at| typed[*at] != word[*at]).collect();
    match wrong[..] {
        [_] => true,
        [one, other] => other == one + 1 && typed[one] == word[other] && typed[other] == word[one],
        _ => false,
    }
}

/// Words that ask for pages of a kind: who is in charge, how one is chosen.
fn asking(words: &Words, choices: &[(&'static str, Vec<FacetChoice>)]) -> Vec<Filter> {
    let kinds = choices.iter().filter(|(facet, _)| *facet == KIND).flat_map(|(_, choices)| choices);
    let filter = |choice: &FacetChoice| Filter {
        facet: KIND.to_owned(),
        keys: vec![choice.key.clone()],
        label: choice.label.clone(),
        words: pairs(words, "asking").filter(|(_, kind)| *kind == choice.key).map(|(word, _)| word).collect(),
        asks: true,
    };
    kinds.map(filter).filter(|filter| !filter.words.is_empty()).collect()
}

/// Several days of the week in one word.
fn week(words: &Words, key: &str, days: std::ops::Range<u8>) -> Filter {
    let label = words.in_group("meaning", key).split_whitespace().next().unwrap_or_default().to_owned();
    let keys = days.map(|day| day.to_string()).collect();
    Filter { facet: "weekday".to_owned(), keys, label, words: list(words, key), asks: false }
}

fn days(words: &Words) -> Vec<Days> {
    let some = [
        ("today", 0, 0, Unit::Day),
        ("tomorrow", 1, 1, Unit::Day),
        ("after-tomorrow", 2, 2, Unit::Day),
        ("this-week", 0, 6, Unit::Week),
        ("next-week", 7, 13, Unit::Week),
        ("this-weekend", 5, 6, Unit::Week),
        ("next-weekend", 12, 13, Unit::Week),
        ("this-month", 0, 0, Unit::Month),
        ("next-month", 1, 1, Unit::Month),
    ];
    let mut days: Vec<Days> =
        some.into_iter().map(|(key, from, to, unit)| Days { from, to, unit, words: list(words, key) }).collect();
    // A day of such a week: the word for the week with the last character of the day's name.
    let of_week = words.in_group("meaning", "week-names").split_whitespace();
    let last: Vec<&str> = of_week.clone().collect();
    let other = words.in_group("meaning", "sunday-too");
    for (key, monday) in [("this-week", 0), ("next-week", 7)] {
        let weeks: Vec<String> =
            list(words, key).into_iter().filter(|week| last.iter().any(|name| week.ends_with(name))).collect();
        for (nth, day) in (0_i8..).zip(Weekday::ALL) {
            let short = words.choice::<Weekday>(*day).chars().next_back();
            let names = short.into_iter().chain(other.chars().filter(|_| nth == 6));
            let words = names.flat_map(|name| weeks.iter().map(move |week| format!("{week}{name}"))).collect();
            days.push(Days { from: monday + nth, to: monday + nth, unit: Unit::Week, words });
        }
    }
    days
}

/// Words for the days before a holiday to come, and those of which the day is not known.
fn holidays(context: &Context<'_>, synonyms: &[Vec<String>]) -> (Vec<Before>, Vec<String>) {
    let (portal, words) = (context.portal, context.format.words);
    let ending = words.in_group("meaning", "holiday-ending");
    let mut days: BTreeMap<String, Option<Date>> = BTreeMap::new();
    for id in portal.of_kind(Kind::Holidays) {
        let Own::Holidays(year) = &portal.item(*id).entry.own else { continue };
        for holiday in &year.holidays {
            let coming = Some(holiday.from.0).filter(|from| !portal.today.reached(*from));
            let short = holiday.title.strip_suffix(ending).filter(|short| short.chars().count() > 1);
            let own = [Some(holiday.title.as_str()), short];
            let own: Vec<&str> = own.into_iter().flatten().collect();
            let alike = synonyms.iter().filter(|group| group.iter().any(|word| own.contains(&word.as_str())));
            for name in alike.flatten().map(String::as_str).chain(own.iter().copied()) {
                let known = days.entry(name.to_owned()).or_default();
                *known = [*known, coming].into_iter().flatten().min();
            }
        }
    }
    let (mut before, mut over) = (Vec::new(), Vec::new());
    for (name, day) in days {
        let names = words.in_group("meaning", "before").split_whitespace();
        let names = names.map(|ending| folded(&format!("{name}{ending}")));
        match day.and_then(|day| day.yesterday().ok()) {
            Some(to) => before.push(Before { to, words: names.collect() }),
            None => over.extend(names),
        }
    }
    (before, over)
}

/// Whether a facet's choices are joined where a query names two of them: nothing is on Saturday alone and on Sunday alone.
pub fn is_joined(facet: &str) -> bool {
    matches!(facet, "weekday" | "time" | "kind")
}
