//! Renders the HTML of a body but for what only a page knows: headings with anchors, links and pictures, typed blocks.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::block::Block;
use super::html::Raw;
use super::prepare::{Mark, Prepared};
use super::written::{Hole, Written};
use super::{escape, level, mark_at};
use crate::content::phone;

/// Converts the events of a body to events of its HTML.
pub(super) struct Render<'a> {
    prepared: &'a Prepared,
    /// What pages fill in, in the order of the HTML.
    holes: Vec<Hole>,
    /// How many headings, links, pictures and videos were met so far.
    headings: usize,
    links: usize,
    pictures: usize,
    videos: usize,
    open: Vec<&'a Block>,
    /// How many links are open.
    open_links: usize,
    picture: Option<Open>,
    /// Raw HTML that has not ended.
    raw: Raw,
    /// Whether the body holds HTML of its own.
    is_raw: bool,
}

impl<'a> Render<'a> {
    pub(super) fn new(prepared: &'a Prepared) -> Self {
        Self {
            prepared,
            holes: Vec::new(),
            headings: 0,
            links: 0,
            pictures: 0,
            videos: 0,
            open: Vec::new(),
            open_links: 0,
            picture: None,
            raw: Raw::default(),
            is_raw: false,
        }
    }

    /// The finished HTML, which was made of the events.
    pub(super) fn finish(self, html: &str) -> Written {
        Written::new(html, self.holes, self.is_raw)
    }

    fn in_gallery(&self) -> bool {
        matches!(self.open.last(), Some(Block::Gallery { .. }))
    }

    /// Whether telephone numbers become links here.
    fn in_contact(&self) -> bool {
        self.open_links == 0 && self.open.iter().any(|block| matches!(block, Block::Contact { .. }))
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
                let id = self.hole(Hole::Heading(self.headings));
                self.headings += 1;
                vec![html_event(format!("<h{} id=\"{id}\">", level(at)))]
            }
            Event::End(TagEnd::Heading(at)) => vec![html_event(format!("</h{}>\n", level(at)))],
            Event::Start(Tag::Link { title, .. }) => {
                let begin = self.hole(Hole::Link { nth: self.links, title: title.into_string() });
                self.links += 1;
                self.open_links += 1;
                vec![html_event(begin)]
            }
            Event::End(TagEnd::Link) => {
                self.open_links = self.open_links.saturating_sub(1);
                vec![html_event(self.hole(Hole::LinkEnd))]
            }
            Event::Start(Tag::Image { .. }) => {
                self.picture = Some(Open { nth: self.pictures, alt: String::new(), depth: 0 });
                self.pictures += 1;
                Vec::new()
            }
            Event::FootnoteReference(label) => vec![Event::FootnoteReference(self.own(&label))],
            Event::Start(Tag::FootnoteDefinition(label)) => {
                vec![Event::Start(Tag::FootnoteDefinition(self.own(&label)))]
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

    /// A place that a page fills.
    fn hole(&mut self, hole: Hole) -> String {
        self.holes.push(hole);
        Written::MARK.to_string()
    }

    /// A label that no other body on the page has.
    fn own<'e>(&mut self, label: &str) -> CowStr<'e> {
        (self.hole(Hole::Prefix) + label).into()
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
                if !file.is_empty() {
                    html += &self.hole(Hole::Video(self.videos));
                    self.videos += 1;
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
        let hole = Hole::Picture { nth, alt: alt.trim().to_owned(), in_gallery: self.in_gallery() };
        vec![html_event(self.hole(hole))]
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
