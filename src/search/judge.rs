//! Judges the search by a list of queries with what they should find.
//!
//! A line is a query, a tab, and what is expected, in words between spaces of which all must hold; `|` parts expectations of which one must:
//!
//! - `太极` the title of the first result holds it, or where few are exact, that of the first found by what the query means, which is on the
//!   same screen;
//! - `courses/taiji` the first result is this entry;
//! - `region:muye` the query is understood as this choice of a facet;
//! - `?太极拳` the query that is offered as the one that was meant, or that letters are read as;
//! - `=` the first result holds the query as it is typed;
//! - `~` nothing holds the query as it is typed, so that whatever is shown says that it is only near;
//! - `!` nothing is found or offered.
//!
//! Lines that are empty or begin with `#` are notes.

use super::document::Ranked;
use super::understand::Understood;

/// So many exact results leave room on the screen for what was found otherwise.
const FEW: usize = 3;

/// A query with what it should find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The number of the line, from 1.
    pub line: usize,
    /// The query.
    pub query: String,
    /// What is expected: alternatives of conditions.
    expected: Vec<Vec<String>>,
}

/// The trials of a list.
///
/// # Errors
/// The number of a line without a query or without an expectation.
pub fn trials(text: &str) -> Result<Vec<Trial>, usize> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    let trial = |(line, number): (&str, usize)| {
        let (query, expected) = line.split_once('\t').ok_or(number)?;
        let expected: Vec<Vec<String>> =
            expected.split('|').map(|one| one.split_whitespace().map(str::to_owned).collect()).collect();
        let is_empty = query.trim().is_empty() || expected.iter().any(Vec::is_empty);
        if is_empty { Err(number) } else { Ok(Trial { line: number, query: query.trim().to_owned(), expected }) }
    };
    lines.map(trial).collect()
}

impl Trial {
    /// Whether an answer is as expected; `address` tells the address of an entry's page.
    pub fn holds<'a>(&self, answer: &Understood<'_>, address: &dyn Fn(&Ranked) -> &'a str) -> bool {
        let first = answer.first();
        let near = answer.meant.first().filter(|_| answer.exact.found.len() <= FEW).copied();
        let holds = |condition: &String| match condition.as_str() {
            "~" => answer.exact.found.is_empty(),
            "!" => first.is_none() && answer.slips.is_empty(),
            one if one.starts_with(['?', '？']) => {
                let meant: String = one.chars().skip(1).collect();
                answer.slips.contains(&meant) || answer.spelt.join(" ") == meant
            }
            one if one.contains(':') => answer.parts.filters.iter().any(|(_, filter)| {
                one.split_once(':')
                    .is_some_and(|(facet, key)| filter.facet == facet && filter.keys.iter().any(|own| own == key))
            }),
            one if one.contains('/') => first.is_some_and(|ranked| {
                let address = address(ranked);
                address == one || address.strip_suffix(".html") == Some(one)
            }),
            "=" => !answer.exact.found.is_empty(),
            one => first.into_iter().chain(near).any(|ranked| ranked.document.title.contains(one)),
        };
        self.expected.iter().any(|all| all.iter().all(holds))
    }

    /// What is expected, as written.
    pub fn expectation(&self) -> String {
        self.expected.iter().map(|all| all.join(" ")).collect::<Vec<_>>().join(" | ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_expectation_is_refused() {
        assert_eq!(trials("# note\n\n太极\t太极 | region:a x/y\n").map(|all| all.len()), Ok(1));
        assert_eq!(trials("太极\t太极\n书法\n"), Err(2));
        assert_eq!(trials("太极\t \n"), Err(1));
        assert_eq!(trials("太极\t太极 |\n"), Err(1));
    }
}
