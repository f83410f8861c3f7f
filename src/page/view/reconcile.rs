//! The reconciliation.

use serde::Serialize;

use super::{Link, Pager, Text};
use crate::address::Href;

/// A page of the reconciliation: `view` in `reconcile.html`.
#[derive(Debug, Serialize)]
pub struct ReconcileView {
    /// The document that it is of.
    pub of: Option<Link>,
    /// What the page says, and how much there is.
    pub lead: String,
    /// Heads of the table: each sort of gap that there is.
    pub heads: Vec<String>,
    /// A row for each document.
    pub counts: Vec<GapCount>,
    /// The gaps, sort by sort.
    pub groups: Vec<GapGroup>,
    /// The same as data.
    pub data: Option<Href>,
    /// The duties of the document and the units that they bind.
    pub matrix: Option<Href>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// How many gaps of each sort a document has.
#[derive(Debug, Serialize)]
pub struct GapCount {
    /// The document.
    pub title: String,
    /// Its page.
    pub address: Href,
    /// A number for each head.
    pub counts: Vec<usize>,
}

/// Gaps of one sort.
#[derive(Debug, Serialize)]
pub struct GapGroup {
    /// What does not fit.
    pub title: String,
    /// Its anchor.
    pub anchor: String,
    /// By which rule.
    pub help: String,
    /// How many there are in all.
    pub total: usize,
    /// Those on this page.
    pub rows: Vec<GapRow>,
}

/// Something that does not fit.
#[derive(Debug, Serialize)]
pub struct GapRow {
    /// The unit, indicator, duty, region or clause.
    pub title: Text,
    /// What else is to be known: the figure of a clause, the unit of a duty.
    pub note: Option<String>,
}
