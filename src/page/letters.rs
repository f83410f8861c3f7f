//! The index of topics and courses by the initial of their pinyin: the way to find something without a script.

use std::collections::BTreeMap;

use super::context::Context;
use super::list::pager;
use super::view::{LettersView, Link, LinkGroup, MenuLink};
use super::{Family, Page, PageKey, View, frame};
use crate::content::Kind;
use crate::portal::order::pinyin_key;
use crate::portal::{ItemId, Portal};

/// Entries on one page.
const LENGTH: usize = 200;
/// What is listed.
const KINDS: [Kind; 2] = [Kind::Topic, Kind::Course];
/// What begins with no letter.
const OTHERS: char = '#';

/// The address of the index.
pub const INDEX: &str = "az/index.html";

/// The pages of the index: one of all letters, and for each letter as many as it needs.
pub fn plan(portal: &Portal) -> Vec<PageKey> {
    let first = PageKey { address: INDEX.to_owned(), family: Family::Letters(None, 1) };
    let pages = letters(portal).into_iter().flat_map(|(letter, ids)| {
        let numbers = 1..=ids.len().div_ceil(LENGTH);
        numbers.map(move |number| PageKey {
            address: address(letter, number),
            family: Family::Letters(Some(letter), number),
        })
    });
    std::iter::once(first).chain(pages).collect()
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

/// A page of the index; without a letter, the one that leads to all.
pub fn page(context: &Context<'_>, key: &PageKey, letter: Option<char>, number: usize) -> Page {
    let portal = context.portal;
    let all = letters(portal);
    let menu = |letter: &char, current: bool| MenuLink {
        title: letter.to_uppercase().to_string(),
        address: address(*letter, 1),
        current,
    };
    let ids: Vec<ItemId> = match letter.and_then(|letter| all.get(&letter)) {
        Some(ids) => ids.chunks(LENGTH).nth(number - 1).unwrap_or_default().to_vec(),
        None => portal.of_kind(Kind::Topic).to_vec(),
    };
    let group = |kind: &Kind| {
        let link = |id: &&ItemId| {
            let item = portal.item(**id);
            Link { title: item.title().to_owned(), address: Some(item.address.clone()) }
        };
        let links: Vec<Link> = ids.iter().filter(|id| portal.item(**id).kind() == *kind).map(|id| link(&id)).collect();
        (!links.is_empty()).then(|| LinkGroup { title: context.kind_name(*kind), links })
    };
    let pages = letter.and_then(|letter| Some(all.get(&letter)?.len().div_ceil(LENGTH))).unwrap_or(1);
    let view = LettersView {
        letters: all.keys().map(|one| menu(one, letter == Some(*one))).collect(),
        groups: KINDS.iter().filter_map(group).collect(),
        pager: letter.and_then(|letter| pager(number, pages, |number| address(letter, number))),
    };
    let index = context.word("search.index");
    let title = match letter {
        Some(letter) => format!("{index} {}", letter.to_uppercase()),
        None => index.clone(),
    };
    let title = if number > 1 {
        format!("{title} {}", context.words.fill("text.page", "n", &number.to_string()))
    } else {
        title
    };
    let crumbs = letter.map(|_| Link { title: index, address: Some(INDEX.to_owned()) }).into_iter().collect();
    let frame = frame::frame(context, key, &title, "", crumbs);
    Page { template: "letters.html", frame, view: View::Letters(view) }
}
