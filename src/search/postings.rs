//! Postings: which passage holds which key, and where. Gathered from the folded passages a share of the units at a time, so that they
//! are never all in memory; packed at once.

use rayon::prelude::*;

use super::bits::{Writer, length};
use super::directory::{self, ALONE, FREQUENT, GROUPS, Home, Units};
use super::key;
use super::passage::{HEADING, Passage, TITLE};

/// Units of text for which postings are gathered at a time.
const SHARE: usize = 3_000_000;
/// Bits of a group beyond which its parts would repeat the passages of its unit too often.
const LARGE: f64 = 40_000.0;

/// A group: a unit, the passages that hold it, and the passages of every key at home in it.
#[derive(Debug)]
pub struct Group {
    /// Its number.
    pub number: u32,
    /// The passages that hold its unit, if that is a key alone: packed, and where they do.
    pub alone: Option<(Writer, Writer)>,
    /// Whether the passages of other keys are told among those of the unit.
    pub relative: bool,
    /// The other keys, ascending.
    pub rests: Vec<u32>,
    /// The lists of these keys, one behind the other.
    lists: Writer,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl Group {
    /// The list of a key.
    pub fn list(&self, at: usize) -> (&Writer, std::ops::Range<usize>) {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        (&self.lists, start..self.ends[at])
    }

    /// About how many bits it takes.
    pub fn size(&self) -> usize {
        // A key costs about nine bits besides its list.
        self.lists.len()
            + self.rests.len() * 9
            + self.alone.as_ref().map_or(0, |(list, places)| list.len() + places.len())
    }

    /// Bits that every part of it repeats.
    pub fn repeated(&self) -> usize {
        self.alone.as_ref().filter(|_| self.relative).map_or(0, |(list, _)| list.len())
    }
}

/// The groups of all units in order, and the units that are frequent.
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

/// Where a title is told, and its name: at the key that is fetched first if it is asked for.
fn title(passage: &Passage, frequent: &Units) -> Option<(Home, u32)> {
    let terms = key::terms(passage.title()?);
    let (_, first) = *directory::turns(&terms, frequent).first()?;
    Some((Home::of(first, frequent), key::name(&terms)))
}

/// How many passages hold each unit.
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

/// Neighbours in shares far apart.
fn share_of(group: u32, shares: u8) -> u8 {
    u8::try_from(((group.wrapping_mul(0x9e37_79b1) >> 16) * u32::from(shares)) >> 16).unwrap_or(0)
}

/// What was gathered of a unit.
#[derive(Default)]
struct Gathered {
    /// Passage and flags.
    alone: Vec<u32>,
    /// Rest, passage and flags of every other key: 18, 30 and 2 bits.
    others: Vec<u64>,
    /// The titles that are told at a key.
    named: Vec<Named>,
}

/// A title that is told at a key: the key's rest, the passage, the title's name.
type Named = (u32, u32, u32);

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

fn pack(number: u32, Gathered { alone, mut others, mut named }: Gathered, of: u32) -> Group {
    named.sort_unstable();
    let named_at = |rest: u32| {
        let from = named.partition_point(|title| title.0 < rest);
        &named[from..named.partition_point(|title| title.0 <= rest)]
    };
    others.sort_unstable();
    // Of one key in one passage there is one posting, with the flags of all.
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

/// Whether telling passages among those of the unit saves more than its repetition in every part costs.
#[allow(clippy::cast_precision_loss)] // An estimate.
fn is_relative(list: usize, own: usize, postings: usize, of: u32) -> bool {
    let saved = postings as f64 * (f64::from(of) / own as f64).log2();
    let parts = (postings as f64 * 8.0 / LARGE).max(1.0);
    saved > (parts - 1.0) * list as f64
}

/// Turns the numbers of passages into their places in a list that holds all of them.
fn among(passages: &mut [u32], own: &[u32]) {
    let mut from = 0;
    for passage in passages {
        from += own[from..].partition_point(|known| known < passage);
        *passage = u32::try_from(from).unwrap_or(u32::MAX);
    }
}

/// A list that is not empty, behind its length.
fn filled(writer: &mut Writer, list: &[u32], of: u32) {
    writer.gamma(u32::try_from(list.len()).unwrap_or(u32::MAX) - 1);
    writer.members(list, of);
}

/// Which members of a list hold the key in the title, and which of the others in a heading; for most keys that is none. Then which of the
/// titles are told here, and their names.
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
