//! The wording of every mistake: what is wrong, and what to write instead. All messages about content are here.

use std::fmt;

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::kind::FileKind;
use super::{Code, Mistake};
use crate::privacy::Sort;

fn plain(code: Code, message: impl Into<String>) -> Mistake {
    Mistake { code, message: message.into(), hint: None }
}

fn hinted(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Mistake {
    Mistake { code, message: message.into(), hint: Some(hint.into()) }
}

/// What a malformed value was probably meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Nothing that can be told.
    Nothing,
    /// A value.
    Value(String),
    /// A beginning and an end in one value.
    Pair(String, String),
    /// A month and a day, `09-01`, perhaps with a time: the year is missing.
    NoYear(String),
    /// A day: the time is missing.
    NoTime(String),
}

impl Meant {
    /// What to write. `mark` stands around each value; `keys` are the fields of beginning and end.
    fn hint(&self, mark: &str, keys: [&str; 2], otherwise: &str) -> String {
        let [start, end] = keys;
        match self {
            Self::Nothing => otherwise.to_owned(),
            Self::Value(value) => format!("请写 {mark}{value}{mark}"),
            Self::Pair(first, last) => {
                format!("开始和结束分开写：{start}: {mark}{first}{mark}，{end}: {mark}{last}{mark}")
            }
            Self::NoYear(rest) => format!("没有写年份：请写成 2026-{rest} 的样子，年份换成实际的"),
            Self::NoTime(day) => format!("还要写时刻，例如 {day} 09:00"),
        }
    }
}

/// The hint “did you mean `near`”, or `otherwise` if there is no near match.
fn near_hint(near: Option<&str>, otherwise: Option<&str>) -> Option<String> {
    near.map(|near| format!("是不是“{near}”？")).or_else(|| otherwise.map(str::to_owned))
}

/// Shortens quoted content, so that a message stays on one line.
fn clip(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 && line.len() == text.trim_end().len() {
        return line.to_owned();
    }
    line.chars().take(40).chain(['…']).collect()
}

// Labels of related places.

/// The first of two occurrences.
pub const FIRST_HERE: &str = "第一次写在这里";
/// A place that contains the same reference.
pub const REFERRED_HERE: &str = "这里也引用了它";
/// The other page or file with the same address.
pub const ALSO_HERE: &str = "这里要用同一个网址";
/// Another place that a mistake in a script involves.
pub const INVOLVED_HERE: &str = "和这里有关";

// Files.

/// A forbidden character in a text. It is shown as `sign`.
pub fn forbidden_character(c: char, sign: char) -> Mistake {
    hinted(
        Code::ForbiddenCharacter,
        format!("这里有一个看不见的字符 {}，网页和订阅里都不许有", named(c as u32)),
        format!("把光标移到这里（上面显示为 {sign}），连同前后各一个字删掉，再重新输入；多半是粘贴时带来的"),
    )
}

/// A text that stands for a forbidden character: an escape in YAML, or an entity in a body.
pub fn forbidden_escape(written: &str, code: u32) -> Mistake {
    let written = clip(written);
    hinted(
        Code::ForbiddenCharacter,
        format!("“{written}”表示字符 {}，网页和订阅里都不许有", named(code)),
        format!("删掉“{written}”"),
    )
}

/// A forbidden character in the name of a file.
pub fn forbidden_in_name(path: &str, c: char) -> Mistake {
    hinted(
        Code::ForbiddenCharacter,
        format!("文件名“{path}”里有一个看不见的字符 {}", named(c as u32)),
        "把文件改名，名字全部重新输入",
    )
}

/// Further forbidden characters in the same text.
pub fn more_forbidden(count: usize) -> Mistake {
    hinted(
        Code::ForbiddenCharacter,
        format!("从这里起还有 {count} 个看不见的字符，网页和订阅里都不许有"),
        "如果整个文件都是这样，它多半不是文字文件，或者存的时候选错了编码",
    )
}

/// A character that cannot be seen: its number, and its name where people may have met it.
fn named(code: u32) -> String {
    let name = match code {
        0x00 => "（空字符）",
        0x08 => "（退格）",
        0x09 => "（制表符）",
        0x0a | 0x0d => "（换行）",
        0x0b => "（垂直制表符）",
        0x0c => "（换页符）",
        0x1b => "（Esc）",
        0x7f => "（删除符）",
        _ => "",
    };
    format!("U+{code:04X}{name}")
}

/// A file that is not UTF-8; `guess` is the likely encoding.
pub fn not_utf8(guess: Option<&str>) -> Mistake {
    let hint = match guess {
        Some(guess) if guess.starts_with("UTF-16") => {
            "这个文件是 UTF-16 编码（记事本叫 Unicode），请另存为 UTF-8".to_owned()
        }
        Some(guess) => format!("这个文件看起来是 {guess} 编码，请另存为 UTF-8"),
        None => "请用编辑器另存为 UTF-8".to_owned(),
    };
    hinted(Code::NotUtf8, "文件不是 UTF-8 编码", hint)
}

/// A file of an office program under the name of a text.
pub fn not_text() -> Mistake {
    hinted(
        Code::NotUtf8,
        "这不是文字文件，像是办公软件的文件改了扩展名",
        "在原来的软件里复制文字，粘贴到新建的文字文件里，存为 UTF-8",
    )
}

/// A file above its size limit; both in KiB.
pub fn too_large(path: &str, kib: u64, limit_kib: u64) -> Mistake {
    hinted(
        Code::TooLarge,
        format!("{path} 有 {kib} KB，超过了 {limit_kib} KB 的限制"),
        "缩小或拆开；限制写在 site.yaml 的 limits 里",
    )
}

/// More files than allowed.
pub fn too_many(count: usize, limit: usize) -> Mistake {
    plain(Code::TooMany, format!("content 里有 {count} 个文件，超过了 {limit} 个的限制"))
}

/// Two files whose names are equal after NFC normalisation.
pub fn file_twice(path: &str) -> Mistake {
    hinted(Code::AddressTwice, format!("有两个文件的名字看起来都是 {path}"), "改掉其中一个的文件名")
}

/// A symbolic link.
pub fn symlink(path: &str) -> Mistake {
    hinted(Code::Symlink, format!("{path} 是快捷方式"), "请把真实的文件放进来")
}

/// A pipe, a socket or a device.
pub fn not_a_file(path: &str) -> Mistake {
    hinted(Code::NotAFile, format!("{path} 不是文件，是系统里的管道或设备，读不出内容"), "删掉它，或换成真实的文件")
}

/// Texts that are not as they were committed, of which this is the first.
pub fn uncommitted(first: &str, count: usize) -> Mistake {
    let which = if count == 1 { format!("{first} ") } else { format!("{first} 等 {count} 个文件") };
    hinted(
        Code::Uncommitted,
        format!("{which}改过，还没有提交"),
        "提交以后再用 --git 生成；现在日历里写的，是上一次提交的时间和次数",
    )
}

/// A marker of a merge conflict.
pub fn conflict_marker() -> Mistake {
    hinted(Code::ConflictMarker, "这里留着合并冲突的记号", "选好要留的文字，删掉 <<<<<<<、=======、>>>>>>> 三行")
}

/// A folder that belongs to no kind.
pub fn unknown_folder(folder: &str, near: Option<&str>) -> Mistake {
    Mistake {
        code: Code::UnknownFolder,
        message: format!("content/{folder} 不是任何一种内容的文件夹"),
        hint: near_hint(near, Some("文件夹名见 content/README.md")),
    }
}

/// A file that nothing uses; `entry` tells whether it looks like the text of an entry.
pub fn unused_file(path: &str, entry: bool) -> Mistake {
    let message = format!("没有内容用到 {path}，它不会发布");
    if entry {
        return hinted(Code::UnusedFile, message, "若它是一项内容，把文字写进一个 .md 文件，存为 UTF-8");
    }
    plain(Code::UnusedFile, message)
}

/// A file of content with an extension that is not read; `ending` is the right one.
pub fn wrong_extension(name: &str, ending: &str) -> Mistake {
    let stem = name.split('.').next().unwrap_or(name);
    hinted(
        Code::BadFileName,
        format!("文件“{}”的扩展名不对，里面的内容读不到", clip(name)),
        format!("扩展名改成 {ending}：{stem}{ending}"),
    )
}

/// A Markdown file whose stem is not an id.
pub fn bad_file_name(stem: &str, proposal: Option<&str>) -> Mistake {
    Mistake {
        code: Code::BadFileName,
        message: format!("文件名“{}”不能作编号", clip(stem)),
        hint: Some(
            proposal.map_or_else(
                || "只用小写字母、数字和连字符".to_owned(),
                |proposal| format!("可以改名为 {proposal}.md"),
            ),
        ),
    }
}

// YAML.

/// YAML that cannot be parsed.
pub fn yaml_syntax() -> Mistake {
    hinted(Code::YamlSyntax, "这里的写法读不懂", "检查冒号后的空格、成对的引号和对齐的缩进")
}

/// The hint to write `line`, if it is known.
fn write(line: &str, otherwise: &str) -> String {
    if line.is_empty() { otherwise.to_owned() } else { format!("写成 {}", whole(line)) }
}

/// A line to write; only a very long one is shortened.
fn whole(line: &str) -> String {
    if line.chars().count() <= 200 { line.to_owned() } else { clip(line) }
}

/// An unclosed quotation mark; `line` is what to write, if it is known.
pub fn yaml_quote(line: &str) -> Mistake {
    hinted(Code::YamlSyntax, "引号没有成对", write(line, "在这一行补上另一个引号"))
}

/// A quotation mark of a word processor at the end of what begins with an ASCII one.
pub fn yaml_wide_quote(line: &str) -> Mistake {
    hinted(Code::YamlSyntax, "引号一头是半角，一头是中文引号", write(line, "两头都用半角引号"))
}

/// A backslash in double quotes.
pub fn yaml_backslash(line: &str) -> Mistake {
    hinted(Code::YamlSyntax, "双引号里的反斜杠“\\”读不懂", write(line, "换成单引号"))
}

/// A sign that means something in YAML, in the text of a field; `line` is what to write.
pub fn yaml_sign(key: &str, sign: &str, line: &str) -> Mistake {
    let what = match key {
        "title" => "标题里".to_owned(),
        "" => "这段文字里".to_owned(),
        key => format!("“{key}”的文字里"),
    };
    let quotes = if line.ends_with('\'') { "放进单引号" } else { "放进双引号" };
    hinted(Code::YamlSyntax, format!("{what}有 YAML 的符号“{sign}”"), format!("{quotes}，写成 {}", whole(line)))
}

