//! Facets: for each value that published entries share, the list of those entries. Lists, pages of regions, topics and audiences, and
//! search filters read them.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::edges;
use super::enrol::{self, Enrolment};
use super::schedule::Schedule;
use super::today::Today;
use super::{Item, ItemId, Portal};
use crate::content::field::Field;
use crate::content::rules::each_day;
use crate::content::shared::{Mode, Weekday};
use crate::content::value::Fee as Price;
use crate::content::{Kind, Own};

/// Maximum number of days recorded for one session.
const DAYS: usize = 366;

/// Something that entries have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// An entry. For a region: what is in it or in a region below it. For a topic, audience, venue, institution or unit: what refers to it.
    Item(ItemId),
    /// A kind.
    Kind(Kind),
    /// How it is held.
    Mode(Mode),
    /// What it costs.
    Fee(Fee),
    /// The day of the week on which a session to come begins.
    Weekday(Weekday),
    /// The part of the day in which a session to come begins.
    DayPart(DayPart),
    /// A session that takes place and is not over begins within a week, or has begun.
    Soon,
    /// A day of a session that takes place and is not over.
    Day(Date),
    /// That one can join it: a course with a class run whose enrolment is open.
    Bookable,
}

/// What something costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fee {
    /// Nothing.
    Free,
    /// Something.
    Paid,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayPart {
    /// Until 12:00.
    Morning,
    /// Until 18:00.
    Afternoon,
    /// From 18:00 on.
    Evening,
}

impl DayPart {
    /// All parts, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// The part of the day in which a moment lies.
    pub fn of(at: DateTime) -> Self {
        match at.hour() {
            ..12 => Self::Morning,
            12..18 => Self::Afternoon,
            18.. => Self::Evening,
        }
    }
}

/// The published entries by what they have in common, each list in order.
#[derive(Debug, Default)]
pub struct Facets(BTreeMap<Value, Vec<ItemId>>);

impl Facets {
    /// The facets of `items`.
    pub(super) fn new(items: &[Item], schedule: &Schedule, today: &Today) -> Self {
        let mut facets = Self::default();
        for (at, item) in items.iter().enumerate().filter(|(_, item)| item.is_public()) {
            let id = ItemId::at(at);
            let mut values = own(item);
            if let Own::Course(course) = &item.entry.own
                && enrol::terms(course, || schedule.of(id)).iter().any(|run| run.today(today) == Enrolment::Open)
            {
                values.push(Value::Bookable);
            }
            if !item.kind().gathers() {
                item.edges.concerns().for_each(|target| belongs(items, target, &mut values));
                values.extend(of_edition(items, item, &values));
            }
            for session in schedule.of(id).filter(|session| session.takes_place() && !session.is_past(today)) {
                if today.is_soon(session.start.date()) {
                    values.push(Value::Soon);
                }
                values.push(Value::Weekday(Weekday::of(session.start.date())));
                values.push(Value::DayPart(DayPart::of(session.start)));
                let days = each_day(session.start.date(), session.last_day());
                values.extend(days.take(DAYS).map(Value::Day));
            }
            values.sort_unstable();
            values.dedup();
            for value in values {
                facets.0.entry(value).or_default().push(id);
            }
        }
        facets
    }

    /// The entries that have a value, in order.
    pub fn of(&self, value: Value) -> &[ItemId] {
        self.0.get(&value).map_or(&[], Vec::as_slice)
    }

    /// The entries that have all of several values, in order; none without any value.
    pub fn of_all(&self, values: &[Value]) -> Vec<ItemId> {
        let mut lists: Vec<&[ItemId]> = values.iter().map(|value| self.of(*value)).collect();
        lists.sort_by_key(|list| list.len());
        let Some((shortest, others)) = lists.split_first() else { return Vec::new() };
        let in_all = |id: &&ItemId| others.iter().all(|list| list.binary_search(id).is_ok());
        shortest.iter().filter(in_all).copied().collect()
    }
}

