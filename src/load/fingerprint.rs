//! Tells whether files changed without reading them, by names and metadata.

use std::fs::{self, Metadata};
use std::path::Path;

use camino::Utf8Path;

use super::{TOPS, is_ignored};

/// A hash of the names and metadata of all files below some folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(blake3::Hash);

impl Fingerprint {
    /// Of all files that a build of the project at `root` reads. Unreadable files are included: they may become readable.
    pub fn of_project(root: &Utf8Path) -> Self {
        let mut hasher = blake3::Hasher::new();
        for top in TOPS {
            hasher.update(top.as_bytes());
            add(root.join(top).as_std_path(), |name| is_ignored(name, true), &mut hasher);
        }
        Self(hasher.finalize())
    }

    /// Of everything in a folder.
    pub fn of_folder(folder: &Utf8Path) -> Self {
        let mut hasher = blake3::Hasher::new();
        add(folder.as_std_path(), |_| false, &mut hasher);
        Self(hasher.finalize())
    }

    /// In hexadecimal digits.
    pub fn to_hex(self) -> String {
        self.0.to_hex().to_string()
    }
}

fn add(path: &Path, is_ignored: fn(&str) -> bool, hasher: &mut blake3::Hasher) {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            hasher.update(b"folder");
            add_folder(path, is_ignored, hasher);
        }
        Ok(metadata) => {
            hasher.update(if metadata.is_file() { b"file" } else { b"else" });
            hasher.update(&metadata.len().to_le_bytes());
            add_times(&metadata, hasher);
        }
        Err(error) => {
            hasher.update(error.kind().to_string().as_bytes());
        }
    }
}

fn add_folder(folder: &Path, is_ignored: fn(&str) -> bool, hasher: &mut blake3::Hasher) {
    let Ok(entries) = fs::read_dir(folder) else {
        hasher.update(b"unreadable");
        return;
    };
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    for name in names.iter().filter(|name| !name.to_str().is_some_and(is_ignored)) {
        let bytes = name.as_encoded_bytes();
        hasher.update(&bytes.len().to_le_bytes()).update(bytes);
        add(&folder.join(name), is_ignored, hasher);
    }
    hasher.update(b"end");
}

/// Modification time, and on Unix inode and change time, because an older file of the same length may replace another.
#[cfg(unix)]
fn add_times(metadata: &Metadata, hasher: &mut blake3::Hasher) {
    use std::os::unix::fs::MetadataExt as _;
    for time in [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()] {
        hasher.update(&time.to_le_bytes());
    }
    hasher.update(&metadata.ino().to_le_bytes());
}

#[cfg(not(unix))]
fn add_times(metadata: &Metadata, hasher: &mut blake3::Hasher) {
    hasher.update(format!("{:?}{:?}", metadata.modified().ok(), metadata.created().ok()).as_bytes());
}
