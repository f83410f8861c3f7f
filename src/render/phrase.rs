//! Where a heading may be broken: between words. Chinese writes none apart, so that a browser would break inside of them.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// No line begins with these, nor with a closing mark.
const LEANING: [&str; 14] = ["的", "了", "们", "着", "过", "地", "得", "吗", "呢", "吧", "年", "月", "日", "号"];
/// These begin a phrase: a line may break before them.
const LEADING: [&str; 12] = ["和", "与", "及", "或", "在", "从", "把", "给", "对", "向", "到", "为"];
/// Longer runs of words of one character are broken.
const RUN: usize = 4;

/// What does not break.
const KEPT: &str = "<span class=\"kept\">";
/// Characters of a mark at most, with its brackets.
const MARK: usize = 6;

/// A text as HTML, with `<wbr>` where it may be broken.
pub fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for (nth, piece) in pieces(text).into_iter().enumerate() {
        if nth > 0 {
            html.push_str("<wbr>");
        }
        push_escaped(&mut html, piece);
    }
    html
}

/// A title as HTML, of which a short mark in brackets at the end stays on one line.
pub fn kept(title: &str) -> String {
    let mut html = String::with_capacity(title.len() + KEPT.len());
    let mark = title.rfind('（').filter(|at| *at > 0 && title.ends_with('）'));
    match mark.map(|at| title.split_at(at)).filter(|(_, mark)| mark.chars().count() <= MARK) {
        Some((words, mark)) => {
            push_escaped(&mut html, words);
            html.push_str(KEPT);
            push_escaped(&mut html, mark);
            html.push_str("</span>");
        }
        None => push_escaped(&mut html, title),
    }
    html
}

/// The pieces of a text that stay on one line.
fn pieces(text: &str) -> Vec<&str> {
    let words = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let (mut pieces, mut start, mut last) = (Vec::new(), 0, 0);
    for end in words.segment_str(text).skip(1) {
        let (piece, word) = (&text[start..last], &text[last..end]);
        if !piece.is_empty() && !holds_together(piece, word) {
            pieces.push(piece);
            start = last;
        }
        last = end;
    }
    pieces.push(&text[start..]);
    pieces
}

/// Whether a word stays with what stands before it.
fn holds_together(piece: &str, word: &str) -> bool {
    let (Some(before), Some(after)) = (piece.chars().next_back(), word.chars().next()) else { return true };
    let single = |text: &str| text.chars().nth(1).is_none() && text.chars().all(is_han);
    let closing = !after.is_alphanumeric() && !is_opening(after);
    let number = before.is_ascii_alphanumeric() && after.is_alphanumeric();
    // Words of one character are what the dictionary does not know: names, mostly.
    let unknown = single(word) && !LEADING.contains(&word) && piece.chars().count() < RUN && piece.chars().all(is_han);
    // One character alone would be left at the end of a line: 把|…, 捏|….
    let alone = single(piece) && is_han(after) && !LEANING.contains(&piece);
    let day = before == '月' && after.is_ascii_digit();
    closing || is_opening(before) || number || day || alone || LEANING.contains(&word) || unknown
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_opening(c: char) -> bool {
    matches!(c, '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '“' | '‘' | '(' | '[')
}

/// Browsers would begin a line with a middle dot.
fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('·') {
        let at = before.char_indices().next_back().map_or(0, |(at, _)| at);
        push_plain(html, &before[..at]);
        html.push_str(KEPT);
        push_plain(html, &before[at..]);
        html.push_str("·</span>");
        rest = after;
    }
    push_plain(html, rest);
}

fn push_plain(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(pieces(text).join("|"), expected);
    }

    #[test]
    fn words_are_not_broken() {
        check("四分钟急救：心肺复苏和噎食处理", "四分钟|急救：|心肺|复苏|和噎食|处理");
    }

    #[test]
    fn marks_and_units_stay_with_what_they_belong_to() {
        check("关于印发《方案》的通知", "关于印发|《方案》的|通知");
        check("2026年11月28日 星期六", "2026年|11月28日 |星期六");
        check("亲子陶艺：捏一匹小陶马", "亲子|陶艺：|捏一匹小|陶马");
        let pieces = pieces("2026年学习周（示例）");
        assert!(pieces.contains(&"2026年") && pieces.contains(&"（示例）"), "{pieces:?}");
    }

    #[test]
    fn other_scripts_break_after_spaces() {
        check("CAD 制图 101", "CAD |制图 |101");
        check("", "");
    }

    #[test]
    fn a_mark_at_the_end_stays_whole() {
        assert_eq!(kept("太极<拳>（示例）"), "太极&lt;拳&gt;<span class=\"kept\">（示例）</span>");
        for plain in ["（示例）", "太极（示例）课", "太极（每周二、周四下午）"] {
            assert_eq!(kept(plain), plain);
        }
    }

    #[test]
    fn no_line_begins_with_a_middle_dot() {
        assert_eq!(kept("组织·管理"), "组<span class=\"kept\">织·</span>管理");
        assert_eq!(kept("·管理"), "<span class=\"kept\">·</span>管理");
        assert_eq!(kept("安排（示例）·二"), "安排（示例<span class=\"kept\">）·</span>二");
        assert_eq!(html("街道·台账"), "街<span class=\"kept\">道·</span><wbr>台账");
    }

    #[test]
    fn the_text_is_escaped() {
        assert_eq!(html("A<b>&\"学习").replace("<wbr>", ""), "A&lt;b&gt;&amp;&quot;学习");
    }
}
