//! The live tree before a build: which files are ours, which are foreign, which stay unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use blake3::Hash;

use crate::diag::fault::{Clash, Doing, Fault};

use super::disk::{Disk, Kind, Look};
use super::manifest::{self, Entry, Manifest, Standing, is_reserved, parents};
use super::tree::{self, Found};

/// The only file that an output folder may contain before the first build.
const GITIGNORE: &str = ".gitignore";

/// The live tree.
pub(super) struct Live {
    /// Where it is.
    pub root: PathBuf,
    /// The tree's root folder; `None` if it does not exist.
    pub look: Option<Look>,
    /// Everything in it.
    pub found: Found,
    /// Its manifest; `None` before the first build.
    pub manifest: Option<Manifest>,
    /// The foreign files in it.
    pub foreign: Foreign,
}

/// Files in a tree that are not ours.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    /// Files, symlinks and folders.
    pub entries: Found,
    /// All parent folders of foreign entries, each with one such entry.
    above: BTreeMap<PathBuf, PathBuf>,
}

impl Live {
    /// Reads the live tree without changing anything.
    ///
    /// # Errors
    /// [`Fault::NotOurs`], [`Fault::NotAFolder`], [`Fault::BadManifest`], and faults of the disk.
    pub fn load<D: Disk>(disk: &D, root: &Path) -> Result<Self, Fault> {
        let mut live = Self {
            root: root.to_owned(),
            look: None,
            found: Found::new(),
            manifest: None,
            foreign: Foreign::default(),
        };
        live.look = tree::look(disk, root)?;
        match live.look.map(|look| look.kind) {
            None => return Ok(live),
            Some(Kind::Folder) => {}
            Some(Kind::File | Kind::Symlink | Kind::Other) => return Err(Fault::NotAFolder { path: root.to_owned() }),
        }
        refuse_strangers(disk, root)?;
        live.manifest = Manifest::load(disk, root)?;
        live.found = tree::walk(disk, root)?;
        live.foreign = Foreign::of(&live.found, live.manifest.as_ref());
        Ok(live)
    }

    /// The entries of its manifest.
    pub fn ours(&self) -> impl Iterator<Item = (&String, &Entry)> {
        self.manifest.iter().flat_map(|manifest| &manifest.entries)
    }

    /// The file at an address if it is a regular file with these bytes.
    pub fn same<D: Disk>(&self, disk: &D, path: &Path, bytes: &[u8]) -> Result<Option<Look>, Fault> {
        match self.file(path) {
            Some(look) if look.len == bytes.len() as u64 => self.read_if(disk, path, look, |read| read == bytes),
            _ => Ok(None),
        }
    }

    /// The file at an address if it is a regular file whose bytes have this hash.
    pub fn of_hash<D: Disk>(&self, disk: &D, path: &Path, hash: Hash) -> Result<Option<Look>, Fault> {
        match self.file(path) {
            Some(look) => self.read_if(disk, path, look, |read| blake3::hash(read) == hash),
            None => Ok(None),
        }
    }

    fn file(&self, path: &Path) -> Option<&Look> {
        self.found.get(path).filter(|look| look.kind == Kind::File)
    }

    fn read_if<D: Disk>(
        &self,
        disk: &D,
        path: &Path,
        look: &Look,
        is_same: impl Fn(&[u8]) -> bool,
    ) -> Result<Option<Look>, Fault> {
        let at = self.root.join(path);
        match disk.read(&at) {
            Ok(read) => Ok(is_same(&read).then_some(*look)),
            // Removed since the tree was read: it will be written again.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Fault::io(Doing::Read, &at)(error)),
        }
    }

    /// Styles and scripts that are not in `made` and are kept for this build.
    ///
    /// A file that was changed by hand is not kept, because it cannot be repaired.
    pub fn kept<D: Disk>(&self, disk: &D, made: &Manifest) -> Result<Vec<(String, Entry)>, Fault> {
        let (files, folders) = (made.files(), made.folders());
        let is_free = |path: &Path| {
            !files.contains(path) && !folders.contains(path) && !parents(path).any(|folder| files.contains(folder))
        };
        let mut kept = Vec::new();
        for (path, entry) in self.ours() {
            let address = Path::new(path);
            let is_there = self.found.get(address).is_some_and(|look| look.kind == Kind::File);
            if entry.standing == Standing::Code && is_there && is_free(address) {
                let at = self.root.join(path);
                let bytes = disk.read(&at).map_err(Fault::io(Doing::Read, &at))?;
                if blake3::hash(&bytes) == entry.hash {
                    kept.push((path.clone(), Entry { standing: Standing::Kept, ..*entry }));
                }
            }
        }
        Ok(kept)
    }
}

