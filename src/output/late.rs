//! Foreign files that appeared in the live tree after it was read and before the exchange: they are moved to the new
//! tree afterwards.
//!
//! The seal of a finished tree lists the foreign files that were carried over, so that even the build after a killed
//! one knows which were not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::fault::{Clash, Doing, Fault};

use super::disk::{Disk, Id, Kind, Look};
use super::live::Foreign;
use super::manifest::{Manifest, parents};
use super::tree::{self, Found};

const SEALED: &[u8] = b"shuyuan-sealed 1\0";

/// The foreign files carried over into a tree, by the bytes of their path, each with its possible ids: that of the file
/// in the live tree, and that of its copy if the disk does not support hard links.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Seal {
    carried: BTreeMap<Vec<u8>, Vec<Id>>,
}

impl Seal {
    /// Records one carried path, and its parent folders, which may be missing from both portals.
    pub fn note(&mut self, path: &Path, files: impl IntoIterator<Item = Id>) {
        for folder in parents(path) {
            self.carried.entry(key(folder)).or_default();
        }
        self.carried.entry(key(path)).or_default().extend(files);
    }

    /// Serialises: a magic word, then paths and ids alternately, each terminated by a zero byte. Paths cannot contain
    /// zero bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = SEALED.to_vec();
        for (path, files) in &self.carried {
            let files: Vec<String> = files.iter().map(|Id { device, inode }| format!("{device}:{inode}")).collect();
            bytes.extend([path, b"\0".as_slice(), files.join(",").as_bytes(), b"\0"].concat());
        }
        bytes
    }

    /// The inverse of [`to_bytes`](Self::to_bytes); `None` for a file that a power cut emptied. Its paths are only
    /// compared, never accessed.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut carried = BTreeMap::new();
        let mut fields = bytes.strip_prefix(SEALED)?.split(|byte| *byte == 0);
        while let (Some(path), Some(files)) = (fields.next(), fields.next()) {
            let files = String::from_utf8_lossy(files);
            carried.insert(path.to_owned(), files.split(',').filter_map(parse_id).collect());
        }
        Some(Self { carried })
    }

    /// Whether this file was carried over, and is not a later one at the same path.
    fn knows(&self, path: &Path, look: &Look) -> bool {
        self.carried.get(&key(path)).is_some_and(|files| match (look.kind, look.id) {
            (Kind::Folder, _) | (_, None) => true,
            (Kind::File | Kind::Symlink | Kind::Other, Some(id)) => files.contains(&id),
        })
    }
}

/// Files in a former tree that are neither ours nor carried over from it.
pub(super) fn find(former: &Found, ours: Option<&Manifest>, seal: &Seal) -> Found {
    let mut foreign = Foreign::of(former, ours).entries;
    foreign.retain(|path, look| !seal.knows(path, look));
    foreign
}

/// Addresses of the portal that `late` files block.
pub(super) fn clashes(late: &Found, ours: &Manifest) -> Vec<Clash> {
    let (files, folders) = (ours.files(), ours.folders());
    let needed = |path: &Path, kind| {
        let above = parents(path).find(|folder| files.contains(folder));
        let here = files.contains(path) || (kind != Kind::Folder && folders.contains(path));
        above.map(Path::to_owned).or_else(|| here.then(|| path.to_owned()))
    };
    late.iter()
        .filter_map(|(path, look)| Some(Clash { needed: needed(path, look.kind)?, foreign: path.clone() }))
        .collect()
}

/// Moves `late` files from the `former` tree to the live one. A move is atomic, so that a file is always in one of
/// them; and it no longer exists in the former tree if the editor later removes it from the live one.
pub(super) fn bring<D: Disk>(disk: &D, former: &Path, live: &Path, late: &Found) -> Result<(), Fault> {
    for (path, look) in late {
        let mut above: Vec<&Path> = parents(path).collect();
        above.reverse();
        for folder in above {
            tree::ensure_folder(disk, &live.join(folder))?;
        }
        let to = live.join(path);
        match look.kind {
            Kind::Folder => tree::ensure_folder(disk, &to)?,
            Kind::File | Kind::Symlink | Kind::Other => {
                disk.rename(&former.join(path), &to).map_err(Fault::io(Doing::Move, &to))?;
            }
        }
    }
    // Removes the empty folders; otherwise the next build would move them again.
    for (path, _) in late.iter().rev().filter(|(_, look)| look.kind == Kind::Folder) {
        tree::remove_one(disk, &former.join(path), Kind::Folder)?;
    }
    Ok(())
}

/// The bytes of a path, which need not be UTF-8.
fn key(path: &Path) -> Vec<u8> {
    PathBuf::from(path).into_os_string().into_encoded_bytes()
}

fn parse_id(text: &str) -> Option<Id> {
    let (device, inode) = text.split_once(':')?;
    Some(Id { device: device.parse().ok()?, inode: inode.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_read_as_it_was_written() {
        let mut seal = Seal::default();
        seal.note(Path::new("空 folder"), []);
        seal.note(Path::new("a\nb"), [Id { device: 1, inode: 2 }, Id { device: 1, inode: 3 }]);
        assert_eq!(Seal::parse(&seal.to_bytes()), Some(seal));
        assert_eq!(Seal::parse(&Seal::default().to_bytes()), Some(Seal::default()));
        assert_eq!(Seal::parse(b""), None);
    }

    #[test]
    fn a_file_that_took_the_place_of_a_carried_one_is_late() {
        let file = |inode| Look { kind: Kind::File, len: 0, id: Some(Id { device: 1, inode }), rights: None };
        let mut seal = Seal::default();
        seal.note(Path::new("a"), file(1).id);
        seal.note(Path::new("b"), file(2).id);
        let former = [("a".into(), file(1)), ("b".into(), file(9)), ("c".into(), file(3))].into();
        let late = find(&former, None, &seal);
        assert_eq!(late.keys().collect::<Vec<_>>(), [Path::new("b"), Path::new("c")]);
    }
}
