//! Who made a file, as its own properties say: PDF, and the office formats old and new. It reads names and nothing else, and
//! takes what it cannot read for nameless.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;
use roxmltree::Document;
use zip::ZipArchive;

use crate::diag::catalogue::Person;

/// Most bytes of one part of a file that is unpacked.
const PART_LIMIT: u64 = 4 << 20;
/// Most streams of a PDF that are unpacked in search of a name.
const STREAM_LIMIT: usize = 2_000;
/// Longest name that is shown, in characters.
const NAME_LIMIT: usize = 40;

/// What the properties say about people; empty if nothing.
pub fn of(extension: &str, bytes: &[u8]) -> Vec<(Person, String)> {
    let found = match extension {
        "pdf" => pdf(bytes),
        _ if bytes.starts_with(b"PK") => office(bytes),
        _ if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) => compound(bytes),
        _ => Vec::new(),
    };
    let mut told = Vec::new();
    for (person, name) in found {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect();
        if !name.is_empty() && !told.contains(&(person, name.clone())) {
            told.push((person, name));
        }
    }
    told
}

type Found = Vec<(Person, String)>;

/// The properties of a package: `docProps/core.xml` and `app.xml` (ECMA-376), or `meta.xml` (`OpenDocument`).
fn office(bytes: &[u8]) -> Found {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut found = Vec::new();
    for part in ["docProps/core.xml", "docProps/app.xml", "meta.xml"] {
        let Ok(file) = archive.by_name(part) else { continue };
        let mut text = String::new();
        if file.take(PART_LIMIT).read_to_string(&mut text).is_err() {
            continue;
        }
        let Ok(document) = Document::parse(&text) else { continue };
        for node in document.descendants() {
            let label = match node.tag_name().name() {
                "creator" | "initial-creator" => Person::Author,
                "lastModifiedBy" => Person::LastAuthor,
                "Manager" => Person::Manager,
                "Company" => Person::Company,
                _ => continue,
            };
            found.push((label, node.text().unwrap_or_default().to_owned()));
        }
    }
    found
}

/// Names in a PDF's information dictionary and in its XMP, whether they stand plainly or in a packed stream.
fn pdf(bytes: &[u8]) -> Found {
    let mut found = pdf_names(bytes);
    let starts = memchr::memmem::find_iter(bytes, b"stream").filter(|at| !bytes[..*at].ends_with(b"end"));
    for at in starts.take(STREAM_LIMIT) {
        let head = &bytes[at.saturating_sub(300)..at];
        let head = &head[memchr::memmem::rfind(head, b"obj").unwrap_or(0)..];
        let holds_objects =
            ["/ObjStm", "/Metadata"].iter().any(|kind| memchr::memmem::find(head, kind.as_bytes()).is_some());
        if holds_objects && memchr::memmem::find(head, b"/FlateDecode").is_some() {
            let packed = bytes[at + 6..].trim_ascii_start();
            let mut plain = Vec::new();
            // What comes before a damage is as good as the rest.
            let _ = flate2::read::ZlibDecoder::new(packed).take(PART_LIMIT).read_to_end(&mut plain);
            found.extend(pdf_names(&plain));
        }
    }
    found
}

fn pdf_names(bytes: &[u8]) -> Found {
    let authors = memchr::memmem::find_iter(bytes, b"/Author").filter_map(|at| pdf_string(&bytes[at + 7..]));
    let mut found: Found = authors.map(|name| (Person::Author, name)).collect();
    for at in memchr::memmem::find_iter(bytes, b"<dc:creator") {
        let part = &bytes[at..bytes.len().min(at + 2_000)];
        let end = memchr::memmem::find(part, b"</dc:creator").unwrap_or(0);
        let text = String::from_utf8_lossy(&part[..end]);
        let words = text.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.trim());
        found.extend(words.filter(|word| !word.is_empty()).map(|word| (Person::Author, word.to_owned())));
    }
    found
}

/// A string of a PDF (ISO 32000-1, 7.3.4): in brackets or in hexadecimal.
fn pdf_string(text: &[u8]) -> Option<String> {
    let text = text.trim_ascii_start();
    let bytes = match text.first()? {
        b'(' => literal(&text[1..]),
        b'<' if text.get(1) != Some(&b'<') => {
            let end = memchr::memchr(b'>', text)?;
            let digits: Vec<u8> = text[1..end].iter().copied().filter(u8::is_ascii_hexdigit).collect();
            let value =
                |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(0);
            digits.chunks(2).map(|pair| value(pair[0]) << 4 | pair.get(1).copied().map_or(0, value)).collect()
        }
        _ => return None,
    };
    Some(decoded(&bytes))
}

