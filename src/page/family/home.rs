//! The home page: the blocks of the settings, in order.

use std::collections::{BTreeMap, BTreeSet};

use super::{list, overview};
use crate::address::Href;
use crate::content::choice::Choice as _;
use crate::content::edition::Edition;
use crate::content::field::Field;
use crate::content::region::RegionLevel;
use crate::content::site::{BlockSort, HomeBlock};
use crate::content::value::Span;
use crate::content::{Kind, Own};
use crate::page::agenda;
use crate::page::card::{card, entries};
use crate::page::context::Context;
use crate::page::format::phones;
use crate::page::kind::{counted_on, this_week};
use crate::page::link::{self, counted};
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{BlockContent, BlockView, CountedLink, Figure, HomeView, Link, NextWeek};
use crate::portal::schedule::Dated;
use crate::portal::{ItemId, Portal, location};

/// Topics, audiences or streets on the home page, at most.
const STREETS: usize = 24;
/// Pictures of a week that is over.
const PICTURES: usize = 4;

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
        let mut blocks: Vec<BlockView> =
            blocks.filter_map(|(nth, block)| self::block(context, block, named(nth))).collect();
        tell_apart(&mut blocks);
        tasks(context, &mut blocks);
        let (heading, description) = (site.title.clone(), site.description.clone());
        let head = Head { heading, description, crumbs: Vec::new(), role: PageRole::Home };
        Content { template: "home.html", head, view: HomeView { blocks } }
    }
}

/// The view of a block that may name an entry; `None` if it would be empty.
fn block(context: &Context<'_>, block: &HomeBlock, named: Option<ItemId>) -> Option<BlockView> {
    let (title, content, more) = match block.block {
        BlockSort::Hero => hero(context, named),
        BlockSort::Now => now(context, block.count)?,
        BlockSort::Near => near(context)?,
        BlockSort::Enrol => enrol(context, named),
        BlockSort::Week => week(context, named, block.count)?,
        BlockSort::Upcoming => upcoming(context, block.count)?,
        BlockSort::List => list(context, block)?,
        BlockSort::Topics => links(context, Kind::Topic, context.portal.of_kind(Kind::Topic))?,
        BlockSort::Audiences => links(context, Kind::Audience, context.portal.of_kind(Kind::Audience))?,
        BlockSort::Regions => regions(context, named)?,
        BlockSort::Figures => figures(context)?,
        BlockSort::Standing => standing(context)?,
        BlockSort::Page => body(context, named?)?,
    };
    let anchor =
        format!("{}{}", block.block.key(), block.list.map_or_else(String::new, |kind| format!("-{}", kind.folder())));
    Some(BlockView { title: block.title.clone().unwrap_or(title), anchor, content, more })
}

/// Heading, content, and the way to all of it.
type Block = (String, BlockContent, Option<Href>);

fn hero(context: &Context<'_>, named: Option<ItemId>) -> Block {
    let site = &context.portal.settings.site;
    let picture = context.resources.site_picture("");
    let content = BlockContent::Hero { text: site.description.clone(), picture, links: Vec::new() };
    let target = named.map(|id| context.portal.item(id)).filter(|item| item.is_public());
    (site.title.clone(), content, target.map(|item| item.address.clone()))
}

/// Numbers the anchors that several blocks have.
fn tell_apart(blocks: &mut [BlockView]) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for block in blocks {
        let count = known.entry(block.anchor.clone()).or_default();
        *count += 1;
        if *count > 1 {
            block.anchor = format!("{}-{count}", block.anchor);
        }
    }
}

/// Fills the hero with what residents come for: ways to the other blocks, and to their street.
fn tasks(context: &Context<'_>, blocks: &mut [BlockView]) {
    let home = Href::new(location::HOME);
    let near = list::kinds(context.portal).contains(&Kind::Region).then(|| location::list(Kind::Region));
    let block = |sort: BlockSort| {
        let block = blocks.iter().find(|block| block.anchor == sort.key())?;
        Some(home.at(&block.anchor))
    };
    let region = context.portal.home_region();
    let all = [
        ("nav.now", agenda::way(context, region, "today").or_else(|| block(BlockSort::Now))),
        ("nav.points", near),
        ("nav.enrol", block(BlockSort::Enrol)),
        ("nav.topics", block(BlockSort::Topics)),
    ];
    let link = |(word, address): (&str, Option<Href>)| {
        Some(Link { title: context.format.word(word), address: Some(address?) })
    };
    let tasks: Vec<Link> = all.into_iter().filter_map(link).collect();
    for block in blocks {
        if let BlockContent::Hero { links, .. } = &mut block.content {
            links.clone_from(&tasks);
        }
    }
}

