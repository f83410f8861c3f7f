//! The school network against its building standards: every item for every institution of its tier, whether or not anybody reported a value.
//! Computed once; sheets, pages of institutions and exports read it.

use std::collections::{BTreeMap, HashMap};

use super::today::Today;
use super::verdict::{Reading, Verdict, verdict};
use super::{Item, ItemId, edges};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::institution::{Institution, Tier};
use crate::content::standard::Standard;
use crate::content::value::Number;

/// An item of a standard for an institution.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The item.
    pub standard: ItemId,
    /// The place of the value in the institution's list, from 0.
    pub fact: Option<usize>,
    /// What the value says.
    pub verdict: Verdict,
}

/// A document's standard for a tier: its items, and the institutions that it applies to, both in order.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The items.
    pub standards: Vec<ItemId>,
    /// The institutions.
    pub institutions: Vec<ItemId>,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Network {
    /// For each document and tier.
    sheets: BTreeMap<(ItemId, Tier), Sheet>,
    /// For each institution, in the order of items.
    of: BTreeMap<ItemId, Vec<Check>>,
}

impl Network {
    pub(super) fn new(items: &[Item], today: &Today) -> Self {
        let mut network = Self::default();
        let public =
            || items.iter().enumerate().filter(|(_, item)| item.is_public()).map(|(at, item)| (ItemId::at(at), item));
        for (id, item) in public() {
            if let (Own::Standard(standard), Some(document)) = (&item.entry.own, item.edges.one(Field::Document)) {
                network.sheets.entry((document, standard.tier)).or_default().standards.push(id);
            }
        }
        if network.sheets.is_empty() {
            return network;
        }
        for (id, item) in public() {
            let Own::Institution(institution) = &item.entry.own else { continue };
            let Some(region) = item.edges.one(Field::Region) else { continue };
            let parent = |id: ItemId| items[id.index()].edges.one(Field::Parent);
            let around: Vec<ItemId> = std::iter::once(region).chain(edges::above(parent(region), parent)).collect();
            let population = population(&items[region.index()], today);
            let mut checks = Vec::new();
            for ((document, tier), sheet) in &mut network.sheets {
                let applies = items[document.index()].edges.one(Field::Region).is_none_or(|of| around.contains(&of));
                if *tier == institution.tier && applies {
                    sheet.institutions.push(id);
                    checks.extend(
                        sheet.standards.iter().map(|standard| {
                            check(*standard, &items[standard.index()], (item, institution), population)
                        }),
                    );
                }
            }
            network.of.insert(id, checks);
        }
        network
    }

    /// Every document and tier that has standards, in order.
    pub fn sheets(&self) -> impl Iterator<Item = (ItemId, Tier, &Sheet)> {
        self.sheets.iter().map(|((document, tier), sheet)| (*document, *tier, sheet))
    }

    /// The standard of a document for a tier.
    pub fn sheet(&self, document: ItemId, tier: Tier) -> Option<&Sheet> {
        self.sheets.get(&(document, tier))
    }

    /// The items of a sheet for one of its institutions, in order.
    pub fn in_sheet<'a>(&'a self, sheet: &'a Sheet, institution: ItemId) -> impl Iterator<Item = &'a Check> {
        self.of(institution).iter().filter(|check| sheet.standards.binary_search(&check.standard).is_ok())
    }

    /// Every item that an institution is held to, in order.
    pub fn of(&self, institution: ItemId) -> &[Check] {
        self.of.get(&institution).map_or(&[], Vec::as_slice)
    }
}

/// The latest population of a region that is known for a year that has begun.
fn population(region: &Item, today: &Today) -> Option<Number> {
    let Own::Region(own) = &region.entry.own else { return None };
    let known = own.population.iter().filter(|one| one.year.0 <= today.date().year());
    known.max_by_key(|one| one.year).map(|one| one.value)
}

fn check(id: ItemId, item: &Item, (holder, institution): (&Item, &Institution), population: Option<Number>) -> Check {
    let Own::Standard(standard) = &item.entry.own else {
        return Check { standard: id, fact: None, verdict: Verdict::Unknown };
    };
    let facts: HashMap<ItemId, usize> = (0..institution.facts.len())
        .filter_map(|nth| Some((holder.edges.all().nth(Field::Facts, nth).one(Field::Standard)?, nth)))
        .collect();
    let fact = facts.get(&id).copied();
    let verdict = fact.map_or(Verdict::Unknown, |nth| judge(standard, institution, nth, population));
    Check { standard: id, fact, verdict }
}

fn judge(standard: &Standard, institution: &Institution, nth: usize, population: Option<Number>) -> Verdict {
    let fact = &institution.facts[nth];
    match (fact.has, fact.value) {
        (Some(true), _) => Verdict::Met,
        (Some(false), _) => Verdict::Missed,
        (None, value) => {
            let of = standard.target.per.and(population);
            // The number of people is unknown: the value says nothing.
            if standard.target.per.is_some() && of.is_none() {
                return Verdict::Incomparable;
            }
            verdict(&standard.target, &Reading { value, of, before: None }, true)
        }
    }
}
