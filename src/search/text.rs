//! Reads the words of a rendered page, guided by `data-search` attributes of the templates: what residents read is what search finds.
//!
//! An element with `data-search` says what its text is: `title`, `body` (its beginning is the summary, its headings weigh more) or `none`
//! (not part of the page, such as cards that lead elsewhere). All other text of `main` belongs to the page.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use serde::{Deserialize, Serialize};

/// The attribute that says what the text of an element is.
const MARK: &[u8] = b"data-search";

/// Elements that do not end a line of text. The script in the browser receives this list with the index.
pub const INLINE: [&str; 27] = [
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "picture", "q", "rp", "rt",
    "ruby", "s", "small", "source", "span", "strong", "sub", "sup", "time", "wbr",
];

/// Elements whose text is not among the lines of a page, as a CSS selector: readings of characters, marks of footnotes, text that is not
/// shown, and what templates mark. The script in the browser receives this selector with the index.
pub const OUTSIDE: &str = "rt,rp,script,style,template,sup.footnote-reference,[data-search=none],[data-search=title]";

/// Elements without an end tag.
const VOID: [Name; 14] = names_of([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
]);

/// The words of a page, or of one element of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The title.
    pub title: String,
    /// All else, a line for each block.
    pub lines: String,
    /// Where headings of the body stand in `lines`.
    pub headings: Vec<Range<usize>>,
    /// Where the body stands in `lines`.
    pub body: Vec<Range<usize>>,
}

/// The words of the `main` of a page.
pub fn of_main(html: &str) -> Option<Text> {
    let start = memchr::memmem::find(html.as_bytes(), b"<main")?;
    let end = memchr::memmem::rfind(html.as_bytes(), b"</main>")?;
    let mut texts = read(html.get(start..end)?, &|name, _| MAIN.contains(&name));
    texts.pop().map(|(_, text)| text)
}

/// The words of the elements of a page whose id is `wanted`, each with its id.
pub fn of_elements(html: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<(String, Text)> {
    read(html, &|_, id| wanted(id))
}

/// The words of every outermost element that `begins` takes by its name and id, each with its id.
fn read(html: &str, begins: &dyn Fn(Name, &str) -> bool) -> Vec<(String, Text)> {
    let mut reader =
        TextReader { begins, tag: Tag::default(), open: Vec::new(), text: Text::default(), found: Vec::new() };
    let take = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        reader.event(&event);
        None
    };
    // Text in memory cannot fail to be read, and nothing is emitted.
    let mut emitter = CallbackEmitter::new(take);
    // Scripts and styles hold text, not tags.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).for_each(drop);
    reader.finish()
}

struct TextReader<'a> {
    begins: &'a dyn Fn(Name, &str) -> bool,
    tag: Tag,
    /// Open elements, from the wanted one inwards; empty outside it.
    open: Vec<Open>,
    text: Text,
    found: Vec<(String, Text)>,
}

/// The name of an element as a number, so that names are compared at once. Of a longer name than any element has, the first 16 bytes.
type Name = u128;

const fn name_of(bytes: &[u8]) -> Name {
    let (mut name, mut at) = (0, 0);
    while at < bytes.len() && at < 16 {
        name |= (bytes[at] as Name) << (8 * at);
        at += 1;
    }
    name
}

const fn names_of<const N: usize>(names: [&str; N]) -> [Name; N] {
    let (mut all, mut at) = ([0; N], 0);
    while at < N {
        all[at] = name_of(names[at].as_bytes());
        at += 1;
    }
    all
}

const MAIN: [Name; 1] = names_of(["main"]);
const INLINE_NAMES: [Name; INLINE.len()] = names_of(INLINE);
const OUTSIDE_NAMES: [Name; 5] = names_of(["rt", "rp", "script", "style", "template"]);
const SUP: [Name; 1] = names_of(["sup"]);
const HEADINGS: [Name; 6] = names_of(["h1", "h2", "h3", "h4", "h5", "h6"]);

