//! Lists the contents of a body: headings, links, pictures, and mistakes with their places.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::block::Block;
use super::html::Raw;
use super::near_miss::{Position, indented, near_misses};
use super::prepare::{Mark, Prepared};
use super::{
    Body, EXCERPT, Heading, PictureTarget, Show, Target, Title, is_han, is_wide, level, mark_at, picture_title,
};
use crate::content::alt::is_file_name;
use crate::content::rules::is_blank;
use crate::content::value::Focus;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// Collects the contents of a body from its events.
pub(super) struct Scan<'a> {
    prepared: &'a Prepared,
    pub(super) body: Body,
    heading: Option<(u8, Range<usize>, String)>,
    picture: Option<(Range<usize>, String, bool)>,
    /// For each open block, whether it is a gallery.
    open: Vec<bool>,
    quiet: usize,
    /// What the next text follows; nothing in code.
    position: Option<Position>,
    /// Raw HTML that has not ended.
    raw: Raw,
    /// Removed tags and attributes of raw HTML, without those whose end tag was found.
    removed: Vec<String>,
    /// How often each anchor was wanted.
    anchors: HashMap<String, usize>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(prepared: &'a Prepared) -> Self {
        Self {
            prepared,
            body: Body::default(),
            heading: None,
            picture: None,
            open: Vec::new(),
            quiet: 0,
            position: Some(Position::Line),
            anchors: HashMap::new(),
            raw: Raw::default(),
            removed: Vec::new(),
        }
    }

    fn in_gallery(&self) -> bool {
        self.open.last().copied().unwrap_or(false)
    }

    fn say(&mut self, range: &Range<usize>, mistake: Mistake) {
        let range = self.prepared.original(range);
        self.body.mistakes.push((range, mistake));
    }

    fn target(&self, target: &str, range: &Range<usize>) -> Target {
        Target { target: target.to_owned(), range: self.prepared.original(range) }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let follows = self.position_after(&event);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.near_misses(&range);
                self.text(&text, &range);
            }
            Event::Code(text) => self.text(&text, &range),
            Event::Html(text) => self.html(&text, range),
            Event::InlineHtml(text) => {
                self.html(&text, range);
                self.end_html();
            }
            Event::SoftBreak | Event::HardBreak => self.text(" ", &range),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
        self.position = follows;
    }

    /// What the text after an event follows.
    fn position_after(&self, event: &Event<'_>) -> Option<Position> {
        match event {
            Event::Start(Tag::CodeBlock(_)) => None,
            Event::SoftBreak
            | Event::HardBreak
            | Event::Start(Tag::Paragraph | Tag::Item)
            | Event::End(TagEnd::CodeBlock) => Some(Position::Line),
            Event::Start(Tag::Heading { .. } | Tag::TableCell)
            | Event::End(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => Some(Position::Inside),
            Event::Text(_) => self.position.map(|_| Position::Inside),
            _ => self.position,
        }
    }

    /// Says what looks like a mark in text at `range`.
    fn near_misses(&mut self, range: &Range<usize>) {
        let Some(position) = self.position else { return };
        let Some(source) = self.prepared.text.get(range.clone()) else { return };
        for (found, mistake) in near_misses(source, position) {
            self.say(&(range.start + found.start..range.start + found.end), mistake);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => {
                self.say(&first_line(&self.prepared.text, &range), say::top_heading());
                self.heading = Some((2, range, String::new()));
            }
            Tag::Heading { level: at, .. } => self.heading = Some((level(at), range, String::new())),
            Tag::Link { dest_url, .. } => {
                let target = self.target(&dest_url, &range);
                self.body.links.push(target);
            }
            Tag::Image { dest_url, title, .. } => {
                let target = self.target(&dest_url, &range);
                let read = picture_title(&title).unwrap_or_else(|part| {
                    self.say(&range, say::picture_title(part));
                    Title { focus: Focus::CENTRE, is_decorative: true }
                });
                let show = Show { in_gallery: self.in_gallery(), focus: read.focus };
                self.body.pictures.push(PictureTarget { target, alt: String::new(), show });
                self.picture = Some((range, String::new(), read.is_decorative));
            }
            Tag::CodeBlock(kind) => {
                self.quiet += 1;
                if let (CodeBlockKind::Indented, Some(mistake)) = (kind, indented(&self.prepared.text[range.clone()])) {
                    self.say(&first_line(&self.prepared.text, &range), mistake);
                }
            }
            Tag::FootnoteDefinition(_) | Tag::Table(_) => self.quiet += 1,
            Tag::Paragraph if !self.body.excerpt.is_empty() => self.text(" ", &range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some((level, _, text)) = self.heading.take() {
                    let id = self.unique(anchor(&text));
                    self.body.headings.push(Heading { level, id, text });
                }
            }
            TagEnd::Image => {
                if let Some((range, alt, is_decorative)) = self.picture.take()
                    && let Some(picture) = self.body.pictures.last_mut()
                {
                    let is_file_name = is_file_name(&alt, &picture.target.target);
                    picture.alt.clone_from(&alt);
                    match is_blank(&alt) {
                        true if !is_decorative => self.say(&range, say::missing_alt()),
                        false if !is_decorative && is_file_name => self.say(&range, say::alt_file_name(&alt)),
                        true | false => {}
                    }
                }
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::CodeBlock | TagEnd::FootnoteDefinition | TagEnd::Table => self.quiet = self.quiet.saturating_sub(1),
            _ => {}
        }
    }

    /// The anchor, with a number if a heading before has it.
    fn unique(&mut self, id: String) -> String {
        let mut free = id.clone();
        let mut nth = self.anchors.get(&id).copied().unwrap_or(0);
        while self.anchors.contains_key(&free) {
            nth += 1;
            free = format!("{id}-{}", nth + 1);
        }
        self.anchors.insert(id, nth);
        self.anchors.entry(free.clone()).or_default();
        free
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let words = text.split(|c: char| is_han(c) || !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        self.body.length += text.chars().filter(|c| is_han(*c)).count() + words;
        if let Some((_, alt, _)) = &mut self.picture {
            alt.push_str(text);
        } else if let Some((_, _, heading)) = &mut self.heading {
            heading.push_str(text);
        } else if self.in_gallery() && !text.trim().is_empty() {
            self.say(range, say::block_content("gallery"));
        } else if self.quiet == 0 && self.body.excerpt.chars().count() <= EXCERPT {
            let space = text == " " && self.body.excerpt.chars().next_back().is_none_or(is_wide);
            if !space {
                self.body.excerpt.push_str(text);
            }
        }
    }

    fn html(&mut self, text: &str, range: Range<usize>) {
        let Some(mark) = mark_at(self.prepared, &range) else { return self.raw.push(text, range) };
        self.end_html();
        match mark {
            Mark::Begin(block) => self.open.push(matches!(block, Block::Gallery { .. })),
            Mark::End => drop(self.open.pop()),
            Mark::Nothing => {}
        }
    }

    /// Says what is removed from the raw HTML that has ended.
    fn end_html(&mut self) {
        for (range, what) in self.raw.take_allowed().1 {
            // A removed element is reported once, at its start tag.
            let ends = |open: &String| what.strip_prefix("</").is_some_and(|name| open.strip_prefix('<') == Some(name));
            if let Some(open) = self.removed.iter().rposition(ends) {
                self.removed.truncate(open);
                continue;
            }
            self.removed.push(what.clone());
            self.say(&range, say::html_removed(&what));
        }
    }
}

fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let line = text[range.clone()].lines().next().unwrap_or_default();
    range.start..range.start + line.len()
}

/// The anchor of a heading: letters, digits and Han are kept, everything else becomes a hyphen. An anchor that could be
/// an id gets a prefix, because ids are the anchors of duties and clauses.
fn anchor(text: &str) -> String {
    let kept = text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
    let anchor = kept.split_whitespace().collect::<Vec<_>>().join("-");
    if anchor.is_ascii() { format!("h-{anchor}") } else { anchor }
}
