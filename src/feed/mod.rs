//! Feeds: what programs read. They need absolute addresses, and so a base address.

pub mod atom;
pub mod sitemap;

use crate::artifact::{Artifact, Role};
use crate::content::Kind;
use crate::page::PageKey;
use crate::page::context::Context;
use crate::page::view::Link;

/// An Atom feed: its root address, the kinds of its entries, and the word that names it.
const ATOM: [(&str, &[Kind], &str); 2] = [
    ("news.xml", &[Kind::News], "text.feed-news"),
    ("programme.xml", &[Kind::Event, Kind::Course], "text.feed-programme"),
];

/// The feeds that every page names; none without a base address.
pub fn links(context: &Context<'_>) -> Vec<Link> {
    if context.portal.base_url().is_none() {
        return Vec::new();
    }
    let title = |key: &'static str| context.words.get(key).to_owned();
    ATOM.iter().map(|(address, _, key)| Link { title: title(key), address: Some((*address).to_owned()) }).collect()
}

/// The root addresses that feeds take, whether or not they are made.
pub fn addresses() -> Vec<String> {
    ATOM.iter().map(|(address, _, _)| (*address).to_owned()).chain(sitemap::addresses()).collect()
}

/// All feeds.
pub fn make(context: &Context<'_>, pages: &[PageKey]) -> Vec<Artifact> {
    let mut artifacts = vec![plain("robots.txt", sitemap::robots(context))];
    if let Some(base) = context.portal.base_url() {
        for (address, kinds, key) in ATOM {
            artifacts.push(plain(address, atom::feed(context, base, address, kinds, key)));
        }
        artifacts.extend(sitemap::sitemaps(context, base, pages).into_iter().map(|(path, text)| plain(&path, text)));
    }
    artifacts
}

fn plain(path: &str, text: String) -> Artifact {
    Artifact { path: path.to_owned(), bytes: text.into_bytes().into(), role: Role::Plain }
}