/// A start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Name,
    attribute: Attribute,
    id: String,
    mark: Mark,
    is_footnote: bool,
}

/// The attribute that is being read, as far as it is of interest.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Attribute {
    #[default]
    Other,
    Id,
    Class,
    Mark,
}

/// What the text of an element is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Mark {
    /// Of the page.
    #[default]
    Plain,
    Title,
    Body,
    /// Not of the page.
    Outside,
}

struct Open {
    name: Name,
    mark: Mark,
}

impl TextReader<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: name_of(name), ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute = match *name {
                    b"id" => Attribute::Id,
                    b"class" => Attribute::Class,
                    MARK => Attribute::Mark,
                    _ => Attribute::Other,
                };
            }
            CallbackEvent::AttributeValue { value } => self.tag.take(value),
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } if !self.open.is_empty() => self.words(&String::from_utf8_lossy(value)),
            CallbackEvent::String { .. }
            | CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn mark(&self) -> Mark {
        self.open.last().map_or(Mark::Plain, |open| open.mark)
    }

    fn start(&mut self) {
        let Tag { name, id, mark, is_footnote, .. } = std::mem::take(&mut self.tag);
        if self.open.is_empty() {
            if !(self.begins)(name, &id) {
                return;
            }
            self.found.push((id, Text::default()));
        }
        let outside = OUTSIDE_NAMES.contains(&name) || is_footnote && SUP.contains(&name);
        let mark = match (self.mark(), mark) {
            (Mark::Outside, _) => Mark::Outside,
            _ if outside => Mark::Outside,
            (around, Mark::Plain) => around,
            (_, own) => own,
        };
        self.boundary(name, mark);
        if VOID.contains(&name) {
            return;
        }
        match mark {
            Mark::Body if self.mark() != Mark::Body => {
                self.text.body.push(self.text.lines.len()..self.text.lines.len());
            }
            Mark::Body if is_heading(name) => self.text.headings.push(self.text.lines.len()..self.text.lines.len()),
            _ => {}
        }
        self.open.push(Open { name, mark });
    }

    fn end(&mut self, name: &[u8]) {
        let name = name_of(name);
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        while self.open.len() > at {
            let Some(Open { name, mark }) = self.open.pop() else { return };
            self.boundary(name, mark);
            let end = self.text.lines.trim_end().len();
            if mark == Mark::Body && is_heading(name) {
                self.text.headings.last_mut().into_iter().for_each(|heading| heading.end = end.max(heading.start));
            }
            if mark == Mark::Body && self.mark() != Mark::Body {
                self.text.body.last_mut().into_iter().for_each(|body| body.end = end.max(body.start));
            }
        }
        if self.open.is_empty() {
            self.close();
        }
    }

    /// The element that was being read is over.
    fn close(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        text.title.truncate(text.title.trim_end().len());
        text.lines.truncate(text.lines.trim_end().len());
        text.body.retain(|body| !body.is_empty());
        text.headings.retain(|heading| !heading.is_empty());
        if let Some((_, found)) = self.found.last_mut() {
            *found = text;
        }
    }

    fn finish(mut self) -> Vec<(String, Text)> {
        if !self.open.is_empty() {
            self.close();
        }
        self.found
    }

    /// Blocks are lines of their own.
    fn boundary(&mut self, name: Name, mark: Mark) {
        if mark == Mark::Title
            && !self.text.title.is_empty()
            && !self.text.title.ends_with(' ')
            && !INLINE_NAMES.contains(&name)
        {
            self.text.title.push(' ');
        }
        let lines = &mut self.text.lines;
        if mark != Mark::Outside && !lines.is_empty() && !lines.ends_with('\n') && !INLINE_NAMES.contains(&name) {
            lines.push('\n');
        }
    }

    /// Appends text with every stretch of white space as one space; none at the beginning of a line.
    fn words(&mut self, words: &str) {
        let text = match self.mark() {
            Mark::Outside => return,
            Mark::Title => &mut self.text.title,
            Mark::Plain | Mark::Body => &mut self.text.lines,
        };
        for (at, word) in words.split(char::is_whitespace).enumerate() {
            if at > 0 && !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
}

impl Tag {
    fn take(&mut self, value: &[u8]) {
        match self.attribute {
            Attribute::Other => {}
            Attribute::Id => self.id = String::from_utf8_lossy(value).into_owned(),
            Attribute::Class => {
                self.is_footnote = value.split(u8::is_ascii_whitespace).any(|class| class == b"footnote-reference");
            }
            Attribute::Mark => {
                self.mark = match value {
                    b"title" => Mark::Title,
                    b"body" => Mark::Body,
                    b"none" => Mark::Outside,
                    _ => Mark::Plain,
                }
            }
        }
    }
}

fn is_heading(name: Name) -> bool {
    HEADINGS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(html: &str) -> Text {
        of_main(&format!("<html><main id=\"main\" data-search=\"body\">{html}</main>")).expect("main")
    }

    #[test]
    fn blocks_are_lines_and_inline_elements_are_not() {
        let text = body(
            "<p>太<strong>极</strong>拳 &amp; \n 剑</p>\n<h2 id=\"a\">三 <em>四</em> </h2><ul><li>一</li><li>二</li></ul>\n",
        );
        assert_eq!(text.lines, "太极拳 & 剑\n三 四 \n一\n二");
        assert_eq!(text.headings.iter().map(|heading| &text.lines[heading.clone()]).collect::<Vec<_>>(), ["三 四"]);
    }

    #[test]
    fn what_stands_beside_a_word_does_not_break_it() {
        let text = body(
            "<p><ruby>重<rp>(</rp><rt>chóng</rt><rp>)</rp></ruby><ruby>庆<rt>qìng</rt></ruby>市</p><p>前半句<sup class=\"footnote-reference\"><a href=\"#fn-1\">1</a></sup>后半句，10 m<sup>2</sup></p>",
        );
        assert_eq!(text.lines, "重庆市\n前半句后半句，10 m2");
    }

    #[test]
    fn a_heading_without_words_and_a_quoted_bracket_break_nothing() {
        let text = body("<p>甲</p><h2></h2><p>乙<img alt=\"a > b\">丙</p><h2><br></h2>");
        assert_eq!(text.lines, "甲\n乙丙");
        assert!(text.headings.is_empty());
    }

    #[test]
    fn marks_say_what_text_is() {
        let html = "<main><p>课程</p><h1 data-search=title>太极</h1><p data-search=body>导语</p><nav data-search=none><a>目录<b>一</b></a></nav>\
                    <dl><dt>地点</dt><dd>礼堂</dd></dl><div data-search=\"body\"><h2>内容</h2><p>正文</p></div><h2>相关</h2></main>";
        let text = of_main(html).expect("main");
        assert_eq!(text.title, "太极");
        assert_eq!(text.lines, "课程\n导语\n地点\n礼堂\n内容\n正文\n相关");
        let said = |ranges: &[Range<usize>]| {
            ranges.iter().map(|range| &text.lines[range.clone()]).collect::<Vec<_>>().join("|")
        };
        assert_eq!(said(&text.body), "导语|内容\n正文");
        assert_eq!(said(&text.headings), "内容");
    }

    #[test]
    fn elements_are_read_by_their_ids() {
        let html = "<main><ul data-search=none><li id=a><h3 data-search=title>甲</h3><p>一</p></li><li id=b><p>二</p></li></ul></main>";
        let texts = of_elements(html, &|id| id == "a");
        assert_eq!(texts.len(), 1);
        assert_eq!((texts[0].1.title.as_str(), texts[0].1.lines.as_str()), ("甲", "一"));
    }
}
