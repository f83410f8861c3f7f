//! Where pages are: the root address of every page that an entry or a list has, and which page an address means.

use std::fmt::Write as _;
use std::ops::Range;

use super::calendars::{self, Named};
use super::feeds;
use super::programme::Way;
use crate::address::Href;
use crate::content::choice::Choice as _;
use crate::content::institution::Tier;
use crate::content::shared::Level;
use crate::content::site::CatalogueFacet;
use crate::content::{Kind, Placement};

/// The home page.
pub const HOME: &str = "index.html";
/// The page of search results.
pub const SEARCH: &str = "search.html";
/// What a host answers where there is nothing.
pub const NOT_FOUND: &str = "404.html";
/// The index by letters.
pub const LETTERS: &str = "az/index.html";
/// The folder of calendars.
pub const CALENDARS: &str = "calendars/";
/// The page that explains calendars.
pub const CALENDARS_PAGE: &str = "calendars/index.html";
/// The calendar of everything.
pub const EVERYTHING: &str = "calendars/all.ics";
/// The sitemap.
pub const SITEMAP: &str = "sitemap.xml";
/// What crawlers ask for.
pub const ROBOTS: &str = "robots.txt";

/// The folder of ledgers.
const LEDGER: &str = "ledger";
/// The page that leads to all ledgers.
pub const LEDGERS: &str = "ledger/index.html";

/// The folder of the reconciliation.
const RECONCILE: &str = "reconcile";
/// The page that leads to all of the reconciliation.
pub const RECONCILIATION: &str = "reconcile/index.html";
/// The reconciliation as data.
pub const RECONCILIATION_DATA: &str = "reconcile/report.json";

/// The folder of what units hand in every year.
const BUNDLE: &str = "bundles";
/// The page that leads to all bundles.
pub const BUNDLES: &str = "bundles/index.html";

/// The folder of where regions stand.
const OVERVIEW: &str = "overview";
/// Where all regions stand.
pub const OVERVIEWS: &str = "overview/index.html";

/// The folder of matrices.
const MATRIX: &str = "matrix";

/// The folder of how many came.
const PARTICIPATION_FOLDER: &str = "participation";
/// How many came to everything.
pub const PARTICIPATION: &str = "participation/index.html";
/// The working year of offices, and its calendar.
pub const WORK_YEAR: &str = "phases/year.html";
/// See [`WORK_YEAR`].
pub const WORK_CALENDAR: &str = "phases/year.ics";

/// The folder of honours by year and level.
const HONOUR_FOLDER: &str = "honours";
/// The page that leads to all honours.
pub const HONOURS: &str = "honours/index.html";

/// The folder of boards of what units hand up in turn.
const BOARD: &str = "phases/board";

/// The folder of what is on day by day.
const DAYS: &str = "days";
/// The pages of what is on that every portal has.
const SPANS: [&str; 4] = ["today", "tomorrow", "weekend", "week"];

/// Everything whose address is the same in every portal.
pub fn fixed() -> impl Iterator<Item = &'static str> {
    [HOME, SEARCH, NOT_FOUND, SITEMAP, ROBOTS].into_iter().chain(feeds::FIXED).chain(feeds::DATA).chain(feeds::FIGURES)
}

/// Entries on one page of the list of a kind: what fits on twelve screens of a phone, be it lines or portraits.
pub fn page_length(kind: Kind) -> usize {
    if kind == Kind::Star { 30 } else { 50 }
}

/// Items of a standard, and institutions held to it, on one page of a sheet: they fit on twelve screens of a phone.
const SHEET_ITEMS: usize = 36;
const SHEET_INSTITUTIONS: usize = 18;

/// The page of a sheet that shows an item, from 1; `nth` is its place in the sheet, from 0.
pub fn sheet_page(nth: usize) -> usize {
    nth / SHEET_ITEMS + 1
}

/// How many pages a sheet of so many items and institutions has.
pub fn sheet_pages(items: usize, institutions: usize) -> usize {
    items.div_ceil(SHEET_ITEMS).max(institutions.div_ceil(SHEET_INSTITUTIONS)).max(1)
}

/// The items and the institutions on a page of a sheet, from 1, by their places.
pub fn sheet_ranges(page: usize) -> (Range<usize>, Range<usize>) {
    let range = |length: usize| (page - 1) * length..page * length;
    (range(SHEET_ITEMS), range(SHEET_INSTITUTIONS))
}

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

