//! Pages: which there are, and the view of each, made when its turn comes.
//!
//! [`plan`] yields small routes, sorted and checked for clashes; [`Route::page`] is pure and keeps nothing from one page to the
//! next, so that no page's work grows with the site.

mod chart;
mod timeline;

pub mod view;

pub mod format;
pub mod picture;
pub mod resource;

pub mod context;

pub mod bundle;
pub mod gap;
pub mod link;
mod menu;

mod enrol;
pub mod facts;
pub mod participation;
pub mod programme;
pub mod row;
pub mod session;

pub mod agenda;
pub mod board;

pub mod shown;

pub mod kind;

pub mod calendar;
pub mod card;

pub mod pages;

pub mod family;
mod frame;
mod linked_data;
pub mod route;

use std::borrow::Cow;
use std::collections::{HashMap, hash_map};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use crate::assets::Assets;
use crate::content::Kind;
use crate::content::value::Id;
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings};
use crate::entry::Origin;
use crate::portal::body::Awaited;
use crate::portal::{Portal, calendars, feeds, has_page, location};
use crate::source::{Place, Source};

use resource::Resources;

pub use family::{Family, catalogue_label, listed_kinds, overview_way};
pub use route::{Page, Route};

/// Entries of one kind on a page of something else.
const FEW: usize = 12;

/// All pages of published entries, sorted by address. Address clashes are reported, those of unpublished entries too.
pub fn plan(portal: &Portal, assets: &Assets, generated: &[String], findings: &mut Findings) -> Vec<Route> {
    let families = Family::plan(portal).into_par_iter();
    let mut pages: Vec<Route> = families.map(|family| Route::new(portal, family)).collect();
    pages.par_sort();
    clashes(portal, assets, generated, &pages, findings);
    absent(&Resources { portal, assets, pages: &pages }, findings);
    pages
}

/// Reports links in bodies to what the portal does not make: on no day, or not today.
fn absent(resources: &Resources<'_>, findings: &mut Findings) {
    let portal = resources.portal;
    for Awaited { address, written, at } in portal.awaited.iter().filter(|link| !resources.is_made(&link.address)) {
        let mistake = match location::made(address).and_then(|made| made.of) {
            _ if feeds::is_feed(address) => say::link_needs_base(written),
            _ if feeds::owner(address).is_some() && portal.base_url().is_none() => say::link_needs_base(written),
            _ if feeds::owner(address).is_some() => say::link_absent(written),
            _ if calendars::named(address).is_some() => say::link_absent(written),
            Some((owner, Some(id))) if !location::is_dated(address) && !has_members(portal, owner, &id, address) => {
                say::broken_link(written, None)
            }
            _ => say::link_absent(written),
        };
        findings.at(at.place(), mistake);
    }
}

/// Whether the list at an address, of an entry, could ever be there.
fn has_members(portal: &Portal, owner: Kind, id: &str, address: &str) -> bool {
    let Some(item) = portal.find(owner, id).map(|id| portal.item(id)) else { return false };
    let own = &item.entry.own;
    let mut kinds = kind::related(own).iter().chain(kind::listed(own));
    kinds.any(|kind| address.starts_with(location::of_members((owner, id), *kind, 1).trim_end_matches(".html")))
}

/// What claims an address. Its place is found out only if another claims the same.
#[derive(Clone)]
enum Claim<'a> {
    /// Something that the portal makes of many entries.
    Made,
    /// An entry.
    Entry(&'a Origin),
    /// A file, by its path from the project's root.
    File(String),
}

impl Claim<'_> {
    fn place(&self) -> Option<Place> {
        match self {
            Self::Made => None,
            Self::Entry(origin) => Some(origin.id_place()),
            Self::File(path) => Some(Place::file(&Source::new(path.as_str(), ""))),
        }
    }
}

/// Reports addresses that are claimed twice. Addresses that differ only in case or Unicode form count as equal, since some disks and hosts
/// treat them so.
fn clashes(portal: &Portal, assets: &Assets, generated: &[String], pages: &[Route], findings: &mut Findings) {
    let mut taken: HashMap<Cow<'_, str>, Claim<'_>> = HashMap::with_capacity(pages.len() + generated.len());
    // Those of entries are claimed below, with their places, be the entries published today or not.
    let others = pages.iter().filter(|page| !matches!(page.family, Family::Item(_) | Family::Redirect(_)));
    let others = others.map(|page| (Cow::Borrowed(page.address.as_str()), Claim::Made));
    let entries = portal.items().filter(|(_, item)| has_page(item.kind())).flat_map(|(id, item)| {
        // A former id that another entry has was reported as such.
        let formerly = item.entry.common.formerly.iter().map(Id::as_str);
        let formerly = formerly.filter(move |former| portal.find(item.kind(), former) == Some(id));
        let formerly = formerly.map(|former| Cow::Owned(location::of_item(item.kind(), former)));
        let all = [Cow::Borrowed(item.address.page())].into_iter().chain(formerly);
        all.map(|address| (address, Claim::Entry(&item.entry.origin)))
    });
    let made = generated.iter().map(String::as_str).chain([crate::artifact::MANIFEST]);
    let made = made.map(|address| (Cow::Borrowed(address), Claim::Made));
    let files = assets
        .addresses()
        .into_iter()
        .map(|(address, from)| (Cow::Owned(address), if from.is_empty() { Claim::Made } else { Claim::File(from) }));
    for (address, claim) in others.chain(entries).chain(made).chain(files) {
        let first = match taken.entry(folded(address.clone())) {
            hash_map::Entry::Vacant(free) => {
                free.insert(claim);
                continue;
            }
            hash_map::Entry::Occupied(first) => first,
        };
        let diagnostic = Diagnostic::global(say::address_twice(&address));
        match (first.get().place(), claim.place()) {
            // What the portal makes clashes with nothing else that it makes.
            (None, None) => {}
            (Some(first), Some(second)) => {
                let diagnostic = Diagnostic { place: Some(second), ..diagnostic };
                findings.report(diagnostic.with_related(first, say::ALSO_HERE));
            }
            (first, second) => {
                findings.report(Diagnostic { place: second.or(first), ..diagnostic });
            }
        }
    }
}

/// An address as disks and hosts compare it that see no difference between cases and Unicode forms.
fn folded(address: Cow<'_, str>) -> Cow<'_, str> {
    let is_folded = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if address.bytes().all(is_folded) { address } else { address.nfc().collect::<String>().to_lowercase().into() }
}
