//! The default way to publish: the new tree is finished beside the live one and exchanged with it in one system call.
//!
//! What the former tree shares with the new one is then kept beside it as the back buffer of the next build. It has a seal, which is
//! written when the tree is complete and removed before anything in the tree changes. A tree without a seal was left by
//! a killed build and is removed.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::diag::fault::{Doing, Fault};

use super::access::Accesses;
use super::disk::{Disk, Kind};
use super::late::{self, Seal};
use super::live::Live;
use super::manifest::{self, Entry, Manifest, Standing};
use super::place::Destination;
use super::staging::{Linked, Staging};
use super::tree::{self, Found};

/// Prepares the back buffer, and finishes the work of a build that died right after its exchange.
pub(super) fn staging<D: Disk>(disk: &D, place: &Destination, live: &mut Live) -> Result<Staging, Fault> {
    refuse_other_disk(disk, place, live)?;
    let (root, seal_path) = (place.tree(), place.seal());
    let sealed = sealed(disk, place)?;
    let mut left = Found::new();
    if let Some((manifest, seal)) = &sealed {
        left = tree::walk(disk, &root)?;
        if bring_late(disk, place, &late::find(&left, manifest.as_ref(), seal), live.manifest.as_ref())? {
            *live = Live::load(disk, &place.live)?;
            left = tree::walk(disk, &root)?;
        }
    }
    tree::remove(disk, &seal_path)?;
    if sealed.is_none() {
        tree::remove(disk, &root)?;
        tree::ensure_folder(disk, &root)?;
    }
    let staging = Staging::new(root, left, Accesses::new(disk, live, &place.tree())?);
    staging.dress(disk)?;
    Ok(staging)
}

