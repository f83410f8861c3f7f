//! Walks over the project's files on the disk.

use std::collections::btree_map;
use std::ffi::{OsStr, OsString};
use std::{fs, io};

use camino::Utf8Path;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::fingerprint::Print;
use super::regular::read_regular;
use super::{Bytes, Inputs, STATIC, Stamp, TEXT_CAP, is_ignored, is_text, junk, left_out, symlink};
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
    /// Of all names and metadata so far.
    print: Print,
    /// Of all folders so far.
    folders: Print,
}

impl<'f> Walk<'f> {
    /// A walk that has not begun.
    pub fn new(former: &'f Inputs, since: i64, findings: &'f mut Findings) -> Self {
        let (print, folders) = (Print::default(), Print::default());
        Self { former, inputs: Inputs::default(), since, faults: Vec::new(), findings, print, folders }
    }

    /// What was found.
    pub fn finish(self) -> Result<Inputs, Fault> {
        let (fingerprint, folders) = (Some(self.print.finish()), Some(self.folders.finish()));
        let inputs = Inputs { fingerprint, folders, ..self.inputs };
        Fault::all(self.faults).map_or(Ok(inputs), Err)
    }

    /// Takes a folder in which all others lie.
    pub fn top(&mut self, folder: &Utf8Path, shown: &str) {
        self.print.name(shown.as_ref());
        match fs::symlink_metadata(folder) {
            Ok(metadata) if metadata.is_symlink() => {
                self.print.file(&metadata);
                symlink(shown, self.findings);
            }
            Ok(_) => self.folder(folder, shown),
            Err(error) => {
                self.print.unreadable(&error);
                if error.kind() != io::ErrorKind::NotFound {
                    self.faults.push(Fault::read(folder, error));
                }
            }
        }
    }

    /// Takes everything in a folder; `shown` is its path from the project's root.
    fn folder(&mut self, folder: &Utf8Path, shown: &str) {
        self.print.begin();
        self.folders.name(shown.as_ref());
        if let Ok(metadata) = fs::symlink_metadata(folder) {
            self.folders.folder(&metadata);
        }
        let listed = fs::read_dir(folder).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| (entry.file_name(), entry))).collect::<io::Result<Vec<_>>>()
        });
        match listed {
            Ok(mut entries) => {
                entries.sort_by(|(a, _), (b, _)| a.cmp(b));
                let entries: Vec<(OsString, Listed)> =
                    entries.into_par_iter().map(|(name, entry)| (name, Listed::of(&entry))).collect();
                let below_static = shown.strip_prefix(STATIC);
                let is_verbatim = below_static.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
                for (name, entry) in entries {
                    self.named(&name, entry, folder, shown, is_verbatim);
                }
            }
            Err(error) => {
                self.print.unreadable(&error);
                self.faults.push(Fault::read(folder, error));
            }
        }
        self.print.end();
    }

    fn named(&mut self, name: &OsStr, entry: Listed, folder: &Utf8Path, shown: &str, is_verbatim: bool) {
        let Some(text) = name.to_str() else {
            self.print.name(name);
            let shown = format!("{shown}/{}", name.to_string_lossy());
            self.findings.at(Place::file(&Source::new(shown.clone(), "")), say::bad_path(&shown));
            return;
        };
        let junk = if is_verbatim { junk::of(text) } else { None };
        if junk.is_none() && is_ignored(text, is_verbatim) {
            return;
        }
        self.print.name(name);
        let inner = if text.is_ascii() { format!("{shown}/{text}") } else { format!("{shown}/{}", text.nfc()) };
        if let Some(junk) = junk {
            return left_out(&inner, junk, self.findings);
        }
        let path = folder.join(text);
        if let Err(error) = self.entry(entry, &path, &inner) {
            self.print.unreadable(&error);
            self.faults.push(Fault::read(&path, error));
        }
    }

    fn entry(&mut self, entry: Listed, path: &Utf8Path, shown: &str) -> io::Result<()> {
        let metadata = match entry {
            Listed::Folder => {
                self.folder(path, shown);
                return Ok(());
            }
            Listed::Other(metadata) => metadata?,
        };
        self.print.file(&metadata);
        if metadata.is_file() {
            self.file(&metadata, path, shown)?;
        } else if metadata.is_symlink() {
            symlink(shown, self.findings);
        } else {
            // Opening it might wait for ever.
            self.findings.at(Place::file(&Source::new(shown, "")), say::not_a_file(shown));
        }
        Ok(())
    }

    fn file(&mut self, metadata: &fs::Metadata, path: &Utf8Path, shown: &str) -> io::Result<()> {
        let (len, stamp) = (metadata.len(), Stamp::of(metadata));
        if let Some(known) = self.former.unchanged(shown, stamp)
            && let btree_map::Entry::Vacant(free) = self.inputs.files.entry(shown.to_owned())
        {
            free.insert(known.clone());
            return Ok(());
        }
        let said = self.findings.len();
        let bytes = if is_text(shown) && len <= TEXT_CAP {
            Bytes::Memory(read_regular(path.as_std_path())?.into())
        } else {
            may_read(path)?;
            Bytes::Disk(path.to_owned(), stamp)
        };
        let is_text = matches!(bytes, Bytes::Memory(_));
        self.inputs.add(shown.to_owned(), len, bytes, self.findings);
        // What was said of a text has to be said again; of two files of one name the stamp of neither is that of the text.
        if let Some(known) = self.inputs.files.get_mut(shown) {
            let is_settled = is_text && self.findings.len() == said && stamp.is_settled(self.since);
            known.settled = is_settled.then_some(stamp);
        }
        Ok(())
    }
}

/// What a folder lists under a name.
enum Listed {
    Folder,
    Other(io::Result<fs::Metadata>),
}

impl Listed {
    fn of(entry: &fs::DirEntry) -> Self {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => Self::Folder,
            Ok(_) => Self::Other(entry.metadata()),
            Err(error) => Self::Other(Err(error)),
        }
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
