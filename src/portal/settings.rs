//! The settings, checked: time zone, base address, menu and home page.

use jiff::tz::TimeZone;

use crate::content::site::{BlockSort, Site};
use crate::content::value::Url;
use crate::content::walk::Step;
use crate::diag::Findings;
use crate::diag::catalogue as say;
use crate::entry::Origin;
use crate::entry::synonyms::{self, Groups};

/// The checked settings.
#[derive(Debug)]
pub struct Settings {
    /// As written.
    pub site: Site,
    /// Groups of words of the same meaning.
    pub synonyms: Groups,
    /// Where they were written.
    pub origin: Origin,
    /// The site's time zone.
    pub zone: TimeZone,
    /// The address of the root, ending in a slash.
    pub base_url: Option<String>,
}

impl Settings {
    /// The path of the base address, such as `/portal/`; `/` without one.
    pub fn base_path(&self) -> String {
        let base = self.base_url.as_deref().unwrap_or_default();
        let rest = base.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or_else(|| "/".to_owned(), |slash| rest[slash..].to_owned())
    }
}

/// Checks the settings. A wrong time zone is reported and replaced by UTC, so that the other mistakes are found too.
pub fn check(
    site: Site,
    origin: Origin,
    synonyms: Option<Groups>,
    base_url: Option<&str>,
    findings: &mut Findings,
) -> Settings {
    let mut broken = Vec::new();
    let zone = TimeZone::get(&site.time_zone).unwrap_or_else(|_| {
        broken.push((vec![Step::Key("time_zone")], say::bad_time_zone(&site.time_zone)));
        TimeZone::UTC
    });
    let written = site.base_url.as_ref().map(Url::as_str);
    let base_url = base_url.or(written).map(str::to_owned);
    match &base_url {
        None => {
            findings.at(origin.place(&["id".into()]), say::no_base_url());
        }
        Some(url) if !is_base(url) => broken.push((vec![Step::Key("base_url")], say::bad_base_url(url))),
        Some(_) => {}
    }
    for (at, entry) in site.menu.iter().enumerate() {
        if entry.list.is_some() == entry.to.is_some() {
            broken.push((vec![Step::Key("menu"), Step::Index(at)], say::menu_target()));
        }
    }
    for (at, block) in site.home.iter().enumerate() {
        let (list, to) = match block.block {
            BlockSort::List => (Some(true), Some(false)),
            BlockSort::Page => (Some(false), Some(true)),
            BlockSort::Regions | BlockSort::Hero | BlockSort::Week | BlockSort::Enrol => (Some(false), None),
            BlockSort::Now
            | BlockSort::Upcoming
            | BlockSort::Near
            | BlockSort::Topics
            | BlockSort::Audiences
            | BlockSort::Figures
            | BlockSort::Standing => (Some(false), Some(false)),
        };
        for (field, wanted, there) in [("list", list, block.list.is_some()), ("to", to, block.to.is_some())] {
            if wanted.is_some_and(|wanted| wanted != there) {
                broken.push((vec![Step::Key("home"), Step::Index(at)], say::block_target(field, !there)));
            }
        }
    }
    for (path, mistake) in broken {
        findings.at(origin.place(&path), mistake);
    }
    Settings { site, synonyms: synonyms.unwrap_or_else(synonyms::usual), origin, zone, base_url }
}

fn is_base(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.ends_with('/')
        && url.trim_end_matches('/').len() > "https://".len()
        && !url.contains(['?', '#', ' '])
}
