//! `shuyuan build`: content → site.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::terminal::{err, out};
use super::{Exit, ProjectArgs, project};
use crate::artifact::Artifact;
use crate::assets::picture::cache::Cache;
use crate::diag::catalogue::Hidden;
use crate::diag::fault::Fault;
use crate::diag::format::json_object;
use crate::diag::{Diagnostic, Findings};
use crate::load::Inputs;
use crate::output::disk::{Busy, RealDisk};
use crate::output::{self, Output, Report};
use crate::page::Family;
use crate::pipeline::{self, Site, Timings};
use crate::portal::State;

#[derive(clap::Args)]
pub(super) struct Build {
    #[command(flatten)]
    project: ProjectArgs,
    /// 门户写到哪个文件夹；不写就是项目里的 site
    #[arg(long, value_name = "文件夹")]
    out: Option<Utf8PathBuf>,
    /// 逐个文件写入，不用一步切换；中途停下会新旧混杂
    #[arg(long)]
    in_place: bool,
    /// 列出每一步花的时间
    #[arg(long)]
    timings: bool,
    /// 用 JSON 输出结果
    #[arg(long)]
    json: bool,
}

/// The result of a build.
struct Built {
    site: Option<Site>,
    diagnostics: Vec<Diagnostic>,
    report: Option<Report>,
    timings: Timings,
}

impl Build {
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        let start = Instant::now();
        let built = self.build()?;
        self.print(&built, start.elapsed())?;
        Ok(self.project.exit(&built.diagnostics))
    }

    fn build(&self) -> Result<Built, Fault> {
        let mut findings = Findings::default();
        let mut timings = Timings::new();
        let clock = Instant::now();
        let inputs = Inputs::from_disk(&self.project.root, &mut findings)?;
        timings.push(("load", clock.elapsed()));
        let cache = self.project.cache()?;
        let site = pipeline::prepare(&inputs, &self.project.options(), Some(&cache), &mut findings, &mut timings)?;
        let mut report = None;
        if let Some(site) = &site {
            report = self.write(site, &cache, &mut findings, &mut timings)?;
        }
        Ok(Built { site, diagnostics: findings.sorted(), report, timings })
    }

    /// Renders everything, so that one run reports all mistakes; publishes only if there are no errors.
    fn write(
        &self,
        site: &Site,
        cache: &Cache,
        findings: &mut Findings,
        timings: &mut Timings,
    ) -> Result<Option<Report>, Fault> {
        let progress = Progress::new(site.pages.len() + site.assets.addresses().len());
        if self.blocked(findings) {
            let drop = |_: Artifact| {
                progress.step();
                Ok(())
            };
            pipeline::pages(site, &drop, findings, timings)?;
            pipeline::pictures(site, Some(cache), &drop, findings, timings)?;
            return Ok(None);
        }
        let disk = RealDisk;
        let output = self.open(&disk)?;
        let put = |artifact: Artifact| {
            progress.step();
            output.put(artifact)
        };
        pipeline::make(site, Some(cache), &put, findings, timings)?;
        if self.blocked(findings) {
            return Ok(None);
        }
        let clock = Instant::now();
        let report = output.commit()?;
        timings.push(("publish", clock.elapsed()));
        Ok(Some(report))
    }

    fn blocked(&self, findings: &Findings) -> bool {
        findings.has_errors() || (self.project.strict && findings.count(crate::diag::Severity::Warning) > 0)
    }

    /// Opens the output; if another build holds it, says so and waits.
    fn open<'d>(&self, disk: &'d RealDisk) -> Result<Output<'d, RealDisk>, Fault> {
        let out = self.out.clone().unwrap_or_else(|| self.project.default_out());
        let apart = self.project.apart();
        let settings =
            |busy| output::Settings { out: out.clone(), in_place: self.in_place, busy, apart: apart.clone() };
        match Output::open(disk, &settings(Busy::Refuse)) {
            Err(fault @ Fault::Busy { .. }) => {
                err(fault)?;
                Output::open(disk, &settings(Busy::Wait))
            }
            opened => opened,
        }
    }

    fn print(&self, built: &Built, took: Duration) -> Result<(), Fault> {
        if self.json {
            out(format_args!("{:#}", summary_json(built, took)))?;
        } else {
            project::print(&built.diagnostics)?;
            err(summary(built, took))?;
        }
        let mut timings = built.timings.iter().filter(|_| self.timings);
        let milliseconds = |time: &Duration| time.as_secs_f64() * 1000.0;
        timings.try_for_each(|(stage, time)| err(format_args!("{stage:>10} {:>8.1} ms", milliseconds(time))))
    }
}

