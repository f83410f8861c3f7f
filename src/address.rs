//! Root addresses name published files; an [`Href`] is the URL of one, as pages write it.
//!
//! A root address such as `files/a1/增长30%.pdf` has no leading slash, is in NFC and is not percent-encoded: `#`, `?` and `%` are
//! characters like any other. It becomes a URL in [`Href::new`] and nowhere else.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// What is percent-encoded in a path: everything but the unreserved characters of RFC 3986 and the slash. So a path needs no
/// further care in attributes, in `srcset`, in a stylesheet or in XML, its first segment is never taken for a scheme, and no host
/// reads a plus as a space or a semicolon as the end of a name.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What is percent-encoded in an anchor; `page=2&zoom=100` means something to a PDF and stays.
const ANCHOR: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What no URL may hold. A percent sign is judged by what follows it.
const WRITTEN: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The URL of a published file, from the root: percent-encoded, perhaps with a query and an anchor. Templates write it behind
/// the page's way to the root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Href(String);

impl Href {
    /// The URL of the file at a root address.
    pub fn new(address: &str) -> Self {
        Self(encode(address))
    }

    /// With a query as an editor wrote it, without its question mark.
    #[must_use]
    pub fn asking(&self, query: &str) -> Self {
        let query = as_written(query);
        Self(match self.0.split_once('#') {
            Some((page, anchor)) => format!("{page}?{query}#{anchor}"),
            None => format!("{self}?{query}"),
        })
    }

    /// A place on the same page, instead of the one that it had; the anchor is not percent-encoded.
    #[must_use]
    pub fn at(&self, anchor: &str) -> Self {
        Self(format!("{}#{}", self.page(), utf8_percent_encode(anchor, ANCHOR)))
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL without the anchor.
    pub fn page(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(page, _)| page)
    }

    /// The anchor, percent-encoded.
    pub fn anchor(&self) -> Option<&str> {
        self.0.split_once('#').map(|(_, anchor)| anchor)
    }

    /// The form for a page whose way to the root is `root`.
    pub fn relative(&self, root: &str) -> String {
        format!("{root}{}", self.0)
    }

    /// The absolute form under `base`, which ends in a slash. The home page is `base` itself; every other file is named in
    /// full, because some hosts have no directory indexes.
    pub fn absolute(&self, base: &str) -> String {
        if self.0 == "index.html" { base.to_owned() } else { format!("{base}{}", self.0) }
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Percent-encodes a path; slashes are kept.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// A URL or a part of one that an editor wrote: what is percent-encoded stays so, what may not stand in a URL becomes so.
pub fn as_written(url: &str) -> String {
    let mut clean = String::with_capacity(url.len());
    for (nth, part) in url.split('%').enumerate() {
        let is_encoded = part.bytes().take_while(u8::is_ascii_hexdigit).take(2).count() == 2;
        match nth {
            0 => {}
            _ if is_encoded => clean.push('%'),
            _ => clean.push_str("%25"),
        }
        clean.extend(utf8_percent_encode(part, WRITTEN));
    }
    clean
}

/// The way from the page at a root address to the root: empty, `../`, `../../`, …
pub fn to_root(address: &str) -> String {
    "../".repeat(address.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_encoded_once_and_whole() {
        let href = |name: &str| Href::new(name).relative("");
        assert_eq!(href("3#楼.jpg"), "3%23%E6%A5%BC.jpg");
        assert_eq!(href("满100%.pdf"), "%E6%BB%A1100%25.pdf");
        assert_eq!(href("%2e%2e.pdf"), "%252e%252e.pdf");
        assert_eq!(href("files/q?1 (a)+b&c;d'e,f.pdf"), "files/q%3F1%20%28a%29%2Bb%26c%3Bd%27e%2Cf.pdf");
        assert_eq!(href("a:b.txt"), "a%3Ab.txt", "no scheme");
    }

    #[test]
    fn forms_of_an_address() {
        assert_eq!(to_root("index.html"), "");
        assert_eq!(to_root("regions/muye/courses.html"), "../../");
        let course = Href::new("courses/taiji.html");
        assert_eq!(course.at("第一讲").relative("../"), "../courses/taiji.html#%E7%AC%AC%E4%B8%80%E8%AE%B2");
        assert_eq!(course.at("a").at("b").as_str(), "courses/taiji.html#b");
        assert_eq!((course.at("a").page(), course.at("a").anchor()), ("courses/taiji.html", Some("a")));
        assert_eq!(course.asking("from=wx").at("a").as_str(), "courses/taiji.html?from=wx#a");
        assert_eq!(course.at("a").asking("from=wx").as_str(), "courses/taiji.html?from=wx#a");
        assert_eq!(Href::new("courses/index.html").absolute("https://x.org/p/"), "https://x.org/p/courses/index.html");
        assert_eq!(Href::new("index.html").absolute("https://x.org/p/"), "https://x.org/p/");
    }

    #[test]
    fn what_an_editor_encoded_is_not_encoded_again() {
        assert_eq!(as_written("q=书法&x=%E4%B9%A6"), "q=%E4%B9%A6%E6%B3%95&x=%E4%B9%A6");
        assert_eq!(as_written("满100%&a b%2"), "%E6%BB%A1100%25&a%20b%252");
        assert_eq!(as_written("https://x.org/a\"b"), "https://x.org/a%22b");
    }
}
