//! Pictures, from an editor's file to published bytes: what is shown, which metadata is removed, what is refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Mutex;

use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;
use shuyuan::artifact::Artifact;
use shuyuan::assets::picture::cache::Cache;
use shuyuan::diag::{Code, Findings};
use shuyuan::load::Inputs;
use shuyuan::pipeline::{self, Timings};
use shuyuan::portal::link::{BuildDay, Drafts, Options};

use crate::site::{Files, TODAY};

const SECRET: &[u8] = b"GPS-SECRET-39.9042N";

const SITE: &str = "title: 站\ndescription: 介绍\nid: zhan\nsince: 2026\nattachments: [jpg, png, webp, gif, pdf]\n";

// ── Sites ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A site with one page that shows these pictures in its text, each by its name in `content/`.
fn site(pictures: &[(&str, Vec<u8>)]) -> Files {
    let mut page = "---\ntitle: 页\n---\n".to_owned();
    let mut files = vec![("content/site.yaml".to_owned(), SITE.as_bytes().to_vec())];
    for (name, bytes) in pictures {
        let _ = writeln!(page, "\n![校门](<../{name}>)");
        files.push((format!("content/{name}"), bytes.clone()));
    }
    files.push(("content/pages/a.md".to_owned(), page.into_bytes()));
    files
}

/// What a build makes, and what it says.
pub struct Built {
    /// By root address.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Without those about other things than files.
    pub codes: Vec<Code>,
}

impl Built {
    pub fn pictures(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let pictures = self.files.iter().filter(|(path, _)| path.starts_with("pictures/"));
        pictures.map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The published picture with this width and format.
    fn picture(&self, end: &str) -> DynamicImage {
        let (path, bytes) = self.pictures().find(|(path, _)| path.ends_with(end)).unwrap();
        image::load_from_memory(bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// Builds a site. An address that is handed on twice fails.
pub fn build(files: &Files, cache: Option<&Cache>, today: jiff::civil::Date) -> Built {
    let mut findings = Findings::default();
    let inputs =
        Inputs::from_memory(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())), &mut findings);
    let options = Options { day: BuildDay::Fixed(today), drafts: Drafts::Hidden, base_url: None };
    let mut timings = Timings::new();
    let made = Mutex::new(BTreeMap::new());
    if let Some(site) = pipeline::prepare(&inputs, &options, cache, &mut findings, &mut timings).unwrap() {
        let put = |artifact: Artifact| {
            assert!(made.lock().unwrap().insert(artifact.path, artifact.bytes.to_vec()).is_none());
            Ok(())
        };
        pipeline::make(&site, cache, &put, &mut findings, &mut timings).unwrap();
    }
    let codes = findings.sorted().into_iter().map(|diagnostic| diagnostic.mistake.code).collect::<Vec<_>>();
    let ignored = [Code::NoBaseUrl, Code::UnusedFile, Code::UnreadFile];
    Built {
        files: made.into_inner().unwrap(),
        codes: codes.into_iter().filter(|code| !ignored.contains(code)).collect(),
    }
}

fn check(name: &str, bytes: Vec<u8>, codes: &[Code]) -> Built {
    let built = build(&site(&[(name, bytes)]), None, TODAY);
    assert_eq!(built.codes, codes, "{name}");
    built
}

// ── Pictures ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// Four quarters from the top left: red, green, blue, white.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    written(&picture.clone().into(), ImageFormat::Jpeg)
}

pub fn png(picture: &DynamicImage) -> Vec<u8> {
    written(picture, ImageFormat::Png)
}

fn tiff(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET);
    exif
}

/// A segment of a JPEG.
pub fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], body].concat()
}

/// A JPEG with EXIF, XMP, IPTC and a comment before its own segments, and more data after its end.
fn talkative_jpeg(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let plain = jpeg(picture);
    let exif = segment(0xe1, &[b"Exif\0\0", tiff(orientation).as_slice()].concat());
    let xmp = segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat());
    let iptc = segment(0xed, &[b"Photoshop 3.0\0", SECRET].concat());
    let comment = segment(0xfe, SECRET);
    [&plain[..2], &exif, &xmp, &iptc, &comment, &plain[2..], SECRET].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

