//! The 404 page.

use crate::address::Href;
use crate::page::context::Context;
use crate::page::pages::{Content, Empty, Head, Listing, PageRole, Pages};
use crate::portal::{Portal, location};

/// The page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotFound;

impl Pages for NotFound {
    type View = Empty;

    fn plan(_: &Portal) -> Vec<Self> {
        vec![Self]
    }

    fn address(&self, _: &Portal) -> String {
        location::NOT_FOUND.to_owned()
    }

    fn canonical(&self, _: &Portal, _: &str) -> Option<Href> {
        None
    }

    /// It is answered at any depth: links start from the path of the base address.
    fn root(&self, portal: &Portal) -> Option<String> {
        Some(portal.settings.base_path())
    }

    fn listing(&self, _: &Portal) -> Listing {
        Listing::Unlisted
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<Empty> {
        let heading = context.format.word("text.not-found");
        let head = Head::plain(heading, PageRole::Other);
        Content { template: "404.html", head, view: Empty {} }
    }
}
