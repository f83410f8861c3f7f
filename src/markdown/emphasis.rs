//! Which runs of `*`, `_` and `~` are emphasis: by the rules of `CommonMark`, or by rules that know Chinese.
//!
//! `CommonMark` asks for a space or punctuation on one side of a mark whose other side is punctuation. Chinese has no
//! spaces, so `注意**（一）**后文` would stay as written; and Chinese writes marks that are no emphasis: masked phones
//! (`138****1234`), masked names (`张*明`), products (`3*4*5`), ranges (`20~~30`).

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::{is_han, is_wide};

/// By which rules emphasis is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// `CommonMark` 0.31, section 6.2, with `~` and `~~` as in GFM. Tests compare it with the parser.
    CommonMark,
    /// The rules for Chinese.
    Chinese,
}

/// A run of one mark.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where it stands.
    pub range: Range<usize>,
    /// The mark.
    pub mark: u8,
    can_open: bool,
    can_close: bool,
    /// Between two characters of words: it pairs only with one that is not, except as `**`.
    within_word: bool,
    /// Marks that are not used yet: those on the left close, those on the right open.
    left: usize,
}

/// A pair of marks of two runs, which are told by their place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The run that opens.
    pub open: usize,
    /// The run that closes.
    pub close: usize,
    /// One mark or two.
    pub len: usize,
}

impl Run {
    /// The run at `range` of `text`. Of the characters around it, those outside `leaf` count as spaces.
    pub fn new(text: &str, range: Range<usize>, leaf: &Range<usize>, rules: Rules) -> Self {
        let around = Around::new(text, &range, leaf);
        let mark = text.as_bytes()[range.start];
        let (can_open, can_close) = match rules {
            Rules::CommonMark => around.flanks(mark),
            Rules::Chinese => around.opens_and_closes(mark, range.len(), || is_masked(text, &range)),
        };
        let within_word = rules == Rules::Chinese && around.is_word();
        Self { left: range.len(), range, mark, can_open, can_close, within_word }
    }

    fn is_double(&self) -> bool {
        self.range.len() == 2 && self.mark != b'_'
    }
}

/// The pairs of `runs`, which stand in one paragraph or link, from inside out.
pub fn pairs(text: &str, runs: &mut [Run], leaf: &Range<usize>, rules: Rules) -> Vec<Pair> {
    if rules == Rules::Chinese {
        for mark in [b'*', b'~'] {
            alternate(text, runs, leaf, mark);
        }
    }
    let mut pairs = Vec::new();
    // Runs that may still be closed.
    let mut open: Vec<usize> = Vec::new();
    // For closing runs that fit the same runs, the first run that has to be searched for them.
    let mut bottoms: BTreeMap<(u8, bool, bool, usize), usize> = BTreeMap::new();
    for close in 0..runs.len() {
        while runs[close].can_close && runs[close].left > 0 {
            let run = &runs[close];
            let len =
                if rules == Rules::CommonMark || run.mark == b'_' { run.range.len() % 3 } else { run.range.len() };
            let bottom = bottoms.entry((run.mark, run.can_open, run.within_word, len)).or_default();
            let from = open.partition_point(|nth| *nth < *bottom);
            let Some(at) = (from..open.len()).rev().find(|at| fits(&runs[open[*at]], run, rules)) else {
                *bottom = close;
                break;
            };
            let nth = open[at];
            let len = if run.left >= 2 && runs[nth].left >= 2 { 2 } else { 1 };
            pairs.push(Pair { open: nth, close, len });
            runs[close].left -= len;
            runs[nth].left -= len;
            open.truncate(if runs[nth].left == 0 { at } else { at + 1 });
        }
        if runs[close].can_open && runs[close].left > 0 {
            open.push(close);
        }
    }
    pairs
}

