//! Private data on a generated site: 200 values of persons among 400 look-alikes, in texts and in documents. Every value is found at
//! its place, and nearly nothing else. The generator is deterministic.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use shuyuan::assets::document;
use shuyuan::diag::format::{Format, render};
use shuyuan::diag::{Code, Diagnostic};

use crate::papers::{self, Pack};
use crate::site::{self, Depth, Files, TODAY};

const PLANTED: usize = 200;
const CLEAN: usize = 400;
const FALSE_ALARMS: usize = 2;
const CODES: [Code; 5] = [Code::IdentityNumber, Code::BankCard, Code::MobileNumber, Code::HomeAddress, Code::BirthDate];

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap())).collect()
    }

    fn day(&mut self) -> (u64, u64, u64) {
        (1935 + self.below(70), 1 + self.below(12), 1 + self.below(28))
    }

    fn identity(&mut self) -> String {
        let region = self.of(&["110101", "370102", "410711", "440305", "510104", "650102"]);
        let (year, month, day) = self.day();
        let body = format!("{region}{year}{month:02}{day:02}{}", self.digits(3));
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 = body.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
        let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
        format!("{body}{check}")
    }

    fn old_identity(&mut self) -> String {
        let (year, month, day) = self.day();
        format!("370102{:02}{month:02}{day:02}{}", 20 + year % 70, self.digits(3))
    }

    fn card(&mut self) -> String {
        let (head, length) = [("622202", 19), ("621700", 19), ("4", 16), ("5432", 16), ("3561", 16)]
            [usize::try_from(self.below(5)).unwrap()];
        let body = format!("{head}{}", self.digits(length - 1 - head.len()));
        format!("{body}{}", luhn(&body))
    }

    fn mobile(&mut self) -> String {
        let head = self.of(&["130", "138", "147", "150", "166", "177", "189", "198"]);
        format!("{head}{}", self.digits(8))
    }

    /// A value of a person, as somebody would write it.
    fn planted(&mut self, nth: usize) -> String {
        match nth % 5 {
            0 => {
                let number = if nth.is_multiple_of(25) { self.old_identity() } else { self.identity() };
                let form = [0, 1, 2, 3][nth / 5 % 4];
                let number = match (form, number.len()) {
                    (1, 18) => format!("{} {} {}", &number[..6], &number[6..14], &number[14..]),
                    (2, _) => wide(&number),
                    _ => number,
                };
                format!("{}{number}", self.of(&["身份证号：", "学员证件 ", "张三，", "证件号码为"]))
            }
            1 => {
                let number = self.card();
                let spaced =
                    || number.as_bytes().chunks(4).map(|four| std::str::from_utf8(four).unwrap()).collect::<Vec<_>>();
                let number = if (nth / 5).is_multiple_of(2) { number.clone() } else { spaced().join(" ") };
                format!("{}{number}", self.of(&["转到 ", "银行卡号：", "收款 ", "卡号"]))
            }
            2 => {
                let number = self.mobile();
                let (a, b, c) = (&number[..3], &number[3..7], &number[7..]);
                let number = match nth / 5 % 9 {
                    6 => return format!("电话：{a}，{b}，{c}"),
                    7 => return format!("编号 {} {number}", self.below(999)),
                    8 => format!("{a}{b}{}", numerals(c)),
                    1 => format!("{a} {b} {c}"),
                    2 => format!("{a}-{b}-{c}"),
                    3 => format!("+86 {number}"),
                    4 => wide(&number),
                    5 => format!("{a}\u{200b}{b}{c}"),
                    _ => number,
                };
                format!("{}{number}", self.of(&["电话 ", "联系人张三 ", "微信同号：", "李四，"]))
            }
            3 => {
                let (building, entrance, room) = (1 + self.below(30), 1 + self.below(5), 101 + self.below(900));
                match nth / 5 % 6 {
                    0 => format!("家住阳光小区{building}号楼{entrance}单元{room}室"),
                    4 => format!("送教上门：幸福里{building}#{entrance}-{room}"),
                    5 => format!("和平里{building}号楼{entrance}门{room}，张三"),
                    1 => format!("住址：文化路{building}号院{entrance}号楼{room}室"),
                    2 => format!("张三，住李家村{entrance}组{building}号"),
                    _ => format!("幸福家园 {building} 栋 {entrance} 单元 {room}"),
                }
            }
            _ => {
                let (year, month, day) = self.day();
                match nth / 5 % 6 {
                    0 => format!("张三，{year}年{month}月{day}日生"),
                    4 => format!("张三 男 汉族 {year}年{month}月{day}日 党员"),
                    5 => format!("出 生 日 期：{year}年{month}月{day}日"),
                    1 => format!("出生日期：{year}-{month:02}-{day:02}"),
                    2 => format!("李四生于 {year} 年 {month} 月 {day} 日"),
                    _ => format!("生日 {year}.{month}.{day}"),
                }
            }
        }
    }

    /// What looks like private data and is none.
    fn clean(&mut self, nth: usize) -> String {
        let (year, month, day) = (2020 + self.below(8), 1 + self.below(12), 1 + self.below(28));
        let number = self.digits(8);
        match nth % 36 {
            24 => format!("会议号：138 {} {}", &number[..4], &number[4..]),
            25 => format!("人次分别为139，{}，{}", &number[..4], &number[4..]),
            26 => format!("豫ICP备138{number}号-1"),
            27 => format!("学分银行账号：{}", self.card()),
            28 => format!("上课地点：阳光小区{}号楼2单元101室", 1 + self.below(9)),
            29 => format!("综合楼{}单元302室", 1 + self.below(9)),
            30 => format!("行政楼{}室", 101 + self.below(700)),
            31 => format!("王丽老师（{year}-{month:02}-{day:02}）开班"),
            32 => format!("主讲：张三，男，{}年{month}月{day}日，线上", year + 1),
            33 => format!("{}号楼2-301会议室", 1 + self.below(9)),
            34 => format!("选修{}门，共{}课时", 1 + self.below(9), 100 + self.below(400)),
            0 => {
                // One digit of the number is wrong.
                let identity = self.identity();
                let last = if identity.ends_with('3') { '4' } else { '3' };
                format!("流水 {}{last}", &identity[..17])
            }
            1 => format!("订单号 1{}", self.digits(10)),
            2 => format!("课程代码 KC{year}{number}"),
            3 => format!("{year}年{month}月{day}日 09:00 开班"),
            4 => format!("导出时间 {year}{month:02}{day:02}093045"),
            5 => format!("统一社会信用代码 91370102MA3C{}", self.digits(6)),
            6 => format!("办公电话 0373-{}", &number[..7]),
            7 => format!("热线 400-{}-{}", &number[..3], &number[3..7]),
            8 => "拨打 12345 或 95588、96110".to_owned(),
            9 => format!("文号 教职成〔{year}〕{} 号", self.below(99)),
            10 => format!("ISBN 978-7-{}-{}-{}", &number[..3], self.digits(5), self.below(9)),
            11 => format!("条码 690{}", self.digits(10)),
            12 => format!("坐标 113.{}, 35.{}", self.digits(10), self.digits(10)),
            13 => "ISSN 1000-1234，总第 138 期".to_owned(),
            14 => format!("照片 IMG_{year}{month:02}{day:02}_{}.jpg", &number[..6]),
            15 => format!("https://mp.weixin.qq.com/s?id=1{}", self.digits(10)),
            16 => format!("经费 ¥1{}.00", self.digits(10)),
            17 => format!("豫ICP备{number}号-1，公安备案 410702{number}号"),
            18 => format!("手机 138****{}", &number[..4]),
            19 => format!("证件 3701**********{}", &number[..4]),
            20 => format!("地址：文化路 {} 号 {} 楼 301 室", self.below(99), 1 + self.below(9)),
            21 => format!("某大厦 {} 号楼 201 室", 1 + self.below(9)),
            22 => format!("本办法自{year}年{month}月{day}日生效"),
            23 => format!("第{}单元 {} 课时", 1 + self.below(9), 10 + self.below(80)),
            _ => format!("人数 {}，面积 {}.{}", self.below(99_999), self.below(9_999), &number[..2]),
        }
    }
}

