//! What is on today, tomorrow, this weekend and in the next seven days: in the whole portal and in each region.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

use super::item;
use super::pager::pager;
use crate::address::Href;
use crate::content::Kind;
use crate::content::field::Field;
use crate::page::FEW;
use crate::page::context::Context;
use crate::page::link;
use crate::page::pages::{Content, Head, Listing, PageRole, Pages};
use crate::page::programme::{ROWS, group};
use crate::page::view::{DayGroup, DayView, Link, MenuLink, Pager, WayLink};
use crate::portal::location;
use crate::portal::programme::{Coming, Slot};
use crate::portal::{ItemId, Portal};

/// Days of the page of the next days.
const WEEK: i32 = 7;

/// Which days a page is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Span {
    /// The day of the build.
    Today,
    /// The day after it.
    Tomorrow,
    /// What is left of this weekend, or the next one.
    Weekend,
    /// Seven days.
    Week,
    /// A day.
    On(Date),
}

impl Span {
    /// Those that every portal has.
    const FIXED: [Self; 4] = [Self::Today, Self::Tomorrow, Self::Weekend, Self::Week];

    /// The name of its page.
    fn name(self) -> String {
        match self {
            Self::Today => "today".to_owned(),
            Self::Tomorrow => "tomorrow".to_owned(),
            Self::Weekend => "weekend".to_owned(),
            Self::Week => "week".to_owned(),
            Self::On(day) => day.to_string(),
        }
    }

    /// Its days, as seen from `today`.
    fn days(self, today: Date) -> Vec<Date> {
        let after = |days: i32| today.checked_add(days.days()).unwrap_or(today);
        match self {
            Self::Today => vec![today],
            Self::Tomorrow => vec![after(1)],
            Self::Weekend => {
                let saturday = i32::from(today.weekday().until(Weekday::Saturday));
                if today.weekday() == Weekday::Sunday {
                    vec![today]
                } else {
                    vec![after(saturday), after(saturday + 1)]
                }
            }
            Self::Week => (0..WEEK).map(after).collect(),
            Self::On(day) => vec![day],
        }
    }

    /// Rows of a day that its page shows at most; all, if none is given.
    fn most(self) -> Option<usize> {
        match self {
            Self::Today | Self::Tomorrow => Some(40),
            Self::Weekend => Some(24),
            // Seven days of them are twelve screens of a phone.
            Self::Week => Some(4),
            Self::On(_) => None,
        }
    }
}

/// Rows of a day on the page of several, at most. A region has a page of its own for a day that has more.
const MOST: usize = 5;

/// A page of what is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The region; none for the whole portal.
    region: Option<ItemId>,
    span: Span,
    /// From 1.
    number: usize,
}

/// What is on: `view` in `days.html`.
#[derive(Debug, Serialize)]
pub struct DaysView {
    /// The region; none for the whole portal.
    pub region: Option<Link>,
    /// `today`, `tomorrow`, `weekend`, `week`, or `day`.
    pub span: &'static str,
    /// Ways to the other pages.
    pub spans: Vec<MenuLink>,
    /// For which days it is, in words.
    pub said: String,
    /// The day of the build.
    pub built: DayView,
    /// The site's time zone.
    pub zone: String,
    /// The coming days that have pages of their own, as ISO dates.
    pub pages: Vec<String>,
    /// The last day of the page of seven days.
    pub until: String,
    /// The rows, day by day.
    pub groups: Vec<DayGroup>,
    /// How many rows there are.
    pub total: usize,
    /// The next day on which something is on, where there is nothing here.
    pub next: Option<DayGroup>,
    /// The same for parts of the region.
    pub places: Vec<WayLink>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

impl Pages for Days {
    type View = DaysView;

    fn plan(portal: &Portal) -> Vec<Self> {
        let all = &portal.programmes;
        let scopes = std::iter::once(None).chain(all.regions.keys().copied().map(Some));
        let mut pages = Vec::new();
        for region in scopes {
            pages.extend(Span::FIXED.map(|span| Self { region, span, number: 1 }));
            for day in own_days(portal, region) {
                let count = page_count(coming(portal, region).on(day).len());
                pages.extend((1..=count).map(|number| Self { region, span: Span::On(day), number }));
            }
        }
        pages
    }

