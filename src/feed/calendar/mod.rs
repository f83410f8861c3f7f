//! Calendars (RFC 5545 and 7986): each occasion is written once, and shared by all calendars that it belongs to.

mod due;
mod event;
mod revision;
mod text;
mod zone;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::address::Href;
use crate::artifact::{Artifact, Put, Role};
use crate::diag::fault::Fault;
use crate::page::context::Context;
use crate::portal::calendars::{days, each_id, of_day, of_entry};
use crate::portal::location::EVERYTHING;
use crate::portal::{ItemId, Portal};
use event::Writer;
use text::Lines;

pub use due::{Due, dues};

/// How often programs should look for changes.
const REFRESH: &str = "PT1H";

/// A calendar to be made.
enum Calendar {
    /// That of everything.
    Everything,
    /// That of an entry.
    Entry(ItemId),
    /// Those of the days of an edition.
    Days(ItemId),
}

/// Makes all calendars and hands them on, each at once.
///
/// # Errors
/// A fault of what takes them.
pub fn make(context: &Context<'_>, put: Put<'_>) -> Result<(), Fault> {
    let portal = context.portal;
    let all = portal.calendars.all();
    let (Some(first), Some(last)) = span(portal) else { return Ok(()) };
    let settings = &portal.settings;
    let zone = settings.zone.iana_name().unwrap_or(&settings.site.time_zone);
    let writer = Writer { context, zone };
    let blocks: Vec<String> = all.par_iter().map(|occasion| writer.whole(occasion)).collect();
    let maker = Maker { context, writer, blocks, zone: zone::component(&settings.zone, zone, first, last), put };
    let editions = portal.of_kind(crate::content::Kind::Edition).iter().map(|id| Calendar::Days(*id));
    let entries = portal.calendars.owners().map(Calendar::Entry);
    let calendars: Vec<Calendar> = std::iter::once(Calendar::Everything).chain(editions).chain(entries).collect();
    calendars.par_iter().try_for_each(|calendar| maker.make(calendar))
}

/// The first and the last day of all that is in calendars.
fn span(portal: &Portal) -> (Option<Date>, Option<Date>) {
    let sessions = || portal.calendars.all().iter().flat_map(|occasion| occasion.sessions(portal));
    let first = sessions().map(|session| session.start.min(session.announced).date()).min();
    (first, sessions().map(|session| session.end.max(session.announced).date()).max())
}

struct Maker<'a> {
    context: &'a Context<'a>,
    writer: Writer<'a>,
    /// The VEVENTs of each occasion.
    blocks: Vec<String>,
    /// The VTIMEZONE.
    zone: String,
    put: Put<'a>,
}

impl Maker<'_> {
    fn make(&self, calendar: &Calendar) -> Result<(), Fault> {
        let portal = self.context.portal;
        match calendar {
            Calendar::Everything => {
                let site = &portal.settings.site;
                let addresses = [EVERYTHING.to_owned()];
                self.put(&addresses, &site.title, "", self.blocks.iter().map(String::as_str))
            }
            Calendar::Entry(id) => {
                let item = portal.item(*id);
                let addresses: Vec<String> = each_id(portal, *id).map(|id| of_entry(item.kind(), id)).collect();
                let blocks = portal.calendars.of(*id).iter().map(|at| self.blocks[*at].as_str());
                self.put(&addresses, item.title(), item.address.as_str(), blocks)
            }
            Calendar::Days(id) => days(portal, *id).into_iter().try_for_each(|(day, sessions)| {
                let item = portal.item(*id);
                let addresses: Vec<String> = each_id(portal, *id).map(|id| of_day(id, day)).collect();
                let all = portal.calendars.all();
                let blocks: Vec<String> =
                    sessions.iter().map(|(at, session)| self.writer.on(&all[*at], session, day)).collect();
                let title = format!("{} {}", item.title(), self.context.format.day(day).text);
                self.put(&addresses, &title, item.address.as_str(), blocks.iter().map(String::as_str))
            }),
        }
    }

    /// Hands on the calendar of these VEVENTs, at its own address and at former ones; `page` shows the same to people.
    fn put<'b>(
        &self,
        addresses: &[String],
        title: &str,
        page: &str,
        blocks: impl Iterator<Item = &'b str>,
    ) -> Result<(), Fault> {
        let Some(own) = addresses.first() else { return Ok(()) };
        let mut lines = Lines::default();
        head(self.context, &mut lines, own, title, page);
        lines.line("X-WR-TIMEZONE", self.writer.zone);
        lines.lines(&self.zone);
        blocks.for_each(|block| lines.lines(block));
        tail(&mut lines);
        let bytes: std::sync::Arc<[u8]> = lines.finish().into_bytes().into();
        addresses.iter().try_for_each(|address| (self.put)(Artifact::new(address, bytes.clone(), Role::Plain)))
    }
}

/// The lines before the components of a calendar at `address`; `page` shows the same to people.
fn head(context: &Context<'_>, lines: &mut Lines, address: &str, title: &str, page: &str) {
    let site = &context.portal.settings.site;
    let name = if title == site.title { title.to_owned() } else { format!("{title} - {}", site.title) };
    lines.line("BEGIN", "VCALENDAR");
    lines.line("VERSION", "2.0");
    lines.line("PRODID", "-//Shuyuan//Shuyuan//ZH");
    lines.line("CALSCALE", "GREGORIAN");
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    lines.line("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.line("X-PUBLISHED-TTL", REFRESH);
    if let Some(base) = context.portal.base_url() {
        lines.line("SOURCE;VALUE=URI", &Href::new(address).absolute(base));
        lines.line("URL", &if page.is_empty() { base.to_owned() } else { format!("{base}{page}") });
    }
}

fn tail(lines: &mut Lines) {
    lines.line("END", "VCALENDAR");
}