/// Refuses a folder that has files but no manifest: it belongs to somebody else.
pub(super) fn refuse_strangers<D: Disk>(disk: &D, root: &Path) -> Result<(), Fault> {
    if tree::look(disk, &manifest::at(root))?.is_some() {
        return Ok(());
    }
    let is_ours = |name: &Path, kind| is_reserved(name) || (name == Path::new(GITIGNORE) && kind == Kind::File);
    let names = disk.list(root).map_err(Fault::io(Doing::List, root))?;
    if names.iter().all(|(name, look)| is_ours(Path::new(name), look.kind)) {
        Ok(())
    } else {
        Err(Fault::NotOurs { out: root.to_owned() })
    }
}

impl Foreign {
    /// The entries of `found` that are not ours by `manifest`. A symlink or folder at the address of one of our files
    /// is foreign too, since we did not write it.
    pub fn of(found: &Found, manifest: Option<&Manifest>) -> Self {
        let (files, folders) =
            manifest.map_or_else(|| (BTreeSet::new(), BTreeSet::new()), |ours| (ours.files(), ours.folders()));
        let mut foreign = Self::default();
        for (path, look) in found {
            let is_ours = match look.kind {
                Kind::File => files.contains(path.as_path()),
                Kind::Folder => folders.contains(path.as_path()),
                Kind::Symlink | Kind::Other => false,
            };
            if !is_ours && !is_reserved(path) {
                foreign.above.extend(parents(path).map(|folder| (folder.to_owned(), path.clone())));
                foreign.entries.insert(path.clone(), *look);
            }
        }
        foreign
    }

    /// The foreign entry that blocks a file at an address.
    pub fn clash(&self, path: &Path) -> Option<Clash> {
        let is_no_folder = |path: &Path| self.entries.get(path).is_some_and(|look| look.kind != Kind::Folder);
        let foreign = if self.entries.contains_key(path) {
            path
        } else if let Some(inside) = self.above.get(path) {
            inside
        } else {
            parents(path).find(|folder| is_no_folder(folder))?
        };
        Some(Clash { needed: path.to_owned(), foreign: foreign.to_owned() })
    }

    /// Whether a path is foreign or a parent folder of something foreign.
    pub fn holds(&self, path: &Path) -> bool {
        self.entries.contains_key(path) || self.above.contains_key(path)
    }

    /// The number of foreign entries, without folders.
    pub fn count(&self) -> usize {
        self.entries.values().filter(|look| look.kind != Kind::Folder).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(kind: Kind) -> Look {
        Look { kind, len: 0, id: None, rights: None }
    }

    #[test]
    fn a_clash_is_the_same_address_a_file_above_or_something_inside() {
        let entries = [
            ("file", Kind::File),
            ("folder", Kind::Folder),
            ("folder/inner", Kind::Folder),
            ("folder/inner/file", Kind::File),
            ("link", Kind::Symlink),
            ("ours", Kind::Folder),
            ("ours/a.html", Kind::File),
            ("ours/b.txt", Kind::File),
        ];
        let found = entries.into_iter().map(|(path, kind)| (PathBuf::from(path), look(kind))).collect();
        let entry = Entry { hash: blake3::hash(b""), standing: Standing::Plain };
        let manifest = Manifest { entries: [("ours/a.html".to_owned(), entry), ("link".to_owned(), entry)].into() };
        let foreign = Foreign::of(&found, Some(&manifest));
        let check = |path: &str, expected: Option<&str>| {
            let found = foreign.clash(Path::new(path)).map(|clash| clash.foreign);
            assert_eq!(found.as_deref(), expected.map(Path::new), "{path}");
        };
        check("file", Some("file"));
        check("file/a.html", Some("file"));
        check("folder", Some("folder"));
        check("folder/a.html", None);
        check("folder/inner/file", Some("folder/inner/file"));
        check("link/a.html", Some("link"));
        check("link", Some("link"));
        check("ours", Some("ours/b.txt"));
        check("ours/a.html", None);
        check("ours/c.html", None);
    }
}
