//! News.

use super::{Shown, facts};
use crate::content::Kind;
use crate::content::news::{News, NewsSort};
use crate::page::context::Context;
use crate::page::view::{Badge, Fact};
use crate::portal::Item;

impl Shown for News {
    fn facts(&self, context: &Context<'_>, _: &Item) -> Vec<Fact> {
        let about =
            self.about.iter().filter_map(|about| context.portal.find_mixed(about)).map(|item| context.link(item));
        facts([
            context.text_fact("origin", &self.source),
            context.maybe_fact("author", self.author.as_deref()),
            context.ref_fact("region", self.region.as_ref()),
            context.refs_fact("units", &self.units),
            context.refs_fact("institution", &self.institutions),
            context.refs_fact("topics", &self.topics),
            context.refs_fact("audiences", &self.audiences),
            context.fact("about", about.collect()),
        ])
    }

    fn card_keys(&self) -> &'static [&'static str] {
        &[]
    }

    fn badges(&self, context: &Context<'_>, _: &Item) -> Vec<Badge> {
        let notice = self.sort == NewsSort::Notice;
        notice.then(|| Badge { tone: "good", text: context.choice(self.sort) }).into_iter().collect()
    }

    fn related(&self) -> &'static [Kind] {
        &[]
    }
}
