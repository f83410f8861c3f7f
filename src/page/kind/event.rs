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
use crate::page::session;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, SectionContent};
use crate::portal::location;

impl Shown for Event {
    const CARD: Keys = &["venue", "fee"];
    const PROMINENT: Keys = &["reason", "venue", "booking", "fee"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(event: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.maybe("reason", event.reason.as_deref());
        facts.to("venue", Field::Venue);
        facts.contact("booking", event.booking.as_ref());
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
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        format.status(self.state()).into_iter().collect()
    }

    fn parts(event: &Subject<'_, Self>) -> Vec<PagePart> {
        let context = event.context;
        let venue = event.item.edges.one(Field::Venue).map(|venue| context.portal.item(venue).title().to_owned());
        let content = session::content(context, context.portal.sessions(event.id), venue);
        section(&context.format, "sessions", content).map(PagePart::Section).into_iter().collect()
    }
}

impl Shown for Edition {
    const CARD: Keys = &["when", "theme"];
    const ROW: Keys = &["theme"];
    const RELATED: &'static [Kind] = &[Kind::News];
    const LISTED: &'static [Kind] = &[Kind::Event];

    fn facts(edition: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("when", |format| format.period(Some(Span::Day(edition.from)), Some(Span::Day(edition.to))));
        facts.maybe("theme", edition.theme.as_deref());
        facts.to("organiser", Field::Organisers);
        facts.to("region", Field::Regions);
    }

    /// The programme, day by day, as far as a page holds it.
    fn parts(edition: &Subject<'_, Self>) -> Vec<PagePart> {
        let context = edition.context;
        let portal = context.portal;
        let events = portal.referrers(edition.id, Kind::Event);
        let mut all: Vec<_> = events.iter().flat_map(|event| portal.sessions(*event)).collect();
        all.sort_by_key(|session| (session.start, portal.item(session.owner).id()));
        let shown = all.iter().take(FEW * 10).map(|session| session::titled(context, session));
        let (past, sessions) = shown.partition(|session| session.past);
        let content =
            SectionContent::Sessions { sessions, past, usual_venue: None, facts: Vec::new(), badges: Vec::new() };
        let programme = section(&context.format, "programme", content).map(|mut section| {
            section.total = Some(all.len());
            let owner = (Kind::Edition, edition.item.id());
            section.more = (events.len() > FEW).then(|| Href::new(&location::of_members(owner, Kind::Event, 1)));
            section
        });
        programme.map(PagePart::Section).into_iter().collect()
    }
}
