//! Institutions of the network, with their facts beside the standards.

use super::target::target;
use super::{Shown, facts};
use crate::content::institution::Institution;
use crate::content::shared::{Comparator, Target};
use crate::content::value::Number;
use crate::content::{Kind, Own};
use crate::page::context::{Context, plain};
use crate::page::view::{Badge, Cell, Fact, Section, SectionContent};
use crate::portal::{Item, ItemId};

impl Shown for Institution {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        let tier = context.choice(self.tier);
        let tier = self.tier_name.as_ref().map_or(tier.clone(), |name| format!("{tier}（{name}）"));
        facts([
            context.maybe_fact("address", self.address.as_deref()),
            context.fact("contact", context.contact(self.contact.as_ref())),
            context.fact("hours", context.hours(&self.hours)),
            context.choices_fact("access", &self.access),
            context.text_fact("tier", tier),
            context.ref_fact("parent", self.parent.as_ref()),
            context.ref_fact("organiser", self.unit.as_ref()),
            context.ref_fact("region", Some(&self.region)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["tier", "address", "region"]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        let text = self.tier_name.clone().unwrap_or_else(|| context.choice(self.tier));
        vec![Badge { tone: "plain", text }]
    }

    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let children = context.members(id, Kind::Institution).map(|mut section| {
            section.title = context.word("section.network");
            section
        });
        children.into_iter().chain(self.facts_section(context)).collect()
    }

    fn listed(&self) -> &'static [Kind] {
        &[Kind::Institution]
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::Course, Kind::Event, Kind::Team, Kind::Venue, Kind::Teacher, Kind::Brand, Kind::News]
    }
}

impl Institution {
    fn facts_section(&self, context: &Context<'_>) -> Option<Section> {
        let rows = self.facts.iter().filter_map(|fact| {
            let item = context.portal.find(&fact.standard)?;
            let Own::Standard(standard) = &item.entry.own else { return None };
            let measure = standard.target.measure.map_or_else(String::new, |measure| context.choice(measure));
            let year = fact.year.map_or_else(String::new, |year| format!("（{year}）"));
            let cells = [
                vec![context.link(item)],
                vec![plain(target(context, &standard.target))],
                vec![plain(format!("{}{measure}{year}", fact.value))],
                vec![plain(context.word(verdict(&standard.target, fact.value)))],
            ];
            Some(cells.map(|texts| Cell { texts }).into())
        });
        let head =
            ["item", "standard", "value", "result"].map(|key| context.words.get(&format!("fact.{key}")).to_owned());
        context.section("facts", SectionContent::Table { head: head.into(), rows: rows.collect() })
    }
}

/// Whether a value meets a target; where a number alone cannot tell, it is not judged.
fn verdict(target: &Target, value: Number) -> &'static str {
    let met = match (target.comparator, target.value, target.per) {
        (Comparator::AtLeast, Some(least), None) => value >= least,
        (Comparator::AtMost, Some(most), None) => value <= most,
        _ => return "fact.unchecked",
    };
    if met { "fact.met" } else { "fact.unmet" }
}
