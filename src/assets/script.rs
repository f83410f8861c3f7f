//! The theme's scripts: fingerprinted, each under its own name, without the comments and the indentation that only people need.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::artifact::{Artifact, Role};
use crate::theme::Theme;

/// The scripts of a theme, by stem: `script/search.js` is `search`.
pub fn scripts(theme: &Theme) -> BTreeMap<String, Artifact> {
    let published = theme.scripts().map(|(stem, bytes)| {
        let bytes =
            std::str::from_utf8(bytes).map_or_else(|_| Arc::clone(bytes), |text| lean(text).into_bytes().into());
        let path = format!("theme/{stem}.{}.js", &blake3::hash(&bytes).to_hex()[..16]);
        (stem.to_owned(), Artifact { path, bytes, role: Role::Fingerprinted })
    });
    published.collect()
}

/// The script without indentation, and without comments that have their lines to themselves.
fn lean(script: &str) -> String {
    let mut lean = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim_start) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            lean.push_str(line);
            lean.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_on_lines_of_their_own_and_indentation_go() {
        let script = "/* One\n   two. */\n(function () {\n  // three\n  a(); /* four */\n\n  b('/* c */');\n})();\n";
        assert_eq!(lean(script), "(function () {\na(); /* four */\nb('/* c */');\n})();\n");
    }
}
