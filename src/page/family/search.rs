//! The page of search results, which a script fills.

use crate::page::context::Context;
use crate::page::pages::{Content, Empty, Head, Listing, PageRole, Pages};
use crate::portal::{Portal, location};

/// The page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Search;

impl Pages for Search {
    type View = Empty;

    fn plan(_: &Portal) -> Vec<Self> {
        vec![Self]
    }

    fn address(&self, _: &Portal) -> String {
        location::SEARCH.to_owned()
    }

    fn listing(&self, _: &Portal) -> Listing {
        Listing::Unlisted
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<Empty> {
        let heading = context.format.word("search.title");
        let head = Head::plain(heading, PageRole::Other);
        Content { template: "search.html", head, view: Empty {} }
    }
}
