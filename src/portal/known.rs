//! What a reference that does not hold was meant to be: another form of an id, or the title of an entry.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::content::value::propose_id;
use crate::content::{Kind, everyday, meant};
use crate::diag::catalogue::{self as say, RefMeant};
use crate::diag::{Mistake, nearest};
use crate::yaml::Reference;

/// How many of what there is are shown where nothing is near.
pub(super) const SHOWN: usize = 8;
/// How many references are compared with every title; after that only equal ones are found.
const COMPARED: usize = 50;
/// Longer texts are no titles that somebody misspelt, in characters.
const LONGEST: usize = 60;

/// The ids and titles of all entries, by kind.
pub struct Known<'a> {
    entries: BTreeMap<Kind, Vec<(&'a str, &'a str)>>,
    /// Ids by title, each as it is compared.
    titles: BTreeMap<(Kind, String), Vec<&'a str>>,
    compared: usize,
}

/// A title as it is compared: half-width, without spaces, quotes and the note that it is an example.
fn plain(title: &str) -> String {
    let narrow: String = title.nfkc().filter(|c| !c.is_whitespace() && !"“”‘’\"'《》〈〉".contains(*c)).collect();
    narrow.strip_suffix("(示例)").unwrap_or(&narrow).to_lowercase()
}

impl<'a> Known<'a> {
    /// From kind, id and title of each entry. Nothing is done until a mistake asks.
    pub fn new(entries: impl Iterator<Item = (Kind, &'a str, &'a str)>) -> Self {
        let mut known = Self { entries: BTreeMap::new(), titles: BTreeMap::new(), compared: 0 };
        for (kind, id, title) in entries {
            known.entries.entry(kind).or_default().push((id, title));
        }
        known
    }

    /// The mistake in a reference to an entry that does not exist.
    pub fn dangling(&mut self, kind: Kind, id: &str, elsewhere: usize) -> Mistake {
        let meant = self.near_id(kind, id).unwrap_or_else(|| self.any(kind, id));
        say::dangling_ref(kind.label(), id, &meant, elsewhere)
    }

    /// The mistake in a reference that is not even an id.
    pub fn malformed(&mut self, reference: &Reference) -> Mistake {
        let text = reference.text.as_str();
        match reference.kind {
            Some(kind) => {
                let meant = self.one(kind, text).or_else(|| self.several(kind, text)).or_else(|| self.some(kind, text));
                if reference.is_list
                    && let Some(ids) = meant.as_ref().and_then(RefMeant::ids)
                {
                    return say::text_for_list(&reference.key, &ids);
                }
                match meant {
                    None if everyday::is_undecided(text) => say::undecided_ref(kind.label(), text),
                    None if kind == Kind::Venue && everyday::is_online(text) => say::online_venue(text),
                    meant => say::not_an_id(kind.label(), text, &meant.unwrap_or_else(|| self.any(kind, text))),
                }
            }
            None => say::not_a_mixed_ref(text, &self.mixed(text)),
        }
    }

    fn of(&self, kind: Kind) -> &[(&'a str, &'a str)] {
        self.entries.get(&kind).map_or(&[], Vec::as_slice)
    }

    fn has(&self, kind: Kind, id: &str) -> bool {
        self.of(kind).iter().any(|(known, _)| *known == id)
    }

