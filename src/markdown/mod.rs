//! Markdown for Chinese: what a body holds, and its HTML.
//!
//! [`scan`] lists headings, links and pictures with their places and knows no page; [`render`] makes the HTML once the page
//! has resolved them. Both read the same event stream, so that what is checked is what is published.

pub mod block;
pub mod html;
mod prepare;
mod render;
mod scan;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, Options, Parser, Tag, TextMergeWithOffset};

use crate::content::shared::{PictureUse, Shot};
use crate::content::value::Focus;
use crate::diag::Mistake;
use block::Block;
use prepare::{Mark, Prepared};
use render::Render;
use scan::Scan;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Characters of an excerpt, at most.
const EXCERPT: usize = 90;

/// What a body holds.
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
    /// How many Han characters and words.
    pub length: usize,
    /// What is wrong, by place in the body.
    pub mistakes: Vec<(Range<usize>, Mistake)>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor; Han are kept.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Something that a body points at.
#[derive(Clone, Debug)]
pub struct Target {
    /// As written.
    pub target: String,
    /// Its place in the body.
    pub range: Range<usize>,
}

/// A picture that a body shows.
#[derive(Clone, Debug)]
pub struct PictureTarget {
    /// The file.
    pub target: Target,
    /// Where it stands, and what its title asks for.
    pub show: Show,
}

/// How a body shows a picture. The title of a picture in Markdown says what an editor has to say about it beside the
/// description: `focus: 60% 30%` and `decorative`, in any order, with a comma between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Show {
    /// Whether it is one of a gallery.
    pub in_gallery: bool,
    /// The point that a cut keeps.
    pub focus: Focus,
}

impl PictureTarget {
    /// Every way in which it is shown.
    pub fn shots(&self) -> Vec<Shot> {
        self.show.shots()
    }
}

impl Show {
    /// Every way in which the picture is shown: in the text, or small among others, and large.
    pub fn shots(self) -> Vec<Shot> {
        let large = Shot { usage: PictureUse::Inline, focus: self.focus };
        if self.in_gallery { vec![Shot { usage: PictureUse::Gallery, focus: self.focus }, large] } else { vec![large] }
    }
}

/// What the title of a picture says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Title {
    focus: Focus,
    is_decorative: bool,
}

/// Reads the title of a picture; the part that says nothing known is the error.
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

/// What a link or a picture becomes; made by the page.
pub trait Resolve {
    /// The address of a link, as the page writes it; `None` leaves its text alone.
    fn link(&self, target: &str) -> Option<String>;
    /// The HTML of a picture.
    fn picture(&self, target: &str, show: Show, alt: &str) -> Option<String>;
    /// The address of a video file.
    fn video(&self, target: &str) -> Option<String>;
}

/// Lists what a body holds.
pub fn scan(text: &str) -> Body {
    let prepared = Prepared::new(text);
    let mut scan = Scan::new(&prepared);
    for (event, range) in events(&prepared) {
        scan.event(event, range);
    }
    let mut body = scan.body;
    for (at, mark) in &prepared.marks {
        if let Mark::Begin(Block::Video { file, file_range, .. }) = mark
            && !file.is_empty()
        {
            // The range is in the block's line: bring it to the body.
            let line = prepared.original(&(*at..*at)).start;
            body.videos.push(Target { target: file.clone(), range: line + file_range.start..line + file_range.end });
        }
    }
    body.mistakes.extend(prepared.mistakes);
    body
}

/// The HTML of a body, with the `headings` that [`scan`] found in it.
pub fn render(text: &str, headings: &[Heading], resolve: &dyn Resolve) -> String {
    let prepared = Prepared::new(text);
    let mut render = Render::new(&prepared, headings, resolve);
    let stream: Vec<Event<'_>> = events(&prepared).flat_map(|(event, range)| render.event(event, &range)).collect();
    let is_raw = render.is_raw;
    let mut html = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut html, stream.into_iter());
    if is_raw { html::clean(&html) } else { html }
}

/// The event stream of a prepared body, texts merged and inserted joiners dropped.
fn events(prepared: &Prepared) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let parser = Parser::new_with_broken_link_callback(
        &prepared.text,
        OPTIONS,
        None::<fn(BrokenLink<'_>) -> Option<(CowStr<'_>, CowStr<'_>)>>,
    );
    TextMergeWithOffset::new(parser.into_offset_iter()).map(|(event, range)| {
        let event = match event {
            Event::Text(text) => Event::Text(match prepared.without_joiners(&text, &range) {
                Some(clean) => clean.into(),
                None => text,
            }),
            Event::SoftBreak if joins(&prepared.text, &range) => Event::Text("".into()),
            Event::FootnoteReference(label) => Event::FootnoteReference(footnote(&label)),
            Event::Start(Tag::FootnoteDefinition(label)) => Event::Start(Tag::FootnoteDefinition(footnote(&label))),
            other => other,
        };
        (event, range)
    })
}

