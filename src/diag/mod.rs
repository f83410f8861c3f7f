//! Diagnostics.
pub mod fault;
