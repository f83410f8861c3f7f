//! Phases over time: where the bar of each, its deadline and the line of today are. Templates draw them as SVG; the table beside it says the same.

use jiff::civil::Date;
use serde::Serialize;

/// Units of its width; on a phone a unit is about a pixel.
const WIDTH: i64 = 320;
/// Units on both sides that no day takes: room for marks, and for what has no beginning or end.
const MARGIN: i64 = 12;
/// Units of the axis at the top.
const AXIS: u32 = 28;
/// From the beginning of a bar to that of the next: a line of text, the bar, and the space behind it.
const STEP: u32 = 44;
/// Bars, at most: as many as two screens of a phone hold. More are for the table to tell.
const BARS: usize = 24;
/// Labels of the axis, at most, and how many months may lie between two of them.
const TICKS: i64 = 5;
const MONTHS: [i64; 9] = [1, 3, 6, 12, 24, 60, 120, 240, 600];
/// Marks on a bar, at most: more of them are a line.
const MARKS: usize = 40;

/// Bars over time: `timeline` of a section.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// What it shows.
    pub title: String,
    /// The same in a sentence, and what the marks mean.
    pub description: String,
    /// Units of its width and height.
    pub width: i64,
    /// Units of its height.
    pub height: u32,
    /// Where today is, in units from the left.
    pub today: i64,
    /// The axis, from the left.
    pub ticks: Vec<TickView>,
    /// The bars, from the top.
    pub bars: Vec<SpanView>,
}

/// A label of the axis.
#[derive(Clone, Debug, Serialize)]
pub struct TickView {
    /// Units from the left.
    pub x: i64,
    /// Its text.
    pub label: String,
}

/// A stretch of time.
#[derive(Clone, Debug, Serialize)]
pub struct SpanView {
    /// What it is, and how it stands.
    pub label: String,
    /// Units from the top to the line of its label.
    pub y: u32,
    /// Units from the left to its beginning and its end.
    pub from: i64,
    /// See `from`.
    pub to: i64,
    /// Whether nobody wrote when it begins.
    pub opens: bool,
    /// Whether nobody wrote when it ends.
    pub stays: bool,
    /// Whether it is over.
    pub past: bool,
    /// Where a deadline is.
    pub deadline: Option<i64>,
    /// Where a recurring task is due.
    pub marks: Vec<i64>,
}

/// Something that takes time.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// As [`SpanView::label`].
    pub label: String,
    /// Its first day, if it has one.
    pub from: Option<Date>,
    /// Its last day, if it has one.
    pub to: Option<Date>,
    /// Whether its last day is a deadline.
    pub is_deadline: bool,
    /// Whether it is over.
    pub past: bool,
}

/// What a timeline says in words.
pub struct Told<'a> {
    /// As [`TimelineView::title`].
    pub title: String,
    /// As [`TimelineView::description`], of the first and the last day.
    pub description: &'a dyn Fn(Date, Date) -> String,
    /// The label of a day on the axis, which is the first of a month.
    pub tick: &'a dyn Fn(Date) -> String,
}

/// Some stretches over time; `None` if there are fewer than two, or more than fit. `due` tells on which days of a year the nth recurs.
pub fn timeline(
    told: Told<'_>,
    all: Vec<Stretch>,
    today: Date,
    due: impl Fn(usize, i16) -> Vec<Date>,
) -> Option<TimelineView> {
    let days = || all.iter().flat_map(|stretch| [stretch.from, stretch.to]).flatten().chain([today]);
    let (first, last) = (days().min()?.first_of_month(), days().max()?.last_of_month());
    if !(2..=BARS).contains(&all.len()) {
        return None;
    }
    let scale = Scale { first, days: between(first, last).max(1) };
    let years = first.year()..=last.year();
    let bar = |(nth, stretch): (usize, Stretch)| {
        let whole = (stretch.from.unwrap_or(first), stretch.to.unwrap_or(last));
        let marks: Vec<i64> = years
            .clone()
            .flat_map(|year| due(nth, year))
            .filter(|day| (whole.0..=whole.1).contains(day))
            .map(|day| scale.at(day))
            .collect();
        SpanView {
            label: stretch.label,
            y: AXIS + u32::try_from(nth).unwrap_or(0) * STEP,
            // What has no beginning or end goes on in the margin.
            from: stretch.from.map_or(MARGIN, |day| scale.at(day)),
            to: stretch.to.map_or(WIDTH - MARGIN, |day| scale.after(day)),
            opens: stretch.from.is_none(),
            stays: stretch.to.is_none(),
            past: stretch.past,
            deadline: stretch.to.filter(|_| stretch.is_deadline).map(|day| scale.after(day)),
            marks: if marks.len() > MARKS { Vec::new() } else { marks },
        }
    };
    let height = AXIS + STEP * u32::try_from(all.len()).unwrap_or(0);
    Some(TimelineView {
        title: told.title,
        description: (told.description)(first, last),
        width: WIDTH,
        height,
        today: scale.at(today),
        ticks: ticks(&scale, last, told.tick),
        bars: all.into_iter().enumerate().map(bar).collect(),
    })
}

/// Where days are.
struct Scale {
    first: Date,
    /// From the first day to the last.
    days: i64,
}

impl Scale {
    fn at(&self, day: Date) -> i64 {
        let room = WIDTH - 2 * MARGIN;
        MARGIN + (between(self.first, day) * room + self.days / 2) / self.days
    }

    /// Where a day ends.
    fn after(&self, day: Date) -> i64 {
        day.tomorrow().map_or(WIDTH, |day| self.at(day)).min(WIDTH - MARGIN)
    }
}

