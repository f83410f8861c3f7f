//! Pictures: re-encoded once in their own format, upright, without a byte of metadata. Foreign bytes are hostile until decoded.

use std::fs;
use std::io::Cursor;
use std::sync::Arc;

use camino::Utf8PathBuf;
use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    AnimationDecoder as _, DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageFormat, ImageReader, Limits,
};

use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// Changes whenever the encoder's output may: it is part of every picture's address.
const ENCODER: &str = "1";
/// Most pixels of a picture, over all frames.
const PIXEL_LIMIT: u64 = 50_000_000;
/// JPEG quality, of 100.
const JPEG_QUALITY: u8 = 85;

/// What a picture's header says.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    format: ImageFormat,
    orientation: Orientation,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
}

impl Header {
    /// The extension of the published file.
    pub fn extension(&self) -> &'static str {
        match self.format {
            ImageFormat::Jpeg => "jpg",
            ImageFormat::Png => "png",
            ImageFormat::WebP => "webp",
            _ => "gif",
        }
    }

    /// How many pixels.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// What a picture's address is made from: its bytes, and the encoder.
pub fn hash(bytes: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(ENCODER.as_bytes()).update(bytes);
    hasher.finalize()
}

/// Reads the header; nothing is decoded yet.
///
/// # Errors
/// What is wrong with the picture.
pub fn header(path: &str, bytes: &[u8]) -> Result<Header, Mistake> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => format,
        Ok(other) => return Err(say::picture_format(path, &format!("{other:?}").to_uppercase())),
        Err(_) => return Err(unknown_format(path, bytes)),
    };
    let damaged = |_| say::picture_damaged(path);
    let mut decoder = reader(bytes, format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        return Err(say::picture_huge(path, width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
    };
    Ok(Header { format, orientation, width, height })
}

fn unknown_format(path: &str, bytes: &[u8]) -> Mistake {
    let brand = bytes.get(4..12).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]);
    if brand.starts_with(b"ftyp") {
        say::picture_format(path, if brand.ends_with(b"avif") { "AVIF" } else { "HEIC" })
    } else if text.contains("<svg") {
        say::picture_format(path, "SVG")
    } else if bytes.is_empty() {
        say::picture_damaged(path)
    } else {
        say::picture_format(path, "")
    }
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXEL_LIMIT * 8);
    reader.limits(limits);
    reader
}

/// Decodes a picture, turns it upright, and encodes it in its own format without metadata.
///
/// # Errors
/// What is wrong with the picture.
pub fn encode(path: &str, bytes: &[u8], header: &Header) -> Result<Arc<[u8]>, Mistake> {
    let damaged = || say::picture_damaged(path);
    if header.format == ImageFormat::Jpeg && !jpeg_is_whole(bytes) {
        return Err(damaged());
    }
    if header.format == ImageFormat::Gif {
        return encode_gif(path, bytes);
    }
    let decoder = reader(bytes, header.format).into_decoder().map_err(|_| damaged())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| damaged())?;
    picture.apply_orientation(header.orientation);
    let mut out = Vec::new();
    let written = match header.format {
        ImageFormat::Jpeg => match picture {
            DynamicImage::ImageLuma8(grey) => JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY).encode_image(&grey),
            other => JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY).encode_image(&other.to_rgb8()),
        },
        ImageFormat::WebP => {
            let rgba = if picture.color().has_alpha() {
                DynamicImage::from(picture.to_rgba8())
            } else {
                picture.to_rgb8().into()
            };
            let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut out);
            encoder.write_image(rgba.as_bytes(), rgba.width(), rgba.height(), rgba.color().into())
        }
        _ => picture.write_to(&mut Cursor::new(&mut out), ImageFormat::Png),
    };
    written.map_err(|_| damaged())?;
    Ok(out.into())
}

