//! What units are called: the names of one unit, and usual short forms, mean the same in a query.

use std::collections::BTreeSet;

use super::lexicon::{bare, folded, pairs};
use crate::content::field::Field;
use crate::content::unit::UnitSort;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::theme::Words;

/// Groups of names at most.
const OFFICES: usize = 400;

/// Names of units without their regions and levels, as people say them: `人社局` for `区人社局` and for that of a city. Names of which one
/// unit has several mean the same.
pub(super) fn names(context: &Context<'_>) -> Vec<Vec<(String, String)>> {
    let portal = context.portal;
    // Whole titles without their usual endings: each is one unit.
    let endings: Vec<(String, &str)> = pairs(context.format.words, "office-endings").collect();
    let mut titles = BTreeSet::new();
    // Names with the sign of a level inside, each with the same without it.
    let inner: Vec<(String, &str)> = pairs(context.format.words, "office-levels").collect();
    let (mut groups, mut whole): (Vec<BTreeSet<String>>, Vec<BTreeSet<String>>) = Default::default();
    for id in portal.of_kind(Kind::Unit) {
        let item = portal.item(*id);
        let Own::Unit(unit) = &item.entry.own else { continue };
        if unit.sort == UnitSort::Class {
            continue;
        }
        let region = item.edges.one(Field::Region).map(|region| bare(portal.item(region).written_title()));
        let named = unit.aliases.iter().map(String::as_str).chain([item.written_title()]);
        let short = |name| without_level(context.format.words, region.unwrap_or_default(), bare(name)).to_owned();
        let mut names: BTreeSet<String> = named.map(short).filter(|name| name.chars().count() > 1).collect();
        let unlevelled =
            |name: &String| inner.iter().find(|(own, _)| own == name).map(|(_, short)| (*short).to_owned());
        names.extend(names.iter().filter_map(unlevelled).collect::<Vec<_>>());
        let title = bare(item.written_title());
        titles.insert(title.to_owned());
        for name in unit.aliases.iter().map(|name| bare(name)).chain([title]) {
            let shorter =
                endings.iter().find_map(|(ending, short)| Some(format!("{}{short}", name.strip_suffix(ending)?)));
            whole.extend(shorter.map(|shorter| BTreeSet::from([title.to_owned(), name.to_owned(), shorter])));
        }
        // What is alike in one name is alike in all.
        groups.retain(|group| {
            let is_other = group.is_disjoint(&names);
            if !is_other {
                names.extend(group.iter().cloned());
            }
            is_other
        });
        groups.push(names);
    }
    for group in &mut groups {
        drop_begun(group, &titles);
    }
    groups.append(&mut whole);
    groups.truncate(OFFICES);
    let written = |name: String| (folded(&name), name);
    groups.into_iter().map(|group| group.into_iter().map(written).collect()).collect()
}

/// Drops names of two characters that are others without the last character: they stand inside of other names as well. The title of a unit
/// stays.
fn drop_begun(names: &mut BTreeSet<String>, titles: &BTreeSet<String>) {
    let is_begun = |name: &String| {
        let next = |other: &String| other.strip_prefix(name.as_str()).is_some_and(|rest| rest.chars().count() == 1);
        name.chars().count() == 2 && !titles.contains(name) && names.iter().any(next)
    };
    let begun: Vec<String> = names.iter().filter(|name| is_begun(name)).cloned().collect();
    names.retain(|name| !begun.contains(name));
}

/// The name of a unit without its region, as a whole or short, and without the sign of a level that is left.
fn without_level<'a>(words: &Words, region: &str, name: &'a str) -> &'a str {
    let levels = || words.in_group("meaning", "region-endings").split_whitespace();
    let short = levels().find_map(|ending| region.strip_suffix(ending)).filter(|short| short.chars().count() > 1);
    let rest = [Some(region), short].into_iter().flatten().find_map(|region| name.strip_prefix(region)).unwrap_or(name);
    let level = levels().filter(|level| level.chars().count() == 1).find_map(|level| rest.strip_prefix(level));
    // What a committee is of belongs to its name.
    let stays = words.in_group("meaning", "level-stays");
    level.filter(|rest| rest.chars().count() > 1 && !rest.starts_with(stays)).unwrap_or(rest)
}
