//! Private data.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{clip, hinted, plain};
use crate::diag::{Code, Mistake};
use crate::privacy::Sort;

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
