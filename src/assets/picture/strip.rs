//! Files without their metadata, byte for byte the same picture: PNG, WebP and GIF by their chunks. Knows nothing of pixels.

use std::ops::Range;

/// Chunks of a PNG that make the picture. `gAMA`, `cHRM` and `sRGB` tell its colours and nothing about anybody.
const PNG_CHUNKS: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"];
/// Further chunks that decide how large and in which colours it is shown.
pub const PNG_LOOK: [&[u8; 4]; 4] = [b"iCCP", b"pHYs", b"sBIT", b"bKGD"];
const PNG_SIGNATURE: usize = 8;

/// A PNG's chunks that make the picture; `None` if one is cut or the end is missing.
pub fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    png_with(bytes, &[])
}

/// The same with further chunks.
pub fn png_with(bytes: &[u8], more: &[&[u8; 4]]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..PNG_SIGNATURE)?.to_vec();
    let mut at = PNG_SIGNATURE;
    loop {
        let (name, range) = png_chunk(bytes, at)?;
        at = range.end;
        if PNG_CHUNKS.contains(&&name) || more.contains(&&name) {
            out.extend_from_slice(&bytes[range]);
        }
        if &name == b"IEND" {
            return Some(out);
        }
    }
}

/// Whether a PNG is an animation: `acTL` stands before the pixels.
pub fn is_moving_png(bytes: &[u8]) -> bool {
    let mut at = PNG_SIGNATURE;
    while let Some((name, range)) = png_chunk(bytes, at).filter(|(name, _)| name != b"IDAT") {
        if &name == b"acTL" {
            return true;
        }
        at = range.end;
    }
    false
}

/// The name of the chunk at a place, and the whole chunk with its length and sum.
fn png_chunk(bytes: &[u8], at: usize) -> Option<([u8; 4], Range<usize>)> {
    let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
    let end = at.checked_add(length)?.checked_add(12).filter(|end| *end <= bytes.len())?;
    Some((bytes.get(at + 4..at + 8)?.try_into().ok()?, at..end))
}

/// Flags of a WebP's `VP8X` for what is dropped: profile, EXIF, XMP.
const WEBP_DROPPED_FLAGS: u8 = 0b0010_1100;
const WEBP_CHUNKS: [&[u8; 4]; 4] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM"];
/// Position, size, duration and blending of a frame, which precede its chunks.
const WEBP_FRAME_HEAD: usize = 16;

/// The chunks of a WebP: name, and payload. `None` if one is cut.
pub fn webp_chunks(bytes: &[u8]) -> Option<Vec<([u8; 4], Range<usize>)>> {
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let end = size.checked_add(8).filter(|end| *end <= bytes.len())?;
    riff_chunks(bytes, 12, end)
}

/// The chunks between two places of a RIFF file; `None` if one is cut.
fn riff_chunks(bytes: &[u8], mut at: usize, end: usize) -> Option<Vec<([u8; 4], Range<usize>)>> {
    let mut chunks = Vec::new();
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
        let body = &bytes[payload];
        match &name {
            b"VP8X" => {
                let mut body = body.to_vec();
                body.first_mut().map(|flags| *flags &= !WEBP_DROPPED_FLAGS)?;
                push_webp_chunk(&mut out, name, &body)?;
            }
            b"ANMF" => push_webp_chunk(&mut out, name, &webp_frame(body)?)?,
            _ if WEBP_CHUNKS.contains(&&name) => push_webp_chunk(&mut out, name, body)?,
            _ => {}
        }
    }
    let size = u32::try_from(out.len() - 8).ok()?.to_le_bytes();
    out[4..8].copy_from_slice(&size);
    Some(out)
}

/// A frame of an animation with only the chunks that make its picture; `None` if one is cut.
fn webp_frame(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..WEBP_FRAME_HEAD)?.to_vec();
    for (name, payload) in riff_chunks(bytes, WEBP_FRAME_HEAD, bytes.len())? {
        if matches!(&name, b"VP8 " | b"VP8L" | b"ALPH") {
            push_webp_chunk(&mut out, name, &bytes[payload])?;
        }
    }
    Some(out)
}

/// Appends a chunk with its length, padded to an even one.
fn push_webp_chunk(out: &mut Vec<u8>, name: [u8; 4], body: &[u8]) -> Option<()> {
    out.extend(name);
    out.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
    out.extend_from_slice(body);
    out.extend(std::iter::repeat_n(0, body.len() % 2));
    Some(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        push_webp_chunk(&mut out, name, body).expect("short");
        out
    }

    #[test]
    fn a_frame_of_a_webp_keeps_its_picture_alone() {
        let webp = |parts: &[Vec<u8>]| {
            let body = [b"WEBP".to_vec(), parts.concat()].concat();
            chunk(*b"RIFF", &body)
        };
        let head = [7; WEBP_FRAME_HEAD].to_vec();
        let picture = [chunk(*b"ALPH", b"abc"), chunk(*b"VP8 ", b"de")].concat();
        let told = [head.clone(), chunk(*b"ZZZZ", b"who"), picture.clone(), chunk(*b"EXIF", b"where")].concat();
        let told = webp(&[chunk(*b"VP8X", &[0x2e; 10]), chunk(*b"ANIM", b"123456"), chunk(*b"ANMF", &told)]);
        let mut flags = [0x2e; 10];
        flags[0] = 0x02;
        let kept =
            webp(&[chunk(*b"VP8X", &flags), chunk(*b"ANIM", b"123456"), chunk(*b"ANMF", &[head, picture].concat())]);
        assert_eq!(super::webp(&told).as_deref(), Some(kept.as_slice()));
        assert_eq!(super::webp(&kept), Some(kept.clone()));
        // A chunk that reaches beyond its frame.
        let cut = webp(&[chunk(*b"ANMF", &[&[0; WEBP_FRAME_HEAD][..], b"VP8 \xff\0\0\0x"].concat())]);
        assert_eq!(super::webp(&cut), None);
    }

    #[test]
    fn a_png_moves_if_a_chunk_says_so_before_the_pixels() {
        let chunk = |name: &[u8], body: &[u8]| {
            [&u32::try_from(body.len()).expect("short").to_be_bytes(), name, body, &[0; 4]].concat()
        };
        let png = |chunks: &[Vec<u8>]| [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat();
        let (says, pixels) = (chunk(b"acTL", &[0; 8]), chunk(b"IDAT", b"acTL"));
        let text = |length| chunk(b"tEXt", &[b"acTL".as_slice(), &vec![b'a'; length]].concat());
        assert!(is_moving_png(&png(&[text(9_000), says.clone(), pixels.clone()])));
        assert!(!is_moving_png(&png(&[text(9), pixels.clone(), says])));
        assert!(!is_moving_png(&png(&[text(9), pixels])));
        assert!(!is_moving_png(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffacTL"));
    }
}