/// Whether `close` may close `open`.
fn fits(open: &Run, close: &Run, rules: Rules) -> bool {
    if open.mark != close.mark {
        return false;
    }
    let (opening, closing) = (open.range.len(), close.range.len());
    if open.mark == b'~' {
        return opening == closing && opening <= 2;
    }
    let is_both = (open.can_open && open.can_close) || (close.can_open && close.can_close);
    let by_three = is_both && (opening + closing) % 3 == 0 && !(opening % 3 == 0 && closing % 3 == 0);
    match rules {
        Rules::CommonMark => !by_three,
        Rules::Chinese => {
            let is_vague = open.within_word && close.within_word && opening == 1;
            let is_even = open.mark == b'_' || opening == closing || opening == 3 || closing == 3;
            !by_three && !is_vague && is_even
        }
    }
}

/// Decides which runs of two marks open and which close: they take turns. Runs that look like masked names, or that stand between digits, count
/// only where the pairs are better with them.
fn alternate(text: &str, runs: &mut [Run], leaf: &Range<usize>, mark: u8) {
    let around = |run: &Run| Around::new(text, &run.range, leaf);
    let doubles: Vec<usize> = (0..runs.len())
        .filter(|nth| {
            runs[*nth].is_double() && runs[*nth].mark == mark && (runs[*nth].can_open || runs[*nth].can_close)
        })
        .collect();
    let is_doubtful = |run: &Run| is_masked_name(text, &run.range) || around(run).is_number();
    let plain: Vec<usize> = doubles.iter().copied().filter(|nth| !is_doubtful(&runs[*nth])).collect();
    // How many ends are unlikely if the runs take turns; none if they cannot.
    let unlikely = |turns: &[usize]| {
        let mut count = 0;
        for pair in turns.chunks(2) {
            let [open, close] = *pair else { return None };
            if !runs[open].can_open || !runs[close].can_close {
                return None;
            }
            count += usize::from(is_closing(around(&runs[open]).after));
            let last = around(&runs[close]).before;
            count += usize::from(is_opening(last) || "，、；,;".contains(last));
        }
        Some(count)
    };
    let turns = match (unlikely(&plain), unlikely(&doubles)) {
        (Some(without), Some(with)) if with < without => &doubles,
        (None, Some(_)) => &doubles,
        (Some(_), _) => &plain,
        // Some are nested or have no partner.
        (None, None) => {
            for nth in doubles {
                let Around { before, after } = around(&runs[nth]);
                let is_doubtful = plain.binary_search(&nth).is_err();
                runs[nth].can_open &= !is_doubtful && !is_closing(after);
                runs[nth].can_close &= !is_doubtful && !is_opening(before);
            }
            return;
        }
    };
    for nth in &doubles {
        (runs[*nth].can_open, runs[*nth].can_close) = (false, false);
    }
    for (turn, nth) in turns.iter().enumerate() {
        (runs[*nth].can_open, runs[*nth].can_close) = (turn % 2 == 0, turn % 2 == 1);
    }
}

/// The characters before and after a run.
#[derive(Clone, Copy)]
struct Around {
    before: char,
    after: char,
}

impl Around {
    fn new(text: &str, range: &Range<usize>, leaf: &Range<usize>) -> Self {
        let before = text.get(leaf.start..range.start).and_then(|text| text.chars().next_back());
        let after = text.get(range.end..leaf.end).and_then(|text| text.chars().next());
        Self { before: before.unwrap_or(' '), after: after.unwrap_or(' ') }
    }

    /// Left- and right-flanking (`CommonMark`, 6.2), and what that means for a mark.
    fn flanks(self, mark: u8) -> (bool, bool) {
        let (before, after) = (self.before, self.after);
        let left =
            !after.is_whitespace() && (!is_punctuation(after) || before.is_whitespace() || is_punctuation(before));
        let right =
            !before.is_whitespace() && (!is_punctuation(before) || after.is_whitespace() || is_punctuation(after));
        if mark == b'_' {
            (left && (!right || is_punctuation(before)), right && (!left || is_punctuation(after)))
        } else {
            (left, right)
        }
    }

