//! Prepares a body for the Markdown parser: replaces typed blocks by marks.
//!
//! Every change is recorded, so that places in the prepared text can be converted to places in the author's text.

use std::ops::Range;

use super::block::{Block, BlockLine, read_line};
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// A body ready to be parsed.
pub struct Prepared {
    /// The prepared text.
    pub text: String,
    /// Where the two texts diverge: positions in the prepared text and in the author's text, sorted.
    shifts: Vec<(usize, usize)>,
    /// Begins and ends of blocks, by the position of their mark in the prepared text.
    pub marks: Vec<(usize, Mark)>,
    /// Mistakes in blocks, placed in the author's text.
    pub mistakes: Vec<(Range<usize>, Mistake)>,
}

/// The beginning or the end of a typed block, or of one that was reported.
pub enum Mark {
    /// A block begins.
    Begin(Block),
    /// The innermost open block ends.
    End,
    /// A line that was reported, or the end of a block that was.
    Nothing,
}

impl Mark {
    /// The file of a video, and its place in the line; none of one without a file.
    pub fn video(&self) -> Option<(&str, &Range<usize>)> {
        match self {
            Self::Begin(Block::Video { file, file_range, .. }) if !file.is_empty() => Some((file, file_range)),
            Self::Begin(_) | Self::End | Self::Nothing => None,
        }
    }
}

impl Prepared {
    /// Converts a range of the prepared text to the author's text.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.original_at(range.start)..self.original_at(range.end)
    }

    fn original_at(&self, at: usize) -> usize {
        let after = self.shifts.partition_point(|(start, _)| *start <= at);
        let (start, original) = after.checked_sub(1).map_or((0, 0), |index| self.shifts[index]);
        let next = self.shifts.get(after).map_or(usize::MAX, |(_, original)| *original);
        (original + (at - start)).min(next)
    }

    /// Replaces the lines of typed blocks by HTML comments, which end every paragraph and list as a block should.
    pub fn new(body: &str) -> Self {
        let mut prepared = Self {
            text: String::with_capacity(body.len()),
            shifts: Vec::new(),
            marks: Vec::new(),
            mistakes: Vec::new(),
        };
        let mut open: Vec<(Range<usize>, &'static str)> = Vec::new();
        let mut fence: Option<(u8, usize)> = None;
        let mut opened = 0..0;
        let mut at = 0;
        for line in body.split_inclusive('\n') {
            let here = at..at + line.trim_end().len();
            at += line.len();
            let before = fence;
            fence = next_fence(fence, line);
            if before.is_none() && fence.is_some() {
                let indent = line.len() - line.trim_start().len();
                opened = here.start + indent..here.end;
            }
            let read = if fence.is_none() { read_line(line.trim_end()) } else { None };
            let Some(read) = read else {
                prepared.text.push_str(line);
                continue;
            };
            let mark = match read {
                BlockLine::Open(block, mistakes) => {
                    open.push((here.clone(), block.name()));
                    let inside = |(range, mistake): (Range<usize>, Mistake)| {
                        (here.start + range.start..here.start + range.end, mistake)
                    };
                    prepared.mistakes.extend(mistakes.into_iter().map(inside));
                    Mark::Begin(block)
                }
                BlockLine::Unknown(range, mistake) => {
                    prepared.mistakes.push((here.start + range.start..here.start + range.end, mistake));
                    open.push((here.clone(), ""));
                    Mark::Nothing
                }
                BlockLine::Close => match open.pop() {
                    Some((_, "")) => Mark::Nothing,
                    Some(_) => Mark::End,
                    None => {
                        prepared.mistakes.push((here.clone(), say::stray_block_end()));
                        Mark::Nothing
                    }
                },
            };
            prepared.push_mark(mark, at);
        }
        if fence.is_some() {
            prepared.mistakes.push((opened, say::open_fence()));
        }
        for (range, name) in open.into_iter().rev() {
            if !name.is_empty() {
                prepared.mistakes.push((range, say::open_block(name)));
                prepared.push_mark(Mark::End, body.len());
            }
        }
        prepared
    }

    fn push_mark(&mut self, mark: Mark, resume: usize) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.marks.push((self.text.len(), mark));
        self.text.push_str("<!---->\n");
        self.shifts.push((self.text.len(), resume));
    }
}

/// Tracks code fences: the fence that is open after `line`.
fn next_fence(open: Option<(u8, usize)>, line: &str) -> Option<(u8, usize)> {
    let bare = line.trim_start();
    if line.len() - bare.len() > 3 && open.is_none() {
        return open;
    }
    let byte = bare.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
    let Some(byte) = byte else { return open };
    let run = bare.bytes().take_while(|b| *b == byte).count();
    match open {
        None if run >= 3 && !(byte == b'`' && bare[run..].contains('`')) => Some((byte, run)),
        Some((fence, length)) if fence == byte && run >= length && bare[run..].trim().is_empty() => None,
        _ => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stay_true_across_marks() {
        let body = "::: note 提示\n**重点：**后文[x](y)\n:::\n末尾\n";
        let prepared = Prepared::new(body);
        for word in ["后文", "[x](y)", "末尾"] {
            let at = prepared.text.find(word).expect("in the prepared text");
            let original = prepared.original(&(at..at + word.len()));
            assert_eq!(&body[original], word);
        }
    }

    #[test]
    fn a_block_in_a_code_fence_is_code() {
        let prepared = Prepared::new("```\n::: note\n```\n");
        assert!(prepared.marks.is_empty() && prepared.mistakes.is_empty());
    }
}
