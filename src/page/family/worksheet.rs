//! The worksheet of a unit: all that its liaison owes, by when, and what there is to show, on one sheet to be printed.

use crate::address::Href;
use crate::content::Own;
use crate::content::evidence::EvidenceState;
use crate::content::field::Field;
use crate::content::phase::Phase;
use crate::content::value::{Day, Span};
use crate::page::board;
use crate::page::bundle;
use crate::page::context::Context;
use crate::page::kind::{indicator, phase_state};
use crate::page::link;
use crate::page::pages::{Content, Head, PageRole, Pages};
use crate::page::shown::section;
use crate::page::view::{Cell, Link, Section, SectionContent, SheetView, Text};
use crate::portal::deadline::{Progress, progress};
use crate::portal::evidence::{Standing, evidence};
use crate::portal::{ItemId, Portal, location, worksheet};

use super::item::crumbs;

/// The page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Worksheet {
    unit: ItemId,
}

impl Pages for Worksheet {
    type View = SheetView;

    fn plan(portal: &Portal) -> Vec<Self> {
        worksheet::units(portal).map(|unit| Self { unit }).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        location::of_worksheet(portal.item(self.unit).id(), "html")
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<SheetView> {
        let (portal, format) = (context.portal, &context.format);
        let unit = portal.item(self.unit);
        let heading = format.words.fill("worksheet.title", "unit", unit.title());
        let own = Link { title: unit.title().to_owned(), address: Some(unit.address.clone()) };
        let head = Head {
            heading,
            description: format.word("worksheet.lead"),
            crumbs: crumbs(context, self.unit).into_iter().chain([own.clone()]).collect(),
            role: PageRole::Other,
        };
        let sections = [
            // By when comes before what.
            self.deadlines(context),
            board::of_unit(context, self.unit),
            self.owed(context),
            self.duties(context),
            indicator::of_unit(context, self.unit),
            self.reported(context),
        ];
        let view = SheetView {
            of: own,
            summary: self.summary(context),
            files: self.files(context),
            sections: sections.into_iter().flatten().collect(),
            pager: None,
        };
        Content { template: "sheet.html", head, view }
    }
}

impl Worksheet {
    /// How much there is of what.
    fn summary(self, context: &Context<'_>) -> Vec<String> {
        let (portal, format) = (context.portal, &context.format);
        let charges = [portal.charges.duties(self.unit), portal.charges.indicators(self.unit)];
        let missing = |id: ItemId| portal.ledger.standing_of(portal, id, self.unit) == Standing::Missing;
        let lacking = charges.iter().flat_map(|all| all.iter()).filter(|charge| missing(charge.item)).count();
        let counts = [
            ("worksheet.duties", charges[0].len()),
            ("worksheet.indicators", charges[1].len()),
            ("worksheet.lacking", lacking),
        ];
        let counts = counts.map(|(key, count)| format.words.fill(key, "n", &count.to_string()));
        counts.into_iter().chain(self.next(context)).collect()
    }

    /// What is due next, with its day.
    fn next(self, context: &Context<'_>) -> Option<String> {
        let (portal, format) = (context.portal, &context.format);
        let due = |(id, phase): (ItemId, &Phase)| match progress(phase, &portal.today) {
            Progress::Again(day) => Some((day, id)),
            Progress::Coming | Progress::Running => phase.to.map(|to| (to.last(), id)),
            Progress::Overdue | Progress::Over | Progress::Done => None,
        };
        let (day, id) = worksheet::phases(portal, self.unit).into_iter().filter_map(due).min()?;
        let said = format.words.fill("worksheet.next", "day", &format.span(Span::Day(Day(day))));
        Some(said.replace("{title}", portal.item(id).title()))
    }

