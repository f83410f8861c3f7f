//! Addresses in the portal, and their page-relative, absolute and percent-encoded forms.
//!
//! A root address such as `courses/taiji.html#runs` has no leading slash, is in NFC and is not percent-encoded. The
//! fragment may hold Han. Values hold root addresses; only these functions make other forms.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Characters that are percent-encoded in path segments and fragments.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes a path; slashes are kept.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

/// The relative path from the page at `address` to the root: empty, `../`, `../../`, …
pub fn to_root(address: &str) -> String {
    "../".repeat(path_of(address).matches('/').count())
}

/// The page-relative form of `to`, for a page whose path to the root is `root`.
pub fn relative(root: &str, to: &str) -> String {
    let encoded = encode_address(to);
    // A colon in the first segment would make it a URL scheme.
    let guard = root.is_empty() && encoded.split('/').next().is_some_and(|first| first.contains(':'));
    format!("{}{root}{encoded}", if guard { "./" } else { "" })
}

/// The absolute form under `base`, which ends in a slash. The home page is `base` itself; every other file is named in
/// full, because some hosts have no directory indexes.
pub fn absolute(base: &str, to: &str) -> String {
    if to == "index.html" { base.to_owned() } else { format!("{base}{}", encode_address(to)) }
}

/// The path without the fragment.
pub fn path_of(address: &str) -> &str {
    address.split_once('#').map_or(address, |(path, _)| path)
}

fn encode_address(address: &str) -> String {
    match address.split_once('#') {
        Some((path, fragment)) => format!("{}#{}", encode(path), encode(fragment)),
        None => encode(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_address() {
        assert_eq!(to_root("index.html"), "");
        assert_eq!(to_root("regions/muye/courses.html#a/b"), "../../");
        assert_eq!(
            relative("../", "courses/taiji.html#第一讲"),
            "../courses/taiji.html#第一讲".replace("第一讲", "%E7%AC%AC%E4%B8%80%E8%AE%B2")
        );
        assert_eq!(relative("", "files/a b.pdf"), "files/a%20b.pdf");
        assert_eq!(relative("", "a:b.txt"), "./a:b.txt");
        assert_eq!(absolute("https://x.org/p/", "courses/index.html"), "https://x.org/p/courses/index.html");
        assert_eq!(absolute("https://x.org/p/", "index.html"), "https://x.org/p/");
    }
}
