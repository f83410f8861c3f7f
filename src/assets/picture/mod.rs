//! Pictures. Every published file is encoded from pixels, or is a copy stripped of everything but the picture.
//!
//! In order: `jpeg`, `strip`, `svg` (file formats), [`header`] (what a file is), [`recipe`] (its derivatives,
//! determined before it is decoded), `pixels`, `encode` (how they are made), `canvas`, [`cover`] (what links show), [`budget`] and [`cache`] (memory, and
//! results of earlier builds).

pub mod budget;
pub mod cache;
mod canvas;
pub mod cover;
mod encode;
pub mod header;
mod jpeg;
mod pixels;
pub mod recipe;
mod strip;
mod svg;

use std::collections::{BTreeMap, BTreeSet};

use crate::content::shared::Shot;
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::diag::kind::FileKind;
use cover::Cover;
use header::{Format, Header};
use pixels::{Damaged, Decoded, Pixels};
use recipe::{Crop, Derived, Encoding, Quality, Rendition, Size};

/// Quality of a picture that is published in full size but cannot be copied.
const ORIGINAL: Quality = Quality { webp: 90, jpeg: 92, avif: 80 };

/// Bytes per pixel of the largest derivative that resizing and encoding hold.
const ENCODING_NEED: u64 = 24;

/// A picture whose header was read; nothing is decoded yet.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Hash of its bytes.
    pub hash: blake3::Hash,
    /// Its header.
    pub header: Header,
    /// How it is published, by use.
    pub renditions: BTreeMap<Shot, Rendition>,
    /// The covers that are made from it, each with its root address.
    pub covers: BTreeMap<Cover, String>,
}

/// What of a drawing or an animation is not published although the file is valid.
pub fn remarks(path: &str, bytes: &[u8], header: &Header) -> Vec<Mistake> {
    match header.format {
        Format::Svg => {
            let drawing = svg::read(path, bytes);
            drawing.into_iter().flat_map(|drawing| drawing.removed).map(|what| say::svg_removed(path, &what)).collect()
        }
        Format::WebP | Format::Png if header.is_moving => vec![say::picture_still(path)],
        Format::Jpeg | Format::Png | Format::WebP | Format::Gif => Vec::new(),
    }
}

impl Picture {
    /// The factor by which each side can be divided while decoding, so that all derivatives can be made.
    fn shrink(&self) -> u32 {
        let derived = self.renditions.values().filter_map(|rendition| match rendition {
            Rendition::Derived(derived) => Some(derived),
            Rendition::Whole { .. } => None,
        });
        derived.map(|derived| self.shrink_for(derived)).min().unwrap_or(1)
    }

    fn shrink_for(&self, derived: &Derived) -> u32 {
        let largest = derived.largest();
        let whole = |side: u32, part: u32, target: u32| {
            let pixels = u64::from(side) * u64::from(target) / u64::from(part.max(1));
            u32::try_from(pixels).unwrap_or(u32::MAX)
        };
        self.header.shrink(
            whole(self.header.width, derived.crop.width, largest.width),
            whole(self.header.height, derived.crop.height, largest.height),
        )
    }

    /// How it is published, each way once: uses that need the same part in the same sizes share their files.
    fn ways(&self) -> impl Iterator<Item = &Rendition> {
        let mut known = BTreeSet::new();
        self.renditions.values().filter(move |rendition| known.insert(rendition.address()))
    }

    /// Maximum number of bytes that making all derivatives holds at once.
    pub fn need(&self) -> u64 {
        let pixels = |size: Size| u64::from(size.width) * u64::from(size.height);
        let largest = self.renditions.values().map(|rendition| pixels(rendition.size())).max().unwrap_or(0);
        let encoding = if self.header.is_whole() { 0 } else { largest * ENCODING_NEED };
        self.header.need(self.shrink()) + encoding
    }

    /// Makes the files whose root address `wanted` accepts, and passes each to `made` once. The picture is decoded even if
    /// no file is wanted, so that mistakes in it are found.
    ///
    /// # Errors
    /// A mistake in the picture, or an error of `made`.
    pub fn make<E>(
        &self,
        path: &str,
        bytes: &[u8],
        wanted: &dyn Fn(&str) -> bool,
        made: &mut dyn FnMut(String, Vec<u8>) -> Result<(), E>,
    ) -> Result<Result<(), Mistake>, E> {
        let damaged = || say::picture_damaged(path);
        let decoded = match self.header.format {
            Format::Svg => None,
            Format::Jpeg | Format::Png | Format::WebP | Format::Gif => {
                match pixels::decode(bytes, &self.header, self.shrink()) {
                    Ok(decoded) => Some(decoded),
                    Err(Damaged) => return Ok(Err(damaged())),
                }
            }
        };
        if let Some(decoded) = &decoded {
            match self.covers(decoded, wanted) {
                Ok(files) => files.into_iter().try_for_each(|(address, file)| made(address, file))?,
                Err(Damaged) => return Ok(Err(damaged())),
            }
        }
        for rendition in self.ways() {
            let files = match (rendition, &decoded) {
                (Rendition::Whole { address, .. }, _) if wanted(address) => {
                    whole(path, bytes, self.header.format).map(|file| vec![(address.clone(), file)])
                }
                (Rendition::Derived(derived), Some(decoded)) => {
                    self.derive(bytes, decoded, derived, wanted).map_err(|Damaged| damaged())
                }
                (Rendition::Whole { .. }, _) | (Rendition::Derived(_), None) => Ok(Vec::new()),
            };
            match files {
                Ok(files) => files.into_iter().try_for_each(|(address, file)| made(address, file))?,
                Err(mistake) => return Ok(Err(mistake)),
            }
        }
        Ok(Ok(()))
    }

