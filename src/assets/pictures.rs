//! The pictures of a portal: examined first, then made in parallel within one memory budget, the most expensive first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::drawn::Motif;
use super::picture::budget::Budget;
use super::picture::cache::Cache;
use super::picture::cover::{self, Cover};
use super::picture::header::{self, Header};
use super::picture::recipe::{self, Rendition};
use super::picture::{Picture, remarks};
use crate::artifact::{Artifact, Put, Role};
use crate::content::Kind;
use crate::content::field::Field;
use crate::content::shared::Shot;
use crate::content::spot::Spot;
use crate::content::value::Focus;
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::{Findings, Mistake};
use crate::load::{Blob, Input, Inputs};
use crate::portal::files::{self, At, FileUse};
use crate::portal::path::extension;
use crate::portal::{Item, ItemId, Portal};
use crate::theme::Theme;

/// A picture that something uses.
#[derive(Debug)]
struct Used {
    picture: Picture,
    blob: Blob,
    /// Where it is used.
    at: Vec<At>,
    /// Uses that are published today.
    public: BTreeSet<Shot>,
}

/// All pictures, by their path from the project's root.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    used: BTreeMap<String, Used>,
    /// Root address of a file to the path of its picture.
    by_address: BTreeMap<String, String>,
    covers: Covers,
}

/// What links to entries without a picture show.
#[derive(Debug, Default)]
struct Covers {
    /// The address of each.
    of: BTreeMap<ItemId, String>,
    /// Those that are made from no picture, by address.
    plain: BTreeMap<String, Motif>,
}

impl Used {
    fn renditions(&self) -> impl Iterator<Item = &Rendition> {
        self.picture.renditions.iter().filter(|(shot, _)| self.public.contains(shot)).map(|(_, rendition)| rendition)
    }

    /// The root addresses of published files.
    fn addresses(&self) -> impl Iterator<Item = String> {
        self.renditions().flat_map(Rendition::addresses).chain(self.picture.covers.values().cloned())
    }
}

/// A cover that is made from no picture, from the cache or newly.
fn plain(address: &str, motif: Motif, cache: Option<&Cache>) -> Option<Artifact> {
    let source = cover::plain_source();
    let known = cache.and_then(|cache| cache.get(&source, name(address)));
    let bytes = match known {
        Some(bytes) => bytes,
        None => {
            let bytes = cover::plain(motif).ok()?;
            if let Some(cache) = cache {
                cache.put(&source, name(address), &bytes);
            }
            bytes
        }
    };
    Some(Artifact::new(address, bytes, Role::Fingerprinted))
}

