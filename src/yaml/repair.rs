//! Makes a text that is no YAML readable, so that one slip does not hide the other mistakes of the text.
//!
//! A slip counts only if the parser gets further with its repair, so that the advice given with it holds.

use std::ops::Range;

use super::Mistakes;
use super::slip::{self, Keys, Slip};
use super::syntax::{self, unnamed};
use super::tree::{self, Failure, Node, Value};
use crate::content::walk::Step;
use crate::diag::catalogue as say;
use crate::diag::{Code, Mistake};

/// Maximum number of slips that are repaired in one text.
const ROUNDS: usize = 24;
/// Maximum number of repairs that are tried for one failure.
const TRIES: usize = 24;
/// How many lines above are looked at for the beginning of a literal text.
const BLOCK: usize = 500;
/// Maximum number of bytes that are parsed again for one text.
const BUDGET: usize = 8 << 20;

/// A text after its repair.
#[derive(Debug)]
pub struct Repaired {
    /// What was wrong, each with its place in the original.
    pub mistakes: Mistakes,
    /// The tree of what was made of the text; none if it could not be made readable.
    pub tree: Option<(String, Node)>,
    /// Whether all slips have a name, so that nothing was left out.
    pub certain: bool,
    lines: Vec<Line>,
    /// Where each line begins in the repaired text.
    starts: Vec<usize>,
    /// The last line of which the mistake said last is also true.
    same: Option<Range<usize>>,
}

/// A line: its place in the original, and what it is now.
#[derive(Clone, Debug)]
struct Line {
    range: Range<usize>,
    now: String,
    /// Bytes at the beginning and at the end that are as in the original.
    kept: (usize, usize),
    /// The part of the original about which nothing can be told; empty if there is none.
    spoilt: Range<usize>,
}

/// What the parser made of a text.
enum Read {
    Whole(Node),
    /// The line at which it stopped, and the place in it.
    Stopped((usize, usize), Failure),
}

/// Finds the slips in a text that the parser cannot read.
pub fn repair(text: &str, failure: Failure, keys: &Keys) -> Repaired {
    let mut repaired = Repaired {
        mistakes: Mistakes::new(),
        tree: None,
        certain: true,
        lines: lines(text),
        starts: Vec::new(),
        same: None,
    };
    let mut budget = BUDGET;
    let mut stopped = repaired.stopped(failure);
    for _ in 0..ROUNDS {
        let Read::Stopped(at, failure) = &stopped else { break };
        let next = match repaired.named(*at, failure, keys, &mut budget) {
            Some(next) => next,
            None if !repaired.certain => break,
            None => {
                repaired.certain = false;
                repaired.say_unnamed(failure);
                match repaired.without(at.0, &mut budget) {
                    Some(next) => next,
                    None => break,
                }
            }
        };
        stopped = next;
    }
    if let Read::Whole(node) = stopped {
        repaired.tree = Some((repaired.text(), node));
        let mut start = 0;
        let begin = |line: &Line| {
            let at = start;
            start += line.now.len() + 1;
            at
        };
        repaired.starts = repaired.lines.iter().map(begin).collect();
    }
    repaired
}

fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let line = |line: &str| {
        let now = line.strip_suffix('\n').unwrap_or(line).to_owned();
        let range = start..start + now.len();
        start += line.len();
        Line { range, kept: (now.len(), 0), now, spoilt: 0..0 }
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Whether a slip can be told without the parser.
fn is_sure(slip: &Slip) -> bool {
    matches!(slip.mistake.code, Code::FullWidthColon | Code::FullWidthSpace | Code::TabIndent)
}

/// Whether a slip is tried before others: it is sure, or the cause of what looks like a slip in the next line.
fn comes_first(slip: &Slip) -> bool {
    is_sure(slip) || slip.mistake.code == Code::NotAList
}

/// Where the parser stopped.
fn start(failure: &Failure) -> usize {
    match failure {
        Failure::Syntax(at) => *at,
        Failure::Feature(_, range) => range.start,
    }
}

/// The line that holds the byte `at` of lines of these lengths, and the place in it.
fn locate(lengths: impl Iterator<Item = usize>, at: usize) -> (usize, usize) {
    let (mut start, mut last) = (0, (0, 0));
    for (nth, length) in lengths.enumerate() {
        if at <= start + length {
            return (nth, at - start);
        }
        start += length + 1;
        last = (nth, length);
    }
    last
}

impl Repaired {
    fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.now.as_str(), "\n"]).collect()
    }

    /// The line that holds the byte `at` of the text as it is now, and the place in it.
    fn line_at(&self, at: usize) -> (usize, usize) {
        locate(self.lines.iter().map(|line| line.now.len()), at)
    }

    /// The place in the original of a place in the repaired text; none if it was not written so.
    pub fn original(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let find = |at: usize| {
            let nth = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
            (nth, at - self.starts.get(nth).copied().unwrap_or_default().min(at))
        };
        let (first, from) = find(range.start);
        let (last, to) = find(range.end);
        let line = self.lines.get(first)?;
        let start = line.original(from)?;
        if line.spoilt.contains(&start) {
            return None;
        }
        let end = self.lines.get(last).and_then(|line| line.original(to)).unwrap_or(line.range.end);
        Some(start..end.max(start))
    }

    /// The place in the original of the value at the end of `path`, or of its deepest ancestor that exists.
    pub fn place(&self, path: &[Step]) -> Option<Range<usize>> {
        let (text, root) = self.tree.as_ref()?;
        self.original(&root.place(path, text))
    }

    fn stopped(&self, failure: Failure) -> Read {
        Read::Stopped(self.line_at(start(&failure)), failure)
    }

    /// Parses the text with a line replaced.
    fn with(&self, nth: usize, now: &str, budget: &mut usize) -> Option<Read> {
        let mut text = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            text.push_str(if at == nth { now } else { &line.now });
            text.push('\n');
        }
        *budget = budget.checked_sub(text.len())?;
        Some(match tree::parse(&text) {
            Ok(Some(node)) if matches!(node.value, Value::Map(_)) => Read::Whole(node),
            Ok(_) => Read::Stopped((0, 0), Failure::Syntax(0)),
            Err(failure) => {
                let lengths = self.lines.iter().enumerate();
                let lengths = lengths.map(|(at, line)| if at == nth { now.len() } else { line.now.len() });
                Read::Stopped(locate(lengths, start(&failure)), failure)
            }
        })
    }

    /// Repairs the slip that made the parser stop at a line, and says it. Sure slips come first, also one in the next line,
    /// which the parser may have taken for the rest of this one.
    fn named(&mut self, stop: (usize, usize), failure: &Failure, keys: &Keys, budget: &mut usize) -> Option<Read> {
        let at = stop.0;
        let mut tries = TRIES;
        let suspects = self.suspects(at, failure);
        let next_line = (at + 1 < self.lines.len()).then_some(at + 1);
        let sure = suspects.iter().copied().chain(next_line).map(|nth| (nth, true));
        let tried: Vec<(usize, bool)> = sure.chain(suspects.iter().map(|nth| (*nth, false))).collect();
        for (nth, sure) in tried {
            let line = self.lines.get(nth)?.now.clone();
            let mut slips = slip::slips(&line, keys, nth == at || nth + 1 == at);
            if nth == at && slip::begins_with_field(&line, keys) {
                slips.extend(self.moved(nth));
            }
            slips.extend(self.continued(nth, keys));
            for slip in slips.into_iter().filter(|slip| comes_first(slip) == sure) {
                let sure = is_sure(&slip);
                tries = tries.checked_sub(1)?;
                let next = self.with(nth, &slip.line, budget)?;
                let further = match &next {
                    Read::Whole(_) => true,
                    // The parser stops elsewhere: further on, or earlier at what an open quote had hidden. A sure slip is
                    // one even where it stops at the end of the text as before.
                    Read::Stopped(next, _) => next.0 != nth && (*next != stop || sure),
                };
                if further {
                    self.accept(nth, slip, failure);
                    return Some(next);
                }
            }
        }
        None
    }

    /// The lines that may hold the slip, the likeliest first: where the parser stopped, where something is left open,
    /// and those before.
    fn suspects(&self, at: usize, failure: &Failure) -> Vec<usize> {
        let mut suspects = vec![at];
        if let Failure::Syntax(stop) = failure {
            let text = self.text();
            let stop = (0..=(*stop).min(text.len())).rev().find(|stop| text.is_char_boundary(*stop)).unwrap_or(0);
            suspects.extend(syntax::left_open(&text[..stop]).map(|(open, _)| self.line_at(open).0));
        }
        let written = |nth: &usize| !self.lines[*nth].now.trim().is_empty() && !self.in_block(*nth);
        for nth in (0..at).rev().filter(written).take(12) {
            if !suspects.contains(&nth) {
                suspects.push(nth);
            }
        }
        suspects
    }

    /// Whether a line is one of a literal text, in which nothing is a slip.
    fn in_block(&self, nth: usize) -> bool {
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let mut inner = indent(&self.lines[nth].now);
        for line in self.lines[..nth].iter().rev().map(|line| &line.now).take(BLOCK) {
            if inner == 0 {
                return false;
            }
            if !line.trim().is_empty() && indent(line) < inner {
                inner = indent(line);
                let value = line.rsplit_once(": ").map_or("", |(_, value)| value.trim());
                if value.starts_with(['|', '>']) && value.len() <= 3 {
                    return true;
                }
            }
        }
        false
    }

    /// A line moved to a column at which another one above begins.
    fn moved(&self, nth: usize) -> Vec<Slip> {
        let line = &self.lines[nth].now;
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let mut columns: Vec<usize> = Vec::new();
        let above = self.lines[..nth].iter().rev().filter(|line| !line.now.trim().is_empty()).take(30);
        for line in above {
            let own = slip::column(&line.now);
            if own != indent && !columns.contains(&own) {
                columns.push(own);
            }
        }
        let slip = |column: usize| Slip {
            range: indent..line.trim_end().len(),
            mistake: say::yaml_indent(),
            line: format!("{}{bare}", " ".repeat(column)),
            spoilt: 0..0,
        };
        columns.into_iter().take(5).map(slip).collect()
    }

    /// A line that goes on the text above it without being indented, as the rest of a title.
    fn continued(&self, nth: usize, keys: &Keys) -> Option<Slip> {
        let line = &self.lines[nth].now;
        let bare = line.trim();
        let above =
            self.lines[..nth].iter().rev().map(|line| line.now.as_str()).find(|line| !line.trim().is_empty())?;
        let (key, value) = slip::key(above).map(|(key, at)| (key, above[at..].trim()))?;
        let is_rest = keys.is_text(key)
            && !value.is_empty()
            && !value.starts_with(['"', '\'', '[', '{', '|', '>'])
            && !bare.starts_with(['-', '#', '[', '{'])
            && !bare.contains([':', '：']);
        if bare.is_empty() || !is_rest {
            return None;
        }
        let mistake = say::yaml_broken_line(&format!("{key}: {value}{bare}"));
        let indent = line.len() - line.trim_start().len();
        let line = format!("{}{bare}", " ".repeat(slip::column(above) + 2));
        Some(Slip { range: indent..indent + bare.len(), mistake, line, spoilt: 0..0 })
    }

    fn accept(&mut self, nth: usize, slip: Slip, failure: &Failure) {
        let Slip { range, mistake, line: now, spoilt } = slip;
        let line = &mut self.lines[nth];
        let start = line.original(range.start).unwrap_or(line.range.start);
        let end = line.original(range.end).unwrap_or(line.range.end).max(start);
        let mistake = match failure {
            Failure::Feature(mark, _) => say::as_feature(mistake, mark),
            Failure::Syntax(_) => mistake,
        };
        let spoilt = match (line.original(spoilt.start), line.original(spoilt.end)) {
            _ if spoilt.is_empty() => 0..0,
            (Some(start), end) => start..end.unwrap_or(line.range.end),
            (None, _) => line.range.clone(),
        };
        line.replace(now, spoilt);
        // Lines below each other that begin in the wrong column are wrong for one reason.
        let above = nth.checked_sub(1).map(|above| self.lines[above].range.clone());
        let is_said = mistake.code == Code::YamlSyntax
            && self.mistakes.last().is_some_and(|(place, last)| {
                let place = self.same.as_ref().unwrap_or(place);
                *last == mistake
                    && above.as_ref().is_some_and(|above| above.start <= place.start && place.start <= above.end)
            });
        if is_said {
            // The next line is compared with the last one.
            self.same = Some(start..end);
            return;
        }
        self.same = None;
        self.mistakes.push((start..end, mistake));
    }

    /// The field whose text should be in line `nth`, if the line above it ends with the sign for a text on the lines below.
    fn text_above(&self, nth: usize) -> Option<&str> {
        let line = &self.lines.get(nth)?.now;
        let mut above = self.lines[..nth].iter().rev().map(|line| line.now.as_str()).take(BLOCK);
        let (above, (key, value)) = above.find_map(|above| Some((above, slip::key(above)?)))?;
        let is_indented = line.len() - line.trim_start().len() > slip::column(above);
        (matches!(above[value..].trim(), "|" | ">" | "|-" | ">-") && !is_indented).then_some(key)
    }

    /// Says where the parser stopped, if nobody knows why.
    fn say_unnamed(&mut self, failure: &Failure) {
        let (range, mistake): (Range<usize>, Mistake) = match failure {
            Failure::Feature(mark, range) => (range.clone(), say::yaml_feature(mark)),
            Failure::Syntax(at) => unnamed(&self.text(), *at),
        };
        let (nth, from) = self.line_at(range.start);
        let mistake = self.text_above(nth).map_or(mistake, say::yaml_text_indent);
        let Some(line) = self.lines.get(nth) else { return self.mistakes.push((0..0, mistake)) };
        let start = line.original(from).unwrap_or(line.range.start);
        let (last, to) = self.line_at(range.end);
        let end = if last == nth { line.original(to) } else { None };
        self.mistakes.push((start..end.unwrap_or(line.range.end).max(start), mistake));
    }

    /// Leaves out the value of the line at which the parser stopped, or the whole line.
    fn without(&mut self, at: usize, budget: &mut usize) -> Option<Read> {
        for nth in [Some(at), at.checked_sub(1)].into_iter().flatten() {
            let line = self.lines.get(nth)?.now.clone();
            let valueless = slip::key(&line).map(|(_, end)| (format!("{} ~", &line[..end]), end));
            let elsewhere = self.moved(nth).into_iter().filter_map(|slip| {
                let (_, end) = slip::key(&slip.line)?;
                Some((format!("{} ~", &slip.line[..end]), slip::key(&line)?.1))
            });
            for (now, end) in valueless.into_iter().chain(elsewhere).chain([(String::new(), 0)]) {
                let next = self.with(nth, &now, budget)?;
                let further = match &next {
                    Read::Whole(_) => true,
                    Read::Stopped(next, _) => next.0 > at,
                };
                if further {
                    let line = &mut self.lines[nth];
                    let spoilt = line.original(end).unwrap_or(line.range.start).saturating_sub(1)..line.range.end;
                    line.replace(now, spoilt);
                    return Some(next);
                }
            }
        }
        None
    }
}

