//! Links entries into a portal, and reports every reference that does not hold.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use blake3::Hash;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::consent::{self, Consents};
use super::edges::{Edge, Edges, Target};
use super::evidence;
use super::known::Known;
use super::relations::{Key, Relations};
use super::today::Today;
use super::{Ids, Item, ItemId, Items, Portal, State, body, checks, files, location, order, path, settings};
use crate::address::Href;
use crate::content::field::Field;
use crate::content::institution::Tier;
use crate::content::rules::Portrait;
use crate::content::sample::marked_title;
use crate::content::shared::{Consent, ConsentScope};
use crate::content::walk::{Path, Step, Target as Written, Use, uses};
use crate::content::{Kind, Own, Placement};
use crate::diag::catalogue::{self as say, Hidden, Withheld};
use crate::diag::{Diagnostic, Findings, Mistake};
use crate::entry::{BrokenEntry, Entries, Entry, Origin};
use crate::load::Inputs;
use crate::source::Place;

/// Options of a build.
#[derive(Clone, Debug)]
pub struct Options {
    /// What day it is.
    pub day: BuildDay,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// The address of the root, over that of the settings.
    pub base_url: Option<String>,
}

/// What day it is.
#[derive(Clone, Copy, Debug)]
pub enum BuildDay {
    /// A given day.
    Fixed(Date),
    /// The day on which this moment falls in the site's time zone.
    At(jiff::Timestamp),
}

impl BuildDay {
    /// The day in a time zone.
    pub fn date(self, zone: &TimeZone) -> Date {
        match self {
            Self::Fixed(date) => date,
            Self::At(moment) => moment.to_zoned(zone.clone()).date(),
        }
    }
}

/// Whether drafts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// Treated as absent.
    Hidden,
    /// Treated as published.
    Shown,
}

/// What is known of the former portal. An empty one changes nothing but time.
#[derive(Debug, Default)]
pub struct Memory {
    /// What followed from the fields of this hash; no ties if there was something to say of them.
    fields: Option<(Hash, Option<Ties>, Relations)>,
    bodies: body::Memory,
}

impl Memory {
    /// What follows from the same fields.
    fn of(&self, key: Key) -> (Option<Ties>, Option<Relations>) {
        let known = self.fields.as_ref().filter(|(hash, ..)| Some(*hash) == key.fields);
        (known.and_then(|(_, ties, _)| ties.clone()), known.map(|(.., relations)| relations.clone()))
    }
}

type Ties = Arc<[Tie]>;

/// How an entry is tied to others.
#[derive(Clone, Debug)]
struct Tie {
    edges: Edges,
    address: Href,
    referrers: Arc<[ItemId]>,
}

/// Links everything. Without settings there is no portal, and that was reported.
pub fn link(entries: Entries, inputs: &Inputs, options: &Options, findings: &mut Findings) -> Option<Portal> {
    link_again(entries, inputs, options, None, findings)
}

