//! The house rules that a compiler does not check.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use crate::site::root;

/// The modules, in order: each uses only those above it.
const ORDER: [&str; 19] = [
    "address", "source", "diag", "content", "load", "yaml", "entry", "markdown", "artifact", "theme", "portal",
    "assets", "page", "feed", "render", "pipeline", "output", "serve", "cli",
];

/// Modules that come later than their place and may be used from anywhere: the name of one file, no more.
const ALLOWED: [(&str, &str); 0] = [];

fn sources(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir_utf8().unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(sources(entry.path()));
        } else if entry.path().extension() == Some("rs") {
            found.push(entry.into_path());
        }
    }
    found.sort();
    found
}

/// The program's own code: path from `src/`, and text without comments and unit tests.
fn code() -> BTreeMap<String, String> {
    let src = root().join("src");
    let read = |path: Utf8PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let lines = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        (path.strip_prefix(&src).unwrap().to_string(), lines.collect::<Vec<_>>().join("\n"))
    };
    sources(&src).into_iter().map(read).collect()
}

fn module(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let place = |name: &str| ORDER.iter().position(|module| *module == name);
    let mut wrong = Vec::new();
    for (path, text) in code() {
        let Some(here) = place(module(&path)) else { continue };
        for used in text.split("crate::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let known = ALLOWED.contains(&(module(&path), &name));
            if !known && place(&name).is_some_and(|there| there > here) {
                wrong.push(format!("{path} uses {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules {
        assert!(ORDER.contains(&module), "{module} has no place");
    }
}

#[test]
fn only_diag_content_and_cli_speak_to_editors() {
    // A date is written the same in every word list there is.
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !matches!(c, '年' | '月' | '日');
    for (path, text) in code() {
        if matches!(module(&path), "diag" | "content" | "cli") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let strings = line.split(" // ").next().unwrap();
            assert!(!strings.contains(han), "{path}:{}: {line}", number + 1);
        }
    }
}

#[test]
fn every_record_refuses_fields_that_it_does_not_know() {
    for (path, text) in code().into_iter().filter(|(path, _)| path.starts_with("content/")) {
        for derive in
            text.split("#[derive(").skip(1).filter(|rest| rest.split(')').next().unwrap().contains("Deserialize"))
        {
            let head = derive.split('{').next().unwrap();
            let refuses = head.contains("deny_unknown_fields");
            assert!(refuses || !head.contains("pub struct"), "{path}: {head}");
        }
    }
}

#[test]
fn nothing_is_left_undone_or_unwrapped() {
    for (path, text) in code() {
        for word in ["todo!(", "unimplemented!(", "dbg!(", ".unwrap()"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
    // Built here from two parts, so that this file does not hold it.
    let ignore = ["#[", "ignore"].concat();
    for path in sources(&root().join("src")).into_iter().chain(sources(&root().join("tests"))) {
        assert!(!fs::read_to_string(&path).unwrap().contains(&ignore), "{path}: an ignored test");
    }
}

#[test]
fn the_theme_inside_the_binary_is_the_one_on_disk() {
    fn walk(folder: &Utf8Path, found: &mut Vec<Utf8PathBuf>) {
        for entry in folder.read_dir_utf8().unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                walk(entry.path(), found);
            } else {
                found.push(entry.into_path());
            }
        }
    }
    let theme = root().join("themes/default");
    let mut disk = Vec::new();
    walk(&theme, &mut disk);
    let mut names: Vec<String> = disk.iter().map(|path| path.strip_prefix(&theme).unwrap().to_string()).collect();
    names.sort();
    let mut embedded: Vec<String> = shuyuan::theme::default_files().map(std::borrow::Cow::into_owned).collect();
    embedded.sort();
    assert_eq!(names, embedded);
    for name in names {
        let inside = shuyuan::theme::default_file(&name).unwrap();
        assert!(fs::read(theme.join(&name)).unwrap() == *inside, "{name}");
    }
}