/// All frames, whatever their timing; within the limit of pixels together.
fn encode_gif(path: &str, bytes: &[u8]) -> Result<Arc<[u8]>, Mistake> {
    let damaged = || say::picture_damaged(path);
    let decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let (width, height) = decoder.dimensions();
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut out, 10);
    let mut pixels = 0;
    let mut frames = 0;
    for frame in decoder.into_frames() {
        let frame = frame.map_err(|_| damaged())?;
        pixels += u64::from(width) * u64::from(height);
        if pixels > PIXEL_LIMIT {
            return Err(say::picture_huge(path, width, height));
        }
        if frames == 1 {
            encoder.set_repeat(Repeat::Infinite).map_err(|_| damaged())?;
        }
        encoder.encode_frame(frame).map_err(|_| damaged())?;
        frames += 1;
    }
    drop(encoder);
    if frames == 0 { Err(damaged()) } else { Ok(out.into()) }
}

/// Whether the end of the picture is there: decoders fill what is missing of a truncated JPEG with grey and say nothing.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    // Walk over the segments, so that a thumbnail's end is not taken for the picture's.
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4).and_then(|head| <[u8; 4]>::try_from(head).ok()) {
        if marker == 0xff {
            at += 1;
            continue;
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
        if marker == 0xda {
            return memchr::memmem::find(bytes.get(at..).unwrap_or_default(), &[0xff, 0xd9]).is_some();
        }
    }
    false
}

/// Encoded pictures on disk, by the hash that is their address. Whatever is wrong with it only costs time.
#[derive(Debug)]
pub struct Cache {
    folder: Utf8PathBuf,
}

impl Cache {
    /// A cache in `folder`, which need not exist.
    pub fn new(folder: Utf8PathBuf) -> Self {
        Self { folder }
    }

    /// A picture, if it is there as it was written.
    pub fn get(&self, hash: &blake3::Hash) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder.join(hash.to_hex().as_str())).ok()?;
        let (sum, picture) = bytes.split_at_checked(blake3::OUT_LEN)?;
        (blake3::hash(picture).as_bytes() == sum).then(|| picture.to_vec())
    }

    /// Keeps a picture; the file appears whole or not at all.
    pub fn put(&self, hash: &blake3::Hash, picture: &[u8]) {
        let name = self.folder.join(hash.to_hex().as_str());
        let part = self.folder.join(format!(".{}-{}", std::process::id(), hash.to_hex()));
        let bytes = [blake3::hash(picture).as_bytes().as_slice(), picture].concat();
        let kept = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&part, bytes))
            .and_then(|()| fs::rename(&part, &name));
        if kept.is_err() {
            let _ = fs::remove_file(&part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let picture =
            image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
        JpegEncoder::new_with_quality(&mut out, 90).encode_image(&picture).expect("jpeg");
        out
    }

    /// Puts an EXIF block with an orientation, and a secret, behind the start of a JPEG.
    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"GPS-SECRET");
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn metadata_goes_and_the_picture_stands_upright() {
        for (orientation, size) in [(1, (40, 20)), (3, (40, 20)), (6, (20, 40)), (8, (20, 40))] {
            let bytes = with_exif(&jpeg(40, 20), orientation);
            let head = header("a.jpg", &bytes).expect("header");
            assert_eq!((head.width, head.height), size);
            let out = encode("a.jpg", &bytes, &head).expect("encoded");
            assert!(memchr::memmem::find(&out, b"SECRET").is_none() && memchr::memmem::find(&out, b"Exif").is_none());
            let again = image::load_from_memory(&out).expect("decodes");
            assert_eq!((again.width(), again.height()), size);
        }
    }

    #[test]
    fn what_is_damaged_or_huge_or_foreign_is_refused_by_name() {
        let whole = jpeg(64, 64);
        let head = header("a.jpg", &whole).expect("header");
        let said = encode("a.jpg", &whole[..whole.len() - 40], &head).expect_err("truncated");
        assert_eq!(said, say::picture_damaged("a.jpg"));
        let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4a\x38\0\0\x4a\x38\x08\x02\0\0\0".to_vec();
        huge.extend([0; 400]);
        assert!(header("b.png", &huge).is_err());
        assert_eq!(header("c.heic", b"\0\0\0\x18ftypheic").expect_err("heic"), say::picture_format("c.heic", "HEIC"));
        assert_eq!(header("d.jpg", b"").expect_err("empty"), say::picture_damaged("d.jpg"));
    }
}
