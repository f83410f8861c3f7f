//! Documents: what is found. The words of a published page, taken from the view that its template receives.

use std::ops::Range;

use jiff::civil::Date;

use crate::content::Kind;
use crate::markdown::html::tag_end;
use crate::page::context::Context;
use crate::page::kind::shown;
use crate::page::view::{Badge, Fact, ItemView, Section, SectionContent, Text};
use crate::page::{self, Family, PageKey, View};
use crate::portal::{Item, ItemId, Portal, has_page};
use crate::theme::Words;

/// Characters of a record's summary.
const SUMMARY: usize = 20;

/// Where a document stands: the order of all results that match alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    time: Time,
    address: String,
    /// The entry.
    pub id: ItemId,
}

impl Place {
    /// The day by which it stands there: the next of those to come, or the last.
    pub fn day(&self) -> Option<Date> {
        match self.time {
            Time::Upcoming(day) | Time::Past(std::cmp::Reverse(day)) => Some(day),
            Time::Undated => None,
        }
    }

    /// The keys of its day among facets: to come, or its year.
    pub fn date_keys(&self) -> Vec<String> {
        let next = matches!(self.time, Time::Upcoming(_)).then(|| "next".to_owned());
        next.into_iter().chain(self.day().map(|day| day.year().to_string())).collect()
    }
}

/// What is to come first, soonest first; then what has no day; then the rest, latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    Upcoming(Date),
    Undated,
    Past(std::cmp::Reverse<Date>),
}

/// The words of a page.
#[derive(Debug, Default)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// All else that it says, a line for each block.
    pub text: String,
    /// Where its headings stand in the text.
    pub headings: Vec<Range<usize>>,
    /// How it begins.
    pub summary: String,
    /// Its root address.
    pub address: String,
    /// Its kind.
    pub kind: Option<Kind>,
    /// Its day.
    pub day: Option<Date>,
    /// Whether it is over.
    pub over: bool,
}

/// The places of all documents, in order: every published entry that has a page, or whose place is a
/// list; those on their owner's page are found by it.
pub fn places(portal: &Portal) -> Vec<Place> {
    let public = portal.items().filter(|(_, item)| item.is_public() && (has_page(item.kind()) || item.is_in_list()));
    let mut places: Vec<Place> =
        public.map(|(id, item)| Place { time: time(portal, item), address: item.address.clone(), id }).collect();
    places.sort();
    places
}

/// How many of the first documents are still to come.
pub fn upcoming(places: &[Place]) -> usize {
    places.partition_point(|place| matches!(place.time, Time::Upcoming(_)))
}

fn time(portal: &Portal, item: &Item) -> Time {
    let next = item.sessions.iter().find(|session| !session.is_past(&portal.today));
    match (next, day(item)) {
        (Some(next), _) => Time::Upcoming(next.start.date()),
        (None, None) => Time::Undated,
        (None, Some(day)) => Time::Past(std::cmp::Reverse(day)),
    }
}

fn day(item: &Item) -> Option<Date> {
    let last = item.sessions.last().map(|session| session.start.date());
    shown(&item.entry.own).day(item).or(last).or(item.entry.common.date.map(|day| day.0))
}

/// The words of an entry: of its page, or of its card where it has none.
pub fn document(context: &Context<'_>, place: &Place) -> Document {
    let item = context.portal.item(place.id);
    let (mut text, mut headings) = (String::new(), Vec::new());
    let (title, begin) = if has_page(item.kind()) {
        let key = PageKey { address: item.address.clone(), family: Family::Item(place.id) };
        let View::Item(view) = page::view(context, &key).view else { return Document::default() };
        lines(&mut text, view.lead.as_deref());
        html(&mut text, &view.body, &mut headings);
        let begin = text.len();
        rest(&mut text, &view, context.words);
        (view.title, begin)
    } else {
        let card = context.card(place.id);
        lines(&mut text, [card.summary.as_str()]);
        lines(&mut text, card.day.iter().map(|day| day.text.as_str()));
        badges(&mut text, &card.badges);
        facts(&mut text, &card.facts, context.words);
        (card.title, text.len())
    };
    Document {
        title,
        summary: summary(&text[..begin]),
        text: text.trim_end().to_owned(),
        headings,
        address: item.address.clone(),
        kind: Some(item.kind()),
        day: place.day(),
        over: matches!(place.time, Time::Past(_)) && !item.sessions.is_empty(),
    }
}

