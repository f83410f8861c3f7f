//! Where the new tree grows, out of sight: beside the live tree, from what is left of the former one.
//!
//! No file in it is ever written to, since it may be the live file under another name: a file is removed and made anew.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::diag::fault::{Doing, Fault};

use super::disk::{Disk, Kind, Look};
use super::manifest::parents;
use super::tree::{self, Found};

/// The tree to be.
pub(super) struct Staging {
    /// Where it is.
    pub root: PathBuf,
    /// What is left of the former tree, and every folder.
    left: Mutex<Found>,
}

/// How a file came by its second name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Linked {
    /// It is the same file.
    Same,
    /// The disk knows no links: it is a copy.
    Copied,
}

impl Staging {
    /// Starts from what is `left` of a former tree at `root`.
    pub fn new(root: PathBuf, left: Found) -> Self {
        Self { root, left: Mutex::new(left) }
    }

    /// Makes a file.
    pub fn create<D: Disk>(&self, disk: &D, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
        self.make_room(disk, path)?;
        let at = self.root.join(path);
        disk.create_file(&at, bytes).map_err(Fault::io(Doing::Write, &at))
    }

    /// Gives the file at `from`, which is `look`, its name here.
    pub fn link<D: Disk>(&self, disk: &D, path: &Path, from: &Path, look: &Look) -> Result<Linked, Fault> {
        if self.left().get(path).is_some_and(|left| left.is(look)) {
            return Ok(Linked::Same);
        }
        self.make_room(disk, path)?;
        let at = self.root.join(path);
        match disk.hard_link(from, &at) {
            Ok(()) => Ok(Linked::Same),
            Err(error) if knows_no_links(&error) => {
                disk.copy_file(from, &at).map_err(Fault::io(Doing::Link, from))?;
                Ok(Linked::Copied)
            }
            Err(error) => Err(Fault::io(Doing::Link, from)(error)),
        }
    }

    /// Makes a symlink, unless it is there.
    pub fn symlink<D: Disk>(&self, disk: &D, path: &Path, target: &Path) -> Result<(), Fault> {
        let at = self.root.join(path);
        let is_there = self.left().get(path).is_some_and(|left| left.kind == Kind::Symlink);
        if is_there && disk.read_link(&at).map_err(Fault::io(Doing::Read, &at))? == target {
            return Ok(());
        }
        self.make_room(disk, path)?;
        disk.symlink(target, &at).map_err(Fault::io(Doing::Link, &at))
    }

    /// Makes a folder and those above it, unless they are there.
    pub fn folder<D: Disk>(&self, disk: &D, path: &Path) -> Result<(), Fault> {
        ensure_folders(disk, &self.root, &mut self.left(), path)
    }

    /// Removes what is left of the former tree and has no place in the new one.
    pub fn drop_stale<D: Disk>(
        &self,
        disk: &D,
        files: &BTreeSet<&Path>,
        folders: &BTreeSet<&Path>,
    ) -> Result<(), Fault> {
        let mut left = self.left();
        let is_stale = |path: &Path, kind| match kind {
            Kind::Folder => !folders.contains(path),
            Kind::File | Kind::Symlink | Kind::Other => !files.contains(path),
        };
        let stale: Vec<(PathBuf, Kind)> = left
            .iter()
            .rev()
            .filter(|(path, look)| is_stale(path, look.kind))
            .map(|(path, look)| (path.clone(), look.kind))
            .collect();
        for (path, kind) in stale {
            tree::remove_one(disk, &self.root.join(&path), kind)?;
            left.remove(&path);
        }
        Ok(())
    }

    /// Clears an address for a file.
    fn make_room<D: Disk>(&self, disk: &D, path: &Path) -> Result<(), Fault> {
        let mut left = self.left();
        if let Some(folder) = path.parent() {
            ensure_folders(disk, &self.root, &mut left, folder)?;
        }
        remove_left(disk, &self.root, &mut left, path)
    }

    fn left(&self) -> MutexGuard<'_, Found> {
        // A thread that panicked has ended the build; what it left is still true.
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a folder in the tree at `root` and those above it, over whatever `found` says is in the way.
pub(super) fn ensure_folders<D: Disk>(disk: &D, root: &Path, found: &mut Found, folder: &Path) -> Result<(), Fault> {
    let is_folder = |found: &Found, path: &Path| found.get(path).is_some_and(|look| look.kind == Kind::Folder);
    let is_root = folder.as_os_str().is_empty();
    if is_root || is_folder(found, folder) {
        return Ok(());
    }
    let mut folders: Vec<&Path> = parents(folder).collect();
    folders.reverse();
    for path in folders.into_iter().chain([folder]) {
        if !is_folder(found, path) {
            remove_left(disk, root, found, path)?;
            let at = root.join(path);
            disk.create_folder(&at).map_err(Fault::io(Doing::CreateFolder, &at))?;
            found.insert(path.to_owned(), Look { kind: Kind::Folder, len: 0, id: None });
        }
    }
    Ok(())
}

/// Removes what `found` says is at a path of the tree at `root`, with all that is in it.
pub(super) fn remove_left<D: Disk>(disk: &D, root: &Path, found: &mut Found, path: &Path) -> Result<(), Fault> {
    let Some(kind) = found.get(path).map(|look| look.kind) else { return Ok(()) };
    let inner: Vec<(PathBuf, Kind)> = tree::inside(found, path).map(|(path, look)| (path.clone(), look.kind)).collect();
    for (path, kind) in inner.iter().rev().map(|(path, kind)| (path.as_path(), *kind)).chain([(path, kind)]) {
        tree::remove_one(disk, &root.join(path), kind)?;
        found.remove(path);
    }
    Ok(())
}

/// Whether a link was refused for a reason that a copy does not share.
fn knows_no_links(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::CrossesDevices | ErrorKind::TooManyLinks
    )
}
