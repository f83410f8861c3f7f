//! What is on in the days to come, on pages other than the sessions' own.

use jiff::civil::Date;

use super::context::Context;
use super::session;
use super::view::AgendaDay;
use crate::address::Href;
use crate::content::Kind;
use crate::portal::ItemId;
use crate::portal::facet::Value;
use crate::portal::schedule::Dated;

/// What is on, day by day.
pub struct Agenda {
    /// The days on which something is on, with their first sessions.
    pub days: Vec<AgendaDay>,
    /// How many sessions there are in all.
    pub total: usize,
}

/// What is on within a week at a region, or anywhere, on days that `wanted` takes: the first `count` sessions.
pub fn week(context: &Context<'_>, region: Option<ItemId>, count: usize, wanted: impl Fn(Date) -> bool) -> Agenda {
    let portal = context.portal;
    let today = portal.today.date();
    let values: Vec<Value> = [Value::Soon].into_iter().chain(region.map(Value::Item)).collect();
    let on = portal.facets.of_all(&values);
    let is_on = |session: &&Dated| {
        session.takes_place() && !session.is_past(&portal.today) && portal.today.is_soon(session.start.date())
    };
    // What goes on for days stands on its first, or today.
    let day = |session: &Dated| session.start.date().max(today);
    let mut sessions: Vec<&Dated> = on.iter().flat_map(|id| portal.sessions(*id).filter(is_on)).collect();
    sessions.retain(|session| wanted(day(session)));
    sessions.sort_by_key(|session| (day(session), session.start.time(), portal.item(session.owner).id()));
    let total = sessions.len();
    sessions.truncate(count);
    Agenda { days: days(context, &sessions, day), total }
}

/// The next session of each of the first courses and events of a region, or of all, whenever that is: the first `count`.
pub fn next(context: &Context<'_>, region: Option<ItemId>, count: usize) -> Agenda {
    let portal = context.portal;
    let of = |kind| region.map_or_else(|| portal.of_kind(kind), |region| portal.members(region, kind));
    let each = [Kind::Event, Kind::Course].into_iter();
    let first = |kind| of(kind).iter().filter_map(|id| portal.next_session(*id)).take(count);
    let mut sessions: Vec<&Dated> = each.flat_map(first).collect();
    sessions.sort_by_key(|session| (session.start, portal.item(session.owner).id()));
    sessions.truncate(count);
    let total = sessions.len();
    Agenda { days: by_day(context, &sessions), total }
}

/// The way to the page of what is on at a region, or anywhere, `today` or in the whole `week`, if there is one.
pub fn way(context: &Context<'_>, region: Option<ItemId>, name: &str) -> Option<Href> {
    let folder = match region {
        Some(region) => format!("{}/{}", Kind::Region.folder(), context.portal.item(region).id()),
        None => "days".to_owned(),
    };
    context.made(&format!("{folder}/{name}.html"))
}

/// Sessions by the day on which they begin.
pub fn by_day(context: &Context<'_>, sessions: &[&Dated]) -> Vec<AgendaDay> {
    days(context, sessions, |session| session.start.date())
}

fn days(context: &Context<'_>, sessions: &[&Dated], day: impl Fn(&Dated) -> Date) -> Vec<AgendaDay> {
    let mut days: Vec<AgendaDay> = Vec::new();
    for session in sessions {
        let on = context.format.day(day(session));
        if days.last().is_none_or(|last| last.day.iso != on.iso) {
            days.push(AgendaDay { day: on, sessions: Vec::new() });
        }
        if let Some(last) = days.last_mut() {
            last.sessions.push(session::titled(context, session));
        }
    }
    days
}
