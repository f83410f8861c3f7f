//! The school network against its building standards as a table: a row for each institution and item.

use super::sheet::Sheet;
use crate::content::Own;
use crate::content::field::Field;
use crate::page::context::Context;
use crate::page::link;
use crate::portal::{ItemId, Portal, location};

/// The documents that have standards, in order.
fn documents(portal: &Portal) -> Vec<ItemId> {
    let mut all: Vec<ItemId> = portal.network.sheets().map(|(document, ..)| document).collect();
    all.dedup();
    all
}

/// The addresses of all tables.
pub(super) fn addresses(portal: &Portal) -> Vec<String> {
    documents(portal).into_iter().map(|id| location::of_standards_table(portal.item(id).id())).collect()
}

/// All tables, by address.
pub(super) fn files(context: &Context<'_>) -> Vec<(String, String)> {
    let portal = context.portal;
    let file = |id: ItemId| (location::of_standards_table(portal.item(id).id()), sheet(context, id).csv());
    documents(portal).into_iter().map(file).collect()
}

fn sheet(context: &Context<'_>, document: ItemId) -> Sheet {
    let (portal, format) = (context.portal, &context.format);
    let mut rows = Vec::new();
    for (_, tier, sheet) in portal.network.sheets().filter(|(of, ..)| *of == document) {
        for institution in &sheet.institutions {
            let holder = portal.item(*institution);
            let Own::Institution(own) = &holder.entry.own else { continue };
            let region = holder.edges.one(Field::Region).map(|id| portal.item(id).title().to_owned());
            for check in portal.network.in_sheet(sheet, *institution) {
                let item = portal.item(check.standard);
                let Own::Standard(standard) = &item.entry.own else { continue };
                let fact = check.fact.map(|nth| &own.facts[nth]);
                rows.push(vec![
                    holder.title().to_owned(),
                    region.clone().unwrap_or_default(),
                    format.choice(tier),
                    item.title().to_owned(),
                    format.target(&standard.target),
                    fact.map(|fact| format.fact(fact, &standard.target)).unwrap_or_default(),
                    fact.and_then(|fact| fact.year).map(|year| year.to_string()).unwrap_or_default(),
                    format.verdict(check.verdict),
                    link::clauses(context, item).into_iter().map(|text| text.text).collect::<Vec<_>>().join(" "),
                    fact.and_then(|fact| fact.evidence.clone()).unwrap_or_default(),
                ]);
            }
        }
    }
    let head = format.heads([
        "institution",
        "region",
        "tier",
        "item",
        "standard",
        "value",
        "year",
        "result",
        "clause",
        "evidence",
    ]);
    Sheet { head, rows }
}
