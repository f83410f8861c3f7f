//! The inline events of a body as they are meant: emphasis by the rules of [`emphasis`], bare addresses as links, and no
//! space where a line breaks between Han.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::emphasis::{self, Rules, Run};
use super::is_wide;

type Placed<'a> = (Event<'a>, Range<usize>);

/// Corrects the events of a parser of `text`, one stretch of inline events (a leaf) at a time.
pub(super) struct Inlines<'a, I> {
    text: &'a str,
    events: I,
    rules: Rules,
    /// Whether the events belong to a code block.
    in_code: bool,
    ready: VecDeque<Placed<'a>>,
}

impl<'a, I: Iterator<Item = Placed<'a>>> Inlines<'a, I> {
    pub fn new(text: &'a str, events: I, rules: Rules) -> Self {
        Self { text, events, rules, in_code: false, ready: VecDeque::new() }
    }
}

impl<'a, I: Iterator<Item = Placed<'a>>> Iterator for Inlines<'a, I> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let mut leaf: Vec<Placed<'a>> = Vec::new();
        let end = loop {
            match self.events.next() {
                Some(placed) if !self.in_code && is_inline(&placed.0) => leaf.push(placed),
                other => break other,
            }
        };
        match &end {
            Some((Event::Start(Tag::CodeBlock(_)), _)) => self.in_code = true,
            Some((Event::End(TagEnd::CodeBlock), _)) => self.in_code = false,
            _ => {}
        }
        if leaf.is_empty() {
            return end;
        }
        self.ready.extend(corrected(self.text, leaf, self.rules));
        self.ready.extend(end);
        self.ready.pop_front()
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_tag(tag.to_end()),
        Event::End(tag) => is_inline_tag(*tag),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn is_inline_tag(tag: TagEnd) -> bool {
    is_emphasis(tag) || matches!(tag, TagEnd::Link | TagEnd::Image)
}

fn is_emphasis(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

fn corrected<'a>(text: &'a str, mut leaf: Vec<Placed<'a>>, rules: Rules) -> Vec<Placed<'a>> {
    let start = leaf.first().map_or(0, |(_, range)| range.start);
    let all = start..leaf.iter().map(|(_, range)| range.end).max().unwrap_or(start);
    let source = &text.as_bytes()[all.clone()];
    let is_chinese = rules == Rules::Chinese;
    let has_address = || {
        memchr::memchr_iter(b':', source).any(|at| source[at..].starts_with(b"://"))
            || memchr::memmem::find(source, WEB.as_bytes()).is_some()
    };
    if is_chinese && has_address() {
        leaf = with_addresses(text, leaf);
    }
    if memchr::memchr3(b'*', b'_', b'~', source).is_some() {
        leaf = with_emphasis(text, leaf, &all, rules);
    }
    if is_chinese {
        join_lines(&mut leaf);
    }
    leaf
}

/// How an address without a scheme begins.
const WEB: &str = "www.";

// ── Bare addresses ───────────────────────────────────────────────────────────────────────────────────────────────────

/// Makes bare addresses links, where no link is open.
fn with_addresses<'a>(text: &'a str, leaf: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    let mut addresses = bare_addresses(text, &leaf).into_iter().peekable();
    let mut linked = Vec::with_capacity(leaf.len() + 2 * addresses.len());
    let mut end = 0;
    for (event, range) in leaf {
        if !matches!(event, Event::Text(_)) {
            linked.push((event, range));
            continue;
        }
        // The parser cuts text at marks and entities: one address may be several pieces, one piece hold several.
        let mut at = range.start.max(end);
        while let Some(address) = addresses.next_if(|address| address.start < range.end) {
            push_text(text, &mut linked, (&event, &range), at..address.start);
            let shown: CowStr<'a> = text[address.clone()].replace("&amp;", "&").into();
            let target: CowStr<'a> =
                if shown.starts_with(WEB) { format!("http://{shown}").into() } else { shown.clone() };
            let link = Tag::Link { link_type: LinkType::Autolink, dest_url: target, title: "".into(), id: "".into() };
            end = address.end;
            at = end;
            linked.push((Event::Start(link), address.clone()));
            linked.push((Event::Text(shown), address.clone()));
            linked.push((Event::End(TagEnd::Link), address));
        }
        push_text(text, &mut linked, (&event, &range), at..range.end);
    }
    linked
}

/// Adds the part of a text event. What is not as it stands in the source is not cut.
fn push_text<'a>(
    text: &'a str,
    to: &mut Vec<Placed<'a>>,
    (event, range): (&Event<'a>, &Range<usize>),
    part: Range<usize>,
) {
    if part == *range {
        to.push((event.clone(), part));
    } else if !part.is_empty() {
        to.push((Event::Text(text[part.clone()].into()), part));
    }
}

