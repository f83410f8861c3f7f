//! Which unit is bound by which duty of a document, and how: by a role, as its own, together with others, or through a class of units.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, ItemId, Portal, binder, reconcile};
use crate::content::duty::{DutyRole, DutyScope};
use crate::content::field::Field;
use crate::content::{Kind, Own};

/// How a unit is bound by a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// The notice says in which role.
    Role(DutyRole),
    /// The notice gives it to the unit, and names no role.
    Own,
    /// All units share it.
    Shared,
    /// The notice gives it to this class, to which the unit belongs.
    Through(ItemId),
}

/// A duty, and the units that it binds.
#[derive(Clone, Debug)]
pub struct Row {
    /// The duty.
    pub duty: ItemId,
    /// Each unit with how it is bound.
    pub bonds: BTreeMap<ItemId, Bond>,
}

/// A seat on the committee of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The committee.
    pub committee: ItemId,
    /// The place among its seats, from 0.
    pub nth: usize,
}

/// Which columns a matrix has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// The units and classes that duties name. Whoever is bound only through a class stands in the column of the class.
    Named,
    /// Every unit; classes only where their units are not known.
    Expanded,
}

/// The duties that rest on a document, clause by clause.
pub fn duties(portal: &Portal, document: ItemId) -> Vec<ItemId> {
    let branches = binder::of_document(portal, document);
    let charges = branches.into_iter().flat_map(|branch| branch.charges);
    charges.filter(|id| portal.item(*id).kind() == Kind::Duty).collect()
}

/// The documents that have duties, in order.
pub fn documents(portal: &Portal) -> impl Iterator<Item = ItemId> {
    let is_laid_down = |document: &ItemId| {
        let mut duties = portal.referrers(*document, Kind::Duty).iter();
        duties.any(|duty| binder::cites(portal.item(*duty), *document).next().is_some())
    };
    portal.of_kind(Kind::Document).iter().copied().filter(is_laid_down)
}

/// The rows of some duties.
pub fn rows(portal: &Portal, duties: &[ItemId], columns: Columns) -> Vec<Row> {
    let unit = |duty: &ItemId| portal.item(*duty).edges.one(Field::Unit).filter(|unit| portal.item(*unit).is_public());
    let named: BTreeSet<ItemId> = duties.iter().filter_map(unit).collect();
    let row = |duty: &ItemId| {
        let bonds = unit(duty).map(|unit| bonds(portal, *duty, unit, columns, &named)).unwrap_or_default();
        Row { duty: *duty, bonds }
    };
    duties.iter().map(row).collect()
}

fn bonds(
    portal: &Portal,
    duty: ItemId,
    unit: ItemId,
    columns: Columns,
    named: &BTreeSet<ItemId>,
) -> BTreeMap<ItemId, Bond> {
    let members = portal.charges.members(unit);
    let through = |id: ItemId| (id, Bond::Through(unit));
    let mut bonds: BTreeMap<ItemId, Bond> = match columns {
        Columns::Expanded => members.iter().copied().map(through).collect(),
        Columns::Named => {
            // A class within the class is bound as a whole.
            let is_within = |class: &ItemId| {
                let own = portal.charges.members(*class);
                !own.is_empty() && own.iter().all(|member| members.binary_search(member).is_ok())
            };
            let is_bound = |id: &&ItemId| members.binary_search(id).is_ok() || is_within(id);
            named.iter().filter(is_bound).copied().map(through).collect()
        }
    };
    if columns == Columns::Named || members.is_empty() {
        bonds.insert(unit, bond(portal.item(duty)));
    }
    bonds
}

fn bond(duty: &Item) -> Bond {
    match &duty.entry.own {
        Own::Duty(own) => match (own.role, own.scope) {
            (Some(role), _) => Bond::Role(role),
            (None, DutyScope::Shared) => Bond::Shared,
            (None, DutyScope::Unit) => Bond::Own,
        },
        _ => Bond::Own,
    }
}

/// The units of some rows, in order.
pub fn units(rows: &[Row]) -> Vec<ItemId> {
    let all: BTreeSet<ItemId> = rows.iter().flat_map(|row| row.bonds.keys().copied()).collect();
    all.into_iter().collect()
}

/// The first seat of each unit on the committees of a document.
pub fn seats(portal: &Portal, document: ItemId) -> BTreeMap<ItemId, Seat> {
    let mut seats = BTreeMap::new();
    for committee in reconcile::committees(portal, document) {
        let item = portal.item(committee);
        let Own::Committee(own) = &item.entry.own else { continue };
        for nth in 0..own.seats.len() {
            for unit in item.edges.all().nth(Field::Seats, nth).to(Field::Units) {
                seats.entry(unit).or_insert(Seat { committee, nth });
            }
        }
    }
    seats
}
