//! Pictures for links that are shared: the picture of a topic above the pattern of an entry, or the pattern alone. Always JPEG, since apps that
//! show links read neither drawings nor newer formats.

use super::Picture;
use super::canvas::{self, Window};
use super::encode;
use super::pixels::{Damaged, Decoded, Pixels};
use super::recipe::{self, Encoding, Quality, Size};
use crate::assets::drawn::Motif;
use crate::content::value::{Aspect, Focus};

/// Size of a cover. What apps cut to a square is the middle, which has a part of the picture and of the pattern.
pub const SIZE: Size = Size { width: 640, height: 336 };

/// Rows of the topic's picture, and its shape.
const ABOVE: u32 = 252;
const SHAPE: Aspect = Aspect { width: 160, height: 63 };
/// The unit of a drawing with which the pattern begins below a picture, where all patterns have something to show.
const BELOW: f32 = 114.0;

/// How many patterns the covers of a topic's picture have: few enough for a large portal, since each costs milliseconds.
pub const PATTERNS: u32 = 48;
/// How many patterns the covers of a colour have that show no picture.
pub const PLAIN_PATTERNS: u32 = 12;

const QUALITY: Quality = Quality { webp: 80, jpeg: 80, avif: 60 };

/// A cover that is made from a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cover {
    /// The point of the picture that is kept.
    pub focus: Focus,
    /// The pattern.
    pub motif: Motif,
}

/// The root address of a cover of the picture with this hash.
pub fn address(source: &blake3::Hash, cover: Cover) -> String {
    format!(
        "{}.jpg",
        recipe::stem(source, &format!("cover {cover:?} {SIZE:?} {ABOVE} {BELOW} {QUALITY:?} {}", cover.motif.svg()))
    )
}

/// What stands for the picture of covers that have none.
pub fn plain_source() -> blake3::Hash {
    blake3::hash(b"")
}

/// The root address of a pattern alone.
pub fn plain_address(motif: Motif) -> String {
    address(&plain_source(), Cover { focus: Focus::CENTRE, motif })
}

/// A pattern alone.
///
/// # Errors
/// None that are known: the size is that of a JPEG.
pub fn plain(motif: Motif) -> Result<Vec<u8>, Damaged> {
    let data = vec![255; SIZE.width as usize * SIZE.height as usize * 3];
    let mut pixels = Pixels { width: SIZE.width, height: SIZE.height, has_alpha: false, data };
    canvas::paint(&mut pixels, &motif.svg(), Window { top: 0, from: 0.0, scale: 2.0 });
    encode::encode(&pixels, Encoding::Jpeg, QUALITY)
}

impl Picture {
    /// The covers at wanted addresses.
    pub(super) fn covers(
        &self,
        decoded: &Decoded,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u8>)>, Damaged> {
        let mut files = Vec::new();
        let mut above: Option<(Focus, Pixels)> = None;
        for (cover, address) in self.covers.iter().filter(|(_, address)| wanted(address)) {
            let pixels = match above.take() {
                Some((focus, pixels)) if focus == cover.focus => pixels,
                _ => {
                    let crop = recipe::crop(&self.header, SHAPE, cover.focus);
                    decoded.cut(&self.header, crop, SIZE.width, ABOVE)?
                }
            };
            files.push((address.clone(), below(&pixels, cover.motif)?));
            above = Some((cover.focus, pixels));
        }
        Ok(files)
    }
}

/// A picture above a pattern, with a line between.
fn below(above: &Pixels, motif: Motif) -> Result<Vec<u8>, Damaged> {
    let mut pixels = above.clone();
    pixels.flatten();
    pixels.data.resize(SIZE.width as usize * SIZE.height as usize * 3, 255);
    pixels.height = SIZE.height;
    canvas::paint(&mut pixels, &motif.svg(), Window { top: ABOVE + 4, from: BELOW, scale: 2.0 });
    encode::encode(&pixels, Encoding::Jpeg, QUALITY)
}
