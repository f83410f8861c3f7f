//! Pages.
pub mod view;
