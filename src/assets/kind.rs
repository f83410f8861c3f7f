//! What a file is, told by its bytes: names are given by people and by phones. Signatures as in the formats' own specifications.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::xml;
use crate::diag::kind::FileKind::{
    self, Archive, Avi, Avif, Bmp, Compound, Database, Empty, Epub, Excel, Film, Flac, Gif, Heic, Jpeg, Key, Locked,
    Matroska, Mp3, Ogg, OpenDocument, Other, OtherFilm, OtherPicture, Page, Pdf, Png, PowerPoint, Rtf, Svg, Tiff, Wave,
    WebP, Word, Zip,
};

/// Signatures at the start.
const STARTS: &[(&[u8], FileKind)] = &[
    (b"\xff\xd8\xff", Jpeg),
    (b"\x89PNG\r\n\x1a\n", Png),
    (b"GIF87a", Gif),
    (b"GIF89a", Gif),
    (b"II*\0", Tiff),
    (b"MM\0*", Tiff),
    // BigTIFF, and raw photos of Olympus, Panasonic, Fujifilm and Sigma.
    (b"II+\0", Tiff),
    (b"MM\0+", Tiff),
    (b"IIRO", Tiff),
    (b"IIRS", Tiff),
    (b"IIU\0", Tiff),
    (b"FUJIFILMCCD-RAW", Tiff),
    (b"FOVb", Tiff),
    (b"8BPS", OtherPicture),
    (b"\0\0\0\x0cjP  ", OtherPicture),
    (b"\0\0\0\x0cJXL ", OtherPicture),
    (b"\xff\x0a", OtherPicture),
    (b"\xff\x4f\xff\x51", OtherPicture),
    (b"\x1a\x45\xdf\xa3", Matroska),
    (b"ID3", Mp3),
    (b"APETAGEX", Mp3),
    (b"fLaC", Flac),
    (b"OggS", Ogg),
    // ASF, Flash, Real Media, MPEG programme streams.
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", OtherFilm),
    (b"FLV\x01", OtherFilm),
    (b".RMF", OtherFilm),
    (b"\0\0\x01\xba", OtherFilm),
    (b"\0\0\x01\xb3", OtherFilm),
    (b"{\\rtf", Rtf),
    (b"Rar!\x1a\x07", Archive),
    (b"7z\xbc\xaf\x27\x1c", Archive),
    (b"\x1f\x8b", Archive),
    (b"\xfd7zXZ\0", Archive),
    (b"\x28\xb5\x2f\xfd", Archive),
    (b"SQLite format 3\0", Database),
    (b"\0\x01\0\0Standard Jet DB", Database),
    (b"\0\x01\0\0Standard ACE DB", Database),
];

/// What a browser takes for a page, by its first element.
const PAGES: [&str; 6] = ["html", "head", "body", "script", "iframe", "style"];
/// Bytes in which a PDF may begin.
const PDF_HEAD: usize = 1024;

