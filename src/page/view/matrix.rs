//! Duties and the units that they bind.

use serde::Serialize;

use super::{Link, Pager, Text};

/// A page of duties and units: `view` in `matrix.html`.
#[derive(Debug, Serialize)]
pub struct MatrixView {
    /// The document.
    pub of: Link,
    /// Other forms of it, and what goes with it.
    pub files: Vec<Link>,
    /// What the marks mean: each with its meaning.
    pub legend: Vec<(String, String)>,
    /// The columns.
    pub units: Vec<Link>,
    /// The seats of the units, then the duties.
    pub rows: Vec<MatrixRow>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// A duty.
#[derive(Debug, Serialize)]
pub struct MatrixRow {
    /// Its title.
    pub title: Text,
    /// Its clauses.
    pub clauses: Vec<Text>,
    /// A cell for each unit.
    pub cells: Vec<Option<MatrixCell>>,
}

/// How a unit is bound.
#[derive(Debug, Serialize)]
pub struct MatrixCell {
    /// The mark.
    pub mark: Text,
    /// The unit, for where there are no columns.
    pub unit: String,
    /// Whether the column of a class says the same.
    pub through: bool,
}
