//! `shuyuan new`: a file for a new entry, with every field explained, valid as written.

mod draft;
mod words;

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use draft::Named;

use super::Exit;
use super::init::{quoted, write_new};
use super::terminal::err;
use crate::content::Kind;
use crate::content::archetype::{self, Field, Form, Need};
use crate::content::value::{Malformed, check_id, propose_id_for};
use crate::diag::Findings;
use crate::diag::fault::Fault;
use crate::entry::{self, Entries};
use crate::load::Inputs;

#[derive(clap::Args)]
pub(super) struct New {
    /// 哪一种内容：课程、老师、通知，或 courses
    #[arg(value_name = "类别", help_heading = "参数")]
    kind: String,
    /// 编号，也是网址和文件名：小写字母、数字和连字符；写标题也可以，会用拼音取一个
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
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        let (said, exit) = match self.create() {
            Ok(said) => (said, Exit::Fine),
            Err(Refused::Told(said)) => (said, Exit::Mistakes),
            Err(Refused::Fault(fault)) => return Err(fault),
        };
        err(said)?;
        Ok(exit)
    }

    fn create(&self) -> Result<String, Refused> {
        let kind = words::kind(&self.kind).map_err(Refused::Told)?;
        let named = self.named(kind).map_err(Refused::Told)?;
        let mut findings = Findings::default();
        let inputs = Inputs::from_disk(&self.root, &mut findings)?;
        if inputs.get(entry::SITE_PATH).is_none() {
            let root = &self.root;
            return Err(Refused::Told(format!(
                "{root} 不是门户项目：没有 content/site.yaml。用 --root 指明项目的文件夹，或用 shuyuan init 新建一个。"
            )));
        }
        let entries = entry::read(&inputs, &mut findings);
        taken(kind, &named.id, &entries).map_err(Refused::Told)?;
        let fields = archetype::fields(kind);
        let first = first_ids(&entries);
        needed(&fields, &first).map_err(|needed| Refused::Told(self.needs(kind, needed)))?;
        let path = self.root.join(format!("content/{}/{}.md", kind.folder(), named.id));
        if path.symlink_metadata().is_ok() {
            return Err(Refused::Told(format!("{path} 已经有了，没有动它。请换一个编号，或直接改那个文件。")));
        }
        write_new(&path, draft::text(kind, &fields, &named, &first).as_bytes())?;
        Ok(self.done(&path, &named))
    }

    /// What to do next with the new file.
    fn done(&self, path: &Utf8Path, named: &Named) -> String {
        let own = self.id.as_deref() == Some(&*named.id);
        let id = if own {
            String::new()
        } else {
            format!("编号取作 {}，它也是网址；不合适，现在就改文件名。\n", named.id)
        };
        format!(
            "已新建：{path}\n{id}打开它，按说明改；改好后删掉 draft: true 那一行，才会发布。\n\
             没发布时想先看一眼：\n  shuyuan serve --drafts --open{}",
            self.root_option()
        )
    }

    /// The id and the title. A text that is no id is a title, from which the id is made.
    ///
    /// # Errors
    /// A message that says what to write.
    fn named(&self, kind: Kind) -> Result<Named, String> {
        let Some(text) = self.id.as_deref().or(self.title.as_deref()) else {
            return Err(format!(
                "还要写编号或标题，例如：\n  shuyuan new {} bian-hao --title 标题{}",
                kind.folder(),
                self.root_option()
            ));
        };
        let title = self.title.clone();
        match check_id(text) {
            Ok(()) => return Ok(Named { id: text.to_owned(), title }),
            Err(Malformed::Reserved) => return Err(format!("编号“{text}”系统已占用，请换一个。")),
            Err(_) => {}
        }
        let is_title = !text.is_ascii() || text.contains(' ');
        match propose_id_for(kind, text) {
            Some(id) => Ok(Named { id, title: title.or_else(|| is_title.then(|| text.to_owned())) }),
            None => Err(format!(
                "从“{text}”取不出编号，请自己写一个，用小写字母、数字和连字符：\n  shuyuan new {} bian-hao --title {}{}",
                self.kind,
                quoted(title.as_deref().unwrap_or(text)),
                self.root_option()
            )),
        }
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
    for entry in entries.entries.iter().map(|entry| &**entry).filter(shown) {
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
