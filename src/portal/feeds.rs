//! The feeds of a portal and its data for other systems. Pages link to them before they are made.

use super::location::{ROBOTS, SITEMAP};
use super::{ItemId, Portal};
use crate::content::region::RegionLevel;
use crate::content::{Kind, Own};

/// A feed of the latest entries.
#[derive(Clone, Debug)]
pub struct FeedKey {
    /// Its root address without the end, which says the format.
    pub stem: String,
    /// The kinds of its entries.
    pub kinds: &'static [Kind],
    /// Which of them.
    pub scope: Scope,
}

/// What a feed is of.
#[derive(Clone, Copy, Debug)]
pub enum Scope {
    /// The whole portal; with the word that names the feed.
    Site(&'static str),
    /// A region or an audience.
    Entry(ItemId),
}

/// The formats of feeds: the end of their addresses, and their media types. The first one is offered to residents.
pub const FORMATS: [(&str, &str); 2] = [("xml", "application/atom+xml"), ("json", "application/feed+json")];

/// The feeds of the whole portal: stem, kinds and word.
const SITE: [(&str, &[Kind], &str); 2] =
    [("news", &[Kind::News], "text.feed-news"), ("programme", &[Kind::Event, Kind::Course], "text.feed-programme")];

/// What is new in a region or for an audience.
const NEW: &[Kind] = &[Kind::News, Kind::Event, Kind::Course];

/// The folder of the feeds of regions and audiences.
const FOLDER: &str = "feeds";

impl FeedKey {
    /// Its root address in a format, such as `xml`.
    pub fn address(&self, end: &str) -> String {
        format!("{}.{end}", self.stem)
    }

    /// Its entries, by kind.
    pub fn entries<'p>(&self, portal: &'p Portal) -> impl Iterator<Item = ItemId> + use<'p> {
        let (kinds, scope) = (self.kinds, self.scope);
        let of_kind = move |kind: &Kind| match scope {
            Scope::Site(_) => portal.of_kind(*kind),
            Scope::Entry(id) => portal.members(id, *kind),
        };
        kinds.iter().flat_map(of_kind).copied()
    }
}

/// The feeds of the whole portal.
pub fn of_site() -> impl Iterator<Item = FeedKey> {
    SITE.into_iter().map(|(stem, kinds, word)| FeedKey { stem: stem.to_owned(), kinds, scope: Scope::Site(word) })
}

/// The feed of a district, a town or an audience, if there is anything in it.
pub fn of_entry(portal: &Portal, id: ItemId) -> Option<FeedKey> {
    let item = portal.item(id);
    let has_one = match &item.entry.own {
        Own::Audience(_) => true,
        Own::Region(region) => matches!(region.level, RegionLevel::District | RegionLevel::Town),
        _ => false,
    };
    if !has_one || !item.is_public() {
        return None;
    }
    let stem = format!("{FOLDER}/{}/{}", item.kind().folder(), item.id());
    let key = FeedKey { stem, kinds: NEW, scope: Scope::Entry(id) };
    let any = key.entries(portal).next().is_some();
    any.then_some(key)
}

/// All feeds.
pub fn all(portal: &Portal) -> Vec<FeedKey> {
    let gathering = [Kind::Region, Kind::Audience].into_iter().flat_map(|kind| portal.of_kind(kind));
    of_site().chain(gathering.filter_map(|id| of_entry(portal, *id))).collect()
}

/// The kind and the id of the entry whose feed is at an address.
pub fn named(address: &str) -> Option<(Kind, &str)> {
    let (folder, name) = address.strip_prefix(FOLDER)?.strip_prefix('/')?.split_once('/')?;
    let kind = Kind::from_folder(folder).filter(|kind| matches!(kind, Kind::Region | Kind::Audience))?;
    FORMATS.into_iter().find_map(|(end, _)| Some((kind, name.strip_suffix(end)?.strip_suffix('.')?)))
}

/// All events, for other systems.
pub const EVENTS: &str = "events.json";
/// All courses, for other systems.
pub const COURSES: &str = "courses.json";
/// The data for other systems.
pub const DATA: [&str; 2] = [EVENTS, COURSES];

/// All indicators, for other systems.
pub const INDICATORS: &str = "indicators.json";
/// All indicators, as a table.
pub const INDICATORS_SHEET: &str = "indicators.csv";
/// The figures for other systems. There are none without an indicator.
pub const FIGURES: [&str; 2] = [INDICATORS, INDICATORS_SHEET];

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

/// The id of the edition whose programme is at an address.
fn edition(address: &str) -> Option<&str> {
    let (edition, file) = address.strip_prefix(Kind::Edition.folder())?.strip_prefix('/')?.split_once('/')?;
    let end = file.strip_prefix("schedule.")?;
    SCHEDULES.contains(&end).then_some(edition)
}

/// The addresses of the feeds of the whole portal.
pub const FIXED: [&str; 4] = ["news.xml", "news.json", "programme.xml", "programme.json"];

/// Whether an address is one of a feed of the whole portal, of data, of the sitemap or of `robots.txt`.
pub fn is_feed(address: &str) -> bool {
    matches!(address, ROBOTS | SITEMAP | EVENTS | COURSES) || FIXED.contains(&address)
}

/// The kind and the id of the entry to which a feed or a programme at an address belongs.
pub fn owner(address: &str) -> Option<(Kind, &str)> {
    edition(address).map(|id| (Kind::Edition, id)).or_else(|| named(address))
}

/// Whether such an address has something: all but `robots.txt` and data need the address of the portal.
pub fn is_made(portal: &Portal, address: &str) -> bool {
    if address == ROBOTS || DATA.contains(&address) {
        return true;
    }
    if FIGURES.contains(&address) {
        return !portal.of_kind(Kind::Indicator).is_empty();
    }
    let has = |(kind, id): (Kind, &str)| match portal.find(kind, id).filter(|found| portal.item(*found).id() == id) {
        Some(found) if kind == Kind::Edition => programmes(portal).contains(&found),
        Some(found) => of_entry(portal, found).is_some(),
        None => false,
    };
    portal.base_url().is_some() && (is_feed(address) || owner(address).is_some_and(has))
}
