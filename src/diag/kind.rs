//! What a file is by its content, and how editors are told.

use std::fmt;

macro_rules! kinds {
    ($($kind:ident $name:literal $doc:literal)*) => {
        /// What a file is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FileKind {
            $(#[doc = $doc] $kind,)*
        }

        impl fmt::Display for FileKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$kind => $name,)* })
            }
        }
    };
}

kinds! {
    Jpeg "JPEG 图片" "JPEG."
    Png "PNG 图片" "PNG."
    WebP "WebP 图片" "WebP."
    Gif "GIF 图片" "GIF."
    Svg "SVG 图片" "SVG."
    Bmp "BMP 图片" "BMP."
    Heic "HEIC 图片" "HEIC, or another picture in a HEIF file."
    Avif "AVIF 图片" "AVIF."
    Tiff "TIFF 图片或相机的原始照片" "TIFF, and the raw photos of cameras, most of which are TIFF."
    OtherPicture "特殊格式的图片" "Photoshop, JPEG 2000 and JPEG XL."
    Film "MP4 影片或录音" "MP4, `QuickTime` and 3GP, with films or sound."
    Matroska "WebM 影片" "Matroska and `WebM`."
    Avi "AVI 影片" "AVI."
    Wave "WAV 录音" "WAV."
    Mp3 "MP3 录音" "MP3 and AAC."
    Flac "FLAC 录音" "FLAC."
    Ogg "Ogg 录音" "Ogg."
    OtherFilm "特殊格式的影片或录音" "Windows Media, Flash, MPEG streams, Real Media."
    Pdf "PDF" "PDF."
    Word "Word 文档（docx）" "A package of Word."
    Excel "Excel 表格（xlsx）" "A package of Excel."
    PowerPoint "PPT 演示（pptx）" "A package of `PowerPoint`."
    OpenDocument "ODF 文档" "A package of `OpenDocument`."
    Epub "EPUB 电子书" "EPUB."
    Zip "ZIP 压缩包" "Any other ZIP archive."
    Compound "旧版 Office 文件（doc、xls、ppt）" "A compound file, as old office programs and WPS write."
    Locked "加了密码的 Office 文件" "A package of an office program with a password."
    Rtf "RTF 文档" "RTF."
    Archive "压缩包（不是 ZIP）" "RAR, 7-Zip, gzip and others."
    Page "网页" "HTML."
    Key "密钥" "A private key."
    Database "数据库" "A database."
    Empty "空文件" "No bytes at all."
    Other "认不出的文件" "Anything else, texts among them."
}
