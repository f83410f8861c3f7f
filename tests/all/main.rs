//! Integration tests, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod addresses;
mod beginning;
mod binary;
mod calendars;
mod catalogue;
mod clashes;
mod consent;
mod content_quality;
mod exchange;
mod feeds;
mod fixtures;
mod foreign_bytes;
mod frab;
mod handbook;
mod inspect;
mod ledger;
mod letters;
mod linear;
mod linked_data;
mod markdown_places;
mod measure;
mod msrv;
mod mutations;
mod near;
mod output;
mod papers;
mod participation;
mod pictures;
mod privacy;
mod private_bytes;
mod programme;
mod reconcile;
mod relations;
mod samples;
mod search;
mod selection;
mod serve;
mod site;
mod standards;
mod tidy;
mod town;
mod uses;
mod worksheet;
mod yaml_agree;
