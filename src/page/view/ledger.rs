//! Ledgers of evidence.

use serde::Serialize;

use super::{Badge, Link, Pager, Text};
use crate::address::Href;

/// A page of a ledger: `view` in `ledger.html`.
#[derive(Debug, Serialize)]
pub struct LedgerView {
    /// Title.
    pub title: String,
    /// What it is the ledger of.
    pub of: Option<Link>,
    /// What the page says, and how many there are.
    pub lead: String,
    /// Other forms of it: to print, for spreadsheets.
    pub files: Vec<Link>,
    /// What is missing on this page: title, and the anchor of its entry.
    pub missing: Vec<LedgerCount>,
    /// The parts that it leads to, under a heading.
    pub parts: Vec<LedgerCount>,
    /// The heading of the parts.
    pub parts_title: String,
    /// The units that are charged, with how much is missing.
    pub units: Vec<LedgerCount>,
    /// Clauses, or documents, with what rests on them.
    pub branches: Vec<LedgerBranch>,
    /// Whether it is a volume to be printed, which begins with its contents.
    pub is_binder: bool,
    /// The pager, if there is more than one page.
    pub pager: Option<Pager>,
}

/// A way to a part of a ledger.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerCount {
    /// Its title.
    pub title: String,
    /// Its address; from the page itself for an anchor on it.
    pub address: Href,
    /// How many duties and indicators it has.
    pub total: usize,
    /// How many of them have no evidence.
    pub missing: usize,
}

/// A clause or a document, and what rests on it.
#[derive(Debug, Serialize)]
pub struct LedgerBranch {
    /// Its anchor.
    pub anchor: String,
    /// The clause or document.
    pub title: Text,
    /// What the clause says.
    pub summary: Option<String>,
    /// What rests on it.
    pub entries: Vec<LedgerEntry>,
}

/// A duty or an indicator.
#[derive(Debug, Serialize)]
pub struct LedgerEntry {
    /// Its anchor.
    pub anchor: String,
    /// Its number in the ledger.
    pub number: String,
    /// Its title.
    pub title: Text,
    /// How it stands, and what it is.
    pub badges: Vec<Badge>,
    /// Who is charged with it.
    pub units: Vec<Text>,
    /// How many of several units have evidence.
    pub progress: Option<String>,
    /// The evidence.
    pub items: Vec<LedgerItem>,
}

/// An item of evidence.
#[derive(Debug, Serialize)]
pub struct LedgerItem {
    /// Its title.
    pub title: Text,
    /// How far it has come.
    pub badges: Vec<Badge>,
    /// Its period, and who holds it.
    pub notes: Vec<String>,
    /// What it is, with links.
    pub material: Vec<Text>,
}
