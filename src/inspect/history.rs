//! When files of the project were first and last committed, as git tells.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use camino::Utf8Path;
use jiff::civil::Date;

/// The days of the first and the last commit of each file, by path from the project's root.
#[derive(Debug, Default)]
pub struct History(BTreeMap<String, (Date, Date)>);

impl History {
    /// Asks git once, for all files of the content; `None` if there is no git, or no history.
    pub fn of(root: &Utf8Path) -> Option<Self> {
        let arguments = ["log", "--format=%x00%cs", "--name-only", "--no-renames", "--relative", "-z", "--", "content"];
        let mut command = Command::new("git");
        command.current_dir(root).args(["-c", "core.quotePath=false"]).args(arguments).stderr(Stdio::null());
        let output = command.output().ok().filter(|output| output.status.success())?;
        let history = Self::read(&String::from_utf8_lossy(&output.stdout));
        (!history.0.is_empty()).then_some(history)
    }

    /// Reads what git says: a day between two zeros, then names, each behind a zero; the newest commit first.
    pub fn read(log: &str) -> Self {
        let mut days: BTreeMap<String, (Date, Date)> = BTreeMap::new();
        let mut day = None;
        for word in log.split('\0').map(|word| word.trim_matches('\n')).filter(|word| !word.is_empty()) {
            match (word.parse::<Date>(), day) {
                (Ok(next), _) => day = Some(next),
                (Err(_), Some(day)) => {
                    days.entry(word.to_owned()).or_insert((day, day)).0 = day;
                }
                (Err(_), None) => {}
            }
        }
        Self(days)
    }

    pub(super) fn first(&self, path: &str) -> Option<Date> {
        self.0.get(path).map(|(first, _)| *first)
    }

    pub(super) fn last(&self, path: &str) -> Option<Date> {
        self.0.get(path).map(|(_, last)| *last)
    }

    /// The day of the first commit of all.
    pub(super) fn beginning(&self) -> Option<Date> {
        self.0.values().map(|(first, _)| *first).min()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_first_and_the_last_commit_of_each_file_are_known() {
        let history = History::read("\x002026-11-02\0\ncontent/a.md\0content/b c.md\0\x002026-10-01\0\ncontent/a.md\0");
        assert_eq!(
            (history.first("content/a.md"), history.last("content/a.md")),
            (Some(date(2026, 10, 1)), Some(date(2026, 11, 2)))
        );
        assert_eq!(history.first("content/b c.md"), Some(date(2026, 11, 2)));
        assert_eq!(history.beginning(), Some(date(2026, 10, 1)));
        assert_eq!(history.first("content/c.md"), None);
    }
}
