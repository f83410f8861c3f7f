//! Assets: the stylesheet, scripts, pictures, files to download, and files copied as they are. Their addresses are hashes of what goes
//! in, so that pages can be written before a picture is encoded.

pub mod picture;
pub mod script;
pub mod style;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::artifact::{Artifact, Role};
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::{Diagnostic, Findings};
use crate::load::{Blob, Input, Inputs};
use crate::portal::Portal;
use crate::portal::link::FileUse;
use crate::source::{Place, Source};
use crate::theme::Theme;
use picture::Header;

/// All assets of a portal.
#[derive(Debug, Default)]
pub struct Assets {
    /// The stylesheet, and what it points at.
    pub style: Vec<Artifact>,
    /// The theme's scripts, by stem.
    pub scripts: BTreeMap<String, Artifact>,
    pictures: BTreeMap<String, PictureAsset>,
    files: BTreeMap<String, FileAsset>,
    statics: Vec<(String, Blob)>,
}

/// A picture to be published, or only to be checked.
#[derive(Debug)]
pub struct PictureAsset {
    /// Its root address.
    pub address: String,
    /// What its header says, upright.
    pub header: Header,
    blob: Blob,
    hash: blake3::Hash,
    place: Place,
    public: bool,
}

/// A file to download.
#[derive(Debug)]
pub struct FileAsset {
    /// Its root address.
    pub address: String,
    /// Its extension, in upper case.
    pub kind: String,
    /// Its size in bytes.
    pub len: u64,
    blob: Blob,
    public: bool,
}

/// Files that a browser runs as a page or a program.
const ACTIVE: [&str; 9] = ["html", "htm", "xhtml", "xht", "svg", "js", "mjs", "xml", "wasm"];

/// Looks at every file that is used: type, size, header, hash.
///
/// # Errors
/// A fault of the disk.
pub fn plan(portal: &Portal, inputs: &Inputs, theme: &Theme, findings: &mut Findings) -> Result<Assets, Fault> {
    let mut assets =
        Assets { style: style::bundle(theme, findings), scripts: script::scripts(theme), ..Assets::default() };
    let looked: Vec<Looked> =
        portal.used_files.par_iter().map(|(path, file)| look(portal, inputs, path, file)).collect::<Result<_, _>>()?;
    for found in looked {
        findings.extend(found.findings);
        if let Some(picture) = found.picture {
            assets.pictures.insert(found.path.clone(), picture);
        }
        if let Some(file) = found.file {
            assets.files.insert(found.path, file);
        }
    }
    assets.statics = statics(portal, inputs, findings);
    unused(portal, inputs, findings);
    Ok(assets)
}

struct Looked {
    path: String,
    picture: Option<PictureAsset>,
    file: Option<FileAsset>,
    findings: Findings,
}

fn look(portal: &Portal, inputs: &Inputs, path: &str, used: &FileUse) -> Result<Looked, Fault> {
    let mut looked = Looked { path: path.to_owned(), picture: None, file: None, findings: Findings::default() };
    let Some(Input::Blob(blob)) = inputs.get(path) else { return Ok(looked) };
    if used.picture {
        looked.picture = look_picture(portal, blob, used, &mut looked.findings)?;
    }
    if used.download {
        looked.file = look_file(portal, blob, used, &mut looked.findings)?;
    }
    Ok(looked)
}

fn look_picture(
    portal: &Portal,
    blob: &Blob,
    used: &FileUse,
    findings: &mut Findings,
) -> Result<Option<PictureAsset>, Fault> {
    let limit = portal.settings.site.limits.picture_mib;
    if blob.len > limit << 20 {
        findings.at(used.place.clone(), say::too_large(&blob.path, blob.len >> 10, limit << 10));
        return Ok(None);
    }
    let bytes = blob.read()?;
    match picture::header(&blob.path, &bytes) {
        Ok(header) => {
            let hash = picture::hash(&bytes);
            let address = format!("pictures/{}.{}", &hash.to_hex()[..16], header.extension());
            let public = used.picture_public;
            let (blob, place) = (blob.clone(), used.place.clone());
            Ok(Some(PictureAsset { address, header, blob, hash, place, public }))
        }
        Err(mistake) => {
            findings.at(used.place.clone(), mistake);
            Ok(None)
        }
    }
}

fn look_file(
    portal: &Portal,
    blob: &Blob,
    used: &FileUse,
    findings: &mut Findings,
) -> Result<Option<FileAsset>, Fault> {
    let site = &portal.settings.site;
    let name = blob.path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    if !site.attachments.contains(&extension) {
        findings.at(used.place.clone(), say::attachment_type(&extension, &site.attachments));
        return Ok(None);
    }
    let limit = site.limits.attachment_mib;
    if blob.len > limit << 20 {
        findings.at(used.place.clone(), say::too_large(&blob.path, blob.len >> 10, limit << 10));
        return Ok(None);
    }
    let hash = blake3::hash(&blob.read()?).to_hex();
    let address = format!("files/{}/{name}", &hash[..16]);
    let (len, public) = (blob.len, used.download_public);
    Ok(Some(FileAsset { address, kind: extension.to_uppercase(), len, blob: blob.clone(), public }))
}

