//! What the codes of a font mean (ISO 32000-1, 9.6 to 9.10): its `ToUnicode` map, a known encoding, or nothing that can be known.

use std::collections::HashMap;

use encoding_rs::{GBK, UTF_16BE};

use super::object::{Dict, Lexer, Value, whole};

/// Most codes of a font that are kept.
const CODES: usize = 70_000;

/// A font.
#[derive(Debug)]
pub(super) enum Font {
    /// Codes of so many bytes, each with its text.
    Mapped(usize, HashMap<u32, String>),
    /// UTF-16.
    Wide,
    /// GBK.
    Chinese,
    /// Nobody can tell from the file.
    Unknown,
}

impl Font {
    /// A font by its dictionary and its `ToUnicode` map, if it has one.
    pub fn new(font: &Dict, map: Option<&[u8]>, differences: Option<&[Value]>) -> Self {
        let is_composite = font.get(&b"Subtype"[..]) == Some(&Value::Name(b"Type0".to_vec()));
        if let Some(map) = map {
            let (size, codes) = unicode(map);
            if !codes.is_empty() {
                return Self::Mapped(size.unwrap_or(if is_composite { 2 } else { 1 }), codes);
            }
        }
        if !is_composite {
            return Self::Mapped(1, simple(differences.unwrap_or_default()));
        }
        match font.get(&b"Encoding"[..]) {
            Some(Value::Name(name)) if name.starts_with(b"UniGB") => Self::Wide,
            Some(Value::Name(name)) if name.starts_with(b"GB") => Self::Chinese,
            _ => Self::Unknown,
        }
    }

    /// The text of a string of codes; `None` if it cannot be known.
    pub fn text(&self, codes: &[u8]) -> Option<String> {
        match self {
            Self::Unknown => None,
            Self::Wide => Some(UTF_16BE.decode_without_bom_handling(codes).0.into_owned()),
            Self::Chinese => Some(GBK.decode_without_bom_handling(codes).0.into_owned()),
            Self::Mapped(size, map) => {
                let code = |bytes: &[u8]| bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                Some(codes.chunks(*size).filter_map(|bytes| map.get(&code(bytes))).map(String::as_str).collect())
            }
        }
    }
}

/// The codes of a simple font: ASCII, and what its differences name.
fn simple(differences: &[Value]) -> HashMap<u32, String> {
    let mut codes: HashMap<u32, String> =
        (0x20..0x7f_u8).map(|code| (u32::from(code), char::from(code).into())).collect();
    let mut code = 0;
    for value in differences {
        match value {
            Value::Number(number) => code = whole(*number),
            Value::Name(name) => {
                if let Some(text) = glyph(name) {
                    codes.insert(code, text);
                } else {
                    codes.remove(&code);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    codes
}

/// The text of a glyph's name, as far as numbers need it.
fn glyph(name: &[u8]) -> Option<String> {
    const NAMES: [(&str, char); 17] = [
        ("zero", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("hyphen", '-'),
        ("minus", '-'),
        ("space", ' '),
        ("period", '.'),
        ("comma", ','),
        ("plus", '+'),
        ("colon", ':'),
    ];
    let name = std::str::from_utf8(name).ok()?;
    if let Some((_, c)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*c).into());
    }
    if name.len() == 1 {
        return Some(name.to_owned());
    }
    let number = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    char::from_u32(u32::from_str_radix(number.get(..4)?, 16).ok()?).map(String::from)
}

/// The size of codes and the text of each, from a `ToUnicode` map.
fn unicode(map: &[u8]) -> (Option<usize>, HashMap<u32, String>) {
    let mut codes = HashMap::new();
    let mut size = None;
    let mut lexer = Lexer::new(map, 0);
    let mut values: Vec<Value> = Vec::new();
    while let Some(value) = lexer.next() {
        let Value::Word(word) = value else {
            values.push(value);
            continue;
        };
        match &word[..] {
            b"endcodespacerange" => {
                size = values.iter().filter_map(bytes).map(<[u8]>::len).max().filter(|size| *size > 0);
            }
            b"endbfchar" => {
                for pair in values.chunks(2) {
                    if let [from, to] = pair {
                        insert(&mut codes, number(from), bytes(to).unwrap_or_default(), 0);
                    }
                }
            }
            b"endbfrange" => {
                for range in values.chunks(3) {
                    let [from, to, texts] = range else { continue };
                    let (Some(from), Some(to)) = (number(from), number(to)) else { continue };
                    for (nth, code) in (from..=to).take(0x1_0000).enumerate() {
                        let nth = u32::try_from(nth).unwrap_or(0);
                        match texts {
                            Value::List(texts) => match texts.get(nth as usize).and_then(bytes) {
                                Some(text) => insert(&mut codes, Some(code), text, 0),
                                None => break,
                            },
                            text => insert(&mut codes, Some(code), bytes(text).unwrap_or_default(), nth),
                        }
                        if codes.len() >= CODES {
                            return (size, codes);
                        }
                    }
                }
            }
            _ => {}
        }
        values.clear();
    }
    (size, codes)
}

/// Notes the text of a code: UTF-16, its last unit moved on by `nth`.
fn insert(codes: &mut HashMap<u32, String>, code: Option<u32>, text: &[u8], nth: u32) {
    let Some(code) = code.filter(|_| codes.len() < CODES) else { return };
    let mut text: Vec<u8> = text.iter().copied().take(32).collect();
    if let [.., high, low] = &mut text[..] {
        let last = (u32::from(*high) << 8 | u32::from(*low)).wrapping_add(nth);
        [*high, *low] = [u8::try_from(last >> 8 & 0xff).unwrap_or(0), u8::try_from(last & 0xff).unwrap_or(0)];
    }
    codes.insert(code, UTF_16BE.decode_without_bom_handling(&text).0.into_owned());
}

fn bytes(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Text(bytes) => Some(bytes),
        _ => None,
    }
}

fn number(value: &Value) -> Option<u32> {
    let bytes = bytes(value).filter(|bytes| bytes.len() <= 4)?;
    Some(bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)))
}
