//! Brands, awards and learning organisations.

use super::selection::selected_in;
use crate::content::Kind;
use crate::content::brand::Brand;
use crate::content::choice::Choice;
use crate::content::field::Field;
use crate::content::honour::Honour;
use crate::content::shared::Level;
use crate::content::value::Year;
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{Shown, Subject};
use crate::page::view::{Badge, Text};
use crate::portal::honours::given;
use crate::portal::{Item, location};

/// The title of the list of honours of a year and a level.
pub fn title(context: &Context<'_>, year: Year, level: Level) -> String {
    let title = context.format.words.fill("honours.of", "year", &context.format.year(year.0));
    title.replace("{level}", &context.format.choice(level))
}

/// The way to the honours of the year and level of one.
pub fn same_year(context: &Context<'_>, item: &Item) -> Vec<Text> {
    let Some((year, level)) = given(item) else { return Vec::new() };
    let address = context.made(&location::of_honours(year.0, level, 1));
    let text = |address| Text { text: title(context, year, level), address: Some(address), url: None };
    address.map(text).into_iter().collect()
}

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
        facts.with("same-year", |context| same_year(context, brand.item));
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
        facts.with("same-year", |context| same_year(context, honour.item));
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: format.choice(self.level) }]
    }
}
