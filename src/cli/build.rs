//! `shuyuan build`: content → site.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::again::{self, Again};
use super::terminal::{err, out};
use super::{Exit, ProjectArgs, project};
use crate::artifact::Artifact;
use crate::assets::picture::cache::Cache;
use crate::diag::catalogue::Hidden;
use crate::diag::fault::Fault;
use crate::diag::format::{Format, json_object, render};
use crate::diag::{Diagnostic, Findings};
use crate::former::{self, Former};
use crate::load::Inputs;
use crate::load::history::History;
use crate::output::disk::{Busy, RealDisk};
use crate::output::{self, Output, Report};
use crate::page::Family;
use crate::pipeline::{self, Site, Timings};
use crate::portal::State;
use crate::portal::link::Options;

#[derive(clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Build {
    #[command(flatten)]
    project: ProjectArgs,
    /// 门户写到哪个文件夹；不写就是项目里的 site
    #[arg(long, value_name = "文件夹")]
    out: Option<Utf8PathBuf>,
    /// 逐个文件写入，不用一步切换；中途停下会新旧混杂
    #[arg(long)]
    in_place: bool,
    /// 不用上一次生成留下的记录，全部重新生成
    #[arg(long)]
    no_cache: bool,
    /// 日历里更新的时间和次数，内容里没有写 updated 的，从 git 的提交记录来
    #[arg(long)]
    git: bool,
    /// 列出每一步花的时间
    #[arg(long)]
    timings: bool,
    /// 用 JSON 输出结果
    #[arg(long)]
    json: bool,
}

/// The result of a build, as it is told.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    /// Diagnostics for people.
    text: String,
    /// The same for programs.
    objects: Vec<serde_json::Value>,
    /// How many of them there are.
    tally: String,
    site: Option<Counts>,
    /// `None` if nothing was published.
    report: Option<Report>,
}

/// What a portal consists of.
#[derive(Serialize, Deserialize)]
struct Counts {
    item_pages: usize,
    other_pages: usize,
    pictures: usize,
    /// Names of what was not published, each with the reason.
    skipped: Vec<(String, String)>,
    next_change: Option<Date>,
}