/// Links everything as [`link`] does, with what is known of the former portal.
pub fn link_again(
    entries: Entries,
    inputs: &Inputs,
    options: &Options,
    memory: Option<&mut Memory>,
    findings: &mut Findings,
) -> Option<Portal> {
    let Entries { site, entries, broken, poisoned, synonyms, unread } = entries;
    let (site, origin) = site?;
    let settings = settings::check(site, origin, synonyms, options.base_url.as_deref(), findings);
    let today = Today::new(options.day.date(&settings.zone));
    let drafts = drafts(unique(entries, findings), &today, options.drafts, findings);
    let ids = ids(&drafts, findings);
    let entries = drafts.iter().map(|draft| (&*draft.entry, &draft.state));
    let key = memory.is_some().then(|| Key::new(entries, inputs, &settings, &today));
    let (known, relations) = memory.as_ref().zip(key).map(|(memory, key)| memory.of(key)).unwrap_or_default();
    let said = findings.len();
    let mut resolver = Resolver {
        drafts: &drafts,
        ids: &ids,
        broken: &broken,
        poisoned: &poisoned,
        inputs,
        findings,
        dangling: BTreeMap::new(),
        unchecked: BTreeMap::new(),
    };
    let of_draft = |draft: &Draft| resolver.resolve(&draft.entry.origin, draft.entry.common.draft, &draft.entry.uses);
    let edges: Option<Vec<Edges>> = known.is_none().then(|| drafts.iter().map(of_draft).collect());
    let site_edges = resolver.resolve(&settings.origin, false, &uses(&settings.site));
    resolver.finish();
    let is_silent = findings.len() == said;
    let ties = known.unwrap_or_else(|| ties(&drafts, edges.unwrap_or_default()));
    let item = |(Draft { entry, state, withheld }, tie): (Draft, &Tie)| {
        let Tie { edges, address, referrers } = tie.clone();
        Item { marked: marked_title(&entry.common), entry, state, address, withheld, edges, referrers }
    };
    let items: Vec<Item> = drafts.into_iter().zip(&*ties).map(item).collect();
    let relations = relations.unwrap_or_else(|| Relations::new(&items, &settings, &today));
    today.asked_also(&relations.asked);
    let memory = memory.zip(key).map(|(memory, key)| {
        memory.fields = key.fields.map(|hash| (hash, is_silent.then_some(ties), relations.clone()));
        (&mut memory.bodies, key.names)
    });
    evidence::verify(&items, inputs, findings);
    let mut used_files = files::of_fields(&items, &settings, &site_edges, findings);
    let redirects = redirects(&items, &ids);
    let items = Items { all: items, ids };
    let offer = files::Offer { allowed: &settings.site.attachments };
    let bodies = body::resolve(&items, inputs, (&broken, &poisoned), &offer, memory, &mut used_files, findings);
    let consents =
        Consents { items: &items, bodies: &bodies.targets, settings: &settings, site_edges: &site_edges, inputs };
    let withheld_files = consents.withhold(&mut used_files, findings);
    let portal = Portal {
        withheld_files,
        settings,
        edges: site_edges,
        today,
        schedule: relations.schedule,
        programmes: relations.programmes,
        facets: relations.facets,
        calendars: relations.calendars,
        catalogue: relations.catalogue,
        charges: relations.charges,
        participation: relations.participation,
        honours: relations.honours,
        measures: relations.measures,
        network: relations.network,
        ledger: relations.ledger,
        clashes: relations.clashes,
        gaps: OnceLock::new(),
        bundles: OnceLock::new(),
        overviews: OnceLock::new(),
        redirects,
        used_files,
        items,
        bodies: bodies.targets,
        awaited: bodies.awaited,
        history: inputs.history().cloned(),
        unread,
    };
    checks::run(&portal, findings);
    Some(portal)
}

/// Drops every entry whose kind and id an earlier one has.
fn unique(entries: Vec<Arc<Entry>>, findings: &mut Findings) -> Vec<Arc<Entry>> {
    let mut first: HashMap<(Kind, String), Origin> = HashMap::with_capacity(entries.len());
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = (entry.kind(), entry.id.clone());
        if let Some(earlier) = first.get(&name) {
            let mistake = say::duplicate_id(entry.kind().label(), &entry.id);
            let diagnostic = Diagnostic::new(mistake, entry.origin.id_place());
            findings.report(diagnostic.with_related(earlier.id_place(), say::FIRST_HERE));
            continue;
        }
        first.insert(name, entry.origin.clone());
        kept.push(entry);
    }
    kept
}

/// An entry before its references are resolved.
struct Draft {
    entry: Arc<Entry>,
    state: State,
    withheld: Option<Withheld>,
}

