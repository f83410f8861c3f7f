//! Lines that were meant to stand by themselves, and that a page shows in one paragraph: enumerations, labels, times.

use std::ops::Range;

use super::is_han;
use crate::content::pasted;
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::reading::numeral;

/// With what a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A number of an enumeration: its sort, what stands before its last part, and its value.
    Number(char, u32, u32),
    /// A label and a colon.
    Label,
    /// A time or a day.
    Moment,
    /// Cells between bars, so many.
    Cells(usize),
    /// Cells between gaps, so many.
    Columns(usize),
    /// A small picture or another sign, as word processors and phones put before items.
    Ornament,
}

/// Lines of a paragraph that were meant to stand by themselves: the first that goes on an enumeration, 1、 and 2、, that has a label, a time or a
/// sign as the line above it, or that begins with the indent of a Chinese paragraph.
pub(super) fn run_together(paragraph: &str) -> Option<(Range<usize>, Mistake)> {
    let (mut at, mut number, mut above, mut is_broken) = (0, None, None, true);
    let mut last = "";
    let mut begun = None;
    for (nth, line) in paragraph.split_inclusive('\n').enumerate() {
        let text = line.trim_start_matches([' ', '\t', '>']);
        let start = at + line.len() - text.len();
        at += line.len();
        let found = sign(text);
        if nth > 0 && !is_broken {
            let place = |length: usize| start..start + length;
            if let Some((Sign::Number(sort, before, value), length)) = found
                && number.is_some_and(|last| last == (sort, before, value - 1))
            {
                return Some((place(length), say::run_together()));
            }
            if let Some((sign, length)) = found.filter(|(sign, _)| !matches!(sign, Sign::Number(..)))
                && above == Some(sign)
            {
                if let Sign::Columns(count) = sign {
                    let row = format!("| {} |", columns(last).join(" | "));
                    return Some((place(length), say::pasted_cells(&row, count)));
                }
                if matches!(sign, Sign::Cells(_)) {
                    return Some((place(length), say::no_table()));
                }
                let rest = if sign == Sign::Ornament { text[length..].trim() } else { text.trim() };
                return Some((place(length), say::run_on(&format!("- {rest}"))));
            }
            if text.starts_with("\u{3000}\u{3000}") {
                return Some((place("\u{3000}\u{3000}".len()), say::run_together()));
            }
            if is_signed(text) || nth == 1 && pasted::is_salutation(last) {
                return Some((place(text.trim_end().len()), say::run_into()));
            }
            if let Some((Sign::Number(_, _, 1), length)) = found
                && last.ends_with(['：', ':', '。', '；', ';'])
            {
                begun = begun.or_else(|| Some((place(length), say::run_together())));
            }
        }
        above = found.map(|(sign, _)| sign);
        if let Some((Sign::Number(sort, before, value), _)) = found {
            number = Some((sort, before, value));
        }
        last = text.trim_end();
        let end = line.trim_end_matches('\n');
        is_broken = end.ends_with("  ") || end.ends_with('\\') || end.trim_end().ends_with('>');
    }
    begun
}

/// Whether a line holds a day and nothing else, as below a notice.
fn is_signed(line: &str) -> bool {
    let day = line.trim();
    let inside = day.strip_suffix('日').and_then(|day| day.split_once('年'));
    inside.and_then(|(year, day)| Some((year, day.split_once('月')?))).is_some_and(|(year, (month, day))| {
        let is_part = |part: &str| {
            let part = part.trim();
            !part.is_empty() && part.chars().all(|c| digit(c).is_some() || numeral::is_below_hundred(c))
        };
        [year, month, day].into_iter().all(is_part)
    })
}

/// Columns that spaces keep apart: at least two cells, each short.
fn columns(line: &str) -> Vec<&str> {
    // Most lines have no such gap, which is told in one pass.
    if ["  ", "\u{3000}\u{3000}"].iter().all(|gap| memchr::memmem::find(line.as_bytes(), gap.as_bytes()).is_none()) {
        return Vec::new();
    }
    let cells = line.trim().split("  ").flat_map(|cell| cell.split("\u{3000}\u{3000}")).map(str::trim);
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let is_short = cells.iter().all(|cell| cell.chars().count() <= 20);
    if cells.len() > 1 && is_short && line.contains(is_han) { cells } else { Vec::new() }
}

