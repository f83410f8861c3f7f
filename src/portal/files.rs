//! Which files of the project are used, and how.

use std::collections::BTreeMap;

use super::Item;
use super::edges::{Edges, Target};
use super::settings::Settings;
use crate::content::shared::Shot;
use crate::content::spot::Spot;
use crate::content::value::Focus;
use crate::content::walk::Step;
use crate::source::Place;

/// How a file is used.
#[derive(Clone, Debug)]
pub struct FileUse {
    /// Where it is used first.
    pub place: Place,
    /// As a picture: how it is shown, and whether anything published shows it so.
    pub shots: BTreeMap<Shot, bool>,
    /// As a file to download or a video.
    pub download: bool,
    /// Whether anything published offers it.
    pub download_public: bool,
}

/// Adds one use of a file: as a picture in some ways, or as a file to download if in none.
pub(super) fn note(
    used: &mut BTreeMap<String, FileUse>,
    path: &str,
    place: impl FnOnce() -> Place,
    shots: &[Shot],
    public: bool,
) {
    let file = FileUse {
        place: used.get(path).map_or_else(place, |known| known.place.clone()),
        shots: shots.iter().map(|shot| (*shot, public)).collect(),
        download: shots.is_empty(),
        download_public: shots.is_empty() && public,
    };
    merge(used, path.to_owned(), file);
}

/// Adds what a file is used for to what is known of it.
pub(super) fn merge(used: &mut BTreeMap<String, FileUse>, path: String, file: FileUse) {
    let Some(known) = used.get_mut(&path) else {
        used.insert(path, file);
        return;
    };
    for (shot, public) in file.shots {
        *known.shots.entry(shot).or_default() |= public;
    }
    known.download |= file.download;
    known.download_public |= file.download_public;
}

/// The files that fields name. Those of bodies are found with their links.
pub(super) fn of_fields(items: &[Item], settings: &Settings, edges: &Edges) -> BTreeMap<String, FileUse> {
    let mut used = BTreeMap::new();
    for item in items {
        for edge in item.edges.each() {
            let Target::File(path) = &edge.target else { continue };
            let shots = shots(item, &edge.path);
            let public = item.is_public() && (shots.is_empty() || item.withheld.is_none());
            note(&mut used, path, || item.entry.origin.place(&edge.path), &shots, public);
        }
    }
    let site = [Shot { usage: Spot::Site.usage(), focus: Focus::CENTRE }];
    for edge in edges.each() {
        let Target::File(path) = &edge.target else { continue };
        note(&mut used, path, || settings.origin.place(&edge.path), &site, true);
    }
    used
}

/// How the picture that a field names is shown; not at all if the field offers a file.
fn shots(item: &Item, path: &[Step]) -> Vec<Shot> {
    match path {
        [Step::Key("picture"), ..] => {
            let picture = item.entry.common.picture.iter();
            picture.flat_map(|picture| Spot::of_entry(item.kind()).map(|spot| picture.shot(spot))).collect()
        }
        [Step::Key("gallery"), Step::Index(nth), ..] => {
            let picture = item.entry.own.gallery().get(*nth).into_iter();
            picture.flat_map(|picture| Spot::GALLERY.iter().map(|spot| picture.shot(*spot))).collect()
        }
        _ => Vec::new(),
    }
}
