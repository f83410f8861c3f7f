//! The manifest lists the files of a tree that are ours, with their hashes. All other files are foreign.
//!
//! It is in the output folder, where anyone can edit it, so everything in it is validated.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use blake3::Hash;

use crate::artifact::Role;
use crate::diag::fault::{Doing, Fault};

use super::disk::{Disk, Kind};

/// The manifest's name in the output folder.
pub const NAME: &str = crate::artifact::MANIFEST;
/// Where a build in place prepares its files, inside the output folder.
pub(super) const WORK: &str = ".shuyuan-work";

const VERSION: &str = "shuyuan-manifest 1";
/// Enough for half a million files. A larger manifest is not ours.
const LARGEST: u64 = 64 << 20;

/// What to do with a file when the next build no longer makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Remove it.
    Plain,
    /// Remove it. Pages refer to it by a fingerprint, so that it is published before them.
    Fingerprinted,
    /// Keep it for one build.
    Code,
    /// Remove it: it has already been kept for one build.
    Kept,
}

/// One file of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Hash of its bytes.
    pub hash: Hash,
    /// What to do with it later.
    pub standing: Standing,
}

/// The files of a tree that are ours, by address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Sorted by address, so that equal portals have equal manifests.
    pub entries: BTreeMap<String, Entry>,
}

impl From<Role> for Standing {
    fn from(role: Role) -> Self {
        match role {
            Role::Plain => Self::Plain,
            Role::Fingerprinted => Self::Fingerprinted,
            Role::Code => Self::Code,
        }
    }
}

impl Standing {
    fn letter(self) -> char {
        match self {
            Self::Plain => 'p',
            Self::Fingerprinted => 'f',
            Self::Code => 'c',
            Self::Kept => 'k',
        }
    }

    fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "p" => Some(Self::Plain),
            "f" => Some(Self::Fingerprinted),
            "c" => Some(Self::Code),
            "k" => Some(Self::Kept),
            _ => None,
        }
    }
}

impl Manifest {
    /// Reads the manifest of the tree at `root`; `None` if there is none.
    ///
    /// # Errors
    /// Faults of the disk, and [`Fault::BadManifest`] if we did not write it.
    pub fn load<D: Disk>(disk: &D, root: &Path) -> Result<Option<Self>, Fault> {
        let path = root.join(NAME);
        let Some(look) = disk.look(&path).map_err(Fault::io(Doing::Look, &path))? else { return Ok(None) };
        if look.kind != Kind::File || look.len > LARGEST {
            return Err(Fault::BadManifest { path, line: None });
        }
        let bytes = disk.read(&path).map_err(Fault::io(Doing::Read, &path))?;
        Self::parse(&bytes).map(Some).map_err(|line| Fault::BadManifest { path, line })
    }

    /// Serialises: a version line, then for each file a line with hash, standing and address.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!("{VERSION}\n");
        for (path, entry) in &self.entries {
            text.push_str(entry.hash.to_hex().as_str());
            text.push(' ');
            text.push(entry.standing.letter());
            text.push(' ');
            text.push_str(path);
            text.push('\n');
        }
        text.into_bytes()
    }

    /// The inverse of [`to_bytes`](Self::to_bytes). The error is the number of the wrong line, if it is a line that is
    /// wrong.
    fn parse(bytes: &[u8]) -> Result<Self, Option<usize>> {
        let text = std::str::from_utf8(bytes).map_err(|_| None)?;
        let mut lines = text.split_terminator('\n').zip(1..);
        if !matches!(lines.next(), Some((VERSION, _))) || !text.ends_with('\n') {
            return Err(Some(1));
        }
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        for (line, number) in lines {
            let (path, entry) = parse_line(line).ok_or(Some(number))?;
            // Must be sorted and without duplicates, so that it is unambiguous.
            if entries.last_key_value().is_some_and(|(last, _)| last.as_str() >= path) {
                return Err(Some(number));
            }
            entries.insert(path.to_owned(), entry);
        }
        Ok(Self { entries })
    }

    /// The addresses of the files.
    pub(super) fn files(&self) -> BTreeSet<&Path> {
        self.entries.keys().map(Path::new).collect()
    }

    /// All folders that contain the files.
    pub(super) fn folders(&self) -> BTreeSet<&Path> {
        let mut folders = BTreeSet::new();
        for path in self.entries.keys() {
            for folder in parents(Path::new(path)) {
                if !folders.insert(folder) {
                    break;
                }
            }
        }
        folders
    }
}

/// The parent folders of a path inside a tree, nearest first, without the root.
pub(super) fn parents(path: &Path) -> impl Iterator<Item = &Path> {
    path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty())
}

/// Whether an address stays inside the tree and is not reserved.
pub(super) fn is_fit(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(plain)
        && !path.contains(|c: char| c == '\\' || c.is_control())
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
        && !is_reserved(Path::new(path))
}

/// Whether a path inside a tree is reserved for us: neither the portal's nor foreign.
pub(super) fn is_reserved(path: &Path) -> bool {
    path.components().next().is_some_and(|first| first.as_os_str() == NAME || first.as_os_str() == WORK)
}

/// The path of the manifest of a tree.
pub(super) fn at(root: &Path) -> PathBuf {
    root.join(NAME)
}

fn parse_line(line: &str) -> Option<(&str, Entry)> {
    let (hash, rest) = line.split_once(' ')?;
    let (letter, path) = rest.split_once(' ')?;
    let entry = Entry { hash: Hash::from_hex(hash).ok()?, standing: Standing::from_letter(letter)? };
    is_fit(path).then_some((path, entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(paths: &[&str]) -> Manifest {
        let entry = |path: &str| Entry { hash: blake3::hash(path.as_bytes()), standing: Standing::Kept };
        Manifest { entries: paths.iter().map(|path| ((*path).to_owned(), entry(path))).collect() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = manifest(&["index.html", "courses/taiji.html", "文件 一.pdf", "a", "a-b", "a/b"]);
        assert_eq!(Manifest::parse(&written.to_bytes()), Ok(written));
        assert_eq!(Manifest::parse(b"shuyuan-manifest 1\n"), Ok(Manifest::default()));
    }

    #[test]
    fn addresses_that_leave_the_tree_are_refused() {
        for path in ["../a", "a/../../b", "/etc/passwd", "a//b", "a/", "./a", "", "a\\b", "a\tb", NAME, WORK] {
            let bytes = manifest(&[path]).to_bytes();
            assert_eq!(Manifest::parse(&bytes), Err(Some(2)), "{path}");
        }
        assert_eq!(Manifest::parse(&manifest(&["../a"]).to_bytes()), Err(Some(2)));
    }

    #[test]
    fn only_our_own_form_is_believed() {
        let good = String::from_utf8(manifest(&["a", "b"]).to_bytes()).unwrap();
        let lines: Vec<&str> = good.lines().collect();
        let check = |text: String, expected| assert_eq!(Manifest::parse(text.as_bytes()), Err(expected), "{text}");
        check(String::new(), Some(1));
        check(good.replace("manifest 1", "manifest 2"), Some(1));
        check(good.trim_end().to_owned(), Some(1));
        check(format!("{}\n{}\n{}\n", lines[0], lines[2], lines[1]), Some(3));
        check(format!("{}\n{}\n{}\n", lines[0], lines[1], lines[1]), Some(3));
        check(good.replace(" k b", " x b"), Some(3));
        assert_eq!(Manifest::parse(&[0xff, 0xfe]), Err(None));
    }
}
