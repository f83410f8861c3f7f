//! The home page: the blocks of the settings, in order.

use super::list;
use crate::address::Href;
use crate::content::field::Field;
use crate::content::site::{BlockSort, HomeBlock};
use crate::content::value::Span;
use crate::content::{Kind, Own};
use crate::page::FEW;
use crate::page::card::{card, entries};
use crate::page::context::Context;
use crate::page::link::counted;
use crate::page::menu;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::session;
use crate::page::view::{BlockContent, BlockView, CountedLink, HomeView, Link, SessionView};
use crate::portal::schedule::Dated;
use crate::portal::{ItemId, Portal, location};

/// The home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home;

impl Pages for Home {
    type View = HomeView;

    fn plan(_: &Portal) -> Vec<Self> {
        vec![Self]
    }

    fn address(&self, _: &Portal) -> String {
        location::HOME.to_owned()
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<HomeView> {
        let site = &context.portal.settings.site;
        let named = |nth| context.portal.edges.all().nth(Field::Home, nth).one(Field::To);
        let blocks = site.home.iter().enumerate();
        let blocks = blocks.filter_map(|(nth, block)| self::block(context, block, named(nth))).collect();
        let (heading, description) = (site.title.clone(), site.description.clone());
        let head = Head { heading, description, crumbs: Vec::new(), role: PageRole::Home };
        Content { template: "home.html", head, view: HomeView { blocks } }
    }
}

/// The view of a block that may name an entry; `None` if it would be empty.
fn block(context: &Context<'_>, block: &HomeBlock, named: Option<ItemId>) -> Option<BlockView> {
    let (title, content, more) = match block.block {
        BlockSort::Hero => hero(context, named),
        BlockSort::Week => week(context, named, block.count)?,
        BlockSort::Upcoming => upcoming(context, block.count)?,
        BlockSort::List => list(context, block)?,
        BlockSort::Topics => links(context, Kind::Topic, context.portal.of_kind(Kind::Topic))?,
        BlockSort::Audiences => links(context, Kind::Audience, context.portal.of_kind(Kind::Audience))?,
        BlockSort::Regions => regions(context, named)?,
        BlockSort::Figures => figures(context)?,
        BlockSort::Page => body(context, named?)?,
    };
    Some(BlockView { title: block.title.clone().unwrap_or(title), content, more })
}

/// Heading, content, and the way to all of it.
type Block = (String, BlockContent, Option<Href>);

fn hero(context: &Context<'_>, named: Option<ItemId>) -> Block {
    let site = &context.portal.settings.site;
    let links = menu::targets(context.portal).take(4);
    let links = links.map(|(entry, address)| Link { title: entry.title.clone(), address: Some(address) });
    let picture = context.resources.site_picture("");
    let content = BlockContent::Hero { text: site.description.clone(), picture, links: links.collect() };
    let target = named.map(|id| context.portal.item(id)).filter(|item| item.is_public());
    (site.title.clone(), content, target.map(|item| item.address.clone()))
}

/// The edition named, or the one that is on or comes next, or the latest.
fn week(context: &Context<'_>, named: Option<ItemId>, count: usize) -> Option<Block> {
    let portal = context.portal;
    let editions = portal.of_kind(Kind::Edition);
    let next = || {
        let coming = |id: &&ItemId| matches!(&portal.item(**id).entry.own, Own::Edition(week) if !portal.today.passed(week.to.0));
        editions.iter().rev().find(coming).or(editions.first()).copied()
    };
    let id = named.filter(|id| portal.item(*id).is_public()).or_else(next)?;
    let item = portal.item(id);
    let Own::Edition(edition) = &item.entry.own else { return None };
    let events = portal.referrers(id, Kind::Event);
    let dates = context.format.period(Some(Span::Day(edition.from)), Some(Span::Day(edition.to)));
    let content = BlockContent::Week {
        card: Box::new(card(context, id)),
        dates,
        theme: edition.theme.clone(),
        sessions: views(context, &next_sessions(context, events, count)),
        total: events.len(),
    };
    Some((item.title().to_owned(), content, Some(item.address.clone())))
}

/// The next session of each of the first entries that have one to come, in order of time.
fn next_sessions<'a>(context: &Context<'a>, ids: &[ItemId], count: usize) -> Vec<&'a Dated> {
    let portal = context.portal;
    let mut next: Vec<&Dated> = ids.iter().filter_map(|id| portal.next_session(*id)).take(count).collect();
    next.sort_by_key(|session| (session.start, portal.item(session.owner).id()));
    next
}

fn views(context: &Context<'_>, sessions: &[&Dated]) -> Vec<SessionView> {
    sessions.iter().map(|session| session::titled(context, session)).collect()
}

fn upcoming(context: &Context<'_>, count: usize) -> Option<Block> {
    let kinds = [Kind::Event, Kind::Course].into_iter();
    let mut all: Vec<&Dated> =
        kinds.flat_map(|kind| next_sessions(context, context.portal.of_kind(kind), count)).collect();
    all.sort_by_key(|session| session.start);
    all.truncate(count);
    let content = BlockContent::Upcoming { sessions: views(context, &all) };
    (!all.is_empty()).then(|| (context.format.word("text.upcoming"), content, None))
}

fn list(context: &Context<'_>, block: &HomeBlock) -> Option<Block> {
    let kind = block.list?;
    // What is dated after today is no news yet.
    let portal = context.portal;
    let has_come = |id: &ItemId| kind != Kind::News || portal.day(*id).is_none_or(|day| portal.today.reached(day));
    let first: Vec<ItemId> = portal.of_kind(kind).iter().copied().filter(has_come).take(block.count).collect();
    let entries = entries(context, kind, &first);
    if entries.is_empty() {
        return None;
    }
    Some((context.format.kind(kind), BlockContent::List { kind: kind.folder(), entries }, Some(location::list(kind))))
}

fn links(context: &Context<'_>, kind: Kind, ids: &[ItemId]) -> Option<Block> {
    let links: Vec<CountedLink> = ids.iter().take(FEW * 2).map(|id| counted(context, *id)).collect();
    let more = Some(location::list(kind));
    (!links.is_empty()).then(|| (context.format.kind(kind), BlockContent::Links { kind: kind.folder(), links }, more))
}

/// The regions below the one named, or those at the top.
fn regions(context: &Context<'_>, named: Option<ItemId>) -> Option<Block> {
    let portal = context.portal;
    let ids: Vec<ItemId> = match named {
        Some(parent) => portal.referrers(parent, Kind::Region).to_vec(),
        None => {
            let top = |id: &ItemId| portal.item(*id).edges.one(Field::Parent).is_none();
            portal.of_kind(Kind::Region).iter().copied().filter(top).collect()
        }
    };
    links(context, Kind::Region, &ids)
}

fn figures(context: &Context<'_>) -> Option<Block> {
    let kinds = list::kinds(context.portal).into_iter();
    let links: Vec<CountedLink> = kinds
        .map(|kind| CountedLink {
            title: context.format.kind(kind),
            address: location::list(kind),
            count: context.portal.of_kind(kind).len(),
            picture: None,
        })
        .filter(|link| link.count > 0)
        .collect();
    (!links.is_empty()).then(|| (context.format.word("text.figures"), BlockContent::Figures { links }, None))
}

fn body(context: &Context<'_>, named: ItemId) -> Option<Block> {
    let item = Some(context.portal.item(named)).filter(|item| item.is_public())?;
    let body = context.resources.body(named, "");
    Some((item.title().to_owned(), BlockContent::Page { body }, Some(item.address.clone())))
}
