//! Feeds: what programs read. They need absolute addresses, and so a base address.

pub mod atom;
pub mod sitemap;

use crate::artifact::{Artifact, Role};
use crate::page::context::Context;
use crate::page::{ATOM, PageKey};

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
