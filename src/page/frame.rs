//! The parts that every page has: title, way to the root, metadata, menu.

use super::context::Context;
use super::linked_data;
use super::menu;
use super::pages::{Head, PageRole};
use super::picture;
use super::view::{FeedLink, Frame, Icon, Link, MenuLink, Meta, PictureView};
use crate::address::Href;
use crate::content::Own;
use crate::content::field::Field;
use crate::content::site::MenuEntry;
use crate::content::spot::Spot;
use crate::portal::feeds::{self, FORMATS, FeedKey, Scope};
use crate::portal::{Item, Portal, location};

/// Icons under `content/static/` that pages point at where they are there.
const ICONS: [(&str, &str); 3] =
    [("icon", "favicon.ico"), ("icon", "favicon.png"), ("apple-touch-icon", "apple-touch-icon.png")];

/// The frame of a page.
pub fn frame(context: &Context<'_>, address: &str, root: String, canonical: Option<String>, head: Head) -> Frame {
    let site = &context.portal.settings.site;
    let Head { heading, description, crumbs, role } = head;
    let home = role == PageRole::Home;
    let title = if home { site.title.clone() } else { format!("{heading} - {}", site.title) };
    let crumbs = if home { Vec::new() } else { with_home(context, crumbs) };
    let subject = linked_data::Subject { role, heading: &heading, description: &description, crumbs: &crumbs };
    let data = linked_data::of_page(context, &subject);
    let description = if description.is_empty() { site.description.clone() } else { description };
    let said = Said { heading: &heading, description: &description, crumbs: &crumbs, canonical: canonical.as_deref() };
    Frame {
        root,
        address: Href::new(address),
        meta: government(context, role, &said),
        data,
        properties: open_graph(context, role, &title, &said),
        title,
        language: site.language.clone(),
        style: Href::new(context.resources.assets.style_address()),
        scripts: context
            .resources
            .assets
            .scripts
            .iter()
            .map(|(stem, made)| (stem.clone(), Href::new(&made.path)))
            .collect(),
        feeds: feeds(context, role),
        menu: menu(context.portal, address),
        icons: ICONS
            .into_iter()
            .filter(|(_, name)| context.resources.assets.has_static(name))
            .map(|(rel, name)| Icon { rel, address: Href::new(name) })
            .collect(),
        crumbs,
        heading,
        description,
        canonical,
    }
}

/// Texts that the metadata repeat.
struct Said<'a> {
    heading: &'a str,
    description: &'a str,
    crumbs: &'a [Link],
    canonical: Option<&'a str>,
}

fn with_home(context: &Context<'_>, crumbs: Vec<Link>) -> Vec<Link> {
    let home = Link { title: context.format.word("nav.home"), address: Some(Href::new(location::HOME)) };
    std::iter::once(home).chain(crumbs).collect()
}

/// The feeds of the portal, and those of the region or audience that the page is about, which come first. They need absolute addresses:
/// without a base address there are none.
fn feeds(context: &Context<'_>, role: PageRole) -> Vec<FeedLink> {
    let portal = context.portal;
    if portal.base_url().is_none() {
        return Vec::new();
    }
    let own = match role {
        PageRole::Article(id) => feeds::of_entry(portal, id),
        PageRole::Home | PageRole::Column | PageRole::Other => None,
    };
    let link = |key: &FeedKey, (end, media_type)| {
        let title = match key.scope {
            Scope::Site(word) => context.format.word(word),
            Scope::Entry(id) => portal.item(id).title().to_owned(),
        };
        FeedLink { title, address: Href::new(&key.address(end)), media_type }
    };
    // Those of the portal are offered in all formats once, on the home page.
    let formats = if role == PageRole::Home { FORMATS.len() } else { 1 };
    let of_site = feeds::of_site().flat_map(|key| FORMATS.map(|format| link(&key, format)).into_iter().take(formats));
    own.iter().flat_map(|key| FORMATS.map(|format| link(key, format))).chain(of_site).collect()
}

