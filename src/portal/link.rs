//! Links entries into a portal, and reports every reference that does not hold.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::settings;
use super::today::Today;
use super::{Item, ItemId, Links, PAGE_LENGTH, Portal, State, body, checks, list_address, order, schedule, used};
use crate::content::rules::Portrait;
use crate::content::shared::{Consent, ConsentScope, PictureUse, Shot};
use crate::content::value::Focus;
use crate::content::walk::{Path, Step, Target, Use, uses};
use crate::content::{Kind, Placement};
use crate::diag::catalogue::{self as say, Hidden, Withheld};
use crate::diag::{Diagnostic, Findings, Mistake, nearest};
use crate::entry::{BrokenEntry, Entries, Entry, Origin};
use crate::load::Inputs;
use crate::markdown;
use crate::source::Place;

/// What a build may be asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// What day it is.
    pub clock: Clock,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// The address of the root, over that of the settings.
    pub base_url: Option<String>,
}

/// What day it is.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// A given day.
    Day(Date),
    /// The day on which this moment falls in the site's time zone.
    Now(jiff::Timestamp),
}

impl Clock {
    fn date(self, zone: &TimeZone) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Now(moment) => moment.to_zoned(zone.clone()).date(),
        }
    }
}

/// Whether drafts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// As if they were not there.
    Hidden,
    /// As if they were published.
    Shown,
}

/// How a picture of a gallery is shown: small among the others, and large.
pub const GALLERY_USES: [PictureUse; 2] = [PictureUse::Gallery, PictureUse::Inline];

/// Links everything. Without settings there is no portal, and that was reported.
pub fn link(entries: Entries, inputs: &Inputs, options: &Options, findings: &mut Findings) -> Option<Portal> {
    let Entries { site, entries, broken, poisoned, unread } = entries;
    let (site, origin) = site?;
    let settings = settings::check(site, origin, options.base_url.as_deref(), findings);
    let today = Today::new(options.clock.date(&settings.zone));
    let entries = unique(entries, findings);
    let items = items(entries, &today, options.drafts, findings);
    let mut portal = Portal {
        settings,
        today,
        index: HashMap::with_capacity(items.len()),
        items,
        kinds: BTreeMap::new(),
        redirects: Vec::new(),
        used_files: BTreeMap::new(),
        unread,
    };
    index(&mut portal, findings);
    let names = Names { broken: &broken, poisoned: &poisoned };
    let links = references(&portal, &names, findings);
    addresses(&mut portal, &links);
    relate(&mut portal, &links);
    files(&mut portal, inputs, findings);
    body::check(&mut portal, inputs, &broken, findings);
    checks::run(&portal, &links, findings);
    Some(portal)
}

/// Drops every entry whose kind and id an earlier one has.
fn unique(entries: Vec<Entry>, findings: &mut Findings) -> Vec<Entry> {
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

fn items(entries: Vec<Entry>, today: &Today, drafts: Drafts, findings: &mut Findings) -> Vec<Item> {
    let mut keyed: Vec<(Kind, order::Key, Item)> = entries
        .into_par_iter()
        .map(|entry| {
            let sessions = schedule::sessions(&entry.own);
            let key = order::key(&entry.id, &entry.common, &entry.own, &sessions, today);
            let body = markdown::scan(entry.body());
            let item = Item {
                state: state(&entry, today, drafts),
                withheld: withheld(&entry, today),
                address: String::new(),
                body,
                sessions,
                referrers: Vec::new(),
                gathered: Vec::new(),
                entry,
            };
            (item.kind(), key, item)
        })
        .collect();
    keyed.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let items: Vec<Item> = keyed.into_iter().map(|(_, _, item)| item).collect();
    for item in &items {
        let field = if item.entry.common.picture.is_some() { "picture" } else { "gallery" };
        let has_any = item.entry.common.picture.is_some() || !item.entry.own.gallery().is_empty();
        if let Some(why) = item.withheld.filter(|_| has_any) {
            findings.at(item.entry.origin.place(&[Step::Key(field)]), say::picture_withheld(why));
        }
    }
    items
}

fn state(entry: &Entry, today: &Today, drafts: Drafts) -> State {
    let common = &entry.common;
    // Ask for every day, so that the next change is known whatever the answer of the first.
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

/// Fills the index of present and former ids, and the list of each kind.
fn index(portal: &mut Portal, findings: &mut Findings) {
    for (at, item) in portal.items.iter().enumerate() {
        portal.index.insert((item.kind(), item.id().to_owned()), ItemId::at(at));
        if item.is_public() {
            portal.kinds.entry(item.kind()).or_default().push(ItemId::at(at));
        }
    }
    for (at, item) in portal.items.iter().enumerate() {
        for (nth, former) in item.entry.common.formerly.iter().enumerate() {
            let name = (item.kind(), former.to_string());
            if let Some(other) = portal.index.get(&name) {
                let place = item.entry.origin.place(&[Step::Key("formerly"), Step::Index(nth)]);
                let other = portal.items[other.index()].entry.origin.id_place();
                let mistake = say::duplicate_id(item.kind().label(), former.as_str());
                findings.report(Diagnostic::new(mistake, place).with_related(other, say::FIRST_HERE));
                continue;
            }
            portal.index.insert(name, ItemId::at(at));
            if item.is_public() && super::has_page(item.kind()) {
                portal.redirects.push((format!("{}/{former}.html", item.kind().folder()), ItemId::at(at)));
            }
        }
    }
    portal.redirects.sort();
}

/// Names that could not be read, so that references to them are not called wrong.
struct Names<'a> {
    broken: &'a [BrokenEntry],
    poisoned: &'a std::collections::BTreeSet<Kind>,
}

impl Names<'_> {
    fn is_broken(&self, kind: Kind, id: &str) -> bool {
        self.broken.iter().any(|broken| broken.kind == kind && broken.id.as_deref() == Some(id))
    }
}

