//! Sound, and AVI: MP3 without its tags, WAV, AVI, FLAC and Ogg with what they tell overwritten in place.

use std::collections::BTreeMap;
use std::ops::Range;

/// Chunks of a WAV, and of an AVI and its lists, that are sound or pictures.
const RIFF: [&[u8; 4]; 11] =
    [b"fmt ", b"data", b"fact", b"ds64", b"avih", b"strh", b"strf", b"idx1", b"indx", b"vprp", b"dmlh"];
/// Lists whose chunks are looked at.
const LISTS: [&[u8; 4]; 3] = [b"hdrl", b"strl", b"odml"];

/// The tags before the sound, one after another: `ID3v2` (id3.org) and `APEv2`.
fn before(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        let length = match rest {
            [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] => {
                let size = [a, b, c, d].iter().fold(0, |sum, byte| sum << 7 | usize::from(**byte & 0x7f));
                10 + size + usize::from(flags & 0x10) / 16 * 10
            }
            _ if rest.starts_with(b"APETAGEX") => rest.get(12..16).map_or(0, little) + 32,
            _ => return at,
        };
        at = (at + length).min(bytes.len());
    }
}

/// Where the tags behind the sound begin: `ID3v1`, `APEv2`, Lyrics3.
fn behind(bytes: &[u8]) -> usize {
    let mut end = bytes.len();
    loop {
        let from = |length: usize| end.checked_sub(length);
        let starts = |length: usize, word: &[u8]| from(length).is_some_and(|at| bytes[at..end].starts_with(word));
        let length = if starts(128, b"TAG") {
            128
        } else if starts(227, b"TAG+") {
            227
        } else if starts(32, b"APETAGEX") {
            let footer = &bytes[end - 32..end];
            let header = if footer[23] & 0x80 == 0 { 0 } else { 32 };
            little(&footer[12..16]).max(32) + header
        } else if starts(9, b"LYRICS200") {
            let digits = from(15).and_then(|at| std::str::from_utf8(&bytes[at..at + 6]).ok());
            digits.and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(0) + 15
        } else {
            return end;
        };
        end = end.saturating_sub(length);
    }
}

fn little(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

/// MP3 or AAC without its tags; `None` if nothing else is in it.
pub fn mpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let sound = bytes.get(before(bytes)..behind(bytes)).filter(|sound| !sound.is_empty());
    sound.map(<[u8]>::to_vec)
}

/// A WAV or an AVI in as many bytes; `None` if it is broken.
pub fn riff(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at + 8 <= bytes.len() {
        let name: &[u8; 4] = bytes[at..at + 4].try_into().ok()?;
        let size = little(&bytes[at + 4..at + 8]);
        let end = (at + 8).checked_add(size)?;
        let list = bytes.get(at + 8..at + 12);
        let is_opened = match name {
            b"RIFF" => true,
            b"LIST" => list.is_some_and(|list| LISTS.iter().any(|known| *known == list)),
            _ => false,
        };
        if is_opened {
            at += 12;
            continue;
        }
        let is_kept = RIFF.contains(&name) || name == b"LIST" && list == Some(b"movi".as_slice());
        // Recorders that were switched off leave a length of nothing or of everything.
        let end = if is_kept { end.min(bytes.len()) } else { end };
        let chunk = out.get_mut(at..end)?;
        if !is_kept {
            chunk[..4].copy_from_slice(b"JUNK");
            chunk[8..].fill(0);
        }
        at = end + size % 2;
    }
    out[at.min(bytes.len())..].fill(0);
    Some(out)
}

/// A FLAC in as many bytes: comments, pictures and notes of programs become padding (RFC 9639). `None` if it is broken.
pub fn flac(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let mut at = 4;
    loop {
        let head = *out.get(at)?;
        let length = out.get(at + 1..at + 4)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let body = out.get_mut(at + 4..at + 4 + length)?;
        // Stream information and the table of places.
        if !matches!(head & 0x7f, 0 | 3) {
            body.fill(0);
            out[at] = head & 0x80 | 1;
        }
        at += 4 + length;
        if head & 0x80 != 0 {
            return Some(out);
        }
    }
}

/// What is known of one stream of an Ogg file.
#[derive(Default)]
struct Stream {
    /// Packets that have ended.
    packets: usize,
    /// How its comments begin.
    prefix: usize,
    /// Whether a bit closes its comments.
    is_framed: bool,
    /// Where the packet of comments lies, over several pages.
    comments: Vec<Range<usize>>,
}

