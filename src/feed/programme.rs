//! What a feed says of courses and events beside their text: their state, time and place, in words.

use std::fmt::Write as _;

use crate::content::Own;
use crate::content::field::Field;
use crate::content::shared::{Mode, Status};
use crate::markdown::escape;
use crate::page::context::Context;
use crate::page::kind;
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId};

/// Sessions that are told one by one.
const SESSIONS: usize = 5;
/// Changes that are told, the newest.
const CHANGES: usize = 3;

/// A label and what it says.
type Fact = (String, String);

/// The title, with the state before it where it is not as announced: readers show titles alone.
pub(super) fn title(context: &Context<'_>, item: &Item) -> String {
    let mut title = String::new();
    for badge in kind::badges(context, item) {
        let _ = write!(title, "【{}】", badge.text);
    }
    title + item.title()
}

/// State, what was changed, time and place of a course or an event; empty for other kinds.
pub(super) fn facts(context: &Context<'_>, id: ItemId) -> Vec<Fact> {
    let states: Vec<(&str, Status, Option<&str>)> = match &context.portal.item(id).entry.own {
        Own::Event(event) => vec![("", event.state(), event.reason.as_deref())],
        Own::Course(course) => {
            course.runs.iter().map(|run| (run.title.as_str(), run.status, run.reason.as_deref())).collect()
        }
        _ => return Vec::new(),
    };
    let label = |key: &str| context.format.words.in_group("fact", key).to_owned();
    let state = states.into_iter().map(|(run, status, reason)| {
        let run = if run.is_empty() { String::new() } else { format!("{run} ") };
        let reason = reason.map_or_else(String::new, |reason| format!("（{reason}）"));
        format!("{run}{}{reason}", context.format.choice(status))
    });
    let facts = [
        ("status", state.collect()),
        ("changes", changes(context, id)),
        ("when", times(context, id)),
        ("venue", places(context, id)),
    ];
    let joiner = context.format.words.get("text.joiner");
    let fact = |(key, values): (&str, Vec<String>)| (!values.is_empty()).then(|| (label(key), values.join(joiner)));
    facts.into_iter().filter_map(fact).collect()
}

/// The coming sessions; of what is over, the last one.
fn told<'a>(context: &'a Context<'_>, id: ItemId) -> Vec<&'a Dated> {
    let sessions = || context.portal.sessions(id);
    let coming: Vec<&Dated> =
        sessions().filter(|session| !session.is_past(&context.portal.today)).take(SESSIONS).collect();
    if coming.is_empty() { sessions().next_back().into_iter().collect() } else { coming }
}

/// The newest changes that have come, the newest first.
fn changes(context: &Context<'_>, id: ItemId) -> Vec<String> {
    let changes = context.portal.changes(id).into_iter().take(CHANGES);
    changes.map(|change| format!("{}：{}", context.format.day(change.date.0).text, change.text)).collect()
}

/// The sessions that are told, each with its state where that is not the event's.
fn times(context: &Context<'_>, id: ItemId) -> Vec<String> {
    let whole = match &context.portal.item(id).entry.own {
        Own::Event(event) => event.state(),
        _ => Status::Scheduled,
    };
    let time = |session: &Dated| {
        let format = context.format;
        let day = format.day(session.start.date());
        let mut text = format!("{} {} {}", day.text, day.weekday, format.time(session));
        if let Some(state) = format.status(session.status).filter(|_| session.status != whole) {
            let reason =
                session.reason(context.portal.item(id)).map_or_else(String::new, |reason| format!("：{reason}"));
            let _ = write!(text, "（{}{reason}）", state.text);
        }
        text
    };
    told(context, id).into_iter().map(time).collect()
}

/// The venues of the sessions that are told, each once; for what has none, how it takes place.
fn places(context: &Context<'_>, id: ItemId) -> Vec<String> {
    let item = context.portal.item(id);
    let mut venues: Vec<ItemId> = Vec::new();
    for venue in told(context, id).into_iter().filter_map(|session| session.venue) {
        if !venues.contains(&venue) {
            venues.push(venue);
        }
    }
    if venues.is_empty() {
        venues.extend(item.edges.one(Field::Venue));
    }
    let mode = match &item.entry.own {
        Own::Event(event) => event.mode,
        Own::Course(course) => course.mode,
        _ => Mode::Onsite,
    };
    let venues = venues.into_iter().map(|venue| context.portal.item(venue).title().to_owned());
    let online = (mode != Mode::Onsite).then(|| context.format.choice(mode));
    venues.chain(online).collect()
}

/// Facts as the beginning of a text.
pub(super) fn html(facts: &[Fact]) -> String {
    let mut html = String::new();
    for (label, value) in facts {
        let _ = writeln!(html, "<p>{}：{}</p>", escape(label), escape(value));
    }
    html
}

/// Facts before a summary.
pub(super) fn summary(facts: &[Fact], summary: &str) -> String {
    let mut text = String::new();
    for (label, value) in facts {
        let _ = write!(text, "{label}：{value}。");
    }
    text + summary
}
