//! Standards sheets: the school network of a document against its building standards, as a whole, by town and by tier.

use std::collections::BTreeMap;
use std::ops::Range;

use super::pager::pager;
use crate::address::Href;
use crate::content::Own;
use crate::content::field::Field;
use crate::content::institution::Tier;
use crate::content::standard::Standard;
use crate::page::context::Context;
use crate::page::kind;
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::shown::section;
use crate::page::view::{Cell, Link, Section, SectionContent, SheetView, StandardRow, Text};
use crate::portal::network::{Check, Sheet};
use crate::portal::verdict::Verdict;
use crate::portal::{ItemId, Portal, location};

/// A page of the standards of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standards {
    document: ItemId,
    /// The tier; `None` for the whole network.
    tier: Option<Tier>,
    /// From 1.
    number: usize,
}

/// How many items are met, missed, unknown, and not to be compared.
#[derive(Clone, Copy, Default)]
struct Tally([usize; 4]);

impl Tally {
    fn add(&mut self, verdict: Verdict) {
        let at = match verdict {
            Verdict::Met => 0,
            Verdict::Missed | Verdict::Pending => 1,
            Verdict::Unknown => 2,
            Verdict::Incomparable => 3,
        };
        self.0[at] += 1;
    }

    fn of<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Self {
        let mut tally = Self::default();
        checks.into_iter().for_each(|check| tally.add(check.verdict));
        tally
    }

    /// In words; what there is none of is left out.
    fn told(self, context: &Context<'_>) -> String {
        let verdicts = [Verdict::Met, Verdict::Missed, Verdict::Unknown, Verdict::Incomparable];
        let told = verdicts.iter().zip(self.0).filter(|(_, count)| *count > 0);
        let told = told.map(|(verdict, count)| format!("{} {count}", context.format.verdict(*verdict)));
        told.collect::<Vec<_>>().join(context.format.words.get("text.joiner"))
    }
}

impl Pages for Standards {
    type View = SheetView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (document, tier, sheet) in portal.network.sheets() {
            if all.last().is_none_or(|last| last.document != document) {
                all.push(Self { document, tier: None, number: 1 });
            }
            all.extend((1..=pages(sheet)).map(|number| Self { document, tier: Some(tier), number }));
        }
        all
    }

    fn address(&self, portal: &Portal) -> String {
        location::of_standards(portal.item(self.document).id(), self.tier, self.number)
    }

    fn content(&self, context: &Context<'_>, root: &str) -> Content<SheetView> {
        let (portal, format) = (context.portal, &context.format);
        let document = portal.item(self.document);
        let title = match self.tier {
            Some(tier) => of_tier(context, self.document, tier),
            None => format.words.fill("standards.of", "document", document.title()),
        };
        let whole = Link {
            title: format.word("standards.whole"),
            address: Some(Href::new(&location::of_standards(document.id(), None, 1))),
        };
        let crumbs = [link::link(document)].into_iter().chain(self.tier.map(|_| whole));
        let head = Head {
            heading: format.numbered(&title, self.number),
            description: format.word("standards.lead"),
            crumbs: crumbs.collect(),
            role: PageRole::Column,
        };
        let sheet = self.tier.and_then(|tier| portal.network.sheet(self.document, tier));
        let (tally, sections) = match sheet {
            Some(sheet) => (
                Tally::of(sheet.institutions.iter().flat_map(|id| portal.network.in_sheet(sheet, *id))),
                self.of_sheet(context, sheet, root),
            ),
            None => self.of_network(context),
        };
        let table = Link {
            title: format.word("worksheet.sheet"),
            address: Some(Href::new(&location::of_standards_table(document.id()))),
        };
        let address = |page| location::of_standards(document.id(), self.tier, page);
        let view = SheetView {
            of: link::link(document),
            summary: vec![tally.told(context)],
            files: vec![table],
            sections,
            pager: pager(self.number, sheet.map_or(1, pages), address),
        };
        Content { template: "sheet.html", head, view }
    }
}

/// How many pages a sheet has.
fn pages(sheet: &Sheet) -> usize {
    location::sheet_pages(sheet.standards.len(), sheet.institutions.len())
}

/// What the sheet of a tier is called.
pub fn of_tier(context: &Context<'_>, document: ItemId, tier: Tier) -> String {
    context.format.words.fill("standards.of-tier", "tier", &tier_name(context, document, tier))
}

impl Standards {
    /// The tiers, then the towns.
    fn of_network(self, context: &Context<'_>) -> (Tally, Vec<Section>) {
        let (portal, format) = (context.portal, &context.format);
        let mut whole = Tally::default();
        let mut towns: BTreeMap<ItemId, (usize, Tally)> = BTreeMap::new();
        let mut rows = Vec::new();
        for (_, tier, sheet) in portal.network.sheets().filter(|(document, ..)| *document == self.document) {
            let mut of_tier = Tally::default();
            for institution in &sheet.institutions {
                let region = portal.item(*institution).edges.one(Field::Region);
                let mut town = region.map(|region| towns.entry(region).or_default());
                if let Some(town) = &mut town {
                    town.0 += 1;
                }
                for check in portal.network.in_sheet(sheet, *institution) {
                    [Some(&mut whole), Some(&mut of_tier), town.as_mut().map(|town| &mut town.1)]
                        .into_iter()
                        .flatten()
                        .for_each(|tally| tally.add(check.verdict));
                }
            }
            let name = tier_name(context, self.document, tier);
            let address = Href::new(&location::of_standards(portal.item(self.document).id(), Some(tier), 1));
            let cells = [
                Text { text: name, address: Some(address), url: None },
                Text::plain(sheet.standards.len().to_string()),
                Text::plain(sheet.institutions.len().to_string()),
                Text::plain(of_tier.told(context)),
            ];
            rows.push(cells.map(|text| Cell { texts: vec![text] }).into());
        }
        let head = format.heads(["tier", "items", "institutions", "result"]);
        let tiers = section(format, "tiers", SectionContent::Table { head, rows });
        let rows = towns.into_iter().map(|(town, (count, tally))| {
            let texts =
                [link::text(portal.item(town)), Text::plain(count.to_string()), Text::plain(tally.told(context))];
            texts.map(|text| Cell { texts: vec![text] }).into()
        });
        let (head, rows) = (format.heads(["region", "institutions", "result"]), rows.collect());
        let towns = section(format, "towns", SectionContent::Table { head, rows });
        (whole, tiers.into_iter().chain(towns).collect())
    }

