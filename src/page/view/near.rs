//! The way to a street.

use serde::Serialize;

use super::{CountedLink, Section};

/// The way to a street: `view` in `near.html`.
#[derive(Debug, Serialize)]
pub struct NearView {
    /// The regions at the top, or that of the portal.
    pub groups: Vec<RegionGroup>,
    /// Where to go in the region of the portal.
    pub points: Option<Section>,
    /// The day to which the counts of a week belong.
    pub built: Option<String>,
}

/// A region with all below it.
#[derive(Debug, Serialize)]
pub struct RegionGroup {
    /// Its name.
    pub title: String,
    /// The anchor of its heading.
    pub anchor: String,
    /// It, and the districts and cities below it, in the order of the tree.
    pub places: Vec<RegionPlace>,
}

/// A district, or what is above one.
#[derive(Debug, Serialize)]
pub struct RegionPlace {
    /// Its page, with what is on within a week.
    pub link: CountedLink,
    /// How many regions of the group are above it.
    pub depth: usize,
    /// Its towns and streets.
    pub towns: Vec<RegionTown>,
    /// Whether they are seen at once.
    pub open: bool,
}

/// A town or street.
#[derive(Debug, Serialize)]
pub struct RegionTown {
    /// Its page, with what is on within a week.
    pub link: CountedLink,
    /// Its villages.
    pub villages: Vec<CountedLink>,
}
