//! Feeds for programs. All but calendars and `robots.txt` need a base address.

pub mod atom;
pub mod calendar;
mod programme;
pub mod sitemap;

use crate::artifact::{Artifact, Role};
use crate::page::Route;
use crate::page::context::Context;
use crate::portal::feeds::ATOM;
use crate::portal::location::ROBOTS;

/// The root addresses that feeds take, whether or not they are made.
pub fn addresses() -> Vec<String> {
    ATOM.iter().map(|feed| feed.address.to_owned()).chain(sitemap::addresses()).collect()
}

/// All feeds.
pub fn make(context: &Context<'_>, pages: &[Route]) -> Vec<Artifact> {
    let mut artifacts = vec![plain(ROBOTS, sitemap::robots(context))];
    if let Some(base) = context.portal.base_url() {
        artifacts.extend(ATOM.iter().map(|key| plain(key.address, atom::feed(context, base, key))));
        artifacts.extend(sitemap::sitemaps(context, base, pages).into_iter().map(|(path, text)| plain(&path, text)));
    }
    artifacts
}

fn plain(path: &str, text: String) -> Artifact {
    Artifact { path: path.to_owned(), bytes: text.into_bytes().into(), role: Role::Plain }
}
