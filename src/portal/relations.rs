//! The relations between entries that follow from their fields and from the day, not from what their texts say. Where nothing that they
//! follow from changed, those of the former portal are taken.

use std::sync::{Arc, OnceLock};

use blake3::{Hash, Hasher};

use super::calendars::Calendars;
use super::catalogue::Catalogue;
use super::charge::Charges;
use super::clash::Clash;
use super::enrol::{self, Enrolment};
use super::evidence::Ledger;
use super::facet::Facets;
use super::honours::Honours;
use super::measure::Measures;
use super::network::Network;
use super::participation::Participation;
use super::programme::Programmes;
use super::schedule::Schedule;
use super::settings::Settings;
use super::today::Today;
use super::{Item, ItemId, State};
use crate::content::Own;
use crate::entry::Entry;
use crate::load::{Input, Inputs};

/// All of them.
#[derive(Clone, Debug)]
pub(super) struct Relations {
    pub schedule: Arc<Schedule>,
    pub programmes: Arc<Programmes>,
    pub facets: Arc<Facets>,
    pub calendars: Arc<Calendars>,
    pub catalogue: Arc<Catalogue>,
    pub charges: Arc<Charges>,
    pub participation: Arc<Participation>,
    pub honours: Arc<Honours>,
    pub measures: Arc<Measures>,
    pub network: Arc<Network>,
    pub ledger: Arc<Ledger>,
    /// What cannot take place as it is written, found when it is first asked for.
    pub clashes: Arc<OnceLock<Vec<Clash>>>,
    /// What they asked of the day.
    pub asked: Arc<Today>,
}

impl Relations {
    /// Those of linked entries.
    pub fn new(items: &[Item], settings: &Settings, today: &Today) -> Self {
        let asked = Today::new(today.date());
        let schedule = Schedule::new(items, &asked);
        let (programmes, (facets, calendars)) = rayon::join(
            || Programmes::new(items, &schedule, &asked),
            || rayon::join(|| Facets::new(items, &schedule, &asked), || Calendars::new(items, &schedule)),
        );
        let charges = Charges::new(items);
        let participation = Participation::new(items, &schedule, &asked);
        let measures = Measures::new(items, &charges, &participation, &asked);
        let state = |id: ItemId| match &items[id.index()].entry.own {
            Own::Course(course) => enrol::best(&enrol::terms(course, || schedule.of(id)), &asked),
            _ => Enrolment::Undated,
        };
        let catalogue = Catalogue::new(items, &facets, &settings.site.catalogue, state);
        let (honours, network, ledger) = (Honours::new(items), Network::new(items, &asked), Ledger::new(items));
        Self {
            schedule: Arc::new(schedule),
            programmes: Arc::new(programmes),
            facets: Arc::new(facets),
            calendars: Arc::new(calendars),
            catalogue: Arc::new(catalogue),
            charges: Arc::new(charges),
            participation: Arc::new(participation),
            honours: Arc::new(honours),
            measures: Arc::new(measures),
            network: Arc::new(network),
            ledger: Arc::new(ledger),
            clashes: Arc::default(),
            asked: Arc::new(asked),
        }
    }
}

/// Hashes of what a portal follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Of all that tells what a reference means: which entries there are, in which order, whether they are published, and which files.
    pub names: Hash,
    /// Of all that relations follow from: of fields, settings and the day too. `None` if it cannot be told.
    pub fields: Option<Hash>,
}

impl Key {
    /// That of all entries in order.
    pub fn new<'a>(
        entries: impl Iterator<Item = (&'a Entry, &'a State)> + Clone,
        inputs: &Inputs,
        settings: &Settings,
        today: &Today,
    ) -> Self {
        let mut hasher = Hasher::new();
        let mut text = |text: &str| {
            hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
        };
        for (entry, state) in entries.clone() {
            text(entry.kind().folder());
            text(&entry.id);
            text(&entry.origin.source.path);
            entry.common.formerly.iter().for_each(|former| text(former.as_str()));
            match state {
                State::Public => text(""),
                hidden => text(&format!("{hidden:?}")),
            }
        }
        let files = inputs.below("content").filter(|(_, input)| matches!(input, Input::Blob(_)));
        files.for_each(|(path, _)| text(path));
        let names = hasher.finalize();
        hasher.update(today.date().to_string().as_bytes());
        hasher.update(blake3::hash(settings.origin.source.text.as_bytes()).as_bytes());
        let mut is_whole = true;
        for (entry, _) in entries {
            match entry.fields() {
                Some(fields) => _ = hasher.update(fields.as_bytes()),
                None => is_whole = false,
            }
        }
        Self { names, fields: is_whole.then(|| hasher.finalize()) }
    }
}
