//! Entries on pages other than their own: as cards, and as records in place.

use super::context::Context;
use super::facts::Wanted;
use super::shown::{PagePart, section};
use super::view::{Card, Fact, PictureView, RecordView, Section, SectionContent, Text};
use super::{FEW, kind};
use crate::address::Href;
use crate::content::field::Field;
use crate::content::spot::Spot;
use crate::content::{Kind, Own};
use crate::portal::{Item, ItemId, location};

/// An entry in a list.
pub fn card(context: &Context<'_>, id: ItemId) -> Card {
    let item = context.portal.item(id);
    let mut facts = kind::card_facts(context, id);
    facts.extend(next_session(context, id));
    let own = context.resources.picture(item, Spot::Card(item.kind()));
    Card {
        kind: item.kind().folder(),
        address: Some(item.address.clone()),
        anchor: None,
        title: item.title().to_owned(),
        summary: item.summary(),
        picture: own.or_else(|| topic_picture(context, item)),
        badges: kind::badges(context, item),
        facts,
        day: context.portal.day(id).map(|day| context.format.day(day)),
    }
}

/// The picture of the first topic, for courses and events without a picture.
fn topic_picture(context: &Context<'_>, item: &Item) -> Option<PictureView> {
    if !matches!(item.entry.own, Own::Course(_) | Own::Event(_)) {
        return None;
    }
    let topic = context.portal.item(item.edges.one(Field::Topics)?);
    let picture = context.resources.picture(topic, Spot::Card(topic.kind()))?;
    // It says nothing that the title does not: decoration.
    Some(PictureView { alt: String::new(), ..picture })
}

fn next_session(context: &Context<'_>, id: ItemId) -> Option<Fact> {
    let format = context.format;
    let next = context.portal.next_session(id)?;
    let day = format.day(next.start.date());
    let text = Text::plain(format!("{} {} {}", day.text, day.weekday, format.time(next)));
    let label = format.words.in_group("fact", "next").to_owned();
    Some(Fact { key: "next", label, values: vec![text], prominent: false })
}

/// An entry shown in place on a page whose way to the root is `root`, without the fact of the key `without`.
fn record(context: &Context<'_>, id: ItemId, root: &str, without: &'static str) -> RecordView {
    let item = context.portal.item(id);
    RecordView {
        anchor: Some(item.id().to_owned()),
        label: None,
        title: Text::plain(item.title()),
        html: context.resources.body(id, root),
        badges: kind::badges(context, item),
        facts: kind::facts(context, id, Wanted::Without(without)),
    }
}

/// The section for a part of an entry's page; `None` if it would be empty.
pub fn part(context: &Context<'_>, of: ItemId, root: &str, part: PagePart) -> Option<Section> {
    match part {
        PagePart::Section(section) => Some(section),
        PagePart::Members(kind, word) => {
            let mut section = members(context, of, kind)?;
            if let Some(word) = word {
                section.title = context.format.word(word);
            }
            Some(section)
        }
        PagePart::Records(key, ids, without) => {
            let records = ids.into_iter().map(|id| record(context, id, root, without)).collect();
            section(&context.format, key, SectionContent::Records { records })
        }
    }
}

/// The first entries of a kind that belong to `of`, and the way to all.
pub fn members(context: &Context<'_>, of: ItemId, kind: Kind) -> Option<Section> {
    let all = context.portal.members(of, kind);
    let cards: Vec<Card> = all.iter().take(FEW).map(|id| card(context, *id)).collect();
    let mut section = section(&context.format, kind.folder(), SectionContent::Cards { cards })?;
    let owner = context.portal.item(of);
    section.title = context.format.kind(kind);
    section.total = Some(all.len());
    section.more = (all.len() > FEW).then(|| Href::new(&location::of_members((owner.kind(), owner.id()), kind, 1)));
    Some(section)
}
