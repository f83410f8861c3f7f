//! What decides, as a row of results says it: when, where, for how much, for whom, and whether one can join.
//!
//! A row carries the days themselves, so that the browser tells what is next, today or over on the day on which it is read.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::document::Ranked;
use crate::content::field::Field;
use crate::content::sample::without_mark;
use crate::content::shared::Mode;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::facts::{self, Wanted};
use crate::page::view::Badge;
use crate::page::{kind, row};
use crate::portal::ItemId;
use crate::portal::schedule::Dated;

/// Sessions to come that a record holds, at most: a course of a year, week by week.
const SESSIONS: usize = 60;
/// Regions above each other, at most.
const DEPTH: usize = 16;
/// What stands between the parts of a row.
pub const BETWEEN: &str = "　";
/// The facts of what one goes to.
const DECIDING: [&str; 3] = ["meets", "fee", "audiences"];

/// What a row says of an entry beside its title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Street and venue, or that it is online.
    pub place: String,
    /// Further facts.
    pub facts: Vec<String>,
    /// The last day of all; empty if it has no end.
    pub until: Option<Date>,
    /// The sessions to come.
    pub coming: Vec<Coming>,
    /// Marks: what was changed, and the state of enrolment.
    pub marks: Vec<Mark>,
}

/// Sessions to come that are alike but for their day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// Their time of day.
    pub time: String,
    /// Street and venue, if they are elsewhere than the others.
    pub place: String,
    /// Days from the first to the last day of each.
    length: i32,
    /// Their days, ascending; at least one.
    pub days: Vec<Date>,
}

/// A mark of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How it is coloured.
    tone: &'static str,
    /// Its text on the day of the build.
    pub text: String,
    /// From which a script tells the state of a later day: `portal::enrol::Terms`, and the day since when the text holds.
    terms: Option<(String, String)>,
}

/// The row of an entry.
pub fn of(context: &Context<'_>, id: ItemId) -> Row {
    let portal = context.portal;
    let item = portal.item(id);
    let venue = item.edges.one(Field::Venue);
    let (place, facts) = match &item.entry.own {
        Own::Course(course) => (row::place(context, course.mode, venue), deciding(context, id)),
        Own::Event(event) => (row::place(context, event.mode, venue), deciding(context, id)),
        Own::Team(_) => (row::place(context, Mode::default(), venue), deciding(context, id)),
        Own::Region(_) => (String::new(), above(context, id)),
        _ => (String::new(), facts::notes(&context.format, kind::row_facts(context, id))),
    };
    let until = match &item.entry.own {
        Own::Edition(edition) => Some(edition.to.0),
        _ => portal.sessions(id).next_back().map(Dated::last_day),
    };
    Row { place, facts, until, coming: coming(context, id, venue), marks: marks(context, id) }
}

fn deciding(context: &Context<'_>, id: ItemId) -> Vec<String> {
    facts::notes(&context.format, kind::facts(context, id, Wanted::Only(&DECIDING)))
}

/// The region that a region belongs to.
fn above(context: &Context<'_>, id: ItemId) -> Vec<String> {
    let above = context.portal.item(id).edges.one(Field::Parent);
    above.map(|above| context.portal.item(above).title().to_owned()).into_iter().collect()
}

/// The sessions to come that take place, in order of the first of each time.
fn coming(context: &Context<'_>, id: ItemId, usual: Option<ItemId>) -> Vec<Coming> {
    let today = &context.portal.today;
    let next = context.portal.sessions(id).filter(|session| session.takes_place() && !session.is_past(today));
    let mut groups: Vec<Coming> = Vec::new();
    for session in next.take(SESSIONS) {
        let (first, time) = (session.start.date(), context.format.time(session));
        let elsewhere = session.venue.filter(|venue| Some(*venue) != usual);
        let place = elsewhere.map_or_else(String::new, |venue| row::place(context, Mode::default(), Some(venue)));
        let length = session.last_day().since(first).map_or(0, |span| span.get_days());
        let alike = |group: &&mut Coming| group.time == time && group.place == place && group.length == length;
        match groups.iter_mut().find(alike) {
            Some(group) => group.days.push(first),
            None => groups.push(Coming { time, place, length, days: vec![first] }),
        }
    }
    groups
}

/// The marks of an entry; of a course also whether one can join, which may say the same as its status.
fn marks(context: &Context<'_>, id: ItemId) -> Vec<Mark> {
    let item = context.portal.item(id);
    let plain = |badge: Badge| Mark { tone: badge.tone, text: badge.text, terms: None };
    let mut marks: Vec<Mark> = kind::badges(context, item).into_iter().map(plain).collect();
    if let Some((_, course)) = row::row(context, id) {
        let state = course.state;
        if matches!(state.key, "full" | "cancelled") {
            marks.retain(|mark| mark.tone == "plain" || mark.text == context.format.word("text.draft"));
        }
        marks.push(Mark { tone: state.tone, text: state.text, terms: Some((state.terms, state.since)) });
    }
    marks
}

impl Row {
    /// The next session as of the day of the build: its day, time and place, if that is another one.
    pub fn next(&self) -> Option<(Date, &str, &str)> {
        let each = self.coming.iter().filter_map(|group| Some((*group.days.first()?, &*group.time, &*group.place)));
        each.min()
    }

