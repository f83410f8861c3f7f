//! An entry's page: head, facts, body, sections, sources.

use super::context::Context;
use super::kind::shown;
use super::view::{ItemView, Link, TocEntry};
use super::{Page, PageKey, View, frame};
use crate::address;
use crate::content::choice::Choice as _;
use crate::content::region::RegionLevel;
use crate::content::{Kind, Own};
use crate::portal::{Item, ItemId, list_address};

/// Headings from which a page has a table of contents.
const TOC_FROM: usize = 3;
/// Characters and words that are read in a minute.
const READING: usize = 400;

/// The page of an entry.
pub fn page(context: &Context<'_>, key: &PageKey, id: ItemId) -> Page {
    let item = context.portal.item(id);
    let kind = shown(&item.entry.own);
    let root = address::to_root(&key.address);
    let common = &item.entry.common;
    let mut sections = kind.sections(context, id);
    sections.extend(context.gallery(item));
    sections.extend(kind.related().iter().filter_map(|kind| context.members(id, *kind)));
    let view = ItemView {
        kind: item.kind().folder(),
        kind_name: context.kind_name(item.kind()),
        title: item.title().to_owned(),
        lead: common.summary.clone(),
        badges: context.badges(item),
        picture: context.picture(item, item.head_use()),
        day: common.date.map(|day| context.day(day.0)),
        updated: common.updated.map(|day| context.day(day.0)),
        minutes: (item.body.length > READING).then(|| item.body.length.div_ceil(READING)),
        facts: kind.facts(context, item),
        toc: toc(item),
        body: context.body(item, &root),
        sections,
        files: context.files(item),
        sources: context.sources(item),
        notes: common.notes.clone(),
    };
    let frame = frame::frame(context, key, item.title(), &item.summary(), crumbs(context, item));
    Page { template: template(item.kind()), frame, view: View::Item(Box::new(view)) }
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
        Kind::Page => "page.html",
        // Shown on their owner's page or in a list by year.
        Kind::Duty | Kind::Phase | Kind::Standard | Kind::Award | Kind::Organisation => "item.html",
    }
}

fn toc(item: &Item) -> Vec<TocEntry> {
    let headings: Vec<_> = item.body.headings.iter().filter(|heading| heading.level <= 3).collect();
    if headings.len() < TOC_FROM {
        return Vec::new();
    }
    let entry = |heading: &&crate::markdown::Heading| TocEntry {
        level: heading.level,
        anchor: heading.id.clone(),
        title: heading.text.clone(),
    };
    headings.iter().map(entry).collect()
}

/// The list of the kind, and for regions those above.
pub(super) fn crumbs(context: &Context<'_>, item: &Item) -> Vec<Link> {
    let list = Link { title: context.kind_name(item.kind()), address: Some(list_address(item.kind(), 1)) };
    let mut above = Vec::new();
    let mut here = item;
    // A circle of parents is reported elsewhere; here it only must end.
    while above.len() < RegionLevel::ALL.len()
        && let Own::Region(region) = &here.entry.own
    {
        let Some(parent) = region.parent.as_ref().and_then(|parent| context.portal.find(parent)) else { break };
        above.push(Link {
            title: parent.title().to_owned(),
            address: parent.is_public().then(|| parent.address.clone()),
        });
        here = parent;
    }
    std::iter::once(list).chain(above.into_iter().rev()).collect()
}
