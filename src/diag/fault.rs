//! Faults of the machine, such as a full disk or a missing permission. They end the program with exit code 2.
//!
//! All their wording is here. Mistakes in the content are diagnostics, never faults.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The operation that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Looking at a path.
    Look,
    /// Listing a folder.
    List,
    /// Reading a file.
    Read,
    /// Making a folder.
    CreateFolder,
    /// Writing a file.
    Write,
    /// Reusing an unchanged file in the new tree, by a link.
    Link,
    /// Moving a finished file or tree to its place.
    Move,
    /// Removing files of an earlier build.
    Remove,
    /// Taking the lock against concurrent builds.
    Lock,
    /// Syncing the disk.
    Sync,
    /// Exchanging the new tree with the live one.
    Exchange,
}

/// An address of the new portal that is blocked by a foreign file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// The portal's address.
    pub needed: PathBuf,
    /// The path that blocks it: the same path, a file where a folder is needed, or something inside.
    pub foreign: PathBuf,
}

/// Why git does not know the history of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoHistory {
    /// There is no git on this machine.
    NoGit,
    /// The content is in no repository.
    NoRepository,
    /// The repository belongs to somebody else.
    Distrusted,
    /// The history was cut off when the repository was cloned.
    Shallow,
    /// Nothing of the content was ever committed.
    Empty,
    /// What git says.
    Failed(String),
}

