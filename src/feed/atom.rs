//! A feed as Atom (RFC 4287).

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

use super::selection;
use crate::page::context::Context;

/// A feed whose own address is `url`.
pub(super) fn write(context: &Context<'_>, feed: &selection::Feed, url: &str) -> String {
    let site = &context.portal.settings.site;
    let written = Feed {
        title: Text::plain(feed.title.clone()),
        id: feed.id.clone(),
        updated: moment(context, feed.updated),
        authors: vec![person(&feed.author)],
        generator: Some(Generator { value: "Shuyuan".to_owned(), ..Generator::default() }),
        subtitle: Some(Text::plain(site.description.clone())),
        links: vec![link("self", url), link("alternate", &feed.page)],
        lang: Some(site.language.clone()),
        entries: feed.entries.iter().map(|one| entry(context, one)).collect(),
        ..Feed::default()
    };
    written.to_string() + "\n"
}

fn entry(context: &Context<'_>, entry: &selection::Entry) -> Entry {
    let content = entry.html.clone().map(|html| {
        let mut content = Content::default();
        content.set_content_type("html".to_owned());
        // Marks of footnotes are relative to the entry's page.
        content.set_base(Some(entry.url.clone()));
        content.set_value(html);
        content
    });
    Entry {
        title: Text::plain(entry.title.clone()),
        id: entry.id.clone(),
        updated: moment(context, entry.updated),
        published: entry.published.map(|day| moment(context, day)),
        authors: entry.author.as_deref().map(person).into_iter().collect(),
        links: vec![link("alternate", &entry.url)],
        summary: Some(Text::plain(entry.summary.clone())),
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

fn link(rel: &str, href: &str) -> Link {
    Link { rel: rel.to_owned(), href: href.to_owned(), ..Link::default() }
}
