//! The slips of editors in one line of YAML that no parser reads, each with the line as it was probably meant.
//!
//! Whether a slip is the reason why a text cannot be read, only the parser can tell: see [`super::repair`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value as Json;

use super::syntax::{is_wide_fence, quote};
use crate::content::everyday;
use crate::content::schema::{has_type, resolve};
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// In longer lines, in bytes, nobody finds a slip by looking at it, and neither do we.
const LONGEST: usize = 4096;

/// A slip in a line and its repair.
#[derive(Debug)]
pub struct Slip {
    /// The place in the line.
    pub range: Range<usize>,
    /// What is wrong.
    pub mistake: Mistake,
    /// The line as it was probably meant. It may hold a line break.
    pub line: String,
    /// What is no longer as written: mistakes in it cannot be told.
    pub spoilt: Range<usize>,
}

/// The names of fields in a schema.
#[derive(Debug, Default)]
pub struct Keys {
    /// Each with its explanation.
    all: BTreeMap<String, String>,
    /// Those whose values are texts somewhere, and lists or fields nowhere.
    text: BTreeSet<String>,
    /// Those whose values are lists of texts.
    texts: BTreeSet<String>,
}

impl Keys {
    /// The fields of a schema and of all that it refers to.
    pub fn new(schema: &Json) -> Self {
        let mut keys = Self::default();
        let mut structures = BTreeSet::new();
        let parts = schema.get("$defs").and_then(Json::as_object).into_iter().flat_map(|defs| defs.values());
        for part in parts.chain([schema]) {
            let Some(properties) = part.get("properties").and_then(Json::as_object) else { continue };
            for (name, property) in properties {
                let inner = resolve(schema, property);
                let inner = inner.get("items").map_or(inner, |items| resolve(schema, items));
                let format = inner.get("format").and_then(Json::as_str).unwrap_or_default();
                let is_text = has_type(inner, "string")
                    && inner.get("enum").is_none()
                    && matches!(format, "" | "file" | "url" | "phone");
                let listed = has_type(resolve(schema, property), "array");
                let structure = listed || inner.get("properties").is_some();
                match (is_text, listed) {
                    (true, false) => keys.text.insert(name.clone()),
                    (true, true) => keys.texts.insert(name.clone()),
                    (false, _) => structure && structures.insert(name.clone()),
                };
                let title = property.get("title").and_then(Json::as_str).unwrap_or_default();
                keys.all.insert(name.clone(), title.to_owned());
            }
        }
        keys.text.retain(|name| !structures.contains(name) && !keys.texts.contains(name));
        keys
    }

    /// Whether the value of a field is a text wherever it stands.
    pub fn is_text(&self, key: &str) -> bool {
        self.text.contains(key)
    }
}

/// A line in its parts.
struct Parts<'a> {
    line: &'a str,
    /// Where the key begins, behind indentation and dashes.
    start: usize,
    /// The key: the ASCII word at `start`, which may be empty.
    key: &'a str,
}