/// The first page of a kind's list.
pub fn list(kind: Kind) -> Href {
    Href::new(&of_list(kind, 1))
}

/// A page of the entries of one kind that belong to the entry `owner` of another, from 1.
pub fn of_members(owner: (Kind, &str), kind: Kind, page: usize) -> String {
    let stem = format!("{}/{}/{}", owner.0.folder(), owner.1, kind.folder());
    match page {
        1 => format!("{stem}.html"),
        _ => format!("{stem}/page-{page}.html"),
    }
}

/// A page of a part of the programme of a learning week, from 1: `all`, `day/2026-11-09`, `region/muye`.
pub fn of_programme(edition: &str, part: &str, page: usize) -> String {
    let stem = format!("{}/{edition}/{part}", Kind::Edition.folder());
    numbered(&stem, page)
}

/// A page of what is on, of the portal or of a region, from 1: `today`, or a day.
pub fn of_days(region: Option<&str>, name: &str, page: usize) -> String {
    let is_day = name.starts_with(|c: char| c.is_ascii_digit());
    let stem = match region {
        None => format!("{DAYS}/{name}"),
        Some(region) if is_day => format!("{}/{region}/{DAYS}/{name}", Kind::Region.folder()),
        Some(region) => format!("{}/{region}/{name}", Kind::Region.folder()),
    };
    numbered(&stem, page)
}

/// A part of the ledger of a document, from 1; the first leads to the others.
pub fn of_ledger(document: &str, page: usize) -> String {
    numbered(&format!("{LEDGER}/{document}"), page)
}

/// A volume of the ledger of a document or a unit that is to be printed, of a year alone or of all, from 1.
pub fn of_binder(of: (Kind, &str), year: Option<i16>, page: usize) -> String {
    let whole = match of {
        (Kind::Unit, id) => format!("{LEDGER}/units/{id}/binder"),
        (_, id) => format!("{LEDGER}/{id}/binder"),
    };
    match year {
        Some(year) => numbered(&format!("{whole}/{year}"), page),
        None => numbered(&whole, page),
    }
}

/// The ledger of a document as a table for spreadsheets.
pub fn of_ledger_sheet(document: &str) -> String {
    format!("{LEDGER}/{document}.csv")
}

/// A part of the reconciliation of a document, from 1; of what no document asks for without one.
pub fn of_reconciliation(document: Option<&str>, page: usize) -> String {
    match document {
        Some(document) => numbered(&format!("{RECONCILE}/documents/{document}"), page),
        None => numbered(&format!("{RECONCILE}/other"), page),
    }
}

/// A page of the bundle of a document for a year, from 1.
pub fn of_bundle(document: &str, year: i16, page: usize) -> String {
    numbered(&format!("{BUNDLE}/{document}/{year}"), page)
}

/// A volume of a bundle that is to be printed, from 1.
pub fn of_bundle_print(document: &str, year: i16, page: usize) -> String {
    numbered(&format!("{BUNDLE}/{document}/{year}/print"), page)
}

/// A bundle as a table for spreadsheets: `csv` or `xlsx`.
pub fn of_bundle_sheet(document: &str, year: i16, end: &str) -> String {
    format!("{BUNDLE}/{document}/{year}.{end}")
}

/// A part of the ledger of a unit, from 1.
pub fn of_unit_ledger(unit: &str, page: usize) -> String {
    numbered(&format!("{LEDGER}/units/{unit}"), page)
}

/// Where a region stands.
pub fn of_overview(region: &str) -> String {
    format!("{OVERVIEW}/{region}.html")
}

/// A page of the duties of a document and the units that they bind, from 1.
pub fn of_matrix(document: &str, page: usize) -> String {
    numbered(&format!("{MATRIX}/{document}"), page)
}

/// The same as a table for spreadsheets.
pub fn of_matrix_sheet(document: &str) -> String {
    format!("{MATRIX}/{document}.csv")
}

/// A page of the board of what units hand up in turn for a document in a year, from 1.
pub fn of_board(document: &str, year: i16, page: usize) -> String {
    numbered(&format!("{BOARD}/{document}/{year}"), page)
}

/// The same as a table for spreadsheets.
pub fn of_board_sheet(document: &str, year: i16) -> String {
    format!("{BOARD}/{document}/{year}.csv")
}

