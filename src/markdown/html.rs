//! Raw HTML in bodies: harmless tags stay, everything else goes and is said.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

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

/// The allowed part of `html`, and what was removed: a range in it, and its name.
pub fn allowed(html: &str) -> (String, Vec<(Range<usize>, String)>) {
    let mut kept = String::with_capacity(html.len());
    let mut removed = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        kept.push_str(&html[at..open]);
        if html[open..].starts_with("<!--") {
            at = html[open..].find("-->").map_or(html.len(), |end| open + end + 3);
            continue;
        }
        let end = tag_end(html, open);
        at = end;
        let tag = Tag::read(&html[open..end]);
        if tag.name.is_empty() {
            kept.push_str("&lt;");
            at = open + 1;
        } else if TAGS.contains(&tag.name.as_str()) {
            tag.write(&mut kept, open, &mut removed);
        } else {
            let slash = if tag.closing { "/" } else { "" };
            removed.push((open..end, format!("<{slash}{}>", tag.name)));
        }
    }
    kept.push_str(&html[at..]);
    (kept, removed)
}

/// The end of the tag that begins at `open`, quoted `>` apart.
pub fn tag_end(html: &str, open: usize) -> usize {
    let mut quote = None;
    for (at, c) in html[open..].char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return open + at + 1,
            _ => {}
        }
    }
    html.len()
}

struct Tag<'a> {
    closing: bool,
    name: String,
    attributes: Vec<(Range<usize>, &'a str, Option<&'a str>)>,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Self {
        let inner = text.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let closing = inner.starts_with('/');
        let inner_at = text.find(inner).unwrap_or(0);
        let body = inner.trim_start_matches('/');
        let body_at = inner_at + inner.len() - body.len();
        let name_end = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(body.len());
        let mut attributes = Vec::new();
        let mut at = name_end;
        while at < body.len() {
            let rest = &body[at..];
            let skip = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=').len();
            at += skip;
            let rest = &body[at..];
            let key_end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            if key_end == 0 {
                break;
            }
            let (value, used) = match rest[key_end..].strip_prefix('=') {
                Some(value) => quoted(value),
                None => (None, 0),
            };
            let range = body_at + at..body_at + at + key_end;
            attributes.push((range, &rest[..key_end], value));
            at += key_end + used;
        }
        Self { closing, name: body[..name_end].to_ascii_lowercase(), attributes }
    }

    fn write(&self, kept: &mut String, open: usize, removed: &mut Vec<(Range<usize>, String)>) {
        kept.push('<');
        if self.closing {
            kept.push('/');
        }
        kept.push_str(&self.name);
        for (range, key, value) in &self.attributes {
            if ATTRIBUTES.contains(&key.to_ascii_lowercase().as_str()) {
                let value = value.unwrap_or_default().replace('"', "&quot;");
                kept.extend([" ", key.to_ascii_lowercase().as_str(), "=\"", value.as_str(), "\""]);
            } else {
                removed.push((open + range.start..open + range.end, (*key).to_owned()));
            }
        }
        kept.push('>');
    }
}

/// The value behind `=`, and how many bytes it takes with the sign and its quotes.
fn quoted(text: &str) -> (Option<&str>, usize) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => match text[1..].find(quote) {
            Some(end) => (Some(&text[1..=end]), end + 3),
            None => (Some(&text[1..]), text.len() + 1),
        },
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            (Some(&text[..end]), end + 1)
        }
    }
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
        let (text, gone) = allowed(html);
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
    }

    #[test]
    fn what_slips_through_is_still_cleaned() {
        assert_eq!(clean("<p><script>x</script><img src=\"a.jpg\" onerror=x></p>"), "<p><img src=\"a.jpg\"></p>");
    }
}
