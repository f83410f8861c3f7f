//! What a path means that an editor wrote: the one answer for every field, picture, video and link.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;

use crate::content::value::is_device;
use crate::diag::catalogue as say;
use crate::diag::{Mistake, nearest};
use crate::load::{Input, Inputs, is_ignored};

/// The folder of the project whose files are published under their own names, from the root.
pub const STATIC: &str = "content/static/";

/// The path from the project's root of the file that the file at `from` names.
pub(super) fn file(from: &str, written: &str, inputs: &Inputs) -> Result<String, Mistake> {
    if let Some(path) = find(from, written, inputs) {
        return Ok(path);
    }
    if written.starts_with("data:") {
        return Err(say::pasted_picture());
    }
    if written.contains("://") || written.starts_with("//") {
        return Err(say::outside_file(written));
    }
    if written.contains('\\') {
        return Err(backslash(written, inputs));
    }
    let bare = written.split(['?', '#']).next().unwrap_or_default();
    if bare != written && find(from, bare, inputs).is_some() {
        return Err(say::missing_file(written, Some(bare)));
    }
    let path = join(from, written).ok_or_else(|| say::escaping_path(written))?;
    if let Some(name) = path.split('/').find(|name| is_ignored(name, false)) {
        return Err(say::ignored_file(written, name));
    }
    if let Some(other) = inputs.in_other_case(&path) {
        return Err(say::wrong_case(written, other.strip_prefix("content").unwrap_or(other)));
    }
    let folder = path.rsplit_once('/').map_or("content", |(folder, _)| folder);
    let published = format!("{STATIC}{}", folder.strip_prefix("content").unwrap_or_default().trim_start_matches('/'));
    let siblings = [folder, published.trim_end_matches('/')].into_iter().flat_map(|folder| inputs.below(folder));
    let siblings: Vec<&str> = siblings.map(|(name, _)| name).filter(|name| !name.contains('/')).collect();
    let near = nearest(name(&path), siblings);
    let near =
        near.map(|near| written.rsplit_once('/').map_or(near.to_owned(), |(folder, _)| format!("{folder}/{near}")));
    Err(say::missing_file(written, near.or_else(|| elsewhere(&path, inputs)).as_deref()))
}

/// The only file of that name in another folder, as it is written from `content/`.
fn elsewhere(path: &str, inputs: &Inputs) -> Option<String> {
    let files = inputs.below("content").filter(|(_, input)| matches!(input, Input::Blob(_)));
    let mut same = files.map(|(file, _)| file).filter(|file| name(file).eq_ignore_ascii_case(name(path)));
    let only = same.next().filter(|_| same.next().is_none())?;
    Some(format!("/{}", only.strip_prefix("static/").unwrap_or(only)))
}

/// The path from the project's root of the file that is written so, if there is one. A name is taken as it is, with `#`, `?` and
/// `%` in it; else with its percent-encoding undone, as a browser writes it. A file under `content/static/` may also be named by
/// its address.
pub(super) fn find(from: &str, written: &str, inputs: &Inputs) -> Option<String> {
    let is_file = |path: &String| matches!(inputs.get(path), Some(Input::Blob(_)));
    readings(written).filter_map(|reading| join(from, &reading)).find_map(|path| {
        let published = || Some(format!("{STATIC}{}", path.strip_prefix("content/")?));
        if is_file(&path) { Some(path) } else { published().filter(is_file) }
    })
}

/// A text as it is, and with its percent-encoding undone if that is another text.
fn readings(written: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let decoded = percent_decode_str(written).decode_utf8().ok().filter(|decoded| decoded != written);
    [Some(Cow::Borrowed(written)), decoded].into_iter().flatten()
}

/// A text with its percent-encoding undone; as it is if that gives no text.
pub(super) fn decoded(written: &str) -> Cow<'_, str> {
    percent_decode_str(written).decode_utf8().unwrap_or(Cow::Borrowed(written))
}

/// Joins a path to the file that holds it; from `content/` if it begins with a slash. `None` if it leaves that folder.
pub(super) fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from.strip_prefix("content/")?.split('/'));
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let joined = format!("content/{}", parts.join("/"));
    Some(if joined.is_ascii() { joined } else { joined.nfc().collect() })
}

