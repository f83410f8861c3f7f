//! SVG drawings: parsed as XML and written anew from an allowlist. No scripts, no external references, no metadata.

mod allowed;
mod ids;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use roxmltree::{Document, Node};

use crate::assets::xml;
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use allowed::{ATTRIBUTES, ELEMENTS, SILENT};
use ids::{Css, Ids};

/// A drawing that is safe to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The sanitised file.
    pub text: String,
    /// Names of removed elements and attributes, except metadata.
    pub removed: BTreeSet<String>,
}

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Maximum number of elements; elements repeated by `use` count every time.
const ELEMENT_LIMIT: u64 = 100_000;
/// Maximum number of nodes, texts among them.
const NODE_LIMIT: u32 = 400_000;
/// Maximum width or height, in pixels.
const SIDE_LIMIT: f64 = 16_384.0;

/// Whether the first element is that of a drawing.
pub fn is_svg(bytes: &[u8]) -> bool {
    xml::first_name(bytes).is_some_and(|name| name == "svg" || name.ends_with(":svg"))
}

/// Parses and sanitises a drawing.
///
/// # Errors
/// A mistake that says what is wrong with it.
pub fn read(path: &str, bytes: &[u8]) -> Result<Drawing, Mistake> {
    let damaged = || say::picture_damaged(path);
    let text = std::str::from_utf8(bytes).map_err(|_| damaged())?.trim_start_matches('\u{feff}');
    let document = xml::parse(text, NODE_LIMIT).ok_or_else(damaged)?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(NAMESPACE) {
        return Err(damaged());
    }
    let (width, height) = size(root).ok_or_else(|| say::svg_size(path))?;
    if expanded(&document).is_none_or(|elements| elements > ELEMENT_LIMIT) {
        return Err(damaged());
    }
    let mut writer = Writer {
        text: String::with_capacity(text.len()),
        removed: BTreeSet::new(),
        ids: Ids::of(&document),
        named: BTreeSet::new(),
        has_sheet: document.descendants().any(is_sheet),
    };
    writer.root(root, width, height);
    Ok(Drawing { width, height, text: writer.text, removed: writer.removed })
}

/// Width and height in whole pixels, from `width` and `height` or else the view box.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let length = |name| {
        let text = root.attribute(name)?.trim();
        text.strip_suffix("px").unwrap_or(text).parse::<f64>().ok()
    };
    let own = length("width").zip(length("height"));
    let (width, height) = own.or_else(|| {
        let numbers: Vec<f64> = view_box(root)?.collect();
        let &[_, _, width, height] = numbers.as_slice() else { return None };
        Some((width, height))
    })?;
    let fits = |side: f64| side.is_finite() && side > 0.0 && side <= SIDE_LIMIT;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both were just bounded")]
    let pixels = |side: f64| side.ceil() as u32;
    (fits(width) && fits(height)).then(|| (pixels(width), pixels(height)))
}

fn view_box<'a>(root: Node<'a, '_>) -> Option<impl Iterator<Item = f64> + 'a> {
    let text = root.attribute("viewBox")?;
    Some(
        text.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).map(|part| part.parse().unwrap_or(f64::NAN)),
    )
}

/// The number of drawn elements, counting repetitions by `use`; `None` if they never end.
fn expanded(document: &Document<'_>) -> Option<u64> {
    let mut ids: BTreeMap<&str, Node<'_, '_>> = BTreeMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            // Of several elements with an id, the first is meant.
            ids.entry(id).or_insert(node);
        }
    }
    let mut known = BTreeMap::new();
    count(document.root_element(), &ids, &mut known, 0)
}

fn count<'a>(
    node: Node<'a, 'a>,
    ids: &BTreeMap<&str, Node<'a, 'a>>,
    known: &mut BTreeMap<usize, u64>,
    depth: usize,
) -> Option<u64> {
    let key = node.id().get_usize();
    if let Some(count) = known.get(&key) {
        return Some(*count);
    }
    if depth > xml::DEPTH_LIMIT {
        return None;
    }
    let target = reference(node).filter(|_| node.tag_name().name() == "use").and_then(|id| ids.get(id));
    let mut total: u64 = 1;
    for below in node.children().filter(Node::is_element).chain(target.copied()) {
        total = total.saturating_add(count(below, ids, known, depth + 1)?);
    }
    known.insert(key, total);
    Some(total)
}

/// The id that `href` refers to in the same drawing.
fn reference<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute("href").or_else(|| node.attribute((XLINK, "href")))?.trim().strip_prefix('#')
}

