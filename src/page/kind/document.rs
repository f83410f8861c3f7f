//! Documents: metadata, clauses, and under each clause what rests on it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::phase_state;
use crate::content::document::Document;
use crate::content::field::Field;
use crate::content::phase::{Phase, PhaseSort};
use crate::content::value::Span;
use crate::content::{Kind, Own};
use crate::markdown::escape;
use crate::page::FEW;
use crate::page::bundle;
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::family::standards::of_tier;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::timeline::{self, Stretch, Told};
use crate::page::view::{Cell, RecordView, Section, SectionContent, Text};
use crate::portal::deadline::{Progress, progress, turns};
use crate::portal::{Item, ItemId, location};

/// Characters of a title in the timeline.
const LABEL: usize = 10;

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
        facts.with("board", |context| {
            let year = context.portal.today.date().year();
            let board = context.made(&location::of_board(document.item.id(), year, 1));
            let text = |address| Text { text: context.format.word("board.link"), address: Some(address), url: None };
            board.map(text).into_iter().collect()
        });
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
            timeline(document).map(PagePart::Section),
            timetable(document).map(PagePart::Section),
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

/// Its phases, deadlines and recurring tasks.
fn phases<'a>(document: &Subject<'a, Document>) -> Vec<(&'a Item, &'a Phase)> {
    let portal = document.context.portal;
    let phase = |id| match &portal.item(id).entry.own {
        Own::Phase(phase) => Some((portal.item(id), phase.as_ref())),
        _ => None,
    };
    owned(document, Kind::Phase).into_iter().filter_map(phase).collect()
}

/// The phases over time, with the line of today.
fn timeline(document: &Subject<'_, Document>) -> Option<Section> {
    let context = document.context;
    let (format, today) = (&context.format, &context.portal.today);
    let phases = phases(document);
    let stretch = |(item, phase): &(&Item, &Phase)| {
        let state = match progress(phase, today) {
            Progress::Again(_) => phase.every.map_or_else(String::new, |every| format.choice(every)),
            other => format.words.in_group("progress", other.key()).to_owned(),
        };
        let from = phase.from.map(Span::first);
        Stretch {
            label: format!("{} {state}", short(item.title())),
            // A deadline without a beginning is a day.
            from: from.or_else(|| phase.to.filter(|_| phase.sort == PhaseSort::Deadline).map(Span::last)),
            to: phase.to.map(Span::last),
            is_deadline: phase.sort == PhaseSort::Deadline,
            past: phase.to.is_some_and(|to| today.passed(to.last())),
        }
    };
    let description = |first: Date, last: Date| {
        let month = |day: Date| format.span(Span::Month(day.year(), day.month()));
        let text = format.words.fill("timeline.told", "n", &phases.len().to_string());
        let text = text.replace("{from}", &month(first)).replace("{to}", &month(last));
        text.replace("{day}", &format.day(today.date()).text)
    };
    let tick = |day: Date| if day.month() == 1 { format.year(day.year()) } else { format.month(day.month()) };
    let told = Told {
        title: format.words.fill("timeline.of", "name", document.item.title()),
        description: &description,
        tick: &tick,
    };
    let due = |nth: usize, year| phases.get(nth).map(|(_, phase)| turns(phase, year)).unwrap_or_default();
    let timeline = timeline::timeline(told, phases.iter().map(stretch).collect(), today.date(), due)?;
    section(format, "timeline", SectionContent::Timeline { timeline: Box::new(timeline) })
}

/// The same as a table, each with the way to its record.
fn timetable(document: &Subject<'_, Document>) -> Option<Section> {
    let context = document.context;
    let row = |(item, phase): &(&Item, &Phase)| {
        let when = Text::plain(context.format.phase(phase));
        let cells = [link::text(item), when, Text::plain(phase_state(context, phase))];
        cells.map(|text| Cell { texts: vec![text] }).into()
    };
    let rows: Vec<Vec<Cell>> = phases(document).iter().map(row).collect();
    let head = context.format.heads(["title", "when", "status"]);
    let section = section(&context.format, "timetable", SectionContent::Table { head, rows })?;
    Some(section).filter(|_| phases(document).len() > 1)
}

/// A title as long as the bar has room for; the table has it whole.
fn short(title: &str) -> String {
    if title.chars().count() <= LABEL {
        title.to_owned()
    } else {
        title.chars().take(LABEL - 1).chain(['…']).collect()
    }
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
