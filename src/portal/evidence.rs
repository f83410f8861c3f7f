//! The ledger (台账): what there is to show for each duty and indicator, and what is missing. Computed once; ledgers, worksheets and the
//! reconciliation read it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{Item, ItemId, Portal};
use crate::content::evidence::Evidence;
use crate::content::field::Field;
use crate::content::{Kind, Own};
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::{Diagnostic, Findings, Mistake};
use crate::load::{Input, Inputs};

/// How a duty or an indicator stands, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing is there, and nothing is announced.
    Missing,
    /// All that is named is still owed.
    Owed,
    /// Something is there, something is still owed.
    Partly,
    /// All that is named is there.
    Filed,
}

/// Published items of evidence, by what they show and by who holds them.
#[derive(Debug, Default)]
pub struct Ledger {
    /// For each duty and indicator.
    of: BTreeMap<ItemId, Vec<ItemId>>,
    /// For each unit.
    held: BTreeMap<ItemId, Vec<ItemId>>,
}

impl Standing {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Missing, Self::Owed, Self::Partly, Self::Filed];

    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Owed => "owed",
            Self::Partly => "partly",
            Self::Filed => "filed",
        }
    }
}

impl Ledger {
    pub(super) fn new(items: &[Item]) -> Self {
        let mut of: BTreeMap<ItemId, BTreeSet<ItemId>> = BTreeMap::new();
        let mut ledger = Self::default();
        for (at, item) in items.iter().enumerate().filter(|(_, item)| item.is_public()) {
            let id = ItemId::at(at);
            match item.kind() {
                Kind::Evidence => {
                    for shown in item.edges.to(Field::Duties).chain(item.edges.to(Field::Indicators)) {
                        of.entry(shown).or_default().insert(id);
                    }
                    if let Some(unit) = item.edges.one(Field::Unit) {
                        ledger.held.entry(unit).or_default().push(id);
                    }
                }
                Kind::Indicator => {
                    let is_evidence = |id: &ItemId| {
                        let item = &items[id.index()];
                        item.kind() == Kind::Evidence && item.is_public()
                    };
                    of.entry(id).or_default().extend(item.edges.targets().filter(is_evidence));
                }
                _ => {}
            }
        }
        ledger.of = of.into_iter().map(|(id, items)| (id, items.into_iter().collect())).collect();
        ledger
    }

