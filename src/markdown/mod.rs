//! Markdown for Chinese: analyses and renders bodies.
//!
//! [`read`] lists headings, links and pictures with their places, and writes the HTML but for what only a page knows; [`render`] fills that
//! in once the page has resolved it. A body is parsed once, so that what is checked is what is published.

pub mod block;
mod day;
mod emphasis;
mod entity;
mod foreign;
mod formula;
pub mod html;
mod inline;
mod near_miss;
mod numbers;
mod prepare;
mod render;
mod scan;
mod together;
mod torn;
mod written;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TextMergeWithOffset};

use crate::content::shared::Shot;
use crate::content::spot::Spot;
use crate::content::value::Focus;
use crate::diag::catalogue as say;
use crate::diag::{Code, Mistake};
use emphasis::Rules;
use inline::Inlines;
use prepare::{Mark, Prepared};
use render::Render;
use scan::Scan;
use written::Written;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Mistakes of one code that are said of one body.
const FEW: usize = 100;

/// Maximum length of an excerpt in characters.
const EXCERPT: usize = 90;

/// The contents of a body.
#[derive(Debug, Default)]
pub struct Body {
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Links to be resolved.
    pub links: Vec<Target>,
    /// Pictures to be resolved.
    pub pictures: Vec<PictureTarget>,
    /// Videos to be resolved.
    pub videos: Vec<Target>,
    /// The beginning of the text, for cards and feeds.
    pub excerpt: String,
    /// Number of Han characters and words.
    pub length: usize,
    /// Mistakes, with their place in the body.
    pub mistakes: Vec<(Range<usize>, Mistake)>,
    /// Its HTML, but for what only a page knows.
    written: Written,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor; may contain Han.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// A target of a link, picture or video.
#[derive(Clone, Debug)]
pub struct Target {
    /// As written.
    pub target: String,
    /// Its place in the body.
    pub range: Range<usize>,
}

/// A picture in a body.
#[derive(Clone, Debug)]
pub struct PictureTarget {
    /// The file.
    pub target: Target,
    /// Its description.
    pub alt: String,
    /// Its position and the options in its title.
    pub show: Show,
}

/// How a body shows a picture. The title of a picture in Markdown holds its options, separated by commas:
/// `focus: 60% 30%` and `decorative`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Show {
    /// Whether it is in a gallery.
    pub in_gallery: bool,
    /// The point that is kept when the picture is cropped.
    pub focus: Focus,
}

impl PictureTarget {
    /// Every way in which the picture is shown.
    pub fn shots(&self) -> Vec<Shot> {
        self.show.shots()
    }
}

impl Show {
    /// Every way in which the picture is shown: inline, or small and large in a gallery.
    pub fn shots(self) -> Vec<Shot> {
        let spots = if self.in_gallery { Spot::GALLERY } else { Spot::TEXT };
        spots.iter().map(|spot| Shot { usage: spot.usage(), focus: self.focus }).collect()
    }
}

/// The options in the title of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Title {
    focus: Focus,
    is_decorative: bool,
}

/// Parses the title of a picture. The error is the unknown part.
fn picture_title(title: &str) -> Result<Title, &str> {
    let mut read = Title { focus: Focus::CENTRE, is_decorative: false };
    for part in title.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part.strip_prefix("focus:").map(|focus| focus.trim().parse()) {
            Some(Ok(focus)) => read.focus = focus,
            None if part == "decorative" => read.is_decorative = true,
            Some(Err(_)) | None => return Err(part),
        }
    }
    Ok(read)
}

/// Resolves links and pictures; implemented by the page.
pub trait Resolve {
    /// The address of the link `nth` of [`Body::links`], as the page writes it; `None` leaves its text alone.
    fn link(&self, nth: usize) -> Option<String>;
    /// The HTML of the picture `nth` of [`Body::pictures`].
    fn picture(&self, nth: usize, alt: &str) -> Option<String>;
    /// The address of the file of the video `nth` of [`Body::videos`].
    fn video(&self, nth: usize) -> Option<String>;
    /// What stands before the ids of headings and footnotes, where the body shares its page with others.
    fn prefix(&self) -> Option<&str> {
        None
    }
}

