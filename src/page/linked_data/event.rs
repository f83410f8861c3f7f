//! Events, their sessions and the learning weeks that they belong to.

use super::Maker;
use super::party::day;
use super::things::{Happening, Named, Offer, Place, Schedule, Thing};
use crate::content::edition::Edition;
use crate::content::event::Event;
use crate::content::field::Field;
use crate::content::shared::{Mode, Status, Weekly};
use crate::content::value::Fee;
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId};

/// Sessions of one thing that are told one by one, at most.
const SESSIONS: usize = 10;

impl Maker<'_> {
    pub fn event(&self, id: ItemId, event: &Event) -> Happening {
        let item = self.context.portal.item(id);
        let sessions: Vec<&Dated> = self.context.portal.sessions(id).collect();
        let organizer = [Field::Unit, Field::Institution].into_iter().filter_map(|field| item.edges.one(field));
        let usual = item.edges.one(Field::Venue);
        let full = sessions.iter().all(|session| session.status == Status::Full);
        let mut made = Happening {
            event_attendance_mode: Some(attendance(event.mode)),
            location: self.location(item, event.mode, usual.or_else(|| sessions.first()?.venue)),
            organizer: organizer.map(|id| self.named(id)).collect(),
            offers: event.fee.map(|fee| self.offer(item, fee, full)),
            is_accessible_for_free: event.fee.map(Fee::is_free),
            maximum_attendee_capacity: event.capacity,
            audience: item.edges.to(Field::Audiences).map(|id| self.named(id)).collect(),
            in_language: Some(self.context.portal.settings.site.language.clone()),
            super_event: item.edges.one(Field::Edition).map(|id| self.named(id)),
            ..self.times(&sessions)
        };
        match &event.weekly {
            Some(weekly) => made.event_schedule = Some(self.weekly(weekly)),
            None if sessions.len() > 1 => made.sub_event = self.told_sessions(item, &sessions, event.mode),
            None => made.event_schedule = sessions.first().and_then(|session| self.daily(session)),
        }
        made
    }

    pub fn edition(&self, item: &Item, edition: &Edition) -> Happening {
        Happening {
            start_date: Some(edition.from.to_string()),
            end_date: Some(edition.to.to_string()),
            location: item.edges.to(Field::Regions).map(|id| self.region(id)).collect(),
            organizer: item.edges.to(Field::Organisers).map(|id| self.named(id)).collect(),
            in_language: Some(self.context.portal.settings.site.language.clone()),
            ..Happening::default()
        }
    }

    /// From the first to the last of some sessions, and whether they take place as announced.
    pub fn times(&self, sessions: &[&Dated]) -> Happening {
        let format = &self.context.format;
        let all_off = sessions.iter().all(|session| !session.takes_place());
        // What was called off counts only where nothing else takes place.
        let counted = || sessions.iter().filter(move |session| all_off || session.takes_place());
        let first = counted().next();
        let moved = first.filter(|first| first.announced != first.start);
        let status = match (first, all_off, moved) {
            (None, _, _) => None,
            (Some(_), true, _) => Some("https://schema.org/EventCancelled"),
            (Some(_), false, Some(_)) => Some("https://schema.org/EventRescheduled"),
            (Some(_), false, None) => Some("https://schema.org/EventScheduled"),
        };
        Happening {
            start_date: first.map(|session| format.instant(session.start)),
            end_date: counted().map(|session| session.end).max().map(|end| format.instant(end)),
            previous_start_date: moved.map(|session| format.instant(session.announced)),
            event_status: status,
            ..Happening::default()
        }
    }

    /// The sessions to come, one by one; of what is over, the last.
    pub fn told_sessions(&self, item: &Item, sessions: &[&Dated], mode: Mode) -> Vec<Thing<Happening>> {
        let today = &self.context.portal.today;
        let coming = sessions.iter().filter(|session| !session.is_past(today)).take(SESSIONS);
        let mut told: Vec<&Dated> = coming.copied().collect();
        if told.is_empty() {
            told.extend(sessions.last());
        }
        let session = |session: &Dated| {
            let own = Happening {
                event_attendance_mode: Some(attendance(mode)),
                location: self.location(item, mode, session.venue),
                event_schedule: self.daily(session),
                ..self.times(&[session])
            };
            let name = session.title(item).unwrap_or_else(|| item.title());
            Named::told("Event", name).with(own)
        };
        told.into_iter().map(session).collect()
    }

    /// Where it takes place, online too.
    pub fn location(&self, item: &Item, mode: Mode, venue: Option<ItemId>) -> Vec<Thing<Place>> {
        let venue = venue.filter(|_| mode != Mode::Online).map(|venue| self.place(venue));
        let online = (mode != Mode::Onsite).then(|| self.online(self.url(item)));
        venue.into_iter().chain(online).collect()
    }

    pub fn offer(&self, item: &Item, fee: Fee, full: bool) -> Offer {
        let availability = if full { "https://schema.org/SoldOut" } else { "https://schema.org/InStock" };
        Offer {
            kind: "Offer",
            price: fee.to_string(),
            price_currency: "CNY",
            availability: Some(availability),
            url: self.url(item),
            category: None,
        }
    }

    pub fn weekly(&self, weekly: &Weekly) -> Schedule {
        Schedule {
            kind: "Schedule",
            repeat_frequency: "P1W",
            by_day: weekly.days.iter().copied().map(day).collect(),
            start_date: weekly.from.to_string(),
            end_date: weekly.to.to_string(),
            start_time: weekly.time.start.to_string(),
            end_time: weekly.time.end.to_string(),
            except_date: weekly.except.iter().map(ToString::to_string).collect(),
            zone: self.context.portal.settings.site.time_zone.clone(),
        }
    }

    /// What takes place on several days in a row at the same time.
    fn daily(&self, session: &Dated) -> Option<Schedule> {
        session.is_daily.then(|| Schedule {
            kind: "Schedule",
            repeat_frequency: "P1D",
            by_day: Vec::new(),
            start_date: session.start.date().to_string(),
            end_date: session.last_day().to_string(),
            start_time: session.start.time().strftime("%H:%M").to_string(),
            end_time: if session.is_until_midnight() {
                "24:00".to_owned()
            } else {
                session.end.time().strftime("%H:%M").to_string()
            },
            except_date: Vec::new(),
            zone: self.context.portal.settings.site.time_zone.clone(),
        })
    }
}

/// How people take part.
pub(super) fn attendance(mode: Mode) -> &'static str {
    match mode {
        Mode::Onsite => "https://schema.org/OfflineEventAttendanceMode",
        Mode::Online => "https://schema.org/OnlineEventAttendanceMode",
        Mode::Mixed => "https://schema.org/MixedEventAttendanceMode",
    }
}
