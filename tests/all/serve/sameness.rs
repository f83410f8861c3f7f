//! After any edits, renames and deletions `serve` shows, and a build with the pages of the former one makes, the same as a clean build of the
//! same files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Arc, Mutex};

use camino::Utf8Path;
use shuyuan::artifact::Artifact;
use shuyuan::diag::Findings;
use shuyuan::diag::format::{Format, render};
use shuyuan::former::Former;
use shuyuan::load::Inputs;
use shuyuan::pipeline::{self, Timings};
use shuyuan::serve::snapshot::{Bench, Looked, Snapshot};
use shuyuan::theme;
use tempfile::TempDir;

use super::{PORTAL, files, on_disk, options, picture, project, write};

const STEPS: usize = 1000;
/// The search index is made when the number of files is a multiple of this, because it costs as much as everything
/// else.
const INDEXED: usize = 5;
/// One in this many steps is built with the pages of the build before, because that costs as much as a clean build.
const REBUILT: usize = 4;

type Files = BTreeMap<String, Vec<u8>>;
type Bytes = BTreeMap<String, Arc<[u8]>>;
/// What a build makes, with what it says of texts and templates; or its mistakes.
type Clean = Result<(Bytes, String), String>;

/// All artifacts of a clean build, with the search index for some file counts, or its mistakes. Shares nothing with
/// other builds, not even a cache.
fn clean(inputs: &Inputs, mut findings: Findings) -> Clean {
    let mut timings = Timings::new();
    let made = Mutex::new(Bytes::new());
    let put = |artifact: Artifact| {
        assert!(made.lock().unwrap().insert(artifact.path, artifact.bytes).is_none());
        Ok(())
    };
    let mut warnings = String::new();
    if let Some(site) = pipeline::prepare(inputs, &options(), None, &mut findings, &mut timings).unwrap() {
        let documents = pipeline::pages(&site, &put, &mut findings, &mut timings).unwrap();
        warnings = render(&findings.clone().sorted(), Format::Text);
        pipeline::pictures(&site, None, &put, &mut findings, &mut timings).unwrap();
        if inputs.len().is_multiple_of(INDEXED) {
            pipeline::index(&site, documents, &put, &mut timings).unwrap();
        }
    }
    if findings.has_errors() {
        return Err(render(&findings.sorted(), Format::Text));
    }
    Ok((made.into_inner().unwrap(), warnings))
}

fn clean_in_memory(files: &Files) -> Clean {
    let mut findings = Findings::default();
    let inputs = Inputs::from_memory(files.iter().map(|(path, bytes)| (path.as_str(), &bytes[..])), &mut findings);
    clean(&inputs, findings)
}

/// A clean build in another folder, with files written at once.
fn clean_elsewhere(files: &Files) -> Clean {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for (path, bytes) in files {
        write(folder.path(), path, bytes);
    }
    let mut findings = Findings::default();
    let inputs = Inputs::from_disk(Utf8Path::from_path(folder.path()).unwrap(), &mut findings).unwrap();
    clean(&inputs, findings)
}

/// Builds of files that change, each with the pages of the former one.
struct Builds(TempDir);

impl Builds {
    fn build(&self, files: &Files) -> Bytes {
        let mut findings = Findings::default();
        let inputs = Inputs::from_memory(files.iter().map(|(path, bytes)| (path.as_str(), &bytes[..])), &mut findings);
        let mut timings = Timings::new();
        let site = pipeline::prepare(&inputs, &options(), None, &mut findings, &mut timings).unwrap().unwrap();
        let made = Mutex::new(Bytes::new());
        let put = |artifact: Artifact| {
            made.lock().unwrap().insert(artifact.path, artifact.bytes);
            Ok(())
        };
        let folder = Utf8Path::from_path(self.0.path()).unwrap();
        let live = folder.join("site");
        let put_again = |path: &str, hash| match fs::read(live.join(path)) {
            Ok(bytes) if blake3::hash(&bytes) == hash => {
                made.lock().unwrap().insert(path.to_owned(), bytes.into());
                Ok(true)
            }
            _ => Ok(false),
        };
        let former = Former::open(&folder.join("memory"), "test", &put_again);
        let left = pipeline::make_again(&site, None, former, &put, &mut findings, &mut timings).unwrap();
        for (path, bytes) in made.lock().unwrap().iter().filter(|(path, _)| is_html(path)) {
            write(live.as_std_path(), path, bytes);
        }
        left.leave();
        made.into_inner().unwrap()
    }

