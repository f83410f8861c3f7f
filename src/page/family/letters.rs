//! The index of topics and courses by the initial of their pinyin: the way to find something without a script.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pager::pager;
use crate::address::Href;
use crate::content::Kind;
use crate::page::context::Context;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{LettersView, Link, LinkGroup, MenuLink};
use crate::portal::{ItemId, Portal, location};

/// Entries on one page.
const LENGTH: usize = 100;
/// Kinds in the index.
const KINDS: [Kind; 2] = [Kind::Topic, Kind::Course];
/// The letter of titles that do not begin with one.
const OTHERS: char = '#';

/// A page of the index; without a letter, the one that leads to all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letters {
    letter: Option<char>,
    /// From 1.
    number: usize,
    /// How many pages the letter has.
    count: usize,
    /// What is listed.
    ids: Vec<ItemId>,
    /// All letters that there are, each with how many pages it has.
    all: Arc<[(char, usize)]>,
}

impl Pages for Letters {
    type View = LettersView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let letters = letters(portal);
        let all: Arc<[(char, usize)]> =
            letters.iter().map(|(letter, ids)| (*letter, ids.len().div_ceil(LENGTH))).collect();
        let topics = portal.of_kind(Kind::Topic).to_vec();
        let mut pages = vec![Self { letter: None, number: 1, count: 1, ids: topics, all: Arc::clone(&all) }];
        for (letter, ids) in letters {
            let count = ids.len().div_ceil(LENGTH);
            pages.extend(ids.chunks(LENGTH).zip(1..).map(|(ids, number)| Self {
                letter: Some(letter),
                number,
                count,
                ids: ids.to_vec(),
                all: Arc::clone(&all),
            }));
        }
        pages
    }

    fn address(&self, _: &Portal) -> String {
        self.letter.map_or_else(|| location::LETTERS.to_owned(), |letter| address(letter, self.number))
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<LettersView> {
        let Self { letter, number, .. } = *self;
        let index = context.format.word("search.index");
        let title = letter.map_or_else(|| index.clone(), |letter| format!("{index} {}", letter.to_uppercase()));
        let head = Head {
            heading: context.format.numbered(&title, number),
            description: String::new(),
            crumbs: letter
                .map(|_| Link { title: index, address: Some(Href::new(location::LETTERS)) })
                .into_iter()
                .collect(),
            role: PageRole::Column,
        };
        Content { template: "letters.html", head, view: self.view(context) }
    }
}

fn address(letter: char, number: usize) -> String {
    let name = if letter == OTHERS { "other".to_owned() } else { letter.to_string() };
    location::of_letter(&name, number)
}

/// The entries of each letter, in the order of their pinyin.
fn letters(portal: &Portal) -> BTreeMap<char, Vec<ItemId>> {
    let mut all: Vec<(&str, ItemId)> =
        KINDS.iter().flat_map(|kind| portal.of_kind(*kind)).map(|id| (&*portal.item(*id).entry.pinyin, *id)).collect();
    all.sort();
    let mut letters: BTreeMap<char, Vec<ItemId>> = BTreeMap::new();
    for (key, id) in all {
        let letter = key.chars().next().filter(char::is_ascii_lowercase).unwrap_or(OTHERS);
        letters.entry(letter).or_default().push(id);
    }
    letters
}

impl Letters {
    fn view(&self, context: &Context<'_>) -> LettersView {
        let menu = |letter: char, number: usize| MenuLink {
            title: if number == 1 {
                letter.to_uppercase().to_string()
            } else {
                format!("{}{number}", letter.to_uppercase())
            },
            address: Href::new(&address(letter, number)),
            current: self.letter == Some(letter),
        };
        // The index leads to each page, so that nothing in a large portal is far from it.
        let pages = |(letter, count): &(char, usize)| {
            let count = if self.letter.is_none() { *count } else { 1 };
            (1..=count).map(|number| menu(*letter, number)).collect::<Vec<_>>()
        };
        let group = |kind: &Kind| {
            let items = self.ids.iter().map(|id| context.portal.item(*id)).filter(|item| item.kind() == *kind);
            let links: Vec<Link> = items.map(link::link).collect();
            (!links.is_empty()).then(|| LinkGroup { title: context.format.kind(*kind), links })
        };
        LettersView {
            letters: self.all.iter().flat_map(pages).collect(),
            groups: KINDS.iter().filter_map(group).collect(),
            pager: self.letter.and_then(|letter| pager(self.number, self.count, |number| address(letter, number))),
        }
    }
}
