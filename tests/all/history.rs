//! `build --git`: calendars tell when an entry was last committed and how often, and nothing is told of a history that is not whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const SITE: &str = "title: 站\ndescription: 说明\nid: zhan\nsince: 2026\nbase_url: https://example.org/\n";
const REGIONS: &str = "- {id: qu, title: 某区, level: district}\n";
const VENUES: &str = "- {id: guan, title: 文化馆, region: qu, address: 体育路 2 号}\n";

/// A project in a repository of its own, whose commits are made on given days.
struct Project(tempfile::TempDir);

/// What a build ended with, and what it said.
struct Built {
    code: Option<i32>,
    said: String,
}

impl Project {
    fn new() -> Self {
        // Outside of the repository that this test lies in.
        let project = Self(tempfile::tempdir().unwrap());
        project.write("content/site.yaml", SITE);
        project.write("content/regions.yaml", REGIONS);
        project.write("content/venues.yaml", VENUES);
        project.event("dushu", "", "09:00");
        project
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn event(&self, id: &str, fields: &str, time: &str) {
        let text = format!(
            "---\ntitle: 读书会\nvenue: guan\n{fields}sessions:\n  - {{start: 2026-12-09 {time}, end: 2026-12-09 11:00}}\n---\n正文\n"
        );
        self.write(&format!("content/events/{id}.md"), &text);
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.root()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
        let output = command.args(["-c", "commit.gpgSign=false"]).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Commits everything at a moment.
    fn commit(&self, at: &str) {
        self.git(&["add", "-A", "content"]);
        let mut command = Command::new("git");
        command.current_dir(self.root()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
        command.env("GIT_COMMITTER_DATE", at).env("GIT_AUTHOR_DATE", "2020-01-01T00:00:00+08:00");
        let output = command.args(["-c", "commit.gpgSign=false", "commit", "-q", "-m", "改"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn build(&self, more: &[&str]) -> Built {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shuyuan"));
        command.stdin(Stdio::null()).args(["build", "--today", "2026-11-21", "--root"]).arg(self.root()).args(more);
        let output = command.output().unwrap();
        Built { code: output.status.code(), said: String::from_utf8(output.stderr).unwrap() }
    }

    /// The stamp and the number of the event in a calendar that is built from the history.
    fn revision(&self) -> (String, i64) {
        let built = self.build(&["--git"]);
        assert_eq!(built.code, Some(0), "{}", built.said);
        self.told()
    }

    /// What the calendar tells that was built last.
    fn told(&self) -> (String, i64) {
        let calendar = fs::read_to_string(self.root().join("site/calendars/all.ics")).unwrap();
        let value = |name: &str| {
            let mut lines = calendar.lines().filter_map(|line| line.strip_prefix(name));
            lines.next_back().unwrap().trim_start_matches(':').to_owned()
        };
        assert_eq!(value("DTSTAMP"), value("LAST-MODIFIED"));
        (value("LAST-MODIFIED"), value("SEQUENCE").parse().unwrap())
    }
}

#[test]
fn calendars_tell_the_last_commit_and_every_commit_counts() {
    let project = Project::new();
    project.git(&["init", "-q"]);
    project.commit("2026-11-02T09:30:00+08:00");
    let first = project.revision();
    assert_eq!(first.0, "20261102T013000Z");
    project.event("dushu", "", "09:30");
    project.commit("2026-11-02T17:00:00+08:00");
    let second = project.revision();
    assert_eq!(second, ("20261102T090000Z".to_owned(), first.1 + 1), "a second change of one day is a change");
    project.write("content/regions.yaml", &format!("{REGIONS}- {{id: qu2, title: 另一区, level: district}}\n"));
    project.commit("2026-11-05T17:00:00+08:00");
    assert_eq!(project.revision(), second, "another file was committed");
    project.git(&["mv", "content/events/dushu.md", "content/events/huodong.md"]);
    project.commit("2026-11-06T08:00:00+08:00");
    project.event("huodong", "formerly: [dushu]\n", "09:30");
    project.commit("2026-11-06T09:00:00+08:00");
    let renamed = project.revision();
    assert_eq!(renamed, ("20261106T010000Z".to_owned(), second.1 + 4 + 2), "four days and two commits later");
    assert_eq!(project.build(&[]).code, Some(0));
    let without = project.told();
    assert_eq!(without, ("20251231T160000Z".to_owned(), 0), "without the history, only what is written counts");
    assert_eq!(project.revision(), renamed, "a build with the history is not that without it");
}

#[test]
fn what_is_written_is_not_overruled() {
    let project = Project::new();
    project.git(&["init", "-q"]);
    project.event("dushu", "updated: 2026-10-08\n", "09:00");
    project.commit("2026-11-02T09:30:00+08:00");
    let (stamp, number) = project.revision();
    assert_eq!(stamp, "20261007T160000Z");
    project.event("dushu", "updated: 2026-10-08\n", "09:30");
    project.commit("2026-11-03T09:30:00+08:00");
    assert_eq!(project.revision(), (stamp, number + 1), "the number grows even where the day was forgotten");
    project.event("dushu", "changes: [{date: 2026-11-10, text: 换了时间}]\n", "10:00");
    project.commit("2026-11-04T09:30:00+08:00");
    assert_eq!(project.revision().0, "20261109T160000Z", "a change that is written later than it was committed");
}

#[test]
fn a_history_that_is_not_whole_is_none() {
    let project = Project::new();
    let refused = |project: &Project, words: &str| {
        let built = project.build(&["--git"]);
        assert_eq!(built.code, Some(2), "{}", built.said);
        assert!(built.said.contains(words) && built.said.contains("不加 --git"), "{}", built.said);
        assert!(!project.root().join("site").exists());
    };
    refused(&project, "content 不在 git 仓库里");
    project.git(&["init", "-q"]);
    refused(&project, "还没有提交过");
    project.commit("2026-11-02T09:30:00+08:00");
    project.event("dushu", "", "09:30");
    project.commit("2026-11-03T09:30:00+08:00");
    let cut = Project(tempfile::tempdir().unwrap());
    let from = format!("file://{}", project.root().display());
    project.git(&["clone", "-q", "--depth", "1", &from, cut.root().to_str().unwrap()]);
    refused(&cut, "git fetch --unshallow");
    cut.git(&["fetch", "-q", "--unshallow"]);
    assert_eq!(cut.revision().1, 307 - 1 + 2, "days of the year, and two commits");
    let mut command = Command::new(env!("CARGO_BIN_EXE_shuyuan"));
    let output = command.args(["build", "--git", "--root"]).arg(project.root()).env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("这台电脑上没有 git"));
}

#[test]
pub fn what_is_not_committed_is_said() {
    let project = Project::new();
    project.git(&["init", "-q"]);
    project.commit("2026-11-02T09:30:00+08:00");
    let said = |project: &Project| {
        let built = project.build(&["--git"]);
        assert_eq!(built.code, Some(0), "{}", built.said);
        built.said.lines().find(|line| line.contains("[uncommitted]")).map(str::to_owned)
    };
    assert_eq!(said(&project), None);
    project.event("dushu", "", "09:30");
    assert_eq!(said(&project).unwrap(), "警告[uncommitted]: content/events/dushu.md 改过，还没有提交");
    project.event("dengshan", "", "09:30");
    project.git(&["add", "content/events/dengshan.md"]);
    let both = "警告[uncommitted]: content/events/dengshan.md 等 2 个文件改过，还没有提交";
    assert_eq!(said(&project).unwrap(), both);
    assert_eq!(project.build(&["--git", "--strict"]).code, Some(1));
    project.commit("2026-11-03T09:30:00+08:00");
    assert_eq!(said(&project), None);
}