/// A chunk of a PNG.
pub fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// A PNG of raw rows, which need not match its header.
pub fn raw_png(width: u32, height: u32, depth: u8, color: u8, interlaced: u8, rows: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, color, 0, 0, interlaced]].concat();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(rows).unwrap();
    let data = packed.finish().unwrap();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(*b"IHDR", &header), &chunk(*b"IDAT", &data), &chunk(*b"IEND", b"")]
        .concat()
}

fn talkative_png(picture: &RgbImage) -> Vec<u8> {
    let plain = png(&picture.clone().into());
    let (head, rest) = plain.split_at(33);
    let texts =
        [chunk(*b"tEXt", &[b"Author\0", SECRET].concat()), chunk(*b"eXIf", &tiff(1)), chunk(*b"tIME", SECRET)].concat();
    [head, &texts, rest, SECRET].concat()
}

fn talkative_webp(picture: &RgbImage) -> Vec<u8> {
    let plain = written(&picture.clone().into(), ImageFormat::WebP);
    let (width, height) = picture.dimensions();
    let mut extended = vec![0b0000_1100, 0, 0, 0];
    extended.extend(&(width - 1).to_le_bytes()[..3]);
    extended.extend(&(height - 1).to_le_bytes()[..3]);
    let piece = |name: &[u8; 4], body: &[u8]| {
        let padding = vec![0; body.len() % 2];
        [name.as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), body, &padding].concat()
    };
    let chunks =
        [piece(b"VP8X", &extended), plain[12..].to_vec(), piece(b"EXIF", &tiff(1)), piece(b"XMP ", SECRET)].concat();
    [b"RIFF".as_slice(), &u32::try_from(chunks.len() + 4).unwrap().to_le_bytes(), b"WEBP", &chunks].concat()
}

/// A GIF of two frames that repeats forever, with a comment and an unknown application block.
fn talkative_gif() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut out);
    encoder.set_repeat(image::codecs::gif::Repeat::Infinite).unwrap();
    for color in [[255, 0, 0, 255], [0, 0, 255, 255]] {
        encoder.encode_frame(image::Frame::new(RgbaImage::from_pixel(20, 10, Rgba(color)))).unwrap();
    }
    drop(encoder);
    let end = out.len() - 1;
    let part = [&[u8::try_from(SECRET.len()).unwrap()][..], SECRET, &[0]].concat();
    let comment = [b"\x21\xfe".as_slice(), &part].concat();
    let application = [b"\x21\xff\x0bXMP DataXMP".as_slice(), &part].concat();
    [&out[..end], &comment, &application, &[0x3b], SECRET].concat()
}

fn color(picture: &DynamicImage, x: u32, y: u32) -> [u8; 3] {
    let [red, green, blue, _] = picture.get_pixel(x, y).0;
    [red, green, blue]
}

fn near(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) < 24)
}

// ── What is shown ──────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn every_orientation_stands_upright() {
    let upright: DynamicImage = quarters(80, 40).into();
    for (orientation, picture) in stored(&upright) {
        let built = check("a.jpg", talkative_jpeg(&picture.to_rgb8(), orientation), &[]);
        for format in ["-80.jpg", "-80.webp"] {
            let shown = built.picture(format);
            assert_eq!(shown.dimensions(), (80, 40), "{orientation}");
            for (x, y) in [(10, 10), (70, 10), (10, 30), (70, 30)] {
                assert!(near(color(&shown, x, y), color(&upright, x, y)), "{orientation} {format} at {x},{y}");
            }
        }
    }
}

