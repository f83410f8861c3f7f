//! The HTML of a body: headings with their anchors, links and pictures as the page resolves them, typed blocks.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::block::Block;
use super::html::Raw;
use super::prepare::{Mark, Prepared};
use super::{Heading, Resolve, Show, escape, level, mark_at, picture_title};
use crate::content::value::Focus;

/// Turns the events of a body into those of its HTML.
pub(super) struct Render<'a> {
    prepared: &'a Prepared,
    resolve: &'a dyn Resolve,
    /// Headings to come.
    headings: std::slice::Iter<'a, Heading>,
    open: Vec<&'a Block>,
    links: Vec<bool>,
    picture: Option<Shown>,
    /// Raw HTML that has not ended.
    raw: Raw,
    /// Whether the body holds HTML of its own.
    pub(super) is_raw: bool,
}

impl<'a> Render<'a> {
    pub(super) fn new(prepared: &'a Prepared, headings: &'a [Heading], resolve: &'a dyn Resolve) -> Self {
        Self {
            prepared,
            resolve,
            headings: headings.iter(),
            open: Vec::new(),
            links: Vec::new(),
            picture: None,
            raw: Raw::default(),
            is_raw: false,
        }
    }

    fn in_gallery(&self) -> bool {
        matches!(self.open.last(), Some(Block::Gallery { .. }))
    }

    pub(super) fn event<'e>(&mut self, event: Event<'e>, range: &Range<usize>) -> Vec<Event<'e>> {
        if let Some(shown) = &mut self.picture {
            match event {
                Event::Text(text) | Event::Code(text) => shown.alt.push_str(&text),
                Event::End(TagEnd::Image) => return self.end_picture(),
                _ => {}
            }
            return Vec::new();
        }
        match event {
            Event::Start(Tag::Heading { level: at, .. }) => {
                let id = self.headings.next().map_or("", |heading| heading.id.as_str());
                vec![html_event(format!("<h{} id=\"{}\">", level(at), escape(id)))]
            }
            Event::End(TagEnd::Heading(at)) => vec![html_event(format!("</h{}>\n", level(at)))],
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = self.resolve.link(&dest_url);
                self.links.push(address.is_some());
                address.map(|address| html_event(format!("<a href=\"{}\">", escape(&address)))).into_iter().collect()
            }
            Event::End(TagEnd::Link) => {
                let shown = self.links.pop().unwrap_or(false);
                if shown { vec![html_event("</a>".to_owned())] } else { Vec::new() }
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let focus = picture_title(&title).map_or(Focus::CENTRE, |title| title.focus);
                let show = Show { in_gallery: self.in_gallery(), focus };
                self.picture = Some(Shown { target: dest_url.to_string(), show, alt: String::new() });
                Vec::new()
            }
            Event::Start(Tag::Table(alignments)) => {
                vec![html_event("<div class=\"table-scroll\">".to_owned()), Event::Start(Tag::Table(alignments))]
            }
            Event::End(TagEnd::Table) => vec![Event::End(TagEnd::Table), html_event("</div>\n".to_owned())],
            Event::Start(Tag::HtmlBlock) => Vec::new(),
            Event::End(TagEnd::HtmlBlock) => self.end_html().into_iter().collect(),
            Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak if self.in_gallery() => Vec::new(),
            Event::Html(text) => self.html(&text, range),
            Event::InlineHtml(text) => self.html(&text, range).into_iter().chain(self.end_html()).collect(),
            other => vec![other],
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

    fn block_start(&self, block: &Block) -> String {
        let heading = |title: &Option<String>| {
            title.as_ref().map_or_else(String::new, |title| format!("<p class=\"block-title\">{}</p>\n", escape(title)))
        };
        match block {
            Block::Gallery { title } => format!("{}<div class=\"gallery\">\n", heading(title)),
            Block::Note { title } => format!("<aside class=\"note\">\n{}", heading(title)),
            Block::Contact { title } => format!("<section class=\"contact\">\n{}", heading(title)),
            Block::Video { file, title, .. } => {
                let mut html = "<figure class=\"video\">\n".to_owned();
                if let Some(src) = self.resolve.video(file) {
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
        let Some(Shown { target, show, alt }) = self.picture.take() else { return Vec::new() };
        let alt = alt.trim();
        let Some(picture) = self.resolve.picture(&target, show, alt) else { return Vec::new() };
        let html = match (show.in_gallery, alt.is_empty()) {
            (true, false) => format!("<figure>{picture}<figcaption>{}</figcaption></figure>\n", escape(alt)),
            (true, true) => format!("<figure>{picture}</figure>\n"),
            (false, _) => picture,
        };
        vec![html_event(html)]
    }
}

/// A picture whose description is being read.
struct Shown {
    target: String,
    show: Show,
    alt: String,
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

fn html_event<'e>(html: String) -> Event<'e> {
    Event::InlineHtml(html.into())
}
