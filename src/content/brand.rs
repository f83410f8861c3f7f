//! Brand projects of lifelong learning (终身学习品牌项目).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::institution::Institution;
use super::region::Region;
use super::rules::Rules;
use super::shared::{Level, Picture};
use super::topic::Topic;
use super::unit::Unit;
use super::value::{Ref, Year};

/// A brand project.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The year of recognition.
    #[schemars(title = "认定年份", example = 2026)]
    pub year: Year,
    /// The level of recognition.
    #[schemars(title = "级别：national 国家、province 省、city 市、district 区县、town 镇街", example = &"city")]
    pub level: Level,
    /// Where it takes place.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// The unit responsible for it.
    #[serde(default)]
    #[schemars(title = "申报单位")]
    pub unit: Option<Ref<Unit>>,
    /// The institution responsible for it.
    #[serde(default)]
    #[schemars(title = "承办机构")]
    pub institution: Option<Ref<Institution>>,
    /// What it achieved.
    #[serde(default)]
    #[schemars(title = "成效，一句话", example = &"每月一次，常年不断")]
    pub outcome: Option<String>,
    /// Topics.
    #[serde(default)]
    #[schemars(title = "主题")]
    pub topics: Vec<Ref<Topic>>,
    /// For whom.
    #[serde(default)]
    #[schemars(title = "面向的人群")]
    pub audiences: Vec<Ref<Audience>>,
    /// The gallery.
    #[serde(default)]
    #[schemars(title = "相册")]
    pub gallery: Vec<Picture>,
}

impl Rules for Brand {
    fn gallery(&self) -> &[Picture] {
        &self.gallery
    }
}
