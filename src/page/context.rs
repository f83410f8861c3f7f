//! What a page is made from, and the small pieces that every page uses: links, days, cards, pictures, bodies.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::kind::shown;
use super::picture;
use super::view::{Badge, Card, DayView, Fact, FileView, PictureView, Section, SectionContent, SessionView, Text};
use crate::address;
use crate::assets::Assets;
use crate::assets::picture::recipe::Rendition;
use crate::content::choice::Choice;
use crate::content::shared::{Contact, Hours, Measure, Opening, Picture, PictureUse, Shot, Status, Weekday};
use crate::content::value::{Focus, Number, Ref, Span};
use crate::content::{Kind, Own, Record};
use crate::markdown::{self, Resolve, Show};
use crate::portal::body::{Linked, resolve};
use crate::portal::schedule::Dated;
use crate::portal::{Item, ItemId, Portal, State, gather_address, has_page, list_address};
use crate::theme::Words;

/// Entries of one kind on a page of something else.
pub const FEW: usize = 12;

/// Sessions of one thing on its page, at most, of those to come and of those that are over.
const SESSIONS: usize = 60;

/// What pages are made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// The assets.
    pub assets: &'a Assets,
    /// The words of the interface.
    pub words: &'a Words,
}

impl<'a> Context<'a> {
    /// A word.
    pub fn word(&self, key: &'a str) -> String {
        self.words.get(key).to_owned()
    }

    /// The word of an enumeration's value.
    pub fn choice<C: Choice>(&self, value: C) -> String {
        self.words.choice(value).to_owned()
    }

    /// The name of a kind, for residents.
    pub fn kind_name(&self, kind: Kind) -> String {
        self.words.get(&format!("kind.{}", kind.folder())).to_owned()
    }

    /// An entry's title, linked if it is published.
    pub fn link(&self, item: &Item) -> Text {
        Text { text: item.title().to_owned(), address: item.is_public().then(|| item.address.clone()), url: None }
    }

    /// What a reference means; nothing if it was reported.
    pub fn reference<T: Record>(&self, reference: &Ref<T>) -> Option<Text> {
        self.portal.find(reference).map(|item| self.link(item))
    }

    /// What references mean.
    pub fn references<T: Record>(&self, references: &[Ref<T>]) -> Vec<Text> {
        references.iter().filter_map(|reference| self.reference(reference)).collect()
    }

    /// A fact; none without values.
    pub fn fact(&self, key: &'static str, values: Vec<Text>) -> Option<Fact> {
        let label = self.words.get(&format!("fact.{key}")).to_owned();
        (!values.is_empty()).then_some(Fact { key, label, values })
    }

    /// A fact that is one text.
    pub fn text_fact(&self, key: &'static str, text: impl Into<String>) -> Option<Fact> {
        self.fact(key, vec![plain(text)])
    }

    /// A fact that is one text, if there is one.
    pub fn maybe_fact(&self, key: &'static str, text: Option<&str>) -> Option<Fact> {
        text.and_then(|text| self.text_fact(key, text))
    }

    /// A fact that is a reference.
    pub fn ref_fact<T: Record>(&self, key: &'static str, reference: Option<&Ref<T>>) -> Option<Fact> {
        self.fact(key, reference.and_then(|reference| self.reference(reference)).into_iter().collect())
    }

    /// A fact that is several references.
    pub fn refs_fact<T: Record>(&self, key: &'static str, references: &[Ref<T>]) -> Option<Fact> {
        self.fact(key, self.references(references))
    }

    /// A fact that is values of an enumeration.
    pub fn choices_fact<C: Choice>(&self, key: &'static str, values: &[C]) -> Option<Fact> {
        self.fact(key, values.iter().map(|value| plain(self.choice(*value))).collect())
    }

