//! An artifact: one finished file of the portal. Stages end in artifacts; `output` and `serve` know nothing else.

use std::sync::Arc;

use crate::diag::fault::Fault;

/// What takes the finished artifacts, from several threads.
pub type Put<'a> = &'a (dyn Fn(Artifact) -> Result<(), Fault> + Sync);

/// What an artifact is to those who have an older page: when it is removed after a later build no longer makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Removed at once. Its address stays when its bytes change: a page, a feed, a file copied verbatim.
    Plain,
    /// Removed at once, though its address holds a fingerprint: a picture, an attachment, the search index. They are
    /// content, which goes in the build in which it is withdrawn.
    Fingerprinted,
    /// Kept for one more build, since pages in browser caches still refer to it: the theme's style and scripts, whose
    /// addresses hold a fingerprint.
    Code,
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
    /// The hash of its bytes, where it is known already.
    pub hash: Option<blake3::Hash>,
}

impl Artifact {
    /// An artifact whose hash nobody has asked for yet.
    pub fn new(path: impl Into<String>, bytes: impl Into<Arc<[u8]>>, role: Role) -> Self {
        Self { path: path.into(), bytes: bytes.into(), role, hash: None }
    }
}

/// The address reserved for the manifest of the output folder.
pub const MANIFEST: &str = ".shuyuan-manifest";
