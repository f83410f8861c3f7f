//! Rules of the source tree: module order, where messages for editors may be, forbidden code.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules in order: each uses only those before it.
const ORDER: [&str; 26] = [
    "source", "address", "reading", "privacy", "diag", "content", "load", "yaml", "markdown", "entry", "portal",
    "artifact", "theme", "assets", "gate", "page", "feed", "search", "render", "former", "pipeline", "inspect",
    "output", "serve", "cli", "lib",
];

fn sources() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let inner = path.strip_prefix(&src).unwrap().to_path_buf();
                let module = inner.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
                files.push((module, inner, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// The code of a file without its unit tests.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// The lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = without_tests(text).lines().enumerate();
    lines.filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(at, line)| (at + 1, line))
}

#[test]
fn a_module_uses_only_those_above_it() {
    let rank = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let Some(own) = rank(&module) else {
            assert_eq!(module, "main", "{} has no place in the order", path.display());
            continue;
        };
        for (at, line) in code(&text) {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if rank(&used).is_some_and(|used| used > own) {
                    wrong.push(format!("{}:{at}: {module} uses {used}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn editors_are_spoken_to_only_where_the_wording_lives() {
    // `privacy` and `phrase` read such words, and `junk` holds names that Windows gives to files; they say none.
    let spoken = ["diag/", "content/", "cli/", "privacy/", "load/junk.rs", "render/phrase.rs"];
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut wrong = Vec::new();
    for (_, path, text) in sources() {
        if spoken.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        for (at, line) in code(&text) {
            let literal = line.split("//").next().unwrap_or_default();
            // Han in a date format or a range of characters is not a message.
            let words = literal.matches(han).count();
            if words > 3 {
                wrong.push(format!("{}:{at}: {line}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_struct_that_editors_fill_refuses_unknown_fields() {
    for (module, path, text) in sources() {
        if module != "content" {
            continue;
        }
        for (at, derive) in text.match_indices("Deserialize, Serialize, JsonSchema)]\n") {
            let after = &text[at + derive.len()..];
            let head = after.lines().take(2).collect::<String>();
            assert!(!head.contains("pub struct") || head.contains("deny_unknown_fields"), "{}: {head}", path.display());
        }
    }
}

#[test]
fn nothing_is_left_undone_or_unsafe() {
    let never = [".unwrap()", "todo!(", "unimplemented!(", "dbg!(", "#[ignore"];
    let mut wrong = Vec::new();
    for (_, path, text) in sources() {
        for (at, line) in code(&text) {
            wrong.extend(
                never
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{}:{at}: {word}", path.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_theme_inside_the_program_is_the_one_on_disk() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut embedded: Vec<String> = shuyuan::theme::default_files().map(std::borrow::Cow::into_owned).collect();
    embedded.sort();
    let mut on_disk = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
                assert_eq!(
                    shuyuan::theme::default_file(&name).as_deref(),
                    Some(fs::read(&path).unwrap().as_slice()),
                    "{name}"
                );
                on_disk.push(name);
            }
        }
    }
    on_disk.sort();
    assert_eq!(embedded, on_disk);
}

#[test]
fn the_top_level_shows_what_was_agreed_and_nothing_else() {
    let agreed = [
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "content",
        "site",
        "src",
        "target",
        "tests",
        "themes",
    ];
    let root = fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
    let names = root.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let strange: Vec<String> =
        names.filter(|name| !name.starts_with('.') && !agreed.contains(&name.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
