//! Editions of the learning week (全民终身学习活动周).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::region::Region;
use super::rules::{Broken, Rules, at};
use super::shared::{Change, Common, Picture};
use super::unit::Unit;
use super::value::{Day, Ref, Year, not_empty};
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
    /// Where, at least one.
    #[serde(deserialize_with = "not_empty")]
    #[schemars(title = "举办的区域，至少一个", length(min = 1))]
    pub regions: Vec<Ref<Region>>,
    /// The edition of a larger region that it is part of.
    #[serde(default)]
    #[schemars(title = "上一级的活动周（各区县各办一届、用同一个主题时写）")]
    pub parent: Option<Ref<Edition>>,
    /// Organisers.
    #[serde(default)]
    #[schemars(title = "主办单位")]
    pub organisers: Vec<Ref<Unit>>,
    /// What was changed since it was published.
    #[serde(default)]
    #[schemars(title = "发布以后改了什么，一次一条")]
    pub changes: Vec<Change>,
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

    fn changes(&self) -> &[Change] {
        &self.changes
    }

    fn gallery(&self) -> &[Picture] {
        &self.gallery
    }
}