/// The bytes up to the bracket that closes.
fn literal(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut depth = 0;
    let mut rest = text.iter().copied().take(2_000).peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b'(' => depth += 1,
            b'\\' => {
                match rest.next() {
                    Some(digit @ b'0'..=b'7') => {
                        let mut value = u32::from(digit - b'0');
                        while let Some(digit @ b'0'..=b'7') = rest.peek().copied().filter(|_| value < 32) {
                            value = value * 8 + u32::from(digit - b'0');
                            rest.next();
                        }
                        bytes.push(u8::try_from(value & 0xff).unwrap_or(0));
                    }
                    Some(b'\n') | None => {}
                    Some(byte) => bytes.push(byte),
                }
                continue;
            }
            _ => {}
        }
        bytes.push(byte);
    }
    bytes
}

/// UTF-16 with its mark, UTF-8, or else GBK, which careless programs write here.
fn decoded(bytes: &[u8]) -> String {
    if bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe]) {
        let encoding = if bytes[0] == 0xfe { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
        return encoding.decode(bytes).0.into_owned();
    }
    std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::GBK.decode(bytes).0.into_owned(), str::to_owned)
}

/// Names in the summary of a compound file (MS-CFB, MS-OLEPS).
fn compound(bytes: &[u8]) -> Found {
    let summary_of = |bytes| {
        let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
        let mut stream = Vec::new();
        file.open_stream("\u{5}SummaryInformation").ok()?.take(PART_LIMIT).read_to_end(&mut stream).ok()?;
        summary(&stream)
    };
    summary_of(bytes).unwrap_or_default()
}

/// Properties 4, the author, and 8, who saved it last, of the first section of a property set.
fn summary(bytes: &[u8]) -> Option<Found> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize);
    // A header of 28 bytes and the format id of 16 come before the offset of the section.
    let section = number(44)?;
    let count = number(section + 4)?.min(64);
    let mut found = Vec::new();
    for nth in 0..count {
        let id = number(section + 8 + nth * 8)?;
        let label = match id {
            4 => Person::Author,
            8 => Person::LastAuthor,
            _ => continue,
        };
        let value = section.checked_add(number(section + 12 + nth * 8)?)?;
        let length = number(value + 4)?.min(400);
        let text = match number(value)? & 0xff {
            0x1e => decoded(bytes.get(value + 8..value + 8 + length)?.split(|byte| *byte == 0).next()?),
            0x1f => encoding_rs::UTF_16LE.decode(bytes.get(value + 8..value + 8 + length * 2)?).0.into_owned(),
            _ => continue,
        };
        found.push((label, text));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_pdf_names_its_author_in_every_way_of_writing() {
        let check = |pdf: &[u8], said: &[&str]| {
            let named: Vec<String> = of("pdf", pdf).into_iter().map(|(_, name)| name).collect();
            assert_eq!(named, said);
        };
        check(b"%PDF-1.4 1 0 obj <</Author (Zhang \\(San\\))>>", &["Zhang (San)"]);
        check(b"%PDF-1.4 <</Author <FEFF5F204E09>>>", &["张三"]);
        check(b"%PDF-1.4 <</Author (\\376\\377\\137\\040\\116\\011)>>", &["张三"]);
        check("<dc:creator><rdf:Seq><rdf:li>张三</rdf:li></rdf:Seq></dc:creator>".as_bytes(), &["张三"]);
        check(b"%PDF-1.4 <</Author ()/Title (x)>>", &[]);
        check(b"%PDF-1.4 <</Author", &[]);
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(b"1 0 <</Author(Li Si)>>").expect("packed");
        let stream = packed.finish().expect("packed");
        check(&[b"9 0 obj <</Type/ObjStm/Filter/FlateDecode>>stream\r\n", stream.as_slice()].concat(), &["Li Si"]);
    }

    #[test]
    fn an_office_file_names_its_people() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("docProps/core.xml", plain).expect("part");
        zip.write_all(
            "<p xmlns:d=\"d\" xmlns:c=\"c\"><d:creator>张三</d:creator><c:lastModifiedBy>李四</c:lastModifiedBy></p>"
                .as_bytes(),
        )
        .expect("part");
        let bytes = zip.finish().expect("zip").into_inner();
        let people = [(Person::Author, "张三".to_owned()), (Person::LastAuthor, "李四".to_owned())];
        assert_eq!(of("docx", &bytes), people);
        assert!(of("docx", &bytes[..bytes.len() / 2]).is_empty());
        assert!(of("docx", b"PK\x03\x04").is_empty());
    }

    #[test]
    fn an_old_office_file_names_its_people() {
        let mut set = [0; 44].to_vec();
        // The section's offset; its size, one property: id 4 at 16; a string of 7 bytes in GBK.
        for number in [48_u32, 32, 1, 4, 16, 0x1e, 7] {
            set.extend(number.to_le_bytes());
        }
        set.extend(&encoding_rs::GBK.encode("张三丰").0[..]);
        set.push(0);
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("file");
        file.create_stream("\u{5}SummaryInformation").expect("stream").write_all(&set).expect("written");
        file.flush().expect("written");
        let bytes = file.into_inner().into_inner();
        assert_eq!(of("doc", &bytes), [(Person::Author, "张三丰".to_owned())]);
        for cut in [8, 600, bytes.len() - 4096] {
            assert!(of("doc", &bytes[..cut]).is_empty());
        }
    }
}
