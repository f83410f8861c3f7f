//! Pictures, files and bodies as pages show them.

use super::format::size;
use super::picture;
use super::route::Route;
use super::view::{FileView, PictureView};
use crate::address::{self, Href};
use crate::assets::Assets;
use crate::content::field::Field;
use crate::content::shared::{Picture, Shot};
use crate::content::spot::Spot;
use crate::content::value::Focus;
use crate::markdown::{self, Resolve};
use crate::portal::edges::Part;
use crate::portal::linked::To;
use crate::portal::path::STATIC;
use crate::portal::{Item, ItemId, Portal, has_page};
use crate::portal::{calendars, feeds};

/// The portal with its assets.
#[derive(Clone, Copy)]
pub struct Resources<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// The assets.
    pub assets: &'a Assets,
    /// All pages, sorted.
    pub pages: &'a [Route],
}

impl Resources<'_> {
    /// The picture of an entry in a spot, unless it is withheld.
    pub fn picture(&self, item: &Item, spot: Spot) -> Option<PictureView> {
        let picture = item.entry.common.picture.as_ref()?;
        self.shown(item, picture, item.edges.all().inside(Field::Picture), spot)
    }

    /// The drawing of an entry that has no picture. It says nothing that the title does not.
    pub fn drawing(&self, id: ItemId) -> Option<PictureView> {
        Some(picture::drawing(self.assets.drawing(id)?))
    }

    /// The gallery of an entry, unless it is withheld.
    pub fn gallery(&self, item: &Item) -> Vec<PictureView> {
        let open = |(nth, picture): (usize, &Picture)| {
            let part = item.edges.all().nth(Field::Gallery, nth);
            let mut view = self.shown(item, picture, part, Spot::Thumbnail)?;
            view.full = self.shown(item, picture, part, Spot::Full).map(|large| large.address);
            Some(view)
        };
        item.entry.own.gallery().iter().enumerate().filter_map(open).collect()
    }

    fn shown(&self, item: &Item, picture: &Picture, part: Part<'_>, spot: Spot) -> Option<PictureView> {
        if item.withheld.is_some() {
            return None;
        }
        let rendition = self.assets.picture(part.file(Field::File)?, picture.shot(spot))?;
        Some(picture::view(rendition, picture.alt(), picture.credit.clone()))
    }

    /// The picture of the site.
    pub fn site_picture(&self, alt: &str) -> Option<PictureView> {
        let shot = Shot { usage: Spot::Site.usage(), focus: Focus::CENTRE };
        let rendition = self.assets.picture(self.portal.edges.all().file(Field::Picture)?, shot)?;
        Some(picture::view(rendition, alt, None))
    }

    /// The attachments of an entry.
    pub fn files(&self, item: &Item) -> Vec<FileView> {
        let attachments = item.entry.common.attachments.iter().enumerate();
        let file = |(nth, attachment): (usize, &crate::content::shared::Attachment)| {
            let path = item.edges.all().nth(Field::Attachments, nth).file(Field::File)?;
            let asset = self.assets.file(path)?;
            let (address, kind) = (Href::new(&asset.address), asset.kind.clone());
            Some(FileView { address, title: attachment.title.clone(), kind, size: size(asset.len) })
        };
        attachments.filter_map(file).collect()
    }

    /// The HTML of an entry's body, for the page whose way to the root is `root`: its own, if it has one.
    pub fn body(&self, id: ItemId, root: &str) -> String {
        let item = self.portal.item(id);
        self.body_with(id, root, (!has_page(item.kind())).then(|| prefix(item)))
    }

    /// The HTML of an entry's body, for a page that it shares with others.
    pub fn body_among(&self, id: ItemId, root: &str) -> String {
        self.body_with(id, root, Some(prefix(self.portal.item(id))))
    }

    fn body_with(&self, id: ItemId, root: &str, prefix: Option<String>) -> String {
        let item = self.portal.item(id);
        if item.entry.body().trim().is_empty() {
            return String::new();
        }
        markdown::render(&item.entry.scan, &BodyTargets { resources: *self, id, root, prefix })
    }
}

impl Resources<'_> {
    /// Whether the portal makes something at a root address today.
    pub fn is_made(&self, address: &str) -> bool {
        let is_page = || self.pages.binary_search_by(|page| page.address.as_str().cmp(address)).is_ok();
        is_page() || feeds::is_made(self.portal, address) || calendars::is_made(self.portal, address)
    }
}

/// What stands before the ids in the body of an entry that shares a page. No heading has a dot in its id.
fn prefix(item: &Item) -> String {
    format!("{}.{}.", item.kind().folder(), item.id())
}

/// Writes the targets of a body for one page.
struct BodyTargets<'a> {
    resources: Resources<'a>,
    id: ItemId,
    root: &'a str,
    prefix: Option<String>,
}

impl BodyTargets<'_> {
    /// The address of a file that is offered.
    fn file(&self, path: &str) -> Option<Href> {
        let assets = self.resources.assets;
        match path.strip_prefix(STATIC) {
            Some(name) => assets.has_static(name).then(|| Href::new(name)),
            None => Some(Href::new(&assets.file(path)?.address)),
        }
    }
}

impl Resolve for BodyTargets<'_> {
    fn prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    fn link(&self, nth: usize) -> Option<String> {
        let portal = self.resources.portal;
        let here = portal.item(self.id);
        let linked = portal.body(self.id).link(nth)?;
        let anchor = linked.anchor.as_deref();
        let is_own = |anchor: &&str| here.entry.scan.headings.iter().any(|heading| heading.id == **anchor);
        // An entry without a page of its own always shares one.
        let shared = anchor.filter(|anchor| !has_page(here.kind()) && is_own(anchor));
        let shared = shared.map(|anchor| prefix(here) + anchor);
        let (page, anchor) = match &linked.to {
            To::Outside(url) => return Some(address::as_written(url)),
            // The body may stand on another page than its own, such as the home page.
            To::Here => (here.address.clone(), shared.as_deref().or(anchor)),
            To::Entry(id) => {
                let item = portal.item(*id);
                if !item.is_public() {
                    return None;
                }
                (item.address.clone(), anchor.filter(|_| has_page(item.kind())))
            }
            To::File(path) => (self.file(path)?, anchor),
            To::Made(address) if self.resources.is_made(address) => (Href::new(address), anchor),
            To::Made(_) => return None,
        };
        let page = match &linked.query {
            Some(query) => page.asking(query),
            None => page,
        };
        let href = anchor.map_or_else(|| page.clone(), |anchor| page.at(anchor));
        Some(href.relative(self.root))
    }

    fn picture(&self, nth: usize, alt: &str) -> Option<String> {
        let Resources { portal, assets, .. } = self.resources;
        let item = portal.item(self.id);
        if item.withheld.is_some() {
            return None;
        }
        let path = portal.body(self.id).picture(nth)?;
        let shots = item.entry.scan.pictures.get(nth)?.shots();
        let mut shown = shots.into_iter().map(|shot| assets.picture(path, shot));
        let mut view = picture::view(shown.next()??, alt, None);
        view.full = shown.next().flatten().map(|large| Href::new(&large.address()));
        Some(picture::html(&view, self.root))
    }

    fn video(&self, nth: usize) -> Option<String> {
        Some(self.file(self.resources.portal.body(self.id).video(nth)?)?.relative(self.root))
    }
}
