//! Decodes, converts to sRGB, crops, resizes and turns pictures. The input bytes are untrusted.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize as resize;
use image::codecs::gif::GifDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder as _, DynamicImage, ImageDecoder as _, ImageFormat, RgbImage, RgbaImage};
use jpeg_decoder::PixelFormat;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use resize::images::{TypedImage, TypedImageRef};
use resize::pixels::{U8x3, U8x4};
use resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

use super::header::{Format, Header, PIXEL_LIMIT, reader};
use super::recipe::Crop;

/// A picture's pixels, 8 bits a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Whether the pixels are RGBA; RGB otherwise.
    pub has_alpha: bool,
    /// Rows from the top, without padding.
    pub data: Vec<u8>,
}

/// Pixels as stored, not yet turned, and their colour profile.
pub struct Decoded {
    pixels: Pixels,
    profile: Option<Vec<u8>>,
}

/// A picture that cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// Decodes a picture; each side is divided by about `shrink` if its format supports that.
///
/// # Errors
/// If the bytes are not a complete picture.
pub fn decode(bytes: &[u8], header: &Header, shrink: u32) -> Result<Decoded, Damaged> {
    // Decoders have panicked on untrusted bytes before. A picture that causes a panic is damaged.
    catch_unwind(AssertUnwindSafe(|| match header.format {
        Format::Jpeg => jpeg(bytes, shrink),
        Format::Png => raster(bytes, header, ImageFormat::Png),
        Format::WebP => raster(bytes, header, ImageFormat::WebP),
        Format::Gif => gif(bytes),
        Format::Svg => Err(Damaged),
    }))
    .unwrap_or(Err(Damaged))
}

fn jpeg(bytes: &[u8], shrink: u32) -> Result<Decoded, Damaged> {
    super::jpeg::strip(bytes).ok_or(Damaged)?;
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().map_err(|_| Damaged)?;
    let info = decoder.info().ok_or(Damaged)?;
    let part = |side: u16| u16::try_from(u32::from(side).div_ceil(shrink)).unwrap_or(side);
    let (width, height) = decoder.scale(part(info.width), part(info.height)).map_err(|_| Damaged)?;
    let data = decoder.decode().map_err(|_| Damaged)?;
    let profile = decoder.icc_profile().filter(|_| info.pixel_format == PixelFormat::RGB24);
    let data = match info.pixel_format {
        PixelFormat::RGB24 => data,
        PixelFormat::L8 => data.iter().flat_map(|grey| [*grey; 3]).collect(),
        PixelFormat::L16 => data.chunks_exact(2).flat_map(|grey| [grey[1]; 3]).collect(),
        PixelFormat::CMYK32 => {
            data.chunks_exact(4).flat_map(|inks| of_inks([inks[0], inks[1], inks[2], inks[3]])).collect()
        }
    };
    let pixels = Pixels { width: width.into(), height: height.into(), has_alpha: false, data };
    Ok(Decoded { pixels, profile })
}

/// Converts CMYK, 255 being full ink, to RGB without a profile.
fn of_inks([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    [cyan, magenta, yellow].map(|ink| {
        let light = u16::from(255 - ink) * u16::from(255 - black);
        u8::try_from((light + 127) / 255).unwrap_or(u8::MAX)
    })
}

fn raster(bytes: &[u8], header: &Header, format: ImageFormat) -> Result<Decoded, Damaged> {
    let mut decoder = reader(bytes, format).into_decoder().map_err(|_| Damaged)?;
    if decoder.total_bytes() > PIXEL_LIMIT * 8 {
        return Err(Damaged);
    }
    let is_rgb = !matches!(
        decoder.color_type(),
        image::ColorType::L8 | image::ColorType::La8 | image::ColorType::L16 | image::ColorType::La16
    );
    let profile = decoder.icc_profile().ok().flatten().filter(|_| is_rgb);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Damaged)?;
    Ok(Decoded { pixels: Pixels::of(picture, header.has_alpha), profile })
}

/// The first frame. All frames are decoded to detect damage.
fn gif(bytes: &[u8]) -> Result<Decoded, Damaged> {
    let decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|_| Damaged)?;
    let mut first = None;
    for frame in decoder.into_frames() {
        let frame = frame.map_err(|_| Damaged)?;
        first.get_or_insert_with(|| frame.into_buffer());
    }
    let pixels = Pixels::of(first.ok_or(Damaged)?.into(), true);
    Ok(Decoded { pixels, profile: None })
}

impl Decoded {
    /// The part of the picture that `crop` names, at `width` × `height`, upright and in sRGB.
    ///
    /// # Errors
    /// If the picture is not as large as its header says.
    pub fn cut(&self, header: &Header, crop: Crop, width: u32, height: u32) -> Result<Pixels, Damaged> {
        let Stored { part, size, is_turned } = Stored::of(header, crop);
        let across = f64::from(self.pixels.width) / f64::from(size.0);
        let down = f64::from(self.pixels.height) / f64::from(size.1);
        let (left, top) = (f64::from(part.left) * across, f64::from(part.top) * down);
        // Rounding must not exceed the edge.
        let part_width = (f64::from(part.width) * across).min(f64::from(self.pixels.width) - left);
        let part_height = (f64::from(part.height) * down).min(f64::from(self.pixels.height) - top);
        let options = ResizeOptions::new().crop(left, top, part_width, part_height);
        let (wide, high) = if is_turned { (height, width) } else { (width, height) };
        let mut pixels = self.pixels.resized(wide, high, &options)?;
        if let Some(profile) = &self.profile {
            pixels.convert(profile);
        }
        // Turned last, when a tenth of the pixels are left.
        pixels.turned(header.orientation)
    }
}

