//! Files by any name in every place that can name one, and links to all that is published: each works in the built portal, or is an
//! error where it stands. Never silence, and never another file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Mutex;

use html5gum::{Token, Tokenizer};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rayon::prelude::*;
use shuyuan::artifact::Artifact;
use shuyuan::diag::format::{Format, render};
use shuyuan::diag::{Diagnostic, Findings, Severity};
use shuyuan::pipeline::{self, Timings};
use unicode_normalization::UnicodeNormalization as _;

use crate::site::{self, Files, TODAY};
use crate::town;

/// The addresses of the two portals that are built here.
const BASES: [&str; 2] = ["https://example.org/", "https://liuxi.example/"];

/// A picture of two pixels each way.
const PICTURE: &str = "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001049444154789c6370683800440c\
                       100a00280e0601433a63da0000000049454e44ae426082";

fn picture() -> Vec<u8> {
    let digits: Vec<u8> =
        PICTURE.chars().filter_map(|c| c.to_digit(16)).map(|digit| u8::try_from(digit).unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

fn base() -> Files {
    site::files(&fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap())
}

/// Files with the same path replace those before.
fn with(mut files: Files, more: impl IntoIterator<Item = (String, Vec<u8>)>) -> Files {
    for (path, bytes) in more {
        files.retain(|(known, _)| *known != path);
        files.push((path, bytes));
    }
    files
}

/// Everything that is published, by address.
type Built = BTreeMap<String, Vec<u8>>;

/// What is said of a site, and what is made of it if that is no error.
fn build(files: &Files) -> (Vec<Diagnostic>, Built) {
    let mut findings = Findings::default();
    let built: Mutex<Built> = Mutex::default();
    let put = |artifact: Artifact| {
        let twice = built.lock().unwrap().insert(artifact.path.clone(), artifact.bytes.to_vec());
        assert!(twice.is_none(), "{} is made twice", artifact.path);
        Ok(())
    };
    if let Some(site) = site::prepare(files, TODAY, &mut findings)
        && !findings.has_errors()
    {
        pipeline::make(&site, None, &put, &mut findings, &mut Timings::new()).unwrap();
    }
    (findings.sorted(), built.into_inner().unwrap())
}

/// The URLs of a page by the attribute that holds them, and its ids.
#[derive(Default)]
struct Found {
    urls: Vec<(&'static str, String)>,
    ids: Vec<String>,
}

impl Found {
    fn in_html(html: &str) -> Self {
        let mut found = Self::default();
        for Ok(token) in Tokenizer::new(html) {
            let Token::StartTag(tag) = token else { continue };
            for (name, value) in tag.attributes {
                let value = String::from_utf8(value.value.0).unwrap();
                match name.0.as_slice() {
                    b"id" => found.ids.push(value),
                    b"href" => found.urls.push(("href", value)),
                    b"src" => found.urls.push(("src", value)),
                    b"poster" => found.urls.push(("poster", value)),
                    b"content" if below_base(&value).is_some() => found.urls.push(("content", value)),
                    b"srcset" => {
                        let each = value.split(", ").map(|one| one.split(' ').next().unwrap().to_owned());
                        found.urls.extend(each.map(|url| ("srcset", url)));
                    }
                    _ => {}
                }
            }
        }
        found
    }
}

/// The part of an absolute URL behind the address of the portal.
fn below_base(url: &str) -> Option<&str> {
    BASES.iter().find_map(|base| url.strip_prefix(base))
}

/// What a URL on the page at `page` means: the address of a file, and an anchor; `None` outside the portal.
fn meaning(page: &str, url: &str) -> Option<(String, Option<String>)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned();
    let inside = below_base(url).map(|rest| format!("/{rest}"));
    let url = inside.as_deref().unwrap_or(url);
    if ["https:", "http:", "tel:", "mailto:", "webcal:"].iter().any(|scheme| url.starts_with(scheme)) {
        return None;
    }
    assert!(!url.contains([' ', '"', '<', '>', '\\', '\n']), "{page}: {url:?} is no URL");
    let (rest, anchor) = url.split_once('#').map_or((url, None), |(rest, anchor)| (rest, Some(decoded(anchor))));
    let path = rest.split('?').next().unwrap();
    if path.is_empty() {
        return Some((page.to_owned(), anchor));
    }
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { page.split('/').collect() };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().unwrap_or_else(|| panic!("{page}: {url} leaves the portal"))),
            part => parts.push(part),
        }
    }
    let folder = if path.ends_with('/') { "/index.html" } else { "" };
    Some((decoded(&(parts.join("/") + folder)).trim_start_matches('/').to_owned(), anchor))
}

