//! Deadlines as calendars: what is due stands on its day, all day long.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::revision::Revision;
use super::text::Lines;
use super::{head, tail};
use crate::content::phase::{Every, Phase};
use crate::page::context::Context;
use crate::portal::ItemId;
use crate::portal::deadline::{Progress, progress};
use crate::portal::today::Today;

/// What is due on a day.
pub struct Due {
    /// The entry that says so.
    pub item: ItemId,
    /// The day, the last on which it is in time.
    pub day: Date,
    /// How it comes again (RFC 5545, 3.3.10), if it does.
    rule: Option<String>,
}

impl Due {
    /// When a phase ends, a deadline is due, or a recurring task is due next; `None` if there is no such day.
    pub fn of(item: ItemId, phase: &Phase, today: &Today) -> Option<Self> {
        let Progress::Again(day) = progress(phase, today) else {
            return Some(Self { item, day: phase.to?.last(), rule: None });
        };
        let until = phase.to.map_or_else(String::new, |to| format!(";UNTIL={}", to.last().strftime("%Y%m%d")));
        // The last day of a month is another one each month.
        let day_of_month = phase.day.map_or_else(|| "-1".to_owned(), |day| day.to_string());
        let turn = match phase.every? {
            Every::Year => format!("YEARLY;BYMONTH={}", day.month()),
            Every::Month => "MONTHLY".to_owned(),
        };
        Some(Self { item, day, rule: Some(format!("FREQ={turn};BYMONTHDAY={day_of_month}{until}")) })
    }
}

/// The calendar of some deadlines at `address`; `page` shows the same to people.
pub fn dues(context: &Context<'_>, address: &str, title: &str, page: &str, all: &[Due]) -> String {
    let mut lines = Lines::default();
    head(context, &mut lines, address, title, page);
    for due in all {
        event(context, &mut lines, due);
    }
    tail(&mut lines);
    lines.finish()
}

fn event(context: &Context<'_>, lines: &mut Lines, due: &Due) {
    let portal = context.portal;
    let (item, site) = (portal.item(due.item), &portal.settings.site);
    let Revision { stamp, sequence } = Revision::of(portal, due.item);
    let date = |day: Date| day.strftime("%Y%m%d").to_string();
    lines.line("BEGIN", "VEVENT");
    let uid = format!("{}.{}@{}.{}", item.kind().folder(), item.first_id(), site.id.as_str(), site.since);
    lines.line("UID", &uid);
    lines.line("DTSTAMP", &stamp);
    lines.line("LAST-MODIFIED", &stamp);
    lines.line("SEQUENCE", &sequence.to_string());
    lines.line("DTSTART;VALUE=DATE", &date(due.day));
    // The end is the day after (RFC 5545, 3.6.1).
    lines.line("DTEND;VALUE=DATE", &date(due.day.checked_add(1.day()).unwrap_or(due.day)));
    if let Some(rule) = &due.rule {
        lines.line("RRULE", rule);
    }
    lines.text("SUMMARY", item.title());
    if let Some(base) = portal.base_url() {
        lines.line("URL", &item.address.absolute(base));
    }
    lines.line("TRANSP", "TRANSPARENT");
    lines.line("END", "VEVENT");
}
