//! Determines the derivatives of a picture for a use from its header and the theme's table alone, so that addresses
//! exist before a pixel is decoded.

use crate::content::shared::Shot;
use crate::content::value::{Aspect, Focus};
use crate::theme::settings::{Modern, PictureTable};

pub use crate::theme::settings::Quality;

use super::header::{Format, Header};

/// Part of every picture's address. Must change whenever the bytes of a derivative may change.
pub const ENCODER: &str = "3";

/// Maximum side of a derivative in pixels: WebP's limit.
const SIDE_LIMIT: u32 = 16_383;

/// A part of a picture, in pixels of the upright picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// From the left.
    pub left: u32,
    /// From the top.
    pub top: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// The format of a derivative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// AVIF.
    Avif,
    /// WebP.
    WebP,
    /// JPEG, supported by every browser.
    Jpeg,
    /// PNG, for pictures with transparency, supported by every browser.
    Png,
}

impl Encoding {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Whether it is the format of the source.
    pub fn is(self, format: Format) -> bool {
        matches!((self, format), (Self::WebP, Format::WebP) | (Self::Jpeg, Format::Jpeg) | (Self::Png, Format::Png))
    }
}

/// Size of a derivative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// How one picture is published for one use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rendition {
    /// As one file: SVG drawings and animations.
    Whole {
        /// Its root address.
        address: String,
        /// Its size.
        size: Size,
    },
    /// In several sizes and formats.
    Derived(Derived),
}

/// The derivatives of one picture for one use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The part of the picture that is shown.
    pub crop: Crop,
    /// Sizes in ascending order; never empty.
    pub sizes: Vec<Size>,
    /// Formats, the preferred first; the last is supported by every browser.
    pub encodings: Vec<Encoding>,
    /// Quality.
    pub quality: Quality,
    /// How wide pages show it: the value of the HTML attribute `sizes`.
    pub shown: String,
    /// The root address of all derivatives, without `-<width>.<extension>`.
    pub stem: String,
}

impl Rendition {
    /// The size of the largest file.
    pub fn size(&self) -> Size {
        match self {
            Self::Whole { size, .. } => *size,
            Self::Derived(derived) => derived.largest(),
        }
    }

    /// The root address of the largest file in the format that every browser supports.
    pub fn address(&self) -> String {
        match self {
            Self::Whole { address, .. } => address.clone(),
            Self::Derived(derived) => derived.address(derived.largest(), derived.fallback()),
        }
    }

    /// The root addresses of all files.
    pub fn addresses(&self) -> Vec<String> {
        match self {
            Self::Whole { address, .. } => vec![address.clone()],
            Self::Derived(derived) => derived.files().map(|(size, encoding)| derived.address(size, encoding)).collect(),
        }
    }
}

impl Derived {
    /// Every derivative.
    pub fn files(&self) -> impl Iterator<Item = (Size, Encoding)> {
        self.sizes.iter().flat_map(|size| self.encodings.iter().map(|encoding| (*size, *encoding)))
    }

    /// The root address of a derivative.
    pub fn address(&self, size: Size, encoding: Encoding) -> String {
        format!("{}-{}.{}", self.stem, size.width, encoding.extension())
    }

    /// The largest size.
    pub fn largest(&self) -> Size {
        self.sizes.last().copied().unwrap_or(Size { width: self.crop.width, height: self.crop.height })
    }

    /// The format that every browser supports.
    pub fn fallback(&self) -> Encoding {
        self.encodings.last().copied().unwrap_or(Encoding::Jpeg)
    }
}