/// The sign-in sheet of an event, or of a class run of a course, from 1.
pub fn of_sign_in(owner: (Kind, &str), run: usize) -> String {
    let stem = format!("{}/{}/sign-in", owner.0.folder(), owner.1);
    if owner.0 == Kind::Course { format!("{stem}-{run}.html") } else { format!("{stem}.html") }
}

/// A page of the honours of a year and a level, from 1.
pub fn of_honours(year: i16, level: Level, page: usize) -> String {
    numbered(&format!("{HONOUR_FOLDER}/{year}/{}", level.key()), page)
}

/// A page of the names of a selection that are too many for its own page, from 1.
pub fn of_names(selection: &str, page: usize) -> String {
    numbered(&format!("{}/{selection}/names", Kind::Selection.folder()), page)
}

/// How many came in a region.
pub fn of_participation(region: &str) -> String {
    format!("{PARTICIPATION_FOLDER}/{region}.html")
}

/// The worksheet of a unit: a page, a table or a calendar, as the end of its name says.
pub fn of_worksheet(unit: &str, end: &str) -> String {
    format!("{}/{unit}/worksheet.{end}", Kind::Unit.folder())
}

/// A page of the school network of a document against its standards, from 1: of all of it, or of a tier.
pub fn of_standards(document: &str, tier: Option<Tier>, page: usize) -> String {
    let stem = format!("{}/{document}", Kind::Standard.folder());
    numbered(&tier.map_or(stem.clone(), |tier| format!("{stem}/{}", tier.key())), page)
}

/// The school network of a document against its standards as a table.
pub fn of_standards_table(document: &str) -> String {
    format!("{}/{document}.csv", Kind::Standard.folder())
}

fn numbered(stem: &str, page: usize) -> String {
    if page == 1 { format!("{stem}.html") } else { format!("{stem}/page-{page}.html") }
}

/// A page of the index by letters, from 1. `letter` is one, or `other`.
pub fn of_letter(letter: &str, page: usize) -> String {
    if page == 1 { format!("az/{letter}.html") } else { format!("az/{letter}-{page}.html") }
}

/// A page of the courses that have all of several values, from 1: `by` holds the name of each facet and of its value, in order.
pub fn of_catalogue<'a>(by: impl IntoIterator<Item = (&'a str, &'a str)>, page: usize) -> String {
    let mut stem = format!("{}/by", Kind::Course.folder());
    for (facet, value) in by {
        let _ = write!(stem, "/{facet}/{value}");
    }
    if page == 1 { format!("{stem}.html") } else { format!("{stem}/page-{page}.html") }
}

/// Where the data lie with which a browser combines facets.
pub const CATALOGUE: &str = "courses/by/data.js";

/// The rows of a stretch of the catalogue, from 0.
pub fn of_rows(nth: usize) -> String {
    format!("courses/by/rows-{nth}.js")
}

/// What the portal makes of many entries, or of none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its root address.
    pub address: String,
    /// The kind whose list it is; with an id, whose entry's list.
    pub of: Option<(Kind, Option<String>)>,
}

