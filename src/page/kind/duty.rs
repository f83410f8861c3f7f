//! Duties, phases and standards: shown as records on their owner's page, and as cards in their lists.

use super::target::target;
use super::{Shown, facts};
use crate::content::Own;
use crate::content::duty::Duty;
use crate::content::phase::Phase;
use crate::content::standard::Standard;
use crate::page::context::{Context, plain};
use crate::page::view::{Badge, Fact, RecordView, Text};
use crate::portal::{Item, ItemId};

impl Shown for Duty {
    fn facts(&self, context: &Context<'_>, item: &Item) -> Vec<Fact> {
        facts([
            context.ref_fact("unit", Some(&self.unit)),
            context.fact("indicators", indicators(context, self)),
            context.refs_fact("audiences", &self.audiences),
            context.fact("source", context.sources(item)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["unit", "indicators", "source"]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        let shared = self.scope == crate::content::duty::DutyScope::Shared;
        let scope = shared.then(|| context.choice(self.scope));
        let role = self.role.map(|role| context.choice(role));
        scope.into_iter().chain(role).map(|text| Badge { tone: "plain", text }).collect()
    }
}

/// Each indicator with its target.
fn indicators(context: &Context<'_>, duty: &Duty) -> Vec<Text> {
    let all = duty.indicators.iter().filter_map(|indicator| context.portal.find(indicator));
    all.filter_map(|item| {
        let Own::Indicator(indicator) = &item.entry.own else { return None };
        let mut text = context.link(item);
        text.text = format!("{} {}", text.text, target(context, &indicator.target));
        Some(text)
    })
    .collect()
}

impl Shown for Phase {
    fn facts(&self, context: &Context<'_>, item: &Item) -> Vec<Fact> {
        facts([
            context.maybe_fact("when", context.period(self.from, self.to).as_deref()),
            context.ref_fact("document", Some(&self.document)),
            context.fact("source", context.sources(item)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["when", "document"]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: context.choice(self.sort) }]
    }
}

impl Shown for Standard {
    fn facts(&self, context: &Context<'_>, item: &Item) -> Vec<Fact> {
        facts([
            context.text_fact("target", target(context, &self.target)),
            context.text_fact("tier", context.choice(self.tier)),
            context.ref_fact("document", Some(&self.document)),
            context.fact("source", context.sources(item)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["target", "tier", "source"]
    }
}

/// An anchored entry as a record on its owner's page; facts that name the owner are left out.
pub fn record(context: &Context<'_>, id: ItemId, root: &str, without: &[&str]) -> RecordView {
    let item = context.portal.item(id);
    let own = super::shown(&item.entry.own);
    RecordView {
        anchor: Some(item.id().to_owned()),
        label: None,
        title: plain(item.title()),
        html: context.body(item, root),
        badges: context.badges(item),
        facts: own.facts(context, item).into_iter().filter(|fact| !without.contains(&fact.key)).collect(),
    }
}
