//! Evidence: what it shows, what it is, and where it is kept.

use crate::address::Href;
use crate::content::evidence::{Evidence, EvidenceState};
use crate::content::field::Field;
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{Shown, Subject};
use crate::page::view::{Badge, Text};
use crate::portal::ItemId;

/// Digits of a hash that are shown: enough to tell two files apart by eye.
const DIGITS: usize = 12;

impl Shown for Evidence {
    const CARD: Keys = &["period", "unit", "material"];
    const RELATED: &'static [Kind] = &[];

    fn facts(evidence: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("period", |format| format.span(evidence.period));
        facts.to("unit", Field::Unit);
        facts.with("material", |context| {
            let details = details(&context.format, evidence);
            material(context, evidence.id).into_iter().chain(details).collect()
        });
        facts.to("duties", Field::Duties);
        facts.to("indicators", Field::Indicators);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        vec![state(format, self.state)]
    }
}

/// How far an item of evidence has come.
pub fn state(format: &Format<'_>, state: EvidenceState) -> Badge {
    let tone = match state {
        EvidenceState::Owed => "warn",
        EvidenceState::Filed | EvidenceState::Reported => "good",
    };
    Badge { tone, text: format.choice(state) }
}

/// What an item of evidence is: each document, file, page or place of keeping, linked where there is something to look at.
pub fn material(context: &Context<'_>, id: ItemId) -> Vec<Text> {
    let portal = context.portal;
    let item = portal.item(id);
    let Own::Evidence(evidence) = &item.entry.own else { return Vec::new() };
    let mut texts = Vec::new();
    if let Some(path) = item.edges.all().file(Field::File) {
        texts.push(file(context, path, evidence));
    }
    if let Some(document) = item.edges.one(Field::Document).map(|id| portal.item(id)) {
        let mut text = link::text(document);
        if let (Some(clause), Own::Document(own)) = (&evidence.clause, &document.entry.own)
            && let Some(known) = own.clauses.iter().find(|known| known.id == *clause)
        {
            text.text = format!("{} {}", text.text, known.label);
            text.address = text.address.map(|address| address.at(clause.as_str()));
        }
        texts.push(text);
    }
    texts.extend(item.edges.one(Field::Page).map(|page| link::text(portal.item(page))));
    texts.extend(evidence.url.as_ref().map(|url| Text {
        text: url.as_str().to_owned(),
        address: None,
        url: Some(url.as_str().to_owned()),
    }));
    texts.extend(evidence.kept.as_ref().map(Text::plain));
    texts
}

/// How many pages it has, and the beginning of the hash of what is kept elsewhere.
pub fn details(format: &Format<'_>, evidence: &Evidence) -> Vec<Text> {
    let pages = evidence.pages.map(|pages| format.words.fill("text.pages", "n", &pages.to_string()));
    let hash = evidence.sha256.as_deref().filter(|_| evidence.file.is_none()).map(short);
    pages.into_iter().chain(hash).map(Text::plain).collect()
}

/// A file by its name, linked if everybody may fetch it, else with the beginning of its hash.
fn file(context: &Context<'_>, path: &str, evidence: &Evidence) -> Text {
    let name = path.rsplit('/').next().unwrap_or(path);
    let asset = context.resources.assets.file(path).filter(|_| evidence.download);
    let address = asset.map(|asset| Href::new(&asset.address));
    let hash = evidence.sha256.as_deref().filter(|_| address.is_none()).map(short);
    let text = hash.map_or_else(|| name.to_owned(), |hash| format!("{name}（{hash}）"));
    Text { text, address, url: None }
}

fn short(hash: &str) -> String {
    let digits: String = hash.trim().chars().take(DIGITS).collect();
    format!("SHA-256 {digits}…")
}
