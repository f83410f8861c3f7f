//! The one place that knows every stage, in order.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::artifact::{Artifact, Role};
use crate::assets::picture::Cache;
use crate::assets::{self, Assets};
use crate::diag::fault::Fault;
use crate::diag::{Diagnostic, Findings};
use crate::entry;
use crate::feed;
use crate::load::Inputs;
use crate::page::context::Context;
use crate::page::{self, Family, PageKey};
use crate::portal::link::{self, Options};
use crate::portal::{Item, Portal, State};
use crate::render::Renderer;
use crate::source::Place;
use crate::theme::Theme;

/// What takes the finished artifacts, from several threads.
pub type Put<'a> = &'a (dyn Fn(Artifact) -> Result<(), Fault> + Sync);

/// A portal ready to be rendered: every page is known, none is made.
pub struct Site {
    /// The linked portal.
    pub portal: Portal,
    /// Its assets.
    pub assets: Assets,
    /// Its theme.
    pub theme: Theme,
    /// Its pages, by address.
    pub pages: Vec<PageKey>,
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
    findings: &mut Findings,
    timings: &mut Timings,
) -> Result<Option<Site>, Fault> {
    let mut clock = Instant::now();
    let mut lap =
        |stage, timings: &mut Timings| timings.push((stage, std::mem::replace(&mut clock, Instant::now()).elapsed()));
    let entries = entry::read(inputs, findings);
    lap("read", timings);
    let Some(portal) = link::link(entries, inputs, options, findings) else { return Ok(None) };
    lap("link", timings);
    let theme = Theme::load(inputs, &portal.settings.site, &portal.settings.origin, findings)?;
    let assets = assets::plan(&portal, inputs, &theme, findings)?;
    lap("assets", timings);
    let pages = page::plan(&portal, &assets, &feed::addresses(), findings);
    lap("plan", timings);
    Ok(Some(Site { portal, assets, theme, pages }))
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
    let mut clock = Instant::now();
    let mut lap =
        |stage, timings: &mut Timings| timings.push((stage, std::mem::replace(&mut clock, Instant::now()).elapsed()));
    let context = Context { portal: &site.portal, assets: &site.assets, words: &site.theme.words };
    let made = site.assets.make(cache, put)?;
    findings.extend(made);
    lap("pictures", timings);
    if let Ok(renderer) = Renderer::new(&site.theme, &context, findings) {
        let broken: Mutex<BrokenTemplates> = Mutex::default();
        site.pages.par_iter().try_for_each(|key| match renderer.render(&page::view(&context, key)) {
            Ok(html) => put(Artifact { path: key.address.clone(), bytes: html.into_bytes().into(), role: Role::Plain }),
            Err(diagnostic) => {
                broken.lock().unwrap_or_else(PoisonError::into_inner).add(key, diagnostic);
                Ok(())
            }
        })?;
        for (_, diagnostic) in broken.into_inner().unwrap_or_else(PoisonError::into_inner).first.into_values() {
            findings.report(diagnostic);
        }
        // What is not published today may be tomorrow: its mistakes are found now.
        for (id, _) in site.portal.items().filter(|(_, item)| is_waiting(item)) {
            let item = site.portal.item(id);
            let key = PageKey { address: item.address.clone(), family: Family::Item(id) };
            if let Err(diagnostic) = renderer.render(&page::view(&context, &key)) {
                findings.report(diagnostic);
            }
        }
    }
    lap("render", timings);
    feed::make(&context, &site.pages).into_iter().try_for_each(put)?;
    lap("feeds", timings);
    Ok(())
}

fn is_waiting(item: &Item) -> bool {
    matches!(item.state, State::Hidden(_)) && crate::portal::has_page(item.kind())
}

/// One diagnostic for each place in a template, that of the first page in order: not one for each page that meets it.
#[derive(Default)]
struct BrokenTemplates {
    first: BTreeMap<(String, usize), (PageKey, Diagnostic)>,
}

impl BrokenTemplates {
    fn add(&mut self, key: &PageKey, diagnostic: Diagnostic) {
        let place = diagnostic
            .place
            .as_ref()
            .map_or((String::new(), 0), |place: &Place| (place.source.path.clone(), place.range.start));
        match self.first.get(&place) {
            Some((earlier, _)) if earlier <= key => {}
            _ => {
                self.first.insert(place, (key.clone(), diagnostic));
            }
        }
    }
}
