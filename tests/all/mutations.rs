//! Plants mistakes in the content of a town: each is reported at its line and column, and nothing else is reported.
//!
//! A round is identified by its seed: `SEED=17` runs only that one.

use std::collections::BTreeMap;

use rayon::prelude::*;
use shuyuan::diag::{Code, Diagnostic};

use crate::site::{self, Depth, Files, TODAY};
use crate::town;

const ROUNDS: u64 = 200;
/// One in this many rounds also renders every page.
const RENDERED: u64 = 100;

/// File, line, column and code of a diagnostic.
type Said = (String, usize, usize, Code);

/// `SplitMix64`: the same seed gives the same mistakes on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }
}

/// Content in which mistakes are planted, at most one in each entry.
struct Garden {
    files: BTreeMap<String, Vec<u8>>,
    courses: Vec<String>,
    news: Vec<String>,
    /// List files of events, and their records without a planted mistake.
    events: Vec<(String, String)>,
    /// The next number for new files and ids.
    next: usize,
    site_taken: bool,
    random: Random,
    said: Vec<Said>,
}

impl Garden {
    fn new(files: &Files, seed: u64) -> Self {
        let files: BTreeMap<String, Vec<u8>> = files.iter().cloned().collect();
        let below = |folder: &str| files.keys().filter(|path| path.starts_with(folder)).cloned().collect::<Vec<_>>();
        let events = below("content/events/").into_iter().flat_map(|path| {
            let text = String::from_utf8(files[&path].clone()).unwrap();
            let ids = text.lines().filter_map(|line| line.strip_prefix("- id: ")).map(str::to_owned);
            ids.map(move |id| (path.clone(), id)).collect::<Vec<_>>()
        });
        Self {
            courses: below("content/courses/"),
            news: below("content/news/"),
            events: events.collect(),
            next: 0,
            site_taken: false,
            random: Random(seed),
            said: Vec::new(),
            files,
        }
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// A course without a planted mistake whose text `fits`.
    fn course(&mut self, fits: impl Fn(&str) -> bool) -> (String, String) {
        let start = self.random.below(self.courses.len());
        let at = (start..self.courses.len()).chain(0..start);
        let found = at.into_iter().find(|at| fits(std::str::from_utf8(&self.files[&self.courses[*at]]).unwrap()));
        let path = self.courses.swap_remove(found.expect("a course that fits"));
        let text = String::from_utf8(self.files[&path].clone()).unwrap();
        (path, text)
    }

    fn any_course(&mut self) -> (String, String) {
        self.course(|_| true)
    }

    fn write(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.files.insert(path.to_owned(), text.into());
    }

    /// Writes a text, and expects a mistake at the first `mark` after `after`.
    fn plant(&mut self, path: &str, text: &str, (after, mark): (&str, &str), code: Code) {
        let from = text.find(after).unwrap_or_else(|| panic!("{after:?} in {path}")) + after.len();
        let at = from + text[from..].find(mark).unwrap_or_else(|| panic!("{mark:?} in {path}"));
        let line = text[..at].matches('\n').count() + 1;
        let column = text[..at].rsplit('\n').next().unwrap().chars().count() + 1;
        self.said.push((path.to_owned(), line, column, code));
        self.write(path, text);
    }

    /// Adds `lines` to the top of a course's front matter; the mistake is at `mark` after `after`.
    fn head(&mut self, lacks: &str, lines: &str, at: (&str, &str), code: Code) {
        let (path, text) = self.course(|text| !text.contains(&format!("\n{lacks}")));
        self.plant(&path, &text.replacen("---\n", &format!("---\n{lines}"), 1), at, code);
    }

    /// Replaces the first `from` in a course.
    fn replace(&mut self, from: &str, to: &str, at: (&str, &str), code: Code) {
        let (path, text) = self.course(|text| text.contains(from));
        self.plant(&path, &text.replacen(from, to, 1), at, code);
    }

    /// Appends text to a course's body.
    fn tail(&mut self, more: &str, mark: &str, code: Code) {
        let (path, text) = self.any_course();
        let more = format!("\n\n结尾\n\n{more}\n");
        self.plant(&path, &(text + &more), ("\n\n结尾\n\n", mark), code);
    }

    /// Adds a file; `#` in path and text becomes a number.
    fn new_file(&mut self, path: &str, text: &str, mark: &str, code: Code) {
        let number = self.number().to_string();
        let [path, text, mark] = [path, text, mark].map(|text| text.replace('#', &number));
        self.plant(&path, &text, ("", &mark), code);
    }

    /// Adds a line to the top of an event that lacks its field.
    fn event(&mut self, line: &str, mark: &str, code: Code) {
        let key = format!("{}: ", line.split([':', '：']).next().unwrap());
        let start = self.random.below(self.events.len());
        let lacks = |at: &usize| {
            let (path, id) = &self.events[*at];
            let text = std::str::from_utf8(&self.files[path]).unwrap();
            let (_, rest) = text.split_once(&format!("- id: {id}\n")).unwrap();
            !rest.split("\n- id: ").next().unwrap().contains(&format!("\n{key}"))
        };
        let at = (start..self.events.len()).chain(0..start).find(lacks).unwrap();
        let (path, id) = self.events.swap_remove(at);
        let text = String::from_utf8(self.files[&path].clone()).unwrap();
        let head = format!("- id: {id}\n");
        let lines = text.replacen(&head, &format!("{head}{line}\n"), 1);
        // Mistakes planted in the same file above this one move down.
        let at = text[..text.find(&head).unwrap()].matches('\n').count() + 1;
        for (_, line, _, _) in self.said.iter_mut().filter(|(there, line, _, _)| *there == path && *line > at) {
            *line += 1;
        }
        self.plant(&path, &lines, (&head, mark), code);
    }
}

/// The kinds of mistakes that editors make.
const MISTAKES: &[fn(&mut Garden)] = &[
    // Fields.
    |g| g.replace("\ninstitution: ", "\ninstituton: ", ("", "instituton"), Code::UnknownKey),
    |g| g.head("天气", "天气: 晴\n", ("", "天气"), Code::UnknownKey),
    |g| g.event("  天气: 晴", "天气", Code::UnknownKey),
    |g| {
        let (path, text) = g.any_course();
        let from = text.find("\ninstitution: ").unwrap();
        let to = from + 1 + text[from + 1..].find('\n').unwrap();
        g.plant(&path, &format!("{}{}", &text[..from], &text[to..]), ("---\n", ""), Code::MissingField);
    },
    |g| g.head("order: ", "order: 第一\n", ("", "第一"), Code::WrongType),
    |g| g.head("summary: ", "summary: [甲, 乙]\n", ("", "["), Code::WrongType),
    |g| g.head("draft: ", "draft: 是\n", ("", "是"), Code::WrongType),
    |g| g.replace("\nfee: ", "\nfee: 约", ("\nfee: ", "约"), Code::BadNumber),
    |g| g.replace("\ntopics: [", "\ntopics: [] # [", ("\ntopics: ", "[]"), Code::OutOfRange),
    |g| g.replace("\ninstitution: ", "\ntitle: 又一个\ninstitution: ", ("", "title: 又一个"), Code::DuplicateKey),
    |g| g.head("mode: ", "mode: 线上\n", ("", "线上"), Code::NotAChoice),
    |g| g.event("  status: canceled", "canceled", Code::NotAChoice),
    |g| g.replace("\nfee: ", "\n学费: ", ("", "学费"), Code::UnknownKey),
    |g| g.replace("\nfee: ", "\nfee: 每人", ("\nfee: ", "每人"), Code::BadNumber),
    |g| g.head("picture: ", "picture:\n", ("picture", ":"), Code::WrongType),
    |g| g.event("  gallery: ", ":", Code::WrongType),
    |g| g.head("picture: ", "picture: a.jpg\n", ("", "a.jpg"), Code::NotAMap),
    |g| g.head("summary: ", "summary: 只有 #1 班\n", ("", "只有"), Code::TextCut),
    |g| g.event("  summary: 说的是 #2 号楼", "说的", Code::TextCut),
    |g| g.head("summary: ", "summary: “都来学”\n", ("", "“都来"), Code::FullWidthQuotes),
    // Days and times.
    |g| g.head("date: ", "date: 9月1日\n", ("", "9月1日"), Code::BadDate),
    |g| g.replace("time: {start: \"", "time: {start: 上午\"", ("time: {start: ", "上午"), Code::BadTime),
    |g| g.head("date: ", "date: 2026-02-30\n", ("", "2026-02-30"), Code::NoSuchDay),
    |g| g.head("date: ", "date: 2026年2月3日\n", ("", "2026年"), Code::BadDate),
    |g| g.replace("time: {start: \"", "time: {start: \"3", ("time: {start: ", "\"3"), Code::BadTime),
    |g| g.head("date: ", "date: 2026-05-02\nupdated: 2026-05-01\n", ("updated: ", "2026"), Code::EndBeforeStart),
    |g| {
        let sessions = "    sessions: [{start: 2026-11-02 09:00, end: 2026-11-02 10:00}]\n    weekly:\n";
        g.replace("    weekly:\n", sessions, ("    sessions: ", "weekly:"), Code::TwoSchedules);
    },
    |g| {
        let (path, text) = g.course(|text| text.contains("    weekly:\n") && !text.contains("    status:"));
        let text = text.replacen("    weekly:\n", "    status: cancelled\n    weekly:\n", 1);
        g.plant(&path, &text, ("    status: ", "cancelled"), Code::MissingReason);
    },
    |g| g.event("  status: moved", "moved", Code::MissingReason),
    |g| {
        let path = g.news.swap_remove(g.random.below(g.news.len()));
        let text = String::from_utf8(g.files[&path].clone()).unwrap();
        let date = text.lines().find(|line| line.starts_with("date: ")).unwrap().to_owned();
        g.plant(&path, &text.replacen(&format!("{date}\n"), "", 1), ("---\n", ""), Code::MissingDate);
    },
    // Values that cannot be meant.
    |g| g.replace("\nfee: ", "\nfee: -1", ("\nfee: ", "-"), Code::OutOfRange),
    |g| g.head("date: ", "date: 0206-02-03\n", ("", "0206"), Code::OutOfRange),
    |g| g.head("summary: ", "summary: \"　\"\n", ("", "\"　"), Code::BlankText),
    |g| g.replace("phone: \"0000-0000033\"", "phone: \"见门口\"", ("phone: ", "\""), Code::BadPhone),
    |g| g.tail("[打电话](tel:00)", "[打电话]", Code::BadPhone),
    |g| g.tail("照片：![IMG_2026](/pictures/courtyard.png)", "![IMG", Code::AltFileName),
    |g| g.replace("    capacity: 30\n", "    capacity: 0\n", ("    capacity: ", "0"), Code::OutOfRange),
    |g| {
        let (path, text) = g.course(|text| text.contains("    weekly:\n") && !text.contains("    status:"));
        let text = text.replacen("    weekly:\n", "    reason: 下雪\n    weekly:\n", 1);
        g.plant(&path, &text, ("    reason: ", "下雪"), Code::StrayReason);
    },
    |g| g.replace("end: 2026-11-07 10:30", "end: 2026-12-07 10:30", ("end: ", "2026-12"), Code::LongSession),
    |g| {
        g.new_file(
            "content/news/x#.md",
            "---\ntitle: 甲\nsource: 乙\ndate: 2062-11-01\n---\n",
            "2062",
            Code::FutureDate,
        );
    },
    |g| {
        let text = "- {id: x#, title: 周, year: 2025, from: 2026-11-09, to: 2026-11-15, regions: [liuxi-zhen]}\n";
        g.new_file("content/editions/x#.yaml", text, "2025", Code::EditionYear);
    },
    |g| {
        let session = "{start: 2026-12-09 09:00, end: 2026-12-09 10:00}";
        let text =
            format!("- {{id: x#, title: 晚到, edition: xuexi-zhou, venue: xuexiao-huashi, sessions: [{session}]}}\n");
        g.new_file("content/events/x#.yaml", &text, "{start", Code::OutsideEdition);
    },
    |g| {
        let sessions = "[{start: 2026-12-09 09:00, end: 2026-12-09 10:00}]";
        let text = format!("- {{id: x#, title: 满座, capacity: 90, venue: xuexiao-litang, sessions: {sessions}}}\n");
        g.new_file("content/events/x#.yaml", &text, "90", Code::OverCapacity);
    },
    |g| {
        let venue = "{id: xiao-#, title: 小屋, region: liuxi-zhen, address: 柳溪路 3 号}";
        let number = g.number();
        g.write(&format!("content/venues/x{number}.yaml"), format!("- {}\n", venue.replace('#', &number.to_string())));
        let event = |nth: u8, start: &str| {
            let sessions = format!("[{{start: 2026-12-09 {start}, end: 2026-12-09 11:00}}]");
            format!("- {{id: x{number}-{nth}, title: 同时, venue: xiao-{number}, sessions: {sessions}}}\n")
        };
        let text = event(1, "09:00") + &event(2, "09:30");
        g.plant(&format!("content/events/x{number}.yaml"), &text, ("-2, title", "{start"), Code::VenueTwice);
    },
    // YAML.
    |g| g.tail("##标题", "##", Code::UnreadMark),
    |g| g.tail("＃＃ 标题", "＃＃", Code::UnreadMark),
    |g| g.tail("见[报名]（a.md）", "[报名]", Code::UnreadMark),
    |g| g.tail("见[报名](../courses/a b.md)", "[报名]", Code::UnreadMark),
    |g| g.tail("文字[^没有]", "[^没有]", Code::UnreadMark),
    |g| g.tail("：：： note", "：：：", Code::UnreadMark),
    |g| g.tail("    一段缩进的文字", "一段", Code::UnreadMark),
    |g| g.tail("● 一条", "●", Code::DoubtfulMark),
    |g| g.tail("只写了**一半", "**", Code::DoubtfulMark),
    |g| g.tail("看\u{200b}不见", "\u{200b}", Code::OddCharacter),
    |g| g.replace("\nfee: ", "\nfee：", ("\nfee", "："), Code::FullWidthColon),
    |g| g.event("  summary：又一句", "：", Code::FullWidthColon),
    |g| g.head("picture: ", "picture:\n\tfile: a.jpg\n  decorative: true\n", ("picture:\n", "\t"), Code::TabIndent),
    |g| g.replace("\ntitle: ", "\ntitle: \"", ("\ntitle: ", "\""), Code::YamlSyntax),
    |g| g.replace("\nfee: ", "\nfee:", ("\nfee", ":"), Code::YamlSyntax),
    |g| g.replace("\ntopics: [", "\ntopics: [[", ("\ntopics: ", "["), Code::YamlSyntax),
    |g| g.replace("\ntitle: ", "\ntitle: 注意: ", ("\ntitle: ", "注意"), Code::YamlSyntax),
    |g| g.replace("\ntitle: ", "\ntitle: [秋季]", ("\ntitle: ", "["), Code::YamlSyntax),
    |g| g.replace("\ntitle: ", "\ntitle: - ", ("\ntitle: ", "-"), Code::YamlSyntax),
    |g| g.replace("\ntitle: ", "\ntitle: | ", ("\ntitle: ", "|"), Code::YamlSyntax),
    |g| g.replace("\ntitle: ", "\ntitle: '新'", ("\ntitle: ", "'"), Code::YamlSyntax),
    |g| g.event("  summary: > 又一句", ">", Code::YamlSyntax),
    |g| {
        // One slip hides no other mistake of the file.
        let (path, text) = g.course(|text| !text.contains("\nmode: "));
        let text = text.replacen("\ntitle: ", "\nmode: 不知道\ntitle: [秋季]", 1);
        g.plant(&path, &text, ("\ntitle: ", "["), Code::YamlSyntax);
        g.plant(&path, &text, ("\nmode: ", "不知道"), Code::NotAChoice);
    },
    |g| {
        let text = "- id: x#\n  title: 新教室\n  region: liuxi-zhen\n　　address: 无\n";
        g.new_file("content/venues/x#.yaml", text, "　", Code::FullWidthSpace);
    },
    |g| g.replace("\ntitle: ", "\ntitle: &t ", ("\ntitle: ", "&t"), Code::YamlFeature),
    |g| g.replace("\ntitle: ", "\ntitle: \"甲\\x0b\" # ", ("\ntitle: ", "\\x0b"), Code::ForbiddenCharacter),
    |g| g.head("summary: ", "summary: 甲\u{c}乙\n", ("summary: ", "\u{c}"), Code::ForbiddenCharacter),
    |g| g.tail("甲\u{b}乙", "\u{b}", Code::ForbiddenCharacter),
    |g| g.tail("甲&#11;乙", "&#11;", Code::ForbiddenCharacter),
    |g| {
        let (path, text) = g.course(|text| text.matches("---\n").count() == 2 && !text.contains("——\n"));
        let second = text.rfind("---\n").unwrap();
        let open = format!("{}{}", &text[..second], &text[second + 4..]);
        g.plant(&path, &open, ("", "---"), Code::OpenFrontMatter);
    },
    |g| {
        let (path, text) = g.any_course();
        g.plant(&path, &text.replacen("---\n", "———\n", 1), ("", "———"), Code::FullWidthFence);
    },
    |g| g.new_file("content/awards/x#.yaml", "id: a\ntitle: 先进\n", "id", Code::NotAList),
    // Files.
    |g| {
        let (path, text) = g.any_course();
        let at = text.find(|c: char| !c.is_ascii()).unwrap();
        let mark = &text[at..at + text[at..].chars().next().unwrap().len_utf8()];
        g.plant(&path, &text, (&text[..at], mark), Code::NotUtf8);
        let (bytes, _, wrong) = encoding_rs::GBK.encode(&text);
        assert!(!wrong, "{path} can be written in GBK");
        g.write(&path, bytes);
    },
    |g| {
        let (path, text) = g.any_course();
        let at = text.find(|c: char| !c.is_ascii()).unwrap();
        let mark = &text[at..at + text[at..].chars().next().unwrap().len_utf8()];
        g.plant(&path, &text, (&text[..at], mark), Code::NotUtf8);
        g.write(&path, text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    },
    |g| g.new_file("content/news/x#.MD", "---\ntitle: 甲\n---\n", "---", Code::BadFileName),
    |g| g.new_file("content/news/x#.md.txt", "---\ntitle: 甲\n---\n", "---", Code::BadFileName),
    |g| g.tail("<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> 另一稿", "<<<<<<< HEAD", Code::ConflictMarker),
    |g| g.new_file("content/cuorses#/a.md", "---\ntitle: 甲\n---\n", "---", Code::UnknownFolder),
    |g| g.new_file("content/pictures/unused#.pdf", "x", "x", Code::UnusedFile),
    |g| {
        let number = g.number();
        g.write(&format!("content/static/A{number}.txt"), "x");
        g.plant(&format!("content/static/a{number}.txt"), "x", ("", "x"), Code::AddressTwice);
    },
    |g| g.new_file("content/static/x#.html", "x", "x", Code::ActiveFile),
    |g| {
        let number = g.number();
        g.write(&format!("content/pictures/x{number}.exe"), "MZ");
        let line = format!("attachments: [{{file: /pictures/x{number}.exe, title: 程序}}]\n");
        g.head("attachments: ", &line, ("", "/pictures/"), Code::AttachmentType);
    },
    // Ids and references.
    |g| g.new_file("content/topics/x#.md", "---\nid: y#\ntitle: 甲\n---\n", "y", Code::IdMismatch),
    |g| g.new_file("content/topics/书法#.md", "---\ntitle: 甲\n---\n", "", Code::BadFileName),
    |g| g.new_file("content/topics/x#.yaml", "- {id: 书法#, title: 书法}\n", "书法", Code::BadId),
    |g| g.new_file("content/topics/x#.yaml", "- {id: page-#, title: 保留}\n", "page", Code::ReservedId),
    |g| g.new_file("content/topics/x#.yaml", "- {title: 无编号}\n", "title", Code::MissingId),
    |g| g.new_file("content/topics/x#.yaml", "- {id: quanshu, title: 重复#}\n", "quanshu", Code::DuplicateId),
    |g| {
        let number = g.number();
        let venue = format!("\nvenue: none{number} #");
        g.replace("\nvenue: ", &venue, ("\nvenue: ", "none"), Code::DanglingRef);
    },
    |g| g.replace("\nvenue: ", "\nvenue: venues/", ("\nvenue: ", "venues/"), Code::BadId),
    |g| g.replace("\ntopics: [", "\ntopics: [天文地理, ", ("\ntopics: [", "天文"), Code::BadId),
    |g| {
        let number = g.number();
        let draft = format!("- {{id: draft{number}, title: 草稿, region: liuxi-zhen, address: 无, draft: true}}\n");
        g.write(&format!("content/venues/draft{number}.yaml"), draft);
        g.replace("\nvenue: ", &format!("\nvenue: draft{number} #"), ("\nvenue: ", "draft"), Code::DraftRef);
    },
    |g| {
        let number = g.number();
        let venue =
            format!("- {{id: now{number}, title: 新址, region: liuxi-zhen, address: 无, formerly: [old{number}]}}\n");
        g.write(&format!("content/venues/now{number}.yaml"), venue);
        g.replace("\nvenue: ", &format!("\nvenue: old{number} #"), ("\nvenue: ", "old"), Code::FormerRef);
    },
    |g| {
        let line = "sources: [{document: xian-tongzhi, clause: zz-9}]\n";
        g.head("sources", line, ("", "zz-9"), Code::UnknownClause);
    },
    |g| {
        let text = "- {id: x#, title: 圈, level: village, parent: x#}\n";
        g.new_file("content/regions/x#.yaml", text, "x#}", Code::Cycle);
    },
    |g| {
        let text = "- {id: x#, title: 倒, level: city, parent: linhe-xian}\n";
        g.new_file("content/regions/x#.yaml", text, "city", Code::WrongLevel);
    },
    |g| {
        let text = "- {id: x#, title: 职责, unit: xian-jiaoyuju}\n";
        g.new_file("content/duties/x#.yaml", text, "id", Code::MissingSource);
    },
    |g| {
        if !std::mem::replace(&mut g.site_taken, true) {
            let text = String::from_utf8(g.files["content/site.yaml"].clone()).unwrap();
            let spoilt = text.replacen("\nmenu:\n", "\nmenu:\n  - {title: 空}\n", 1);
            g.plant("content/site.yaml", &spoilt, ("\nmenu:\n", "{"), Code::MenuTarget);
        }
    },
    // Bodies.
    |g| g.tail("见[旧课](none.md)。", "[旧课]", Code::BrokenLink),
    |g| g.tail("**注意：**见[上面](#没有这一节)。", "[上面]", Code::BrokenAnchor),
    |g| g.tail("照片：![全班合影](/pictures/none.jpg)", "![全班合影]", Code::MissingFile),
    |g| g.tail("照片：![](/pictures/courtyard.png)", "![]", Code::MissingAlt),
    |g| g.tail("::: galery\n:::", "galery", Code::UnknownBlock),
    |g| g.tail("::: note colour=red 注意\n内容\n:::", "colour", Code::BlockAttribute),
    |g| g.tail("::: note 注意\n内容", ":::", Code::OpenBlock),
    |g| g.tail("内容\n\n:::", ":::", Code::StrayBlockEnd),
    |g| g.tail("**重点：**文字<script>x</script>", "<script>", Code::HtmlRemoved),
    |g| g.tail("[TOC]", "[TOC]", Code::DoubtfulMark),
    |g| g.tail("请__准时到__教室。", "__准时", Code::DoubtfulMark),
    |g| g.tail("详见 /pictures/courtyard.png。", "/pictures", Code::DoubtfulMark),
    |g| g.tail("时间：周四\n地点：一楼", "地点：", Code::DoubtfulMark),
    |g| g.tail("##　上课时间", "##", Code::UnreadMark),
    |g| g.tail("》先到先得", "》", Code::UnreadMark),
    |g| g.tail("- [] 带笔", "[]", Code::DoubtfulMark),
    |g| g.head("expires:", "expires: 农历八月初一\n", ("expires: ", "农历"), Code::BadDate),
    |g| g.tail("# 一级标题", "#", Code::TopHeading),
    |g| g.tail("看[外面](../../../a.pdf)。", "[外面]", Code::EscapingPath),
    |g| g.tail("“点”[这里](javascript:x)", "[这里]", Code::UnsafeLink),
    // Private data.
    |g| g.tail("报名请打 138 1234 5678。", "138", Code::MobileNumber),
    |g| g.tail("身份证 ３７０１０２１９９００３０７４５１９", "３７", Code::IdentityNumber),
    |g| g.tail("转到 6222-0212-3456-7890-128", "6222", Code::BankCard),
    |g| g.head("summary: ", "summary: 家住柳溪镇文化路12号\n", ("", "12"), Code::HomeAddress),
    |g| g.event("  summary: 张三生于1950年3月2日", "1950", Code::BirthDate),
];

fn said(diagnostics: &[Diagnostic]) -> Vec<Said> {
    let mut said: Vec<Said> = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref();
            let (line, column) = place.map_or((0, 0), shuyuan::source::Place::line_column);
            (place.map_or(String::new(), |place| place.source.path.clone()), line, column, diagnostic.mistake.code)
        })
        .collect();
    said.sort();
    said
}