/// A fault of the machine.
#[derive(Debug)]
pub enum Fault {
    /// The system refused an operation on a path.
    Io {
        /// The operation.
        doing: Doing,
        /// The path.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The output path is not a folder.
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// The output folder holds files but no manifest of ours.
    NotOurs {
        /// The folder.
        out: PathBuf,
    },
    /// The manifest of the output folder was not written by this program.
    BadManifest {
        /// The manifest.
        path: PathBuf,
        /// The first wrong line, from 1; `None` if it is not a text file or too large.
        line: Option<usize>,
    },
    /// Foreign files block addresses that the portal needs.
    ForeignClash {
        /// The output folder.
        out: PathBuf,
        /// All of them, sorted.
        clashes: Vec<Clash>,
    },
    /// The system cannot exchange the new tree with the live one in one step.
    ExchangeRefused {
        /// The output folder.
        out: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Another build is writing to the same folder.
    Busy {
        /// The lock that it holds.
        lock: PathBuf,
    },
    /// Two artifacts have the same address. This is a bug, since the plan is checked for it.
    Twice {
        /// The address.
        path: String,
    },
    /// The address of an artifact leaves the portal or is reserved. This is a bug.
    Unfit {
        /// The address.
        path: String,
    },
    /// The portal cannot be served on this machine.
    Serve {
        /// The port that was asked for.
        port: u16,
        /// The system's error.
        source: io::Error,
    },
    /// The result cannot be written to the terminal, or to where it was redirected.
    Print {
        /// The system's error.
        source: io::Error,
    },
    /// The output is inside a folder that is not for it, or around one.
    Mixed {
        /// The output folder.
        out: PathBuf,
        /// The other folder.
        with: PathBuf,
    },
    /// The cache is reached by a symlink.
    CacheElsewhere {
        /// The symlink.
        path: PathBuf,
    },
    /// The history of the content is asked for, and git does not know it.
    History(NoHistory),
    /// Several faults, each to be mended.
    Several(Vec<Fault>),
    /// Output was committed although an artifact had failed. This is a bug.
    Unfinished,
}

impl Fault {
    /// A file or folder that could not be read.
    pub fn read(path: impl AsRef<Path>, source: io::Error) -> Self {
        Self::Io { doing: Doing::Read, path: path.as_ref().to_owned(), source }
    }

    /// All of them as one; `None` if there are none.
    pub fn all(mut faults: Vec<Self>) -> Option<Self> {
        if faults.len() > 1 { Some(Self::Several(faults)) } else { faults.pop() }
    }

    /// Converts an [`io::Error`]: `.map_err(Fault::io(Doing::Read, path))`.
    pub fn io(doing: Doing, path: &Path) -> impl FnOnce(io::Error) -> Self + use<'_> {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }
}

/// No `source()`: printing the chain of causes would print the system's English message.
impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, source } => {
                write!(f, "{}失败：{}。位置：{}", doing.words(), reason(source), path.display())
            }
            Self::NotAFolder { path } => {
                write!(f, "输出位置 {} 不是文件夹。请移走它，或用 --out 另选一个文件夹。", path.display())
            }
            Self::NotOurs { out } => write!(
                f,
                "输出文件夹 {} 里已有文件，但不是由书院生成的，为免误伤没有动它。请清空这个文件夹，或用 --out 另选一个。",
                out.display()
            ),
            Self::BadManifest { path, line } => {
                write!(f, "输出清单 {} ", path.display())?;
                match line {
                    Some(line) => write!(f, "第 {line} 行不对，可能被人改过")?,
                    None => write!(f, "无法辨认，可能被人改过")?,
                }
                write!(f, "，为免误删没有动输出文件夹。请移走整个输出文件夹，然后重新生成。")
            }
            Self::ForeignClash { out, clashes } => clash_words(f, out, clashes),
            Self::ExchangeRefused { out, source } => write!(
                f,
                "这里无法一步换上新站点（{}），{} 保持原样。有两个办法：用 --out 换一个位置（普通磁盘上的文件夹，不是挂载点）；\
                 或加 --in-place 逐个文件写入，但若中途停下，站点会新旧混杂，再生成一次即可补全。",
                reason(source),
                out.display()
            ),
            Self::Busy { lock } => {
                write!(f, "另一次生成正在写同一个输出文件夹，等它写完就继续，不用重来。锁文件：{}", lock.display())
            }
            Self::Serve { port, source } => {
                write!(f, "无法在端口 {port} 预览门户：{}。请用 --port 换一个端口，如 --port 8080。", reason(source))
            }
            Self::Print { source } => write!(f, "结果写不出来：{}。请换一个地方写，或直接在窗口里看。", reason(source)),
            Self::Mixed { out, with } => write!(
                f,
                "输出文件夹 {} 不能和 {} 套在一起：生成的网页会和这里面的文件混在一起。请用 --out 另选一个文件夹，\
                 或不写 --out，就写到项目里的 site。",
                out.display(),
                with.display()
            ),
            Self::CacheElsewhere { path } => write!(
                f,
                "{} 是快捷方式，可能指到项目外面，没有使用。请删掉它，程序会自己新建一个文件夹。",
                path.display()
            ),
            Self::History(why) => write!(f, "{why}，所以没有生成。不加 --git，就按内容里写的日期。"),
            Self::Several(faults) => {
                let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
                f.write_str(&said.join("\n"))
            }
            Self::Twice { path } => write!(f, "程序内部错误：地址 {path} 被生成了两次。请把这句话告诉开发者。"),
            Self::Unfinished => f.write_str("程序内部错误：有文件没有写成，站点保持原样。请把这句话告诉开发者。"),
            Self::Unfit { path } => write!(f, "程序内部错误：地址 {path} 不能用于输出。请把这句话告诉开发者。"),
        }
    }
}

impl fmt::Display for NoHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoGit => "这台电脑上没有 git，看不到提交记录",
            Self::NoRepository => "content 不在 git 仓库里，没有提交记录",
            Self::Distrusted => {
                "这个仓库属于另一个用户，git 不肯读（git config --global --add safe.directory 加上仓库的路径，就可以读）"
            }
            Self::Shallow => {
                "这个 git 仓库只取了最近的提交，更新的日期和次数会算错（用 git fetch --unshallow 取全；自动生成的，把 fetch-depth 写成 0）"
            }
            Self::Empty => "content 里的文件还没有提交过",
            Self::Failed(said) => return write!(f, "git 没有给出提交记录（{said}）"),
        })
    }
}

