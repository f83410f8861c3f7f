//! What the project's own content must be, and that time never breaks it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Mutex;

use camino::Utf8PathBuf;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use rayon::prelude::*;
use shuyuan::artifact::Artifact;
use shuyuan::assets::picture::Cache;
use shuyuan::content::region::RegionLevel;
use shuyuan::content::{Kind, Own};
use shuyuan::diag::Findings;
use shuyuan::entry;
use shuyuan::load::Inputs;
use shuyuan::page::Family;
use shuyuan::pipeline::{self, Site, Timings};
use shuyuan::portal::link::{self, Clock, Drafts, Options};

use crate::site::{self, TODAY};

/// Kinds whose texts are written for this portal.
const WRITTEN: [Kind; 6] = [Kind::Course, Kind::Event, Kind::Star, Kind::Brand, Kind::Team, Kind::News];

fn real() -> Site {
    site::prepare(&site::real(), TODAY, &mut Findings::default()).unwrap()
}

fn han(text: &str) -> Vec<char> {
    text.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).collect()
}

#[test]
fn every_text_is_long_enough_and_no_two_are_alike() {
    let site = real();
    let mut texts: Vec<(String, HashSet<Vec<char>>)> = Vec::new();
    for (_, item) in site.portal.items().filter(|(_, item)| WRITTEN.contains(&item.kind())) {
        let name = format!("{}/{}", item.kind(), item.id());
        let text = han(item.entry.body());
        assert!(text.len() >= 80, "{name} has only {} Han", text.len());
        texts.push((name, text.windows(5).map(<[char]>::to_vec).collect()));
    }
    let mut holders: HashMap<&[char], Vec<usize>> = HashMap::new();
    for (at, (_, grams)) in texts.iter().enumerate() {
        for gram in grams {
            holders.entry(gram).or_default().push(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in holders.values() {
        for (nth, one) in holders.iter().enumerate() {
            holders[nth + 1..].iter().for_each(|other| *shared.entry((*one, *other)).or_default() += 1);
        }
    }
    for ((one, other), count) in shared {
        let (one, other) = (&texts[one], &texts[other]);
        let least = one.1.len().min(other.1.len());
        assert!(count * 100 <= least * 30, "{} and {} share {count} of {least}", one.0, other.0);
    }
}

#[test]
fn there_is_enough_of_everything_and_everybody_is_served() {
    let site = real();
    let portal = &site.portal;
    assert!(portal.of_kind(Kind::Course).len() >= 120);
    assert!(portal.of_kind(Kind::Star).len() >= 12);
    let pages = site.pages.iter().filter(|page| matches!(page.family, Family::Item(_))).count();
    assert!(pages >= 500, "{pages} pages of items");
    let mut days = BTreeSet::new();
    let mut events = 0;
    for id in portal.of_kind(Kind::Event) {
        let Own::Event(event) = &portal.item(*id).entry.own else { continue };
        if event.edition.as_ref().is_some_and(|edition| edition.id() == "week-2026") {
            events += 1;
            days.extend(portal.item(*id).sessions.iter().map(|session| session.start.date()));
        }
    }
    assert!(events >= 60, "{events} events");
    assert_eq!(days.len(), 7, "{days:?}");
    for (id, item) in portal.items() {
        let gathers = match &item.entry.own {
            Own::Region(region) => region.level == RegionLevel::Town,
            own => own.kind().gathers(),
        };
        let served = [Kind::Course, Kind::Event, Kind::Venue, Kind::Team];
        let served = served.iter().any(|kind| !portal.gathered(id, *kind).is_empty());
        assert!(served || !gathers, "nothing for {}/{}", item.kind(), item.id());
        if matches!(item.kind(), Kind::Teacher | Kind::Star) {
            assert!(item.title().contains("（示例）"), "{}/{}: {}", item.kind(), item.id(), item.title());
        }
    }
}

fn options(day: Date) -> Options {
    Options { clock: Clock::Day(day), drafts: Drafts::Hidden, base_url: Some("https://example.org/".to_owned()) }
}

#[test]
fn no_day_of_two_years_has_an_error() {
    let files = site::real();
    let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let inputs = Inputs::from_memory(files, &mut Findings::default());
    let entries = entry::read(&inputs, &mut Findings::default());
    let days: Vec<Date> = date(2026, 1, 1).series(1.day()).take_while(|day| *day <= date(2027, 12, 31)).collect();
    assert_eq!(days.len(), 730);
    days.into_par_iter().for_each(|day| {
        let mut findings = Findings::default();
        link::link(entries.clone(), &inputs, &options(day), &mut findings).unwrap();
        assert!(!findings.has_errors(), "{day}: {:?}", findings.sorted());
    });
}

/// All artifacts of a day by address, and the next day on which they would differ.
fn artifacts(inputs: &Inputs, cache: &Cache, day: Date) -> (BTreeMap<String, blake3::Hash>, Option<Date>) {
    let (mut findings, mut timings) = (Findings::default(), Timings::new());
    let site = pipeline::prepare(inputs, &options(day), &mut findings, &mut timings).unwrap().unwrap();
    let made = Mutex::new(BTreeMap::new());
    let put = |artifact: Artifact| {
        made.lock().unwrap().insert(artifact.path, blake3::hash(&artifact.bytes));
        Ok(())
    };
    pipeline::make(&site, Some(cache), &put, &mut findings, &mut timings).unwrap();
    assert!(!findings.has_errors(), "{day}: {:?}", findings.sorted());
    (made.into_inner().unwrap(), site.portal.today.next_change())
}

#[test]
fn the_output_changes_on_no_day_that_was_not_foretold() {
    let files = site::real();
    let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let inputs = Inputs::from_memory(files, &mut Findings::default());
    let dir = tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let cache = Cache::new(Utf8PathBuf::from_path_buf(dir.path().to_owned()).unwrap());
    let days =
        [(2026, 1, 1), (2026, 2, 10), (2026, 7, 15), (2026, 8, 25), (2026, 11, 11), (2027, 5, 3), (2027, 12, 30)];
    let mut quiet = 0;
    for (year, month, day) in days {
        let day = date(year, month, day);
        let (before, next) = artifacts(&inputs, &cache, day);
        // The last day before the change that was foretold, and the day itself.
        let last = next.map_or(date(2027, 12, 31), |next| next.yesterday().unwrap());
        if last > day {
            quiet += 1;
            assert!(artifacts(&inputs, &cache, last).0 == before, "{day} and {last} differ, and {next:?} was foretold");
        }
    }
    assert!(quiet >= 2, "the days that were chosen say something");
}