/// A sign that means something in YAML, in a field that holds no text.
pub fn yaml_stray_sign(key: &str, sign: &str) -> Mistake {
    hinted(Code::YamlSyntax, format!("“{key}”的值里有 YAML 的符号“{sign}”"), format!("去掉“{sign}”"))
}

/// An item of a list without the space behind its dash; `write` is the line as it is meant.
pub fn yaml_item(write: &str) -> Mistake {
    hinted(Code::NotAList, "减号后面少了空格", format!("写成 {}", clip(write)))
}

/// Full-width braces around fields.
pub fn wide_braces() -> Mistake {
    hinted(Code::FullWidthColon, "花括号用了全角符号", "换成半角的 { }")
}

/// A dash of a list without the space behind it.
pub fn yaml_dash() -> Mistake {
    hinted(Code::NotAList, "减号后面少了空格", "写成“- id: 编号”，减号后面空一格")
}

/// A second field on the line of another.
pub fn yaml_two_fields(name: &str) -> Mistake {
    hinted(Code::YamlSyntax, "一行里写了两个字段", format!("“{}”另起一行写", clip(name)))
}

/// A mistake in a text that a feature of YAML came from.
pub fn as_feature(mistake: Mistake, mark: &str) -> Mistake {
    match mark {
        "---" | "<<" => yaml_feature(mark),
        _ => Mistake { code: Code::YamlFeature, ..mistake },
    }
}

/// An invisible character, which YAML parsers interpret differently.
pub fn yaml_invisible() -> Mistake {
    hinted(Code::YamlSyntax, "这里有一个看不见的字符", "删掉这一处，重新输入；多半是从别处粘贴时带来的")
}

/// An unclosed bracket; `line` is what to write, if it is known.
pub fn yaml_bracket(open: char, line: &str) -> Mistake {
    let close = if open == '[' { ']' } else { '}' };
    let otherwise = format!("在它的最后补上 {close}");
    hinted(Code::YamlSyntax, format!("括号 {open} 没有成对"), write(line, &otherwise))
}

/// A line whose indentation matches no level.
pub fn yaml_indent() -> Mistake {
    hinted(Code::YamlSyntax, "这一行的缩进没有对齐", "同一层的字段要从同一列开始")
}

/// A key without a colon and a space; `line` is what to write.
pub fn yaml_colon(line: &str) -> Mistake {
    hinted(Code::YamlSyntax, "字段名后面少了冒号和空格", write(line, "写成“字段: 值”"))
}

/// A full-width colon after a key.
pub fn full_width_colon(key: &str) -> Mistake {
    hinted(Code::FullWidthColon, "字段名后面用了中文冒号“：”", format!("写成“{}: ”，半角冒号加一个空格", clip(key)))
}

/// A front matter fence of dashes that are not ASCII.
pub fn full_width_fence() -> Mistake {
    hinted(Code::FullWidthFence, "分隔线用了破折号", "写成三个半角减号 ---")
}

/// A tab in the indentation.
pub fn tab_indent() -> Mistake {
    hinted(Code::TabIndent, "缩进里有制表符（Tab）", "换成两个空格")
}

/// Nesting deeper than `limit` levels.
pub fn too_deep(limit: usize) -> Mistake {
    plain(Code::TooDeep, format!("写得太深了：最多 {limit} 层"))
}

/// A YAML feature that content must not use.
pub fn yaml_feature(mark: &str) -> Mistake {
    if mark == "---" {
        return hinted(Code::YamlFeature, "一个文件里只能有一份内容", "删掉中间的 ---");
    }
    hinted(Code::YamlFeature, format!("不使用 YAML 的“{mark}”写法"), "把内容直接写出来；若只是文字，请加双引号")
}

/// No front matter at all.
pub fn no_front_matter() -> Mistake {
    hinted(Code::NoFrontMatter, "文件开头没有写标题等信息", "第一行写 ---，接着写 title: 标题，再写一行 ---")
}

/// A line that was meant to begin the front matter: with other signs or spaces, or not the first one.
pub fn near_front_matter(is_first: bool) -> Mistake {
    let hint =
        if is_first { "写成三个半角减号 ---，前面不留空格" } else { "删掉 --- 前面的空行" };
    hinted(Code::NoFrontMatter, "开头信息要从第一行的 --- 开始", hint)
}

/// Front matter that is not closed.
pub fn open_front_matter() -> Mistake {
    hinted(Code::OpenFrontMatter, "开头信息缺少结尾的 ---", "在正文前面加一行 ---")
}

/// A list file that is not a list of records.
pub fn not_a_list() -> Mistake {
    hinted(Code::NotAList, "清单文件要一条一条地写", "每条记录以“- id: 编号”开头")
}

/// A line that parts two documents of YAML in the file of a list.
pub fn second_list(line: &str) -> Mistake {
    hinted(Code::NotAList, "一个文件只写一张清单", format!("删掉这一行 {line}"))
}

/// A row of the synonyms that is no list of words, or has too few or too many.
pub fn synonym_row() -> Mistake {
    hinted(Code::BadSynonym, "这里要写一组意思相同的词", "写成 - [毛笔字, 书法]，每组两个到十二个词")
}

/// A synonym that is too short, too long or has spaces.
pub fn synonym_length(word: &str, most: usize) -> Mistake {
    hinted(Code::BadSynonym, format!("“{word}”不能作同义词"), format!("词要有两个到 {most} 个字，中间没有空格"))
}

/// A synonym that stands in the table already; `group` is the first word of its group there.
pub fn synonym_twice(word: &str, group: &str) -> Mistake {
    hinted(Code::SynonymTwice, format!("“{word}”已经在“{group}”那一组里了"), "意思相同的并成一组，不同的删掉一处")
}

/// More groups of synonyms than allowed.
pub fn many_synonyms(count: usize, limit: usize) -> Mistake {
    plain(Code::ManySynonyms, format!("synonyms.yaml 有 {count} 组，超过了 {limit} 组的限制"))
}

/// A value that should be fields.
pub fn not_a_map() -> Mistake {
    hinted(Code::NotAMap, "这里应当写字段", "写成“字段: 值”，每行一个")
}

/// An unknown field.
pub fn unknown_key(key: &str, near: Option<&str>, known: &[&str]) -> Mistake {
    let all = match known.len() {
        ..=8 => format!("这里可以写：{}", known.join("、")),
        _ => "能写的字段见 content/README.md".to_owned(),
    };
    Mistake {
        code: Code::UnknownKey,
        message: format!("没有“{}”这个字段", clip(key)),
        hint: near_hint(near, Some(&all)),
    }
}

/// A field written twice.
pub fn duplicate_key(key: &str) -> Mistake {
    hinted(Code::DuplicateKey, format!("字段“{}”写了两次", clip(key)), "只留一个")
}

/// Evidence that names neither a duty nor an indicator.
pub fn evidence_of_nothing() -> Mistake {
    hinted(Code::MissingField, "台账材料没有写它证明什么", "加上 duties 或 indicators，写职责或指标的编号")
}

/// Evidence that is said to be there, without anything that could be looked at.
pub fn evidence_without_proof() -> Mistake {
    let hint = "写 file、document、page、url 或 kept（存放在哪里）中的一样；还没有材料就写 state: owed";
    hinted(Code::MissingField, "材料写着已归档或已报送，却没有写它在哪里", hint)
}

/// A file of the ledger whose hash is not the one that was written.
pub fn changed_file(name: &str, now: &str) -> Mistake {
    hinted(
        Code::ChangedFile,
        format!("文件“{name}”和登记时不一样了"),
        format!("核对以后，是这个文件就写 sha256: {now}"),
    )
}

/// A file of the ledger without a hash.
pub fn unsealed_file(name: &str, now: &str) -> Mistake {
    hinted(Code::UnsealedFile, format!("文件“{name}”没有登记 sha256"), format!("加上 sha256: {now}"))
}

/// A public notice that begins before applications end.
pub fn notice_before_applications_end() -> Mistake {
    hinted(Code::EndBeforeStart, "申报还没有结束，公示就开始了", "检查申报和公示的日期")
}

/// A list that is announced while one can still object.
pub fn announced_before_notice_ends() -> Mistake {
    hinted(Code::EndBeforeStart, "公示还没有结束，名单就公布了", "公布的日期要晚于公示的最后一天")
}

/// An entry of another kind than what is selected.
pub fn other_selection(label: &str, folder: &str) -> Mistake {
    hinted(Code::BadMixedRef, format!("评的是{label}，这里写的是别的"), format!("写成 {folder}/编号"))
}

/// Somebody who is proposed and was a star before.
pub fn earlier_winner(name: &str) -> Mistake {
    hinted(
        Code::EarlierWinner,
        format!("“{name}”已经是百姓学习之星，不能再评"),
        "从名单里去掉；只是同名的，写 namesake: true",
    )
}

/// A missing required field; `title` explains it.
pub fn missing_field(key: &str, title: &str) -> Mistake {
    let about = if title.is_empty() { String::new() } else { format!("（{title}）") };
    hinted(Code::MissingField, format!("缺少字段“{key}”{about}"), format!("加上 {key}: …"))
}

/// The types that a schema can require.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Bool,
    /// A list.
    List,
    /// Fields.
    Map,
}

/// A value of another type than the schema asks for.
pub fn wrong_type(expected: Expected, written: &str) -> Mistake {
    let (message, hint) = match expected {
        Expected::Text => ("这里要写文字", format!("给它加上双引号：\"{}\"", clip(written))),
        Expected::Number => ("这里要写数字", "只写半角数字，例如 12 或 0.5".to_owned()),
        Expected::Whole => ("这里要写整数", "只写半角数字，例如 12".to_owned()),
        Expected::Bool => ("这里只能写 true（是）或 false（否）", "写 true 或 false，不加引号".to_owned()),
        Expected::List => ("这里要写清单", "每项一行，以“- ”开头；或写成 [甲, 乙]".to_owned()),
        Expected::Map => ("这里要写字段", "写成“字段: 值”，每行一个，缩进两格".to_owned()),
    };
    hinted(Code::WrongType, message, hint)
}

