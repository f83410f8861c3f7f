//! Links, anchors, pictures and attachments inside the portal; those to other places are only gathered.

use std::collections::{BTreeMap, HashSet};

use percent_encoding::percent_decode_str;

use super::Inspection;
use super::page::{Page, Side};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// A file of the portal, by root address, and a place in it.
    Inside(String, String),
    /// Somewhere else.
    Outside(String),
    /// A telephone, a mail program.
    Program,
}

/// What a link on a page means. `base` is the address of the portal's root.
pub(super) fn way(page: &str, href: &str, base: Option<&str>) -> Way {
    let href = base.and_then(|base| href.strip_prefix(base)).map_or(href.to_owned(), |rest| format!("/{rest}"));
    if let Some((scheme, _)) = href.split_once(':')
        && !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    {
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        return if is_web { Way::Outside(href) } else { Way::Program };
    }
    if href.starts_with("//") {
        return Way::Outside(href);
    }
    let (path, anchor) = href.split_once('#').unwrap_or((&href, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => page.rsplit_once('/').map(|(folder, _)| folder.split('/').collect()).unwrap_or_default(),
    };
    let path = if path.is_empty() { page.rsplit('/').next().unwrap_or_default() } else { path };
    let own = decoded(path);
    for part in own.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let mut address = parts.join("/");
    if address.is_empty() || own.ends_with('/') || own.ends_with("..") || own == "." {
        address = if address.is_empty() { "index.html".to_owned() } else { format!("{address}/index.html") };
    }
    Way::Inside(address, decoded(anchor))
}

/// Links to other places, each with the first page that has it.
pub(super) type Outside = BTreeMap<String, String>;

/// The links of pages to other places.
pub(super) fn outside(pages: &[Page], base: Option<&str>) -> Outside {
    let mut outside = Outside::new();
    for page in pages {
        for link in &page.links {
            if let Way::Outside(href) = way(&page.address, &link.href, base) {
                outside.entry(href).or_insert_with(|| page.address.clone());
            }
        }
    }
    outside
}

/// Checks all links; returns those that lead elsewhere.
pub(super) fn check(inspection: &mut Inspection<'_>) -> Outside {
    let places: BTreeMap<&str, &Page> = inspection.pages.iter().map(|page| (page.address.as_str(), page)).collect();
    let mut outside = Outside::new();
    // Head and foot are the same on most pages: what was seen from the same folder is known.
    let mut known: HashSet<(&str, &str)> = HashSet::new();
    let mut found: Vec<(&'static str, String, String)> = Vec::new();
    for page in inspection.pages {
        let folder = page.address.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in &page.links {
            let is_own = link.href.starts_with('#');
            if link.side != Side::Main && !is_own && !known.insert((folder, &link.href)) {
                continue;
            }
            match way(&page.address, &link.href, inspection.base) {
                Way::Outside(url) => drop(outside.entry(url).or_insert_with(|| page.address.clone())),
                Way::Program => {}
                Way::Inside(address, anchor) => {
                    let target = places.get(address.as_str());
                    let is_there = target.is_some() || inspection.files.contains(&address);
                    let is_page = address.rsplit_once('.').is_none_or(|(_, end)| end == "html");
                    if !is_there {
                        let rule = if link.is_download || !is_page { "dead-file" } else { "dead-link" };
                        found.push((rule, page.address.clone(), link.href.clone()));
                    } else if let Some(target) = target
                        && !has(target, &anchor)
                    {
                        found.push(("dead-anchor", page.address.clone(), link.href.clone()));
                    }
                }
            }
        }
        for picture in &page.pictures {
            if picture.src.starts_with("data:") {
                continue;
            }
            if let Way::Inside(address, _) = way(&page.address, &picture.src, inspection.base)
                && !inspection.files.contains(&address)
            {
                found.push(("dead-picture", page.address.clone(), picture.src.clone()));
            }
        }
    }
    for (rule, place, what) in found {
        inspection.found(rule, place, &what, 0);
    }
    outside
}

/// Whether a place is on a page; its top always is.
fn has(page: &Page, anchor: &str) -> bool {
    anchor.is_empty() || anchor.eq_ignore_ascii_case("top") || page.ids.contains(anchor) || anchor.starts_with(":~:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_means_what_a_browser_takes_it_for() {
        let inside = |address: &str, anchor: &str| Way::Inside(address.to_owned(), anchor.to_owned());
        for (page, href, expected) in [
            ("index.html", "news/a.html", inside("news/a.html", "")),
            ("news/a.html", "../units/b.html#c1", inside("units/b.html", "c1")),
            ("news/a.html", "#d", inside("news/a.html", "d")),
            ("news/a.html", "", inside("news/a.html", "")),
            ("news/a.html", "?q=1", inside("news/a.html", "")),
            ("news/a.html", "../", inside("index.html", "")),
            ("news/a.html", "./", inside("news/index.html", "")),
            ("news/a.html", "b/", inside("news/b/index.html", "")),
            ("news/a.html", "/x%20y.pdf", inside("x y.pdf", "")),
            ("news/a.html", "https://a.example/portal/x.html", inside("x.html", "")),
            ("news/a.html", "https://b.example/", Way::Outside("https://b.example/".to_owned())),
            ("news/a.html", "tel:1", Way::Program),
            ("news/a.html", "a:b.html", Way::Program),
        ] {
            assert_eq!(way(page, href, Some("https://a.example/portal/")), expected, "{href}");
        }
    }
}
