//! When the files of the content were committed, and how often, as git tells. The clock is never asked.

use std::collections::{BTreeMap, HashMap};
use std::process::{Command, Output};

use camino::Utf8Path;
use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization as _;

use super::Inputs;
use crate::diag::catalogue as say;
use crate::diag::fault::NoHistory;
use crate::diag::{Diagnostic, Findings};

/// The folder whose history is asked for. It may be a repository of its own.
const CONTENT: &str = "content";

/// What git knows of the files of the content, by path from the project's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(BTreeMap<String, Commits>);

/// The commits that changed a file. A file that was only renamed has those of its former name as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commits {
    /// When the first of them was made.
    pub first: Timestamp,
    /// When the last of them was made.
    pub last: Timestamp,
    /// How many there are.
    pub count: u32,
}

impl History {
    /// Asks git once, for all files.
    ///
    /// # Errors
    /// Why git does not know the whole history. A clone that was cut off has wrong numbers, so it counts as none.
    pub fn of(root: &Utf8Path) -> Result<Self, NoHistory> {
        let shallow = git(root, &["rev-parse", "--is-shallow-repository"])?;
        if shallow.trim() == "true" {
            return Err(NoHistory::Shallow);
        }
        // Only whole files are followed through renames: what is similar could not be told without reading the files of all commits.
        let log = ["log", "--format=%x00%ct", "--name-status", "--find-renames=100%", "--relative", "-z", "--", "."];
        let history = Self::read(&git(root, &log)?);
        if history.0.is_empty() { Err(NoHistory::Empty) } else { Ok(history) }
    }

    /// Reads what git says, in words that end with zeros: a time, then letters that say what happened to the file that follows; the newest
    /// commit first.
    pub fn read(log: &str) -> Self {
        let mut history = BTreeMap::new();
        // What files of older commits are called today.
        let mut present: HashMap<&str, String> = HashMap::new();
        let mut at = None;
        let mut words = log.split('\0').map(|word| word.trim_start_matches('\n'));
        while let Some(word) = words.next() {
            if let Ok(seconds) = word.parse::<i64>() {
                at = Timestamp::from_second(seconds).ok();
                continue;
            }
            if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
                continue;
            }
            let former = if word.starts_with(['R', 'C']) { words.next() } else { None };
            let Some(name) = words.next() else { break };
            let path = present.get(name).cloned().unwrap_or_else(|| format!("{CONTENT}/{name}").nfc().collect());
            if let Some(at) = at {
                let commits = history.entry(path.clone()).or_insert(Commits { first: at, last: at, count: 0 });
                commits.first = at;
                commits.count += 1;
            }
            if let Some(former) = former.filter(|_| word.starts_with('R')) {
                present.insert(former, path);
            }
        }
        Self(history)
    }

    /// The commits of a file, by its path from the project's root.
    pub fn commits(&self, path: &str) -> Option<Commits> {
        self.0.get(path).copied()
    }

    /// When the first commit of all was made.
    pub fn beginning(&self) -> Option<Timestamp> {
        self.0.values().map(|commits| commits.first).min()
    }

    /// Reports texts of the content that are not as they were committed: of their last change git knows nothing.
    ///
    /// # Errors
    /// Why git cannot tell.
    pub fn uncommitted(root: &Utf8Path, inputs: &Inputs, findings: &mut Findings) -> Result<(), NoHistory> {
        let list = ["ls-files", "--modified", "--others", "--exclude-standard", "-z", "--", "."];
        let staged =
            ["diff", "--cached", "--name-only", "--no-renames", "--diff-filter=d", "--relative", "-z", "--", "."];
        let mut paths: Vec<String> = Vec::new();
        for arguments in [&list[..], &staged] {
            let names = git(root, arguments)?;
            let names = names.split_terminator('\0').map(|name| format!("{CONTENT}/{name}").nfc().collect::<String>());
            paths.extend(names.filter(|path| inputs.text(path).is_some()));
        }
        paths.sort();
        paths.dedup();
        if let Some(first) = paths.first() {
            findings.report(Diagnostic::global(say::uncommitted(first, paths.len())));
        }
        Ok(())
    }

    /// What decides about everything that is made from it.
    pub(super) fn feed(&self, hasher: &mut blake3::Hasher) {
        for (path, Commits { first, last, count }) in &self.0 {
            hasher.update(&path.len().to_le_bytes()).update(path.as_bytes()).update(&count.to_le_bytes());
            hasher.update(&first.as_second().to_le_bytes()).update(&last.as_second().to_le_bytes());
        }
    }
}

/// What git answers, asked in the folder of the content.
fn git(root: &Utf8Path, arguments: &[&str]) -> Result<String, NoHistory> {
    let mut command = Command::new("git");
    // No setting of the machine may change the answer.
    command.current_dir(root.join(CONTENT)).env("LC_ALL", "C").args(["-c", "log.showSignature=false"]).args(arguments);
    let Output { status, stdout, stderr } = command.output().map_err(|_| NoHistory::NoGit)?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&stderr);
    Err(match () {
        () if said.contains("not a git repository") => NoHistory::NoRepository,
        () if said.contains("does not have any commits") => NoHistory::Empty,
        () if said.contains("dubious ownership") => NoHistory::Distrusted,
        () => NoHistory::Failed(said.lines().next().unwrap_or_default().to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(log: &str) -> Vec<(String, i64, i64, u32)> {
        let all = History::read(log).0;
        all.into_iter().map(|(path, c)| (path, c.first.as_second(), c.last.as_second(), c.count)).collect()
    }

    #[test]
    fn first_last_and_number_of_the_commits_of_each_file() {
        let log = "\x00300\0\nM\0a.md\0A\0b c.md\0\x00200\0\nM\0a.md\0\x00100\0\nA\0a.md\0A\x00200\0";
        let all = [("content/200", 100, 100, 1), ("content/a.md", 100, 300, 3), ("content/b c.md", 300, 300, 1)];
        assert_eq!(read(log), all.map(|(path, first, last, count)| (path.to_owned(), first, last, count)));
        assert_eq!(History::read(log).beginning(), Timestamp::from_second(100).ok());
        assert_eq!(read(""), []);
    }

    #[test]
    fn a_renamed_file_keeps_its_commits_and_its_former_name_may_be_taken_again() {
        let log = "\x00500\0\nA\0a.md\0\x00400\0\nR100\0b.md\0c.md\0\x00300\0\nR100\0a.md\0b.md\0\x00200\0\nM\0a.md\0\x00100\0\nA\0a.md\0";
        let all = [("content/a.md", 500, 500, 1), ("content/c.md", 100, 400, 4)];
        assert_eq!(read(log), all.map(|(path, first, last, count)| (path.to_owned(), first, last, count)));
    }
}