fn menu(portal: &Portal, here: &str) -> Vec<MenuLink> {
    let link = |(entry, address): (&MenuEntry, Href)| {
        let below =
            entry.list.is_some_and(|kind| here.strip_prefix(kind.folder()).is_some_and(|rest| rest.starts_with('/')));
        MenuLink { title: entry.title.clone(), current: address.as_str() == here || below, address }
    };
    menu::targets(portal).map(link).collect()
}

fn meta(name: &str, content: impl Into<String>) -> Meta {
    Meta { name: name.to_owned(), content: content.into() }
}

/// The page metadata of 政府网站发展指引: the site's on every page, a column's on its list and articles, an article's on its own.
fn government(context: &Context<'_>, role: PageRole, said: &Said<'_>) -> Vec<Meta> {
    let site = &context.portal.settings.site;
    let mut all = vec![meta("SiteName", &site.title)];
    if let Some(base) = context.portal.base_url() {
        let host = base.split_once("://").map_or(base, |(_, rest)| rest).split('/').next().unwrap_or_default();
        all.push(meta("SiteDomain", host));
    }
    all.extend(site.footer.site_code.as_ref().map(|code| meta("SiteIDCode", code)));
    let column = match role {
        PageRole::Home | PageRole::Other => None,
        PageRole::Column => Some(said.heading),
        PageRole::Article(_) => said.crumbs.last().map(|crumb| crumb.title.as_str()),
    };
    if let Some(column) = column {
        all.push(meta("ColumnName", column));
        all.push(meta("ColumnDescription", format!("{}·{column}", site.title)));
        all.push(meta("ColumnKeywords", column));
        all.push(meta("ColumnType", column));
    }
    if let PageRole::Article(id) = role {
        let item = context.portal.item(id);
        all.push(meta("ArticleTitle", said.heading));
        if let Some(day) = context.portal.day(id).or(item.entry.common.date.map(|day| day.0)) {
            all.push(meta("PubDate", format!("{day} 00:00")));
        }
        let source = match &item.entry.own {
            Own::News(news) => Some(news.source.clone()),
            Own::Document(document) => document.issuers.first().cloned(),
            _ => site.footer.organiser.clone(),
        };
        all.extend(source.map(|source| meta("ContentSource", source)));
        all.push(meta("Description", said.description));
        all.extend(said.canonical.map(|url| meta("Url", url)));
    }
    all
}

fn open_graph(context: &Context<'_>, role: PageRole, title: &str, said: &Said<'_>) -> Vec<Meta> {
    let site = &context.portal.settings.site;
    let article = matches!(role, PageRole::Article(_));
    let mut all = vec![
        meta("og:site_name", &site.title),
        meta("og:title", title),
        meta("og:description", said.description),
        meta("og:type", if article { "article" } else { "website" }),
        meta("og:locale", site.language.replace('-', "_")),
    ];
    all.extend(said.canonical.map(|url| meta("og:url", url)));
    let picture = shared_picture(context, role).or_else(|| context.resources.site_picture(&site.title));
    if let (Some(picture), Some(base)) = (picture, context.portal.base_url()) {
        all.push(meta("og:image", picture.address.absolute(base)));
        all.push(meta("og:image:width", picture.width.to_string()));
        all.push(meta("og:image:height", picture.height.to_string()));
        all.push(meta("og:image:alt", picture.alt));
    }
    all
}

/// The picture of an entry where it is shared: its own, its cover, or that of its first topic that has one. Apps that show it read no drawings.
fn shared_picture(context: &Context<'_>, role: PageRole) -> Option<PictureView> {
    let PageRole::Article(id) = role else { return None };
    let item = context.portal.item(id);
    let topics = item.edges.to(Field::Topics).map(|topic| context.portal.item(topic));
    let readable = |item: &Item| {
        let picture = context.resources.picture(item, Spot::Head(item.kind()))?;
        picture.stem.is_some().then_some(picture)
    };
    let cover = || Some(picture::cover(context.resources.assets.cover(id)?, item.title().to_owned()));
    let of_topic = || topics.filter(|topic| topic.is_public()).find_map(readable);
    readable(item).or_else(cover).or_else(of_topic)
}
