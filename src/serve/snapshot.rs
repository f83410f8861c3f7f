//! The portal in memory: an immutable map of artifacts, and the bench that builds the next one. Knows nothing of the
//! network, and writes nothing except the picture cache.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

use camino::Utf8PathBuf;
use jiff::Timestamp;

use super::watch::Fingerprint;
use crate::artifact::Artifact;
use crate::assets::picture::cache::Cache;
use crate::diag::catalogue as say;
use crate::diag::fault::Fault;
use crate::diag::format::{Format, render};
use crate::diag::{Diagnostic, Findings, Severity};
use crate::load::Inputs;
use crate::pipeline::{self, Site, Timings};
use crate::portal::State;
use crate::portal::link::{BuildDay, Options};
use crate::search::document::Document;

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

/// The artifacts of one build. Pictures and the search index are made behind the pages, or when they are asked for.
#[derive(Debug)]
pub struct Snapshot {
    artifacts: BTreeMap<String, Artifact>,
    site: Option<Arc<Site>>,
    cache: Arc<Cache>,
    /// What the pages say, until the index is made of it.
    documents: Mutex<Vec<Document>>,
    index: OnceLock<BTreeMap<String, Artifact>>,
    style: String,
    base_path: String,
}

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
    /// They were built.
    Built(Vec<Diagnostic>),
    /// They have mistakes, and the last good portal is still shown.
    Blocked(Vec<Diagnostic>),
    /// The machine failed. The next check tries again.
    Failed(Fault),
}

impl Snapshot {
    /// The artifact at an address.
    pub fn get(&self, address: &str) -> Option<Artifact> {
        if let Some(artifact) = self.artifacts.get(address) {
            return Some(artifact.clone());
        }
        let site = self.site.as_deref()?;
        if address.starts_with(pipeline::INDEX) {
            return self.index(site).get(address).cloned();
        }
        // Faults of the disk are reported when all pictures are made.
        site.assets.make_picture(address, Some(&self.cache)).ok().flatten()
    }

    /// What to say of an address whose entry is not published.
    pub fn not_published(&self, address: &str) -> Option<String> {
        let portal = &self.site.as_deref()?.portal;
        let (_, item) = portal.items().find(|(_, item)| !item.is_public() && item.address.as_str() == address)?;
        let why = match &item.state {
            State::Hidden(why) => Some(why),
            State::Draft | State::Public => None,
        };
        Some(say::not_published(item.title(), why))
    }

    /// The files of the search index, which are made once.
    fn index(&self, site: &Site) -> &BTreeMap<String, Artifact> {
        self.index.get_or_init(|| {
            let documents = std::mem::take(&mut *self.documents.lock().unwrap_or_else(PoisonError::into_inner));
            index(site, documents)
        })
    }

    /// Whether what is at an address has to be made first, which takes a while.
    pub fn is_slow(&self, address: &str) -> bool {
        !self.artifacts.contains_key(address)
    }

    /// All artifacts, by address.
    pub fn artifacts(&self) -> &BTreeMap<String, Artifact> {
        &self.artifacts
    }

    /// The root address of the stylesheet; empty if there is none.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The path of the base URL, which links in `404.html` start with: `/`, or for example `/portal/`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The version of a page. It changes with the page, but not if only the address of the stylesheet changes.
    pub fn version(&self, page: &Artifact) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut rest = &page.bytes[..];
        let finder = memchr::memmem::Finder::new(self.style.as_bytes());
        while let Some(at) = finder.find(rest).filter(|_| !self.style.is_empty()) {
            hasher.update(&rest[..at]).update(b"\0");
            rest = &rest[at + self.style.len()..];
        }
        hasher.update(rest).finalize().to_hex()[..16].to_owned()
    }
}