/// Somewhere that refers to something. Its place is found out only if there is something to say of it.
enum Referrer<'a> {
    /// A field of an entry or of the settings.
    Field(&'a Origin, Path),
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

fn all_uses(item: &Item) -> Vec<Use> {
    let mut all = uses(&item.entry.common);
    all.extend(item.entry.own.uses());
    all
}

fn references(portal: &Portal, names: &Names<'_>, findings: &mut Findings) -> Links {
    let mut links: Links = Vec::with_capacity(portal.items.len());
    let mut dangling: BTreeMap<(Kind, String), Vec<Place>> = BTreeMap::new();
    let mut unchecked: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut judge = |referrer: Referrer<'_>, draft, kind, id: String| {
        let Some(found) = portal.id_of(kind, &id) else {
            if names.is_broken(kind, &id) {
            } else if names.poisoned.contains(&kind) {
                *unchecked.entry(kind).or_default() += 1;
            } else {
                dangling.entry((kind, id)).or_default().push(referrer.place());
            }
            return None;
        };
        if let Some(mistake) = reference_state(portal.item(found), kind, &id, draft) {
            findings.at(referrer.place(), mistake);
        }
        Some(found)
    };
    let mut field = |origin, draft, Use { path, target }: Use| match target {
        Target::Entry(kind, id) => {
            let found = judge(Referrer::Field(origin, path.clone()), draft, kind, id)?;
            Some((path, found))
        }
        Target::File(_) => None,
    };
    for item in &portal.items {
        let draft = item.entry.common.draft;
        links.push(all_uses(item).into_iter().filter_map(|found| field(&item.entry.origin, draft, found)).collect());
    }
    for found in uses(&portal.settings.site) {
        field(&portal.settings.origin, false, found);
    }
    for entry in names.broken {
        for (range, kind, id) in &entry.references {
            judge(Referrer::Text(&entry.origin, range), true, *kind, id.clone());
        }
    }
    for ((kind, id), places) in dangling {
        report_dangling(portal, kind, &id, places, findings);
    }
    for (kind, count) in unchecked {
        findings.report(Diagnostic::global(say::unchecked(kind.label(), count)));
    }
    links
}

/// What is to be said of a reference that holds.
fn reference_state(found: &Item, kind: Kind, id: &str, from_draft: bool) -> Option<Mistake> {
    match &found.state {
        State::Draft if !from_draft => Some(say::draft_ref(kind.label(), id)),
        State::Hidden(why) => Some(say::hidden_ref(kind.label(), id, why)),
        State::Draft | State::Public => (found.id() != id).then(|| say::former_ref(id, found.id())),
    }
}

fn report_dangling(portal: &Portal, kind: Kind, id: &str, mut places: Vec<Place>, findings: &mut Findings) {
    let known = portal.items.iter().filter(|item| item.kind() == kind).map(Item::id);
    let mistake = say::dangling_ref(kind.label(), id, nearest(id, known), places.len().saturating_sub(1));
    places.sort_by(|a, b| a.key().cmp(&b.key()));
    let mut all = places.into_iter();
    if let Some(first) = all.next() {
        let diagnostic = Diagnostic::new(mistake, first);
        findings.report(all.fold(diagnostic, |diagnostic, place| diagnostic.with_related(place, say::REFERRED_HERE)));
    }
}

fn addresses(portal: &mut Portal, links: &Links) {
    for (at, links) in links.iter().enumerate() {
        let item = &portal.items[at];
        let (kind, id) = (item.kind(), item.id());
        portal.items[at].address = match kind.placement() {
            Placement::Page => format!("{}/{id}.html", kind.folder()),
            Placement::Owner(field) => {
                let owner = links.iter().find(|(path, _)| path.as_slice() == [Step::Key(field)]);
                match owner.map(|(_, owner)| portal.item(*owner)).filter(|owner| owner.is_public()) {
                    Some(owner) => format!("{}/{}.html#{id}", owner.kind().folder(), owner.id()),
                    None => in_list(portal, kind, ItemId::at(at), id),
                }
            }
            Placement::Years => in_list(portal, kind, ItemId::at(at), id),
        };
    }
}

