//! The compiled program: flags, exit codes, streams; reproducible output; complete output after a kill.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Courses of the town whose build is killed.
const TOWN: usize = 200;
const SITE: &str = "title: 站\ndescription: 说明\nid: zhan\nsince: 2026\n";

fn shuyuan() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shuyuan"));
    command.stdin(Stdio::null());
    command
}

/// The repository, with the real content.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

/// A project with two regions in a temporary folder.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = folder();
    for (path, text) in files.iter().copied().chain([("content/site.yaml", SITE)]) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// The town in a temporary folder, of a size whose build ends about when the kills do.
fn town() -> tempfile::TempDir {
    let files = crate::town::town(TOWN);
    let root = folder();
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

/// Every file of a tree with its bytes, except files that belong to the program.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(root).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn two_builds_are_the_same_whatever_the_zone_the_locale_and_the_threads() {
    let outs = folder();
    let build = |name: &str, zone: &str, locale: &str, threads: &str| {
        let out = outs.path().join(name);
        let mut command = shuyuan();
        command
            .args(["build", "--json", "--today", "2026-11-10", "--base-url", "https://a.example/p/", "--root"])
            .arg(repository());
        command.arg("--out").arg(&out).env("TZ", zone).env("LC_ALL", locale).env("RAYON_NUM_THREADS", threads);
        let (code, said, _) = run(&mut command);
        assert_eq!(code, 0);
        (tree(&out), serde_json::from_str::<serde_json::Value>(&said).unwrap())
    };
    let (first, said) = build("a", "Asia/Shanghai", "zh_CN.UTF-8", "1");
    let (second, _) = build("b", "America/Los_Angeles", "C", "4");
    // However much content there is: all of it was built, and all that was built is compared.
    let pages = first.keys().filter(|path| path.extension().is_some_and(|extension| extension == "html")).count();
    let [items, others, pictures] = ["item_pages", "other_pages", "pictures"].map(|name| &said["site"][name]);
    assert!(items.as_u64() > Some(0) && pictures.as_u64() > Some(0), "{said}");
    assert_eq!(Some(pages as u64), items.as_u64().zip(others.as_u64()).map(|(items, others)| items + others));
    assert_eq!(Some(first.len() as u64 - 1), said["output"]["written"].as_u64(), "all files but the manifest");
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let different: Vec<_> =
        first.iter().filter(|(path, bytes)| second[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(different.is_empty(), "{different:?}");
}

#[test]
fn a_killed_build_leaves_the_old_portal_or_the_new() {
    let outs = folder();
    let root = town();
    let build = |today: &str, out: &Path| {
        let mut command = shuyuan();
        command.args(["build", "--today", today, "--root"]).arg(root.path()).arg("--out").arg(out);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let days = ["2026-11-08", "2027-03-01"];
    let expected = days.map(|day| {
        let out = outs.path().join(day);
        assert!(build(day, &out).status().unwrap().success());
        tree(&out)
    });
    let changed = differing(&expected[0], &expected[1]).len();
    assert!(expected[0].len() > 500 && changed > 200, "only {changed} files tell one portal from the other");
    let out = outs.path().join("live");
    assert!(build(days[0], &out).status().unwrap().success());
    let mut state = 7_u64;
    for round in 0..10 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = build(days[round % 2], &out).spawn().unwrap();
        std::thread::sleep(Duration::from_millis((state >> 33) % 1500));
        child.kill().unwrap();
        child.wait().unwrap();
        let live = tree(&out);
        let nearest =
            expected.each_ref().map(|whole| differing(&live, whole)).into_iter().min_by_key(Vec::len).unwrap();
        assert!(nearest.is_empty(), "round {round}: a mixture, {nearest:?}");
    }
    assert!(build(days[1], &out).status().unwrap().success());
}

/// The paths by which a live tree is not this portal. Its assets may be beside those of the former one, which are kept
/// for one more build; the manifest names both.
fn differing<'a>(live: &'a BTreeMap<PathBuf, Vec<u8>>, portal: &'a BTreeMap<PathBuf, Vec<u8>>) -> Vec<&'a PathBuf> {
    let is_asset = |path: &Path| ["pictures", "files", "theme", "search"].iter().any(|folder| path.starts_with(folder));
    let more = live.keys().filter(|path| !portal.contains_key(*path) && !is_asset(path));
    let other = portal.iter().filter(|(path, bytes)| live.get(*path) != Some(*bytes)).map(|(path, _)| path);
    more.chain(other).filter(|path| path.as_path() != Path::new(".shuyuan-manifest")).collect()
}

#[test]
fn exit_codes_tell_mistakes_from_faults() {
    let root = project(&[("content/regions.yaml", "- {id: a, title: 甲, level: town}\n")]);
    let check = |args: &[&str]| run(shuyuan().arg("check").arg("--root").arg(root.path()).args(args)).0;
    assert_eq!(check(&[]), 0, "a missing base address is a warning");
    assert_eq!(check(&["--strict"]), 1);
    assert_eq!(check(&["--base-url", "https://a.example/", "--strict"]), 0);
    assert_eq!(check(&["--no-such"]), 1);
    fs::write(root.path().join("content/regions.yaml"), "- {id: a, title: 甲, level: twon}\n").unwrap();
    assert_eq!(check(&[]), 1);
    fs::write(root.path().join("content/regions.yaml"), "- {id: a, title: 甲, level: town}\n").unwrap();
    let file = root.path().join("file");
    fs::write(&file, "x").unwrap();
    let blocked = run(shuyuan().arg("build").arg("--root").arg(root.path()).arg("--out").arg(&file));
    assert_eq!(blocked.0, 2, "{}", blocked.2);
    assert!(!blocked.2.contains("os error"), "{}", blocked.2);
}

#[test]
fn a_build_with_mistakes_leaves_the_old_portal() {
    let root = project(&[("content/regions.yaml", "- {id: a, title: 甲, level: town}\n")]);
    let build = || run(shuyuan().arg("build").arg("--root").arg(root.path()));
    assert_eq!(build().0, 0);
    let before = tree(&root.path().join("site"));
    fs::write(root.path().join("content/regions.yaml"), "- {id: b, title: 乙, level: twon}\n").unwrap();
    let (code, _, said) = build();
    assert_eq!(code, 1);
    assert!(said.contains("content/regions.yaml:1:28") && said.contains("没有发布"), "{said}");
    assert_eq!(tree(&root.path().join("site")), before);
}

#[test]
fn the_summary_names_what_was_left_out_and_the_next_change() {
    let root = project(&[(
        "content/topics.yaml",
        "- {id: a, title: 甲}\n- {id: b, title: 乙, publish: 2026-12-01}\n- {id: c, title: 丙, draft: true}\n",
    )]);
    let (code, _, said) = run(shuyuan().args(["build", "--today", "2026-11-21", "--root"]).arg(root.path()));
    assert_eq!(code, 0);
    for part in ["topics/b（2026-12-01 起发布）", "topics/c（草稿）", "2026-11-22 00:00"] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    let (_, out, _) = run(shuyuan().args(["build", "--json", "--today", "2026-12-01", "--root"]).arg(root.path()));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["site"]["item_pages"], 2);
    assert_eq!(json["published"], true);
}

#[test]
fn every_format_of_check_is_well_formed_and_names_the_place() {
    let root = project(&[("content/regions.yaml", "- {id: a, title: 甲, level: twon}\n")]);
    let check = |format: &str| run(shuyuan().args(["check", "--format", format, "--root"]).arg(root.path())).1;
    assert!(check("text").contains("content/regions.yaml:1:28"));
    assert!(check("github").starts_with("::error file=content/regions.yaml,line=1,col=28,"));
    for line in check("json").lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].is_string());
    }
    let gitlab: serde_json::Value = serde_json::from_str(&check("gitlab")).unwrap();
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 1);
    let sarif: serde_json::Value = serde_json::from_str(&check("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 28);
}

#[test]
fn check_writes_nothing_but_its_cache() {
    let root = project(&[("content/regions.yaml", "- {id: a, title: 甲, level: town}\n")]);
    let before = tree(root.path());
    assert_eq!(run(shuyuan().arg("check").arg("--root").arg(root.path())).0, 0);
    let mut after = tree(root.path());
    after.retain(|path, _| !path.starts_with(".shuyuan"));
    assert_eq!(after, before);
}

/// What every command prints, without a project where it needs none.
const COMMANDS: [&[&str]; 12] = [
    &["--help"],
    &["--version"],
    &["no-such-command"],
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "sarif"],
    &["check", "--explain", "all"],
    &["build"],
    &["build", "--json"],
    &["search", "甲"],
    &["theme", "list"],
    &["new", "课程", "甲"],
];

