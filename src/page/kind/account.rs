//! Funding, surveys and pools of people who help, each against what is wanted.

use rust_decimal::Decimal;

use crate::content::Kind;
use crate::content::account::{Funding, Pool, Residents, Survey};
use crate::content::field::Field;
use crate::content::shared::{Comparator, Measure, Target};
use crate::content::value::Number;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{Shown, Subject};
use crate::portal::verdict::{Reading, Verdict, verdict};

/// For how many residents people who help are counted.
const TEN_THOUSAND: u32 = 10_000;

impl Shown for Funding {
    const CARD: Keys = &["year", "allocated", "per-head", "result", "region"];
    const ROW: Keys = &["per-head", "result", "region"];
    const RELATED: &'static [Kind] = &[];

    fn facts(funding: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        let Funding { population, standard, allocated, .. } = &**funding;
        let yuan = |format: &Format<'_>, number: Number| format.amount(number, Measure::Yuan);
        let people = Decimal::from(population.people);
        facts.told("year", |format| format.year(funding.year.0));
        facts.told("per-head", |format| {
            let had = allocated.and_then(|allocated| allocated.0.checked_div(people));
            had.map(|had| yuan(format, Number(had.round_dp(2)))).unwrap_or_default()
        });
        facts.told("result", |format| {
            let reading = Reading { value: *allocated, of: Some(Number(people)), before: None };
            format.verdict(verdict(&at_least(*standard, Some(1)), &reading, true))
        });
        facts.told("allocated", |format| allocated.map(|allocated| yuan(format, allocated)).unwrap_or_default());
        facts.told("required", |format| {
            standard.0.checked_mul(people).map(|due| yuan(format, Number(due))).unwrap_or_default()
        });
        facts.told("due-per-head", |format| yuan(format, *standard));
        facts.told("population", |format| residents(format, population));
        facts.maybe("evidence", funding.evidence.as_deref());
        facts.to("unit", Field::Unit);
        facts.to("region", Field::Region);
    }
}

impl Shown for Survey {
    const CARD: Keys = &["year", "score", "result", "answers", "region"];
    const ROW: Keys = &["score", "result", "region"];
    const RELATED: &'static [Kind] = &[];

    fn facts(survey: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        let share = |format: &Format<'_>, number: Number| format.amount(number, Measure::Percent);
        facts.told("year", |format| format.year(survey.year.0));
        facts.told("score", |format| share(format, survey.score));
        facts.told("wanted", |format| survey.standard.map(|wanted| share(format, wanted)).unwrap_or_default());
        facts.told("result", |format| {
            let reading = Reading { value: Some(survey.score), ..Reading::default() };
            let result = survey.standard.map(|wanted| verdict(&at_least(wanted, None), &reading, true));
            result.map(|result| format.verdict(result)).unwrap_or_default()
        });
        facts.told("answers", |format| format.words.fill("text.answers", "n", &survey.answers.to_string()));
        facts.text("method", &survey.method);
        facts.to("unit", Field::Unit);
        facts.to("region", Field::Region);
    }
}

impl Shown for Pool {
    const CARD: Keys = &["sort", "year", "people", "density", "hours-each", "region"];
    const ROW: Keys = &["people", "density", "hours-each", "region"];
    const RELATED: &'static [Kind] = &[];

    fn facts(pool: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.choices("sort", &[pool.sort]);
        facts.told("year", |format| format.year(pool.year.0));
        facts.count("people", Some(pool.people), Measure::Person);
        facts.told("density", |format| density(pool, format));
        facts.told("volunteer-hours", |format| {
            pool.hours.map(|hours| format.amount(hours, Measure::Hour)).unwrap_or_default()
        });
        facts.told("hours-each", |format| hours_each(pool, format));
        facts.told("population", |format| {
            pool.population.as_ref().map(|known| residents(format, known)).unwrap_or_default()
        });
        facts.to("unit", Field::Unit);
        facts.to("region", Field::Region);
    }
}

/// How many there are for ten thousand residents, against how many there should be.
fn density(pool: &Pool, format: &Format<'_>) -> String {
    let people = pool.population.as_ref().map(|population| Number(population.people.into()));
    let reading = Reading { value: people.map(|_| Number(pool.people.into())), of: people, before: None };
    against(format, pool.per_ten_thousand, Some(TEN_THOUSAND), &reading, Measure::Person)
}

/// How many hours each served on average, against how many are wanted.
fn hours_each(pool: &Pool, format: &Format<'_>) -> String {
    let each = pool.hours.and_then(|hours| hours.0.checked_div(pool.people.into()));
    let reading = Reading { value: each.map(|each| Number(each.round_dp(1))), ..Reading::default() };
    against(format, pool.hours_each, None, &reading, Measure::Hour)
}

/// A value with what is wanted and how they compare. What is wanted is told without a value too; what is not known is not met.
fn against(
    format: &Format<'_>,
    wanted: Option<Number>,
    per: Option<u32>,
    reading: &Reading,
    measure: Measure,
) -> String {
    let target = at_least(wanted.unwrap_or(Number(Decimal::ZERO)), per);
    let told = |value: Number| format.amount(value, measure);
    let value = reading.comparable(&target).map(|value| told(Number(value.0.round_dp(2))));
    let result = wanted.map(|wanted| {
        let verdict: Verdict = verdict(&target, reading, true);
        format.words.fill("text.wanted", "wanted", &told(wanted)).replace("{result}", &format.verdict(verdict))
    });
    match (value, result) {
        (Some(value), Some(result)) => format!("{value}（{result}）"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

/// At least a number, of residents if `per` says so.
fn at_least(value: Number, per: Option<u32>) -> Target {
    Target {
        comparator: Comparator::AtLeast,
        value: Some(value),
        to: None,
        tolerance: None,
        measure: None,
        per,
        period: None,
        by: None,
        qualifier: None,
    }
}

fn residents(format: &Format<'_>, residents: &Residents) -> String {
    format!("{}（{}）", format.count(residents.people, Measure::Person), residents.source)
}
