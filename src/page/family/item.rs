//! An entry's page: head, facts, body, parts, sources.

use crate::content::Kind;
use crate::content::spot::Spot;
use crate::page::calendar;
use crate::page::card;
use crate::page::context::Context;
use crate::page::facts::Wanted;
use crate::page::kind;
use crate::page::link;
use crate::page::pages::{Content, Head, Listing, PageRole, Pages};
use crate::page::shown::section;
use crate::page::view::{ItemView, Link, Section, SectionContent, TocEntry};
use crate::portal::location::{self, has_page};
use crate::portal::{Item, ItemId, Portal};

/// Headings from which a page has a table of contents; one of a document, which is long without any, from fewer.
const TOC_FROM: usize = 3;
const DOCUMENT_TOC_FROM: usize = 2;
/// Characters and words that are read in a minute.
const READING: usize = 400;

/// The page of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemPage {
    /// The entry.
    pub id: ItemId,
}

impl Pages for ItemPage {
    type View = ItemView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let public = portal.items().filter(|(_, item)| item.is_public() && has_page(item.kind()));
        public.map(|(id, _)| Self { id }).collect()
    }

    fn address(&self, portal: &Portal) -> String {
        portal.item(self.id).address.page().to_owned()
    }

    fn listing(&self, portal: &Portal) -> Listing {
        Listing::Listed(portal.changed(self.id))
    }

    fn content(&self, context: &Context<'_>, root: &str) -> Content<ItemView> {
        let item = context.portal.item(self.id);
        let head = Head {
            heading: item.title().to_owned(),
            description: item.summary(),
            crumbs: crumbs(context, self.id),
            role: PageRole::Article(self.id),
        };
        let view = view(context, self.id, root);
        Content { template: template(item.kind()), head, view }
    }
}

fn view(context: &Context<'_>, id: ItemId, root: &str) -> ItemView {
    let item = context.portal.item(id);
    let (format, common) = (context.format, &item.entry.common);
    let parts = kind::parts(context, id).into_iter();
    let mut sections: Vec<_> = parts.filter_map(|part| card::part(context, id, root, part)).collect();
    sections.extend(section(&format, "gallery", SectionContent::Gallery { pictures: context.resources.gallery(item) }));
    sections.extend(kind::related(&item.entry.own).iter().filter_map(|kind| card::members(context, id, *kind)));
    ItemView {
        kind: item.kind().folder(),
        kind_name: format.kind(item.kind()),
        title: item.title().to_owned(),
        lead: common.summary.clone(),
        badges: kind::badges(context, item),
        picture: context.resources.picture(item, Spot::Head(item.kind())).or_else(|| context.resources.drawing(id)),
        day: common.date.map(|day| format.day(day.0)),
        updated: common.updated.map(|day| format.day(day.0)),
        minutes: (item.entry.scan.length > READING).then(|| item.entry.scan.length.div_ceil(READING)),
        facts: kind::facts(context, id, Wanted::All),
        toc: toc(item, &sections),
        body: context.resources.body(id, root),
        calendar: calendar::of(context, id),
        sections,
        files: context.resources.files(item),
        sources: link::sources_by_document(context, id),
        notes: common.notes.clone(),
    }
}

/// The template of a kind's pages.
fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Region => "region.html",
        Kind::Topic => "topic.html",
        Kind::Audience => "audience.html",
        Kind::Document => "document.html",
        Kind::Unit => "unit.html",
        Kind::Committee => "committee.html",
        Kind::Indicator => "indicator.html",
        Kind::Institution => "institution.html",
        Kind::Venue => "venue.html",
        Kind::Teacher => "teacher.html",
        Kind::Course => "course.html",
        Kind::Edition => "edition.html",
        Kind::Event => "event.html",
        Kind::Star => "star.html",
        Kind::Brand => "brand.html",
        Kind::Team => "team.html",
        Kind::News => "news.html",
        Kind::ResourceList => "resource-list.html",
        Kind::ActionPlan => "action-plan.html",
        Kind::Holidays => "holidays.html",
        Kind::Page => "page.html",
        // Some of these are shown on their owner's page or in a list by year.
        Kind::Award
        | Kind::Organisation
        | Kind::Selection
        | Kind::Duty
        | Kind::Phase
        | Kind::Standard
        | Kind::Evidence
        | Kind::Facility
        | Kind::Platform
        | Kind::Funding
        | Kind::Survey
        | Kind::Pool => "item.html",
    }
}

/// The headings of the body; of a document also its parts and their clauses, since people are sent to these.
fn toc(item: &Item, sections: &[Section]) -> Vec<TocEntry> {
    let headings = item.entry.scan.headings.iter().filter(|heading| heading.level <= 3);
    let mut entries: Vec<_> = headings
        .map(|heading| TocEntry { level: heading.level, anchor: heading.id.clone(), title: heading.text.clone() })
        .collect();
    let document = item.kind() == Kind::Document;
    if document {
        entries.extend(sections.iter().flat_map(part_entries));
    }
    let from = if document { DOCUMENT_TOC_FROM } else { TOC_FROM };
    if entries.len() < from { Vec::new() } else { entries }
}

/// A part of a document, and of its clauses the first of each chapter.
fn part_entries(part: &Section) -> Vec<TocEntry> {
    let mut entries = vec![TocEntry { level: 2, anchor: part.anchor.clone(), title: part.title.clone() }];
    let SectionContent::Records { records } = &part.content else { return entries };
    let mut last = "";
    for record in records {
        let (Some(anchor), Some(label)) = (&record.anchor, &record.label) else { continue };
        if chapter(label) != last {
            last = chapter(label);
            entries.push(TocEntry {
                level: 3,
                anchor: anchor.clone(),
                title: format!("{label}　{}", record.title.text),
            });
        }
    }
    entries
}

/// The chapter in the label of a clause: `二` of `二（四）7`, `附件2` of `附件2 三、（一）`.
fn chapter(label: &str) -> &str {
    label.split(['（', '、', ' ', '·']).next().unwrap_or(label)
}

/// The list of the kind, and for regions those above.
pub(super) fn crumbs(context: &Context<'_>, id: ItemId) -> Vec<Link> {
    let portal = context.portal;
    let kind = portal.item(id).kind();
    let list = Link { title: context.format.kind(kind), address: Some(location::list(kind)) };
    let above = if kind == Kind::Region { portal.above(id) } else { Vec::new() };
    let above = above.into_iter().rev().map(|region| link::link(portal.item(region)));
    std::iter::once(list).chain(above).collect()
}
