//! PDF (ISO 32000-1): the text of its pages, of its notes and forms, and who made it.
//!
//! Objects are taken wherever they lie in the file, in order: the table at its end may be damaged or lie. The work is linear in the
//! size of the file and of what is unpacked, which has a limit.

mod font;
mod lzw;
mod object;
mod page;

use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::ops::Range;

use encoding_rs::{GBK, UTF_16BE, UTF_16LE};
use unicode_normalization::UnicodeNormalization as _;

use super::xml::{self, Token};
use super::{Reader, plain};
use crate::diag::catalogue::{Part, Person, Unread};
use object::{Dict, Lexer, Value, whole};
use page::{Painter, Shown};

/// Most objects that are kept.
const OBJECTS: usize = 500_000;
/// Most pages that are read.
const PAGES: usize = 20_000;
/// Longest chain of references.
const CHAIN: usize = 16;
/// Entries of dictionaries that hold text for people.
const TEXTS: [&[u8]; 13] = [
    b"Contents",
    b"V",
    b"DV",
    b"RC",
    b"TU",
    b"Title",
    b"Subject",
    b"Keywords",
    b"URI",
    b"Alt",
    b"ActualText",
    b"F",
    b"UF",
];

/// A file, its objects found.
struct File<'a> {
    bytes: &'a [u8],
    objects: HashMap<u32, Object>,
    /// Dictionaries after `trailer`.
    trailers: Vec<Dict>,
}

struct Object {
    value: Value,
    /// The bytes of its stream as packed.
    stream: Option<Range<usize>>,
}

pub(super) fn read(bytes: &[u8], reader: &mut Reader) {
    let mut file = File { bytes, objects: HashMap::new(), trailers: Vec::new() };
    file.scan();
    named(bytes, reader);
    let locked = |dict: &Dict| dict.contains_key(&b"Encrypt"[..]);
    let dicts = file.objects.values().filter_map(|object| as_dict(&object.value));
    if dicts.chain(&file.trailers).any(locked) {
        return reader.unread(Unread::Encrypted);
    }
    file.unpack_objects(reader);
    file.properties(reader);
    let pages = file.pages();
    if pages.is_empty() {
        return reader.unread(Unread::Broken);
    }
    let mut painter = Painter::new(&file);
    let (mut is_unknown, mut has_pictures, mut has_text) = (false, false, false);
    for (nth, (page, resources)) in pages.iter().enumerate() {
        let mut shown = Shown::default();
        let content = file.content(page, reader);
        painter.paint(&content, resources, 0, &mut shown, reader);
        for text in [&shown.spaced, &shown.joined] {
            // Browsers write 日 as the radical that looks the same.
            let text: String = text.nfkc().collect();
            reader.text(&Part::Page(nth + 1), &text);
        }
        is_unknown |= shown.is_unknown;
        has_pictures |= shown.has_pictures;
        has_text |= !shown.joined.trim().is_empty();
    }
    if is_unknown {
        reader.unread(Unread::NoMap);
    } else if has_pictures && !has_text {
        reader.unread(Unread::Scanned);
    }
}

