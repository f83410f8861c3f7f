//! Metadata, the footer, and what a page must have for everybody to use it.

use std::collections::HashMap;

use super::Inspection;
use super::page::{LEFTOVERS, Page, Part, Side};

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
    if let Some(home) = inspection.pages.iter().find(|page| page.address == "index.html") {
        footer(inspection, home);
    }
}

fn metadata(inspection: &mut Inspection<'_>, page: &Page) {
    let is_other = !page.is_article() && !page.is_column() && page.address != "index.html";
    let need = |inspection: &mut Inspection<'_>, rule, names: &[&str]| {
        for name in names.iter().filter(|name| page.meta(name).is_none()) {
            inspection.found(rule, page.address.clone(), name, 0);
        }
    };
    // What every page lacks is said once, of the home page.
    let site: Vec<&str> =
        SITE.into_iter().filter(|name| page.address == "index.html" || inspection.on_home(name)).collect();
    if !is_other {
        need(inspection, "meta-site", &site);
    }
    if page.is_column() || page.is_article() {
        need(inspection, "meta-column", &COLUMN);
    }
    if page.is_article() {
        need(inspection, "meta-article", &ARTICLE);
    }
    for (name, content) in &page.meta {
        let content = content.trim();
        let is_none = content.is_empty() || LEFTOVERS.iter().any(|left| content.eq_ignore_ascii_case(left));
        if is_none && name != "description" {
            inspection.found("meta-null", page.address.clone(), name, 0);
        }
    }
}

/// What a theme must put on every page. What all pages lack is said once, of the home page.
fn parts(inspection: &mut Inspection<'_>, page: &Page) {
    let is_home = page.address == "index.html";
    let home = inspection.pages.iter().find(|page| page.address == "index.html");
    let on_home = |part: Part| home.is_none_or(|home| home.parts.contains(&part));
    let wanted = [("site-map", Part::SiteMap), ("search-box", Part::Search), ("large-print", Part::LargePrint)];
    let missing = wanted.into_iter().filter(|(_, part)| !page.parts.contains(part) && (is_home || on_home(*part)));
    let missing: Vec<&str> = missing.map(|(rule, _)| rule).collect();
    for rule in missing {
        inspection.found(rule, page.address.clone(), "", 0);
    }
    if !page.parts.contains(&Part::Language) {
        inspection.found("language", page.address.clone(), "", 0);
    }
    if let Some(viewport) = page.meta("viewport") {
        let tight: String = viewport.chars().filter(|c| !c.is_whitespace()).collect();
        let scale =
            tight.split_once("maximum-scale=").and_then(|(_, rest)| rest.split(',').next()?.parse::<f64>().ok());
        if tight.contains("user-scalable=no")
            || tight.contains("user-scalable=0")
            || scale.is_some_and(|scale| scale < 2.0)
        {
            inspection.found("zoom", page.address.clone(), viewport, 0);
        }
    }
}

fn structure(inspection: &mut Inspection<'_>, page: &Page) {
    let place = || page.address.clone();
    for picture in page.pictures.iter().filter(|picture| !picture.has_alt) {
        inspection.found("picture-alt", place(), &picture.src, 0);
    }
    for link in page.links.iter().filter(|link| !link.is_named) {
        inspection.found("link-text", place(), &link.href, 0);
    }
    for name in &page.unlabelled {
        inspection.found("control-label", place(), name, 0);
    }
    for id in &page.twice {
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
    let is_linked = |hosts: &[&str]| {
        home.links.iter().any(|link| link.side == Side::Foot && hosts.iter().any(|host| link.href.contains(host)))
    };
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
