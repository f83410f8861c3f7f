//! The catalogue: all published courses in the order in which residents want them, and what narrows them down. Pages, and the data with which
//! a browser combines facets, read it.

use std::collections::BTreeMap;

use super::enrol::Enrolment;
use super::facet::{DayPart, Facets, Fee, Value};
use super::{Item, ItemId, edges};
use crate::content::choice::Choice as _;
use crate::content::field::Field;
use crate::content::region::RegionLevel;
use crate::content::shared::{Mode, Weekday};
use crate::content::site::{CatalogueFacet, CatalogueSettings};
use crate::content::{Kind, Own};

/// A value of a facet that some courses have, and not all.
#[derive(Debug)]
pub struct Choice {
    /// The facet.
    pub facet: CatalogueFacet,
    /// The value.
    pub value: Value,
    /// Its name in addresses.
    pub key: String,
}

/// The number of a choice, in the order of facets.
pub type Number = u16;

/// The courses.
#[derive(Debug, Default)]
pub struct Catalogue {
    courses: Vec<ItemId>,
    choices: Vec<Choice>,
    /// For each combination of choices that has a page or the courses of another one's: the places of its courses, in order.
    lists: BTreeMap<Vec<Number>, Vec<u32>>,
    facets: Vec<CatalogueFacet>,
}

impl Catalogue {
    /// The catalogue of the published courses, each of which has a state today.
    pub(super) fn new(
        items: &[Item],
        facets: &Facets,
        settings: &CatalogueSettings,
        state: impl Fn(ItemId) -> Enrolment,
    ) -> Self {
        let mut courses: Vec<(Enrolment, ItemId)> =
            facets.of(Value::Kind(Kind::Course)).iter().map(|id| (state(*id), *id)).collect();
        courses.sort();
        let courses: Vec<ItemId> = courses.into_iter().map(|(_, id)| id).collect();
        let places: BTreeMap<ItemId, u32> = courses.iter().copied().zip(0..).collect();
        let mut catalogue = Self { courses, facets: settings.facets.clone(), ..Self::default() };
        let mut had: Vec<Vec<Number>> = vec![Vec::new(); catalogue.courses.len()];
        for facet in CatalogueFacet::ALL.iter().filter(|facet| settings.facets.contains(facet)) {
            for (value, key) in values(items, facets, *facet) {
                let members: Vec<u32> = facets.of(value).iter().filter_map(|id| places.get(id).copied()).collect();
                if members.is_empty() || members.len() == catalogue.courses.len() {
                    continue;
                }
                let Ok(number) = Number::try_from(catalogue.choices.len()) else { break };
                for place in members {
                    had[place as usize].push(number);
                }
                catalogue.choices.push(Choice { facet: *facet, value, key });
            }
        }
        for (place, numbers) in (0..).zip(&had) {
            catalogue.list(place, &mut Vec::new(), numbers, settings.depth);
        }
        catalogue
    }

    /// Adds a course to all combinations that begin with `chosen` and go on with some of `rest`. Longer ones begin with a topic, and have one
    /// value of each facet: their number stays bounded.
    fn list(&mut self, place: u32, chosen: &mut Vec<Number>, rest: &[Number], depth: usize) {
        if depth == 0 {
            return;
        }
        for (at, number) in rest.iter().enumerate() {
            let facet = self.choice(*number).facet;
            let goes_on = chosen.first().is_none_or(|first| self.choice(*first).facet == CatalogueFacet::Topic);
            if !goes_on || chosen.iter().any(|other| self.choice(*other).facet == facet) {
                continue;
            }
            chosen.push(*number);
            match self.lists.get_mut(chosen) {
                Some(list) => list.push(place),
                None => drop(self.lists.insert(chosen.clone(), vec![place])),
            }
            self.list(place, chosen, &rest[at + 1..], depth - 1);
            chosen.pop();
        }
    }

    /// All courses: those that one can join first, then those that begin, then those that run, then those that are over.
    pub fn courses(&self) -> &[ItemId] {
        &self.courses
    }

    /// All choices, by their numbers.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// A choice.
    pub fn choice(&self, number: Number) -> &Choice {
        &self.choices[usize::from(number)]
    }