/// Reads a body: lists its contents and writes its HTML.
pub fn read(text: &str) -> Body {
    let prepared = Prepared::new(text);
    let (mut scan, mut render) = (Scan::new(&prepared), Render::new(&prepared));
    let mut html = String::with_capacity(text.len() * 2);
    let stream = events(&prepared).flat_map(|(event, range)| {
        let written = render.event(event.clone(), &range);
        scan.event(event, range);
        written
    });
    pulldown_cmark::html::push_html(&mut html, stream);
    let written = render.finish(&html);
    scan.unused_definitions();
    scan.finish();
    let mut body = Body { written, ..scan.body };
    for (at, mark) in &prepared.marks {
        if let Some((file, file_range)) = mark.video() {
            // The range is in the block's line: bring it to the body.
            let line = prepared.original(&(*at..*at)).start;
            body.videos.push(Target { target: file.to_owned(), range: line + file_range.start..line + file_range.end });
        }
    }
    body.mistakes.extend(entity::forbidden(&prepared));
    body.mistakes.extend(prepared.mistakes);
    few(&mut body.mistakes);
    body
}

/// Keeps the first mistakes of each code, and one that says so: what stands in a body thousands of times has one cause, and nobody reads
/// thousands of lines.
fn few(mistakes: &mut Vec<(Range<usize>, Mistake)>) {
    if mistakes.len() <= FEW {
        return;
    }
    let mut counts: HashMap<Code, usize> = HashMap::new();
    for (_, mistake) in mistakes.iter() {
        *counts.entry(mistake.code).or_default() += 1;
    }
    let mut seen: HashMap<Code, usize> = HashMap::new();
    mistakes.retain_mut(|(_, mistake)| {
        let code = mistake.code;
        let nth = seen.entry(code).or_default();
        *nth += 1;
        if *nth == FEW + 1 && counts[&code] > FEW + 1 {
            *mistake = say::and_more(code, counts[&code] - FEW);
        }
        *nth <= FEW + 1
    });
}

/// The HTML of a body on a page.
pub fn render(body: &Body, resolve: &dyn Resolve) -> String {
    body.written.filled(body, resolve)
}

/// The event stream of a prepared body, with adjacent texts merged.
fn events(prepared: &Prepared) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let parser = Parser::new_ext(&prepared.text, OPTIONS).into_offset_iter();
    TextMergeWithOffset::new(Inlines::new(&prepared.text, parser, Rules::Chinese)).map(|(event, range)| {
        let event = match event {
            Event::FootnoteReference(label) => Event::FootnoteReference(footnote(&label)),
            Event::Start(Tag::FootnoteDefinition(label)) => Event::Start(Tag::FootnoteDefinition(footnote(&label))),
            Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
                let dest_url = format!("mailto:{dest_url}").into();
                Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, title, id })
            }
            other => other,
        };
        (event, range)
    })
}

/// Prefixes footnote labels, so that their ids cannot clash with others.
fn footnote(label: &str) -> CowStr<'static> {
    format!("fn-{label}").into()
}

/// Whether a character is Han, kana or their punctuation.
pub fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff01}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

fn level(level: HeadingLevel) -> u8 {
    (level as u8).max(2)
}

/// The mark of a typed block that an HTML event stands for.
fn mark_at<'a>(prepared: &'a Prepared, range: &Range<usize>) -> Option<&'a Mark> {
    let found = prepared.marks.binary_search_by_key(&range.start, |(at, _)| *at).ok()?;
    Some(&prepared.marks[found].1)
}

