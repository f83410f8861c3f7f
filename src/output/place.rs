//! The paths of a build: the live folder without symlinks, the work folder, and the lock against concurrent builds.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use crate::diag::fault::{Doing, Fault};

use super::disk::{Busy, Disk, Kind};
use super::rights::FileRights;
use super::{Settings, manifest, tree};

/// The paths of one build.
#[derive(Debug)]
pub(super) struct Destination {
    /// The live folder, which need not exist yet.
    pub live: PathBuf,
    /// Our work folder: beside the live folder, so that trees can be exchanged; inside it for a build in place, since
    /// the live folder may be a mount point on another disk.
    pub work: PathBuf,
}

impl Destination {
    /// Resolves the live folder, and creates its parent folder.
    pub fn find<D: Disk>(disk: &D, settings: &Settings) -> Result<Self, Fault> {
        let out = settings.out.as_std_path();
        refuse_mixing(disk, settings)?;
        let live = match tree::look(disk, out)?.map(|look| look.kind) {
            Some(Kind::Folder | Kind::Symlink) => resolve(disk, out)?,
            Some(Kind::File | Kind::Other) => return Err(Fault::NotAFolder { path: out.to_owned() }),
            None => {
                let not_a_folder = || Fault::NotAFolder { path: out.to_owned() };
                let name = out.file_name().ok_or_else(not_a_folder)?;
                let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                create_folders(disk, parent)?;
                resolve(disk, parent)?.join(name)
            }
        };
        let work = if settings.in_place { live.join(manifest::WORK) } else { beside(&live)? };
        Ok(Self { live, work })
    }

    /// Takes the lock: beside the live folder, where builds of both kinds find it; or inside it for a build in place
    /// without permission to write beside it. Without that permission trees cannot be exchanged either.
    pub fn lock<D: Disk>(&self, disk: &D, busy: Busy) -> Result<File, Fault> {
        let is_inside = self.work.starts_with(&self.live);
        match lock_in(disk, &beside(&self.live)?, busy) {
            Err(Fault::Io { source, .. }) if may_not_write(&source) && is_inside => lock_in(disk, &self.work, busy),
            Err(Fault::Io { source, .. }) if may_not_write(&source) => {
                Err(Fault::ExchangeRefused { out: self.live.clone(), source })
            }
            locked => locked,
        }
    }

    /// The new tree.
    pub fn tree(&self) -> PathBuf {
        self.work.join("tree")
    }

    /// The seal of a finished tree.
    pub fn seal(&self) -> PathBuf {
        self.work.join("sealed")
    }

    /// A temporary name for a file that is about to be renamed.
    pub fn spare(&self) -> PathBuf {
        self.work.join("spare")
    }

    /// The lock of a build in place without permission to write beside the live folder.
    pub fn inner_lock(&self) -> PathBuf {
        self.work.join(LOCK)
    }
}

const LOCK: &str = "lock";

/// Refuses an output folder that is one of those which are to be kept apart, inside one, or around one.
fn refuse_mixing<D: Disk>(disk: &D, settings: &Settings) -> Result<(), Fault> {
    for with in &settings.apart {
        // A folder that is not there yet is kept apart as well: what is written into it would be read by the next build.
        let (out, other) = (real(disk, settings.out.as_std_path())?, real(disk, with.as_std_path())?);
        if out.starts_with(&other) || other.starts_with(&out) {
            return Err(Fault::Mixed { out: settings.out.clone().into(), with: with.clone().into() });
        }
    }
    Ok(())
}

/// The path without symlinks and dots. What is missing of it is taken as it is written.
fn real<D: Disk>(disk: &D, path: &Path) -> Result<PathBuf, Fault> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path).map_err(Fault::io(Doing::Look, path))?.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => real.push(part),
        }
        if tree::look(disk, &real)?.is_some_and(|look| look.kind == Kind::Symlink) {
            real = resolve(disk, &real)?;
        }
    }
    Ok(real)
}

/// The hidden work folder beside the live one.
fn beside(live: &Path) -> Result<PathBuf, Fault> {
    let Some(name) = live.file_name() else { return Err(Fault::NotAFolder { path: live.to_owned() }) };
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(".shuyuan");
    Ok(live.with_file_name(hidden))
}

fn may_not_write(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

fn lock_in<D: Disk>(disk: &D, folder: &Path, busy: Busy) -> Result<File, Fault> {
    match disk.create_folder(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => tree::ensure_folder(disk, folder)?,
        Err(error) => return Err(Fault::io(Doing::CreateFolder, folder)(error)),
    }
    let lock = folder.join(LOCK);
    let file = disk.lock(&lock, busy).map_err(Fault::io(Doing::Lock, &lock))?.ok_or(Fault::Busy { lock })?;
    keep_from_git(disk, folder)?;
    Ok(file)
}

/// Makes git ignore the work folder.
fn keep_from_git<D: Disk>(disk: &D, folder: &Path) -> Result<(), Fault> {
    let path = folder.join(".gitignore");
    match tree::look(disk, &path)? {
        Some(_) => Ok(()),
        None => disk.create_file(&path, b"*\n", FileRights::default()).map_err(Fault::io(Doing::Write, &path)),
    }
}

/// Creates a folder and its parents if they are missing.
fn create_folders<D: Disk>(disk: &D, folder: &Path) -> Result<(), Fault> {
    if folder.as_os_str().is_empty() || tree::look(disk, folder)?.is_some() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folders(disk, parent)?;
    }
    disk.create_folder(folder).map_err(Fault::io(Doing::CreateFolder, folder))
}

fn resolve<D: Disk>(disk: &D, path: &Path) -> Result<PathBuf, Fault> {
    disk.resolve(path).map_err(Fault::io(Doing::Look, path))
}