impl<'a> Parts<'a> {
    fn new(line: &'a str) -> Self {
        let mut start = line.len() - line.trim_start().len();
        while let Some(inner) = line[start..].strip_prefix("- ") {
            start = line.len() - inner.trim_start_matches(' ').len();
        }
        let rest = &line[start..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        Self { line, start, key: &rest[..end] }
    }

    fn key_end(&self) -> usize {
        self.start + self.key.len()
    }

    /// The value behind `key: `, its place, and the comment behind it; of an item without a key the whole item.
    fn value(&self) -> Option<(usize, &'a str, &'a str)> {
        let rest = &self.line[self.key_end()..];
        let at = match rest.strip_prefix(": ") {
            Some(value) if !self.key.is_empty() => self.line.len() - value.trim_start().len(),
            _ if self.line[..self.start].trim_end().ends_with('-') => self.start,
            _ => return None,
        };
        let whole = &self.line[at..];
        let end = whole.find(" # ").unwrap_or(whole.len());
        let value = whole[..end].trim_end();
        (!value.is_empty()).then(|| (at, value, &whole[value.len()..]))
    }

    /// The line to show for a value: with its key, without indentation.
    fn shown(&self, value: &str) -> String {
        let value_key = self.line[self.key_end()..].starts_with(':');
        if value_key && !self.key.is_empty() { format!("{}: {value}", self.key) } else { format!("- {value}") }
    }
}

/// Whether a line begins with a field that the schema has.
pub fn begins_with_field(line: &str, keys: &Keys) -> bool {
    let parts = Parts::new(line);
    keys.all.contains_key(parts.key) && line[parts.key_end()..].starts_with([':', '：'])
}

/// The first line whose field stands behind foreign spaces, which YAML takes for a part of its name.
pub fn field_behind_wide_space(text: &str, schema: &Json) -> Option<usize> {
    let wide = |line: &str| line.starts_with(|c: char| c.is_whitespace() && !c.is_ascii());
    if !text.lines().any(|line| wide(line.trim_start_matches(' '))) {
        return None;
    }
    let keys = Keys::new(schema);
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let at = start;
        start += line.len();
        (wide(line.trim_start_matches(' ')) && begins_with_field(line, &keys)).then_some(at)
    })
}

/// Where the key of a line begins.
pub fn column(line: &str) -> usize {
    Parts::new(line).start
}

/// The key of a line that has one, and where its value begins.
pub fn key(line: &str) -> Option<(&str, usize)> {
    let parts = Parts::new(line);
    let end = parts.key_end();
    (!parts.key.is_empty() && line[end..].starts_with(':')).then_some((parts.key, end + 1))
}

/// The slips in a line, the surest first. `suspect`: the parser stopped here, so that less sure ones count too.
pub fn slips(line: &str, keys: &Keys, suspect: bool) -> Vec<Slip> {
    let mut found = indentation(line);
    let bare = line.trim();
    let indent = line.len() - line.trim_start().len();
    if is_wide_fence(bare) {
        let range = indent..indent + bare.len();
        found.push(Slip { range, mistake: say::full_width_fence(), line: String::new(), spoilt: 0..0 });
    }
    found.extend(comment(line));
    found.extend(dash(line));
    found.extend(braces(line));
    let parts = Parts::new(line);
    found.extend(colon(&parts, keys));
    if line.len() > LONGEST {
        return found;
    }
    found.extend(value(&parts, keys, suspect));
    found.extend(in_flow(&parts, keys));
    found.extend(closing(&parts));
    found
}

/// Tabs and foreign spaces in the indentation.
fn indentation(line: &str) -> Vec<Slip> {
    let space = line.len() - line.trim_start().len();
    let Some((at, first)) = line[..space].char_indices().find(|(_, c)| *c != ' ') else { return Vec::new() };
    let mistake = if first == '\t' { say::tab_indent() } else { say::wide_space() };
    let width = |wide: usize, tab: usize| {
        let columns = line[..space].chars().map(|c| match c {
            '\t' => tab,
            '\u{3000}' => wide,
            _ => 1,
        });
        format!("{}{}", " ".repeat(columns.sum()), &line[space..])
    };
    let lines = [width(2, 2), width(1, 4), width(2, 8), width(1, 1)];
    let slip = |line| Slip { range: at..at + first.len_utf8(), mistake: mistake.clone(), line, spoilt: 0..0 };
    lines.into_iter().map(slip).collect()
}

/// A remark as other languages write it.
fn comment(line: &str) -> Option<Slip> {
    let indent = line.len() - line.trim_start().len();
    let bare = line[indent..].trim_end();
    let text = ["＃", "//", "<!--", "/*"].iter().find_map(|mark| bare.strip_prefix(mark))?;
    let text = ["-->", "*/"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text).trim();
    let now = format!("{}# {text}", &line[..indent]);
    Some(Slip { range: indent..indent + bare.len(), mistake: say::yaml_comment(text), line: now, spoilt: 0..0 })
}

