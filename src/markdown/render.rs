//! Renders the HTML of a body: headings with anchors, resolved links and pictures, typed blocks.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::block::Block;
use super::html::Raw;
use super::prepare::{Mark, Prepared};
use super::{Body, Resolve, escape, level, mark_at};
use crate::content::phone;

/// Converts the events of a body to events of its HTML.
pub(super) struct Render<'a> {
    prepared: &'a Prepared,
    resolve: &'a dyn Resolve,
    body: &'a Body,
    /// How many headings, links, pictures and videos were met so far.
    headings: usize,
    links: usize,
    pictures: usize,
    videos: usize,
    open: Vec<&'a Block>,
    /// Open links, whether each is shown as one.
    open_links: Vec<bool>,
    picture: Option<Open>,
    /// Raw HTML that has not ended.
    raw: Raw,
    /// Whether the body holds HTML of its own.
    pub(super) is_raw: bool,
}

impl<'a> Render<'a> {
    pub(super) fn new(prepared: &'a Prepared, body: &'a Body, resolve: &'a dyn Resolve) -> Self {
        Self {
            prepared,
            resolve,
            body,
            headings: 0,
            links: 0,
            pictures: 0,
            videos: 0,
            open: Vec::new(),
            open_links: Vec::new(),
            picture: None,
            raw: Raw::default(),
            is_raw: false,
        }
    }

    fn in_gallery(&self) -> bool {
        matches!(self.open.last(), Some(Block::Gallery { .. }))
    }

    /// Whether telephone numbers become links here.
    fn in_contact(&self) -> bool {
        self.open_links.is_empty() && self.open.iter().any(|block| matches!(block, Block::Contact { .. }))
    }

