//! `indicators.json` and `indicators.csv`: every figure with its holders, values, clauses and evidence. `content/README.md` describes both.

use serde::Serialize;

use super::exchange::{Named, Site, json, site};
use super::sheet::Sheet;
use crate::content::choice::Choice as _;
use crate::content::field::Field;
use crate::content::indicator::Indicator;
use crate::content::shared::{Comparator, Measure, Period};
use crate::content::value::Number;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::link;
use crate::portal::answer::{Answered, answer};
use crate::portal::evidence::evidence;
use crate::portal::feeds::{INDICATORS, INDICATORS_SHEET};
use crate::portal::figure::{self, Basis};
use crate::portal::measure::{Holding, Origin, Value};
use crate::portal::verdict::Verdict;
use crate::portal::{Item, ItemId};

/// The version of the data. It grows when a field changes its meaning or goes; a new field is no new version.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    /// The day of which the verdicts are: what was not due yet may be overdue on another.
    day: String,
    site: Site<'a>,
    indicators: Vec<Figure<'a>>,
}

#[derive(Serialize)]
struct Figure<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sample: bool,
    path: &'a str,
    url: Option<String>,
    region: Option<Named<'a>>,
    target: Target<'a>,
    verdict: &'static str,
    /// What tells so: `values`, `honours`, or nothing.
    basis: Option<&'static str>,
    /// Why the holders are responsible, if no notice says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    inferred: Option<&'a str>,
    sources: Vec<Source<'a>>,
    holders: Vec<Holder<'a>>,
    /// The values of all holders together.
    together: Option<Holder<'a>>,
    honours: Option<Honours<'a>>,
    evidence: Material<'a>,
}

#[derive(Serialize)]
struct Target<'a> {
    text: String,
    comparator: &'static str,
    value: Option<f64>,
    to: Option<f64>,
    tolerance: Option<f64>,
    measure: Option<&'static str>,
    per: Option<u32>,
    period: Option<&'static str>,
    by: Option<String>,
    qualifier: Option<&'a str>,
}

#[derive(Serialize)]
struct Source<'a> {
    document: Named<'a>,
    clause: Option<&'a str>,
    label: Option<&'a str>,
}

#[derive(Serialize)]
struct Holder<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Named<'a>>,
    /// The class of units by which it holds; null if the notice names the unit.
    through: Option<Named<'a>>,
    verdict: &'static str,
    /// The latest first.
    values: Vec<Measured<'a>>,
}

#[derive(Serialize)]
struct Measured<'a> {
    year: i16,
    value: f64,
    of: Option<f64>,
    /// The value as the target counts it.
    comparable: Option<f64>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sample: bool,
    /// `written`, or `counted` from who came.
    origin: &'static str,
    evidence: &'a str,
    items: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Honours<'a> {
    count: usize,
    of: Option<u32>,
    value: Option<f64>,
    verdict: &'static str,
    items: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Material<'a> {
    standing: &'static str,
    items: Vec<Kept<'a>>,
}

#[derive(Serialize)]
struct Kept<'a> {
    id: &'a str,
    title: &'a str,
    period: String,
    state: &'static str,
    unit: Option<Named<'a>>,
    path: &'a str,
}

/// Both files, by address; none without an indicator.
pub(super) fn files(context: &Context<'_>) -> Vec<(&'static str, String)> {
    if context.portal.of_kind(Kind::Indicator).is_empty() {
        return Vec::new();
    }
    vec![(INDICATORS, data(context)), (INDICATORS_SHEET, sheet(context).csv())]
}

fn data(context: &Context<'_>) -> String {
    let portal = context.portal;
    let file = File {
        version: VERSION,
        day: portal.today.date().to_string(),
        site: site(context),
        indicators: all(context).map(|one| one.figure()).collect(),
    };
    json(&file) + "\n"
}

fn all<'a>(context: &'a Context<'a>) -> impl Iterator<Item = One<'a>> {
    context.portal.of_kind(Kind::Indicator).iter().filter_map(|id| {
        let item = context.portal.item(*id);
        let Own::Indicator(own) = &item.entry.own else { return None };
        Some(One { context, id: *id, item, own })
    })
}

/// An indicator to be told.
struct One<'a> {
    context: &'a Context<'a>,
    id: ItemId,
    item: &'a Item,
    own: &'a Indicator,
}

