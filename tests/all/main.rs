//! The tests across modules, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod content_quality;
mod fixtures;
mod markdown_places;
mod mutations;
mod output;
mod site;
mod tidy;
mod yaml_agree;
