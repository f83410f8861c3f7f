//! The reconciliation: what does not fit together between notices, rosters, duties, indicators, institutions and evidence. Computed once and
//! never typed; the page, `check --report` and the JSON file read the same list.

use std::collections::BTreeSet;

use super::answer::answer;
use super::{Item, ItemId, Portal, binder, edges};
use crate::content::committee::SeatRole;
use crate::content::document::{AnnexSort, Document};
use crate::content::duty::DutyScope;
use crate::content::field::Field;
use crate::content::institution::Tier;
use crate::content::region::RegionLevel;
use crate::content::unit::UnitSort;
use crate::content::{Kind, Own};
use crate::reading::figure::figure;

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapSort {
    /// A unit with duties of its own, and no seat.
    NoSeat,
    /// A unit with a seat, and no duty of its own.
    NoDuty,
    /// An indicator that nobody holds.
    NoHolder,
    /// A clause with a figure that no indicator and no standard measures.
    NoIndicator,
    /// A town without a school.
    NoSchool,
    /// A town or a village without a learning point.
    NoPoint,
    /// An indicator without any value.
    NoValue,
    /// A duty without any evidence.
    NoEvidence,
}

impl GapSort {
    /// All of them, in the order of pages.
    pub const ALL: [Self; 8] = [
        Self::NoSeat,
        Self::NoDuty,
        Self::NoHolder,
        Self::NoIndicator,
        Self::NoSchool,
        Self::NoPoint,
        Self::NoValue,
        Self::NoEvidence,
    ];

    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoSeat => "no-seat",
            Self::NoDuty => "no-duty",
            Self::NoHolder => "no-holder",
            Self::NoIndicator => "no-indicator",
            Self::NoSchool => "no-school",
            Self::NoPoint => "no-point",
            Self::NoValue => "no-value",
            Self::NoEvidence => "no-evidence",
        }
    }
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The document by which it should; `None` if no document says so.
    pub document: Option<ItemId>,
    /// What does not fit.
    pub sort: GapSort,
    /// The unit, indicator, duty or region; of a clause its document.
    pub item: ItemId,
    /// The place of the clause among those of the document.
    pub clause: Option<usize>,
    /// The figure of a clause.
    pub figure: Option<String>,
}

/// All that does not fit, document by document.
#[derive(Debug, Default)]
pub struct Gaps(Vec<Gap>);

impl Gaps {
    pub(super) fn new(portal: &Portal) -> Self {
        let mut all = Vec::new();
        for document in portal.of_kind(Kind::Document) {
            let Own::Document(own) = &portal.item(*document).entry.own else { continue };
            let notice = Notice { portal, id: *document, own };
            notice.seats(&mut all);
            notice.figures(&mut all);
            notice.network(&mut all);
        }
        for indicator in portal.of_kind(Kind::Indicator) {
            let item = portal.item(*indicator);
            let mut add = |sort| all.push(Gap::of(binder::document(item), sort, *indicator));
            if portal.charges.holders(*indicator).is_empty() {
                add(GapSort::NoHolder);
            }
            let is_answered = answer(portal, *indicator).is_some_and(|answered| answered.value.is_some());
            let is_measured = portal.measures.of(*indicator).iter().any(|held| !held.values.is_empty());
            if !is_measured && !is_answered {
                add(GapSort::NoValue);
            }
        }
        for duty in portal.of_kind(Kind::Duty).iter().filter(|duty| portal.ledger.of(**duty).is_empty()) {
            all.push(Gap::of(binder::document(portal.item(*duty)), GapSort::NoEvidence, *duty));
        }
        // What no document asks for comes last.
        all.sort_by(|a, b| (a.document.is_none(), a).cmp(&(b.document.is_none(), b)));
        Self(all)
    }

    /// All of them, in order.
    pub fn all(&self) -> &[Gap] {
        &self.0
    }

    /// Those of a document; of no document for `None`.
    pub fn of(&self, document: Option<ItemId>) -> &[Gap] {
        let start = self.0.iter().position(|gap| gap.document == document).unwrap_or(self.0.len());
        let end =
            self.0[start..].iter().position(|gap| gap.document != document).map_or(self.0.len(), |end| start + end);
        &self.0[start..end]
    }

    /// The documents that have any, in order; `None` last if something belongs to none.
    pub fn documents(&self) -> Vec<Option<ItemId>> {
        let mut documents: Vec<Option<ItemId>> = self.0.iter().map(|gap| gap.document).collect();
        documents.dedup();
        documents
    }
}

impl Gap {
    fn of(document: Option<ItemId>, sort: GapSort, item: ItemId) -> Self {
        Self { document, sort, item, clause: None, figure: None }
    }
}

/// The committees of a document: those that cite it, and those of its region that cite nothing.
pub(super) fn committees(portal: &Portal, document: ItemId) -> impl Iterator<Item = ItemId> + '_ {
    let region = portal.item(document).edges.one(Field::Region);
    let is_its = move |id: &ItemId| {
        let item = portal.item(*id);
        let cites_nothing = item.entry.common.sources.is_empty();
        binder::cites(item, document).next().is_some() || cites_nothing && item.edges.one(Field::Region) == region
    };
    portal.of_kind(Kind::Committee).iter().copied().filter(is_its)
}

/// A published notice.
struct Notice<'a> {
    portal: &'a Portal,
    id: ItemId,
    own: &'a Document,
}

