//! Metadata, the footer, and what a page must have for everybody to use it.

use std::collections::HashMap;

use super::Inspection;
use super::atlas::Side;
use super::page::{Page, Part};

const SITE: [&str; 3] = ["SiteName", "SiteDomain", "SiteIDCode"];
const COLUMN: [&str; 4] = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
const ARTICLE: [&str; 2] = ["ArticleTitle", "ContentSource"];
/// Where ICP numbers are looked up.
const ICP_HOSTS: [&str; 2] = ["beian.miit.gov.cn", "www.beian.miit.gov.cn"];
/// Where numbers of the police are looked up.
const POLICE_HOSTS: [&str; 2] = ["beian.mps.gov.cn", "www.beian.gov.cn"];

pub(super) fn check(inspection: &mut Inspection<'_>) {
    let mut titles: HashMap<&str, &str> = HashMap::new();
    for page in inspection.pages.iter().filter(|page| !page.leads_on()) {
        metadata(inspection, page);
        parts(inspection, page);
        structure(inspection, page);
        if page.title.is_empty() {
            inspection.found("page-title", page.address.clone(), "", 0);
        } else if let Some(first) = titles.insert(&page.title, &page.address) {
            inspection.found("same-title", page.address.clone(), first, 0);
        }
        for text in &page.leftovers {
            inspection.found("text-null", page.address.clone(), text, 0);
        }
    }
    if let Some(home) = inspection.home {
        footer(inspection, home);
    }
}

fn metadata(inspection: &mut Inspection<'_>, page: &Page) {
    let is_other = !page.is_article() && !page.is_column() && page.address != "index.html";
    let need = |inspection: &mut Inspection<'_>, rule, names: &[&str]| {
        for name in names.iter().filter(|name| !name.is_empty() && !page.has_meta(name)) {
            inspection.found(rule, page.address.clone(), name, 0);
        }
    };
    // What every page lacks is said once, of the home page.
    let on_home = |name| inspection.home.is_some_and(|home| home.has_meta(name));
    let site = SITE.map(|name| if page.address == "index.html" || on_home(name) { name } else { "" });
    if !is_other {
        need(inspection, "meta-site", &site);
    }
    if page.is_column() || page.is_article() {
        need(inspection, "meta-column", &COLUMN);
    }
    if page.is_article() {
        need(inspection, "meta-article", &ARTICLE);
    }
    for name in &page.empty_meta {
        inspection.found("meta-null", page.address.clone(), name, 0);
    }
}

/// What a theme must put on every page. What all pages lack is said once, of the home page.
fn parts(inspection: &mut Inspection<'_>, page: &Page) {
    let is_home = page.address == "index.html";
    let on_home = |part: Part| inspection.home.is_none_or(|home| home.has(part));
    let wanted = [("site-map", Part::SiteMap), ("search-box", Part::Search), ("large-print", Part::LargePrint)];
    let missing = wanted.map(|(rule, part)| (!page.has(part) && (is_home || on_home(part))).then_some(rule));
    for rule in missing.into_iter().flatten() {
        inspection.found(rule, page.address.clone(), "", 0);
    }
    if !page.has(Part::Language) {
        inspection.found("language", page.address.clone(), "", 0);
    }
    if let Some(viewport) = &page.tight {
        inspection.found("zoom", page.address.clone(), viewport, 0);
    }
}

fn structure(inspection: &mut Inspection<'_>, page: &Page) {
    let place = || page.address.clone();
    for src in &page.mute {
        inspection.found("picture-alt", place(), src, 0);
    }
    for href in &page.unnamed {
        inspection.found("link-text", place(), href, 0);
    }
    for name in &page.unlabelled {
        inspection.found("control-label", place(), name, 0);
    }
    for id in page.twice() {
        inspection.found("same-id", place(), id, 0);
    }
    for pair in page.headings.windows(2).filter(|pair| pair[1] > pair[0] + 1) {
        inspection.found("heading-order", place(), &pair[0].to_string(), i32::from(pair[1]));
    }
    let first: i32 = page.headings.iter().map(|level| i32::from(*level == 1)).sum();
    if first != 1 {
        inspection.found("one-h1", place(), "", first);
    }
    for _ in 0..page.headless_tables {
        inspection.found("table-head", place(), "", 0);
    }
    for _ in 0..page.untitled_frames {
        inspection.found("frame-title", place(), "", 0);
    }
}

/// The numbers in the footer: whether they are written as they are given, and linked to where they are looked up.
fn footer(inspection: &mut Inspection<'_>, home: &Page) {
    let site = &inspection.portal.settings.site.footer;
    let places = inspection.places;
    let foot = home.links.iter().filter(|link| link.side == Side::Foot).map(|link| places[link.to as usize].as_str());
    let is_linked = |hosts: &[&str]| foot.clone().any(|href| hosts.iter().any(|host| href.contains(host)));
    let place = || home.address.clone();
    let say = inspection.words;
    match site.icp.as_deref() {
        None => inspection.found("footer-icp", place(), say.no_number, 0),
        Some(number) if !is_icp(number) => inspection.found("footer-icp", place(), &(say.odd_number)(number), 0),
        Some(_) if !is_linked(&ICP_HOSTS) => inspection.found("footer-icp", place(), say.no_link, 0),
        Some(_) => {}
    }
    match site.police.as_deref() {
        None => inspection.found("footer-police", place(), say.no_number, 0),
        Some(number) if digits(number) != 14 => {
            inspection.found("footer-police", place(), &(say.odd_number)(number), 0);
        }
        Some(_) if !is_linked(&POLICE_HOSTS) => inspection.found("footer-police", place(), say.no_link, 0),
        Some(_) => {}
    }
    match site.site_code.as_deref() {
        None => inspection.found("footer-code", place(), say.no_number, 0),
        Some(code) if code.len() != 10 || digits(code) != 10 => {
            inspection.found("footer-code", place(), &(say.odd_number)(code), 0);
        }
        Some(_) => {}
    }
    let owner =
        [(site.organiser.is_none(), say.organiser), (site.phone.is_none() && site.address.is_none(), say.contact)];
    for (_, what) in owner.into_iter().filter(|(is_missing, _)| *is_missing) {
        inspection.found("footer-owner", place(), what, 0);
    }
    if site.feedback.is_none() {
        inspection.found("feedback", place(), "", 0);
    }
}

/// Whether a text is an ICP number: a province's character, the letters, eight digits or more, and perhaps the number of the site.
fn is_icp(number: &str) -> bool {
    let mut chars = number.chars();
    let is_province = chars.next().is_some_and(|c| !c.is_ascii());
    let Some((_, rest)) = number.split_once("ICP") else { return false };
    is_province && rest.chars().filter(char::is_ascii_digit).count() >= 8
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}