impl File<'_> {
    /// Finds all objects that are not packed. The last one of a number counts.
    fn scan(&mut self) {
        let bytes = self.bytes;
        let mut at = 0;
        while let Some(found) = memchr::memmem::find(&bytes[at..], b"obj") {
            let word = at + found;
            self.trailer(at..word);
            at = word + 3;
            let Some(number) = number_before(&bytes[..word]) else { continue };
            let mut lexer = Lexer::new(bytes, at);
            let Some(value) = lexer.next() else { break };
            lexer.skip();
            at = lexer.at.max(at);
            let mut stream = None;
            if let Value::Dict(dict) = &value
                && bytes[at..].starts_with(b"stream")
            {
                let range = self.stream_at(at + 6, dict);
                at = range.end;
                stream = Some(range);
            }
            if self.objects.len() < OBJECTS {
                self.objects.insert(number, Object { value, stream });
            }
        }
        self.trailer(at..bytes.len());
    }

    fn trailer(&mut self, range: Range<usize>) {
        let Some(found) = memchr::memmem::find(&self.bytes[range.clone()], b"trailer") else { return };
        if let Some(Value::Dict(dict)) = Lexer::new(self.bytes, range.start + found + 7).next()
            && self.trailers.len() < 100
        {
            self.trailers.push(dict);
        }
    }

    /// The bytes of a stream that begins at `at`: as long as it says, if its end is there, or up to its end.
    fn stream_at(&self, at: usize, dict: &Dict) -> Range<usize> {
        let rest = &self.bytes[at..];
        let start = at
            + if rest.starts_with(b"\r\n") {
                2
            } else {
                usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r"))
            };
        if let Some(Value::Number(length)) = dict.get(&b"Length"[..]) {
            let end = start.saturating_add(whole(*length) as usize);
            if self.bytes.get(end..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"endstream")) {
                return start..end;
            }
        }
        let end = memchr::memmem::find(&self.bytes[start..], b"endstream").map_or(self.bytes.len(), |end| start + end);
        start..end
    }

    /// Objects in streams (7.5.7): pairs of number and offset, then the objects.
    fn unpack_objects(&mut self, reader: &mut Reader) {
        let is_pack = |object: &Object| {
            let kind = as_dict(&object.value).and_then(|dict| dict.get(&b"Type"[..]));
            kind == Some(&Value::Name(b"ObjStm".to_vec()))
        };
        let mut packs: Vec<u32> =
            self.objects.iter().filter(|(_, object)| is_pack(object)).map(|(number, _)| *number).collect();
        packs.sort_unstable();
        for pack in packs {
            let reference = Value::Ref(pack);
            let first = self.dict(&reference).and_then(|dict| dict.get(&b"First"[..]));
            let Some(Value::Number(first)) = first else { continue };
            let first = whole(*first) as usize;
            let Some(plain) = self.stream(&reference, reader) else { continue };
            let mut header = Lexer::new(&plain[..first.min(plain.len())], 0);
            let mut places = Vec::new();
            while let (Some(Value::Number(number)), Some(Value::Number(offset))) = (header.next(), header.next()) {
                places.push((first.saturating_add(whole(offset) as usize), whole(number)));
            }
            places.sort_unstable();
            let mut end = first;
            for (at, number) in places {
                // Objects follow each other: what lies within another would be read again and again.
                if at < end || self.objects.len() >= OBJECTS {
                    continue;
                }
                let mut lexer = Lexer::new(&plain, at);
                if let Some(value) = lexer.next() {
                    self.objects.entry(number).or_insert(Object { value, stream: None });
                }
                end = lexer.at;
            }
        }
    }

    /// The object that a value refers to, or the value.
    fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        let mut value = value;
        for _ in 0..CHAIN {
            match value {
                Value::Ref(number) => match self.objects.get(number) {
                    Some(object) => value = &object.value,
                    None => return value,
                },
                _ => return value,
            }
        }
        value
    }

    /// The dictionary that a value is or refers to.
    fn dict<'v>(&'v self, value: &'v Value) -> Option<&'v Dict> {
        as_dict(self.resolve(value))
    }

    /// The bytes of the stream that a value refers to, unpacked; `None` if it is packed as pictures are.
    fn stream(&self, value: &Value, reader: &mut Reader) -> Option<Vec<u8>> {
        let Value::Ref(number) = value else { return None };
        let object = self.objects.get(number)?;
        let range = object.stream.clone()?;
        let dict = as_dict(&object.value)?;
        let filters = dict.get(&b"Filter"[..]).or_else(|| dict.get(&b"F"[..]));
        let filters: Vec<&Value> = match filters.map(|filters| self.resolve(filters)) {
            Some(Value::List(list)) => list.iter().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        let mut bytes = self.bytes.get(range)?.to_vec();
        for filter in filters.into_iter().take(4) {
            let Value::Name(name) = self.resolve(filter) else { return None };
            bytes = match &name[..] {
                b"FlateDecode" | b"Fl" => reader.unpack(inflated(&bytes))?,
                b"ASCIIHexDecode" | b"AHx" => match Lexer::new(&[b"<", &bytes[..]].concat(), 0).next() {
                    Some(Value::Text(bytes)) => bytes,
                    _ => return None,
                },
                b"ASCII85Decode" | b"A85" => ascii85(&bytes),
                b"RunLengthDecode" | b"RL" => {
                    let most = usize::try_from(super::PART_LIMIT).unwrap_or(usize::MAX);
                    reader.unpack(&run_lengths(&bytes, most)[..])?
                }
                b"LZWDecode" | b"LZW" => {
                    let late = self.parameters(dict).any(|of| of.get(&b"EarlyChange"[..]) == Some(&Value::Number(0.0)));
                    reader.unpack(lzw::reader(&bytes, late))?
                }
                b"DCTDecode" | b"JPXDecode" | b"CCITTFaxDecode" | b"JBIG2Decode" | b"DCT" | b"CCF" => return None,
                _ => {
                    reader.unread(Unread::Unknown);
                    return None;
                }
            };
        }
        Some(bytes)
    }

    /// The parameters of a stream's filters.
    fn parameters<'v>(&'v self, stream: &'v Dict) -> impl Iterator<Item = &'v Dict> {
        let parameters = stream.get(&b"DecodeParms"[..]).or_else(|| stream.get(&b"DP"[..]));
        let list = match parameters.map(|parameters| self.resolve(parameters)) {
            Some(Value::List(list)) => &list[..],
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        list.iter().filter_map(|one| self.dict(one))
    }

    /// The pages in order, each with its resources; pages outside of the tree come last.
    fn pages(&self) -> Vec<(&Dict, &Dict)> {
        static NONE: Dict = Dict::new();
        let is = |dict: &Dict, name: &[u8]| matches!(dict.get(&b"Type"[..]), Some(Value::Name(kind)) if kind == name);
        let mut numbers: Vec<u32> = self.objects.keys().copied().collect();
        numbers.sort_unstable();
        let dict_of = |number: u32| self.objects.get(&number).and_then(|object| as_dict(&object.value));
        let roots = numbers.iter().filter(|number| {
            dict_of(**number).is_some_and(|dict| is(dict, b"Pages") && !dict.contains_key(&b"Parent"[..]))
        });
        let mut seen = HashSet::new();
        let mut pages = Vec::new();
        let mut open: Vec<(u32, &Dict)> = roots.rev().map(|root| (*root, &NONE)).collect();
        while let Some((number, inherited)) = open.pop() {
            if pages.len() >= PAGES || !seen.insert(number) {
                continue;
            }
            let Some(dict) = dict_of(number) else { continue };
            let resources = dict.get(&b"Resources"[..]).and_then(|own| self.dict(own)).unwrap_or(inherited);
            match dict.get(&b"Kids"[..]).map(|kids| self.resolve(kids)) {
                Some(Value::List(kids)) => open.extend(kids.iter().rev().filter_map(|kid| match kid {
                    Value::Ref(number) => Some((*number, resources)),
                    _ => None,
                })),
                _ => pages.push((dict, resources)),
            }
        }
        for number in numbers {
            if let Some(dict) = dict_of(number).filter(|dict| is(dict, b"Page"))
                && pages.len() < PAGES
                && seen.insert(number)
            {
                let resources = dict.get(&b"Resources"[..]).and_then(|own| self.dict(own)).unwrap_or(&NONE);
                pages.push((dict, resources));
            }
        }
        pages
    }

    /// The content of a page, which may be in several streams.
    fn content(&self, page: &Dict, reader: &mut Reader) -> Vec<u8> {
        let Some(contents) = page.get(&b"Contents"[..]) else { return Vec::new() };
        let parts: Vec<&Value> = match self.resolve(contents) {
            Value::List(parts) => parts.iter().collect(),
            _ => vec![contents],
        };
        let mut content = Vec::new();
        for part in parts {
            content.extend(self.stream(part, reader).unwrap_or_default());
            content.push(b'\n');
            if content.len() as u64 > super::PART_LIMIT {
                reader.unread(Unread::TooLarge);
                break;
            }
        }
        content
    }

    /// Texts and people in dictionaries: properties, notes, forms, addresses.
    fn properties(&self, reader: &mut Reader) {
        let mut numbers: Vec<&u32> = self.objects.keys().collect();
        numbers.sort_unstable();
        for number in numbers {
            let object = &self.objects[number];
            if let Some(dict) = as_dict(&object.value) {
                self.of_dict(dict, 0, reader);
                self.embedded(dict, reader);
                let kind = dict.get(&b"Type"[..]);
                if kind == Some(&Value::Name(b"Metadata".to_vec()))
                    && let Some(packet) = self.stream(&Value::Ref(*number), reader)
                {
                    metadata(&plain::decoded(&packet), reader);
                }
            }
        }
        for trailer in &self.trailers {
            self.of_dict(trailer, 0, reader);
        }
    }

    /// A file that is attached to the document (7.11.4).
    fn embedded(&self, dict: &Dict, reader: &mut Reader) {
        let Some(files) = dict.get(&b"EF"[..]).and_then(|files| self.dict(files)) else { return };
        // The same file under several names.
        let file = [&b"UF"[..], b"F"].iter().find_map(|name| files.get(*name));
        if let Some(bytes) = file.and_then(|file| self.stream(file, reader)) {
            reader.inner("", &bytes);
        }
    }

    fn of_dict(&self, dict: &Dict, depth: usize, reader: &mut Reader) {
        let text = |key: &[u8]| match dict.get(key).map(|value| self.resolve(value)) {
            Some(Value::Text(bytes)) => Some(string(bytes)),
            _ => None,
        };
        for (key, person) in
            [(&b"Author"[..], Person::Author), (b"Manager", Person::Manager), (b"Company", Person::Company)]
        {
            if let Some(name) = text(key) {
                reader.person(person, &name);
            }
        }
        for key in TEXTS {
            if let Some(text) = text(key) {
                reader.text(&Part::Properties, &text);
            }
        }
        // Who made a note is its title; the title of a field of a form is its name.
        let is_note =
            dict.contains_key(&b"Rect"[..]) && dict.get(&b"Subtype"[..]) != Some(&Value::Name(b"Widget".to_vec()));
        if let Some(name) = text(b"T").filter(|_| is_note) {
            reader.person(Person::Editor, &name);
        }
        if depth < CHAIN {
            for value in dict.values() {
                match value {
                    Value::Dict(inner) => self.of_dict(inner, depth + 1, reader),
                    Value::List(list) => {
                        list.iter().filter_map(as_dict).for_each(|inner| self.of_dict(inner, depth + 1, reader));
                    }
                    _ => {}
                }
            }
        }
    }
}

fn as_dict(value: &Value) -> Option<&Dict> {
    match value {
        Value::Dict(dict) => Some(dict),
        _ => None,
    }
}

/// The number of an object whose `obj` comes next: `12 0 obj`.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let digits = |bytes: &[u8]| bytes.iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let bytes = bytes.trim_ascii_end();
    let generation = digits(bytes);
    let bytes = bytes[..bytes.len() - generation].trim_ascii_end();
    let number = digits(bytes);
    if generation == 0 || number == 0 {
        return None;
    }
    std::str::from_utf8(&bytes[bytes.len() - number..]).ok()?.parse().ok()
}

