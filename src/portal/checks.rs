//! Rules across entries: clauses, circles, levels, names.

use std::collections::{BTreeMap, HashSet};

use jiff::ToSpan as _;
use rayon::prelude::*;

use super::enrol::Enrolment;
use super::known::SHOWN;
use super::schedule::Dated;
use super::{Item, ItemId, Portal, State, comparison, holidays, measure, network, participation, samples, selection};
use crate::content::evidence::EvidenceState;
use crate::content::field::Field;
use crate::content::rules::at;
use crate::content::shared::Mode;
use crate::content::site::BlockSort;
use crate::content::value::Id;
use crate::content::walk::{Path, Step};
use crate::content::{Kind, Own};
use crate::diag::catalogue::{self as say, Hidden, RefMeant};
use crate::diag::few::Few;
use crate::diag::{Code, Diagnostic, Findings, Mistake, nearest};

/// How many entries are checked at a time.
const CHUNK: usize = 256;

/// Runs the checks that need the whole portal.
pub(super) fn run(portal: &Portal, findings: &mut Findings) {
    let all: Vec<(ItemId, &Item)> = portal.items().collect();
    let found: Vec<Findings> = all.par_chunks(CHUNK).map(|items| of_items(portal, items)).collect();
    for found in found {
        findings.extend(found);
    }
    let mut outside = Few::default();
    for (id, _) in all {
        regions(portal, id, &mut outside, findings);
    }
    outside.finish(Code::OutsideRegion, findings);
    home(portal, findings);
    selection::check(portal, findings);
    holidays::run(portal, findings);
    measure::check(portal, findings);
    comparison::check(portal, findings);
    network::check(portal, findings);
    participation::check(portal, findings);
    samples::run(portal, findings);
    samples::made_up(portal, findings);
}

/// What is wrong with each of some entries.
fn of_items(portal: &Portal, items: &[(ItemId, &Item)]) -> Findings {
    let mut findings = Findings::default();
    for (id, item) in items {
        clauses(portal, item, &mut findings);
        parents(portal, *id, &mut findings);
        edition(portal, *id, &mut findings);
        places(portal, *id, &mut findings);
        dates(portal, item, &mut findings);
        sessions(portal, *id, item, &mut findings);
        years(portal, item, &mut findings);
        before_document(portal, item, &mut findings);
        repeated(item, &mut findings);
    }
    findings
}

/// Whether a mistake in an entry matters to anybody: it is or will be published.
pub(super) fn is_meant(item: &Item) -> bool {
    match &item.state {
        State::Public | State::Hidden(Hidden::NotYet(_)) => true,
        State::Draft | State::Hidden(Hidden::Expired(_) | Hidden::Withdrawn) => false,
    }
}

/// Days that have not come, although the entry tells of what has been.
fn dates(portal: &Portal, item: &Item, findings: &mut Findings) {
    let common = &item.entry.common;
    let date = common.date.filter(|_| item.kind() == Kind::News);
    let days =
        [("date", date, say::future_date as fn(&str) -> Mistake), ("updated", common.updated, say::future_update)];
    let days = days.into_iter().filter_map(|(field, day, mistake)| Some((at![field], day?, mistake)));
    let changes = item.entry.own.changes().iter().enumerate();
    let changes = changes
        .map(|(nth, change)| (at!["changes", nth, "date"], change.date, say::future_update as fn(&str) -> Mistake));
    for (path, day, mistake) in days.chain(changes).filter(|_| is_meant(item)) {
        // What is published does not change on that day: nobody has to build again for it.
        if common.publish.is_none_or(|publish| publish < day) && day.0 > portal.today.date() {
            findings.at(item.entry.origin.place(&path), mistake(&day.to_string()));
        }
    }
}

/// Years to a session of which somebody knows the day already.
const YEARS: i64 = 3;
/// Days between two sessions of one class run, at most.
const APART: i32 = 2 * 366;

