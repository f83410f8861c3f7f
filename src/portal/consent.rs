//! Persons who did not agree. A picture of a person without a valid consent is withheld wherever the same file is used,
//! and a person who was withdrawn is not named by other pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::body::Targets;
use super::edges::{Edge, Edges, Target};
use super::files::UsedFiles;
use super::settings::Settings;
use super::{Item, ItemId, Items, State};
use crate::content::rules::Portrait;
use crate::content::walk::{Step, texts};
use crate::content::{Kind, shared::Picture};
use crate::diag::catalogue::{self as say, Hidden, Withheld};
use crate::diag::{Diagnostic, Findings};
use crate::entry::Entry;
use crate::load::{Blob, Input, Inputs};
use crate::source::{Place, Source};

/// Whether an entry is a person who was withdrawn.
pub(super) fn is_withdrawn_person(entry: &Entry) -> bool {
    matches!(entry.kind(), Kind::Star | Kind::Teacher) && entry.common.withdrawn.is_some()
}

/// The names of persons who were withdrawn, each with its entry. A remark in brackets is no part of a name.
pub(super) fn withdrawn<'i>(items: impl Iterator<Item = &'i Item>) -> impl Iterator<Item = (&'i str, &'i Item)> {
    items.filter(|item| is_withdrawn_person(&item.entry)).filter_map(|person| {
        let name = person.written_title().split(['（', '(']).next().unwrap_or_default().trim();
        (name.chars().count() > 1).then_some((name, person))
    })
}

/// What is known when the uses of pictures are judged.
pub(super) struct Consents<'a> {
    pub items: &'a Items,
    pub bodies: &'a [Arc<Targets>],
    pub settings: &'a Settings,
    pub site_edges: &'a Edges,
    pub inputs: &'a Inputs,
}

/// Why a file is withheld, and whose picture it is.
type Withheldness = (Withheld, ItemId);