impl Build {
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        let start = Instant::now();
        let mut timings = Timings::new();
        let (told, exit) = self.build(&mut timings)?;
        self.print(&told, &timings, start.elapsed())?;
        Ok(exit)
    }

    fn build(&self, timings: &mut Timings) -> Result<(Told, Exit), Fault> {
        let mut findings = Findings::default();
        let clock = Instant::now();
        let inputs = self.inputs(&mut findings)?;
        timings.push(("load", clock.elapsed()));
        let cache = self.project.cache()?;
        let options = self.project.options();
        // What was said while loading may be about more than texts.
        let again = if self.no_cache || !findings.is_empty() { None } else { self.again(&inputs, &options) };
        if let Some(told) = again.as_ref().and_then(Again::told) {
            return Ok((told.again(), Exit::Fine));
        }
        let site = pipeline::prepare(&inputs, &options, Some(&cache), &mut findings, timings)?;
        let mut report = None;
        if let Some(site) = &site {
            report = self.write(site, &cache, &mut findings, timings)?;
        }
        let diagnostics = findings.sorted();
        let exit = self.project.exit(&diagnostics);
        let told = Told::new(site.as_ref(), &diagnostics, report);
        // What is kept for one build only is removed by the next one, which therefore is not the same.
        let lasts = report.is_some_and(|report| report.kept == 0) && exit == Exit::Fine;
        if let (Some(again), Some(site), true) = (again, &site, lasts) {
            let zone = &site.portal.settings.zone;
            again.keep(options.day.date(zone), zone, &told);
        }
        Ok((told, exit))
    }

    fn inputs(&self, findings: &mut Findings) -> Result<Inputs, Fault> {
        let root = &self.project.root;
        let inputs = Inputs::from_disk(root, findings)?;
        if !self.git {
            return Ok(inputs);
        }
        let history = History::of(root).map_err(Fault::History)?;
        History::uncommitted(root, &inputs, findings).map_err(Fault::History)?;
        Ok(inputs.with_history(history))
    }

    fn again(&self, inputs: &Inputs, options: &Options) -> Option<Again> {
        let colour = project::format_for(&std::io::stderr()) == Format::Colour;
        let how = format!("{} {} {colour}", self.in_place, self.project.strict);
        Again::new(&self.project.memory(), &self.out(), inputs, options, &how)
    }

    /// The pages of the former build, where one was remembered.
    fn former<'a>(&self, again: former::Again<'a>) -> Former<'a> {
        let program = if self.no_cache { None } else { again::program() };
        program.map_or_else(Former::default, |program| Former::open(&self.project.memory(), &program, again))
    }

    fn out(&self) -> Utf8PathBuf {
        self.out.clone().unwrap_or_else(|| self.project.default_out())
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
        let put_again = |address: &str, hash| {
            let is_put = output.put_again(address, hash)?;
            if is_put {
                progress.step();
            }
            Ok(is_put)
        };
        let left = pipeline::make_again(site, Some(cache), self.former(&put_again), &put, findings, timings)?;
        if self.blocked(findings) {
            return Ok(None);
        }
        let clock = Instant::now();
        let report = output.commit()?;
        left.leave();
        timings.push(("publish", clock.elapsed()));
        Ok(Some(report))
    }

    fn blocked(&self, findings: &Findings) -> bool {
        findings.has_errors() || (self.project.strict && findings.count(crate::diag::Severity::Warning) > 0)
    }

    /// Opens the output; if another build holds it, says so and waits.
    fn open<'d>(&self, disk: &'d RealDisk) -> Result<Output<'d, RealDisk>, Fault> {
        let out = self.out();
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

    fn print(&self, told: &Told, timings: &Timings, took: Duration) -> Result<(), Fault> {
        if self.json {
            out(format_args!("{:#}", told.json(timings, took)))?;
        } else {
            err(&told.text)?;
            err(told.summary(took))?;
        }
        let mut timings = timings.iter().filter(|_| self.timings);
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

impl Counts {
    fn new(site: &Site) -> Self {
        let items = site.pages.iter().filter(|page| matches!(page.family, Family::Item(_))).count();
        Self {
            item_pages: items,
            other_pages: site.pages.len() - items,
            pictures: site.assets.picture_count(),
            skipped: skipped(site),
            next_change: site.portal.today.next_change(),
        }
    }
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

impl Told {
    fn new(site: Option<&Site>, diagnostics: &[Diagnostic], report: Option<Report>) -> Self {
        Self {
            text: render(diagnostics, project::format_for(&std::io::stderr())),
            objects: diagnostics.iter().map(json_object).collect(),
            tally: project::tally(diagnostics),
            site: site.map(Counts::new),
            report,
        }
    }

    /// The same of a build that found everything made.
    fn again(mut self) -> Self {
        if let Some(report) = &mut self.report {
            *report = Report { written: 0, removed: 0, unchanged: report.written + report.unchanged, ..*report };
        }
        self
    }

    fn summary(&self, took: Duration) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        if let Some(Counts { item_pages, other_pages, pictures, skipped, .. }) = &self.site {
            let _ = writeln!(text, "内容页 {item_pages}，列表等页 {other_pages}，图片 {pictures}");
            if !skipped.is_empty() {
                let _ = writeln!(text, "没有发布 {} 项：", skipped.len());
                for (name, why) in skipped {
                    let _ = writeln!(text, "  {name}（{why}）");
                }
            }
        }
        if !self.tally.is_empty() {
            let _ = writeln!(text, "{}", self.tally);
        }
        match &self.report {
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
        if let Some(next) = self.site.as_ref().and_then(|site| site.next_change) {
            let _ = writeln!(text, "今天、明天的安排天天不同，请每天重新生成一次；下次在 {next} 00:00 以后");
        }
        text
    }

    fn json(&self, timings: &Timings, took: Duration) -> serde_json::Value {
        let skipped = |counts: &Counts| -> Vec<_> {
            counts.skipped.iter().map(|(name, why)| json!({"name": name, "reason": why})).collect()
        };
        let site = self.site.as_ref().map(|counts| {
            json!({
                "item_pages": counts.item_pages,
                "other_pages": counts.other_pages,
                "pictures": counts.pictures,
                "skipped": skipped(counts),
                "next_change": counts.next_change.map(|day| day.to_string()),
            })
        });
        let timings: serde_json::Map<String, serde_json::Value> =
            timings.iter().map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64()))).collect();
        json!({
            "published": self.report.is_some(),
            "seconds": took.as_secs_f64(),
            "site": site,
            "output": self.report,
            "timings": timings,
            "diagnostics": self.objects,
        })
    }
}
