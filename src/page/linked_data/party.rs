//! Places, institutions and persons.

use super::Maker;
use super::things::{Named, Opening, Person, Place, PostalAddress, School, Thing};
use crate::content::Kind;
use crate::content::Own;
use crate::content::field::Field;
use crate::content::institution::Institution;
use crate::content::region::RegionLevel;
use crate::content::shared::{Contact, Opening as Written, Weekday};
use crate::content::star::Star;
use crate::content::teacher::Teacher;
use crate::content::venue::Venue;
use crate::portal::{Item, ItemId};

impl Maker<'_> {
    /// A venue as the location of something.
    pub fn place(&self, id: ItemId) -> Thing<Place> {
        let item = self.context.portal.item(id);
        let address = match &item.entry.own {
            Own::Venue(venue) => self.address(item, Some(&venue.address)),
            _ => self.address(item, None),
        };
        self.named(id).with(Place { address, ..Place::default() })
    }

    /// A region as the location of something.
    pub fn region(&self, id: ItemId) -> Thing<Place> {
        self.named(id).with(Place::default())
    }

    /// Where something online takes place.
    pub fn online(&self, url: Option<String>) -> Thing<Place> {
        let name = self.context.format.choice(crate::content::shared::Mode::Online);
        let named = Named::told("VirtualLocation", &name);
        Named { url, ..named }.with(Place::default())
    }

    pub fn venue(&self, item: &Item, venue: &Venue) -> Place {
        Place {
            address: self.address(item, Some(&venue.address)),
            telephone: telephone(venue.contact.as_ref()),
            opening_hours_specification: openings(&venue.hours),
        }
    }

    pub fn institution(&self, item: &Item, institution: &Institution) -> School {
        let above = item.edges.one(Field::Parent).or_else(|| item.edges.one(Field::Unit));
        School {
            place: Place {
                address: self.address(item, institution.address.as_deref()),
                telephone: telephone(institution.contact.as_ref()),
                opening_hours_specification: openings(&institution.hours),
            },
            parent_organization: above.map(|above| self.named(above)),
        }
    }

    pub fn teacher(&self, item: &Item, teacher: &Teacher) -> Person {
        let institution = item.edges.one(Field::Institution).map(|id| self.named(id));
        let workplace = || teacher.workplace.as_ref().map(|name| Named::told("Organization", name));
        let topics = item.edges.to(Field::Topics).map(|topic| self.context.portal.item(topic).title().to_owned());
        Person {
            job_title: Some(teacher.speciality.clone()),
            works_for: institution.or_else(workplace),
            knows_about: topics.collect(),
            award: None,
        }
    }

    pub fn star(&self, star: &Star) -> Person {
        let format = &self.context.format;
        let award = format!("{}{}{}", format.year(star.year.0), format.choice(star.level), format.kind(Kind::Star));
        Person { award: Some(award), ..Person::default() }
    }

    /// The address of what lies in a region.
    fn address(&self, item: &Item, street: Option<&str>) -> Option<PostalAddress> {
        let portal = self.context.portal;
        let own = item.edges.one(Field::Region);
        let regions: Vec<ItemId> = own.into_iter().chain(own.map(|id| portal.above(id)).unwrap_or_default()).collect();
        let named = |level: RegionLevel| {
            let is_of =
                |id: &&ItemId| matches!(&portal.item(**id).entry.own, Own::Region(region) if region.level == level);
            regions.iter().find(is_of).map(|id| portal.item(*id).title().to_owned())
        };
        let district = named(RegionLevel::District);
        let (locality, region) = match (district, named(RegionLevel::City), named(RegionLevel::Province)) {
            (Some(district), city, province) => (Some(district), city.or(province)),
            (None, Some(city), province) => (Some(city), province),
            (None, None, province) => (named(RegionLevel::Town).or_else(|| named(RegionLevel::Village)), province),
        };
        (street.is_some() || locality.is_some() || region.is_some()).then(|| PostalAddress {
            kind: "PostalAddress",
            street: street.map(str::to_owned),
            locality,
            region,
            country: "CN",
        })
    }
}

/// The first number that can be called.
fn telephone(contact: Option<&Contact>) -> Option<String> {
    let lines = contact?.phone.as_ref()?.lines();
    lines.into_iter().find_map(|line| line.tel.as_deref()?.strip_prefix("tel:").map(str::to_owned))
}

fn openings(hours: &[Written]) -> Vec<Opening> {
    let opening = |opening: &Written| Opening {
        kind: "OpeningHoursSpecification",
        day_of_week: opening.days.iter().copied().map(day).collect(),
        opens: opening.time.start.to_string(),
        closes: opening.time.end.to_string(),
    };
    hours.iter().map(opening).collect()
}

/// A day of the week.
pub(super) fn day(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "https://schema.org/Monday",
        Weekday::Tue => "https://schema.org/Tuesday",
        Weekday::Wed => "https://schema.org/Wednesday",
        Weekday::Thu => "https://schema.org/Thursday",
        Weekday::Fri => "https://schema.org/Friday",
        Weekday::Sat => "https://schema.org/Saturday",
        Weekday::Sun => "https://schema.org/Sunday",
    }
}
