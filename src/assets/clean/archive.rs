//! A ZIP archive in which some files are exchanged; everything else stays byte for byte, names in foreign codes among it (APPNOTE 6.3.10).

use std::io::{Read as _, Write as _};
use std::ops::Range;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

const END: usize = 22;
const RECORD: usize = 46;
const HEADER: usize = 30;
/// The flags of a file that is encrypted, and of one whose sizes follow it.
const ENCRYPTED: usize = 1;
const FOLLOWED: usize = 8;

/// A file in an archive.
#[derive(Debug)]
pub struct Entry {
    /// Its name, in whatever code.
    pub name: Vec<u8>,
    method: usize,
    flags: usize,
    /// Its header, and its packed bytes.
    header: Range<usize>,
    packed: Range<usize>,
}

/// The files of an archive, in the order in which they lie.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    /// Its files.
    pub entries: Vec<Entry>,
    /// From the directory to its end record.
    directory: Range<usize>,
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

impl<'a> Archive<'a> {
    /// Reads the directory; `None` if it is broken, encrypted or larger than the plain format allows, or files lie upon each other.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let tail = bytes.len().saturating_sub(END + 0xffff);
        let end = tail + memchr::memmem::rfind(&bytes[tail..], b"PK\x05\x06")?;
        let (count, size, start) =
            (number(bytes, end + 10, 2)?, number(bytes, end + 12, 4)?, number(bytes, end + 16, 4)?);
        if start.checked_add(size)? > end {
            return None;
        }
        let mut entries = Vec::with_capacity(count);
        let mut at = start;
        for _ in 0..count {
            let record = bytes.get(at..end).filter(|record| record.starts_with(b"PK\x01\x02"))?;
            let length = number(record, 28, 2)?;
            let name = record.get(RECORD..RECORD + length)?.to_vec();
            let (packed, header) = (number(record, 20, 4)?, number(record, 42, 4)?);
            let local = bytes.get(header..start).filter(|local| local.starts_with(b"PK\x03\x04"))?;
            let data = header + HEADER + number(local, 26, 2)? + number(local, 28, 2)?;
            let range = data..data.checked_add(packed).filter(|end| *end <= start)?;
            let (flags, method) = (number(record, 8, 2)?, number(record, 10, 2)?);
            if flags & ENCRYPTED != 0 || !matches!(method, 0 | 8) {
                return None;
            }
            entries.push(Entry { name, method, flags, header: header..data, packed: range });
            at += RECORD + length + number(record, 30, 2)? + number(record, 32, 2)?;
        }
        let archive = Self { bytes, entries, directory: start..end };
        let mut places: Vec<&Entry> = archive.entries.iter().collect();
        places.sort_by_key(|entry| entry.header.start);
        places.windows(2).all(|pair| pair[0].packed.end <= pair[1].header.start).then_some(())?;
        (at == start + size).then_some(archive)
    }

    /// At most `most` bytes of a file; `None` if they are broken.
    pub fn read(&self, entry: &Entry, most: usize) -> Option<Vec<u8>> {
        let packed = &self.bytes[entry.packed.clone()];
        if entry.method == 0 {
            return Some(packed[..packed.len().min(most)].to_vec());
        }
        let mut plain = Vec::new();
        DeflateDecoder::new(packed).take(most as u64).read_to_end(&mut plain).ok()?;
        Some(plain)
    }

    /// The archive with other files in the place of some, each given by its place in [`entries`](Self::entries), in ascending order; `None`
    /// if it would be too large.
    pub fn with(&self, changed: &[(usize, Vec<u8>)]) -> Option<Vec<u8>> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|nth| self.entries[*nth].header.start);
        let mut out = Vec::with_capacity(self.bytes.len());
        // For each file its new place, and its flags, sum and sizes if it is changed.
        let mut news = vec![(0, None); self.entries.len()];
        let mut copied = 0;
        for nth in order {
            let entry = &self.entries[nth];
            out.extend_from_slice(self.bytes.get(copied..entry.header.start)?);
            copied = entry.header.start;
            news[nth].0 = out.len();
            let Ok(found) = changed.binary_search_by_key(&nth, |(nth, _)| *nth) else { continue };
            let plain = &changed[found].1;
            let mut facts = (entry.flags & !FOLLOWED).to_le_bytes()[..2].to_vec();
            facts.extend(&self.bytes[entry.header.start + 8..entry.header.start + 14]);
            let mut sum = flate2::Crc::new();
            sum.update(plain);
            let packed = if entry.method == 0 { plain.clone() } else { deflated(plain)? };
            for number in [sum.sum(), u32::try_from(packed.len()).ok()?, u32::try_from(plain.len()).ok()?] {
                facts.extend(number.to_le_bytes());
            }
            let start = out.len();
            out.extend_from_slice(&self.bytes[entry.header.clone()]);
            out[start + 6..start + 26].copy_from_slice(&facts);
            out.extend(packed);
            copied = entry.packed.end + self.follower(entry);
            news[nth].1 = Some(facts);
        }
        out.extend_from_slice(self.bytes.get(copied..self.directory.start)?);
        let start = u32::try_from(out.len()).ok()?;
        out.extend_from_slice(&self.bytes[self.directory.start..]);
        let mut at = start as usize;
        for (place, facts) in news {
            let length = RECORD + number(&out, at + 28, 2)? + number(&out, at + 30, 2)? + number(&out, at + 32, 2)?;
            out[at + 42..at + 46].copy_from_slice(&u32::try_from(place).ok()?.to_le_bytes());
            if let Some(facts) = facts {
                out[at + 8..at + 28].copy_from_slice(&facts);
            }
            at += length;
        }
        let end = start as usize + self.directory.len();
        out.get_mut(end + 16..end + 20)?.copy_from_slice(&start.to_le_bytes());
        Some(out)
    }

    /// The length of the sum and sizes that follow a file.
    fn follower(&self, entry: &Entry) -> usize {
        match self.bytes.get(entry.packed.end..entry.packed.end + 4) {
            _ if entry.flags & FOLLOWED == 0 => 0,
            Some(b"PK\x07\x08") => 16,
            _ => 12,
        }
    }
}

