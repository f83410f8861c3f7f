//! The portal: every entry linked by id, sorted, its address fixed. No YAML, no template, no HTML.
//!
//! Entries are sorted as lists show them, so a set of them in ascending [`ItemId`] is in the order to be shown.

pub mod answer;
pub mod binder;
pub mod board;
pub mod body;
pub mod bundle;
pub mod calendars;
pub mod catalogue;
pub mod charge;
mod checks;
pub mod clash;
pub mod comparison;
mod consent;
pub mod deadline;
pub mod edges;
pub mod enrol;
pub mod evidence;
pub mod facet;
pub mod feeds;
pub mod figure;
pub mod files;
mod holidays;
pub mod honours;
mod known;
pub mod link;
pub mod linked;
pub mod location;
pub mod matrix;
pub mod measure;
pub mod network;
pub mod order;
pub mod overview;
pub mod participation;
pub mod path;
pub mod population;
pub mod programme;
pub mod reconcile;
mod relations;
mod samples;
pub mod schedule;
pub mod selection;
pub mod settings;
pub mod today;
pub mod verdict;
pub mod worksheet;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::address::Href;
use crate::content::field::Field;
use crate::content::shared::Change;
use crate::content::{Kind, Own};
use crate::diag::catalogue::{Hidden, Withheld};
use crate::entry::Entry;
use crate::load::history::{Commits, History};
use crate::markdown;
use crate::source::Source;
use bundle::Bundles;
use calendars::Calendars;
use catalogue::Catalogue;
use charge::Charges;
use clash::Clash;
use edges::Edges;
use evidence::Ledger;
use facet::{Facets, Value};
use files::UsedFiles;
use honours::Honours;
use measure::Measures;
use network::Network;
use overview::Overviews;
use participation::Participation;
use programme::Programmes;
use reconcile::Gaps;
use schedule::{Dated, Schedule};
use settings::Settings;
use today::Today;

pub use files::FileUse;
pub use location::has_page;

/// An entry of the portal, by its place in the order of all entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u32);

impl ItemId {
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Whether an entry is published today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Published.
    Public,
    /// A draft.
    Draft,
    /// Not yet, not any more, or withdrawn.
    Hidden(Hidden),
}

/// An entry, linked.
#[derive(Debug)]
pub struct Item {
    /// What was written.
    pub entry: Arc<Entry>,
    /// Its title as shown, if that is not as written.
    marked: Option<String>,
    /// Whether it is published today.
    pub state: State,
    /// Its address; with an anchor if it has no page of its own.
    pub address: Href,
    /// Why its pictures are withheld, if they are.
    pub withheld: Option<Withheld>,
    /// What its fields refer to.
    pub edges: Edges,
    /// Published entries that refer to it, in order.
    referrers: Arc<[ItemId]>,
}

impl Item {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.entry.kind()
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.entry.id
    }

    /// Its first id, which readers of feeds and calendars keep.
    pub fn first_id(&self) -> &str {
        self.entry.common.formerly.first().map_or(self.id(), |id| id.as_str())
    }

    /// Its title as shown: that of a sample says so.
    pub fn title(&self) -> &str {
        self.marked.as_deref().unwrap_or(&self.entry.common.title)
    }

    /// Its title as written, by which it is sorted and found.
    pub fn written_title(&self) -> &str {
        &self.entry.common.title
    }

    /// Whether it is made up, to show how the portal looks.
    pub fn is_sample(&self) -> bool {
        self.entry.common.sample
    }

    /// Why it is laid on those on whom it is laid, if the notice does not say so.
    pub fn inferred(&self) -> Option<&str> {
        match &self.entry.own {
            Own::Duty(duty) => duty.inferred.as_deref(),
            Own::Indicator(indicator) => indicator.inferred.as_deref(),
            _ => None,
        }
    }

    /// Whether it is published today.
    pub fn is_public(&self) -> bool {
        self.state == State::Public
    }

    /// Whether it is shown only in the list of its kind: it has no page, and no published owner with a page or a sheet.
    pub fn is_in_list(&self) -> bool {
        let page = self.address.page().strip_prefix(self.kind().folder()).and_then(|rest| rest.strip_prefix('/'));
        page.is_some_and(|page| !page.contains('/')) && !has_page(self.kind())
    }

    /// Its summary, or the beginning of its body.
    pub fn summary(&self) -> String {
        self.entry.common.summary.clone().unwrap_or_else(|| markdown::excerpt(&self.entry.scan.excerpt))
    }
}

