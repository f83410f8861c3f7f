//! A disk on which any call can fail, kill the process, or be preceded by a change of another process.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use shuyuan::output::disk::{Busy, Disk, Look, RealDisk};
use shuyuan::output::rights::{Access, FileRights};

/// The outcome of a call.
pub enum Fate {
    Work,
    Fail(io::Error),
    /// The process is killed, as by `kill -9`.
    Die,
}

/// A call of the trait: its number from 1, its method, its (last) path.
pub struct Call<'c> {
    pub number: usize,
    pub method: &'static str,
    pub path: &'c Path,
}

/// The real disk with a `judge` that decides the outcome of every call.
///
/// It does not sync: no test cuts the power, and a real sync would wait for all other files of the machine.
pub struct Faulty<J> {
    judge: J,
    calls: AtomicUsize,
}

impl<J: Fn(&Call) -> Fate + Sync> Faulty<J> {
    pub fn new(judge: J) -> Self {
        Self { judge, calls: AtomicUsize::new(0) }
    }

    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    fn judge(&self, method: &'static str, path: &Path) -> Fate {
        let number = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        (self.judge)(&Call { number, method, path })
    }

    fn pass(&self, method: &'static str, path: &Path) -> io::Result<()> {
        match self.judge(method, path) {
            Fate::Work => Ok(()),
            Fate::Fail(error) => Err(error),
            Fate::Die => die(),
        }
    }
}

/// A disk without failures.
pub fn sound() -> Faulty<impl Fn(&Call) -> Fate + Sync> {
    Faulty::new(|_: &Call| Fate::Work)
}

/// A disk on which the calls that `matches` accepts fail with a system error.
pub fn failing(matches: impl Fn(&Call) -> bool + Sync, errno: i32) -> Faulty<impl Fn(&Call) -> Fate + Sync> {
    Faulty::new(
        move |call: &Call| {
            if matches(call) { Fate::Fail(io::Error::from_raw_os_error(errno)) } else { Fate::Work }
        },
    )
}

fn die() -> ! {
    rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL).unwrap();
    unreachable!("killed");
}

impl<J: Fn(&Call) -> Fate + Sync> Disk for Faulty<J> {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        self.pass("look", path)?;
        RealDisk.look(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Look)>> {
        self.pass("list", folder)?;
        RealDisk.list(folder)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.pass("resolve", path)?;
        RealDisk.resolve(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.pass("read", path)?;
        RealDisk.read(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.pass("read_link", path)?;
        RealDisk.read_link(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.pass("create_folder", path)?;
        RealDisk.create_folder(path)
    }

    fn access(&self, folder: &Path) -> io::Result<Access> {
        self.pass("access", folder)?;
        RealDisk.access(folder)
    }

    fn set_access(&self, folder: &Path, access: &Access) -> io::Result<()> {
        self.pass("set_access", folder)?;
        RealDisk.set_access(folder, access)
    }

    fn set_rights(&self, path: &Path, rights: FileRights) -> io::Result<()> {
        self.pass("set_rights", path)?;
        RealDisk.set_rights(path, rights)
    }

    /// A disk becomes full in the middle of a file.
    fn create_file(&self, path: &Path, bytes: &[u8], rights: FileRights) -> io::Result<()> {
        match self.judge("create_file", path) {
            Fate::Work => RealDisk.create_file(path, bytes, rights),
            Fate::Fail(error) => RealDisk.create_file(path, &bytes[..bytes.len() / 2], rights).and(Err(error)),
            Fate::Die => {
                RealDisk.create_file(path, &bytes[..bytes.len() / 2], rights).unwrap();
                die()
            }
        }
    }

    fn copy_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass("copy_file", to)?;
        RealDisk.copy_file(from, to)
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass("hard_link", to)?;
        RealDisk.hard_link(from, to)
    }

    fn symlink(&self, target: &Path, path: &Path) -> io::Result<()> {
        self.pass("symlink", path)?;
        RealDisk.symlink(target, path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass("rename", to)?;
        RealDisk.rename(from, to)
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        self.pass("exchange", b)?;
        RealDisk.exchange(a, b)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.pass("remove_file", path)?;
        RealDisk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.pass("remove_folder", path)?;
        RealDisk.remove_folder(path)
    }

    fn lock(&self, path: &Path, busy: Busy) -> io::Result<Option<File>> {
        self.pass("lock", path)?;
        RealDisk.lock(path, busy)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.pass("sync", path)
    }
}
