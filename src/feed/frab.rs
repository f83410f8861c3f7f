//! The programme of an edition as `schedule.xml` and `schedule.json` of frab and c3voc, which apps for conferences read.
//!
//! Both are made of one model. A session of several days is told once for each day. Times are those of the wall clock with their offset.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::identity::{self, Identity};
use crate::content::edition::Edition;
use crate::content::field::Field;
use crate::content::rules::each_day;
use crate::content::{Kind, Own};
use crate::markdown::escape;
use crate::page::context::Context;
use crate::page::facts::Wanted;
use crate::page::kind;
use crate::portal::feeds;
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId};

/// Days of one session that are told, at most.
const DAYS: usize = 366;
/// The longest duration that can be written: 99:59.
const LONGEST: i64 = 100 * 60 - 1;
/// What an app is told of an event beside its summary.
const FACTS: &[&str] = &["reason", "audiences", "fee", "booking", "capacity"];

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    generator: Generator,
    schedule: &'a Schedule,
}

#[derive(Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

const GENERATOR: Generator = Generator { name: "Shuyuan", version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
struct Schedule {
    version: String,
    base_url: String,
    conference: Conference,
}

#[derive(Serialize)]
struct Conference {
    acronym: String,
    title: String,
    description: String,
    start: String,
    end: String,
    #[serde(rename = "daysCount")]
    days_count: usize,
    timeslot_duration: &'static str,
    time_zone_name: String,
    url: String,
    tracks: Vec<Track>,
    rooms: Vec<Room>,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Track {
    name: String,
}

#[derive(Serialize)]
struct Room {
    name: String,
    guid: String,
    capacity: Option<u32>,
}

#[derive(Serialize)]
struct Day {
    index: usize,
    date: String,
    #[serde(rename = "day_start")]
    start: String,
    #[serde(rename = "day_end")]
    end: String,
    rooms: BTreeMap<String, Vec<Event>>,
}

#[derive(Serialize)]
struct Event {
    id: u32,
    guid: String,
    date: String,
    start: String,
    duration: String,
    room: String,
    slug: String,
    url: String,
    title: String,
    subtitle: String,
    track: Option<String>,
    #[serde(rename = "type")]
    sort: &'static str,
    language: String,
    #[serde(rename = "abstract")]
    summary: String,
    description: String,
    persons: Vec<Person>,
    links: Vec<Link>,
    attachments: Vec<Link>,
}

#[derive(Clone, Serialize)]
struct Person {
    id: u32,
    name: String,
}

#[derive(Clone, Serialize)]
struct Link {
    title: String,
    url: String,
}

/// Both files of every edition that has a programme, by address.
pub fn files(context: &Context<'_>, base: &str) -> Vec<(String, String)> {
    let editions = feeds::programmes(context.portal).into_iter();
    let made = editions.filter_map(|id| {
        let item = context.portal.item(id);
        let Own::Edition(edition) = &item.entry.own else { return None };
        let schedule = Maker { context, base }.schedule(id, item, edition);
        let document =
            Document { schema: "https://c3voc.de/schedule/schema.json", generator: GENERATOR, schedule: &schedule };
        let json = serde_json::to_string(&document).unwrap_or_default() + "\n";
        Some([(feeds::schedule(item.id(), "xml"), xml(&schedule)), (feeds::schedule(item.id(), "json"), json)])
    });
    made.flatten().collect()
}

struct Maker<'a> {
    context: &'a Context<'a>,
    base: &'a str,
}

/// What all sessions of an event have alike.
struct Common {
    title: String,
    summary: String,
    description: String,
    track: Option<String>,
    persons: Vec<Person>,
    links: Vec<Link>,
    attachments: Vec<Link>,
}

impl Maker<'_> {
    fn schedule(&self, id: ItemId, item: &Item, edition: &Edition) -> Schedule {
        let portal = self.context.portal;
        let site = &portal.settings.site;
        let rooms = self.rooms(id);
        let mut taken = BTreeSet::new();
        let mut days: BTreeMap<Date, BTreeMap<String, Vec<Event>>> = BTreeMap::new();
        let week = each_day(edition.from.0, edition.to.0).take(DAYS);
        days.extend(week.map(|day| (day, BTreeMap::new())));
        for event in portal.referrers(id, Kind::Event) {
            let common = self.common(*event);
            for session in portal.sessions(*event) {
                let room = self.room(&rooms, session);
                for start in starts(session) {
                    let made = self.event(&common, session, start, &room, &mut taken);
                    days.entry(start.date()).or_default().entry(room.clone()).or_default().push(made);
                }
            }
        }
        for events in days.values_mut().flat_map(BTreeMap::values_mut) {
            events.sort_by(|a, b| (&a.date, &a.guid).cmp(&(&b.date, &b.guid)));
        }
        let tracks: BTreeSet<&String> =
            days.values().flat_map(BTreeMap::values).flatten().filter_map(|event| event.track.as_ref()).collect();
        let mut conference = Conference {
            acronym: format!("edition_{}", item.first_id().replace('-', "_")),
            title: item.title().to_owned(),
            description: item.summary(),
            start: days.keys().next().unwrap_or(&edition.from.0).to_string(),
            end: days.keys().next_back().unwrap_or(&edition.to.0).to_string(),
            days_count: days.len(),
            timeslot_duration: "00:05",
            time_zone_name: site.time_zone.clone(),
            url: item.address.absolute(self.base),
            tracks: tracks.into_iter().map(|name| Track { name: name.clone() }).collect(),
            rooms: rooms.iter().map(|(venue, name)| self.described(*venue, name)).collect(),
            days: Vec::new(),
        };
        conference.days =
            days.into_iter().zip(1..).map(|((date, rooms), index)| self.day(date, index, rooms)).collect();
        // A new version for every change, and none without one.
        let content = serde_json::to_string(&conference).unwrap_or_default();
        let version = Identity::of_text(&content).uuid()[..8].to_owned();
        Schedule { version, base_url: self.base.to_owned(), conference }
    }

    fn day(&self, date: Date, index: usize, rooms: BTreeMap<String, Vec<Event>>) -> Day {
        let midnight = |day: Date| self.context.format.instant(day.at(0, 0, 0, 0));
        let end = date.checked_add(1.day()).unwrap_or(date);
        Day { index, date: date.to_string(), start: midnight(date), end: midnight(end), rooms }
    }

    fn common(&self, id: ItemId) -> Common {
        let context = self.context;
        let portal = context.portal;
        let item = portal.item(id);
        let joiner = context.format.words.get("text.joiner");
        let mut description = String::new();
        for fact in kind::facts(context, id, Wanted::Only(FACTS)) {
            let values: Vec<&str> = fact.values.iter().map(|value| value.text.as_str()).collect();
            let _ = writeln!(description, "{}：{}", fact.label, values.join(joiner));
        }
        let person = |id: ItemId| {
            let item = portal.item(id);
            let number = Identity::of_text(&identity::of_entry(portal, item)).number();
            Person { id: number, name: item.title().to_owned() }
        };
        let organisers = [Field::Unit, Field::Institution].into_iter().filter_map(|field| item.edges.one(field));
        let file =
            |file: crate::page::view::FileView| Link { title: file.title, url: file.address.absolute(self.base) };
        let page = Link { title: item.title().to_owned(), url: item.address.absolute(self.base) };
        Common {
            title: item.title().to_owned(),
            summary: item.summary(),
            description: description.trim_end().to_owned(),
            track: item.edges.one(Field::Topics).map(|topic| portal.item(topic).title().to_owned()),
            persons: organisers.map(person).collect(),
            links: vec![page],
            attachments: context.resources.files(item).into_iter().map(file).collect(),
        }
    }

    fn event(&self, common: &Common, session: &Dated, start: DateTime, room: &str, taken: &mut BTreeSet<u32>) -> Event {
        let (portal, format) = (self.context.portal, self.context.format);
        let item = portal.item(session.owner);
        let own = Identity::of_session(portal, session);
        let name = if start == session.start { own } else { own.part(start.date()) };
        let mut id = name.number();
        while !taken.insert(id) {
            id = id % (u32::MAX >> 1) + 1;
        }
        // Apps show titles alone.
        let state = format.status(session.status).map_or_else(String::new, |badge| format!("【{}】", badge.text));
        let minutes = minutes(session).min(LONGEST);
        Event {
            id,
            guid: name.uuid(),
            date: format.instant(start),
            start: start.time().strftime("%H:%M").to_string(),
            duration: format!("{:02}:{:02}", minutes / 60, minutes % 60),
            room: room.to_owned(),
            slug: format!("{}-{id}", item.first_id()),
            url: item.address.absolute(self.base),
            title: format!("{state}{}", common.title),
            subtitle: session.title(item).unwrap_or_default().to_owned(),
            track: common.track.clone(),
            sort: "other",
            language: portal.settings.site.language.clone(),
            summary: common.summary.clone(),
            description: common.description.clone(),
            persons: common.persons.clone(),
            links: common.links.clone(),
            attachments: common.attachments.clone(),
        }
    }

    /// The venues of an edition, each with a name that no other has.
    fn rooms(&self, edition: ItemId) -> BTreeMap<ItemId, String> {
        let portal = self.context.portal;
        let events = portal.referrers(edition, Kind::Event).iter();
        let venues: BTreeSet<ItemId> =
            events.flat_map(|event| portal.sessions(*event)).filter_map(|session| session.venue).collect();
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for venue in &venues {
            *count.entry(portal.item(*venue).title()).or_default() += 1;
        }
        let name = |venue: ItemId| {
            let item = portal.item(venue);
            if count.get(item.title()) == Some(&1) {
                item.title().to_owned()
            } else {
                format!("{} ({})", item.title(), item.id())
            }
        };
        venues.iter().map(|venue| (*venue, name(*venue))).collect()
    }

    /// The name of a session's room; what has no venue is told by how it takes place.
    fn room(&self, rooms: &BTreeMap<ItemId, String>, session: &Dated) -> String {
        let named = session.venue.and_then(|venue| rooms.get(&venue));
        let mode = || match &self.context.portal.item(session.owner).entry.own {
            Own::Event(event) => self.context.format.choice(event.mode),
            _ => String::new(),
        };
        named.cloned().unwrap_or_else(mode)
    }

    fn described(&self, venue: ItemId, name: &str) -> Room {
        let portal = self.context.portal;
        let item = portal.item(venue);
        let capacity = match &item.entry.own {
            Own::Venue(venue) => venue.seats,
            _ => None,
        };
        Room { name: name.to_owned(), guid: Identity::of_text(&identity::of_entry(portal, item)).uuid(), capacity }
    }
}