/// With what a line begins, and its length in bytes.
fn sign(line: &str) -> Option<(Sign, usize)> {
    if let Some((sort, before, value, length)) = enumerator(line).filter(|(_, _, value, _)| *value > 0) {
        return Some((Sign::Number(sort, before, value), length));
    }
    if let Some(length) = moment(line) {
        return Some((Sign::Moment, length));
    }
    if let Some(length) = label(line) {
        return Some((Sign::Label, length));
    }
    if let Some(length) = ornament(line) {
        return Some((Sign::Ornament, length));
    }
    // Rows that begin with a bar are said one by one.
    let bars = line.matches(" | ").count();
    if let columns @ 2.. = columns(line).len() {
        return Some((Sign::Columns(columns), line.trim_end().len()));
    }
    (bars > 0 && !line.starts_with('|')).then(|| (Sign::Cells(bars), line.trim_end().len()))
}

/// Numbers in circles, in brackets and with a full stop, each of one character: the first and the last.
const CIRCLED: [(char, char); 6] = [('Ⅰ', 'Ⅻ'), ('①', '⑳'), ('⑴', '⒇'), ('⒈', '⒛'), ('㈠', '㈩'), ('❶', '❿')];

/// The sign of an enumeration with which a line begins: its sort, what stands before its last part, its number, its length in bytes.
fn enumerator(line: &str) -> Option<(char, u32, u32, usize)> {
    let first = line.chars().next()?;
    if let Some((from, _)) = CIRCLED.iter().find(|(from, to)| (*from..=*to).contains(&first)) {
        return Some((*from, 0, first as u32 - *from as u32 + 1, first.len_utf8()));
    }
    if first == '第' {
        return ordinal(line);
    }
    if first.is_alphabetic() && !is_han(first) {
        return letter(line);
    }
    let bracket = matches!(first, '（' | '(');
    let rest = if bracket { &line[first.len_utf8()..] } else { line };
    let is_digit = rest.starts_with(|c| digit(c).is_some());
    let is_part = |c: char| if is_digit { digit(c).is_some() } else { numeral::is_below_hundred(c) };
    let end = rest.find(|c| !is_part(c)).filter(|end| *end > 0)?;
    let sign = rest[end..].chars().next()?;
    let number = if is_digit { number(&rest[..end])? } else { tens(&rest[..end])? };
    if is_digit && !bracket && sign == '.' && rest[end + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        return section(rest);
    }
    let behind = rest[end + sign.len_utf8()..].chars().next();
    let is_sign = match sign {
        '）' | ')' if bracket => true,
        _ if bracket => false,
        '、' | '．' | '）' => true,
        // The parser reads these as a list unless something stands before them.
        '.' | ')' => is_digit && behind.is_some_and(|c| c == ' ' || is_han(c)),
        _ => false,
    };
    let sort = match (bracket, is_digit) {
        (true, true) => '1',
        (true, false) => '一',
        (false, true) => '2',
        (false, false) => '二',
    };
    let length = line.len() - rest.len() + end + sign.len_utf8();
    is_sign.then_some((sort, 0, number, length))
}

/// `1.2`, `3.1.4` before a space or Han: the last part counts on, the others stay.
fn section(line: &str) -> Option<(char, u32, u32, usize)> {
    let end = line.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let after = line[end..].chars().next()?;
    let (before, last) = line[..end].rsplit_once('.')?;
    let parts = before.split('.').map(number).try_fold(0, |all, part| Some(all * 100 + part?))?;
    // Behind a number with a unit no space follows: 1.5米.
    let is_section = after == ' ' || after == '\u{3000}' || after == '、';
    is_section.then_some(('.', parts + 1, number(last)?, end))
}