/// A number with something else; `number` is the number in it.
pub fn not_whole(number: &str) -> Mistake {
    hinted(Code::WrongType, "这里要写整数", format!("只写数字：{number}"))
}

/// A word instead of `true` or `false`.
pub fn not_a_truth(written: &str, meant: bool) -> Mistake {
    let hint = format!("“{}”请写 {meant}，不加引号", clip(written));
    hinted(Code::WrongType, "这里只能写 true（是）或 false（否）", hint)
}

/// A field left empty.
pub fn empty_value(key: &str) -> Mistake {
    let what = if key.is_empty() { "这里".to_owned() } else { format!("字段“{}”", clip(key)) };
    hinted(Code::WrongType, format!("{what}没有写值"), "写上值，或者删掉这一行")
}

/// A text where a list is required; `items` are its parts as the list should have them.
pub fn text_for_list(key: &str, items: &[String]) -> Mistake {
    if items.is_empty() || items.iter().any(|item| item.chars().count() > 40) || items.len() > 12 {
        return wrong_type(Expected::List, "");
    }
    hinted(Code::WrongType, "这里要写清单", format!("写成 {key}: [{}]", items.join(", ")))
}

/// A text where fields are required; `line` is what to write.
pub fn text_for_fields(line: &str) -> Mistake {
    hinted(Code::NotAMap, "这里应当写字段", format!("写成 {line}"))
}

/// A target in words that nobody can turn into fields.
pub fn target_as_text() -> Mistake {
    let line = "target: {comparator: at-least, value: 70, measure: percent}";
    hinted(Code::NotAMap, "这里应当写字段", format!("分开写比较方式、数值和单位，例如 {line}"))
}

/// A list or fields where a text is required, as written on one line; `line` is what to write.
pub fn structure_for_text(line: Option<&str>) -> Mistake {
    let hint = match line {
        Some(line) => format!("放进引号，写成 {line}"),
        None => "只写一段文字；有冒号或方括号时放进双引号".to_owned(),
    };
    hinted(Code::WrongType, "这里要写文字", hint)
}

/// A list where a single value is required; `line` is what to write.
pub fn list_for_one(line: &str) -> Mistake {
    hinted(Code::WrongType, "这里只能写一个", format!("不加方括号，写成 {line}"))
}

/// A full-width comma between fields.
pub fn wide_comma() -> Mistake {
    hinted(Code::FullWidthColon, "字段之间用了中文逗号", "换成半角逗号加一个空格")
}

/// A text of which YAML takes the end for a comment; `line` is what to write.
pub fn text_cut(line: &str) -> Mistake {
    hinted(
        Code::TextCut,
        "“#”和后面的字会被当作说明，不会发布",
        format!("放进引号，写成 {line}；若真是说明，# 后面空一格"),
    )
}

/// Quotation marks of a word processor around a value; `line` is what to write, `shown` what keeps the marks.
pub fn wide_quotes(line: &str, shown: Option<&str>) -> Mistake {
    let more = shown.map_or_else(String::new, |shown| format!("；引号也要显示的，写成 {shown}"));
    hinted(Code::FullWidthQuotes, "值的两头是中文引号，会原样显示", format!("写成 {line}{more}"))
}

/// A word that is not one of the choices, each with its meaning; `meant` are the words meant.
pub fn not_a_choice(word: &str, choices: &[(&str, Option<&str>)], meant: &[&str], near: Option<&str>) -> Mistake {
    let shown = choices.iter().map(|(word, meaning)| meaning.map_or((*word).to_owned(), |m| format!("{word} {m}")));
    let shown = shown.collect::<Vec<_>>().join("、");
    let hint = match (meant, near) {
        ([one], _) => format!("“{}”写作 {one}；可选：{shown}", clip(word)),
        ([_, ..], _) => format!("分开写：[{}]；可选：{shown}", meant.join(", ")),
        ([], Some(near)) => format!("是不是“{near}”？可选：{shown}"),
        ([], None) => format!("可选：{shown}"),
    };
    hinted(Code::NotAChoice, format!("“{}”不在可选的词里", clip(word)), hint)
}

/// A field that belongs inside another; `name` is its name.
pub fn misplaced_key(key: &str, name: &str, inside: &str) -> Mistake {
    hinted(Code::UnknownKey, format!("这里没有“{}”这个字段", clip(key)), format!("“{name}”要写在 {inside} 里面"))
}

/// A number in quotes.
pub fn quoted_number(key: &str, number: &str) -> Mistake {
    hinted(Code::BadNumber, "数字不能加引号", format!("写成 {key}: {number}"))
}

/// Full-width or other foreign spaces where YAML needs ordinary ones.
pub fn wide_space() -> Mistake {
    hinted(Code::FullWidthSpace, "缩进里有全角空格", "换成半角空格")
}

/// A text that is not an id.
pub fn bad_id(text: &str, proposal: Option<&str>) -> Mistake {
    if text.contains(['，', '、']) {
        return hinted(Code::BadId, format!("“{}”不能作编号", clip(text)), "几个编号之间用半角逗号分开");
    }
    hinted(
        Code::BadId,
        format!("“{}”不能作编号", clip(text)),
        proposal.map_or_else(|| "只用小写字母、数字和连字符".to_owned(), |proposal| format!("可以写 {proposal}")),
    )
}

/// A reserved id.
pub fn reserved_id(text: &str) -> Mistake {
    hinted(Code::ReservedId, format!("编号“{text}”系统已占用，请换一个"), "Markdown 文件改文件名，清单里改 id")
}

/// A text that is not `kind/id`.
pub fn bad_mixed_ref(text: &str) -> Mistake {
    hinted(Code::BadMixedRef, format!("“{}”不是“类别/编号”", clip(text)), "例如 courses/taiji")
}

/// Whether a text begins with a quotation mark of a word processor.
fn is_wide_quoted(text: &str) -> bool {
    text.starts_with(['“', '”', '‘', '’', '＂'])
}

/// A text that is not a date.
pub fn bad_date(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["from", "to"], "写成 2026-11-09 的样子");
    let hint = if is_wide_quoted(text) { format!("{hint}，不用加引号") } else { hint };
    hinted(Code::BadDate, format!("“{}”不是日期", clip(text)), hint)
}

/// A date that does not exist.
pub fn no_such_day(text: &str) -> Mistake {
    hinted(Code::NoSuchDay, format!("日历上没有“{}”", clip(text)), "检查月份和日期")
}

/// A text that is not a time of day.
pub fn bad_time(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("\"", ["start", "end"], "写成 \"09:00\" 的样子，用半角冒号和半角引号");
    let hint = if is_wide_quoted(text) { format!("{hint}，用半角引号") } else { hint };
    hinted(Code::BadTime, format!("“{}”不是时间", clip(text)), hint)
}

/// A day with a text that is not a time of day.
pub fn bad_time_of_day(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["start", "end"], "写成 2026-11-09 09:00 的样子，用半角冒号");
    hinted(Code::BadTime, format!("“{}”不是时间", clip(text)), hint)
}

/// A text that is not a day and a time.
pub fn bad_moment(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["start", "end"], "写成 2026-11-09 09:00 的样子");
    hinted(Code::BadMoment, format!("“{}”不是日期加时间", clip(text)), hint)
}

/// A text that is not a period.
pub fn bad_span(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["from", "to"], "写成 2026、2026-H1、2026-03 或 2026-03-15");
    hinted(Code::BadSpan, format!("“{}”不是时段", clip(text)), hint)
}

/// A text that is not a number; `number` is the number in it.
pub fn bad_number(text: &str, number: Option<&str>) -> Mistake {
    let hint = number.map_or_else(|| "只写半角数字，例如 12 或 0.5".to_owned(), |number| format!("只写数字：{number}"));
    hinted(Code::BadNumber, format!("“{}”不是数字", clip(text)), hint)
}

/// Cells of a spreadsheet in a text; `row` is the first row as that of a table with so many `columns`.
pub fn pasted_cells(row: &str, columns: usize) -> Mistake {
    let rule = "| --- ".repeat(columns.min(20));
    let hint = format!("做成表格：这一行写“{}”，下一行写“{rule}|”", clip(row));
    hinted(Code::DoubtfulMark, "像是从表格程序粘贴来的，在页面上会连成一段", hint)
}

/// A number in a notation of programs or spreadsheets; `value` is what it would be read as.
pub fn unusual_number(text: &str, value: &str) -> Mistake {
    hinted(
        Code::BadNumber,
        format!("“{}”会被读成 {value}", clip(text)),
        format!("用普通的数字写：{value}；意思不是 {value} 的，写成要写的数"),
    )
}

/// Words in a fee; `amount` is the fee, `note` the field for words if there is one.
pub fn fee_in_words(text: &str, key: &str, amount: &str, note: Option<&str>) -> Mistake {
    let rest = note.map_or_else(|| "，其余写进正文".to_owned(), |note| format!("，其余写进 {note}"));
    let hint = match amount {
        "0" => format!("免费写 0{rest}：{key}: 0"),
        amount => format!("只写数字{rest}：{key}: {amount}"),
    };
    hinted(Code::BadNumber, format!("“{}”不是数字", clip(text)), hint)
}

/// A value outside the schema's bounds.
pub fn out_of_range(least: Option<i64>, most: Option<i64>) -> Mistake {
    let message = match (least, most) {
        (Some(least), Some(most)) => format!("这里只能写 {least} 到 {most}"),
        (Some(least), None) => format!("这里不能小于 {least}"),
        (None, Some(most)) => format!("这里不能大于 {most}"),
        (None, None) => "数值超出了范围".to_owned(),
    };
    plain(Code::OutOfRange, message)
}

/// More places left than there are.
pub fn more_left_than_places(left: u32, capacity: u32) -> Mistake {
    hinted(
        Code::OutOfRange,
        format!("一共 {capacity} 个名额，不会还剩 {left} 个"),
        "改 places 的 left，或者改 capacity",
    )
}

/// Days of holidays that are listed in one warning.
const HOLIDAYS_LISTED: usize = 12;

