//! Films and sound in the files of MP4, `QuickTime` and 3GP (ISO/IEC 14496-12, QTFF). What says where, when, by whom and with what they were
//! taken is overwritten in place: no byte moves, so that the tables of samples stay right. Nothing is decoded.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Refused;

type Name = [u8; 4];

/// The boxes that stay in each box; in all others nothing is looked for. Whatever is not named becomes empty.
const KEPT: [(&Name, &[&Name]); 9] = [
    (b"root", &[b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix"]),
    (b"moov", &[b"mvhd", b"iods", b"trak", b"mvex", b"pssh", b"clip", b"ctab"]),
    (b"trak", &[b"tkhd", b"tapt", b"load", b"edts", b"tref", b"mdia", b"matt", b"clip", b"trgr"]),
    (b"mdia", &[b"mdhd", b"hdlr", b"minf", b"elng"]),
    (b"minf", &[b"vmhd", b"smhd", b"hmhd", b"nmhd", b"sthd", b"gmhd", b"hdlr", b"dinf", b"stbl"]),
    (b"dinf", &[b"dref"]),
    (
        b"stbl",
        &[
            b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"stsh", b"stps",
            b"padb", b"stdp", b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio",
        ],
    ),
    (b"moof", &[b"mfhd", b"traf", b"pssh"]),
    (b"traf", &[b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc"]),
];

/// Tracks that are seen or heard. Others are notes of the device: position, movement, faces, the time of day.
const SHOWN: [&Name; 11] =
    [b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"subp", b"auxv", b"hint", b"odsm", b"sdsm"];

/// Where a sample description names the maker and the encoder, and where its own boxes begin (ISO/IEC 14496-12, 12.1.3).
const VENDOR: Range<usize> = 20..24;
const COMPRESSOR: Range<usize> = 50..82;
const DESCRIPTION: usize = 86;

/// The film without what it says about its making, in as many bytes.
///
/// # Errors
/// If it is cut or broken, or notes of the device lie between its pictures in a way that is not understood.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut film = Film { bytes: bytes.to_vec(), ..Film::default() };
    film.walk(*b"root", 0..bytes.len(), &mut Track::default()).ok_or(Refused::Damaged)?;
    if film.fragments.iter().any(|track| film.dropped.contains(track)) {
        return Err(Refused::Unknown);
    }
    film.erase().ok_or(Refused::Damaged)?;
    if film.has_movie { Ok(film.bytes) } else { Err(Refused::Damaged) }
}

#[derive(Default)]
struct Film {
    bytes: Vec<u8>,
    has_movie: bool,
    /// Where the samples lie.
    media: Vec<Range<usize>>,
    /// Samples of tracks that are dropped.
    samples: Vec<Range<usize>>,
    /// Ids of tracks that are dropped.
    dropped: BTreeSet<u32>,
    /// Ids of tracks that have fragments.
    fragments: Vec<u32>,
}

/// What is known of the track that is being read: places of the payloads of its boxes.
#[derive(Default)]
struct Track {
    id: u32,
    handler: Name,
    descriptions: Option<Range<usize>>,
    offsets: Option<(Range<usize>, bool)>,
    sizes: Option<Range<usize>>,
    chunks: Option<Range<usize>>,
}

struct Part {
    name: Name,
    range: Range<usize>,
    payload: usize,
}

/// The box at the start of a range, of which it is all if it says nothing of its length.
fn part(bytes: &[u8], within: &Range<usize>) -> Option<Part> {
    let at = within.start;
    let name = bytes.get(at + 4..at + 8)?.try_into().ok()?;
    let (length, head) = match number(bytes, at)? {
        0 => (within.len(), 8),
        1 => (usize::try_from(u64::from_be_bytes(bytes.get(at + 8..at + 16)?.try_into().ok()?)).ok()?, 16),
        length => (length as usize, 8),
    };
    let end = at.checked_add(length).filter(|end| length >= head && *end <= within.end)?;
    Some(Part { name, range: at..end, payload: at + head })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl Film {
    /// Cleans the boxes of a box.
    fn walk(&mut self, parent: Name, mut range: Range<usize>, track: &mut Track) -> Option<()> {
        let kept = KEPT.iter().find(|(name, _)| **name == parent)?.1;
        while !range.is_empty() {
            let is_zero = |at| number(&self.bytes, at) == Some(0);
            // Zeros alone are no box that goes on to the end.
            let is_end = is_zero(range.start) && (&parent != b"root" || is_zero(range.start + 4));
            let Some(part) = part(&self.bytes, &range).filter(|_| !is_end) else {
                // QuickTime ends a box with four zeros, and cameras put notes of their own behind a film.
                let name = self.bytes.get(range.start + 4..range.start + 8);
                let is_cut = name.is_some_and(|name| matches!(name, b"mdat" | b"moov" | b"moof"));
                let is_tail = is_end || range.len() < 8 || &parent == b"root" && self.has_movie && !is_cut;
                self.bytes[range].fill(0);
                return is_tail.then_some(());
            };
            range.start = part.range.end;
            if kept.contains(&&part.name) {
                self.keep(parent, part, track)?;
            } else {
                self.empty(&part);
            }
        }
        Some(())
    }

    /// Cleans a box that stays.
    fn keep(&mut self, parent: Name, Part { name, range, payload }: Part, track: &mut Track) -> Option<()> {
        let body = payload..range.end;
        match &name {
            b"mdat" => self.media.push(body),
            b"moov" | b"mdia" | b"minf" | b"dinf" | b"stbl" | b"moof" | b"traf" => {
                self.has_movie |= &name == b"moov";
                self.walk(name, body, track)?;
            }
            b"trak" => {
                let mut track = Track::default();
                self.walk(name, body, &mut track)?;
                self.finish(&track, &Part { name, range, payload })?;
            }
            b"mvhd" | b"tkhd" | b"mdhd" => {
                let dates = if self.bytes.get(payload)? == &1 { 16 } else { 8 };
                if &name == b"tkhd" {
                    track.id = number(&self.bytes, payload + 4 + dates)?;
                }
                self.fill(payload + 4..payload + 4 + dates, range.end)?;
            }
            b"hdlr" => {
                if &parent == b"mdia" {
                    track.handler = self.bytes.get(payload + 8..payload + 12)?.try_into().ok()?;
                }
                // Its maker and its name.
                self.fill(payload + 12..range.end.max(payload + 12), range.end)?;
            }
            b"dref" => self.references(body)?,
            b"tfhd" => self.fragments.push(number(&self.bytes, payload + 4)?),
            b"stsd" => track.descriptions = Some(body),
            b"stco" => track.offsets = Some((body, false)),
            b"co64" => track.offsets = Some((body, true)),
            b"stsz" => track.sizes = Some(body),
            b"stsc" => track.chunks = Some(body),
            _ => {}
        }
        Some(())
    }

    /// Empties a box, which stays as long as it was.
    fn empty(&mut self, part: &Part) {
        self.bytes[part.range.start + 4..part.range.start + 8].copy_from_slice(b"free");
        self.bytes[part.payload..part.range.end].fill(0);
    }

    /// Zeroes a range, which must end before `end`.
    fn fill(&mut self, range: Range<usize>, end: usize) -> Option<()> {
        if range.end > end {
            return None;
        }
        self.bytes.get_mut(range)?.fill(0);
        Some(())
    }

    /// Empties the addresses of a film's own media, which are paths on the disk on which it was cut.
    fn references(&mut self, body: Range<usize>) -> Option<()> {
        let mut rest = body.start + 8..body.end;
        while let Some(part) = part(&self.bytes, &rest).filter(|_| !rest.is_empty()) {
            self.fill(part.payload + 4..part.range.end.max(part.payload + 4), part.range.end)?;
            rest.start = part.range.end;
        }
        Some(())
    }

    /// Ends a track: names in its descriptions go, and all of it if nobody sees or hears it.
    fn finish(&mut self, track: &Track, whole: &Part) -> Option<()> {
        if !SHOWN.contains(&&track.handler) {
            self.samples.extend(self.samples_of(track)?);
            self.dropped.insert(track.id);
            self.empty(whole);
            return Some(());
        }
        let Some(body) = &track.descriptions else { return Some(()) };
        let mut rest = body.start + 8..body.end;
        while let Some(entry) = part(&self.bytes, &rest).filter(|_| !rest.is_empty()) {
            rest.start = entry.range.end;
            let at = |names: Range<usize>| entry.range.start + names.start..entry.range.start + names.end;
            if matches!(&track.handler, b"vide" | b"soun") && at(VENDOR).end <= entry.range.end {
                self.bytes[at(VENDOR)].fill(0);
            }
            if &track.handler == b"vide" && at(0..DESCRIPTION).end <= entry.range.end {
                self.bytes[at(COMPRESSOR)].fill(0);
                let mut own = at(0..DESCRIPTION).end..entry.range.end;
                while let Some(part) = part(&self.bytes, &own).filter(|_| !own.is_empty()) {
                    if matches!(&part.name, b"uuid" | b"udta" | b"meta") {
                        self.empty(&part);
                    }
                    own.start = part.range.end;
                }
            }
        }
        Some(())
    }

    /// Where the samples of a track lie, a range for each chunk.
    fn samples_of(&self, track: &Track) -> Option<Vec<Range<usize>>> {
        let (Some((offsets, is_long)), Some(sizes), Some(chunks)) = (&track.offsets, &track.sizes, &track.chunks)
        else {
            return Some(Vec::new());
        };
        let table = |range: &Range<usize>, head: usize, width: usize| {
            let rows = self.bytes.get(range.start + head..range.end);
            rows.map(|rows| rows.chunks_exact(width))
        };
        let read = |row: &[u8]| row.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        let same = number(&self.bytes, sizes.start + 4)? as usize;
        let mut each = table(sizes, 12, 4)?.map(read);
        let mut runs = table(chunks, 8, 12)?.map(|row| (read(&row[..4]), read(&row[4..8]))).peekable();
        let mut samples = 0;
        let (mut ranges, mut total) = (Vec::new(), 0_usize);
        let places = table(offsets, 8, if *is_long { 8 } else { 4 })?;
        for (nth, start) in places.map(read).enumerate() {
            while let Some((_, count)) = runs.next_if(|(first, _)| *first <= nth + 1) {
                samples = count;
            }
            let length = if same > 0 { same.checked_mul(samples)? } else { each.by_ref().take(samples).sum() };
            total = total.checked_add(length)?;
            ranges.push(start..start.checked_add(length)?);
        }
        // Chunks that lie upon each other would take more time than the file is long.
        (total <= self.bytes.len()).then_some(ranges)
    }

    /// Empties the samples of the tracks that are dropped, in so far as they are samples.
    fn erase(&mut self) -> Option<()> {
        for range in std::mem::take(&mut self.samples) {
            let after = self.media.partition_point(|media| media.start <= range.start);
            let inside = after.checked_sub(1).is_some_and(|at| self.media[at].end >= range.end);
            if inside {
                self.bytes.get_mut(range)?.fill(0);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"+31.2304+121.4737/ Phone 9";

    fn boxed(name: &str, parts: &[&[u8]]) -> Vec<u8> {
        let body = parts.concat();
        [&u32::try_from(body.len() + 8).expect("short").to_be_bytes(), name.as_bytes(), &body].concat()
    }

    fn numbers(numbers: &[u32]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    /// A track with one chunk of one sample.
    fn track(handler: &str, id: u32, at: usize, length: usize, secret: &[u8]) -> Vec<u8> {
        let date = 0xe300_0000;
        let offset = numbers(&[0, 1, u32::try_from(at).expect("short")]);
        let size = numbers(&[0, 0, 1, u32::try_from(length).expect("short")]);
        let mut entry = vec![0; 78];
        entry[VENDOR.start - 8..VENDOR.end - 8].copy_from_slice(b"appl");
        entry[COMPRESSOR.start - 8..COMPRESSOR.start - 8 + secret.len().min(32)]
            .copy_from_slice(&secret[..secret.len().min(32)]);
        let table = boxed(
            "stbl",
            &[
                &boxed(
                    "stsd",
                    &[
                        &numbers(&[0, 1]),
                        &boxed("avc1", &[&entry, &boxed("avcC", &[b"config"]), &boxed("uuid", &[secret])]),
                    ],
                ),
                &boxed("stsc", &[&numbers(&[0, 1, 1, 1, 1])]),
                &boxed("stsz", &[&size]),
                &boxed("stco", &[&offset]),
            ],
        );
        let reference = boxed("dref", &[&numbers(&[0, 1]), &boxed("alis", &[&numbers(&[1]), secret])]);
        let name = boxed("hdlr", &[&numbers(&[0, 0]), handler.as_bytes(), &[0; 12], secret, b"\0"]);
        boxed(
            "trak",
            &[
                &boxed("tkhd", &[&numbers(&[7, date, date, id, 0, 90])]),
                &boxed(
                    "mdia",
                    &[
                        &boxed("mdhd", &[&numbers(&[0, date, date, 600])]),
                        &name,
                        &boxed("minf", &[&boxed("dinf", &[&reference]), &table]),
                    ],
                ),
                &boxed("udta", &[secret]),
                &boxed("meta", &[secret]),
            ],
        )
    }

    /// A film whose samples are `SEEN` and a note of the device.
    fn film(secret: &[u8]) -> Vec<u8> {
        let head = boxed("ftyp", &[b"isom\0\0\0\0"]);
        let start = head.len() + 8;
        let media = boxed("mdat", &[b"SEEN", secret]);
        let wide_date = [&[1, 0, 0, 0][..], &[9; 16], &numbers(&[600, 90])].concat();
        let movie = boxed(
            "moov",
            &[
                &boxed("mvhd", &[&wide_date]),
                &track("vide", 1, start, 4, secret),
                &track("meta", 2, start + 4, secret.len(), secret),
                &boxed("udta", &[&boxed("\u{a9}xy", &[secret])]),
                &boxed("meta", &[secret]),
            ],
        );
        [
            head,
            media,
            boxed("free", &[secret]),
            movie,
            boxed("uuid", &[secret]),
            boxed("XMP_", &[secret]),
            secret.to_vec(),
        ]
        .concat()
    }

    #[test]
    fn nothing_is_left_of_where_when_and_with_what_a_film_was_taken() {
        let told = film(SECRET);
        let cleaned = clean(&told).expect("a film");
        assert_eq!(cleaned.len(), told.len());
        for secret in [&SECRET[..8], b"Phone", b"appl", &[0xe3, 0, 0, 0], &[9; 4]] {
            assert!(memchr::memmem::find(&told, secret).is_some(), "{secret:?}");
            assert_eq!(memchr::memmem::find(&cleaned, secret), None, "{secret:?}");
        }
        // What is seen is as it was, at the place that the table names.
        let at = memchr::memmem::find(&told, b"SEEN").expect("samples");
        assert_eq!(&cleaned[at..at + 4], b"SEEN");
        for kept in [b"vide".as_slice(), b"config", b"stco", &numbers(&[7, 0, 0, 1, 0, 90])] {
            assert!(memchr::memmem::find(&cleaned, kept).is_some(), "{kept:?}");
        }
        assert!(clean(&cleaned) == Ok(cleaned.clone()), "more was taken out the second time");
    }

    #[test]
    fn a_broken_film_is_refused() {
        let told = film(SECRET);
        let moov = memchr::memmem::find(&told, b"moov").expect("a movie");
        assert_eq!(clean(&told[..moov + 40]), Err(Refused::Damaged));
        assert_eq!(clean(&told[..moov - 4]), Err(Refused::Damaged));
        // Notes of the device in fragments.
        let fragment = boxed("moof", &[&boxed("traf", &[&boxed("tfhd", &[&numbers(&[0, 2])])])]);
        let end = told.len() - SECRET.len();
        assert_eq!(clean(&[&told[..end], &fragment].concat()), Err(Refused::Unknown));
    }
}
