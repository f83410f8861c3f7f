//! Duties × units: which duty of a document binds which unit, and how. A table where there is room; on a phone each duty with its units.

use super::pager::pager;
use crate::address::Href;
use crate::content::Own;
use crate::content::choice::Choice as _;
use crate::content::duty::DutyRole;
use crate::page::context::Context;
use crate::page::kind::{bond, bond_key, seat_of};
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{Link, MatrixCell, MatrixRow, MatrixView, Text};
use crate::portal::matrix::{self, Bond, Columns, Row};
use crate::portal::{ItemId, Portal, location};

/// Duties on a page: what fits on twelve screens of a phone.
const LENGTH: usize = 40;

/// A page of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatrixPage {
    document: ItemId,
    /// From 1.
    number: usize,
    count: usize,
}

impl Pages for MatrixPage {
    type View = MatrixView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let pages = |document| {
            let count = matrix::duties(portal, document).len().div_ceil(LENGTH);
            (1..=count).map(move |number| Self { document, number, count })
        };
        matrix::documents(portal).flat_map(pages).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        location::of_matrix(portal.item(self.document).id(), self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<MatrixView> {
        let (portal, format) = (context.portal, &context.format);
        let document = portal.item(self.document);
        let title = format.words.fill("matrix.of", "document", document.title());
        let whole = Link { title: title.clone(), address: Some(Href::new(&location::of_matrix(document.id(), 1))) };
        let head = Head {
            heading: format.numbered(&title, self.number),
            description: format.word("matrix.lead"),
            crumbs: [link::link(document)].into_iter().chain((self.number > 1).then_some(whole)).collect(),
            role: PageRole::Column,
        };
        Content { template: "matrix.html", head, view: self.view(context) }
    }
}

impl MatrixPage {
    fn view(self, context: &Context<'_>) -> MatrixView {
        let (portal, format) = (context.portal, &context.format);
        let document = portal.item(self.document);
        let all = matrix::rows(portal, &matrix::duties(portal, self.document), Columns::Named);
        let start = (self.number - 1) * LENGTH;
        let shown = &all[start.min(all.len())..(start + LENGTH).min(all.len())];
        let units = matrix::units(shown);
        let file = |key: &str, address: String| Link { title: format.word(key), address: Some(Href::new(&address)) };
        let gaps = location::of_reconciliation(Some(document.id()), 1);
        let gaps = context.made(&gaps).map(|_| file("reconcile.link", gaps));
        let sheet = file("worksheet.sheet", location::of_matrix_sheet(document.id()));
        let seats = seats(context, self.document, &units);
        MatrixView {
            of: link::link(document),
            files: std::iter::once(sheet).chain(gaps).collect(),
            legend: legend(context, shown),
            units: units.iter().map(|unit| column(context, *unit)).collect(),
            rows: seats.into_iter().chain(shown.iter().map(|one| row(context, one, &units))).collect(),
            pager: pager(self.number, self.count, |number| location::of_matrix(document.id(), number)),
        }
    }
}

/// A unit; a class with how many units it stands for.
fn column(context: &Context<'_>, unit: ItemId) -> Link {
    let members = context.portal.charges.members(unit).len();
    let mut link = link::link(context.portal.item(unit));
    if members > 0 {
        link.title =
            format!("{}（{}）", link.title, context.format.words.fill("figures.holders", "n", &members.to_string()));
    }
    link
}

/// The seat of each unit on the committee; `None` if none of them has one.
fn seats(context: &Context<'_>, document: ItemId, units: &[ItemId]) -> Option<MatrixRow> {
    let portal = context.portal;
    let seats = matrix::seats(portal, document);
    let cell = |unit: &ItemId| {
        let seat = seats.get(unit)?;
        let mark = seat_of(context, seat.committee, seat.nth)?;
        Some(MatrixCell { mark, unit: portal.item(*unit).title().to_owned(), through: false })
    };
    let cells: Vec<Option<MatrixCell>> = units.iter().map(cell).collect();
    let title = Text::plain(context.format.word("matrix.seat"));
    cells.iter().any(Option::is_some).then(|| MatrixRow { title, clauses: Vec::new(), cells })
}

fn row(context: &Context<'_>, row: &Row, units: &[ItemId]) -> MatrixRow {
    let portal = context.portal;
    let duty = portal.item(row.duty);
    let cell = |unit: &ItemId| {
        let known = *row.bonds.get(unit)?;
        let mark = Text::plain(link::inferred(context, duty, bond(context, known)));
        Some(MatrixCell { mark, unit: column(context, *unit).title, through: matches!(known, Bond::Through(_)) })
    };
    MatrixRow {
        title: link::text(duty),
        clauses: link::clauses(context, duty),
        cells: units.iter().map(cell).collect(),
    }
}

/// The marks that occur, each with its meaning. All roles have one.
fn legend(context: &Context<'_>, rows: &[Row]) -> Vec<(String, String)> {
    let words = context.format.words;
    let occurs = |wanted: &str| rows.iter().flat_map(|row| row.bonds.values()).any(|bond| bond_key(*bond) == wanted);
    let roles: Vec<String> = DutyRole::ALL.iter().map(|role| context.format.choice(*role)).collect();
    let mark = |key: &str| match key {
        "role" => roles.join(words.get("text.joiner")),
        _ => words.in_group("bond", key).to_owned(),
    };
    let keys = ["role", "own", "shared", "through"].into_iter().filter(|key| occurs(key));
    let mut legend: Vec<(String, String)> =
        keys.map(|key| (mark(key), words.in_group("bond-help", key).to_owned())).collect();
    let is_inferred = |row: &Row| match &context.portal.item(row.duty).entry.own {
        Own::Duty(duty) => duty.inferred.is_some(),
        _ => false,
    };
    if rows.iter().any(is_inferred) {
        legend.push((context.format.word("text.inferred-badge"), words.in_group("bond-help", "inferred").to_owned()));
    }
    legend
}
