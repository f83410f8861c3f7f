//! Tables of Markdown: a heading says what the cells below it are.

use std::ops::Range;

use super::Found;

/// Reads each cell with its heading, where that explains it; what was found in the cell without it counts no more.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if memchr::memchr(b'|', text.as_bytes()).is_none() || !text.contains("--") {
        return;
    }
    let (mut explained, mut more) = (Vec::new(), Vec::new());
    let mut lines = lines(text).peekable();
    while let Some(head) = lines.next() {
        if lines.next_if(|line| is_delimiter(&text[line.clone()])).is_none() {
            continue;
        }
        let heading = |cell: Range<usize>| Some(text[cell].trim()).filter(|heading| super::is_heading(heading));
        let headings: Vec<Option<&str>> = cells(text, &head).into_iter().map(heading).collect();
        if headings.iter().all(Option::is_none) {
            continue;
        }
        while let Some(row) = lines.next_if(|line| text[line.clone()].contains('|')) {
            for (cell, heading) in cells(text, &row).into_iter().zip(&headings) {
                if let Some(heading) = heading {
                    more.extend(of_cell(text, &cell, heading));
                    explained.push(cell);
                }
            }
        }
    }
    // Cells come in order.
    found.retain(|one| {
        let after = explained.partition_point(|cell: &Range<usize>| cell.end <= one.range.start);
        explained.get(after).is_none_or(|cell| cell.start > one.range.start)
    });
    found.extend(more);
}

/// What a cell says below its heading.
fn of_cell(text: &str, cell: &Range<usize>, heading: &str) -> Vec<Found> {
    let label = format!("{heading}：");
    let mut labelled = super::of_text(&format!("{label}{}", &text[cell.clone()]));
    labelled.retain(|one| one.range.start >= label.len());
    for one in &mut labelled {
        let moved = |at: usize| at - label.len() + cell.start;
        one.range = moved(one.range.start)..moved(one.range.end);
    }
    labelled
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end().len()
    })
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells of a row, by the bars that no backslash escapes; the bars at the ends are left out.
fn cells(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let row = &text[line.clone()];
    let indent = row.len() - row.trim_start().len();
    let first = indent + usize::from(row[indent..].starts_with('|'));
    let mut start = first;
    let mut cells = Vec::new();
    for (at, _) in row.match_indices('|').filter(|(at, _)| *at >= first && !row[..*at].ends_with('\\')) {
        cells.push(line.start + start..line.start + at);
        start = at + 1;
    }
    if !row[start..].trim().is_empty() {
        cells.push(line.start + start..line.end);
    }
    cells
}