    /// An id in another form: with its folder or extension, in capitals; or a title, exactly.
    fn one(&mut self, kind: Kind, text: &str) -> Option<RefMeant> {
        let bare = meant::unquoted(text.trim()).unwrap_or(text.trim());
        let name = bare.trim_end_matches('/').rsplit(['/', '\\', '#']).next().unwrap_or_default();
        let stem = [".md", ".yaml", ".html"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        for id in [stem, name, bare].map(str::to_lowercase) {
            if self.has(kind, &id) {
                return Some(RefMeant::Id(id));
            }
        }
        // A remark behind an id: jiedao-jiaoshi（一楼）.
        let before = bare.split(['（', '(']).next().unwrap_or(bare).trim();
        if before != bare && self.has(kind, before) {
            return Some(RefMeant::Id(before.to_owned()));
        }
        let slug = || propose_id(stem).filter(|id| self.has(kind, id)).map(RefMeant::Id);
        slug().or_else(|| self.title(kind, bare)).or_else(|| self.title(kind, stem))
    }

    fn title(&mut self, kind: Kind, text: &str) -> Option<RefMeant> {
        if self.titles.is_empty() {
            for (kind, entries) in &self.entries {
                for (id, title) in entries {
                    self.titles.entry((*kind, plain(title))).or_default().push(id);
                }
            }
        }
        let key = (kind, plain(text));
        let found = self.titles.get(&key).filter(|_| !key.1.is_empty())?;
        Some(RefMeant::Title(found.iter().take(SHOWN).map(|id| ((*id).to_owned(), text.to_owned())).collect()))
    }

    /// Several ids or titles in one text.
    fn several(&mut self, kind: Kind, text: &str) -> Option<RefMeant> {
        let parts = meant::parts(text);
        if !(2..=SHOWN).contains(&parts.len()) {
            return None;
        }
        let ids = parts.into_iter().map(|part| match self.one(kind, part)? {
            RefMeant::Id(id) => Some(id),
            RefMeant::Title(found) => found.into_iter().next().map(|(id, _)| id),
            RefMeant::Any(..) | RefMeant::Near(..) | RefMeant::Parts(..) => None,
        });
        ids.collect::<Option<Vec<String>>>().map(|ids| RefMeant::Id(ids.join(", ")))
    }

    /// Several ids or titles in one text of which not all are known: told where a mark of enumeration stands between them.
    fn some(&mut self, kind: Kind, text: &str) -> Option<RefMeant> {
        let parts = meant::parts(text);
        if !(2..=SHOWN).contains(&parts.len()) || !text.contains(['，', '、', '；', ';']) || text.contains(['（', '('])
        {
            return None;
        }
        let (mut ids, mut unknown) = (Vec::new(), None);
        for part in parts {
            let known = self.one(kind, part).and_then(|meant| meant.ids()).and_then(|ids| ids.into_iter().next());
            if known.is_none() {
                unknown.get_or_insert_with(|| part.to_owned());
            }
            ids.push(known.unwrap_or_else(|| part.to_owned()));
        }
        let unknown = unknown?;
        let any = self.any(kind, &unknown);
        Some(RefMeant::Parts(ids, unknown, Box::new(any)))
    }

    fn near_id(&mut self, kind: Kind, id: &str) -> Option<RefMeant> {
        if !self.may_compare(id) {
            return None;
        }
        let near = nearest(id, self.of(kind).iter().map(|(id, _)| *id))?;
        Some(RefMeant::Near(near.to_owned(), None))
    }

    fn may_compare(&mut self, text: &str) -> bool {
        self.compared += 1;
        self.compared <= COMPARED && text.chars().count() <= LONGEST
    }

    /// A title that is near, or else what there is.
    fn any(&mut self, kind: Kind, text: &str) -> RefMeant {
        if self.may_compare(text) {
            let wanted = plain(text);
            let entries = self.of(kind);
            let titles: Vec<String> = entries.iter().map(|(_, title)| plain(title)).collect();
            let near = nearest(&wanted, titles.iter().map(String::as_str));
            let long = |text: &str| text.chars().count() > 1;
            let inside = |title: &String| {
                long(&wanted) && long(title) && (title.contains(&wanted) || wanted.contains(title.as_str()))
            };
            let found = titles.iter().position(|title| Some(title.as_str()) == near);
            if let Some((id, title)) = found.or_else(|| titles.iter().position(inside)).map(|at| entries[at]) {
                return RefMeant::Near(id.to_owned(), Some(title.to_owned()));
            }
        }
        let entries = self.of(kind);
        let shown = entries.iter().take(SHOWN).map(|(id, title)| ((*id).to_owned(), (*title).to_owned()));
        RefMeant::Any(shown.collect(), entries.len().saturating_sub(SHOWN))
    }

    /// A reference to an entry of any kind: with the kind's Chinese name, without a kind, or by title.
    fn mixed(&mut self, text: &str) -> RefMeant {
        let bare = meant::unquoted(text.trim()).unwrap_or(text.trim());
        let bare = bare.trim_start_matches('/').trim_start_matches("content/");
        let full = |kind: Kind, meant: RefMeant| match meant {
            RefMeant::Id(id) | RefMeant::Near(id, None) => Some(RefMeant::Id(format!("{kind}/{id}"))),
            RefMeant::Title(found) => {
                let found = found.into_iter().map(|(id, title)| (format!("{kind}/{id}"), title));
                Some(RefMeant::Title(found.collect()))
            }
            RefMeant::Near(id, title) => Some(RefMeant::Near(format!("{kind}/{id}"), title)),
            RefMeant::Any(..) | RefMeant::Parts(..) => None,
        };
        if let Some((folder, rest)) = bare.split_once(['/', '／']) {
            let near = || nearest(folder, Kind::ALL.iter().map(|kind| kind.folder())).and_then(Kind::from_folder);
            if let Some(kind) = everyday::kind(folder).or_else(near) {
                let meant = self.one(kind, rest).unwrap_or_else(|| self.any(kind, rest));
                return full(kind, meant).unwrap_or(RefMeant::Any(Vec::new(), 0));
            }
        }
        for kind in Kind::ALL {
            if let Some(meant) = self.one(*kind, bare).and_then(|meant| full(*kind, meant)) {
                return meant;
            }
        }
        RefMeant::Any(Vec::new(), 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRIES: [(Kind, &str, &str); 5] = [
        (Kind::Topic, "arts", "文化艺术"),
        (Kind::Topic, "health", "健康养生（示例）"),
        (Kind::Venue, "jiedao", "街道教室"),
        (Kind::Course, "taiji", "太极拳入门"),
        (Kind::Venue, "x-md", "另一处"),
    ];

    fn said(kind: Option<Kind>, text: &str) -> String {
        let mut known = Known::new(ENTRIES.into_iter());
        let reference = Reference { range: 0..0, kind, text: text.to_owned(), key: String::new(), is_list: false };
        known.malformed(&reference).hint.expect("a hint")
    }

    #[test]
    fn a_title_or_another_form_of_an_id_finds_the_id() {
        let topic = Some(Kind::Topic);
        assert_eq!(said(topic, "文化艺术"), "“文化艺术”的编号是 arts");
        assert_eq!(said(topic, "健康养生"), "“健康养生”的编号是 health");
        assert_eq!(said(topic, "文化和艺术"), "是不是“文化艺术”？它的编号是 arts");
        assert_eq!(said(topic, "Arts"), "请写 arts");
        assert_eq!(said(topic, "文化艺术、健康养生"), "几个编号之间用半角逗号分开：arts, health");
        assert_eq!(
            said(topic, "文化艺术，天文"),
            "几个编号之间用半角逗号分开：arts, 天文；“天文”不是主题的编号，可以填：arts（文化艺术）、health（健康养生（示例））"
        );
        assert_eq!(said(Some(Kind::Venue), "jiedao （一楼）"), "请写 jiedao");
        assert_eq!(said(topic, "天文"), "可以填：arts（文化艺术）、health（健康养生（示例））");
        for text in ["venues/jiedao", "jiedao.md", "/venues/jiedao.md", "“jiedao”", "JIEDAO", "街道教室"] {
            assert!(said(Some(Kind::Venue), text).ends_with(" jiedao"), "{text}");
        }
        assert_eq!(said(Some(Kind::Teacher), "王老师"), "还没有教师，先建一个");
    }

    #[test]
    fn a_reference_without_its_kind_finds_it() {
        for text in ["taiji", "课程/taiji", "course/taiji", "/courses/taiji.md"] {
            assert_eq!(said(None, text), "请写 courses/taiji", "{text}");
        }
        assert_eq!(said(None, "太极拳入门"), "“太极拳入门”的编号是 courses/taiji");
        assert_eq!(said(None, "天文"), "例如 courses/taiji");
    }
}