/// `第一条`, `第2步`.
fn ordinal(line: &str) -> Option<(char, u32, u32, usize)> {
    let rest = line.strip_prefix('第')?;
    let is_digit = rest.starts_with(|c| digit(c).is_some());
    let end = rest
        .find(|c| if is_digit { digit(c).is_none() } else { !numeral::is_below_hundred(c) })
        .filter(|end| *end > 0)?;
    let value = if is_digit { number(&rest[..end])? } else { tens(&rest[..end])? };
    let unit = rest[end..].chars().next().filter(|c| is_han(*c))?;
    Some((unit, 0, value, line.len() - rest.len() + end + unit.len_utf8()))
}

/// `A、`, `b. `, `Ｃ．`.
fn letter(line: &str) -> Option<(char, u32, u32, usize)> {
    let first = line.chars().next()?;
    let (from, sort) = match first {
        'A'..='Z' => ('A', 'A'),
        'a'..='z' => ('a', 'a'),
        'Ａ'..='Ｚ' => ('Ａ', 'A'),
        'ａ'..='ｚ' => ('ａ', 'a'),
        _ => return None,
    };
    let rest = &line[first.len_utf8()..];
    let sign = rest.chars().next()?;
    let behind = rest[sign.len_utf8()..].chars().next()?;
    let is_sign = matches!(sign, '、' | '．' | '）') || matches!(sign, '.' | ')') && (behind == ' ' || is_han(behind));
    is_sign.then_some((sort, 0, first as u32 - from as u32 + 1, first.len_utf8() + sign.len_utf8()))
}