fn deflated(plain: &[u8]) -> Option<Vec<u8>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
    packer.write_all(plain).ok()?;
    packer.finish().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn only_what_is_exchanged_changes() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, text, options) in [
            ("mimetype", "application/x", stored),
            ("a.jpg", "one one one one", SimpleFileOptions::default()),
            ("b.txt", "two", SimpleFileOptions::default()),
            ("c.png", "three", stored),
        ] {
            writer.start_file(name, options).expect("part");
            writer.write_all(text.as_bytes()).expect("part");
        }
        writer.set_comment("note").expect("short");
        let bytes = writer.finish().expect("zip").into_inner();
        let archive = Archive::open(&bytes).expect("an archive");
        assert_eq!(archive.with(&[]), Some(bytes.clone()));
        assert_eq!(archive.read(&archive.entries[1], 7).as_deref(), Some(b"one one".as_slice()));
        let made = archive.with(&[(1, b"another".to_vec()), (3, b"".to_vec())]).expect("an archive");
        let mut read = zip::ZipArchive::new(Cursor::new(&made)).expect("an archive");
        let mut texts = Vec::new();
        for nth in 0..read.len() {
            let mut text = String::new();
            read.by_index(nth).expect("part").read_to_string(&mut text).expect("the sum is right");
            texts.push(text);
        }
        assert_eq!(texts, ["application/x", "another", "two", ""]);
        assert_eq!(read.comment(), b"note");
        assert!(Archive::open(&made).is_some() && Archive::open(&bytes[..bytes.len() - 9]).is_none());
        assert!(Archive::open(&bytes[1..]).is_none() && Archive::open(b"PK\x05\x06").is_none());
    }

    /// A file whose sizes follow it, as programs write that do not know them before.
    #[test]
    fn sizes_that_follow_a_file_are_left_out_with_it() {
        let packed = deflated(b"secret").expect("packed");
        let facts = [[0; 4], u32::try_from(packed.len()).expect("short").to_le_bytes(), [6, 0, 0, 0]].concat();
        let local = [
            b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0".as_slice(),
            &[0; 12],
            b"\x01\0\0\0\xc4",
            &packed,
            b"PK\x07\x08",
            &facts,
        ]
        .concat();
        let record =
            [b"PK\x01\x02\x14\0\x14\0\x08\0\x08\0\0\0\0\0".as_slice(), &facts, b"\x01\0", &[0; 16], b"\xc4"].concat();
        let size = u32::try_from(record.len()).expect("short").to_le_bytes();
        let start = u32::try_from(local.len()).expect("short").to_le_bytes();
        let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &size, &start, b"\0\0"].concat();
        let bytes = [local, record, end].concat();
        let archive = Archive::open(&bytes).expect("an archive");
        assert_eq!(archive.read(&archive.entries[0], 99).as_deref(), Some(b"secret".as_slice()));
        let made = archive.with(&[(0, b"open".to_vec())]).expect("an archive");
        let again = Archive::open(&made).expect("an archive");
        assert_eq!(again.read(&again.entries[0], 99).as_deref(), Some(b"open".as_slice()));
        assert_eq!((again.entries[0].flags, again.entries[0].name.as_slice()), (0, b"\xc4".as_slice()));
    }
}
