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

/// How a duty or an indicator stands.
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

    /// How a duty or an indicator stands, whoever holds the evidence.
    pub fn standing(&self, portal: &Portal, id: ItemId) -> Standing {
        standing(portal, self.of(id).iter().copied())
    }

    /// The evidence for a duty or an indicator that is a unit's own affair: what the unit holds, and what is held by the class through which the
    /// duty applies.
    pub fn of_unit(&self, portal: &Portal, id: ItemId, unit: ItemId) -> Vec<ItemId> {
        let holds = |evidence: &ItemId| {
            let holder = portal.item(*evidence).edges.one(Field::Unit);
            holder.is_some_and(|holder| holder == unit || portal.charges.classes(unit).contains(&holder))
        };
        self.of(id).iter().copied().filter(holds).collect()
    }

    /// How a duty or an indicator stands for a unit.
    pub fn standing_of(&self, portal: &Portal, id: ItemId, unit: ItemId) -> Standing {
        standing(portal, self.of_unit(portal, id, unit).into_iter())
    }
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
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }))
}
