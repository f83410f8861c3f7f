//! Mode, owner, group and access lists, as the system keeps them. Systems without them know none.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::disk::Look;

/// Mode, owner and group of a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// The permissions, with setgid and sticky bit.
    pub mode: u32,
    /// Number of the owner.
    pub owner: u32,
    /// Number of the group.
    pub group: u32,
}

/// Who may use a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// `None` if the system does not know such rights.
    pub rights: Option<Rights>,
    /// Whether the owner is one that must be kept.
    pub is_owned: bool,
    /// Its access list, as the system stores it.
    pub list: Option<Vec<u8>>,
    /// The access list that what is created in it begins with.
    pub default_list: Option<Vec<u8>>,
}

/// What a file is to be; what is `None` stays as the system made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileRights {
    /// The permissions.
    pub mode: Option<u32>,
    /// Number of the group.
    pub group: Option<u32>,
}

impl Access {
    /// The same of a folder that belongs to whoever makes it.
    pub(super) fn of_anyone(self) -> Self {
        Self { is_owned: false, ..self }
    }
}

impl FileRights {
    /// Whether a file has them.
    pub(super) fn is_of(self, look: &Look) -> bool {
        look.rights.is_none_or(|rights| {
            self.mode.is_none_or(|mode| mode == rights.mode) && self.group.is_none_or(|group| group == rights.group)
        })
    }

    /// Sets them, as far as this user may.
    #[cfg(unix)]
    pub(super) fn set(self, file: &File) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let metadata = file.metadata()?;
        if let Some(group) = self.group.filter(|group| *group != metadata.gid()) {
            allowed(fchown(file, None, Some(group)))?;
        }
        match self.mode.filter(|mode| *mode != metadata.mode() & 0o7777) {
            Some(mode) => allowed(file.set_permissions(std::fs::Permissions::from_mode(mode))),
            None => Ok(()),
        }
    }

    /// Sets them, as far as this user may.
    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps, reason = "other systems may refuse")]
    pub(super) fn set(self, _: &File) -> io::Result<()> {
        Ok(())
    }
}

/// What this user may not change stays as it is.
fn allowed(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        other => other,
    }
}

/// The rights of what `metadata` is of.
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems do not say")]
pub(super) fn of(metadata: &std::fs::Metadata) -> Option<Rights> {
    use std::os::unix::fs::MetadataExt as _;
    Some(Rights { mode: metadata.mode() & 0o7777, owner: metadata.uid(), group: metadata.gid() })
}

/// The rights of what `metadata` is of.
#[cfg(not(unix))]
pub(super) fn of(_: &std::fs::Metadata) -> Option<Rights> {
    None
}

/// Reads who may use a folder.
pub(super) fn access(folder: &Path) -> io::Result<Access> {
    Ok(Access {
        rights: of(&std::fs::symlink_metadata(folder)?),
        is_owned: true,
        list: lists::get(folder, lists::ACCESS)?,
        default_list: lists::get(folder, lists::DEFAULT)?,
    })
}

/// Sets who may use a folder, as far as this user may.
pub(super) fn set_access(folder: &Path, wanted: &Access) -> io::Result<()> {
    let now = access(folder)?;
    set_rights(folder, wanted, &now)?;
    for (name, wanted, now) in
        [(lists::ACCESS, &wanted.list, &now.list), (lists::DEFAULT, &wanted.default_list, &now.default_list)]
    {
        if wanted != now {
            allowed(lists::set(folder, name, wanted.as_deref()))?;
        }
    }
    Ok(())
}

/// A new owner or group may take bits of the mode away, so that it comes last. The lists come after it: an access list
/// holds the mode as well.
#[cfg(unix)]
fn set_rights(folder: &Path, wanted: &Access, now: &Access) -> io::Result<()> {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    let (Some(rights), Some(now)) = (wanted.rights, now.rights) else { return Ok(()) };
    if rights.group != now.group {
        allowed(chown(folder, None, Some(rights.group)))?;
    }
    let is_other = wanted.is_owned && rights.owner != now.owner;
    if is_other {
        allowed(chown(folder, Some(rights.owner), None))?;
    }
    if rights != now {
        allowed(std::fs::set_permissions(folder, std::fs::Permissions::from_mode(rights.mode)))?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "other systems may refuse")]
fn set_rights(_: &Path, _: &Access, _: &Access) -> io::Result<()> {
    Ok(())
}

/// Access lists are extended attributes.
#[cfg(any(target_os = "linux", target_os = "android"))]
mod lists {
    use std::io;
    use std::path::Path;

    use rustix::fs::{XattrFlags, getxattr, getxattr_query, removexattr, setxattr};
    use rustix::io::Errno;

    pub const ACCESS: &str = "system.posix_acl_access";
    pub const DEFAULT: &str = "system.posix_acl_default";

    /// The largest value that the system allows.
    const LARGEST: usize = 1 << 16;

    pub fn get(folder: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
        match getxattr_query(folder, name) {
            Ok(0) | Err(Errno::NODATA | Errno::OPNOTSUPP | Errno::NOSYS) => return Ok(None),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let mut value = vec![0; LARGEST];
        let length = getxattr(folder, name, &mut value[..])?;
        value.truncate(length);
        Ok(Some(value))
    }

    pub fn set(folder: &Path, name: &str, value: Option<&[u8]>) -> io::Result<()> {
        match value {
            Some(value) => Ok(setxattr(folder, name, value, XattrFlags::empty())?),
            None => Ok(removexattr(folder, name)?),
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod lists {
    use std::io;
    use std::path::Path;

    pub const ACCESS: &str = "";
    pub const DEFAULT: &str = "";

    #[allow(clippy::unnecessary_wraps, reason = "other systems may refuse")]
    pub fn get(_: &Path, _: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    #[allow(clippy::unnecessary_wraps, reason = "other systems may refuse")]
    pub fn set(_: &Path, _: &str, _: Option<&[u8]>) -> io::Result<()> {
        Ok(())
    }
}
