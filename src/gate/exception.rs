//! What an exception of an editor silences: one value of private data, or what one entry clashes with.

use std::collections::{BTreeMap, BTreeSet};

use super::Alarm;
use crate::content::shared::Allow;
use crate::content::walk::Step;
use crate::diag::catalogue as say;
use crate::diag::few::Few;
use crate::diag::{Code, Findings};
use crate::entry::Origin;
use crate::portal::clash::Clash;
use crate::portal::{Item, ItemId, Portal};
use crate::privacy::{Found, Sort};

/// Whose exceptions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// Those of an entry.
    Item(ItemId),
    /// Those of the settings.
    Site,
}

/// What an exception may silence.
pub(super) enum Subject {
    Private(Alarm),
    Clash(Clash),
}

/// What makes two subjects the same one, which one exception silences.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    Private(Sort, String),
    Clash(Code, String),
}

impl Subject {
    fn owners(&self, portal: &Portal) -> Vec<Owner> {
        match self {
            Self::Private(alarm) => alarm.owners.clone(),
            Self::Clash(clash) => clash.owners(portal).map(Owner::Item).collect(),
        }
    }

    /// What it is, if an exception of that owner names it.
    fn named(&self, portal: &Portal, owner: Owner, exception: &Allow) -> Option<Same> {
        match (self, owner) {
            (Self::Private(Alarm { found, .. }), _) => {
                found.is(&exception.what).then(|| Same::Private(found.sort, found.value.clone()))
            }
            (Self::Clash(clash), Owner::Item(owner)) => {
                let name = clash.name(portal, owner);
                let is_named = exception.what.split_whitespace().eq(name.split_whitespace());
                is_named.then(|| Same::Clash(clash.code(), name))
            }
            (Self::Clash(_), Owner::Site) => None,
        }
    }

    /// Whether nobody needs to hear of it. An exception for it is neither in force nor unused.
    fn is_over(&self) -> bool {
        matches!(self, Self::Clash(Clash { is_over: true, .. }))
    }
}

/// What became of an exception.
#[derive(Default)]
struct Fate {
    named: BTreeSet<Same>,
    is_in_force: bool,
}

/// All exceptions of a portal.
pub(super) struct Exceptions<'a> {
    all: BTreeMap<Owner, (&'a [Allow], &'a Origin)>,
}

impl<'a> Exceptions<'a> {
    pub(super) fn new(portal: &'a Portal) -> Self {
        let of_item = |(id, item): (ItemId, &'a Item)| {
            (Owner::Item(id), (item.entry.common.allow.as_slice(), &item.entry.origin))
        };
        let site = (Owner::Site, (portal.settings.site.allow.as_slice(), &portal.settings.origin));
        let all = portal.items().map(of_item).chain([site]).filter(|(_, (allow, _))| !allow.is_empty()).collect();
        Self { all }
    }

    /// Reports what no exception silences, and what became of each exception.
    pub(super) fn apply(&self, portal: &Portal, subjects: &[Subject], findings: &mut Findings) {
        let mut fates: BTreeMap<(Owner, usize), Fate> = BTreeMap::new();
        for subject in subjects {
            for (one, same) in self.fitting(portal, subject) {
                let fate = fates.entry(one).or_default();
                fate.named.insert(same);
                fate.is_in_force |= !subject.is_over();
            }
        }
        // An exception is for one thing: one that could mean several silences none.
        let silences = |one: &(Owner, usize)| fates.get(one).is_some_and(|fate| fate.named.len() == 1);
        let (mut private, mut clashes) = (BTreeMap::<Code, Few>::new(), BTreeMap::<Code, Few>::new());
        for subject in subjects.iter().filter(|subject| !subject.is_over()) {
            if self.fitting(portal, subject).iter().any(|(one, _)| silences(one)) {
                continue;
            }
            match subject {
                Subject::Private(alarm) => {
                    let diagnostic = alarm.diagnostic();
                    private.entry(diagnostic.mistake.code).or_default().report(findings, || diagnostic);
                }
                Subject::Clash(clash) => {
                    clashes.entry(clash.code()).or_default().report(findings, || clash.diagnostic(portal));
                }
            }
        }
        for (code, few) in private.into_iter().chain(clashes) {
            few.finish(code, findings);
        }
        for (owner, (allow, origin)) in &self.all {
            for (nth, exception) in allow.iter().enumerate() {
                let place = || origin.place(&[Step::Key("allow"), Step::Index(nth), Step::Key("what")]);
                let fate = fates.get(&(*owner, nth));
                let only = fate.filter(|_| silences(&(*owner, nth))).and_then(|fate| Some((fate, fate.named.first()?)));
                let Allow { by, date, reason, .. } = exception;
                match only {
                    Some((fate, _)) if !fate.is_in_force => {}
                    Some((_, Same::Private(sort, value))) => {
                        let shown = Found { range: 0..0, sort: *sort, value: value.clone() }.shown();
                        let what = say::private_exception(*sort, &shown);
                        findings.at(place(), say::exception_in_force(&what, by, &date.to_string(), reason));
                    }
                    Some((_, Same::Clash(code, name))) => {
                        let what = say::clash_exception(*code, name);
                        findings.at(place(), say::exception_in_force(&what, by, &date.to_string(), reason));
                    }
                    None => {
                        findings.at(place(), say::unused_exception(fate.map_or(0, |fate| fate.named.len())));
                    }
                }
            }
        }
    }

    /// The exceptions that name a subject.
    fn fitting(&self, portal: &Portal, subject: &Subject) -> Vec<((Owner, usize), Same)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let mut fitting = Vec::new();
        for owner in subject.owners(portal) {
            let (allow, _) = self.all.get(&owner).copied().unzip();
            let named = allow.unwrap_or_default().iter().enumerate();
            let named = named.filter_map(|(nth, one)| Some(((owner, nth), subject.named(portal, owner, one)?)));
            fitting.extend(named);
        }
        fitting
    }
}
