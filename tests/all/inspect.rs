//! `shuyuan inspect` finds what was planted, all of it, and nothing among what looks like it.

use std::collections::{BTreeMap, BTreeSet};

use shuyuan::diag::Findings;
use shuyuan::inspect::atlas::Atlas;
use shuyuan::inspect::page::Page;
use shuyuan::inspect::report::{Report, State};
use shuyuan::inspect::{Subject, inspect};
use shuyuan::load::history::History;

use jiff::civil::{Date, date};

use super::site::{files, prepare};

const TODAY: Date = date(2026, 11, 21);

const SITE: &str = "\
-- content/site.yaml --
title: 门户
description: 一句话
id: menhu
since: 2026
base_url: https://a.example/
footer: {organiser: 某局, phone: 0000-0000000, icp: 某ICP备00000000号, police: 某公网安备00000000000000号, site_code: '0000000000', feedback: 'mailto:a@example.org'}
";

/// Entries with faults of their own, and ones that look like them.
const CONTENT: &str = "\
-- content/regions.yaml --
- {id: qu, title: 某区, level: district, summary: \"甲,乙\", notes: [\"说明...\", \"于2022.3.1止\"]}
-- content/pages/a.md --
---
title: 页
---
甲--乙。共1,200人，丙,丁；戊?己。等等...

于 2022/3/11 开，见 https://a.example/2022/3/11 和 `丙,丁`。
-- content/news/f.md --
---
title: 早
date: 2025-01-01
source: 某局
---
正文
-- content/news/g.md --
---
title: 不早
date: 2026-10-20
source: 某局
---
正文
-- content/stars.yaml --
- {id: a, title: 甲（示例）, year: 2025, level: city, region: qu, consent: {scope: [web], date: 2025-01-01, expires: 2026-12-01}}
- {id: b, title: 乙（示例）, year: 2025, level: city, region: qu, consent: {scope: [web], date: 2025-01-01, expires: 2027-12-01}}
";

/// When their files were committed: on 1 November 2026 and on 1 January 2025.
const LOG: &str = "\x001793505600\0\nA\0news/f.md\0A\0news/g.md\0M\0regions.yaml\0\x001735704000\0\nA\0pages/a.md\0";

/// How many findings of each rule were planted.
const PLANTED: [(&str, usize); 34] = [
    ("column-fresh", 5),
    ("column-empty", 5),
    ("undated", 1),
    ("future-date", 1),
    ("forged-date", 1),
    ("untouched", 1),
    ("dead-link", 5),
    ("dead-anchor", 2),
    ("dead-picture", 2),
    ("dead-file", 3),
    ("text-null", 2),
    ("meta-null", 2),
    ("meta-site", 3),
    ("meta-column", 2),
    ("meta-article", 1),
    ("link-text", 2),
    ("picture-alt", 2),
    ("heading-order", 1),
    ("one-h1", 1),
    ("same-id", 1),
    ("table-head", 1),
    ("control-label", 3),
    ("frame-title", 1),
    ("zoom", 2),
    ("language", 2),
    ("large-print", 1),
    ("search-box", 1),
    ("site-map", 1),
    ("page-title", 1),
    ("half-comma", 3),
    ("ellipsis", 2),
    ("dash", 1),
    ("date-style", 2),
    ("consent-lapses", 1),
];

/// A page as it should be. `meta` comes in addition to what every page has.
fn page(title: &str, meta: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"zh-CN\" id=\"large\"><head><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><meta name=\"SiteName\" content=\"门户\"><meta name=\"SiteDomain\" content=\"a.example\">\
         <meta name=\"SiteIDCode\" content=\"0000000000\">{meta}</head><body><header><a href=\"#large\">大字版</a>\
         <form role=\"search\"><input type=\"search\" aria-label=\"搜索\" name=\"q\"></form></header><main id=\"main\"><h1>{title}</h1>{main}</main>\
         <footer><nav class=\"sitemap\"><a href=\"/index.html\">首页</a></nav><a href=\"https://beian.miit.gov.cn/\">某ICP备00000000号</a>\
         <a href=\"https://beian.mps.gov.cn/\">某公网安备</a></footer></body></html>"
    )
}

