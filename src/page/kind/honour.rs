//! Brands, awards and learning organisations.

use super::{Shown, facts};
use crate::content::Kind;
use crate::content::brand::Brand;
use crate::content::choice::Choice;
use crate::content::honour::Honour;
use crate::page::context::Context;
use crate::page::view::{Badge, Fact};
use crate::portal::Item;

impl Shown for Brand {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.year_fact(self.year),
            context.text_fact("level", context.choice(self.level)),
            context.maybe_fact("outcome", self.outcome.as_deref()),
            context.ref_fact("unit", self.unit.as_ref()),
            context.ref_fact("institution", self.institution.as_ref()),
            context.ref_fact("region", Some(&self.region)),
            context.refs_fact("audiences", &self.audiences),
            context.refs_fact("topics", &self.topics),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["year", "level", "region"]
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::News]
    }
}

impl<C: Choice> Shown for Honour<C> {
    fn facts(&self, context: &Context<'_>, item: &Item) -> Vec<Fact> {
        facts([
            context.year_fact(self.year),
            context.text_fact("class", context.choice(self.class)),
            context.text_fact("level", context.choice(self.level)),
            context.maybe_fact("holder", self.holder.as_deref()),
            context.ref_fact("unit", self.unit.as_ref()),
            context.ref_fact("region", Some(&self.region)),
            context.fact("source", context.sources(item)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["class", "holder", "unit", "region"]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: context.choice(self.level) }]
    }
}
