//! Encodes pixels as WebP, JPEG, PNG, or AVIF if compiled in. No metadata is written.

use image::ImageEncoder as _;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, SamplingFactor};
use webpx::{EncoderConfig, Unstoppable};

use super::pixels::{Damaged, Pixels};
use super::recipe::{Encoding, Quality};

/// WebP effort, 0 to 6. Effort 3 takes as long; effort 2 takes less than half the time for 7 % more bytes.
const WEBP_METHOD: u8 = 4;

/// Encodes `pixels`.
///
/// # Errors
/// If the picture is too large for the format.
pub fn encode(pixels: &Pixels, encoding: Encoding, quality: Quality) -> Result<Vec<u8>, Damaged> {
    match encoding {
        Encoding::WebP => webp(pixels, quality.webp),
        Encoding::Jpeg => jpeg(pixels, quality.jpeg),
        Encoding::Png => png(pixels),
        Encoding::Avif => avif(pixels, quality.avif),
    }
}

fn webp(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Damaged> {
    let Pixels { width, height, has_alpha, data } = pixels;
    let config = EncoderConfig::new().quality(quality.into()).method(WEBP_METHOD);
    let encoder = if *has_alpha {
        webpx::Encoder::new_rgba(data, *width, *height)
    } else {
        webpx::Encoder::new_rgb(data, *width, *height)
    };
    encoder.config(config).encode(Unstoppable).map_err(|_| Damaged)
}

/// Does not optimise Huffman tables: a widely used decoder reads baseline files with optimised tables as garbage.
fn jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Damaged> {
    let side = |length: u32| u16::try_from(length).map_err(|_| Damaged);
    let (width, height) = (side(pixels.width)?, side(pixels.height)?);
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(if quality < 90 { SamplingFactor::F_2_2 } else { SamplingFactor::F_1_1 });
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    let color = if pixels.has_alpha { ColorType::Rgba } else { ColorType::Rgb };
    encoder.encode(&pixels.data, width, height, color).map_err(|_| Damaged)?;
    Ok(out)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, Damaged> {
    let mut out = Vec::new();
    let color = if pixels.has_alpha { image::ColorType::Rgba8 } else { image::ColorType::Rgb8 };
    let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
    encoder.write_image(&pixels.data, pixels.width, pixels.height, color.into()).map_err(|_| Damaged)?;
    Ok(out)
}

/// Encodes losslessly, for pictures that are published in their own size and format.
///
/// # Errors
/// If the picture is too large for the format.
pub fn webp_lossless(pixels: &Pixels) -> Result<Vec<u8>, Damaged> {
    let mut out = Vec::new();
    let color = if pixels.has_alpha { image::ColorType::Rgba8 } else { image::ColorType::Rgb8 };
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut out);
    encoder.write_image(&pixels.data, pixels.width, pixels.height, color.into()).map_err(|_| Damaged)?;
    Ok(out)
}

#[cfg(feature = "avif")]
fn avif(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Damaged> {
    let mut out = Vec::new();
    let color = if pixels.has_alpha { image::ColorType::Rgba8 } else { image::ColorType::Rgb8 };
    // One thread, so that the bytes do not depend on the number of threads.
    let encoder =
        image::codecs::avif::AvifEncoder::new_with_speed_quality(&mut out, 6, quality).with_num_threads(Some(1));
    encoder.write_image(&pixels.data, pixels.width, pixels.height, color.into()).map_err(|_| Damaged)?;
    Ok(out)
}

#[cfg(not(feature = "avif"))]
fn avif(_: &Pixels, _: u8) -> Result<Vec<u8>, Damaged> {
    Err(Damaged)
}
