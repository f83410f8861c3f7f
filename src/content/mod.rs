//! Typed content: one file for each kind, as plain serde types whose documentation is also the editor's.
//!
//! A kind knows only its fields: not where a value was written, what it refers to or how it is shown. To add a kind,
//! add a line to `kinds!` below; the compiler lists the rest.

pub mod account;
pub mod alt;
pub mod archetype;
pub mod audience;
pub mod brand;
pub mod choice;
pub mod committee;
pub mod course;
pub mod document;
pub mod duty;
pub mod edition;
pub mod event;
pub mod everyday;
pub mod evidence;
pub mod facility;
pub mod field;
pub mod holiday;
pub mod honour;
pub mod indicator;
pub mod institution;
pub mod meant;
pub mod news;
pub mod page;
pub mod pasted;
pub mod phase;
pub mod phone;
pub mod region;
pub mod rules;
pub mod sample;
pub mod schema;
pub mod selection;
pub mod shared;
pub mod site;
pub mod slot;
pub mod spot;
pub mod standard;
pub mod star;
pub mod teacher;
pub mod team;
pub mod topic;
pub mod unit;
pub mod value;
pub mod venue;
pub mod walk;
pub mod yearly;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer as _, MapAccess, Visitor,
};
use serde::{Deserialize, Serialize};

use crate::reading::{self, Read};

pub use shared::Common;

/// Where the entries of a kind are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// A page for each entry, and an index.
    Page,
    /// An anchor on the page of the entry that the named field refers to, and one list.
    Owner(field::Field),
    /// An anchor in one list, by year.
    Years,
    /// An anchor on the sheet of its document and tier.
    Sheet,
}

/// A type that holds the own fields of one kind.
pub trait Record: DeserializeOwned + Serialize + schemars::JsonSchema {
    /// The kind.
    const KIND: Kind;
}

/// The table of kinds: variant, type, folder, name for editors, placement. The order of this table is the order of
/// kinds.
macro_rules! kinds {
    ($d:tt $($(#[$doc:meta])* $kind:ident($type:ty) $folder:literal $label:literal $placement:expr;)*) => {
        /// A kind of content.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// All kinds, in order.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// Its folder under `content/`, and of its pages in the portal.
            pub fn folder(self) -> &'static str {
                match self { $(Kind::$kind => $folder,)* }
            }

            /// Its name for editors.
            pub fn label(self) -> &'static str {
                match self { $(Kind::$kind => $label,)* }
            }

            /// Where its entries are shown.
            pub fn placement(self) -> Placement {
                match self { $(Kind::$kind => $placement,)* }
            }

            /// The `format` of a reference to this kind in the schema.
            pub fn reference(self) -> &'static str {
                match self { $(Kind::$kind => concat!("ref:", $folder),)* }
            }

            /// The schema of the kind's own fields.
            pub fn own_schema(self) -> schemars::Schema {
                match self { $(Kind::$kind => schemars::schema_for!($type),)* }
            }

            /// Fields that the kind's rules require although its type does not.
            pub fn needs(self) -> &'static [&'static str] {
                match self { $(Kind::$kind => <$type as rules::Rules>::NEEDS,)* }
            }

            /// Reads a record of this kind.
            pub fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(Common, Own), D::Error> {
                match self {
                    $(Kind::$kind => {
                        split::<D, $type>(deserializer).map(|(common, own)| (common, Own::$kind(Box::new(own))))
                    })*
                }
            }
        }

        /// The fields of an entry that belong to its kind.
        #[derive(Clone, Debug)]
        pub enum Own {
            $($(#[$doc])* $kind(Box<$type>),)*
        }

        impl Own {
            /// The kind.
            pub fn kind(&self) -> Kind {
                match self { $(Own::$kind(_) => Kind::$kind,)* }
            }

            /// Mistakes found by the kind's rules.
            pub fn rules(&self, common: &Common) -> rules::Broken {
                let mut broken = rules::Broken::new();
                rules::common(common, &mut broken);
                rules::pictures(common.picture.as_ref(), self.gallery(), &mut broken);
                rules::title(self.kind(), &common.title, &mut broken);
                rules::blanks(common, &mut broken);
                match self {
                    $(Own::$kind(own) => {
                        rules::blanks(own.as_ref(), &mut broken);
                        rules::Rules::rules(own.as_ref(), common, &mut broken);
                    })*
                }
                broken
            }

            /// The fields as YAML, in the order of the struct.
            pub fn to_yaml(&self) -> Result<serde_yaml::Value, serde_yaml::Error> {
                match self { $(Own::$kind(own) => serde_yaml::to_value(own),)* }
            }

            /// The person that its pictures show.
            pub fn portrait(&self) -> rules::Portrait<'_> {
                match self { $(Own::$kind(own) => rules::Rules::portrait(own.as_ref()),)* }
            }

            /// Its gallery.
            pub fn gallery(&self) -> &[shared::Picture] {
                match self { $(Own::$kind(own) => rules::Rules::gallery(own.as_ref()),)* }
            }

            /// What was changed of it since it was published.
            pub fn changes(&self) -> &[shared::Change] {
                match self { $(Own::$kind(own) => rules::Rules::changes(own.as_ref()),)* }
            }

            /// Its schedules, one for each run.
            pub fn schedules(&self) -> Vec<rules::Schedule<'_>> {
                match self { $(Own::$kind(own) => rules::Rules::schedules(own.as_ref()),)* }
            }

            /// Calls `each` for every text in the fields, with the path to it.
            pub fn texts(&self, each: &mut dyn FnMut(&[walk::Step], &str)) {
                match self { $(Own::$kind(own) => walk::texts(own, each),)* }
            }

            /// Every reference and file in the fields.
            pub fn uses(&self) -> Vec<walk::Use> {
                match self { $(Own::$kind(own) => walk::uses(own),)* }
            }
        }

        /// Evaluates an expression for the own fields of an entry, whatever their type.
        macro_rules! for_own {
            ($d own:expr, $d fields:ident => $d call:expr) => {
                match $d own { $($crate::content::Own::$kind($d fields) => $d call,)* }
            };
        }
        pub(crate) use for_own;

        $(impl Record for $type {
            const KIND: Kind = Kind::$kind;
        })*
    };
}

