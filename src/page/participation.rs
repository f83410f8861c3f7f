//! How many came, in tables: of a course or event, of a region, of an audience.

use rust_decimal::Decimal;

use super::context::Context;
use super::link;
use super::shown::section;
use super::view::{Cell, Section, SectionContent, Text};
use crate::content::value::{Number, Year};
use crate::content::{Kind, Own};
use crate::portal::participation::{Sum, Whole, of_run};
use crate::portal::{ItemId, location};

/// Years on the page of something else.
const YEARS: usize = 3;

/// How many came to each class run of a course, or to an event.
pub fn of_entry(context: &Context<'_>, id: ItemId) -> Option<Section> {
    if !context.portal.participation.has(Some(id)) {
        return None;
    }
    let format = &context.format;
    let item = context.portal.item(id);
    let row = |run: usize, title: Option<&str>| {
        let sum = of_run(context.portal, id, run);
        let rest = [number(sum.counted), number(sum.visits), groups(context, &sum)];
        (sum.counted > 0).then(|| cells(title.map(|title| vec![Text::plain(title)]).into_iter().chain(rest)))
    };
    let (head, rows): (Vec<String>, Vec<_>) = match &item.entry.own {
        Own::Course(course) => {
            let rows = course.runs.iter().enumerate().filter_map(|(nth, run)| row(nth, Some(&run.title)));
            (format.heads(["run", "counted", "visits", "among"]), rows.collect())
        }
        _ => (format.heads(["counted", "visits", "among"]), row(0, None).into_iter().collect()),
    };
    section(format, "participation", SectionContent::Table { head, rows })
}

/// How many came in a region in the latest years.
pub fn of_region(context: &Context<'_>, region: ItemId) -> Option<Section> {
    let mut section = years(context, Some(region), YEARS)?;
    section.more = context.made(&location::of_participation(context.portal.item(region).id()));
    Some(section)
}

/// How many of an audience came in the latest years.
pub fn of_audience(context: &Context<'_>, audience: ItemId) -> Option<Section> {
    let format = &context.format;
    let years = context.portal.participation.years(None);
    let known = years.filter_map(|(year, sum)| Some((year, sum, *sum.groups.get(&audience)?)));
    let row = |(year, sum, visits): (Year, &Sum, u64)| {
        let year = vec![Text::plain(told(context, year, sum.is_sample))];
        cells([year, number(visits), share(visits, sum.visits)])
    };
    let rows = known.take(YEARS).map(row).collect();
    let head = format.heads(["year", "visits", "share"]);
    let mut section = section(format, "participation", SectionContent::Table { head, rows })?;
    section.more = context.made(location::PARTICIPATION);
    Some(section)
}

/// How many came in each year, the latest first; `most` years at most.
pub fn years(context: &Context<'_>, of: Whole, most: usize) -> Option<Section> {
    let format = &context.format;
    if !context.portal.participation.has(of) {
        return None;
    }
    let row = |(year, sum): (Year, &Sum)| {
        let year = vec![Text::plain(told(context, year, sum.is_sample))];
        cells([year, number(sum.counted), number(sum.visits), number(sum.uncounted)])
    };
    let rows = context.portal.participation.years(of).take(most).map(row).collect();
    let head = format.heads(["year", "counted", "visits", "uncounted"]);
    section(format, "participation", SectionContent::Table { head, rows })
}

/// How many of each audience came in the latest year in which anybody was counted.
pub fn audiences(context: &Context<'_>, of: Whole) -> Option<Section> {
    let format = &context.format;
    let (year, sum) = context.portal.participation.years(of).find(|(_, sum)| sum.counted > 0)?;
    let row = |(id, visits): (&ItemId, &u64)| {
        cells([vec![link::text(context.portal.item(*id))], number(*visits), share(*visits, sum.visits)])
    };
    let rows = sum.groups.iter().map(row).collect();
    let head = format.heads(["audience", "visits", "share"]);
    let mut section = section(format, "participation-groups", SectionContent::Table { head, rows })?;
    section.title = format.words.fill("participation.groups", "year", &told(context, year, sum.is_sample));
    Some(section)
}

/// How many came in each of the regions right below, in the latest year in which anybody was counted.
pub fn regions(context: &Context<'_>, of: Whole) -> Option<Section> {
    let (portal, format) = (context.portal, &context.format);
    let (year, whole) = portal.participation.years(of).find(|(_, sum)| sum.counted > 0)?;
    let below = match of {
        Some(region) => portal.referrers(region, Kind::Region).to_vec(),
        None => portal.of_kind(Kind::Region).iter().filter(|id| portal.above(**id).is_empty()).copied().collect(),
    };
    let row = |id: &ItemId| {
        let (_, sum) = portal.participation.years(Some(*id)).find(|(known, _)| *known == year)?;
        let region = portal.item(*id);
        let own = context.made(&location::of_participation(region.id())).unwrap_or_else(|| region.address.clone());
        let title = Text { text: region.title().to_owned(), address: Some(own), url: None };
        Some(cells([vec![title], number(sum.counted), number(sum.visits), number(sum.uncounted)]))
    };
    let rows = below.iter().filter_map(row).collect();
    let head = format.heads(["region", "counted", "visits", "uncounted"]);
    let mut section = section(format, "participation-regions", SectionContent::Table { head, rows })?;
    section.title = format.words.fill("participation.regions", "year", &told(context, year, whole.is_sample));
    Some(section)
}

/// A year; if something that is made up was counted, it says so.
pub fn told(context: &Context<'_>, year: Year, is_sample: bool) -> String {
    let year = context.format.year(year.0);
    if is_sample { context.format.words.fill("participation.sample", "year", &year) } else { year }
}

fn cells(texts: impl IntoIterator<Item = Vec<Text>>) -> Vec<Cell> {
    texts.into_iter().map(|texts| Cell { texts }).collect()
}

fn number(number: u64) -> Vec<Text> {
    vec![Text::plain(number.to_string())]
}

/// How many of each audience, in words.
fn groups(context: &Context<'_>, sum: &Sum) -> Vec<Text> {
    let group = |(id, visits): (&ItemId, &u64)| {
        let mut text = link::text(context.portal.item(*id));
        text.text = format!("{} {visits}", text.text);
        text
    };
    sum.groups.iter().map(group).collect()
}

/// A part of a whole in per cent, with one decimal.
fn share(part: u64, whole: u64) -> Vec<Text> {
    let share = (Decimal::from(part) * Decimal::ONE_HUNDRED).checked_div(whole.into());
    share.map(|share| Text::plain(format!("{}%", Number(share.round_dp(1))))).into_iter().collect()
}
