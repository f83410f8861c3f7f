//! Views of programmes: tight rows, day by day.

use serde::Serialize;

use super::{Badge, DayView, Link, Text};
use crate::address::Href;

/// A session in a programme.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeRow {
    /// 09:00–11:00.
    pub time: String,
    /// `2026-11-09T09:00:00+08:00`.
    pub start: String,
    /// What it is.
    pub title: Text,
    /// The name of its kind, where it is a course: most are events.
    pub sort: Option<String>,
    /// The venue, with its street.
    pub place: String,
    /// For whom it is, and what it costs.
    pub notes: Vec<String>,
    /// How to join, the telephone first.
    pub join: Vec<Text>,
    /// Moved, full or cancelled.
    pub badge: Option<Badge>,
    /// Whether it does not take place.
    pub off: bool,
    /// When and where it was to be.
    pub was: Option<String>,
    /// Why it was moved or cancelled.
    pub reason: Option<String>,
}

/// The rows of a day.
#[derive(Clone, Debug, Serialize)]
pub struct DayGroup {
    /// The day.
    pub day: DayView,
    /// The rows, by time and title.
    pub rows: Vec<ProgrammeRow>,
    /// How many there are on the day, where not all are shown.
    pub total: Option<usize>,
    /// Address of all of them.
    pub more: Option<Href>,
    /// Whether it is folded: its page has more rows than a phone should scroll through.
    pub folded: bool,
}

/// A way to a day.
#[derive(Clone, Debug, Serialize)]
pub struct DayLink {
    /// The day.
    pub day: DayView,
    /// 11月9日.
    pub title: String,
    /// Where it is.
    pub address: Href,
    /// How many sessions it has; none where that is not told.
    pub count: Option<usize>,
    /// Whether the page is of it.
    pub current: bool,
}

/// Something that was changed.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// When.
    pub day: DayView,
    /// Of what, where that is not the page's own entry.
    pub of: Option<Text>,
    /// What is different now.
    pub text: String,
}

/// What is under one heading: links with counts.
#[derive(Clone, Debug, Serialize)]
pub struct WayLink {
    /// What leads there.
    #[serde(flatten)]
    pub link: Link,
    /// How many sessions are there.
    pub count: usize,
}
