//! Reads every file to download and every file that is copied verbatim, and remembers which of them have nothing to say.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::document::{self, Reading};
use super::picture::cache::Cache;
use crate::diag::fault::Fault;
use crate::load::{Blob, Input, Inputs};
use crate::portal::Portal;

/// What decides what a file says. Another text of these is another answer, which no cache knows.
const RULES: [&str; 22] = [
    include_str!("document/mod.rs"),
    include_str!("document/compound.rs"),
    include_str!("document/mail.rs"),
    include_str!("document/package.rs"),
    include_str!("document/plain.rs"),
    include_str!("document/rich.rs"),
    include_str!("document/sheet.rs"),
    include_str!("document/table.rs"),
    include_str!("document/xml.rs"),
    include_str!("document/pdf/mod.rs"),
    include_str!("document/pdf/font.rs"),
    include_str!("document/pdf/lzw.rs"),
    include_str!("document/pdf/object.rs"),
    include_str!("document/pdf/page.rs"),
    include_str!("../privacy/mod.rs"),
    include_str!("../privacy/birth.rs"),
    include_str!("../privacy/digits.rs"),
    include_str!("../privacy/home.rs"),
    include_str!("../privacy/label.rs"),
    include_str!("../privacy/number.rs"),
    include_str!("../privacy/spelled.rs"),
    include_str!("../privacy/table.rs"),
];

/// What the files say, by path from the project's root. Files above the limit are reported elsewhere.
///
/// # Errors
/// A fault of the disk.
pub(super) fn of_all(
    portal: &Portal,
    inputs: &Inputs,
    cache: Option<&Cache>,
) -> Result<BTreeMap<String, Reading>, Fault> {
    let limit = portal.settings.site.limits.attachment_mib << 20;
    let offered = portal
        .used_files
        .iter()
        .filter(|(path, used)| !used.downloads.is_empty() || is_drawing(path))
        .filter_map(|(path, _)| inputs.get(path));
    let verbatim = inputs.below("content/static").map(|(_, input)| input);
    let blobs: Vec<&Blob> = offered
        .chain(verbatim)
        .filter_map(|input| match input {
            Input::Blob(blob) if blob.len <= limit => Some(blob),
            Input::Blob(_) | Input::Text(_) | Input::Unreadable(_) => None,
        })
        .collect();
    let names = portal.withdrawn_names();
    blobs.into_par_iter().map(|blob| Ok((blob.path.clone(), of(blob, &names, cache)?))).collect()
}

/// Whether a file is a drawing, whose text a browser shows.
fn is_drawing(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("svg"))
}

/// What one file says. Only an answer without names and private data is remembered, so that the cache never holds any.
fn of(blob: &Blob, names: &[String], cache: Option<&Cache>) -> Result<Reading, Fault> {
    let bytes = blob.read()?;
    let extension = blob.path.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    let Some(cache) = cache else { return Ok(document::read_for(names, &extension, &bytes)) };
    // Other names are another question.
    let of_names = if names.is_empty() {
        String::new()
    } else {
        blake3::hash(names.join("\n").as_bytes()).to_hex()[..16].to_owned()
    };
    let (hash, name) = (blake3::hash(&bytes), format!("reading-{}{of_names}-{extension}", rules()));
    if let Some(known) = cache.get(&hash, &name).and_then(|known| serde_json::from_slice(&known).ok()) {
        return Ok(known);
    }
    let reading = document::read_for(names, &extension, &bytes);
    if reading.people.is_empty()
        && reading.named.is_empty()
        && reading.found.is_empty()
        && let Ok(known) = serde_json::to_vec(&reading)
    {
        cache.put(&hash, &name, &known);
    }
    Ok(reading)
}

fn rules() -> &'static str {
    static RULES_HASH: OnceLock<String> = OnceLock::new();
    RULES_HASH.get_or_init(|| blake3::hash(RULES.concat().as_bytes()).to_hex()[..16].to_owned())
}
