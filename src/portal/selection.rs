//! Selections: the stage that follows from the day, and that nobody is a star twice.

use std::collections::HashMap;

use super::checks::is_meant;
use super::today::Today;
use super::{Item, ItemId, Portal};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::rules::at;
use crate::content::sample::without_mark;
use crate::content::selection::{Selection, SelectionSort};
use crate::content::value::Year;
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings};
use crate::source::Place;

/// How far a selection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nobody can apply yet.
    Before,
    /// One can apply.
    Apply,
    /// Applications are judged.
    Judging,
    /// The public notice is open.
    Notice,
    /// The public notice has closed, and the list is not announced.
    Closed,
    /// The list is announced.
    Announced,
}

impl Stage {
    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Apply => "apply",
            Self::Judging => "judging",
            Self::Notice => "notice",
            Self::Closed => "closed",
            Self::Announced => "announced",
        }
    }

    /// Whether names are shown: while they may be objected to, and when they are announced.
    pub fn shows_names(self) -> bool {
        matches!(self, Self::Notice | Self::Announced)
    }
}

/// How far a selection is on a day. Each day on which that changes is asked for, so that `today` learns of it.
pub fn stage(selection: &Selection, today: &Today) -> Stage {
    let notice = selection.notice.as_ref();
    if selection.announced.is_some_and(|day| today.reached(day.0)) {
        Stage::Announced
    } else if notice.is_some_and(|notice| today.passed(notice.to.0)) {
        Stage::Closed
    } else if notice.is_some_and(|notice| today.reached(notice.from.0)) {
        Stage::Notice
    } else if selection.apply.and_then(|window| window.to).is_some_and(|day| today.passed(day.0)) {
        Stage::Judging
    } else if selection.apply.and_then(|window| window.from).is_some_and(|day| !today.reached(day.0)) {
        Stage::Before
    } else if selection.apply.is_some() {
        Stage::Apply
    } else {
        Stage::Judging
    }
}

/// Whether two entries are in the same region, or one in a part of the other's.
pub(super) fn is_near(portal: &Portal, one: &Item, other: &Item) -> bool {
    let regions = (one.edges.one(Field::Region), other.edges.one(Field::Region));
    let (Some(one), Some(other)) = regions else { return false };
    one == other || portal.above(one).contains(&other) || portal.above(other).contains(&one)
}

/// Reports stars who are in two entries, and candidates who are stars already, in whatever year and at whatever level. The later year is at
/// fault.
pub(super) fn check(portal: &Portal, findings: &mut Findings) {
    let stars = stars(portal, findings);
    let mut named: HashMap<&str, Vec<(&Item, Place)>> = HashMap::new();
    for (item, selection) in selections(portal) {
        for (nth, candidate) in selection.list.iter().enumerate().filter(|(_, candidate)| !candidate.namesake) {
            let own = item.edges.all().nth(Field::List, nth).one(Field::Entry);
            let path = at!["list", nth, "name"];
            let place = item.entry.origin.place(&path);
            let is_earlier = |star: &&&Item| is_near(portal, star, item) && !is_won_here(portal, own, star, selection);
            let star =
                stars.get(without_mark(&candidate.name)).into_iter().flatten().find(is_earlier).map(|star| title(star));
            let lists = named.entry(without_mark(&candidate.name)).or_default();
            let list = || lists.iter().find(|(other, _)| is_near(portal, other, item)).map(|(_, place)| place.clone());
            if let Some(known) = star.or_else(list) {
                let diagnostic = Diagnostic::new(say::earlier_winner(&candidate.name), place.clone());
                findings.report(diagnostic.with_related(known, say::FIRST_HERE));
            }
            lists.push((item, place));
        }
    }
}

