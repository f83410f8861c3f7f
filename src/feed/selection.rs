//! What a feed holds, whatever its format: which entries, in which order, and what is said of each.

use std::cmp::Reverse;

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use super::{identity, programme};
use crate::content::Own;
use crate::page::context::Context;
use crate::portal::feeds::{FeedKey, Scope};
use crate::portal::{ItemId, Portal};

/// Entries of a feed, unless more of them are current; as many have their text in the feed.
const LENGTH: usize = 50;
/// Entries of the feed of a region or an audience, at most: there are many of these.
const MOST: usize = 200;
/// What begins within so many days is current.
const SOON: i32 = 31;

/// A feed.
pub(super) struct Feed {
    pub title: String,
    /// A name that lasts.
    pub id: String,
    /// The day of its latest change.
    pub updated: Date,
    /// The page that it is about.
    pub page: String,
    pub author: String,
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
pub(super) struct Entry {
    pub title: String,
    pub id: String,
    pub url: String,
    pub updated: Date,
    pub published: Option<Date>,
    pub author: Option<String>,
    pub summary: String,
    /// Its text, with absolute addresses.
    pub html: Option<String>,
}

/// Where an entry stands in a feed. What is current is in it whatever the number of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// It has begun, or begins soon; by its next session.
    Current(DateTime),
    /// It begins later; by its next session.
    Coming(DateTime),
    /// By its last session or last change, the latest first.
    Rest(Reverse<Date>),
}

/// The feed of a key: what is to come, soonest first, then the rest, latest first. The feed of a region or an audience has summaries only.
pub(super) fn feed(context: &Context<'_>, base: &str, key: &FeedKey) -> Feed {
    let portal = context.portal;
    let site = &portal.settings.site;
    let (name, page, most, texts) = match key.scope {
        Scope::Site(word) => (context.format.word(word), base.to_owned(), usize::MAX, LENGTH),
        Scope::Entry(id) => {
            let item = portal.item(id);
            (item.title().to_owned(), item.address.absolute(base), MOST, 0)
        }
    };
    let all = key.entries(portal).map(|id| (turn(portal, id), id));
    let mut items: Vec<(Turn, ItemId)> = all.collect();
    items.sort();
    let current = items.partition_point(|(turn, _)| matches!(turn, Turn::Current(_)));
    items.truncate(current.clamp(LENGTH, most));
    let newest = items.iter().filter_map(|(_, id)| portal.changed(*id)).max();
    let entries = items.iter().enumerate().map(|(at, (_, id))| entry(context, base, *id, at < texts));
    Feed {
        title: format!("{name} - {}", site.title),
        id: identity::tag(portal, &key.stem),
        updated: newest.unwrap_or_else(|| portal.beginning()),
        page,
        author: site.footer.organiser.as_deref().unwrap_or(&site.title).to_owned(),
        entries: entries.collect(),
    }
}

fn turn(portal: &Portal, id: ItemId) -> Turn {
    let mut sessions = portal.sessions(id);
    let first = sessions.next();
    // A cancelled session is told until its day is over.
    let Some(next) = portal.sessions(id).find(|session| !session.is_past(&portal.today)) else {
        let last = sessions.next_back().or(first).map(|session| session.start.date());
        return Turn::Rest(Reverse(last.or_else(|| portal.changed(id)).unwrap_or(Date::MIN)));
    };
    let begins = first.map_or(next.start, |first| first.start).date();
    let noticed = begins.checked_sub(SOON.days()).unwrap_or(begins);
    if portal.today.reached(noticed) { Turn::Current(next.start) } else { Turn::Coming(next.start) }
}

fn entry(context: &Context<'_>, base: &str, id: ItemId, with_text: bool) -> Entry {
    let portal = context.portal;
    let item = portal.item(id);
    let author = match &item.entry.own {
        Own::News(news) => Some(news.author.clone().unwrap_or_else(|| news.source.clone())),
        _ => None,
    };
    let facts = programme::facts(context, id);
    Entry {
        title: programme::title(context, item),
        id: identity::of_entry(portal, item),
        url: item.address.absolute(base),
        updated: portal.changed(id).unwrap_or_else(|| portal.beginning()),
        published: item.entry.common.date.map(|day| day.0).filter(|day| portal.changed(id) >= Some(*day)),
        author,
        summary: programme::summary(&facts, &item.summary()),
        html: with_text.then(|| programme::html(&facts) + &context.resources.body(id, base)),
    }
}
