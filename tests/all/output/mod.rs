//! Output, all or nothing: readers see the former portal or the new one, whatever fails or changes meanwhile.

mod access;
mod apart;
mod behaviour;
mod faults;
mod faulty;
mod in_place;
mod project;
mod withdrawn;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use camino::Utf8PathBuf;
use shuyuan::artifact::{Artifact, Role};
use shuyuan::diag::fault::Fault;
use shuyuan::output::disk::{Busy, Disk};
use shuyuan::output::{Output, Report, Settings};
use tempfile::TempDir;

/// A portal: addresses and contents. Files in `css/` are code.
type Portal = &'static [(&'static str, &'static str)];

/// A folder that becomes a file, and a file that becomes a folder, are the hardest cases when publishing file by file.
const OLD: Portal = &[
    ("index.html", "old home"),
    ("same.html", "the same"),
    ("css/style.111.css", "old style"),
    ("css/font.000.css", "font"),
    ("courses/index.html", "courses"),
    ("courses/a.html", "old a"),
    ("courses/gone.html", "gone"),
    ("gone/deep/only.html", "gone too"),
    ("folder-then-file/x.html", "x"),
    ("file-then-folder", "file"),
];
const NEW: Portal = &[
    ("index.html", "new home, longer"),
    ("same.html", "the same"),
    ("css/style.222.css", "new style"),
    ("css/font.000.css", "font"),
    ("courses/index.html", "courses"),
    ("courses/a.html", "new a"),
    ("courses/b.html", "b"),
    ("folder-then-file", "file now"),
    ("file-then-folder/y.html", "y"),
];

/// A scratch folder with an output folder `site` in it.
struct Bench {
    dir: TempDir,
}

/// The contents of a tree: contents of files, targets of symlinks, and folders.
type Snapshot = BTreeMap<PathBuf, String>;

impl Bench {
    fn new() -> Self {
        Self { dir: TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap() }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn site(&self, path: &str) -> PathBuf {
        self.dir.path().join("site").join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.site(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.site(path).parent().unwrap()).unwrap();
        fs::write(self.site(path), text).unwrap();
    }

    fn settings(&self) -> Settings {
        settings(Utf8PathBuf::from_path_buf(self.at("site")).unwrap())
    }

    fn build(&self, portal: Portal) -> Result<Report, Fault> {
        build(&faulty::sound(), &self.settings(), portal)
    }

    /// `None` if there is no output folder.
    fn snapshot(&self) -> Option<Snapshot> {
        self.at("site").exists().then(|| snapshot(&self.at("site")))
    }

    /// Adds foreign files of all types, two of them deep in a folder of the portal.
    fn plant_foreign(&self) {
        fs::create_dir_all(self.at("outside")).unwrap();
        fs::write(self.at("outside/precious.txt"), "precious").unwrap();
        self.write(".gitignore", "*");
        self.write("notes.txt", "notes");
        // 公告.txt in GBK, as an old Windows writes it.
        fs::write(self.at("site").join(OsStr::from_bytes(b"\xb9\xab\xb8\xe6.txt")), "not UTF-8").unwrap();
        self.write("courses/notes/deep.txt", "deep");
        fs::create_dir_all(self.site("gone/deep/empty")).unwrap();
        fs::create_dir(self.site("empty")).unwrap();
        std::os::unix::fs::symlink("../outside", self.site("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", self.site("courses/dangling")).unwrap();
    }
}

fn artifact(path: &str, text: &str) -> Artifact {
    let role = if path.starts_with("css/") { Role::Code } else { Role::Plain };
    Artifact::new(path, text.as_bytes(), role)
}

/// Builds wait for the lock: a test that starts processes lets them inherit every lock of this one for a moment.
fn settings(out: Utf8PathBuf) -> Settings {
    Settings { out, in_place: false, busy: Busy::Wait, apart: Vec::new() }
}

fn build<D: Disk>(disk: &D, settings: &Settings, portal: Portal) -> Result<Report, Fault> {
    let output = Output::open(disk, settings)?;
    for (path, text) in portal {
        output.put(artifact(path, text))?;
    }
    output.commit()
}

fn snapshot(root: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let (path, kind) = (folder.join(entry.file_name()), entry.file_type().unwrap());
            let content = if kind.is_dir() {
                folders.push(path.clone());
                "folder".to_owned()
            } else if kind.is_symlink() {
                format!("link to {}", fs::read_link(entry.path()).unwrap().display())
            } else {
                fs::read_to_string(entry.path()).unwrap()
            };
            found.insert(path, content);
        }
    }
    found
}
