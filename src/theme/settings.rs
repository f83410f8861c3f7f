//! The theme's settings, `theme.yaml`: the formats and sizes of pictures for each use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::content::choice::choice;
use crate::content::spot::PictureUse;
use crate::content::value::Aspect;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// The settings of a theme.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Pictures.
    pub pictures: PictureTable,
}

/// The derivatives of pictures, for each use.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PictureTable {
    /// Quality for uses without their own.
    pub quality: Quality,
    /// Portraits of persons.
    pub portrait: Recipe,
    /// In lists.
    pub card: Recipe,
    /// At the head of a page.
    pub banner: Recipe,
    /// In galleries.
    pub gallery: Recipe,
    /// In texts.
    pub inline: Recipe,
}

/// The derivatives of a picture for one use.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Widths in pixels, ascending.
    pub widths: Vec<u32>,
    /// Aspect ratio of the crop; not cropped if absent.
    #[serde(default)]
    pub aspect: Option<Aspect>,
    /// How wide the page shows it: the value of the HTML attribute `sizes`.
    pub sizes: String,
    /// Additional formats in order of preference, beside the one for every browser.
    #[serde(default = "web_p")]
    pub formats: Vec<Modern>,
    /// Quality for this use.
    #[serde(default)]
    pub quality: Option<Quality>,
}

choice! {
    /// A format that not every browser supports.
    pub enum Modern("picture-format") {
        /// AVIF: smaller, slow to encode, and only available in programs compiled with it.
        Avif = "avif",
        /// WebP.
        WebP = "webp",
    }
}

/// Quality of each format, out of 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Of WebP.
    pub webp: u8,
    /// Of JPEG.
    pub jpeg: u8,
    /// Of AVIF.
    #[serde(default = "avif_quality")]
    pub avif: u8,
}

fn web_p() -> Vec<Modern> {
    vec![Modern::WebP]
}

fn avif_quality() -> u8 {
    60
}

/// Whether this program was compiled with AVIF.
const HAS_AVIF: bool = cfg!(feature = "avif");

/// Smallest and largest width of a derivative, in pixels.
const WIDTHS: std::ops::RangeInclusive<u32> = 16..=4096;

impl PictureTable {
    /// The recipe for a use.
    pub fn recipe(&self, usage: PictureUse) -> &Recipe {
        match usage {
            PictureUse::Portrait => &self.portrait,
            PictureUse::Card => &self.card,
            PictureUse::Banner => &self.banner,
            PictureUse::Gallery => &self.gallery,
            PictureUse::Inline => &self.inline,
        }
    }

    /// The quality for a use.
    pub fn quality(&self, usage: PictureUse) -> Quality {
        self.recipe(usage).quality.unwrap_or(self.quality)
    }
}

impl Settings {
    /// Mistakes in values that their types accept, each with the path to the value.
    pub fn mistakes(&self) -> Vec<(Vec<&'static str>, Mistake)> {
        use crate::content::choice::Choice as _;
        let mut mistakes = Vec::new();
        let table = &self.pictures;
        let mut quality = |at: Vec<&'static str>, quality: Quality| {
            for (name, value) in [("webp", quality.webp), ("jpeg", quality.jpeg), ("avif", quality.avif)] {
                if !(1..=100).contains(&value) {
                    mistakes.push((at.iter().copied().chain(["quality", name]).collect(), say::theme_quality()));
                }
            }
        };
        quality(vec!["pictures"], table.quality);
        for usage in PictureUse::ALL {
            if let Some(own) = table.recipe(*usage).quality {
                quality(vec!["pictures", usage.key()], own);
            }
        }
        for usage in PictureUse::ALL {
            let recipe = table.recipe(*usage);
            let at = |field| vec!["pictures", usage.key(), field];
            let ascending = recipe.widths.windows(2).all(|pair| pair[0] < pair[1]);
            let few = (1..=8).contains(&recipe.widths.len());
            if !few || !ascending || !recipe.widths.iter().all(|width| WIDTHS.contains(width)) {
                mistakes.push((at("widths"), say::theme_widths()));
            }
            if recipe.formats.contains(&Modern::Avif) && !HAS_AVIF {
                mistakes.push((at("formats"), say::theme_avif()));
            }
        }
        mistakes
    }
}
