//! Postings: which passages hold a key, and whether in the title, in a heading or elsewhere.
//!
//! The postings of a share of all groups are gathered from the folded passages, and packed, before those of the next share: postings take
//! many times the memory of the passages, and are never all in memory.

use rayon::prelude::*;

use super::bits::{Writer, length};
use super::directory::{self, ALONE, FREQUENT, GROUPS, Home, Units};
use super::key;
use super::passage::{HEADING, Passage, TITLE};

/// Groups are gathered in shares: one for each so many units of text.
const SHARE: usize = 3_000_000;
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
    pub fn list(&self, at: usize) -> (&Writer, std::ops::Range<usize>) {
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
    let total: usize = passages.iter().map(|passage| passage.units.len()).sum();
    let shares = u8::try_from((total / SHARE).clamp(2, 64)).unwrap_or(2);
    let mut made: Vec<Group> = (0..shares)
        .into_par_iter()
        .flat_map_iter(|share| gather(passages, &titles, &frequent, |group| share_of(group, shares) == share))
        .collect();
    made.sort_unstable_by_key(|group| group.number);
    (made, frequent)
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

/// The share of a group. It is a hash, because groups of neighbouring numbers are about as large as each other.
fn share_of(group: u32, shares: u8) -> u8 {
    u8::try_from(((group.wrapping_mul(0x9e37_79b1) >> 16) * u32::from(shares)) >> 16).unwrap_or(0)
}

/// The postings of a group.
#[derive(Default)]
struct Gathered {
    /// The postings of the unit by itself: passage and flags, 30 and 2 bits.
    alone: Vec<u32>,
    /// The postings of other keys: rest, passage and flags, 18, 30 and 2 bits, the rest from bit 32 up.
    others: Vec<u64>,
    /// The titles whose names are stored at a key of the group.
    named: Vec<Named>,
}

/// A title whose name is stored at a key: the rest of the key, the passage of the title, the name.
type Named = (u32, u32, u32);

/// Gathers and packs the groups for which `is_mine` holds, in no particular order.
fn gather(
    passages: &[Passage],
    titles: &[Option<(Home, u32)>],
    frequent: &Units,
    is_mine: impl Fn(u32) -> bool,
) -> Vec<Group> {
    let mine: Vec<bool> = (0..).map(is_mine).take(GROUPS).collect();
    let mut slots = vec![usize::MAX; GROUPS];
    let mut gathered: Vec<(u32, Gathered)> = Vec::new();
    for (passage_number, passage) in (0_u32..).zip(passages) {
        for (units, flags) in passage.parts() {
            let tail = passage_number << 2 | flags;
            key::keys(units, |key| {
                let home = Home::of(key, frequent);
                let number = home.group as usize;
                if !mine[number] {
                    return;
                }
                let slot = &mut slots[number];
                if *slot == usize::MAX {
                    *slot = gathered.len();
                    gathered.push((home.group, Gathered::default()));
                }
                let gathered = &mut gathered[*slot].1;
                if home.rest == ALONE {
                    match gathered.alone.last_mut() {
                        Some(last) if *last >> 2 == passage_number => *last |= flags,
                        _ => gathered.alone.push(tail),
                    }
                } else {
                    gathered.others.push(u64::from(home.rest) << 32 | u64::from(tail));
                }
            });
        }
        if let Some((home, name)) = titles[passage_number as usize]
            && let Some((_, gathered)) = gathered.get_mut(slots[home.group as usize])
        {
            gathered.named.push((home.rest, passage_number, name));
        }
    }
    let of = u32::try_from(passages.len()).unwrap_or(u32::MAX);
    gathered.into_iter().map(|(number, gathered)| pack(number, gathered, of)).collect()
}

/// Packs the postings of a group; `of` is the number of all passages.
fn pack(number: u32, Gathered { alone, mut others, mut named }: Gathered, of: u32) -> Group {
    named.sort_unstable();
    let named_at = |rest: u32| {
        let from = named.partition_point(|title| title.0 < rest);
        &named[from..named.partition_point(|title| title.0 <= rest)]
    };
    others.sort_unstable();
    // One posting for each key and passage, with the flags of all.
    others.dedup_by(|next, first| {
        let same = *next >> 2 == *first >> 2;
        *first |= if same { *next & 3 } else { 0 };
        same
    });
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
