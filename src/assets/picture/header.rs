//! Reads a picture's header: enough to determine its derivatives and the memory that decoding needs. Decodes nothing.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use serde::{Deserialize, Serialize};

use super::jpeg::{self, Unread};
use super::{strip, svg};
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// Maximum number of pixels, over all frames.
pub const PIXEL_LIMIT: u64 = 120_000_000;

/// A picture's file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// GIF of one frame or several. A GIF of several frames is published as it is.
    Gif,
    /// SVG.
    Svg,
}

/// What a picture's header says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// File format.
    pub format: Format,
    /// How to turn the pixels so that the picture is upright.
    #[serde(with = "exif")]
    pub orientation: Orientation,
    /// Width in pixels, once upright.
    pub width: u32,
    /// Height in pixels, once upright.
    pub height: u32,
    /// Whether it has an alpha channel.
    pub has_alpha: bool,
    /// Whether it has a colour profile other than sRGB.
    pub has_profile: bool,
    /// Number of frames of a GIF.
    pub frames: u32,
    /// Whether it is an animated WebP or PNG. Only the first frame is shown.
    pub is_moving: bool,
    /// Maximum number of bytes that decoding holds at once, independent of the scale.
    fixed_need: u64,
    /// Further bytes at full size, which shrink with the scale.
    scaled_need: u64,
}

/// Serialises an orientation as its EXIF number.
mod exif {
    use image::metadata::Orientation;
    use serde::{Deserialize as _, Deserializer, Serializer};

    // Serde requires this signature.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub fn serialize<S: Serializer>(orientation: &Orientation, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(orientation.to_exif())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Orientation, D::Error> {
        let number = u8::deserialize(deserializer)?;
        Orientation::from_exif(number).ok_or_else(|| serde::de::Error::custom("orientation"))
    }
}

impl Header {
    /// Whether the file without its metadata shows the same picture as its decoded pixels: upright and in sRGB.
    pub fn is_plain(&self) -> bool {
        self.orientation == Orientation::NoTransforms && !self.has_profile && self.frames == 1
    }

    /// Whether it is published as a single file for every use: SVG drawings and animations.
    pub fn is_whole(&self) -> bool {
        self.format == Format::Svg || self.frames > 1
    }

    /// Maximum number of bytes that decoding holds at once, with each side divided by `shrink`.
    pub fn need(&self, shrink: u32) -> u64 {
        self.fixed_need + self.scaled_need / (u64::from(shrink) * u64::from(shrink))
    }

    /// The factor by which each side can be divided while decoding for a result of `width` × `height` upright pixels.
    /// At least twice the width and height are decoded, for the filter that makes the final size.
    pub fn shrink(&self, width: u32, height: u32) -> u32 {
        if self.format != Format::Jpeg {
            return 1;
        }
        let fits = |shrink: &u32| self.width / shrink >= width * 2 && self.height / shrink >= height * 2;
        [8, 4, 2].into_iter().find(fits).unwrap_or(1)
    }

    /// The extension of a file published in its own format.
    pub fn extension(&self) -> &'static str {
        match self.format {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::WebP => "webp",
            Format::Gif => "gif",
            Format::Svg => "svg",
        }
    }
}

/// Reads the header.
///
/// # Errors
/// A mistake that says what is wrong with the picture.
pub fn read(path: &str, bytes: &[u8]) -> Result<Header, Mistake> {
    let header = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => of_jpeg(path, bytes)?,
        Ok(format @ (ImageFormat::Png | ImageFormat::WebP)) => of_raster(path, bytes, format)?,
        Ok(ImageFormat::Gif) => of_gif(path, bytes)?,
        Ok(other) => return Err(say::picture_format(path, &format!("{other:?}").to_uppercase())),
        Err(_) if svg::is_svg(bytes) => of_svg(path, bytes)?,
        Err(_) => return Err(unknown(path, bytes)),
    };
    let pixels = u64::from(header.width) * u64::from(header.height) * u64::from(header.frames);
    if header.format != Format::Svg && pixels > PIXEL_LIMIT {
        return Err(say::picture_huge(path, header.width, header.height));
    }
    Ok(header)
}

