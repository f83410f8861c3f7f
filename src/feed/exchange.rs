//! `events.json` and `courses.json`: what other systems read. `content/README.md` describes them for their programmers.
//!
//! They hold what the pages show and nothing else; of those who can be asked only office telephones.

use std::collections::BTreeMap;

use serde::Serialize;

use super::identity::Identity;
use crate::content::field::Field;
use crate::content::phone::Phone;
use crate::content::shared::{Contact, Mode, Status, Weekly};
use crate::content::value::{Day, Fee, Url};
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::portal::edges::Part;
use crate::portal::feeds::{COURSES, EVENTS};
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId};

/// The version of both files. It grows when a field changes its meaning or goes; a new field is no new version.
const VERSION: u32 = 1;

/// What every file begins with.
#[derive(Serialize)]
pub(super) struct Site<'a> {
    title: &'a str,
    url: Option<&'a str>,
    language: &'a str,
    time_zone: &'a str,
}

/// An entry, named.
#[derive(Serialize)]
pub(super) struct Named<'a> {
    id: &'a str,
    title: &'a str,
}

impl<'a> Named<'a> {
    /// The name of an entry.
    pub(super) fn of(item: &'a Item) -> Self {
        Self { id: item.id(), title: item.title() }
    }
}

/// The portal, as every file begins with it.
pub(super) fn site<'a>(context: &Context<'a>) -> Site<'a> {
    let site = &context.portal.settings.site;
    Site { title: &site.title, url: context.portal.base_url(), language: &site.language, time_zone: &site.time_zone }
}

#[derive(Serialize)]
struct Place<'a> {
    title: &'a str,
    address: Option<&'a str>,
    /// From the largest to the smallest.
    regions: Vec<Named<'a>>,
    path: Option<&'a str>,
}

/// What events and courses have alike.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    guid: String,
    title: &'a str,
    /// Whether it is made up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sample: bool,
    summary: String,
    path: &'a str,
    url: Option<String>,
    updated: Option<String>,
    mode: Mode,
    fee: Option<f64>,
    topics: Vec<Named<'a>>,
    audiences: Vec<Named<'a>>,
    institution: Option<Named<'a>>,
}

#[derive(Serialize)]
struct Event<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    edition: Option<Named<'a>>,
    unit: Option<Named<'a>>,
    state: Status,
    reason: Option<&'a str>,
    capacity: Option<u32>,
    booking: Option<Booking<'a>>,
    sessions: Vec<Session<'a>>,
}

#[derive(Serialize)]
struct Course<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    level: Option<&'a str>,
    fee_note: Option<&'a str>,
    materials: &'a [String],
    teachers: Vec<Named<'a>>,
    booking: Option<Booking<'a>>,
    runs: Vec<Run<'a>>,
}

#[derive(Serialize)]
struct Run<'a> {
    title: &'a str,
    state: Status,
    reason: Option<&'a str>,
    capacity: Option<u32>,
    places_left: Option<u32>,
    enrolment_from: Option<Day>,
    enrolment_to: Option<Day>,
    /// Those of the run, where they are not those of the course.
    teachers: Vec<Named<'a>>,
    weekly: Option<Pattern<'a>>,
    sessions: Vec<Session<'a>>,
}

#[derive(Serialize)]
struct Pattern<'a> {
    days: &'a [crate::content::shared::Weekday],
    from: Day,
    to: Day,
    start: String,
    end: String,
    except: &'a [Day],
}

#[derive(Serialize)]
struct Session<'a> {
    guid: String,
    start: String,
    end: String,
    state: Status,
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    daily: bool,
}

/// How to enrol, without the names of persons.
#[derive(Serialize)]
struct Booking<'a> {
    phones: Vec<String>,
    place: Option<&'a str>,
    url: Option<&'a str>,
    note: Option<&'a str>,
}

/// Both files, by address, each made when it is asked for.
pub fn files<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (&'static str, String)> + 'a {
    [(EVENTS, Kind::Event), (COURSES, Kind::Course)].into_iter().map(|(path, kind)| (path, file(context, kind)))
}

fn file(context: &Context<'_>, kind: Kind) -> String {
    let maker = Maker { context };
    let portal = context.portal;
    let ids = portal.of_kind(kind);
    let mut venues: Vec<ItemId> =
        ids.iter().flat_map(|id| portal.sessions(*id)).filter_map(|session| session.venue).collect();
    venues.sort_unstable();
    venues.dedup();
    let places: BTreeMap<&str, Place<'_>> =
        venues.into_iter().map(|id| (portal.item(id).id(), maker.place(id))).collect();
    let site = site(context);
    // An entry a line. All of them as structs would need many times the memory of their text.
    let mut text = format!("{{\"version\":{VERSION},\"site\":{},\"{}\":[", json(&site), kind.folder());
    for (at, entry) in ids.iter().filter_map(|id| maker.entry(*id)).enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str(&entry);
    }
    text + "\n],\"places\":" + &json(&places) + "}\n"
}

/// Structs of texts and numbers cannot fail to be written.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

struct Maker<'a> {
    context: &'a Context<'a>,
}

