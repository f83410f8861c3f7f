//! Where pages are: the root address of every page that an entry or a list has.

use std::ops::Range;

use crate::content::{Kind, Placement};

/// Entries on one page of a list.
pub const PAGE_LENGTH: usize = 50;

/// The page of an entry, or the one at a former id.
pub fn of_item(kind: Kind, id: &str) -> String {
    format!("{}/{id}.html", kind.folder())
}

/// A page of a kind's list, from 1.
pub fn of_list(kind: Kind, page: usize) -> String {
    match page {
        1 => format!("{}/index.html", kind.folder()),
        _ => format!("{}/page-{page}.html", kind.folder()),
    }
}

/// A page of the entries of one kind that belong to the entry `owner` of another, from 1.
pub fn of_members(owner: (Kind, &str), kind: Kind, page: usize) -> String {
    let stem = format!("{}/{}/{}", owner.0.folder(), owner.1, kind.folder());
    match page {
        1 => format!("{stem}.html"),
        _ => format!("{stem}/page-{page}.html"),
    }
}

/// The entries on a page of a list, from 1.
pub fn page_range(count: usize, page: usize) -> Range<usize> {
    let start = (page - 1) * PAGE_LENGTH;
    start.min(count)..(start + PAGE_LENGTH).min(count)
}

/// How many pages a list has; one even if it is empty.
pub fn page_count(count: usize) -> usize {
    count.div_ceil(PAGE_LENGTH).max(1)
}

/// Whether entries of a kind have pages of their own.
pub fn has_page(kind: Kind) -> bool {
    kind.placement() == Placement::Page
}
