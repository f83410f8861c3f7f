//! The new tree before it is published: beside the live tree, made from what is left of the former one.
//!
//! Files in it are never overwritten, since they may be hard links to live files: a file is removed and created anew.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::diag::fault::{Doing, Fault};

use super::access::Accesses;
use super::disk::{Disk, Kind, Look};
use super::manifest::parents;
use super::tree::{self, Found};

/// The new tree.
pub(super) struct Staging {
    /// Where it is.
    pub root: PathBuf,
    /// Who may use what in it.
    pub accesses: Accesses,
    /// What is left of the former tree, and all folders.
    left: Mutex<Found>,
}

/// How [`Staging::link`] made a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Linked {
    /// A hard link to the same file.
    Same,
    /// A copy, because the disk does not support hard links.
    Copied,
}

impl Staging {
    /// Starts with what is `left` of a former tree at `root`.
    pub fn new(root: PathBuf, left: Found, accesses: Accesses) -> Self {
        Self { root, accesses, left: Mutex::new(left) }
    }

    /// Gives the folders that are left of a former tree the access that they have in the live one now.
    pub fn dress<D: Disk>(&self, disk: &D) -> Result<(), Fault> {
        let left = self.left();
        let folders = left.iter().filter(|(_, look)| look.kind == Kind::Folder).map(|(path, _)| path.as_path());
        [Path::new("")]
            .into_iter()
            .chain(folders)
            .try_for_each(|path| self.accesses.dress(disk, path, &self.root.join(path)))
    }

    /// Creates a file.
    pub fn create<D: Disk>(&self, disk: &D, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
        self.make_room(disk, path)?;
        let at = self.root.join(path);
        disk.create_file(&at, bytes, self.accesses.file(path)).map_err(Fault::io(Doing::Write, &at))
    }

    /// Links the file at `from`, whose metadata is `look`.
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

    /// Links one of our files as [`link`](Self::link) does, with the rights that a new file would have.
    pub fn reuse<D: Disk>(&self, disk: &D, path: &Path, from: &Path, look: &Look) -> Result<(), Fault> {
        let at = self.root.join(path);
        match self.link(disk, path, from, look)? {
            Linked::Same => self.accesses.fit(disk, path, &at, look),
            Linked::Copied => match tree::look(disk, &at)? {
                Some(copy) => self.accesses.fit(disk, path, &at, &copy),
                None => Ok(()),
            },
        }
    }

    /// Creates a symlink if it is missing.
    pub fn symlink<D: Disk>(&self, disk: &D, path: &Path, target: &Path) -> Result<(), Fault> {
        let at = self.root.join(path);
        let is_there = self.left().get(path).is_some_and(|left| left.kind == Kind::Symlink);
        if is_there && disk.read_link(&at).map_err(Fault::io(Doing::Read, &at))? == target {
            return Ok(());
        }
        self.make_room(disk, path)?;
        disk.symlink(target, &at).map_err(Fault::io(Doing::Link, &at))
    }

    /// Creates a folder and its parents if they are missing.
    pub fn folder<D: Disk>(&self, disk: &D, path: &Path) -> Result<(), Fault> {
        ensure_folders(disk, &self.root, &mut self.left(), path, &self.accesses)
    }

    /// Removes what is left of the former tree and is not in the new one.
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

    /// Removes what blocks a file at this address.
    fn make_room<D: Disk>(&self, disk: &D, path: &Path) -> Result<(), Fault> {
        let mut left = self.left();
        if let Some(folder) = path.parent() {
            ensure_folders(disk, &self.root, &mut left, folder, &self.accesses)?;
        }
        remove_left(disk, &self.root, &mut left, path)
    }

    fn left(&self) -> MutexGuard<'_, Found> {
        // A panic in a thread ends the build, but the list is still valid.
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Creates a folder in the tree at `root` and its parents, and removes what blocks them according to `found`.
pub(super) fn ensure_folders<D: Disk>(
    disk: &D,
    root: &Path,
    found: &mut Found,
    folder: &Path,
    accesses: &Accesses,
) -> Result<(), Fault> {
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
            accesses.dress(disk, path, &at)?;
            found.insert(path.to_owned(), Look { kind: Kind::Folder, len: 0, id: None, rights: None });
        }
    }
    Ok(())
}

/// Removes what `found` lists at a path of the tree at `root`, recursively.
pub(super) fn remove_left<D: Disk>(disk: &D, root: &Path, found: &mut Found, path: &Path) -> Result<(), Fault> {
    let Some(kind) = found.get(path).map(|look| look.kind) else { return Ok(()) };
    let inner: Vec<(PathBuf, Kind)> = tree::inside(found, path).map(|(path, look)| (path.clone(), look.kind)).collect();
    for (path, kind) in inner.iter().rev().map(|(path, kind)| (path.as_path(), *kind)).chain([(path, kind)]) {
        tree::remove_one(disk, &root.join(path), kind)?;
        found.remove(path);
    }
    Ok(())
}

/// Whether hard links are not possible where a copy is.
fn knows_no_links(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::CrossesDevices | ErrorKind::TooManyLinks
    )
}
