//! The ids of a drawing. Drawing programs make them of the names of files, layers and people, so those that nothing in the drawing refers to
//! are dropped, and the others are numbered. Those of symbols stay: pages refer to them from outside.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use super::{is_sheet, reference, sheet};

/// What becomes of the ids that elements have: the name that is published.
#[derive(Debug, Default)]
pub struct Ids<'a>(BTreeMap<&'a str, String>);

/// Where a piece of CSS stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Css {
    /// In an attribute: values.
    Value,
    /// In a `style` element: rules.
    Sheet,
}

impl<'a> Ids<'a> {
    /// The ids of the elements of a drawing.
    pub fn of(document: &'a Document<'_>) -> Self {
        let used = used(document);
        let own = |node: &Node<'a, '_>| Some((node.attribute("id")?, node.tag_name().name() == "symbol"));
        let all: Vec<(&str, bool)> = document.descendants().filter_map(|node| own(&node)).collect();
        let symbols: BTreeSet<&str> = all.iter().filter(|(_, is_symbol)| *is_symbol).map(|(id, _)| *id).collect();
        let mut names = (1_usize..).map(|number| format!("i{number}")).filter(|name| !symbols.contains(name.as_str()));
        let mut ids = Self::default();
        for (id, _) in all {
            if symbols.contains(id) {
                ids.0.insert(id, id.to_owned());
            } else if used.contains(id) && !ids.0.contains_key(id) {
                ids.0.insert(id, names.next().unwrap_or_default());
            }
        }
        ids
    }

    /// The published name of an id; `None` if nothing needs it, or no element has it.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// CSS with the published names.
    pub fn renamed(&self, css: &str, place: Css) -> String {
        let mut out = String::with_capacity(css.len());
        let mut rest = 0;
        each(css, place, |range| {
            out.push_str(&css[rest..range.start]);
            // No element is named 0.
            out.push_str(self.name(&css[range.clone()]).unwrap_or("0"));
            rest = range.end;
        });
        out.push_str(&css[rest..]);
        out
    }
}

/// What the drawing refers to.
fn used<'a>(document: &'a Document<'_>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut note = |css: &str, place| {
        each(css, place, |range| {
            used.insert(css[range].to_owned());
        });
    };
    for node in document.descendants() {
        if is_sheet(node) {
            note(&sheet(node), Css::Sheet);
        }
        for attribute in node.attributes().filter(|attribute| attribute.value().contains('#')) {
            note(attribute.value(), Css::Value);
        }
    }
    let links = document.descendants().filter_map(|node: Node<'a, '_>| reference(node));
    used.extend(links.map(str::to_owned));
    used
}

/// Calls `found` for every id that CSS refers to, in order: in selectors, and in `url(#…)`. A colour is no id.
fn each(css: &str, place: Css, mut found: impl FnMut(std::ops::Range<usize>)) {
    let bytes = css.as_bytes();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || byte >= 0x80;
    let ends_link = |byte: u8| matches!(byte, b')' | b'"' | b'\'') || byte.is_ascii_whitespace();
    let mut depth = usize::from(place == Css::Value);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'#' => {
                let before = css[..at].trim_end_matches([' ', '"', '\'', '\t', '\n']);
                let is_link = before.len() >= 4 && before.as_bytes()[before.len() - 4..].eq_ignore_ascii_case(b"url(");
                if !is_link && depth > 0 {
                    continue;
                }
                let rest = &bytes[at + 1..];
                let ends = |byte: &u8| if is_link { ends_link(*byte) } else { !is_name(*byte) };
                let length = rest.iter().position(ends).unwrap_or(rest.len());
                if length > 0 {
                    found(at + 1..at + 1 + length);
                }
            }
            _ => {}
        }
    }
}