fn numerals(digits: &str) -> String {
    let numeral = |c: char| "〇一二三四五六七八九".chars().nth(c.to_digit(10).unwrap() as usize).unwrap();
    digits.chars().map(numeral).collect()
}

fn luhn(body: &str) -> u32 {
    let sum: u32 = body
        .chars()
        .rev()
        .enumerate()
        .map(|(at, c)| match (at % 2, c.to_digit(10).unwrap()) {
            (0, digit) if digit > 4 => digit * 2 - 9,
            (0, digit) => digit * 2,
            (_, digit) => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

fn wide(text: &str) -> String {
    text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect()
}

/// A piece of text, and whether it holds private data.
type Line = (String, bool);

/// Planted and clean lines, mixed, in as many shares as there are formats.
fn shares(count: usize) -> Vec<Vec<Line>> {
    let mut random = Random(12);
    let planted: Vec<Line> = (0..PLANTED).map(|nth| (random.planted(nth), true)).collect();
    let clean: Vec<Line> = (0..CLEAN).map(|nth| (random.clean(nth), false)).collect();
    // Fives of planted lines go round, so that each share has every sort in every form.
    let mut shares = vec![Vec::new(); count];
    for (nth, line) in planted.into_iter().enumerate() {
        shares[nth / 5 % count].push(line);
    }
    for (nth, line) in clean.into_iter().enumerate() {
        let share = &mut shares[(nth / 25 + nth) % count];
        let at = usize::try_from(random.below(share.len() as u64 + 1)).unwrap();
        share.insert(at, line);
    }
    shares
}

/// What is expected: a file and a place in it.
type Place = (String, String);

/// A site that is being planted.
struct Garden {
    files: Files,
    expected: BTreeSet<Place>,
}

impl Garden {
    /// A text with a line for each; `before` comes first.
    fn text(&mut self, path: &str, before: &str, lines: &[Line], write: impl Fn(&str) -> String) {
        let mut text = before.to_owned();
        for (line, is_planted) in lines {
            let number = text.matches('\n').count() + 1;
            let _ = writeln!(text, "{}", write(line));
            let number =
                number + write(line).find(line.as_str()).map_or(0, |at| write(line)[..at].matches('\n').count());
            if *is_planted {
                self.expected.insert((path.to_owned(), format!("{number}")));
            }
        }
        self.files.push((path.to_owned(), text.into_bytes()));
    }

    /// A file to download; `part` names the place of each line.
    fn paper(&mut self, name: &str, bytes: Vec<u8>, lines: &[Line], part: impl Fn(usize) -> String) {
        let path = format!("content/files/{name}");
        for (nth, _) in lines.iter().enumerate().filter(|(_, (_, is_planted))| *is_planted) {
            self.expected.insert((path.clone(), part(nth)));
        }
        self.files.push((path, bytes));
        let stem = name.replace('.', "-");
        let page = format!("---\ntitle: 附件\nattachments: [{{file: /files/{name}, title: 附件}}]\n---\n附件。\n");
        self.files.push((format!("content/pages/{stem}.md"), page.into_bytes()));
    }
}

fn garden() -> Garden {
    let mut garden = Garden {
        files: site::files(&std::fs::read_to_string(site::root().join("tests/fixtures/base.site")).unwrap()),
        expected: BTreeSet::new(),
    };
    let shares = shares(8);
    let texts = |lines: &[Line]| lines.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>();
    let head = "---\ntitle: 甲\n---\n";
    garden.text("content/pages/bodies.md", head, &shares[0], |line| format!("{line}。\n"));
    garden.text("content/pages/alternatives.md", head, &shares[1], |line| {
        format!("![{line}](/pictures/a.gif \"focus: 50% 50%\")\n")
    });
    let table = format!("{head}| 甲 | 乙 |\n|---|---|\n");
    garden.text("content/pages/tables.md", &table, &shares[2], |line| format!("| 一 | {line} |"));
    garden.text("content/topics/records.yaml", "", &shares[3], |line| {
        let id = blake3::hash(line.as_bytes()).to_hex()[..12].to_owned();
        format!("- id: z{id}\n  title: 主题\n  summary: \"{line}\"")
    });
    let csv = papers::each(&shares[4], |(line, _)| format!("一,\"{line}\"\n"));
    let gbk = encoding_rs::GB18030.encode(&csv).0.into_owned();
    garden.paper("table.csv", gbk, &shares[4], |nth| format!("第 {} 行", nth + 1));
    garden.paper("letter.docx", papers::docx(&texts(&shares[5])), &shares[5], |nth| format!("第 {} 段", nth + 1));
    garden.paper("sheet.xlsx", papers::xlsx(&texts(&shares[6])), &shares[6], |nth| format!("B{} 格", nth + 1));
    let quarter = shares[7].len() / 4;
    let packs = [Pack::None, Pack::Streams, Pack::Runs, Pack::Objects];
    for (nth, (lines, pack)) in shares[7].chunks(quarter + 1).zip(packs).enumerate() {
        let pdf = papers::pdf(&texts(lines), pack);
        garden.paper(&format!("print{nth}.pdf"), pdf, lines, |nth| format!("第 {} 页", nth + 1));
    }
    let gif = site::files("-- a +hex --\n47494638396101000100800000000000ffffff2c00000000010001000002024401003b\n");
    garden.files.push(("content/pictures/a.gif".to_owned(), gif[0].1.clone()));
    garden
}

/// File and place of an alarm: its line, or what the message says of a file to download.
fn place(diagnostic: &Diagnostic) -> Place {
    let message = &diagnostic.mistake.message;
    if let Some((path, rest)) = message.split_once(" 的").filter(|(path, _)| path.starts_with("content/files/")) {
        let part = rest.split("里有").next().unwrap();
        return (path.to_owned(), part.rsplit("的 ").next().unwrap().to_owned());
    }
    let place = diagnostic.place.as_ref().unwrap();
    (place.source.path.clone(), place.line_column().0.to_string())
}

#[test]
fn what_is_private_is_found_among_what_looks_like_it() {
    let garden = garden();
    assert_eq!(garden.expected.len(), PLANTED);
    let said = site::check(&garden.files, TODAY, Depth::Prepare);
    let alarms = said.iter().filter(|diagnostic| CODES.contains(&diagnostic.mistake.code));
    let mut found: BTreeMap<Place, &Diagnostic> = BTreeMap::new();
    for alarm in alarms {
        found.insert(place(alarm), alarm);
    }
    let missed: Vec<&Place> = garden.expected.iter().filter(|place| !found.contains_key(place)).collect();
    let false_alarms: Vec<(&Place, &str)> = found
        .iter()
        .filter(|(place, _)| !garden.expected.contains(place))
        .map(|(place, alarm)| (place, alarm.mistake.message.as_str()))
        .collect();
    assert!(missed.is_empty() && false_alarms.len() <= FALSE_ALARMS, "missed {missed:#?}, false {false_alarms:#?}");
    let unread: Vec<&str> = said
        .iter()
        .filter(|said| said.mistake.code == Code::UnreadFile)
        .map(|said| said.mistake.message.as_str())
        .collect();
    assert!(unread.is_empty(), "{unread:?}");
}

#[test]
fn nothing_private_is_repeated_in_what_a_check_prints() {
    let garden = garden();
    let said = site::check(&garden.files, TODAY, Depth::Prepare);
    for format in [Format::Text, Format::Json, Format::Github, Format::Gitlab, Format::Sarif] {
        let text = render(&said, format);
        let shown: Vec<String> = shuyuan::privacy::find(&text).iter().map(|found| found.value.clone()).collect();
        assert!(shown.is_empty(), "{format:?}: {shown:?}");
    }
}

fn people(extension: &str, bytes: &[u8]) -> Vec<String> {
    document::read(extension, bytes).people.into_iter().map(|(person, name)| format!("{person} {name}")).collect()
}

#[test]
fn whoever_commented_or_changed_a_document_is_named() {
    let core = "<?xml version=\"1.0\"?><coreProperties xmlns:dc=\"d\"><dc:creator>张三</dc:creator></coreProperties>";
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(core.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let body = r#"<w:document><w:body><w:p><w:ins w:author="李四"><w:r><w:t>一</w:t></w:r></w:ins></w:p></w:body></w:document>"#;
    let comments =
        r#"<w:comments><w:comment w:author="王五"><w:p><w:r><w:t>批</w:t></w:r></w:p></w:comment></w:comments>"#;
    let custom = r#"<Properties><property name="撰稿人"><vt:lpwstr>赵六</vt:lpwstr></property></Properties>"#;
    let docx = papers::package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("elsewhere/props.bin", &wide),
        ("word/document.xml", body.as_bytes()),
        ("word/comments.xml", comments.as_bytes()),
        ("docProps/custom.xml", custom.as_bytes()),
    ]);
    let said = people("docx", &docx);
    for name in ["作者 张三", "批注或修订者 李四", "批注或修订者 王五", "作者 赵六"] {
        assert!(said.iter().any(|said| said == name), "{name}: {said:?}");
    }
    let open = "<document-content><annotation><dc:creator>钱七</dc:creator><text:p>批</text:p></annotation></document-content>";
    let odt =
        papers::package(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", open.as_bytes())]);
    assert_eq!(people("odt", &odt), ["批注或修订者 钱七"]);
}

#[test]
fn a_pdf_names_its_author_in_every_way_of_writing() {
    let check = |pdf: &[u8], said: &[&str]| assert_eq!(people("pdf", pdf), said, "{}", String::from_utf8_lossy(pdf));
    check(b"%PDF-1.4\n1 0 obj <</Author (Zhang \\(San\\))>> endobj", &["作者 Zhang (San)"]);
    check(b"%PDF-1.4\n1 0 obj <</Author <FEFF5F204E09>>> endobj", &["作者 张三"]);
    check(b"%PDF-1.4\n1 0 obj <</Author (\\376\\377\\137\\040\\116\\011)>> endobj", &["作者 张三"]);
    check(b"%PDF-1.4\n1 0 obj <</Author 2 0 R>> endobj 2 0 obj (Li Si) endobj", &["作者 Li Si"]);
    check(b"%PDF-1.4\n1 0 obj <</#41uthor (Li Si)>> endobj", &["作者 Li Si"]);
    check("%PDF-1.4\n<dc:creator><rdf:Seq><rdf:li>张三</rdf:li></rdf:Seq></dc:creator>".as_bytes(), &["作者 张三"]);
    check(b"%PDF-1.4\n1 0 obj <</Author ()/Title (x)>> endobj", &[]);
    check(b"%PDF-1.4 <</Author", &[]);
    let note = b"%PDF-1.4\n1 0 obj <</Subtype/Text/Rect[0 0 1 1]/T(Li Si)/Contents(ok)>> endobj";
    check(note, &["批注或修订者 Li Si"]);
}

#[test]
fn what_cannot_be_read_is_said() {
    let unread = |extension: &str, bytes: &[u8]| document::read(extension, bytes).unread.map(|why| format!("{why:?}"));
    let page = |font: &str| {
        format!(
            "%PDF-1.4\n1 0 obj <</Type/Pages/Kids[2 0 R]>> endobj\n2 0 obj <</Type/Page/Contents 3 0 R/Resources<</Font<</F 4 0 R>>/XObject<</I 5 0 R>>>>>> endobj\n\
             3 0 obj <</Length 30>> stream\n/F 9 Tf (138) Tj /I Do\nendstream endobj\n4 0 obj {font} endobj\n5 0 obj <</Subtype/Image>> endobj\n"
        )
    };
    assert_eq!(unread("pdf", page("<</Subtype/Type1>>").as_bytes()), None);
    assert_eq!(unread("pdf", page("<</Subtype/Type0/Encoding/Identity-H>>").as_bytes()).as_deref(), Some("NoMap"));
    assert_eq!(unread("pdf", page("<<>>").replace("(138) Tj", "").as_bytes()).as_deref(), Some("Scanned"));
    assert_eq!(unread("pdf", b"%PDF-1.4\ntrailer <</Encrypt 1 0 R>>").as_deref(), Some("Encrypted"));
    assert_eq!(unread("pdf", b"%PDF-1.4\n").as_deref(), Some("Broken"));
    let docx = papers::docx(&["一".to_owned()]);
    assert_eq!(unread("docx", &docx), None);
    assert_eq!(unread("docx", &docx[..docx.len() / 2]).as_deref(), Some("Broken"));
    assert_eq!(unread("zip", b"Rar!\x1a\x07").as_deref(), Some("Unknown"));
    assert_eq!(unread("txt", "一般的文字".as_bytes()), None);
}

#[test]
fn text_is_found_wherever_a_document_keeps_it() {
    let found = |extension: &str, bytes: &[u8]| -> Vec<String> {
        document::read(extension, bytes)
            .found
            .into_iter()
            .map(|(part, found)| format!("{part} {}", found.shown()))
            .collect()
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:document><w:body><w:p>{}{}</w:p><w:p><w:del><w:r><w:delText>13800000002</w:delText></w:r></w:del></w:p>\
         <w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
        run("138000"),
        run("00001"),
        run("出生日期"),
        run("1950-03-02")
    );
    let header = format!("<w:hdr><w:p>{}</w:p></w:hdr>", run("13800000003"));
    let slide = "<p:sld><a:p><a:r><a:t>1380000</a:t></a:r><a:r><a:t>0004</a:t></a:r></a:p></p:sld>";
    let docx = papers::package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", body.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
        ("ppt/slides/slide3.xml", slide.as_bytes()),
    ]);
    assert_eq!(
        found("docx", &docx),
        [
            "第 1 段 138****0001",
            "第 2 段 138****0002",
            "第 4 段 1950-**-**",
            "页眉 138****0003",
            "第 3 张幻灯片 138****0004",
        ]
    );
    let inner = papers::package(&[("名单/13800000005.txt", b"ok"), ("letter.docx", &docx)]);
    let said = found("zip", &inner);
    assert_eq!((said.len(), said[0].as_str()), (6, "“名单/13800000005.txt”文件名 138****0005"));
    let wide: Vec<u8> = "电话 13800000006".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found("txt", &wide), ["第 1 行 138****0006"]);
    let csv = "姓名,出生日期,订单号\n张三,1950-03-02,13800000007\n".as_bytes();
    assert_eq!(found("csv", csv), ["第 2 行 1950-**-**"]);
    let browser = papers::pdf(&["张三，1950年3⽉2⽇⽣".to_owned(), "订单号 13812345679".to_owned()], Pack::Streams);
    assert_eq!(found("pdf", &browser), ["第 1 页 1950-**-**"]);
    let drawing = b"<svg><path d=\"M138 1234 5678\"/><text>138<tspan>00000008</tspan></text></svg>";
    assert_eq!(found("svg", drawing), ["文字 138****0008"]);
}