/// What the bytes are.
pub fn of(bytes: &[u8]) -> FileKind {
    if let Some((_, kind)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return *kind;
    }
    let head = &bytes[..bytes.len().min(PDF_HEAD)];
    match bytes {
        [] => Empty,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => package(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => compound(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, form @ ..] if form.len() >= 4 => match &form[..4] {
            b"WEBP" => WebP,
            b"WAVE" => Wave,
            b"AVI " => Avi,
            _ => Other,
        },
        // AIFF and its packed form; Apple's own container.
        [b'F', b'O', b'R', b'M', _, _, _, _, b'A', b'I', b'F', b'F' | b'C', ..] | [b'c', b'a', b'f', b'f', 0, ..] => {
            OtherFilm
        }
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => branded(bytes),
        [_, _, _, _, b'm', b'o', b'o', b'v', ..]
        | [_, _, _, _, b'm', b'd', b'a', b't', ..]
        | [0, 0, 0, 8, b'w', b'i', b'd', b'e', ..]
        | [0, 0, _, _, b'f', b'r', b'e', b'e', ..]
        | [0, 0, _, _, b's', b'k', b'i', b'p', ..]
        | [_, _, _, _, b'p', b'n', b'o', b't', ..] => Film,
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Bmp,
        // The head of a frame: layer 3 of MPEG, or AAC, with a rate that there is.
        [0xff, second, third, ..]
            if (second & 0xe6 == 0xe2 && second & 0x18 != 8 && third >> 4 != 15 && third & 0x0c != 0x0c)
                || second & 0xf6 == 0xf0 =>
        {
            Mp3
        }
        [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', ..] => Archive,
        // Packets of a stream, and the same with a time stamp before each, as camcorders write.
        _ if is_stream(bytes, 0, 188) || is_stream(bytes, 4, 192) => OtherFilm,
        _ if memchr::memmem::find(head, b"%PDF-").is_some() => Pdf,
        _ if bytes.get(257..262) == Some(b"ustar".as_slice()) => Archive,
        _ if is_key(head) => Key,
        _ => text(bytes),
    }
}

/// Whether several packets begin as those of MPEG do (ISO/IEC 13818-1, 2.4.3.2).
fn is_stream(bytes: &[u8], start: usize, packet: usize) -> bool {
    (0..4).all(|nth| bytes.get(start + nth * packet) == Some(&0x47))
}

/// A file that names what it is for (ISO/IEC 14496-12, 4.3): the first brand that is known, the main one first.
fn branded(bytes: &[u8]) -> FileKind {
    let length = bytes.get(..4).map_or(0, |size| size.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)));
    let names = bytes.get(8..length.clamp(8, 256).min(bytes.len())).unwrap_or_default();
    let mut names = names.chunks_exact(4).enumerate().filter(|(nth, _)| *nth != 1).map(|(_, name)| name);
    let known = |name: &[u8]| match name {
        b"avif" | b"avis" => Some(Avif),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some(Heic),
        // Canon's raw photos.
        b"crx " => Some(Tiff),
        b"jxl " => Some(OtherPicture),
        _ => None,
    };
    let main = names.next().and_then(known);
    match main {
        // A general brand for pictures; the others say which.
        Some(Heic) => {
            if names.any(|name| known(name) == Some(Avif)) {
                Avif
            } else {
                Heic
            }
        }
        Some(kind) => kind,
        None => Film,
    }
}

/// A ZIP archive, or what office programs make of one, by the names in it.
fn package(bytes: &[u8]) -> FileKind {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Zip };
    let has = |folder: &str| archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with(folder)));
    if has("[Content_Types].xml") {
        let office = [("word/", Word), ("xl/", Excel), ("ppt/", PowerPoint)];
        return office.into_iter().find(|(folder, _)| has(folder)).map_or(Zip, |(_, kind)| kind);
    }
    let mut kind = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        let _ = part.take(80).read_to_string(&mut kind);
    }
    match kind.strip_prefix("application/") {
        Some(kind) if kind.starts_with("vnd.oasis.opendocument") => OpenDocument,
        Some(kind) if kind.starts_with("epub") => Epub,
        _ => Zip,
    }
}

fn compound(bytes: &[u8]) -> FileKind {
    let part: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &part).is_some() { Locked } else { Compound }
}

fn is_key(head: &[u8]) -> bool {
    memchr::memmem::find(head, b"-----BEGIN ").is_some_and(|at| {
        let line = head[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        memchr::memmem::find(line, b"PRIVATE KEY").is_some()
    }) || head.starts_with(b"PuTTY-User-Key-File")
}

fn text(bytes: &[u8]) -> FileKind {
    let Some(name) = xml::first_name(bytes) else { return Other };
    let local = name.rsplit(':').next().unwrap_or_default();
    match local {
        "svg" => Svg,
        _ if PAGES.iter().any(|page| local.eq_ignore_ascii_case(page)) => Page,
        _ => Other,
    }
}

/// What a file with this extension, in lower case, should be; `None` if that is unknown.
fn expected(extension: &str) -> Option<&'static [FileKind]> {
    Some(match extension {
        "jpg" | "jpeg" | "jpe" | "jfif" => &[Jpeg],
        "png" => &[Png],
        "webp" => &[WebP],
        "gif" => &[Gif],
        "svg" => &[Svg],
        "bmp" => &[Bmp],
        "heic" | "heif" => &[Heic],
        "avif" => &[Avif],
        "tif" | "tiff" => &[Tiff],
        "pdf" => &[Pdf],
        "docx" | "docm" | "dotx" => &[Word, Locked],
        "xlsx" | "xlsm" | "xltx" => &[Excel, Locked],
        "pptx" | "pptm" | "ppsx" => &[PowerPoint, Locked],
        "odt" | "ods" | "odp" => &[OpenDocument],
        "epub" => &[Epub],
        "doc" | "dot" => &[Compound, Rtf, Locked],
        "xls" | "ppt" | "pps" => &[Compound, Locked],
        // WPS writes compound files, and packages since 2019.
        "wps" | "et" | "dps" => &[Compound, Locked, Word, Excel, PowerPoint, Rtf],
        "rtf" => &[Rtf],
        "zip" => &[Zip, Word, Excel, PowerPoint, OpenDocument, Epub],
        "rar" | "7z" | "gz" | "tgz" | "bz2" | "xz" | "tar" => &[Archive],
        "mp4" | "m4v" | "m4a" | "mov" | "3gp" | "3g2" => &[Film],
        "webm" | "mkv" | "mka" => &[Matroska],
        "avi" => &[Avi],
        "wav" => &[Wave],
        "mp3" | "aac" => &[Mp3],
        "flac" => &[Flac],
        "ogg" | "oga" | "ogv" | "opus" => &[Ogg],
        "wmv" | "wma" | "asf" | "flv" | "rm" | "rmvb" | "mpg" | "mpeg" | "ts" | "mts" | "m2ts" => &[OtherFilm],
        "txt" | "csv" | "tsv" | "md" | "ics" | "vcf" | "json" | "srt" | "vtt" | "yaml" | "yml" => &[Other, Empty],
        _ => return None,
    })
}