fn between(first: Date, last: Date) -> i64 {
    i64::from(first.until(last).map_or(0, |span| span.get_days()))
}

/// Labels at equal steps of months, each at the first of one; years begin with January.
fn ticks(scale: &Scale, last: Date, label: &dyn Fn(Date) -> String) -> Vec<TickView> {
    let number = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
    let (from, to) = (number(scale.first), number(last));
    let fits = |step: &&i64| to / **step - (from - 1).div_euclid(**step) <= TICKS;
    let step = MONTHS.iter().find(fits).copied().unwrap_or(MONTHS[MONTHS.len() - 1]);
    let month = |nth: i64| {
        let year = i16::try_from(nth.div_euclid(12)).ok()?;
        Date::new(year, i8::try_from(nth.rem_euclid(12) + 1).ok()?, 1).ok()
    };
    let all = (from..=to).filter(|nth| nth.rem_euclid(step) == 0).filter_map(month);
    all.map(|day| TickView { x: scale.at(day), label: label(day) }).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn stretch(from: Option<Date>, to: Option<Date>) -> Stretch {
        Stretch { label: String::new(), from, to, is_deadline: false, past: false }
    }

    fn drawn(all: Vec<Stretch>, today: Date, due: impl Fn(usize, i16) -> Vec<Date>) -> Option<TimelineView> {
        let told = Told {
            title: String::new(),
            description: &|first, last| format!("{first} {last}"),
            tick: &|day| day.to_string(),
        };
        timeline(told, all, today, due)
    }

    fn none(_: usize, _: i16) -> Vec<Date> {
        Vec::new()
    }

    #[test]
    fn months_are_drawn_whole_and_today_stands_among_them() {
        let all = vec![
            stretch(Some(date(2026, 1, 1)), Some(date(2026, 6, 30))),
            stretch(Some(date(2026, 7, 1)), Some(date(2026, 12, 31))),
        ];
        let drawn = drawn(all, date(2026, 7, 1), none).expect("a timeline");
        assert_eq!(drawn.description, "2026-01-01 2026-12-31");
        let [one, two] = drawn.bars.as_slice() else { panic!("{:?}", drawn.bars) };
        assert_eq!((one.from, two.to), (MARGIN, WIDTH - MARGIN));
        assert_eq!(one.to, two.from, "a half ends where the next begins");
        assert_eq!(drawn.today, two.from);
        assert_eq!((one.y, two.y, drawn.height), (AXIS, AXIS + STEP, AXIS + 2 * STEP));
    }

    #[test]
    fn what_has_no_beginning_or_end_fills_the_room_and_says_so() {
        let all = vec![stretch(None, Some(date(2015, 12, 31))), stretch(Some(date(2023, 1, 1)), None)];
        let drawn = drawn(all, date(2026, 11, 21), none).expect("a timeline");
        let [one, two] = drawn.bars.as_slice() else { panic!("{:?}", drawn.bars) };
        assert_eq!((one.from, one.opens, one.stays), (MARGIN, true, false));
        assert_eq!((two.to, two.opens, two.stays), (WIDTH - MARGIN, false, true));
        assert!(drawn.today < WIDTH - MARGIN + 1 && drawn.today > two.from);
    }

    #[test]
    fn a_task_is_marked_on_the_days_on_which_it_is_due_while_it_lasts() {
        let yearly = |nth: usize, year| if nth == 0 { vec![date(year, 12, 31)] } else { Vec::new() };
        let all = || vec![stretch(Some(date(2022, 12, 1)), None), stretch(None, Some(date(2022, 1, 31)))];
        assert_eq!(drawn(all(), date(2026, 11, 21), yearly).expect("a timeline").bars[0].marks.len(), 4);
        assert_eq!(drawn(all(), date(2027, 1, 1), yearly).expect("a timeline").bars[0].marks.len(), 5);
        let daily = |_: usize, year| (1..=28).flat_map(|day| [date(year, 1, day), date(year, 2, day)]).collect();
        assert!(drawn(all(), date(2023, 11, 21), daily).expect("a timeline").bars[0].marks.is_empty());
    }

    #[test]
    fn the_axis_has_few_labels_at_round_months() {
        let labels = |from, to| -> Vec<String> {
            let all = vec![stretch(Some(from), Some(to)), stretch(Some(from), Some(to))];
            drawn(all, to, none).expect("a timeline").ticks.into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels(date(2026, 3, 2), date(2026, 5, 1)), ["2026-03-01", "2026-04-01", "2026-05-01"]);
        let quarters = ["2022-10-01", "2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01"];
        assert_eq!(labels(date(2022, 9, 1), date(2023, 12, 31)), quarters);
        assert_eq!(labels(date(2022, 9, 1), date(2024, 1, 31)), ["2023-01-01", "2023-07-01", "2024-01-01"]);
        assert_eq!(labels(date(2022, 1, 1), date(2026, 12, 31)).len(), 5);
        assert_eq!(labels(date(2013, 1, 1), date(2026, 12, 31)), ["2015-01-01", "2020-01-01", "2025-01-01"]);
    }

    #[test]
    fn one_phase_and_more_than_fit_are_told_by_the_table_alone() {
        let all = |count| vec![stretch(None, Some(date(2026, 1, 31))); count];
        for (count, is_drawn) in [(1, false), (2, true), (BARS, true), (BARS + 1, false)] {
            assert_eq!(drawn(all(count), date(2026, 1, 1), none).is_some(), is_drawn, "{count}");
        }
    }
}
