//! Charts of values beside a target: where each bar and the line of the target are. Templates draw them as SVG.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use crate::content::value::Number;

/// Units of a chart's width; on a phone a unit is about a pixel.
const WIDTH: u32 = 320;
/// From the beginning of a bar to that of the next: a line of text, the bar, and the space behind it.
const STEP: u32 = 44;
/// Bars in a chart, at most: as many as a screen of a phone holds. More are for the table to tell.
const BARS: usize = 16;

/// A chart of horizontal bars.
#[derive(Clone, Debug, Serialize)]
pub struct ChartView {
    /// What it shows.
    pub title: String,
    /// The same as its bars, in a sentence.
    pub description: String,
    /// Units of its width and height.
    pub width: u32,
    /// Units of its height.
    pub height: u32,
    /// Where the line of the target stands, in units from the left.
    pub target: Option<u32>,
    /// The bars, from the top.
    pub bars: Vec<BarView>,
}

/// A bar.
#[derive(Clone, Debug, Serialize)]
pub struct BarView {
    /// What it is, with its value and what that says.
    pub label: String,
    /// Units from the top to the line of its label.
    pub y: u32,
    /// Units of its length.
    pub length: u32,
    /// Whether it meets the target.
    pub met: bool,
}

/// A value to be shown.
pub struct Bar {
    /// As [`BarView::label`].
    pub label: String,
    /// Its value.
    pub value: Number,
    /// As [`BarView::met`].
    pub met: bool,
}

/// A chart of some values; `None` if there are fewer than two, more than a screen holds, or negative ones.
pub fn chart(title: String, description: String, bars: Vec<Bar>, target: Option<Number>) -> Option<ChartView> {
    if !(2..=BARS).contains(&bars.len()) || bars.iter().any(|bar| bar.value.is_negative()) {
        return None;
    }
    let longest = bars.iter().map(|bar| bar.value).chain(target).max()?;
    let units = |value: Number| {
        let share = value.0.checked_div(longest.0).unwrap_or(Decimal::ZERO) * Decimal::from(WIDTH);
        share.round().to_u32().unwrap_or(0)
    };
    let bar =
        |(nth, bar): (u32, Bar)| BarView { label: bar.label, y: nth * STEP, length: units(bar.value), met: bar.met };
    let target = target.map(units);
    let bars: Vec<BarView> = (0..).zip(bars).map(bar).collect();
    let height = STEP * u32::try_from(bars.len()).unwrap_or(0);
    Some(ChartView { title, description, width: WIDTH, height, target, bars })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[&str]) -> Vec<Bar> {
        let bar = |value: &&str| Bar { label: (*value).to_owned(), value: value.parse().expect("number"), met: false };
        values.iter().map(bar).collect()
    }

    fn drawn(values: &[&str], target: &str) -> Option<ChartView> {
        chart(String::new(), String::new(), bars(values), target.parse().ok())
    }

    #[test]
    fn the_longest_of_bars_and_target_is_as_wide_as_the_chart() {
        let chart = drawn(&["25", "50"], "100").expect("a chart");
        assert_eq!(chart.bars.iter().map(|bar| bar.length).collect::<Vec<_>>(), [80, 160]);
        assert_eq!(chart.target, Some(WIDTH));
        let chart = drawn(&["0", "0"], "0").expect("a chart");
        assert_eq!(chart.bars.iter().map(|bar| bar.length).collect::<Vec<_>>(), [0, 0]);
    }

    #[test]
    fn one_value_and_more_than_a_screen_of_them_are_told_by_the_table_alone() {
        assert!(drawn(&["1"], "2").is_none());
        assert!(drawn(&["1"; BARS], "2").is_some());
        assert!(drawn(&["1"; BARS + 1], "2").is_none());
        assert!(drawn(&["1", "-1"], "").is_none());
    }
}
