//! The gate before publishing: private data in anything that would be published is reported at its place. It knows which fields
//! may hold what, and which exceptions editors made; what private data looks like is known to [`privacy`].
//!
//! Drafts and entries of other days are examined too: errors never depend on the day.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::shared::Allow;
use crate::content::walk::Step;
use crate::diag::Findings;
use crate::diag::catalogue::{self as say, Where};
use crate::entry::{Origin, SITE_PATH};
use crate::load::{Input, Inputs};
use crate::portal::{Item, ItemId, Portal};
use crate::privacy::{self, Found, Sort};
use crate::source::{Place, Source};

/// Fields of people and places that are open to the public.
const CONTACTS: [&str; 3] = ["contact", "enrol", "booking"];

/// Reports private data.
pub fn run(portal: &Portal, inputs: &Inputs, findings: &mut Findings) {
    let mut alarms = texts(portal, inputs);
    alarms.extend(names(portal, inputs));
    Exceptions::new(portal).apply(&alarms, findings);
}

/// Whose exceptions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    /// Those of an entry.
    Item(ItemId),
    /// Those of the settings.
    Site,
}

/// Private data, and whose it is.
struct Alarm {
    found: Found,
    place: Place,
    /// The path of the file whose name holds it; `None` for a text.
    name: Option<String>,
    is_phone: bool,
    is_listed: bool,
    owners: Vec<Owner>,
}

