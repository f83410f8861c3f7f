//! Calendars as pages offer them: a link, with the time as text beside it.

use super::context::Context;
use super::view::CalendarView;
use crate::address::Href;
use crate::content::Own;
use crate::portal::ItemId;
use crate::portal::calendars::{Occasion, of_entry};
use crate::portal::location::EVERYTHING;
use crate::portal::schedule::Dated;

/// The calendar of an entry, if it has one.
pub fn of(context: &Context<'_>, id: ItemId) -> Option<CalendarView> {
    let calendars = &context.portal.calendars;
    let item = context.portal.item(id);
    let occasions = calendars.of(id).iter().map(|at| &calendars.all()[*at]);
    let is_one = matches!(item.entry.own, Own::Course(_) | Own::Event(_));
    view(context, item.title(), &of_entry(item.kind(), item.id()), is_one, occasions)
}

/// The calendar of everything.
pub fn everything(context: &Context<'_>) -> Option<CalendarView> {
    let title = context.format.word("calendar.everything");
    view(context, &title, EVERYTHING, false, context.portal.calendars.all().iter())
}

fn view<'a>(
    context: &Context<'a>,
    title: &str,
    address: &str,
    is_one: bool,
    occasions: impl Iterator<Item = &'a Occasion>,
) -> Option<CalendarView> {
    let portal = context.portal;
    let (mut next, mut last): (Option<&Dated>, Option<&Dated>) = (None, None);
    for session in occasions.flat_map(|occasion| occasion.sessions(portal)) {
        let is_coming = session.takes_place() && !session.is_past(&portal.today);
        if is_coming && next.is_none_or(|next| session.start < next.start) {
            next = Some(session);
        }
        if last.is_none_or(|last| session.start > last.start) {
            last = Some(session);
        }
    }
    let shown = next.or(last)?;
    let day = context.format.day(shown.start.date());
    let address = Href::new(address);
    let url = portal.base_url().map(|base| address.absolute(base));
    Some(CalendarView {
        title: title.to_owned(),
        webcal: url.as_deref().and_then(|url| Some(format!("webcal:{}", url.split_once(':')?.1))),
        address,
        url,
        is_one,
        time: format!("{} {} {}", day.text, day.weekday, context.format.time(shown)),
        last: shown.last_day().to_string(),
        is_next: next.is_some(),
    })
}
