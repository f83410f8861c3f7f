//! Passages: the units of the index. A page is one passage; a very long page is split at lines into several, each with a text file, so that a
//! reader need not fetch all of it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fold;
use super::text::Text;
use crate::content::sample;

/// What stands in the title.
pub const TITLE: u32 = 1;
/// What stands in a heading.
pub const HEADING: u32 = 2;
/// Characters of a page that is one passage.
const WHOLE: usize = 12_000;
/// Characters of a passage of a longer page, about.
const PIECE: usize = 3000;

/// A folded passage.
#[derive(Debug)]
pub struct Passage {
    /// Its units.
    pub units: Box<[u16]>,
    /// The title, folded as a query; empty in all but the first passage of a page.
    pub asked: Box<[u16]>,
    /// Where each part of it ends, and the flags of what stands there.
    ends: Vec<(usize, u32)>,
}

impl Passage {
    /// The title, in the first passage of a page.
    pub fn title(&self) -> Option<&[u16]> {
        self.parts().find(|(_, flags)| *flags == TITLE).map(|(units, _)| units)
    }

    /// All but the title.
    pub fn lines(&self) -> &[u16] {
        &self.units[self.title().map_or(0, <[u16]>::len)..]
    }

    /// Its parts, each with the flags of what stands there.
    pub fn parts(&self) -> impl Iterator<Item = (&[u16], u32)> {
        let mut from = 0;
        self.ends.iter().map(move |(end, flags)| (&self.units[std::mem::replace(&mut from, *end)..*end], *flags))
    }
}

/// The stretches of a document's text that are its passages, each of whole lines; at least one.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let length = text.chars().count();
    if length <= WHOLE {
        return std::iter::once(0..text.len()).collect();
    }
    let size = length.div_ceil(length.div_ceil(PIECE));
    let mut pieces = Vec::new();
    let (mut start, mut at, mut held) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let long = line.chars().count();
        // A line goes where the greater part of it fits.
        if held > 0 && held + long / 2 > size {
            pieces.push(start..at);
            (start, held) = (at, 0);
        }
        at += line.len();
        held += long;
    }
    pieces.push(start..at);
    pieces
}

/// The passages of a text, folded; the title stands in the first. Characters that only a table can fold are noted in `seen`.
pub fn fold(text: &Text, seen: &mut BTreeSet<char>) -> Vec<Passage> {
    let pieces = split(&text.lines).into_iter().enumerate();
    pieces.map(|(number, piece)| fold_one(text, number == 0, piece, seen)).collect()
}

fn fold_one(whole: &Text, is_first: bool, piece: Range<usize>, seen: &mut BTreeSet<char>) -> Passage {
    let (mut units, mut ends) = (Vec::new(), Vec::new());
    let mut add = |text: &str, flags: u32| {
        // A word never runs over from one part into the next.
        if units.last().is_some_and(|last| *last != u16::from(b' ')) {
            units.push(u16::from(b' '));
        }
        fold::fold(text, &mut units, seen);
        ends.push((units.len(), flags));
    };
    if is_first {
        add(&whole.title, TITLE);
    }
    let mut from = piece.start;
    let inside =
        |heading: &&Range<usize>| piece.contains(&heading.start) && heading.end <= piece.end && !heading.is_empty();
    for heading in whole.headings.iter().filter(inside) {
        add(&whole.lines[from..heading.start], 0);
        add(&whole.lines[heading.clone()], HEADING);
        from = heading.end;
    }
    add(&whole.lines[from.min(piece.end)..piece.end], 0);
    let asked = if is_first { fold::folded_query(sample::without_mark(&whole.title)) } else { Vec::new() };
    Passage { units: units.into(), asked: asked.into(), ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_lines_and_nothing_is_lost() {
        let line = format!("{}\n", "学".repeat(799));
        let text = line.repeat(18);
        let pieces = split(&text);
        let lengths: Vec<usize> = pieces.iter().map(|piece| text[piece.clone()].chars().count()).collect();
        assert_eq!(lengths, [3200, 3200, 3200, 3200, 1600]);
        assert_eq!(pieces.iter().map(|piece| &text[piece.clone()]).collect::<String>(), text);
        assert_eq!(split("短\n").len(), 1);
        assert_eq!(split("").len(), 1);
        assert_eq!(split(&"长".repeat(20_000)).len(), 1, "a line stays whole");
    }

    #[test]
    fn a_sample_is_asked_for_by_its_title_as_written() {
        let asked = |title: &str| {
            let text = Text { title: title.to_owned(), ..Text::default() };
            fold(&text, &mut BTreeSet::new()).remove(0).asked
        };
        assert_eq!(asked("太极拳（示例）"), asked("太极拳"));
        assert_ne!(asked("太极拳示例"), asked("太极拳"));
    }

    #[test]
    fn what_stands_in_title_and_headings_is_told_apart() {
        let text = Text {
            title: "甲".to_owned(),
            lines: "乙\n丙\n丁".to_owned(),
            headings: std::iter::once(4..7).collect(),
            ..Text::default()
        };
        let passages = fold(&text, &mut BTreeSet::new());
        let parts: Vec<(String, u32)> =
            passages[0].parts().map(|(units, flags)| (String::from_utf16_lossy(units), flags)).collect();
        let part = |text: &str, flags| (text.to_owned(), flags);
        assert_eq!(parts, [part("甲", TITLE), part(" 乙", 0), part(" 丙", HEADING), part(" 丁", 0)]);
    }
}
