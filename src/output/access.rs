//! Who may use what, so that it does not depend on which build wrote a file, under which umask, and in which of the two
//! trees.
//!
//! Folders that exist keep mode, owner, group and access lists; a new folder takes them from the one that it is in, but
//! for the owner. Files may be read by those to whom their folder is open. Who may write them is what the manifest's own
//! mode says, which comes from the umask of the first build. Where a folder has a default access list, the list decides.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::fault::{Doing, Fault};

use super::disk::{Disk, Kind, Look};
use super::live::Live;
use super::manifest;
use super::rights::{Access, FileRights};

const WRITE: u32 = 0o222;

/// What the folders of a tree and the files in them are to be.
#[derive(Debug)]
pub(super) struct Accesses {
    /// By the path from the tree's root, which is always there.
    folders: BTreeMap<PathBuf, Access>,
    /// The bits of those who may write files.
    writers: u32,
}

impl Accesses {
    /// As in the live tree, or, if there is none yet, as of the folder at `made`, which this build made.
    pub fn new<D: Disk>(disk: &D, live: &Live, made: &Path) -> Result<Self, Fault> {
        let root = if live.look.is_some() { live.root.as_path() } else { made };
        let mut folders = BTreeMap::from([(PathBuf::new(), read(disk, root)?)]);
        let is_of_portal = |path: &Path, look: &Look| look.kind == Kind::Folder && !manifest::is_reserved(path);
        for (path, _) in live.found.iter().filter(|(path, look)| is_of_portal(path, look)) {
            folders.insert(path.clone(), read(disk, &live.root.join(path))?);
        }
        let manifest = live.found.get(Path::new(manifest::NAME)).and_then(|look| look.rights);
        let rights = manifest.or_else(|| folders[Path::new("")].rights);
        Ok(Self { folders, writers: rights.map_or(0, |rights| rights.mode & WRITE) })
    }

    /// The rights of the file at `path`.
    pub fn file(&self, path: &Path) -> FileRights {
        let Some(folder) = self.around(path) else { return FileRights::default() };
        let Some(rights) = folder.rights else { return FileRights::default() };
        // Who may enter a folder reads what is in it, even where the folder cannot be listed.
        let readers = (rights.mode | rights.mode << 2) & 0o444;
        let mode = folder.default_list.is_none().then_some(0o600 | readers | self.writers);
        FileRights { mode, group: Some(rights.group) }
    }

    /// Gives a file that was written before, at `at`, the rights of the file at `path`.
    pub fn fit<D: Disk>(&self, disk: &D, path: &Path, at: &Path, look: &Look) -> Result<(), Fault> {
        let rights = self.file(path);
        if rights.is_of(look) { Ok(()) } else { disk.set_rights(at, rights).map_err(Fault::io(Doing::Write, at)) }
    }

    /// Makes the folder at `at` what the folder at `path` is to be.
    pub fn dress<D: Disk>(&self, disk: &D, path: &Path, at: &Path) -> Result<(), Fault> {
        let access = match self.folders.get(path) {
            Some(known) => known.clone(),
            None => match self.around(path) {
                // The system has already given it what the list says.
                Some(folder) if folder.default_list.is_some() => return Ok(()),
                Some(folder) => folder.clone().of_anyone(),
                None => return Ok(()),
            },
        };
        disk.set_access(at, &access).map_err(Fault::io(Doing::CreateFolder, at))
    }

    /// The nearest known folder above a path.
    fn around(&self, path: &Path) -> Option<&Access> {
        path.ancestors().skip(1).find_map(|folder| self.folders.get(folder))
    }
}

fn read<D: Disk>(disk: &D, folder: &Path) -> Result<Access, Fault> {
    disk.access(folder).map_err(Fault::io(Doing::Look, folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::rights::Rights;

    #[test]
    fn files_are_open_to_those_to_whom_their_folder_is() {
        let check = |folder: u32, writers: u32, expected: u32| {
            let rights = Some(Rights { mode: folder, owner: 1, group: 2 });
            let folders = BTreeMap::from([(PathBuf::new(), Access { rights, ..Access::default() })]);
            let file = Accesses { folders, writers }.file(Path::new("a/b.html"));
            assert_eq!(file, FileRights { mode: Some(expected), group: Some(2) }, "{folder:o}");
        };
        check(0o755, 0o200, 0o644);
        check(0o2775, 0o200, 0o644);
        check(0o2775, 0o220, 0o664);
        check(0o750, 0o200, 0o640);
        check(0o711, 0o200, 0o644);
        check(0o700, 0o200, 0o600);
    }
}
