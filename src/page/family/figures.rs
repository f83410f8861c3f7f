//! The index of figures: every indicator with its target, holders, latest value, clause and evidence, document by document.

use super::list;
use super::pager::pager;
use crate::address::Href;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::kind::indicator;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{Cell, FiguresView, Link, Section, SectionContent, Text};
use crate::portal::figure::{self, Basis};
use crate::portal::verdict::{Tally, Verdict};
use crate::portal::{ItemId, Portal, feeds, location};

/// Figures up to which all of them are seen at once: twelve screens of a phone. Beyond that they are folded by documents.
const OPEN: usize = 50;
/// Figures on a page, so that it stays below 200 KB: a portal of many notices has them all one way from its home page.
const LENGTH: usize = 160;

/// A page of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figures {
    /// From 1.
    number: usize,
    count: usize,
}

impl Pages for Figures {
    type View = FiguresView;

    fn plan(portal: &Portal) -> Vec<Self> {
        if !list::kinds(portal).contains(&Kind::Indicator) {
            return Vec::new();
        }
        let count = portal.of_kind(Kind::Indicator).len().div_ceil(LENGTH).max(1);
        (1..=count).map(|number| Self { number, count }).collect()
    }

    fn address(&self, _: &Portal) -> String {
        location::of_list(Kind::Indicator, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<FiguresView> {
        let (portal, format) = (context.portal, &context.format);
        let head = Head {
            heading: format.numbered(&format.kind(Kind::Indicator), self.number),
            description: format.word("figures.lead"),
            crumbs: Vec::new(),
            role: PageRole::Column,
        };
        let all = portal.of_kind(Kind::Indicator);
        let tally = Tally::of(all.iter().map(|id| figure::standing(portal, *id).0));
        let file = |key, address| Link { title: format.word(key), address: Some(Href::new(address)) };
        let files = [file("worksheet.sheet", feeds::INDICATORS_SHEET), file("reconcile.data", feeds::INDICATORS)];
        let view = FiguresView {
            total: all.len(),
            tally: format.tally(&tally),
            files: if all.is_empty() { Vec::new() } else { files.into() },
            sections: self.sections(context),
            elsewhere: self.elsewhere(context),
            pager: pager(self.number, self.count, |number| location::of_list(Kind::Indicator, number)),
        };
        Content { template: "figures.html", head, view }
    }
}

impl Figures {
    /// Documents whose figures begin on another page: from the first page each is one way further, as it is on that page.
    fn elsewhere(self, context: &Context<'_>) -> Vec<Link> {
        let (portal, mut seen, mut links) = (context.portal, 0, Vec::new());
        for (document, ids) in figure::by_document(portal) {
            let number = seen / LENGTH + 1;
            seen += ids.len();
            if number != self.number {
                let title = document.map(|id| portal.item(id).title().to_owned());
                let title = title.unwrap_or_else(|| context.format.word("reconcile.other"));
                links.push(Link { title, address: Some(way_on(portal, number, document)) });
            }
        }
        links
    }

    /// The documents of this page. One that goes on has its heading on each of its pages.
    fn sections(self, context: &Context<'_>) -> Vec<Section> {
        let portal = context.portal;
        let (first, mut seen) = ((self.number - 1) * LENGTH, 0);
        let mut sections = Vec::new();
        for (document, ids) in figure::by_document(portal) {
            let (from, total) = (seen, ids.len());
            seen += total;
            let here = ids.into_iter().enumerate().filter(|(nth, _)| (first..first + LENGTH).contains(&(from + nth)));
            let rows: Vec<Vec<Cell>> = here.filter_map(|(_, id)| row(context, id)).collect();
            if rows.is_empty() {
                continue;
            }
            let title = document.map(|id| portal.item(id).title().to_owned());
            let head =
                context.format.heads(["indicators", "target", "holders", "value", "result", "clause", "material"]);
            sections.push(Section {
                anchor: anchor(portal, document),
                title: title.unwrap_or_else(|| context.format.word("reconcile.other")),
                content: SectionContent::Table { head, rows },
                total: Some(total),
                more: None,
                folded: is_folded(portal),
            });
        }
        sections
    }
}

/// Whether figures are folded by documents.
fn is_folded(portal: &Portal) -> bool {
    portal.of_kind(Kind::Indicator).len() > OPEN
}

/// The anchor of the figures of a document; of those that rest on none for `None`.
fn anchor(portal: &Portal, document: Option<ItemId>) -> String {
    document.map_or_else(|| "sec-other".to_owned(), |id| format!("sec-of-{}", portal.item(id).id()))
}

/// The way to the figures of a document.
pub(super) fn way(portal: &Portal, document: Option<ItemId>) -> Href {
    let mut seen = 0;
    for (of, ids) in figure::by_document(portal) {
        if of == document {
            break;
        }
        seen += ids.len();
    }
    way_on(portal, seen / LENGTH + 1, document)
}

/// The way to the figures of a document on a page. What leads into a fold opens it.
fn way_on(portal: &Portal, number: usize, document: Option<ItemId>) -> Href {
    let anchor = anchor(portal, document);
    let anchor = if is_folded(portal) { format!("{anchor}-in") } else { anchor };
    Href::new(&location::of_list(Kind::Indicator, number)).at(&anchor)
}

/// A figure. The clause leads to its document, and the evidence to what the ledger has.
fn row(context: &Context<'_>, id: ItemId) -> Option<Vec<Cell>> {
    let (portal, format) = (context.portal, &context.format);
    let item = portal.item(id);
    let Own::Indicator(own) = &item.entry.own else { return None };
    let result = match figure::standing(portal, id) {
        (_, Basis::Values) => indicator::standing(context, id),
        (Verdict::Unknown, _) => format.verdict(Verdict::Unknown),
        (verdict, _) => format.verdict(verdict),
    };
    let latest = indicator::latest(context, id);
    let standing = portal.ledger.standing(portal, id);
    let has_any = !portal.ledger.of(id).is_empty();
    let material = Text {
        text: format.words.in_group("standing", standing.key()).to_owned(),
        address: has_any.then(|| item.address.at("sec-materials")),
        url: None,
    };
    let cells = [
        vec![link::text(item)],
        vec![Text::plain(format.target(&own.target))],
        vec![holders(context, id)],
        Some(latest).filter(|latest| !latest.is_empty()).map(Text::plain).into_iter().collect(),
        vec![Text::plain(result)],
        link::clauses(context, item),
        vec![material],
    ];
    Some(cells.map(|texts| Cell { texts }).into())
}

/// The holder; of several how many there are.
fn holders(context: &Context<'_>, id: ItemId) -> Text {
    let portal = context.portal;
    match portal.charges.holders(id) {
        [] => Text::plain(context.format.words.in_group("gap", "no-holder")),
        [one] => link::charged(context, portal.item(id), portal.item(one.item)),
        all => Text::plain(context.format.words.fill("figures.holders", "n", &all.len().to_string())),
    }
}
