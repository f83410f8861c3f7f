//! How far recorded honours answer an indicator: zones and schools counted, learning organisations as a share of all such bodies. A count says
//! only what the portal has recorded: where nothing is, nothing is known.

use super::verdict::{self, Reading, Verdict};
use super::{ItemId, Portal};
use crate::content::field::Field;
use crate::content::honour::OrganisationClass;
use crate::content::indicator::{Answer, Indicator};
use crate::content::region::RegionLevel;
use crate::content::shared::Measure;
use crate::content::unit::UnitSort;
use crate::content::value::{Number, Year};
use crate::content::{Kind, Own};

/// What honours say of an indicator.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The honours, the latest year first.
    pub honours: Vec<ItemId>,
    /// How many bodies there are that could have the honour.
    pub of: Option<u32>,
    /// The value as the target counts it.
    pub value: Option<Number>,
    /// What that says of the target.
    pub verdict: Verdict,
}

/// What recorded honours say of an indicator that is answered by them.
pub fn answer(portal: &Portal, id: ItemId) -> Option<Answered> {
    let item = portal.item(id);
    let Own::Indicator(indicator) = &item.entry.own else { return None };
    let answer = indicator.answered.as_ref()?;
    let region = item.edges.one(Field::Region)?;
    let until = indicator.target.by.map(|by| by.last().year());
    let honours = honours(portal, region, answer, until);
    let of = match answer.organisation {
        Some(class) => answer.of.or_else(|| known(portal, region, class)),
        None => answer.of,
    };
    Some(judge(portal, indicator, honours, of))
}

fn judge(portal: &Portal, indicator: &Indicator, honours: Vec<ItemId>, of: Option<u32>) -> Answered {
    let target = &indicator.target;
    let is_share = target.measure == Some(Measure::Percent);
    let count = u32::try_from(honours.len()).unwrap_or(u32::MAX);
    let reading = Reading {
        value: (count > 0).then(|| Number(count.into())),
        of: of.filter(|of| *of > 0).map(|of| Number(of.into())),
        before: None,
    };
    let is_due = target.by.is_none_or(|by| portal.today.passed(by.last()));
    let is_known = !is_share || reading.of.is_some();
    let verdict = match verdict::verdict(target, &reading, is_due) {
        Verdict::Unknown => Verdict::Unknown,
        _ if !is_known => Verdict::Incomparable,
        verdict => verdict,
    };
    let value = if is_known { reading.comparable(target) } else { None };
    Answered { honours, of, value, verdict }
}

/// The honours of the class in a region, in order: awards of the level, organisations of the level or above. What is given after the year in
/// which the target is due, or for a year that has not begun, does not count.
fn honours(portal: &Portal, region: ItemId, answer: &Answer, until: Option<i16>) -> Vec<ItemId> {
    let last = until.map_or(portal.today.date().year(), |year| year.min(portal.today.date().year()));
    let in_time = |year: Year| year.0 <= last;
    let counts = |id: &ItemId| match &portal.item(*id).entry.own {
        Own::Award(own) => Some(own.class) == answer.award && own.level == answer.level && in_time(own.year),
        Own::Organisation(own) => {
            Some(own.class) == answer.organisation && own.level <= answer.level && in_time(own.year)
        }
        _ => false,
    };
    let all = [Kind::Award, Kind::Organisation].into_iter().flat_map(|kind| portal.members(region, kind));
    all.copied().filter(counts).collect()
}

/// How many bodies of a class the portal knows in a region; `None` for those that it does not list.
fn known(portal: &Portal, region: ItemId, class: OrganisationClass) -> Option<u32> {
    let levels = |level: RegionLevel| {
        let is_of = |id: &&ItemId| {
            matches!(&portal.item(**id).entry.own, Own::Region(own) if own.level == level)
                && portal.above(**id).contains(&region)
        };
        portal.of_kind(Kind::Region).iter().filter(is_of).count()
    };
    let offices = || {
        let is_office = |id: &&ItemId| matches!(&portal.item(**id).entry.own, Own::Unit(unit) if matches!(unit.sort, UnitSort::Party | UnitSort::Government));
        portal.members(region, Kind::Unit).iter().filter(is_office).count()
    };
    let count = match class {
        OrganisationClass::Community => levels(RegionLevel::Village),
        OrganisationClass::Street | OrganisationClass::Township => levels(RegionLevel::Town),
        OrganisationClass::City => levels(RegionLevel::District),
        OrganisationClass::Office => offices(),
        OrganisationClass::Family
        | OrganisationClass::Enterprise
        | OrganisationClass::Unit
        | OrganisationClass::Group
        | OrganisationClass::Party
        | OrganisationClass::Courtyard
        | OrganisationClass::Building => 0,
    };
    u32::try_from(count).ok().filter(|count| *count > 0)
}