/// Sessions of a class run on holidays: the day of each, and the holiday's name.
pub fn class_on_holiday(days: &[(String, &str)], is_weekly: bool) -> Mistake {
    let shown = &days[..days.len().min(HOLIDAYS_LISTED)];
    let more = if shown.len() < days.len() { "等" } else { "" };
    let told: Vec<String> = shown.iter().map(|(day, title)| format!("{day}（{}）", clip(title))).collect();
    let only: Vec<&str> = shown.iter().map(|(day, _)| day.as_str()).collect();
    hinted(
        Code::OnHoliday,
        format!("这个班有 {} 次课在放假的日子：{}{more}", days.len(), told.join("、")),
        if is_weekly {
            format!("把这几天也写进 except，如 except: [{}]；补课或照常上课的，写进 extra", only.join(", "))
        } else {
            "改到别的日子；假期里照常上的，改用 weekly，写进 extra".to_owned()
        },
    )
}

/// A holiday in the table of another year.
pub fn holiday_of_another_year(year: i16) -> Mistake {
    hinted(Code::OutOfRange, format!("这个节日不在 {year} 年"), "检查日期；别的年份另写一条")
}

/// Places that were counted `weeks` weeks ago.
pub fn old_count(day: &str, weeks: i32) -> Mistake {
    hinted(
        Code::OldCount,
        format!("剩余名额是 {day} 数的，已经过了 {weeks} 周"),
        "重新数一次，改 places 的 left 和 on；不再数的，删掉 places",
    )
}

/// A number below zero that counts something.
pub fn negative() -> Mistake {
    hinted(Code::OutOfRange, "这里不能是负数", "去掉减号，或者删掉这一行")
}

/// A number of zero where it says nothing.
pub fn counts_none() -> Mistake {
    hinted(Code::OutOfRange, "这里不能是 0", "写 1 或更大的数，或者删掉这一行")
}

/// A class of units that contains itself.
pub fn class_in_itself(id: &str) -> Mistake {
    hinted(Code::Cycle, format!("“{}”这一类单位又包括了它自己", clip(id)), "从 members 里去掉绕回来的那一个")
}

/// How often something comes again that is no recurring task.
pub fn only_recurring() -> Mistake {
    hinted(Code::OutOfRange, "只有 sort: recurring 才写 every", "把 sort 改成 recurring，或者删掉 every")
}

/// What is handed in for the year that follows, without a task that comes every year.
pub fn only_yearly() -> Mistake {
    hinted(
        Code::OutOfRange,
        "只有每年一次的常年工作才写 collects",
        "写上 sort: recurring 和 every: year，或者删掉 collects",
    )
}

/// A month or a day that no year or month has.
pub fn above_the_most(most: i8) -> Mistake {
    hinted(Code::OutOfRange, format!("这里只能写 1 到 {most}"), "改成对的数字，或者删掉这一行")
}

/// A value where an item is only there or not, or the other way round.
pub fn value_and_answer() -> Mistake {
    hinted(Code::OutOfRange, "value 和 has 只能写一个", "数值写 value；有没有、做没做写 has")
}

/// A share of more than the whole.
pub fn over_the_whole() -> Mistake {
    hinted(Code::OutOfRange, "比例不能超过 100%", "检查数值；写了总数 of 的，也检查总数")
}

/// A second value for the same year.
pub fn year_twice(year: &str) -> Mistake {
    hinted(Code::YearTwice, format!("{year} 年的数值写了两次"), "只留下对的那一个；是另一个单位的，写上 unit")
}

/// A second population for the same year.
pub fn population_twice(year: &str) -> Mistake {
    hinted(Code::YearTwice, format!("{year} 年的人口写了两次"), "一年只留一条")
}

/// A second value of an institution for the same item of a standard and the same year.
pub fn fact_twice(standard: &str) -> Mistake {
    let message = format!("“{}”同一年的数值写了两次", clip(standard));
    hinted(Code::YearTwice, message, "只留下对的那一个；是另一年的，写上 year")
}

/// A value of a unit that does not hold the indicator; with the titles of those that do.
pub fn holds_nothing(unit: &str, holders: &[&str]) -> Mistake {
    let known: Vec<String> = holders.iter().take(3).map(|title| format!("“{}”", clip(title))).collect();
    let more = if holders.len() > known.len() { "等" } else { "" };
    hinted(
        Code::HoldsNothing,
        format!("“{}”不是这个指标的责任单位", clip(unit)),
        format!("责任单位是{}{more}；确实由它负责的，加进 holders", known.join("、")),
    )
}

/// More people of an audience than came.
pub fn more_than_came(total: u32) -> Mistake {
    hinted(Code::OutOfRange, format!("比到场的 {total} 人还多"), "检查 total 和这一类的人数")
}

/// People were counted on a day on which nothing took place.
pub fn nothing_took_place(day: &str) -> Mistake {
    hinted(Code::Headcount, format!("{day} 没有场次，却登记了到场人数"), "改成上课、办活动的那一天，或者删掉这一条")
}

/// People were counted more often than something took place.
pub fn counted_twice(day: &str) -> Mistake {
    hinted(Code::Headcount, format!("{day} 的到场人数登记得比场次多"), "同一场只登记一条")
}

/// A text in which nothing can be seen.
pub fn blank_text(key: &str) -> Mistake {
    hinted(Code::BlankText, format!("字段“{key}”里什么也看不见"), "写上文字；用不着就删掉这一行")
}

/// A title of more characters than `limit`.
pub fn long_title(length: usize, limit: usize) -> Mistake {
    hinted(Code::LongTitle, format!("标题有 {length} 个字，超过了 {limit} 个"), "写短些，其余的话放进 summary")
}

/// A description of a picture that is the name of a file.
pub fn alt_file_name(alt: &str) -> Mistake {
    hinted(Code::AltFileName, format!("图片说明“{}”是文件名", clip(alt)), "写图里是什么，例如“学员在写春联”")
}

/// A year or a date that cannot be meant.
pub fn bad_year(text: &str) -> Mistake {
    let year: String = text.chars().take_while(char::is_ascii_digit).collect();
    let (message, hint) = match (year.len(), text.len()) {
        (2, 2) => (format!("年份写成了“{year}”"), format!("写全四位：20{year}")),
        (5.., _) if year.starts_with("20") || year.starts_with("19") => {
            (format!("年份“{}”多了数字", clip(text)), format!("写四位年份，例如 {}", &year[..4]))
        }
        _ => (format!("“{}”的年份不在 1900 到 2100 之间", clip(text)), "检查年份的四位数字".to_owned()),
    };
    hinted(Code::OutOfRange, message, hint)
}

/// A fee below zero.
pub fn negative_fee() -> Mistake {
    hinted(Code::OutOfRange, "费用不能是负数", "免费写 0，收费写多少元，例如 50")
}

/// A fee that is too large.
pub fn huge_fee() -> Mistake {
    hinted(Code::OutOfRange, "费用超过了 100000 元", "单位是元；检查是不是多写了 0")
}

/// A fee with more than two decimals.
pub fn fraction_of_a_fen() -> Mistake {
    hinted(Code::OutOfRange, "费用写到了分以下", "单位是元，最多两位小数，例如 12.5")
}

/// A telephone without a number that can be called; `stray` is the piece that looks like one.
pub fn bad_phone(stray: Option<&str>) -> Mistake {
    let message = match stray {
        Some(stray) => format!("“{}”拨不通：不是完整的电话号码", clip(stray)),
        None => "这里没有能拨通的电话号码".to_owned(),
    };
    hinted(
        Code::BadPhone,
        message,
        "写成 0532-85321234、400-123-4567 或 12345，分机写 0532-85321234转802；没有电话就删掉这一行",
    )
}

/// A list with too few items.
pub fn too_few(least: u64) -> Mistake {
    plain(Code::OutOfRange, format!("这个清单至少要有 {least} 项"))
}

/// A text that is not a path.
pub fn bad_path(text: &str) -> Mistake {
    hinted(Code::BadPath, format!("“{}”不是文件路径", clip(text)), "用 / 分隔，例如 photos/a.jpg 或 /pictures/a.jpg")
}

/// A file that is on the editor's computer or on the web; `folder` is where it belongs, `line` what to write then.
pub fn foreign_file(text: &str, folder: &str, line: &str) -> Mistake {
    let hint = format!("把文件复制到 content/{folder}，再写 {line}");
    hinted(Code::BadPath, format!("“{}”不是文件路径", clip(text)), hint)
}

/// A path where the fields of a picture or attachment are required; `folder` is where the file belongs if it is not there.
pub fn file_as_text(folder: Option<&str>, line: &str) -> Mistake {
    let hint = match folder {
        Some(folder) => format!("把文件复制到 content/{folder}，再写 {line}"),
        None => format!("写成 {line}"),
    };
    hinted(Code::NotAMap, "这里要写文件和说明", hint)
}

/// The fields of a picture (`about` is `alt`) or of an attachment (`about` is `title`), as one line; `written` is the
/// text that is there already.
pub fn fields_of_file(field: &str, file: &str, about: &str, written: Option<&str>) -> String {
    let text = written.unwrap_or(if about == "title" { "显示的名称" } else { "图里是什么" });
    let fields = format!("{{file: {file}, {about}: {text}}}");
    match field {
        "attachments" | "gallery" => format!("{field}: [{fields}]"),
        field => format!("{field}: {fields}"),
    }
}

/// A text that is not a focus.
pub fn bad_focus(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["", ""], "写从左、从上数的百分比，例如 60% 30%");
    hinted(Code::BadFocus, format!("“{}”不是裁切时要保留的位置", clip(text)), hint)
}

/// A text that is not an aspect ratio.
pub fn bad_aspect(text: &str) -> Mistake {
    hinted(Code::BadAspect, format!("“{}”不是宽高比", clip(text)), "写宽和高的份数，例如 3:2")
}

/// A text that is not an external URL.
pub fn bad_url(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["", ""], "以 https://、http://、tel: 或 mailto: 开头");
    hinted(Code::BadUrl, format!("“{}”不是网址", clip(text)), hint)
}

// Entries and references.

/// A record without an id; the proposal comes from its title.
pub fn missing_id(proposal: Option<&str>) -> Mistake {
    hinted(
        Code::MissingId,
        "这条记录没有 id",
        proposal.map_or_else(|| "加一行 id: 编号".to_owned(), |proposal| format!("可以写 id: {proposal}")),
    )
}

/// A Markdown file whose `id` differs from its stem.
pub fn id_mismatch(id: &str, stem: &str) -> Mistake {
    hinted(Code::IdMismatch, format!("id 写的是“{id}”，文件名却是“{stem}”"), "删掉 id 这一行，或者改文件名")
}

