//! What each kind shows of itself: facts, marks, and parts of its own.

mod account;
mod course;
mod document;
mod duty;
mod event;
pub mod evidence;
mod facility;
mod holidays;
mod honour;
pub mod indicator;
mod institution;
mod news;
mod person;
mod place;
mod region;
mod selection;
mod unit;
pub mod yearly;

use super::context::Context;
use super::facts::{Facts, Wanted};
use super::link;
use super::shown::{PagePart, Shown, Subject};
use super::view::{Badge, Fact};
use crate::content::{Kind, Own, for_own};
use crate::portal::{Item, ItemId, facet};

pub use duty::{bond, bond_key, state as phase_state};
pub use honour::title as honours_title;
pub use institution::tier_name;
pub use region::{counted_on, places, this_week};
pub use selection::{NAMES, name_list, names, stage_told as selection_stage};
pub use unit::seat_of;

/// The facts of an entry on its page.
pub fn facts(context: &Context<'_>, id: ItemId, wanted: Wanted<'_>) -> Vec<Fact> {
    fn of<T: Shown>(context: &Context<'_>, id: ItemId, own: &T, wanted: Wanted<'_>) -> Vec<Fact> {
        let subject = Subject::new(context, id, own);
        let mut facts = Facts::new(context, subject.item.edges.all(), wanted, T::PROMINENT);
        T::facts(&subject, &mut facts);
        facts.finish()
    }
    let mut facts = for_own!(&context.portal.item(id).entry.own, own => of(context, id, own.as_ref(), wanted));
    if matches!(wanted, Wanted::All) {
        around(context, id, &mut facts);
    }
    facts
}

/// Tells where an entry belongs, from the whole district down to the street: people look for both, and go from one to the other.
fn around(context: &Context<'_>, id: ItemId, facts: &mut Vec<Fact>) {
    const REGION: &str = "region";
    let values = link::texts(context, facet::regions(context.portal, id).into_iter());
    if values.is_empty() {
        return;
    }
    match facts.iter_mut().find(|fact| fact.key == REGION) {
        // A learning week is in regions of its own, not in one of a whole.
        Some(_) if context.portal.item(id).kind() == Kind::Edition => {}
        Some(fact) => fact.values = values,
        None => {
            let label = context.format.words.in_group("fact", REGION).to_owned();
            facts.push(Fact { key: REGION, label, values, prominent: false });
        }
    }
}

/// The facts of an entry on its card.
pub fn card_facts(context: &Context<'_>, id: ItemId) -> Vec<Fact> {
    fn keys<T: Shown>(_: &T) -> &'static [&'static str] {
        T::CARD
    }
    let keys = for_own!(&context.portal.item(id).entry.own, own => keys(own.as_ref()));
    facts(context, id, Wanted::Only(keys))
}

/// The facts of an entry on its line in a list.
pub fn row_facts(context: &Context<'_>, id: ItemId) -> Vec<Fact> {
    fn keys<T: Shown>(_: &T) -> &'static [&'static str] {
        T::ROW
    }
    let keys = for_own!(&context.portal.item(id).entry.own, own => keys(own.as_ref()));
    facts(context, id, Wanted::Only(keys))
}

/// The marks beside an entry's title: draft, and those of its kind.
pub fn badges(context: &Context<'_>, item: &Item) -> Vec<Badge> {
    let draft = Badge { tone: "warn", text: context.format.word("text.draft") };
    let own = for_own!(&item.entry.own, own => own.badges(&context.format));
    item.entry.common.draft.then_some(draft).into_iter().chain(own).collect()
}

/// The parts of an entry's own page after its body.
pub fn parts(context: &Context<'_>, id: ItemId) -> Vec<PagePart> {
    fn of<T: Shown>(context: &Context<'_>, id: ItemId, own: &T) -> Vec<PagePart> {
        T::parts(&Subject::new(context, id, own))
    }
    for_own!(&context.portal.item(id).entry.own, own => of(context, id, own.as_ref()))
}

/// The kinds of which an entry's page shows related entries after its own parts.
pub fn related(own: &Own) -> &'static [Kind] {
    fn of<T: Shown>(_: &T) -> &'static [Kind] {
        T::RELATED
    }
    for_own!(own, own => of(own.as_ref()))
}

/// The kinds of which an entry's own parts show the first entries.
pub fn listed(own: &Own) -> &'static [Kind] {
    fn of<T: Shown>(_: &T) -> &'static [Kind] {
        T::LISTED
    }
    for_own!(own, own => of(own.as_ref()))
}
