//! The figures of a portal: every indicator by the document that it rests on, and how it stands as a whole.

use std::collections::BTreeMap;

use super::answer::answer;
use super::verdict::Verdict;
use super::{ItemId, Portal, binder};
use crate::content::Kind;

/// What tells how an indicator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Values that were written or counted.
    Values,
    /// Recorded honours, since there are no values.
    Honours,
    /// Nothing.
    Nothing,
}

/// How an indicator stands, and what tells so. Honours speak only where there is no value, and what nobody told is unknown.
pub fn standing(portal: &Portal, indicator: ItemId) -> (Verdict, Basis) {
    if portal.measures.of(indicator).iter().any(|holding| !holding.values.is_empty()) {
        return (portal.measures.verdict(indicator), Basis::Values);
    }
    match answer(portal, indicator).filter(|answered| answered.verdict != Verdict::Unknown) {
        Some(answered) => (answered.verdict, Basis::Honours),
        None => (Verdict::Unknown, Basis::Nothing),
    }
}

/// All indicators, document by document in order; last those that rest on none.
pub fn by_document(portal: &Portal) -> Vec<(Option<ItemId>, Vec<ItemId>)> {
    let mut by: BTreeMap<(bool, Option<ItemId>), Vec<ItemId>> = BTreeMap::new();
    for id in portal.of_kind(Kind::Indicator) {
        let document = binder::document(portal.item(*id)).filter(|document| portal.item(*document).is_public());
        by.entry((document.is_none(), document)).or_default().push(*id);
    }
    by.into_iter().map(|((_, document), ids)| (document, ids)).collect()
}
