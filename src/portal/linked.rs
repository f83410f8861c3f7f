//! What a link in a body means: something outside, an entry, a list, a file, or a page that the portal makes.

use super::location::{self, Made};
use super::{ItemId, Items, path};
use crate::content::Kind;
use crate::content::value::{Malformed, external};
use crate::diag::catalogue as say;
use crate::diag::{Mistake, nearest};
use crate::load::Inputs;

/// A link, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// What it leads to.
    pub to: To,
    /// Its query as written, without the question mark.
    pub query: Option<String>,
    /// Its anchor, not percent-encoded.
    pub anchor: Option<String>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// A URL outside the portal, or a telephone.
    Outside(String),
    /// The page itself.
    Here,
    /// An entry.
    Entry(ItemId),
    /// A file, by its path from the project's root.
    File(String),
    /// Something that the portal makes of many entries, by its root address. It may not be there today.
    Made(String),
}

/// The parts of a link as written.
struct Parts<'a> {
    path: &'a str,
    query: Option<&'a str>,
    anchor: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(written: &'a str) -> Self {
        let (rest, anchor) = written.split_once('#').map_or((written, None), |(rest, anchor)| (rest, Some(anchor)));
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        Self {
            path,
            query: query.filter(|query| !query.is_empty()),
            anchor: anchor.filter(|anchor| !anchor.is_empty()),
        }
    }

    fn anchor(&self) -> Option<String> {
        self.anchor.map(|anchor| path::decoded(anchor).into_owned())
    }

    fn to(&self, to: To) -> Linked {
        Linked { to, query: self.query.map(str::to_owned), anchor: self.anchor() }
    }
}

/// What the link `written` in the file at `from` means. Whether its entry is published and has the anchor is not looked at.
pub(super) fn read(items: &Items, inputs: &Inputs, from: &str, written: &str) -> Result<Linked, Mistake> {
    let whole = |to| Ok(Linked { to, query: None, anchor: None });
    match external(written) {
        Some(Ok(url)) => return whole(To::Outside(url)),
        Some(Err(Malformed::Phone(number))) => return Err(say::bad_phone(number.as_deref())),
        Some(Err(_)) => return Err(say::bad_url(written, &say::Meant::Nothing)),
        None => {}
    }
    // `#`, `?` and `%` may belong to the name of a file: that is seen from the files that there are.
    if let Some(file) = path::find(from, written, inputs) {
        return whole(To::File(file));
    }
    let parts = Parts::of(written);
    if written.contains('\\') {
        return Err(path::backslash(written, inputs));
    }
    if written.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:")) {
        return Err(say::outside_file(written));
    }
    if let Some(url) = broken_scheme(written) {
        return Err(say::broken_link(written, Some(&url)));
    }
    if written.starts_with("//") || parts.path.split('/').next().is_some_and(|first| first.contains(':')) {
        return Err(say::unsafe_link(written));
    }
    if parts.path.is_empty() && parts.query.is_none() && parts.anchor.is_none() {
        return Err(say::empty_link());
    }
    if parts.path.is_empty() {
        return Ok(parts.to(To::Here));
    }
    if let Some(file) = path::find(from, parts.path, inputs) {
        return Ok(parts.to(To::File(file)));
    }
    let full = path::join(from, &path::decoded(parts.path)).ok_or_else(|| say::escaping_path(written))?;
    let path = full.strip_prefix("content/").unwrap_or_default();
    inside(items, inputs, from, written, &parts, path).map_err(|mistake| match without_scheme(written) {
        Some(url) => say::broken_link(written, Some(&url)),
        None => mistake,
    })
}

/// What a link to `path` means, which is from `content/` or from the portal's root: both are built alike.
fn inside(
    items: &Items,
    inputs: &Inputs,
    from: &str,
    written: &str,
    parts: &Parts<'_>,
    path: &str,
) -> Result<Linked, Mistake> {
    match location::made(path) {
        Some(Made { address, of: None }) => Ok(parts.to(To::Made(address))),
        // Entries without a page have their anchors in the list of their kind.
        Some(Made { address, of: Some((kind, None)) }) => {
            let record = parts.anchor().filter(|_| !location::has_page(kind));
            match record.and_then(|anchor| items.ids.get(kind, &anchor)) {
                Some(record) => Ok(Linked { anchor: None, ..parts.to(To::Entry(record)) }),
                None => Ok(parts.to(To::Made(address))),
            }
        }
        Some(Made { address, of: Some((kind, Some(id))) }) => match items.ids.get(kind, &id) {
            Some(_) => Ok(parts.to(To::Made(address))),
            None => Err(no_entry(items, written, kind, &id)),
        },
        None if is_page(path) => entry(items, inputs, written, parts, path),
        None => Err(path::file(from, parts.path, inputs).err().unwrap_or_else(|| say::broken_link(written, None))),
    }
}

