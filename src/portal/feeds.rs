//! The feeds of a portal. Pages link to them before they are made.

use super::Portal;
use super::location::{ROBOTS, SITEMAP};
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

/// Whether an address is one of a feed, of the sitemap or of `robots.txt`.
pub fn is_feed(address: &str) -> bool {
    matches!(address, ROBOTS | SITEMAP) || ATOM.iter().any(|feed| feed.address == address)
}

/// Whether such an address has something: all but `robots.txt` need the address of the portal.
pub fn is_made(portal: &Portal, address: &str) -> bool {
    is_feed(address) && (address == ROBOTS || portal.base_url().is_some())
}
