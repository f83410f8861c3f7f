//! Ledgers of evidence: by document, clause by clause; by unit; and as volumes to be printed, of all years or of one. There are none without any evidence.

use std::collections::BTreeMap;

use super::pager::pager;
use crate::address::Href;
use crate::content::Kind;
use crate::content::field::Field;
use crate::page::context::Context;
use crate::page::kind;
use crate::page::kind::evidence::{details, material};
use crate::page::link;
use crate::page::pages::{Content, Head, Listing, PageRole, Pages};
use crate::page::view::{Badge, LedgerBranch, LedgerCount, LedgerEntry, LedgerItem, LedgerView, Link, Text};
use crate::portal::binder::{self, Branch};
use crate::portal::evidence::{Standing, charged, evidence, is_in};
use crate::portal::{ItemId, Portal, location};

/// Lines of a page: what fits on twelve screens of a phone together with the list of what is missing.
const LENGTH: usize = 28;
/// Lines of a volume that is to be printed.
const VOLUME: usize = 260;

/// A page of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerPage {
    of: Of,
    /// From 1.
    number: usize,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    /// All ledgers.
    All,
    /// A document; the first of several pages leads to the others.
    Document(ItemId),
    /// A unit.
    Unit(ItemId),
    /// A document or a unit, to be printed: what is of a year, or all.
    Binder(ItemId, Option<i16>),
}

impl Pages for LedgerPage {
    type View = LedgerView;

    fn plan(portal: &Portal) -> Vec<Self> {
        if portal.ledger.is_empty() {
            return Vec::new();
        }
        let mut of = vec![Of::All];
        let volumes = |of: Of| std::iter::once(of).chain(of.volumes(portal));
        of.extend(binder::documents(portal).into_iter().map(Of::Document).flat_map(volumes));
        of.extend(portal.of_kind(Kind::Unit).iter().copied().map(Of::Unit).flat_map(volumes));
        let pages = |of: Of| {
            let count = of.pages(portal);
            (1..=count).map(move |number| Self { of, number, count })
        };
        of.into_iter().flat_map(pages).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        self.of.address(portal, self.number)
    }

    fn canonical(&self, portal: &Portal, own: &str) -> Option<Href> {
        match self.of {
            Of::Binder(..) => Some(Href::new(&self.of.whole(portal).address(portal, 1))),
            Of::All | Of::Document(_) | Of::Unit(_) => Some(Href::new(own)),
        }
    }

    fn listing(&self, _: &Portal) -> Listing {
        if matches!(self.of, Of::Binder(..)) { Listing::Unlisted } else { Listing::Listed(None) }
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<LedgerView> {
        let (portal, format) = (context.portal, &context.format);
        let title = self.of.title(context);
        let heading = match self.of {
            Of::Binder(_, year) => {
                let title = year.map_or_else(|| title.clone(), |year| format!("{title} {}", format.year(year)));
                let volume = format.words.fill("ledger.volume", "n", &self.number.to_string());
                format!("{title} {}", if self.count > 1 { volume } else { format.word("ledger.binder") })
            }
            Of::All | Of::Document(_) | Of::Unit(_) => format.numbered(&title, self.number),
        };
        let all = Link { title: format.word("ledger.title"), address: Some(Href::new(location::LEDGERS)) };
        let whole = self.of.item().map(|_| Link {
            title: title.clone(),
            address: Some(Href::new(&self.of.whole(portal).address(portal, 1))),
        });
        let is_whole = self.number == 1 && !matches!(self.of, Of::Binder(..));
        let crumbs = [Some(all).filter(|_| self.of != Of::All), whole.filter(|_| !is_whole)];
        let head = Head {
            heading,
            description: format.word("ledger.lead"),
            crumbs: crumbs.into_iter().flatten().collect(),
            role: PageRole::Column,
        };
        Content { template: "ledger.html", head, view: self.view(context, title) }
    }
}

impl Of {
    fn item(self) -> Option<ItemId> {
        match self {
            Self::All => None,
            Self::Document(id) | Self::Unit(id) | Self::Binder(id, _) => Some(id),
        }
    }

    /// What is shown on pages where this is printed.
    fn whole(self, portal: &Portal) -> Self {
        match self {
            Self::Binder(id, _) if portal.item(id).kind() == Kind::Unit => Self::Unit(id),
            Self::Binder(id, _) => Self::Document(id),
            Self::All | Self::Document(_) | Self::Unit(_) => self,
        }
    }

    fn title(self, context: &Context<'_>) -> String {
        match self.item() {
            Some(id) => context.format.words.fill("ledger.of", "name", context.portal.item(id).title()),
            None => context.format.word("ledger.title"),
        }
    }

