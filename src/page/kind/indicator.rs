//! Indicators, with the values of each year.

use crate::content::Kind;
use crate::content::field::Field;
use crate::content::indicator::Indicator;
use crate::page::facts::{Facts, Keys};
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Cell, SectionContent, Text};

impl Shown for Indicator {
    const CARD: Keys = &["target", "holders"];
    const ROW: Keys = &["target"];
    const RELATED: &'static [Kind] = &[Kind::News];
    const LISTED: &'static [Kind] = &[Kind::Duty];

    fn facts(indicator: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("target", |format| format.target(&indicator.target));
        facts.to("holders", Field::Holders);
        facts.to("region", Field::Region);
    }

    fn parts(indicator: &Subject<'_, Self>) -> Vec<PagePart> {
        let context = indicator.context;
        let format = &context.format;
        let measure = indicator.target.measure.map_or_else(String::new, |measure| format.choice(measure));
        let rows = indicator.measured.iter().enumerate().map(|(nth, measured)| {
            let unit = indicator.item.edges.all().nth(Field::Measured, nth).to(Field::Unit);
            [
                vec![Text::plain(measured.year.to_string())],
                vec![Text::plain(format!("{}{measure}", measured.value))],
                link::texts(context, unit),
                vec![Text::plain(&measured.evidence)],
            ]
            .map(|texts| Cell { texts })
            .into()
        });
        let (head, rows) = (format.heads(["year", "value", "unit", "evidence"]), rows.collect());
        let measured = section(format, "measured", SectionContent::Table { head, rows });
        measured.map(PagePart::Section).into_iter().chain([PagePart::Members(Kind::Duty, None)]).collect()
    }
}
