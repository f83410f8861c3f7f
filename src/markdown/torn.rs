//! Paragraphs into which one was torn: programs that show pages copy each line as a paragraph of its own.

use std::ops::Range;

use super::is_han;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// Characters of a line that fills the width of a page, at least.
const FULL: usize = 20;
/// Torn places that are no accident.
const MANY: usize = 3;

/// The places of a body at which a sentence goes on in the next paragraph.
#[derive(Default)]
pub(super) struct Torn {
    /// The last paragraph of one line, if its sentence does not end.
    open: Option<Range<usize>>,
    first: Option<Range<usize>>,
    count: usize,
}

impl Torn {
    pub(super) fn paragraph(&mut self, text: &str, range: &Range<usize>) {
        let paragraph = text[range.clone()].trim_end();
        if let Some(open) = self.open.take()
            && text[open.end..range.start].trim().is_empty()
            && goes_on(paragraph)
        {
            self.count += 1;
            self.first.get_or_insert(open);
        }
        // Titles are long too, but hold no comma; a heading is numbered.
        let is_open = !paragraph.contains('\n')
            && paragraph.contains(['，', '。'])
            && !is_numbered(paragraph)
            && paragraph.chars().take(FULL).count() == FULL
            && paragraph.ends_with(|c: char| is_han(c) || matches!(c, '，' | '、' | '《' | '（'));
        self.open = is_open.then(|| range.start..range.start + paragraph.len());
    }

    /// What is said of all of them, at the first.
    pub(super) fn mistake(&mut self) -> Option<(Range<usize>, Mistake)> {
        let first = self.first.take().filter(|_| self.count >= MANY)?;
        Some((first, say::torn_paragraphs(self.count)))
    }
}

/// Whether a paragraph may be the rest of a sentence: it begins with no number or sign of an item.
fn goes_on(paragraph: &str) -> bool {
    let begins = |c: char| is_han(c) || matches!(c, '《' | '“' | '，' | '。' | '、' | '）' | '》');
    paragraph.starts_with(begins) && !is_numbered(paragraph)
}

/// Whether a paragraph begins with the number of an item or a heading.
fn is_numbered(paragraph: &str) -> bool {
    let mut start = paragraph.chars();
    let (first, second) = (start.next(), start.next());
    matches!(first, Some('第' | '（' | '(')) || matches!(second, Some('、' | '.' | '．'))
}

#[cfg(test)]
mod tests {
    use crate::markdown::read;

    const LINE: &str = "工作向深度和广度发展，努力争创社区教育实验区，结合我";

    fn said(body: &str) -> usize {
        read(body).mistakes.len()
    }

    #[test]
    fn a_sentence_over_several_paragraphs_is_said_once() {
        assert_eq!(said(&format!("{LINE}\n\n{LINE}\n\n{LINE}\n\n区实际，特制定本方案。")), 1);
    }

    #[test]
    fn lines_that_end_or_are_short_are_paragraphs() {
        let ended = format!("{LINE}区实际，特制定本方案。\n\n").repeat(5);
        let listed = format!("（1）{LINE}\n\n").repeat(5);
        for body in [
            ended,
            listed,
            "指导思想\n\n".repeat(6),
            "某市社区教育三级办学网络建设工作领导小组成员名单\n\n".repeat(6),
            format!("{LINE}\n\n{LINE}\n\n结束。"),
        ] {
            assert_eq!(said(&body), 0, "{body}");
        }
    }
}
