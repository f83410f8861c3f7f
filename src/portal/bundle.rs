//! Bundles: what the units of a document hand in every year, the resource list and the action plan for the year that follows; who has not, who
//! was late. Gathered when it is first asked for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::deadline::days_in;
use super::today::Today;
use super::{ItemId, Portal, binder, reconcile};
use crate::content::field::Field;
use crate::content::phase::{Collected, Phase};
use crate::content::unit::UnitSort;
use crate::content::{Kind, Own};

/// How the material of a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing was handed in.
    Missing,
    /// A part of it was not.
    Partly,
    /// All was, but some of it after the last day.
    Late,
    /// All was, but nobody wrote when.
    Undated,
    /// All was, in time.
    InTime,
}

impl Standing {
    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Partly => "partly",
            Self::Late => "late",
            Self::Undated => "undated",
            Self::InTime => "in-time",
        }
    }
}

/// What a unit handed in for a year.
#[derive(Debug)]
pub struct Submission {
    /// The unit.
    pub unit: ItemId,
    /// Whether it was asked to; who was not handed in all the same.
    pub is_asked: bool,
    /// Its resource lists, in order.
    pub lists: Vec<ItemId>,
    /// Its action plans, in order.
    pub plans: Vec<ItemId>,
    /// Its action plans for the year before.
    pub before: Vec<ItemId>,
}

impl Submission {
    /// What it handed in of one sort.
    pub fn of(&self, part: Collected) -> &[ItemId] {
        match part {
            Collected::Resources => &self.lists,
            Collected::Plans => &self.plans,
        }
    }

    /// Whether it handed in nothing.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.plans.is_empty()
    }
}

/// What the units of a document handed in for a year.
#[derive(Debug)]
pub struct Bundle {
    /// The document that asks for it.
    pub document: ItemId,
    /// The year that it is for.
    pub year: i16,
    /// What is asked for, each with the last day on which it is in time.
    pub asks: Vec<(Collected, Date)>,
    /// Classes among those asked whose units are not known.
    pub unknown: Vec<ItemId>,
    /// The units: who handed in nothing first, then who handed in a part, then the others, and at the end who was not asked; each in order.
    pub submissions: Vec<Submission>,
}

impl Bundle {
    /// The last day on which anything is in time.
    pub fn due(&self) -> Option<Date> {
        self.asks.iter().map(|(_, due)| *due).max()
    }

    /// Whether the last day is over.
    pub fn is_over(&self, today: &Today) -> bool {
        self.due().is_some_and(|due| today.passed(due))
    }

    /// How a list or plan stands: by the day on which it was handed in, which is its date.
    pub fn of_item(&self, portal: &Portal, part: Collected, item: ItemId) -> Standing {
        let due = self.asks.iter().find(|(asked, _)| *asked == part).map(|(_, due)| *due);
        match (portal.item(item).entry.common.date, due) {
            (Some(day), Some(due)) if day.0 > due => Standing::Late,
            (None, Some(_)) => Standing::Undated,
            _ => Standing::InTime,
        }
    }

    /// How the material of a unit stands.
    pub fn standing(&self, portal: &Portal, submission: &Submission) -> Standing {
        if submission.is_empty() {
            return Standing::Missing;
        }
        if self.lacking(submission).next().is_some() {
            return Standing::Partly;
        }
        let parts = [Collected::Resources, Collected::Plans];
        let items = parts.iter().flat_map(|part| submission.of(*part).iter().map(|id| (*part, *id)));
        items.map(|(part, id)| self.of_item(portal, part, id)).min().unwrap_or(Standing::Missing)
    }

    /// What is asked of a unit and was not handed in.
    pub fn lacking(&self, submission: &Submission) -> impl Iterator<Item = Collected> {
        let asked = self.asks.iter().filter(|_| submission.is_asked).map(|(part, _)| *part);
        asked.filter(|part| submission.of(*part).is_empty())
    }

    /// How many of those who were asked stand so.
    pub fn count(&self, portal: &Portal, standing: Standing) -> usize {
        let asked = self.submissions.iter().filter(|submission| submission.is_asked);
        asked.filter(|submission| self.standing(portal, submission) == standing).count()
    }
}

/// All bundles, by document, the latest year first. One for which nobody handed in anything is none.
#[derive(Debug, Default)]
pub struct Bundles(Vec<Bundle>);

impl Bundles {
    pub(super) fn new(portal: &Portal) -> Self {
        let mut documents: BTreeMap<ItemId, Vec<(ItemId, &Phase)>> = BTreeMap::new();
        for id in portal.of_kind(Kind::Phase) {
            let item = portal.item(*id);
            if let (Own::Phase(phase), Some(document)) = (&item.entry.own, item.edges.one(Field::Document))
                && !phase.collects.is_empty()
                && portal.item(document).is_public()
            {
                documents.entry(document).or_default().push((*id, phase));
            }
        }
        if documents.is_empty() {
            return Self::default();
        }
        let handed = Handed::new(portal);
        Self(documents.iter().flat_map(|(document, phases)| of_document(portal, *document, phases, &handed)).collect())
    }

    /// All of them, in order.
    pub fn all(&self) -> &[Bundle] {
        &self.0
    }

