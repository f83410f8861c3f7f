//! Star learners (百姓学习之星).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::region::Region;
use super::rules::{self, Broken, Portrait, Rules};
use super::shared::Common;
use super::shared::{Consent, Level, Picture};
use super::topic::Topic;
use super::unit::Unit;
use super::value::{Ref, Year};

/// A star learner; the body is the story. A person has one entry, even with honours in several years.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Star {
    /// The year of the honour.
    #[schemars(title = "评选年份", example = 2026)]
    pub year: Year,
    /// The level of the honour.
    #[schemars(title = "级别：national 国家、province 省、city 市、district 区县、town 镇街", example = &"district")]
    pub level: Level,
    /// Where the person lives; village or community is the most detailed level.
    #[schemars(title = "所在区域（不写到门牌）")]
    pub region: Ref<Region>,
    /// The unit that nominated the person.
    #[serde(default)]
    #[schemars(title = "推荐单位")]
    pub unit: Option<Ref<Unit>>,
    /// What the person learns.
    #[serde(default)]
    #[schemars(title = "学习的主题")]
    pub topics: Vec<Ref<Topic>>,
    /// Consent to the portrait.
    #[serde(default)]
    #[schemars(title = "照片的授权；没有就不发布照片")]
    pub consent: Option<Consent>,
    /// The gallery.
    #[serde(default)]
    #[schemars(title = "相册")]
    pub gallery: Vec<Picture>,
}

impl Rules for Star {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::consent(self.consent.as_ref(), broken);
    }

    fn portrait(&self) -> Portrait<'_> {
        Portrait::Person(self.consent.as_ref())
    }

    fn gallery(&self) -> &[Picture] {
        &self.gallery
    }
}
