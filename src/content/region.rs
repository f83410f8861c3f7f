//! Regions: a tree from province to village. Their pages list what belongs to them.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::value::{Number, Ref, Year};
use crate::diag::catalogue as say;

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
    /// How many people live there, by year.
    #[serde(default)]
    #[schemars(title = "常住人口，一年一条")]
    pub population: Vec<Population>,
}

/// The population of a region in a year.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// The year.
    #[schemars(title = "年份", example = 2025)]
    pub year: Year,
    /// People.
    #[schemars(title = "人数", example = 31200)]
    pub value: Number,
    /// Where the number comes from.
    #[schemars(title = "数字的出处", example = &"统计公报")]
    pub source: String,
}

impl Rules for Region {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        for (nth, one) in self.population.iter().enumerate() {
            if one.value.0 <= Decimal::ZERO {
                broken.push((at!["population", nth, "value"], say::counts_none()));
            }
            if self.population[..nth].iter().any(|earlier| earlier.year == one.year) {
                broken.push((at!["population", nth, "year"], say::population_twice(&one.year.to_string())));
            }
        }
    }
}
