//! Programmes as pages show them: tight rows, day by day.

use jiff::civil::Date;

use super::context::Context;
use super::format;
use super::link;
use super::view::{ChangeView, DayGroup, DayLink, Link, ProgrammeRow, SectionContent, Text, WayLink};
use crate::address::Href;
use crate::content::field::Field;
use crate::content::shared::{Contact, Status};
use crate::content::{Kind, Own};
use crate::portal::programme::{Slot, Way};
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId, location};

/// Rows on one page: as many as make twelve screens of a phone.
pub const ROWS: usize = 50;
/// Links that the page of a learning week shows of each way into its programme.
pub const WAYS: usize = 6;
/// Rows of the next day that it shows.
pub const NEXT: usize = 5;

/// The changes of an entry and of others, the newest first, `most` at most.
pub fn changes(
    context: &Context<'_>,
    own: ItemId,
    others: impl Iterator<Item = ItemId>,
    most: usize,
) -> SectionContent {
    let portal = context.portal;
    let all = std::iter::once(own).chain(others);
    let mut all: Vec<_> = all.flat_map(|id| portal.changes(id).into_iter().map(move |change| (id, change))).collect();
    all.sort_by_key(|(_, change)| std::cmp::Reverse(change.date));
    let view = |(id, change): &(ItemId, &crate::content::shared::Change)| ChangeView {
        day: context.format.day(change.date.0),
        of: (*id != own).then(|| link::text(portal.item(*id))),
        text: change.text.clone(),
    };
    SectionContent::Changes { changes: all.iter().take(most).map(view).collect() }
}

/// The rows of some slots, in groups by day.
pub fn groups(context: &Context<'_>, slots: &[Slot]) -> Vec<DayGroup> {
    let days = slots.chunk_by(|a, b| a.day == b.day);
    days.map(|slots| group(context, slots[0].day, slots)).collect()
}

/// The rows of a day.
pub fn group(context: &Context<'_>, day: Date, slots: &[Slot]) -> DayGroup {
    let rows = slots.iter().map(|slot| row(context, &context.portal.schedule.all()[slot.session])).collect();
    DayGroup { day: context.format.day(day), rows, total: None, more: None, folded: false }
}

/// A way to a day.
pub fn day_link(context: &Context<'_>, day: Date, address: Href) -> DayLink {
    let title = context.format.day_of_year(day);
    DayLink { day: context.format.day(day), title, address, count: None, current: false }
}

/// A session as a row.
fn row(context: &Context<'_>, session: &Dated) -> ProgrammeRow {
    let (portal, format) = (context.portal, context.format);
    let owner = portal.item(session.owner);
    let mut title = link::text(owner);
    if let Some(about) = session.title(owner) {
        title.text = format!("{}：{about}", title.text);
    }
    let off = !session.takes_place();
    let changed = matches!(session.status, Status::Moved | Status::Cancelled);
    let contact = if off { None } else { contact(owner) };
    ProgrammeRow {
        time: format.time(session),
        start: format.instant(session.start),
        title,
        sort: (owner.kind() == Kind::Course).then(|| format.kind(Kind::Course)),
        place: place(context, owner, session.venue),
        notes: notes(context, owner),
        join: contact.map(|contact| join(context, contact)).unwrap_or_default(),
        badge: format.status(session.status),
        off,
        was: was(context, owner, session),
        reason: session.reason(owner).filter(|_| changed).map(str::to_owned),
    }
}

/// When and where a session was to be.
fn was(context: &Context<'_>, owner: &Item, session: &Dated) -> Option<String> {
    let format = context.format;
    let mut was = Vec::new();
    if session.is_moved() {
        let at = session.announced;
        let day = format.day(at.date());
        was.push(format!("{} {} {:02}:{:02}", format.day_of_year(at.date()), day.weekday, at.hour(), at.minute()));
    }
    if session.venue_from.is_some() {
        was.push(place(context, owner, session.venue_from));
    }
    (!was.is_empty()).then(|| was.join(" "))
}

/// A venue with its street; without a venue, how it is held.
fn place(context: &Context<'_>, owner: &Item, venue: Option<ItemId>) -> String {
    let portal = context.portal;
    let Some(venue) = venue.map(|venue| portal.item(venue)) else {
        return match &owner.entry.own {
            Own::Event(event) => context.format.choice(event.mode),
            Own::Course(course) => context.format.choice(course.mode),
            _ => String::new(),
        };
    };
    match venue.edges.one(Field::Region) {
        Some(region) => format!("{}，{}", venue.title(), portal.item(region).title()),
        None => venue.title().to_owned(),
    }
}

/// For whom it is, and what it costs.
fn notes(context: &Context<'_>, owner: &Item) -> Vec<String> {
    let format = context.format;
    let audiences: Vec<&str> =
        owner.edges.to(Field::Audiences).map(|audience| context.portal.item(audience).title()).collect();
    let everyone = || format.word("fact.everyone");
    let audiences = if audiences.is_empty() { everyone() } else { audiences.join(format.words.get("text.joiner")) };
    let fee = match &owner.entry.own {
        Own::Event(event) => event.fee.map(|fee| format.fee(fee, None)),
        Own::Course(course) => Some(format.fee(course.fee, None)),
        _ => None,
    };
    std::iter::once(audiences).chain(fee).collect()
}

fn contact(owner: &Item) -> Option<&Contact> {
    match &owner.entry.own {
        Own::Event(event) => event.booking.as_ref(),
        Own::Course(course) => course.enrol.as_ref(),
        _ => None,
    }
}

/// The numbers to call; without one, the first other way that is told.
fn join(context: &Context<'_>, contact: &Contact) -> Vec<Text> {
    match &contact.phone {
        Some(phone) => format::phones(phone),
        None => context.format.contact(contact).into_iter().take(1).collect(),
    }
}

/// Links to the parts of a programme on one way: the first `most` of them, and how many there are. The week's own regions come before those
/// below them, unless all parts are asked for.
pub fn links(context: &Context<'_>, edition: ItemId, way: Way, most: usize) -> (Vec<WayLink>, usize) {
    let portal = context.portal;
    let parts = portal.programmes.of(edition).and_then(|programme| programme.ways.get(&way));
    let Some(parts) = parts else { return (Vec::new(), 0) };
    let id = portal.item(edition).id();
    let link = |(part, slots): (&ItemId, &Vec<Slot>)| {
        let item = portal.item(*part);
        let address = location::of_programme(id, &format!("{}/{}", way.folder(), item.id()), 1);
        let link = Link { title: item.title().to_owned(), address: Some(Href::new(&address)) };
        WayLink { link, count: slots.len() }
    };
    let leads = |part: &ItemId| {
        most < parts.len() && context.portal.item(edition).edges.to(Field::Regions).any(|own| own == *part)
    };
    let (first, rest): (Vec<_>, Vec<_>) = parts.iter().partition(|(part, _)| leads(part));
    (first.into_iter().chain(rest).take(most).map(link).collect(), parts.len())
}
