//! Foreign files that appeared in the live tree between the look at it and the exchange: they are brought after it.
//!
//! The seal of a finished tree lists what was carried over, so that even the build after a killed one can tell what was not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::fault::{Clash, Doing, Fault};

use super::disk::{Disk, Id, Kind, Look};
use super::live::Foreign;
use super::manifest::{Manifest, parents};
use super::tree::{self, Found};

const SEALED: &[u8] = b"shuyuan-sealed 1\0";

/// What was carried over into a tree, by the bytes of its path, each with the files that it may be: the one in the live
/// tree, and its copy where the disk knows no links.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Seal {
    carried: BTreeMap<Vec<u8>, Vec<Id>>,
}

impl Seal {
    /// Notes one carried path, and the folders above it: neither portal may have them.
    pub fn note(&mut self, path: &Path, files: impl IntoIterator<Item = Id>) {
        for folder in parents(path) {
            self.carried.entry(key(folder)).or_default();
        }
        self.carried.entry(key(path)).or_default().extend(files);
    }

    /// Its bytes: a word, then paths (which hold no zero byte) and files in turn, each ended by a zero byte.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = SEALED.to_vec();
        for (path, files) in &self.carried {
            let files: Vec<String> = files.iter().map(|Id { device, inode }| format!("{device}:{inode}")).collect();
            bytes.extend([path, b"\0".as_slice(), files.join(",").as_bytes(), b"\0"].concat());
        }
        bytes
    }

    /// The opposite of [`to_bytes`](Self::to_bytes); none for a file that a power cut emptied. Nothing is done at the paths
    /// it names, they are only compared.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut carried = BTreeMap::new();
        let mut fields = bytes.strip_prefix(SEALED)?.split(|byte| *byte == 0);
        while let (Some(path), Some(files)) = (fields.next(), fields.next()) {
            let files = String::from_utf8_lossy(files);
            carried.insert(path.to_owned(), files.split(',').filter_map(parse_id).collect());
        }
        Some(Self { carried })
    }

    /// Whether this is what was carried, not something that took its place since.
    fn knows(&self, path: &Path, look: &Look) -> bool {
        self.carried.get(&key(path)).is_some_and(|files| match (look.kind, look.id) {
            (Kind::Folder, _) | (_, None) => true,
            (Kind::File | Kind::Symlink | Kind::Other, Some(id)) => files.contains(&id),
        })
    }
}

/// What in a former tree is neither ours nor carried over from it.
pub(super) fn find(former: &Found, ours: Option<&Manifest>, seal: &Seal) -> Found {
    let mut foreign = Foreign::of(former, ours).entries;
    foreign.retain(|path, look| !seal.knows(path, look));
    foreign
}

/// The addresses of the portal that `late` files hold.
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

/// Moves what is `late` from the `former` tree to the live one: a move is one step, so that it is in one of them always,
/// and gone from the former one when the editor removes it from the live one some day.
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
    // The folders stay behind empty; without this the next build would bring them again.
    for (path, _) in late.iter().rev().filter(|(_, look)| look.kind == Kind::Folder) {
        tree::remove_one(disk, &former.join(path), Kind::Folder)?;
    }
    Ok(())
}

/// A path as the system holds it, which need not be UTF-8.
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
        let file = |inode| Look { kind: Kind::File, len: 0, id: Some(Id { device: 1, inode }) };
        let mut seal = Seal::default();
        seal.note(Path::new("a"), file(1).id);
        seal.note(Path::new("b"), file(2).id);
        let former = [("a".into(), file(1)), ("b".into(), file(9)), ("c".into(), file(3))].into();
        let late = find(&former, None, &seal);
        assert_eq!(late.keys().collect::<Vec<_>>(), [Path::new("b"), Path::new("c")]);
    }
}
