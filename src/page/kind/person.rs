//! People: teachers and star learners; and the teams they learn in.

use super::{Shown, facts};
use crate::content::Kind;
use crate::content::shared::Measure;
use crate::content::star::Star;
use crate::content::teacher::Teacher;
use crate::content::team::Team;
use crate::page::context::Context;
use crate::page::view::{Badge, Fact};
use crate::portal::Item;

impl Shown for Teacher {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.text_fact("speciality", &self.speciality),
            context.maybe_fact("workplace", self.workplace.as_deref()),
            context.text_fact("sort", context.choice(self.sort)),
            context.ref_fact("institution", self.institution.as_ref()),
            context.ref_fact("region", self.region.as_ref()),
            context.refs_fact("topics", &self.topics),
            context.count_fact("volunteer-hours", self.hours, Measure::Hour),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["speciality", "workplace"]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: context.choice(self.sort) }]
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::Course, Kind::News]
    }
}

impl Shown for Star {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.year_fact(self.year),
            context.text_fact("level", context.choice(self.level)),
            context.ref_fact("region", Some(&self.region)),
            context.ref_fact("unit", self.unit.as_ref()),
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

impl Shown for Team {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.text_fact("meets", &self.meets),
            context.ref_fact("venue", self.venue.as_ref()),
            context.fact("contact", context.contact(self.contact.as_ref())),
            context.count_fact("members", self.members, Measure::Person),
            context.audiences(&self.audiences),
            context.ref_fact("institution", self.institution.as_ref()),
            context.ref_fact("region", Some(&self.region)),
            context.refs_fact("topics", &self.topics),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["meets", "venue"]
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::News]
    }
}
