//! Where pictures appear, and the use that each place needs. Read where pictures are made and where they are shown.

use super::Kind;
use super::choice::choice;

choice! {
    /// The use of a picture.
    pub enum PictureUse("picture-use") {
        /// A portrait of a person, on their page and in lists of portraits.
        Portrait = "portrait",
        /// In lists.
        Card = "card",
        /// At the head of a page.
        Banner = "banner",
        /// In a gallery: shown small, opened large.
        Gallery = "gallery",
        /// In a text.
        Inline = "inline",
    }
}

/// A place in which a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// At the head of the page of an entry of this kind.
    Head(Kind),
    /// On the card of an entry of this kind.
    Card(Kind),
    /// Small, among the others of a gallery.
    Thumbnail,
    /// Opened from a gallery.
    Full,
    /// In a text.
    Inline,
    /// At the head of the home page, and for shared links.
    Site,
}

impl Spot {
    /// Where the pictures of a gallery stand.
    pub const GALLERY: &'static [Self] = &[Self::Thumbnail, Self::Full];
    /// Where the pictures of a text stand.
    pub const TEXT: &'static [Self] = &[Self::Inline];

    /// The two places of an entry's picture.
    pub fn of_entry(kind: Kind) -> [Self; 2] {
        [Self::Head(kind), Self::Card(kind)]
    }

    /// The use that a picture is made for in this place.
    pub fn usage(self) -> PictureUse {
        match self {
            Self::Head(Kind::Star | Kind::Teacher) | Self::Card(Kind::Star | Kind::Teacher) => PictureUse::Portrait,
            Self::Head(_) | Self::Site => PictureUse::Banner,
            Self::Card(_) => PictureUse::Card,
            Self::Thumbnail => PictureUse::Gallery,
            Self::Full | Self::Inline => PictureUse::Inline,
        }
    }
}
