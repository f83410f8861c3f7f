//! Courses: when, where and how to enrol come first.

use super::{Shown, facts};
use crate::content::course::Course;
use crate::content::shared::{Measure, Run};
use crate::content::{Kind, Own};
use crate::page::context::{Context, hours, plain};
use crate::page::view::{Badge, Fact, Section, SectionContent};
use crate::portal::{Item, ItemId};

impl Shown for Course {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.ref_fact("venue", self.venue.as_ref()),
            context.fact("enrol", context.contact(self.enrol.as_ref())),
            context.text_fact("fee", context.fee(self.fee, self.fee_note.as_deref())),
            context.audiences(&self.audiences),
            self.level.and_then(|level| context.text_fact("course-level", context.choice(level))),
            context.refs_fact("teachers", &self.teachers),
            context.ref_fact("institution", Some(&self.institution)),
            context.text_fact("mode", context.choice(self.mode)),
            context.fact("materials", self.materials.iter().map(plain).collect()),
            context.refs_fact("topics", &self.topics),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["venue", "fee", "audiences"]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        // A mark for the course as a whole only where every run has it.
        let Some(first) = self.runs.first().map(|run| run.status) else { return Vec::new() };
        let all = self.runs.iter().all(|run| run.status == first);
        context.status(first).filter(|_| all).into_iter().collect()
    }

    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let item = context.portal.item(id);
        let runs = self.runs.iter().enumerate().filter_map(|(at, run)| run_section(context, item, at, run));
        runs.collect()
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::News]
    }
}

fn run_section(context: &Context<'_>, item: &Item, at: usize, run: &Run) -> Option<Section> {
    let (past, sessions) = context.sessions(item.sessions.iter().filter(|session| session.run == at));
    let weekly = run.weekly.as_ref().map(|weekly| format!("{} {}", context.days(&weekly.days), hours(weekly.time)));
    let Own::Course(course) = &item.entry.own else { return None };
    let facts = facts([
        context.maybe_fact("when", weekly.as_deref()),
        context.maybe_fact("reason", run.reason.as_deref()),
        context.ref_fact("venue", run.venue.as_ref().or(course.venue.as_ref())),
        context.refs_fact("teachers", &run.teachers),
        context.count_fact("capacity", run.capacity, Measure::Person),
    ]);
    let badges = context.status(run.status).into_iter().collect();
    let mut section = context.section("runs", SectionContent::Sessions { sessions, past, facts, badges })?;
    section.title.clone_from(&run.title);
    section.anchor = format!("sec-run-{}", at + 1);
    Some(section)
}
