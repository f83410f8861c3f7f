//! Bodies in Markdown.

use jiff::civil::Weekday;

use super::entries::{Hidden, hidden, weekday_word};
use super::{clip, hinted, near_hint, plain};
use crate::diag::{Code, Mistake};

/// A link whose target does not exist.
pub fn broken_link(target: &str, near: Option<&str>) -> Mistake {
    Mistake {
        code: Code::BrokenLink,
        message: format!("链接指向的“{}”不存在", clip(target)),
        hint: near_hint(
            near,
            Some("内容写到它的 .md 文件，如 ../courses/taiji.md；列表写 /courses/；static 里的文件从 / 写起"),
        ),
    }
}

/// A link to a page that the portal makes on other days; `written` leads to it.
pub fn link_absent(written: &str) -> Mistake {
    plain(Code::LinkHidden, format!("链接指向的“{}”现在还没有这一页，这里只显示文字", clip(written)))
}

/// A link to a feed or a sitemap of a portal without an address.
pub fn link_needs_base(written: &str) -> Mistake {
    hinted(
        Code::LinkHidden,
        format!("没有网站地址，就没有“{}”，这里只显示文字", clip(written)),
        "在 site.yaml 里写 base_url，或用 --base-url",
    )
}

/// A link without an address.
pub fn empty_link() -> Mistake {
    hinted(Code::BrokenLink, "这个链接没有写地址", "在圆括号里写上地址")
}

/// A link to an anchor that its page does not have.
pub fn broken_anchor(anchor: &str, near: Option<&str>) -> Mistake {
    Mistake {
        code: Code::BrokenAnchor,
        message: format!("那个页面里没有“#{}”", clip(anchor)),
        hint: near_hint(near, None),
    }
}

/// A link to something not published today.
pub fn link_hidden(target: &str, why: &Hidden) -> Mistake {
    plain(Code::LinkHidden, format!("链接指向的“{}”{}，这里只显示文字", clip(target), hidden(why)))
}

/// A link with a scheme that is not allowed.
pub fn unsafe_link(target: &str) -> Mistake {
    hinted(
        Code::UnsafeLink,
        format!("不能链接到“{}”", clip(target)),
        "只用站内路径、https://、http://、tel: 或 mailto:",
    )
}

/// A picture or file that does not exist.
pub fn missing_file(path: &str, near: Option<&str>) -> Mistake {
    Mistake {
        code: Code::MissingFile,
        message: format!("找不到文件“{}”", clip(path)),
        hint: near_hint(near, Some("路径相对于写它的文件；以 / 开头时从 content 算起")),
    }
}

/// A file that is not read for its name, or that of its folder: programs leave hidden and temporary files behind.
pub fn ignored_file(path: &str, name: &str) -> Mistake {
    let name = clip(name);
    hinted(
        Code::MissingFile,
        format!("“{}”读不到：名字是“{name}”这样的，是隐藏的或软件留下的临时文件，不读也不发布", clip(path)),
        "文件要用的话，改个名字：开头不用 . 和 ~，末尾不用 ~",
    )
}

/// A file whose path, from `content/`, differs from the one written in upper and lower case.
pub fn wrong_case(path: &str, name: &str) -> Mistake {
    hinted(
        Code::MissingFile,
        format!("找不到文件“{}”", clip(path)),
        format!("那个文件是 {}，大小写要写得一样", clip(name)),
    )
}

/// A picture or file on another host, or on the editor's own computer.
pub fn outside_file(path: &str) -> Mistake {
    hinted(
        Code::BadPath,
        format!("“{}”不在 content 里", clip(path)),
        "先把文件复制到 content/pictures 或 content/files，再写路径，例如 /pictures/a.jpg",
    )
}

/// A picture that was pasted as its bytes.
pub fn pasted_picture() -> Mistake {
    hinted(
        Code::BadPath,
        "这里粘贴的是图片的数据，不是文件",
        "把图片存成文件，放进 content/pictures，再写 ![图里是什么](/pictures/a.jpg)",
    )
}

/// A path with backslashes; `right` is the path without.
pub fn backslash(path: &str, right: &str) -> Mistake {
    hinted(Code::BadPath, format!("“{}”用了反斜杠", clip(path)), format!("改用 /，写成 {}", clip(right)))
}

