//! Resolves the links, pictures and videos of all bodies, once, and reports those that lead nowhere.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use blake3::Hash;
use rayon::prelude::*;

use super::files::{At, Offer, UsedFiles};
use super::linked::{self, Linked, To};
use super::{Item, ItemId, Items, State, location, path};
use crate::content::{Kind, Own};
use crate::diag::catalogue as say;
use crate::diag::{Findings, Mistake, nearest};
use crate::entry::{BrokenEntry, Entry, Origin};
use crate::load::{Input, Inputs};
use crate::markdown;

/// The resolved targets of a body, in the order of [`markdown::Body`]. `None`: reported.
#[derive(Debug, Default)]
pub struct Targets {
    links: Vec<Option<Linked>>,
    /// Paths of files from the project's root.
    pictures: Vec<Option<String>>,
    videos: Vec<Option<String>>,
}

impl Targets {
    /// What a link means.
    pub fn link(&self, nth: usize) -> Option<&Linked> {
        debug_assert!(nth < self.links.len(), "a link that was not scanned");
        self.links.get(nth)?.as_ref()
    }

    /// The path of a picture from the project's root.
    pub fn picture(&self, nth: usize) -> Option<&str> {
        debug_assert!(nth < self.pictures.len(), "a picture that was not scanned");
        self.pictures.get(nth)?.as_deref()
    }

    /// The paths of all pictures from the project's root.
    pub(super) fn pictures(&self) -> impl Iterator<Item = Option<&str>> {
        self.pictures.iter().map(Option::as_deref)
    }

    /// The files that `body` uses, by path from the project's root, each with its place in the body.
    pub(super) fn uses<'a>(&'a self, body: &'a markdown::Body) -> impl Iterator<Item = (&'a str, &'a Range<usize>)> {
        let pictures = body.pictures.iter().map(|picture| &picture.target).zip(&self.pictures);
        let videos = body.videos.iter().zip(&self.videos);
        let named = pictures.chain(videos).filter_map(|(target, path)| Some((path.as_deref()?, &target.range)));
        let links = body.links.iter().zip(&self.links).filter_map(|(link, linked)| match &linked.as_ref()?.to {
            To::File(path) => Some((path.as_str(), &link.range)),
            To::Outside(_) | To::Here | To::Entry(_) | To::Made(_) => None,
        });
        named.chain(links)
    }

    /// The path of a video from the project's root.
    pub fn video(&self, nth: usize) -> Option<&str> {
        debug_assert!(nth < self.videos.len(), "a video that was not scanned");
        self.videos.get(nth)?.as_deref()
    }
}

impl Targets {
    /// The paths of all files from the project's root.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let linked = self.links.iter().flatten().filter_map(|link| match &link.to {
            To::File(path) => Some(path.as_str()),
            To::Outside(_) | To::Here | To::Entry(_) | To::Made(_) => None,
        });
        linked.chain(self.pictures.iter().chain(&self.videos).flatten().map(String::as_str))
    }
}

/// Why a link could not be resolved.
enum Unlinked {
    Mistake(Mistake),
    /// It means something that was itself reported.
    Reported,
}

/// All anchors on the page of an entry: headings, clauses, and entries that are shown on it.
fn anchors(items: &Items, id: ItemId) -> impl Iterator<Item = &str> {
    let item = items.item(id);
    let headings = item.entry.scan.headings.iter().map(|heading| heading.id.as_str());
    let clauses = match &item.entry.own {
        Own::Document(document) => document.clauses.as_slice(),
        _ => &[],
    };
    let owned = item.referrers.iter().map(|owned| items.item(*owned));
    let owned = owned.filter(|owned| owned.address.anchor().is_some() && owned.address.page() == item.address.page());
    headings.chain(clauses.iter().map(|clause| clause.id.as_str())).chain(owned.map(Item::id))
}

/// A link to something that the portal makes, which may not be there today.
#[derive(Debug)]
pub struct Awaited {
    /// The root address.
    pub address: String,
    /// The link as written.
    pub written: String,
    /// Where.
    pub at: At,
}

/// What bodies point at of which there was nothing to say, and which name no file and no place on another page: this changes only with the
/// entry, and with what there is.
#[derive(Debug, Default)]
pub(super) struct Memory {
    names: Option<Hash>,
    plain: Vec<Option<(Arc<Entry>, Arc<Targets>)>>,
}

