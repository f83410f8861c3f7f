//! Events, and the learning weeks that they belong to.

use jiff::civil::Date;

use super::{Shown, facts};
use crate::content::Kind;
use crate::content::edition::Edition;
use crate::content::event::Event;
use crate::content::shared::Measure;
use crate::content::value::Span;
use crate::page::context::{Context, FEW};
use crate::page::view::{Badge, Fact, Section, SectionContent};
use crate::portal::{Item, ItemId, gather_address};

impl Shown for Event {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.maybe_fact("reason", self.reason.as_deref()),
            context.ref_fact("venue", self.venue.as_ref()),
            context.fact("booking", context.contact(self.booking.as_ref())),
            self.fee.and_then(|fee| context.text_fact("fee", context.fee(fee, None))),
            context.audiences(&self.audiences),
            context.count_fact("capacity", self.capacity, Measure::Person),
            context.text_fact("mode", context.choice(self.mode)),
            context.ref_fact("organiser", self.unit.as_ref()),
            context.ref_fact("institution", self.institution.as_ref()),
            context.ref_fact("edition", self.edition.as_ref()),
            context.refs_fact("topics", &self.topics),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["venue", "fee"]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        context.status(self.status).into_iter().collect()
    }

    fn day(&self, item: &Item) -> Option<Date> {
        item.sessions.first().map(|session| session.start.date())
    }

    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let item = context.portal.item(id);
        let (past, sessions) = context.sessions(item.sessions.iter());
        let (facts, badges) = (Vec::new(), Vec::new());
        context.section("sessions", SectionContent::Sessions { sessions, past, facts, badges }).into_iter().collect()
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::News]
    }
}

impl Shown for Edition {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.maybe_fact("when", context.period(Some(Span::Day(self.from)), Some(Span::Day(self.to))).as_deref()),
            context.maybe_fact("theme", self.theme.as_deref()),
            context.refs_fact("organiser", &self.organisers),
            context.ref_fact("region", Some(&self.region)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["when", "theme"]
    }

    fn day(&self, _: &Item) -> Option<Date> {
        Some(self.from.0)
    }

    /// The programme, day by day, as far as a page holds it.
    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let events = context.portal.referrers(id, Kind::Event);
        let mut all: Vec<_> = events
            .iter()
            .map(|event| context.portal.item(*event))
            .flat_map(|event| event.sessions.iter().map(move |session| (session.start, event, session)))
            .collect();
        all.sort_by(|a, b| (a.0, a.1.id()).cmp(&(b.0, b.1.id())));
        let shown = all.iter().take(FEW * 10).map(|(_, event, session)| context.session(session, Some(event)));
        let (past, sessions) = shown.partition(|session| session.past);
        let (facts, badges) = (Vec::new(), Vec::new());
        let programme = context.section("programme", SectionContent::Sessions { sessions, past, facts, badges });
        let programme = programme.map(|mut section| {
            section.total = Some(all.len());
            section.more = (events.len() > FEW).then(|| gather_address(context.portal.item(id), Kind::Event, 1));
            section
        });
        programme.into_iter().collect()
    }

    fn listed(&self) -> &'static [Kind] {
        &[Kind::Event]
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::News]
    }
}