impl<'a> Maker<'a> {
    fn entry(&self, id: ItemId) -> Option<String> {
        let item = self.context.portal.item(id);
        match &item.entry.own {
            Own::Event(event) => Some(json(&self.event(id, item, event))),
            Own::Course(course) => Some(json(&self.course(id, item, course))),
            _ => None,
        }
    }

    fn common(&self, id: ItemId, item: &'a Item, mode: Mode, fee: Option<Fee>) -> Entry<'a> {
        let portal = self.context.portal;
        let edges = item.edges.all();
        Entry {
            id: item.id(),
            guid: Identity::of_text(&super::identity::of_entry(portal, item)).uuid(),
            title: item.title(),
            sample: item.is_sample(),
            summary: item.summary(),
            path: item.address.as_str(),
            url: portal.base_url().map(|base| item.address.absolute(base)),
            updated: portal.changed(id).map(|day| day.to_string()),
            mode,
            fee: fee.and_then(|fee| fee.to_string().parse().ok()),
            topics: self.named(edges, Field::Topics),
            audiences: self.named(edges, Field::Audiences),
            institution: self.named(edges, Field::Institution).pop(),
        }
    }

    fn event(&self, id: ItemId, item: &'a Item, event: &'a crate::content::event::Event) -> Event<'a> {
        let edges = item.edges.all();
        Event {
            entry: self.common(id, item, event.mode, event.fee),
            edition: self.named(edges, Field::Edition).pop(),
            unit: self.named(edges, Field::Unit).pop(),
            state: event.status,
            reason: event.reason.as_deref(),
            capacity: event.capacity,
            booking: event.booking.as_ref().map(booking),
            sessions: self.context.portal.sessions(id).map(|session| self.session(session)).collect(),
        }
    }

    fn course(&self, id: ItemId, item: &'a Item, course: &'a crate::content::course::Course) -> Course<'a> {
        let portal = self.context.portal;
        let edges = item.edges.all();
        let run = |(nth, run): (usize, &'a crate::content::shared::Run)| Run {
            title: &run.title,
            state: run.status,
            reason: run.reason.as_deref(),
            capacity: run.capacity,
            places_left: run.places.map(|places| places.left),
            enrolment_from: run.enrol.and_then(|window| window.from),
            enrolment_to: run.enrol.and_then(|window| window.to),
            teachers: self.named(edges.nth(Field::Runs, nth), Field::Teachers),
            weekly: run.weekly.as_ref().map(pattern),
            // A weekly pattern tells the others.
            sessions: portal
                .sessions(id)
                .filter(|session| session.run == nth && !session.is_past(&portal.today))
                .map(|session| self.session(session))
                .collect(),
        };
        Course {
            entry: self.common(id, item, course.mode, Some(course.fee)),
            level: course.level.map(crate::content::choice::Choice::key),
            fee_note: course.fee_note.as_deref(),
            materials: &course.materials,
            teachers: self.named(edges, Field::Teachers),
            booking: course.enrol.as_ref().map(booking),
            runs: course.runs.iter().enumerate().map(run).collect(),
        }
    }

    fn session(&self, session: &'a Dated) -> Session<'a> {
        let (portal, format) = (self.context.portal, self.context.format);
        let moved = session.announced != session.start;
        Session {
            guid: Identity::of_session(portal, session).uuid(),
            start: format.instant(session.start),
            end: format.instant(session.end),
            state: session.status,
            place: session.venue.map(|venue| portal.item(venue).id()),
            title: session.title(portal.item(session.owner)),
            moved_from: moved.then(|| format.instant(session.announced)),
            daily: session.is_daily,
        }
    }

    /// Published entries that a field refers to.
    fn named(&self, edges: Part<'_>, field: Field) -> Vec<Named<'a>> {
        let portal = self.context.portal;
        let items = edges.to(field).map(|id| portal.item(id)).filter(|item| item.is_public());
        items.map(Named::of).collect()
    }

    fn place(&self, id: ItemId) -> Place<'a> {
        let portal = self.context.portal;
        let item = portal.item(id);
        let address = match &item.entry.own {
            Own::Venue(venue) => Some(venue.address.as_str()),
            _ => None,
        };
        let own = item.edges.one(Field::Region);
        let mut regions: Vec<ItemId> = own.map(|own| portal.above(own)).unwrap_or_default();
        regions.reverse();
        let regions = regions.into_iter().chain(own).map(|id| portal.item(id)).filter(|item| item.is_public());
        Place {
            title: item.title(),
            address,
            regions: regions.map(Named::of).collect(),
            path: item.is_public().then(|| item.address.as_str()),
        }
    }
}

fn pattern(weekly: &Weekly) -> Pattern<'_> {
    Pattern {
        days: &weekly.days,
        from: weekly.from,
        to: weekly.to,
        start: weekly.time.start.to_string(),
        end: weekly.time.end.to_string(),
        except: &weekly.except,
    }
}

fn booking(contact: &Contact) -> Booking<'_> {
    let lines = contact.phone.iter().flat_map(Phone::lines);
    let phones = lines.filter_map(|line| Some(line.tel?.strip_prefix("tel:")?.to_owned()));
    Booking {
        phones: phones.collect(),
        place: contact.place.as_deref(),
        url: contact.url.as_ref().map(Url::as_str),
        note: contact.note.as_deref(),
    }
}