/// Sessions that are years away, from today or from others of their run, or written twice; and enrolment that opens after the last one.
fn sessions(portal: &Portal, id: ItemId, item: &Item, findings: &mut Findings) {
    if !is_meant(item) {
        return;
    }
    let mut tell = |place: &Path, mistake: Mistake| {
        findings.at(item.entry.origin.place(place), mistake);
    };
    let far = portal.today.date().checked_add(YEARS.years()).unwrap_or(portal.today.date());
    let mut last: BTreeMap<usize, &Dated> = BTreeMap::new();
    for session in portal.sessions(id).filter(|session| session.takes_place()) {
        let day = |session: &Dated| session.start.date().to_string();
        let before = last.insert(session.run, session);
        let Some(before) = before else {
            if session.start.date() > far {
                tell(&session.path(item), say::far_off(&day(session)));
            }
            continue;
        };
        if before.start.date().until(session.start.date()).is_ok_and(|span| span.get_days() > APART) {
            tell(&session.path(item), say::years_between(&day(before), &day(session)));
        }
        let is_same = (before.start, before.end) == (session.start, session.end);
        // At one venue this is a clash.
        if is_same && before.venue.is_none() && session.venue.is_none() {
            tell(&session.path(item), say::session_twice(&session.start.strftime("%Y-%m-%d %H:%M").to_string()));
        }
    }
    let Own::Course(course) = &item.entry.own else { return };
    for (nth, run) in course.runs.iter().enumerate() {
        let from = run.enrol.as_ref().and_then(|enrol| enrol.from);
        if let (Some(from), Some(last)) = (from, last.get(&nth).map(|last| last.start.date()))
            && from.0 > last
        {
            tell(&at!["runs", nth, "enrol", "from"], say::enrolment_after(&last.to_string()));
        }
    }
}

/// Years of what has been, which have not begun; and documents that are issued in the future.
fn years(portal: &Portal, item: &Item, findings: &mut Findings) {
    let today = portal.today.date();
    let mut said = |path: Path, text: String| {
        if is_meant(item) {
            findings.at(item.entry.origin.place(&path), say::future_year(&text));
        }
    };
    let year = match &item.entry.own {
        Own::Star(star) => star.year,
        Own::Brand(brand) => brand.year,
        Own::Award(award) => award.year,
        Own::Organisation(organisation) => organisation.year,
        Own::Indicator(indicator) => {
            for (nth, measured) in indicator.measured.iter().enumerate().filter(|(_, one)| one.year.0 > today.year()) {
                said(at!["measured", nth, "year"], measured.year.to_string());
            }
            return;
        }
        Own::Institution(institution) => {
            for (nth, fact) in institution.facts.iter().enumerate() {
                if let Some(year) = fact.year.filter(|year| year.0 > today.year()) {
                    said(at!["facts", nth, "year"], year.to_string());
                }
            }
            return;
        }
        Own::Evidence(evidence) if evidence.state != EvidenceState::Owed => {
            if evidence.period.first() > today {
                said(at!["period"], evidence.period.to_string());
            }
            return;
        }
        Own::Survey(survey) => survey.year,
        Own::Document(document) => {
            for (field, day) in [("issued", document.issued), ("printed", document.printed)] {
                if let Some(day) = day.filter(|day| day.0 > today) {
                    said(at![field], day.to_string());
                }
            }
            return;
        }
        _ => return,
    };
    if year.0 > today.year() {
        said(at!["year"], year.to_string());
    }
}

/// What a document demands does not end before the year of the document.
fn before_document(portal: &Portal, item: &Item, findings: &mut Findings) {
    let (path, span) = match &item.entry.own {
        // Without an end it goes on.
        Own::Phase(phase) => match phase.to {
            Some(to) => (at!["to"], to),
            None => return,
        },
        Own::Indicator(indicator) => match indicator.target.by {
            Some(by) => (at!["target", "by"], by),
            None => return,
        },
        Own::Evidence(evidence) => (at!["period"], evidence.period),
        _ => return,
    };
    let year = |document: ItemId| match &portal.item(document).entry.own {
        Own::Document(own) => [own.issued, own.printed].into_iter().flatten().map(|day| day.0.year()).min(),
        _ => None,
    };
    let documents = documents(portal, item);
    let Some((year, document)) = documents.iter().filter_map(|id| Some((year(*id)?, *id))).min() else { return };
    if is_meant(item) && span.last().year() < year {
        let title = portal.item(document).written_title();
        findings.at(item.entry.origin.place(&path), say::before_document(&span.to_string(), title, &year.to_string()));
    }
}

