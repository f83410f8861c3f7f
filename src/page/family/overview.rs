//! Where a region stands: on one page, for those who have a minute and a phone, or one sheet of paper. Each line leads to the page that tells
//! the rest.

use super::figures;
use crate::address::Href;
use crate::content::choice::Choice as _;
use crate::content::sample;
use crate::content::{Kind, Own};
use crate::page::card::few;
use crate::page::context::Context;
use crate::page::kind::{phase_state, selection_stage, tier_name};
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::view::{Link, OverviewGroup, OverviewLine, OverviewView, Text};
use crate::portal::evidence::Standing;
use crate::portal::overview::{OfDocument, OfTier, Overview};
use crate::portal::verdict::Verdict;
use crate::portal::{ItemId, Portal, location};

/// Documents of which one line is told each, at most; a single one has more.
const DOCUMENTS: usize = 5;
/// Deadlines that are late or near, and selections, each at most.
const DUE: usize = 3;
/// Years of participation.
const YEARS: usize = 2;
/// Regions right below, at most.
const BELOW: usize = 12;
/// Regions on the page of all of them: twelve screens of a phone.
const REGIONS: usize = 120;
/// What is honoured, in order.
const HONOURS: [Kind; 4] = [Kind::Star, Kind::Brand, Kind::Award, Kind::Organisation];

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OverviewPage {
    /// The region; none for all of them.
    region: Option<ItemId>,
}

impl Pages for OverviewPage {
    type View = OverviewView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let regions: Vec<ItemId> = portal.overviews().all().map(|(region, _)| region).collect();
        let all = (regions.len() > 1).then_some(Self { region: None });
        all.into_iter().chain(regions.into_iter().map(|region| Self { region: Some(region) })).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        match self.region {
            Some(region) => location::of_overview(portal.item(region).id()),
            None => location::OVERVIEWS.to_owned(),
        }
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<OverviewView> {
        let (portal, format) = (context.portal, &context.format);
        let region = self.region.map(|id| portal.item(id));
        let heading = match region {
            Some(region) => format.words.fill("overview.of", "region", region.title()),
            None => format.word("overview.title"),
        };
        let all = context.made(location::OVERVIEWS);
        let all = all.map(|address| Link { title: format.word("overview.title"), address: Some(address) });
        let head = Head {
            heading,
            description: format.word("overview.lead"),
            crumbs: all.filter(|_| region.is_some()).into_iter().collect(),
            role: PageRole::Column,
        };
        let groups = match self.region.and_then(|id| Some((id, portal.overviews().of(id)?))) {
            Some((id, overview)) => Stand { context, id, overview }.groups(),
            None => vec![OverviewGroup {
                title: Text::plain(format.kind(Kind::Region)),
                anchor: "sec-regions".to_owned(),
                lines: portal
                    .overviews()
                    .all()
                    .take(REGIONS)
                    .map(|(region, overview)| line_of(context, region, overview))
                    .collect(),
            }],
        };
        let day = format.words.fill("overview.day", "day", &format.day(portal.today.date()).text);
        let view = OverviewView { region: region.map(link::link), day, groups };
        Content { template: "overview.html", head, view }
    }
}

/// The way to where all regions stand, or the only one of which that is told.
pub fn way(context: &Context<'_>) -> Option<Href> {
    let (first, _) = context.portal.overviews().all().next()?;
    let only = || Href::new(&location::of_overview(context.portal.item(first).id()));
    Some(context.made(location::OVERVIEWS).unwrap_or_else(only))
}

/// A line for each region that has to meet figures.
pub(super) fn with_figures(context: &Context<'_>, most: usize) -> Vec<OverviewLine> {
    let all = context.portal.overviews().all().filter(|(_, overview)| overview.figures().total() > 0).take(most);
    all.map(|(region, overview)| line_of(context, region, overview)).collect()
}

fn line_of(context: &Context<'_>, region: ItemId, overview: &Overview) -> OverviewLine {
    let (item, format) = (context.portal.item(region), &context.format);
    let late = (!overview.overdue.is_empty())
        .then(|| format.words.fill("overview.overdue", "n", &overview.overdue.len().to_string()));
    let first = overview.documents.iter().find(|of| of.figures.total() > 0);
    let way = first.map(|of| figures::way(context.portal, of.document));
    // As long as there are none, that is said without a way.
    let (stand, says) = (format.figures(overview), late.unwrap_or_default());
    let (stand, says) = match way {
        Some(way) => (Some(Link { title: stand, address: Some(way) }), says),
        None => (None, [stand, says].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；")),
    };
    OverviewLine {
        of: Text {
            text: item.title().to_owned(),
            address: Some(Href::new(&location::of_overview(item.id()))),
            url: None,
        },
        figures: stand,
        says,
        late: overview.figures().count(Verdict::Missed) > 0 || !overview.overdue.is_empty(),
    }
}

/// A region, to be told of.
struct Stand<'a> {
    context: &'a Context<'a>,
    id: ItemId,
    overview: &'a Overview,
}

