//! What cannot take place as it is written: two sessions at one venue or with one teacher, a session outside the opening hours of its venue,
//! more places than seats, enrolment that is open after the start.

mod hall;
mod hours;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::checks::is_meant;
use super::schedule::Dated;
use super::{Item, ItemId, Portal};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::rules::at;
use crate::content::shared::{Mode, Run, Status, Window};
use crate::content::value::Moment;
use crate::content::walk::{Path, Step};
use crate::diag::catalogue as say;
use crate::diag::{Code, Diagnostic};
use crate::source::Place;
use hall::Halls;

/// Something that cannot take place as it is written. It is told once of a run, or of two runs, however many sessions it concerns.
#[derive(Clone, Debug)]
pub struct Clash {
    /// Whether it is over, so that nobody needs to hear of it.
    pub is_over: bool,
    owner: ItemId,
    run: usize,
    /// The first session that it concerns, by its place among all; none if it concerns the run as a whole.
    session: Option<usize>,
    with: With,
}

/// What a session or a run clashes with.
#[derive(Clone, Copy, Debug)]
enum With {
    /// Another session at the venue.
    Venue(ItemId, usize),
    /// Another session with the teacher.
    Teacher(ItemId, usize),
    /// Another session with the teacher, who does not get there in time.
    Way(ItemId, usize),
    /// The opening hours of the venue, on a day.
    Hours(ItemId, Date),
    /// The seats of the venue.
    Seats(ItemId),
    /// The day on which the run begins.
    Start(Date),
}

/// All clashes, in one pass over all sessions in order of time.
pub fn all(portal: &Portal) -> Vec<Clash> {
    let sessions = portal.schedule.all();
    let mut found = Found { sessions, known: BTreeMap::new(), all: Vec::new() };
    let entries = portal.items().count();
    let mut venues = Halls::new(sessions, entries);
    let mut teachers = Halls::new(sessions, entries);
    let mut runs: Vec<Vec<Taking>> = portal.items().map(|(_, item)| Taking::of(item)).collect();
    for (at, session) in sessions.iter().enumerate() {
        let item = portal.item(session.owner);
        let run = &mut runs[session.owner.index()][session.run];
        if !session.takes_place() || !run.is_meant {
            continue;
        }
        let is_over = session.last_day() < portal.today.date();
        let mut add =
            |with| found.add(Clash { is_over, owner: session.owner, run: session.run, session: Some(at), with });
        run.begins.get_or_insert(session.start.date());
        if let Some(venue) = session.venue.filter(|_| !run.is_online) {
            if let Some(day) = hours::outside(portal.item(venue), session) {
                add(With::Hours(venue, day));
            }
            if seats_short(portal, item, session.run, venue).is_some() {
                add(With::Seats(venue));
            }
            // An exhibition leaves room for others.
            let rooms = rooms(portal.item(venue));
            let other = if session.is_daily { None } else { venues.take(venue, at, |on| on.len() < rooms) };
            if let Some(other) = other {
                add(With::Venue(venue, other));
            }
        }
        if session.is_daily {
            continue;
        }
        for (teacher, free) in run.teachers.iter().copied() {
            let is_room =
                |on: &[usize]| on.len() < free && on.iter().all(|other| sessions[*other].owner == session.owner);
            if let Some(other) = teachers.take(teacher, at, is_room) {
                add(With::Teacher(teacher, other));
            } else if let Some(before) = teachers.before(teacher).filter(|_| free == 1)
                && is_too_far(portal, &sessions[before], session)
            {
                add(With::Way(teacher, before));
            }
        }
    }
    for (id, item) in portal.items().filter(|(_, item)| is_meant(item)) {
        of_runs(portal, (id, item), &runs[id.index()], &mut found);
    }
    found.all
}

/// What each run of an entry is told of as a whole: places for which there are no seats, if it has no session yet, and enrolment after its
/// start.
fn of_runs(portal: &Portal, (id, item): (ItemId, &Item), runs: &[Taking], found: &mut Found<'_>) {
    for (run, written) in item.entry.own.schedules().iter().enumerate() {
        if written.status == Status::Cancelled {
            continue;
        }
        let begins = runs[run].begins;
        let mut add = |is_over, with| found.add(Clash { is_over, owner: id, run, session: None, with });
        if let Some(venue) = usual_venue(item, run).filter(|_| begins.is_none())
            && seats_short(portal, item, run, venue).is_some()
        {
            add(false, With::Seats(venue));
        }
        if let (Some(begins), Some(to)) = (begins, closes(item, run))
            && to > begins
        {
            add(to < portal.today.date(), With::Start(begins));
        }
    }
}

/// What makes two clashes the same one: the code, what is taken, and the runs.
type Key = (Code, Option<ItemId>, [(ItemId, usize); 2]);

