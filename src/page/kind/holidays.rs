//! Public holidays: a table of the days off and of the days that make up for them.

use crate::content::Kind;
use crate::content::holiday::{Holiday, Holidays};
use crate::content::shared::Weekday;
use crate::content::value::Day;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Cell, SectionContent, Text};

impl Shown for Holidays {
    const CARD: Keys = &["year"];
    const RELATED: &'static [Kind] = &[];

    fn facts(holidays: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("year", |format| format.year(holidays.year.0));
        facts.maybe("source", Some(&holidays.source));
    }

    fn parts(holidays: &Subject<'_, Self>) -> Vec<PagePart> {
        let format = &holidays.context.format;
        let rows = holidays.holidays.iter().map(|holiday| row(format, holidays.year.0, holiday)).collect();
        let head = format.heads(["holiday", "days-off", "make-up-days"]);
        section(format, "holidays", SectionContent::Table { head, rows }).map(PagePart::Section).into_iter().collect()
    }
}

/// A holiday in the table of a year, which its days need not repeat.
fn row(format: &Format<'_>, year: i16, holiday: &Holiday) -> Vec<Cell> {
    let day = |day: &Day| {
        let key = if day.0.year() == year { "date.day-of-year" } else { "date.day" };
        format!("{} {}", format.month_day(key, day.0), format.choice(Weekday::of(day.0)))
    };
    let off = if holiday.from == holiday.to {
        day(&holiday.from)
    } else {
        format!("{}—{}", day(&holiday.from), day(&holiday.to))
    };
    let work = holiday.work.iter().map(|one| Text::plain(day(one))).collect();
    let texts = [vec![Text::plain(&holiday.title)], vec![Text::plain(off)], work];
    texts.map(|texts| Cell { texts }).into()
}
