//! The index by letters, and the ids that are proposed, follow how titles are read.

use std::fmt::Write as _;

use crate::site::{self, TODAY};

#[test]
fn a_title_is_under_the_letter_that_it_is_read_with() {
    let titles = [
        ("《大学》共读", 'd'),
        ("“心”理课堂", 'x'),
        ("（秋季）剪纸", 'q'),
        ("【新】插花", 'x'),
        ("「茶」之道", 'c'),
        ("重庆小面", 'c'),
        ("重点题讲解", 'z'),
        ("长笛合奏", 'c'),
        ("长辈课堂", 'z'),
        ("会计证考前班", 'k'),
        ("会话练习", 'h'),
        ("厦门茶席", 'x'),
        ("曾老师讲养生", 'z'),
        ("翟派京韵", 'z'),
        ("单老师说评书", 's'),
        ("单反摄影", 'd'),
        ("乐器保养", 'y'),
        ("乐享晚年", 'l'),
        ("空调清洗", 'k'),
        ("调酒", 't'),
        ("Ｅxcel 表格", 'e'),
        ("２４式太极", '#'),
        ("……", '#'),
    ];
    let mut text = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    text += "-- content/courses/list.yaml --\n";
    for (n, (title, _)) in titles.iter().enumerate() {
        let _ = writeln!(
            text,
            "- {{id: k-{n}, title: \"{title}\", topics: [music], institution: xueyuan, venue: dating, fee: 0}}"
        );
    }
    let made = site::published(&site::files(&text), TODAY);
    for (n, (title, letter)) in titles.iter().enumerate() {
        let name = if *letter == '#' { "other".to_owned() } else { letter.to_string() };
        let page = made.get(&format!("az/{name}.html")).unwrap_or_else(|| panic!("{title}: no page {name}"));
        assert!(page.contains(&format!("courses/k-{n}.html\"")), "{title} is not under {letter}");
    }
}

#[test]
fn the_index_leads_to_every_page_of_a_letter() {
    let mut text = std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap();
    text += "-- content/courses/list.yaml --\n";
    for n in 0..450 {
        let _ = writeln!(
            text,
            "- {{id: k-{n}, title: 书法第 {n} 班, topics: [music], institution: xueyuan, venue: dating, fee: 0}}"
        );
    }
    let made = site::published(&site::files(&text), TODAY);
    let index = &made["az/index.html"];
    for page in ["s.html\">S<", "s-2.html\">S2<", "s-3.html\">S3<"] {
        assert!(index.contains(page), "{index}");
    }
    assert!(!made["az/s.html"].contains(">S2<"), "a letter's page has a pager for that");
}
