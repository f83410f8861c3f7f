//! Lists of all entries of a kind.

use std::collections::BTreeSet;

use super::pager::pager;
use crate::content::{Kind, Own};
use crate::page::card;
use crate::page::context::Context;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{Group, Link, ListView, Row};
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
        let pages = |kind| (1..=page_count(kind, portal.of_kind(kind).len())).map(move |number| Self { kind, number });
        // Regions, courses and indicators have pages of their own families.
        let has_own = |kind: &Kind| matches!(kind, Kind::Region | Kind::Course | Kind::Indicator);
        kinds(portal).into_iter().filter(|kind| !has_own(kind)).flat_map(pages).collect()
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
            ways: ways(context, kind),
            total: all.len(),
            groups: groups(context, kind, &all[page_range(kind, all.len(), number)], card::listed),
            pager: pager(number, page_count(kind, all.len()), |page| location::of_list(kind, page)),
        };
        let head = Head::plain(heading, PageRole::Column);
        Content { template: "list.html", head, view }
    }
}

/// Where all of what a kind's entries say of a year stands on one page.
fn ways(context: &Context<'_>, kind: Kind) -> Vec<Link> {
    let (word, address) = match kind {
        Kind::ResourceList | Kind::ActionPlan => ("bundle.link", location::BUNDLES),
        Kind::Star | Kind::Brand | Kind::Award | Kind::Organisation => ("honours.link", location::HONOURS),
        _ => return Vec::new(),
    };
    let link = |address| Link { title: context.format.word(word), address: Some(address) };
    context.made(address).map(link).into_iter().collect()
}

/// Groups entries by what their kind is ordered by, for kinds that have it; `row` makes the line of one.
pub(super) fn groups(
    context: &Context<'_>,
    kind: Kind,
    ids: &[ItemId],
    row: impl Fn(&Context<'_>, ItemId) -> Row,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for id in ids {
        let title = heading(context, *id);
        let known = groups.iter().position(|group| group.title == title);
        let at = known.unwrap_or_else(|| {
            let anchor = format!("group-{}", groups.len() + 1);
            groups.push(Group { title, anchor, ..Group::default() });
            groups.len() - 1
        });
        let group = &mut groups[at];
        if card::in_pictures(kind) {
            group.cards.push(card::card(context, *id));
        } else {
            group.rows.push(row(context, *id));
        }
    }
    groups
}

/// What stands above an entry and its neighbours.
fn heading(context: &Context<'_>, id: ItemId) -> Option<String> {
    let format = &context.format;
    match &context.portal.item(id).entry.own {
        Own::Star(own) => Some(format.year(own.year.0)),
        Own::Brand(own) => Some(format.year(own.year.0)),
        Own::Award(own) => Some(format.year(own.year.0)),
        Own::Organisation(own) => Some(format.year(own.year.0)),
        Own::ResourceList(own) => Some(format.year(own.year.0)),
        Own::ActionPlan(own) => Some(format.year(own.year.0)),
        Own::Selection(own) => Some(format.year(own.year.0)),
        Own::Holidays(own) => Some(format.year(own.year.0)),
        Own::Funding(own) => Some(format.year(own.year.0)),
        Own::Survey(own) => Some(format.year(own.year.0)),
        Own::Pool(own) => Some(format.year(own.year.0)),
        Own::Facility(own) => Some(format.choice(own.sort)),
        Own::Evidence(own) => Some(format.year(own.period.first().year())),
        Own::Institution(own) => Some(format.choice(own.tier)),
        Own::Unit(own) => Some(format.choice(own.sort)),
        Own::Standard(own) => Some(format.choice(own.tier)),
        Own::Course(_) | Own::Event(_) => {
            let over = card::is_over(context.portal, id);
            Some(format.word(if over { "section.past" } else { "section.coming" }))
        }
        Own::Region(_)
        | Own::Topic(_)
        | Own::Audience(_)
        | Own::Document(_)
        | Own::Committee(_)
        | Own::Duty(_)
        | Own::Indicator(_)
        | Own::Phase(_)
        | Own::Venue(_)
        | Own::Teacher(_)
        | Own::Edition(_)
        | Own::Team(_)
        | Own::News(_)
        | Own::Platform(_)
        | Own::Page(_) => None,
    }
}
