//! The calendars of a portal: what each holds, and where it is. Pages link to them before they are made.
//!
//! A calendar holds occasions: sessions, each by itself, and weekly runs, each as one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use super::edges;
use super::location::{CALENDARS, EVERYTHING};
use super::schedule::{Dated, Schedule};
use super::{Item, ItemId, Portal};
use crate::content::field::Field;
use crate::content::rules::{Schedule as Written, each_day};
use crate::content::shared::Weekly;
use crate::content::value::{Day, Id};
use crate::content::{Kind, Own};

/// Kinds whose entries have calendars.
pub const KINDS: [Kind; 9] = [
    Kind::Region,
    Kind::Topic,
    Kind::Audience,
    Kind::Institution,
    Kind::Venue,
    Kind::Teacher,
    Kind::Course,
    Kind::Edition,
    Kind::Event,
];

/// The name of an occasion among those of its owner. It stays the same while the occasion is moved, renamed or called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// A session: the beginning that was published first, and its number among those that share it.
    Session(DateTime, usize),
    /// A weekly run: the first day of its pattern, and its number among those that share it.
    Weekly(Date, usize),
}

/// What a calendar shows as one event.
#[derive(Debug)]
pub struct Occasion {
    /// The course or event.
    pub owner: ItemId,
    /// Its name among those of its owner.
    pub name: Name,
    /// Its sessions, by their places in the schedule.
    sessions: Vec<usize>,
}

impl Occasion {
    /// Its sessions, in order of time; one, unless it is a weekly run.
    pub fn sessions<'a>(&'a self, portal: &'a Portal) -> impl Iterator<Item = &'a Dated> {
        self.sessions.iter().map(|at| &portal.schedule.all()[*at])
    }

    /// How its run was written. A calendar takes the sessions themselves from the schedule.
    pub fn written<'a>(&self, portal: &'a Portal) -> Option<Written<'a>> {
        let run = self.sessions(portal).next()?.run;
        portal.item(self.owner).entry.own.schedules().get(run).copied()
    }
}

/// All occasions, in order of time, and which belong to which entry.
#[derive(Debug, Default)]
pub struct Calendars {
    all: Vec<Occasion>,
    of: BTreeMap<ItemId, Vec<usize>>,
}

impl Calendars {
    /// The calendars of the published entries among `items`.
    pub(super) fn new(items: &[Item], schedule: &Schedule) -> Self {
        let public = items.iter().enumerate().filter(|(_, item)| item.is_public());
        let mut all: Vec<Occasion> = public.flat_map(|(at, item)| occasions(ItemId::at(at), item, schedule)).collect();
        all.sort_by_key(|occasion| (occasion.sessions.first().copied(), occasion.owner, occasion.name));
        let mut of: BTreeMap<ItemId, Vec<usize>> = BTreeMap::new();
        for (at, occasion) in all.iter().enumerate() {
            for id in belongs(items, schedule, occasion) {
                of.entry(id).or_default().push(at);
            }
        }
        Self { all, of }
    }

    /// All occasions, in order of time.
    pub fn all(&self) -> &[Occasion] {
        &self.all
    }

