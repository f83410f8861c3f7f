//! Documents: metadata, clauses, and under each clause what rests on it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Shown, duty_record, facts};
use crate::address;
use crate::content::document::Document;
use crate::content::{Kind, Own};
use crate::page::context::{Context, FEW, plain};
use crate::page::view::{Fact, RecordView, Section, SectionContent, Text};
use crate::portal::{Item, ItemId};

impl Shown for Document {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        let texts = |all: &[String]| all.iter().map(plain).collect::<Vec<Text>>();
        let day = |day: Option<crate::content::value::Day>| day.map(|day| context.day(day.0).text);
        facts([
            context.maybe_fact("number", self.number.as_deref().map(brackets).as_deref()),
            context.fact("issuers", texts(&self.issuers)),
            context.maybe_fact("issued", day(self.issued).as_deref()),
            context.maybe_fact("printed", day(self.printed).as_deref()),
            context.fact("to", texts(&self.to)),
            context.fact("copies", texts(&self.copies)),
            context.ref_fact("organiser", self.unit.as_ref()),
            context.ref_fact("region", Some(&self.region)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["number", "issuers", "region"]
    }

    fn day(&self, _: &Item) -> Option<Date> {
        self.issued.or(self.printed).map(|day| day.0)
    }

    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let root = address::to_root(&context.portal.item(id).address);
        let records = |kind| {
            let all = context.portal.referrers(id, kind).iter().filter(|record| is_owned(context, **record, id));
            all.map(|record| duty_record(context, *record, &root, &["document"])).collect::<Vec<_>>()
        };
        let resting = resting(context, id);
        let clauses = self.clauses.iter().map(|clause| RecordView {
            anchor: Some(clause.id.to_string()),
            label: Some(clause.label.clone()),
            title: plain(&clause.summary),
            html: String::new(),
            badges: Vec::new(),
            facts: context
                .fact("referring", resting.get(clause.id.as_str()).cloned().unwrap_or_default())
                .into_iter()
                .collect(),
        });
        let annexes = self.annexes.iter().map(|annex| plain(format!("{} {}", annex.label, annex.title))).collect();
        let cites = self.cites.iter().map(|cited| {
            let number = cited.number.as_deref().map_or_else(String::new, |number| format!("（{}）", brackets(number)));
            let text = format!("{}{number}", cited.title);
            let address = cited.document.as_ref().and_then(|document| context.reference(document)?.address);
            Text { text, address, url: None }
        });
        let whole = facts([context.fact("annexes", annexes), context.fact("cites", cites.collect())]);
        [
            context.section("cites", SectionContent::Facts { facts: whole }),
            context.section("phases", SectionContent::Records { records: records(Kind::Phase) }),
            context.section("clauses", SectionContent::Records { records: clauses.collect() }),
            context.section("standards", SectionContent::Records { records: records(Kind::Standard) }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::Committee, Kind::Indicator, Kind::Document, Kind::Institution, Kind::News]
    }
}

/// Brackets around the year of a document's number, as the standard writes them.
fn brackets(number: &str) -> String {
    number.replace(['﹝', '['], "〔").replace(['﹞', ']'], "〕")
}

fn is_owned(context: &Context<'_>, record: ItemId, owner: ItemId) -> bool {
    match &context.portal.item(record).entry.own {
        Own::Phase(phase) => context.portal.id_of(Kind::Document, phase.document.id()) == Some(owner),
        Own::Standard(standard) => context.portal.id_of(Kind::Document, standard.document.id()) == Some(owner),
        _ => false,
    }
}

/// What rests on each clause: duties first; of many, the first.
fn resting(context: &Context<'_>, id: ItemId) -> BTreeMap<String, Vec<Text>> {
    let mut resting: BTreeMap<String, Vec<Text>> = BTreeMap::new();
    for kind in [Kind::Duty, Kind::Indicator, Kind::Committee, Kind::Institution] {
        for item in context.portal.referrers(id, kind).iter().map(|referrer| context.portal.item(*referrer)) {
            for source in &item.entry.common.sources {
                let here = context.portal.id_of(Kind::Document, source.document.id()) == Some(id);
                let Some(clause) = source.clause.as_ref().filter(|_| here) else { continue };
                let texts = resting.entry(clause.to_string()).or_default();
                if texts.len() < FEW {
                    texts.push(context.link(item));
                }
            }
        }
    }
    resting
}