    fn derive(
        &self,
        bytes: &[u8],
        decoded: &Decoded,
        derived: &Derived,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u8>)>, Damaged> {
        let mut files = Vec::new();
        if !derived.files().any(|(size, encoding)| wanted(&derived.address(size, encoding))) {
            return Ok(files);
        }
        let largest = derived.largest();
        let mut pixels = decoded.cut(&self.header, derived.crop, largest.width, largest.height)?;
        // Each size is made from the next larger one: the result is as good and costs a fraction.
        for size in derived.sizes.iter().rev() {
            if *size != largest {
                pixels = pixels.scaled(size.width, size.height)?;
            }
            for encoding in &derived.encodings {
                let address = derived.address(*size, *encoding);
                if wanted(&address) {
                    files.push((address, self.file(bytes, &pixels, derived, *size, *encoding)?));
                }
            }
        }
        Ok(files)
    }

    /// The derivative, or the source without its metadata if that shows the same and is smaller.
    fn file(
        &self,
        bytes: &[u8],
        pixels: &Pixels,
        derived: &Derived,
        size: Size,
        encoding: Encoding,
    ) -> Result<Vec<u8>, Damaged> {
        let Header { width, height, format, .. } = self.header;
        let file = encode::encode(pixels, encoding, derived.quality)?;
        let is_same = encoding.is(format)
            && self.header.is_plain()
            && size == Size { width, height }
            && derived.crop == Crop { left: 0, top: 0, width, height };
        let stripped = if is_same { stripped(bytes, format) } else { None };
        // These bytes were written by an unknown encoder: publish them only if a second decoder accepts them, too.
        let is_sound = |file: &Vec<u8>| image::load_from_memory(file).is_ok();
        let smaller = stripped.filter(|stripped| stripped.len() < file.len()).filter(is_sound);
        Ok(smaller.unwrap_or(file))
    }
}

/// The file without metadata; `None` if it is truncated.
fn stripped(bytes: &[u8], format: Format) -> Option<Vec<u8>> {
    match format {
        Format::Jpeg => jpeg::strip(bytes),
        Format::Png => strip::png(bytes),
        Format::WebP => strip::webp(bytes),
        Format::Gif => strip::gif(bytes).map(|gif| gif.bytes),
        Format::Svg => None,
    }
}

fn whole(path: &str, bytes: &[u8], format: Format) -> Result<Vec<u8>, Mistake> {
    if format == Format::Svg {
        return svg::read(path, bytes).map(|drawing| drawing.text.into_bytes());
    }
    stripped(bytes, format).ok_or_else(|| say::picture_damaged(path))
}

/// A picture inside of another file, where it must look as before: without metadata, but with its orientation and colour profile. `None` if
/// it is cut, or no picture of pixels.
pub fn neutral(bytes: &[u8], kind: FileKind) -> Option<Vec<u8>> {
    match kind {
        FileKind::Jpeg => jpeg::neutral(bytes),
        FileKind::Png => strip::png_with(bytes, &strip::PNG_LOOK),
        FileKind::Gif => strip::gif(bytes).map(|gif| gif.bytes),
        FileKind::WebP => strip::webp(bytes),
        _ => None,
    }
}

/// The picture in its own size and format, for downloads and files copied verbatim: without its metadata if that does
/// not change what is shown, else encoded anew, upright and in sRGB.
///
/// # Errors
/// A mistake in the picture.
pub fn original(path: &str, bytes: &[u8], header: &Header) -> Result<Vec<u8>, Mistake> {
    if header.is_whole() {
        return whole(path, bytes, header.format);
    }
    let anew = || {
        let decoded = pixels::decode(bytes, header, 1)?;
        if header.is_plain() {
            return stripped(bytes, header.format).ok_or(Damaged);
        }
        let Header { width, height, .. } = *header;
        let pixels = decoded.cut(header, Crop { left: 0, top: 0, width, height }, width, height)?;
        match header.format {
            Format::Jpeg => encode::encode(&pixels, Encoding::Jpeg, ORIGINAL),
            Format::WebP => encode::webp_lossless(&pixels),
            Format::Png | Format::Gif | Format::Svg => encode::encode(&pixels, Encoding::Png, ORIGINAL),
        }
    };
    anew().map_err(|Damaged| say::picture_damaged(path))
}
