//! Formulas and raised or lowered signs as other programs write them: `x^2^`, `H~2~O`, `$x^2$`.

use std::ops::Range;

use super::is_han;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// Characters of what is raised or lowered, at most.
const LIFTED: usize = 4;

/// Formulas and signs in a line.
pub(super) fn formulas(text: &str, found: &mut Vec<(Range<usize>, Mistake)>) {
    let known = found.len();
    dollars(text, found);
    let formulas: Vec<Range<usize>> = found[known..].iter().map(|(range, _)| range.clone()).collect();
    for (mark, tag) in [('^', "sup"), ('~', "sub")] {
        let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
        for pair in places.windows(2) {
            let (open, close) = (pair[0], pair[1]);
            let inside = &text[open + 1..close];
            // A tilde stands between the ends of a range: only a letter before it tells that it lowers.
            let before = text[..open].chars().next_back();
            let is_base = match mark {
                '~' => {
                    before.is_some_and(|c| c.is_ascii_alphabetic()) && inside.bytes().all(|byte| byte.is_ascii_digit())
                }
                _ => before.is_some_and(|c| c.is_alphanumeric() || c == ')'),
            };
            let is_short = (1..=LIFTED).contains(&inside.len())
                && inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
            let nearest = formulas[..formulas.partition_point(|formula| formula.start <= open)].last();
            let is_inside = nearest.is_some_and(|formula| formula.contains(&open));
            if is_base && is_short && !is_inside {
                found.push((open..close + 1, say::lifted(&text[open..=close], &format!("<{tag}>{inside}</{tag}>"))));
            }
        }
    }
}

/// Formulas between dollars. Prices have a space or Han between them.
fn dollars(text: &str, found: &mut Vec<(Range<usize>, Mistake)>) {
    let mut at = 0;
    while let Some(next) = text[at..].find('$') {
        let start = at + next;
        let mark = if text[start..].starts_with("$$") { "$$" } else { "$" };
        let inside = start + mark.len();
        let Some(length) = text[inside..].find(mark) else { break };
        let formula = &text[inside..inside + length];
        at = inside + length + mark.len();
        let is_tight = !formula.is_empty() && (mark == "$$" || formula.trim() == formula);
        let is_formula = formula.contains(['^', '_', '\\', '=', '{'])
            && formula.contains(|c: char| c.is_ascii_alphabetic())
            && !formula.contains(is_han);
        if is_tight && is_formula {
            found.push((start..at, say::formula(&text[start..at])));
        } else {
            at = inside;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_prices_ranges_and_signs() {
        let said = |text: &str| {
            let mut found = Vec::new();
            formulas(text, &mut found);
            found.into_iter().map(|(range, _)| text[range].to_owned()).collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("x^2^", "^2^"),
            ("每 m^2^ 10 元", "^2^"),
            ("H~2~O", "~2~"),
            ("CO~2~", "~2~"),
            ("$x^2$", "$x^2$"),
            ("得 $$a=b$$。", "$$a=b$$"),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
        for text in [
            "$100 和 $200",
            "20~30 人，40~50 人",
            "9:00~10:00",
            "周一~周五，周六~周日",
            "^_^",
            "A~B",
            "100m^2",
            "$5=$5",
        ] {
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }
}
