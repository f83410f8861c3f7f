//! Packs the facets of the portal as lists of documents, one file for each facet, loaded on demand.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use serde::Serialize;

use super::bits::Writer;
use super::document::Ranked;
use crate::content::Kind;
use crate::content::choice::Choice as _;
use crate::content::field::Field;
use crate::content::shared::{Mode, Weekday};
use crate::page::context::Context;
use crate::portal::ItemId;
use crate::portal::facet::{DayPart, Fee, Value};

/// Days ahead of which each is a choice, for queries that name one.
const DAYS: usize = 120;

/// A facet.
#[derive(Debug, Serialize)]
pub struct Facet {
    /// Its name in addresses.
    #[serde(skip)]
    pub name: &'static str,
    /// Its choices: key, label, and the number of the choice above it or -1.
    values: Vec<(String, String, i32)>,
    /// A list of documents for each choice, one behind the other.
    lists: String,
}

/// A choice with its documents, by their numbers.
#[derive(Debug)]
pub struct FacetChoice {
    /// Its key in addresses.
    pub key: String,
    /// What readers call it.
    pub label: String,
    /// The numbers of its documents, ascending; at least one.
    pub pages: Vec<u32>,
    above: Option<ItemId>,
    item: Option<ItemId>,
}

/// The facet of kinds.
pub const KIND: &str = "kind";
/// The facets of which only queries make use: readers are not offered them.
pub const HIDDEN: &str = "day";

/// The choices of every facet, in the order shown.
pub fn choices(context: &Context<'_>, documents: &[Ranked]) -> Vec<(&'static str, Vec<FacetChoice>)> {
    let numbers = documents.iter().map(|ranked| ranked.document.id).zip(0_u32..).collect();
    let source = Packer { context, documents, numbers };
    let made = [
        (KIND, source.kinds()),
        ("topic", source.items(Kind::Topic)),
        ("audience", source.items(Kind::Audience)),
        ("region", source.items(Kind::Region)),
        ("fee", source.fees()),
        ("mode", source.modes()),
        ("weekday", source.weekdays()),
        ("time", source.day_parts()),
        ("date", source.dates()),
        (HIDDEN, source.days()),
    ];
    let there = |(name, mut choices): (_, Vec<FacetChoice>)| {
        choices.retain(|choice| !choice.pages.is_empty());
        (name, choices)
    };
    made.into_iter().map(there).collect()
}

/// The facets that have choices, packed; `count` is the number of documents.
pub fn facets(choices: &[(&'static str, Vec<FacetChoice>)], count: usize) -> Vec<Facet> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    choices.iter().filter_map(|(name, choices)| facet(name, choices, count)).collect()
}

fn facet(name: &'static str, choices: &[FacetChoice], count: u32) -> Option<Facet> {
    let mut lists = Writer::default();
    for choice in choices {
        lists.list(&choice.pages, count);
    }
    let number = |above: ItemId| choices.iter().position(|choice| choice.item == Some(above));
    let above =
        |choice: &FacetChoice| choice.above.and_then(number).and_then(|at| i32::try_from(at).ok()).unwrap_or(-1);
    let values: Vec<_> =
        choices.iter().map(|choice| (choice.key.clone(), choice.label.clone(), above(choice))).collect();
    (!values.is_empty()).then(|| Facet { name, values, lists: lists.base64() })
}

struct Packer<'a> {
    context: &'a Context<'a>,
    documents: &'a [Ranked],
    numbers: HashMap<ItemId, u32>,
}

impl Packer<'_> {
    fn choice(&self, value: Value, key: impl Into<String>, label: impl Into<String>) -> FacetChoice {
        let members = self.context.portal.facets.of(value).iter();
        let mut pages: Vec<u32> = members.filter_map(|id| self.numbers.get(id).copied()).collect();
        pages.sort_unstable();
        FacetChoice { key: key.into(), label: label.into(), above: None, item: None, pages }
    }

    fn word(&self, key: &str) -> String {
        self.context.format.words.in_group("facet", key).to_owned()
    }

    /// The most frequent first.
    fn kinds(&self) -> Vec<FacetChoice> {
        let choice = |kind: &Kind| self.choice(Value::Kind(*kind), kind.folder(), self.context.format.kind(*kind));
        let mut all: Vec<FacetChoice> = Kind::ALL.iter().map(choice).collect();
        all.sort_by(|a, b| (Reverse(a.pages.len()), &a.key).cmp(&(Reverse(b.pages.len()), &b.key)));
        all
    }

    /// Topics, audiences or regions, in the order of their list.
    fn items(&self, kind: Kind) -> Vec<FacetChoice> {
        let portal = self.context.portal;
        let choice = |id: &ItemId| {
            let item = portal.item(*id);
            let choice = self.choice(Value::Item(*id), item.id(), item.title());
            FacetChoice { above: item.edges.one(Field::Parent), item: Some(*id), ..choice }
        };
        portal.of_kind(kind).iter().map(choice).collect()
    }

    fn fees(&self) -> Vec<FacetChoice> {
        let choice = |(fee, key)| self.choice(Value::Fee(fee), key, self.word(key));
        [(Fee::Free, "free"), (Fee::Paid, "paid")].map(choice).into()
    }

    fn modes(&self) -> Vec<FacetChoice> {
        let choice = |mode: &Mode| self.choice(Value::Mode(*mode), mode.key(), self.context.format.choice(*mode));
        Mode::ALL.iter().map(choice).collect()
    }

    /// The coming days on which something takes place, by date.
    fn days(&self) -> Vec<FacetChoice> {
        let today = self.context.portal.today.date();
        let days = today.series(1.day()).take(DAYS);
        days.map(|day| self.choice(Value::Day(day), day.to_string(), day.to_string())).collect()
    }

    fn weekdays(&self) -> Vec<FacetChoice> {
        let days = Weekday::ALL.iter().enumerate();
        days.map(|(at, day)| self.choice(Value::Weekday(*day), at.to_string(), self.context.format.choice(*day)))
            .collect()
    }

    fn day_parts(&self) -> Vec<FacetChoice> {
        let parts = DayPart::ALL.into_iter().zip(["morning", "afternoon", "evening"]).enumerate();
        parts.map(|(at, (part, word))| self.choice(Value::DayPart(part), at.to_string(), self.word(word))).collect()
    }

    /// What is to come, then years, the latest first: as results are dated.
    fn dates(&self) -> Vec<FacetChoice> {
        let mut found: BTreeMap<(bool, i16), Vec<u32>> = BTreeMap::new();
        for (page, ranked) in (0_u32..).zip(self.documents) {
            let Some(day) = ranked.day() else { continue };
            found.entry((false, day.year())).or_default().push(page);
            if ranked.is_upcoming() {
                found.entry((true, 0)).or_default().push(page);
            }
        }
        let choice = |((is_next, year), pages): ((bool, i16), Vec<u32>)| {
            let next = || ("next".to_owned(), self.word("next"));
            let (key, label) = if is_next { next() } else { (year.to_string(), self.context.format.year(year)) };
            FacetChoice { key, label, above: None, item: None, pages }
        };
        found.into_iter().rev().map(choice).collect()
    }
}
