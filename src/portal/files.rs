//! Which files of the project are used, and how.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Item;
use super::edges::{Edges, Target};
use super::path::{STATIC, extension};
use super::settings::Settings;
use crate::content::Own;
use crate::content::field::Field;
use crate::content::shared::Shot;
use crate::content::spot::Spot;
use crate::content::value::Focus;
use crate::content::walk::{Path, Step};
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings, Mistake};
use crate::entry::Origin;
use crate::source::Place;

/// Where something is used. Its place is found out only if there is something to say of it.
#[derive(Clone, Debug)]
pub struct At {
    origin: Origin,
    within: Within,
}

#[derive(Clone, Debug)]
enum Within {
    Field(Path),
    Body(Range<usize>),
}

impl At {
    /// The field at the end of a path.
    pub fn field(origin: &Origin, path: &[Step]) -> Self {
        Self { origin: origin.clone(), within: Within::Field(path.to_vec()) }
    }

    /// A range of the body.
    pub fn body(origin: &Origin, range: &Range<usize>) -> Self {
        Self { origin: origin.clone(), within: Within::Body(range.clone()) }
    }

    /// The place.
    pub fn place(&self) -> Place {
        match &self.within {
            Within::Field(path) => self.origin.place(path),
            Within::Body(range) => self.origin.body_place(range),
        }
    }
}

/// How a file is used.
#[derive(Clone, Debug, Default)]
pub struct FileUse {
    /// Where it is shown as a picture, in the order of entries, fields before bodies.
    pub pictures: Vec<At>,
    /// How it is shown as a picture, and whether anything published shows it so.
    pub shots: BTreeMap<Shot, bool>,
    /// Where it is offered as a file or a video, in the same order.
    pub downloads: Vec<At>,
    /// Whether anything published offers it.
    pub download_public: bool,
}

impl FileUse {
    /// Where it is published, as a picture first.
    pub fn uses(&self) -> impl Iterator<Item = &At> {
        self.pictures.iter().chain(&self.downloads)
    }
}

/// Files by path from the project's root.
#[derive(Debug, Default)]
pub struct UsedFiles(BTreeMap<String, FileUse>);

impl UsedFiles {
    /// Whether nothing uses any file.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether anything uses a file.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// How a file is used.
    pub fn get(&self, path: &str) -> Option<&FileUse> {
        self.0.get(path)
    }

    /// All of them, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &FileUse)> {
        self.0.iter()
    }

    /// Adds a use as a picture that is shown in some ways.
    pub(super) fn picture(&mut self, path: &str, at: At, shots: &[Shot], public: bool) {
        let used = self.0.entry(path.to_owned()).or_default();
        used.pictures.push(at);
        for shot in shots {
            *used.shots.entry(*shot).or_default() |= public;
        }
    }

    /// Adds a use as a file to download or as a video.
    pub(super) fn download(&mut self, path: &str, at: At, public: bool) {
        let used = self.0.entry(path.to_owned()).or_default();
        used.downloads.push(at);
        used.download_public |= public;
    }

    /// Adds a use that was reported, or one of a file that is published anyway.
    pub(super) fn mention(&mut self, path: &str) {
        self.0.entry(path.to_owned()).or_default();
    }

    /// Takes the files of these paths away from everything that is published.
    pub(super) fn withhold(&mut self, is_withheld: impl Fn(&str) -> bool) {
        for (_, used) in self.0.iter_mut().filter(|(path, _)| is_withheld(path)) {
            used.shots.values_mut().for_each(|public| *public = false);
            used.download_public = false;
        }
    }

    /// Adds what others use.
    pub(super) fn extend(&mut self, others: UsedFiles) {
        for (path, used) in others.0 {
            let known = self.0.entry(path).or_default();
            known.pictures.extend(used.pictures);
            known.downloads.extend(used.downloads);
            known.download_public |= used.download_public;
            for (shot, public) in used.shots {
                *known.shots.entry(shot).or_default() |= public;
            }
        }
    }
}

/// Reports what is wrong with a file itself: at its first use, with the others.
pub fn report(uses: &[At], mistake: Mistake, findings: &mut Findings) {
    let mut uses = uses.iter().map(At::place);
    let Some(first) = uses.next() else { return };
    let related = |diagnostic: Diagnostic, place| diagnostic.with_related(place, say::REFERRED_HERE);
    findings.report(uses.fold(Diagnostic::new(mistake, first), related));
}

/// Which files may be offered for download.
pub(super) struct Offer<'a> {
    /// The extensions that the settings allow.
    pub allowed: &'a [String],
}

impl Offer<'_> {
    /// Whether an attachment or a video may be offered; if not, that is reported at this use. Files under `content/static/` are
    /// published in any case.
    pub fn file(&self, path: &str, at: &At, findings: &mut Findings) -> bool {
        self.judge(path, at, findings, |extension| say::attachment_type(extension, self.allowed))
    }

    /// Whether a link may offer a file; `written` is its target.
    pub fn link(&self, path: &str, written: &str, at: &At, findings: &mut Findings) -> bool {
        self.judge(path, at, findings, |extension| say::link_type(written, extension, self.allowed))
    }

    fn judge(&self, path: &str, at: &At, findings: &mut Findings, mistake: impl Fn(&str) -> Mistake) -> bool {
        let extension = extension(path);
        let fits = path.starts_with(STATIC) || self.allowed.contains(&extension);
        if !fits {
            findings.at(at.place(), mistake(&extension));
        }
        fits
    }
}

/// The files that fields name. Those of bodies are found with their links.
pub(super) fn of_fields(items: &[Item], settings: &Settings, edges: &Edges, findings: &mut Findings) -> UsedFiles {
    let mut used = UsedFiles::default();
    let offer = Offer { allowed: &settings.site.attachments };
    for item in items {
        for edge in item.edges.each() {
            let Target::File(path) = &edge.target else { continue };
            let at = At::field(&item.entry.origin, &edge.path);
            match shots(item, &edge.path) {
                Some(shots) => used.picture(path, at, &shots, item.is_public() && item.withheld.is_none()),
                // It is in the ledger by name and hash alone.
                None if stays_inside(item, &edge.path) => used.mention(path),
                None if offer.file(path, &at, findings) => used.download(path, at, item.is_public()),
                None => used.mention(path),
            }
        }
    }
    let site = [Shot { usage: Spot::Site.usage(), focus: Focus::CENTRE }];
    for edge in edges.each() {
        let Target::File(path) = &edge.target else { continue };
        used.picture(path, At::field(&settings.origin, &edge.path), &site, true);
    }
    used
}

/// Whether a file is evidence that is not offered.
fn stays_inside(item: &Item, path: &[Step]) -> bool {
    matches!(&item.entry.own, Own::Evidence(evidence) if !evidence.download) && path == [Step::from(Field::File)]
}

/// How the picture that a field names is shown; `None` if the field offers a file.
fn shots(item: &Item, path: &[Step]) -> Option<Vec<Shot>> {
    match path {
        [Step::Key("picture"), ..] => {
            let picture = item.entry.common.picture.iter();
            Some(picture.flat_map(|picture| Spot::of_entry(item.kind()).map(|spot| picture.shot(spot))).collect())
        }
        [Step::Key("gallery"), Step::Index(nth), ..] => {
            let picture = item.entry.own.gallery().get(*nth).into_iter();
            Some(picture.flat_map(|picture| Spot::GALLERY.iter().map(|spot| picture.shot(*spot))).collect())
        }
        _ => None,
    }
}