    /// A fee in yuan.
    pub fn fee(&self, fee: Number, note: Option<&str>) -> String {
        let amount =
            if fee.0.is_zero() { self.word("fact.free") } else { format!("{fee} {}", self.word("measure.yuan")) };
        match note {
            Some(note) => format!("{amount}（{note}）"),
            None => amount,
        }
    }

    /// The audiences, or that everybody may come.
    pub fn audiences(&self, audiences: &[Ref<crate::content::audience::Audience>]) -> Option<Fact> {
        if audiences.is_empty() {
            return self.text_fact("audiences", self.word("fact.everyone"));
        }
        self.refs_fact("audiences", audiences)
    }

    /// A number with its unit of measure.
    pub fn count_fact(&self, key: &'static str, count: Option<u32>, measure: Measure) -> Option<Fact> {
        count.and_then(|count| self.text_fact(key, format!("{count} {}", self.choice(measure))))
    }

    /// A year.
    pub fn year_fact(&self, year: i16) -> Option<Fact> {
        self.text_fact("year", format!("{year}{}", self.words.get("text.year")))
    }

    /// How to reach somebody, the telephone first.
    pub fn contact(&self, contact: Option<&Contact>) -> Vec<Text> {
        let Some(Contact { phone, person, place, url, note }) = contact else { return Vec::new() };
        let digits = |phone: &String| format!("tel:{}", phone.replace(|c: char| !c.is_ascii_digit() && c != '+', ""));
        let phone = phone.as_ref().map(|phone| Text { text: phone.clone(), address: None, url: Some(digits(phone)) });
        let url = url.as_ref().map(|url| Text { text: url.to_string(), address: None, url: Some(url.to_string()) });
        let others = [person, place].into_iter().flatten().map(plain);
        phone.into_iter().chain(others).chain(url).chain(note.iter().map(plain)).collect()
    }

    /// Opening hours, a line each.
    pub fn hours(&self, openings: &[Opening]) -> Vec<Text> {
        openings.iter().map(|opening| plain(format!("{} {}", self.days(&opening.days), hours(opening.time)))).collect()
    }

    /// Days of the week, joined.
    pub fn days(&self, days: &[Weekday]) -> String {
        if Weekday::ALL.iter().all(|day| days.contains(day)) {
            return self.word("text.every-day");
        }
        days.iter().map(|day| self.choice(*day)).collect::<Vec<_>>().join("、")
    }

    /// A day.
    pub fn day(&self, date: Date) -> DayView {
        DayView {
            iso: date.to_string(),
            text: format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            weekday: self.choice(Weekday::of(date)),
        }
    }

    /// A stretch of the calendar.
    pub fn span(&self, span: Span) -> String {
        match span {
            Span::Year(year) => format!("{year}年"),
            Span::Half(year, half) => {
                format!("{year}年{}", self.word(if half == 1 { "text.first-half" } else { "text.second-half" }))
            }
            Span::Month(year, month) => format!("{year}年{month}月"),
            Span::Day(day) => self.day(day.0).text,
        }
    }

    /// From one stretch to another, either of which may be open.
    pub fn period(&self, from: Option<Span>, to: Option<Span>) -> Option<String> {
        match (from, to) {
            (Some(from), Some(to)) if from == to => Some(self.span(from)),
            (Some(from), Some(to)) => Some(format!("{}—{}", self.span(from), self.span(to))),
            (Some(from), None) => Some(format!("{}{}", self.span(from), self.word("fact.open-end"))),
            (None, Some(to)) => Some(format!("{}{}", self.span(to), self.word("text.until"))),
            (None, None) => None,
        }
    }

    /// The picture of an entry as one use shows it, unless it is withheld.
    pub fn picture(&self, item: &Item, usage: PictureUse) -> Option<PictureView> {
        let picture = item.entry.common.picture.as_ref()?;
        self.picture_of(item, picture, usage)
    }