/// The result for one body.
#[derive(Default)]
struct Resolved {
    targets: Arc<Targets>,
    /// Whether the memory may keep it.
    is_plain: bool,
    findings: Findings,
    files: UsedFiles,
    awaited: Vec<Awaited>,
}

/// What all bodies point at.
#[derive(Default)]
pub(super) struct Bodies {
    /// The targets of each entry's body.
    pub targets: Vec<Arc<Targets>>,
    /// Links to what the portal makes.
    pub awaited: Vec<Awaited>,
}

/// Resolves every body; those of entries with broken fields are only checked. A memory comes with the hash of all [names](super::relations::Key::names).
pub(super) fn resolve(
    items: &Items,
    inputs: &Inputs,
    unread: (&[BrokenEntry], &BTreeSet<Kind>),
    offer: &Offer<'_>,
    memory: Option<(&mut Memory, Hash)>,
    used: &mut UsedFiles,
    findings: &mut Findings,
) -> Bodies {
    let (broken, poisoned) = unread;
    let resolver = Resolver { items, inputs, broken, poisoned, offer };
    let known = |id: ItemId, entry: &Arc<Entry>| {
        let (memory, _) = memory.as_ref().filter(|(memory, names)| memory.names == Some(*names))?;
        let (of, targets) = memory.plain.get(id.index())?.as_ref()?;
        Arc::ptr_eq(of, entry).then(|| Arc::clone(targets))
    };
    let whole: Vec<(ItemId, &Item)> = items.iter().collect();
    let whole = whole.into_par_iter().map(|(id, item)| {
        if let Some(targets) = known(id, &item.entry) {
            return Resolved { targets, is_plain: true, ..Resolved::default() };
        }
        let public = item.is_public() && item.withheld.is_none();
        resolver.resolve(&item.entry.scan, &item.entry.origin, public, Some(id))
    });
    let rest = broken.par_iter().filter_map(|entry| {
        let body = markdown::read(entry.body()?);
        Some(resolver.resolve(&body, &entry.origin, false, None))
    });
    let (whole, rest): (Vec<Resolved>, Vec<Resolved>) = (whole.collect(), rest.collect());
    if let Some((memory, names)) = memory {
        let plain = whole.iter().zip(&items.all).map(|(resolved, item)| {
            resolved.is_plain.then(|| (Arc::clone(&item.entry), Arc::clone(&resolved.targets)))
        });
        *memory = Memory { names: Some(names), plain: plain.collect() };
    }
    let mut bodies = Bodies { targets: Vec::with_capacity(whole.len()), awaited: Vec::new() };
    for resolved in whole.into_iter().chain(rest) {
        findings.extend(resolved.findings);
        used.extend(resolved.files);
        bodies.awaited.extend(resolved.awaited);
        bodies.targets.push(resolved.targets);
    }
    bodies.targets.truncate(items.all.len());
    bodies
}

struct Resolver<'a> {
    items: &'a Items,
    inputs: &'a Inputs,
    broken: &'a [BrokenEntry],
    poisoned: &'a BTreeSet<Kind>,
    offer: &'a Offer<'a>,
}

