//! Families of pages: which pages there are, and the view of each. A family is a file here and a line in `families!`.

mod board;
mod bundle;
mod calendars;
mod catalogue;
mod days;
mod figures;
mod grid;
mod home;
mod honours;
mod item;
mod ledger;
mod letters;
mod list;
mod matrix;
mod members;
mod names;
mod near;
mod not_found;
mod overview;
mod pager;
mod participation;
mod programme;
mod reconcile;
mod redirect;
mod search;
mod sign_in;
pub mod standards;
mod worksheet;
mod year;

use serde::Serialize;

use super::context::Context;
use super::pages::{Content, Listing, Pages};
use crate::address::Href;
use crate::portal::{ItemId, Portal};

pub use catalogue::label as catalogue_label;
pub use list::kinds as listed_kinds;
pub use overview::way as overview_way;

/// Defines the families: variant, and the type of its pages.
macro_rules! families {
    ($($(#[$doc:meta])* $family:ident($type:ty);)*) => {
        /// What a page is.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Family {
            $($(#[$doc])* $family($type),)*
        }

        /// The view of each family.
        #[derive(Serialize)]
        #[serde(untagged)]
        pub enum View {
            $($(#[$doc])* $family(Box<<$type as Pages>::View>),)*
        }

        impl Family {
            /// All pages, family by family.
            pub fn plan(portal: &Portal) -> Vec<Self> {
                let mut all = Vec::new();
                $(all.extend(<$type as Pages>::plan(portal).into_iter().map(Self::$family));)*
                all
            }

            pub(super) fn address(&self, portal: &Portal) -> String {
                match self { $(Self::$family(page) => page.address(portal),)* }
            }

            pub(super) fn canonical(&self, portal: &Portal, own: &str) -> Option<Href> {
                match self { $(Self::$family(page) => page.canonical(portal, own),)* }
            }

            pub(super) fn root(&self, portal: &Portal) -> Option<String> {
                match self { $(Self::$family(page) => page.root(portal),)* }
            }

            pub(super) fn listing(&self, portal: &Portal) -> Listing {
                match self { $(Self::$family(page) => page.listing(portal),)* }
            }

            pub(super) fn content(&self, context: &Context<'_>, root: &str) -> Content<View> {
                match self {
                    $(Self::$family(page) => {
                        let Content { template, head, view } = page.content(context, root);
                        Content { template, head, view: View::$family(Box::new(view)) }
                    })*
                }
            }
        }
    };
}

impl Family {
    /// The page of an entry.
    pub fn item(id: ItemId) -> Self {
        Self::Item(item::ItemPage { id })
    }
}

families! {
    /// The home page.
    Home(home::Home);
    /// A page of the list of a kind.
    List(list::List);
    /// The way to a street: all regions.
    Near(near::Near);
    /// A page of the catalogue of courses.
    Catalogue(catalogue::CataloguePage);
    /// An entry's page.
    Item(item::ItemPage);
    /// A page of the entries of a kind that belong to another entry.
    Members(members::Members);
    /// What stands at a former address.
    Redirect(redirect::Redirect);
    /// A page of a programme of a learning week.
    Programme(programme::ProgrammePage);
    /// A page of the index of a way into a programme.
    WayIndex(programme::WayIndex);
    /// A page of the grid of a day.
    Grid(grid::Grid);
    /// A page of what is on today or on other days.
    Days(days::Days);
    /// A page of the index of figures.
    Figures(figures::Figures);
    /// Where a region stands, or all of them.
    Overview(overview::OverviewPage);
    /// A page of the duties of a document and the units that they bind.
    Matrix(matrix::MatrixPage);
    /// The school network against its standards.
    Standards(standards::Standards);
    /// The worksheet of a unit.
    Worksheet(worksheet::Worksheet);
    /// The working year.
    WorkYear(year::WorkYear);
    /// A page of a board of what units hand up in turn.
    Board(board::Board);
    /// A sign-in sheet on paper.
    SignIn(sign_in::SignIn);
    /// The page that leads to all honours.
    Honours(honours::Honours);
    /// A page of the honours of a year and a level.
    HonourList(honours::HonourList);
    /// A page of the names of a selection.
    Names(names::Names);
    /// The page of search results.
    Search(search::Search);
    /// A page of the index by letters.
    Letters(letters::Letters);
    /// The page that explains calendars.
    Calendars(calendars::Calendars);
    /// A page of a ledger of evidence.
    Ledger(ledger::LedgerPage);
    /// A page of what units hand in every year.
    Bundle(bundle::BundlePage);
    /// How many came, everywhere or in a region.
    Participation(participation::ParticipationPage);
    /// A page of the reconciliation.
    Reconcile(reconcile::ReconcilePage);
    /// What a host answers where there is nothing.
    NotFound(not_found::NotFound);
}
