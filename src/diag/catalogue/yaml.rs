//! YAML, and files of it.

use super::{clip, hinted, plain};
use crate::diag::{Code, Mistake};

/// YAML that cannot be parsed.
pub fn yaml_syntax() -> Mistake {
    hinted(Code::YamlSyntax, "这里的写法读不懂", "检查冒号后的空格、成对的引号和对齐的缩进")
}

/// The hint to write `line`, if it is known.
pub(super) fn write(line: &str, otherwise: &str) -> String {
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

/// A remark that does not begin as YAML has it.
pub fn yaml_comment(text: &str) -> Mistake {
    hinted(Code::YamlSyntax, "这一行像是备注，但备注要以半角的 # 开头", format!("写成 # {}，或者删掉", clip(text)))
}

/// A record of a list without the dash before its first line.
pub fn missing_dash(line: &str) -> Mistake {
    let hint = format!("写成“- {}”，它的其他字段缩进两格", clip(line));
    hinted(Code::NotAList, "新的一条前面少了“- ”", hint)
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

/// The rest of a text that stands in a line of its own; `line` is what to write.
pub fn yaml_broken_line(line: &str) -> Mistake {
    hinted(Code::YamlSyntax, "上一行的文字断成了两行", format!("接在一行里，写成 {}", whole(line)))
}

/// Lines of a text that are not indented below its field.
pub fn yaml_text_indent(key: &str) -> Mistake {
    hinted(Code::YamlSyntax, format!("“{key}: |”下面的文字没有缩进"), format!("每一行都比 {key} 多缩进两格"))
}
