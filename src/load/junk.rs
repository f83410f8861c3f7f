//! Files that programs leave behind, and files that were never meant for anybody else. Told by their names, of which each is one that some
//! program gives by itself.

/// What a name says about a file that must not be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Junk {
    /// It may hold passwords, keys or data.
    Secret,
    /// Some program left it behind.
    Leftover,
}

/// Names of files and folders with passwords and keys.
const SECRET_NAMES: [&str; 22] = [
    ".htpasswd",
    ".netrc",
    ".pgpass",
    ".my.cnf",
    ".npmrc",
    ".pypirc",
    ".git-credentials",
    ".bash_history",
    ".zsh_history",
    ".mysql_history",
    ".psql_history",
    ".python_history",
    ".ssh",
    ".aws",
    ".gnupg",
    ".docker",
    ".kube",
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "wp-config.php",
];
/// Parts of a name behind a dot: keys, key rings, databases and what is saved of them.
const SECRET_ENDS: [&str; 19] = [
    "env", "pem", "ppk", "p12", "pfx", "jks", "keystore", "kdb", "kdbx", "ovpn", "sql", "sqlite", "sqlite3", "db",
    "db3", "mdb", "accdb", "dump", "rdb",
];
/// Hidden names that are meant to be published.
const MEANT: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];
/// Hidden names that someone put there on purpose, but not for visitors; nothing need be said.
const QUIET: [&str; 3] = [".gitkeep", ".gitignore", ".gitattributes"];
const LEFT_NAMES: [&str; 5] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin"];
const LEFT_ENDS: [&str; 16] = [
    "bak",
    "backup",
    "orig",
    "old",
    "rej",
    "tmp",
    "temp",
    "swp",
    "swo",
    "part",
    "partial",
    "crdownload",
    "wbk",
    "asd",
    "lnk",
    "dmp",
];
/// What Windows and WPS call a new file.
const NEW: [&str; 17] = [
    "文本文档",
    "Microsoft Word 文档",
    "Microsoft Excel 工作表",
    "Microsoft PowerPoint 演示文稿",
    "DOC 文档",
    "DOCX 文档",
    "XLS 工作表",
    "XLSX 工作表",
    "PPT 演示文稿",
    "PPTX 演示文稿",
    "RTF 文档",
    "位图图像",
    "BMP 图像",
    "文件夹",
    "压缩(zipped)文件夹",
    "WinRAR 压缩文件",
    "WinRAR ZIP 压缩文件",
];
/// What Windows adds to the name of a copy.
const COPY: [&str; 3] = [" - 副本", " - 复制", " - copy"];

/// What the name of a file or folder says.
pub fn of(name: &str) -> Option<Junk> {
    let lower = name.to_lowercase();
    if QUIET.contains(&lower.as_str()) || MEANT.contains(&lower.as_str()) {
        return None;
    }
    // The stream that Windows keeps beside a download.
    if LEFT_NAMES.contains(&lower.as_str()) || lower.ends_with("zone.identifier") {
        return Some(Junk::Leftover);
    }
    let ends = || lower.split('.').skip(1).filter(|end| !end.is_empty());
    if SECRET_NAMES.contains(&lower.as_str())
        || lower.starts_with(".env")
        || ends().any(|end| SECRET_ENDS.contains(&end))
    {
        return Some(Junk::Secret);
    }
    let is_left = lower.starts_with(['.', '~'])
        || lower.ends_with('~')
        || lower.len() > 1 && lower.starts_with('#') && lower.ends_with('#')
        || ends().last().is_some_and(|end| LEFT_ENDS.contains(&end))
        || is_new(name)
        || COPY.iter().any(|copy| lower.contains(copy));
    is_left.then_some(Junk::Leftover)
}

/// Whether nobody has given it a name yet.
fn is_new(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let rest = stem.strip_prefix("新建").map(str::trim_start);
    let rest = rest.and_then(|rest| NEW.iter().find_map(|kind| rest.strip_prefix(kind)));
    rest.is_some_and(|rest| rest.trim_start().is_empty() || rest.trim_start().starts_with(['(', '（', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_behind_and_what_is_secret_is_told_by_name() {
        let check = |junk: Option<Junk>, names: &[&str]| {
            for name in names {
                assert_eq!(of(name), junk, "{name}");
            }
        };
        check(
            Some(Junk::Leftover),
            &[
                "~$报告.docx",
                ".~lock.a.odt#",
                "Thumbs.db",
                ".DS_Store",
                "._a.jpg",
                "a.docx:Zone.Identifier",
                "index.html.bak",
                "a.orig",
                "a.TMP",
                ".a.md.swp",
                "a~",
                "#a#",
                ".git",
                ".svn",
                ".idea",
                "新建 文本文档.txt",
                "新建文本文档 (2).txt",
                "新建 DOCX 文档.docx",
                "新建文件夹",
                "报名表 - 副本.pdf",
                "报名表 - 副本 (2).pdf",
                "a - Copy.txt",
                "desktop.ini",
                "a.lnk",
            ],
        );
        check(
            Some(Junk::Secret),
            &[
                ".env",
                ".env.production",
                "prod.env",
                "server.pem",
                "id_rsa",
                "ID_ED25519",
                "a.sql",
                "a.sql.gz",
                "a.db.bak",
                ".htpasswd",
                "key.pfx",
            ],
        );
        check(
            None,
            &[
                ".well-known",
                ".nojekyll",
                ".gitkeep",
                "robots.txt",
                "新建社区学校方案.pdf",
                "新建文档管理办法.pdf",
                "#1楼.pdf",
                "a.b.pdf",
                "db.txt",
                "环境.env说明.txt",
                "MP_verify_x.txt",
                "old.pdf",
                "副本.pdf",
            ],
        );
    }
}
