//! Numeric character references in bodies (`&#11;`) that stand for characters which no text may hold.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::events;
use super::prepare::Prepared;
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::source::is_forbidden;

/// The references to forbidden characters, with their places in the body.
pub(super) fn forbidden(prepared: &Prepared) -> Vec<(Range<usize>, Mistake)> {
    let text = &prepared.text;
    // Few bodies hold one: only these are parsed once more, for in code a reference is text, and in HTML it has laxer rules.
    let found: Vec<Reference> = references(text).filter(Reference::is_forbidden).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let (mut code, mut html) = (Vec::new(), Vec::new());
    for (event, range) in events(prepared) {
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => code.push(range),
            // In the first line a language is named, in which references count.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                let first = text[range.clone()].find('\n').unwrap_or(range.len());
                code.push(range.start + first..range.end);
            }
            Event::Html(_) | Event::InlineHtml(_) => html.push(range),
            _ => {}
        }
    }
    let inside = |ranges: &[Range<usize>], at: usize| {
        let next = ranges.partition_point(|range| range.start <= at);
        next.checked_sub(1).is_some_and(|last| ranges[last].contains(&at))
    };
    let read = found.into_iter().filter(|found| {
        let at = found.range.start;
        let escaped = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        !inside(&code, at) && (inside(&html, at) || (found.is_closed && !escaped))
    });
    let say = |found: Reference| {
        let mistake = say::forbidden_escape(&text[found.range.clone()], found.code);
        (prepared.original(&found.range), mistake)
    };
    read.map(say).collect()
}

/// A numeric reference.
struct Reference {
    range: Range<usize>,
    /// The number of its character; the greatest there is for one that is greater.
    code: u32,
    /// Whether it ends with a semicolon.
    is_closed: bool,
}

impl Reference {
    fn is_forbidden(&self) -> bool {
        char::from_u32(self.code).is_none_or(is_forbidden)
    }
}

fn references(text: &str) -> impl Iterator<Item = Reference> {
    memchr::memmem::find_iter(text.as_bytes(), b"&#").filter_map(|start| {
        let hex = text[start + 2..].starts_with(['x', 'X']);
        let (digits, radix) = if hex { (start + 3, 16) } else { (start + 2, 10) };
        let length = text[digits..].find(|c: char| !c.is_digit(radix)).unwrap_or(text.len() - digits);
        let end = digits + length;
        let is_closed = text[end..].starts_with(';');
        let code = u32::from_str_radix(&text[digits..end], radix).unwrap_or(u32::MAX);
        (length > 0).then_some(Reference { range: start..end + usize::from(is_closed), code, is_closed })
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;

    fn check(text: &str, expected: &[&str]) {
        let found = read(text).mistakes;
        let found = found.iter().filter(|(_, mistake)| mistake.code.name() == "forbidden-character");
        assert_eq!(found.map(|(range, _)| &text[range.clone()]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn references_are_found_where_they_are_read() {
        check("甲&#11;乙 &#xB;，**丙&#xFFFE;**\n\n&#20013;&#x20;&#9;\n", &["&#11;", "&#xB;", "&#xFFFE;"]);
        check(
            "[甲](b.md \"&#1;\") ![丙&#2;](c.jpg)\n\n| &#3; |\n|---|\n| &#xd800; |\n",
            &["&#1;", "&#2;", "&#3;", "&#xd800;"],
        );
        check("<b title=\"&#11\">粗&#0;</b>\n\n<div>\n&#12\n</div>\n", &["&#11", "&#0;", "&#12"]);
        check("&#99999999999;\n\n```a&#11;\n&#11;\n```\n", &["&#99999999999;", "&#11;"]);
    }

    #[test]
    fn in_code_and_after_a_backslash_they_are_text() {
        check("`&#11;` \\&#11; &#11 &#; &#x;\n\n    &#11;\n\n```\n&#11;\n```\n", &[]);
    }
}