/// An id used twice in a kind.
pub fn duplicate_id(kind: &str, id: &str) -> Mistake {
    hinted(Code::DuplicateId, format!("{kind}里已经有编号“{id}”"), "换一个编号")
}

/// Two pages or files with the same address.
pub fn address_twice(address: &str) -> Mistake {
    hinted(Code::AddressTwice, format!("网址 {address} 被两样东西占用"), "改掉其中一个的编号或文件名")
}

/// What a reference that does not hold was probably meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefMeant {
    /// Nothing that can be told. These entries there are: id and title, and how many more.
    Any(Vec<(String, String)>, usize),
    /// Another form of an id that exists, or several in one.
    Id(String),
    /// The titles of entries, with their ids.
    Title(Vec<(String, String)>),
    /// Something near: an id, perhaps with its title.
    Near(String, Option<String>),
}

impl RefMeant {
    /// The ids, if it is certain which are meant.
    pub fn ids(&self) -> Option<Vec<String>> {
        match self {
            Self::Id(ids) => Some(ids.split(", ").map(str::to_owned).collect()),
            Self::Title(found) => match found.as_slice() {
                [(id, _)] => Some(vec![id.clone()]),
                _ => None,
            },
            Self::Any(..) | Self::Near(..) => None,
        }
    }

    fn hint(&self, kind: &str) -> String {
        let named = |(id, title): &(String, String)| {
            if title.is_empty() { id.clone() } else { format!("{id}（{}）", clip(title)) }
        };
        match self {
            Self::Any(known, _) if known.is_empty() => format!("还没有{kind}，先建一个"),
            Self::Any(known, more) => {
                let shown = known.iter().map(named).collect::<Vec<_>>().join("、");
                let more = if *more > 0 { format!("，还有 {more} 个") } else { String::new() };
                format!("可以填：{shown}{more}")
            }
            Self::Id(id) => format!("请写 {id}"),
            Self::Title(found) => match found.as_slice() {
                [(id, title)] => format!("“{}”的编号是 {id}", clip(title)),
                found => format!(
                    "叫这个名字的有：{}",
                    found.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join("、")
                ),
            },
            Self::Near(id, Some(title)) => format!("是不是“{}”？它的编号是 {id}", clip(title)),
            Self::Near(id, None) => format!("是不是“{id}”？"),
        }
    }
}

/// A reference to an entry that does not exist.
pub fn dangling_ref(kind: &str, id: &str, meant: &RefMeant, elsewhere: usize) -> Mistake {
    let more = if elsewhere == 0 { String::new() } else { format!("（另有 {elsewhere} 处也引用了它）") };
    hinted(Code::DanglingRef, format!("找不到编号“{}”的{kind}{more}", clip(id)), meant.hint(kind))
}

/// A reference that is not an id.
pub fn not_an_id(kind: &str, text: &str, meant: &RefMeant) -> Mistake {
    let hint = match meant {
        RefMeant::Id(ids) if ids.contains(", ") => format!("几个编号之间用半角逗号分开：{ids}"),
        meant => meant.hint(kind),
    };
    hinted(Code::BadId, format!("“{}”不是{kind}的编号", clip(text)), hint)
}

/// A reference that is not `kind/id`.
pub fn not_a_mixed_ref(text: &str, meant: &RefMeant) -> Mistake {
    match meant {
        RefMeant::Any(..) => bad_mixed_ref(text),
        meant => hinted(Code::BadMixedRef, format!("“{}”不是“类别/编号”", clip(text)), meant.hint("")),
    }
}

/// A reference to a draft.
pub fn draft_ref(kind: &str, id: &str) -> Mistake {
    hinted(Code::DraftRef, format!("{kind}“{id}”还是草稿"), "先去掉它的 draft: true，或者删掉这里的引用")
}

/// A reference by a former id.
pub fn former_ref(id: &str, now: &str) -> Mistake {
    hinted(Code::FormerRef, format!("“{id}”是旧编号"), format!("改成 {now}"))
}

/// Why something is not published today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// Published from this day on.
    NotYet(String),
    /// Published until this day.
    Expired(String),
    /// Withdrawn.
    Withdrawn,
}

/// A reference to something not published today.
pub fn hidden_ref(kind: &str, id: &str, why: &Hidden) -> Mistake {
    plain(Code::HiddenRef, format!("{kind}“{id}”{}，这里只显示文字", hidden(why)))
}

fn hidden(why: &Hidden) -> String {
    match why {
        Hidden::NotYet(day) => format!("到 {day} 才发布"),
        Hidden::Expired(day) => format!("{day} 之后已不再发布"),
        Hidden::Withdrawn => "已撤下".to_owned(),
    }
}

/// What the preview says at the address of an entry that is not published; `why` unless it is a draft.
pub fn not_published(title: &str, why: Option<&Hidden>) -> String {
    match why {
        Some(why) => format!("“{title}”{}。", hidden(why)),
        None => format!("“{title}”是草稿（draft: true），不发布。要预览草稿，用 shuyuan serve --drafts。"),
    }
}

/// References that could not be checked, because files of the kind could not be read.
pub fn unchecked(kind: &str, count: usize) -> Mistake {
    hinted(
        Code::Unchecked,
        format!("有 {count} 处对{kind}的引用暂时无法检查，因为有的{kind}文件读不出来"),
        "先修好读不出来的文件",
    )
}

/// A clause that its document does not have.
pub fn unknown_clause(clause: &str, document: &str, meant: &RefMeant) -> Mistake {
    let message = format!("公文“{document}”里找不到编号“{}”的条款", clip(clause));
    hinted(Code::UnknownClause, message, meant.hint("条款"))
}

/// A line of a yearly list that answers a line which the unit's plan for the year before does not have.
pub fn unknown_line(line: &str, unit: &str, year: i16, near: Option<&str>, is_there: bool) -> Mistake {
    let message = format!("“{unit}”{year} 年的行动计划里没有“{}”这一条", clip(line));
    let hint = match near {
        Some(near) => format!("是不是“{near}”？"),
        None if is_there => "照抄那份计划里一条的名称，或者删掉 fulfils".to_owned(),
        None => format!("本站没有收录它 {year} 年的行动计划：先补上那份计划，或者删掉 fulfils"),
    };
    hinted(Code::UnknownLine, message, hint)
}

/// A cycle of parents.
pub fn cycle(id: &str) -> Mistake {
    hinted(Code::Cycle, format!("“{id}”经过上级又绕回了自己"), "改掉其中一个 parent")
}

/// A child whose level is not below its parent's.
pub fn wrong_level(parent: &str) -> Mistake {
    hinted(Code::WrongLevel, format!("级别必须低于上级“{parent}”"), "改级别，或者改 parent")
}

/// Members of a unit that is not a class.
pub fn not_a_class() -> Mistake {
    hinted(Code::NotAClass, "只有统称才能列出 members", "把 sort 改成 class，或者删掉 members")
}

/// An end before its start.
pub fn end_before_start() -> Mistake {
    hinted(Code::EndBeforeStart, "结束早于开始", "检查两个时间的先后")
}

/// A session of more than a day; its beginning, and its last day.
pub fn long_session(start: &str, last: &str) -> Mistake {
    hinted(
        Code::LongSession,
        format!("这一场从 {start} 开始，到 {last} 才结束，超过了 24 小时"),
        format!("检查 end 的日期；连续多天的（如展览），end 写头一天的结束时间，再加上 until: {last}"),
    )
}

/// A session on more days in a row than `days`.
pub fn long_run(days: i32) -> Mistake {
    hinted(Code::LongSession, format!("这一场连着超过了 {days} 天"), "检查 until 的年份")
}

/// A session of several days whose `end` is on neither the first nor the last.
pub fn end_with_until(first: &str) -> Mistake {
    hinted(Code::LongSession, "写了 until，end 却在另外一天", format!("end 写头一天的结束时间，日期是 {first}"))
}

/// An edition whose year is not that of its days.
pub fn year_of_edition(year: i16, from: &str) -> Mistake {
    hinted(
        Code::EditionYear,
        format!("年份是 {year}，日期却从 {from} 开始"),
        format!("year 写 {}，或者改 from 和 to", from.split('-').next().unwrap_or_default()),
    )
}

/// A session outside the edition that its event belongs to.
pub fn outside_edition(day: &str, edition: &str, from: &str, to: &str) -> Mistake {
    hinted(
        Code::OutsideEdition,
        format!("{day} 不在“{}”的日期里（{from} 到 {to}）", clip(edition)),
        "改这一场的时间；不属于活动周的，删掉 edition；因故改到周外的，写 moved_from: 原定的开始时间",
    )
}

/// The days of the edition.
pub const EDITION_HERE: &str = "活动周的日期写在这里";
/// An event outside the regions of the edition that it belongs to.
pub fn outside_region(region: &str, edition: &str) -> Mistake {
    hinted(
        Code::OutsideRegion,
        format!("这场活动在{}，不在“{}”的区域里", clip(region), clip(edition)),
        "把这个区域加进活动周的 regions；不属于这一届的，删掉 edition",
    )
}

/// The regions of the edition.
pub const REGIONS_HERE: &str = "活动周的区域写在这里";
/// Another session at the same time.
pub const OTHER_SESSION_HERE: &str = "另一场写在这里";
/// The seats of a venue.
pub const SEATS_HERE: &str = "场地的座位数写在这里";
/// Where a holiday is written.
pub const HOLIDAY_HERE: &str = "放假的日子写在这里";

/// The opening hours of a venue.
pub const HOURS_HERE: &str = "场地的开放时间写在这里";
/// A session that takes place elsewhere than usual.
pub const SESSION_THERE: &str = "换到这个场地的一场写在这里";
/// The first session of a run.
pub const FIRST_SESSION_HERE: &str = "第一次课写在这里";

/// How to make an exception for a clash.
fn unless(hint: &str, name: &str) -> String {
    format!("{hint}；确要这样的，在 allow 里写 what: {name}")
}

/// A venue with two sessions at a time.
pub fn venue_twice(venue: &str, other: &str, when: &str, name: &str) -> Mistake {
    hinted(
        Code::VenueTwice,
        format!("{when} 场地“{}”已经安排了“{}”", clip(venue), clip(other)),
        unless("改时间或场地；能同时办几场的，在场地里写 rooms: 间数", name),
    )
}

