//! What holds whatever bytes a stranger sends: one function for each parser, which panics where it does not hold. The fuzz
//! targets and `tests/all/foreign_bytes.rs` run the same functions.

use std::ops::Range;

use html5gum::{Token, Tokenizer};
use shuyuan::assets::picture::header::Format as Picture;
use shuyuan::assets::{author, clean, kind, picture, script, style};
use shuyuan::content::{Kind, schema};
use shuyuan::diag::Findings;
use shuyuan::diag::format::{self, Format};
use shuyuan::diag::kind::FileKind;
use shuyuan::entry::{self, Entries};
use shuyuan::load::Inputs;
use shuyuan::markdown::{self, Body, Resolve, escape};
use shuyuan::theme::Theme;
use shuyuan::yaml::{self, tree};

/// Pictures that need more memory to be decoded say nothing about a parser.
const PICTURE_NEED: u64 = 64 << 20;

/// A record: the first byte chooses the kind.
pub fn yaml(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let kind = Kind::ALL[usize::from(*first) % Kind::ALL.len()];
    let text = String::from_utf8_lossy(rest);
    let _ = tree::parse(&text);
    let records = yaml::split_records(&text).unwrap_or_default();
    are_places(&text, &records.ranges);
    are_places(&text, &records.undashed);
    for range in records.ranges {
        let _ = yaml::record_text(&text[range]);
    }
    if let Ok(split) = yaml::split_front_matter(&text) {
        are_places(&text, [&split.front]);
    }
    if let Err(refused) = yaml::read(&text, || schema::of_kind(kind), |deserializer| kind.read(deserializer)) {
        let mistakes = refused.all();
        assert!(!mistakes.is_empty(), "refused without a reason");
        are_places(&text, mistakes.iter().map(|(range, _)| range));
    }
}

/// Files as they lie on a disk, in whatever encoding: settings, a list of records, and a body with front matter.
pub fn entry(bytes: &[u8]) {
    for path in ["content/site.yaml", "content/regions.yaml", "content/courses/a.md", "content/pages/a.md"] {
        entries(&[(path, bytes)]);
    }
}

/// A body of Markdown.
pub fn markdown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let body = markdown::read(&text);
    are_places(&text, body.mistakes.iter().map(|(range, _)| range));
    let targets = body.links.iter().chain(&body.videos).chain(body.pictures.iter().map(|picture| &picture.target));
    are_places(&text, targets.map(|target| &target.range));
    let html = rendered(&text);
    assert!(!html.contains('\u{2060}') || text.contains(['\u{2060}', '&']), "a joiner is left in {html}");
    harmless(&html);
}

/// Raw HTML: in a block of Markdown, and as the last filter sees it.
pub fn html(bytes: &[u8]) {
    markdown(&[b"<div>\n", bytes].concat());
    harmless(&markdown::html::clean(&String::from_utf8_lossy(bytes)));
}

/// A picture, drawings by lines among them: what is published of it is again a picture of that size, and nothing else.
pub fn picture(bytes: &[u8]) {
    let Ok(header) = picture::header::read("a", bytes) else { return };
    let _ = picture::remarks("a", bytes, &header);
    if header.need(1) > PICTURE_NEED {
        return;
    }
    let Ok(made) = picture::original("a", bytes, &header) else { return };
    let again = picture::header::read("a", &made).expect("what is published can be read");
    assert_eq!((again.width, again.height), (header.width, header.height));
    assert!(again.is_plain() || again.is_whole(), "{again:?}");
    if header.format == Picture::Svg {
        assert_eq!(picture::remarks("a", &made, &again), [], "harmful parts are left");
    } else {
        assert_eq!(picture::original("a", &made, &again).as_ref(), Ok(&made), "more than the picture is left");
    }
}

/// A file that is no picture, in particular a film or sound: what is published of it is of the same kind, and nothing more can be taken out.
pub fn file(bytes: &[u8]) {
    let kind = kind::of(bytes);
    let Ok(made) = clean::clean("a", bytes, kind) else { return };
    let Some(made) = made.bytes else { return };
    let keeps_length = !matches!(
        kind,
        FileKind::Mp3
            | FileKind::Zip
            | FileKind::Word
            | FileKind::Excel
            | FileKind::PowerPoint
            | FileKind::OpenDocument
            | FileKind::Epub
    );
    assert!(!keeps_length || made.len() == bytes.len(), "{kind:?}");
    if kind != FileKind::Mp3 {
        assert_eq!(kind::of(&made), kind);
        let again = clean::clean("a", &made, kind).expect("what is published is whole");
        assert!(again.bytes.is_none(), "{kind:?}: more is left");
    }
}

