//! A whole site in one string, built in memory.
//!
//! `-- content/courses/a.md --` begins a file. Words after the path convert its text to bytes: `+gbk`, `+hex`, `+crlf`,
//! `+bom`, `+x200` (repeated that often).

use std::collections::BTreeMap;
use std::sync::Mutex;

use camino::Utf8Path;
use jiff::civil::{Date, date};
use shuyuan::assets::picture::cache::Cache;
use shuyuan::diag::{Diagnostic, Findings};
use shuyuan::load::Inputs;
use shuyuan::pipeline::{self, Site, Timings};
use shuyuan::portal::link::{BuildDay, Drafts, Options};

/// Files by path from the project's root. A path may occur twice, as on a disk that distinguishes NFC from NFD.
pub type Files = Vec<(String, Vec<u8>)>;

/// The day of builds in tests, unless they set another.
pub const TODAY: Date = date(2026, 11, 1);

/// The project's own root.
pub fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads the files of a site written in one string.
pub fn files(text: &str) -> Files {
    let mut files = Files::new();
    let mut rest = text.split_inclusive('\n').peekable();
    while let Some(line) = rest.next() {
        let Some(head) = header(line) else { continue };
        let mut body = String::new();
        while rest.peek().is_some_and(|line| header(line).is_none()) {
            body.push_str(rest.next().unwrap());
        }
        let mut words = head.split(" +");
        let path = words.next().unwrap().to_owned();
        files.push((path, words.fold(body.into_bytes(), |bytes, how| encode(&bytes, how))));
    }
    files
}

/// The part between the dashes of a line such as `-- content/a.md --`.
pub fn header(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")
}

fn encode(bytes: &[u8], how: &str) -> Vec<u8> {
    let text = || String::from_utf8(bytes.to_vec()).unwrap();
    match how {
        "gbk" => encoding_rs::GBK.encode(&text()).0.into_owned(),
        "utf16" => text().encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "hex" => {
            let digits: Vec<u32> = text().chars().filter_map(|c| c.to_digit(16)).collect();
            digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
        }
        "crlf" => text().replace('\n', "\r\n").into_bytes(),
        "bom" => [b"\xef\xbb\xbf".as_slice(), bytes].concat(),
        times => bytes.repeat(times.strip_prefix('x').unwrap().parse().unwrap()),
    }
}

/// The project's own content and theme, as files.
pub fn real() -> Files {
    fn walk(folder: &Utf8Path, files: &mut Files) {
        let mut entries: Vec<_> = folder.read_dir_utf8().unwrap().map(Result::unwrap).collect();
        entries.sort_by(|a, b| a.path().cmp(b.path()));
        for entry in entries {
            if entry.file_type().unwrap().is_dir() {
                walk(entry.path(), files);
            } else {
                let path = entry.path().strip_prefix(root()).unwrap();
                files.push((path.to_string(), std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    let mut files = Files::new();
    walk(&root().join("content"), &mut files);
    files
}

/// The picture cache that all tests of the real content share.
pub fn cache() -> Cache {
    Cache::new(Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures"))
}

/// How far to run the pipeline.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Read, link and plan, without rendering pages.
    Prepare,
    /// Everything.
    Make,
}

/// All diagnostics of a site on a day.
pub fn check(files: &Files, today: Date, depth: Depth) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    let site = prepare(files, today, &mut findings);
    if let (Some(site), Depth::Make) = (site, depth) {
        // Pictures are encoded once for all tests, and verified when they are read from the cache.
        pipeline::make(&site, Some(&cache()), &|_| Ok(()), &mut findings, &mut Timings::new()).unwrap();
    }
    findings.sorted()
}

/// Runs the pipeline up to the addresses of pages.
pub fn prepare(files: &Files, today: Date, findings: &mut Findings) -> Option<Site> {
    let inputs = Inputs::from_memory(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())), findings);
    let options = Options { day: BuildDay::Fixed(today), drafts: Drafts::Hidden, base_url: None };
    pipeline::prepare(&inputs, &options, None, findings, &mut Timings::new()).unwrap()
}

/// What is published beside pictures, by address.
pub fn published(files: &Files, today: Date) -> BTreeMap<String, String> {
    let mut findings = Findings::default();
    let site = prepare(files, today, &mut findings).unwrap();
    let made = Mutex::new(BTreeMap::new());
    let put = |artifact: shuyuan::artifact::Artifact| {
        made.lock().unwrap().insert(artifact.path, String::from_utf8_lossy(&artifact.bytes).into_owned());
        Ok(())
    };
    pipeline::pages(&site, &put, &mut findings, &mut Timings::new()).unwrap();
    assert!(!findings.has_errors(), "{:?}", findings.sorted());
    made.into_inner().unwrap()
}

/// HTML without the elements that keep the mark of a title on one line.
pub fn unkept(html: &str) -> String {
    html.replace("<span class=\"kept\">", "").replace("）</span>", "）")
}