#[test]
fn colours_of_a_wide_profile_become_those_of_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.add_icc_profile(&profile).unwrap();
    // The same numbers are a stronger green in that colour space.
    encoder.encode(&[100, 200, 50].repeat(64 * 64), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let shown = check("a.jpg", bytes, &[]).picture("-64.jpg");
    let [red, green, blue] = color(&shown, 32, 32);
    assert!(red < 75 && green > 198 && blue < 45, "{red} {green} {blue}");
}

#[test]
fn a_turned_picture_is_cut_where_it_would_be_upright() {
    let upright: DynamicImage = quarters(400, 200).into();
    for (orientation, picture) in stored(&upright) {
        for (focus, side) in [("0% 50%", (0, 0)), ("100% 50%", (240, 0))] {
            let shown = portrait(focus, "a.jpg", talkative_jpeg(&picture.to_rgb8(), orientation)).picture("-160.jpg");
            let expected = upright.crop_imm(side.0, side.1, 160, 200);
            for (x, y) in [(20, 20), (140, 20), (20, 180), (140, 180)] {
                assert!(near(color(&shown, x, y), color(&expected, x, y)), "{orientation} {focus} at {x},{y}");
            }
        }
    }
}

/// What a camera stores so that the picture is upright after turning it (EXIF 2.3, 4.6.4, tag 0x0112).
fn stored(upright: &DynamicImage) -> [(u8, DynamicImage); 8] {
    [
        (1, upright.clone()),
        (2, upright.fliph()),
        (3, upright.rotate180()),
        (4, upright.flipv()),
        (5, upright.rotate90().fliph()),
        (6, upright.rotate270()),
        (7, upright.rotate270().fliph()),
        (8, upright.rotate90()),
    ]
}

/// A star learner's portrait, cropped to 4:5.
fn portrait(focus: &str, name: &str, bytes: Vec<u8>) -> Built {
    let star = format!(
        "---\ntitle: 甲\nyear: 2026\nlevel: town\nregion: r\npicture: {{file: /{name}, alt: 甲, focus: {focus}}}\n\
         consent: {{scope: [web], date: 2026-01-01}}\n---\n正文\n"
    );
    let files = [
        ("content/site.yaml".to_owned(), SITE.as_bytes().to_vec()),
        ("content/regions/r.md".to_owned(), "---\ntitle: 镇\nlevel: town\n---\n".as_bytes().to_vec()),
        ("content/stars/a.md".to_owned(), star.into_bytes()),
        (format!("content/{name}"), bytes),
    ];
    let built = build(&files.to_vec(), None, TODAY);
    assert_eq!(built.codes, []);
    built
}

#[test]
fn a_picture_is_cut_around_its_focus() {
    let star = |focus: &str| {
        let built = portrait(focus, "a.png", png(&quarters(400, 200).into()));
        let shown = built.picture("-160.jpg");
        assert_eq!(shown.dimensions(), (160, 200));
        [color(&shown, 10, 10), color(&shown, 150, 10)]
    };
    let (red, green) = ([255, 0, 0], [0, 255, 0]);
    assert!(star("0% 50%").iter().all(|shown| near(*shown, red)));
    assert!(star("100% 50%").iter().all(|shown| near(*shown, green)));
    let [left, right] = star("50% 50%");
    assert!(near(left, red) && near(right, green));
}

#[test]
fn a_page_names_exactly_the_files_that_there_are() {
    let built = check("a.jpg", jpeg(&quarters(900, 300)), &[]);
    let page = String::from_utf8(built.files["pages/a.html"].clone()).unwrap();
    let there: Vec<&str> = built.pictures().map(|(path, _)| path).collect();
    assert_eq!(there.len(), 6, "{there:?}");
    assert!(there.iter().all(|path| page.contains(&format!("../{path} "))), "{page}");
    assert!(there.iter().any(|path| path.ends_with("-900.webp")) && !there.iter().any(|path| path.contains("-1280.")));
    for attribute in
        ["width=\"900\" height=\"300\"", "loading=\"lazy\"", "decoding=\"async\"", "sizes=\"", "alt=\"校门\""]
    {
        assert!(page.contains(attribute), "{attribute}");
    }
}

