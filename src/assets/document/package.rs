//! Packages and archives (ZIP): office documents (ECMA-376), `OpenDocument`, and whatever files were packed together.

use std::collections::HashMap;
use std::io::Cursor;

use zip::ZipArchive;

use super::sheet::{self, Strings};
use super::{DEPTH, Reader, plain, xml};
use crate::diag::catalogue::{Part, Unread};

/// Most entries that are read.
const ENTRIES: usize = 5_000;

/// Parts of a document that are texts of another kind: pages and mails that were inserted, drawings, tables.
const TEXTS: [&str; 9] = ["htm", "html", "xhtml", "mht", "txt", "rtf", "csv", "svg", "json"];

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], reader: &mut Reader) {
    if reader.depth == DEPTH {
        return reader.unread(Unread::Unknown);
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return reader.unread(Unread::Broken) };
    if archive.len() > ENTRIES {
        reader.unread(Unread::TooLarge);
    }
    let comment = plain::decoded(archive.comment());
    reader.text(&Part::Text, &comment);
    let names: Vec<String> = (0..archive.len().min(ENTRIES)).map(|nth| name(&mut archive, nth)).collect();
    reader.depth += 1;
    if names.iter().any(|name| matches!(name.as_str(), "[Content_Types].xml" | "mimetype")) {
        document(&mut archive, &names, reader);
    } else {
        files(&mut archive, &names, reader);
    }
    reader.depth -= 1;
}

/// The name of an entry, in UTF-8 or GBK.
fn name(archive: &mut Archive<'_>, nth: usize) -> String {
    archive.by_index_raw(nth).map(|entry| plain::decoded(entry.name_raw())).unwrap_or_default()
}

/// The bytes of an entry, as far as they may be unpacked.
fn unpack(archive: &mut Archive<'_>, nth: usize, reader: &mut Reader) -> Option<Vec<u8>> {
    match archive.by_index(nth) {
        Ok(entry) if entry.is_dir() => None,
        Ok(entry) => reader.unpack(entry),
        Err(zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword) => {
            reader.unread(Unread::Encrypted);
            None
        }
        Err(_) => {
            reader.unread(Unread::Broken);
            None
        }
    }
}

/// Files that were packed together: their names, and each by itself.
fn files(archive: &mut Archive<'_>, names: &[String], reader: &mut Reader) {
    let outer = reader.inside.clone();
    for (nth, name) in names.iter().enumerate() {
        reader.inside = Some(outer.as_ref().map_or_else(|| name.clone(), |outer| format!("{outer}/{name}")));
        reader.text(&Part::Name, name);
        if let Some(bytes) = unpack(archive, nth, reader) {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
            reader.file(&extension, &bytes);
        }
    }
    reader.inside = outer;
}

/// An office document, part by part. Sheets come last: their cells refer to texts in another part.
fn document(archive: &mut Archive<'_>, names: &[String], reader: &mut Reader) {
    let mut strings = Strings::default();
    let mut titles: HashMap<String, String> = HashMap::new();
    let order = |name: &String| match name.as_str() {
        "xl/workbook.xml" => 0,
        "xl/_rels/workbook.xml.rels" => 1,
        "xl/sharedStrings.xml" => 2,
        name if name.starts_with("xl/worksheets/") => 4,
        _ => 3,
    };
    let mut sorted: Vec<(usize, &String)> = names.iter().enumerate().collect();
    sorted.sort_by_key(|(nth, name)| (order(name), *nth));
    for (nth, name) in sorted {
        let Some(bytes) = unpack(archive, nth, reader) else { continue };
        if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) || bytes.starts_with(b"%PDF-") {
            // A document within the document.
            reader.file("", &bytes);
            continue;
        }
        let is_binary = name.rsplit_once('.').is_some_and(|(_, extension)| extension == "bin");
        if is_binary && name.starts_with("xl/") && (name.contains("sheets/") || name.contains("Strings")) {
            // A workbook in a form of its own (.xlsb).
            reader.unread(Unread::Unknown);
        }
        if !is_xml(name, &bytes) {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
            if TEXTS.contains(&extension.as_str()) {
                reader.file(&extension, &bytes);
            }
            continue;
        }
        let text = plain::decoded(&bytes);
        match name.as_str() {
            "xl/workbook.xml" => {
                titles = sheet::titles(&text);
                xml::part(name, &text, reader);
            }
            "xl/_rels/workbook.xml.rels" => titles = sheet::located(&text, &titles),
            "xl/sharedStrings.xml" => strings = Strings::read(&text, reader),
            name if name.starts_with("xl/worksheets/") && !name.contains("_rels") => {
                let title = titles.get(name).map_or(name, String::as_str);
                sheet::read(title, &text, &mut strings, reader);
            }
            name => xml::part(name, &text, reader),
        }
    }
    strings.rest(reader);
}

fn is_xml(name: &str, bytes: &[u8]) -> bool {
    let known = [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end));
    known
        || bytes.trim_ascii_start().starts_with(b"<?xml")
        || bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
}
