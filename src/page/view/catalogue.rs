//! The catalogue of courses.

use serde::Serialize;

use super::Pager;
use crate::address::Href;

/// A course in the catalogue: one tight row.
#[derive(Clone, Debug, Serialize)]
pub struct CourseRow {
    /// Its address.
    pub address: Href,
    /// Its title.
    pub title: String,
    /// When, in short: of the class run that a resident asks for first.
    pub when: String,
    /// If `when` is that of one session: it and those after it, the first of them, with `;` between. Each is its last day and what is shown of
    /// it, with a space between: `2026-11-21 2026年11月21日 星期六 14:00–16:00`. Otherwise empty.
    pub later: String,
    /// Where.
    pub place: String,
    /// What it costs.
    pub fee: String,
    /// Whether one can join.
    pub state: EnrolmentView,
}

/// Whether one can join something, on the day of the build.
#[derive(Clone, Debug, Serialize)]
pub struct EnrolmentView {
    /// The state: `open`, `soon`, `undated`, `full`, `closed`, `running`, `cancelled` or `over`.
    pub key: &'static str,
    /// As of a badge.
    pub tone: &'static str,
    /// In words.
    pub text: String,
    /// From which a script tells the state of a later day: of each class run the days on which enrolment opens and closes, of the first and
    /// the last session, and `full` or `cancelled`, with commas between them and semicolons between runs.
    pub terms: String,
    /// The day since which this state is so; empty if none of these days has come. A clock that is behind it is wrong.
    pub since: String,
}

/// Courses under one heading.
#[derive(Debug, Serialize)]
pub struct CourseGroup {
    /// `open`, `coming`, `running`, `over`: a script moves rows whose state changed.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// The courses.
    pub rows: Vec<CourseRow>,
}

/// A page of the catalogue: `view` in `catalogue.html`.
#[derive(Debug, Serialize)]
pub struct CatalogueView {
    /// The kind's folder.
    pub kind: &'static str,
    /// How many courses in all.
    pub total: usize,
    /// The values that all of them have.
    pub chosen: Vec<ChosenView>,
    /// The facets by which they can be narrowed down further.
    pub facets: Vec<FacetView>,
    /// The courses.
    pub groups: Vec<CourseGroup>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
    /// How many more courses there are than these pages show.
    pub rest: usize,
    /// Address of the data with which a script combines facets.
    pub data: Href,
    /// Address of the catalogue of all courses.
    pub all: Href,
}

/// A value by which the courses of a page were chosen.
#[derive(Debug, Serialize)]
pub struct ChosenView {
    /// The name of its facet in addresses.
    pub facet: &'static str,
    /// Its own.
    pub key: String,
    /// The facet in words.
    pub label: String,
    /// The value in words.
    pub title: String,
    /// Address of the page without it.
    pub without: Href,
}

/// A facet of the catalogue.
#[derive(Debug, Serialize)]
pub struct FacetView {
    /// Its name in addresses.
    pub name: &'static str,
    /// In words.
    pub label: String,
    /// Its values.
    pub choices: Vec<FacetChoice>,
}

/// A value of a facet.
#[derive(Debug, Serialize)]
pub struct FacetChoice {
    /// Its name in addresses.
    pub key: String,
    /// In words.
    pub title: String,
    /// How many courses have it too.
    pub count: usize,
    /// Address of their page.
    pub address: Href,
}
