//! Where a region stands.

use serde::Serialize;

use super::{Link, Text};

/// Where a region stands, or all of them: `view` in `overview.html`.
#[derive(Debug, Serialize)]
pub struct OverviewView {
    /// The region; none for all of them.
    pub region: Option<Link>,
    /// Of which day it is.
    pub day: String,
    /// What it says.
    pub groups: Vec<OverviewGroup>,
}

/// Lines under one heading.
#[derive(Debug, Serialize)]
pub struct OverviewGroup {
    /// The heading.
    pub title: Text,
    /// Its anchor.
    pub anchor: String,
    /// The lines.
    pub lines: Vec<OverviewLine>,
}

/// A short line.
#[derive(Clone, Debug, Serialize)]
pub struct OverviewLine {
    /// What it is of, with the way to its page.
    pub of: Text,
    /// How its figures stand, with the way to them, if that is not what it is of.
    pub figures: Option<Link>,
    /// What it says.
    pub says: String,
    /// Whether something in it is late or missed.
    pub late: bool,
}