fn column(name: &str) -> String {
    ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
        .map(|key| format!("<meta name=\"{key}\" content=\"{name}\">"))
        .concat()
}

fn article(day: &str, main: &str) -> impl Fn(&str) -> String {
    let (day, main) = (day.to_owned(), main.to_owned());
    move |title| {
        let date =
            if day.is_empty() { String::new() } else { format!("<meta name=\"PubDate\" content=\"{day} 00:00\">") };
        let own = format!(
            "<meta name=\"ArticleTitle\" content=\"{title}\"><meta name=\"ContentSource\" content=\"某局\">{date}"
        );
        page(title, &format!("{}{own}", column("新闻")), &main)
    }
}

/// A portal in which nothing is wrong, of as many pages as there are to be mistaken for wrong ones.
fn clean() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut links = String::new();
    for nth in 0..80 {
        let main = "<p><a href=\"../files/a b.pdf\" download>附件</a><a href=\"../files/a%20b.pdf\">再来</a><img src=\"/p.png\" alt=\"\">\
                    <a href=\"#main\">这里</a><a href=\"https://b.example/null\">外面</a><a href=\"tel:1\">电话</a> 今天 null 一词不是值</p>\
                    <h2>二</h2><h3>三</h3><h2>又二</h2><table><tr><th>头</th></tr><tr><td>值</td></tr></table>\
                    <label>名<input name=\"a\"></label><label for=\"b\">名</label><input id=\"b\"><script>null</script>";
        pages.insert(format!("news/n{nth}.html"), article("2026-11-10", main)(&format!("新闻{nth}")));
        links.extend(["<li><a href=\"/news/n", &nth.to_string(), ".html\">新闻", &nth.to_string(), "</a></li>"]);
    }
    pages.insert("index.html".into(), page("首页", "", &format!("<ul>{links}</ul>")));
    pages.insert("news/index.html".into(), page("新闻", &column("新闻"), &format!("<ul>{links}</ul>")));
    for nth in 0..6 {
        pages.insert(
            format!("regions/r{nth}/news.html"),
            page(&format!("某镇{nth}新闻"), &column("新闻"), &format!("<ul>{links}</ul>")),
        );
    }
    pages
}

fn report(pages: &BTreeMap<String, String>, content: &str, log: &str) -> Report {
    let mut findings = Findings::default();
    let site = prepare(&files(&format!("{SITE}{content}")), TODAY, &mut findings).unwrap();
    let atlas = Atlas::new(site.portal.base_url());
    let read: Vec<Page> = pages.iter().map(|(address, html)| Page::read(address, html.as_bytes(), &atlas)).collect();
    let files: BTreeSet<String> = pages.keys().cloned().chain(["files/a b.pdf", "p.png"].map(str::to_owned)).collect();
    let diagnostics = findings.sorted();
    let history = History::read(log);
    inspect(&Subject {
        portal: &site.portal,
        pages: &read,
        atlas: &atlas,
        files: &files,
        diagnostics: &diagnostics,
        history: Some(&history),
        answers: None,
    })
}

/// How many findings each rule has, of rules that have any.
fn counts(report: &Report) -> BTreeMap<&str, usize> {
    let found = report.outcomes.iter().filter(|outcome| outcome.state == State::Found);
    found.map(|outcome| (outcome.rule.id.as_str(), outcome.findings.len())).collect()
}

#[test]
fn a_portal_in_order_has_no_findings_and_what_files_cannot_tell_is_unchecked() {
    let report = report(&clean(), "", "");
    assert_eq!(counts(&report), BTreeMap::new());
    let unchecked = report.outcomes.iter().filter(|outcome| outcome.state == State::Unchecked);
    assert_eq!(
        unchecked.map(|outcome| outcome.rule.id.as_str()).collect::<Vec<_>>(),
        ["outside-link", "uptime", "replies"]
    );
}

