//! Rules across entries: clauses, circles, levels, names.

use std::collections::HashMap;

use super::{Item, ItemId, Portal};
use crate::content::field::Field;
use crate::content::site::BlockSort;
use crate::content::walk::Step;
use crate::content::{Kind, Own};
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings, nearest};

/// Runs the checks that need the whole portal.
pub(super) fn run(portal: &Portal, findings: &mut Findings) {
    let mut stars: HashMap<(&str, &str), &Item> = HashMap::new();
    for (id, item) in portal.items() {
        clauses(portal, item, findings);
        parents(portal, id, findings);
        if let Own::Star(star) = &item.entry.own
            && let Some(first) = stars.insert((item.title(), star.region.id()), item)
        {
            let place = |item: &Item| item.entry.origin.place(&[Step::Key("title")]);
            let diagnostic = Diagnostic::new(say::person_twice(item.title()), place(item));
            findings.report(diagnostic.with_related(place(first), say::FIRST_HERE));
        }
    }
    home(portal, findings);
}

/// A source's clause is one of its document's.
fn clauses(portal: &Portal, item: &Item, findings: &mut Findings) {
    for (at, source) in item.entry.common.sources.iter().enumerate() {
        let Some(clause) = &source.clause else { continue };
        let document =
            item.edges.all().nth(Field::Sources, at).one(Field::Document).map(|document| portal.item(document));
        let Some(Own::Document(document)) = document.map(|document| &document.entry.own) else { continue };
        if !document.clauses.iter().any(|known| known.id == *clause) {
            let near = nearest(clause.as_str(), document.clauses.iter().map(|known| known.id.as_str()));
            let place = item.entry.origin.place(&[Step::Key("sources"), Step::Index(at), Step::Key("clause")]);
            findings.at(place, say::unknown_clause(clause.as_str(), source.document.id(), near));
        }
    }
}

/// Parents form no circle, and stand above their children.
fn parents(portal: &Portal, id: ItemId, findings: &mut Findings) {
    let item = portal.item(id);
    let Some(parent) = item.edges.one(Field::Parent) else { return };
    if portal.above(id).contains(&id) {
        findings.at(item.entry.origin.place(&[Step::Key("parent")]), say::cycle(item.id()));
        return;
    }
    let (field, above) = match (&item.entry.own, &portal.item(parent).entry.own) {
        (Own::Region(child), Own::Region(parent)) => ("level", parent.level < child.level),
        (Own::Institution(child), Own::Institution(parent)) => ("tier", parent.tier < child.tier),
        _ => return,
    };
    if !above {
        findings.at(item.entry.origin.place(&[Step::Key(field)]), say::wrong_level(portal.item(parent).title()));
    }
}

/// A block of the home page points at something of the right kind.
fn home(portal: &Portal, findings: &mut Findings) {
    for (at, block) in portal.settings.site.home.iter().enumerate() {
        let Some(to) = &block.to else { continue };
        let fits = match block.block {
            BlockSort::Page => to.kind == Kind::Page,
            BlockSort::Regions => to.kind == Kind::Region,
            BlockSort::Week => to.kind == Kind::Edition,
            BlockSort::Hero => matches!(to.kind, Kind::Page | Kind::Edition | Kind::Region),
            BlockSort::Upcoming | BlockSort::List | BlockSort::Topics | BlockSort::Audiences | BlockSort::Figures => {
                true
            }
        };
        if !fits {
            let path = [Step::Key("home"), Step::Index(at), Step::Key("to")];
            findings.at(portal.settings.origin.place(&path), say::block_target_kind(to.kind.label()));
        }
    }
}