    /// Those of a document, the latest first.
    pub fn of(&self, document: ItemId) -> impl Iterator<Item = &Bundle> {
        self.0.iter().filter(move |bundle| bundle.document == document)
    }

    /// Those in which a unit stands, the latest of each document.
    pub fn of_unit(&self, unit: ItemId) -> impl Iterator<Item = &Bundle> {
        let mut last = None;
        let is_its = move |bundle: &&Bundle| bundle.submissions.iter().any(|submission| submission.unit == unit);
        self.0.iter().filter(is_its).filter(move |bundle| last.replace(bundle.document) != Some(bundle.document))
    }
}

/// What was handed in, by year and unit.
struct Handed(BTreeMap<i16, BTreeMap<ItemId, [Vec<ItemId>; 2]>>);

impl Handed {
    fn new(portal: &Portal) -> Self {
        let mut all: BTreeMap<i16, BTreeMap<ItemId, [Vec<ItemId>; 2]>> = BTreeMap::new();
        for (at, kind) in [Kind::ResourceList, Kind::ActionPlan].into_iter().enumerate() {
            for id in portal.of_kind(kind) {
                let item = portal.item(*id);
                let year = match &item.entry.own {
                    Own::ResourceList(list) => list.year.0,
                    Own::ActionPlan(plan) => plan.year.0,
                    _ => continue,
                };
                if let Some(unit) = item.edges.one(Field::Unit) {
                    all.entry(year).or_default().entry(unit).or_default()[at].push(*id);
                }
            }
        }
        Self(all)
    }

    fn of(&self, year: i16, unit: ItemId) -> Option<&[Vec<ItemId>; 2]> {
        self.0.get(&year)?.get(&unit)
    }
}

fn of_document(portal: &Portal, document: ItemId, phases: &[(ItemId, &Phase)], handed: &Handed) -> Vec<Bundle> {
    let (asked, unknown) = roster(portal, document, phases);
    let cites = |id: &ItemId| binder::cites(portal.item(*id), document).next().is_some();
    let of_year = |(year, units): (&i16, &BTreeMap<ItemId, [Vec<ItemId>; 2]>)| {
        let asks = asks(phases, *year);
        if asks.is_empty() {
            return None;
        }
        // Who is not on the roster stands here only if the list says for which document it is.
        let others = units.iter().filter(|(unit, parts)| !asked.contains(unit) && parts.iter().flatten().any(cites));
        let others = others.map(|(unit, _)| (*unit, false));
        let submission = |(unit, is_asked): (ItemId, bool)| {
            let [lists, plans] = units.get(&unit).cloned().unwrap_or_default();
            let before = handed.of(year - 1, unit).map(|[_, plans]| plans.clone()).unwrap_or_default();
            Submission { unit, is_asked, lists, plans, before }
        };
        let submissions: Vec<Submission> =
            asked.iter().map(|unit| (*unit, true)).chain(others).map(submission).collect();
        if submissions.iter().all(Submission::is_empty) {
            return None;
        }
        let mut bundle = Bundle { document, year: *year, asks, unknown: unknown.clone(), submissions: Vec::new() };
        let mut ranked: Vec<(bool, Standing, Submission)> = submissions
            .into_iter()
            .map(|submission| {
                let standing = bundle.standing(portal, &submission).min(Standing::Late);
                (!submission.is_asked, standing, submission)
            })
            .collect();
        ranked.sort_by_key(|(is_other, standing, submission)| (*is_other, *standing, submission.unit));
        bundle.submissions = ranked.into_iter().map(|(_, _, submission)| submission).collect();
        Some(bundle)
    };
    handed.0.iter().rev().filter_map(of_year).collect()
}

/// What is asked for a year, in the year before it. If two tasks ask for the same, the later day counts.
fn asks(phases: &[(ItemId, &Phase)], year: i16) -> Vec<(Collected, Date)> {
    let mut asks: BTreeMap<Collected, Date> = BTreeMap::new();
    for (_, phase) in phases {
        for due in days_in(phase, year - 1) {
            for part in &phase.collects {
                let known = asks.entry(*part).or_insert(due);
                *known = due.max(*known);
            }
        }
    }
    asks.into_iter().collect()
}

/// The units that are asked, and the classes among them whose units are not known. Where no task names any, they are those on the roster of the
/// document's committees.
fn roster(portal: &Portal, document: ItemId, phases: &[(ItemId, &Phase)]) -> (BTreeSet<ItemId>, Vec<ItemId>) {
    let named = phases.iter().flat_map(|(id, _)| portal.item(*id).edges.to(Field::Units));
    let mut named: BTreeSet<ItemId> = named.filter(|unit| portal.item(*unit).is_public()).collect();
    if phases.iter().all(|(_, phase)| phase.units.is_empty()) {
        named = reconcile::seated(portal, document).1;
    }
    let (mut units, mut unknown) = (BTreeSet::new(), Vec::new());
    for unit in named {
        match &portal.item(unit).entry.own {
            Own::Unit(own) if own.sort == UnitSort::Class => match portal.charges.members(unit) {
                [] => unknown.push(unit),
                members => units.extend(members.iter().copied()),
            },
            _ => {
                units.insert(unit);
            }
        }
    }
    (units, unknown)
}
