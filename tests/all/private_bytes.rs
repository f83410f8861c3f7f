//! What a file says about where, when and by whom it was made does not leave, whatever the file is called and wherever it lies: it is taken
//! out, or the file is refused, or it is said.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use shuyuan::diag::Code;

use crate::pictures::{self, Built, build};
use crate::site::{Files, TODAY};

const SECRET: &str = "GPS-SECRET-39.9042N";

/// A box of MP4.
fn boxed(name: &str, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes(), name.as_bytes(), &body].concat()
}

/// A film that says where it was taken in every place in which phones say it.
fn film(brand: &str) -> Vec<u8> {
    let secret = SECRET.as_bytes();
    let told = |name| boxed(name, &[secret]);
    let track = boxed(
        "trak",
        &[
            &boxed("tkhd", &[&[0; 20]]),
            &boxed("mdia", &[&boxed("mdhd", &[&[0; 16]]), &boxed("hdlr", &[&[0; 8], b"vide", &[0; 12], secret])]),
            &told("udta"),
            &told("meta"),
        ],
    );
    let movie = boxed(
        "moov",
        &[
            &boxed("mvhd", &[&[0; 16]]),
            &track,
            &boxed("udta", &[&boxed("loci", &[secret])]),
            &told("meta"),
            &told("uuid"),
        ],
    );
    [
        boxed("ftyp", &[brand.as_bytes(), &[0; 4]]),
        boxed("mdat", &[b"pictures"]),
        movie,
        told("uuid"),
        told("free"),
        told("XMP_"),
    ]
    .concat()
}

fn matroska() -> Vec<u8> {
    let element = |id: &[u8], body: &[u8]| [id, &[0x10, 0, 0, u8::try_from(body.len()).unwrap()], body].concat();
    let parts =
        [element(&[0x12, 0x54, 0xc3, 0x67], SECRET.as_bytes()), element(&[0x1f, 0x43, 0xb6, 0x75], b"")].concat();
    [element(&[0x1a, 0x45, 0xdf, 0xa3], b""), element(&[0x18, 0x53, 0x80, 0x67], &parts)].concat()
}

fn wave() -> Vec<u8> {
    let chunk = |name: &str, body: &[u8]| {
        [name.as_bytes(), &u32::try_from(body.len()).unwrap().to_le_bytes(), body, &vec![0; body.len() % 2]].concat()
    };
    let list = [b"INFOIART".as_slice(), SECRET.as_bytes()].concat();
    chunk("RIFF", &[b"WAVE".to_vec(), chunk("fmt ", &[0; 16]), chunk("LIST", &list), chunk("data", &[0; 8])].concat())
}

fn tagged(sound: &[u8]) -> Vec<u8> {
    let end = [b"TAG".as_slice(), SECRET.as_bytes(), &vec![0; 125 - SECRET.len()]].concat();
    [b"ID3\x04\0\0\0\0\0".as_slice(), &[u8::try_from(SECRET.len()).unwrap()], SECRET.as_bytes(), sound, &end].concat()
}

fn flac() -> Vec<u8> {
    let length = u8::try_from(SECRET.len()).unwrap();
    [b"fLaC\0\0\0\x02in\x84\0\0".as_slice(), &[length], SECRET.as_bytes(), b"sound"].concat()
}

/// A file of each kind that is cleaned by its own parser, and packages.
pub fn samples() -> Vec<Vec<u8>> {
    let photo = [b"\xff\xd8\xff\xe1\0\x90".as_slice(), &position()].concat();
    let inner = zip(&[("a.jpg", &photo), ("b.jpg", &pictures::samples()[1])]);
    let ogg =
        [b"OggS\0\x02\0\0\0\0\0\0\0\0abcd\0\0\0\0\0\0\0\0\x02\x08\x14OpusHeadOpusTags\x03\0\0\0WHO\0\0\0\0x"
            .as_slice()];
    let audio =
        [film("isom"), film("qt  "), matroska(), wave(), tagged(&[0xff, 0xfb, 0x90, 0x64]), flac(), ogg.concat()];
    audio.into_iter().chain([zip(&[("b.zip", &inner)]), [b"%PDF-1.7 ".as_slice(), &position()].concat()]).collect()
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// EXIF with the position 31°, little-endian: a directory with the address of the directory of positions, and that.
fn position() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let fractions: Vec<u8> = [31_u32, 1, 0, 1, 0, 1].iter().flat_map(|number| number.to_le_bytes()).collect();
    [
        b"Exif\0\0II*\0\x08\0\0\0\x01\0".as_slice(),
        &entry(0x8825, 4, 1, 26),
        &[0; 4],
        &[1, 0],
        &entry(4, 5, 3, 44),
        &[0; 4],
        &fractions,
    ]
    .concat()
}

