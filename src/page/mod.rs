//! Pages: which there are, and the view of each, made when its turn comes.
//!
//! [`plan`] yields small keys, sorted and checked for clashes; [`view()`] is pure and holds nothing back from one page to the
//! next, so that no page's work grows with the site.

pub mod context;
mod frame;
mod home;
mod item;
pub mod kind;
pub mod letters;
mod list;
pub mod picture;
pub mod view;

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

use crate::assets::Assets;
use crate::content::Kind;
use crate::content::value::MixedRef;
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings};
use crate::portal::{ItemId, Portal, gather_address, has_page, list_address, page_count};
use crate::source::{Place, Source};
use context::{Context, FEW, members};
use kind::shown;

/// The address of the page of search results.
pub const SEARCH: &str = "search.html";

/// A page to be made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageKey {
    /// Its root address.
    pub address: String,
    /// What it is.
    pub family: Family,
}

/// What a page is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The home page.
    Home,
    /// A page of the list of a kind, from 1.
    List(Kind, usize),
    /// An entry's page.
    Item(ItemId),
    /// A page, from 1, of the entries of a kind that belong to another entry.
    Members(ItemId, Kind, usize),
    /// What stands at a former address.
    Redirect(ItemId),
    /// The page of search results.
    Search,
    /// A page, from 1, of the index by letters; without a letter, the one that leads to all.
    Letters(Option<char>, usize),
    /// What a host answers where there is nothing.
    NotFound,
}

/// A finished view, with the template that shows it.
pub struct Page {
    /// The template's name.
    pub template: &'static str,
    /// The page's frame.
    pub frame: view::Frame,
    /// The view; its shape is the family's.
    pub view: View,
}

/// The view of each family.
#[derive(Debug, serde::Serialize)]
#[serde(untagged)]
pub enum View {
    /// Of the home page.
    Home(view::HomeView),
    /// Of a list.
    List(view::ListView),
    /// Of an entry.
    Item(Box<view::ItemView>),
    /// Of a redirect.
    Redirect(view::RedirectView),
    /// Of the index by letters.
    Letters(view::LettersView),
    /// Of nothing: what is not found, and what is yet to be.
    Empty {},
}

/// All pages of published entries, sorted by address. Two claimants of one address are reported, be they published today or not.
pub fn plan(portal: &Portal, assets: &Assets, feeds: &[String], findings: &mut Findings) -> Vec<PageKey> {
    let mut pages =
        vec![page("index.html", Family::Home), page("404.html", Family::NotFound), page(SEARCH, Family::Search)];
    for kind in listed_kinds(portal) {
        let count = page_count(portal.of_kind(kind).len());
        pages.extend((1..=count).map(|number| page(list_address(kind, number), Family::List(kind, number))));
    }
    for (id, item) in portal.items().filter(|(_, item)| item.is_public() && has_page(item.kind())) {
        pages.push(page(item.address.clone(), Family::Item(id)));
        let own = shown(&item.entry.own);
        for kind in own.related().iter().chain(own.listed()) {
            let count = members(portal, id, *kind).len();
            if count > FEW {
                let numbers = 1..=page_count(count);
                pages.extend(numbers.map(|n| page(gather_address(item, *kind, n), Family::Members(id, *kind, n))));
            }
        }
    }
    pages.extend(letters::plan(portal));
    pages.extend(portal.redirects.iter().map(|(address, to)| page(address.clone(), Family::Redirect(*to))));
    pages.sort();
    clashes(portal, assets, feeds, &pages, findings);
    pages
}

fn page(address: impl Into<String>, family: Family) -> PageKey {
    PageKey { address: address.into(), family }
}

/// Kinds with a list: those that have anything published, and those that the menu or the home page points at.
pub fn listed_kinds(portal: &Portal) -> Vec<Kind> {
    let site = &portal.settings.site;
    let named = site.menu.iter().filter_map(|entry| entry.list).chain(site.home.iter().filter_map(|block| block.list));
    let named: BTreeSet<Kind> = named.collect();
    Kind::ALL.iter().copied().filter(|kind| !portal.of_kind(*kind).is_empty() || named.contains(kind)).collect()
}

