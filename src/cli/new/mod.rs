//! `shuyuan new`: a file for a new entry, with every field explained, valid as written.

mod draft;

use std::collections::HashMap;

use camino::Utf8PathBuf;

use super::Exit;
use super::init::{quoted, write_new};
use crate::content::Kind;
use crate::content::archetype::{self, Field, Form, Need};
use crate::content::value::{Malformed, check_id, propose_id_for};
use crate::diag::fault::Fault;
use crate::diag::{Findings, nearest};
use crate::entry::{self, Entries};
use crate::load::Inputs;

#[derive(clap::Args)]
pub(super) struct New {
    /// 哪一种内容：courses、course 或 课程
    #[arg(value_name = "类别", help_heading = "参数")]
    kind: String,
    /// 编号，也是网址和文件名：小写字母、数字和连字符
    #[arg(value_name = "编号", help_heading = "参数")]
    id: Option<String>,
    /// 标题或名称
    #[arg(long, value_name = "标题")]
    title: Option<String>,
    /// 项目所在的文件夹
    #[arg(long, value_name = "文件夹", default_value = ".")]
    root: Utf8PathBuf,
}

/// Why nothing was written.
enum Refused {
    /// A message for the editor.
    Told(String),
    /// The machine failed.
    Fault(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl New {
    pub(super) fn run(&self) -> Exit {
        match self.create() {
            Ok(said) => {
                anstream::eprintln!("{said}");
                Exit::Fine
            }
            Err(Refused::Told(said)) => {
                anstream::eprintln!("{said}");
                Exit::Mistakes
            }
            Err(Refused::Fault(fault)) => {
                anstream::eprintln!("{fault}");
                Exit::Fault
            }
        }
    }

    fn create(&self) -> Result<String, Refused> {
        let kind = find_kind(&self.kind).map_err(Refused::Told)?;
        let id = self.id(kind).map_err(Refused::Told)?;
        let mut findings = Findings::default();
        let inputs = Inputs::from_disk(&self.root, &mut findings)?;
        if inputs.get(entry::SITE_PATH).is_none() {
            let root = &self.root;
            return Err(Refused::Told(format!(
                "{root} 不是门户项目：没有 content/site.yaml。用 --root 指明项目的文件夹，或用 shuyuan init 新建一个。"
            )));
        }
        let entries = entry::read(&inputs, &mut findings);
        taken(kind, id, &entries).map_err(Refused::Told)?;
        let fields = archetype::fields(kind);
        let first = first_ids(&entries);
        needed(&fields, &first).map_err(|needed| Refused::Told(self.needs(kind, needed)))?;
        let shown = format!("content/{}/{id}.md", kind.folder());
        let path = self.root.join(&shown);
        if path.symlink_metadata().is_ok() {
            return Err(Refused::Told(format!("{path} 已经有了，没有动它。请换一个编号，或直接改那个文件。")));
        }
        let named = draft::Named { id, title: self.title.as_deref() };
        let text = draft::text(kind, &fields, &named, &first);
        write_new(&path, text.as_bytes())?;
        Ok(format!("写好了：{path}\n打开它，按说明改；改好后删掉 draft: true 那一行，才会发布。"))
    }

    /// The given id if it is valid, else a message that proposes another command.
    fn id(&self, kind: Kind) -> Result<&str, String> {
        let wanted = self.id.as_deref().or(self.title.as_deref());
        let Some(text) = wanted else {
            return Err(format!("还要写编号，例如：\n  shuyuan new {} bian-hao --title 标题", kind.folder()));
        };
        let what = match check_id(text) {
            Ok(()) if self.id.is_some() => return Ok(text),
            Ok(()) => "还要写编号".to_owned(),
            Err(Malformed::Reserved) => {
                return Err(format!("编号“{text}”系统已占用，请换一个。"));
            }
            Err(_) if self.id.is_none() => "还要写编号".to_owned(),
            Err(_) => format!("“{text}”不能作编号：编号也是网址，只用小写字母、数字和连字符"),
        };
        let Some(proposal) = propose_id_for(kind, text) else { return Err(format!("{what}，请另取一个。")) };
        let title = self.title.as_deref().unwrap_or(text);
        let title = if title.is_ascii() && self.title.is_none() {
            String::new()
        } else {
            format!(" --title {}", quoted(title))
        };
        Err(format!("{what}。可以运行：\n  shuyuan new {} {proposal}{title}{}", self.kind, self.root_option()))
    }

    fn root_option(&self) -> String {
        if self.root == "." { String::new() } else { format!(" --root {}", quoted(self.root.as_str())) }
    }

    fn needs(&self, kind: Kind, needed: Kind) -> String {
        let (label, folder) = (needed.label(), needed.folder());
        format!(
            "{}必须引用{label}，可是项目里还没有已发布的{label}。请先建一个，删掉它的 draft 一行，再来一次：\n  \
             shuyuan new {folder} bian-hao --title {label}名称{}",
            kind.label(),
            self.root_option()
        )
    }
}

/// Finds a kind by its folder, its singular, its Chinese name, or a part that only one name contains.
fn find_kind(word: &str) -> Result<Kind, String> {
    let all = Kind::ALL.iter().copied();
    let exact = |kind: &Kind| [kind.folder(), &singular(kind.folder()), kind.label()].contains(&word);
    if let Some(kind) = all.clone().find(exact) {
        return Ok(kind);
    }
    let parts: Vec<Kind> = all.clone().filter(|kind| !word.is_ascii() && kind.label().contains(word)).collect();
    if let [kind] = parts[..] {
        return Ok(kind);
    }
    let names = all.clone().flat_map(|kind| [kind.folder(), kind.label()]);
    let near = nearest(word, names).map_or_else(String::new, |near| format!("是不是 {near}？"));
    let list: Vec<String> = all.map(|kind| format!("  {:<14}{}", kind.folder(), kind.label())).collect();
    Err(format!("没有“{word}”这种内容。{near}可以写：\n{}", list.join("\n")))
}

fn singular(folder: &str) -> String {
    match folder.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None if folder == "news" => folder.to_owned(),
        None => folder.trim_end_matches('s').to_owned(),
    }
}

/// Refuses an id that the kind already uses or used formerly.
fn taken(kind: Kind, id: &str, entries: &Entries) -> Result<(), String> {
    let label = kind.label();
    let of_kind = || entries.entries.iter().filter(|entry| entry.kind() == kind);
    let now = of_kind().find(|entry| entry.id == id).map(|entry| &entry.origin);
    let broken = entries.broken.iter().find(|broken| broken.kind == kind && broken.id.as_deref() == Some(id));
    if let Some(origin) = now.or(broken.map(|broken| &broken.origin)) {
        return Err(format!("{label}里已经有编号“{id}”，写在 {}。请换一个编号。", origin.source.path));
    }
    match of_kind().find(|entry| entry.common.formerly.iter().any(|former| former.as_str() == id)) {
        Some(entry) => Err(format!("“{id}”是{label}“{}”的旧编号，旧网址还在用。请换一个编号。", entry.id)),
        None => Ok(()),
    }
}

/// The first entry of each kind that published content may refer to.
fn first_ids(entries: &Entries) -> HashMap<Kind, String> {
    let mut first = HashMap::new();
    let shown = |entry: &&entry::Entry| !entry.common.draft && entry.common.withdrawn.is_none();
    for entry in entries.entries.iter().filter(shown) {
        first.entry(entry.kind()).or_insert_with(|| entry.id.clone());
    }
    first
}

/// The first kind that a required field refers to and that has no entries yet.
fn needed(fields: &[Field], first: &HashMap<Kind, String>) -> Result<(), Kind> {
    for field in fields.iter().filter(|field| field.need == Need::Required) {
        let form = match &field.form {
            Form::List(item) => item.as_ref(),
            form => form,
        };
        match form {
            Form::Reference(other) if !first.contains_key(other) => return Err(*other),
            Form::Fields(inner) => needed(inner, first)?,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_by_any_of_its_names() {
        for (word, kind) in [
            ("courses", Kind::Course),
            ("course", Kind::Course),
            ("课程", Kind::Course),
            ("duty", Kind::Duty),
            ("news", Kind::News),
            ("活动", Kind::Event),
            ("学习之星", Kind::Star),
        ] {
            assert_eq!(find_kind(word), Ok(kind), "{word}");
        }
        for kind in Kind::ALL {
            assert_eq!(find_kind(kind.label()), Ok(*kind));
            assert_eq!(find_kind(&singular(kind.folder())), Ok(*kind));
        }
        let said = find_kind("coures").expect_err("unknown");
        assert!(said.contains("是不是 courses？") && said.contains("百姓学习之星"), "{said}");
    }
}
