//! Courses and their class runs.

use super::Maker;
use super::event::attendance;
use super::things::{Course, Happening, Named, Offer, Thing};
use crate::content::course::Course as Written;
use crate::content::field::Field;
use crate::content::shared::{Mode, Run, Status};
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId};

/// Class runs of a course, at most.
const RUNS: usize = 10;

impl Maker<'_> {
    /// None without the institution that offers it, which is then not published at all.
    pub fn course(&self, id: ItemId, course: &Written) -> Option<Course> {
        let item = self.context.portal.item(id);
        let full = !course.runs.is_empty() && course.runs.iter().all(|run| run.status == Status::Full);
        let offer = self.offer(item, course.fee, full);
        let category = if course.fee.is_free() { "Free" } else { "Paid" };
        Some(Course {
            provider: self.named(item.edges.one(Field::Institution)?),
            educational_level: course.level.map(|level| self.context.format.choice(level)),
            about: item.edges.to(Field::Topics).map(|id| self.named(id)).collect(),
            audience: item.edges.to(Field::Audiences).map(|id| self.named(id)).collect(),
            offers: Offer { category: Some(category), ..offer },
            is_accessible_for_free: course.fee.is_free(),
            in_language: self.context.portal.settings.site.language.clone(),
            has_course_instance: self.runs(id, item, course),
        })
    }

    /// The runs that are not over; if all are, the last one.
    fn runs(&self, id: ItemId, item: &Item, course: &Written) -> Vec<Thing<Happening>> {
        let portal = self.context.portal;
        let mut all: Vec<Vec<&Dated>> = vec![Vec::new(); course.runs.len()];
        for session in portal.sessions(id) {
            if let Some(run) = all.get_mut(session.run) {
                run.push(session);
            }
        }
        let is_open = |sessions: &[&Dated]| sessions.iter().any(|session| !session.is_past(&portal.today));
        let mut told: Vec<usize> = (0..all.len()).filter(|nth| is_open(&all[*nth])).take(RUNS).collect();
        if told.is_empty() {
            let last = all.iter().enumerate().filter_map(|(nth, run)| Some((run.last()?.end, nth))).max();
            told.extend(last.map(|(_, nth)| nth));
        }
        let runs = course.runs.iter().enumerate().filter(|(nth, _)| told.contains(nth));
        runs.map(|(nth, run)| self.run(item, course, nth, run, &all[nth])).collect()
    }

    fn run(&self, item: &Item, course: &Written, nth: usize, run: &Run, sessions: &[&Dated]) -> Thing<Happening> {
        let own = item.edges.all().nth(Field::Runs, nth);
        let venue = own.one(Field::Venue).or_else(|| item.edges.one(Field::Venue));
        let mut teachers: Vec<ItemId> = own.to(Field::Teachers).collect();
        if teachers.is_empty() {
            teachers.extend(item.edges.to(Field::Teachers));
        }
        let minutes: i64 = sessions.iter().filter(|session| session.takes_place()).map(|one| one.minutes()).sum();
        let happening = Happening {
            event_attendance_mode: Some(attendance(course.mode)),
            course_mode: modes(course.mode),
            course_workload: (minutes > 0).then(|| format!("PT{}H{}M", minutes / 60, minutes % 60)),
            course_schedule: run.weekly.as_ref().map(|weekly| self.weekly(weekly)),
            instructor: teachers.into_iter().map(|id| self.named(id)).collect(),
            location: self.location(item, course.mode, venue.or_else(|| sessions.first()?.venue)),
            offers: Some(self.offer(item, course.fee, run.status == Status::Full)),
            maximum_attendee_capacity: run.capacity,
            sub_event: if run.weekly.is_none() && sessions.len() > 1 {
                self.told_sessions(item, sessions, course.mode)
            } else {
                Vec::new()
            },
            ..self.times(sessions)
        };
        Named::told("CourseInstance", &run.title).with(happening)
    }
}

/// How people take part, in the words that search engines know.
fn modes(mode: Mode) -> Vec<&'static str> {
    match mode {
        Mode::Onsite => vec!["Onsite"],
        Mode::Online => vec!["Online"],
        Mode::Mixed => vec!["Blended"],
    }
}
