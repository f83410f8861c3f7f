//! The picture cache, in a hidden folder: encoded derivatives, and the metadata of the source files they were made
//! from.
//!
//! Every cached value is verified before use, so that a damaged cache only costs time. Several processes may use it at
//! once. This is the only module in `picture` that reads the clock: ages only decide what is deleted.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use super::header::Header;
use super::recipe::ENCODER;
use crate::load::Stamp;
use crate::load::regular::read_regular;

/// Files that were not used for this long are deleted.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Minimum time between two cleanups, and the resolution of the recorded last use.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// In nanoseconds. A file that changed this shortly before it was hashed may change again with the same timestamp.
const GRAIN: i64 = 50_000_000;
/// The file whose modification time records the last cleanup.
const CLEARED: &str = "cleared";
/// The file that lists what is known about sources.
const SOURCES: &str = "sources";

/// What is known about a source file without reading it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    stamp: Stamp,
    /// When it was hashed, in nanoseconds since 1970.
    at: i64,
    /// Hash of its bytes.
    pub hash: String,
    /// Its header.
    pub header: Header,
    /// Whether it was decoded without an error.
    pub sound: bool,
}

/// An open cache.
#[derive(Debug)]
pub struct Cache {
    folder: Utf8PathBuf,
    known: Mutex<BTreeMap<String, Known>>,
    /// What this build looked up or learnt; only this is saved.
    used: Mutex<BTreeMap<String, Known>>,
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cache {
    /// A cache in `folder`, which need not exist.
    pub fn new(folder: Utf8PathBuf) -> Self {
        let known =
            read_regular(folder.join(SOURCES).as_std_path()).map(|bytes| read_known(&bytes)).unwrap_or_default();
        Self { folder, known: Mutex::new(known), used: Mutex::default() }
    }

    /// What is known about the file at `path`, if `stamp` shows that it has not changed since it was hashed.
    pub fn known(&self, path: &str, stamp: &Stamp) -> Option<Known> {
        let known = lock(&self.known).get(path)?.clone();
        let trusted = known.stamp == *stamp && stamp.modified.max(stamp.changed).saturating_add(GRAIN) < known.at;
        if trusted {
            lock(&self.used).insert(path.to_owned(), known.clone());
        }
        trusted.then_some(known)
    }

    /// Records the hash and header of a file. `stamp` must have been taken before its bytes were read.
    pub fn learn(&self, path: &str, stamp: Stamp, hash: &blake3::Hash, header: &Header) {
        let known = Known { stamp, at: now(), hash: hash.to_hex().to_string(), header: *header, sound: false };
        lock(&self.used).insert(path.to_owned(), known);
    }

    /// Records that a file was decoded without an error.
    pub fn sound(&self, path: &str) {
        if let Some(known) = lock(&self.used).get_mut(path) {
            known.sound = true;
        }
    }

    /// Whether a file is known to decode without an error.
    pub fn is_sound(&self, path: &str) -> bool {
        lock(&self.used).get(path).is_some_and(|known| known.sound)
    }

    /// Saves what is known if that changed, and deletes old files once a day.
    pub fn save(&self) {
        let used = lock(&self.used);
        let mut known = lock(&self.known);
        if *used != *known {
            self.write(SOURCES, &write_known(&used));
            known.clone_from(&used);
        }
        drop((used, known));
        self.clear();
    }

    /// A derivative of the source with that hash, if it is cached and undamaged.
    pub fn get(&self, source: &blake3::Hash, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(room(source)).join(name);
        let bytes = read_regular(path.as_std_path()).ok()?;
        let (sum, picture) = bytes.split_at_checked(blake3::OUT_LEN)?;
        if blake3::hash(picture).as_bytes() != sum {
            return None;
        }
        touch(&path);
        Some(picture.to_vec())
    }

    /// Stores a derivative atomically.
    pub fn put(&self, source: &blake3::Hash, name: &str, picture: &[u8]) {
        let bytes = [blake3::hash(picture).as_bytes().as_slice(), picture].concat();
        self.write(&format!("{}/{name}", room(source)), &bytes);
    }

    /// Deletes all derivatives of a source.
    pub fn forget(&self, source: &blake3::Hash) {
        let _ = fs::remove_dir_all(self.folder.join(room(source)));
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.join(name);
        let part = path.with_file_name(format!(".{}-{}", std::process::id(), path.file_name().unwrap_or_default()));
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&part, bytes))
            .and_then(|()| fs::rename(&part, &path));
        if written.is_err() {
            let _ = fs::remove_file(&part);
        }
    }

    fn clear(&self) {
        let stamp = self.folder.join(CLEARED);
        if age(&stamp).is_some_and(|age| age < DAY) || !self.folder.exists() {
            return;
        }
        self.write(CLEARED, b"");
        let rooms = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for room in rooms.filter(|room| room.file_type().is_ok_and(|kind| kind.is_dir())) {
            for file in fs::read_dir(room.path()).into_iter().flatten().flatten() {
                let old = file.metadata().ok().and_then(|metadata| metadata.modified().ok()).and_then(elapsed);
                if old.is_some_and(|age| age > KEPT) {
                    let _ = fs::remove_file(file.path());
                }
            }
            // Removes only an empty folder.
            let _ = fs::remove_dir(room.path());
        }
    }
}

