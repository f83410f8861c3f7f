//! The postings of some passages, packed by group in about three bytes each. All texts are gone through once, batch by batch; what is packed
//! is small enough to be kept until the lists of a group are made of what all batches hold of it.

use super::directory::{ALONE, GROUPS, Home, Units};
use super::key;
use super::passage::Passage;

/// The postings of a group.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The postings of the unit by itself: passage and flags, 30 and 2 bits.
    pub alone: Vec<u32>,
    /// The postings of other keys: rest, passage and flags, 18, 30 and 2 bits, the rest from bit 32 up.
    pub others: Vec<u64>,
}

impl Gathered {
    fn add(&mut self, rest: u32, passage: u32, flags: u32) {
        let tail = passage << 2 | flags;
        if rest != ALONE {
            self.others.push(u64::from(rest) << 32 | u64::from(tail));
            return;
        }
        match self.alone.last_mut() {
            Some(last) if *last >> 2 == passage => *last |= flags,
            _ => self.alone.push(tail),
        }
    }

    /// One posting for each key and passage, with the flags of all.
    fn settle(&mut self) {
        self.others.sort_unstable();
        self.others.dedup_by(|next, first| {
            let same = *next >> 2 == *first >> 2;
            *first |= if same { *next & 3 } else { 0 };
            same
        });
    }
}

/// The postings of some passages.
#[derive(Debug, Default)]
pub struct Batch {
    /// The groups, ascending, each with where its bytes end.
    pub groups: Vec<(u32, usize)>,
    bytes: Vec<u8>,
}

impl Batch {
    /// The postings of passages, the first of which has the number `first`.
    pub fn new(first: u32, passages: &[Passage], frequent: &Units) -> Self {
        let mut slots = vec![usize::MAX; GROUPS];
        let mut gathered: Vec<(u32, Gathered)> = Vec::new();
        for (number, passage) in (first..).zip(passages) {
            for (units, flags) in passage.parts() {
                key::keys(units, |key| {
                    let home = Home::of(key, frequent);
                    let slot = &mut slots[home.group as usize];
                    if *slot == usize::MAX {
                        *slot = gathered.len();
                        gathered.push((home.group, Gathered::default()));
                    }
                    gathered[*slot].1.add(home.rest, number, flags);
                });
            }
        }
        gathered.sort_unstable_by_key(|(group, _)| *group);
        let mut batch = Self::default();
        for (group, mut gathered) in gathered {
            gathered.settle();
            batch.pack(first, &gathered);
            batch.groups.push((group, batch.bytes.len()));
        }
        batch.bytes.shrink_to_fit();
        batch
    }

    /// Writes the passages as differences: of the unit by itself, and of each other key, behind the difference of its rest.
    fn pack(&mut self, first: u32, Gathered { alone, others }: &Gathered) {
        self.number(u32::try_from(alone.len()).unwrap_or(u32::MAX));
        let mut last = first;
        for posting in alone {
            self.number(((posting >> 2) - last) << 2 | posting & 3);
            last = posting >> 2;
        }
        let mut rest = 0;
        for posting in others {
            let (next, tail) = parts(*posting);
            last = if next == rest { last } else { first };
            self.number(next - rest);
            self.number(((tail >> 2) - last) << 2 | tail & 3);
            (rest, last) = (next, tail >> 2);
        }
    }

    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
            number >>= 7;
        }
        self.bytes.push(u8::try_from(number).unwrap_or(0));
    }

    /// Adds what it holds of its group number `at` to what former batches hold.
    pub fn unpack(&self, at: usize, first: u32, gathered: &mut Gathered) {
        let start = at.checked_sub(1).map_or(0, |before| self.groups[before].1);
        let mut bytes = self.bytes[start..self.groups[at].1].iter();
        let count = number(&mut bytes).unwrap_or(0);
        let mut last = first;
        for _ in 0..count {
            let Some(posting) = number(&mut bytes) else { return };
            last += posting >> 2;
            gathered.alone.push(last << 2 | posting & 3);
        }
        let mut rest = 0;
        while let Some(more) = number(&mut bytes) {
            let Some(posting) = number(&mut bytes) else { return };
            last = if more == 0 { last } else { first };
            rest += more;
            last += posting >> 2;
            gathered.others.push(u64::from(rest) << 32 | u64::from(last << 2 | posting & 3));
        }
    }
}

/// The rest of a posting of another key, and its passage with its flags.
fn parts(posting: u64) -> (u32, u32) {
    let half = |bits: u64| u32::try_from(bits & 0xffff_ffff).unwrap_or(0);
    (half(posting >> 32), half(posting))
}

fn number<'a>(bytes: &mut impl Iterator<Item = &'a u8>) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let first = 70_000;
        let mut gathered = Gathered::default();
        for (rest, passage, flags) in [
            (ALONE, first, 0),
            (ALONE, first, 1),
            (ALONE, first + 127, 2),
            (ALONE, 1 << 29, 3),
            (5, first + 9, 0),
            (5, first, 1),
            (5, first, 2),
            (1 << 17, 1 << 29, 3),
            (6, first, 0),
        ] {
            gathered.add(rest, passage, flags);
        }
        gathered.settle();
        assert_eq!(gathered.alone, [first << 2 | 1, (first + 127) << 2 | 2, 1 << 31 | 3]);
        assert_eq!(gathered.others.len(), 4);
        let mut batch = Batch::default();
        batch.pack(first, &gathered);
        batch.groups.push((0, batch.bytes.len()));
        let mut back = Gathered::default();
        batch.unpack(0, first, &mut back);
        assert_eq!(back, gathered);
    }
}
