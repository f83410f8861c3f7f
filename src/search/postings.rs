//! Postings: which page holds which key, and where. Gathered from several threads in no order, sorted once.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::bits::Writer;
use super::document::Document;
use super::fold;
use super::key::{self, Key};

/// The key is in the title.
const TITLE: u64 = 1;
/// The key is in a heading.
const HEADING: u64 = 2;
/// Parts into which postings are gathered, each a range of keys.
const SHARDS: usize = 256;

/// Key, page and flags of every posting: 32, 30 and 2 bits.
#[derive(Debug)]
pub struct Postings {
    shards: Vec<Mutex<Vec<u64>>>,
    seen: Mutex<BTreeSet<char>>,
    units: Mutex<Vec<bool>>,
}

impl Default for Postings {
    fn default() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            seen: Mutex::default(),
            units: Mutex::new(vec![false; 1 << 16]),
        }
    }
}

impl Postings {
    /// Adds a page.
    pub fn add(&self, page: u32, document: &Document) {
        let mut all = Vec::new();
        let mut seen = BTreeSet::new();
        let mut units = Vec::new();
        for (text, flag) in [(&document.title, TITLE), (&document.headings, HEADING), (&document.text, 0)] {
            let from = units.len();
            fold::fold(text, &mut units, &mut seen);
            let tail = u64::from(page) << 2 | flag;
            key::keys(&units[from..], |key| all.push(u64::from(key) << 32 | tail));
        }
        all.sort_unstable();
        // Of one key on one page there is one posting, with the flags of all.
        all.dedup_by(|next, first| {
            let same = *next >> 2 == *first >> 2;
            *first |= if same { *next & 3 } else { 0 };
            same
        });
        for part in all.chunk_by(|a, b| a >> 56 == b >> 56) {
            lock(&self.shards[(part[0] >> 56) as usize]).extend_from_slice(part);
        }
        lock(&self.seen).extend(seen);
        let mut known = lock(&self.units);
        for unit in units {
            known[usize::from(unit)] = true;
        }
    }

    /// Sorts what was gathered.
    pub fn sorted(self) -> Sorted {
        let sort = |shard: Mutex<Vec<u64>>| {
            let mut shard = shard.into_inner().unwrap_or_else(PoisonError::into_inner);
            shard.sort_unstable();
            shard
        };
        let shards: Vec<Vec<u64>> = self.shards.into_par_iter().map(sort).collect();
        Sorted {
            shards,
            seen: self.seen.into_inner().unwrap_or_else(PoisonError::into_inner),
            units: self.units.into_inner().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// All postings by key and page.
#[derive(Debug)]
pub struct Sorted {
    shards: Vec<Vec<u64>>,
    /// The characters of the portal that only a table can fold.
    pub seen: BTreeSet<char>,
    /// Which folded units occur.
    pub units: Vec<bool>,
}

impl Sorted {
    /// About how many bytes they come to once packed.
    pub fn estimate(&self) -> usize {
        let sizes = self.shards.par_iter().map(|shard| {
            let keys = shard.chunk_by(|a, b| a >> 32 == b >> 32).count();
            shard.len() * 9 / 16 + keys * 5 / 2
        });
        sizes.sum()
    }

    /// The chunk `number` of `of`, for as many pages: its keys as gaps, then for each its pages, those among them that hold it in the
    /// title, and those of the others that hold it in a heading.
    pub fn chunk(&self, number: u32, of: u32, pages: u32) -> String {
        let (start, end) = (start(number, of), start(number + 1, of));
        let first = usize::try_from(start >> 24).unwrap_or(SHARDS);
        let last = usize::try_from(end.div_ceil(1 << 24)).unwrap_or(SHARDS).min(SHARDS);
        let inside = |shard: &'_ Vec<u64>| {
            let from = shard.partition_point(|posting| posting >> 32 < start);
            from..shard.partition_point(|posting| posting >> 32 < end)
        };
        let postings = || {
            self.shards[first..last].iter().flat_map(|shard| shard[inside(shard)].chunk_by(|a, b| a >> 32 == b >> 32))
        };
        let keys: Vec<u32> = postings().map(|run| u32::try_from((run[0] >> 32) - start).unwrap_or(0)).collect();
        let mut writer = Writer::default();
        let count = u32::try_from(keys.len()).unwrap_or(u32::MAX);
        writer.gamma(count);
        writer.gaps(keys.into_iter(), count, u32::try_from(end - start).unwrap_or(u32::MAX));
        postings().for_each(|run| entry(&mut writer, run, pages));
        writer.base64()
    }
}

/// The first key of a chunk.
pub fn start(number: u32, of: u32) -> u64 {
    (u64::from(number) << 32).div_ceil(u64::from(of))
}

/// The chunk that holds a key.
pub fn chunk_of(key: Key, of: u32) -> u32 {
    u32::try_from((u64::from(key) * u64::from(of)) >> 32).unwrap_or(0)
}

fn entry(writer: &mut Writer, run: &[u64], pages: u32) {
    let page = |posting: &u64| u32::try_from(posting >> 2 & 0x3fff_ffff).unwrap_or(0);
    let all: Vec<u32> = run.iter().map(page).collect();
    writer.list(&all, pages);
    let flagged = |flag: u64, mask: u64| -> Vec<u32> {
        let at = (0_u32..).zip(run).filter(|(_, posting)| *posting & mask == flag);
        at.map(|(at, _)| at).collect()
    };
    let length = u32::try_from(all.len()).unwrap_or(u32::MAX);
    writer.list(&flagged(TITLE, TITLE), length);
    writer.list(&flagged(HEADING, TITLE | HEADING), length);
}
