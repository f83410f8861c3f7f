//! Consent belongs to the picture of a person, and a person who was withdrawn is gone from every page.

use jiff::civil::{Date, date};
use shuyuan::diag::Code;

use crate::papers;
use crate::pictures::{Built, build, png, quarters};

const DAY: Date = date(2026, 11, 1);

const SITE: &str = "title: 测试\ndescription: 测试\nid: test\nsince: 2026\nbase_url: https://example.org/\n";

/// A star, a course of a teacher, and news that uses the star's picture in every way.
fn files(star: &str, teacher: &str) -> Vec<(String, Vec<u8>)> {
    let star = format!(
        "---\ntitle: 孔小二\nyear: 2026\nlevel: town\nregion: r\npicture: {{file: /pictures/a.png, alt: 学员}}\n{star}\n---\n正文\n"
    );
    let teachers = format!("- {{id: lao, title: 钱老五, sort: part, speciality: 书法{teacher}}}\n");
    let news = "---\ntitle: 开班\ndate: 2026-10-01\nsource: 学院\npicture: {file: /pictures/copy.png, alt: 教室}\n\
                gallery: [{file: /pictures/a.png, alt: 教室}]\nabout: [stars/kong]\n---\n课堂。\n\n![教室](/pictures/a.png)\n";
    let course = "---\ntitle: 书法\ninstitution: i\nfee: 0\ntopics: [t]\nmode: online\nteachers: [lao]\nruns:\n  - {title: 一班, teachers: [lao], sessions: [{start: 2026-12-01 09:00, end: 2026-12-01 10:00}]}\n---\n课程。\n";
    let picture = png(&quarters(400, 200).into());
    [
        ("content/site.yaml", SITE.as_bytes().to_vec()),
        ("content/regions.yaml", "- {id: r, title: 镇, level: town}\n".as_bytes().to_vec()),
        ("content/institutions.yaml", "- {id: i, title: 学院, tier: college, region: r}\n".as_bytes().to_vec()),
        ("content/topics.yaml", "- {id: t, title: 文化}\n".as_bytes().to_vec()),
        ("content/stars/kong.md", star.into_bytes()),
        ("content/teachers.yaml", teachers.into_bytes()),
        ("content/news/a.md", news.as_bytes().to_vec()),
        ("content/courses/shu-fa.md", course.as_bytes().to_vec()),
        ("content/pictures/a.png", picture.clone()),
        ("content/pictures/copy.png", picture.clone()),
        ("content/static/a.png", picture),
    ]
    .map(|(path, bytes)| (path.to_owned(), bytes))
    .to_vec()
}

fn holds(built: &Built, words: &str) -> Vec<String> {
    let found = built.files.iter().filter(|(_, bytes)| memchr::memmem::find(bytes, words.as_bytes()).is_some());
    found.map(|(path, _)| path.clone()).collect()
}

/// What was made of photographs, in several widths: a course without one has a drawing and a pattern.
fn photos(built: &Built) -> usize {
    built.pictures().filter(|(path, _)| path.contains('-')).count()
}

#[test]
fn a_picture_without_consent_is_withheld_wherever_the_same_file_is_used() {
    let valid = "consent: {scope: [web], date: 2026-01-01, expires: 2026-12-31}";
    let shown = build(&files(valid, ""), None, DAY);
    assert_eq!(shown.codes, []);
    assert!(shown.pictures().count() > 0 && shown.files.contains_key("a.png"));
    for consent in [
        "",
        "consent: {scope: [print], date: 2026-01-01}",
        "consent: {scope: [web], date: 2026-01-01, expires: 2026-09-30}",
    ] {
        let built = build(&files(consent, ""), None, DAY);
        // The star's page, the picture, gallery and body of the news, and the static file.
        assert_eq!(built.codes, [Code::PictureWithheld; 5], "{consent}");
        assert_eq!(photos(&built), 0, "{consent}");
        assert!(!built.files.contains_key("a.png"), "{consent}");
        assert!(!holds(&built, "孔小二").is_empty(), "the name stays");
    }
}

#[test]
fn a_person_who_was_withdrawn_is_on_no_page() {
    let valid = "consent: {scope: [web], date: 2026-01-01}";
    let before = build(&files(valid, ""), None, DAY);
    assert!(holds(&before, "孔小二").len() > 1 && holds(&before, "钱老五").len() > 1);
    let built = build(&files(&format!("{valid}\nwithdrawn: 本人要求"), ", withdrawn: 离职"), None, DAY);
    assert_eq!(holds(&built, "孔小二"), [""; 0]);
    assert_eq!(holds(&built, "钱老五"), [""; 0]);
    assert_eq!(photos(&built), 0);
    assert!(!built.files.contains_key("a.png"));
}

#[test]
fn files_that_still_name_a_person_who_was_withdrawn_are_told() {
    let star = "consent: {scope: [web], date: 2026-01-01}";
    let page = "---\ntitle: 名单\nattachments:\n  - {file: /files/a.csv, title: 甲}\n  - {file: /files/孔小二.txt, title: 乙}\n---\n名单。\n";
    let letter = papers::docx(&["表扬孔小二".to_owned()]);
    let more = [
        ("content/pages/list.md", page.as_bytes()),
        ("content/files/a.csv", "姓名,班\n孔小二,一班\n".as_bytes()),
        ("content/files/孔小二.txt", "先进事迹".as_bytes()),
        ("content/static/letter.docx", &letter),
        ("content/static/other.txt", "孔小三".as_bytes()),
    ];
    let with = |star: &str| {
        let mut files = files(star, "");
        files.extend(more.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
        build(&files, None, DAY).codes.iter().filter(|code| **code == Code::WithdrawnName).count()
    };
    assert_eq!(with(star), 0);
    assert_eq!(with(&format!("{star}\nwithdrawn: 本人要求")), 3);
}
