//! Assets: the stylesheet, scripts, pictures, attachments, and files copied verbatim. Their addresses are hashes of the
//! input, so that pages can be written before a picture is encoded.

pub mod author;
pub mod clean;
pub mod document;
pub mod drawn;
mod file;
pub mod kind;
mod packed;
pub mod picture;
mod pictures;
mod reading;
pub mod script;
pub mod style;
pub mod xml;

use std::collections::{BTreeMap, BTreeSet};

use blake3::Hash;

use crate::artifact::{Artifact, Put};
use crate::content::Kind;
use crate::content::shared::Shot;
use crate::diag::Findings;
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::load::{self, Input, Inputs};
use crate::portal::{ItemId, Portal};
use crate::source::{Place, Source};
use crate::theme::Theme;
use document::Reading;
use drawn::Drawings;
pub use file::FileAsset;
use file::Files;
use picture::budget::Budget;
use picture::cache::Cache;
use picture::recipe::Rendition;
use pictures::Pictures;

/// All assets of a portal.
#[derive(Debug)]
pub struct Assets {
    /// The stylesheet, and the files it refers to.
    pub style: Vec<Artifact>,
    /// The theme's scripts, by stem.
    pub scripts: BTreeMap<String, Artifact>,
    pictures: Pictures,
    drawings: Drawings,
    files: Files,
    /// What the files say, by path from the project's root.
    pub readings: BTreeMap<String, Reading>,
    /// Memory budget for decoding.
    budget: Budget,
}

/// The stylesheet and the scripts that were made last, of which there was nothing to say.
#[derive(Debug, Default)]
pub struct Memory {
    made: Option<(Hash, Code)>,
}

/// The stylesheet with the files it refers to, and the scripts by stem.
type Code = (Vec<Artifact>, BTreeMap<String, Artifact>);

/// Those of a theme: those known, if they are made of the same.
fn code(theme: &Theme, memory: Option<&mut Memory>, findings: &mut Findings) -> Code {
    let make = |findings: &mut Findings| (style::bundle(theme, findings), script::scripts(theme, findings));
    let Some(memory) = memory else { return make(findings) };
    let hash = theme.code_hash();
    if let Some((_, code)) = memory.made.as_ref().filter(|(of, _)| *of == hash) {
        return code.clone();
    }
    let said = findings.len();
    let code = make(findings);
    memory.made = (findings.len() == said).then(|| (hash, code.clone()));
    code
}

/// Examines every file that is used: type, size, header, hash.
///
/// # Errors
/// A fault of the disk.
pub fn plan(
    portal: &Portal,
    inputs: &Inputs,
    theme: &Theme,
    cache: Option<&Cache>,
    memory: Option<&mut Memory>,
    findings: &mut Findings,
) -> Result<Assets, Fault> {
    let (style, scripts) = code(theme, memory, findings);
    let pictures = Pictures::plan(portal, inputs, theme, cache, findings)?;
    let drawings = Drawings::plan(portal);
    let files = Files::plan(portal, inputs, findings)?;
    let readings = reading::of_all(portal, inputs, cache)?;
    unused(portal, inputs, findings);
    let budget = Budget::new(portal.settings.site.limits.picture_memory_mib << 20);
    Ok(Assets { style, scripts, pictures, drawings, files, readings, budget })
}

fn unused(portal: &Portal, inputs: &Inputs, findings: &mut Findings) {
    for (path, input) in inputs.below("content") {
        let Input::Blob(blob) = input else { continue };
        let name = path.rsplit('/').next().unwrap_or_default();
        let used = || portal.used_files.contains(&blob.path) || portal.may_use(name);
        let meant = path == "README.md" || path.starts_with("static/") || load::misnamed(path).is_some();
        if !meant && !used() {
            let text = Kind::from_folder(path.split('/').next().unwrap_or_default()).is_some() && is_office(name);
            findings.at(Place::file(&Source::new(blob.path.clone(), "")), say::unused_file(&blob.path, text));
        }
    }
}

/// Whether a file that lies among entries may hold the text of one, by its extension.
fn is_office(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| {
        ["txt", "text", "rtf", "doc", "docx", "wps", "odt", "htm", "html"].contains(&ending.as_str())
    })
}

impl Assets {
    /// The root address of the stylesheet.
    pub fn style_address(&self) -> &str {
        self.style.first().map_or("", |style| style.path.as_str())
    }

    /// How a picture, given by its path from the project's root, is published for a use; `None` if it is not published.
    pub fn picture(&self, path: &str, shot: Shot) -> Option<&Rendition> {
        self.pictures.public(path, shot)
    }

    /// The root address of the drawing of an entry that has no picture; `None` if its kind gets none.
    pub fn drawing(&self, id: ItemId) -> Option<&str> {
        self.drawings.address(id)
    }

    /// The root address of the picture that links to an entry show; `None` if that is its own, or its kind gets none.
    pub fn cover(&self, id: ItemId) -> Option<&str> {
        self.pictures.cover_of(id)
    }

    /// An attachment, by its path from the project's root.
    pub fn file(&self, path: &str) -> Option<&FileAsset> {
        self.files.public(path)
    }

    /// Whether there is a file of that name under `content/static/`.
    pub fn has_static(&self, name: &str) -> bool {
        self.files.has_static(name)
    }

    /// The root addresses of all assets, each with its source path.
    pub fn addresses(&self) -> BTreeSet<(String, String)> {
        let theme = self.style.iter().chain(self.scripts.values()).map(|made| (made.path.clone(), String::new()));
        let drawn = self.drawings.addresses().map(|address| (address, String::new()));
        self.pictures.addresses().chain(self.files.addresses()).chain(drawn).chain(theme).collect()
    }

    /// How many pictures are published.
    pub fn picture_count(&self) -> usize {
        self.pictures.count()
    }

    /// Makes all assets except pictures in parallel, and passes each on as it is finished.
    ///
    /// # Errors
    /// A fault of the disk, or of `put`.
    pub fn make(&self, put: Put<'_>) -> Result<Findings, Fault> {
        self.style.iter().chain(self.scripts.values()).try_for_each(|made| put(made.clone()))?;
        self.drawings.artifacts().try_for_each(put)?;
        self.files.make(&self.budget, put)
    }

    /// Makes all pictures in parallel, and passes each file on as it is finished. Pictures that nothing published shows
    /// are decoded too, so that errors never depend on the day.
    ///
    /// # Errors
    /// A fault of the disk, or of `put`.
    pub fn make_pictures(&self, cache: Option<&Cache>, put: Put<'_>) -> Result<Findings, Fault> {
        self.pictures.make(&self.budget, cache, put)
    }

    /// Makes the file at a picture's root address now; `None` if no picture has that address.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn make_picture(&self, address: &str, cache: Option<&Cache>) -> Result<Option<Artifact>, Fault> {
        self.pictures.make_one(&self.budget, cache, address)
    }
}
