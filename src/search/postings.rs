//! Postings: which passages hold a key, and whether in the title, in a heading or elsewhere.
//!
//! Postings take many times the memory of the passages. Those of a batch of passages are gathered at once and kept in few bytes; then the
//! lists of each group are made of what all batches hold of it. So all texts are gone through once, however many there are.

use std::ops::Range;

use rayon::prelude::*;

use super::batch::{Batch, Gathered};
use super::bits::{Writer, length};
use super::directory::{self, ALONE, FREQUENT, Home, Units};
use super::key;
use super::passage::{HEADING, Passage, TITLE};

/// Units of text in a batch, at least, if there are so many.
const BATCH: usize = 1_000_000;
/// About how many bits of a group go into one chunk; for the estimate of how many chunks a group is divided into.
const LARGE: f64 = 40_000.0;

/// A packed group: the passages of its unit, and the passages of every other key that belongs to it.
#[derive(Debug)]
pub struct Group {
    /// Its number (see [`Home::group`]).
    pub number: u32,
    /// The list of the passages of its unit, and the places of the unit in them; `None` if the unit by itself is no key.
    pub alone: Option<(Writer, Writer)>,
    /// Whether the lists of other keys hold places in the list of the unit instead of numbers of passages.
    pub relative: bool,
    /// The other keys, ascending (see [`Home::rest`]).
    pub rests: Vec<u32>,
    /// For each of these its list of passages and its places, one behind the other.
    lists: Writer,
    /// The bit at which the data of each key ends.
    ends: Vec<usize>,
}

impl Group {
    /// The data of the key `rests[at]`: the bits, and the range that is the key's.
    pub fn list(&self, at: usize) -> (&Writer, Range<usize>) {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        (&self.lists, start..self.ends[at])
    }

    /// About how many bits the group takes.
    pub fn size(&self) -> usize {
        // The rest of a key takes about nine bits.
        self.lists.len()
            + self.rests.len() * 9
            + self.alone.as_ref().map_or(0, |(list, places)| list.len() + places.len())
    }

    /// How many bits every part of the group repeats, if it is divided: the list of the unit, if others refer to it.
    pub fn repeated(&self) -> usize {
        self.alone.as_ref().filter(|_| self.relative).map_or(0, |(list, _)| list.len())
    }
}

/// All groups, by number, and the frequent units.
pub fn groups(passages: &[Passage]) -> (Vec<Group>, Units) {
    let counts = counts(passages);
    let frequent: Units = (0..=u16::MAX)
        .filter(|unit| key::is_word(*unit) && counts[usize::from(*unit)] * FREQUENT > passages.len())
        .collect();
    let titles: Vec<_> = passages.par_iter().map(|passage| title(passage, &frequent)).collect();
    let batches: Vec<(u32, Batch)> = ranges(passages)
        .into_par_iter()
        .map(|range| {
            let first = u32::try_from(range.start).unwrap_or(u32::MAX);
            (first, Batch::new(first, &passages[range], &frequent))
        })
        .collect();
    // Where each group is: the batch, and its place in it.
    let mut places: Vec<(u32, usize, usize)> = Vec::new();
    for (nth, (_, batch)) in batches.iter().enumerate() {
        places.extend(batch.groups.iter().enumerate().map(|(at, (group, _))| (*group, nth, at)));
    }
    places.sort_unstable();
    let mut named: Vec<(u32, Named)> = (0_u32..)
        .zip(&titles)
        .filter_map(|(passage, title)| title.map(|(home, name)| (home.group, (home.rest, passage, name))))
        .collect();
    named.sort_unstable();
    let of = u32::try_from(passages.len()).unwrap_or(u32::MAX);
    let groups: Vec<&[(u32, usize, usize)]> = places.chunk_by(|a, b| a.0 == b.0).collect();
    let made = groups.into_par_iter().map(|places| {
        let number = places[0].0;
        let mut gathered = Gathered::default();
        for (_, nth, at) in places {
            let (first, batch) = &batches[*nth];
            batch.unpack(*at, *first, &mut gathered);
        }
        // Each batch is in order already.
        sorted_runs(&mut gathered.others);
        let from = named.partition_point(|(group, _)| *group < number);
        let named = named[from..].iter().take_while(|(group, _)| *group == number).map(|(_, named)| *named);
        pack(number, gathered, &named.collect::<Vec<_>>(), of)
    });
    (made.collect(), frequent)
}

/// Sorts what consists of a few ascending runs, which the stable sort merges.
#[allow(clippy::stable_sort_primitive, reason = "the unstable sort knows no runs")]
fn sorted_runs(postings: &mut [u64]) {
    postings.sort();
}

/// The passages of each batch.
fn ranges(passages: &[Passage]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, passage) in passages.iter().enumerate() {
        units += passage.units.len();
        if units >= BATCH || at + 1 == passages.len() {
            ranges.push(start..at + 1);
            (start, units) = (at + 1, 0);
        }
    }
    ranges
}

/// The key at which the name of a title is stored, and the name. It is the key that is fetched first when the query is the title.
fn title(passage: &Passage, frequent: &Units) -> Option<(Home, u32)> {
    let title = passage.title()?;
    let terms = key::terms(&passage.asked);
    let (_, first) = *directory::turns(&terms, frequent).first()?;
    let mut is_there = false;
    key::keys(title, |key| is_there |= key == first);
    is_there.then(|| (Home::of(first, frequent), key::name(&terms)))
}