fn unknown(path: &str, bytes: &[u8]) -> Mistake {
    let brand = bytes.get(4..12).unwrap_or_default();
    if brand.starts_with(b"ftyp") {
        say::picture_format(path, if brand.ends_with(b"avif") { "AVIF" } else { "HEIC" })
    } else if bytes.is_empty() {
        say::picture_damaged(path)
    } else {
        say::picture_format(path, "")
    }
}

/// Width and height after `orientation` is applied.
fn upright(orientation: Orientation, width: u32, height: u32) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
    }
}

fn of_jpeg(path: &str, bytes: &[u8]) -> Result<Header, Mistake> {
    let head = jpeg::head(bytes).map_err(|unread| match unread {
        Unread::Damaged => say::picture_damaged(path),
        Unread::Coding => say::picture_coding(path),
    })?;
    let pixels = u64::from(head.width) * u64::from(head.height);
    let components = u64::from(head.components);
    // A progressive picture holds all coefficients, two bytes each. Then come planes and pixels.
    let passes = if head.is_progressive { head.samples * 2 } else { 0 };
    let (width, height) = upright(head.orientation, head.width, head.height);
    Ok(Header {
        format: Format::Jpeg,
        orientation: head.orientation,
        width,
        height,
        has_alpha: false,
        has_profile: head.has_profile,
        frames: 1,
        is_moving: false,
        fixed_need: bytes.len() as u64 + passes,
        scaled_need: head.samples + pixels * components,
    })
}

/// A reader with an allocation limit large enough for the largest picture.
pub(super) fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXEL_LIMIT * 8);
    reader.limits(limits);
    reader
}

fn of_raster(path: &str, bytes: &[u8], format: ImageFormat) -> Result<Header, Mistake> {
    let damaged = |_| say::picture_damaged(path);
    let mut decoder = reader(bytes, format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let color = decoder.color_type();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let has_profile = decoder.icc_profile().ok().flatten().is_some();
    let pixels = u64::from(width) * u64::from(height);
    let channels = if color.has_alpha() { 4 } else { 3 };
    let convert = if matches!(color, ColorType::Rgb8 | ColorType::Rgba8) { 0 } else { pixels * channels };
    // A lossy WebP is decoded to planes before pixels; a lossless one is copied once.
    let planes = if format == ImageFormat::WebP { pixels * 4 } else { 0 };
    let (upright_width, upright_height) = upright(orientation, width, height);
    Ok(Header {
        format: if format == ImageFormat::Png { Format::Png } else { Format::WebP },
        orientation,
        width: upright_width,
        height: upright_height,
        has_alpha: color.has_alpha(),
        has_profile,
        frames: 1,
        is_moving: is_moving(bytes, format),
        fixed_need: bytes.len() as u64 + decoder.total_bytes() + convert.max(planes),
        scaled_need: 0,
    })
}

fn is_moving(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::WebP => {
            strip::webp_chunks(bytes).is_some_and(|chunks| chunks.iter().any(|(name, _)| name == b"ANIM"))
        }
        _ => strip::is_moving_png(bytes),
    }
}

fn of_gif(path: &str, bytes: &[u8]) -> Result<Header, Mistake> {
    let damaged = || say::picture_damaged(path);
    let gif = strip::gif(bytes).ok_or_else(damaged)?;
    let size = |at: usize| u32::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let (width, height) = (size(6), size(8));
    if width == 0 || height == 0 {
        return Err(damaged());
    }
    Ok(Header {
        format: Format::Gif,
        orientation: Orientation::NoTransforms,
        width,
        height,
        has_alpha: true,
        has_profile: false,
        frames: u32::try_from(gif.frames).unwrap_or(u32::MAX),
        is_moving: false,
        // The canvas, the frame, and the frame laid over the canvas.
        fixed_need: bytes.len() as u64 + u64::from(width) * u64::from(height) * 12,
        scaled_need: 0,
    })
}

fn of_svg(path: &str, bytes: &[u8]) -> Result<Header, Mistake> {
    let drawing = svg::read(path, bytes)?;
    Ok(Header {
        format: Format::Svg,
        orientation: Orientation::NoTransforms,
        width: drawing.width,
        height: drawing.height,
        has_alpha: true,
        has_profile: false,
        frames: 1,
        is_moving: false,
        fixed_need: bytes.len() as u64 * 8,
        scaled_need: 0,
    })
}
