//! Who is charged with what: duties and indicators of each unit, its own and those of the classes that it belongs to. Computed once; pages,
//! exports and checks read it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, ItemId};
use crate::content::field::Field;
use crate::content::unit::UnitSort;
use crate::content::{Kind, Own};

/// A duty or an indicator of a unit, or a unit that holds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Charge {
    /// The other side: the duty, the indicator or the unit.
    pub item: ItemId,
    /// The class of units through which it applies; `None` if the notice names the unit itself.
    pub through: Option<ItemId>,
}

/// All charges of published units.
#[derive(Debug, Default)]
pub struct Charges {
    /// For each class, the units that it stands for, in order. A class within a class is resolved.
    members: BTreeMap<ItemId, Vec<ItemId>>,
    /// For each unit, the classes that it belongs to, in order.
    classes: BTreeMap<ItemId, Vec<ItemId>>,
    duties: BTreeMap<ItemId, Vec<Charge>>,
    indicators: BTreeMap<ItemId, Vec<Charge>>,
    holders: BTreeMap<ItemId, Vec<Charge>>,
}

impl Charges {
    pub(super) fn new(items: &[Item]) -> Self {
        let mut charges = Self::default();
        let public =
            |kind| move |(at, item): (usize, &Item)| (item.kind() == kind && item.is_public()).then(|| ItemId::at(at));
        let of_kind = |kind| items.iter().enumerate().filter_map(public(kind));
        for class in of_kind(Kind::Unit).filter(|id| is_class(&items[id.index()])) {
            let units = expand(items, class);
            for unit in &units {
                charges.classes.entry(*unit).or_default().push(class);
            }
            charges.members.insert(class, units);
        }
        for duty in of_kind(Kind::Duty) {
            let Some(unit) = items[duty.index()].edges.one(Field::Unit) else { continue };
            charges.duties.entry(unit).or_default().push(Charge { item: duty, through: None });
            for member in charges.members.get(&unit).into_iter().flatten() {
                charges.duties.entry(*member).or_default().push(Charge { item: duty, through: Some(unit) });
            }
        }
        for indicator in of_kind(Kind::Indicator) {
            let named: BTreeSet<ItemId> = items[indicator.index()].edges.to(Field::Holders).collect();
            let mut holders: BTreeMap<ItemId, Option<ItemId>> = named.iter().map(|unit| (*unit, None)).collect();
            for class in &named {
                // Who stands for a class holds in its place, and who is named as well holds as named.
                for member in charges.members.get(class).into_iter().flatten() {
                    holders.entry(*member).or_insert(Some(*class));
                }
            }
            for (unit, through) in &holders {
                charges.indicators.entry(*unit).or_default().push(Charge { item: indicator, through: *through });
            }
            let stands_for_others = |unit: &ItemId| charges.members.get(unit).is_some_and(|units| !units.is_empty());
            let holders = holders.into_iter().filter(|(unit, _)| !stands_for_others(unit));
            charges.holders.insert(indicator, holders.map(|(item, through)| Charge { item, through }).collect());
        }
        for charges in charges.duties.values_mut().chain(charges.indicators.values_mut()) {
            // Its own before those of its classes.
            charges.sort_by_key(|charge| (charge.through, charge.item));
        }
        charges
    }

    /// The units that a class stands for, in order; empty for a class whose units are not known, and for a unit that is no class.
    pub fn members(&self, class: ItemId) -> &[ItemId] {
        self.members.get(&class).map_or(&[], Vec::as_slice)
    }

    /// The classes that a unit belongs to, in order.
    pub fn classes(&self, unit: ItemId) -> &[ItemId] {
        self.classes.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The duties of a unit, its own first, then class by class; in order.
    pub fn duties(&self, unit: ItemId) -> &[Charge] {
        self.duties.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The indicators that bind a unit, its own first, then class by class; in order.
    pub fn indicators(&self, unit: ItemId) -> &[Charge] {
        self.indicators.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The units that hold an indicator, in order: of a class each unit that it stands for, and the class itself only if these are not known.
    pub fn holders(&self, indicator: ItemId) -> &[Charge] {
        self.holders.get(&indicator).map_or(&[], Vec::as_slice)
    }
}

fn is_class(item: &Item) -> bool {
    matches!(&item.entry.own, Own::Unit(unit) if unit.sort == UnitSort::Class)
}

/// The published units that a class stands for, sorted. A circle of classes, which the checks report, adds nothing.
fn expand(items: &[Item], class: ItemId) -> Vec<ItemId> {
    let (mut units, mut seen, mut open) = (BTreeSet::new(), BTreeSet::from([class]), vec![class]);
    while let Some(next) = open.pop() {
        for member in items[next.index()].edges.to(Field::Members).filter(|id| items[id.index()].is_public()) {
            if !is_class(&items[member.index()]) {
                units.insert(member);
            } else if seen.insert(member) {
                open.push(member);
            }
        }
    }
    units.into_iter().collect()
}
