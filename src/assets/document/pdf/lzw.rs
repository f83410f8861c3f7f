//! LZW (ISO 32000-1, 7.4.4), which old programs pack streams with.

use std::io::{self, Read};

/// The code that empties the table.
const CLEAR: usize = 256;
/// The code at the end.
const END: usize = 257;
/// The table never has more codes.
const CODES: usize = 4096;

/// A reader of what `packed` holds; `late` tells that codes grow only when they have to, not one code earlier.
pub(super) fn reader(packed: &[u8], late: bool) -> Unpacked<'_> {
    Unpacked { packed, bit: 0, early: usize::from(!late), table: Vec::new(), before: None, ready: Vec::new(), given: 0 }
}

/// Unpacks code by code, so that whoever reads it decides how much.
pub(super) struct Unpacked<'a> {
    packed: &'a [u8],
    /// The next bit of `packed`.
    bit: usize,
    early: usize,
    /// Each code from 258 on: the code it continues, and the byte after that.
    table: Vec<(usize, u8)>,
    /// The code before.
    before: Option<usize>,
    /// The bytes of the last code, of which so many were given away.
    ready: Vec<u8>,
    given: usize,
}

impl Unpacked<'_> {
    fn code(&mut self) -> Option<usize> {
        let width = match self.table.len() + END + 1 + self.early {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        let mut code = 0;
        for bit in self.bit..self.bit + width {
            let byte = self.packed.get(bit / 8)?;
            code = code << 1 | usize::from(byte >> (7 - bit % 8) & 1);
        }
        self.bit += width;
        Some(code)
    }

    /// Fills `ready` with the bytes of a code.
    fn spell(&mut self, code: usize) -> Option<()> {
        self.ready.clear();
        self.given = 0;
        let mut code = code;
        while code > END {
            let (prefix, byte) = *self.table.get(code - END - 1)?;
            self.ready.push(byte);
            code = prefix;
        }
        self.ready.push(u8::try_from(code).ok()?);
        self.ready.reverse();
        Some(())
    }

    /// The next code's bytes in `ready`; `None` at the end or where the bytes are damaged.
    fn next(&mut self) -> Option<()> {
        let code = self.code()?;
        if code == CLEAR {
            self.table.clear();
            self.before = None;
            return Some(());
        }
        if code == END {
            return None;
        }
        let known = code < CLEAR || code - END - 1 < self.table.len();
        match self.before {
            // The code that is only now made: what was before, and its first byte again.
            Some(before) if !known => {
                self.spell(before)?;
                let first = *self.ready.first()?;
                self.ready.push(first);
                self.add(before, first);
                self.before = Some(code).filter(|code| code - END - 1 < self.table.len());
                return self.before.map(drop);
            }
            Some(before) => {
                self.spell(code)?;
                let first = *self.ready.first()?;
                self.add(before, first);
            }
            None => self.spell(code)?,
        }
        self.before = Some(code);
        Some(())
    }

    fn add(&mut self, prefix: usize, byte: u8) {
        if self.table.len() + END + 1 < CODES {
            self.table.push((prefix, byte));
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            self.ready.clear();
            self.given = 0;
            if self.next().is_none() {
                return Ok(0);
            }
        }
        let part = &self.ready[self.given..];
        let length = part.len().min(into.len());
        into[..length].copy_from_slice(&part[..length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        reader(packed, false).take(100_000).read_to_end(&mut bytes).expect("no errors");
        bytes
    }

    #[test]
    fn the_example_of_the_specification_is_read() {
        let packed = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(unpacked(&packed), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn damaged_bytes_end_the_text() {
        assert!(unpacked(&[]).is_empty());
        assert!(unpacked(&[0xff; 40]).is_empty());
        assert_eq!(unpacked(&[0x80, 0x0b, 0x7f, 0xff]), [45]);
    }
}
