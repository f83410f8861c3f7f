//! Freshness: the home page, columns, and the dates of what they show.

use jiff::civil::Date;

use super::Inspection;
use super::atlas::Side;
use super::links::End;
use super::page::Page;
use super::rules::RULES;

pub(super) fn check(inspection: &mut Inspection<'_>) {
    dated(inspection);
    for page in inspection.pages.iter().filter(|page| !page.leads_on()) {
        let days_shown = articles(inspection, page).filter_map(|article| article.published);
        let newest = days_shown.filter(|day| *day <= inspection.today).max();
        let age = newest.map(|day| days(day, inspection.today));
        if page.address == "index.html" {
            if let (Some(day), Some(age)) = (newest, age.filter(|age| *age > RULES.home_days)) {
                inspection.found("home-fresh", page.address.clone(), &day.to_string(), age);
            }
        } else if page.is_column() && !is_further(page) {
            if page.items == 0 && !articles(inspection, page).any(Page::is_article) {
                inspection.found("column-empty", page.address.clone(), &page.column, 0);
            } else if let (Some(limit), Some(age)) = (limit(&page.address), age)
                && age > limit
            {
                inspection.found("column-fresh", page.address.clone(), &page.column, age);
            }
        }
    }
}

/// The dates of articles themselves.
fn dated(inspection: &mut Inspection<'_>) {
    for page in inspection.pages.iter().filter(|page| page.is_article()) {
        let folder = page.address.split('/').next().unwrap_or_default();
        match page.published {
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

/// The pages that the own part of a page leads to.
fn articles<'a>(inspection: &Inspection<'a>, page: &'a Page) -> impl Iterator<Item = &'a Page> {
    let links = page.links.iter().filter(|link| link.side == Side::Main);
    links.filter_map(|link| match inspection.ends[link.to as usize] {
        End::Page(at) | End::Unplaced(at) => Some(&inspection.pages[at]),
        End::File | End::NoPage | End::NoFile | End::Outside => None,
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
