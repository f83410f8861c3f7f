//! An artifact: one finished file of the portal. The end of every stage, and all that output and `serve` know.

use std::sync::Arc;

/// What becomes of an artifact's address when a later build no longer makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Goes at once: a page, a feed, a file copied as it is.
    Plain,
    /// Stays for one further build: its address holds a fingerprint, and pages in a browser's cache still ask for it.
    Fingerprinted,
}

/// One file of the portal.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Its address from the portal's root: no leading slash, `/` between parts, NFC, not percent-encoded.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// What becomes of its address later.
    pub role: Role,
}

/// The address that the output keeps for its manifest.
pub const MANIFEST: &str = ".shuyuan-manifest";
