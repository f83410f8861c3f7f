//! A town's portal that belongs to the tests: `tests/fixtures/town.site` has an entry of every kind, and courses, events and
//! news are written here, as many as a test needs, in all the ways in which editors write them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use shuyuan::content::Kind;
use shuyuan::diag::Findings;
use shuyuan::diag::format::{Format, render};

use crate::site::{self, Files};

const SUBJECTS: [&str; 7] = ["拳术", "写意", "手机", "剪纸", "合唱", "种菜", "育儿"];
const TOPICS: [&str; 3] = ["quanshu", "xieyi", "shouji"];
const VENUES: [&str; 3] = ["xuexiao-litang", "xuexiao-huashi", "dongzhuang-wenhuayuan"];

/// Bodies of courses; `@` is the id of another course.
const BODIES: [&str; 6] = [
    "没学过也能来。前四周练基本功，接着一步一步加。\n",
    "字太小、声太小，第一堂就解决。\n\n| 周次 | 学什么 |\n|---|---|\n| 一、二 | 起步 |\n| 三、四 | **重点：**熟练 |\n",
    "## 上课的样子\n\n- 前半节老师示范。\n- 后半节自己练，见[另一门课](@.md)。\n\n## 带什么\n\n1. 水杯\n2. 笔记本\n",
    "> 学一样新东西，从来不嫌晚。\n\n::: note 第一次来\n器材教室里有，不必急着买。\n:::\n\n来了就会喜欢。\n",
    "院子里上课。\n\n![学校的院子](/pictures/courtyard.png)\n\n下雨改到礼堂——老师会提前通知。\n",
    "老师一句一句地教[^1]，学员一遍一遍地练。\n\n[^1]: 每句三遍。\n",
];

/// The town's files without courses, events and news.
pub fn base() -> Files {
    site::files(&std::fs::read_to_string(site::root().join("tests/fixtures/town.site")).unwrap())
}

/// The town with this number of courses, two thirds as many events, and a third as many news.
pub fn town(courses: usize) -> Files {
    let mut files = base();
    files.extend((0..courses).map(|n| (format!("content/courses/ke-{n}.md"), course(n, courses).into_bytes())));
    files.extend((0..courses / 3).map(|n| (format!("content/news/wen-{n}.md"), news(n).into_bytes())));
    // All courses are at the same hour: each has a teacher of its own.
    let teacher = |n| format!("- {{id: jiaoshi-{n}, title: 第 {n} 位教师, sort: part, speciality: 拳术}}\n");
    files.push(("content/teachers/ban.yaml".to_owned(), (0..courses).map(teacher).collect::<String>().into_bytes()));
    for list in 0..3 {
        let events: Vec<String> = (0..courses * 2 / 9).map(|n| event(list * 1000 + n)).collect();
        files.push((format!("content/events/biao-{list}.yaml"), events.join("\n").into_bytes()));
    }
    files
}

/// The town with a hundred courses, which is enough for any test that does not say otherwise.
pub fn usual() -> &'static Files {
    static USUAL: LazyLock<Files> = LazyLock::new(|| town(100));
    &USUAL
}

