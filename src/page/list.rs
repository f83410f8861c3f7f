//! Lists: of a kind, and of the entries of a kind that belong to another entry.

use super::context::{Context, members, plain};
use super::item::crumbs;
use super::view::{Card, Group, Link, ListView, Pager, PagerNumber};
use super::{Page, PageKey, View, frame};
use crate::content::{Kind, Own, Placement};
use crate::portal::{ItemId, gather_address, list_address, page_count, page_range};

/// A page of the list of a kind.
pub fn page(context: &Context<'_>, key: &PageKey, kind: Kind, number: usize) -> Page {
    let all = context.portal.of_kind(kind);
    let title = context.kind_name(kind);
    let view = ListView {
        kind: kind.folder(),
        title: title.clone(),
        context: None,
        total: all.len(),
        groups: groups(context, kind, &all[page_range(all.len(), number)]),
        pager: pager(number, page_count(all.len()), |page| list_address(kind, page)),
    };
    let frame = frame::frame(context, key, &numbered(context, &title, number), "", Vec::new());
    Page { template: "list.html", frame, view: View::List(view) }
}

/// A page of the entries of a kind that belong to another.
pub fn members_page(context: &Context<'_>, key: &PageKey, of: ItemId, kind: Kind, number: usize) -> Page {
    let owner = context.portal.item(of);
    let all = members(context.portal, of, kind);
    let title = format!("{}·{}", owner.title(), context.kind_name(kind));
    let link = Link { title: owner.title().to_owned(), address: Some(owner.address.clone()) };
    let cards = all[page_range(all.len(), number)].iter().map(|id| context.card(*id)).collect();
    let view = ListView {
        kind: kind.folder(),
        title: title.clone(),
        context: Some(link.clone()),
        total: all.len(),
        groups: vec![Group { title: None, cards }],
        pager: pager(number, page_count(all.len()), |page| gather_address(owner, kind, page)),
    };
    let crumbs = crumbs(context, owner).into_iter().chain([link]).collect();
    let frame = frame::frame(context, key, &numbered(context, &title, number), "", crumbs);
    Page { template: "list.html", frame, view: View::List(view) }
}

/// Pages behind the first say so in their title: no two pages have the same.
fn numbered(context: &Context<'_>, title: &str, number: usize) -> String {
    if number == 1 {
        return title.to_owned();
    }
    format!("{title} {}", context.words.fill("text.page", "n", &number.to_string()))
}

/// Entries under headings, where the kind has a natural one: years, levels, owners.
fn groups(context: &Context<'_>, kind: Kind, ids: &[ItemId]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for id in ids {
        let item = context.portal.item(*id);
        let year = |year: i16| Some(plain(format!("{year}{}", context.word("text.year"))));
        let title = match &item.entry.own {
            Own::Star(own) => year(own.year),
            Own::Brand(own) => year(own.year),
            Own::Award(own) => year(own.year),
            Own::Organisation(own) => year(own.year),
            Own::ResourceList(own) => year(own.year),
            Own::ActionPlan(own) => year(own.year),
            Own::Region(own) => Some(plain(context.choice(own.level))),
            Own::Institution(own) => Some(plain(context.choice(own.tier))),
            Own::Unit(own) => Some(plain(context.choice(own.sort))),
            Own::Standard(own) => Some(plain(context.choice(own.tier))),
            Own::Topic(_)
            | Own::Audience(_)
            | Own::Document(_)
            | Own::Committee(_)
            | Own::Duty(_)
            | Own::Indicator(_)
            | Own::Phase(_)
            | Own::Venue(_)
            | Own::Teacher(_)
            | Own::Course(_)
            | Own::Edition(_)
            | Own::Event(_)
            | Own::Team(_)
            | Own::News(_)
            | Own::Page(_) => None,
        };
        let mut card = context.card(*id);
        if kind.placement() != Placement::Page {
            anchored(context, *id, &mut card);
        }
        let same = |group: &Group| group.title.as_ref().map(|t| &t.text) == title.as_ref().map(|t| &t.text);
        match groups.last_mut().filter(|group| same(group)) {
            Some(group) => group.cards.push(card),
            None => groups.push(Group { title, cards: vec![card] }),
        }
    }
    groups
}

/// In the list of an anchored kind the card is the anchor; it links on only to its owner's page.
fn anchored(context: &Context<'_>, id: ItemId, card: &mut Card) {
    let item = context.portal.item(id);
    card.anchor = Some(item.id().to_owned());
    if item.is_in_list() {
        card.address = None;
    }
}

/// At most nine numbers: the first, the last, and those around the current.
pub(super) fn pager(current: usize, count: usize, address: impl Fn(usize) -> String) -> Option<Pager> {
    if count < 2 {
        return None;
    }
    let window = 7.min(count);
    let first = current.saturating_sub(window / 2).clamp(1, count + 1 - window);
    let mut shown: Vec<usize> = (first..first + window).chain([1, count]).collect();
    shown.sort_unstable();
    shown.dedup();
    let mut before = 0;
    let numbers = shown.into_iter().map(|number| {
        let gap = number != before + 1;
        before = number;
        PagerNumber { number, address: address(number), current: number == current, gap }
    });
    Some(Pager {
        current,
        count,
        numbers: numbers.collect(),
        previous: (current > 1).then(|| address(current - 1)),
        next: (current < count).then(|| address(current + 1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(current: usize, count: usize) -> String {
        let pager = pager(current, count, |n| n.to_string()).expect("pager");
        let text = |n: &PagerNumber| {
            format!("{}{}{}", if n.gap { "… " } else { "" }, n.number, if n.current { "*" } else { "" })
        };
        pager.numbers.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_pager_has_at_most_nine_numbers() {
        assert!(pager(1, 1, |n| n.to_string()).is_none());
        assert_eq!(numbers(1, 3), "1* 2 3");
        assert_eq!(numbers(1, 40), "1* 2 3 4 5 6 7 … 40");
        assert_eq!(numbers(20, 40), "1 … 17 18 19 20* 21 22 23 … 40");
        assert_eq!(numbers(40, 40), "1 … 34 35 36 37 38 39 40*");
    }
}
