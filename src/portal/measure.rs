//! How far indicators are: the values of each holder by year, against the target. Computed once; pages, worksheets and exports read it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil;

use super::charge::{Charge, Charges};
use super::checks::is_meant;
use super::participation::Participation;
use super::today::Today;
use super::verdict::{self, Verdict};
use super::{Item, ItemId, Portal};
use crate::content::field::Field;
use crate::content::indicator::{Indicator, Population};
use crate::content::rules::at;
use crate::content::shared::{Measure, Measured};
use crate::content::value::{Number, Year};
use crate::content::{Kind, Own};
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings};

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was written: the place in the list of values, from 0.
    Written(usize),
    /// It was computed from who came: the place in the list of populations, from 0.
    Counted(usize),
}

/// The value of one year.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    /// The year.
    pub year: Year,
    /// The value itself, as it was written or counted.
    pub value: Number,
    /// What it is a part of.
    pub of: Option<Number>,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is made up, or counted from what is.
    pub is_sample: bool,
    /// The value as the target counts it, if that can be told.
    pub comparable: Option<Number>,
    /// What it says of the target.
    pub verdict: Verdict,
}

/// The values of one holder, the latest first; or of all holders together.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The holder; `None` for all together.
    pub holder: Option<Charge>,
    /// Its values.
    pub values: Vec<Value>,
}

impl Holding {
    /// What its latest value says.
    pub fn verdict(&self) -> Verdict {
        self.values.first().map_or(Verdict::Unknown, |value| value.verdict)
    }
}

/// All published indicators.
#[derive(Debug, Default)]
pub struct Measures {
    of: BTreeMap<ItemId, Vec<Holding>>,
}

impl Measures {
    pub(super) fn new(items: &[Item], charges: &Charges, participation: &Participation, today: &Today) -> Self {
        let public = items.iter().enumerate().filter(|(_, item)| item.is_public());
        let of = public.filter_map(|(at, item)| {
            let Own::Indicator(indicator) = &item.entry.own else { return None };
            let id = ItemId::at(at);
            // A year that has not begun has no value yet, whatever somebody typed.
            let has_begun = |raw: &Raw| today.reached(civil::date(raw.year.0, 1, 1));
            let mut raw = written(item, indicator);
            raw.retain(has_begun);
            let counted = counted(items, item, indicator, participation).into_iter();
            let counted: Vec<Raw> = counted
                .filter(|one| !raw.iter().any(|known| (known.unit, known.year) == (one.unit, one.year)))
                .collect();
            Some((id, holdings(indicator, raw.into_iter().chain(counted), charges.holders(id), today)))
        });
        Self { of: of.collect() }
    }

    /// The holders of an indicator with their values, in order; then those of all together, if there are any.
    pub fn of(&self, indicator: ItemId) -> &[Holding] {
        self.of.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// The values of one holder of an indicator.
    pub fn of_holder(&self, indicator: ItemId, unit: ItemId) -> Option<&Holding> {
        self.of(indicator).iter().find(|holding| holding.holder.is_some_and(|holder| holder.item == unit))
    }

    /// How an indicator stands as a whole. A value for all together decides; otherwise it is met if every holder meets it, and unknown as soon as one
    /// has no value, unless one that has misses it.
    pub fn verdict(&self, indicator: ItemId) -> Verdict {
        let all = self.of(indicator);
        if let Some(together) = all.iter().find(|holding| holding.holder.is_none()) {
            return together.verdict();
        }
        let has = |wanted| all.iter().any(|holding| holding.verdict() == wanted);
        let worst = [Verdict::Missed, Verdict::Unknown, Verdict::Incomparable, Verdict::Pending];
        worst.into_iter().find(|verdict| has(*verdict)).unwrap_or(if all.is_empty() {
            Verdict::Unknown
        } else {
            Verdict::Met
        })
    }
}

/// A value that is not judged yet.
#[derive(Clone, Copy)]
struct Raw {
    year: Year,
    unit: Option<ItemId>,
    value: Number,
    of: Option<Number>,
    origin: Origin,
    is_sample: bool,
}

/// The values that were written.
fn written(item: &Item, indicator: &Indicator) -> Vec<Raw> {
    let raw = |(nth, measured): (usize, &Measured)| Raw {
        year: measured.year,
        unit: item.edges.all().nth(Field::Measured, nth).one(Field::Unit),
        value: measured.value,
        of: measured.of,
        origin: Origin::Written(nth),
        is_sample: measured.sample,
    };
    indicator.measured.iter().enumerate().map(raw).collect()
}

/// The values that follow from who came, for each population of which anybody was counted.
fn counted(items: &[Item], item: &Item, indicator: &Indicator, participation: &Participation) -> Vec<Raw> {
    let Some(computed) = &indicator.computed else { return Vec::new() };
    let edges = item.edges.all().inside(Field::Computed);
    let audience = edges.one(Field::Audience);
    // An audience that is not there was reported: nobody knows whose visits are meant.
    if computed.audience.is_some() && audience.is_none() {
        return Vec::new();
    }
    let raw = |(nth, population): (usize, &Population)| {
        let unit = edges.nth(Field::Population, nth).one(Field::Unit);
        let of = unit.map_or(item, |unit| &items[unit.index()]);
        let region = Some(of.edges.one(Field::Region)?);
        let visits = participation.visits(region, population.year, audience)?;
        Some(Raw {
            year: population.year,
            unit,
            value: Number(visits.into()),
            of: Some(Number(population.people.into())),
            origin: Origin::Counted(nth),
            is_sample: participation.is_sample(region, population.year),
        })
    };
    computed.population.iter().enumerate().filter_map(raw).collect()
}

fn holdings(indicator: &Indicator, raw: impl Iterator<Item = Raw>, holders: &[Charge], today: &Today) -> Vec<Holding> {
    let mut known: BTreeMap<Option<ItemId>, Vec<Raw>> = BTreeMap::new();
    raw.for_each(|raw| known.entry(raw.unit).or_default().push(raw));
    let mut all: Vec<Holding> = Vec::new();
    for holder in holders {
        let values = known.remove(&Some(holder.item)).unwrap_or_default();
        all.push(Holding { holder: Some(*holder), values: values_of(indicator, &values, today) });
    }
    // A class may be measured as a whole, though each of its units is charged.
    let together: Vec<Raw> = known.into_values().flatten().collect();
    if !together.is_empty() {
        all.push(Holding { holder: None, values: values_of(indicator, &together, today) });
    }
    all
}

fn values_of(indicator: &Indicator, raw: &[Raw], today: &Today) -> Vec<Value> {
    let target = &indicator.target;
    let is_due = target.by.is_none_or(|by| today.passed(by.last()));
    let reading = |raw: &Raw| verdict::Reading { value: Some(raw.value), of: raw.of, before: None };
    let by_year: HashMap<Year, &Raw> = raw.iter().map(|raw| (raw.year, raw)).collect();
    let value = |raw: &Raw| {
        let Raw { year, value, of, origin, is_sample, .. } = *raw;
        if is_of_other_sort(indicator, origin) {
            return Value { year, value, of, origin, is_sample, comparable: None, verdict: Verdict::Incomparable };
        }
        let before = by_year.get(&Year(year.0 - 1)).and_then(|before| reading(before).comparable(target));
        let reading = verdict::Reading { before, ..reading(raw) };
        let verdict = verdict::verdict(target, &reading, is_due);
        Value { year, value, of, origin, is_sample, comparable: reading.comparable(target), verdict }
    };
    let mut values: Vec<Value> = raw.iter().map(value).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.year));
    values
}

