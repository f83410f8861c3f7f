//! Compares a value with a target. Indicators and building standards are judged by this one rule; what it cannot decide is never met.

use rust_decimal::Decimal;

use crate::content::shared::{Comparator, Measure, Target};
use crate::content::value::Number;

/// What a value says of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is met.
    Met,
    /// It is not met, and it is due.
    Missed,
    /// It is not met, and not due yet.
    Pending,
    /// There is no value.
    Unknown,
    /// There is a value, but the target cannot be compared with it.
    Incomparable,
}

impl Verdict {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::Met, Self::Missed, Self::Pending, Self::Unknown, Self::Incomparable];

    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::Incomparable => "incomparable",
        }
    }
}

/// How many of several things are met, missed, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; Verdict::ALL.len()]);

impl Tally {
    /// Those that were told.
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut tally = Self::default();
        verdicts.into_iter().for_each(|verdict| tally.0[verdict as usize] += 1);
        tally
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(count, more)| *count += more);
        self
    }

    /// How many stand so.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.0[verdict as usize]
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

/// What is known of the thing that is measured.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// The value, in the target's unit of measure.
    pub value: Option<Number>,
    /// What the value is a part of: people for a target per population, the whole for a share. Absent if the value says so itself, as 52 says of
    /// 52 %.
    pub of: Option<Number>,
    /// The value of the year before, made comparable.
    pub before: Option<Number>,
}

impl Reading {
    /// The value as the target counts it: per population, or in per cent. `None` without a value, or if it cannot be told.
    pub fn comparable(&self, target: &Target) -> Option<Number> {
        let value = self.value?.0;
        let share = |times: Decimal| {
            let of = self.of?.0;
            value.checked_mul(times)?.checked_div(of).map(Number)
        };
        match (target.per, self.of) {
            (Some(per), Some(_)) => share(per.into()),
            (None, Some(_)) if is_share(target) => share(Decimal::ONE_HUNDRED),
            _ => Some(Number(value)),
        }
    }
}

/// Whether a target speaks of a share of a whole.
fn is_share(target: &Target) -> bool {
    target.measure == Some(Measure::Percent) || target.comparator == Comparator::All
}

/// Compares. `is_due` is whether the day by which the target is due has come; a target without one is always due.
pub fn verdict(target: &Target, reading: &Reading, is_due: bool) -> Verdict {
    if reading.value.is_none() {
        return Verdict::Unknown;
    }
    match reading.comparable(target).and_then(|value| is_met(target, reading, value)) {
        Some(true) => Verdict::Met,
        Some(false) if is_due => Verdict::Missed,
        Some(false) => Verdict::Pending,
        None => Verdict::Incomparable,
    }
}

/// Whether a comparable value meets a target; `None` if nobody can tell.
fn is_met(target: &Target, reading: &Reading, value: Number) -> Option<bool> {
    match target.comparator {
        Comparator::AtLeast => Some(value >= target.value?),
        Comparator::AtMost => Some(value <= target.value?),
        Comparator::Range => Some(value >= target.value? && value <= target.to?),
        // No rule says how far "about" reaches: without a tolerance only the value itself is about it.
        Comparator::About => match target.tolerance {
            Some(tolerance) => Some((value.0 - target.value?.0).abs() <= tolerance.0),
            None => (value == target.value?).then_some(true),
        },
        Comparator::All => {
            let is_share = reading.of.is_some() || matches!(target.measure, None | Some(Measure::Percent));
            is_share.then(|| value.0 >= Decimal::ONE_HUNDRED)
        }
        Comparator::Increasing => {
            let has_floor = target.value.is_none_or(|least| value >= least);
            if has_floor { Some(value > reading.before?) } else { Some(false) }
        }
        Comparator::Decreasing => Some(value < reading.before?),
        Comparator::Yes | Comparator::Qualitative => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(comparator: Comparator, value: &str) -> Target {
        Target {
            comparator,
            value: value.parse().ok(),
            to: None,
            tolerance: None,
            measure: None,
            per: None,
            period: None,
            by: None,
            qualifier: None,
        }
    }

    fn read(value: &str, of: &str, before: &str) -> Reading {
        Reading { value: value.parse().ok(), of: of.parse().ok(), before: before.parse().ok() }
    }

    #[test]
    fn each_comparator_has_two_sides_and_no_value_is_never_met() {
        use Comparator::*;
        use Verdict::*;
        let range = Target { to: "2.5".parse().ok(), ..target(Range, "1.5") };
        let about = Target { tolerance: "5".parse().ok(), ..target(About, "80") };
        let share = Target { measure: Some(Measure::Percent), ..target(AtLeast, "50") };
        let per = Target { per: Some(10_000), ..target(AtLeast, "1") };
        let pieces = Target { measure: Some(Measure::Piece), ..target(All, "") };
        let floor = target(Increasing, "2");
        for (target, value, of, before, expected) in [
            (&target(AtLeast, "50"), "50", "", "", Met),
            (&target(AtLeast, "50"), "49.9", "", "", Missed),
            (&target(AtMost, "3"), "3", "", "", Met),
            (&target(AtMost, "3"), "3.1", "", "", Missed),
            (&range, "1.5", "", "", Met),
            (&range, "2.5", "", "", Met),
            (&range, "2.6", "", "", Missed),
            (&range, "1.4", "", "", Missed),
            (&about, "85", "", "", Met),
            (&about, "85.1", "", "", Missed),
            (&target(About, "80"), "80", "", "", Met),
            (&target(About, "80"), "81", "", "", Incomparable),
            (&share, "52", "", "", Met),
            (&share, "26", "50", "", Met),
            (&share, "24", "50", "", Missed),
            (&per, "3", "30000", "", Met),
            (&per, "3", "30001", "", Missed),
            (&target(All, ""), "100", "", "", Met),
            (&target(All, ""), "99.9", "", "", Missed),
            (&pieces, "9", "9", "", Met),
            (&pieces, "8", "9", "", Missed),
            (&pieces, "9", "", "", Incomparable),
            (&floor, "2.1", "", "2", Met),
            (&floor, "2", "", "2", Missed),
            (&floor, "2.1", "", "", Incomparable),
            (&floor, "1.9", "", "", Missed),
            (&target(Decreasing, ""), "9", "", "10", Met),
            (&target(Decreasing, ""), "10", "", "10", Missed),
            (&target(Decreasing, ""), "9", "", "", Incomparable),
            (&target(Qualitative, ""), "9", "", "", Incomparable),
            (&target(AtLeast, "50"), "", "", "", Unknown),
            (&target(AtLeast, "50"), "", "100", "10", Unknown),
            (&share, "1", "0", "", Incomparable),
        ] {
            let told = format!("{target:?} {value} {of} {before}");
            assert_eq!(verdict(target, &read(value, of, before), true), expected, "{told}");
        }
    }

    #[test]
    fn what_is_not_due_is_not_missed_yet() {
        let target = target(Comparator::AtLeast, "2");
        assert_eq!(verdict(&target, &read("1", "", ""), false), Verdict::Pending);
        assert_eq!(verdict(&target, &read("2", "", ""), false), Verdict::Met);
    }
}
