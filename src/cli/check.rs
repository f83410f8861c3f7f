//! `shuyuan check`: reports everything that `build` would report. It renders every page and decodes every picture, but
//! writes only the picture cache.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use clap::ValueEnum;
use unicode_normalization::UnicodeNormalization as _;

use super::terminal::{err, out};
use super::{Exit, ProjectArgs, project};
use crate::artifact::Artifact;
use crate::diag::fault::Fault;
use crate::diag::format::{Format, render};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::feed::reconcile::Form;
use crate::load::{Inputs, TOPS};
use crate::pipeline::{self, Timings};

#[derive(clap::Args)]
pub(super) struct Check {
    /// 只说这些文件或文件夹的问题；不写就是全部
    #[arg(value_name = "文件", help_heading = "参数")]
    files: Vec<Utf8PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
    /// 输出的格式：text（给人看，不写就是它）、json、github、gitlab、sarif
    #[arg(long, value_name = "格式", default_value = "text", hide_possible_values = true, hide_default_value = true)]
    format: Layout,
    /// 不列问题，列出公文、名单、职责、指标、机构和材料之间对不上的地方；格式是 text 或 json
    #[arg(long, conflicts_with = "files")]
    report: bool,
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
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        if let Some(name) = &self.explain {
            return explain(name);
        }
        let chosen = match self.chosen() {
            Ok(chosen) => chosen,
            Err(said) => {
                err(said)?;
                return Ok(Exit::Mistakes);
            }
        };
        if self.report {
            return self.reconcile();
        }
        let mut diagnostics = self.check()?;
        let all = diagnostics.len();
        diagnostics.retain(|diagnostic| is_about(diagnostic, &chosen));
        self.print(&diagnostics, all - diagnostics.len())?;
        Ok(self.project.exit(&diagnostics))
    }

    /// Prints what does not fit together. What is wrong with the content is only counted.
    fn reconcile(&self) -> Result<Exit, Fault> {
        let form = match self.format {
            Layout::Text => Form::Text,
            Layout::Json => Form::Json,
            Layout::Github | Layout::Gitlab | Layout::Sarif => {
                err("--report 的格式只能是 text 或 json")?;
                return Ok(Exit::Mistakes);
            }
        };
        let mut findings = Findings::default();
        let inputs = Inputs::from_disk(&self.project.root, &mut findings)?;
        let site = pipeline::prepare(&inputs, &self.project.options(), None, &mut findings, &mut Timings::new())?;
        if let Some(site) = &site {
            out(pipeline::reconciliation(site, form))?;
        }
        let diagnostics = findings.sorted();
        let tally = project::tally(&diagnostics);
        if !tally.is_empty() {
            err(format_args!("内容里有{tally}，不加 --report 可以看到"))?;
        }
        Ok(self.project.exit(&diagnostics))
    }

    /// The chosen files and folders, by their paths from the project's root; none if all are meant.
    fn chosen(&self) -> Result<Vec<String>, String> {
        let root = self.project.root.canonicalize_utf8().unwrap_or_else(|_| self.project.root.clone());
        let path = |named: &Utf8PathBuf| {
            let there = [named.clone(), self.project.root.join(named)];
            let Some(found) = there.iter().find_map(|path| path.canonicalize_utf8().ok()) else {
                return Err(format!("没有文件“{named}”。请写从当前文件夹起的路径，如 content/courses/taiji.md"));
            };
            let inside = found.strip_prefix(&root).ok();
            let read = inside.filter(|path| TOPS.iter().any(|top| path.starts_with(top)) || path.as_str().is_empty());
            read.map(|path| path.as_str().nfc().collect())
                .ok_or_else(|| format!("“{named}”不在这个项目的 content 和 themes 里，没有可检查的内容"))
        };
        self.files.iter().map(path).collect()
    }

    fn check(&self) -> Result<Vec<Diagnostic>, Fault> {
        let mut findings = Findings::default();
        let mut timings = Timings::new();
        let inputs = Inputs::from_disk(&self.project.root, &mut findings)?;
        let cache = self.project.cache()?;
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

    /// Prints what was found; of what was left out only how much there is.
    fn print(&self, diagnostics: &[Diagnostic], others: usize) -> Result<(), Fault> {
        let format = match self.format {
            Layout::Text => project::format_for(&std::io::stdout()),
            Layout::Json => Format::Json,
            Layout::Github => Format::Github,
            Layout::Gitlab => Format::Gitlab,
            Layout::Sarif => Format::Sarif,
        };
        out(render(diagnostics, format))?;
        let tally = project::tally(diagnostics);
        let tally = if tally.is_empty() { "没有发现问题" } else { &tally };
        let others = if others == 0 {
            String::new()
        } else {
            format!("；其他文件还有 {others} 个问题，不写文件就全部列出")
        };
        err(format_args!("{tally}{others}"))
    }
}

/// Whether a diagnostic is about one of the chosen files or folders, or refers to one; all are if none is chosen.
fn is_about(diagnostic: &Diagnostic, chosen: &[String]) -> bool {
    let related = diagnostic.related.iter().map(|(place, _)| place);
    let mut paths = diagnostic.place.iter().chain(related).map(|place| Utf8Path::new(&place.source.path));
    chosen.is_empty() || paths.any(|path| chosen.iter().any(|chosen| path.starts_with(chosen)))
}

/// Prints the explanation of a code.
fn explain(name: &str) -> Result<Exit, Fault> {
    let one = |code: &Code| format!("{}\n  {}\n", code.name(), code.explanation());
    if name == "all" {
        out(Code::ALL.iter().map(one).collect::<String>())?;
        return Ok(Exit::Fine);
    }
    if let Some(code) = Code::from_name(name) {
        out(one(&code))?;
        return Ok(Exit::Fine);
    }
    let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
    let hint = near.map_or_else(|| "用 --explain all 列出全部".to_owned(), |near| format!("是不是 {near}？"));
    err(format_args!("没有代号“{name}”。{hint}"))?;
    Ok(Exit::Mistakes)
}
