//! Writes small office documents and PDFs, in the ways in which common programs write them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A package of parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// What is written for each item, one after the other.
pub fn each<T>(items: impl IntoIterator<Item = T>, write: impl Fn(T) -> String) -> String {
    items.into_iter().fold(String::new(), |all, item| all + &write(item))
}

/// A text in three pieces.
fn pieces(text: &str) -> [String; 3] {
    let chars: Vec<char> = text.chars().collect();
    let third = chars.len().div_ceil(3);
    [0, 1, 2].map(|nth| chars.iter().skip(nth * third).take(third).collect())
}

/// A letter with a paragraph for each text, each in three runs.
pub fn docx(texts: &[String]) -> Vec<u8> {
    let mut body = String::new();
    for text in texts {
        let runs = each(pieces(text), |run| {
            format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(&run))
        });
        let _ = write!(body, "<w:p><w:pPr/>{runs}</w:p>");
    }
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    package(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// A workbook with the texts in column B: shared, in the cell, or as a number.
pub fn xlsx(texts: &[String]) -> Vec<u8> {
    let (mut rows, mut strings, mut shared) = (String::new(), String::new(), 0);
    for (nth, text) in texts.iter().enumerate() {
        let row = nth + 1;
        let cell = if nth % 2 == 0 {
            let [a, b, c] =
                pieces(text).map(|piece| format!("<r><t xml:space=\"preserve\">{}</t></r>", escaped(&piece)));
            let _ = write!(strings, "<si>{a}{b}{c}</si>");
            shared += 1;
            format!("<c r=\"B{row}\" t=\"s\"><v>{}</v></c>", shared - 1)
        } else {
            format!("<c r=\"B{row}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text))
        };
        let _ = write!(rows, "<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c>{cell}</row>");
    }
    let workbook = r#"<workbook xmlns:r="r"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let relations = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#;
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ])
}

/// How a PDF is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pack {
    /// Not at all.
    None,
    /// Its streams.
    Streams,
    /// Its streams, by the lengths of their runs.
    Runs,
    /// Its streams, and its objects in a stream.
    Objects,
}

/// A PDF with a page for each text, in a composite font whose codes mean nothing without its `ToUnicode` map.
pub fn pdf(texts: &[String], pack: Pack) -> Vec<u8> {
    let mut codes: BTreeMap<char, usize> = BTreeMap::new();
    for c in texts.iter().flat_map(|text| text.chars()) {
        let next = codes.len() + 1;
        codes.entry(c).or_insert(next);
    }
    let mut map =
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            .to_owned();
    for (c, code) in &codes {
        let units = each(c.encode_utf16(&mut [0; 2]), |unit| format!("{unit:04X}"));
        let _ = writeln!(map, "1 beginbfchar\n<{code:04X}> <{units}>\nendbfchar");
    }
    let kids = each(0..texts.len(), |nth| format!("{} 0 R ", 10 + nth * 2));
    let mut plain = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (2, format!("<</Type/Pages/Kids[{kids}]/Count {}/Resources<</Font<</F1 3 0 R>>>>>>", texts.len())),
        (3, "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 4 0 R>>".to_owned()),
    ];
    let mut streams = vec![(4, map.into_bytes())];
    for (nth, text) in texts.iter().enumerate() {
        plain.push((10 + nth * 2, format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 11 + nth * 2)));
        streams.push((11 + nth * 2, content(text, &codes)));
    }
    let mut file = b"%PDF-1.5\n".to_vec();
    if pack == Pack::Objects {
        let (mut head, mut body) = (String::new(), String::new());
        for (number, object) in &plain {
            let _ = write!(head, "{number} {} ", body.len());
            let _ = write!(body, "{object} ");
        }
        let entries = format!("/Type/ObjStm/N {}/First {}", plain.len(), head.len());
        stream(&mut file, 5, &entries, &packed((head + &body).as_bytes()), true);
    } else {
        for (number, object) in &plain {
            file.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
        }
    }
    for (number, bytes) in &streams {
        if pack == Pack::None {
            stream(&mut file, *number, "", bytes, false);
        } else if pack == Pack::Runs {
            stream(&mut file, *number, "/Filter/RunLengthDecode", &runs(bytes), false);
        } else {
            stream(&mut file, *number, "", &packed(bytes), true);
        }
    }
    file.extend(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    file
}

/// Shows a text in three strings: one by itself, two with a kern between, after a move on the line.
fn content(text: &str, codes: &BTreeMap<char, usize>) -> Vec<u8> {
    let [a, b, c] = pieces(text).map(|piece| each(piece.chars(), |c| format!("{:04X}", codes[&c])));
    format!("BT /F1 12 Tf 1 0 0 1 72 700 Tm <{a}> Tj 1 0 0 1 150 700 Tm [<{b}> -12 <{c}>] TJ ET\n").into_bytes()
}

/// Runs of `RunLengthDecode`: bytes as they are, one that stands there several times, and the end.
fn runs(bytes: &[u8]) -> Vec<u8> {
    let literal = |part: &[u8]| [&[u8::try_from(part.len() - 1).unwrap()], part].concat();
    let spaces = [0_u8.wrapping_sub(9), b' '];
    let parts: Vec<Vec<u8>> = bytes.chunks(100).map(literal).collect();
    [spaces.to_vec(), parts.concat(), vec![128]].concat()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn stream(file: &mut Vec<u8>, number: usize, entries: &str, bytes: &[u8], is_packed: bool) {
    let filter = if is_packed { "/Filter/FlateDecode" } else { "" };
    file.extend(format!("{number} 0 obj\n<<{entries}/Length {}{filter}>>\nstream\n", bytes.len()).into_bytes());
    file.extend(bytes);
    file.extend(b"\nendstream\nendobj\n");
}