/// The mistake in a path with a backslash: one of a computer, or one of the project in the form of Windows.
/// Markdown drops one of the two backslashes with which a path of a network begins.
pub(super) fn backslash(written: &str, inputs: &Inputs) -> Mistake {
    let drive = written.as_bytes().get(1) == Some(&b':') || written.starts_with("\\\\");
    let first = written.strip_prefix('\\').and_then(|rest| rest.split('\\').next());
    let is_network = first.is_some_and(|first| {
        ["content", STATIC.trim_end_matches('/')]
            .iter()
            .all(|root| inputs.below(&format!("{root}/{first}")).next().is_none())
    });
    if drive || is_network { say::outside_file(written) } else { say::backslash(written, &written.replace('\\', "/")) }
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The part of a published file's path that Windows cannot store: a character, a device's name, or a dot or a space at the end.
pub fn unfit(path: &str) -> Option<&str> {
    let refused = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    path.split('/').find_map(|name| {
        if let Some(at) = name.find(refused) {
            return name[at..].chars().next().map(|c| &name[at..at + c.len_utf8()]);
        }
        if name.ends_with(['.', ' ']) {
            return Some(&name[name.len() - 1..]);
        }
        let stem = name.split('.').next().unwrap_or_default();
        is_device(&stem.trim_end().to_lowercase()).then_some(stem)
    })
}

/// Whether a path names a list of records.
pub(super) fn is_list(path: &str) -> bool {
    matches!(extension(path).as_str(), "yaml" | "yml")
}

/// The extension of a file, in lower case; empty if it has none.
pub fn extension(path: &str) -> String {
    name(path).rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Findings;

    fn found(files: &[&str], written: &str) -> Option<String> {
        let mut findings = Findings::default();
        let inputs = Inputs::from_memory(files.iter().map(|path| (*path, b"x".as_slice())), &mut findings);
        assert_eq!(findings.sorted().len(), 0);
        find("content/pages/a.md", written, &inputs)
    }

    fn check(file: &str, written: &str) {
        assert_eq!(found(&[file], written).as_deref(), Some(file), "{written}");
    }

    #[test]
    fn a_name_is_taken_as_it_is_or_as_a_browser_writes_it() {
        check("content/files/3#楼.pdf", "/files/3#楼.pdf");
        check("content/files/3#楼.pdf", "../files/3%23%E6%A5%BC.pdf");
        check("content/files/满100%.pdf", "/files/满100%.pdf");
        check("content/files/满100%.pdf", "/files/满100%25.pdf");
        check("content/pages/q?1.pdf", "q?1.pdf");
        check("content/files/%2e%2e.pdf", "/files/%2e%2e.pdf");
        check("content/a b.pdf", "/a%20b.pdf");
        check("content/files/café.pdf", "/files/cafe\u{301}.pdf");
        check("content/static/verify.txt", "/verify.txt");
        check("content/static/verify.txt", "../static/verify.txt");
    }

    #[test]
    fn names_that_windows_cannot_store_are_known() {
        for fit in
            ["3#楼.pdf", "满100%.pdf", "a+b;c&d'e.pdf", "图 (1).JPG", "控.pdf", ".well-known/x", "console.pdf", "a.con"]
        {
            assert_eq!(unfit(fit), None, "{fit}");
        }
        for (name, part) in [
            ("q?1.pdf", "?"),
            ("a\"b.pdf", "\""),
            ("a\nb.pdf", "\n"),
            ("a\\b.pdf", "\\"),
            ("CON.pdf", "CON"),
            ("nul", "nul"),
            ("x/Com1.tar.gz", "Com1"),
            ("a.", "."),
            ("甲 /b.txt", " "),
        ] {
            assert_eq!(unfit(name), Some(part), "{name}");
        }
    }

    #[test]
    fn what_is_written_wins_over_what_could_be_meant() {
        let both = ["content/files/a%20b.pdf", "content/files/a b.pdf"];
        assert_eq!(found(&both, "/files/a%20b.pdf").as_deref(), Some(both[0]));
        assert_eq!(found(&both, "/files/a b.pdf").as_deref(), Some(both[1]));
        assert_eq!(found(&both, "/files/a%2520b.pdf").as_deref(), Some(both[0]));
        let both = ["content/verify.txt", "content/static/verify.txt"];
        assert_eq!(found(&both, "/verify.txt").as_deref(), Some(both[0]));
        assert_eq!(found(&["content/files/3.pdf"], "/files/3#楼.pdf"), None, "never another file");
        assert_eq!(found(&["content/files/a.pdf"], "/../files/a.pdf"), None);
        assert_eq!(found(&["content/files/a.pdf"], "%2e%2e/%2e%2e/files/a.pdf"), None);
    }
}
