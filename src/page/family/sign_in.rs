//! Sign-in sheets on paper: for an event or a class run that is not over, with empty numbered rows. Names are written on paper alone.

use crate::address::Href;
use crate::content::field::Field;
use crate::content::shared::Measure;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::facts::Facts;
use crate::page::link;
use crate::page::pages::{Content, Head, Listing, PageRole, Pages};
use crate::page::session;
use crate::page::view::SignInView;
use crate::portal::schedule::Dated;
use crate::portal::{ItemId, Portal, location};

/// Rows without a number of places, and at most.
const ROWS: u32 = 30;
const MOST: u32 = 200;
/// More rows than fill the first sheet of paper stand in two columns.
const ONE_COLUMN: u32 = 12;
/// Sessions of which one is to be ticked, at most.
const SESSIONS: usize = 20;

/// A sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignIn {
    of: ItemId,
    /// The class run of a course, from 0.
    run: usize,
}

impl Pages for SignIn {
    type View = SignInView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let all = [Kind::Course, Kind::Event].into_iter().flat_map(|kind| portal.of_kind(kind));
        let mut sheets: Vec<Self> = Vec::new();
        for of in all.copied() {
            let mut runs: Vec<usize> = left(portal, of).map(|session| session.run).collect();
            runs.sort_unstable();
            runs.dedup();
            sheets.extend(runs.into_iter().map(|run| Self { of, run }));
        }
        sheets
    }

    fn address(&self, portal: &Portal) -> String {
        let item = portal.item(self.of);
        location::of_sign_in((item.kind(), item.id()), self.run + 1)
    }

    fn canonical(&self, portal: &Portal, _: &str) -> Option<Href> {
        Some(portal.item(self.of).address.clone())
    }

    fn listing(&self, _: &Portal) -> Listing {
        Listing::Unlisted
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<SignInView> {
        let (portal, format) = (context.portal, &context.format);
        let item = portal.item(self.of);
        let run = match &item.entry.own {
            Own::Course(course) => course.runs.get(self.run),
            _ => None,
        };
        let title = match run {
            Some(run) => format!("{} {}", item.title(), run.title),
            None => item.title().to_owned(),
        };
        let heading = format.words.fill("sign-in.title", "title", &title);
        let head = Head {
            heading,
            description: format.word("sign-in.lead"),
            crumbs: vec![link::link(item)],
            role: PageRole::Other,
        };
        let left: Vec<&Dated> = left(portal, self.of).filter(|session| session.run == self.run).collect();
        let capacity = match &item.entry.own {
            Own::Event(event) => event.capacity,
            _ => run.and_then(|run| run.capacity),
        };
        let edges = item.edges.all();
        let own = if run.is_some() { edges.nth(Field::Runs, self.run) } else { edges };
        let of = |field| own.to(field).chain(item.edges.to(field));
        let mut facts = Facts::inside(context, edges);
        facts.with("venue", |_| {
            let venue = left.first().and_then(|session| session.venue);
            venue.or_else(|| of(Field::Venue).next()).map(|id| link::text(portal.item(id))).into_iter().collect()
        });
        if let [only] = left.as_slice() {
            let told = session::own(context, only);
            facts.told("when", |_| format!("{} {} {}", told.day.text, told.day.weekday, told.time));
        }
        let teachers: Vec<ItemId> = own.to(Field::Teachers).collect();
        let teachers = if teachers.is_empty() { item.edges.to(Field::Teachers).collect() } else { teachers };
        facts.with("teachers", |context| link::texts(context, teachers.into_iter()));
        facts.to("organiser", Field::Unit);
        facts.to("institution", Field::Institution);
        facts.count("capacity", capacity, Measure::Person);
        let sessions = if left.len() > 1 { &left[..left.len().min(SESSIONS)] } else { &[] };
        let count = capacity.unwrap_or(ROWS).clamp(1, MOST);
        let columns = if count > ONE_COLUMN { 2 } else { 1 };
        let numbers: Vec<u32> = (1..=count).collect();
        let view = SignInView {
            of: link::link(item),
            facts: facts.finish(),
            sessions: sessions.iter().map(|session| session::own(context, session)).collect(),
            rows: numbers.chunks(columns).map(<[u32]>::to_vec).collect(),
            columns,
            count,
        };
        Content { template: "sign-in.html", head, view }
    }
}

/// The sessions that take place and are not over.
fn left(portal: &Portal, of: ItemId) -> impl Iterator<Item = &Dated> {
    portal.sessions(of).filter(|session| session.takes_place() && !session.is_past(&portal.today))
}
