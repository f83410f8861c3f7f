//! The home page: the blocks of the settings, in order.

use super::context::{Context, FEW};
use super::view::{BlockContent, BlockView, Card, CountedLink, HomeView, Link, SessionView};
use super::{Page, PageKey, View, frame, listed_kinds, target};
use crate::content::site::{BlockSort, HomeBlock};
use crate::content::{Kind, Own};
use crate::page::kind::counted;
use crate::portal::{ItemId, list_address};

/// The home page.
pub fn page(context: &Context<'_>, key: &PageKey) -> Page {
    let site = &context.portal.settings.site;
    let blocks = site.home.iter().filter_map(|block| self::block(context, block)).collect();
    let frame = frame::frame(context, key, &site.title, &site.description, Vec::new());
    Page { template: "home.html", frame, view: View::Home(HomeView { blocks }) }
}

/// A block; none if it would be empty.
fn block(context: &Context<'_>, block: &HomeBlock) -> Option<BlockView> {
    let (title, content, more) = match block.block {
        BlockSort::Hero => hero(context, block),
        BlockSort::Week => week(context, block)?,
        BlockSort::Upcoming => upcoming(context, block.count)?,
        BlockSort::List => list(context, block)?,
        BlockSort::Topics => links(context, Kind::Topic, context.portal.of_kind(Kind::Topic))?,
        BlockSort::Audiences => links(context, Kind::Audience, context.portal.of_kind(Kind::Audience))?,
        BlockSort::Regions => regions(context, block)?,
        BlockSort::Figures => figures(context)?,
        BlockSort::Page => body(context, block)?,
    };
    Some(BlockView { title: block.title.clone().unwrap_or(title), content, more })
}

type Content = (String, BlockContent, Option<String>);

fn hero(context: &Context<'_>, block: &HomeBlock) -> Content {
    let site = &context.portal.settings.site;
    let picture = site.picture.as_ref().and_then(|picture| context.site_picture(picture.as_str(), ""));
    let menu = site.menu.iter().take(4);
    let links = menu.filter_map(|entry| {
        let address = target(context, entry.list, entry.to.as_ref())?;
        Some(Link { title: entry.title.clone(), address: Some(address) })
    });
    let content = BlockContent::Hero { text: site.description.clone(), picture, links: links.collect() };
    (site.title.clone(), content, target(context, None, block.to.as_ref()))
}

/// The edition named, or the one that is on or comes next, or the latest.
fn week(context: &Context<'_>, block: &HomeBlock) -> Option<Content> {
    let portal = context.portal;
    let editions = portal.of_kind(Kind::Edition);
    let named = block
        .to
        .as_ref()
        .and_then(|to| portal.id_of(to.kind, to.id.as_str()))
        .filter(|id| portal.item(*id).is_public());
    let next = || {
        let coming = |id: &&ItemId| matches!(&portal.item(**id).entry.own, Own::Edition(week) if !portal.today.passed(week.to.0));
        editions.iter().rev().find(coming).or(editions.first()).copied()
    };
    let id = named.or_else(next)?;
    let item = portal.item(id);
    let Own::Edition(edition) = &item.entry.own else { return None };
    let events = portal.referrers(id, Kind::Event);
    let sessions = sessions(context, events, block.count);
    let span = crate::content::value::Span::Day;
    let dates = context.period(Some(span(edition.from)), Some(span(edition.to))).unwrap_or_default();
    let (card, theme, total) = (Box::new(context.card(id)), edition.theme.clone(), events.len());
    Some((
        item.title().to_owned(),
        BlockContent::Week { card, dates, theme, sessions, total },
        Some(item.address.clone()),
    ))
}

/// The next sessions of entries that are ordered by them: those with sessions to come stand first.
fn sessions(context: &Context<'_>, ids: &[ItemId], count: usize) -> Vec<SessionView> {
    let today = &context.portal.today;
    let mut next: Vec<_> = ids
        .iter()
        .map(|id| context.portal.item(*id))
        .filter_map(|item| Some((item.sessions.iter().find(|session| !session.is_past(today))?, item)))
        .take(count)
        .collect();
    next.sort_by(|a, b| (a.0.start, a.1.id()).cmp(&(b.0.start, b.1.id())));
    next.into_iter().map(|(session, item)| context.session(session, Some(item))).collect()
}

fn upcoming(context: &Context<'_>, count: usize) -> Option<Content> {
    let mut all = sessions(context, context.portal.of_kind(Kind::Event), count);
    all.extend(sessions(context, context.portal.of_kind(Kind::Course), count));
    all.sort_by(|a, b| a.start.cmp(&b.start));
    all.truncate(count);
    let content = BlockContent::Upcoming { sessions: all };
    let BlockContent::Upcoming { sessions } = &content else { return None };
    (!sessions.is_empty()).then(|| (context.word("text.upcoming"), content, None))
}

fn list(context: &Context<'_>, block: &HomeBlock) -> Option<Content> {
    let kind = block.list?;
    let cards: Vec<Card> = context.portal.of_kind(kind).iter().take(block.count).map(|id| context.card(*id)).collect();
    if cards.is_empty() {
        return None;
    }
    Some((context.kind_name(kind), BlockContent::Cards { kind: kind.folder(), cards }, Some(list_address(kind, 1))))
}

fn links(context: &Context<'_>, kind: Kind, ids: &[ItemId]) -> Option<Content> {
    let links: Vec<CountedLink> = ids.iter().take(FEW * 2).map(|id| counted(context, *id)).collect();
    let more = Some(list_address(kind, 1));
    (!links.is_empty()).then(|| (context.kind_name(kind), BlockContent::Links { kind: kind.folder(), links }, more))
}

/// The regions below the one named, or those at the top.
fn regions(context: &Context<'_>, block: &HomeBlock) -> Option<Content> {
    let portal = context.portal;
    let ids: Vec<ItemId> = match block.to.as_ref().and_then(|to| portal.id_of(to.kind, to.id.as_str())) {
        Some(parent) => portal.referrers(parent, Kind::Region).to_vec(),
        None => {
            let top =
                |id: &ItemId| matches!(&portal.item(*id).entry.own, Own::Region(region) if region.parent.is_none());
            portal.of_kind(Kind::Region).iter().copied().filter(top).collect()
        }
    };
    links(context, Kind::Region, &ids)
}

fn figures(context: &Context<'_>) -> Option<Content> {
    let kinds = listed_kinds(context.portal).into_iter();
    let links: Vec<CountedLink> = kinds
        .map(|kind| CountedLink {
            title: context.kind_name(kind),
            address: list_address(kind, 1),
            count: context.portal.of_kind(kind).len(),
            picture: None,
        })
        .filter(|link| link.count > 0)
        .collect();
    (!links.is_empty()).then(|| (context.word("text.figures"), BlockContent::Figures { links }, None))
}

fn body(context: &Context<'_>, block: &HomeBlock) -> Option<Content> {
    let item = context.portal.find_mixed(block.to.as_ref()?).filter(|item| item.is_public())?;
    let body = context.body(item, "");
    Some((item.title().to_owned(), BlockContent::Page { body }, Some(item.address.clone())))
}