    fn address(self, portal: &Portal, number: usize) -> String {
        let id = |id: ItemId| portal.item(id).id();
        match self {
            Self::All => location::LEDGERS.to_owned(),
            Self::Document(document) => location::of_ledger(id(document), number),
            Self::Unit(unit) => location::of_unit_ledger(id(unit), number),
            Self::Binder(of, year) => location::of_binder((portal.item(of).kind(), id(of)), year, number),
        }
    }

    /// What it holds, clause by clause or document by document.
    fn branches(self, portal: &Portal) -> Vec<Branch> {
        match self.whole(portal) {
            Self::Document(document) => binder::of_document(portal, document),
            Self::Unit(unit) => binder::of_unit(portal, unit),
            Self::All | Self::Binder(..) => Vec::new(),
        }
    }

    /// The unit of which it is.
    fn unit(self, portal: &Portal) -> Option<ItemId> {
        match self.whole(portal) {
            Self::Unit(unit) => Some(unit),
            Self::All | Self::Document(_) | Self::Binder(..) => None,
        }
    }

    /// The year to which it is limited.
    fn year(self) -> Option<i16> {
        if let Self::Binder(_, year) = self { year } else { None }
    }

    /// Its volumes to be printed: one of all, and one of each year of which there is evidence. A unit without evidence has none.
    fn volumes(self, portal: &Portal) -> Vec<Self> {
        let (Self::Document(id) | Self::Unit(id)) = self else { return Vec::new() };
        let branches = self.branches(portal);
        let charges = branches.iter().flat_map(|branch| branch.charges.iter().copied());
        let years = portal.ledger.years(portal, charges, self.unit(portal));
        let all = (self.unit(portal).is_none() || !years.is_empty()).then_some(None);
        all.into_iter().chain(years.into_iter().map(Some)).map(|year| Self::Binder(id, year)).collect()
    }

    /// Its parts. A duty takes a line, and so does each item of evidence.
    fn parts(self, portal: &Portal) -> Vec<Vec<Branch>> {
        let length = if matches!(self, Self::Binder(..)) { VOLUME } else { LENGTH };
        binder::parts(self.branches(portal), length, |id| 1 + self.items(portal, id).len())
    }

    /// How many pages it has: a document with several parts has one more that leads to them.
    fn pages(self, portal: &Portal) -> usize {
        let parts = self.parts(portal).len();
        match self {
            Self::All => 1,
            Self::Document(_) if parts > 1 => parts + 1,
            Self::Document(_) | Self::Binder(..) | Self::Unit(_) => parts,
        }
    }

    /// The evidence for a duty or an indicator.
    fn items(self, portal: &Portal, id: ItemId) -> Vec<ItemId> {
        let all = match self.unit(portal) {
            Some(unit) => portal.ledger.of_unit(portal, id, unit),
            None => portal.ledger.of(id).to_vec(),
        };
        all.into_iter().filter(|id| is_in(portal, *id, self.year())).collect()
    }

    fn standing(self, portal: &Portal, id: ItemId) -> Standing {
        match self.unit(portal) {
            Some(unit) => portal.ledger.standing_of_in(portal, id, unit, self.year()),
            None => portal.ledger.standing_in(portal, id, self.year()),
        }
    }

    /// How many duties and indicators there are, and how many have nothing to show.
    fn count(self, portal: &Portal, branches: &[Branch]) -> (usize, usize) {
        let ids = || branches.iter().flat_map(|branch| &branch.charges);
        (ids().count(), ids().filter(|id| self.standing(portal, **id) == Standing::Missing).count())
    }
}

impl LedgerPage {
    fn view(&self, context: &Context<'_>, title: String) -> LedgerView {
        let portal = context.portal;
        let parts = self.of.parts(portal);
        let leads_on = matches!(self.of, Of::Document(_)) && parts.len() > 1;
        let first = if leads_on { 2 } else { 1 };
        let whole: Vec<Branch> = parts.iter().flatten().cloned().collect();
        let shown = self.number.checked_sub(first).and_then(|at| parts.get(at)).map_or(&[][..], Vec::as_slice);
        let numbers = Numbers::new(&whole);
        let branches: Vec<LedgerBranch> = shown.iter().map(|branch| self.branch(context, branch, &numbers)).collect();
        let is_missing = |id: &&ItemId| self.of.standing(portal, **id) == Standing::Missing;
        let missing = shown.iter().flat_map(|branch| &branch.charges).filter(is_missing);
        let here = self.of.address(portal, self.number);
        let anchor = |id: &ItemId| LedgerCount {
            title: portal.item(*id).title().to_owned(),
            address: Href::new(&here).at(&anchor(portal, *id)),
            total: 1,
            missing: 1,
        };
        let (total, lacking) = match self.of {
            Of::All => (0, 0),
            _ => self.of.count(portal, &whole),
        };
        LedgerView {
            title,
            of: self.of.item().map(|id| link::link(portal.item(id))),
            lead: lead(context, total, lacking),
            files: self.files(context),
            missing: if matches!(self.of, Of::Binder(..)) { Vec::new() } else { missing.map(anchor).collect() },
            parts: self.parts_view(context, &parts, leads_on),
            parts_title: context.format.word(if self.of == Of::All { "ledger.documents" } else { "ledger.parts" }),
            units: if self.number == 1 { self.units(context, &whole) } else { Vec::new() },
            branches,
            is_binder: matches!(self.of, Of::Binder(..)),
            pager: pager(self.number, self.count, |number| self.of.address(portal, number)),
        }
    }

