//! Routes, one for each page: its address, language and family, its canonical URL, its frame and its place in the sitemap.

use super::context::Context;
use super::family::{Family, View};
use super::frame;
use super::pages::{Content, Listing};
use super::view::Frame;
use crate::address;
use crate::portal::Portal;

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
        Some(address.absolute(portal.base_url()?))
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
        let root = self.root(context.portal);
        let Content { template, head, view } = self.family.content(context, &root);
        let canonical = self.canonical(context.portal);
        Page { template, frame: frame::frame(context, &self.address, root, canonical, head), view }
    }
}
