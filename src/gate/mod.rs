//! The gate before publishing: private data in anything that would be published, and what cannot take place as it is written, is reported
//! unless an editor made an exception. It knows which fields may hold what; what private data looks like is known to [`privacy`], and
//! what clashes to [`clash`](crate::portal::clash).
//!
//! For private data, drafts and entries of other days are examined too: errors never depend on the day.

mod exception;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::assets::Assets;
use crate::diag::catalogue::{self as say, Part, Where};
use crate::diag::{Diagnostic, Findings};
use crate::entry::{Keys, Origin, SITE_PATH};
use crate::load::{Input, Inputs};
use crate::portal::{Item, ItemId, Portal};
use crate::privacy::{self, Found, Sort};
use crate::source::{Place, Source};
use exception::{Exceptions, Owner, Subject};

/// Fields of people and places that are open to the public.
const CONTACTS: [&str; 3] = ["contact", "enrol", "booking"];

/// The texts without private data that were looked through last, by path.
#[derive(Debug, Default)]
pub struct Memory {
    clean: HashMap<String, Arc<Source>>,
}

impl Memory {
    fn is_clean(&self, source: &Arc<Source>) -> bool {
        self.clean.get(&source.path).is_some_and(|known| Arc::ptr_eq(known, source))
    }
}

/// Reports private data, clashes, people whom files name, and files that cannot be read. Texts that the memory knows are not looked through
/// again.
pub fn run(portal: &Portal, inputs: &Inputs, assets: &Assets, memory: Option<&mut Memory>, findings: &mut Findings) {
    let mut alarms = texts(portal, inputs, memory);
    alarms.extend(names(portal, inputs));
    alarms.extend(files(portal, assets, findings));
    let alarms = alarms.into_iter().map(Subject::Private);
    let clashes = portal.clashes().iter().cloned().map(Subject::Clash);
    Exceptions::new(portal).apply(portal, &alarms.chain(clashes).collect::<Vec<_>>(), findings);
}

/// Where private data stands.
enum At {
    /// In the text at the place.
    Text,
    /// In the name of this file.
    Name(String),
    /// In a part of this file.
    File(String, Part),
}

/// Private data, and whose it is.
struct Alarm {
    found: Found,
    place: Place,
    at: At,
    is_phone: bool,
    is_listed: bool,
    owners: Vec<Owner>,
}

/// What stands in the texts of content and theme.
fn texts(portal: &Portal, inputs: &Inputs, memory: Option<&mut Memory>) -> Vec<Alarm> {
    let theme = format!("themes/{}", portal.settings.site.theme);
    let read = |(_, input): (&str, &Input)| match input {
        Input::Text(source) => Some(Arc::clone(source)),
        Input::Unreadable(_) | Input::Blob(_) => None,
    };
    let sources: Vec<Arc<Source>> =
        inputs.below("content").filter_map(read).chain(inputs.below(&theme).filter_map(read)).collect();
    let is_clean = |source: &Arc<Source>| memory.as_ref().is_some_and(|memory| memory.is_clean(source));
    let looked = sources.into_par_iter().map(|source| {
        let found = if is_clean(&source) { Vec::new() } else { privacy::find(&source.text) };
        (source, found)
    });
    let looked: Vec<(Arc<Source>, Vec<Found>)> = looked.collect();
    let (found, clean): (Vec<_>, Vec<_>) = looked.into_iter().partition(|(_, found)| !found.is_empty());
    if let Some(memory) = memory {
        memory.clean = clean.into_iter().map(|(source, _)| (source.path.clone(), source)).collect();
    }
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
    let shown = Arc::new(Source::of(source.path.clone(), privacy::hidden(&source.text, &found)));
    let mut of = Owners::new(portal, source, entries);
    let blocks = blocks(&source.text);
    let mut alarms = Vec::new();
    for found in found {
        let at = found.range.start;
        let Some((owners, keys)) = of.of(at) else { continue };
        let is_phone = is_phone_field(&keys) || in_contact_block(&blocks, at);
        let is_listed = portal.settings.site.public_phones.iter().any(|listed| found.is(listed));
        let exempt = match found.sort {
            Sort::Mobile => is_phone && is_listed,
            Sort::Home => is_public_address(&keys),
            Sort::Identity | Sort::Card | Sort::Birth => false,
        };
        if !exempt && !matches!(keys.first().map(String::as_str), Some("allow" | "public_phones")) {
            let place = Place::new(&shown, found.range.clone());
            alarms.push(Alarm { found, place, at: At::Text, is_phone, is_listed, owners });
        }
    }
    alarms
}

/// Tells whose the bytes of a text are. Asked in order, it parses each entry once.
struct Owners<'a> {
    source: &'a Source,
    entries: &'a [(ItemId, &'a Item)],
    site: Option<Keys<'a>>,
    /// The entry that was asked for last.
    last: Option<(ItemId, &'a Origin, Keys<'a>)>,
}

