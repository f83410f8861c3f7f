//! Plain text in UTF-8, UTF-16 or GB 18030, and tables separated by commas or tabs.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::Reader;
use super::mail;
use super::table::Table;
use super::xml;
use crate::assets::packed;
use crate::diag::catalogue::Part;
use crate::privacy;

/// Bytes at the beginning that tell text from anything else.
const SAMPLE: usize = 8 << 10;

/// Whether bytes are a text.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if wide(sample).is_some() {
        return true;
    }
    let odd =
        sample.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    odd * 100 <= sample.len() && !sample.contains(&0)
}

/// UTF-16, by its mark or by the zeros of its ASCII characters.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = bytes.len() / 8;
    match (even > many, odd > many) {
        (false, true) if even == 0 => Some(UTF_16LE),
        (true, false) if odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a text is a mail, or a page saved as one, that writes its text in another way.
fn is_mail(text: &str) -> bool {
    let is_packed = |line: &str| {
        let line = line.to_ascii_lowercase();
        line.strip_prefix("content-transfer-encoding:")
            .is_some_and(|way| matches!(way.trim(), "base64" | "quoted-printable"))
    };
    // A subject in an encoded word: `Subject: =?utf-8?B?…?=`.
    let is_worded = |line: &str| {
        line.contains("=?") && line.split_once(':').is_some_and(|(name, _)| matches!(name, "Subject" | "From" | "To"))
    };
    text.lines().take(200).any(|line| (line.len() < 80 && is_packed(line)) || is_worded(line))
}

/// Text in whatever encoding it is.
pub(super) fn decoded(bytes: &[u8]) -> String {
    if let Some(encoding) = wide(&bytes[..bytes.len().min(SAMPLE)]) {
        return encoding.decode(bytes).0.into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(|_| GB18030.decode_without_bom_handling(bytes).0.into_owned(), str::to_owned)
}

pub(super) fn read(extension: &str, bytes: &[u8], reader: &mut Reader) {
    let text = decoded(bytes).replace("\r\n", "\n").replace('\r', "\n");
    if is_mail(&text) {
        mail::read(&text, reader);
    }
    for packed in packed::parts(text.as_bytes()) {
        reader.inner("", &packed);
    }
    if extension == "svg" {
        return xml::all(&text, reader, &Part::Text);
    }
    let separator = match extension {
        "csv" => Some(',').filter(|_| text.contains(',')).or(Some(';')),
        "tsv" | "tab" => Some('\t'),
        _ => None,
    };
    match separator {
        // A spreadsheet program may separate by tabs whatever the name says.
        Some(_) if text.lines().next().is_some_and(|line| line.matches('\t').count() > 1) => rows(&text, '\t', reader),
        Some(separator) => rows(&text, separator, reader),
        // Calendars and cards break long lines before a space (RFC 5545, 3.1).
        None if matches!(extension, "ics" | "vcf" | "vcs") && text.contains("\n ") => {
            reader.text(&Part::Text, &text.replace("\n ", ""));
        }
        None => lines(&text, reader),
    }
}

fn lines(text: &str, reader: &mut Reader) {
    reader.look_for_names(&Part::Text, text);
    let (mut line, mut from) = (1, 0);
    for found in privacy::find(text) {
        line += text[from..found.range.start].matches('\n').count();
        from = found.range.start;
        reader.keep(&Part::Line(line), vec![found]);
    }
}

/// Rows of cells; a cell in quotes may hold separators, line breaks and doubled quotes (RFC 4180).
fn rows(text: &str, separator: char, reader: &mut Reader) {
    let mut table = Table::default();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() || cell == "=" => quoted = !quoted,
            '\n' if !quoted => {
                end_of_cell(&mut table, &mut cell, reader);
                (table.row, table.column) = (table.row + 1, 0);
            }
            c if c == separator && !quoted => {
                end_of_cell(&mut table, &mut cell, reader);
                table.column += 1;
            }
            c => cell.push(c),
        }
    }
    end_of_cell(&mut table, &mut cell, reader);
}

fn end_of_cell(table: &mut Table, cell: &mut String, reader: &mut Reader) {
    let whole = whole_number(cell);
    let text = whole.as_deref().unwrap_or(cell);
    let labelled = table.cell(table.row, table.column, text);
    reader.text(&Part::Line(table.row + 1), labelled.as_deref().unwrap_or(text));
    cell.clear();
}

/// A number as a spreadsheet writes it, `1.3812345678E10` or `13812345678.0`, as a whole number.
pub(super) fn whole_number(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() < 11 || !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'E' | b'e' | b'+')) {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    // As few digits as tell the number: the rest are not those of the spreadsheet.
    (number.fract() == 0.0 && (1e10..1e19).contains(&number)).then(|| number.to_string())
}