#[test]
fn what_a_document_says_beside_its_text_is_read() {
    let count = |extension: &str, bytes: &[u8]| document::read(extension, bytes).found.len();
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    let book = |part: &str, xml: &str| papers::package(&[types, (part, xml.as_bytes())]);
    let sheet = |inner: &str| book("xl/worksheets/sheet1.xml", &format!("<worksheet>{inner}</worksheet>"));
    for (nth, file) in [
        book("xl/workbook.xml", "<workbook><sheets><sheet name=\"张三13812345678\"/></sheets></workbook>"),
        book("xl/pivotCache/records1.xml", "<sharedItems><s v=\"13812345678\"/></sharedItems>"),
        sheet("<headerFooter><oddHeader>&amp;L13812345678</oddHeader></headerFooter>"),
        sheet("<sheetData><row><c r=\"A1\"><f>\"13812345678\"</f><v>1</v></c></row></sheetData>"),
        sheet("<dataValidations><formula1>\"13812345678,乙\"</formula1></dataValidations>"),
        sheet("<hyperlinks><hyperlink ref=\"A1\" tooltip=\"13812345678\"/></hyperlinks>"),
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(count("xlsx", file), 1, "{nth}");
    }
    let clean = sheet("<sheetData><row><c r=\"A1\"><f>SUM(B1:B13812)</f><v>138</v></c></row></sheetData>");
    assert_eq!(count("xlsx", &clean), 0);
    assert_eq!(count("rtf", br"{\rtf1{\info{\title 13812345678}}{\header x}}"), 1);
    assert_eq!(count("ics", b"BEGIN:VEVENT\nDESCRIPTION:1381234\n 5678\nEND:VEVENT\n"), 1);
    assert_eq!(count("vcf", b"BEGIN:VCARD\nBDAY:1950-03-02\nEND:VCARD\n"), 1);
    // The number in an encoded word.
    assert_eq!(count("eml", b"Subject: =?utf-8?B?MTM4MTIzNDU2Nzg=?=\n\nhi\n"), 1);
    let pdf = |objects: &str| format!("%PDF-1.4\n1 0 obj <</Type/Page>> endobj\n{objects}").into_bytes();
    let packet = "2 0 obj <</Type/Metadata/Length 70>> stream\n<x><description>13812345678</description></x>\nendstream endobj\n";
    assert_eq!(count("pdf", &pdf(packet)), 1);
    let attached = "2 0 obj <</EF<</F 3 0 R>>>> endobj\n3 0 obj <</Length 11>> stream\n13812345678\nendstream endobj\n";
    assert_eq!(count("pdf", &pdf(attached)), 1);
}

#[test]
fn a_file_that_nothing_unpacks_is_said_to_be_unread() {
    let unread = |bytes: &[u8]| document::read("", bytes).unread.map(|why| format!("{why:?}"));
    let tar = [&[b'a'; 257][..], b"ustar\x0000", &[0; 200]].concat();
    for head in [b"BZh91AY".as_slice(), b"\xfd7zXZ\0", &[0x28, 0xb5, 0x2f, 0xfd], &tar] {
        assert_eq!(unread(head).as_deref(), Some("Unknown"), "{head:?}");
    }
    let binary = papers::package(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.bin", b"\0\x01")]);
    assert_eq!(unread(&binary).as_deref(), Some("Unknown"));
}