/// A number below a hundred in digits, half or full width.
fn number(digits: &str) -> Option<u32> {
    let value = digits.chars().take(3).try_fold(0, |all, c| Some(all * 10 + digit(c)?))?;
    (value < 100 && !digits.is_empty() && digits.chars().count() <= 2).then_some(value)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

/// A number below a hundred in Chinese numerals, as an item counts.
fn tens(numerals: &str) -> Option<u32> {
    // 两 counts things, not items.
    numeral::counted(numerals).filter(|value| (1..100).contains(value) && !numerals.contains('两'))
}

/// Characters of a label, at most.
const LABEL: usize = 8;

/// A label with its colon: `时间：`, `**地点**：`, `【费用】`.
fn label(line: &str) -> Option<usize> {
    let inside = line.trim_start_matches(['*', '_']);
    if let Some(rest) = inside.strip_prefix('【') {
        let close = rest.find('】').filter(|close| rest[..*close].chars().count() <= LABEL)?;
        return Some(line.len() - rest.len() + close + '】'.len_utf8());
    }
    let is_part = |c: char| is_han(c) || c.is_ascii_alphabetic() || c == '\u{3000}' || c == ' ';
    let end = inside.find(|c| !is_part(c))?;
    let name = inside[..end].trim_end();
    let colon = inside[end..].trim_start_matches(['*', '_']);
    let sign = colon.chars().next().filter(|c| matches!(c, '：' | ':'))?;
    let has_han = name.contains(is_han) || sign == '：';
    let is_label = (1..=LABEL).contains(&name.chars().count()) && has_han && !colon.starts_with("://");
    is_label.then(|| line.len() - colon.len() + sign.len_utf8())
}

/// A time or a day: `9:00 签到`, `9月1日 开班`.
fn moment(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let first = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = &line[first..];
    let sign = rest.chars().next().filter(|c| matches!(c, ':' | '：' | '月'))?;
    let second = rest[sign.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count();
    let end = first + sign.len_utf8() + second;
    let is_day = sign == '月' && (1..=2).contains(&second) && line[end..].starts_with('日');
    let is_time = sign != '月' && second == 2;
    ((1..=2).contains(&first) && (is_day || is_time)).then_some(if is_day { end + '日'.len_utf8() } else { end })
}

/// A sign before an item: a small picture, an arrow, a shape, or a letter that stands for one in a font of signs.
fn ornament(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let is_sign = matches!(
        first,
        '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f300}'..='\u{1faff}' | '※' | '√' | '〇'
    );
    let behind = line[first.len_utf8()..].chars();
    let mut behind = behind.skip_while(|c| matches!(c, '\u{fe0f}' | '\u{20e3}'));
    let next = behind.next()?;
    let is_letter = matches!(first, 'l' | 'n' | 'u' | 'q' | 'p' | 'v' | 'o' | 'Ø' | '§' | 'ü' | '¨' | '—' | '·');
    let is_apart = matches!(next, ' ' | '\t' | '\u{3000}');
    let is_item = behind.any(char::is_alphanumeric) || next.is_alphanumeric();
    (is_item && (is_sign || is_letter && is_apart)).then_some(first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_would_run_together_are_said() {
        let check = |text: &str, place: &str| {
            let found = run_together(text);
            assert_eq!(found.as_ref().map(|(range, _)| &text[range.clone()]), Some(place), "{text}");
        };
        check("1、报名\n2、缴费\n3、上课", "2、");
        check("（1）报名\n（2）缴费", "（2）");
        check("①报名\n②缴费", "②");
        check("流程：\n一、报名\n本人来\n二、缴费", "二、");
        check("九、报名\n十、缴费", "十、");
        check("十九、报名\n二十、缴费", "二十、");
        check("（一）报名\n> （二）缴费", "（二）");
        check("　　第一段。\n　　第二段。", "　　");
        check("⑴报名\n⑵缴费", "⑵");
        check("１．报名\n２．缴费", "２．");
        check("课程如下\n2. 剪纸\n3. 书法", "3.");
        check("1.1 报名\n1.2 缴费", "1.2");
        check("第一条 总则\n第二条 报名", "第二条");
        check("第1步 报名\n第2步 缴费", "第2步");
        check("A. 剪纸\nB. 书法", "B.");
        check("Ａ、剪纸\nＢ、书法", "Ｂ、");
        check("时间：9月1日\n地点：街道中心", "地点：");
        check("**时间：**9月1日\n**地点：**街道中心", "**地点：");
        check("**时间**：9月1日\n**地点**：街道中心", "**地点**：");
        check("时　间：9月1日\n地　点：街道中心", "地　点：");
        check("【时间】9月1日\n【地点】街道中心", "【地点】");
        check("问：收费吗？\n答：不收。", "答：");
        check("9:00 签到\n9:30 开课", "9:30");
        check("9月1日 开班\n9月8日 第二课", "9月8日");
        check("★ 报名\n★ 缴费", "★");
        check("📍街道中心\n📞办公电话", "📞");
        check("l 报名\nl 缴费", "l");
        check("→ 报名\n→ 缴费", "→");
        check("甲 | 乙\n1 | 2", "1 | 2");
        check("姓名  电话\n张老师  办公室", "张老师  办公室");
        check("Ⅰ. 报名\nⅡ. 缴费", "Ⅱ");
        check("某区教育局\n2026年11月1日", "2026年11月1日");
        check("某区教育局\n二〇二六年十一月一日", "二〇二六年十一月一日");
        check("各街道、各社区：\n现将有关事项通知如下。", "现将有关事项通知如下。");
        check("流程如下：\n1、报名", "1、");
        for text in [
            "1、报名",
            "1、报名  \n2、缴费",
            "某区教育局\\\n2026年11月1日",
            "某区教育局于\n2026年11月1日通知",
            "两个空格  的一行\n接着写",
            "地点：\n街道中心",
            "见附件\n（1）",
            "1、报名<br>\n2、缴费",
            "1、报名\\\n2、缴费",
            "见第一章\n（2）和（3）",
            "1、报名\n3、缴费",
            "一、报名\n（一）现场",
            "2026 年\n10 月",
            "　　一段\n接着",
            "三人\n四人",
            "时间：9月1日\\\n地点：街道中心",
            "第一段里写到：报名\n在街道中心",
            "去年的课程有剪纸、书法，今年的课程有：太极拳、合唱、\n摄影和手机，报名的人多",
            "一行写不下的话，\n接着写：就像这里",
            "长 1.5\n1.6 米",
            "9:00 签到，\n然后开课",
            "第一次来的人\n第一次拿笔",
            "第一名张老师，\n第三名李老师",
            "教室在三楼\n★ 记得带笔",
            "n 个人\n一共",
            "甲 | 乙\n一共",
            "https://example.org/a\nhttps://example.org/b",
        ] {
            assert_eq!(run_together(text).map(|(range, _)| range), None, "{text}");
        }
    }
}