/// A progress bar on a terminal, shown after one second.
struct Progress {
    bar: ProgressBar,
    done: Arc<AtomicU64>,
    start: Instant,
}

impl Progress {
    fn new(length: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
            bar.set_style(style);
        }
        Self { bar, done: Arc::default(), start: Instant::now() }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.start.elapsed() > Duration::from_secs(1) && std::io::stderr().is_terminal() {
            if self.bar.is_hidden() {
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar.set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The numbers of item pages, other pages and pictures.
fn counts(site: &Site) -> (usize, usize, usize) {
    let items = site.pages.iter().filter(|page| matches!(page.family, Family::Item(_))).count();
    (items, site.pages.len() - items, site.assets.picture_count())
}

/// Names of what was not published, each with the reason.
fn skipped(site: &Site) -> Vec<(String, String)> {
    let items = site.portal.items();
    items
        .filter_map(|(_, item)| {
            let why = match &item.state {
                State::Public => return None,
                State::Draft => "草稿".to_owned(),
                State::Hidden(Hidden::NotYet(day)) => format!("{day} 起发布"),
                State::Hidden(Hidden::Expired(day)) => format!("{day} 后已过期"),
                State::Hidden(Hidden::Withdrawn) => "已撤下".to_owned(),
            };
            Some((format!("{}/{}", item.kind().folder(), item.id()), why))
        })
        .collect()
}

fn summary(built: &Built, took: Duration) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let tally = project::tally(&built.diagnostics);
    if let Some(site) = &built.site {
        let (items, others, pictures) = counts(site);
        let _ = writeln!(text, "内容页 {items}，列表等页 {others}，图片 {pictures}");
        let skipped = skipped(site);
        if !skipped.is_empty() {
            let _ = writeln!(text, "没有发布 {} 项：", skipped.len());
            for (name, why) in skipped {
                let _ = writeln!(text, "  {name}（{why}）");
            }
        }
    }
    if !tally.is_empty() {
        let _ = writeln!(text, "{tally}");
    }
    match &built.report {
        Some(report) => {
            let size = crate::page::format::size(report.bytes);
            let _ = writeln!(
                text,
                "已生成：新增 {} 个文件，未改 {} 个，删除 {} 个，共 {size}，用时 {:.2} 秒",
                report.written,
                report.unchanged,
                report.removed,
                took.as_secs_f64()
            );
        }
        None => text.push_str("没有发布：请先改正上面的错误，原来的门户没有动\n"),
    }
    if let Some(next) = built.site.as_ref().and_then(|site| site.portal.today.next_change()) {
        let _ = writeln!(text, "今天、明天的安排天天不同，请每天重新生成一次；下次在 {next} 00:00 以后");
    }
    text
}

fn summary_json(built: &Built, took: Duration) -> serde_json::Value {
    let counts = built.site.as_ref().map(|site| {
        let (items, others, pictures) = counts(site);
        let skipped: Vec<_> =
            skipped(site).into_iter().map(|(name, why)| json!({"name": name, "reason": why})).collect();
        json!({
            "item_pages": items,
            "other_pages": others,
            "pictures": pictures,
            "skipped": skipped,
            "next_change": site.portal.today.next_change().map(|day| day.to_string()),
        })
    });
    let report = built.report.as_ref().map(|report| {
        json!({"written": report.written, "unchanged": report.unchanged, "removed": report.removed,
               "kept": report.kept, "foreign": report.foreign, "bytes": report.bytes})
    });
    let timings: serde_json::Map<String, serde_json::Value> =
        built.timings.iter().map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64()))).collect();
    json!({
        "published": built.report.is_some(),
        "seconds": took.as_secs_f64(),
        "site": counts,
        "output": report,
        "timings": timings,
        "diagnostics": built.diagnostics.iter().map(json_object).collect::<Vec<_>>(),
    })
}
