//! The text of a new entry: required fields are filled in, optional ones commented out, each with an explanation and an
//! example.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::content::Kind;
use crate::content::archetype::{Field, Form, Need, sample_text};
use crate::content::sample;
use crate::content::schema::is_common;

/// For each kind, the id of an entry to refer to.
type Ids = HashMap<Kind, String>;

/// The id and title of the new entry.
pub(super) struct Named {
    pub(super) id: String,
    pub(super) title: Option<String>,
}

/// Fields of every kind that most entries use. Others are named.
const USUAL: [&str; 4] = ["summary", "date", "picture", "attachments"];

/// Writes the file. It is a draft, so that it is not published by accident before the editor has filled it in.
///
/// A line that begins with `#` and not with `# ` is a commented-out field.
pub(super) fn text(kind: Kind, fields: &[Field], own: &Named, ids: &Ids) -> String {
    let label = kind.label();
    let mut text = format!(
        "---\n# {label}。“# ”开头的是说明，看完可以删。\n\
         # 想用哪个字段，就删掉它行首的 #（下面缩进的几行也要删）；用不着的整行删掉。行末 # 后面也是说明。\n\n\
         # 草稿不发布；改好后删掉下面这一行\ndraft: true\n"
    );
    // The body follows the front matter, and `draft` is written above.
    let fields = || fields.iter().filter(|field| !["body", "draft"].contains(&field.name.as_str()));
    let named = |field: &Field| {
        let value = match (field.name.as_str(), own.title.as_deref()) {
            ("id", _) => Some(Json::from(own.id.as_str())),
            ("title", Some(title)) => Some(Json::from(title)),
            ("title", None) => Some(Json::from(sample::title(kind))),
            _ => None,
        };
        Field { example: value.or_else(|| field.example.clone()), ..field.clone() }
    };
    let (required, optional): (Vec<&Field>, Vec<&Field>) = fields().partition(|field| field.need == Need::Required);
    let (common, special): (Vec<&Field>, Vec<&Field>) = optional.iter().partition(|field| is_common(&field.name));
    let (usual, rare): (Vec<&Field>, Vec<&Field>) =
        common.into_iter().partition(|field| USUAL.contains(&field.name.as_str()));
    for (heading, mark, part) in
        [("必填", "", required), ("可不填", "#", special), ("可不填，每种内容都有", "#", usual)]
    {
        if !part.is_empty() {
            let _ = writeln!(text, "\n# —— {heading} ——");
        }
        for field in part {
            write_field(&mut text, &named(field), ids, Margin { mark, depth: 0 });
        }
    }
    let names: Vec<&str> = rare.iter().map(|field| field.name.as_str()).collect();
    if !names.is_empty() {
        let _ = writeln!(
            text,
            "# 不常用的还有 {}；\n# 怎么写，见 content/README.md 的“每种内容都可以写的字段”。",
            names.join("、")
        );
    }
    let _ = write!(text, "---\n\n{}\n", sample::BODY);
    text
}

/// The prefix of a line: the comment mark if the field is commented out, then the indentation.
#[derive(Clone, Copy)]
struct Margin {
    mark: &'static str,
    depth: usize,
}

impl Margin {
    fn inner(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    fn text(self) -> String {
        format!("{}{}", self.mark, "  ".repeat(self.depth))
    }
}

/// Writes a field of the entry, or of a structure one level down; deeper structures are written on one line. A field
/// that is commented out takes one line, with its explanation at the end.
fn write_field(text: &mut String, field: &Field, ids: &Ids, margin: Margin) {
    let name = &field.name;
    let is_structure = |form: &Form| matches!(form, Form::Fields(_));
    let is_long = is_structure(&field.form) || matches!(&field.form, Form::List(item) if is_structure(item));
    if !is_long && !margin.mark.is_empty() {
        let _ = writeln!(text, "{}{name}: {}  # {}", margin.text(), value(field, ids), explanation(field));
        return;
    }
    let _ = writeln!(text, "# {}", explanation(field));
    match &field.form {
        Form::Fields(inner) => {
            let _ = writeln!(text, "{}{name}:", margin.text());
            write_inner(text, inner, ids, margin.inner());
        }
        Form::List(item) => match item.as_ref() {
            Form::Fields(inner) => {
                let _ = writeln!(text, "{}{name}:", margin.text());
                let start = text.len();
                write_inner(text, inner, ids, Margin { depth: margin.depth + 2, ..margin });
                // The first uncommented field carries the dash of the list item.
                let indent = format!("{}    ", margin.text());
                if let Some(at) = first_line(text, start, &indent) {
                    text.replace_range(at + indent.len() - 2..at + indent.len(), "- ");
                }
            }
            _ => {
                let _ = writeln!(text, "{}{name}: {}", margin.text(), value(field, ids));
            }
        },
        _ => {
            let _ = writeln!(text, "{}{name}: {}", margin.text(), value(field, ids));
        }
    }
}

fn first_line(text: &str, start: usize, indent: &str) -> Option<usize> {
    text[start..].starts_with(indent).then_some(start)
}

fn write_inner(text: &mut String, fields: &[Field], ids: &Ids, margin: Margin) {
    // Required fields come first, because a structure must begin with an uncommented field.
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.need == Need::Required);
    let in_use = |at: usize, field: &Field| field.need == Need::Required || (required.is_empty() && at == 0);
    for (at, field) in required.iter().chain(&optional).enumerate() {
        let words = explanation(field);
        let margin =
            if in_use(at, field) || !margin.mark.is_empty() { margin.text() } else { format!("#{}", margin.text()) };
        let _ = writeln!(text, "{margin}{}: {}  # {words}", field.name, value(field, ids));
    }
}