#[test]
fn all_that_was_planted_is_found_and_nothing_else() {
    let mut pages = clean();
    let old = article("2026-10-01", "<p>旧闻</p>");
    pages.insert("news/old.html".into(), old("旧闻"));
    for nth in 0..5 {
        let main = "<ul><li><a href=\"/news/old.html\">旧闻</a></li></ul>";
        pages.insert(format!("regions/s{nth}/news.html"), page(&format!("旧镇{nth}"), &column("新闻"), main));
        pages.insert(format!("empty/e{nth}.html"), page(&format!("空栏目{nth}"), &column("空"), "<p>还没有内容</p>"));
    }
    let dead = "<a href=\"gone.html\">一</a><a href=\"../news/\">二</a><a href=\"/x/y.html#a\">三</a><a href=\"#nowhere\">四</a>\
                <a href=\"n1.html#nowhere\">五</a><a href=\"https://a.example/gone.html\">六</a><img src=\"gone.png\" alt=\"\">\
                <img src=\"/q.png\" alt=\"\"><a href=\"/files/c.pdf\">七</a><a href=\"../files/a b.doc\" download>八</a><a href=\"/files/\">九</a>\
                <a href=\"../../news/n1.htm\">十</a><a href=\"n2\">十一</a>";
    pages.insert("news/dead.html".into(), article("2026-11-11", dead)("死链接"));
    pages.insert("news/undated.html".into(), article("", "<p>没有日期</p>")("没有日期"));
    pages.insert("news/future.html".into(), article("2026-12-01", "<p>还没到</p>")("未来"));
    let odd = "<p>null</p><p><span>undefined</span></p><a href=\"n1.html\"> </a><a href=\"n2.html\"><img src=\"/p.png\" alt=\"\"></a>\
               <img src=\"/p.png\"><img src='/p.png' class=\"alt\"><h4>跳级</h4><h1>又一个</h1><p id=\"main\">重复</p><table><tr><td>无头</td></tr></table>\
               <input name=\"x\"><textarea name=\"y\"></textarea><select id=\"z\"></select><iframe src=\"/news/n1.html\"></iframe>";
    pages.insert("news/odd.html".into(), article("2026-11-11", odd)("杂"));
    let plain = pages["news/n3.html"].clone();
    let mut plant = |name: &str, from: &str, to: &str| {
        let own = plain.replace("新闻3", name);
        assert!(own.contains(from), "{from}");
        pages.insert(format!("news/p-{name}.html"), own.replace(from, to));
    };
    plant("zoom", "width=device-width", "width=device-width, maximum-scale=1");
    plant("zoom2", "width=device-width", "width=device-width,user-scalable = no");
    plant("lang", "<html lang=\"zh-CN\"", "<html");
    plant("lang2", "lang=\"zh-CN\"", "lang=\"\"");
    plant("large", "\"#large\"", "\"#main\"");
    plant("search", "role=\"search\"", "");
    plant("map", "class=\"sitemap\"", "");
    plant("name", "name=\"SiteName\"", "name=\"Site\"");
    plant("domain", "<meta name=\"SiteDomain\" content=\"a.example\">", "");
    plant("code", "SiteIDCode", "Code");
    plant("col", "ColumnName", "Column");
    plant("type", "ColumnType", "Type");
    plant("source", "ContentSource", "Source");
    plant("novalue", "content=\"某局\"", "content=\"null\"");
    plant("empty", "content=\"某局\"", "content=\" \"");
    plant("title", "<title>title</title>", "<title></title>");
    let report = report(&pages, CONTENT, LOG);
    let expected = BTreeMap::from(PLANTED);
    let found = counts(&report);
    for (rule, count) in &expected {
        let outcome = report.outcomes.iter().find(|outcome| outcome.rule.id == *rule).unwrap();
        assert_eq!(found.get(rule), Some(count), "{rule}: {:#?}", outcome.findings);
    }
    assert_eq!(found, expected);
    assert!(report.text().contains("content/pages/a.md:4:"), "{}", report.text());
    let json = report.json();
    assert_eq!(json["rules"].as_array().unwrap().len(), report.outcomes.len());
    assert!(report.html("门户").contains("<h2>空白栏目"));
}
