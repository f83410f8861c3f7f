//! Objects of a PDF (ISO 32000-1, 7.3): numbers, names, strings, lists, dictionaries, references, and other words.

use std::collections::BTreeMap;

/// Deepest nesting that is read.
const DEPTH: usize = 48;

/// A dictionary.
pub(super) type Dict = BTreeMap<Vec<u8>, Value>;

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    /// A name, its escapes replaced.
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<Value>),
    Dict(Dict),
    /// A reference to the object of a number.
    Ref(u32),
    /// An operator or keyword.
    Word(Vec<u8>),
}

/// Reads objects one by one.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    /// The next byte.
    pub at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next object; `None` at the end.
    pub fn next(&mut self) -> Option<Value> {
        self.value(0)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Skips white space and comments.
    pub fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let end = memchr::memchr2(b'\n', b'\r', &self.bytes[self.at..]);
                self.at = end.map_or(self.bytes.len(), |end| self.at + end);
            } else if byte.is_ascii_whitespace() || byte == 0 {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip();
        let first = self.peek()?;
        self.at += 1;
        Some(match first {
            b'(' => Value::Text(self.literal()),
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                dict(self.values(b'>', depth))
            }
            b'<' => Value::Text(self.hexadecimal()),
            b'[' => Value::List(self.values(b']', depth)),
            b'/' => Value::Name(self.name()),
            b'{' | b'}' | b')' | b'>' | b']' => Value::Word(vec![first]),
            _ => self.word(),
        })
    }

    /// The objects up to a closing bracket. Two numbers and `R` are a reference.
    fn values(&mut self, close: u8, depth: usize) -> Vec<Value> {
        let mut values = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None => return values,
                Some(byte) if byte == close => {
                    self.at += if close == b'>' && self.bytes.get(self.at + 1) == Some(&b'>') { 2 } else { 1 };
                    return values;
                }
                // Something that was never closed ends with its object.
                Some(b'e') if self.bytes[self.at..].starts_with(b"endobj") => return values,
                Some(_) if depth >= DEPTH => self.at += 1,
                Some(_) => {
                    let Some(value) = self.value(depth + 1) else { return values };
                    if value == Value::Word(b"R".to_vec())
                        && let [.., Value::Number(object), Value::Number(_)] = values[..]
                    {
                        values.truncate(values.len() - 2);
                        values.push(Value::Ref(whole(object)));
                    } else {
                        values.push(value);
                    }
                }
            }
        }
    }

    fn word(&mut self) -> Value {
        let start = self.at - 1;
        while self.peek().is_some_and(|byte| !is_delimiter(byte)) {
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        let number = std::str::from_utf8(word)
            .ok()
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')));
        number.and_then(|number| number.parse().ok()).map_or_else(|| Value::Word(word.to_vec()), Value::Number)
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_delimiter(*byte)) {
            self.at += 1;
            let escaped = self.bytes.get(self.at..self.at + 2).filter(|_| byte == b'#').and_then(hex);
            if let Some(escaped) = escaped {
                self.at += 2;
                name.push(escaped);
            } else {
                name.push(byte);
            }
        }
        name
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let end = memchr::memchr(b'>', &self.bytes[self.at..]).map_or(self.bytes.len(), |end| self.at + end);
        let mut digits: Vec<u8> = self.bytes[self.at..end].iter().copied().filter(u8::is_ascii_hexdigit).collect();
        self.at = (end + 1).min(self.bytes.len());
        if digits.len() % 2 == 1 {
            digits.push(b'0');
        }
        digits.chunks(2).filter_map(hex).collect()
    }

    /// The bytes up to the bracket that closes.
    fn literal(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut depth = 0;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'(' => depth += 1,
                b'\\' => {
                    self.escape(&mut bytes);
                    continue;
                }
                _ => {}
            }
            bytes.push(byte);
        }
        bytes
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                bytes.push(u8::try_from(value & 0xff).unwrap_or(0));
            }
            b'n' => bytes.push(b'\n'),
            b't' => bytes.push(b'\t'),
            b'r' => bytes.push(b'\r'),
            b'b' | b'f' | b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            byte => bytes.push(byte),
        }
    }
}

fn dict(values: Vec<Value>) -> Value {
    let mut dict = Dict::new();
    let mut values = values.into_iter().peekable();
    while let Some(key) = values.next() {
        if let Value::Name(key) = key
            && let Some(value) = values.next()
        {
            dict.insert(key, value);
        }
    }
    Value::Dict(dict)
}

fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, 0 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The byte of two hexadecimal digits.
fn hex(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [high, low] = pair else { return None };
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// A number as a whole one; zero if it is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
pub(super) fn whole(number: f64) -> u32 {
    number as u32
}
