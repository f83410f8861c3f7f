//! The tests across modules, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod fixtures;
mod mutations;
mod output;
mod site;
mod tidy;
