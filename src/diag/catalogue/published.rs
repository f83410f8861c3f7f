//! Files that are published.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{clip, hinted, plain};
use crate::diag::kind::FileKind;
use crate::diag::{Code, Mistake};

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
