//! Feeds for programs. All but calendars, the data for other systems and `robots.txt` need a base address.

pub mod atom;
pub mod calendar;
mod catalogue;
pub mod exchange;
mod frab;
mod identity;
mod programme;
pub mod sitemap;

use crate::artifact::{Artifact, Role};
use crate::page::Route;
use crate::page::context::Context;
use crate::portal::Portal;
use crate::portal::feeds::{self, ATOM, DATA};
use crate::portal::location::{CATALOGUE, ROBOTS};

/// The root addresses that feeds take, whether or not they are made.
pub fn addresses(portal: &Portal) -> Vec<String> {
    let programmes = feeds::programmes(portal)
        .into_iter()
        .flat_map(|id| feeds::SCHEDULES.map(|end| feeds::schedule(portal.item(id).id(), end)));
    ATOM.iter()
        .map(|feed| feed.address)
        .chain(DATA)
        .chain([CATALOGUE])
        .map(str::to_owned)
        .chain(sitemap::addresses())
        .chain(programmes)
        .collect()
}

/// All feeds.
pub fn make(context: &Context<'_>, pages: &[Route]) -> Vec<Artifact> {
    let mut artifacts = vec![plain(ROBOTS, sitemap::robots(context))];
    artifacts.extend(exchange::files(context).map(|(path, text)| plain(path, text)));
    artifacts.extend(catalogue::files(context).into_iter().map(|(path, text)| plain(&path, text)));
    if let Some(base) = context.portal.base_url() {
        artifacts.extend(ATOM.iter().map(|key| plain(key.address, atom::feed(context, base, key))));
        artifacts.extend(frab::files(context, base).into_iter().map(|(path, text)| plain(&path, text)));
        artifacts.extend(sitemap::sitemaps(context, base, pages).into_iter().map(|(path, text)| plain(&path, text)));
    }
    artifacts
}

fn plain(path: &str, text: String) -> Artifact {
    Artifact { path: path.to_owned(), bytes: text.into_bytes().into(), role: Role::Plain }
}
