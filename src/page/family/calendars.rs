//! The page that says how to subscribe to calendars, and lists them.

use crate::address::Href;
use crate::content::field::Field;
use crate::content::region::RegionLevel;
use crate::content::{Kind, Own};
use crate::page::calendar;
use crate::page::context::Context;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{CalendarGroup, CalendarView, CalendarsView};
use crate::portal::{ItemId, Portal, location};

/// Calendars of one kind on the page, at most; the others are on the pages of their entries.
const LENGTH: usize = 8;
/// Regions on the page, at most.
const REGIONS: usize = 16;

/// The page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Calendars;

impl Pages for Calendars {
    type View = CalendarsView;

    fn plan(portal: &Portal) -> Vec<Self> {
        if portal.calendars.all().is_empty() { Vec::new() } else { vec![Self] }
    }

    fn address(&self, _: &Portal) -> String {
        location::CALENDARS_PAGE.to_owned()
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<CalendarsView> {
        let portal = context.portal;
        let group = |kind: Kind, ids: Vec<ItemId>, most: usize| {
            let all = ids.into_iter().filter(|id| !portal.calendars.of(*id).is_empty());
            let mut calendars: Vec<CalendarView> =
                all.filter_map(|id| calendar::of(context, id)).take(most + 1).collect();
            let more = (calendars.len() > most).then(|| location::list(kind));
            calendars.truncate(most);
            (!calendars.is_empty()).then(|| CalendarGroup { title: context.format.kind(kind), calendars, more })
        };
        let of_kind = |kind: Kind| group(kind, portal.of_kind(kind).to_vec(), LENGTH);
        let groups = [
            of_kind(Kind::Edition),
            group(Kind::Region, regions(portal), REGIONS),
            of_kind(Kind::Audience),
            of_kind(Kind::Topic),
        ];
        let view = CalendarsView {
            everything: calendar::everything(context),
            groups: groups.into_iter().flatten().collect(),
            home: portal.base_url().map(|base| Href::new(location::CALENDARS_PAGE).absolute(base)),
        };
        let heading = context.format.word("calendar.title");
        let description = context.format.word("calendar.lead");
        let head = Head { heading, description, crumbs: Vec::new(), role: PageRole::Other };
        Content { template: "calendars.html", head, view }
    }
}

/// Districts and streets, each district before its streets.
fn regions(portal: &Portal) -> Vec<ItemId> {
    let is_near = |id: &ItemId| matches!(&portal.item(*id).entry.own, Own::Region(region) if [RegionLevel::District, RegionLevel::Town].contains(&region.level));
    let mut ids: Vec<ItemId> = portal.of_kind(Kind::Region).iter().copied().filter(is_near).collect();
    ids.sort_by_cached_key(|id| {
        let parent = portal.item(*id).edges.one(Field::Parent).filter(is_near);
        (parent.unwrap_or(*id), parent.map(|_| *id))
    });
    ids
}
