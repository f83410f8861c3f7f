//! Participation: how many came to courses and events, summed up by year for the portal, each region, course and event. Visits are counted, not
//! persons: whoever comes twice makes two.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::checks::is_meant;
use super::edges::{self, Part};
use super::schedule::{Dated, Schedule};
use super::today::Today;
use super::{Item, ItemId, Portal};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::rules::at;
use crate::content::shared::Attendance;
use crate::content::value::Year;
use crate::content::walk::{Path, Step};
use crate::diag::Findings;
use crate::diag::catalogue as say;

/// How many came in a year, or to one class run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Sessions of which people were counted; a day of an exhibition is one.
    pub counted: u64,
    /// Sessions that took place without anybody being counted.
    pub uncounted: u64,
    /// Visits.
    pub visits: u64,
    /// Visits of each audience. Those who belong to several count in each.
    pub groups: BTreeMap<ItemId, u64>,
    /// Whether something that is made up is among them.
    pub is_sample: bool,
}

impl Sum {
    fn add(&mut self, attendance: &Attendance, part: Part<'_>) {
        self.counted += 1;
        self.visits += u64::from(attendance.total);
        for (nth, group) in attendance.groups.iter().enumerate() {
            if let Some(audience) = part.nth(Field::Groups, nth).one(Field::Audience) {
                *self.groups.entry(audience).or_default() += u64::from(group.people);
            }
        }
    }
}

/// What is summed up: the whole portal, or an entry.
pub type Whole = Option<ItemId>;

/// All sums. Empty if nobody was counted anywhere.
#[derive(Debug, Default)]
pub struct Participation(BTreeMap<Whole, BTreeMap<Year, Sum>>);

/// People counted at one session, and where that was written.
struct Count<'a> {
    run: usize,
    path: Path,
    attendance: &'a Attendance,
    part: Part<'a>,
}

impl Participation {
    pub(super) fn new(items: &[Item], schedule: &Schedule, today: &Today) -> Self {
        let public = || items.iter().enumerate().filter(|(_, item)| item.is_public());
        let mut all = Self::default();
        if public().all(|(_, item)| counts(item).is_empty()) {
            return all;
        }
        for (at, item) in public().filter(|(_, item)| matches!(item.entry.own, Own::Course(_) | Own::Event(_))) {
            all.take(items, schedule, today, ItemId::at(at), item);
        }
        all
    }

    fn take(&mut self, items: &[Item], schedule: &Schedule, today: &Today, id: ItemId, item: &Item) {
        let counts = counts(item);
        for count in &counts {
            let day = count.attendance.date.0;
            let Some(session) = sessions_on(schedule, id, count.run, day).next() else { continue };
            if today.reached(day) {
                let add = |sum: &mut Sum| {
                    sum.add(count.attendance, count.part);
                    sum.is_sample |= item.is_sample();
                };
                self.each(items, id, region(items, item, session), day, &add);
            }
        }
        let is_counted = |session: &&Dated| {
            let days = session.start.date()..=session.last_day();
            counts.iter().any(|count| count.run == session.run && days.contains(&count.attendance.date.0))
        };
        let over = schedule.of(id).filter(|session| session.takes_place() && session.is_past(today));
        for session in over.filter(|session| !is_counted(session)) {
            self.each(items, id, region(items, item, session), session.start.date(), &|sum| sum.uncounted += 1);
        }
    }

    /// Changes every sum to which something on a day belongs: that of the entry, those of its region and all above, and that of the portal.
    fn each(&mut self, items: &[Item], id: ItemId, region: Option<ItemId>, day: Date, change: &dyn Fn(&mut Sum)) {
        let above = edges::above(region, |region| items[region.index()].edges.one(Field::Parent));
        for whole in [None, Some(id)].into_iter().chain(above.into_iter().map(Some)) {
            change(self.0.entry(whole).or_default().entry(Year(day.year())).or_default());
        }
    }