/// A path that leaves the content folder.
pub fn escaping_path(path: &str) -> Mistake {
    hinted(Code::EscapingPath, format!("“{}”在 content 外面", clip(path)), "把文件放进 content 里")
}

/// A picture without a description.
pub fn missing_alt() -> Mistake {
    hinted(
        Code::MissingAlt,
        "图片没有说明文字",
        "写成 ![图里是什么](图片.jpg)；只作装饰的，写成 ![](图片.jpg \"decorative\")",
    )
}

/// A picture title with an unknown part.
pub fn picture_title(part: &str) -> Mistake {
    hinted(
        Code::PictureTitle,
        format!("图片引号里的“{}”没有意义", clip(part)),
        "引号里写裁切时要保留的位置 \"focus: 60% 30%\"，或 \"decorative\"；图注写在下一段",
    )
}

/// HTML that is removed.
pub fn html_removed(what: &str) -> Mistake {
    let message = format!("不允许使用 {what}，发布时会去掉");
    let write = match what {
        "<img>" => "图片写成 ![图里是什么](/pictures/a.jpg)",
        "<a>" => "链接写成 [文字](网址)",
        "<video>" | "<iframe>" => "影片写成 ::: video file=/files/a.mp4，别的网站的写成链接",
        "<font>" | "<center>" | "<u>" | "<big>" => "要突出就写 **文字**；颜色、字号和居中由门户统一",
        _ if what.starts_with(|c: char| c.is_ascii_alphabetic()) => "删掉它；样子由门户统一",
        _ => return plain(Code::HtmlRemoved, message),
    };
    hinted(Code::HtmlRemoved, message, write)
}

/// A first-level heading in a body.
pub fn top_heading() -> Mistake {
    hinted(Code::TopHeading, "正文里用了一级标题", "从 ## 开始")
}

/// An unknown block.
pub fn unknown_block(name: &str, near: Option<&str>) -> Mistake {
    Mistake {
        code: Code::UnknownBlock,
        message: format!("没有“{}”这种内容块", clip(name)),
        hint: near_hint(near, Some("可用：gallery、note、video、contact")),
    }
}

/// An attribute that a block does not have.
pub fn block_attribute(block: &str, attribute: &str) -> Mistake {
    plain(Code::BlockAttribute, format!("内容块 {block} 没有属性“{}”", clip(attribute)))
}

/// An attribute that a block needs.
pub fn block_needs(block: &str, attribute: &str) -> Mistake {
    hinted(
        Code::BlockAttribute,
        format!("内容块 {block} 缺少属性“{attribute}”"),
        format!("写成 ::: {block} {attribute}=…"),
    )
}

/// A file in a video block that is no film.
pub fn block_film(extension: &str) -> Mistake {
    hinted(
        Code::BlockAttribute,
        format!("内容块 video 的 file 要写影片，.{extension} 不是影片"),
        "影片存成 .mp4 或 .webm；要给人下载的文件，写成链接 [名称](文件)",
    )
}

/// A heading whose `count` signs are not followed by a space.
pub fn heading_space(count: usize, text: &str) -> Mistake {
    let write = format!("{} {text}", "#".repeat(count));
    hinted(Code::UnreadMark, "标题的 # 后面少了一个半角空格", format!("写成“{}”", clip(&write)))
}

/// More signs of a heading than there are levels.
pub fn heading_depth(text: &str) -> Mistake {
    let write = format!("###### {text}");
    hinted(Code::UnreadMark, "标题最多写六个 #，多了就不是标题", format!("写成“{}”", clip(&write)))
}

/// A heading without text.
pub fn empty_heading() -> Mistake {
    hinted(Code::UnreadMark, "这个标题没有文字", "写上文字，或者删掉这一行")
}

/// Text that is a heading because of the line below it.
pub fn underlined(text: &str) -> Mistake {
    let write = format!("## {text}");
    hinted(
        Code::DoubtfulMark,
        "下面紧跟着一行减号或等号，这段文字会变成标题",
        format!("要标题就写成“{}”；要分隔线，在它前面空一行", clip(&write)),
    )
}

/// Code that goes on to the end of the text.
pub fn open_fence() -> Mistake {
    hinted(
        Code::UnreadMark,
        "代码缺少结尾的一行 ```，从这里起都会显示成代码",
        "在代码后面单独加一行 ```；不是代码就删掉这一行",
    )
}