/// Footnotes get a prefix, so that their ids are nobody else's.
fn footnote(label: &str) -> CowStr<'static> {
    format!("fn-{label}").into()
}

/// Whether a soft break stands between two characters that are written without a space.
fn joins(text: &str, range: &Range<usize>) -> bool {
    let visible = |c: &char| !matches!(*c, '*' | '_' | '~' | '`' | prepare::JOINER) && !c.is_whitespace();
    let before = text[..range.start].chars().rev().find(visible);
    let after = text[range.end..].chars().find(|c| visible(c) && *c != '>');
    before.is_some_and(is_wide) && after.is_some_and(is_wide)
}

/// Han, kana and the punctuation that goes with them.
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

/// Whether an HTML event is the mark of a typed block.
fn mark_at<'a>(prepared: &'a Prepared, range: &Range<usize>) -> Option<&'a Mark> {
    let found = prepared.marks.binary_search_by_key(&range.start, |(at, _)| *at).ok()?;
    Some(&prepared.marks[found].1)
}

/// The excerpt of a summary or a body: at most ninety characters, cut with an ellipsis.
pub fn excerpt(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(EXCERPT - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Escapes text for HTML, in attributes too.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '>', '&', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::catalogue as say;

    struct Plain;
    impl Resolve for Plain {
        fn link(&self, target: &str) -> Option<String> {
            (target != "hidden.md").then(|| target.to_owned())
        }
        fn picture(&self, target: &str, show: Show, alt: &str) -> Option<String> {
            Some(format!("<img src=\"{target}\" alt=\"{alt}\" {} {}>", show.focus, show.in_gallery))
        }
        fn video(&self, target: &str) -> Option<String> {
            Some(target.to_owned())
        }
    }

    fn check(text: &str, html: &str) {
        assert_eq!(render(text, &scan(text).headings, &Plain), html, "{text}");
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
        let body = scan("## 报名 方法\n\n## 报名 方法\n\n### FAQ\n");
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
    fn the_title_of_a_picture_says_what_a_cut_keeps_and_what_is_decoration() {
        let shots = |text: &str| scan(text).pictures.iter().map(PictureTarget::shots).collect::<Vec<_>>();
        let focus = Focus { x: 10, y: 20 };
        let large = Shot { usage: PictureUse::Inline, focus };
        assert_eq!(shots("![甲](a.jpg \"focus: 10% 20%\")"), [[large]]);
        let gallery = "::: gallery\n![](a.jpg \"focus: 10% 20%, decorative\")\n:::\n";
        assert_eq!(shots(gallery), [[Shot { usage: PictureUse::Gallery, focus }, large]]);
        let said = |text: &str| scan(text).mistakes.into_iter().map(|(_, mistake)| mistake).collect::<Vec<_>>();
        assert_eq!(said(gallery), []);
        assert_eq!(said("![](a.jpg)"), [say::missing_alt()]);
        assert_eq!(said("![甲](a.jpg \"图一\")"), [say::picture_title("图一")]);
    }

    #[test]
    fn a_link_to_something_hidden_is_plain_text() {
        check("看[这里](hidden.md)。", "<p>看这里。</p>\n");
    }

    #[test]
    fn raw_html_is_cleaned_and_said_at_its_place() {
        let text = "中文<script>alert(1)</script>后\n";
        let body = scan(text);
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
        let body = scan(text);
        let said: Vec<&str> = body.mistakes.iter().map(|(range, _)| &text[range.clone()]).collect();
        assert_eq!(said, ["中", "onclick", "<b\n> on=\"中\">"]);
        check("<div>\n<b\n::: 未知\n>\n", "<div>\n&lt;b\n&gt;\n</div>");
    }

    #[test]
    fn mistakes_of_blocks_and_pictures_keep_their_columns() {
        let text = "**重点：**后\n\n::: gallary\n:::\n\n![](a.jpg)\n";
        let said: Vec<(String, &str)> =
            scan(text).mistakes.iter().map(|(r, m)| (text[r.clone()].to_owned(), m.code.name())).collect();
        assert_eq!(said, [("![](a.jpg)".to_owned(), "missing-alt"), ("gallary".to_owned(), "unknown-block")]);
    }

    #[test]
    fn an_excerpt_is_text_without_markup() {
        assert_eq!(
            scan("**每周二**上课，\n欢迎[报名](a.md)。\n\n| a |\n|---|\n| b |\n").excerpt,
            "每周二上课，欢迎报名。"
        );
    }
}