/// How a picture is published for a use; `source` is the hash of its bytes.
pub fn rendition(table: &PictureTable, header: &Header, source: &blake3::Hash, shot: Shot) -> Rendition {
    let recipe = table.recipe(shot.usage);
    // An animation is shown as a still picture where it is cropped for a list.
    if header.format == Format::Svg || header.frames > 1 && recipe.aspect.is_none() {
        let stem = stem(source, "whole");
        let size = Size { width: header.width, height: header.height };
        return Rendition::Whole { address: format!("{stem}.{}", header.extension()), size };
    }
    let crop = recipe.aspect.map_or(Crop { left: 0, top: 0, width: header.width, height: header.height }, |aspect| {
        crop(header, aspect, shot.focus)
    });
    let mut encodings: Vec<Encoding> = recipe
        .formats
        .iter()
        .map(|modern| match modern {
            Modern::Avif => Encoding::Avif,
            Modern::WebP => Encoding::WebP,
        })
        .collect();
    encodings.push(if header.has_alpha { Encoding::Png } else { Encoding::Jpeg });
    let quality = table.quality(shot.usage);
    let parameters = format!("{crop:?} {:?} {encodings:?} {quality:?}", recipe.widths);
    let stem = stem(source, &parameters);
    Rendition::Derived(Derived {
        crop,
        sizes: sizes(&recipe.widths, crop),
        encodings,
        quality,
        shown: recipe.sizes.clone(),
        stem,
    })
}

/// An address without extension that depends on the input, the parameters and the encoder version.
pub fn stem(source: &blake3::Hash, parameters: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(ENCODER.as_bytes()).update(b"\0").update(source.as_bytes()).update(parameters.as_bytes());
    format!("pictures/{}", &hasher.finalize().to_hex()[..16])
}

/// The largest part with that aspect ratio whose centre is as near to the focus as the edges allow.
pub(super) fn crop(header: &Header, aspect: Aspect, focus: Focus) -> Crop {
    let (wide, high) = (u64::from(aspect.width), u64::from(aspect.height));
    let (width, height) = (u64::from(header.width), u64::from(header.height));
    let (part_width, part_height) = if width * high > height * wide {
        ((height * wide / high).max(1), height)
    } else {
        (width, (width * high / wide).max(1))
    };
    let start = |whole: u64, part: u64, percent: u8| {
        let middle = whole * u64::from(percent) / 100;
        middle.saturating_sub(part / 2).min(whole - part)
    };
    let pixel = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    Crop {
        left: pixel(start(width, part_width, focus.x)),
        top: pixel(start(height, part_height, focus.y)),
        width: pixel(part_width),
        height: pixel(part_height),
    }
}

/// The widths that do not exceed the part's width, and its own width if that is below the largest. Never upscales.
fn sizes(widths: &[u32], crop: Crop) -> Vec<Size> {
    let (width, height) = (u64::from(crop.width), u64::from(crop.height));
    // A very tall picture is only as wide as the limit on its height allows.
    let most = width.min(u64::from(SIDE_LIMIT)).min((u64::from(SIDE_LIMIT) * width / height).max(1));
    let largest = widths.last().copied().map_or(most, u64::from);
    let own = (most < largest).then_some(most);
    let below = widths.iter().copied().map(u64::from).filter(|width| *width <= most && Some(*width) != own);
    let pixel = |value: u64| u32::try_from(value).unwrap_or(SIDE_LIMIT);
    below
        .chain(own)
        .map(|wide| Size {
            width: pixel(wide),
            height: pixel(((wide * height + width / 2) / width).clamp(1, SIDE_LIMIT.into())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(width: u32, height: u32) -> Crop {
        Crop { left: 0, top: 0, width, height }
    }

    #[test]
    fn there_is_never_a_derivative_wider_than_the_source() {
        let widths = |crop| sizes(&[320, 640, 1280], crop).iter().map(|size| size.width).collect::<Vec<_>>();
        assert_eq!(widths(whole(4000, 3000)), [320, 640, 1280]);
        assert_eq!(widths(whole(1280, 960)), [320, 640, 1280]);
        assert_eq!(widths(whole(1000, 10)), [320, 640, 1000]);
        assert_eq!(widths(whole(640, 480)), [320, 640]);
        assert_eq!(widths(whole(1, 1)), [1]);
        assert_eq!(sizes(&[320], whole(30_000, 1)), [Size { width: 320, height: 1 }]);
        assert_eq!(sizes(&[320, 640], whole(500, 65_000)), [Size { width: 126, height: 16_380 }]);
    }
}
