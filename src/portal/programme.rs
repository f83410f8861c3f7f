//! What takes place when: the programme of each learning week, and the coming days of the portal and of each region.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::schedule::{Dated, Schedule};
use super::today::Today;
use super::{Item, ItemId, edges};
use crate::content::field::Field;
use crate::content::rules::each_day;
use crate::content::{Kind, Own};

/// Coming days of which all is kept: today and those after it.
pub const AHEAD: usize = 14;
/// Days of a session of several days that are told one by one.
const DAYS: usize = 366;

/// A session on one of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The day.
    pub day: Date,
    /// The session, by its place in the schedule.
    pub session: usize,
}

/// Something that parts a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// District, street and village.
    Region,
    /// Venue.
    Venue,
    /// Audience.
    Audience,
    /// Topic.
    Topic,
    /// The institution that holds it.
    Institution,
    /// The unit that organises it.
    Unit,
}

impl Way {
    /// All ways, in the order in which pages offer them.
    pub const ALL: [Self; 6] = [Self::Region, Self::Venue, Self::Audience, Self::Topic, Self::Institution, Self::Unit];

    /// The name of its folder in addresses.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Venue => "venue",
            Self::Audience => "audience",
            Self::Topic => "topic",
            Self::Institution => "institution",
            Self::Unit => "unit",
        }
    }
}

/// The programme of a learning week: its own events and those of the weeks that are part of it.
#[derive(Debug, Default)]
pub struct Programme {
    /// Every day of every session, by day, time and title.
    pub by_day: BTreeMap<Date, Vec<Slot>>,
    /// Every session once, on its first day.
    pub all: Vec<Slot>,
    /// The sessions of everything that parts it, each once. What all have in common is no part.
    pub ways: BTreeMap<Way, BTreeMap<ItemId, Vec<Slot>>>,
    /// How many events it has.
    pub events: usize,
}

/// What is to come, of the portal or of a region.
#[derive(Debug, Default)]
pub struct Coming {
    /// The next days, [`AHEAD`] of them, by day, time and title.
    pub slots: Vec<Slot>,
    /// The first day after these on which something takes place, with what begins on it.
    pub later: Vec<Slot>,
}

impl Coming {
    /// What takes place on a day of the next ones.
    pub fn on(&self, day: Date) -> &[Slot] {
        let start = self.slots.partition_point(|slot| slot.day < day);
        let end = self.slots.partition_point(|slot| slot.day <= day);
        &self.slots[start..end]
    }

    /// The first day after `day` on which something takes place.
    pub fn after(&self, day: Date, schedule: &Schedule) -> Option<&[Slot]> {
        let from = self.slots.partition_point(|slot| slot.day <= day);
        let next = self.slots[from..].iter().find(|slot| schedule.all()[slot.session].takes_place());
        next.map(|slot| self.on(slot.day)).or(Some(&self.later)).filter(|slots| !slots.is_empty())
    }
}

/// The programmes of all learning weeks, and the coming days.
#[derive(Debug, Default)]
pub struct Programmes {
    editions: BTreeMap<ItemId, Programme>,
    /// What is to come.
    pub coming: Coming,
    /// What is to come in each region in which anything is.
    pub regions: BTreeMap<ItemId, Coming>,
}

impl Programmes {
    /// The programmes of published learning weeks, and the coming days.
    pub(super) fn new(items: &[Item], schedule: &Schedule, today: &Today) -> Self {
        let maker = Maker { items, schedule };
        let editions = maker.editions();
        let (coming, regions) = maker.coming(today);
        Self { editions, coming, regions }
    }

    /// The programme of a learning week; `None` if nothing takes place in it.
    pub fn of(&self, edition: ItemId) -> Option<&Programme> {
        self.editions.get(&edition)
    }

    /// The learning weeks with a programme.
    pub fn editions(&self) -> impl Iterator<Item = (ItemId, &Programme)> {
        self.editions.iter().map(|(id, programme)| (*id, programme))
    }
}

/// What programmes are made from.
struct Maker<'a> {
    items: &'a [Item],
    schedule: &'a Schedule,
}

