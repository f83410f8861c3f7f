//! Units with their duties and seats, and committees with their rosters.

use super::{Shown, duty_record, facts};
use crate::address;
use crate::content::committee::{Committee, Seat};
use crate::content::duty::DutyScope;
use crate::content::unit::{Unit, UnitSort};
use crate::content::{Kind, Own};
use crate::page::context::{Context, plain};
use crate::page::view::{Cell, Fact, Section, SectionContent, Text};
use crate::portal::{Item, ItemId};

impl Shown for Unit {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.text_fact("sort", context.choice(self.sort)),
            context.ref_fact("region", Some(&self.region)),
            context.fact("aliases", self.aliases.iter().map(plain).collect()),
            context.fact("contact", context.contact(self.contact.as_ref())),
            context.refs_fact("includes", &self.members),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["sort", "region"]
    }

    /// Its own duties, those of the classes it belongs to, and its seats.
    fn sections(&self, context: &Context<'_>, id: ItemId) -> Vec<Section> {
        let portal = context.portal;
        let root = address::to_root(&portal.item(id).address);
        let mut sections = Vec::new();
        for (key, scope) in [("shared-duties", DutyScope::Shared), ("duties", DutyScope::Unit)] {
            let records = duties(context, id, scope).map(|duty| duty_record(context, duty, &root, &["unit"])).collect();
            sections.extend(context.section(key, SectionContent::Records { records }));
        }
        for class in portal.referrers(id, Kind::Unit).iter().filter(|class| is_class(portal.item(**class))) {
            let title = portal.item(*class).title();
            let links: Vec<Text> = [DutyScope::Shared, DutyScope::Unit]
                .into_iter()
                .flat_map(|scope| duties(context, *class, scope))
                .map(|duty| context.link(portal.item(duty)))
                .collect();
            let listed = context.fact("duties", links).into_iter().collect();
            let section = context.section("class-duties", SectionContent::Facts { facts: listed });
            sections.extend(section.map(|mut section| {
                section.title = context.words.fill("section.class-duties", "class", title);
                section.anchor = format!("sec-class-{}", portal.item(*class).id());
                section
            }));
        }
        sections.extend(seats(context, id));
        sections
    }

    fn related(&self) -> &'static [Kind] {
        &[
            Kind::Indicator,
            Kind::Event,
            Kind::Institution,
            Kind::ResourceList,
            Kind::ActionPlan,
            Kind::Star,
            Kind::Brand,
            Kind::Award,
            Kind::Organisation,
            Kind::News,
        ]
    }
}

fn duties<'a>(context: &'a Context<'_>, unit: ItemId, scope: DutyScope) -> impl Iterator<Item = ItemId> + 'a {
    context
        .portal
        .referrers(unit, Kind::Duty)
        .iter()
        .copied()
        .filter(move |duty| matches!(&context.portal.item(*duty).entry.own, Own::Duty(duty) if duty.scope == scope))
}

fn is_class(item: &Item) -> bool {
    matches!(&item.entry.own, Own::Unit(unit) if unit.sort == UnitSort::Class)
}

/// The seats of a unit on every committee.
fn seats(context: &Context<'_>, id: ItemId) -> Option<Section> {
    let portal = context.portal;
    let mut rows = Vec::new();
    for committee in portal.referrers(id, Kind::Committee).iter().map(|committee| portal.item(*committee)) {
        let Own::Committee(own) = &committee.entry.own else { continue };
        for (at, seat) in own.seats.iter().enumerate() {
            if seat.units.iter().any(|unit| portal.id_of(Kind::Unit, unit.id()) == Some(id)) {
                let mut link = context.link(committee);
                link.address = link.address.map(|address| format!("{address}#seat-{}", at + 1));
                rows.push(
                    [vec![link], vec![plain(label(context, seat))], vec![plain(&seat.person)], vec![plain(&seat.post)]]
                        .map(|texts| Cell { texts })
                        .into(),
                );
            }
        }
    }
    let head = ["committee", "role", "person", "post"].map(|key| context.words.get(&format!("fact.{key}")).to_owned());
    context.section("seats", SectionContent::Table { head: head.into(), rows })
}

fn label(context: &Context<'_>, seat: &Seat) -> String {
    seat.label.clone().unwrap_or_else(|| context.choice(seat.role))
}

impl Shown for Committee {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        facts([
            context.ref_fact("host", self.host.as_ref()),
            context.maybe_fact("office", self.office.as_deref()),
            context.ref_fact("region", Some(&self.region)),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &["host", "region"]
    }

    /// The roster, in official order.
    fn sections(&self, context: &Context<'_>, _: ItemId) -> Vec<Section> {
        let records = self.seats.iter().enumerate().map(|(at, seat)| crate::page::view::RecordView {
            anchor: Some(format!("seat-{}", at + 1)),
            label: Some(label(context, seat)),
            title: plain(&seat.person),
            html: String::new(),
            badges: Vec::new(),
            facts: facts([context.text_fact("post", &seat.post), context.refs_fact("units", &seat.units)]),
        });
        let records = records.collect();
        context.section("roster", SectionContent::Records { records }).into_iter().collect()
    }

    fn related(&self) -> &'static [Kind] {
        &[Kind::News]
    }
}
