//! Redirects from former addresses.

use crate::address::Href;
use crate::page::context::Context;
use crate::page::pages::{Content, Head, Listing, PageRole, Pages};
use crate::page::view::{Link, RedirectView};
use crate::portal::{ItemId, Portal};

/// A former address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The entry that it leads to.
    pub to: ItemId,
    from: String,
}

impl Pages for Redirect {
    type View = RedirectView;

    fn plan(portal: &Portal) -> Vec<Self> {
        portal.redirects.iter().map(|(from, to)| Self { to: *to, from: from.clone() }).collect()
    }

    fn address(&self, _: &Portal) -> String {
        self.from.clone()
    }

    fn canonical(&self, portal: &Portal, _: &str) -> Option<Href> {
        Some(portal.item(self.to).address.clone())
    }

    fn listing(&self, _: &Portal) -> Listing {
        Listing::Unlisted
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<RedirectView> {
        let item = context.portal.item(self.to);
        let target = Link { title: item.title().to_owned(), address: Some(item.address.clone()) };
        let heading = item.title().to_owned();
        let head = Head::plain(heading, PageRole::Other);
        Content { template: "redirect.html", head, view: RedirectView { target } }
    }
}
