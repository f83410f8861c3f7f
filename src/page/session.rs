//! Sessions as pages show them.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};

use super::context::Context;
use super::link;
use super::view::{SectionContent, SessionView, Text};
use crate::portal::schedule::Dated;
use crate::portal::{ItemId, location};

/// Sessions of one thing on its page, at most, of those to come and of those that are over.
const SESSIONS: usize = 60;
/// Sessions after the next that a line of a list knows of.
const LATER: usize = 6;

/// A session on its owner's page.
pub fn own(context: &Context<'_>, session: &Dated) -> SessionView {
    view(context, session, session.title(context.portal.item(session.owner)).map(Text::plain))
}

/// A session on another page, titled with its owner.
pub fn titled(context: &Context<'_>, session: &Dated) -> SessionView {
    let owner = context.portal.item(session.owner);
    let mut title = link::text(owner);
    if let Some(about) = session.title(owner) {
        title.text = format!("{}：{about}", title.text);
    }
    view(context, session, Some(title))
}

/// The sessions of those that take place and begin after `begun`, the first of them: a line of a list knows of no more.
pub fn after<'s>(sessions: impl Iterator<Item = &'s Dated>, begun: DateTime) -> impl Iterator<Item = &'s Dated> {
    sessions.filter(move |session| session.takes_place() && session.start > begun).take(LATER)
}

/// Sessions as [`CourseRow::later`](super::view::CourseRow::later); `day` writes a day.
pub fn later<'s>(
    context: &Context<'_>,
    sessions: impl Iterator<Item = &'s Dated>,
    day: impl Fn(Date) -> String,
) -> String {
    let format = &context.format;
    let mut later = String::new();
    for session in sessions {
        let date = session.start.date();
        let mark = if later.is_empty() { "" } else { ";" };
        let (day, weekday, time) = (day(date), format.weekday(date), format.time(session));
        // Writing to a string cannot fail.
        let _ = write!(later, "{mark}{} {day} {weekday} {time}", session.last_day());
    }
    later
}

/// The way to the sign-in sheet of an event, or of a class run of a course from 0, for those who organise it.
pub fn sign_in(context: &Context<'_>, of: ItemId, run: usize) -> Vec<Text> {
    let item = context.portal.item(of);
    let address = context.made(&location::of_sign_in((item.kind(), item.id()), run + 1));
    let text = |address| Text { text: context.format.word("sign-in.link"), address: Some(address), url: None };
    address.map(text).into_iter().collect()
}

fn view(context: &Context<'_>, session: &Dated, title: Option<Text>) -> SessionView {
    let format = context.format;
    SessionView {
        day: format.day(session.start.date()),
        time: format.time(session),
        start: format.instant(session.start),
        end: format.instant(session.end),
        title,
        venue: session.venue.map(|venue| link::text(context.portal.item(venue))),
        badges: format.status(session.status).into_iter().collect(),
        last: Some(session.last_day()).filter(|last| *last != session.start.date()).map(|last| last.to_string()),
        off: !session.takes_place(),
        past: session.is_past(&context.portal.today),
    }
}

/// The last past and the next coming sessions, at most `SESSIONS` of each.
pub fn content<'s>(
    context: &Context<'_>,
    sessions: impl Iterator<Item = &'s Dated>,
    usual_venue: Option<String>,
) -> SectionContent {
    let (past, next): (Vec<&Dated>, Vec<&Dated>) = sessions.partition(|session| session.is_past(&context.portal.today));
    let from = past.len().saturating_sub(SESSIONS);
    let view = |session: &&Dated| own(context, session);
    SectionContent::Sessions {
        sessions: next.iter().take(SESSIONS).map(view).collect(),
        past: past[from..].iter().map(view).collect(),
        usual_venue,
        facts: Vec::new(),
        badges: Vec::new(),
        enrolment: None,
        left: Vec::new(),
    }
}
