//! Documents: the searchable results. A published page of an entry, or its card if it is shown only in a list.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::passage::{self, Passage};
use super::text::{self, Text};
use crate::content::Kind;
use crate::page::{Family, Route};
use crate::portal::{ItemId, Portal, has_page};

/// Characters of a record's summary.
const SUMMARY: usize = 20;

/// Kinds that offices are concerned with. Units have no page of duties, which stand on theirs.
pub const OFFICES: [Kind; 9] = [
    Kind::Unit,
    Kind::Committee,
    Kind::Duty,
    Kind::Indicator,
    Kind::Phase,
    Kind::Standard,
    Kind::Funding,
    Kind::Survey,
    Kind::Pool,
];

/// The text of a page, folded for the index while the page is at hand.
#[derive(Debug)]
pub struct Document {
    /// The entry.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// How it begins.
    pub summary: String,
    /// Its passages.
    pub passages: Vec<Passage>,
    /// The texts of its passages, if it has several.
    pub texts: Vec<String>,
    /// Characters in it that only a table can fold.
    pub unfolded: BTreeSet<char>,
}

impl Document {
    fn new(id: ItemId, text: &Text) -> Self {
        let mut unfolded = BTreeSet::new();
        let passages = passage::fold(text, &mut unfolded);
        let pieces = if passages.len() > 1 { passage::split(&text.lines) } else { Vec::new() };
        let texts = pieces.into_iter().map(|piece| text.lines[piece].trim_end().to_owned());
        Self { id, title: text.title.clone(), summary: summary(text), texts: texts.collect(), passages, unfolded }
    }
}

/// How a body begins. Its lines stay apart, because what is folded is compared in lines.
fn summary(text: &Text) -> String {
    let lines: Vec<&str> = text.body.iter().map(|range| text.lines[range.clone()].trim()).collect();
    let line = lines.join("\n");
    let line = line.trim();
    match line.char_indices().nth(SUMMARY) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

/// Reads documents from rendered pages.
pub struct Reader<'a> {
    portal: &'a Portal,
    /// Entries that are shown in a list alone, by address.
    in_lists: HashMap<&'a str, ItemId>,
}

impl<'a> Reader<'a> {
    /// A reader of the pages of a portal.
    pub fn new(portal: &'a Portal) -> Self {
        let in_lists = portal.items().filter(|(_, item)| item.is_public() && item.is_in_list());
        Self { portal, in_lists: in_lists.map(|(id, item)| (item.address.as_str(), id)).collect() }
    }

    /// What a page says of entries: of its own, or of those that have their card on it; each text with the anchor of the card.
    pub fn texts(&self, route: &Route, html: &str) -> Vec<(String, Text)> {
        match &route.family {
            Family::Item(_) => vec![(String::new(), text::of_main(html).unwrap_or_default())],
            Family::List(list) if !has_page(list.kind) => {
                text::of_elements(html, &|anchor| self.on_list(route, anchor).is_some())
            }
            _ => Vec::new(),
        }
    }

    /// The documents of a page that says these [`texts`](Self::texts).
    pub fn documents(&self, route: &Route, texts: Vec<(String, Text)>) -> Vec<Document> {
        let of = |anchor: &str| match &route.family {
            Family::Item(page) => Some(page.id),
            _ => self.on_list(route, anchor),
        };
        texts.into_iter().filter_map(|(anchor, text)| Some(self.document(of(&anchor)?, text))).collect()
    }

    /// The entry whose card has this anchor on a list.
    fn on_list(&self, route: &Route, anchor: &str) -> Option<ItemId> {
        self.in_lists.get(format!("{}#{anchor}", route.address).as_str()).copied()
    }

    /// A template of a theme may mark no title, or have no `main`: an entry is found by its own title all the same.
    fn document(&self, id: ItemId, mut text: Text) -> Document {
        if text.title.is_empty() {
            self.portal.item(id).title().clone_into(&mut text.title);
        }
        Document::new(id, &text)
    }

    /// The documents in the order of all results: to come, soonest first; then what has no day; then the rest, latest first. What offices are
    /// concerned with comes behind all of these, and what is kept as evidence at last: few look for it.
    pub fn sorted(&self, documents: Vec<Document>) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = documents.into_iter().map(|document| self.rank(document)).collect();
        ranked.sort_by(|a, b| {
            let address = |ranked: &Ranked| self.portal.item(ranked.document.id).address.as_str();
            (a.behind, a.time).cmp(&(b.behind, b.time)).then_with(|| address(a).cmp(address(b)))
        });
        ranked
    }

    fn rank(&self, document: Document) -> Ranked {
        let (portal, id) = (self.portal, document.id);
        let last = portal.sessions(id).next_back();
        let last = last.map(|session| session.start.date());
        let day = || portal.day(id).or(last).or(portal.item(id).entry.common.date.map(|day| day.0));
        let time = match portal.next_session(id) {
            Some(next) => Time::Upcoming(next.start.date()),
            None => day().map_or(Time::Undated, |day| Time::Past(Reverse(day))),
        };
        Ranked { time, behind: Behind::of(portal.item(id).kind()), document }
    }
}

/// A document in the order of all results.
#[derive(Debug)]
pub struct Ranked {
    time: Time,
    behind: Behind,
    /// The document.
    pub document: Document,
}

/// For whom a document is: what is for offices comes behind what is for residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Behind {
    Residents,
    Offices,
    Evidence,
}

impl Behind {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Evidence => Self::Evidence,
            kind if OFFICES.contains(&kind) => Self::Offices,
            _ => Self::Residents,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    Upcoming(Date),
    Undated,
    Past(Reverse<Date>),
}

impl Ranked {
    /// The day that it is sorted by: of the next session, or the last.
    pub fn day(&self) -> Option<Date> {
        match self.time {
            Time::Upcoming(day) | Time::Past(Reverse(day)) => Some(day),
            Time::Undated => None,
        }
    }

    /// Whether it is still to come.
    pub fn is_upcoming(&self) -> bool {
        matches!(self.time, Time::Upcoming(_))
    }
}

/// How many of the first documents are for residents; those behind them are for offices.
pub fn residents(documents: &[Ranked]) -> usize {
    documents.partition_point(|ranked| ranked.behind == Behind::Residents)
}

/// How many of the first documents are still to come.
pub fn upcoming(documents: &[Ranked]) -> usize {
    documents.partition_point(Ranked::is_upcoming)
}
