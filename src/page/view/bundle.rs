//! What units hand in every year.

use serde::Serialize;

use super::{Badge, Cell, Link, Pager, Text};
use crate::address::Href;

/// A page of bundles: `view` in `bundle.html`.
#[derive(Debug, Serialize)]
pub struct BundleView {
    /// The document that asks for it, or none where all bundles are.
    pub of: Option<Link>,
    /// What the page says: by when, how many have.
    pub lead: Vec<String>,
    /// Other forms of it.
    pub files: Vec<Link>,
    /// The heading above those who handed in nothing.
    pub missing_title: String,
    /// Those who handed in nothing.
    pub missing: Vec<Link>,
    /// The heading above the entries.
    pub entries_title: String,
    /// Where the page leads on to: all bundles, or the units of one.
    pub entries: Vec<BundleEntry>,
    /// The units with what they handed in.
    pub units: Vec<BundleUnit>,
    /// Whether it is to be printed.
    pub is_print: bool,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// A bundle in a list of them, or a unit in the contents of one.
#[derive(Debug, Serialize)]
pub struct BundleEntry {
    /// The number of a unit.
    pub number: Option<usize>,
    /// Its name.
    pub title: String,
    /// Where it stands.
    pub address: Href,
    /// Marks.
    pub badges: Vec<Badge>,
    /// How much there is of what.
    pub notes: Vec<String>,
}

/// A unit with what it handed in.
#[derive(Debug, Serialize)]
pub struct BundleUnit {
    /// Its number in the contents.
    pub number: usize,
    /// Its anchor.
    pub anchor: String,
    /// Its name.
    pub title: Text,
    /// Marks.
    pub badges: Vec<Badge>,
    /// What it handed in, and what became of its plan for the year before.
    pub tables: Vec<BundleTable>,
    /// What is not there.
    pub notes: Vec<String>,
}

/// A list, a plan, or the comparison of two.
#[derive(Debug, Serialize)]
pub struct BundleTable {
    /// What it is.
    pub title: Text,
    /// When it was handed in, or how many lines became what.
    pub note: Option<String>,
    /// Heads.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}
