//! Runs the stages in order.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::artifact::{Artifact, Put, Role};
use crate::assets::picture::cache::Cache;
use crate::assets::{self, Assets};
use crate::diag::fault::Fault;
use crate::diag::{Diagnostic, Findings};
use crate::entry;
use crate::feed::{self, reconcile};
use crate::former::{Former, Left};
use crate::gate;
use crate::load::Inputs;
use crate::page::context::Context;
use crate::page::{self, Family, Route};
use crate::portal::link::{self, Options};
use crate::portal::{Portal, State, calendars, has_page};
use crate::render::Renderer;
use crate::search;
use crate::search::document::{Document, Ranked, Reader};
use crate::search::understand::Understanding;
use crate::source::Place;
use crate::theme::Theme;

/// The folder of the files that [`index`] makes.
pub const INDEX: &str = "search/";

/// A portal ready to be rendered: every page is known, none is made.
#[derive(Debug)]
pub struct Site {
    /// The linked portal.
    pub portal: Portal,
    /// Its assets.
    pub assets: Assets,
    /// Its theme.
    pub theme: Theme,
    /// Its pages, sorted by address.
    pub pages: Vec<Route>,
    /// Its templates; `None` if they cannot be parsed, which was reported.
    renderer: Option<Renderer>,
}

impl Site {
    /// What its pages are made from.
    fn context(&self) -> Context<'_> {
        Context::new(&self.portal, &self.assets, &self.theme.words, &self.pages)
    }

    /// The HTML of a page of today; `None` without templates.
    ///
    /// # Errors
    /// The template's mistake on this page.
    fn html(&self, route: &Route) -> Result<Option<String>, Diagnostic> {
        let Some(renderer) = &self.renderer else { return Ok(None) };
        renderer.render(&self.theme, &route.page(&self.context())).map(Some)
    }

    /// The page at an address, if there is one.
    ///
    /// # Errors
    /// The template's mistake on this page.
    pub fn page(&self, address: &str) -> Result<Option<Artifact>, Diagnostic> {
        let found = self.pages.binary_search_by(|page| page.address.as_str().cmp(address));
        let Some(route) = found.ok().map(|at| &self.pages[at]) else { return Ok(None) };
        Ok(self.html(route)?.map(|html| artifact(route, html)))
    }
}

/// What `serve` knows of the former portal: what follows from the same is not made again. An empty one changes nothing but time.
#[derive(Debug, Default)]
pub struct Memory {
    entries: entry::Memory,
    portal: link::Memory,
    assets: assets::Memory,
    gate: gate::Memory,
}

