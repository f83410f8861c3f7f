//! What a unit's liaison has to see to: which units have a worksheet, and which deadlines concern them.

use std::collections::BTreeSet;

use super::{ItemId, Portal};
use crate::content::field::Field;
use crate::content::phase::Phase;
use crate::content::{Kind, Own};

/// The units that are charged with anything, in order.
pub fn units(portal: &Portal) -> impl Iterator<Item = ItemId> {
    let charges = &portal.charges;
    let is_charged = |unit: &ItemId| !charges.duties(*unit).is_empty() || !charges.indicators(*unit).is_empty();
    portal.of_kind(Kind::Unit).iter().copied().filter(is_charged)
}

/// The phases and deadlines of the documents that charge a unit, and what it is asked to hand in; in order.
pub fn phases(portal: &Portal, unit: ItemId) -> Vec<(ItemId, &Phase)> {
    let documents = documents(portal, unit);
    let all = documents.iter().flat_map(|document| portal.referrers(*document, Kind::Phase));
    let mut phases: BTreeSet<ItemId> = all.copied().collect();
    // A document that only asks for lists and plans gives no duty.
    let classes = portal.charges.classes(unit).iter().copied();
    let called = std::iter::once(unit)
        .chain(classes)
        .flat_map(|of| portal.referrers(of, Kind::Phase).iter().map(move |phase| (of, *phase)));
    let asked = called.filter(|(of, phase)| portal.item(*phase).edges.to(Field::Units).any(|asked| asked == *of));
    let asked: BTreeSet<ItemId> = asked.map(|(_, phase)| phase).collect();
    phases.extend(&asked);
    let of_documents = phases.into_iter().filter_map(|id| match &portal.item(id).entry.own {
        Own::Phase(phase) => Some((id, phase.as_ref())),
        _ => None,
    });
    // A phase may cite another document than the one that sets it.
    of_documents
        .filter(|(id, _)| {
            let is_of = |of| documents.contains(&of);
            asked.contains(id) || portal.item(*id).edges.one(Field::Document).is_some_and(is_of)
        })
        .collect()
}

/// The documents that charge a unit.
pub fn documents(portal: &Portal, unit: ItemId) -> BTreeSet<ItemId> {
    let charges = portal.charges.duties(unit).iter().chain(portal.charges.indicators(unit));
    charges.flat_map(|charge| cited(portal, charge.item)).collect()
}

/// The documents that an entry cites.
fn cited(portal: &Portal, id: ItemId) -> impl Iterator<Item = ItemId> {
    let item = portal.item(id);
    let sources = 0..item.entry.common.sources.len();
    sources.filter_map(|nth| item.edges.all().nth(Field::Sources, nth).one(Field::Document))
}
