//! The other way to publish, where trees cannot be exchanged: file by file into the live tree, new files before stale
//! ones are removed.
//!
//! If it is stopped, the live tree is a mixture, which the next build completes. The manifest first lists the files of
//! both portals, so that none of them is taken for foreign.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use crate::diag::fault::{Clash, Doing, Fault};

use super::access::Accesses;
use super::disk::{Disk, Kind};
use super::live::Live;
use super::manifest::{self, Manifest, Standing, is_reserved};
use super::place::Destination;
use super::staging::{Staging, ensure_folders, remove_left};
use super::tree::{self, Found};

/// Prepares an empty tree for the files that differ.
pub(super) fn staging<D: Disk>(disk: &D, place: &Destination, live: &Live) -> Result<Staging, Fault> {
    let root = place.tree();
    tree::ensure_folder(disk, &place.work)?;
    tree::remove(disk, &root)?;
    tree::ensure_folder(disk, &root)?;
    Ok(Staging::new(root, Found::new(), Accesses::new(disk, live, &place.live)?))
}

/// Moves the `written` files to their places and removes what is stale.
pub(super) fn commit<D: Disk>(
    disk: &D,
    place: &Destination,
    live: &Live,
    staging: &Staging,
    next: &Manifest,
    written: &BTreeSet<String>,
) -> Result<(), Fault> {
    let accesses = &staging.accesses;
    refuse_late(disk, place, live, written)?;
    let mut both = live.manifest.clone().unwrap_or_default();
    both.entries.extend(next.entries.clone());
    put_manifest(disk, place, accesses, &both)?;
    let mut found = live.found.clone();
    for path in order(next, written) {
        move_in(disk, place, accesses, &mut found, path)?;
    }
    remove_stale(disk, live, next, &found)?;
    put_manifest(disk, place, accesses, next)?;
    clean(disk, place)
}

/// Removes the folder in which the files were prepared.
pub(super) fn clean<D: Disk>(disk: &D, place: &Destination) -> Result<(), Fault> {
    // Keep the lock: other builds that wait for it have this file open.
    let has_lock = tree::look(disk, &place.inner_lock())?.is_some();
    if has_lock { tree::remove(disk, &place.tree()) } else { tree::remove(disk, &place.work) }
}

/// Fails if a foreign file has appeared at a needed address.
fn refuse_late<D: Disk>(disk: &D, place: &Destination, live: &Live, written: &BTreeSet<String>) -> Result<(), Fault> {
    let mut clashes = Vec::new();
    for path in written.iter().map(Path::new).filter(|path| !live.found.contains_key(*path)) {
        if tree::look(disk, &place.live.join(path))?.is_some() {
            clashes.push(Clash { needed: path.to_owned(), foreign: path.to_owned() });
        }
    }
    if clashes.is_empty() { Ok(()) } else { Err(Fault::ForeignClash { out: place.live.clone(), clashes }) }
}

/// Files with a fingerprint in their address first, so that no published page refers to a file that does not exist yet.
fn order<'w>(next: &Manifest, written: &'w BTreeSet<String>) -> impl Iterator<Item = &'w String> {
    let is_page = |path: &&String| next.entries.get(*path).is_none_or(|entry| entry.standing == Standing::Plain);
    let (pages, assets): (Vec<_>, Vec<_>) = written.iter().partition(is_page);
    assets.into_iter().chain(pages)
}

fn move_in<D: Disk>(
    disk: &D,
    place: &Destination,
    accesses: &Accesses,
    found: &mut Found,
    path: &str,
) -> Result<(), Fault> {
    let address = Path::new(path);
    if let Some(folder) = address.parent() {
        ensure_folders(disk, &place.live, found, folder, accesses)?;
    }
    // Everything in this folder is ours and stale; foreign files would have been a clash.
    if found.get(address).is_some_and(|look| look.kind == Kind::Folder) {
        remove_left(disk, &place.live, found, address)?;
    }
    let to = place.live.join(path);
    disk.rename(&place.tree().join(path), &to).map_err(Fault::io(Doing::Move, &to))
}

fn remove_stale<D: Disk>(disk: &D, live: &Live, next: &Manifest, found: &Found) -> Result<(), Fault> {
    let (files, folders) = (next.files(), next.folders());
    for (path, look) in found.iter().rev() {
        if is_reserved(path) || live.foreign.holds(path) {
            continue;
        }
        let at = live.root.join(path);
        match look.kind {
            Kind::Folder if folders.contains(path.as_path()) => {}
            Kind::Folder => match disk.remove_folder(&at) {
                // A foreign file has been added to it.
                Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => {}
                other => other.map_err(Fault::io(Doing::Remove, &at))?,
            },
            Kind::File | Kind::Symlink | Kind::Other if files.contains(path.as_path()) => {}
            Kind::File | Kind::Symlink | Kind::Other => tree::remove_one(disk, &at, look.kind)?,
        }
    }
    Ok(())
}

/// Syncs first, so that neither the manifest nor a prepared file can be empty after a power cut.
fn put_manifest<D: Disk>(disk: &D, place: &Destination, accesses: &Accesses, listed: &Manifest) -> Result<(), Fault> {
    let (spare, path) = (place.spare(), manifest::at(&place.live));
    tree::remove(disk, &spare)?;
    disk.create_file(&spare, &listed.to_bytes(), accesses.file(Path::new(manifest::NAME)))
        .map_err(Fault::io(Doing::Write, &spare))?;
    disk.sync(&place.work).map_err(Fault::io(Doing::Sync, &place.work))?;
    disk.rename(&spare, &path).map_err(Fault::io(Doing::Move, &path))
}