impl Line {
    /// The place in the original of a byte of the line as it is now.
    fn original(&self, at: usize) -> Option<usize> {
        let (head, tail) = self.kept;
        if at <= head {
            return Some(self.range.start + at);
        }
        let from_end = self.now.len().checked_sub(at)?;
        (from_end <= tail).then(|| self.range.end.saturating_sub(from_end).max(self.range.start))
    }

    /// Replaces the line; what it has in common with the line before keeps its place.
    fn replace(&mut self, now: String, spoilt: Range<usize>) {
        let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
            a.zip(b).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>()
        };
        let head = same(&mut self.now.chars(), &mut now.chars()).min(self.kept.0);
        let most = now.len().min(self.now.len()).saturating_sub(head);
        let tail = same(&mut self.now.chars().rev(), &mut now.chars().rev()).min(most);
        // The tail is one of the original only as far as it was before.
        let whole = self.kept.0 == self.now.len();
        self.kept = (head, if whole { tail } else { tail.min(self.kept.1) });
        if !spoilt.is_empty() {
            self.spoilt =
                if self.spoilt.is_empty() { spoilt } else { self.spoilt.start.min(spoilt.start)..self.range.end };
        }
        self.now = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Kind, schema};

    /// The places, as written, and the first words of what is said.
    fn said(text: &str) -> Vec<(String, String)> {
        let failure = match tree::parse(text) {
            Ok(_) => Failure::Syntax(0),
            Err(failure) => failure,
        };
        let mut repaired = repair(text, failure, &Keys::new(&schema::of_kind(Kind::Course)));
        repaired.mistakes.sort_by_key(|(range, _)| range.start);
        repaired.mistakes.into_iter().map(|(range, mistake)| (text[range].to_owned(), mistake.message)).collect()
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let said = said(text);
        let said: Vec<(&str, &str)> = said.iter().map(|(at, message)| (at.as_str(), message.as_str())).collect();
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn several_slips_are_all_named() {
        let text = "title: [秋季]剪纸\nfee：0\nsummary: 时间: 每周二\nenrol:\n\tphone: \"0000-0000000\"\nmode:online\n";
        check(
            text,
            &[
                ("[秋季]剪纸", "标题里有 YAML 的符号“[”"),
                ("：", "字段名后面用了中文冒号“：”"),
                ("时间: 每周二", "“summary”的文字里有 YAML 的符号“:”"),
                ("\t", "缩进里有制表符（Tab）"),
                (":", "字段名后面少了冒号和空格"),
            ],
        );
    }

    #[test]
    fn a_dash_without_a_space_and_wide_braces_are_named() {
        check("title: 太极拳\ntopics:\n-arts\nmode: online\n", &[("-", "减号后面少了空格")]);
        check("title: 太极拳\nruns:\n  -{title: 秋季班, capacity: 30}\n", &[("-", "减号后面少了空格")]);
        check("title: 太极拳\nenrol: ｛phone: \"0000-0000000\", person: 教务处｝\n", &[("｛", "花括号用了全角符号")]);
    }

    #[test]
    fn what_an_open_quote_hides_is_found_behind_it() {
        check(
            "mode:online\ndate: \"2026-11-09\n",
            &[(":", "字段名后面少了冒号和空格"), ("\"2026-11-09", "引号没有成对")],
        );
        check("title：太极拳\nfee：0\n", &[("：", "字段名后面用了中文冒号“：”"), ("：", "字段名后面用了中文冒号“：”")]);
    }

    #[test]
    fn a_place_is_that_of_the_original() {
        let text = "title: '老'师\nfee：免费\nvenue: x y\n";
        let Err(failure) = tree::parse(text) else { panic!("no YAML") };
        let repaired = repair(text, failure, &Keys::new(&schema::of_kind(Kind::Course)));
        let (readable, _) = repaired.tree.as_ref().expect("a tree");
        let at = |part: &str| {
            let start = readable.find(part).expect(part);
            repaired.original(&(start..start + part.len())).map(|range| &text[range])
        };
        assert_eq!([at("title"), at("免费"), at("venue"), at("x y")], ["title", "免费", "venue", "x y"].map(Some));
        assert_eq!(at("\"'老'师\""), None, "what was made of the title is not in the original");
    }

    #[test]
    fn a_text_that_nobody_can_repair_is_given_up_soon() {
        for text in
            ["]\n".repeat(5_000), "title: \"x\n".repeat(5_000), "a: [\n".repeat(30), "- x\ntitle: [a]b\n".repeat(2_000)]
        {
            assert!(said(&text).len() <= ROUNDS);
        }
    }
}