impl Maker<'_> {
    fn item(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }

    fn editions(&self) -> BTreeMap<ItemId, Programme> {
        let public = (0..self.items.len()).map(ItemId::at).filter(|id| self.item(*id).is_public());
        let editions = public.filter(|id| self.item(*id).kind() == Kind::Edition);
        editions.filter_map(|id| Some((id, self.programme(id)?))).collect()
    }

    /// Events of an edition and of those below it, each once.
    fn events(&self, edition: ItemId) -> BTreeSet<ItemId> {
        let (mut events, mut known, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![edition]);
        while let Some(id) = open.pop().filter(|id| known.insert(*id)) {
            for referrer in &*self.item(id).referrers {
                match self.item(*referrer).kind() {
                    Kind::Event => _ = events.insert(*referrer),
                    Kind::Edition => open.push(*referrer),
                    _ => {}
                }
            }
        }
        events
    }

    fn programme(&self, edition: ItemId) -> Option<Programme> {
        let events = self.events(edition);
        let mut programme = Programme { events: events.len(), ..Programme::default() };
        let mut days = Vec::new();
        let regions: Vec<ItemId> = self.item(edition).edges.to(Field::Regions).collect();
        let mut larger: BTreeSet<ItemId> = regions.iter().flat_map(|region| self.above(*region)).collect();
        for region in &regions {
            larger.remove(region);
        }
        for at in events.iter().flat_map(|event| self.schedule.places(*event)) {
            let session = &self.schedule.all()[at];
            days.extend(slots(session, at, None));
            programme.all.push(Slot { day: session.start.date(), session: at });
        }
        self.sort(&mut days);
        self.sort(&mut programme.all);
        for slot in days {
            programme.by_day.entry(slot.day).or_default().push(slot);
        }
        for slot in &programme.all {
            let session = &self.schedule.all()[slot.session];
            let edges = &self.item(session.owner).edges;
            let mut add = |way: Way, of: ItemId| {
                programme.ways.entry(way).or_default().entry(of).or_default().push(*slot);
            };
            self.regions(session).into_iter().filter(|id| !larger.contains(id)).for_each(|id| add(Way::Region, id));
            session.venue.into_iter().for_each(|id| add(Way::Venue, id));
            for (way, field) in [
                (Way::Audience, Field::Audiences),
                (Way::Topic, Field::Topics),
                (Way::Institution, Field::Institution),
                (Way::Unit, Field::Unit),
            ] {
                edges.to(field).for_each(|id| add(way, id));
            }
        }
        let all = programme.all.len();
        for parts in programme.ways.values_mut() {
            parts.retain(|id, slots| slots.len() < all && self.item(*id).is_public());
        }
        programme.ways.retain(|_, parts| !parts.is_empty());
        (all > 0).then_some(programme)
    }

    /// What is to come of the portal and of each region.
    fn coming(&self, today: &Today) -> (Coming, BTreeMap<ItemId, Coming>) {
        let first = today.date();
        // Tomorrow all of this is another.
        today.passed(first);
        let last = first.checked_add(i64::try_from(AHEAD - 1).unwrap_or_default().days()).unwrap_or(first);
        let (mut coming, mut regions) = (Coming::default(), BTreeMap::<ItemId, Coming>::new());
        for (at, session) in self.schedule.all().iter().enumerate() {
            if session.last_day() < first || !self.item(session.owner).is_public() {
                continue;
            }
            let here = self.regions(session);
            let mut each = |add: &dyn Fn(&mut Coming)| {
                add(&mut coming);
                for region in &here {
                    add(regions.entry(*region).or_default());
                }
            };
            let day = session.start.date();
            if day <= last {
                let slots: Vec<Slot> = slots(session, at, Some((first, last))).collect();
                each(&|coming| coming.slots.extend(&slots));
            } else if session.takes_place() {
                // Sessions come in order of time.
                each(&|coming| {
                    if coming.later.first().is_none_or(|slot| slot.day == day) {
                        coming.later.push(Slot { day, session: at });
                    }
                });
            }
        }
        regions.retain(|id, _| self.item(*id).is_public());
        for coming in regions.values_mut().chain([&mut coming]) {
            self.sort(&mut coming.slots);
            self.sort(&mut coming.later);
        }
        (coming, regions)
    }

    /// Sorts by day, time and title.
    fn sort(&self, slots: &mut [Slot]) {
        let session = |slot: &Slot| &self.schedule.all()[slot.session];
        slots.sort_by_cached_key(|slot| {
            let one = session(slot);
            let pinyin = &*self.item(one.owner).entry.pinyin;
            (slot.day, one.start.time(), pinyin, one.owner, one.run, slot.session)
        });
    }

    /// Where a session takes place: a region with all above it. What has no place of its own takes place where its week does.
    fn regions(&self, session: &Dated) -> Vec<ItemId> {
        let owner = self.item(session.owner);
        let mut places =
            session.venue.into_iter().chain(owner.edges.one(Field::Institution)).chain(owner.edges.one(Field::Unit));
        let region = places.find_map(|place| self.item(place).edges.one(Field::Region));
        match (region, &owner.entry.own) {
            (Some(region), _) => self.above(region),
            (None, Own::Event(_)) => {
                let week = owner.edges.one(Field::Edition).map(|week| &self.item(week).edges);
                let regions = week.into_iter().flat_map(|edges| edges.to(Field::Regions));
                let all: BTreeSet<ItemId> = regions.flat_map(|region| self.above(region)).collect();
                all.into_iter().collect()
            }
            (None, _) => Vec::new(),
        }
    }

    /// A region and all above it.
    fn above(&self, region: ItemId) -> Vec<ItemId> {
        edges::above(Some(region), |region| self.item(region).edges.one(Field::Parent))
    }
}

/// The days of a session, within bounds.
fn slots(session: &Dated, at: usize, within: Option<(Date, Date)>) -> impl Iterator<Item = Slot> {
    let (mut from, mut to) = (session.start.date(), session.last_day());
    if let Some((first, last)) = within {
        (from, to) = (from.max(first), to.min(last));
    }
    each_day(from, to).take(DAYS).map(move |day| Slot { day, session: at })
}
