//! `init`, `new` and `theme`: their output works as it is, and they never overwrite a file.

use std::fs;
use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};
use shuyuan::content::Kind;
use shuyuan::diag::format::{Format, render};
use shuyuan::diag::{Code, Findings};
use shuyuan::load::Inputs;
use shuyuan::pipeline::{self, Timings};
use shuyuan::portal::link::{BuildDay, Drafts, Options};
use tempfile::TempDir;

fn scratch() -> (TempDir, Utf8PathBuf) {
    let dir = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = Utf8PathBuf::from_path_buf(dir.path().to_owned()).unwrap();
    (dir, path)
}

/// A new portal made by `init`.
fn portal() -> (TempDir, Utf8PathBuf) {
    let (dir, path) = scratch();
    let root = path.join("portal");
    let (code, said) = run(&["init", root.as_str()]);
    assert_eq!(code, 0, "{said}");
    (dir, root)
}

/// The exit code, and the output on both streams.
fn run(arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_shuyuan")).args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
}

/// The codes and messages of all diagnostics of the pipeline, with or without drafts.
fn check(root: &Utf8Path, drafts: Drafts) -> (Vec<Code>, String) {
    let mut findings = Findings::default();
    let inputs = Inputs::from_disk(root, &mut findings).unwrap();
    let day = BuildDay::Fixed(jiff::civil::date(2026, 11, 22));
    let options = Options { day, drafts, base_url: None };
    let mut timings = Timings::new();
    let site = pipeline::prepare(&inputs, &options, None, &mut findings, &mut timings).unwrap();
    pipeline::make(&site.unwrap(), None, &|_| Ok(()), &mut findings, &mut timings).unwrap();
    let found = findings.sorted();
    (found.iter().map(|diagnostic| diagnostic.mistake.code).collect(), render(&found, Format::Text))
}