/// A line that defines the address of a link which nothing uses, so that it is not shown.
pub fn unused_definition() -> Mistake {
    hinted(
        Code::UnreadMark,
        "这一行会被当作链接的地址，不会显示出来",
        "要显示，在 [ 前面加一个反斜杠 \\；要做链接，写成“[文字](网址)”",
    )
}

/// Cells of a row for which the table has no column.
pub fn extra_cells(count: usize) -> Mistake {
    hinted(
        Code::UnreadMark,
        format!("这一行比表头多出 {count} 格，多出的不会显示"),
        "给表头补上一列，或者删掉多出的格；文字里的竖线写成 \\|",
    )
}

/// A link without text, which nobody sees.
pub fn unseen_link() -> Mistake {
    hinted(Code::UnreadMark, "这个链接没有文字，页面上看不见", "在方括号里写上文字")
}

/// A mark of full-width characters.
pub fn wide_mark(mark: &str, write: &str) -> Mistake {
    hinted(Code::UnreadMark, format!("记号“{mark}”没有生效"), format!("用半角符号，写成“{}”", clip(write)))
}

/// A link, a picture or a reference that stayed text; `write` is how it is written.
pub fn unread_link(write: &str) -> Mistake {
    hinted(Code::UnreadMark, "这个链接或图片没有生效", format!("写成“{}”，括号都用半角，中间不留空", clip(write)))
}

/// A reference to a footnote that does not exist; `label` begins with `^`.
pub fn missing_footnote(label: &str) -> Mistake {
    hinted(Code::UnreadMark, format!("没有注“[{label}]”的内容"), format!("另起一段写“[{label}]: 注的内容”"))
}

/// A reference to a link that is not defined.
pub fn missing_reference(label: &str) -> Mistake {
    hinted(Code::UnreadMark, format!("没有写“[{label}]”指向哪里"), "写成“[文字](网址)”")
}

/// A paragraph that is shown as code because of its `indent`; so are `more` behind it.
pub fn indented_text(indent: &str, more: usize) -> Mistake {
    let what = if indent.contains('\t') { "制表符（Tab）" } else { "四个以上的空格" };
    let also = if more > 0 { format!("；后面还有 {more} 段也是这样") } else { String::new() };
    hinted(
        Code::UnreadMark,
        format!("这一段前面有{what}，会显示成代码{also}"),
        "删掉行首的空白；真是代码，就用 ``` 包起来",
    )
}

/// Paragraphs into which the lines of one were torn, `count` in all.
pub fn torn_paragraphs(count: usize) -> Mistake {
    hinted(
        Code::DoubtfulMark,
        format!("一段话像是被空行断开了，这样的地方有 {count} 处"),
        "从 PDF 等处粘贴来的，把断开的几行接成一段：删掉中间的空行",
    )
}

/// Lines of a table that is none.
pub fn no_table() -> Mistake {
    hinted(Code::UnreadMark, "这一行像表格，但表格没有成立", "表头下面要有一行“| --- | --- |”，每行的格数相同")
}

/// An item of a list without a space after its mark.
pub fn list_space(write: &str) -> Mistake {
    hinted(Code::DoubtfulMark, "像是清单的一项，但记号后面少了一个半角空格", format!("写成“{}”", clip(write)))
}

/// A line that the page shows in one paragraph with the line above it.
pub fn run_together() -> Mistake {
    hinted(Code::DoubtfulMark, "这一行会和上一行连成一段", "两行之间空一行；要做编号的清单，每行写成“1. 文字”")
}

/// The same of a line that has no number; `write` is the line as an item of a list.
pub fn run_on(write: &str) -> Mistake {
    let write = clip(write);
    hinted(
        Code::DoubtfulMark,
        "这一行会和上一行连成一段",
        format!("两行之间空一行；要做清单，每行写成“{write}”；只换行，在上一行末尾加一个反斜杠 \\"),
    )
}

/// The same of a line that only has to begin anew.
pub fn run_into() -> Mistake {
    hinted(Code::DoubtfulMark, "这一行会和上一行连成一段", "两行之间空一行；只换行，在上一行末尾加一个反斜杠 \\")
}