impl Stand<'_> {
    fn groups(&self) -> Vec<OverviewGroup> {
        let documents = match self.overview.documents.as_slice() {
            [one] => vec![self.document(one)],
            all => vec![self.documents(all)],
        };
        let group = |key: &str, lines: Vec<OverviewLine>| OverviewGroup {
            title: Text::plain(self.context.format.words.in_group("overview", key)),
            anchor: format!("sec-{key}"),
            lines,
        };
        let rest = [
            group("due", self.due()),
            group("network", self.network()),
            group("honours", self.honours()),
            group("participation", self.participation()),
            group("below", self.below()),
        ];
        documents.into_iter().chain(rest).filter(|group| !group.lines.is_empty()).collect()
    }

    fn word(&self, key: &str, n: usize) -> String {
        self.context.format.words.fill(&format!("overview.{key}"), "n", &n.to_string())
    }

    /// A line that leads to a page, if the portal has it today.
    fn line(of: String, address: Option<Href>, says: String) -> OverviewLine {
        OverviewLine { of: Text { text: of, address, url: None }, figures: None, says, late: false }
    }

    /// A line for each of several documents.
    fn documents(&self, all: &[OfDocument]) -> OverviewGroup {
        let mut lines: Vec<OverviewLine> = all.iter().take(DOCUMENTS).map(|of| self.in_a_line(of)).collect();
        let title = self.context.format.kind(Kind::Document);
        if all.len() > DOCUMENTS {
            let rest = self.word("more", all.len() - DOCUMENTS);
            lines.push(Self::line(title.clone(), self.members(Kind::Document), rest));
        }
        OverviewGroup { title: Text::plain(title), anchor: "sec-documents".to_owned(), lines }
    }

    fn in_a_line(&self, of: &OfDocument) -> OverviewLine {
        let (portal, format) = (self.context.portal, &self.context.format);
        let figures = match of.figures.total() {
            0 => format.word("overview.no-figures"),
            _ => format.with_samples(&format.tally(&of.figures), of.is_sample),
        };
        let missing = of.materials[Standing::Missing as usize];
        let missing =
            (missing > 0).then(|| format!("{} {missing}", format.words.in_group("standing", Standing::Missing.key())));
        let gaps = (of.gaps > 0).then(|| self.word("gaps", of.gaps));
        let says: Vec<String> = std::iter::once(figures).chain(missing).chain(gaps).collect();
        let title =
            of.document.map_or_else(|| Text::plain(format.word("reconcile.other")), |id| link::text(portal.item(id)));
        let way = (of.figures.total() > 0).then(|| figures::way(portal, of.document));
        OverviewLine {
            of: Text { address: way.or(title.address), ..title },
            figures: None,
            says: says.join("；"),
            late: of.figures.count(Verdict::Missed) > 0,
        }
    }

    /// Figures, evidence and gaps of the only document.
    fn document(&self, of: &OfDocument) -> OverviewGroup {
        let (context, format, portal) = (self.context, &self.context.format, self.context.portal);
        let document = of.document.map(|id| portal.item(id));
        let made = |address: String| context.made(&address);
        let mut lines = Vec::new();
        if of.figures.total() > 0 {
            let says = format.with_samples(&format.tally(&of.figures), of.is_sample);
            let way = figures::way(portal, of.document);
            let late = of.figures.count(Verdict::Missed) > 0;
            lines.push(OverviewLine { late, ..Self::line(self.word("figures", of.figures.total()), Some(way), says) });
        }
        if of.duties > 0 {
            let way = document.and_then(|document| made(location::of_matrix(document.id(), 1)));
            lines.push(Self::line(self.word("duties", of.duties), way, self.word("units", of.units)));
        }
        let total: usize = of.materials.iter().sum();
        let materials = Standing::ALL.iter().zip(of.materials).filter(|(_, count)| *count > 0);
        let materials =
            materials.map(|(standing, n)| format!("{} {n}", format.words.in_group("standing", standing.key())));
        let materials: Vec<String> = materials.collect();
        if total > 0 {
            let way = document.and_then(|document| made(location::of_ledger(document.id(), 1)));
            lines.push(Self::line(self.word("materials", total), way, materials.join(format.words.get("text.joiner"))));
        }
        if of.gaps > 0 {
            let way = made(location::of_reconciliation(document.map(crate::portal::Item::id), 1));
            lines.push(Self::line(format.word("reconcile.title"), way, self.word("gaps", of.gaps)));
        }
        let title = document.map_or_else(|| Text::plain(format.word("reconcile.other")), link::text);
        let anchor = document.map_or_else(|| "sec-other".to_owned(), |document| format!("sec-of-{}", document.id()));
        OverviewGroup { title, anchor, lines }
    }

    /// What is late, then what is due next.
    fn due(&self) -> Vec<OverviewLine> {
        let (portal, format) = (self.context.portal, &self.context.format);
        let mut lines = Vec::new();
        let late = &self.overview.overdue;
        for id in late.iter().take(DUE) {
            let item = portal.item(*id);
            let Own::Phase(phase) = &item.entry.own else { continue };
            let says = format!("{}，{}", format.phase(phase), phase_state(self.context, phase));
            let of = link::text(item);
            lines.push(OverviewLine { of, figures: None, says, late: true });
        }
        for (day, id) in self.overview.coming.iter().take(DUE) {
            let says = format.words.fill("overview.by", "day", &format.day(*day).text);
            lines.push(OverviewLine { of: link::text(portal.item(*id)), figures: None, says, late: false });
        }
        let shown = late.len().min(DUE) + self.overview.coming.len().min(DUE);
        let rest = late.len() + self.overview.coming.len() - shown;
        if rest > 0 {
            let way = self.context.made(location::WORK_YEAR);
            lines.push(Self::line(format.word("year.link"), way, self.word("more", rest)));
        }
        lines
    }

    /// Schools and learning points against what is asked for, and against their standards.
    fn network(&self) -> Vec<OverviewLine> {
        self.overview.tiers.iter().map(|of| self.tier(of)).collect()
    }

    fn tier(&self, of: &OfTier) -> OverviewLine {
        let (context, portal, format) = (self.context, self.context.portal, &self.context.format);
        let sheet = of
            .standards
            .and_then(|document| context.made(&location::of_standards(portal.item(document).id(), Some(of.tier), 1)));
        let way = sheet.or_else(|| match of.institutions.as_slice() {
            [one] => Some(portal.item(*one).address.clone()),
            _ => self.members(Kind::Institution),
        });
        let samples = of.institutions.iter().any(|id| portal.item(*id).is_sample());
        let need = of.need.map(|(need, lacking)| {
            let met = if lacking == 0 { "-met" } else { "" };
            self.word(&format!("need-{}{met}", of.tier.key()), need).replace("{m}", &lacking.to_string())
        });
        let checks =
            (of.checks.total() > 0).then(|| format.words.fill("overview.standards", "text", &format.tally(&of.checks)));
        let count = format.with_samples(&self.word("institutions", of.institutions.len()), samples);
        let says: Vec<String> = std::iter::once(count).chain(need).chain(checks).collect();
        OverviewLine {
            late: of.need.is_some_and(|(_, lacking)| lacking > 0) || of.checks.count(Verdict::Missed) > 0,
            ..Self::line(tier_name(context, of.tier, &of.institutions), way, says.join("；"))
        }
    }

    /// What was honoured, and what is being selected.
    fn honours(&self) -> Vec<OverviewLine> {
        let (context, portal, format) = (self.context, self.context.portal, &self.context.format);
        let honoured = HONOURS.into_iter().filter_map(|kind| {
            let all = portal.members(self.id, kind);
            let samples = all.iter().any(|id| portal.item(*id).is_sample());
            let says = format.with_samples(&self.word("count", all.len()), samples);
            let way = self.members(kind);
            (!all.is_empty()).then(|| Self::line(format.kind(kind), way, says))
        });
        let running = self.overview.selections.iter().take(DUE).map(|(id, stage)| OverviewLine {
            of: link::text(portal.item(*id)),
            figures: None,
            says: selection_stage(context, *id, *stage),
            late: false,
        });
        honoured.chain(running).collect()
    }

    /// How many came, the latest years first.
    fn participation(&self) -> Vec<OverviewLine> {
        let (context, portal) = (self.context, self.context.portal);
        let years = portal.participation.years(Some(self.id)).filter(|(_, sum)| sum.counted > 0);
        let line = |(year, sum): (crate::content::value::Year, &crate::portal::participation::Sum)| {
            let says = self.context.format.words.fill("overview.visits", "n", &sum.visits.to_string());
            let says = says.replace("{m}", &sum.counted.to_string());
            let way = context.made(&location::of_participation(portal.item(self.id).id()));
            let says = if sum.is_sample { sample::marked(&says) } else { says };
            Self::line(context.format.year(year.0), way, says)
        };
        years.take(YEARS).map(line).collect()
    }

    /// The regions below of which the same is told.
    fn below(&self) -> Vec<OverviewLine> {
        let portal = self.context.portal;
        let below = portal.overviews().all().filter(|(region, _)| portal.above(*region).contains(&self.id));
        below.take(BELOW).map(|(region, overview)| line_of(self.context, region, overview)).collect()
    }

    /// The way to the entries of a kind in the region: their list, or their place on the region's page.
    fn members(&self, kind: Kind) -> Option<Href> {
        let portal = self.context.portal;
        let region = portal.item(self.id);
        let count = portal.members(self.id, kind).len();
        if count > few(kind) {
            return self.context.made(&location::of_members((Kind::Region, region.id()), kind, 1));
        }
        // A single institution stands there as the place to go to.
        let least = if kind == Kind::Institution { 2 } else { 1 };
        (count >= least).then(|| region.address.at(&format!("sec-{}", kind.folder())))
    }
}
