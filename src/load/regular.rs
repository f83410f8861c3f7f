//! Reads files that are files: nothing else is waited for or followed.

use std::io::Read as _;
use std::path::Path;
use std::{fs, io};

/// Reads a file. What became a symlink, a pipe or a device meanwhile is refused, since a pipe would wait for somebody
/// to write.
///
/// # Errors
/// Those of the system; [`io::ErrorKind::InvalidInput`] for what is no file.
pub fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file to read it, as [`read_regular`] does.
///
/// # Errors
/// Those of [`read_regular`].
#[cfg(unix)]
pub fn open_regular(path: &Path) -> io::Result<fs::File> {
    use rustix::fs::{CWD, FileType, Mode, OFlags, fstat, openat};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = openat(CWD, path, flags, Mode::empty())?;
    let is_file = FileType::from_raw_mode(fstat(&file)?.st_mode) == FileType::RegularFile;
    if is_file { Ok(file.into()) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Opens a file to read it, as [`read_regular`] does.
///
/// # Errors
/// Those of [`read_regular`].
#[cfg(not(unix))]
pub fn open_regular(path: &Path) -> io::Result<fs::File> {
    fs::File::open(path)
}
