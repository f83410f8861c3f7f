//! Numbers packed into bits: Elias gamma codes for counts, Rice codes for ascending lists.
//!
//! Bits are written from the highest bit of each byte to the lowest; the last byte is filled with zeros. In the files of the index the bytes
//! are base64 without padding, because they travel in the text of a script. `themes/default/script/search/1-codec.js` has the same reader.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Writes bits.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    /// The bits that do not fill a byte yet, in the lowest `filled` bits. Higher bits are left over and have no meaning.
    pending: u64,
    /// How many bits are pending: fewer than eight between calls.
    filled: u32,
}

impl Writer {
    /// The number of bits written.
    pub fn len(&self) -> usize {
        self.bytes.len() * 8 + self.filled as usize
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes the lowest `count` bits of a number, the highest first; `count` is at most 32.
    pub fn bits(&mut self, value: u32, count: u32) {
        let mask = (1_u64 << count) - 1;
        self.pending = self.pending << count | (u64::from(value) & mask);
        self.filled += count;
        while self.filled >= 8 {
            self.filled -= 8;
            self.bytes.push((self.pending >> self.filled & 0xff) as u8);
        }
    }

    /// Writes one bit.
    pub fn flag(&mut self, flag: bool) {
        self.bits(u32::from(flag), 1);
    }

    /// Writes the Elias gamma code of `value + 1`: n zeros, then its n + 1 bits, of which the first is a one. `value` is below 2^32 - 1.
    pub fn gamma(&mut self, value: u32) {
        let (value, len) = (value + 1, (value + 1).ilog2());
        self.bits(0, len);
        self.bits(value, len + 1);
    }

    /// Writes a Rice code: as many ones as `value >> parameter` says, a zero, then the lowest `parameter` bits. It is shortest for values of
    /// about 2^`parameter`.
    fn rice(&mut self, value: u32, parameter: u32) {
        let mut high = value >> parameter;
        while high >= 32 {
            self.bits(u32::MAX, 32);
            high -= 32;
        }
        self.bits(u32::MAX, high);
        self.bits(0, 1);
        self.bits(value, parameter);
    }

    /// Writes an ascending list of numbers below `of`: its length as a gamma code, then [`Writer::members`].
    pub fn list(&mut self, list: &[u32], of: u32) {
        self.gamma(length(list));
        self.members(list, of);
    }

    /// Writes an ascending list of numbers below `of` whose length the reader knows: the gaps between the numbers, as Rice codes with the
    /// parameter of `parameter`. For a list of more than half of all numbers, the numbers that it lacks are written instead.
    pub fn members(&mut self, list: &[u32], of: u32) {
        let count = length(list);
        if u64::from(count) * 2 <= u64::from(of) {
            self.gaps(list.iter().copied(), parameter(count, of));
        } else {
            let mut rest = list.iter().peekable();
            let lacking = (0..of).filter(|number| rest.next_if(|next| **next == *number).is_none());
            self.gaps(lacking, parameter(of - count, of));
        }
    }

    /// Writes an ascending list whose numbers are spread unevenly: its length as a gamma code; if there are any numbers, the Rice parameter
    /// that makes the list shortest, in four bits, then the gaps.
    pub fn uneven(&mut self, list: &[u32]) {
        self.gamma(length(list));
        if list.is_empty() {
            return;
        }
        let cost = |parameter: u32| -> u64 {
            gaps(list.iter().copied()).map(|gap| u64::from(gap >> parameter) + u64::from(parameter)).sum()
        };
        let best = (0..16).min_by_key(|parameter| cost(*parameter)).unwrap_or(0);
        self.bits(best, 4);
        self.gaps(list.iter().copied(), best);
    }

    fn gaps(&mut self, list: impl Iterator<Item = u32>, parameter: u32) {
        gaps(list).for_each(|gap| self.rice(gap, parameter));
    }

    /// Writes a range of the bits of another writer.
    pub fn copy(&mut self, other: &Self, range: std::ops::Range<usize>) {
        let byte = |at: usize| other.bytes.get(at).copied().unwrap_or_else(|| other.last());
        let mut at = range.start;
        while at < range.end {
            let (inside, left) = (at % 8, range.end - at);
            let count = (8 - inside).min(left);
            let piece = byte(at / 8) >> (8 - inside - count);
            self.bits(u32::from(piece), u32::try_from(count).unwrap_or(0));
            at += count;
        }
    }

    /// Writes all bits of another writer.
    pub fn append(&mut self, other: &Self) {
        self.copy(other, 0..other.len());
    }

    /// The pending bits as a byte, filled with zeros.
    fn last(&self) -> u8 {
        (self.pending << (8 - self.filled) & 0xff) as u8
    }

    /// Everything that was written, as base64 without padding.
    pub fn base64(mut self) -> String {
        if self.filled > 0 {
            self.bytes.push(self.last());
        }
        STANDARD_NO_PAD.encode(&self.bytes)
    }
}

/// The length of a list.
pub fn length(list: &[u32]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The gaps of an ascending list: the first number, then how many numbers are left out before each further one.
fn gaps(list: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    let mut next = 0;
    list.map(move |number| {
        let gap = number - next;
        next = number + 1;
        gap
    })
}

/// The Rice parameter for `count` numbers spread evenly below `of`: the binary logarithm, rounded down, of 0.69 times the mean gap (ln 2 times
/// the mean is the usual estimate of the best divisor); 0 if that product is below one.
fn parameter(count: u32, of: u32) -> u32 {
    let gap = u64::from(of) * 69 / (u64::from(count.max(1)) * 100);
    gap.checked_ilog2().unwrap_or(0)
}

/// Reads bits, for tests: the script in the browser is the reader of the index. Past the end it reads zeros.
#[cfg(test)]
#[derive(Debug)]
pub struct Reader {
    bytes: Vec<u8>,
    at: usize,
}

#[cfg(test)]
impl Reader {
    /// Reads what [`Writer::base64`] returned; `None` if it is not base64.
    pub fn new(base64: &str) -> Option<Self> {
        Some(Self { bytes: STANDARD_NO_PAD.decode(base64).ok()?, at: 0 })
    }

    /// Reads one bit.
    pub fn flag(&mut self) -> bool {
        self.bit() == 1
    }

    fn bit(&mut self) -> u32 {
        let bit = self.bytes.get(self.at / 8).map_or(0, |byte| byte >> (7 - self.at % 8) & 1);
        self.at += 1;
        u32::from(bit)
    }

    /// Reads a number of `count` bits.
    pub fn bits(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |value, _| value << 1 | self.bit())
    }

    /// Reads what [`Writer::gamma`] wrote.
    pub fn gamma(&mut self) -> u32 {
        let mut len = 0;
        while len < 31 && self.bit() == 0 {
            len += 1;
        }
        (1 << len | self.bits(len)) - 1
    }

    /// Reads what [`Writer::list`] wrote.
    pub fn list(&mut self, of: u32) -> Vec<u32> {
        let count = self.gamma();
        self.members(count, of)
    }

    /// Reads what [`Writer::members`] wrote: `count` numbers below `of`.
    pub fn members(&mut self, count: u32, of: u32) -> Vec<u32> {
        let count = count.min(of);
        if u64::from(count) * 2 <= u64::from(of) {
            return self.gaps(count, parameter(count, of));
        }
        let mut lacking = self.gaps(of - count, parameter(of - count, of)).into_iter().peekable();
        (0..of).filter(|number| lacking.next_if_eq(number).is_none()).collect()
    }

    /// Reads what [`Writer::uneven`] wrote.
    pub fn uneven(&mut self) -> Vec<u32> {
        let count = self.gamma();
        let parameter = if count > 0 { self.bits(4) } else { 0 };
        self.gaps(count, parameter)
    }

    fn gaps(&mut self, count: u32, parameter: u32) -> Vec<u32> {
        let mut next = 0_u32;
        let number = |_| {
            let mut high = 0_u32;
            while self.bit() == 1 {
                high += 1;
            }
            let number = next.wrapping_add(high << parameter | self.bits(parameter));
            next = number.wrapping_add(1);
            number
        };
        (0..count).map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &[u32], of: u32) {
        let mut writer = Writer::default();
        writer.list(list, of);
        writer.uneven(list);
        writer.gamma(7);
        let mut copy = Writer::default();
        copy.flag(true);
        copy.append(&writer);
        let mut reader = Reader::new(&copy.base64()).expect("base64");
        assert!(reader.flag());
        assert_eq!((reader.list(of), reader.uneven(), reader.gamma()), (list.to_vec(), list.to_vec(), 7));
    }

    #[test]
    fn lists_come_back() {
        check(&[], 9);
        check(&[0], 1);
        check(&[0, 1, 2], 3);
        check(&[5, 90, 1000, 7999], 8000);
        check(&[1, 2, 3, 60_000], 1 << 16);
        check(&(0..8000).filter(|n| n % 7 != 0).collect::<Vec<_>>(), 8000);
        check(&(0..90_000).step_by(3).collect::<Vec<_>>(), 90_000);
    }
}
