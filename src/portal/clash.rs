//! Sessions that cannot all take place: too many at one venue, or a teacher at two places at once.

use std::collections::{BTreeSet, HashMap};

use super::checks::{Few, is_meant};
use super::schedule::Dated;
use super::{Item, ItemId, Portal};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::shared::Mode;
use crate::content::value::Moment;
use crate::diag::catalogue as say;
use crate::diag::{Code, Diagnostic, Findings, Mistake};

/// Reports each pair of runs once that meets so, in one pass over all sessions in order of time.
pub(super) fn run(portal: &Portal, findings: &mut Findings) {
    let mut venues = Halls::default();
    let mut teachers = Halls::default();
    let mut few = [Few::default(), Few::default()];
    for session in portal.schedule.all() {
        let item = portal.item(session.owner);
        let is_over = session.last_day() < portal.today.date();
        // An exhibition leaves room for others.
        if session.is_daily || is_over || !session.takes_place() || !is_meant(item) {
            continue;
        }
        if let Some(venue) = session.venue.filter(|_| mode(item) != Some(Mode::Online)) {
            let rooms = match &portal.item(venue).entry.own {
                Own::Venue(venue) => venue.rooms.unwrap_or(1) as usize,
                _ => 1,
            };
            if let Some(other) = venues.take(venue, session, |on| on.len() < rooms) {
                let (venue, title) = (portal.item(venue).title(), portal.item(other.owner).title());
                let mistake = say::venue_twice(venue, title, &when(session));
                few[0].report(findings, || diagnostic(portal, session, other, mistake));
            }
        }
        for (teacher, free) in of(item, session) {
            let is_room = |on: &[&Dated]| on.len() < free && on.iter().all(|other| other.owner == session.owner);
            if let Some(other) = teachers.take(teacher, session, is_room) {
                let (teacher, title) = (portal.item(teacher).title(), portal.item(other.owner).title());
                let mistake = say::teacher_twice(teacher, title, &when(session));
                few[1].report(findings, || diagnostic(portal, session, other, mistake));
            }
        }
    }
    let [venues, teachers] = few;
    venues.finish(Code::VenueTwice, findings);
    teachers.finish(Code::TeacherTwice, findings);
}

fn when(session: &Dated) -> String {
    Moment(session.start).to_string()
}

fn diagnostic(portal: &Portal, session: &Dated, other: &Dated, mistake: Mistake) -> Diagnostic {
    let place = |session: &Dated| {
        let item = portal.item(session.owner);
        item.entry.origin.place(&session.path(item))
    };
    Diagnostic::new(mistake, place(session)).with_related(place(other), say::OTHER_SESSION_HERE)
}

fn mode(item: &Item) -> Option<Mode> {
    match &item.entry.own {
        Own::Course(course) => Some(course.mode),
        Own::Event(event) => Some(event.mode),
        _ => None,
    }
}

/// The teachers of a session, each with how many of its owner's sessions may be at once: as many as the course has teachers, if they
/// are named for all runs together.
fn of(item: &Item, session: &Dated) -> Vec<(ItemId, usize)> {
    let all = item.edges.all();
    let own: Vec<ItemId> = all.nth(Field::Runs, session.run).to(Field::Teachers).collect();
    if !own.is_empty() {
        return own.into_iter().map(|teacher| (teacher, 1)).collect();
    }
    let shared: Vec<ItemId> = all.to(Field::Teachers).collect();
    let free = shared.len();
    shared.into_iter().map(|teacher| (teacher, free)).collect()
}

/// What is taken up by the sessions so far.
#[derive(Default)]
struct Halls<'a> {
    /// For each venue or teacher, the sessions that are on.
    latest: HashMap<ItemId, Vec<&'a Dated>>,
    /// Pairs of runs that were reported.
    known: BTreeSet<(ItemId, [(ItemId, usize); 2])>,
}

impl<'a> Halls<'a> {
    /// Takes room for a session, which begins no earlier than those before it; `is_room` tells whether there is any beside the sessions that
    /// are still on. Gives the session that is in the way, unless the same was said of their runs.
    fn take(&mut self, hall: ItemId, session: &'a Dated, is_room: impl Fn(&[&Dated]) -> bool) -> Option<&'a Dated> {
        let latest = self.latest.entry(hall).or_default();
        latest.retain(|other| other.end > session.start);
        if is_room(latest) {
            latest.push(session);
            return None;
        }
        let other = *latest.iter().find(|other| other.owner != session.owner).or(latest.first())?;
        if other.is_in_other_notation(session) {
            return None;
        }
        // Only as many stay as there is room for.
        if let Some(first) = latest.iter_mut().min_by_key(|other| other.end).filter(|first| first.end < session.end) {
            *first = session;
        }
        let mut pair = [other, session].map(|one| (one.owner, one.run));
        pair.sort_unstable();
        self.known.insert((hall, pair)).then_some(other)
    }
}
