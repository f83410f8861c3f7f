//! The order of entries in every list: `order` first, then date or rank by kind, then pinyin, then id. Regions are in the order of their
//! tree. It does not depend on the locale.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::schedule;
use super::today::Today;
use crate::content::slot::Slot;
use crate::content::value::{Span, Year};
use crate::content::{Kind, Own};
use crate::entry::Entry;

/// The rank of an entry among those of its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    explicit: (bool, i32),
    time: Time,
    pinyin: Arc<str>,
    id: String,
}

impl Rank {
    /// The place of a region in the tree: behind all regions above it, `above`, from the top.
    fn below(self, above: Vec<Self>) -> Self {
        let id = self.id.clone();
        let path = above.into_iter().chain([self]).collect();
        Self { explicit: (true, 0), time: Time::Tree(path), pinyin: Arc::default(), id }
    }
}

/// Puts regions in the order of the tree: each is followed by those below it.
pub(super) fn plant<T>(ranked: &mut [(Kind, Rank, T)], entry: impl Fn(&T) -> &Entry) {
    let mut known: HashMap<String, (Option<String>, Rank)> = HashMap::new();
    for (_, rank, of) in ranked.iter() {
        if let Own::Region(region) = &entry(of).own {
            let parent = region.parent.as_ref().map(|parent| parent.id().to_owned());
            known.insert(entry(of).id.clone(), (parent, rank.clone()));
        }
    }
    for (_, rank, of) in ranked.iter_mut().filter(|(kind, ..)| *kind == Kind::Region) {
        let mut above: Vec<&str> = Vec::new();
        let mut next = known.get(&entry(of).id).and_then(|(parent, _)| parent.as_deref());
        // A cycle is reported by the checks.
        while let Some(parent) = next.filter(|parent| !above.contains(parent)) {
            above.push(parent);
            next = known.get(parent).and_then(|(parent, _)| parent.as_deref());
        }
        let above = above.iter().rev().filter_map(|id| known.get(*id)).map(|(_, rank)| rank.clone());
        *rank = rank.clone().below(above.collect());
    }
}

/// How a kind is ordered by time or rank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    /// Soonest first.
    Upcoming(DateTime),
    /// Then what has no date.
    Undated,
    /// Then the past, latest first.
    Past(std::cmp::Reverse<DateTime>),
    /// Newest first.
    Newest(std::cmp::Reverse<Option<Date>>),
    /// Latest year first, then by level.
    Year(std::cmp::Reverse<i16>, usize),
    /// Earliest first; without a date last.
    Earliest(bool, Option<Date>),
    /// By rank, from the top.
    Rank(usize),
    /// By the way from the top of the tree.
    Tree(Vec<Rank>),
    /// By name alone.
    None,
}

/// The rank of an entry.
pub(super) fn rank(entry: &Entry, today: &Today) -> Rank {
    let common = &entry.common;
    let explicit = (common.order.is_none(), common.order.unwrap_or_default());
    Rank { explicit, time: time(entry, today), pinyin: Arc::clone(&entry.pinyin), id: entry.id.clone() }
}

fn time(Entry { common, own, slots, .. }: &Entry, today: &Today) -> Time {
    let newest = |day: Option<Date>| Time::Newest(std::cmp::Reverse(day));
    let year = |year: Year, level: usize| Time::Year(std::cmp::Reverse(year.0), level);
    match own {
        Own::Event(_) | Own::Course(_) => soonest(slots, today),
        Own::News(_) => newest(common.date.map(|day| day.0)),
        Own::Document(document) => newest(document.issued.or(document.printed).or(common.date).map(|day| day.0)),
        Own::Edition(edition) => year(edition.year, 0),
        Own::Star(star) => year(star.year, star.level as usize),
        Own::Brand(brand) => year(brand.year, brand.level as usize),
        Own::Award(award) => year(award.year, award.level as usize),
        Own::Organisation(organisation) => year(organisation.year, organisation.level as usize),
        Own::ResourceList(list) => year(list.year, 0),
        Own::ActionPlan(plan) => year(plan.year, 0),
        Own::Selection(selection) => year(selection.year, selection.level as usize),
        Own::Holidays(holidays) => year(holidays.year, 0),
        Own::Funding(funding) => year(funding.year, 0),
        Own::Survey(survey) => year(survey.year, 0),
        Own::Pool(pool) => year(pool.year, pool.sort as usize),
        Own::Evidence(evidence) => year(Year(evidence.period.first().year()), 0),
        Own::Phase(phase) => {
            let first = phase.from.map(Span::first).or(phase.to.map(Span::last));
            Time::Earliest(first.is_none(), first)
        }
        Own::Region(region) => Time::Rank(region.level as usize),
        Own::Institution(institution) => Time::Rank(institution.tier as usize),
        Own::Standard(standard) => Time::Rank(standard.tier as usize),
        Own::Unit(unit) => Time::Rank(unit.sort as usize),
        Own::Facility(facility) => Time::Rank(facility.sort as usize),
        Own::Topic(_)
        | Own::Platform(_)
        | Own::Audience(_)
        | Own::Committee(_)
        | Own::Duty(_)
        | Own::Indicator(_)
        | Own::Venue(_)
        | Own::Teacher(_)
        | Own::Team(_)
        | Own::Page(_) => Time::None,
    }
}

fn soonest(slots: &[Slot], today: &Today) -> Time {
    let mut counted = schedule::counted(slots);
    let last = schedule::counted(slots).next_back();
    match (counted.find(|slot| !schedule::is_over(slot.end, today)), last) {
        (Some(next), _) => Time::Upcoming(next.start),
        (None, Some(last)) => Time::Past(std::cmp::Reverse(last.start)),
        (None, None) => Time::Undated,
    }
}

/// The day shown for an entry: an event's first session, an edition's first day, a document's date of issue or printing, otherwise `date`.
pub(super) fn day(entry: &Entry, first: Option<Date>) -> Option<Date> {
    match &entry.own {
        Own::Event(_) => first,
        Own::Edition(edition) => Some(edition.from.0),
        Own::Document(document) => document.issued.or(document.printed).map(|day| day.0),
        _ => entry.common.date.map(|day| day.0),
    }
}
