//! Lists of the entries of a kind that belong to another entry, where its own page shows only the first.

use super::item::crumbs;
use super::list;
use super::pager::pager;
use crate::content::Kind;
use crate::page::card;
use crate::page::context::Context;
use crate::page::kind;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{Link, ListView};
use crate::portal::location::{self, has_page, page_count, page_range};
use crate::portal::{ItemId, Portal};

/// A page of such a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Members {
    of: ItemId,
    kind: Kind,
    /// From 1.
    number: usize,
}

impl Pages for Members {
    type View = ListView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let mut all = Vec::new();
        for (of, item) in portal.items().filter(|(_, item)| item.is_public() && has_page(item.kind())) {
            let own = &item.entry.own;
            for kind in kind::related(own).iter().chain(kind::listed(own)).copied() {
                let count = portal.members(of, kind).len();
                if count > card::few(kind) {
                    all.extend((1..=page_count(kind, count)).map(|number| Self { of, kind, number }));
                }
            }
        }
        all
    }

    fn address(&self, portal: &Portal) -> String {
        let owner = portal.item(self.of);
        location::of_members((owner.kind(), owner.id()), self.kind, self.number)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<ListView> {
        let Self { of, kind, number } = *self;
        let owner = context.portal.item(of);
        let all = context.portal.members(of, kind);
        let title = format!("{}·{}", owner.title(), context.format.kind(kind));
        let link = Link { title: owner.title().to_owned(), address: Some(owner.address.clone()) };
        let groups = list::groups(context, kind, &all[page_range(kind, all.len(), number)], card::row);
        let head = Head {
            heading: context.format.numbered(&title, number),
            description: String::new(),
            crumbs: crumbs(context, of).into_iter().chain([link.clone()]).collect(),
            role: PageRole::Column,
        };
        let view = ListView {
            kind: kind.folder(),
            title,
            context: Some(link),
            ways: Vec::new(),
            total: all.len(),
            groups,
            pager: pager(number, page_count(kind, all.len()), |page| {
                location::of_members((owner.kind(), owner.id()), kind, page)
            }),
        };
        Content { template: "list.html", head, view }
    }
}
