//! Routes: what pages there are. A route owns what a page is: its address and language, what its frame says of it, whether and how it
//! stands in the sitemap.

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
    /// That of the settings; its pages lie at the root. Those of another would lie below a folder of its name.
    Site,
}

impl Language {
    fn folder(self) -> &'static str {
        match self {
            Self::Site => "",
        }
    }
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

/// What a family says of one of its pages.
pub struct Head {
    /// The title on the page.
    pub heading: String,
    /// For search engines and shared links; empty for that of the site.
    pub description: String,
    /// The way from the home page to here, without both.
    pub crumbs: Vec<Link>,
    /// What its metadata call it.
    pub role: Role,
}

/// What the metadata of a page call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The home page.
    Home,
    /// A column: a list.
    Column,
    /// An article: an entry.
    Article(ItemId),
    /// None of these.
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

/// What a family makes of a page.
pub struct Content<V> {
    /// The template's name.
    pub template: &'static str,
    /// What its frame says.
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
        let language = Language::Site;
        Self { address: format!("{}{}", language.folder(), family.address(portal)), language, family }
    }

    /// The absolute address that search engines are to know; none without a base address.
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
