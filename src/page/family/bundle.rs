//! Bundles: what the units of a document hand in every year, as pages and as volumes to be printed. There are none where nobody is asked for it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::pager::pager;
use crate::address::Href;
use crate::content::phase::Collected;
use crate::page::bundle;
use crate::page::context::Context;
use crate::page::kind::yearly;
use crate::page::link;
use crate::page::pages::{Content, Head, Listing, PageRole, Pages};
use crate::page::view::{Badge, BundleEntry, BundleTable, BundleUnit, BundleView, Cell, Link, Text};
use crate::portal::bundle::{Bundle, Standing, Submission};
use crate::portal::comparison::{Compared, compare, list, plan};
use crate::portal::{ItemId, Portal, location};

/// Lines of a page: what fits on twelve screens of a phone.
const LENGTH: usize = 30;
/// Lines of a volume that is to be printed.
const VOLUME: usize = 220;

/// A page of bundles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BundlePage {
    of: Of,
    /// From 1.
    number: usize,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    All,
    /// A bundle by its place among all; the first of several pages leads to the others.
    Bundle(usize),
    /// A bundle that is to be printed.
    Print(usize),
}

impl Pages for BundlePage {
    type View = BundleView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let bundles = 0..portal.bundles().all().len();
        if bundles.is_empty() {
            return Vec::new();
        }
        let of = [Of::All].into_iter().chain(bundles.flat_map(|at| [Of::Bundle(at), Of::Print(at)]));
        let pages = |of: Of| {
            let count = of.pages(portal);
            (1..=count).map(move |number| Self { of, number, count })
        };
        of.flat_map(pages).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        self.of.address(portal, self.number)
    }

    fn canonical(&self, portal: &Portal, own: &str) -> Option<Href> {
        match self.of {
            Of::Print(at) => Some(Href::new(&Of::Bundle(at).address(portal, 1))),
            Of::All | Of::Bundle(_) => Some(Href::new(own)),
        }
    }

    fn listing(&self, _: &Portal) -> Listing {
        if matches!(self.of, Of::Print(_)) { Listing::Unlisted } else { Listing::Listed(None) }
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<BundleView> {
        let (portal, format) = (context.portal, &context.format);
        let all = format.word("bundle.title");
        let bundle = self.of.bundle(portal);
        let title = bundle.map_or_else(|| all.clone(), |bundle| bundle::title(context, bundle));
        let heading = match self.of {
            Of::Print(_) if self.count > 1 => {
                format!("{title} {}", format.words.fill("bundle.volume", "n", &self.number.to_string()))
            }
            Of::Print(_) => format!("{title} {}", format.word("bundle.print")),
            Of::All | Of::Bundle(_) => format.numbered(&title, self.number),
        };
        let above = bundle.map(|_| Link { title: all, address: Some(Href::new(location::BUNDLES)) });
        let is_whole = self.number == 1 && !matches!(self.of, Of::Print(_));
        let whole =
            bundle.filter(|_| !is_whole).map(|bundle| Link { title, address: Some(bundle::address(context, bundle)) });
        let head = Head {
            heading,
            description: format.word("bundle.lead"),
            crumbs: above.into_iter().chain(whole).collect(),
            role: PageRole::Column,
        };
        Content { template: "bundle.html", head, view: self.view(context) }
    }
}

impl Of {
    fn bundle(self, portal: &Portal) -> Option<&Bundle> {
        match self {
            Self::All => None,
            Self::Bundle(at) | Self::Print(at) => portal.bundles().all().get(at),
        }
    }

    fn address(self, portal: &Portal, number: usize) -> String {
        let Some(bundle) = self.bundle(portal) else { return location::BUNDLES.to_owned() };
        let document = portal.item(bundle.document).id();
        match self {
            Self::Print(_) => location::of_bundle_print(document, bundle.year, number),
            Self::All | Self::Bundle(_) => location::of_bundle(document, bundle.year, number),
        }
    }

    /// The units that handed in anything, part by part.
    fn parts(self, portal: &Portal) -> Vec<Vec<&Submission>> {
        let Some(bundle) = self.bundle(portal) else { return Vec::new() };
        let most = if matches!(self, Self::Print(_)) { VOLUME } else { LENGTH };
        let mut parts: Vec<Vec<&Submission>> = Vec::new();
        let mut length = 0;
        for submission in handed_in(bundle) {
            let more = lines(portal, submission);
            match parts.last_mut() {
                Some(part) if length + more <= most => part.push(submission),
                _ => {
                    parts.push(vec![submission]);
                    length = 0;
                }
            }
            length += more;
        }
        parts
    }

    /// The number of the page that shows the first part: a bundle of several parts has one more that leads to them.
    fn first(self, parts: usize) -> usize {
        if matches!(self, Self::Bundle(_)) && parts > 1 { 2 } else { 1 }
    }

