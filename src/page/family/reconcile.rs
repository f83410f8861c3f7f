//! The reconciliation: a page with counts, and pages for each document. There are none where everything fits.

use super::pager::pager;
use crate::address::Href;
use crate::page::context::Context;
use crate::page::gap;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{GapCount, GapGroup, GapRow, Link, ReconcileView};
use crate::portal::reconcile::{Gap, GapSort};
use crate::portal::{ItemId, Portal, location};

/// Gaps on a page: what fits on twelve screens of a phone.
const LENGTH: usize = 60;

/// A page of the reconciliation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReconcilePage {
    of: Of,
    /// From 1.
    number: usize,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    All,
    /// A document, or what belongs to none.
    Document(Option<ItemId>),
}

impl Pages for ReconcilePage {
    type View = ReconcileView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let gaps = portal.gaps();
        let mut pages = Vec::new();
        for document in gaps.documents() {
            let count = gaps.of(document).len().div_ceil(LENGTH);
            pages.extend((1..=count).map(|number| Self { of: Of::Document(document), number, count }));
        }
        let all = Self { of: Of::All, number: 1, count: 1 };
        if pages.is_empty() { pages } else { [all].into_iter().chain(pages).collect() }
    }

    fn address(&self, portal: &Portal) -> String {
        address(portal, self.of, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<ReconcileView> {
        let (portal, format) = (context.portal, &context.format);
        let all = format.word("reconcile.title");
        let title = match self.of {
            Of::All => all.clone(),
            Of::Document(document) => format.words.fill("reconcile.of", "name", &name(context, document)),
        };
        let above = Link { title: all, address: Some(Href::new(location::RECONCILIATION)) };
        let whole = Link { title: title.clone(), address: Some(Href::new(&address(portal, self.of, 1))) };
        let crumbs = [Some(above).filter(|_| self.of != Of::All), Some(whole).filter(|_| self.number > 1)];
        let head = Head {
            heading: format.numbered(&title, self.number),
            description: format.word("reconcile.lead"),
            crumbs: crumbs.into_iter().flatten().collect(),
            role: PageRole::Column,
        };
        Content { template: "reconcile.html", head, view: self.view(context) }
    }
}

fn address(portal: &Portal, of: Of, number: usize) -> String {
    match of {
        Of::All => location::RECONCILIATION.to_owned(),
        Of::Document(document) => location::of_reconciliation(document.map(|id| portal.item(id).id()), number),
    }
}

fn name(context: &Context<'_>, document: Option<ItemId>) -> String {
    document.map_or_else(|| context.format.word("reconcile.other"), |id| context.portal.item(id).title().to_owned())
}

impl ReconcilePage {
    fn view(&self, context: &Context<'_>) -> ReconcileView {
        let (portal, format) = (context.portal, &context.format);
        let gaps = match self.of {
            Of::All => portal.gaps().all(),
            Of::Document(document) => portal.gaps().of(document),
        };
        let counts = format.words.fill("reconcile.counts", "n", &gaps.len().to_string());
        let is_all = self.of == Of::All;
        let sorts: Vec<GapSort> =
            GapSort::ALL.into_iter().filter(|sort| gaps.iter().any(|gap| gap.sort == *sort)).collect();
        ReconcileView {
            of: match self.of {
                Of::All | Of::Document(None) => None,
                Of::Document(Some(id)) => Some(link::link(portal.item(id))),
            },
            lead: if is_all { format!("{}{counts}", format.word("reconcile.lead")) } else { counts },
            heads: if is_all { sorts.iter().map(|sort| title(context, *sort)).collect() } else { Vec::new() },
            counts: if is_all { documents(context, &sorts) } else { Vec::new() },
            groups: if is_all { Vec::new() } else { self.groups(context, gaps) },
            matrix: match self.of {
                Of::All | Of::Document(None) => None,
                Of::Document(Some(id)) => context.made(&location::of_matrix(portal.item(id).id(), 1)),
            },
            data: is_all.then(|| Href::new(location::RECONCILIATION_DATA)),
            pager: pager(self.number, self.count, |number| address(portal, self.of, number)),
        }
    }

    fn groups(&self, context: &Context<'_>, gaps: &[Gap]) -> Vec<GapGroup> {
        let shown = gaps.iter().skip((self.number - 1) * LENGTH).take(LENGTH);
        let mut groups: Vec<GapGroup> = Vec::new();
        for gap in shown {
            let anchor = format!("sec-{}", gap.sort.key());
            if groups.last().is_none_or(|group| group.anchor != anchor) {
                groups.push(GapGroup {
                    title: title(context, gap.sort),
                    anchor,
                    help: context.format.words.in_group("gap-help", gap.sort.key()).to_owned(),
                    total: gaps.iter().filter(|other| other.sort == gap.sort).count(),
                    rows: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                group.rows.push(GapRow { title: gap::title(context, gap), note: gap::note(context, gap) });
            }
        }
        groups
    }
}

fn title(context: &Context<'_>, sort: GapSort) -> String {
    context.format.words.in_group("gap", sort.key()).to_owned()
}

fn documents(context: &Context<'_>, sorts: &[GapSort]) -> Vec<GapCount> {
    let portal = context.portal;
    let count = |document: Option<ItemId>| {
        let gaps = portal.gaps().of(document);
        GapCount {
            title: name(context, document),
            address: Href::new(&address(portal, Of::Document(document), 1)),
            counts: sorts.iter().map(|sort| gaps.iter().filter(|gap| gap.sort == *sort).count()).collect(),
        }
    };
    portal.gaps().documents().into_iter().map(count).collect()
}
