//! Parts of documents in XML, read as a stream: paragraphs joined across their runs, texts that are deleted or hidden too,
//! comments, alternatives of pictures, and who wrote them.

use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};

use super::table::Table;
use super::{Reader, plain};
use crate::diag::catalogue::{Part, Person, Unread};

/// Deepest nesting of paragraphs that is told apart.
const DEPTH: usize = 64;
/// Most characters of a number on either side of the end of a paragraph.
const ACROSS: usize = 30;

/// A piece of XML.
pub(super) enum Token<'t> {
    /// A start tag; an empty element is followed by its end.
    Open(Tag<'t>),
    /// The local name of an end tag.
    Close(&'t str),
    /// Text between tags.
    Text(&'t str),
}

/// A start tag.
pub(super) struct Tag<'t> {
    /// Its local name.
    pub name: &'t str,
    start: &'t BytesStart<'t>,
}

impl Tag<'_> {
    /// The value of the attribute of that local name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Local names and values of all attributes. Whether a name occurs twice is not asked: that takes quadratic time.
    fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let name = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
            let value = String::from_utf8_lossy(&attribute.value);
            let value =
                quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), std::borrow::Cow::into_owned);
            (name, value)
        })
    }
}

/// Hands on every piece of a text. What comes before a damage is as good as the rest.
pub(super) fn each(text: &str, reader: &mut Reader, mut take: impl FnMut(Token<'_>, &mut Reader)) {
    let mut xml = Xml::from_str(text);
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        let event = match xml.read_event() {
            Ok(Event::Eof) => return,
            Ok(event) => event,
            Err(_) => return reader.unread(Unread::Broken),
        };
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let local = start.local_name();
                let name = std::str::from_utf8(local.as_ref()).unwrap_or_default();
                take(Token::Open(Tag { name, start }), reader);
                if matches!(event, Event::Empty(_)) {
                    take(Token::Close(name), reader);
                }
            }
            Event::End(end) => {
                let local = end.local_name();
                take(Token::Close(std::str::from_utf8(local.as_ref()).unwrap_or_default()), reader);
            }
            Event::Text(text) => take(Token::Text(&String::from_utf8_lossy(text)), reader),
            Event::CData(text) => take(Token::Text(&String::from_utf8_lossy(text)), reader),
            Event::GeneralRef(name) => {
                let plain = match &**name {
                    b"amp" => Some('&'),
                    b"lt" => Some('<'),
                    b"gt" => Some('>'),
                    b"quot" => Some('"'),
                    b"apos" => Some('\''),
                    _ => name.resolve_char_ref().ok().flatten(),
                };
                let mut buffer = [0; 4];
                take(Token::Text(plain.map_or("", |c| c.encode_utf8(&mut buffer))), reader);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
    }
}

