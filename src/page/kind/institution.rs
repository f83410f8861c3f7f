//! Institutions of the network, with their facts beside the standards.

use crate::content::field::Field;
use crate::content::institution::Institution;
use crate::content::{Kind, Own};
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, Cell, Section, SectionContent, Text};

impl Shown for Institution {
    const CARD: Keys = &["tier", "address", "region"];
    const ROW: Keys = &["region", "address"];
    const RELATED: &'static [Kind] =
        &[Kind::Course, Kind::Event, Kind::Team, Kind::Venue, Kind::Teacher, Kind::Brand, Kind::News];
    const LISTED: &'static [Kind] = &[Kind::Institution];

    fn facts(institution: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.maybe("address", institution.address.as_deref());
        facts.contact("contact", institution.contact.as_ref());
        facts.openings("hours", &institution.hours);
        facts.choices("access", &institution.access);
        facts.told("tier", |format| institution.tier_name.clone().unwrap_or_else(|| format.choice(institution.tier)));
        facts.to("parent", Field::Parent);
        facts.to("organiser", Field::Unit);
        facts.to("region", Field::Region);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        let text = self.tier_name.clone().unwrap_or_else(|| format.choice(self.tier));
        vec![Badge { tone: "plain", text }]
    }

    fn parts(institution: &Subject<'_, Self>) -> Vec<PagePart> {
        let children = PagePart::Members(Kind::Institution, Some("section.network"));
        std::iter::once(children).chain(standards(institution).map(PagePart::Section)).collect()
    }
}

/// Every item that it is held to, with what is known of it.
fn standards(institution: &Subject<'_, Institution>) -> Option<Section> {
    let (context, format) = (institution.context, &institution.context.format);
    let checks = context.portal.network.of(institution.id).iter();
    let rows = checks.filter_map(|check| {
        let item = context.portal.item(check.standard);
        let Own::Standard(standard) = &item.entry.own else { return None };
        let told = |nth: usize| {
            let fact = &institution.facts[nth];
            let year = fact.year.map_or_else(String::new, |year| format!("（{year}）"));
            Text::plain(format!("{}{year}", format.fact(fact, &standard.target)))
        };
        let cells = [
            vec![link::text(item)],
            vec![Text::plain(format.target(&standard.target))],
            check.fact.map(told).into_iter().collect(),
            vec![Text::plain(format.verdict(check.verdict))],
        ];
        Some(cells.map(|texts| Cell { texts }).into())
    });
    let (head, rows) = (format.heads(["item", "standard", "value", "result"]), rows.collect());
    section(format, "facts", SectionContent::Table { head, rows })
}