/// The bare addresses in stretches of text that is in no link.
fn bare_addresses(text: &str, leaf: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut addresses = Vec::new();
    let mut depth = 0_usize;
    let mut stretch = 0..0;
    for (event, range) in leaf {
        match event {
            Event::Text(_) if depth == 0 && stretch.is_empty() => stretch = range.clone(),
            Event::Text(_) if depth == 0 => stretch.end = range.end,
            Event::Start(tag) if is_emphasis(tag.to_end()) => {}
            Event::End(tag) if is_emphasis(*tag) => {}
            event => {
                find_addresses(text, &std::mem::take(&mut stretch), &mut addresses);
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }
    find_addresses(text, &stretch, &mut addresses);
    addresses
}

fn find_addresses(text: &str, stretch: &Range<usize>, addresses: &mut Vec<Range<usize>>) {
    let mut from = stretch.start;
    let first = addresses.len();
    while let Some(found) = text[from..stretch.end].find("://") {
        let colon = from + found;
        from = colon + 3;
        let scheme = text[stretch.start..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let start = colon - scheme;
        if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(&text[start..colon])) {
            continue;
        }
        let end = from + address_len(&text[from..stretch.end]);
        if end > from {
            addresses.push(start..end);
            from = end;
        }
    }
    let mut without: Vec<Range<usize>> = text[stretch.clone()]
        .match_indices(WEB)
        .filter_map(|(at, _)| {
            let start = stretch.start + at;
            let end = start + address_len(&text[start..stretch.end]);
            let is_inside =
                text[stretch.start..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "/.@:-_=".contains(c));
            let has_host = text[start + WEB.len()..end.max(start + WEB.len())].contains('.');
            (!is_inside && has_host && !addresses[first..].iter().any(|known| known.contains(&start)))
                .then_some(start..end)
        })
        .collect();
    if !without.is_empty() {
        addresses.append(&mut without);
        addresses[first..].sort_by_key(|address| address.start);
    }
}

/// The length of an address after its `//`. It ends before a space, a bracket without its partner, and Chinese text; but
/// a path or a query may hold Han, as browsers show it: `…/item/终身学习`.
fn address_len(text: &str) -> usize {
    let mut end = 0;
    let mut in_han = false;
    for (at, c) in text.char_indices() {
        let is_part = if c == '*' {
            // Marks of emphasis end an address, a star inside of a word does not.
            let is_word = |side: Option<&u8>| side.is_some_and(u8::is_ascii_alphanumeric);
            is_word(at.checked_sub(1).and_then(|at| text.as_bytes().get(at))) && is_word(text.as_bytes().get(at + 1))
        } else if c.is_ascii() {
            !c.is_ascii_control() && !" \"<>\\^`{|}*".contains(c)
        } else {
            in_han = in_han || text[..at].ends_with(['/', '=']) && text[..at].contains('/');
            in_han && c.is_alphanumeric()
        };
        if !is_part {
            break;
        }
        end = at + c.len_utf8();
    }
    // Punctuation at the end belongs to the sentence.
    loop {
        let address = &text[..end];
        let count = |bracket| address.matches(bracket).count();
        match address.chars().next_back() {
            Some(c) if ".,:;!?'_~".contains(c) => end -= 1,
            Some(')') if count(')') > count('(') => end -= 1,
            Some(']') if count(']') > count('[') => end -= 1,
            _ => return end,
        }
    }
}

// ── Emphasis ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A part of a leaf without the parser's own emphasis.
enum Token<'a> {
    Event(Placed<'a>),
    /// Marks of one kind side by side.
    Marks(Range<usize>),
}

/// Decides emphasis anew.
fn with_emphasis<'a>(text: &'a str, leaf: Vec<Placed<'a>>, all: &Range<usize>, rules: Rules) -> Vec<Placed<'a>> {
    let mut cut = Cut { text, at: all.start, tokens: Vec::with_capacity(leaf.len()), in_address: false };
    for placed in leaf {
        cut.event(placed);
    }
    cut.gap(all.end);

    // Marks pair inside the innermost link.
    let mut runs: Vec<Tags<'a>> = Vec::new();
    let mut open: Vec<Vec<(usize, Run)>> = vec![Vec::new()];
    for token in &cut.tokens {
        match token {
            Token::Marks(range) => {
                runs.push(Tags { left: range.clone(), closing: Vec::new(), opening: Vec::new() });
                let run = Run::new(text, range.clone(), all, rules);
                open.last_mut().unwrap_or(&mut Vec::new()).push((runs.len() - 1, run));
            }
            Token::Event((Event::Start(_), _)) => open.push(Vec::new()),
            Token::Event((Event::End(_), _)) => pair(text, open.pop().unwrap_or_default(), &mut runs, all, rules),
            Token::Event(_) => {}
        }
    }
    for inside in open {
        pair(text, inside, &mut runs, all, rules);
    }

    let mut runs = runs.into_iter();
    let mut decided = Vec::with_capacity(cut.tokens.len());
    for token in cut.tokens {
        match (token, &mut runs) {
            (Token::Event(placed), _) => decided.push(placed),
            (Token::Marks(_), runs) => {
                let Some(Tags { left, closing, opening }) = runs.next() else { continue };
                decided.extend(closing);
                if !left.is_empty() {
                    decided.push((Event::Text(text[left.clone()].into()), left));
                }
                decided.extend(opening.into_iter().rev());
            }
        }
    }
    decided
}

/// What a run of marks becomes.
struct Tags<'a> {
    /// The marks that stay text.
    left: Range<usize>,
    /// Ends, from inside out.
    closing: Vec<Placed<'a>>,
    /// Starts, from inside out.
    opening: Vec<Placed<'a>>,
}

fn pair(text: &str, inside: Vec<(usize, Run)>, all: &mut [Tags<'_>], leaf: &Range<usize>, rules: Rules) {
    let (places, mut runs): (Vec<usize>, Vec<Run>) = inside.into_iter().unzip();
    for pair in emphasis::pairs(text, &mut runs, leaf, rules) {
        let tag = match (runs[pair.open].mark, pair.len) {
            (b'~', _) => Tag::Strikethrough,
            (_, 2) => Tag::Strong,
            _ => Tag::Emphasis,
        };
        let (open, close) = (places[pair.open], places[pair.close]);
        all[open].left.end -= pair.len;
        all[close].left.start += pair.len;
        let range = all[open].left.end..all[close].left.start;
        all[close].closing.push((Event::End(tag.to_end()), range.clone()));
        all[open].opening.push((Event::Start(tag), range));
    }
}

/// Cuts a leaf into tokens.
struct Cut<'a> {
    text: &'a str,
    /// How far it is cut.
    at: usize,
    tokens: Vec<Token<'a>>,
    /// Whether the text of an address follows, which holds no marks.
    in_address: bool,
}

impl<'a> Cut<'a> {
    fn event(&mut self, (event, range): Placed<'a>) {
        match &event {
            Event::Start(tag) if is_emphasis(tag.to_end()) => return,
            Event::End(tag) if is_emphasis(*tag) => return,
            Event::Start(tag) => {
                self.gap(range.start);
                self.in_address = matches!(tag, Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. });
            }
            Event::End(_) => {
                // The target of the link follows its text and may hold marks, too.
                let rest = self.text.get(self.at..range.end).unwrap_or_default();
                self.gap(self.at + rest.find(|c| !is_mark(c)).unwrap_or(rest.len()));
                self.at = range.end;
                self.in_address = false;
            }
            Event::Text(literal) if !self.in_address && self.text[range.clone()] == **literal => {
                self.gap(range.start);
                self.literal(range);
                return;
            }
            _ => {
                self.gap(range.start);
                self.at = range.end;
            }
        }
        self.tokens.push(Token::Event((event, range)));
    }

    /// Takes the marks up to `end`, which the parser took for emphasis.
    fn gap(&mut self, end: usize) {
        while let Some(found) = self.text.get(self.at..end).and_then(|gap| gap.find(is_mark)) {
            self.marks(self.at + found, end);
        }
        self.at = self.at.max(end);
    }

    /// Takes text as it stands in the source.
    fn literal(&mut self, range: Range<usize>) {
        // A backslash is in no event: what follows it is text.
        let is_escaped = range.start > 0
            && self.text.as_bytes()[range.start - 1] == b'\\'
            && !matches!(self.tokens.last(), Some(Token::Event((Event::Text(_), last))) if last.end == range.start);
        let mut from = range.start;
        self.at = range.start + usize::from(is_escaped && self.text[range.clone()].starts_with(is_mark));
        while let Some(found) = self.text[self.at..range.end].find(is_mark) {
            let start = self.at + found;
            self.plain(from..start);
            self.marks(start, range.end);
            from = self.at;
        }
        self.plain(from..range.end);
        self.at = range.end;
    }

    fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.tokens.push(Token::Event((Event::Text(self.text[range.clone()].into()), range)));
        }
    }

    /// Takes the equal marks from `start` on, before `end`; they may go on a run.
    fn marks(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mark = bytes[start];
        self.at = start + bytes[start..end].iter().take_while(|byte| **byte == mark).count();
        match self.tokens.last_mut() {
            Some(Token::Marks(last)) if last.end == start && bytes[last.start] == mark => last.end = self.at,
            _ => self.tokens.push(Token::Marks(start..self.at)),
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '~')
}

// ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Drops the breaks of lines between two characters that are written without a space. A picture counts as such a character.
fn join_lines(leaf: &mut Vec<Placed<'_>>) {
    let is_joined = |at: &usize| {
        let before =
            leaf[..*at].iter().rev().find_map(|(event, _)| side(event, |text| text.trim_end().chars().next_back()));
        let after = leaf[at + 1..].iter().find_map(|(event, _)| side(event, |text| text.trim_start().chars().next()));
        before.is_some_and(is_wide) && after.is_some_and(is_wide)
    };
    let breaks = leaf.iter().enumerate().filter(|(_, (event, _))| matches!(event, Event::SoftBreak)).map(|(at, _)| at);
    let mut joined = breaks.filter(is_joined).collect::<Vec<_>>().into_iter().peekable();
    if joined.peek().is_some() {
        let mut at = 0;
        leaf.retain(|_| {
            at += 1;
            joined.next_if_eq(&(at - 1)).is_none()
        });
    }
}

/// The character that an event shows beside a break.
fn side(event: &Event<'_>, of: impl Fn(&str) -> Option<char>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => of(text),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Some('图'),
        Event::SoftBreak | Event::HardBreak => Some(' '),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;
    use pulldown_cmark::{Options, Parser, TextMergeWithOffset, html};

    use super::*;

    fn html(text: &str, options: Options, rules: Option<Rules>) -> String {
        let parser = Parser::new_ext(text, options).into_offset_iter();
        let mut shown = String::new();
        match rules {
            Some(rules) => {
                let events = TextMergeWithOffset::new(Inlines::new(text, parser, rules));
                html::push_html(&mut shown, events.map(|(event, _)| event));
            }
            None => html::push_html(&mut shown, parser.map(|(event, _)| event)),
        }
        shown
    }

    /// The examples of `CommonMark` that the parser's own tests hold.
    fn examples() -> Vec<String> {
        let version = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo runs").stdout;
        let version = String::from_utf8(version).expect("text");
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo metadata runs");
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("metadata is JSON");
        let packages = metadata["packages"].as_array().expect("a list of packages");
        let parser = packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("the parser");
        let manifest = std::path::Path::new(parser["manifest_path"].as_str().expect("a path"));
        let tests = std::fs::read_to_string(manifest.with_file_name("tests/suite/spec.rs")).expect("its tests");
        let cut = tests.split("let original = r##\"").skip(1);
        cut.map(|rest| rest.split("\"##").next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn the_rules_of_commonmark_give_what_the_parser_gives() {
        let examples = examples();
        assert!(examples.len() > 600, "{}", examples.len());
        for example in examples {
            let parsed = html(&example, Options::empty(), None);
            assert_eq!(html(&example, Options::empty(), Some(Rules::CommonMark)), parsed, "{example}");
        }
    }

    proptest! {
        #[test]
        fn marks_in_any_order_give_what_the_parser_gives(text in "[*_ab \\\\.\n`(\\[\\]!]{0,24}") {
            let parsed = html(&text, Options::empty(), None);
            prop_assert_eq!(html(&text, Options::empty(), Some(Rules::CommonMark)), parsed);
        }

        /// Any number of bold words beside any punctuation.
        #[test]
        fn spans_are_exactly_what_was_marked(
            parts in prop::collection::vec(("[甲乙课本a1，。、；：？！（）“”《》…—·]{1,4}", "[甲乙课本a，。、；：？！（）“”《》…—·]{1,4}"), 1..6),
            mark in prop::sample::select(vec!["**", "~~"]),
        ) {
            let joined = |open: &str, close: &str| {
                parts.iter().map(|(out, inside)| [out, open, inside, close].concat()).collect::<Vec<_>>().concat()
            };
            let text = joined(mark, mark);
            let tag = if mark == "**" { "strong" } else { "del" };
            let expected = joined(&format!("<{tag}>"), &format!("</{tag}>"));
            let shown = html(&text, super::super::OPTIONS, Some(Rules::Chinese));
            prop_assert_eq!(shown, format!("<p>{expected}</p>\n"));
        }

        /// Masked phones and names, products and ranges stay, whatever stands around them.
        #[test]
        fn what_is_masked_is_text(
            parts in prop::collection::vec(
                prop::sample::select(vec!["138****1234", "张*明", "李*", "王**", "3*4*5", "20~~30", "20~30", "3701**********123X", "赵*（女）"]),
                1..6,
            ),
            gap in prop::sample::select(vec!["、", "，", "； ", " ", "）（"]),
        ) {
            let text = format!("名单：{}。", parts.join(gap));
            let shown = html(&text, super::super::OPTIONS, Some(Rules::Chinese));
            prop_assert_eq!(shown, format!("<p>{text}</p>\n"));
            let bold = html(&format!("**{text}**后"), super::super::OPTIONS, Some(Rules::Chinese));
            prop_assert_eq!(bold, format!("<p><strong>{text}</strong>后</p>\n"));
        }
    }

    #[test]
    fn a_bare_address_is_a_link_that_ends_before_chinese() {
        let check = |text: &str, address: &str| {
            let linked = html(text, super::super::OPTIONS, Some(Rules::Chinese));
            let escaped = address.replace('&', "&amp;");
            assert!(linked.contains(&format!(">{escaped}</a>")), "{linked}");
            assert_eq!(linked.matches("<a ").count(), 1, "{linked}");
        };
        check("见https://example.org/a_b_c?x=1&y=2，或来电。", "https://example.org/a_b_c?x=1&y=2");
        check("见 HTTPS://example.org。", "HTTPS://example.org");
        check("（https://example.org/）", "https://example.org/");
        check("(see https://example.org/a(b)).", "https://example.org/a(b)");
        check("https://example.org/a&amp;b=*c*", "https://example.org/a&b=");
        check("**https://example.org/_x_**中文", "https://example.org/_x");
        check("请看https://example.org进入", "https://example.org");
        check("https://example.org/item/终身学习、其他", "https://example.org/item/终身学习");
        check("<https://example.org/a_b_c>", "https://example.org/a_b_c");
        check("https://example.org/a*b*c，", "https://example.org/a*b*c");
        check("**https://example.org/a**b", "https://example.org/a");
        check("见www.example.org/a，或来电", "www.example.org/a");
        assert!(
            html("www.example.org", super::super::OPTIONS, Some(Rules::Chinese)).contains("\"http://www.example.org\"")
        );
        check("[https://example.org](https://example.org)", "https://example.org");
        for text in [
            "`https://example.org`",
            "https://",
            "xhttps://example.org",
            "www.",
            "www.a",
            "awww.example.org",
            "a@www.example.org",
            "ftp://example.org",
            "://",
        ] {
            assert!(!html(text, super::super::OPTIONS, Some(Rules::Chinese)).contains("<a "), "{text}");
        }
    }

    #[test]
    fn marks_in_links_stay_in_them() {
        let check = |text: &str, shown: &str| {
            assert_eq!(html(text, super::super::OPTIONS, Some(Rules::Chinese)), format!("<p>{shown}</p>\n"));
        };
        check("**[甲](a*b_c)**乙", "<strong><a href=\"a*b_c\">甲</a></strong>乙");
        check("[**“甲”**和**“乙”**](a)", "<a href=\"a\"><strong>“甲”</strong>和<strong>“乙”</strong></a>");
        check("**甲[乙**](a)丙**丁", "<strong>甲<a href=\"a\">乙**</a>丙</strong>丁");
        check("**`代码`**和**`代码`**", "<strong><code>代码</code></strong>和<strong><code>代码</code></strong>");
        check("\\*\\*甲\\*\\*，\\_乙_", "**甲**，_乙_");
        check("[甲*乙]\n\n[甲*乙]: a", "<a href=\"a\">甲*乙</a>");
    }

    #[test]
    fn a_break_between_han_is_no_space() {
        let check = |text: &str, shown: &str| {
            assert_eq!(html(text, super::super::OPTIONS, Some(Rules::Chinese)), format!("<p>{shown}</p>\n"), "{text}");
        };
        check("去年在\n[中心](a)\n讲课", "去年在<a href=\"a\">中心</a>讲课");
        check("甲\n**乙**\n`丙`\n丁", "甲<strong>乙</strong><code>丙</code>丁");
        check("甲\n![乙](a)\n丙", "甲<img src=\"a\" alt=\"乙\" />丙");
        check("甲\n<b>乙</b>\n（丙）", "甲<b>乙</b>（丙）");
        check("甲\nabc\n乙", "甲\nabc\n乙");
        check("甲\n[abc](a)", "甲\n<a href=\"a\">abc</a>");
    }
}
