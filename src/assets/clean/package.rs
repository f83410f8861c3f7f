//! Photos and films inside of office files and archives that tell where they were taken. Nothing is rewritten: a signature over the package
//! would break, and names in the codes of another language would be lost.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{Refused, position};
use crate::assets::kind;
use crate::diag::kind::FileKind;

/// Most bytes of all parts that are unpacked.
const TOTAL_LIMIT: u64 = 256 << 20;
/// Bytes of a photo that are read first: a JPEG says where it was taken before its pixels.
const HEAD: u64 = 256 << 10;
/// Packages inside of packages that are opened.
const DEPTH: usize = 2;

/// The names of the parts that tell a position.
///
/// # Errors
/// If a part cannot be read, or there is more than can be unpacked.
pub fn told(bytes: &[u8]) -> Result<Vec<String>, Refused> {
    let mut search = Search { left: TOTAL_LIMIT, found: Vec::new() };
    search.package(bytes, "", DEPTH).ok_or(Refused::Unknown)?;
    Ok(search.found)
}

struct Search {
    left: u64,
    found: Vec<String>,
}

impl Search {
    fn package(&mut self, bytes: &[u8], within: &str, depth: usize) -> Option<()> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        for nth in 0..archive.len() {
            let mut part = archive.by_index(nth).ok()?;
            let name = format!("{within}{}", decoded(part.name_raw()));
            // What is read of each: a little of texts, all of what may say it at its end.
            let mut bytes = Vec::new();
            self.left =
                self.left.checked_sub(part.by_ref().take(HEAD.min(self.left)).read_to_end(&mut bytes).ok()? as u64)?;
            let kind = kind::of(&bytes);
            if !matches!(kind, FileKind::Jpeg | FileKind::Other) {
                let rest = part.take(self.left).read_to_end(&mut bytes).ok()?;
                self.left = self.left.checked_sub(rest as u64)?;
            }
            if self.left == 0 {
                return None;
            }
            // A package inside looks like a ZIP whose end is missing until all of it is read.
            let is_package = bytes.starts_with(b"PK\x03\x04");
            if is_package && depth > 0 {
                self.package(&bytes, &format!("{name} → "), depth - 1)?;
            } else if !is_package && position::is_told(&bytes) {
                self.found.push(name);
            }
        }
        Some(())
    }
}

/// A name as the program that made the archive meant it: Chinese ones write GBK.
fn decoded(name: &[u8]) -> String {
    let gbk = || encoding_rs::GBK.decode_without_bom_handling(name).0.into_owned();
    std::str::from_utf8(name).map_or_else(|_| gbk(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::assets::clean::position::tests::exif_with_position;

    fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("part");
            zip.write_all(bytes).expect("part");
        }
        zip.finish().expect("zip").into_inner()
    }

    #[test]
    fn photos_with_a_position_are_named_however_deep_they_lie() {
        let photo = [b"\xff\xd8\xff\xe1\0\0Exif\0\0".as_slice(), &exif_with_position(31)].concat();
        let late = [b"\0\0\0\x18ftypheic".as_slice(), &vec![0; 600 << 10], &exif_with_position(31)].concat();
        let office = zip(&[("word/document.xml", b"<a/>"), ("word/media/image1.jpeg", &photo)]);
        let told = told(&zip(&[("a.docx", &office), ("b.heic", &late), ("c.jpg", &photo[..30]), ("d.txt", b"")]));
        assert_eq!(told, Ok(vec!["a.docx → word/media/image1.jpeg".to_owned(), "b.heic".to_owned()]));
        assert_eq!(super::told(&office[..office.len() / 2]), Err(Refused::Unknown));
    }
}