/// An item of a list before which another number is shown than the one written; `text` is the item.
pub fn counted_otherwise(written: u64, shown: u64, text: &str) -> Mistake {
    let keep = format!("{written}、{text}");
    hinted(
        Code::DoubtfulMark,
        format!("清单会重新编号：这里写的是 {written}，页面上是 {shown}"),
        format!("改成 {shown}；要照原来的号，写成“{}”，每项之间空一行", clip(&keep)),
    )
}

/// A rule with text behind it, which is no rule; `text` is that text.
pub fn rule_with_text(mark: &str, text: &str) -> Mistake {
    let write = if mark.starts_with('*') { format!("**{text}**") } else { format!("## {text}") };
    hinted(
        Code::DoubtfulMark,
        format!("“{mark}”没有生效，会原样显示"),
        format!("写成“{}”；要分隔线，单独占一行，前后各空一行", clip(&write)),
    )
}

/// A formula of another program.
pub fn formula(written: &str) -> Mistake {
    hinted(Code::DoubtfulMark, foreign(written), "用文字写，右上角的数写成 x<sup>2</sup>；复杂的公式做成图片")
}

/// The sign that programs write for the end of a line.
pub fn written_break() -> Mistake {
    hinted(Code::DoubtfulMark, "“\\n”不会换行，会原样显示", "删掉它，另起一行写；要分段，中间空一行")
}

/// A raised or lowered sign of another program; `write` is how it takes.
pub fn lifted(written: &str, write: &str) -> Mistake {
    hinted(Code::DoubtfulMark, foreign(written), format!("写成“{write}”"))
}

/// What a program for talking wrote for what it could not copy.
pub fn pasted_sign(written: &str) -> Mistake {
    hinted(
        Code::DoubtfulMark,
        format!("“{written}”像是从聊天里粘贴来的，图没有跟过来"),
        "图片放进 content/pictures，写成 ![图里是什么](/pictures/a.jpg)；表情直接输入，不用就删掉",
    )
}

/// A mark behind full-width spaces; `write` is the line without them.
pub fn indented_mark(write: &str) -> Mistake {
    hinted(
        Code::UnreadMark,
        "行首有全角空格或不换行空格，后面的记号没有生效",
        format!("删掉这些空格，写成“{}”", clip(write)),
    )
}

/// The line below the head of a table, with signs that do not make one.
pub fn table_rule(write: &str) -> Mistake {
    hinted(Code::UnreadMark, "表头下面的这一行没有生效", format!("用半角的减号和竖线，写成“{}”", clip(write)))
}

/// A footnote whose sign did not take.
pub fn unread_footnote(label: &str, note: &str) -> Mistake {
    let write = format!("[{label}]: {note}");
    hinted(Code::UnreadMark, "注的写法没有生效", format!("用半角冒号，后面空一格，写成“{}”", clip(&write)))
}

/// A place for a table of contents of another program.
pub fn contents_mark(mark: &str) -> Mistake {
    hinted(Code::DoubtfulMark, foreign(mark), "删掉这一行；标题多的页面，门户自己列出目录")
}

/// A note as other programs write it.
pub fn alert_mark(mark: &str) -> Mistake {
    hinted(Code::DoubtfulMark, foreign(mark), "提示写成“::: note 提示”，内容另起一行，最后一行写 :::")
}

/// A highlight of another program; `write` is how words are made bold.
pub fn bold_instead(mark: &str, write: &str) -> Mistake {
    hinted(Code::DoubtfulMark, foreign(mark), format!("要加粗就写成“{}”", clip(write)))
}

/// A link or a picture as other programs write it.
pub fn wiki_link(mark: &str, is_picture: bool) -> Mistake {
    let write = if is_picture { "写成“![图里是什么](路径)”" } else { "写成“[文字](路径)”" };
    hinted(Code::DoubtfulMark, foreign(mark), write)
}

/// A footnote inside the text, as other programs write it.
pub fn inline_footnote(note: &str) -> Mistake {
    let message = foreign(&format!("^[{note}]"));
    hinted(Code::DoubtfulMark, message, format!("这里写 [^1]，另起一段写“[^1]: {}”", clip(note)))
}

/// Attributes that other programs read.
pub fn attribute_mark(mark: &str) -> Mistake {
    hinted(Code::DoubtfulMark, foreign(mark), "删掉它；样子和标题的链接由门户统一")
}

