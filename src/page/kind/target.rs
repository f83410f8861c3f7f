//! Targets in words, and indicators.

use super::{Shown, facts};
use crate::content::Kind;
use crate::content::indicator::Indicator;
use crate::content::shared::{Comparator, Target};
use crate::page::context::{Context, plain};
use crate::page::view::{Cell, Fact, Section, SectionContent, Text};
use crate::portal::{Item, ItemId};

/// A target in words: 每年每万人不少于 1 人.
pub fn target(context: &Context<'_>, target: &Target) -> String {
    let measure = target.measure.map_or_else(String::new, |measure| context.choice(measure));
    let number =
        |value: Option<crate::content::value::Number>| value.map_or_else(String::new, |v| format!("{v}{measure}"));
    let comparator = context.choice(target.comparator);
    let core = match target.comparator {
        Comparator::AtLeast | Comparator::AtMost | Comparator::About => {
            format!("{comparator} {}", number(target.value))
        }
        Comparator::Range => {
            let from = target.value.map_or_else(String::new, |value| value.to_string());
            format!("{from}–{}", number(target.to))
        }
        Comparator::All | Comparator::Increasing | Comparator::Qualitative => match target.value {
            Some(_) => format!("{comparator} {}", number(target.value)),
            None => comparator,
        },
    };
    let period = target.period.map_or_else(String::new, |period| context.choice(period));
    let per = match target.per {
        None => String::new(),
        Some(1) => context.word("text.per-head"),
        Some(per) => context.words.fill("text.per-heads", "n", &per.to_string()),
    };
    let by = target.by.map_or_else(String::new, |by| format!("，{}{}", context.span(by), context.word("text.until")));
    let qualifier = target.qualifier.as_ref().map_or_else(String::new, |qualifier| format!("（{qualifier}）"));
    format!("{period}{per}{core}{by}{qualifier}")
}

impl Shown for Indicator {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.text_fact("target", target(context, &self.target)),
            context.refs_fact("holders", &self.holders),
            context.ref_fact("region", Some(&self.region)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["target", "holders"]
    }

    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let head =
            ["year", "value", "unit", "evidence"].map(|key| context.words.get(&format!("fact.{key}")).to_owned());
        let measure = self.target.measure.map_or_else(String::new, |measure| context.choice(measure));
        let rows = self.measured.iter().map(|measured| {
            let unit = measured.unit.as_ref().and_then(|unit| context.reference(unit));
            [
                vec![plain(measured.year.to_string())],
                vec![plain(format!("{}{measure}", measured.value))],
                unit.into_iter().collect(),
                vec![plain(&measured.evidence)],
            ]
            .map(|texts: Vec<Text>| Cell { texts })
            .into()
        });
        let rows = rows.collect();
        let measured = context.section("measured", SectionContent::Table { head: head.into(), rows });
        measured.into_iter().chain(context.members(id, Kind::Duty)).collect()
    }

    fn listed(&self) -> &'static [Kind] {
        &[Kind::Duty]
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::News]
    }
}