    /// The gallery of an entry, unless it is withheld.
    pub fn gallery(&self, item: &Item) -> Option<Section> {
        let open = |picture: &Picture| {
            let mut view = self.picture_of(item, picture, PictureUse::Gallery)?;
            view.full = self.picture_of(item, picture, PictureUse::Inline).map(|large| large.address);
            Some(view)
        };
        let pictures = item.entry.own.gallery().iter().filter_map(open).collect();
        self.section("gallery", SectionContent::Gallery { pictures })
    }

    fn picture_of(&self, item: &Item, picture: &Picture, usage: PictureUse) -> Option<PictureView> {
        let path = self.file_path(&item.entry.origin.source.path, picture.file.as_str())?;
        let rendition = self.assets.picture(&path, picture.shot(usage)).filter(|_| item.withheld.is_none())?;
        Some(picture::view(rendition, picture.alt(), picture.credit.clone()))
    }

    fn file_path(&self, from: &str, target: &str) -> Option<String> {
        match resolve(self.portal, from, target) {
            Some(Linked::File(path)) => Some(path),
            _ => None,
        }
    }

    /// A file of the settings: `content/site.yaml` names it.
    pub fn site_picture(&self, file: &str, alt: &str) -> Option<PictureView> {
        let path = self.file_path(crate::entry::SITE_PATH, file)?;
        let rendition = self.assets.picture(&path, Shot { usage: PictureUse::Banner, focus: Focus::CENTRE })?;
        Some(picture::view(rendition, alt, None))
    }

    /// The attachments of an entry.
    pub fn files(&self, item: &Item) -> Vec<FileView> {
        let from = &item.entry.origin.source.path;
        let attachments = item.entry.common.attachments.iter();
        attachments
            .filter_map(|attachment| {
                let asset = self.assets.file(&self.file_path(from, attachment.file.as_str())?)?;
                let (address, kind) = (asset.address.clone(), asset.kind.clone());
                Some(FileView { address, title: attachment.title.clone(), kind, size: size(asset.len) })
            })
            .collect()
    }

    /// The sources of an entry: document and clause, linked to the clause's anchor.
    pub fn sources(&self, item: &Item) -> Vec<Text> {
        let sources = item.entry.common.sources.iter();
        sources
            .filter_map(|source| {
                let document = self.portal.find(&source.document)?;
                let mut text = self.link(document);
                if let (Some(id), Own::Document(own)) = (&source.clause, &document.entry.own)
                    && let Some(clause) = own.clauses.iter().find(|clause| clause.id == *id)
                {
                    text.text = format!("{} {}", text.text, clause.label);
                    text.address = text.address.map(|address| format!("{address}#{id}"));
                }
                Some(text)
            })
            .collect()
    }

    /// The HTML of an entry's body, for the page whose way to the root is `root`.
    pub fn body(&self, item: &Item, root: &str) -> String {
        if item.entry.body().trim().is_empty() {
            return String::new();
        }
        markdown::render(item.entry.body(), &item.body.headings, &BodyLinks { context: *self, item, root })
    }

    /// An entry in a list.
    pub fn card(&self, id: ItemId) -> Card {
        let item = self.portal.item(id);
        let page = shown(&item.entry.own);
        let mut facts = page.card_facts(self, item);
        facts.extend(self.next_session(item));
        Card {
            kind: item.kind().folder(),
            address: Some(item.address.clone()),
            anchor: None,
            title: item.title().to_owned(),
            summary: item.summary(),
            picture: self.picture(item, item.card_use()).or_else(|| self.topic_picture(item)),
            badges: self.badges(item),
            facts,
            day: page.day(item).map(|day| self.day(day)),
        }
    }

    /// The picture of the first topic, for the card of what is taught or shown and has no picture of its own.
    fn topic_picture(&self, item: &Item) -> Option<PictureView> {
        let topics = match &item.entry.own {
            Own::Course(course) => &course.topics,
            Own::Event(event) => &event.topics,
            _ => return None,
        };
        let mut picture = self.picture(self.portal.find(topics.first()?)?, PictureUse::Card)?;
        // It says nothing that the title does not: decoration.
        picture.alt.clear();
        Some(picture)
    }