/// A reader of packed bytes, with or without the header of zlib.
fn inflated(bytes: &[u8]) -> Box<dyn std::io::Read + '_> {
    let has_header = matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31));
    if has_header {
        Box::new(flate2::read::ZlibDecoder::new(bytes).chain(&[][..]))
    } else {
        Box::new(flate2::read::DeflateDecoder::new(bytes))
    }
}

/// Runs of bytes as they are, and of one byte (7.4.5). They end with the run that passes `most` bytes, since one byte may stand for 64.
fn run_lengths(packed: &[u8], most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = packed;
    while let ([length, inner @ ..], true) = (rest, bytes.len() <= most) {
        let length = usize::from(*length);
        match (length, inner) {
            (0..=127, _) => {
                let (run, after) = inner.split_at(inner.len().min(length + 1));
                bytes.extend(run);
                rest = after;
            }
            (129..=255, [byte, after @ ..]) => {
                bytes.extend(std::iter::repeat_n(*byte, 257 - length));
                rest = after;
            }
            _ => break,
        }
    }
    bytes
}

/// Five characters for four bytes (7.4.3).
fn ascii85(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u32>, bytes: &mut Vec<u8>| {
        let length = group.len();
        if length > 1 {
            group.resize(5, 84);
            let value = group.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit));
            bytes.extend(&value.to_be_bytes()[..length - 1]);
        }
        group.clear();
    };
    for byte in text {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            flush(&mut group, &mut bytes);
        }
    }
    flush(&mut group, &mut bytes);
    bytes
}

