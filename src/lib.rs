//! Shuyuan (书院).
pub mod address;
pub mod artifact;
pub mod assets;
pub mod content;
pub mod diag;
pub mod output;