/// When a session begins: on each of its days, if it takes place at the same time on several.
fn starts(session: &Dated) -> Vec<DateTime> {
    if !session.is_daily {
        return vec![session.start];
    }
    let days = each_day(session.start.date(), session.last_day());
    days.take(DAYS).map(|day| day.to_datetime(session.start.time())).collect()
}

/// How long it is on a day.
fn minutes(session: &Dated) -> i64 {
    if !session.is_daily {
        return session.minutes();
    }
    let day = session.start.date();
    let end = if session.is_until_midnight() { day.checked_add(1.day()).unwrap_or(day) } else { day };
    session.start.duration_until(end.to_datetime(session.end.time())).as_mins()
}

fn xml(schedule: &Schedule) -> String {
    let Schedule { version, base_url, conference } = schedule;
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<schedule>\n".to_owned();
    let Generator { name, version: program } = GENERATOR;
    let _ = writeln!(xml, "<generator name=\"{name}\" version=\"{program}\"/>");
    element(&mut xml, "version", version);
    xml.push_str("<conference>\n");
    let days = conference.days_count.to_string();
    for (name, text) in [
        ("acronym", conference.acronym.as_str()),
        ("title", &conference.title),
        ("start", &conference.start),
        ("end", &conference.end),
        ("days", &days),
        ("timeslot_duration", conference.timeslot_duration),
        ("base_url", base_url),
        ("time_zone_name", &conference.time_zone_name),
    ] {
        element(&mut xml, name, text);
    }
    xml.push_str("</conference>\n");
    for Day { index, date, start, end, rooms } in &conference.days {
        let _ = writeln!(xml, "<day index=\"{index}\" date=\"{date}\" start=\"{start}\" end=\"{end}\">");
        for (room, events) in rooms {
            let _ = writeln!(xml, "<room name=\"{}\">", escape(room));
            for event in events {
                event_element(&mut xml, event);
            }
            xml.push_str("</room>\n");
        }
        xml.push_str("</day>\n");
    }
    xml + "</schedule>\n"
}

