//! Days and ages that a query writes in numbers: `11月12日`, `十一月中旬`, `12/5`, `70岁`.
//!
//! `themes/default/script/search-meaning.js` has the same rules.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::lexicon::Lexicon;

/// Years of age that somebody may have.
const AGES: std::ops::RangeInclusive<u16> = 0..=120;
/// Years of age at least of somebody old.
const OLD: u16 = 50;

/// Reads the words of a query.
pub(super) struct When<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) today: Date,
}

impl When<'_> {
    /// The days that are written at a place, the next of that name, and how long that is: a day or a month, its signs in ASCII or Chinese
    /// numerals, or the whole term `11-12` or `11/12`.
    pub(super) fn days(&self, chars: &[char], at: usize) -> Option<(usize, (Date, Date))> {
        if self.goes_on(chars, at) {
            return None;
        }
        if self.lexicon.month.contains(chars[at]) {
            let (length, part) = self.part(chars, at + 1);
            return part.map(|part| (1 + length, self.part_to_come(part)));
        }
        let (first, month) = self.number(chars, at, 2)?;
        let sign = *chars.get(at + first)?;
        let start = at + first + 1;
        let second = self.number(chars, start, 2);
        if !self.lexicon.month.contains(sign) {
            let (second, day) = second?;
            let whole = at == 0 && start + second == chars.len();
            let is_written = matches!(sign, '-' | '/') && chars.iter().all(|c| *c == sign || c.is_ascii_digit());
            return if whole && is_written { Some((chars.len(), self.day(month, day)?)) } else { None };
        }
        let Some((second, day)) = second else {
            let (length, part) = self.part(chars, start);
            return Some((start + length - at, self.month(i8::try_from(month).ok()?, part)?));
        };
        let end = start + second;
        let has_sign = chars.get(end).is_some_and(|c| self.lexicon.day.contains(*c));
        // 十一月三场: three of something.
        let is_day = has_sign || chars[start].is_ascii_digit();
        if is_day { Some((end + usize::from(has_sign) - at, self.day(month, day)?)) } else { None }
    }

    /// The age that is written at a place, and how long it is; of two ages the second.
    pub(super) fn age(&self, chars: &[char], at: usize) -> Option<(usize, u16)> {
        if self.goes_on(chars, at) {
            return None;
        }
        let (mut length, mut years) = self.number(chars, at, 3)?;
        let to = chars.get(at + length).is_some_and(|c| self.lexicon.to.contains(*c));
        if let Some((second, other)) = to.then(|| self.number(chars, at + length + 1, 3)).flatten() {
            length += 1 + second;
            years = other;
        }
        let is_one = |at: usize, signs: &str| chars.get(at).is_some_and(|c| signs.contains(*c));
        length += usize::from(is_one(at + length, &self.lexicon.age_about));
        let is_reached = years >= OLD && is_one(at + length, &self.lexicon.age_reached);
        let is_age = (is_reached || is_one(at + length, &self.lexicon.age)) && AGES.contains(&years);
        let end = at + length + 1;
        let ending = |ending: &&String| chars.get(end..).is_some_and(|rest| starts_with(rest, ending));
        let more = || self.lexicon.age_ends.iter().find(ending).map_or(0, |ending| ending.chars().count());
        is_age.then(|| (length + 1 + more(), years))
    }

    /// Which part of a month is named at a place, from the first day to the last, and how long that is.
    pub(super) fn part(&self, chars: &[char], at: usize) -> (usize, Option<(i8, i8)>) {
        let named = |(word, ..): &&(String, i8, i8)| starts_with(chars.get(at..).unwrap_or_default(), word);
        let part = self.lexicon.parts.iter().find(named);
        part.map_or((0, None), |(word, from, to)| (word.chars().count(), Some((*from, *to))))
    }

    /// The days of a part of a month that are not over.
    pub(super) fn month_of(&self, first: Date, part: Option<(i8, i8)>) -> (Date, Date) {
        let last = first.last_of_month().day();
        let (from, to) = part.unwrap_or((1, last));
        let day = |day: i8| Date::new(first.year(), first.month(), day.min(last)).unwrap_or(first);
        let (from, to) = (day(from), day(to));
        (if to < self.today { from } else { from.max(self.today) }, to)
    }

    /// The days of a part of this month, or of the next one if it is over.
    fn part_to_come(&self, part: (i8, i8)) -> (Date, Date) {
        let first = self.today.first_of_month();
        let own = self.month_of(first, Some(part));
        if own.1 < self.today { self.month_of(first.saturating_add(1.month()), Some(part)) } else { own }
    }

    /// The days of a part of the next month of a number.
    fn month(&self, month: i8, part: Option<(i8, i8)>) -> Option<(Date, Date)> {
        let of = |year: i16| Some(self.month_of(Date::new(year, month, 1).ok()?, part));
        let year = self.today.year();
        of(year).filter(|(_, last)| *last >= self.today).or_else(|| of(year + 1))
    }

    /// The next day of a month and a number.
    fn day(&self, month: u16, day: u16) -> Option<(Date, Date)> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let of = |year: i16| Date::new(year, month, day).ok();
        let year = self.today.year();
        let day = of(year).filter(|day| *day >= self.today).or_else(|| of(year + 1))?;
        Some((day, day))
    }

    /// Whether a number at a place began before it.
    fn goes_on(&self, chars: &[char], at: usize) -> bool {
        let is_number = |c: char| c.is_ascii_digit() || self.lexicon.numerals.contains(c);
        at.checked_sub(1).is_some_and(|before| is_number(chars[before]) && is_number(chars[at]))
    }

    /// The number at a place of so many digits at most, or of Chinese numerals below a hundred, and how long it is.
    fn number(&self, chars: &[char], at: usize, most: usize) -> Option<(usize, u16)> {
        let rest = chars.get(at..)?;
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0 {
            let number = rest[..digits].iter().collect::<String>().parse().ok()?;
            return (digits <= most).then_some((digits, number));
        }
        let value = |c: &char| self.lexicon.numerals.chars().position(|own| own == *c);
        let values: Vec<u16> =
            rest.iter().map_while(value).filter_map(|value| u16::try_from(value + 1).ok()).take(4).collect();
        let number = match *values.as_slice() {
            [one] => one,
            [10, ones] if ones < 10 => 10 + ones,
            [tens, 10] if tens < 10 => tens * 10,
            [tens, 10, ones] if tens < 10 && ones < 10 => tens * 10 + ones,
            _ => return None,
        };
        Some((values.len(), number))
    }
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}