/// What the portal makes at a path, which may name a folder instead of its index. Whether it is there on a given day is not asked.
pub fn made(path: &str) -> Option<Made> {
    let whole = |of| Some(Made { address: path.to_owned(), of });
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [""] => Some(Made { address: HOME.to_owned(), of: None }),
        ["az"] => Some(Made { address: LETTERS.to_owned(), of: None }),
        ["az", name] if is_letter(name) => whole(None),
        [RECONCILE] => Some(Made { address: RECONCILIATION.to_owned(), of: None }),
        [RECONCILE, .., name] if name.contains('.') => whole(None),
        [BUNDLE] => Some(Made { address: BUNDLES.to_owned(), of: None }),
        [BUNDLE, .., name] if name.contains('.') => whole(None),
        [LEDGER] => Some(Made { address: LEDGERS.to_owned(), of: None }),
        [LEDGER, .., name] if name.contains('.') => whole(None),
        [HONOUR_FOLDER] => Some(Made { address: HONOURS.to_owned(), of: None }),
        [HONOUR_FOLDER, .., name] if name.contains('.') => whole(None),
        ["selections", id, "names.html"] => whole(Some((Kind::Selection, Some((*id).to_owned())))),
        ["selections", id, "names", name] if is_page(name) => whole(Some((Kind::Selection, Some((*id).to_owned())))),
        ["standards", name] if *name != "index.html" && !name.starts_with("page-") => whole(None),
        [OVERVIEW] => Some(Made { address: OVERVIEWS.to_owned(), of: None }),
        [OVERVIEW, name] if name.contains('.') => whole(None),
        [MATRIX, .., name] if name.contains('.') => whole(None),
        [PARTICIPATION_FOLDER] => Some(Made { address: PARTICIPATION.to_owned(), of: None }),
        [PARTICIPATION_FOLDER, name] if name.contains('.') => whole(None),
        ["standards", _, _] | ["standards", _, _, _] | ["phases", "year.html" | "year.ics"] => whole(None),
        ["phases", "board", _, name] if name.contains('.') => whole(None),
        ["phases", "board", _, _, name] if is_page(name) => whole(None),
        ["units", id, "worksheet.html" | "worksheet.csv" | "worksheet.ics"] => {
            whole(Some((Kind::Unit, Some((*id).to_owned()))))
        }
        ["calendars"] | ["calendars", "index.html"] => Some(Made { address: CALENDARS_PAGE.to_owned(), of: None }),
        [DAYS, rest @ ..] if is_days(rest) => whole(None),
        ["regions", id, rest @ ..] if is_days(rest) || matches!(rest, [DAYS, rest @ ..] if is_days(rest)) => {
            whole(Some((Kind::Region, Some((*id).to_owned()))))
        }
        ["editions", id, rest @ ..] if is_programme(rest) => whole(Some((Kind::Edition, Some((*id).to_owned())))),
        ["calendars", ..] => {
            let of = match calendars::named(path)? {
                Named::Everything => None,
                Named::Entry(kind, id) => Some((kind, Some(id))),
                Named::Day(id, _) => Some((Kind::Edition, Some(id))),
            };
            Some(Made { address: path.to_owned(), of })
        }
        [_, _, _] if feeds::owner(path).is_some() => {
            whole(feeds::owner(path).map(|(kind, id)| (kind, Some(id.to_owned()))))
        }
        [name] if fixed().any(|fixed| fixed == *name) => whole(None),
        [folder] | [folder, "index.html"] => {
            let kind = Kind::from_folder(folder)?;
            Some(Made { address: of_list(kind, 1), of: Some((kind, None)) })
        }
        [folder, "by", by @ .., name] if *folder == Kind::Course.folder() && is_catalogue(by, name) => {
            whole(Some((Kind::Course, None)))
        }
        [folder, name] if is_page(name) => whole(Some((Kind::from_folder(folder)?, None))),
        [folder @ ("courses" | "events"), id, name] if name.starts_with("sign-in") => {
            whole(Some((Kind::from_folder(folder)?, Some((*id).to_owned()))))
        }
        [folder, id, list] => {
            Kind::from_folder(list.strip_suffix(".html")?)?;
            whole(Some((Kind::from_folder(folder)?, Some((*id).to_owned()))))
        }
        [folder, id, list, name] if is_page(name) => {
            Kind::from_folder(list)?;
            whole(Some((Kind::from_folder(folder)?, Some((*id).to_owned()))))
        }
        _ => None,
    }
}

/// Whether an address below an entry is one of its programme or of what is on in it.
pub fn is_dated(address: &str) -> bool {
    let parts: Vec<&str> = address.split('/').collect();
    match parts.as_slice() {
        ["regions", _, rest @ ..] => is_days(rest) || matches!(rest, [DAYS, rest @ ..] if is_days(rest)),
        ["editions", _, rest @ ..] => is_programme(rest),
        _ => false,
    }
}

/// Whether the end of an address is that of what is on: `today.html`, or a day with or without the number of its page.
fn is_days(rest: &[&str]) -> bool {
    let is_day = |name: &str| name.parse::<jiff::civil::Date>().is_ok();
    match rest {
        [name] => name.strip_suffix(".html").is_some_and(|name| SPANS.contains(&name) || is_day(name)),
        [day, page] => is_day(day) && is_page(page),
        _ => false,
    }
}

/// Whether the end of an address is that of a part of a programme: `all.html`, `day/2026-11-09.html`, `region/muye/page-2.html`.
fn is_programme(rest: &[&str]) -> bool {
    let is_way = |name: &str| ["day", "grid"].contains(&name) || Way::ALL.iter().any(|way| way.folder() == name);
    match rest {
        ["all.html"] => true,
        ["all", page] => is_page(page),
        [way, name] => is_way(way) && name.strip_suffix(".html").is_some(),
        [way, _, page] => is_way(way) && is_page(page),
        _ => false,
    }
}