    fn next_session(&self, item: &Item) -> Option<Fact> {
        let next = item.sessions.iter().find(|session| !session.is_past(&self.portal.today))?;
        let day = self.day(next.start.date());
        self.text_fact("next", format!("{} {} {}", day.text, day.weekday, session_time(next)))
    }

    /// Marks of an entry: draft, and what its kind has to say.
    pub fn badges(&self, item: &Item) -> Vec<Badge> {
        let draft = item.entry.common.draft.then(|| Badge { tone: "warn", text: self.word("text.draft") });
        draft.into_iter().chain(shown(&item.entry.own).badges(self, item)).collect()
    }

    /// The mark of a status; none for what takes place as announced.
    pub fn status(&self, status: Status) -> Option<Badge> {
        let tone = match status {
            Status::Scheduled => return None,
            Status::Moved | Status::Full => "warn",
            Status::Cancelled => "bad",
        };
        Some(Badge { tone, text: self.choice(status) })
    }

    /// A dated session; `of` is what it belongs to, where the page does not say.
    pub fn session(&self, session: &Dated, of: Option<&Item>) -> SessionView {
        let title = match (of, &session.title) {
            (Some(item), Some(title)) => Some(Text { text: format!("{}：{title}", item.title()), ..self.link(item) }),
            (Some(item), None) => Some(self.link(item)),
            (None, Some(title)) => Some(plain(title)),
            (None, None) => None,
        };
        SessionView {
            day: self.day(session.start.date()),
            time: session_time(session),
            start: instant(session.start, &self.portal.settings.zone),
            end: instant(session.end, &self.portal.settings.zone),
            title,
            venue: session.venue.as_ref().and_then(|venue| self.reference(venue)),
            badges: self.status(session.status).into_iter().collect(),
            past: session.is_past(&self.portal.today),
        }
    }

    /// Sessions of one thing, those that are over apart: the last of them, and the next of those to come.
    pub fn sessions<'s>(&self, sessions: impl Iterator<Item = &'s Dated>) -> (Vec<SessionView>, Vec<SessionView>) {
        let (past, next): (Vec<&Dated>, Vec<&Dated>) =
            sessions.partition(|session| session.is_past(&self.portal.today));
        let view = |session: &&Dated| self.session(session, None);
        let from = past.len().saturating_sub(SESSIONS);
        (past[from..].iter().map(view).collect(), next.iter().take(SESSIONS).map(view).collect())
    }

    /// A section; none if it would be empty.
    pub fn section(&self, key: &str, content: SectionContent) -> Option<Section> {
        let empty = match &content {
            SectionContent::Cards { cards } => cards.is_empty(),
            SectionContent::Links { links } => links.is_empty(),
            SectionContent::Sessions { sessions, past, facts, .. } => {
                sessions.is_empty() && past.is_empty() && facts.is_empty()
            }
            SectionContent::Table { rows, .. } => rows.is_empty(),
            SectionContent::Records { records } => records.is_empty(),
            SectionContent::Gallery { pictures } => pictures.is_empty(),
            SectionContent::Facts { facts } => facts.is_empty(),
        };
        let title = self.words.get(&format!("section.{key}")).to_owned();
        (!empty).then(|| Section { anchor: format!("sec-{key}"), title, content, total: None, more: None })
    }

    /// The first entries of a kind that belong to `of`, and the way to all.
    pub fn members(&self, of: ItemId, kind: Kind) -> Option<Section> {
        let all = members(self.portal, of, kind);
        let cards: Vec<Card> = all.iter().take(FEW).map(|id| self.card(*id)).collect();
        let mut section = self.section(kind.folder(), SectionContent::Cards { cards })?;
        section.title = self.kind_name(kind);
        section.total = Some(all.len());
        section.more = (all.len() > FEW).then(|| gather_address(self.portal.item(of), kind, 1));
        Some(section)
    }
}

