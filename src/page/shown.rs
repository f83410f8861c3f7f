//! How a kind shows itself.

use std::ops::Deref;

use super::context::Context;
use super::facts::{Facts, Keys};
use super::format::Format;
use super::view::{Badge, Section, SectionContent};
use crate::content::Kind;
use crate::portal::{Item, ItemId};

/// An entry of one kind in its context. Dereferences to the kind's fields.
pub struct Subject<'a, T> {
    /// What its page is made from.
    pub context: &'a Context<'a>,
    /// Its place in the portal.
    pub id: ItemId,
    /// The entry.
    pub item: &'a Item,
    own: &'a T,
}

impl<'a, T> Subject<'a, T> {
    pub(super) fn new(context: &'a Context<'a>, id: ItemId, own: &'a T) -> Self {
        Self { context, id, item: context.portal.item(id), own }
    }
}

impl<T> Deref for Subject<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.own
    }
}

/// A part of an entry's page after its body.
pub enum PagePart {
    /// A finished section.
    Section(Section),
    /// Cards of the entries of a kind that belong to it, the first of many, under a word or the name of the kind.
    Members(Kind, Option<&'static str>),
    /// The same, folded.
    Folded(Kind),
    /// Entries shown in place under a word; of their facts without that of a key.
    Records(&'static str, Vec<ItemId>, &'static str),
}

/// How entries of a kind show themselves. Defaults are empty, but for related entries.
pub trait Shown: Sized {
    /// The facts on a card.
    const CARD: Keys = &["region"];

    /// The facts on its line in a list.
    const ROW: Keys = Self::CARD;

    /// Facts that are shown prominently: what a resident asks first.
    const PROMINENT: Keys = &[];

    /// Kinds of related entries, in order, after its own parts.
    const RELATED: &'static [Kind] = &RELATED;

    /// Kinds that its own parts already list.
    const LISTED: &'static [Kind] = &[];

    /// Its facts, the most important first.
    fn facts(subject: &Subject<'_, Self>, facts: &mut Facts<'_>);

    /// The marks beside its title.
    fn badges(&self, _: &Format<'_>) -> Vec<Badge> {
        Vec::new()
    }

    /// Its own parts, after the body.
    fn parts(_: &Subject<'_, Self>) -> Vec<PagePart> {
        Vec::new()
    }
}

/// The default related kinds.
const RELATED: [Kind; 13] = [
    Kind::Course,
    Kind::Event,
    Kind::Team,
    Kind::Institution,
    Kind::Venue,
    Kind::Teacher,
    Kind::Star,
    Kind::Brand,
    Kind::News,
    Kind::Award,
    Kind::Organisation,
    Kind::ResourceList,
    Kind::ActionPlan,
];

/// A section under a word; none if it would be empty.
pub fn section(format: &Format<'_>, key: &str, content: SectionContent) -> Option<Section> {
    let title = format.words.in_group("section", key).to_owned();
    (!content.is_empty()).then(|| Section {
        anchor: format!("sec-{key}"),
        title,
        content,
        total: None,
        more: None,
        folded: false,
    })
}