#[test]
fn where_encoding_anew_would_be_larger_the_source_is_published_without_its_metadata() {
    let mut small = Vec::new();
    let noise =
        RgbImage::from_fn(200, 200, |x, y| Rgb([(x * 7 % 251) as u8, (y * 13 % 241) as u8, ((x * y) % 239) as u8]));
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut small, 20).encode_image(&noise).unwrap();
    let talkative = [&small[..2], &segment(0xfe, SECRET), &small[2..]].concat();
    let built = check("a.jpg", talkative, &[]);
    let (_, published) = built.pictures().find(|(path, _)| path.ends_with("-200.jpg")).unwrap();
    assert!(published.len() <= small.len(), "{} of {}", published.len(), small.len());
    assert_eq!(image::load_from_memory(published).unwrap(), image::load_from_memory(&small).unwrap());
}

#[test]
fn the_same_input_makes_the_same_bytes_on_any_number_of_threads() {
    let pictures = || (40..60).map(|n| (format!("{n}.jpg"), jpeg(&quarters(n * 10, 300)))).collect::<Vec<_>>();
    let pictures = pictures();
    let named: Vec<(&str, Vec<u8>)> = pictures.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let built = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build(&site(&named), None, TODAY)).files
    };
    assert_eq!(built(1), built(4));
}

// ── What is not given away ─────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn no_published_byte_tells_where_or_by_whom_a_picture_was_taken() {
    let small = quarters(60, 40);
    let pictures = [
        ("plain.jpg", talkative_jpeg(&small, 1)),
        ("turned.jpg", talkative_jpeg(&small, 6)),
        ("b.png", talkative_png(&small)),
        ("c.webp", talkative_webp(&small)),
        ("d.gif", talkative_gif()),
        ("e.svg", svg_with_secret()),
    ];
    let mut files = site(&pictures);
    // The same for originals to download and files copied verbatim.
    let mut page = "---\ntitle: 下载\n---\n".to_owned();
    for (name, bytes) in pictures.iter().filter(|(name, _)| !name.ends_with("svg")) {
        let _ = writeln!(page, "\n[{name}](../{name})");
        files.push((format!("content/static/copied/{name}"), bytes.clone()));
    }
    files.push(("content/pages/b.md".to_owned(), page.into_bytes()));
    let built = build(&files, None, TODAY);
    assert_eq!(built.codes, []);
    assert!(built.files.keys().filter(|path| path.starts_with("files/")).count() == 5);
    for (path, bytes) in &built.files {
        assert!(memchr::memmem::find(bytes, b"SECRET").is_none(), "{path}");
        assert!(
            memchr::memmem::find(bytes, b"Exif").is_none() && memchr::memmem::find(bytes, b"EXIF").is_none(),
            "{path}"
        );
        if path.starts_with("files/") || path.starts_with("copied/") {
            let size = image::load_from_memory(bytes).unwrap().dimensions();
            let expected = if path.ends_with("turned.jpg") {
                (40, 60)
            } else if path.ends_with("gif") {
                (20, 10)
            } else {
                (60, 40)
            };
            assert_eq!(size, expected, "{path}");
        }
    }
}

fn svg_with_secret() -> Vec<u8> {
    let secret = String::from_utf8_lossy(SECRET);
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><!-- {secret} --><metadata>{secret}</metadata><path d=\"M0 0h9\"/></svg>")
        .into_bytes()
}

#[test]
fn a_moving_gif_keeps_its_frames_and_its_repetition() {
    let built = check("a.gif", talkative_gif(), &[]);
    let (path, bytes) = built.pictures().next().unwrap();
    assert!(path.contains(".gif") && built.pictures().count() == 1);
    assert!(memchr::memmem::find(bytes, b"NETSCAPE2.0").is_some() && memchr::memmem::find(bytes, b"XMP").is_none());
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(bytes)).unwrap();
    assert_eq!(image::AnimationDecoder::into_frames(decoder).collect_frames().unwrap().len(), 2);
}