/// A site that offers a file for download and copies it.
fn offered(name: &str, bytes: &[u8]) -> Files {
    let extension = name.rsplit('.').next().unwrap();
    vec![
        (
            "content/site.yaml".to_owned(),
            format!("title: 站\ndescription: 介绍\nid: zhan\nsince: 2026\nattachments: [{extension}]\n").into_bytes(),
        ),
        ("content/pages/a.md".to_owned(), format!("---\ntitle: 页\n---\n[文件](<../{name}>)\n").into_bytes()),
        (format!("content/{name}"), bytes.to_vec()),
        (format!("content/static/copied/{name}"), bytes.to_vec()),
    ]
}

/// What is published of a file that is offered and copied.
fn published<'a>(built: &'a Built, name: &str) -> Vec<&'a [u8]> {
    let ours = built.files.iter().filter(|(path, _)| path.ends_with(&format!("/{name}")));
    ours.map(|(_, bytes)| bytes.as_slice()).collect()
}

#[test]
fn what_can_be_taken_out_is_taken_out_under_any_name() {
    let pictures = pictures::samples();
    let mp3 = [0xff_u8, 0xfb, 0x90, 0x64].repeat(9);
    let mut cases = vec![
        (film("isom"), "a.mp4"),
        (film("qt  "), "a.mov"),
        (film("M4A "), "a.m4a"),
        (film("3gp4"), "a.3gp"),
        (matroska(), "a.webm"),
        (wave(), "a.wav"),
        (tagged(&mp3), "a.mp3"),
        (flac(), "a.flac"),
    ];
    let (jpeg, png, webp, gif) = (1, 2, 3, 4);
    cases.extend(
        [(jpeg, "a.jpg"), (jpeg, "a.jpe"), (jpeg, "a.jfif"), (png, "a.png"), (webp, "a.webp"), (gif, "a.gif")]
            .map(|(nth, name)| (pictures[nth].clone(), name)),
    );
    for (bytes, name) in cases {
        assert!(memchr::memmem::find(&bytes, SECRET.as_bytes()).is_some(), "{name}");
        let built = build(&offered(name, &bytes), None, TODAY);
        assert_eq!(built.codes, [], "{name}");
        is_clean(&built, name);
        // Under another name it is named, and clean all the same.
        for name in ["b.txt", "b.pdf", "b.docx"] {
            let built = build(&offered(name, &bytes), None, TODAY);
            assert_eq!(built.codes, [Code::OtherKind; 2], "{name}");
            is_clean(&built, name);
        }
    }
}

fn is_clean(built: &Built, name: &str) {
    let files = published(built, name);
    assert_eq!(files.len(), 2, "{name}");
    for bytes in files {
        assert!(!bytes.is_empty() && memchr::memmem::find(bytes, SECRET.as_bytes()).is_none(), "{name}");
    }
}

#[test]
fn what_cannot_be_taken_out_is_refused_or_said() {
    let told = [b"\xff\xd8\xff\xe1\0\x90".as_slice(), &position()].concat();
    let office = zip(&[("[Content_Types].xml", b""), ("word/document.xml", b""), ("word/media/image1.jpeg", &told)]);
    let pdf = [b"%PDF-1.7\n1 0 obj <</Filter/DCTDecode>> stream\n".as_slice(), &told].concat();
    let style = format!("a{{background:url(data:image/jpeg;base64,{})}}", STANDARD_NO_PAD.encode(&told));
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &position()].concat();
    for (name, bytes, code, is_published) in [
        ("a.docx", office.clone(), Code::PositionTold, true),
        ("a.zip", zip(&[("报名.docx", &office)]), Code::PositionTold, true),
        ("a.pdf", pdf, Code::PositionTold, true),
        ("a.css", style.into_bytes(), Code::PositionTold, true),
        ("a.rar", b"Rar!\x1a\x07\x01\0".to_vec(), Code::PositionTold, true),
        ("a.wmv", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11".to_vec(), Code::PositionTold, true),
        ("a.heic", heic.clone(), Code::PictureFormat, false),
        ("a.tif", b"II*\0\x08\0\0\0".to_vec(), Code::PictureFormat, false),
        ("a.mp4", film("isom")[..90].to_vec(), Code::FilmDamaged, false),
        ("a.txt", b"-----BEGIN RSA PRIVATE KEY-----\n".to_vec(), Code::SecretFile, false),
        ("a.dat", b"SQLite format 3\0".to_vec(), Code::SecretFile, false),
        ("a.pdf", b"<!doctype html><script>alert(1)</script>".to_vec(), Code::ActiveFile, true),
    ] {
        let built = build(&offered(name, &bytes), None, TODAY);
        let codes: Vec<Code> = built.codes.iter().copied().filter(|code| *code != Code::OtherKind).collect();
        assert_eq!(codes, [code; 2], "{name}");
        assert_eq!(published(&built, name).len(), if is_published { 2 } else { 0 }, "{name}");
    }
}

