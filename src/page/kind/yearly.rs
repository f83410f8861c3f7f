//! Resource lists and action plans: a table of lines.

use crate::content::Kind;
use crate::content::choice::Choice;
use crate::content::field::Field;
use crate::content::yearly::Yearly;
use crate::page::facts::{Facts, Keys};
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
        let rows = yearly.lines.iter().map(|line| {
            let texts = [
                format.choice(line.sort),
                line.title.clone(),
                line.detail.clone().unwrap_or_default(),
                line.conditions.clone().unwrap_or_default(),
                line.fee.map_or_else(String::new, |fee| format.fee(fee, None)),
                format.period(line.from, line.to),
            ];
            texts.map(|text| Cell { texts: if text.is_empty() { Vec::new() } else { vec![Text::plain(text)] } }).into()
        });
        let rows = rows.collect();
        let head = format.heads(["sort", "item", "detail", "conditions", "fee", "period"]);
        section(format, "lines", SectionContent::Table { head, rows }).map(PagePart::Section).into_iter().collect()
    }
}
