//! The home page.

use serde::Serialize;

use super::{AgendaDay, Card, CountedLink, Link, OverviewLine, PictureView, SectionContent, Text};
use crate::address::Href;

/// The home page: `view` in `home.html`.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// Its blocks, in order.
    pub blocks: Vec<BlockView>,
}

/// A block of the home page.
#[derive(Debug, Serialize)]
pub struct BlockView {
    /// Its heading.
    pub title: String,
    /// Its anchor.
    pub anchor: String,
    /// What it holds.
    #[serde(flatten)]
    pub content: BlockContent,
    /// Address of all of it.
    pub more: Option<Href>,
}

/// What a block holds; `block` tells templates which.
#[derive(Debug, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum BlockContent {
    /// A greeting.
    Hero {
        /// Text.
        text: String,
        /// Picture.
        picture: Option<PictureView>,
        /// Where to go first.
        links: Vec<Link>,
    },
    /// A learning week.
    Week {
        /// The edition.
        card: Box<Card>,
        /// 11月9日至15日.
        dates: String,
        /// Its theme.
        theme: Option<String>,
        /// Its next events.
        days: Vec<AgendaDay>,
        /// How many events it has.
        total: usize,
        /// Whether it is over.
        over: bool,
        /// What it was, in numbers, if it is over.
        figures: Vec<Figure>,
        /// The first pictures of its gallery, if it is over.
        pictures: Vec<PictureView>,
        /// The edition that comes next, if it is over and the next is known.
        next: Option<NextWeek>,
    },
    /// What is on today and tomorrow.
    Now {
        /// The days.
        days: Vec<AgendaDay>,
        /// How many sessions there are.
        total: usize,
    },
    /// Streets or districts to choose from.
    Near {
        /// They, in the order of the tree, with what is on within a week.
        links: Vec<CountedLink>,
        /// The day to which the counts of a week belong.
        built: Option<String>,
    },
    /// How to enrol.
    Enrol {
        /// The telephones of the portal.
        phones: Vec<Text>,
        /// Who answers.
        of: Option<String>,
        /// The way to the learning points.
        near: Option<Href>,
        /// All courses.
        courses: Option<Href>,
    },
    /// Sessions to come.
    Upcoming {
        /// The days.
        days: Vec<AgendaDay>,
    },
    /// Entries of one kind.
    List {
        /// The kind's folder.
        kind: &'static str,
        /// They, as cards or lines.
        #[serde(flatten)]
        entries: SectionContent,
    },
    /// Topics, audiences or regions.
    Links {
        /// The kind's folder.
        kind: &'static str,
        /// The links.
        links: Vec<CountedLink>,
    },
    /// Counts of entries.
    Figures {
        /// The counts.
        links: Vec<CountedLink>,
    },
    /// Where the regions stand.
    Standing {
        /// A line for each.
        lines: Vec<OverviewLine>,
        /// The ways to all figures, page by page.
        figures: Vec<Link>,
    },
    /// A page's body.
    Page {
        /// As HTML.
        body: String,
    },
}

/// A number of something.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// What is counted.
    pub title: String,
    /// The number.
    pub count: usize,
}

/// A learning week to come.
#[derive(Debug, Serialize)]
pub struct NextWeek {
    /// The edition.
    #[serde(flatten)]
    pub link: Link,
    /// Its days.
    pub dates: String,
}
