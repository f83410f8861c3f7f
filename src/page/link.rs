//! Links to entries.

use super::context::Context;
use super::view::{CountedLink, Link, PictureView, SourceView, Text};
use crate::content::field::Field;
use crate::content::spot::Spot;
use crate::content::{Kind, Own};
use crate::portal::{Item, ItemId};

/// An entry's title, linked if it is published.
pub fn text(item: &Item) -> Text {
    Text { text: item.title().to_owned(), address: item.is_public().then(|| item.address.clone()), url: None }
}

/// A unit on which an entry is laid; that no notice lays it on the unit is said with its name.
pub fn charged(context: &Context<'_>, entry: &Item, unit: &Item) -> Text {
    let text = text(unit);
    Text { text: inferred(context, entry, text.text), ..text }
}

/// An entry on a page of the unit on which it is laid; that no notice lays it on the unit is said with its title.
pub fn charge(context: &Context<'_>, entry: &Item) -> Text {
    charged(context, entry, entry)
}

/// The name of something, with the label of an inference if the entry is one.
pub fn inferred(context: &Context<'_>, entry: &Item, name: String) -> String {
    if entry.inferred().is_some() { context.format.words.fill("text.inferred", "unit", &name) } else { name }
}

/// An entry's title as a link, if it is published.
pub fn link(item: &Item) -> Link {
    Link { title: item.title().to_owned(), address: item.is_public().then(|| item.address.clone()) }
}

/// The titles of entries.
pub fn texts(context: &Context<'_>, ids: impl Iterator<Item = ItemId>) -> Vec<Text> {
    ids.map(|id| text(context.portal.item(id))).collect()
}

/// The sources of an entry: document and clause, linked to the clause's anchor.
pub fn sources(context: &Context<'_>, item: &Item) -> Vec<Text> {
    cited(context, item, |title, label| format!("{title} {label}"))
}

/// The clauses that an entry cites, by their labels alone: for where it is clear which document they are of.
pub fn clauses(context: &Context<'_>, item: &Item) -> Vec<Text> {
    cited(context, item, |_, label| label.to_owned())
}

/// The documents that an entry cites, each as often as it is cited.
pub fn cited_documents(context: &Context<'_>, id: ItemId) -> impl Iterator<Item = ItemId> {
    let item = context.portal.item(id);
    (0..item.entry.common.sources.len())
        .filter_map(|nth| item.edges.all().nth(Field::Sources, nth).one(Field::Document))
}

/// The sources of an entry, document by document in the order of their first clauses.
pub fn sources_by_document(context: &Context<'_>, id: ItemId) -> Vec<SourceView> {
    let item = context.portal.item(id);
    let mut all: Vec<(ItemId, SourceView)> = Vec::new();
    for (document, clause) in cited_documents(context, id).zip(clauses(context, item)) {
        let at = all.iter().position(|(other, _)| *other == document).unwrap_or_else(|| {
            let view = SourceView { document: text(context.portal.item(document)), clauses: Vec::new() };
            all.push((document, view));
            all.len() - 1
        });
        let view = &mut all[at].1;
        if clause.address != view.document.address {
            view.clauses.push(clause);
        }
    }
    all.into_iter().map(|(_, view)| view).collect()
}

fn cited(context: &Context<'_>, item: &Item, name: impl Fn(&str, &str) -> String) -> Vec<Text> {
    let sources = item.entry.common.sources.iter().enumerate();
    let source = |(nth, source): (usize, &crate::content::shared::Citation)| {
        let document = item.edges.all().nth(Field::Sources, nth).one(Field::Document)?;
        let document = context.portal.item(document);
        let mut text = text(document);
        if let (Some(id), Own::Document(own)) = (&source.clause, &document.entry.own)
            && let Some(clause) = own.clauses.iter().find(|clause| clause.id == *id)
        {
            text.text = name(&text.text, &clause.label);
            text.address = text.address.map(|address| address.at(id.as_str()));
        }
        Some(text)
    };
    sources.filter_map(source).collect()
}

/// A link to something that gathers, with how many courses and events it has.
pub fn counted(context: &Context<'_>, id: ItemId) -> CountedLink {
    let item = context.portal.item(id);
    let count = [Kind::Course, Kind::Event].iter().map(|kind| context.portal.members(id, *kind).len()).sum();
    let (title, address) = (item.title().to_owned(), item.address.clone());
    let picture = context.resources.picture(item, Spot::Card(item.kind()));
    // The title beside it says what is to be seen.
    let picture = picture.map(|picture| PictureView { alt: String::new(), ..picture });
    CountedLink { title, address, count, picture }
}
