//! Feeds for programs. All but calendars, the data for other systems and `robots.txt` need a base address.

mod atom;
mod board;
mod bundle;
pub mod calendar;
mod catalogue;
pub mod exchange;
mod frab;
mod identity;
mod indicators;
mod json;
mod ledger;
mod matrix;
mod programme;
pub mod reconcile;
mod selection;
pub mod sheet;
pub mod sitemap;
mod standards;
mod worksheet;
mod xlsx;

use rayon::prelude::*;

use crate::address::Href;
use crate::artifact::{Artifact, Role};
use crate::page::Route;
use crate::page::context::Context;
use crate::portal::feeds::{self, FORMATS, FeedKey};
use crate::portal::location::{CATALOGUE, ROBOTS};
use crate::portal::{ItemId, Portal};

/// The root addresses that feeds take, whether or not they are made.
pub fn addresses(portal: &Portal) -> Vec<String> {
    let both = |key: FeedKey| FORMATS.map(|(end, _)| key.address(end));
    let schedule = |id: ItemId| feeds::SCHEDULES.map(|end| feeds::schedule(portal.item(id).id(), end));
    let fixed =
        feeds::DATA.into_iter().chain(feeds::FIGURES).chain([CATALOGUE]).map(str::to_owned).chain(sitemap::addresses());
    let of_feeds = feeds::all(portal).into_iter().flat_map(both);
    let fixed = fixed.chain(ledger::addresses(portal)).chain(reconcile::addresses(portal));
    let fixed = fixed.chain(matrix::addresses(portal));
    let fixed = fixed.chain(board::addresses(portal));
    let fixed =
        fixed.chain(worksheet::addresses(portal)).chain(standards::addresses(portal)).chain(bundle::addresses(portal));
    fixed.chain(of_feeds).chain(feeds::programmes(portal).into_iter().flat_map(schedule)).collect()
}

/// All feeds.
pub fn make(context: &Context<'_>, pages: &[Route]) -> Vec<Artifact> {
    let mut artifacts = vec![plain(ROBOTS, sitemap::robots(context))];
    artifacts.extend(exchange::files(context).map(|(path, text)| plain(path, text)));
    artifacts.extend(indicators::files(context).into_iter().map(|(path, text)| plain(path, text)));
    artifacts.extend(catalogue::files(context).into_iter().map(|(path, text)| plain(&path, text)));
    artifacts.extend(standards::files(context).into_iter().map(|(path, text)| plain(&path, text)));
    artifacts.extend(matrix::files(context).map(|(path, text)| plain(&path, text)));
    artifacts.extend(worksheet::files(context).map(|(path, text)| plain(&path, text)));
    artifacts.extend(bundle::files(context).into_iter().map(|(path, bytes)| plain(&path, bytes)));
    artifacts.extend(ledger::files(context).into_iter().map(|(path, text)| plain(&path, text)));
    artifacts.extend(board::files(context).into_iter().map(|(path, text)| plain(&path, text)));
    artifacts.extend(reconcile::file(context).map(|(path, text)| plain(path, text)));
    if let Some(base) = context.portal.base_url() {
        artifacts.par_extend(feeds::all(context.portal).par_iter().flat_map(|key| in_formats(context, base, key)));
        artifacts.extend(frab::files(context, base).into_iter().map(|(path, text)| plain(&path, text)));
        artifacts.extend(sitemap::sitemaps(context, base, pages).into_iter().map(|(path, text)| plain(&path, text)));
    }
    artifacts
}

/// A feed in all formats.
fn in_formats(context: &Context<'_>, base: &str, key: &FeedKey) -> [Artifact; 2] {
    let feed = selection::feed(context, base, key);
    FORMATS.map(|(end, _)| {
        let path = key.address(end);
        let url = Href::new(&path).absolute(base);
        let text = if end == "json" { json::write(context, &feed, &url) } else { atom::write(context, &feed, &url) };
        plain(&path, text)
    })
}

fn plain(path: &str, bytes: impl Into<Vec<u8>>) -> Artifact {
    Artifact::new(path, bytes.into(), Role::Plain)
}
