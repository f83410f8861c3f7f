//! Samples: texts that `new` and `init` wrote to be replaced and that are still there, and entries that are made up.

use super::checks::is_meant;
use super::{Item, Portal};
use crate::content::Kind;
use crate::content::field::Field;
use crate::content::sample::{Placeholders, is_sample, says_sample};
use crate::content::walk::{Path, Step, texts};
use crate::diag::catalogue as say;
use crate::diag::few::Few;
use crate::diag::{Code, Diagnostic, Findings};

/// Reports each text. While the banner of a new portal says that all is sample, what `init` wrote is only counted.
pub(super) fn run(portal: &Portal, findings: &mut Findings) {
    let mut few = Few::default();
    let settings = &portal.settings;
    let mut own: Vec<(Option<Path>, String)> = Vec::new();
    texts(&settings.site, &mut |path, text| {
        if is_sample(None, path, text) {
            own.push((Some(path.to_vec()), text.to_owned()));
        }
    });
    let banner = own.iter().position(|(path, _)| path.as_deref().is_some_and(|path| path == [Step::Key("banner")]));
    let mut counted = own.len() - usize::from(banner.is_some());
    if banner.is_none() {
        for (path, text) in &own {
            let place = || settings.origin.place(path.as_deref().unwrap_or_default());
            few.report(findings, || Diagnostic::new(say::placeholder(text), place()));
        }
    }
    for (_, item) in portal.items().filter(|(_, item)| is_meant(item) && !item.entry.common.draft) {
        let Placeholders { is_template, found } = &item.entry.placeholders;
        if banner.is_some() && !is_template {
            counted += found.len();
            continue;
        }
        for (path, text) in found {
            few.report(findings, || Diagnostic::new(say::placeholder(text), place(item, path.as_ref())));
        }
    }
    few.finish(Code::Placeholder, findings);
    if banner.is_some() {
        findings.at(settings.origin.place(&[Step::Key("banner")]), say::placeholders(counted));
    }
}

/// Reports samples that hang on a unit or institution that is none, and titles that say what the field for it does not.
pub(super) fn made_up(portal: &Portal, findings: &mut Findings) {
    let (mut on_real, mut in_title) = (Few::default(), Few::default());
    for (_, item) in portal.items().filter(|(_, item)| is_meant(item)) {
        let common = &item.entry.common;
        let is_written = !common.sample && says_sample(&common.title);
        // What is there to be replaced is told as such.
        if is_written && !is_sample(Some(item.kind()), &[Step::Key("title")], &common.title) {
            let place = || item.entry.origin.place(&[Step::Key("title")]);
            in_title.report(findings, || Diagnostic::new(say::sample_in_title(), place()));
        }
        if !item.is_sample() || !is_offer(item.kind()) {
            continue;
        }
        let (edges, origin) = (&item.edges, &item.entry.origin);
        for field in [Field::Unit, Field::Institution] {
            let other = edges.one(field).map(|other| portal.item(other)).filter(|other| !other.is_sample());
            if let Some(other) = other {
                let place = || origin.place(&[Step::Key(field.name())]);
                on_real.report(findings, || Diagnostic::new(say::sample_on_real(other.title()), place()));
            }
        }
        for (path, other) in edges.members() {
            let is_about = path.first().is_some_and(|step| LISTS.contains(step));
            if is_about && !portal.item(other).is_sample() {
                let mistake = || say::sample_on_real(portal.item(other).title());
                on_real.report(findings, || Diagnostic::new(mistake(), origin.place(path)));
            }
        }
    }
    on_real.finish(Code::SampleOnReal, findings);
    in_title.finish(Code::SampleInTitle, findings);
}

/// Lists of whom an entry tells.
const LISTS: [Step; 2] = [Step::Key("units"), Step::Key("institutions")];

/// Whether entries of a kind tell what somebody offers, or was honoured for. What a unit reports, such as its list of resources, can only be
/// shown at the unit that a notice asks for it.
fn is_offer(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Institution
            | Kind::Venue
            | Kind::Teacher
            | Kind::Course
            | Kind::Event
            | Kind::Star
            | Kind::Brand
            | Kind::Team
            | Kind::Award
            | Kind::Organisation
            | Kind::News
    )
}

fn place(item: &Item, path: Option<&Path>) -> crate::source::Place {
    let origin = &item.entry.origin;
    match path {
        Some(path) => origin.place(path),
        None => {
            let body = item.entry.body();
            let start = body.len() - body.trim_start().len();
            let line = body[start..].lines().next().unwrap_or_default();
            origin.body_place(&(start..start + line.len()))
        }
    }
}
