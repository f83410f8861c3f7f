//! Files made to be slow: four times the size takes about four times as long.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use shuyuan::assets::{clean, document, kind, picture};
use shuyuan::markdown;

use crate::papers;
use crate::pictures::{chunk, raw_png, samples, segment};

/// What one file costs beside what it is made for: threads that wait, a machine that is busy.
const SLACK: Duration = Duration::from_millis(300);

/// Makes a file of about so many parts.
type Make = fn(usize) -> Vec<u8>;

/// The shortest of three runs.
fn cost(work: impl Fn()) -> Duration {
    let run = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

/// Sixteen times as long would be quadratic. A machine that was busy is asked again; what is quadratic stays so.
fn check(name: &str, work: fn(&[u8]), make: Make, parts: usize) {
    let (few, many) = (make(parts), make(parts * 4));
    let (mut small, mut large) = (cost(|| work(&few)), cost(|| work(&many)));
    for _ in 0..3 {
        if large < small * 8 + SLACK {
            return;
        }
        (small, large) = (small.min(cost(|| work(&few))), large.min(cost(|| work(&many))));
    }
    assert!(large < small * 8 + SLACK, "{name}: {small:?}, and {large:?} for four times as much");
}

fn read_picture(bytes: &[u8]) {
    if let Ok(header) = picture::header::read("a", bytes) {
        let _ = picture::remarks("a", bytes, &header);
        let _ = picture::original("a", bytes, &header);
    }
}

fn svg(root: &str, inner: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"{root}>{inner}</svg>").into_bytes()
}

/// So many pieces, each with its number.
fn pieces(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, nth| {
        let _ = write!(all, "{}", piece(nth));
        all
    })
}

#[test]
fn drawings() {
    let cases: [(&str, Make, usize); 11] = [
        ("attributes of one element", |n| svg(&pieces(n, |nth| format!(" a{nth}=\"\"")), ""), 20_000),
        ("namespaces of one element", |n| svg(&pieces(n, |nth| format!(" xmlns:a{nth}=\"{nth}\"")), ""), 10_000),
        (
            "namespaces of every element",
            |n| svg(&pieces(90, |nth| format!(" xmlns:a{nth}=\"b\"")), &"<g xmlns:x=\"x\"/>".repeat(n)),
            10_000,
        ),
        ("elements", |n| svg("", &"<path d=\"M0 0\"/>".repeat(n)), 20_000),
        (
            "attributes of every element",
            |n| svg("", &format!("<g{}/>", pieces(180, |nth| format!(" a{nth}=\"\""))).repeat(n)),
            300,
        ),
        ("ids", |n| svg("", &pieces(n, |nth| format!("<g id=\"a{nth}\"/><path fill=\"url(#a{nth})\"/>"))), 5_000),
        ("links", |n| svg("", &format!("<g id=\"a\"/>{}", "<use href=\"#a\"/>".repeat(n))), 10_000),
        ("hashes", |n| svg("", &format!("<style>{}</style>", "# ".repeat(n))), 100_000),
        ("sections", |n| svg("", &format!("<text>{}</text>", "<![CDATA[a]]>".repeat(n))), 20_000),
        ("comments", |n| svg("", &"<!-- -->a".repeat(n)), 20_000),
        ("open comments", |n| svg("", &"<!--".repeat(n)), 50_000),
    ];
    for (name, make, parts) in cases {
        check(name, read_picture, make, parts);
    }
}

#[test]
fn pictures_of_pixels() {
    let cases: [(&str, Make, usize); 6] = [
        (
            "chunks of a PNG",
            |n| within(raw_png(9, 9, 8, 2, 0, &[0; 28 * 9]), 33, &chunk(*b"teXt", b"").repeat(n)),
            20_000,
        ),
        (
            "texts of a PNG",
            |n| within(raw_png(9, 9, 8, 2, 0, &[0; 28 * 9]), 33, &chunk(*b"tEXt", b"a\0b").repeat(n)),
            20_000,
        ),
        ("segments of a JPEG", |n| within(samples().swap_remove(0), 2, &segment(0xe1, b"Exif\0\0").repeat(n)), 20_000),
        ("fill bytes of a JPEG", |n| within(samples().swap_remove(0), 2, &vec![0xff; n]), 500_000),
        ("blocks of a GIF", |n| within(samples().swap_remove(4), 13, &b"\x21\xfe\x01a\0".repeat(n)), 50_000),
        ("chunks of a WebP", |n| webp(&b"ABCD\0\0\0\0".repeat(n)), 50_000),
    ];
    for (name, make, parts) in cases {
        check(name, read_picture, make, parts);
    }
}