    fn pages(self, portal: &Portal) -> usize {
        let parts = self.parts(portal).len();
        parts.max(1) + self.first(parts) - 1
    }
}

fn handed_in(bundle: &Bundle) -> impl Iterator<Item = &Submission> {
    bundle.submissions.iter().filter(|submission| !submission.is_empty())
}

/// How many lines a unit takes, with those of its headings.
fn lines(portal: &Portal, submission: &Submission) -> usize {
    let of_lists = submission.lists.iter().map(|id| 2 + list(portal, *id).len());
    let of_plans = submission.plans.iter().map(|id| 2 + plan(portal, *id).len());
    let compared = compare(portal, submission).map_or(0, |compared| compared.len());
    of_lists.chain(of_plans).sum::<usize>() + compared + 3
}

fn anchor(portal: &Portal, unit: ItemId) -> String {
    format!("unit-{}", portal.item(unit).id())
}

impl BundlePage {
    fn view(&self, context: &Context<'_>) -> BundleView {
        let (portal, format) = (context.portal, &context.format);
        let Some(bundle) = self.of.bundle(portal) else { return all(context) };
        let parts = self.of.parts(portal);
        let first = self.of.first(parts.len());
        let shown = self.number.checked_sub(first).and_then(|at| parts.get(at)).map_or(&[][..], Vec::as_slice);
        let before: usize = parts.iter().take(self.number.saturating_sub(first)).map(Vec::len).sum();
        let units =
            shown.iter().zip(before + 1..).map(|(submission, number)| unit(context, bundle, submission, number));
        let is_first = self.number == 1;
        let asked_and_missing = bundle.submissions.iter().filter(|submission| submission.is_empty() && is_first);
        let missing = asked_and_missing.map(|submission| link::link(portal.item(submission.unit))).collect();
        let key = if bundle.is_over(&portal.today) { "bundle.missing" } else { "bundle.awaited" };
        BundleView {
            of: Some(link::link(portal.item(bundle.document))),
            lead: if is_first { lead(context, bundle) } else { Vec::new() },
            files: if is_first { self.files(context, bundle) } else { Vec::new() },
            missing_title: format.word(key),
            missing,
            entries_title: format.word("bundle.units"),
            entries: if is_first { self.entries(context, bundle, &parts) } else { Vec::new() },
            units: units.collect(),
            is_print: matches!(self.of, Of::Print(_)),
            pager: pager(self.number, self.count, |number| self.of.address(portal, number)),
        }
    }

    /// The units that handed in anything, with the way to each.
    fn entries(&self, context: &Context<'_>, bundle: &Bundle, parts: &[Vec<&Submission>]) -> Vec<BundleEntry> {
        let portal = context.portal;
        let pages = parts.iter().zip(self.of.first(parts.len())..);
        let units = pages.flat_map(|(part, page)| part.iter().map(move |submission| (*submission, page)));
        let entry = |((submission, page), number): ((&Submission, usize), usize)| {
            let compared = compare(portal, submission);
            let compared = compared.map(|compared| {
                context.format.words.fill("bundle.compared", "tally", &bundle::tally(context, &compared))
            });
            BundleEntry {
                number: Some(number),
                title: portal.item(submission.unit).title().to_owned(),
                address: Href::new(&self.of.address(portal, page)).at(&anchor(portal, submission.unit)),
                badges: bundle::badges(context, bundle, submission),
                notes: bundle::amounts(context, bundle, submission).into_iter().chain(compared).collect(),
            }
        };
        units.zip(1..).map(entry).collect()
    }

    fn files(&self, context: &Context<'_>, bundle: &Bundle) -> Vec<Link> {
        let document = context.portal.item(bundle.document).id();
        let link =
            |key: &str, address: &str| Link { title: context.format.word(key), address: Some(Href::new(address)) };
        match self.of {
            Of::All | Of::Print(_) => Vec::new(),
            Of::Bundle(_) => vec![
                link("bundle.print", &location::of_bundle_print(document, bundle.year, 1)),
                link("bundle.workbook", &location::of_bundle_sheet(document, bundle.year, "xlsx")),
                link("bundle.sheet", &location::of_bundle_sheet(document, bundle.year, "csv")),
            ],
        }
    }
}

/// The page that leads to all bundles.
fn all(context: &Context<'_>) -> BundleView {
    let (portal, format) = (context.portal, &context.format);
    let entry = |bundle: &Bundle| {
        let is_over = bundle.is_over(&portal.today);
        let word = format.word(if is_over { "bundle.over" } else { "bundle.open" });
        BundleEntry {
            number: None,
            title: bundle::title(context, bundle),
            address: bundle::address(context, bundle),
            badges: vec![Badge { tone: "plain", text: word }],
            notes: vec![counts(context, bundle)],
        }
    };
    BundleView {
        of: None,
        lead: vec![format.word("bundle.lead")],
        files: Vec::new(),
        missing_title: String::new(),
        missing: Vec::new(),
        entries_title: format.word("bundle.documents"),
        entries: portal.bundles().all().iter().map(entry).collect(),
        units: Vec::new(),
        is_print: false,
        pager: None,
    }
}