/// Every URL of every page and feed that leads nowhere, and every id that a page has twice.
fn faults(built: &Built) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let of = |end: &'static str| {
        built.iter().filter(move |(path, _)| path.ends_with(end)).map(move |(path, bytes)| (path, text(bytes)))
    };
    let pages: BTreeMap<&String, Found> = of(".html").map(|(path, html)| (path, Found::in_html(&html))).collect();
    let mut faults = Vec::new();
    let judge = |page: &str, url: &str| {
        let (address, anchor) = meaning(page, url)?;
        let ids = pages.get(&address).map(|found| &found.ids);
        let is_there = built.contains_key(&address) || address.is_empty();
        // An empty anchor is the top of the page.
        let has = anchor.is_none_or(|anchor| anchor.is_empty() || ids.is_none_or(|ids| ids.contains(&anchor)));
        (!is_there || !has).then(|| format!("{page}: {url}"))
    };
    for (page, found) in &pages {
        let base = if *page == "404.html" { "index.html" } else { page };
        faults.extend(found.urls.iter().filter_map(|(_, url)| judge(base, url)));
        let mut once = BTreeSet::new();
        faults.extend(found.ids.iter().filter(|id| !once.insert(*id)).map(|id| format!("{page}: id {id} twice")));
    }
    let is_feed = |path: &str| !path.starts_with("sitemap") && !path.ends_with("/schedule.xml");
    for (_, xml) in of(".xml").filter(|(path, _)| is_feed(path)) {
        let feed: atom_syndication::Feed = xml.parse().unwrap();
        for entry in &feed.entries {
            faults.extend(entry.links.iter().filter_map(|link| judge("", &link.href)));
            let Some(content) = &entry.content else { continue };
            let (page, _) = meaning("", content.base.as_ref().unwrap()).unwrap();
            let found = Found::in_html(content.value.as_deref().unwrap_or_default());
            faults.extend(found.urls.iter().filter_map(|(_, url)| judge(&page, url)));
        }
    }
    let sitemap = of("sitemap.xml").flat_map(|(_, xml)| {
        xml.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap().to_owned()).collect::<Vec<_>>()
    });
    faults.extend(sitemap.filter_map(|url| judge("", &url)));
    faults
}

/// Names that must work everywhere, without their extension.
const WORKING: [&str; 22] = [
    "3#楼",
    "满100%",
    "增长30%",
    "%2e%2e",
    "%41",
    "100%25",
    "a b",
    "图 (1)",
    "a&b",
    "a'b",
    "a+b",
    "a;b=c,d",
    "[表]",
    "a_b_c~~d~~",
    "cafe\u{301}",
    "café",
    "😀",
    "a=\u{201c}甲\u{201d}",
    "书院・１＃",
    "x~y@z!$",
    "a..b",
    "一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一",
];

/// Names that some systems cannot store: a picture may have them, a file that is offered is refused by name.
const UNFIT: [&str; 10] = ["q?1", "a?b", "a\"c", "a<b>", "a:b", "a|b", "a*b", "CON", "nul", "com1.x"];

/// A place that can name a file: its title, the folder of the file, its extension, and the files around it. The line of the use
/// holds `HERE`, which is removed.
struct Spot {
    title: &'static str,
    folder: &'static str,
    extension: &'static str,
    file: &'static str,
    text: String,
}

/// A path in YAML.
fn quoted(path: &str) -> String {
    serde_json::to_string(path).unwrap()
}