/// Whether an element is a `style` of the drawing.
fn is_sheet(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "style" && node.tag_name().namespace() == Some(NAMESPACE)
}

/// The CSS of a `style` element: all its texts, also those that a comment divides.
fn sheet(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

struct Writer<'a> {
    text: String,
    removed: BTreeSet<String>,
    ids: Ids<'a>,
    /// The ids that were written. Of several elements with an id, the first is meant.
    named: BTreeSet<String>,
    /// Whether there is a `style` element, which is all that a class is for.
    has_sheet: bool,
}

impl Writer<'_> {
    fn root(&mut self, root: Node<'_, '_>, width: u32, height: u32) {
        let _ = write!(self.text, "<svg xmlns=\"{NAMESPACE}\"");
        if root.attribute("viewBox").is_none() {
            let _ = write!(self.text, " viewBox=\"0 0 {width} {height}\"");
        }
        let _ = write!(self.text, " width=\"{width}\" height=\"{height}\"");
        self.attributes(root, &["width", "height"]);
        self.text.push('>');
        self.children(root);
        self.text.push_str("</svg>\n");
    }

    fn children(&mut self, parent: Node<'_, '_>) {
        for node in parent.children() {
            if node.is_text() {
                escape(&mut self.text, node.text().unwrap_or_default());
            } else if node.is_element() {
                self.element(node);
            }
        }
    }

    fn element(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name().name();
        // Drawing programs keep their data in other namespaces.
        if node.tag_name().namespace() != Some(NAMESPACE) || SILENT.contains(&name) {
            return;
        }
        let css = is_sheet(node).then(|| sheet(node));
        if !ELEMENTS.contains(&name) || css.as_deref().is_some_and(|css| !is_harmless_css(css)) {
            self.removed.insert(format!("<{name}>"));
            return;
        }
        let _ = write!(self.text, "<{name}");
        self.attributes(node, &[]);
        self.text.push('>');
        match css {
            Some(css) => escape(&mut self.text, &self.ids.renamed(&css, Css::Sheet)),
            None => self.children(node),
        }
        let _ = write!(self.text, "</{name}>");
    }

    fn attributes(&mut self, node: Node<'_, '_>, besides: &[&str]) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if name == "href" {
                match reference(node) {
                    Some(id) => {
                        let id = self.ids.name(id).unwrap_or("0").to_owned();
                        self.attribute("href", &format!("#{id}"));
                    }
                    None => {
                        self.removed.insert("href".to_owned());
                    }
                }
            } else if attribute.namespace().is_some() || besides.contains(&name) {
                // Attributes of drawing programs, and `xml:space`.
            } else if name == "id" {
                if let Some(id) = self.ids.name(value).map(str::to_owned)
                    && self.named.insert(id.clone())
                {
                    self.attribute("id", &id);
                }
            } else if name == "class" {
                if self.has_sheet {
                    self.attribute("class", value);
                }
            } else if ATTRIBUTES.contains(&name) && is_harmless_css(value) {
                let value =
                    if value.contains('#') { self.ids.renamed(value, Css::Value).into() } else { Cow::Borrowed(value) };
                self.attribute(name, &value);
            } else if name != "version" && !name.starts_with("data-") && !name.starts_with("aria-") && name != "role" {
                self.removed.insert(name.to_owned());
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.text, " {name}=\"");
        escape(&mut self.text, value);
        self.text.push('"');
    }
}