/// What stands in the texts of content and theme.
fn texts(portal: &Portal, inputs: &Inputs) -> Vec<Alarm> {
    let theme = format!("themes/{}", portal.settings.site.theme);
    let read = |(_, input): (&str, &Input)| match input {
        Input::Text(source) => Some(Arc::clone(source)),
        Input::Unreadable(_) | Input::Blob(_) => None,
    };
    let sources: Vec<Arc<Source>> =
        inputs.below("content").filter_map(read).chain(inputs.below(&theme).filter_map(read)).collect();
    let found: Vec<(Arc<Source>, Vec<Found>)> = sources
        .into_par_iter()
        .map(|source| {
            let found = privacy::find(&source.text);
            (source, found)
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    if found.is_empty() {
        return Vec::new();
    }
    let mut entries: HashMap<&str, Vec<(ItemId, &Item)>> = HashMap::new();
    for (id, item) in portal.items() {
        entries.entry(item.entry.origin.source.path.as_str()).or_default().push((id, item));
    }
    let of_source = |(source, found): (Arc<Source>, Vec<Found>)| {
        let entries = entries.get(source.path.as_str()).map(Vec::as_slice).unwrap_or_default();
        of_text(portal, &source, entries, found)
    };
    found.into_iter().flat_map(of_source).collect()
}

fn of_text(portal: &Portal, source: &Arc<Source>, entries: &[(ItemId, &Item)], found: Vec<Found>) -> Vec<Alarm> {
    // The place shows a text in which the private data is hidden already, as only the whole text may tell it.
    let shown = Arc::new(Source { path: source.path.clone(), text: privacy::hidden(&source.text, &found) });
    let mut alarms = Vec::new();
    for found in found {
        let at = found.range.start;
        let Some((owners, keys)) = belongs(portal, source, entries, at) else { continue };
        let is_phone = is_phone_field(&keys) || in_contact_block(&source.text, at);
        let is_listed = portal.settings.site.public_phones.iter().any(|listed| found.is(listed));
        let exempt = match found.sort {
            Sort::Mobile => is_phone && is_listed,
            Sort::Home => is_public_address(&keys),
            Sort::Identity | Sort::Card | Sort::Birth => false,
        };
        if !exempt && !matches!(keys.first().map(String::as_str), Some("allow" | "public_phones")) {
            let place = Place::new(&shown, found.range.clone());
            alarms.push(Alarm { found, place, name: None, is_phone, is_listed, owners });
        }
    }
    alarms
}

/// Whose a byte of a text is, and the keys above it; `None` if it is not published.
fn belongs(
    portal: &Portal,
    source: &Source,
    entries: &[(ItemId, &Item)],
    at: usize,
) -> Option<(Vec<Owner>, Vec<String>)> {
    if source.path == SITE_PATH {
        return Some((vec![Owner::Site], portal.settings.origin.keys_at(at)?));
    }
    if let Some((id, keys)) = entries.iter().find_map(|(id, item)| Some((*id, item.entry.origin.keys_at(at)?))) {
        return Some((vec![Owner::Item(id)], keys));
    }
    // A theme, an entry that could not be read, or a comment.
    let line = source.text[..at].rsplit('\n').next().unwrap_or_default();
    let comment = is_yaml(&source.path) && (line.trim_start().starts_with('#') || line.contains(" #"));
    let inside = entries.iter().any(|(_, item)| item.entry.origin.holds(at));
    let owners = if source.path.starts_with("themes/") { vec![Owner::Site] } else { Vec::new() };
    (!comment && !inside).then_some((owners, Vec::new()))
}

fn is_yaml(path: &str) -> bool {
    matches!(path.rsplit('.').next(), Some("yaml" | "yml"))
}

fn is_phone_field(keys: &[String]) -> bool {
    match keys {
        [.., last] if last == "phone" => true,
        [.., above, last] => last == "url" && CONTACTS.contains(&above.as_str()),
        _ => false,
    }
}

fn is_public_address(keys: &[String]) -> bool {
    match keys {
        [.., last] if last == "address" => true,
        [.., above, last] => last == "place" && CONTACTS.contains(&above.as_str()),
        _ => false,
    }
}

/// Whether a byte of a Markdown text is in a block `::: contact`.
fn in_contact_block(text: &str, at: usize) -> bool {
    let fence = text[..at].lines().rev().find_map(|line| line.trim_start().strip_prefix(":::"));
    fence.is_some_and(|name| name.trim_start().starts_with("contact"))
}

/// What stands in the names of files.
fn names(portal: &Portal, inputs: &Inputs) -> Vec<Alarm> {
    let in_name = |path: &str, place: &dyn Fn() -> Place, owners: &dyn Fn() -> Vec<Owner>| -> Vec<Alarm> {
        let alarm = |found| Alarm {
            found,
            place: place(),
            name: Some(path.to_owned()),
            is_phone: false,
            is_listed: false,
            owners: owners(),
        };
        privacy::find(path).into_iter().map(alarm).collect()
    };
    let mut alarms = Vec::new();
    for (path, used) in &portal.used_files {
        alarms.extend(in_name(path, &|| used.place.clone(), &|| users(portal, path)));
    }
    for (name, input) in inputs.below("content") {
        let path = format!("content/{name}");
        let place = || Place::file(&Source::new(path.clone(), ""));
        match input {
            Input::Blob(_) if name.starts_with("static/") => {
                alarms.extend(in_name(&path, &place, &|| vec![Owner::Site]));
            }
            Input::Text(source) if !is_yaml(&source.path) => {
                alarms.extend(in_name(&path, &|| Place::file(source), &|| of_file(portal, &path)));
            }
            Input::Text(_) | Input::Unreadable(_) | Input::Blob(_) => {}
        }
    }
    alarms
}

/// The entries that use a file, or the settings.
fn users(portal: &Portal, path: &str) -> Vec<Owner> {
    let uses = |(id, item): &(ItemId, &Item)| {
        item.edges.files().any(|used| used == path) || portal.body(*id).files().any(|used| used == path)
    };
    let items = portal.items().filter(uses).map(|(id, _)| Owner::Item(id));
    items.chain(portal.edges.files().any(|used| used == path).then_some(Owner::Site)).collect()
}

/// The entries of a file.
fn of_file(portal: &Portal, path: &str) -> Vec<Owner> {
    let there = |(_, item): &(ItemId, &Item)| item.entry.origin.source.path == path;
    portal.items().filter(there).map(|(id, _)| Owner::Item(id)).collect()
}

/// All exceptions of a portal.
struct Exceptions<'a> {
    all: BTreeMap<Owner, (&'a [Allow], &'a Origin)>,
}

impl<'a> Exceptions<'a> {
    fn new(portal: &'a Portal) -> Self {
        let of_item = |(id, item): (ItemId, &'a Item)| {
            (Owner::Item(id), (item.entry.common.allow.as_slice(), &item.entry.origin))
        };
        let site = (Owner::Site, (portal.settings.site.allow.as_slice(), &portal.settings.origin));
        let all = portal.items().map(of_item).chain([site]).filter(|(_, (allow, _))| !allow.is_empty()).collect();
        Self { all }
    }

    /// Reports the alarms that no exception silences, and what became of each exception.
    fn apply(&self, alarms: &[Alarm], findings: &mut Findings) {
        let mut fits: BTreeMap<(Owner, usize), BTreeSet<(Sort, String)>> = BTreeMap::new();
        for alarm in alarms {
            for one in self.fitting(alarm) {
                fits.entry(one).or_default().insert((alarm.found.sort, alarm.found.value.clone()));
            }
        }
        // An exception is for one value: one that could mean several silences none.
        let silences = |one: &(Owner, usize)| fits.get(one).is_some_and(|values| values.len() == 1);
        for alarm in alarms {
            if !self.fitting(alarm).iter().any(silences) {
                alarm.report(findings);
            }
        }
        for (owner, (allow, origin)) in &self.all {
            for (nth, exception) in allow.iter().enumerate() {
                let place = origin.place(&[Step::Key("allow"), Step::Index(nth), Step::Key("what")]);
                let values = fits.get(&(*owner, nth));
                let mistake = match values.and_then(|values| values.first()).filter(|_| silences(&(*owner, nth))) {
                    Some((sort, value)) => {
                        let shown = Found { range: 0..0, sort: *sort, value: value.clone() }.shown();
                        let Allow { by, date, reason, .. } = exception;
                        say::exception_in_force(*sort, &shown, by, &date.to_string(), reason)
                    }
                    None => say::unused_exception(values.map_or(0, BTreeSet::len)),
                };
                findings.at(place, mistake);
            }
        }
    }

    /// The exceptions that name what an alarm found.
    fn fitting(&self, alarm: &Alarm) -> Vec<(Owner, usize)> {
        let mut fitting = Vec::new();
        for owner in &alarm.owners {
            let (allow, _) = self.all.get(owner).copied().unzip();
            let named = allow.unwrap_or_default().iter().enumerate().filter(|(_, one)| alarm.found.is(&one.what));
            fitting.extend(named.map(|(nth, _)| (*owner, nth)));
        }
        fitting
    }
}

impl Alarm {
    fn report(&self, findings: &mut Findings) {
        let at = match &self.name {
            Some(path) => Where::Name(path),
            None if self.is_phone => Where::PhoneField,
            None => Where::Here,
        };
        findings.at(self.place.clone(), say::private_data(self.found.sort, &self.found.shown(), at, self.is_listed));
    }
}