    pub(super) fn event<'e>(&mut self, event: Event<'e>, range: &Range<usize>) -> Vec<Event<'e>> {
        if let Some(picture) = &mut self.picture {
            match event {
                Event::Text(text) | Event::Code(text) => picture.alt.push_str(&text),
                // What stands in a description is text, but it was counted when the body was scanned.
                Event::Start(Tag::Link { .. }) => self.links += 1,
                Event::Start(Tag::Image { .. }) => {
                    self.pictures += 1;
                    picture.depth += 1;
                }
                Event::End(TagEnd::Image) if picture.depth > 0 => picture.depth -= 1,
                Event::End(TagEnd::Image) => return self.end_picture(),
                _ => {}
            }
            return Vec::new();
        }
        match event {
            Event::Start(Tag::Heading { level: at, .. }) => {
                let id = self.body.headings.get(self.headings).map_or("", |heading| heading.id.as_str());
                self.headings += 1;
                vec![html_event(format!(
                    "<h{} id=\"{}{}\">",
                    level(at),
                    self.resolve.prefix().unwrap_or_default(),
                    escape(id)
                ))]
            }
            Event::End(TagEnd::Heading(at)) => vec![html_event(format!("</h{}>\n", level(at)))],
            Event::Start(Tag::Link { title, .. }) => {
                let address = self.resolve.link(self.links);
                self.links += 1;
                self.open_links.push(address.is_some());
                let Some(address) = address else { return Vec::new() };
                let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&title)) };
                vec![html_event(format!("<a href=\"{}\"{title}>", escape(&address)))]
            }
            Event::End(TagEnd::Link) => {
                let shown = self.open_links.pop().unwrap_or(false);
                if shown { vec![html_event("</a>".to_owned())] } else { Vec::new() }
            }
            Event::Start(Tag::Image { .. }) => {
                self.picture = Some(Open { nth: self.pictures, alt: String::new(), depth: 0 });
                self.pictures += 1;
                Vec::new()
            }
            Event::FootnoteReference(label) => vec![Event::FootnoteReference(self.own(label))],
            Event::Start(Tag::FootnoteDefinition(label)) => {
                vec![Event::Start(Tag::FootnoteDefinition(self.own(label)))]
            }
            Event::Start(Tag::Table(alignments)) => {
                vec![
                    html_event("<div class=\"table-scroll\" tabindex=\"0\">".to_owned()),
                    Event::Start(Tag::Table(alignments)),
                ]
            }
            // A box that nobody can tick is a sign, not a control without a label.
            Event::TaskListMarker(done) => vec![Event::Text(if done { "☑ " } else { "☐ " }.into())],
            Event::End(TagEnd::Table) => vec![Event::End(TagEnd::Table), html_event("</div>\n".to_owned())],
            Event::Start(Tag::HtmlBlock) => Vec::new(),
            Event::End(TagEnd::HtmlBlock) => self.end_html().into_iter().collect(),
            Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak if self.in_gallery() => Vec::new(),
            Event::Html(text) => self.html(&text, range),
            Event::InlineHtml(text) => self.html(&text, range).into_iter().chain(self.end_html()).collect(),
            Event::Text(text) if self.in_contact() => with_phones(text),
            other => vec![other],
        }
    }

    /// A label that no other body on the page has.
    fn own<'e>(&self, label: CowStr<'e>) -> CowStr<'e> {
        match self.resolve.prefix() {
            None => label,
            Some(prefix) => format!("{prefix}{label}").into(),
        }
    }

    fn html<'e>(&mut self, text: &str, range: &Range<usize>) -> Vec<Event<'e>> {
        let Some(mark) = mark_at(self.prepared, range) else {
            self.raw.push(text, range.clone());
            self.is_raw = true;
            return Vec::new();
        };
        let before = self.end_html();
        let html = match mark {
            Mark::Begin(block) => {
                self.open.push(block);
                self.block_start(block)
            }
            Mark::End => self.open.pop().map_or_else(String::new, block_end),
            Mark::Nothing => String::new(),
        };
        before.into_iter().chain([html_event(html)]).collect()
    }

    /// What is allowed of the raw HTML that has ended.
    fn end_html<'e>(&mut self) -> Option<Event<'e>> {
        Some(self.raw.take_allowed().0).filter(|html| !html.is_empty()).map(html_event)
    }

    fn block_start(&mut self, block: &Block) -> String {
        let heading = |title: &Option<String>| {
            title.as_ref().map_or_else(String::new, |title| format!("<p class=\"block-title\">{}</p>\n", escape(title)))
        };
        match block {
            Block::Gallery { title } => format!("{}<div class=\"gallery\">\n", heading(title)),
            Block::Note { title } => format!("<aside class=\"note\">\n{}", heading(title)),
            Block::Contact { title } => format!("<section class=\"contact\">\n{}", heading(title)),
            Block::Video { file, title, .. } => {
                let mut html = "<figure class=\"video\">\n".to_owned();
                let src = if file.is_empty() { None } else { self.resolve.video(self.videos) };
                self.videos += usize::from(!file.is_empty());
                if let Some(src) = src {
                    let _ = writeln!(html, "<video controls preload=\"none\" src=\"{}\"></video>", escape(&src));
                }
                if let Some(title) = title {
                    let _ = writeln!(html, "<figcaption>{}</figcaption>", escape(title));
                }
                html
            }
        }
    }

    fn end_picture<'e>(&mut self) -> Vec<Event<'e>> {
        let Some(Open { nth, alt, .. }) = self.picture.take() else { return Vec::new() };
        let alt = alt.trim();
        let Some(picture) = self.resolve.picture(nth, alt) else { return Vec::new() };
        let html = match (self.in_gallery(), alt.is_empty()) {
            (true, false) => format!("<figure>{picture}<figcaption>{}</figcaption></figure>\n", escape(alt)),
            (true, true) => format!("<figure>{picture}</figure>\n"),
            (false, _) => picture,
        };
        vec![html_event(html)]
    }
}

/// A picture whose description is being read.
struct Open {
    /// Its place among the pictures of the body.
    nth: usize,
    alt: String,
    /// How many pictures are open inside the description.
    depth: usize,
}

fn block_end(block: &Block) -> String {
    let tag = match block {
        Block::Gallery { .. } => "</div>\n",
        Block::Note { .. } => "</aside>\n",
        Block::Contact { .. } => "</section>\n",
        Block::Video { .. } => "</figure>\n",
    };
    tag.to_owned()
}

/// A text whose telephone numbers are links.
fn with_phones(text: CowStr<'_>) -> Vec<Event<'_>> {
    let found = phone::in_text(&text);
    if found.is_empty() {
        return vec![Event::Text(text)];
    }
    let plain = |range: Range<usize>| Event::Text(text[range].to_owned().into());
    let mut events = Vec::new();
    let mut at = 0;
    for (range, tel) in found {
        events.push(plain(at..range.start));
        events.push(html_event(format!("<a href=\"{}\">", escape(&tel))));
        at = range.end;
        events.extend([plain(range), html_event("</a>".to_owned())]);
    }
    events.push(plain(at..text.len()));
    events
}

fn html_event<'e>(html: String) -> Event<'e> {
    Event::InlineHtml(html.into())
}