/// Files under `content/static/`, by their root address.
fn statics(portal: &Portal, inputs: &Inputs, findings: &mut Findings) -> Vec<(String, Blob)> {
    let site = &portal.settings.site;
    let mut statics = Vec::new();
    for (name, input) in inputs.below("content/static") {
        let Input::Blob(blob) = input else { continue };
        let place = || Place::file(&Source::new(blob.path.clone(), ""));
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
        if ACTIVE.contains(&extension.as_str()) && !site.active_files.iter().any(|listed| listed == name) {
            findings.at(place(), say::active_file(name));
        } else if blob.len > site.limits.attachment_mib << 20 {
            findings.at(place(), say::too_large(&blob.path, blob.len >> 10, site.limits.attachment_mib << 10));
        } else {
            statics.push((name.to_owned(), blob.clone()));
        }
    }
    statics
}

fn unused(portal: &Portal, inputs: &Inputs, findings: &mut Findings) {
    for (path, input) in inputs.below("content") {
        let Input::Blob(blob) = input else { continue };
        let name = path.rsplit('/').next().unwrap_or_default();
        let used = || portal.used_files.contains_key(&blob.path) || portal.may_use(name);
        if path != "README.md" && !path.starts_with("static/") && !used() {
            findings.at(Place::file(&Source::new(blob.path.clone(), "")), say::unused_file(&blob.path));
        }
    }
}

impl Assets {
    /// The root address of the stylesheet.
    pub fn style_address(&self) -> &str {
        self.style.first().map_or("", |style| style.path.as_str())
    }

    /// A published picture, by its path from the project's root.
    pub fn picture(&self, path: &str) -> Option<&PictureAsset> {
        self.pictures.get(path).filter(|picture| picture.public)
    }

    /// A file offered, by its path from the project's root.
    pub fn file(&self, path: &str) -> Option<&FileAsset> {
        self.files.get(path).filter(|file| file.public)
    }

    /// Whether there is a file of that name under `content/static/`.
    pub fn has_static(&self, name: &str) -> bool {
        self.statics.iter().any(|(address, _)| address == name)
    }

    /// The root addresses of all assets, each with where it comes from.
    pub fn addresses(&self) -> BTreeSet<(String, String)> {
        let pictures = self.pictures.values().filter(|p| p.public).map(|p| (p.address.clone(), p.blob.path.clone()));
        let files = self.files.values().filter(|f| f.public).map(|f| (f.address.clone(), f.blob.path.clone()));
        let statics = self.statics.iter().map(|(address, blob)| (address.clone(), blob.path.clone()));
        let theme = self.style.iter().chain(self.scripts.values()).map(|made| (made.path.clone(), String::new()));
        pictures.chain(files).chain(statics).chain(theme).collect()
    }

    /// How many pictures are published.
    pub fn picture_count(&self) -> usize {
        self.pictures.values().filter(|picture| picture.public).count()
    }

    /// Makes all assets, several at once, and hands each on as it is finished. Every picture is decoded, those that nothing
    /// published shows too: whether there is a mistake never depends on the day.
    ///
    /// # Errors
    /// A fault of the disk, or of whatever takes the artifacts.
    pub fn make(
        &self,
        cache: Option<&picture::Cache>,
        put: &(dyn Fn(Artifact) -> Result<(), Fault> + Sync),
    ) -> Result<Findings, Fault> {
        self.style.iter().chain(self.scripts.values()).try_for_each(|made| put(made.clone()))?;
        self.statics.par_iter().try_for_each(|(address, blob)| {
            put(Artifact { path: address.clone(), bytes: blob.read()?, role: Role::Plain })
        })?;
        self.files.par_iter().filter(|(_, file)| file.public).try_for_each(|(_, file)| {
            put(Artifact { path: file.address.clone(), bytes: file.blob.read()?, role: Role::Fingerprinted })
        })?;
        // Large pictures one after another, so that memory is bounded by one of them and many small ones.
        let mut unique: BTreeMap<&str, Vec<&PictureAsset>> = BTreeMap::new();
        for picture in self.pictures.values() {
            unique.entry(&picture.address).or_default().push(picture);
        }
        let (large, small): (Vec<_>, Vec<_>) =
            unique.into_values().partition(|same| same[0].header.pixels() > 16_000_000);
        let mut found = small.par_iter().map(|same| one_picture(same, cache, put)).collect::<Result<Vec<_>, _>>()?;
        for same in large {
            found.push(one_picture(&same, cache, put)?);
        }
        let mut findings = Findings::default();
        for diagnostic in found.into_iter().flatten() {
            findings.report(diagnostic);
        }
        Ok(findings)
    }
}

/// Makes a picture that several files may hold alike.
fn one_picture(
    same: &[&PictureAsset],
    cache: Option<&picture::Cache>,
    put: &(dyn Fn(Artifact) -> Result<(), Fault> + Sync),
) -> Result<Option<Diagnostic>, Fault> {
    let first = same[0];
    let made = match cache.and_then(|cache| cache.get(&first.hash)) {
        Some(bytes) => Ok(Arc::from(bytes)),
        None => picture::encode(&first.blob.path, &first.blob.read()?, &first.header).inspect(|bytes: &Arc<[u8]>| {
            if let Some(cache) = cache {
                cache.put(&first.hash, bytes);
            }
        }),
    };
    match made {
        Ok(bytes) => {
            if same.iter().any(|picture| picture.public) {
                put(Artifact { path: first.address.clone(), bytes, role: Role::Fingerprinted })?;
            }
            Ok(None)
        }
        Err(mistake) => Ok(Some(Diagnostic::new(mistake, first.place.clone()))),
    }
}
