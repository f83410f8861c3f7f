//! Numbers before items: those that a list counts differently than they are written, and those that no list and no neighbour explains.

use std::collections::BTreeSet;
use std::ops::Range;

use super::is_han;
use super::near_miss::numbered;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// The numbers of a body.
#[derive(Default)]
pub(super) struct Numbers {
    /// Paragraphs that begin with a number without a space: 1.报名.
    paragraphs: Vec<(u32, Range<usize>, String)>,
    /// For each open list: the number that it shows next, if it counts, and whether one was said.
    lists: Vec<Option<List>>,
}

struct List {
    first: u64,
    next: u64,
    is_said: bool,
}

impl Numbers {
    /// A paragraph in which no line is shown behind another.
    pub(super) fn paragraph(&mut self, text: &str, range: &Range<usize>) {
        if let Some((number, length, write)) = numbered(text.lines().next().unwrap_or_default()) {
            self.paragraphs.push((number, range.start..range.start + length, write));
        }
    }

    /// The paragraphs whose number goes on no other of the text: nothing else tells that they are items. Those of an enumeration are
    /// shown as they are meant.
    pub(super) fn lone(&mut self, text: &str) -> Vec<(Range<usize>, Mistake)> {
        let paragraphs = std::mem::take(&mut self.paragraphs);
        if paragraphs.is_empty() {
            return Vec::new();
        }
        let known = numbers(text);
        let is_lone =
            |number: u32| !known.contains(&(number + 1)) && !number.checked_sub(1).is_some_and(|n| known.contains(&n));
        let lone = paragraphs.into_iter().filter(|(number, ..)| is_lone(*number));
        lone.map(|(_, range, write)| (range, say::list_space(&write))).collect()
    }

    pub(super) fn list(&mut self, first: Option<u64>) {
        self.lists.push(first.map(|first| List { first, next: first, is_said: false }));
    }

    pub(super) fn end_list(&mut self) {
        self.lists.pop();
    }

    /// The next item of the innermost list, if the page shows another number than the one written. The same number before every item is
    /// how Markdown may be written.
    pub(super) fn item(&mut self, text: &str, range: &Range<usize>) -> Option<(Range<usize>, Mistake)> {
        let list = self.lists.last_mut()?.as_mut()?;
        let shown = list.next;
        list.next += 1;
        let item = &text[range.clone()];
        let start = range.start + item.len() - item.trim_start().len();
        let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        let written: u64 = text[start..start + digits].parse().ok()?;
        if written == shown || written == list.first || std::mem::replace(&mut list.is_said, true) {
            return None;
        }
        let behind = text[start + digits + 1..].lines().next().unwrap_or_default().trim();
        Some((start..start + digits, say::counted_otherwise(written, shown, behind)))
    }
}

/// The numbers of a text that stand before Han: of 附件：1.名单 too.
fn numbers(text: &str) -> BTreeSet<u32> {
    let number = |(at, sign): (usize, &str)| {
        let before = &text[..at];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let is_item = (1..=2).contains(&digits) && text[at + sign.len()..].starts_with(is_han);
        before[at - digits..].parse().ok().filter(|_| is_item)
    };
    text.match_indices(['.', ')']).filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use crate::markdown::read;

    /// The texts at which numbers are said.
    fn said(body: &str) -> Vec<String> {
        read(body).mistakes.into_iter().map(|(range, _)| body[range].to_owned()).collect()
    }

    #[test]
    fn a_number_that_the_list_counts_otherwise_is_said_once() {
        assert_eq!(said("1. 甲\n3. 乙\n4. 丙"), ["3"]);
        assert_eq!(said("一段\n\n1. 甲\n2. 乙\n2. 丙\n3. 丁"), ["2"]);
        for body in [
            "1. 甲\n1. 乙\n1. 丙",
            "3. 甲\n4. 乙",
            "1. 甲\n2. 乙\n\n一段\n\n5. 丙",
            "- 甲\n- 乙",
            "1. 甲\n   1. 子\n   2. 子\n2. 乙",
        ] {
            assert_eq!(said(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn numbers_of_paragraphs_are_as_meant_if_they_count() {
        assert_eq!(said("1.健全制度。\n\n一段。\n\n2.落实经费。"), [""; 0]);
        assert_eq!(said("1.健全制度。\n2.落实经费。"), ["2."]);
        assert_eq!(said("须知\n1.报名"), ["1."]);
        assert_eq!(said("1.只有一条"), ["1."]);
        assert_eq!(said("附件：1.名单\n\n2.分工"), [""; 0]);
        assert_eq!(said("每年一次培训。\n2. 组建队伍"), ["2."]);
        assert_eq!(said("- 甲\n\n7.报名"), ["7."]);
        assert_eq!(said("● 报名\n● 缴费"), ["●", "●"]);
        assert_eq!(said("| 姓名 | 电话 |\n| 张 | 1 |\n| 李 | 2 |"), ["|"]);
    }
}
