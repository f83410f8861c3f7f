//! Workbooks of office programs: one sheet whose cells are all texts. No cell is a formula, whatever it begins with, and the same rows are the
//! same bytes on every day.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::sheet::Sheet;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;

const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// Cells are of the format "text" (49) and marked as quoted, so that a cell that is edited is not taken for a formula afterwards.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1" quotePrefix="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1" quotePrefix="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#;

/// The style of a cell.
const CELL: u8 = 1;
/// The style of a cell of the head.
const HEAD: u8 = 2;

/// A workbook of one sheet. `name` is the name of the sheet: at most 31 characters, without the marks that such names may not hold.
pub fn workbook(name: &str, sheet: &Sheet) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", Cow::Borrowed(TYPES)),
        ("_rels/.rels", Cow::Borrowed(ROOT)),
        ("xl/workbook.xml", Cow::Owned(book(name))),
        ("xl/_rels/workbook.xml.rels", Cow::Borrowed(PARTS)),
        ("xl/styles.xml", Cow::Borrowed(STYLES)),
        ("xl/worksheets/sheet1.xml", Cow::Owned(rows(sheet))),
    ];
    // Writing to memory cannot fail, and no part has four gigabytes.
    packed(&parts).unwrap_or_default()
}

fn packed(parts: &[(&str, Cow<'_, str>)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn book(name: &str) -> String {
    let named = name.chars().filter(|c| !['[', ']', ':', '*', '?', '/', '\\', '\''].contains(c)).take(31);
    let name = escaped(&named.collect::<String>());
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    )
}

/// The sheet: its head stays in sight, and each column is as wide as what stands in it, within bounds.
fn rows(sheet: &Sheet) -> String {
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>"#,
    );
    if !sheet.head.is_empty() {
        text.push_str("<cols>");
        for at in 0..sheet.head.len() {
            let wide = sheet.rows.iter().filter_map(|row| row.get(at)).chain(sheet.head.get(at));
            let wide = wide.map(|cell| width(cell)).max().unwrap_or_default().clamp(8, 40) + 2;
            let _ = write!(text, r#"<col min="{0}" max="{0}" width="{wide}" customWidth="1"/>"#, at + 1);
        }
        text.push_str("</cols>");
    }
    text.push_str("<sheetData>");
    for (nth, row) in std::iter::once(&sheet.head).chain(&sheet.rows).enumerate() {
        let _ = write!(text, r#"<row r="{}">"#, nth + 1);
        let style = if nth == 0 { HEAD } else { CELL };
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{}", column(at), nth + 1);
            let _ = write!(
                text,
                r#"<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                escaped(cell)
            );
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData></worksheet>");
    text
}

/// The letters of a column, from 0: A, …, Z, AA.
fn column(at: usize) -> String {
    let last = u8::try_from(at % 26).map_or('A', |nth| char::from(b'A' + nth));
    if at < 26 { last.to_string() } else { format!("{}{last}", column(at / 26 - 1)) }
}

/// How many narrow characters a text takes; Han take two.
fn width(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()).max().unwrap_or_default()
}

/// A text inside XML. Characters that XML cannot hold are dropped, and what office programs would take for an escape of their own (`_x000D_`)
/// is escaped as such.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("_x000D_"),
            '_' if is_escape(&text[at..]) => escaped.push_str("_x005F_"),
            '\t' | '\n' => escaped.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if c.is_control() && c.is_ascii() => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Whether a text begins with an escape of office programs: `_x`, four hexadecimal digits, `_`.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_letters() {
        let letters = [0, 25, 26, 51, 52, 701, 702].map(column);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_text_stays_what_it_is() {
        assert_eq!(escaped("=1+1 <甲> & \"乙\"\u{1}"), "=1+1 &lt;甲&gt; &amp; &quot;乙&quot;");
        assert_eq!(escaped("_x000D_ _x00_ _甲"), "_x005F_x000D_ _x00_ _甲");
    }

    #[test]
    fn the_same_rows_are_the_same_bytes() {
        let sheet = Sheet { head: vec!["单位".into()], rows: vec![vec!["=1+1".into()]] };
        assert_eq!(workbook("汇编", &sheet), workbook("汇编", &sheet));
        assert!(workbook("汇编", &sheet).starts_with(b"PK"));
        assert!(rows(&sheet).contains(r#"t="inlineStr"><is><t xml:space="preserve">=1+1</t>"#));
    }
}