    /// The same by the rules for Chinese.
    fn opens_and_closes(self, mark: u8, len: usize, is_masked: impl Fn() -> bool) -> (bool, bool) {
        let is_text = match mark {
            b'_' => return self.flanks(mark),
            // 20~30 is a range.
            b'~' => len != 2,
            _ => len > 3 || (len != 2 && is_masked()),
        };
        // 3*4 is a product. Two marks between digits may end a bold word before a number.
        if is_text || (self.is_number() && (len != 2 || is_masked())) {
            return (false, false);
        }
        if !is_wide(self.before) && !is_wide(self.after) {
            return self.flanks(mark);
        }
        let opens = !self.after.is_whitespace();
        let closes = !self.before.is_whitespace();
        if len == 2 {
            return (opens, closes);
        }
        // Emphasis does not begin with a comma, nor end with an opening bracket.
        (opens && !is_closing(self.after), closes && !is_opening(self.before))
    }

    /// Between two digits.
    fn is_number(self) -> bool {
        self.before.is_ascii_digit() && self.after.is_ascii_digit()
    }

    /// Between two characters of words.
    fn is_word(self) -> bool {
        self.before.is_alphanumeric() && self.after.is_alphanumeric()
    }
}

/// Punctuation as `CommonMark` means it: of ASCII, and of the Unicode categories P and S.
fn is_punctuation(c: char) -> bool {
    let is_part_of_another =
        matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !is_part_of_another
}

fn is_opening(c: char) -> bool {
    "（《〈「『【〔［｛“‘([{".contains(c)
}

/// Whether punctuation ends or separates something.
fn is_closing(c: char) -> bool {
    "，。、；：！？）》〉」』】〕］｝”’·,.;:!?)]}".contains(c)
}

/// Whether the marks at `range` hide a part of a name or of a number.
fn is_masked(text: &str, range: &Range<usize>) -> bool {
    is_masked_name(text, range) || is_masked_number(text, range)
}

/// Digits on each side of a masked number, at least.
const SHOWN: usize = 3;

/// Whether the marks at `range` hide a part of a number, as in `138**5678`. A bold word may end with digits (`**ISO9001**8 月`), but these do not
/// begin it.
fn is_masked_number(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end_matches(|c: char| c.is_ascii_digit());
    let after = text[range.end..].bytes().take_while(u8::is_ascii_digit).count();
    let begins = !before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '*');
    begins && range.start - before.len() >= SHOWN && after >= SHOWN
}

/// Whether the marks at `range` hide a part of a person's name, as in `张*明、欧阳**，李**`.
pub fn is_masked_name(text: &str, range: &Range<usize>) -> bool {
    if text.as_bytes()[range.start] != b'*' || range.len() > 3 {
        return false;
    }
    let mut before = text[..range.start].chars().rev();
    let (Some(last), first) = (before.next(), before.next()) else { return false };
    let is_compound = first.is_some_and(|first| NAMES.compound.contains(&[first, last]));
    let outside = if is_compound { before.next() } else { first };
    let is_edge = |c: char| !(c.is_alphanumeric() || c == '*');
    if !is_compound && !NAMES.single.contains(&last) || !outside.is_none_or(|c| is_edge(c) || NAMES.before.contains(&c))
    {
        return false;
    }
    let mut after = text[range.end..].chars();
    // At most two characters of the given name follow.
    for _ in 0..3 {
        match after.next() {
            Some(c) if is_han(c) && !NAMES.after.contains(&c) => {}
            Some(c) if c.is_alphanumeric() && !is_han(c) => return false,
            Some(_) | None => return true,
        }
    }
    false
}

/// Whether a unit or a label of a form may begin with a character, as in `__月__日`.
pub fn begins_unit(c: char) -> bool {
    NAMES.units.contains(&c)
}