/// The manifest and the seal of the back buffer; `None` if it is incomplete.
fn sealed<D: Disk>(disk: &D, place: &Destination) -> Result<Option<(Option<Manifest>, Seal)>, Fault> {
    let (root, path) = (place.tree(), place.seal());
    let is_folder = tree::look(disk, &root)?.is_some_and(|look| look.kind == Kind::Folder);
    if !is_folder || tree::look(disk, &path)?.is_none() {
        return Ok(None);
    }
    let Some(seal) = Seal::parse(&disk.read(&path).map_err(Fault::io(Doing::Read, &path))?) else { return Ok(None) };
    match Manifest::load(disk, &root) {
        Ok(manifest) => Ok(Some((manifest, seal))),
        // A tree that was live has a valid manifest: this one was never live, and was damaged by a power cut.
        Err(Fault::BadManifest { .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Completes the new tree, which already has all artifacts, and exchanges it with the live one.
///
/// After a fault before the exchange the live tree is unchanged; after a later fault it is the new one, complete.
pub(super) fn commit<D: Disk>(
    disk: &D,
    place: &Destination,
    live: &Live,
    staging: &Staging,
    next: &Manifest,
) -> Result<(), Fault> {
    let seal = finish(disk, live, staging, next)?;
    tree::replace(disk, &place.spare(), &place.seal(), &seal.to_bytes())?;
    disk.sync(&place.work).map_err(Fault::io(Doing::Sync, &place.work))?;
    if live.look.is_none() {
        return disk.rename(&staging.root, &place.live).map_err(Fault::io(Doing::Move, &place.live));
    }
    swap(disk, place)?;
    let former = tree::walk(disk, &staging.root)?;
    bring_late(disk, place, &late::find(&former, live.manifest.as_ref(), &seal), Some(next))?;
    forget(disk, place, live, &former, next)
}

/// Removes from the former tree what the new one does not share, so that nothing that was withdrawn stays on the disk.
/// Otherwise the next build would remove it.
fn forget<D: Disk>(disk: &D, place: &Destination, live: &Live, former: &Found, next: &Manifest) -> Result<(), Fault> {
    let is_shared = |path: &String, entry: &Entry| next.entries.get(path).is_some_and(|new| new.hash == entry.hash);
    for (path, _) in live.ours().filter(|(path, entry)| !is_shared(path, entry)) {
        if former.get(Path::new(path)).is_some_and(|look| look.kind == Kind::File) {
            tree::remove_one(disk, &place.tree().join(path), Kind::File)?;
        }
    }
    Ok(())
}

/// Leaves the live tree, which is already up to date, and seals the back buffer, which is now identical.
pub(super) fn settle<D: Disk>(
    disk: &D,
    place: &Destination,
    live: &Live,
    staging: &Staging,
    next: &Manifest,
) -> Result<(), Fault> {
    let seal = finish(disk, live, staging, next)?;
    tree::replace(disk, &place.spare(), &place.seal(), &seal.to_bytes())
}

/// Completes the new tree: kept files of ours, foreign files, the manifest. Everything else in it is removed.
fn finish<D: Disk>(disk: &D, live: &Live, staging: &Staging, next: &Manifest) -> Result<Seal, Fault> {
    let foreign = &live.foreign.entries;
    let (mut files, mut folders) = (next.files(), next.folders());
    files.insert(Path::new(manifest::NAME));
    for (path, look) in foreign {
        match look.kind {
            Kind::Folder => folders.insert(path),
            Kind::File | Kind::Symlink | Kind::Other => files.insert(path),
        };
        folders.extend(manifest::parents(path));
    }
    staging.drop_stale(disk, &files, &folders)?;
    for (path, _) in next.entries.iter().filter(|(_, entry)| entry.standing == Standing::Kept) {
        if let Some(look) = live.found.get(Path::new(path)) {
            staging.reuse(disk, Path::new(path), &live.root.join(path), look)?;
        }
    }
    let seal = carry(disk, live, staging)?;
    staging.create(disk, Path::new(manifest::NAME), &next.to_bytes())?;
    Ok(seal)
}

/// Carries foreign files over into the new tree.
fn carry<D: Disk>(disk: &D, live: &Live, staging: &Staging) -> Result<Seal, Fault> {
    let mut seal = Seal::default();
    for (path, look) in &live.foreign.entries {
        let from = live.root.join(path);
        let is_copy = match look.kind {
            Kind::Folder => {
                staging.folder(disk, path)?;
                false
            }
            Kind::Symlink => {
                let target = disk.read_link(&from).map_err(Fault::io(Doing::Read, &from))?;
                staging.symlink(disk, path, &target)?;
                true
            }
            Kind::File | Kind::Other => staging.link(disk, path, &from, look)? == Linked::Copied,
        };
        let copy = if is_copy { tree::look(disk, &staging.root.join(path))?.and_then(|look| look.id) } else { None };
        seal.note(path, look.id.into_iter().chain(copy));
    }
    Ok(seal)
}

/// Moves the `late` foreign files from the former tree to the live one. Returns whether there were any.
///
/// If the live portal needs one of their addresses, the trees are exchanged back: foreign files have priority.
fn bring_late<D: Disk>(disk: &D, place: &Destination, late: &Found, live: Option<&Manifest>) -> Result<bool, Fault> {
    let clashes = live.map_or_else(Vec::new, |live| late::clashes(late, live));
    if !clashes.is_empty() {
        swap(disk, place)?;
        return Err(Fault::ForeignClash { out: place.live.clone(), clashes });
    }
    late::bring(disk, &place.tree(), &place.live, late)?;
    Ok(!late.is_empty())
}

fn swap<D: Disk>(disk: &D, place: &Destination) -> Result<(), Fault> {
    disk.exchange(&place.tree(), &place.live).map_err(|source| match source.kind() {
        ErrorKind::CrossesDevices | ErrorKind::ResourceBusy | ErrorKind::InvalidInput | ErrorKind::Unsupported => {
            Fault::ExchangeRefused { out: place.live.clone(), source }
        }
        _ => Fault::io(Doing::Exchange, &place.live)(source),
    })
}

/// Fails early if the live folder is a mount point: it is on another file system than the folder beside it, so the
/// trees cannot be exchanged.
fn refuse_other_disk<D: Disk>(disk: &D, place: &Destination, live: &Live) -> Result<(), Fault> {
    let devices: BTreeSet<u64> =
        [live.look, tree::look(disk, &place.work)?].into_iter().filter_map(|look| Some(look?.id?.device)).collect();
    if devices.len() > 1 {
        let source = io::Error::from(ErrorKind::CrossesDevices);
        return Err(Fault::ExchangeRefused { out: place.live.clone(), source });
    }
    Ok(())
}