/// All entries, published or not, and their ids.
#[derive(Debug)]
struct Items {
    all: Vec<Item>,
    ids: Ids,
}

/// Present and former ids of each kind.
#[derive(Debug, Default)]
struct Ids(HashMap<Kind, HashMap<String, ItemId>>);

impl Ids {
    fn get(&self, kind: Kind, id: &str) -> Option<ItemId> {
        self.0.get(&kind)?.get(id).copied()
    }
}

impl Items {
    fn item(&self, id: ItemId) -> &Item {
        &self.all[id.index()]
    }

    fn iter(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.all.iter().enumerate().map(|(at, item)| (ItemId::at(at), item))
    }

    /// Entries are sorted by kind first: those of one kind lie together in any sorted set.
    fn kind_in<'a>(&self, sorted: &'a [ItemId], kind: Kind) -> &'a [ItemId] {
        let start = sorted.partition_point(|id| self.item(*id).kind() < kind);
        let end = sorted.partition_point(|id| self.item(*id).kind() <= kind);
        &sorted[start..end]
    }
}

/// Everything that is published, and everything that is known of it.
#[derive(Debug)]
pub struct Portal {
    /// The settings.
    pub settings: Settings,
    /// What the settings refer to.
    pub edges: Edges,
    /// Today.
    pub today: Today,
    /// All sessions.
    pub schedule: Arc<Schedule>,
    /// The programmes of learning weeks, and the coming days.
    pub programmes: Arc<Programmes>,
    /// Entries by what they have in common.
    pub facets: Arc<Facets>,
    /// What calendars hold.
    pub calendars: Arc<Calendars>,
    /// The courses, and what narrows them down.
    pub catalogue: Arc<Catalogue>,
    /// Which unit is charged with what.
    pub charges: Arc<Charges>,
    /// How many came to courses and events.
    pub participation: Arc<Participation>,
    /// Honours by year and level.
    pub honours: Arc<Honours>,
    /// How far indicators are.
    pub measures: Arc<Measures>,
    /// The school network against its standards.
    pub network: Arc<Network>,
    /// What there is to show for duties and indicators.
    pub ledger: Arc<Ledger>,
    /// What cannot take place as it is written.
    clashes: Arc<OnceLock<Vec<Clash>>>,
    /// What does not fit together.
    gaps: OnceLock<Gaps>,
    /// What units hand in every year.
    bundles: OnceLock<Bundles>,
    /// Where each region stands.
    overviews: OnceLock<Overviews>,
    /// Former addresses, each with the entry that it redirects to.
    pub redirects: Vec<(String, ItemId)>,
    /// Files that content or settings use.
    pub used_files: UsedFiles,
    /// Files that show a person without a valid consent, by path from the project's root.
    pub withheld_files: BTreeSet<String>,
    items: Items,
    /// What the body of each entry points at.
    bodies: Vec<Arc<body::Targets>>,
    /// Links in bodies to what the portal makes.
    pub awaited: Vec<body::Awaited>,
    /// When files were committed, if that counts.
    history: Option<Arc<History>>,
    /// Texts of which something could not be read.
    unread: Vec<Arc<Source>>,
}

impl Portal {
    /// The address of the root, if there is one.
    pub fn base_url(&self) -> Option<&str> {
        self.settings.base_url.as_deref()
    }

    /// The entry of an id.
    pub fn item(&self, id: ItemId) -> &Item {
        self.items.item(id)
    }

    /// What does not fit together, computed when it is first asked for.
    pub fn gaps(&self) -> &Gaps {
        self.gaps.get_or_init(|| Gaps::new(self))
    }

    /// What cannot take place as it is written, found when it is first asked for.
    pub fn clashes(&self) -> &[Clash] {
        self.clashes.get_or_init(|| clash::all(self))
    }

    /// What units hand in every year, gathered when it is first asked for.
    pub fn bundles(&self) -> &Bundles {
        self.bundles.get_or_init(|| Bundles::new(self))
    }

    /// Where each region stands, computed when it is first asked for.
    pub fn overviews(&self) -> &Overviews {
        self.overviews.get_or_init(|| Overviews::new(self))
    }