/// The documents that an entry answers: its own, those of its sources, and those of the duties and indicators that it shows.
fn documents(portal: &Portal, item: &Item) -> Vec<ItemId> {
    let sources = |item: &Item| -> Vec<ItemId> {
        let nth = 0..item.entry.common.sources.len();
        nth.filter_map(|nth| item.edges.all().nth(Field::Sources, nth).one(Field::Document)).collect()
    };
    let shown = [Field::Duties, Field::Indicators].into_iter().flat_map(|field| item.edges.to(field));
    match item.kind() {
        Kind::Phase => item.edges.one(Field::Document).into_iter().collect(),
        Kind::Evidence => shown.flat_map(|id| sources(portal.item(id))).collect(),
        _ => sources(item),
    }
}

/// A list names nothing twice.
fn repeated(item: &Item, findings: &mut Findings) {
    let (mut list, mut known): (&[Step], HashSet<ItemId>) = (&[], HashSet::new());
    for (path, target) in item.edges.members() {
        let (_, here) = path.split_last().unwrap_or((&Step::Index(0), &[]));
        if here != list {
            known.clear();
            list = here;
        }
        if !known.insert(target) {
            findings.at(item.entry.origin.place(path), say::repeated());
        }
    }
}

/// Each session of an event lies in the learning week that the event belongs to, or was moved out of it.
fn edition(portal: &Portal, id: ItemId, findings: &mut Findings) {
    let item = portal.item(id);
    let Some(week) = item.edges.one(Field::Edition).map(|week| portal.item(week)) else { return };
    let Own::Edition(edition) = &week.entry.own else { return };
    let days = edition.from.0..=edition.to.0;
    let mut last = None;
    for session in portal.sessions(id) {
        let inside = days.contains(&session.start.date()) && days.contains(&session.last_day());
        let path = session.path(item);
        let was_inside = session.announced != session.start && days.contains(&session.announced.date());
        if inside || was_inside || last.as_ref() == Some(&path) {
            continue;
        }
        let day = if days.contains(&session.start.date()) { session.last_day() } else { session.start.date() };
        let [from, to] = [edition.from, edition.to].map(|day| day.to_string());
        let mistake = say::outside_edition(&day.to_string(), week.title(), &from, &to);
        let related = week.entry.origin.place(&[Step::Key("from")]);
        let diagnostic = Diagnostic::new(mistake, item.entry.origin.place(&path));
        findings.report(diagnostic.with_related(related, say::EDITION_HERE));
        last = Some(path);
    }
}

/// An event takes place in one of the regions of the learning week that it belongs to. Online it may come from anywhere.
fn regions(portal: &Portal, id: ItemId, few: &mut Few, findings: &mut Findings) {
    let item = portal.item(id);
    let Own::Event(event) = &item.entry.own else { return };
    let Some(week) = item.edges.one(Field::Edition) else { return };
    if event.mode == Mode::Online || !is_meant(item) {
        return;
    }
    let regions: Vec<ItemId> = portal.item(week).edges.to(Field::Regions).collect();
    // What is said to be in a larger region may be in one of its parts.
    let is_inside = |region: ItemId| {
        let related =
            |of: &ItemId| *of == region || portal.above(region).contains(of) || portal.above(*of).contains(&region);
        regions.is_empty() || regions.iter().any(related)
    };
    let venues = portal.sessions(id).filter_map(|session| session.venue);
    let places = venues.chain(item.edges.one(Field::Venue)).chain(item.edges.one(Field::Institution));
    let Some(place) = places.map(|place| portal.item(place)).next() else { return };
    if let Some(region) = place.edges.one(Field::Region).filter(|region| !is_inside(*region)) {
        let week = portal.item(week);
        few.report(findings, || {
            let mistake = say::outside_region(portal.item(region).title(), week.title());
            let related = week.entry.origin.place(&[Step::Key("regions")]);
            Diagnostic::new(mistake, item.entry.origin.place(&[Step::Key("edition")]))
                .with_related(related, say::REGIONS_HERE)
        });
    }
}

/// Weeks for which a count of places is believed.
const WEEKS: i32 = 3;