fn elapsed(time: SystemTime) -> Option<Duration> {
    SystemTime::now().duration_since(time).ok()
}

fn age(path: &Utf8PathBuf) -> Option<Duration> {
    elapsed(fs::metadata(path).ok()?.modified().ok()?)
}

/// Records the use of a file, at most once a day.
fn touch(path: &Utf8PathBuf) {
    if age(path).is_some_and(|age| age > DAY) {
        let _ = fs::File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
    }
}

/// The folder for a source's derivatives; one per source, so that they can be deleted together.
fn room(source: &blake3::Hash) -> String {
    source.to_hex()[..32].to_owned()
}

/// Parses the list of known sources: the hash of all following lines, then one line per source. A list with another
/// hash, from another version or damaged, yields nothing.
fn read_known(bytes: &[u8]) -> BTreeMap<String, Known> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let Some((sum, lines)) = text.split_once('\n') else { return BTreeMap::new() };
    if sum != checksum(lines) {
        return BTreeMap::new();
    }
    lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn write_known(known: &BTreeMap<String, Known>) -> Vec<u8> {
    let lines: String = known.iter().filter_map(|entry| Some(serde_json::to_string(&entry).ok()? + "\n")).collect();
    format!("{}\n{lines}", checksum(&lines)).into_bytes()
}

fn checksum(lines: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(ENCODER.as_bytes()).update(lines.as_bytes());
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &tempfile::TempDir) -> Cache {
        Cache::new(Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("path").join("pictures"))
    }

    #[test]
    fn a_flipped_byte_is_noticed_and_what_is_forgotten_is_gone() {
        let folder = tempfile::tempdir().expect("folder");
        let cache = cache(&folder);
        let source = blake3::hash(b"source");
        cache.put(&source, "a-320.webp", b"picture");
        assert_eq!(cache.get(&source, "a-320.webp").as_deref(), Some(b"picture".as_slice()));
        let path = folder.path().join("pictures").join(room(&source)).join("a-320.webp");
        let mut bytes = fs::read(&path).expect("cached");
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            fs::write(&path, &bytes).expect("flipped");
            assert_eq!(cache.get(&source, "a-320.webp"), None, "byte {at}");
            bytes[at] ^= 1;
        }
        fs::write(&path, &bytes[..20]).expect("cut");
        assert_eq!(cache.get(&source, "a-320.webp"), None);
        cache.forget(&source);
        assert!(!path.exists());
    }

    #[test]
    fn a_file_is_trusted_only_if_it_is_older_than_what_is_known_of_it() {
        let folder = tempfile::tempdir().expect("folder");
        let bytes = b"GIF89a\x01\0\x01\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\0\x3b";
        let (header, hash) = (super::super::header::read("a.gif", bytes).expect("header"), blake3::hash(bytes));
        let old = Stamp { len: 9, modified: 1_000, changed: 1_000, inode: 7 };
        let young = Stamp { changed: now(), ..old };
        let first = cache(&folder);
        first.learn("content/old.gif", old, &hash, &header);
        first.learn("content/young.gif", young, &hash, &header);
        first.sound("content/old.gif");
        first.save();
        let second = cache(&folder);
        assert!(second.known("content/old.gif", &old).is_some_and(|known| known.sound && known.header == header));
        assert_eq!(second.known("content/young.gif", &young), None);
        for other in [
            Stamp { len: 8, ..old },
            Stamp { modified: 2_000, ..old },
            Stamp { changed: 2_000, ..old },
            Stamp { inode: 8, ..old },
        ] {
            assert_eq!(second.known("content/old.gif", &other), None);
        }
        fs::write(folder.path().join("pictures").join(SOURCES), "x\n{}").expect("damaged");
        assert_eq!(cache(&folder).known("content/old.gif", &old), None);
    }

    #[test]
    fn what_nobody_used_for_a_month_is_cleared_away() {
        let folder = tempfile::tempdir().expect("folder");
        let cache = cache(&folder);
        let (kept, gone) = (blake3::hash(b"kept"), blake3::hash(b"gone"));
        cache.put(&kept, "a.webp", b"a");
        cache.put(&gone, "b.webp", b"b");
        let path = folder.path().join("pictures").join(room(&gone)).join("b.webp");
        let file = fs::File::options().append(true).open(&path).expect("open");
        file.set_modified(SystemTime::now() - KEPT - DAY).expect("aged");
        cache.save();
        assert!(!path.exists() && cache.get(&kept, "a.webp").is_some());
    }
}
