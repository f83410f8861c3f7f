//! What rules ask of a page, read in one pass.

use std::borrow::Cow;

use jiff::civil::Date;

use super::atlas::{Atlas, Link, Links, Side, Sort, plain};
use super::scan::{Attributes, Piece, Scan, decoded};

/// A page as rules see it.
#[derive(Debug, Default)]
pub struct Page {
    /// Its root address.
    pub address: String,
    /// What it has, as bits of [`Part`].
    parts: u8,
    pub(super) title: Box<str>,
    /// The metadata that it has, as bits of the places in [`META`].
    meta: u16,
    /// Its day of publication.
    pub(super) published: Option<Date>,
    /// The name of the column that it is or is in.
    pub(super) column: Box<str>,
    /// How its viewport is set, if that keeps people from enlarging it.
    pub(super) tight: Option<Box<str>>,
    /// Names of metadata that are empty, or say what programs write where they have nothing.
    pub(super) empty_meta: Vec<Box<str>>,
    /// Its anchors, sorted.
    ids: Vec<Box<str>>,
    pub(super) links: Vec<Link>,
    /// Links to places of its own that it does not have.
    pub(super) lost: Vec<Box<str>>,
    /// Links of which nothing can be read or heard.
    pub(super) unnamed: Vec<Box<str>>,
    /// Pictures without a word that stands for them.
    pub(super) mute: Vec<Box<str>>,
    pub(super) headings: Vec<u8>,
    /// Names of controls without a label.
    pub(super) unlabelled: Vec<String>,
    pub(super) headless_tables: usize,
    pub(super) untitled_frames: usize,
    /// Texts that a program left behind.
    pub(super) leftovers: Vec<&'static str>,
    /// Items of lists and rows of tables in the page's own part, ways around it left aside.
    pub(super) items: usize,
}

/// What a page may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The language of the page.
    Language,
    /// A search box.
    Search,
    /// A site map.
    SiteMap,
    /// The switch for large print.
    LargePrint,
    /// A way on to another page, which is taken at once.
    Onward,
}

/// The metadata that rules ask for.
const META: [&str; 10] = [
    "SiteName",
    "SiteDomain",
    "SiteIDCode",
    "ColumnName",
    "ColumnDescription",
    "ColumnKeywords",
    "ColumnType",
    "ArticleTitle",
    "ContentSource",
    "PubDate",
];

/// What programs write where they have nothing.
const LEFTOVERS: [&str; 4] = ["null", "undefined", "NaN", "[object Object]"];

impl Page {
    /// Reads a page; where its links lead is noted in the atlas.
    pub fn read(address: &str, html: &[u8], atlas: &Atlas) -> Self {
        let mut scan = Scan::new(html);
        let page = Self { address: address.to_owned(), ..Self::default() };
        let mut reader = Reader::of(page, Links::of(address, atlas));
        while let Some(piece) = scan.next() {
            match piece {
                Piece::Start(name) => reader.start(name, scan.attributes()),
                Piece::End(name) => reader.end(name),
                Piece::Text(text) => reader.text(text),
            }
        }
        reader.finish(atlas)
    }

    fn note(&mut self, part: Part, has: bool) {
        self.parts |= u8::from(has) << part as u8;
    }

    /// Whether it has something.
    pub(super) fn has(&self, part: Part) -> bool {
        self.parts >> part as u8 & 1 == 1
    }

    /// Whether it only leads on to another page.
    pub(super) fn leads_on(&self) -> bool {
        self.has(Part::Onward)
    }

    /// Whether its metadata has a name.
    pub(super) fn has_meta(&self, name: &str) -> bool {
        META.iter().position(|known| *known == name).is_some_and(|at| self.meta >> at & 1 == 1)
    }

    /// Whether it is the page of an entry.
    pub(super) fn is_article(&self) -> bool {
        self.has_meta("ArticleTitle")
    }

    /// Whether it is a list.
    pub(super) fn is_column(&self) -> bool {
        !self.is_article() && self.has_meta("ColumnName")
    }

