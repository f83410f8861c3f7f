//! The real content: its amount and variety, and that it has no mistakes on any day of two years.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use camino::Utf8Path;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use rayon::prelude::*;
use shuyuan::content::field::Field;
use shuyuan::content::institution::Tier;
use shuyuan::content::shared::Comparator;
use shuyuan::content::{Kind, Own};
use shuyuan::diag::{Code, Findings, Severity};
use shuyuan::entry;
use shuyuan::load::Inputs;
use shuyuan::page::Family;
use shuyuan::pipeline::{Site, Timings, make, prepare};
use shuyuan::portal::ItemId;
use shuyuan::portal::link::{self, BuildDay, Drafts, Options};

use crate::site::{self, Depth};

const BASE: &str = "https://shuyuan.example/";
/// The day on which the amount of content is asked.
const DAY: Date = date(2026, 11, 21);

fn inputs() -> &'static Inputs {
    static INPUTS: OnceLock<Inputs> = OnceLock::new();
    INPUTS.get_or_init(|| {
        let root = Utf8Path::from_path(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut findings = Findings::default();
        let inputs = Inputs::from_disk(root, &mut findings).unwrap();
        assert!(!findings.has_errors());
        inputs
    })
}

fn on(day: Date) -> (Site, Findings) {
    let options = Options { day: BuildDay::Fixed(day), drafts: Drafts::Hidden, base_url: Some(BASE.to_owned()) };
    let mut findings = Findings::default();
    let site = prepare(inputs(), &options, None, &mut findings, &mut Timings::new()).unwrap().unwrap();
    (site, findings)
}

/// Address and hash of every page and feed on a day.
fn artifacts(day: Date) -> Vec<(String, String)> {
    let (site, mut findings) = on(day);
    let made = Mutex::new(Vec::new());
    let put = |artifact: shuyuan::artifact::Artifact| {
        made.lock().unwrap().push((artifact.path.clone(), blake3::hash(&artifact.bytes).to_hex().to_string()));
        Ok(())
    };
    make(&site, Some(&site::cache()), &put, &mut findings, &mut Timings::new()).unwrap();
    let said = shuyuan::diag::format::render(&findings.sorted(), shuyuan::diag::format::Format::Text);
    assert!(!said.contains("错误["), "{day}: {said}");
    let mut made = made.into_inner().unwrap();
    made.sort();
    made
}

fn han(text: &str) -> Vec<char> {
    text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect()
}

const WRITTEN: [Kind; 6] = [Kind::Course, Kind::Event, Kind::Star, Kind::Brand, Kind::Team, Kind::News];

#[test]
fn bodies_are_long_enough_and_none_is_another_in_disguise() {
    let (site, _) = on(DAY);
    let mut bodies = Vec::new();
    for (_, item) in site.portal.items().filter(|(_, item)| WRITTEN.contains(&item.kind())) {
        let text = han(item.entry.body());
        assert!(text.len() >= 80, "{}/{} has {} Han characters", item.kind(), item.id(), text.len());
        let grams: HashSet<Vec<char>> = text.windows(5).map(<[char]>::to_vec).collect();
        bodies.push((format!("{}/{}", item.kind(), item.id()), grams));
    }
    for (at, (name, grams)) in bodies.iter().enumerate() {
        for (other, others) in &bodies[..at] {
            let common = grams.intersection(others).count();
            let share = common * 100 / grams.len().min(others.len()).max(1);
            assert!(share <= 30, "{name} and {other} share {share} % of their 5-grams");
        }
    }
}

#[test]
fn there_is_as_much_as_the_portal_promises() {
    let (site, _) = on(DAY);
    let portal = &site.portal;
    let pages = site.pages.iter().filter(|page| matches!(page.family, Family::Item(_))).count();
    assert!(pages >= 500, "{pages} item pages");
    assert!(portal.of_kind(Kind::Course).len() >= 120);
    assert!(portal.of_kind(Kind::Star).len() >= 12);
    let places = |kind| portal.of_kind(kind).iter().map(|id| portal.item(*id).edges.one(Field::Region).unwrap());
    let documented: BTreeSet<_> = places(Kind::Document).collect();
    assert!(documented.len() >= 5, "documents of {} places", documented.len());
    assert_eq!(
        documented,
        places(Kind::Committee).collect::<BTreeSet<_>>(),
        "every place has its document and its committee"
    );
    let (week, first, last) = latest_week(&site);
    let events = portal.referrers(week, Kind::Event);
    assert!(events.len() >= 60, "{} events in the week", events.len());
    let days: BTreeSet<Date> = events.iter().flat_map(|id| portal.sessions(*id)).map(|s| s.start.date()).collect();
    let week: Vec<Date> = first.series(1.day()).take_while(|day| *day <= last).collect();
    assert!(week.len() >= 7 && week.iter().all(|day| days.contains(day)), "{days:?}");
}

/// The latest learning week that had begun on the day of the build, with its first and last day.
fn latest_week(site: &Site) -> (ItemId, Date, Date) {
    let weeks = site.portal.of_kind(Kind::Edition).iter().filter_map(|id| match &site.portal.item(*id).entry.own {
        Own::Edition(week) if week.from.0 <= DAY => Some((*id, week.from.0, week.to.0)),
        _ => None,
    });
    weeks.max_by_key(|(_, first, _)| *first).unwrap()
}

#[test]
fn every_topic_audience_and_town_is_served() {
    let (site, _) = on(DAY);
    let portal = &site.portal;
    let served = [Kind::Course, Kind::Event, Kind::Venue, Kind::Team];
    for (id, item) in portal.items() {
        let due = match &item.entry.own {
            Own::Topic(_) | Own::Audience(_) => &served[..2],
            Own::Region(region) if region.level == shuyuan::content::region::RegionLevel::Town => &served[..],
            _ => continue,
        };
        let count: usize = due.iter().map(|kind| portal.members(id, *kind).len()).sum();
        assert!(count > 0, "nothing for {}", item.title());
    }
}

