//! Pictures, files and bodies as pages show them.

use super::format::size;
use super::picture;
use super::view::{FileView, PictureView};
use crate::address;
use crate::assets::Assets;
use crate::assets::picture::recipe::Rendition;
use crate::content::field::Field;
use crate::content::shared::{Picture, Shot};
use crate::content::spot::Spot;
use crate::content::value::Focus;
use crate::markdown::{self, Resolve};
use crate::portal::body::Linked;
use crate::portal::edges::Part;
use crate::portal::{Item, ItemId, Portal, has_page, location};

/// The portal with its assets.
#[derive(Clone, Copy)]
pub struct Resources<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// The assets.
    pub assets: &'a Assets,
}

impl Resources<'_> {
    /// The picture of an entry in a spot, unless it is withheld.
    pub fn picture(&self, item: &Item, spot: Spot) -> Option<PictureView> {
        let picture = item.entry.common.picture.as_ref()?;
        self.shown(item, picture, item.edges.all().inside(Field::Picture), spot)
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
            let (address, kind) = (asset.address.clone(), asset.kind.clone());
            Some(FileView { address, title: attachment.title.clone(), kind, size: size(asset.len) })
        };
        attachments.filter_map(file).collect()
    }

    /// The HTML of an entry's body, for the page whose way to the root is `root`.
    pub fn body(&self, id: ItemId, root: &str) -> String {
        let item = self.portal.item(id);
        if item.entry.body().trim().is_empty() {
            return String::new();
        }
        markdown::render(item.entry.body(), &item.body, &BodyTargets { resources: *self, id, root })
    }
}

/// Writes the targets of a body for one page.
struct BodyTargets<'a> {
    resources: Resources<'a>,
    id: ItemId,
    root: &'a str,
}

impl Resolve for BodyTargets<'_> {
    fn link(&self, nth: usize) -> Option<String> {
        let Resources { portal, assets } = self.resources;
        let here = portal.item(self.id);
        let target = || here.body.links.get(nth).map_or("", |link| link.target.as_str());
        let address = match portal.body(self.id).link(nth)? {
            Linked::Outside => return Some(target().to_owned()),
            Linked::Phone(tel) => return Some(tel.clone()),
            // The body may stand on another page than its own, such as the home page.
            Linked::Here(anchor) => format!("{}#{anchor}", here.address.split('#').next().unwrap_or_default()),
            Linked::Entry(id, anchor) => {
                let item = portal.item(*id);
                if !item.is_public() {
                    return None;
                }
                match anchor.as_ref().filter(|_| has_page(item.kind())) {
                    Some(anchor) => format!("{}#{anchor}", item.address),
                    None => item.address.clone(),
                }
            }
            Linked::List(kind) if portal.of_kind(*kind).is_empty() => return None,
            Linked::List(kind) => location::of_list(*kind, 1),
            Linked::Home => "index.html".to_owned(),
            Linked::File(path) => assets.file(path)?.address.clone(),
        };
        Some(address::relative(self.root, &address))
    }

    fn picture(&self, nth: usize, alt: &str) -> Option<String> {
        let Resources { portal, assets } = self.resources;
        let item = portal.item(self.id);
        if item.withheld.is_some() {
            return None;
        }
        let path = portal.body(self.id).picture(nth)?;
        let shots = item.body.pictures.get(nth)?.shots();
        let mut shown = shots.into_iter().map(|shot| assets.picture(path, shot));
        let mut view = picture::view(shown.next()??, alt, None);
        view.full = shown.next().flatten().map(Rendition::address);
        Some(picture::html(&view, self.root))
    }

    fn video(&self, nth: usize) -> Option<String> {
        let Resources { portal, assets } = self.resources;
        let path = portal.body(self.id).video(nth)?;
        Some(address::relative(self.root, &assets.file(path)?.address))
    }
}
