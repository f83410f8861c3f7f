//! What a family says of its pages.

use jiff::civil::Date;
use serde::Serialize;

use super::context::Context;
use super::view::Link;
use crate::address::Href;
use crate::portal::{ItemId, Portal};

/// Pages of one family.
pub trait Pages: Sized {
    /// What the template of a page receives.
    type View: Serialize;

    /// All of them.
    fn plan(portal: &Portal) -> Vec<Self>;

    /// The root address of a page of the site's language.
    fn address(&self, portal: &Portal) -> String;

    /// What a page shows; `root` is its way to the root.
    fn content(&self, context: &Context<'_>, root: &str) -> Content<Self::View>;

    /// The canonical address of the page at the root address `own`.
    fn canonical(&self, _: &Portal, own: &str) -> Option<Href> {
        Some(Href::new(own))
    }

    /// The prefix of links, if the page is served at other addresses too.
    fn root(&self, _: &Portal) -> Option<String> {
        None
    }

    /// How a page stands in the sitemap.
    fn listing(&self, _: &Portal) -> Listing {
        Listing::Listed(None)
    }
}

/// The view of a page that shows nothing of the portal.
#[derive(Serialize)]
pub struct Empty {}

/// Heading, description, crumbs and role of a page.
pub struct Head {
    /// The title on the page.
    pub heading: String,
    /// For search engines and shared links; empty for that of the site.
    pub description: String,
    /// The way from the home page to here, without both.
    pub crumbs: Vec<Link>,
    /// Its role in metadata.
    pub role: PageRole,
}

impl Head {
    /// A head without description and crumbs.
    pub fn plain(heading: String, role: PageRole) -> Self {
        Self { heading, description: String::new(), crumbs: Vec::new(), role }
    }
}

/// The role of a page in its metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageRole {
    /// The home page.
    Home,
    /// A column: a list.
    Column,
    /// An article: an entry.
    Article(ItemId),
    /// No role.
    Other,
}

/// How a page stands in the sitemap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Not at all.
    Unlisted,
    /// With the day of its last change, where there is one.
    Listed(Option<Date>),
}

/// Template, head and view of a page.
pub struct Content<V> {
    /// The template's name.
    pub template: &'static str,
    /// Its head.
    pub head: Head,
    /// The view that the template receives.
    pub view: V,
}
