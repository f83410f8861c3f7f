//! Output, all or nothing: artifacts become a tree on disk, and readers see the former portal or the new one, never a mixture.
//!
//! It knows paths and bytes, and nothing of what they mean. `src/output/` in order: [`disk`] (every touch of the file
//! system), [`manifest`] (what is ours), `tree` (walking), `live` (the tree that readers see, and what is foreign in it),
//! `place` (folders and the lock), `staging` (the tree to be), `late`, `exchange` and `in_place` (the two ways to publish).

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use camino::Utf8PathBuf;

use crate::artifact::Artifact;
use crate::diag::fault::{Clash, Fault};

use disk::{Busy, Disk};
use live::Live;
use manifest::{Entry, Manifest};
use place::Place;
use staging::Staging;

pub mod disk;
mod exchange;
mod in_place;
mod late;
mod live;
pub mod manifest;
mod place;
mod staging;
mod tree;

/// Where and how a portal is written.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The live folder. A symlink stays, and what it points to is the live folder.
    pub out: Utf8PathBuf,
    /// Whether to write file by file into the live folder, for where the exchange is refused.
    pub in_place: bool,
    /// What to do when another build holds the folder. To say so and then wait: refuse first, and open again to wait.
    pub busy: Busy,
}

/// A build's output, open for artifacts. Dropped without [`commit`](Self::commit), it leaves the live folder as it was.
pub struct Output<'d, D: Disk> {
    disk: &'d D,
    place: Place,
    live: Live,
    staging: Staging,
    way: Way,
    tally: Mutex<Tally>,
    /// Held until the end.
    _lock: File,
}

/// What came of a build. A file is counted in one of `written`, `unchanged`, `kept`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or differ from the former portal's.
    pub written: usize,
    /// Files that are the same, modification time included.
    pub unchanged: usize,
    /// Files of the former portal that are gone.
    pub removed: usize,
    /// Fingerprinted files of the former portal that stay for this build only.
    pub kept: usize,
    /// Files and symlinks that are not ours, left as they were.
    pub foreign: usize,
    /// Bytes of all artifacts, written and unchanged.
    pub bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Exchange,
    InPlace,
}

/// What has been put so far.
#[derive(Default)]
struct Tally {
    made: Manifest,
    written: BTreeSet<String>,
    bytes: u64,
    clashes: Vec<Clash>,
    has_failed: bool,
}

impl<'d, D: Disk> Output<'d, D> {
    /// Takes the lock, looks at the live folder, readies the tree to be. Nothing in the live folder changes, except that
    /// a build in place keeps its work folder there.
    ///
    /// # Errors
    /// [`Fault::Busy`], [`Fault::NotOurs`], [`Fault::NotAFolder`], [`Fault::BadManifest`]; [`Fault::ExchangeRefused`] where
    /// that can be known already; and the disk's.
    pub fn open(disk: &'d D, settings: &Settings) -> Result<Self, Fault> {
        let place = Place::find(disk, settings)?;
        // Before the lock, so that nothing is left beside a folder that we refuse; and again after it.
        if tree::look(disk, &place.live)?.is_some() {
            live::refuse_strangers(disk, &place.live)?;
        }
        let lock = place.lock(disk, settings.busy)?;
        let mut live = Live::load(disk, &place.live)?;
        let (way, staging) = if settings.in_place {
            tree::ensure_folder(disk, &place.live)?;
            (Way::InPlace, in_place::staging(disk, &place)?)
        } else {
            (Way::Exchange, exchange::staging(disk, &place, &mut live)?)
        };
        Ok(Self { disk, place, live, staging, way, tally: Mutex::default(), _lock: lock })
    }

    /// Takes one artifact; from any thread, in any order. Of it only path, hash and role stay in memory.
    ///
    /// An address that something foreign holds is no error yet: [`commit`](Self::commit) names all of them.
    ///
    /// # Errors
    /// The disk's. An address that is put twice or leaves the portal is our bug, and panics in a debug build.
    pub fn put(&self, artifact: Artifact) -> Result<(), Fault> {
        let result = self.try_put(artifact);
        if result.is_err() {
            self.tally().has_failed = true;
        }
        result
    }

    fn try_put(&self, artifact: Artifact) -> Result<(), Fault> {
        let Artifact { path, bytes, role } = artifact;
        let entry = Entry { hash: blake3::hash(&bytes), standing: role.into() };
        self.count(&path, entry, bytes.len() as u64)?;
        let address = Path::new(&path);
        if let Some(clash) = self.live.foreign.clash(address) {
            self.tally().clashes.push(clash);
            return Ok(());
        }
        match (self.live.same(self.disk, address, &bytes)?, self.way) {
            (Some(look), Way::Exchange) => {
                self.staging.link(self.disk, address, &self.live.root.join(address), &look)?;
            }
            (Some(_), Way::InPlace) => {}
            (None, Way::Exchange | Way::InPlace) => {
                self.staging.create(self.disk, address, &bytes)?;
                self.tally().written.insert(path);
            }
        }
        Ok(())
    }

    fn count(&self, path: &str, entry: Entry, bytes: u64) -> Result<(), Fault> {
        debug_assert!(manifest::is_fit(path), "unfit address {path}");
        if !manifest::is_fit(path) {
            return Err(Fault::Unfit { path: path.to_owned() });
        }
        let mut tally = self.tally();
        tally.bytes += bytes;
        let is_twice = tally.made.entries.insert(path.to_owned(), entry).is_some();
        drop(tally);
        debug_assert!(!is_twice, "{path} was put twice");
        if is_twice { Err(Fault::Twice { path: path.to_owned() }) } else { Ok(()) }
    }

    /// Publishes what was put. The live folder is the former portal until it is the new one; a build in place mixes them
    /// while it works. The lock is free afterwards.
    ///
    /// # Errors
    /// [`Fault::ForeignClash`], [`Fault::ExchangeRefused`], and the disk's. The former portal is then live, except after a
    /// fault in the last look for foreign files, or of a build in place: the next build completes what those began.
    pub fn commit(self) -> Result<Report, Fault> {
        let mut tally = std::mem::take(&mut *self.tally());
        if tally.has_failed {
            return Err(Fault::Unfinished);
        }
        if !tally.clashes.is_empty() {
            tally.clashes.sort();
            return Err(Fault::ForeignClash { out: self.place.live.clone(), clashes: tally.clashes });
        }
        let mut next = tally.made;
        let kept = self.live.kept(self.disk, &next)?;
        let mut report = Report {
            written: tally.written.len(),
            unchanged: next.entries.len() - tally.written.len(),
            kept: kept.len(),
            foreign: self.live.foreign.count(),
            bytes: tally.bytes,
            removed: 0,
        };
        next.entries.extend(kept);
        report.removed = self.live.ours().filter(|(path, _)| !next.entries.contains_key(*path)).count();
        self.publish(&next, &tally.written)?;
        Ok(report)
    }

    fn publish(&self, next: &Manifest, written: &BTreeSet<String>) -> Result<(), Fault> {
        let Self { disk, place, live, staging, .. } = self;
        // Then whoever stands in the live folder, a shell or a server, need not notice.
        let is_settled = written.is_empty() && live.manifest.as_ref() == Some(next);
        match (self.way, is_settled) {
            (Way::Exchange, false) => exchange::commit(*disk, place, live, staging, next),
            (Way::Exchange, true) => exchange::settle(*disk, place, live, staging, next),
            (Way::InPlace, false) => in_place::commit(*disk, place, live, next, written),
            (Way::InPlace, true) => in_place::clean(*disk, place),
        }
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        // A thread that panicked has ended the build; what it counted is still true.
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
