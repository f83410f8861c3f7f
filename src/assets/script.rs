//! The theme's scripts: published as written and fingerprinted, each under its own name. Pages name them; none is inlined.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::artifact::{Artifact, Role};
use crate::theme::Theme;

/// The scripts of a theme, by stem: `script/search.js` is `search`.
pub fn scripts(theme: &Theme) -> BTreeMap<String, Artifact> {
    let published = theme.scripts().map(|(stem, bytes)| {
        let path = format!("theme/{stem}.{}.js", &blake3::hash(bytes).to_hex()[..16]);
        (stem.to_owned(), Artifact { path, bytes: Arc::clone(bytes), role: Role::Fingerprinted })
    });
    published.collect()
}