fn with_a_mistake() -> tempfile::TempDir {
    project(&[("content/regions.yaml", "- {id: a, title: 甲, level: town}\n"), ("content/x.txt", "x")])
}

#[test]
fn a_full_stream_is_a_fault_in_chinese() {
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let root = with_a_mistake();
    for args in COMMANDS {
        let command = || {
            let mut command = shuyuan();
            command.args(args).current_dir(root.path());
            command
        };
        let usual = command().output().unwrap();
        let out = command().stdout(full()).output().unwrap();
        let said = String::from_utf8(out.stderr).unwrap();
        assert!(!said.contains("panicked") && !said.contains("os error"), "{args:?}: {said}");
        if !usual.stdout.is_empty() {
            assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
            assert!(said.contains("结果写不出来：磁盘空间不足"), "{args:?}: {said}");
        }
        let err = command().stderr(full()).output().unwrap();
        let expected = if usual.stderr.is_empty() { usual.status.code() } else { Some(2) };
        // A second run of `new` finds the file of the first.
        assert_eq!(err.status.code(), expected, "{args:?}");
    }
}

#[test]
fn a_closed_stream_ends_quietly() {
    let root = with_a_mistake();
    for args in COMMANDS.into_iter().filter(|args| args[0] != "new") {
        let usual = shuyuan().args(args).current_dir(root.path()).output().unwrap().status.code();
        for closed in ["stdout", "stderr"] {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let mut command = shuyuan();
            command.args(args).current_dir(root.path());
            if closed == "stdout" {
                command.stdout(writer)
            } else {
                command.stderr(writer)
            };
            let output = command.output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), usual, "{args:?} {closed}: {said}");
            assert!(!said.contains("panicked") && !said.contains("写不出来"), "{args:?} {closed}: {said}");
        }
    }
}

