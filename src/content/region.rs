//! Regions: a tree from province to village. Their pages list what belongs to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::rules::Rules;
use super::value::Ref;

choice! {
    /// Level of a region, from the largest to the smallest.
    pub enum RegionLevel("region-level") {
        /// 省、自治区、直辖市.
        Province = "province",
        /// 地级市.
        City = "city",
        /// 区、县、县级市.
        District = "district",
        /// 镇、乡、街道.
        Town = "town",
        /// 村、社区.
        Village = "village",
    }
}

/// A region.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its level; always below its parent's.
    #[schemars(title = "级别：province 省、city 市、district 区县、town 镇街、village 村社区", example = &"town")]
    pub level: RegionLevel,
    /// The region it belongs to.
    #[serde(default)]
    #[schemars(title = "上级区域")]
    pub parent: Option<Ref<Region>>,
}

impl Rules for Region {}