fn course(n: usize, all: usize) -> String {
    let subject = SUBJECTS[n % SUBJECTS.len()];
    let topic = TOPICS[n % TOPICS.len()];
    let mut text = format!("---\ntitle: {subject}课第 {n} 期\n");
    let mut line = |wanted: bool, line: &str| {
        if wanted {
            text.push_str(line);
            text.push('\n');
        }
    };
    let blocks = n % 7 == 6;
    line(n.is_multiple_of(2), "summary: 从头学起，一学期学会。");
    line(!blocks, &format!("topics: [{topic}]"));
    line(blocks, &format!("topics:\n- {topic}"));
    line(n % 3 != 2, if blocks { "audiences:\n- laoren" } else { "audiences: [laoren, jiazhang]" });
    line(n % 4 != 3, "level: beginner");
    line(n.is_multiple_of(5), &format!("order: {n}"));
    line(n % 9 == 8, "mode: online");
    line(n % 9 == 4, "mode: mixed");
    line(true, &if blocks { format!("teachers:\n- jiaoshi-{n}") } else { format!("teachers: [jiaoshi-{n}]") });
    line(true, "institution: zhen-xuexiao");
    line(n % 9 != 8, &format!("venue: {}", VENUES[n % VENUES.len()]));
    line(true, &format!("fee: {}", n % 5 * 10));
    line(n % 5 == 2, "fee_note: 纸墨钱，低保家庭免");
    line(n % 2 == 1, "materials: [水杯, 笔记本]");
    line(!blocks, "enrol: {phone: \"0000-0000033\", person: 教务处}");
    line(blocks, "enrol:\n  phone: \"0000-0000033\"\n  note: 家里人可以代报。");
    line(n % 13 == 12, &format!("formerly: [jiu-{n}]"));
    line(true, "runs:\n  - title: 秋季班\n    capacity: 30");
    if n % 8 == 7 {
        line(true, "    sessions:\n      - {start: 2026-11-07 09:00, end: 2026-11-07 10:30}");
    } else {
        line(n % 10 == 9, "    status: cancelled\n    reason: 老师出差");
        line(true, "    weekly:\n      days: [tue]\n      from: 2026-09-01\n      to: 2026-12-29");
        line(!blocks, "      time: {start: \"09:00\", end: \"10:30\"}\n      except: [2026-10-06]");
        line(blocks, "      time:\n        start: \"09:00\"\n        end: \"10:30\"");
    }
    line(n.is_multiple_of(3), "notes: [带好水杯]");
    let other = format!("ke-{}", (n + 1) % all);
    let _ = write!(text, "---\n\n{}", BODIES[n % BODIES.len()].replace('@', &other));
    text
}

fn event(n: usize) -> String {
    let subject = SUBJECTS[n % SUBJECTS.len()];
    let mut text = format!("- id: huodong-{n}\n  title: {subject}体验第 {n} 场\n");
    let mut line = |wanted: bool, line: &str| {
        if wanted {
            text.push_str(line);
            text.push('\n');
        }
    };
    line(n.is_multiple_of(3), "  summary: 看一看，试一试。");
    line(n.is_multiple_of(2), "  edition: xuexi-zhou");
    line(true, &format!("  topics: [{}]\n  unit: zhen-zhengfu", TOPICS[n % TOPICS.len()]));
    line(n.is_multiple_of(4), "  audiences: [laoren]");
    line(true, &format!("  institution: zhen-xuexiao\n  venue: {}", VENUES[n % VENUES.len()]));
    line(n.is_multiple_of(5), "  status: cancelled\n  reason: 大风");
    line(true, "  fee: 0");
    let day = 9 + n % 7;
    line(true, &format!("  sessions:\n    - {{start: 2026-11-{day:02} 09:00, end: 2026-11-{day:02} 10:30}}"));
    line(n % 2 == 1, "  body: |\n    来了先登记，跟着老师学三个动作。\n\n    学会的领一枚书签。");
    text
}

fn news(n: usize) -> String {
    let subject = SUBJECTS[n % SUBJECTS.len()];
    let (month, day) = (1 + n % 9, 1 + n % 28);
    let sort = if n.is_multiple_of(2) { "notice" } else { "report" };
    let about = if n.is_multiple_of(3) { format!("about: [courses/ke-{n}]\n") } else { String::new() };
    format!(
        "---\ntitle: {subject}班的消息之{n}\ndate: 2026-{month:02}-{day:02}\nsort: {sort}\nsource: 柳溪镇社区学校\n\
         region: liuxi-zhen\n{about}---\n\n{subject}班第 {n} 次开课，见[课程](../courses/ke-{n}.md)。\n"
    )
}

#[test]
fn the_town_itself_has_no_mistake_and_every_kind() {
    let mut findings = Findings::default();
    let site = site::prepare(usual(), site::TODAY, &mut findings).unwrap();
    for kind in Kind::ALL {
        assert!(!site.portal.of_kind(*kind).is_empty(), "no {kind}");
    }
    assert_eq!(render(&site::check(usual(), site::TODAY, site::Depth::Make), Format::Text), "");
}
