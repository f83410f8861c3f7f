//! How many people live in a region. Standards, funding and pools ask here, so that a number that is written once counts everywhere.

use super::Item;
use crate::content::Own;
use crate::content::region::Population;

/// The latest population of a region that is known for a year or one before it.
pub fn until(region: &Item, year: i16) -> Option<&Population> {
    let Own::Region(own) = &region.entry.own else { return None };
    own.population.iter().filter(|one| one.year.0 <= year).max_by_key(|one| one.year)
}
