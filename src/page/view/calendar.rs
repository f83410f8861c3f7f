//! Calendars, and the page that explains them.

use serde::Serialize;

use crate::address::Href;

/// A calendar, with the time as text.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarView {
    /// What it is of.
    pub title: String,
    /// Its address.
    pub address: Href,
    /// Its absolute address, if the site has one.
    pub url: Option<String>,
    /// The same for programs that subscribe at once.
    pub webcal: Option<String>,
    /// Whether it is of one course or event.
    pub is_one: bool,
    /// When the next session is, or when the last one was.
    pub time: String,
    /// The last day of that session: `2026-11-21`.
    pub last: String,
    /// Whether it is the next.
    pub is_next: bool,
}

/// The page that explains calendars: `view` in `calendars.html`.
#[derive(Debug, Serialize)]
pub struct CalendarsView {
    /// The calendar of everything.
    pub everything: Option<CalendarView>,
    /// Calendars by kind.
    pub groups: Vec<CalendarGroup>,
    /// The absolute address of the page, if the site has one.
    pub home: Option<String>,
}

/// Calendars under one heading.
#[derive(Debug, Serialize)]
pub struct CalendarGroup {
    /// Its heading.
    pub title: String,
    /// Its calendars.
    pub calendars: Vec<CalendarView>,
    /// Where the others are found.
    pub more: Option<Href>,
}
