//! Boards of what units hand up in turn (信息报送): how each unit that is charged with a recurring task stands in each of its turns of a year.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::deadline::{is_bound, turns};
use super::evidence::{charged, evidence};
use super::{ItemId, Portal};
use crate::content::evidence::EvidenceState;
use crate::content::field::Field;
use crate::content::phase::{Every, Phase};
use crate::content::{Kind, Own};

/// How a unit stands in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Submission {
    /// Submitted in time.
    Submitted,
    /// Submitted, nobody wrote on which day.
    Undated,
    /// Submitted after the day on which it was due.
    Late,
    /// Nothing was submitted, and the day is over.
    Missing,
    /// Nothing was submitted, and the day is not over.
    Coming,
    /// The unit does not have to submit it, or the task has not begun or has ended.
    Unbound,
}

impl Submission {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Submitted, Self::Undated, Self::Late, Self::Missing, Self::Coming, Self::Unbound];

    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Undated => "undated",
            Self::Late => "late",
            Self::Missing => "missing",
            Self::Coming => "coming",
            Self::Unbound => "unbound",
        }
    }

    /// Whether something was submitted.
    pub fn is_there(self) -> bool {
        matches!(self, Self::Submitted | Self::Undated | Self::Late)
    }
}

/// A recurring task that units have to submit.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    /// Its entry.
    pub id: ItemId,
    /// Its fields.
    pub phase: &'a Phase,
    /// The duties that it carries out.
    duties: Vec<ItemId>,
    /// Who has to submit it, in order.
    pub units: BTreeSet<ItemId>,
}

/// A turn of a task for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The last day on which it is in time.
    pub due: Date,
    /// How the unit stands.
    pub state: Submission,
    /// What it submitted, the earliest first; what has no day is last.
    pub items: Vec<(Option<Date>, ItemId)>,
}

/// The documents with tasks that units have to submit, in order.
pub fn documents(portal: &Portal) -> Vec<ItemId> {
    let tasks = portal.of_kind(Kind::Phase).iter().filter(|id| !duties(portal, **id).is_empty());
    let documents: BTreeSet<ItemId> = tasks.filter_map(|id| portal.item(*id).edges.one(Field::Document)).collect();
    documents.into_iter().filter(|id| portal.item(*id).is_public()).collect()
}

/// The tasks of a document that units have to submit, in order.
pub fn tasks(portal: &Portal, document: ItemId) -> Vec<Task<'_>> {
    let of_document = portal.referrers(document, Kind::Phase).iter();
    let own = of_document.filter(|id| portal.item(**id).edges.one(Field::Document) == Some(document));
    let task = |id: &ItemId| {
        let Own::Phase(phase) = &portal.item(*id).entry.own else { return None };
        let duties = duties(portal, *id);
        let units: BTreeSet<ItemId> = duties.iter().flat_map(|duty| charged(portal, *duty)).collect();
        (!units.is_empty()).then_some(Task { id: *id, phase, duties, units })
    };
    own.filter_map(task).collect()
}

/// The years of which a document has a board: from that in which the first task or the portal began, the later of them, or something was
/// submitted, to this year.
pub fn years(portal: &Portal, document: ItemId) -> Option<RangeInclusive<i16>> {
    let (this, since) = (portal.today.date().year(), portal.settings.site.since.0);
    let span = |task: &Task<'_>| {
        let reported = task.duties.iter().flat_map(|duty| portal.ledger.of(*duty)).filter_map(|id| {
            let own = evidence(portal, *id).filter(|own| own.state == EvidenceState::Reported)?;
            Some(own.period.first().year())
        });
        let first = reported.min().map_or(since, |year| year.min(since));
        let first = task.phase.from.map_or(first, |from| first.max(from.first().year()));
        let last = task.phase.to.map_or(this, |to| this.min(to.last().year()));
        (first <= last).then_some((first, last))
    };
    let spans: Vec<(i16, i16)> = tasks(portal, document).iter().filter_map(span).collect();
    let first = spans.iter().map(|(first, _)| *first).min()?;
    let last = spans.iter().map(|(_, last)| *last).max()?;
    Some(first..=last)
}

