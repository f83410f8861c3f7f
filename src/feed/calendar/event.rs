//! Occasions as VEVENTs (RFC 5545, 3.6.1): times, state, place and how to book.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time};

use super::revision::Revision;
use super::text::{Lines, escape};
use super::zone::local;
use crate::content::Own;
use crate::content::choice::Choice as _;
use crate::content::field::Field;
use crate::content::rules::{Schedule as Written, each_day};
use crate::content::shared::{Contact, Mode, Status, Weekday, Weekly};
use crate::content::value::Clock;
use crate::content::venue::Geo;
use crate::page::context::Context;
use crate::portal::calendars::{Name, Occasion};
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId};

/// Writes VEVENTs.
pub struct Writer<'a> {
    /// What calendars are made from.
    pub context: &'a Context<'a>,
    /// The name of the time zone.
    pub zone: &'a str,
}

/// When something takes place, in local time; the end is not in it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Times {
    start: DateTime,
    end: DateTime,
}

impl Times {
    fn is_all_day(self) -> bool {
        self.start.time() == Time::midnight() && self.end.time() == Time::midnight()
    }

    /// From the same time on another day.
    fn on(self, day: Date) -> Self {
        let days = self.start.date().until(day).unwrap_or_default();
        let moved = |at: DateTime| at.checked_add(days).unwrap_or(at);
        Self { start: moved(self.start), end: moved(self.end) }
    }
}

/// What is repeated, and when not.
struct Repeat {
    rule: String,
    until: DateTime,
    except: Vec<DateTime>,
}

/// One VEVENT.
struct Part<'a> {
    session: &'a Dated,
    times: Times,
    repeat: Option<Repeat>,
    /// The time for which it was announced, where it stands for one of something that is repeated.
    instead_of: Option<DateTime>,
}

impl<'a> Writer<'a> {
    /// All of an occasion.
    pub fn whole(&self, occasion: &'a Occasion) -> String {
        let parts = match (occasion.name, occasion.written(self.context.portal)) {
            (Name::Weekly(..), Some(Written { weekly: Some(weekly), status, .. })) => {
                self.weekly(occasion, weekly, status)
            }
            _ => occasion.sessions(self.context.portal).map(single).collect(),
        };
        self.write(occasion, &parts)
    }

    /// What is of an occasion on one day: a session of it, by its place in whatever is repeated.
    pub fn on(&self, occasion: &Occasion, session: &Dated, day: Date) -> String {
        let mut part = single(session);
        if part.repeat.take().is_some() {
            part.times = part.times.on(day);
            part.instead_of = Some(part.times.start);
        } else if matches!(occasion.name, Name::Weekly(..)) {
            part.instead_of = Some(session.announced);
        }
        self.write(occasion, &[part])
    }

