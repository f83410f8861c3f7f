//! A picture on a page: its files in all sizes and formats, for templates and for bodies.

use std::fmt::Write as _;

use super::view::{PictureFormat, PictureView};
use crate::address::Href;
use crate::assets::drawn;
use crate::assets::picture::cover;
use crate::assets::picture::recipe::Rendition;
use crate::markdown::escape;

/// A drawing, which is decoration.
pub fn drawing(address: &str) -> PictureView {
    single(address, String::new(), drawn::SIZE)
}

/// What a link to an entry shows.
pub fn cover(address: &str, alt: String) -> PictureView {
    single(address, alt, (cover::SIZE.width, cover::SIZE.height))
}

/// A picture of one file.
fn single(address: &str, alt: String, (width, height): (u32, u32)) -> PictureView {
    PictureView {
        address: Href::new(address),
        alt,
        width,
        height,
        stem: None,
        widths: Vec::new(),
        formats: Vec::new(),
        extension: "",
        sizes: String::new(),
        full: None,
        credit: None,
    }
}

/// The picture of a rendition.
pub fn view(rendition: &Rendition, alt: &str, credit: Option<String>) -> PictureView {
    let size = rendition.size();
    let mut view = PictureView {
        address: Href::new(&rendition.address()),
        alt: alt.to_owned(),
        width: size.width,
        height: size.height,
        stem: None,
        widths: Vec::new(),
        formats: Vec::new(),
        extension: "",
        sizes: String::new(),
        full: None,
        credit,
    };
    if let Rendition::Derived(derived) = rendition {
        let fallback = derived.fallback();
        let modern = derived.encodings.iter().filter(|encoding| **encoding != fallback);
        view.stem = Some(Href::new(&derived.stem));
        view.widths = derived.sizes.iter().map(|size| size.width).collect();
        view.formats = modern
            .map(|encoding| PictureFormat { extension: encoding.extension(), media_type: encoding.media_type() })
            .collect();
        view.extension = fallback.extension();
        view.sizes.clone_from(&derived.shown);
    }
    view
}

/// The HTML of a picture in a body, on a page whose way to the root is `root`. Templates have a component that writes the same.
pub fn html(view: &PictureView, root: &str) -> String {
    let mut html = String::new();
    let full = view.full.as_ref().filter(|_| !view.alt.is_empty());
    if let Some(full) = full {
        let _ = write!(html, "<a class=\"zoom\" href=\"{}\">", full.relative(root));
    }
    html.push_str("<picture>");
    let sizes = escape(&view.sizes);
    for PictureFormat { extension, media_type } in &view.formats {
        let set = srcset(view, root, extension);
        let _ = write!(html, "<source type=\"{media_type}\" srcset=\"{set}\" sizes=\"{sizes}\">");
    }
    let _ = write!(html, "<img src=\"{}\"", view.address.relative(root));
    if view.stem.is_some() {
        let _ = write!(html, " srcset=\"{}\" sizes=\"{sizes}\"", srcset(view, root, view.extension));
    }
    let PictureView { alt, width, height, .. } = view;
    let _ = write!(
        html,
        " alt=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" decoding=\"async\"></picture>",
        escape(alt)
    );
    if full.is_some() {
        html.push_str("</a>");
    }
    html
}

fn srcset(view: &PictureView, root: &str, extension: &str) -> String {
    let stem = view.stem.as_ref().map_or_else(String::new, |stem| stem.relative(root));
    let candidates = view.widths.iter().map(|width| format!("{stem}-{width}.{extension} {width}w"));
    candidates.collect::<Vec<_>>().join(", ")
}
