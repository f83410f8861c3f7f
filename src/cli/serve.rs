//! `shuyuan serve`: serves the portal from memory while it is being edited.

use std::process::{Command, Stdio};
use std::sync::Arc;

use super::terminal::{err, out};
use super::{Exit, ProjectArgs, project};
use crate::diag::fault::Fault;
use crate::diag::{Diagnostic, Severity};
use crate::serve::Server;
use crate::serve::snapshot::{Looked, Project};

#[derive(clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    project: ProjectArgs,
    /// 用哪个端口；被占用时往后找一个空的
    #[arg(long, value_name = "端口", default_value_t = 8000)]
    port: u16,
    /// 每次改动后说明生成用了多久
    #[arg(long)]
    timings: bool,
    /// 用浏览器打开门户
    #[arg(long)]
    open: bool,
}

impl Serve {
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        let project = Project {
            root: self.project.root.clone(),
            options: self.project.options(),
            cache: Arc::new(self.project.cache()?),
            stops: if self.project.strict { Severity::Warning } else { Severity::Error },
        };
        let timings = self.timings;
        let server = Server::start(project, self.port, move |looked| say(looked, timings))?;
        if self.port != 0 && server.port() != self.port {
            out(format_args!("端口 {} 已被占用，改用 {}", self.port, server.port()))?;
        }
        out(format_args!("门户在 {} ，改动后会自动刷新，按 Ctrl+C 结束", server.address()))?;
        if self.open {
            open(&server.address());
        }
        server.until_interrupted().map(|()| Exit::Fine)
    }
}

fn say(looked: &Looked, timings: bool) {
    let said = match looked {
        Looked::Built(diagnostics, took) if timings => {
            said(diagnostics, &format!("门户已是最新（{:.3} 秒）", took.as_secs_f64()))
        }
        Looked::Built(diagnostics, _) => said(diagnostics, "门户已是最新"),
        Looked::Blocked(diagnostics) => said(diagnostics, "门户没有更新"),
        Looked::Failed(fault) => err(fault),
    };
    // Browsers are served even if nobody reads this.
    drop(said);
}

fn said(diagnostics: &[Diagnostic], what: &str) -> Result<(), Fault> {
    project::print(diagnostics)?;
    out(format_args!("{what}{}", tally(diagnostics)))
}

fn tally(diagnostics: &[Diagnostic]) -> String {
    let tally = project::tally(diagnostics);
    if tally.is_empty() { tally } else { format!("：{tally}") }
}

/// Opens the address in the system's browser. Without a browser nothing happens: the address was printed.
fn open(address: &str) {
    let (program, before): (_, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = command.spawn();
}
