//! Marks that other programs read and this one does not: highlights, boxes, tables of contents, wiki links; and paths of
//! files that stand in the text by themselves.

use std::ops::Range;

use super::emphasis::begins_unit;
use super::formula::formulas;
use super::is_han;
use crate::content::{Kind, pasted};
use crate::diag::Mistake;
use crate::diag::catalogue as say;
use crate::source::{boundary_before, boundary_behind};

type Found = Vec<(Range<usize>, Mistake)>;

/// Marks inside a line.
pub(super) fn marks(text: &str, found: &mut Found) {
    contents(text, found);
    spans(text, found);
    low_line(text, found);
    brackets(text, found);
    attributes(text, found);
    shortcodes(text, found);
    formulas(text, found);
    pasted_signs(text, found);
    written_breaks(text, found);
}

/// `\n` for the end of a line. In a path of Windows letters follow it.
fn written_breaks(text: &str, found: &mut Found) {
    for (at, mark) in text.match_indices("\\n") {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '\\' | ':'));
        if !is_word(text[..at].chars().next_back()) && !is_word(text[at + mark.len()..].chars().next()) {
            found.push((at..at + mark.len(), say::written_break()));
        }
    }
}

/// What programs for talking put where they cannot copy a picture.
fn pasted_signs(text: &str, found: &mut Found) {
    for (start, _) in text.match_indices('[') {
        let Some(close) = text[start..boundary_before(text, start + NEAR)].find(']') else { continue };
        let (inside, end) = (&text[start + 1..start + close], start + close + 1);
        if pasted::SIGNS.contains(&inside) && !text[end..].starts_with(['(', '（', '[']) {
            found.push((start..end, say::pasted_sign(&text[start..end])));
        }
    }
}

/// A box of a list that did not become one: `[]`, `[x]` without a space, full-width brackets.
pub(super) fn box_of_a_list(text: &str) -> Option<(Range<usize>, Mistake)> {
    let close = text.find([']', '］', '】'])?;
    let bracket = text[close..].chars().next()?;
    let opening = text.chars().next()?;
    let rest = &text[close + bracket.len_utf8()..];
    let tick = text[opening.len_utf8()..close].trim();
    let is_ticked = matches!(tick, "x" | "X" | "√" | "✓" | "✔");
    let is_box = is_ticked || (tick.is_empty() && bracket != '】');
    let is_text = rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || "“‘《（".contains(c));
    if !is_box || !is_text || rest.starts_with('（') {
        return None;
    }
    let write = format!("- [{}] {}", if is_ticked { "x" } else { " " }, rest.trim());
    Some((0..close + bracket.len_utf8(), say::list_space(&write)))
}

/// The rule of a table as it has to be, if that was meant by a row: dashes of all kinds between bars.
pub(super) fn rule_of_a_table(row: &str) -> Option<String> {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let is_dash = |c: char| matches!(c, '-' | '－' | '—' | '–' | '─' | '_' | '=');
    let rule = |cell: &&str| {
        let inside = cell.trim_start_matches([':', '：']);
        let dashes = inside.trim_end_matches([':', '：']);
        let (left, right) = (cell.len() > inside.len(), inside.len() > dashes.len());
        let is_rule = !dashes.is_empty() && dashes.chars().all(is_dash);
        is_rule.then(|| format!("{}---{}", if left { ":" } else { "" }, if right { ":" } else { "" }))
    };
    let rules: Option<Vec<String>> = cells.iter().map(rule).collect();
    let is_plain = row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    rules.filter(|_| !is_plain).map(|rules| format!("| {} |", rules.join(" | ")))
}

/// Places where other programs put a table of contents.
fn contents(text: &str, found: &mut Found) {
    let line = text.trim();
    let name = line.trim_start_matches('@').trim_matches(['[', ']', '{', '}', ':', ' ']);
    let is_bracketed = line.starts_with(['[', '{', '@']) && line.ends_with([']', '}']);
    if is_bracketed && (name.eq_ignore_ascii_case("toc") || name.eq_ignore_ascii_case("tocm")) {
        found.push((0..text.len(), say::contents_mark(line)));
    }
    let alert = line.strip_prefix("[!").and_then(|rest| rest.strip_suffix(']'));
    let is_alert = alert.is_some_and(|name| name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_admonition = line.strip_prefix("!!! ").is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
    if is_alert || is_admonition {
        found.push((0..text.len(), say::alert_mark(line)));
    }
}

/// Highlights and lines below words: `==重点==`, `++重点++`.
fn spans(text: &str, found: &mut Found) {
    for mark in ["==", "++", "＿＿"] {
        let sign = mark.chars().next().unwrap_or_default();
        let is_run = |at: &usize| !text[..*at].ends_with(sign) && !text[*at + mark.len()..].starts_with(sign);
        let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).filter(is_run).collect();
        for pair in places.chunks_exact(2) {
            let inside = &text[pair[0] + mark.len()..pair[1]];
            let is_tight =
                inside.trim() == inside && !inside.starts_with(is_separator) && !inside.ends_with(is_opening);
            if is_tight && inside.chars().filter(|c| is_han(*c)).count() > 1 && !is_blank_to_fill(inside) {
                let write = format!("**{inside}**");
                found.push((
                    pair[0]..pair[1] + mark.len(),
                    say::bold_instead(&text[pair[0]..pair[1] + mark.len()], &write),
                ));
            }
        }
    }
}

