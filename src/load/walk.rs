//! Walks over the project's files on the disk.

use std::sync::Arc;
use std::{fs, io};

use camino::Utf8Path;
use unicode_normalization::UnicodeNormalization as _;

use super::regular::read_regular;
use super::{Bytes, Input, Inputs, STATIC, Stamp, TEXT_CAP, is_ignored, is_text, junk, left_out, symlink};
use crate::diag::Findings;
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::source::{Place, Source};

/// A walk over the files on the disk, which goes on where something cannot be read.
pub(super) struct Walk<'f> {
    /// What was read before.
    pub former: &'f Inputs,
    pub inputs: Inputs,
    /// When the walk began, in nanoseconds since 1970.
    pub since: i64,
    /// A fault for each file and folder that cannot be read.
    pub faults: Vec<Fault>,
    pub findings: &'f mut Findings,
}

impl Walk<'_> {
    /// Takes everything in a folder; `shown` is its path from the project's root.
    pub fn folder(&mut self, folder: &Utf8Path, shown: &str) {
        let listed = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match listed {
            Ok(entries) => entries,
            Err(error) => return self.faults.push(Fault::read(folder, error)),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                let shown = format!("{shown}/{}", entry.file_name().to_string_lossy());
                self.findings.at(Place::file(&Source::new(shown.clone(), "")), say::bad_path(&shown));
                continue;
            };
            let is_verbatim = shown == STATIC || shown.starts_with(&format!("{STATIC}/"));
            let inner = format!("{shown}/{}", name.nfc());
            if is_verbatim && let Some(junk) = junk::of(&name) {
                left_out(&inner, junk, self.findings);
            } else if !is_ignored(&name, is_verbatim) {
                let path = folder.join(&name);
                if let Err(error) = self.entry(&entry, &path, inner) {
                    self.faults.push(Fault::read(&path, error));
                }
            }
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, path: &Utf8Path, shown: String) -> io::Result<()> {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            self.folder(path, &shown);
        } else if kind.is_file() {
            self.file(&entry.metadata()?, path, shown)?;
        } else if kind.is_symlink() {
            symlink(&shown, self.findings);
        } else {
            // Opening it might wait for ever.
            self.findings.at(Place::file(&Source::new(shown.clone(), "")), say::not_a_file(&shown));
        }
        Ok(())
    }

    fn file(&mut self, metadata: &fs::Metadata, path: &Utf8Path, shown: String) -> io::Result<()> {
        let (len, stamp) = (metadata.len(), Stamp::of(metadata));
        let is_first = !self.inputs.files.contains_key(&shown);
        if is_first && let Some(Input::Text(known)) = self.former.unchanged(&shown, stamp) {
            self.inputs.settled.insert(shown.clone(), stamp);
            self.inputs.files.insert(shown, Input::Text(Arc::clone(known)));
            return Ok(());
        }
        let said = self.findings.len();
        let bytes = if is_text(&shown) && len <= TEXT_CAP {
            Bytes::Memory(read_regular(path.as_std_path())?.into())
        } else {
            may_read(path)?;
            Bytes::Disk(path.to_owned(), stamp)
        };
        self.inputs.add(shown.clone(), len, bytes, self.findings);
        // What was said of a text has to be said again; of two files of one name the stamp of neither is that of the text.
        if self.findings.len() > said {
            self.inputs.settled.remove(&shown);
        } else if stamp.is_settled(self.since) {
            self.inputs.settled.insert(shown, stamp);
        }
        Ok(())
    }
}

/// Fails if this user may not read a file, without opening it: it is read when it is needed.
#[cfg(unix)]
fn may_read(path: &Utf8Path) -> io::Result<()> {
    Ok(rustix::fs::access(path.as_std_path(), rustix::fs::Access::READ_OK)?)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "other systems may refuse")]
fn may_read(_: &Utf8Path) -> io::Result<()> {
    Ok(())
}