/// Reports two claimants of one address: alike in NFC and in lower case, for there are disks and hosts that do not tell them
/// apart; or one a folder on the way to the other.
fn clashes(portal: &Portal, assets: &Assets, feeds: &[String], pages: &[PageKey], findings: &mut Findings) {
    let mut taken: BTreeMap<String, (String, Option<Place>)> = BTreeMap::new();
    let mut claim = |address: &str, place: Option<Place>| {
        let folded: String = address.nfc().collect::<String>().to_lowercase();
        match taken.get(&folded) {
            Some((_, None)) if place.is_none() => {}
            Some((_, other)) => {
                let mut diagnostic = Diagnostic::global(say::address_twice(address));
                let (first, second) = (other.clone(), place);
                diagnostic.place = second.clone().or_else(|| first.clone());
                diagnostic = match (first, second) {
                    (Some(first), Some(_)) => diagnostic.with_related(first, say::ALSO_HERE),
                    _ => diagnostic,
                };
                findings.report(diagnostic);
            }
            None => {
                taken.insert(folded, (address.to_owned(), place));
            }
        }
    };
    for page in pages {
        match &page.family {
            Family::Item(_) | Family::Redirect(_) => {}
            Family::Home
            | Family::Search
            | Family::Letters(..)
            | Family::NotFound
            | Family::List(..)
            | Family::Members(..) => {
                claim(&page.address, None);
            }
        }
    }
    for (id, item) in portal.items().filter(|(_, item)| has_page(item.kind())) {
        let place = || Some(item.entry.origin.id_place());
        claim(&item.address, place());
        // A former id that another entry has was reported as such.
        let formerly = item.entry.common.formerly.iter();
        for former in formerly.filter(|former| portal.id_of(item.kind(), former.as_str()) == Some(id)) {
            claim(&format!("{}/{former}.html", item.kind().folder()), place());
        }
    }
    for feed in feeds.iter().map(String::as_str).chain([crate::artifact::MANIFEST]) {
        claim(feed, None);
    }
    for (address, from) in assets.addresses() {
        let place = (!from.is_empty()).then(|| Place::file(&Source::new(from, "")));
        claim(&address, place);
    }
}

/// The view of a page.
pub fn view(context: &Context<'_>, key: &PageKey) -> Page {
    match &key.family {
        Family::Home => home::page(context, key),
        Family::List(kind, number) => list::page(context, key, *kind, *number),
        Family::Item(id) => item::page(context, key, *id),
        Family::Members(of, kind, number) => list::members_page(context, key, *of, *kind, *number),
        Family::Redirect(to) => {
            let item = context.portal.item(*to);
            let target = view::Link { title: item.title().to_owned(), address: Some(item.address.clone()) };
            let frame = frame::frame(context, key, item.title(), "", Vec::new());
            Page { template: "redirect.html", frame, view: View::Redirect(view::RedirectView { target }) }
        }
        Family::Letters(letter, number) => letters::page(context, key, *letter, *number),
        Family::Search => {
            let frame = frame::frame(context, key, &context.word("search.title"), "", Vec::new());
            Page { template: "search.html", frame, view: View::Empty {} }
        }
        Family::NotFound => {
            let title = context.word("text.not-found");
            let mut frame = frame::frame(context, key, &title, "", Vec::new());
            // Answered at any depth: links start from the path of the base address.
            frame.root = base_path(context.portal);
            Page { template: "404.html", frame, view: View::Empty {} }
        }
    }
}

/// The path of the base address, such as `/portal/`; `/` without one.
pub fn base_path(portal: &Portal) -> String {
    let base = portal.base_url().unwrap_or_default();
    let rest = base.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |slash| rest[slash..].to_owned())
}

/// The address of what a menu entry or a block points at: a list, or an entry published today.
fn target(context: &Context<'_>, list: Option<Kind>, to: Option<&MixedRef>) -> Option<String> {
    let entry = to.and_then(|to| context.portal.find_mixed(to)).filter(|item| item.is_public());
    list.map(|kind| list_address(kind, 1)).or_else(|| entry.map(|item| item.address.clone()))
}