/// The properties of a PDF, or of a file of an office program.
pub fn author(bytes: &[u8]) {
    for extension in ["pdf", "doc"] {
        for (_, name) in author::of(extension, bytes) {
            assert!(!name.is_empty() && name.chars().count() <= 40 && !name.contains(char::is_control), "{name:?}");
        }
    }
}

/// A theme's stylesheet.
pub fn theme_style(bytes: &[u8]) {
    with_theme("themes/x/style/main.css", bytes, |theme, findings| drop(style::bundle(theme, findings)));
}

/// A theme's script.
pub fn theme_script(bytes: &[u8]) {
    with_theme("themes/x/script/a.js", bytes, |theme, findings| drop(script::scripts(theme, findings)));
}

fn with_theme(path: &str, bytes: &[u8], read: impl FnOnce(&Theme, &mut Findings)) {
    let site = "title: 站\ndescription: 介绍\nid: zhan\nsince: 2026\ntheme: x\n".as_bytes();
    let (inputs, entries) = entries(&[("content/site.yaml", site), (path, bytes)]);
    let (site, origin) = entries.site.expect("the settings are right");
    let mut findings = Findings::default();
    let theme = Theme::load(&inputs, &site, &origin, &mut findings).expect("nothing is read from a disk");
    read(&theme, &mut findings);
    said(findings);
}

/// Reads files of a project, and says what is wrong with them.
fn entries(files: &[(&str, &[u8])]) -> (Inputs, Entries) {
    let mut findings = Findings::default();
    let inputs = Inputs::from_memory(files.iter().copied(), &mut findings);
    let entries = entry::read(&inputs, &mut findings);
    said(findings);
    (inputs, entries)
}

/// Every mistake can be shown with its excerpt, and in every format.
fn said(findings: Findings) {
    let diagnostics = findings.sorted();
    for format in [Format::Text, Format::Json] {
        let _ = format::render(&diagnostics, format);
    }
}

/// Every range lies in the text, between characters.
fn are_places<'a>(text: &str, ranges: impl IntoIterator<Item = &'a Range<usize>>) {
    for range in ranges {
        assert!(text.get(range.clone()).is_some(), "{range:?} is no place in {text:?}");
    }
}

/// The HTML of a body.
pub fn rendered(text: &str) -> String {
    let body = markdown::read(text);
    markdown::render(&body, &Page(&body))
}

/// Resolves as a page does: nothing but our own paths and the schemes that are allowed.
struct Page<'a>(&'a Body);

impl Resolve for Page<'_> {
    fn link(&self, nth: usize) -> Option<String> {
        let target = &self.0.links[nth].target;
        let is_safe = ["https://", "http://", "tel:", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
        (is_safe || !target.contains(':')).then(|| target.clone())
    }
    fn picture(&self, nth: usize, alt: &str) -> Option<String> {
        let target = &self.0.pictures[nth].target.target;
        (!target.contains(':')).then(|| format!("<img src=\"{}\" alt=\"{}\">", escape(target), escape(alt)))
    }
    fn video(&self, nth: usize) -> Option<String> {
        Some(self.0.videos[nth].target.clone()).filter(|target| !target.contains(':'))
    }
}

/// As a browser reads it, the HTML runs nothing and shows nobody else's page.
fn harmless(html: &str) {
    let harmful = ["script", "iframe", "style", "svg", "object", "embed", "math", "form", "link", "meta", "base"];
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase();
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        assert!(!harmful.contains(&text(&tag.name).as_str()), "{html}");
        for (key, value) in &tag.attributes {
            let (key, value) = (text(key), text(value));
            assert!(!key.starts_with("on") && key != "style", "{html}");
            assert!(!matches!(key.as_str(), "href" | "src") || is_harmless_address(&value), "{html}");
        }
    }
}

/// Whether an address names no scheme, or one that runs nothing (URL Standard, 4.4).
fn is_harmless_address(address: &str) -> bool {
    let address = address.trim_start_matches(|c| c <= ' ').replace(['\t', '\n', '\r'], "");
    let scheme = address.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    scheme.is_none_or(|scheme| ["http", "https", "tel", "mailto"].contains(&scheme))
}
