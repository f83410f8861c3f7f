//! Walks and removes whole trees, without following symlinks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::fault::{Doing, Fault};

use super::disk::{Disk, Kind, Look};
use super::rights::FileRights;

/// Everything in a tree by its path from the root. The contents of a folder directly follow it.
pub(super) type Found = BTreeMap<PathBuf, Look>;

/// Everything in the tree at `root`.
pub(super) fn walk<D: Disk>(disk: &D, root: &Path) -> Result<Found, Fault> {
    let mut found = Found::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let at = root.join(&folder);
        for (name, look) in disk.list(&at).map_err(Fault::io(Doing::List, &at))? {
            let path = folder.join(name);
            if look.kind == Kind::Folder {
                folders.push(path.clone());
            }
            found.insert(path, look);
        }
    }
    Ok(found)
}

/// The entries of `found` inside a folder.
pub(super) fn inside<'f>(found: &'f Found, folder: &'f Path) -> impl Iterator<Item = (&'f PathBuf, &'f Look)> {
    found
        .range(folder.to_owned()..)
        .skip_while(move |(path, _)| path.as_path() == folder)
        .take_while(move |(path, _)| path.starts_with(folder))
}

/// Removes what is at `path`, recursively.
pub(super) fn remove<D: Disk>(disk: &D, path: &Path) -> Result<(), Fault> {
    let Some(look) = look(disk, path)? else { return Ok(()) };
    if look.kind == Kind::Folder {
        for (inner, look) in walk(disk, path)?.iter().rev() {
            remove_one(disk, &path.join(inner), look.kind)?;
        }
    }
    remove_one(disk, path, look.kind)
}

/// Removes one file or empty folder.
pub(super) fn remove_one<D: Disk>(disk: &D, path: &Path, kind: Kind) -> Result<(), Fault> {
    match kind {
        Kind::Folder => disk.remove_folder(path),
        Kind::File | Kind::Symlink | Kind::Other => disk.remove_file(path),
    }
    .map_err(Fault::io(Doing::Remove, path))
}

/// The metadata of `path`.
pub(super) fn look<D: Disk>(disk: &D, path: &Path) -> Result<Option<Look>, Fault> {
    disk.look(path).map_err(Fault::io(Doing::Look, path))
}

/// Creates a folder if it is missing.
pub(super) fn ensure_folder<D: Disk>(disk: &D, path: &Path) -> Result<(), Fault> {
    match look(disk, path)?.map(|look| look.kind) {
        Some(Kind::Folder) => Ok(()),
        Some(Kind::File | Kind::Symlink | Kind::Other) => Err(Fault::NotAFolder { path: path.to_owned() }),
        None => disk.create_folder(path).map_err(Fault::io(Doing::CreateFolder, path)),
    }
}

/// Replaces a file atomically by way of `spare`, which must be on the same file system.
pub(super) fn replace<D: Disk>(disk: &D, spare: &Path, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    // An earlier build may have died between the two steps.
    remove(disk, spare)?;
    disk.create_file(spare, bytes, FileRights::default()).map_err(Fault::io(Doing::Write, spare))?;
    disk.rename(spare, path).map_err(Fault::io(Doing::Move, path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::disk::RealDisk;
    use std::fs;

    #[test]
    fn a_folder_comes_before_its_contents_and_they_are_one_stretch() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["a", "a/c", "a-b"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        for file in ["a/b", "a/c/d", "a-b/e", "a.txt"] {
            fs::write(dir.path().join(file), "").unwrap();
        }
        let found = walk(&RealDisk, dir.path()).unwrap();
        let paths = |paths: Vec<&PathBuf>| paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
        assert_eq!(paths(found.keys().collect()), ["a", "a/b", "a/c", "a/c/d", "a-b", "a-b/e", "a.txt"]);
        assert_eq!(paths(inside(&found, Path::new("a")).map(|(path, _)| path).collect()), ["a/b", "a/c", "a/c/d"]);
    }

    #[cfg(unix)]
    #[test]
    fn removing_a_tree_leaves_what_its_symlinks_point_to() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("tree/deep")).unwrap();
        fs::create_dir(dir.path().join("outside")).unwrap();
        fs::write(dir.path().join("outside/file"), "x").unwrap();
        std::os::unix::fs::symlink(dir.path().join("outside"), dir.path().join("tree/deep/link")).unwrap();
        remove(&RealDisk, &dir.path().join("tree")).unwrap();
        assert!(!dir.path().join("tree").exists());
        assert_eq!(fs::read(dir.path().join("outside/file")).unwrap(), b"x");
    }
}