/// Whether a file is a further page of a list.
fn is_page(name: &str) -> bool {
    name.strip_prefix("page-").and_then(|rest| rest.strip_suffix(".html")).is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether facets with their values, and a page of their courses, could stand so.
fn is_catalogue(by: &[&str], name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".html") else { return false };
    let is_number = stem.strip_prefix("page-").is_some_and(is_number);
    let facets = by.iter().step_by(2);
    let known = |facet: &&str| CatalogueFacet::ALL.iter().any(|known| known.key() == *facet);
    !by.is_empty() && facets.into_iter().all(known) && is_number == by.len().is_multiple_of(2)
}

/// Whether a file of the index by letters could have this name.
fn is_letter(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".html") else { return false };
    let (letter, number) = stem.split_once('-').map_or((stem, None), |(letter, number)| (letter, Some(number)));
    let is_one = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase());
    stem == "index" || ((is_one || letter == "other") && number.is_none_or(is_number))
}

/// The entries on a page of the list of a kind, from 1.
pub fn page_range(kind: Kind, count: usize, page: usize) -> Range<usize> {
    let start = (page - 1) * page_length(kind);
    start.min(count)..(start + page_length(kind)).min(count)
}

/// How many pages a list has; one even if it is empty.
pub fn page_count(kind: Kind, count: usize) -> usize {
    count.div_ceil(page_length(kind)).max(1)
}

/// Whether entries of a kind have pages of their own.
pub fn has_page(kind: Kind) -> bool {
    kind.placement() == Placement::Page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, address: &str, of: Option<(Kind, Option<&str>)>) {
        let of = of.map(|(kind, id)| (kind, id.map(str::to_owned)));
        assert_eq!(made(path), Some(Made { address: address.to_owned(), of }), "{path}");
    }

    #[test]
    fn a_path_tells_what_the_portal_makes_there() {
        check("", "index.html", None);
        check("search.html", "search.html", None);
        check("news.xml", "news.xml", None);
        check("az", "az/index.html", None);
        check("calendars", "calendars/index.html", None);
        check("calendars/regions/muye.ics", "calendars/regions/muye.ics", Some((Kind::Region, Some("muye"))));
        check(&of_letter("other", 3), "az/other-3.html", None);
        check("courses", "courses/index.html", Some((Kind::Course, None)));
        check(&of_list(Kind::Course, 2), "courses/page-2.html", Some((Kind::Course, None)));
        let by = [("topic", "quanshu"), ("street", "beigandao")];
        assert_eq!(of_catalogue(by, 1), "courses/by/topic/quanshu/street/beigandao.html");
        for page in [1, 2] {
            for by in [&by[..1], &by] {
                let address = of_catalogue(by.iter().copied(), page);
                check(&address, &address, Some((Kind::Course, None)));
            }
        }
        let members = of_members((Kind::Region, "muye"), Kind::Course, 1);
        check(&members, "regions/muye/courses.html", Some((Kind::Region, Some("muye"))));
        check(&of_days(None, "today", 1), "days/today.html", None);
        check(&of_days(None, "2026-11-22", 2), "days/2026-11-22/page-2.html", None);
        check(&of_days(Some("muye"), "week", 1), "regions/muye/week.html", Some((Kind::Region, Some("muye"))));
        let day = of_days(Some("muye"), "2026-11-22", 1);
        check(&day, "regions/muye/days/2026-11-22.html", Some((Kind::Region, Some("muye"))));
        let week = Some((Kind::Edition, Some("week")));
        check(&of_programme("week", "all", 2), "editions/week/all/page-2.html", week);
        check(&of_programme("week", "region/muye", 1), "editions/week/region/muye.html", week);
        let members = of_members((Kind::Region, "muye"), Kind::Course, 2);
        check(&members, "regions/muye/courses/page-2.html", Some((Kind::Region, Some("muye"))));
        for other in [
            "courses/taiji.html",
            "courses/by/colour/red.html",
            "courses/by/topic/page-2.html",
            "courses/by/topic.html",
            "az/abc.html",
            "courses/page-.html",
            "files/a/b.html",
            "search",
            "news.xmls",
        ] {
            assert_eq!(made(other), None, "{other}");
        }
    }
}