/// The entries of a kind that belong to another: gathered by a region, topic or audience, or referring to anything else.
pub fn members(portal: &Portal, of: ItemId, kind: Kind) -> &[ItemId] {
    if portal.item(of).kind().gathers() { portal.gathered(of, kind) } else { portal.referrers(of, kind) }
}

/// A text that is no link.
pub fn plain(text: impl Into<String>) -> Text {
    Text { text: text.into(), address: None, url: None }
}

/// From when to when.
pub fn hours(hours: Hours) -> String {
    format!("{}–{}", hours.start, hours.end)
}

fn session_time(session: &Dated) -> String {
    let clock = |at: DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
    if session.start.date() == session.end.date() {
        return format!("{}–{}", clock(session.start), clock(session.end));
    }
    let (last, end) = (session.end.date(), clock(session.end));
    format!("{}–{}月{}日 {end}", clock(session.start), last.month(), last.day())
}

/// A moment with its offset, as RFC 3339 has it. A time that a change of clocks skips or repeats is read as the zone does.
pub fn instant(at: DateTime, zone: &TimeZone) -> String {
    match at.to_zoned(zone.clone()) {
        Ok(zoned) => format!("{}{}", at.strftime("%Y-%m-%dT%H:%M:%S"), zoned.strftime("%:z")),
        Err(_) => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}

/// A size for people.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", tenths(1024)),
        _ => format!("{} MB", tenths(1_048_576)),
    }
}

/// Resolves what a body points at, for one page.
struct BodyLinks<'a> {
    context: Context<'a>,
    item: &'a Item,
    root: &'a str,
}

impl Resolve for BodyLinks<'_> {
    fn link(&self, target: &str) -> Option<String> {
        let portal = self.context.portal;
        let address = match resolve(portal, &self.item.entry.origin.source.path, target)? {
            Linked::Outside => return Some(target.to_owned()),
            // The body may stand on another page than its own, such as the home page.
            Linked::Here(anchor) => format!("{}#{anchor}", self.item.address),
            Linked::Entry(id, anchor) => {
                let item = portal.item(id);
                let public = item.is_public() || item.state == State::Public;
                match anchor.filter(|_| public && has_page(item.kind())) {
                    Some(anchor) => format!("{}#{anchor}", item.address),
                    None if public => item.address.clone(),
                    None => return None,
                }
            }
            Linked::List(kind) => {
                if portal.of_kind(kind).is_empty() {
                    return None;
                }
                list_address(kind, 1)
            }
            Linked::Home => "index.html".to_owned(),
            Linked::File(path) => self.context.assets.file(&path)?.address.clone(),
        };
        Some(address::relative(self.root, &address))
    }

    fn picture(&self, target: &str, show: Show, alt: &str) -> Option<String> {
        if self.item.withheld.is_some() {
            return None;
        }
        let path = self.context.file_path(&self.item.entry.origin.source.path, target)?;
        let mut shown = show.shots().into_iter().map(|shot| self.context.assets.picture(&path, shot));
        let mut view = picture::view(shown.next()??, alt, None);
        view.full = shown.next().flatten().map(Rendition::address);
        Some(picture::html(&view, self.root))
    }

    fn video(&self, target: &str) -> Option<String> {
        let path = self.context.file_path(&self.item.entry.origin.source.path, target)?;
        Some(address::relative(self.root, &self.context.assets.file(&path)?.address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_instants_are_written_for_people_and_machines() {
        assert_eq!(size(900), "900 B");
        assert_eq!(size(1_572_864), "1.5 MB");
        let shanghai = TimeZone::get("Asia/Shanghai").expect("zone");
        let at = jiff::civil::date(2026, 11, 9).at(9, 0, 0, 0);
        assert_eq!(instant(at, &shanghai), "2026-11-09T09:00:00+08:00");
    }
}