/// Whether a CSS value or presentation attribute refers to nothing outside the drawing.
fn is_harmless_css(css: &str) -> bool {
    let lower = css.to_ascii_lowercase();
    let local = |rest: &str| rest.trim_start_matches([' ', '"', '\'']).starts_with('#');
    !lower.contains(['@', '\\'])
        && !["expression", "javascript", "/*", "image(", "image-set(", "src("].iter().any(|word| lower.contains(word))
        && lower.split("url(").skip(1).all(local)
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(inner: &str, kept: &str, removed: &[&str]) {
        let text = format!(
            "<?xml version=\"1.0\"?><svg xmlns=\"{NAMESPACE}\" xmlns:xlink=\"{XLINK}\" viewBox=\"0 0 30 20\">{inner}</svg>"
        );
        let drawing = read("a.svg", text.as_bytes()).expect("drawing");
        let head = format!("<svg xmlns=\"{NAMESPACE}\" width=\"30\" height=\"20\" viewBox=\"0 0 30 20\">");
        assert_eq!(drawing.text, format!("{head}{kept}</svg>\n"));
        assert_eq!(drawing.removed.iter().map(String::as_str).collect::<Vec<_>>(), removed);
    }

    #[test]
    fn what_draws_stays_and_what_acts_goes_by_name() {
        check("<path d=\"M0 0h1\" fill=\"url(#a)\"/>", "<path d=\"M0 0h1\" fill=\"url(#0)\"></path>", &[]);
        check("<script>alert(1)</script><g onclick=\"x()\"/>", "<g></g>", &["<script>", "onclick"]);
        check(
            "<image href=\"http://x/a.png\"/><foreignObject><p/></foreignObject>",
            "",
            &["<foreignObject>", "<image>"],
        );
        check("<use xlink:href=\"#a\"/><use href=\"http://x/#a\"/>", "<use href=\"#0\"></use><use></use>", &["href"]);
        check(
            "<rect fill=\"url(http://x/)\" style=\"a:url( '#b')\"/>",
            "<rect style=\"a:url( '#0')\"></rect>",
            &["fill"],
        );
        check(
            "<style>@import 'http://x/a.css'</style><style>.a{fill:red}</style>",
            "<style>.a{fill:red}</style>",
            &["<style>"],
        );
        check(
            "<metadata><creator>王</creator></metadata><!-- 王 --><text>1 &lt; 2</text>",
            "<text>1 &lt; 2</text>",
            &[],
        );
    }

    #[test]
    fn what_drawing_programs_note_down_is_left_out() {
        check(
            "<title>张三-终稿</title><desc>by 张三</desc><g id=\"张三\" class=\"张三\"><path/></g>",
            "<g><path></path></g>",
            &[],
        );
        // Ids that are needed are numbered in the order of their elements, wherever they are referred to.
        check(
            "<style>#张三.a, .b:hover{fill:#abc;mask:url(\"#丙\")} #none{}</style><g id=\"丙\"/><g id=\"张三\" class=\"a\"/>\
             <g id=\"丙\"/><use xlink:href=\"#丙\"/><path fill=\"url(#%E4)\" style=\"fill: url( #丙 ) #abc\"/>",
            "<style>#i2.a, .b:hover{fill:#abc;mask:url(&quot;#i1&quot;)} #0{}</style><g id=\"i1\"></g><g id=\"i2\" class=\"a\"></g>\
             <g></g><use href=\"#i1\"></use><path fill=\"url(#0)\" style=\"fill: url( #i1 ) #abc\"></path>",
            &[],
        );
        // A symbol may be shown from outside, by its id.
        check(
            "<symbol id=\"i1\"/><g id=\"x\"/><use href=\"#x\"/>",
            "<symbol id=\"i1\"></symbol><g id=\"i2\"></g><use href=\"#i2\"></use>",
            &[],
        );
        // CSS in pieces is judged whole.
        check("<style>.a{}<!-- -->@import 'x'</style>", "", &["<style>"]);
    }

    #[test]
    fn only_a_file_whose_first_element_is_a_drawing_is_one() {
        for is in [
            "\u{feff} <svg>",
            "<?xml version='1.0'?><!-- <a> --><svg:svg/>",
            "<!DOCTYPE svg PUBLIC ''><svg/>",
            "<svg\n>",
        ] {
            assert!(is_svg(is.as_bytes()), "{is}");
        }
        for other in ["<html><svg/>", "<!DOCTYPE html><svg/>", "<!-- <svg>", "svg", "", "<svgz/>", "<p>1 < 2 <svg>"] {
            assert!(!is_svg(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn drawings_that_grow_or_never_end_are_refused() {
        let svg = |inner: &str| format!("<svg xmlns=\"{NAMESPACE}\" viewBox=\"0 0 1 1\">{inner}</svg>");
        let mut bomb = String::from("<g id=\"a0\"><path/></g>");
        for level in 1..12 {
            let below = format!("<use href=\"#a{}\"/>", level - 1).repeat(10);
            let _ = write!(bomb, "<g id=\"a{level}\">{below}</g>");
        }
        assert!(read("a.svg", svg(&bomb).as_bytes()).is_err());
        assert!(read("a.svg", svg("<g id=\"a\"><use href=\"#a\"/></g>").as_bytes()).is_err());
        assert!(read("a.svg", svg(&"<g>".repeat(100_000)).as_bytes()).is_err());
        let entities =
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";
        assert!(read("a.svg", entities.as_bytes()).is_err());
        assert_eq!(read("a.svg", format!("<svg xmlns=\"{NAMESPACE}\"/>").as_bytes()), Err(say::svg_size("a.svg")));
    }
}
