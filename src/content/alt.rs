//! Descriptions of pictures that describe nothing: names that cameras, phones and programs give to files.

/// Endings of picture files.
const ENDINGS: [&str; 11] =
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".heic", ".bmp", ".tif", ".tiff", ".jfif"];

/// What is left of a name that a camera, a phone or a program gave, without digits and separators.
const GIVEN: [&str; 40] = [
    "img",
    "imge",
    "dsc",
    "dscn",
    "dscf",
    "pxl",
    "mvimg",
    "p",
    "wx",
    "wp",
    "screenshot",
    "snipaste",
    "mmexport",
    "wechat",
    "wechatimg",
    "image",
    "images",
    "photo",
    "picture",
    "pic",
    "scan",
    "cam",
    "untitled",
    "pastedimage",
    "微信图片",
    "微信截图",
    "微信照片",
    "qq图片",
    "qq截图",
    "截图",
    "截屏",
    "屏幕截图",
    "屏幕快照",
    "图片",
    "照片",
    "相片",
    "未命名",
    "未标题",
    "扫描",
    "企业微信截图",
];

/// Those that mean nothing even without a number.
const BARE: [&str; 16] = [
    "untitled",
    "未命名",
    "未标题",
    "微信图片",
    "pastedimage",
    "图片",
    "照片",
    "相片",
    "配图",
    "插图",
    "题图",
    "截图",
    "图",
    "image",
    "photo",
    "picture",
];

/// Whether a description is the name of a file: that of the picture itself, or one that no person would write.
pub fn is_file_name(alt: &str, file: &str) -> bool {
    let alt = alt.trim();
    let lower = alt.to_lowercase();
    if ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        return true;
    }
    let name = file.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // A file that was given a Chinese name may be described by it.
    if alt.is_ascii() && alt == stem {
        return true;
    }
    let letters = lower.replace("副本", "").replace("img_e", "img").replace(|c: char| !c.is_alphabetic(), "");
    let digits = alt.chars().filter(char::is_ascii_digit).count();
    let hash = digits > 0 && alt.len() >= 16 && alt.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    hash || BARE.contains(&letters.as_str())
        || (digits > 0 && (letters.is_empty() || GIVEN.contains(&letters.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_machines_give_are_told_from_descriptions() {
        for name in [
            "IMG_2026.jpg",
            "IMG_2026",
            "img_e0231",
            "DSC0001",
            "DSC_0001",
            "P1010023",
            "微信图片_20261109093000",
            "微信图片",
            "QQ截图20261109",
            "mmexport1700000000000",
            "Screenshot_20261109-093000",
            "屏幕截图 2026-11-09 093000",
            "截图3",
            "图片1",
            "1",
            "20261109_093000",
            "未命名",
            "图片",
            "配图",
            "a3f09bce11d24e0899aa77bb",
            "剪纸.PNG",
            "IMG_2026(1)",
            "IMG_2026 - 副本",
        ] {
            assert!(is_file_name(name, "/pictures/x.jpg"), "{name}");
        }
        assert!(is_file_name("book", "/pictures/book.png"));
        for good in
            ["学员在练习", "一本打开的书", "图 1：到校路线", "2026 年开班合影", "剪纸", "QR 码", "照片墙", "3 号楼"]
        {
            assert!(!is_file_name(good, "/pictures/剪纸.jpg"), "{good}");
        }
    }
}
