//! Numbers in as few bits as they need: Elias gamma for counts, Rice for ascending lists, base64 for the way through a script.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Bits being written, the highest of each byte first.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    free: u32,
}

impl Writer {
    fn bit(&mut self, bit: bool) {
        if self.free == 0 {
            self.bytes.push(0);
            self.free = 8;
        }
        self.free -= 1;
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << self.free;
        }
    }

    /// The lowest `count` bits of a number.
    pub fn bits(&mut self, value: u32, count: u32) {
        for at in (0..count).rev() {
            self.bit(value >> at & 1 == 1);
        }
    }

    /// A number from 0.
    pub fn gamma(&mut self, value: u32) {
        let (value, len) = (value + 1, (value + 1).ilog2());
        self.bits(0, len);
        self.bits(value, len + 1);
    }

    fn rice(&mut self, value: u32, parameter: u32) {
        for _ in 0..value >> parameter {
            self.bit(true);
        }
        self.bit(false);
        self.bits(value, parameter);
    }

    /// An ascending list of numbers below `of`, behind its length. Of a list that holds more than half, what it lacks is written.
    pub fn list(&mut self, list: &[u32], of: u32) {
        let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
        self.gamma(count);
        if u64::from(count) * 2 <= u64::from(of) {
            self.gaps(list.iter().copied(), count, of);
        } else {
            let mut rest = list.iter().peekable();
            let lacking: Vec<u32> = (0..of).filter(|number| rest.next_if(|next| **next == *number).is_none()).collect();
            self.gaps(lacking.into_iter(), of - count, of);
        }
    }

    /// The differences of an ascending list of `count` numbers below `of`, which the reader knows.
    pub fn gaps(&mut self, list: impl Iterator<Item = u32>, count: u32, of: u32) {
        let parameter = parameter(count, of);
        let mut next = 0;
        for number in list {
            self.rice(number - next, parameter);
            next = number + 1;
        }
    }

    /// All of it as base64.
    pub fn base64(&self) -> String {
        STANDARD_NO_PAD.encode(&self.bytes)
    }
}

/// The Rice parameter for `count` numbers below `of`: the power of two nearest below the usual gap.
fn parameter(count: u32, of: u32) -> u32 {
    let gap = u64::from(of) * 69 / (u64::from(count.max(1)) * 100);
    gap.checked_ilog2().unwrap_or(0)
}

/// Bits being read. Behind the end there are zeros, as many as are asked for; [`Reader::is_over`] tells.
#[derive(Debug)]
pub struct Reader {
    bytes: Vec<u8>,
    at: usize,
}

impl Reader {
    /// Reads what [`Writer::base64`] gave; nothing if it is none.
    pub fn new(base64: &str) -> Option<Self> {
        Some(Self { bytes: STANDARD_NO_PAD.decode(base64).ok()?, at: 0 })
    }

    /// Whether more was read than there is.
    pub fn is_over(&self) -> bool {
        self.at > self.bytes.len() * 8
    }

    fn bit(&mut self) -> u32 {
        let bit = self.bytes.get(self.at / 8).map_or(0, |byte| byte >> (7 - self.at % 8) & 1);
        self.at += 1;
        u32::from(bit)
    }

    /// A number of `count` bits.
    pub fn bits(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |value, _| value << 1 | self.bit())
    }

    /// A number from 0.
    pub fn gamma(&mut self) -> u32 {
        let mut len = 0;
        while len < 31 && self.bit() == 0 {
            len += 1;
        }
        (1 << len | self.bits(len)) - 1
    }

    /// An ascending list of numbers below `of`.
    pub fn list(&mut self, of: u32) -> Vec<u32> {
        let count = self.gamma().min(of);
        if u64::from(count) * 2 <= u64::from(of) {
            return self.gaps(count, of);
        }
        let lacking = self.gaps(of - count, of);
        (0..of).filter(|number| lacking.binary_search(number).is_err()).collect()
    }

    /// An ascending list of `count` numbers below `of`.
    pub fn gaps(&mut self, count: u32, of: u32) -> Vec<u32> {
        let parameter = parameter(count, of);
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
        writer.gamma(7);
        let mut reader = Reader::new(&writer.base64()).expect("base64");
        assert_eq!((reader.list(of), reader.gamma(), reader.is_over()), (list.to_vec(), 7, false));
    }

    #[test]
    fn lists_come_back() {
        check(&[], 9);
        check(&[0], 1);
        check(&[0, 1, 2], 3);
        check(&[5, 90, 1000, 7999], 8000);
        check(&(0..8000).filter(|n| n % 7 != 0).collect::<Vec<_>>(), 8000);
        check(&(0..90_000).step_by(3).collect::<Vec<_>>(), 90_000);
    }
}
