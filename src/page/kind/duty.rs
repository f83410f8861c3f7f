//! Duties, phases and standards: records on their owner's page, cards in their lists.

use crate::content::Own;
use crate::content::duty::{Duty, DutyScope};
use crate::content::field::Field;
use crate::content::phase::Phase;
use crate::content::standard::Standard;
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{Shown, Subject};
use crate::page::view::{Badge, Text};
use crate::portal::deadline::{Progress, progress};
use crate::portal::matrix::Bond;

impl Shown for Duty {
    const CARD: Keys = &["unit", "indicators", "source"];
    const ROW: Keys = &["unit"];

    fn facts(duty: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.charged("unit", Field::Unit, duty.item);
        facts.with("indicators", |_| indicators(duty));
        facts.to("audiences", Field::Audiences);
        facts.maybe("inferred", duty.inferred.as_deref());
        facts.sources(duty.item);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        let shared = self.scope == DutyScope::Shared;
        let scope = shared.then(|| format.choice(self.scope));
        let role = self.role.map(|role| format.choice(role));
        // The unit's own page shows the duty without its unit.
        let inferred = self.inferred.is_some().then(|| format.word("text.inferred-badge"));
        scope.into_iter().chain(role).chain(inferred).map(|text| Badge { tone: "plain", text }).collect()
    }
}

/// How a unit is bound by a duty, in a word.
pub fn bond(context: &Context<'_>, bond: Bond) -> String {
    match bond {
        Bond::Role(role) => context.format.choice(role),
        Bond::Own | Bond::Shared | Bond::Through(_) => context.format.words.in_group("bond", bond_key(bond)).to_owned(),
    }
}

/// The word of a bond; roles have words of their own.
pub fn bond_key(bond: Bond) -> &'static str {
    match bond {
        Bond::Role(_) => "role",
        Bond::Own => "own",
        Bond::Shared => "shared",
        Bond::Through(_) => "through",
    }
}

/// Each indicator with its target.
fn indicators(duty: &Subject<'_, Duty>) -> Vec<Text> {
    let all = duty.item.edges.to(Field::Indicators).map(|indicator| duty.context.portal.item(indicator));
    all.filter_map(|item| {
        let Own::Indicator(indicator) = &item.entry.own else { return None };
        let mut text = link::text(item);
        text.text = format!("{} {}", text.text, duty.context.format.target(&indicator.target));
        Some(text)
    })
    .collect()
}

impl Shown for Phase {
    const CARD: Keys = &["when", "document"];
    const ROW: Keys = &["when"];

    fn facts(phase: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("when", |format| format.phase(phase));
        facts.with("status", |context| vec![Text::plain(state(context, phase))]);
        facts.choices("collects", &phase.collects);
        facts.to("collected-of", Field::Units);
        facts.to("document", Field::Document);
        facts.sources(phase.item);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: format.choice(self.sort) }]
    }
}

/// How a phase, a deadline or a task stands, in words.
pub fn state(context: &Context<'_>, phase: &Phase) -> String {
    let progress = progress(phase, &context.portal.today);
    let word = context.format.words.in_group("progress", progress.key());
    match progress {
        Progress::Again(day) => word.replace("{day}", &context.format.day(day).text),
        _ => word.to_owned(),
    }
}

impl Shown for Standard {
    const CARD: Keys = &["target", "tier", "source"];
    const ROW: Keys = &["target", "document"];

    fn facts(standard: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("target", |format| format.target(&standard.target));
        facts.choices("tier", &[standard.tier]);
        facts.to("document", Field::Document);
        facts.sources(standard.item);
    }
}
