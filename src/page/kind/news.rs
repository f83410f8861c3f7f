//! News.

use crate::content::Kind;
use crate::content::field::Field;
use crate::content::news::{News, NewsSort};
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{Shown, Subject};
use crate::page::view::Badge;

impl Shown for News {
    const CARD: Keys = &[];
    const RELATED: &'static [Kind] = &[];

    fn facts(news: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.text("origin", &news.source);
        facts.maybe("author", news.author.as_deref());
        facts.to("region", Field::Region);
        facts.to("units", Field::Units);
        facts.to("institution", Field::Institutions);
        facts.to("topics", Field::Topics);
        facts.to("audiences", Field::Audiences);
        facts.to("about", Field::About);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        let notice = self.sort == NewsSort::Notice;
        notice.then(|| Badge { tone: "good", text: format.choice(self.sort) }).into_iter().collect()
    }
}
