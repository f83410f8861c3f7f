//! What templates receive: finished views, the same few shapes on every page. Addresses in them are from the root, and
//! percent-encoded.

mod bundle;
mod calendar;
mod catalogue;
mod home;
mod ledger;
mod matrix;
mod near;
mod overview;
mod programme;
mod reconcile;

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::ChartView;
use super::timeline::TimelineView;
use crate::address::Href;

pub use bundle::{BundleEntry, BundleTable, BundleUnit, BundleView};
pub use calendar::{CalendarGroup, CalendarView, CalendarsView};
pub use catalogue::{CatalogueView, ChosenView, CourseGroup, CourseRow, EnrolmentView, FacetChoice, FacetView};
pub use home::{BlockContent, BlockView, Figure, HomeView, NextWeek};
pub use ledger::{LedgerBranch, LedgerCount, LedgerEntry, LedgerItem, LedgerView};
pub use matrix::{MatrixCell, MatrixRow, MatrixView};
pub use near::{NearView, RegionGroup, RegionPlace, RegionTown};
pub use overview::{OverviewGroup, OverviewLine, OverviewView};
pub use programme::{ChangeView, DayGroup, DayLink, ProgrammeRow, WayLink};
pub use reconcile::{GapCount, GapGroup, GapRow, ReconcileView};

/// What every page has: `page` in templates.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// The way to the root: empty, `../`, … Every address is written behind it.
    pub root: String,
    /// The page's own address.
    pub address: Href,
    /// The title for the tab: page and site.
    pub title: String,
    /// The title on the page.
    pub heading: String,
    /// For search engines and shared links.
    pub description: String,
    /// The language, such as `zh-CN`.
    pub language: String,
    /// The way from the home page to here, without the page itself.
    pub crumbs: Vec<Link>,
    /// The absolute address, if the site has one.
    pub canonical: Option<String>,
    /// Address of the stylesheet.
    pub style: Href,
    /// Addresses of the theme's scripts, by stem.
    pub scripts: BTreeMap<String, Href>,
    /// Feeds that go with the page.
    pub feeds: Vec<FeedLink>,
    /// `<meta name>`, in order.
    pub meta: Vec<Meta>,
    /// `<meta property>`, in order.
    pub properties: Vec<Meta>,
    /// What the page is about, for machines: JSON-LD as the text of a `script` element.
    pub data: Option<String>,
    /// The menu.
    pub menu: Vec<MenuLink>,
    /// Files under `content/static/` that every page points at.
    pub icons: Vec<Icon>,
}

/// A `<meta>`.
#[derive(Clone, Debug, Serialize)]
pub struct Meta {
    /// Its name or property.
    pub name: String,
    /// Its content.
    pub content: String,
}

/// A feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    /// What it is of.
    pub title: String,
    /// Its address.
    pub address: Href,
    /// Its media type.
    pub media_type: &'static str,
}

/// An icon of the site.
#[derive(Clone, Debug, Serialize)]
pub struct Icon {
    /// The `rel` of its link.
    pub rel: &'static str,
    /// Its address.
    pub address: Href,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Its text.
    pub title: String,
    /// Its address; none for what is not published today.
    pub address: Option<Href>,
}

/// A link with what stands behind it.
#[derive(Clone, Debug, Serialize)]
pub struct CountedLink {
    /// Its text.
    pub title: String,
    /// Its address.
    pub address: Href,
    /// How many entries are there.
    pub count: usize,
    /// Its picture.
    pub picture: Option<PictureView>,
}

/// An entry of the menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuLink {
    /// Its text.
    pub title: String,
    /// Its address.
    pub address: Href,
    /// Whether the page is it or below it.
    pub current: bool,
}

/// A picture. Its files are `<stem>-<width>.<extension>` for every width and extension; without a stem there is one file.
#[derive(Clone, Debug, Serialize)]
pub struct PictureView {
    /// Address of the largest file for every browser.
    pub address: Href,
    /// Description; empty for decoration.
    pub alt: String,
    /// Width of the largest file in pixels.
    pub width: u32,
    /// Height of the largest file in pixels.
    pub height: u32,
    /// The beginning of its addresses.
    pub stem: Option<Href>,
    /// Widths in pixels, the smallest first.
    pub widths: Vec<u32>,
    /// Formats that not every browser knows, the best first.
    pub formats: Vec<PictureFormat>,
    /// The extension of the format for every browser.
    pub extension: &'static str,
    /// How wide it is shown: the value of `sizes`.
    pub sizes: String,
    /// Address of the picture to open, where this one is small.
    pub full: Option<Href>,
    /// Author or source.
    pub credit: Option<String>,
}

/// A format of a picture.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PictureFormat {
    /// The extension of its files.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
}

