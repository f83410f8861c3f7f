//! The context in which pages are made.

use super::format::Format;
use super::resource::Resources;
use super::route::Route;
use crate::address::Href;
use crate::assets::Assets;
use crate::portal::Portal;
use crate::theme::Words;

/// The portal with its formatting and its resources.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// Its words and days.
    pub format: Format<'a>,
    /// Its pictures, files and bodies.
    pub resources: Resources<'a>,
}

impl<'a> Context<'a> {
    /// What the pages of a portal are made from; `pages` are all of them, sorted.
    pub fn new(portal: &'a Portal, assets: &'a Assets, words: &'a Words, pages: &'a [Route]) -> Self {
        let format = Format { words, zone: &portal.settings.zone };
        Self { portal, format, resources: Resources { portal, assets, pages } }
    }

    /// The way to a page, if the portal makes it today.
    pub fn made(&self, address: &str) -> Option<Href> {
        self.resources.is_made(address).then(|| Href::new(address))
    }
}
