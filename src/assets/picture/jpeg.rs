//! The segments of a JPEG: reads its header and removes its metadata. Does not decode pixels.

use std::ops::Range;

use image::metadata::Orientation;

/// What the segments before the pixels say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Width as stored.
    pub width: u32,
    /// Height as stored.
    pub height: u32,
    /// Number of components: 1, 3 or 4.
    pub components: u8,
    /// Number of coded samples of all components, with subsampling.
    pub samples: u64,
    /// Whether decoding must hold all coefficients, because the pixels come in several passes over the whole picture.
    pub is_progressive: bool,
    /// How to turn the picture so that it is upright.
    pub orientation: Orientation,
    /// Whether it has a colour profile.
    pub has_profile: bool,
}

/// Why a JPEG cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is truncated, or not a JPEG.
    Damaged,
    /// Its coding is not supported by browsers: arithmetic, hierarchical or 12 bit.
    Coding,
}

/// One segment: its marker, and its payload without the length.
struct Segment {
    marker: u8,
    /// The whole segment.
    range: Range<usize>,
    payload: Range<usize>,
}

/// Maximum number of scans. Decoding takes time for all pixels in each of them, however short it is; writers make about ten.
const SCAN_LIMIT: usize = 100;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const EXIF: &[u8] = b"Exif\0\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// The segment at `at`, after fill bytes; `None` at the end or if there is no segment.
fn segment(bytes: &[u8], at: usize) -> Option<Segment> {
    let mut start = at;
    while bytes.get(start..start + 2)? == [0xff, 0xff] {
        start += 1;
    }
    let [0xff, marker] = *bytes.get(start..start + 2)? else { return None };
    if matches!(marker, SOI | EOI | 0x01 | 0xd0..=0xd7) {
        return Some(Segment { marker, range: start..start + 2, payload: start + 2..start + 2 });
    }
    let length = usize::from(u16::from_be_bytes(bytes.get(start + 2..start + 4)?.try_into().ok()?));
    let end = start + 2 + length;
    (length >= 2 && end <= bytes.len()).then_some(Segment { marker, range: start..end, payload: start + 4..end })
}

/// The end of the coded pixels that begin at `at`: the next marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    memchr::memchr_iter(0xff, rest)
        .find(|found| !matches!(rest.get(found + 1), None | Some(0x00 | 0xff | 0xd0..=0xd7)))
        .map(|found| at + found)
}

/// Reads the segments before the pixels.
///
/// # Errors
/// Why they cannot be read.
pub fn head(bytes: &[u8]) -> Result<Head, Unread> {
    let mut at = 2;
    let mut orientation = None;
    let mut has_profile = false;
    loop {
        let Segment { marker, range, payload } = segment(bytes, at).ok_or(Unread::Damaged)?;
        let body = &bytes[payload];
        match marker {
            APP1 if body.starts_with(EXIF) => {
                orientation = orientation.or_else(|| Orientation::from_exif_chunk(&body[EXIF.len()..]));
            }
            APP2 if body.starts_with(PROFILE) => has_profile = true,
            // SOF0 to SOF2: baseline, extended and progressive Huffman.
            0xc0..=0xc2 => {
                let &[precision, h1, h0, w1, w0, components, ..] = body else { return Err(Unread::Damaged) };
                if precision != 8 {
                    return Err(Unread::Coding);
                }
                let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                if width == 0 || height == 0 || !matches!(components, 1 | 3 | 4) {
                    return Err(Unread::Damaged);
                }
                return Ok(Head {
                    width: width.into(),
                    height: height.into(),
                    components,
                    samples: samples(width, height, &body[6..]).ok_or(Unread::Damaged)?,
                    // A baseline picture in several scans needs all coefficients like a progressive one. Only the scan
                    // that follows this header shows that.
                    is_progressive: marker == 0xc2 || !is_interleaved(bytes, range.end, components),
                    orientation: exif_behind(bytes, range.end, orientation),
                    has_profile: has_profile || profile_behind(bytes, range.end),
                });
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return Err(Unread::Coding),
            SOS | EOI => return Err(Unread::Damaged),
            _ => {}
        }
        at = range.end;
    }
}

/// The number of samples of all components; each component takes three bytes.
fn samples(width: u16, height: u16, components: &[u8]) -> Option<u64> {
    let factors =
        || components.chunks_exact(3).map(|component| (u64::from(component[1] >> 4), u64::from(component[1] & 15)));
    let (wide, high) = factors().fold((0, 0), |(wide, high), (h, v)| (wide.max(h), high.max(v)));
    let area: u64 = factors().map(|(h, v)| h * v).sum();
    Some(wide * high).filter(|most| *most > 0).map(|most| u64::from(width) * u64::from(height) * area / most)
}

/// The segments from `at` up to and including the first scan.
fn before_scan(bytes: &[u8], at: usize) -> impl Iterator<Item = Segment> {
    let mut next = Some(at);
    std::iter::from_fn(move || {
        let found = segment(bytes, next?)?;
        next = (found.marker != SOS && found.marker != EOI).then_some(found.range.end);
        Some(found)
    })
}

fn is_interleaved(bytes: &[u8], at: usize, components: u8) -> bool {
    let scan = before_scan(bytes, at).find(|segment| segment.marker == SOS);
    scan.and_then(|scan| bytes.get(scan.payload.start).copied()).is_none_or(|count| count == components)
}

/// The orientation, also searched for behind the frame header, where some writers put EXIF.
fn exif_behind(bytes: &[u8], at: usize, found: Option<Orientation>) -> Orientation {
    let behind = || {
        before_scan(bytes, at)
            .filter(|segment| segment.marker == APP1)
            .find_map(|segment| Orientation::from_exif_chunk(bytes[segment.payload].strip_prefix(EXIF)?))
    };
    found.or_else(behind).unwrap_or(Orientation::NoTransforms)
}

fn profile_behind(bytes: &[u8], at: usize) -> bool {
    before_scan(bytes, at).any(|segment| segment.marker == APP2 && bytes[segment.payload].starts_with(PROFILE))
}

/// Keeps only tables, frame, scans and the markers that determine the colours; drops everything after the end of the
/// image. `None` if the end is missing, since decoders silently fill missing data with grey, or if there are too many scans.
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    kept(bytes, Kept::Pixels)
}

