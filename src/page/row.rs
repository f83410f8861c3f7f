//! Courses as tight rows, where there are many of them.

use super::context::Context;
use super::view::CourseRow;
use super::{enrol, session};
use crate::content::course::Course;
use crate::content::field::Field;
use crate::content::shared::Mode;
use crate::content::{Kind, Own};
use crate::portal::ItemId;
use crate::portal::enrol::{Enrolment, Terms};

/// A course, with its state today. `None` if it is no course.
pub fn row(context: &Context<'_>, id: ItemId) -> Option<(Enrolment, CourseRow)> {
    let portal = context.portal;
    let item = portal.item(id);
    let Own::Course(course) = &item.entry.own else { return None };
    let terms = portal.terms(id);
    let state = crate::portal::enrol::best(&terms, &portal.today);
    let (when, later) = when(context, id, course, &terms);
    let row = CourseRow {
        address: item.address.clone(),
        title: item.title().to_owned(),
        when,
        later,
        place: place(context, course.mode, item.edges.one(Field::Venue)),
        fee: context.format.fee(course.fee, None),
        state: enrol::view(&context.format, &terms, &portal.today),
    };
    Some((state, row))
}

/// The weekly pattern of the run that leads, with the day on which it begins; or the next session, and those after it.
fn when(context: &Context<'_>, id: ItemId, course: &Course, terms: &[Terms]) -> (String, String) {
    let format = &context.format;
    let today = &context.portal.today;
    let states = terms.iter().map(|run| run.today(today)).enumerate();
    let Some((nth, state)) = states.min_by_key(|(_, state)| *state) else { return (String::new(), String::new()) };
    let first = terms[nth].first.filter(|first| !today.reached(*first) && state != Enrolment::Over);
    if let Some(weekly) = course.runs.get(nth).and_then(|run| run.weekly.as_ref()) {
        let pattern = format.weekly(&weekly.days, weekly.time);
        let when = match first {
            Some(first) => format!("{pattern}，{}", format.month_day("date.begins", first)),
            None => pattern,
        };
        return (when, String::new());
    }
    let sessions = || context.portal.sessions(id).filter(|session| session.run == nth && session.takes_place());
    let day = |date| format.month_day("date.day", date);
    let coming = sessions().find(|session| !session.is_past(today));
    let Some(shown) = coming.or_else(|| sessions().next_back()) else { return (String::new(), String::new()) };
    let date = shown.start.date();
    let when = format!("{} {} {}", day(date), format.weekday(date), format.time(shown));
    let Some(next) = coming else { return (when, String::new()) };
    let known = std::iter::once(next).chain(session::after(sessions(), next.start));
    (when, session::later(context, known, day))
}

/// The street and the venue of what takes place there, or that it is online; empty if no venue is known.
pub fn place(context: &Context<'_>, mode: Mode, venue: Option<ItemId>) -> String {
    let portal = context.portal;
    if mode == Mode::Online {
        return context.format.choice(Mode::Online);
    }
    let Some(venue) = venue.map(|venue| portal.item(venue)) else {
        return String::new();
    };
    let region = venue.edges.one(Field::Region).map(|region| portal.item(region));
    let region = region.filter(|region| region.kind() == Kind::Region).map_or("", |region| region.title());
    if region.is_empty() { venue.title().to_owned() } else { format!("{region} {}", venue.title()) }
}