#[test]
fn without_consent_neither_page_nor_cache_has_the_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = camino::Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    let star = "---\ntitle: 甲\nyear: 2026\nlevel: town\nregion: r\npicture: {file: /a.png, alt: 甲}\n\
                gallery: [{file: /b.png, alt: 乙}]\n\
                consent: {scope: [web], date: 2026-01-01, expires: 2026-10-31}\n---\n正文\n\n![丙](/c.png)\n";
    let files = [
        ("content/site.yaml", SITE.as_bytes().to_vec()),
        ("content/regions/r.md", "---\ntitle: 镇\nlevel: town\n---\n".as_bytes().to_vec()),
        ("content/stars/a.md", star.as_bytes().to_vec()),
        ("content/a.png", png(&quarters(400, 200).into())),
        ("content/b.png", png(&quarters(300, 200).into())),
        ("content/c.png", png(&quarters(200, 200).into())),
    ]
    .map(|(path, bytes)| (path.to_owned(), bytes))
    .to_vec();
    let cached = || walk(folder.path()).into_iter().filter(|name| name.contains('-')).count();
    let cache = Cache::new(path);
    let before = build(&files, Some(&cache), jiff::civil::date(2026, 10, 31));
    assert_eq!(before.codes, []);
    let shown = before.pictures().count();
    assert!(shown > 6 && cached() == shown, "{shown} {}", cached());
    let after = build(&files, Some(&cache), TODAY);
    assert_eq!(after.codes, [Code::PictureWithheld]);
    assert_eq!((after.pictures().count(), cached()), (0, 0));
    let page = String::from_utf8(after.files["stars/a.html"].clone()).unwrap();
    assert!(page.contains("甲") && !page.contains("<img"), "{page}");
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            names.extend(walk(&entry.path()));
        } else {
            names.push(entry.file_name().into_string().unwrap());
        }
    }
    names
}

#[test]
fn a_damaged_cache_costs_time_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(camino::Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap());
    let files = site(&[("a.jpg", jpeg(&quarters(700, 300))), ("b.png", png(&quarters(90, 90).into()))]);
    let clean = build(&files, None, TODAY).files;
    assert_eq!(build(&files, Some(&cache), TODAY).files, clean);
    for room in std::fs::read_dir(folder.path()).unwrap().map(|room| room.unwrap().path()).filter(|room| room.is_dir())
    {
        for (nth, file) in std::fs::read_dir(room).unwrap().map(|file| file.unwrap().path()).enumerate() {
            let mut bytes = std::fs::read(&file).unwrap();
            let at = bytes.len() / (nth + 1) - 1;
            bytes[at] ^= 0x10;
            std::fs::write(&file, bytes).unwrap();
        }
    }
    assert_eq!(build(&files, Some(&cache), TODAY).files, clean);
    assert_eq!(build(&files, Some(&cache), TODAY).files, clean);
}

// ── What is refused, and what is not ───────────────────────────────────────────────────────────────────────────────

