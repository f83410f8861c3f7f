//! The menu of the settings.

use crate::address::Href;
use crate::content::field::Field;
use crate::content::site::MenuEntry;
use crate::portal::{Portal, location};

/// The entries of the menu, each with the root address of its list or entry; without those that are not published today.
pub fn targets(portal: &Portal) -> impl Iterator<Item = (&MenuEntry, Href)> {
    let entries = portal.settings.site.menu.iter().enumerate();
    entries.filter_map(|(nth, entry)| {
        let to = portal.edges.all().nth(Field::Menu, nth).one(Field::To).map(|to| portal.item(to));
        let to = to.filter(|item| item.is_public()).map(|item| item.address.clone());
        Some((entry, entry.list.map(location::list).or(to)?))
    })
}