/// An item of a list without the space behind its dash: `-arts`, `-{start: …}`.
fn dash(line: &str) -> Option<Slip> {
    let indent = line.len() - line.trim_start().len();
    let item = line[indent..].strip_prefix('-')?;
    let is_item = !item.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '—'))
        && !item.is_empty();
    let line = format!("{}- {item}", &line[..indent]);
    is_item.then(|| Slip {
        range: indent..indent + 1,
        mistake: say::yaml_item(line.trim()),
        line: line.clone(),
        spoilt: 0..0,
    })
}

/// Full-width braces around fields.
fn braces(line: &str) -> Option<Slip> {
    let at = line.find('｛').filter(|at| line[*at..].contains(['｝', '}']))?;
    let now = line.replace('｛', "{").replace('｝', "}");
    Some(Slip { range: at..at + '｛'.len_utf8(), mistake: say::wide_braces(), line: now, spoilt: 0..0 })
}

/// What is wrong between key and value.
fn colon(parts: &Parts<'_>, keys: &Keys) -> Option<Slip> {
    let Parts { line, start, key } = *parts;
    let end = parts.key_end();
    let rest = &line[end..];
    let repaired = |name: &str, value: &str| format!("{}{name}: {}", &line[..start], value.trim_start());
    let slip = |range: Range<usize>, mistake, line| Some(Slip { range, mistake, line, spoilt: 0..0 });
    if let Some(at) = line[start..].find('：').map(|at| start + at) {
        let name = line[start..at].trim_end();
        let known = !name.is_empty() && (name == key || everyday::field(name, &fields(keys)).is_some());
        if known {
            let range = at..at + '：'.len_utf8();
            return slip(range.clone(), say::full_width_colon(name), repaired(name, &line[range.end..]));
        }
    }
    if key.is_empty() {
        return None;
    }
    if let Some(value) = rest.strip_prefix(':') {
        let first = value.chars().next().filter(|c| !matches!(c, ' ' | '\t'))?;
        if first.is_whitespace() {
            return slip(end + 1..end + 1 + first.len_utf8(), say::wide_space(), repaired(key, value));
        }
        return slip(end..end + 1, say::yaml_colon(repaired(key, value).trim_start()), repaired(key, value));
    }
    let value = rest.trim_start_matches([' ', '=', '\u{3000}']);
    if keys.all.contains_key(key) && value.len() < rest.len() && !value.is_empty() {
        return slip(end..end, say::yaml_colon(repaired(key, value).trim_start()), repaired(key, value));
    }
    None
}

fn fields(keys: &Keys) -> Vec<(&str, &str)> {
    keys.all.iter().map(|(name, title)| (name.as_str(), title.as_str())).collect()
}

/// What is wrong in the value: quotation marks, or signs that mean something in YAML.
fn value(parts: &Parts<'_>, keys: &Keys, suspect: bool) -> Vec<Slip> {
    // `|` and `>` alone announce a text on the lines below.
    let Some((at, value, comment)) = parts.value().filter(|(_, value, _)| !matches!(*value, "|" | ">")) else {
        return Vec::new();
    };
    let range = at..at + value.len();
    let with = |value: &str| format!("{}{value}{comment}", &parts.line[..at]);
    let slip = |mistake, value: &str| Slip { range: range.clone(), mistake, line: with(value), spoilt: range.clone() };
    let first = value.chars().next().unwrap_or_default();
    if matches!(first, '"' | '\'') {
        return quoted(parts, value, first).into_iter().map(|(mistake, value)| slip(mistake, &value)).collect();
    }
    let mut found = two_fields(parts, keys, at, value);
    let flow = matches!(first, '[' | '{');
    if flow && !(keys.text.contains(parts.key) || parts.key.is_empty()) {
        return found;
    }
    if let Some(sign) = sign(value).or_else(|| suspect.then(|| any_sign(value)).flatten()) {
        // A bold title has nothing bold in it: the marks would be shown.
        let value = value.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).unwrap_or(value);
        let quoted = if keys.texts.contains(parts.key) { format!("[{}]", quote(value)) } else { quote(value) };
        let known =
            keys.all.contains_key(parts.key) && !keys.text.contains(parts.key) && !keys.texts.contains(parts.key);
        let mistake = if known && value == sign {
            say::empty_value(parts.key)
        } else if known {
            say::yaml_stray_sign(parts.key, &sign)
        } else {
            say::yaml_sign(parts.key, &sign, &parts.shown(&quoted))
        };
        found.push(slip(mistake, &quoted));
    }
    found
}

