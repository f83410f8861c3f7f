//! Editions of the learning week (全民终身学习活动周).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::region::Region;
use super::rules::{Broken, Rules, at};
use super::shared::{Common, Picture};
use super::unit::Unit;
use super::value::{Day, Ref, Year};
use crate::diag::catalogue as say;

/// One year's learning week.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// The theme.
    #[serde(default)]
    #[schemars(title = "主题", example = &"主题（示例）")]
    pub theme: Option<String>,
    /// First day.
    #[schemars(title = "第一天", example = &"2026-11-09")]
    pub from: Day,
    /// Last day.
    #[schemars(title = "最后一天", example = &"2026-11-15")]
    pub to: Day,
    /// Where.
    #[schemars(title = "举办的区域")]
    pub region: Ref<Region>,
    /// Organisers.
    #[serde(default)]
    #[schemars(title = "主办单位")]
    pub organisers: Vec<Ref<Unit>>,
    /// The gallery.
    #[serde(default)]
    #[schemars(title = "相册")]
    pub gallery: Vec<Picture>,
}

/// Days of an edition, at most: some towns celebrate a season.
const DAYS: i32 = 100;

impl Rules for Edition {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.to < self.from {
            broken.push((at!["to"], say::end_before_start()));
        } else if self.from.0.until(self.to.0).is_ok_and(|span| span.get_days() > DAYS) {
            broken.push((at!["to"], say::long_edition(DAYS)));
        } else if !(self.from.0.year()..=self.to.0.year()).contains(&self.year.0) {
            broken.push((at!["year"], say::year_of_edition(self.year.0, &self.from.to_string())));
        }
    }

    fn gallery(&self) -> &[Picture] {
        &self.gallery
    }
}
