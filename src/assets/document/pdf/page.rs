//! The text that a page shows (ISO 32000-1, 9.4), line by line.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::File;
use super::font::Font;
use super::object::{Dict, Lexer, Value};
use crate::assets::document::Reader;

/// Deepest form within a form.
const DEPTH: usize = 8;
/// Most operands of an operator.
const OPERANDS: usize = 200;
/// A gap in a string of this many thousandths of the font's size is a space.
const SPACE: f64 = -180.0;

/// What a page shows.
#[derive(Default)]
pub(super) struct Shown {
    /// Its text, each move on a line behind a Latin letter or digit as a space.
    pub spaced: String,
    /// Its text, without what moves on a line leave between.
    pub joined: String,
    /// Whether some text cannot be known.
    pub is_unknown: bool,
    /// Whether there are pictures.
    pub has_pictures: bool,
}

impl Shown {
    fn push(&mut self, text: &str) {
        self.spaced.push_str(text);
        self.joined.push_str(text);
    }

    fn line(&mut self) {
        if !self.spaced.ends_with('\n') {
            self.push("\n");
        }
    }

    fn gap(&mut self) {
        // Han are often placed one by one, without a space that anybody sees.
        if self.spaced.ends_with(|c: char| c.is_ascii_graphic()) {
            self.spaced.push(' ');
        }
    }
}

/// Reads contents of pages; fonts and forms are read once.
pub(super) struct Painter<'f, 'a> {
    file: &'f File<'a>,
    fonts: HashMap<u32, Rc<Font>>,
    forms: HashSet<u32>,
}

impl<'f, 'a> Painter<'f, 'a> {
    pub fn new(file: &'f File<'a>) -> Self {
        Self { file, fonts: HashMap::new(), forms: HashSet::new() }
    }

    /// Adds what `content` shows.
    pub fn paint(&mut self, content: &[u8], resources: &Dict, depth: usize, shown: &mut Shown, reader: &mut Reader) {
        let mut lexer = Lexer::new(content, 0);
        let mut operands: Vec<Value> = Vec::new();
        let mut font: Option<Rc<Font>> = None;
        let mut saved: Vec<Option<Rc<Font>>> = Vec::new();
        let mut height = f64::NAN;
        while let Some(value) = lexer.next() {
            let Value::Word(operator) = value else {
                if operands.len() < OPERANDS {
                    operands.push(value);
                }
                continue;
            };
            match &operator[..] {
                b"q" if saved.len() < 64 => saved.push(font.clone()),
                b"Q" => font = saved.pop().unwrap_or(font),
                b"Tf" => font = self.font(&operands, resources, reader),
                b"Tj" => show(shown, font.as_deref(), operands.last()),
                b"'" | b"\"" => {
                    shown.line();
                    show(shown, font.as_deref(), operands.last());
                }
                b"TJ" => spread(shown, font.as_deref(), operands.last()),
                b"Td" | b"TD" => moved(shown, matches!(operands.last(), Some(Value::Number(down)) if down.abs() > 1.0)),
                b"Tm" => {
                    let now = match operands.last() {
                        Some(Value::Number(now)) => *now,
                        _ => f64::NAN,
                    };
                    moved(shown, (now - height).abs() > 1.0 || height.is_nan());
                    height = now;
                }
                b"T*" | b"ET" => moved(shown, operator == b"T*"),
                b"BDC" => actual_text(shown, operands.last()),
                b"BI" => skip_picture(content, &mut lexer),
                b"Do" => self.object(&operands, resources, depth, shown, reader),
                _ => {}
            }
            operands.clear();
        }
        shown.line();
    }

    fn font(&mut self, operands: &[Value], resources: &Dict, reader: &mut Reader) -> Option<Rc<Font>> {
        let Some(Value::Name(name)) = operands.first() else { return None };
        let fonts = self.file.dict(resources.get(&b"Font"[..])?)?;
        let value = fonts.get(name)?;
        if let Value::Ref(number) = value
            && let Some(font) = self.fonts.get(number)
        {
            return Some(Rc::clone(font));
        }
        let font = self.file.dict(value)?;
        let map = font.get(&b"ToUnicode"[..]).and_then(|map| self.file.stream(map, reader));
        let encoding = font.get(&b"Encoding"[..]).and_then(|encoding| self.file.dict(encoding));
        let differences =
            encoding.and_then(|encoding| encoding.get(&b"Differences"[..])).map(|list| self.file.resolve(list));
        let differences = match differences {
            Some(Value::List(list)) => Some(&list[..]),
            _ => None,
        };
        let made = Rc::new(Font::new(font, map.as_deref(), differences));
        if let Value::Ref(number) = value {
            self.fonts.insert(*number, Rc::clone(&made));
        }
        Some(made)
    }

    /// A picture, or a form with content of its own.
    fn object(&mut self, operands: &[Value], resources: &Dict, depth: usize, shown: &mut Shown, reader: &mut Reader) {
        let Some(Value::Name(name)) = operands.first() else { return };
        let objects = resources.get(&b"XObject"[..]).and_then(|objects| self.file.dict(objects));
        let Some(Value::Ref(number)) = objects.and_then(|objects| objects.get(name)) else { return };
        let reference = Value::Ref(*number);
        let Some(form) = self.file.dict(&reference) else { return };
        if form.get(&b"Subtype"[..]) != Some(&Value::Name(b"Form".to_vec())) {
            shown.has_pictures = true;
            return;
        }
        if depth >= DEPTH || !self.forms.insert(*number) {
            return;
        }
        let Some(content) = self.file.stream(&reference, reader) else { return };
        let own = form.get(&b"Resources"[..]).and_then(|own| self.file.dict(own));
        self.paint(&content, own.unwrap_or(resources), depth + 1, shown, reader);
    }
}

fn moved(shown: &mut Shown, to_another_line: bool) {
    if to_another_line {
        shown.line();
    } else {
        shown.gap();
    }
}

fn show(shown: &mut Shown, font: Option<&Font>, text: Option<&Value>) {
    let Some(Value::Text(codes)) = text else { return };
    match font.and_then(|font| font.text(codes)) {
        Some(text) => shown.push(&text),
        None => shown.is_unknown |= !codes.is_empty(),
    }
}

/// Strings with gaps between them.
fn spread(shown: &mut Shown, font: Option<&Font>, list: Option<&Value>) {
    let Some(Value::List(list)) = list else { return };
    for value in list {
        match value {
            Value::Number(gap) if *gap < SPACE => shown.gap(),
            text => show(shown, font, Some(text)),
        }
    }
}

fn actual_text(shown: &mut Shown, properties: Option<&Value>) {
    if let Some(Value::Dict(properties)) = properties
        && let Some(Value::Text(text)) = properties.get(&b"ActualText"[..])
    {
        shown.line();
        shown.push(&super::string(text));
        shown.line();
    }
}

/// Skips the bytes of a picture between `ID` and `EI`.
fn skip_picture(content: &[u8], lexer: &mut Lexer<'_>) {
    let rest = content.get(lexer.at..).unwrap_or_default();
    let data = memchr::memmem::find(rest, b"ID").unwrap_or(0);
    let end = memchr::memmem::find_iter(&rest[data..], b"EI").find(|end| {
        let at = data + end;
        let before = rest.get(at.wrapping_sub(1)).is_none_or(u8::is_ascii_whitespace);
        before && rest.get(at + 2).is_none_or(u8::is_ascii_whitespace)
    });
    lexer.at += end.map_or(rest.len(), |end| data + end + 2);
}