/// What is on today and tomorrow at the region of the portal; if there is nothing, what comes next.
fn now(context: &Context<'_>, count: usize) -> Option<Block> {
    let home = context.portal.home_region();
    let today = context.portal.today.date();
    let last = today.tomorrow().unwrap_or(today);
    let now = agenda::week(context, home, count, |day| day <= last);
    let (word, shown) =
        if now.total == 0 { ("section.next", agenda::next(context, home, count)) } else { ("block.now", now) };
    let content = BlockContent::Now { days: shown.days, total: shown.total };
    (shown.total > 0).then(|| (context.format.word(word), content, agenda::way(context, home, "week")))
}

/// The streets of the region of the portal, or the districts to choose from.
fn near(context: &Context<'_>) -> Option<Block> {
    let portal = context.portal;
    let streets = portal.home_region().map(|home| portal.referrers(home, Kind::Region));
    let (word, ids) = match streets.filter(|streets| !streets.is_empty()) {
        Some(streets) => ("text.near", streets.iter().copied().take(STREETS).collect()),
        None => ("block.near", districts(portal)),
    };
    let links: Vec<CountedLink> = ids.iter().map(|id| this_week(context, *id)).collect();
    let built = counted_on(context, &links);
    let content = BlockContent::Near { links, built };
    let is_empty = ids.is_empty();
    (!is_empty).then(|| (context.format.word(word), content, Some(location::list(Kind::Region))))
}

/// The regions above towns that have none of these below them; if they are many, those above them.
fn districts(portal: &Portal) -> Vec<ItemId> {
    let level = |id: ItemId| match &portal.item(id).entry.own {
        Own::Region(region) => region.level,
        _ => RegionLevel::Village,
    };
    let all = portal.of_kind(Kind::Region);
    let lowest = |last: RegionLevel| -> Vec<ItemId> {
        let is_above = |id: ItemId| level(id) <= last;
        let has_below = |id: ItemId| portal.referrers(id, Kind::Region).iter().any(|child| is_above(*child));
        all.iter().copied().filter(|id| is_above(*id) && !has_below(*id)).collect()
    };
    let levels = [RegionLevel::District, RegionLevel::City, RegionLevel::Province];
    let fitting = levels.into_iter().map(lowest).find(|ids| ids.len() <= STREETS);
    fitting.unwrap_or_default()
}

/// How to enrol: whom to call, where to go, and the page that tells all.
fn enrol(context: &Context<'_>, named: Option<ItemId>) -> Block {
    let portal = context.portal;
    let footer = &portal.settings.site.footer;
    let guide = named.map(|id| portal.item(id)).filter(|item| item.is_public());
    let near = list::kinds(portal).contains(&Kind::Region).then(|| location::list(Kind::Region));
    let content = BlockContent::Enrol {
        phones: footer.phone.iter().flat_map(phones).collect(),
        of: footer.operator.clone().or_else(|| footer.organiser.clone()),
        near,
        courses: list::kinds(portal).contains(&Kind::Course).then(|| location::list(Kind::Course)),
    };
    (context.format.word("block.enrol"), content, guide.map(|item| item.address.clone()))
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
    let is_over = portal.today.passed(edition.to.0);
    let pictures = if is_over { context.resources.gallery(item) } else { Vec::new() };
    let content = BlockContent::Week {
        card: Box::new(card(context, id)),
        dates: dates(context, edition),
        theme: edition.theme.clone(),
        days: agenda::by_day(context, &next_sessions(context, events, count)),
        total: events.len(),
        over: is_over,
        figures: if is_over { week_in_figures(context, events) } else { Vec::new() },
        pictures: pictures.into_iter().take(PICTURES).collect(),
        next: is_over.then(|| following(context, id)).flatten(),
    };
    Some((item.title().to_owned(), content, Some(item.address.clone())))
}

