//! The way to a street: all regions in the order of their tree.

use std::collections::BTreeSet;

use crate::content::field::Field;
use crate::content::region::RegionLevel;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::kind::{counted_on, places, this_week};
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{CountedLink, NearView, RegionGroup, RegionPlace, RegionTown};
use crate::portal::location;
use crate::portal::{ItemId, Portal};

use super::list;

/// Regions on the page, at most: beyond that, the smallest are named on the pages of those above them.
const REGIONS: usize = 800;
/// Lines of districts and what is above them, at most, while all are folded: twelve screens of a phone.
const LINES: usize = 100;
/// Levels that regions have. Those that go on in a circle are reported by the checks.
const DEPTH: usize = 5;
/// Towns up to which nothing is folded.
const OPEN: usize = 15;

/// The page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near;

impl Pages for Near {
    type View = NearView;

    fn plan(portal: &Portal) -> Vec<Self> {
        list::kinds(portal).contains(&Kind::Region).then_some(Self).into_iter().collect()
    }

    fn address(&self, _: &Portal) -> String {
        location::of_list(Kind::Region, 1)
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<NearView> {
        let portal = context.portal;
        let home = portal.home_region();
        let tree = Tree::new(portal);
        let mut groups: Vec<RegionGroup> = home.into_iter().map(|home| group(context, &tree, home, true)).collect();
        let has_other = |root: &ItemId| home.is_none_or(|home| tree.has_other(*root, home));
        let roots = tree.roots.iter().copied().filter(has_other);
        groups.extend(roots.map(|root| group(context, &tree, root, home.is_none())));
        for (at, group) in groups.iter_mut().enumerate() {
            group.anchor = format!("group-{}", at + 1);
        }
        let heading = match home {
            Some(home) => context.format.words.fill("text.near-home", "region", portal.item(home).title()),
            None => context.format.word("text.near"),
        };
        let built = counted_on(context, groups.iter().flat_map(|group| &group.places).map(|place| &place.link));
        let view = NearView { groups, points: home.and_then(|home| places(context, home)), built };
        Content { template: "near.html", head: Head::plain(heading, PageRole::Column), view }
    }
}

/// Which regions are named, and which of them stand on lines of their own.
struct Tree<'a> {
    portal: &'a Portal,
    roots: Vec<ItemId>,
    /// The smallest level that is named.
    named: RegionLevel,
    /// The smallest level that has lines of its own.
    lines: RegionLevel,
    /// Whether all towns are to be seen at once.
    is_open: bool,
}

impl<'a> Tree<'a> {
    fn new(portal: &'a Portal) -> Self {
        let all = portal.of_kind(Kind::Region);
        let up_to = |last: RegionLevel| all.iter().filter(|id| level(portal, **id) <= last).count();
        let smallest = |from: &[RegionLevel], most: usize| {
            let fits = |level: &&RegionLevel| up_to(**level) <= most;
            from.iter().find(fits).copied().unwrap_or(RegionLevel::Province)
        };
        let from = [RegionLevel::District, RegionLevel::City];
        let lines = smallest(&from, LINES);
        let below = [RegionLevel::Village, RegionLevel::Town, RegionLevel::District, RegionLevel::City];
        let named = smallest(&below, REGIONS).max(lines);
        let roots = all.iter().copied().filter(|id| portal.item(*id).edges.one(Field::Parent).is_none());
        let is_open = up_to(RegionLevel::Town) - up_to(RegionLevel::District) <= OPEN;
        Self { portal, roots: roots.collect(), named, lines, is_open }
    }

    fn children(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        let children = self.portal.referrers(id, Kind::Region).iter().copied();
        children.filter(|id| level(self.portal, *id) <= self.named)
    }

    /// Whether there is anything at a root that is neither below `home` nor above it.
    fn has_other(&self, root: ItemId, home: ItemId) -> bool {
        let above: BTreeSet<ItemId> = self.portal.above(home).into_iter().collect();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if id != home && !above.contains(&id) {
                return true;
            }
            if id != home {
                open.extend(self.children(id));
            }
        }
        false
    }

    /// A region and all below it, in order.
    fn below(&self, id: ItemId, depth: usize, all: &mut Vec<(ItemId, usize)>) {
        all.push((id, depth));
        if depth == DEPTH {
            return;
        }
        self.children(id).for_each(|child| self.below(child, depth + 1, all));
    }
}

fn level(portal: &Portal, id: ItemId) -> RegionLevel {
    match &portal.item(id).entry.own {
        Own::Region(region) => region.level,
        _ => RegionLevel::Village,
    }
}

/// A root with its districts and what is above them, a line each; towns lie in the line of what they belong to.
fn group(context: &Context<'_>, tree: &Tree<'_>, root: ItemId, is_first: bool) -> RegionGroup {
    let mut all = Vec::new();
    tree.below(root, 0, &mut all);
    let mut places: Vec<RegionPlace> = Vec::new();
    for (id, depth) in all {
        let link = this_week(context, id);
        let is_line = id == root || level(context.portal, id) <= tree.lines;
        let above = places.iter_mut().rev().find(|place| place.depth < depth);
        match above {
            Some(place) if !is_line => add(place, depth, link),
            _ => places.push(RegionPlace { link, depth, towns: Vec::new(), open: false }),
        }
    }
    // Of several provinces none is open beside others that are not.
    let is_alone = tree.roots.len() == 1 || !tree.roots.contains(&root);
    let with_towns = places.iter().filter(|place| !place.towns.is_empty()).count();
    for place in &mut places {
        place.open = is_first && (tree.is_open || is_alone && with_towns == 1);
    }
    RegionGroup { title: context.portal.item(root).title().to_owned(), anchor: String::new(), places }
}

/// Adds a town, or a village to the last town.
fn add(place: &mut RegionPlace, depth: usize, link: CountedLink) {
    match place.towns.last_mut() {
        Some(town) if depth > place.depth + 1 => town.villages.push(link),
        _ => place.towns.push(RegionTown { link, villages: Vec::new() }),
    }
}