/// A teacher with two sessions at a time.
pub fn teacher_twice(teacher: &str, other: &str, when: &str, name: &str) -> Mistake {
    hinted(
        Code::TeacherTwice,
        format!("{when} 教师“{}”还有“{}”", clip(teacher), clip(other)),
        unless("改时间，或者改 teachers", name),
    )
}

/// A teacher who has to be at another venue a few minutes later.
pub fn teacher_too_far(teacher: &str, other: &str, minutes: i64, when: &str, name: &str) -> Mistake {
    hinted(
        Code::TeacherTwice,
        format!("{when} 教师“{}”从“{}”的场地赶过来，中间只有 {minutes} 分钟", clip(teacher), clip(other)),
        unless("改时间，或者改 teachers", name),
    )
}

/// A session while its venue is closed. `times` says when it is open on that day of the week.
pub fn outside_hours(venue: &str, when: &str, day: Weekday, times: &str, name: &str) -> Mistake {
    let day = match day {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    };
    let venue = clip(venue);
    let message = if times.is_empty() {
        format!("{when} 场地“{venue}”不开放：{day}没有开放时间")
    } else {
        format!("{when} 这一场不在场地“{venue}”的开放时间里：{day} {times}")
    };
    hinted(Code::OutsideHours, message, unless("改时间或场地，或者改场地的 hours", name))
}

/// More places than seats.
pub fn over_capacity(capacity: u32, venue: &str, seats: u32, name: &str) -> Mistake {
    hinted(
        Code::OverCapacity,
        format!("名额有 {capacity} 个，场地“{}”只有 {seats} 个座位", clip(venue)),
        unless("改 capacity，或者改场地的 seats", name),
    )
}

/// Enrolment that is open after the first session.
pub fn late_enrolment(begins: &str, name: &str) -> Mistake {
    hinted(
        Code::LateEnrolment,
        format!("{begins} 就开课了，报名却还没有截止"),
        unless("改截止的日期，不写 to 就是到开课那天", name),
    )
}

/// Further warnings of a code, which are not listed.
pub fn and_more(code: Code, count: usize) -> Mistake {
    hinted(code, format!("另有 {count} 处同样的情况没有列出"), "先改列出的这些，再检查一次")
}

/// A day that has not come, on which something is said to have been published.
pub fn future_date(day: &str) -> Mistake {
    hinted(Code::FutureDate, format!("{day} 还没有到"), format!("检查年份；要到那天才发布的，加一行 publish: {day}"))
}

/// A day that has not come, on which something is said to have been changed.
pub fn future_update(day: &str) -> Mistake {
    hinted(Code::FutureDate, format!("{day} 还没有到"), "写最近一次改动的日期")
}

/// A year or day that has not come, of something that has been.
pub fn future_year(text: &str) -> Mistake {
    hinted(Code::FutureDate, format!("{text} 还没有到"), "检查年份")
}

/// A period that was over before the year of the document that demands something of it.
pub fn before_document(span: &str, title: &str, year: &str) -> Mistake {
    let message = format!("{span} 比公文“{}”还早，公文是 {year} 年的", clip(title));
    hinted(Code::BeforeDocument, message, "检查年份")
}

/// An edition of more days than `days`.
pub fn long_edition(days: i32) -> Mistake {
    hinted(Code::EditionYear, format!("这一届活动周超过了 {days} 天"), "检查 from 和 to 的年份、月份")
}

/// A sample of a unit or institution that is none.
pub fn sample_on_real(other: &str) -> Mistake {
    hinted(
        Code::SampleOnReal,
        format!("这是示例，却挂在真实的“{}”名下", clip(other)),
        "换成一个示例的单位或机构；它若也是示例，在它那里写 sample: true",
    )
}

/// A title that says what the field for it does not.
pub fn sample_in_title() -> Mistake {
    hinted(Code::SampleInTitle, "标题里写着（示例），却没有写 sample: true", "写上 sample: true，去掉标题里的（示例）")
}

/// Something that a list names twice.
pub fn repeated() -> Mistake {
    hinted(Code::Repeated, "这一项前面已经写过", "删掉重复的一个")
}

/// A title with HTML or Markdown.
pub fn title_markup() -> Mistake {
    hinted(Code::TitleMarkup, "标题里有 HTML 标签或 Markdown 的星号", "标题只写文字")
}

/// A reason of nothing.
pub fn stray_reason() -> Mistake {
    hinted(
        Code::StrayReason,
        "写了原因，却没有写状态",
        "取消的加一行 status: cancelled，改期的写 status: moved；没有变动就删掉 reason",
    )
}

/// A text that `new` or `init` wrote to be replaced.
pub fn placeholder(text: &str) -> Mistake {
    hinted(Code::Placeholder, format!("“{}”只是样子，还没有换成真的", clip(text)), "换成真的内容；用不着就删掉这一行")
}

/// A portal that is as `init` made it, with so many texts to be replaced.
pub fn placeholders(count: usize) -> Mistake {
    hinted(
        Code::Placeholder,
        format!("门户里还有 {count} 处新建时自带的示例"),
        "逐步换成你们自己的；换完以后删掉 banner 这一行，剩下的示例会一处一处指出来",
    )
}

/// A schedule in both notations.
pub fn two_schedules() -> Mistake {
    hinted(Code::TwoSchedules, "sessions 和 weekly 只能写一种", "删掉其中一种；另加的场次写在 weekly 的 extra 里")
}

/// No schedule at all.
pub fn no_schedule() -> Mistake {
    hinted(Code::NoSchedule, "活动没有时间", "写 sessions（逐次）或 weekly（每周）")
}

/// A weekly pattern without sessions.
pub fn empty_weekly() -> Mistake {
    hinted(Code::EmptyWeekly, "这个每周安排里没有一次课", "检查 days、from、to 和 except")
}

/// An exception outside the pattern.
pub fn except_outside(day: &str) -> Mistake {
    hinted(Code::ExceptOutside, format!("{day} 本来就没有课"), "检查日期，或者删掉它")
}

/// A weekly pattern with more sessions than `limit`.
pub fn too_many_sessions(limit: usize) -> Mistake {
    hinted(Code::TooManySessions, format!("展开后超过 {limit} 次"), "检查起止日期的年份")
}

/// A changed status without a reason.
pub fn missing_reason() -> Mistake {
    hinted(Code::MissingReason, "改期、地点有变或取消，要写明原因", "加一行 reason: 原因")
}

/// A target without the number its comparator needs.
pub fn incomplete_target(field: &str) -> Mistake {
    hinted(Code::IncompleteTarget, format!("这种比较方式需要“{field}”"), format!("加一行 {field}"))
}

/// A field of a target that its comparator makes nothing of; `of` is the comparator that would.
pub fn idle_in_target(field: &str, of: &str) -> Mistake {
    let message = format!("这种比较方式用不到“{field}”");
    hinted(Code::IncompleteTarget, message, format!("删掉 {field}，或者把 comparator 改成 {of}"))
}

/// A range whose ends are in the wrong order.
pub fn range_reversed(value: &str, to: &str) -> Mistake {
    hinted(Code::OutOfRange, "区间的上限 to 比下限 value 小", format!("下限写在前：value: {to}, to: {value}"))
}

/// News without a date.
pub fn missing_date() -> Mistake {
    hinted(Code::MissingDate, "新闻没有日期", "加一行 date: 2026-11-09")
}

/// A duty without a source.
pub fn missing_source() -> Mistake {
    hinted(Code::MissingSource, "职责没有写出处", "加上 sources，写明公文 document 和条款 clause")
}

/// Something on site without a venue.
pub fn missing_venue() -> Mistake {
    hinted(Code::MissingVenue, "没有写场地", "加一行 venue，或者把 mode 改成 online")
}

/// A portrait without a valid consent.
pub fn picture_withheld(why: Withheld) -> Mistake {
    let why = match why {
        Withheld::NoConsent => "没有授权",
        Withheld::Scope => "授权范围不含网站（web）",
        Withheld::NotYet => "授权还没有生效",
        Withheld::Expired => "授权已过期",
        Withheld::Withdrawn => "本人已撤下",
    };
    plain(Code::PictureWithheld, format!("{why}，照片不发布"))
}

/// A use of a picture that is withheld because of the entry of the person whom it shows.
pub fn picture_withheld_here(why: Withheld) -> Mistake {
    let Mistake { message, .. } = picture_withheld(why);
    hinted(Code::PictureWithheld, format!("这是人物照片：{message}，这里也一样"), "换一张照片，或者补上本人的授权")
}

/// The entry of the person whom a picture shows or a text names.
pub const PERSON_HERE: &str = "这个人写在这里";

/// A text that names a person who was withdrawn.
pub fn withdrawn_name(name: &str) -> Mistake {
    hinted(Code::WithdrawnName, format!("“{}”已经撤下，这里还写着姓名", clip(name)), "改成“某学员”之类，或者删掉这一处")
}

/// A picture of a child without a consent.
pub fn child_picture() -> Mistake {
    hinted(
        Code::ChildPicture,
        "照片里像是有孩子，却没有写授权",
        "写 consent（under_14: true 和 guardian 监护人），或者换一张认不出孩子的照片",
    )
}

/// Whether the description of a picture tells of children, and not of what is made by or for them.
pub fn names_child(text: &str) -> bool {
    ["小朋友", "孩子", "儿童", "幼儿", "小学生", "宝宝", "婴儿", "少年"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let after = &text[at + word.len()..];
            let thing = ["画", "作品", "书", "读物", "乐园", "宫", "房", "馆", "节", "用品", "园的", "图"];
            !thing.iter().any(|thing| after.trim_start_matches(['的', '们']).starts_with(thing))
        })
    })
}

/// Why a portrait is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// No consent is written.
    NoConsent,
    /// Its scope does not include the portal.
    Scope,
    /// It begins in the future.
    NotYet,
    /// It has expired.
    Expired,
    /// The person was withdrawn.
    Withdrawn,
}

/// Two star learners with the same name.
pub fn person_twice(name: &str) -> Mistake {
    hinted(Code::PersonTwice, format!("这个地方已有一位“{name}”"), "若是同一个人，只保留一项")
}

// Bodies.

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
    hinted(Code::UnreadMark, "标题的 # 后面少了一个空格", format!("写成“{}”", clip(&write)))
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

/// A paragraph that is shown as code because of its indentation.
pub fn indented_text() -> Mistake {
    hinted(Code::UnreadMark, "这一段前面有四个以上的空格，会显示成代码", "删掉行首的空格；真是代码，就用 ``` 包起来")
}

