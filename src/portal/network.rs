//! The school network against its building standards: every item for every institution of its tier, whether or not anybody reported a value.
//! Computed once; sheets, pages of institutions and exports read it.

use std::collections::{BTreeMap, HashMap};

use super::today::Today;
use super::verdict::{Reading, Verdict, verdict};
use super::{Item, ItemId, Portal, edges, population};
use crate::content::field::Field;
use crate::content::institution::{Institution, InstitutionFact, Tier};
use crate::content::rules::at;
use crate::content::standard::Standard;
use crate::content::value::{Number, Year};
use crate::content::{Kind, Own};
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings};

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
            let Own::Standard(standard) = &item.entry.own else { continue };
            // What cannot be shown yet has no sheet.
            let document = item.edges.one(Field::Document).filter(|document| items[document.index()].is_public());
            if let Some(document) = document {
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
            let people = population::until(&items[region.index()], today.date().year()).map(|known| known.value);
            let known = Known::new(item, institution, people, today);
            let mut checks = Vec::new();
            for ((document, tier), sheet) in &mut network.sheets {
                let applies = items[document.index()].edges.one(Field::Region).is_none_or(|of| around.contains(&of));
                if *tier == institution.tier && applies {
                    sheet.institutions.push(id);
                    checks.extend(sheet.standards.iter().map(|id| known.check(*id, &items[id.index()])));
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

/// What is known of an institution.
struct Known<'a> {
    institution: &'a Institution,
    /// For each item the place of the latest value, and that of the year before.
    facts: HashMap<ItemId, (usize, Option<usize>)>,
    population: Option<Number>,
}

impl<'a> Known<'a> {
    fn new(holder: &Item, institution: &'a Institution, population: Option<Number>, today: &Today) -> Self {
        let year = |nth: usize| institution.facts[nth].year;
        let mut values: HashMap<ItemId, Vec<usize>> = HashMap::new();
        for nth in 0..institution.facts.len() {
            let standard = holder.edges.all().nth(Field::Facts, nth).one(Field::Standard);
            let has_begun = year(nth).is_none_or(|year| year.0 <= today.date().year());
            if let Some(standard) = standard.filter(|_| has_begun) {
                values.entry(standard).or_default().push(nth);
            }
        }
        let latest = |(standard, values): (ItemId, Vec<usize>)| {
            let last = values.iter().copied().max_by_key(|nth| year(*nth))?;
            let is_before = |nth: &usize| year(last).zip(year(*nth)).is_some_and(|(last, one)| last.0 - one.0 == 1);
            Some((standard, (last, values.into_iter().find(is_before))))
        };
        Self { institution, facts: values.into_iter().filter_map(latest).collect(), population }
    }

    fn check(&self, id: ItemId, item: &Item) -> Check {
        let (fact, verdict) = match (&item.entry.own, self.facts.get(&id)) {
            (Own::Standard(standard), Some((fact, before))) => (Some(*fact), self.judge(standard, *fact, *before)),
            _ => (None, Verdict::Unknown),
        };
        Check { standard: id, fact, verdict }
    }

    fn judge(&self, standard: &Standard, fact: usize, before: Option<usize>) -> Verdict {
        let value = |nth: usize| self.institution.facts[nth].value;
        match self.institution.facts[fact].has {
            Some(true) => Verdict::Met,
            Some(false) => Verdict::Missed,
            None => {
                let of = standard.target.per.and(self.population);
                // The number of people is unknown: the value says nothing.
                if standard.target.per.is_some() && of.is_none() {
                    return Verdict::Incomparable;
                }
                let before = before.and_then(value);
                verdict(&standard.target, &Reading { value: value(fact), of, before }, true)
            }
        }
    }
}

/// Reports two values of an institution for an item and a year.
pub(super) fn check(portal: &Portal, findings: &mut Findings) {
    for item in portal.of_kind(Kind::Institution).iter().map(|id| portal.item(*id)) {
        let Own::Institution(institution) = &item.entry.own else { continue };
        let mut first: HashMap<(ItemId, Option<Year>), usize> = HashMap::new();
        for (nth, InstitutionFact { year, .. }) in institution.facts.iter().enumerate() {
            let standard = item.edges.all().nth(Field::Facts, nth).one(Field::Standard);
            let Some(standard) = standard else { continue };
            let place = |nth: usize| {
                let path = at!["facts", nth, "standard"];
                item.entry.origin.place(&path)
            };
            if let Some(earlier) = first.insert((standard, *year), nth) {
                let said = say::fact_twice(portal.item(standard).written_title());
                findings.report(Diagnostic::new(said, place(nth)).with_related(place(earlier), say::FIRST_HERE));
            }
        }
    }
}
