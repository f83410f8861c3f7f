//! Tells whether files changed without reading them, by names and metadata.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use camino::Utf8Path;

/// A hash of the names and metadata of all files below some folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(blake3::Hash);

impl Fingerprint {
    /// Of everything in a folder. What cannot be read is included: it may become readable.
    pub fn of_folder(folder: &Utf8Path) -> Self {
        let mut print = Print::default();
        add(folder.as_std_path(), fs::symlink_metadata(folder), &mut print);
        print.finish()
    }

    /// In hexadecimal digits.
    pub fn to_hex(self) -> String {
        self.0.to_hex().to_string()
    }
}

/// A fingerprint while it is taken, in the order of a walk: each name, then what is there.
#[derive(Default)]
pub(super) struct Print(blake3::Hasher);

impl Print {
    /// A name in the folder at hand.
    pub fn name(&mut self, name: &OsStr) {
        let bytes = name.as_encoded_bytes();
        self.0.update(&bytes.len().to_le_bytes()).update(bytes);
    }

    /// The folder of this name begins.
    pub fn begin(&mut self) {
        self.0.update(b"folder");
    }

    /// The folder at hand ends.
    pub fn end(&mut self) {
        self.0.update(b"end");
    }

    /// The file of this name, or what is there instead of one.
    pub fn file(&mut self, metadata: &Metadata) {
        self.0.update(if metadata.is_file() { b"file" } else { b"else" });
        self.0.update(&metadata.len().to_le_bytes());
        add_times(metadata, &mut self.0);
    }

    /// The folder of this name: another one has other values, whatever happens inside it.
    pub fn folder(&mut self, metadata: &Metadata) {
        #[cfg(unix)]
        self.0.update(&std::os::unix::fs::MetadataExt::ino(metadata).to_le_bytes());
        self.0.update(format!("{:?}", metadata.created().ok()).as_bytes());
    }

    /// What is there cannot be read.
    pub fn unreadable(&mut self, error: &io::Error) {
        self.0.update(error.kind().to_string().as_bytes());
    }

    /// Of all so far.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.finalize())
    }
}

fn add(path: &Path, metadata: io::Result<Metadata>, print: &mut Print) {
    match metadata {
        Ok(metadata) if metadata.is_dir() => add_folder(path, print),
        Ok(metadata) => print.file(&metadata),
        Err(error) => print.unreadable(&error),
    }
}

fn add_folder(folder: &Path, print: &mut Print) {
    print.begin();
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut entries: Vec<(OsString, fs::DirEntry)> =
                entries.flatten().map(|entry| (entry.file_name(), entry)).collect();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            for (name, entry) in entries {
                print.name(&name);
                add(&folder.join(&name), entry.metadata(), print);
            }
        }
        Err(error) => print.unreadable(&error),
    }
    print.end();
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