/// The same, and also keeps the colour profile, and the orientation alone of EXIF.
pub fn neutral(bytes: &[u8]) -> Option<Vec<u8>> {
    kept(bytes, Kept::Look)
}

/// How much of a picture stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// What makes the pixels.
    Pixels,
    /// Also what makes them look right.
    Look,
}

/// EXIF that says how to turn a picture and nothing else: a directory of one entry, tag 0x0112 (EXIF 2.3, 4.6.4).
fn turned(orientation: Orientation) -> Vec<u8> {
    let mut exif = vec![0xff, APP1, 0, 34];
    exif.extend_from_slice(EXIF);
    exif.extend_from_slice(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0");
    exif.extend([orientation.to_exif(), 0, 0, 0, 0, 0, 0, 0]);
    exif
}

fn kept(bytes: &[u8], kept: Kept) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend([0xff, SOI]);
    let mut at = 2;
    let mut scans = 0;
    let mut orientation = None;
    loop {
        let Segment { marker, range, payload } = segment(bytes, at)?;
        at = range.end;
        match marker {
            EOI => {
                out.extend([0xff, EOI]);
                return (scans > 0).then_some(out);
            }
            SOS if scans == SCAN_LIMIT => return None,
            SOS => {
                at = scan_end(bytes, range.end)?;
                out.extend_from_slice(&bytes[range.start..at]);
                scans += 1;
            }
            // JFIF without its thumbnail, and Adobe's colour transform.
            APP0 if bytes[payload.clone()].starts_with(b"JFIF\0") && payload.len() >= 14 => {
                out.extend([0xff, APP0, 0, 16]);
                out.extend_from_slice(&bytes[payload.start..payload.start + 12]);
                out.extend([0, 0]);
            }
            APP14 if bytes[payload.clone()].starts_with(b"Adobe") && payload.len() >= 12 => {
                out.extend([0xff, APP14, 0, 14]);
                out.extend_from_slice(&bytes[payload.start..payload.start + 12]);
            }
            APP1 if kept == Kept::Look && orientation.is_none() && bytes[payload.clone()].starts_with(EXIF) => {
                orientation = Orientation::from_exif_chunk(&bytes[payload.start + EXIF.len()..payload.end]);
                let turn = orientation.filter(|turn| *turn != Orientation::NoTransforms);
                out.extend(turn.map(turned).unwrap_or_default());
            }
            APP2 if kept == Kept::Look && bytes[payload.clone()].starts_with(PROFILE) => {
                out.extend_from_slice(&bytes[range]);
            }
            APP0..=0xef | 0xfe | SOI | 0x01 | 0xd0..=0xd7 => {}
            _ => out.extend_from_slice(&bytes[range]),
        }
    }
}