/// The excerpt of a summary or body: at most ninety characters, cut with an ellipsis.
pub fn excerpt(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(EXCERPT - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Escapes text for HTML content and attributes.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '>', '&', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plain<'a>(&'a Body);
    impl Resolve for Plain<'_> {
        fn link(&self, nth: usize) -> Option<String> {
            Some(self.0.links[nth].target.clone()).filter(|target| target != "hidden.md")
        }
        fn picture(&self, nth: usize, alt: &str) -> Option<String> {
            let PictureTarget { target, show, .. } = &self.0.pictures[nth];
            Some(format!("<img src=\"{}\" alt=\"{alt}\" {} {}>", target.target, show.focus, show.in_gallery))
        }
        fn video(&self, nth: usize) -> Option<String> {
            Some(self.0.videos[nth].target.clone())
        }
    }

    fn check(text: &str, html: &str) {
        let body = read(text);
        assert_eq!(render(&body, &Plain(&body)), html, "{text}");
    }

    #[test]
    fn emphasis_works_beside_han() {
        check("**重点：**后文", "<p><strong>重点：</strong>后文</p>\n");
        check("前文**“重点”**后文", "<p>前文<strong>“重点”</strong>后文</p>\n");
        check("价格**（元）**是", "<p>价格<strong>（元）</strong>是</p>\n");
        check("~~旧：~~新", "<p><del>旧：</del>新</p>\n");
        check("2 * 3 * 4", "<p>2 * 3 * 4</p>\n");
    }

    #[test]
    fn a_soft_break_between_han_is_no_space() {
        check("第一行\n第二行", "<p>第一行第二行</p>\n");
        check("中文，\n**重点**", "<p>中文，<strong>重点</strong></p>\n");
        check("中文\nabc", "<p>中文\nabc</p>\n");
    }

    #[test]
    fn headings_keep_han_and_are_unique() {
        let body = read("## 报名 方法\n\n## 报名 方法\n\n### FAQ\n");
        let ids: Vec<&str> = body.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids, ["报名-方法", "报名-方法-2", "h-faq"]);
        check("## 报名 方法\n", "<h2 id=\"报名-方法\">报名 方法</h2>\n");
    }

    #[test]
    fn blocks_and_pictures_become_html() {
        check(
            "::: note 提示\n带水。\n:::\n",
            "<aside class=\"note\">\n<p class=\"block-title\">提示</p>\n<p>带水。</p>\n</aside>\n",
        );
        check(
            "::: gallery\n![甲](a.jpg)\n![乙](b.jpg \"focus: 10% 20%\")\n:::\n",
            "<div class=\"gallery\">\n<figure><img src=\"a.jpg\" alt=\"甲\" 50% 50% true><figcaption>甲</figcaption></figure>\n<figure><img src=\"b.jpg\" alt=\"乙\" 10% 20% true><figcaption>乙</figcaption></figure>\n</div>\n",
        );
    }

    #[test]
    fn a_telephone_in_a_contact_block_is_a_link() {
        check(
            "::: contact\n电话：0373-3054321 转 802\n:::\n\n电话：0373-3054321\n",
            "<section class=\"contact\">\n<p>电话：<a href=\"tel:03733054321;ext=802\">0373-3054321 转 802</a></p>\n</section>\n<p>电话：0373-3054321</p>\n",
        );
    }

    #[test]
    fn the_title_of_a_picture_says_what_a_cut_keeps_and_what_is_decoration() {
        let shots = |text: &str| read(text).pictures.iter().map(PictureTarget::shots).collect::<Vec<_>>();
        let focus = Focus { x: 10, y: 20 };
        let large = Shot { usage: Spot::Inline.usage(), focus };
        assert_eq!(shots("![甲](a.jpg \"focus: 10% 20%\")"), [[large]]);
        let gallery = "::: gallery\n![](a.jpg \"focus: 10% 20%, decorative\")\n:::\n";
        assert_eq!(shots(gallery), [[Shot { usage: Spot::Thumbnail.usage(), focus }, large]]);
        let said = |text: &str| read(text).mistakes.into_iter().map(|(_, mistake)| mistake).collect::<Vec<_>>();
        assert_eq!(said(gallery), []);
        assert_eq!(said("![](a.jpg)"), [say::missing_alt()]);
        assert_eq!(said("![甲](a.jpg \"图一\")"), [say::picture_title("图一")]);
    }

    #[test]
    fn what_stands_in_the_description_of_a_picture_is_counted_too() {
        check(
            "![甲[乙](b.md)![丙](c.jpg)](a.jpg) [丁](d.md) ![戊](e.jpg)\n",
            "<p><img src=\"a.jpg\" alt=\"甲乙丙\" 50% 50% false> <a href=\"d.md\">丁</a> <img src=\"e.jpg\" alt=\"戊\" 50% 50% false></p>\n",
        );
        check(
            "::: video file=a.mp4 甲\n:::\n\n::: video file=b.mp4 乙\n:::\n",
            "<figure class=\"video\">\n<video controls preload=\"none\" src=\"a.mp4\"></video>\n<figcaption>甲</figcaption>\n</figure>\n<figure class=\"video\">\n<video controls preload=\"none\" src=\"b.mp4\"></video>\n<figcaption>乙</figcaption>\n</figure>\n",
        );
    }

    #[test]
    fn an_address_of_mail_is_a_link() {
        check("<a@example.org>", "<p><a href=\"mailto:a@example.org\">a@example.org</a></p>\n");
    }

    #[test]
    fn what_would_vanish_or_turn_into_something_else_is_said() {
        let said = |text: &str| {
            let found = read(text).mistakes.into_iter();
            found.map(|(range, mistake)| (text[range].to_owned(), mistake.code.name())).collect::<Vec<_>>()
        };
        let check = |text: &str, place: &str, code: &'static str| {
            assert_eq!(said(text), [(place.to_owned(), code)], "{text}");
        };
        check("| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3 |\n", " 3 ", "unread-mark");
        check("```\n后面都是代码\n", "```", "unread-mark");
        check("正文\n\n[1]: 参考文献\n", "[1]: 参考文献", "unread-mark");
        check("[课程]:../courses/a.md\n", "[课程]:../courses/a.md", "unread-mark");
        check("正文\n---\n\n后文", "正文", "doubtful-mark");
        check("##\n\n后文", "##", "unread-mark");
        check("[](https://example.org)", "[](https://example.org)", "unread-mark");
        check("[甲](https://example.org/a b)", "[甲](https://example.org/a b)", "unread-mark");
        check("[甲] (https://example.org)", "[甲] (https://example.org)", "unread-mark");
        check("［甲］（https://example.org）", "［甲］（https://example.org）", "unread-mark");
        for text in [
            "| 甲 | 乙 |\n|---|---|\n| 1 |\n| 甲\\|乙 | 2 |\n",
            "```\n代码\n```\n",
            "- 甲\n\n  ```\n  代码\n  ```\n",
            "[甲][乙]\n\n[乙]: https://example.org\n",
            "正文\n\n---\n\n后文",
            "## 标题\n",
            "[![校门](a.jpg)](https://example.org)",
            "见网页(https://example.org/a b)",
            "\\*不是清单",
            "\\[甲](https://example.org)",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn what_stands_there_thousands_of_times_is_said_a_hundred_times() {
        let body = read(&"a\u{200b}".repeat(5_000));
        assert_eq!(body.mistakes.len(), FEW + 1);
        assert!(body.mistakes[FEW].1.message.contains("4900"), "{}", body.mistakes[FEW].1.message);
        assert_eq!(read(&"a\u{200b}".repeat(FEW + 1)).mistakes[FEW].1.code.name(), "odd-character");
    }

    #[test]
    fn a_link_to_something_hidden_is_plain_text() {
        check("看[这里](hidden.md)。", "<p>看这里。</p>\n");
    }

    #[test]
    fn raw_html_is_cleaned_and_said_at_its_place() {
        let text = "中文<script>alert(1)</script>后\n";
        let body = read(text);
        let said: Vec<&str> = body.mistakes.iter().map(|(range, _)| &text[range.clone()]).collect();
        assert_eq!(said, ["<script>"], "the closing tag is not said again");
        check(text, "<p>中文alert(1)后</p>\n");
        check("<b>粗</b> < 细\n", "<p><b>粗</b> &lt; 细</p>\n");
    }

    #[test]
    fn a_comment_or_a_tag_may_run_over_several_lines() {
        check("<!--\n旧文\n<b>\n-->\n", "\n");
        check("> <div\n> lang=\"en\">\n> a\n> </div>\n", "<blockquote>\n<div lang=\"en\">\na\n</div>\n</blockquote>\n");
        let text = "> <div\n> 中='x'\n> onclick='y'>\n> </div>\n\n> 字<b\n> on=\"中\">\n";
        let body = read(text);
        let said: Vec<&str> = body.mistakes.iter().map(|(range, _)| &text[range.clone()]).collect();
        assert_eq!(said, ["中", "onclick", "<b\n> on=\"中\">"]);
        check("<div>\n<b\n::: 未知\n>\n", "<div>\n&lt;b\n&gt;\n</div>");
    }

    #[test]
    fn mistakes_of_blocks_and_pictures_keep_their_columns() {
        let text = "**重点：**后\n\n::: gallary\n:::\n\n![](a.jpg)\n";
        let said: Vec<(String, &str)> =
            read(text).mistakes.iter().map(|(r, m)| (text[r.clone()].to_owned(), m.code.name())).collect();
        assert_eq!(said, [("![](a.jpg)".to_owned(), "missing-alt"), ("gallary".to_owned(), "unknown-block")]);
    }

    #[test]
    fn an_excerpt_is_text_without_markup() {
        assert_eq!(
            read("**每周二**上课，\n欢迎[报名](a.md)。\n\n| a |\n|---|\n| b |\n").excerpt,
            "每周二上课，欢迎报名。"
        );
    }
}