/// Whether a value counts visits and the target persons. Only the office can say that it counts its shares in visits.
fn is_of_other_sort(indicator: &Indicator, origin: Origin) -> bool {
    let by_visits = indicator.computed.as_ref().is_some_and(|computed| computed.by_visits);
    let in_visits = matches!(indicator.target.measure, Some(Measure::Visit | Measure::Times));
    matches!(origin, Origin::Counted(_)) && !by_visits && !in_visits
}

/// Reports values that nobody can mean: two for a year, and those of units that hold nothing; and classes that contain themselves.
pub(super) fn check(portal: &Portal, findings: &mut Findings) {
    for (id, item) in portal.items().filter(|(_, item)| is_meant(item)) {
        match &item.entry.own {
            Own::Indicator(indicator) => values(portal, id, indicator, findings),
            Own::Unit(unit) => {
                let Some(member) = leads_back(portal, id) else { continue };
                // The member is written by its id, or by a former one.
                let nth = unit.members.iter().position(|written| written.id() == portal.item(member).id());
                let path = nth.map_or_else(|| at!["members"], |nth| at!["members", nth]);
                findings.at(item.entry.origin.place(&path), say::class_in_itself(item.id()));
            }
            _ => {}
        }
    }
}

fn values(portal: &Portal, id: ItemId, indicator: &Indicator, findings: &mut Findings) {
    let item = portal.item(id);
    let named: BTreeSet<ItemId> = item.edges.to(Field::Holders).collect();
    let mut first: HashMap<(Year, Option<ItemId>), usize> = HashMap::new();
    for (nth, measured) in indicator.measured.iter().enumerate() {
        let unit = item.edges.all().nth(Field::Measured, nth).one(Field::Unit);
        if measured.unit.is_some() && unit.is_none() {
            continue;
        }
        let place = |nth: usize, field: &'static str| {
            let path = at!["measured", nth, field];
            item.entry.origin.place(&path)
        };
        if let Some(earlier) = first.insert((measured.year, unit), nth) {
            let diagnostic = Diagnostic::new(say::year_twice(&measured.year.to_string()), place(nth, "year"));
            let related = place(earlier, "year");
            findings.report(diagnostic.with_related(related, say::FIRST_HERE));
        }
        let holds = |unit: ItemId| {
            named.contains(&unit) || portal.charges.classes(unit).iter().any(|class| named.contains(class))
        };
        if let Some(unit) = unit.filter(|unit| !named.is_empty() && !holds(*unit)) {
            let known: Vec<&str> = named.iter().map(|id| portal.item(*id).title()).collect();
            findings.at(place(nth, "unit"), say::holds_nothing(portal.item(unit).title(), &known));
        }
    }
}

/// The member through which a class of units contains itself, directly or through others.
fn leads_back(portal: &Portal, class: ItemId) -> Option<ItemId> {
    let members =
        |id: ItemId| portal.item(id).edges.to(Field::Members).filter(|id| portal.item(*id).kind() == Kind::Unit);
    let leads = |first: &ItemId| {
        let (mut seen, mut open) = (BTreeSet::from([*first]), vec![*first]);
        while let Some(next) = open.pop() {
            if next == class {
                return true;
            }
            open.extend(members(next).filter(|member| seen.insert(*member)));
        }
        false
    };
    members(class).find(leads)
}