/// The address of an entry's anchor in the list of its kind.
fn in_list(portal: &Portal, kind: Kind, item: ItemId, id: &str) -> String {
    let position = portal.of_kind(kind).partition_point(|other| *other < item);
    format!("{}#{id}", list_address(kind, position / PAGE_LENGTH + 1))
}

/// Fills who refers to whom, and what regions, topics and audiences gather. Only published entries count.
fn relate(portal: &mut Portal, links: &Links) {
    let mut referrers: Vec<Vec<ItemId>> = vec![Vec::new(); portal.items.len()];
    let mut gathered: Vec<Vec<ItemId>> = vec![Vec::new(); portal.items.len()];
    for (at, targets) in links.iter().enumerate().filter(|(at, _)| portal.items[*at].is_public()) {
        let here = ItemId::at(at);
        for (_, target) in targets {
            referrers[target.index()].push(here);
        }
        if portal.item(here).kind().gathers() {
            continue;
        }
        for (_, target) in targets {
            gather(portal, links, *target, &mut |gatherer| gathered[gatherer.index()].push(here));
        }
    }
    for (item, (mut referrers, mut gathered)) in portal.items.iter_mut().zip(referrers.into_iter().zip(gathered)) {
        referrers.sort_unstable();
        referrers.dedup();
        gathered.sort_unstable();
        gathered.dedup();
        (item.referrers, item.gathered) = (referrers, gathered);
    }
}

/// What gathers something that refers to `target`: a topic, an audience, a region with all above it; or the region of the
/// venue, institution, unit, document or edition that is referred to.
fn gather(portal: &Portal, links: &Links, target: ItemId, found: &mut impl FnMut(ItemId)) {
    match portal.item(target).kind() {
        Kind::Topic | Kind::Audience => found(target),
        Kind::Region => upwards(portal, links, target, found),
        Kind::Venue | Kind::Institution | Kind::Unit | Kind::Document | Kind::Edition => {
            let region = links[target.index()].iter().find(|(path, _)| path.as_slice() == [Step::Key("region")]);
            if let Some((_, region)) = region {
                upwards(portal, links, *region, found);
            }
        }
        Kind::Committee
        | Kind::Duty
        | Kind::Indicator
        | Kind::Phase
        | Kind::Standard
        | Kind::Teacher
        | Kind::Course
        | Kind::Event
        | Kind::Star
        | Kind::Brand
        | Kind::Team
        | Kind::Award
        | Kind::Organisation
        | Kind::News
        | Kind::ResourceList
        | Kind::ActionPlan
        | Kind::Page => {}
    }
}

fn upwards(portal: &Portal, links: &Links, region: ItemId, found: &mut impl FnMut(ItemId)) {
    let mut here = Some(region);
    // A circle of parents is reported elsewhere; here it only must end.
    for _ in 0..portal.items.len() {
        let Some(region) = here else { return };
        found(region);
        here =
            links[region.index()].iter().find(|(path, _)| path.as_slice() == [Step::Key("parent")]).map(|(_, up)| *up);
    }
}

/// Resolves the files that fields name. Those of bodies are resolved with their links.
fn files(portal: &mut Portal, inputs: &Inputs, findings: &mut Findings) {
    let mut found = Vec::new();
    for item in &portal.items {
        for Use { path, target } in all_uses(item) {
            if let Target::File(file) = target {
                let shots = shots(item, &path);
                let public = item.is_public() && (shots.is_empty() || item.withheld.is_none());
                found.push((&item.entry.origin, path, file, shots, public));
            }
        }
    }
    for Use { path, target } in uses(&portal.settings.site) {
        if let Target::File(file) = target {
            let shot = Shot { usage: PictureUse::Banner, focus: Focus::CENTRE };
            found.push((&portal.settings.origin, path, file, vec![shot], true));
        }
    }
    let mut files = BTreeMap::new();
    for (origin, path, file, shots, public) in found {
        match body::file(&origin.source.path, &file, inputs) {
            Ok(full) => used::note(&mut files, full, || origin.place(&path), &shots, public),
            Err(mistake) => {
                findings.at(origin.place(&path), mistake);
            }
        }
    }
    portal.used_files = files;
}

/// How the picture that a field names is shown; not at all if the field offers a file.
fn shots(item: &Item, path: &[Step]) -> Vec<Shot> {
    match path {
        [Step::Key("picture"), ..] => {
            let picture = item.entry.common.picture.iter();
            picture.flat_map(|picture| [item.head_use(), item.card_use()].map(|usage| picture.shot(usage))).collect()
        }
        [Step::Key("gallery"), Step::Index(nth), ..] => {
            let picture = item.entry.own.gallery().get(*nth).into_iter();
            picture.flat_map(|picture| GALLERY_USES.map(|usage| picture.shot(usage))).collect()
        }
        _ => Vec::new(),
    }
}