/// The name of a small picture.
pub fn shortcode(name: &str) -> Mistake {
    hinted(Code::DoubtfulMark, foreign(name), "要用表情，直接输入表情符号；不用就删掉")
}

fn foreign(mark: &str) -> String {
    format!("“{}”是别的软件的记号，会原样显示", clip(mark))
}

/// Emphasis by lines below words, which the rules of Chinese do not read; `write` is how it takes.
pub fn low_lines(mark: &str, write: &str) -> Mistake {
    hinted(
        Code::DoubtfulMark,
        format!("“{}”没有生效，会原样显示", clip(mark)),
        format!("要加粗就用星号，写成“{}”；留空给人填写，用四个以上的下划线", clip(write)),
    )
}

/// The path of a file of the portal that stands in the text.
pub fn bare_path(path: &str, is_picture: bool) -> Mistake {
    let path = clip(path);
    let write = if is_picture { format!("![图里是什么]({path})") } else { format!("[文字]({path})") };
    hinted(Code::DoubtfulMark, format!("这里是站内文件的路径“{path}”，会原样显示"), format!("写成“{write}”"))
}

/// A bullet of a word processor.
pub fn list_bullet(write: &str) -> Mistake {
    hinted(Code::DoubtfulMark, "像是从文字处理软件粘贴来的清单", format!("写成“{}”", clip(write)))
}

/// Two marks without a partner.
pub fn loose_marks(mark: &str) -> Mistake {
    hinted(
        Code::DoubtfulMark,
        format!("“{mark}”没有成对，会原样显示"),
        format!("前后各写一个，紧贴文字：{mark}文字{mark}"),
    )
}

/// Two pairs of marks with spaces inside; `write` is how they take.
pub fn loose_span(write: &str) -> Mistake {
    hinted(Code::UnreadMark, "记号里面有空格，没有生效", format!("记号紧贴文字，写成“{}”", clip(write)))
}

/// Single stars around a phrase between other characters.
pub fn single_stars(phrase: &str) -> Mistake {
    hinted(Code::DoubtfulMark, "单个星号夹在文字中间，会原样显示", format!("要加粗就写“**{}**”", clip(phrase)))
}

/// An invisible or private character.
pub fn odd_character(c: char) -> Mistake {
    let number = format!("U+{:04X}", u32::from(c));
    hinted(Code::OddCharacter, format!("这里有一个看不见或显示不出的字符（{number}）"), "删掉这一处，重新输入")
}

/// Text that was read in a wrong encoding.
pub fn wrong_encoding() -> Mistake {
    let hint = "回到原来的文件，用记事本打开，另存为 UTF-8 编码，再重新粘贴";
    hinted(Code::OddCharacter, "这一段是乱码：文字曾被当成另一种编码打开", hint)
}

/// A day that the calendar does not have, in a text.
pub fn no_day_in_text(day: &str) -> Mistake {
    hinted(Code::OddDay, format!("日历上没有“{}”", clip(day)), "检查月份和日期")
}

/// A day with another day of the week than it has.
pub fn other_weekday(day: &str, weekday: Weekday) -> Mistake {
    hinted(Code::OddDay, format!("“{}”是{}", clip(day), weekday_word(weekday)), "改日期，或者改星期")
}

/// Words for what is still to be written.
pub fn unfinished(word: &str) -> Mistake {
    hinted(Code::Placeholder, format!("“{}”像是留着以后再写的", clip(word)), "写上内容，或者删掉这一句")
}

/// A link whose round bracket does not close.
pub fn unclosed_link(label: &str) -> Mistake {
    let hint = format!("在网址后面补上半角的“)”，写成“[{}](网址)”", clip(label));
    hinted(Code::UnreadMark, "这个链接少了右括号，没有生效", hint)
}

/// Content that a block cannot hold.
pub fn block_content(block: &str) -> Mistake {
    hinted(Code::BlockAttribute, format!("内容块 {block} 里只能放图片"), "每行一张：![说明](图片.jpg)")
}

/// A block that is not closed.
pub fn open_block(block: &str) -> Mistake {
    hinted(Code::OpenBlock, format!("内容块 {block} 缺少结尾的 :::"), "在它的最后加一行 :::")
}

/// A block end without a block.
pub fn stray_block_end() -> Mistake {
    hinted(Code::StrayBlockEnd, "这里没有可以结束的内容块", "删掉这一行 :::")
}