/// How a text begins, on one line.
fn summary(text: &str) -> String {
    let line = text.replace('\n', " ");
    let line = line.trim();
    match line.char_indices().nth(SUMMARY) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

/// What a page shows besides its title and its body, with the labels: who asks for a course and its address says both words.
fn rest(text: &mut String, view: &ItemView, words: &Words) {
    lines(text, [view.kind_name.as_str()]);
    lines(text, view.day.iter().chain(&view.updated).map(|day| day.text.as_str()));
    badges(text, &view.badges);
    facts(text, &view.facts, words);
    let sessions = || {
        view.sections.iter().filter_map(|section| match &section.content {
            SectionContent::Sessions { past, .. } => Some(past),
            _ => None,
        })
    };
    lines(text, sessions().next().map(|_| words.get("fact.when")));
    lines(text, sessions().find(|past| !past.is_empty()).map(|_| words.get("section.past")));
    for section in &view.sections {
        self::section(text, section, words);
    }
    let mut part = |word: &str, some: &mut dyn Iterator<Item = &str>| {
        let mut some = some.peekable();
        if some.peek().is_some() {
            lines(text, [words.get(word)]);
        }
        lines(text, some);
    };
    part("text.files", &mut view.files.iter().flat_map(|file| [file.title.as_str(), file.kind.as_str()]));
    part("text.sources", &mut view.sources.iter().map(|source| source.text.as_str()));
    part("text.notes", &mut view.notes.iter().map(String::as_str));
}

fn section(text: &mut String, section: &Section, words: &Words) {
    lines(text, [section.title.as_str()]);
    match &section.content {
        // Cards and links lead to pages that are found by themselves.
        SectionContent::Cards { .. } | SectionContent::Links { .. } => {}
        SectionContent::Sessions { sessions, past, facts: all, badges: marks } => {
            for session in sessions.iter().chain(past) {
                lines(text, [session.day.text.as_str(), session.day.weekday.as_str(), session.time.as_str()]);
                texts(text, session.title.iter().chain(&session.venue));
                badges(text, &session.badges);
            }
            badges(text, marks);
            facts(text, all, words);
        }
        SectionContent::Table { head, rows } => {
            lines(text, head.iter().map(String::as_str));
            rows.iter().flatten().for_each(|cell| texts(text, &cell.texts));
        }
        SectionContent::Records { records } => {
            for record in records {
                lines(text, record.label.as_deref());
                texts(text, [&record.title]);
                html(text, &record.html, &mut Vec::new());
                badges(text, &record.badges);
                facts(text, &record.facts, words);
            }
        }
        SectionContent::Gallery { pictures } => {
            lines(text, pictures.iter().map(|picture| picture.alt.as_str()));
            lines(text, pictures.iter().filter_map(|picture| picture.credit.as_deref()));
        }
        SectionContent::Facts { facts: all } => facts(text, all, words),
    }
}

/// Characters of a fact's value that has a line of its own; shorter ones share one, if none is a link. The theme does the same.
const SHORT: usize = 12;

fn facts(text: &mut String, facts: &[Fact], words: &Words) {
    for fact in facts.iter().filter(|fact| !fact.values.is_empty()) {
        lines(text, [fact.label.as_str()]);
        let long = |value: &Text| value.address.is_some() || value.url.is_some() || value.text.chars().count() > SHORT;
        if fact.values.iter().any(long) {
            texts(text, &fact.values);
        } else {
            let values: Vec<&str> = fact.values.iter().map(|value| value.text.as_str()).collect();
            lines(text, [values.join(words.get("text.joiner")).as_str()]);
        }
    }
}

fn badges(text: &mut String, badges: &[Badge]) {
    lines(text, badges.iter().map(|badge| badge.text.as_str()));
}

fn texts<'a>(text: &mut String, texts: impl IntoIterator<Item = &'a Text>) {
    lines(text, texts.into_iter().map(|one| one.text.as_str()));
}

