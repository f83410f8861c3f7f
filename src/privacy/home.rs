//! Home addresses below the street: building, entrance and room, or a number in a lane or a village.
//!
//! An office has a floor and a room too. What tells a home is the entrance (单元), the name of a housing estate, or the words
//! before it (住址, 家住).

use super::digits::{self, Group, Scan};
use super::label;
use super::{Found, Sort};
use crate::reading::numeral;

/// Names of housing end like this.
const ESTATES: [&str; 18] = [
    "小区",
    "新村",
    "花园",
    "家园",
    "公寓",
    "花苑",
    "佳苑",
    "雅苑",
    "新苑",
    "嘉园",
    "佳园",
    "华府",
    "新城",
    "家属院",
    "家属楼",
    "家属区",
    "安置房",
    "号大院",
];
/// What follows an estate's word where it is the name of a road or a town.
const NOT_ESTATE: [char; 9] = ['路', '街', '大', '道', '镇', '乡', '村', '中', '小'];
/// Words before the address of a person.
const LABELS: [&str; 14] = [
    "家庭住址",
    "家庭地址",
    "住址",
    "家住",
    "现住",
    "现居",
    "居住地",
    "居住在",
    "居住于",
    "住在",
    "户籍地",
    "户籍：",
    "户口所在地",
    "常住地",
];
/// What follows 住 where nobody lives.
const NOT_LIVING: &str = "院宿房建户所持进满下校店处区宅民家着了友";
/// Further words near an address of something that is open to the public, beside those of [`OFFICES`].
const PUBLIC: [&str; 28] = [
    "服务",
    "上课",
    "授课",
    "活动点",
    "党群",
    "中心",
    "学校",
    "学院",
    "大学",
    "书院",
    "培训",
    "工作室",
    "教学",
    "门诊",
    "医院",
    "酒店",
    "宾馆",
    "大厦",
    "写字楼",
    "商务",
    "广场",
    "馆",
    "公司",
    "教育局",
    "基地",
    "厂房",
    "大棚",
    "集合",
];
/// Words of an office, which stand even beside an entrance and a room.
const OFFICES: [&str; 35] = [
    "地点",
    "会场",
    "教室",
    "活动室",
    "居委",
    "村委",
    "办公",
    "报名处",
    "报名点",
    "学习点",
    "教学点",
    "服务站",
    "图书",
    "书屋",
    "驿站",
    "工作站",
    "委员会",
    "综合楼",
    "行政楼",
    "教学楼",
    "食堂",
    "会议",
    "实训",
    "展厅",
    "大厅",
    "服务中心",
    "活动中心",
    "文化中心",
    "社区中心",
    "学习中心",
    "培训中心",
    "教育中心",
    "养老中心",
    "托育中心",
    "展位",
];
/// Words beside which an address is a home all the same: a teacher comes to the door.
const AT_HOME: [&str; 5] = ["上门", "入户", "送教", "家访", "家中"];
/// Who lives somewhere, behind a surname.
const PEOPLE: [&str; 16] = [
    "大爷", "大妈", "大娘", "大叔", "大伯", "奶奶", "爷爷", "阿姨", "叔叔", "师傅", "老人", "老师", "女士", "先生",
    "某", "家",
];
/// What ends the name of a street or a settlement.
const STREETS: &str = "路街巷弄道条里村组队屯庄寨湾院园区坊苑";

/// A flat without a number.
const DOORS: [&str; 7] = ["东户", "西户", "中户", "南户", "北户", "左户", "右户"];

/// How units of numbered parts begin.
const UNITS: &str = "号#栋幢座单层楼室户组队弄";

/// A numbered part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Building,
    Entrance,
    Floor,
    Room,
    Group,
    /// A number in a street, lane or village.
    Door,
    /// Three or four digits after a building or an entrance.
    Bare,
}

/// Parts that follow each other.
struct Chain {
    start: usize,
    end: usize,
    parts: Vec<Part>,
}

