//! A feed as JSON Feed 1.1 (jsonfeed.org).

use jiff::civil::Date;
use serde::Serialize;

use super::selection;
use crate::page::context::Context;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    #[serde(rename = "feed_url")]
    own_url: &'a str,
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    /// An item has a content in any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
}

/// A feed whose own address is `url`.
pub(super) fn write(context: &Context<'_>, feed: &selection::Feed, url: &str) -> String {
    let site = &context.portal.settings.site;
    let written = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        own_url: url,
        description: &site.description,
        language: &site.language,
        authors: [Author { name: &feed.author }],
        items: feed.entries.iter().map(|entry| item(context, entry)).collect(),
    };
    serde_json::to_string(&written).unwrap_or_default() + "\n"
}

fn item<'a>(context: &Context<'_>, entry: &'a selection::Entry) -> Item<'a> {
    let moment = |day: Date| context.format.instant(day.at(0, 0, 0, 0));
    let selection::Entry { title, id, url, updated, published, author, summary, html } = entry;
    Item {
        id,
        url,
        title,
        summary,
        content_html: html.as_deref(),
        content_text: html.is_none().then_some(summary),
        date_published: published.map(moment),
        date_modified: moment(*updated),
        authors: author.iter().map(|name| Author { name }).collect(),
    }
}
