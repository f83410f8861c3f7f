//! Files to download, and files copied verbatim. What they say about their making is taken out.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::prelude::*;

use super::clean::{self, Cleaned};
use super::kind;
use super::picture::budget::Budget;
use super::picture::{self, header, recipe};
use crate::artifact::{Artifact, Put, Role};
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::kind::FileKind;
use crate::diag::{Findings, Mistake};
use crate::load::junk::{self, Junk};
use crate::load::{Blob, Input, Inputs};
use crate::portal::Portal;
use crate::portal::files::{self, At, FileUse};
use crate::portal::path::{STATIC, extension, unfit};
use crate::source::{Place, Source};

/// Extensions of files that a browser runs as a page or a program.
const ACTIVE: [&str; 9] = ["html", "htm", "xhtml", "xht", "svg", "js", "mjs", "xml", "wasm"];

/// Extensions of files that must be pictures.
const PICTURES: [&str; 8] = ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "svg"];

/// A file to download.
#[derive(Debug)]
pub struct FileAsset {
    /// Its root address.
    pub address: String,
    /// Its extension, in upper case.
    pub kind: String,
    /// Size of the editor's file in bytes.
    pub len: u64,
    blob: Blob,
    at: Vec<At>,
    public: bool,
}

/// All files.
#[derive(Debug)]
pub(super) struct Files {
    downloads: BTreeMap<String, FileAsset>,
    /// By root address.
    statics: Vec<(String, Blob)>,
    picture_limit: u64,
}

impl Files {
    /// Checks every attachment and every file under `content/static/`.
    pub fn plan(portal: &Portal, inputs: &Inputs, findings: &mut Findings) -> Result<Self, Fault> {
        let offered: Vec<(&String, &FileUse)> =
            portal.used_files.iter().filter(|(_, used)| !used.downloads.is_empty()).collect();
        let looked = offered
            .into_par_iter()
            .filter_map(|(path, used)| match inputs.get(path) {
                Some(Input::Blob(blob)) => Some(look(portal, blob, used).map(|looked| (path.clone(), looked))),
                Some(Input::Text(_) | Input::Unreadable(_)) | None => None,
            })
            .collect::<Result<Vec<_>, Fault>>()?;
        let mut downloads = BTreeMap::new();
        for (path, (file, found)) in looked {
            findings.extend(found);
            if let Some(file) = file {
                downloads.insert(path, file);
            }
        }
        let picture_limit = portal.settings.site.limits.picture_memory_mib << 20;
        Ok(Self { downloads, statics: statics(portal, inputs, findings), picture_limit })
    }

    /// An attachment, by its path from the project's root.
    pub fn public(&self, path: &str) -> Option<&FileAsset> {
        self.downloads.get(path).filter(|file| file.public)
    }

    /// Whether `content/static/` has a file of that name.
    pub fn has_static(&self, name: &str) -> bool {
        self.statics.iter().any(|(address, _)| address == name)
    }

    /// The files offered today under an address of their own, each once: the same bytes under the same name in several folders are one file.
    fn offered(&self) -> BTreeMap<&str, &FileAsset> {
        let public = self.downloads.values().filter(|file| file.public && !is_static(&file.blob));
        public.map(|file| (file.address.as_str(), file)).collect()
    }

    /// The root addresses, each with its source path.
    pub fn addresses(&self) -> impl Iterator<Item = (String, String)> {
        let offered = self.offered().into_values();
        let offered = offered.map(|file| (file.address.clone(), file.blob.path.clone()));
        offered.chain(self.statics.iter().map(|(address, blob)| (address.clone(), blob.path.clone())))
    }