    /// All entries, published or not, in order.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.items.iter()
    }

    /// The names of persons who were withdrawn.
    pub fn withdrawn_names(&self) -> Vec<String> {
        consent::withdrawn(self.items().map(|(_, item)| item)).map(|(name, _)| name.to_owned()).collect()
    }

    /// What the body of an entry points at.
    pub fn body(&self, id: ItemId) -> &body::Targets {
        &self.bodies[id.index()]
    }

    /// Whether text that could not be read mentions this file name; the file may then be in use.
    pub fn may_use(&self, name: &str) -> bool {
        self.unread.iter().any(|source| source.text.contains(name))
    }

    /// The region that the portal speaks for, if there is one.
    pub fn home_region(&self) -> Option<ItemId> {
        self.edges.one(Field::HomeRegion).filter(|id| self.item(*id).is_public())
    }

    /// The published entries of a kind, in order.
    pub fn of_kind(&self, kind: Kind) -> &[ItemId] {
        self.facets.of(Value::Kind(kind))
    }

    /// The entry of a kind and an id, present or former.
    pub fn find(&self, kind: Kind, id: &str) -> Option<ItemId> {
        self.items.ids.get(kind, id)
    }

    /// The published entries of `kind` that refer to an entry, in order.
    pub fn referrers(&self, id: ItemId, kind: Kind) -> &[ItemId] {
        self.items.kind_in(&self.item(id).referrers, kind)
    }

    /// The published entries of `kind` that belong to an entry, in order. For a region, topic or audience these come from its facet; for any
    /// other entry they are the entries that refer to it.
    pub fn members(&self, of: ItemId, kind: Kind) -> &[ItemId] {
        if self.item(of).kind().gathers() {
            self.items.kind_in(self.facets.of(Value::Item(of)), kind)
        } else {
            self.referrers(of, kind)
        }
    }

    /// The entries above an entry by its parents, the nearest first.
    pub fn above(&self, id: ItemId) -> Vec<ItemId> {
        let parent = |id: ItemId| self.item(id).edges.one(Field::Parent);
        edges::above(parent(id), parent)
    }

    /// The sessions of an entry, in order of time.
    pub fn sessions(&self, of: ItemId) -> impl DoubleEndedIterator<Item = &Dated> {
        self.schedule.of(of)
    }

    /// The next session of an entry that takes place and is not over.
    pub fn next_session(&self, of: ItemId) -> Option<&Dated> {
        self.schedule.next(of)
    }

    /// The terms of enrolment of each class run of a course; empty for any other entry.
    pub fn terms(&self, of: ItemId) -> Vec<enrol::Terms> {
        match &self.item(of).entry.own {
            crate::content::Own::Course(course) => enrol::terms(course, || self.sessions(of)),
            _ => Vec::new(),
        }
    }

    /// The day on which an entry last changed: the latest of the days written for that (`updated`, `changes`, `publish`, `date`) that has come.
    /// `None` if no such day is written. A `date` on which it takes place says nothing of it, and the entry of a day to come has not changed
    /// yet.
    pub fn changed(&self, id: ItemId) -> Option<Date> {
        let entry = &self.item(id).entry;
        let common = &entry.common;
        let takes_place = |day: Date| self.sessions(id).any(|session| session.start.date() == day);
        let date = common.date.filter(|day| !takes_place(day.0));
        let changes = entry.own.changes().iter().map(|change| change.date);
        let days = [common.updated, common.publish, date].into_iter().flatten().chain(changes).map(|day| day.0);
        days.filter(|day| self.today.reached(*day)).max()
    }

    /// The commits of the file of an entry, if the build was asked to heed them.
    pub fn commits(&self, id: ItemId) -> Option<Commits> {
        self.history.as_ref()?.commits(&self.item(id).entry.origin.source.path)
    }

    /// The day of what was written without one: the first of the portal's first year. It is the same in every build, so that no reader is
    /// told of a change that was none.
    pub fn beginning(&self) -> Date {
        let first = Date::new(self.settings.site.since.0, 1, 1).unwrap_or(Date::MIN);
        if self.today.reached(first) { first } else { self.today.date() }
    }

    /// What was changed of an entry since it was published, as far as the day has come, the newest first.
    pub fn changes(&self, id: ItemId) -> Vec<&Change> {
        let all = self.item(id).entry.own.changes().iter();
        let mut come: Vec<&Change> = all.filter(|change| self.today.reached(change.date.0)).collect();
        come.sort_by_key(|change| std::cmp::Reverse(change.date));
        come
    }

    /// The day of an entry in lists and metadata.
    pub fn day(&self, id: ItemId) -> Option<Date> {
        let first = self.sessions(id).next().map(|session| session.start.date());
        order::day(&self.item(id).entry, first)
    }
}
