//! Enumerations whose values are words in content and in the theme's word list.

use serde::Serialize;

/// An enumeration. The key of a value in the word list is `group.key`, such as `level.national`.
pub trait Choice: Copy + Serialize + 'static {
    /// The group in the word list.
    const GROUP: &'static str;
    /// All values, in the order of definition.
    const ALL: &'static [Self];
    /// The word as content writes it.
    fn key(self) -> &'static str;
}

/// Defines enumerations: variant, and its word in content.
macro_rules! choice {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident($group:literal) {
            $($(#[$variant_meta:meta])* $variant:ident = $key:literal,)*
        }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $key)] $variant,)*
        }

        impl $crate::content::choice::Choice for $name {
            const GROUP: &'static str = $group;
            const ALL: &'static [Self] = &[$(Self::$variant),*];
            fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }
        }
    )*};
}

pub(crate) use choice;
