//! The rules and their thresholds, from `rules.yaml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::online::Limits;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// An inspection fails by it.
    Error,
    /// It should be mended.
    Warning,
    /// It should be known.
    Note,
}

/// A rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its stable name.
    pub id: String,
    /// How grave its findings are.
    pub severity: Severity,
    /// Its name for people.
    pub title: String,
    /// The convention that it comes from.
    pub basis: String,
    /// Whether the convention was read in its official text.
    pub verified: bool,
    /// What a finding says.
    #[serde(skip_serializing)]
    pub found: String,
}

/// All rules and thresholds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Grows with every change of the rules.
    pub version: u32,
    /// The day of that change.
    pub date: String,
    pub(super) home_days: i32,
    pub(super) columns: BTreeMap<String, i32>,
    pub(super) dated: Vec<String>,
    pub(super) consent_days: i32,
    pub(super) untouched_days: i32,
    pub(super) forged_days: i32,
    /// How links to other sites are tried.
    pub online: Limits,
    /// The rules, in the order of the report.
    pub rules: Vec<Rule>,
}

/// The rules of this program.
pub static RULES: LazyLock<Rules> = LazyLock::new(|| {
    // The file is part of the program, and a test reads it.
    serde_yaml::from_str(include_str!("rules.yaml")).unwrap_or_else(|error| unreachable!("rules.yaml: {error}"))
});

impl Rules {
    /// The place of a rule in the list.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|rule| rule.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_rule_has_a_name_of_its_own_and_says_what_it_found() {
        let names: BTreeSet<&str> = RULES.rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(names.len(), RULES.rules.len());
        let silent = ["uptime", "replies"];
        for rule in &RULES.rules {
            assert_eq!(rule.found.is_empty(), silent.contains(&rule.id.as_str()), "{}", rule.id);
        }
    }
}