/// A path in Markdown as it is; `None` if Markdown cannot hold it.
fn bare(path: &str) -> Option<String> {
    let escaped =
        path.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>").replace('*', "\\*").replace('&', "\\&");
    (!path.contains(['\n', '\t'])).then(|| format!("<{escaped}>"))
}

/// A path in Markdown as a browser writes it.
fn encoded(path: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.');
    utf8_percent_encode(path, KEPT).to_string()
}

/// Every place, with the path of a file of this name.
fn spots(stem: &str) -> Vec<Spot> {
    let page = |lines: &str, body: &str| format!("---\ntitle: 试\n{lines}---\n{body}\n");
    let news = |lines: &str| format!("---\ntitle: 试\ndate: 2026-10-01\nsource: 本站\n{lines}---\n字\n");
    let mut all = Vec::new();
    let mut add =
        |title, folder: &'static str, extension: &'static str, file, text: &dyn Fn(&str) -> Option<String>| {
            let path = format!("{}/{stem}{extension}", folder.trim_start_matches("content"));
            if let Some(text) = text(&path) {
                all.push(Spot { title, folder, extension, file, text });
            }
        };
    let (p, f, s) = ("content/pictures", "content/files", "content/static");
    let (at, of_news) = ("content/pages/shi.md", "content/news/shi.md");
    add("picture", p, ".png", at, &|path| {
        Some(page(&format!("picture: {{file: {}, alt: 校门}} # HERE\n", quoted(path)), ""))
    });
    add("gallery", p, ".png", of_news, &|path| {
        Some(news(&format!("gallery: [{{file: {}, alt: 校门}}] # HERE\n", quoted(path))))
    });
    add("attachment", f, ".pdf", at, &|path| {
        Some(page(&format!("attachments: [{{file: {}, title: 件}}] # HERE\n", quoted(path)), ""))
    });
    add("attachment in static", s, ".pdf", at, &|path| {
        let path = format!("/static{}", path.trim_start_matches("/static"));
        Some(page(&format!("attachments: [{{file: {}, title: 件}}] # HERE\n", quoted(&path)), ""))
    });
    add("image", p, ".png", at, &|path| Some(page("", &format!("HERE![校门]({})", bare(path)?))));
    add("image, encoded", p, ".png", at, &|path| Some(page("", &format!("HERE![校门]({})", encoded(path)))));
    add("image in a gallery", p, ".png", at, &|path| {
        Some(page("", &format!("::: gallery\nHERE![校门](<..{}>)\n:::", encoded(path))))
    });
    add("link", f, ".pdf", at, &|path| Some(page("", &format!("HERE[件]({})", bare(path)?))));
    add("link, encoded", f, ".pdf", at, &|path| Some(page("", &format!("HERE[件](..{}#page=2)", encoded(path)))));
    add("link by reference", f, ".pdf", at, &|path| Some(page("", &format!("HERE[件][甲]\n\n[甲]: {}", bare(path)?))));
    add("image by reference", p, ".png", at, &|path| {
        Some(page("", &format!("HERE![校门][甲]\n\n[甲]: {}", encoded(path))))
    });
    add("video", f, ".mp4", at, &|path| {
        (!path.contains(['"', '\n'])).then(|| page("", &format!("HERE::: video file=\"{path}\" 片\n:::")))
    });
    add("video, encoded", f, ".mp4", at, &|path| {
        Some(page("", &format!("HERE::: video file={} 片\n:::", encoded(path))))
    });
    add("static, by its address", s, ".txt", at, &|path| {
        Some(page("", &format!("HERE[件]({})", encoded(path.trim_start_matches("/static")))))
    });
    add("site", p, ".png", "content/site.yaml", &|path| {
        let site = String::from_utf8(base().into_iter().find(|(path, _)| path == "content/site.yaml")?.1).ok()?;
        Some(format!("{site}picture: {} # HERE\n", quoted(path)))
    });
    all
}