    /// Makes every file and passes it on. Files that nothing published offers are looked at too, so that errors never depend on the day.
    pub fn make(&self, budget: &Budget, put: Put<'_>) -> Result<Findings, Fault> {
        let findings = Mutex::new(Findings::default());
        let note = |tell: &dyn Fn(Mistake, &mut Findings), mistakes: Vec<Mistake>| {
            let mut findings = findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            for mistake in mistakes {
                tell(mistake, &mut findings);
            }
        };
        self.statics.par_iter().try_for_each(|(address, blob)| {
            let tell = |mistake, findings: &mut Findings| {
                findings.at(whole(blob), mistake);
            };
            let bytes = blob.read()?;
            note(&tell, remarks(&blob.path, kind::of(&bytes)));
            match self.cleaned(budget, &blob.path, &bytes) {
                Ok(cleaned) => {
                    note(&tell, cleaned.remarks);
                    let bytes = cleaned.bytes.map_or(bytes, Into::into);
                    put(Artifact::new(address, bytes, Role::Plain))
                }
                Err(mistake) => {
                    note(&tell, vec![mistake]);
                    Ok(())
                }
            }
        })?;
        let offered = self.offered();
        self.downloads.par_iter().filter(|(_, file)| !is_static(&file.blob)).try_for_each(|(_, file)| {
            let tell = |mistake, findings: &mut Findings| files::report(&file.at, mistake, findings);
            let bytes = file.blob.read()?;
            match self.cleaned(budget, &file.blob.path, &bytes) {
                Ok(cleaned) => {
                    note(&tell, cleaned.remarks);
                    let is_first =
                        offered.get(file.address.as_str()).is_some_and(|first| first.blob.path == file.blob.path);
                    let bytes = cleaned.bytes.map_or(bytes, Into::into);
                    let artifact = Artifact::new(&file.address, bytes, Role::Fingerprinted);
                    if is_first { put(artifact) } else { Ok(()) }
                }
                Err(mistake) => {
                    note(&tell, vec![mistake]);
                    Ok(())
                }
            }
        })?;
        Ok(findings.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// A file without what it says about its making. What has a picture's name must be one.
    fn cleaned(&self, budget: &Budget, path: &str, bytes: &[u8]) -> Result<Cleaned, Mistake> {
        let kind = kind::of(bytes);
        let is_picture =
            matches!(kind, FileKind::Jpeg | FileKind::Png | FileKind::WebP | FileKind::Gif | FileKind::Svg);
        if !is_picture && !PICTURES.contains(&extension(path).as_str()) {
            return clean::clean(path, bytes, kind);
        }
        let header = header::read(path, bytes)?;
        let need = header.need(1) * 2;
        if need > self.picture_limit {
            return Err(say::picture_memory(path, need >> 20, self.picture_limit >> 20));
        }
        let _share = budget.take(need);
        let bytes = picture::original(path, bytes, &header)?;
        Ok(Cleaned { bytes: Some(bytes), remarks: Vec::new() })
    }
}

/// Whether a file is an error in any case.
fn is_refused(extension: &str, kind: FileKind) -> bool {
    PICTURES.contains(&extension)
        || matches!(kind, FileKind::Key | FileKind::Database | FileKind::Heic | FileKind::Tiff)
}

/// What is said of a file beside what is taken out: whether it is what its name says.
fn remarks(path: &str, kind: FileKind) -> Vec<Mistake> {
    let extension = extension(path);
    let mut remarks = Vec::new();
    if kind == FileKind::Page && !ACTIVE.contains(&extension.as_str()) {
        remarks.push(say::disguised_page(path));
    } else if !is_refused(&extension, kind) && !kind::fits(&extension, kind) {
        remarks.push(say::other_kind(path, kind));
    }
    remarks
}

fn look(portal: &Portal, blob: &Blob, used: &FileUse) -> Result<(Option<FileAsset>, Findings), Fault> {
    let mut findings = Findings::default();
    let site = &portal.settings.site;
    let extension = extension(&blob.path);
    let mut tell = |mistake| files::report(&used.downloads, mistake, &mut findings);
    let name = blob.path.rsplit('/').next().unwrap_or_default();
    if junk::of(name) == Some(Junk::Secret) {
        tell(say::secret_file(&blob.path));
        return Ok((None, findings));
    }
    let limit = site.limits.attachment_mib;
    if blob.len > limit << 20 {
        tell(say::too_large(&blob.path, blob.len >> 10, limit << 10));
        return Ok((None, findings));
    }
    if let Some(part) = unfit(name) {
        tell(say::unfit_name(name, part));
        return Ok((None, findings));
    }
    let bytes = blob.read()?;
    if !is_static(blob) {
        remarks(&blob.path, kind::of(&bytes)).into_iter().for_each(tell);
    }
    // With its name: names that differ only in case would be one file on some disks.
    let stem = recipe::stem(&blake3::hash(&bytes), &format!("cleaned {name}"));
    let address = match blob.path.strip_prefix(STATIC) {
        Some(own) => own.to_owned(),
        None => format!("files/{}/{name}", stem.rsplit('/').next().unwrap_or_default()),
    };
    let file = FileAsset {
        address,
        kind: extension.to_uppercase(),
        len: blob.len,
        blob: blob.clone(),
        at: used.downloads.clone(),
        public: used.download_public,
    };
    Ok((Some(file), findings))
}

/// Whether a file is published under its own address in any case.
fn is_static(blob: &Blob) -> bool {
    blob.path.starts_with(STATIC)
}

/// The place of what is wrong with a file that nothing names.
fn whole(blob: &Blob) -> Place {
    Place::file(&Source::new(blob.path.clone(), ""))
}

/// Files under `content/static/`, by their root address.
fn statics(portal: &Portal, inputs: &Inputs, findings: &mut Findings) -> Vec<(String, Blob)> {
    let site = &portal.settings.site;
    let mut statics = Vec::new();
    for (name, input) in inputs.below("content/static") {
        let Input::Blob(blob) = input else { continue };
        if portal.withheld_files.contains(&blob.path) {
            continue;
        }
        let place = || whole(blob);
        if let Some(part) = unfit(name) {
            findings.at(place(), say::unfit_name(name, part));
        } else if ACTIVE.contains(&extension(name).as_str()) && !site.active_files.iter().any(|listed| listed == name) {
            findings.at(place(), say::active_file(name));
        } else if blob.len > site.limits.attachment_mib << 20 {
            findings.at(place(), say::too_large(&blob.path, blob.len >> 10, site.limits.attachment_mib << 10));
        } else {
            statics.push((name.to_owned(), blob.clone()));
        }
    }
    statics
}