/// Lines of a table that is none.
pub fn no_table() -> Mistake {
    hinted(Code::UnreadMark, "这一行像表格，但表格没有成立", "表头下面要有一行“| --- | --- |”，每行的格数相同")
}

/// An item of a list without a space after its mark.
pub fn list_space(write: &str) -> Mistake {
    hinted(Code::DoubtfulMark, "像是清单的一项，但记号后面少了一个空格", format!("写成“{}”", clip(write)))
}

/// A line that the page shows in one paragraph with the line above it.
pub fn run_together() -> Mistake {
    hinted(Code::DoubtfulMark, "这一行会和上一行连成一段", "两行之间空一行；要做编号的清单，每行写成“1. 文字”")
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

// Files to publish.

/// An attachment of a type that is not allowed.
pub fn attachment_type(extension: &str, allowed: &[String]) -> Mistake {
    let what =
        if extension.is_empty() { "没有扩展名的文件".to_owned() } else { format!(".{extension} 文件") };
    hinted(Code::AttachmentType, format!("{what}不能作附件"), format!("允许的类型：{}", allowed.join("、")))
}

/// A link to a file of a type that may not be offered.
pub fn link_type(target: &str, extension: &str, allowed: &[String]) -> Mistake {
    if !matches!(extension, "jpg" | "jpeg" | "png" | "webp" | "gif" | "svg" | "heic" | "bmp" | "tif" | "tiff") {
        return attachment_type(extension, allowed);
    }
    hinted(
        Code::AttachmentType,
        "图片的原图不发布，不能链接过去",
        format!("要显示它，写 ![图里是什么]({})；要给人下载，放进 content/static 再链接", clip(target)),
    )
}

/// A file that is published under its own name, which some systems cannot store; `part` is what they refuse.
pub fn unfit_name(path: &str, part: &str) -> Mistake {
    let shown = |text: &str| {
        text.chars().flat_map(|c| if c.is_control() { c.escape_debug().collect() } else { vec![c] }).collect::<String>()
    };
    hinted(
        Code::UnfitName,
        format!("文件名“{}”里有“{}”，有的电脑和服务器存不了", clip(&shown(path)), shown(part)),
        "换一个文件名，只用文字、数字、空格、括号、减号和点",
    )
}

/// An active file that `site.yaml` does not name.
pub fn active_file(name: &str) -> Mistake {
    hinted(
        Code::ActiveFile,
        format!("static/{name} 会在浏览器里运行"),
        format!("确实要发布就在 site.yaml 的 active_files 里写上 {name}"),
    )
}

/// A file that is a page, under another name.
pub fn disguised_page(path: &str) -> Mistake {
    hinted(
        Code::ActiveFile,
        format!("{path} 的内容是网页，会在浏览器里运行"),
        "用浏览器打开它，打印成 PDF，或者存成真正的文档再放进来",
    )
}

/// A file that is of another kind than its name says.
pub fn other_kind(path: &str, kind: FileKind) -> Mistake {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let open_it = "打开看看是不是放错了；要换格式就另存为，只改扩展名没有用";
    match kind {
        FileKind::Empty => hinted(Code::OtherKind, format!("{path} 是空文件"), "换成有内容的文件"),
        FileKind::Other => hinted(Code::OtherKind, format!("{path} 的扩展名是 .{extension}，内容却不是"), open_it),
        _ => hinted(Code::OtherKind, format!("{path} 的扩展名是 .{extension}，内容却是{kind}"), open_it),
    }
}

/// A file that may hold passwords, keys or data, by its name.
pub fn secret_file(path: &str) -> Mistake {
    hinted(Code::SecretFile, format!("{path} 可能含有密码、密钥或数据，不能发布"), "把它移到 content 外面")
}

/// A file that is a key or a database, by its content.
pub fn secret_content(path: &str, kind: FileKind) -> Mistake {
    hinted(Code::SecretFile, format!("{path} 的内容是{kind}，不能发布"), "把它移到 content 外面")
}

/// A file that a program left behind.
pub fn left_out(path: &str) -> Mistake {
    plain(Code::LeftOut, format!("{path} 是系统或软件留下的文件，没有发布"))
}

/// A film or sound that is not whole.
pub fn film_damaged(path: &str, kind: FileKind) -> Mistake {
    hinted(Code::FilmDamaged, format!("{path}（{kind}）不完整，去不掉拍摄地点等信息"), "重新导出一份")
}

/// A film or an archive in which nothing can be looked for.
pub fn metadata_unknown(path: &str, kind: FileKind) -> Mistake {
    hinted(
        Code::PositionTold,
        format!("{path} 是{kind}，里面如果有拍摄地点等信息，发布时去不掉"),
        "影片转成 MP4，录音转成 MP3，图片存成 JPEG，压缩包换成不加密码的 ZIP",
    )
}

/// A file that tells where something in it was taken; an empty name is the file itself.
pub fn position_told(path: &str, parts: &[String]) -> Mistake {
    let most = 5;
    let mut names: Vec<&str> = parts.iter().map(String::as_str).filter(|name| !name.is_empty()).take(most).collect();
    let rest = format!("等 {} 个", parts.len());
    if parts.len() > most {
        names.push(&rest);
    }
    let which = if names.is_empty() { "里的照片".to_owned() } else { format!("里的 {} ", names.join("、")) };
    hinted(
        Code::PositionTold,
        format!("{path} {which}带有拍摄地点"),
        "先把照片另存一遍去掉拍摄信息（或截一张图），再换进文件里",
    )
}

/// A picture that cannot be decoded.
pub fn picture_damaged(path: &str) -> Mistake {
    hinted(Code::PictureDamaged, format!("图片 {path} 打不开或不完整"), "重新导出一张")
}

/// A picture with too many pixels.
pub fn picture_huge(path: &str, width: u32, height: u32) -> Mistake {
    hinted(Code::PictureHuge, format!("图片 {path} 有 {width}×{height} 像素，太大了"), "缩小到长边 6000 像素以内")
}

/// A picture that needs more memory than the limit, in MiB.
pub fn picture_memory(path: &str, need: u64, limit: u64) -> Mistake {
    hinted(
        Code::PictureHuge,
        format!("图片 {path} 解开要占 {need} MB 内存，超过上限 {limit} MB"),
        "缩小到长边 6000 像素以内，或存成 JPEG；也可以调大 site.yaml 里的 limits.picture_memory_mib",
    )
}

/// An animation of which only the first frame is published.
pub fn picture_still(path: &str) -> Mistake {
    hinted(Code::PictureStill, format!("图片 {path} 是动画，发布时只留第一帧"), "要保留动画，请存成 GIF")
}

/// An element or attribute that was removed from an SVG drawing.
pub fn svg_removed(path: &str, what: &str) -> Mistake {
    plain(Code::SvgRemoved, format!("图片 {path} 里的 {what} 不安全，发布时会去掉"))
}

/// An SVG drawing without a size.
pub fn svg_size(path: &str) -> Mistake {
    hinted(
        Code::PictureDamaged,
        format!("图片 {path} 没有写明大小"),
        "在 <svg> 上写 viewBox，例如 viewBox=\"0 0 300 200\"",
    )
}

/// The role of a person named in a file's metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Person {
    /// Author.
    Author,
    /// Last saved by.
    LastAuthor,
    /// Manager.
    Manager,
    /// Company.
    Company,
    /// Somebody who commented or changed it.
    Editor,
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Author => "作者",
            Self::LastAuthor => "最后修改者",
            Self::Manager => "主管",
            Self::Company => "单位",
            Self::Editor => "批注或修订者",
        })
    }
}

/// A JPEG with a coding that browsers do not support.
pub fn picture_coding(path: &str) -> Mistake {
    hinted(Code::PictureFormat, format!("图片 {path} 是特殊编码的 JPEG，浏览器打不开"), "用看图软件另存为普通的 JPEG")
}

/// A file whose metadata names people.
pub fn file_author(path: &str, people: &[(Person, String)]) -> Mistake {
    let fields = people.iter().map(|(person, name)| format!("{person} {name}")).collect::<Vec<_>>().join("，");
    hinted(
        Code::FileAuthor,
        format!("附件 {path} 里带有个人信息：{fields}"),
        "在办公软件里用“检查文档”删除属性和个人信息，再导出一次",
    )
}

// Private data.

/// Where private data stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where<'a> {
    /// In a text, at the place of the diagnostic.
    Here,
    /// In a field for telephones of the public.
    PhoneField,
    /// In the name of this file.
    Name(&'a str),
    /// In a part of this file.
    File(&'a str, &'a Part),
}

/// A part of a file to download.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// A paragraph, from 1.
    Paragraph(usize),
    /// The head of pages.
    Header,
    /// The foot of pages.
    Footer,
    /// Footnotes and endnotes.
    Notes,
    /// Comments.
    Comment,
    /// A slide, from 1.
    Slide(usize),
    /// What a speaker says to a slide, from 1.
    SlideNotes(usize),
    /// A cell of a sheet.
    Cell(String, String),
    /// A line of a text or a row of a table, from 1.
    Line(usize),
    /// A page, from 1.
    Page(usize),
    /// Properties.
    Properties,
    /// The text alternative of a picture.
    Picture,
    /// Text that is in the file and not shown.
    Hidden,
    /// Text somewhere.
    Text,
    /// The name of a file in an archive.
    Name,
    /// A file in an archive, and a part of it.
    Entry(String, Box<Part>),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph(nth) => write!(f, "第 {nth} 段"),
            Self::Header => f.write_str("页眉"),
            Self::Footer => f.write_str("页脚"),
            Self::Notes => f.write_str("脚注"),
            Self::Comment => f.write_str("批注"),
            Self::Slide(nth) => write!(f, "第 {nth} 张幻灯片"),
            Self::SlideNotes(nth) => write!(f, "第 {nth} 张幻灯片的备注"),
            Self::Cell(sheet, cell) => write!(f, "工作表“{}”的 {cell} 格", clip(sheet)),
            Self::Line(nth) => write!(f, "第 {nth} 行"),
            Self::Page(nth) => write!(f, "第 {nth} 页"),
            Self::Properties => f.write_str("属性"),
            Self::Picture => f.write_str("图片说明"),
            Self::Hidden => f.write_str("没有显示的文字"),
            Self::Text => f.write_str("文字"),
            Self::Name => f.write_str("文件名"),
            Self::Entry(name, part) => write!(f, "“{}”{part}", clip(name)),
        }
    }
}

