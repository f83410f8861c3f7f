//! A small town on the disk, built by the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::{site, town};

pub struct Project {
    pub root: TempDir,
}

impl Project {
    pub fn new() -> Self {
        let project = Self { root: TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap() };
        for (path, bytes) in town::town(6) {
            project.write(&path, &bytes);
        }
        project
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs `shuyuan build` in the project's folder.
    pub fn run(&self, umask: &str, more: &[&str]) -> Output {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("umask {umask} && exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_shuyuan"), "build"]);
        command.args(["--today", &site::TODAY.to_string()]).args(more).current_dir(self.root.path());
        command.output().unwrap()
    }

    pub fn build(&self, umask: &str, more: &[&str]) {
        let output = self.run(umask, more);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Every file below a folder, which need not exist.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
