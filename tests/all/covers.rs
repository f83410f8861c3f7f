//! What apps show of a link: every course and event has a picture that they can read, of its own topic and its own pattern.

use std::collections::BTreeSet;

use image::{ImageFormat, Rgb, RgbImage};
use jiff::civil::{Date, date};

use crate::pictures::{Built, build, png};
use crate::site;

const DAY: Date = date(2026, 11, 9);

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";

fn course(id: &str, title: &str, fields: &str) -> (String, Vec<u8>) {
    let text = format!(
        "---\ntitle: {title}\ninstitution: xueyuan\nmode: online\nfee: 0\n{fields}runs:\n  - {{title: 一班, sessions: [{{start: 2026-12-01 09:00, end: 2026-12-01 10:00}}]}}\n---\n正文\n"
    );
    (format!("content/courses/{id}.md"), text.into_bytes())
}

fn event(id: &str, title: &str, fields: &str) -> (String, Vec<u8>) {
    let text = format!(
        "---\ntitle: {title}\nmode: online\n{fields}sessions:\n  - {{start: 2026-12-02 09:00, end: 2026-12-02 10:00}}\n---\n正文\n"
    );
    (format!("content/events/{id}.md"), text.into_bytes())
}

fn photo(colour: [u8; 3]) -> Vec<u8> {
    png(&RgbImage::from_pixel(800, 600, Rgb(colour)).into())
}

/// A portal with two topics of which one has a red picture.
fn portal(base_url: &str) -> Built {
    let base = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    let base = base.replace("base_url: https://example.org/\n", base_url).replace(
        "- {id: sports, title: 体育健身}",
        "- {id: sports, title: 体育健身, picture: {file: /pictures/sports.png, alt: 操场}}",
    );
    let mut files = site::files(&base);
    let own = |name: &str| format!("topics: [sports]\npicture: {{file: /pictures/{name}, alt: 校门}}\n");
    files.extend([
        course("taiji", "太极", "topics: [sports]\n"),
        course("jianzi", "毽子", "topics: [music, sports]\n"),
        course("hechang", "合唱", "topics: [music]\n"),
        course("own", "自己的", &own("own.png")),
        course("drawn", "画的", &own("drawn.svg")),
        event("changpao", "长跑", "topics: [sports]\n"),
        event("jianghua", "讲话", ""),
        ("content/pictures/sports.png".to_owned(), photo([200, 0, 0])),
        ("content/pictures/own.png".to_owned(), photo([0, 0, 200])),
        ("content/pictures/drawn.svg".to_owned(), DRAWING.as_bytes().to_vec()),
    ]);
    build(&files, None, DAY)
}

/// What a page says of its picture.
fn said<'a>(built: &'a Built, page: &str, name: &str) -> Option<&'a str> {
    let html = std::str::from_utf8(&built.files[page]).unwrap();
    let at = html.find(&format!("\"{name}\" content=\""))?;
    html[at..].split('"').nth(3)
}

/// The address of the picture that a link to a page shows.
fn shown<'a>(built: &'a Built, page: &str) -> &'a str {
    said(built, page, "og:image").and_then(|url| url.strip_prefix("https://example.org/")).unwrap()
}

#[test]
fn every_course_and_event_has_a_picture_that_apps_can_read() {
    let built = portal("base_url: https://example.org/\n");
    assert_eq!(built.codes, []);
    let pages = built.files.keys().filter(|path| path.starts_with("courses/") || path.starts_with("events/"));
    let pages: Vec<&String> = pages.filter(|path| said(&built, path, "og:type") == Some("article")).collect();
    assert_eq!(pages.len(), 7, "{pages:?}");
    let mut known = BTreeSet::new();
    for page in pages {
        let address = shown(&built, page);
        let bytes = &built.files[address];
        assert_eq!(image::guess_format(bytes).unwrap(), ImageFormat::Jpeg, "{page}");
        let picture = image::load_from_memory(bytes).unwrap();
        assert!(picture.width() >= 300 && picture.height() >= 300, "{page}: what is cut to a square is large enough");
        assert_eq!(said(&built, page, "og:image:width"), Some(picture.width().to_string().as_str()), "{page}");
        assert_eq!(said(&built, page, "og:image:height"), Some(picture.height().to_string().as_str()), "{page}");
        assert!(said(&built, page, "og:image:alt").is_some_and(|alt| !alt.is_empty()), "{page}");
        known.insert(address);
    }
    assert_eq!(known.len(), 7, "each has its own");
}

#[test]
fn a_cover_shows_the_topics_picture_above_the_pattern() {
    let built = portal("base_url: https://example.org/\n");
    let pixels = |page: &str| image::load_from_memory(&built.files[shown(&built, page)]).unwrap().into_rgb8();
    let near = |pixel: &Rgb<u8>, colour: [i32; 3]| {
        pixel.0.iter().zip(colour).all(|(is, should)| (i32::from(*is) - should).abs() < 12)
    };
    for page in ["courses/taiji.html", "courses/jianzi.html", "courses/drawn.html", "events/changpao.html"] {
        let picture = pixels(page);
        assert!(near(picture.get_pixel(320, 100), [200, 0, 0]), "{page}: the first topic that has a picture");
        assert!(!near(picture.get_pixel(320, 320), [200, 0, 0]), "{page}");
    }
    assert!(near(pixels("courses/own.html").get_pixel(320, 100), [0, 0, 200]), "its own picture goes first");
    let plain = pixels("courses/hechang.html");
    assert!(plain.pixels().any(|pixel| !near(pixel, plain.get_pixel(0, 0).0.map(i32::from))), "a pattern, not a blank");
}

#[test]
fn without_an_address_of_the_site_no_cover_is_made() {
    let built = portal("");
    assert_eq!(said(&built, "courses/taiji.html", "og:image"), None);
    let covers = built.pictures().filter(|(path, _)| path.rsplit('.').next() == Some("jpg") && !path.contains('-'));
    assert_eq!(covers.count(), 0);
}