    /// The items of the page by groups, then the institutions.
    fn of_sheet(self, context: &Context<'_>, sheet: &Sheet, root: &str) -> Vec<Section> {
        let (items, shown) = location::sheet_ranges(self.number);
        groups(context, sheet, items, root).into_iter().chain(institutions(context, sheet, shown)).collect()
    }
}

fn groups(context: &Context<'_>, sheet: &Sheet, shown: Range<usize>, root: &str) -> Vec<Section> {
    let portal = context.portal;
    let mut by: BTreeMap<ItemId, Tally> = BTreeMap::new();
    for check in sheet.institutions.iter().flat_map(|id| portal.network.in_sheet(sheet, *id)) {
        by.entry(check.standard).or_default().add(check.verdict);
    }
    let mut groups: Vec<(Option<&str>, usize, Vec<StandardRow>)> = Vec::new();
    for (nth, id) in sheet.standards.iter().enumerate() {
        let Own::Standard(standard) = &portal.item(*id).entry.own else { continue };
        let group = standard.group.as_deref();
        let at = groups.iter().position(|(known, ..)| *known == group).unwrap_or_else(|| {
            groups.push((group, 0, Vec::new()));
            groups.len() - 1
        });
        groups[at].1 += 1;
        if shown.contains(&nth) {
            groups[at].2.push(row(context, (*id, standard), by.get(id).copied().unwrap_or_default(), root));
        }
    }
    let section = |(nth, (name, total, standards)): (usize, (Option<&str>, usize, Vec<StandardRow>))| {
        let head = context.format.heads(["item", "standard", "result", "source"]);
        let section = section(&context.format, "standards", SectionContent::Standards { head, standards })?;
        let title = name.map_or_else(|| context.format.word("standards.items"), str::to_owned);
        Some(Section { title, anchor: format!("sec-standards-{}", nth + 1), total: Some(total), ..section })
    };
    groups.into_iter().enumerate().filter_map(section).collect()
}

fn institutions(context: &Context<'_>, sheet: &Sheet, shown: Range<usize>) -> Option<Section> {
    let portal = context.portal;
    let rows = sheet.institutions.iter().skip(shown.start).take(shown.len()).map(|id| {
        let item = portal.item(*id);
        let region = item.edges.to(Field::Region);
        [
            vec![link::text(item)],
            link::texts(context, region),
            vec![Text::plain(Tally::of(portal.network.in_sheet(sheet, *id)).told(context))],
        ]
        .map(|texts| Cell { texts })
        .into()
    });
    let (head, rows) = (context.format.heads(["institution", "region", "result"]), rows.collect());
    let section = section(&context.format, "institutions", SectionContent::Table { head, rows })?;
    Some(Section { total: Some(sheet.institutions.len()), ..section })
}

/// An item, with what else the notice says of it.
fn row(context: &Context<'_>, (id, standard): (ItemId, &Standard), tally: Tally, root: &str) -> StandardRow {
    let (portal, format) = (context.portal, &context.format);
    let item = portal.item(id);
    let other = item.edges.to(Field::Conflicts).filter_map(|other| match &portal.item(other).entry.own {
        Own::Standard(own) => {
            let text = format.words.fill("standards.conflict", "other", &format.target(&own.target));
            Some(Text { text, ..link::text(portal.item(other)) })
        }
        _ => None,
    });
    let notes = item.entry.common.notes.iter().map(Text::plain);
    let target = std::iter::once(Text::plain(format.target(&standard.target))).chain(other).chain(notes).collect();
    let mut clauses = link::clauses(context, item);
    // The heading above says the rest of it.
    for clause in &mut clauses {
        let rest = standard.group.as_ref().and_then(|group| clause.text.split_once(group.as_str()));
        if let Some(rest) = rest.map(|(_, rest)| rest.trim().to_owned()).filter(|rest| !rest.is_empty()) {
            clause.text = rest;
        }
    }
    let cells = [vec![Text::plain(item.title())], target, vec![Text::plain(tally.told(context))], clauses];
    StandardRow {
        anchor: Some(item.id().to_owned()),
        html: context.resources.body_among(id, root),
        cells: cells.map(|texts| Cell { texts }).into(),
    }
}

/// What a tier is called where a document applies.
fn tier_name(context: &Context<'_>, document: ItemId, tier: Tier) -> String {
    let institutions = context.portal.network.sheet(document, tier).map_or(&[][..], |sheet| &sheet.institutions);
    kind::tier_name(context, tier, institutions)
}
