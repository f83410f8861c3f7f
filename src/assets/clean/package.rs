//! Photos, films and sound inside of office files and archives: what they say about their making is taken out, and the package is put together
//! again around them. What cannot be taken out is named.

use super::archive::{Archive, Entry};
use super::{Refused, position, taken_out};
use crate::assets::kind;
use crate::assets::picture;
use crate::diag::kind::FileKind;

/// Most bytes of all parts that are unpacked.
const TOTAL_LIMIT: usize = 256 << 20;
/// Bytes of a part by which it is known.
const HEAD: usize = 4 << 10;
/// Packages inside of packages that are opened.
const DEPTH: usize = 2;
/// Where office programs put signatures over the whole package (ECMA-376 part 2, 13; `OpenDocument` 1.3 part 2, 5).
const SIGNATURES: [&[u8]; 2] = [b"_xmlsignatures/", b"META-INF/documentsignatures.xml"];

/// What becomes of a package.
#[derive(Debug, PartialEq)]
pub struct Package {
    /// The package with cleaned parts; `None` if nothing had to be taken out.
    pub bytes: Option<Vec<u8>>,
    /// The names of parts that still tell a position.
    pub told: Vec<String>,
}

/// Cleans the parts of a package.
///
/// # Errors
/// If it cannot be read, or there is more in it than can be unpacked.
pub fn clean(bytes: &[u8]) -> Result<Package, Refused> {
    let mut search = Search { left: TOTAL_LIMIT, told: Vec::new() };
    let bytes = search.package(bytes, "", DEPTH)?;
    Ok(Package { bytes, told: search.told })
}

struct Search {
    left: usize,
    told: Vec<String>,
}

impl Search {
    /// The package with cleaned parts; `None` if no part had to be cleaned.
    fn package(&mut self, bytes: &[u8], within: &str, depth: usize) -> Result<Option<Vec<u8>>, Refused> {
        let archive = Archive::open(bytes).ok_or(Refused::Unknown)?;
        let is_signed =
            archive.entries.iter().any(|entry| SIGNATURES.iter().any(|start| entry.name.starts_with(start)));
        let mut changed = Vec::new();
        for (nth, entry) in archive.entries.iter().enumerate() {
            let Some((part, kind)) = self.part(&archive, entry)? else { continue };
            let name = format!("{within}{}", decoded(&entry.name));
            let made = match kind {
                FileKind::Zip if depth > 0 => self.package(&part, &format!("{name} → "), depth - 1)?,
                FileKind::Zip => return Err(Refused::Unknown),
                _ if is_signed => None,
                _ => {
                    picture::neutral(&part, kind).or_else(|| taken_out(&part, kind)?.ok()).filter(|made| *made != part)
                }
            };
            let says = made.as_ref().unwrap_or(&part);
            if kind != FileKind::Zip && position::is_told(says) {
                self.told.push(name);
            }
            changed.extend(made.filter(|_| !is_signed).map(|made| (nth, made)));
        }
        if changed.is_empty() { Ok(None) } else { archive.with(&changed).map(Some).ok_or(Refused::Unknown) }
    }

    /// A part that may say something, and what it is, any package as `Zip`; `None` for texts.
    fn part(&mut self, archive: &Archive<'_>, entry: &Entry) -> Result<Option<(Vec<u8>, FileKind)>, Refused> {
        let head = self.read(archive, entry, HEAD)?;
        let kind = if head.starts_with(b"PK\x03\x04") { FileKind::Zip } else { kind::of(&head) };
        if matches!(kind, FileKind::Other | FileKind::Empty | FileKind::Page) {
            return Ok(None);
        }
        Ok(Some((self.read(archive, entry, TOTAL_LIMIT)?, kind)))
    }

    /// At most `most` bytes of a part, in so far as there may be more.
    fn read(&mut self, archive: &Archive<'_>, entry: &Entry, most: usize) -> Result<Vec<u8>, Refused> {
        let part = archive.read(entry, most.min(self.left + 1)).ok_or(Refused::Unknown)?;
        self.left = self.left.checked_sub(part.len()).ok_or(Refused::Unknown)?;
        Ok(part)
    }
}

/// A name as the program that made the archive meant it: Chinese ones write GBK.
fn decoded(name: &[u8]) -> String {
    let gbk = || encoding_rs::GBK.decode_without_bom_handling(name).0.into_owned();
    std::str::from_utf8(name).map_or_else(|_| gbk(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

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
        let package = clean(&zip(&[("a.docx", &office), ("b.heic", &late), ("c.jpg", &photo[..30]), ("d.txt", b"")]));
        // The photo ends in its head, so that nothing can be taken out of it.
        let told = vec!["a.docx → word/media/image1.jpeg".to_owned(), "b.heic".to_owned()];
        assert_eq!(package, Ok(Package { bytes: None, told }));
        assert_eq!(clean(&office[..office.len() / 2]), Err(Refused::Unknown));
        let deep = (0..4).fold(office, |inner, _| zip(&[("a.zip", &inner)]));
        assert_eq!(clean(&deep), Err(Refused::Unknown));
    }

    #[test]
    fn sound_in_a_package_loses_its_tags_unless_a_signature_would_break() {
        let (sound, tag) = (b"\xff\xfb\x90\x64sound".as_slice(), b"ID3\x04\0\0\0\0\0\x03WHO".as_slice());
        let told = [tag, sound].concat();
        let package = |sound: &[u8]| zip(&[("a.xml", b"<a/>"), ("inner.zip", &zip(&[("b.mp3", sound)]))]);
        let made = clean(&package(&told)).expect("a package").bytes.expect("something is taken out");
        let read = |bytes: &[u8]| {
            let outer = Archive::open(bytes).expect("outer");
            let inner = outer.read(&outer.entries[1], 9_999).expect("inner");
            let inner = Archive::open(&inner).expect("inner");
            inner.read(&inner.entries[0], 9_999)
        };
        assert_eq!(read(&made).as_deref(), Some(sound));
        assert_eq!(clean(&made), Ok(Package { bytes: None, told: Vec::new() }));
        let signed = zip(&[("_xmlsignatures/sig1.xml", b""), ("b.mp3", &told)]);
        assert_eq!(clean(&signed), Ok(Package { bytes: None, told: Vec::new() }));
    }
}
