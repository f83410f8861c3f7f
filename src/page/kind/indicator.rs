//! Indicators: how far each holder is, with the values of each year.

use crate::content::field::Field;
use crate::content::indicator::Indicator;
use crate::content::sample;
use crate::content::{Kind, Own};
use crate::page::chart::{self, Bar};
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Cell, Section, SectionContent, Text};
use crate::portal::ItemId;
use crate::portal::answer::{Answered, answer};
use crate::portal::evidence;
use crate::portal::location;
use crate::portal::measure::{Holding, Origin, Value};
use crate::portal::verdict::Verdict;

/// Characters of a holder's name in a chart.
const NAME: usize = 10;

impl Shown for Indicator {
    const CARD: Keys = &["target", "result", "holders"];
    const ROW: Keys = &["target", "result"];
    const RELATED: &'static [Kind] = &[Kind::News];
    const LISTED: &'static [Kind] = &[Kind::Duty];

    fn facts(indicator: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("target", |format| format.target(&indicator.target));
        facts.with("result", |context| vec![Text::plain(standing(context, indicator.id))]);
        facts.with("recorded", |context| recorded(context, indicator.id).into_iter().map(Text::plain).collect());
        facts.charged("holders", Field::Holders, indicator.item);
        facts.maybe("inferred", indicator.inferred.as_deref());
        facts.to("region", Field::Region);
    }

    fn parts(indicator: &Subject<'_, Self>) -> Vec<PagePart> {
        let parts =
            [answered(indicator), holders(indicator), chart(indicator), materials(indicator), earlier(indicator)];
        let parts = parts.into_iter().flatten().map(PagePart::Section);
        parts.chain([PagePart::Members(Kind::Duty, None)]).collect()
    }
}

/// How an indicator stands as a whole; of several holders how many stand how.
pub fn standing(context: &Context<'_>, id: ItemId) -> String {
    let (measures, format) = (&context.portal.measures, &context.format);
    let whole = format.verdict(measures.verdict(id));
    let counts = counts(format, measures.of(id));
    let told =
        if measures.of(id).len() > 1 && counts.contains('，') { format!("{whole}（{counts}）") } else { whole };
    let mut values = measures.of(id).iter().flat_map(|holding| &holding.values);
    if values.any(|value| value.is_sample) { sample::marked(&told) } else { told }
}

/// How many holders stand how.
fn counts(format: &Format<'_>, all: &[Holding]) -> String {
    let of = |verdict: &Verdict| all.iter().filter(|holding| holding.verdict() == *verdict).count();
    let told = |verdict: &Verdict| {
        let count = of(verdict);
        (count > 0).then(|| format!("{} {count}", format.verdict(*verdict)))
    };
    Verdict::ALL.iter().filter_map(told).collect::<Vec<_>>().join("，")
}

/// What recorded honours say of an indicator: how many there are, of how many, and whether that is enough.
pub fn recorded(context: &Context<'_>, id: ItemId) -> Option<String> {
    let answered = answer(context.portal, id)?;
    Some(format!("{}：{}", count(context, &answered), context.format.verdict(answered.verdict)))
}

/// How many honours there are, and of how many.
fn count(context: &Context<'_>, answered: &Answered) -> String {
    let format = &context.format;
    let count = format.words.fill("text.recorded", "n", &answered.honours.len().to_string());
    let share = answered.of.zip(answered.value).map(|(of, value)| {
        let share = format.words.fill("text.recorded-share", "m", &of.to_string());
        share.replace("{share}", &value.0.round_dp(1).normalize().to_string())
    });
    let samples = answered.honours.iter().filter(|id| context.portal.item(**id).is_sample()).count();
    let samples = (samples > 0).then(|| format.words.fill("text.recorded-samples", "n", &samples.to_string()));
    format!("{count}{}{}", samples.unwrap_or_default(), share.unwrap_or_default())
}

/// The latest value in short: of several holders how many have one, without any what is recorded. Empty if nothing is known.
pub fn latest(context: &Context<'_>, id: ItemId) -> String {
    let Own::Indicator(indicator) = &context.portal.item(id).entry.own else { return String::new() };
    let all = context.portal.measures.of(id);
    let together = all.iter().find(|holding| holding.holder.is_none());
    let known = all.iter().filter(|holding| !holding.values.is_empty()).count();
    match (together.or(all.first()).and_then(|holding| holding.values.first()), known) {
        (_, 0) => answer(context.portal, id).map(|answered| count(context, &answered)).unwrap_or_default(),
        (Some(value), _) if together.is_some() || all.len() == 1 => dated(&context.format, value, indicator),
        _ => context.format.words.fill("figures.known", "n", &known.to_string()),
    }
}