/// Photos inside of office files and archives are cleaned too, and look as before.
#[test]
fn photos_inside_of_packages_are_cleaned_and_stay_upright() {
    let samples = pictures::samples();
    let office = zip(&[
        ("[Content_Types].xml", b""),
        ("word/document.xml", b"<a/>"),
        ("word/media/image1.jpeg", &samples[1]),
        ("word/media/image2.png", &samples[2]),
    ]);
    for (name, bytes) in [("a.docx", office.clone()), ("a.zip", zip(&[("b.docx", &office), ("c.mp4", &film("isom"))]))]
    {
        let built = build(&offered(name, &bytes), None, TODAY);
        assert_eq!(built.codes, [], "{name}");
        for made in published(&built, name) {
            let mut outer = zip::ZipArchive::new(Cursor::new(made)).unwrap();
            let inner = if name == "a.zip" { part(&mut outer, "b.docx") } else { made.to_vec() };
            let mut inner = zip::ZipArchive::new(Cursor::new(inner.as_slice())).unwrap();
            assert_eq!(part(&mut inner, "word/document.xml"), b"<a/>");
            for photo in ["word/media/image1.jpeg", "word/media/image2.png"] {
                let photo = part(&mut inner, photo);
                assert!(memchr::memmem::find(&photo, SECRET.as_bytes()).is_none());
                assert!(image::load_from_memory(&photo).is_ok());
            }
            // The sample was taken with the phone on its side.
            let photo = part(&mut inner, "word/media/image1.jpeg");
            assert!(shuyuan::assets::picture::header::read("a", &photo).unwrap().orientation.to_exif() == 6);
            if name == "a.zip" {
                assert!(memchr::memmem::find(&part(&mut outer, "c.mp4"), SECRET.as_bytes()).is_none());
            }
        }
    }
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
    bytes
}

/// An error does not depend on the day on which a page is published.
#[test]
fn a_file_of_a_page_that_is_not_published_yet_is_looked_at_too() {
    let mut files = offered("a.mp4", &film("isom")[..90]);
    files.pop();
    let page = files.iter_mut().find(|(path, _)| path.ends_with("a.md")).unwrap();
    page.1 = "---\ntitle: 页\npublish: 2030-01-01\n---\n[影片](../a.mp4)\n".as_bytes().to_vec();
    assert_eq!(build(&files, None, TODAY).codes, [Code::FilmDamaged]);
}

#[test]
fn a_file_that_is_what_its_name_says_is_published_as_it_is() {
    let mut text = String::new();
    let _ = write!(text, "姓名,电话\n张三,138****1234\n");
    for (name, bytes) in [
        ("a.csv", text.into_bytes()),
        ("a.pdf", b"%PDF-1.7\n<</Title (x)>>".to_vec()),
        ("a.zip", zip(&[("a.txt", b"x"), ("b/c.jpg", &pictures::samples()[0])])),
        ("a.docx", zip(&[("[Content_Types].xml", b""), ("word/document.xml", b"")])),
        ("a.woff2", b"wOF2\0\x01\0\0".to_vec()),
    ] {
        let built = build(&offered(name, &bytes), None, TODAY);
        assert_eq!(built.codes, [], "{name}");
        assert_eq!(published(&built, name), [bytes.as_slice(); 2], "{name}");
    }
}

#[test]
fn files_that_programs_leave_behind_are_not_published() {
    let mut files = offered("a.txt", b"x");
    let names = [
        (".env", Code::SecretFile),
        ("sub/id_rsa", Code::SecretFile),
        ("backup.sql", Code::SecretFile),
        (".git/config", Code::LeftOut),
        (".git/objects/aa/bb", Code::LeftOut),
        ("~$报告.docx", Code::LeftOut),
        ("a.txt.bak", Code::LeftOut),
        ("a.orig", Code::LeftOut),
        ("Thumbs.db", Code::LeftOut),
        ("._a.jpg", Code::LeftOut),
        ("a.docx:Zone.Identifier", Code::LeftOut),
        ("新建 文本文档.txt", Code::LeftOut),
    ];
    files.extend(names.iter().map(|(name, _)| (format!("content/static/{name}"), b"x".to_vec())));
    files.push(("content/static/.well-known/security.txt".to_owned(), b"x".to_vec()));
    let built = build(&files, None, TODAY);
    let mut codes: Vec<Code> = names.iter().map(|(_, code)| *code).collect();
    // A folder is named once.
    codes.remove(4);
    codes.sort();
    let mut said = built.codes.clone();
    said.sort();
    assert_eq!(said, codes);
    assert!(built.files.contains_key(".well-known/security.txt"));
    for (name, _) in names {
        assert!(!built.files.contains_key(name), "{name}");
    }
}