/// Whether a path ends as those of entries and of pages do.
fn is_page(path: &str) -> bool {
    matches!(path::extension(path).as_str(), "" | "md" | "html" | "htm" | "yaml" | "yml" | "xml")
}

/// The entry that a path means.
fn entry(items: &Items, inputs: &Inputs, written: &str, parts: &Parts<'_>, path: &str) -> Result<Linked, Mistake> {
    let (folder, rest) = path.split_once('/').unwrap_or((path, ""));
    let top = [".yaml", ".yml"].iter().find_map(|end| folder.strip_suffix(end)).unwrap_or(folder);
    let Some(kind) = Kind::from_folder(top) else { return Err(nowhere(items, inputs, written, path)) };
    let is_list = folder != top || path::is_list(rest);
    match (is_list, parts.anchor()) {
        // A list file means the record that the anchor names.
        (true, Some(record)) => match items.ids.get(kind, &record) {
            Some(found) => Ok(Linked { anchor: None, ..parts.to(To::Entry(found)) }),
            None => Err(no_entry(items, written, kind, &record)),
        },
        (true, None) => Ok(parts.to(To::Made(location::of_list(kind, 1)))),
        (false, _) => match items.ids.get(kind, stem(rest)) {
            Some(found) => Ok(parts.to(To::Entry(found))),
            None => Err(no_entry(items, written, kind, stem(rest))),
        },
    }
}

/// The id that the path of a Markdown file or of a page names.
pub(super) fn stem(path: &str) -> &str {
    let name = path::name(path);
    [".md", ".html"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name)
}

fn no_entry(items: &Items, written: &str, kind: Kind, id: &str) -> Mistake {
    let known = items.iter().filter(|(_, item)| item.kind() == kind).map(|(_, item)| item.id());
    let near = nearest(id, known).map(str::to_owned);
    say::broken_link(written, near.or_else(|| elsewhere(items, id)).as_deref())
}

/// The only entry of that id in another folder, as it is written from `content/`.
fn elsewhere(items: &Items, id: &str) -> Option<String> {
    let mut same = items.iter().map(|(_, item)| item).filter(|item| item.id() == id && location::has_page(item.kind()));
    let only = same.next().filter(|_| same.next().is_none())?;
    let extension = if path::is_list(&only.entry.origin.source.path) { "html" } else { "md" };
    Some(format!("/{}/{id}.{extension}", only.kind().folder()))
}

/// The web address that was meant by one whose scheme is not as it should be: `https:/example.org`, `http//example.org`.
fn broken_scheme(written: &str) -> Option<String> {
    let scheme = ["https", "http"]
        .into_iter()
        .find(|scheme| written.get(..scheme.len()).is_some_and(|there| scheme.eq_ignore_ascii_case(there)))?;
    let signs = |c: char| matches!(c, ':' | '/' | '：' | '／');
    let rest = written[scheme.len()..].trim_start_matches(signs);
    (rest.len() < written.len() - scheme.len() && rest.contains('.')).then(|| format!("{scheme}://{rest}"))
}

/// The URL that was meant by a host, a mailbox or a telephone without a scheme.
fn without_scheme(written: &str) -> Option<String> {
    let written = written.strip_prefix("mailto：").unwrap_or(written);
    let is_number = written.len() > 4 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let scheme = match written {
        _ if written.contains('@') && !written.contains('/') => "mailto:",
        _ if written.starts_with("www.") || is_host(written) => "https://",
        _ if is_number => "tel:",
        _ => return None,
    };
    Some(format!("{scheme}{written}"))
}

/// Whether a link begins with the name of a host.
fn is_host(written: &str) -> bool {
    const ENDS: [&str; 8] = ["cn", "com", "org", "net", "edu", "gov", "info", "top"];
    let host = written.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    host.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && ENDS.contains(&end))
}

/// The mistake in a link to nothing: a slip in the name of a folder or of something that is published.
fn nowhere(items: &Items, inputs: &Inputs, written: &str, path: &str) -> Mistake {
    let (folder, rest) = path.split_once('/').unwrap_or((path, ""));
    let folders = || Kind::ALL.iter().map(|kind| kind.folder());
    if !rest.is_empty() {
        if let Some(near) = Kind::from_folder(folder).is_none().then(|| elsewhere(items, stem(rest))).flatten() {
            return say::broken_link(written, Some(&near));
        }
        return say::broken_link(written, nearest(folder, folders()));
    }
    let statics = inputs.below(path::STATIC.trim_end_matches('/')).map(|(name, _)| name.to_owned());
    let known: Vec<String> = folders().chain(location::fixed()).map(str::to_owned).chain(statics).collect();
    let near = nearest(path, known.iter().map(String::as_str)).map(|near| format!("/{near}"));
    say::broken_link(written, near.as_deref())
}
