//! Compound files (MS-CFB): old documents of Word, Excel, `PowerPoint` and WPS. Of their text only strings are looked for.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;
use encoding_rs::{GBK, UTF_16LE};

use super::{PART_LIMIT, Reader, plain};
use crate::diag::catalogue::{Part, Person, Unread};

/// Most streams that are read.
const STREAMS: usize = 500;

pub(super) fn read(bytes: &[u8], reader: &mut Reader) {
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else { return reader.unread(Unread::Broken) };
    let paths: Vec<_> =
        file.walk().filter(cfb::Entry::is_stream).take(STREAMS).map(|entry| entry.path().to_owned()).collect();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let Ok(stream) = file.open_stream(&path) else {
            reader.unread(Unread::Broken);
            continue;
        };
        let Some(stream) = reader.unpack(stream.take(PART_LIMIT)) else { continue };
        match name.as_str() {
            "EncryptedPackage" => reader.unread(Unread::Encrypted),
            "\u{5}SummaryInformation" | "\u{5}DocumentSummaryInformation" => {
                for (person, name) in summary(&stream, name.ends_with("DocumentSummaryInformation")).unwrap_or_default()
                {
                    reader.person(person, &name);
                }
                strings(&stream, &Part::Properties, reader);
            }
            // FibBase, bit 8 of the flags at 10: the document is encrypted (MS-DOC 2.5.1).
            "WordDocument" if stream.get(11).is_some_and(|flags| flags & 1 != 0) => reader.unread(Unread::Encrypted),
            "Workbook" | "Book" => {
                cells(&stream, reader);
                strings(&stream, &Part::Text, reader);
            }
            _ => strings(&stream, &Part::Text, reader),
        }
    }
}

/// Numbers in the cells of a workbook, record by record (MS-XLS 2.4.180).
fn cells(stream: &[u8], reader: &mut Reader) {
    let mut rest = stream;
    while let [a, b, c, d, tail @ ..] = rest {
        let length = usize::from(u16::from_le_bytes([*c, *d]));
        let Some(record) = tail.get(..length) else { return };
        match u16::from_le_bytes([*a, *b]) {
            0x0203 if let Some(bytes) = record.get(6..14) => {
                let number = f64::from_le_bytes(bytes.try_into().unwrap_or_default());
                if number.fract() == 0.0 && (1e10..1e19).contains(&number) {
                    let row = record.get(..2).map_or(0, |row| usize::from(u16::from_le_bytes([row[0], row[1]])));
                    reader.text(&Part::Line(row + 1), &format!("{number:.0}"));
                }
            }
            // FILEPASS: everything after it is encrypted.
            0x002f => return reader.unread(Unread::Encrypted),
            _ => {}
        }
        rest = &tail[length..];
    }
}

/// What reads like text in a stream, as UTF-16 from either byte on and as GBK.
fn strings(stream: &[u8], part: &Part, reader: &mut Reader) {
    for from in 0..2 {
        let units = stream.get(from..).unwrap_or_default();
        let (text, _) = UTF_16LE.decode_without_bom_handling(units);
        let is_text = |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        let text: String = text.chars().map(|c| if is_text(c) { c } else { '\n' }).collect();
        reader.text(part, &text);
    }
    let text: String =
        GBK.decode_without_bom_handling(stream).0.chars().map(|c| if c.is_control() { '\n' } else { c }).collect();
    reader.text(part, &text);
}

/// People in the first section of a property set (MS-OLEPS): author (4) and who saved it last (8) of the summary, manager (14)
/// and company (15) of the document's summary.
fn summary(bytes: &[u8], of_document: bool) -> Option<Vec<(Person, String)>> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize);
    // A header of 28 bytes and the format id of 16 come before the offset of the section.
    let section = number(44)?;
    let count = number(section.checked_add(4)?)?.min(64);
    let mut found = Vec::new();
    for nth in 0..count {
        let id = number(section + 8 + nth * 8)?;
        let person = match (of_document, id) {
            (false, 4) => Person::Author,
            (false, 8) => Person::LastAuthor,
            (true, 14) => Person::Manager,
            (true, 15) => Person::Company,
            _ => continue,
        };
        let value = section.checked_add(number(section + 12 + nth * 8)?)?;
        let length = number(value.checked_add(4)?)?.min(400);
        let text = match number(value)? & 0xff {
            0x1e => plain::decoded(bytes.get(value + 8..value + 8 + length)?.split(|byte| *byte == 0).next()?),
            0x1f => UTF_16LE.decode(bytes.get(value + 8..value + 8 + length * 2)?).0.trim_end_matches('\0').to_owned(),
            _ => continue,
        };
        found.push((person, text));
    }
    Some(found)
}
