//! Links, pictures and files in bodies: what a relative path means, and whether it is there.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::used::{self, FileUse};
use super::{Item, ItemId, Portal, State};
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

/// Why a link means nothing.
enum Unlinked {
    Mistake(Mistake),
    /// It means something that was itself reported.
    Reported,
}

/// What `target` means in the file at `from`; `None` for what was reported.
pub fn resolve(portal: &Portal, from: &str, target: &str) -> Option<Linked> {
    let has_file = |path: &str| portal.used_files.contains_key(path);
    linked(portal, from, target, &has_file).ok()
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

const SCHEMES: [&str; 4] = ["https://", "http://", "tel:", "mailto:"];

fn linked(portal: &Portal, from: &str, target: &str, has_file: &dyn Fn(&str) -> bool) -> Result<Linked, Unlinked> {
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
    if has_file(&full) {
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
    match portal.id_of(kind, &id) {
        Some(found) => Ok(Linked::Entry(found, anchor)),
        None => {
            let known = portal.items().filter(|(_, item)| item.kind() == kind).map(|(_, item)| item.id());
            Err(Unlinked::Mistake(say::broken_link(target, nearest(&id, known))))
        }
    }
}

/// Whether an anchor is on the page of an entry.
fn has_anchor(portal: &Portal, id: ItemId, anchor: &str) -> bool {
    anchors(portal, id).any(|known| known == anchor)
}

/// All anchors on the page of an entry: headings, clauses, and entries that are shown on it.
fn anchors(portal: &Portal, id: ItemId) -> impl Iterator<Item = &str> {
    let item = portal.item(id);
    let headings = item.body.headings.iter().map(|heading| heading.id.as_str());
    let clauses = match &item.entry.own {
        Own::Document(document) => document.clauses.as_slice(),
        _ => &[],
    };
    let owned = item.referrers.iter().map(|owned| portal.item(*owned));
    let owned = owned.filter(|owned| owned.address.split_once('#').is_some_and(|(page, _)| page == item.address));
    headings.chain(clauses.iter().map(|clause| clause.id.as_str())).chain(owned.map(Item::id))
}

/// What checking one body found.
#[derive(Default)]
struct Checked {
    findings: Findings,
    files: BTreeMap<String, FileUse>,
}

/// Checks every body, those of entries with broken fields too.
pub(super) fn check(portal: &mut Portal, inputs: &Inputs, broken: &[BrokenEntry], findings: &mut Findings) {
    let has_file = |path: &str| matches!(inputs.get(path), Some(Input::Blob(_)));
    let unreadable =
        |kind: Kind, id: &str| broken.iter().any(|entry| entry.kind == kind && entry.id.as_deref() == Some(id));
    let context = Context { portal, inputs, has_file: &has_file, unreadable: &unreadable };
    let whole: Vec<Checked> = portal
        .items
        .par_iter()
        .enumerate()
        .map(|(at, item)| {
            let place = |range: &_| item.entry.origin.body_place(range);
            let public = item.is_public() && item.withheld.is_none();
            context.body(&item.body, &item.entry.origin.source.path, &place, public, Some(ItemId::at(at)))
        })
        .collect();
    let rest: Vec<Checked> = broken
        .par_iter()
        .filter_map(|entry| {
            let body = markdown::scan(entry.origin.markdown_body()?);
            let place = |range: &_| entry.origin.body_place(range);
            Some(context.body(&body, &entry.origin.source.path, &place, false, None))
        })
        .collect();
    for Checked { findings: found, files } in whole.into_iter().chain(rest) {
        findings.extend(found);
        for (path, file) in files {
            let place = file.place.clone();
            for (shot, public) in file.shots {
                used::note(&mut portal.used_files, path.clone(), || place.clone(), &[shot], public);
            }
            if file.download {
                used::note(&mut portal.used_files, path, || place, &[], file.download_public);
            }
        }
    }
}

struct Context<'a> {
    portal: &'a Portal,
    inputs: &'a Inputs,
    has_file: &'a (dyn Fn(&str) -> bool + Sync),
    unreadable: &'a (dyn Fn(Kind, &str) -> bool + Sync),
}

impl Context<'_> {
    fn body(
        &self,
        body: &markdown::Body,
        from: &str,
        place: &dyn Fn(&std::ops::Range<usize>) -> Place,
        public: bool,
        here: Option<ItemId>,
    ) -> Checked {
        let mut checked = Checked::default();
        for (range, mistake) in &body.mistakes {
            checked.findings.at(place(range), mistake.clone());
        }
        let pictures = body.pictures.iter().map(|picture| (&picture.target, picture.shots()));
        let videos = body.videos.iter().map(|video| (video, Vec::new()));
        for (target, shots) in pictures.chain(videos) {
            match file(from, &target.target, self.inputs) {
                Ok(path) => used::note(&mut checked.files, path, || place(&target.range), &shots, public),
                Err(mistake) => {
                    checked.findings.at(place(&target.range), mistake);
                }
            }
        }
        for link in &body.links {
            match self.link(from, &link.target, here) {
                Ok(Some(path)) => used::note(&mut checked.files, path, || place(&link.range), &[], public),
                Ok(None) | Err(Unlinked::Reported) => {}
                Err(Unlinked::Mistake(mistake)) => {
                    checked.findings.at(place(&link.range), mistake);
                }
            }
        }
        checked
    }

    /// The file that a link offers, if it does.
    fn link(&self, from: &str, target: &str, here: Option<ItemId>) -> Result<Option<String>, Unlinked> {
        let linked = match linked(self.portal, from, target, self.has_file) {
            Err(Unlinked::Mistake(_)) if self.is_unreadable(from, target) => return Err(Unlinked::Reported),
            other => other?,
        };
        let (page, anchor) = match linked {
            Linked::Outside | Linked::List(_) | Linked::Home => return Ok(None),
            Linked::File(path) => return Ok(Some(path)),
            Linked::Here(anchor) => (here, Some(anchor)),
            Linked::Entry(page, anchor) => (Some(page), anchor),
        };
        let Some(page) = page else { return Ok(None) };
        let found = self.portal.item(page);
        match &found.state {
            State::Hidden(why) if here != Some(page) => {
                return Err(Unlinked::Mistake(say::link_hidden(target, why)));
            }
            State::Draft
                if here != Some(page) && !here.is_some_and(|here| self.portal.item(here).entry.common.draft) =>
            {
                return Err(Unlinked::Mistake(say::draft_ref(found.kind().label(), found.id())));
            }
            State::Draft | State::Hidden(_) | State::Public => {}
        }
        if let Some(anchor) = anchor
            && !has_anchor(self.portal, page, &anchor)
        {
            let near = nearest(&anchor, anchors(self.portal, page));
            return Err(Unlinked::Mistake(say::broken_anchor(&anchor, near)));
        }
        Ok(None)
    }

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
        Kind::from_folder(folder).is_some_and(|kind| (self.unreadable)(kind, stem))
    }
}