/// A part of a picture in coordinates of the pixels as stored.
#[derive(Clone, Copy, Debug)]
struct Stored {
    part: Crop,
    /// Width and height of the whole picture as stored.
    size: (u32, u32),
    /// Whether width and height are swapped.
    is_turned: bool,
}

impl Stored {
    /// Converts a part of the upright picture to stored coordinates.
    fn of(header: &Header, crop: Crop) -> Self {
        let Crop { left, top, width, height } = crop;
        let right = header.width - left - width;
        let bottom = header.height - top - height;
        let (left, top, is_turned) = match header.orientation {
            Orientation::NoTransforms => (left, top, false),
            Orientation::FlipHorizontal => (right, top, false),
            Orientation::Rotate180 => (right, bottom, false),
            Orientation::FlipVertical => (left, bottom, false),
            Orientation::Rotate90FlipH => (top, left, true),
            Orientation::Rotate90 => (top, right, true),
            Orientation::Rotate270FlipH => (bottom, right, true),
            Orientation::Rotate270 => (bottom, left, true),
        };
        let turn = |one, other| if is_turned { (other, one) } else { (one, other) };
        let (part_width, part_height) = turn(width, height);
        let part = Crop { left, top, width: part_width, height: part_height };
        Self { part, size: turn(header.width, header.height), is_turned }
    }
}

impl Pixels {
    fn of(picture: DynamicImage, has_alpha: bool) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let data = if has_alpha { picture.into_rgba8().into_raw() } else { picture.into_rgb8().into_raw() };
        Self { width, height, has_alpha, data }
    }

    /// Lays the picture on white, so that nothing of it shines through.
    pub fn flatten(&mut self) {
        if !std::mem::take(&mut self.has_alpha) {
            return;
        }
        let on_white = |value: u8, alpha: u8| {
            let value = (u16::from(value) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
            u8::try_from(value).unwrap_or(u8::MAX)
        };
        let flat = |pixel: &[u8]| [0, 1, 2].map(|channel| on_white(pixel[channel], pixel[3]));
        self.data = self.data.chunks_exact(4).flat_map(flat).collect();
    }

    /// Converts to the type that the encoders of `image` take.
    pub fn into_image(self) -> Result<DynamicImage, Damaged> {
        let Self { width, height, has_alpha, data } = self;
        if has_alpha {
            RgbaImage::from_raw(width, height, data).map(Into::into).ok_or(Damaged)
        } else {
            RgbImage::from_raw(width, height, data).map(Into::into).ok_or(Damaged)
        }
    }

    fn turned(self, orientation: Orientation) -> Result<Self, Damaged> {
        if orientation == Orientation::NoTransforms {
            return Ok(self);
        }
        let has_alpha = self.has_alpha;
        let mut picture = self.into_image()?;
        picture.apply_orientation(orientation);
        Ok(Self::of(picture, has_alpha))
    }

    /// The whole picture at another size.
    ///
    /// # Errors
    /// If the picture or the new size is empty.
    pub fn scaled(&self, width: u32, height: u32) -> Result<Self, Damaged> {
        self.resized(width, height, &ResizeOptions::new())
    }

    fn resized(&self, width: u32, height: u32, options: &ResizeOptions) -> Result<Self, Damaged> {
        let resized = if self.has_alpha { resized::<U8x4> } else { resized::<U8x3> };
        let data = resized(self, width, height, &options.resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)))?;
        Ok(Self { width, height, has_alpha: self.has_alpha, data })
    }

    /// Converts the pixels to sRGB. A profile that cannot be read counts as sRGB, as in browsers.
    fn convert(&mut self, profile: &[u8]) {
        let layout = if self.has_alpha { Layout::Rgba } else { Layout::Rgb };
        let converted = catch_unwind(AssertUnwindSafe(|| {
            let profile = ColorProfile::new_from_slice(profile).ok()?;
            if profile.color_space != DataColorSpace::Rgb {
                return None;
            }
            let srgb = ColorProfile::new_srgb();
            let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
            let mut data = vec![0; self.data.len()];
            transform.transform(&self.data, &mut data).ok()?;
            Some(data)
        }));
        if let Ok(Some(data)) = converted {
            self.data = data;
        }
    }
}

/// The pixels of the whole picture at another size. It is written for one type of pixels at a time: the library's function for all types
/// brings code for thirteen.
fn resized<P: PixelTrait>(from: &Pixels, width: u32, height: u32, options: &ResizeOptions) -> Result<Vec<u8>, Damaged> {
    let source = TypedImageRef::<P>::from_buffer(from.width, from.height, &from.data).map_err(|_| Damaged)?;
    let mut data = vec![0; width as usize * height as usize * P::size()];
    let mut target = TypedImage::<P>::from_buffer(width, height, &mut data).map_err(|_| Damaged)?;
    Resizer::new().resize_typed(&source, &mut target, options).map_err(|_| Damaged)?;
    Ok(data)
}
