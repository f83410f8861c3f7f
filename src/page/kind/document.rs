//! Documents: metadata, clauses, and under each clause what rests on it.

use std::collections::BTreeMap;

use crate::content::Kind;
use crate::content::document::Document;
use crate::content::field::Field;
use crate::markdown::escape;
use crate::page::FEW;
use crate::page::bundle;
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::family::standards::of_tier;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{RecordView, SectionContent, Text};
use crate::portal::{ItemId, location};

impl Shown for Document {
    const CARD: Keys = &["number", "issuers", "region"];
    const ROW: Keys = &["number"];
    const RELATED: &'static [Kind] = &[Kind::Committee, Kind::Indicator, Kind::Document, Kind::Institution, Kind::News];

    fn facts(document: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.maybe("number", document.number.as_deref().map(brackets).as_deref());
        facts.texts("issuers", &document.issuers);
        for (key, day) in [("issued", document.issued), ("printed", document.printed)] {
            facts.told(key, |format| day.map(|day| format.day(day.0).text).unwrap_or_default());
        }
        facts.with("original", |_| {
            document
                .url
                .iter()
                .map(|url| Text { text: url.to_string(), address: None, url: Some(url.to_string()) })
                .collect()
        });
        facts.texts("to", &document.to);
        facts.texts("copies", &document.copies);
        facts.to("organiser", Field::Unit);
        facts.to("region", Field::Region);
        facts.with("reconcile", |context| {
            let gaps = context.made(&location::of_reconciliation(Some(document.item.id()), 1));
            gaps.map(|address| Text { text: context.format.word("reconcile.link"), address: Some(address), url: None })
                .into_iter()
                .collect()
        });
        facts.with("matrix", |context| {
            let matrix = context.made(&location::of_matrix(document.item.id(), 1));
            let text = |address| Text { text: context.format.word("matrix.link"), address: Some(address), url: None };
            matrix.map(text).into_iter().collect()
        });
        facts.with("standards", |context| sheets(context, document.id));
        facts.with("bundles", |context| bundle::years(context, document.id));
        facts.with("ledger", |context| {
            let ledger = context.made(&location::of_ledger(document.item.id(), 1));
            ledger
                .map(|address| Text { text: context.format.word("ledger.link"), address: Some(address), url: None })
                .into_iter()
                .collect()
        });
    }

    fn parts(document: &Subject<'_, Self>) -> Vec<PagePart> {
        let format = &document.context.format;
        [
            section(format, "cites", SectionContent::Facts { facts: cites(document) }).map(PagePart::Section),
            Some(PagePart::Records("phases", owned(document, Kind::Phase), "document")),
            section(format, "clauses", SectionContent::Records { records: clauses(document) }).map(PagePart::Section),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Its building standards: of the whole network, and of each tier.
fn sheets(context: &Context<'_>, document: ItemId) -> Vec<Text> {
    let id = context.portal.item(document).id();
    let sheet = |tier, text| {
        let address = context.made(&location::of_standards(id, tier, 1))?;
        Some(Text { text, address: Some(address), url: None })
    };
    let whole = sheet(None, context.format.word("standards.link"));
    let tiers = context.portal.network.sheets().filter(|(of, ..)| *of == document);
    let tiers = tiers.filter_map(|(_, tier, _)| sheet(Some(tier), of_tier(context, document, tier)));
    whole.into_iter().chain(tiers).collect()
}

/// Brackets around the year of a document's number, as the standard writes them.
fn brackets(number: &str) -> String {
    number.replace(['﹝', '['], "〔").replace(['﹞', ']'], "〕")
}

/// The entries of a kind that the document owns.
fn owned(document: &Subject<'_, Document>, kind: Kind) -> Vec<ItemId> {
    let portal = document.context.portal;
    let own = |id: &_| portal.item(*id).edges.one(Field::Document) == Some(document.id);
    portal.referrers(document.id, kind).iter().copied().filter(own).collect()
}

/// Annexes, and the documents that it rests on.
fn cites(document: &Subject<'_, Document>) -> Vec<crate::page::view::Fact> {
    let edges = document.item.edges.all();
    let mut facts = Facts::inside(document.context, edges);
    facts.with("annexes", |_| {
        document.annexes.iter().map(|annex| Text::plain(format!("{} {}", annex.label, annex.title))).collect()
    });
    facts.with("cites", |context| {
        let cites = document.cites.iter().enumerate();
        let cited = cites.map(|(nth, cited)| {
            let number = cited.number.as_deref().map_or_else(String::new, |number| format!("（{}）", brackets(number)));
            let target = edges.nth(Field::Cites, nth).one(Field::Document);
            let address = target.and_then(|target| link::text(context.portal.item(target)).address);
            Text { text: format!("{}{number}", cited.title), address, url: None }
        });
        cited.collect()
    });
    facts.finish()
}

fn clauses(document: &Subject<'_, Document>) -> Vec<RecordView> {
    let mut resting = resting(document);
    let record = |clause: &crate::content::document::Clause| {
        let mut facts = Facts::inside(document.context, document.item.edges.all());
        facts.with("referring", |_| resting.remove(clause.id.as_str()).unwrap_or_default());
        RecordView {
            anchor: Some(clause.id.to_string()),
            label: Some(clause.label.clone()),
            title: Text::plain(&clause.summary),
            html: clause.quote.as_deref().map(quotation).unwrap_or_default(),
            badges: Vec::new(),
            facts: facts.finish(),
        }
    };
    document.clauses.iter().map(record).collect()
}

/// A clause's own wording, as it was written: nothing in it is a mark of Markdown.
fn quotation(wording: &str) -> String {
    let paragraphs = wording.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let paragraphs = paragraphs.map(|paragraph| format!("<p>{}</p>", escape(paragraph).replace('\n', "<br>")));
    format!("<blockquote>{}</blockquote>", paragraphs.collect::<String>())
}

/// The entries that cite each clause, duties first, at most `FEW`.
fn resting(document: &Subject<'_, Document>) -> BTreeMap<String, Vec<Text>> {
    let portal = document.context.portal;
    let mut resting: BTreeMap<String, Vec<Text>> = BTreeMap::new();
    for kind in [Kind::Duty, Kind::Indicator, Kind::Standard, Kind::Committee, Kind::Institution] {
        for item in portal.referrers(document.id, kind).iter().map(|referrer| portal.item(*referrer)) {
            for (nth, source) in item.entry.common.sources.iter().enumerate() {
                let here = item.edges.all().nth(Field::Sources, nth).one(Field::Document) == Some(document.id);
                let Some(clause) = source.clause.as_ref().filter(|_| here) else { continue };
                let texts = resting.entry(clause.to_string()).or_default();
                if texts.len() < FEW {
                    texts.push(link::text(item));
                }
            }
        }
    }
    resting
}