/// The explanation of a field: its title, and the choices or kinds that it accepts.
fn explanation(field: &Field) -> String {
    let form = match &field.form {
        Form::List(item) => item.as_ref(),
        form => form,
    };
    match form {
        Form::Reference(kind) => format!("{}（填{}的编号）", field.title, kind.label()),
        Form::Choice(words) if words.iter().any(|(word, _)| !field.title.contains(word.as_str())) => {
            let words = words.iter().map(|(word, meaning)| match meaning {
                Some(meaning) => format!("{word} {meaning}"),
                None => word.clone(),
            });
            format!("{}；可选：{}", field.title, words.collect::<Vec<_>>().join("、"))
        }
        _ => field.title.clone(),
    }
}

/// A valid value on one line.
fn value(field: &Field, ids: &Ids) -> String {
    match &field.example {
        Some(example) => flow(example),
        None => form_value(&field.form, ids),
    }
}

fn form_value(form: &Form, ids: &Ids) -> String {
    match form {
        Form::Text => "文字".to_owned(),
        Form::Formatted(format) => scalar(sample_text(format)),
        Form::Reference(kind) => ids.get(kind).map_or("bian-hao", String::as_str).to_owned(),
        Form::Whole | Form::Number => "1".to_owned(),
        Form::Truth => "true".to_owned(),
        Form::Choice(words) => words.first().map(|(word, _)| scalar(word)).unwrap_or_default(),
        Form::List(item) => format!("[{}]", form_value(item, ids)),
        Form::Fields(fields) => {
            let required: Vec<&Field> = fields.iter().filter(|field| field.need == Need::Required).collect();
            let shown = if required.is_empty() { fields.iter().take(1).collect() } else { required };
            let inner = shown.iter().map(|field| format!("{}: {}", field.name, value(field, ids)));
            format!("{{{}}}", inner.collect::<Vec<_>>().join(", "))
        }
    }
}

fn flow(value: &Json) -> String {
    match value {
        Json::String(text) => scalar(text),
        Json::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// A text as a YAML scalar, without quotes where possible.
fn scalar(text: &str) -> String {
    let reads_back = |written: &str| {
        serde_yaml::from_str::<Vec<serde_yaml::Value>>(&format!("[{written}]"))
            .is_ok_and(|items| items.len() == 1 && items[0].as_str() == Some(text))
    };
    let clock = text.contains(':') || text.starts_with(|c: char| c.is_ascii_digit() && text.contains('-'));
    let date = text.len() == 10 && text.split('-').count() == 3;
    if reads_back(text) && (!clock || date) { text.to_owned() } else { Json::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::archetype::fields;

    fn front(kind: Kind) -> String {
        let ids = Kind::ALL.iter().map(|kind| (*kind, "a".to_owned())).collect();
        let named = Named { id: "xin".to_owned(), title: Some("标题: \"甲\" #1".to_owned()) };
        let text = text(kind, &fields(kind), &named, &ids);
        text.trim_start_matches("---\n").split_once("\n---\n").expect("front matter").0.to_owned()
    }

    fn read(kind: Kind, front: &str) -> Result<String, String> {
        let read = kind.read(serde_yaml::Deserializer::from_str(front));
        read.map(|(common, _)| common.title).map_err(|error| format!("{error}\n{front}"))
    }

    #[test]
    fn a_new_file_of_every_kind_is_valid_as_written() {
        for kind in Kind::ALL {
            assert_eq!(read(*kind, &front(*kind)), Ok("标题: \"甲\" #1".to_owned()), "{kind}");
        }
    }

    #[test]
    fn a_new_file_is_valid_with_every_field_in_use() {
        for kind in Kind::ALL {
            let used: Vec<String> = front(*kind)
                .lines()
                .map(|line| match line.strip_prefix('#') {
                    Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => rest.to_owned(),
                    _ => line.to_owned(),
                })
                .collect();
            assert!(read(*kind, &used.join("\n")).is_ok(), "{:?}", read(*kind, &used.join("\n")));
        }
    }

    #[test]
    fn every_field_of_every_kind_is_there_or_named() {
        for kind in Kind::ALL {
            let front = front(*kind);
            let rare = front.lines().find_map(|line| line.strip_prefix("# 不常用的还有 ")).expect("rare fields");
            let rare: Vec<&str> = rare.trim_end_matches('；').split('、').collect();
            for field in fields(*kind).iter().filter(|field| field.name != "body") {
                let line = |line: &str| line.trim_start_matches('#').starts_with(&format!("{}:", field.name));
                let is_there = front.lines().any(line) != rare.contains(&field.name.as_str());
                assert!(is_there, "{kind}: {}", field.name);
            }
        }
    }
}
