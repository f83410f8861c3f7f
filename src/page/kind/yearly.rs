//! Resource lists and action plans: a table of lines.

use crate::content::Kind;
use crate::content::choice::Choice;
use crate::content::field::Field;
use crate::content::yearly::{Line, Yearly};
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Cell, SectionContent, Text};

impl<S: Choice> Shown for Yearly<S> {
    const CARD: Keys = &["year", "unit"];
    const ROW: Keys = &["unit"];
    const RELATED: &'static [Kind] = &[];

    fn facts(yearly: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("year", |format| format.year(yearly.year.0));
        facts.to("unit", Field::Unit);
        facts.to("region", Field::Region);
    }

    fn parts(yearly: &Subject<'_, Self>) -> Vec<PagePart> {
        let format = &yearly.context.format;
        let rows = yearly.lines.iter().map(|line| cells(said(format, line))).collect();
        section(format, "lines", SectionContent::Table { head: heads(format), rows })
            .map(PagePart::Section)
            .into_iter()
            .collect()
    }
}

/// The heads of the lines of a list.
pub fn heads(format: &Format<'_>) -> Vec<String> {
    format.heads(["sort", "item", "detail", "conditions", "fee", "period"])
}

/// What a line of a list says, under these heads.
pub fn said<S: Choice>(format: &Format<'_>, line: &Line<S>) -> [String; 6] {
    [
        format.choice(line.sort),
        line.title.clone(),
        line.detail.clone().unwrap_or_default(),
        line.conditions.clone().unwrap_or_default(),
        line.fee.map_or_else(String::new, |fee| format.fee(fee, None)),
        format.period(line.from, line.to),
    ]
}

/// A row of plain texts; an empty one is an empty cell.
pub fn cells<const N: usize>(texts: [String; N]) -> Vec<Cell> {
    texts.map(|text| Cell { texts: if text.is_empty() { Vec::new() } else { vec![Text::plain(text)] } }).into()
}
