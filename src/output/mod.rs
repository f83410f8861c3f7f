//! Output, all or nothing: writes artifacts to a tree on disk. Readers see the former portal or the new one, never a
//! mixture.
//!
//! It knows only paths and bytes. `src/output/` in order: [`rights`] (modes and access lists), [`disk`] (access to the file
//! system), [`manifest`] (which files are ours), `tree` (walking), `live` (the published tree, and foreign files in it),
//! `access` (who may use what), `place` (folders and the lock), `staging` (the new tree), `late`, `exchange` and
//! `in_place` (the two ways to publish).

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use blake3::Hash;
use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, Role};
use crate::diag::fault::{Clash, Fault};

use disk::{Busy, Disk, Look};
use live::Live;
use manifest::{Entry, Manifest};
use place::Destination;
use staging::Staging;

mod access;
pub mod disk;
mod exchange;
mod in_place;
mod late;
mod live;
pub mod manifest;
mod place;
pub mod rights;
mod staging;
mod tree;

/// Where and how a portal is written.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The live folder. If it is a symlink, the link is kept and its target is the live folder.
    pub out: Utf8PathBuf,
    /// Whether to write file by file into the live folder, for systems where the exchange is refused.
    pub in_place: bool,
    /// What to do when another build holds the folder. To tell the user before waiting, open with `Refuse` first and
    /// then with `Wait`.
    pub busy: Busy,
    /// Folders that the output must be neither in nor around; they need not exist.
    pub apart: Vec<Utf8PathBuf>,
}

/// The output of a build, open for artifacts. If it is dropped without [`commit`](Self::commit), the live folder stays
/// as it was.
pub struct Output<'d, D: Disk> {
    disk: &'d D,
    place: Destination,
    live: Live,
    staging: Staging,
    way: Way,
    tally: Mutex<Tally>,
    /// Held until the output is dropped.
    _lock: File,
}

/// The result of a build. Each file is counted once, in `written`, `unchanged` or `kept`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Files that are new or differ from the former portal's.
    pub written: usize,
    /// Unchanged files; their modification time is kept as well.
    pub unchanged: usize,
    /// Files of the former portal that were removed.
    pub removed: usize,
    /// Styles and scripts of the former portal that are kept for this build only.
    pub kept: usize,
    /// Files and symlinks that are not ours and were left alone.
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
    /// Takes the lock, reads the live folder and prepares the new tree. Nothing in the live folder changes, except that
    /// a build in place keeps its work folder there.
    ///
    /// # Errors
    /// [`Fault::Mixed`], [`Fault::Busy`], [`Fault::NotOurs`], [`Fault::NotAFolder`], [`Fault::BadManifest`]; [`Fault::ExchangeRefused`]
    /// if it can be detected early; and faults of the disk.
    pub fn open(disk: &'d D, settings: &Settings) -> Result<Self, Fault> {
        let place = Destination::find(disk, settings)?;
        // Checked before the lock is taken, so that nothing is created beside a folder that is refused; and again
        // afterwards.
        if tree::look(disk, &place.live)?.is_some() {
            live::refuse_strangers(disk, &place.live)?;
        }
        let lock = place.lock(disk, settings.busy)?;
        let mut live = Live::load(disk, &place.live)?;
        let (way, staging) = if settings.in_place {
            tree::ensure_folder(disk, &place.live)?;
            (Way::InPlace, in_place::staging(disk, &place, &live)?)
        } else {
            (Way::Exchange, exchange::staging(disk, &place, &mut live)?)
        };
        Ok(Self { disk, place, live, staging, way, tally: Mutex::default(), _lock: lock })
    }

    /// Takes one artifact. May be called from any thread, in any order. Only path, hash and role stay in memory.
    ///
    /// An address that is blocked by a foreign file is not an error here: [`commit`](Self::commit) lists all of them.
    ///
    /// # Errors
    /// Faults of the disk. An address that is put twice or leaves the portal is a bug, which panics in debug builds.
    pub fn put(&self, artifact: Artifact) -> Result<(), Fault> {
        let result = self.try_put(artifact);
        if result.is_err() {
            self.tally().has_failed = true;
        }
        result
    }

    fn try_put(&self, artifact: Artifact) -> Result<(), Fault> {
        let Artifact { path, bytes, role, hash } = artifact;
        let entry = Entry { hash: hash.unwrap_or_else(|| blake3::hash(&bytes)), standing: role.into() };
        self.count(&path, entry, bytes.len() as u64)?;
        let address = Path::new(&path);
        if let Some(clash) = self.live.foreign.clash(address) {
            self.tally().clashes.push(clash);
            return Ok(());
        }
        if let Some(look) = self.live.same(self.disk, address, &bytes)? {
            return self.reuse(address, &look);
        }
        self.staging.create(self.disk, address, &bytes)?;
        self.tally().written.insert(path);
        Ok(())
    }

    /// Publishes once more what stands at an address, if it is a plain file of the former portal whose bytes have this hash. Returns whether
    /// it did: if not, the artifact is still to be put.
    ///
    /// # Errors
    /// Those of [`put`](Self::put).
    pub fn put_again(&self, path: &str, hash: Hash) -> Result<bool, Fault> {
        let result = self.try_again(path, hash);
        if result.is_err() {
            self.tally().has_failed = true;
        }
        result
    }

    fn try_again(&self, path: &str, hash: Hash) -> Result<bool, Fault> {
        let address = Path::new(path);
        let entry = Entry { hash, standing: Role::Plain.into() };
        if self.live.foreign.clash(address).is_some() {
            return Ok(false);
        }
        let Some(look) = self.live.of_hash(self.disk, address, hash)? else { return Ok(false) };
        self.count(path, entry, look.len)?;
        self.reuse(address, &look)?;
        Ok(true)
    }

    /// Takes over a file of the live folder.
    fn reuse(&self, address: &Path, look: &Look) -> Result<(), Fault> {
        let live = self.live.root.join(address);
        match self.way {
            Way::Exchange => self.staging.reuse(self.disk, address, &live, look),
            Way::InPlace => self.staging.accesses.fit(self.disk, address, &live, look),
        }
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

    /// Publishes the artifacts. Until it succeeds, the live folder is the former portal; a build in place mixes both
    /// while it works. The lock is released afterwards.
    ///
    /// # Errors
    /// [`Fault::ForeignClash`], [`Fault::ExchangeRefused`], and faults of the disk. The former portal is then still
    /// live, except after a fault behind the exchange, where foreign files are looked for and the former tree is
    /// emptied, or in a build in place: the next build completes these.
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
        // Without an exchange, shells and servers whose working directory is the live folder are not disturbed.
        let is_settled = written.is_empty() && live.manifest.as_ref() == Some(next);
        match (self.way, is_settled) {
            (Way::Exchange, false) => exchange::commit(*disk, place, live, staging, next),
            (Way::Exchange, true) => exchange::settle(*disk, place, live, staging, next),
            (Way::InPlace, false) => in_place::commit(*disk, place, live, staging, next, written),
            (Way::InPlace, true) => in_place::clean(*disk, place),
        }
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        // A panic in a thread ends the build, but the tally is still valid.
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
