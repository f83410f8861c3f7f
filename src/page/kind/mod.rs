//! What each kind shows of itself: facts, marks, and sections of its own.

mod course;
mod document;
mod duty;
mod event;
mod honour;
mod institution;
mod news;
mod person;
mod place;
mod target;
mod unit;
mod yearly;

use jiff::civil::Date;

use super::context::Context;
use super::view::{Badge, Fact, Section};
use crate::content::{Kind, Own};
use crate::portal::{Item, ItemId};

pub use duty::record as duty_record;
pub use place::counted;

/// How a kind shows itself. What it does not say, it does not have.
pub trait Shown {
    /// The facts on its page, the most important first.
    fn facts(&self, context: &Context<'_>, item: &Item) -> Vec<Fact>;

    /// The facts on its card.
    fn card_facts(&self, context: &Context<'_>, item: &Item) -> Vec<Fact> {
        let keys = self.card_keys();
        self.facts(context, item).into_iter().filter(|fact| keys.contains(&fact.key)).collect()
    }

    /// The keys of the facts on its card.
    fn card_keys(&self) -> &'static [&'static str] {
        &["region"]
    }

    /// The marks beside its title.
    fn badges(&self, context: &Context<'_>, item: &Item) -> Vec<Badge> {
        let _ = (context, item);
        Vec::new()
    }

    /// Its day, for lists and for the page's metadata.
    fn day(&self, item: &Item) -> Option<Date> {
        item.entry.common.date.map(|day| day.0)
    }

    /// The sections of its own, behind the body.
    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let _ = (context, id);
        Vec::new()
    }

    /// The kinds that its own sections show the first entries of, with the way to all.
    fn listed(&self) -> &'static [Kind] {
        &[]
    }

    /// The kinds of which its page shows the entries that belong to it, in order, behind its own sections.
    fn related(&self) -> &'static [Kind] {
        &RELATED
    }
}

/// What belongs to most things.
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

/// How an entry shows itself.
pub fn shown(own: &Own) -> &dyn Shown {
    match own {
        Own::Region(own) => own.as_ref(),
        Own::Topic(own) => own.as_ref(),
        Own::Audience(own) => own.as_ref(),
        Own::Document(own) => own.as_ref(),
        Own::Unit(own) => own.as_ref(),
        Own::Committee(own) => own.as_ref(),
        Own::Duty(own) => own.as_ref(),
        Own::Indicator(own) => own.as_ref(),
        Own::Phase(own) => own.as_ref(),
        Own::Standard(own) => own.as_ref(),
        Own::Institution(own) => own.as_ref(),
        Own::Venue(own) => own.as_ref(),
        Own::Teacher(own) => own.as_ref(),
        Own::Course(own) => own.as_ref(),
        Own::Edition(own) => own.as_ref(),
        Own::Event(own) => own.as_ref(),
        Own::Star(own) => own.as_ref(),
        Own::Brand(own) => own.as_ref(),
        Own::Team(own) => own.as_ref(),
        Own::Award(own) => own.as_ref(),
        Own::Organisation(own) => own.as_ref(),
        Own::News(own) => own.as_ref(),
        Own::ResourceList(own) => own.as_ref(),
        Own::ActionPlan(own) => own.as_ref(),
        Own::Page(own) => own.as_ref(),
    }
}

/// Keeps the facts that there are.
pub(super) fn facts<const N: usize>(facts: [Option<Fact>; N]) -> Vec<Fact> {
    facts.into_iter().flatten().collect()
}
