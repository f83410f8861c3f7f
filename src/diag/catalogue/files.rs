//! Files of the project.

use super::{clip, hinted, near_hint, plain};
use crate::diag::{Code, Mistake};

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
pub(super) fn named(code: u32) -> String {
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
