//! The ledger of a document as a table: a row for each item of evidence, and one for each duty or indicator without any.

use super::sheet::Sheet;
use crate::address::Href;
use crate::content::evidence::Evidence;
use crate::content::field::Field;
use crate::page::context::Context;
use crate::page::kind::evidence::material;
use crate::portal::binder::{self, Branch};
use crate::portal::evidence::{Standing, evidence};
use crate::portal::{ItemId, Portal, location};

/// The addresses of all tables.
pub(super) fn addresses(portal: &Portal) -> Vec<String> {
    if portal.ledger.is_empty() {
        return Vec::new();
    }
    let address = |id: ItemId| location::of_ledger_sheet(portal.item(id).id());
    binder::documents(portal).into_iter().map(address).collect()
}

/// All tables, by address.
pub(super) fn files(context: &Context<'_>) -> Vec<(String, String)> {
    let portal = context.portal;
    if portal.ledger.is_empty() {
        return Vec::new();
    }
    let file = |id: ItemId| (location::of_ledger_sheet(portal.item(id).id()), sheet(context, id).csv());
    binder::documents(portal).into_iter().map(file).collect()
}

fn sheet(context: &Context<'_>, document: ItemId) -> Sheet {
    let head = context.format.heads([
        "clause", "sort", "title", "units", "status", "material", "period", "unit", "evidence", "sha256", "pages",
    ]);
    let branches = binder::of_document(context.portal, document);
    let rows = branches.iter().flat_map(|branch| branch.charges.iter().flat_map(|id| rows(context, branch, *id)));
    Sheet { head, rows: rows.collect() }
}

/// The rows of a duty or an indicator.
fn rows(context: &Context<'_>, branch: &Branch, id: ItemId) -> Vec<Vec<String>> {
    let (portal, format) = (context.portal, &context.format);
    let item = portal.item(id);
    let title = |id: ItemId| portal.item(id).title().to_owned();
    let joiner = format.words.get("text.joiner");
    let units = item.edges.to(Field::Unit).chain(item.edges.to(Field::Holders));
    let units = units.map(title).collect::<Vec<_>>().join(joiner);
    let known = binder::clause(portal, branch).map(|(_, clause)| clause.label.clone()).unwrap_or_default();
    let begin = [known, format.kind(item.kind()), title(id), units];
    let all = portal.ledger.of(id);
    if all.is_empty() {
        let missing = format.words.in_group("standing", Standing::Missing.key()).to_owned();
        let rest = std::iter::repeat_n(String::new(), 6);
        return vec![begin.into_iter().chain([missing]).chain(rest).collect()];
    }
    let row = |id: &ItemId| {
        let own = evidence(portal, *id)?;
        let holder = portal.item(*id).edges.one(Field::Unit).map(title).unwrap_or_default();
        let what = [
            format.choice(own.state),
            title(*id),
            own.period.to_string(),
            holder,
            where_to_look(context, *id, joiner),
            hash(own),
            own.pages.map(|pages| pages.to_string()).unwrap_or_default(),
        ];
        Some(begin.iter().cloned().chain(what).collect())
    };
    all.iter().filter_map(row).collect()
}

/// What it is; links are written out, since a table has none.
fn where_to_look(context: &Context<'_>, id: ItemId, joiner: &str) -> String {
    let base = context.portal.base_url();
    let absolute = |address: &Href| base.map_or_else(|| address.as_str().to_owned(), |base| address.absolute(base));
    let texts = material(context, id).into_iter().map(|text| match &text.address {
        Some(address) => format!("{} {}", text.text, absolute(address)),
        None => text.text,
    });
    texts.collect::<Vec<_>>().join(joiner)
}

fn hash(evidence: &Evidence) -> String {
    evidence.sha256.clone().unwrap_or_default()
}
