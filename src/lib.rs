//! Shuyuan (书院): content in Markdown and YAML becomes a linked, static portal.
//!
//! Data flows one way: [`load`] → [`entry`] → [`portal`] → [`page`] → [`render`] → [`output`] or [`serve`]; [`pipeline`]
//! runs all stages. A module uses only those above it in this list. `src/README.md` draws the house, says why
//! it stands so, and holds the glossary.

pub mod source;

pub mod address;

pub mod reading;

pub mod privacy;

pub mod diag;

pub mod content;

pub mod load;

pub mod yaml;

pub mod entry;

pub mod markdown;

pub mod portal;

pub mod artifact;

pub mod theme;

pub mod assets;

pub mod gate;

pub mod page;

pub mod feed;

pub mod search;

pub mod render;

pub mod former;

pub mod pipeline;

pub mod inspect;

pub mod output;

pub mod serve;

pub mod cli;