/// A text that may be a link.
#[derive(Clone, Debug, Serialize)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Its address, where there is a page.
    pub address: Option<Href>,
    /// An outside address: `https:`, `tel:` or `mailto:`.
    pub url: Option<String>,
}

impl Text {
    /// A text that is no link.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), address: None, url: None }
    }
}

/// A labelled fact.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// Its stable key, such as `fee`.
    pub key: &'static str,
    /// Its label.
    pub label: String,
    /// Its values.
    pub values: Vec<Text>,
    /// Whether it is among what a resident asks first.
    pub prominent: bool,
}

/// A short mark beside a title.
#[derive(Clone, Debug, Serialize)]
pub struct Badge {
    /// `good`, `warn`, `bad` or `plain`: how it is coloured; the text alone says what it means.
    pub tone: &'static str,
    /// Its text.
    pub text: String,
}

/// A day for people and for machines.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// `2026-11-09`.
    pub iso: String,
    /// 2026年11月9日.
    pub text: String,
    /// 11月9日.
    pub short: String,
    /// 星期一.
    pub weekday: String,
}

/// An entry in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Its kind's folder, such as `courses`.
    pub kind: &'static str,
    /// Its address.
    pub address: Option<Href>,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// Picture.
    pub picture: Option<PictureView>,
    /// Marks.
    pub badges: Vec<Badge>,
    /// Its most important facts.
    pub facts: Vec<Fact>,
    /// Its day.
    pub day: Option<DayView>,
}

/// An entry as a line of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its kind's folder, such as `courses`.
    pub kind: &'static str,
    /// Its address.
    pub address: Option<Href>,
    /// Its anchor, where the list is its place.
    pub anchor: Option<String>,
    /// Title.
    pub title: String,
    /// Its summary, where the list is its place.
    pub summary: Option<String>,
    /// Marks.
    pub badges: Vec<Badge>,
    /// Its day: that of its next session, where it has one.
    pub day: Option<DayView>,
    /// The time of its next session.
    pub time: Option<String>,
    /// The sessions after the next, as [`CourseRow::later`]; the next as well if it takes several days.
    pub later: String,
    /// The last day of its last session, if it has a next one: `2026-12-20`.
    pub last: Option<String>,
    /// Whether one can join, where that is why it is shown.
    pub state: Option<EnrolmentView>,
    /// Whether all its sessions are over.
    pub past: bool,
    /// What else is to be known, shortly: place, fee.
    pub notes: Vec<String>,
}

/// A dated session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// Its day.
    pub day: DayView,
    /// 09:00–11:00.
    pub time: String,
    /// `2026-11-09T09:00:00+08:00`.
    pub start: String,
    /// `2026-11-09T11:00:00+08:00`.
    pub end: String,
    /// What it is, where it belongs to something else or has a title.
    pub title: Option<Text>,
    /// Where.
    pub venue: Option<Text>,
    /// Marks: moved, full, cancelled.
    pub badges: Vec<Badge>,
    /// Its last day, if it is not its first: `2026-11-10`.
    pub last: Option<String>,
    /// Whether it was called off.
    pub off: bool,
    /// Whether it is over.
    pub past: bool,
}

/// What is on on a day.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaDay {
    /// The day.
    pub day: DayView,
    /// Its sessions.
    pub sessions: Vec<SessionView>,
}

/// A place to go to, with what one has to know before.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    /// Its name.
    #[serde(flatten)]
    pub link: Link,
    /// Marks.
    pub badges: Vec<Badge>,
    /// Its telephones.
    pub phones: Vec<Text>,
    /// Address, opening hours, who runs it.
    pub facts: Vec<Fact>,
}

/// A record shown in place, with an anchor: a duty, a clause, a phase, a seat.
#[derive(Clone, Debug, Serialize)]
pub struct RecordView {
    /// Its anchor.
    pub anchor: Option<String>,
    /// A number or role before it.
    pub label: Option<String>,
    /// Its title.
    pub title: Text,
    /// Its text, as HTML.
    pub html: String,
    /// Marks.
    pub badges: Vec<Badge>,
    /// Facts.
    pub facts: Vec<Fact>,
}

/// A cell of a table.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// Its texts.
    pub texts: Vec<Text>,
}

/// An item of a building standard beside what is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct StandardRow {
    /// Its anchor, on the page where it lives.
    pub anchor: Option<String>,
    /// What it says of itself, as HTML; may be empty.
    pub html: String,
    /// The item, what is asked, and how far that is met first.
    pub cells: Vec<Cell>,
}

/// A part of an item's page behind its body.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its anchor.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// What it holds.
    #[serde(flatten)]
    pub content: SectionContent,
    /// How many there are in all, where only the first are shown.
    pub total: Option<usize>,
    /// Address of all of them.
    pub more: Option<Href>,
    /// Whether it is folded: what few visitors of the page look for.
    pub folded: bool,
}