/// Hands on every start tag.
pub(super) fn tags(text: &str, mut take: impl FnMut(&Tag<'_>)) {
    let mut xml = Xml::from_str(text);
    xml.config_mut().check_end_names = false;
    while let Ok(event) = xml.read_event() {
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let local = start.local_name();
                take(&Tag { name: std::str::from_utf8(local.as_ref()).unwrap_or_default(), start });
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

/// Reads all text between tags as one, as in a drawing.
pub(super) fn all(text: &str, reader: &mut Reader, part: &Part) {
    let mut joined = String::new();
    each(text, reader, |token, _| match token {
        Token::Text(text) => joined.push_str(text),
        Token::Close("text" | "title" | "desc" | "p" | "li") => joined.push('\n'),
        Token::Open(_) | Token::Close(_) => {}
    });
    reader.text(part, &joined);
}

/// What attributes of any element say: authors of comments and changes, alternatives of pictures, addresses.
pub(super) fn attributes(tag: &Tag<'_>, reader: &mut Reader) {
    for (name, value) in tag.attributes() {
        match (name.as_str(), tag.name) {
            ("author" | "userName" | "displayName", _) | ("name", "cmAuthor" | "author") => {
                reader.person(Person::Editor, &value);
            }
            ("descr" | "title" | "alt", _) => reader.text(&Part::Picture, &value),
            // Addresses, titles of sheets, and what the cache of a pivot table keeps of rows that were deleted.
            ("Target" | "href" | "tooltip", _) | ("name", "sheet" | "table") | ("v", "s" | "n") | ("val", "alias") => {
                reader.text(&Part::Text, &value);
            }
            _ => {}
        }
    }
}

/// Reads a part of a document.
pub(super) fn part(name: &str, text: &str, reader: &mut Reader) {
    let mut document = Document::new(name);
    each(text, reader, |token, reader| match token {
        Token::Open(tag) => document.open(&tag, reader),
        Token::Close(name) => document.close(name, reader),
        Token::Text(text) => document.text(text),
    });
    document.end(reader);
}

/// What a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Unknown,
    /// Paragraphs.
    Text,
    /// Properties: an element for each.
    Properties,
}

struct Document {
    part: Part,
    sort: Sort,
    /// Paragraphs that are open, the innermost last: a text box stands inside of one.
    open: Vec<String>,
    /// How many are open beyond the limit.
    deeper: usize,
    count: usize,
    tables: Vec<Table>,
    /// The sheet's title, in a spreadsheet of `OpenDocument`.
    sheet: Option<String>,
    /// Whether all text of a paragraph counts, as in `OpenDocument`, or that of certain elements.
    has_all_text: bool,
    in_run: bool,
    /// Text outside of paragraphs, since the last tag.
    loose: String,
    /// The name of a property that somebody defined.
    property: String,
    /// The end of the paragraph before, if that is a digit: a number may go on in the next one.
    before: String,
}

impl Document {
    fn new(name: &str) -> Self {
        let number = || name.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
        let has = |word: &str| name.contains(word);
        let part = match name {
            "word/document.xml" | "content.xml" => Part::Paragraph(0),
            _ if has("slides/") && !has("_rels") => Part::Slide(number()),
            _ if has("notesSlides/") => Part::SlideNotes(number()),
            _ if has("header") => Part::Header,
            _ if has("footer") || name == "styles.xml" => Part::Footer,
            _ if has("footnotes") || has("endnotes") => Part::Notes,
            _ if has("omments") => Part::Comment,
            _ if has("docProps/") || name == "meta.xml" => Part::Properties,
            _ => Part::Text,
        };
        Self {
            part,
            sort: Sort::Unknown,
            open: Vec::new(),
            deeper: 0,
            count: 0,
            tables: Vec::new(),
            sheet: None,
            has_all_text: false,
            in_run: false,
            loose: String::new(),
            property: String::new(),
            before: String::new(),
        }
    }

    fn open(&mut self, tag: &Tag<'_>, reader: &mut Reader) {
        if self.sort == Sort::Unknown {
            self.has_all_text = tag.name.starts_with("document");
            let properties = matches!(tag.name, "coreProperties" | "Properties" | "document-meta");
            self.sort = if properties { Sort::Properties } else { Sort::Text };
            if properties {
                self.part = Part::Properties;
            }
        }
        self.loose.clear();
        match tag.name {
            "p" | "h" if self.open.len() < DEPTH => self.open.push(String::new()),
            "p" | "h" => self.deeper += 1,
            "t" | "delText" | "instrText" | "delInstrText" => self.in_run = true,
            "tab" => self.push("\t"),
            "br" | "cr" | "line-break" => self.push("\n"),
            "s" if self.has_all_text => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            "property" | "user-defined" => self.property = tag.attribute("name").unwrap_or_default(),
            "tbl" | "table" if self.tables.len() < DEPTH => {
                self.tables.push(Table::default());
                self.sheet = tag.attribute("name").filter(|_| self.has_all_text);
            }
            "tr" | "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.column) = (table.row + 1, 0);
                }
            }
            "tc" | "table-cell" | "covered-table-cell" => self.cell(tag, reader),
            _ => {}
        }
        attributes(tag, reader);
    }

    fn cell(&mut self, tag: &Tag<'_>, reader: &mut Reader) {
        let Some(table) = self.tables.last_mut() else { return };
        let repeated = tag.attribute("number-columns-repeated").and_then(|number| number.parse().ok()).unwrap_or(1);
        table.column = table.column.saturating_add(1);
        if let Some(value) = tag.attribute("value") {
            let value = plain::whole_number(&value).unwrap_or(value);
            self.flush(&value, reader);
        }
        // The text beside it has the form of some country.
        if let Some(day) = tag.attribute("date-value") {
            self.flush(&day, reader);
        }
        if let Some(table) = self.tables.last_mut() {
            table.column = table.column.saturating_add(repeated - 1);
        }
    }

    fn close(&mut self, name: &str, reader: &mut Reader) {
        let loose = std::mem::take(&mut self.loose);
        match name {
            "p" | "h" if self.deeper > 0 => self.deeper -= 1,
            "p" | "h" => {
                if let Some(text) = self.open.pop() {
                    self.count += 1;
                    self.flush(&text, reader);
                }
            }
            "t" | "delText" | "instrText" | "delInstrText" => self.in_run = false,
            "tbl" | "table" => {
                self.tables.pop();
            }
            // Comments of a workbook and texts of a drawing have no paragraphs.
            "comment" | "si" | "text" if self.open.is_empty() => {
                let text = std::mem::take(&mut self.loose);
                self.flush(&text, reader);
            }
            _ => {}
        }
        if self.sort == Sort::Properties || matches!(name, "creator" | "author" | "initial-creator" | "lastModifiedBy")
        {
            self.property(name, &loose, reader);
        } else if matches!(name, "t" | "r" | "rPr") {
            // Runs of a comment are one text.
            self.loose = loose;
        } else if !loose.trim().is_empty() && self.open.is_empty() {
            self.flush(&loose, reader);
        }
    }

    fn property(&mut self, name: &str, text: &str, reader: &mut Reader) {
        let person = match name {
            "creator" if self.sort == Sort::Text => Person::Editor,
            "author" => Person::Editor,
            "creator" | "initial-creator" => Person::Author,
            "lastModifiedBy" => Person::LastAuthor,
            "Manager" => Person::Manager,
            "Company" => Person::Company,
            _ if is_person(&self.property) => Person::Author,
            _ => return reader.text(&self.part.clone(), text),
        };
        reader.person(person, text);
    }

    fn text(&mut self, text: &str) {
        if self.sort == Sort::Properties || self.open.is_empty() {
            self.loose.push_str(text);
        } else if self.in_run || self.has_all_text {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.push_str(text);
        }
    }

    fn flush(&mut self, text: &str, reader: &mut Reader) {
        let mut part = self.part.clone();
        if let Part::Paragraph(nth) = &mut part {
            *nth = self.count;
        }
        let mut labelled = None;
        if let Some(table) = self.tables.last_mut() {
            let (row, column) = (table.row, table.column);
            if let Some(sheet) = &self.sheet {
                part = Part::Cell(sheet.clone(), format!("{}{row}", letters(column)));
            }
            labelled = table.cell(row.saturating_sub(1), column, text);
        }
        reader.text(&part, labelled.as_deref().unwrap_or(text));
        if self.tables.is_empty() {
            self.across(&part, text, reader);
        }
    }

    /// Notes a number that begins in the paragraph before and ends in this one.
    fn across(&mut self, part: &Part, text: &str, reader: &mut Reader) {
        let text = text.trim();
        let before = std::mem::take(&mut self.before);
        let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        if !before.is_empty() && text.starts_with(is_digit) {
            let end = text.char_indices().nth(ACROSS).map_or(text.len(), |(at, _)| at);
            reader.across(part, &before, &text[..end]);
        }
        if text.ends_with(is_digit) {
            let start = text.char_indices().rev().nth(ACROSS).map_or(0, |(at, _)| at);
            text[start..].clone_into(&mut self.before);
        }
    }

    /// What a damaged part left open.
    fn end(mut self, reader: &mut Reader) {
        for text in std::mem::take(&mut self.open) {
            self.flush(&text, reader);
        }
    }
}

/// Whether a property that somebody defined names a person.
fn is_person(property: &str) -> bool {
    let property = property.to_lowercase();
    let words = ["author", "creator", "owner", "manager", "editor", "checked by", "typist"];
    words.iter().any(|word| property.contains(word)) || property.contains(['者', '人', '员'])
}

/// The letters of a column: 2 is B, 28 is AB.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(char::from(b'A' + u8::try_from((column - 1) % 26).unwrap_or(0)));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::document::Reader;

    #[test]
    fn a_number_is_read_across_two_paragraphs() {
        let found = |first: &str, second: &str| {
            let text =
                format!("<document><body><p><r><t>{first}</t></r></p><p><r><t>{second}</t></r></p></body></document>");
            let mut reader = Reader::aside();
            part("word/document.xml", &text, &mut reader);
            reader.reading.found.len()
        };
        assert_eq!(found("身份证：37010219", "9003074519，男"), 1);
        assert_eq!(found("身份证：37010219", "2. 9003074519"), 0);
        assert_eq!(found("13812345678", "9003074519"), 1);
        assert_eq!(found("共 12", "3 人"), 0);
    }
}
