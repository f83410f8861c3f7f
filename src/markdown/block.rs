//! Typed blocks in bodies: `::: gallery`, `::: note`, `::: video`, `::: contact`.

use std::ops::Range;

use crate::diag::catalogue as say;
use crate::diag::{Mistake, nearest};

/// A typed block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A row of pictures; alt texts are the captions.
    Gallery {
        /// Heading.
        title: Option<String>,
    },
    /// A note.
    Note {
        /// Heading.
        title: Option<String>,
    },
    /// A video file.
    Video {
        /// The file path, as written.
        file: String,
        /// Range of the file path in the line.
        file_range: Range<usize>,
        /// Caption.
        title: Option<String>,
    },
    /// Contact details.
    Contact {
        /// Heading.
        title: Option<String>,
    },
}

impl Block {
    /// The name of the block in Markdown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Gallery { .. } => "gallery",
            Self::Note { .. } => "note",
            Self::Video { .. } => "video",
            Self::Contact { .. } => "contact",
        }
    }
}

/// The names of all blocks.
pub(super) const NAMES: [&str; 4] = ["gallery", "note", "video", "contact"];

/// A line that begins with `:::`.
pub enum BlockLine {
    /// The beginning of a block, with the mistakes in its attributes.
    Open(Block, Vec<(Range<usize>, Mistake)>),
    /// The beginning of an unknown block.
    Unknown(Range<usize>, Mistake),
    /// The end of a block.
    Close,
}

/// Parses a line. Ranges are relative to the line.
pub fn read_line(line: &str) -> Option<BlockLine> {
    let rest = line.strip_prefix(":::")?.trim_start_matches(':');
    let rest_at = line.len() - rest.len();
    let name = rest.split_whitespace().next();
    let Some(name) = name else { return Some(BlockLine::Close) };
    let name_at = rest_at + rest.find(name).unwrap_or(0);
    let name_range = name_at..name_at + name.len();
    let Some(name) = NAMES.into_iter().find(|known| *known == name) else {
        return Some(BlockLine::Unknown(name_range, say::unknown_block(name, nearest(name, NAMES))));
    };
    Some(open(name, name_range.clone(), &line[name_range.end..]))
}

/// Parses the attributes: words without `=` are the title, `key=value` or `key="value"` are attributes.
fn open(name: &'static str, name_range: Range<usize>, rest: &str) -> BlockLine {
    let mut title = Vec::new();
    let mut file = None;
    let mut mistakes = Vec::new();
    for (range, word) in words(rest) {
        let range = name_range.end + range.start..name_range.end + range.end;
        let Some((key, value)) = word.split_once('=').filter(|(key, _)| key.bytes().all(|b| b.is_ascii_alphanumeric()))
        else {
            title.push(word.trim_matches('"'));
            continue;
        };
        let value = value.trim_matches('"');
        match (name, key) {
            (_, "title") => title.push(value),
            ("video", "file") => file = Some((value.to_owned(), range)),
            _ => mistakes.push((range.start..range.start + key.len(), say::block_attribute(name, key))),
        }
    }
    let title = Some(title.join(" ")).filter(|title| !title.is_empty());
    let block = match name {
        "gallery" => Block::Gallery { title },
        "note" => Block::Note { title },
        "contact" => Block::Contact { title },
        _ => {
            if file.is_none() {
                mistakes.push((name_range.clone(), say::block_needs("video", "file")));
            }
            let (file, file_range) = file.unwrap_or((String::new(), name_range));
            if let Some(extension) = strange_extension(&file) {
                mistakes.push((file_range.clone(), say::block_film(&extension)));
            }
            Block::Video { file, file_range, title }
        }
    };
    BlockLine::Open(block, mistakes)
}

/// Extensions of films.
const FILMS: [&str; 6] = ["mp4", "m4v", "mov", "webm", "ogv", "ogg"];

/// The extension of a file that is no film. Names without one are judged by their bytes.
fn strange_extension(file: &str) -> Option<String> {
    let name = file.rsplit('/').next()?;
    let (_, extension) = name.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    let is_one = (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_one && !FILMS.contains(&extension.as_str())).then_some(extension)
}

/// Splits at spaces; a quoted part is one word.
fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c == '"' {
            quoted = !quoted;
        }
        let gap = c.is_whitespace() && (!quoted || at == text.len());
        match (gap, start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push((from..at, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_with_title_and_attributes() {
        let Some(BlockLine::Open(block, mistakes)) = read_line("::: video file=\"a b.mp4\" 开幕式 片段 colour=red")
        else {
            panic!("open")
        };
        let Block::Video { file, title, .. } = block else { panic!("video") };
        assert_eq!((file.as_str(), title.as_deref()), ("a b.mp4", Some("开幕式 片段")));
        assert_eq!(mistakes.len(), 1);
        assert!(matches!(read_line(":::"), Some(BlockLine::Close)));
        assert!(matches!(read_line("::: nots"), Some(BlockLine::Unknown(..))));
        assert!(read_line("文字").is_none());
    }
}