/// What a section holds; `form` tells templates which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum SectionContent {
    /// Cards.
    Cards {
        /// The cards.
        cards: Vec<Card>,
    },
    /// Entries, a line each.
    Rows {
        /// The lines.
        rows: Vec<Row>,
    },
    /// What is on, day by day.
    Agenda {
        /// The days.
        days: Vec<AgendaDay>,
    },
    /// Places to go to.
    Places {
        /// Why these.
        note: Option<String>,
        /// The places.
        places: Vec<PlaceView>,
    },
    /// Links with counts.
    Links {
        /// The links.
        links: Vec<CountedLink>,
        /// The day to which the counts of a week belong.
        built: Option<String>,
    },
    /// Dated sessions.
    Sessions {
        /// Those to come.
        sessions: Vec<SessionView>,
        /// Those that are over.
        past: Vec<SessionView>,
        /// The venue that need not be named with each of them.
        usual_venue: Option<String>,
        /// What else is to be known: status, reason, places.
        facts: Vec<Fact>,
        /// Marks.
        badges: Vec<Badge>,
        /// Of a class run: whether one can join it.
        enrolment: Option<Box<EnrolmentView>>,
        /// Of a class run that is not over: the last day of each session that is left.
        left: Vec<String>,
    },
    /// What was changed, the newest first.
    Changes {
        /// The changes.
        changes: Vec<ChangeView>,
    },
    /// Ways to the days of a programme.
    Days {
        /// The ways.
        days: Vec<DayLink>,
    },
    /// Rows of a programme, day by day.
    Programme {
        /// The days.
        groups: Vec<DayGroup>,
    },
    /// Ways to parts of a programme.
    Ways {
        /// The ways.
        links: Vec<WayLink>,
    },
    /// A chart; the table beside it says the same.
    Chart {
        /// The chart.
        chart: Box<ChartView>,
    },
    /// Phases over time; the table beside it says the same.
    Timeline {
        /// The bars.
        timeline: Box<TimelineView>,
    },
    /// A table.
    Table {
        /// Heads.
        head: Vec<String>,
        /// Rows.
        rows: Vec<Vec<Cell>>,
    },
    /// Items of a building standard: many, with little to say of each.
    Standards {
        /// Heads.
        head: Vec<String>,
        /// The items.
        standards: Vec<StandardRow>,
    },
    /// Records with anchors.
    Records {
        /// The records.
        records: Vec<RecordView>,
    },
    /// Pictures, each of which can be opened.
    Gallery {
        /// The pictures.
        pictures: Vec<PictureView>,
    },
    /// Facts.
    Facts {
        /// The facts.
        facts: Vec<Fact>,
    },
}

impl SectionContent {
    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Cards { cards } => cards.is_empty(),
            Self::Rows { rows } => rows.is_empty(),
            Self::Agenda { days } => days.is_empty(),
            Self::Places { places, .. } => places.is_empty(),
            Self::Links { links, .. } => links.is_empty(),
            Self::Sessions { sessions, past, facts, .. } => sessions.is_empty() && past.is_empty() && facts.is_empty(),
            Self::Changes { changes } => changes.is_empty(),
            Self::Days { days } => days.is_empty(),
            Self::Programme { groups } => groups.is_empty(),
            Self::Ways { links } => links.is_empty(),
            Self::Chart { chart } => chart.bars.is_empty(),
            Self::Timeline { timeline } => timeline.bars.is_empty(),
            Self::Table { rows, .. } => rows.is_empty(),
            Self::Standards { standards, .. } => standards.is_empty(),
            Self::Records { records } => records.is_empty(),
            Self::Gallery { pictures } => pictures.is_empty(),
            Self::Facts { facts } => facts.is_empty(),
        }
    }
}

/// Tables about something, such as the worksheet of a unit: `view` in `sheet.html`.
#[derive(Debug, Serialize)]
pub struct SheetView {
    /// What it is about.
    pub of: Link,
    /// How much there is of what.
    pub summary: Vec<String>,
    /// Other forms of it.
    pub files: Vec<Link>,
    /// What it says.
    pub sections: Vec<Section>,
    /// The pages of it, if it has several.
    pub pager: Option<Pager>,
}