#[test]
fn damaged_and_foreign_files_are_refused_by_name() {
    let whole = jpeg(&quarters(64, 64));
    let small: DynamicImage = quarters(32, 32).into();
    let cut = |bytes: &[u8]| bytes[..bytes.len() * 2 / 3].to_vec();
    let damaged = [
        ("cut.jpg", cut(&whole)),
        ("head.jpg", whole[..20].to_vec()),
        ("cut.png", cut(&png(&small))),
        ("cut.webp", cut(&written(&small, ImageFormat::WebP))),
        ("cut.gif", cut(&talkative_gif())),
        ("empty.jpg", Vec::new()),
        ("short.png", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("rows.png", raw_png(100, 100, 8, 2, 0, &[0; 50])),
        ("zero.png", raw_png(0, 0, 8, 2, 0, &[])),
        ("broken.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><g>".to_vec()),
    ];
    for (name, bytes) in damaged {
        check(name, bytes, &[Code::PictureDamaged]);
    }
    let foreign = [
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
        ("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif".to_vec()),
        ("a.bmp", b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0".to_vec()),
        ("text.jpg", b"not a picture".to_vec()),
        ("page.jpg", b"<html><body>".to_vec()),
    ];
    for (name, bytes) in foreign {
        check(name, bytes, &[Code::PictureFormat]);
    }
}

#[test]
fn what_is_too_large_is_refused_before_a_pixel_is_decoded() {
    let started = std::time::Instant::now();
    check("bomb.png", raw_png(19_000, 19_000, 8, 2, 0, &[0; 100]), &[Code::PictureHuge]);
    check("memory.png", raw_png(10_900, 10_900, 16, 6, 0, &[0; 100]), &[Code::PictureHuge]);
    let mut huge = jpeg(&quarters(64, 64));
    let frame = memchr::memmem::find(&huge, &[0xff, 0xc0]).unwrap();
    huge[frame + 5..frame + 9].copy_from_slice(&[0x4a, 0x38, 0x4a, 0x38]);
    check("huge.jpg", huge, &[Code::PictureHuge]);
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn unusual_pictures_are_published_as_they_look() {
    let check_colors = |name: &str, bytes: Vec<u8>, width: u32, at: (u32, u32), expected: [u8; 3]| {
        let built = check(name, bytes, &[]);
        let shown = built.picture(&format!("-{width}.webp"));
        assert!(near(color(&shown, at.0, at.1), expected), "{name}: {:?}", color(&shown, at.0, at.1));
    };
    let deep = image::ImageBuffer::from_pixel(50, 40, Rgb([0x8080_u16, 0xffff, 0x1010]));
    check_colors("16-bit.png", png(&DynamicImage::ImageRgb16(deep)), 50, (20, 20), [128, 255, 16]);
    let grey = image::ImageBuffer::from_pixel(50, 40, image::LumaA([90_u8, 255]));
    check_colors("grey-alpha.png", png(&DynamicImage::ImageLumaA8(grey)), 50, (20, 20), [90, 90, 90]);
    let luma = image::ImageBuffer::from_pixel(50, 40, image::Luma([200_u8]));
    check_colors(
        "grey.jpg",
        written(&DynamicImage::ImageLuma8(luma), ImageFormat::Jpeg),
        50,
        (20, 20),
        [200, 200, 200],
    );
    check_colors(
        "1x1.png",
        png(&DynamicImage::ImageRgb8(RgbImage::from_pixel(1, 1, Rgb([9, 200, 9])))),
        1,
        (0, 0),
        [9, 200, 9],
    );
    check_colors("wrong-name.png", jpeg(&quarters(50, 40)), 50, (5, 5), [255, 0, 0]);
    check_colors("wide.png", png(&quarters(30_000, 400).into()), 320, (5, 0), [255, 0, 0]);
    check_colors("interlaced.png", interlaced(), 8, (3, 3), [200, 100, 50]);
    check_colors("照片 😀.jpg", jpeg(&quarters(50, 40)), 50, (5, 5), [255, 0, 0]);
    check_colors("e\u{301}.jpg", jpeg(&quarters(50, 40)), 50, (5, 5), [255, 0, 0]);

    let mut inks = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut inks, 95);
    // A quarter of cyan, as the encoder takes it.
    encoder.encode(&[64, 0, 0, 0].repeat(48 * 48), 48, 48, jpeg_encoder::ColorType::Cmyk).unwrap();
    check_colors("cmyk.jpg", inks, 48, (20, 20), [191, 255, 255]);

    // Baseline in several scans, one for each component: a widely used decoder silently decodes it to garbage.
    let mut scans = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut scans, 90);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&quarters(64, 64), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    check_colors("scans.jpg", scans.clone(), 64, (50, 10), [0, 255, 0]);
    check_colors("scans.jpg", scans, 64, (10, 50), [0, 0, 255]);

    let mut passes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut passes, 90);
    encoder.set_progressive(true);
    encoder.encode(&quarters(64, 64), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    check_colors("progressive.jpg", passes, 64, (50, 10), [0, 255, 0]);

    // EXIF directories that point to themselves or nowhere.
    let plain = jpeg(&quarters(64, 64));
    for tail in [&b"II*\0\x08\0\0\0\xff\xff"[..], b"MM\0*\xff\xff\xff\xff", b"II*\0\0\0\0\0", b""] {
        let exif = segment(0xe1, &[b"Exif\0\0", tail, &[0; 4000]].concat());
        check_colors("exif.jpg", [&plain[..2], &exif, &plain[2..]].concat(), 64, (50, 10), [0, 255, 0]);
    }
}

/// Eight by eight pixels of one colour, in the seven passes of Adam7 (PNG, 8.2).
fn interlaced() -> Vec<u8> {
    let mut rows = Vec::new();
    for (left, top, across, down) in
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    {
        for _ in (top..8).step_by(down) {
            rows.push(0);
            rows.extend((left..8).step_by(across).flat_map(|_| [200, 100, 50]));
        }
    }
    raw_png(8, 8, 8, 2, 1, &rows)
}

#[test]
fn an_animation_that_cannot_be_kept_is_named() {
    let plain = png(&quarters(20, 20).into());
    let (head, rest) = plain.split_at(33);
    let animated = [head, &chunk(*b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), &chunk(*b"fcTL", &fctl()), rest].concat();
    let built = check("a.png", animated, &[Code::PictureStill]);
    assert_eq!(built.picture("-20.webp").dimensions(), (20, 20));
}

fn fctl() -> Vec<u8> {
    [0_u32, 20, 20, 0, 0].iter().flat_map(|number| number.to_be_bytes()).chain([0, 1, 0, 1, 0, 0]).collect()
}

#[test]
fn what_acts_in_a_drawing_is_taken_out_and_named() {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 60\"><script>alert(1)</script><path d=\"M0 0h9\"/></svg>";
    let built = check("a.svg", svg.to_vec(), &[Code::SvgRemoved]);
    let (path, bytes) = built.pictures().next().unwrap();
    assert!(path.contains(".svg") && memchr::memmem::find(bytes, b"script").is_none());
    let page = String::from_utf8(built.files["pages/a.html"].clone()).unwrap();
    assert!(page.contains("width=\"90\" height=\"60\""), "{page}");
}

/// A GIF of one frame.
pub fn still_gif() -> Vec<u8> {
    written(&DynamicImage::from(quarters(20, 10)).to_rgba8().into(), ImageFormat::Gif)
}

/// A small picture of every format.
pub fn samples() -> Vec<Vec<u8>> {
    let small = quarters(24, 16);
    vec![
        jpeg(&small),
        talkative_jpeg(&small, 6),
        talkative_png(&small),
        talkative_webp(&small),
        talkative_gif(),
        interlaced(),
        svg_with_secret(),
        png(&DynamicImage::from(small.clone()).to_rgba16().into()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever bytes a file has, the build ends: with pictures that can be decoded, or with a mistake that names the
    /// file.
    #[test]
    fn broken_bytes_never_bring_the_build_down(
        which in 0..8_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        length in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = samples().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(length.index(bytes.len()));
        }
        let built = build(&site(&[("a.jpg", bytes)]), None, TODAY);
        let refused = [Code::PictureDamaged, Code::PictureFormat, Code::PictureHuge];
        if built.codes.iter().any(|code| refused.contains(code)) {
            prop_assert_eq!(built.pictures().count(), 0);
        } else {
            prop_assert!(built.pictures().count() > 0);
            for (path, bytes) in built.pictures().filter(|(path, _)| !path.ends_with("svg")) {
                prop_assert!(image::load_from_memory(bytes).is_ok(), "{}", path);
            }
        }
    }
}
