//! The reconciliation for programs and for terminals: the same list as on its pages.

use std::fmt::Write as _;

use serde::Serialize;

use crate::content::Own;
use crate::page::context::Context;
use crate::page::gap;
use crate::portal::reconcile::{Gap, GapSort};
use crate::portal::{Portal, location};

/// The version of the data. It grows when a field changes its meaning or goes; a new field is no new version.
const VERSION: u32 = 1;

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people, at a terminal.
    Text,
    /// For programs.
    Json,
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    count: usize,
    gaps: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    /// Which rule.
    sort: &'static str,
    /// The document by which it should fit.
    document: Option<&'a str>,
    /// The kind's folder and the id of what does not fit.
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<&'a str>,
    path: &'a str,
}

/// The address of the data, if there are any.
pub(super) fn addresses(portal: &Portal) -> Option<String> {
    (!portal.gaps().all().is_empty()).then(|| location::RECONCILIATION_DATA.to_owned())
}

/// The data, by address.
pub(super) fn file(context: &Context<'_>) -> Option<(&'static str, String)> {
    addresses(context.portal).map(|_| (location::RECONCILIATION_DATA, json(context.portal)))
}

/// The report in a form.
pub fn report(context: &Context<'_>, form: Form) -> String {
    match form {
        Form::Text => text(context),
        Form::Json => json(context.portal),
    }
}

fn json(portal: &Portal) -> String {
    let gaps: Vec<Found<'_>> = portal.gaps().all().iter().map(|gap| found(portal, gap)).collect();
    let report = Report { version: VERSION, count: gaps.len(), gaps };
    // Structs of texts and numbers cannot fail to be written.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn found<'a>(portal: &'a Portal, gap: &'a Gap) -> Found<'a> {
    let item = portal.item(gap.item);
    let clause = match &item.entry.own {
        Own::Document(own) => gap.clause.and_then(|at| own.clauses.get(at)).map(|clause| clause.id.as_str()),
        _ => None,
    };
    Found {
        sort: gap.sort.key(),
        document: gap.document.map(|id| portal.item(id).id()),
        kind: item.kind().folder(),
        id: item.id(),
        title: item.title(),
        clause,
        figure: gap.figure.as_deref(),
        path: item.address.as_str(),
    }
}

fn text(context: &Context<'_>) -> String {
    let (portal, words) = (context.portal, context.format.words);
    let gaps = portal.gaps();
    let mut text = String::new();
    for document in gaps.documents() {
        let name = document.map_or_else(|| words.get("reconcile.other"), |id| portal.item(id).title());
        let _ = writeln!(text, "{name}");
        let of = gaps.of(document);
        for sort in GapSort::ALL {
            let found: Vec<&Gap> = of.iter().filter(|gap| gap.sort == sort).collect();
            if found.is_empty() {
                continue;
            }
            let _ = writeln!(text, "  {} {}", words.in_group("gap", sort.key()), found.len());
            for gap in found {
                let note = gap::note(context, gap).map_or_else(String::new, |note| format!("（{note}）"));
                let _ = writeln!(text, "    {}{note}", gap::title(context, gap).text);
            }
        }
        text.push('\n');
    }
    let all = gaps.all().len();
    let counts = words.fill("reconcile.counts", "n", &all.to_string());
    text + if all == 0 { words.get("reconcile.none") } else { &counts } + "\n"
}