    /// Where the page leads on to: all documents, or the parts of one.
    fn parts_view(&self, context: &Context<'_>, parts: &[Vec<Branch>], leads_on: bool) -> Vec<LedgerCount> {
        let portal = context.portal;
        if self.of == Of::All {
            let document = |id: ItemId| {
                let of = Of::Document(id);
                let (total, missing) = of.count(portal, &binder::of_document(portal, id));
                let title = portal.item(id).title().to_owned();
                LedgerCount { title, address: Href::new(&of.address(portal, 1)), total, missing }
            };
            return binder::documents(portal).into_iter().map(document).collect();
        }
        if !leads_on || self.number != 1 {
            return Vec::new();
        }
        let part = |(number, part): (usize, &Vec<Branch>)| {
            let (total, missing) = self.of.count(portal, part);
            let label = |branch: &Branch| clause(context, branch).0.text;
            let (first, last) = (part.first().map(label), part.last().map(label));
            let title = match (first, last) {
                (Some(first), Some(last)) if first != last => format!("{first}—{last}"),
                (first, _) => first.unwrap_or_default(),
            };
            LedgerCount { title, address: Href::new(&self.of.address(portal, number)), total, missing }
        };
        (2..).zip(parts).map(part).collect()
    }

    /// The units that are charged with something in a document, those that lack most first.
    fn units(&self, context: &Context<'_>, whole: &[Branch]) -> Vec<LedgerCount> {
        let Of::Document(_) = self.of else { return Vec::new() };
        let portal = context.portal;
        let mut by = BTreeMap::<ItemId, (usize, usize)>::new();
        for id in whole.iter().flat_map(|branch| &branch.charges) {
            for unit in charged(portal, *id) {
                let (total, missing) = by.entry(unit).or_default();
                *total += 1;
                *missing += usize::from(portal.ledger.standing_of(portal, *id, unit) == Standing::Missing);
            }
        }
        let mut units: Vec<(ItemId, (usize, usize))> = by.into_iter().collect();
        units.sort_by_key(|(id, (_, missing))| (std::cmp::Reverse(*missing), *id));
        let count = |(id, (total, missing)): (ItemId, (usize, usize))| LedgerCount {
            title: portal.item(id).title().to_owned(),
            address: Href::new(&Of::Unit(id).address(portal, 1)),
            total,
            missing,
        };
        units.into_iter().map(count).collect()
    }

    fn files(&self, context: &Context<'_>) -> Vec<Link> {
        let (portal, format) = (context.portal, &context.format);
        let link = |key: &str, address: &str| Link { title: format.word(key), address: Some(Href::new(address)) };
        match self.of {
            Of::All => vec![link("ledger.years", &location::of_list(Kind::Evidence, 1))],
            Of::Document(id) => {
                let sheet = link("ledger.sheet", &location::of_ledger_sheet(portal.item(id).id()));
                self.of.volumes(portal).into_iter().map(|of| volume(context, of)).chain([sheet]).collect()
            }
            Of::Unit(_) => self.of.volumes(portal).into_iter().map(|of| volume(context, of)).collect(),
            Of::Binder(..) => Vec::new(),
        }
    }

    fn branch(&self, context: &Context<'_>, branch: &Branch, numbers: &Numbers) -> LedgerBranch {
        let (title, summary) = match self.of {
            _ if self.of.unit(context.portal).is_some() => (document(context, branch), None),
            Of::All | Of::Document(_) | Of::Unit(_) | Of::Binder(..) => clause(context, branch),
        };
        let anchor = match (branch.clause, branch.document) {
            (Some(clause), _) => format!("clause-{}", clause + 1),
            (None, Some(document)) => format!("document-{}", context.portal.item(document).id()),
            (None, None) => "document-none".to_owned(),
        };
        let entries = branch.charges.iter().map(|id| self.entry(context, *id, numbers)).collect();
        LedgerBranch { anchor, title, summary, entries }
    }

