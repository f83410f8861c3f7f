//! The interface between the output and the file system. All access goes through it, so that tests can make any call
//! fail.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::load::regular::{open_regular, read_regular};

use super::rights::{self, Access, FileRights, Rights};

/// The type of a path. Symlinks are never followed.
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

/// Identifies a file independently of its name: hard links of one file have equal ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id {
    /// The file system.
    pub device: u64,
    /// The inode.
    pub inode: u64,
}

/// The metadata of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its type.
    pub kind: Kind,
    /// Size in bytes, for a file.
    pub len: u64,
    /// Identity of the file; `None` if the system does not provide it.
    pub id: Option<Id>,
    /// Mode, owner and group; `None` if the system does not know them.
    pub rights: Option<Rights>,
}

/// What to do when another build holds the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// Wait for it to end.
    Wait,
    /// Return at once.
    Refuse,
}

/// Every access of the output to the file system.
///
/// All errors are those of the system. Only [`resolve`](Disk::resolve) follows a symlink at the end of its path.
pub trait Disk: Sync {
    /// The metadata of `path`; `None` if nothing is there.
    fn look(&self, path: &Path) -> io::Result<Option<Look>>;
    /// The names in a folder, in no particular order.
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Look)>>;
    /// The canonical path, without symlinks and dots.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// Reads a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The target of a symlink.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    /// Who may use a folder.
    fn access(&self, folder: &Path) -> io::Result<Access>;
    /// Sets who may use a folder, as far as this user may.
    fn set_access(&self, folder: &Path, access: &Access) -> io::Result<()>;
    /// Creates a folder whose parent exists.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a new file; fails if the path exists.
    fn create_file(&self, path: &Path, bytes: &[u8], rights: FileRights) -> io::Result<()>;
    /// Sets the rights of a file, as far as this user may.
    fn set_rights(&self, path: &Path, rights: FileRights) -> io::Result<()>;
    /// Copies a file to a new one, with its modification time and permissions.
    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Creates a hard link.
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Creates a symlink at `path` with the target `target`.
    fn symlink(&self, target: &Path, path: &Path) -> io::Result<()>;
    /// Renames: a file may replace another file; a folder must not replace anything.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Exchanges two folders atomically.
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()>;
    /// Removes anything but a folder.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Locks a file, which is created if missing. The lock is released when the value is dropped or the process dies.
    /// `None` if another process holds it and `busy` says not to wait.
    fn lock(&self, path: &Path, busy: Busy) -> io::Result<Option<File>>;
    /// Flushes the file system of `path` to disk, so that everything on it survives a power cut.
    fn sync(&self, path: &Path) -> io::Result<()>;
}

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(Look::of(&metadata))),
            // A parent of the path is a file, so nothing is at the path.
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
                // Removed since the folder was read.
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
        read_regular(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn access(&self, folder: &Path) -> io::Result<Access> {
        rights::access(folder)
    }

    fn set_access(&self, folder: &Path, access: &Access) -> io::Result<()> {
        rights::set_access(folder, access)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_file(&self, path: &Path, bytes: &[u8], rights: FileRights) -> io::Result<()> {
        let mut file = File::create_new(path)?;
        rights.set(&file)?;
        file.write_all(bytes)
    }

    fn set_rights(&self, path: &Path, rights: FileRights) -> io::Result<()> {
        rights.set(&open_regular(path)?)
    }

    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut source = open_regular(from)?;
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
        Self { kind, len: metadata.len(), id: id(metadata), rights: rights::of(metadata) }
    }

    /// Whether both are the same file.
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
    use rustix::fs::{CWD, FlockOperation, Mode, OFlags, flock, openat};
    // A pipe there is refused, since opening it would wait for somebody to read; and so is a symlink.
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(openat(CWD, path, flags, Mode::from_raw_mode(0o666))?);
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

/// On other systems the lock is a file opened without sharing.
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

/// Syncs the whole file system in one call: a call per file would take longer than writing the files.
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
