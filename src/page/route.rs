//! Routes, one for each page: its address, language and family, its canonical URL, its frame and its place in the sitemap.

use jiff::civil::Date;

use super::context::Context;
use super::family::{Family, View};
use super::frame;
use super::view::{Frame, Link};
use crate::address;
use crate::portal::{ItemId, Portal};

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// That of the settings. Its pages lie at the root; those of another language would lie in a folder of its name.
    Site,
}

/// A page to be made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Its root address.
    pub address: String,
    /// Its language.
    pub language: Language,
    /// What it is.
    pub family: Family,
}

/// Heading, description, crumbs and role of a page.
pub struct Head {
    /// The title on the page.
    pub heading: String,
    /// For search engines and shared links; empty for that of the site.
    pub description: String,
    /// The way from the home page to here, without both.
    pub crumbs: Vec<Link>,
    /// Its role in metadata.
    pub role: Role,
}

impl Head {
    /// A head without description and crumbs.
    pub fn plain(heading: String, role: Role) -> Self {
        Self { heading, description: String::new(), crumbs: Vec::new(), role }
    }
}

/// The role of a page in its metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
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

/// A finished view, with the template that shows it.
pub struct Page {
    /// The template's name.
    pub template: &'static str,
    /// The page's frame.
    pub frame: Frame,
    /// The view; its shape is the family's.
    pub view: View,
}

impl Route {
    /// The route of a page of the site's language.
    pub fn new(portal: &Portal, family: Family) -> Self {
        Self { address: family.address(portal), language: Language::Site, family }
    }

    /// The canonical URL; `None` without a base address.
    pub fn canonical(&self, portal: &Portal) -> Option<String> {
        let address = self.family.canonical(portal, &self.address)?;
        Some(address::absolute(portal.base_url()?, &address))
    }

    /// The way from the page to the root.
    pub fn root(&self, portal: &Portal) -> String {
        self.family.root(portal).unwrap_or_else(|| address::to_root(&self.address))
    }

    /// How it stands in the sitemap.
    pub fn listing(&self, portal: &Portal) -> Listing {
        self.family.listing(portal)
    }

    /// The page.
    pub fn page(&self, context: &Context<'_>) -> Page {
        let Content { template, head, view } = self.family.content(context, self);
        Page { template, frame: frame::frame(context, self, head), view }
    }
}