impl<'a> One<'a> {
    fn named(&self, id: ItemId) -> Named<'a> {
        Named::of(self.context.portal.item(id))
    }

    fn figure(&self) -> Figure<'a> {
        let (portal, item) = (self.context.portal, self.item);
        let (verdict, basis) = figure::standing(portal, self.id);
        let (holders, together): (Vec<&Holding>, Vec<&Holding>) =
            portal.measures.of(self.id).iter().partition(|holding| holding.holder.is_some());
        Figure {
            id: item.id(),
            title: item.title(),
            sample: item.is_sample(),
            path: item.address.as_str(),
            url: portal.base_url().map(|base| item.address.absolute(base)),
            region: item.edges.one(Field::Region).map(|id| self.named(id)),
            target: self.target(),
            verdict: verdict.key(),
            basis: match basis {
                Basis::Values => Some("values"),
                Basis::Honours => Some("honours"),
                Basis::Nothing => None,
            },
            inferred: item.inferred(),
            sources: self.sources(),
            holders: holders.into_iter().map(|holding| self.holder(holding)).collect(),
            together: together.first().map(|holding| self.holder(holding)),
            honours: answer(portal, self.id).map(|answered| self.honours(&answered)),
            evidence: self.material(),
        }
    }

    fn target(&self) -> Target<'a> {
        let target = &self.own.target;
        Target {
            text: self.context.format.target(target),
            comparator: Comparator::key(target.comparator),
            value: target.value.and_then(float),
            to: target.to.and_then(float),
            tolerance: target.tolerance.and_then(float),
            measure: target.measure.map(Measure::key),
            per: target.per,
            period: target.period.map(Period::key),
            by: target.by.map(|by| by.to_string()),
            qualifier: target.qualifier.as_deref(),
        }
    }

    /// The clauses that it cites, of published documents.
    fn sources(&self) -> Vec<Source<'a>> {
        let cited = self.item.entry.common.sources.iter().enumerate().filter_map(|(nth, source)| {
            let document = self.item.edges.all().nth(Field::Sources, nth).one(Field::Document)?;
            let document = self.context.portal.item(document);
            let Own::Document(own) = &document.entry.own else { return None };
            let clause = own.clauses.iter().find(|clause| source.clause.as_ref() == Some(&clause.id));
            document.is_public().then(|| Source {
                document: Named::of(document),
                clause: clause.map(|clause| clause.id.as_str()),
                label: clause.map(|clause| clause.label.as_str()),
            })
        });
        cited.collect()
    }

    fn holder(&self, holding: &Holding) -> Holder<'a> {
        Holder {
            unit: holding.holder.map(|holder| self.named(holder.item)),
            through: holding.holder.and_then(|holder| holder.through).map(|class| self.named(class)),
            verdict: holding.verdict().key(),
            values: holding.values.iter().filter_map(|value| self.measured(value)).collect(),
        }
    }

    fn measured(&self, value: &Value) -> Option<Measured<'a>> {
        let (origin, evidence) = self.origin(value);
        Some(Measured {
            year: value.year.0,
            value: float(value.value)?,
            of: value.of.and_then(float),
            comparable: value.comparable.and_then(float),
            verdict: value.verdict.key(),
            sample: value.is_sample,
            origin,
            evidence,
            items: self.items(value).map(|id| self.named(id)).collect(),
        })
    }

    /// Where a value comes from, and what shows it: of one that was counted the source of the population.
    fn origin(&self, value: &Value) -> (&'static str, &'a str) {
        match value.origin {
            Origin::Written(nth) => ("written", &self.own.measured[nth].evidence),
            Origin::Counted(nth) => {
                let population = self.own.computed.as_ref().and_then(|computed| computed.population.get(nth));
                ("counted", population.map_or("", |population| &population.source))
            }
        }
    }

    /// The evidence of the ledger that a value names.
    fn items(&self, value: &Value) -> impl Iterator<Item = ItemId> {
        let nth = match value.origin {
            Origin::Written(nth) => Some(nth),
            Origin::Counted(_) => None,
        };
        let part = nth.map(|nth| self.item.edges.all().nth(Field::Measured, nth));
        let portal = self.context.portal;
        part.into_iter().flat_map(|part| part.to(Field::Items)).filter(|id| portal.item(*id).is_public())
    }

    fn honours(&self, answered: &Answered) -> Honours<'a> {
        Honours {
            count: answered.honours.len(),
            of: answered.of,
            value: answered.value.and_then(float),
            verdict: answered.verdict.key(),
            items: answered.honours.iter().map(|id| self.named(*id)).collect(),
        }
    }

    fn material(&self) -> Material<'a> {
        let portal = self.context.portal;
        let kept = |id: &ItemId| {
            let item = portal.item(*id);
            Some(Kept {
                id: item.id(),
                title: item.title(),
                period: evidence(portal, *id)?.period.to_string(),
                state: evidence(portal, *id)?.state.key(),
                unit: item.edges.one(Field::Unit).map(|unit| self.named(unit)),
                path: item.address.as_str(),
            })
        };
        Material {
            standing: portal.ledger.standing(portal, self.id).key(),
            items: portal.ledger.of(self.id).iter().filter_map(kept).collect(),
        }
    }

    /// A row for each value, and one for each holder without any; what honours tell is one more.
    fn rows(&self) -> Vec<Vec<String>> {
        let (portal, format) = (self.context.portal, &self.context.format);
        let joiner = format.words.get("text.joiner");
        let texts = |texts: Vec<String>| texts.join(joiner);
        let region = self.item.edges.one(Field::Region).map(|id| portal.item(id).title().to_owned());
        let sources = link::sources(self.context, self.item).into_iter().map(|text| text.text).collect();
        let begin = [
            self.item.id().to_owned(),
            self.item.title().to_owned(),
            region.unwrap_or_default(),
            texts(sources),
            format.target(&self.own.target),
        ];
        let items = portal.ledger.of(self.id).iter().map(|id| portal.item(*id).title().to_owned()).collect();
        let end = [
            format.words.in_group("standing", portal.ledger.standing(portal, self.id).key()).to_owned(),
            texts(items),
            self.item.address.as_str().to_owned(),
        ];
        let row = |middle: [String; 8]| begin.iter().cloned().chain(middle).chain(end.iter().cloned()).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for holding in portal.measures.of(self.id) {
            let title = |id: Option<ItemId>| id.map(|id| portal.item(id).title().to_owned());
            let unit = title(holding.holder.map(|holder| holder.item)).unwrap_or_else(|| format.word("text.together"));
            let through = title(holding.holder.and_then(|holder| holder.through)).unwrap_or_default();
            for value in &holding.values {
                rows.push(row(self.value_cells(&unit, &through, value)));
            }
            if holding.values.is_empty() {
                rows.push(row(self.verdict_cells([unit, through], Verdict::Unknown)));
            }
        }
        if let Some(answered) = answer(portal, self.id).filter(|answered| answered.value.is_some()) {
            rows.push(row(self.honour_cells(&answered)));
        }
        if rows.is_empty() {
            rows.push(row(self.verdict_cells([String::new(), String::new()], Verdict::Unknown)));
        }
        rows
    }

    fn value_cells(&self, unit: &str, through: &str, value: &Value) -> [String; 8] {
        let (_, said) = self.origin(value);
        let titles = self.items(value).map(|id| self.context.portal.item(id).title().to_owned());
        let shown: Vec<String> = std::iter::once(said.to_owned()).chain(titles).collect();
        let format = &self.context.format;
        let verdict = format.verdict(value.verdict);
        [
            unit.to_owned(),
            through.to_owned(),
            value.year.to_string(),
            value.value.to_string(),
            value.of.map(|of| of.to_string()).unwrap_or_default(),
            value.comparable.map(|value| value.to_string()).unwrap_or_default(),
            if value.is_sample { crate::content::sample::marked(&verdict) } else { verdict },
            shown.join(format.words.get("text.joiner")),
        ]
    }

    fn honour_cells(&self, answered: &Answered) -> [String; 8] {
        let format = &self.context.format;
        let mut cells = self.verdict_cells([format.word("section.answered"), String::new()], answered.verdict);
        cells[3] = answered.honours.len().to_string();
        cells[4] = answered.of.map(|of| of.to_string()).unwrap_or_default();
        cells[5] = answered.value.map(|value| value.to_string()).unwrap_or_default();
        cells
    }

    fn verdict_cells(&self, [unit, through]: [String; 2], verdict: Verdict) -> [String; 8] {
        let none = String::new;
        [unit, through, none(), none(), none(), none(), self.context.format.verdict(verdict), none()]
    }
}

fn sheet(context: &Context<'_>) -> Sheet {
    let head = context.format.heads([
        "id",
        "indicators",
        "region",
        "source",
        "target",
        "holders",
        "through",
        "year",
        "value",
        "whole",
        "comparable",
        "result",
        "evidence",
        "ledger",
        "material",
        "page",
    ]);
    Sheet { head, rows: all(context).flat_map(|one| one.rows()).collect() }
}

/// A number as JSON has it; the digits that were written are few enough to be kept.
fn float(number: Number) -> Option<f64> {
    number.to_string().parse().ok()
}
