//! The action plan of a unit for one year against its resource list for the next: what was kept, what goes on, what is not to be seen, what is new.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use super::bundle::Submission;
use super::{ItemId, Portal};
use crate::content::Own;
use crate::content::field::Field;
use crate::content::value::Year;
use crate::content::walk::Step;
use crate::content::yearly::{ActionPlan, ActionSort, Line, ResourceSort, Yearly};
use crate::diag::catalogue as say;
use crate::diag::{Findings, nearest};

/// What became of a line of the plan of the year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on this year's list.
    Kept,
    /// It is not on the list, but again in the plan.
    Again,
    /// It is in neither.
    NotSeen,
    /// A line of the list that no plan announced.
    New,
}

impl Outcome {
    /// All of them, in the order of pages.
    pub const ALL: [Self; 4] = [Self::Kept, Self::Again, Self::NotSeen, Self::New];

    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Again => "again",
            Self::NotSeen => "not-seen",
            Self::New => "new",
        }
    }
}

/// A line of the plan of the year before beside what answers it, or a line of the list that answers none.
#[derive(Debug)]
pub struct Compared<'a> {
    /// What became of it.
    pub outcome: Outcome,
    /// The line of the plan; `None` for one that is new.
    pub planned: Option<&'a Line<ActionSort>>,
    /// The lines of the list that answer it, or the one that is new.
    pub listed: Vec<&'a Line<ResourceSort>>,
    /// The lines of the new plan that go on with it.
    pub again: Vec<&'a Line<ActionSort>>,
}

/// The plan of the year before against the list, line by line, then what is new. `None` where one of both is not there: nothing can be compared.
/// Two lines are one if the later names the earlier (`fulfils`), or else if their titles say the same.
pub fn compare<'a>(portal: &'a Portal, submission: &Submission) -> Option<Vec<Compared<'a>>> {
    if submission.lists.is_empty() || submission.before.is_empty() {
        return None;
    }
    let planned: Vec<&Line<ActionSort>> = submission.before.iter().flat_map(|id| plan(portal, *id)).collect();
    let listed: Vec<&Line<ResourceSort>> = submission.lists.iter().flat_map(|id| list(portal, *id)).collect();
    let next: Vec<&Line<ActionSort>> = submission.plans.iter().flat_map(|id| plan(portal, *id)).collect();
    let titles: BTreeSet<String> = planned.iter().map(|line| plain(&line.title)).collect();
    let compared = planned.iter().map(|line| {
        let title = plain(&line.title);
        let answers: Vec<_> = listed.iter().copied().filter(|other| answered(other) == title).collect();
        let again: Vec<_> = next.iter().copied().filter(|other| answered(other) == title).collect();
        let outcome = match (answers.is_empty(), again.is_empty()) {
            (false, _) => Outcome::Kept,
            (true, false) => Outcome::Again,
            (true, true) => Outcome::NotSeen,
        };
        Compared { outcome, planned: Some(line), listed: answers, again }
    });
    let new = listed.iter().copied().filter(|line| !titles.contains(&answered(line)));
    let new = new.map(|line| Compared { outcome: Outcome::New, planned: None, listed: vec![line], again: Vec::new() });
    Some(compared.chain(new).collect())
}

/// The lines of an action plan.
pub fn plan(portal: &Portal, id: ItemId) -> &[Line<ActionSort>] {
    match &portal.item(id).entry.own {
        Own::ActionPlan(plan) => &plan.lines,
        _ => &[],
    }
}

/// The lines of a resource list.
pub fn list(portal: &Portal, id: ItemId) -> &[Line<ResourceSort>] {
    match &portal.item(id).entry.own {
        Own::ResourceList(list) => &list.lines,
        _ => &[],
    }
}

/// The title of the line that a line answers, if there is one.
fn answered<S>(line: &Line<S>) -> String {
    plain(line.fulfils.as_deref().unwrap_or(&line.title))
}

/// A title as it is compared: half-width, in lower case, without spaces.
fn plain(title: &str) -> String {
    title.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Reports lines that answer a line which no plan of their unit for the year before has.
pub(super) fn check(portal: &Portal, findings: &mut Findings) {
    let answering = portal.items().filter(|(_, item)| match &item.entry.own {
        Own::ResourceList(list) => list.lines.iter().any(|line| line.fulfils.is_some()),
        Own::ActionPlan(plan) => plan.lines.iter().any(|line| line.fulfils.is_some()),
        _ => false,
    });
    let mut plans: Option<Vec<(ItemId, Year, &ActionPlan)>> = None;
    for (_, item) in answering {
        let Some(unit) = item.edges.one(Field::Unit) else { continue };
        let (year, lines) = match &item.entry.own {
            Own::ResourceList(list) => (list.year, answers(list)),
            Own::ActionPlan(plan) => (plan.year, answers(plan)),
            _ => continue,
        };
        // Drafts and what is not published yet count: whether something is wrong never depends on the day.
        let before = Year(year.0 - 1);
        let plans = plans.get_or_insert_with(|| all_plans(portal));
        let planned = plans.iter().filter(|(of, year, _)| *of == unit && *year == before);
        let titles: Vec<&str> =
            planned.flat_map(|(_, _, plan)| plan.lines.iter().map(|line| line.title.as_str())).collect();
        for (nth, line) in lines {
            if titles.iter().all(|title| plain(title) != plain(line)) {
                let near = nearest(line, titles.iter().copied());
                let unit = portal.item(unit).title();
                let mistake = say::unknown_line(line, unit, before.0, near, !titles.is_empty());
                findings.at(
                    item.entry.origin.place(&[Step::Key("lines"), Step::Index(nth), Step::Key("fulfils")]),
                    mistake,
                );
            }
        }
    }
}

fn all_plans(portal: &Portal) -> Vec<(ItemId, Year, &ActionPlan)> {
    let mut plans = Vec::new();
    for (_, item) in portal.items() {
        if let (Own::ActionPlan(plan), Some(unit)) = (&item.entry.own, item.edges.one(Field::Unit)) {
            plans.push((unit, plan.year, plan.as_ref()));
        }
    }
    plans
}

/// The lines that answer another, with their places.
fn answers<S>(yearly: &Yearly<S>) -> Vec<(usize, &str)> {
    let lines = yearly.lines.iter().enumerate();
    lines.filter_map(|(nth, line)| Some((nth, line.fulfils.as_deref()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_as_they_are_read() {
        assert_eq!(plain("添置 投影（２套）"), plain("添置投影(2套)"));
        assert_ne!(plain("添置投影"), plain("添置音箱"));
    }
}
