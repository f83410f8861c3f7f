//! `sitemap.xml`, split past what one may hold, and `robots.txt`.

use std::fmt::Write as _;

use crate::address::Href;
use crate::markdown::escape;
use crate::page::Route;
use crate::page::context::Context;
use crate::page::pages::Listing;
use crate::portal::location::{ROBOTS, SITEMAP};

/// Addresses in one file, at most (sitemaps.org).
const LENGTH: usize = 50_000;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// The root addresses that sitemaps and `robots.txt` take.
pub fn addresses() -> impl Iterator<Item = String> {
    [SITEMAP, ROBOTS].into_iter().map(str::to_owned)
}

/// One file, or an index and its parts.
pub fn sitemaps(context: &Context<'_>, base: &str, pages: &[Route]) -> Vec<(String, String)> {
    let entries: Vec<String> = pages.iter().filter_map(|page| entry(context, base, page)).collect();
    if entries.len() <= LENGTH {
        return vec![(SITEMAP.to_owned(), urlset(&entries))];
    }
    let parts = entries.chunks(LENGTH).enumerate();
    let mut files: Vec<(String, String)> =
        parts.map(|(at, part)| (format!("sitemap-{}.xml", at + 1), urlset(part))).collect();
    let mut index = format!("{HEAD}<sitemapindex {SPACE}>\n");
    for (path, _) in &files {
        let _ = writeln!(index, "<sitemap><loc>{}</loc></sitemap>", escape(&Href::new(path).absolute(base)));
    }
    files.insert(0, (SITEMAP.to_owned(), index + "</sitemapindex>\n"));
    files
}

fn urlset(entries: &[String]) -> String {
    format!("{HEAD}<urlset {SPACE}>\n{}</urlset>\n", entries.concat())
}

fn entry(context: &Context<'_>, base: &str, page: &Route) -> Option<String> {
    let Listing::Listed(day) = page.listing(context.portal) else { return None };
    let day = day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
    Some(format!("<url><loc>{}</loc>{day}</url>\n", escape(&Href::new(&page.address).absolute(base))))
}

/// `robots.txt`: allows everything and names the sitemap.
pub fn robots(context: &Context<'_>) -> String {
    let sitemap = context.portal.base_url().map(|base| format!("Sitemap: {}\n", Href::new(SITEMAP).absolute(base)));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}