/// The entries in the order of all lists.
fn drafts(entries: Vec<Arc<Entry>>, today: &Today, shown: Drafts, findings: &mut Findings) -> Vec<Draft> {
    let mut ranked: Vec<(Kind, order::Rank, Draft)> = entries
        .into_par_iter()
        .map(|entry| {
            let rank = order::rank(&entry, today);
            let draft = Draft { state: state(&entry, today, shown), withheld: withheld(&entry, today), entry };
            (draft.entry.kind(), rank, draft)
        })
        .collect();
    order::plant(&mut ranked, |draft: &Draft| &draft.entry);
    ranked.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let drafts: Vec<Draft> = ranked.into_iter().map(|(_, _, draft)| draft).collect();
    for Draft { entry, withheld, .. } in &drafts {
        let field = if entry.common.picture.is_some() { "picture" } else { "gallery" };
        let has_any = entry.common.picture.is_some() || !entry.own.gallery().is_empty();
        if let Some(why) = withheld.filter(|_| has_any) {
            findings.at(entry.origin.place(&[Step::Key(field)]), say::picture_withheld(why));
        }
    }
    drafts
}

fn state(entry: &Entry, today: &Today, drafts: Drafts) -> State {
    let common = &entry.common;
    // Both are asked in any case, so that `today` learns of both days.
    let not_yet = common.publish.filter(|day| !today.reached(day.0));
    let expired = common.expires.filter(|day| today.passed(day.0));
    if common.draft && drafts == Drafts::Hidden {
        State::Draft
    } else if common.withdrawn.is_some() {
        State::Hidden(Hidden::Withdrawn)
    } else if let Some(day) = not_yet {
        State::Hidden(Hidden::NotYet(day.to_string()))
    } else if let Some(day) = expired {
        State::Hidden(Hidden::Expired(day.to_string()))
    } else {
        State::Public
    }
}

fn withheld(entry: &Entry, today: &Today) -> Option<Withheld> {
    let Portrait::Person(consent) = entry.own.portrait() else { return None };
    let Some(Consent { scope, date, expires, .. }) = consent else { return Some(Withheld::NoConsent) };
    let begun = today.reached(date.0);
    let lapsed = expires.is_some_and(|day| today.passed(day.0));
    if !scope.contains(&ConsentScope::Web) {
        Some(Withheld::Scope)
    } else if !begun {
        Some(Withheld::NotYet)
    } else if lapsed {
        Some(Withheld::Expired)
    } else {
        None
    }
}

/// Present and former ids. A former id that another entry has is reported and means that entry.
fn ids(drafts: &[Draft], findings: &mut Findings) -> Ids {
    let mut ids = Ids::default();
    for (at, Draft { entry, .. }) in drafts.iter().enumerate() {
        ids.0.entry(entry.kind()).or_default().insert(entry.id.clone(), ItemId::at(at));
    }
    for (at, Draft { entry, .. }) in drafts.iter().enumerate() {
        for (nth, former) in entry.common.formerly.iter().enumerate() {
            if let Some(other) = ids.get(entry.kind(), former.as_str()) {
                let place = entry.origin.place(&[Step::Key("formerly"), Step::Index(nth)]);
                let other = drafts[other.index()].entry.origin.id_place();
                let mistake = say::duplicate_id(entry.kind().label(), former.as_str());
                findings.report(Diagnostic::new(mistake, place).with_related(other, say::FIRST_HERE));
                continue;
            }
            ids.0.entry(entry.kind()).or_default().insert(former.to_string(), ItemId::at(at));
        }
    }
    ids
}

/// Former addresses of published entries that have a page, sorted.
fn redirects(items: &[Item], ids: &Ids) -> Vec<(String, ItemId)> {
    let mut redirects = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.is_public() && super::has_page(item.kind())) {
        let own = |former: &&str| ids.get(item.kind(), former) == Some(ItemId::at(at));
        let former = item.entry.common.formerly.iter().map(crate::content::value::Id::as_str).filter(own);
        redirects.extend(former.map(|former| (location::of_item(item.kind(), former), ItemId::at(at))));
    }
    redirects.sort();
    redirects
}