    /// The lines of the record.
    fn record(&self) -> BTreeSet<String> {
        let record = fs::read_to_string(self.0.path().join("memory/pages")).unwrap_or_default();
        record.lines().map(str::to_owned).collect()
    }
}

fn is_html(path: &str) -> bool {
    Utf8Path::new(path).extension() == Some("html")
}

/// The artifacts at all addresses that the snapshot knows, and at those of `made`.
fn bytes_of(snapshot: &Snapshot, made: &Bytes) -> Bytes {
    let addresses = snapshot.addresses().chain(made.keys().map(String::as_str)).collect::<BTreeSet<_>>();
    addresses.into_iter().filter_map(|path| Some((path.to_owned(), snapshot.get(path).unwrap()?.bytes))).collect()
}

/// Whether a file holds one entry.
fn is_page(path: &str) -> bool {
    path.strip_suffix(".md").is_some()
}

/// A random generator with the same sequence on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// The expected files, in memory and on disk.
struct Desk {
    folder: TempDir,
    files: Files,
    dice: Dice,
    step: usize,
}

impl Desk {
    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        write(self.folder.path(), path, &bytes);
        self.files.insert(path.to_owned(), bytes);
    }

    fn delete(&mut self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).unwrap();
        self.files.remove(path);
    }

    /// Keeps the modification time.
    fn rename(&mut self, from: &str, to: &str) {
        let (old, new) = (self.folder.path().join(from), self.folder.path().join(to));
        fs::create_dir_all(new.parent().unwrap()).unwrap();
        fs::rename(old, new).unwrap();
        let bytes = self.files.remove(from).unwrap();
        self.files.insert(to.to_owned(), bytes);
    }

    fn edit(&mut self, path: &str, change: impl FnOnce(String) -> String) {
        let Some(bytes) = self.files.get(path) else { return };
        let text = String::from_utf8(bytes.clone()).unwrap();
        self.put(path, change(text).into_bytes());
    }

    fn any(&mut self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let paths: Vec<&String> = self.files.keys().filter(|path| wanted(path)).collect();
        (!paths.is_empty()).then(|| paths[self.dice.below(paths.len())].clone())
    }

    fn restore(&mut self, earlier: Files) {
        for path in self.files.keys().cloned().collect::<Vec<_>>() {
            if !earlier.contains_key(&path) {
                self.delete(&path);
            }
        }
        for (path, bytes) in earlier {
            if self.files.get(&path) != Some(&bytes) {
                self.put(&path, bytes);
            }
        }
    }

    fn random_step(&mut self) {
        let number = self.step;
        match self.dice.below(10) {
            0..=3 => self.text(),
            4 | 5 => self.place(),
            6 => self.picture(),
            7 => self.theme(),
            8 => self.settings(),
            _ if number.is_multiple_of(5) => self.restore(files(PORTAL).into_iter().collect()),
            _ => {
                let text = "---\ntitle: 新闻\ndate: 2026-10-01\nsource: 学院\n---\n一条新闻。\n";
                self.put(&format!("content/news/folder-{number}/news-{number}.md"), text.into());
            }
        }
    }

    /// Edits the text of a file.
    fn text(&mut self) {
        let number = self.step;
        let Some(page) = self.any(is_page) else { return };
        let Some(any) = self.any(|path| is_page(path) || path.ends_with("a.yaml")) else { return };
        match self.dice.below(10) {
            // A link to the heading is a mistake then.
            6 => self.edit("content/courses/hechang.md", |text| text.replacen("## 怎么来", "## 怎么走", 1)),
            // Two events at one venue clash or do not, and have another order.
            7 => {
                let hours = if number.is_multiple_of(2) { ("10:00", "12:00") } else { ("08:00", "09:00") };
                let (event, (start, end)) = ("content/events/jiangzuo.md", hours);
                let line = format!("  - {{start: 2026-11-14 {start}, end: 2026-11-14 {end}}}");
                self.edit(event, |text| {
                    text.lines()
                        .map(|old| if old.starts_with("  - ") { &line } else { old }.to_owned() + "\n")
                        .collect()
                });
            }
            8 => self.edit(&page, |text| text.replacen("topics: [arts]", "topics: [health]", 1)),
            9 => self.edit(&page, |text| text.replacen("]\n", "]\nsummary: 一句话。\n", 1)),
            0 => self.edit(&page, |text| format!("{text}\n又添一句，第 {number} 次。\n")),
            1 => self.edit(&any, |text| text.replacen("title: ", &format!("title: 第{number}"), 1)),
            // The length stays the same.
            2 => {
                let (from, to) = if self.step.is_multiple_of(2) { ('。', "！") } else { ('！', "。") };
                self.edit(&page, |text| text.replace(from, to));
            }
            3 => self.edit(&page, |text| text.replacen("---\n", "---\ndraft: true\n", 1)),
            4 => self.edit(&page, |text| text.replacen("---\n", "---\nexpires: 2026-10-10\n", 1)),
            _ => self.edit(&any, |text| text.replacen("title", "titel", 1)),
        }
    }

    /// Renames, moves or deletes a file.
    fn place(&mut self) {
        let number = self.step;
        let Some(page) = self.any(is_page) else { return };
        let Some(any) = self.any(|path| path != "content/site.yaml") else { return };
        let parts: Vec<&str> = page.split('/').collect();
        let (kind, name) = (parts[1], parts[parts.len() - 1]);
        match self.dice.below(4) {
            0 => self.rename(&page, &format!("content/{kind}/renamed-{number}.md")),
            1 | 2 => self.rename(&page, &format!("content/{kind}/moved-{number}/{name}")),
            _ => self.delete(&any),
        }
    }

    fn picture(&mut self) {
        let pair = ["content/pictures/a.png", "content/pictures/b.png"];
        let both = pair.iter().all(|path| self.files.contains_key(*path));
        if both && self.dice.below(2) == 0 {
            // Two files of the same length change places.
            self.rename(pair[0], "content/pictures/c.png");
            self.rename(pair[1], pair[0]);
            self.rename("content/pictures/c.png", pair[1]);
        } else {
            let colour = u8::try_from(self.step % 200).unwrap();
            let path = pair[self.dice.below(2)];
            self.put(path, picture(colour));
        }
    }

    fn theme(&mut self) {
        let number = self.step;
        let names = ["style/base.css", "templates/404.html", "templates/base.html", "words/zh-CN.yaml"];
        let name = names[self.dice.below(names.len())];
        let path = format!("themes/default/{name}");
        let default = String::from_utf8(theme::default_file(name).unwrap().into_owned()).unwrap();
        match self.dice.below(6) {
            0 if self.files.contains_key(&path) => self.delete(&path),
            1 => self.put(&path, format!("{default}\n{{{{ broken\n").into_bytes()),
            _ if name.starts_with("style/") => {
                self.put(&path, format!("{default}\n.n{number} {{ color: #123456 }}\n").into());
            }
            _ if name.starts_with("words/") => {
                self.put(&path, default.replacen("首页", &format!("首页{number}"), 1).into());
            }
            _ => self.put(&path, default.replacen("<main", &format!("<main data-n=\"{number}\""), 1).into()),
        }
    }

    fn settings(&mut self) {
        let number = self.step;
        let line = match self.dice.below(6) {
            0 => format!("banner: 横幅 {number}\n"),
            1 => "language: xx\n".to_owned(),
            2 => "theme: other\n".to_owned(),
            3 => "time_zone: Asia/Urumqi\n".to_owned(),
            4 => "footer: {organiser: 书院}\n".to_owned(),
            _ => "home:\n  - {block: list, list: courses, title: 课程, count: 2}\n".to_owned(),
        };
        let first: Files = files(PORTAL).into_iter().collect();
        let first = String::from_utf8(first["content/site.yaml"].clone()).unwrap();
        let first = if number.is_multiple_of(2) { first.replace("/portal/", "/") } else { first };
        self.put("content/site.yaml", format!("{first}{line}").into_bytes());
    }
}

