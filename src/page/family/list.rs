//! Lists of all entries of a kind.

use std::collections::BTreeSet;

use super::pager::pager;
use crate::content::value::Year;
use crate::content::{Kind, Own, Placement};
use crate::page::card::card;
use crate::page::context::Context;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{Card, CardGroup, ListView, Text};
use crate::portal::location::{self, page_count, page_range};
use crate::portal::{ItemId, Portal};

/// A page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct List {
    /// The kind.
    pub kind: Kind,
    /// From 1.
    number: usize,
}

/// Kinds with a list: those that have anything published, and those that the menu or the home page points at.
pub fn kinds(portal: &Portal) -> Vec<Kind> {
    let site = &portal.settings.site;
    let named = site.menu.iter().filter_map(|entry| entry.list).chain(site.home.iter().filter_map(|block| block.list));
    let named: BTreeSet<Kind> = named.collect();
    Kind::ALL.iter().copied().filter(|kind| !portal.of_kind(*kind).is_empty() || named.contains(kind)).collect()
}

impl Pages for List {
    type View = ListView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let pages = |kind| (1..=page_count(portal.of_kind(kind).len())).map(move |number| Self { kind, number });
        kinds(portal).into_iter().flat_map(pages).collect()
    }

    fn address(&self, _: &Portal) -> String {
        location::of_list(self.kind, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<ListView> {
        let Self { kind, number } = *self;
        let all = context.portal.of_kind(kind);
        let title = context.format.kind(kind);
        let heading = context.format.numbered(&title, number);
        let view = ListView {
            kind: kind.folder(),
            title,
            context: None,
            total: all.len(),
            groups: groups(context, kind, &all[page_range(all.len(), number)]),
            pager: pager(number, page_count(all.len()), |page| location::of_list(kind, page)),
        };
        let head = Head::plain(heading, PageRole::Column);
        Content { template: "list.html", head, view }
    }
}

/// Groups cards by year, level or rank, for kinds that have one.
fn groups(context: &Context<'_>, kind: Kind, ids: &[ItemId]) -> Vec<CardGroup> {
    let mut groups: Vec<CardGroup> = Vec::new();
    for id in ids {
        let item = context.portal.item(*id);
        let year = |year: Year| Some(Text::plain(context.format.year(year.0)));
        let title = match &item.entry.own {
            Own::Star(own) => year(own.year),
            Own::Brand(own) => year(own.year),
            Own::Award(own) => year(own.year),
            Own::Organisation(own) => year(own.year),
            Own::ResourceList(own) => year(own.year),
            Own::ActionPlan(own) => year(own.year),
            Own::Region(own) => Some(Text::plain(context.format.choice(own.level))),
            Own::Institution(own) => Some(Text::plain(context.format.choice(own.tier))),
            Own::Unit(own) => Some(Text::plain(context.format.choice(own.sort))),
            Own::Standard(own) => Some(Text::plain(context.format.choice(own.tier))),
            Own::Topic(_)
            | Own::Audience(_)
            | Own::Document(_)
            | Own::Committee(_)
            | Own::Duty(_)
            | Own::Indicator(_)
            | Own::Phase(_)
            | Own::Venue(_)
            | Own::Teacher(_)
            | Own::Course(_)
            | Own::Edition(_)
            | Own::Event(_)
            | Own::Team(_)
            | Own::News(_)
            | Own::Page(_) => None,
        };
        let mut card = card(context, *id);
        if kind.placement() != Placement::Page {
            anchored(context, *id, &mut card);
        }
        let same = |group: &CardGroup| group.title.as_ref().map(|t| &t.text) == title.as_ref().map(|t| &t.text);
        match groups.last_mut().filter(|group| same(group)) {
            Some(group) => group.cards.push(card),
            None => groups.push(CardGroup { title, cards: vec![card] }),
        }
    }
    groups
}

/// In the list of an anchored kind the card is the anchor; it links on only to its owner's page.
fn anchored(context: &Context<'_>, id: ItemId, card: &mut Card) {
    let item = context.portal.item(id);
    card.anchor = Some(item.id().to_owned());
    if item.is_in_list() {
        card.address = None;
    }
}
