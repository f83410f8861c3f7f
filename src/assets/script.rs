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

/// The script without indentation, without comments that have their lines to themselves, and without spaces around punctuation on lines whose
/// only texts are in plain single quotes: patterns, templates and further comments are left alone.
fn lean(script: &str) -> String {
    let mut lean = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim_start) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            if line.contains(['"', '`', '/', '\\']) {
                lean.push_str(line);
            } else {
                tighten(line, &mut lean);
            }
            lean.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    lean
}

/// A plus or a minus keeps its spaces: two of them would be another operator.
fn tighten(line: &str, lean: &mut String) {
    const TIGHT: &str = "=(){}[],;:?<>&|*";
    let mut chars = line.chars().peekable();
    let (mut last, mut text) = (None, false);
    while let Some(c) = chars.next() {
        let beside = |c: Option<char>| c.is_some_and(|c| TIGHT.contains(c));
        text ^= c == '\'';
        if text || c != ' ' || !(beside(last) || beside(chars.peek().copied())) {
            lean.push(c);
            last = Some(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_on_lines_of_their_own_and_indentation_go() {
        let script =
            "/* One\n   two. */\n(function () {\n  // three\n  a(); /* four */\n\n  b('/* c */', ' ; ');\n})();\n";
        assert_eq!(lean(script), "(function(){\na(); /* four */\nb('/* c */', ' ; ');\n})();\n");
    }

    #[test]
    fn a_text_keeps_its_spaces() {
        assert_eq!(lean("say('a = b', { c: ' ; ' + d });\n"), "say('a = b',{c:' ; ' + d});\n");
    }

    #[test]
    fn spaces_go_only_where_none_means_the_same() {
        let script =
            "for (const one of all) if (a - -b > c + +d || !e) return [f, g ? h : i];\nconst at = typeof x === y;\n";
        assert_eq!(
            lean(script),
            "for(const one of all)if(a - -b>c + +d||!e)return[f,g?h:i];\nconst at=typeof x===y;\n"
        );
    }
}
