//! Courses: when, where and how to enrol come first.

use crate::content::Kind;
use crate::content::course::Course;
use crate::content::field::Field;
use crate::content::shared::{Measure, Run, Status};
use crate::content::value::Span;
use crate::page::FEW;
use crate::page::enrol;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::participation;
use crate::page::programme;
use crate::page::session;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, Section, SectionContent};
use crate::portal::enrol::{Enrolment, Terms};

impl Shown for Course {
    const CARD: Keys = &["venue", "fee", "audiences"];
    const ROW: Keys = &["venue"];
    const PROMINENT: Keys = &["venue", "enrol", "fee"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(course: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.to("venue", Field::Venue);
        facts.contact("enrol", course.enrol.as_ref());
        facts.told("fee", |format| format.fee(course.fee, None));
        facts.maybe("fee-note", course.fee_note.as_deref());
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

    /// The runs, in the order in which a resident asks for them.
    fn parts(course: &Subject<'_, Self>) -> Vec<PagePart> {
        let portal = course.context.portal;
        let terms = portal.terms(course.id);
        let mut runs: Vec<(Enrolment, usize)> =
            terms.iter().enumerate().map(|(at, run)| (run.today(&portal.today), at)).collect();
        runs.sort();
        let run = |(_, at): (Enrolment, usize)| run_section(course, at, course.runs.get(at)?, terms.get(at)?);
        let runs = runs.into_iter().filter_map(run);
        let changes = programme::changes(course.context, course.id, std::iter::empty(), FEW);
        let changes = section(&course.context.format, "changes", changes);
        let came = participation::of_entry(course.context, course.id);
        changes.into_iter().chain(runs).chain(came).map(PagePart::Section).collect()
    }
}

fn run_section(course: &Subject<'_, Course>, at: usize, run: &Run, terms: &Terms) -> Option<Section> {
    let context = course.context;
    let today = &context.portal.today;
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
    if let Some(window) = run.enrol.filter(|_| terms.today(today) != Enrolment::Over) {
        let [from, to] = [window.from, window.to].map(|day| day.map(Span::Day));
        listed.told("enrol-days", |format| format.period(from, to));
    }
    listed.count("capacity", run.capacity, Measure::Person);
    if let Some(places) = run.places.filter(|_| terms.today(today) == Enrolment::Open) {
        listed.told("places", |format| {
            let told = format.month_day("date.counted", places.on.0);
            format!("{}（{told}）", format.count(places.left, Measure::Person))
        });
    }
    listed.with("sign-in", |context| session::sign_in(context, course.id, at));
    let sessions = || context.portal.sessions(course.id).filter(|session| session.run == at);
    let mut content = session::content(context, sessions(), venue.map(|venue| venue.title().to_owned()));
    if let SectionContent::Sessions { facts, badges, enrolment, left, .. } = &mut content {
        *facts = listed.finish();
        let state = enrol::view(&context.format, std::slice::from_ref(terms), today);
        // The state of enrolment may say the same.
        let is_new = !matches!((run.status, state.key), (Status::Full, "full") | (Status::Cancelled, "cancelled"));
        badges.extend(context.format.status(run.status).filter(|_| is_new));
        *enrolment = Some(Box::new(state));
        let to_come = sessions().filter(|session| session.takes_place() && !session.is_past(today));
        left.extend(to_come.map(|session| session.last_day().to_string()));
    }
    let mut section = section(&context.format, "runs", content)?;
    section.title.clone_from(&run.title);
    section.folded = terms.today(today) == Enrolment::Over;
    section.anchor = format!("sec-run-{}", at + 1);
    Some(section)
}
