//! The index of topics and courses by the initial of their pinyin: the way to find something without a script.

use std::collections::BTreeMap;

use super::Pages;
use super::pager::pager;
use crate::content::Kind;
use crate::page::context::Context;
use crate::page::link;
use crate::page::route::{Content, Head, Role, Route};
use crate::page::view::{LettersView, Link, LinkGroup, MenuLink};
use crate::portal::order::pinyin_key;
use crate::portal::{ItemId, Portal};

/// Entries on one page.
const LENGTH: usize = 200;
/// What is listed.
const KINDS: [Kind; 2] = [Kind::Topic, Kind::Course];
/// What begins with no letter.
const OTHERS: char = '#';

/// The address of the index.
const INDEX: &str = "az/index.html";

/// A page of the index; without a letter, the one that leads to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letters {
    letter: Option<char>,
    /// From 1.
    number: usize,
}

impl Pages for Letters {
    type View = LettersView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let pages = letters(portal).into_iter().flat_map(|(letter, ids)| {
            let numbers = 1..=ids.len().div_ceil(LENGTH);
            numbers.map(move |number| Self { letter: Some(letter), number })
        });
        std::iter::once(Self { letter: None, number: 1 }).chain(pages).collect()
    }

    fn address(&self, _: &Portal) -> String {
        self.letter.map_or_else(|| INDEX.to_owned(), |letter| address(letter, self.number))
    }

    fn content(&self, context: &Context<'_>, _: &Route) -> Content<LettersView> {
        let Self { letter, number } = *self;
        let index = context.format.word("search.index");
        let title = letter.map_or_else(|| index.clone(), |letter| format!("{index} {}", letter.to_uppercase()));
        let head = Head {
            heading: context.format.numbered(&title, number),
            description: String::new(),
            crumbs: letter.map(|_| Link { title: index, address: Some(INDEX.to_owned()) }).into_iter().collect(),
            role: Role::Column,
        };
        Content { template: "letters.html", head, view: view(context, letter, number) }
    }
}

fn address(letter: char, number: usize) -> String {
    let name = if letter == OTHERS { "other".to_owned() } else { letter.to_string() };
    if number == 1 { format!("az/{name}.html") } else { format!("az/{name}-{number}.html") }
}

/// The entries of each letter, in the order of their pinyin.
fn letters(portal: &Portal) -> BTreeMap<char, Vec<ItemId>> {
    let mut all: Vec<(String, ItemId)> = KINDS
        .iter()
        .flat_map(|kind| portal.of_kind(*kind))
        .map(|id| (pinyin_key(portal.item(*id).title()), *id))
        .collect();
    all.sort();
    let mut letters: BTreeMap<char, Vec<ItemId>> = BTreeMap::new();
    for (key, id) in all {
        let letter = key.chars().next().filter(char::is_ascii_lowercase).unwrap_or(OTHERS);
        letters.entry(letter).or_default().push(id);
    }
    letters
}

fn view(context: &Context<'_>, letter: Option<char>, number: usize) -> LettersView {
    let portal = context.portal;
    let all = letters(portal);
    let menu = |one: &char| MenuLink {
        title: one.to_uppercase().to_string(),
        address: address(*one, 1),
        current: letter == Some(*one),
    };
    let ids = match letter.and_then(|letter| all.get(&letter)) {
        Some(ids) => ids.chunks(LENGTH).nth(number - 1).unwrap_or_default(),
        None => portal.of_kind(Kind::Topic),
    };
    let group = |kind: &Kind| {
        let items = ids.iter().map(|id| portal.item(*id)).filter(|item| item.kind() == *kind);
        let links: Vec<Link> = items.map(link::link).collect();
        (!links.is_empty()).then(|| LinkGroup { title: context.format.kind(*kind), links })
    };
    let pages = letter.and_then(|letter| Some(all.get(&letter)?.len().div_ceil(LENGTH))).unwrap_or(1);
    LettersView {
        letters: all.keys().map(menu).collect(),
        groups: KINDS.iter().filter_map(group).collect(),
        pager: letter.and_then(|letter| pager(number, pages, |number| address(letter, number))),
    }
}
