//! The portal in memory, of which each page is made when it is asked for, and the bench that builds the next one. Knows nothing of the
//! network, and writes nothing except the picture cache.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

use crate::artifact::{Artifact, Put};
use crate::assets::picture::cache::Cache;
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::format::{Format, render};
use crate::diag::{Diagnostic, Findings, Severity};
use crate::load::Inputs;
use crate::load::fingerprint::Fingerprint;
use crate::pipeline::{self, Memory, Site, Timings};
use crate::portal::State;
use crate::portal::link::{BuildDay, Options};

/// Which portal is built, and how.
#[derive(Debug)]
pub struct Project {
    /// The folder that holds `content/` and `themes/`.
    pub root: Utf8PathBuf,
    /// What the pipeline is asked for. The current moment is taken anew for every build.
    pub options: Options,
    /// Where encoded pictures are kept.
    pub cache: Arc<Cache>,
    /// The lowest severity that prevents a build from being shown: errors, or warnings as well.
    pub stops: Severity,
}

/// One portal. Only the files of the theme and those that are published as they are are held; all else is made when it is asked for.
#[derive(Debug)]
pub struct Snapshot {
    files: Artifacts,
    site: Arc<Site>,
    cache: Arc<Cache>,
    feeds: OnceLock<Artifacts>,
    index: OnceLock<Artifacts>,
    base_path: String,
}

type Artifacts = BTreeMap<String, Artifact>;

/// What browsers see.
#[derive(Debug, Default)]
pub struct Displayed {
    /// The last good portal; `None` if there has been none.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The mistakes that prevent the current files from being shown, as text; empty if there are none.
    pub mistakes: String,
}

/// The result of a check after files changed.
#[derive(Debug)]
pub enum Looked {
    /// They were built, in this time.
    Built(Vec<Diagnostic>, Duration),
    /// They have mistakes, and the last good portal is still shown.
    Blocked(Vec<Diagnostic>),
    /// The machine failed. The next check tries again.
    Failed(Fault),
}

impl Snapshot {
    fn new(site: Site, files: Artifacts, cache: Arc<Cache>) -> Self {
        let base_path = site.portal.settings.base_path();
        Self { files, site: Arc::new(site), cache, feeds: OnceLock::new(), index: OnceLock::new(), base_path }
    }

    /// The artifact at an address.
    ///
    /// # Errors
    /// The template's mistake on this page.
    pub fn get(&self, address: &str) -> Result<Option<Artifact>, Diagnostic> {
        if let Some(artifact) = self.files.get(address) {
            return Ok(Some(artifact.clone()));
        }
        if let Some(page) = self.site.page(address)? {
            return Ok(Some(page));
        }
        if address.starts_with(pipeline::INDEX) {
            return Ok(self.index().get(address).cloned());
        }
        // Faults of the disk are reported when all pictures are made.
        if let Some(picture) = self.site.assets.make_picture(address, Some(&self.cache)).ok().flatten() {
            return Ok(Some(picture));
        }
        // All pages are known.
        let is_page = Utf8Path::new(address).extension() == Some("html");
        let feeds = (!is_page).then(|| self.feeds());
        Ok(feeds.and_then(|feeds| feeds.get(address).cloned()))
    }

    /// What to say of an address whose entry is not published.
    pub fn not_published(&self, address: &str) -> Option<String> {
        let mut items = self.site.portal.items();
        let (_, item) = items.find(|(_, item)| !item.is_public() && item.address.as_str() == address)?;
        let why = match &item.state {
            State::Hidden(why) => Some(why),
            State::Draft | State::Public => None,
        };
        Some(say::not_published(item.title(), why))
    }

    /// The files of the search index, which are made once, of all pages.
    fn index(&self) -> &Artifacts {
        self.index.get_or_init(|| {
            let (mut findings, mut timings) = (Findings::default(), Timings::new());
            collected(&mut |put| {
                let documents = pipeline::render(&self.site, &|_| Ok(()), &mut findings, &mut timings)?;
                pipeline::index(&self.site, documents, put, &mut timings)
            })
        })
    }

    /// The feeds and calendars, which are made once.
    fn feeds(&self) -> &Artifacts {
        self.feeds.get_or_init(|| collected(&mut |put| pipeline::feeds(&self.site, put, &mut Timings::new())))
    }

