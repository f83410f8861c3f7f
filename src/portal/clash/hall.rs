//! What sessions take up as time goes on: venues, teachers.

use super::super::ItemId;
use super::super::schedule::Dated;

/// What is taken up by the sessions so far. Sessions are known by their places among all.
pub(super) struct Halls<'a> {
    sessions: &'a [Dated],
    /// Of each entry, whether it is one or not.
    halls: Vec<Hall>,
}

#[derive(Clone, Default)]
struct Hall {
    /// The sessions that are on.
    on: Vec<usize>,
    /// Of those that are over, the one that ended last.
    before: Option<usize>,
}

impl<'a> Halls<'a> {
    /// Halls among `entries` entries, that nothing has taken up.
    pub(super) fn new(sessions: &'a [Dated], entries: usize) -> Self {
        Self { sessions, halls: vec![Hall::default(); entries] }
    }

    /// Takes room for a session, which begins no earlier than those before it; `is_room` tells whether there is any beside the sessions that
    /// are still on. Gives the session that is in the way.
    pub(super) fn take(&mut self, hall: ItemId, at: usize, is_room: impl Fn(&[usize]) -> bool) -> Option<usize> {
        let all = self.sessions;
        let session = &all[at];
        let Hall { on, before } = &mut self.halls[hall.index()];
        on.retain(|other| {
            let is_on = all[*other].end > session.start;
            if !is_on && before.is_none_or(|before| all[before].end <= all[*other].end) {
                *before = Some(*other);
            }
            is_on
        });
        if is_room(on) {
            on.push(at);
            return None;
        }
        let other = *on.iter().find(|other| all[**other].owner != session.owner).or(on.first())?;
        if all[other].is_in_other_notation(session) {
            return None;
        }
        // Only as many stay as there is room for.
        if let Some(first) = on.iter_mut().min_by_key(|other| all[**other].end)
            && all[*first].end < session.end
        {
            *first = at;
        }
        Some(other)
    }

    /// The session that ended last before the one for which room was taken last.
    pub(super) fn before(&self, hall: ItemId) -> Option<usize> {
        self.halls[hall.index()].before
    }
}