    /// Whether a place is on it; its top always is.
    pub(super) fn has_place(&self, anchor: &str) -> bool {
        anchor.is_empty()
            || anchor.eq_ignore_ascii_case("top")
            || anchor.starts_with(":~:")
            || self.ids.binary_search_by(|id| (**id).cmp(anchor)).is_ok()
    }
}

/// A link whose end is still to come.
struct Open<'a> {
    href: Cow<'a, str>,
    is_named: bool,
    is_download: bool,
}

struct Reader<'a> {
    page: Page,
    links: Links<'a>,
    open: Option<Open<'a>>,
    side: Side,
    in_title: bool,
    /// Open ways around the page.
    navs: usize,
    /// Open labels: a control inside one is labelled.
    labels: usize,
    labelled: Vec<Cow<'a, str>>,
    /// Controls that are not labelled by themselves: id and name.
    controls: Vec<(Option<Cow<'a, str>>, String)>,
    /// For each open table whether it has a head.
    tables: Vec<bool>,
    /// Links to places of the page itself.
    own: Vec<Cow<'a, str>>,
}

impl<'a> Reader<'a> {
    fn of(page: Page, links: Links<'a>) -> Self {
        Self {
            page,
            links,
            open: None,
            side: Side::default(),
            in_title: false,
            navs: 0,
            labels: 0,
            labelled: Vec::new(),
            controls: Vec::new(),
            tables: Vec::new(),
            own: Vec::new(),
        }
    }

    fn start(&mut self, name: &[u8], attributes: Attributes<'_, 'a>) {
        if let Some(id) = attributes.raw("id").filter(|id| !id.is_empty()) {
            self.page.ids.push(decoded(id).into());
        }
        let page = &mut self.page;
        match name {
            b"a" => self.open_link(attributes),
            b"li" | b"tr" => page.items += usize::from(self.side == Side::Main && self.navs == 0),
            b"meta" => self.meta(attributes),
            b"html" => page.note(Part::Language, attributes.says("lang")),
            b"title" if page.title.is_empty() => self.in_title = true,
            b"img" => self.picture(attributes),
            b"main" => self.side = Side::Main,
            b"footer" => self.side = Side::Foot,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => page.headings.push(name[1] - b'0'),
            b"label" => {
                self.labels += 1;
                self.labelled.extend(attributes.get("for"));
            }
            b"input" | b"select" | b"textarea" => self.control(name, attributes),
            b"form" => page.note(Part::Search, attributes.raw("role").is_some_and(|role| role == b"search")),
            b"nav" => {
                self.navs += 1;
                page.note(Part::SiteMap, attributes.get("class").is_some_and(|class| class.contains("sitemap")));
            }
            b"table" => self.tables.push(false),
            b"th" => self.tables.last_mut().into_iter().for_each(|has_head| *has_head = true),
            b"iframe" => page.untitled_frames += usize::from(attributes.raw("title").is_none_or(<[u8]>::is_empty)),
            _ => {}
        }
    }