/// How many passages hold each unit, by unit.
fn counts(passages: &[Passage]) -> Vec<usize> {
    let mut counts = vec![0; 1 << 16];
    let mut last = vec![usize::MAX; 1 << 16];
    for (number, passage) in passages.iter().enumerate() {
        for unit in &passage.units {
            let unit = usize::from(*unit);
            counts[unit] += usize::from(std::mem::replace(&mut last[unit], number) != number);
        }
    }
    counts
}

/// A title whose name is stored at a key: the rest of the key, the passage of the title, the name.
type Named = (u32, u32, u32);

/// Packs the postings of a group, in order, and the names of titles that are stored there; `of` is the number of all passages.
fn pack(number: u32, Gathered { alone, others }: Gathered, named: &[Named], of: u32) -> Group {
    let named_at = |rest: u32| {
        let from = named.partition_point(|title| title.0 < rest);
        &named[from..named.partition_point(|title| title.0 <= rest)]
    };
    let own: Vec<u32> = alone.iter().map(|posting| posting >> 2).collect();
    let packed = (!own.is_empty()).then(|| {
        let (mut list, mut places) = (Writer::default(), Writer::default());
        filled(&mut list, &own, of);
        self::places(&mut places, &alone, named_at(ALONE));
        (list, places)
    });
    let relative = packed.as_ref().is_some_and(|(list, _)| is_relative(list.len(), own.len(), others.len(), of));
    let mut group =
        Group { number, alone: packed, relative, rests: Vec::new(), lists: Writer::default(), ends: Vec::new() };
    let mut passages = Vec::new();
    let mut tails: Vec<u32> = Vec::new();
    for run in others.chunk_by(|a, b| a >> 32 == b >> 32) {
        tails.clear();
        tails.extend(run.iter().map(|posting| u32::try_from(posting & 0xffff_ffff).unwrap_or(0)));
        passages.clear();
        passages.extend(tails.iter().map(|tail| tail >> 2));
        if relative {
            among(&mut passages, &own);
            filled(&mut group.lists, &passages, u32::try_from(own.len()).unwrap_or(u32::MAX));
        } else {
            filled(&mut group.lists, &passages, of);
        }
        let rest = u32::try_from(run[0] >> 32).unwrap_or(0);
        self::places(&mut group.lists, &tails, named_at(rest));
        group.rests.push(rest);
        group.ends.push(group.lists.len());
    }
    group
}

/// Whether it saves bits to write places in the list of the unit. A place takes fewer bits than the number of a passage; but if the group is
/// divided, every part but one repeats the list.
#[allow(clippy::cast_precision_loss)] // An estimate.
fn is_relative(list: usize, own: usize, postings: usize, of: u32) -> bool {
    let saved = postings as f64 * (f64::from(of) / own as f64).log2();
    let parts = (postings as f64 * 8.0 / LARGE).max(1.0);
    saved > (parts - 1.0) * list as f64
}

/// Replaces numbers of passages by their places in `own`, an ascending list that holds all of them.
fn among(passages: &mut [u32], own: &[u32]) {
    let mut from = 0;
    for passage in passages {
        from += own[from..].partition_point(|known| known < passage);
        *passage = u32::try_from(from).unwrap_or(u32::MAX);
    }
}

/// Writes a list of passages, which is never empty: its length less one as a gamma code, then [`Writer::members`].
fn filled(writer: &mut Writer, list: &[u32], of: u32) {
    writer.gamma(u32::try_from(list.len()).unwrap_or(u32::MAX) - 1);
    writer.members(list, of);
}

/// Writes where the passages of a list hold the key; `tails` are their postings without the rest, passage and flags.
///
/// One bit says whether any of them holds it in the title or in a heading. If so, three lists of [`Writer::list`] follow: the places in the
/// list of those that hold it in the title; of those that hold it only in a heading; and the places in the first of these lists of the titles
/// whose names are stored at this key. Then their names, [`key::NAME`] bits each.
fn places(writer: &mut Writer, tails: &[u32], named: &[Named]) {
    let flagged = |flag: u32, mask: u32| -> Vec<u32> {
        (0_u32..).zip(tails).filter(|(_, tail)| *tail & mask == flag).map(|(at, _)| at).collect()
    };
    let any = tails.iter().any(|tail| tail & 3 != 0);
    writer.flag(any);
    if any {
        let length = length(tails);
        let titles = flagged(TITLE, TITLE);
        writer.list(&titles, length);
        writer.list(&flagged(HEADING, TITLE | HEADING), length);
        let passage = |title: u32| tails[title as usize] >> 2;
        let is_named = |title: u32| named.binary_search_by_key(&passage(title), |(_, passage, _)| *passage).is_ok();
        let here = (0_u32..).zip(&titles).filter(|(_, title)| is_named(**title)).map(|(at, _)| at);
        writer.list(&here.collect::<Vec<_>>(), self::length(&titles));
        for (_, _, name) in named {
            writer.bits(*name, key::NAME);
        }
    }
}
