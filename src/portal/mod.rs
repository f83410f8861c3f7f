//! The portal: every entry linked by id, sorted, its address fixed. No YAML, no template, no HTML.
//!
//! Entries keep the order of all lists, so that any set of them in ascending [`ItemId`] is in the order to be shown.

pub mod body;
mod checks;
pub mod feeds;
pub mod link;
pub mod order;
pub mod schedule;
pub mod settings;
pub mod today;
pub mod used;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::content::shared::PictureUse;
use crate::content::value::{MixedRef, Ref};
use crate::content::walk::Path;
use crate::content::{Kind, Placement, Record};
use crate::diag::catalogue::{Hidden, Withheld};
use crate::entry::Entry;
use crate::markdown;
use crate::source::Source;
use schedule::Dated;
use settings::Settings;
use today::Today;

/// Entries on one page of a list.
pub const PAGE_LENGTH: usize = 50;

/// An entry of the portal, by its place in the order of all entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u32);

impl ItemId {
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// References that hold: by item, the path and what it means.
type Links = Vec<Vec<(Path, ItemId)>>;

/// Whether an entry is published today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Public,
    /// A draft.
    Draft,
    /// Not yet, not any more, or withdrawn.
    Hidden(Hidden),
}

/// An entry, linked.
#[derive(Debug)]
pub struct Item {
    /// What was written.
    pub entry: Entry,
    /// Whether it is published today.
    pub state: State,
    /// Its root address; with an anchor if it has no page of its own.
    pub address: String,
    /// Headings, excerpt and length of its body.
    pub body: markdown::Body,
    /// Its dated sessions, in order of time.
    pub sessions: Vec<Dated>,
    /// Whether its pictures are withheld for want of a consent.
    pub withheld: Option<Withheld>,
    /// Published entries that refer to it, in order.
    referrers: Vec<ItemId>,
    /// Published entries that it gathers, in order; of regions, topics and audiences.
    gathered: Vec<ItemId>,
}

impl Item {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.entry.kind()
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.entry.id
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.entry.common.title
    }

    /// Whether it is published today.
    pub fn is_public(&self) -> bool {
        self.state == State::Public
    }

    /// Whether it has no page, neither of its own nor on its owner's: its place is the list of its kind.
    pub fn is_in_list(&self) -> bool {
        let in_folder = self.address.strip_prefix(self.kind().folder()).is_some_and(|rest| rest.starts_with('/'));
        in_folder && !has_page(self.kind())
    }

    /// How its picture is shown at the head of its page.
    pub fn head_use(&self) -> PictureUse {
        match self.kind() {
            Kind::Star | Kind::Teacher => PictureUse::Portrait,
            _ => PictureUse::Banner,
        }
    }

    /// How its picture is shown in lists.
    pub fn card_use(&self) -> PictureUse {
        match self.kind() {
            Kind::Star | Kind::Teacher => PictureUse::Portrait,
            _ => PictureUse::Card,
        }
    }

    /// Its summary, or the beginning of its body.
    pub fn summary(&self) -> String {
        self.entry.common.summary.clone().unwrap_or_else(|| markdown::excerpt(&self.body.excerpt))
    }
}

/// Everything that is published, and everything that is known of it.
#[derive(Debug)]
pub struct Portal {
    /// The settings.
    pub settings: Settings,
    /// Today.
    pub today: Today,
    items: Vec<Item>,
    index: HashMap<(Kind, String), ItemId>,
    kinds: BTreeMap<Kind, Vec<ItemId>>,
    /// Former addresses, each with the entry that it redirects to.
    pub redirects: Vec<(String, ItemId)>,
    /// Files that published content or settings use, by path from the project's root.
    pub used_files: BTreeMap<String, used::FileUse>,
    /// Texts of which something could not be read.
    unread: Vec<Arc<Source>>,
}

impl Portal {
    /// The address of the root, if there is one.
    pub fn base_url(&self) -> Option<&str> {
        self.settings.base_url.as_deref()
    }

    /// The entry of an id.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }

    /// All entries, published or not, in order.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.items.iter().enumerate().map(|(at, item)| (ItemId::at(at), item))
    }

    /// Whether a file may be used by what could not be read, since it is named there.
    pub fn may_use(&self, name: &str) -> bool {
        self.unread.iter().any(|source| source.text.contains(name))
    }

    /// The published entries of a kind, in order.
    pub fn of_kind(&self, kind: Kind) -> &[ItemId] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The entry that a reference means, published or not.
    pub fn find<T: Record>(&self, reference: &Ref<T>) -> Option<&Item> {
        self.lookup(T::KIND, reference.id())
    }

    /// The entry that a mixed reference means.
    pub fn find_mixed(&self, reference: &MixedRef) -> Option<&Item> {
        self.lookup(reference.kind, reference.id.as_str())
    }

    /// The entry of a kind and an id, present or former.
    pub fn lookup(&self, kind: Kind, id: &str) -> Option<&Item> {
        self.id_of(kind, id).map(|id| self.item(id))
    }

    /// The place of an entry, by kind and id, present or former.
    pub fn id_of(&self, kind: Kind, id: &str) -> Option<ItemId> {
        self.index.get(&(kind, id.to_owned())).copied()
    }

    /// The published entries of `kind` that refer to an entry, in order.
    pub fn referrers(&self, id: ItemId, kind: Kind) -> &[ItemId] {
        self.kind_in(&self.item(id).referrers, kind)
    }

    /// The published entries of `kind` that a region, topic or audience gathers, in order.
    pub fn gathered(&self, id: ItemId, kind: Kind) -> &[ItemId] {
        self.kind_in(&self.item(id).gathered, kind)
    }

    /// Entries are ordered by kind first: those of one kind lie together in any sorted set.
    fn kind_in<'a>(&'a self, sorted: &'a [ItemId], kind: Kind) -> &'a [ItemId] {
        let start = sorted.partition_point(|id| self.item(*id).kind() < kind);
        let end = sorted.partition_point(|id| self.item(*id).kind() <= kind);
        &sorted[start..end]
    }
}

/// The address of a page of a kind's list, from 1.
pub fn list_address(kind: Kind, page: usize) -> String {
    paged(&format!("{}/index.html", kind.folder()), page)
}

/// The address of a page of what a gathering entry gathers of one kind, from 1.
pub fn gather_address(gatherer: &Item, kind: Kind, page: usize) -> String {
    let stem = format!("{}/{}/{}", gatherer.kind().folder(), gatherer.id(), kind.folder());
    if page == 1 { format!("{stem}.html") } else { format!("{stem}/page-{page}.html") }
}

fn paged(first: &str, page: usize) -> String {
    match first.strip_suffix("index.html") {
        Some(folder) if page > 1 => format!("{folder}page-{page}.html"),
        _ => first.to_owned(),
    }
}

/// The entries on a page of a list, from 1.
pub fn page_range(count: usize, page: usize) -> Range<usize> {
    let start = (page - 1) * PAGE_LENGTH;
    start.min(count)..(start + PAGE_LENGTH).min(count)
}

/// How many pages a list has; one even if it is empty.
pub fn page_count(count: usize) -> usize {
    count.div_ceil(PAGE_LENGTH).max(1)
}

/// Whether entries of a kind have pages of their own.
pub fn has_page(kind: Kind) -> bool {
    kind.placement() == Placement::Page
}