impl Chain {
    fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// Whether a text names the address of a person.
pub(super) fn is_label(text: &str) -> bool {
    LABELS.iter().any(|label| text.contains(label))
}

/// Adds the home addresses of a text.
pub(super) fn find(text: &str, scan: &Scan, found: &mut Vec<Found>) {
    let mut covered = 0;
    for start in anchors(text, scan) {
        if start < covered {
            continue;
        }
        let Some(chain) = triple(text, start).or_else(|| chain(text, start)) else { continue };
        if is_home(text, &chain) {
            covered = chain.end;
            let value = super::folded(&text[chain.start..chain.end]);
            found.push(Found { range: chain.start..chain.end, sort: Sort::Home, value });
        }
    }
}

/// Where a numbered part may begin, in order.
fn anchors(text: &str, scan: &Scan) -> Vec<usize> {
    let is_anchor = |group: &&Group| {
        let unit = text[group.end..].trim_start_matches(digits::is_space).chars().next();
        group.count <= 4 && (unit.is_some_and(|c| UNITS.contains(c)) || follows_dash(text, group))
    };
    let mut anchors: Vec<usize> = scan.groups.iter().filter(is_anchor).map(|group| group.start).collect();
    for (at, mark) in &scan.marks {
        let before = &text[..*at];
        let numerals = match mark {
            '元' => before.strip_suffix('单'),
            '楼' => before.strip_suffix('号'),
            '栋' | '幢' | '座' | '组' => Some(before),
            _ => None,
        };
        let before = numerals.unwrap_or_default();
        if before.ends_with(|c: char| c.is_ascii_uppercase()) {
            anchors.push(before.len() - 1);
        }
        let numerals = before.char_indices().rev().take(4).take_while(|(_, c)| numeral::is_below_hundred(*c));
        anchors.extend(numerals.last().map(|(start, _)| start));
    }
    anchors.sort_unstable();
    anchors.dedup();
    anchors
}

/// Whether a group is the first of `3-2-501`.
fn follows_dash(text: &str, group: &Group) -> bool {
    group.count <= 2 && text[group.end..].chars().next().is_some_and(digits::is_hyphen)
}

fn is_home(text: &str, chain: &Chain) -> bool {
    // 第 3 单元, and how many there are: 共 12 栋 36 单元.
    if text[..chain.start].trim_end_matches(digits::is_space).ends_with(['第', '共', '计']) {
        return false;
    }
    let before = label::clause(text, chain.start, 24);
    let after = label::after(text, chain.end, 10);
    let labelled = || is_labelled(text, chain);
    let estate = || is_in_estate(before);
    let has = |words: &[&str]| words.iter().any(|word| before.contains(word) || after.contains(word));
    let public = || has(&PUBLIC) || has(&OFFICES);
    let office = || has(&OFFICES) && !has(&AT_HOME);
    let room = chain.has(Part::Room) || chain.has(Part::Bare);
    // Words are looked for last: numbers with a unit are common.
    match (chain.has(Part::Building), chain.has(Part::Entrance)) {
        (true, true) => labelled() || ((room || estate() || (chain.has(Part::Floor) && !public())) && !office()),
        (false, true) => labelled() || ((chain.has(Part::Room) || (room && estate())) && !office()),
        (true, false) => labelled() || (room && estate() && !public()),
        (false, false) if chain.has(Part::Group) => {
            let village = before.ends_with(['村', '庄', '屯', '寨', '湾', '社']) || before.ends_with("村民");
            let ended = || after.chars().next().is_none_or(|c| !c.is_alphanumeric()) || is_somebody(after);
            chain.has(Part::Door) && village && (labelled() || (ended() && !public()))
        }
        (false, false) => {
            // A way from a street may stand between: `平原路口向东50米路北66号`. A door may have been parted: `胡同甲15号`.
            let street = || {
                let before = before.trim_end_matches(digits::is_space);
                let before = before.trim_end_matches(['东', '西', '南', '北', '甲', '乙', '丙']);
                before.ends_with(|c| STREETS.contains(c)) || before.ends_with("胡同")
            };
            let door = chain.has(Part::Door) && street();
            ((chain.has(Part::Room) || door) && labelled()) || (door && before.ends_with('村') && is_somebody(after))
        }
    }
}

/// Whether a text begins with somebody: `王大爷`, `张某家`.
fn is_somebody(text: &str) -> bool {
    let Some(surname) = text.chars().next().filter(|c| label::SURNAMES.contains(*c)) else { return false };
    let rest = &text[surname.len_utf8()..];
    // Given names may stand between: `张桂英家`.
    let ends = rest.char_indices().map(|(at, _)| at).take(3);
    ends.into_iter().any(|at| PEOPLE.iter().any(|word| rest[at..].starts_with(word)))
}

/// Whether the words before say that somebody lives there.
fn is_labelled(text: &str, chain: &Chain) -> bool {
    let before = label::sentence(text, chain.start, 40);
    if !before.contains(['住', '居', '户', '家']) {
        return false;
    }
    // What stands behind a second comma is about something else.
    let near = |at: usize| before[at..].matches(['，', ',']).count() <= 1;
    LABELS.iter().any(|label| before.rfind(label).is_some_and(near))
        || before.rmatch_indices('住').any(|(at, _)| near(at) && is_living(before, at))
}

/// Whether the 住 at `at` begins what it says: `，住文化路 3 号`.
fn is_living(text: &str, at: usize) -> bool {
    let previous = text[..at].chars().next_back();
    let next = text[at..].chars().nth(1);
    previous.is_none_or(|c| !c.is_alphanumeric() || "现我他她".contains(c))
        && next.is_some_and(|c| !NOT_LIVING.contains(c))
}

fn is_in_estate(before: &str) -> bool {
    ESTATES.iter().any(|word| before.rfind(word).is_some_and(|at| !before[at + word.len()..].starts_with(NOT_ESTATE)))
}

/// `3-2-501室`; without 室 only behind an estate's name or in an address of a person.
fn triple(text: &str, start: usize) -> Option<Chain> {
    let (building, at) = plain(text, start)?;
    let at = after_dash(text, at)?;
    let (entrance, at) = plain(text, at)?;
    let at = after_dash(text, at)?;
    let (room, end) = plain(text, at)?;
    let is_first = !text[..start].ends_with(|c: char| digits::is_hyphen(c) || c.is_ascii_alphanumeric());
    if !is_first || building.len() > 2 || entrance.len() > 2 || !(3..=4).contains(&room.len()) {
        return None;
    }
    let after = &text[end..];
    let said = ["室", "户"].iter().find(|word| after.starts_with(**word));
    if let Some(word) = said {
        let end = end + word.len();
        return Some(Chain { start, end, parts: vec![Part::Building, Part::Entrance, Part::Room] });
    }
    let apart = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || digits::is_hyphen(c));
    // Without the word for a room, only the words before make it one: an entrance alone would not need them.
    apart.then(|| Chain { start, end, parts: vec![Part::Building, Part::Room] })
}

