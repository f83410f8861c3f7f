//! Content that is withdrawn leaves the whole output in the same build, whatever file carries it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::project::{Project, files};

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

fn with(line: &str, text: &str) -> String {
    text.replacen("---\n", &format!("---\n{line}\n"), 1)
}

const WAYS: [(&str, Gone); 5] = [
    ("withdrawn", |text| Some(with("withdrawn: 本人要求", text))),
    ("draft", |text| Some(with("draft: true", text))),
    ("expired", |text| Some(with("expires: 2026-10-01", text))),
    ("not yet", |text| Some(with("publish: 2026-12-01", text))),
    ("deleted", |_| None),
];

/// Writes an entry and the files that only it uses, or takes all of them away.
fn put(project: &Project, path: &str, text: Option<&str>) {
    let pdf = format!("%PDF-1.4\n% {}\n%%EOF\n", SECRETS[3]);
    let files = [("content/pictures/portrait.png", portrait()), ("content/files/story.pdf", pdf.into_bytes())];
    if let Some(text) = text {
        project.write(path, text.as_bytes());
        for (path, bytes) in files {
            project.write(path, &bytes);
        }
    } else {
        for path in [path].into_iter().chain(files.iter().map(|(path, _)| *path)) {
            drop(fs::remove_file(project.at(path)));
        }
    }
}

fn portrait() -> Vec<u8> {
    let mut picture = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([if x > y { 200 } else { 20 }, 60, 90]));
    pixels.write_to(&mut picture, image::ImageFormat::Png).unwrap();
    picture.into_inner()
}

/// Every file of the output, and of the folder beside it in which the next build is prepared.
fn output(project: &Project) -> Vec<PathBuf> {
    [files(&project.at("site")), files(&project.at(".site.shuyuan"))].concat()
}

/// Files that say one of the secrets, and pictures whose names are not among the `usual` ones.
fn telling(project: &Project, usual: &[OsString]) -> Vec<PathBuf> {
    let tells = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        let said = SECRETS.iter().any(|secret| memchr::memmem::find(&bytes, secret.as_bytes()).is_some());
        said || (is_picture(path) && !usual.iter().any(|name| path.file_name() == Some(name.as_os_str())))
    };
    output(project).into_iter().filter(tells).collect()
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
    project.build("022", &[]);
    let pictures = output(&project).into_iter().filter(|path| is_picture(path));
    let usual: Vec<OsString> = pictures.map(|path| path.file_name().unwrap().to_owned()).collect();
    for (path, text) in [("content/stars/zhongli.md", STAR), ("content/courses/zhongli.md", COURSE)] {
        for (way, gone) in WAYS {
            for more in [&[][..], &["--in-place"]] {
                put(&project, path, Some(text));
                project.build("022", more);
                let folders: Vec<String> =
                    telling(&project, &usual).iter().map(|path| folder_of(path, &project.at(""))).collect();
                for folder in ["search", "files", "pictures"] {
                    assert!(folders.iter().any(|other| other == folder), "{path}: nothing in {folder}: {folders:?}");
                }
                match gone(text) {
                    Some(text) => project.write(path, text.as_bytes()),
                    None => put(&project, path, None),
                }
                project.build("022", more);
                assert_eq!(telling(&project, &usual), Vec::<PathBuf>::new(), "{path} {way} {more:?}");
            }
        }
    }
}