/// Places left are counted anew from time to time, while one can still join.
fn places(portal: &Portal, id: ItemId, findings: &mut Findings) {
    let item = portal.item(id);
    let Own::Course(course) = &item.entry.own else { return };
    let today = portal.today.date();
    for (nth, places) in course.runs.iter().enumerate().filter_map(|(nth, run)| Some((nth, run.places?))) {
        let path = at!["runs", nth, "places", "on"];
        let weeks = places.on.0.until(today).map_or(0, |span| span.get_days() / 7);
        let is_open = || portal.terms(id).get(nth).is_some_and(|terms| terms.today(&portal.today) == Enrolment::Open);
        if places.on.0 > today {
            findings.at(item.entry.origin.place(&path), say::future_year(&places.on.to_string()));
        } else if weeks >= WEEKS && is_meant(item) && is_open() {
            findings.at(item.entry.origin.place(&path), say::old_count(&places.on.to_string(), weeks));
        }
    }
}

/// A source's clause is one of its document's, and so is that of evidence.
fn clauses(portal: &Portal, item: &Item, findings: &mut Findings) {
    for (nth, source) in item.entry.common.sources.iter().enumerate() {
        let Some(clause) = &source.clause else { continue };
        let document = item.edges.all().nth(Field::Sources, nth).one(Field::Document);
        let path = at!["sources", nth, "clause"];
        clause_of(portal, item, (document, clause), &path, findings);
    }
    if let Own::Evidence(evidence) = &item.entry.own
        && let Some(clause) = &evidence.clause
    {
        let path = at!["clause"];
        clause_of(portal, item, (item.edges.one(Field::Document), clause), &path, findings);
    }
}

/// A clause is one of the document that is named with it.
fn clause_of(
    portal: &Portal,
    item: &Item,
    (document, clause): (Option<ItemId>, &Id),
    path: &[Step],
    findings: &mut Findings,
) {
    let Some(document) = document.map(|document| portal.item(document)) else { return };
    let Own::Document(own) = &document.entry.own else { return };
    if own.clauses.iter().any(|known| known.id == *clause) {
        return;
    }
    let known = own.clauses.iter().map(|known| (known.id.to_string(), known.label.clone()));
    let meant = match nearest(clause.as_str(), own.clauses.iter().map(|known| known.id.as_str())) {
        Some(near) => RefMeant::Near(near.to_owned(), None),
        None => RefMeant::Any(known.take(SHOWN).collect(), own.clauses.len().saturating_sub(SHOWN)),
    };
    findings.at(item.entry.origin.place(path), say::unknown_clause(clause.as_str(), document.id(), &meant));
}

/// Parents form no circle, and stand above their children.
fn parents(portal: &Portal, id: ItemId, findings: &mut Findings) {
    let item = portal.item(id);
    let Some(parent) = item.edges.one(Field::Parent) else { return };
    if portal.above(id).contains(&id) {
        findings.at(item.entry.origin.place(&[Step::Key("parent")]), say::cycle(item.id()));
        return;
    }
    let (field, above) = match (&item.entry.own, &portal.item(parent).entry.own) {
        (Own::Region(child), Own::Region(parent)) => ("level", parent.level < child.level),
        (Own::Institution(child), Own::Institution(parent)) => ("tier", parent.tier < child.tier),
        _ => return,
    };
    if !above {
        findings.at(item.entry.origin.place(&[Step::Key(field)]), say::wrong_level(portal.item(parent).title()));
    }
}

/// A block of the home page points at something of the right kind.
fn home(portal: &Portal, findings: &mut Findings) {
    for (at, block) in portal.settings.site.home.iter().enumerate() {
        let Some(to) = &block.to else { continue };
        let fits = match block.block {
            BlockSort::Page | BlockSort::Enrol => to.kind == Kind::Page,
            BlockSort::Regions => to.kind == Kind::Region,
            BlockSort::Week => to.kind == Kind::Edition,
            BlockSort::Hero => matches!(to.kind, Kind::Page | Kind::Edition | Kind::Region),
            BlockSort::Now
            | BlockSort::Upcoming
            | BlockSort::Near
            | BlockSort::List
            | BlockSort::Topics
            | BlockSort::Audiences
            | BlockSort::Figures
            | BlockSort::Standing => true,
        };
        if !fits {
            let path = [Step::Key("home"), Step::Index(at), Step::Key("to")];
            findings.at(portal.settings.origin.place(&path), say::block_target_kind(to.kind.label()));
        }
    }
}
