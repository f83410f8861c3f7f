//! The output is neither in a folder of the project that is read or kept for other things, nor around one.

use std::fs;
use std::os::unix::fs::symlink;

use super::project::{Project, files};

#[test]
fn an_output_folder_that_would_be_mixed_with_others_is_refused_before_anything_is_written() {
    let project = Project::new();
    fs::create_dir_all(project.at(".shuyuan")).unwrap();
    symlink("content", project.at("link")).unwrap();
    let before = files(project.root.path());
    for out in [
        "content",
        "content/site",
        "content/static/copy",
        "themes/site",
        "link/site",
        "site/../content/new/site",
        ".shuyuan/site",
        ".",
        "..",
    ] {
        for more in [&[][..], &["--in-place"]] {
            let output = project.run("022", &[&["--out", out], more].concat());
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{out}: {said}");
            assert!(said.contains("不能和") && said.contains("--out"), "{out}: {said}");
            let mut after = files(project.root.path());
            after.retain(|path| !path.starts_with(project.at(".shuyuan")));
            assert_eq!(after, before, "{out}");
        }
    }
    project.build("022", &["--out", "content-of-the-site"]);
    project.build("022", &["--out", "content/../site"]);
    assert!(project.at("site/index.html").exists());
}