fn files(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_new_portal_builds_with_no_complaint_but_the_missing_address() {
    let (_dir, root) = portal();
    let (codes, said) = check(&root, Drafts::Hidden);
    assert_eq!(codes, [Code::NoBaseUrl, Code::Placeholder], "{said}");
    let (code, said) = run(&["build", "--root", root.as_str()]);
    assert_eq!(code, 0, "{said}");
    assert!(root.join("site/index.html").is_file() && root.join("site/courses/shu-fa.html").is_file(), "{said}");
}

#[test]
fn a_new_portal_has_every_kind_and_marks_its_people_as_samples() {
    let (_dir, root) = portal();
    for kind in Kind::ALL {
        let content = root.join("content");
        let list = content.join(format!("{}.yaml", kind.folder())).is_file();
        assert!(list || content.join(kind.folder()).is_dir(), "{kind}");
    }
    for hidden in [".gitignore", ".github/workflows/build.yml", "content/README.md"] {
        assert!(root.join(hidden).is_file(), "{hidden}");
    }
    let star = fs::read_to_string(root.join("content/stars/li-mou.md")).unwrap();
    assert!(star.contains("title: 李某（示例）"));
}

#[test]
fn init_leaves_a_folder_with_files_alone() {
    let (_dir, root) = scratch();
    fs::write(root.join("a.txt"), "a").unwrap();
    let (code, said) = run(&["init", root.as_str()]);
    assert_eq!(code, 1);
    assert!(said.contains("里已经有东西"), "{said}");
    assert_eq!(files(&root), [root.join("a.txt")]);
}

#[test]
fn init_takes_an_empty_folder_and_not_a_file() {
    let (_dir, root) = scratch();
    assert_eq!(run(&["init", root.as_str()]).0, 0);
    assert_eq!(run(&["init", root.join("README.md").as_str()]).0, 1);
}

#[test]
fn a_new_entry_of_every_kind_is_valid_as_written() {
    let (_dir, root) = portal();
    for kind in Kind::ALL {
        let (code, said) = run(&["new", kind.folder(), "xin-de", "--title", "新的", "--root", root.as_str()]);
        assert_eq!(code, 0, "{kind}: {said}");
    }
    for drafts in [Drafts::Hidden, Drafts::Shown] {
        let (codes, said) = check(&root, drafts);
        assert_eq!(codes, [Code::NoBaseUrl, Code::Placeholder], "drafts may hold them: {said}");
    }
}

#[test]
fn what_new_and_init_write_to_be_replaced_is_said_where_it_is() {
    let (_dir, root) = portal();
    let site = root.join("content/site.yaml");
    let settings = fs::read_to_string(&site).unwrap();
    fs::write(&site, settings.lines().filter(|line| !line.starts_with("banner:")).collect::<Vec<_>>().join("\n"))
        .unwrap();
    let (codes, said) = check(&root, Drafts::Hidden);
    assert!(codes.iter().filter(|code| **code == Code::Placeholder).count() > 20, "{said}");
    for place in ["content/site.yaml:2:8", "content/courses/shu-fa.md:2:8", "content/courses/shu-fa.md:15:16"] {
        assert!(said.contains(&format!("{place}\n")), "{place} in {said}");
    }
    assert!(!said.contains("topics.yaml"), "an editor may keep the topics: {said}");
    for kind in Kind::ALL {
        assert_eq!(run(&["new", kind.folder(), "xin-de", "--root", root.as_str()]).0, 0);
        let path = root.join(format!("content/{}/xin-de.md", kind.folder()));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen("\ndraft: true\n", "\n", 1)).unwrap();
        let (_, said) = check(&root, Drafts::Hidden);
        let here = said.matches(&format!("content/{}/xin-de.md:", kind.folder())).count();
        assert!(here >= 2, "title and body of {kind}: {said}");
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_title_in_place_of_an_id_is_written_with_an_id_of_pinyin() {
    let (_dir, root) = portal();
    let (code, said) = run(&["new", "课程", "太极拳入门", "--root", root.as_str()]);
    assert_eq!(code, 0, "{said}");
    for part in ["content/courses/tai-ji-quan-ru-men.md", "编号取作 tai-ji-quan-ru-men", "shuyuan serve --drafts"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let (code, said) = run(&["new", "通知", "--title", "国庆放假", "--root", root.as_str()]);
    assert_eq!((code, said.contains("content/news/guo-qing-fang-jia.md")), (0, true), "{said}");
    let (code, said) = run(&["new", "老师", "？！", "--root", root.as_str()]);
    assert_eq!((code, said.contains("shuyuan new 老师 bian-hao --title")), (1, true), "{said}");
    let written = fs::read_to_string(root.join("content/courses/tai-ji-quan-ru-men.md")).unwrap();
    assert!(written.contains("\ntitle: 太极拳入门\n"), "{written}");
    for (id, proposal) in [("Tai Ji", "tai-ji"), ("taiji_24", "taiji-24")] {
        let (code, said) = run(&["new", "course", id, "--root", root.as_str()]);
        assert_eq!((code, said.contains(proposal)), (0, true), "{said}");
        let (code, said) = run(&["new", "course", id, "--root", root.as_str()]);
        assert_eq!((code, said.contains("已经有编号")), (1, true), "{said}");
    }
    assert_eq!(run(&["new", "course", "index", "--root", root.as_str()]).0, 1);
}

#[test]
fn new_neither_overwrites_nor_doubles_an_id() {
    let (_dir, root) = portal();
    for (kind, id, place) in
        [("courses", "shu-fa", "content/courses/shu-fa.md"), ("events", "shou-ji-ti-yan", "content/events.yaml")]
    {
        let before = fs::read(root.join(place)).unwrap();
        let (code, said) = run(&["new", kind, id, "--root", root.as_str()]);
        assert_eq!((code, said.contains(place)), (1, true), "{said}");
        assert_eq!(fs::read(root.join(place)).unwrap(), before);
    }
}

#[test]
fn new_says_what_must_be_there_first() {
    let (_dir, root) = portal();
    fs::remove_file(root.join("content/regions.yaml")).unwrap();
    let (code, said) = run(&["new", "venues", "li-tang", "--root", root.as_str()]);
    assert_eq!(code, 1);
    assert!(said.contains("还没有已发布的区域") && said.contains("shuyuan new regions"), "{said}");
    let (_other, empty) = scratch();
    let (code, said) = run(&["new", "venues", "li-tang", "--root", empty.as_str()]);
    assert_eq!((code, said.contains("不是门户项目")), (1, true), "{said}");
}

#[test]
fn an_ejected_template_is_used_and_never_overwritten() {
    let (_dir, root) = portal();
    let (code, said) = run(&["theme", "eject", "templates/404.html", "--root", root.as_str()]);
    assert_eq!(code, 0, "{said}");
    let path = root.join("themes/default/templates/404.html");
    let ours = fs::read_to_string(&path).unwrap().replace("{% block main %}", "{% block main %}<p>改过了</p>");
    assert!(ours.contains("改过了"), "{ours}");
    fs::write(&path, &ours).unwrap();
    let (code, said) = run(&["theme", "eject", "templates/404.html", "--root", root.as_str()]);
    assert_eq!((code, said.contains("已经有了")), (1, true), "{said}");
    assert_eq!(run(&["build", "--root", root.as_str()]).0, 0);
    assert!(fs::read_to_string(root.join("site/404.html")).unwrap().contains("改过了"));
}

#[test]
fn the_themes_files_are_listed_and_the_nearest_is_named() {
    let (code, said) = run(&["theme", "list"]);
    assert_eq!((code, said.contains("templates/course.html\n")), (0, true), "{said}");
    let (code, said) = run(&["theme", "eject", "course.html"]);
    assert_eq!((code, said.contains("是不是 templates/course.html？")), (1, true), "{said}");
    let (code, said) = run(&["theme", "eject"]);
    assert_eq!((code, said.contains("words/zh-CN.yaml")), (1, true), "{said}");
}

/// The names of the scripts that a portal was published with, and the text of one of them.
fn scripts(root: &Utf8Path, name: &str) -> (Vec<String>, String) {
    // Those of the former portal are still there.
    let manifest = fs::read_to_string(root.join("site/.shuyuan-manifest")).unwrap();
    let current = manifest.lines().filter_map(|line| Some(line.split_once(" c theme/")?.1.to_owned()));
    let names: Vec<String> = current.filter(|name| Utf8Path::new(name).extension() == Some("js")).collect();
    let file = names.iter().find(|file| file.starts_with(&format!("{name}."))).unwrap();
    let text = fs::read_to_string(root.join("site/theme").join(file)).unwrap();
    (names, text)
}

#[test]
fn a_script_of_the_theme_is_published_under_its_own_name_and_pages_know_its_address() {
    let (_dir, root) = portal();
    let theme = root.join("themes/default");
    fs::create_dir_all(theme.join("script/greet/inner")).unwrap();
    fs::create_dir_all(theme.join("script/parts")).unwrap();
    fs::create_dir_all(theme.join("templates")).unwrap();
    fs::write(theme.join("script/greet.js"), "\"use strict\";\n").unwrap();
    fs::write(theme.join("script/greet/1-replaced.js"), "replaced();\n").unwrap();
    fs::write(theme.join("script/greet/inner/not.js"), "not();\n").unwrap();
    fs::write(theme.join("script/parts/2-later.js"), "window.two = one + 1; // Two\n").unwrap();
    fs::write(theme.join("script/parts/1-first.js"), "const one = window.one;\n").unwrap();
    let template =
        "{% extends \"base.html\" %}{% block main %}{{ page.root }}{{ page.scripts.greet }}{% endblock main %}";
    fs::write(theme.join("templates/404.html"), template).unwrap();
    assert_eq!(run(&["build", "--root", root.as_str()]).0, 0);
    let (names, greet) = scripts(&root, "greet");
    assert_eq!(greet, "\"use strict\";", "a file replaces the folder of its name");
    let name = names.iter().find(|name| name.starts_with("greet.")).unwrap();
    assert_eq!(name.len(), "greet.".len() + 16 + ".js".len());
    assert!(names.iter().all(|name| !name.starts_with("not.") && !name.contains("inner")), "{names:?}");
    let page = fs::read_to_string(root.join("site/404.html")).unwrap();
    assert!(page.contains(&format!("theme/{name}")), "{page}");
    let (_, parts) = scripts(&root, "parts");
    assert!(parts.starts_with("(function(){") && parts.contains("window.two="), "{parts}");
}

#[test]
fn one_part_of_a_script_is_changed_and_the_others_keep_following_the_binary() {
    let (_dir, root) = portal();
    let (code, said) = run(&["theme", "eject", "script/search/2-engine.js", "--root", root.as_str()]);
    assert_eq!((code, said.contains("复制好了")), (0, true), "{said}");
    assert_eq!(run(&["build", "--root", root.as_str()]).0, 0);
    let before = scripts(&root, "search").1;
    let path = root.join("themes/default/script/search/2-engine.js");
    let mine = format!("{}\nwindow.mine = 1;\n", fs::read_to_string(&path).unwrap());
    fs::write(&path, mine).unwrap();
    assert_eq!(run(&["build", "--root", root.as_str()]).0, 0);
    let after = scripts(&root, "search").1;
    assert!(after.contains("window.mine=1"), "{after}");
    assert!(after.len().abs_diff(before.len()) < 20, "{} and {}", before.len(), after.len());
    // Whoever copied the script while it was one file keeps that copy.
    fs::write(root.join("themes/default/script/search.js"), "window.old = 1;\n").unwrap();
    assert_eq!(run(&["build", "--root", root.as_str()]).0, 0);
    assert_eq!(scripts(&root, "search").1, "window.old=1;");
}
