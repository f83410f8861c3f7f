//! What the reconciliation says of a gap.

use super::context::Context;
use super::link;
use super::view::Text;
use crate::content::field::Field;
use crate::content::{Kind, Own};
use crate::portal::reconcile::Gap;

/// What does not fit: the entry, or the clause of a document, linked.
pub fn title(context: &Context<'_>, gap: &Gap) -> Text {
    let item = context.portal.item(gap.item);
    let text = link::text(item);
    let Own::Document(own) = &item.entry.own else { return text };
    match gap.clause.and_then(|at| own.clauses.get(at)) {
        Some(clause) => Text {
            text: format!("{} {}", clause.label, clause.summary),
            address: text.address.map(|address| address.at(clause.id.as_str())),
            url: None,
        },
        None => text,
    }
}

/// What else is to be known of it: the figure of a clause, the unit of a duty.
pub fn note(context: &Context<'_>, gap: &Gap) -> Option<String> {
    let item = context.portal.item(gap.item);
    let unit = item.edges.one(Field::Unit).filter(|_| item.kind() == Kind::Duty);
    gap.figure.clone().or_else(|| unit.map(|unit| context.portal.item(unit).title().to_owned()))
}
