//! Who may use the output: mode, owner, group and access lists do not depend on which build wrote a file.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;

use rustix::fs::{XattrFlags, getxattr, setxattr};

use super::project::{Project, files};

const WAYS: [&[&str]; 3] = [&[], &["--in-place"], &[]];
/// The group of the web server, if this user may give it away.
const GROUP: u32 = 4321;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn page(n: usize) -> String {
    format!("---\ntitle: 第 {n} 版\n---\n第 {n} 次修改。\n")
}

/// The modes of all files of the output.
fn modes(project: &Project) -> BTreeSet<u32> {
    files(&project.at("site")).iter().map(|path| mode(path)).collect()
}

#[test]
fn the_umask_of_the_first_build_decides() {
    for (umask, folder, file) in [("022", 0o755, 0o644), ("077", 0o700, 0o600), ("002", 0o775, 0o664)] {
        let project = Project::new();
        project.build(umask, &[]);
        assert_eq!((mode(&project.at("site")), mode(&project.at("site/courses"))), (folder, folder), "{umask}");
        assert_eq!(modes(&project), BTreeSet::from([file]), "{umask}");
    }
}

#[test]
fn later_builds_under_any_umask_leave_files_of_one_mode() {
    let project = Project::new();
    project.build("022", &[]);
    for (round, umask) in ["077", "002", "077", "027", "022", "077"].into_iter().enumerate() {
        project.write("content/pages/about.md", page(round).as_bytes());
        project.write(&format!("content/pages/xin-{round}.md"), page(round).as_bytes());
        project.build(umask, WAYS[round % 3]);
        assert_eq!(modes(&project), BTreeSet::from([0o644]), "round {round}");
        assert_eq!(mode(&project.at("site/pages")), 0o755, "round {round}");
    }
}

#[test]
fn files_that_a_former_build_closed_are_open_again() {
    for more in WAYS {
        let project = Project::new();
        project.build("022", more);
        for file in ["index.html", "robots.txt", "courses/ke-0.html", ".shuyuan-manifest"] {
            set_mode(&project.at("site").join(file), 0o600);
        }
        project.build("077", more);
        project.write("content/pages/about.md", page(1).as_bytes());
        project.build("077", more);
        assert_eq!(modes(&project), BTreeSet::from([0o644]));
    }
}

#[test]
fn a_folder_keeps_mode_group_and_access_lists_and_hands_them_on() {
    let project = Project::new();
    project.build("022", &[]);
    let site = project.at("site");
    let has_group = chown(&site, None, Some(GROUP)).is_ok();
    let group = fs::metadata(&site).unwrap().gid();
    assert_eq!(has_group, group == GROUP);
    set_mode(&site, 0o2775);
    set_mode(&project.at("site/courses"), 0o2751);
    for (round, umask) in ["077", "022", "077", "002", "077"].into_iter().enumerate() {
        project.write("content/pages/about.md", page(round).as_bytes());
        project.write("content/static/docs/note.txt", page(round).as_bytes());
        project.write(&format!("content/courses/xin-{round}.md"), course(round).as_bytes());
        project.build(umask, WAYS[round % 3]);
        for (path, expected) in [("site", 0o2775), ("site/courses", 0o2751), ("site/docs", 0o2775)] {
            assert_eq!(mode(&project.at(path)), expected, "{path}, round {round}");
        }
        assert_eq!(mode(&project.at("site/regions")), 0o755);
        for path in ["site", "site/docs", "site/docs/note.txt", "site/index.html"] {
            assert_eq!(fs::metadata(project.at(path)).unwrap().gid(), group, "{path}, round {round}");
        }
        assert_eq!(modes(&project), BTreeSet::from([0o644]), "round {round}");
    }
}

fn course(n: usize) -> String {
    let fields = "topics: [xieyi]\ninstitution: zhen-xuexiao\nvenue: xuexiao-huashi\nfee: 0";
    format!("---\ntitle: 新课 {n}\n{fields}\n---\n来学。\n")
}

#[test]
fn access_lists_stay_and_decide_over_new_files() {
    const DEFAULT: &str = "system.posix_acl_default";
    let list = |path: &Path, name: &str| {
        let mut value = [0; 200];
        getxattr(path, name, &mut value[..]).map(|length| value[..length].to_vec()).ok()
    };
    let project = Project::new();
    project.build("022", &[]);
    let site = project.at("site");
    // The owner may do all, user 33 and the owner's group read, nobody else anything.
    let entries = [(1_u16, 7_u16, u32::MAX), (2, 5, 33), (4, 5, u32::MAX), (16, 5, u32::MAX), (32, 0, u32::MAX)];
    let mut value = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, id) in entries {
        value.extend(tag.to_le_bytes().into_iter().chain(rights.to_le_bytes()).chain(id.to_le_bytes()));
    }
    let is_kept = setxattr(&site, DEFAULT, &value, XattrFlags::empty()).is_ok();
    let before = list(&site, DEFAULT);
    assert_eq!(before, is_kept.then_some(value));
    for (round, umask) in ["077", "022", "002"].into_iter().enumerate() {
        project.write(&format!("content/static/docs/{round}.txt"), page(round).as_bytes());
        project.build(umask, WAYS[round]);
        assert_eq!(list(&site, DEFAULT), before, "round {round}");
        assert_eq!(list(&project.at("site/docs"), DEFAULT), before, "round {round}");
        let file = project.at(&format!("site/docs/{round}.txt"));
        assert_eq!(mode(&file), if is_kept { 0o640 } else { 0o644 }, "round {round}");
    }
}
