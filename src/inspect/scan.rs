//! Tags and texts of a page, as they come. A page is read once by `inspect`, which asks for few of its tags: this is one pass over bytes with `memchr`,
//! without a copy, where a tokenizer that follows the standard in every detail would take longer than making the page.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// What comes next in a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A start tag, by its name as written; [`Scan::attributes`] has its attributes.
    Start(&'a [u8]),
    /// An end tag.
    End(&'a [u8]),
    /// Text between tags, with character references as written. That of scripts and styles is left out.
    Text(&'a [u8]),
}

/// Reads a page piece by piece.
pub(super) struct Scan<'a> {
    html: &'a [u8],
    at: usize,
    attributes: Vec<(&'a [u8], &'a [u8])>,
}

/// The attributes of a tag, as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attributes<'s, 'a>(&'s [(&'a [u8], &'a [u8])]);

impl<'a> Attributes<'_, 'a> {
    /// The value of an attribute, with its character references resolved; empty if it has none.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.raw(name).map(decoded)
    }

    /// The value of an attribute as it is written.
    pub fn raw(self, name: &str) -> Option<&'a [u8]> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes())).map(|(_, value)| *value)
    }

    /// Whether an attribute has a value that is more than space.
    pub fn says(self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !value.trim().is_empty())
    }
}

impl<'a> Scan<'a> {
    pub fn new(html: &'a [u8]) -> Self {
        Self { html, at: 0, attributes: Vec::new() }
    }

    /// The attributes of the start tag that came last.
    pub fn attributes(&self) -> Attributes<'_, 'a> {
        Attributes(&self.attributes)
    }

    pub fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
            if rest[0] != b'<' {
                let end = memchr(b'<', rest).unwrap_or(rest.len());
                self.at += end;
                return Some(Piece::Text(&rest[..end]));
            }
            match rest.get(1) {
                Some(b'/') => {
                    let end = memchr(b'>', rest).unwrap_or(rest.len());
                    self.at += end + 1;
                    return Some(Piece::End(rest[2..end].trim_ascii()));
                }
                Some(first) if first.is_ascii_alphabetic() => return Some(self.start()),
                Some(b'!') if rest.starts_with(b"<!--") => self.at += after(&rest[4..], b"-->") + 4,
                Some(b'!') => self.at += after(rest, b">"),
                // A sign that begins no tag.
                _ => self.at += 1,
            }
        }
    }

    /// Reads a start tag with its attributes, and past what scripts and styles hold.
    fn start(&mut self) -> Piece<'a> {
        self.attributes.clear();
        self.at += 1;
        let name = self.word(|byte| byte == b'/');
        loop {
            self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
            match self.peek() {
                None => break,
                Some(b'>') => {
                    self.at += 1;
                    break;
                }
                Some(_) => self.attribute(),
            }
        }
        if name.eq_ignore_ascii_case(b"script") || name.eq_ignore_ascii_case(b"style") {
            self.at = raw_end(self.html, self.at, name);
        }
        Piece::Start(name)
    }

    fn attribute(&mut self) {
        let begin = self.at;
        // The first character is part of the name, whatever it is.
        self.at += 1;
        self.word(|byte| matches!(byte, b'=' | b'/'));
        let name = &self.html[begin..self.at];
        let end = self.at;
        self.skip(|byte| byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            self.at = end;
            self.attributes.push((name, b""));
            return;
        }
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        let value = match self.peek() {
            Some(mark @ (b'"' | b'\'')) => {
                let rest = &self.html[self.at + 1..];
                let end = memchr(mark, rest).unwrap_or(rest.len());
                self.at = (self.at + end + 2).min(self.html.len());
                &rest[..end]
            }
            _ => self.word(|_| false),
        };
        self.attributes.push((name, value));
    }

    fn peek(&self) -> Option<u8> {
        self.html.get(self.at).copied()
    }

    fn skip(&mut self, is: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&is) {
            self.at += 1;
        }
    }

    /// Reads up to a space, the tag's end, or what else ends the word.
    fn word(&mut self, ends: impl Fn(u8) -> bool) -> &'a [u8] {
        let begin = self.at;
        self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>' && !ends(byte));
        &self.html[begin..self.at]
    }
}

/// The length of a text up to the end of a mark, or of all of it.
fn after(text: &[u8], mark: &[u8]) -> usize {
    memmem::find(text, mark).map_or(text.len(), |at| at + mark.len())
}

/// Where the text of a script or style ends that begins here.
fn raw_end(html: &[u8], mut from: usize, name: &[u8]) -> usize {
    while let Some(at) = html.get(from..).and_then(|rest| memmem::find(rest, b"</")) {
        let begin = from + at;
        if html[begin + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return begin;
        }
        from = begin + 2;
    }
    html.len()
}

/// A value with its character references resolved, as far as pages that are made by programs have them.
pub(super) fn decoded(value: &[u8]) -> Cow<'_, str> {
    const KNOWN: [(&str, &str); 7] = [
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    let text = String::from_utf8_lossy(value);
    if memchr(b'&', value).is_none() {
        return text;
    }
    KNOWN.iter().fold(text.into_owned(), |text, (from, to)| text.replace(from, to)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> String {
        let mut scan = Scan::new(html.as_bytes());
        let mut told = String::new();
        let text = |bytes| String::from_utf8_lossy(bytes);
        while let Some(piece) = scan.next() {
            match piece {
                Piece::Start(name) => {
                    told.extend(["<", &text(name), " "]);
                    let all = scan.attributes().0.iter();
                    all.for_each(|(name, value)| told.extend([&text(name), "=", &decoded(value)[..], " "]));
                    told.push('>');
                }
                Piece::End(name) => told.extend(["</", &text(name), ">"]),
                Piece::Text(found) => told.push_str(text(found).trim()),
            }
        }
        told
    }

    #[test]
    fn tags_texts_and_attributes_come_in_order() {
        let html = "<!doctype html><!-- <a> --><p class=a data-x='1 > 2' hidden>甲&amp;<br/>a < b</p><script>if (a<b) '</p>'</script>\
                    <a href=\"x?a=1&amp;b=2\">乙</a><input disabled = x =y><i/ id = \"b\" c>";
        let expected = "<p class=a data-x=1 > 2 hidden=>甲&amp;<br >ab</p><script ></script><a href=x?a=1&b=2>乙</a>\
                        <input disabled=x =y=><i id=b c=>";
        assert_eq!(told(html).replace(' ', ""), expected.replace(' ', ""));
    }

    #[test]
    fn what_is_cut_off_ends_the_page() {
        for html in
            ["<a href=\"x", "<!-- x", "<script>x", "<", "</", "<a", "甲<", "<a href=", "<a href", "<a b =", "<!", "</a"]
        {
            assert!(told(html).len() < 30, "{html}");
        }
    }
}
