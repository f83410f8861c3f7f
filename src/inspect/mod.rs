//! `shuyuan inspect`: what an inspection of government sites would find, before it comes.
//!
//! Rules read pages as they are served, each once ([`page::Page`]), and the entries behind them. What files cannot tell is unchecked, never passed.

pub mod atlas;
mod columns;
mod links;
mod marks;
pub mod online;
mod outside;
pub mod page;
mod prose;
pub mod report;
pub mod rules;
mod scan;
mod upkeep;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use url::Url;

use crate::diag::Diagnostic;
use crate::diag::inspect::{self as say, Words};
use crate::load::history::History;
use crate::portal::Portal;
use atlas::Atlas;
use links::End;
use page::Page;
use report::{Finding, Outcome, Report, State};
use rules::{RULES, Severity};

/// What is inspected.
pub struct Subject<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// All pages, by address.
    pub pages: &'a [Page],
    /// Where their links lead.
    pub atlas: &'a Atlas,
    /// The root addresses of all files, pages among them.
    pub files: &'a BTreeSet<String>,
    /// What was found while the portal was made.
    pub diagnostics: &'a [Diagnostic],
    /// When files were committed, if that is known.
    pub history: Option<&'a History>,
    /// What became of links to other sites, if they were tried.
    pub answers: Option<&'a BTreeMap<Url, online::Answer>>,
}

/// Rules that nothing in files can answer.
const NEVER: [&str; 2] = ["uptime", "replies"];
/// Rules that need the history of files.
const BY_HISTORY: [&str; 2] = ["forged-date", "untouched"];

/// Inspects.
pub fn inspect(subject: &Subject<'_>) -> Report {
    let places = subject.atlas.places();
    let mut inspection = Inspection {
        portal: subject.portal,
        pages: subject.pages,
        home: subject.pages.iter().find(|page| page.address == "index.html"),
        places: &places,
        ends: Vec::new(),
        files: subject.files,
        history: subject.history,
        today: subject.portal.today.date(),
        words: &say::WORDS,
        findings: vec![Vec::new(); RULES.rules.len()],
        unsure: Vec::new(),
    };
    inspection.ends = links::ends(&inspection, &places);
    columns::check(&mut inspection);
    links::check(&mut inspection, &places);
    let outside = links::outside(subject.pages, &places);
    if let Some(answers) = subject.answers {
        outside::check(&mut inspection, &outside, answers);
    }
    marks::check(&mut inspection);
    prose::check(&mut inspection);
    upkeep::check(&mut inspection);
    upkeep::private(&mut inspection, subject.diagnostics);
    let findings = std::mem::take(&mut inspection.findings);
    let outcome = |(rule, mut findings): (&'static rules::Rule, Vec<Finding>)| {
        findings.sort();
        let is_outside = rule.id == "outside-link";
        let mut unsure = if is_outside { std::mem::take(&mut inspection.unsure) } else { Vec::new() };
        unsure.sort();
        let unknown = NEVER.contains(&rule.id.as_str())
            || (is_outside && (!unsure.is_empty() || (subject.answers.is_none() && !outside.is_empty())))
            || (subject.history.is_none() && BY_HISTORY.contains(&rule.id.as_str()));
        let state = match findings.is_empty() {
            false => State::Found,
            true if unknown => State::Unchecked,
            true => State::Passed,
        };
        Outcome { rule, state, findings, unsure }
    };
    let outcomes = RULES.rules.iter().zip(findings).map(outcome).collect();
    let tried = subject.answers.is_some();
    Report { today: inspection.today, pages: subject.pages.len(), outside: outside.len(), tried, outcomes }
}

/// An inspection that is under way.
struct Inspection<'a> {
    portal: &'a Portal,
    pages: &'a [Page],
    home: Option<&'a Page>,
    /// Where links lead, by number, and what is there.
    places: &'a [String],
    ends: Vec<End>,
    files: &'a BTreeSet<String>,
    history: Option<&'a History>,
    today: Date,
    words: &'static Words,
    /// For each rule.
    findings: Vec<Vec<Finding>>,
    /// Links to other sites of which nobody knows.
    unsure: Vec<Finding>,
}

/// The addresses of other sites that pages lead to.
pub fn outside(pages: &[Page], atlas: &Atlas) -> BTreeSet<Url> {
    links::outside(pages, &atlas.places()).keys().filter_map(|href| online::asked(href)).collect()
}

impl Inspection<'_> {
    /// Notes a finding: of which rule, where, and what its message names.
    fn found(&mut self, rule: &str, place: String, what: &str, n: i32) {
        self.found_as(rule, place, what, n, false);
    }

    /// Notes a finding that may only be to be known.
    fn found_as(&mut self, rule: &str, place: String, what: &str, n: i32, is_note: bool) {
        let Some(at) = RULES.find(rule) else { return };
        let rule = &RULES.rules[at];
        let message = rule.found.replace("{what}", what).replace("{n}", &n.to_string());
        let severity = if is_note { Severity::Note } else { rule.severity };
        self.findings[at].push(Finding { place, message, severity });
    }
}
