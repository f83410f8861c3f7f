//! Facets: for every value the documents that have it, as packed lists; a file each, which nobody loads who does not look.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::bits::Writer;
use super::document::Place;
use crate::content::shared::Weekday;
use crate::content::value::Number;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::portal::{Item, ItemId};

/// A facet.
#[derive(Debug, Serialize)]
pub struct Facet {
    /// Its name in addresses.
    #[serde(skip)]
    pub name: &'static str,
    /// Its values: key, label, and the number of the value above it or -1.
    values: Vec<(String, String, i32)>,
    /// A list of documents for each value, one behind the other.
    lists: String,
}

/// The names of all facets, in the order shown.
const FACETS: [&str; 8] = ["kind", "topic", "audience", "region", "fee", "weekday", "time", "date"];

/// A value with its documents.
struct Value {
    key: String,
    label: String,
    above: Option<String>,
    pages: Vec<u32>,
}

/// The facets that have values.
pub fn facets(context: &Context<'_>, places: &[Place]) -> Vec<Facet> {
    let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let made = FACETS.into_iter().map(|name| {
        let values: Vec<Value> =
            values(context, places, name).into_iter().filter(|value| !value.pages.is_empty()).collect();
        let mut lists = Writer::default();
        for value in &values {
            lists.list(&value.pages, count);
        }
        let number = |above: &Option<String>| {
            let at = above.as_ref().and_then(|above| values.iter().position(|value| value.key == *above));
            at.and_then(|at| i32::try_from(at).ok()).unwrap_or(-1)
        };
        let values = values.iter().map(|value| (value.key.clone(), value.label.clone(), number(&value.above)));
        Facet { name, values: values.collect(), lists: lists.base64() }
    });
    made.filter(|facet| !facet.values.is_empty()).collect()
}

fn values(context: &Context<'_>, places: &[Place], name: &str) -> Vec<Value> {
    let own = |label: &dyn Fn(&str) -> String, keys: &dyn Fn(&Item, &Place) -> Vec<String>| {
        by_key(context, places, label, keys)
    };
    let word = |key: &str| context.words.get(&format!("facet.{key}")).to_owned();
    match name {
        "kind" => kinds(context, places),
        "topic" => gathered(context, places, Kind::Topic),
        "audience" => gathered(context, places, Kind::Audience),
        "region" => gathered(context, places, Kind::Region),
        "fee" => own(&word, &|item, _| {
            fee(item).map(|fee| if fee.0.is_zero() { "free" } else { "paid" }.to_owned()).into_iter().collect()
        }),
        "weekday" => {
            let mut all = own(&|key| weekday(context, key), &|item, _| {
                coming(context, item, |at| Weekday::of(at.date()) as usize)
            });
            all.sort_by(|a, b| a.key.cmp(&b.key));
            all
        }
        "time" => {
            own(&|key| word(["morning", "afternoon", "evening"][key.parse::<usize>().unwrap_or(0)]), &|item, _| {
                coming(context, item, |at| match at.hour() {
                    0..12 => 0,
                    12..18 => 1,
                    _ => 2,
                })
            })
        }
        _ => {
            let year =
                |key: &str| if key == "next" { word(key) } else { format!("{key}{}", context.words.get("text.year")) };
            let mut all = own(&year, &|_, place| place.date_keys());
            all.sort_by(|a, b| (b.key == "next", &b.key).cmp(&(a.key == "next", &a.key)));
            all
        }
    }
}

fn kinds(context: &Context<'_>, places: &[Place]) -> Vec<Value> {
    let label = |key: &str| Kind::from_folder(key).map(|kind| context.kind_name(kind)).unwrap_or_default();
    let mut all = by_key(context, places, &label, &|item, _| vec![item.kind().folder().to_owned()]);
    all.sort_by_key(|value| std::cmp::Reverse(value.pages.len()));
    all
}

fn by_key(
    context: &Context<'_>,
    places: &[Place],
    label: &dyn Fn(&str) -> String,
    keys: &dyn Fn(&Item, &Place) -> Vec<String>,
) -> Vec<Value> {
    let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (page, place) in (0_u32..).zip(places) {
        for key in keys(context.portal.item(place.id), place) {
            found.entry(key).or_default().push(page);
        }
    }
    found.into_iter().map(|(key, pages)| Value { label: label(&key), key, above: None, pages }).collect()
}

/// What regions, topics or audiences gather, in the order of their list.
fn gathered(context: &Context<'_>, places: &[Place], by: Kind) -> Vec<Value> {
    let portal = context.portal;
    let numbers: HashMap<ItemId, u32> = places.iter().map(|place| place.id).zip(0_u32..).collect();
    let value = |id: &ItemId| {
        let item = portal.item(*id);
        let members = Kind::ALL.iter().flat_map(|kind| portal.gathered(*id, *kind));
        let mut pages: Vec<u32> = members.filter_map(|member| numbers.get(member).copied()).collect();
        pages.sort_unstable();
        pages.dedup();
        let above = match &item.entry.own {
            Own::Region(region) => region.parent.as_ref().map(|parent| parent.id().to_owned()),
            _ => None,
        };
        Value { key: item.id().to_owned(), label: item.title().to_owned(), above, pages }
    };
    portal.of_kind(by).iter().map(value).collect()
}

fn fee(item: &Item) -> Option<Number> {
    match &item.entry.own {
        Own::Course(course) => Some(course.fee),
        Own::Event(event) => event.fee,
        _ => None,
    }
}

fn weekday(context: &Context<'_>, key: &str) -> String {
    use crate::content::choice::Choice as _;
    let day = key.parse().ok().and_then(|at: usize| Weekday::ALL.get(at));
    day.map(|day| context.choice(*day)).unwrap_or_default()
}

/// What the sessions to come have in common with others.
fn coming(context: &Context<'_>, item: &Item, of: impl Fn(jiff::civil::DateTime) -> usize) -> Vec<String> {
    let next = item.sessions.iter().filter(|session| !session.is_past(&context.portal.today));
    let mut keys: Vec<String> = next.map(|session| of(session.start).to_string()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
