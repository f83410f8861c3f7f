//! Whether a text sets a figure to be reached: `不低于五成`, `至少2000平方米`, `20 台以上`, `1.5%`. Words come from `figures.txt`.

use std::sync::LazyLock;

/// Characters between a bound and its number, or between a number and the word behind it.
const BETWEEN: usize = 6;
/// Characters of a figure that are quoted.
const QUOTED: usize = 12;

struct Words {
    numerals: Vec<char>,
    bounds: Vec<&'static str>,
    afters: Vec<&'static str>,
    units: Vec<&'static str>,
    tenth: char,
    whole: Vec<char>,
    none: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = || include_str!("figures.txt").lines();
    let of = |name: &str| -> Vec<&'static str> {
        let line = lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.into_iter().flat_map(|words| words.split(' ')).collect()
    };
    let characters = |name: &str| of(name).into_iter().filter_map(|word| word.chars().next()).collect::<Vec<_>>();
    Words {
        numerals: characters("numeral"),
        bounds: of("bound"),
        afters: of("after"),
        units: of("unit"),
        tenth: characters("tenth").first().copied().unwrap_or_default(),
        whole: characters("whole"),
        none: of("none"),
    }
});

/// The first figure that a text sets, as it is written; `None` if it sets none.
pub fn figure(text: &str) -> Option<&str> {
    let words = &*WORDS;
    let (mut at, mut bound) = (0, None);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(word) = words.bounds.iter().find(|word| rest.starts_with(**word)) {
            bound = Some((at, at + word.len()));
            at += word.len();
            continue;
        }
        let length = number(rest);
        if length == 0 {
            at += c.len_utf8();
            continue;
        }
        let behind = rest[length..].trim_start();
        let is_bound = bound.is_some_and(|(_, end)| is_near(&text[end..at]));
        if is_target(behind, &rest[..length], is_bound) {
            let start = bound.filter(|_| is_bound).map_or(at, |(start, _)| start);
            return Some(quoted(&text[start..]));
        }
        at += length;
        bound = None;
    }
    None
}

/// Whether a number is a target by what stands behind it, or by the bound before it.
fn is_target(behind: &str, number: &str, is_bound: bool) -> bool {
    let words = &*WORDS;
    let begins = |list: &[&str]| list.iter().any(|word| behind.starts_with(word));
    if begins(&words.none) {
        return false;
    }
    let mut next = behind.chars();
    let is_tenth = next.next() == Some(words.tenth)
        && !next.next().is_some_and(|c| words.whole.contains(&c))
        && number.chars().count() == 1
        && !number.starts_with(|c: char| c.is_ascii_digit());
    let is_open = || words.afters.iter().any(|word| behind.find(word).is_some_and(|end| is_near(&behind[..end])));
    is_bound || is_tenth || begins(&words.units) || is_open()
}

/// The length in bytes of the number at the beginning of a text.
fn number(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_digit() || WORDS.numerals.contains(&c);
    let mut length = 0;
    for (at, c) in text.char_indices() {
        let is_point = c == '.' && at > 0 && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        if !is_part(c) && !is_point {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Whether two words with this between them belong together: a few characters, no mark.
fn is_near(between: &str) -> bool {
    between.chars().count() <= BETWEEN && between.chars().all(|c| c.is_alphanumeric() || c == ' ')
}

/// The beginning of a text, up to the first mark.
fn quoted(text: &str) -> &str {
    let is_in = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '%' | '\u{ff05}');
    let end = text.char_indices().take(QUOTED).take_while(|(_, c)| is_in(*c)).last();
    end.map_or("", |(at, c)| text[..at + c.len_utf8()].trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_told_from_other_numbers() {
        let table = include_str!("figures-read.txt");
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let (text, expected) = line.split_once(" => ").expect("a text and its figure");
            assert_eq!(figure(text).unwrap_or("-"), expected, "{text}");
        }
    }
}