/// How many units were asked, and how the material of how many stands how.
fn counts(context: &Context<'_>, bundle: &Bundle) -> String {
    let (portal, format) = (context.portal, &context.format);
    let asked = bundle.submissions.iter().filter(|submission| submission.is_asked).count();
    let standings = [Standing::InTime, Standing::Late, Standing::Undated, Standing::Partly, Standing::Missing];
    let told = standings.into_iter().map(|standing| (standing, bundle.count(portal, standing)));
    let told = told.filter(|(_, count)| *count > 0);
    let told: Vec<String> =
        told.map(|(standing, count)| format!("{} {count}", bundle::standing(context, bundle, standing))).collect();
    let counts = format.words.fill("bundle.counts", "n", &asked.to_string());
    counts.replace("{tally}", &told.join(format.words.get("text.joiner")))
}

/// By when it is due, how many have handed in what, and what is not known.
fn lead(context: &Context<'_>, bundle: &Bundle) -> Vec<String> {
    let (portal, format) = (context.portal, &context.format);
    let joiner = format.words.get("text.joiner");
    let mut days: BTreeMap<Date, Vec<String>> = BTreeMap::new();
    for (part, due) in &bundle.asks {
        days.entry(*due).or_default().push(format.choice(*part));
    }
    let due = days.into_iter().map(|(day, parts)| {
        format.words.fill("bundle.due", "part", &parts.join(joiner)).replace("{day}", &format.day(day).text)
    });
    let is_over = if bundle.is_over(&portal.today) { "bundle.closed" } else { "bundle.running" };
    let due = format.words.fill(is_over, "days", &due.collect::<Vec<_>>().join(joiner));
    let unknown: Vec<&str> = bundle.unknown.iter().map(|id| portal.item(*id).title()).collect();
    let unknown = (!unknown.is_empty()).then(|| format.words.fill("bundle.unknown", "classes", &unknown.join(joiner)));
    let recorded = format.word("bundle.recorded");
    [due, counts(context, bundle)].into_iter().chain(unknown).chain([recorded]).collect()
}

/// A unit with what it handed in.
fn unit(context: &Context<'_>, bundle: &Bundle, submission: &Submission, number: usize) -> BundleUnit {
    let (portal, format) = (context.portal, &context.format);
    let mut tables = Vec::new();
    let mut table = |part: Collected, id: ItemId, rows: Vec<Vec<Cell>>| {
        tables.push(BundleTable {
            title: link::text(portal.item(id)),
            note: Some(bundle::handed_in(context, bundle, part, id)),
            head: yearly::heads(format),
            rows,
        });
    };
    for id in &submission.lists {
        let rows = list(portal, *id).iter().map(|line| yearly::cells(yearly::said(format, line)));
        table(Collected::Resources, *id, rows.collect());
    }
    for id in &submission.plans {
        let rows = plan(portal, *id).iter().map(|line| yearly::cells(yearly::said(format, line)));
        table(Collected::Plans, *id, rows.collect());
    }
    let mut notes = bundle::lacking(context, bundle, submission);
    match compare(portal, submission) {
        Some(compared) => tables.push(comparison(context, submission, &compared)),
        None => notes.push(bundle::incomparable(context, submission)),
    }
    BundleUnit {
        number,
        anchor: anchor(portal, submission.unit),
        title: link::text(portal.item(submission.unit)),
        badges: bundle::badges(context, bundle, submission),
        tables,
        notes,
    }
}

/// The plan of the year before beside this year's list.
fn comparison(context: &Context<'_>, submission: &Submission, compared: &[Compared<'_>]) -> BundleTable {
    let (portal, format) = (context.portal, &context.format);
    let before: Vec<&str> = submission.before.iter().map(|id| portal.item(*id).title()).collect();
    let title = format.words.fill("bundle.against", "plan", &before.join(format.words.get("text.joiner")));
    let address = submission.before.first().map(|id| portal.item(*id).address.clone());
    let rows = compared.iter().map(|line| {
        let planned = line.planned.map(|planned| format!("{} {}", format.choice(planned.sort), planned.title));
        [vec![bundle::outcome(context, line.outcome)], planned.into_iter().collect(), bundle::answers(context, line)]
            .map(|texts: Vec<String>| Cell { texts: texts.into_iter().map(Text::plain).collect() })
            .into()
    });
    BundleTable {
        title: Text { text: title, address, url: None },
        note: Some(bundle::tally(context, compared)),
        head: format.heads(["compared", "planned", "answered"]),
        rows: rows.collect(),
    }
}
