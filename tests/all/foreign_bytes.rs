//! The bodies of the fuzz targets as property tests: what is right, spoilt at a few places. Every run tries the same bytes.

#[path = "../fuzz/bodies.rs"]
pub mod bodies;

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngSeed, TestRunner};
use shuyuan::content::Kind;

use crate::{pictures, private_bytes, yaml_agree};

/// Runs a body over `cases` spoilt forms of `seeds`. A place is spoilt by a few bytes, or by one of `pieces`.
fn withstands(body: fn(&[u8]), cases: u32, seeds: Vec<Vec<u8>>, pieces: &'static [&str]) {
    for seed in &seeds {
        body(seed);
    }
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        select(pieces).prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    let changes = prop::collection::vec((any::<Index>(), 0..6_usize, piece), 0..6);
    let cut = prop::option::weighted(0.2, any::<Index>());
    let spoilt = (select(seeds), changes, cut).prop_map(|(mut bytes, changes, cut)| {
        for (at, length, piece) in changes {
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..(at + length).min(bytes.len()), piece);
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len() + 1)));
        bytes
    });
    let config =
        ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() };
    let run = TestRunner::new(config).run(&spoilt, |bytes| {
        body(&bytes);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const YAML: &[&str] = &[
    ": ", "：", "- ", "\"", "'", "[", "}", "{a: ", "#", "&a ", "*a", "!", "|\n", "\t", "\n", "\n\n", "---\n", "? ",
    "<<: ", "\u{feff}", "\u{2028}", "\0", "\r", "太极", "1e3", "\\",
];

const MARKDOWN: &[&str] = &[
    "**",
    "](",
    "![",
    "\n> ",
    "\n\n",
    "\n- ",
    "\n# ",
    "<!--",
    "-->",
    "<b\n",
    "<div ",
    "</",
    ">",
    "<?",
    "<![CDATA[",
    "&lt;",
    "&#106;",
    "\"",
    "'",
    "`",
    "~~~\n",
    "\n:::\n",
    "\n::: note ",
    "\u{2060}",
    "：",
    "[^1]",
    "|",
    "\n|-|\n",
    "\t",
    "\r\n",
    "\0",
    "<script>",
    " onclick=x",
    "javascript:x",
    "<svg onload=x>",
    "<style>",
    "<a href=",
];

#[test]
fn records() {
    let number = |kind| Kind::ALL.iter().position(|known| *known == kind).unwrap();
    let seeds = yaml_agree::records().into_iter().step_by(5);
    let seeds = seeds.map(|(kind, text)| [&[u8::try_from(number(kind)).unwrap()], text.as_bytes()].concat());
    withstands(bodies::yaml, 600, seeds.collect(), YAML);
}

#[test]
fn files_of_content() {
    let text = "---\ntitle: 太极拳\nregion: a\nschedule: {start: 2026-09-01}\n---\n\n**重点：**文字\n";
    let list = "- id: a\n  title: 镇\n  level: town\n- {id: b, title: \"村\"}\n";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let seeds = [texts(&[text, list, "title: 站\ndescription: 介绍\nid: zhan\nsince: 2026\n"]), vec![gbk, utf16]];
    withstands(bodies::entry, 300, seeds.concat(), YAML);
}

#[test]
fn bodies_of_markdown() {
    let seeds = texts(&[
        "# 题\n\n**重点：**后[文](a.md)，![校门](b.jpg \"focus: 1% 2%\")\n\n> 引\n> <b title='x'>粗</b>\n",
        "::: gallery 图\n![甲](a.jpg)\n:::\n\n::: video file=a.mp4\n:::\n\n- [x] 一\n\n[^1]: 注\n\n文[^1]\n",
        "> <div\n> lang=\"zh\">\n> <!-- 注\n> 释 -->\n\n| 甲 | 乙 |\n|---|---|\n| <i>一</i> | 二 |\n",
    ]);
    withstands(bodies::markdown, 2_000, seeds, MARKDOWN);
}

#[test]
fn raw_html() {
    let seeds = texts(&[
        "<p title='a'>文<b lang=zh>粗</b></p><table><tr><td colspan=\"2\">一</table>",
        "<details open><summary>题</summary><!-- 注 --><ruby>字<rt>zì</rt></ruby></details>",
        "<a href=\"https://example.org/\" onclick=x>x</a><script>alert(1)</script><math><mi xlink:href=x>",
    ]);
    withstands(bodies::html, 1_000, seeds, MARKDOWN);
}

#[test]
fn drawings() {
    let svg = |inner: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inner}</svg>"
        )
    };
    let shapes =
        svg("<g id=\"a\"><path d=\"M0 0h9\" fill=\"url(#b)\"/></g><use x:href=\"#a\"/><text>字 &lt; &#13;</text>");
    let styled =
        svg("<style>.a{fill:red}</style><metadata>王</metadata><!-- 王 --><rect class=\"a\" style=\"fill:url(#b)\"/>");
    let pieces = &[
        "<script>",
        "<g>",
        "</g>",
        "<use href=\"#a\"/>",
        "<image href=\"x\"/>",
        " onclick=\"x\"",
        "url(http://x)",
        "&#x9;",
        "&amp;",
        "&#34;",
        "<![CDATA[",
        "]]>",
        "<!ENTITY a \"b\">",
        "<!DOCTYPE svg>",
        "]>",
        "@import",
        "\\",
        "字",
        " id=\"a\"",
        "<?x?>",
        "&#13;",
    ];
    withstands(bodies::picture, 3_000, texts(&[&shapes, &styled]), pieces);
}

