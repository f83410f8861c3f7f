//! Atom (RFC 4287) for news, and for courses and events.

use std::cmp::Reverse;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use super::{identity, programme};
use crate::address::{self, Href};
use crate::content::Own;
use crate::page::context::Context;
use crate::portal::feeds::FeedKey;
use crate::portal::{ItemId, Portal};

/// Entries of a feed, unless more of them are current; as many have their text in the feed.
const LENGTH: usize = 50;
/// What begins within so many days is current.
const SOON: i32 = 31;

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

/// A feed of the entries of some kinds: what is to come, soonest first, then the rest, latest first.
pub fn feed(context: &Context<'_>, base: &str, key: &FeedKey) -> String {
    let FeedKey { address: path, kinds, word } = key;
    let portal = context.portal;
    let site = &portal.settings.site;
    let all = kinds.iter().flat_map(|kind| portal.of_kind(*kind));
    let mut items: Vec<(Turn, ItemId)> = all.map(|id| (turn(portal, *id), *id)).collect();
    items.sort();
    let current = items.partition_point(|(turn, _)| matches!(turn, Turn::Current(_)));
    items.truncate(current.max(LENGTH));
    let newest = items.iter().filter_map(|(_, id)| portal.changed(*id)).max();
    let entries = items.iter().enumerate().map(|(at, (_, id))| entry(context, base, *id, at < LENGTH));
    let feed = Feed {
        title: Text::plain(format!("{} - {}", context.format.words.get(word), site.title)),
        id: identity::tag(portal, path.trim_end_matches(".xml")),
        updated: moment(context, newest.unwrap_or_else(|| portal.beginning())),
        authors: vec![person(site.footer.organiser.as_deref().unwrap_or(&site.title))],
        generator: Some(Generator { value: "Shuyuan".to_owned(), ..Generator::default() }),
        subtitle: Some(Text::plain(site.description.clone())),
        links: vec![link("self", Href::new(path).absolute(base)), link("alternate", base.to_owned())],
        lang: Some(site.language.clone()),
        entries: entries.collect(),
        ..Feed::default()
    };
    feed.to_string() + "\n"
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
    let published = item.entry.common.date.map(|day| day.0).filter(|day| portal.changed(id) >= Some(*day));
    let author = match &item.entry.own {
        Own::News(news) => vec![person(news.author.as_deref().unwrap_or(&news.source))],
        _ => Vec::new(),
    };
    let facts = programme::facts(context, id);
    let content = with_text.then(|| {
        let mut content = Content::default();
        content.set_content_type("html".to_owned());
        // Links in the body are relative to its page.
        content.set_base(Some(item.address.absolute(base)));
        let body = context.resources.body(id, &address::to_root(item.address.page()));
        content.set_value(programme::html(&facts) + &body);
        content
    });
    Entry {
        title: Text::plain(programme::title(context, item)),
        id: identity::of_entry(portal, item),
        updated: moment(context, portal.changed(id).unwrap_or_else(|| portal.beginning())),
        published: published.map(|day| moment(context, day)),
        authors: author,
        links: vec![link("alternate", item.address.absolute(base))],
        summary: Some(Text::plain(programme::summary(&facts, &item.summary()))),
        content,
        ..Entry::default()
    }
}

fn moment(context: &Context<'_>, day: Date) -> FixedDateTime {
    context.format.instant(day.at(0, 0, 0, 0)).parse().unwrap_or_default()
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}

fn link(rel: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), href, ..Link::default() }
}