    fn files(self, context: &Context<'_>) -> Vec<Link> {
        let id = context.portal.item(self.unit).id();
        let link =
            |key: &str, address: &str| Link { title: context.format.word(key), address: Some(Href::new(address)) };
        let sheet = link("worksheet.sheet", &location::of_worksheet(id, "csv"));
        let has_dues = worksheet::phases(context.portal, self.unit)
            .iter()
            .any(|(_, phase)| phase.to.is_some() || phase.every.is_some());
        let calendar = has_dues.then(|| link("worksheet.calendar", &location::of_worksheet(id, "ics")));
        let ledger =
            (!context.portal.ledger.is_empty()).then(|| link("worksheet.ledger", &location::of_unit_ledger(id, 1)));
        let bundles = bundle::of_unit(context, self.unit);
        std::iter::once(sheet).chain(calendar).chain(ledger).chain(bundles).collect()
    }

    /// Each duty with the clause that gives it, the class through which it applies, and how its evidence stands.
    fn duties(self, context: &Context<'_>) -> Option<Section> {
        let (portal, format) = (context.portal, &context.format);
        let of_one = worksheet::documents(portal, self.unit).len() == 1;
        let sources = |item| if of_one { link::clauses(context, item) } else { link::sources(context, item) };
        let rows = portal.charges.duties(self.unit).iter().map(|charge| {
            let item = portal.item(charge.item);
            let standing = portal.ledger.standing_of(portal, charge.item, self.unit);
            let through = charge.through.map(|class| link::text(portal.item(class)));
            let role = match &item.entry.own {
                Own::Duty(duty) => duty.role.map(|role| Text::plain(format.choice(role))),
                _ => None,
            };
            [
                vec![link::charge(context, item)],
                role.into_iter().collect(),
                sources(item),
                through.into_iter().collect(),
                vec![Text::plain(format.words.in_group("standing", standing.key()))],
            ]
            .map(|texts: Vec<Text>| Cell { texts })
            .into()
        });
        let (head, rows) = (format.heads(["duties", "role", "source", "through", "material"]), rows.collect());
        section(format, "duties", SectionContent::Table { head, rows })
    }

    /// The phases and deadlines of the documents, with what of them is over.
    fn deadlines(self, context: &Context<'_>) -> Option<Section> {
        let (portal, format) = (context.portal, &context.format);
        let mut phases = worksheet::phases(portal, self.unit);
        // What is over is read last.
        phases.sort_by_key(|(_, phase)| matches!(progress(phase, &portal.today), Progress::Over | Progress::Done));
        let rows = phases.into_iter().map(|(id, phase)| {
            let item = portal.item(id);
            [
                std::iter::once(link::text(item)).collect(),
                vec![Text::plain(format.phase(phase))],
                vec![Text::plain(phase_state(context, phase))],
                link::sources(context, item),
            ]
            .map(|texts: Vec<Text>| Cell { texts })
            .into()
        });
        let (head, rows) = (format.heads(["title", "when", "status", "source"]), rows.collect());
        section(format, "phases", SectionContent::Table { head, rows })
    }

    /// Evidence that was announced and is not there.
    fn owed(self, context: &Context<'_>) -> Option<Section> {
        self.items(context, "owed", |state| state == EvidenceState::Owed)
    }

    /// What it reported last.
    fn reported(self, context: &Context<'_>) -> Option<Section> {
        self.items(context, "reported", |state| state == EvidenceState::Reported)
    }

    fn items(self, context: &Context<'_>, key: &str, wanted: impl Fn(EvidenceState) -> bool) -> Option<Section> {
        let (portal, format) = (context.portal, &context.format);
        let held = portal.ledger.held(self.unit).iter().filter_map(|id| Some((*id, evidence(portal, *id)?)));
        let mut items: Vec<_> = held.filter(|(_, own)| wanted(own.state)).collect();
        items.sort_by_key(|(id, own)| (std::cmp::Reverse(own.period.last()), *id));
        let rows = items.into_iter().map(|(id, own)| {
            let item = portal.item(id);
            let shown = item.edges.to(Field::Duties);
            let shown = shown.chain(item.edges.to(Field::Indicators));
            [vec![link::text(item)], vec![Text::plain(format.span(own.period))], link::texts(context, shown)]
                .map(|texts| Cell { texts })
                .into()
        });
        let (head, rows) = (format.heads(["material", "period", "about"]), rows.collect());
        section(format, key, SectionContent::Table { head, rows })
    }
}