/// Entrance and room behind a building, `2-301`, and where they end.
fn pair(text: &str, at: usize) -> Option<usize> {
    let (entrance, at) = plain(text, at)?;
    let (room, end) = plain(text, after_dash(text, at)?)?;
    let after = &text[end..];
    let apart = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || digits::is_hyphen(c) || is_counted(c));
    (entrance.len() == 1 && (3..=4).contains(&room.len()) && apart)
        .then(|| end + ["室", "户"].iter().find(|word| after.starts_with(**word)).map_or(0, |word| word.len()))
}

fn after_dash(text: &str, at: usize) -> Option<usize> {
    let dash = text[at..].chars().next().filter(|c| digits::is_hyphen(*c))?;
    Some(at + dash.len_utf8())
}

/// The digits at `at`, and where they end.
fn plain(text: &str, at: usize) -> Option<(String, usize)> {
    let mut end = at;
    while let Some(length) = digits::digit(text.as_bytes(), end) {
        end += length;
    }
    (end > at).then(|| (digits::ascii(text, at..end), end))
}

/// The parts from `start` on.
fn chain(text: &str, start: usize) -> Option<Chain> {
    let (first, mut end) = part(text, start)?;
    let mut parts = vec![first];
    loop {
        let gap = text[end..].trim_start_matches(|c| {
            digits::is_space(c) || digits::is_unseen(c) || digits::is_hyphen(c) || digits::is_mark(c)
        });
        let at = text.len() - gap.len();
        if at - end > 8 || parts.len() > 8 {
            break;
        }
        if let Some((next, to)) = part(text, at) {
            parts.push(next);
            end = to;
            continue;
        }
        if parts == [Part::Building]
            && let Some(to) = pair(text, at)
        {
            parts.extend([Part::Entrance, Part::Room]);
            end = to;
            break;
        }
        let inside = matches!(parts.last(), Some(Part::Building | Part::Entrance | Part::Floor));
        if inside && let Some(side) = DOORS.iter().find(|side| gap.starts_with(**side)) {
            parts.push(Part::Room);
            end = at + side.len();
            break;
        }
        if let Some((room, to)) = plain(text, at).filter(|(room, _)| inside && (3..=4).contains(&room.len())) {
            let counted = text[to..].trim_start_matches(digits::is_space).starts_with(is_counted);
            if !counted && !room.starts_with('0') {
                parts.push(Part::Bare);
                end = to;
            }
        }
        break;
    }
    Some(Chain { start, end, parts })
}