    fn address(&self, portal: &Portal) -> String {
        address(portal, self.region, self.span, self.number)
    }

    fn listing(&self, _: &Portal) -> Listing {
        match self.span {
            Span::On(_) => Listing::Unlisted,
            Span::Today | Span::Tomorrow | Span::Weekend | Span::Week => Listing::Listed(None),
        }
    }

    fn content(&self, context: &Context<'_>, _: &str) -> Content<DaysView> {
        let (portal, format) = (context.portal, context.format);
        let Self { region, span, number } = *self;
        let (today, coming) = (portal.today.date(), coming(portal, region));
        let days = span.days(today);
        let own = own_days(portal, region);
        let groups: Vec<DayGroup> =
            days.iter().filter_map(|day| self.group(context, *day, coming.on(*day), own.contains(day))).collect();
        let total = days.iter().map(|day| coming.on(*day).len()).sum();
        let last = days.last().copied().unwrap_or(today);
        let next = coming.after(last, &portal.schedule).filter(|_| total == 0);
        let week = Span::Week.days(today).last().copied().unwrap_or(today);
        let view = DaysView {
            region: region.map(|region| link::link(portal.item(region))),
            span: match span {
                Span::Today => "today",
                Span::Tomorrow => "tomorrow",
                Span::Weekend => "weekend",
                Span::Week => "week",
                Span::On(_) => "day",
            },
            spans: self.spans(context),
            said: said(context, &days),
            built: format.day(today),
            zone: portal.settings.site.time_zone.clone(),
            pages: own.iter().map(Date::to_string).collect(),
            until: week.to_string(),
            groups,
            total,
            next: next.map(|slots| group(context, slots[0].day, &slots[..slots.len().min(MOST)])),
            places: places(context, region, span, &days),
            pager: match span {
                Span::On(_) => pager(number, page_count(total), |page| address(portal, region, span, page)),
                Span::Today | Span::Tomorrow | Span::Weekend | Span::Week => None,
            },
        };
        Content { template: "days.html", head: self.head(context), view }
    }
}

impl Days {
    fn title(context: &Context<'_>, span: Span) -> String {
        match span {
            Span::Today => context.format.word("days.today"),
            Span::Tomorrow => context.format.word("days.tomorrow"),
            Span::Weekend => context.format.word("days.weekend"),
            Span::Week => context.format.word("days.week"),
            Span::On(day) => {
                let day = context.format.day(day);
                format!("{} {}", day.text, day.weekday)
            }
        }
    }

    fn head(&self, context: &Context<'_>) -> Head {
        let title = Self::title(context, self.span);
        let region = self.region.map(|region| (region, context.portal.item(region)));
        let heading = match region {
            Some((_, item)) => format!("{}·{title}", item.title()),
            None => title,
        };
        let crumbs = region.map(|(id, item)| {
            let mut crumbs = item::crumbs(context, id);
            crumbs.push(link::link(item));
            crumbs
        });
        Head {
            heading: context.format.numbered(&heading, self.number),
            description: String::new(),
            crumbs: crumbs.unwrap_or_default(),
            role: PageRole::Column,
        }
    }

    /// The rows of a day; a day of several that has none is told without.
    fn group(&self, context: &Context<'_>, day: Date, slots: &[Slot], has_page: bool) -> Option<DayGroup> {
        let Some(most) = self.span.most() else {
            return Some(group(context, day, slots.chunks(ROWS).nth(self.number - 1).unwrap_or_default()));
        };
        if slots.is_empty() && self.span != Span::Week {
            return None;
        }
        // A list is not cut where nothing shows the rest.
        let shown = if has_page { slots.len().min(most) } else { slots.len() };
        let mut made = group(context, day, &slots[..shown]);
        if shown < slots.len() {
            made.total = Some(slots.len());
            made.more = Some(Href::new(&address(context.portal, self.region, Span::On(day), 1)));
        }
        Some(made)
    }