/// An Ogg file in as many bytes (RFC 3533): the second packet of each stream, its comments, becomes empty. `None` if it is broken, or
/// of a kind whose comments are unknown.
pub fn ogg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let mut streams: BTreeMap<[u8; 4], Stream> = BTreeMap::new();
    let mut pages = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let count = usize::from(*bytes.get(at + 26)?);
        let table = bytes.get(at + 27..at + 27 + count)?;
        let mut place = at + 27 + count;
        let stream = streams.entry(bytes.get(at + 14..at + 18)?.try_into().ok()?).or_default();
        let begun = stream.comments.len();
        let mut packet = place;
        for length in table {
            place += usize::from(*length);
            if *length < 255 {
                stream.take(bytes.get(packet..place)?)?;
                if stream.packets == 1 {
                    stream.comments.push(packet..place);
                }
                stream.packets += 1;
                packet = place;
            }
        }
        // A packet that goes on in the next page.
        if packet < place {
            stream.take(bytes.get(packet..place)?)?;
            if stream.packets == 1 {
                stream.comments.push(packet..place);
            }
        }
        if !bytes[at..].starts_with(b"OggS") || place > bytes.len() {
            return None;
        }
        if stream.comments.len() > begun {
            pages.push(at..place);
        }
        at = place;
    }
    for stream in streams.values() {
        stream.blank(&mut out);
    }
    for page in pages {
        let page = &mut out[page];
        page[22..26].fill(0);
        let sum = checksum(page);
        page[22..26].copy_from_slice(&sum.to_le_bytes());
    }
    Some(out)
}

impl Stream {
    /// Learns from the start of the first packet what the stream is.
    fn take(&mut self, packet: &[u8]) -> Option<()> {
        if self.packets == 0 && self.prefix == 0 {
            (self.prefix, self.is_framed) = match packet {
                [1, b'v', b'o', b'r', b'b', b'i', b's', ..] => (7, true),
                [0x80, b't', b'h', b'e', b'o', b'r', b'a', ..] => (7, false),
                [b'O', b'p', b'u', b's', ..] => (8, false),
                // The head of a FLAC block.
                [0x7f, b'F', b'L', b'A', b'C', ..] => (4, false),
                _ => return None,
            };
        }
        Some(())
    }

    /// Writes no maker and no comments after the prefix.
    fn blank(&self, out: &mut [u8]) {
        for (nth, byte) in self.comments.iter().flat_map(Clone::clone).enumerate() {
            if nth >= self.prefix {
                out[byte] = u8::from(self.is_framed && nth == self.prefix + 8);
            }
        }
    }
}