    fn meta(&mut self, attributes: Attributes<'_, 'a>) {
        let (Some(name), Some(content)) = (attributes.get("name"), attributes.raw("content")) else {
            let refresh = attributes.raw("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case(b"refresh"));
            self.page.note(Part::Onward, refresh);
            return;
        };
        let known = META.iter().position(|known| *known == name);
        // Of a name that is written twice the first counts.
        if let Some(at) = known {
            if self.page.meta >> at & 1 == 1 {
                return;
            }
            self.page.meta |= 1 << at;
        }
        let said = content.trim_ascii();
        let is_none = said.is_empty() || LEFTOVERS.iter().any(|left| said.eq_ignore_ascii_case(left.as_bytes()));
        if is_none && name != "description" {
            self.page.empty_meta.push(name.as_ref().into());
        }
        match &*name {
            "PubDate" => {
                self.page.published = decoded(content).split_whitespace().next().and_then(|day| day.parse().ok());
            }
            "ColumnName" => self.page.column = decoded(content).into(),
            "viewport" if is_tight(&decoded(content)) => self.page.tight = Some(decoded(content).into()),
            _ => {}
        }
    }

    fn open_link(&mut self, attributes: Attributes<'_, 'a>) {
        self.close_link();
        let Some(href) = attributes.get("href") else { return };
        self.page.note(Part::LargePrint, href == "#large");
        let is_download = attributes.raw("download").is_some();
        self.open = Some(Open { href, is_named: attributes.says("aria-label"), is_download });
    }

    fn close_link(&mut self) {
        let Some(Open { href, is_named, is_download }) = self.open.take() else { return };
        if !is_named {
            self.page.unnamed.push(href.as_ref().into());
        }
        match href {
            Cow::Borrowed(href) if href.starts_with('#') => self.own.push(Cow::Borrowed(&href[1..])),
            Cow::Owned(href) if href.starts_with('#') => self.own.push(Cow::Owned(href[1..].to_owned())),
            href => self.links.add(&href, self.side, if is_download { Sort::Download } else { Sort::Page }),
        }
    }

    fn picture(&mut self, attributes: Attributes<'_, 'a>) {
        if let Some(link) = &mut self.open {
            link.is_named |= attributes.says("alt");
        }
        let src = attributes.get("src").unwrap_or_default();
        if attributes.raw("alt").is_none() {
            self.page.mute.push(src.as_ref().into());
        }
        if !src.starts_with("data:") {
            self.links.add(&src, self.side, Sort::Picture);
        }
    }

    fn control(&mut self, name: &[u8], attributes: Attributes<'_, 'a>) {
        let sort = attributes.raw("type").unwrap_or_default();
        let needs_none = [&b"hidden"[..], b"submit", b"button", b"reset", b"image"].contains(&sort);
        let is_labelled =
            ["aria-label", "aria-labelledby", "title"].iter().any(|label| attributes.raw(label).is_some());
        if !needs_none && !is_labelled && self.labels == 0 {
            let shown = attributes.get("name").unwrap_or_else(|| String::from_utf8_lossy(name).into_owned().into());
            self.controls.push((attributes.get("id"), shown.into_owned()));
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"a" => self.close_link(),
            b"title" => self.in_title = false,
            b"main" | b"footer" => self.side = Side::Frame,
            b"nav" => self.navs = self.navs.saturating_sub(1),
            b"label" => self.labels = self.labels.saturating_sub(1),
            b"table" => self.page.headless_tables += usize::from(self.tables.pop() == Some(false)),
            _ => {}
        }
    }

    fn text(&mut self, text: &[u8]) {
        let trimmed = text.trim_ascii();
        if trimmed.is_empty() {
            return;
        }
        if let Some(link) = self.open.as_mut().filter(|link| !link.is_named) {
            // Chinese texts have spaces of their own.
            link.is_named = trimmed[0].is_ascii() || !String::from_utf8_lossy(trimmed).trim().is_empty();
        }
        if self.in_title {
            self.page.title = decoded(trimmed).trim().into();
        }
        self.page.leftovers.extend(LEFTOVERS.iter().find(|left| left.as_bytes() == trimmed));
    }

    fn finish(mut self, atlas: &Atlas) -> Page {
        self.page.ids.sort_unstable();
        let lost = self.own.iter().map(|anchor| plain(anchor)).filter(|anchor| !self.page.has_place(anchor));
        self.page.lost = lost.map(|anchor| format!("#{anchor}").into()).collect();
        let is_open = |id: &Option<Cow<'_, str>>| id.as_ref().is_none_or(|id| !self.labelled.contains(id));
        let unlabelled = self.controls.into_iter().filter(|(id, _)| is_open(id)).map(|(_, name)| name);
        self.page.unlabelled = unlabelled.collect();
        self.page.links = atlas.note(&self.links);
        self.page
    }
}

impl Page {
    /// Ids that stand on it more than once; one that stands there three times comes twice.
    pub(super) fn twice(&self) -> impl Iterator<Item = &str> {
        self.ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &*pair[0])
    }
}

/// Whether a viewport keeps people from enlarging a page to twice its size.
fn is_tight(viewport: &str) -> bool {
    let tight: String = viewport.chars().filter(|c| !c.is_whitespace()).collect();
    let scale = tight.split_once("maximum-scale=").and_then(|(_, rest)| rest.split(',').next()?.parse::<f64>().ok());
    tight.contains("user-scalable=no") || tight.contains("user-scalable=0") || scale.is_some_and(|scale| scale < 2.0)
}
