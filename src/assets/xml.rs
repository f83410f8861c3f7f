//! XML of strangers, parsed only where that takes time and memory in proportion to its length: the parser recurses for each level, compares
//! every attribute with all others of its element, and copies the namespaces in scope for each element that declares one.

use roxmltree::{Document, ParsingOptions};

/// Maximum nesting depth.
pub const DEPTH_LIMIT: usize = 128;
/// Maximum number of attributes of one element, namespaces among them.
const ATTRIBUTE_LIMIT: usize = 200;
/// Maximum number of namespaces in scope.
const SCOPE_LIMIT: usize = 100;
/// Maximum number of comparisons of namespaces. Writers that repeat one namespace on every element stay far below.
const COMPARISON_LIMIT: usize = 20_000_000;

/// Parses a document of at most `nodes` nodes; `None` if it is no well-formed XML, or would take too long. A document type is
/// accepted without declarations of its own: entities can expand without bound.
pub fn parse(text: &str, nodes: u32) -> Option<Document<'_>> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: nodes, ..ParsingOptions::default() };
    if is_modest(text) { Document::parse_with_options(text, options).ok() } else { None }
}

/// The name of the first element, or the one that the document type names; `None` if it begins with something else.
pub fn first_name(bytes: &[u8]) -> Option<&str> {
    let mut rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    loop {
        rest = rest.trim_ascii_start();
        let past = |end: &[u8]| memchr::memmem::find(rest, end).and_then(|found| rest.get(found + end.len()..));
        rest = if rest.starts_with(b"<!--") {
            past(b"-->")?
        } else if rest.starts_with(b"<?") {
            past(b"?>")?
        } else {
            let is_type = rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"<!DOCTYPE"));
            let name = if is_type { rest[9..].trim_ascii_start() } else { rest.strip_prefix(b"<")? };
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
            return std::str::from_utf8(&name[..name.iter().position(ends)?]).ok();
        };
    }
}

/// Whether every element is within the limits. Text that is cut inside markup is not.
fn is_modest(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The number of namespaces in scope, for each open element.
    let mut scopes: Vec<usize> = Vec::new();
    let mut comparisons = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let rest = &bytes[start..];
        // From the end of the opening on: `<!-->` is no whole comment.
        let past = |open: usize, end: &[u8]| Some(open + memchr::memmem::find(&rest[open..], end)? + end.len());
        let length = if rest.starts_with(b"<!--") {
            past(4, b"-->")
        } else if rest.starts_with(b"<![CDATA[") {
            past(9, b"]]>")
        } else if rest.starts_with(b"<?") {
            past(2, b"?>")
        } else if rest.starts_with(b"</") {
            scopes.pop();
            past(2, b">")
        } else {
            tag(rest)
                .filter(|tag| {
                    let scope = scopes.last().copied().unwrap_or(0) + tag.namespaces;
                    if tag.namespaces > 0 {
                        comparisons += scope * scope;
                    }
                    if !tag.is_empty {
                        scopes.push(scope);
                    }
                    // What begins with `<!` is the document type.
                    (!rest.starts_with(b"<!") || !tag.has_subset)
                        && tag.attributes <= ATTRIBUTE_LIMIT
                        && scope <= SCOPE_LIMIT
                        && comparisons <= COMPARISON_LIMIT
                        && scopes.len() <= DEPTH_LIMIT
                })
                .map(|tag| tag.length)
        };
        match length {
            Some(length) => at = start + length,
            None => return false,
        }
    }
    true
}

/// A tag that opens an element, or a document type.
struct Tag {
    length: usize,
    /// Number of quoted values.
    attributes: usize,
    /// Number of values whose name holds `xmlns`.
    namespaces: usize,
    /// Whether it ends with `/>`, or opens no element.
    is_empty: bool,
    /// Whether `[` stands outside of values.
    has_subset: bool,
}

/// The tag at the start; `None` if it does not end.
fn tag(bytes: &[u8]) -> Option<Tag> {
    let mut tag =
        Tag { length: 0, attributes: 0, namespaces: 0, is_empty: bytes.starts_with(b"<!"), has_subset: false };
    let mut at = 1;
    loop {
        let outside = bytes.get(at..)?;
        let found = memchr::memchr3(b'>', b'"', b'\'', outside)?;
        let name = &outside[..found];
        tag.has_subset |= name.contains(&b'[');
        at += found + 1;
        if outside[found] == b'>' {
            tag.length = at;
            tag.is_empty |= name.ends_with(b"/");
            return Some(tag);
        }
        tag.attributes += 1;
        tag.namespaces += usize::from(memchr::memmem::find(name, b"xmlns").is_some());
        at += memchr::memchr(outside[found], &bytes[at..])? + 1;
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn only_what_can_be_parsed_in_time_is_parsed() {
        let check = |text: &str, is_parsed: bool| {
            assert_eq!(parse(text, 1_000_000).is_some(), is_parsed, "{}", &text[..text.len().min(60)]);
        };
        let attributes = |count| {
            (0..count).fold(String::new(), |mut all, n| {
                let _ = write!(all, " a{n}=''");
                all
            })
        };
        let namespaces = |count| attributes(count).replace(" a", " xmlns:a").replace("''", "'x'");
        check(
            "<?xml version='1.0'?><!DOCTYPE a PUBLIC '<[x' \"]>\"><!-- <b> --><a b='/>'>1<c/><![CDATA[<d>]]></a>",
            true,
        );
        check(&format!("<a{}/>", attributes(200)), true);
        check(&format!("<a{}/>", attributes(201)), false);
        check(&format!("<a{}/>", namespaces(100)), true);
        check(&format!("<a{}><b xmlns:x='x'/></a>", namespaces(100)), false);
        check(&format!("<a{}>{}</a>", namespaces(90), "<b xmlns:x='x'/>".repeat(5_000)), false);
        check(&format!("<a>{}</a>", "<b xmlns='x'/>".repeat(50_000)), true);
        check(&format!("{}{}", "<a>".repeat(128), "</a>".repeat(128)), true);
        check(&format!("{}{}", "<a b='/>'>".repeat(129), "</a>".repeat(129)), false);
        check(&format!("{}{}", "<a><!--></a>-->".repeat(129), "</a>".repeat(129)), false);
        check("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", false);
        check("<!DOCTYPE a [<!-- ]><a/>", false);
        check("<a b='", false);
        check("<a><!-- </a>", false);
    }
}