impl Resolver<'_> {
    fn resolve(&self, body: &markdown::Body, origin: &Origin, public: bool, here: Option<ItemId>) -> Resolved {
        let (mut targets, mut files, mut awaited) = (Targets::default(), UsedFiles::default(), Vec::new());
        let mut all = Findings::default();
        let findings = &mut all;
        let from = origin.source.path.as_str();
        for (range, mistake) in &body.mistakes {
            findings.at(origin.body_place(range), mistake.clone());
        }
        let at = |target: &markdown::Target| At::body(origin, &target.range);
        let named = |target: &markdown::Target, findings: &mut Findings| {
            path::file(from, &target.target, self.inputs)
                .map_err(|mistake| findings.at(origin.body_place(&target.range), mistake))
                .ok()
        };
        for picture in &body.pictures {
            let path = named(&picture.target, findings);
            if let Some(path) = &path {
                files.picture(path, at(&picture.target), &picture.shots(), public);
            }
            targets.pictures.push(path);
        }
        for video in &body.videos {
            let path = named(video, findings).filter(|path| self.offer.file(path, &at(video), findings));
            if let Some(path) = &path {
                files.download(path, at(video), public);
            }
            targets.videos.push(path);
        }
        for link in &body.links {
            let linked = match self.link(from, &link.target, here) {
                Ok(linked) => Some(linked),
                Err(Unlinked::Reported) => None,
                Err(Unlinked::Mistake(mistake)) => {
                    findings.at(origin.body_place(&link.range), mistake);
                    None
                }
            };
            match linked.as_ref().map(|linked| &linked.to) {
                Some(To::File(path)) if self.offer.link(path, &link.target, &at(link), findings) => {
                    files.download(path, at(link), public);
                }
                Some(To::File(path)) => files.mention(path),
                Some(To::Made(address)) => {
                    awaited.push(Awaited { address: address.clone(), written: link.target.clone(), at: at(link) });
                }
                Some(To::Outside(_) | To::Here | To::Entry(_)) | None => {}
            }
            targets.links.push(linked);
        }
        let is_elsewhere = |linked: &Linked| linked.anchor.is_some() && !matches!(linked.to, To::Here);
        let is_plain = all.is_empty()
            && files.is_empty()
            && awaited.is_empty()
            && !targets.links.iter().flatten().any(is_elsewhere);
        Resolved { targets: Arc::new(targets), is_plain, findings: all, files, awaited }
    }

    /// Resolves a link. A link to an unpublished entry or to a missing anchor is a mistake.
    fn link(&self, from: &str, target: &str, here: Option<ItemId>) -> Result<Linked, Unlinked> {
        let linked = match linked::read(self.items, self.inputs, from, target) {
            Err(_) if self.is_reported(from, target) => return Err(Unlinked::Reported),
            other => other.map_err(Unlinked::Mistake)?,
        };
        let page = match (&linked.to, &linked.anchor) {
            (To::Made(address), Some(anchor)) => {
                let kind = location::made(address).and_then(|made| made.of).map(|(kind, _)| kind);
                let entry = kind.filter(|kind| self.items.ids.get(*kind, anchor).is_some());
                let near = entry.map(|kind| format!("/{}/{anchor}.md", kind.folder()));
                return Err(Unlinked::Mistake(say::broken_anchor(anchor, near.as_deref())));
            }
            (To::Outside(_) | To::File(_) | To::Made(_), _) => return Ok(linked),
            (To::Here, _) => here,
            (To::Entry(page), _) => Some(*page),
        };
        let Some(page) = page else { return Ok(linked) };
        let found = self.items.item(page);
        match &found.state {
            State::Hidden(why) if here != Some(page) => {
                return Err(Unlinked::Mistake(say::link_hidden(target, why)));
            }
            State::Draft
                if here != Some(page) && !here.is_some_and(|here| self.items.item(here).entry.common.draft) =>
            {
                return Err(Unlinked::Mistake(say::draft_ref(found.kind().label(), found.id())));
            }
            State::Draft | State::Hidden(_) | State::Public => {}
        }
        if let Some(anchor) = &linked.anchor
            && !anchors(self.items, page).any(|known| known == anchor)
        {
            let near = nearest(anchor, anchors(self.items, page));
            return Err(Unlinked::Mistake(say::broken_anchor(anchor, near)));
        }
        Ok(linked)
    }

    /// Whether a link leads to an entry, or to a file of entries, that could not be read: that was reported.
    fn is_reported(&self, from: &str, target: &str) -> bool {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split('?').next().unwrap_or_default();
        let Some(full) = path::join(from, &path::decoded(path)) else { return false };
        let inner = full.strip_prefix("content/").unwrap_or_default();
        let top = inner.split('/').next().unwrap_or_default();
        let Some(kind) = Kind::from_folder(top.strip_suffix(".yaml").unwrap_or(top)) else { return false };
        let is_file = matches!(self.inputs.get(&full), Some(Input::Text(_) | Input::Unreadable(_)));
        let id = if path::is_list(inner) { anchor } else { linked::stem(inner) };
        let is_broken = |entry: &BrokenEntry| entry.kind == kind && entry.id.as_deref() == Some(id);
        (is_file && !path::is_list(inner)) || self.poisoned.contains(&kind) || self.broken.iter().any(is_broken)
    }
}