/// Diagnostics that are unexpected, and expected ones that are missing.
fn difference(said: &[Said], expected: &[Said]) -> Vec<Said> {
    let mut rest = expected.to_vec();
    said.iter()
        .filter(|one| match rest.iter().position(|other| other == *one) {
            Some(at) => {
                rest.swap_remove(at);
                false
            }
            None => true,
        })
        .cloned()
        .collect()
}

fn round(files: &Files, seed: u64) -> Result<(), String> {
    let mut garden = Garden::new(files, seed);
    for _ in 0..=garden.random.below(30) {
        let mistake = MISTAKES[garden.random.below(MISTAKES.len())];
        mistake(&mut garden);
    }
    let depth = if seed.is_multiple_of(RENDERED) { Depth::Make } else { Depth::Prepare };
    let spoilt: Files = garden.files.into_iter().collect();
    let found = said(&site::check(&spoilt, TODAY, depth));
    let (extra, missing) = (difference(&found, &garden.said), difference(&garden.said, &found));
    if extra.is_empty() && missing.is_empty() {
        return Ok(());
    }
    Err(format!("SEED={seed}\n  said, but not planted: {extra:?}\n  planted, but not said: {missing:?}\n"))
}

#[test]
fn every_planted_mistake_is_said_at_its_place_and_nothing_else_is() {
    let seeds = match std::env::var("SEED") {
        Ok(seed) => seed.parse().map(|seed| seed..seed + 1).unwrap(),
        Err(_) => 0..ROUNDS,
    };
    let wrong: Vec<String> = seeds.into_par_iter().filter_map(|seed| round(town::usual(), seed).err()).collect();
    assert!(wrong.is_empty(), "{} rounds went wrong:\n{}", wrong.len(), wrong.concat());
}
