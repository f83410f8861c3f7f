//! `shuyuan check`: reports everything that `build` would report. It renders every page and decodes every picture, but
//! writes only the picture cache.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use clap::ValueEnum;

use super::{Exit, ProjectArgs, project};
use crate::artifact::Artifact;
use crate::diag::fault::Fault;
use crate::diag::format::{Format, render};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::load::Inputs;
use crate::pipeline::{self, Timings};

#[derive(clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    project: ProjectArgs,
    /// 输出的格式：text（给人看，不写就是它）、json、github、gitlab、sarif
    #[arg(long, value_name = "格式", default_value = "text", hide_possible_values = true, hide_default_value = true)]
    format: Layout,
    /// 解释一个代号，例如 dangling-ref；写 all 列出全部
    #[arg(long, value_name = "代号")]
    explain: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Layout {
    Text,
    Json,
    Github,
    Gitlab,
    Sarif,
}

impl Check {
    pub(super) fn run(&self) -> Exit {
        if let Some(name) = &self.explain {
            return explain(name);
        }
        match self.check() {
            Ok(diagnostics) => {
                self.print(&diagnostics);
                self.project.exit(&diagnostics)
            }
            Err(fault) => {
                anstream::eprintln!("{fault}");
                Exit::Fault
            }
        }
    }

    fn check(&self) -> Result<Vec<Diagnostic>, Fault> {
        let mut findings = Findings::default();
        let mut timings = Timings::new();
        let inputs = Inputs::from_disk(&self.project.root, &mut findings)?;
        let cache = self.project.cache();
        let site = pipeline::prepare(&inputs, &self.project.options(), Some(&cache), &mut findings, &mut timings)?;
        if let Some(site) = site {
            // As in a build: an address is made once.
            let made = Mutex::new(BTreeSet::new());
            let put = |artifact: Artifact| {
                let path = artifact.path;
                let is_new = made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
                if is_new { Ok(()) } else { Err(Fault::Twice { path }) }
            };
            pipeline::pages(&site, &put, &mut findings, &mut timings)?;
            pipeline::pictures(&site, Some(&cache), &put, &mut findings, &mut timings)?;
        }
        Ok(findings.sorted())
    }

    fn print(&self, diagnostics: &[Diagnostic]) {
        let format = match self.format {
            Layout::Text => project::format_for(&std::io::stdout()),
            Layout::Json => Format::Json,
            Layout::Github => Format::Github,
            Layout::Gitlab => Format::Gitlab,
            Layout::Sarif => Format::Sarif,
        };
        anstream::print!("{}", render(diagnostics, format));
        let tally = project::tally(diagnostics);
        anstream::eprintln!("{}", if tally.is_empty() { "没有发现问题" } else { &tally });
    }
}

/// Prints the explanation of a code.
fn explain(name: &str) -> Exit {
    let one = |code: &Code| anstream::println!("{}\n  {}", code.name(), code.explanation());
    if name == "all" {
        Code::ALL.iter().for_each(one);
        return Exit::Fine;
    }
    if let Some(code) = Code::from_name(name) {
        one(&code);
        return Exit::Fine;
    }
    let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
    let hint = near.map_or_else(|| "用 --explain all 列出全部".to_owned(), |near| format!("是不是 {near}？"));
    anstream::eprintln!("没有代号“{name}”。{hint}");
    Exit::Mistakes
}
