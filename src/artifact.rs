//! An artifact: one finished file of the portal. Stages end in artifacts; `output` and `serve` know nothing else.

use std::sync::Arc;

/// When an artifact is removed after a later build no longer makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Removed at once: a page, a feed, a file copied verbatim.
    Plain,
    /// Kept for one more build: its address holds a fingerprint, and pages in browser caches still refer to it.
    Fingerprinted,
}

/// One file of the portal.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Its address from the portal's root: no leading slash, `/` between parts, NFC, not percent-encoded.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// When it is removed.
    pub role: Role,
}

/// The address reserved for the manifest of the output folder.
pub const MANIFEST: &str = ".shuyuan-manifest";
