//! The names of a selection, where its own page shows only the first. They are shown on the same days as there.

use super::item::crumbs;
use super::pager::pager;
use crate::content::Kind;
use crate::page::context::Context;
use crate::page::kind;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::SheetView;
use crate::portal::{ItemId, Portal, location};

/// A page of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Names {
    of: ItemId,
    /// From 1.
    number: usize,
    count: usize,
}

impl Pages for Names {
    type View = SheetView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let pages = |of: &ItemId| {
            let (of, names) = (*of, kind::names(portal, *of).len());
            let count = if names > kind::NAMES { names.div_ceil(kind::NAMES) } else { 0 };
            (1..=count).map(move |number| Self { of, number, count })
        };
        portal.of_kind(Kind::Selection).iter().flat_map(pages).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        location::of_names(portal.item(self.of).id(), self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<SheetView> {
        let item = context.portal.item(self.of);
        let own = link::link(item);
        let title = context.format.words.fill("honours.names", "name", item.title());
        let head = Head {
            heading: context.format.numbered(&title, self.number),
            description: String::new(),
            crumbs: crumbs(context, self.of).into_iter().chain([own.clone()]).collect(),
            role: PageRole::Column,
        };
        let count = kind::names(context.portal, self.of).len();
        let first = (self.number - 1) * kind::NAMES;
        let names = kind::name_list(context, self.of, first..(first + kind::NAMES).min(count));
        let view = SheetView {
            of: own,
            summary: vec![context.format.words.fill("text.total", "n", &count.to_string())],
            files: Vec::new(),
            sections: names.into_iter().collect(),
            pager: pager(self.number, self.count, |page| location::of_names(item.id(), page)),
        };
        Content { template: "sheet.html", head, view }
    }
}