/// What tells a masked name from emphasis.
struct Names {
    /// Surnames of one character.
    single: HashSet<char>,
    /// Surnames of two.
    compound: HashSet<[char; 2]>,
    /// Characters that stand before a name without a gap, such as the last of a title.
    before: HashSet<char>,
    /// Characters that stand after a name without a gap.
    after: HashSet<char>,
    /// Characters with which a unit begins.
    units: HashSet<char>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut lines = include_str!("names.txt").lines().filter(|line| !line.starts_with('#'));
    let mut next = || lines.next().unwrap_or_default();
    let (single, compound, before, after, units) = (next(), next(), next(), next(), next());
    let pair = |name: &str| name.chars().collect::<Vec<_>>().try_into().ok();
    Names {
        single: single.chars().collect(),
        compound: compound.split(' ').filter_map(pair).collect(),
        before: before.chars().collect(),
        after: after.chars().collect(),
        units: units.chars().collect(),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with what is emphasis in brackets.
    fn marked(text: &str) -> String {
        let leaf = 0..text.len();
        let mut runs = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(['*', '~']) {
            let start = at + found;
            let mark = text.as_bytes()[start];
            at = start + text.as_bytes()[start..].iter().take_while(|byte| **byte == mark).count();
            runs.push(Run::new(text, start..at, &leaf, Rules::Chinese));
        }
        let pairs = pairs(text, &mut runs, &leaf, Rules::Chinese);
        let mut shown = String::new();
        let mut from = 0;
        for (nth, run) in runs.iter().enumerate() {
            shown.push_str(&text[from..run.range.start]);
            from = run.range.end;
            pairs.iter().filter(|pair| pair.close == nth).for_each(|pair| shown.push_str(&"]".repeat(pair.len)));
            shown.push_str(&text[run.range.start..run.range.start + run.left]);
            pairs.iter().filter(|pair| pair.open == nth).for_each(|pair| shown.push_str(&"[".repeat(pair.len)));
        }
        shown + &text[from..]
    }

    #[test]
    fn what_is_masked_stays_as_written() {
        for text in [
            "电话 138****1234（张老师）、139****5678（李老师）。",
            "获奖：张*、李*。",
            "获奖：张*明，李*华。",
            "学员张*明和李*华同学",
            "名单：王**、赵**、欧阳**（女）。",
            "王**（女）、李**（男）",
            "场地 3*4*5 米，另一块 6*7 米",
            "长*宽*高",
            "20~~30 人，40~~50 人",
            "20~30 岁和40~50 岁",
            "3701**********1234，3702**********5678",
            "2*(3+4)*5",
            "a*b*c",
        ] {
            assert_eq!(marked(text), text);
        }
        assert_eq!(marked("**电话：138****1234，139****5678**"), "[[电话：138****1234，139****5678]]");
        assert_eq!(marked("**注意** 138**5678"), "[[注意]] 138**5678");
        assert_eq!(marked("**注意：138**5678"), "**注意：138**5678");
        assert_eq!(marked("3**4=81，2**3=8"), "3**4=81，2**3=8");
        assert_eq!(marked("**获奖：张**明，李**华**"), "[[获奖：张**明，李**华]]");
        assert_eq!(marked("王**、李**；**重点**内容"), "王**、李**；[[重点]]内容");
    }

    #[test]
    fn spans_beside_punctuation_take_turns() {
        let check = |text: &str| assert_eq!(marked(&text.replace(['[', ']'], "*")), text);
        check("[[“甲”]]和[[“乙”]]");
        check("[[注意：]]请早到。这是[[《论语》]]课。");
        check("甲[[（一）]]乙[[（二）]]丙");
        check("王[[（一）]]，李[[（二）]]。");
        check("[（一）]乙[（二）]丙");
        check("[重点]内容，[又一]个");
        check("甲[[乙]]丙");
        check("[[ISO9001]]8月20日，[[H5]]5.5万元");
        check("共[[120]]35分钟");
        check("[[甲]]（一）[[乙]]");
        check("[[[重点]]]内容");
        check("[[甲[（乙）]丙]]丁");
        assert_eq!(marked("~~（一）~~乙~~（二）~~丙"), "[[（一）]]乙[[（二）]]丙");
    }

    #[test]
    fn a_mark_without_a_partner_is_text() {
        for text in ["** 里面有空格 **", "注：*为必填项", "**甲*乙", "5*公斤", "甲**", "**", "（带*为必填）"]
        {
            assert_eq!(marked(text), text);
        }
    }
}
