//! Brands, awards and learning organisations.

use super::selection::selected_in;
use crate::content::Kind;
use crate::content::brand::Brand;
use crate::content::choice::Choice;
use crate::content::field::Field;
use crate::content::honour::Honour;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{Shown, Subject};
use crate::page::view::Badge;

impl Shown for Brand {
    const CARD: Keys = &["year", "level", "region"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(brand: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("year", |format| format.year(brand.year.0));
        facts.choices("level", &[brand.level]);
        facts.maybe("outcome", brand.outcome.as_deref());
        facts.with("selection", |context| selected_in(context, brand.id));
        facts.to("unit", Field::Unit);
        facts.to("institution", Field::Institution);
        facts.to("region", Field::Region);
        facts.to("audiences", Field::Audiences);
        facts.to("topics", Field::Topics);
    }
}

impl<C: Choice> Shown for Honour<C> {
    const CARD: Keys = &["class", "holder", "unit", "region"];

    fn facts(honour: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("year", |format| format.year(honour.year.0));
        facts.choices("class", &[honour.class]);
        facts.choices("level", &[honour.level]);
        facts.maybe("holder", honour.holder.as_deref());
        facts.to("unit", Field::Unit);
        facts.to("region", Field::Region);
        facts.with("selection", |context| selected_in(context, honour.id));
        facts.sources(honour.item);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: format.choice(self.level) }]
    }
}
