//! Where the links of all pages lead. Most pages lead to the same places: each place is kept once, and a link is its number.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use percent_encoding::percent_decode_str;

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way<'a> {
    /// A file of the portal, by root address, and a place in it.
    Inside(&'a str, &'a str),
    /// Somewhere else.
    Outside(&'a str),
}

/// Where on a page something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// Before and beside the page's own part.
    #[default]
    Frame,
    /// In the page's own part.
    Main,
    /// In the footer.
    Foot,
}

/// What leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The number of where it leads.
    pub to: u32,
    /// Where it stands.
    pub side: Side,
    /// What it is.
    pub sort: Sort,
}

/// What leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A link to something to be read.
    Page,
    /// A link that offers a file.
    Download,
    /// A picture that is shown.
    Picture,
}

/// All places that pages lead to.
#[derive(Debug, Default)]
pub struct Atlas {
    /// The address of the portal's root.
    base: Option<String>,
    places: Mutex<HashMap<Box<str>, u32>>,
}

/// The links of one page, before the atlas knows them.
pub(super) struct Links<'a> {
    page: &'a str,
    base: Option<&'a str>,
    /// The keys of where they lead, one behind the other.
    keys: String,
    ends: Vec<(usize, Side, Sort)>,
}

impl<'a> Links<'a> {
    pub fn of(page: &'a str, atlas: &'a Atlas) -> Self {
        Self { page, base: atlas.base.as_deref(), keys: String::new(), ends: Vec::new() }
    }

    /// Adds a link; those to telephones and mail programs are left out.
    pub fn add(&mut self, href: &str, side: Side, sort: Sort) {
        if lead(self.page, href, self.base, &mut self.keys) {
            self.ends.push((self.keys.len(), side, sort));
        }
    }
}

impl Atlas {
    /// An atlas of a portal that stands at this address.
    pub fn new(base: Option<&str>) -> Self {
        Self { base: base.map(str::to_owned), places: Mutex::default() }
    }

    /// The links of a page, by number.
    pub(super) fn note(&self, links: &Links<'_>) -> Vec<Link> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let mut begin = 0;
        let number = |&(end, side, sort): &(usize, Side, Sort)| {
            let key = &links.keys[begin..end];
            begin = end;
            let known = places.get(key).copied();
            let to = known.unwrap_or_else(|| {
                let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
                places.insert(key.into(), next);
                next
            });
            Link { to, side, sort }
        };
        links.ends.iter().map(number).collect()
    }

    /// All places, by number.
    pub(super) fn places(&self) -> Vec<String> {
        let places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = vec![String::new(); places.len()];
        for (key, number) in places.iter() {
            all[*number as usize] = key.to_string();
        }
        all
    }
}

/// Adds the key of where a link on a page leads: an address and a place in it with a zero between, or a URL behind a zero. Whether it leads to the
/// web at all.
fn lead(page: &str, href: &str, base: Option<&str>, keys: &mut String) -> bool {
    let own = base.and_then(|base| href.strip_prefix(base));
    let is_root = own.is_some() || (href.starts_with('/') && !href.starts_with("//"));
    let href = own.unwrap_or(href);
    if own.is_none() {
        let end = href.find([':', '/', '?', '#']).unwrap_or(href.len());
        let scheme = href[end..].starts_with(':').then(|| &href[..end]).filter(|scheme| !scheme.is_empty());
        let is = |known| scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(known));
        if is("http") || is("https") || href.starts_with("//") {
            keys.extend(["\0", href]);
            return true;
        }
        let is_scheme = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'-' | b'.');
        if scheme.is_some_and(|scheme| scheme.bytes().all(is_scheme)) {
            return false;
        }
    }
    let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
    let path = plain(path.split_once('?').map_or(path, |(path, _)| path));
    let begin = keys.len();
    if path.is_empty() && !is_root {
        keys.push_str(page);
    } else {
        if !is_root {
            keys.push_str(page.rsplit_once('/').map_or("", |(folder, _)| folder));
        }
        walk(&path, keys, begin);
    }
    keys.extend(["\0", &plain(anchor)]);
    true
}

/// Goes on by a path from a folder, which begins at `begin` of the text; a path that ends in a folder leads to its index.
fn walk(path: &str, text: &mut String, begin: usize) {
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => text.truncate(begin + text[begin..].rfind('/').unwrap_or(0)),
            part => {
                if text.len() > begin {
                    text.push('/');
                }
                text.push_str(part);
            }
        }
    }
    if text.len() == begin {
        text.push_str("index.html");
    } else if path.ends_with('/') || path.ends_with("..") || path == "." {
        text.push_str("/index.html");
    }
}

/// What a number in the atlas stands for.
pub(super) fn way(key: &str) -> Way<'_> {
    match key.split_once('\0') {
        Some(("", url)) => Way::Outside(url),
        Some((address, anchor)) => Way::Inside(address, anchor),
        None => Way::Inside(key, ""),
    }
}

/// A text without percent-encoding.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('%') { percent_decode_str(text).decode_utf8_lossy() } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_means_what_a_browser_takes_it_for() {
        for (page, href, expected) in [
            ("index.html", "news/a.html", Some(Way::Inside("news/a.html", ""))),
            ("news/a.html", "../units/b.html#c1", Some(Way::Inside("units/b.html", "c1"))),
            ("news/a.html", "#d", Some(Way::Inside("news/a.html", "d"))),
            ("news/a.html", "", Some(Way::Inside("news/a.html", ""))),
            ("news/a.html", "?q=1", Some(Way::Inside("news/a.html", ""))),
            ("news/a.html", "../", Some(Way::Inside("index.html", ""))),
            ("news/a.html", "/", Some(Way::Inside("index.html", ""))),
            ("news/a.html", "./", Some(Way::Inside("news/index.html", ""))),
            ("news/a.html", "b/", Some(Way::Inside("news/b/index.html", ""))),
            ("a/b/c.html", "../../../d.html", Some(Way::Inside("d.html", ""))),
            ("news/a.html", "/x%20y%23.pdf#%E7%94%B2", Some(Way::Inside("x y#.pdf", "甲"))),
            ("news/a.html", "https://a.example/portal/x.html", Some(Way::Inside("x.html", ""))),
            ("news/a.html", "https://a.example/portal/", Some(Way::Inside("index.html", ""))),
            ("news/a.html", "https://b.example/", Some(Way::Outside("https://b.example/"))),
            ("news/a.html", "//b.example/", Some(Way::Outside("//b.example/"))),
            ("news/a.html", "tel:1", None),
            ("news/a.html", "a:b.html", None),
        ] {
            let mut key = "before".to_owned();
            let leads = lead(page, href, Some("https://a.example/portal/"), &mut key);
            assert_eq!(leads.then(|| way(&key["before".len()..])), expected, "{href}");
        }
    }
}