fn dates(context: &Context<'_>, edition: &Edition) -> String {
    context.format.period(Some(Span::Day(edition.from)), Some(Span::Day(edition.to)))
}

/// What a week was, in numbers: events, sessions, venues, regions.
fn week_in_figures(context: &Context<'_>, events: &[ItemId]) -> Vec<Figure> {
    let portal = context.portal;
    let held = |id: &&ItemId| portal.sessions(**id).any(Dated::takes_place);
    let held: Vec<ItemId> = events.iter().filter(held).copied().collect();
    let sessions = || held.iter().flat_map(|id| portal.sessions(*id)).filter(|session| session.takes_place());
    let venues: BTreeSet<ItemId> = sessions().filter_map(|session| session.venue).collect();
    let regions: BTreeSet<ItemId> =
        venues.iter().filter_map(|venue| portal.item(*venue).edges.one(Field::Region)).collect();
    let counts = [
        ("events", held.len()),
        ("sessions", sessions().count()),
        ("venues", venues.len()),
        ("regions", regions.len()),
    ];
    let figure =
        |(key, count): (&str, usize)| Figure { title: context.format.words.in_group("week", key).to_owned(), count };
    counts.into_iter().filter(|(_, count)| *count > 0).map(figure).collect()
}

/// The edition that comes next after today, other than `id`.
fn following(context: &Context<'_>, id: ItemId) -> Option<NextWeek> {
    let portal = context.portal;
    let coming = portal.of_kind(Kind::Edition).iter().filter(|other| **other != id).filter_map(|other| {
        let item = portal.item(*other);
        match &item.entry.own {
            Own::Edition(edition) if !portal.today.passed(edition.to.0) => Some((edition.from.0, item, edition)),
            _ => None,
        }
    });
    let (_, item, edition) = coming.min_by_key(|(from, ..)| *from)?;
    Some(NextWeek { link: link::link(item), dates: dates(context, edition) })
}

/// The next session of each of the first entries that have one to come, in order of time.
fn next_sessions<'a>(context: &Context<'a>, ids: &[ItemId], count: usize) -> Vec<&'a Dated> {
    let portal = context.portal;
    let mut next: Vec<&Dated> = ids.iter().filter_map(|id| portal.next_session(*id)).take(count).collect();
    next.sort_by_key(|session| (session.start, portal.item(session.owner).id()));
    next
}

fn upcoming(context: &Context<'_>, count: usize) -> Option<Block> {
    let kinds = [Kind::Event, Kind::Course].into_iter();
    let mut all: Vec<&Dated> =
        kinds.flat_map(|kind| next_sessions(context, context.portal.of_kind(kind), count)).collect();
    all.sort_by_key(|session| session.start);
    all.truncate(count);
    let content = BlockContent::Upcoming { days: agenda::by_day(context, &all) };
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
    let links: Vec<CountedLink> = ids.iter().take(STREETS).map(|id| counted(context, *id)).collect();
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

/// Where the regions stand, and the way to all figures.
fn standing(context: &Context<'_>) -> Option<Block> {
    let way = overview::way(context)?;
    // So every figure is two ways from here, however many there are.
    let title = context.format.word("overview.all-figures");
    let all = (1..).map_while(|number| {
        let address = Some(context.made(&location::of_list(Kind::Indicator, number))?);
        Some(Link { title: context.format.numbered(&title, number), address })
    });
    let lines = overview::with_figures(context, STREETS);
    if lines.is_empty() {
        return None;
    }
    let content = BlockContent::Standing { lines, figures: all.collect() };
    Some((context.format.word("overview.title"), content, Some(way)))
}

fn body(context: &Context<'_>, named: ItemId) -> Option<Block> {
    let item = Some(context.portal.item(named)).filter(|item| item.is_public())?;
    let body = context.resources.body_among(named, "");
    Some((item.title().to_owned(), BlockContent::Page { body }, Some(item.address.clone())))
}
