//! SVG drawings: parsed as XML and written anew from an allowlist. No scripts, no external references, no metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use roxmltree::{Document, Node, ParsingOptions};

use crate::diag::Mistake;
use crate::diag::catalogue as say;

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

/// Elements that draw, and elements that they refer to.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "feDropShadow",
];

/// Elements that are removed without a report, since they draw nothing.
const SILENT: &[&str] = &["metadata"];

/// Allowed attributes: presentation and geometry. No event handlers, no external addresses.
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "style",
    "transform",
    "viewBox",
    "preserveAspectRatio",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "fr",
    "d",
    "points",
    "dx",
    "dy",
    "rotate",
    "textLength",
    "lengthAdjust",
    "startOffset",
    "pathLength",
    "offset",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
    "filterUnits",
    "primitiveUnits",
    "in",
    "in2",
    "result",
    "type",
    "values",
    "mode",
    "operator",
    "k1",
    "k2",
    "k3",
    "k4",
    "stdDeviation",
    "tableValues",
    "slope",
    "intercept",
    "amplitude",
    "exponent",
    "radius",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "opacity",
    "color",
    "display",
    "visibility",
    "overflow",
    "clip-path",
    "clip-rule",
    "mask",
    "filter",
    "marker-start",
    "marker-mid",
    "marker-end",
    "stop-color",
    "stop-opacity",
    "flood-color",
    "flood-opacity",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "text-anchor",
    "letter-spacing",
    "word-spacing",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "writing-mode",
    "text-decoration",
    "vector-effect",
    "shape-rendering",
    "text-rendering",
    "paint-order",
    "color-interpolation-filters",
    "mix-blend-mode",
    "isolation",
];

/// Maximum number of elements; elements repeated by `use` count every time.
const ELEMENT_LIMIT: u64 = 100_000;
/// Maximum nesting depth.
const DEPTH_LIMIT: usize = 128;
/// Maximum width or height, in pixels.
const SIDE_LIMIT: f64 = 16_384.0;

/// Whether the bytes begin like an SVG.
pub fn is_svg(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<') && start.contains("<svg")
}

/// Parses and sanitises a drawing.
///
/// # Errors
/// A mistake that says what is wrong with it.
pub fn read(path: &str, bytes: &[u8]) -> Result<Drawing, Mistake> {
    let damaged = || say::picture_damaged(path);
    let text = std::str::from_utf8(bytes).map_err(|_| damaged())?.trim_start_matches('\u{feff}');
    // A DTD is accepted, but not with entities: they can expand without bound.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 400_000, ..ParsingOptions::default() };
    if text.contains("<!ENTITY") || too_deep(text) {
        return Err(damaged());
    }
    let document = Document::parse_with_options(text, options).map_err(|_| damaged())?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(NAMESPACE) {
        return Err(damaged());
    }
    let (width, height) = size(root).ok_or_else(|| say::svg_size(path))?;
    if expanded(&document).is_none_or(|elements| elements > ELEMENT_LIMIT) {
        return Err(damaged());
    }
    let mut writer = Writer { text: String::with_capacity(text.len()), removed: BTreeSet::new() };
    writer.root(root, width, height);
    Ok(Drawing { width, height, text: writer.text, removed: writer.removed })
}

/// Whether elements nest too deeply for the parser, which recurses for each level.
fn too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    for tag in text.split('<').skip(1) {
        let inner = tag.split('>').next().unwrap_or_default();
        match inner.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) if inner.ends_with('/') => {}
            Some(_) => depth += 1,
        }
        if depth > DEPTH_LIMIT {
            return true;
        }
    }
    false
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
    let ids: BTreeMap<&str, Node<'_, '_>> =
        document.descendants().filter_map(|node| node.attribute("id").map(|id| (id, node))).collect();
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
    if depth > DEPTH_LIMIT {
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

struct Writer {
    text: String,
    removed: BTreeSet<String>,
}

impl Writer {
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
        let css = name == "style";
        if !ELEMENTS.contains(&name) || css && !node.text().is_none_or(is_harmless_css) {
            self.removed.insert(format!("<{name}>"));
            return;
        }
        let _ = write!(self.text, "<{name}");
        self.attributes(node, &[]);
        self.text.push('>');
        self.children(node);
        let _ = write!(self.text, "</{name}>");
    }

    fn attributes(&mut self, node: Node<'_, '_>, besides: &[&str]) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if name == "href" {
                match reference(node) {
                    Some(id) => {
                        self.text.push_str(" href=\"#");
                        escape(&mut self.text, id);
                        self.text.push('"');
                    }
                    None => {
                        self.removed.insert("href".to_owned());
                    }
                }
            } else if attribute.namespace().is_some() || besides.contains(&name) {
                // Attributes of drawing programs, and `xml:space`.
            } else if ATTRIBUTES.contains(&name) && is_harmless_css(value) {
                let _ = write!(self.text, " {name}=\"");
                escape(&mut self.text, value);
                self.text.push('"');
            } else if name != "version" && !name.starts_with("data-") && !name.starts_with("aria-") && name != "role" {
                self.removed.insert(name.to_owned());
            }
        }
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
        check("<path d=\"M0 0h1\" fill=\"url(#a)\"/>", "<path d=\"M0 0h1\" fill=\"url(#a)\"></path>", &[]);
        check("<script>alert(1)</script><g onclick=\"x()\"/>", "<g></g>", &["<script>", "onclick"]);
        check(
            "<image href=\"http://x/a.png\"/><foreignObject><p/></foreignObject>",
            "",
            &["<foreignObject>", "<image>"],
        );
        check("<use xlink:href=\"#a\"/><use href=\"http://x/#a\"/>", "<use href=\"#a\"></use><use></use>", &["href"]);
        check(
            "<rect fill=\"url(http://x/)\" style=\"a:url( '#b')\"/>",
            "<rect style=\"a:url( '#b')\"></rect>",
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
