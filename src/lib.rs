//! Shuyuan (书院).
pub mod artifact;
pub mod content;
pub mod diag;
pub mod output;
