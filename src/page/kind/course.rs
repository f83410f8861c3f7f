//! Courses: when, where and how to enrol come first.

use crate::content::Kind;
use crate::content::course::Course;
use crate::content::field::Field;
use crate::content::shared::{Measure, Run};
use crate::page::FEW;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::programme;
use crate::page::session;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, Section, SectionContent};

impl Shown for Course {
    const CARD: Keys = &["venue", "fee", "audiences"];
    const ROW: Keys = &["venue"];
    const PROMINENT: Keys = &["venue", "enrol", "fee"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(course: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.to("venue", Field::Venue);
        facts.contact("enrol", course.enrol.as_ref());
        facts.told("fee", |format| format.fee(course.fee, course.fee_note.as_deref()));
        facts.audiences();
        facts.choices("course-level", course.level.as_slice());
        facts.to("teachers", Field::Teachers);
        facts.to("institution", Field::Institution);
        facts.choices("mode", &[course.mode]);
        facts.texts("materials", &course.materials);
        facts.to("topics", Field::Topics);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        // A mark for the course as a whole only where every run has it.
        let Some(first) = self.runs.first().map(|run| run.status) else { return Vec::new() };
        let all = self.runs.iter().all(|run| run.status == first);
        format.status(first).filter(|_| all).into_iter().collect()
    }

    fn parts(course: &Subject<'_, Self>) -> Vec<PagePart> {
        let runs = course.runs.iter().enumerate().filter_map(|(at, run)| run_section(course, at, run));
        let changes = programme::changes(course.context, course.id, std::iter::empty(), FEW);
        let changes = section(&course.context.format, "changes", changes);
        changes.into_iter().chain(runs).map(PagePart::Section).collect()
    }
}

fn run_section(course: &Subject<'_, Course>, at: usize, run: &Run) -> Option<Section> {
    let context = course.context;
    let own = course.item.edges.all().nth(Field::Runs, at);
    let venue = own.one(Field::Venue).or_else(|| course.item.edges.one(Field::Venue));
    let venue = venue.map(|venue| context.portal.item(venue));
    let mut listed = Facts::inside(context, own);
    if let Some(weekly) = &run.weekly {
        listed.told("when", |format| format.weekly(&weekly.days, weekly.time));
    }
    listed.maybe("reason", run.reason.as_deref());
    listed.with("venue", |_| venue.map(crate::page::link::text).into_iter().collect());
    listed.to("teachers", Field::Teachers);
    listed.count("capacity", run.capacity, Measure::Person);
    let sessions = context.portal.sessions(course.id).filter(|session| session.run == at);
    let mut content = session::content(context, sessions, venue.map(|venue| venue.title().to_owned()));
    if let SectionContent::Sessions { facts, badges, .. } = &mut content {
        *facts = listed.finish();
        badges.extend(context.format.status(run.status));
    }
    let mut section = section(&context.format, "runs", content)?;
    section.title.clone_from(&run.title);
    section.anchor = format!("sec-run-{}", at + 1);
    Some(section)
}