    /// The facets, in the order in which they are shown.
    pub fn facets(&self) -> &[CatalogueFacet] {
        &self.facets
    }

    /// The choices of a facet.
    pub fn of_facet(&self, facet: CatalogueFacet) -> impl Iterator<Item = (Number, &Choice)> {
        (0..).zip(&self.choices).filter(move |(_, choice)| choice.facet == facet)
    }

    /// The places of the courses of one choice.
    pub fn places(&self, number: Number) -> &[u32] {
        self.lists.get([number].as_slice()).map_or(&[], Vec::as_slice)
    }

    /// How many courses a combination has; none if it is too long to be listed.
    pub fn count(&self, chosen: &[Number]) -> usize {
        if chosen.is_empty() { self.courses.len() } else { self.lists.get(chosen).map_or(0, Vec::len) }
    }

    /// The courses of a combination, in order.
    pub fn members(&self, chosen: &[Number]) -> Vec<ItemId> {
        let all = || self.courses.clone();
        let some = |list: &Vec<u32>| list.iter().map(|place| self.courses[*place as usize]).collect();
        if chosen.is_empty() { all() } else { self.lists.get(chosen).map_or_else(Vec::new, some) }
    }

    /// The combination whose page shows the courses of this one: the shortest with the same courses.
    pub fn page(&self, chosen: &[Number]) -> Vec<Number> {
        let count = self.count(chosen);
        for at in (0..chosen.len()).rev() {
            let mut fewer = chosen.to_vec();
            fewer.remove(at);
            if self.count(&fewer) == count {
                return self.page(&fewer);
            }
        }
        chosen.to_vec()
    }

    /// The combinations that have pages, beside that of no choice.
    pub fn pages(&self) -> impl Iterator<Item = &[Number]> {
        self.lists.keys().map(Vec::as_slice).filter(|chosen| self.page(chosen) == **chosen)
    }

    /// The combination with one choice more, in order.
    pub fn with(chosen: &[Number], number: Number) -> Vec<Number> {
        let mut all = chosen.to_vec();
        all.insert(all.partition_point(|other| *other < number), number);
        all
    }
}

/// The values of a facet with their names in addresses, in order.
fn values(items: &[Item], facets: &Facets, facet: CatalogueFacet) -> Vec<(Value, String)> {
    let entries = |kind: Kind| facets.of(Value::Kind(kind)).iter().copied();
    let named = |id: ItemId| (Value::Item(id), items[id.index()].id().to_owned());
    match facet {
        CatalogueFacet::Topic => entries(Kind::Topic).map(named).collect(),
        CatalogueFacet::Audience => entries(Kind::Audience).map(named).collect(),
        CatalogueFacet::District => regions(items, entries(Kind::Region), RegionLevel::District).map(named).collect(),
        CatalogueFacet::Street => regions(items, entries(Kind::Region), RegionLevel::Town).map(named).collect(),
        CatalogueFacet::Free => vec![(Value::Fee(Fee::Free), "free".to_owned())],
        CatalogueFacet::Weekday => {
            Weekday::ALL.iter().map(|day| (Value::Weekday(*day), day.key().to_owned())).collect()
        }
        CatalogueFacet::Time => {
            DayPart::ALL.into_iter().map(|part| (Value::DayPart(part), part.key().to_owned())).collect()
        }
        CatalogueFacet::Online => {
            [Mode::Online, Mode::Mixed].map(|mode| (Value::Mode(mode), mode.key().to_owned())).into()
        }
        CatalogueFacet::Bookable => vec![(Value::Bookable, "now".to_owned())],
    }
}

/// The regions of one level, those of one parent together.
fn regions(items: &[Item], all: impl Iterator<Item = ItemId>, level: RegionLevel) -> impl Iterator<Item = ItemId> {
    let is_of = |id: &ItemId| matches!(&items[id.index()].entry.own, Own::Region(region) if region.level == level);
    let parent = |id: ItemId| items[id.index()].edges.one(Field::Parent);
    let mut found: Vec<(Vec<ItemId>, ItemId)> =
        all.filter(is_of).map(|id| (edges::above(parent(id), parent).into_iter().rev().collect(), id)).collect();
    found.sort();
    found.into_iter().map(|(_, id)| id)
}
