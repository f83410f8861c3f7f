//! Any picture in any combination of uses: every file of the portal is made, and made once, whether the cache is empty, full or absent.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use shuyuan::assets::picture::cache::Cache;

use crate::pictures::{self, Built, build};
use crate::site::{Files, TODAY};

/// Where a picture is used.
const USES: [&str; 7] = ["site", "star", "event", "gallery", "text", "block", "download"];
const FOCUS: [&str; 3] = ["50% 50%", "0% 50%", "100% 0%"];

/// One use: which picture, where, and its focus.
type Use = (usize, usize, usize);

/// A file of each format, of one frame and of several, some of them twice under different names.
fn shelf() -> Vec<(String, Vec<u8>)> {
    let samples = pictures::samples();
    let extensions = ["jpg", "jpg", "png", "webp", "gif", "png", "svg", "png"];
    let mut files: Vec<(String, Vec<u8>)> = samples
        .iter()
        .zip(extensions)
        .enumerate()
        .map(|(n, (bytes, end))| (format!("a/p{n}.{end}"), bytes.clone()))
        .collect();
    files.push(("a/still.gif".to_owned(), pictures::still_gif()));
    // The same bytes under another name, in another folder, and under another name in another case.
    for (path, from) in [("b/p4.gif", 4), ("b/P4.gif", 4), ("b/p0.jpg", 0), ("b/p0.jpeg", 0), ("b/other.svg", 6)] {
        files.push((path.to_owned(), samples[from].clone()));
    }
    files
}

/// A portal in which the pictures are used so.
fn portal(shelf: &[(String, Vec<u8>)], uses: &[Use]) -> Files {
    let mut files: Files = shelf.iter().map(|(path, bytes)| (format!("content/{path}"), bytes.clone())).collect();
    let mut site =
        "title: 站\ndescription: 介绍\nid: zhan\nsince: 2026\nattachments: [jpg, jpeg, png, webp, gif]\n".to_owned();
    let mut body = "---\ntitle: 页\n---\n".to_owned();
    let mut blocks = String::new();
    let mut add = |path: &str, text: String| files.push((format!("content/{path}"), text.into_bytes()));
    for (nth, (which, place, focus)) in uses.iter().enumerate() {
        let (name, focus) = (&shelf[*which].0, FOCUS[*focus]);
        let field = format!("{{file: /{name}, alt: 校门, focus: {focus}}}");
        match USES[*place] {
            "site" if !site.contains("picture:") => writeln!(site, "picture: /{name}").unwrap(),
            "star" => add(
                &format!("stars/s{nth}.md"),
                format!(
                    "---\ntitle: 甲{nth}\nyear: 2026\nlevel: town\nregion: r\npicture: {field}\nconsent: {{scope: [web], date: 2026-01-01}}\n---\n"
                ),
            ),
            "event" => add(&format!("pages/p{nth}.md"), format!("---\ntitle: 页{nth}\npicture: {field}\n---\n文\n")),
            "gallery" => add(
                &format!("news/n{nth}.md"),
                format!("---\ntitle: 新{nth}\ndate: 2026-10-01\nsource: 站\ngallery: [{field}]\n---\n文\n"),
            ),
            "block" => writeln!(blocks, "![校门](/{name} \"focus: {focus}\")").unwrap(),
            "download" if !name.ends_with("svg") => writeln!(body, "\n[下载](/{name})").unwrap(),
            _ => writeln!(body, "\n![校门](/{name} \"focus: {focus}\")").unwrap(),
        }
    }
    if !blocks.is_empty() {
        write!(body, "\n::: gallery 图集\n{blocks}:::\n").unwrap();
    }
    add("pages/all.md", body);
    add("site.yaml", site);
    add("regions/r.md", "---\ntitle: 镇\nlevel: town\n---\n".to_owned());
    files
}

/// Every address that a page names is there.
fn is_whole(built: &Built) {
    for (path, bytes) in built.files.iter().filter(|(_, bytes)| bytes.starts_with(b"<!doctype html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        for part in html.split(['"', ' ', ',']).filter(|part| part.contains("pictures/") || part.contains("files/")) {
            let address = part.trim_start_matches("../");
            if !address.contains("://") {
                let address = percent_encoding::percent_decode_str(address).decode_utf8().unwrap();
                assert!(built.files.contains_key(address.as_ref()), "{path} names {address}");
            }
        }
    }
}

#[test]
fn every_file_of_a_picture_is_made_once() {
    let shelf = shelf();
    let one = (0..shelf.len(), 0..USES.len(), 0..FOCUS.len());
    let config = ProptestConfig {
        cases: 40,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    };
    let run = TestRunner::new(config).run(&prop::collection::vec(one, 1..12), |uses| {
        let files = portal(&shelf, &uses);
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(camino::Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap());
        // `build` refuses an address that is handed on twice.
        let empty = build(&files, Some(&cache), TODAY);
        prop_assert_eq!(&empty.codes, &[]);
        is_whole(&empty);
        let full = build(&files, Some(&cache), TODAY);
        let without = build(&files, None, TODAY);
        prop_assert!(full.codes.is_empty() && without.codes.is_empty());
        let same = |one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>| one == other;
        prop_assert!(same(&empty.files, &full.files) && same(&empty.files, &without.files), "{:?}", uses);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

/// All uses of each picture at once, each with two points to keep.
#[test]
fn a_picture_in_every_use_at_once_is_made_once() {
    let shelf = shelf();
    for which in 0..shelf.len() {
        let uses: Vec<Use> = (0..USES.len()).flat_map(|place| [(which, place, 0), (which, place, 1)]).collect();
        let built = build(&portal(&shelf, &uses), None, TODAY);
        assert_eq!(built.codes, [], "{}", shelf[which].0);
        is_whole(&built);
    }
}
