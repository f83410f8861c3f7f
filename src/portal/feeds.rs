//! The feeds of a portal. Pages link to them before they are made.

use crate::content::Kind;

/// A feed of the latest entries of some kinds.
#[derive(Clone, Copy, Debug)]
pub struct FeedKey {
    /// Its root address.
    pub address: &'static str,
    /// The kinds of its entries.
    pub kinds: &'static [Kind],
    /// The word that names it.
    pub word: &'static str,
}

/// Atom feeds.
pub const ATOM: [FeedKey; 2] = [
    FeedKey { address: "news.xml", kinds: &[Kind::News], word: "text.feed-news" },
    FeedKey { address: "programme.xml", kinds: &[Kind::Event, Kind::Course], word: "text.feed-programme" },
];