/// The last segment of an address, which names the file in the cache.
fn name(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

impl Pictures {
    /// Examines every picture that is used: type, header, hash, derivatives.
    pub fn plan(
        portal: &Portal,
        inputs: &Inputs,
        theme: &Theme,
        cache: Option<&Cache>,
        findings: &mut Findings,
    ) -> Result<Self, Fault> {
        let uses: Vec<(&String, &FileUse)> =
            portal.used_files.iter().filter(|(_, used)| !used.shots.is_empty()).collect();
        let looked = uses
            .into_par_iter()
            .filter_map(|(path, used)| match inputs.get(path) {
                Some(Input::Blob(blob)) => Some(look(portal, theme, blob, used, cache).map(|looked| (path, looked))),
                Some(Input::Text(_) | Input::Unreadable(_)) | None => None,
            })
            .collect::<Result<Vec<_>, Fault>>()?;
        let mut pictures = Self::default();
        for (path, (used, found)) in looked {
            findings.extend(found);
            if let Some(used) = used {
                pictures.used.insert(path.clone(), used);
            }
        }
        // Pictures for links need a full address.
        if portal.base_url().is_some() {
            pictures.cover(portal);
        }
        for (path, used) in &pictures.used {
            pictures.by_address.extend(used.addresses().map(|address| (address, path.clone())));
        }
        Ok(pictures)
    }

    /// Plans a cover for each published course and event whose own picture cannot be shared: made from the picture of its first topic that has
    /// one, else of its pattern alone.
    fn cover(&mut self, portal: &Portal) {
        let all = [Kind::Course, Kind::Event].into_iter().flat_map(|kind| portal.of_kind(kind).iter());
        for id in all.filter(|id| portal.item(**id).is_public()) {
            let item = portal.item(*id);
            if self.raster(item).is_some() {
                continue;
            }
            let motif = Motif::of(portal, item);
            let mut topics =
                item.edges.to(Field::Topics).map(|topic| portal.item(topic)).filter(|topic| topic.is_public());
            let address = match topics.find_map(|topic| self.raster(topic)) {
                Some((path, focus)) => {
                    let Some(used) = self.used.get_mut(&path) else { continue };
                    let cover = Cover { focus, motif: motif.among(cover::PATTERNS) };
                    let hash = used.picture.hash;
                    used.picture.covers.entry(cover).or_insert_with(|| cover::address(&hash, cover)).clone()
                }
                None => {
                    let motif = motif.among(cover::PLAIN_PATTERNS);
                    let address = cover::plain_address(motif);
                    self.covers.plain.insert(address.clone(), motif);
                    address
                }
            };
            self.covers.of.insert(*id, address);
        }
    }

    /// The path of the picture of an entry and the point of it that is kept, if it consists of pixels and is published at the head of its page.
    fn raster(&self, item: &Item) -> Option<(String, Focus)> {
        let shot = item.entry.common.picture.as_ref()?.shot(Spot::Head(item.kind()));
        let path = item.edges.all().inside(Field::Picture).file(Field::File)?;
        let is_raster = item.withheld.is_none() && matches!(self.public(path, shot)?, Rendition::Derived(_));
        is_raster.then(|| (path.to_owned(), shot.focus))
    }

    /// The address of the cover of an entry; `None` if its own picture is shared, or its kind gets none.
    pub fn cover_of(&self, id: ItemId) -> Option<&str> {
        self.covers.of.get(&id).map(String::as_str)
    }

    /// How a picture is published for a use.
    pub fn public(&self, path: &str, shot: Shot) -> Option<&Rendition> {
        let used = self.used.get(path).filter(|used| used.public.contains(&shot))?;
        used.picture.renditions.get(&shot)
    }

    /// The root addresses of all files, each with its source path.
    pub fn addresses(&self) -> impl Iterator<Item = (String, String)> {
        let plain = self.covers.plain.keys().map(|address| (address.clone(), String::new()));
        self.by_address.iter().map(|(address, path)| (address.clone(), path.clone())).chain(plain)
    }

    /// The number of published pictures.
    pub fn count(&self) -> usize {
        self.used.values().filter(|used| !used.public.is_empty()).count()
    }

    /// Makes all published files, and decodes all other pictures to check them.
    pub fn make(&self, budget: &Budget, cache: Option<&Cache>, put: Put<'_>) -> Result<Findings, Fault> {
        // Identical pictures share addresses; each address is made once.
        let mut done = BTreeSet::new();
        let mut jobs: Vec<(&Used, Vec<String>)> = Vec::with_capacity(self.used.len());
        for used in self.used.values() {
            jobs.push((used, used.addresses().filter(|address| done.insert(address.clone())).collect()));
        }
        // Most expensive first, so that no long job is left at the end while other threads are idle.
        jobs.sort_by_key(|(used, _)| std::cmp::Reverse(used.picture.need()));
        self.covers
            .plain
            .par_iter()
            .try_for_each(|(address, motif)| plain(address, *motif, cache).map_or(Ok(()), put))?;
        let findings = Mutex::new(Findings::default());
        let next = AtomicUsize::new(0);
        let work = || -> Result<(), Fault> {
            while let Some((used, addresses)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(mistake) = used.publish(budget, cache, addresses, put)? {
                    files::report(&used.at, mistake, &mut findings.lock().unwrap_or_else(PoisonError::into_inner));
                }
            }
            Ok(())
        };
        (0..rayon::current_num_threads()).into_par_iter().map(|_| work()).collect::<Result<(), Fault>>()?;
        if let Some(cache) = cache {
            self.withdraw(cache);
            cache.save();
        }
        Ok(findings.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Deletes cached derivatives of pictures that nothing published shows, such as those without consent.
    fn withdraw(&self, cache: &Cache) {
        let public: BTreeSet<_> =
            self.used.values().filter(|used| !used.public.is_empty()).map(|used| used.picture.hash.to_hex()).collect();
        for used in self.used.values().filter(|used| !public.contains(&used.picture.hash.to_hex())) {
            cache.forget(&used.picture.hash);
        }
    }

    /// Makes the file at an address now.
    pub fn make_one(&self, budget: &Budget, cache: Option<&Cache>, address: &str) -> Result<Option<Artifact>, Fault> {
        if let Some(motif) = self.covers.plain.get(address) {
            return Ok(plain(address, *motif, cache));
        }
        let Some(used) = self.by_address.get(address).and_then(|path| self.used.get(path)) else { return Ok(None) };
        let made = Mutex::new(None);
        let put = |artifact: Artifact| {
            *made.lock().unwrap_or_else(PoisonError::into_inner) = Some(artifact);
            Ok(())
        };
        // Mistakes are reported when all pictures are made.
        let _ = used.publish(budget, cache, &[address.to_owned()], &put)?;
        Ok(made.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Used {
    /// Passes on the files at `addresses`, from the cache or newly made.
    fn publish(
        &self,
        budget: &Budget,
        cache: Option<&Cache>,
        addresses: &[String],
        put: Put<'_>,
    ) -> Result<Result<(), Mistake>, Fault> {
        let Self { picture, blob, .. } = self;
        // Plain, not fingerprinted: a withdrawn picture is removed at once, even if cached pages still refer to it.
        let artifact = |path: &str, bytes: Arc<[u8]>| Artifact::new(path, bytes, Role::Fingerprinted);
        let mut missing = BTreeSet::new();
        for address in addresses {
            match cache.and_then(|cache| cache.get(&picture.hash, name(address))) {
                Some(bytes) => put(artifact(address, bytes.into()))?,
                None => {
                    missing.insert(address.as_str());
                }
            }
        }
        let is_known = !addresses.is_empty() || cache.is_some_and(|cache| cache.is_sound(&blob.path));
        if missing.is_empty() && is_known {
            return Ok(Ok(()));
        }
        let share = budget.take(picture.need());
        let bytes = blob.read()?;
        let mut made = |address: String, file: Vec<u8>| {
            if let Some(cache) = cache {
                cache.put(&picture.hash, name(&address), &file);
            }
            put(artifact(&address, file.into()))
        };
        let result = picture.make(&blob.path, &bytes, &|address| missing.contains(address), &mut made)?;
        drop(share);
        if let (Ok(()), Some(cache)) = (&result, cache) {
            cache.sound(&blob.path);
        }
        Ok(result)
    }
}

/// Extensions of files that are meant to be pictures.
const NAMES: [&str; 12] = ["jpg", "jpeg", "jfif", "png", "webp", "gif", "svg", "heic", "avif", "bmp", "tif", "tiff"];

fn look(
    portal: &Portal,
    theme: &Theme,
    blob: &Blob,
    used: &FileUse,
    cache: Option<&Cache>,
) -> Result<(Option<Used>, Findings), Fault> {
    let mut findings = Findings::default();
    let limits = &portal.settings.site.limits;
    if blob.len > limits.picture_mib << 20 {
        let mistake = say::too_large(&blob.path, blob.len >> 10, limits.picture_mib << 10);
        files::report(&used.pictures, mistake, &mut findings);
        return Ok((None, findings));
    }
    let (hash, header) = match identify(blob, cache, used, &mut findings)? {
        Ok(identity) => identity,
        // A damaged photograph is a mistake of the file; a document shown as a picture is one of each use.
        Err(mistake) if NAMES.contains(&extension(&blob.path).as_str()) => {
            files::report(&used.pictures, mistake, &mut findings);
            return Ok((None, findings));
        }
        Err(mistake) => {
            for at in &used.pictures {
                findings.at(at.place(), mistake.clone());
            }
            return Ok((None, findings));
        }
    };
    let table = &theme.settings.pictures;
    let renditions = used.shots.keys().map(|shot| (*shot, recipe::rendition(table, &header, &hash, *shot))).collect();
    let picture = Picture { hash, header, renditions, covers: BTreeMap::new() };
    let (need, limit) = (picture.need() >> 20, limits.picture_memory_mib);
    if need >= limit {
        files::report(&used.pictures, say::picture_memory(&blob.path, need, limit), &mut findings);
        return Ok((None, findings));
    }
    let public = used.shots.iter().filter(|(_, public)| **public).map(|(shot, _)| *shot).collect();
    Ok((Some(Used { picture, blob: blob.clone(), at: used.pictures.clone(), public }), findings))
}

/// Hash and header of a file: from the cache if the file is unchanged, else by reading it.
fn identify(
    blob: &Blob,
    cache: Option<&Cache>,
    used: &FileUse,
    findings: &mut Findings,
) -> Result<Result<(blake3::Hash, Header), Mistake>, Fault> {
    let stamp = blob.stamp();
    let known = cache.zip(stamp).and_then(|(cache, stamp)| cache.known(&blob.path, &stamp));
    if let Some(known) = known
        && let Ok(hash) = blake3::Hash::from_hex(&known.hash)
    {
        return Ok(Ok((hash, known.header)));
    }
    let bytes = blob.read()?;
    let header = match header::read(&blob.path, &bytes) {
        Ok(header) => header,
        Err(mistake) => return Ok(Err(mistake)),
    };
    let hash = blake3::hash(&bytes);
    let remarks = remarks(&blob.path, &bytes, &header);
    if let (true, Some((cache, stamp))) = (remarks.is_empty(), cache.zip(stamp)) {
        cache.learn(&blob.path, stamp, &hash, &header);
    }
    // A picture with remarks is not cached, so that every build reports them again.
    for remark in remarks {
        files::report(&used.pictures, remark, findings);
    }
    Ok(Ok((hash, header)))
}