fn clash_words(f: &mut fmt::Formatter<'_>, out: &Path, clashes: &[Clash]) -> fmt::Result {
    write!(f, "输出文件夹 {} 里有不是书院生成的文件，占用了新站点需要的地址，站点保持原样。", out.display())?;
    for Clash { needed, foreign } in clashes {
        write!(f, "\n  新站点需要 {}，已有的是 {}", needed.display(), foreign.display())?;
    }
    write!(f, "\n请把这些文件移到别处，或改掉内容里的地址。")
}

impl Doing {
    fn words(self) -> &'static str {
        match self {
            Self::Look => "查看文件",
            Self::List => "列出文件夹内容",
            Self::Read => "读取文件",
            Self::CreateFolder => "新建文件夹",
            Self::Write => "写入文件",
            Self::Link => "沿用未变的文件",
            Self::Move => "移动到最终位置",
            Self::Remove => "清除旧文件",
            Self::Lock => "锁定输出文件夹",
            Self::Sync => "等待磁盘写完",
            Self::Exchange => "换上新站点",
        }
    }
}

/// The system's error in words for editors.
fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "找不到这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AddrInUse => "端口已被占用",
        ErrorKind::AddrNotAvailable => "这台机器没有这个网络地址",
        ErrorKind::StorageFull => "磁盘空间不足",
        ErrorKind::QuotaExceeded => "超出了磁盘配额",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::AlreadyExists => "那里已有同名文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::IsADirectory => "那里是一个文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::InvalidFilename => "文件名太长或含有不允许的字符",
        ErrorKind::ResourceBusy => "正被占用，可能是挂载点",
        ErrorKind::CrossesDevices => "不在同一个磁盘上",
        ErrorKind::TooManyLinks => "同一文件的链接太多",
        ErrorKind::Unsupported => "系统或磁盘不支持",
        ErrorKind::OutOfMemory => "内存不足",
        _ => return by_number(error),
    };
    words.to_owned()
}

/// The wording for errors that [`ErrorKind`] does not distinguish.
fn by_number(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(5) if cfg!(unix) => "磁盘读写出错，请检查硬件".to_owned(),
        Some(22) if cfg!(unix) => "磁盘不支持这种操作".to_owned(),
        Some(23 | 24) if cfg!(unix) => "打开的文件太多".to_owned(),
        Some(40) if cfg!(target_os = "linux") => "快捷方式绕成了圈".to_owned(),
        Some(number) => format!("系统错误 {number}"),
        None => "未知的系统错误".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_speaks_chinese() {
        for number in 1..134 {
            let words = reason(&io::Error::from_raw_os_error(number));
            assert!(!words.chars().any(|c| c.is_ascii_alphabetic()), "{number}: {words}");
        }
        let full = Fault::io(Doing::Write, Path::new("site/a.html"))(io::Error::from(ErrorKind::StorageFull));
        assert_eq!(full.to_string(), "写入文件失败：磁盘空间不足。位置：site/a.html");
        let many = Fault::io(Doing::Read, Path::new("a"))(io::Error::from_raw_os_error(24));
        assert_eq!(many.to_string(), "读取文件失败：打开的文件太多。位置：a");
    }

    #[test]
    fn a_refused_exchange_names_both_ways_out() {
        let out = PathBuf::from("/srv/site");
        let words = Fault::ExchangeRefused { out, source: io::Error::from(ErrorKind::ResourceBusy) }.to_string();
        assert!(words.contains("/srv/site") && words.contains("--out") && words.contains("--in-place"), "{words}");
    }

    #[test]
    fn a_clash_names_both_sides() {
        let clashes = vec![Clash { needed: "a/b.html".into(), foreign: "a".into() }];
        let words = Fault::ForeignClash { out: "site".into(), clashes }.to_string();
        assert!(words.contains("新站点需要 a/b.html，已有的是 a\n"), "{words}");
    }
}
