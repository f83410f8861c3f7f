//! The one door between the output and the file system, so that a test can let any single touch of it fail.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What is at a path. A symlink is a symlink: nothing here follows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symlink, wherever it points.
    Symlink,
    /// A pipe, a socket, a device.
    Other,
}

/// Which file it is, under whatever name: two names of one file are equal here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id {
    /// The file system.
    pub device: u64,
    /// The file in it.
    pub inode: u64,
}

/// What a look at a path tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// What is there.
    pub kind: Kind,
    /// Bytes, for a file.
    pub len: u64,
    /// Which file it is; none where the system does not say.
    pub id: Option<Id>,
}

/// What a build does when another one holds the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// Wait for the other's end.
    Wait,
    /// Say so at once.
    Refuse,
}

/// Every touch of the file system by the output.
///
/// All errors are the system's. Only [`resolve`](Disk::resolve) follows a symlink at the end of its path.
pub trait Disk: Sync {
    /// What is at `path`; none when nothing is.
    fn look(&self, path: &Path) -> io::Result<Option<Look>>;
    /// The names in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Look)>>;
    /// The path without symlinks and dots.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// A file's bytes.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Where a symlink points.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    /// Makes a folder whose parent exists.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a new file; refused where anything is.
    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Copies a file to a new one, with its modification time and permissions.
    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file one more name.
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a symlink at `path` that says `target`.
    fn symlink(&self, target: &Path, path: &Path) -> io::Result<()>;
    /// Moves a file over whatever file is there, or a folder to where nothing is.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Exchanges two folders in one step: whoever looks sees the one or the other.
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()>;
    /// Removes anything but a folder.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Takes the lock of a file, made when missing. It is free again when the value is dropped or the process dies.
    /// None when another process holds it and `busy` says not to wait.
    fn lock(&self, path: &Path, busy: Busy) -> io::Result<Option<File>>;
    /// Returns when everything on the file system of `path` would survive a power cut.
    fn sync(&self, path: &Path) -> io::Result<()>;
}

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(Look::of(&metadata))),
            // A file where a folder would have to be: nothing is at the longer path either.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Look)>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            match entry.metadata() {
                Ok(metadata) => names.push((entry.file_name(), Look::of(&metadata))),
                // Gone since the folder was read.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(names)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        File::create_new(path)?.write_all(bytes)
    }

    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut source = File::open(from)?;
        let metadata = source.metadata()?;
        let mut copy = File::create_new(to)?;
        io::copy(&mut source, &mut copy)?;
        copy.set_modified(metadata.modified()?)?;
        copy.set_permissions(metadata.permissions())
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn symlink(&self, target: &Path, path: &Path) -> io::Result<()> {
        symlink(target, path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        exchange(a, b)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn lock(&self, path: &Path, busy: Busy) -> io::Result<Option<File>> {
        lock(path, busy)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        sync(path)
    }
}

impl Look {
    fn of(metadata: &fs::Metadata) -> Self {
        let kind = match metadata.file_type() {
            kind if kind.is_symlink() => Kind::Symlink,
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        Self { kind, len: metadata.len(), id: id(metadata) }
    }

    /// Whether both are names of one file.
    pub fn is(&self, other: &Self) -> bool {
        self.kind == other.kind && self.id.is_some() && self.id == other.id
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems do not say")]
fn id(metadata: &fs::Metadata) -> Option<Id> {
    use std::os::unix::fs::MetadataExt;
    Some(Id { device: metadata.dev(), inode: metadata.ino() })
}

#[cfg(not(unix))]
fn id(_: &fs::Metadata) -> Option<Id> {
    None
}

#[cfg(unix)]
fn symlink(target: &Path, path: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn lock(path: &Path, busy: Busy) -> io::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    let operation = match busy {
        Busy::Wait => FlockOperation::LockExclusive,
        Busy::Refuse => FlockOperation::NonBlockingLockExclusive,
    };
    loop {
        match flock(&file, operation) {
            Ok(()) => return Ok(Some(file)),
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Elsewhere a file that nobody else may open meanwhile is the lock.
#[cfg(windows)]
fn lock(path: &Path, busy: Busy) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt;
    const SHARING_VIOLATION: i32 = 32;
    loop {
        match File::options().create(true).truncate(false).write(true).share_mode(0).open(path) {
            Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => match busy {
                Busy::Wait => std::thread::sleep(std::time::Duration::from_millis(100)),
                Busy::Refuse => return Ok(None),
            },
            opened => return opened.map(Some),
        }
    }
}

/// One call for the whole tree: a call for each file costs more than writing them.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(path)?)?)
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
#[allow(clippy::unnecessary_wraps, reason = "other systems may refuse")]
fn sync(_: &Path) -> io::Result<()> {
    rustix::fs::sync();
    Ok(())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "other systems may refuse")]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
