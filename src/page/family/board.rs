//! Boards of what units hand up in turn (信息报送): unit by month, for a document and a year. There are none for documents whose tasks name no
//! duties.

use super::item::crumbs;
use super::pager::pager;
use crate::address::Href;
use crate::page::board as table;
use crate::page::context::Context;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{Link, Section, SheetView};
use crate::portal::{ItemId, Portal, board, location};

/// A page of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Board {
    document: ItemId,
    year: i16,
    /// From 1.
    number: usize,
    count: usize,
}

impl Pages for Board {
    type View = SheetView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let mut all = Vec::new();
        for document in board::documents(portal) {
            for year in board::years(portal, document).into_iter().flatten() {
                let count = table::pages(portal, document, year);
                all.extend((1..=count).map(|number| Self { document, year, number, count }));
            }
        }
        all
    }

    fn address(&self, portal: &Portal) -> String {
        location::of_board(portal.item(self.document).id(), self.year, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<SheetView> {
        let (portal, format) = (context.portal, &context.format);
        let document = portal.item(self.document);
        let title = format.words.fill("board.title", "year", &format.year(self.year));
        let own = link::link(document);
        let year = Link { title: format.word("year.link"), address: Some(Href::new(location::WORK_YEAR)) };
        let head = Head {
            heading: format.numbered(&format!("{}·{title}", document.title()), self.number),
            description: format.word("board.lead"),
            crumbs: crumbs(context, self.document).into_iter().chain([own.clone(), year]).collect(),
            role: PageRole::Column,
        };
        let view = SheetView {
            of: own,
            summary: vec![format.word("board.lead")],
            files: self.files(context),
            sections: self.sections(context),
            pager: pager(self.number, self.count, |page| location::of_board(document.id(), self.year, page)),
        };
        Content { template: "board.html", head, view }
    }
}

impl Board {
    /// Its part of the rows, task by task.
    fn sections(&self, context: &Context<'_>) -> Vec<Section> {
        let (first, mut before) = ((self.number - 1) * table::LENGTH, 0);
        let mut sections = Vec::new();
        for (task, units) in board::rows(context.portal, self.document, self.year) {
            let from = first.saturating_sub(before).min(units.len());
            let to = (first + table::LENGTH).saturating_sub(before).min(units.len());
            sections.extend(table::of_task(context, &task, &units[from..to], self.year));
            before += units.len();
        }
        sections
    }

    /// The same for spreadsheets, and the boards of other years.
    fn files(&self, context: &Context<'_>) -> Vec<Link> {
        let (portal, format) = (context.portal, &context.format);
        let id = portal.item(self.document).id();
        let sheet = Href::new(&location::of_board_sheet(id, self.year));
        let sheet = Link { title: format.word("worksheet.sheet"), address: Some(sheet) };
        let years = board::years(portal, self.document).into_iter().flatten().rev();
        let year = |year: i16| {
            let address = context.made(&location::of_board(id, year, 1))?;
            Some(Link { title: format.year(year), address: Some(address) })
        };
        std::iter::once(sheet).chain(years.filter(|year| *year != self.year).filter_map(year)).collect()
    }
}
