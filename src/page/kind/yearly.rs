//! Resource lists and action plans: a table of lines.

use super::{Shown, facts};
use crate::content::Kind;
use crate::content::choice::Choice;
use crate::content::yearly::Yearly;
use crate::page::context::{Context, plain};
use crate::page::view::{Cell, Fact, Section, SectionContent};
use crate::portal::{Item, ItemId};

impl<S: Choice> Shown for Yearly<S> {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.year_fact(self.year),
            context.ref_fact("unit", Some(&self.unit)),
            context.ref_fact("region", Some(&self.region)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["year", "unit"]
    }

    fn sections(&self, context: &Context<'_>, _: ItemId) -> Vec<Section> {
        let rows = self.lines.iter().map(|line| {
            let period = context.period(line.from, line.to).unwrap_or_default();
            let fee = line.fee.map_or_else(String::new, |fee| context.fee(fee, None));
            let texts = [
                context.choice(line.sort),
                line.title.clone(),
                line.detail.clone().unwrap_or_default(),
                line.conditions.clone().unwrap_or_default(),
                fee,
                period,
            ];
            texts.map(|text| Cell { texts: if text.is_empty() { Vec::new() } else { vec![plain(text)] } }).into()
        });
        let rows = rows.collect();
        let head = ["sort", "item", "detail", "conditions", "fee", "period"]
            .map(|key| context.words.get(&format!("fact.{key}")).to_owned());
        context.section("lines", SectionContent::Table { head: head.into(), rows }).into_iter().collect()
    }

    fn related(&self) -> &'static [Kind] {
        &[]
    }
}
