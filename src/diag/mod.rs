//! Diagnostics: what an editor did wrong, where, and what to write instead.
//!
//! One model, many renderers. All wording is in [`catalogue`]; nothing here or in any renderer knows a rule.

pub mod catalogue;
pub mod code;
pub mod fault;
pub mod few;
pub mod format;
pub mod inspect;
pub mod kind;

use std::borrow::Cow;
use std::cmp::Ordering;

pub use code::Code;

use crate::privacy;
use crate::source::Place;

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published; `--strict` counts it as an error.
    Warning,
    /// Worth knowing; never counts.
    Note,
}

/// What is wrong, in the editor's words. Made only by the functions of [`catalogue`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its stable code.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

/// A mistake at its place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What is wrong.
    pub mistake: Mistake,
    /// Where; nowhere for what concerns the whole portal.
    pub place: Option<Place>,
    /// Related places, each with what it is.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// The mistake at a place.
    pub fn new(mistake: Mistake, place: Place) -> Self {
        Self { mistake, place: Some(place), related: Vec::new() }
    }

    /// A mistake of the whole portal.
    pub fn global(mistake: Mistake) -> Self {
        Self { mistake, place: None, related: Vec::new() }
    }

    /// Adds a related place.
    #[must_use]
    pub fn with_related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.mistake.code.severity()
    }

    fn key(&self) -> (Option<(&str, usize, usize)>, Code, &str) {
        (self.place.as_ref().map(Place::key), self.mistake.code, &self.mistake.message)
    }
}

/// Proof that a mistake was reported: a reader that gives nothing must hand one back.
#[derive(Clone, Copy, Debug)]
pub struct Reported(());

/// What was found so far.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    all: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a diagnostic. What it quotes of private data is hidden: logs are read by many.
    pub fn report(&mut self, mut diagnostic: Diagnostic) -> Reported {
        let texts = [Some(&mut diagnostic.mistake.message), diagnostic.mistake.hint.as_mut()];
        for text in texts.into_iter().flatten() {
            if let Cow::Owned(masked) = privacy::masked(text) {
                *text = masked;
            }
        }
        self.all.push(diagnostic);
        Reported(())
    }

    /// Adds a mistake at a place.
    pub fn at(&mut self, place: Place, mistake: Mistake) -> Reported {
        self.report(Diagnostic::new(mistake, place))
    }

    /// Takes over what another stage found.
    pub fn extend(&mut self, other: Findings) {
        self.all.extend(other.all);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.all.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// Whether anything forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// All of them, by place and code, each once.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort_by(|a, b| a.key().cmp(&b.key()));
        self.all.dedup_by(|a, b| a.key().cmp(&b.key()) == Ordering::Equal);
        self.all
    }
}

/// The candidate that `word` was most likely meant to be: at most a third of its characters away, in edits that count two
/// swapped neighbours as one.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let length = wanted.chars().count();
    let reach = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= reach)
        .map(|candidate| (strsim::osa_distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_across_a_slip_but_not_across_a_gulf() {
        let fields = ["title", "teachers", "topics", "venue"];
        assert_eq!(nearest("titel", fields), Some("title"));
        assert_eq!(nearest("teacher", fields), Some("teachers"));
        assert_eq!(nearest("VENUE", fields), Some("venue"));
        assert_eq!(nearest("organiser", fields), None);
    }
}
