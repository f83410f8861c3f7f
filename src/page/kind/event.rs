//! Events, and the learning weeks that they belong to.

use crate::address::Href;
use crate::content::Kind;
use crate::content::edition::Edition;
use crate::content::event::Event;
use crate::content::field::Field;
use crate::content::shared::Measure;
use crate::content::value::Span;
use crate::page::FEW;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::participation;
use crate::page::programme::{self, NEXT, WAYS};
use crate::page::session;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, DayLink, Section, SectionContent};
use crate::portal::location;
use crate::portal::programme::Way;

impl Shown for Event {
    const CARD: Keys = &["venue", "fee"];
    const PROMINENT: Keys = &["reason", "venue", "booking", "fee"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(event: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.maybe("reason", event.reason.as_deref());
        facts.to("venue", Field::Venue);
        // Nobody books what is over or was called off.
        let portal = event.context.portal;
        let is_open = portal.next_session(event.id).is_some() || portal.sessions(event.id).next().is_none();
        facts.contact("booking", event.booking.as_ref().filter(|_| is_open));
        if let Some(fee) = event.fee {
            facts.told("fee", |format| format.fee(fee, None));
        }
        facts.audiences();
        facts.count("capacity", event.capacity, Measure::Person);
        facts.choices("mode", &[event.mode]);
        facts.to("organiser", Field::Unit);
        facts.to("institution", Field::Institution);
        facts.to("edition", Field::Edition);
        facts.to("topics", Field::Topics);
        facts.with("sign-in", |context| session::sign_in(context, event.id, 0));
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        format.status(self.state()).into_iter().collect()
    }

    fn parts(event: &Subject<'_, Self>) -> Vec<PagePart> {
        let context = event.context;
        let venue = event.item.edges.one(Field::Venue).map(|venue| context.portal.item(venue).title().to_owned());
        let content = session::content(context, context.portal.sessions(event.id), venue);
        let changes = programme::changes(context, event.id, std::iter::empty(), FEW);
        let changes = section(&context.format, "changes", changes);
        let sessions = section(&context.format, "sessions", content);
        let came = participation::of_entry(context, event.id);
        changes.into_iter().chain(sessions).chain(came).map(PagePart::Section).collect()
    }
}

impl Shown for Edition {
    const CARD: Keys = &["when", "theme"];
    const ROW: Keys = &["theme"];
    const RELATED: &'static [Kind] = &[Kind::Edition, Kind::News];

    fn facts(edition: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("when", |format| format.period(Some(Span::Day(edition.from)), Some(Span::Day(edition.to))));
        facts.maybe("theme", edition.theme.as_deref());
        if let Some(programme) = edition.context.portal.programmes.of(edition.id) {
            facts.told("programme", |format| format.words.fill("days.events", "n", &programme.events.to_string()));
        }
        facts.to("organiser", Field::Organisers);
        facts.to("region", Field::Regions);
        facts.to("parent", Field::Parent);
    }

    /// What was changed, the ways into the programme, and its next day.
    fn parts(edition: &Subject<'_, Self>) -> Vec<PagePart> {
        let context = edition.context;
        let (portal, format) = (context.portal, context.format);
        let events = portal.referrers(edition.id, Kind::Event).iter().copied();
        let changes = programme::changes(context, edition.id, events, FEW);
        let mut parts: Vec<Section> = section(&format, "changes", changes).into_iter().collect();
        let address = |part: &str| Href::new(&location::of_programme(edition.item.id(), part, 1));
        if let Some(programme) = portal.programmes.of(edition.id) {
            let days = programme.by_day.iter().map(|(day, slots)| {
                let link = programme::day_link(context, *day, address(&format!("day/{day}")));
                DayLink { count: Some(slots.len()), ..link }
            });
            parts.extend(
                section(&format, "days", SectionContent::Days { days: days.collect() })
                    .map(|section| Section { more: Some(address("all")), ..section }),
            );
            if let Some((day, slots)) = programme.by_day.iter().find(|(day, _)| !portal.today.passed(**day)) {
                let groups = vec![programme::group(context, *day, &slots[..slots.len().min(NEXT)])];
                let next = section(&format, "programme", SectionContent::Programme { groups });
                let more = (slots.len() > NEXT).then(|| address(&format!("day/{day}")));
                parts.extend(next.map(|section| Section { more, ..section }));
            }
        }
        for way in Way::ALL {
            let (links, count) = programme::links(context, edition.id, way, WAYS);
            let title = format.words.in_group("way", way.folder()).to_owned();
            let way_section = Section {
                anchor: format!("sec-{}", way.folder()),
                title,
                content: SectionContent::Ways { links },
                total: None,
                more: (count > WAYS).then(|| address(&format!("{}/index", way.folder()))),
                folded: false,
            };
            parts.extend(Some(way_section).filter(|section| !section.content.is_empty()));
        }
        parts.into_iter().map(PagePart::Section).collect()
    }
}