/// Whether bytes of this kind may have this extension, in lower case.
pub fn fits(extension: &str, kind: FileKind) -> bool {
    // Sound may begin anywhere, and streams have many forms.
    let is_vague = matches!(extension, "mp3" | "aac" | "mpg" | "mpeg" | "ts" | "rm" | "rmvb" | "tar" | "epub");
    expected(extension).is_none_or(|kinds| kinds.contains(&kind) || is_vague && kind == Other)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        for (bytes, kind) in [
            (b"\xff\xd8\xff\xe0".as_slice(), Jpeg),
            (b"RIFF\0\0\0\0WEBP", WebP),
            (b"RIFF\0\0\0\0WAVE", Wave),
            (b"RIFF\0\0\0\0WAV", Other),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0miafavif", Avif),
            (b"FORM\0\0\0\x10AIFFCOMM", OtherFilm),
            (b"caff\0\x01", OtherFilm),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", Film),
            (b"\0\0\0\x18ftypisom\0\0\0\0mp41avif", Film),
            (b"\0\0\0\x08wide\0\0\0\0mdat", Film),
            (b"\xff\xfb\x90\x64", Mp3),
            (b"\xff\xf1\x50\x80", Mp3),
            (b"\xff\xff\xff\xff", Other),
            (b"\r\n%PDF-1.7", Pdf),
            (b"PK\x03\x04", Zip),
            (b"<!doctype HTML><title>a", Page),
            (b"\xef\xbb\xbf <!-- a --><HTML>", Page),
            (b"<?xml version='1.0'?><html xmlns='x'>", Page),
            (b"<?xml version='1.0'?><svg>", Svg),
            (b"The wide world of Graz, BZhang", Other),
            (b"BZh91AY&SY", Archive),
            (b"<rss>", Other),
            (b"<p>", Other),
            (b"a < b", Other),
            (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", Key),
            (b"Bag Attributes\n-----BEGIN RSA PRIVATE KEY-----\n", Key),
            (b"-----BEGIN CERTIFICATE-----\nPRIVATE KEY", Other),
            (b"SQLite format 3\0", Database),
            (b"", Empty),
        ] {
            assert_eq!(of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn packages_are_known_by_the_names_in_them() {
        let zip = |parts: &[(&str, &str)]| {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (name, text) in parts {
                zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("part");
                zip.write_all(text.as_bytes()).expect("part");
            }
            of(&zip.finish().expect("zip").into_inner())
        };
        assert_eq!(zip(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]), Excel);
        assert_eq!(zip(&[("[Content_Types].xml", ""), ("word/document.xml", "")]), Word);
        assert_eq!(zip(&[("mimetype", "application/vnd.oasis.opendocument.text")]), OpenDocument);
        assert_eq!(zip(&[("word/document.xml", "")]), Zip);
    }

    #[test]
    fn a_name_may_say_less_than_the_bytes() {
        for (extension, kind, is) in [
            ("pdf", Pdf, true),
            ("pdf", Zip, false),
            ("pdf", Other, false),
            ("docx", Zip, false),
            ("zip", Word, true),
            ("doc", Word, false),
            ("mp3", Other, true),
            ("mp3", Film, false),
            ("txt", Jpeg, false),
            ("dwg", Zip, true),
        ] {
            assert_eq!(fits(extension, kind), is, "{extension} {kind:?}");
        }
    }
}
