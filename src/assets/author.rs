//! Who made a file, as its own properties, comments and changes say.

use super::document;
use crate::diag::catalogue::Person;

/// The people that a file names; empty if none. `extension` is in lower case.
pub fn of(extension: &str, bytes: &[u8]) -> Vec<(Person, String)> {
    document::read(extension, bytes).people
}