/// A value with its year.
fn dated(format: &Format<'_>, value: &Value, indicator: &Indicator) -> String {
    format!("{}（{}）", format.measured(value, indicator.target.measure), format.year(value.year.0))
}

/// The honours that answer an indicator.
fn answered(indicator: &Subject<'_, Indicator>) -> Option<Section> {
    let context = indicator.context;
    let answered = answer(context.portal, indicator.id)?;
    let row = |id: &ItemId| {
        let item = context.portal.item(*id);
        let (year, level) = match &item.entry.own {
            Own::Award(own) => (own.year, own.level),
            Own::Organisation(own) => (own.year, own.level),
            _ => return None,
        };
        let region = link::texts(context, item.edges.to(Field::Region));
        let texts = [
            vec![link::text(item)],
            vec![Text::plain(context.format.year(year.0))],
            vec![Text::plain(context.format.choice(level))],
            region,
        ];
        Some(texts.map(|texts| Cell { texts }).into())
    };
    let rows = answered.honours.iter().filter_map(row).collect();
    let head = context.format.heads(["title", "year", "level", "region"]);
    section(&context.format, "answered", SectionContent::Table { head, rows })
}

/// Every holder with its latest value.
fn holders(indicator: &Subject<'_, Indicator>) -> Option<Section> {
    let context = indicator.context;
    let rows = context.portal.measures.of(indicator.id).iter().map(|holding| {
        let latest = holding.values.first();
        [
            holder(indicator, holding),
            value(indicator, latest),
            verdict(context, holding.verdict()),
            shown_by(indicator, latest),
        ]
        .map(|texts| Cell { texts })
        .into()
    });
    let (head, rows) = (context.format.heads(["unit", "value", "result", "evidence"]), rows.collect());
    section(&context.format, "holders", SectionContent::Table { head, rows })
}

fn holder(indicator: &Subject<'_, Indicator>, holding: &Holding) -> Vec<Text> {
    let context = indicator.context;
    match holding.holder {
        Some(holder) => vec![link::charged(context, indicator.item, context.portal.item(holder.item))],
        None => vec![Text::plain(context.format.word("text.together"))],
    }
}

/// A value with its year.
fn value(indicator: &Subject<'_, Indicator>, value: Option<&Value>) -> Vec<Text> {
    value.map(|value| Text::plain(dated(&indicator.context.format, value, indicator))).into_iter().collect()
}

fn verdict(context: &Context<'_>, verdict: Verdict) -> Vec<Text> {
    vec![Text::plain(context.format.verdict(verdict))]
}

/// What shows a value, in words and in the ledger.
fn shown_by(indicator: &Subject<'_, Indicator>, value: Option<&Value>) -> Vec<Text> {
    let Some(value) = value else { return Vec::new() };
    let context = indicator.context;
    match value.origin {
        Origin::Written(nth) => {
            let items = indicator.item.edges.all().nth(Field::Measured, nth).to(Field::Items);
            let said = Text::plain(&indicator.measured[nth].evidence);
            std::iter::once(said).chain(link::texts(context, items)).collect()
        }
        Origin::Counted(nth) => {
            let population = indicator.computed.as_ref().and_then(|computed| computed.population.get(nth));
            let address = context.made(location::PARTICIPATION);
            let unit = indicator.item.edges.all().inside(Field::Computed).nth(Field::Population, nth).one(Field::Unit);
            let of = unit.map_or(indicator.item, |unit| context.portal.item(unit));
            let region = of.edges.one(Field::Region);
            let is_sample = context.portal.participation.is_sample(region, value.year);
            let key = if is_sample { "participation.computed-sample" } else { "participation.computed" };
            let counted = Text { text: context.format.word(key), address, url: None };
            let source =
                |text: &str| Text::plain(context.format.words.fill("participation.population", "source", text));
            std::iter::once(counted).chain(population.map(|known| source(&known.source))).collect()
        }
    }
}