/// Time spent in each stage, in order.
pub type Timings = Vec<(&'static str, Duration)>;

/// Everything up to the pages' addresses: read, link, look at assets, plan. Without settings there is no site.
///
/// # Errors
/// A fault of the machine. What is wrong with the content is in the findings.
pub fn prepare(
    inputs: &Inputs,
    options: &Options,
    cache: Option<&Cache>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Option<Site>, Fault> {
    stages(inputs, options, cache, None, findings, timings)
}

/// Prepares a site as [`prepare`] does, with what is known of the former one.
///
/// # Errors
/// Those of [`prepare`].
pub fn prepare_again(
    inputs: &Inputs,
    options: &Options,
    cache: Option<&Cache>,
    memory: &mut Memory,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Option<Site>, Fault> {
    stages(inputs, options, cache, Some(memory), findings, timings)
}

fn stages<'m>(
    inputs: &Inputs,
    options: &Options,
    cache: Option<&Cache>,
    memory: Option<&'m mut Memory>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Option<Site>, Fault> {
    let each = |memory: &'m mut Memory| {
        let Memory { entries, portal, assets, gate } = memory;
        (Some(entries), Some(portal), Some(assets), Some(gate))
    };
    let (of_entries, of_portal, of_assets, of_gate) = memory.map(each).unwrap_or_default();
    let mut watch = Stopwatch::start(timings);
    let entries = entry::read_again(inputs, of_entries, findings);
    watch.lap("read");
    let portal = link::link_again(entries, inputs, options, of_portal, findings);
    let Some(portal) = portal else { return Ok(None) };
    watch.lap("link");
    let theme = Theme::load(inputs, &portal.settings.site, &portal.settings.origin, findings)?;
    let assets = assets::plan(&portal, inputs, &theme, cache, of_assets, findings)?;
    watch.lap("assets");
    let mut of_plan = Findings::default();
    let plan = || {
        let generated = feed::addresses(&portal).into_iter().chain([search::HEAD.to_owned()]);
        let generated: Vec<String> = generated.chain(calendars::addresses(&portal)).collect();
        page::plan(&portal, &assets, &generated, &mut of_plan)
    };
    let gate = || gate::run(&portal, inputs, &assets, of_gate, findings);
    let ((), pages) = rayon::join(gate, plan);
    findings.extend(of_plan);
    watch.lap("gate, plan");
    let mut site = Site { portal, assets, theme, pages, renderer: None };
    // What is wrong with the templates is reported.
    site.renderer = Renderer::new(&site.theme, &site.context(), findings).ok();
    watch.lap("templates");
    Ok(Some(site))
}

/// Makes every artifact and hands it on at once; nothing is held. All that is wrong with templates and pictures is reported.
///
/// # Errors
/// A fault of the machine, or of what takes the artifacts.
pub fn make(
    site: &Site,
    cache: Option<&Cache>,
    put: Put<'_>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<(), Fault> {
    make_again(site, cache, Former::default(), put, findings, timings).map(drop)
}

/// Makes every artifact as [`make`] does, with the pages of the former build. Returns what is left for the next one.
///
/// # Errors
/// Those of [`make`].
pub fn make_again(
    site: &Site,
    cache: Option<&Cache>,
    former: Former<'_>,
    put: Put<'_>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Left, Fault> {
    files(site, put, findings, timings)?;
    let documents = render_again(site, &former, put, findings, timings)?;
    let left = former.rest();
    feeds(site, put, timings)?;
    pictures(site, cache, put, findings, timings)?;
    index(site, documents, put, timings)?;
    Ok(left)
}

/// Makes everything except pictures and the search index, which may come later, and returns the documents for [`index`].
///
/// # Errors
/// A fault of the machine, or of what takes the artifacts.
pub fn pages(
    site: &Site,
    put: Put<'_>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Vec<Document>, Fault> {
    files(site, put, findings, timings)?;
    let documents = render(site, put, findings, timings)?;
    feeds(site, put, timings)?;
    Ok(documents)
}

/// Makes the theme's files, and those that are published as they are.
///
/// # Errors
/// A fault of the machine, or of what takes the artifacts.
pub fn files(site: &Site, put: Put<'_>, findings: &mut Findings, timings: &mut Timings) -> Result<(), Fault> {
    let mut watch = Stopwatch::start(timings);
    findings.extend(site.assets.make(put)?);
    watch.lap("files");
    Ok(())
}

/// Makes feeds, data for other programs, and calendars.
///
/// # Errors
/// A fault of what takes the artifacts.
pub fn feeds(site: &Site, put: Put<'_>, timings: &mut Timings) -> Result<(), Fault> {
    let mut watch = Stopwatch::start(timings);
    let context = site.context();
    feed::make(&context, &site.pages, put)?;
    watch.lap("feeds");
    feed::calendar::make(&context, put)?;
    watch.lap("calendars");
    Ok(())
}

/// Renders all pages, hands them on, and reads what they say.
///
/// # Errors
/// A fault of what takes the artifacts.
pub fn render(
    site: &Site,
    put: Put<'_>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Vec<Document>, Fault> {
    render_again(site, &Former::default(), put, findings, timings)
}

fn render_again(
    site: &Site,
    former: &Former<'_>,
    put: Put<'_>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Vec<Document>, Fault> {
    let mut watch = Stopwatch::start(timings);
    let broken: Mutex<BrokenTemplates> = Mutex::default();
    let note = |route: &Route, diagnostic| {
        broken.lock().unwrap_or_else(PoisonError::into_inner).add(route, diagnostic);
    };
    let reader = Reader::new(&site.portal);
    let page = |route: &Route| {
        let Some(renderer) = &site.renderer else { return Ok(Vec::new()) };
        let page = route.page(&site.context());
        let from = if former.is_kept() { renderer.hash(&page) } else { None };
        if let Some(from) = from
            && let Some(texts) = former.publish(&route.address, from)?
        {
            return Ok(reader.documents(route, texts));
        }
        let html = match renderer.render(&site.theme, &page) {
            Ok(html) => html,
            Err(diagnostic) => {
                note(route, diagnostic);
                return Ok(Vec::new());
            }
        };
        let texts = reader.texts(route, &html);
        let mut artifact = artifact(route, html);
        if let Some(from) = from {
            former.keep(&mut artifact, from, &texts);
        }
        put(artifact)?;
        Ok(reader.documents(route, texts))
    };
    let documents: Result<Vec<Vec<Document>>, Fault> = site.pages.par_iter().map(page).collect();
    // What is not published today may be tomorrow: its mistakes are found now.
    let hidden = |route: &Route| site.html(route).map_or_else(|diagnostic| note(route, diagnostic), drop);
    waiting(&site.portal).par_iter().for_each(hidden);
    for (_, diagnostic) in broken.into_inner().unwrap_or_else(PoisonError::into_inner).first.into_values() {
        findings.report(diagnostic);
    }
    watch.lap("render");
    Ok(documents?.into_iter().flatten().collect())
}

fn artifact(route: &Route, html: String) -> Artifact {
    Artifact::new(&route.address, html.into_bytes(), Role::Plain)
}

/// Makes all pictures.
///
/// # Errors
/// A fault of the machine, or of what takes the artifacts.
pub fn pictures(
    site: &Site,
    cache: Option<&Cache>,
    put: Put<'_>,
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<(), Fault> {
    let mut watch = Stopwatch::start(timings);
    findings.extend(site.assets.make_pictures(cache, put)?);
    watch.lap("pictures");
    Ok(())
}

/// Makes the files of the search index of what pages say, and hands them on.
///
/// # Errors
/// A fault of what takes the artifacts.
pub fn index(site: &Site, documents: Vec<Document>, put: Put<'_>, timings: &mut Timings) -> Result<(), Fault> {
    let mut watch = Stopwatch::start(timings);
    let documents = Reader::new(&site.portal).sorted(documents);
    search::make(&site.context(), documents, put)?;
    watch.lap("search");
    Ok(())
}

/// What decides about a result, as its row says it.
pub fn says(site: &Site, ranked: &Ranked) -> String {
    search::row::of(&site.context(), ranked.document.id).text(&site.context(), ranked)
}

/// What does not fit together in a portal, for a terminal or as data.
pub fn reconciliation(site: &Site, form: reconcile::Form) -> String {
    reconcile::report(&site.context(), form)
}

/// What queries mean on a portal of these documents, in order.
pub fn understanding(site: &Site, documents: &[Ranked]) -> Understanding {
    Understanding::new(&site.context(), documents)
}

/// Routes of entries that are hidden today but would have a page.
fn waiting(portal: &Portal) -> Vec<Route> {
    let hidden = portal.items().filter(|(_, item)| matches!(item.state, State::Hidden(_)) && has_page(item.kind()));
    hidden.map(|(id, _)| Route::new(portal, Family::item(id))).collect()
}

/// Notes the time of each stage.
struct Stopwatch<'a> {
    timings: &'a mut Timings,
    since: Instant,
}

impl<'a> Stopwatch<'a> {
    fn start(timings: &'a mut Timings) -> Self {
        Self { timings, since: Instant::now() }
    }

    /// Ends a stage. It stays a function of its own: `tests/bench/instructions.sh` counts from one call to the next.
    #[inline(never)]
    fn lap(&mut self, stage: &'static str) {
        self.timings.push((stage, self.since.elapsed()));
        self.since = Instant::now();
    }
}

/// One diagnostic for each place in a template, that of the first page in order: not one for each page that meets it.
#[derive(Default)]
struct BrokenTemplates {
    first: BTreeMap<(String, usize), (Route, Diagnostic)>,
}

impl BrokenTemplates {
    fn add(&mut self, route: &Route, diagnostic: Diagnostic) {
        let place = diagnostic
            .place
            .as_ref()
            .map_or((String::new(), 0), |place: &Place| (place.source.path.clone(), place.range.start));
        match self.first.get(&place) {
            Some((earlier, _)) if earlier <= route => {}
            _ => {
                self.first.insert(place, (route.clone(), diagnostic));
            }
        }
    }
}