/// Somewhere that refers to something. Its place is found out only if there is something to say of it.
enum Referrer<'a> {
    /// A field of an entry or of the settings.
    Field(&'a Origin, &'a Path),
    /// A field of an entry that could not be read as a whole.
    Text(&'a Origin, &'a Range<usize>),
}

impl Referrer<'_> {
    fn place(&self) -> Place {
        match self {
            Self::Field(origin, path) => origin.place(path),
            Self::Text(origin, range) => Place::new(&origin.source, (*range).clone()),
        }
    }
}

/// Resolves references, and reports those that do not hold.
struct Resolver<'a> {
    drafts: &'a [Draft],
    ids: &'a Ids,
    broken: &'a [BrokenEntry],
    poisoned: &'a BTreeSet<Kind>,
    inputs: &'a Inputs,
    findings: &'a mut Findings,
    /// References to what is not there, with all places.
    dangling: BTreeMap<(Kind, String), Vec<Place>>,
    /// How many references to a kind could not be judged, for not all of its ids are known.
    unchecked: BTreeMap<Kind, usize>,
}

impl Resolver<'_> {
    fn resolve(&mut self, origin: &Origin, draft: bool, uses: &[Use]) -> Edges {
        let edge = |Use { path, target }: &Use| {
            let target = match target {
                Written::Entry(kind, id) => {
                    let found = self.entry(&Referrer::Field(origin, path), draft, *kind, id);
                    // No page names a person who was withdrawn.
                    let named = |id: &ItemId| !consent::is_withdrawn_person(&self.drafts[id.index()].entry);
                    found.filter(named).map(Target::Item)
                }
                Written::File(file) => match path::file(&origin.source.path, file, self.inputs) {
                    Ok(full) => Some(Target::File(full.into())),
                    Err(mistake) => {
                        self.findings.at(origin.place(path), mistake);
                        None
                    }
                },
            };
            Some(Edge { path: path.clone(), target: target? })
        };
        Edges::new(uses.iter().filter_map(edge).collect())
    }

    fn entry(&mut self, referrer: &Referrer<'_>, draft: bool, kind: Kind, id: &str) -> Option<ItemId> {
        let Some(found) = self.ids.get(kind, id) else {
            if self.broken.iter().any(|broken| broken.kind == kind && broken.id.as_deref() == Some(id)) {
                // Its own mistakes were reported.
            } else if self.poisoned.contains(&kind) {
                *self.unchecked.entry(kind).or_default() += 1;
            } else {
                self.dangling.entry((kind, id.to_owned())).or_default().push(referrer.place());
            }
            return None;
        };
        if let Some(mistake) = reference_state(&self.drafts[found.index()], kind, id, draft) {
            self.findings.at(referrer.place(), mistake);
        }
        Some(found)
    }

    /// Judges the references of entries that could not be read, then reports what was gathered.
    fn finish(mut self) {
        let mut malformed = Vec::new();
        for entry in self.broken {
            for reference in &entry.references {
                match reference.target() {
                    Some((kind, id)) => {
                        self.entry(&Referrer::Text(&entry.origin, &reference.range), true, kind, &id);
                    }
                    None => malformed.push((reference, Place::new(&entry.origin.source, reference.range.clone()))),
                }
            }
        }
        let written = self.drafts.iter().map(|draft| &draft.entry);
        let written = written.map(|entry| (entry.kind(), entry.id.as_str(), entry.common.title.as_str()));
        let broken = self
            .broken
            .iter()
            .filter_map(|entry| Some((entry.kind, entry.id.as_deref()?, entry.title.as_deref().unwrap_or_default())));
        let mut known = Known::new(written.chain(broken));
        for (reference, place) in malformed {
            self.findings.at(place, known.malformed(reference));
        }
        for ((kind, id), mut places) in std::mem::take(&mut self.dangling) {
            let mistake = known.dangling(kind, &id, places.len().saturating_sub(1));
            places.sort_by(|a, b| a.key().cmp(&b.key()));
            let mut all = places.into_iter();
            if let Some(first) = all.next() {
                let diagnostic = Diagnostic::new(mistake, first);
                let related = |diagnostic: Diagnostic, place| diagnostic.with_related(place, say::REFERRED_HERE);
                self.findings.report(all.fold(diagnostic, related));
            }
        }
        for (kind, count) in &self.unchecked {
            self.findings.report(Diagnostic::global(say::unchecked(kind.label(), *count)));
        }
    }
}

