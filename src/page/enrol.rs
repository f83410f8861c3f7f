//! Whether one can join a class run or a course, in words and for the script that keeps it right.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::format::Format;
use super::view::EnrolmentView;
use crate::portal::enrol::{Bar, Enrolment, Terms};
use crate::portal::today::Today;

/// The state of a class run, or of a course by all of its runs.
pub fn view(format: &Format<'_>, runs: &[Terms], today: &Today) -> EnrolmentView {
    let states = runs.iter().map(|run| (run.today(today), run));
    let (state, run) = states.min_by_key(|(state, _)| *state).unzip();
    let state = state.unwrap_or(Enrolment::Undated);
    let (key, tone) = key(state);
    let until = run.and_then(|run| run.closes.filter(|closes| Some(*closes) != run.first));
    let text = match (state, until, run.and_then(|run| run.opens)) {
        (Enrolment::Open, Some(until), _) => format.month_day("enrolment.open-until", until),
        (Enrolment::Soon, _, Some(opens)) => format.month_day("enrolment.soon", opens),
        _ => format.words.in_group("enrolment", key).to_owned(),
    };
    EnrolmentView {
        key,
        tone,
        text,
        terms: runs.iter().map(terms).collect::<Vec<_>>().join(";"),
        since: runs.iter().filter_map(|run| since(run, today)).max().map_or_else(String::new, |day| day.to_string()),
    }
}

/// The name of a state, and how its badge is coloured.
fn key(state: Enrolment) -> (&'static str, &'static str) {
    match state {
        Enrolment::Open => ("open", "good"),
        Enrolment::Soon => ("soon", "warn"),
        Enrolment::Undated => ("undated", "plain"),
        Enrolment::Full => ("full", "warn"),
        Enrolment::Closed => ("closed", "plain"),
        Enrolment::Running => ("running", "plain"),
        Enrolment::Cancelled => ("cancelled", "bad"),
        Enrolment::Over => ("over", "plain"),
    }
}

/// The latest day that has come on which the state of a run may have changed.
fn since(run: &Terms, today: &Today) -> Option<Date> {
    let after = |day: Option<Date>| day.and_then(|day| day.checked_add(1.day()).ok());
    let days = [run.opens, after(run.closes), run.first, after(run.last)].into_iter().flatten();
    days.filter(|day| today.reached(*day)).max()
}

fn terms(run: &Terms) -> String {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let bar = match run.bar {
        Some(Bar::Full) => "full",
        Some(Bar::Cancelled) => "cancelled",
        None => "",
    };
    format!("{},{},{},{},{bar}", day(run.opens), day(run.closes), day(run.first), day(run.last))
}