#[test]
fn what_is_shown_is_what_a_clean_build_makes_after_any_edit() {
    let folder = on_disk();
    let mut bench = Bench::new(project(&folder));
    let first: Files = files(PORTAL).into_iter().collect();
    let mut desk = Desk { folder, files: first.clone(), dice: Dice(0x5EED_2026), step: 0 };
    let (mut mended, mut last, mut said) = (first, Bytes::new(), String::new());
    let (mut good, mut bad, mut portals) = (0, 0, BTreeSet::new());
    let builds = Builds(TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
    let mut again = 0;
    for step in 0..STEPS {
        desk.step = step;
        // Accumulated mistakes would never lead to a good portal again, so most are undone.
        if desk.files != mended && desk.dice.below(4) > 0 {
            desk.restore(mended.clone());
        } else if step > 0 {
            desk.random_step();
        }
        // A clean build of the same files would be the same again.
        let known = step > 0 && desk.files == mended;
        let clean = if step % 25 == 24 { clean_elsewhere } else { clean_in_memory };
        let (looked, made) = std::thread::scope(|scope| {
            let made = (!known).then(|| scope.spawn(|| clean(&desk.files)));
            let looked = bench.look();
            (
                bench.finish().or(looked),
                made.map_or_else(|| Ok((last.clone(), said.clone())), |made| made.join().unwrap()),
            )
        });
        assert!(!matches!(looked, Some(Looked::Failed(_))), "step {step}: {looked:?}");
        let mistakes = match made {
            Ok((made, warnings)) => {
                good += 1;
                if !known && step.is_multiple_of(REBUILT) {
                    let before = builds.record();
                    let rebuilt = builds.build(&desk.files);
                    again += before.intersection(&builds.record()).count();
                    let rebuilt: Bytes = rebuilt.into_iter().filter(|(path, _)| made.contains_key(path)).collect();
                    same(&rebuilt, &made, step);
                }
                if let Some(Looked::Built(diagnostics, _)) = &looked {
                    assert_eq!(render(diagnostics, Format::Text), warnings, "step {step}");
                }
                (last, said) = (made, warnings);
                mended.clone_from(&desk.files);
                String::new()
            }
            Err(mistakes) => {
                bad += 1;
                mistakes
            }
        };
        assert_eq!(bench.shown().mistakes, mistakes, "step {step}");
        same(&bytes_of(bench.shown().snapshot.as_ref().unwrap(), &last), &last, step);
        portals.insert(last["index.html"].to_vec());
    }
    // Otherwise the test would have checked little.
    let portals = portals.len();
    assert!(good > STEPS / 2 && bad > STEPS / 10 && portals > 50, "{good} good, {bad} bad, {portals} portals");
    assert!(again > STEPS / REBUILT, "{again} pages of former builds");
}

fn same(shown: &Bytes, made: &Bytes, step: usize) {
    let addresses: BTreeSet<&String> = shown.keys().chain(made.keys()).collect();
    let differ: Vec<_> = addresses.into_iter().filter(|path| shown.get(*path) != made.get(*path)).collect();
    assert!(differ.is_empty(), "step {step}: {differ:?}");
}