#[test]
fn pictures_of_pixels() {
    withstands(bodies::picture, 3_000, pictures::samples(), &["\u{0}", "Exif\0\0", "acTL", "ANIM"]);
}

#[test]
fn films_and_sound() {
    let pieces = &[
        "moov",
        "trak",
        "udta",
        "free",
        "\u{0}\u{0}\u{0}\u{0}",
        "\u{0}\u{0}\u{0}\u{1}",
        "stco",
        "meta",
        "TAG",
        "ID3",
        "APETAGEX",
        "LIST",
        "OggS",
    ];
    withstands(bodies::file, 4_000, private_bytes::samples(), pieces);
}

#[test]
fn properties_of_files() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("docProps/core.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all("<p xmlns:d=\"d\"><d:creator>张三</d:creator></p>".as_bytes()).unwrap();
    let mut old = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut set = vec![0; 44];
    for number in [48_u32, 32, 1, 4, 16, 0x1e, 7] {
        set.extend(number.to_le_bytes());
    }
    set.extend(b"Zhang S\0");
    old.create_stream("\u{5}SummaryInformation").unwrap().write_all(&set).unwrap();
    old.flush().unwrap();
    let pdf =
        "%PDF-1.4 <</Author (Zhang \\(San\\))>> <</Author <FEFF5F20>>> <dc:creator><rdf:li>张</rdf:li></dc:creator>";
    let seeds = [vec![zip.finish().unwrap().into_inner(), old.into_inner().into_inner()], texts(&[pdf])].concat();
    withstands(
        bodies::author,
        3_000,
        seeds,
        &["/Author", "(", "\\", "<", "stream", "/ObjStm/FlateDecode", "\u{0}\u{0}"],
    );
}

#[test]
fn stylesheets_of_themes() {
    let seeds = texts(&[
        "@import 'a.css';\n:root { --a: 1px }\n@media (width > 30em) { a > b:not(.c)::before { content: \"字\"; color: rgb(1 2 3 / 50%) } }\n",
    ]);
    let pieces = &["{", "}", "(", ")", "\"", "url(x)", "@import", "/*", ";", ":", "&", "\\", "calc(", "字", "\n"];
    withstands(bodies::theme_style, 150, seeds, pieces);
}

#[test]
fn scripts_of_themes() {
    let seeds = texts(&[
        "(function () {\n'use strict';\nvar a = `字${1 + 2}`, b = /x[/]/g; for (const c of [1]) { a ||= c?.d; }\n})();\n",
    ]);
    let pieces = &["{", "}", "(", ")", "`", "${", "/", "/*", "'", "=>", "async ", "class ", "#a", "字", "\n", "await "];
    withstands(bodies::theme_script, 150, seeds, pieces);
}