    fn entry(&self, context: &Context<'_>, id: ItemId, numbers: &Numbers) -> LedgerEntry {
        let (portal, format) = (context.portal, &context.format);
        let item = portal.item(id);
        let standing = self.of.standing(portal, id);
        let mut badges = vec![badge(context, standing), Badge { tone: "plain", text: format.kind(item.kind()) }];
        badges.extend(kind::badges(context, item));
        let named = item.edges.to(if item.kind() == Kind::Duty { Field::Unit } else { Field::Holders });
        LedgerEntry {
            anchor: anchor(portal, id),
            number: numbers.of(id),
            title: link::text(item),
            badges,
            units: if self.of.unit(portal).is_some() { Vec::new() } else { link::texts(context, named) },
            progress: self.progress(context, id),
            items: self.of.items(portal, id).into_iter().filter_map(|id| item_view(context, id)).collect(),
        }
    }

    /// How many of several units have something there.
    fn progress(&self, context: &Context<'_>, id: ItemId) -> Option<String> {
        let portal = context.portal;
        let units = charged(portal, id);
        if units.len() < 2 || self.of.unit(portal).is_some() {
            return None;
        }
        let is_there =
            |unit: &&ItemId| portal.ledger.standing_of_in(portal, id, **unit, self.of.year()) >= Standing::Partly;
        let there = units.iter().filter(is_there).count();
        let text = context.format.words.fill("ledger.progress", "n", &there.to_string());
        Some(text.replace("{m}", &units.len().to_string()))
    }
}

/// The way to a volume to be printed.
fn volume(context: &Context<'_>, of: Of) -> Link {
    let format = &context.format;
    let title = match of.year() {
        Some(year) => format.words.fill("ledger.binder-of", "year", &format.year(year)),
        None => format.word("ledger.binder"),
    };
    Link { title, address: Some(Href::new(&of.address(context.portal, 1))) }
}

/// How a duty or an indicator stands.
fn badge(context: &Context<'_>, standing: Standing) -> Badge {
    let tone = match standing {
        Standing::Missing => "bad",
        Standing::Owed | Standing::Partly => "warn",
        Standing::Filed => "good",
    };
    Badge { tone, text: context.format.words.in_group("standing", standing.key()).to_owned() }
}

fn lead(context: &Context<'_>, total: usize, missing: usize) -> String {
    let words = context.format.words;
    if total == 0 {
        return words.get("ledger.lead").to_owned();
    }
    words.fill("ledger.counts", "n", &total.to_string()).replace("{m}", &missing.to_string())
}

/// The clause above a branch, and what it says.
fn clause(context: &Context<'_>, branch: &Branch) -> (Text, Option<String>) {
    let Some((document, clause)) = binder::clause(context.portal, branch) else {
        return (Text::plain(context.format.word("ledger.uncited")), None);
    };
    let address = document.is_public().then(|| document.address.at(clause.id.as_str()));
    (Text { text: clause.label.clone(), address, url: None }, Some(clause.summary.clone()))
}

/// The document above a branch of a unit's ledger.
fn document(context: &Context<'_>, branch: &Branch) -> Text {
    let unknown = || Text::plain(context.format.word("ledger.unknown"));
    branch.document.map_or_else(unknown, |id| link::text(context.portal.item(id)))
}

fn item_view(context: &Context<'_>, id: ItemId) -> Option<LedgerItem> {
    let (portal, format) = (context.portal, &context.format);
    let item = portal.item(id);
    let own = evidence(portal, id)?;
    let holder = item.edges.one(Field::Unit).map(|unit| portal.item(unit).title().to_owned());
    Some(LedgerItem {
        title: link::text(item),
        badges: kind::badges(context, item),
        notes: [Some(format.span(own.period)), holder].into_iter().flatten().collect(),
        material: material(context, id).into_iter().chain(details(format, own)).collect(),
    })
}

fn anchor(portal: &Portal, id: ItemId) -> String {
    let item = portal.item(id);
    format!("{}.{}", item.kind().folder(), item.id())
}

/// The number of each duty and indicator in its ledger: that of the branch, and that in the branch.
struct Numbers(BTreeMap<ItemId, (usize, usize)>);

impl Numbers {
    fn new(whole: &[Branch]) -> Self {
        let mut numbers = BTreeMap::new();
        let (mut branch, mut entry, mut last) = (0, 0, None);
        for one in whole {
            // A branch that is continued on the next page is still the same.
            if last != Some((one.document, one.clause)) {
                last = Some((one.document, one.clause));
                (branch, entry) = (branch + 1, 0);
            }
            for id in &one.charges {
                entry += 1;
                numbers.insert(*id, (branch, entry));
            }
        }
        Self(numbers)
    }

    fn of(&self, id: ItemId) -> String {
        self.0.get(&id).map_or_else(String::new, |(branch, entry)| format!("{branch}-{entry}"))
    }
}
