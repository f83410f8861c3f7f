//! What every page has: title, way to the root, metadata, menu.

use super::context::Context;
use super::view::{Frame, Icon, Link, MenuLink, Meta};
use super::{Family, PageKey, target};
use crate::address;
use crate::page::kind::shown;
use crate::portal::feeds::ATOM;

/// Icons under `content/static/` that pages point at where they are there.
const ICONS: [(&str, &str); 3] =
    [("icon", "favicon.ico"), ("icon", "favicon.png"), ("apple-touch-icon", "apple-touch-icon.png")];

/// The frame of a page.
pub fn frame(context: &Context<'_>, key: &PageKey, heading: &str, description: &str, crumbs: Vec<Link>) -> Frame {
    let portal = context.portal;
    let site = &portal.settings.site;
    let home = key.family == Family::Home;
    let title = if home { site.title.clone() } else { format!("{heading} - {}", site.title) };
    let description = if description.is_empty() { site.description.clone() } else { description.to_owned() };
    let canonical = canonical(context, key);
    Frame {
        root: address::to_root(&key.address),
        address: key.address.clone(),
        meta: government(context, key, heading, &description, &crumbs, canonical.as_deref()),
        properties: open_graph(context, key, &title, &description, canonical.as_deref()),
        title,
        heading: heading.to_owned(),
        description,
        language: site.language.clone(),
        crumbs: if home { Vec::new() } else { with_home(context, crumbs) },
        canonical,
        style: context.assets.style_address().to_owned(),
        scripts: context.assets.scripts.iter().map(|(stem, made)| (stem.clone(), made.path.clone())).collect(),
        feeds: feeds(context),
        menu: menu(context, key),
        icons: ICONS
            .into_iter()
            .filter(|(_, name)| context.assets.has_static(name))
            .map(|(rel, name)| Icon { rel, address: name.to_owned() })
            .collect(),
    }
}

fn with_home(context: &Context<'_>, crumbs: Vec<Link>) -> Vec<Link> {
    let home = Link { title: context.word("nav.home"), address: Some("index.html".to_owned()) };
    std::iter::once(home).chain(crumbs).collect()
}

/// A redirect's canonical address is its target's; what a host answers for nothing has none.
fn canonical(context: &Context<'_>, key: &PageKey) -> Option<String> {
    let base = context.portal.base_url()?;
    match &key.family {
        Family::NotFound => None,
        Family::Redirect(to) => Some(address::absolute(base, &context.portal.item(*to).address)),
        Family::Home
        | Family::Search
        | Family::Letters(..)
        | Family::List(..)
        | Family::Item(_)
        | Family::Members(..) => Some(address::absolute(base, &key.address)),
    }
}

/// Feeds need absolute addresses: without a base address there are none.
fn feeds(context: &Context<'_>) -> Vec<Link> {
    let all = ATOM.iter().filter(|_| context.portal.base_url().is_some());
    all.map(|feed| Link { title: context.words.get(feed.word).to_owned(), address: Some(feed.address.to_owned()) })
        .collect()
}

fn menu(context: &Context<'_>, key: &PageKey) -> Vec<MenuLink> {
    let entries = context.portal.settings.site.menu.iter();
    entries
        .filter_map(|entry| {
            let address = target(context, entry.list, entry.to.as_ref())?;
            let folder = entry.list.map(|kind| format!("{}/", kind.folder()));
            let current = address == key.address || folder.is_some_and(|folder| key.address.starts_with(&folder));
            Some(MenuLink { title: entry.title.clone(), address, current })
        })
        .collect()
}

fn meta(name: &str, content: impl Into<String>) -> Meta {
    Meta { name: name.to_owned(), content: content.into() }
}

/// The page metadata of 政府网站发展指引: the site's on every page, a column's on its list and articles, an article's on its own.
fn government(
    context: &Context<'_>,
    key: &PageKey,
    heading: &str,
    description: &str,
    crumbs: &[Link],
    canonical: Option<&str>,
) -> Vec<Meta> {
    let site = &context.portal.settings.site;
    let mut all = vec![meta("SiteName", &site.title)];
    if let Some(base) = context.portal.base_url() {
        let host = base.split_once("://").map_or(base, |(_, rest)| rest).split('/').next().unwrap_or_default();
        all.push(meta("SiteDomain", host));
    }
    all.extend(site.footer.site_code.as_ref().map(|code| meta("SiteIDCode", code)));
    let column = match &key.family {
        Family::Home | Family::Search | Family::NotFound | Family::Redirect(_) => None,
        Family::List(..) | Family::Letters(..) | Family::Members(..) => Some(heading.to_owned()),
        Family::Item(_) => crumbs.last().map(|crumb| crumb.title.clone()),
    };
    if let Some(column) = column {
        all.push(meta("ColumnName", &column));
        all.push(meta("ColumnDescription", format!("{}·{column}", site.title)));
        all.push(meta("ColumnKeywords", &column));
        all.push(meta("ColumnType", &column));
    }
    if let Family::Item(id) = &key.family {
        let item = context.portal.item(*id);
        all.push(meta("ArticleTitle", heading));
        if let Some(day) = shown(&item.entry.own).day(item).or(item.entry.common.date.map(|day| day.0)) {
            all.push(meta("PubDate", format!("{day} 00:00")));
        }
        let source = match &item.entry.own {
            crate::content::Own::News(news) => Some(news.source.clone()),
            crate::content::Own::Document(document) => document.issuers.first().cloned(),
            _ => site.footer.organiser.clone(),
        };
        all.extend(source.map(|source| meta("ContentSource", source)));
        all.push(meta("Description", description));
        all.extend(canonical.map(|url| meta("Url", url)));
    }
    all
}

fn open_graph(
    context: &Context<'_>,
    key: &PageKey,
    title: &str,
    description: &str,
    canonical: Option<&str>,
) -> Vec<Meta> {
    let site = &context.portal.settings.site;
    let article = matches!(key.family, Family::Item(_));
    let mut all = vec![
        meta("og:site_name", &site.title),
        meta("og:title", title),
        meta("og:description", description),
        meta("og:type", if article { "article" } else { "website" }),
        meta("og:locale", site.language.replace('-', "_")),
    ];
    all.extend(canonical.map(|url| meta("og:url", url)));
    let own = match &key.family {
        Family::Item(id) => {
            let item = context.portal.item(*id);
            context.picture(item, item.head_use())
        }
        Family::Home
        | Family::Search
        | Family::Letters(..)
        | Family::List(..)
        | Family::Members(..)
        | Family::Redirect(_)
        | Family::NotFound => None,
    };
    let picture = own.or_else(|| context.site_picture(site.picture.as_ref()?.as_str(), &site.title));
    if let (Some(picture), Some(base)) = (picture, context.portal.base_url()) {
        all.push(meta("og:image", address::absolute(base, &picture.address)));
        all.push(meta("og:image:alt", picture.alt));
    }
    all
}
