//! Bodies assembled from snippets: places point at what was planted, and the HTML is safe.

use shuyuan::diag::Code;
use shuyuan::markdown;

use crate::foreign_bytes::bodies;

const ROUNDS: usize = 4_000;

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        usize::try_from((self.0 >> 33) % limit as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Pieces of a line that hold nothing to report.
const INLINE: &[&str] = &[
    "学会",
    "太极拳。",
    "**重点：**后文",
    "**“引号”**在外",
    "~~（旧的）~~新的",
    "*斜体。*又",
    "A B",
    "`代码**`",
    "<b>粗</b>",
    "前**（括号）**后",
    "\\*不是强调\\*",
    "1 < 2",
    "&amp;",
    "𠀀",
    "e\u{301}",
    "——",
    "**\u{201c}甲\u{201d}、乙**丙",
];
/// Inline snippets that are a link or a picture as a whole.
const TARGETS: &[&str] = &[
    "[报名](a.md)",
    "[**重点：**后文](b.md#节)",
    "![大门](/p.jpg)",
    "[电话](tel:110)",
    "![](/q.jpg)",
    "[甲](<a b.md>)",
    "<https://example.org/>",
];
/// Inline snippets with a mistake: snippet, place, code.
const SPOILT: &[(&str, &str, Code)] = &[
    ("文字[^无]。", "[^无]", Code::UnreadMark),
    ("[甲]（a.md）", "[甲]（a.md）", Code::UnreadMark),
    ("![](/q.jpg)", "![](/q.jpg)", Code::MissingAlt),
    ("<font color=\"red\">红", "<font color=\"red\">", Code::HtmlRemoved),
    ("<b onclick=\"x()\">粗</b>", "onclick", Code::HtmlRemoved),
];
/// Blocks without mistakes.
const BLOCKS: &[&str] = &[
    "## 小节",
    "- 一\n- 二",
    "| 甲 | 乙 |\n|---|---|\n| 一 | **二：**三 |",
    "> 引用**重点：**后",
    "```\n::: note\n**x：**y\n```",
    "::: note 注意\n**重点：**内容\n:::",
    "[^1]: 脚注",
    "- [x] 做完",
    "***",
    "    code: ::",
    "1. 一\n\n   二",
];
/// Blocks with a mistake.
const SPOILT_BLOCKS: &[(&str, &str, Code)] = &[
    ("::: galery\n:::", "galery", Code::UnknownBlock),
    ("::: note colour=red 注意\n内容\n:::", "colour", Code::BlockAttribute),
    (":::", ":::", Code::StrayBlockEnd),
    ("# 一级**标题：**后", "# 一级**标题：**后", Code::TopHeading),
    ("<div onclick=\"x\">\n块\n</div>", "onclick", Code::HtmlRemoved),
    ("::: gallery\n![甲](a.jpg)\n多余\n:::", "多余", Code::BlockAttribute),
];

/// A body with the mistakes and the links and pictures planted in it, both in order.
fn body(random: &mut Random) -> (String, Vec<(usize, String, Code)>, Vec<String>) {
    let (mut text, mut mistakes, mut targets) = (String::new(), Vec::new(), Vec::new());
    for _ in 0..=random.below(6) {
        match random.below(5) {
            0 => text.push_str(random.pick(BLOCKS)),
            1 => {
                let (block, mark, code) = random.pick(SPOILT_BLOCKS);
                mistakes.push((text.len() + block.find(mark).unwrap(), mark.to_owned(), code));
                if block.contains("![甲]") {
                    targets.push("![甲](a.jpg)".to_owned());
                }
                text.push_str(block);
            }
            _ => {
                text.push('文');
                for _ in 0..=random.below(5) {
                    match random.below(4) {
                        0 => {
                            let target = random.pick(TARGETS);
                            if target.starts_with("![]") {
                                mistakes.push((text.len(), target.to_owned(), Code::MissingAlt));
                            }
                            targets.push(target.to_owned());
                            text.push_str(target);
                        }
                        1 => {
                            let (piece, mark, code) = random.pick(SPOILT);
                            mistakes.push((text.len() + piece.find(mark).unwrap(), mark.to_owned(), code));
                            if piece.starts_with("![]") {
                                targets.push(piece.to_owned());
                            }
                            text.push_str(piece);
                        }
                        _ => text.push_str(random.pick(INLINE)),
                    }
                    text.push_str(random.pick(&["，", " ", "，\n文", ""]));
                }
            }
        }
        text.push_str("\n\n");
    }
    (text, mistakes, targets)
}

#[test]
fn every_place_is_that_of_what_was_planted() {
    let mut random = Random(3);
    for _ in 0..ROUNDS {
        let (text, mut planted, mut targets) = body(&mut random);
        let found = markdown::read(&text);
        let said =
            found.mistakes.iter().map(|(range, mistake)| (range.start, text[range.clone()].to_owned(), mistake.code));
        let mut said: Vec<_> = said.collect();
        said.sort();
        planted.sort();
        assert_eq!(said, planted, "{text}");
        let mut links: Vec<String> = found
            .links
            .iter()
            .chain(found.pictures.iter().map(|picture| &picture.target))
            .map(|target| text[target.range.clone()].to_owned())
            .collect();
        links.sort();
        targets.sort();
        assert_eq!(links, targets, "{text}");
        let html = bodies::rendered(&text);
        assert!(!html.contains('\u{2060}'), "{text}\n{html}");
    }
}

/// Input of attackers, and input that confuses parsers.
const HOSTILE: &[&str] = &[
    "<script",
    "<ScRiPt>",
    "</script>",
    ">",
    "/>",
    "<img src=x onerror=alert(1)",
    " onclick=\"x\"",
    "javascript:alert(1)",
    "java\tscript:x",
    "&#106;avascript:x",
    "\"",
    "'",
    "`",
    "=",
    "</",
    "<",
    "<svg/onload=x>",
    "<a href=",
    "<b ",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?php",
    "\n",
    "\n\n",
    "**",
    "](",
    "[x](",
    ")",
    "![x](",
    "<iframe src=",
    "<style>",
    "<table>",
    "<td ",
    "title=",
    "\u{2060}",
    "文",
    "：",
    "::: note ",
    "::: video file=",
    "\n:::\n",
    "|",
    "\n|-|\n",
    "~~~",
    "<math><mi xlink:href=",
    "<p title='",
    "\0",
    "&lt;",
    "&quot;",
    "onload",
    " ",
    "<b title=\"",
    "<h2 id=",
    "<details open ontoggle=x>",
];

#[test]
fn nothing_harmful_survives_rendering() {
    let mut random = Random(5);
    for _ in 0..ROUNDS {
        let text: String = (0..=random.below(12)).map(|_| random.pick(HOSTILE)).collect();
        bodies::markdown(text.as_bytes());
    }
}