fn clean_file(bytes: &[u8]) {
    let _ = clean::clean("a", bytes, kind::of(bytes));
}

/// A box of MP4.
fn boxed(name: &str, body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes(), name.as_bytes(), body].concat()
}

/// A film of so many bytes of samples, and a movie.
fn film(samples: usize, movie: &[u8]) -> Vec<u8> {
    [boxed("ftyp", b"isom\0\0\0\0"), boxed("mdat", &vec![0; samples]), boxed("moov", movie)].concat()
}

/// A track of notes whose chunks all lie upon each other.
fn piled(count: usize) -> Vec<u8> {
    let number = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
    let table = [
        boxed("stsz", &[number(0), number(count), number(count)].concat()),
        boxed("stsc", &[number(0), number(1), number(1), number(1), number(1)].concat()),
        boxed("stco", &[[number(0), number(count)].concat(), number(24).repeat(count)].concat()),
    ];
    let media = boxed("mdia", &boxed("minf", &boxed("stbl", &table.concat())));
    boxed("trak", &[boxed("tkhd", &[0; 20]), media].concat())
}

#[test]
fn films_sound_and_other_files() {
    let cases: [(&str, Make, usize); 12] = [
        ("boxes of a film", |n| film(9, &boxed("udta", b"").repeat(n)), 50_000),
        ("tracks of a film", |n| film(9, &boxed("trak", b"").repeat(n)), 50_000),
        ("chunks upon each other", |n| film(n * 4, &piled(n)), 20_000),
        (
            "fragments",
            |n| {
                [
                    film(9, &boxed("trak", &boxed("tkhd", &[0; 20])).repeat(n)),
                    boxed("moof", &boxed("traf", &boxed("tfhd", &[1; 8]))).repeat(n),
                ]
                .concat()
            },
            2_000,
        ),
        (
            "elements of Matroska",
            |n| [b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff".to_vec(), b"\x44\x61\x80".repeat(n)].concat(),
            100_000,
        ),
        ("chunks of a WAV", |n| [b"RIFF\0\0\0\0WAVE".to_vec(), b"LIST\0\0\0\0".repeat(n)].concat(), 50_000),
        ("tags of an MP3", |n| b"ID3\x04\0\0\0\0\0\0".repeat(n), 50_000),
        (
            "tags behind an MP3",
            |n| [b"ID3\x04\0\0\0\0\0\0x".to_vec(), [b"TAG".as_slice(), &[0; 125]].concat().repeat(n)].concat(),
            10_000,
        ),
        (
            "streams of an Ogg",
            |n| {
                (0..n)
                    .flat_map(|nth| {
                        [
                            b"OggS\0\x02\0\0\0\0\0\0\0\0".as_slice(),
                            &u32::try_from(nth).unwrap().to_le_bytes(),
                            &[0; 8],
                            b"\x01\x08OpusHead",
                        ]
                        .concat()
                    })
                    .collect()
            },
            20_000,
        ),
        ("heads of EXIF", |n| b"II*\0\x08\0\0\0\xff\xff".repeat(n), 50_000),
        ("heads of comments", |n| b"<!-- -->".repeat(n), 100_000),
        ("declarations", |n| b"<?".repeat(n), 200_000),
    ];
    for (name, make, parts) in cases {
        check(name, clean_file, make, parts);
    }
}

/// Scans that hold nothing but take time for every pixel.
#[test]
fn a_jpeg_of_very_many_scans_is_refused() {
    let mut passes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut passes, 90);
    encoder.set_progressive(true);
    encoder.encode(&[90; 3 * 64 * 64], 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let header = picture::header::read("a", &passes).unwrap();
    assert!(picture::original("a", &passes, &header).is_ok());
    let start = memchr::memmem::rfind(&passes, &[0xff, 0xda]).unwrap();
    let scan = passes[start..passes.len() - 2].to_vec();
    let many = within(passes, start, &scan.repeat(2_000));
    assert!(picture::original("a", &many, &header).is_err());
}

fn within(mut bytes: Vec<u8>, at: usize, more: &[u8]) -> Vec<u8> {
    bytes.splice(at..at, more.iter().copied());
    bytes
}

/// A WebP with more chunks at its end.
fn webp(more: &[u8]) -> Vec<u8> {
    let mut bytes = [&samples()[3], more].concat();
    let size = u32::try_from(bytes.len() - 8).unwrap().to_le_bytes();
    bytes[4..8].copy_from_slice(&size);
    bytes
}

#[test]
fn documents() {
    fn read(bytes: &[u8]) {
        drop(document::read("", bytes));
    }
    fn part(text: &str) -> Vec<u8> {
        papers::package(&[("mimetype", b""), ("content.xml", text.as_bytes())])
    }
    let cases: [(&str, Make, usize); 9] = [
        ("attributes of one element", |n| part(&format!("<a {}/>", pieces(n, |nth| format!(" a{nth}=\"\"")))), 30_000),
        ("elements that are not closed", |n| part(&"<text:p>".repeat(n)), 30_000),
        ("sections that are not closed", |n| part(&"<![CDATA[".repeat(n)), 30_000),
        ("brackets of a PDF", |n| ["%PDF-1.4 1 0 obj ", &"[<<".repeat(n)].concat().into_bytes(), 30_000),
        ("strings that are not closed", |n| ["%PDF-1.4 ", &"1 0 obj (".repeat(n)].concat().into_bytes(), 30_000),
        (
            "streams that are not closed",
            |n| ["%PDF-1.4 ", &"1 0 obj <<>> stream ".repeat(n)].concat().into_bytes(),
            20_000,
        ),
        (
            "pages of a PDF",
            |n| ["%PDF-1.4 ", &pieces(n, |nth| format!("{nth} 0 obj <</Type/Page>> endobj "))].concat().into_bytes(),
            5_000,
        ),
        ("digits", |n| "1 3-8 ".repeat(n).into_bytes(), 20_000),
        ("cells", |n| ["| 电话 |\n|--|\n", &"| 3栋 13812345678 |\n".repeat(n)].concat().into_bytes(), 2_000),
    ];
    for (name, make, parts) in cases {
        check(name, read, make, parts);
    }
}

#[test]
fn bodies() {
    fn read(bytes: &[u8]) {
        drop(markdown::read(std::str::from_utf8(bytes).unwrap_or_default()));
    }
    let cases: [(&str, Make, usize); 14] = [
        ("equal headings", |n| "## a\n\n".repeat(n).into_bytes(), 4_000),
        ("targets that are not closed", |n| "[a](b".repeat(n).into_bytes(), 5_000),
        ("labels before brackets", |n| "[a](".repeat(n).into_bytes(), 5_000),
        ("pictures that are not closed", |n| "![a](b".repeat(n).into_bytes(), 5_000),
        ("references", |n| "[a][b".repeat(n).into_bytes(), 5_000),
        ("links of another program", |n| "[[a".repeat(n).into_bytes(), 10_000),
        ("notes of another program", |n| "^[a".repeat(n).into_bytes(), 10_000),
        ("low lines", |n| "甲_乙 ".repeat(n).into_bytes(), 10_000),
        ("paths and links", |n| "[a]（/b.md）/a.md ".repeat(n).into_bytes(), 3_000),
        ("slashes", |n| "a/".repeat(n).into_bytes(), 20_000),
        ("highlights", |n| "==甲乙".repeat(n).into_bytes(), 10_000),
        ("lines with a label", |n| "甲乙：丙\n".repeat(n).into_bytes(), 10_000),
        ("marks without a partner", |n| "**甲 ".repeat(n).into_bytes(), 5_000),
        ("open tags", |n| "<p><ul><li>".repeat(n).into_bytes(), 5_000),
    ];
    for (name, make, parts) in cases {
        check(name, read, make, parts);
    }
}
