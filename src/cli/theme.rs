//! `shuyuan theme`: lists the files of the default theme, and copies one into the project for editing.

use camino::Utf8PathBuf;

use super::Exit;
use super::init::{quoted, write_new};
use super::terminal::{err, out};
use crate::diag::fault::Fault;
use crate::diag::{Findings, nearest};
use crate::entry;
use crate::load::Inputs;
use crate::theme;

#[derive(clap::Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令", disable_help_subcommand = true)]
pub(super) struct Theme {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// 列出默认主题的文件
    #[command(help_template = super::HELP, next_help_heading = "选项")]
    List,
    /// 把默认主题的一个文件复制到项目里，改了就用改过的
    #[command(help_template = super::HELP, next_help_heading = "选项")]
    Eject(Eject),
}

#[derive(clap::Args)]
struct Eject {
    /// 主题里的文件，如 templates/course.html；不写就列出全部
    #[arg(value_name = "文件", help_heading = "参数")]
    file: Option<String>,
    /// 项目所在的文件夹
    #[arg(long, value_name = "文件夹", default_value = ".")]
    root: Utf8PathBuf,
}

impl Theme {
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        match &self.command {
            Command::List => out(names().join("\n")).map(|()| Exit::Fine),
            Command::Eject(eject) => eject.run(),
        }
    }
}

impl Eject {
    fn run(&self) -> Result<Exit, Fault> {
        let Some(file) = &self.file else {
            err(format_args!("要复制哪个文件？默认主题有这些：\n{}", list()))?;
            return Ok(Exit::Mistakes);
        };
        let name = file.trim_start_matches("./").trim_start_matches("themes/default/");
        let Some(bytes) = theme::default_file(name) else {
            err(unknown(name))?;
            return Ok(Exit::Mistakes);
        };
        let path = self.root.join("themes").join(theme_of(&self.root)?).join(name);
        if path.symlink_metadata().is_ok() {
            err(format_args!("{path} 已经有了，没有动它。想重新开始，请先删掉它。"))?;
            return Ok(Exit::Mistakes);
        }
        write_new(&path, &bytes)?;
        err(format_args!("复制好了：{path}\n改这个文件就改了门户；删掉它，就又用默认的。"))?;
        Ok(Exit::Fine)
    }
}

/// The theme that the settings name; `default` if the settings cannot be read, since this command does not report their
/// mistakes.
fn theme_of(root: &camino::Utf8Path) -> Result<String, Fault> {
    let mut findings = Findings::default();
    let inputs = Inputs::from_disk(root, &mut findings)?;
    let site = entry::read(&inputs, &mut findings).site;
    Ok(site.map_or_else(|| "default".to_owned(), |(site, _)| site.theme.to_string()))
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = theme::default_files().map(std::borrow::Cow::into_owned).collect();
    names.sort();
    names
}

fn list() -> String {
    names().iter().flat_map(|name| ["  ", name, "\n"]).collect()
}

/// The message for an unknown file: suggests the same name in another folder, else the nearest name, else lists all.
fn unknown(name: &str) -> String {
    let names = names();
    let stem = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let same = names.iter().find(|known| stem(known) == stem(name)).map(String::as_str);
    let near = same.or_else(|| nearest(name, names.iter().map(String::as_str)));
    match near {
        Some(near) => format!("默认主题里没有“{name}”。是不是 {near}？\n  shuyuan theme eject {}", quoted(near)),
        None => format!("默认主题里没有“{name}”，只有这些：\n{}", list()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_is_named() {
        assert!(unknown("course.html").contains("是不是 templates/course.html？"));
        assert!(unknown("templates/cours.html").contains("是不是 templates/course.html？"));
        assert!(unknown("什么").contains("  templates/base.html\n"));
    }
}