/// The sum of a page (RFC 3533, 6).
fn checksum(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256_u32)
        .map(|byte| (0..8).fold(byte << 24, |sum, _| if sum >> 31 == 1 { sum << 1 ^ 0x04c1_1db7 } else { sum << 1 }))
        .collect();
    bytes.iter().fold(0, |sum, byte| sum << 8 ^ table[usize::from(sum.to_be_bytes()[0] ^ byte)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_before_and_behind_an_mp3_go() {
        let sound = b"\xff\xfb\x90\0sound".as_slice();
        let id3 = [b"ID3\x03\0\0\0\0\x01\x02".as_slice(), &[b'W'; 130]].concat();
        let id3v1 = [b"TAG".as_slice(), &[b'W'; 125]].concat();
        let footer = |size: u8, flags: u8| {
            [b"APETAGEX\xd0\x07\0\0".as_slice(), &[size, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, flags], &[0; 8]].concat()
        };
        let ape = [footer(42, 0x80), b"WWWWWWWWWW".to_vec(), footer(42, 0x80)].concat();
        let lyrics = b"LYRICSBEGINWWWW000015LYRICS200".as_slice();
        assert_eq!(mpeg(&[&id3, &id3, sound, &ape, lyrics, &id3v1].concat()).as_deref(), Some(sound));
        assert_eq!(mpeg(&[sound, &id3v1].concat()).as_deref(), Some(sound));
        assert_eq!(mpeg(sound).as_deref(), Some(sound));
        assert_eq!(mpeg(&id3), None);
        assert_eq!(mpeg(&id3[..20]), None);
    }

    #[test]
    fn lists_and_notes_of_a_wav_and_an_avi_become_junk() {
        let chunk = |name: &[u8], body: &[u8]| {
            [name, &u32::try_from(body.len()).expect("short").to_le_bytes(), body, &vec![0; body.len() % 2]].concat()
        };
        let wave = |parts: &[Vec<u8>]| chunk(b"RIFF", &[b"WAVE".to_vec(), parts.concat()].concat());
        let told = wave(&[
            chunk(b"bext", b"WHO"),
            chunk(b"fmt ", b"format"),
            chunk(b"LIST", b"INFOIARTWHO"),
            chunk(b"data", b"sound"),
            chunk(b"id3 ", b"WHO!"),
        ]);
        let kept = wave(&[
            chunk(b"JUNK", &[0; 3]),
            chunk(b"fmt ", b"format"),
            chunk(b"JUNK", &[0; 11]),
            chunk(b"data", b"sound"),
            chunk(b"JUNK", &[0; 4]),
        ]);
        assert_eq!(riff(&told), Some(kept.clone()));
        assert_eq!(riff(&[kept.clone(), b"WHO".to_vec()].concat()), Some([kept.clone(), vec![0; 3]].concat()));
        assert_eq!(riff(&told[..told.len() - 3]), None);
        let list = |kind: &[u8], parts: &[Vec<u8>]| chunk(b"LIST", &[kind.to_vec(), parts.concat()].concat());
        let film = |date: &[u8], name: &[u8], text: &[u8]| {
            let stream = list(b"strl", &[chunk(b"strh", b"head"), chunk(name, text)]);
            chunk(
                b"RIFF",
                &[
                    b"AVI ".to_vec(),
                    list(b"hdrl", &[chunk(b"avih", b"main"), stream, chunk(date, text)]),
                    list(b"movi", &[chunk(b"00dc", b"WHO?")]),
                ]
                .concat(),
            )
        };
        assert_eq!(riff(&film(b"IDIT", b"strn", b"when")), Some(film(b"JUNK", b"JUNK", &[0; 4])));
    }

    #[test]
    fn comments_of_a_flac_become_padding() {
        let told = b"fLaC\0\0\0\x02in\x04\0\0\x03WHO\x86\0\0\x03WHOsound";
        assert_eq!(
            flac(told).as_deref(),
            Some(b"fLaC\0\0\0\x02in\x01\0\0\x03\0\0\0\x81\0\0\x03\0\0\0sound".as_slice())
        );
        assert_eq!(flac(b"fLaC\x84\0\0\x09WHO"), None);
    }

    fn page(number: u8, table: &[u8], body: &[u8]) -> Vec<u8> {
        let head = [b"OggS\0\0\0\0\0\0\0\0\0\0abcd".as_slice(), &[number, 0, 0, 0, 0, 0, 0, 0]].concat();
        let mut page = [head, vec![u8::try_from(table.len()).expect("short")], table.to_vec(), body.to_vec()].concat();
        let sum = checksum(&page);
        page[22..26].copy_from_slice(&sum.to_le_bytes());
        page
    }

    #[test]
    fn comments_of_an_ogg_become_empty_and_sums_right() {
        let comments = [b"\x03vorbis\x03\0\0\0WHO\x01\0\0\0\x03\0\0\0WHO\x01".as_slice(), &[b'W'; 260]].concat();
        let rest = u8::try_from(comments.len() - 255).expect("short");
        let told = [
            page(0, &[9], b"\x01vorbis.."),
            page(1, &[255], &comments[..255]),
            page(2, &[rest, 5], &[&comments[255..], b"setup"].concat()),
        ]
        .concat();
        let empty = [b"\x03vorbis\0\0\0\0\0\0\0\0\x01".as_slice(), &vec![0; comments.len() - 16]].concat();
        let kept = [
            page(0, &[9], b"\x01vorbis.."),
            page(1, &[255], &empty[..255]),
            page(2, &[rest, 5], &[&empty[255..], b"setup"].concat()),
        ]
        .concat();
        assert_eq!(ogg(&told), Some(kept.clone()));
        assert_eq!(ogg(&kept), Some(kept.clone()));
        assert_eq!(ogg(&told[..told.len() - 1]), None);
        // The sum of a page that a well-known encoder made: RFC 3533's polynomial over one byte.
        assert_eq!(checksum(&[1]), 0x04c1_1db7);
    }
}