    /// Whether nobody was counted anywhere.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sums of the portal or of an entry, the latest year first. Years in which nobody was counted are among them.
    pub fn years(&self, of: Whole) -> impl Iterator<Item = (Year, &Sum)> {
        self.0.get(&of).into_iter().flatten().rev().map(|(year, sum)| (*year, sum))
    }

    /// Whether people were counted there.
    pub fn has(&self, of: Whole) -> bool {
        self.years(of).any(|(_, sum)| sum.counted > 0)
    }

    /// Whether something that is made up is among what was counted in a year.
    pub fn is_sample(&self, of: Whole, year: Year) -> bool {
        self.0.get(&of).and_then(|years| years.get(&year)).is_some_and(|sum| sum.is_sample)
    }

    /// The visits of a year: those of an audience, or all. `None` if nobody was counted.
    pub fn visits(&self, of: Whole, year: Year, audience: Option<ItemId>) -> Option<u64> {
        let sum = self.0.get(&of)?.get(&year).filter(|sum| sum.counted > 0)?;
        match audience {
            Some(audience) => sum.groups.get(&audience).copied(),
            None => Some(sum.visits),
        }
    }
}

/// The sum of one class run of a course, or of an event whose run is 0, as far as the days have come.
pub fn of_run(portal: &Portal, id: ItemId, run: usize) -> Sum {
    let mut sum = Sum::default();
    for count in counts(portal.item(id)).into_iter().filter(|count| count.run == run) {
        let day = count.attendance.date.0;
        if portal.today.reached(day) && sessions_on(&portal.schedule, id, run, day).next().is_some() {
            sum.add(count.attendance, count.part);
        }
    }
    sum
}

/// Everything that was counted of an entry.
fn counts(item: &Item) -> Vec<Count<'_>> {
    let mut all = Vec::new();
    match &item.entry.own {
        Own::Course(course) => {
            for (run, own) in course.runs.iter().enumerate() {
                let path = at!["runs", run];
                all.extend(of_list(run, &path, item.edges.all().nth(Field::Runs, run), &own.attendance));
            }
        }
        Own::Event(event) => all.extend(of_list(0, &[], item.edges.all(), &event.attendance)),
        _ => {}
    }
    all
}

fn of_list<'a>(run: usize, base: &[Step], part: Part<'a>, counted: &'a [Attendance]) -> Vec<Count<'a>> {
    let count = |(nth, attendance): (usize, &'a Attendance)| Count {
        run,
        path: base.iter().copied().chain(at!["attendance", nth, "date"]).collect(),
        attendance,
        part: part.nth(Field::Attendance, nth),
    };
    counted.iter().enumerate().map(count).collect()
}

/// The sessions of a run that take place on a day.
fn sessions_on(schedule: &Schedule, id: ItemId, run: usize, day: Date) -> impl Iterator<Item = &Dated> {
    let is_on = move |session: &&Dated| {
        session.run == run && session.takes_place() && (session.start.date()..=session.last_day()).contains(&day)
    };
    schedule.of(id).filter(is_on)
}

/// Where a session takes place; of one without a venue, where those who hold it are.
fn region(items: &[Item], item: &Item, session: &Dated) -> Option<ItemId> {
    let holders = [Field::Institution, Field::Unit].into_iter().filter_map(|field| item.edges.one(field));
    session.venue.into_iter().chain(holders).find_map(|place| items[place.index()].edges.one(Field::Region))
}

/// Reports counts of days on which nothing took place, and those of which there are more than sessions.
pub(super) fn check(portal: &Portal, findings: &mut Findings) {
    for (id, item) in portal.items().filter(|(_, item)| is_meant(item)) {
        let mut seen: HashMap<(usize, Date), usize> = HashMap::new();
        for count in counts(item) {
            let day = count.attendance.date;
            let nth = seen.entry((count.run, day.0)).or_default();
            *nth += 1;
            let held = sessions_on(&portal.schedule, id, count.run, day.0).count();
            if *nth > held {
                let place = item.entry.origin.place(&count.path);
                let said = if held == 0 { say::nothing_took_place } else { say::counted_twice };
                findings.at(place, said(&day.to_string()));
            }
        }
    }
}
