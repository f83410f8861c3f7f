//! The programme of a learning week: all of it, by day, and by everything that parts it.

use jiff::civil::Date;
use serde::Serialize;

use super::pager::pager;
use crate::address::Href;
use crate::content::Kind;
use crate::page::context::Context;
use crate::page::link;
use crate::page::pages::{Content, Head, Listing, PageRole, Pages};
use crate::page::programme::{ROWS, WAYS, day_link, groups, links};
use crate::page::view::{DayGroup, DayLink, Link, Pager, WayLink};
use crate::portal::location;
use crate::portal::programme::{Programme, Slot, Way};
use crate::portal::{ItemId, Portal};

/// Links on one page of an index.
const LINKS: usize = 200;
/// Rows on one page of the whole programme, which is for paper too. With its rows of 1 KB at most a page stays below 200 KB.
const ALL: usize = 150;

/// A part of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// All of it.
    All,
    /// A day.
    Day(Date),
    /// What belongs to an entry.
    Of(Way, ItemId),
}

/// A page of a part of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProgrammePage {
    edition: ItemId,
    part: Part,
    /// From 1.
    number: usize,
}

/// A page of a programme: `view` in `programme.html`.
#[derive(Debug, Serialize)]
pub struct ProgrammeView {
    /// The learning week.
    pub edition: Link,
    /// Which part of it.
    pub title: String,
    /// Ways to the days.
    pub days: Vec<DayLink>,
    /// The rows, day by day.
    pub groups: Vec<DayGroup>,
    /// How many rows there are on all pages.
    pub total: usize,
    /// The same day as a grid.
    pub grid: Option<Href>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

impl Pages for ProgrammePage {
    type View = ProgrammeView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let mut pages = Vec::new();
        for (edition, programme) in portal.programmes.editions() {
            let mut add = |part: Part, count: usize| {
                pages.extend((1..=part.pages(count)).map(|number| Self { edition, part, number }));
            };
            add(Part::All, programme.all.len());
            programme.by_day.iter().for_each(|(day, slots)| add(Part::Day(*day), slots.len()));
            for (way, parts) in &programme.ways {
                for (id, slots) in parts {
                    add(Part::Of(*way, *id), slots.len());
                }
            }
        }
        pages
    }

    fn address(&self, portal: &Portal) -> String {
        let part = self.part.address(portal);
        location::of_programme(portal.item(self.edition).id(), &part, self.number)
    }

    fn listing(&self, portal: &Portal) -> Listing {
        Listing::Listed(portal.changed(self.edition))
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<ProgrammeView> {
        let (portal, format) = (context.portal, context.format);
        let edition = portal.item(self.edition);
        let empty = Programme::default();
        let programme = portal.programmes.of(self.edition).unwrap_or(&empty);
        let slots = self.part.slots(programme);
        let title = match self.part {
            Part::All => format.word("text.programme-all"),
            Part::Day(day) => {
                let day = format.day(day);
                format!("{} {}", day.text, day.weekday)
            }
            Part::Of(_, id) => portal.item(id).title().to_owned(),
        };
        let address = |number| location::of_programme(edition.id(), &self.part.address(portal), number);
        let grid = match self.part {
            Part::Day(day) => Some(Href::new(&location::of_programme(edition.id(), &format!("grid/{day}"), 1))),
            Part::All | Part::Of(..) => None,
        };
        let view = ProgrammeView {
            edition: link::link(edition),
            title: format.numbered(&title, self.number),
            days: self.days(context, programme, slots),
            groups: self.groups(context, slots),
            total: slots.len(),
            grid,
            pager: pager(self.number, self.part.pages(slots.len()), address),
        };
        let heading = format.numbered(&format!("{}·{title}", edition.title()), self.number);
        Content { template: "programme.html", head: head(context, self.edition, heading), view }
    }
}

impl ProgrammePage {
    /// The rows of this page, of which the days may be folded; paper shows all.
    fn groups(&self, context: &Context<'_>, slots: &[Slot]) -> Vec<DayGroup> {
        let folded = self.part.is_folded(slots, self.number);
        let here = slots.chunks(self.part.length()).nth(self.number - 1).unwrap_or_default();
        groups(context, here).into_iter().map(|group| DayGroup { folded, ..group }).collect()
    }

