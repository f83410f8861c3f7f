//! Institutions of the network, with their facts beside the standards.

use crate::content::field::Field;
use crate::content::institution::Institution;
use crate::content::shared::Target;
use crate::content::value::Number;
use crate::content::{Kind, Own};
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, Cell, Section, SectionContent, Text};
use crate::portal::verdict::{Reading, Verdict, verdict};

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
        facts.told("tier", |format| {
            let tier = format.choice(institution.tier);
            institution.tier_name.as_ref().map_or(tier.clone(), |name| format!("{tier}（{name}）"))
        });
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

/// Its facts, each beside the standard that it is held to.
fn standards(institution: &Subject<'_, Institution>) -> Option<Section> {
    let format = &institution.context.format;
    let facts = institution.facts.iter().enumerate();
    let rows = facts.filter_map(|(nth, fact)| {
        let standard = institution.item.edges.all().nth(Field::Facts, nth).one(Field::Standard)?;
        let item = institution.context.portal.item(standard);
        let Own::Standard(standard) = &item.entry.own else { return None };
        let measure = standard.target.measure.map_or_else(String::new, |measure| format.choice(measure));
        let year = fact.year.map_or_else(String::new, |year| format!("（{year}）"));
        let cells = [
            link::text(item),
            Text::plain(format.target(&standard.target)),
            Text::plain(format!("{}{measure}{year}", fact.value)),
            Text::plain(format.verdict(judge(&standard.target, fact.value))),
        ];
        Some(cells.map(|text| Cell { texts: vec![text] }).into())
    });
    let (head, rows) = (format.heads(["item", "standard", "value", "result"]), rows.collect());
    section(format, "facts", SectionContent::Table { head, rows })
}

/// A fact says its value by itself; for a target per population that is not enough.
fn judge(target: &Target, value: Number) -> Verdict {
    if target.per.is_some() {
        return Verdict::Incomparable;
    }
    verdict(target, &Reading { value: Some(value), ..Reading::default() }, true)
}
