//! Where a region stands, in numbers: figures, deadlines, evidence and schools of its documents. Computed once; pages and the home page read it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::deadline::{Progress, progress};
use super::evidence::Standing;
use super::matrix::{self, Columns};
use super::reconcile::GapSort;
use super::selection::{Stage, stage};
use super::verdict::Tally;
use super::{ItemId, Portal, binder, figure};
use crate::content::field::Field;
use crate::content::institution::Tier;
use crate::content::region::RegionLevel;
use crate::content::{Kind, Own};

/// Tiers, from the largest.
const TIERS: [Tier; 4] = [Tier::University, Tier::College, Tier::School, Tier::Point];

/// Where a region stands.
#[derive(Debug, Default)]
pub struct Overview {
    /// The documents of the region, in order; last the indicators that rest on none.
    pub documents: Vec<OfDocument>,
    /// Deadlines that are over, and that nobody wrote were met; in order.
    pub overdue: Vec<ItemId>,
    /// Phases, deadlines and recurring tasks that are due, the next first.
    pub coming: Vec<(Date, ItemId)>,
    /// The tiers of the school network that exist or are asked for.
    pub tiers: Vec<OfTier>,
    /// Selections that are not announced, in order.
    pub selections: Vec<(ItemId, Stage)>,
}

/// A document, or what rests on none.
#[derive(Debug)]
pub struct OfDocument {
    /// The document.
    pub document: Option<ItemId>,
    /// How its figures stand.
    pub figures: Tally,
    /// Whether a value that is made up is among them.
    pub is_sample: bool,
    /// How many duties rest on it.
    pub duties: usize,
    /// How many units they bind.
    pub units: usize,
    /// How many duties and indicators stand how in the ledger, in the order of [`Standing::ALL`].
    pub materials: [usize; Standing::ALL.len()],
    /// What the reconciliation found.
    pub gaps: usize,
}

/// A tier of the school network.
#[derive(Debug)]
pub struct OfTier {
    /// The tier.
    pub tier: Tier,
    /// Its institutions, in order.
    pub institutions: Vec<ItemId>,
    /// Regions that need one of their own, and how many of these have none; absent if no document asks for it.
    pub need: Option<(usize, usize)>,
    /// The document whose standards they are held to.
    pub standards: Option<ItemId>,
    /// How the items of these standards stand.
    pub checks: Tally,
}

/// All regions of which there is anything to tell, in the order of the tree.
#[derive(Debug, Default)]
pub struct Overviews(BTreeMap<ItemId, Overview>);

impl Overviews {
    pub(super) fn new(portal: &Portal) -> Self {
        let mut all: BTreeMap<ItemId, Overview> = BTreeMap::new();
        for document in portal.of_kind(Kind::Document) {
            if let Some(region) = region(portal, *document) {
                all.entry(region).or_default();
            }
        }
        let mut figures: BTreeMap<(ItemId, Option<ItemId>), Vec<ItemId>> = BTreeMap::new();
        for (document, ids) in figure::by_document(portal) {
            for id in ids {
                let of = document.and_then(|document| region(portal, document));
                if let Some(of) = of.or_else(|| region(portal, id)) {
                    all.entry(of).or_default();
                    figures.entry((of, document)).or_default().push(id);
                }
            }
        }
        let has_network = |id: &ItemId| {
            let is_district =
                matches!(&portal.item(*id).entry.own, Own::Region(own) if own.level == RegionLevel::District);
            is_district && !portal.members(*id, Kind::Institution).is_empty()
        };
        for region in portal.of_kind(Kind::Region).iter().copied().filter(has_network) {
            all.entry(region).or_default();
        }
        for (region, overview) in &mut all {
            *overview = Region { portal, id: *region, figures: &figures }.overview();
        }
        all.retain(|_, overview| !overview.is_empty());
        Self(all)
    }

    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = (ItemId, &Overview)> {
        self.0.iter().map(|(region, overview)| (*region, overview))
    }

    /// That of a region.
    pub fn of(&self, region: ItemId) -> Option<&Overview> {
        self.0.get(&region)
    }
}

impl Overview {
    /// How all its figures stand.
    pub fn figures(&self) -> Tally {
        self.documents.iter().fold(Tally::default(), |sum, document| sum.and(&document.figures))
    }

    /// Whether there is nothing to tell.
    fn is_empty(&self) -> bool {
        let tells = |of: &OfDocument| of.figures.total() + of.duties + of.gaps > 0;
        let has_dates = !self.overdue.is_empty() || !self.coming.is_empty() || !self.selections.is_empty();
        !has_dates && self.tiers.is_empty() && !self.documents.iter().any(tells)
    }

    /// Whether a value that is made up is among its figures.
    pub fn is_sample(&self) -> bool {
        self.documents.iter().any(|document| document.is_sample)
    }
}

/// The published region of an entry.
fn region(portal: &Portal, id: ItemId) -> Option<ItemId> {
    portal.item(id).edges.one(Field::Region).filter(|region| portal.item(*region).is_public())
}

/// A region of which is told where it stands.
struct Region<'a> {
    portal: &'a Portal,
    id: ItemId,
    figures: &'a BTreeMap<(ItemId, Option<ItemId>), Vec<ItemId>>,
}