/// The sign in a plain text that means something in YAML there.
fn sign(value: &str) -> Option<String> {
    let first = value.chars().next()?;
    let alone = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let at_start = "[]{},>|*&!%@`#".contains(first) || ("-?:".contains(first) && alone(&value[1..]));
    if at_start {
        return Some(first.to_string());
    }
    if value.contains(": ") || value.ends_with(':') {
        return Some(":".to_owned());
    }
    value.contains(" #").then(|| "#".to_owned())
}

/// Any sign that may be the reason, where the parser gives none.
fn any_sign(value: &str) -> Option<String> {
    value.chars().find(|c| "[]{},:#\"'>|".contains(*c)).map(|c| c.to_string())
}

/// Slips in a value that begins with a quotation mark: the mistake and the value as meant.
fn quoted(parts: &Parts<'_>, value: &str, mark: char) -> Vec<(Mistake, String)> {
    let inner = &value[1..];
    let mut found = Vec::new();
    let mut say_quoted = |mistake: fn(&str) -> Mistake, text: &str| {
        let value = quote(text);
        found.push((mistake(&parts.shown(&value)), value));
    };
    if mark == '"' && bad_escape(inner) {
        say_quoted(say::yaml_backslash, inner.strip_suffix('"').unwrap_or(inner));
    }
    match inner.strip_suffix(['”', '“', '’', '‘', '＂', '＇']) {
        Some(text) if !text.contains(mark) => say_quoted(say::yaml_wide_quote, text),
        _ => {}
    }
    match (inner.matches(mark).count(), inner.strip_suffix(mark)) {
        // The mark at the end is missing.
        (0, _) => say_quoted(say::yaml_quote, inner),
        // Marks inside: those at both ends are not meant to be shown.
        (_, Some(text)) if text.contains(mark) => {
            let value = quote(text);
            found.push((say::yaml_sign(parts.key, &mark.to_string(), &parts.shown(&value)), value));
        }
        (_, Some(_)) => {}
        (_, None) => {
            let value = quote(value);
            found.push((say::yaml_sign(parts.key, &mark.to_string(), &parts.shown(&value)), value));
        }
    }
    found
}

/// Whether a backslash in double quotes means nothing in YAML.
fn bad_escape(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.next().is_none_or(|next| !"0abtnvfre \"/\\N_LPxuU\n".contains(next) || next == 'U') {
            return true;
        }
    }
    false
}

/// A second field on the same line: `title: 太极拳 summary: 好学`.
fn two_fields(parts: &Parts<'_>, keys: &Keys, at: usize, value: &str) -> Vec<Slip> {
    if value.starts_with(['[', '{']) {
        return Vec::new();
    }
    let second = value.match_indices(": ").filter_map(|(colon, _)| {
        let start = value[..colon].rfind([' ', '，', ',']).filter(|start| *start > 0)?;
        let name = value[start..colon].trim_start_matches([' ', '，', ',']);
        keys.all.contains_key(name).then(|| colon - name.len())
    });
    let slip = |second: usize| {
        let indent = " ".repeat(parts.start);
        let (first, rest) = (value[..second].trim_end_matches([' ', '，', ',']), &parts.line[at + second..]);
        let line = format!("{}{first}\n{indent}{rest}", &parts.line[..at]);
        let range = at + second..at + value.len();
        let mistake = say::yaml_two_fields(rest.split(':').next().unwrap_or_default());
        Slip { range, mistake, line, spoilt: 0..0 }
    };
    second.map(slip).take(1).collect()
}

