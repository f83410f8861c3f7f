//! The command line. Every command is a file; the work is done in the library.

mod again;
mod build;
mod check;
mod init;
mod inspect;
mod new;
mod project;
mod search;
mod serve;
mod terminal;
mod theme;

use camino::Utf8PathBuf;
use clap::{Parser, Subcommand};
use jiff::civil::Date;

use crate::content::meant::meant;
use crate::content::value::{Day, Malformed};
use crate::diag::catalogue::Meant;
use crate::diag::fault::Fault;
use terminal::{err, out};

/// How the program ends, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing is wrong.
    Fine,
    /// There are mistakes in the content.
    Mistakes,
    /// The machine failed.
    Fault,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::from(0),
            Exit::Mistakes => Self::from(1),
            Exit::Fault => Self::from(2),
        }
    }
}

#[derive(Parser)]
#[command(
    name = "shuyuan",
    version,
    about = "书院：把 Markdown 和 YAML 写成的内容生成终身学习门户",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true,
    override_usage = "shuyuan 命令 [选项]",
    subcommand_value_name = "命令",
    subcommand_help_heading = "命令",
    next_help_heading = "选项",
    help_template = HELP,
    after_help = "退出码：0 没有错误；1 内容有错误（加 --strict 时警告也算）；2 电脑或磁盘出错。"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// 显示帮助
    #[arg(short, long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

const HELP: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

#[derive(Subcommand)]
enum Command {
    /// 生成门户：content + themes → site
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan build [选项]")]
    Build(build::Build),
    /// 检查内容，说出 build 会说的一切，不写门户；可以只看几个文件
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan check [文件…] [选项]")]
    Check(check::Check),
    /// 新建一个小而全的门户
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan init 文件夹")]
    Init(init::Init),
    /// 新建一项内容，每个字段都有说明
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan new 类别 编号 [选项]")]
    New(new::New),
    /// 查看或复制主题的文件
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan theme 命令 [选项]")]
    Theme(theme::Theme),
    /// 在内容里查找，答案和门户的搜索一样
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan search 文字… [选项]")]
    Search(search::Search),
    /// 照政府网站检查的规则自查：更新、空栏目、死链接、标签、页脚、无障碍、标点、授权
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan inspect [选项]")]
    Inspect(inspect::Inspect),
    /// 预览门户：改动后浏览器自动刷新
    #[command(help_template = HELP, next_help_heading = "选项", override_usage = "shuyuan serve [选项]")]
    Serve(serve::Serve),
}

/// Options that every command on a project has.
#[derive(clap::Args, Clone)]
pub(crate) struct ProjectArgs {
    /// 项目所在的文件夹；不写就是当前文件夹
    #[arg(long, value_name = "文件夹", default_value = ".", hide_default_value = true)]
    root: Utf8PathBuf,
    /// 把草稿也当作发布
    #[arg(long)]
    drafts: bool,
    /// 当作是这一天，如 2026-11-09；不写就是今天
    #[arg(long, value_name = "日期")]
    today: Option<Date>,
    /// 网站地址，末尾带斜杠；优先于站点设置里的网站地址
    #[arg(long, value_name = "网址")]
    base_url: Option<String>,
    /// 警告也算错误
    #[arg(long)]
    strict: bool,
}

/// Runs the program.
pub fn run() -> Exit {
    let ended = match Cli::try_parse().map(|cli| cli.command) {
        Ok(Command::Build(build)) => build.run(),
        Ok(Command::Check(check)) => check.run(),
        Ok(Command::Init(init)) => init.run(),
        Ok(Command::Inspect(inspect)) => inspect.run(),
        Ok(Command::New(new)) => new.run(),
        Ok(Command::Theme(theme)) => theme.run(),
        Ok(Command::Search(search)) => search.run(),
        Ok(Command::Serve(serve)) => serve.run(),
        Err(error) => usage(&error),
    };
    ended.unwrap_or_else(|fault| {
        // Where even this cannot be written, the exit code says it.
        let _ = err(fault);
        Exit::Fault
    })
}

/// What to write for a day that is written in another way.
fn day_meant(written: &str) -> String {
    if written.parse::<Day>() == Err(Malformed::NoSuchDay) {
        return "日历上没有这一天".to_owned();
    }
    match meant("date", written) {
        Meant::Value(day) => format!("请写 --today {day}"),
        Meant::NoYear(day) => format!("年份也要写：--today {}-{day}", jiff::Zoned::now().year()),
        Meant::Pair(day, _) => format!("只写一天：--today {day}"),
        Meant::NoTime(_) | Meant::NoDate(_) | Meant::NoDay(_) | Meant::Lunar | Meant::Nothing => {
            "请写 2026-11-09 这样的日期；不写就是今天".to_owned()
        }
    }
}

/// Prints command-line errors in Chinese; help and version are not errors.
fn usage(error: &clap::Error) -> Result<Exit, Fault> {
    use clap::error::{ContextKind, ErrorKind};
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if asked {
        let text = error.render().to_string();
        if error.use_stderr() {
            err(text)?;
        } else {
            out(text)?;
        }
        return Ok(Exit::Fine);
    }
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = context(ContextKind::ValidValue);
            let valid = if valid.is_empty() { String::new() } else { format!("，可选：{valid}") };
            format!("{} 不能是“{}”{valid}", context(ContextKind::InvalidArg), context(ContextKind::InvalidValue))
        }
        ErrorKind::UnknownArgument => format!("没有选项 {}", context(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", context(ContextKind::InvalidArg)),
        ErrorKind::ArgumentConflict => {
            format!("{} 不能和 {} 一起用", context(ContextKind::InvalidArg), context(ContextKind::PriorArg))
        }
        _ => "命令写法不对".to_owned(),
    };
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(context)
        .find(|suggestion| !suggestion.is_empty());
    let hint = suggested.map_or_else(|| "用 shuyuan --help 看写法".to_owned(), |word| format!("是不是 {word}？"));
    let hint = if context(ContextKind::InvalidArg).starts_with("--today") && error.kind() == ErrorKind::ValueValidation
    {
        day_meant(&context(ContextKind::InvalidValue))
    } else {
        hint
    };
    err(format!("{what}。{hint}"))?;
    Ok(Exit::Mistakes)
}
