//! Links, anchors, pictures and attachments inside the portal; those to other places are only gathered.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Inspection;
use super::atlas::{Side, Sort, Way, way};
use super::page::Page;

/// Links to other places, each with the first page that has it.
pub(super) type Outside = BTreeMap<String, String>;

/// What is at the end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A page, by its place in the list of all.
    Page(usize),
    /// A page that has not the place in it.
    Unplaced(usize),
    /// Another file.
    File,
    /// Nothing where there should be a page.
    NoPage,
    /// Nothing where there should be a file.
    NoFile,
    /// Another site.
    Outside,
}

/// What is at each place of the atlas, by number.
pub(super) fn ends(inspection: &Inspection<'_>, places: &[String]) -> Vec<End> {
    let pages: HashMap<&str, usize> =
        inspection.pages.iter().enumerate().map(|(at, page)| (page.address.as_str(), at)).collect();
    let end = |place: &String| match way(place) {
        Way::Outside(_) => End::Outside,
        Way::Inside(address, anchor) => match pages.get(address) {
            Some(at) if inspection.pages[*at].has_place(anchor) => End::Page(*at),
            Some(at) => End::Unplaced(*at),
            None if inspection.files.contains(address) => End::File,
            None if address.rsplit_once('.').is_none_or(|(_, end)| end == "html") => End::NoPage,
            None => End::NoFile,
        },
    };
    places.iter().map(end).collect()
}

/// Checks all links.
pub(super) fn check(inspection: &mut Inspection<'_>, places: &[String]) {
    // Head and foot are the same on most pages: what they lead to is told once.
    let mut known: HashSet<u32> = HashSet::new();
    for page in inspection.pages {
        for anchor in &page.lost {
            inspection.found("dead-anchor", page.address.clone(), anchor, 0);
        }
        for link in &page.links {
            let rule = match (inspection.ends[link.to as usize], link.sort) {
                (End::Outside | End::Page(_) | End::File, _) | (End::Unplaced(_), Sort::Picture) => continue,
                (End::NoPage | End::NoFile, Sort::Picture) => "dead-picture",
                (End::Unplaced(_), Sort::Page | Sort::Download) => "dead-anchor",
                (End::NoFile, Sort::Page) | (_, Sort::Download) => "dead-file",
                (End::NoPage, Sort::Page) => "dead-link",
            };
            if link.side == Side::Main || known.insert(link.to) {
                inspection.found(rule, page.address.clone(), &shown(&places[link.to as usize]), 0);
            }
        }
    }
}

/// Links to other sites; pictures of other sites are none.
pub(super) fn outside(pages: &[Page], places: &[String]) -> Outside {
    let mut outside = Outside::new();
    let leads = places.iter().map(|place| matches!(way(place), Way::Outside(_))).collect::<Vec<bool>>();
    for page in pages {
        for link in page.links.iter().filter(|link| leads[link.to as usize] && link.sort != Sort::Picture) {
            if let Way::Outside(url) = way(&places[link.to as usize])
                && !outside.contains_key(url)
            {
                outside.insert(url.to_owned(), page.address.clone());
            }
        }
    }
    outside
}

/// A place as people read it: from the root of the portal.
fn shown(place: &str) -> String {
    match way(place) {
        Way::Outside(url) => url.to_owned(),
        Way::Inside(address, "") => format!("/{address}"),
        Way::Inside(address, anchor) => format!("/{address}#{anchor}"),
    }
}
