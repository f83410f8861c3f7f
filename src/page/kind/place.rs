//! Venues, regions, topics, audiences: places and what gathers; and free pages.

use super::{Shown, facts};
use crate::content::Kind;
use crate::content::audience::Audience;
use crate::content::page::FreePage;
use crate::content::region::Region;
use crate::content::shared::Measure;
use crate::content::topic::Topic;
use crate::content::venue::Venue;
use crate::page::context::Context;
use crate::page::view::{CountedLink, Fact, PictureView, Section, SectionContent};
use crate::portal::{Item, ItemId};

impl Shown for Venue {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.text_fact("address", &self.address),
            context.maybe_fact("route", self.route.as_deref()),
            context.fact("hours", context.hours(&self.hours)),
            context.fact("contact", context.contact(self.contact.as_ref())),
            context.choices_fact("access", &self.access),
            context.count_fact("seats", self.seats, Measure::Seat),
            context.ref_fact("institution", self.institution.as_ref()),
            context.ref_fact("region", Some(&self.region)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["address", "hours"]
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::Course, Kind::Event, Kind::Team, Kind::News]
    }
}

impl Shown for Region {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.text_fact("level", context.choice(self.level)),
            context.ref_fact("parent", self.parent.as_ref()),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["level", "parent"]
    }

    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let children = context.portal.referrers(id, Kind::Region);
        let links = children.iter().map(|child| counted(context, *child)).collect();
        context.section("children", SectionContent::Links { links }).into_iter().collect()
    }

    fn related(&self) -> &'static [Kind] {
        &GATHERED
    }
}

const GATHERED: [Kind; 18] = [
    Kind::Course,
    Kind::Event,
    Kind::Institution,
    Kind::Venue,
    Kind::Team,
    Kind::Teacher,
    Kind::Star,
    Kind::Brand,
    Kind::News,
    Kind::Document,
    Kind::Committee,
    Kind::Unit,
    Kind::Duty,
    Kind::Indicator,
    Kind::Award,
    Kind::Organisation,
    Kind::ResourceList,
    Kind::ActionPlan,
];

/// A link to something that gathers, with how many courses and events it has.
pub fn counted(context: &Context<'_>, id: ItemId) -> CountedLink {
    let item = context.portal.item(id);
    let count = [Kind::Course, Kind::Event].iter().map(|kind| context.portal.gathered(id, *kind).len()).sum();
    let (title, address) = (item.title().to_owned(), item.address.clone());
    // The title beside it says what is to be seen.
    let picture = context.picture(item, item.card_use()).map(|picture| PictureView { alt: String::new(), ..picture });
    CountedLink { title, address, count, picture }
}

impl Shown for Topic {
    fn facts(&self, _: &Context<'_>, _: &Item) -> Vec<Fact> {
        Vec::new()
    }

    fn related(&self) -> &'static [Kind] {
        &GATHERED
    }
}

impl Shown for Audience {
    fn facts(&self, _: &Context<'_>, _: &Item) -> Vec<Fact> {
        Vec::new()
    }

    fn related(&self) -> &'static [Kind] {
        &GATHERED
    }
}

impl Shown for FreePage {
    fn facts(&self, _: &Context<'_>, _: &Item) -> Vec<Fact> {
        Vec::new()
    }

    fn related(&self) -> &'static [Kind] {
        &[]
    }
}