/// The stars by name, the earliest year first. One who has two entries is reported.
fn stars<'a>(portal: &'a Portal, findings: &mut Findings) -> HashMap<&'a str, Vec<&'a Item>> {
    let year = |item: &'a Item| match &item.entry.own {
        Own::Star(star) => Some((star.year, item)),
        _ => None,
    };
    let mut all: Vec<(Year, &Item)> = portal.items().filter_map(|(_, item)| year(item)).collect();
    all.sort_by_key(|(year, _)| *year);
    let mut stars: HashMap<&str, Vec<&Item>> = HashMap::new();
    for (_, item) in all {
        let known = stars.entry(without_mark(item.written_title())).or_default();
        if let Some(first) = known.iter().find(|first| is_near(portal, first, item)) {
            let diagnostic = Diagnostic::new(say::person_twice(item.written_title()), title(item));
            findings.report(diagnostic.with_related(title(first), say::FIRST_HERE));
        }
        known.push(item);
    }
    stars
}

/// The selections of stars that are or will be published, the earliest year first.
fn selections(portal: &Portal) -> Vec<(&Item, &Selection)> {
    let mut all: Vec<(&Item, &Selection)> = Vec::new();
    for (_, item) in portal.items().filter(|(_, item)| is_meant(item)) {
        if let Own::Selection(own) = &item.entry.own
            && own.sort == SelectionSort::Stars
        {
            all.push((item, own));
        }
    }
    all.sort_by_key(|(_, selection)| selection.year);
    all
}

/// Whether a star is the candidate's own entry, for this very selection.
fn is_won_here(portal: &Portal, own: Option<ItemId>, star: &Item, selection: &Selection) -> bool {
    let is_own = own.is_some_and(|own| portal.item(own).id() == star.id());
    matches!(&star.entry.own, Own::Star(star) if is_own && star.year == selection.year && star.level == selection.level)
}

fn title(item: &Item) -> Place {
    let path = at!["title"];
    item.entry.origin.place(&path)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::content::shared::Window;
    use crate::content::value::Day;

    fn selection(yaml: &str) -> Selection {
        let text = format!("sort: stars\nyear: 2026\nlevel: district\nregion: mou\n{yaml}");
        serde_yaml::from_str(&text).expect("a selection")
    }

    fn on(selection: &Selection, day: Date) -> &'static str {
        stage(selection, &Today::new(day)).key()
    }

    #[test]
    fn the_stage_follows_from_the_day_and_the_notice_closes_by_itself() {
        let mut whole = selection(
            "apply: {from: 2026-09-01, to: 2026-09-30}
notice: {from: 2026-11-02, to: 2026-11-08, objections: {phone: 0000-0000001}}
announced: 2026-11-20
",
        );
        for (day, expected) in [
            (date(2026, 8, 31), "before"),
            (date(2026, 9, 1), "apply"),
            (date(2026, 9, 30), "apply"),
            (date(2026, 10, 1), "judging"),
            (date(2026, 11, 2), "notice"),
            (date(2026, 11, 8), "notice"),
            (date(2026, 11, 9), "closed"),
            (date(2026, 11, 19), "closed"),
            (date(2026, 11, 20), "announced"),
        ] {
            assert_eq!(on(&whole, day), expected, "{day}");
        }
        whole.announced = None;
        assert_eq!(on(&whole, date(2027, 5, 1)), "closed");
        whole.apply = Some(Window { from: None, to: Some(Day(date(2026, 9, 30))) });
        assert_eq!(on(&whole, date(2026, 1, 1)), "apply");
        assert_eq!(on(&selection("announced: 2026-11-20\n"), date(2026, 1, 1)), "judging");
    }

    #[test]
    fn today_learns_when_the_stage_changes() {
        let notice = selection("notice: {from: 2026-11-02, to: 2026-11-08, objections: {phone: 0000-0000001}}\n");
        let today = Today::new(date(2026, 11, 5));
        assert_eq!(stage(&notice, &today), Stage::Notice);
        assert_eq!(today.next_change(), Some(date(2026, 11, 9)));
    }
}