/// Clashes, each once for its runs. Of those that recur, the first that is not over.
struct Found<'a> {
    sessions: &'a [Dated],
    known: BTreeMap<Key, usize>,
    all: Vec<Clash>,
}

impl Found<'_> {
    fn add(&mut self, clash: Clash) {
        let own = (clash.owner, clash.run);
        let (taken, other) = match clash.with {
            With::Venue(taken, other) | With::Teacher(taken, other) | With::Way(taken, other) => {
                (Some(taken), (self.sessions[other].owner, self.sessions[other].run))
            }
            With::Hours(venue, _) | With::Seats(venue) => (Some(venue), own),
            With::Start(_) => (None, own),
        };
        let mut runs = [own, other];
        runs.sort_unstable();
        let next = self.all.len();
        let known = *self.known.entry((clash.code(), taken, runs)).or_insert(next);
        if known == next {
            self.all.push(clash);
        } else if self.all[known].is_over && !clash.is_over {
            self.all[known] = clash;
        }
    }
}

impl Clash {
    /// Its code.
    pub fn code(&self) -> Code {
        match self.with {
            With::Venue(..) => Code::VenueTwice,
            With::Teacher(..) | With::Way(..) => Code::TeacherTwice,
            With::Hours(..) => Code::OutsideHours,
            With::Seats(_) => Code::OverCapacity,
            With::Start(_) => Code::LateEnrolment,
        }
    }

    /// The entries whose exceptions may silence it.
    pub fn owners(&self, portal: &Portal) -> impl Iterator<Item = ItemId> {
        let other = self.other(portal).map(|other| other.owner).filter(|other| *other != self.owner);
        [self.owner].into_iter().chain(other)
    }

    /// What an exception of that entry calls it: the code, and what it clashes with.
    pub fn name(&self, portal: &Portal, owner: ItemId) -> String {
        let entry = |id: ItemId| format!("{}/{}", portal.item(id).kind().folder(), portal.item(id).id());
        let with = match self.with {
            With::Hours(venue, _) | With::Seats(venue) => entry(venue),
            With::Start(_) => closes(portal.item(self.owner), self.run).map(|day| day.to_string()).unwrap_or_default(),
            With::Venue(..) | With::Teacher(..) | With::Way(..) => {
                let other = self.other(portal).map_or(self.owner, |other| other.owner);
                entry(if owner == self.owner { other } else { self.owner })
            }
        };
        format!("{} {with}", self.code().name())
    }

    /// The session with which it clashes.
    fn other<'a>(&self, portal: &'a Portal) -> Option<&'a Dated> {
        match self.with {
            With::Venue(_, other) | With::Teacher(_, other) | With::Way(_, other) => portal.schedule.all().get(other),
            With::Hours(..) | With::Seats(_) | With::Start(_) => None,
        }
    }

    /// What an editor reads. Placing it takes as long as reading its file.
    pub fn diagnostic(&self, portal: &Portal) -> Diagnostic {
        let item = portal.item(self.owner);
        let session = self.session.map(|at| &portal.schedule.all()[at]);
        let when = session.map(|session| Moment(session.start).to_string()).unwrap_or_default();
        let name = self.name(portal, self.owner);
        let here = || session.map_or_else(|| run_place(item, self.run, &[]), |session| session_place(portal, session));
        let title = |id: ItemId| portal.item(id).title();
        let beside = |mistake, at: usize| {
            let other = session_place(portal, &portal.schedule.all()[at]);
            Diagnostic::new(mistake, here()).with_related(other, say::OTHER_SESSION_HERE)
        };
        let owner_of = |at: usize| title(portal.schedule.all()[at].owner);
        match self.with {
            With::Venue(venue, at) => beside(say::venue_twice(title(venue), owner_of(at), &when, &name), at),
            With::Teacher(teacher, at) => beside(say::teacher_twice(title(teacher), owner_of(at), &when, &name), at),
            With::Way(teacher, at) => {
                let other = &portal.schedule.all()[at];
                let minutes = session.map_or(0, |session| other.end.duration_until(session.start).as_mins());
                let mistake = say::teacher_too_far(title(teacher), title(other.owner), minutes, &when, &name);
                beside(mistake, at)
            }
            With::Hours(venue, day) => {
                let venue = portal.item(venue);
                let (times, path) = hours::on(venue, day);
                let mistake = say::outside_hours(venue.title(), &when, day.weekday(), &times, &name);
                let diagnostic = Diagnostic::new(mistake, here());
                diagnostic.with_related(venue.entry.origin.place(&path), say::HOURS_HERE)
            }
            With::Seats(venue) => {
                let (capacity, seats) = seats_short(portal, item, self.run, venue).unwrap_or_default();
                let mistake = say::over_capacity(capacity, title(venue), seats, &name);
                let place = run_place(item, self.run, &["capacity".into()]);
                let seats = portal.item(venue).entry.origin.place(&["seats".into()]);
                let moved = session.filter(|_| usual_venue(item, self.run) != Some(venue));
                let diagnostic = Diagnostic::new(mistake, place);
                let diagnostic = match moved {
                    Some(session) => diagnostic.with_related(session_place(portal, session), say::SESSION_THERE),
                    None => diagnostic,
                };
                diagnostic.with_related(seats, say::SEATS_HERE)
            }
            With::Start(begins) => {
                let mistake = say::late_enrolment(&begins.to_string(), &name);
                let first = portal.sessions(self.owner).find(|one| one.run == self.run && one.takes_place());
                let place = run_place(item, self.run, &["enrol".into(), "to".into()]);
                let diagnostic = Diagnostic::new(mistake, place);
                match first {
                    Some(first) => diagnostic.with_related(session_place(portal, first), say::FIRST_SESSION_HERE),
                    None => diagnostic,
                }
            }
        }
    }
}