fn event_element(xml: &mut String, event: &Event) {
    let _ = writeln!(xml, "<event id=\"{}\" guid=\"{}\">", event.id, event.guid);
    for (name, text) in [
        ("date", event.date.as_str()),
        ("start", &event.start),
        ("duration", &event.duration),
        ("room", &event.room),
        ("slug", &event.slug),
        ("url", &event.url),
        ("title", &event.title),
        ("subtitle", &event.subtitle),
        ("track", event.track.as_deref().unwrap_or_default()),
        ("type", event.sort),
        ("language", &event.language),
        ("abstract", &event.summary),
        ("description", &event.description),
    ] {
        element(xml, name, text);
    }
    xml.push_str("<persons>");
    for person in &event.persons {
        let _ = write!(xml, "<person id=\"{}\">{}</person>", person.id, escape(&person.name));
    }
    xml.push_str("</persons>\n");
    for (all, one, links) in [("links", "link", &event.links), ("attachments", "attachment", &event.attachments)] {
        let _ = write!(xml, "<{all}>");
        for link in links {
            let _ = write!(xml, "<{one} href=\"{}\">{}</{one}>", escape(&link.url), escape(&link.title));
        }
        let _ = writeln!(xml, "</{all}>");
    }
    xml.push_str("</event>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escape(text));
}
