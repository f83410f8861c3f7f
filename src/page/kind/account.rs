//! Funding, surveys and pools of people who help, each against what is wanted.

use rust_decimal::Decimal;

use crate::content::Kind;
use crate::content::account::{Funding, Pool, Residents, Survey};
use crate::content::field::Field;
use crate::content::shared::{Comparator, Measure, Target};
use crate::content::value::{Number, Year};
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{Shown, Subject};
use crate::portal::population;
use crate::portal::verdict::{Reading, Verdict, verdict};

/// For how many residents people who help are counted.
const TEN_THOUSAND: u32 = 10_000;

impl Shown for Funding {
    const CARD: Keys = &["year", "allocated", "per-head", "result", "region"];
    const ROW: Keys = &["per-head", "result", "region"];
    const RELATED: &'static [Kind] = &[];

    fn facts(funding: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        let Funding { population, standard, allocated, .. } = &**funding;
        let living = Living::of(funding, population.as_ref(), funding.year);
        let yuan = |format: &Format<'_>, number: Number| format.amount(number, Measure::Yuan);
        let people = living.as_ref().map(|living| living.people.0);
        facts.told("year", |format| format.year(funding.year.0));
        facts.told("per-head", |format| {
            let had = allocated.zip(people).and_then(|(allocated, people)| allocated.0.checked_div(people));
            had.map(|had| yuan(format, Number(had.round_dp(2)))).unwrap_or_default()
        });
        facts.told("result", |format| {
            let reading = Reading { value: *allocated, of: people.map(Number), before: None };
            // A sum without a population says nothing of what each had.
            let is_told = people.is_some() || allocated.is_none();
            let target = at_least(*standard, Some(1));
            format.verdict(if is_told { verdict(&target, &reading, true) } else { Verdict::Incomparable })
        });
        facts.told("allocated", |format| allocated.map(|allocated| yuan(format, allocated)).unwrap_or_default());
        facts.told("required", |format| {
            let due = people.and_then(|people| standard.0.checked_mul(people));
            due.map(|due| yuan(format, Number(due))).unwrap_or_default()
        });
        facts.told("due-per-head", |format| yuan(format, *standard));
        facts.told("population", |format| living.map(|living| living.told(format)).unwrap_or_default());
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
        let living = Living::of(pool, pool.population.as_ref(), pool.year);
        facts.choices("sort", &[pool.sort]);
        facts.told("year", |format| format.year(pool.year.0));
        facts.count("people", Some(pool.people), Measure::Person);
        facts.told("density", |format| density(pool, living.as_ref(), format));
        facts.told("volunteer-hours", |format| {
            pool.hours.map(|hours| format.amount(hours, Measure::Hour)).unwrap_or_default()
        });
        facts.told("hours-each", |format| hours_each(pool, format));
        facts.told("population", |format| living.map(|living| living.told(format)).unwrap_or_default());
        facts.to("unit", Field::Unit);
        facts.to("region", Field::Region);
    }
}

/// How many there are for ten thousand residents, against how many there should be.
fn density(pool: &Pool, living: Option<&Living<'_>>, format: &Format<'_>) -> String {
    let people = living.map(|living| living.people);
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

/// How many people live where something is counted.
struct Living<'a> {
    people: Number,
    source: &'a str,
    /// The year of the number, if it is that of the region.
    year: Option<Year>,
}

impl<'a> Living<'a> {
    /// What the entry says itself, or else what is known of its region.
    fn of<T>(subject: &Subject<'a, T>, own: Option<&'a Residents>, year: Year) -> Option<Self> {
        if let Some(own) = own {
            return Some(Self { people: Number(own.people.into()), source: &own.source, year: None });
        }
        let region = subject.item.edges.one(Field::Region)?;
        let known = population::until(subject.context.portal.item(region), year.0)?;
        Some(Self { people: known.value, source: &known.source, year: Some(known.year) })
    }

    fn told(&self, format: &Format<'_>) -> String {
        let people = format.amount(self.people, Measure::Person);
        let year = self.year.map(|year| format!("{} ", format.year(year.0))).unwrap_or_default();
        format!("{people}（{year}{}）", self.source)
    }
}