/// A page of the index of figures: `view` in `figures.html`.
#[derive(Debug, Serialize)]
pub struct FiguresView {
    /// How many there are in all.
    pub total: usize,
    /// How many of them stand how.
    pub tally: String,
    /// The same for programs.
    pub files: Vec<Link>,
    /// Tables, document by document.
    pub sections: Vec<Section>,
    /// Documents whose figures are on another page.
    pub elsewhere: Vec<Link>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// Honours by year and level: `view` in `honours.html`.
#[derive(Debug, Serialize)]
pub struct HonoursView {
    /// What it says.
    pub sections: Vec<Section>,
}

/// A sign-in sheet on paper: `view` in `sign-in.html`.
#[derive(Debug, Serialize)]
pub struct SignInView {
    /// What it is for.
    pub of: Link,
    /// Where, when, who.
    pub facts: Vec<Fact>,
    /// The sessions of which one is to be ticked; none if there is only one.
    pub sessions: Vec<SessionView>,
    /// The numbers of the places to sign, those that stand beside each other together.
    pub rows: Vec<Vec<u32>>,
    /// How many stand beside each other.
    pub columns: usize,
    /// How many there are.
    pub count: u32,
}

/// How many came: `view` in `participation.html`.
#[derive(Debug, Serialize)]
pub struct ParticipationView {
    /// The region, if it is not the whole portal.
    pub region: Option<Link>,
    /// What it says.
    pub sections: Vec<Section>,
}

/// A heading in the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// Its anchor.
    pub anchor: String,
    /// Its text.
    pub title: String,
}

/// A file to download.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// Its address.
    pub address: Href,
    /// Its title.
    pub title: String,
    /// Its type, such as `PDF`.
    pub kind: String,
    /// Its size, such as `1.2 MB`.
    pub size: String,
}

/// An item's page: `view` in `item.html` and the templates that extend it.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// The kind's folder.
    pub kind: &'static str,
    /// The kind's name.
    pub kind_name: String,
    /// Title.
    pub title: String,
    /// Summary, if one was written.
    pub lead: Option<String>,
    /// Marks.
    pub badges: Vec<Badge>,
    /// Picture.
    pub picture: Option<PictureView>,
    /// Publication day.
    pub day: Option<DayView>,
    /// Day of the last change.
    pub updated: Option<DayView>,
    /// Minutes of reading, for longer texts.
    pub minutes: Option<usize>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Table of contents, from three headings up.
    pub toc: Vec<TocEntry>,
    /// The body, as HTML.
    pub body: String,
    /// The calendar of its sessions, or of what belongs to it.
    pub calendar: Option<CalendarView>,
    /// Sections.
    pub sections: Vec<Section>,
    /// Attachments.
    pub files: Vec<FileView>,
    /// Sources, document by document.
    pub sources: Vec<SourceView>,
    /// Notes on the facts.
    pub notes: Vec<String>,
}

/// A document with the clauses of it that an entry cites.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// The document.
    pub document: Text,
    /// Its clauses, by their labels; none if it is cited as a whole.
    pub clauses: Vec<Text>,
}

/// A page of a list: `view` in `list.html`.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// The kind's folder.
    pub kind: &'static str,
    /// Title.
    pub title: String,
    /// What the list is of, where it is a part of another page.
    pub context: Option<Link>,
    /// Where more of them stands.
    pub ways: Vec<Link>,
    /// How many entries in all.
    pub total: usize,
    /// Entries, in groups; a group without a heading stands alone.
    pub groups: Vec<Group>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// A stretch of a list under one heading: cards or lines.
#[derive(Debug, Default, Serialize)]
pub struct Group {
    /// Its heading.
    pub title: Option<String>,
    /// The anchor of its heading.
    pub anchor: String,
    /// Its entries, of a kind whose pictures count.
    pub cards: Vec<Card>,
    /// Its entries, of any other kind.
    pub rows: Vec<Row>,
}

/// The pager of a list: at most nine numbers.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// The page shown.
    pub current: usize,
    /// How many there are.
    pub count: usize,
    /// Address of the page before.
    pub previous: Option<Href>,
    /// Address of the page behind.
    pub next: Option<Href>,
    /// Numbers, with their addresses; a gap stands before a number that does not follow.
    pub numbers: Vec<PagerNumber>,
}

/// A number in a pager.
#[derive(Debug, Serialize)]
pub struct PagerNumber {
    /// The number.
    pub number: usize,
    /// Its address.
    pub address: Href,
    /// Whether it is the page shown.
    pub current: bool,
    /// Whether numbers are left out before it.
    pub gap: bool,
}

/// A page of the index by letters: `view` in `letters.html`.
#[derive(Debug, Serialize)]
pub struct LettersView {
    /// All letters that there are.
    pub letters: Vec<MenuLink>,
    /// The entries, by kind.
    pub groups: Vec<LinkGroup>,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// Links under one heading.
#[derive(Debug, Serialize)]
pub struct LinkGroup {
    /// Its heading.
    pub title: String,
    /// Its links.
    pub links: Vec<Link>,
}

/// A redirect: `view` in `redirect.html`.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// Where to.
    pub target: Link,
}