/// A notice with building standards in three annexes: for each tier the rows of its annex, and the items that they come to, those with a
/// figure and all.
#[test]
fn every_row_of_the_standards_is_an_item() {
    let (site, _) = on(DAY);
    let portal = &site.portal;
    let (id, notice) = portal.items().find(|(_, item)| item.id() == "wafangdian-2022").unwrap();
    let Own::Document(own) = &notice.entry.own else { panic!("no document") };
    for (tier, annex, rows, figures, items) in
        [(Tier::College, "a1-", 38, 13, 57), (Tier::School, "a2-", 38, 15, 65), (Tier::Point, "a3-", 21, 7, 33)]
    {
        let clauses = own.clauses.iter().filter(|clause| clause.id.as_str().starts_with(annex));
        let clauses: BTreeMap<_, _> = clauses.map(|clause| (clause.id.as_str(), clause.label.as_str())).collect();
        let sheet = portal.network.sheet(id, tier).unwrap();
        let mut cited = BTreeSet::new();
        let mut with_figure = 0;
        for item in sheet.standards.iter().map(|id| portal.item(*id)) {
            let Own::Standard(standard) = &item.entry.own else { panic!("no standard") };
            with_figure += usize::from(standard.target.comparator != Comparator::Yes);
            let [source] = &item.entry.common.sources[..] else { panic!("{} has one row", item.id()) };
            let clause = source.clause.as_ref().unwrap().as_str();
            let group = standard.group.as_deref().unwrap();
            assert!(clauses[clause].contains(group), "{} is in {group}, but {clause} is not", item.id());
            cited.insert(clause);
        }
        assert_eq!((clauses.len(), with_figure, sheet.standards.len()), (rows, figures, items), "{tier:?}");
        let without: Vec<_> = clauses.keys().filter(|clause| !cited.contains(*clause)).collect();
        assert!(without.is_empty(), "{tier:?}: rows without an item: {without:?}");
    }
    // The other notices ask little of institutions, and no figure: of 社区大学, colleges, schools and points.
    for (notice, items) in [
        ("muye-2022", [0, 0, 2, 2]),
        ("mengjin-2022", [0, 2, 2, 2]),
        ("zhengzhou-2013", [1, 1, 1, 1]),
        ("mianyang-2018", [3, 3, 2, 2]),
    ] {
        let (id, _) = portal.items().find(|(_, item)| item.id() == notice).unwrap();
        let count = |tier| portal.network.sheet(id, tier).map_or(0, |sheet| sheet.standards.len());
        assert_eq!([Tier::University, Tier::College, Tier::School, Tier::Point].map(count), items, "{notice}");
    }
    let others = |id: &str| {
        let (_, item) = portal.items().find(|(_, item)| item.id() == id).unwrap();
        item.edges.to(Field::Conflicts).map(|id| portal.item(id).id()).collect::<Vec<_>>()
    };
    let computers = ["wafangdian-xx-diannao-20", "wafangdian-xx-diannao-30"];
    assert_eq!(computers.map(others), [[computers[1]], [computers[0]]], "the notice asks for 20 and for 30 computers");
}

#[test]
fn no_invented_person_passes_for_real() {
    let (site, _) = on(DAY);
    for (_, item) in site.portal.items().filter(|(_, item)| matches!(item.kind(), Kind::Star | Kind::Teacher)) {
        assert!(item.title().contains("（示例）"), "{}", item.title());
    }
}

#[test]
fn every_page_is_made_without_a_mistake() {
    let diagnostics = site::check(&site::real(), DAY, Depth::Make);
    let worse: Vec<_> = diagnostics
        .iter()
        .filter(|one| one.mistake.code != Code::NoBaseUrl && one.mistake.code.severity() != Severity::Note)
        .collect();
    assert!(worse.is_empty(), "{worse:?}");
}

/// Content is read once, since reading does not depend on the day. The rest runs for each day, page planning once a
/// month.
#[test]
fn no_day_of_two_years_brings_a_mistake() {
    let entries = entry::read(inputs(), &mut Findings::default());
    let days: Vec<Date> = date(2026, 1, 1).series(1.day()).take_while(|day| *day <= date(2027, 12, 31)).collect();
    days.into_par_iter().for_each(|day| {
        let mut findings = Findings::default();
        if day.day() == 1 {
            findings.extend(on(day).1);
        }
        let options = Options { day: BuildDay::Fixed(day), drafts: Drafts::Hidden, base_url: Some(BASE.to_owned()) };
        link::link(entries.clone(), inputs(), &options, &mut findings).unwrap();
        assert!(!findings.has_errors(), "{day}: {:?}", findings.sorted());
    });
}

#[test]
fn the_output_changes_on_the_day_that_was_foretold_and_not_before() {
    for start in [date(2026, 3, 1), date(2026, 11, 8), date(2027, 7, 1)] {
        let today = artifacts(start);
        let (site, mut findings) = on(start);
        make(&site, None, &|_| Ok(()), &mut findings, &mut Timings::new()).unwrap();
        let Some(change) = site.portal.today.next_change() else {
            assert_eq!(artifacts(start.checked_add(1.year()).unwrap()), today);
            continue;
        };
        assert_eq!(artifacts(change.yesterday().unwrap()), today, "{start}: changed before {change}");
        assert_ne!(artifacts(change), today, "{start}: nothing changed on {change}");
    }
}
