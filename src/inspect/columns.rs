//! Freshness: the home page, columns, and the dates of what they show.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Inspection;
use super::links::{Way, way};
use super::page::{Page, Side};
use super::rules::RULES;

pub(super) fn check(inspection: &mut Inspection<'_>) {
    let dates: BTreeMap<&str, Date> =
        inspection.pages.iter().filter_map(|page| Some((page.address.as_str(), published(page)?))).collect();
    dated(inspection);
    for page in inspection.pages.iter().filter(|page| !page.leads_on()) {
        let shown = || articles(inspection, page).filter_map(|address| dates.get(address.as_str()).copied());
        let newest = shown().filter(|day| *day <= inspection.today).max();
        let age = newest.map(|day| days(day, inspection.today));
        if page.address == "index.html" {
            if let (Some(day), Some(age)) = (newest, age.filter(|age| *age > RULES.home_days)) {
                inspection.found("home-fresh", page.address.clone(), &day.to_string(), age);
            }
        } else if page.is_column() && !is_further(page) {
            let title = page.meta("ColumnName").unwrap_or_default().to_owned();
            if page.items == 0 && !leads_to_any(inspection, page) {
                inspection.found("column-empty", page.address.clone(), &title, 0);
            } else if let (Some(limit), Some(age)) = (limit(&page.address), age)
                && age > limit
            {
                inspection.found("column-fresh", page.address.clone(), &title, age);
            }
        }
    }
}

/// The dates of articles themselves.
fn dated(inspection: &mut Inspection<'_>) {
    for page in inspection.pages.iter().filter(|page| page.is_article()) {
        let folder = page.address.split('/').next().unwrap_or_default();
        match published(page) {
            None if RULES.dated.iter().any(|known| known == folder) => {
                inspection.found("undated", page.address.clone(), "", 0);
            }
            Some(day) if day > inspection.today && RULES.dated.iter().any(|known| known == folder) => {
                inspection.found("future-date", page.address.clone(), &day.to_string(), 0);
            }
            _ => {}
        }
    }
}

/// The day of publication in a page's metadata.
fn published(page: &Page) -> Option<Date> {
    page.meta("PubDate")?.split_whitespace().next()?.parse().ok()
}

/// Whether the own part of a page leads to a page of an entry.
fn leads_to_any(inspection: &Inspection<'_>, page: &Page) -> bool {
    let is_article = |address: &String| {
        inspection
            .pages
            .binary_search_by(|known| known.address.cmp(address))
            .is_ok_and(|at| inspection.pages[at].is_article())
    };
    articles(inspection, page).any(|address| is_article(&address))
}

/// The pages that the own part of a page leads to.
fn articles<'a>(inspection: &Inspection<'a>, page: &'a Page) -> impl Iterator<Item = String> + 'a {
    let base = inspection.base;
    let links = page.links.iter().filter(|link| link.side == Side::Main && !link.href.starts_with('#'));
    links.filter_map(move |link| match way(&page.address, &link.href, base) {
        Way::Inside(address, _) => Some(address),
        Way::Outside(_) | Way::Program => None,
    })
}

/// Days within which a column must show something new: that of the folder it is the list of, or of the kind that it gathers.
fn limit(address: &str) -> Option<i32> {
    let stem = address.strip_suffix(".html").unwrap_or(address);
    let mut parts = stem.split('/');
    let (first, last) = (parts.next()?, stem.rsplit('/').next()?);
    if last == "index" { RULES.columns.get(first) } else { RULES.columns.get(last) }.copied()
}

/// Whether a page goes on with a list that begins on another.
fn is_further(page: &Page) -> bool {
    page.address.rsplit('/').next().is_some_and(|name| name.starts_with("page-"))
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