/// The evidence of the ledger, whoever holds it.
fn materials(indicator: &Subject<'_, Indicator>) -> Option<Section> {
    let context = indicator.context;
    let row = |id: &ItemId| {
        let item = context.portal.item(*id);
        let own = evidence::evidence(context.portal, *id)?;
        let cells = [
            vec![link::text(item)],
            vec![Text::plain(context.format.span(own.period))],
            link::texts(context, item.edges.to(Field::Unit)),
            vec![Text::plain(context.format.choice(own.state))],
        ];
        Some(cells.map(|texts| Cell { texts }).into())
    };
    let rows = context.portal.ledger.of(indicator.id).iter().filter_map(row).collect();
    let head = context.format.heads(["material", "period", "unit", "status"]);
    section(&context.format, "materials", SectionContent::Table { head, rows })
}

/// The latest values of all holders that have one; of a single holder those of each year.
fn chart(indicator: &Subject<'_, Indicator>) -> Option<Section> {
    let context = indicator.context;
    let (format, all) = (&context.format, context.portal.measures.of(indicator.id));
    let bar = |name: String, value: &Value| {
        let label = format!("{} {} {}", short(name), text(indicator, value), format.verdict(value.verdict));
        Some(Bar { label, value: value.comparable?, met: value.verdict == Verdict::Met })
    };
    let bars: Vec<Bar> = match all {
        [one] => one.values.iter().rev().filter_map(|value| bar(format.year(value.year.0), value)).collect(),
        _ => {
            let latest = all.iter().filter_map(|holding| Some((holding, holding.values.first()?)));
            let name = |holding: &Holding| holder(indicator, holding).remove(0).text;
            latest.filter_map(|(holding, value)| bar(name(holding), value)).collect()
        }
    };
    let description = format!("{}。{}", format.target(&indicator.target), counts(format, all));
    let chart = chart::chart(indicator.item.title().to_owned(), description, bars, indicator.target.value)?;
    section(format, "chart", SectionContent::Chart { chart: Box::new(chart) })
}

/// A name as long as a chart has room for; the table has it whole.
fn short(name: String) -> String {
    if name.chars().count() <= NAME { name } else { name.chars().take(NAME - 1).chain(['…']).collect() }
}

fn text(indicator: &Subject<'_, Indicator>, value: &Value) -> String {
    indicator.context.format.measured(value, indicator.target.measure)
}

/// The values before the latest.
fn earlier(indicator: &Subject<'_, Indicator>) -> Option<Section> {
    let context = indicator.context;
    let all = context.portal.measures.of(indicator.id).iter();
    let rows = all.flat_map(|holding| {
        holding.values.iter().skip(1).map(|earlier| {
            let texts = [
                holder(indicator, holding),
                value(indicator, Some(earlier)),
                verdict(context, earlier.verdict),
                shown_by(indicator, Some(earlier)),
            ];
            texts.map(|texts| Cell { texts }).into()
        })
    });
    let (head, rows) = (context.format.heads(["unit", "value", "result", "evidence"]), rows.collect());
    section(&context.format, "measured", SectionContent::Table { head, rows })
}

/// The indicators that bind a unit, each with its target and how far the unit is.
pub fn of_unit(context: &Context<'_>, unit: ItemId) -> Option<Section> {
    let (portal, format) = (context.portal, &context.format);
    let rows = portal.charges.indicators(unit).iter().filter_map(|charge| {
        let item = portal.item(charge.item);
        let Own::Indicator(indicator) = &item.entry.own else { return None };
        let holding = portal.measures.of_holder(charge.item, unit);
        let latest = holding.and_then(|holding| holding.values.first());
        let value = latest.map(|value| Text::plain(dated(format, value, indicator)));
        // A class is not measured: its units are.
        let verdict = match holding {
            Some(holding) => Text::plain(format.verdict(holding.verdict())),
            None => Text::plain(standing(context, charge.item)),
        };
        let through = charge.through.map(|class| link::text(portal.item(class)));
        let cells = [
            vec![link::charge(context, item)],
            vec![Text::plain(format.target(&indicator.target))],
            value.into_iter().collect(),
            vec![verdict],
            through.into_iter().collect(),
        ];
        Some(cells.map(|texts| Cell { texts }).into())
    });
    let (head, rows) = (format.heads(["indicators", "target", "value", "result", "through"]), rows.collect());
    section(format, "indicators", SectionContent::Table { head, rows })
}