kinds! {
    $
    /// Region.
    Region(region::Region) "regions" "区域" Placement::Page;
    /// Topic.
    Topic(topic::Topic) "topics" "主题" Placement::Page;
    /// Audience.
    Audience(audience::Audience) "audiences" "人群" Placement::Page;
    /// Document.
    Document(document::Document) "documents" "公文" Placement::Page;
    /// Unit.
    Unit(unit::Unit) "units" "成员单位" Placement::Page;
    /// Committee.
    Committee(committee::Committee) "committees" "领导小组" Placement::Page;
    /// Duty.
    Duty(duty::Duty) "duties" "职责" Placement::Owner(field::Field::Unit);
    /// Indicator.
    Indicator(indicator::Indicator) "indicators" "指标" Placement::Page;
    /// Phase or deadline.
    Phase(phase::Phase) "phases" "阶段与时限" Placement::Owner(field::Field::Document);
    /// Standard.
    Standard(standard::Standard) "standards" "建设标准" Placement::Sheet;
    /// Institution.
    Institution(institution::Institution) "institutions" "办学机构" Placement::Page;
    /// Venue.
    Venue(venue::Venue) "venues" "场地" Placement::Page;
    /// Teacher.
    Teacher(teacher::Teacher) "teachers" "教师" Placement::Page;
    /// Course.
    Course(course::Course) "courses" "课程" Placement::Page;
    /// Edition.
    Edition(edition::Edition) "editions" "活动周" Placement::Page;
    /// Event.
    Event(event::Event) "events" "活动" Placement::Page;
    /// Star learner.
    Star(star::Star) "stars" "百姓学习之星" Placement::Page;
    /// Brand.
    Brand(brand::Brand) "brands" "品牌项目" Placement::Page;
    /// Team.
    Team(team::Team) "teams" "学习团队" Placement::Page;
    /// Award.
    Award(honour::Award) "awards" "表彰" Placement::Page;
    /// Learning organisation.
    Organisation(honour::Organisation) "organisations" "学习型组织" Placement::Page;
    /// Selection.
    Selection(selection::Selection) "selections" "评选" Placement::Page;
    /// News.
    News(news::News) "news" "新闻" Placement::Page;
    /// Resource list.
    ResourceList(yearly::ResourceList) "resources" "资源清单" Placement::Page;
    /// Action plan.
    ActionPlan(yearly::ActionPlan) "plans" "行动计划" Placement::Page;
    /// Open facility.
    Facility(facility::Facility) "facilities" "开放设施" Placement::Page;
    /// Digital platform.
    Platform(facility::Platform) "platforms" "数字平台" Placement::Page;
    /// Funding of a year.
    Funding(account::Funding) "funding" "经费" Placement::Years;
    /// Survey.
    Survey(account::Survey) "surveys" "满意度测评" Placement::Years;
    /// People who help.
    Pool(account::Pool) "pools" "志愿者和专家队伍" Placement::Years;
    /// Public holidays of a year.
    Holidays(holiday::Holidays) "holidays" "节假日安排" Placement::Page;
    /// Evidence.
    Evidence(evidence::Evidence) "evidence" "台账材料" Placement::Years;
    /// Free page.
    Page(page::FreePage) "pages" "页面" Placement::Page;
}

