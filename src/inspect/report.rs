//! The report of an inspection: for the terminal, for programs, and as a page to hand in.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::rules::{RULES, Rule, Severity};
use crate::diag::inspect as say;
use crate::markdown::escape;

/// What a rule came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was found.
    Passed,
    /// Something was found.
    Found,
    /// Files cannot tell.
    Unchecked,
}

impl State {
    /// Its stable name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Found => "found",
            Self::Unchecked => "unchecked",
        }
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The address of a page, or a file with line and column.
    pub place: String,
    /// What it is.
    pub message: String,
    /// How grave it is.
    pub severity: Severity,
}

/// A rule with all that it found.
#[derive(Debug)]
pub struct Outcome {
    /// The rule.
    pub rule: &'static Rule,
    /// What it came to.
    pub state: State,
    /// What it found, by place.
    pub findings: Vec<Finding>,
    /// What it could not make sure of, by place: neither found nor passed.
    pub unsure: Vec<Finding>,
}

/// All that was found.
#[derive(Debug)]
pub struct Report {
    /// The day for which it is true.
    pub today: Date,
    /// How many pages were read.
    pub pages: usize,
    /// How many links lead to other sites.
    pub outside: usize,
    /// Whether they were tried.
    pub tried: bool,
    /// Every rule, in order.
    pub outcomes: Vec<Outcome>,
}

/// Findings of a rule that a terminal shows; all are in the other forms.
const SHOWN: usize = 12;

impl Report {
    /// How many findings there are of each gravity.
    pub fn counts(&self) -> BTreeMap<Severity, usize> {
        let mut counts = BTreeMap::new();
        for finding in self.outcomes.iter().flat_map(|outcome| &outcome.findings) {
            *counts.entry(finding.severity).or_default() += 1;
        }
        counts
    }

    /// For a terminal: what was found, then what is unchecked, then how much passed.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for outcome in self.of(State::Found) {
            let rule = outcome.rule;
            let _ = writeln!(text, "{}", say::heading(&rule.title, &rule.id, severity(rule), outcome.findings.len()));
            lines(&mut text, &outcome.findings);
            lines(&mut text, &outcome.unsure);
            let _ = writeln!(text, "  {}\n", say::basis(&rule.basis, rule.verified));
        }
        for outcome in self.of(State::Unchecked) {
            let rule = outcome.rule;
            let _ = writeln!(text, "{}", say::unchecked(&rule.title, &rule.id, self.outside, outcome.unsure.len()));
            lines(&mut text, &outcome.unsure);
        }
        let passed = self.of(State::Passed).count();
        let _ = writeln!(text, "{}", say::passed(passed, self.pages, &self.today.to_string()));
        text
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let rules: Vec<Value> = self
            .outcomes
            .iter()
            .map(|outcome| {
                let rule = outcome.rule;
                json!({
                    "id": rule.id, "title": rule.title, "severity": rule.severity, "basis": rule.basis, "verified": rule.verified,
                    "state": outcome.state.key(), "findings": data(&outcome.findings), "unsure": data(&outcome.unsure),
                })
            })
            .collect();
        json!({
            "version": RULES.version, "rules_date": RULES.date, "day": self.today.to_string(), "pages": self.pages,
            "outside_links": self.outside, "outside_tried": self.tried, "rules": rules,
        })
    }

    /// As a page of its own, which needs nothing else.
    pub fn html(&self, title: &str) -> String {
        let heading = say::title(title, &self.today.to_string());
        let mut html = format!(
            "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{0}</title>\n<style>{STYLE}</style>\n<h1>{0}</h1>\n<p>{1}</p>\n",
            escape(&heading),
            escape(&say::summary(&self.counts(), self.pages)),
        );
        // What has to be mended comes first.
        for outcome in [State::Found, State::Unchecked, State::Passed].into_iter().flat_map(|state| self.of(state)) {
            let rule = outcome.rule;
            let state = say::state(outcome.state.key());
            let _ = write!(
                html,
                "<section class=\"{}\">\n<h2>{}　<small>{}</small></h2>\n<p>{}</p>\n",
                outcome.state.key(),
                escape(&rule.title),
                escape(&state),
                escape(&say::basis(&rule.basis, rule.verified)),
            );
            if outcome.state == State::Unchecked {
                let why = say::why_unchecked(&rule.id, self.outside, outcome.unsure.len());
                let _ = writeln!(html, "<p>{}</p>", escape(&why));
            }
            list(&mut html, &outcome.findings);
            list(&mut html, &outcome.unsure);
            html.push_str("</section>\n");
        }
        html.push_str("</html>\n");
        html
    }

    fn of(&self, state: State) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(move |outcome| outcome.state == state)
    }
}

/// Findings for a terminal, which shows the first of them.
fn lines(text: &mut String, findings: &[Finding]) {
    for finding in findings.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}  {}", finding.place, finding.message);
    }
    if findings.len() > SHOWN {
        let _ = writeln!(text, "  {}", say::more(findings.len() - SHOWN));
    }
}

fn data(findings: &[Finding]) -> Vec<Value> {
    let data =
        |finding: &Finding| json!({ "place": finding.place, "message": finding.message, "severity": finding.severity });
    findings.iter().map(data).collect()
}

fn list(html: &mut String, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    html.push_str("<ul>\n");
    for finding in findings {
        let _ = writeln!(html, "<li><code>{}</code> {}</li>", escape(&finding.place), escape(&finding.message));
    }
    html.push_str("</ul>\n");
}

const STYLE: &str = "body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.7 sans-serif}section{border-top:1px solid #999;padding:.4em 0;break-inside:avoid}\
                     h2{font-size:1.1em;margin:.6em 0 0}.found h2{color:#a3271b}.unchecked h2{color:#666}p{margin:.2em 0}li{overflow-wrap:anywhere}";

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => say::ERROR,
        Severity::Warning => say::WARNING,
        Severity::Note => say::NOTE,
    }
}
