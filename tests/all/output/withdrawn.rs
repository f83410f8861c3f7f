//! Content that is withdrawn leaves the whole output in the same build, whatever file carries it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::{site, town};

/// The title, summary and text of an entry, and the text of its attachment: none of them stands elsewhere in the town.
const SECRETS: [&str; 4] = ["钟离某某", "擅长修补旧渔网", "她说海风教会她耐心", "attachment of zhongli"];

const STAR: &str = "---
title: 钟离某某
summary: 擅长修补旧渔网。
year: 2026
level: district
region: liuxi-zhen
unit: zhen-zhengfu
topics: [xieyi]
picture: {file: /pictures/portrait.png, alt: 修网的人}
consent: {scope: [web], date: 2026-01-10, expires: 2036-01-09}
attachments:
  - {file: /files/story.pdf, title: 先进事迹}
---

她说海风教会她耐心。[下载](/files/story.pdf)
";

const COURSE: &str = "---
title: 钟离某某的课
summary: 擅长修补旧渔网。
topics: [xieyi]
institution: zhen-xuexiao
venue: xuexiao-huashi
fee: 0
picture: {file: /pictures/portrait.png, alt: 修网的人}
attachments:
  - {file: /files/story.pdf, title: 先进事迹}
---

她说海风教会她耐心。
";

/// How an entry of this text is withdrawn; no text is no file.
type Gone = fn(&str) -> Option<String>;

fn with(line: &str, text: &str) -> Option<String> {
    Some(text.replacen("---\n", &format!("---\n{line}\n"), 1))
}

const WAYS: [(&str, Gone); 5] = [
    ("withdrawn", |text| with("withdrawn: 本人要求", text)),
    ("draft", |text| with("draft: true", text)),
    ("expired", |text| with("expires: 2026-10-01", text)),
    ("not yet", |text| with("publish: 2026-12-01", text)),
    ("deleted", |_| None),
];

struct Project {
    root: TempDir,
    picture: Vec<u8>,
}

impl Project {
    fn new() -> Self {
        let root = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mut picture = std::io::Cursor::new(Vec::new());
        let pixels = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 90]));
        pixels.write_to(&mut picture, image::ImageFormat::Png).unwrap();
        let project = Self { root, picture: picture.into_inner() };
        for (path, bytes) in town::town(6) {
            project.write(&path, &bytes);
        }
        project
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Writes an entry and the files that only it uses, or takes all of them away.
    fn put(&self, path: &str, text: Option<&str>) {
        let pdf = format!("%PDF-1.4\n% {}\n%%EOF\n", SECRETS[3]);
        let files = [("content/pictures/portrait.png", &*self.picture), ("content/files/story.pdf", pdf.as_bytes())];
        match text {
            Some(text) => {
                self.write(path, text.as_bytes());
                files.into_iter().for_each(|(path, bytes)| self.write(path, bytes));
            }
            None => {
                let paths = [path].into_iter().chain(files.map(|(path, _)| path));
                paths.for_each(|path| drop(fs::remove_file(self.root.path().join(path))));
            }
        }
    }

    fn build(&self, more: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shuyuan"));
        command.args(["build", "--today", &site::TODAY.to_string(), "--root"]).arg(self.root.path()).args(more);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Every file of the output, and of the folder beside it in which the next build is prepared.
    fn output(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.root.path().join("site"), self.root.path().join(".site.shuyuan")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files
    }

    /// Files that say one of the secrets, and pictures whose names are not among the `usual` ones.
    fn telling(&self, usual: &[OsString]) -> Vec<PathBuf> {
        let tells = |path: &PathBuf| {
            let bytes = fs::read(path).unwrap();
            let said = SECRETS.iter().any(|secret| memchr::memmem::find(&bytes, secret.as_bytes()).is_some());
            said || (is_picture(path) && !usual.iter().any(|name| path.file_name() == Some(name.as_os_str())))
        };
        self.output().into_iter().filter(tells).collect()
    }
}

fn is_picture(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with("pictures"))
}

fn folder_of(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap().components().nth(1).unwrap().as_os_str().to_string_lossy().into_owned()
}

#[test]
fn what_is_withdrawn_is_in_no_file_of_the_next_build() {
    let project = Project::new();
    project.build(&[]);
    let pictures = project.output().into_iter().filter(|path| is_picture(path));
    let usual: Vec<OsString> = pictures.map(|path| path.file_name().unwrap().to_owned()).collect();
    for (path, text) in [("content/stars/zhongli.md", STAR), ("content/courses/zhongli.md", COURSE)] {
        for (way, gone) in WAYS {
            for more in [&[][..], &["--in-place"]] {
                project.put(path, Some(text));
                project.build(more);
                let folders: Vec<String> =
                    project.telling(&usual).iter().map(|path| folder_of(path, project.root.path())).collect();
                for folder in ["search", "files", "pictures"] {
                    assert!(folders.iter().any(|other| other == folder), "{path}: nothing in {folder}: {folders:?}");
                }
                match gone(text) {
                    Some(text) => project.write(path, text.as_bytes()),
                    None => project.put(path, None),
                }
                project.build(more);
                assert_eq!(project.telling(&usual), [PathBuf::new(); 0], "{path} {way} {more:?}");
            }
        }
    }
}