    fn spans(&self, context: &Context<'_>) -> Vec<MenuLink> {
        let title = |span: Span| match span {
            Span::On(day) => {
                let day = context.format.day(day);
                format!("{} {}", day.short, day.weekday)
            }
            span => Self::title(context, span),
        };
        let link = |span: Span| MenuLink {
            title: title(span),
            address: Href::new(&address(context.portal, self.region, span, 1)),
            current: span == self.span,
        };
        let following = match self.span {
            Span::On(day) => own_days(context.portal, self.region).into_iter().find(|other| *other > day),
            Span::Today | Span::Tomorrow | Span::Weekend | Span::Week => None,
        };
        Span::FIXED.into_iter().chain(following.map(Span::On)).map(link).collect()
    }
}

/// How many pages so many rows have.
fn page_count(rows: usize) -> usize {
    rows.div_ceil(ROWS).max(1)
}

fn coming(portal: &Portal, region: Option<ItemId>) -> &Coming {
    let all = &portal.programmes;
    region.and_then(|region| all.regions.get(&region)).unwrap_or(&all.coming)
}

/// The coming days that have pages of their own: in the whole portal all on which something is on, in a region those of the next seven of
/// which the others cannot show all.
fn own_days(portal: &Portal, region: Option<ItemId>) -> Vec<Date> {
    let coming = coming(portal, region);
    let week = Span::Week.days(portal.today.date());
    let days = coming.slots.chunk_by(|a, b| a.day == b.day);
    let own = days.filter(|day| region.is_none() || day.len() > MOST && week.contains(&day[0].day));
    own.map(|day| day[0].day).collect()
}

fn address(portal: &Portal, region: Option<ItemId>, span: Span, number: usize) -> String {
    location::of_days(region.map(|region| portal.item(region).id()), &span.name(), number)
}

/// 2026年11月21日（星期六）, or the first and the last of several days.
fn said(context: &Context<'_>, days: &[Date]) -> String {
    let told = |day: &Date| {
        let day = context.format.day(*day);
        format!("{}（{}）", day.text, day.weekday)
    };
    match days {
        [] => String::new(),
        [day] => told(day),
        [first, .., last] => format!("{}—{}", told(first), told(last)),
    }
}

/// The parts of a region, or the districts of the portal, in which something is on.
fn places(context: &Context<'_>, region: Option<ItemId>, span: Span, days: &[Date]) -> Vec<WayLink> {
    let portal = context.portal;
    if matches!(span, Span::On(_)) {
        return Vec::new();
    }
    let below: Vec<ItemId> = match region {
        Some(region) => portal.referrers(region, Kind::Region).to_vec(),
        None => roots(portal),
    };
    let link = |id: &ItemId| {
        let coming = portal.programmes.regions.get(id)?;
        let count = days.iter().map(|day| coming.on(*day).len()).sum();
        let address = Href::new(&address(portal, Some(*id), span, 1));
        let link = Link { title: portal.item(*id).title().to_owned(), address: Some(address) };
        // Those of seven days lead to all there are.
        (count > 0 || span == Span::Week).then_some(WayLink { link, count })
    };
    let mut links: Vec<WayLink> = below.iter().filter_map(link).collect();
    if span != Span::Week {
        links.truncate(FEW);
    }
    links
}

/// The regions below which the portal parts: the highest of which there are several.
fn roots(portal: &Portal) -> Vec<ItemId> {
    let top = |id: &ItemId| portal.item(*id).edges.one(Field::Parent).is_none();
    let mut regions: Vec<ItemId> = portal.of_kind(Kind::Region).iter().copied().filter(top).collect();
    while let [only] = regions[..] {
        let below = portal.referrers(only, Kind::Region);
        if below.is_empty() {
            break;
        }
        regions = below.to_vec();
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn weekend(today: Date) -> Vec<String> {
        Span::Weekend.days(today).iter().map(Date::to_string).collect()
    }

    #[test]
    fn the_weekend_is_what_is_left_of_it_or_the_next() {
        assert_eq!(weekend(date(2026, 11, 18)), ["2026-11-21", "2026-11-22"]);
        assert_eq!(weekend(date(2026, 11, 21)), ["2026-11-21", "2026-11-22"]);
        assert_eq!(weekend(date(2026, 11, 22)), ["2026-11-22"], "on Sunday it is today");
        assert_eq!(weekend(date(2027, 1, 1)), ["2027-01-02", "2027-01-03"]);
    }

    #[test]
    fn seven_days_go_over_the_end_of_a_year() {
        let days = Span::Week.days(date(2026, 12, 29));
        assert_eq!((days.len(), days[0], days[6]), (7, date(2026, 12, 29), date(2027, 1, 4)));
    }
}