/// Texts inside `{…}` on one line that need quotes.
fn in_flow(parts: &Parts<'_>, keys: &Keys) -> Vec<Slip> {
    let line = parts.line;
    if !line[parts.start..].contains('{') {
        return Vec::new();
    }
    let mut found: Vec<Slip> = commas(line, keys).into_iter().collect();
    for (colon, _) in line.match_indices(": ") {
        let before = line[..colon].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let (name, before) = (&line[before.len()..colon], before.trim_end());
        if !keys.text.contains(name) || !before.ends_with(['{', ',']) {
            continue;
        }
        let at = colon + 2 + (line[colon + 2..].len() - line[colon + 2..].trim_start().len());
        let value = line[at..at + end_in_flow(&line[at..], keys)].trim_end();
        let odd = value.chars().next().filter(|mark| matches!(mark, '"' | '\''));
        let (text, mark) = match odd {
            Some(mark) => (value.trim_matches(mark), Some(mark.to_string())),
            None => (value, sign(value).or_else(|| any_sign(value))),
        };
        let Some(mark) = mark else { continue };
        let quoted = quote(text);
        let shown = format!("{name}: {quoted}");
        let mistake = match odd {
            Some(odd) if value.matches(odd).count() == 1 => say::yaml_quote(&shown),
            _ => say::yaml_sign(name, &mark, &shown),
        };
        let range = at..at + value.len();
        let line = format!("{}{quoted}{}", &line[..at], &line[range.end..]);
        found.push(Slip { spoilt: range.clone(), range, mistake, line });
    }
    found
}

/// A full-width comma before a field inside braces.
fn commas(line: &str, keys: &Keys) -> Option<Slip> {
    let found = line.match_indices(['，', '、', '；']).find(|(at, mark)| {
        let name = line[at + mark.len()..].trim_start().split([':', '：']).next().unwrap_or_default();
        keys.all.contains_key(name)
    });
    let (at, mark) = found?;
    let range = at..at + mark.len();
    let line = format!("{}, {}", &line[..at], line[range.end..].trim_start());
    Some(Slip { range, mistake: say::wide_comma(), line, spoilt: 0..0 })
}

/// Where a value inside braces ends: before the next field, or at the closing brace.
fn end_in_flow(rest: &str, keys: &Keys) -> usize {
    let next = rest.match_indices(", ").map(|(at, _)| at).find(|at| {
        let after = rest[at + 2..].trim_start();
        after.split_once(':').is_some_and(|(name, _)| keys.all.contains_key(name))
    });
    next.or_else(|| rest.rfind('}')).unwrap_or(rest.len())
}

/// Brackets that are not closed at the end of the line.
fn closing(parts: &Parts<'_>) -> Option<Slip> {
    let line = parts.line;
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    for (at, c) in line.char_indices().skip_while(|(at, _)| *at < parts.start) {
        match (quote, c) {
            (Some(mark), c) => quote = Some(mark).filter(|mark| *mark != c),
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => open.push((at, c)),
            (None, ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
    }
    let (at, first) = *open.first()?;
    let closers: String = open.iter().rev().map(|(_, c)| if *c == '[' { ']' } else { '}' }).collect();
    let spoilt = at..line.len();
    let line = format!("{}{closers}", line.trim_end().trim_end_matches([',', '，']));
    let mistake = say::yaml_bracket(first, line[parts.start..].trim_end());
    Some(Slip { range: at..at + 1, mistake, line, spoilt })
}
