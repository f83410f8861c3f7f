//! `shuyuan init`: creates a small working portal from files embedded in the binary.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use super::Exit;
use super::terminal::err;
use crate::content::sample::Starter;
use crate::diag::fault::{Doing, Fault};

/// The editor's handbook. Every portal gets a copy, because messages refer to it.
const HANDBOOK: &str = include_str!("../../content/README.md");

#[derive(clap::Args)]
pub(super) struct Init {
    /// 新门户放在哪个文件夹；还没有就新建，已有的必须是空的
    #[arg(value_name = "文件夹", help_heading = "参数")]
    dir: Utf8PathBuf,
}

impl Init {
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        if !is_free(&self.dir)? {
            err(format_args!("{} 里已经有东西，没有动它。请换一个新的或空的文件夹。", self.dir))?;
            return Ok(Exit::Mistakes);
        }
        let mut count = 0;
        for (path, bytes) in files() {
            write_new(&self.dir.join(path), &bytes)?;
            count += 1;
        }
        err(format_args!(
            "新门户建好了：{}，共 {count} 个文件。\n接下来：\n  shuyuan build --root {}    生成到 {}\n\
             先改 content/site.yaml 里的站名，再看编辑手册 content/README.md。",
            self.dir,
            quoted(self.dir.as_str()),
            self.dir.join("site")
        ))?;
        Ok(Exit::Fine)
    }
}

/// The files of a new portal: path from its root, and content, in order.
fn files() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    // Embedded names have `dot-` instead of the dot: an embedded `.gitignore` would hide files here.
    let shown = |name: &str| name.strip_prefix("dot-").map_or_else(|| name.to_owned(), |rest| format!(".{rest}"));
    let starter = Starter::iter().filter_map(move |name| Some((shown(&name), Starter::get(&name)?.data)));
    starter.chain([("content/README.md".to_owned(), HANDBOOK.as_bytes().into())])
}

/// Whether the folder is missing or empty. Files that git or a desktop creates in a new folder do not count.
fn is_free(dir: &Utf8Path) -> Result<bool, Fault> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(false),
        Err(error) => return Err(Fault::read(dir, error)),
    };
    for entry in entries {
        let name = entry.map_err(|error| Fault::read(dir, error))?.file_name();
        if ![".git", ".DS_Store"].iter().any(|harmless| name == *harmless) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a file that must not exist yet, and creates its parent folders.
pub(super) fn write_new(path: &Utf8Path, bytes: &[u8]) -> Result<(), Fault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Fault::io(Doing::CreateFolder, folder.as_std_path()))?;
    }
    let write = || fs::File::create_new(path)?.write_all(bytes);
    write().map_err(Fault::io(Doing::Write, path.as_std_path()))
}

/// Quotes a word for a command line.
pub(super) fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || "\"'$`\\&|;<>()*?#!~".contains(c));
    if plain { word.to_owned() } else { format!("\"{}\"", word.replace(['"', '$', '`', '\\'], " ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_get_their_names_back() {
        let names: Vec<String> = files().map(|(name, _)| name).collect();
        for name in [".gitignore", ".github/workflows/build.yml", "README.md", "content/site.yaml", "content/README.md"]
        {
            assert!(names.iter().any(|known| known == name), "{name} in {names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("dot-")), "{names:?}");
    }

    #[test]
    fn a_word_with_spaces_is_quoted() {
        assert_eq!(quoted("太极拳"), "太极拳");
        assert_eq!(quoted("太极 拳"), "\"太极 拳\"");
    }
}