    /// The addresses of all that it holds or would make, except pictures and the search index.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let pages = self.site.pages.iter().map(|page| page.address.as_str());
        self.files.keys().chain(self.feeds().keys()).map(String::as_str).chain(pages)
    }

    /// The root address of the stylesheet; empty if there is none.
    pub fn style(&self) -> &str {
        self.site.assets.style_address()
    }

    /// The path of the base URL, which links in `404.html` start with: `/`, or for example `/portal/`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The version of a page. It changes with the page, but not if only the address of the stylesheet changes.
    pub fn version(&self, page: &[u8]) -> String {
        version(self.style(), page)
    }
}

fn version(style: &str, page: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut rest = page;
    let finder = memchr::memmem::Finder::new(style.as_bytes());
    while let Some(at) = finder.find(rest).filter(|_| !style.is_empty()) {
        hasher.update(&rest[..at]).update(b"\0");
        rest = &rest[at + style.len()..];
    }
    hasher.update(rest).finalize().to_hex()[..16].to_owned()
}

/// What a stage makes. Nothing that takes it can fail.
fn collected(make: &mut dyn FnMut(Put<'_>) -> Result<(), Fault>) -> Artifacts {
    let made = Mutex::new(Artifacts::new());
    let put = |artifact: Artifact| {
        made.lock().unwrap_or_else(PoisonError::into_inner).insert(artifact.path.clone(), artifact);
        Ok(())
    };
    let _ = make(&put);
    made.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Builds snapshots. Each equals that of a clean build, though what files said that did not change is not read again.
#[derive(Debug)]
pub struct Bench {
    project: Project,
    /// Whether something was made of the files that were read last.
    seen: bool,
    due: Option<Timestamp>,
    shown: Arc<Displayed>,
    making: Option<Making>,
    /// The last portal whose pictures could all be made.
    good: Option<Arc<Snapshot>>,
    /// The theme with which all pages of a portal could be rendered. With it no page is rendered before it is asked for.
    proved: Option<blake3::Hash>,
    /// The files that were read last, and what is known of them.
    inputs: Inputs,
    memory: Memory,
}

/// All pictures of what is shown, made in the background while browsers ask for what they need.
#[derive(Debug)]
struct Making {
    thread: Option<JoinHandle<Result<Findings, Fault>>>,
    is_over: Arc<AtomicBool>,
}

impl Making {
    fn start(site: Arc<Site>, cache: Arc<Cache>) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&is_over);
        let make = move || {
            let mut findings = Findings::default();
            let keep = |_: Artifact| if stopped.load(Ordering::Relaxed) { Err(Fault::Unfinished) } else { Ok(()) };
            pipeline::pictures(&site, Some(&cache), &keep, &mut findings, &mut Timings::new())?;
            Ok(findings)
        };
        // Without a thread every picture is still made when it is asked for.
        let thread = thread::Builder::new().name("behind".to_owned()).spawn(make).ok();
        Self { thread, is_over }
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// The result of one run of the pipeline.
struct Attempt {
    snapshot: Option<Snapshot>,
    diagnostics: Vec<Diagnostic>,
    due: Option<Timestamp>,
    took: Duration,
}

impl Bench {
    /// A bench without a snapshot.
    pub fn new(project: Project) -> Self {
        Self {
            project,
            seen: false,
            due: None,
            shown: Arc::default(),
            making: None,
            good: None,
            proved: None,
            inputs: Inputs::default(),
            memory: Memory::default(),
        }
    }

    /// What browsers see now.
    pub fn shown(&self) -> &Arc<Displayed> {
        &self.shown
    }

    /// The folders that the last look found.
    pub fn folders(&self) -> Option<Fingerprint> {
        self.inputs.folders()
    }

    /// Checks the files, and builds if they or the day changed; `None` otherwise.
    pub fn look(&mut self) -> Option<Looked> {
        let start = Instant::now();
        let mut findings = Findings::default();
        let over = self.due.is_some_and(|due| Timestamp::now() >= due);
        let inputs = self.inputs.again(&self.project.root, &mut findings);
        if let Ok(inputs) = &inputs
            && self.seen
            && self.inputs.fingerprint() == inputs.fingerprint()
            && !over
        {
            return self.pictures();
        }
        self.making = None;
        let attempt = inputs.and_then(|inputs| {
            self.inputs = inputs;
            self.attempt(start, findings)
        });
        self.seen = attempt.is_ok();
        match attempt {
            Ok(attempt) => {
                self.due = attempt.due;
                Some(self.show(attempt))
            }
            Err(fault) => {
                let words = fault.to_string();
                let known = self.shown.mistakes == words;
                self.shown = Arc::new(Displayed { snapshot: self.shown.snapshot.clone(), mistakes: words });
                (!known).then_some(Looked::Failed(fault))
            }
        }
    }

    /// The result of making all pictures, returned once, if there is anything to report.
    fn pictures(&mut self) -> Option<Looked> {
        let thread = self.making.as_mut()?.thread.take_if(|thread| thread.is_finished())?;
        self.made(thread)
    }

    /// Waits until all pictures are made; returns the result once, if there is anything to report.
    pub fn finish(&mut self) -> Option<Looked> {
        let thread = self.making.as_mut()?.thread.take()?;
        self.made(thread)
    }

    fn made(&mut self, thread: JoinHandle<Result<Findings, Fault>>) -> Option<Looked> {
        let findings = match thread.join().ok()? {
            Ok(findings) => findings,
            Err(fault) => return Some(Looked::Failed(fault)),
        };
        if !self.project.blocks(&findings) {
            self.good.clone_from(&self.shown.snapshot);
            return None;
        }
        let diagnostics = findings.sorted();
        let mistakes = render(&diagnostics, Format::Text);
        let snapshot = self.good.clone().or_else(|| self.shown.snapshot.clone());
        self.shown = Arc::new(Displayed { snapshot, mistakes });
        Some(Looked::Blocked(diagnostics))
    }

    /// Builds the current files. With a theme that is not proved, everything is rendered, so that one run reports all mistakes.
    fn attempt(&mut self, start: Instant, mut findings: Findings) -> Result<Attempt, Fault> {
        let mut timings = Timings::new();
        let Self { project, inputs, memory, .. } = self;
        let (options, cache) = (project.options_now(), Some(&*project.cache));
        let site = pipeline::prepare_again(inputs, &options, cache, memory, &mut findings, &mut timings)?;
        let mut files = Artifacts::new();
        if let Some(site) = &site {
            files = collected(&mut |put| pipeline::files(site, put, &mut findings, &mut timings));
            if self.proved != Some(site.theme.fingerprint()) {
                pipeline::render(site, &|_| Ok(()), &mut findings, &mut timings)?;
            }
        }
        let due = match project.options.day {
            BuildDay::At(_) => site.as_ref().and_then(next_change),
            // It is that day for ever.
            BuildDay::Fixed(_) => None,
        };
        let site = site.filter(|_| !self.project.blocks(&findings));
        let snapshot = site.map(|site| Snapshot::new(site, files, Arc::clone(&self.project.cache)));
        Ok(Attempt { snapshot, diagnostics: findings.sorted(), due, took: start.elapsed() })
    }

    fn show(&mut self, attempt: Attempt) -> Looked {
        if let Some(snapshot) = attempt.snapshot {
            let snapshot = Arc::new(snapshot);
            self.making = Some(Making::start(Arc::clone(&snapshot.site), Arc::clone(&self.project.cache)));
            self.proved = Some(snapshot.site.theme.fingerprint());
            self.shown = Arc::new(Displayed { snapshot: Some(snapshot), mistakes: String::new() });
            return Looked::Built(attempt.diagnostics, attempt.took);
        }
        let mistakes = render(&attempt.diagnostics, Format::Text);
        self.shown = Arc::new(Displayed { snapshot: self.shown.snapshot.clone(), mistakes });
        Looked::Blocked(attempt.diagnostics)
    }
}

impl Project {
    fn options_now(&self) -> Options {
        let day = match self.options.day {
            BuildDay::At(_) => BuildDay::At(Timestamp::now()),
            BuildDay::Fixed(day) => BuildDay::Fixed(day),
        };
        Options { day, ..self.options.clone() }
    }

    fn blocks(&self, findings: &Findings) -> bool {
        let stopping = [Severity::Error, Severity::Warning, Severity::Note].into_iter();
        stopping.filter(|severity| *severity <= self.stops).any(|severity| findings.count(severity) > 0)
    }
}

/// The next midnight in the site's time zone at which the same files make a different portal.
fn next_change(site: &Site) -> Option<Timestamp> {
    let day = site.portal.today.next_change()?;
    day.to_zoned(site.portal.settings.zone.clone()).ok().map(|midnight| midnight.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_stylesheet_makes_no_other_version() {
        let before = version("theme/main.1.css", b"<link href=\"../theme/main.1.css\"><p>a");
        assert_eq!(before, version("theme/main.2.css", b"<link href=\"../theme/main.2.css\"><p>a"));
        assert_ne!(before, version("theme/main.2.css", b"<link href=\"../theme/main.2.css\"><p>b"));
        assert_ne!(before, version("theme/main.2.css", b"<link href=\"../theme/main.1.css\"><p>a"));
        assert_ne!(version("", b"<p>a"), version("", b"<p>b"));
    }
}
