//! What is published of a file: all of it, but for what it says about its making. Where that cannot be taken out, it is said.

mod archive;
mod film;
mod matroska;
mod package;
mod position;
mod sound;

use super::packed;
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::diag::kind::FileKind;

/// Why a file cannot be cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is cut or broken.
    Damaged,
    /// It is of a form that is not understood.
    Unknown,
}

/// What a file becomes.
#[derive(Debug, Default, PartialEq)]
pub struct Cleaned {
    /// What is published; `None` if all of it is, as it is.
    pub bytes: Option<Vec<u8>>,
    /// What it still says.
    pub remarks: Vec<Mistake>,
}

/// Cleans a file that is no picture.
///
/// # Errors
/// A mistake in the file, or why it must not be published.
pub fn clean(path: &str, bytes: &[u8], kind: FileKind) -> Result<Cleaned, Mistake> {
    match taken_out(bytes, kind) {
        Some(Ok(cleaned)) => {
            return Ok(Cleaned { bytes: Some(cleaned).filter(|cleaned| cleaned != bytes), remarks: Vec::new() });
        }
        Some(Err(Refused::Damaged)) => return Err(say::film_damaged(path, kind)),
        Some(Err(Refused::Unknown)) => return Ok(unknown(path, kind)),
        None => {}
    }
    match kind {
        FileKind::Heic => Err(say::picture_format(path, "HEIC")),
        FileKind::Tiff => Err(say::picture_format(path, "TIFF")),
        FileKind::Avif if memchr::memmem::find(bytes, b"Exif").is_some() || position::is_told(bytes) => {
            Err(say::picture_format(path, "AVIF"))
        }
        FileKind::Key | FileKind::Database => Err(say::secret_content(path, kind)),
        FileKind::OtherFilm | FileKind::OtherPicture | FileKind::Archive => Ok(unknown(path, kind)),
        FileKind::Word
        | FileKind::Excel
        | FileKind::PowerPoint
        | FileKind::OpenDocument
        | FileKind::Epub
        | FileKind::Zip => Ok(match package::clean(bytes) {
            Ok(package) => Cleaned { bytes: package.bytes, ..told(path, &package.told) },
            Err(_) => unknown(path, kind),
        }),
        _ if position::is_told(bytes) || packed::parts(bytes).any(|part| position::is_told(&part)) => {
            Ok(told(path, &[String::new()]))
        }
        _ => Ok(Cleaned::default()),
    }
}

/// A film or sound without what it says about its making; `None` for other files.
fn taken_out(bytes: &[u8], kind: FileKind) -> Option<Result<Vec<u8>, Refused>> {
    Some(match kind {
        FileKind::Film => film::clean(bytes),
        FileKind::Matroska => matroska::clean(bytes).ok_or(Refused::Damaged),
        FileKind::Avi | FileKind::Wave => sound::riff(bytes).ok_or(Refused::Damaged),
        FileKind::Mp3 => sound::mpeg(bytes).ok_or(Refused::Damaged),
        FileKind::Flac => sound::flac(bytes).ok_or(Refused::Damaged),
        FileKind::Ogg => sound::ogg(bytes).ok_or(Refused::Unknown),
        _ => return None,
    })
}

fn unknown(path: &str, kind: FileKind) -> Cleaned {
    Cleaned { bytes: None, remarks: vec![say::metadata_unknown(path, kind)] }
}

/// Names the parts that tell a position; an empty name is the file itself.
fn told(path: &str, names: &[String]) -> Cleaned {
    let remarks = if names.is_empty() { Vec::new() } else { vec![say::position_told(path, names)] };
    Cleaned { bytes: None, remarks }
}
