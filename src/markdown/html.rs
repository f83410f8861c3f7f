//! Raw HTML in bodies: harmless tags stay, everything else goes and is said.

use std::collections::HashSet;
use std::convert::Infallible;
use std::ops::Range;
use std::sync::LazyLock;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::escape;

/// Tags that editors may write.
const TAGS: [&str; 46] = [
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Attributes that editors may write.
const ATTRIBUTES: [&str; 7] = ["title", "lang", "dir", "colspan", "rowspan", "open", "datetime"];

/// Tags that end where the next of their kind begins, or at once: they nest no deeper.
const FLAT: [&str; 12] = ["br", "hr", "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "rt", "rp"];
/// How deep tags may stand one in another: whoever cleans deeper ones takes the square of their number.
const DEEPEST: usize = 100;

/// Raw HTML, gathered line by line: a tag or a comment may run over several of them.
#[derive(Debug, Default)]
pub(super) struct Raw {
    text: String,
    /// Where each piece begins in the text, and the range in the body that it comes from.
    pieces: Vec<(usize, Range<usize>)>,
    /// Tags that are open, also those of pieces that were taken.
    depth: usize,
}

impl Raw {
    /// Adds a piece and where it stands in the body.
    pub(super) fn push(&mut self, text: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range));
        self.text.push_str(text);
    }

    /// The allowed part of what was gathered, and what was removed: a range in the body, and its name. Then it is empty.
    pub(super) fn take_allowed(&mut self) -> (String, Vec<(Range<usize>, String)>) {
        let raw = std::mem::take(self);
        let (kept, removed, depth) = allowed(&raw.text, raw.depth);
        self.depth = depth;
        let placed = |(range, name): (Range<usize>, String)| {
            (raw.place(range.start).start..raw.place(range.end.saturating_sub(1)).end, name)
        };
        (kept, removed.into_iter().map(placed).collect())
    }

    /// The place in the body of one byte. Markdown drops the marks of a quote inside a tag: then it is all of the piece.
    fn place(&self, at: usize) -> Range<usize> {
        let next = self.pieces.partition_point(|(from, _)| *from <= at);
        let Some((from, range)) = next.checked_sub(1).and_then(|nth| self.pieces.get(nth)) else { return 0..0 };
        let end = self.pieces.get(next).map_or(self.text.len(), |(from, _)| *from);
        let start = range.start + at - from;
        if end - from == range.len() { start..start + 1 } else { range.clone() }
    }
}

/// The allowed part of `html`, and what was removed: a range in it, and its name; and how many tags are open behind it.
fn allowed(html: &str, depth: usize) -> (String, Vec<(Range<usize>, String)>, usize) {
    let kept = String::with_capacity(html.len());
    let mut filter = Filter { html, at: 0, kept, removed: Vec::new(), tag: None, depth };
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        filter.event(&event, span.start..span.end);
        None::<Infallible>
    });
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    filter.text(html.len());
    (filter.kept, filter.removed, filter.depth)
}

/// Copies the allowed part of what a tokenizer reads. Whatever is neither a tag nor a comment is text as written.
struct Filter<'a> {
    html: &'a str,
    /// How far it is copied.
    at: usize,
    kept: String,
    removed: Vec<(Range<usize>, String)>,
    /// The start tag that is being read.
    tag: Option<StartTag>,
    depth: usize,
}

/// A start tag: its attributes are the range of the name, the name, and the value.
struct StartTag {
    start: usize,
    name: String,
    attributes: Vec<(Range<usize>, String, String)>,
}