fn lines<'a>(text: &mut String, lines: impl IntoIterator<Item = &'a str>) {
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
}

/// Tags that do not end a line of text; the script in the browser has the same list.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "picture", "q", "rp", "rt",
    "ruby", "s", "small", "source", "span", "strong", "sub", "sup", "time",
];

/// What stands beside a word and is none of it: readings, marks of footnotes. The script in the browser has the same list.
const BESIDE: [&str; 3] = ["<rt", "<rp", "<sup class=\"footnote-reference\""];

/// The text of HTML that a body became, and where its headings stand in it.
fn html(text: &mut String, html: &str, headings: &mut Vec<Range<usize>>) {
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        words(text, &rest[..at]);
        if rest[at..].starts_with('<') {
            let end = tag_end(rest, at);
            if BESIDE.iter().any(|tag| rest[at..end].starts_with(tag)) {
                let closed = rest[end..].find("</").map_or(rest.len(), |close| end + close);
                rest = &rest[closed..];
                continue;
            }
            let name = rest[at..end].trim_start_matches(['<', '/']);
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if !INLINE.contains(&name) && !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
                if rest[at..].starts_with("</") {
                    // One that says nothing begins behind the end of the text.
                    headings
                        .last_mut()
                        .into_iter()
                        .for_each(|heading| heading.end = text.trim_end().len().max(heading.start));
                } else {
                    headings.push(text.len()..text.len());
                }
            }
            rest = &rest[end..];
        } else {
            let end = rest[at..].find(';').map_or(rest.len(), |end| at + end + 1);
            text.push_str(entity(&rest[at..end]));
            rest = &rest[end..];
        }
    }
    words(text, rest);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Text with every stretch of white space as one space; none at the beginning of a line.
fn words(text: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.ends_with([' ', '\n']) && !text.is_empty() {
            text.push(' ');
        }
    }
}

fn entity(entity: &str) -> &str {
    match entity {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&#39;" | "&#x27;" => "'",
        "&nbsp;" => " ",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_html_keeps_blocks_apart_and_inline_together() {
        let mut text = String::new();
        let mut headings = Vec::new();
        let body = "<p>太<strong>极</strong>拳 &amp; \n 剑</p>\n<h2 id=\"a\">三 <em>四</em> </h2><ul><li>一</li><li>二</li></ul>\n";
        html(&mut text, body, &mut headings);
        assert_eq!(text, "太极拳 & 剑\n三 四 \n一\n二\n");
        assert_eq!(headings.iter().map(|heading| &text[heading.clone()]).collect::<Vec<_>>(), ["三 四"]);
    }

    #[test]
    fn what_stands_beside_a_word_does_not_break_it() {
        let mut text = String::new();
        let body = "<p><ruby>重<rp>(</rp><rt>chóng</rt><rp>)</rp></ruby><ruby>庆<rt>qìng</rt></ruby>市</p><p>前半句<sup class=\"footnote-reference\"><a href=\"#fn-1\">1</a></sup>后半句，10 m<sup>2</sup></p>";
        html(&mut text, body, &mut Vec::new());
        assert_eq!(text, "重庆市\n前半句后半句，10 m2\n");
    }

    #[test]
    fn a_heading_without_words_and_a_quoted_bracket_break_nothing() {
        let (mut text, mut headings) = (String::new(), Vec::new());
        html(&mut text, "<p>甲</p><h2></h2><p>乙<img alt=\"a > b\">丙</p><h2><br></h2>", &mut headings);
        assert_eq!(text, "甲\n乙丙\n");
        let document = Document { text: text.trim_end().to_owned(), headings, ..Document::default() };
        assert_eq!(super::super::passage::fold(&document, &mut std::collections::BTreeSet::new()).len(), 1);
    }
}