fn session_place(portal: &Portal, session: &Dated) -> Place {
    let item = portal.item(session.owner);
    item.entry.origin.place(&session.path(item))
}

fn run_place(item: &Item, run: usize, rest: &[Step]) -> Place {
    let base: Path = if matches!(item.entry.own, Own::Course(_)) { at!["runs", run] } else { Path::new() };
    item.entry.origin.place(&[base.as_slice(), rest].concat())
}

fn mode(item: &Item) -> Option<Mode> {
    match &item.entry.own {
        Own::Course(course) => Some(course.mode),
        Own::Event(event) => Some(event.mode),
        _ => None,
    }
}

fn run_of(item: &Item, run: usize) -> Option<&Run> {
    match &item.entry.own {
        Own::Course(course) => course.runs.get(run),
        _ => None,
    }
}

/// The last day of enrolment, as written.
fn closes(item: &Item, run: usize) -> Option<Date> {
    let Window { to, .. } = run_of(item, run)?.enrol?;
    Some(to?.0)
}

/// How many sessions a venue can hold at once.
fn rooms(venue: &Item) -> usize {
    match &venue.entry.own {
        Own::Venue(venue) => venue.rooms.unwrap_or(1) as usize,
        _ => 1,
    }
}

/// The venue of the sessions of a run that name none.
fn usual_venue(item: &Item, run: usize) -> Option<ItemId> {
    let own = item.edges.all();
    own.nth(Field::Runs, run).one(Field::Venue).or_else(|| own.one(Field::Venue))
}

/// The places of a run and the seats of the venue, if these are fewer. Who takes part online needs no seat.
fn seats_short(portal: &Portal, item: &Item, run: usize, venue: ItemId) -> Option<(u32, u32)> {
    let capacity = match &item.entry.own {
        Own::Event(event) if event.mode == Mode::Onsite => event.capacity,
        Own::Course(course) if course.mode == Mode::Onsite => course.runs.get(run)?.capacity,
        _ => None,
    }?;
    let Own::Venue(venue) = &portal.item(venue).entry.own else { return None };
    venue.seats.filter(|seats| (1..capacity).contains(seats)).map(|seats| (capacity, seats))
}

/// What the sessions of a run take up.
struct Taking {
    is_meant: bool,
    is_online: bool,
    teachers: Vec<(ItemId, usize)>,
    /// The day of the first session so far.
    begins: Option<Date>,
}

impl Taking {
    /// Of each run of an entry.
    fn of(item: &Item) -> Vec<Self> {
        let (is_meant, is_online) = (is_meant(item), mode(item) == Some(Mode::Online));
        let runs = 0..item.entry.own.schedules().len();
        runs.map(|run| Self { is_meant, is_online, teachers: teachers_of(item, run), begins: None }).collect()
    }
}

/// The teachers of a run, each with how many of its owner's sessions may be at once: as many as the course has teachers, if they
/// are named for all runs together.
fn teachers_of(item: &Item, run: usize) -> Vec<(ItemId, usize)> {
    let all = item.edges.all();
    let own: Vec<ItemId> = all.nth(Field::Runs, run).to(Field::Teachers).collect();
    if !own.is_empty() {
        return own.into_iter().map(|teacher| (teacher, 1)).collect();
    }
    let shared: Vec<ItemId> = all.to(Field::Teachers).collect();
    let free = shared.len();
    shared.into_iter().map(|teacher| (teacher, free)).collect()
}

/// Whether nobody gets from one session to the next, which begins when the other is over: they are at two venues, and the way takes longer.
fn is_too_far(portal: &Portal, before: &Dated, session: &Dated) -> bool {
    let way = i64::from(portal.settings.site.travel_minutes.unwrap_or(0));
    let there = |session: &Dated| session.venue.filter(|_| mode(portal.item(session.owner)) != Some(Mode::Online));
    let are_apart = matches!((there(before), there(session)), (Some(one), Some(other)) if one != other);
    are_apart && before.end.duration_until(session.start).as_mins() < way
}