impl Filter<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>, range: Range<usize>) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Some(StartTag { start: range.start, name: text(name), attributes: Vec::new() });
            }
            // End tags may have attributes, too, which mean nothing.
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut self.tag {
                    tag.attributes.push((range, text(name), String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((.., last)) = self.tag.as_mut().and_then(|tag| tag.attributes.last_mut()) {
                    *last = text(value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                if let Some(tag) = self.tag.take() {
                    self.text(tag.start);
                    self.at = range.end;
                    self.start_tag(tag);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.text(range.start);
                self.at = range.end;
                let tag = format!("</{}>", text(name));
                self.depth = self.depth.saturating_sub(usize::from(nests(&text(name))));
                if is_allowed(&text(name)) { self.kept.push_str(&tag) } else { self.removed.push((range, tag)) }
            }
            CallbackEvent::Comment { .. } if self.html[range.start..].starts_with("<!--") => {
                self.text(range.start);
                self.at = range.end;
            }
            CallbackEvent::Comment { .. }
            | CallbackEvent::String { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn text(&mut self, end: usize) {
        self.kept.push_str(&self.html[self.at..end].replace('<', "&lt;"));
    }

    fn start_tag(&mut self, tag: StartTag) {
        let is_too_deep = nests(&tag.name) && self.depth >= DEEPEST;
        if !is_allowed(&tag.name) || is_too_deep {
            self.removed.push((tag.start..self.at, format!("<{}>", tag.name)));
            return;
        }
        self.depth += usize::from(nests(&tag.name));
        self.kept.extend(["<", &tag.name]);
        for (range, name, value) in tag.attributes {
            if ATTRIBUTES.contains(&name.as_str()) {
                self.kept.extend([" ", &name, "=\"", &escape(&value), "\""]);
            } else {
                self.removed.push((range.clone(), self.html[range].to_owned()));
            }
        }
        self.kept.push('>');
    }
}

fn is_allowed(name: &str) -> bool {
    TAGS.contains(&name)
}

fn nests(name: &str) -> bool {
    is_allowed(name) && !FLAT.contains(&name)
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    let ours = [
        "a",
        "aside",
        "figcaption",
        "figure",
        "img",
        "input",
        "picture",
        "section",
        "source",
        "thead",
        "tfoot",
        "video",
    ];
    cleaner
        .tags(TAGS.into_iter().chain(ours).collect())
        .generic_attributes(
            ATTRIBUTES.into_iter().chain(["class", "id", "role", "aria-label", "aria-labelledby"]).collect(),
        )
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("img", ["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"])
        .add_tag_attributes("source", ["src", "srcset", "sizes", "type"])
        .add_tag_attributes("video", ["src", "controls", "preload", "poster"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .url_schemes(HashSet::from(["http", "https", "tel", "mailto"]))
        .link_rel(None);
    cleaner
});

/// Makes a rendered body that holds raw HTML well-formed and harmless, whatever the filter before let through.
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, kept: &str, removed: &[&str]) {
        let (text, gone, _) = allowed(html, 0);
        assert_eq!(text, kept);
        assert_eq!(gone.iter().map(|(_, what)| what.as_str()).collect::<Vec<_>>(), removed);
    }

    #[test]
    fn harmless_tags_stay_and_the_rest_is_named() {
        check("<mark title='重'>a</mark>", "<mark title=\"重\">a</mark>", &[]);
        check("<b onclick=\"x()\" style=a>", "<b>", &["onclick", "style"]);
        check("<script src=x>", "", &["<script>"]);
        check("<a href=\"javascript:x\">", "", &["<a>"]);
        check("<!-- 注 -->1 < 2", "1 &lt; 2", &[]);
        check("</b onclick=x></center><br/>", "</b><br>", &["</center>"]);
        check("<p TITLE='a>b&quot;<' OnClick>", "<p title=\"a&gt;b&quot;&lt;\">", &["OnClick"]);
    }

    #[test]
    fn tags_do_not_nest_without_end() {
        let (kept, removed, depth) = allowed(&"<div>".repeat(DEEPEST + 5), 0);
        assert_eq!((kept.len(), removed.len(), depth), (DEEPEST * "<div>".len(), 5, DEEPEST));
        let (kept, removed, depth) = allowed(&"<div><b>甲</b></div><p>乙<br>".repeat(DEEPEST * 5), 0);
        assert_eq!((kept.matches("<div>").count(), removed.len(), depth), (DEEPEST * 5, 0, 0));
        let mut raw = Raw::default();
        for nth in 0..DEEPEST + 5 {
            raw.push("<div>", nth..nth + 5);
            assert_eq!(raw.take_allowed().1.len(), usize::from(nth >= DEEPEST), "{nth}");
        }
    }

    #[test]
    fn what_is_no_tag_stays_as_text() {
        for text in ["<b title=\"x", "<script", "<!DOCTYPE html>", "<?php x ?>", "<![CDATA[x]]>", "</ 3", "<甲>", "<"]
        {
            check(text, &text.replace('<', "&lt;"), &[]);
        }
        check("<!-- never closed <b>", "", &[]);
    }

    #[test]
    fn places_are_those_of_the_body() {
        let mut raw = Raw::default();
        raw.push("<center\n", 2..10);
        raw.push("class=x><b id>", 12..26);
        let removed = vec![(2..20, "<center>".to_owned()), (23..25, "id".to_owned())];
        assert_eq!(raw.take_allowed(), ("<b>".to_owned(), removed));
        assert_eq!(raw.take_allowed(), (String::new(), Vec::new()));
    }

    #[test]
    fn what_slips_through_is_still_cleaned() {
        assert_eq!(clean("<p><script>x</script><img src=\"a.jpg\" onerror=x></p>"), "<p><img src=\"a.jpg\"></p>");
    }
}
