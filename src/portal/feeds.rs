//! The feeds of a portal. Pages link to them before they are made.

use super::location::{ROBOTS, SITEMAP};
use super::{ItemId, Portal};
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

/// All events, for other systems.
pub const EVENTS: &str = "events.json";
/// All courses, for other systems.
pub const COURSES: &str = "courses.json";
/// The data for other systems.
pub const DATA: [&str; 2] = [EVENTS, COURSES];

/// The ends of the two files of an edition's programme.
pub const SCHEDULES: [&str; 2] = ["xml", "json"];

/// A file of an edition's programme for apps.
pub fn schedule(edition: &str, end: &str) -> String {
    format!("{}/{edition}/schedule.{end}", Kind::Edition.folder())
}

/// The editions that have a programme: an event with a session.
pub fn programmes(portal: &Portal) -> Vec<ItemId> {
    let has_sessions = |event: &ItemId| portal.sessions(*event).next().is_some();
    let editions = portal.of_kind(Kind::Edition).iter().copied();
    editions.filter(|id| portal.referrers(*id, Kind::Event).iter().any(has_sessions)).collect()
}

/// The edition whose programme is at an address.
pub fn edition(address: &str) -> Option<&str> {
    let (edition, file) = address.strip_prefix(Kind::Edition.folder())?.strip_prefix('/')?.split_once('/')?;
    let end = file.strip_prefix("schedule.")?;
    SCHEDULES.contains(&end).then_some(edition)
}

/// Whether an address is one of a feed, of data, of the sitemap or of `robots.txt`.
pub fn is_feed(address: &str) -> bool {
    matches!(address, ROBOTS | SITEMAP | EVENTS | COURSES) || ATOM.iter().any(|feed| feed.address == address)
}

/// Whether such an address has something: all but `robots.txt` and data need the address of the portal.
pub fn is_made(portal: &Portal, address: &str) -> bool {
    if let Some(edition) = edition(address) {
        let has_programme = |id: &ItemId| portal.item(*id).id() == edition;
        return portal.base_url().is_some() && programmes(portal).iter().any(has_programme);
    }
    is_feed(address) && (address == ROBOTS || DATA.contains(&address) || portal.base_url().is_some())
}