    /// A weekly run: the rule, and each session that is not as it says.
    fn weekly(&self, occasion: &'a Occasion, weekly: &Weekly, status: Status) -> Vec<Part<'a>> {
        let portal = self.context.portal;
        let sessions = || occasion.sessions(portal);
        let usual = sessions().find(|session| session.is_weekly()).or_else(|| sessions().next());
        let is_usual = |session: &Dated| {
            session.is_weekly() && session.status == status && Some(session.venue) == usual.map(|usual| usual.venue)
        };
        let days: BTreeSet<Date> = sessions().map(|session| session.announced.date()).collect();
        let (Some(usual), Some(first), Some(last)) = (usual, days.first(), days.last()) else { return Vec::new() };
        let at = |day: Date| weekly.time.start.on(day);
        let pattern = each_day(*first, *last).filter(|day| weekly.meets(*day));
        let repeat = Repeat {
            rule: format!("FREQ=WEEKLY;BYDAY={}", byday(&weekly.days)),
            until: at(*last),
            except: pattern.filter(|day| !days.contains(day)).map(at).collect(),
        };
        let master = Part {
            session: usual,
            times: Times { start: at(*first), end: weekly.time.end.on(*first) },
            repeat: (first < last).then_some(repeat),
            instead_of: None,
        };
        let changed = sessions().filter(|session| !is_usual(session));
        let changed = changed.map(|session| Part { instead_of: Some(session.announced), ..single(session) });
        std::iter::once(master).chain(changed).collect()
    }

    fn write(&self, occasion: &Occasion, parts: &[Part<'_>]) -> String {
        let item = self.context.portal.item(occasion.owner);
        let head = self.head(item, occasion);
        let tail = self.tail(item);
        let mut lines = Lines::default();
        for part in parts {
            lines.line("BEGIN", "VEVENT");
            lines.lines(&head);
            self.times(&mut lines, part);
            self.about(&mut lines, item, part);
            lines.lines(&tail);
            lines.line("END", "VEVENT");
        }
        lines.finish()
    }

    /// Identity and revision.
    fn head(&self, item: &Item, occasion: &Occasion) -> String {
        let mut lines = Lines::default();
        let site = &self.context.portal.settings.site;
        let name = match occasion.name {
            Name::Session(at, nth) => numbered(at.strftime("%Y%m%dT%H%M").to_string(), nth),
            Name::Weekly(from, nth) => numbered(from.strftime("weekly-%Y%m%d").to_string(), nth),
        };
        lines.line(
            "UID",
            &format!("{}.{}.{name}@{}.{}", item.kind().folder(), item.first_id(), site.id.as_str(), site.since),
        );
        let Revision { stamp, sequence } = Revision::of(self.context.portal, occasion.owner);
        lines.line("DTSTAMP", &stamp);
        lines.line("LAST-MODIFIED", &stamp);
        lines.line("SEQUENCE", &sequence.to_string());
        lines.finish()
    }

    fn times(&self, lines: &mut Lines, part: &Part<'_>) {
        let Times { start, end } = part.times;
        let is_all_day = part.times.is_all_day();
        self.moment(lines, "DTSTART", start, is_all_day);
        self.moment(lines, "DTEND", end, is_all_day);
        if let Some(Repeat { rule, until, except }) = &part.repeat {
            let until = if is_all_day { until.strftime("%Y%m%d").to_string() } else { self.utc(*until) };
            lines.line("RRULE", &format!("{rule};UNTIL={until}"));
            for at in except {
                self.moment(lines, "EXDATE", *at, is_all_day);
            }
        }
        if let Some(at) = part.instead_of {
            self.moment(lines, "RECURRENCE-ID", at, is_all_day);
        }
    }

    fn moment(&self, lines: &mut Lines, name: &str, at: DateTime, is_all_day: bool) {
        if is_all_day {
            lines.line(&format!("{name};VALUE=DATE"), &at.strftime("%Y%m%d").to_string());
        } else {
            lines.line(&format!("{name};TZID={}", self.zone), &local(at));
        }
    }

    fn utc(&self, at: DateTime) -> String {
        let zone = &self.context.portal.settings.zone;
        zone.to_timestamp(at).map_or_else(|_| local(at), |at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
    }

    /// What it is, its state, its place, and the rest in words.
    fn about(&self, lines: &mut Lines, item: &Item, part: &Part<'_>) {
        let session = part.session;
        let format = self.context.format;
        let state = format.status(session.status).map_or_else(String::new, |badge| format!("【{}】", badge.text));
        let title = match session.title(item) {
            Some(about) => format!("{}：{about}", item.title()),
            None => item.title().to_owned(),
        };
        lines.text("SUMMARY", &format!("{state}{title}"));
        lines.line("STATUS", if session.takes_place() { "CONFIRMED" } else { "CANCELLED" });
        self.place(lines, item, session.venue);
        lines.text("DESCRIPTION", &self.description(item, session));
    }

    fn place(&self, lines: &mut Lines, item: &Item, venue: Option<ItemId>) {
        let mode = match &item.entry.own {
            Own::Course(course) => course.mode,
            Own::Event(event) => event.mode,
            _ => Mode::Onsite,
        };
        let venue = venue.map(|venue| self.context.portal.item(venue));
        let place = venue.map(|venue| match &venue.entry.own {
            Own::Venue(own) => format!("{}，{}", venue.title(), own.address),
            _ => venue.title().to_owned(),
        });
        let online = (mode != Mode::Onsite).then(|| self.context.format.choice(mode));
        if let Some(Own::Venue(own)) = venue.map(|venue| &venue.entry.own)
            && let Some(Geo { lat, lon }) = own.geo
        {
            lines.line("GEO", &format!("{lat};{lon}"));
        }
        let place: Vec<String> = place.into_iter().chain(online).collect();
        if !place.is_empty() {
            lines.text("LOCATION", &place.join("；"));
        }
    }

    fn description(&self, item: &Item, session: &Dated) -> String {
        let format = self.context.format;
        let label = |key: &str| format.words.in_group("fact", key).to_owned();
        let mut told: Vec<String> = Vec::new();
        let mut tell = |key: &str, value: String| {
            if !value.is_empty() {
                told.push(format!("{}：{value}", label(key)));
            }
        };
        let (contact, fee) = match &item.entry.own {
            Own::Course(course) => {
                let fee = format.fee(course.fee, course.fee_note.as_deref());
                (course.enrol.as_ref().map(|contact| ("enrol", contact)), fee)
            }
            Own::Event(event) => {
                let fee = event.fee.map_or_else(String::new, |fee| format.fee(fee, None));
                (event.booking.as_ref().map(|contact| ("booking", contact)), fee)
            }
            _ => (None, String::new()),
        };
        if let Some(badge) = format.status(session.status) {
            let reason = session.reason(item).map_or_else(String::new, |reason| format!("（{reason}）"));
            tell("status", badge.text + &reason);
        }
        if session.is_moved() {
            let day = format.day(session.announced.date());
            tell("announced", format!("{} {} {}", day.text, day.weekday, session.announced.strftime("%H:%M")));
        }
        if let Some(venue) = session.venue_from {
            tell("announced-venue", self.context.portal.item(venue).title().to_owned());
        }
        if let Some((key, contact)) = contact {
            tell(key, self.contact(contact));
        }
        tell("fee", fee);
        told.push(item.summary());
        told.extend(self.address(item));
        told.retain(|line| !line.is_empty());
        told.join("\n")
    }

    fn contact(&self, contact: &Contact) -> String {
        let texts = self.context.format.contact(contact).into_iter().map(|text| text.text);
        texts.collect::<Vec<_>>().join("，")
    }

    fn address(&self, item: &Item) -> Option<String> {
        Some(item.address.absolute(self.context.portal.base_url()?))
    }

    /// What is the same for all sessions of an entry.
    fn tail(&self, item: &Item) -> String {
        let mut lines = Lines::default();
        if let Some(url) = self.address(item) {
            lines.line("URL", &url);
        }
        let topics = item.edges.to(Field::Topics).map(|topic| self.context.portal.item(topic));
        let topics: Vec<String> = topics.filter(|topic| topic.is_public()).map(|topic| escape(topic.title())).collect();
        if !topics.is_empty() {
            lines.line("CATEGORIES", &topics.join(","));
        }
        lines.finish()
    }
}

fn numbered(name: String, nth: usize) -> String {
    if nth == 0 { name } else { format!("{name}.{}", nth + 1) }
}

/// A session by itself. One that is held daily is repeated, unless it takes whole days or ends earlier than it begins.
fn single(session: &Dated) -> Part<'_> {
    let (first, last) = (session.start.date(), session.last_day());
    let end = if session.is_until_midnight() { Clock::MIDNIGHT } else { session.end.time().into() };
    let times = Times { start: session.start, end: end.on(first) };
    if !session.is_daily || session.is_all_day() || times.end <= times.start {
        let times = Times { start: session.start, end: session.end };
        return Part { session, times, repeat: None, instead_of: None };
    }
    let until = last.to_datetime(session.start.time());
    let repeat = Repeat { rule: "FREQ=DAILY".to_owned(), until, except: Vec::new() };
    Part { session, times, repeat: Some(repeat), instead_of: None }
}

fn byday(days: &[Weekday]) -> String {
    let day = |day: &Weekday| match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    };
    let wanted = Weekday::ALL.iter().filter(|one| days.contains(one));
    wanted.map(day).collect::<Vec<_>>().join(",")
}
