//! Honours (荣誉): stars, brands, awards and learning organisations by year and level. Computed once.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Item, ItemId};
use crate::content::Own;
use crate::content::shared::Level;
use crate::content::value::Year;

/// Published honours by year, the latest first, and level.
#[derive(Debug, Default)]
pub struct Honours(BTreeMap<(Reverse<Year>, Level), Vec<ItemId>>);

impl Honours {
    pub(super) fn new(items: &[Item]) -> Self {
        let mut honours = Self::default();
        for (at, item) in items.iter().enumerate().filter(|(_, item)| item.is_public()) {
            if let Some((year, level)) = given(item) {
                honours.0.entry((Reverse(year), level)).or_default().push(ItemId::at(at));
            }
        }
        honours
    }

    /// The years and levels in which there is any honour, the latest year and the highest level first; with the honours, in order.
    pub fn all(&self) -> impl Iterator<Item = (Year, Level, &[ItemId])> {
        self.0.iter().map(|((Reverse(year), level), ids)| (*year, *level, ids.as_slice()))
    }

    /// The honours of a year and a level, in order: kind by kind.
    pub fn of(&self, year: Year, level: Level) -> &[ItemId] {
        self.0.get(&(Reverse(year), level)).map_or(&[], Vec::as_slice)
    }
}

/// The year and the level of an honour; `None` for any other entry.
pub fn given(item: &Item) -> Option<(Year, Level)> {
    match &item.entry.own {
        Own::Star(own) => Some((own.year, own.level)),
        Own::Brand(own) => Some((own.year, own.level)),
        Own::Award(own) => Some((own.year, own.level)),
        Own::Organisation(own) => Some((own.year, own.level)),
        _ => None,
    }
}