/// `__重点__` beside a word, and `_重点_` of which one side is free.
fn low_line(text: &str, found: &mut Found) {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('_') {
        let start = at + next;
        at = start + text.as_bytes()[start..].iter().take_while(|byte| **byte == b'_').count();
        if text[..start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0 {
            runs.push(start..at);
        }
    }
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for pair in runs.chunks_exact(2) {
        let (open, close) = (&pair[0], &pair[1]);
        let inside = &text[open.end..close.start];
        let free =
            [text[..open.start].chars().next_back(), text[close.end..].chars().next()].map(|side| !is_word(side));
        let is_meant = match (open.len(), close.len()) {
            (1, 1) => runs.len() == 2 && (free[0] != free[1] || !free[0] && !is_pattern(text, open.start, close.end)),
            (2, 2) => !is_blank_to_fill(inside),
            _ => false,
        };
        let is_tight = inside.trim() == inside && !inside.starts_with(is_separator) && !inside.ends_with(is_opening);
        let is_words = inside.chars().filter(|c| is_han(*c)).count() > 1 && !inside.ends_with(is_separator);
        if is_meant && is_tight && is_words {
            found.push((open.start..close.end, say::low_lines(&text[open.start..close.end], &format!("**{inside}**"))));
        }
    }
}

/// Whether lines between words belong to the pattern of a name: `姓名_班级_电话`, `学校_课程.docx`, `“甲_乙_丙”`.
fn is_pattern(text: &str, open: usize, close: usize) -> bool {
    let is_end = |c: char| is_separator(c) || is_opening(c) || "“”‘’\"' ".contains(c);
    let from = text[..open].rfind(is_end).map_or(0, |at| boundary_behind(text, at + 1));
    let to = text[close..].find(is_end).map_or(text.len(), |at| close + at);
    let is_quoted = text[..from].ends_with(['“', '‘', '"', '\'', '《', '（', '(', '「']);
    let is_file = text[to..].starts_with('.') && text[to + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    is_quoted || is_file || pasted::PARTS_OF_NAMES.iter().any(|word| text[from..to].contains(word))
}

/// Whether what stands between two gaps is a unit, as in `__月__日`.
fn is_blank_to_fill(inside: &str) -> bool {
    inside.starts_with(begins_unit) && inside.chars().count() <= 4
}

fn is_separator(c: char) -> bool {
    "，。、；：！？）》」』】,.;:!?)".contains(c)
}

fn is_opening(c: char) -> bool {
    "（《「『【(".contains(c)
}

/// `[[页面]]`, `![[图]]`, `^[注]`.
fn brackets(text: &str, found: &mut Found) {
    let mut at = 0;
    while let Some(next) = text[at..].find("[[") {
        let start = at + next;
        let Some(length) = text[start..].find("]]") else { break };
        at = start + length + 2;
        let inside = &text[start + 2..start + length];
        if !inside.trim().is_empty() && !inside.contains(['[', ']']) && inside.contains(char::is_alphabetic) {
            let is_picture = text[..start].ends_with('!');
            let is_toc = inside.eq_ignore_ascii_case("toc");
            if !is_toc {
                found.push((start - usize::from(is_picture)..at, say::wiki_link(&text[start..at], is_picture)));
            }
        }
    }
    for (start, _) in text.match_indices("^[") {
        let near = &text[start..boundary_before(text, start + NEAR)];
        let Some(length) = near.find(']') else { continue };
        let inside = &text[start + 2..start + length];
        if inside.contains(is_han) && !inside.contains('[') {
            found.push((start..start + length + 1, say::inline_footnote(inside)));
        }
    }
}

/// Attributes that stand without a sign.
const SHAPES: [&str; 6] = ["width=", "height=", "style=", "class=", "align=", "target="];

/// Attributes behind a heading or a paragraph: `{#id}`, `{.red}`, `{: .red}`.
fn attributes(text: &str, found: &mut Found) {
    let Some(inside) = text.strip_suffix('}') else { return };
    let Some(open) = inside.rfind('{') else { return };
    let inside = inside[open + 1..].trim_start_matches([':', ' ']);
    let is_one = |c: char| c.is_ascii_alphanumeric() || "#.-_=%\" ".contains(c);
    let name = inside
        .strip_prefix(['#', '.'])
        .or(Some(inside).filter(|inside| SHAPES.iter().any(|shape| inside.starts_with(shape))))
        .unwrap_or_default();
    if name.starts_with(char::is_alphabetic) && inside.chars().all(|c| is_one(c) || is_han(c)) {
        found.push((open..text.len(), say::attribute_mark(&text[open..])));
    }
}

/// Names of small pictures: `:smile:`.
fn shortcodes(text: &str, found: &mut Found) {
    let mut at = 0;
    while let Some(next) = text[at..].find(':') {
        let start = at + next;
        at = start + 1;
        let name: &str = text[at..].split(|c: char| !(c.is_ascii_lowercase() || c == '_')).next().unwrap_or_default();
        let end = at + name.len();
        let is_word = |c: char| c.is_alphanumeric() && !is_han(c) || matches!(c, ':' | '/' | '{');
        let is_apart = !text[..start].ends_with(is_word)
            && !text[end..].strip_prefix(':').is_none_or(|rest| rest.starts_with(is_word));
        if name.len() > 2 && is_apart {
            found.push((start..end + 1, say::shortcode(&text[start..=end])));
            at = end + 1;
        }
    }
}

/// Extensions of files that a portal holds.
const FILES: [&str; 21] = [
    "md", "jpg", "jpeg", "png", "webp", "gif", "svg", "heic", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
    "wps", "zip", "mp4", "mp3", "csv", "yaml",
];

/// Of these, the ones that are shown.
const PICTURES: [&str; 7] = ["jpg", "jpeg", "png", "webp", "gif", "svg", "heic"];

/// Bytes in which the end of a path or of a note is looked for.
const NEAR: usize = 300;

/// Paths of files of the portal that stand in the text, which only links and pictures hide.
pub(super) fn paths(text: &str, found: &mut Found) {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/' | b'%' | b'~');
    let mut known: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    known.sort_by_key(|range| range.start);
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'/', &text.as_bytes()[at..]) {
        let slash = at + next;
        let start = slash - text.as_bytes()[at..slash].iter().rev().take_while(|byte| is_plain(byte)).count();
        let end = extent(text, slash);
        at = end.max(slash + 1);
        let path = &text[start..end];
        let is_address = text[..start].ends_with(['/', ':', '@', '\\', '#', '=']) || path.contains("//");
        let last = known[..known.partition_point(|range| range.start < end)].last();
        let is_known = last.is_some_and(|range| start < range.end);
        if is_address || is_known || !is_inside(path) {
            continue;
        }
        if let Some(extension) = extension(path) {
            found.push((start..end, say::bare_path(path, PICTURES.contains(&extension.as_str()))));
        }
    }
}

/// Where the path around the slash ends: behind an extension of a file.
fn extent(text: &str, slash: usize) -> usize {
    let mut end = slash;
    for (at, c) in text[slash..].char_indices().take_while(|(at, _)| *at < NEAR) {
        let here = slash + at;
        if !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '%' | '~')) {
            break;
        }
        end = here + c.len_utf8();
        let is_last = !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if is_last && c.is_ascii_alphanumeric() && extension(&text[slash..end]).is_some() {
            break;
        }
    }
    end
}

