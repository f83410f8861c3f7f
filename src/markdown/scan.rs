//! Lists the contents of a body: headings, links, pictures, and mistakes with their places.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use super::block::Block;
use super::html::Raw;
use super::near_miss::{self, Position, is_indented_text, near_misses};
use super::numbers::Numbers;
use super::prepare::{Mark, Prepared};
use super::together::run_together;
use super::torn::Torn;
use super::{
    Body, EXCERPT, Heading, OPTIONS, PictureTarget, Show, Target, Title, is_han, is_wide, level, mark_at, picture_title,
};
use crate::content::alt::is_file_name;
use crate::content::rules::is_blank;
use crate::content::value::Focus;
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::source::{boundary_before, boundary_behind};

/// Paragraphs shown as code that are said one by one; of more the first is said.
const INDENTED: usize = 3;

/// Removed tags among which the one of an end tag is looked for.
const REMOVED: usize = 100;

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
    /// The link that is open, and whether it shows anything.
    link: Option<(Range<usize>, bool)>,
    /// Columns of the table that is open.
    columns: usize,
    /// Where definitions of links begin that are used.
    defined: HashSet<String>,
    /// Labels of footnotes whose own line did not take.
    notes: BTreeSet<String>,
    /// The line of the open paragraph that is shown behind another, until the marks of its lines are known.
    joined: Option<(Range<usize>, Mistake)>,
    numbers: Numbers,
    /// First lines of paragraphs that are shown as code.
    indented: Vec<Range<usize>>,
    torn: Torn,
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
            position: Some(Position::First),
            anchors: HashMap::new(),
            raw: Raw::default(),
            removed: Vec::new(),
            link: None,
            columns: 0,
            defined: HashSet::new(),
            notes: near_miss::unread_notes(&prepared.text),
            joined: None,
            numbers: Numbers::default(),
            indented: Vec::new(),
            torn: Torn::default(),
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
                self.shows(!text.trim().is_empty());
                self.near_misses(&range);
                self.text(&text, &range);
            }
            Event::Code(text) => {
                self.shows(true);
                self.text(&text, &range);
            }
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

    fn shows(&mut self, anything: bool) {
        if let Some((_, shown)) = &mut self.link {
            *shown |= anything;
        }
    }

    /// What the text after an event follows.
    fn position_after(&self, event: &Event<'_>) -> Option<Position> {
        match event {
            Event::Start(Tag::CodeBlock(_)) => None,
            Event::HardBreak | Event::Start(Tag::Paragraph | Tag::Item) | Event::End(TagEnd::CodeBlock) => {
                Some(Position::First)
            }
            Event::SoftBreak => Some(Position::Line),
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
        let text = &self.prepared.text;
        // The backslash before an escaped mark is in no event.
        let escapes = text[..range.start].bytes().rev().take_while(|byte| *byte == b'\\').count();
        let start = range.start - escapes;
        let Some(source) = text.get(start..range.end) else { return };
        // That the numbers of a paragraph run together is said once.
        let position = if self.joined.is_some() && position == Position::Line { Position::First } else { position };
        for (found, mistake) in near_misses(source, position, &self.notes) {
            let range = start + found.start..start + found.end;
            if self.joined.as_ref().is_some_and(|(joined, _)| joined.start == range.start) {
                self.joined = None;
            }
            // What the first row says holds for all of its table.
            let rows = self.body.mistakes.last().filter(|(_, last)| *last == mistake && *last == say::no_table());
            let text = &self.prepared.text;
            let is_next = |last: &Range<usize>| {
                let from = last.end.min(range.start);
                text.get(from..range.start).is_some_and(|between| !between.contains("\n\n"))
            };
            if !rows.is_some_and(|(last, _)| is_next(last)) {
                self.say(&range, mistake);
            }
        }
    }

    /// Says that a bare address at `range` stands in brackets that did not make it a link.
    fn near_link(&mut self, range: &Range<usize>) {
        let text = &self.prepared.text;
        let from = boundary_behind(text, range.start.saturating_sub(300));
        let before = text[from..range.start].rsplit('\n').next().unwrap_or_default();
        let rest = text[range.end..boundary_before(text, range.end + 300)].split('\n').next().unwrap_or_default();
        self.reversed_link(range, before, rest);
        let Some(bracketed) = before.strip_suffix(['(', '（']).map(str::trim_end) else { return };
        let opening = match bracketed.chars().next_back() {
            Some(']') => '[',
            Some('］') => '［',
            // 【】 before full-width brackets is a title and its address.
            Some('】') if before.ends_with('(') => '【',
            _ => return,
        };
        let Some(open) = bracketed.rfind(opening) else { return };
        let label = bracketed[open..].trim_matches(['[', ']', '［', '］', '【', '】']);
        let Some(close) = rest.find([')', '）']) else {
            // Numbers in brackets are notes.
            if label.contains(char::is_alphabetic) && !bracketed[..open].ends_with('\\') {
                self.say(&(range.start - before.len() + open..range.end), say::unclosed_link(label));
            }
            return;
        };
        if label.is_empty() || bracketed[..open].ends_with('\\') {
            return;
        }
        let line = range.start - before.len();
        let end = range.end + close + rest[close..].chars().next().map_or(0, char::len_utf8);
        let picture = if bracketed[..open].ends_with(['!', '！']) { "!" } else { "" };
        let write = near_miss::link(picture, label, &text[range.start..range.end + close]);
        self.say(&(line + open..end), say::unread_link(&write));
    }

    /// Says that the address at `range` stands in square brackets, behind its words in round ones.
    fn reversed_link(&mut self, range: &Range<usize>, before: &str, rest: &str) {
        let Some(words) = before.strip_suffix('[').and_then(|before| before.strip_suffix([')', '）'])) else { return };
        let Some(open) = words.rfind(['(', '（']).filter(|_| rest.starts_with(']')) else { return };
        let label = words[open..].trim_start_matches(['(', '（']);
        if !label.is_empty() {
            let write = near_miss::link("", label, &self.prepared.text[range.clone()]);
            self.say(&(range.start - before.len() + open..range.end + 1), say::unread_link(&write));
        }
    }

    /// Says which definitions of links nothing uses: they are shown nowhere.
    pub(super) fn unused_definitions(&mut self) {
        let text = &self.prepared.text;
        if !text.contains("]:") {
            return;
        }
        let parser = Parser::new_ext(text, OPTIONS);
        let definitions = parser.reference_definitions();
        let used: HashSet<usize> =
            self.defined.iter().filter_map(|label| Some(definitions.get(label)?.span.start)).collect();
        let unused = definitions.iter().map(|(_, one)| one.span.clone()).filter(|span| !used.contains(&span.start));
        let mut unused: Vec<Range<usize>> = unused.collect();
        unused.sort_by_key(|span| span.start);
        for span in unused {
            let length = text[span.clone()].trim_end().len();
            self.say(&(span.start..span.start + length), say::unused_definition());
        }
    }

    /// Says what only the whole body tells: numbers of items that stand by themselves, and how many paragraphs are torn or shown as code.
    pub(super) fn finish(&mut self) {
        for (range, mistake) in self.numbers.lone(&self.prepared.text) {
            self.say(&range, mistake);
        }
        if let Some((range, mistake)) = self.torn.mistake() {
            self.say(&range, mistake);
        }
        let indented = std::mem::take(&mut self.indented);
        let said = if indented.len() > INDENTED { 1 } else { indented.len() };
        for line in &indented[..said] {
            let text = &self.prepared.text[..line.start];
            let indent = text[text.trim_end_matches([' ', '\t']).len()..].to_owned();
            self.say(line, say::indented_text(&indent, indented.len() - said));
        }
    }

    /// Says what cells of a row at `range` are shown nowhere.
    fn extra_cells(&mut self, range: &Range<usize>) {
        let row = self.prepared.text[range.clone()].trim_end();
        let indent = row.len() - row.trim_start().len();
        let first = indent + usize::from(row[indent..].starts_with('|'));
        let is_bar =
            |at: &usize| *at >= first && row[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0;
        let bars: Vec<usize> = row.match_indices('|').map(|(at, _)| at).filter(is_bar).collect();
        let cells =
            bars.len() + usize::from(!row.ends_with('|') || bars.last().is_none_or(|last| last + 1 < row.len()));
        if self.columns > 0 && cells > self.columns {
            let start = bars[self.columns - 1] + 1;
            let end = if row.ends_with('|') { row.len() - 1 } else { row.len() };
            if !row[start..end.max(start)].trim_matches(['|', ' ', '\t']).is_empty() {
                let place = range.start + start..range.start + end;
                self.say(&place, say::extra_cells(cells - self.columns));
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => {
                if self.prepared.text[range.clone()].trim_start().starts_with('#') {
                    self.say(&first_line(&self.prepared.text, &range), say::top_heading());
                }
                self.heading = Some((2, range, String::new()));
            }
            Tag::Heading { level: at, .. } => self.heading = Some((level(at), range, String::new())),
            Tag::Link { link_type, dest_url, id, .. } => {
                let target = self.target(&dest_url, &range);
                self.body.links.push(target);
                match link_type {
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                        self.defined.insert(id.to_string());
                    }
                    LinkType::Autolink if !self.prepared.text[range.clone()].starts_with('<') => self.near_link(&range),
                    _ => {}
                }
                self.link = Some((range, false));
            }
            Tag::Table(columns) => {
                self.quiet += 1;
                self.columns = columns.len();
            }
            Tag::TableRow => self.extra_cells(&range),
            Tag::Image { dest_url, title, id, .. } => {
                self.shows(true);
                if !id.is_empty() {
                    self.defined.insert(id.to_string());
                }
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
                if matches!(kind, CodeBlockKind::Indented) && is_indented_text(&self.prepared.text[range.clone()]) {
                    self.indented.push(first_line(&self.prepared.text, &range));
                }
            }
            Tag::FootnoteDefinition(_) => self.quiet += 1,
            Tag::List(first) => self.numbers.list(first),
            Tag::Item => {
                if let Some((place, mistake)) = self.numbers.item(&self.prepared.text, &range) {
                    self.say(&place, mistake);
                }
            }
            Tag::Paragraph => {
                if let Some((found, mistake)) = near_miss::quote(&self.prepared.text[range.clone()]) {
                    self.say(&(range.start + found.start..range.start + found.end), mistake);
                }
                let text = &self.prepared.text[range.clone()];
                self.joined = run_together(text)
                    .map(|(found, mistake)| (range.start + found.start..range.start + found.end, mistake));
                self.torn.paragraph(&self.prepared.text, &range);
                if self.joined.is_none() {
                    self.numbers.paragraph(text, &range);
                }
                if !self.body.excerpt.is_empty() {
                    self.text(" ", &range);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some((level, range, text)) = self.heading.take() {
                    self.heading_marks(&range, &text);
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
            TagEnd::Link => {
                if let Some((range, false)) = self.link.take() {
                    self.say(&range, say::unseen_link());
                }
            }
            TagEnd::Paragraph => {
                if let Some((range, mistake)) = self.joined.take() {
                    self.say(&range, mistake);
                }
            }
            TagEnd::List(_) => self.numbers.end_list(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::CodeBlock | TagEnd::FootnoteDefinition | TagEnd::Table => self.quiet = self.quiet.saturating_sub(1),
            _ => {}
        }
    }

    /// Says what looks like a heading and is none, or the other way round.
    fn heading_marks(&mut self, range: &Range<usize>, text: &str) {
        let source = self.prepared.text[range.clone()].trim();
        let place = first_line(&self.prepared.text, range);
        if !source.starts_with('#') {
            self.say(&place, say::underlined(text));
        } else if source.bytes().all(|byte| byte == b'#' || byte == b' ') {
            self.say(&place, say::empty_heading());
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
            if let Some(open) = self.removed.iter().rev().take(REMOVED).position(ends) {
                self.removed.truncate(self.removed.len() - open - 1);
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
