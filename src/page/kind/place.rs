//! Venues, topics and audiences; and free pages.

use crate::content::Kind;
use crate::content::audience::Audience;
use crate::content::field::Field;
use crate::content::page::FreePage;
use crate::content::shared::Measure;
use crate::content::topic::Topic;
use crate::content::venue::Venue;
use crate::page::facts::{Facts, Keys};
use crate::page::participation;
use crate::page::shown::{PagePart, Shown, Subject};

impl Shown for Venue {
    const CARD: Keys = &["address", "hours"];
    const ROW: Keys = &["address"];
    const RELATED: &'static [Kind] = &[Kind::Course, Kind::Event, Kind::Team, Kind::News];

    fn facts(venue: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.text("address", &venue.address);
        facts.maybe("route", venue.route.as_deref());
        facts.openings("hours", &venue.hours);
        facts.contact("contact", venue.contact.as_ref());
        facts.choices("access", &venue.access);
        facts.count("seats", venue.seats, Measure::Seat);
        facts.to("institution", Field::Institution);
        facts.to("region", Field::Region);
    }
}

/// Kinds listed on pages of topics and audiences, in order.
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

impl Shown for Topic {
    const ROW: Keys = &[];
    const RELATED: &'static [Kind] = &GATHERED;

    fn facts(_: &Subject<'_, Self>, _: &mut Facts<'_>) {}
}

impl Shown for Audience {
    const ROW: Keys = &[];
    const RELATED: &'static [Kind] = &GATHERED;

    fn facts(_: &Subject<'_, Self>, _: &mut Facts<'_>) {}

    fn parts(audience: &Subject<'_, Self>) -> Vec<PagePart> {
        participation::of_audience(audience.context, audience.id).map(PagePart::Section).into_iter().collect()
    }
}

impl Shown for FreePage {
    const RELATED: &'static [Kind] = &[];

    fn facts(_: &Subject<'_, Self>, _: &mut Facts<'_>) {}
}
