//! A YAML tree with the place of every node. Made only for texts with something to report.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::content::walk::Step;

/// A node with its place, in bytes of the parsed text.
#[derive(Clone, Debug)]
pub struct Node {
    /// From the first character to the end of the last.
    pub range: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// The value of a node.
#[derive(Clone, Debug)]
pub enum Value {
    /// A scalar and its style.
    Scalar(String, Style),
    /// A list.
    List(Vec<Node>),
    /// Fields, in order; keys may be duplicated.
    Map(Vec<(Node, Node)>),
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes; may be a number, a boolean or null.
    Plain,
    /// In quotes.
    Quoted,
    /// A literal block, `|`.
    Literal,
    /// A folded block, `>`.
    Folded,
}

/// Why a text has no tree.
#[derive(Clone, Debug)]
pub enum Failure {
    /// An unsupported feature and its place: an anchor, an alias, a tag, a merge key, a second document.
    Feature(&'static str, Range<usize>),
    /// Invalid YAML; the byte at which the parser stopped.
    Syntax(usize),
}

/// Parses one document; `None` if it is empty.
pub fn parse(text: &str) -> Result<Option<Node>, Failure> {
    let mut builder = Builder { text, depth: 0, events: Parser::new_from_str(text), offsets: offsets(text) };
    let mut root = None;
    loop {
        let (event, range) = builder.next()?;
        match event {
            Event::StreamEnd => return Ok(root),
            Event::DocumentStart(_) if root.is_some() => return Err(Failure::Feature("---", range)),
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            _ if root.is_some() => return Err(Failure::Feature("---", range)),
            event => root = Some(builder.node(event, range)?),
        }
    }
}

impl Node {
    /// The value of a field; the first one if the key is duplicated.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, value)| value)
    }

    /// Key and value of a field; the first one if the key is duplicated.
    pub fn entry(&self, key: &str) -> Option<(&Node, &Node)> {
        let Value::Map(fields) = &self.value else { return None };
        fields.iter().find(|(name, _)| name.text() == Some(key)).map(|(name, value)| (name, value))
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The node at the end of `path`, or its deepest ancestor that exists.
    pub fn locate(&self, path: &[Step]) -> &Node {
        let Some((step, rest)) = path.split_first() else { return self };
        let next = match (step, &self.value) {
            (Step::Key(key), _) => self.get(key),
            (Step::Index(at), Value::List(items)) => items.get(*at),
            (Step::Index(_), Value::Scalar(..) | Value::Map(_)) => None,
        };
        next.map_or(self, |next| next.locate(rest))
    }
}

impl Node {
    /// The place of the value at the end of `path`, or of its deepest ancestor that exists; of the first field's name if
    /// the path is empty. For a list or fields that start on a line of their own, it is the place of the key before them.
    pub fn place(&self, path: &[Step], text: &str) -> Range<usize> {
        if path.is_empty() {
            return match &self.value {
                Value::Map(fields) => fields.first().map_or(self.range.clone(), |(key, _)| key.range.clone()),
                Value::Scalar(..) | Value::List(_) => self.range.clone(),
            };
        }
        let node = self.locate(path);
        let owner = path.split_last().and_then(|(last, above)| match last {
            Step::Key(key) => self.locate(above).entry(key).map(|(name, _)| name),
            Step::Index(_) => None,
        });
        match owner {
            Some(name) if !node.is_scalar() && text[name.range.end..node.range.start].contains('\n') => {
                name.range.clone()
            }
            _ => node.range.clone(),
        }
    }

    /// The keys above the scalar that holds byte `at`; `None` if none does, as in a comment.
    pub fn keys_at(&self, at: usize) -> Option<Vec<String>> {
        match &self.value {
            Value::Scalar(..) => self.range.contains(&at).then(Vec::new),
            Value::List(items) => items.iter().find_map(|item| item.keys_at(at)),
            Value::Map(fields) => fields.iter().find_map(|(key, value)| {
                let mut keys = value.keys_at(at).or_else(|| key.keys_at(at))?;
                keys.insert(0, key.text().unwrap_or_default().to_owned());
                Some(keys)
            }),
        }
    }

