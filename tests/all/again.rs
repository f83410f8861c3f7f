//! A build of what was built before says the same and makes nothing; anything else is made.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const SITE: &str = "title: 站\ndescription: 说明\nid: zhan\nsince: 2026\n";
/// A page, beside which the build warns that the site has no address.
const PAGE: &str = "---\ntitle: 太极拳\n---\n甲\n";

struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
        project.write("content/site.yaml", SITE);
        project.write("content/pages/taiji.md", PAGE);
        project
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds, and tells whether anything was made, and all that was said but times.
    fn build(&self, more: &[&str]) -> (bool, serde_json::Value) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shuyuan"));
        command.stdin(Stdio::null()).args(["build", "--json", "--root"]).arg(self.0.path());
        if !more.contains(&"--today") {
            command.args(["--today", "2026-11-21"]);
        }
        let output = command.args(more).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let made = said["timings"].as_object().unwrap().contains_key("render");
        for field in ["timings", "seconds"] {
            said.as_object_mut().unwrap().remove(field);
        }
        (made, said)
    }

    fn is_made(&self, more: &[&str]) -> bool {
        self.build(more).0
    }

    fn page(&self) -> String {
        fs::read_to_string(self.at("site/pages/taiji.html")).unwrap()
    }
}

#[test]
fn nothing_changed_and_all_is_said_again() {
    let project = Project::new();
    let (made, first) = project.build(&[]);
    assert!(made && first["diagnostics"].as_array().unwrap().len() == 1, "{first}");
    let (made, second) = project.build(&[]);
    assert!(!made);
    let files = first["output"]["written"].as_u64().unwrap();
    assert_eq!((second["output"]["written"].as_u64(), second["output"]["unchanged"].as_u64()), (Some(0), Some(files)));
    for what in ["diagnostics", "site", "published"] {
        assert_eq!(first[what], second[what]);
    }
    assert!(project.is_made(&["--no-cache"]));
}

#[test]
fn whatever_decides_about_the_output_is_asked() {
    let project = Project::new();
    let again = |why: &str, more: &[&str]| {
        assert!(project.is_made(more), "{why}");
        assert!(!project.is_made(more), "{why}, again");
    };
    again("first", &[]);
    project.write("content/pages/taiji.md", &PAGE.replace("太极拳", "太极剑"));
    again("a word", &[]);
    assert!(project.page().contains("太极剑"));
    again("the day", &["--today", "2026-11-22"]);
    again("drafts", &["--drafts"]);
    again("the address", &["--base-url", "https://b.example/"]);
    again("the way of writing", &["--in-place"]);
    again("back", &[]);
    project.write("content/static/robots-note.txt", "x");
    assert!(project.is_made(&[]), "a new file");
    assert!(project.is_made(&[]), "which changed too recently to be known by its times");
    fs::remove_file(project.at("content/static/robots-note.txt")).unwrap();
    again("a file less", &[]);
    project.write("themes/default/templates/extra.html", "x");
    again("a file of the theme", &[]);
}

#[test]
fn an_output_that_was_touched_is_made_whole() {
    let project = Project::new();
    let good = || {
        project.build(&[]);
        project.page()
    };
    let page = good();
    let spoil: [&dyn Fn(&Path); 4] = [
        &|page| fs::remove_file(page).unwrap(),
        &|page| fs::write(page, "x").unwrap(),
        &|page| fs::write(page, fs::read_to_string(page).unwrap().replace('太', "大")).unwrap(),
        &|page| fs::write(page.with_file_name("strange.html"), "x").unwrap(),
    ];
    for (nth, spoil) in spoil.into_iter().enumerate() {
        assert!(!project.is_made(&[]), "{nth}");
        spoil(&project.at("site/pages/taiji.html"));
        assert!(project.is_made(&[]), "{nth}");
        assert_eq!(project.page(), page, "{nth}");
    }
    fs::remove_dir_all(project.at("site")).unwrap();
    assert_eq!(good(), page);
}

#[test]
fn a_record_that_is_spoilt_costs_only_time() {
    let project = Project::new();
    let (_, first) = project.build(&[]);
    let record = project.at(".shuyuan/built");
    let good = fs::read(&record).unwrap();
    let step = good.len() / 12;
    for at in (0..good.len()).step_by(step) {
        let mut flipped = good.clone();
        flipped[at] ^= 0x11;
        for bytes in [&flipped[..], &good[..at]] {
            fs::write(&record, bytes).unwrap();
            let (made, said) = project.build(&[]);
            assert!(made, "{at}");
            assert_eq!(said["diagnostics"], first["diagnostics"]);
        }
    }
    assert!(!project.is_made(&[]), "the last of these builds left a good one");
}

#[cfg(unix)]
#[test]
fn a_record_that_leads_elsewhere_is_not_followed() {
    let project = Project::new();
    project.build(&[]);
    let (record, aside) = (project.at(".shuyuan/built"), project.at("aside"));
    fs::rename(&record, &aside).unwrap();
    std::os::unix::fs::symlink(&aside, &record).unwrap();
    assert!(project.is_made(&[]));
    assert!(!record.symlink_metadata().unwrap().is_symlink());
}
