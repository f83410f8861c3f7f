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
use crate::artifact::{Artifact, Put, Role};
use crate::diag::fault::Fault;
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

/// Makes all feeds. Each group is handed on before the next is made, so that no more than one is held.
///
/// # Errors
/// A fault of what takes them.
pub fn make(context: &Context<'_>, pages: &[Route], put: Put<'_>) -> Result<(), Fault> {
    all([(ROBOTS, sitemap::robots(context))], put)?;
    all(exchange::files(context), put)?;
    all(indicators::files(context), put)?;
    all(catalogue::files(context), put)?;
    all(standards::files(context), put)?;
    all(matrix::files(context), put)?;
    all(worksheet::files(context), put)?;
    all(bundle::files(context), put)?;
    all(ledger::files(context), put)?;
    all(board::files(context), put)?;
    all(reconcile::file(context), put)?;
    if let Some(base) = context.portal.base_url() {
        let keys = feeds::all(context.portal);
        keys.par_iter().try_for_each(|key| in_formats(context, base, key).into_iter().try_for_each(put))?;
        all(frab::files(context, base), put)?;
        all(sitemap::sitemaps(context, base, pages), put)?;
    }
    Ok(())
}

/// Hands files on, each by its address.
fn all<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>, put: Put<'_>) -> Result<(), Fault> {
    files.into_iter().try_for_each(|(path, bytes)| put(Artifact::new(path, bytes.into(), Role::Plain)))
}

/// A feed in all formats.
fn in_formats(context: &Context<'_>, base: &str, key: &FeedKey) -> [Artifact; 2] {
    let feed = selection::feed(context, base, key);
    FORMATS.map(|(end, _)| {
        let path = key.address(end);
        let url = Href::new(&path).absolute(base);
        let text = if end == "json" { json::write(context, &feed, &url) } else { atom::write(context, &feed, &url) };
        Artifact::new(path, text.into_bytes(), Role::Plain)
    })
}
