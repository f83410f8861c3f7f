//! A day of a learning week as a grid: venues and hours.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::pager::pager;
use super::programme::head;
use crate::address::Href;
use crate::content::field::Field;
use crate::page::context::Context;
use crate::page::link;
use crate::page::pages::{Content, Pages};
use crate::page::programme::day_link;
use crate::page::view::{Badge, DayLink, Link, Pager, Text};
use crate::portal::programme::{Programme, Slot};
use crate::portal::{ItemId, Portal, location};

/// Sessions on one page, at most, unless one venue has more.
const SESSIONS: usize = 200;
/// Venues on one page, at most.
const VENUES: usize = 40;

/// A page of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grid {
    edition: ItemId,
    day: Date,
    /// From 1.
    number: usize,
}

/// A grid: `view` in `grid.html`.
#[derive(Debug, Serialize)]
pub struct GridView {
    /// The learning week.
    pub edition: Link,
    /// Which day.
    pub title: String,
    /// Ways to the grids of the days.
    pub days: Vec<DayLink>,
    /// The same day as a list.
    pub list: Href,
    /// The hours in which anything begins, such as `9:00`.
    pub hours: Vec<String>,
    /// A row for each venue.
    pub rows: Vec<GridRow>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// A venue.
#[derive(Debug, Serialize)]
pub struct GridRow {
    /// The venue; for what has none, a word.
    pub venue: Text,
    /// Its street.
    pub region: Option<String>,
    /// What begins there, a cell for each hour.
    pub cells: Vec<Vec<GridSession>>,
}

/// A session in a cell.
#[derive(Debug, Serialize)]
pub struct GridSession {
    /// 09:00–11:00.
    pub time: String,
    /// What it is.
    pub title: Text,
    /// Moved, full or cancelled.
    pub badge: Option<Badge>,
    /// Whether it does not take place.
    pub off: bool,
}

/// The sessions of each venue, in the order of regions and venues; what has none comes first.
type Venues<'a> = Vec<(Option<ItemId>, Vec<&'a Slot>)>;

fn venues<'a>(portal: &Portal, slots: &'a [Slot]) -> Venues<'a> {
    let mut all: BTreeMap<_, Vec<&Slot>> = BTreeMap::new();
    for slot in slots {
        let venue = portal.schedule.all()[slot.session].venue;
        let region = venue.and_then(|venue| portal.item(venue).edges.one(Field::Region));
        all.entry((region, venue)).or_default().push(slot);
    }
    all.into_iter().map(|((_, venue), slots)| (venue, slots)).collect()
}

/// Parts the venues into pages.
fn pages<'v, 'a>(venues: &'v Venues<'a>) -> Vec<&'v [(Option<ItemId>, Vec<&'a Slot>)]> {
    let (mut pages, mut from, mut held) = (Vec::new(), 0, 0);
    for (at, (_, slots)) in venues.iter().enumerate() {
        if at > from && (held + slots.len() > SESSIONS || at - from == VENUES) {
            pages.push(&venues[from..at]);
            (from, held) = (at, 0);
        }
        held += slots.len();
    }
    pages.push(&venues[from..]);
    pages
}

impl Pages for Grid {
    type View = GridView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let mut all = Vec::new();
        for (edition, programme) in portal.programmes.editions() {
            for (day, slots) in &programme.by_day {
                let count = pages(&venues(portal, slots)).len();
                all.extend((1..=count).map(|number| Self { edition, day: *day, number }));
            }
        }
        all
    }

    fn address(&self, portal: &Portal) -> String {
        address(portal, self.edition, self.day, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<GridView> {
        let (portal, format) = (context.portal, context.format);
        let edition = portal.item(self.edition);
        let empty = Programme::default();
        let programme = portal.programmes.of(self.edition).unwrap_or(&empty);
        let slots = programme.by_day.get(&self.day).map_or(&[][..], Vec::as_slice);
        let venues = venues(portal, slots);
        let pages = pages(&venues);
        let here = pages.get(self.number - 1).copied().unwrap_or_default();
        let hour = |slot: &Slot| portal.schedule.all()[slot.session].start.hour();
        let hours: BTreeSet<i8> = here.iter().flat_map(|(_, slots)| slots).map(|slot| hour(slot)).collect();
        let row = |(venue, slots): &(Option<ItemId>, Vec<&Slot>)| {
            let cells = hours.iter().map(|at| {
                let begun = slots.iter().filter(|slot| hour(slot) == *at);
                begun.map(|slot| session(context, slot)).collect()
            });
            let item = venue.map(|venue| portal.item(venue));
            let region = item.and_then(|item| item.edges.one(Field::Region));
            GridRow {
                venue: item.map_or_else(|| Text::plain(format.word("text.no-venue")), link::text),
                region: region.map(|region| portal.item(region).title().to_owned()),
                cells: cells.collect(),
            }
        };
        let link = |day: &Date| {
            let mut link = day_link(context, *day, Href::new(&address(portal, self.edition, *day, 1)));
            link.current = *day == self.day;
            link
        };
        let day = format.day(self.day);
        let title = format!("{} {} {}", day.text, day.weekday, format.word("text.grid"));
        let view = GridView {
            edition: link::link(edition),
            title: format.numbered(&title, self.number),
            days: programme.by_day.keys().map(link).collect(),
            list: Href::new(&location::of_programme(edition.id(), &format!("day/{}", self.day), 1)),
            hours: hours.iter().map(|hour| format!("{hour}:00")).collect(),
            rows: here.iter().map(row).collect(),
            pager: pager(self.number, pages.len(), |page| address(portal, self.edition, self.day, page)),
        };
        let heading = format!("{}·{}", edition.title(), view.title);
        let head = head(context, self.edition, heading);
        Content { template: "grid.html", head, view }
    }
}

fn address(portal: &Portal, edition: ItemId, day: Date, number: usize) -> String {
    location::of_programme(portal.item(edition).id(), &format!("grid/{day}"), number)
}

fn session(context: &Context<'_>, slot: &Slot) -> GridSession {
    let session = &context.portal.schedule.all()[slot.session];
    let owner = context.portal.item(session.owner);
    let mut title = link::text(owner);
    if let Some(about) = session.title(owner) {
        title.text = format!("{}：{about}", title.text);
    }
    let (time, badge) = (context.format.time(session), context.format.status(session.status));
    GridSession { time, title, badge, off: !session.takes_place() }
}