impl Notice<'_> {
    /// Units with duties and without a seat, and with a seat and without duties. A notice whose rosters name nobody is not asked.
    fn seats(&self, gaps: &mut Vec<Gap>) {
        let portal = self.portal;
        let (seated, members) = seated(portal, self.id);
        if seated.is_empty() {
            return;
        }
        let (mut divided, mut own) = (BTreeSet::new(), BTreeSet::new());
        for duty in portal.referrers(self.id, Kind::Duty) {
            let item = portal.item(*duty);
            let Own::Duty(fields) = &item.entry.own else { continue };
            // What all units share is no duty of one's own.
            if fields.scope != DutyScope::Unit {
                continue;
            }
            let units = self.units(item);
            if self.is_divided(item) {
                divided.extend(units.iter().copied());
            }
            own.extend(units);
        }
        let gap = |sort| move |unit: &ItemId| Gap::of(Some(self.id), sort, *unit);
        gaps.extend(divided.difference(&seated).map(gap(GapSort::NoSeat)));
        gaps.extend(members.difference(&own).map(gap(GapSort::NoDuty)));
    }

    /// The units that a duty charges; a class whose units are not known is nobody.
    fn units(&self, duty: &Item) -> Vec<ItemId> {
        let portal = self.portal;
        let Some(unit) = duty.edges.one(Field::Unit) else { return Vec::new() };
        match &portal.item(unit).entry.own {
            Own::Unit(own) if own.sort == UnitSort::Class => portal.charges.members(unit).to_vec(),
            _ => vec![unit],
        }
    }

    /// Whether a duty stands where the notice divides the work among its members: in the annex for that, or anywhere if it has none.
    fn is_divided(&self, duty: &Item) -> bool {
        let mut annexes = self.own.annexes.iter().filter(|annex| annex.sort == Some(AnnexSort::Duties)).peekable();
        if annexes.peek().is_none() {
            return true;
        }
        let labels: Vec<&str> = annexes.map(|annex| annex.label.as_str()).collect();
        let mut clauses = binder::clauses(self.portal, duty, self.id).map(|at| self.own.clauses[at].label.as_str());
        clauses.any(|clause| labels.iter().any(|label| clause.starts_with(label)))
    }

    /// Clauses with a figure, in their summary or in a duty that rests on them, that no indicator and no standard cites.
    fn figures(&self, gaps: &mut Vec<Gap>) {
        let portal = self.portal;
        let cited_by = |kind| {
            let items = portal.referrers(self.id, kind).iter().map(|id| portal.item(*id));
            items.flat_map(|item| binder::clauses(portal, item, self.id)).collect::<BTreeSet<usize>>()
        };
        let measured: BTreeSet<usize> = cited_by(Kind::Indicator).union(&cited_by(Kind::Standard)).copied().collect();
        let mut found: Vec<Option<String>> =
            self.own.clauses.iter().map(|clause| figure(&clause.summary).map(str::to_owned)).collect();
        for item in portal.referrers(self.id, Kind::Duty).iter().map(|id| portal.item(*id)) {
            let is_measured = item.edges.to(Field::Indicators).next().is_some();
            for at in binder::clauses(portal, item, self.id).filter(|_| !is_measured) {
                if found[at].is_none() {
                    found[at] = figure(item.entry.body()).map(str::to_owned);
                }
            }
        }
        for (at, figure) in
            found.into_iter().enumerate().filter(|(at, figure)| figure.is_some() && !measured.contains(at))
        {
            gaps.push(Gap { clause: Some(at), figure, ..Gap::of(Some(self.id), GapSort::NoIndicator, self.id) });
        }
    }

    /// Towns without a school, towns and villages without a learning point, where the notice asks for them.
    fn network(&self, gaps: &mut Vec<Gap>) {
        let portal = self.portal;
        let Some(home) = portal.item(self.id).edges.one(Field::Region) else { return };
        let asks = [(Tier::School, GapSort::NoSchool), (Tier::Point, GapSort::NoPoint)];
        for (tier, sort) in asks.into_iter().filter(|(tier, _)| self.own.network.contains(tier)) {
            let with = self.regions_with(tier);
            for region in portal.of_kind(Kind::Region).iter().filter(|region| portal.above(**region).contains(&home)) {
                let Own::Region(own) = &portal.item(*region).entry.own else { continue };
                let is_asked = match own.level {
                    RegionLevel::Town => true,
                    RegionLevel::Village => tier == Tier::Point,
                    RegionLevel::Province | RegionLevel::City | RegionLevel::District => false,
                };
                if is_asked && !with.contains(region) {
                    gaps.push(Gap::of(Some(self.id), sort, *region));
                }
            }
        }
    }

    /// The regions that have an institution of a tier, in themselves or below.
    fn regions_with(&self, tier: Tier) -> BTreeSet<ItemId> {
        let portal = self.portal;
        let is_of = |id: &&ItemId| matches!(&portal.item(**id).entry.own, Own::Institution(own) if own.tier == tier);
        let institutions = portal.of_kind(Kind::Institution).iter().filter(is_of);
        let regions = institutions.filter_map(|id| portal.item(*id).edges.one(Field::Region));
        regions
            .flat_map(|region| edges::above(Some(region), |region| portal.item(region).edges.one(Field::Parent)))
            .collect()
    }
}

/// The units that have a seat on the committees of a document, and those of them that have one below the head: the head answers for the whole.
pub(super) fn seated(portal: &Portal, document: ItemId) -> (BTreeSet<ItemId>, BTreeSet<ItemId>) {
    let (mut seated, mut members) = (BTreeSet::new(), BTreeSet::new());
    for committee in committees(portal, document).map(|id| portal.item(id)) {
        let Own::Committee(own) = &committee.entry.own else { continue };
        for (nth, seat) in own.seats.iter().enumerate() {
            for unit in committee.edges.all().nth(Field::Seats, nth).to(Field::Units) {
                seated.insert(unit);
                if seat.role != SeatRole::Head {
                    members.insert(unit);
                }
            }
        }
    }
    (seated, members)
}