impl Consents<'_> {
    /// Takes every use of a picture without a valid consent away, and says where each was. Returns the files that are not
    /// to be published, by path from the project's root.
    pub fn withhold(&self, used: &mut UsedFiles, findings: &mut Findings) -> BTreeSet<String> {
        let mut withheld = self.pictures_of_persons();
        self.add_copies(&mut withheld);
        if !withheld.is_empty() {
            used.withhold(|path| withheld.contains_key(path));
            self.report(&withheld, findings);
        }
        self.report_names(findings);
        self.report_children(findings);
        withheld.into_keys().collect()
    }

    /// The pictures that entries of persons without a valid consent use.
    fn pictures_of_persons(&self) -> BTreeMap<String, Withheldness> {
        let mut withheld = BTreeMap::new();
        for (id, item) in self.items.iter() {
            let is_withdrawn = matches!(item.state, State::Hidden(Hidden::Withdrawn))
                && matches!(item.entry.own.portrait(), Portrait::Person(_));
            let why = if is_withdrawn { Some(Withheld::Withdrawn) } else { item.withheld };
            let Some(why) = why else { continue };
            let fields = item.edges.each().filter_map(|edge| picture(edge));
            let body = self.bodies.get(id.index()).into_iter().flat_map(|body| body.pictures());
            for path in fields.chain(body.flatten()) {
                withheld.entry(path.to_owned()).or_insert((why, id));
            }
        }
        withheld
    }

    /// Adds files with the same content.
    fn add_copies(&self, withheld: &mut BTreeMap<String, Withheldness>) {
        let blob = |path: &str| match self.inputs.get(path) {
            Some(Input::Blob(blob)) => Some(blob),
            Some(Input::Text(_) | Input::Unreadable(_)) | None => None,
        };
        // What cannot be read is reported where it is published.
        let hash = |blob: &Blob| blob.read().ok().map(|bytes| blake3::hash(&bytes));
        let mut known: BTreeMap<u64, Vec<(blake3::Hash, Withheldness)>> = BTreeMap::new();
        for (path, why) in &*withheld {
            if let Some((blob, hash)) = blob(path).and_then(|blob| Some((blob, hash(blob)?))) {
                known.entry(blob.len).or_default().push((hash, *why));
            }
        }
        if known.is_empty() {
            return;
        }
        for (name, input) in self.inputs.below("content") {
            let Input::Blob(other) = input else { continue };
            let path = format!("content/{name}");
            let Some(same_size) = known.get(&other.len).filter(|_| !withheld.contains_key(&path)) else { continue };
            let Some(content) = hash(other) else { continue };
            if let Some((_, why)) = same_size.iter().find(|(known, _)| *known == content) {
                withheld.insert(path, *why);
            }
        }
    }

    /// Says where published entries, the settings and static files use withheld pictures.
    fn report(&self, withheld: &BTreeMap<String, Withheldness>, findings: &mut Findings) {
        let mut say = |path: &str, here: Option<ItemId>, place: &dyn Fn() -> Place| {
            let Some((why, person)) = withheld.get(path).filter(|(_, person)| here != Some(*person)) else { return };
            let origin = &self.items.item(*person).entry.origin;
            let diagnostic = Diagnostic::new(say::picture_withheld_here(*why), place());
            findings.report(diagnostic.with_related(origin.id_place(), say::PERSON_HERE));
        };
        for (id, item) in self.items.iter().filter(|(_, item)| item.is_public() && item.withheld.is_none()) {
            for edge in item.edges.each() {
                if let Target::File(path) = &edge.target {
                    say(path, Some(id), &|| item.entry.origin.place(&edge.path));
                }
            }
            for (path, range) in self.bodies.get(id.index()).into_iter().flat_map(|body| body.uses(&item.entry.scan)) {
                say(path, Some(id), &|| item.entry.origin.body_place(range));
            }
        }
        for edge in self.site_edges.each() {
            if let Target::File(path) = &edge.target {
                say(path, None, &|| self.settings.origin.place(&edge.path));
            }
        }
        for path in withheld.keys().filter(|path| path.starts_with("content/static/")) {
            say(path, None, &|| Place::file(&Source::new(path.clone(), "")));
        }
    }

    /// Says where published texts name a person who was withdrawn.
    fn report_names(&self, findings: &mut Findings) {
        for (name, person) in withdrawn(self.items.iter().map(|(_, item)| item)) {
            let mut report = |place: Place| {
                let diagnostic = Diagnostic::new(say::withdrawn_name(name), place);
                findings.report(diagnostic.with_related(person.entry.origin.id_place(), say::PERSON_HERE));
            };
            for item in self.items.iter().map(|(_, item)| item).filter(|item| item.is_public()) {
                let mut field = |path: &[Step], text: &str| {
                    if text.contains(name) && !matches!(path, [Step::Key("body")]) {
                        report(item.entry.origin.place(path));
                    }
                };
                texts(&item.entry.common, &mut field);
                item.entry.own.texts(&mut field);
                for (at, _) in item.entry.body().match_indices(name) {
                    report(item.entry.origin.body_place(&(at..at + name.len())));
                }
            }
        }
    }

    /// Says where news or an event shows a child without a consent, as far as the descriptions tell.
    fn report_children(&self, findings: &mut Findings) {
        let is_open = |item: &&Item| {
            matches!(item.kind(), Kind::News | Kind::Event) && matches!(item.entry.own.portrait(), Portrait::Nobody)
        };
        for item in self.items.iter().map(|(_, item)| item).filter(is_open) {
            let origin = &item.entry.origin;
            if item.entry.common.picture.as_ref().is_some_and(shows_child) {
                findings.at(origin.place(&[Step::Key("picture"), Step::Key("alt")]), say::child_picture());
            }
            for (nth, _) in item.entry.own.gallery().iter().enumerate().filter(|(_, picture)| shows_child(picture)) {
                let path = [Step::Key("gallery"), Step::Index(nth), Step::Key("alt")];
                findings.at(origin.place(&path), say::child_picture());
            }
            for picture in item.entry.scan.pictures.iter().filter(|picture| say::names_child(&picture.alt)) {
                findings.at(origin.body_place(&picture.target.range), say::child_picture());
            }
        }
    }
}

fn shows_child(picture: &Picture) -> bool {
    say::names_child(picture.alt())
}

/// The path of a picture that a field names.
fn picture(edge: &Edge) -> Option<&str> {
    match (&edge.target, edge.path.first()) {
        (Target::File(path), Some(Step::Key("picture" | "gallery"))) => Some(path),
        _ => None,
    }
}