impl Kind {
    /// The kind whose folder is `name`.
    pub fn from_folder(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.folder() == name)
    }

    /// Whether titles of this kind are names of people.
    pub fn is_person(self) -> bool {
        matches!(self, Kind::Star | Kind::Teacher)
    }

    /// How a title of this kind is read.
    pub fn read_title(self, title: &str) -> Vec<Read> {
        if self.is_person() { reading::of_person(title) } else { reading::of_text(title) }
    }

    /// The order of a title of this kind: syllable by syllable, then by the characters themselves.
    pub fn pinyin_key(self, title: &str) -> String {
        let mut key = String::with_capacity(title.len() * 2);
        for (c, syllable) in self.read_title(title) {
            match syllable {
                Some(syllable) => {
                    key.push_str(syllable);
                    key.push(' ');
                    key.push(c);
                }
                None => key.extend(c.to_lowercase()),
            }
            key.push('\u{1}');
        }
        key
    }

    /// Whether pages of this kind list the entries that refer to them.
    pub fn gathers(self) -> bool {
        matches!(self, Kind::Region | Kind::Topic | Kind::Audience)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let folder = Cow::<str>::deserialize(deserializer)?;
        Kind::from_folder(&folder).ok_or_else(|| D::Error::custom("kind"))
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.folder())
    }
}

impl schemars::JsonSchema for Kind {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "kind".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let folders: Vec<&str> = Kind::ALL.iter().map(|kind| kind.folder()).collect();
        schemars::json_schema!({"type": "string", "enum": folders})
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.folder())
    }
}

/// The names of the fields of [`Common`].
pub const COMMON_FIELDS: [&str; 18] = [
    "id",
    "title",
    "summary",
    "order",
    "date",
    "updated",
    "publish",
    "expires",
    "withdrawn",
    "draft",
    "sample",
    "formerly",
    "picture",
    "attachments",
    "sources",
    "notes",
    "allow",
    "body",
];

/// Reads one map into two structs that both refuse unknown fields: the common fields, and the kind's own.
///
/// `#[serde(flatten)]` cannot do this: it does not work with `deny_unknown_fields`.
fn split<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<(Common, T), D::Error> {
    struct Both<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Both<T> {
        type Value = (Common, T);
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            let mut common = serde_yaml::Mapping::new();
            let own = T::deserialize(MapAccessDeserializer::new(OwnFields { map, common: &mut common }))?;
            let common = Common::deserialize(serde_yaml::Value::Mapping(common)).map_err(A::Error::custom)?;
            Ok((common, own))
        }
    }
    deserializer.deserialize_map(Both(PhantomData))
}

/// A map access that yields the kind's own fields and collects the common ones.
struct OwnFields<'a, A> {
    map: A,
    common: &'a mut serde_yaml::Mapping,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for OwnFields<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.map.next_key::<Cow<'de, str>>()? {
            if !COMMON_FIELDS.contains(&key.as_ref()) {
                return seed.deserialize(key.as_ref().into_deserializer()).map(Some);
            }
            let value = self.map.next_value::<serde_yaml::Value>()?;
            if self.common.insert(key.as_ref().into(), value).is_some() {
                return Err(A::Error::custom("duplicate field"));
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_fields_are_those_of_the_struct() {
        let schema = schemars::schema_for!(Common);
        let named: Vec<&String> =
            schema.get("properties").and_then(|p| p.as_object()).expect("properties").keys().collect();
        let mut known = COMMON_FIELDS;
        known.sort_unstable();
        let mut named: Vec<&str> = named.into_iter().map(String::as_str).collect();
        named.sort_unstable();
        assert_eq!(named, known);
    }

    #[test]
    fn a_map_is_read_as_common_and_own_fields() {
        let yaml = serde_yaml::Deserializer::from_str("title: 牧野区\nlevel: district\nparent: xinxiang\n");
        let (common, own) = Kind::Region.read(yaml).expect("region");
        assert_eq!(common.title, "牧野区");
        let Own::Region(region) = own else { panic!("a region") };
        assert_eq!(region.parent.map(|p| p.id().to_owned()).as_deref(), Some("xinxiang"));
    }

    #[test]
    fn unknown_and_repeated_fields_are_refused() {
        for bad in [
            "title: a\nlevel: town\nlevl: town\n",
            "title: a\ntitle: b\nlevel: town\n",
            "title: a\nlevel: town\nlevel: town\n",
        ] {
            assert!(Kind::Region.read(serde_yaml::Deserializer::from_str(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_kind_names_a_field_that_is_common() {
        for kind in Kind::ALL {
            let schema = kind.own_schema();
            let own = schema.get("properties").and_then(|p| p.as_object());
            for field in own.into_iter().flat_map(|own| own.keys()) {
                assert!(!COMMON_FIELDS.contains(&field.as_str()), "{kind}: {field}");
            }
        }
    }

    #[test]
    fn titles_are_ordered_by_pinyin() {
        let mut titles = ["书法", "Excel 入门", "茶艺", "北干道", "茶道"];
        titles.sort_by_key(|title| Kind::Course.pinyin_key(title));
        assert_eq!(titles, ["北干道", "茶道", "茶艺", "Excel 入门", "书法"]);
        let mut names = ["张某", "单某", "沈某", "邓某"];
        names.sort_by_key(|name| Kind::Teacher.pinyin_key(name));
        assert_eq!(names, ["邓某", "单某", "沈某", "张某"]);
    }
}
