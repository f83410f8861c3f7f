//! Names of sessions that stay the same when their entry is renamed and when they are moved, for readers that remember them.

use crate::portal::schedule::Dated;
use crate::portal::{Item, Portal};

/// A `tag:` URI (RFC 4151): it stays the same wherever the portal moves.
pub(super) fn tag(portal: &Portal, specific: &str) -> String {
    let site = &portal.settings.site;
    format!("tag:{},{}:{specific}", site.id, site.since)
}

/// The tag of an entry.
pub(super) fn of_entry(portal: &Portal, item: &Item) -> String {
    tag(portal, &format!("{}/{}", item.kind().folder(), item.first_id()))
}

/// A hash of a session's identity: its entry's first id, its run, the beginning that was published first, and its number among those of the
/// same beginning.
pub(super) struct Identity([u8; 32]);

impl Identity {
    pub fn of_session(portal: &Portal, session: &Dated) -> Self {
        let entry = of_entry(portal, portal.item(session.owner));
        let (_, run, announced, nth) = session.id();
        Self(*blake3::hash(format!("{entry}#{run}/{announced}/{nth}").as_bytes()).as_bytes())
    }

    pub fn of_text(text: &str) -> Self {
        Self(*blake3::hash(text.as_bytes()).as_bytes())
    }

    /// That of a part of it, such as one of its days.
    pub fn part(&self, of: impl std::fmt::Display) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0).update(of.to_string().as_bytes());
        Self(*hasher.finalize().as_bytes())
    }

    /// A UUID of version 8 (RFC 9562): its bits are those of our own hash.
    pub fn uuid(&self) -> String {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.0[..16]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex = format!("{:032x}", u128::from_be_bytes(bytes));
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// A positive number of 31 bits.
    pub fn number(&self) -> u32 {
        let [.., a, b, c, d] = self.0;
        (u32::from_be_bytes([a, b, c, d]) >> 1).max(1)
    }
}