/// The mistake in a reference to an entry that exists, if there is one.
fn reference_state(found: &Draft, kind: Kind, id: &str, from_draft: bool) -> Option<Mistake> {
    match &found.state {
        State::Draft if !from_draft => Some(say::draft_ref(kind.label(), id)),
        State::Hidden(why) => Some(say::hidden_ref(kind.label(), id, why)),
        State::Draft | State::Public => (found.entry.id != id).then(|| say::former_ref(id, &found.entry.id)),
    }
}

/// The ties of all entries, by their edges.
fn ties(drafts: &[Draft], edges: Vec<Edges>) -> Ties {
    let (addresses, referrers) = (addresses(drafts, &edges), referrers(drafts, &edges));
    let parts = edges.into_iter().zip(addresses).zip(referrers);
    parts.map(|((edges, address), referrers)| Tie { edges, address, referrers: referrers.into() }).collect()
}

/// The address of every entry: its page, or its anchor on its owner's page, on its sheet, or in the list of its kind.
fn addresses(drafts: &[Draft], edges: &[Edges]) -> Vec<Href> {
    let mut listed: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut sheets: BTreeMap<(ItemId, Tier), usize> = BTreeMap::new();
    let each = drafts.iter().zip(edges).map(|(draft, edges)| {
        let (kind, id) = (draft.entry.kind(), &draft.entry.id);
        // What is not published has its place before the next that is.
        let before = listed.entry(kind).or_default();
        let list = *before / location::page_length(kind) + 1;
        *before += usize::from(draft.state == State::Public);
        let owner = match kind.placement() {
            Placement::Page => return Href::new(&location::of_item(kind, id)),
            Placement::Owner(field) => edges.one(field),
            Placement::Sheet => edges.one(Field::Document),
            Placement::Years => None,
        };
        let owner = owner.filter(|owner| drafts[owner.index()].state == State::Public);
        match (owner.map(|id| (id, &drafts[id.index()].entry)), &draft.entry.own) {
            (Some((document, owner)), Own::Standard(standard)) => {
                let before = sheets.entry((document, standard.tier)).or_default();
                let page = location::sheet_page(*before);
                *before += usize::from(draft.state == State::Public);
                Href::new(&location::of_standards(&owner.id, Some(standard.tier), page)).at(id)
            }
            (Some((_, owner)), _) => Href::new(&location::of_item(owner.kind(), &owner.id)).at(id),
            (None, _) => Href::new(&location::of_list(kind, list)).at(id),
        }
    });
    each.collect()
}

/// For each entry the published entries that refer to it, in order.
fn referrers(drafts: &[Draft], edges: &[Edges]) -> Vec<Vec<ItemId>> {
    let mut referrers: Vec<Vec<ItemId>> = vec![Vec::new(); drafts.len()];
    for (at, _) in drafts.iter().enumerate().filter(|(_, draft)| draft.state == State::Public) {
        for target in edges[at].targets() {
            let known = &mut referrers[target.index()];
            // Referrers come in order: who refers twice is the last one again.
            if known.last() != Some(&ItemId::at(at)) {
                known.push(ItemId::at(at));
            }
        }
    }
    referrers
}
