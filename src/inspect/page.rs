//! What rules ask of a page, read in one pass.

use std::collections::{BTreeMap, BTreeSet};

use super::scan::{Attributes, Piece, decoded, pieces};

/// A page as rules see it.
#[derive(Debug, Default)]
pub struct Page {
    /// Its root address.
    pub address: String,
    /// What it has.
    pub(super) parts: BTreeSet<Part>,
    pub(super) title: String,
    /// Metadata by name; a name that is written twice has the first value.
    pub(super) meta: BTreeMap<String, String>,
    pub(super) ids: BTreeSet<String>,
    pub(super) twice: Vec<String>,
    pub(super) links: Vec<Link>,
    pub(super) pictures: Vec<Picture>,
    pub(super) headings: Vec<u8>,
    /// Names of controls without a label.
    pub(super) unlabelled: Vec<String>,
    pub(super) headless_tables: usize,
    pub(super) untitled_frames: usize,
    /// Texts that a program left behind.
    pub(super) leftovers: Vec<String>,
    /// Items of lists and rows of tables in the page's own part, ways around it left aside.
    pub(super) items: usize,
}

/// What a page may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// Where on a page something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// Before and beside the page's own part.
    #[default]
    Frame,
    /// In the page's own part.
    Main,
    /// In the footer.
    Foot,
}

/// A link.
#[derive(Debug)]
pub(super) struct Link {
    pub href: String,
    /// Whether there is anything to be read or heard of it.
    pub is_named: bool,
    /// Whether it offers a file.
    pub is_download: bool,
    /// Where it stands.
    pub side: Side,
}

/// A picture.
#[derive(Debug)]
pub(super) struct Picture {
    pub src: String,
    pub has_alt: bool,
}

/// What programs write where they have nothing.
pub(super) const LEFTOVERS: [&str; 4] = ["null", "undefined", "NaN", "[object Object]"];

impl Page {
    /// Reads a page.
    pub fn read(address: &str, html: &str) -> Self {
        let mut reader = Reader::default();
        for piece in pieces(html) {
            match piece {
                Piece::Start(name, attributes) => reader.start(name, attributes),
                Piece::End(name) => reader.end(name),
                Piece::Text(text) => reader.text(text),
            }
        }
        let unlabelled =
            reader.controls.into_iter().filter(|(id, _)| id.as_ref().is_none_or(|id| !reader.labelled.contains(id)));
        let unlabelled = unlabelled.map(|(_, name)| name).collect();
        Self { address: address.to_owned(), unlabelled, ..reader.page }
    }

    fn note(&mut self, part: Part, has: bool) {
        if has {
            self.parts.insert(part);
        }
    }

    /// Whether it only leads on to another page.
    pub(super) fn leads_on(&self) -> bool {
        self.parts.contains(&Part::Onward)
    }

    /// A value of its metadata.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.meta.get(name).map(String::as_str)
    }

    /// Whether it is the page of an entry.
    pub(super) fn is_article(&self) -> bool {
        self.meta.contains_key("ArticleTitle")
    }

    /// Whether it is a list.
    pub(super) fn is_column(&self) -> bool {
        !self.is_article() && self.meta.contains_key("ColumnName")
    }
}

#[derive(Default)]
struct Reader {
    page: Page,
    /// The open link.
    link: Option<Link>,
    side: Side,
    in_title: bool,
    /// Open ways around the page.
    navs: usize,
    /// Open labels: a control inside one is labelled.
    labels: usize,
    labelled: BTreeSet<String>,
    /// Controls that are not labelled by themselves: id and name.
    controls: Vec<(Option<String>, String)>,
    /// For each open table whether it has a head.
    tables: Vec<bool>,
}

impl Reader {
    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        if let Some(id) = attributes.get("id").filter(|id| !id.is_empty()) {
            let id = id.into_owned();
            if !self.page.ids.insert(id.clone()) {
                self.page.twice.push(id);
            }
        }
        let page = &mut self.page;
        match name {
            "html" => page.note(Part::Language, attributes.get("lang").is_some_and(|lang| !lang.is_empty())),
            "title" if page.title.is_empty() => self.in_title = true,
            "meta" => self.meta(attributes),
            "a" => self.open_link(attributes),
            "img" => {
                let alt = attributes.get("alt");
                if let Some(link) = &mut self.link {
                    link.is_named |= alt.as_ref().is_some_and(|alt| !alt.trim().is_empty());
                }
                let src = attributes.get("src").unwrap_or_default().into_owned();
                page.pictures.push(Picture { src, has_alt: alt.is_some() });
            }
            "main" => self.side = Side::Main,
            "footer" => self.side = Side::Foot,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => page.headings.push(name.as_bytes()[1] - b'0'),
            "label" => {
                self.labels += 1;
                self.labelled.extend(attributes.get("for").map(std::borrow::Cow::into_owned));
            }
            "input" | "select" | "textarea" => self.control(name, attributes),
            "form" => page.note(Part::Search, attributes.get("role").is_some_and(|role| role == "search")),
            "nav" => {
                self.navs += 1;
                page.note(Part::SiteMap, attributes.get("class").is_some_and(|class| class.contains("sitemap")));
            }
            "li" | "tr" if self.side == Side::Main && self.navs == 0 => page.items += 1,
            "table" => self.tables.push(false),
            "th" => self.tables.last_mut().into_iter().for_each(|has_head| *has_head = true),
            "iframe" => {
                page.untitled_frames += usize::from(attributes.get("title").is_none_or(|title| title.is_empty()));
            }
            _ => {}
        }
    }

    fn meta(&mut self, attributes: Attributes<'_>) {
        let (Some(name), Some(content)) = (attributes.get("name"), attributes.get("content")) else {
            let refresh = attributes.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
            self.page.note(Part::Onward, refresh);
            return;
        };
        self.page.meta.entry(name.into_owned()).or_insert_with(|| content.into_owned());
    }

    fn open_link(&mut self, attributes: Attributes<'_>) {
        self.close_link();
        let Some(href) = attributes.get("href") else { return };
        self.page.note(Part::LargePrint, href == "#large");
        self.link = Some(Link {
            href: href.into_owned(),
            is_named: attributes.get("aria-label").is_some_and(|label| !label.trim().is_empty()),
            is_download: attributes.get("download").is_some(),
            side: self.side,
        });
    }

    fn close_link(&mut self) {
        self.page.links.extend(self.link.take());
    }

    fn control(&mut self, name: &str, attributes: Attributes<'_>) {
        let sort = attributes.get("type").unwrap_or_default();
        let needs_none = ["hidden", "submit", "button", "reset", "image"].contains(&sort.as_ref());
        let is_labelled =
            ["aria-label", "aria-labelledby", "title"].iter().any(|label| attributes.get(label).is_some());
        if !needs_none && !is_labelled && self.labels == 0 {
            let shown = attributes.get("name").unwrap_or_else(|| name.into()).into_owned();
            self.controls.push((attributes.get("id").map(std::borrow::Cow::into_owned), shown));
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "title" => self.in_title = false,
            "a" => self.close_link(),
            "main" | "footer" => self.side = Side::Frame,
            "nav" => self.navs = self.navs.saturating_sub(1),
            "label" => self.labels = self.labels.saturating_sub(1),
            "table" => self.page.headless_tables += usize::from(self.tables.pop() == Some(false)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        if let Some(link) = &mut self.link {
            link.is_named = true;
        }
        if self.in_title {
            self.page.title = decoded(trimmed).into_owned();
        }
        if LEFTOVERS.contains(&trimmed) {
            self.page.leftovers.push(trimmed.to_owned());
        }
    }
}