/// A string for people (7.9.2): UTF-16 or UTF-8 with a mark, or else GBK, which careless programs write.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, ..] => UTF_16BE.decode(bytes).0.into_owned(),
        [0xff, 0xfe, ..] => UTF_16LE.decode(bytes).0.into_owned(),
        _ => std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .map_or_else(|_| GBK.decode_without_bom_handling(bytes).0.into_owned(), str::to_owned),
    }
}

/// Names outside of any object, as damaged files have them.
fn named(bytes: &[u8], reader: &mut Reader) {
    for at in memchr::memmem::find_iter(bytes, b"/Author") {
        let near = &bytes[at..bytes.len().min(at + 2_000)];
        if let Some(Value::Text(name)) = Lexer::new(near, 7).next() {
            reader.person(Person::Author, &string(&name));
        }
    }
    for at in memchr::memmem::find_iter(bytes, b"<dc:creator") {
        let near = &bytes[at..bytes.len().min(at + 2_000)];
        let end = memchr::memmem::find(near, b"</dc:creator").unwrap_or(0);
        metadata(&String::from_utf8_lossy(&near[..end]), reader);
    }
}

/// What a packet of XMP says for people: `dc:creator` holds a list of names, others hold texts.
fn metadata(packet: &str, reader: &mut Reader) {
    const PEOPLE: [&str; 2] = ["creator", "Author"];
    const SAID: [&str; 4] = ["title", "description", "subject", "Keywords"];
    let mut inside = None;
    let (mut people, mut said) = (String::new(), String::new());
    xml::each(packet, &mut Reader::aside(), |token, _| match token {
        Token::Open(tag) if PEOPLE.contains(&tag.name) => inside = Some(true),
        Token::Open(tag) if SAID.contains(&tag.name) => inside = Some(false),
        Token::Close(name) if PEOPLE.contains(&name) || SAID.contains(&name) => inside = None,
        Token::Text(text) => {
            if let Some(is_person) = inside {
                let reading = if is_person { &mut people } else { &mut said };
                reading.push_str(text);
                reading.push('\n');
            }
        }
        Token::Open(_) | Token::Close(_) => {}
    });
    for name in people.lines() {
        reader.person(Person::Author, name);
    }
    reader.text(&Part::Properties, &said);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_lengths_are_read_up_to_a_limit() {
        assert_eq!(run_lengths(&[2, b'a', b'b', b'c', 254, b'd', 0, b'e', 128, b'f'], 100), b"abcddde");
        assert_eq!(run_lengths(&[5, b'a'], 100), b"a");
        assert_eq!(run_lengths(&[200], 100), b"");
        // One byte stands for many: what is made of a hostile file ends soon after the limit.
        assert_eq!(run_lengths(&[129, b'x'].repeat(1000), 300).len(), 384);
    }
}
