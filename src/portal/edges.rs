//! What an entry refers to: each reference and each file of its fields, resolved once when the portal is linked.

use std::sync::Arc;

use super::ItemId;
use crate::content::field::Field;
use crate::content::walk::{Path, Step};

/// The references of one entry that hold, in the order of its fields. Those that do not hold were reported and have no edge.
#[derive(Clone, Debug, Default)]
pub struct Edges(Arc<[Edge]>);

/// One reference.
#[derive(Debug)]
pub(super) struct Edge {
    /// The way to the field.
    pub path: Path,
    /// What it means.
    pub target: Target,
}

/// What a reference means.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// An entry.
    Item(ItemId),
    /// A file, by its path from the project's root.
    File(Arc<str>),
}

/// The edges of an entry, or of one value inside it.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    edges: &'a [Edge],
    /// How many steps lead to the value.
    depth: usize,
}

impl Edges {
    pub(super) fn new(edges: Vec<Edge>) -> Self {
        Self(edges.into())
    }

    pub(super) fn each(&self) -> impl Iterator<Item = &Edge> {
        self.0.iter()
    }

    /// The entries that the fields refer to, in order; one that is referred to twice comes twice.
    pub fn targets(&self) -> impl Iterator<Item = ItemId> {
        self.0.iter().filter_map(|edge| edge.target.item())
    }

    /// The entries that it has to do with, in order: not those of which somebody was only counted among the people who came.
    pub(super) fn concerns(&self) -> impl Iterator<Item = ItemId> {
        let is_counted = |edge: &&Edge| !edge.path.contains(&Field::Attendance.into());
        self.0.iter().filter(is_counted).filter_map(|edge| edge.target.item())
    }

    /// The files that the fields name, by path from the project's root.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|edge| match &edge.target {
            Target::File(path) => Some(&**path),
            Target::Item(_) => None,
        })
    }

    /// The entries that are members of lists, each with the path to it.
    pub(super) fn members(&self) -> impl Iterator<Item = (&[Step], ItemId)> {
        let member = |edge: &&Edge| matches!(edge.path.last(), Some(Step::Index(_)));
        self.0.iter().filter(member).filter_map(|edge| Some((edge.path.as_slice(), edge.target.item()?)))
    }

    /// All of them.
    pub fn all(&self) -> Part<'_> {
        Part { edges: &self.0, depth: 0 }
    }

    /// The entries that a field, or each member of its list, refers to.
    pub fn to(&self, field: Field) -> impl Iterator<Item = ItemId> {
        self.all().to(field)
    }

    /// The entry that a field refers to.
    pub fn one(&self, field: Field) -> Option<ItemId> {
        self.all().one(field)
    }
}

/// The entries above an entry: its parent, the parent of that, and so on, until there is none or one comes again. `parent` is the parent of an
/// entry; a cycle is reported by the checks.
pub(super) fn above(first: Option<ItemId>, parent: impl Fn(ItemId) -> Option<ItemId>) -> Vec<ItemId> {
    let mut above = Vec::new();
    let mut next = first;
    while let Some(id) = next.filter(|id| !above.contains(id)) {
        above.push(id);
        next = parent(id);
    }
    above
}

impl Target {
    fn item(&self) -> Option<ItemId> {
        match self {
            Self::Item(id) => Some(*id),
            Self::File(_) => None,
        }
    }
}

impl<'a> Part<'a> {
    /// The edges of a struct that a field holds.
    #[must_use]
    pub fn inside(self, field: Field) -> Part<'a> {
        self.narrow(&[field.into()])
    }

    /// The edges of a member of the list that a field holds, from 0.
    #[must_use]
    pub fn nth(self, field: Field, nth: usize) -> Part<'a> {
        self.narrow(&[field.into(), Step::Index(nth)])
    }

    /// The entries that a field, or each member of its list, refers to.
    pub fn to(self, field: Field) -> impl Iterator<Item = ItemId> {
        self.at(field).filter_map(|edge| edge.target.item())
    }

    /// The entry that a field refers to.
    pub fn one(self, field: Field) -> Option<ItemId> {
        self.to(field).next()
    }

    /// The path from the project's root of the file that a field names.
    pub fn file(self, field: Field) -> Option<&'a str> {
        self.at(field).find_map(|edge| match &edge.target {
            Target::File(path) => Some(path.as_ref()),
            Target::Item(_) => None,
        })
    }

    /// The edges of a field itself and of the members of its list, but not of what these hold.
    fn at(self, field: Field) -> impl Iterator<Item = &'a Edge> {
        let depth = self.depth;
        self.inside(field).edges.iter().filter(move |edge| match &edge.path[depth + 1..] {
            [] | [Step::Index(_)] => true,
            [Step::Key(_) | Step::Index(_), ..] => false,
        })
    }

    /// Edges lie in the order of the fields: those below one value lie together.
    fn narrow(self, steps: &[Step]) -> Part<'a> {
        let below = |edge: &Edge| edge.path[self.depth..].starts_with(steps);
        let start = self.edges.iter().position(below).unwrap_or(self.edges.len());
        let end = self.edges[start..].iter().position(|edge| !below(edge)).map_or(self.edges.len(), |end| start + end);
        Part { edges: &self.edges[start..end], depth: self.depth + steps.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Kind;
    use crate::content::walk::Target as Written;

    #[test]
    fn references_are_asked_for_by_their_fields() {
        let yaml = "title: t\ntopics: [a, b]\ninstitution: i\nfee: 0\nvenue: v\nruns:\n  - title: 春\n    sessions: [{start: 2026-03-01 09:00, end: 2026-03-01 10:00}]\n  - title: 秋\n    venue: w\n    teachers: [x, y]\n    sessions: [{start: 2026-09-01 09:00, end: 2026-09-01 10:00, venue: u}]\n";
        let (_, own) = Kind::Course.read(serde_yaml::Deserializer::from_str(yaml)).expect("course");
        let mut names = Vec::new();
        let edges = own.uses().into_iter().filter_map(|used| match used.target {
            Written::Entry(_, id) => {
                names.push(id);
                Some(Edge { path: used.path, target: Target::Item(ItemId::at(names.len() - 1)) })
            }
            Written::File(_) => None,
        });
        let edges = Edges::new(edges.collect());
        let told = |ids: Vec<ItemId>| ids.iter().map(|id| names[id.index()].as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(told(edges.to(Field::Topics).collect()), "a b");
        assert_eq!(told(edges.to(Field::Venue).collect()), "v", "not those of the runs");
        let runs = |nth| edges.all().nth(Field::Runs, nth);
        assert_eq!(told(runs(1).to(Field::Teachers).collect()), "x y");
        assert_eq!(told(runs(1).to(Field::Venue).collect()), "w");
        assert_eq!(runs(0).one(Field::Venue), None);
        assert_eq!(told(runs(1).nth(Field::Sessions, 0).to(Field::Venue).collect()), "u");
    }
}
