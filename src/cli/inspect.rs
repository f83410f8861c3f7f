//! `shuyuan inspect`: what an inspection of government sites would find.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::net::ToSocketAddrs;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use clap::ValueEnum;
use rayon::prelude::*;
use url::Url;

use super::terminal::{err, out};
use super::{Exit, ProjectArgs};
use crate::artifact::Artifact;
use crate::diag::fault::{Doing, Fault};
use crate::diag::{Findings, Severity as Gravity};
use crate::inspect::atlas::Atlas;
use crate::inspect::online::{self, Answer};
use crate::inspect::page::Page;
use crate::inspect::rules::{RULES, Severity};
use crate::inspect::{self, Subject};
use crate::load::Inputs;
use crate::load::history::History;
use crate::pipeline::{self, Site, Timings};

#[derive(clap::Args)]
pub(super) struct Inspect {
    #[command(flatten)]
    project: ProjectArgs,
    /// 看这个已经生成的门户，不重新生成
    #[arg(long, value_name = "文件夹")]
    site: Option<Utf8PathBuf>,
    /// 报告的写法：text 给人看，json 给程序，html 存档上交
    #[arg(
        long,
        value_enum,
        value_name = "写法",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    format: Layout,
    /// 把报告写进这个文件
    #[arg(long, value_name = "文件")]
    out: Option<Utf8PathBuf>,
    /// 有哪一级的问题就以退出码 1 结束：error、warning 或 never；不写是 error
    #[arg(
        long,
        value_enum,
        value_name = "级别",
        default_value = "error",
        hide_possible_values = true,
        hide_default_value = true
    )]
    fail_on: FailOn,
    /// 上网去试通往别的网站的链接；不写就只数一数，写进“未检查”
    #[arg(long)]
    online: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Layout {
    Text,
    Json,
    Html,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum FailOn {
    Error,
    Warning,
    Never,
}

/// The pages, and the addresses of all files.
type Portal = (Vec<Page>, BTreeSet<String>);

impl Inspect {
    pub(super) fn run(&self) -> Result<Exit, Fault> {
        let mut findings = Findings::default();
        let inputs = Inputs::from_disk(&self.project.root, &mut findings)?;
        let cache = self.project.cache()?;
        let mut timings = Timings::new();
        let site = pipeline::prepare(&inputs, &self.project.options(), Some(&cache), &mut findings, &mut timings)?;
        let Some(site) = site else {
            super::project::print(&findings.sorted())?;
            return Ok(Exit::Mistakes);
        };
        let atlas = Atlas::new(site.portal.base_url());
        let (pages, files) = match &self.site {
            Some(folder) => read(folder, &atlas)?,
            None => made(&site, &atlas, &mut findings, &mut timings)?,
        };
        let diagnostics = findings.sorted();
        let mistakes = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Gravity::Error).count();
        // Without it, what it would tell is unchecked.
        let history = History::of(&self.project.root).ok();
        let answers = if self.online { Some(tried(&inspect::outside(&pages, &atlas))?) } else { None };
        let report = inspect::inspect(&Subject {
            portal: &site.portal,
            pages: &pages,
            atlas: &atlas,
            files: &files,
            diagnostics: &diagnostics,
            history: history.as_ref(),
            answers: answers.as_ref(),
        });
        self.write(&match self.format {
            Layout::Text => report.text(),
            Layout::Json => format!("{:#}\n", report.json()),
            Layout::Html => report.html(&site.portal.settings.site.title),
        })?;
        if mistakes > 0 {
            err(format_args!("内容里有 {mistakes} 个错误，门户现在不能发布；用 shuyuan check 列出"))?;
        }
        let counts = report.counts();
        let count = |severity| counts.get(&severity).copied().unwrap_or(0);
        let fails = match self.fail_on {
            FailOn::Never => false,
            FailOn::Error => count(Severity::Error) > 0 || mistakes > 0,
            FailOn::Warning => count(Severity::Error) + count(Severity::Warning) > 0 || mistakes > 0,
        };
        Ok(if fails { Exit::Mistakes } else { Exit::Fine })
    }

    fn write(&self, text: &str) -> Result<(), Fault> {
        let Some(path) = &self.out else { return out(text.trim_end()) };
        fs::write(path, text).map_err(|source| Fault::Io { doing: Doing::Write, path: path.clone().into(), source })
    }
}

/// Makes all pages and reads each at once; pictures are only named.
fn made(site: &Site, atlas: &Atlas, findings: &mut Findings, timings: &mut Timings) -> Result<Portal, Fault> {
    let taken: Mutex<Portal> = Mutex::default();
    let put = |artifact: Artifact| {
        let page = is_page(&artifact.path).then(|| Page::read(&artifact.path, &artifact.bytes, atlas));
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.0.extend(page);
        taken.1.insert(artifact.path);
        Ok(())
    };
    let documents = pipeline::pages(site, &put, findings, timings)?;
    drop(documents);
    let (mut pages, mut files) = taken.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.extend(site.assets.addresses().into_iter().map(|(address, _)| address));
    pages.sort_by(|a, b| a.address.cmp(&b.address));
    Ok((pages, files))
}

/// Tries the links to other sites.
fn tried(addresses: &BTreeSet<Url>) -> Result<BTreeMap<Url, Answer>, Fault> {
    let limits = &RULES.online;
    if !addresses.is_empty() {
        err(format_args!("上网去试 {} 个网址，最多 {} 分钟", addresses.len(), limits.all_seconds.div_ceil(60)))?;
    }
    Ok(online::ask(addresses, limits, |host, port| Ok((host, port).to_socket_addrs()?.collect())))
}

fn is_page(address: &str) -> bool {
    Utf8Path::new(address).extension() == Some("html")
}

/// Reads a portal that was made before.
fn read(folder: &Utf8Path, atlas: &Atlas) -> Result<Portal, Fault> {
    let files = listed(folder)?;
    let pages: Vec<&String> = files.iter().filter(|address| is_page(address)).collect();
    // One buffer serves many pages, so that its memory is not made anew for each.
    let read = |buffer: &mut Vec<u8>, address: &&String| {
        let path = folder.join(address);
        buffer.clear();
        let read = File::open(&path).and_then(|mut file| file.read_to_end(buffer));
        read.map_err(|source| Fault::Io { doing: Doing::Read, path: path.into(), source })?;
        Ok(Page::read(address, buffer, atlas))
    };
    let pages: Result<Vec<Page>, Fault> = pages.par_iter().map_init(Vec::new, read).collect();
    Ok((pages?, files))
}

/// The root addresses of all files in a folder.
fn listed(folder: &Utf8Path) -> Result<BTreeSet<String>, Fault> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let fault = |source| Fault::Io { doing: Doing::List, path: next.clone().into(), source };
        for entry in next.read_dir_utf8().map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let sort = entry.file_type().map_err(fault)?;
            let path = entry.into_path();
            if sort.is_dir() || (sort.is_symlink() && path.is_dir()) {
                open.push(path);
            } else if let Ok(address) = path.strip_prefix(folder) {
                files.push(address.as_str().to_owned());
            }
        }
    }
    Ok(files.into_iter().collect())
}