/// What is wrong with how a place deals with a file of some name.
fn complaint(spot: &Spot, stem: &str, may_fail: bool) -> Option<String> {
    let path = format!("{}/{stem}{}", spot.folder, spot.extension);
    let is_picture = spot.extension == ".png";
    let bytes = if is_picture { picture() } else { b"plain text".to_vec() };
    let line = spot.text.lines().position(|line| line.contains("HERE")).unwrap() + 1;
    let text = spot.text.replace("HERE", "");
    let files = with(base(), [(path.clone(), bytes.clone()), (spot.file.to_owned(), text.into_bytes())]);
    let (said, built) = build(&files);
    let fail = |why: &str| Some(format!("{stem:?} as {}: {why}\n{}", spot.title, render(&said, Format::Text)));
    let errors: Vec<&Diagnostic> = said.iter().filter(|one| one.severity() == Severity::Error).collect();
    if !errors.is_empty() {
        let known: String = path.nfc().collect();
        let is_here = |error: &&&Diagnostic| {
            error.place.as_ref().is_some_and(|place| {
                place.source.path == known || (place.source.path == spot.file && place.line_column().0 == line)
            })
        };
        return match errors.iter().find(|error| !is_here(error)) {
            Some(_) => fail("an error elsewhere"),
            None if may_fail => None,
            None => fail("refused"),
        };
    }
    if let Some(fault) = faults(&built).first() {
        return fail(fault);
    }
    let page = spot.file.trim_start_matches("content/").replace(".md", ".html").replace("site.yaml", "index.html");
    let shown = built.get(&page).map(|html| Found::in_html(std::str::from_utf8(html).unwrap())).unwrap_or_default();
    let name: String = format!("{stem}{}", spot.extension).nfc().collect();
    let leads = |url: &str| {
        meaning(&page, url)
            .is_some_and(|(address, _)| address.rsplit('/').next() == Some(name.as_str()) && built[&address] == bytes)
    };
    let is_there = if is_picture {
        let wanted = if spot.file == "content/site.yaml" { "content" } else { "src" };
        shown.urls.iter().any(|(attribute, url)| *attribute == wanted && url.contains("pictures/"))
    } else {
        shown.urls.iter().any(|(_, url)| leads(url))
    };
    if is_there { None } else { fail("not on the page, and nothing is said") }
}

#[test]
fn a_file_of_any_name_works_wherever_it_is_named_or_is_refused_there() {
    let cases = WORKING.map(|stem| (stem, false)).into_iter().chain(UNFIT.map(|stem| (stem, true)));
    let cases: Vec<(&str, bool, Spot)> =
        cases.flat_map(|(stem, may_fail)| spots(stem).into_iter().map(move |spot| (stem, may_fail, spot))).collect();
    assert!(cases.len() > 400, "{}", cases.len());
    let wrong: Vec<String> =
        cases.par_iter().filter_map(|(stem, may_fail, spot)| complaint(spot, stem, *may_fail)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Links as editors write them on a page of the town, and what the portal makes of each.
const LINKS: [(&str, &str); 29] = [
    ("/days/today.html", "../days/today.html"),
    ("/verify.txt", "../verify.txt"),
    ("../static/verify.txt", "../verify.txt"),
    ("/.well-known/x.txt", "../.well-known/x.txt"),
    ("../news.xml", "../news.xml"),
    ("/programme.xml", "../programme.xml"),
    ("/sitemap.xml", "../sitemap.xml"),
    ("/calendars/all.ics", "../calendars/all.ics"),
    ("../calendars/regions/liuxi-zhen.ics", "../calendars/regions/liuxi-zhen.ics"),
    ("/robots.txt", "../robots.txt"),
    ("/search.html?q=书法", "../search.html?q=%E4%B9%A6%E6%B3%95"),
    ("/search.html?q=%E4%B9%A6&topic=quanshu", "../search.html?q=%E4%B9%A6&topic=quanshu"),
    ("/", "../index.html"),
    ("../index.html", "../index.html"),
    ("/courses/", "../courses/index.html"),
    ("../courses", "../courses/index.html"),
    ("/courses/index.html", "../courses/index.html"),
    ("/courses/page-2.html", "../courses/page-2.html"),
    ("../venues.yaml", "../venues/index.html"),
    ("/az/", "../az/index.html"),
    ("/regions/liuxi-zhen/courses.html", "../regions/liuxi-zhen/courses.html"),
    ("../courses/ke-2.md?from=wx", "../courses/ke-2.html?from=wx"),
    ("/courses/ke-2.html#上课的样子", "../courses/ke-2.html#%E4%B8%8A%E8%AF%BE%E7%9A%84%E6%A0%B7%E5%AD%90"),
    ("../courses/ke-2.md?a=1#%E5%B8%A6%E4%BB%80%E4%B9%88", "../courses/ke-2.html?a=1#%E5%B8%A6%E4%BB%80%E4%B9%88"),
    ("?from=wx", "../pages/lian-jie.html?from=wx"),
    ("Https://Example.com/A b", "https://Example.com/A%20b"),
    ("HTTP://example.com", "http://example.com"),
    ("MAILTO:a@example.com", "mailto:a@example.com"),
    ("Tel:0535-1234567", "tel:05351234567"),
];

#[test]
fn links_to_all_that_is_published_work() {
    let links = LINKS.map(|(written, _)| format!("- [某处](<{written}>)\n")).concat();
    let page = format!("---\ntitle: 链接\n---\n\n{links}");
    let more = [
        ("content/pages/lian-jie.md", page.as_str()),
        ("content/static/verify.txt", "x"),
        ("content/static/.well-known/x.txt", "x"),
    ];
    let files = with(town::usual().clone(), more.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())));
    let (said, built) = build(&files);
    assert_eq!(render(&said, Format::Text), "");
    let html = std::str::from_utf8(&built["pages/lian-jie.html"]).unwrap();
    let body = html.split("<ul>").find(|part| part.contains(">某处</a>")).unwrap();
    let made: Vec<String> = Found::in_html(body).urls.into_iter().map(|(_, url)| url).take(LINKS.len()).collect();
    assert_eq!(made, LINKS.map(|(_, url)| url));
    assert_eq!(faults(&built), [""; 0]);
}