    /// Whether there is any evidence at all.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// The evidence for a duty or an indicator, in order.
    pub fn of(&self, id: ItemId) -> &[ItemId] {
        self.of.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The evidence that a unit holds, in order.
    pub fn held(&self, unit: ItemId) -> &[ItemId] {
        self.held.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// How a duty or an indicator stands: of several units only if each of them has something there it is filed.
    pub fn standing(&self, portal: &Portal, id: ItemId) -> Standing {
        self.standing_in(portal, id, None)
    }

    /// How a duty or an indicator stands by the evidence of a year alone, or by all.
    pub fn standing_in(&self, portal: &Portal, id: ItemId, year: Option<i16>) -> Standing {
        if self.of(id).is_empty() {
            return Standing::Missing;
        }
        let units = charged(portal, id);
        if units.len() < 2 {
            return standing(portal, self.of(id).iter().copied().filter(|id| is_in(portal, *id, year)));
        }
        let each = || units.iter().map(|unit| self.standing_of_in(portal, id, *unit, year));
        let is_there = |standing| standing >= Standing::Partly;
        match each().min() {
            Some(Standing::Filed) => Standing::Filed,
            Some(least) if each().any(is_there) || is_there(least) => Standing::Partly,
            _ => each().max().unwrap_or(Standing::Missing),
        }
    }

    /// The evidence for a duty or an indicator, as far as it is a unit's: what the unit or one of its classes holds, and what somebody holds who
    /// is not charged with it, such as the office that counts for all.
    pub fn of_unit(&self, portal: &Portal, id: ItemId, unit: ItemId) -> Vec<ItemId> {
        if self.of(id).is_empty() {
            return Vec::new();
        }
        let charged = charged(portal, id);
        let is_of = |evidence: &ItemId| {
            portal.item(*evidence).edges.one(Field::Unit).is_some_and(|holder| {
                holder == unit || portal.charges.classes(unit).contains(&holder) || !charged.contains(&holder)
            })
        };
        self.of(id).iter().copied().filter(is_of).collect()
    }

    /// How a duty or an indicator stands for a unit.
    pub fn standing_of(&self, portal: &Portal, id: ItemId, unit: ItemId) -> Standing {
        self.standing_of_in(portal, id, unit, None)
    }

    /// How a duty or an indicator stands for a unit by the evidence of a year alone, or by all.
    pub fn standing_of_in(&self, portal: &Portal, id: ItemId, unit: ItemId, year: Option<i16>) -> Standing {
        standing(portal, self.of_unit(portal, id, unit).into_iter().filter(|id| is_in(portal, *id, year)))
    }

    /// The years of which there is evidence for any of some duties and indicators, the latest first; with a unit, as far as it is the unit's.
    pub fn years(&self, portal: &Portal, ids: impl Iterator<Item = ItemId>, unit: Option<ItemId>) -> Vec<i16> {
        let items = |id| match unit {
            Some(unit) => self.of_unit(portal, id, unit),
            None => self.of(id).to_vec(),
        };
        let year = |id| evidence(portal, id).map(|own| own.period.first().year());
        let years: BTreeSet<i16> = ids.flat_map(items).filter_map(year).collect();
        years.into_iter().rev().collect()
    }
}

/// Whether an item of evidence is of a year: no period lies in two of them.
pub fn is_in(portal: &Portal, id: ItemId, year: Option<i16>) -> bool {
    year.is_none_or(|year| evidence(portal, id).is_some_and(|own| own.period.first().year() == year))
}

/// The units that are charged with a duty or an indicator: of a class each unit that it stands for, where these are known.
pub fn charged(portal: &Portal, id: ItemId) -> Vec<ItemId> {
    let item = portal.item(id);
    if item.kind() == Kind::Indicator {
        return portal.charges.holders(id).iter().map(|charge| charge.item).collect();
    }
    let Some(unit) = item.edges.one(Field::Unit) else { return Vec::new() };
    let members = portal.charges.members(unit);
    if members.is_empty() { vec![unit] } else { members.to_vec() }
}

fn standing(portal: &Portal, items: impl Iterator<Item = ItemId>) -> Standing {
    let (mut there, mut owed) = (0, 0);
    for evidence in items.filter_map(|id| evidence(portal, id)) {
        if evidence.is_there() { there += 1 } else { owed += 1 }
    }
    match (there, owed) {
        (0, 0) => Standing::Missing,
        (0, _) => Standing::Owed,
        (_, 0) => Standing::Filed,
        (_, _) => Standing::Partly,
    }
}

/// The fields of an item of evidence.
pub fn evidence(portal: &Portal, id: ItemId) -> Option<&Evidence> {
    match &portal.item(id).entry.own {
        Own::Evidence(evidence) => Some(evidence),
        _ => None,
    }
}

/// Compares every file of the ledger with the hash that was written when it was entered.
pub(super) fn verify(items: &[Item], inputs: &Inputs, findings: &mut Findings) {
    let files: Vec<(&Item, &Evidence, &str)> = items
        .iter()
        .filter_map(|item| match &item.entry.own {
            Own::Evidence(evidence) => Some((item, evidence.as_ref(), item.edges.all().file(Field::File)?)),
            _ => None,
        })
        .collect();
    let judged: Vec<_> = files.par_iter().map(|(item, evidence, path)| (item, judge(evidence, path, inputs))).collect();
    for (item, mistake) in judged {
        if let Some(mistake) = mistake {
            findings.report(Diagnostic::new(mistake, item.entry.origin.place(&[Field::File.into()])));
        }
    }
}

/// What is wrong with a file of the ledger.
fn judge(evidence: &Evidence, path: &str, inputs: &Inputs) -> Option<Mistake> {
    let now = hash(inputs, path)?.ok()?;
    let name = path.rsplit('/').next().unwrap_or(path);
    match &evidence.sha256 {
        None => Some(say::unsealed_file(name, &now)),
        Some(written) if !written.trim().eq_ignore_ascii_case(&now) => Some(say::changed_file(name, &now)),
        Some(_) => None,
    }
}

/// The SHA-256 of a file in hexadecimal digits; of one that cannot be read, the fault is told where it is published.
fn hash(inputs: &Inputs, path: &str) -> Option<Result<String, Fault>> {
    let bytes = match inputs.get(path)? {
        Input::Blob(blob) => blob.read(),
        // Content is text that changes every day: no evidence.
        Input::Text(_) | Input::Unreadable(_) => return None,
    };
    Some(bytes.map(|bytes| {
        let digest = Sha256::digest(&bytes);
        digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }))
}
