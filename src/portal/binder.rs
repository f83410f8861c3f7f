//! The order of a ledger: clause by clause of a document, or document by document of a unit, in parts of the length of a page.

use std::collections::BTreeMap;

use super::{Item, ItemId, Portal};
use crate::content::document::Clause;
use crate::content::field::Field;
use crate::content::{Kind, Own};

/// Duties and indicators that stand together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch {
    /// The document that they rest on.
    pub document: Option<ItemId>,
    /// The place of the clause among those of the document.
    pub clause: Option<usize>,
    /// Duties first, then indicators, each in order.
    pub charges: Vec<ItemId>,
}

/// The documents that give somebody duties or indicators, in order.
pub fn documents(portal: &Portal) -> Vec<ItemId> {
    let has_any = |id: &ItemId| charges(portal, *id).next().is_some();
    portal.of_kind(Kind::Document).iter().copied().filter(has_any).collect()
}

/// What rests on a document, clause by clause; last what names none of its clauses. What rests on several clauses stands under the first.
pub fn of_document(portal: &Portal, document: ItemId) -> Vec<Branch> {
    let mut by: BTreeMap<usize, Vec<ItemId>> = BTreeMap::new();
    for id in charges(portal, document) {
        let clause = clauses(portal, portal.item(id), document).min();
        by.entry(clause.unwrap_or(usize::MAX)).or_default().push(id);
    }
    let branch = |(clause, charges): (usize, Vec<ItemId>)| Branch {
        document: Some(document),
        clause: (clause != usize::MAX).then_some(clause),
        charges,
    };
    by.into_iter().map(branch).collect()
}

/// What a unit is charged with, document by document.
pub fn of_unit(portal: &Portal, unit: ItemId) -> Vec<Branch> {
    let mut by: BTreeMap<Option<ItemId>, Vec<ItemId>> = BTreeMap::new();
    let all = portal.charges.duties(unit).iter().chain(portal.charges.indicators(unit));
    for id in all.map(|charge| charge.item) {
        let charges = by.entry(document(portal.item(id))).or_default();
        if !charges.contains(&id) {
            charges.push(id);
        }
    }
    by.into_iter().map(|(document, charges)| Branch { document, clause: None, charges }).collect()
}

/// Branches in parts of at most `length` lines; `lines` is how many a duty or an indicator takes, and a branch takes one itself. A part begins with a branch where that is
/// possible, and a branch that is longer than a part is continued.
pub fn parts(branches: Vec<Branch>, length: usize, lines: impl Fn(ItemId) -> usize) -> Vec<Vec<Branch>> {
    let mut parts: Vec<Vec<Branch>> = Vec::new();
    let mut room = 0;
    for branch in branches {
        let whole: usize = branch.charges.iter().map(|id| lines(*id)).sum();
        if whole >= room {
            room = 0;
        }
        let mut is_open = false;
        for id in &branch.charges {
            let needed = lines(*id) + usize::from(!is_open);
            if needed > room {
                parts.push(Vec::new());
                room = length;
                is_open = false;
            }
            let Some(part) = parts.last_mut() else { continue };
            if !is_open {
                part.push(Branch { charges: Vec::new(), ..branch });
                is_open = true;
            }
            if let Some(open) = part.last_mut() {
                open.charges.push(*id);
            }
            room = room.saturating_sub(needed);
        }
    }
    parts
}

/// Published duties and indicators that cite a document.
fn charges(portal: &Portal, document: ItemId) -> impl Iterator<Item = ItemId> {
    let of = move |kind| portal.referrers(document, kind).iter().copied();
    let cites = move |id: &ItemId| self::cites(portal.item(*id), document).next().is_some();
    of(Kind::Duty).chain(of(Kind::Indicator)).filter(cites)
}

/// The places among an item's sources of those that are a document.
pub fn cites(item: &Item, document: ItemId) -> impl Iterator<Item = usize> {
    let is_it = move |nth: &usize| item.edges.all().nth(Field::Sources, *nth).one(Field::Document) == Some(document);
    (0..item.entry.common.sources.len()).filter(is_it)
}

/// The places among a document's clauses of those that an item cites.
pub fn clauses<'a>(portal: &'a Portal, item: &'a Item, document: ItemId) -> impl Iterator<Item = usize> + 'a {
    let known = match &portal.item(document).entry.own {
        Own::Document(own) => own.clauses.as_slice(),
        _ => &[],
    };
    cites(item, document).filter_map(move |nth| {
        let clause = item.entry.common.sources[nth].clause.as_ref()?;
        known.iter().position(|known| known.id == *clause)
    })
}

/// The clause of a branch, with its document.
pub fn clause<'a>(portal: &'a Portal, branch: &Branch) -> Option<(&'a Item, &'a Clause)> {
    let document = portal.item(branch.document?);
    let Own::Document(own) = &document.entry.own else { return None };
    Some((document, own.clauses.get(branch.clause?)?))
}

/// The first document that an item cites.
pub fn document(item: &Item) -> Option<ItemId> {
    (0..item.entry.common.sources.len()).find_map(|nth| item.edges.all().nth(Field::Sources, nth).one(Field::Document))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(ids: std::ops::Range<usize>) -> Branch {
        Branch { document: None, clause: Some(ids.start), charges: ids.map(ItemId::at).collect() }
    }

    fn check(branches: Vec<Branch>, length: usize, expected: &[&[usize]]) {
        let parts = parts(branches, length, |_| 1);
        let counts: Vec<Vec<usize>> =
            parts.iter().map(|part| part.iter().map(|branch| branch.charges.len()).collect()).collect();
        assert_eq!(counts, expected);
    }

    #[test]
    fn a_part_holds_whole_branches_where_it_can() {
        check(vec![branch(0..3), branch(3..5)], 7, &[&[3, 2]]);
        check(vec![branch(0..3), branch(3..5)], 6, &[&[3], &[2]]);
        check(vec![branch(0..2), branch(2..9), branch(9..10)], 6, &[&[2], &[5], &[2, 1]]);
        check(Vec::new(), 6, &[]);
    }
}
