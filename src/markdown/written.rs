//! The HTML of a body as it was written once, with places for what only a page knows: addresses, pictures, and what stands before its ids.

use super::{Body, Resolve, escape, html};

/// HTML with holes.
#[derive(Debug, Default)]
pub(super) struct Written {
    html: Box<str>,
    /// What stands where, in the order of the HTML.
    holes: Box<[(usize, Hole)]>,
    /// Whether the editor wrote HTML in the body: it is cleaned once all is there.
    is_raw: bool,
}

/// What a page fills in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Hole {
    /// What stands before an id.
    Prefix,
    /// The id of a heading of [`Body::headings`].
    Heading(usize),
    /// The beginning of a link of [`Body::links`], with its title, which may be empty.
    Link { nth: usize, title: String },
    /// The end of the last link that began.
    LinkEnd,
    /// A picture of [`Body::pictures`].
    Picture { nth: usize, alt: String, in_gallery: bool },
    /// A video of [`Body::videos`].
    Video(usize),
}

impl Written {
    /// Stands for a hole while the HTML is made. No text may hold this character: a reference to it (`&#1;`) is a mistake of the body.
    pub const MARK: char = '\u{1}';

    /// HTML with a mark for each hole.
    pub fn new(marked: &str, holes: Vec<Hole>, is_raw: bool) -> Self {
        let mut html = String::with_capacity(marked.len());
        let mut at = Vec::with_capacity(holes.len());
        for (nth, piece) in marked.split(Self::MARK).enumerate() {
            if nth > 0 {
                at.push(html.len());
            }
            html.push_str(piece);
        }
        Self { html: html.into(), holes: at.into_iter().zip(holes).collect(), is_raw }
    }

    /// The HTML for a page; `body` is that of which it was written.
    pub fn filled(&self, body: &Body, resolve: &dyn Resolve) -> String {
        let mut filled = String::with_capacity(self.html.len() + 64 * self.holes.len());
        // For each open link, whether it is shown as one.
        let mut open = Vec::new();
        let mut from = 0;
        for (at, hole) in &self.holes {
            filled.push_str(&self.html[from..*at]);
            from = *at;
            hole.fill(body, resolve, &mut open, &mut filled);
        }
        filled.push_str(&self.html[from..]);
        if self.is_raw { html::clean(&filled) } else { filled }
    }
}

impl Hole {
    fn fill(&self, body: &Body, resolve: &dyn Resolve, open: &mut Vec<bool>, html: &mut String) {
        let mut push = |parts: &[&str]| parts.iter().for_each(|part| html.push_str(part));
        match self {
            Self::Prefix => push(&[resolve.prefix().unwrap_or_default()]),
            Self::Heading(nth) => {
                let id = body.headings.get(*nth).map_or("", |heading| heading.id.as_str());
                push(&[resolve.prefix().unwrap_or_default(), &escape(id)]);
            }
            Self::Link { nth, title } => {
                let address = resolve.link(*nth);
                open.push(address.is_some());
                let Some(address) = address else { return };
                push(&["<a href=\"", &escape(&address), "\""]);
                if !title.is_empty() {
                    push(&[" title=\"", &escape(title), "\""]);
                }
                push(&[">"]);
            }
            Self::LinkEnd => {
                if open.pop().unwrap_or(false) {
                    push(&["</a>"]);
                }
            }
            Self::Picture { nth, alt, in_gallery } => {
                let Some(picture) = resolve.picture(*nth, alt) else { return };
                let caption = ["<figcaption>", &escape(alt), "</figcaption>"];
                let caption = if alt.is_empty() { "" } else { &caption.concat() };
                if *in_gallery {
                    push(&["<figure>", &picture, caption, "</figure>\n"]);
                } else {
                    push(&[&picture]);
                }
            }
            Self::Video(nth) => {
                if let Some(src) = resolve.video(*nth) {
                    push(&["<video controls preload=\"none\" src=\"", &escape(&src), "\"></video>\n"]);
                }
            }
        }
    }
}