#[test]
fn every_address_in_the_demonstration_works_and_every_id_is_there_once() {
    let mut findings = Findings::default();
    let built: Mutex<Built> = Mutex::default();
    let site = site::prepare(&site::real(), TODAY, &mut findings).unwrap();
    let put = |artifact: Artifact| {
        built.lock().unwrap().insert(artifact.path, artifact.bytes.to_vec());
        Ok(())
    };
    pipeline::make(&site, Some(&site::cache()), &put, &mut findings, &mut Timings::new()).unwrap();
    assert_eq!(faults(&built.into_inner().unwrap()), [""; 0]);
}

#[test]
fn bodies_that_share_a_page_share_no_id() {
    let body = "见[办法](#怎么办)[^1]。\n\n    ## 怎么办\n\n    照办。\n\n    [^1]: 每年一次。\n";
    let record =
        |kind: &str, id: &str, more: &str| format!("- id: {id}\n  title: {kind} {id}\n{more}  body: |\n    {body}");
    let sources = "  unit: jiaoyuju\n  sources: [{document: tongzhi-2026, clause: c1}]\n";
    let duties = format!("-- content/duties.yaml --\n{}{}", record("职责", "a", sources), record("职责", "b", sources));
    let page =
        |id: &str| format!("-- content/pages/{id}.md --\n---\ntitle: {id}\n---\n{}", body.replace("\n    ", "\n"));
    let site = "-- content/site.yaml --\ntitle: 某区社区教育\ndescription: 终身学习门户\nid: mou-qu\nsince: 2026\n\
                base_url: https://example.org/\nhome:\n- {block: page, to: pages/c}\n- {block: page, to: pages/d}\n";
    let more = site::files(&[duties, page("c"), page("d"), site.to_owned()].concat());
    let (said, built) = build(&with(base(), more));
    assert!(!built.is_empty(), "{}", render(&said, Format::Text));
    assert_eq!(faults(&built), [""; 0]);
    let unit = String::from_utf8(built["units/jiaoyuju.html"].clone()).unwrap();
    assert_eq!(unit.matches(">怎么办</h").count(), 2, "{unit}");
}