/// Whether a character after a number makes it a number of things.
fn is_counted(c: char) -> bool {
    c.is_ascii_alphanumeric() || "年月日人元个册次页课词分户家平米套間间学".contains(c)
}

/// The numbered part at `at`, and where it ends.
fn part(text: &str, at: usize) -> Option<(Part, usize)> {
    const WORDS: [(&str, Part); 17] = [
        ("号楼", Part::Building),
        ("号院", Part::Door),
        ("弄", Part::Door),
        ("#楼", Part::Building),
        ("#", Part::Building),
        ("门", Part::Entrance),
        ("栋", Part::Building),
        ("幢", Part::Building),
        ("座", Part::Building),
        ("单元", Part::Entrance),
        ("层", Part::Floor),
        ("楼", Part::Floor),
        ("室", Part::Room),
        ("户", Part::Room),
        ("组", Part::Group),
        ("队", Part::Group),
        ("号", Part::Door),
    ];
    let rest = &text[at..];
    let length = match plain(text, at) {
        Some((number, end)) if number.len() <= 4 => end - at,
        Some(_) => return None,
        // Building A.
        None if rest.starts_with(|c: char| c.is_ascii_uppercase()) => 1,
        None => rest.char_indices().take(6).find(|(_, c)| !numeral::is_below_hundred(*c)).map_or(0, |(at, _)| at),
    };
    if length == 0 {
        return None;
    }
    let unit = rest[length..].trim_start_matches(|c| digits::is_space(c) || digits::is_unseen(c));
    let (word, part) = WORDS.iter().find(|(word, _)| unit.starts_with(word))?;
    let after = &unit[word.len()..];
    // 2 号线, 3 号文件, 12 号通知, 5 号馆: not a door. 3 座谈: not a building. 20 户家庭: a number of things.
    let other = match part {
        Part::Door => after.starts_with(|c| "线车馆电令文通码机柜台展".contains(c)),
        // 2 门课: an entrance has a number behind it. So has 7#, a building.
        Part::Entrance if *word == "门" => !after.starts_with(|c: char| c.is_ascii_digit()),
        Part::Building if *word == "#" => {
            !after.trim_start_matches(digits::is_hyphen).starts_with(|c: char| c.is_ascii_digit())
        }
        Part::Building => after.starts_with(['谈', '位']),
        Part::Room => *word == "户" && after.starts_with(|c: char| c.is_alphanumeric()),
        _ => false,
    };
    (!other).then(|| (*part, text.len() - after.len()))
}
