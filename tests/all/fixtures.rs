//! Fixtures for each code: a site in `tests/fixtures/<code>.txt` (or `<code>--variant.txt`), and the exact text that an
//! editor sees. `UPDATE=1` rewrites the texts: review them afterwards.
//!
//! Options in the first lines of a fixture: `@base` adds the files of `tests/fixtures/base.site` that the fixture does
//! not have itself; `@also code` allows another code, if one mistake cannot occur without the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use camino::Utf8PathBuf;
use shuyuan::content::{Kind, schema};
use shuyuan::diag::format::{Format, render};
use shuyuan::diag::{Code, Findings};
use shuyuan::load::Inputs;

use crate::history;
use crate::site::{self, Depth, TODAY};

/// Codes whose mistake cannot be made in memory, each with the test that makes it on disk.
const ON_DISK: [(Code, fn()); 3] = [
    (Code::Symlink, a_symlink_is_not_followed),
    (Code::NotAFile, a_pipe_is_said_and_waited_for_by_nobody),
    (Code::Uncommitted, history::what_is_not_committed_is_said),
];

const EXPECTED: &str = "-- 期望 --\n";

fn folder() -> Utf8PathBuf {
    site::root().join("tests/fixtures")
}

/// The fixtures by name, without `.txt`.
fn all() -> BTreeMap<String, String> {
    let files = folder().read_dir_utf8().unwrap().map(Result::unwrap);
    let texts = files.filter(|file| file.path().extension() == Some("txt"));
    texts.map(|f| (f.path().file_stem().unwrap().to_owned(), fs::read_to_string(f.path()).unwrap())).collect()
}

fn code_of(name: &str) -> Code {
    let code = name.split_once("--").map_or(name, |(code, _)| code);
    Code::from_name(code).unwrap_or_else(|| panic!("{name}: no code is named so"))
}

#[test]
fn every_code_has_a_fixture() {
    let on_disk = ON_DISK.iter().map(|(code, _)| *code);
    let there: BTreeSet<Code> = all().keys().map(|name| code_of(name)).chain(on_disk).collect();
    let lacking: Vec<&str> = Code::ALL.iter().filter(|code| !there.contains(code)).map(|code| code.name()).collect();
    assert!(lacking.is_empty(), "no fixture for {lacking:?}");
}

