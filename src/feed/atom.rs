//! Atom (RFC 4287) for news, and for courses and events.

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

use crate::address;
use crate::content::Own;
use crate::page::context::Context;
use crate::portal::feeds::FeedKey;
use crate::portal::{Item, ItemId};

/// Maximum number of entries.
const LENGTH: usize = 50;

/// A feed of the first entries of some kinds, the latest first.
pub fn feed(context: &Context<'_>, base: &str, key: &FeedKey) -> String {
    let FeedKey { address: path, kinds, word } = key;
    let portal = context.portal;
    let site = &portal.settings.site;
    let mut items: Vec<(Date, ItemId)> = kinds
        .iter()
        .flat_map(|kind| portal.of_kind(*kind))
        .filter_map(|id| Some((updated(context, *id)?, *id)))
        .collect();
    items.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    items.truncate(LENGTH);
    let newest = items.first().map(|(day, _)| *day).or(Date::new(site.since.0, 1, 1).ok()).unwrap_or(Date::MIN);
    let entries = items.into_iter().map(|(day, id)| entry(context, base, id, day)).collect();
    let feed = Feed {
        title: Text::plain(format!("{} - {}", context.format.words.get(word), site.title)),
        id: tag(context, path.trim_end_matches(".xml")),
        updated: moment(context, newest),
        authors: vec![person(site.footer.organiser.as_deref().unwrap_or(&site.title))],
        generator: Some(Generator { value: "Shuyuan".to_owned(), ..Generator::default() }),
        subtitle: Some(Text::plain(site.description.clone())),
        links: vec![link("self", address::absolute(base, path)), link("alternate", base.to_owned())],
        lang: Some(site.language.clone()),
        entries,
        ..Feed::default()
    };
    feed.to_string() + "\n"
}

fn entry(context: &Context<'_>, base: &str, id: ItemId, updated: Date) -> Entry {
    let item = context.portal.item(id);
    let published = item.entry.common.date.map(|day| moment(context, day.0));
    let author = match &item.entry.own {
        Own::News(news) => vec![person(news.author.as_deref().unwrap_or(&news.source))],
        _ => Vec::new(),
    };
    let mut content = Content::default();
    content.set_content_type("html".to_owned());
    // Links in the body are relative to its page.
    content.set_base(Some(address::absolute(base, &item.address)));
    content.set_value(context.resources.body(id, &address::to_root(&item.address)));
    Entry {
        title: Text::plain(item.title().to_owned()),
        id: tag(context, &format!("{}/{}", item.kind().folder(), first_id(item))),
        updated: moment(context, updated),
        published,
        authors: author,
        links: vec![link("alternate", address::absolute(base, &item.address))],
        summary: Some(Text::plain(item.summary())),
        content: Some(content),
        ..Entry::default()
    }
}

/// The day of an entry from its front matter, never from the clock; for an event or course without one, that of its first session.
fn updated(context: &Context<'_>, id: ItemId) -> Option<Date> {
    let common = &context.portal.item(id).entry.common;
    let written = common.updated.or(common.date).map(|day| day.0);
    written.or_else(|| context.portal.sessions(id).next().map(|session| session.start.date()))
}

/// The first id of an entry, which feed readers keep.
fn first_id(item: &Item) -> &str {
    item.entry.common.formerly.first().map_or(item.id(), |id| id.as_str())
}

/// A `tag:` URI (RFC 4151): it stays the same wherever the portal moves.
fn tag(context: &Context<'_>, specific: &str) -> String {
    let site = &context.portal.settings.site;
    format!("tag:{},{}:{specific}", site.id, site.since)
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