/// Why the text of a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unread {
    /// A password protects it.
    Encrypted,
    /// It is damaged.
    Broken,
    /// It holds pictures of text.
    Scanned,
    /// Its fonts do not say what their signs mean.
    NoMap,
    /// It unpacks to more than is read.
    TooLarge,
    /// Something in it is packed in an unknown way.
    Unknown,
}

/// A file whose text cannot be read.
pub fn unread_file(path: &str, why: Unread) -> Mistake {
    let why = match why {
        Unread::Encrypted => "设了密码",
        Unread::Broken => "文件不完整",
        Unread::Scanned => "里面是扫描的图片",
        Unread::NoMap => "字体没有说明是什么字",
        Unread::TooLarge => "内容太多",
        Unread::Unknown => "压缩方式不认识",
    };
    hinted(
        Code::UnreadFile,
        format!("{path} 的文字无法全部读取（{why}）"),
        "请人工检查里面有没有身份证号、手机号等个人信息",
    )
}

/// Private data; `shown` hides what is private of it. `listed`: a mobile number that the settings call public.
pub fn private_data(sort: Sort, shown: &str, at: Where<'_>, listed: bool) -> Mistake {
    let at_text = match at {
        Where::Here | Where::PhoneField => "这里".to_owned(),
        Where::Name(path) => format!("文件名 {path} 里"),
        Where::File(path, part) => format!("{path} 的{part}里"),
    };
    let (code, what, hint) = match sort {
        Sort::Identity => (Code::IdentityNumber, "身份证号", "删掉它；名单只写姓名和单位".to_owned()),
        Sort::Card => (Code::BankCard, "银行卡号", "删掉它；交费请写单位的交费办法".to_owned()),
        Sort::Mobile => (Code::MobileNumber, "手机号", mobile_hint(shown, at, listed)),
        Sort::Home => (Code::HomeAddress, "家庭住址", "住址只写到小区、社区或村".to_owned()),
        Sort::Birth => (Code::BirthDate, "出生日期", "只写年份".to_owned()),
    };
    hinted(code, format!("{at_text}有{what} {shown}"), hint)
}

fn mobile_hint(shown: &str, at: Where<'_>, listed: bool) -> String {
    if at == Where::PhoneField {
        return "请写办公电话；确是对外公开的手机，把它列进 site.yaml 的 public_phones".to_owned();
    }
    if listed {
        return "public_phones 里的手机号只能写在 phone 字段和 contact 内容块里".to_owned();
    }
    format!("请写办公电话，或写成 {shown}")
}

/// Private data for which there is an exception.
pub fn private_exception(sort: Sort, shown: &str) -> String {
    let what = match sort {
        Sort::Identity => "身份证号",
        Sort::Card => "银行卡号",
        Sort::Mobile => "手机号",
        Sort::Home => "家庭住址",
        Sort::Birth => "出生日期",
    };
    format!("公开{what} {shown}")
}

/// A clash for which there is an exception.
pub fn clash_exception(code: Code, name: &str) -> String {
    let what = match code {
        Code::VenueTwice => "同一场地同时有两场",
        Code::TeacherTwice => "同一教师同时有两场",
        Code::OutsideHours => "不在开放时间",
        Code::OverCapacity => "名额比座位多",
        _ => "开课后还能报名",
    };
    format!("{what}（{name}）")
}

/// An exception that silences something.
pub fn exception_in_force(what: &str, by: &str, date: &str, reason: &str) -> Mistake {
    plain(Code::ExceptionInForce, format!("例外：{what}，{}于 {date} 同意：{}", clip(by), clip(reason)))
}

/// An exception that silences nothing, or could mean several values.
pub fn unused_exception(fits: usize) -> Mistake {
    if fits == 0 {
        return hinted(Code::UnusedException, "这一条例外没有用上", "删掉它，或者照检查说的写 what");
    }
    hinted(Code::UnusedException, format!("有 {fits} 处与这一条例外相符，不知道是哪一处"), "把 what 写完整，不带星号")
}

/// Invalid picture widths in the theme's settings.
pub fn theme_widths() -> Mistake {
    hinted(Code::ThemeSetting, "图片宽度要从小到大，在 16 到 4096 之间，最多 8 个", "例如 widths: [320, 640, 1280]")
}

/// A quality out of range in the theme's settings.
pub fn theme_quality() -> Mistake {
    plain(Code::ThemeSetting, "图片质量要在 1 到 100 之间")
}

/// AVIF in the theme's settings, in a program compiled without it.
pub fn theme_avif() -> Mistake {
    hinted(Code::ThemeSetting, "这个程序做不了 avif", "去掉 formats 里的 avif，或换一个编入了 avif 的程序")
}

/// Consent for a person under fourteen without a guardian.
pub fn missing_guardian() -> Mistake {
    hinted(Code::MissingGuardian, "未满十四周岁，授权要写监护人", "加上 guardian: 监护人姓名")
}

/// A picture with neither a description nor the decorative mark.
pub fn picture_alt() -> Mistake {
    hinted(Code::MissingAlt, "图片没有说明文字（alt）", "写 alt: 图里是什么；只作装饰的，写 decorative: true")
}

/// A picture with both a description and the decorative mark.
pub fn picture_decorative() -> Mistake {
    hinted(Code::MissingAlt, "图片写了 decorative: true，又写了说明文字", "两样留一样")
}

/// A picture in an unsupported format.
pub fn picture_format(path: &str, format: &str) -> Mistake {
    let what = if format.is_empty() { "的格式认不出来".to_owned() } else { format!("是 {format} 格式") };
    let hint = match format {
        "TIFF" => "用看图软件另存为 JPEG",
        "HEIC" => "苹果手机在“设置 → 相机 → 格式”里选“兼容性最佳”再拍；已有的用电脑的“照片”或“预览”另存为 JPEG",
        _ => "请存成 JPEG、PNG、WebP、GIF 或 SVG",
    };
    hinted(Code::PictureFormat, format!("图片 {path} {what}"), hint)
}

// The site and the theme.

/// `site.yaml` is missing.
pub fn missing_site() -> Mistake {
    hinted(
        Code::MissingSite,
        "找不到 content/site.yaml",
        "在有 content 文件夹的地方运行，或用 --root 指明；新建门户用 shuyuan init",
    )
}

/// An unknown time zone.
pub fn bad_time_zone(name: &str) -> Mistake {
    hinted(Code::BadTimeZone, format!("没有时区“{}”", clip(name)), "写 Asia/Shanghai")
}

/// An invalid base URL.
pub fn bad_base_url(url: &str) -> Mistake {
    hinted(Code::BadBaseUrl, format!("“{}”不能作网站地址", clip(url)), "写成 https://example.org/ 的样子，末尾带斜杠")
}

/// A missing base URL.
pub fn no_base_url() -> Mistake {
    hinted(Code::NoBaseUrl, "没有网站地址，未生成站点地图和订阅源", "在 site.yaml 里写 base_url，或用 --base-url")
}

/// A menu item without exactly one target.
pub fn menu_target() -> Mistake {
    hinted(Code::MenuTarget, "菜单项要指向一个地方", "写 list 或 to，只写一个")
}

/// A home block with a missing or superfluous target.
pub fn block_target(field: &str, wanted: bool) -> Mistake {
    let message = if wanted { format!("这个板块需要 {field}") } else { format!("这个板块用不着 {field}") };
    plain(Code::BlockTarget, message)
}

/// A home block whose target has a kind that the block cannot show.
pub fn block_target_kind(kind: &str) -> Mistake {
    plain(Code::BlockTarget, format!("这个板块不能指向{kind}"))
}

/// An unknown theme.
pub fn unknown_theme(name: &str) -> Mistake {
    hinted(Code::UnknownTheme, format!("没有主题“{name}”"), "写 default，或在 themes 里建这个文件夹")
}

/// A template that does not exist.
pub fn missing_template(name: &str, near: Option<&str>) -> Mistake {
    Mistake {
        code: Code::MissingTemplate,
        message: format!("没有模板或组件“{}”", clip(name)),
        hint: near_hint(near, None),
    }
}

/// A template that cannot be parsed.
pub fn template_syntax() -> Mistake {
    hinted(Code::TemplateSyntax, "模板的写法不成立", "检查成对的 {{ }}、{% %} 和结束标签")
}

/// A template that fails while rendering a page.
pub fn template_render(page: &str) -> Mistake {
    hinted(Code::TemplateRender, format!("生成 {page} 时出错"), "这里用的变量可能不存在；变量表见 themes/README.md")
}

/// Words that the word list lacks; at least one.
pub fn missing_words(keys: &[&str]) -> Mistake {
    let shown = keys.iter().take(3).copied().collect::<Vec<_>>().join("、");
    let more = if keys.len() > 3 { "等" } else { "" };
    hinted(
        Code::MissingWord,
        format!("词表里少 {} 个词：{shown}{more}", keys.len()),
        "照着默认主题的 words/zh-CN.yaml 补上",
    )
}

/// A language without a word list.
pub fn missing_language(language: &str) -> Mistake {
    hinted(
        Code::MissingWord,
        format!("主题里没有语言“{}”的词表", clip(language)),
        format!("写 zh-CN，或在主题的 words 文件夹里放上 {}.yaml", clip(language)),
    )
}

/// CSS that cannot be parsed.
pub fn style_syntax() -> Mistake {
    hinted(Code::StyleSyntax, "样式表的写法不成立", "检查成对的花括号和分号")
}

/// A script with a syntax error.
pub fn script_syntax() -> Mistake {
    hinted(Code::ScriptSyntax, "脚本的写法不成立", "检查成对的括号和引号；同一个名字只能声明一次；不能引入别的脚本")
}

/// An import that does not exist or is on another host.
pub fn style_import(what: &str) -> Mistake {
    hinted(Code::StyleImport, format!("样式表不能引用“{}”", clip(what)), "只引用主题文件夹里的文件")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_wrote_is_shown_on_one_short_line() {
        assert_eq!(clip("短"), "短");
        assert_eq!(clip("第一行\n第二行"), "第一行…");
        assert_eq!(clip(&"长".repeat(60)).chars().count(), 41);
    }
}