#[test]
fn every_fixture_says_what_an_editor_should_read() {
    let base = fs::read_to_string(folder().join("base.site")).unwrap();
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for (name, text) in all() {
        let (given, expected) = text.split_once(EXPECTED).unwrap_or((&text, ""));
        let mut files = site::files(given);
        if given.lines().any(|line| line == "@base") {
            let own: BTreeSet<String> = files.iter().map(|(path, _)| path.clone()).collect();
            files.extend(site::files(&base).into_iter().filter(|(path, _)| !own.contains(path)));
        }
        let diagnostics = site::check(&files, TODAY, Depth::Make);
        let said = render(&diagnostics, Format::Text);
        let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.mistake.code).collect();
        let also = given.lines().filter_map(|line| line.strip_prefix("@also ")).map(code_of);
        let wanted: BTreeSet<Code> = also.chain([code_of(&name)]).collect();
        if codes != wanted {
            wrong.push(format!("{name}: {codes:?} instead of {wanted:?}\n{said}"));
        } else if said != expected && update {
            fs::write(folder().join(format!("{name}.txt")), format!("{given}{EXPECTED}{said}")).unwrap();
        } else if said != expected {
            wrong.push(format!("{name}:\n{said}--- instead of ---\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} fixtures differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_base_of_fixtures_has_no_mistake() {
    let base = site::files(&fs::read_to_string(folder().join("base.site")).unwrap());
    assert_eq!(render(&site::check(&base, TODAY, Depth::Make), Format::Text), "");
}

#[test]
fn a_symlink_is_not_followed() {
    let dir = tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::create_dir_all(dir.path().join("content/pages")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", dir.path().join("content/pages/about.md")).unwrap();
    let mut findings = Findings::default();
    let root = camino::Utf8Path::from_path(dir.path()).unwrap();
    let inputs = Inputs::from_disk(root, &mut findings).unwrap();
    assert!(inputs.is_empty());
    let said = render(&findings.sorted(), Format::Text);
    let text = "错误[symlink]: content/pages/about.md 是快捷方式\n--> content/pages/about.md\n = 建议: 请把真实的文件放进来\n\n";
    assert_eq!(said, text);
}

#[test]
fn a_pipe_is_said_and_waited_for_by_nobody() {
    let dir = tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for (folder, file) in [("content/pages", "about.md"), ("content/static", "a.pdf"), ("themes/default", "theme.yaml")]
    {
        let folder = dir.path().join(folder);
        fs::create_dir_all(&folder).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(folder.join(file)).status().unwrap().success());
    }
    let mut findings = Findings::default();
    let inputs = Inputs::from_disk(camino::Utf8Path::from_path(dir.path()).unwrap(), &mut findings).unwrap();
    assert!(inputs.is_empty());
    let said = render(&findings.sorted(), Format::Text);
    let first = "错误[not-a-file]: content/pages/about.md 不是文件，是系统里的管道或设备，读不出内容\n\
                 --> content/pages/about.md\n = 建议: 删掉它，或换成真实的文件\n\n";
    assert!(said.starts_with(first), "{said}");
    assert!(said.contains("--> content/static/a.pdf\n") && said.contains("--> themes/default/theme.yaml\n"), "{said}");
}

/// ASCII words in messages that are not names of fields, kinds or choices: files, formats, programs.
const ASCII_WORDS: &str = "Word D83D 
    Word PDF D83D base build css default example git hex html init jpg md org photos root shuyuan site words yaml zh CN gallery contact true
    false https http tel mailto ics pdf doc docx xls xlsx ppt pptx wps et txt csv zip mp3 mp4 webm
    PDF ZIP MP3 MP4 README YAML Markdown HTML UTF Unicode GBK HEIC JPEG MB viewBox avif formats PNG WebP taiji dating pictures video themes content static GIF SVG KB Windows WPS Tab Asia Shanghai H1
    synonyms twice outside late enrolment over travel_minutes TODO XX
";

/// The names of fields and choices.
fn names(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("properties", serde_json::Value::Object(fields)) => found.extend(fields.keys().cloned()),
                    ("const", serde_json::Value::String(word)) => found.extend(words(word).map(str::to_owned)),
                    ("enum", serde_json::Value::Array(words)) => {
                        found.extend(words.iter().filter_map(|word| word.as_str()).map(str::to_owned));
                    }
                    _ => {}
                }
                names(value, found);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|one| names(one, found)),
        _ => {}
    }
}

#[test]
fn no_library_speaks_english_to_an_editor() {
    let mut known: BTreeSet<String> = ASCII_WORDS.split_whitespace().map(str::to_owned).collect();
    let kinds = Kind::ALL.iter().map(|kind| schema::of_kind(*kind));
    kinds.chain([schema::of_site()]).for_each(|schema| names(&schema, &mut known));
    known.extend(Kind::ALL.iter().map(|kind| kind.folder().to_owned()));
    let texts: Vec<String> = Code::ALL.iter().map(|code| code.explanation().to_owned()).collect();
    let mut strange = Vec::new();
    // Words from a fixture's own files are the editor's; only the other words of a message are checked.
    for (name, text) in all() {
        let (given, expected) = text.split_once(EXPECTED).unwrap_or((&text, ""));
        let said = expected.lines().filter(|line| !line.contains('|') && !line.trim_start().starts_with("-->"));
        for line in said {
            let line = line.split_once("]: ").map_or(line, |(_, message)| message);
            // Ids that are proposed are not English words.
            let line = ["可以改名为", "可以写", "写成", "编号是", "可以填"]
                .iter()
                .find_map(|say| line.split_once(say))
                .map_or(line, |(before, _)| before);
            for word in words(line).filter(|word| !known.contains(*word) && !given.contains(*word)) {
                strange.push(format!("{name}: {word:?} in {line}"));
            }
        }
    }
    for text in texts {
        let unknown = words(&text).filter(|word| !known.contains(*word));
        strange.extend(unknown.map(|word| format!("{word:?} in {text}")));
    }
    assert!(strange.is_empty(), "{}", strange.join("\n"));
}

/// Runs of ASCII letters and adjacent characters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 1)
}
