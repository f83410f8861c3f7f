//! Labelled facts. A card makes only the facts that it shows.

use super::context::Context;
use super::format::Format;
use super::link;
use super::view::{Fact, Text};
use crate::content::choice::Choice;
use crate::content::field::Field;
use crate::content::shared::{Contact, Measure, Opening};
use crate::portal::Item;
use crate::portal::edges::Part;

/// Keys of facts.
pub type Keys = &'static [&'static str];

/// Collects the facts of an entry, in order; facts without values are left out.
pub struct Facts<'a> {
    context: &'a Context<'a>,
    edges: Part<'a>,
    wanted: Wanted<'a>,
    prominent: Keys,
    made: Vec<Fact>,
}

/// Values of a fact on a line, at most.
const VALUES: usize = 3;

/// The values of facts without their labels, a text each, as lines say them.
pub fn notes(format: &Format<'_>, facts: Vec<Fact>) -> Vec<String> {
    let joiner = format.words.get("text.joiner");
    let note = |fact: Fact| {
        let values: Vec<String> = fact.values.into_iter().take(VALUES).map(|value| value.text).collect();
        values.join(joiner)
    };
    facts.into_iter().map(note).collect()
}

/// Which facts are to be made.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    /// All.
    All,
    /// Those of these keys.
    Only(&'a [&'static str]),
    /// All but that of this key.
    Without(&'static str),
}

impl<'a> Facts<'a> {
    /// An empty list of facts, for the entry or part with these `edges`.
    pub fn new(context: &'a Context<'a>, edges: Part<'a>, wanted: Wanted<'a>, prominent: Keys) -> Self {
        Self { context, edges, wanted, prominent, made: Vec::new() }
    }

    /// Facts of something inside an entry.
    pub fn inside(context: &'a Context<'a>, edges: Part<'a>) -> Self {
        Self::new(context, edges, Wanted::All, &[])
    }

    /// The facts taken.
    pub fn finish(self) -> Vec<Fact> {
        self.made
    }

    /// Adds a fact, unless it is unwanted or has no values.
    pub fn with(&mut self, key: &'static str, values: impl FnOnce(&Context<'a>) -> Vec<Text>) {
        let wanted = match self.wanted {
            Wanted::All => true,
            Wanted::Only(keys) => keys.contains(&key),
            Wanted::Without(other) => key != other,
        };
        if !wanted {
            return;
        }
        let values = values(self.context);
        if !values.is_empty() {
            let label = self.context.format.words.in_group("fact", key).to_owned();
            self.made.push(Fact { key, label, values, prominent: self.prominent.contains(&key) });
        }
    }

    /// Adds a formatted text, unless it is empty.
    pub fn told(&mut self, key: &'static str, text: impl FnOnce(&Format<'a>) -> String) {
        self.with(key, |context| {
            let text = text(&context.format);
            if text.is_empty() { Vec::new() } else { vec![Text::plain(text)] }
        });
    }

    /// Adds a text as it was written.
    pub fn text(&mut self, key: &'static str, text: &str) {
        self.with(key, |_| vec![Text::plain(text)]);
    }

    /// Adds a text as it was written, if there is one.
    pub fn maybe(&mut self, key: &'static str, text: Option<&str>) {
        self.with(key, |_| text.map(Text::plain).into_iter().collect());
    }

    /// Adds texts as they were written.
    pub fn texts(&mut self, key: &'static str, texts: &[String]) {
        self.with(key, |_| texts.iter().map(Text::plain).collect());
    }

    /// Adds the words of values of an enumeration.
    pub fn choices<C: Choice>(&mut self, key: &'static str, values: &[C]) {
        self.with(key, |context| values.iter().map(|value| Text::plain(context.format.choice(*value))).collect());
    }

    /// Adds a number with its unit of measure, if there is one.
    pub fn count(&mut self, key: &'static str, count: Option<u32>, measure: Measure) {
        self.with(key, |context| {
            count.map(|count| Text::plain(context.format.count(count, measure))).into_iter().collect()
        });
    }

    /// Adds how to reach somebody.
    pub fn contact(&mut self, key: &'static str, contact: Option<&Contact>) {
        self.with(key, |context| contact.map(|contact| context.format.contact(contact)).unwrap_or_default());
    }

    /// Adds opening hours.
    pub fn openings(&mut self, key: &'static str, openings: &[Opening]) {
        self.with(key, |context| context.format.openings(openings));
    }

    /// Adds what a field refers to.
    pub fn to(&mut self, key: &'static str, field: Field) {
        let edges = self.edges;
        self.with(key, |context| link::texts(context, edges.to(field)));
    }

    /// Adds the units on which an entry is laid; of those on whom no notice lays it, the text says so.
    pub fn charged(&mut self, key: &'static str, field: Field, item: &Item) {
        let edges = self.edges;
        let unit = |context: &Context<'a>, id| link::charged(context, item, context.portal.item(id));
        self.with(key, |context| edges.to(field).map(|id| unit(context, id)).collect());
    }

    /// Adds the audiences, or that everybody may come.
    pub fn audiences(&mut self) {
        let edges = self.edges;
        self.with("audiences", |context| match edges.one(Field::Audiences) {
            Some(_) => link::texts(context, edges.to(Field::Audiences)),
            None => vec![Text::plain(context.format.word("fact.everyone"))],
        });
    }

    /// Adds the sources of an entry.
    pub fn sources(&mut self, item: &Item) {
        self.with("source", |context| link::sources(context, item));
    }
}
