//! Tags and texts of a page, as they come. A page is read once by `inspect`, which asks for few of its tags: this costs a pass with `memchr`, where a
//! tokenizer that follows the standard in every detail would take longer than making the page.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// What comes next in a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A start tag: its name as written, and its attributes as written.
    Start(&'a str, Attributes<'a>),
    /// An end tag.
    End(&'a str),
    /// Text between tags, with character references as written. That of scripts and styles is left out.
    Text(&'a str),
}

/// The attributes of a tag, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of an attribute; empty if it has none.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.each().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| decoded(value))
    }

    fn each(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if name.is_empty() {
                return None;
            }
            let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
                rest = after;
                return Some((name, ""));
            };
            let (value, after) = match value.chars().next() {
                Some(mark @ ('"' | '\'')) => value[1..].split_once(mark).unwrap_or((&value[1..], "")),
                _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            rest = after;
            Some((name, value))
        })
    }
}

/// Reads a page piece by piece.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            if !rest.starts_with('<') {
                let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                rest = after;
                return (!text.is_empty()).then_some(Piece::Text(text));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = after(comment, "-->");
                continue;
            }
            let inner = &rest[1..];
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                // A doctype, or a sign that begins no tag.
                rest = if inner.starts_with('!') { after(inner, ">") } else { inner };
                continue;
            }
            let end = tag_end(inner);
            let tag = &inner[..end];
            rest = inner.get(end + 1..).unwrap_or_default();
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::End(name.trim()));
            }
            let at = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
            let (name, attributes) = tag.split_at(at);
            if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
                rest = raw_end(rest, name);
            }
            return Some(Piece::Start(name, Attributes(attributes)));
        }
    })
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    memmem::find(text.as_bytes(), mark.as_bytes()).map_or("", |at| &text[at + mark.len()..])
}

/// Where the tag that begins here ends: at a `>` outside quotation marks.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(mark) if byte == mark => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if byte == b'>' => return at,
            Some(_) | None => {}
        }
    }
    text.len()
}

/// What follows the text of a script or style.
fn raw_end<'a>(text: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = memmem::find(&text.as_bytes()[from..], b"</") {
        let begin = from + at;
        if text[begin + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return &text[begin..];
        }
        from = begin + 2;
    }
    ""
}

/// A value with its character references resolved, as far as pages that are made by programs have them.
pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    const KNOWN: [(&str, &str); 7] = [
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    if memchr(b'&', value.as_bytes()).is_none() {
        return value.into();
    }
    KNOWN.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> String {
        let tell = |piece: Piece<'_>| match piece {
            Piece::Start(name, attributes) => {
                let all: Vec<String> =
                    attributes.each().map(|(name, value)| format!("{name}={}", decoded(value))).collect();
                format!("<{name} {}>", all.join(" "))
            }
            Piece::End(name) => format!("</{name}>"),
            Piece::Text(text) => text.trim().to_owned(),
        };
        pieces(html).map(tell).collect()
    }

    #[test]
    fn tags_texts_and_attributes_come_in_order() {
        let html = "<!doctype html><!-- <a> --><p class=a data-x='1 > 2' hidden>甲&amp;<br/>a < b</p><script>if (a<b) '</p>'</script>\
                    <a href=\"x?a=1&amp;b=2\">乙</a>";
        let expected = "<p class=a data-x=1 > 2 hidden=>甲&amp;<br >ab</p><script ></script><a href=x?a=1&b=2>乙</a>";
        assert_eq!(told(html).replace(' ', ""), expected.replace(' ', ""));
    }

    #[test]
    fn what_is_cut_off_ends_the_page() {
        for html in ["<a href=\"x", "<!-- x", "<script>x", "<", "</", "<a", "甲<"] {
            assert!(pieces(html).count() < 3, "{html}");
        }
    }
}