    /// All of it in a line, as of the day of the build: the kind, when, where, further facts, marks.
    pub fn text(&self, context: &Context<'_>, ranked: &Ranked) -> String {
        let (format, today) = (&context.format, &context.portal.today);
        let is_over = self.until.is_some_and(|until| today.passed(until));
        let day = self.until.filter(|_| is_over).or_else(|| ranked.day());
        let (when, place) = match self.next() {
            Some((first, time, elsewhere)) => {
                let day = format.day(first);
                (format!("{} {} {time}", day.text, day.weekday), elsewhere)
            }
            None => (day.map(|day| format.day(day).text).unwrap_or_default(), ""),
        };
        let over = format.words.in_group("search", "over");
        let kind = format.kind(context.portal.item(ranked.document.id).kind());
        let place = if place.is_empty() { self.place.as_str() } else { place };
        let facts = self.facts.iter().chain(self.marks.iter().map(|mark| &mark.text)).map(String::as_str);
        let parts = [kind.as_str(), when.as_str(), place].into_iter().chain(facts);
        let parts = parts.chain((is_over && !self.has_state()).then_some(over));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(BETWEEN)
    }

    /// Whether a mark tells the state, which says that it is over as well.
    fn has_state(&self) -> bool {
        self.marks.iter().any(|mark| mark.terms.is_some())
    }

    /// What a record holds of it: place, facts, the last day with the sessions to come, and marks; each empty if there is none.
    pub fn packed(&self) -> [Value; 4] {
        let session = |group: &Coming| {
            let gaps =
                group.days.windows(2).map(|pair| json!(pair[1].since(pair[0]).map_or(0, |span| span.get_days())));
            let head = [json!(group.time), json!(group.place), json!(group.length), json!(group.days[0].to_string())];
            Value::Array(head.into_iter().chain(gaps).collect())
        };
        let until = self.until.map(|until| json!(until.to_string()));
        let times = until.into_iter().chain(self.coming.iter().map(session)).collect();
        let mark = |mark: &Mark| match &mark.terms {
            Some((terms, since)) => json!([mark.tone, mark.text, terms, since]),
            None => json!([mark.tone, mark.text]),
        };
        let marks = self.marks.iter().map(mark).collect();
        [json!(self.place), json!(self.facts.join(BETWEEN)), Value::Array(times), Value::Array(marks)]
    }
}

/// What several entries are one of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    /// The regions below one, or the learning weeks of one.
    Below(ItemId),
    /// What is made every year: its kind, and its title without the year.
    Yearly(Kind, String),
}

/// The numbers, from 1, of the things of which several documents are; by entry.
pub fn things(context: &Context<'_>, documents: &[Ranked]) -> HashMap<ItemId, usize> {
    let mut of: BTreeMap<Thing, Vec<ItemId>> = BTreeMap::new();
    for ranked in documents {
        let id = ranked.document.id;
        if let Some(thing) = thing(context, id) {
            of.entry(thing).or_default().push(id);
        }
    }
    let several = of.into_values().filter(|ids| ids.len() > 1).zip(1..);
    several.flat_map(|(ids, number)| ids.into_iter().map(move |id| (id, number))).collect()
}

fn thing(context: &Context<'_>, id: ItemId) -> Option<Thing> {
    let portal = context.portal;
    let item = portal.item(id);
    match item.kind() {
        Kind::Region | Kind::Edition => {
            let parent = |id: &ItemId| portal.item(*id).edges.one(Field::Parent);
            std::iter::successors(Some(id), parent).take(DEPTH).last().map(Thing::Below)
        }
        kind @ (Kind::ResourceList | Kind::ActionPlan | Kind::Funding | Kind::Survey | Kind::Selection) => {
            let title = without_mark(item.title());
            let bare = without_year(title);
            (bare != title).then_some(Thing::Yearly(kind, bare))
        }
        _ => None,
    }
}

/// A title without its years: four digits between others than digits.
fn without_year(title: &str) -> String {
    let mut bare = String::new();
    let mut rest = title;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        bare.push_str(before);
        if end != 4 {
            bare.push_str(&from[..end]);
        }
        rest = &from[end..];
    }
    bare + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_is_four_digits() {
        assert_eq!(without_year("东街 2026 年行动计划"), without_year("东街 2025 年行动计划"));
        assert_eq!(without_year("第 12 期，电话 55667788"), "第 12 期，电话 55667788");
    }

    #[test]
    fn sessions_are_packed_as_gaps() {
        let days = [date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 15)];
        let group = Coming { time: "09:00–10:30".to_owned(), place: String::new(), length: 0, days: days.into() };
        let row = Row { until: Some(date(2026, 12, 15)), coming: vec![group], ..Row::default() };
        assert_eq!(row.packed()[2].to_string(), "[\"2026-12-15\",[\"09:00–10:30\",\"\",0,\"2026-11-24\",7,14]]");
        assert_eq!(row.next(), Some((date(2026, 11, 24), "09:00–10:30", "")));
        assert_eq!(Row::default().packed().map(|value| value.to_string()), ["\"\"", "\"\"", "[]", "[]"]);
    }
}