    /// The occasions of an entry by their places among all, in order of time.
    pub fn of(&self, id: ItemId) -> &[usize] {
        self.of.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The entries that have a calendar, in order.
    pub fn owners(&self) -> impl Iterator<Item = ItemId> {
        self.of.keys().copied()
    }
}

/// The occasions of an entry.
fn occasions(owner: ItemId, item: &Item, schedule: &Schedule) -> Vec<Occasion> {
    let mut known: BTreeMap<(bool, DateTime), usize> = BTreeMap::new();
    let mut number = |is_weekly: bool, at: DateTime| {
        let count = known.entry((is_weekly, at)).or_default();
        std::mem::replace(count, *count + 1)
    };
    let mut all = Vec::new();
    for (run, written) in item.entry.own.schedules().into_iter().enumerate() {
        let sessions = schedule.places(owner).map(|at| (at, &schedule.all()[at])).filter(|(_, one)| one.run == run);
        let (weekly, mut others) = match written.weekly {
            Some(weekly) => parted(weekly, sessions),
            None => (Vec::new(), sessions.collect()),
        };
        if let Some(pattern) = written.weekly.filter(|_| !weekly.is_empty()) {
            let from = pattern.from.0;
            let name = Name::Weekly(from, number(true, from.at(0, 0, 0, 0)));
            all.push(Occasion { owner, name, sessions: weekly });
        }
        others.sort_by_key(|(_, session)| session.id());
        for (at, session) in others {
            let name = Name::Session(session.announced, number(false, session.announced));
            all.push(Occasion { owner, name, sessions: vec![at] });
        }
    }
    all
}

/// The sessions of a weekly run: those of the pattern with those that stand for one that was left out, and all others. A further session
/// is one of these: not every calendar knows dates outside the rule.
fn parted<'a>(
    weekly: &Weekly,
    sessions: impl Iterator<Item = (usize, &'a Dated)>,
) -> (Vec<usize>, Vec<(usize, &'a Dated)>) {
    let mut stood_for = BTreeSet::new();
    let is_left_out = |at: DateTime| {
        let day = Day(at.date());
        weekly.except.contains(&day) && weekly.meets(day.0) && weekly.time.start.on(day.0) == at
    };
    let (series, others): (Vec<_>, Vec<_>) = sessions.partition(|(_, session)| {
        session.is_weekly() || (is_left_out(session.announced) && stood_for.insert(session.announced))
    });
    (series.into_iter().map(|(at, _)| at).collect(), others)
}

/// The published entries to which an occasion belongs.
fn belongs(items: &[Item], schedule: &Schedule, occasion: &Occasion) -> BTreeSet<ItemId> {
    let sessions = || occasion.sessions.iter().map(|at| &schedule.all()[*at]);
    let item = &items[occasion.owner.index()];
    let mut all: BTreeSet<ItemId> = [occasion.owner].into();
    for field in [Field::Topics, Field::Audiences, Field::Edition, Field::Institution] {
        all.extend(item.edges.to(field));
    }
    if let (Own::Course(_), Some(first)) = (&item.entry.own, sessions().next()) {
        let own: Vec<ItemId> = item.edges.all().nth(Field::Runs, first.run).to(Field::Teachers).collect();
        let shared = item.edges.to(Field::Teachers).filter(|_| own.is_empty());
        all.extend(shared.chain(own.iter().copied()));
    }
    let venues: BTreeSet<ItemId> = sessions().filter_map(|session| session.venue).collect();
    // What has no venue is where those are who hold it.
    let holders = [Field::Institution, Field::Unit, Field::Edition].into_iter().flat_map(|field| item.edges.to(field));
    let places: Vec<ItemId> = if venues.is_empty() { holders.collect() } else { venues.iter().copied().collect() };
    for place in places {
        let own = &items[place.index()].edges;
        for region in own.to(Field::Region).chain(own.to(Field::Regions)) {
            all.extend(edges::above(Some(region), |region| items[region.index()].edges.one(Field::Parent)));
        }
    }
    all.extend(venues);
    all.retain(|id| items[id.index()].is_public());
    all
}

/// The address of the calendar of an entry, or the one at a former id.
pub fn of_entry(kind: Kind, id: &str) -> String {
    format!("{CALENDARS}{}/{id}.ics", kind.folder())
}

/// The address of the calendar of a day of an edition.
pub fn of_day(edition: &str, day: Date) -> String {
    format!("{CALENDARS}{}/{edition}/{day}.ics", Kind::Edition.folder())
}

/// What the path of a calendar names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The calendar of everything.
    Everything,
    /// That of an entry, by its kind and id.
    Entry(Kind, String),
    /// That of a day of an edition, by its id.
    Day(String, Date),
}

/// What a path names; `None` if no calendar could be there.
pub fn named(path: &str) -> Option<Named> {
    if path == EVERYTHING {
        return Some(Named::Everything);
    }
    let (folder, rest) = path.strip_prefix(CALENDARS)?.strip_suffix(".ics")?.split_once('/')?;
    let kind = Kind::from_folder(folder).filter(|kind| KINDS.contains(kind))?;
    match rest.split_once('/') {
        None => Some(Named::Entry(kind, rest.to_owned())),
        Some((id, day)) if kind == Kind::Edition => Some(Named::Day(id.to_owned(), day.parse::<Day>().ok()?.0)),
        Some(_) => None,
    }
}

/// Whether there is a calendar at an address today.
pub fn is_made(portal: &Portal, address: &str) -> bool {
    let calendars = &portal.calendars;
    match named(address) {
        None => false,
        Some(Named::Everything) => !calendars.all.is_empty(),
        Some(Named::Entry(kind, id)) => portal.find(kind, &id).is_some_and(|id| !calendars.of(id).is_empty()),
        Some(Named::Day(id, day)) => {
            portal.find(Kind::Edition, &id).is_some_and(|id| days(portal, id).contains_key(&day))
        }
    }
}

/// The addresses of all calendars.
pub fn addresses(portal: &Portal) -> Vec<String> {
    let everything = (!portal.calendars.all.is_empty()).then(|| EVERYTHING.to_owned());
    let of_each = portal.calendars.owners().flat_map(|id| {
        let of_days = days(portal, id).into_keys().flat_map(|day| each_id(portal, id).map(move |id| of_day(id, day)));
        each_id(portal, id).map(move |known| of_entry(portal.item(id).kind(), known)).chain(of_days.collect::<Vec<_>>())
    });
    everything.into_iter().chain(of_each).collect()
}

/// The id of an entry and its former ones: people may have subscribed to what was there.
pub fn each_id(portal: &Portal, id: ItemId) -> impl Iterator<Item = &str> {
    let item = portal.item(id);
    let formerly = item.entry.common.formerly.iter().map(Id::as_str);
    std::iter::once(item.id()).chain(formerly.filter(move |former| portal.find(item.kind(), former) == Some(id)))
}

/// The days of an edition on which there are sessions of its events, each with these: the places of their occasions, and the sessions.
pub fn days(portal: &Portal, edition: ItemId) -> BTreeMap<Date, Vec<(usize, &Dated)>> {
    let mut days: BTreeMap<Date, Vec<(usize, &Dated)>> = BTreeMap::new();
    let Own::Edition(own) = &portal.item(edition).entry.own else { return days };
    for at in portal.calendars.of(edition) {
        for session in portal.calendars.all[*at].sessions(portal) {
            let (first, last) = (session.start.date().max(own.from.0), session.last_day().min(own.to.0));
            for day in each_day(first, last) {
                days.entry(day).or_default().push((*at, session));
            }
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_whose_calendar_it_is() {
        assert_eq!(named("calendars/all.ics"), Some(Named::Everything));
        assert_eq!(named(&of_entry(Kind::Region, "muye")), Some(Named::Entry(Kind::Region, "muye".to_owned())));
        let day = jiff::civil::date(2026, 11, 9);
        assert_eq!(named(&of_day("w", day)), Some(Named::Day("w".to_owned(), day)));
        for other in
            ["calendars/news/a.ics", "calendars/events/w/2026-11-09.ics", "calendars/editions/w/9.ics", "a.ics"]
        {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