    fn is_scalar(&self) -> bool {
        matches!(self.value, Value::Scalar(..))
    }
}

/// The byte offset of every character, and of the end.
fn offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// Maximum depth of a tree, which protects the stack; the limit for content is far lower.
const DEPTH_LIMIT: usize = 128;

struct Builder<'a> {
    text: &'a str,
    depth: usize,
    events: Parser<'a, saphyr_parser::StrInput<'a>>,
    offsets: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn byte(&self, char_index: usize) -> usize {
        self.offsets[char_index.min(self.offsets.len() - 1)]
    }

    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), Failure> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, self.byte(span.start.index())..self.byte(span.end.index()))),
            Some(Err(error)) => Err(Failure::Syntax(self.byte(error.marker().index()))),
            None => Ok((Event::StreamEnd, 0..0)),
        }
    }

    /// A quoted text to its closing mark. For the parser it goes on over the spaces and the comment behind it.
    fn quoted(&self, range: Range<usize>) -> Range<usize> {
        let written = &self.text[range.clone()];
        let Some(mark @ ('"' | '\'')) = written.chars().next() else { return range };
        let mut rest = written.char_indices().skip(1).peekable();
        while let Some((at, c)) = rest.next() {
            let is_doubled = mark == '\'' && rest.peek().is_some_and(|(_, next)| *next == mark);
            if (mark == '"' && c == '\\') || (c == mark && is_doubled) {
                rest.next();
            } else if c == mark {
                return range.start..range.start + at + 1;
            }
        }
        range
    }

    fn node(&mut self, event: Event<'a>, range: Range<usize>) -> Result<Node, Failure> {
        let plain = |anchor: usize, tagged: bool| match (anchor, tagged) {
            (0, false) => Ok(()),
            (0, true) => Err(Failure::Feature("!", range.clone())),
            (_, _) => Err(Failure::Feature("&", range.clone())),
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                plain(anchor, tag.is_some())?;
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                };
                let range = if style == Style::Quoted { self.quoted(range) } else { range };
                Ok(Node { range, value: Value::Scalar(text.into_owned(), style) })
            }
            Event::SequenceStart(anchor, tag) => {
                plain(anchor, tag.is_some())?;
                self.nested(range, Self::list)
            }
            Event::MappingStart(anchor, tag) => {
                plain(anchor, tag.is_some())?;
                self.nested(range, Self::map)
            }
            Event::Alias(_) => Err(Failure::Feature("*", range)),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => Err(Failure::Syntax(range.start)),
        }
    }

    /// Parses one level deeper, up to the limit.
    fn nested(
        &mut self,
        range: Range<usize>,
        read: fn(&mut Self, Range<usize>) -> Result<Node, Failure>,
    ) -> Result<Node, Failure> {
        if self.depth == DEPTH_LIMIT {
            return Err(Failure::Syntax(range.start));
        }
        self.depth += 1;
        let node = read(self, range);
        self.depth -= 1;
        node
    }

    fn list(&mut self, mut range: Range<usize>) -> Result<Node, Failure> {
        let mut items = Vec::new();
        loop {
            let (event, here) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                range.end = here.end.max(range.end);
                return Ok(Node { range, value: Value::List(items) });
            }
            items.push(self.node(event, here)?);
        }
    }

    fn map(&mut self, mut range: Range<usize>) -> Result<Node, Failure> {
        let mut fields = Vec::new();
        loop {
            let (event, here) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                range.end = here.end.max(range.end);
                return Ok(Node { range, value: Value::Map(fields) });
            }
            let key = self.node(event, here)?;
            if key.text() == Some("<<") {
                return Err(Failure::Feature("<<", key.range));
            }
            let (event, here) = self.next()?;
            let value = self.node(event, here)?;
            fields.push((key, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_know_their_bytes_under_han() {
        let text = "标题: 太极\nlist:\n  - 甲\n  - 乙\n";
        let root = parse(text).expect("yaml").expect("a node");
        let node = root.locate(&[Step::Key("list"), Step::Index(1)]);
        assert_eq!(&text[node.range.clone()], "乙");
    }

    #[test]
    fn a_quoted_text_ends_with_its_mark() {
        for written in [r#""甲""#, r#""甲\"乙""#, "'甲'", "'甲''乙'", "\"甲\n\n  乙\""] {
            for behind in ["\n", "  # 说明\n", " #2\nb: 1\n", "\n\n# 说明\nb: 1\n"] {
                let text = format!("a: {written}{behind}");
                let root = parse(&text).expect("yaml").expect("a node");
                assert_eq!(&text[root.locate(&[Step::Key("a")]).range.clone()], written, "{text}");
            }
        }
    }

    #[test]
    fn features_that_content_does_not_use_are_named() {
        for (text, mark) in [("a: &x 1\n", "&"), ("a: 1\nb: *a\n", "*"), ("a: !t 1\n", "!"), ("<<: 1\n", "<<")] {
            match parse(text) {
                Err(Failure::Feature(found, _)) => assert_eq!(found, mark, "{text}"),
                Err(Failure::Syntax(_)) if mark == "*" => {}
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
