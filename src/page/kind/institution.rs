//! Institutions of the network, with their facts beside the standards.

use crate::content::field::Field;
use crate::content::institution::{Institution, Tier};
use crate::content::{Kind, Own};
use crate::page::context::Context;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::link;
use crate::page::shown::{PagePart, Shown, Subject, section};
use crate::page::view::{Badge, Cell, Section, SectionContent, StandardRow, Text};
use crate::portal::ItemId;
use crate::portal::network::Check;

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
        std::iter::once(children).chain(standards(institution).into_iter().map(PagePart::Section)).collect()
    }
}

/// What a tier is called by some institutions of it: the name that they give it, if they agree.
pub fn tier_name(context: &Context<'_>, tier: Tier, institutions: &[ItemId]) -> String {
    let mut names = institutions.iter().filter_map(|id| match &context.portal.item(*id).entry.own {
        Own::Institution(own) => own.tier_name.as_deref(),
        _ => None,
    });
    let first = names.next();
    match first.filter(|first| names.all(|name| name == *first)) {
        Some(name) => name.to_owned(),
        None => context.format.choice(tier),
    }
}

/// Items with a value that stand open; more would make the page too long.
const OPEN: usize = 30;

/// Every item that it is held to: those with a value, then, folded, those that nobody reported.
fn standards(institution: &Subject<'_, Institution>) -> Vec<Section> {
    let format = &institution.context.format;
    let checks = institution.context.portal.network.of(institution.id);
    let (told, untold): (Vec<&Check>, Vec<&Check>) = checks.iter().partition(|check| check.fact.is_some());
    let rows = |checks: Vec<&Check>| checks.into_iter().filter_map(|check| row(institution, check)).collect();
    let head = || format.heads(["item", "standard", "result", "value"]);
    let part = |key, checks: Vec<&Check>, folded| {
        let total = Some(checks.len());
        let content = SectionContent::Standards { head: head(), standards: rows(checks) };
        section(format, key, content).map(|section| Section { total, folded, ..section })
    };
    let is_long = told.len() > OPEN;
    part("facts", told, is_long).into_iter().chain(part("untold", untold, true)).collect()
}

fn row(institution: &Subject<'_, Institution>, check: &Check) -> Option<StandardRow> {
    let (context, format) = (institution.context, &institution.context.format);
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
        vec![Text::plain(format.verdict(check.verdict))],
        check.fact.map(told).into_iter().collect(),
    ];
    let cells = cells.map(|texts| Cell { texts }).into();
    Some(StandardRow { anchor: None, html: String::new(), cells })
}