impl Region<'_> {
    fn overview(&self) -> Overview {
        let portal = self.portal;
        let is_own = |document: &ItemId| region(portal, *document) == Some(self.id);
        let own: Vec<ItemId> = portal.of_kind(Kind::Document).iter().copied().filter(is_own).collect();
        let mut documents: Vec<OfDocument> = own.iter().map(|document| self.document(Some(*document))).collect();
        if self.figures.contains_key(&(self.id, None)) {
            documents.push(self.document(None));
        }
        let mut overview = Overview { documents, tiers: self.tiers(&own), ..Overview::default() };
        self.phases(&own, &mut overview);
        for id in portal.members(self.id, Kind::Selection) {
            let Own::Selection(selection) = &portal.item(*id).entry.own else { continue };
            let stage = stage(selection, &portal.today);
            if stage != Stage::Announced {
                overview.selections.push((*id, stage));
            }
        }
        overview
    }

    fn document(&self, document: Option<ItemId>) -> OfDocument {
        let portal = self.portal;
        let figures = self.figures.get(&(self.id, document)).map_or(&[][..], Vec::as_slice);
        let mut materials = [0; Standing::ALL.len()];
        let of_clauses = document.map(|document| binder::of_document(portal, document)).unwrap_or_default();
        let charges = of_clauses.iter().flat_map(|branch| &branch.charges);
        // What rests on no document has its figures alone.
        for id in charges.chain(figures.iter().filter(|_| document.is_none())) {
            materials[portal.ledger.standing(portal, *id) as usize] += 1;
        }
        let duties = document.map(|document| matrix::duties(portal, document)).unwrap_or_default();
        let mut values = figures.iter().flat_map(|id| portal.measures.of(*id)).flat_map(|holding| &holding.values);
        OfDocument {
            document,
            figures: Tally::of(figures.iter().map(|id| figure::standing(portal, *id).0)),
            is_sample: values.any(|value| value.is_sample),
            units: matrix::units(&matrix::rows(portal, &duties, Columns::Expanded)).len(),
            duties: duties.len(),
            materials,
            gaps: document.map_or(0, |document| portal.gaps().of(Some(document)).len()),
        }
    }

    fn phases(&self, documents: &[ItemId], overview: &mut Overview) {
        let portal = self.portal;
        for document in documents {
            for id in portal.referrers(*document, Kind::Phase) {
                let item = portal.item(*id);
                let Own::Phase(phase) = &item.entry.own else { continue };
                // A phase may cite another document than the one that sets it.
                if item.edges.one(Field::Document) != Some(*document) {
                    continue;
                }
                match (progress(phase, &portal.today), phase.to) {
                    (Progress::Overdue, _) => overview.overdue.push(*id),
                    (Progress::Again(day), _) => overview.coming.push((day, *id)),
                    (Progress::Coming | Progress::Running, Some(to)) => overview.coming.push((to.last(), *id)),
                    (Progress::Coming | Progress::Running | Progress::Over | Progress::Done, _) => {}
                }
            }
        }
        overview.overdue.sort_unstable();
        overview.coming.sort_unstable();
    }

    fn tiers(&self, documents: &[ItemId]) -> Vec<OfTier> {
        let portal = self.portal;
        let mut tiers: Vec<OfTier> = TIERS.iter().map(|tier| self.tier(*tier, documents)).collect();
        for id in portal.members(self.id, Kind::Institution) {
            let Own::Institution(own) = &portal.item(*id).entry.own else { continue };
            if let Some(of) = tiers.iter_mut().find(|of| of.tier == own.tier) {
                of.institutions.push(*id);
            }
        }
        tiers.retain(|of| !of.institutions.is_empty() || of.need.is_some());
        tiers
    }

    fn tier(&self, tier: Tier, documents: &[ItemId]) -> OfTier {
        let portal = self.portal;
        let asks = |document: &&ItemId| matches!(&portal.item(**document).entry.own, Own::Document(own) if own.network.contains(&tier));
        let sort = match tier {
            Tier::School => Some(GapSort::NoSchool),
            Tier::Point => Some(GapSort::NoPoint),
            Tier::University | Tier::College => None,
        };
        let need = documents.iter().find(asks).zip(sort).map(|(document, sort)| {
            let lacking = portal.gaps().of(Some(*document)).iter().filter(|gap| gap.sort == sort).count();
            (self.below(self.id, tier), lacking)
        });
        let sheet = documents.iter().find_map(|id| Some((*id, portal.network.sheet(*id, tier)?)));
        let checks = sheet.iter().flat_map(|(_, sheet)| {
            sheet.institutions.iter().flat_map(|id| portal.network.in_sheet(sheet, *id)).map(|check| check.verdict)
        });
        OfTier {
            tier,
            institutions: Vec::new(),
            need,
            standards: sheet.as_ref().map(|(document, _)| *document),
            checks: Tally::of(checks),
        }
    }

    /// How many regions below one need a school or a learning point of their own: towns, and for points villages too.
    fn below(&self, region: ItemId, tier: Tier) -> usize {
        let below = self.portal.referrers(region, Kind::Region).iter();
        let each = below.filter(|id| self.portal.item(**id).edges.one(Field::Parent) == Some(region)).map(|id| {
            let needs = match &self.portal.item(*id).entry.own {
                Own::Region(own) => match own.level {
                    RegionLevel::Town => true,
                    RegionLevel::Village => tier == Tier::Point,
                    RegionLevel::Province | RegionLevel::City | RegionLevel::District => false,
                },
                _ => false,
            };
            usize::from(needs) + self.below(*id, tier)
        });
        each.sum()
    }
}
