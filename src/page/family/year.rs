//! The working year: what offices have to do month by month, from the deadlines and recurring tasks of all documents.

use crate::address::Href;
use crate::content::Kind;
use crate::content::Own;
use crate::page::context::Context;
use crate::page::kind::phase_state;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::shown::section;
use crate::page::view::{Cell, Link, Section, SectionContent, SheetView, Text};
use crate::portal::deadline::due_in;
use crate::portal::{Portal, board, location};

/// The page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkYear;

impl Pages for WorkYear {
    type View = SheetView;

    fn plan(portal: &Portal) -> Vec<Self> {
        (!portal.of_kind(Kind::Phase).is_empty()).then_some(Self).into_iter().collect()
    }

    fn address(&self, _: &Portal) -> String {
        location::WORK_YEAR.to_owned()
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<SheetView> {
        let (portal, format) = (context.portal, &context.format);
        let year = portal.today.date().year();
        let due = due_in(portal, year);
        let month = |month: i8| -> Option<Section> {
            let rows = due.iter().filter(|(day, _)| day.month() == month).filter_map(|(day, id)| {
                let item = portal.item(*id);
                let Own::Phase(phase) = &item.entry.own else { return None };
                let cells = [
                    vec![link::text(item)],
                    vec![Text::plain(format.day(*day).text)],
                    vec![Text::plain(phase_state(context, phase))],
                    link::sources(context, item),
                ];
                Some(cells.map(|texts| Cell { texts }).into())
            });
            let (head, rows) = (format.heads(["title", "due", "status", "source"]), rows.collect());
            let mut section = section(format, "phases", SectionContent::Table { head, rows })?;
            section.title = format.month(month);
            section.anchor = format!("month-{month}");
            Some(section)
        };
        let heading = format.words.fill("year.title", "year", &format.year(year));
        let list = Link { title: format.kind(Kind::Phase), address: Some(location::list(Kind::Phase)) };
        let head =
            Head { heading, description: format.word("year.lead"), crumbs: vec![list.clone()], role: PageRole::Column };
        let calendar =
            Link { title: format.word("worksheet.calendar"), address: Some(Href::new(location::WORK_CALENDAR)) };
        let view = SheetView {
            of: list,
            summary: vec![format.word("year.lead")],
            files: std::iter::once(calendar).chain(boards(context, year)).collect(),
            sections: (1..=12).filter_map(month).collect(),
            pager: None,
        };
        Content { template: "sheet.html", head, view }
    }
}

/// The boards of the year: what units hand up in turn, document by document.
fn boards(context: &Context<'_>, year: i16) -> impl Iterator<Item = Link> {
    let (portal, format) = (context.portal, &context.format);
    board::documents(portal).into_iter().filter_map(move |id| {
        let document = portal.item(id);
        let address = context.made(&location::of_board(document.id(), year, 1))?;
        Some(Link { title: format.words.fill("board.of", "name", document.title()), address: Some(address) })
    })
}