/// The files of the search index.
fn index(site: &Site, documents: Vec<Document>) -> BTreeMap<String, Artifact> {
    let made = Mutex::new(BTreeMap::new());
    let put = |artifact: Artifact| {
        made.lock().unwrap_or_else(PoisonError::into_inner).insert(artifact.path.clone(), artifact);
        Ok(())
    };
    // Nothing that takes them can fail.
    let _ = pipeline::index(site, documents, &put, &mut Timings::new());
    made.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Builds snapshots. Only what shows whether anything changed is kept between them; every snapshot equals that of a
/// clean build.
#[derive(Debug)]
pub struct Bench {
    project: Project,
    seen: Option<Fingerprint>,
    due: Option<Timestamp>,
    shown: Arc<Displayed>,
    making: Option<Making>,
    /// The last portal whose pictures could all be made.
    good: Option<Arc<Snapshot>>,
}

/// The search index and all pictures of what is shown, made in the background while browsers ask for what they need.
#[derive(Debug)]
struct Making {
    thread: Option<JoinHandle<Result<Findings, Fault>>>,
    is_over: Arc<AtomicBool>,
}

impl Making {
    fn start(snapshot: Arc<Snapshot>, site: Arc<Site>, cache: Arc<Cache>) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&is_over);
        let make = move || {
            let mut findings = Findings::default();
            let keep = |_: Artifact| if stopped.load(Ordering::Relaxed) { Err(Fault::Unfinished) } else { Ok(()) };
            pipeline::pictures(&site, Some(&cache), &keep, &mut findings, &mut Timings::new())?;
            // Last, since it takes long and a further save makes it useless.
            if !stopped.load(Ordering::Relaxed) {
                snapshot.index(&site);
            }
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
}

impl Bench {
    /// A bench without a snapshot.
    pub fn new(project: Project) -> Self {
        Self { project, seen: None, due: None, shown: Arc::default(), making: None, good: None }
    }

    /// What browsers see now.
    pub fn shown(&self) -> &Arc<Displayed> {
        &self.shown
    }

    /// Checks the files, and builds if they or the day changed; `None` otherwise.
    pub fn look(&mut self) -> Option<Looked> {
        // Taken before anything is read, so that the next check finds changes made meanwhile.
        let now = Fingerprint::take(&self.project.root);
        let over = self.due.is_some_and(|due| Timestamp::now() >= due);
        if self.seen == Some(now) && !over {
            return self.pictures();
        }
        self.making = None;
        match self.project.attempt() {
            Ok(attempt) => {
                (self.seen, self.due) = (Some(now), attempt.due);
                Some(self.show(attempt))
            }
            Err(fault) => {
                self.seen = None;
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

    fn show(&mut self, attempt: Attempt) -> Looked {
        if let Some(snapshot) = attempt.snapshot {
            let snapshot = Arc::new(snapshot);
            let start = |site| Making::start(Arc::clone(&snapshot), site, Arc::clone(&self.project.cache));
            self.making = snapshot.site.clone().map(start);
            self.shown = Arc::new(Displayed { snapshot: Some(snapshot), mistakes: String::new() });
            return Looked::Built(attempt.diagnostics);
        }
        let mistakes = render(&attempt.diagnostics, Format::Text);
        self.shown = Arc::new(Displayed { snapshot: self.shown.snapshot.clone(), mistakes });
        Looked::Blocked(attempt.diagnostics)
    }
}

impl Project {
    /// Builds the current files. Everything is rendered, even if it will not be shown, so that one run reports all
    /// mistakes.
    fn attempt(&self) -> Result<Attempt, Fault> {
        let mut findings = Findings::default();
        let mut timings = Timings::new();
        let inputs = Inputs::from_disk(&self.root, &mut findings)?;
        let site = pipeline::prepare(&inputs, &self.options_now(), Some(&self.cache), &mut findings, &mut timings)?;
        let (mut artifacts, mut documents) = (BTreeMap::new(), Vec::new());
        if let Some(site) = &site {
            let made = Mutex::new(&mut artifacts);
            let put = |artifact: Artifact| {
                let former =
                    made.lock().unwrap_or_else(PoisonError::into_inner).insert(artifact.path.clone(), artifact);
                former.map_or(Ok(()), |former| Err(Fault::Twice { path: former.path }))
            };
            let drop = |_: Artifact| Ok(());
            let put: pipeline::Put<'_> = if self.blocks(&findings) { &drop } else { &put };
            documents = pipeline::pages(site, put, &mut findings, &mut timings)?;
        }
        let blocked = self.blocks(&findings);
        let due = site.as_ref().and_then(next_change);
        let snapshot = site.filter(|_| !blocked).map(|site| Snapshot {
            artifacts,
            style: site.assets.style_address().to_owned(),
            base_path: site.portal.settings.base_path(),
            documents: Mutex::new(documents),
            index: OnceLock::new(),
            site: Some(Arc::new(site)),
            cache: Arc::clone(&self.cache),
        });
        Ok(Attempt { snapshot, diagnostics: findings.sorted(), due })
    }

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
    use crate::artifact::Role;

    fn version(style: &str, html: &str) -> String {
        let artifact = Artifact { path: "a.html".into(), bytes: html.as_bytes().into(), role: Role::Plain };
        let snapshot = Snapshot {
            artifacts: BTreeMap::new(),
            style: style.into(),
            base_path: "/".into(),
            site: None,
            cache: Arc::new(Cache::new("none".into())),
            documents: Mutex::default(),
            index: OnceLock::new(),
        };
        snapshot.version(&artifact)
    }

    #[test]
    fn the_address_of_the_stylesheet_makes_no_other_version() {
        let before = version("theme/main.1.css", "<link href=\"../theme/main.1.css\"><p>a");
        assert_eq!(before, version("theme/main.2.css", "<link href=\"../theme/main.2.css\"><p>a"));
        assert_ne!(before, version("theme/main.2.css", "<link href=\"../theme/main.2.css\"><p>b"));
        assert_ne!(before, version("theme/main.2.css", "<link href=\"../theme/main.1.css\"><p>a"));
        assert_ne!(version("", "<p>a"), version("", "<p>b"));
    }
}