impl<'a> Owners<'a> {
    fn new(portal: &'a Portal, source: &'a Source, entries: &'a [(ItemId, &'a Item)]) -> Self {
        let site = (source.path == SITE_PATH).then(|| portal.settings.origin.keys());
        Self { source, entries, site, last: None }
    }

    /// The owners of a byte, and the keys above it; `None` if it is not published.
    fn of(&mut self, at: usize) -> Option<(Vec<Owner>, Vec<String>)> {
        if let Some(keys) = &self.site {
            return Some((vec![Owner::Site], keys.at(at)?));
        }
        if !self.last.as_ref().is_some_and(|(_, origin, _)| origin.holds(at)) {
            let there = self.entries.iter().find(|(_, item)| item.entry.origin.holds(at));
            self.last = there.map(|(id, item)| (*id, &item.entry.origin, item.entry.origin.keys()));
        }
        if let Some((id, _, keys)) = &self.last {
            return Some((vec![Owner::Item(*id)], keys.at(at)?));
        }
        // A theme, or an entry that could not be read.
        let line = self.source.text[..at].rsplit('\n').next().unwrap_or_default();
        let comment = is_yaml(&self.source.path) && (line.trim_start().starts_with('#') || line.contains(" #"));
        let owners = if self.source.path.starts_with("themes/") { vec![Owner::Site] } else { Vec::new() };
        (!comment).then_some((owners, Vec::new()))
    }
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

/// Where the lines that begin or end a block start, and whether they begin `::: contact`.
fn blocks(text: &str) -> Vec<(usize, bool)> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.trim_start().strip_prefix(":::") {
            blocks.push((at, name.trim_start().starts_with("contact")));
        }
        at += line.len();
    }
    blocks
}

/// Whether a byte of a Markdown text is in a block `::: contact`.
fn in_contact_block(blocks: &[(usize, bool)], at: usize) -> bool {
    let before = blocks.partition_point(|(start, _)| *start <= at);
    before.checked_sub(1).is_some_and(|last| blocks[last].1)
}

/// What stands in the names of files.
fn names(portal: &Portal, inputs: &Inputs) -> Vec<Alarm> {
    let in_name = |path: &str, place: &dyn Fn() -> Place, owners: &dyn Fn() -> Vec<Owner>| -> Vec<Alarm> {
        let alarm = |found| Alarm {
            found,
            place: place(),
            at: At::Name(path.to_owned()),
            is_phone: false,
            is_listed: false,
            owners: owners(),
        };
        privacy::find(path).into_iter().map(alarm).collect()
    };
    let mut alarms = Vec::new();
    for (path, used) in portal.used_files.iter() {
        let Some(first) = used.uses().next() else { continue };
        alarms.extend(in_name(path, &|| first.place(), &|| users(portal, path)));
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

/// What stands in files; who made them, and what of them cannot be read, is reported.
fn files(portal: &Portal, assets: &Assets, findings: &mut Findings) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    let withdrawn = portal.withdrawn_names();
    for (path, reading) in &assets.readings {
        let used = portal.used_files.get(path).and_then(|used| used.uses().next());
        let place =
            || used.map_or_else(|| Place::file(&Source::new(path.clone(), "")), crate::portal::files::At::place);
        if !reading.people.is_empty() {
            findings.at(place(), say::file_author(path, &reading.people));
        }
        let is_published = || portal.used_files.get(path).is_none_or(|used| used.download_public);
        if !withdrawn.is_empty() && is_published() {
            for name in withdrawn.iter().filter(|name| path.contains(name.as_str())) {
                findings.at(place(), say::withdrawn_in_file(path, None, name));
            }
            for (part, name) in &reading.named {
                findings.at(place(), say::withdrawn_in_file(path, Some(part), name));
            }
        }
        if let Some(why) = reading.unread {
            findings.at(place(), say::unread_file(path, why));
        }
        let owners = || if used.is_some() { users(portal, path) } else { vec![Owner::Site] };
        alarms.extend(reading.found.iter().map(|(part, found)| Alarm {
            found: found.clone(),
            place: place(),
            at: At::File(path.clone(), part.clone()),
            is_phone: false,
            is_listed: false,
            owners: owners(),
        }));
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

impl Alarm {
    fn diagnostic(&self) -> Diagnostic {
        let at = match &self.at {
            At::Name(path) => Where::Name(path),
            At::File(path, part) => Where::File(path, part),
            At::Text if self.is_phone => Where::PhoneField,
            At::Text => Where::Here,
        };
        Diagnostic::new(say::private_data(self.found.sort, &self.found.shown(), at, self.is_listed), self.place.clone())
    }
}