/// The extension of a path, if it is that of a file.
fn extension(path: &str) -> Option<String> {
    let (stem, extension) = path.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    (!stem.ends_with(['/', '.']) && !stem.is_empty() && FILES.contains(&extension.as_str())).then_some(extension)
}

/// Whether a path leads into the folders of a portal.
fn is_inside(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let is_folder = || ["pictures", "files", "static", "content"].contains(&first);
    matches!(first, "" | "." | "..") || is_folder() || Kind::ALL.iter().any(|kind| kind.folder() == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(&str, String)> {
        let mut found = Found::new();
        marks(text, &mut found);
        paths(text, &mut found);
        found.into_iter().map(|(range, mistake)| (&text[range], mistake.hint.unwrap_or_default())).collect()
    }

    #[test]
    fn marks_of_other_programs_are_said_with_what_to_write() {
        for (text, place, write) in [
            ("__重要__通知", "__重要__", "**重要**"),
            ("请看__重要通知__。", "__重要通知__", "**重要通知**"),
            ("_务必_准时", "_务必_", "**务必**"),
            ("请准时_务必_", "_务必_", "**务必**"),
            ("今天==截止报名==", "==截止报名==", "**截止报名**"),
            ("++带身份证++", "++带身份证++", "**带身份证**"),
            ("＿＿务必＿＿准时", "＿＿务必＿＿", "**务必**"),
            ("[TOC]", "[TOC]", "删掉"),
            ("[[toc]]", "[[toc]]", "删掉"),
            ("{:toc}", "{:toc}", "删掉"),
            ("[!NOTE]", "[!NOTE]", "::: note"),
            ("!!! note 提示", "!!! note 提示", "::: note"),
            ("见[[报名须知]]", "[[报名须知]]", "[文字](路径)"),
            ("![[开班.jpg]]", "![[开班.jpg]]", "![图里是什么](路径)"),
            ("收费^[含材料]", "^[含材料]", "[^1]: 含材料"),
            ("报名 {#bao-ming}", "{#bao-ming}", "删掉"),
            ("报名{: .red}", "{: .red}", "删掉"),
            ("欢迎 :smile: 来", ":smile:", "表情"),
            ("见 ../courses/shu-fa.md。", "../courses/shu-fa.md", "[文字](../courses/shu-fa.md)"),
            ("见courses/shu-fa.md即可", "courses/shu-fa.md", "[文字](courses/shu-fa.md)"),
            ("图/pictures/开班.jpg很好", "/pictures/开班.jpg", "![图里是什么](/pictures/开班.jpg)"),
            ("（报名）[/files/报名表.docx]", "/files/报名表.docx", "[文字](/files/报名表.docx)"),
        ] {
            let found = said(text);
            assert_eq!(found.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [place], "{text}");
            assert!(found[0].1.contains(write), "{text}: {}", found[0].1);
        }
    }

    #[test]
    fn a_break_that_a_program_wrote_is_told_from_a_path() {
        let said = |text: &str| {
            let mut found = Found::new();
            marks(text, &mut found);
            found.len()
        };
        assert_eq!(said("第一段\\n第二段"), 1);
        assert_eq!(said("见 C:\\new\\n1"), 0);
    }

    #[test]
    fn what_only_looks_like_such_a_mark_is_left_alone() {
        for text in [
            "姓名____电话____",
            "__年__月__日",
            "共__课时__元",
            "姓名_课程_电话",
            "报名表_张三_书法.docx",
            "微信号：wx_a_b_c",
            "file_name_x 和 __init__",
            "\\__重要\\__通知",
            "1+1==2，2+2==4",
            "C++和G++编程",
            "a==b",
            "======",
            "见[1][2]",
            "[[1,2],[3,4]]",
            "集合 {甲, 乙}",
            "{姓名}",
            "{#1}，{#2}",
            "10:00:00",
            "时间 9:30:报到",
            "比例 a:b:c",
            "https://example.org/a.md",
            "https://example.org/files/a.pdf 下载",
            "www.example.org/files/a.pdf",
            "甲/乙.丙",
            "8/24",
            "听/说/读/写",
            "and/or",
            "README.md",
            "TCP/IP.",
            "24/7.",
            "\\/pictures/a.jpg",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn a_box_and_a_rule_are_completed() {
        for (text, write) in [
            ("[] 三", "- [ ] 三"),
            ("[x]三", "- [x] 三"),
            ("［ ］三", "- [ ] 三"),
            ("【√】三", "- [x] 三"),
            ("[ ]四", "- [ ] 四"),
        ] {
            let hint = box_of_a_list(text).and_then(|(_, mistake)| mistake.hint).unwrap_or_default();
            assert!(hint.contains(write), "{text}: {hint}");
        }
        for text in ["[x]", "[x](a.md)", "[x]（y）", "[x]: a", "【】1", "【通知】报名", "[1] 参考", "[]", "[x][y]"]
        {
            assert_eq!(box_of_a_list(text), None, "{text}");
        }
        assert_eq!(rule_of_a_table("| —— | —— |").as_deref(), Some("| --- | --- |"));
        assert_eq!(rule_of_a_table("|：---|---：|").as_deref(), Some("| :--- | ---: |"));
        assert_eq!(rule_of_a_table("|　---　|　---　|").as_deref(), Some("| --- | --- |"));
        for text in ["| --- | --- |", "| 甲 | 乙 |", "| 1 | — |", "||"] {
            assert_eq!(rule_of_a_table(text), None, "{text}");
        }
    }
}
