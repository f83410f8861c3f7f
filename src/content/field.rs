//! Fields that hold references or files, directly or inside. Code names them by this enum instead of by text.

use super::walk::Step;

/// Defines the fields: variant, and the name in content.
macro_rules! fields {
    ($($field:ident $name:literal)*) => {
        /// A field that refers to entries or files, or that holds values that do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is named as the field that it means")]
        pub enum Field {
            $($field,)*
        }

        impl Field {
            /// All fields.
            pub const ALL: &'static [Field] = &[$(Field::$field),*];

            /// The name in content.
            pub fn name(self) -> &'static str {
                match self { $(Field::$field => $name,)* }
            }
        }
    };
}

fields! {
    About "about"
    Attachments "attachments"
    Attendance "attendance"
    Audience "audience"
    Audiences "audiences"
    Cites "cites"
    Conflicts "conflicts"
    Computed "computed"
    Document "document"
    Duties "duties"
    Edition "edition"
    Entry "entry"
    Extra "extra"
    Facts "facts"
    File "file"
    Gallery "gallery"
    Groups "groups"
    Holders "holders"
    Home "home"
    HomeRegion "home_region"
    Host "host"
    Indicators "indicators"
    Institution "institution"
    Institutions "institutions"
    Items "items"
    List "list"
    Measured "measured"
    Members "members"
    Menu "menu"
    Organisers "organisers"
    Page "page"
    Parent "parent"
    Picture "picture"
    Population "population"
    Region "region"
    Regions "regions"
    Runs "runs"
    Seats "seats"
    Sessions "sessions"
    Sources "sources"
    Standard "standard"
    Teachers "teachers"
    To "to"
    Topics "topics"
    Unit "unit"
    Units "units"
    Venue "venue"
    VenueFrom "venue_from"
    Weekly "weekly"
}

impl From<Field> for Step {
    fn from(field: Field) -> Self {
        Self::Key(field.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value as Json;

    use super::*;
    use crate::content::{Kind, schema};

    /// Whether a value of a schema refers to something; the names of fields on the way there go into `found`.
    fn refers(root: &Json, schema: &Json, found: &mut BTreeSet<String>) -> bool {
        let schema = schema::resolve(root, schema);
        let format = schema.get("format").and_then(Json::as_str).unwrap_or_default();
        let mut any = format.starts_with("ref:") || ["mixed-ref", "file"].contains(&format);
        any |= schema.get("items").is_some_and(|items| refers(root, items, found));
        for (name, field) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
            if refers(root, field, found) {
                found.insert(name.clone());
                any = true;
            }
        }
        any
    }

    #[test]
    fn every_field_that_refers_to_something_is_known() {
        let mut found = BTreeSet::new();
        for schema in Kind::ALL.iter().map(|kind| schema::of_kind(*kind)).chain([schema::of_site()]) {
            refers(&schema, &schema, &mut found);
        }
        let known: BTreeSet<String> = Field::ALL.iter().map(|field| field.name().to_owned()).collect();
        assert_eq!(found, known);
    }
}
