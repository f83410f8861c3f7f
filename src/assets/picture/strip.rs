//! Files without their metadata, byte for byte the same picture: PNG, WebP and GIF by their chunks. Knows nothing of pixels.

use std::ops::Range;

/// Chunks of a PNG that make the picture. `gAMA`, `cHRM` and `sRGB` tell its colours and nothing about anybody.
const PNG_CHUNKS: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"];
const PNG_SIGNATURE: usize = 8;

/// A PNG's chunks that make the picture; `None` if one is cut or the end is missing.
pub fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..PNG_SIGNATURE)?.to_vec();
    let mut at = PNG_SIGNATURE;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let end = at.checked_add(length)?.checked_add(12)?;
        let name: &[u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let chunk = bytes.get(at..end)?;
        if PNG_CHUNKS.contains(&name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

/// Flags of a WebP's `VP8X` for what is dropped: profile, EXIF, XMP.
const WEBP_DROPPED_FLAGS: u8 = 0b0010_1100;
const WEBP_CHUNKS: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];

/// The chunks of a WebP: name, and payload. `None` if one is cut.
pub fn webp_chunks(bytes: &[u8]) -> Option<Vec<([u8; 4], Range<usize>)>> {
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let end = size.checked_add(8).filter(|end| *end <= bytes.len())?;
    let mut chunks = Vec::new();
    let mut at = 12;
    while at < end {
        let name = bytes.get(at..at + 4)?.try_into().ok()?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let payload = at + 8..(at + 8).checked_add(length).filter(|last| *last <= end)?;
        at = payload.end + length % 2;
        chunks.push((name, payload));
    }
    Some(chunks)
}

/// A WebP's chunks that make the picture; `None` if one is cut.
pub fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    for (name, payload) in webp_chunks(bytes)? {
        if !WEBP_CHUNKS.contains(&&name) {
            continue;
        }
        out.extend(name);
        out.extend(u32::try_from(payload.len()).ok()?.to_le_bytes());
        let start = out.len();
        out.extend_from_slice(&bytes[payload]);
        if &name == b"VP8X"
            && let Some(flags) = out.get_mut(start)
        {
            *flags &= !WEBP_DROPPED_FLAGS;
        }
        if (out.len() - start) % 2 == 1 {
            out.push(0);
        }
    }
    let size = u32::try_from(out.len() - 8).ok()?.to_le_bytes();
    out[4..8].copy_from_slice(&size);
    Some(out)
}

/// What a walk over a GIF's blocks finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gif {
    /// Without comments, texts and application blocks, but the one that says how often it repeats.
    pub bytes: Vec<u8>,
    /// Its frames.
    pub frames: usize,
}

/// Walks over a GIF's blocks; `None` if one is cut or the end is missing.
pub fn gif(bytes: &[u8]) -> Option<Gif> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut gif = Gif { bytes: bytes.get(..at)?.to_vec(), frames: 0 };
    loop {
        let start = at;
        match *bytes.get(at)? {
            // An image: its descriptor, its table, the size of its codes, its data.
            0x2c => {
                at = sub_blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
                gif.frames += 1;
                gif.bytes.extend_from_slice(bytes.get(start..at)?);
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                at = sub_blocks(bytes, at + 2)?;
                let repeats = label == 0xff && bytes.get(start + 2..start + 14)? == b"\x0bNETSCAPE2.0";
                if label == 0xf9 || repeats {
                    gif.bytes.extend_from_slice(bytes.get(start..at)?);
                }
            }
            0x3b => {
                gif.bytes.push(0x3b);
                return (gif.frames > 0).then_some(gif);
            }
            _ => return None,
        }
    }
}

/// The end of the sub-blocks that begin at `at`.
fn sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            0 => return Some(at + 1),
            length => at += usize::from(length) + 1,
        }
    }
}
