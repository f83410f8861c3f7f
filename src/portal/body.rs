//! Resolves the links, pictures and videos of all bodies, once, and reports those that lead nowhere.

use std::collections::BTreeMap;
use std::ops::Range;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::files::{self, FileUse};
use super::{Item, ItemId, Items, State};
use crate::content::phone;
use crate::content::shared::Shot;
use crate::content::{Kind, Own};
use crate::diag::catalogue as say;
use crate::diag::{Findings, Mistake, nearest};
use crate::entry::BrokenEntry;
use crate::load::{Input, Inputs};
use crate::markdown;
use crate::source::Place;

/// What a link means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linked {
    /// An address outside the portal.
    Outside,
    /// A telephone number, as a `tel:` URI.
    Phone(String),
    /// An anchor on the page itself.
    Here(String),
    /// An entry, and an anchor on its page.
    Entry(ItemId, Option<String>),
    /// The list of a kind.
    List(Kind),
    /// The home page.
    Home,
    /// A file, by its path from the project's root.
    File(String),
}

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
        let links = body.links.iter().zip(&self.links).filter_map(|(link, linked)| match linked {
            Some(Linked::File(path)) => Some((path.as_str(), &link.range)),
            _ => None,
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
        let linked = self.links.iter().flatten().filter_map(|link| match link {
            Linked::File(path) => Some(path.as_str()),
            Linked::Outside
            | Linked::Phone(_)
            | Linked::Here(_)
            | Linked::Entry(..)
            | Linked::List(_)
            | Linked::Home => None,
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

/// The path from the project's root of a file that the file at `from` names.
pub(super) fn file(from: &str, target: &str, inputs: &Inputs) -> Result<String, Mistake> {
    let path = join(from, target).ok_or_else(|| say::escaping_path(target))?;
    match inputs.get(&path) {
        Some(Input::Blob(_)) => Ok(path),
        Some(Input::Text(_) | Input::Unreadable(_)) | None => {
            let folder = path.rsplit_once('/').map_or("content", |(folder, _)| folder).to_owned();
            let name = path.rsplit('/').next().unwrap_or_default();
            let siblings: Vec<&str> =
                inputs.below(&folder).map(|(name, _)| name).filter(|name| !name.contains('/')).collect();
            Err(say::missing_file(target, nearest(name, siblings)))
        }
    }
}

/// Joins a path as written to the file that holds it; from `content/` if it begins with a slash. `None` if it leaves it.
fn join(from: &str, target: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let decoded = percent_decode_str(target).decode_utf8().ok()?;
    let mut parts: Vec<&str> = Vec::new();
    if !decoded.starts_with('/') {
        parts.extend(from.strip_prefix("content/")?.split('/'));
        parts.pop();
    }
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(format!("content/{}", parts.join("/")).nfc().collect())
}

const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

fn linked(items: &Items, inputs: &Inputs, from: &str, target: &str) -> Result<Linked, Unlinked> {
    if let Some(number) = target.strip_prefix("tel:") {
        return phone::link(number).map(Linked::Phone).ok_or_else(|| Unlinked::Mistake(say::bad_phone(Some(number))));
    }
    if SCHEMES.iter().any(|scheme| target.starts_with(scheme)) {
        return Ok(Linked::Outside);
    }
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if target.is_empty() {
        return Err(Unlinked::Mistake(say::empty_link()));
    }
    if scheme || target.starts_with("//") {
        return Err(Unlinked::Mistake(say::unsafe_link(target)));
    }
    let anchor = anchor.map(|anchor| percent_decode_str(anchor).decode_utf8_lossy().into_owned());
    if path.is_empty() {
        return Ok(Linked::Here(anchor.unwrap_or_default()));
    }
    let full = join(from, path).ok_or_else(|| Unlinked::Mistake(say::escaping_path(target)))?;
    if matches!(inputs.get(&full), Some(Input::Blob(_))) {
        return Ok(Linked::File(full));
    }
    let inner = full.strip_prefix("content/").unwrap_or_default().trim_end_matches('/');
    if matches!(inner, "" | "index.html") {
        return Ok(Linked::Home);
    }
    let (folder, rest) = inner.split_once('/').unwrap_or((inner, ""));
    let top = folder.strip_suffix(".yaml").unwrap_or(folder);
    let Some(kind) = Kind::from_folder(top) else {
        return Err(Unlinked::Mistake(say::broken_link(
            target,
            nearest(folder, Kind::ALL.iter().map(|kind| kind.folder())),
        )));
    };
    if matches!(rest, "" | "index.html") && folder == top {
        return Ok(Linked::List(kind));
    }
    let name = rest.rsplit('/').next().unwrap_or_default();
    let stem = [".md", ".html"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
    // A list file means the record that the anchor names.
    let (id, anchor) = match anchor {
        Some(record) if folder != top || rest.rsplit_once('.').is_some_and(|(_, end)| end == "yaml") => (record, None),
        anchor => (stem.to_owned(), anchor),
    };
    match items.ids.get(kind, &id) {
        Some(found) => Ok(Linked::Entry(found, anchor)),
        None => {
            let known = items.iter().filter(|(_, item)| item.kind() == kind).map(|(_, item)| item.id());
            Err(Unlinked::Mistake(say::broken_link(target, nearest(&id, known))))
        }
    }
}

/// All anchors on the page of an entry: headings, clauses, and entries that are shown on it.
fn anchors(items: &Items, id: ItemId) -> impl Iterator<Item = &str> {
    let item = items.item(id);
    let headings = item.body.headings.iter().map(|heading| heading.id.as_str());
    let clauses = match &item.entry.own {
        Own::Document(document) => document.clauses.as_slice(),
        _ => &[],
    };
    let owned = item.referrers.iter().map(|owned| items.item(*owned));
    let owned = owned.filter(|owned| owned.address.split_once('#').is_some_and(|(page, _)| page == item.address));
    headings.chain(clauses.iter().map(|clause| clause.id.as_str())).chain(owned.map(Item::id))
}

/// The result for one body.
#[derive(Default)]
struct Resolved {
    targets: Targets,
    findings: Findings,
    files: BTreeMap<String, FileUse>,
}

/// Resolves every body; those of entries with broken fields are only checked.
pub(super) fn resolve(
    items: &Items,
    inputs: &Inputs,
    broken: &[BrokenEntry],
    used: &mut BTreeMap<String, FileUse>,
    findings: &mut Findings,
) -> Vec<Targets> {
    let bodies = Bodies { items, inputs, broken };
    let whole: Vec<(ItemId, &Item)> = items.iter().collect();
    let whole = whole.into_par_iter().map(|(id, item)| {
        let place = |range: &_| item.entry.origin.body_place(range);
        let public = item.is_public() && item.withheld.is_none();
        bodies.resolve(&item.body, &item.entry.origin.source.path, &place, public, Some(id))
    });
    let rest = broken.par_iter().filter_map(|entry| {
        let body = markdown::scan(entry.body()?);
        let place = |range: &_| entry.origin.body_place(range);
        Some(bodies.resolve(&body, &entry.origin.source.path, &place, false, None))
    });
    let (whole, rest): (Vec<Resolved>, Vec<Resolved>) = (whole.collect(), rest.collect());
    let mut targets = Vec::with_capacity(whole.len());
    for resolved in whole.into_iter().chain(rest) {
        findings.extend(resolved.findings);
        for (path, file) in resolved.files {
            files::merge(used, path, file);
        }
        targets.push(resolved.targets);
    }
    targets.truncate(items.all.len());
    targets
}

struct Bodies<'a> {
    items: &'a Items,
    inputs: &'a Inputs,
    broken: &'a [BrokenEntry],
}

impl Bodies<'_> {
    fn resolve(
        &self,
        body: &markdown::Body,
        from: &str,
        place: &dyn Fn(&std::ops::Range<usize>) -> Place,
        public: bool,
        here: Option<ItemId>,
    ) -> Resolved {
        let mut resolved = Resolved::default();
        let Resolved { targets, findings, files } = &mut resolved;
        for (range, mistake) in &body.mistakes {
            findings.at(place(range), mistake.clone());
        }
        let mut named = |target: &markdown::Target, shots: &[Shot]| match file(from, &target.target, self.inputs) {
            Ok(path) => {
                files::note(files, &path, || place(&target.range), shots, public);
                Some(path)
            }
            Err(mistake) => {
                findings.at(place(&target.range), mistake);
                None
            }
        };
        targets.pictures = body.pictures.iter().map(|picture| named(&picture.target, &picture.shots())).collect();
        targets.videos = body.videos.iter().map(|video| named(video, &[])).collect();
        for link in &body.links {
            let linked = match self.link(from, &link.target, here) {
                Ok(linked) => Some(linked),
                Err(Unlinked::Reported) => None,
                Err(Unlinked::Mistake(mistake)) => {
                    findings.at(place(&link.range), mistake);
                    None
                }
            };
            if let Some(Linked::File(path)) = &linked {
                files::note(files, path, || place(&link.range), &[], public);
            }
            targets.links.push(linked);
        }
        resolved
    }

    /// Resolves a link. A link to an unpublished entry or to a missing anchor is a mistake.
    fn link(&self, from: &str, target: &str, here: Option<ItemId>) -> Result<Linked, Unlinked> {
        let linked = match linked(self.items, self.inputs, from, target) {
            Err(Unlinked::Mistake(_)) if self.is_unreadable(from, target) => return Err(Unlinked::Reported),
            other => other?,
        };
        let (page, anchor) = match &linked {
            Linked::Outside | Linked::Phone(_) | Linked::List(_) | Linked::Home | Linked::File(_) => return Ok(linked),
            Linked::Here(anchor) => (here, Some(anchor)),
            Linked::Entry(page, anchor) => (Some(*page), anchor.as_ref()),
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
        if let Some(anchor) = anchor
            && !anchors(self.items, page).any(|known| known == anchor)
        {
            let near = nearest(anchor, anchors(self.items, page));
            return Err(Unlinked::Mistake(say::broken_anchor(anchor, near)));
        }
        Ok(linked)
    }

    /// Whether a path leads to a text that was read, or to an entry that could not be.
    fn is_unreadable(&self, from: &str, target: &str) -> bool {
        let path = target.split_once('#').map_or(target, |(path, _)| path);
        let Some(full) = join(from, path) else { return false };
        if matches!(self.inputs.get(&full), Some(Input::Text(_) | Input::Unreadable(_))) {
            return true;
        }
        let inner = full.strip_prefix("content/").unwrap_or_default();
        let Some((folder, rest)) = inner.split_once('/') else { return false };
        let stem = rest.rsplit('/').next().unwrap_or_default();
        let stem = [".md", ".html"].iter().find_map(|suffix| stem.strip_suffix(suffix)).unwrap_or(stem);
        let is_broken = |kind| self.broken.iter().any(|entry| entry.kind == kind && entry.id.as_deref() == Some(stem));
        Kind::from_folder(folder).is_some_and(is_broken)
    }
}