/// The rows of the board of a document and a year: task by task all units that have to submit any of them, since one that need not submit this
/// one is told as well. A task that is never due in the year has none.
pub fn rows(portal: &Portal, document: ItemId, year: i16) -> Vec<(Task<'_>, Vec<ItemId>)> {
    let is_due = |task: &Task<'_>| turns(task.phase, year).iter().any(|day| is_bound(task.phase, *day));
    let tasks: Vec<Task<'_>> = tasks(portal, document).into_iter().filter(is_due).collect();
    let units: BTreeSet<ItemId> = tasks.iter().flat_map(|task| &task.units).copied().collect();
    tasks.into_iter().map(|task| (task, units.iter().copied().collect())).collect()
}

/// The turns of a task in a year for a unit: twelve of what comes every month.
pub fn of_unit(portal: &Portal, task: &Task<'_>, unit: ItemId, year: i16) -> Vec<Turn> {
    let all = if task.units.contains(&unit) { submitted(portal, task, unit) } else { Vec::new() };
    let turn = |due: Date| {
        if !task.units.contains(&unit) || !is_bound(task.phase, due) {
            return Turn { due, state: Submission::Unbound, items: Vec::new() };
        }
        let is_of = |period: &(Date, Date)| {
            let is_in = |day: Date| match task.phase.every {
                Some(Every::Month) => day.first_of_month() == due.first_of_month(),
                Some(Every::Year) | None => day.year() == due.year(),
            };
            is_in(period.0) && is_in(period.1)
        };
        let mut items: Vec<(Option<Date>, ItemId)> =
            all.iter().filter(|(period, ..)| is_of(period)).map(|(_, day, id)| (*day, *id)).collect();
        items.sort_by_key(|(day, id)| (day.is_none(), *day, *id));
        Turn { due, state: state(portal, due, &items), items }
    };
    turns(task.phase, year).into_iter().map(turn).collect()
}

fn state(portal: &Portal, due: Date, items: &[(Option<Date>, ItemId)]) -> Submission {
    match items.first() {
        None if portal.today.passed(due) => Submission::Missing,
        None => Submission::Coming,
        Some((Some(day), _)) if *day <= due => Submission::Submitted,
        _ if items.iter().any(|(day, _)| day.is_none()) => Submission::Undated,
        Some(_) => Submission::Late,
    }
}

/// What a unit submitted: the first and the last day of what it is of, the day on which it was submitted, and the entry.
fn submitted(portal: &Portal, task: &Task<'_>, unit: ItemId) -> Vec<((Date, Date), Option<Date>, ItemId)> {
    let has_come = |day: Option<Date>| day.is_none_or(|day| portal.today.reached(day));
    let written = |id: ItemId| portal.item(id).entry.common.date.map(|day| day.0);
    let reported = portal.ledger.held(unit).iter().filter_map(|id| {
        let own = evidence(portal, *id).filter(|own| own.state == EvidenceState::Reported)?;
        let is_of_task = portal.item(*id).edges.to(Field::Duties).any(|duty| task.duties.contains(&duty));
        is_of_task.then(|| ((own.period.first(), own.period.last()), written(*id), *id))
    });
    let news: &[ItemId] = if task.phase.news { portal.referrers(unit, Kind::News) } else { &[] };
    let news = news.iter().filter_map(|id| {
        let day = written(*id)?;
        portal.item(*id).edges.to(Field::Units).any(|of| of == unit).then_some(((day, day), Some(day), *id))
    });
    reported.chain(news).filter(|(_, day, _)| has_come(*day)).collect()
}

/// The published duties that a phase carries out.
fn duties(portal: &Portal, id: ItemId) -> Vec<ItemId> {
    portal.item(id).edges.to(Field::Duties).filter(|duty| portal.item(*duty).is_public()).collect()
}