/// The regions that an entry belongs to, with all above them: those above come before those below.
pub fn regions(portal: &Portal, id: ItemId) -> Vec<ItemId> {
    let (items, item) = (&portal.items.all, portal.item(id));
    let mut values = Vec::new();
    if !item.kind().gathers() {
        item.edges.concerns().for_each(|target| belongs(items, target, &mut values));
        values.extend(of_edition(items, item, &values));
    }
    values.sort_unstable();
    values.dedup();
    let region = |value| match value {
        Value::Item(id) if portal.item(id).kind() == Kind::Region => Some(id),
        _ => None,
    };
    values.into_iter().filter_map(region).filter(|id| portal.item(*id).is_public()).collect()
}

/// The values in an entry's own fields.
fn own(item: &Item) -> Vec<Value> {
    let mut values = vec![Value::Kind(item.kind())];
    let (mode, fee): (Option<Mode>, Option<Price>) = match &item.entry.own {
        Own::Course(course) => (Some(course.mode), Some(course.fee)),
        Own::Event(event) => (Some(event.mode), event.fee),
        _ => (None, None),
    };
    values.extend(mode.map(Value::Mode));
    values.extend(fee.map(|fee| Value::Fee(if fee.is_free() { Fee::Free } else { Fee::Paid })));
    values
}

/// Adds the values that an entry gets by referring to `target`: the target itself, or the target's region with all regions above it.
fn belongs(items: &[Item], target: ItemId, values: &mut Vec<Value>) {
    let item = &items[target.index()];
    let region = match item.kind() {
        Kind::Topic | Kind::Audience => {
            values.push(Value::Item(target));
            return;
        }
        Kind::Region => Some(target),
        Kind::Venue | Kind::Institution | Kind::Unit => {
            values.push(Value::Item(target));
            item.edges.one(Field::Region)
        }
        Kind::Document => item.edges.one(Field::Region),
        Kind::Committee
        | Kind::Duty
        | Kind::Indicator
        | Kind::Phase
        | Kind::Standard
        | Kind::Teacher
        | Kind::Course
        | Kind::Edition
        | Kind::Event
        | Kind::Star
        | Kind::Brand
        | Kind::Team
        | Kind::Award
        | Kind::Organisation
        | Kind::Selection
        | Kind::News
        | Kind::ResourceList
        | Kind::ActionPlan
        | Kind::Holidays
        | Kind::Evidence
        | Kind::Facility
        | Kind::Platform
        | Kind::Funding
        | Kind::Survey
        | Kind::Pool
        | Kind::Page => None,
    };
    values.extend(with_above(items, region));
}

/// The regions of the edition that an entry refers to, with all above them, if it tells of no place itself: an event takes place in one
/// district, its week in several.
fn of_edition(items: &[Item], item: &Item, values: &[Value]) -> Vec<Value> {
    let is_region = |value: &Value| matches!(value, Value::Item(id) if items[id.index()].kind() == Kind::Region);
    if values.iter().any(is_region) {
        return Vec::new();
    }
    let editions = item.edges.targets().map(|id| &items[id.index()]).filter(|item| item.kind() == Kind::Edition);
    let regions = editions.flat_map(|edition| edition.edges.to(Field::Regions));
    regions.flat_map(|region| with_above(items, Some(region))).collect()
}

/// A region with all regions above it.
fn with_above(items: &[Item], region: Option<ItemId>) -> impl Iterator<Item = Value> {
    let above = edges::above(region, |region| items[region.index()].edges.one(Field::Parent));
    above.into_iter().map(Value::Item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_values_are_had_by_what_has_each() {
        let ids = |all: &[usize]| all.iter().map(|at| ItemId::at(*at)).collect::<Vec<_>>();
        let free = Value::Fee(Fee::Free);
        let morning = Value::DayPart(DayPart::Morning);
        let facets = Facets([(free, ids(&[1, 3, 4, 9])), (morning, ids(&[0, 3, 9]))].into());
        assert_eq!(facets.of_all(&[free, morning]), ids(&[3, 9]));
        assert_eq!(facets.of_all(&[free, Value::Kind(Kind::Course)]), []);
        assert_eq!(facets.of_all(&[]), []);
    }
}
