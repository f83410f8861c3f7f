//! The field tables of the editor's handbook match the types. `UPDATE=1` rewrites them.

use std::fmt::Write as _;
use std::fs;

use shuyuan::content::Kind;
use shuyuan::content::archetype::{Field, Form, Need, fields, site_fields};
use shuyuan::content::schema::is_common;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content/README.md");
const BEGIN: &str = "<!-- fields:begin -->\n";
const END: &str = "<!-- fields:end -->";

#[test]
fn the_handbooks_tables_are_those_of_the_types() {
    let text = fs::read_to_string(PATH).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let tables = tables();
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(PATH, format!("{before}{BEGIN}{tables}{END}{after}")).unwrap();
    }
    assert!(found == tables, "content/README.md 的字段表旧了：UPDATE=1 cargo test --test all handbook");
}

fn tables() -> String {
    let mut text = "\n### 站点设置（`site.yaml`）\n\n".to_owned();
    table(&mut text, &site_fields());
    text.push_str("\n### 每种内容都可以写的字段\n\n");
    let all = fields(Kind::ALL[0]);
    table(&mut text, all.iter().filter(|field| is_common(&field.name)));
    for kind in Kind::ALL {
        let _ = writeln!(text, "\n### {}（`{}`）\n", kind.label(), kind.folder());
        let all = fields(*kind);
        let needed_here = |field: &&Field| !is_common(&field.name) || kind.needs().contains(&field.name.as_str());
        let own: Vec<&Field> = all.iter().filter(needed_here).collect();
        if own.is_empty() {
            text.push_str("没有别的字段，只写标题、摘要和正文。\n");
        } else {
            table(&mut text, own);
        }
    }
    text.push('\n');
    text
}

fn table<'a>(text: &mut String, fields: impl IntoIterator<Item = &'a Field>) {
    text.push_str("| 字段 | 必填 | 值 | 说明 |\n|---|---|---|---|\n");
    for field in fields {
        row(text, "", field);
    }
}

/// A row for a field, then rows for its fields: `enrol.phone`.
fn row(text: &mut String, prefix: &str, field: &Field) {
    let name = format!("{prefix}{}", field.name);
    let need = if field.need == Need::Required { "是" } else { "" };
    let title = field.title.replace('|', "\\|");
    let _ = writeln!(text, "| `{name}` | {need} | {} | {title} |", form(field));
    let inner = match &field.form {
        Form::List(item) => item.as_ref(),
        form => form,
    };
    if let Form::Fields(fields) = inner {
        for field in fields {
            row(text, &format!("{name}."), field);
        }
    }
}

fn form(field: &Field) -> String {
    match &field.form {
        Form::List(item) => format!("清单：{}", one(item, &field.title)),
        form => one(form, &field.title),
    }
}

fn one(form: &Form, title: &str) -> String {
    match form {
        Form::Text => "文字".to_owned(),
        Form::Formatted(format) => match format.as_str() {
            "id" => "编号",
            "mixed-ref" => "类别/编号",
            "date" => "日期",
            "time" => "时刻",
            "moment" => "日期和时刻",
            "span" => "时段",
            "file" => "文件路径",
            "url" => "网址",
            "phone" => "电话",
            "focus" => "两个百分比",
            other => panic!("a format without a word: {other}"),
        }
        .to_owned(),
        Form::Reference(kind) => format!("{}的编号", kind.label()),
        Form::Whole => "整数".to_owned(),
        Form::Number => "数字".to_owned(),
        Form::Truth => "true 或 false".to_owned(),
        Form::Fields(_) => "字段".to_owned(),
        Form::Choice(words) if words.iter().all(|(word, _)| title.contains(word.as_str())) => "选一个词".to_owned(),
        Form::Choice(words) => {
            let words = words.iter().map(|(word, meaning)| match meaning {
                Some(meaning) => format!("{word} {meaning}"),
                None => word.clone(),
            });
            format!("选一个词：{}", words.collect::<Vec<_>>().join("、"))
        }
        Form::List(_) => unreachable!("no list of lists"),
    }
}
