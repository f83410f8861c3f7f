//! Escapes of YAML's double quotes that stand for characters which no text may hold, such as `"\\x0b"`.

use std::ops::Range;

use super::Mistakes;
use super::tree::{self, Node, Value};
use crate::diag::catalogue as say;
use crate::source::is_forbidden;

/// The escapes in `text` that stand for a forbidden character. A text that is no YAML has none; its parser stops at some of them, which
/// [`at`] reads.
pub fn forbidden(text: &str) -> Mistakes {
    let mut found = Vec::new();
    // Few texts hold a backslash: for all others there is nothing to parse.
    if text.contains('\\')
        && let Ok(Some(root)) = tree::parse(text)
    {
        collect(&root, text, &mut found);
    }
    found
}

fn collect(node: &Node, text: &str, found: &mut Mistakes) {
    match &node.value {
        Value::Scalar(value, _) if value.contains(is_forbidden) => {
            found.extend(forbidden_in(text, node.range.clone()));
        }
        Value::Scalar(..) => {}
        Value::List(items) => items.iter().for_each(|item| collect(item, text, found)),
        Value::Map(fields) => fields.iter().for_each(|(key, value)| {
            collect(key, text, found);
            collect(value, text, found);
        }),
    }
}

/// The escapes for forbidden characters in a range of a text that is in double quotes.
fn forbidden_in(text: &str, range: Range<usize>) -> Mistakes {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(next) = text[at..range.end].find('\\') {
        at += next;
        let (end, code) = self::at(text, at).unwrap_or((at + 1, None));
        if let Some(code) = code.filter(|code| char::from_u32(*code).is_none_or(is_forbidden)) {
            found.push((at..end, say::forbidden_escape(&text[at..end], code)));
        }
        at = end.min(range.end);
    }
    found
}

/// The escape whose backslash is at `start`: where it ends, and the number of its character if it is not one that is seen or a space (YAML
/// 1.2, §5.7). `None` if there is no backslash.
pub fn at(text: &str, start: usize) -> Option<(usize, Option<u32>)> {
    let letter = text[start..].strip_prefix('\\')?.chars().next()?;
    let after = start + 1 + letter.len_utf8();
    let hex = |digits: usize| {
        let end = after + digits;
        let code = text.get(after..end).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        code.map_or((after, None), |code| (end, Some(code)))
    };
    Some(match letter {
        '0' => (after, Some(0x00)),
        'a' => (after, Some(0x07)),
        'b' => (after, Some(0x08)),
        'v' => (after, Some(0x0b)),
        'f' => (after, Some(0x0c)),
        'e' => (after, Some(0x1b)),
        'N' => (after, Some(0x85)),
        'x' => hex(2),
        'u' => hex(4),
        'U' => hex(8),
        _ => (after, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<&str> {
        forbidden(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn escapes_are_found_where_yaml_reads_them() {
        assert_eq!(said(r#"title: "甲\x0b乙\uFFFE丙\0""#), [r"\x0b", r"\uFFFE", r"\0"]);
        assert_eq!(said(r#"list: [{"a\v": "b"}, "\U0001FFFF"]"#), [r"\v", r"\U0001FFFF"]);
    }

    #[test]
    fn what_is_no_escape_is_text() {
        assert_eq!(said(r#"a: "\\x0b \n \t \" \u6559""#), [""; 0]);
        assert_eq!(said("a: C:\\0data\\x0b\nb: 'c\\x0b'\nc: |\n  d\\x0b\n"), [""; 0]);
    }
}