#[test]
fn check_speaks_of_the_chosen_files_alone() {
    let root = project(&[
        ("content/regions.yaml", "- {id: a, title: 甲, level: twon}\n"),
        ("content/pages/about.md", "---\ntitle: 关于\n---\n好。\n"),
        ("notes.txt", "x"),
    ]);
    let check = |args: &[&str]| run(shuyuan().arg("check").args(args).current_dir(root.path()));
    let (code, out, said) = check(&["content/regions.yaml"]);
    assert_eq!(code, 1);
    assert!(out.contains("content/regions.yaml:1:28") && !out.contains("no-base-url"), "{out}{said}");
    let (code, out, said) = check(&["content/pages/about.md"]);
    assert_eq!((code, out.as_str()), (0, ""), "{said}");
    assert!(said.contains("没有发现问题") && said.contains("其他文件还有"), "{said}");
    assert_eq!(check(&["./content/pages/../regions.yaml", "content/pages"]).0, 1);
    for (file, words) in [("content/nowhere.md", "没有文件"), ("notes.txt", "不在这个项目的")] {
        let (code, _, said) = check(&[file]);
        assert_eq!((code, said.contains(words)), (1, true), "{said}");
    }
}

#[test]
fn a_cache_behind_a_symlink_is_not_used() {
    let root = project(&[]);
    fs::create_dir(root.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", root.path().join(".shuyuan")).unwrap();
    for command in ["build", "check"] {
        let (code, _, said) = run(shuyuan().arg(command).current_dir(root.path()));
        assert_eq!((code, said.contains(".shuyuan 是快捷方式")), (2, true), "{said}");
    }
    assert_eq!(fs::read_dir(root.path().join("elsewhere")).unwrap().count(), 0);
    assert!(!root.path().join("site").exists());
}

#[test]
fn a_pipe_in_the_cache_is_not_waited_for() {
    let root = project(&[]);
    let folder = root.path().join(".shuyuan/pictures");
    fs::create_dir_all(&folder).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("sources")).status().unwrap().success());
    assert_eq!(run(shuyuan().arg("build").current_dir(root.path())).0, 0);
}