    /// The days of the part, each with the page and the place where it begins; for a day, all days of the week.
    fn days(&self, context: &Context<'_>, programme: &Programme, slots: &[Slot]) -> Vec<DayLink> {
        let portal = context.portal;
        let id = portal.item(self.edition).id();
        if let Part::Day(current) = self.part {
            let link = |(day, slots): (&Date, &Vec<Slot>)| {
                let mut link =
                    day_link(context, *day, Href::new(&location::of_programme(id, &format!("day/{day}"), 1)));
                link.count = Some(slots.len());
                link.current = *day == current;
                link
            };
            return programme.by_day.iter().map(link).collect();
        }
        let (mut links, mut before) = (Vec::new(), 0);
        for day in slots.chunk_by(|a, b| a.day == b.day) {
            let number = before / self.part.length() + 1;
            let page = Href::new(&location::of_programme(id, &self.part.address(portal), number));
            // What leads into a fold opens it.
            let inside = if self.part.is_folded(slots, number) { "-in" } else { "" };
            let anchor = format!("d-{}{inside}", day[0].day);
            let mut link = day_link(context, day[0].day, page.at(&anchor));
            link.count = Some(day.len());
            links.push(link);
            before += day.len();
        }
        if links.len() > 1 { links } else { Vec::new() }
    }
}

impl Part {
    /// Rows on one page.
    fn length(self) -> usize {
        match self {
            Self::All => ALL,
            Self::Day(_) | Self::Of(..) => ROWS,
        }
    }

    /// How many pages so many rows have.
    fn pages(self, rows: usize) -> usize {
        rows.div_ceil(self.length()).max(1)
    }

    /// Whether a page, from 1, has more rows than a phone should scroll through.
    fn is_folded(self, slots: &[Slot], number: usize) -> bool {
        slots.chunks(self.length()).nth(number - 1).is_some_and(|here| here.len() > ROWS)
    }

    fn address(self, portal: &Portal) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Day(day) => format!("day/{day}"),
            Self::Of(way, id) => format!("{}/{}", way.folder(), portal.item(id).id()),
        }
    }

    fn slots(self, programme: &Programme) -> &[Slot] {
        match self {
            Self::All => &programme.all,
            Self::Day(day) => programme.by_day.get(&day).map_or(&[], Vec::as_slice),
            Self::Of(way, id) => programme.ways.get(&way).and_then(|parts| parts.get(&id)).map_or(&[], Vec::as_slice),
        }
    }
}

/// The head of a page below that of a learning week.
pub(super) fn head(context: &Context<'_>, edition: ItemId, heading: String) -> Head {
    let list = Link { title: context.format.kind(Kind::Edition), address: Some(location::list(Kind::Edition)) };
    let crumbs = vec![list, link::link(context.portal.item(edition))];
    Head { heading, description: String::new(), crumbs, role: PageRole::Column }
}

/// A page of the index of a way, where a page of the week shows only the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WayIndex {
    edition: ItemId,
    way: Way,
    /// From 1.
    number: usize,
}

/// The index of a way: `view` in `programme-index.html`.
#[derive(Debug, Serialize)]
pub struct WayView {
    /// The learning week.
    pub edition: Link,
    /// By what it leads.
    pub title: String,
    /// The links.
    pub links: Vec<WayLink>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

impl Pages for WayIndex {
    type View = WayView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let mut pages = Vec::new();
        for (edition, programme) in portal.programmes.editions() {
            for (way, parts) in programme.ways.iter().filter(|(_, parts)| parts.len() > WAYS) {
                let count = parts.len().div_ceil(LINKS);
                pages.extend((1..=count).map(|number| Self { edition, way: *way, number }));
            }
        }
        pages
    }

    fn address(&self, portal: &Portal) -> String {
        location::of_programme(portal.item(self.edition).id(), &format!("{}/index", self.way.folder()), self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<WayView> {
        let edition = context.portal.item(self.edition);
        let (mut links, count) = links(context, self.edition, self.way, usize::MAX);
        let part = format!("{}/index", self.way.folder());
        let word = context.format.words.in_group("way", self.way.folder());
        let view = WayView {
            edition: link::link(edition),
            title: context.format.numbered(word, self.number),
            links: links.drain(..).skip((self.number - 1) * LINKS).take(LINKS).collect(),
            pager: pager(self.number, count.div_ceil(LINKS), |page| location::of_programme(edition.id(), &part, page)),
        };
        let heading = context.format.numbered(&format!("{}·{word}", edition.title()), self.number);
        Content { template: "programme-index.html", head: head(context, self.edition, heading), view }
    }
}
