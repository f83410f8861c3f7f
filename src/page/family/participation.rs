//! How many came to courses and events: everywhere, and in each region down to towns. There is no such page where nobody was counted.

use crate::address::Href;
use crate::content::region::RegionLevel;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::participation::{audiences, regions, years};
use crate::page::view::{Link, ParticipationView};
use crate::portal::{ItemId, Portal, location};

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParticipationPage {
    /// The region; none for the whole portal.
    region: Option<ItemId>,
}

impl Pages for ParticipationPage {
    type View = ParticipationView;

    fn plan(portal: &Portal) -> Vec<Self> {
        if !portal.participation.has(None) {
            return Vec::new();
        }
        // What a village has stands on the page of its town.
        let is_large = |id: &ItemId| match &portal.item(*id).entry.own {
            Own::Region(region) => region.level != RegionLevel::Village,
            _ => false,
        };
        let regions = portal.of_kind(Kind::Region).iter().copied().filter(is_large);
        let regions = regions.filter(|id| portal.participation.has(Some(*id))).map(Some);
        std::iter::once(None).chain(regions).map(|region| Self { region }).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        match self.region {
            Some(region) => location::of_participation(portal.item(region).id()),
            None => location::PARTICIPATION.to_owned(),
        }
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<ParticipationView> {
        let (portal, format) = (context.portal, &context.format);
        let region = self.region.map(|id| portal.item(id));
        let heading = match region {
            Some(region) => format.words.fill("participation.of", "region", region.title()),
            None => format.word("participation.title"),
        };
        let all = Link { title: format.word("participation.title"), address: Some(Href::new(location::PARTICIPATION)) };
        let crumbs = region.map(|_| all).into_iter().collect();
        let head = Head { heading, description: format.word("participation.lead"), crumbs, role: PageRole::Column };
        let sections =
            [years(context, self.region, usize::MAX), audiences(context, self.region), regions(context, self.region)];
        let view =
            ParticipationView { region: region.map(link::link), sections: sections.into_iter().flatten().collect() };
        Content { template: "participation.html", head, view }
    }
}
