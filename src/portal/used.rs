//! Which files of the editor's are used, and for what.

use std::collections::BTreeMap;

use crate::content::shared::Shot;
use crate::source::Place;

/// What a file of the editor's is used for.
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

/// Remembers that a file is used: as a picture in some ways, or as a file to download if in none.
pub(super) fn note(
    used: &mut BTreeMap<String, FileUse>,
    path: String,
    place: impl FnOnce() -> Place,
    shots: &[Shot],
    public: bool,
) {
    let entry = used.entry(path).or_insert_with(|| FileUse {
        place: place(),
        shots: BTreeMap::new(),
        download: false,
        download_public: false,
    });
    for shot in shots {
        *entry.shots.entry(*shot).or_default() |= public;
    }
    if shots.is_empty() {
        entry.download = true;
        entry.download_public |= public;
    }
}
