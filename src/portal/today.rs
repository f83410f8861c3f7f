//! Today's date, and the next day on which an answer given so far changes.

use std::sync::atomic::{AtomicU32, Ordering};

use jiff::ToSpan as _;
use jiff::civil::Date;

/// Days after today that are soon.
const WEEK: i64 = 6;

/// Today in the site's time zone. Every comparison with it goes through here, so that the next change is known.
#[derive(Debug)]
pub struct Today {
    date: Date,
    /// The next change, as [`packed`]; `u32::MAX` if there is none.
    next: AtomicU32,
}

impl Today {
    /// A fixed day.
    pub fn new(date: Date) -> Self {
        Self { date, next: AtomicU32::new(u32::MAX) }
    }

    /// The day itself.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The day itself as a page tells it, which says another one tomorrow.
    pub fn told(&self) -> String {
        if let Ok(tomorrow) = self.date.tomorrow() {
            self.reached(tomorrow);
        }
        self.date.to_string()
    }

    /// Whether `day` has come.
    pub fn reached(&self, day: Date) -> bool {
        if day <= self.date {
            return true;
        }
        self.next.fetch_min(packed(day), Ordering::Relaxed);
        false
    }

    /// Whether `day` is over.
    pub fn passed(&self, day: Date) -> bool {
        day.tomorrow().is_ok_and(|after| self.reached(after))
    }

    /// Whether `day` comes within a week, today being its first day, or has come.
    pub fn is_soon(&self, day: Date) -> bool {
        day.checked_sub(WEEK.days()).is_ok_and(|before| self.reached(before))
    }

    /// Takes over what another value for the same day was asked.
    pub(super) fn asked_also(&self, other: &Self) {
        self.next.fetch_min(other.next.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// The first later day on which an answer given so far would change.
    pub fn next_change(&self) -> Option<Date> {
        let next = self.next.load(Ordering::Relaxed);
        let [high, low, month, day] = next.to_be_bytes().map(|byte| i8::from_be_bytes([byte]));
        let year = i16::from_be_bytes([high.cast_unsigned(), low.cast_unsigned()]);
        Date::new(year, month, day).ok()
    }
}

/// A day after 0 as a number in the same order: year, month and day.
fn packed(day: Date) -> u32 {
    let [high, low] = day.year().to_be_bytes();
    let part = |part: i8| part.to_be_bytes()[0];
    u32::from_be_bytes([high, low, part(day.month()), part(day.day())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_page_that_tells_the_day_is_another_on_the_next() {
        let today = Today::new(date(2026, 11, 21));
        assert_eq!(today.told(), "2026-11-21");
        assert_eq!(today.next_change(), Some(date(2026, 11, 22)));
    }

    #[test]
    fn a_week_has_seven_days_and_tells_when_another_day_comes_into_it() {
        let today = Today::new(date(2026, 11, 21));
        assert!(today.is_soon(date(2026, 11, 27)));
        assert_eq!(today.next_change(), None);
        assert!(!today.is_soon(date(2026, 11, 30)));
        assert_eq!(today.next_change(), Some(date(2026, 11, 24)));
    }

    #[test]
    fn the_next_change_is_the_earliest_day_that_was_asked_for_and_has_not_come() {
        let today = Today::new(date(2026, 11, 21));
        assert!(today.reached(date(2026, 11, 21)));
        assert!(!today.passed(date(2026, 11, 21)));
        assert!(!today.reached(date(2027, 1, 1)));
        assert_eq!(today.next_change(), Some(date(2026, 11, 22)));
    }
}