#[test]
fn every_file_that_cannot_be_read_is_named() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    // Root may read everything, so that another user has to: for that user all must be in a folder open to all.
    let root = tempfile::tempdir().unwrap();
    let closed = ["content/site.yaml", "content/pages/a.md", "content/pictures/b.png"];
    for path in closed.into_iter().chain(["content/pages/open.md"]) {
        let at = root.path().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(&at, "x").unwrap();
        if closed.contains(&path) {
            fs::set_permissions(&at, fs::Permissions::from_mode(0o000)).unwrap();
        }
    }
    let program = root.path().join("shuyuan");
    fs::copy(env!("CARGO_BIN_EXE_shuyuan"), &program).unwrap();
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(program);
    command.arg("check").current_dir(root.path());
    if rustix::process::geteuid().is_root() {
        chown(root.path(), Some(65534), Some(65534)).unwrap();
        command.uid(65534).gid(65534);
    }
    let (code, _, said) = run(&mut command);
    assert_eq!(code, 2, "{said}");
    for path in closed {
        assert!(said.contains(path), "{path}: {said}");
    }
    assert!(!said.contains("open.md"), "{said}");
}

#[test]
fn help_speaks_chinese() {
    for args in [&["--help"][..], &["build", "--help"], &["check", "--help"]] {
        let (code, out, _) = run(shuyuan().args(args));
        assert_eq!(code, 0);
        for english in ["Usage", "Options", "Print", "Possible", "default:"] {
            assert!(!out.contains(english), "{args:?}: {out}");
        }
    }
}

#[test]
fn an_inspection_reads_what_is_made_and_what_was_made_and_ends_as_it_was_told() {
    let root = project(&[("content/regions.yaml", "- {id: qu, title: 某区, level: district}\n")]);
    let ask = |arguments: &[&str]| {
        let mut command = shuyuan();
        command.current_dir(root.path()).args(["inspect", "--today", "2026-11-09", "--format", "json"]).args(arguments);
        run(&mut command)
    };
    let (code, said, _) = ask(&[]);
    assert_eq!(code, 1, "no footer");
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(report["day"], "2026-11-09");
    let state = |report: &serde_json::Value, id: &str| {
        let rules = report["rules"].as_array().unwrap();
        rules.iter().find(|rule| rule["id"] == id).unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&report, "footer-icp"), "found");
    assert_eq!(state(&report, "dead-link"), "passed");
    assert_eq!(state(&report, "uptime"), "unchecked");
    assert_eq!(ask(&["--fail-on", "never"]).0, 0);
    let built = run(shuyuan().current_dir(root.path()).args(["build", "--today", "2026-11-09"]));
    assert_eq!(built.0, 0, "{built:?}");
    fs::remove_file(root.path().join("site/regions/qu.html")).unwrap();
    let (_, said, _) = ask(&["--site", "site"]);
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(state(&report, "dead-link"), "found");
}

#[test]
fn a_day_written_in_another_way_is_answered_with_the_day_that_was_meant() {
    for (written, answer) in [
        ("2026/11/3", "--today 2026-11-03"),
        ("2026年11月3日", "--today 2026-11-03"),
        ("2026-02-30", "日历上没有这一天"),
        ("今天", "2026-11-09 这样的日期"),
    ] {
        let (code, _, said) = run(shuyuan().args(["check", "--today", written]));
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(answer), "{written}: {said}");
    }
}
